// AnswerBox: a quantity to compute by hand; a wrong answer is recognised, because the mistaken
// variants are computed, too.
import { COUNT, predicted, shownDigits, usualDigits } from "./model/digits_asked.js";
import { asMatrix } from "./model/matrices.js";
import { parseNumber } from "./model/numbers.js";
import { OPERATIONS, iteration } from "./model/operations.js";
import { formulasOf, spoken, stopThatGives, wordsOf } from "./model/quantities.js";
import { answerFields, bar } from "./ui/controls.js";
import { element, scrolling } from "./ui/elements.js";
import { formulaLine, numbers, operator, symbol, withNumbers } from "./ui/quantities.js";
import { defineWidget } from "./ui/widget.js";
import { QUANTITIES } from "./generated/names.js";

const ALL_HINTS = 3; // the third is the solution

// A δ is worked out on the way of a stop whose words speak of the weights.
const OF_DELTA = {
  dE_dz2: "The blame that arrives at the output’s sum: step 1 times step 2, each row by itself.",
  dE_dz1: "The blame goes back through the old weights, and through the curve. Each row by itself.",
};
// What judges an answer, and finds other numbers, comes when it is wanted.
let answers = null;
async function bringAnswers() {
  answers ??= await import("./model/answers.js");
}
// The numbers of the first question, where a page has them (answer_box.py).
const kept = (model) => model.state?.().asked;

const hintFor = (quantity) => OF_DELTA[quantity] ?? wordsOf(stopThatGives(quantity));

function keptQuestion({ parameters, given }, quantity, digits, { x, y }, rate, functions) {
  const values = iteration(x, y, parameters, rate, functions);
  return { quantity, digits, parameters, values, right: asMatrix(values[quantity]), given };
}

class AnswerBox {
  static title = "Answer box";
  static traits = [
    "quantity",
    "seed",
    "digits",
    "neurons",
    "examples",
    "learning_rate",
    "hidden",
    "output",
  ];
  static async bring(get, model) {
    if (!kept(model)) await bringAnswers();
  }

  content() {
    const { ui } = this;
    this.task = element("p", { class: "fs-task" });
    this.given = scrolling("div", "fs-given", "What is given");
    this.answer = element("div", { class: "fs-answer" });
    this.verdict = element("div", { class: "fs-verdict" });
    this.help = element("div", { class: "fs-hints" });
    this.hint = ui.button("Hint", () => {
      this.hints += 1;
      this.drawHints();
      if (!this.done) this.ui.announce(this.heardHint());
    });
    const reset = () => {
      if (this.get("seed") === this.start.seed) this.draw();
      else ui.change({ seed: this.start.seed });
    };
    return [
      this.task,
      this.given,
      this.answer,
      bar(
        {
          next: ui.button("Check", () => this.judge()),
          farther: [this.hint],
          reset: ui.button("Reset", reset),
        },
        ui.button("Other numbers", () => ui.change({ seed: this.get("seed") + 1 })),
      ),
      ui.message,
      this.verdict,
      this.help,
    ];
  }

  functions() {
    return { hidden: this.get("hidden"), output: this.get("output") };
  }

  // ---- judging ----

  // What was typed, as a matrix; null, after saying why, where it is not all numbers.
  typed() {
    const [first] = this.answers.fields.flat();
    const read = this.answers.read() ?? { input: first, ...parseNumber(first.value) };
    for (const input of this.answers.fields.flat()) input.removeAttribute("aria-invalid");
    if (Array.isArray(read)) return read;
    read.input.setAttribute("aria-invalid", "true");
    this.ui.say(`${read.input.getAttribute("aria-label")}: ${read.error}.`);
    read.input.focus();
    return null;
  }

  judge() {
    const typed = this.typed();
    if (!typed) return;
    const { asked } = this;
    if (answers) this.judged(typed);
    else this.wait(() => this.asked === asked && this.judged(typed));
  }

  wait(action) {
    const lost = ({ message }) => this.ui.say(`What judges an answer: ${message}.`);
    bringAnswers().then(action, lost);
  }

