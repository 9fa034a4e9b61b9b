// The nineteen operations of one training iteration in JavaScript: the same names, nesting and order as nnlib/steps.py.
// Matrices are plain nested arrays, rows are examples. Nothing here touches the page.

// ---- activations: value, and slope in terms of z and a = f(z) ----

export const ACTIVATIONS = {
  sigmoid: { value: (z) => 1 / (1 + Math.exp(Math.min(-z, 709))), slope: (z, a) => a * (1 - a) },
  tanh: { value: Math.tanh, slope: (z, a) => 1 - a * a },
  relu: { value: (z) => Math.max(z, 0), slope: (z) => (z > 0 ? 1 : 0) },
  identity: { value: (z) => z, slope: () => 1 },
};

// ---- the few operations on matrices that the steps need ----

export const map = (f, ...m) => m[0].map((row, i) => row.map((_, j) => f(...m.map((n) => n[i][j]))));
export const transpose = (m) => m[0].map((_, j) => m.map((row) => row[j]));
export const product = (a, b) => {
  if (a[0].length !== b.length) throw new RangeError(`a matrix product: ${a[0].length} columns do not fit ${b.length} rows`);
  return plainProduct(a, b);
};
const plainProduct = (a, b) => a.map((row) => b[0].map((_, j) => row.reduce((sum, v, k) => sum + v * b[k][j], 0)));
export const plusRow = (m, b) => m.map((row) => row.map((v, j) => v + b[0][j]));
export const times = (a, b) => map((u, v) => u * v, a, b);
export const minus = (a, b) => map((u, v) => u - v, a, b);
const downhill = (w, slope, rate) => map((u, v) => u - rate * v, w, slope);
const onesFor = (m) => m.map(() => [1]);

// ---- the nineteen operations ----

export const OPERATIONS = [
  { label: "F1", outputs: ["z1"], inputs: ["x", "w1", "b1"], run: (x, w1, b1) => [plusRow(product(x, w1), b1)] },
  { label: "F2", outputs: ["a1"], inputs: ["z1", "hidden"], run: (z1, hidden) => [map(hidden.value, z1)] },
  { label: "F3", outputs: ["z2"], inputs: ["a1", "w2", "b2"], run: (a1, w2, b2) => [plusRow(product(a1, w2), b2)] },
  { label: "F4", outputs: ["a2"], inputs: ["z2", "output"], run: (z2, output) => [map(output.value, z2)] },
  {
    label: "E", outputs: ["E"], inputs: ["a2", "y"],
    run: (a2, y) => [0.5 * minus(a2, y).reduce((sum, row) => row.reduce((s, e) => s + e * e, sum), 0)],
  },

  { label: "1", outputs: ["dE_da2"], inputs: ["a2", "y"], run: (a2, y) => [minus(a2, y)] },
  { label: "2", outputs: ["da2_dz2"], inputs: ["z2", "a2", "output"], run: (z2, a2, output) => [map(output.slope, z2, a2)] },
  { label: "3", outputs: ["dz2_dw2"], inputs: ["a1"], run: (a1) => [a1] },
  { label: "4", outputs: ["dz2_db2"], inputs: ["z2"], run: (z2) => [onesFor(z2)] },
  {
    label: "5", outputs: ["dE_dz2", "dE_dw2"], inputs: ["dz2_dw2", "dE_da2", "da2_dz2"],
    run: (dz2_dw2, dE_da2, da2_dz2) => {
      const dE_dz2 = times(dE_da2, da2_dz2);
      return [dE_dz2, product(transpose(dz2_dw2), dE_dz2)];
    },
  },
  { label: "6", outputs: ["dE_db2"], inputs: ["dz2_db2", "dE_dz2"], run: (dz2_db2, dE_dz2) => [product(transpose(dz2_db2), dE_dz2)] },
  {
    label: "7", outputs: ["new_w2", "new_b2"], inputs: ["w2", "b2", "dE_dw2", "dE_db2", "learning_rate"],
    run: (w2, b2, dE_dw2, dE_db2, rate) => [downhill(w2, dE_dw2, rate), downhill(b2, dE_db2, rate)],
  },

  { label: "8", outputs: ["dz2_da1"], inputs: ["w2"], run: (w2) => [w2] }, // the old one: the forward pass used it
  { label: "9", outputs: ["da1_dz1"], inputs: ["z1", "a1", "hidden"], run: (z1, a1, hidden) => [map(hidden.slope, z1, a1)] },
  { label: "10", outputs: ["dz1_dw1"], inputs: ["x"], run: (x) => [x] },
  { label: "11", outputs: ["dz1_db1"], inputs: ["z1"], run: (z1) => [onesFor(z1)] },
  {
    label: "12", outputs: ["dE_dz1", "dE_dw1"], inputs: ["dE_dz2", "dz2_da1", "da1_dz1", "dz1_dw1"],
    run: (dE_dz2, dz2_da1, da1_dz1, dz1_dw1) => {
      const dE_dz1 = times(product(dE_dz2, transpose(dz2_da1)), da1_dz1);
      return [dE_dz1, product(transpose(dz1_dw1), dE_dz1)];
    },
  },
  { label: "13", outputs: ["dE_db1"], inputs: ["dz1_db1", "dE_dz1"], run: (dz1_db1, dE_dz1) => [product(transpose(dz1_db1), dE_dz1)] },
  {
    label: "14", outputs: ["new_w1", "new_b1"], inputs: ["w1", "b1", "dE_dw1", "dE_db1", "learning_rate"],
    run: (w1, b1, dE_dw1, dE_db1, rate) => [downhill(w1, dE_dw1, rate), downhill(b1, dE_db1, rate)],
  },
];

