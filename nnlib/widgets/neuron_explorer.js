// NeuronExplorer: one neuron, with its inputs, weights and bias to move; the sum, the activation, and the line where z = 0.
import { controls, listen, scheduler, widgetName } from "./controls.js";
import { ACTIVATIONS } from "./engine.js";
import { cell, deepCopy, element, format, linkSymbols, numbers, svgElement } from "./parts.js";
import { draggable, plot } from "./plot.js";
import { boundary } from "./surface.js";

const MOST = 10;
const PLANE = { from: -1, to: 2 };
const PLACES = [["x", "x₁", 0, 0, "input"], ["x", "x₂", 0, 1, "input"], ["w1", "w for x₁", 0, 0, "weight"], ["w1", "w for x₂", 1, 0, "weight"], ["b1", "b", 0, 0, "bias"]];

function render({ model, el }) {
  const NAMES = ["x", "w1", "b1", "activation"];
  const initial = deepCopy(Object.fromEntries(NAMES.map((name) => [name, model.get(name)])));
  const ui = controls(model, () => draw());
  const set = (name, i, j) => (value) => {
    const matrix = deepCopy(model.get(name));
    matrix[i][j] = value;
    ui.change({ [name]: matrix });
  };
  const sliders = PLACES.map(([name, label, i, j, kind]) => [name, i, j,
    ui.slider(label, { min: -MOST, max: MOST, step: 0.1, kind, symbol: name, cell: { "data-row": i, "data-col": j } }, set(name, i, j))]);
  const which = ui.choice("activation", Object.keys(ACTIVATIONS).map((name) => [name, name]), (activation) => ui.change({ activation }));

  const plane = plot({ width: 330, height: 320, x: { ...PLANE, label: "x₁", ticks: [-1, 0, 1, 2] }, y: { ...PLANE, label: "x₂", ticks: [-1, 0, 1, 2] },
    label: "The plane of the two inputs: the line where z = 0, the side where z is positive shaded, the four corners of a gate, and the inputs as a dot." });
  draggable(plane, ([x1, x2]) => { ui.act(); ui.change({ x: [[x1, x2].map((v) => Math.min(PLANE.to, Math.max(PLANE.from, Math.round(v * 20) / 20)))] }); });
  const sum = element("div", { class: "fs-sum", tabindex: "0", role: "group", "aria-label": "The sum with its numbers" });
  const results = element("div", { class: "fs-row" });
  const root = element("section", { class: "fs-widget fs-neuron-explorer", "data-widget": "NeuronExplorer", "aria-label": widgetName(model, "Neuron explorer") },
    element("div", { class: "fs-halves" }, element("div", {}, plane.svg, element("p", { class: "fs-note" }, "Shaded: z > 0. Drag the dot to move the inputs.")),
      element("div", { class: "fs-stack" }, sliders.map(([, , , slider]) => slider.root),
        element("div", { class: "fs-row" }, ui.labelled("activation", which), ui.button("Reset", () => ui.change(deepCopy(initial)))))),
    sum, results, ui.message, ui.live);
  linkSymbols(root);
  el.append(root);

  function drawPlane(x, w, b) {
    plane.clear();
    const ends = boundary(w, b, PLANE.from, PLANE.to);
    const corners = [[PLANE.from, PLANE.from], [PLANE.to, PLANE.from], [PLANE.to, PLANE.to], [PLANE.from, PLANE.to]];
    const height = ([p, q]) => w[0] * p + w[1] * q + b;
    // the shaded part: the corners where z > 0, and the ends of the line, in the order of their angle around their middle
    const region = [...corners.filter((c) => height(c) > 0), ...(ends ?? [])];
    if (region.length > 2) {
      const middle = region.reduce(([p, q], [r, s]) => [p + r / region.length, q + s / region.length], [0, 0]);
      region.sort((u, v) => Math.atan2(u[1] - middle[1], u[0] - middle[0]) - Math.atan2(v[1] - middle[1], v[0] - middle[0]));
      plane.add(svgElement("polygon", { class: "fs-positive", points: region.map(([p, q]) => `${plane.h.to(p)},${plane.v.to(q)}`).join(" ") }));
    }
    if (ends) plane.line(ends, { "data-kind": "weight" });
    for (const corner of [[0, 0], [0, 1], [1, 0], [1, 1]]) plane.dot(...corner, { r: 4, class: "fs-corner" });
    if (plane.inside(...x)) plane.dot(...x, { r: 8, "data-kind": "input" });
  }

  function draw() {
    const x = model.get("x"), w1 = model.get("w1"), b1 = model.get("b1"), name = model.get("activation");
    const z = x[0][0] * w1[0][0] + x[0][1] * w1[1][0] + b1[0][0];
    const a = ACTIVATIONS[name].value(z);
    for (const [quantity, i, j, slider] of sliders) slider.set({ x, w1, b1 }[quantity][i][j]);
    which.value = name;
    drawPlane(x[0], w1.map(([w]) => w), b1[0][0]);
    const operator = (text) => element("span", { class: "fs-operator" }, text);
    const inBrackets = (v) => (v < 0 ? `(${format(v)})` : format(v));
    sum.replaceChildren(element("span", { "data-kind": "activation", class: "fs-symbol" }, "z"), operator(" = "),
      ...[0, 1].flatMap((k) => [operator(`${inBrackets(x[0][k])} · ${inBrackets(w1[k][0])} + `)]), operator(inBrackets(b1[0][0])), operator(" = "),
      element("span", { "data-quantity": "z1" }, element("strong", cell(z, 0, 0), format(z))), operator(`     a = ${name}(${format(z)}) = `),
      element("span", { "data-quantity": "a1" }, element("strong", cell(a, 0, 0), format(a))));
    results.replaceChildren(numbers("x", x), operator(" "), numbers("w1", w1), operator(" + "), numbers("b1", b1), operator(" = "), numbers("z1", [[z]]), operator(" → "), numbers("a1", [[a]]));
    ui.announce(`z = ${format(z)}, a = ${format(a)}.`);
  }

  const schedule = scheduler(() => draw());
  const deaf = listen(model, NAMES.map((name) => [name, schedule]));
  draw();
  return deaf;
}

export default { render };