  // With every mistake that would give another number.
  withMistakes() {
    const { quantity, digits, parameters, wrong } = this.asked;
    if (wrong) return this.asked;
    const [examples, rate] = [this.get("examples"), this.get("learning_rate")];
    const found = [quantity, digits, parameters, examples, rate, this.functions()];
    this.asked = answers.questionFor(...found);
    return this.asked;
  }

  judged(typed) {
    this.ui.say("");
    const { right, mistakes, rightNumbers } = answers.diagnose(this.withMistakes(), typed);
    this.tries += 1;
    this.root.dataset.verdict = right ? "right" : mistakes.length ? "recognised" : "not yet";
    if (right) {
      this.done = true;
      // heard by the page of a book that counts what is read (later.js); not if the solution was shown
      if (this.hints < ALL_HINTS) this.root.dispatchEvent(new Event("fs-right", { bubbles: true }));
      this.tell(
        element("p", { class: "fs-good" }, `Right, to ${COUNT[this.asked.digits]} digits.`),
      );
      this.showSolution();
    } else if (mistakes.length) {
      const several = `Not yet. ${mistakes.length === 2 ? "Two" : "Several"} things would give this:`;
      this.tell(
        element("p", { class: "fs-bad" }, mistakes.length > 1 ? several : "Not yet. "),
        ...mistakes.map((title) => element("p", { class: "fs-recognised" }, title)),
      );
    } else if (this.tooShort(typed)) {
      const asked = `${COUNT[this.asked.digits]} significant digits are asked for`;
      const text = `Not yet: right as far as it goes, and ${asked}.`;
      this.tell(element("p", { class: "fs-bad" }, text));
    } else {
      const total = this.asked.right.flat().length;
      const some =
        total > 1 && rightNumbers
          ? ` ${rightNumbers} of the ${total} numbers ${rightNumbers === 1 ? "is" : "are"} right.`
          : "";
      this.tell(element("p", { class: "fs-bad" }, `Not yet.${some}`));
      this.hints = Math.min(ALL_HINTS, Math.max(this.hints, this.tries));
      this.drawHints();
      if (!this.done) this.ui.announce(this.heardHint());
    }
    if (this.ui.news) this.ui.announce("");
  }

  // What there is to say of an answer; it is heard with the name of what was asked.
  tell(...lines) {
    this.verdict.replaceChildren(...lines);
    const said = lines.map((line) => line.textContent.trim()).join(" ");
    this.ui.news = `${QUANTITIES[this.asked.quantity].symbol}: ${said} `;
  }

  // Whether nothing is wrong but that there are too few digits.
  tooShort(typed) {
    const right = this.asked.right.flat();
    return typed
      .flat()
      .every((value, k) =>
        ["right", "few"].includes(predicted(value, right[k], this.asked.digits)),
      );
  }

  // ---- hints ----

  drawHints() {
    const stop = stopThatGives(this.asked.quantity);
    const shown = [];
    if (this.hints > 0)
      shown.push(element("p", {}, element("strong", {}, "Hint. "), hintFor(this.asked.quantity)));
    if (this.hints > 1) {
      shown.push(
        element("p", {}, element("strong", {}, "Second hint. "), "The formula, and its numbers:"),
        ...this.formulaHints(stop),
      );
    }
    this.help.replaceChildren(...shown);
    this.hint.textContent = this.hints > 1 ? "Show the solution" : "Hint";
    this.hint.disabled = this.done;
    if (this.hints < ALL_HINTS || this.done) return;
    this.done = true;
    this.root.dataset.verdict = "shown";
    this.showSolution();
  }

  // What is heard of the last hint; the button does another thing from the second on.
  heardHint() {
    const { quantity } = this.asked;
    const first = `Hint. ${hintFor(quantity)}`;
    return this.hints === 1
      ? first
      : "Second hint: the formula, and its numbers, stand below. The button shows the solution now.";
  }

