// The usual way to write a small network for a web page: nodes and links as objects, one example at
// a time, gradients accumulated.
// A peer for engine.js, written for the benchmark.

class Node {
  constructor() {
    this.in = [];
    this.out = [];
    this.bias = 0;
    this.sum = 0;
    this.value = 0;
    this.slopeIn = 0;
    this.slopeOut = 0;
    this.gathered = 0;
    this.count = 0;
  }
}

class Link {
  constructor(from, to, weight) {
    this.from = from;
    this.to = to;
    this.weight = weight;
    this.slope = 0;
    this.gathered = 0;
    this.count = 0;
    from.out.push(this);
    to.in.push(this);
  }
}

const sigmoid = {
  output: (z) => 1 / (1 + Math.exp(-z)),
  slope: (z) => {
    const a = sigmoid.output(z);
    return a * (1 - a);
  },
};

function build(parameters) {
  const inputs = parameters.w1.map(() => new Node());
  const hidden = parameters.b1[0].map((b) => Object.assign(new Node(), { bias: b }));
  const outputs = parameters.b2[0].map((b) => Object.assign(new Node(), { bias: b }));
  inputs.forEach((from, i) => hidden.forEach((to, j) => new Link(from, to, parameters.w1[i][j])));
  hidden.forEach((from, i) => outputs.forEach((to, j) => new Link(from, to, parameters.w2[i][j])));
  return [inputs, hidden, outputs];
}

function forward(layers, example) {
  layers[0].forEach((node, i) => {
    node.value = example[i];
  });
  for (const layer of layers.slice(1)) {
    for (const node of layer) {
      node.sum = node.bias;
      for (const link of node.in) node.sum += link.weight * link.from.value;
      node.value = sigmoid.output(node.sum);
    }
  }
}

function backward(layers, target) {
  layers[layers.length - 1].forEach((node, k) => {
    node.slopeOut = node.value - target[k];
  });
  for (let l = layers.length - 1; l >= 1; l--) {
    for (const node of layers[l]) {
      node.slopeIn = node.slopeOut * sigmoid.slope(node.sum);
      node.gathered += node.slopeIn;
      node.count++;
      for (const link of node.in) {
        link.slope = node.slopeIn * link.from.value;
        link.gathered += link.slope;
        link.count++;
      }
    }
    if (l === 1) continue;
    for (const node of layers[l - 1]) {
      node.slopeOut = 0;
      for (const link of node.out) node.slopeOut += link.weight * link.to.slopeIn;
    }
  }
}

function update(layers, rate) {
  for (const layer of layers.slice(1)) {
    for (const node of layer) {
      if (node.count) {
        node.bias -= rate * node.gathered;
        node.gathered = 0;
        node.count = 0;
      }
      for (const link of node.in)
        if (link.count) {
          link.weight -= rate * link.gathered;
          link.gathered = 0;
          link.count = 0;
        }
    }
  }
}

function trainObjects(x, y, parameters, rate, epochs) {
  const layers = build(parameters);
  const losses = [];
  for (let epoch = 0; epoch < epochs; epoch++) {
    let loss = 0;
    x.forEach((example, i) => {
      forward(layers, example);
      layers[2].forEach((node, k) => {
        loss += 0.5 * (node.value - y[i][k]) ** 2;
      });
      backward(layers, y[i]);
    });
    update(layers, rate);
    losses.push(loss);
  }
  return losses;
}
