// DigitExplorer: a network learns handwritten digits in the page, and reads what is drawn.
import { SOFTMAX, SOFTMAX_OPERATIONS, deepTrainer, randomLayers, softmax } from "./model/deep.js";
import { TRAINED, imageOf, oneHot, readDigits } from "./model/digits.js";
import { iteration } from "./model/operations.js";
import { asMatrix } from "./model/matrices.js";
import { format } from "./model/numbers.js";
import { LABELS, describe, stopIndex, stopOf } from "./model/quantities.js";
import { bar, labelled, onKeys, setWhole } from "./ui/controls.js";
import { Drawing } from "./ui/drawing.js";
import { element, onWidth, row, setUsable, svgElement } from "./ui/elements.js";
import { Frames, hush, pauseForPeople, stopPlaying } from "./ui/play.js";
import { Stage } from "./ui/stage.js";
import { defineWidget } from "./ui/widget.js";
import { LIMITS } from "./generated/limits.js";
import { QUANTITIES, STOPS } from "./generated/names.js";

const BATCH = 16;
const FUNCTIONS = { hidden: "sigmoid", output: "identity" };
const FEW = 10;
const SURE = 0.9995; // from here on three digits would say 1
// What the stops are here, where the book's words are those of another loss.
const OWN = {
  F4: "the output has no curve, so a₂ is z₂; softmax belongs to the loss",
  E: "cross-entropy, minus the logarithm of the probability of the target",
  1: "slope of the loss along the output, p − y: the probabilities less the target",
  2: "slope of the output’s activation; it has no curve, so 1",
};
const CALLED = {
  inputs: { all: "pixels", one: (k) => k + 1 },
  outputs: { all: "digits", one: (k) => k },
};
const pairOf = (k) => k - (k % 2); // the first of the two neurons that the picture shows with it
const darkest = (image) => image.indexOf(Math.max(...image));
const COUNTS = ["5", "10", "20", "30", "60"];

// A quantity for who hears it: a few numbers each, many by their range.
const heard = (values) => (name) => {
  const all = asMatrix(values[name]).flat();
  if (all.length <= FEW) return `${describe(name, values[name])}.`;
  const [least, most] = [Math.min(...all), Math.max(...all)].map((v) => format(v));
  return `${QUANTITIES[name].symbol}: ${all.length} numbers from ${least} to ${most}.`;
};

class DigitExplorer {
  static title = "Digit explorer";
  static traits = [
    "strokes",
    "neurons",
    "seed",
    "learning_rate",
    "epoch",
    "playing",
    "asked",
    "data",
  ];

  all = null; // the images, once somebody asked for them
  run = null; // the trainer, and how many epochs it has done
  stop = null; // of the nineteen stops on the drawing; null while the stage is closed

  content() {
    this.buildTraining();
    this.paper = new Drawing(
      (strokes) => {
        this.ui.act();
        this.ui.change({ strokes });
      },
      (text) => {
        this.ui.act();
        this.placed = `${text} `; // said once more with what comes of it
        this.ui.announce(text);
      },
    );
    this.seen = svgElement("svg", { class: "fs-seen", viewBox: "0 0 8 8", role: "img" });
    this.bars = Array.from({ length: 10 }, (_, k) => this.bar(k));
    this.says = element("p", { class: "fs-says" });
    this.stage = new Stage({
      field: (label, attributes) =>
        element("input", { type: "text", readonly: true, "aria-label": label, ...attributes }),
      edit: () => null,
      fold: () => this.draw(),
      called: CALLED,
    });
    this.answers = element(
      "div",
      {
        class: "fs-answers",
        "data-quantity": "a2",
        role: "group",
        "aria-label": "The ten answers",
      },
      this.bars.map(({ root }) => root),
    );
    const [training, steps] = [this.trainingBox(), this.stepsBox()];
    this.sayBeside(training, steps);
    return [
      training,
      element(
        "div",
        { class: "fs-draw" },
        element("div", { class: "fs-paper-box" }, this.paper.root, this.clearRow()),
        element("figure", {}, this.seen, element("figcaption", {}, "What the network sees: 8 × 8")),
        this.answers,
      ),
      this.says,
      steps,
    ];
  }

  trainingBox() {
    return element(
      "div",
      { class: "fs-stack fs-training" },
      row(
        "fs-setup",
        labelled("hidden neurons", this.neurons),
        labelled("seed", this.seed.input),
        this.restartButton,
      ),
      bar(
        { play: this.play, next: this.on, reset: this.reset },
        labelled("epoch", this.epochField),
        this.score,
      ),
    );
  }

