// One number written out: its formula with the numbers put in, each of them a cell that lights up
// where it came from.
import { writtenOut } from "../model/arithmetic.js";
import { asMatrix } from "../model/matrices.js";
import { format } from "../model/numbers.js";
import { digitsAt, nameOfCell, whichCell } from "../model/quantities.js";
import { element } from "./elements.js";
import { operator, shownNumber, symbol, term } from "./quantities.js";
import { QUANTITIES } from "../generated/names.js";

// A number of a quantity as a marked button: its value, or "?".
function marked({ name, row, column, value }, all, { hidden = false, digits = 4 } = {}) {
  const named = nameOfCell(name, all[name], row, column);
  const marks = { "data-quantity": name, "data-symbol": name, "data-kind": QUANTITIES[name].kind };
  return element(
    "span",
    { class: "fs-operand", ...marks },
    shownNumber(value, { row, column, hidden, digits, named }),
  );
}

// Pieces of a line, a number and the brackets around it as one, so that no line ends between them.
function kept(pieces, number) {
  const text = (k) => (typeof pieces[k] === "string" ? pieces[k] : "");
  const inBrackets = (k) =>
    typeof pieces[k] === "object" && text(k - 1).endsWith("(") && text(k + 1).startsWith(")");
  return pieces.flatMap((piece, k) => {
    if (inBrackets(k)) return [term(operator("("), number(piece), operator(")"))];
    if (typeof piece === "object") return [number(piece)];
    const rest = piece.slice(inBrackets(k - 1) ? 1 : 0, inBrackets(k + 1) ? -1 : undefined);
    return rest ? [operator(rest)] : [];
  });
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
  const shown = (value, name) => format(value, digitsAt(stop, name, values));
  const text = writtenOut(stop, functions, cell.name, values, cell.row, cell.column)
    .map((piece) => (typeof piece === "string" ? piece : shown(piece.value, piece.name)))
    .join("");
  const { name, row, column } = cell;
  const value = asMatrix(values[name])[row][column];
  return `${nameOfCell(name, values[name], row, column)}: ${text} = ${shown(value, name)}`;
}
