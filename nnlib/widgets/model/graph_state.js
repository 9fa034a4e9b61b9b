// What a link may hold of an autograd explorer.
import { beyond, lastStep } from "./autograd.js";
import { checkedName, checkedWhole } from "./checks.js";
import { object } from "./links.js";
import { GRAPHS } from "../generated/graphs.js";

// Its state from a link; throws an Error that says what is wrong.
export function checkedGraph(raw) {
  const { expression, given, step, predict } = object(raw, [
    "expression",
    "given",
    "step",
    "predict",
  ]);
  const { nodes } = GRAPHS[checkedName("its expression", expression, Object.keys(GRAPHS))];
  const names = nodes.filter(({ operation }) => !operation).map(({ name }) => name);
  for (const [name, value] of Object.entries(object(given, names)))
    if (!Number.isFinite(value))
      throw new RangeError(`its ${name}: expected a finite number, got ${value}`);
  const bad = beyond(nodes, given);
  if (bad) throw new RangeError(`its numbers: expected some for which ${bad.symbol} is finite`);
  if (typeof predict !== "boolean")
    throw new RangeError(`its predict: expected true or false, got ${predict}`);
  return { expression, given, step: checkedWhole("its step", step, 0, lastStep(nodes)), predict };
}