  // What is refused is said beside what was asked.
  sayBeside(training, steps) {
    const { message } = this.ui;
    training.append(message);
    for (const event of ["click", "change", "keydown"]) {
      training.addEventListener(event, () => training.append(message), true);
      steps.addEventListener(event, () => this.stopLine.before(message), true);
    }
  }

  bar(k) {
    const fill = element("span", { class: "fs-fill" });
    const text = element("span", { "data-row": 0, "data-col": k });
    const root = element("div", { class: "fs-answer" }, element("b", {}, String(k)), fill, text);
    return { root, fill, text };
  }

  buildTraining() {
    const { ui } = this;
    this.neurons = ui.choice("hidden neurons", COUNTS, (text) =>
      this.restart({ neurons: Number(text) }),
    );
    const fromSeed = () => {
      const seed = this.seed.read();
      if (seed === null) return;
      ui.act();
      ui.news = `Seed ${seed}: a new start, epoch 0. `;
      this.restart({ seed });
      this.schedule();
    };
    this.seed = ui.wholeField("Seed", {
      onkeydown: (event) => event.key === "Enter" && fromSeed(),
    });
    this.restartButton = ui.button("Random start", fromSeed);
    this.play = ui.button("Play", () => this.ask({ playing: !this.get("playing") }), {
      class: "fs-play",
    });
    this.playing = new Frames(this.model, this.play, () => this.playFrame());
    this.on = ui.button("1 epoch", () => this.goTo(this.get("epoch") + 1));
    this.reset = ui.button("Reset", () => {
      this.stop = null;
      this.testing = false;
      this.target.value = "";
      this.paper.pen = [0.5, 0.2];
      ui.change({
        ...this.start,
        data: this.get("data"),
        asked: this.get("asked"),
        playing: false,
      });
    });
    this.epochField = ui.field("Epoch", { class: "fs-short" }, (value) =>
      Number.isInteger(value) && value >= 0 && value <= LIMITS.digit_epochs
        ? this.goTo(value)
        : `expected a whole number from 0 to ${LIMITS.digit_epochs}`,
    );
    this.score = element("span", { class: "fs-score" });
  }

  clearRow() {
    return row(
      "",
      this.ui.button("Clear", () => this.clear()),
      this.ui.button("Show a test image", () => this.ask({}, () => this.another())),
    );
  }

  clear() {
    this.testing = false;
    this.target.value = "";
    this.stop = null;
    this.ui.change({ strokes: [] });
    this.draw();
  }

  stepsBox() {
    const walk = (by) => () => this.walk(by);
    this.previous = this.ui.button("Previous step", walk(-1));
    this.next = this.ui.button("Next step", walk(1));
    this.stopLine = element("p", { class: "fs-stop-line" });
    const part = "The picture shows two neurons of each layer at a time. Sums go over all of them.";
    this.part = element("p", { class: "fs-note" }, part);
    this.target = this.ui.choice(
      "The drawing shows",
      [["", "?"], ...Array.from({ length: 10 }, (_, k) => [String(k), String(k)])],
      () => {
        this.unfold();
        this.draw();
      },
    );
    return element(
      "div",
      { class: "fs-steps" },
      bar({ back: this.previous, next: this.next }, labelled("the drawing shows", this.target)),
      this.stopLine,
      element("div", { class: "fs-diagram" }, this.stage.root),
      this.part,
    );
  }

  // ---- data and training ----

  // Changes traits once the images are here; the first time they have to be brought.
  ask(traits, then = () => {}) {
    if (this.all) {
      this.ui.change(traits);
      then();
      return;
    }
    this.waiting = { traits, after: then };
    this.ui.say("The images are being brought …");
    if (this.model.key) this.fromSite();
    else if (this.get("data")) this.arrived(this.get("data"));
    else {
      this.model.set("asked", true);
      this.model.save_changes();
    }
  }

  fromSite() {
    const own = document.querySelector("script[src*='_static/widgets/']");
    const script = element("script", { src: new URL("../digits.js", own.src).href });
    script.addEventListener("load", () => this.arrived(globalThis.FS_DIGITS));
    script.addEventListener("error", () =>
      this.ui.say("The images did not come: the site’s file digits.js is missing."),
    );
    document.head.append(script);
  }

  arrived(text) {
    const { waiting } = this;
    if (!waiting) return;
    this.waiting = null;
    this.all = readDigits(text);
    this.run = null;
    this.ui.say("");
    this.ui.change(waiting.traits);
    waiting.after();
    this.schedule();
  }

  restart(traits) {
    this.run = null;
    this.ui.change({ epoch: 0, playing: false, ...traits });
  }

  goTo(epoch) {
    if (epoch <= LIMITS.digit_epochs) this.ask({ epoch, playing: false });
    return null;
  }

