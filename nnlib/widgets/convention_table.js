// ConventionTable: the equations of one iteration as other people write them, with numbers.
import {
  BOOK,
  STOP_LABELS,
  asWritten,
  chosen,
  differs,
  equations,
  multiple,
  result,
  worked,
} from "./model/conventions.js";
import { format } from "./model/numbers.js";
import { spoken } from "./model/quantities.js";
import { bar, labelled } from "./ui/controls.js";
import { element } from "./ui/elements.js";
import { fraction, operator, shownNumber } from "./ui/quantities.js";
import { defineWidget } from "./ui/widget.js";
import { CHOICES, START, WRITERS } from "./generated/conventions.js";
import { LEARNING_RATE, QUANTITIES, STOPS } from "./generated/names.js";

const NAMES = Object.keys(CHOICES);
const OWN = "own mixture";
const THIS_BOOK = "this book";
const TITLES = Object.fromEntries(STOPS.map(({ label, title }) => [label, title]));

// A token as it is called here, a fraction where it is one.
function mark(token) {
  if (typeof token === "string") return operator(token);
  const { symbol, kind } = QUANTITIES[token.q];
  const [top, bottom] = (token.s ?? symbol).split("/");
  const parts = bottom ? fraction(top, bottom) : [top];
  const classes = bottom ? "fs-symbol fs-fraction" : "fs-symbol";
  return element("span", { class: classes, "data-symbol": token.q, "data-kind": kind }, parts);
}

// A result as a matrix in brackets, with its shape, and its name above it where it is one of several.
function matrix({ gives }, value, named) {
  const { kind, symbol } = QUANTITIES[gives.q];
  const cells = value.map((line, i) =>
    element(
      "tr",
      {},
      line.map((v, j) => shownNumber(v, { row: i, column: j, tag: "td" })),
    ),
  );
  const told = spoken(value);
  return element(
    "span",
    { class: "fs-matrix", "data-quantity": gives.q, "data-symbol": gives.q, "data-kind": kind },
    named ? element("span", { class: "fs-caption" }, mark(gives)) : null,
    element(
      "table",
      { class: "fs-brackets", role: "img", "aria-label": `${gives.s ?? symbol} = ${told}` },
      element("tbody", {}, cells),
    ),
    element("span", { class: "fs-shape" }, `(${value.length}, ${value[0].length})`),
  );
}

const wayOf = (name) => (name === THIS_BOOK ? BOOK : asWritten(name));

class ConventionTable {
  static title = "Conventions";
  static traits = NAMES;

  picked = THIS_BOOK; // the writer that was asked for last

  content() {
    const { ui } = this;
    this.writer = ui.choice("As written by", [THIS_BOOK, ...Object.keys(WRITERS), OWN], (name) => {
      if (name === OWN) return;
      this.picked = name;
      ui.change(wayOf(name));
    });
    this.choices = Object.fromEntries(NAMES.map((name) => [name, this.buildChoice(name)]));
    this.words = element("p", { class: "fs-note" });
    this.body = element("tbody", {});
    this.outcome = element("p", { class: "fs-outcome" });
    const head = ["stop", "equation", "numbers"].map((text) =>
      element("th", { scope: "col" }, text),
    );
    return [
      bar(
        { reset: ui.button("Reset", () => ui.change(this.start)) },
        labelled("As written by", this.writer),
      ),
      element(
        "div",
        { class: "fs-choices" },
        NAMES.map((name) => this.choices[name].root),
      ),
      ui.message,
      this.words,
      this.outcome,
      element(
        "table",
        { class: "fs-table fs-equations" },
        element("thead", {}, element("tr", {}, head)),
        this.body,
      ),
    ];
  }

  buildChoice(name) {
    const { question, options } = CHOICES[name];
    const pairs = options.map(({ key, text }) => [key, text]);
    const select = this.ui.choice(question, pairs, (key) => {
      const { conventions, told } = chosen(this.now(), name, key);
      this.ui.change(conventions);
      return told;
    });
    const writers = element("span", { class: "fs-note" });
    return { root: element("div", {}, labelled(question, select), writers), select, writers };
  }

  now() {
    return Object.fromEntries(NAMES.map((name) => [name, this.get(name)]));
  }

  draw() {
    const now = this.now();
    for (const name of NAMES) {
      const { select, writers } = this.choices[name];
      select.value = now[name];
      const others = CHOICES[name].options.find(({ key }) => key === now[name]).writers;
      const who = now[name] === BOOK[name] ? [THIS_BOOK, ...others] : others;
      writers.textContent = `As in ${who.join(", ")}`;
    }
    this.drawWriter(now);
    const values = worked(now, START, LEARNING_RATE);
    this.body.replaceChildren(...STOP_LABELS.map((label) => this.stop(label, now, values)));
    this.drawOutcome(now);
  }

  // Of several whose way it is, the one that was asked for; what they leave open is told.
  drawWriter(now) {
    const fits = (name) => NAMES.every((one) => wayOf(name)[one] === now[one]);
    const who = [this.picked, THIS_BOOK, ...Object.keys(WRITERS)].find(fits) ?? OWN;
    this.writer.value = who;
    const { words, choices = now } = WRITERS[who] ?? {};
    const open = NAMES.filter((name) => !(name in choices));
    const silent = open.map((name) => `“${CHOICES[name].question} …”`).join(", ");
    const told = silent && `Left open there, and as in this book here: ${silent}.`;
    this.words.textContent = [words, told].filter(Boolean).join(" ");
  }

  stop(label, now, values) {
    const differing = label !== "given" && differs(label, now);
    const lines = equations(label, now);
    const name = element("th", { scope: "row", title: TITLES[label] ?? null }, label);
    if (differing) name.append(element("span", { class: "fs-changed" }, "changed"));
    return element(
      "tr",
      { "data-stop": label, "data-differs": differing },
      name,
      element("td", {}, lines.map(equation)),
      element(
        "td",
        {},
        lines
          .filter(({ gives }) => gives)
          .map((line) => matrix(line, result(line, now, values), lines.length > 1)),
      ),
    );
  }

  drawOutcome(now) {
    const { value, text } = multiple(now);
    const [own, same, needed] = [1, value, 1 / value].map((by) => format(LEARNING_RATE * by));
    const book = `the book's formulas give${now.loss === BOOK.loss ? "" : " for cross-entropy"}`;
    this.outcome.textContent =
      value === 1
        ? `With η = ${own}, this gives the very network that ${book}.`
        : `Here η counts ${text} = ${format(value)} times: η = ${own} gives the network that ` +
          `${book} with η = ${same}. For the one with η = ${own}, take η = ${needed} here.`;
    const changed = STOP_LABELS.filter((label) => label !== "given" && differs(label, now));
    this.ui.announce(
      `${changed.length} of 19 stops are written differently. ${this.outcome.textContent}`,
    );
  }
}

// An equation as a line of tokens.
function equation({ gives, sides = [], remark = "" }) {
  if (!gives) return element("div", { class: "fs-formula fs-note" }, remark);
  return element(
    "div",
    { class: "fs-formula" },
    mark(gives),
    sides.flatMap((side) => [operator(" = "), ...side.map(mark)]),
    remark && operator(`, ${remark}`),
  );
}

export default defineWidget("ConventionTable", ConventionTable);
