// Worksheet: one iteration by hand, on paper or in its boxes: the same sheet as
// nnlib.classroom.worksheets prints, its marks, and its key.
import { mark, sheetQuestions } from "./model/sheets.js";
import { PARAMETERS } from "./model/operations.js";
import { format } from "./model/numbers.js";
import { layers } from "./model/quantities.js";
import { answerFields, labelled, setWhole } from "./ui/controls.js";
import { element, row, scrolling, svgElement } from "./ui/elements.js";
import { formulaLines, numbers, operator, symbol } from "./ui/quantities.js";
import { defineWidget } from "./ui/widget.js";
import { LIMITS } from "./generated/limits.js";
import { LEARNING_RATE, QUANTITIES } from "./generated/names.js";
import { ANSWERS } from "./generated/slips.js";

// What is said of a box, by its verdict.
const SAID = {
  unread: ({ input, error }) => ["fs-bad", `${input.getAttribute("aria-label")}: ${error}.`],
  right: () => ["fs-good", "Right."],
  carried: () => ["fs-good", "Right from your own numbers; the slip is further up."],
  recognised: ({ mistakes }) => ["fs-bad", mistakes.join(" Or: ")],
  wrong: ({ rightNumbers }, total) => [
    "fs-bad",
    total > 1 && rightNumbers
      ? `Not yet. ${rightNumbers} of the ${total} numbers ${rightNumbers === 1 ? "is" : "are"} right.`
      : "Not yet.",
  ],
};

// The way in three parts, or two: forward with the loss, and back through the layers that are asked.
function parts(asked) {
  const [[, forward], [, loss], [output, second], [hidden, first]] = layers();
  const all = [
    ["Forward", [...forward, ...loss]],
    [`Back through the ${output}`, second],
    [`Back through the ${hidden}`, first],
  ];
  return all.filter(([, stops]) =>
    stops.every(({ outputs }) => outputs.every((name) => asked[name])),
  );
}

const LEVELS = [
  ["output", "steps 1 to 7"],
  ["all", "all fourteen steps"],
];
const TITLES = { output: "Half an iteration by hand", all: "One iteration by hand" };
const ROWS = Object.keys(ANSWERS.sheet_rows);

// The 2-2-1 network with its numbers, for the paper: where its neurons are, what joins them.
const PLACES = [
  [[30, 35], "x₁", "input"],
  [[30, 115], "x₂", "input"],
  [[170, 35], "", "activation"],
  [[170, 115], "", "activation"],
  [[300, 75], "ŷ", "activation"],
];

function network({ w1, b1, w2, b2 }) {
  const [one, two, first, second, output] = PLACES.map(([place]) => place);
  const edges = [
    [one, first, w1[0][0], 0.5],
    [one, second, w1[0][1], 0.28],
    [two, first, w1[1][0], 0.28],
    [two, second, w1[1][1], 0.5],
    [first, output, w2[0][0], 0.5],
    [second, output, w2[1][0], 0.5],
  ];
  const biases = [
    [first, b1[0][0]],
    [second, b1[0][1]],
    [output, b2[0][0]],
  ];
  const line = ([[ax, ay], [bx, by]]) => svgElement("line", { x1: ax, y1: ay, x2: bx, y2: by });
  const weight = ([[ax, ay], [bx, by], value, along]) =>
    caption(ax + along * (bx - ax), ay + along * (by - ay), format(value), "weight");
  const neuron = ([[cx, cy], name, kind]) => [
    svgElement("circle", { cx, cy, r: 15, "data-kind": kind }),
    caption(cx, cy, name, kind),
  ];
  const words =
    "The network: two inputs, two hidden neurons, one output, with its weights and biases";
  return svgElement(
    "svg",
    { class: "fs-network", viewBox: "0 0 330 150", role: "img", "aria-label": words },
    edges.map(line),
    edges.map(weight),
    PLACES.flatMap(neuron),
    biases.map(([[x, y], value]) => caption(x, y + 25, `b ${format(value)}`, "bias")),
  );
}

const caption = (x, y, text, kind) =>
  svgElement("text", { x, y, "data-kind": kind, "aria-hidden": "true" }, text);

class Worksheet {
  static title = "Worksheet";
  static traits = ["seed", "level", "rows", "key"];

  content() {
    const { ui } = this;
    const fits = (value) => Number.isSafeInteger(value) && Math.abs(value) <= LIMITS.largest_seed;
    this.seed = ui.field("Seed", { class: "fs-short" }, (value) =>
      fits(value) ? ui.change({ seed: value }) : "expected a whole number",
    );
    this.level = ui.choice("How far", LEVELS, (level) => ui.change({ level }));
    this.rows = ui.choice("Examples", ROWS, (rows) => ui.change({ rows: Number(rows) }));
    this.key = ui.tick("With the key", (key) => ui.change({ key }));
    this.sheet = scrolling("div", "fs-sheet", "The sheet");
    this.total = element("p", { class: "fs-total", role: "status" });
    this.checking = row(
      "fs-no-print",
      ui.button("Check the boxes", () => this.judge()?.focus(), { class: "fs-primary" }),
      this.total,
    );
    const other = () => ui.change({ seed: this.get("seed") + 1 });
    return [
      row(
        "fs-no-print",
        labelled("seed", this.seed),
        ui.button("Other numbers", other),
        labelled("how far", this.level),
        labelled("examples", this.rows),
        this.key.root,
        ui.button("Print", () => window.print(), { class: "fs-primary" }),
        ui.button("Reset", () => ui.change(this.start)),
      ),
      ui.message,
      this.sheet,
      this.checking,
    ];
  }

