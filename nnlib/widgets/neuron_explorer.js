// NeuronExplorer: one neuron, with its inputs, weights and bias to move; the sum, the activation,
// and the line where z = 0.
import { ACTIVATIONS } from "./model/engine.js";
import { deepCopy } from "./model/matrices.js";
import { format } from "./model/numbers.js";
import { boundary, positiveRegion } from "./model/surface.js";
import { labelled } from "./ui/controls.js";
import { element, row, scrolling, svgElement } from "./ui/elements.js";
import { Plot } from "./ui/plot.js";
import { numbers, operator, shownNumber } from "./ui/quantities.js";
import { defineWidget } from "./ui/widget.js";
import { LIMITS } from "./generated/limits.js";

const PLANE = { from: -1, to: 2, ticks: [-1, 0, 1, 2] };
const CORNERS = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];
const PLACES = [
  ["x", "x₁", 0, 0, "input"],
  ["x", "x₂", 0, 1, "input"],
  ["w1", "w for x₁", 0, 0, "weight"],
  ["w1", "w for x₂", 1, 0, "weight"],
  ["b1", "b", 0, 0, "bias"],
];

class NeuronExplorer {
  static title = "Neuron explorer";
  static traits = ["x", "w1", "b1", "activation"];

  content() {
    const { ui } = this;
    const range = { min: -LIMITS.reach, max: LIMITS.reach, step: 0.1 };
    this.sliders = PLACES.map(([name, label, i, j, kind]) => [
      name,
      i,
      j,
      ui.slider(
        label,
        { ...range, kind, symbol: name, cell: { "data-row": i, "data-col": j } },
        this.set(name, i, j),
      ),
    ]);
    this.which = ui.choice("activation", Object.keys(ACTIVATIONS), (activation) =>
      ui.change({ activation }),
    );
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
      ui.act();
      ui.change({ x: [point.map(held)] });
    });
    this.sum = scrolling("div", "fs-sum", "The sum with its numbers");
    this.results = row("");
    const note = element(
      "p",
      { class: "fs-note" },
      "Shaded: z > 0. Drag the dot to move the inputs.",
    );
    return [
      element(
        "div",
        { class: "fs-halves" },
        element("div", {}, this.plane.svg, note),
        element(
          "div",
          { class: "fs-stack" },
          this.sliders.map(([, , , slider]) => slider.root),
          row(
            "",
            labelled("activation", this.which),
            ui.button("Reset", () => ui.change(deepCopy(this.start))),
          ),
        ),
      ),
      this.sum,
      this.results,
    ];
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
    for (const [quantity, i, j, slider] of this.sliders) slider.set(this.get(quantity)[i][j]);
    this.which.value = name;
    this.drawPlane(
      x[0],
      w1.map(([w]) => w),
      b1[0][0],
    );
    this.drawSum(x[0], w1, b1[0][0], { name, z, a });
    this.results.replaceChildren(
      numbers("x", x),
      operator(" "),
      numbers("w1", w1),
      operator(" + "),
      numbers("b1", b1),
      operator(" = "),
      numbers("z1", [[z]]),
      operator(" → "),
      numbers("a1", [[a]]),
    );
    this.ui.announce(`z = ${format(z)}, a = ${format(a)}.`);
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
    if (plane.inside(...x)) plane.dot(...x, { r: 8, "data-kind": "input" });
  }

  drawSum(x, w1, b, { name, z, a }) {
    const inBrackets = (v) => (v < 0 ? `(${format(v)})` : format(v));
    const products = [0, 1].map((k) =>
      operator(`${inBrackets(x[k])} · ${inBrackets(w1[k][0])} + `),
    );
    const result = (quantity, value) =>
      element("span", { "data-quantity": quantity }, shownNumber(value, { tag: "strong" }));
    this.sum.replaceChildren(
      element("span", { "data-kind": "activation", class: "fs-symbol" }, "z"),
      operator(" = "),
      ...products,
      operator(inBrackets(b)),
      operator(" = "),
      result("z1", z),
      operator(`     a = ${name}(${format(z)}) = `),
      result("a1", a),
    );
  }
}

export default defineWidget("NeuronExplorer", NeuronExplorer);
