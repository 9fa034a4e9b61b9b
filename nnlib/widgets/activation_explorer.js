// ActivationExplorer: the curve of an activation, the tangent at a point that can be dragged, value and slope.
import { controls, listen, scheduler, widgetName } from "./controls.js";
import { ACTIVATIONS } from "./engine.js";
import { STOPS } from "./names.js";
import { element, format, formula, linkSymbols, numbers, svgElement, symbol } from "./parts.js";
import { draggable, plot } from "./plot.js";

const REACH = 10;
const HEIGHTS = { sigmoid: [-0.25, 1.25], tanh: [-1.25, 1.25], relu: [-2, 10], identity: [-10, 10] };
const REMARKS = {
  sigmoid: "Between 0 and 1. Steepest at z = 0, where the slope is ¼; flat far out on both sides.",
  tanh: "Between −1 and 1. Steepest at z = 0, where the slope is 1; flat far out on both sides.",
  relu: "0 on the left, the identity on the right. At z = 0 there is a kink without a slope; we choose 0, as PyTorch does.",
  identity: "No activation at all: the slope is 1 everywhere.",
};

function render({ model, el }) {
  const initial = { activation: model.get("activation"), z: model.get("z") };
  const ui = controls(model, () => draw());
  let chart = null, drawn = null;

  const which = ui.choice("activation", Object.keys(ACTIVATIONS).map((name) => [name, name]), (activation) => ui.change({ activation }));
  const slider = ui.slider("z", { min: -REACH, max: REACH, step: 0.05, kind: "activation", symbol: "z1", cell: { "data-row": 0, "data-col": 0 } }, (z) => ui.change({ z }));
  const picture = element("div", {});
  const results = element("div", { class: "fs-row" });
  const slope = element("div", { class: "fs-slope-line" });
  const remark = element("p", { class: "fs-note" });
  const root = element("section", { class: "fs-widget fs-activation-explorer", "data-widget": "ActivationExplorer", "aria-label": widgetName(model, "Activation explorer") },
    element("div", { class: "fs-halves" }, picture,
      element("div", { class: "fs-stack" }, element("div", { class: "fs-row" }, ui.labelled("activation", which), ui.button("Reset", () => ui.change(initial))),
        slider.root, results, slope, remark)),
    ui.message, ui.live);
  linkSymbols(root);
  el.append(root);

  function frame(name) {
    const [from, to] = HEIGHTS[name];
    chart = plot({ width: 400, height: 290, x: { from: -REACH, to: REACH, label: "weighted sum z" }, y: { from, to, label: "a, and its slope" },
      label: `The curve of ${name} over z, its tangent at the point, and its slope as a dashed line.` });
    draggable(chart, ([z]) => { ui.act(); ui.change({ z: Math.min(REACH, Math.max(-REACH, Math.round(z * 20) / 20)) }); });
    picture.replaceChildren(chart.svg, element("p", { class: "fs-note fs-legend" }, element("span", { "data-kind": "activation" }, "━ value a"), "   ",
      element("span", { "data-kind": "gradient" }, "╌ slope at every z,  ━ tangent")));
    drawn = name;
  }

  function draw() {
    const name = model.get("activation"), z = model.get("z");
    const f = ACTIVATIONS[name], a = f.value(z), steep = f.slope(z, a);
    which.value = name;
    slider.set(z);
    if (drawn !== name) frame(name);
    chart.clear();
    const along = Array.from({ length: 401 }, (_, i) => (-REACH * (400 - i) + REACH * i) / 400);
    chart.add(svgElement("g", { "data-symbol": "a1", "data-kind": "activation" }, svgElement("path", { d: chart.path(along.map((v) => [v, f.value(v)])), fill: "none" })));
    const jumps = name === "relu" ? along.flatMap((v) => (v === 0 ? [[v, 0], [v, NaN]] : [[v, f.slope(v, f.value(v))]])) : along.map((v) => [v, f.slope(v, f.value(v))]);
    const run = 0.28 * REACH / Math.hypot(1, steep * ((2 * REACH) / (HEIGHTS[name][1] - HEIGHTS[name][0])));
    chart.add(svgElement("g", { "data-symbol": "da1_dz1", "data-kind": "gradient" },
      svgElement("path", { d: chart.path(jumps), fill: "none", class: "fs-dashed fs-thin" }),
      svgElement("path", { d: chart.path([[z - run, a - steep * run], [z + run, a + steep * run]]), fill: "none" })));
    chart.dot(z, a, { r: 7, "data-kind": "activation" });
    results.replaceChildren(numbers("z1", [[z]]), numbers("a1", [[a]]), numbers("da1_dz1", [[steep]]));
    const { parts } = STOPS.find((stop) => stop.label === "9").formulas[name][0];
    const last = parts[parts.length - 1];
    slope.replaceChildren(symbol("da1_dz1"), element("span", { class: "fs-operator" }, " = "), ...formula(last), element("span", { class: "fs-operator" }, " = "),
      ...last.map((token) => element("span", { class: "fs-operator" }, typeof token === "string" ? token : format(token.q === "z1" ? z : a))),
      element("span", { class: "fs-operator" }, ` = ${format(steep)}`));
    remark.textContent = REMARKS[name];
    ui.announce(`${name} at z = ${format(z)}: value ${format(a)}, slope ${format(steep)}.`);
  }

  const deaf = listen(model, ["activation", "z"].map((name) => [name, scheduler(() => draw())]));
  draw();
  return deaf;
}

export default { render };
