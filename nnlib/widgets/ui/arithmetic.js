// One number written out: its formula with the numbers put in, each of them a cell that lights up
// where it came from.
import { writtenOut } from "../model/arithmetic.js";
import { asMatrix } from "../model/matrices.js";
import { format, withZeros } from "../model/numbers.js";
import { digitsAt, nameOfCell, whichCell } from "../model/quantities.js";
import { element } from "./elements.js";
import { operator, shownNumber, symbol, term } from "./quantities.js";
import { QUANTITIES } from "../generated/names.js";

const SHORT = 2; // numbers that a bracket holds which is not to be broken

// A number of a quantity as a marked button: its value, or "?".
function marked({ name, row, column, value }, all, { hidden = false, digits = 4 } = {}) {
  const named = nameOfCell(name, all[name], row, column);
  const marks = { "data-quantity": name, "data-symbol": name, "data-kind": QUANTITIES[name].kind };
  return element(
    "span",
    { class: "fs-operand", ...marks },
    shownNumber(value, { row, column, hidden, digits, zeros: withZeros(digits), named }),
  );
}

// Pieces of a line. A bracket of one or two numbers, with what stands before it and its square, is one
// piece, so that no line ends in it.
function kept(pieces, number) {
  const split = (text) => text.split(/([^\s(]*\(|\)²?)/u).filter(Boolean);
  const joined = [];
  for (const piece of pieces)
    if (typeof piece === "string" && typeof joined.at(-1) === "string")
      joined.push(joined.pop() + piece);
    else joined.push(piece);
  const parts = joined.flatMap((piece) => (typeof piece === "string" ? split(piece) : [piece]));
  const open = [{ nodes: [], count: 0 }]; // the line, and the brackets that are not closed yet
  for (const part of parts) {
    const isText = typeof part === "string";
    if (isText && part.endsWith("(")) open.push({ nodes: [], count: 0 });
    const now = open.at(-1);
    now.nodes.push(isText ? operator(part) : number(part));
    if (!isText) now.count += 1;
    if (!(isText && part.startsWith(")"))) continue;
    open.pop();
    const around = open.at(-1);
    around.nodes.push(...(now.count > SHORT ? now.nodes : [term(...now.nodes)]));
    around.count += now.count;
  }
  return open[0].nodes;
}

// The line of a cell: symbol, which number, the numbers it is made from, the number. hidden(name)
// says what is not to be given away, digits(name) how many are shown.
export function arithmeticLine(stop, functions, values, cell, { hidden, digits }) {
  const value = asMatrix(values[cell.name])[cell.row][cell.column];
  const where = whichCell(values[cell.name], cell.row, cell.column);
  const written = writtenOut(stop, functions, cell.name, values, cell.row, cell.column, hidden);
  const pieces = kept(written, (piece) =>
    marked(piece, values, { hidden: hidden(piece.name), digits: digits(piece.name) }),
  );
  return [
    symbol(cell.name),
    where ? element("span", { class: "fs-which" }, `, ${where}:`) : null,
    operator(where ? " " : " = "),
    ...pieces,
    operator(" = "),
    element(
      "strong",
      {},
      marked({ ...cell, value }, values, { hidden: hidden(cell.name), digits: digits(cell.name) }),
    ),
  ];
}

// The same as a sentence.
export function arithmeticSentence(stop, functions, values, cell) {
  const shown = (value, name) => {
    const digits = digitsAt(stop, name, values);
    return format(value, digits, withZeros(digits));
  };
  const text = writtenOut(stop, functions, cell.name, values, cell.row, cell.column)
    .map((piece) => (typeof piece === "string" ? piece : shown(piece.value, piece.name)))
    .join("");
  const { name, row, column } = cell;
  const value = asMatrix(values[name])[row][column];
  return `${nameOfCell(name, values[name], row, column)}: ${text} = ${shown(value, name)}`;
}
