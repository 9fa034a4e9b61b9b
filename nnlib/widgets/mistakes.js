// The classic mistakes and the traps of nnlib/mistakes.py: the same keys, the same replaced functions.
import { OPERATIONS, map, minus, plusRow, product, times, transpose } from "./engine.js";

const constantColumn = (m, value) => m.map(() => [value]);
const added = (w, slope, factor) => map((u, v) => u + factor * v, w, slope);

// key: {label: {inputs, run}}
export const MISTAKES = {
  "missing half": { E: { inputs: ["a2", "y"], run: (a2, y) => [minus(a2, y).flat().reduce((sum, e) => sum + e * e, 0)] } },
  "swapped error": { 1: { inputs: ["a2", "y"], run: (a2, y) => [minus(y, a2)] } },
  "sigma twice": { 2: { inputs: ["a2", "output"], run: (a2, output) => [map(output.slope, a2, map(output.value, a2))] } },
  "sums for activations": { 3: { inputs: ["z1"], run: (z1) => [z1] } },
  "no bias slope": { 4: { inputs: ["z2"], run: (z2) => [constantColumn(z2, 0)] } },
  "no transpose for w2": {
    5: {
      inputs: ["dz2_dw2", "dE_da2", "da2_dz2"],
      run: (dz2_dw2, dE_da2, da2_dz2) => { const dE_dz2 = times(dE_da2, da2_dz2); return [dE_dz2, product(dz2_dw2, dE_dz2)]; },
    },
  },
  "mean for sum": {
    6: { inputs: ["dz2_db2", "dE_dz2"], run: (dz2_db2, dE_dz2) => [product(transpose(dz2_db2), dE_dz2).map((row) => row.map((v) => v / dE_dz2.length))] },
  },
  uphill: {
    7: {
      inputs: ["w2", "b2", "dE_dw2", "dE_db2", "learning_rate"],
      run: (w2, b2, dE_dw2, dE_db2, rate) => [added(w2, dE_dw2, rate), added(b2, dE_db2, rate)],
    },
  },
  "updated w2": { 8: { inputs: ["new_w2"], run: (new_w2) => [new_w2] } },
  "no hidden slope": { 9: { inputs: ["a1"], run: (a1) => [map(() => 1, a1)] } },
  "activations for inputs": { 10: { inputs: ["a1"], run: (a1) => [a1] } },
  "bias once per weight": { 11: { inputs: ["z1", "x"], run: (z1, x) => [constantColumn(z1, x[0].length)] } },
  "no transpose for w1": {
    12: {
      inputs: ["dE_dz2", "dz2_da1", "da1_dz1", "dz1_dw1"],
      run: (dE_dz2, dz2_da1, da1_dz1, dz1_dw1) => {
        const dE_dz1 = times(product(dE_dz2, transpose(dz2_da1)), da1_dz1);
        return [dE_dz1, product(dz1_dw1, dE_dz1)];
      },
    },
  },
  "first example only": { 13: { inputs: ["dE_dz1"], run: (dE_dz1) => [[dE_dz1[0]]] } },
  "no learning rate": { 14: { inputs: ["w1", "b1", "dE_dw1", "dE_db1"], run: (w1, b1, dE_dw1, dE_db1) => [added(w1, dE_dw1, -1), added(b1, dE_db1, -1)] } },
};

const updateOnly = (dW, dB, rate) => [map((v) => rate * v, dW), map((v) => rate * v, dB)];

// Slips on paper, beside the mistakes: key: {label: {inputs, run}}
export const SLIPS = {
  "no bias in z1": { F1: { inputs: ["x", "w1"], run: (x, w1) => [product(x, w1)] } },
  "w1 transposed": { F1: { inputs: ["x", "w1", "b1"], run: (x, w1, b1) => [plusRow(product(x, transpose(w1)), b1)] } },
  "slope for a1": { F2: { inputs: ["z1", "hidden"], run: (z1, hidden) => [map(hidden.slope, z1, map(hidden.value, z1))] } },
  "no bias in z2": { F3: { inputs: ["a1", "w2"], run: (a1, w2) => [product(a1, w2)] } },
  "sums in z2": { F3: { inputs: ["z1", "w2", "b2"], run: (z1, w2, b2) => [plusRow(product(z1, w2), b2)] } },
  "slope for a2": { F4: { inputs: ["z2", "output"], run: (z2, output) => [map(output.slope, z2, map(output.value, z2))] } },
  "errors not squared": { E: { inputs: ["a2", "y"], run: (a2, y) => [minus(a2, y).flat().reduce((sum, e) => sum + e, 0) / 2] } },
  "doubled error": { 1: { inputs: ["a2", "y"], run: (a2, y) => [map((e) => 2 * e, minus(a2, y))] } },
  "squared error": { 1: { inputs: ["a2", "y"], run: (a2, y) => [map((e) => e * e, minus(a2, y))] } },
  "value for da2": { 2: { inputs: ["a2"], run: (a2) => [a2] } },
  "half of da2": { 2: { inputs: ["a2"], run: (a2) => [map((a) => 1 - a, a2)] } },
  "no output slope": { 2: { inputs: ["a2"], run: (a2) => [map(() => 1, a2)] } },
  "no rate in w2": { 7: { inputs: ["w2", "b2", "dE_dw2", "dE_db2"], run: (w2, b2, dE_dw2, dE_db2) => [minus(w2, dE_dw2), minus(b2, dE_db2)] } },
  "only the step in w2": { 7: { inputs: ["dE_dw2", "dE_db2", "learning_rate"], run: updateOnly } },
  "value for da1": { 9: { inputs: ["a1"], run: (a1) => [a1] } },
  "half of da1": { 9: { inputs: ["a1"], run: (a1) => [map((a) => 1 - a, a1)] } },
  "uphill in w1": {
    14: {
      inputs: ["w1", "b1", "dE_dw1", "dE_db1", "learning_rate"],
      run: (w1, b1, dE_dw1, dE_db1, rate) => [added(w1, dE_dw1, rate), added(b1, dE_db1, rate)],
    },
  },
  "only the step in w1": { 14: { inputs: ["dE_dw1", "dE_db1", "learning_rate"], run: updateOnly } },
};

// key: {replaced, start(parameters), learningRate}
export const TRAPS = {
  "no biases": {
    replaced: {
      F1: { inputs: ["x", "w1"], run: (x, w1) => [product(x, w1)] },
      F3: { inputs: ["a1", "w2"], run: (a1, w2) => [product(a1, w2)] },
      4: { inputs: ["z2"], run: (z2) => [constantColumn(z2, 0)] },
      11: { inputs: ["z1"], run: (z1) => [constantColumn(z1, 0)] },
    },
    start: ({ w1, b1, w2, b2 }) => ({ w1, b1: map(() => 0, b1), w2, b2: map(() => 0, b2) }),
  },
  "equal start": {
    replaced: {},
    start: ({ w1, b1, w2, b2 }) => ({ w1: w1.map((row) => row.map(() => row[0])), b1: [b1[0].map(() => b1[0][0])], w2: w2.map(() => [...w2[0]]), b2 }),
  },
  "huge rate": { replaced: {}, learningRate: 50 },
};

// The whole path with all of these (lists of keys) in it.
export function operationsWith(mistakes, traps = []) {
  const replaced = Object.assign({}, ...mistakes.map((key) => MISTAKES[key] ?? SLIPS[key]), ...traps.map((key) => TRAPS[key].replaced));
  return OPERATIONS.map((operation) => (replaced[operation.label] ? { ...operation, ...replaced[operation.label] } : operation));
}
