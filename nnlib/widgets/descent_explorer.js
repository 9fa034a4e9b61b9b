// DescentExplorer: gradient descent along one number, as a walk on the curve of the loss; all other
// numbers are held still.
import { PARAMETERS } from "./model/operations.js";
import { descent, outlook, ratesToTry } from "./model/descent.js";
import { deepCopy } from "./model/matrices.js";
import { digitsApart, format, withZeros } from "./model/numbers.js";
import { within } from "./model/scales.js";
import { bar, labelled, setNumber } from "./ui/controls.js";
import { element, scrolling, setUsable, svgElement } from "./ui/elements.js";
import { Walk, Walked } from "./ui/play.js";
import { Plot } from "./ui/plot.js";
import { operator, shownNumber, symbol, term } from "./ui/quantities.js";
import { defineWidget } from "./ui/widget.js";
import { LIMITS } from "./generated/limits.js";
import { QUANTITIES } from "./generated/names.js";

const LARGEST = 1000; // learning rate
const WORDS = ["small", "good", "large"];
const FARTHEST = 100; // where the walk may start, to both sides
const TICK = 700; // milliseconds a step while it plays
const RECENT = 40; // steps that are drawn
const [WIDE, HIGH] = [150, 18]; // what the words of a step take

class DescentExplorer extends Walked {
  static title = "Descent explorer";
  static page = "book/backward/gradient_descent.html";
  static traits = [
    "weight",
    "row",
    "column",
    "epoch",
    "parameters",
    "examples",
    "learning_rate",
    "hidden",
    "output",
  ];

  framed = null; // what the present chart was made for

  content() {
    const { ui } = this;
    this.buildChoices();
    this.previous = ui.button("Previous step", () => this.walk(-1));
    this.next = ui.button("Next step", () => this.walk(1));
    this.playing = new Walk(this, TICK);
    this.picture = element("div", {});
    this.update = scrolling("p", "fs-update", "The next step with its numbers");
    this.verdict = element("p", { class: "fs-note" });
    const presets = element(
      "div",
      { class: "fs-row fs-presets", role: "group", "aria-label": "Learning rates to try" },
      element("span", {}, "η:"),
      this.presets,
    );
    return [
      element(
        "div",
        { class: "fs-walkway" },
        this.picture,
        element(
          "div",
          { class: "fs-stack fs-below" },
          this.update,
          bar({
            back: this.previous,
            play: this.playing.button,
            next: this.next,
            reset: ui.button("Reset", () => {
              this.framed = null; // the frame may have grown with a step that led out
              ui.change({ ...deepCopy(this.start), playing: false });
            }),
          }),
        ),
        element(
          "div",
          { class: "fs-stack fs-aside" },
          labelled("what moves", this.which),
          labelled("start", this.startField),
          this.rate.root,
          presets,
          this.verdict,
        ),
      ),
    ];
  }

  buildChoices() {
    const { ui } = this;
    this.which = ui.choice("the number that moves", placesOf(this.start.parameters), (text) => {
      const [weight, i, j] = text.split(" ");
      this.restart({ weight, row: Number(i), column: Number(j) });
    });
    this.rate = ui.rate({ max: LARGEST }, (learning_rate) =>
      ui.change({ learning_rate, epoch: 0 }),
    );
    this.startField = ui.field("Start", { class: "fs-short" }, (value) =>
      Math.abs(value) <= FARTHEST
        ? this.startAt(value)
        : `expected a number from −${FARTHEST} to ${FARTHEST}`,
    );
    this.presets = WORDS.map((word) => {
      const take = () => {
        const learning_rate = Number(button.dataset.rate);
        ui.news = `Learning rate η is now ${format(learning_rate)}. `;
        ui.change({ learning_rate, epoch: 0 });
        this.schedule(); // it is said, even if it was so before
      };
      const button = ui.button(word, take);
      return button;
    });
  }

  walkNow() {
    return descent(
      Object.fromEntries(DescentExplorer.traits.map((name) => [name, this.get(name)])),
    );
  }

  restart(traits) {
    this.ui.change({ ...traits, epoch: 0, playing: false });
  }

  startAt(value) {
    this.restart({ parameters: this.walkNow().withValue(value) });
  }

  walk(steps) {
    this.go(this.get("epoch") + steps);
  }

  go(epoch) {
    const { ui } = this;
    const inRange = epoch >= 0 && epoch <= LIMITS.most_steps;
    const found = inRange ? this.walkNow().path(epoch) : [];
    if (found.length === epoch + 1 && found.every(({ loss }) => Number.isFinite(loss))) {
      ui.change({ epoch });
      return;
    }
    if (this.get("playing")) ui.change({ playing: false });
    if (inRange) ui.complain(`At step ${epoch} the numbers grow beyond what a computer can hold`);
  }

