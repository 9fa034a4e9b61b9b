// The picture of the network: its neurons and edges, a field for each of its numbers, and room for
// the numbers of a stop. What is shown at a stop is model/stage.js's matter.
import { QUANTITIES } from "../generated/names.js";
import { setNumber } from "./controls.js";
import { element, svgElement } from "./elements.js";
import { cell } from "./quantities.js";

const WIDTH = 450;
const RADIUS = 34;
const subscript = (i, count) => (count > 1 ? String.fromCharCode(0x2081 + i) : "");

// Built once for a size of network; then only its numbers change. field(label, attributes, edit)
// makes a field for a number that edit(name, i, j) changes; i is null where the row of the example
// on show is meant.
export class NetworkPicture {
  constructor(inputs, hidden, outputs, field, edit) {
    Object.assign(this, { inputs, hidden, outputs, field, edit });
    this.height = Math.max(290, 84 * Math.max(inputs, hidden, outputs) + 40);
    this.columns = [
      [44, inputs],
      [236, hidden],
      [404, outputs],
    ].map(([x, count]) => this.column(x, count));
    this.svg = svgElement("svg", { viewBox: `0 0 ${WIDTH} ${this.height}`, "aria-hidden": "true" });
    this.overlay = element("div", { class: "fs-overlay" });
    Object.assign(this, { fields: {}, boxes: {}, layers: {}, spots: {} });
    this.edges("w1", this.columns[0], this.columns[1]);
    this.edges("w2", this.columns[1], this.columns[2]);
    this.neurons("x", this.columns[0], "input");
    this.neurons("hidden", this.columns[1], "activation");
    this.neurons("output", this.columns[2], "activation");
    this.data();
    this.biases("b1", this.columns[1], (j) => `hidden neuron ${j + 1}`);
    this.biases("b2", this.columns[2], (j) => `output ${j + 1}`);
    this.texts = svgElement("g");
    this.svg.append(this.texts);
  }

  get key() {
    return `${this.inputs} ${this.hidden} ${this.outputs}`;
  }

  column(x, count) {
    const { height } = this;
    const place = (_, i) => [
      x,
      count === 1 ? height / 2 - 12 : 58 + (i * (height - 138)) / (count - 1),
    ];
    return Array.from({ length: count }, place);
  }

  // ---- how it is built ----

  part(name, kind) {
    const group = svgElement("g", {
      class: "fs-part",
      "data-part": name,
      "data-symbol": name,
      "data-kind": kind,
    });
    this.layers[name] = group;
    this.svg.append(group);
    return group;
  }

  // Fields for the numbers of a quantity: add(label, place, attributes, i, j).
  adder(name) {
    const marks = {
      "data-quantity": name,
      "data-symbol": name,
      "data-kind": QUANTITIES[name].kind,
    };
    this.boxes[name] = element("div", { class: "fs-fields", ...marks });
    this.fields[name] = [];
    this.overlay.append(this.boxes[name]);
    return (label, [x, y], attributes, i, j) => {
      const style = `left: ${(x / 4.5).toFixed(2)}%; top: ${((100 * y) / this.height).toFixed(2)}%`;
      const input = this.field(label, { style, ...attributes }, this.edit(name, i, j));
      this.boxes[name].append(input);
      this.fields[name].push(input);
    };
  }

  edges(name, from, to) {
    const lines = this.part(name, "weight");
    const add = this.adder(name);
    const [start, end] = name === "w1" ? ["input", "hidden neuron"] : ["hidden neuron", "output"];
    const crossing = from.length > 1 && to.length > 1;
    this.spots[name] = from.map(([x1, y1], i) =>
      to.map(([x2, y2], j) => {
        lines.append(svgElement("line", { x1, y1, x2, y2 }));
        // fields on crossing lines keep away from the crossing
        const along = crossing && i !== j ? 0.27 : 0.5;
        const [x, y] = [x1 + along * (x2 - x1), y1 + along * (y2 - y1)];
        const label = `${QUANTITIES[name].symbol} from ${start} ${i + 1} to ${end} ${j + 1}`;
        add(label, [x, y], { "data-row": i, "data-col": j }, i, j);
        return [x, y + 25];
      }),
    );
  }

  neurons(name, places, kind) {
    const group = this.part(name, kind);
    for (const [cx, cy] of places) group.append(svgElement("circle", { cx, cy, r: RADIUS }));
    if (name === "x") return;
    const above = ([x, y]) => [x, y - 41];
    const [z, a] = name === "hidden" ? ["z1", "a1"] : ["z2", "a2"];
    this.spots[name] = [places.map(above)];
    this.spots[z] = [places.map(([x, y]) => [x, y - 5])];
    this.spots[a] = [places.map(([x, y]) => [x, y + 14])];
  }

  tag(text, [x, y], kind) {
    this.svg.append(svgElement("text", { x, y, class: "fs-name", "data-kind": kind }, text));
  }

