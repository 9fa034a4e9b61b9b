// What the picture of the network shows at a stop: which parts take part, and which number stands
// where. How it is drawn, ui/network.js knows.
import { format } from "./numbers.js";
import { stopOf } from "./quantities.js";
import { QUANTITIES, STOPS } from "../generated/names.js";

// Where in the network a quantity lives: its neurons or edges take part when it comes about, and
// its numbers stand beside them.
const PLACES = {
  z1: "hidden",
  a1: "hidden",
  z2: "output",
  a2: "output",
  E: "loss",
  dE_da2: "output",
  da2_dz2: "output",
  dz2_dw2: "w2",
  dz2_db2: "b2",
  dE_dz2: "output",
  dE_dw2: "w2",
  dE_db2: "b2",
  new_w2: "w2",
  new_b2: "b2",
  dz2_da1: "w2",
  da1_dz1: "hidden",
  dz1_dw1: "w1",
  dz1_db1: "b1",
  dE_dz1: "hidden",
  dE_dw1: "w1",
  dE_db1: "b1",
  new_w1: "w1",
  new_b1: "b1",
};
const INSIDE = ["z1", "a1", "z2", "a2"]; // these stay in their neurons once they are known

// The parts that take part in a stop.
export function activeParts({ label, outputs }) {
  const active = new Set(outputs.map((name) => PLACES[name]));
  if (["F1", "10"].includes(label)) active.add("x");
  return active;
}

// The numbers in the picture at a stop, beside those of the network itself: [{name, row, column,
// spot: [part, i, j], text, secret}, …]. row is the example on show; hidden(name) says what is not
// to be given away.
export function numbersShown(index, values, row, hidden) {
  const shown = [];
  const put = (name, i, j, spot, prefix) => {
    const secret = hidden(name);
    const value = name === "E" ? values.E : values[name][i][j];
    shown.push({
      name,
      row: i,
      column: j,
      spot,
      value,
      secret,
      text: `${prefix}${secret ? "?" : format(value)}`,
    });
  };
  for (const name of INSIDE.filter((known) => stopOf(known) <= index)) {
    values[name][row].forEach((_, j) => put(name, row, j, [name, 0, j], `${name[0]} `));
  }
  for (const name of resultsBeside(STOPS[index])) {
    for (const [i, j, spot] of spotsOf(name, values, row))
      put(name, i, j, spot, name.startsWith("new") ? "new " : "");
  }
  if (index >= stopOf("E")) put("E", 0, 0, ["loss", 0, 0], "E ");
  return shown;
}

// The results of a stop that stand beside the part they belong to; where two would stand in one
// place, the last of them does.
function resultsBeside({ outputs }) {
  const beside = outputs.filter((name) => !INSIDE.includes(name) && name !== "E");
  return beside.filter(
    (name, k) => !beside.slice(k + 1).some((later) => PLACES[later] === PLACES[name]),
  );
}

// For each spot of a quantity's part: which of its numbers stands there, [row, column, spot].
function spotsOf(name, values, row) {
  const part = PLACES[name];
  const size = {
    w1: values.w1,
    b1: values.b1,
    w2: values.w2,
    b2: values.b2,
    hidden: values.b1,
    output: values.b2,
  }[part];
  const ofExample = QUANTITIES[name].shape[0] === "n";
  const column =
    { dz2_dw2: (i) => i, dz1_dw1: (i) => i, dz2_db2: () => 0, dz1_db1: () => 0 }[name] ??
    ((_, j) => j);
  return size.flatMap((line, i) =>
    line.map((_, j) => [ofExample ? row : i, ofExample ? column(i, j) : j, [part, i, j]]),
  );
}
