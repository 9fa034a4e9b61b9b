// Any number of layers on flat typed arrays: the same sums as nnlib/deep.py. A layer is {w, b}, nested
// as in Python.
import { ACTIVATIONS } from "./activations.js";
import { OPERATIONS, randomMatrices } from "./operations.js";
import { checkedName, checkedOptions, checkedRate, checkedWhole, shape } from "./checks.js";
import { LOSSES, suited } from "./losses.js";

export const SOFTMAX = "softmax_cross_entropy";

// A random start for sizes such as [64, 30, 10]: the numbers of deep.random_layers.
export function randomLayers(seed, sizes) {
  if (sizes.length < 2) throw new RangeError(`sizes: expected at least two, got ${sizes.length}`);
  for (const size of sizes) checkedWhole("sizes", size, 1, Number.MAX_SAFE_INTEGER);
  const shapes = sizes.slice(1).flatMap((size, k) => [
    [sizes[k], size],
    [1, size],
  ]);
  const found = randomMatrices(seed, shapes);
  return sizes.slice(1).map((_, k) => ({ w: found[2 * k], b: found[2 * k + 1] }));
}

// Probabilities from any numbers: each power over the sum of all. The largest is taken off first, so
// that no power overflows.
export function softmax(z) {
  const most = Math.max(...z);
  const powers = Array.from(z, (v) => Math.exp(v - most));
  const sum = powers.reduce((s, v) => s + v, 0);
  return powers.map((v) => v / sum);
}

// How wrong a row of sums is for its targets.
function rowLoss(z, y) {
  const most = Math.max(...z);
  const log = Math.log(z.reduce((s, v) => s + Math.exp(v - most), 0));
  return z.reduce((s, v, k) => s + y[k] * (log - (v - most)), 0);
}

// The nineteen operations for several classes: the loss and step 1 look at a row at a time, the
// others are as ever. The output is the identity.
export const SOFTMAX_OPERATIONS = OPERATIONS.map((one) => {
  if (one.label === "E")
    return { ...one, run: (a2, y) => [a2.reduce((sum, z, i) => sum + rowLoss(z, y[i]), 0)] };
  if (one.label === "1")
    return { ...one, run: (a2, y) => [a2.map((z, i) => softmax(z).map((p, k) => p - y[i][k]))] };
  return one;
});

// A run that is stepped from outside. x and y are nested arrays; options: hidden, output, loss (as in
// Python; softmax_cross_entropy, too), and batch, how many examples an update takes: all, if left out.
export function deepTrainer(x, y, layers, learningRate, options = {}) {
  checkedOptions("deepTrainer", options, ["hidden", "output", "loss", "batch"]);
  const { hidden = "sigmoid", output = "sigmoid", loss = "squared_error" } = options;
  const [n] = shape("x", x, null, layers[0]?.w?.length);
  let before = x[0].length;
  layers.forEach(({ w, b }, k) => {
    [, before] = shape(`w of layer ${k + 1}`, w, before);
    shape(`b of layer ${k + 1}`, b, 1, before);
  });
  shape("y", y, n, before);
  checkedName("loss", loss, [...Object.keys(LOSSES), SOFTMAX]);
  for (const [role, name] of Object.entries({ hidden, output }))
    checkedName(role, name, Object.keys(ACTIVATIONS));
  if (loss === SOFTMAX && output !== "identity")
    throw new RangeError(`output: expected identity for ${loss}, got ${output}`);
  return new DeepTrainer(x, y, layers, checkedRate(learningRate), {
    hidden: ACTIVATIONS[hidden],
    output: ACTIVATIONS[output],
    loss: loss === SOFTMAX ? null : suited(loss, y, output),
    batch: checkedWhole("batch", options.batch ?? n, 1, n),
  });
}

