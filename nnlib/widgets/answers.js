// Questions with numbers of one's own, and what a wrong answer says: the same as nnlib/answers.py.
import { OPERATIONS, iteration, map, randomParameters, transpose } from "./engine.js";
import { MISTAKES, SLIPS, operationsWith } from "./mistakes.js";
import { MISTAKE_NAMES, SLIP_NAMES } from "./names.js";

const [DRAWS, NEXT] = [500, 7919];
const NOTHING = 1e-12; // smaller than this is 0 to a person: 0.3 − 0.2 − 0.1 is −2.8e−17 to a computer
const EARLY = "rounding too early";

const square = (m) => m.length === m[0].length && m.length > 1;
const IN_THE_END = {
  "wrong sign": ["The size is right, the sign is not.", (right) => map((v) => -v, right)],
  twice: ["It is twice the right number: a factor of 2 is too many.", (right) => map((v) => 2 * v, right)],
  half: ["It is half of the right number: a factor of ½ is too many.", (right) => map((v) => v / 2, right)],
  transposed: ["Rows and columns are exchanged.", (right) => (square(right) ? transpose(right) : right)],
};
const EARLY_TITLE = "It was rounded too early: carry more digits on the way, and round at the end.";

const titleOf = (key) => IN_THE_END[key]?.[0] ?? (key === EARLY ? EARLY_TITLE : (MISTAKE_NAMES[key] ?? SLIP_NAMES[key]).title);
const placeOf = (label) => OPERATIONS.findIndex((operation) => operation.label === label);
const asMatrix = (value) => (Array.isArray(value) ? value : [[value]]);
const every = (test, ...m) => m[0].every((row, i) => row.every((_, j) => test(...m.map((n) => n[i][j]))));

export const operationOf = (quantity) => OPERATIONS.find((operation) => operation.outputs.includes(quantity));

// randomParameters(seed) made easy to compute with by hand: one decimal, and none of them 0.
export function easyParameters(seed, hidden = 2) {
  const easy = (v) => Math.sign(v || 1) * (Math.max(Math.floor(Math.abs(v) * 10 + 0.5), 1) / 10);
  return Object.fromEntries(Object.entries(randomParameters(seed, hidden)).map(([name, m]) => [name, map(easy, m)]));
}

// One unit of the last digit asked for.
export function tolerance(value, digits) {
  if (Math.abs(value) < NOTHING) return 10 ** -digits;
  return 10 ** (Math.floor(Math.log10(Math.abs(value) * (1 + 1e-12))) - digits + 1);
}

const near = (digits) => (answer, value) => Math.abs(answer - value) <= tolerance(value, digits);

// Every mistake that changes the quantity, with the number that it gives: {key: matrix}.
function wrongAnswers(quantity, right, x, y, parameters, learningRate, options) {
  const place = placeOf(operationOf(quantity).label);
  const found = {};
  for (const [key, replaced] of Object.entries({ ...MISTAKES, ...SLIPS })) {
    if (Math.min(...Object.keys(replaced).map(placeOf)) > place) continue;
    let value;
    try {
      value = asMatrix(iteration(x, y, parameters, learningRate, { ...options, operations: operationsWith([key]) })[quantity]);
    } catch { continue; } // its shapes do not fit
    const fits = value.length === right.length && value[0].length === right[0].length;
    if (fits && !every((a, b) => Math.abs(a - b) <= 1e-15 + 1e-12 * Math.abs(b), value, right)) found[key] = value;
  }
  for (const [key, [, change]] of Object.entries(IN_THE_END)) {
    const value = change(right);
    if (!every((a, b) => a === b, value, right)) found[key] = value;
  }
  const twoDecimals = (v) => (Array.isArray(v) ? v.map(twoDecimals) : Math.sign(v) * (Math.floor(Math.abs(v) * 100 + 0.5) / 100));
  const rounded = OPERATIONS.map((operation, i) => (i < place ? { ...operation, run: (...values) => operation.run(...values).map(twoDecimals) } : operation));
  const early = asMatrix(iteration(x, y, parameters, learningRate, { ...options, operations: rounded })[quantity]);
  if (!every(near(3), early, right)) found[EARLY] = early;
  return found;
}

// {parameters, values, right, wrong, given}: drawn until every mistake gives another number at these digits.
export function question(quantity, seed, digits, { x, y }, learningRate, { neurons = 2, ...options } = {}) {
  for (let draw = 0; draw < DRAWS; draw++) {
    const parameters = easyParameters(seed + NEXT * draw, neurons);
    const values = iteration(x, y, parameters, learningRate, options);
    const right = asMatrix(values[quantity]);
    const wrong = wrongAnswers(quantity, right, x, y, parameters, learningRate, options);
    const shows = Object.entries(wrong).every(([key, value]) => key === EARLY || !every((a, b) => Math.abs(a - b) <= 2 * tolerance(b, digits), value, right));
    if (shows) return { quantity, digits, parameters, values, right, wrong, given: operationOf(quantity).inputs.filter((name) => name !== "hidden" && name !== "output") };
  }
  throw new Error(`no network among ${DRAWS} shows every mistake in ${quantity} at ${digits} digits`);
}

// {right, mistakes: [titles], rightNumbers}: what an answer (a matrix) says.
export function diagnose(asked, answer) {
  const fits = answer.map((row, i) => row.map((v, j) => near(asked.digits)(v, asked.right[i][j])));
  const rightNumbers = fits.flat().filter(Boolean).length;
  if (fits.flat().every(Boolean)) return { right: true, mistakes: [], rightNumbers };
  const found = Object.entries(asked.wrong).filter(([, value]) => every(near(asked.digits), answer, value)).map(([key]) => titleOf(key));
  return { right: false, mistakes: [...new Set(found)], rightNumbers };
}
