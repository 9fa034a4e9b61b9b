// What is said of the quantities and of the nineteen stops, as text and tokens.
import { digitsApart, format, withZeros } from "./numbers.js";
import { asMatrix } from "./matrices.js";
import { QUANTITIES, STOPS } from "../generated/names.js";

export const LABELS = STOPS.map((stop) => stop.label);

export const stopIndex = (label) => LABELS.indexOf(label);

// At which stop a quantity comes about; −1 for what is given.
export const stopOf = (name) => STOPS.findIndex((stop) => stop.outputs.includes(name));

export const stopThatGives = (name) => STOPS[stopOf(name)];

// The stops of each layer on the way, in order: [[title, stops], …].
export function layers() {
  const titles = [...new Set(STOPS.map((stop) => stop.layer))];
  return titles.map((title) => [title, STOPS.filter((stop) => stop.layer === title)]);
}

// What is meant where nothing was said: the book's functions, by role.
const BOOKS = { hidden: "sigmoid", output: "sigmoid", loss: "squared_error" };
const variant = (variants, role, functions) =>
  variants.any ?? variants[functions[role] ?? BOOKS[role]];

// A stop's formulas, [{gives, parts}], for the functions chosen by role: {hidden, output, loss}.
export const formulasOf = (stop, functions = {}) => variant(stop.formulas, stop.role, functions);

// The lines of Python that compute a stop.
export const codeOf = (stop, functions = {}) => variant(stop.code, stop.role, functions);

// A stop's sentence as tokens: text, and {text, q} where words mean a quantity. It is written
// "multiplies the [inputs](x) by …".
export const phrasesOf = ({ words }) =>
  words
    .split(/(\[[^\]]+\]\(\w+\))/)
    .filter(Boolean)
    .map((piece) => {
      const [, text, q] = piece.match(/^\[([^\]]+)\]\((\w+)\)$/) ?? [];
      return q ? { text, q } : piece;
    });

// The same as plain text.
export const wordsOf = (stop) =>
  phrasesOf(stop)
    .map((phrase) => phrase.text ?? phrase)
    .join("");

// Which number of a quantity it is, for reading: "row 1, column 2", or nothing where there is one.
export function whichCell(value, row, column) {
  const matrix = asMatrix(value);
  return [matrix.length > 1 && `row ${row + 1}`, matrix[0].length > 1 && `column ${column + 1}`]
    .filter(Boolean)
    .join(", ");
}

// The same with its symbol: "∂E/∂w₂, row 1".
export function nameOfCell(name, value, row, column) {
  return [QUANTITIES[name].symbol, whichCell(value, row, column)].filter(Boolean).join(", ");
}

const PLACES = {
  w1: (i, j) => `from input ${i + 1} to hidden neuron ${j + 1}`,
  w2: (i, j) => `from hidden neuron ${i + 1} to output ${j + 1}`,
  b1: (_, j) => `of hidden neuron ${j + 1}`,
  b2: (_, j) => `of output ${j + 1}`,
};

// Where a weight or a bias is in the network: "from input 1 to hidden neuron 2".
export const placeInNetwork = (name, i, j) => PLACES[name](i, j);

// A quantity's numbers for who hears them: "row 1: 0.1, 0.2; row 2: 0.3, 0.4", or without the rows'
// numbers where each has one only.
export function spoken(value, digits = 4, zeros = false) {
  const rows = asMatrix(value).map((line) => line.map((v) => format(v, digits, zeros)).join(", "));
  const named = rows.length > 1 && asMatrix(value)[0].length > 1;
  return rows.map((text, i) => (named ? `row ${i + 1}: ${text}` : text)).join("; ");
}

// A quantity's numbers as a phrase: "∂E/∂w₂ = 0.009932; 0.01942".
export function describe(name, value, hidden = false, letter = null, digits = 4) {
  const said = hidden ? "hidden" : spoken(value, digits, withZeros(digits));
  return `${letter ?? QUANTITIES[name].symbol} = ${said}`;
}

// The answers to some examples for who hears them: "0.56 to 0, 0; 0.57 to 0, 1".
export const answersTold = (x, a2) =>
  x
    .map((inputs, i) => {
      const answer = a2[i].map((v) => format(v, 2)).join(", ");
      return `${answer} to ${inputs.map((v) => format(v)).join(", ")}`;
    })
    .join("; ");

// With how many digits a quantity's numbers are told at a stop: where it is changed there, or is the
// result of that, as many as tell the old and the new ones apart.
export function digitsAt(stop, name, values) {
  const now = stop.outputs.find((one) => one === `new_${name}` || one === name);
  if (!now?.startsWith("new_")) return 4;
  const old = asMatrix(values[now.slice(4)]).flat();
  const each = asMatrix(values[now]).flat();
  return Math.max(...each.map((value, k) => digitsApart(value, old[k])));
}
