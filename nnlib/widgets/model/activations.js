// The activations: value, and slope in terms of z and a = f(z), as nnlib/activations.py. `values`
// and `slopes` are the same for whole flat arrays, which training runs on: each has a loop of its
// own, because V8 puts a function into the loop around it only where no other is ever called there.
import { exp } from "./exp.js";

const sigmoid = (z) => 1 / (1 + exp(-z));
const sigmoidSlope = (z, a) => a * (1 - a);
const tanhSlope = (z, a) => 1 - a * a;
const relu = (z) => Math.max(z, 0);
const reluSlope = (z) => (z > 0 ? 1 : 0);

export const ACTIVATIONS = {
  sigmoid: {
    value: sigmoid,
    slope: sigmoidSlope,
    values(z, a) {
      for (let i = 0; i < z.length; i++) a[i] = sigmoid(z[i]);
    },
    slopes(z, a, slope) {
      for (let i = 0; i < z.length; i++) slope[i] = sigmoidSlope(z[i], a[i]);
    },
  },
  tanh: {
    value: Math.tanh,
    slope: tanhSlope,
    values(z, a) {
      for (let i = 0; i < z.length; i++) a[i] = Math.tanh(z[i]);
    },
    slopes(z, a, slope) {
      for (let i = 0; i < z.length; i++) slope[i] = tanhSlope(z[i], a[i]);
    },
  },
  relu: {
    value: relu,
    slope: reluSlope,
    values(z, a) {
      for (let i = 0; i < z.length; i++) a[i] = relu(z[i]);
    },
    slopes(z, a, slope) {
      for (let i = 0; i < z.length; i++) slope[i] = reluSlope(z[i]);
    },
  },
  identity: {
    value: (z) => z,
    slope: () => 1,
    values: (z, a) => a.set(z),
    slopes: (z, a, slope) => slope.fill(1),
  },
};