  data() {
    const [inputs, , outputs] = this.columns;
    const addX = this.adder("x"),
      addY = this.adder("y");
    inputs.forEach(([x, y], i) => {
      this.tag(`x${subscript(i, inputs.length)}`, [x, y - 13], "input");
      addX(`Input ${i + 1} of the example in the picture`, [x, y + 10], { "data-col": i }, null, i);
    });
    outputs.forEach(([x, y], k) => {
      this.tag(`y${subscript(k, outputs.length)}`, [x - 30, y + 108], "input");
      const which = outputs.length > 1 ? k + 1 : "";
      addY(
        `Target ${which} of the example in the picture`,
        [x + 8, y + 103],
        { "data-col": k },
        null,
        k,
      );
    });
    this.spots.loss = [[[404, 30]]];
  }

  biases(name, places, whose) {
    const add = this.adder(name);
    places.forEach(([x, y], j) => {
      this.tag("b", [x - 30, y + 55], "bias");
      add(
        `${QUANTITIES[name].symbol} of ${whose(j)}`,
        [x + 8, y + 50],
        { "data-row": 0, "data-col": j },
        0,
        j,
      );
    });
    this.spots[name] = [places.map(([x, y]) => [x + 8, y + 75])];
  }

  // ---- what changes ----

  // The network's own numbers; row is the example on show.
  setNumbers(values, row) {
    for (const [name, inputs] of Object.entries(this.fields)) {
      for (const input of inputs) {
        if (name === "x" || name === "y") input.dataset.row = row;
        setNumber(input, values[name][input.dataset.row][input.dataset.col]);
      }
    }
  }

  setActive(parts) {
    for (const [part, node] of Object.entries(this.layers))
      node.toggleAttribute("data-active", parts.has(part));
    for (const [name, box] of Object.entries(this.boxes))
      box.toggleAttribute("data-active", parts.has(name) && name !== "x");
  }

  // The numbers of a stop, as model/stage.js gives them; the loss glows where it comes about.
  setShown(shown, isLoss) {
    const groups = new Map();
    for (const {
      name,
      row,
      column,
      spot: [part, i, j],
      value,
      secret,
      text,
    } of shown) {
      const [x, y] = this.spots[part][i][j];
      const marks = { ...cell(value, row, column, secret), title: null };
      if (!groups.has(name)) {
        const kind = QUANTITIES[name].kind;
        const active = name === "E" && isLoss;
        groups.set(
          name,
          svgElement("g", {
            "data-quantity": name,
            "data-symbol": name,
            "data-kind": kind,
            "data-active": active,
          }),
        );
      }
      groups.get(name).append(svgElement("text", { x, y, class: "fs-value", ...marks }, text));
    }
    this.texts.replaceChildren(...groups.values());
  }
}

// A sketch of a network with two inputs and one output: lines thicker the larger their weight,
// dashed where it is negative.
export function drawSketch(svg, { w1, w2 }) {
  const h = w1[0].length;
  const spread = (n) =>
    Array.from({ length: n }, (_, i) => 135 + (i - (n - 1) / 2) * Math.min(80, 240 / n));
  const columns = [spread(2).map((v) => [28, v]), spread(h).map((v) => [160, v]), [[292, 135]]];
  const edge = ([x1, y1], [x2, y2], weight, name, i, j) =>
    svgElement("path", {
      d: `M${x1} ${y1}L${x2} ${y2}`,
      class: weight < 0 ? "fs-edge fs-negative" : "fs-edge",
      "data-weight": `${name} ${i} ${j}`,
      "stroke-width": (0.6 + 2.2 * Math.log1p(Math.abs(weight))).toFixed(2),
    });
  const neuron =
    (layer) =>
    ([cx, cy]) =>
      svgElement("circle", {
        cx,
        cy,
        r: layer === 1 ? Math.min(15, 100 / h) : 15,
        "data-kind": layer ? "activation" : "input",
      });
  const names = [
    ["x₁", columns[0][0]],
    ["x₂", columns[0][1]],
    ["ŷ", columns[2][0]],
  ];
  svg.replaceChildren(
    ...columns[0].flatMap((from, i) =>
      columns[1].map((to, j) => edge(from, to, w1[i][j], "w1", i, j)),
    ),
    ...columns[1].map((from, j) => edge(from, columns[2][0], w2[j][0], "w2", j, 0)),
    ...columns.flatMap((column, layer) => column.map(neuron(layer))),
    ...names.map(([text, [x, y]]) => svgElement("text", { x, y: y + 5 }, text)),
  );
  svg.setAttribute(
    "aria-label",
    `The network: 2 inputs, ${h} hidden neurons, 1 output. A line is thicker the larger its weight, ` +
      "full where it is positive and dashed where it is negative.",
  );
}