export const PARAMETERS = ["w1", "b1", "w2", "b2"];

// ---- one iteration ----

// Every named quantity of one iteration: {x, y, w1, …, z1, a1, …, new_b1}.
export function iteration(x, y, parameters, learningRate, { hidden = "sigmoid", output = "sigmoid", operations = OPERATIONS } = {}) {
  const values = given(x, y, parameters, learningRate, hidden, output);
  for (const { label, inputs, outputs, run } of operations) {
    let results;
    try {
      results = run(...inputs.map((name) => values[name]));
    } catch (error) {
      throw error instanceof RangeError ? new RangeError(`operation ${label}: ${error.message}`) : error;
    }
    outputs.forEach((name, i) => { values[name] = results[i]; });
  }
  delete values.hidden;
  delete values.output;
  return values;
}

// The parameters after an iteration.
export function updated(values) {
  return { w1: values.new_w1, b1: values.new_b1, w2: values.new_w2, b2: values.new_b2 };
}

function given(x, y, parameters, learning_rate, hidden, output) {
  const { w1, b1, w2, b2 } = parameters;
  const h = shape("w1", w1, null, null)[1];
  const m = shape("w2", w2, h, null)[1];
  shape("b1", b1, 1, h);
  shape("b2", b2, 1, m);
  const n = shape("x", x, null, w1.length)[0];
  shape("y", y, n, m);
  if (!(Number.isFinite(learning_rate) && learning_rate >= 0)) {
    throw new RangeError(`learning_rate: expected a finite number ≥ 0, got ${learning_rate}`);
  }
  return { x, y, w1, b1, w2, b2, learning_rate, hidden: activation("hidden", hidden), output: activation("output", output) };
}

function activation(name, value) {
  if (Object.hasOwn(ACTIVATIONS, value)) return ACTIVATIONS[value];
  throw new RangeError(`${name}: expected one of ${Object.keys(ACTIVATIONS).join(", ")}, got ${value}`);
}

// [rows, columns] of a matrix of finite numbers; a RangeError that names it if its shape or a number does not fit.
export function shape(name, matrix, rows, columns) {
  const isMatrix = Array.isArray(matrix) && matrix.length > 0 && matrix.every((r) => Array.isArray(r) && r.length > 0 && r.length === matrix[0].length);
  const wanted = `(${rows ?? "rows"}, ${columns ?? "columns"})`;
  if (!isMatrix) throw new RangeError(`${name}: expected a matrix of shape ${wanted}`);
  const [r, c] = [matrix.length, matrix[0].length];
  if ((rows ?? r) !== r || (columns ?? c) !== c) throw new RangeError(`${name}: expected shape ${wanted}, got (${r}, ${c})`);
  for (const row of matrix) {
    for (const v of row) if (!Number.isFinite(v)) throw new RangeError(`${name}: expected finite numbers, got ${v}`);
  }
  return [r, c];
}

// ---- many iterations ----

// Full-batch training: {losses, parameters} as in Python, losses.length === epochs + 1, parameters after the last epoch.
// options are those of `iteration`, and oneAtATime: an update for each example in turn. With other operations than the book's it
// repeats `iteration`; with the book's it runs on flat arrays, which is the same, faster.
export function train(x, y, parameters, learningRate, epochs, options = {}) {
  const run = trainer(x, y, parameters, learningRate, options);
  const losses = new Float64Array(epochs + 1);
  for (let epoch = 0; epoch < epochs; epoch++) losses[epoch] = run.step();
  losses[epochs] = run.loss();
  return { losses, parameters: run.parameters() };
}

