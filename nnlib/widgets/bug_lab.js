// BugLab: the classic mistakes and traps to switch on, beside the loss, the check of the gradients
// and the network with the wrong numbers in it.
import { AGREE } from "./model/checking.js";
import { PARAMETERS } from "./model/operations.js";
import { LAB_DATA, seenOf, worst, wrongNumbers } from "./model/lab.js";
import { deepCopy } from "./model/matrices.js";
import { TRAPS } from "./model/mistakes.js";
import { format, percent } from "./model/numbers.js";
import { LABELS, stopIndex, stopOf } from "./model/quantities.js";
import { thinned } from "./model/scales.js";
import { bar, labelled } from "./ui/controls.js";
import { element, keepRoles, onWidth } from "./ui/elements.js";
import { Plot, legend } from "./ui/plot.js";
import { code, shownNumber, stopCode, symbol } from "./ui/quantities.js";
import { Stage } from "./ui/stage.js";
import { defineWidget } from "./ui/widget.js";
import { MISTAKE_CODE, TRAP_CODE } from "./generated/lab.js";
import { LIMITS } from "./generated/limits.js";
import { QUANTITIES, STOPS } from "./generated/names.js";
import { MISTAKE_NAMES, TRAP_NAMES } from "./generated/slips.js";

const JUDGES = [
  ["backprop", "The reported slopes against central differences"],
  ["update", "The update, (old − new)/η, against central differences"],
  ["sympy", "The reported slopes against sympy"],
];
const CALLED = {
  backprop: "the check of the reported slopes",
  update: "the check of the update",
  sympy: "sympy",
};
const EPOCHS = LIMITS.lab_epochs;
const RIGHT = { text: "everything right", dashed: true };
const SWITCHED = { kind: "error", text: "with what is switched on" };
const NOTHING_ON = { kind: "error", text: "everything right" };
const ALIKE = { kind: "error", text: "nearly the same as everything right" };
const SAME = 0.02; // of a picture's height: as far apart lines are seen as one
const NONE = "";
const SEVERAL = "several";
const BOOKS = { hidden: "sigmoid", output: "sigmoid" };

const where = (label) => (/^\d/.test(label) ? `Step ${label}` : label);
const named = { mistakes: MISTAKE_NAMES, traps: TRAP_NAMES };

// What a mistake or trap is called in a list: where it is, and its key.
const short = (trait, key) =>
  trait === "traps" ? key : `${Object.keys(MISTAKE_CODE[key]).map(where).join(", ")}: ${key}`;

class BugLab {
  static title = "Bug lab";
  static page = "book/training/bug_lab.html";
  static traits = ["mistakes", "traps", "parameters", "examples", "learning_rate"];

  reference = null; // what is seen when nothing is switched on

  // ---- the frame ----

  content() {
    const { ui } = this;
    this.switches = [...this.switchesOf("mistakes"), ...this.switchesOf("traps")];
    this.buildChoice();
    this.data = ui.choice("examples", Object.keys(LAB_DATA), (name) =>
      ui.change({ examples: { name, ...deepCopy(LAB_DATA[name]) } }),
    );
    this.rate = ui.rate({}, (learning_rate) => ui.change({ learning_rate }));
    this.titles = element("p", { class: "fs-titles" });
    this.picture = element("div", {});
    this.verdicts = element("ul", { class: "fs-verdicts" });
    this.outputs = element("p", { class: "fs-outputs" });
    this.table = element("table", { class: "fs-table" });
    this.lines = element("div", { class: "fs-stack" });
    const reset = ui.button("Reset", () => ui.change(deepCopy(this.start)));
    return [
      labelled("switched on", this.which),
      this.severalAtOnce(),
      bar({ reset }, labelled("examples", this.data), this.rate.root),
      this.titles,
      element(
        "div",
        { class: "fs-halves" },
        element("div", { class: "fs-stack" }, this.picture, this.outputs),
        element("div", { class: "fs-stack" }, this.verdicts, this.table),
      ),
      this.buildStage(),
      this.lines,
    ];
  }

