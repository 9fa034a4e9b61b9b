// The state of a widget in a link: packed as text for a URL's fragment, unpacked, and checked like
// anything that comes from outside.
import { ACTIVATIONS } from "./activations.js";
import { PARAMETERS, iteration } from "./operations.js";
import { checkedName, checkedRate, checkedWhole, parameterSizes, shape } from "./checks.js";
import { STEPS, TRAINING } from "./entries.js";
import { allFinite } from "./matrices.js";
import { LABELS } from "./quantities.js";
import { LIMITS, LINKS } from "../generated/limits.js";
import { GATES } from "../generated/names.js";

// Any JSON value as text for a URL's fragment.
export function packLink(state) {
  const bytes = new TextEncoder().encode(JSON.stringify(state));
  const base64 = btoa(String.fromCharCode(...bytes));
  return LINKS.version + base64.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

// The value behind such a text; throws an Error that says what is wrong. What it holds is not to be
// trusted yet.
export function unpackLink(text) {
  if (!text.startsWith(LINKS.version))
    throw new Error("it was made by another version of this page");
  if (text.length > LINKS.longest) throw new Error("it is too long");
  try {
    const base64 = text.slice(LINKS.version.length).replaceAll("-", "+").replaceAll("_", "/");
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new Error("it is damaged");
  }
}

// What a link says, with nothing unknown in it.
export function object(raw, names) {
  if (raw === null || typeof raw !== "object" || Array.isArray(raw))
    throw new RangeError("it holds no state");
  for (const name of Object.keys(raw)) checkedName("it names", name, names);
  return raw;
}

function flag(name, value = false) {
  if (typeof value === "boolean") return value;
  throw new RangeError(`its ${name}: expected true or false, got ${value}`);
}

export function only(names, raw) {
  return Object.fromEntries(names.map((name) => [name, raw[name]]));
}

export function parametersOf(raw) {
  const sizes = parameterSizes(object(raw, PARAMETERS), "its ");
  const { inputs, neurons, outputs } = sizes;
  if (
    neurons > LIMITS.most_neurons ||
    inputs > LIMITS.most_inputs ||
    outputs > LIMITS.most_outputs
  ) {
    throw new RangeError("its network is too large");
  }
  return [only(PARAMETERS, raw), sizes];
}

export function examplesOf(raw, { inputs, outputs }) {
  const { name = "own", x, y } = object(raw, ["name", "x", "y"]);
  const [rows] = shape("its inputs", x, null, inputs);
  shape("its targets", y, rows, outputs);
  if (rows > LIMITS.most_rows) throw new RangeError("it has too many examples");
  return { name: typeof name === "string" ? name.slice(0, 40) : "own", x, y };
}

const epochOf = (value) => checkedWhole("its epoch", value, 0, LIMITS.last_epoch);
const activationOf = (value) => checkedName("its activation", value, Object.keys(ACTIVATIONS));

// Throws unless one iteration from this start stays with finite numbers.
function checkedStart({ x, y }, parameters, rate, options) {
  if (!allFinite(iteration(x, y, parameters, rate, options))) {
    throw new RangeError("its numbers grow beyond what a computer can hold");
  }
}

// A step explorer's state from a link; throws an Error that says what is wrong.
export function checkedSteps(raw) {
  const { step, epoch, parameters, examples, learning_rate, hidden, output, predict } = object(
    raw,
    STEPS,
  );
  checkedName("its step", step, LABELS);
  const [start, sizes] = parametersOf(parameters);
  const state = {
    step,
    epoch: epochOf(epoch),
    parameters: start,
    examples: examplesOf(examples, sizes),
    learning_rate: checkedRate(learning_rate),
    hidden: activationOf(hidden),
    output: activationOf(output),
    predict: flag("predict", predict),
  };
  checkedStart(state.examples, start, learning_rate, { hidden, output });
  return state;
}

// A training explorer's state from a link; throws an Error that says what is wrong.
export function checkedTraining(raw) {
  const {
    gate,
    parameters,
    neurons,
    seed,
    hidden,
    learning_rate,
    one_at_a_time,
    epoch,
    logarithmic,
  } = object(raw, TRAINING);
  const state = {
    gate: checkedName("its gate", gate, Object.keys(GATES)),
    parameters: null,
    neurons: checkedWhole("its hidden neurons", neurons, 1, LIMITS.most_neurons),
    seed: checkedWhole("its seed", seed, -LIMITS.largest_seed, LIMITS.largest_seed),
    hidden: activationOf(hidden),
    learning_rate: checkedRate(learning_rate),
    epoch: epochOf(epoch),
    one_at_a_time: flag("one_at_a_time", one_at_a_time),
    logarithmic: flag("logarithmic", logarithmic),
  };
  if (parameters === null || parameters === undefined) return state;
  const [start, { inputs, outputs }] = parametersOf(parameters);
  if (inputs !== 2 || outputs !== 1) throw new RangeError("its network does not fit a gate");
  checkedStart(GATES[gate], start, learning_rate, { hidden });
  return { ...state, parameters: start };
}
