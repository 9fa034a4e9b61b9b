// StepExplorer: one iteration of training, one operation at a time.
import { predicted, usualDigits } from "./model/answers.js";
import { ACTIVATIONS, PARAMETERS, iteration, randomParameters } from "./model/engine.js";
import { STEPS, checkedSteps } from "./model/links.js";
import { allFinite, deepCopy } from "./model/matrices.js";
import { format, parseNumber } from "./model/numbers.js";
import { LABELS, describe, layers, stopIndex, stopOf } from "./model/quantities.js";
import { thinned } from "./model/scales.js";
import { activeParts, numbersShown } from "./model/stage.js";
import { Timeline, travel } from "./model/timeline.js";
import { labelled, onKeys, setNumber, setWhole, textInput } from "./ui/controls.js";
import { element, row, scrolling, svgElement } from "./ui/elements.js";
import { StateLinks } from "./ui/link_button.js";
import { NetworkPicture } from "./ui/network.js";
import { Steps, pauseForPeople, wantsCalm } from "./ui/play.js";
import { equationLines, formulaLines, shownNumber, stopCode, symbol } from "./ui/quantities.js";
import { defineWidget } from "./ui/widget.js";
import { LIMITS } from "./generated/limits.js";
import { EXAMPLES, STOPS } from "./generated/names.js";

const SPEEDS = [
  [3, "slow"],
  [1.5, "medium"],
  [0.5, "fast"],
];
const COUNT = ["no", "one", "two", "three", "four", "five", "six"];

class StepExplorer {
  static title = "Step explorer";
  static traits = STEPS;

  epochs = null; // the timeline of the present start
  revealed = null; // "epoch step" of a result that predict mode has given away
  shownRow = 0;
  values = null;
  measured = null;
  picture = null;

  // ---- the frame ----

  content() {
    this.compact = this.get("compact");
    this.root.toggleAttribute("data-compact", this.compact);
    this.root.addEventListener("keydown", (event) => this.keys(event));
    this.diagram = element("div", { class: "fs-diagram" });
    this.panel = element("div", { class: "fs-panel" });
    this.equation = scrolling("div", "fs-equation", "The formula with its numbers");
    this.buildWalk();
    this.buildAsked();
    this.buildSettings();
    const { compact, previous, play, next, first, last, reset } = this;
    const walk = compact
      ? [
          previous,
          next,
          reset,
          labelled("picture", this.rowChoice),
          labelled("Predict first", this.predictBox),
        ]
      : [first, previous, play, next, last, reset];
    const more = compact ? [] : [this.epochRow(), this.moreRow()];
    return [
      this.buildMap(),
      element("div", { class: "fs-two" }, this.diagram, this.panel),
      this.equation,
      this.asked,
      this.ui.message,
      row("fs-controls fs-walk", ...walk),
      ...more,
    ];
  }

  buildMap() {
    const group = ([title, stops]) =>
      element(
        "div",
        { class: "fs-group" },
        element("span", { class: "fs-group-title" }, title),
        element(
          "div",
          { class: "fs-stops" },
          stops.map((stop) => this.stops[stopIndex(stop.label)]),
        ),
      );
    this.stops = STOPS.map(({ label, name, title }, i) =>
      this.ui.button(label, () => this.go(i), {
        class: "fs-stop",
        "data-stop": label,
        title: `${name}: ${title}`,
        "aria-label": `${name}: ${title}`,
      }),
    );
    return element(
      "div",
      { class: "fs-timeline", role: "group", "aria-label": "The nineteen stops" },
      layers().map(group),
    );
  }

  buildWalk() {
    const { ui, model } = this;
    this.previous = ui.button("Previous step", () => this.walk(-1));
    this.next = ui.button("Next step", () => this.walk(1), { class: "fs-primary" });
    this.play = ui.button("Play", () => ui.change({ playing: !this.get("playing") }), {
      class: "fs-play",
    });
    this.first = ui.button("First", () => this.go(0));
    this.last = ui.button("Last", () => this.go(LABELS.length - 1));
    this.reset = ui.button("Reset", () => {
      this.revealed = null;
      ui.change({ ...deepCopy(this.start), playing: false });
    });
    this.playing = new Steps(
      model,
      this.play,
      () => this.walk(1),
      () => 1000 * this.get("speed"),
    );
    const onchange = () => {
      this.shownRow = Number(this.rowChoice.value);
      this.draw();
    };
    this.rowChoice = element("select", { "aria-label": "Example in the picture", onchange });
    this.predictBox = element("input", {
      type: "checkbox",
      onchange: () => {
        ui.act();
        ui.change({ predict: this.predictBox.checked });
      },
    });
  }

