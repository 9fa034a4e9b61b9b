// Questions with numbers of one's own, and what a wrong answer says: the same as
// nnlib/classroom/answers.py.
import { ACTIVATIONS } from "./activations.js";
import { OPERATIONS, iteration, randomParameters } from "./operations.js";
import { LOSSES } from "./losses.js";
import { checkedName } from "./checks.js";
import { asMatrix, every, map, product, transpose } from "./matrices.js";
import { MISTAKES, SLIPS, operationsWith } from "./mistakes.js";
import { shownDigits, tolerance } from "./digits_asked.js";
import { ANSWERS, MISTAKE_NAMES, SLIP_NAMES } from "../generated/slips.js";

const { draws: DRAWS, next: NEXT, early: EARLY, in_the_end: TITLES } = ANSWERS;

// What becomes of the right numbers where only the writing down goes wrong.
export const IN_THE_END = {
  "wrong sign": (right) => map((v) => -v, right),
  twice: (right) => map((v) => 2 * v, right),
  half: (right) => map((v) => v / 2, right),
  transposed: (right) =>
    right.length === right[0].length && right.length > 1 ? transpose(right) : right,
};

function titleOf(key) {
  if (key === EARLY.key) return EARLY.title;
  return TITLES[key] ?? (MISTAKE_NAMES[key] ?? SLIP_NAMES[key]).title;
}

export const ASKED = OPERATIONS.flatMap((operation) => operation.outputs);
const placeOf = (label) => OPERATIONS.findIndex((operation) => operation.label === label);

export function operationOf(quantity) {
  checkedName("quantity", quantity, ASKED);
  return OPERATIONS.find((operation) => operation.outputs.includes(quantity));
}

// randomParameters(seed) made easy to compute with by hand: one decimal, and none of them 0.
export function easyParameters(seed, hidden = 2) {
  const easy = (v) => Math.sign(v || 1) * (Math.max(Math.floor(Math.abs(v) * 10 + 0.5), 1) / 10);
  const random = Object.entries(randomParameters(seed, hidden));
  return Object.fromEntries(random.map(([name, m]) => [name, map(easy, m)]));
}

export const near = (digits) => (answer, value) =>
  Math.abs(answer - value) <= tolerance(value, digits);

// Every mistake that changes the quantity, with the number that it gives: {key: matrix}.
function wrongAnswers(quantity, right, compute) {
  const place = placeOf(operationOf(quantity).label);
  return {
    ...mistaken(right, place, compute),
    ...misWritten(right),
    ...roundedEarly(right, place, compute),
  };
}

// Whether two results differ by rounding only.
const same = (value, right) =>
  every((a, b) => Math.abs(a - b) <= 1e-15 + 1e-12 * Math.abs(b), value, right);

function mistaken(right, place, compute) {
  const found = {};
  for (const [key, replaced] of Object.entries({ ...MISTAKES, ...SLIPS })) {
    if (Math.min(...Object.keys(replaced).map(placeOf)) > place) continue;
    let value;
    try {
      value = compute(operationsWith([key]));
    } catch {
      continue; // its shapes do not fit
    }
    const fits = value.length === right.length && value[0].length === right[0].length;
    if (fits && !same(value, right)) found[key] = value;
  }
  return found;
}

function misWritten(right) {
  const values = Object.entries(IN_THE_END).map(([key, change]) => [key, change(right)]);
  return Object.fromEntries(values.filter(([, value]) => !same(value, right)));
}

function roundedEarly(right, place, compute) {
  const twoDecimals = (v) =>
    Array.isArray(v)
      ? v.map(twoDecimals)
      : Math.sign(v) * (Math.floor(Math.abs(v) * 100 + 0.5 + 1e-9) / 100);
  const rounding = (operation) => ({
    ...operation,
    run: (...values) => operation.run(...values).map(twoDecimals),
  });
  const early = compute(
    OPERATIONS.map((operation, i) => (i < place ? rounding(operation) : operation)),
  );
  return every(near(3), early, right) ? {} : { [EARLY.key]: early };
}

