// BugLab: the classic mistakes and traps as switches, beside the loss and the check of the
// gradients.
import { AGREE } from "./model/checking.js";
import { PARAMETERS } from "./model/engine.js";
import { LAB_DATA, seenOf, worst } from "./model/lab.js";
import { deepCopy } from "./model/matrices.js";
import { format, percent } from "./model/numbers.js";
import { thinned } from "./model/scales.js";
import { labelled } from "./ui/controls.js";
import { element, row, scrolling } from "./ui/elements.js";
import { Plot } from "./ui/plot.js";
import { code, shownNumber, stopCode, symbol } from "./ui/quantities.js";
import { defineWidget } from "./ui/widget.js";
import { LIMITS } from "./generated/limits.js";
import { MISTAKE_NAMES, STOPS, TRAP_NAMES } from "./generated/names.js";

const JUDGES = [
  ["backprop", "reported slopes against central differences"],
  ["update", "the update, (old − new)/η, against central differences"],
  ["sympy", "reported slopes against sympy"],
];
const EPOCHS = LIMITS.lab_epochs;

const where = (label) => (/^\d/.test(label) ? `step ${label}` : label);
const capital = (text) => text[0].toUpperCase() + text.slice(1);

class BugLab {
  static title = "Bug lab";
  static traits = ["mistakes", "traps", "parameters", "examples", "learning_rate"];

  reference = null; // what is seen when nothing is switched on

  content() {
    const { ui } = this;
    this.switches = [
      ...this.switchesOf("mistakes", MISTAKE_NAMES),
      ...this.switchesOf("traps", TRAP_NAMES),
    ];
    this.data = ui.choice("examples", Object.keys(LAB_DATA), (name) =>
      ui.change({ examples: { name, ...deepCopy(LAB_DATA[name]) } }),
    );
    this.rate = ui.slider(
      "η",
      { min: 0.01, max: 100, scale: "log", name: "Learning rate η" },
      (learning_rate) => ui.change({ learning_rate }),
    );
    this.picture = element("div", {});
    this.verdicts = element("ul", { class: "fs-verdicts" });
    this.outputs = element("p", { class: "fs-outputs" });
    this.table = element("table", { class: "fs-table" });
    this.lines = element("div", { class: "fs-stack" });
    const set = (legend, trait) =>
      element(
        "fieldset",
        {},
        element("legend", {}, legend),
        this.switches.filter((one) => one.trait === trait).map((one) => one.root),
      );
    return [
      element(
        "div",
        { class: "fs-halves" },
        element(
          "div",
          { class: "fs-stack" },
          set("Mistakes", "mistakes"),
          set("Traps that are no bugs", "traps"),
        ),
        element(
          "div",
          { class: "fs-stack fs-results" },
          this.picture,
          this.outputs,
          this.verdicts,
          scrolling("div", "fs-scroll", "The largest relative errors", this.table),
          this.lines,
        ),
      ),
      row(
        "",
        labelled("examples", this.data),
        this.rate.root,
        ui.button("Reset", () => ui.change(deepCopy(this.start))),
      ),
    ];
  }

  switchesOf(trait, names) {
    const toggled = (key) => (on) =>
      this.ui.change({
        [trait]: [...this.get(trait).filter((other) => other !== key), ...(on ? [key] : [])],
      });
    return Object.entries(names).map(([key, { title, code: lines }]) => {
      const steps = trait === "mistakes" ? `${Object.keys(lines).map(where).join(", ")}: ` : "";
      return { trait, key, ...this.ui.tick(`${steps}${title}`, toggled(key), { "data-key": key }) };
    });
  }

  // ---- drawing ----

  draw() {
    const [mistakes, traps, parameters, examples, learningRate] = BugLab.traits.map(this.get);
    for (const { trait, key, box } of this.switches) box.checked = this.get(trait).includes(key);
    this.data.value = examples.name;
    this.rate.set(learningRate);
    const key = JSON.stringify([parameters, examples, learningRate]);
    const given = { parameters, examples, learningRate };
    if (this.reference?.key !== key)
      this.reference = { key, ...seenOf({ mistakes: [], traps: [], ...given }) };
    const seen =
      mistakes.length || traps.length ? seenOf({ mistakes, traps, ...given }) : this.reference;
    this.drawCurve(seen);
    if (seen.stopped) this.drawStopped(seen.stopped);
    else this.drawJudged(seen, examples.x);
    this.drawCode(mistakes, traps);
    const names = [...mistakes, ...traps];
    const said = [...this.verdicts.children].map((node) => node.textContent).join(" ");
    this.ui.announce(
      `${names.length ? `Switched on: ${names.join(", ")}` : "Nothing is switched on"}. ${said}`,
    );
  }