  buildAsked() {
    const { ui } = this;
    const onkeydown = (event) => {
      if (event.key !== "Enter") return;
      // the focus may move to a button, which must not take this key for its own
      event.preventDefault();
      this.check();
    };
    this.guess = textInput("Your prediction", { class: "fs-short", onkeydown });
    this.checking = [
      this.guess,
      ui.button("Check", () => this.check()),
      ui.button("Reveal", () => this.reveal()),
    ];
    this.question = element("span", { class: "fs-question" });
    this.verdict = element("span", { class: "fs-verdict", role: "status" });
    this.asked = row("fs-ask", this.question, ...this.checking, this.verdict);
  }

  buildSettings() {
    const { ui } = this;
    const functions = Object.keys(ACTIVATIONS);
    const activation = (role) =>
      ui.choice(`${role} activation`, functions, (name) => this.restart({ [role]: name }));
    this.roles = { hidden: activation("hidden"), output: activation("output") };
    this.speed = element(
      "select",
      { "aria-label": "speed", onchange: () => ui.change({ speed: Number(this.speed.value) }) },
      SPEEDS.map(([value, text]) => element("option", { value }, text)),
    );
    this.data = element("select", {
      "aria-label": "examples",
      onchange: () => {
        ui.act();
        const name = this.data.value;
        if (EXAMPLES[name])
          ui.complain(this.restart({ examples: { name, ...deepCopy(EXAMPLES[name]) } }));
      },
    });
    this.seed = ui.wholeField("Seed", { value: "1" });
    this.links = new StateLinks(this.model, ui, {
      name: "StepExplorer",
      page: "book/index.html",
      state: () => this.state(),
      apply: (raw) => this.applyLink(raw),
    });
  }

  epochRow() {
    const { ui } = this;
    const { last_epoch } = LIMITS;
    this.epochField = ui.field("Epoch", { class: "fs-short" }, (value) =>
      Number.isInteger(value) && value >= 0 && value <= last_epoch
        ? this.goToEpoch(value)
        : `expected a whole number from 0 to ${last_epoch}`,
    );
    const by = (k, text, name) =>
      ui.button(text, () => ui.complain(this.goToEpoch(this.get("epoch") + k)), {
        "aria-label": name,
      });
    this.epochBack = by(-1, "‹", "Previous epoch");
    const epochs = element(
      "span",
      { class: "fs-row fs-tight" },
      this.epochBack,
      this.epochField,
      by(1, "›", "Next epoch"),
    );
    this.loss = element("output", {
      class: "fs-loss",
      "data-quantity": "E",
      "data-symbol": "E",
      "data-kind": "error",
    });
    const label = "The loss of every epoch so far, as a curve";
    this.curve = svgElement("svg", {
      class: "fs-curve",
      viewBox: "0 0 100 28",
      role: "img",
      "aria-label": label,
    });
    this.rateField = ui.field("Learning rate η", { class: "fs-short" }, (value) =>
      value >= 0 ? this.restart({ learning_rate: value }) : "expected a number ≥ 0",
    );
    return row(
      "fs-controls",
      labelled("epoch", epochs),
      this.loss,
      this.curve,
      labelled("η", this.rateField),
      labelled("Predict first", this.predictBox),
    );
  }

  moreRow() {
    const random = this.ui.button("Random start", () => {
      const seed = this.seed.read();
      if (seed === null) return;
      const { w1, w2 } = this.get("parameters");
      this.ui.complain(
        this.restart({
          parameters: randomParameters(seed, w1[0].length, w1.length, w2[0].length),
          epoch: 0,
        }),
      );
    });
    return element(
      "details",
      { class: "fs-more" },
      element("summary", {}, "More"),
      row(
        "",
        labelled("picture", this.rowChoice),
        labelled("examples", this.data),
        labelled("hidden", this.roles.hidden),
        labelled("output", this.roles.output),
        labelled("seed", this.seed.input),
        random,
        labelled("speed", this.speed),
        this.links.button,
        this.links.field,
      ),
    );
  }

  // ---- the state ----

