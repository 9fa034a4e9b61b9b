// Gradient descent along one number of the network, all others held still.
import { trainer } from "./engine.js";
import { iteration } from "./operations.js";
import { deepCopy } from "./matrices.js";

const FLAT = 1e-7; // a slope so small is none

// The walk along parameters[weight][row][column]: {value, with(v), loss(v), path(steps)}.
export function descent({
  weight,
  row,
  column,
  parameters,
  examples: { x, y },
  learning_rate: rate,
  hidden,
  output,
}) {
  const options = { hidden, output };
  const withValue = (value) => {
    const moved = deepCopy(parameters);
    moved[weight][row][column] = value;
    return moved;
  };
  const start = parameters[weight][row][column];
  const at = (value) => {
    const values = iteration(x, y, withValue(value), rate, options);
    return { value, loss: values.E, slope: values[`dE_d${weight}`][row][column] };
  };
  return {
    start,
    withValue,
    loss: (value) => trainer(x, y, withValue(value), 0, options).loss(),
    // Where the walk was and is, step by step: [{value, loss, slope}, …], one more than steps; it
    // ends where numbers are no longer finite.
    path(steps) {
      const found = [at(start)];
      while (found.length <= steps) {
        const { value, slope } = found[found.length - 1];
        const next = value - rate * slope;
        if (!Number.isFinite(next)) break;
        found.push(at(next));
      }
      return found;
    },
  };
}

const FAR = 8; // from the start as far as a bottom is looked for
const NEAR = 0.6; // of the way to it, a good rate goes in the first step
const SMALLER = 1 / 16;
const LARGER = 18.75;

// Learning rates to try from the start, [[word, rate], …]: one that goes most of the way to the bottom
// of the valley at once, one far smaller, one far larger. A large one is left out where even that
// does no harm, or where it lies above the largest that can be chosen.
export function ratesToTry(walk, largest) {
  const [{ slope }] = walk.path(0);
  if (Math.abs(slope) < FLAT) return [];
  const way = Array.from({ length: 400 }, (_, k) => (-Math.sign(slope) * FAR * (k + 1)) / 400);
  const losses = way.map((by) => walk.loss(walk.start + by));
  const bottom = way[losses.indexOf(Math.min(...losses))];
  const rate = (value, digits) => Number(value.toPrecision(digits));
  const good = rate((NEAR * Math.abs(bottom)) / Math.abs(slope), 1);
  const large = rate(LARGER * good, 2);
  const landing = (eta) => walk.loss(walk.start - eta * slope);
  const harms = landing(large) > landing(good);
  return [
    ["small", rate(SMALLER * good, 2)],
    ["good", good],
    ["large", large],
  ].filter(([word, eta]) => eta <= largest && (word !== "large" || harms));
}

// What the next step will do, in a sentence; after is the place that it leads to, if there is one.
export function outlook(now, after) {
  if (!after) return "";
  if (Math.abs(now.slope) < FLAT)
    return (
      "The curve is flat here: the next step is too small to see, at the bottom of the valley or on a " +
      "plain beside it."
    );
  if (after.loss > now.loss) return "The next step will jump so far that the loss rises.";
  return after.slope * now.slope < 0
    ? "The next step will cross the valley."
    : "The next step will go downhill.";
}
