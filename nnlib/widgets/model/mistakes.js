// The classic mistakes, slips and traps of nnlib/mistakes.py: the same keys, the same replaced
// functions.
import { OPERATIONS } from "./operations.js";
import { checkedName } from "./checks.js";
import { map, minus, plusRow, product, times, total, transpose } from "./matrices.js";

// An operation's new inputs, and how it computes its outputs from them.
const instead = (inputs, run) => ({ inputs, run });

const constantColumn = (m, value) => m.map(() => [value]);
const added = (w, slope, factor) => map((u, v) => u + factor * v, w, slope);
const ones = (m) => map(() => 1, m);
const halfSlope = (m) => map((a) => 1 - a, m);
const STEP_7 = ["w2", "b2", "dE_dw2", "dE_db2", "learning_rate"];
const STEP_14 = ["w1", "b1", "dE_dw1", "dE_db1", "learning_rate"];
const uphill = (w, b, dW, dB, rate) => [added(w, dW, rate), added(b, dB, rate)];
const withoutRate = (w, b, dW, dB) => [minus(w, dW), minus(b, dB)];
const updateOnly = (dW, dB, rate) => [map((v) => rate * v, dW), map((v) => rate * v, dB)];

// key: {label: {inputs, run}}
export const MISTAKES = {
  "missing half": { E: instead(["a2", "y"], (a2, y) => [total(map((e) => e * e, minus(a2, y)))]) },
  "swapped error": { 1: instead(["a2", "y"], (a2, y) => [minus(y, a2)]) },
  "sigma twice": {
    2: instead(["a2", "output"], (a2, output) => [map(output.slope, a2, map(output.value, a2))]),
  },
  "sums for activations": { 3: instead(["z1"], (z1) => [z1]) },
  "no bias slope": { 4: instead(["z2"], (z2) => [constantColumn(z2, 0)]) },
  "no transpose for w2": {
    5: instead(["dz2_dw2", "dE_da2", "da2_dz2"], (dz2_dw2, dE_da2, da2_dz2) => {
      const dE_dz2 = times(dE_da2, da2_dz2);
      return [dE_dz2, product(dz2_dw2, dE_dz2)];
    }),
  },
  "mean for sum": {
    6: instead(["dz2_db2", "dE_dz2"], (dz2_db2, dE_dz2) => {
      const sum = product(transpose(dz2_db2), dE_dz2);
      return [map((v) => v / dE_dz2.length, sum)];
    }),
  },
  uphill: { 7: instead(STEP_7, uphill) },
  "updated w2": { 8: instead(["new_w2"], (new_w2) => [new_w2]) },
  "no hidden slope": { 9: instead(["a1"], (a1) => [ones(a1)]) },
  "activations for inputs": { 10: instead(["a1"], (a1) => [a1]) },
  "bias once per weight": {
    11: instead(["z1", "x"], (z1, x) => [constantColumn(z1, x[0].length)]),
  },
  "no transpose for w1": {
    12: instead(
      ["dE_dz2", "dz2_da1", "da1_dz1", "dz1_dw1"],
      (dE_dz2, dz2_da1, da1_dz1, dz1_dw1) => {
        const dE_dz1 = times(product(dE_dz2, transpose(dz2_da1)), da1_dz1);
        return [dE_dz1, product(dz1_dw1, dE_dz1)];
      },
    ),
  },
  "first example only": { 13: instead(["dE_dz1"], (dE_dz1) => [[dE_dz1[0]]]) },
  "no learning rate": { 14: instead(STEP_14.slice(0, 4), withoutRate) },
};

// Slips on paper, beside the mistakes: key: {label: {inputs, run}}
export const SLIPS = {
  "no bias in z1": { F1: instead(["x", "w1"], (x, w1) => [product(x, w1)]) },
  "w1 transposed": {
    F1: instead(["x", "w1", "b1"], (x, w1, b1) => [plusRow(product(x, transpose(w1)), b1)]),
  },
  "slope for a1": {
    F2: instead(["z1", "hidden"], (z1, hidden) => [map(hidden.slope, z1, map(hidden.value, z1))]),
  },
  "no bias in z2": { F3: instead(["a1", "w2"], (a1, w2) => [product(a1, w2)]) },
  "sums in z2": { F3: instead(["z1", "w2", "b2"], (z1, w2, b2) => [plusRow(product(z1, w2), b2)]) },
  "slope for a2": {
    F4: instead(["z2", "output"], (z2, output) => [map(output.slope, z2, map(output.value, z2))]),
  },
  "errors not squared": { E: instead(["a2", "y"], (a2, y) => [total(minus(a2, y)) / 2]) },
  "doubled error": { 1: instead(["a2", "y"], (a2, y) => [map((e) => 2 * e, minus(a2, y))]) },
  "squared error": { 1: instead(["a2", "y"], (a2, y) => [map((e) => e * e, minus(a2, y))]) },
  "value for da2": { 2: instead(["a2"], (a2) => [a2]) },
  "half of da2": { 2: instead(["a2"], (a2) => [halfSlope(a2)]) },
  "no output slope": { 2: instead(["a2"], (a2) => [ones(a2)]) },
  "no rate in w2": { 7: instead(STEP_7.slice(0, 4), withoutRate) },
  "only the step in w2": { 7: instead(STEP_7.slice(2), updateOnly) },
  "value for da1": { 9: instead(["a1"], (a1) => [a1]) },
  "half of da1": { 9: instead(["a1"], (a1) => [halfSlope(a1)]) },
  "uphill in w1": { 14: instead(STEP_14, uphill) },
  "only the step in w1": { 14: instead(STEP_14.slice(2), updateOnly) },
};

// key: {replaced, start(parameters), learningRate}
export const TRAPS = {
  "no biases": {
    replaced: {
      F1: instead(["x", "w1"], (x, w1) => [product(x, w1)]),
      F3: instead(["a1", "w2"], (a1, w2) => [product(a1, w2)]),
      4: instead(["z2"], (z2) => [constantColumn(z2, 0)]),
      11: instead(["z1"], (z1) => [constantColumn(z1, 0)]),
    },
    start: ({ w1, b1, w2, b2 }) => ({ w1, b1: map(() => 0, b1), w2, b2: map(() => 0, b2) }),
  },
  "equal start": {
    replaced: {},
    start: ({ w1, b1, w2, b2 }) => ({
      w1: w1.map((row) => row.map(() => row[0])),
      b1: b1.map((row) => row.map(() => row[0])),
      w2: w2.map(() => [...w2[0]]),
      b2,
    }),
  },
  "huge rate": { replaced: {}, learningRate: 50 },
};

// The whole path with all of these (keys of mistakes or slips, and of traps) in it; a RangeError
// for a key that is none.
export function operationsWith(mistakes, traps = []) {
  const known = { ...MISTAKES, ...SLIPS };
  const replaced = Object.assign(
    {},
    ...mistakes.map((key) => known[checkedName("mistakes", key, Object.keys(known))]),
    ...traps.map((key) => TRAPS[checkedName("traps", key, Object.keys(TRAPS))].replaced),
  );
  return OPERATIONS.map((one) => (replaced[one.label] ? { ...one, ...replaced[one.label] } : one));
}
