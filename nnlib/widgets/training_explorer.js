// TrainingExplorer: watch a network learn a gate: its weights, its boundaries, its loss, all four
// outputs.
import { ACTIVATIONS } from "./model/activations.js";
import { trainer } from "./model/engine.js";
import { PARAMETERS, iteration, randomParameters } from "./model/operations.js";
import { TRAINING } from "./model/entries.js";
import { allFinite, deepCopy } from "./model/matrices.js";
import { format } from "./model/numbers.js";
import { answersTold, placeInNetwork, stopOf } from "./model/quantities.js";
import { standstill } from "./model/standstill.js";
import { Timeline, travel } from "./model/timeline.js";
import { bar, labelled, onKeys, setNumber, setWhole } from "./ui/controls.js";
import { NARROW, element, onTheme, renew, row, setUsable } from "./ui/elements.js";
import { StateLinks } from "./ui/link_button.js";
import { Neurons } from "./ui/neurons.js";
import { CAPTION, Overview } from "./ui/overview.js";
import { Frames, hush, pauseForPeople, stopPlaying } from "./ui/play.js";
import { shownNumber, symbol } from "./ui/quantities.js";
import { Stage } from "./ui/stage.js";
import { defineWidget } from "./ui/widget.js";
import { LIMITS } from "./generated/limits.js";
import { GATES, QUANTITIES } from "./generated/names.js";

const SPEED = "speed (epochs a frame)";
const SPEEDS = ["1", "5", "25", "100"];
// milliseconds between two epochs that a notebook's kernel is told of while it plays
const SAVE = 250;
const TELL = 5000; // milliseconds from one sentence to the next, while it plays

class TrainingExplorer {
  static title = "Training explorer";
  static traits = TRAINING;

  run = null; // the timeline of the present start
  farthest = 0; // the epoch that scrubbing may go back from
  shownRow = 0;
  fields = null;
  saved = 0;
  told = 0;

  // ---- the frame ----

  content() {
    this.buildChoices();
    this.buildWalk();
    this.buildLinks();
    this.stage = new Stage({
      field: (...given) => this.ui.field(...given),
      edit: (...place) => this.edit(...place),
      fold: () => this.draw(),
    });
    this.neuronMarks = new Neurons(this.root, this.stage, (sentence) => {
      if (!this.get("playing")) this.ui.announce(sentence);
    });
    this.overview = new Overview({ numbered: true, scale: this.logarithmic.root });
    this.weights = element("div", { class: "fs-weights" });
    this.details = element(
      "details",
      {},
      element("summary", {}, "All the weights and biases, to read and to change"),
      this.weights,
    );
    this.stuck = element("p", { class: "fs-stuck" });
    const ofNetwork =
      "Dashed edge: a negative weight. The network shows one example, E adds up all of them.";
    const caption = `${CAPTION} ${ofNetwork}`;
    this.setup = row(
      "fs-setup",
      labelled("gate", this.gate),
      labelled("hidden neurons", this.neurons),
      labelled("activation", this.hidden),
      labelled("seed", this.seed.input),
      this.ui.button("Random start", () => this.fromSeed()),
      this.rate.root,
      this.oneAtATime.root,
    );
    this.diagram = element("div", { class: "fs-diagram" }, this.stage.root, this.neuronMarks.told);
    this.scene = element("div", { class: "fs-scene" }, this.diagram, this.overview.root);
    this.times = row(
      "",
      labelled("epoch", this.epochField),
      this.scrub,
      labelled(SPEED, this.speed),
      labelled("example", this.rowChoice),
    );
    this.note = element("p", { class: "fs-note" }, caption);
    const { back, play, reset } = this;
    const [next, ...farther] = this.on;
    const buttons = bar({ back, play, next, farther, reset }, this.loss);
    buttons.prepend(this.ui.message); // on a phone they are always in sight
    return [
      this.setup,
      this.scene,
      buttons,
      this.times,
      this.stuck,
      this.note,
      row("", this.links.button, this.handOver, this.links.field),
      this.details,
    ];
  }

  // On a narrow screen network, plane, answers, curve and buttons are in sight together, and what is
  // told and chosen stands below; for the eye and for the Tab key alike.
  place() {
    const narrow = this.root.clientWidth < NARROW;
    const next = narrow ? this.note : this.scene;
    if (this.setup.nextElementSibling === next) return;
    next.before(this.setup);
    (narrow ? this.scene : this.diagram).append(this.neuronMarks.told);
    (narrow ? this.times : this.overview.curve).append(this.logarithmic.root);
  }

