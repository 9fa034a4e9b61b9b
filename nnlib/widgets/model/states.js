// What a link may hold of the widgets whose state is their traits: {widget: {trait: check}}. A check
// gives the value, or throws an error that says what is wrong with it; it is told the whole state, too.
import { checkedName, checkedWhole, shape } from "./checks.js";
import { descent } from "./descent.js";
import { PARAMETERS } from "./operations.js";
import { ACTIVATIONS } from "./activations.js";
import { checkedSteps, checkedTraining, examplesOf, object, parametersOf } from "./links.js";
import { MISTAKES, TRAPS } from "./mistakes.js";
import { CURVES } from "./secant.js";
import { LIMITS } from "../generated/limits.js";

const number = (least, most) => (value, name) => {
  if (Number.isFinite(value) && value >= least && value <= most) return value;
  throw new RangeError(`its ${name}: expected a number from ${least} to ${most}, got ${value}`);
};

// Finite numbers from least to most, in a shape.
const matrix =
  (rows, columns, least = -Infinity, most = Infinity) =>
  (value, name) => {
    shape(`its ${name}`, value, rows, columns);
    for (const one of value.flat()) number(least, most)(one, name);
    return value;
  };

const activation = (value, name) => checkedName(`its ${name}`, value, Object.keys(ACTIVATIONS));
const parameters = (value) => parametersOf(value)[0];
const examples = (value, _, raw) => examplesOf(value, parametersOf(raw.parameters)[1]);
const rate = number(Number.MIN_VALUE, Number.MAX_VALUE);
const functions = { hidden: activation, output: activation };

// The book's network, for which sympy's expressions are.
function ofTheBook(value) {
  const [found, { inputs, neurons, outputs }] = parametersOf(value);
  if (inputs === 2 && neurons === 2 && outputs === 1) return found;
  throw new RangeError("its network: expected 2 inputs, 2 hidden neurons and 1 output");
}

// Some keys of a table.
const keysOf = (table) => (value, name) => {
  if (!Array.isArray(value)) throw new RangeError(`its ${name}: expected a list, got ${value}`);
  return [...new Set(value.map((key) => checkedName(`its ${name}`, key, Object.keys(table))))];
};

// A place along an axis of the weight that moves.
const along = (axis) => (value, name, raw) => {
  const sizes = shape("its weight", raw.parameters[raw.weight]);
  return checkedWhole(`its ${name}`, value, 0, sizes[axis] - 1);
};

const STATES = {
  ActivationExplorer: { activation, z: number(-LIMITS.reach, LIMITS.reach) },
  NeuronExplorer: { x: matrix(1, 2), w1: matrix(2, 1), b1: matrix(1, 1), activation },
  LossExplorer: { a2: matrix(null, 1, 0, 1), y: matrix(null, 1, 0, 1) },
  DescentExplorer: {
    parameters,
    examples,
    weight: (value) => checkedName("its weight", value, PARAMETERS),
    row: along(0),
    column: along(1),
    learning_rate: rate,
    ...functions,
    epoch: (value) => checkedWhole("its epoch", value, 0, LIMITS.most_steps),
  },
  GradientCheck: {
    parameters: ofTheBook,
    examples,
    learning_rate: rate,
    ...functions,
    epsilon: number(LIMITS.smallest_epsilon, LIMITS.largest_epsilon),
  },
  SlopeExplorer: {
    curve: (value) => checkedName("its curve", value, Object.keys(CURVES)),
    u: number(-LIMITS.place, LIMITS.place),
    nudge: number(LIMITS.smallest_nudge, LIMITS.largest_nudge),
  },
  BugLab: {
    mistakes: keysOf(MISTAKES),
    traps: keysOf(TRAPS),
    parameters: ofTheBook,
    examples,
    learning_rate: rate,
  },
};

// A widget's state from a link; throws an Error that says what is wrong. now: its present state.
export function checkedState(widget, raw, now) {
  if (widget === "StepExplorer") return checkedSteps(raw);
  if (widget === "TrainingExplorer") return checkedTraining(raw);
  const checks = STATES[widget];
  object(raw, Object.keys(checks));
  const state = Object.fromEntries(
    Object.entries(checks).map(([name, check]) => [name, check(raw[name], name, raw)]),
  );
  if (widget === "LossExplorer")
    for (const name of ["a2", "y"]) shape(`its ${name}`, state[name], now.a2.length, 1);
  if (widget === "DescentExplorer") {
    const losses = descent(state)
      .path(state.epoch)
      .map(({ loss }) => loss);
    if (losses.length <= state.epoch || !losses.every(Number.isFinite))
      throw new RangeError("its numbers grow beyond what a computer can hold");
  }
  return state;
}
