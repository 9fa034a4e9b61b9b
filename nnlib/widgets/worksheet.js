// Worksheet: one iteration by hand, on paper: the same sheet as nnlib.classroom.worksheets prints,
// and its key.
import { sheetParameters } from "./model/answers.js";
import { PARAMETERS, iteration } from "./model/engine.js";
import { layers } from "./model/quantities.js";
import { labelled, setWhole } from "./ui/controls.js";
import { element, row, scrolling } from "./ui/elements.js";
import { formulaLines, numbers, operator } from "./ui/quantities.js";
import { defineWidget } from "./ui/widget.js";
import { LIMITS } from "./generated/limits.js";
import { EXAMPLES, LEARNING_RATE } from "./generated/names.js";

// The way in three parts: forward with the loss, and back through the two layers.
function parts() {
  const [[, forward], [, loss], [output, second], [hidden, first]] = layers();
  return [
    ["Forward", [...forward, ...loss]],
    [`Back through the ${output}`, second],
    [`Back through the ${hidden}`, first],
  ];
}

class Worksheet {
  static title = "Worksheet";
  static traits = ["seed", "key"];

  content() {
    const { ui } = this;
    const fits = (value) => Number.isSafeInteger(value) && Math.abs(value) <= LIMITS.largest_seed;
    this.seed = ui.field("Seed", { class: "fs-short" }, (value) =>
      fits(value) ? ui.change({ seed: value }) : "expected a whole number",
    );
    this.key = ui.tick("With the key", (key) => ui.change({ key }));
    this.sheet = scrolling("div", "fs-sheet", "The sheet");
    const print = ui.button("Print", () => window.print(), { class: "fs-primary" });
    return [
      row(
        "fs-no-print",
        labelled("seed", this.seed),
        this.key.root,
        print,
        ui.button("Reset", () => ui.change(this.start)),
      ),
      ui.message,
      this.sheet,
    ];
  }

  draw() {
    const seed = this.get("seed"),
      shown = this.get("key");
    // the other way round, so that x is not its own transpose
    const [x, y] = ["x", "y"].map((name) => EXAMPLES["two examples"][name].toReversed());
    const values = iteration(x, y, sheetParameters(seed, x, y, LEARNING_RATE), LEARNING_RATE);
    setWhole(this.seed, seed);
    this.key.box.checked = shown;
    const block = (stop) =>
      element(
        "div",
        { class: "fs-block" },
        element("p", {}, element("strong", {}, stop.label), ` ${stop.title}`),
        formulaLines(stop),
        row("", ...stop.outputs.map((name) => numbers(name, values[name], { hidden: !shown }))),
      );
    const part = ([title, stops]) =>
      element(
        "div",
        { class: "fs-part" },
        element("p", { class: "fs-part-title" }, title),
        element("div", { class: "fs-blocks" }, stops.map(block)),
      );
    const title = element("strong", {}, shown ? "Key" : "One iteration by hand");
    this.sheet.replaceChildren(
      element(
        "p",
        { class: "fs-sheet-title" },
        title,
        ` · seed ${seed}`,
        shown ? "" : "     Name: ______________________",
      ),
      row(
        "fs-given",
        ...["x", "y", ...PARAMETERS].map((name) => numbers(name, values[name])),
        operator(`η = ${LEARNING_RATE}`),
      ),
      element(
        "p",
        { class: "fs-note" },
        "Four significant digits. Calculate on with what your calculator keeps.",
      ),
      ...parts().map(part),
    );
    this.ui.announce(`The sheet of seed ${seed}${shown ? ", with its key" : ""}.`);
  }
}

export default defineWidget("Worksheet", Worksheet);
