// The stage: where everything stands in the picture of the network, and which numbers stand there at
// a stop. One layout runs from left to right, one, for narrow screens, from bottom to top. How it is
// drawn, ui/stage.js knows. Lengths are in units, 13 of which are the height of the type.
import { OPERATIONS } from "./operations.js";
import { asMatrix } from "./matrices.js";
import { stopOf } from "./quantities.js";
import { QUANTITIES, STOPS } from "../generated/names.js";

const SLOT = 84; // what a number with its label takes
const LINE = 20; // from one line of numbers to the next
const CAPSULE = 104; // how wide a neuron is
const WIDER = { capsule: 114, bias: 4 }; // on a slide, whose type is larger: a neuron, and what is below it
const ON = 44; // the line on which a single neuron's activation goes on
export const BEND = 8; // the steps of a bend, as points
const SHOWN = 2; // of a layer's neurons as many are drawn with their numbers, the others are folded

// ---- which neurons ----

// The neurons of a layer that are drawn with all their numbers, from `first` on.
function unfolded(count, first = 0) {
  const start = Math.max(0, Math.min(first, count - SHOWN));
  return Array.from({ length: Math.min(count, SHOWN) }, (_, i) => start + i);
}

// ---- the layout ----

// sizes {inputs, hidden, outputs}; tall: from bottom to top; slopes: with room for the way back;
// first: {inputs, hidden, outputs}, the neuron that each layer is unfolded from; low: for a slide, which
// is wide, with less between two neurons.
export function layout(sizes, { tall = false, slopes = true, first = {}, low = false } = {}) {
  // where nothing stands beside them, many hidden neurons are drawn as a sketch, all of them
  const sketch = !slopes && sizes.hidden > SHOWN;
  const shown = {};
  for (const layer of ["inputs", "hidden", "outputs"])
    shown[layer] = unfolded(sizes[layer], first[layer]);
  if (sketch) shown.hidden = Array.from({ length: sizes.hidden }, (_, k) => k);
  const folds = Object.keys(shown).some((layer) => shown[layer].length < sizes[layer]);
  const frame = tall ? tallFrame(shown, slopes, folds) : wideFrame(shown, slopes, folds, low);
  return new Layout(sizes, shown, { ...frame, tall, slopes, sketch });
}

// The same for a single neuron with two inputs: no layer follows, no loss.
export function neuronLayout() {
  const where = layout({ inputs: 2, hidden: 1, outputs: 1 }, { slopes: false });
  where.edges = where.edges.filter(({ name }) => name === "w1");
  Object.assign(where.shown, { outputs: [] });
  Object.assign(where.nodes, { outputs: [] });
  return Object.assign(where, {
    sizes: { inputs: 2, hidden: 1, outputs: 0 },
    width: where.port("hidden", 0, true)[0] + ON,
    height: where.nodes.inputs[1][1] + 22,
    targets: [],
  });
}

const spread = (count, from, to) =>
  Array.from({ length: count }, (_, i) =>
    count === 1 ? (from + to) / 2 : from + (i * (to - from)) / (count - 1),
  );

// The places of the stacks on the edges between two layers, across the flow: spread out where
// there are four, else halfway between the ends, or, where that is too close, at the side with more.
function stacksAcross(starts, ends, from, to, close = false) {
  if (starts.length * ends.length === 4 && starts.length === ends.length)
    return spread(4, from, to);
  if (close && Math.min(starts.length, ends.length) === 1) return starts.length > 1 ? starts : ends;
  return starts.flatMap((a) => ends.map((b) => (a + b) / 2));
}