  drawCurve(seen) {
    const top = 1.05 * Math.max(...(this.reference.losses ?? []), ...(seen.losses ?? [])) || 1;
    const ticks = [0, 1, 2, 3].map((k) => (k * EPOCHS) / 3);
    const chart = new Plot({
      width: 400,
      height: 220,
      x: { from: 0, to: EPOCHS, label: "epoch", ticks },
      y: { from: 0, to: Math.min(top, 1e6), label: "loss E" },
      label:
        "The loss over the epochs: dashed without mistakes, and as a full line with what is switched on.",
    });
    if (this.reference.losses)
      chart.line(thinned(this.reference.losses), { class: "fs-dashed fs-thin" });
    if (seen.losses) chart.line(thinned(seen.losses), { "data-kind": "error" });
    const legend = element(
      "span",
      { "data-kind": "error", class: "fs-legend" },
      "━ with what is switched on",
    );
    this.picture.replaceChildren(
      chart.svg,
      element("p", { class: "fs-note" }, "╌ everything right   ", legend),
    );
  }

  verdict(judge, good, text) {
    return element(
      "li",
      { "data-judge": judge, "data-passed": String(good), class: good ? "fs-good" : "fs-bad" },
      text,
    );
  }

  drawStopped(reason) {
    this.verdicts.replaceChildren(
      this.verdict("runs", false, `It stops with an error, ${reason}. A mistake that you can see.`),
    );
    this.outputs.replaceChildren();
    this.table.replaceChildren();
  }

  drawJudged({ losses, outputs, errors }, x) {
    const [before, after] = [losses[0], losses[EPOCHS]];
    const falls = after < before / 2;
    const judged = ([judge, text]) => {
      const off = worst(errors, judge);
      return this.verdict(
        judge,
        off <= AGREE,
        `${capital(text)}: ${off <= AGREE ? "they agree." : `off by ${percent(off)}.`}`,
      );
    };
    this.verdicts.replaceChildren(
      this.verdict(
        "loss",
        falls,
        `The loss goes from ${format(before)} to ${format(after)} in ${EPOCHS} epochs: ` +
          `${falls ? "it falls." : "it does not fall as it should."}`,
      ),
      ...JUDGES.map(judged),
    );
    const output = (line, i) =>
      element(
        "span",
        { "data-quantity": "a2", class: "fs-output" },
        `(${line.map((v) => format(v)).join(", ")}) → `,
        shownNumber(outputs[i][0], { row: i, tag: "strong", digits: 3 }),
      );
    this.outputs.replaceChildren("outputs: ", ...x.map(output));
    this.drawTable(errors);
  }

  drawTable(errors) {
    const head = ["off by", "reported", "update", "sympy"].map((text) =>
      element("th", { scope: "col" }, text),
    );
    const cellOf =
      (name) =>
      ([judge]) => {
        const off = Math.max(...errors[name][judge].flat());
        const marks = {
          "data-judge": judge,
          "data-parameter": name,
          class: off <= AGREE ? "fs-good" : "fs-bad",
        };
        return element("td", marks, element("span", { "data-value": String(off) }, percent(off)));
      };
    const line = (name) =>
      element(
        "tr",
        {},
        element("th", { scope: "row" }, symbol(`dE_d${name}`)),
        JUDGES.map(cellOf(name)),
      );
    this.table.replaceChildren(
      element("thead", {}, element("tr", {}, head)),
      element("tbody", {}, PARAMETERS.map(line)),
    );
  }

  // Each replaced function beside the right one.
  drawCode(mistakes, traps) {
    const chosen = [
      ...mistakes.map((key) => MISTAKE_NAMES[key]),
      ...traps.map((key) => TRAP_NAMES[key]),
    ];
    const compared = ([label, wrong]) =>
      element(
        "div",
        { class: "fs-compare" },
        element("span", { class: "fs-note" }, `${where(label)}, right and as switched on`),
        stopCode(STOPS.find((stop) => stop.label === label)),
        code(wrong),
      );
    this.lines.replaceChildren(
      ...chosen.flatMap(({ code: lines }) => Object.entries(lines).map(compared)),
    );
  }
}

export default defineWidget("BugLab", BugLab);
