// The nineteen operations of one training iteration: the same names, nesting and order as
// nnlib/steps.py. Matrices are plain nested arrays, rows are examples. Nothing here touches the
// page.
import {
  checkedName,
  checkedOptions,
  checkedRate,
  checkedWhole,
  parameterSizes,
  shape,
} from "./checks.js";
import { LOSSES, suited } from "./losses.js";
import { map, plusRow, product, times, total, transpose } from "./matrices.js";

// ---- activations: value, and slope in terms of z and a = f(z) ----

export const ACTIVATIONS = {
  sigmoid: { value: (z) => 1 / (1 + Math.exp(Math.min(-z, 709))), slope: (z, a) => a * (1 - a) },
  tanh: { value: Math.tanh, slope: (z, a) => 1 - a * a },
  relu: { value: (z) => Math.max(z, 0), slope: (z) => (z > 0 ? 1 : 0) },
  identity: { value: (z) => z, slope: () => 1 },
};

// ---- the nineteen operations ----

const onesFor = (m) => m.map(() => [1]);
const downhill = (w, slope, rate) => map((u, v) => u - rate * v, w, slope);

// An operation: its label, the names that it gives, the names that it takes, and how it computes
// the ones from the others.
const operation = (label, outputs, inputs, compute) => ({ label, outputs, inputs, run: compute });

export const OPERATIONS = [
  operation("F1", ["z1"], ["x", "w1", "b1"], (x, w1, b1) => [plusRow(product(x, w1), b1)]),
  operation("F2", ["a1"], ["z1", "hidden"], (z1, hidden) => [map(hidden.value, z1)]),
  operation("F3", ["z2"], ["a1", "w2", "b2"], (a1, w2, b2) => [plusRow(product(a1, w2), b2)]),
  operation("F4", ["a2"], ["z2", "output"], (z2, output) => [map(output.value, z2)]),
  operation("E", ["E"], ["a2", "y", "loss"], (a2, y, loss) => [total(map(loss.value, a2, y))]),

  operation("1", ["dE_da2"], ["a2", "y", "loss"], (a2, y, loss) => [map(loss.slope, a2, y)]),
  operation("2", ["da2_dz2"], ["z2", "a2", "output"], (z2, a2, output) => [
    map(output.slope, z2, a2),
  ]),
  operation("3", ["dz2_dw2"], ["a1"], (a1) => [a1]),
  operation("4", ["dz2_db2"], ["z2"], (z2) => [onesFor(z2)]),
  operation(
    "5",
    ["dE_dz2", "dE_dw2"],
    ["dz2_dw2", "dE_da2", "da2_dz2"],
    (dz2_dw2, dE_da2, da2_dz2) => {
      const dE_dz2 = times(dE_da2, da2_dz2);
      return [dE_dz2, product(transpose(dz2_dw2), dE_dz2)];
    },
  ),
  operation("6", ["dE_db2"], ["dz2_db2", "dE_dz2"], (dz2_db2, dE_dz2) => [
    product(transpose(dz2_db2), dE_dz2),
  ]),
  operation(
    "7",
    ["new_w2", "new_b2"],
    ["w2", "b2", "dE_dw2", "dE_db2", "learning_rate"],
    (w2, b2, dE_dw2, dE_db2, rate) => [downhill(w2, dE_dw2, rate), downhill(b2, dE_db2, rate)],
  ),

  operation("8", ["dz2_da1"], ["w2"], (w2) => [w2]), // the old one: the forward pass used it
  operation("9", ["da1_dz1"], ["z1", "a1", "hidden"], (z1, a1, hidden) => [
    map(hidden.slope, z1, a1),
  ]),
  operation("10", ["dz1_dw1"], ["x"], (x) => [x]),
  operation("11", ["dz1_db1"], ["z1"], (z1) => [onesFor(z1)]),
  operation(
    "12",
    ["dE_dz1", "dE_dw1"],
    ["dE_dz2", "dz2_da1", "da1_dz1", "dz1_dw1"],
    (dE_dz2, dz2_da1, da1_dz1, dz1_dw1) => {
      const dE_dz1 = times(product(dE_dz2, transpose(dz2_da1)), da1_dz1);
      return [dE_dz1, product(transpose(dz1_dw1), dE_dz1)];
    },
  ),
  operation("13", ["dE_db1"], ["dz1_db1", "dE_dz1"], (dz1_db1, dE_dz1) => [
    product(transpose(dz1_db1), dE_dz1),
  ]),
  operation(
    "14",
    ["new_w1", "new_b1"],
    ["w1", "b1", "dE_dw1", "dE_db1", "learning_rate"],
    (w1, b1, dE_dw1, dE_db1, rate) => [downhill(w1, dE_dw1, rate), downhill(b1, dE_db1, rate)],
  ),
];