function wideFrame({ inputs, hidden, outputs }, slopes, folds, wanted) {
  const low = wanted && slopes && outputs.length === 1; // two outputs need all of it
  const slide = wanted && slopes;
  const capsule = slide ? WIDER.capsule : CAPSULE;
  const apart = slopes ? (low ? 152 : 200) : 124;
  const top = slopes ? 64 : 46;
  const across = (layer) => spread(layer.length, top, top + apart);
  const over = slopes || hidden.length <= SHOWN ? 0 : 26; // a sketch has room beyond the others
  const double = slopes ? 2 * SLOT : SLOT;
  const places = {};
  let x = 2;
  const put = (name, width, gap) => {
    places[name] = x + width / 2;
    x += width + gap;
  };
  put("inputs", 60, 8);
  const beside = slopes ? SLOT - capsule / 2 + 4 : 8; // a bias is wider than its neuron
  put("w1", SLOT + 4, beside);
  put("hidden", capsule, beside);
  put("w2", double + 4, beside);
  put("outputs", capsule, 18 - (capsule - CAPSULE) / 2);
  put("loss", 92, 2);
  const [a, c] = [inputs, outputs].map(across);
  const b = spread(hidden.length, top - over, top + apart + over);
  const at = (along, list) => list.map((y) => [along, y]);
  const more = low ? 22 : 0; // of the stacks beyond the neurons, so that each has three lines
  const reach = slopes ? (c.length > 1 ? 67 : 47) + LINE : 37; // of the lowest neuron, downwards
  const height = top + apart + reach + LINE + 12 + (folds ? 24 : 0);
  const middle = top + apart / 2;
  return {
    width: x,
    height,
    capsule,
    biasOut: slide ? WIDER.bias : 0,
    nodes: {
      inputs: at(places.inputs, a),
      hidden: at(places.hidden, b),
      outputs: at(places.outputs, c),
    },
    stacks: {
      w1: at(places.w1, stacksAcross(a, b, top - more, top + apart + more)),
      w2: at(places.w2, stacksAcross(b, c, top, top + apart)),
    },
    loss: [places.loss, middle - 30],
    targets: c.map((_, k) => [places.loss, middle + 44 + 42 * k]),
    folded: {
      inputs: [places.inputs + 26, height - 14], // wider than an input
      hidden: [places.hidden, height - 14],
      outputs: [places.outputs, height - 14],
    },
    others: [places.loss, 30],
    key: [places.loss, 69],
  };
}

function tallFrame({ inputs, hidden, outputs }, slopes, folds) {
  const width = 4 * SLOT + 4;
  const across = (layer) => spread(layer.length, SLOT + 1, width - SLOT - 1);
  const [more, half] = slopes ? [67, 47] : [37, 37]; // of a neuron, towards the loss and away
  const biasRows = slopes ? 2 : 1;
  const narrow = hidden.length * outputs.length > 2;
  const rows2 = slopes ? (narrow ? 5 : 3) : 1;
  const rows1 = slopes ? 3 : 1;
  const sketch = !slopes && hidden.length > SHOWN;
  // beside a single output there is room for the loss
  const beside = outputs.length === 1;
  let y = 2;
  const aside = [width - 48, slopes ? 34 : 28];
  const loss = beside ? aside : [width / 2 - 40, y + 24];
  const targets = beside
    ? [[aside[0], aside[1] + 57]]
    : outputs.map((_, k) => [width / 2 + 56 + 62 * k, loss[1]]);
  if (!beside) y += 54 + 12;
  const c = [across(outputs), y + more];
  y += more + half + biasRows * LINE + 10 + LINE / 2;
  const s2 = sketch ? y + 18 : y; // its edges run past the target
  y += rows2 * LINE - LINE / 2 + 8;
  const b = [sketch ? spread(hidden.length, 20, width - 20) : across(hidden), y + half];
  y += 2 * half + biasRows * LINE + 10 + LINE / 2;
  const s1 = sketch ? y - 23 : y; // halfway
  y += rows1 * LINE - LINE / 2 + 8 + 20;
  const a = [across(inputs), y];
  const height = y + 24 + (slopes ? LINE : 0) + (folds ? 24 : 0);
  const at = ([list, along]) => list.map((x) => [x, along]);
  return {
    width,
    height,
    capsule: CAPSULE,
    biasOut: 0,
    narrow,
    beside,
    nodes: { inputs: at(a), hidden: at(b), outputs: at(c) },
    stacks: {
      w1: at([stacksAcross(a[0], b[0], SLOT / 2 + 2, width - SLOT / 2 - 2, true), s1]),
      w2: at([stacksAcross(b[0], c[0], SLOT / 2 + 2, width - SLOT / 2 - 2, true), s2]),
    },
    loss,
    targets,
    folded: {
      inputs: [width / 2, height - 12],
      hidden: [width / 2, b[1]],
      outputs: [width / 2, c[1]],
    },
    others: beside ? [48, 34] : [width - 34, 30],
    key: [beside ? 48 : 40, beside ? 76 : 40],
  };
}

