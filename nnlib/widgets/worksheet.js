// Worksheet: one iteration by hand, on paper: the same sheet as nnlib.worksheets prints, and its key.
import { easyParameters } from "./answers.js";
import { controls, listen, scheduler, widgetName } from "./controls.js";
import { EXAMPLES } from "./data.js";
import { iteration } from "./engine.js";
import { STOPS } from "./names.js";
import { element, formula, numbers, symbol } from "./parts.js";

const RATE = 0.5;
const PARTS = [["Forward", 0, 5], ["Back through the output layer", 5, 12], ["Back through the hidden layer", 12, 19]];

function render({ model, el }) {
  const first = { seed: model.get("seed"), key: model.get("key") };
  const ui = controls(model, () => draw());
  const seed = ui.field("Seed", { class: "fs-short" }, (value) => (Number.isSafeInteger(value) ? ui.change({ seed: value }) : "expected a whole number"));
  const key = ui.tick("With the key", (on) => ui.change({ key: on }));
  const sheet = element("div", { class: "fs-sheet", tabindex: "0", role: "group", "aria-label": "The sheet" });
  const root = element("section", { class: "fs-widget fs-worksheet", "data-widget": "Worksheet", "aria-label": widgetName(model, "Worksheet") },
    element("div", { class: "fs-row fs-no-print" }, ui.labelled("seed", seed), key.root, ui.button("Print", () => print(), { class: "fs-primary" }), ui.button("Reset", () => ui.change(first))),
    ui.message, sheet, ui.live);
  el.append(root);

  function draw() {
    const { x, y } = EXAMPLES["two examples"];
    const values = iteration(x, y, easyParameters(model.get("seed")), RATE);
    const shown = model.get("key");
    Object.assign(seed.dataset, { shown: String(model.get("seed")) });
    seed.value = String(model.get("seed"));
    key.box.checked = shown;
    const operator = (text) => element("span", { class: "fs-operator" }, text);
    const block = (stop) => element("div", { class: "fs-block" },
      element("p", {}, element("strong", {}, stop.label), ` ${stop.title}`),
      (stop.formulas.any ?? stop.formulas.sigmoid).map(({ gives, parts }) => element("div", { class: "fs-formula" }, symbol(gives), parts.flatMap((part) => [operator(" = "), ...formula(part)]))),
      element("div", { class: "fs-row" }, stop.outputs.map((name) => numbers(name, values[name], { hidden: !shown }))));
    sheet.replaceChildren(
      element("p", { class: "fs-sheet-title" }, element("strong", {}, shown ? "Key" : "One iteration by hand"), ` · seed ${model.get("seed")}`, shown ? "" : "     Name: ______________________"),
      element("div", { class: "fs-row fs-given" }, ["x", "y", "w1", "b1", "w2", "b2"].map((name) => numbers(name, values[name])), operator(`η = ${RATE}`)),
      element("p", { class: "fs-note" }, "Four significant digits. Calculate on with what your calculator keeps."),
      ...PARTS.map(([title, from, to]) => element("div", { class: "fs-part" }, element("p", { class: "fs-part-title" }, title), element("div", { class: "fs-blocks" }, STOPS.slice(from, to).map(block)))));
    ui.announce(`The sheet of seed ${model.get("seed")}${shown ? ", with its key" : ""}.`);
  }

  const schedule = scheduler(() => draw());
  const deaf = listen(model, [["seed", schedule], ["key", schedule]]);
  draw();
  return deaf;
}

export default { render };