  // ---- marking ----

  // Gives the first box that cannot be read: its sentence is in sight where it has the focus.
  judge() {
    const answers = {},
      unread = {};
    for (const [name, { read }] of Object.entries(this.boxes)) {
      const typed = read();
      if (typed?.error) unread[name] = { verdict: "unread", ...typed };
      else if (typed) answers[name] = typed;
    }
    const marks = mark(this.asked, answers);
    for (const name of Object.keys(this.boxes)) this.say(name, unread[name] ?? marks[name]);
    const cannot = Object.values(unread);
    this.total.textContent = this.summary(Object.values(marks), cannot.length);
    return cannot[0]?.input;
  }

  say(name, found) {
    const { verdict } = this.boxes[name];
    verdict.dataset.verdict = found?.verdict ?? "empty";
    if (!found) return verdict.replaceChildren();
    const [classes, text] = SAID[found.verdict](found, this.asked[name].right.flat().length);
    const of = found.error ? "" : `${QUANTITIES[name].symbol}: `; // heard, as there are many boxes
    const heard = element("span", { class: "fs-visually-hidden" }, of);
    verdict.replaceChildren(heard, element("span", { class: classes }, text));
  }

  summary(marks, unread) {
    const count = (verdict) => marks.filter((one) => one.verdict === verdict).length;
    const all = Object.keys(this.boxes).length;
    const more = [
      [count("carried"), "right from your own numbers"],
      [unread, "not all numbers"],
      [all - marks.length - unread, "empty"],
    ];
    const rest = more.filter(([n]) => n).map(([n, what]) => `, ${n} ${what}`);
    return `${count("right")} of ${all} boxes right${rest.join("")}.`;
  }

  // ---- drawing ----

  draw() {
    const [seed, level, rows, shown] = ["seed", "level", "rows", "key"].map((name) =>
      this.get(name),
    );
    setWhole(this.seed, seed);
    this.level.value = level;
    this.rows.value = String(rows);
    this.key.box.checked = shown;
    const sheet = [seed, level, rows].join();
    if (this.drawn === sheet) this.showKey(shown);
    else {
      Object.assign(this, { drawn: sheet, asked: sheetQuestions(seed, level, rows), boxes: {} });
      this.drawSheet(seed, shown);
    }
    this.ui.announce(`The sheet of seed ${seed}${shown ? ", with its key" : ""}.`);
  }

  showKey(shown) {
    const { values } = this.asked.E;
    for (const [name, box] of Object.entries(this.boxes))
      box.answer.replaceChildren(shown ? numbers(name, values[name]) : this.toFill(name));
    this.heading.textContent = shown ? "Key" : TITLES[this.get("level")];
    this.name.hidden = shown;
    this.checking.hidden = shown; // there are no boxes then
  }

  toFill(name) {
    const { table } = this.boxes[name];
    const marks = { "data-quantity": name, "data-kind": QUANTITIES[name].kind };
    return element("span", { class: "fs-fill", ...marks }, symbol(name), operator(" = "), table);
  }

  box(name) {
    const { right } = this.asked[name];
    const { symbol: text } = QUANTITIES[name];
    const several = right.flat().length > 1;
    const label = (i, j) => (several ? `${text}, row ${i + 1}, column ${j + 1}` : text);
    const check = () => {
      this.ui.act();
      this.judge();
    };
    const answer = element("div", {});
    const verdict = element("p", { class: "fs-mark fs-no-print", role: "status" });
    this.boxes[name] = { answer, verdict, ...answerFields(right, label, check) };
    return element("div", { class: "fs-box" }, answer, verdict);
  }

  drawSheet(seed, shown) {
    const { values } = this.asked.E;
    const block = (stop) =>
      element(
        "div",
        { class: "fs-block" },
        element("p", {}, element("strong", {}, stop.label), ` ${stop.title}`),
        formulaLines(stop),
        stop.outputs.map((name) => this.box(name)),
      );
    const part = ([title, stops]) =>
      element(
        "div",
        { class: "fs-part" },
        element("p", { class: "fs-part-title" }, title),
        element("div", { class: "fs-blocks" }, stops.map(block)),
      );
    this.heading = element("strong", {});
    this.name = element("span", {}, "     Name: ______________________");
    this.sheet.replaceChildren(
      element("p", { class: "fs-sheet-title" }, this.heading, ` · seed ${seed}`, this.name),
      network(values),
      row(
        "fs-given",
        ...["x", "y", ...PARAMETERS].map((name) => numbers(name, values[name])),
        operator(`η = ${LEARNING_RATE}`),
      ),
      element(
        "p",
        { class: "fs-note" },
        "Four significant digits in each box, seven decimals or more on the way. σ(z) = 1 / (1 + e⁻ᶻ). " +
          "⊙ multiplies number by number, ᵀ turns rows into columns.",
      ),
      ...parts(this.asked).map(part),
    );
    this.total.textContent = "";
    this.ui.say("");
    this.showKey(shown);
  }
}

export default defineWidget("Worksheet", Worksheet);
