// OptimizerRace: balls on the same loss, each moved by an optimizer of its own.
import { deepCopy } from "./model/matrices.js";
import { format } from "./model/numbers.js";
import { NAMES } from "./model/optimizers.js";
import { PLACES, RACE, apart, checkedRace, heights, race, ranking } from "./model/race.js";
import { within } from "./model/scales.js";
import { contour } from "./model/surface.js";
import { bar, labelled, setNumber } from "./ui/controls.js";
import { element, row, scrolling, setUsable, svgElement } from "./ui/elements.js";
import { Walk, Walked } from "./ui/play.js";
import { Plot } from "./ui/plot.js";
import { shownNumber } from "./ui/quantities.js";
import { defineWidget } from "./ui/widget.js";
import { LIMITS } from "./generated/limits.js";
import { GATES, QUANTITIES } from "./generated/names.js";
import { REACH } from "./generated/optimizers.js";

// Who races: how they are called, the letter on the ball, and the colour and stroke of the trail.
const BALLS = {
  descent: { title: "plain descent", letter: "D", kind: "error", dash: null },
  momentum: { title: "momentum", letter: "M", kind: "activation", dash: "7 3" },
  nesterov: { title: "Nesterov", letter: "N", kind: "input", dash: "2 3" },
  rmsprop: { title: "RMSProp", letter: "R", kind: "bias", dash: "9 3 2 3" },
  adam: { title: "Adam", letter: "A", kind: "weight", dash: "4 2" },
};
const SURFACES = [
  ["valley", "a long valley"],
  ["network", "two numbers of the network"],
];
const STARTS = { valley: [[-8, 1.5]], network: [[0.4, -0.3]] };
const LARGEST = 1000; // learning rate
const TICK = 260; // milliseconds a step while it plays
const GRID = 61;
const BALL = 11; // its radius in the drawing
const LEVELS = 10;

class OptimizerRace extends Walked {
  static title = "Optimizer race";
  static page = "book/beyond/faster_descent.html";
  static checked = checkedRace;
  static traits = RACE;

  framed = null; // what the present map was made for

  content() {
    const { ui } = this;
    this.buildChoices();
    this.buildTable();
    this.previous = ui.button("Previous step", () => this.go(this.get("epoch") - 1));
    this.next = ui.button("Next step", () => this.go(this.get("epoch") + 1));
    this.playing = new Walk(this, TICK);
    this.reset = ui.button("Reset", () => ui.change({ ...deepCopy(this.start), playing: false }));
    this.picture = element("div", {});
    this.step = element("span", { class: "fs-note" });
    return [
      row(
        "fs-setup",
        labelled("surface", this.surface),
        this.ofNetwork,
        ...this.startFields.map((field, k) =>
          labelled(k ? "start, vertical" : "start, horizontal", field),
        ),
      ),
      element("div", { class: "fs-track" }, this.picture, this.table),
      bar(
        {
          back: this.previous,
          play: this.playing.button,
          next: this.next,
          reset: this.reset,
        },
        this.step,
      ),
    ];
  }

  buildChoices() {
    const { ui } = this;
    this.surface = ui.choice("surface", SURFACES, (surface) =>
      this.restart({ surface, start: deepCopy(STARTS[surface]) }),
    );
    this.gate = ui.choice("gate", Object.keys(GATES), (gate) => this.restart({ gate }));
    const places = PLACES.map((place) => [place, placeText(place)]);
    const axis = (label, name, other) =>
      ui.choice(label, places, (place) => {
        if (place === this.get(other))
          return "Horizontal and vertical have to be two different numbers";
        this.restart({ [name]: place });
        return null;
      });
    this.first = axis("horizontal", "first", "second");
    this.second = axis("vertical", "second", "first");
    this.ofNetwork = element(
      "span",
      { class: "fs-row" },
      labelled("gate", this.gate),
      labelled("horizontal", this.first),
      labelled("vertical", this.second),
    );
    const field = (label, k) =>
      ui.field(label, { class: "fs-short" }, (value) => {
        const most = REACH[this.get("surface")][k];
        if (Math.abs(value) > most) return `expected a number from −${most} to ${most}`;
        const [place] = deepCopy(this.get("start"));
        place[k] = value;
        this.restart({ start: [place] });
        return null;
      });
    this.startFields = [field("Start, horizontal", 0), field("Start, vertical", 1)];
  }