  // One at a time: whatever else was on goes off.
  buildChoice() {
    const { ui } = this;
    this.which = ui.choice("switched on", [], (text) => {
      if (text === SEVERAL) return;
      const [trait, key] = text.split("/");
      ui.change({ mistakes: [], traps: [], ...(key ? { [trait]: [key] } : {}) });
    });
    const option = (trait) => (key) =>
      element("option", { value: `${trait}/${key}` }, short(trait, key));
    const group = (label, trait) =>
      element("optgroup", { label }, Object.keys(named[trait]).map(option(trait)));
    this.several = element("option", { value: SEVERAL, hidden: true }, "several at once");
    this.which.append(
      element("option", { value: NONE }, "nothing"),
      this.several,
      group("Mistakes", "mistakes"),
      group("Traps that are not bugs", "traps"),
    );
  }

  // Below the list, and in sight while one ticks: what comes of it.
  severalAtOnce() {
    this.told = element("p", { class: "fs-outcome" });
    const set = (legendText, trait) =>
      element(
        "fieldset",
        {},
        element("legend", {}, legendText),
        this.switches.filter((one) => one.trait === trait).map((one) => one.root),
      );
    return element(
      "details",
      {},
      element("summary", {}, "Several at once"),
      element("div", { class: "fs-sets" }, [
        set("Mistakes", "mistakes"),
        set("Traps that are not bugs", "traps"),
      ]),
      this.told,
    );
  }

  switchesOf(trait) {
    const toggled = (key) => (on) =>
      this.ui.change({
        [trait]: [...this.get(trait).filter((other) => other !== key), ...(on ? [key] : [])],
      });
    return Object.keys(named[trait]).map((key) => ({
      trait,
      key,
      ...this.ui.tick(short(trait, key), toggled(key), { "data-key": key }),
    }));
  }

  buildStage() {
    this.stage = new Stage({
      field: (...given) => this.ui.field(...given),
      edit: (...place) => this.edit(...place),
      fold: () => this.draw(),
    });
    this.caption = element("p", { class: "fs-note" });
    this.network = element(
      "div",
      { class: "fs-network" },
      this.caption,
      element("div", { class: "fs-diagram" }, this.stage.root),
    );
    return this.network;
  }

  edit(name, i, j) {
    return (value) => {
      if (name === "x" || name === "y") {
        const examples = deepCopy(this.get("examples"));
        examples[name][i ?? this.stage.row][j] = value;
        return this.ui.change({ examples: { ...examples, name: "own" } });
      }
      const setting = this.get("traps").find((key) => TRAPS[key].start);
      if (setting) return `“${setting}” sets the start: switch it off first`;
      const parameters = deepCopy(this.get("parameters"));
      parameters[name][i][j] = value;
      return this.ui.change({ parameters });
    };
  }

  // ---- drawing ----

  draw() {
    const [mistakes, traps, parameters, examples, learningRate] = BugLab.traits.map(this.get);
    this.drawChoices([...this.on("mistakes"), ...this.on("traps")]);
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
    const replaced = [
      ...mistakes.map((one) => MISTAKE_CODE[one]),
      ...traps.map((one) => TRAP_CODE[one]),
    ];
    this.drawNetwork(seen, replaced);
    this.drawCode(replaced);
    const on = mistakes.length + traps.length;
    this.told.textContent = `${on || "Nothing"} switched on: ${this.outcome(seen)}.`;
    const told = this.listed("Wrong after the first iteration", seen);
    this.ui.announce(`${this.sentence([...mistakes, ...traps], seen)}${told}`);
  }

  // The quantities with wrong numbers, after a head; nothing where there are none.
  listed(head, { stopped, values, right }) {
    const keys = stopped ? [] : [...wrongNumbers(values, right)];
    const symbols = new Set(keys.map((key) => QUANTITIES[key.split(" ")[0]].symbol));
    return symbols.size ? ` ${head}: ${[...symbols].join(", ")}.` : "";
  }

  on(trait) {
    return this.get(trait).map((key) => ({ trait, key }));
  }

  drawChoices(on) {
    for (const { trait, key, box } of this.switches) box.checked = this.get(trait).includes(key);
    this.several.hidden = on.length < 2;
    const [{ trait, key } = {}] = on;
    const one = key ? `${trait}/${key}` : NONE;
    this.which.value = on.length > 1 ? SEVERAL : one;
    this.titles.replaceChildren(
      ...on.map((each) =>
        element(
          "span",
          {},
          on.length > 1 ? element("strong", {}, `${short(each.trait, each.key)} `) : null,
          `${named[each.trait][each.key].title} `,
          this.rateOf(each.key),
        ),
      ),
    );
  }

