// A network that has stopped learning although it is wrong: whether, and why.
import { format } from "./numbers.js";

const WRONG = 0.1; // a loss above this is not "learnt"
const STILL = 1e-6; // a slope below this moves nothing that could be seen
const STEEP = 0.25; // the largest slope of a sigmoid

const largest = (...matrices) => Math.max(...matrices.flat(2).map(Math.abs));

// What to say of the values of an iteration: a sentence, or "" where the network moves or is right.
// The output is a sigmoid; oneAtATime: an update for each example.
export function standstill(values, { oneAtATime = false } = {}) {
  const { E, dE_da2, da2_dz2, dE_dw1, dE_db1, dE_dw2, dE_db2 } = values;
  if (!(E > WRONG)) return "";
  const slope = largest(dE_dw1, dE_db1, dE_dw2, dE_db2);
  if (slope > STILL) return "";
  // of the examples that it has wrong, the steepest output
  const wrong = dE_da2.flatMap((line, i) =>
    line.flatMap((error, k) => (Math.abs(error) > WRONG ? [da2_dz2[i][k]] : [])),
  );
  const steepest = Math.max(0, ...wrong);
  const stuck = `It is stuck: E is ${format(E)}, and its largest slope ${format(slope, 2)}.`;
  if (steepest < STILL * STEEP)
    return (
      `${stuck} The output is saturated: for the examples that it gets wrong, σ′ is almost 0, ` +
      "and every slope has that factor. Reset, and take a smaller η, or smaller weights."
    );
  // each example alone may still pull, and there is an update for each
  if (oneAtATime) return "";
  return (
    `${stuck} The examples pull against each other, and their slopes add up to almost 0. ` +
    "Start from other weights: Random start."
  );
}