  playFrame() {
    const epoch = this.get("epoch");
    if (epoch >= LIMITS.digit_epochs) this.ui.change({ playing: false });
    else this.ui.change({ epoch: epoch + 1 });
  }

  // The trainer at the epoch on show.
  trainer() {
    const epoch = this.get("epoch");
    const key = JSON.stringify(["seed", "neurons", "learning_rate"].map((name) => this.get(name)));
    const images = this.all ?? { x: [Array(64).fill(0)], y: [oneHot(0)] };
    if (!this.run || this.run.key !== key || this.run.epoch > epoch) {
      const layers = randomLayers(this.get("seed"), [64, this.get("neurons"), 10]);
      const part = (rows) => rows.slice(0, TRAINED);
      const options = { output: "identity", loss: SOFTMAX, batch: this.all ? BATCH : 1 };
      const trainer = deepTrainer(
        part(images.x),
        part(images.y),
        layers,
        this.get("learning_rate"),
        options,
      );
      this.run = { key, epoch: 0, trainer };
    }
    if (this.all) for (; this.run.epoch < epoch; this.run.epoch++) this.run.trainer.step();
    return this.run.trainer;
  }

  right(trainer, from, to) {
    let count = 0;
    for (let i = from; i < to; i++) {
      const z = trainer.forward(Float64Array.from(this.all.x[i]));
      count += Number(z.indexOf(Math.max(...z)) === this.all.digits[i]);
    }
    return count;
  }

  // The next image of the test, in place of a drawing.
  another() {
    this.shown = (this.shown ?? TRAINED - 1) + 1;
    if (this.shown >= this.all.x.length) this.shown = TRAINED;
    this.ui.change({ strokes: [] });
    this.target.value = String(this.all.digits[this.shown]);
    this.testing = true;
    this.draw();
  }

  image() {
    const strokes = this.get("strokes");
    if (strokes.length && this.testing) {
      this.testing = false;
      this.target.value = ""; // it was the image's
    }
    return this.testing ? this.all.x[this.shown] : imageOf(strokes);
  }

  // ---- drawing ----

  draw() {
    this.drawControls();
    const trainer = this.trainer();
    this.drawScore(trainer);
    this.paper.show(this.get("strokes"));
    const image = this.image();
    const p = image && softmax(trainer.forward(Float64Array.from(image)));
    this.answer = p && p.indexOf(Math.max(...p));
    this.drawAnswers(p);
    this.drawStage(image, trainer);
    this.drawSeen(image);
  }

  drawControls() {
    const count = String(this.get("neurons"));
    if (![...this.neurons.options].some(({ value }) => value === count))
      this.neurons.append(element("option", { value: count }, count));
    this.neurons.value = count;
    if (document.activeElement !== this.seed.input) this.seed.input.value = this.get("seed");
    setWhole(this.epochField, this.get("epoch"));
    this.root.dataset.epoch = this.get("epoch");
  }

  drawScore(trainer) {
    if (!this.all) {
      this.score.textContent = "not trained yet: press Play";
      return;
    }
    const [trained, tested] = [
      this.right(trainer, 0, TRAINED),
      this.right(trainer, TRAINED, this.all.x.length),
    ];
    const count = this.all.x.length - TRAINED;
    const share = (n, of) => `${((100 * n) / of).toFixed(1)}%`;
    this.score.dataset.tested = tested;
    const learnt = share(trained, TRAINED);
    this.score.textContent = `right: ${learnt} of what it learns from, ${share(tested, count)} of the test`;
    if (!this.get("playing"))
      this.news = `Epoch ${this.get("epoch")}: ${tested} of ${count} test images are right. `;
  }

  // The image in pixels; those that the picture of the network shows are framed.
  drawSeen(image) {
    const square = (k, more) =>
      svgElement("rect", { x: k % 8, y: Math.floor(k / 8), width: 1, height: 1, ...more });
    const framed = image && this.stop !== null ? (this.stage.where?.shown.inputs ?? []) : [];
    this.seen.replaceChildren(
      ...(image ?? []).map((v, k) => square(k, { "fill-opacity": v })),
      ...framed.map((k) => square(k, { class: "fs-framed" })),
    );
    this.seen.setAttribute(
      "aria-label",
      image ? "The drawing as 8 by 8 pixels" : "The drawing as 8 by 8 pixels: none has ink",
    );
  }

