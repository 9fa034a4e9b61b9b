// How long a 64-30-10 network takes to learn the digits in V8: our engine beside TensorFlow.js and
// brain.js, the same images in the same order, the same start, the same updates.
//
//     node benchmarks/digits.js NODE_MODULES
//
// NODE_MODULES: a folder with @tensorflow/tfjs, @tensorflow/tfjs-backend-wasm and brain.js.
//
// A peer that is not there is left out. Prints JSON: for each way of learning, the milliseconds an epoch
// of the clock and of the processor, the median of several runs in turns; and the seconds of
// the processor that 100 epochs took us.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { argv, cpuUsage, version } from "node:process";
import { SOFTMAX, deepTrainer, randomLayers } from "../nnlib/widgets/model/deep.js";
import { TRAINED, readDigits } from "../nnlib/widgets/model/digits.js";

const require = createRequire(join(resolve(argv[2] ?? "."), "package.json"));
const FILE = new URL("../nnlib/data/digits/digits.txt", import.meta.url);
const data = readDigits(readFileSync(FILE, "ascii"));
const BATCH = 16;
// Whole batches only: a mean and a sum are then the same but for a factor.
const COUNT = TRAINED - (TRAINED % BATCH);
const X = data.x.slice(0, COUNT);
const Y = data.y.slice(0, COUNT);
const START = randomLayers(1, [64, 30, 10]);
const RATE = { batches: 0.05, one: 0.5 }; // for the sum of a batch, and for one image at a time
const RUNS = 5;
const EPOCHS = 2; // of one run

function ours(options, rate) {
  const trainer = deepTrainer(X, Y, START, rate, options);
  return {
    async run(epochs) {
      for (let epoch = 0; epoch < epochs; epoch++) trainer.step();
    },
    sums: (image) => Array.from(trainer.forward(Float64Array.from(image))),
  };
}

// Dense layers as its guide shows them; the loss is a mean, so that the rate is 16 times ours.
async function tensorflow(backend) {
  const tf = require("@tensorflow/tfjs");
  if (backend === "wasm") await import(require.resolve("@tensorflow/tfjs-backend-wasm"));
  await tf.setBackend(backend);
  await tf.ready();
  const model = tf.sequential();
  model.add(tf.layers.dense({ inputShape: [64], units: 30, activation: "sigmoid" }));
  model.add(tf.layers.dense({ units: 10 }));
  model.setWeights(START.flatMap(({ w, b }) => [tf.tensor2d(w), tf.tensor1d(b[0])]));
  const loss = (y, z) => tf.losses.softmaxCrossEntropy(y, z);
  model.compile({ optimizer: tf.train.sgd(RATE.batches * BATCH), loss });
  const [x, y] = [tf.tensor2d(X), tf.tensor2d(Y)];
  const options = { batchSize: BATCH, shuffle: false, verbose: 0, yieldEvery: "never" };
  return {
    async run(epochs) {
      await tf.setBackend(backend);
      await model.fit(x, y, { ...options, epochs });
    },
    async sums(image) {
      await tf.setBackend(backend);
      return Array.from(model.predict(tf.tensor2d([image])).dataSync());
    },
  };
}

// It learns one image at a time, with the squared error; it insists on a momentum, which is next to none.
function brain() {
  const { NeuralNetwork } = require("brain.js");
  const training = { errorThresh: 1e-12, learningRate: RATE.one, momentum: 1e-15 };
  const net = new NeuralNetwork({ hiddenLayers: [30], activation: "sigmoid" });
  const pairs = X.map((input, i) => ({ input, output: Y[i] }));
  net.train(pairs, { ...training, iterations: 1 }); // so that its layers are there
  START.forEach(({ w, b }, k) => {
    for (const [j, weights] of net.weights[k + 1].entries()) {
      w.forEach((row, i) => {
        weights[i] = row[j];
      });
      net.changes[k + 1][j].fill(0);
      net.biases[k + 1][j] = b[0][j];
    }
  });
  return {
    async run(iterations) {
      net.train(pairs, { ...training, iterations });
    },
    sums: (image) => Array.from(net.run(image)),
  };
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

async function measured(ways) {
  const taken = Object.fromEntries(Object.keys(ways).map((name) => [name, { clock: [], cpu: [] }]));
  for (let run = 0; run <= RUNS; run++) {
    for (const [name, way] of Object.entries(ways)) {
      const [clock, cpu] = [performance.now(), cpuUsage()];
      await way.run(EPOCHS);
      const { user, system } = cpuUsage(cpu);
      if (!run) continue; // the first one is for the compiler
      taken[name].clock.push((performance.now() - clock) / EPOCHS);
      taken[name].cpu.push((user + system) / 1000 / EPOCHS);
    }
  }
  const found = await Promise.all(Object.values(ways).map((way) => way.sums(data.x[COUNT])));
  for (const [k, sums] of found.entries())
    if (!sums.every((z, j) => Math.abs(z - found[0][j]) < 1e-2))
      throw new Error(
        `${Object.keys(ways)[k]} computes something else: ${sums} and not ${found[0]}`,
      );
  return Object.entries(taken).map(([name, { clock, cpu }]) => ({
    name,
    clock: median(clock),
    cpu: median(cpu),
  }));
}

// The ways whose packages are there.
async function installed(ways) {
  const found = {};
  for (const [name, prepare] of Object.entries(ways)) {
    try {
      found[name] = await prepare();
    } catch (error) {
      if (error.code !== "MODULE_NOT_FOUND") throw error;
      console.error(`${name} is left out: ${error.message.split("\n")[0]}`);
    }
  }
  return found;
}

function versions() {
  const found = {};
  for (const [name, from] of [
    ["TensorFlow.js", "@tensorflow/tfjs"],
    ["brain.js", "brain.js"],
  ]) {
    try {
      found[name] = JSON.parse(readFileSync(join(resolve(argv[2]), from, "package.json"))).version;
    } catch {
      continue; // it is not there
    }
  }
  return { Node: version.slice(1), ...found };
}

console.warn = () => {}; // TensorFlow.js greets
const batches = await measured(
  await installed({
    "deep.js": () => ours({ output: "identity", loss: SOFTMAX, batch: BATCH }, RATE.batches),
    "TensorFlow.js, wasm": () => tensorflow("wasm"),
    "TensorFlow.js, cpu": () => tensorflow("cpu"),
  }),
);
const one = await measured(
  await installed({ "deep.js": () => ours({ batch: 1 }, RATE.one), "brain.js": brain }),
);
const whole = ours({ output: "identity", loss: SOFTMAX, batch: BATCH }, RATE.batches);
const begin = cpuUsage();
await whole.run(100);
const { user, system } = cpuUsage(begin);
const hundred = (user + system) / 1e6;
console.log(JSON.stringify({ versions: versions(), batches, one, hundred }));
