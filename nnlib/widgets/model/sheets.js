// Worksheets: the numbers of a seed, what is asked for, and what is said of each answer; the same as
// nnlib/classroom/worksheets.py and answers.py.
import { ASKED, diagnose, near, operationOf, questionFor, resultsFor } from "./answers.js";
import { iteration } from "./operations.js";
import { asMatrix, every, product, transpose } from "./matrices.js";
import { ASKED_DIGITS } from "../generated/limits.js";
import { EXAMPLES, LEARNING_RATE, STOPS } from "../generated/names.js";
import { ANSWERS } from "../generated/slips.js";

// A seed's first worksheet, as nnlib.classroom.worksheets has it, as parameters: nine digits, to the
// base of twenty, of a number of its own; the first of four without very small results.
const SHEETS = 20n ** 9n;
const FACTORS = [0x4f1bbcdcbfn, 0x2545f4914fn, 0x1b873593n];
const TRIES = 4;
const SMALL = 1e-3;

export function sheetParameters(seed, x, y, learningRate, stops = STOPS) {
  const start = (((BigInt(seed) * 8192n) % SHEETS) + SHEETS) % SHEETS;
  const tries = Array.from({ length: TRIES }, (_, k) => drawn((start + BigInt(k)) % SHEETS));
  const handy = (parameters) => {
    const values = iteration(x, y, parameters, learningRate);
    const sizes = stops
      .flatMap(({ outputs }) => outputs.map((name) => values[name]))
      .flat(2)
      .map(Math.abs);
    return sizes.every((size) => size < ASKED_DIGITS.nothing || size >= SMALL);
  };
  return tries.slice(0, -1).find(handy) ?? tries.at(-1);
}

function drawn(number) {
  let own = scattered(number);
  const next = () => {
    const digit = Number(own % 20n);
    own /= 20n;
    return (digit < 10 ? digit - 10 : digit - 9) / 10;
  };
  const matrix = (rows, columns) =>
    Array.from({ length: rows }, () => Array.from({ length: columns }, next));
  return { w1: matrix(2, 2), b1: matrix(1, 2), w2: matrix(2, 1), b2: matrix(1, 1) };
}

// Another number below the bound for each of them: its 39 bits are mixed until it is below again.
function scattered(start) {
  let number = start;
  do {
    for (const factor of FACTORS) number = BigInt.asUintN(39, (number ^ (number >> 19n)) * factor);
    number ^= number >> 19n;
  } while (number >= SHEETS);
  return number;
}

// Everything that the worksheet of a seed asks for, in order: {quantity: question}. level says how
// far it goes, rows how many rows of AND it has, in an order in which x is not its own transpose.
export function sheetQuestions(seed, level = "all", rows = 2) {
  const of = (table) => ANSWERS.sheet_rows[rows].map((row) => table[row]);
  const [x, y] = [of(EXAMPLES.AND.x), of(EXAMPLES.AND.y)];
  const stops = STOPS.filter(({ label }) => ANSWERS.sheet_levels[level].includes(label));
  const parameters = sheetParameters(seed, x, y, LEARNING_RATE, stops);
  const one = (name) =>
    questionFor(name, ANSWERS.digits_sheet, parameters, { x, y }, LEARNING_RATE);
  const names = stops.flatMap(({ outputs }) => outputs);
  return Object.fromEntries(names.map((name) => [name, one(name)]));
}

// What is said of each answer on a worksheet, {quantity: {verdict, mistakes, rightNumbers}}: an
// answer that is wrong, and yet follows from the other answers on the sheet, is "carried".
export function mark(questions, answers) {
  const judge = ([name, answer]) => {
    const { right, mistakes, rightNumbers } = diagnose(questions[name], answer);
    const known = mistakes.length ? "recognised" : "wrong";
    const verdict = right ? "right" : carried(questions[name], answers) ? "carried" : known;
    return [name, { verdict, mistakes: verdict === "recognised" ? mistakes : [], rightNumbers }];
  };
  return Object.fromEntries(Object.entries(answers).map(judge));
}

// Whether an answer is what the operation gives for the other answers on the sheet.
function carried({ quantity, digits, values }, answers) {
  const operation = operationOf(quantity);
  const own = (name) => answers[name] ?? values[name];
  if (operation.inputs.some((name) => ASKED.includes(name) && !answers[name])) return false;
  const results = [resultsFor(quantity, own)[quantity]];
  const [local, blame] = ANSWERS.from_blame[quantity] ?? [];
  // a gradient may be worked out from the δ that was written down
  if (answers[blame]) results.push(product(transpose(own(local)), own(blame)));
  // what was written down has been rounded: a digit less is asked for
  return results.some((result) => every(near(digits - 1), answers[quantity], asMatrix(result)));
}
