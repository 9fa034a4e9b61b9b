// GradientCheck: every slope by backpropagation, by sympy and by a central difference, and the valley of its error over ε.
import { controls, listen, scheduler, widgetName } from "./controls.js";
import { EXAMPLES } from "./data.js";
import { ACTIVATIONS, PARAMETERS, randomParameters } from "./engine.js";
import { AGREE, gradientCheck, percent, relativeError, sympyGradients } from "./judges.js";
import { cell, deepCopy, element, format, linkSymbols, parseNumber, svgElement, symbol } from "./parts.js";
import { draggable, fullWidth, onWidth, plot } from "./plot.js";

const NAMES = ["parameters", "examples", "learning_rate", "hidden", "output", "epsilon"];
const [SMALLEST, LARGEST] = [1e-14, 1];
const FLOOR = 1e-13; // what the picture can show

function render({ model, el }) {
  const get = (name) => model.get(name);
  const initial = deepCopy(Object.fromEntries(NAMES.map((name) => [name, get(name)])));
  const ui = controls(model, () => draw());
  let valley = null;

  const epsilon = ui.slider("ε", { min: SMALLEST, max: LARGEST, scale: "log", name: "Step ε" }, (value) => ui.change({ epsilon: value }));
  const data = ui.choice("examples", Object.keys(EXAMPLES).map((name) => [name, name]), (name) => ui.change({ examples: { name, ...deepCopy(EXAMPLES[name]) } }));
  const activationChoice = (role) => ui.choice(`${role} activation`, Object.keys(ACTIVATIONS).map((name) => [name, name]), (name) => ui.change({ [role]: name }));
  const hidden = activationChoice("hidden"), output = activationChoice("output");
  const seed = element("input", { type: "text", inputmode: "numeric", class: "fs-short", value: "1", "aria-label": "Seed", autocomplete: "off" });
  const random = ui.button("Random start", () => {
    const { value, error } = parseNumber(seed.value);
    if (error || !Number.isSafeInteger(value)) ui.say(`Seed: ${error ?? "expected a whole number"}.`);
    else ui.change({ parameters: randomParameters(value) });
  });
  const head = ["slope along", "backpropagation", "(old − new)/η", "sympy", "central difference", "off by"];
  const body = element("tbody", {});
  const holder = element("div", {});
  const verdict = element("p", { class: "fs-verdict" });
  const root = element("section", { class: "fs-widget fs-gradient-check", "data-widget": "GradientCheck", "aria-label": widgetName(model, "Gradient check") },
    epsilon.root, holder, verdict,
    element("div", { class: "fs-scroll", tabindex: "0", role: "group", "aria-label": "The nine slopes" },
      element("table", { class: "fs-table" }, element("thead", {}, element("tr", {}, head.map((text) => element("th", { scope: "col" }, text)))), body)),
    element("div", { class: "fs-row" }, ui.labelled("examples", data), ui.labelled("hidden", hidden), ui.labelled("output", output), ui.labelled("seed", seed), random,
      ui.button("Reset", () => ui.change(deepCopy(initial)))),
    ui.message, ui.live);
  linkSymbols(root);
  el.append(root);

  const options = () => ({ hidden: get("hidden"), output: get("output") });
  const check = (step) => gradientCheck(get("examples").x, get("examples").y, get("parameters"), get("learning_rate"), { ...options(), step });
  const largest = ({ checks }) => Math.max(...PARAMETERS.flatMap((name) => checks[name].backpropError.flat()));

  // The largest error for each ε: a quarter of a power of ten apart, computed once for a network.
  function errors() {
    const key = JSON.stringify(NAMES.slice(0, -1).map(get));
    if (valley?.key !== key) {
      const steps = Array.from({ length: 57 }, (_, i) => 10 ** (-14 + i / 4));
      valley = { key, points: steps.map((step) => [step, Math.max(FLOOR, largest(check(step)))]) };
    }
    return valley.points;
  }

  let picture = null;
  function frame() {
    const width = fullWidth(root);
    if (picture?.width === width) return;
    picture = { width, ...plot({ width, height: 250, x: { from: SMALLEST, to: LARGEST, log: true, label: "step ε", count: 7 }, y: { from: FLOOR, to: 10, log: true, label: "largest relative error", count: 5 },
      label: "The largest relative error of the central differences over the step ε, both logarithmic: it falls to a valley and rises again to both sides." }) };
    draggable(picture, ([value]) => { ui.act(); ui.change({ epsilon: Number(Math.min(LARGEST, Math.max(SMALLEST, value)).toPrecision(2)) }); });
    holder.replaceChildren(picture.svg);
  }

  function draw() {
    frame();
    const step = get("epsilon"), result = check(step), { x, y } = get("examples");
    const exact = sympyGradients(x, y, get("parameters"), options());
    epsilon.set(step);
    for (const [control, value] of [[data, get("examples").name], [hidden, get("hidden")], [output, get("output")]]) control.value = value;
    picture.clear();
    picture.line(errors(), { "data-kind": "error" });
    const off = Math.max(FLOOR, largest(result));
    picture.add(svgElement("path", { d: picture.path([[step, FLOOR], [step, 10]]), class: "fs-thin fs-dashed" }));
    picture.dot(step, off, { r: 7, "data-kind": "error" });
    picture.text(3e-12, 3, "rounding", { "text-anchor": "middle", class: "fs-halo" });
    picture.text(2e-2, 3, "truncation", { "text-anchor": "middle", class: "fs-halo" });
    body.replaceChildren(...PARAMETERS.flatMap((name) => get("parameters")[name].flatMap((row, i) => row.map((_, j) => {
      const one = result.checks[name];
      const judged = [["backprop", one.backprop], ["update", one.update], ["sympy", exact[name]], ["central difference", one.centralDifference]];
      const error = Math.max(one.backpropError[i][j], one.updateError[i][j]);
      const several = get("parameters")[name].flat().length > 1;
      return element("tr", {}, element("th", { scope: "row" }, symbol(name), several ? element("small", {}, ` (${i + 1}, ${j + 1})`) : ""),
        judged.map(([judge, matrix]) => element("td", { "data-quantity": `dE_d${name}`, "data-judge": judge }, element("span", cell(matrix[i][j], i, j), format(matrix[i][j], 7)))),
        element("td", { class: error <= AGREE ? "fs-good" : "fs-bad" }, percent(error)));
    }))));
    const symbolic = Math.max(...PARAMETERS.flatMap((name) => exact[name].flatMap((row, i) => row.map((v, j) => relativeError(v, result.checks[name].backprop[i][j])))));
    const agree = off <= AGREE;
    verdict.className = `fs-verdict ${agree ? "fs-good" : "fs-bad"}`;
    verdict.textContent = `With ε = ${format(step)} the measured slopes are off by ${percent(off === FLOOR ? largest(result) : off)} at most: ${agree ? "they agree." : step > 1e-5 ? "too coarse, the curve bends within the step." : "too fine, the difference drowns in rounding."} Backpropagation and sympy differ by ${percent(symbolic)}.`;
    ui.announce(verdict.textContent);
  }

  const schedule = scheduler(() => draw());
  const deaf = listen(model, NAMES.map((name) => [name, schedule]));
  const still = onWidth(root, schedule);
  draw();
  return () => { still(); deaf(); };
}

export default { render };
