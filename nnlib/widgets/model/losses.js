// The losses: the value of one output for its target, and its slope with respect to the output. As
// nnlib/losses.py.

// As PyTorch's BCELoss treats outputs that have reached 0 or 1: no logarithm below −100, no a (1 −
// a) below 1e-12.
const SMALLEST_LOG = -100;
const SMALLEST_SPREAD = 1e-12;
const log = (a) => Math.max(Math.log(a), SMALLEST_LOG);

const squared = (a, y) => 0.5 * ((a - y) * (a - y));
const squaredSlope = (a, y) => a - y;
const crossEntropy = (a, y) => -(y * log(a) + (1 - y) * log(1 - a));
const crossEntropySlope = (a, y) => (a - y) / Math.max(a * (1 - a), SMALLEST_SPREAD);

// `sum` and `slopes` are the same for whole flat arrays, as those of activations.js.
export const LOSSES = {
  squared_error: {
    value: squared,
    slope: squaredSlope,
    sum(a, y) {
      let sum = 0;
      for (let i = 0; i < a.length; i++) sum += squared(a[i], y[i]);
      return sum;
    },
    slopes(a, y, slope) {
      for (let i = 0; i < a.length; i++) slope[i] = squaredSlope(a[i], y[i]);
    },
  },
  cross_entropy: {
    value: crossEntropy,
    slope: crossEntropySlope,
    sum(a, y) {
      let sum = 0;
      for (let i = 0; i < a.length; i++) sum += crossEntropy(a[i], y[i]);
      return sum;
    },
    slopes(a, y, slope) {
      for (let i = 0; i < a.length; i++) slope[i] = crossEntropySlope(a[i], y[i]);
    },
    unit: true, // targets from 0 to 1, and outputs between them
  },
};

// The loss of that name, after checking that it suits the targets and the output's activation.
export function suited(loss, y, output) {
  const wrong = LOSSES[loss].unit && y.flat().find((v) => v < 0 || v > 1);
  if (wrong !== undefined && wrong !== false) {
    throw new RangeError(`y: expected targets from 0 to 1 for ${loss}, got ${wrong}`);
  }
  if (LOSSES[loss].unit && output !== "sigmoid") {
    throw new RangeError(
      `output: expected sigmoid for ${loss}, whose outputs lie between 0 and 1, got ${output}`,
    );
  }
  return LOSSES[loss];
}
