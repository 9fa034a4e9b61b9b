// NeuronExplorer: one neuron, with its inputs, weights and bias to move; the sum, the activation,
// and the line where z = 0.
import { ACTIVATIONS } from "./model/activations.js";
import { deepCopy } from "./model/matrices.js";
import { format } from "./model/numbers.js";
import { boundary, positiveRegion } from "./model/surface.js";
import { bar, labelled } from "./ui/controls.js";
import { element, row, scrolling, svgElement } from "./ui/elements.js";
import { NeuronStage } from "./ui/neuron.js";
import { Plot } from "./ui/plot.js";
import { lone, numbers, operator, shownNumber, term } from "./ui/quantities.js";
import { defineWidget } from "./ui/widget.js";
import { LIMITS } from "./generated/limits.js";

const PLANE = { from: -1.25, to: 2.25, ticks: [-1, 0, 1, 2] }; // a dot on the last tick has room
const CORNERS = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];
// with one neuron, the small number says which input
const PLACES = [
  ["x", "x₁", 0, 0, "input"],
  ["x", "x₂", 0, 1, "input"],
  ["w1", "w₁", 0, 0, "weight"],
  ["w1", "w₂", 1, 0, "weight"],
  ["b1", "b", 0, 0, "bias"],
];
const RANGE = { min: -LIMITS.reach, max: LIMITS.reach, step: 0.1 };

class NeuronExplorer {
  static title = "Neuron explorer";
  static page = "book/ideas/terms.html";
  static traits = ["x", "w1", "b1", "activation"];

  content() {
    const { ui } = this;
    this.sliders = PLACES.map(([name, label, i, j, kind]) => {
      const slider = ui.slider(
        label,
        { ...RANGE, kind, symbol: name, bare: true },
        this.set(name, i, j),
      );
      return { name, label, i, j, slider };
    });
    this.stage = new NeuronStage({
      field: (_, marks, accept) => this.field(marks, accept),
      edit: (...place) => this.at(...place),
    });
    this.which = ui.choice("activation", Object.keys(ACTIVATIONS), (activation) =>
      ui.change({ activation }),
    );
    this.buildPlane();
    this.sum = scrolling("div", "fs-sum", "The sum with its numbers");
    this.results = row("fs-matrices");
    this.note = element("p", { class: "fs-note" });
    return [
      element(
        "div",
        { class: "fs-halves" },
        element(
          "div",
          { class: "fs-stack" },
          element("div", { class: "fs-diagram" }, this.stage.root),
          element(
            "div",
            {},
            this.sliders.map(({ slider }) => slider.root),
          ),
        ),
        element("div", {}, this.plane.svg, this.note),
      ),
      bar(
        { reset: ui.button("Reset", () => ui.change(deepCopy(this.start))) },
        labelled("activation", this.which),
      ),
      this.sum,
      this.results,
    ];
  }

  buildPlane() {
    this.plane = new Plot({
      width: 330,
      height: 320,
      x: { ...PLANE, label: "x₁" },
      y: { ...PLANE, label: "x₂" },
      label:
        "The plane of the two inputs: the line where z = 0, " +
        "the side where z is positive shaded, the four corners of a gate, " +
        "and the inputs as a dot.",
    });
    const held = (v) => Math.min(PLANE.to, Math.max(PLANE.from, Math.round(v * 20) / 20));
    this.plane.onDrag((point) => {
      this.ui.act();
      this.ui.change({ x: [point.map(held)] });
    });
  }

  // The number of a place in the picture, as its slider calls and limits it. An example's row is not
  // named in the picture: there is one.
  at(name, i, j) {
    return this.sliders.find((one) => one.name === name && one.i === (i ?? 0) && one.j === j);
  }

  field(marks, { label, slider }) {
    return this.ui.field(label, marks, slider.within);
  }

  set(name, i, j) {
    return (value) => {
      const matrix = deepCopy(this.get(name));
      matrix[i][j] = value;
      this.ui.change({ [name]: matrix });
    };
  }

  draw() {
    const [x, w1, b1, name] = NeuronExplorer.traits.map(this.get);
    const z = x[0][0] * w1[0][0] + x[0][1] * w1[1][0] + b1[0][0];
    const a = ACTIVATIONS[name].value(z);
    for (const { name: quantity, i, j, slider } of this.sliders)
      slider.set(this.get(quantity)[i][j]);
    this.which.value = name;
    this.stage.show({ x, w1, b1, z1: [[z]], a1: [[a]] }, name);
    this.drawPlane(
      x[0],
      w1.map(([w]) => w),
      b1[0][0],
    );
    this.drawSum(x[0], w1, b1[0][0], { name, z, a });
    this.results.replaceChildren(
      numbers("x", x, { letter: "x" }),
      operator(" "),
      numbers("w1", w1, { letter: "w" }),
      operator(" + "),
      numbers("b1", b1, { letter: "b" }),
      operator(" = "),
      numbers("z1", [[z]], { letter: "z" }),
      operator(" → "),
      numbers("a1", [[a]], { letter: "a" }),
    );
    this.ui.announce(
      `For the inputs ${x[0].map((v) => format(v)).join(" and ")} the weighted sum z is ${format(z)}, ` +
        `and the activation a, by ${name}, is ${format(a)}.`,
    );
  }

  drawPlane(x, w, b) {
    const { plane } = this;
    plane.clear();
    const place = ([p, q]) => `${plane.h.to(p)},${plane.v.to(q)}`;
    const region = positiveRegion(w, b, PLANE.from, PLANE.to);
    if (region.length)
      plane.add(
        svgElement("polygon", { class: "fs-positive", points: region.map(place).join(" ") }),
      );
    const ends = boundary(w, b, PLANE.from, PLANE.to);
    if (ends) plane.line(ends, { "data-kind": "weight" });
    for (const corner of CORNERS) plane.dot(...corner, { r: 4, class: "fs-corner" });
    const inside = plane.inside(...x);
    if (inside) plane.grip(...x, { r: 8, "data-kind": "input" });
    const dot = inside
      ? "Drag the dot to move the inputs."
      : "The inputs lie outside of the picture.";
    this.note.textContent = `Shaded: z > 0. On the line z is 0. ${dot}`;
  }

  drawSum(x, w1, b, { name, z, a }) {
    const inBrackets = (v) => (v < 0 ? `(${format(v)})` : format(v));
    const products = [0, 1].map((k) =>
      operator(`${inBrackets(x[k])} · ${inBrackets(w1[k][0])} + `),
    );
    const result = (quantity, value) =>
      element("span", { "data-quantity": quantity }, shownNumber(value, { tag: "strong" }));
    this.sum.replaceChildren(
      term(
        lone("z1", "z"),
        operator(" = "),
        ...products,
        operator(inBrackets(b)),
        operator(" = "),
        result("z1", z),
      ),
      term(lone("a1", "a"), operator(` = ${name}(${format(z)}) = `), result("a1", a)),
    );
  }

  ready() {
    this.still = this.stage.follow();
  }

  end() {
    this.still();
  }
}

export default defineWidget("NeuronExplorer", NeuronExplorer);