export const PARAMETERS = ["w1", "b1", "w2", "b2"];
// what an operation may take that is no number
export const FUNCTIONS = ["hidden", "output", "loss"];

// ---- one iteration ----

const OPTIONS = ["hidden", "output", "operations", "loss"];
const NEEDED = ["E", ...PARAMETERS.flatMap((name) => [`dE_d${name}`, `new_${name}`])];

// Every named quantity of one iteration: {x, y, w1, …, z1, a1, …, new_b1}.
export function iteration(x, y, parameters, learningRate, options = {}) {
  const { operations = OPERATIONS } = checkedOptions("iteration", options, OPTIONS);
  const values = given(x, y, parameters, learningRate, options);
  for (const one of operations) run(one, values);
  const missing = NEEDED.find((name) => !Object.hasOwn(values, name));
  if (missing) throw new RangeError(`operations: expected one that gives ${missing}, got none`);
  for (const name of FUNCTIONS) delete values[name];
  return values;
}

function run({ label, inputs, outputs, run: compute }, values) {
  let results;
  try {
    for (const name of inputs)
      if (!Object.hasOwn(values, name)) checkedName("needs", name, Object.keys(values));
    results = compute(...inputs.map((name) => values[name]));
  } catch (error) {
    throw error instanceof RangeError
      ? new RangeError(`operation ${label}: ${error.message}`)
      : error;
  }
  outputs.forEach((name, i) => {
    values[name] = results[i];
  });
}

// The parameters after an iteration.
export function updated(values) {
  return { w1: values.new_w1, b1: values.new_b1, w2: values.new_w2, b2: values.new_b2 };
}

function given(
  x,
  y,
  parameters,
  learningRate,
  { hidden = "sigmoid", output = "sigmoid", loss = "squared_error" },
) {
  const { inputs, outputs } = parameterSizes(parameters);
  const [rows] = shape("x", x, null, inputs);
  shape("y", y, rows, outputs);
  const { w1, b1, w2, b2 } = parameters;
  const activation = (role, name) => ACTIVATIONS[checkedName(role, name, Object.keys(ACTIVATIONS))];
  return {
    x,
    y,
    w1,
    b1,
    w2,
    b2,
    learning_rate: checkedRate(learningRate),
    hidden: activation("hidden", hidden),
    output: activation("output", output),
    loss: suited(checkedName("loss", loss, Object.keys(LOSSES)), y, output),
  };
}

// ---- many iterations ----

// Full-batch training: {losses, parameters} as in Python, losses.length === epochs + 1, parameters
// after the last epoch. options are those of `iteration`, and oneAtATime: an update for each
// example in turn. With other operations than the book's it repeats `iteration`; with the book's it
// runs on flat arrays, which is the same, faster.
export function train(x, y, parameters, learningRate, epochs, options = {}) {
  checkedWhole("epochs", epochs, 0, Number.MAX_SAFE_INTEGER);
  const training = trainer(x, y, parameters, learningRate, options);
  const losses = new Float64Array(epochs + 1);
  for (let epoch = 0; epoch < epochs; epoch++) losses[epoch] = training.step();
  losses[epochs] = training.loss();
  return { losses, parameters: training.parameters() };
}

// A training run that is stepped from outside: step() does one epoch and gives the loss before it.
export function trainer(x, y, parameters, learningRate, options = {}) {
  checkedOptions("trainer", options, [...OPTIONS, "oneAtATime"]);
  const { oneAtATime = false, operations = OPERATIONS, ...functions } = options;
  if (operations !== OPERATIONS) {
    return new RepeatedIteration(
      x,
      y,
      parameters,
      learningRate,
      { ...functions, operations },
      oneAtATime,
    );
  }
  return new FlatTrainer(given(x, y, parameters, learningRate, functions), oneAtATime);
}

class RepeatedIteration {
  constructor(x, y, parameters, learningRate, options, oneAtATime) {
    Object.assign(this, { x, y, now: parameters, oneAtATime });
    this.look = (rows, targets) => iteration(rows, targets, this.now, learningRate, options);
  }

  step() {
    const values = this.look(this.x, this.y);
    if (this.oneAtATime)
      this.x.forEach((row, i) => {
        this.now = updated(this.look([row], [this.y[i]]));
      });
    else this.now = updated(values);
    return values.E;
  }

  loss() {
    return this.look(this.x, this.y).E;
  }

  parameters() {
    return this.now;
  }
}

