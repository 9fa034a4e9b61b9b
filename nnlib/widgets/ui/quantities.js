// Symbols, formulas, matrices and code on the page, with every quantity marked so that it can light
// up wherever it stands.
import { codeOf, describe, formulasOf } from "../model/quantities.js";
import { format } from "../model/numbers.js";
import { asMatrix } from "../model/matrices.js";
import { element, mathElement } from "./elements.js";
import { QUANTITIES } from "../generated/names.js";

// A quantity's symbol, coloured by its kind, a fraction where it is one.
export const symbol = (name) => lone(name, QUANTITIES[name].symbol);

// The same with other letters for it.
export function lone(name, text) {
  const { kind } = QUANTITIES[name];
  const [top, bottom] = text.split("/");
  const parts = bottom ? fraction(top, bottom) : [text];
  const classes = bottom ? "fs-symbol fs-fraction" : "fs-symbol";
  return element("span", { class: classes, "data-symbol": name, "data-kind": kind }, ...parts);
}

// One over the other; who hears it hears a stroke between them.
export const fraction = (top, bottom) => [
  element("span", { class: "fs-over" }, top),
  element("span", { class: "fs-visually-hidden" }, "/"),
  element("span", { class: "fs-under" }, bottom),
];

// What stays on one line.
export const term = (...parts) => element("span", { class: "fs-term" }, parts);

export const operator = (text) => element("span", { class: "fs-operator" }, text);

// Tokens of a formula (see names.js) as symbols and text.
export function formula(tokens) {
  return tokens.map((token) => (typeof token === "string" ? operator(token) : symbol(token.q)));
}

// A stop's sentence (see phrasesOf), in which the words that mean a quantity light it.
export const phrases = (tokens) =>
  tokens.map((token) =>
    typeof token === "string"
      ? token
      : element("span", { class: "fs-phrase", "data-symbol": token.q }, token.text),
  );

// A stop's formulas as lines, symbol = … = …, to be seen, and as MathML to be read out.
export function formulaLines(stop, functions) {
  return formulasOf(stop, functions).map(({ gives, parts }) => {
    const tokens = [{ q: gives }, ...parts.flatMap((part) => [" = ", ...part])];
    const seen = element("span", { class: "fs-seen", "aria-hidden": "true" }, formula(tokens));
    return element("div", { class: "fs-formula" }, seen, mathml(tokens));
  });
}

// Tokens of a formula as MathML, for screen readers.
export function mathml(tokens) {
  const whole = (token) => {
    if (typeof token === "string") return token.trim() ? mathElement("mo", token.trim()) : "";
    const [top, bottom] = QUANTITIES[token.q].symbol.split("/");
    const name = mathElement("mi", top);
    return bottom ? mathElement("mfrac", name, mathElement("mi", bottom)) : name;
  };
  const math = mathElement("math", ...tokens.map(whole).filter(Boolean));
  math.setAttribute("class", "fs-visually-hidden");
  return math;
}

// The attributes of one shown number.
export function cell(value, i, j, hidden = false) {
  const place = { "data-row": i, "data-col": j };
  return hidden ? place : { ...place, "data-value": String(value), title: String(value) };
}

// A single shown number, as text in an element.
export const shownNumber = (
  value,
  { row = 0, column = 0, hidden = false, tag = "span", digits = 4 } = {},
) => element(tag, cell(value, row, column, hidden), hidden ? "?" : format(value, digits));

// A quantity with its numbers: a scalar, or a matrix in brackets, its symbol above and its shape
// beneath. hidden shows "?" instead; letter is what it is called where there is one layer only.
export function numbers(name, value, { hidden = false, digits = 4, letter = null } = {}) {
  const rows = asMatrix(value);
  const cells = rows.map((line, i) =>
    element(
      "tr",
      {},
      line.map((v, j) => shownNumber(v, { row: i, column: j, hidden, tag: "td", digits })),
    ),
  );
  const shape = Array.isArray(value) ? `(${rows.length}, ${rows[0].length})` : "scalar";
  const marks = { "data-quantity": name, "data-symbol": name, "data-kind": QUANTITIES[name].kind };
  return element(
    "span",
    { class: "fs-matrix", ...marks },
    element("span", { class: "fs-caption" }, letter ? lone(name, letter) : symbol(name)),
    element(
      "table",
      { class: "fs-brackets", role: "img", "aria-label": describe(name, value, hidden, letter) },
      element("tbody", {}, cells),
    ),
    element("span", { class: "fs-shape" }, shape),
  );
}

// A stop's formulas once more with the numbers put in, a line for each result; hidden(name) says
// what is not to be given away.
export function equationLines(stop, functions, values, hidden, digits = 4) {
  return formulasOf(stop, functions).map(({ gives, parts }) => {
    const put = (token) =>
      typeof token === "string"
        ? operator(token)
        : numbers(token.q, values[token.q], { hidden: hidden(token.q), digits });
    const result = element(
      "span",
      { class: "fs-result" },
      numbers(gives, values[gives], { hidden: hidden(gives), digits }),
    );
    return element(
      "div",
      { class: "fs-line-of-numbers" },
      parts[parts.length - 1].map(put),
      operator(" = "),
      result,
    );
  });
}

// Lines of Python with the names of quantities marked.
export function code(lines) {
  const marked = (word) =>
    Object.hasOwn(QUANTITIES, word)
      ? element("span", { "data-symbol": word, "data-kind": QUANTITIES[word].kind }, word)
      : word;
  const spans = lines.map((line) =>
    element("span", { class: "fs-line" }, line.split(/\b/).map(marked), "\n"),
  );
  return element("pre", { class: "fs-code" }, element("code", {}, spans));
}

export const stopCode = (stop, functions) => code(codeOf(stop, functions));

// Hovering or focusing a quantity lights it up wherever it stands below root.
export function linkSymbols(root) {
  const light = (event) => {
    const name = event.target.closest?.("[data-symbol]")?.dataset.symbol;
    for (const lit of root.querySelectorAll(".fs-lit"))
      if (lit.dataset.symbol !== name) lit.classList.remove("fs-lit");
    if (name)
      for (const same of root.querySelectorAll(`[data-symbol="${name}"]`))
        same.classList.add("fs-lit");
  };
  for (const event of ["pointerover", "focusin", "pointerleave"])
    root.addEventListener(event, light);
}