  buildChoices() {
    const { ui } = this;
    const counts = Array.from({ length: LIMITS.most_neurons }, (_, i) => String(i + 1));
    this.gate = ui.choice("gate", Object.keys(GATES), (gate) => this.restart({ gate }));
    this.neurons = ui.choice("hidden neurons", counts, (text) =>
      this.restart({ neurons: Number(text), parameters: null }),
    );
    this.hidden = ui.choice("hidden activation", Object.keys(ACTIVATIONS), (hidden) =>
      this.restart({ hidden }),
    );
    this.rate = ui.rate({ min: 0.001 }, (learning_rate) => this.restart({ learning_rate }));
    this.seed = ui.seedField({
      onkeydown: (event) => {
        if (event.key === "Enter") this.fromSeed();
      },
    });
    this.oneAtATime = ui.tick("One example at a time", (one_at_a_time) =>
      this.restart({ one_at_a_time }),
    );
    this.logarithmic = ui.tick("loss on a logarithmic scale", (on) =>
      ui.change({ logarithmic: on }),
    );
  }

  buildWalk() {
    const { ui } = this;
    const { last_epoch } = LIMITS;
    this.play = ui.button("Play", () => ui.change({ playing: !this.get("playing") }), {
      class: "fs-play",
    });
    this.playing = new Frames(this.model, this.play, (now) => this.playFrame(now));
    this.speed = ui.choice(SPEED, SPEEDS, () => {});
    this.speed.value = "5";
    const by = (k, text, attributes) =>
      ui.button(text, () => this.pauseAndGo(this.get("epoch") + k), attributes);
    this.on = [by(1, "1 epoch"), by(10, "10 epochs"), by(100, "100 epochs")];
    this.back = by(-1, "‹", { "aria-label": "Previous epoch" });
    this.epochField = ui.field("Epoch", { class: "fs-short" }, (value) =>
      Number.isInteger(value) && value >= 0 && value <= last_epoch
        ? this.goTo(value)
        : `expected a whole number from 0 to ${last_epoch}`,
    );
    const oninput = () => {
      ui.act();
      this.pauseAndGo(Number(this.scrub.value));
    };
    this.scrub = element("input", {
      type: "range",
      min: 0,
      max: 1,
      value: 0,
      "aria-label": "Scrub through the epochs",
      oninput,
    });
    this.reset = ui.button("Reset", () => {
      this.farthest = 0; // what comes is anybody's guess again
      ui.change({ ...deepCopy(this.start), playing: false });
    });
    this.rowChoice = element("select", {
      "aria-label": "Example in the picture",
      onchange: () => {
        this.shownRow = Number(this.rowChoice.value);
        ui.act();
        ui.news = `The picture shows example ${this.rowChoice.selectedOptions[0].text}. `;
        this.draw();
      },
    });
    this.loss = element("span", {
      class: "fs-loss",
      "data-quantity": "E",
      "data-symbol": "E",
      "data-kind": "error",
    });
  }

  buildLinks() {
    this.links = new StateLinks(this.model, this.ui, {
      name: "TrainingExplorer",
      page: "book/training/training.html",
      state: () => this.state(),
      apply: (linked) => this.applyLink(linked),
    });
    this.handOver = this.links.asking("Open in the step explorer", (come) =>
      come.openSteps(this.model, this.stepsState()),
    );
  }

  // ---- the state ----

  state() {
    return deepCopy(
      Object.fromEntries(TrainingExplorer.traits.map((name) => [name, this.get(name)])),
    );
  }

  startOf({ parameters, seed, neurons }) {
    return parameters ?? randomParameters(seed, neurons);
  }

  count() {
    return this.get("parameters")?.w1[0].length ?? this.get("neurons");
  }

  timeline(state) {
    const options = { hidden: state.hidden, output: "sigmoid", oneAtATime: state.one_at_a_time };
    const { learning_rate: rate } = state;
    return new Timeline(this.startOf(state), GATES[state.gate], rate, options, trainer);
  }

  timelineNow() {
    return (this.run ??= this.timeline(this.state()));
  }

  restart(traits) {
    this.ui.change({ epoch: 0, playing: false, ...traits });
  }

  fromSeed() {
    const seed = this.seed.take(this.get("seed"));
    if (seed !== null) this.restart({ seed, neurons: this.count(), parameters: null });
  }

  edit(name, i, j) {
    return (value) => {
      if (name === "x" || name === "y") return "a gate’s inputs and targets are given";
      const parameters = deepCopy(this.timelineNow().at(this.get("epoch")));
      parameters[name][i][j] = value;
      const { x, y } = GATES[this.get("gate")];
      if (
        !allFinite(
          iteration(x, y, parameters, this.get("learning_rate"), { hidden: this.get("hidden") }),
        )
      ) {
        return "with this the numbers grow beyond what a computer can hold";
      }
      this.restart({ parameters });
      return null;
    };
  }