  // ---- drawing ----

  // What moves: "w₂, row 1, column 1".
  placeText() {
    const place = ["weight", "row", "column"].map(this.get).join(" ");
    return placesOf(this.start.parameters).find(([name]) => name === place)[1];
  }

  // A new frame when the curve is another one, or the walk has left it.
  frame(walk, found) {
    const values = found.map((place) => place.value);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const { framed } = this;
    const key = JSON.stringify([
      ["weight", "row", "column", "examples", "hidden", "output"].map(this.get),
      walk.withValue(0),
    ]);
    if (framed?.key === key && low >= framed.from && high <= framed.to) return;
    const centre = walk.start;
    const reach = Math.max(8, 1.25 * Math.abs(high - centre), 1.25 * Math.abs(low - centre));
    const kept = framed?.key === key && framed.reach > reach;
    const [from, to] = kept ? [framed.from, framed.to] : [centre - reach, centre + reach];
    const curve = Array.from({ length: 241 }, (_, i) => {
      const v = from + ((to - from) * i) / 240;
      return [v, walk.loss(v)];
    });
    const top = Math.max(
      ...curve.map(([, loss]) => loss).filter(Number.isFinite),
      ...found.map((place) => place.loss),
    );
    this.chart = new Plot({
      width: 440,
      height: 280,
      x: { from, to, label: this.placeText() },
      y: { from: 0, to: Math.min(top * 1.08, 1e6), label: "loss E" },
      label:
        "The loss over one number of the network, and where you stand on it: " +
        "a dot for each step of gradient descent so far.",
    });
    const rates = kept ? framed.rates : ratesToTry(walk, LARGEST);
    this.framed = { key, from, to, reach, rates, curve: this.chart.path(curve) };
    this.chart.onDrag(([value]) => {
      this.ui.act();
      this.startAt(Math.round(value * 20) / 20);
    });
    this.picture.replaceChildren(this.chart.svg);
  }

  draw() {
    const epoch = this.get("epoch"),
      walk = this.walkNow();
    const path = walk.path(Math.min(epoch + 1, LIMITS.most_steps));
    const found = path.slice(0, epoch + 1),
      now = found[found.length - 1];
    this.root.dataset.epoch = epoch;
    this.frame(walk, found);
    this.drawControls(epoch, walk.start);
    this.drawBall(found, now);
    this.drawStep(now, path[epoch + 1]);
    this.drawUpdate(epoch, now);
    const next = outlook(now, path[epoch + 1]);
    this.verdict.textContent = next;
    if (this.get("playing") && epoch % 10) return; // enough to follow, and no flood
    this.ui.announce(
      `After ${epoch} step${epoch === 1 ? "" : "s"} ${this.placeText()}, is ${format(now.value)}, ` +
        `the loss ${format(now.loss)}, the slope ${format(now.slope)}. ${next}`,
    );
  }

  drawControls(epoch, start) {
    const rate = this.get("learning_rate");
    this.which.value = ["weight", "row", "column"].map(this.get).join(" ");
    this.rate.set(rate);
    setNumber(this.startField, start);
    const offered = new Map(this.framed.rates);
    this.presets.forEach((preset, k) => {
      const its = offered.get(WORDS[k]);
      preset.hidden = its === undefined;
      preset.dataset.rate = its;
      preset.setAttribute("aria-pressed", String(its === rate));
    });
    setUsable(this.previous, epoch > 0);
    setUsable(this.next, epoch < LIMITS.most_steps);
  }

  drawBall(found, now) {
    const { chart, framed } = this;
    chart.clear();
    chart.add(svgElement("path", { d: framed.curve, fill: "none", "data-kind": "error" }));
    const recent = found.slice(-RECENT);
    chart.line(
      recent.map(({ value, loss }) => [value, loss]),
      { class: "fs-thin fs-dashed", "data-kind": "weight" },
    );
    for (const { value, loss } of recent.slice(0, -1))
      chart.dot(value, loss, { r: 3.5, "data-kind": "weight" });
    const run = 0.12 * (framed.to - framed.from);
    const tangent = [-run, run].map((by) => [now.value + by, now.loss + by * now.slope]);
    chart.line(tangent, { "data-kind": "gradient" });
    chart.grip(now.value, now.loss, { r: 8, "data-kind": "weight" });
  }