  // A trap may take a learning rate of its own, whatever the field says.
  rateOf(key) {
    const rate = TRAPS[key]?.learningRate;
    const own = format(this.get("learning_rate"));
    return rate ? `While this is on, η is ${format(rate)}, and not ${own}. ` : "";
  }

  // What is seen, in a sentence.
  sentence(names, seen) {
    const what = names.length
      ? `With ${names.map((name) => `“${name}”`).join(" and ")} switched on`
      : "With nothing switched on";
    return `${what} ${this.outcome(seen)}.`;
  }

  outcome({ stopped, losses, errors }) {
    if (stopped) return `the training stops with an error: ${stopped}`;
    const judged = JUDGES.map(([judge]) => [judge, worst(errors, judge)]);
    const noticed = judged.filter(([, off]) => off > AGREE).map(([judge]) => CALLED[judge]);
    const verb = noticed.length > 1 ? "notice" : "notices";
    const all = [noticed.slice(0, -1).join(", "), ...noticed.slice(-1)].filter(Boolean);
    const told = noticed.length ? `${all.join(" and ")} ${verb} it` : "no check finds a mistake";
    return `the loss goes from ${format(losses[0])} to ${format(losses[EPOCHS])}, and ${told}`;
  }

  drawCurve(seen) {
    const top = 1.05 * Math.max(...(this.reference.losses ?? []), ...(seen.losses ?? [])) || 1;
    const ticks = [0, 1, 2, 3].map((k) => (k * EPOCHS) / 3);
    const chart = new Plot({
      width: 400,
      height: 220,
      margin: [14, 20, 40, 52], // the last tick ends with the line
      x: { from: 0, to: EPOCHS, label: "epoch", ticks },
      y: { from: 0, to: Math.min(top, 1e6), label: "loss E" },
      label:
        "The loss over the epochs: dashed without mistakes, and as a full line with what is switched on.",
    });
    const right = this.reference.losses;
    if (right) chart.line(thinned(right), { class: "fs-dashed fs-thin" });
    if (seen.losses) chart.line(thinned(seen.losses), { "data-kind": "error" });
    const beside = (loss, epoch) => Math.abs(loss - right[epoch]) < SAME * top;
    const alike = right && seen.losses?.every(beside);
    const one = seen === this.reference ? NOTHING_ON : ALIKE;
    const lines = alike ? [one] : [right && RIGHT, seen.losses && SWITCHED].filter(Boolean);
    this.picture.replaceChildren(chart.svg, legend(lines));
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
        `${text}: ${off <= AGREE ? "they agree." : `off by ${percent(off)}.`}`,
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
    const head = ["relative error", "reported", "update", "sympy"].map((text) =>
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
        return element("td", marks, element("span", { "data-value": String(off) }, format(off, 2)));
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
    keepRoles(this.table);
  }

  // The network at the stop of the first mistake, or after the last stop; what is not what it should
  // be is underlined.
  drawNetwork({ stopped, values, right }, replaced) {
    this.network.hidden = Boolean(stopped);
    if (stopped) return;
    const stops = replaced.flatMap((lines) => Object.keys(lines).map(stopIndex));
    const index = stops.length ? Math.min(...stops) : LABELS.length - 1;
    const { stage } = this;
    const shown = values.x.length - 1;
    stage.row = shown;
    stage.arrange(values);
    stage.setNumbers(values, shown, BOOKS, (name) => index >= stopOf(name));
    stage.setStop(STOPS[index]);
    stage.setChips(index, values, shown, () => false);
    const wrong = wrongNumbers(values, right);
    for (const chip of stage.chips.values())
      chip.toggleAttribute("data-wrong", wrong.has(chip.dataset.key));
    const { name, title } = STOPS[index];
    const told = this.listed("Underlined, since they are wrong", { values, right });
    this.caption.textContent = `The first iteration, ${name}: ${title}.${told}`;
  }

  // Each replaced function beside the right one.
  drawCode(replaced) {
    const compared = ([label, wrong]) =>
      element(
        "div",
        { class: "fs-compare" },
        element("span", { class: "fs-note" }, `${where(label)}, right and as switched on`),
        stopCode(STOPS.find((stop) => stop.label === label)),
        code(wrong),
      );
    this.lines.replaceChildren(...replaced.flatMap((lines) => Object.entries(lines).map(compared)));
  }

  ready() {
    this.resize = onWidth(this.root, () => {
      this.stage.width = null;
      this.draw();
    });
  }

  end() {
    this.resize.disconnect();
  }
}

export default defineWidget("BugLab", BugLab);