  // The formulas up to the one that is asked for, each with its numbers beneath.
  formulaHints(stop) {
    const { quantity, values } = this.asked;
    const formulas = formulasOf(stop, this.functions());
    const upTo = formulas.slice(0, formulas.findIndex(({ gives }) => gives === quantity) + 1);
    const matrix = (name, transposed) =>
      numbers(name, values[name], { hidden: name === quantity, transposed });
    return upTo.flatMap(({ gives, parts }) => [
      formulaLine({ gives, parts }),
      element(
        "div",
        { class: "fs-line-of-numbers" },
        withNumbers(parts[parts.length - 1], matrix),
        operator(" = "),
        gives === quantity ? operator("?") : numbers(gives, values[gives]),
      ),
    ]);
  }

  showSolution() {
    const { quantity, right } = this.asked;
    this.hint.disabled = true;
    if (this.help.querySelector(".fs-solution")) return; // once is enough
    this.help.append(
      element(
        "div",
        { class: "fs-line-of-numbers fs-solution" },
        element("strong", {}, "The solution: "),
        numbers(quantity, right),
      ),
    );
    this.ui.announce(`The solution is ${spoken(right)}.`);
  }

  // Whether it asks what it asked at the beginning.
  isFirst() {
    const same = (trait) => JSON.stringify(this.get(trait)) === JSON.stringify(this.start[trait]);
    return Object.keys(this.start).every(same);
  }

  ready() {
    for (const event of ["pointerenter", "focusin"])
      this.root.addEventListener(event, () => bringAnswers().catch(() => {}), { once: true });
    // for who prints the page
    this.root.addEventListener("fs-numbers", ({ detail }) => {
      const { quantity, right, digits } = this.asked;
      detail.set(
        quantity,
        right.map((row) => row.map((value) => Number(value.toPrecision(digits)))),
      );
    });
  }

  // ---- drawing: a new question ----

  draw() {
    const [quantity, seed, wanted, examples, rate, neurons] = [
      "quantity",
      "seed",
      "digits",
      "examples",
      "learning_rate",
      "neurons",
    ].map(this.get);
    const digits = wanted || usualDigits(quantity);
    const functions = this.functions();
    const first = this.isFirst() && kept(this.model);
    if (!first && !answers) {
      this.wait(this.schedule);
      return;
    }
    this.asked = first
      ? keptQuestion(first, quantity, digits, examples, rate, functions)
      : answers.question(quantity, seed, digits, examples, rate, { ...functions, neurons });
    Object.assign(this, { tries: 0, hints: 0, done: false });
    this.root.dataset.verdict = "open";
    const { inputs } = OPERATIONS.find(({ outputs }) => outputs.includes(quantity));
    const role = inputs.find((name) => name === "hidden" || name === "output");
    const other = role && this.get(role) !== "sigmoid" ? `, with ${this.get(role)} for σ` : "";
    this.task.replaceChildren(
      "Compute ",
      symbol(quantity),
      ` by hand${other}, to ${COUNT[digits]} significant digits.`,
    );
    this.given.replaceChildren(
      ...this.asked.given.map((name) =>
        numbers(name, this.asked.values[name], { digits: shownDigits(this.asked.digits) }),
      ),
    );
    this.drawFields(quantity);
    this.verdict.replaceChildren();
    this.ui.say("");
    this.drawHints();
    const numbersOf = (name) =>
      `${QUANTITIES[name].symbol} is ${spoken(this.asked.values[name], shownDigits(this.asked.digits))}`;
    const given = this.asked.given.map(numbersOf).join("; ");
    this.ui.announce(`Compute ${QUANTITIES[quantity].symbol}. Given: ${given}.`);
  }

  drawFields(quantity) {
    const { right } = this.asked;
    const several = right.flat().length > 1;
    const label = (i, j) =>
      several ? `Your answer, row ${i + 1}, column ${j + 1}` : "Your answer";
    this.answers = answerFields(right, label, () => {
      this.ui.act();
      this.judge();
    });
    this.answer.replaceChildren(symbol(quantity), operator(" = "), this.answers.table);
    this.answer.dataset.kind = QUANTITIES[quantity].kind;
  }
}

export default defineWidget("AnswerBox", AnswerBox);
