// Drawing that the widgets share: elements, numbers, symbols, matrices, reading what a person typed.
import { QUANTITIES } from "./names.js";

const SVG = "http://www.w3.org/2000/svg";

// An element with attributes (on… are listeners, null and false are left out) and children (text stays text).
export function element(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function svgElement(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

export const deepCopy = (value) => JSON.parse(JSON.stringify(value));

// A number for reading: four significant digits, a real minus sign.
export function format(value, digits = 4) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "not a number" : value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  const text = size !== 0 && (size < 1e-4 || size >= 1e6) ? value.toExponential(digits - 1).replace(/\.?0+e/, "e") : String(Number(value.toPrecision(digits)));
  return text.replaceAll("-", "−");
}

// What a person typed, as {value} or {error}: a finite decimal number, with a point or a comma.
export function parseNumber(text) {
  const plain = text.trim().replaceAll("−", "-").replace(",", ".");
  const shown = text.trim().length > 24 ? `${text.trim().slice(0, 24)}…` : text.trim();
  if (plain === "") return { error: "expected a number, got nothing" };
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return { error: `expected a number, got “${shown}”` };
  const value = Number(plain);
  return Number.isFinite(value) ? { value } : { error: `expected a number that a computer can hold, got “${shown}”` };
}

// A quantity's symbol, coloured by its kind, a fraction where it is one.
export function symbol(name) {
  const { symbol: text, kind } = QUANTITIES[name];
  const [top, bottom] = text.split("/");
  const parts = bottom ? [element("span", { class: "fs-over" }, top), element("span", { class: "fs-under" }, bottom)] : [text];
  return element("span", { class: bottom ? "fs-symbol fs-fraction" : "fs-symbol", "data-symbol": name, "data-kind": kind }, ...parts);
}

// Tokens of a formula (see names.js) as symbols and text.
export function formula(tokens) {
  return tokens.map((token) => (typeof token === "string" ? element("span", { class: "fs-operator" }, token) : symbol(token.q)));
}

// A quantity with its numbers: a scalar, or a matrix in brackets, its symbol above and its shape beneath. hidden shows "?" instead.
export function numbers(name, value, { hidden = false } = {}) {
  const rows = Array.isArray(value) ? value : [[value]];
  const cells = rows.map((row, i) => element("tr", {}, row.map((v, j) => element("td", cell(v, i, j, hidden), hidden ? "?" : format(v)))));
  const shape = Array.isArray(value) ? `(${rows.length}, ${rows[0].length})` : "scalar";
  return element("span", { class: "fs-matrix", "data-quantity": name, "data-symbol": name, "data-kind": QUANTITIES[name].kind },
    element("span", { class: "fs-caption" }, symbol(name)),
    element("table", { class: "fs-brackets", role: "img", "aria-label": describe(name, value, hidden) }, element("tbody", {}, cells)),
    element("span", { class: "fs-shape" }, shape));
}

// The attributes of one shown number.
export function cell(value, row, column, hidden = false) {
  const place = { "data-row": row, "data-col": column };
  return hidden ? place : { ...place, "data-value": String(value), title: String(value) };
}

// A quantity's numbers as a phrase: "∂E/∂w₂ = 0.009932; 0.01942".
export function describe(name, value, hidden = false) {
  const rows = Array.isArray(value) ? value : [[value]];
  return `${QUANTITIES[name].symbol} = ${hidden ? "hidden" : rows.map((row) => row.map((v) => format(v)).join(", ")).join("; ")}`;
}

// Lines of Python with the names of quantities marked.
export function code(lines) {
  const marked = lines.map((line) => element("span", { class: "fs-line" }, line.split(/\b/).map((word) =>
    Object.hasOwn(QUANTITIES, word) ? element("span", { "data-symbol": word, "data-kind": QUANTITIES[word].kind }, word) : word), "\n"));
  return element("pre", { class: "fs-code" }, element("code", {}, marked));
}

// Hovering or focusing a quantity lights it up wherever it stands below root.
export function linkSymbols(root) {
  const light = (event) => {
    const name = event.target.closest?.("[data-symbol]")?.dataset.symbol;
    for (const lit of root.querySelectorAll(".fs-lit")) if (lit.dataset.symbol !== name) lit.classList.remove("fs-lit");
    if (name) for (const same of root.querySelectorAll(`[data-symbol="${name}"]`)) same.classList.add("fs-lit");
  };
  root.addEventListener("pointerover", light);
  root.addEventListener("focusin", light);
  root.addEventListener("pointerleave", light);
}

// ---- the state of a widget in a link ----

const VERSION = "1.";

// Any JSON value as text for a URL's fragment.
export function packLink(state) {
  const bytes = new TextEncoder().encode(JSON.stringify(state));
  return VERSION + btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

// The value behind such a text; throws an Error that says what is wrong. What it holds is not to be trusted yet.
export function unpackLink(text) {
  if (!text.startsWith(VERSION)) throw new Error("it was made by another version of this page");
  if (text.length > 20000) throw new Error("it is too long");
  try {
    const bytes = Uint8Array.from(atob(text.slice(VERSION.length).replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new Error("it is damaged");
  }
}
