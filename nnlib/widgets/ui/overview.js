// Training as a whole: the plane of the inputs, the answers to every example, the loss of every
// epoch. Drawn beside the network, at every frame.
import { format } from "../model/numbers.js";
import { answersTold } from "../model/quantities.js";
import { lossRange, roundUp, thinned } from "../model/scales.js";
import { element, onWidth } from "./elements.js";
import { Plane } from "./plane.js";
import { Plot } from "./plot.js";
import { shownNumber } from "./quantities.js";

// What the square and the answers' marks mean.
export const CAPTION =
  "In the square x₁ goes to the right and x₂ up. Stronger colour: ŷ nearer to 1. Thick line: ŷ = ½. " +
  "Dotted: a hidden neuron’s z is 0. ◆: an answer on the wrong side of ½.";

const FLAT = 0.38; // the height of a curve for its width
const ON_A_SLIDE = [14, 14, 46, 72]; // the curve's margins, for larger letters

// numbered: the plane's lines have their neurons' numbers; scale: a control for the curve's scale,
// which stands beside it.
export class Overview {
  constructor({ curveHeight = 150, curveWidth = 340, numbered = false, scale = null } = {}) {
    this.plane = new Plane({ numbered });
    this.answers = element("div", { class: "fs-answers", role: "group" });
    this.curve = element("div", { class: "fs-loss-curve" }, scale);
    this.highest = curveHeight;
    this.size = { height: curveHeight, width: curveWidth };
    // drawn as wide as it stands there: its type is as large as it says
    onWidth(this.curve, () => this.resize());
    this.planeBox = element("figure", { class: "fs-plane" }, this.plane.root);
    this.root = element(
      "div",
      { class: "fs-overview" },
      element("div", { class: "fs-now" }, this.planeBox, this.answers),
      this.curve,
    );
    this.rows = [];
  }

  // A network of two inputs and one output has a plane; others have not.
  draw({ parameters, hidden, examples, a2, losses, epoch, farthest, loss, log = false }) {
    const flat = parameters.w1.length === 2 && parameters.w2[0].length === 1;
    this.planeBox.hidden = !flat;
    if (flat) this.plane.draw(parameters, hidden, examples, a2);
    this.drawAnswers(examples, a2);
    if (!this.drawn) this.resize(); // as large at once as it will stay
    this.drawCurve(losses, epoch, farthest, loss, log);
  }

  // Each answer as a mark on its way from 0 to 1, and the target that it should reach.
  drawAnswers({ x, y }, a2) {
    if (this.rows.length !== x.length) this.buildAnswers(x.length);
    x.forEach((inputs, i) => {
      const { name, mark, target, number } = this.rows[i];
      const [answer, wanted] = [a2[i][0], y[i][0]];
      const place = (v) => `${(100 * Math.min(1, Math.max(0, v))).toFixed(1)}%`;
      name.textContent = inputs.map((v) => format(v)).join(", ");
      mark.style.left = place(answer);
      target.style.left = place(wanted);
      target.textContent = format(wanted, 2);
      mark.toggleAttribute("data-right", Math.abs(answer - wanted) < 0.5);
      number.replaceChildren(shownNumber(answer, { row: i, digits: 3 }));
    });
    this.answers.setAttribute("aria-label", `The answers: ${answersTold(x, a2)}`);
  }

  buildAnswers(count) {
    this.rows = Array.from({ length: count }, () => {
      const [name, mark, target, number] = [
        element("span", { class: "fs-answer-name" }),
        element("span", { class: "fs-answer-mark" }),
        element("span", { class: "fs-answer-target" }),
        element("span", {
          class: "fs-answer-number",
          "data-quantity": "a2",
          "data-kind": "activation",
        }),
      ];
      const track = element(
        "span",
        { class: "fs-answer-track", "aria-hidden": "true" },
        target,
        mark,
      );
      return { name, mark, target, number, root: element("div", {}, name, track, number) };
    });
    this.answers.replaceChildren(
      element(
        "div",
        { class: "fs-answer-head" },
        element("span", {}, "inputs"),
        element(
          "span",
          { class: "fs-answer-scale" },
          element("span", {}, "0"),
          element("span", {}, "answer"),
          element("span", {}, "1"),
        ),
        element("span", {}, "ŷ"),
      ),
      ...this.rows.map(({ root }) => root),
    );
  }

  resize() {
    const { highest, curve } = this;
    const width = curve.clientWidth;
    if (!width) return;
    this.size = { width, height: Math.min(highest, Math.max(0.75 * highest, FLAT * width)) };
    if (this.drawn) this.drawCurve(...this.drawn);
  }

  drawCurve(...drawn) {
    this.drawn = drawn;
    const [losses, epoch, farthest, last, log] = drawn;
    const seen = Math.max(farthest, epoch);
    const picked =
      seen > epoch
        ? thinned(losses, 240, Math.min(losses.length, seen + 1))
        : [...thinned(losses, 239, epoch), [epoch, last]];
    const to = roundUp(Math.max(seen, 10));
    const [low, top] = lossRange(
      picked.map(([, loss]) => loss),
      log,
    );
    const slide = document.documentElement.classList.contains("fs-lecture");
    const key = JSON.stringify([to, low, top, log, this.size, slide]);
    const margin = slide ? ON_A_SLIDE : undefined;
    if (this.chart?.key !== key) this.frameCurve(key, { to, low, top, log, margin });
    const { plot, line, here } = this.chart;
    line.setAttribute("d", plot.path(picked));
    here.setAttribute("cx", plot.h.to(epoch));
    here.setAttribute("cy", plot.v.to(Math.min(top, Math.max(low, last))));
  }

  frameCurve(key, { to, low, top, log, margin }) {
    const plot = new Plot({
      ...this.size,
      margin,
      x: { from: 0, to, label: "epoch", count: this.size.width / 120 },
      y: { from: low, to: top, log, label: "loss E", count: 3 },
      label: "The loss of every epoch so far, and where we are.",
    });
    this.chart = {
      key,
      plot,
      line: plot.line([], { "data-kind": "error" }),
      here: plot.dot(0, top, { r: 6, "data-kind": "error" }),
    };
    this.curve.querySelector("svg")?.remove();
    this.curve.prepend(plot.svg);
  }
}