  buildTable() {
    const { ui } = this;
    this.rows = NAMES.map((name) => {
      const { title, letter, kind } = BALLS[name];
      const box = element("input", {
        type: "checkbox",
        "aria-label": `${title} races`,
        onchange: () => {
          ui.act();
          const said = `${title}: ${box.checked ? "in the race" : "out of the race"}`;
          ui.settle(this.toggle(name, box.checked), said);
        },
      });
      const field = ui.field(`η of ${title}`, { class: "fs-short" }, (value) => {
        if (value < 0 || value > LARGEST) return `expected a number from 0 to ${LARGEST}`;
        this.restart({ rates: { ...this.get("rates"), [name]: value } });
        return null;
      });
      const loss = element("td", { "data-quantity": "E", "data-kind": "error" });
      const where = element("td", { class: "fs-where" });
      const ball = element("span", { class: "fs-ball", "aria-hidden": "true" }, letter);
      const head = element("label", { "data-kind": kind }, box, ball, element("span", {}, title));
      const line = element(
        "tr",
        { "data-optimizer": name },
        element("th", { scope: "row" }, head),
        element("td", {}, field),
        loss,
        where,
      );
      return { name, box, field, loss, where, line };
    });
    const head = ["", "η", "loss E", "place"].map((text) =>
      text
        ? element("th", { scope: "col" }, text)
        : element("th", { scope: "col" }, element("span", { class: "fs-visually-hidden" }, "who")),
    );
    this.table = scrolling("div", "fs-scroll", "Who races, and how far they are");
    this.table.append(
      element(
        "table",
        { class: "fs-table" },
        element("thead", {}, element("tr", {}, head)),
        element(
          "tbody",
          {},
          this.rows.map(({ line }) => line),
        ),
      ),
    );
  }

  toggle(name, on) {
    const racing = NAMES.filter((one) => (one === name ? on : this.get("racing").includes(one)));
    if (!racing.length) return "At least one has to race";
    this.ui.change({ racing });
    return null;
  }

  restart(traits) {
    this.ui.change({ ...traits, epoch: 0, playing: false });
  }

  state() {
    return Object.fromEntries(RACE.map((name) => [name, this.get(name)]));
  }

  go(epoch) {
    if (epoch >= 0 && epoch <= LIMITS.most_steps) this.ui.change({ epoch });
    else if (this.get("playing")) this.ui.change({ playing: false });
  }

  walk(by) {
    this.go(this.get("epoch") + by);
  }

  over() {
    return this.get("epoch") >= LIMITS.most_steps;
  }

  // ---- drawing ----

  draw() {
    const epoch = this.get("epoch");
    this.paths = race(this.state(), epoch);
    this.root.dataset.epoch = epoch;
    this.frame();
    this.drawControls(epoch);
    this.drawBalls(epoch);
    this.drawTable(epoch);
    if (!this.get("playing") || epoch % 10 === 0) this.ui.announce(this.said(epoch));
  }

  said(epoch) {
    const after = `After ${epoch} step${epoch === 1 ? "" : "s"}`;
    if (epoch === 0) {
      const height = format(this.paths[0][1][0].loss);
      return `Before the first step all balls stand at the same place, with a loss of ${height}.`;
    }
    const found = Object.fromEntries(this.paths);
    const told = ranking(this.paths, epoch).map((name) => {
      const there = found[name][epoch];
      const height = there ? format(there.loss) : "beyond all numbers";
      return `${BALLS[name].title} ${height}`;
    });
    const gone = this.paths.filter(([, all]) => !all[epoch] || this.beyondMap(all[epoch].place));
    const names = gone.map(([name]) => BALLS[name].title).join(", ");
    const left = gone.length ? ` Beyond the map: ${names}.` : "";
    return `${after} the losses are, the lowest first: ${told.join(", ")}.${left}`;
  }

  // A new map where the surface is another one.
  frame() {
    const state = this.state();
    const key = JSON.stringify(["surface", "gate", "first", "second"].map(this.get));
    if (this.framed?.key === key) return;
    const [right, top] = REACH[state.surface];
    const network = state.surface === "network";
    this.chart = new Plot({
      width: 440,
      height: 380,
      margin: [14, 14, 48, 66],
      x: { from: -right, to: right, label: network ? placeText(state.first) : "p₁, along" },
      y: { from: -top, to: top, label: network ? placeText(state.second) : "p₂, across" },
      label:
        "A map of the loss over two numbers, with lines of equal height, and a ball on it for each " +
        "optimizer, with its trail.",
    });
    const { left, right: end, top: high, bottom } = this.chart.sides;
    const { grid, levels } = heights(state, GRID, LEVELS);
    const side = 100;
    const squeezed = `translate(${left} ${high}) scale(${(end - left) / side} ${(bottom - high) / side})`;
    const lines = levels.map((level) =>
      svgElement("path", {
        d: contour(grid, GRID, level, side),
        class: "fs-contour",
        fill: "none",
        "vector-effect": "non-scaling-stroke",
      }),
    );
    this.map = svgElement("g", { transform: squeezed }, lines);
    this.framed = { key };
    this.chart.onDrag((place) => {
      this.ui.act();
      const limits = REACH[this.get("surface")];
      const fit = (value, most) => within(Math.round(value * 10) / 10, { from: -most, to: most });
      this.restart({ start: [place.map((value, k) => fit(value, limits[k]))] });
    });
    this.picture.replaceChildren(this.chart.svg);
  }