class DeepTrainer {
  constructor(x, y, layers, rate, { hidden, output, loss, batch }) {
    const flat = (matrix) => Float64Array.from(matrix.flat());
    Object.assign(this, { n: x.length, d: x[0].length, rate, lossOf: loss, batch });
    Object.assign(this, { x: flat(x), y: flat(y), input: new Float64Array(x[0].length) });
    this.layers = layers.map(({ w, b }, k) => {
      const [inputs, size] = [w.length, b[0].length];
      const zeros = (length) => new Float64Array(length);
      const own = { w: flat(w), b: flat(b), gw: zeros(inputs * size), gb: zeros(size) };
      const f = k === layers.length - 1 ? output : hidden;
      return { ...own, inputs, size, f, z: zeros(size), a: zeros(size), delta: zeros(size) };
    });
    this.last = this.layers[this.layers.length - 1];
  }

  // From an example's inputs to the last layer's a.
  forward(input) {
    let given = input;
    for (const { w, b, inputs, size, f, z, a } of this.layers) {
      z.fill(0);
      for (let k = 0; k < inputs; k++) {
        const v = given[k];
        if (v !== 0) for (let j = 0, at = k * size; j < size; j++, at++) z[j] += v * w[at];
      }
      for (let j = 0; j < size; j++) {
        z[j] += b[j];
        a[j] = f.value(z[j]);
      }
      given = a;
    }
    return given;
  }

  example(i) {
    return this.x.subarray(i * this.d, (i + 1) * this.d);
  }

  target(i) {
    return this.y.subarray(i * this.last.size, (i + 1) * this.last.size);
  }

  // The loss of what forward gave, and the δ of the last layer.
  judge(y) {
    const { z, a, delta, size, f } = this.last;
    let loss = 0;
    if (this.lossOf === null) {
      softmax(a).forEach((p, k) => {
        delta[k] = p - y[k];
      });
      return rowLoss(a, y);
    }
    for (let k = 0; k < size; k++) {
      loss += this.lossOf.value(a[k], y[k]);
      delta[k] = this.lossOf.slope(a[k], y[k]) * f.slope(z[k], a[k]);
    }
    return loss;
  }

  // What the example adds to the slopes, after forward and judge.
  backward(input) {
    for (let l = this.layers.length - 1; l >= 0; l--) {
      const { w, gw, gb, inputs, size, delta } = this.layers[l];
      const before = this.layers[l - 1];
      const given = before ? before.a : input;
      for (let j = 0; j < size; j++) gb[j] += delta[j];
      for (let k = 0; k < inputs; k++) {
        const v = given[k];
        let back = 0;
        const at = k * size;
        if (v !== 0) for (let j = 0; j < size; j++) gw[at + j] += v * delta[j];
        if (!before) continue;
        for (let j = 0; j < size; j++) back += delta[j] * w[at + j];
        before.delta[k] = back * before.f.slope(before.z[k], before.a[k]);
      }
    }
  }

  // One update from the examples first, …, end − 1; gives their loss.
  update(first, end) {
    for (const { gw, gb } of this.layers) {
      gw.fill(0);
      gb.fill(0);
    }
    let loss = 0;
    for (let i = first; i < end; i++) {
      this.forward(this.example(i));
      loss += this.judge(this.target(i));
      this.backward(this.example(i));
    }
    for (const { w, b, gw, gb } of this.layers) {
      for (let k = 0; k < w.length; k++) w[k] -= this.rate * gw[k];
      for (let k = 0; k < b.length; k++) b[k] -= this.rate * gb[k];
    }
    return loss;
  }

  // One epoch: every example once, in order. Gives the sum of the losses that its updates met.
  step() {
    let loss = 0;
    for (let i = 0; i < this.n; i += this.batch)
      loss += this.update(i, Math.min(this.n, i + this.batch));
    return loss;
  }

  // The loss of all examples as the network is now.
  loss() {
    let sum = 0;
    for (let i = 0; i < this.n; i++) {
      this.forward(this.example(i));
      sum += this.judge(this.target(i));
    }
    return sum;
  }

  // The layers as nested arrays.
  now() {
    const nested = (flat, columns) =>
      Array.from({ length: flat.length / columns }, (_, i) =>
        Array.from(flat.subarray(i * columns, (i + 1) * columns)),
      );
    return this.layers.map(({ w, b, size }) => ({ w: nested(w, size), b: nested(b, size) }));
  }
}
