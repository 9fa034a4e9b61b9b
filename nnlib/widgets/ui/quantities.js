// Symbols, formulas, matrices and code on the page, with every quantity marked so that it can light
// up wherever it stands.
import { codeOf, describe, formulasOf, nameOfCell } from "../model/quantities.js";
import { format, withZeros } from "../model/numbers.js";
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

export const operator = (text) => element("span", { class: "fs-operator" }, ...raised(text));

// A prime stands high: the sign of the face of formulas lies on the line, for who raises it.
const raised = (text) =>
  text
    .split(/(′)/)
    .filter(Boolean)
    .map((part) => (part === "′" ? element("span", { class: "fs-prime" }, part) : part));

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

// A formula as a line, symbol = … = …, to be seen, and as MathML to be read out.
export function formulaLine({ gives, parts }) {
  const tokens = [{ q: gives }, ...parts.flatMap((part) => [" = ", ...part])];
  const seen = element("span", { class: "fs-seen", "aria-hidden": "true" }, formula(tokens));
  return element("div", { class: "fs-formula" }, seen, mathml(tokens));
}

// All formulas of a stop.
export const formulaLines = (stop, functions) => formulasOf(stop, functions).map(formulaLine);

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

// A single shown number, as text in an element; named, it is a button that can be chosen and says so.
export function shownNumber(
  value,
  {
    row = 0,
    column = 0,
    hidden = false,
    tag = "span",
    digits = 4,
    zeros = false,
    named = null,
  } = {},
) {
  const text = hidden ? "?" : format(value, digits, zeros);
  const marks = {
    type: "button",
    class: "fs-cell",
    tabindex: "-1",
    "aria-label": `${named}: ${text}`,
  };
  return element(
    tag,
    cell(value, row, column, hidden),
    named ? element("button", marks, text) : text,
  );
}

// A quantity with its numbers: a scalar, or a matrix in brackets, its symbol above and its shape
// beneath. hidden shows "?" instead; letter is what it is called where there is one layer only;
// choose makes each number a button; transposed says that rows and columns change places in what follows.
export function numbers(
  name,
  value,
  {
    hidden = false,
    digits = 4,
    zeros = false, // so many digits, even if the last are 0
    letter = null,
    choose = false,
    shown: onShow = null,
    transposed = false,
  } = {},
) {
  const rows = asMatrix(value);
  const shown = (v, row, column) =>
    shownNumber(v, {
      row,
      column,
      hidden,
      digits,
      zeros,
      tag: "td",
      named: choose && nameOfCell(name, value, row, column),
    });
  const cells = rows.map((line, i) =>
    element(
      "tr",
      { "data-shown": i === onShow ? "" : null },
      line.map((v, j) => shown(v, i, j)),
    ),
  );
  const [height, width] = [rows.length, rows[0].length];
  const turned = transposed ? `ᵀ = (${width}, ${height})` : "";
  const shape = Array.isArray(value) ? `(${height}, ${width})${turned}` : "scalar";
  const said = describe(name, value, hidden, letter);
  const table = element(
    "table",
    {
      class: "fs-brackets",
      role: choose ? null : "img",
      "aria-label": transposed ? `${said}, transposed` : said,
    },
    element("tbody", {}, cells),
  );
  const marks = { "data-quantity": name, "data-symbol": name, "data-kind": QUANTITIES[name].kind };
  return element(
    "span",
    { class: "fs-matrix", ...marks },
    element("span", { class: "fs-caption" }, letter ? lone(name, letter) : symbol(name)),
    transposed ? element("span", { class: "fs-turned" }, table, operator("ᵀ")) : table,
    element("span", { class: "fs-shape" }, shape),
  );
}

// A formula's tokens with numbers in the places of its symbols; matrix(name, transposed) gives a
// quantity's. A matrix has its ᵀ at its own bracket, and needs no parentheses for it.
export function withNumbers(tokens, matrix) {
  const text = (k) => (typeof tokens[k] === "string" ? tokens[k] : "");
  const turned = (k) => text(k - 1).endsWith("(") && !text(k) && text(k + 1).startsWith(")ᵀ");
  return tokens.flatMap((token, k) => {
    if (typeof token !== "string") return [matrix(token.q, turned(k))];
    const rest = token.slice(turned(k - 1) ? 2 : 0, turned(k + 1) ? -1 : undefined);
    return rest ? [operator(rest)] : [];
  });
}

// A stop's formulas once more with the numbers put in, each of them to be chosen, a line for each
// result; hidden(name) says what is not to be given away, row(name) which row the picture shows, null
// where it shows them all, digits(name) how many.
export function equationLines(stop, functions, values, { hidden, row, digits = () => 4 }) {
  return formulasOf(stop, functions).map(({ gives, parts }) => {
    const matrix = (name, transposed = false) =>
      numbers(name, values[name], {
        hidden: hidden(name),
        digits: digits(name),
        zeros: withZeros(digits(name)),
        choose: true,
        shown: row(name),
        transposed,
      });
    const result = element("span", { class: "fs-result" }, matrix(gives));
    return element(
      "div",
      { class: "fs-line-of-numbers" },
      withNumbers(parts[parts.length - 1], matrix),
      element("span", { class: "fs-equals" }, operator(" = "), result),
    );
  });
}

// Lines of Python with the names of quantities marked. The line that returns is what the stop gives.
export function code(lines, gives = null) {
  const marked = (word) =>
    Object.hasOwn(QUANTITIES, word)
      ? element("span", { "data-symbol": word, "data-kind": QUANTITIES[word].kind }, word)
      : word;
  const spans = lines.map((line) =>
    element(
      "span",
      { class: "fs-line", "data-symbol": line.startsWith("return ") ? gives : null },
      line.split(/\b/).map(marked),
      "\n",
    ),
  );
  return element("pre", { class: "fs-code" }, element("code", {}, spans));
}

export const stopCode = (stop, functions) =>
  code(codeOf(stop, functions), stop.outputs[stop.outputs.length - 1]);

// Hovering or focusing a quantity lights it up wherever it stands below root.
export function linkSymbols(root) {
  const light = (event) => {
    const meant = event.target.closest?.("[data-symbol]");
    const name = meant?.dataset.symbol;
    const slider = meant?.matches(".fs-slider"); // its neighbours are other numbers of the same name
    const lights = (node) =>
      node.dataset.symbol === name && (!slider || node === meant || !node.matches(".fs-slider"));
    for (const node of root.querySelectorAll("[data-symbol]"))
      node.classList.toggle("fs-lit", lights(node));
  };
  for (const event of ["pointerover", "focusin", "pointerleave"])
    root.addEventListener(event, light);
}
