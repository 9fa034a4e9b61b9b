// LossExplorer: predictions against targets; each squared error drawn as a square; half of all the
// area is the loss.
import { LOSSES } from "./model/losses.js";
import { deepCopy, map, total } from "./model/matrices.js";
import { format } from "./model/numbers.js";
import { bar } from "./ui/controls.js";
import { element, keepRoles, onWidth, svgElement } from "./ui/elements.js";
import { Plot } from "./ui/plot.js";
import { operator, shownNumber, symbol } from "./ui/quantities.js";
import { defineWidget } from "./ui/widget.js";

const GAP = 1.25; // from one example's square to the next, in units of the height
const HEIGHT = 170;
const TYPE = [13, 22]; // how high a number is in the picture; and, as loss_explorer.css says,
const SMALL = 36 * 16; // where the widget is no wider than this
// A wide typeface's digits and points, for their height.
const widthOf = (text, type) =>
  type * [...text].reduce((sum, sign) => sum + (/\d/.test(sign) ? 0.64 : 0.36), 0);
const LOSS = LOSSES.squared_error;
const HEAD = ["prediction", "target", "error ŷ − y", "squared"];

class LossExplorer {
  static title = "Loss explorer";
  static page = "book/forward/loss.html";
  static traits = ["a2", "y"];

  content() {
    const { ui } = this;
    this.buildChart(this.start.a2.length);
    this.rows = this.start.a2.map((_, i) => this.buildRow(i));
    this.total = element("p", { class: "fs-total" });
    const table = element(
      "table",
      { class: "fs-table" },
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          HEAD.map((text) => element("th", { scope: "col" }, text)),
        ),
      ),
      element(
        "tbody",
        {},
        this.rows.map((one) => one.root),
      ),
    );
    const toMean = () => {
      const y = this.get("y");
      ui.change({ a2: y.map(() => [total(y) / y.length]) });
    };
    return [
      this.chart.svg,
      keepRoles(table),
      this.total,
      bar(
        { reset: ui.button("Reset", () => ui.change(deepCopy(this.start))) },
        ui.button("All equal to the mean of the targets", toMean),
      ),
    ];
  }

  buildChart(count) {
    // a square of error 1 is as wide as the plot is high, and ends before the next begins
    const width = Math.max(300, 64 + 100 * (GAP * count + 0.2));
    this.chart = new Plot({
      width,
      height: HEIGHT,
      x: { from: -0.2, to: GAP * count, ticks: [] },
      margin: [12, 6, 26, 58],
      y: { from: -0.05, to: 1.12, label: "output", ticks: [0, 0.5, 1] },
      label:
        "For each example a square between prediction and target: " +
        "its side is the error, its area the squared error.",
    });
    this.chart.onDrag(([place, height]) => {
      const i = Math.min(count - 1, Math.max(0, Math.floor((place + 0.15) / GAP)));
      this.ui.act();
      this.set("a2", i)(Math.min(1, Math.max(0, Math.round(height * 100) / 100)));
    });
  }

  buildRow(i) {
    const { ui } = this;
    const prediction = ui.slider(
      `ŷ ${i + 1}`,
      {
        min: 0,
        max: 1,
        step: 0.01,
        name: `Prediction ${i + 1}`,
        kind: "activation",
        symbol: "a2",
        cell: { "data-row": i, "data-col": 0 },
      },
      this.set("a2", i),
    );
    const target = ui.choice(`Target ${i + 1}`, ["0", "1"], (value) =>
      this.set("y", i)(Number(value)),
    );
    const error = element("td", {}),
      square = element("td", {});
    const root = element(
      "tr",
      {},
      element("td", { class: "fs-sliding" }, prediction.root),
      element("td", {}, target),
      error,
      square,
    );
    return { prediction, target, error, square, root };
  }

  set(name, i) {
    return (value) => {
      const matrix = deepCopy(this.get(name));
      matrix[i][0] = value;
      this.ui.change({ [name]: matrix });
    };
  }

  ready() {
    this.resize = onWidth(this.root, () => this.draw());
  }

  end() {
    this.resize.disconnect();
  }

  draw() {
    const a2 = this.get("a2"),
      y = this.get("y");
    const { clientWidth } = this.root;
    this.small = clientWidth > 0 && clientWidth <= SMALL;
    const errors = map(LOSS.slope, a2, y),
      E = total(map(LOSS.value, a2, y));
    this.chart.clear();
    errors.forEach(([error], i) => {
      this.drawSquare(i, a2[i][0], y[i][0], error);
      this.drawRow(this.rows[i], i, a2[i][0], y[i][0], error);
    });
    const squares = errors.map(([error]) => format(error * error)).join(" + ");
    this.total.replaceChildren(
      symbol("E"),
      operator(` = ½ (${squares}) = `),
      element("strong", { "data-quantity": "E" }, shownNumber(E)),
    );
    this.ui.announce(
      `The loss E, half the sum of the ${y.length} squared errors, is ${format(E)}.`,
    );
  }

  drawSquare(i, prediction, target, error) {
    const { chart } = this;
    const unit = chart.v.to(0) - chart.v.to(1); // a square is as wide as it is high
    const low = Math.min(prediction, target),
      side = Math.abs(error) * unit;
    const left = chart.h.to(GAP * i) + 8,
      bottom = chart.v.to(low);
    const number = format(error * error);
    const fits = side > widthOf(number, TYPE[Number(this.small)]) + 8; // and its halo
    const area = fits ? number : ""; // the table has it, too
    const centred = { "text-anchor": "middle" };
    chart.add(
      svgElement("rect", {
        class: "fs-square",
        x: left,
        y: bottom - side,
        width: side,
        height: side,
        "data-kind": "error",
      }),
      svgElement("path", {
        d: `M${left - 8} ${chart.v.to(target)}h${unit * 0.85}`,
        "data-kind": "input",
      }),
      svgElement(
        "text",
        { x: left + side / 2, y: bottom - side / 2 + 4, ...centred, class: "fs-halo" },
        area,
      ),
      svgElement("text", { x: left + unit * 0.4, y: HEIGHT - 8, ...centred }, `example ${i + 1}`),
    );
    chart.grip(chart.h.back(left), prediction, { r: 7, "data-kind": "activation" });
  }

  drawRow(line, i, prediction, target, error) {
    line.prediction.set(prediction);
    line.target.value = String(target);
    Object.assign(line.target.dataset, { quantity: "y", row: i, col: 0, value: String(target) });
    line.error.replaceChildren(
      element("span", { "data-quantity": "dE_da2" }, shownNumber(error, { row: i })),
    );
    line.square.textContent = format(error * error);
  }
}

export default defineWidget("LossExplorer", LossExplorer);
