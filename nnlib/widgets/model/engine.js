// The nineteen operations of one training iteration, training, and random starts: the same names, nesting
// and order as the Python side. Training runs on flat arrays here; what operations.js has is
// given from here, too.
import { checkedOptions, checkedWhole } from "./checks.js";
import { flatTrainer } from "./flat.js";
import {
  OPERATIONS as BOOKS_OPERATIONS,
  OPTIONS,
  PARAMETERS as ALL_PARAMETERS,
  RepeatedIteration,
  given,
  iteration as oneIteration,
  randomParameters as drawn,
  updated as parametersAfter,
} from "./operations.js";

export const OPERATIONS = BOOKS_OPERATIONS;
export const PARAMETERS = ALL_PARAMETERS;
export const iteration = oneIteration;
export const updated = parametersAfter;
export const randomParameters = drawn;

// ---- many iterations ----

// Full-batch training: {losses, parameters} as in Python, losses.length === epochs + 1, parameters
// after the last epoch. options are those of `iteration`, and oneAtATime: an update for each
// example in turn. With other operations than the book's it repeats `iteration`; with the book's it
// runs on flat arrays (flat.js), which is the same, to the bit, and faster.
export function train(x, y, parameters, learningRate, epochs, options = {}) {
  checkedWhole("epochs", epochs, 0, Number.MAX_SAFE_INTEGER);
  const training = trainer(x, y, parameters, learningRate, options);
  const losses = new Float64Array(epochs + 1);
  for (let epoch = 0; epoch < epochs; epoch++) losses[epoch] = training.step();
  losses[epochs] = training.loss();
  return { losses, parameters: training.parameters() };
}

// A training run that is stepped from outside, as RepeatedIteration is.
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
  return flatTrainer(given(x, y, parameters, learningRate, functions), oneAtATime);
}
