// Is the gradient right? The same check as nnlib/checking.py, and sympy's expressions as a second
// judge.
import { PARAMETERS, iteration, updated } from "./operations.js";
import { map, total } from "./matrices.js";
import { EXPRESSIONS } from "../generated/expressions.js";
import { CHECKING } from "../generated/limits.js";

export const AGREE = CHECKING.agree; // relative: what a good ε reaches with digits to spare

export const relativeError = (a, b) =>
  Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b), CHECKING.smallest_slope);

// For each parameter: {backprop, update, centralDifference, backpropError, updateError}, all in its
// shape; and the iteration itself.
export function gradientCheck(
  x,
  y,
  parameters,
  learningRate,
  { step = CHECKING.step, ...options } = {},
) {
  for (const [name, value] of [
    ["step", step],
    ["learning_rate", learningRate],
  ]) {
    if (!(Number.isFinite(value) && value > 0))
      throw new RangeError(`${name}: expected a finite number > 0, got ${value}`);
  }
  const values = iteration(x, y, parameters, learningRate, options);
  const after = updated(values);
  const lossWith = (name, i, j, value) => {
    const moved = parameters[name].map((row, r) =>
      row.map((v, c) => (r === i && c === j ? value : v)),
    );
    return iteration(x, y, { ...parameters, [name]: moved }, learningRate, options).E;
  };
  const each = (name, f) => parameters[name].map((row, i) => row.map((v, j) => f(v, i, j)));
  const checks = {};
  for (const name of PARAMETERS) {
    const backprop = each(name, (_, i, j) => values[`dE_d${name}`][i][j]);
    const update = each(name, (v, i, j) => (v - after[name][i][j]) / learningRate);
    const centralDifference = each(
      name,
      (v, i, j) => (lossWith(name, i, j, v + step) - lossWith(name, i, j, v - step)) / (2 * step),
    );
    const [backpropError, updateError] = [backprop, update].map((slopes) =>
      map(relativeError, slopes, centralDifference),
    );
    checks[name] = { backprop, update, centralDifference, backpropError, updateError };
  }
  return { checks, values };
}

// sympy's gradients of the loss of all examples: {E, w1, b1, w2, b2}. For 2 inputs, 2 hidden
// neurons and 1 output.
export function sympyGradients(
  x,
  y,
  parameters,
  { hidden = "sigmoid", output = "sigmoid", loss = "squared_error" } = {},
) {
  const ofOne = EXPRESSIONS[`${hidden} ${output} ${loss}`];
  const each = x.map((row, i) => ofOne(row, y[i], parameters));
  const sum = (name) =>
    parameters[name].map((row, i) =>
      row.map((_, j) => total([each.map((one) => one[name][i][j])])),
    );
  return {
    E: total([each.map((one) => one.E)]),
    ...Object.fromEntries(PARAMETERS.map((name) => [name, sum(name)])),
  };
}