  state() {
    return Object.fromEntries(StepExplorer.traits.map((name) => [name, this.get(name)]));
  }

  functions() {
    return { hidden: this.get("hidden"), output: this.get("output") };
  }

  timeline({ parameters, examples, learning_rate, hidden, output } = this.state()) {
    return new Timeline(parameters, examples, learning_rate, { hidden, output });
  }

  // Other numbers, checked by computing with them; gives what is wrong, or null. The epoch is kept
  // where it can be reached at once.
  restart(traits) {
    const tried = { ...this.state(), ...traits };
    const {
      hidden,
      output,
      learning_rate,
      examples: { x, y },
    } = tried;
    try {
      if (!allFinite(iteration(x, y, tried.parameters, learning_rate, { hidden, output }))) {
        return "with this the numbers grow beyond what a computer can hold";
      }
    } catch (error) {
      return error.message;
    }
    this.revealed = null;
    const run = this.timeline(tried);
    const reachable = tried.epoch > 0 && !run.far(tried.epoch) && allFinite(run.at(tried.epoch));
    this.ui.change(reachable ? traits : { ...traits, epoch: 0 });
    return null;
  }

  // A link's state, checked; a far epoch is walked to, and where that fails everything is as it
  // was.
  applyLink(raw) {
    const before = this.state();
    const linked = checkedSteps(raw);
    const run = this.timeline(linked);
    const arrive = () => {
      this.ui.change({ ...linked, playing: false });
      this.epochs = run;
    };
    const problem = this.travel(run, linked.epoch, arrive, (text) => {
      this.ui.change(before);
      this.links.refuse(text);
    });
    if (problem) throw new Error(problem);
  }

  // One number of the network on show, edited: from here on this is the start, epoch 0.
  edit(name, i, j) {
    return (value) => {
      if (name === "x" || name === "y") {
        const examples = deepCopy(this.get("examples"));
        examples[name][i ?? this.shownRow][j] = value;
        const same = ([, { x, y }]) =>
          JSON.stringify([x, y]) === JSON.stringify([examples.x, examples.y]);
        examples.name = Object.entries(EXAMPLES).find(same)?.[0] ?? "own";
        return this.restart({ examples });
      }
      const parameters = deepCopy(Object.fromEntries(PARAMETERS.map((p) => [p, this.values[p]])));
      parameters[name][i][j] = value;
      return this.restart({ parameters, epoch: 0 });
    };
  }

  // ---- going ----

  go(index) {
    this.ui.change({ step: LABELS[index] });
  }

  walk(by) {
    const index = stopIndex(this.get("step")) + by;
    const epoch = this.get("epoch");
    if (index >= 0 && index < LABELS.length) {
      this.go(index);
      return;
    }
    if (index < 0 && epoch === 0) return;
    const problem = this.goToEpoch(epoch + by, LABELS[(index + LABELS.length) % LABELS.length]);
    if (!problem) return;
    this.stopPlaying();
    this.ui.complain(problem);
  }

  // Gives what is in the way, or null.
  goToEpoch(epoch, step = this.get("step")) {
    const arrive = () => this.ui.change({ epoch, step });
    this.epochs ??= this.timeline();
    return this.travel(this.epochs, epoch, arrive, (text) => this.ui.complain(text));
  }

  travel(run, epoch, arrive, blocked) {
    this.goal = { run, epoch }; // the last wish counts
    const goal = this.goal,
      start = this.epochs;
    return travel(run, epoch, {
      alive: () => this.goal === goal && this.epochs === start && this.root.isConnected,
      progress: (reached) => this.ui.say(`Training: epoch ${reached} of ${epoch} …`),
      arrive,
      blocked,
    });
  }

  keys(event) {
    const { equation } = this;
    const scrolls =
      event.target === equation &&
      event.key.startsWith("Arrow") &&
      equation.scrollWidth > equation.clientWidth;
    if (!scrolls) this.walkKeys(event);
  }

  stopPlaying() {
    if (this.get("playing")) this.ui.change({ playing: false });
  }

  // ---- predicting ----

  place() {
    return `${this.get("epoch")} ${this.get("step")}`;
  }

  isHidden() {
    return this.get("predict") && this.revealed !== this.place();
  }

  stop() {
    return STOPS[stopIndex(this.get("step"))];
  }

  secret(name) {
    return this.isHidden() && this.stop().outputs.includes(name);
  }