  // A link's state, checked; a far epoch is walked to, and where that fails everything is as it
  // was.
  applyLink(linked) {
    const run = this.timeline(linked);
    const arrive = () => {
      this.ui.change({ ...linked, playing: false });
      this.run = run;
    };
    const problem = this.travel(run, linked.epoch, arrive, (text) => this.links.refuse(text));
    if (problem) throw new Error(problem);
  }

  // The same network at the same epoch, one operation at a time.
  stepsState() {
    const { x, y } = GATES[this.get("gate")];
    const replayed = !this.get("one_at_a_time"); // the step explorer takes all examples at once
    const epoch = this.get("epoch");
    const given = replayed
      ? { parameters: this.startOf(this.state()), epoch }
      : { parameters: this.timelineNow().at(epoch), epoch: 0 };
    return {
      step: "F1",
      ...given,
      examples: { name: this.get("gate"), x, y },
      learning_rate: this.get("learning_rate"),
      hidden: this.get("hidden"),
      output: "sigmoid",
      predict: false,
    };
  }

  // ---- going ----

  pause() {
    stopPlaying(this);
  }

  // A power of ten on, or back: 0, 1, 10, 100, …
  walk(by) {
    const epoch = this.get("epoch");
    const farther = Math.min(LIMITS.last_epoch, Math.max(1, 10 * epoch));
    this.pauseAndGo(by > 0 ? farther : Math.floor(epoch / 10));
  }

  pauseAndGo(epoch) {
    this.pause();
    this.ui.complain(this.goTo(epoch));
  }

  // Gives what is in the way, or null.
  goTo(epoch) {
    const problem = this.travel(
      this.timelineNow(),
      epoch,
      () => this.ui.change({ epoch }),
      (text) => this.ui.complain(text),
    );
    if (problem) this.pause();
    return problem;
  }

  travel(run, epoch, arrive, blocked) {
    this.goal = { run, epoch }; // the last wish counts
    const goal = this.goal,
      start = this.run;
    return travel(run, epoch, {
      alive: () => this.goal === goal && this.run === start && this.root.isConnected,
      progress: (reached) => this.ui.say(`Training: epoch ${reached} of ${epoch} …`),
      arrive,
      blocked,
    });
  }

  playFrame(now) {
    const epoch = Math.min(LIMITS.last_epoch, this.get("epoch") + Number(this.speed.value));
    if (epoch === LIMITS.last_epoch || !allFinite(this.timelineNow().at(epoch))) {
      this.pause();
      return;
    }
    this.model.set("epoch", epoch);
    if (now - this.saved > SAVE) {
      this.saved = now;
      this.model.save_changes();
    }
  }

  // ---- drawing ----

  draw() {
    const epoch = this.get("epoch"),
      gate = GATES[this.get("gate")],
      parameters = this.timelineNow().at(epoch);
    const values = iteration(gate.x, gate.y, parameters, this.get("learning_rate"), {
      hidden: this.get("hidden"),
    });
    const { E, a2 } = values;
    const stuck = standstill(values, { oneAtATime: this.get("one_at_a_time") });
    if (this.stuck.textContent !== stuck) this.stuck.textContent = stuck;
    this.farthest = Math.max(this.farthest, epoch);
    this.root.dataset.epoch = epoch;
    this.drawControls(epoch, E);
    this.drawNetwork(values);
    this.overview.draw({
      parameters,
      hidden: this.get("hidden"),
      examples: gate,
      a2,
      losses: this.timelineNow().losses,
      epoch,
      farthest: this.farthest,
      loss: E,
      log: this.get("logarithmic"),
    });
    this.neuronMarks.draw(parameters);
    for (const part of [this.scene, this.epochField, this.scrub, this.loss])
      hush(part, this.get("playing"));
    // not in every frame, unless somebody looks
    if (!this.get("playing") || this.details.open) this.drawWeights(parameters);
    this.links.fresh();
    this.tell(epoch, E, answersTold(gate.x, a2), stuck);
  }

  // While it plays, how far it is, now and then.
  tell(epoch, E, answers, stuck) {
    const now = `Epoch ${epoch}: the loss is ${format(E)}`;
    if (!this.get("playing")) {
      this.ui.announce(`${now}; it answers ${answers}. ${stuck}`.trim());
      return;
    }
    if (performance.now() - this.told < TELL) return;
    this.told = performance.now();
    this.ui.announce(`${now}.`);
  }

  drawNetwork(values) {
    const functions = { hidden: this.get("hidden"), output: "sigmoid" };
    this.stage.row = this.shownRow;
    this.stage.arrange(values, { slopes: false });
    const known = (name) => stopOf(name) < stopOf("E");
    this.stage.setNumbers(values, this.shownRow, functions, known);
    this.stage.setStop(null);
    this.stage.setChips(stopOf("E"), values, this.shownRow, () => false);
    const option = (inputs, i) =>
      element(
        "option",
        { value: i, selected: i === this.shownRow },
        `${i + 1} of ${values.x.length}: ${inputs.join(", ")}`,
      );
    if (this.rowChoice.options.length !== values.x.length)
      this.rowChoice.replaceChildren(...values.x.map(option));
  }