// {parameters, values, right, wrong, given}: drawn until every mistake gives another number at
// these digits, and until whoever computes with the numbers as they are shown comes to the right one.
export function question(
  quantity,
  seed,
  digits,
  { x, y },
  learningRate,
  { neurons = 2, ...options } = {},
) {
  operationOf(quantity);
  for (let draw = 0; draw < DRAWS; draw++) {
    const parameters = easyParameters(seed + NEXT * draw, neurons);
    const found = questionFor(quantity, digits, parameters, { x, y }, learningRate, options);
    const apart = ([key, value]) =>
      key === EARLY.key ||
      !every((a, b) => Math.abs(a - b) <= 2 * tolerance(b, digits), value, found.right);
    if (Object.entries(found.wrong).every(apart) && inReach(found, options)) return found;
  }
  throw new Error(
    `no network among ${DRAWS} shows every mistake in ${quantity} at ${digits} digits`,
  );
}

// Whether the numbers that are shown lead to the right one, with half of what is forgiven to spare;
// also with the δ of a gradient rounded.
function inReach({ quantity, digits, values, right }, options) {
  const rounded = (value) => significant(value, shownDigits(digits));
  const results = resultsFor(quantity, (name) => rounded(values[name]), options);
  const found = [results[quantity]];
  const [local, blame] = ANSWERS.from_blame[quantity] ?? [];
  if (blame) found.push(product(transpose(rounded(values[local])), rounded(results[blame])));
  const within = (a, b) => Math.abs(a - b) <= tolerance(b, digits) / 2;
  return found.every((value) => every(within, asMatrix(value), right));
}

// What the operation of a quantity gives for the numbers of(name), by name.
export function resultsFor(quantity, of, { hidden = "sigmoid", output = "sigmoid" } = {}) {
  const functions = {
    hidden: ACTIVATIONS[hidden],
    output: ACTIVATIONS[output],
    loss: LOSSES.squared_error,
  };
  const operation = operationOf(quantity);
  const results = operation.run(...operation.inputs.map((name) => functions[name] ?? of(name)));
  return Object.fromEntries(operation.outputs.map((name, i) => [name, results[i]]));
}

// Numbers rounded to so many significant digits.
function significant(value, digits) {
  if (Array.isArray(value)) return value.map((one) => significant(one, digits));
  const unit = tolerance(value, digits);
  return Math.sign(value) * Math.floor(Math.abs(value) / unit + 0.5 + 1e-9) * unit;
}

// {quantity, digits, parameters, values, right, wrong, given} for these parameters.
export function questionFor(quantity, digits, parameters, { x, y }, learningRate, options = {}) {
  const given = ANSWERS.needed[quantity];
  const values = iteration(x, y, parameters, learningRate, options);
  const right = asMatrix(values[quantity]);
  const wrong = wrongAnswers(quantity, right, (operations) =>
    asMatrix(iteration(x, y, parameters, learningRate, { ...options, operations })[quantity]),
  );
  return { quantity, digits, parameters, values, right, wrong, given };
}

// {right, mistakes: [titles], rightNumbers}: what an answer (a matrix) says.
export function diagnose(asked, answer) {
  const fits = answer.map((row, i) => row.map((v, j) => near(asked.digits)(v, asked.right[i][j])));
  const rightNumbers = fits.flat().filter(Boolean).length;
  if (fits.flat().every(Boolean)) return { right: true, mistakes: [], rightNumbers };
  const found = Object.entries(asked.wrong).filter(([, value]) =>
    every(near(asked.digits), answer, value),
  );
  return { right: false, mistakes: [...new Set(found.map(([key]) => titleOf(key)))], rightNumbers };
}

// The titles of the mistakes that give this number in a row and column of what is asked.
export function mistakesIn({ wrong, digits }, row, column, value) {
  const found = Object.entries(wrong).filter(([, of]) => near(digits)(value, of[row][column]));
  return [...new Set(found.map(([key]) => titleOf(key)))];
}