  check() {
    this.ui.act();
    if (!this.isHidden()) return;
    const { value, error } = parseNumber(this.guess.value);
    const [name] = this.stop().outputs.slice(-1);
    const right = [this.values[name]].flat(2)[0];
    const said = error ? null : predicted(value, right, usualDigits(name));
    if (said === "right") this.reveal();
    this.verdict.textContent = error
      ? `Your prediction: ${error}.`
      : {
          right: `Right: ${format(right)}.`,
          sign: "The size is right, the sign is not.",
          wrong: "Not yet. Try again, or reveal it.",
        }[said];
  }

  reveal() {
    this.revealed = this.place();
    this.ui.act();
    this.draw();
    if (!this.compact) this.next.focus();
  }

  // ---- drawing ----

  draw() {
    const { step, epoch, examples, learning_rate: rate } = this.state();
    this.epochs ??= this.timeline();
    this.values = iteration(examples.x, examples.y, this.epochs.at(epoch), rate, this.functions());
    this.shownRow = Math.min(this.shownRow, examples.x.length - 1);
    const stop = this.stop();
    Object.assign(this.root.dataset, { step, epoch });
    this.drawMap(stopIndex(step));
    this.drawPicture(stop, stopIndex(step));
    this.panel.replaceChildren(...this.panelContent(stop));
    this.equation.replaceChildren(
      ...equationLines(stop, this.functions(), this.values, (name) => this.secret(name)),
    );
    this.drawAsked(stop);
    this.drawChoices(examples);
    if (!this.compact) this.drawSettings(epoch, examples);
    this.keepHeights();
    const results = stop.outputs
      .map((name) => describe(name, this.values[name], this.isHidden()))
      .join(". ");
    if (!this.get("playing"))
      this.ui.announce(`${stop.name}, epoch ${epoch}: ${stop.title}. ${results}.`);
  }

  drawMap(index) {
    this.stops.forEach((node, i) => {
      node.toggleAttribute("data-done", i < index);
      if (i === index) node.setAttribute("aria-current", "step");
      else node.removeAttribute("aria-current");
    });
    this.previous.disabled = index === 0 && this.get("epoch") === 0;
  }

  drawPicture(stop, index) {
    const { w1, w2 } = this.values;
    const sizes = [w1.length, w1[0].length, w2[0].length];
    if (this.picture?.key !== sizes.join(" ")) {
      const field = (...given) => this.ui.field(...given);
      this.picture = new NetworkPicture(...sizes, field, (...place) => this.edit(...place));
      this.diagram.replaceChildren(this.picture.svg, this.picture.overlay);
      this.diagram.style.aspectRatio = `450 / ${this.picture.height}`;
    }
    this.picture.setNumbers(this.values, this.shownRow);
    this.picture.setActive(activeParts(stop));
    this.picture.setShown(
      numbersShown(index, this.values, this.shownRow, (name) => this.secret(name)),
      stop.label === "E",
    );
  }

  panelContent(stop) {
    const functions = this.functions();
    return [
      element("p", { class: "fs-title" }, element("strong", {}, stop.name), ` · ${stop.title}`),
      element("div", { class: "fs-formulas" }, formulaLines(stop, functions)),
      element("p", { class: "fs-words" }, stop.words),
      stopCode(stop, functions),
    ];
  }

  drawAsked(stop) {
    const asking = this.isHidden();
    this.predictBox.checked = this.get("predict");
    this.asked.hidden = !this.get("predict");
    for (const node of this.checking) node.disabled = !asking;
    const wanted = `${this.place()} ${asking}`;
    if (this.asked.dataset.place === wanted) return;
    this.asked.dataset.place = wanted;
    const [name] = stop.outputs.slice(-1);
    const several = Array.isArray(this.values[name]) && this.values[name].flat().length > 1;
    this.question.replaceChildren(
      "What will ",
      symbol(name),
      several ? " be, in its first row and column," : " be,",
      ` to ${COUNT[usualDigits(name)]} significant digits?`,
    );
    if (asking) {
      this.guess.value = "";
      this.verdict.textContent = "";
    }
  }

  drawChoices({ x }) {
    const option = (_, i) =>
      element("option", { value: i, selected: i === this.shownRow }, `example ${i + 1}`);
    this.rowChoice.replaceChildren(...x.map(option));
  }