  // Where the next step leads: an arrow as long as η times the slope, and the place under its end.
  drawStep({ value, loss }, after) {
    if (!after) return;
    const { chart } = this;
    const { left, right, bottom } = chart.sides;
    const [y, land] = [loss, after.loss].map((v) => chart.v.to(within(v, chart.y)));
    const [start, end] = [value, after.value].map((v) => chart.h.to(within(v, chart.x)));
    const ahead = Math.sign(end - start);
    const text = `−η · slope = ${format(after.value - value)}`;
    const middle = Math.min(right - WIDE / 2, Math.max(left + WIDE / 2, (start + end) / 2));
    const words = { "data-kind": "weight", "text-anchor": "middle", class: "fs-halo fs-step-text" };
    if (Math.abs(end - start) > 14) {
      const d = `M${start + 9 * ahead} ${y}H${end}m${-8 * ahead} -5l${8 * ahead} 5l${-8 * ahead} 5`;
      chart.add(svgElement("path", { d, fill: "none", "data-kind": "weight", class: "fs-step" }));
    }
    const lowest = Math.min(bottom - 8, Math.max(y, land) + 30);
    chart.add(svgElement("text", { x: middle, y: this.clear(middle, lowest), ...words }, text));
    if (!chart.inside(after.value, after.loss)) return;
    const drop = [
      [after.value, loss],
      [after.value, after.loss],
    ];
    chart.line(drop, { class: "fs-thin fs-dotted", "data-kind": "weight" });
    chart.dot(after.value, after.loss, { r: 6, class: "fs-landing", "data-kind": "weight" });
  }

  // The place for a line of words around x, `wanted` or as near to it as there is one, up or down, where
  // neither the curve nor the tangent runs through it.
  clear(x, wanted) {
    const { chart } = this;
    const { top, bottom } = chart.sides;
    const lines = [...chart.marks.querySelectorAll("[data-kind=error], [data-kind=gradient]")];
    const crossed = lines.flatMap((line) => pointsOf(line.getAttribute("d")));
    const free = (y) =>
      y > top + HIGH &&
      y <= bottom - 8 &&
      !crossed.some(
        ([px, py]) => Math.abs(px - x) < WIDE / 2 && py > y - HIGH && py < y + HIGH / 3,
      );
    const tried = Array.from({ length: 80 }, (_, k) => wanted + (k % 2 ? -2 : 2) * k);
    return tried.find(free) ?? wanted;
  }

  drawUpdate(epoch, { value, loss, slope }) {
    const [name, i, j, rate] = ["weight", "row", "column", "learning_rate"].map(this.get);
    const next = value - rate * slope;
    const apart = digitsApart(value, next);
    const shown = (quantity, number, digits = 4, [r, c] = [i, j]) => {
      const marks = {
        "data-quantity": quantity,
        "data-symbol": quantity,
        "data-kind": QUANTITIES[quantity].kind,
      };
      const place = { row: r, column: c, tag: "strong" };
      return element(
        "span",
        marks,
        shownNumber(number, { ...place, digits, zeros: withZeros(digits) }),
      );
    };
    this.update.replaceChildren(
      term(
        operator(`after ${epoch} step${epoch === 1 ? "" : "s"}: `),
        symbol("E"),
        operator(" = "),
        shown("E", loss, 4, [0, 0]),
      ),
      term(
        symbol(`new_${name}`),
        operator(" = "),
        shown(name, value, apart),
        operator(" − "),
        operator(`${format(rate)} · ${slope < 0 ? "(" : ""}`),
        shown(`dE_d${name}`, slope),
        operator(`${slope < 0 ? ")" : ""} = `),
        shown(`new_${name}`, next, apart),
      ),
    );
  }
}

// Points along a path of straight lines, close to each other.
function pointsOf(d) {
  const corners = d
    .split(/[ML]/)
    .filter(Boolean)
    .map((pair) => pair.split(" ").map(Number));
  return corners.slice(1).flatMap(([x, y], k) =>
    Array.from({ length: 20 }, (_, i) => {
      const [a, b] = corners[k];
      return [a + ((x - a) * i) / 20, b + ((y - b) * i) / 20];
    }),
  );
}

// Every number of the parameters to choose from: ["w1 0 1", "w₁, row 1, column 2"], …
function placesOf(parameters) {
  return PARAMETERS.flatMap((name) =>
    parameters[name].flatMap((line, i) =>
      line.map((_, j) => {
        const several = parameters[name].flat().length > 1;
        return [
          `${name} ${i} ${j}`,
          `${QUANTITIES[name].symbol}${several ? `, row ${i + 1}, column ${j + 1}` : ""}`,
        ];
      }),
    ),
  );
}

export default defineWidget("DescentExplorer", DescentExplorer);
