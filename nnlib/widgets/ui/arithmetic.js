// One number written out: its formula with the numbers put in, each of them a cell that lights up
// where it came from.
import { writtenOut } from "../model/arithmetic.js";
import { format } from "../model/numbers.js";
import { element } from "./elements.js";
import { operator, shownNumber, symbol } from "./quantities.js";
import { QUANTITIES } from "../generated/names.js";

const single = (values, name) => [values[name]].flat(2).length === 1;

// Which number of a quantity it is, for reading: "row 1, column 2", or nothing where there is one.
export function whichCell({ name, row, column }, values) {
  if (single(values, name)) return "";
  const [rows, columns] = [values[name].length, values[name][0].length];
  return [rows > 1 && `row ${row + 1}`, columns > 1 && `column ${column + 1}`]
    .filter(Boolean)
    .join(", ");
}

// A number of a quantity as a marked element: its value, or "?".
function marked({ name, row, column, value }, { hidden = false, digits = 4 } = {}) {
  const marks = { "data-quantity": name, "data-symbol": name, "data-kind": QUANTITIES[name].kind };
  return element(
    "span",
    { class: "fs-operand", ...marks },
    shownNumber(value, { row, column, hidden, digits }),
  );
}

// The line of a cell: symbol, which number, the numbers it is made from, the number. hidden(name)
// says what is not to be given away.
export function arithmeticLine(stop, functions, values, cell, { hidden, digits }) {
  const matrix = [values[cell.name]].flat(cell.name === "E" ? 0 : 1);
  const value = cell.name === "E" ? values.E : values[cell.name][cell.row][cell.column];
  const where = whichCell(cell, values);
  const pieces = writtenOut(stop, functions, cell.name, values, cell.row, cell.column).map(
    (piece) =>
      typeof piece === "string"
        ? operator(piece)
        : marked(piece, { hidden: hidden(piece.name), digits }),
  );
  return [
    symbol(cell.name),
    where && matrix.length ? element("span", { class: "fs-which" }, `, ${where}:`) : null,
    operator(where ? " " : " = "),
    ...pieces,
    operator(" = "),
    element("strong", {}, marked({ ...cell, value }, { hidden: hidden(cell.name), digits })),
  ];
}

// The same as a sentence.
export function arithmeticSentence(stop, functions, values, cell) {
  const text = writtenOut(stop, functions, cell.name, values, cell.row, cell.column)
    .map((piece) => (typeof piece === "string" ? piece : format(piece.value)))
    .join("");
  const value = cell.name === "E" ? values.E : values[cell.name][cell.row][cell.column];
  const where = whichCell(cell, values);
  return `${QUANTITIES[cell.name].symbol}${where && `, ${where}`}: ${text} = ${format(value)}`;
}