  drawControls(epoch) {
    const network = this.get("surface") === "network";
    this.surface.value = this.get("surface");
    this.ofNetwork.hidden = !network;
    for (const name of ["gate", "first", "second"]) this[name].value = this.get(name);
    const [place] = this.get("start");
    this.startFields.forEach((field, k) => setNumber(field, place[k]));
    setUsable(this.previous, epoch > 0);
    setUsable(this.next, epoch < LIMITS.most_steps);
    const gone = this.paths.filter(([, all]) => all[epoch] && this.beyondMap(all[epoch].place));
    const left = gone.map(([name]) => BALLS[name].letter).join(", ");
    this.step.textContent = `step ${epoch} of ${LIMITS.most_steps}${left ? `; beyond the map: ${left}` : ""}`;
  }

  drawBalls(epoch) {
    const { chart } = this;
    chart.clear();
    chart.add(this.map);
    const [start] = this.get("start");
    for (const [name, found] of this.paths) {
      const { kind, dash } = BALLS[name];
      chart.line(
        found.map(({ place }) => place),
        { class: "fs-trail", "data-kind": kind, "stroke-dasharray": dash },
      );
    }
    chart.grip(...start, { r: 5, class: "fs-start" });
    if (epoch === 0) return; // all of them are at the start
    const there = this.paths.filter(([, found]) => found[epoch]);
    const places = there.map(([, found]) => {
      const [u, v] = found[epoch].place;
      return [chart.h.to(within(u, chart.x)), chart.v.to(within(v, chart.y))];
    });
    const drawn = apart(places, 2 * BALL + 1);
    drawn.forEach((place, k) => {
      const [name, found] = there[k];
      this.drawBall(name, place, this.beyondMap(found[epoch].place));
    });
    there.forEach(([name], k) => this.drawTie(name, places[k], drawn[k]));
  }

  beyondMap([u, v]) {
    const { x, y } = this.chart;
    return u < x.from || u > x.to || v < y.from || v > y.to;
  }

  // Where others are in its way, a ball stands beside its place; a small dot is there, and a line from it
  // to the ball.
  drawTie(name, [x, y], [cx, cy]) {
    if (Math.hypot(cx - x, cy - y) <= 2) return;
    const { chart } = this;
    const { kind } = BALLS[name];
    const tie = { d: `M${x} ${y}L${cx} ${cy}`, class: "fs-tie", "data-kind": kind };
    const dot = { cx: x, cy: y, r: 3.5, class: "fs-place", "data-kind": kind, "data-of": name };
    chart.add(svgElement("path", tie), svgElement("circle", dot));
  }

  // Hollow, a ball is beyond the map, and stands where it left it.
  drawBall(name, [cx, cy], out) {
    const { chart } = this;
    const { kind, letter } = BALLS[name];
    const ball = { cx, cy, r: BALL, "data-kind": kind, class: "fs-ball-dot", "data-ball": name };
    const text = { x: cx, y: cy + 5, class: "fs-ball-letter", "data-kind": kind };
    const gone = out ? { "data-out": "" } : {};
    chart.add(svgElement("circle", { ...ball, ...gone }));
    chart.add(svgElement("text", { ...text, ...gone }, letter));
  }

  drawTable(epoch) {
    const found = Object.fromEntries(this.paths);
    const network = this.get("surface") === "network";
    for (const { name, box, field, loss, where, line } of this.rows) {
      box.checked = this.get("racing").includes(name);
      setNumber(field, this.get("rates")[name]);
      const there = found[name]?.[epoch];
      line.toggleAttribute("data-out", !there);
      const empty = box.checked ? "∞" : "–";
      loss.replaceChildren(there ? shownNumber(there.loss, { tag: "strong" }) : empty);
      const numbers = ["first", "second"].map((axis, k) => {
        const [quantity, i, j] = network ? this.get(axis).split(" ") : ["uv"[k], 0, 0];
        const number = shownNumber(there?.place[k] ?? 0, { row: i, column: j, digits: 3 });
        return element("span", { "data-quantity": quantity }, number);
      });
      where.replaceChildren(...(there ? [numbers[0], ", ", numbers[1]] : ["–"]));
    }
  }
}

// What moves, in words: "w₂, row 1, column 1".
function placeText(place) {
  const [name, i, j] = place.split(" ");
  const { symbol, shape } = QUANTITIES[name];
  const alone = shape.every((size) => size === 1 || size === "m");
  return alone ? symbol : `${symbol}, row ${Number(i) + 1}, column ${Number(j) + 1}`;
}

export default defineWidget("OptimizerRace", OptimizerRace);
