// SlopeExplorer: a point on a curve, and a nudge to the right that can be made smaller and smaller,
// until the secant is the tangent.
import { format } from "./model/numbers.js";
import { within } from "./model/scales.js";
import { CURVES, larger, secant, smaller, stretch } from "./model/secant.js";
import { bar, labelled, onKeys } from "./ui/controls.js";
import { element, keepRoles, row, setUsable, svgElement } from "./ui/elements.js";
import { Plot, legend } from "./ui/plot.js";
import { shownNumber, term } from "./ui/quantities.js";
import { defineWidget } from "./ui/widget.js";
import { LIMITS } from "./generated/limits.js";

const { place: PLACE, smallest_nudge: SMALLEST, largest_nudge: LARGEST } = LIMITS;
const ACROSS = { from: -3.4, to: 4.4 };
const HEIGHTS = { square: [-2, 17], sigmoid: [-0.15, 1.15], line: [-11, 13] };
const SIZE = { width: 340, height: 270, margin: [12, 12, 38, 62] };
const POINTS = 200; // that a curve is drawn through
const RULES = {
  square: (u) => [`2 · ${u < 0 ? `(${format(u)})` : format(u)}`],
  sigmoid: (u) => {
    const a = CURVES.sigmoid.value(u);
    return [`${format(a, 7)} ·`, format(1 - a, 7)];
  },
  line: () => [],
};
const REMARKS = {
  square:
    "The smaller the nudge, the straighter the curve looks, and the closer the quotient comes to 2u.",
  sigmoid: "Flat far out on both sides. Where is it steepest, and how steep is it there?",
  line: "A straight line: every nudge finds the same slope, at every point.",
};
const LINES = [
  { kind: "error", text: "curve" },
  { kind: null, text: "secant" },
  { kind: "gradient", text: "tangent", dashed: true },
];

class SlopeExplorer {
  static title = "Slope explorer";
  static page = "book/backward/slopes.html";
  static traits = ["curve", "u", "nudge"];

  drawn = null; // the curve whose frame stands

  content() {
    const { ui } = this;
    const pairs = Object.entries(CURVES).map(([name, { text }]) => [name, text]);
    this.which = ui.choice("curve", pairs, (curve) => ui.change({ curve }));
    this.point = ui.slider("u", { min: -PLACE, max: PLACE, step: 0.05 }, (u) => ui.change({ u }));
    this.nudge = ui.slider(
      "h",
      { min: SMALLEST, max: LARGEST, scale: "log", name: "Nudge h", kind: "weight" },
      (nudge) => ui.change({ nudge }),
    );
    this.smaller = ui.button("Smaller h", () => this.walk(1));
    this.larger = ui.button("Larger h", () => this.walk(-1));
    this.whole = element("div", { class: "fs-whole" });
    this.close = element("div", { class: "fs-close" });
    this.table = element("table", { class: "fs-table" });
    this.remark = element("p", { class: "fs-note" });
    const controls = element(
      "div",
      { class: "fs-stack fs-controls" },
      row("", labelled("curve", this.which)),
      this.point.root,
      this.nudge.root,
      bar(
        { reset: ui.button("Reset", () => ui.change({ ...this.start })) },
        this.smaller,
        this.larger,
      ),
    );
    const numbers = element("div", { class: "fs-stack fs-numbers" }, this.table, this.remark);
    return [element("div", { class: "fs-nudged" }, this.whole, controls, this.close, numbers)];
  }

  // To the next power of ten: a smaller nudge, or a larger one.
  walk(by) {
    const nudge = this.get("nudge");
    this.ui.change({ nudge: by > 0 ? smaller(nudge) : larger(nudge) });
  }

  ready() {
    const by = (step) => () => this.walk(step);
    this.root.addEventListener(
      "keydown",
      onKeys(this.ui, { ArrowRight: by(1), ArrowLeft: by(-1) }),
    );
  }

  // ---- drawing ----

  draw() {
    const [curve, u, nudge] = SlopeExplorer.traits.map(this.get);
    const found = secant(curve, u, nudge);
    this.which.value = curve;
    this.point.set(u);
    this.nudge.set(nudge);
    setUsable(this.smaller, nudge > SMALLEST);
    setUsable(this.larger, nudge < LARGEST);
    if (this.drawn !== curve) this.frame(curve);
    this.drawWhole(curve, u, nudge, found);
    this.drawClose(curve, u, nudge, found);
    this.drawTable(curve, u, nudge, found);
    this.remark.textContent = REMARKS[curve];
    this.ui.announce(
      `A nudge of ${format(nudge)} from u = ${format(u)} moves ${CURVES[curve].text} by ` +
        `${format(found.rise)}: rise over run is ${format(found.quotient, 7)}, ` +
        `the slope by the rule is ${format(found.slope, 7)}.`,
    );
  }

  frame(curve) {
    const { text } = CURVES[curve];
    const [from, to] = HEIGHTS[curve];
    this.chart = new Plot({
      ...SIZE,
      x: { ...ACROSS, label: "u" },
      y: { from, to, label: text },
      label:
        `The curve ${text}, the secant through two of its points, a nudge apart, ` +
        "and the tangent at the first.",
    });
    const held = (u) => Math.min(PLACE, Math.max(-PLACE, Math.round(u * 20) / 20));
    this.chart.onDrag(([u]) => {
      this.ui.act();
      this.ui.change({ u: held(u) });
    });
    this.whole.replaceChildren(this.chart.svg, legend(LINES));
    this.drawn = curve;
  }

