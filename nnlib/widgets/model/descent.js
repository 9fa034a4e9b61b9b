// Gradient descent along one number of the network, all others held still.
import { iteration, trainer } from "./engine.js";
import { deepCopy } from "./matrices.js";

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
    // Where the ball was and is, step by step: [{value, loss, slope}, …], one more than steps; it
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

// What the next step will do, in a sentence; after is the place that it leads to, if there is one.
export function outlook(now, after) {
  if (!after) return "";
  if (Math.abs(now.slope) < 1e-7)
    return "The curve is flat here: the ball rests, at the bottom of the valley or on a plain beside it.";
  if (after.loss > now.loss) return "The next step will jump so far that the loss rises.";
  return after.slope * now.slope < 0
    ? "The next step will cross the valley."
    : "The next step will go downhill.";
}