// Where the lines of a stack, of a neuron and of a bias stand, from its centre.
const STACKS = {
  w1: { weight: [0, 0], slope: [0, LINE], now: [0, 2 * LINE] },
  w2: {
    weight: [0, 0],
    along: [-SLOT / 2, LINE],
    carried: [SLOT / 2, LINE],
    slope: [-SLOT / 2, 2 * LINE],
    now: [SLOT / 2, 2 * LINE],
  },
  narrow: {
    weight: [0, 0],
    along: [0, LINE],
    carried: [0, 2 * LINE],
    slope: [0, 3 * LINE],
    now: [0, 4 * LINE],
  },
};
const BIAS = {
  bias: [-SLOT / 2 + 5, 0],
  along: [SLOT / 2, 0],
  slope: [-SLOT / 2, LINE],
  now: [SLOT / 2, LINE],
};

class Layout {
  constructor(sizes, shown, frame) {
    Object.assign(this, { sizes, shown }, frame);
    const { tall, slopes } = this;
    // a signal enters a neuron where z stands and leaves it where a stands
    const sign = tall ? -1 : 1;
    this.inside = slopes
      ? { z: -37 * sign, back: -17 * sign, curve: 9 * sign, a: 35 * sign, end: 55 * sign }
      : { z: -26 * sign, curve: 0, a: 26 * sign };
    this.edges = [
      ...this.edgesOf("w1", "inputs", "hidden"),
      ...this.edgesOf("w2", "hidden", "outputs"),
    ];
  }

  // How large a neuron of a sketch is: two of them do not touch.
  radius() {
    const [[x, y], [right, down]] = this.nodes.hidden;
    return Math.min(13, 0.42 * Math.hypot(right - x, down - y));
  }

  // How far a neuron reaches up and down from its middle: an output has a line more, for ∂E/∂a₂.
  reach(layer) {
    if (!this.slopes) return [37, 37];
    if (layer !== "outputs") return [47, 47];
    return this.tall ? [67, 47] : [47, 67];
  }

  // The box of a neuron: [left, top, width, height].
  box(layer, k) {
    const [x, y] = this.nodes[layer][k];
    const [up, down] = this.reach(layer);
    return [x - this.capsule / 2, y - up, this.capsule, up + down];
  }

  // Where its small curve is drawn: [middle x, middle y].
  curve(layer, k) {
    const [x, y] = this.nodes[layer][k];
    return [x - (this.slopes ? 32 : 0), y + this.inside.curve];
  }

  // Where an edge leaves a neuron, or comes into it.
  port(layer, k, leaves) {
    const [x, y] = this.nodes[layer][k];
    if (layer === "inputs") return this.tall ? [x, y - 20] : [x + 30, y];
    if (this.sketch && layer === "hidden") return [x, y];
    const [up, down] = this.reach(layer);
    const line = leaves ? this.inside.a : this.inside.z;
    if (this.tall) return [x, leaves ? y - up : y + down];
    return [x + (leaves ? this.capsule / 2 : -this.capsule / 2), y + line];
  }

  // The ways into the loss: of an output's answer, and of its target, [from, to] each.
  intoLoss(p) {
    const { beside, tall, nodes, loss, targets } = this;
    const [x, y] = loss;
    const [tx, ty] = targets[p];
    const above = [
      [tx, ty - 16],
      [tx, y + 26],
    ];
    const along = [
      [tx - 28, ty],
      [x + 44, ty],
    ];
    if (beside)
      return [
        [
          [nodes.outputs[p][0] + this.capsule / 2, y],
          [x - 44, y],
        ],
        above,
      ];
    const out = this.port("outputs", p, true);
    return tall ? [[out, [x, y + 26]], along] : [[out, [x - 44, y]], above];
  }

  // Every edge between two layers that is drawn with its numbers: {name, i, j, stack, points}.
  edgesOf(name, from, to) {
    const ends = this.shown[to].length;
    return this.shown[from].flatMap((i, p) =>
      this.shown[to].map((j, q) => {
        const stack = this.stacks[name][p * ends + q];
        const points = this.through(this.port(from, p, true), stack, this.port(to, q, false));
        return { name, i, j, stack, points };
      }),
    );
  }

  // A smooth way from one place through another to a third, as points; the middle one is in the
  // middle.
  through(start, middle, end) {
    return [...this.bend(start, middle), ...this.bend(middle, end).slice(1)];
  }