  drawAnswers(p) {
    hush(this.answers, this.get("playing"));
    this.bars.forEach(({ root, fill, text }, k) => {
      fill.style.setProperty("--part", p ? p[k] : 0);
      root.toggleAttribute("data-most", Boolean(p) && p[k] === Math.max(...p));
      text.textContent = p ? format(p[k], 3) : "–";
      if (p) text.dataset.value = String(p[k]);
      else delete text.dataset.value;
    });
    const most = this.answer;
    const share = p && (p[most] < SURE ? format(p[most], 3) : "more than 0.999");
    const truth = this.testing ? ` The image shows ${this.target.value}.` : "";
    this.says.textContent = p
      ? `${this.get("epoch") ? "" : "Not trained yet. "}It says ${most}, with probability ${share}.${truth}`
      : "There is nothing on the paper yet. Draw a digit, as large as you like.";
    if (this.stop === null && !this.get("playing"))
      this.ui.announce(`${this.placed ?? ""}${this.news ?? ""}${this.says.textContent}`);
    this.placed = "";
  }

  // ---- the fourteen steps on the drawing ----

  walk(by) {
    if (!this.image()) {
      this.ui.say("There is nothing on the paper: draw a digit first, then step.");
      return;
    }
    this.ui.say("");
    const last = LABELS.length - 1;
    const next = this.stop === null ? 0 : Math.min(last, Math.max(0, this.stop + by));
    if (next >= stopIndex("E") && !this.target.value) {
      this.ui.say("The loss needs a target: choose which digit the drawing is, then step on.");
      return;
    }
    if (this.stop === null) this.unfold();
    this.stop = next;
    this.draw();
  }

  // The picture shows two neurons of a layer: a pixel that has ink, and the digit that counts.
  unfold() {
    const image = this.image();
    if (!image) return;
    const digit = this.target.value === "" ? this.answer : Number(this.target.value);
    const { first } = this.stage;
    this.stage.first = { ...first, inputs: pairOf(darkest(image)), outputs: pairOf(digit) };
  }

  drawStage(image, trainer) {
    if (!image) this.stop = null;
    const known = this.target.value !== "";
    if (!known && this.stop >= stopIndex("E")) this.stop = stopIndex("E") - 1;
    const open = this.stop !== null;
    this.stage.root.hidden = !open;
    this.part.hidden = !open;
    this.root.toggleAttribute("data-stepping", open);
    setUsable(this.previous, open && this.stop > 0);
    setUsable(this.next, !open || this.stop < LABELS.length - 1);
    if (!open) {
      delete this.root.dataset.step;
      this.stopLine.textContent = "Next step takes your drawing through the nineteen stops.";
      return;
    }
    const stop = STOPS[this.stop];
    this.root.dataset.step = stop.label;
    const [{ w: w1, b: b1 }, { w: w2, b: b2 }] = trainer.now();
    const options = { ...FUNCTIONS, operations: SOFTMAX_OPERATIONS };
    const y = [oneHot(Number(this.target.value))];
    const values = iteration([image], y, { w1, b1, w2, b2 }, this.get("learning_rate"), options);
    const { stage } = this;
    stage.row = 0;
    stage.arrange(values);
    const curves = { hidden: FUNCTIONS.hidden };
    stage.setNumbers(values, 0, curves, (name) => stopOf(name) <= this.stop);
    stage.setStop(stop);
    stage.setChips(this.stop, values, 0, () => false);
    const word = this.stop < stopIndex("1") ? "" : "Step ";
    const loss = known ? ` E = ${format(values.E)}.` : "";
    this.stopLine.textContent = `${word}${stop.label}: ${OWN[stop.label] ?? stop.title}.${loss}`;
    this.ui.announce([this.stopLine.textContent, ...stop.outputs.map(heard(values))].join(" "));
  }

  // ---- start and end ----

  listeners() {
    const follow = () => {
      this.playing.follow();
      if (!this.get("playing")) this.schedule();
    };
    // Python may set the epoch before anybody has asked for the images
    const bring = () => this.get("epoch") && !this.all && this.ask({});
    return [
      ["playing", follow],
      ["epoch", bring],
      ["data", () => this.get("data") && this.arrived(this.get("data"))],
    ];
  }

  ready() {
    const on = (by) => () => this.walk(by);
    this.root.addEventListener(
      "keydown",
      onKeys(this.ui, { ArrowRight: on(1), ArrowLeft: on(-1) }),
    );
    pauseForPeople(this.root, this.play, () => stopPlaying(this));
    this.resize = onWidth(this.root, () => {
      this.stage.width = null;
      this.draw();
    });
    this.playing.follow();
    if (this.get("epoch") || this.get("playing")) {
      const { epoch } = this.start;
      this.ask({ epoch });
    }
  }

  end() {
    this.playing.end();
    this.resize.disconnect();
  }
}

export default defineWidget("DigitExplorer", DigitExplorer);