  drawControls(epoch, E) {
    renew(this.gate, "value", this.get("gate"));
    renew(this.neurons, "value", String(this.count()));
    renew(this.hidden, "value", this.get("hidden"));
    const own = Boolean(this.get("parameters")),
      { input } = this.seed;
    if (document.activeElement !== input) input.value = own ? "" : String(this.get("seed"));
    input.placeholder = own ? "own" : "";
    this.rate.set(this.get("learning_rate"));
    this.oneAtATime.box.checked = this.get("one_at_a_time");
    this.logarithmic.box.checked = this.get("logarithmic");
    setWhole(this.epochField, epoch);
    this.scrub.max = Math.max(1, this.farthest);
    this.scrub.value = epoch;
    setUsable(this.back, epoch > 0);
    this.loss.replaceChildren("E = ", shownNumber(E));
  }

  drawWeights(parameters) {
    const neurons = parameters.w1[0].length;
    if (this.fields?.neurons !== neurons) {
      this.fields = { neurons, list: [] };
      this.weights.replaceChildren(
        ...PARAMETERS.map((name) => this.weightBlock(name, parameters[name])),
      );
    }
    for (const [name, i, j, input] of this.fields.list) setNumber(input, parameters[name][i][j]);
  }

  // A line for each neuron, as wide as a phone: of its weights from the inputs, its bias, its weight
  // to the output. The fields are named by their places in the matrices.
  weightBlock(name, matrix) {
    const turned = name !== "w2"; // its neurons stand side by side in the matrix
    const [lines, heads] = turned ? [matrix[0].length, matrix.length] : [matrix.length, 1];
    const field = (k, n) => {
      const [i, j] = turned ? [n, k] : [k, n];
      const label = `${QUANTITIES[name].symbol}, row ${i + 1}, column ${j + 1}`;
      const whose = placeInNetwork(name, i, j);
      const place = { class: "fs-short", "data-row": i, "data-col": j, "aria-description": whose };
      const input = this.ui.field(label, place, this.edit(name, i, j));
      this.fields.list.push([name, i, j, input]);
      return element("td", {}, input);
    };
    const each = (count, made) => Array.from({ length: count }, (_, k) => made(k));
    const from = (n) => (name === "w1" ? [symbol(name), ` from x${"₁₂"[n]}`] : [symbol(name)]);
    const head = element(
      "tr",
      {},
      element("td", {}),
      each(heads, (n) => element("th", { scope: "col" }, from(n))),
    );
    const line = (k) =>
      element(
        "tr",
        {},
        name === "b2"
          ? element("th", { scope: "row" }, "ŷ")
          : element("th", { scope: "row", "data-neuron": k }, String(k + 1)),
        each(heads, (n) => field(k, n)),
      );
    const marks = { "data-quantity": name, "data-kind": QUANTITIES[name].kind };
    return element(
      "div",
      { class: "fs-weight-block", ...marks },
      element("table", {}, element("thead", {}, head), element("tbody", {}, each(lines, line))),
    );
  }

  // ---- start and end ----

  listeners() {
    const forget = () => {
      this.run = null;
      this.farthest = 0;
    };
    return [
      ...["gate", "parameters", "neurons", "seed", "hidden", "learning_rate", "one_at_a_time"].map(
        (name) => [name, forget],
      ),
      [
        "playing",
        () => {
          this.playing.follow();
          this.told = performance.now();
          if (this.get("playing")) this.ui.announce("It learns. This button pauses.");
          else this.schedule();
        },
      ],
    ];
  }

  ready() {
    const by = (k) => () => this.ui.complain(this.goTo(this.get("epoch") + k));
    this.root.addEventListener(
      "keydown",
      onKeys(this.ui, {
        ArrowRight: by(1),
        ArrowLeft: by(-1),
        Home: () => this.ui.complain(this.goTo(0)),
      }),
    );
    pauseForPeople(this.root, this.play, () => this.pause());
    // the plane's colours are painted: paint again when the page's change
    this.unwatch = onTheme(this.root, () => {
      this.overview.plane.colours = null;
      this.schedule();
    });
    let drawn = 0;
    this.resize = new ResizeObserver(() => {
      if (this.root.clientWidth === drawn) return;
      drawn = this.root.clientWidth;
      this.place();
      this.stage.width = null;
      this.draw(); // its first call is what paints the plane
    });
    this.resize.observe(this.root);
    if (this.model.key) this.links.follow();
    this.playing.follow();
  }

  end() {
    this.playing.end();
    this.unwatch();
    this.resize.disconnect();
    this.links.end();
  }
}

export default defineWidget("TrainingExplorer", TrainingExplorer);