// A training run that is stepped from outside: step() does one epoch and gives the loss before it.
export function trainer(x, y, parameters, learningRate, options = {}) {
  if (options.operations && options.operations !== OPERATIONS) return slowTrainer(x, y, parameters, learningRate, options);
  const { hidden, output } = given(x, y, parameters, learningRate, options.hidden ?? "sigmoid", options.output ?? "sigmoid");
  const [n, d, h, m] = [x.length, x[0].length, parameters.w1[0].length, parameters.w2[0].length];
  const X = Float64Array.from(x.flat()), Y = Float64Array.from(y.flat());
  const [w1, b1, w2, b2] = PARAMETERS.map((name) => Float64Array.from(parameters[name].flat()));
  const z1 = new Float64Array(h), a1 = new Float64Array(h), z2 = new Float64Array(m), a2 = new Float64Array(m), d2 = new Float64Array(m);
  const gw1 = new Float64Array(d * h), gb1 = new Float64Array(h), gw2 = new Float64Array(h * m), gb2 = new Float64Array(m);
  const f = hidden.value, g = output.value, fSlope = hidden.slope, gSlope = output.slope;

  // The same sums in the same order as `iteration`, so that both give the same bits. Returns loss plus example i's squares.
  function forward(i, loss) {
    for (let j = 0; j < h; j++) {
      let sum = 0;
      for (let k = 0; k < d; k++) sum += X[i * d + k] * w1[k * h + j];
      z1[j] = sum + b1[j];
      a1[j] = f(z1[j]);
    }
    for (let k = 0; k < m; k++) {
      let sum = 0;
      for (let j = 0; j < h; j++) sum += a1[j] * w2[j * m + k];
      z2[k] = sum + b2[k];
      a2[k] = g(z2[k]);
      const error = a2[k] - Y[i * m + k];
      loss += error * error;
    }
    return loss;
  }

  function loss() {
    let sum = 0;
    for (let i = 0; i < n; i++) sum = forward(i, sum);
    return 0.5 * sum;
  }

  function step() {
    if (options.oneAtATime) {
      const before = loss();
      for (let i = 0; i < n; i++) update(i, i + 1);
      return before;
    }
    return 0.5 * update(0, n);
  }

  // One update from the examples first, …, end − 1; gives the sum of their squared errors.
  function update(first, end) {
    gw1.fill(0); gb1.fill(0); gw2.fill(0); gb2.fill(0);
    let sum = 0;
    for (let i = first; i < end; i++) {
      sum = forward(i, sum);
      for (let k = 0; k < m; k++) {
        d2[k] = (a2[k] - Y[i * m + k]) * gSlope(z2[k], a2[k]);
        gb2[k] += d2[k];
        for (let j = 0; j < h; j++) gw2[j * m + k] += a1[j] * d2[k];
      }
      for (let j = 0; j < h; j++) {
        let back = 0;
        for (let k = 0; k < m; k++) back += d2[k] * w2[j * m + k];
        const d1 = back * fSlope(z1[j], a1[j]);
        gb1[j] += d1;
        for (let k = 0; k < d; k++) gw1[k * h + j] += X[i * d + k] * d1;
      }
    }
    for (let k = 0; k < w1.length; k++) w1[k] -= learningRate * gw1[k];
    for (let j = 0; j < h; j++) b1[j] -= learningRate * gb1[j];
    for (let k = 0; k < w2.length; k++) w2[k] -= learningRate * gw2[k];
    for (let k = 0; k < m; k++) b2[k] -= learningRate * gb2[k];
    return sum;
  }

  const matrix = (flat, columns) => Array.from({ length: flat.length / columns }, (_, i) => Array.from(flat.subarray(i * columns, (i + 1) * columns)));
  return { step, loss, parameters: () => ({ w1: matrix(w1, h), b1: matrix(b1, h), w2: matrix(w2, m), b2: matrix(b2, m) }) };
}

function slowTrainer(x, y, parameters, learningRate, options) {
  let now = parameters;
  const look = () => iteration(x, y, now, learningRate, options);
  return {
    step() {
      const values = look();
      if (options.oneAtATime) x.forEach((row, i) => { now = updated(iteration([row], [y[i]], now, learningRate, options)); });
      else now = updated(values);
      return values.E;
    },
    loss: () => look().E,
    parameters: () => now,
  };
}

// ---- random starts ----

// mulberry32 by Tommy Ettinger: numbers in [0, 1) from a 32-bit seed.
export function mulberry32(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

// The same numbers as Parameters.random(seed, hidden) in Python: uniform on [-1, 1), in the order w1, b1, w2, b2.
export function randomParameters(seed, hidden = 2, inputs = 2, outputs = 1) {
  const next = mulberry32(Number(BigInt.asIntN(32, BigInt(seed))));
  const matrix = (rows, columns) => Array.from({ length: rows }, () => Array.from({ length: columns }, () => 2 * next() - 1));
  return { w1: matrix(inputs, hidden), b1: matrix(1, hidden), w2: matrix(hidden, outputs), b2: matrix(1, outputs) };
}
