// The examples to choose from: the gates with their four rows, and the two examples of the step chapters.
import { GATES } from "./names.js";

const examplesOf = (gate, ...chosen) => ({ x: chosen.map((i) => gate.x[i]), y: chosen.map((i) => gate.y[i]) });

export const EXAMPLES = { "two examples": examplesOf(GATES.AND, 1, 3), ...GATES };
