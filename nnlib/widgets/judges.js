// Is the gradient right? The same check as nnlib/checking.py, and sympy's expressions as a second judge.
import { PARAMETERS, iteration, updated } from "./engine.js";
import { EXPRESSIONS } from "./expressions.js";
import { format } from "./parts.js";

const SMALLEST_SLOPE = 1e-4; // as in checking.py

export const AGREE = 1e-6; // relative: what a good ε reaches with digits to spare

export const relativeError = (a, b) => Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b), SMALLEST_SLOPE);

// A relative error for reading: in percent where it is large.
export const percent = (error) => (error < 1e-3 ? error.toExponential(0).replaceAll("-", "−") : `${format(100 * error, 2)} %`);

// For each parameter: {backprop, update, centralDifference, backpropError, updateError}, all in its shape; and the iteration itself.
export function gradientCheck(x, y, parameters, learningRate, { step = 1e-5, ...options } = {}) {
  const values = iteration(x, y, parameters, learningRate, options);
  const after = updated(values);
  const lossWith = (name, i, j, value) => {
    const moved = { ...parameters, [name]: parameters[name].map((row, r) => row.map((v, c) => (r === i && c === j ? value : v))) };
    return iteration(x, y, moved, learningRate, options).E;
  };
  const each = (name, f) => parameters[name].map((row, i) => row.map((v, j) => f(v, i, j)));
  const checks = {};
  for (const name of PARAMETERS) {
    const backprop = each(name, (_, i, j) => values[`dE_d${name}`][i][j]);
    const update = each(name, (v, i, j) => (v - after[name][i][j]) / learningRate);
    const centralDifference = each(name, (v, i, j) => (lossWith(name, i, j, v + step) - lossWith(name, i, j, v - step)) / (2 * step));
    checks[name] = {
      backprop, update, centralDifference,
      backpropError: each(name, (_, i, j) => relativeError(backprop[i][j], centralDifference[i][j])),
      updateError: each(name, (_, i, j) => relativeError(update[i][j], centralDifference[i][j])),
    };
  }
  return { checks, values };
}

// sympy's gradients of the loss of all examples: {E, w1, b1, w2, b2}. For 2 inputs, 2 hidden neurons and 1 output.
export function sympyGradients(x, y, parameters, { hidden = "sigmoid", output = "sigmoid" } = {}) {
  const ofOne = EXPRESSIONS[`${hidden} ${output}`];
  const add = (a, b) => (Array.isArray(a) ? a.map((v, i) => add(v, b[i])) : a + b);
  return x.map((row, i) => ofOne(row, y[i], parameters)).reduce((sum, one) => Object.fromEntries(Object.keys(sum).map((name) => [name, add(sum[name], one[name])])));
}
