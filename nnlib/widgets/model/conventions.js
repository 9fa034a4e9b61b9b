// The iteration as other people write it: for eight choices the equations of each stop and their
// numbers, out of the forms that Python has worked out. The numbers are those of the book's own
// iteration, joined, scaled and turned as the form says.
import { CHOICES, EXCLUSIONS, FACTORS, FORMS, SHOWN, WRITERS } from "../generated/conventions.js";
import { iteration } from "./operations.js";
import { asMatrix, map, transpose } from "./matrices.js";

export const BOOK = Object.fromEntries(
  Object.entries(CHOICES).map(([name, { options }]) => [name, options[0].key]),
);

// What an iteration starts from, and the stops, in order.
export const STOP_LABELS = FORMS.map(({ label }) => label);

// The equations of a stop ("given", "F1" … "14"): [{gives, sides, remark, …}].
export function equations(label, conventions) {
  const { matters, forms } = FORMS.find((one) => one.label === label);
  return forms[matters.map((name) => conventions[name]).join(" ")];
}

// The conventions with one more choice made; what does not go with it gives way. Also a sentence
// for it, or "".
export function chosen(conventions, name, key) {
  const next = { ...conventions, [name]: key };
  let told = "";
  for (const { pair, instead, why } of EXCLUSIONS) {
    if (!pair.every(([one, value]) => next[one] === value)) continue;
    const index = pair[0][0] === name ? 1 : 0;
    next[pair[index][0]] = instead[index];
    told = `${CHOICES[pair[index][0]].question} ${textOf(pair[index][0], instead[index])} now: ${why}`;
  }
  return { conventions: next, told };
}

const textOf = (name, key) => CHOICES[name].options.find((one) => one.key === key).text;

// What somebody writes; where they make no choice, the book's.
export const asWritten = (writer) => ({ ...BOOK, ...WRITERS[writer].choices });

// number · n^power as a number and as text.
const valueOf = ([number, power], n) => (power < 0 ? number / n : number);

function textOfFactor([number, power]) {
  return power < 0 ? `${number}/n` : String(number);
}

const slopeFactor = ({ loss, scale }) => FACTORS.slope[`${loss} ${scale}`];

// What the convention multiplies η by: {value, text}.
export function multiple(conventions, n = SHOWN.x.length) {
  const [number, power] = slopeFactor(conventions);
  const both = [number, power + FACTORS.step[conventions.rate][1]];
  return { value: valueOf(both, n), text: textOfFactor(both) };
}

// The book's iteration of the same loss, that makes the same step.
export function worked(conventions, parameters, rate) {
  const { x, y } = SHOWN;
  return iteration(x, y, parameters, rate * multiple(conventions).value, {
    loss: conventions.loss,
  });
}

// The numbers of an equation's result, as they lie: a matrix.
export function result({ way, parts, scaled, turned }, conventions, values) {
  const [first, second] = parts.map((name) => asMatrix(values[name]));
  const whole = second ? JOIN[way](first, second) : first;
  const factor = scaled ? valueOf(slopeFactor(conventions), SHOWN.x.length) : 1;
  const lying = map((v) => v * factor, whole);
  return turned ? transpose(lying) : lying;
}

const JOIN = {
  above: (a, b) => [...a, ...b],
  beside: (a, b) => a.map((row, i) => [...row, ...b[i]]),
};

// Whether a stop is written otherwise than in the book, or lies otherwise.
export const differs = (label, conventions) =>
  JSON.stringify(equations(label, conventions)) !== JSON.stringify(equations(label, BOOK));