  drawSettings(epoch, examples) {
    this.epochBack.disabled = epoch === 0;
    setWhole(this.epochField, epoch);
    setNumber(this.rateField, this.get("learning_rate"));
    const slowest = SPEEDS.map(([seconds]) => seconds).find(
      (seconds) => seconds <= this.get("speed"),
    );
    this.speed.value = String(slowest ?? SPEEDS[SPEEDS.length - 1][0]);
    for (const [role, choice] of Object.entries(this.roles)) choice.value = this.get(role);
    const known = [...Object.keys(EXAMPLES), ...(EXAMPLES[examples.name] ? [] : [examples.name])];
    const words = (name) => (EXAMPLES[name]?.x.length === 4 ? `${name}, four rows` : name);
    this.data.replaceChildren(
      ...known.map((name) =>
        element("option", { value: name, selected: name === examples.name }, words(name)),
      ),
    );
    const index = stopIndex(this.get("step"));
    // not given away before it is asked for
    const hidden = this.get("predict") && (index < stopOf("E") || this.secret("E"));
    this.loss.replaceChildren("E = ", shownNumber(this.values.E, { hidden }));
    this.links.fresh();
    this.drawCurve(epoch);
  }

  drawCurve(epoch) {
    const losses = [...this.epochs.losses.slice(0, epoch), this.values.E];
    const top = Math.max(...losses.slice(0, 20000), 1e-12);
    const picked = thinned(losses, 60);
    const across = (i) => (picked.length > 1 ? (94 * i) / (picked.length - 1) : 94) + 3;
    const points = picked.map(([, loss], i) => [across(i), (25 - 22 * (loss / top)).toFixed(1)]);
    const [cx, cy] = points[points.length - 1];
    this.curve.replaceChildren(
      svgElement("polyline", {
        points: points.map((p) => p.join(",")).join(" "),
        class: "fs-curve-line",
      }),
      svgElement("circle", { cx, cy, r: 2.2, class: "fs-curve-end" }),
    );
  }

  // No jumps: the formula, its words and its numbers take as much room at every stop as the largest
  // needs.
  keepHeights() {
    const { root, panel, equation, values } = this;
    const functions = this.functions();
    const width = root.clientWidth;
    const key = JSON.stringify([
      width,
      values.x.length,
      values.w1[0].length,
      values.w2[0].length,
      functions,
    ]);
    if (!width || this.measured === key) return;
    this.measured = key;
    const contents = [
      [panel, (stop) => this.panelContent(stop)],
      [equation, (stop) => equationLines(stop, functions, values, () => false)],
    ];
    for (const [node, content] of contents) {
      const probes = STOPS.map((stop) =>
        element("div", { class: `${node.className} fs-probe` }, content(stop)),
      );
      node.style.minHeight = "";
      node.append(...probes);
      const tallest = Math.max(...probes.map((probe) => probe.getBoundingClientRect().height));
      probes.forEach((probe) => probe.remove());
      node.style.minHeight = `${Math.ceil(tallest)}px`;
    }
  }

  // ---- start and end ----

  listeners() {
    const forget = () => {
      this.epochs = null;
      this.measured = null;
    };
    const follow = () => this.playing.follow();
    return [
      ...["parameters", "examples", "learning_rate", "hidden", "output"].map((name) => [
        name,
        forget,
      ]),
      ["playing", follow],
      ["speed", follow],
    ];
  }

  ready() {
    this.walkKeys = onKeys(this.ui, {
      ArrowRight: () => this.walk(1),
      PageDown: () => this.walk(1),
      ArrowLeft: () => this.walk(-1),
      PageUp: () => this.walk(-1),
      Home: () => this.go(0),
      End: () => this.go(LABELS.length - 1),
    });
    this.resize = new ResizeObserver(() => this.keepHeights());
    this.resize.observe(this.root);
    if (this.model.key) this.links.follow();
    if (this.get("playing") && wantsCalm()) this.stopPlaying();
    // Whoever acts takes over from a widget that plays by itself.
    this.root.addEventListener("pointerdown", (event) => {
      if (!this.play.contains(event.target)) this.stopPlaying();
    });
    pauseForPeople(this.root, this.play, () => this.stopPlaying());
    this.playing.follow();
  }

  end() {
    this.playing.end();
    this.resize.disconnect();
    this.links.end();
  }
}

export default defineWidget("StepExplorer", StepExplorer);
