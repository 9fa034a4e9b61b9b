// Training on flat arrays: the book's operations, the same sums in the same order as `iteration` in
// operations.js, so that both give the same bits. What is computed, `iteration` says; this is how fast.

// The trainer that suits: given is what `iteration` starts from, checked.
export function flatTrainer(given, oneAtATime) {
  const book = given.x[0].length === 2 && given.w2[0].length === 1 && !oneAtATime;
  return book ? new TwoToOneTrainer(given) : new FlatTrainer(given, oneAtATime);
}

// Any number of inputs and outputs, example by example.
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

// Two inputs and one output, all examples in one go: three times as fast. What an example gives at
// hidden neuron j stands at j n + i, so that a neuron's weights stay at hand while its examples pass.
class TwoToOneTrainer extends FlatTrainer {
  constructor(given) {
    super(given, false);
    const { n, h } = this;
    this.x1 = Float64Array.from(given.x, (row) => row[0]);
    this.x2 = Float64Array.from(given.x, (row) => row[1]);
    for (const name of ["z1", "a1", "slope1"]) this[name] = new Float64Array(n * h);
    for (const name of ["z2", "a2", "slope2", "d2"]) this[name] = new Float64Array(n);
  }

  // F1 to F4.
  forward() {
    const { n, h, x1, x2, w1, b1, w2, z1, a1, z2, a2 } = this;
    for (let j = 0, q = 0; j < h; j++) {
      const from1 = w1[j],
        from2 = w1[h + j],
        bias = b1[j];
      for (let i = 0; i < n; i++, q++) z1[q] = x1[i] * from1 + x2[i] * from2 + bias;
    }
    this.hidden.values(z1, a1);
    const bias = this.b2[0];
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = 0, q = i; j < h; j++, q += n) sum += a1[q] * w2[j];
      z2[i] = sum + bias;
    }
    this.output.values(z2, a2);
  }

  // The fourteen steps, after forward().
  backward() {
    const { n, h, rate, x1, x2, y, w1, b1, w2, b2, z1, a1, z2, a2, d2, slope1, slope2 } = this;
    this.lossOf.slopes(a2, y, d2);
    this.output.slopes(z2, a2, slope2);
    this.hidden.slopes(z1, a1, slope1);
    let gb2 = 0;
    for (let i = 0; i < n; i++) {
      d2[i] *= slope2[i];
      gb2 += d2[i];
    }
    for (let j = 0, q = 0; j < h; j++) {
      const weight = w2[j]; // the old one
      let g1 = 0,
        g2 = 0,
        gb1 = 0,
        gw2 = 0;
      for (let i = 0; i < n; i++, q++) {
        gw2 += a1[q] * d2[i];
        const d1 = d2[i] * weight * slope1[q];
        gb1 += d1;
        g1 += x1[i] * d1;
        g2 += x2[i] * d1;
      }
      w2[j] -= rate * gw2;
      b1[j] -= rate * gb1;
      w1[j] -= rate * g1;
      w1[h + j] -= rate * g2;
    }
    b2[0] -= rate * gb2;
  }

  step() {
    const loss = this.loss();
    this.backward();
    return loss;
  }

  loss() {
    this.forward();
    return this.lossOf.sum(this.a2, this.y);
  }
}