  bend(from, to) {
    const along = this.tall ? 1 : 0;
    const reach = 0.5 * (to[along] - from[along]);
    const [c, d] = [[...from], [...to]];
    c[along] += reach;
    d[along] -= reach;
    return Array.from({ length: BEND + 1 }, (_, k) => bezier(from, c, d, to, k / BEND));
  }

  edge(name, i, j) {
    return this.edges.find((one) => one.name === name && one.i === i && one.j === j);
  }

  // The place of one number of a quantity; null where it is folded away. i and j are its row and
  // column, row the example on show.
  slot(name, i, j, row) {
    const place = PLACES[name];
    if (!place || this.left(name) || (OF_EXAMPLES.has(name) && i !== row)) return null;
    return this[place.at](place, name, i, j);
  }

  // Whether a sketch leaves a quantity's numbers out.
  left(name) {
    return this.sketch && ["w1", "b1", "w2", "z1", "a1"].includes(name);
  }

  // Every place of a number: that of x's copy, or of a bias's 1, is at each neuron.
  slots(name, i, j, row) {
    const place = PLACES[name];
    if (!place || this.left(name) || (OF_EXAMPLES.has(name) && i !== row)) return [];
    if (place.each === "neuron")
      return this.shown[place.layer].map((_, k) => this.biasSpot(place.layer, k, place.line));
    if (place.each === "output")
      return this.shown.outputs.map((k) => this.onEdge(place, name, j, k)).filter(Boolean);
    const one = this[place.at](place, name, i, j);
    return one ? [one] : [];
  }

  inNeuron({ layer, line }, _, __, j) {
    const k = this.shown[layer].indexOf(j);
    if (k < 0 || (layer === "hidden" && line === "end")) return null;
    const [x, y] = this.nodes[layer][k];
    const shift = { curve: 18, back: 7 }[line] ?? 5; // beside the curve, beside δ
    return [x + shift, y + this.inside[line]];
  }

  onEdge({ edge: name, line }, _, i, j) {
    const edge = this.edge(name, i, j);
    if (!edge) return null;
    const lines = STACKS[this.narrow && name === "w2" ? "narrow" : name];
    const [x, y] = lines[line];
    return [edge.stack[0] + x, edge.stack[1] + y];
  }

  atBias({ layer, line }, _, __, j) {
    const k = this.shown[layer].indexOf(j);
    return k < 0 ? null : this.biasSpot(layer, k, line);
  }

  biasSpot(layer, k, line) {
    const [x, y] = this.nodes[layer][k];
    const [dx, dy] = this.slopes ? BIAS[line] : [0, 0];
    const out = line === "bias" ? 0 : Math.sign(dx) * this.biasOut;
    return [x + dx + out, y + this.reach(layer)[1] + LINE / 2 + 3 + dy];
  }

  atInput({ line }, _, __, j) {
    const k = this.shown.inputs.indexOf(j);
    if (k < 0) return null;
    const [x, y] = this.nodes.inputs[k];
    return [x, y + (line === "copy" ? 32 : 8)];
  }

  atLoss() {
    return [this.loss[0], this.loss[1] + 8];
  }

  atTarget(_, __, ___, j) {
    const k = this.shown.outputs.indexOf(j);
    return k < 0 ? null : [this.targets[k][0], this.targets[k][1] + 8];
  }
}

function bezier(a, b, c, d, t) {
  const u = 1 - t;
  const weights = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
  return [0, 1].map((k) => [a, b, c, d].reduce((sum, point, n) => sum + weights[n] * point[k], 0));
}

