// How long an epoch takes in V8: TensorFlow Playground's nn.ts and our engine, the same work side by
// side. Both keep the loss of every epoch; Playground's is added up on the way.
//
//     node benchmarks/nodes.js NN_JS        NN_JS: nn.ts, compiled by tsc to an ES module
//
// Prints JSON: for each network, the processor's nanoseconds an epoch of each, the median of many runs.
import { argv, cpuUsage, version } from "node:process";
import { train, randomParameters } from "../nnlib/widgets/model/engine.js";

const nn = await import(argv[2]);
const X = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];
const Y = [[0], [0], [0], [1]];
const RATE = 0.5;
const RUNS = 31;

function network(start, activation) {
  const sigmoid = nn.Activations.SIGMOID;
  const layers = nn.buildNetwork([2, start.w2.length, 1], activation, sigmoid, null, ["x1", "x2"]);
  layers[1].forEach((node, j) => {
    node.bias = start.b1[0][j];
    node.inputLinks.forEach((link, i) => {
      link.weight = start.w1[i][j];
    });
  });
  const [out] = layers[2];
  out.bias = start.b2[0][0];
  out.inputLinks.forEach((link, j) => {
    link.weight = start.w2[j][0];
  });
  return layers;
}

// Playground divides by the number of examples; so its rate is four times ours.
function playground(start, activation, epochs) {
  const layers = network(start, activation);
  const losses = new Float64Array(epochs);
  for (let epoch = 0; epoch < epochs; epoch++) {
    let loss = 0;
    for (let i = 0; i < X.length; i++) {
      loss += nn.Errors.SQUARE.error(nn.forwardProp(layers, X[i]), Y[i][0]);
      nn.backProp(layers, Y[i][0], nn.Errors.SQUARE);
    }
    nn.updateWeights(layers, RATE * X.length, 0);
    losses[epoch] = loss;
  }
  return losses;
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

function compared(hidden, neurons, epochs) {
  const start = randomParameters(7, neurons);
  const ways = {
    playground: () => playground(start, nn.Activations[hidden.toUpperCase()], epochs),
    engine: () => train(X, Y, start, RATE, epochs, { hidden }).losses,
  };
  const taken = { playground: [], engine: [] };
  const last = {};
  for (let run = 0; run < RUNS; run++) {
    for (const [name, way] of Object.entries(ways)) {
      const begin = cpuUsage();
      last[name] = way()[epochs - 1];
      const { user, system } = cpuUsage(begin);
      taken[name].push(((user + system) / epochs) * 1000);
    }
  }
  if (!(Math.abs(last.playground - last.engine) < 1e-6))
    throw new Error(`${hidden}, ${neurons}: they compute different things`);
  return { hidden, neurons, playground: median(taken.playground), engine: median(taken.engine) };
}

const found = [];
for (const hidden of ["sigmoid", "tanh", "relu"])
  for (const neurons of [2, 8])
    found.push(compared(hidden, neurons, neurons === 2 ? 20_000 : 8000));
console.log(JSON.stringify({ node: version, networks: found }));
