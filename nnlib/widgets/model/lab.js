// What the bug lab sees of a mistake: training with it, the check of its gradients, sympy's
// judgement.
import { trainer } from "./engine.js";
import { PARAMETERS, iteration } from "./operations.js";
import { gradientCheck, relativeError, sympyGradients } from "./checking.js";
import { asMatrix } from "./matrices.js";
import { TRAPS, operationsWith } from "./mistakes.js";
import { LIMITS } from "../generated/limits.js";
import { EXAMPLES, STOPS } from "../generated/names.js";

export const LAB_DATA = {
  ...EXAMPLES,
  "two uneven examples": {
    x: [
      [0.5, 1],
      [0, 1],
    ],
    y: [[0], [1]],
  },
};

// {losses, outputs, errors: {w2: {backprop, update, sympy}, …}, values, right: the first iteration's results,
// with the mistakes and without}; or
// {stopped: why} where the shapes do not fit.
export function seenOf({ mistakes, traps, parameters, examples: { x, y }, learningRate }) {
  const start = traps.reduce((p, key) => TRAPS[key].start?.(p) ?? p, parameters);
  const rate = traps.reduce((r, key) => TRAPS[key].learningRate ?? r, learningRate);
  const replaced =
    mistakes.length > 0 || traps.some((key) => Object.keys(TRAPS[key].replaced).length > 0);
  const options = replaced ? { operations: operationsWith(mistakes, traps) } : {};
  try {
    const { losses, after } = trained(trainer(x, y, start, rate, options), LIMITS.lab_epochs);
    losses[LIMITS.lab_epochs] = iteration(x, y, after, rate, options).E;
    return {
      losses,
      outputs: iteration(x, y, after, rate, options).a2,
      errors: errorsOf(x, y, start, rate, options),
      values: iteration(x, y, start, rate, options),
      right: iteration(x, y, start, rate),
    };
  } catch (error) {
    return { stopped: error.message };
  }
}

function trained(run, epochs) {
  const losses = new Float64Array(epochs + 1);
  for (let epoch = 0; epoch < epochs; epoch++) losses[epoch] = run.step();
  return { losses, after: run.parameters() };
}

// How far each parameter's slopes are off: the reported ones and the update's from central
// differences, the reported ones from sympy's.
function errorsOf(x, y, start, rate, options) {
  const { checks } = gradientCheck(x, y, start, rate, options);
  const exact = sympyGradients(x, y, start);
  return Object.fromEntries(
    PARAMETERS.map((name) => {
      const { backprop, backpropError, updateError } = checks[name];
      const off = (row, i) => row.map((v, j) => relativeError(v, (backprop[i] ?? backprop[0])[j]));
      return [name, { backprop: backpropError, update: updateError, sympy: exact[name].map(off) }];
    }),
  );
}

// The numbers that are not what they should be, as "name row column": of the results of an iteration
// with mistakes in it, and of one without.
export function wrongNumbers(values, right) {
  const differ = (a, b) => Math.abs(a - b) > 1e-12 * Math.max(1, Math.abs(b));
  return new Set(
    STOPS.flatMap(({ outputs }) => outputs).flatMap((name) =>
      asMatrix(values[name]).flatMap((line, i) =>
        line.flatMap((value, j) =>
          differ(value, asMatrix(right[name])[i][j]) ? [`${name} ${i} ${j}`] : [],
        ),
      ),
    ),
  );
}

export const worst = (errors, judge) =>
  Math.max(...PARAMETERS.flatMap((name) => errors[name][judge].flat()));