// Where in the picture a quantity's numbers stand.
const PLACES = {
  x: { at: "atInput", line: "value" },
  y: { at: "atTarget" },
  w1: { at: "onEdge", edge: "w1", line: "weight" },
  b1: { at: "atBias", layer: "hidden", line: "bias" },
  w2: { at: "onEdge", edge: "w2", line: "weight" },
  b2: { at: "atBias", layer: "outputs", line: "bias" },
  z1: { at: "inNeuron", layer: "hidden", line: "z" },
  a1: { at: "inNeuron", layer: "hidden", line: "a" },
  z2: { at: "inNeuron", layer: "outputs", line: "z" },
  a2: { at: "inNeuron", layer: "outputs", line: "a" },
  E: { at: "atLoss" },
  dE_da2: { at: "inNeuron", layer: "outputs", line: "end" },
  da2_dz2: { at: "inNeuron", layer: "outputs", line: "curve" },
  dz2_dw2: { at: "onEdge", edge: "w2", line: "along", each: "output" },
  dz2_db2: { at: "atBias", layer: "outputs", line: "along", each: "neuron" },
  dE_dz2: { at: "inNeuron", layer: "outputs", line: "back" },
  dE_dw2: { at: "onEdge", edge: "w2", line: "slope" },
  dE_db2: { at: "atBias", layer: "outputs", line: "slope" },
  new_w2: { at: "onEdge", edge: "w2", line: "now" },
  new_b2: { at: "atBias", layer: "outputs", line: "now" },
  dz2_da1: { at: "onEdge", edge: "w2", line: "carried" },
  da1_dz1: { at: "inNeuron", layer: "hidden", line: "curve" },
  dz1_dw1: { at: "atInput", line: "copy" },
  dz1_db1: { at: "atBias", layer: "hidden", line: "along", each: "neuron" },
  dE_dz1: { at: "inNeuron", layer: "hidden", line: "back" },
  dE_dw1: { at: "onEdge", edge: "w1", line: "slope" },
  dE_db1: { at: "atBias", layer: "hidden", line: "slope" },
  new_w1: { at: "onEdge", edge: "w1", line: "now" },
  new_b1: { at: "atBias", layer: "hidden", line: "now" },
};

// Quantities with a row for each example: of them, the example's on show stands in the picture.
export const OF_EXAMPLES = new Set(
  Object.keys(QUANTITIES).filter((name) => QUANTITIES[name].shape[0] === "n"),
);

// ---- which part takes part, which number stands there ----

// The parts of the picture that a stop is about: the neurons or edges in which its results come
// about, and those that they come from.
const PARTS = {
  atInput: () => "x",
  atTarget: () => "y",
  atLoss: () => "loss",
  inNeuron: ({ layer }) => (layer === "outputs" ? "output" : layer),
  atBias: ({ layer }) => (layer === "outputs" ? "b2" : "b1"),
  onEdge: ({ edge }) => edge,
};
export const partOf = (name) => PARTS[PLACES[name].at](PLACES[name]);

export function activeParts({ outputs }) {
  return new Set(outputs.map(partOf));
}

// The parts from which they are computed.
export function sourceParts({ label }) {
  const { inputs } = OPERATIONS.find((one) => one.label === label);
  return new Set(inputs.filter((name) => Object.hasOwn(PLACES, name)).map(partOf));
}

// What is worked out at a stop: "slope" on the way back, where no weight moves.
export const flowOf = ({ outputs: [name] }) =>
  QUANTITIES[name].kind === "gradient" ? "slope" : null;

const lastUse = (name) =>
  Math.max(-1, ...OPERATIONS.map((one, k) => (one.inputs.includes(name) ? k : -1)));

const GIVEN = new Set(["x", "y", "w1", "b1", "w2", "b2"]);
const SUMS = new Set(["E", "dE_dw2", "dE_db2", "dE_dw1", "dE_db1"]);

// The numbers that stand in the picture at a stop, beside those of the network itself: every result
// so far, [{name, row, column, places, value, old, label, sum, state, secret}, …]. state: "fresh" where
// this stop gives it, "spent" where no later one needs it, else "kept". row is the example on show;
// hidden(name) says what is not to be given away.
export function numbersShown(index, values, row, where, hidden) {
  return STOPS.slice(0, index + 1).flatMap((stop, k) =>
    stop.outputs.flatMap((name) => {
      if (!where.slopes && k > stopOf("E")) return [];
      const state = k === index ? "fresh" : lastUse(name) < index && k > 4 ? "spent" : "kept";
      return asMatrix(values[name]).flatMap((line, i) =>
        line.flatMap((value, j) => {
          const places = where.slots(name, i, j, row);
          if (!places.length) return [];
          const secret = hidden(name);
          const sum = SUMS.has(name) && values.x.length > 1;
          const old = name.startsWith("new_") ? values[name.slice(4)][i][j] : null; // what it came of
          const { label } = stop;
          return [{ name, row: i, column: j, places, value, old, label, sum, state, secret }];
        }),
      );
    }),
  );
}

// The network's own numbers that have a field: [[name, i, j, place], …].
export function fieldsShown(where, values, row) {
  return [...GIVEN].flatMap((name) =>
    values[name].flatMap((line, i) =>
      line.flatMap((_, j) => {
        const place = where.slot(name, i, j, row);
        return place ? [[name, i, j, place]] : [];
      }),
    ),
  );
}
