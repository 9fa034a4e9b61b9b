// AnswerBox: a quantity to compute by hand; a wrong answer is recognised, because the mistaken variants are computed, too.
import { diagnose, operationOf, question } from "./answers.js";
import { controls, listen, scheduler, widgetName } from "./controls.js";
import { QUANTITIES, STOPS } from "./names.js";
import { element, format, formula, linkSymbols, numbers, parseNumber, symbol } from "./parts.js";

const COUNT = ["no", "one", "two", "three", "four", "five", "six"];

function render({ model, el }) {
  const get = (name) => model.get(name);
  const first = get("seed");
  const ui = controls(model);
  let asked = null, tries = 0, hints = 0, done = false;

  const task = element("p", { class: "fs-task" });
  const given = element("div", { class: "fs-given", tabindex: "0", role: "group", "aria-label": "What is given" });
  const answer = element("div", { class: "fs-answer" });
  const verdict = element("div", { class: "fs-verdict", role: "status" });
  const help = element("div", { class: "fs-hints" });
  const hint = ui.button("Hint", () => { hints += 1; drawHints(); });
  const check = ui.button("Check", judge, { class: "fs-primary" });
  const root = element("section", { class: "fs-widget fs-answer-box", "data-widget": "AnswerBox", "aria-label": widgetName(model, "Answer box") },
    task, given, answer, verdict, help, element("div", { class: "fs-row" }, check, hint,
      ui.button("Other numbers", () => ui.change({ seed: get("seed") + 1 })), ui.button("Reset", () => { if (get("seed") === first) draw(); else ui.change({ seed: first }); })),
    ui.message, ui.live);
  linkSymbols(root);
  el.append(root);

  let fields = [];

  function judge() {
    const typed = fields.map((row) => row.map((input) => parseNumber(input.value)));
    for (const [i, row] of typed.entries()) {
      for (const [j, { error }] of row.entries()) {
        if (error) {
          ui.say(`${fields[i][j].getAttribute("aria-label")}: ${error}.`);
          fields[i][j].focus();
          return;
        }
      }
    }
    ui.say("");
    const { right, mistakes, rightNumbers } = diagnose(asked, typed.map((row) => row.map(({ value }) => value)));
    tries += 1;
    root.dataset.verdict = right ? "right" : mistakes.length ? "recognised" : "not yet";
    if (right) {
      done = true;
      verdict.replaceChildren(element("p", { class: "fs-good" }, `Right, to ${COUNT[asked.digits]} digits.`));
      showSolution();
    } else if (mistakes.length) {
      verdict.replaceChildren(element("p", { class: "fs-bad" }, mistakes.length > 1 ? `Not yet. ${mistakes.length === 2 ? "Two" : "Several"} things would give this:` : "Not yet. "), ...mistakes.map((title) => element("p", { class: "fs-recognised" }, title)));
    } else {
      const total = asked.right.flat().length;
      verdict.replaceChildren(element("p", { class: "fs-bad" }, `Not yet.${total > 1 && rightNumbers ? ` ${rightNumbers} of the ${total} numbers ${rightNumbers === 1 ? "is" : "are"} right.` : ""}`));
      hints = Math.min(3, Math.max(hints, tries));
      drawHints();
    }
  }

  function drawHints() {
    const stop = STOPS.find(({ outputs }) => outputs.includes(asked.quantity));
    const variant = stop.formulas.any ?? stop.formulas[get(stop.role)];
    const lines = variant.slice(0, variant.findIndex(({ gives }) => gives === asked.quantity) + 1);
    const shown = [];
    if (hints > 0) shown.push(element("p", {}, element("strong", {}, "Hint. "), stop.words));
    if (hints > 1) {
      shown.push(element("p", {}, element("strong", {}, "Second hint. "), "The formula, and its numbers:"));
      for (const { gives, parts } of lines) {
        shown.push(element("div", { class: "fs-formula" }, symbol(gives), parts.flatMap((part) => [element("span", { class: "fs-operator" }, " = "), ...formula(part)])));
        const last = parts[parts.length - 1];
        const known = gives === asked.quantity ? "?" : asked.values[gives];
        shown.push(element("div", { class: "fs-line-of-numbers" }, last.map((token) => (typeof token === "string" ? element("span", { class: "fs-operator" }, token) : numbers(token.q, asked.values[token.q], { hidden: token.q === asked.quantity }))),
          element("span", { class: "fs-operator" }, " = "), known === "?" ? element("span", { class: "fs-operator" }, "?") : numbers(gives, known)));
      }
    }
    help.replaceChildren(...shown);
    hint.textContent = hints > 1 ? "Show the solution" : "Hint";
    hint.disabled = done;
    if (hints > 2 && !done) { done = true; root.dataset.verdict = "shown"; showSolution(); }
  }

  function showSolution() {
    hint.disabled = true;
    help.append(element("div", { class: "fs-line-of-numbers fs-solution" }, element("strong", {}, "The solution: "), numbers(asked.quantity, asked.right)));
    ui.announce(`The solution is ${asked.right.map((row) => row.map((v) => format(v)).join(", ")).join("; ")}.`);
  }

  function draw() {
    const quantity = get("quantity");
    asked = question(quantity, get("seed"), get("digits"), get("examples"), get("learning_rate"), { hidden: get("hidden"), output: get("output"), neurons: get("neurons") });
    tries = 0; hints = 0; done = false;
    root.dataset.verdict = "open";
    const role = operationOf(quantity).inputs.find((name) => name === "hidden" || name === "output");
    const name = role && get(role) !== "sigmoid" ? `, with ${get(role)} for σ` : "";
    task.replaceChildren("Compute ", symbol(quantity), ` by hand${name}, to ${COUNT[asked.digits]} significant digits.`);
    given.replaceChildren(...asked.given.map((one) => numbers(one, asked.values[one])));
    fields = asked.right.map((row, i) => row.map((_, j) => element("input", {
      type: "text", inputmode: "decimal", autocomplete: "off", class: "fs-short", "data-row": i, "data-col": j,
      "aria-label": asked.right.flat().length > 1 ? `Your answer, row ${i + 1}, column ${j + 1}` : "Your answer",
      onkeydown: (event) => { if (event.key === "Enter") { ui.act(); judge(); } },
    })));
    answer.replaceChildren(symbol(quantity), element("span", { class: "fs-operator" }, " = "),
      element("table", { class: "fs-brackets" }, element("tbody", {}, fields.map((row) => element("tr", {}, row.map((input) => element("td", {}, input)))))));
    answer.dataset.kind = QUANTITIES[quantity].kind;
    verdict.replaceChildren();
    ui.live.textContent = "";
    ui.say("");
    drawHints();
  }

  const schedule = scheduler(() => draw());
  const deaf = listen(model, ["quantity", "seed", "digits", "neurons", "examples", "learning_rate", "hidden", "output"].map((name) => [name, schedule]));
  draw();
  return deaf;
}

export default { render };