// The book's operations on flat arrays: the same sums in the same order as `iteration`, so that
// both give the same bits.
class FlatTrainer {
  constructor({ x, y, w1, b1, w2, b2, learning_rate: rate, hidden, output, loss }, oneAtATime) {
    const [n, d, h, m] = [x.length, x[0].length, w1[0].length, w2[0].length];
    const flat = (matrix) => Float64Array.from(matrix.flat());
    Object.assign(this, {
      n,
      d,
      h,
      m,
      rate,
      oneAtATime,
      hidden,
      output,
      lossOf: loss,
      x: flat(x),
      y: flat(y),
    });
    Object.assign(this, { w1: flat(w1), b1: flat(b1), w2: flat(w2), b2: flat(b2) });
    for (const [name, size] of [
      ["z1", h],
      ["a1", h],
      ["z2", m],
      ["a2", m],
      ["d2", m],
      ["gw1", d * h],
      ["gb1", h],
      ["gw2", h * m],
      ["gb2", m],
    ])
      this[name] = new Float64Array(size);
  }

  // Example i; gives the loss so far plus its own.
  forward(i, sumSoFar) {
    const { d, h, m, x, y, w1, b1, w2, b2, z1, a1, z2, a2 } = this;
    const f = this.hidden.value,
      g = this.output.value,
      lossOf = this.lossOf.value;
    let loss = sumSoFar;
    for (let j = 0; j < h; j++) {
      let sum = 0;
      for (let k = 0; k < d; k++) sum += x[i * d + k] * w1[k * h + j];
      z1[j] = sum + b1[j];
      a1[j] = f(z1[j]);
    }
    for (let k = 0; k < m; k++) {
      let sum = 0;
      for (let j = 0; j < h; j++) sum += a1[j] * w2[j * m + k];
      z2[k] = sum + b2[k];
      a2[k] = g(z2[k]);
      loss += lossOf(a2[k], y[i * m + k]);
    }
    return loss;
  }

  // What example i adds to the gradients, after forward(i).
  backward(i) {
    const { d, h, m, x, y, w2, z1, a1, z2, a2, d2, gw1, gb1, gw2, gb2 } = this;
    const fSlope = this.hidden.slope,
      gSlope = this.output.slope,
      lossSlope = this.lossOf.slope;
    for (let k = 0; k < m; k++) {
      d2[k] = lossSlope(a2[k], y[i * m + k]) * gSlope(z2[k], a2[k]);
      gb2[k] += d2[k];
      for (let j = 0; j < h; j++) gw2[j * m + k] += a1[j] * d2[k];
    }
    for (let j = 0; j < h; j++) {
      let back = 0;
      for (let k = 0; k < m; k++) back += d2[k] * w2[j * m + k];
      const d1 = back * fSlope(z1[j], a1[j]);
      gb1[j] += d1;
      for (let k = 0; k < d; k++) gw1[k * h + j] += x[i * d + k] * d1;
    }
  }

  // One update from the examples first, …, end − 1; gives their loss.
  update(first, end) {
    const { gw1, gb1, gw2, gb2 } = this;
    for (const gradient of [gw1, gb1, gw2, gb2]) gradient.fill(0);
    let loss = 0;
    for (let i = first; i < end; i++) {
      loss = this.forward(i, loss);
      this.backward(i);
    }
    this.move(this.w1, gw1);
    this.move(this.b1, gb1);
    this.move(this.w2, gw2);
    this.move(this.b2, gb2);
    return loss;
  }

  move(w, gradient) {
    const { rate } = this;
    for (let k = 0; k < w.length; k++) w[k] -= rate * gradient[k];
  }

  step() {
    if (!this.oneAtATime) return this.update(0, this.n);
    const before = this.loss();
    for (let i = 0; i < this.n; i++) this.update(i, i + 1);
    return before;
  }

  loss() {
    let sum = 0;
    for (let i = 0; i < this.n; i++) sum = this.forward(i, sum);
    return sum;
  }

  parameters() {
    const row = (flat, columns) => (_, i) =>
      Array.from(flat.subarray(i * columns, (i + 1) * columns));
    const matrix = (flat, columns) =>
      Array.from({ length: flat.length / columns }, row(flat, columns));
    const { w1, b1, w2, b2, h, m } = this;
    return { w1: matrix(w1, h), b1: matrix(b1, h), w2: matrix(w2, m), b2: matrix(b2, m) };
  }
}

// ---- random starts ----

// mulberry32 by Tommy Ettinger: numbers in [0, 1) from a 32-bit seed.
function mulberry32(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

// Matrices of the given shapes, [rows, columns] each, in order: uniform on [-1, 1).
export function randomMatrices(seed, shapes) {
  checkedWhole("seed", seed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  const next = mulberry32(Number(BigInt.asIntN(32, BigInt(seed))));
  return shapes.map(([rows, columns]) =>
    Array.from({ length: rows }, () => Array.from({ length: columns }, () => 2 * next() - 1)),
  );
}

// The same numbers as Parameters.random(seed, hidden) in Python.
export function randomParameters(seed, hidden = 2, inputs = 2, outputs = 1) {
  const shapes = [
    [inputs, hidden],
    [1, hidden],
    [hidden, outputs],
    [1, outputs],
  ];
  const [w1, b1, w2, b2] = randomMatrices(seed, shapes);
  return { w1, b1, w2, b2 };
}
