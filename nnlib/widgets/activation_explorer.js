// ActivationExplorer: the curve of an activation, the tangent at a point that can be dragged, value
// and slope.
import { ACTIVATIONS } from "./model/activations.js";
import { format } from "./model/numbers.js";
import { formulasOf, stopThatGives } from "./model/quantities.js";
import { bar, labelled } from "./ui/controls.js";
import { element, row, svgElement } from "./ui/elements.js";
import { Plot, legend } from "./ui/plot.js";
import { lone, numbers, operator, term } from "./ui/quantities.js";
import { defineWidget } from "./ui/widget.js";
import { LIMITS } from "./generated/limits.js";

const REACH = LIMITS.reach;
const ALONG = Array.from({ length: 401 }, (_, i) => (-REACH * (400 - i) + REACH * i) / 400);
const HEIGHTS = {
  sigmoid: [-0.25, 1.25],
  tanh: [-1.25, 1.25],
  relu: [-2, 10],
  identity: [-10, 10],
};
// one number, one neuron: no layer has to be told
const LETTERS = { z1: "z", a1: "a", da1_dz1: "∂a/∂z" };
const LINES = [
  { kind: "activation", text: "value a" },
  { kind: "gradient", text: "tangent at z" },
  { kind: "gradient", text: "slope at every z", dashed: true },
];
const REMARKS = {
  sigmoid: "Between 0 and 1. Steepest at z = 0, where the slope is ¼; flat far out on both sides.",
  tanh: "Between −1 and 1. Steepest at z = 0, where the slope is 1; flat far out on both sides.",
  relu:
    "0 on the left, the identity on the right. At z = 0 there is a kink without a slope; " +
    "we choose 0, as PyTorch does.",
  identity: "No activation at all: the slope is 1 everywhere.",
};

class ActivationExplorer {
  static title = "Activation explorer";
  static page = "book/ideas/activation.html";
  static traits = ["activation", "z"];

  drawn = null; // the activation whose frame stands

  content() {
    const { ui } = this;
    this.which = ui.choice("activation", Object.keys(ACTIVATIONS), (activation) =>
      ui.change({ activation }),
    );
    this.slider = ui.slider(
      "z",
      {
        min: -REACH,
        max: REACH,
        step: 0.05,
        kind: "activation",
        symbol: "z1",
        cell: { "data-row": 0, "data-col": 0 },
      },
      (z) => ui.change({ z }),
    );
    this.picture = element("div", {});
    this.results = row("");
    this.slope = element("div", { class: "fs-slope-line" });
    this.remark = element("p", { class: "fs-note" });
    return [
      element(
        "div",
        { class: "fs-halves" },
        this.picture,
        element(
          "div",
          { class: "fs-stack" },
          row("", labelled("activation", this.which)),
          this.slider.root,
          bar({ reset: ui.button("Reset", () => ui.change(this.start)) }),
          this.results,
          this.slope,
          this.remark,
        ),
      ),
    ];
  }

  frame(name) {
    const [from, to] = HEIGHTS[name];
    this.chart = new Plot({
      width: 400,
      height: 290,
      x: { from: -REACH, to: REACH, label: "weighted sum z" },
      y: { from, to, label: "a, and its slope" },
      margin: [14, 14, 40, 64],
      label: `The curve of ${name} over z, its tangent at the point, and its slope as a dashed line.`,
    });
    const held = (z) => Math.min(REACH, Math.max(-REACH, Math.round(z * 20) / 20));
    this.chart.onDrag(([z]) => {
      this.ui.act();
      this.ui.change({ z: held(z) });
    });
    this.picture.replaceChildren(this.chart.svg, legend(LINES));
    this.drawn = name;
  }

  draw() {
    const name = this.get("activation"),
      z = this.get("z");
    const f = ACTIVATIONS[name],
      a = f.value(z),
      steep = f.slope(z, a);
    this.which.value = name;
    this.slider.set(z);
    if (this.drawn !== name) this.frame(name);
    this.drawCurves(name, z, a, steep);
    this.results.replaceChildren(
      ...Object.entries({ z1: z, a1: a, da1_dz1: steep }).map(([quantity, value]) =>
        numbers(quantity, [[value]], { letter: LETTERS[quantity] }),
      ),
    );
    this.drawSlope(name, z, a, steep);
    this.remark.textContent = REMARKS[name];
    this.ui.announce(
      `The function ${name} at z = ${format(z)} has the value ${format(a)} and the slope ${format(steep)}.`,
    );
  }

  drawCurves(name, z, a, steep) {
    const { chart } = this;
    const f = ACTIVATIONS[name];
    const [from, to] = HEIGHTS[name];
    const slopeAt = (v) => f.slope(v, f.value(v));
    const jump = (v) =>
      name === "relu" && v === 0
        ? [
            [v, 0],
            [v, NaN],
          ]
        : [[v, slopeAt(v)]];
    const run = (0.28 * REACH) / Math.hypot(1, steep * ((2 * REACH) / (to - from)));
    const path = (points, attributes = {}) =>
      svgElement("path", { d: chart.path(points), fill: "none", ...attributes });
    chart.clear();
    chart.add(
      svgElement(
        "g",
        { "data-symbol": "a1", "data-kind": "activation" },
        path(ALONG.map((v) => [v, f.value(v)])),
      ),
      svgElement(
        "g",
        { "data-symbol": "da1_dz1", "data-kind": "gradient" },
        path(ALONG.flatMap(jump), { class: "fs-dashed fs-thin" }),
        path([-run, run].map((by) => [z + by, a + by * steep])),
      ),
    );
    chart.grip(z, a, { r: 7, "data-kind": "activation" });
  }

  // The slope's formula, once with symbols and once with numbers.
  drawSlope(name, z, a, steep) {
    const [{ parts }] = formulasOf(stopThatGives("da1_dz1"), { hidden: name });
    const last = parts[parts.length - 1];
    const value = { z1: z, a1: a };
    const plain = (text) => operator(text.replace("⊙", "·")); // there is one number
    const named = (token) =>
      typeof token === "string" ? plain(token) : lone(token.q, LETTERS[token.q]);
    const digits = digitsThatGive(ACTIVATIONS[name], z, a);
    const put = (token) =>
      typeof token === "string" ? plain(token) : operator(format(value[token.q], digits));
    this.slope.replaceChildren(
      term(lone("da1_dz1", LETTERS.da1_dz1), operator(" = "), ...last.map(named)),
      ...broken(last.map(put)),
      term(operator(` = ${format(steep)}`)),
    );
  }
}

// A line of numbers that may be broken before each factor.
function broken(pieces) {
  const terms = [[operator(" = ")]];
  for (const piece of pieces) {
    if (piece.textContent.trim() === "·") terms.push([]);
    terms.at(-1).push(piece);
  }
  return terms.map((one) => term(...one));
}

// As few digits of z and a as give the slope, to three of its digits: far out 1 − a·a needs more of them.
function digitsThatGive({ slope }, z, a) {
  const seen = (digits) => slope(...[z, a].map((v) => Number(v.toPrecision(digits))));
  for (let digits = 4; digits < 17; digits++)
    if (format(seen(digits), 3) === format(slope(z, a), 3)) return digits;
  return 17;
}

export default defineWidget("ActivationExplorer", ActivationExplorer);