  drawWhole(curve, u, nudge, found) {
    const { chart } = this;
    const { x, y } = windowOf(curve, u, nudge, found);
    chart.clear();
    outline(chart, { x: x.map((v) => within(v, chart.x)), y: y.map((v) => within(v, chart.y)) });
    drawLines(chart, curve, u, nudge, found);
    chart.dot(u + nudge, found.high, { r: 5, "data-kind": "error" });
    chart.grip(u, found.low, { r: 7, "data-kind": "error" });
  }

  // What lies around the two points, so large that the nudge is always as wide.
  drawClose(curve, u, nudge, found) {
    const times = format(2 / nudge);
    const { x, y } = windowOf(curve, u, nudge, found);
    const chart = new Plot({
      ...SIZE,
      x: { from: x[0], to: x[1], ticks: [], label: `${times} times as large` },
      y: { from: y[0], to: y[1], ticks: [] },
      label: `The two points, ${times} times as large: the run to the right, and the rise.`,
    });
    outline(chart, { x, y });
    drawLines(chart, curve, u, nudge, found);
    const { low, high, rise } = found;
    const [start, corner, end] = [
      [u, low],
      [u + nudge, low],
      [u + nudge, high],
    ];
    chart.line([start, corner], { "data-kind": "weight" });
    chart.line([corner, end], { "data-kind": "gradient" });
    for (const point of [start, end]) chart.dot(...point, { r: 5, "data-kind": "error" });
    const at = (p, q, words, attributes) =>
      chart.add(svgElement("text", { x: p, y: q, class: "fs-halo", ...attributes }, words));
    const below = rise < 0 ? -8 : 18;
    at(chart.h.to(u + nudge / 2), chart.v.to(low) + below, `run ${format(nudge)}`, {
      "data-kind": "weight",
      "text-anchor": "middle",
    });
    at(chart.h.to(u + nudge) + 8, chart.v.to((low + high) / 2) + 4, `rise ${format(rise)}`, {
      "data-kind": "gradient",
    });
    this.close.replaceChildren(chart.svg);
  }

  drawTable(curve, u, nudge, { low, high, rise, quotient, slope }) {
    const digits = 8 + Math.round(-Math.log10(nudge)); // so many that the difference has its own
    const [above, below] = [high, low].map((v) => format(v, digits));
    const taken = low < 0 ? `(${below})` : below;
    const line = (quantity, title, working, value, kind = null) =>
      element(
        "tr",
        { "data-kind": kind },
        element("th", { scope: "row" }, title),
        element(
          "td",
          { class: "fs-working" },
          working.flatMap((part) => [term(part), " "]),
        ),
        element(
          "td",
          { "data-quantity": quantity },
          shownNumber(value, { digits: 7, tag: "strong" }),
        ),
      );
    this.table.replaceChildren(
      element(
        "tbody",
        {},
        line("run", "run h", [], nudge, "weight"),
        line("rise", "rise", [`${above} −`, taken], rise, "gradient"),
        line("quotient", "rise / run", [`${format(rise, 7)} /`, format(nudge)], quotient),
        line("slope", "slope by the rule", RULES[curve](u), slope, "gradient"),
      ),
    );
    keepRoles(this.table);
  }
}

// The piece of the picture that is seen close: half a nudge of it is as wide as the whole was.
function windowOf(curve, u, nudge, { low, high }) {
  const [from, to] = HEIGHTS[curve];
  const [width, height] = [((ACROSS.to - ACROSS.from) * nudge) / 2, ((to - from) * nudge) / 2];
  const middle = (low + high) / 2;
  return {
    x: [u - width / 4, u + (3 * width) / 4],
    y: [middle - height / 2, middle + height / 2],
  };
}

// A frame around what is seen close.
function outline(chart, { x, y }) {
  const [left, right] = x.map((v) => chart.h.to(v));
  const [bottom, top] = y.map((v) => chart.v.to(v));
  const size = { width: right - left, height: bottom - top };
  chart.add(svgElement("rect", { x: left, y: top, ...size, class: "fs-glass" }));
}

// The curve, the secant and the tangent, as far as they lie in a chart.
function drawLines(chart, curve, u, nudge, { low, quotient, slope }) {
  const { value } = CURVES[curve];
  const { from, to } = chart.x;
  const points = Array.from({ length: POINTS + 1 }, (_, i) => {
    const at = from + ((to - from) * i) / POINTS;
    const v = value(at);
    return [at, v >= chart.y.from && v <= chart.y.to ? v : NaN];
  });
  chart.line(points, { "data-kind": "error" });
  chart.line(stretch([u, low], quotient, chart), { class: "fs-thin" });
  chart.line(stretch([u, low], slope, chart), {
    class: "fs-thin fs-dashed",
    "data-kind": "gradient",
  });
}

export default defineWidget("SlopeExplorer", SlopeExplorer);
