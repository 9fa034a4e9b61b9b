// The nineteen operations of one training iteration, an iteration and its repetition, and random
// starts: the same names, nesting and order as nnlib/steps.py. Matrices are plain nested arrays, rows
// are examples. Nothing here touches the page.
import { ACTIVATIONS } from "./activations.js";
import {
  checkedName,
  checkedOptions,
  checkedRate,
  checkedWhole,
  parameterSizes,
  shape,
} from "./checks.js";
import { LOSSES, suited } from "./losses.js";
import { allFinite, map, plusRow, product, times, total, transpose } from "./matrices.js";

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
const FUNCTIONS = ["hidden", "output", "loss"];

// ---- one iteration ----

export const OPTIONS = ["hidden", "output", "operations", "loss"];
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

// What an iteration begins with, checked: {x, y, w1, …, learning_rate, hidden, output, loss}.
export function given(
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

// A training run that is stepped from outside: step() does one epoch and gives the loss before it.
export class RepeatedIteration {
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

// The same, to the bit, as engine.js, which is faster; numbers that have left all bounds stay as they are.
class Patient extends RepeatedIteration {
  step() {
    return allFinite(this.now) ? super.step() : NaN;
  }
}

export const repeated = (x, y, parameters, learningRate, { oneAtATime = false, ...options } = {}) =>
  new Patient(x, y, parameters, learningRate, options, oneAtATime);

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
