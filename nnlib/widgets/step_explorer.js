// StepExplorer: one iteration of training, one operation at a time, on the stage.
import { relatives } from "./model/arithmetic.js";
import { COUNT, predicted, usualDigits } from "./model/digits_asked.js";
import { PARAMETERS, iteration } from "./model/operations.js";
import { STEPS } from "./model/entries.js";
import { allFinite, asMatrix, deepCopy } from "./model/matrices.js";
import { format, parseNumber, withZeros } from "./model/numbers.js";
import {
  LABELS,
  answersTold,
  describe,
  digitsAt,
  layers,
  nameOfCell,
  phrasesOf,
  stopIndex,
  stopOf,
  whichCell,
  wordsOf,
} from "./model/quantities.js";
import { OF_EXAMPLES } from "./model/stage.js";
import { Timeline, travel } from "./model/timeline.js";
import { pageAddress } from "./ui/address.js";
import { arithmeticLine, arithmeticSentence } from "./ui/arithmetic.js";
import { bar, labelled, onKeys, textInput } from "./ui/controls.js";
import { NARROW, element, onTheme, onWidth, renew, row, setUsable } from "./ui/elements.js";
import { StateLinks } from "./ui/link_button.js";
import { Steps, USUAL, hush, pauseForPeople, wantsCalm, stopPlaying } from "./ui/play.js";
import { Prose, followLinks } from "./ui/prose.js";
import {
  equationLines,
  formulaLines,
  numbers,
  phrases,
  stopCode,
  symbol,
} from "./ui/quantities.js";
import { Stage } from "./ui/stage.js";
import { defineWidget } from "./ui/widget.js";
import { LIMITS } from "./generated/limits.js";
import { EXAMPLES, QUANTITIES, STOPS } from "./generated/names.js";

const LEGEND =
  "The number on a tag is the step that it comes from. Σ: added up over all examples, and so is E. " +
  "Broken line: a negative weight. Broken frame: a new value, not yet in use; on the small scale " +
  "above it the ring is the old value, the dot the new one, and ± says how far its ends are. " +
  "A number on a dashed line can be changed. " +
  "Press a number of the result, or of the line below the picture, to see where it comes from.";
const VIEWS = ["cell", "step", "iteration", "training"];
const NOWHERE = { outputs: [] };
const AT_REST = { pulses: [], coming: new Set() };
const TRAVEL = 1.1; // seconds that a stop's numbers take, where nobody waits for the next stop
const SCRUB = 100; // ticks of the slider from stop to stop
const EPOCHS_A_FRAME = 4;

// The number in the row above or below, in the same matrix.
function cellBelow(button, by) {
  const { cellIndex, parentNode } = button.closest("td") ?? {};
  const rows = button.closest("table")?.rows;
  return rows?.[parentNode.rowIndex + by]?.cells[cellIndex].firstChild;
}

// Training as a whole, beside the picture: it comes when that is shown.
let Overview = null;
let CAPTION = "";
async function bringOverview() {
  ({ CAPTION, Overview } = await import("./ui/overview.js"));
}

// What the book's first page begins with, and what a page has that shows all settings.
let opens = null;
async function bringOpening() {
  opens = await import("./ui/opening.js");
}
let StepSettings = null;
async function bringSettings() {
  ({ StepSettings } = await import("./ui/step_settings.js"));
}

// How a stop's numbers travel: it comes as soon as somebody points at the widget, or is in it.
let journey = null;
async function bringJourney() {
  journey ??= await import("./model/travel.js");
}

// What knows the mistakes comes with the first question.
let answers = null;
async function bringAnswers() {
  answers ??= await import("./model/answers.js");
}

const wordsAt = (stop) => element("p", { class: "fs-words" }, wordsOf(stop));

// The height of the tallest of some nodes that could stand in one's place.
function tallest(node, probes) {
  for (const probe of probes) {
    probe.style.width = `${node.clientWidth}px`;
    probe.classList.add("fs-probe");
  }
  node.after(...probes); // all at once: one layout
  const heights = probes.map((probe) => probe.getBoundingClientRect().height);
  for (const probe of probes) probe.remove();
  return `${Math.ceil(Math.max(...heights))}px`;
}

class StepExplorer {
  static title = "Step explorer";
  static traits = [...STEPS, "view", "opening"];
  static async bring(get) {
    const bring = [
      [get("opening") || get("view") === "training", bringOverview],
      [get("opening"), bringOpening],
      [!get("compact"), bringSettings],
    ];
    // what is lost is asked for again when it is drawn
    await Promise.allSettled(bring.filter(([wanted]) => wanted).map(([, come]) => come()));
  }

  epochs = null; // the timeline of the present start
  revealed = null; // "epoch step" of a result that predict mode has given away
  shownRow = 0;
  values = null;
  measured = null;
  chosen = null; // the number whose arithmetic is written out
  pointed = null; // the one that is pointed at, in the picture or in the page's prose
  time = 1; // how far the present stop's numbers have travelled
  farthest = 0;
  led = false; // by the opening, to the first chapter
  stepped = false; // to the end of that step

  // ---- the frame ----

  content() {
    this.compact = this.get("compact");
    this.root.toggleAttribute("data-compact", this.compact);
    this.root.addEventListener("keydown", (event) => this.keys(event));
    const field = (...given) => this.ui.field(...given);
    const fold = () => this.draw();
    this.stage = new Stage({ field, edit: (...place) => this.edit(...place), fold });
    this.overview = null;
    this.diagram = element("div", { class: "fs-diagram" }, this.stage.root);
    this.heading = element("p", { class: "fs-title" });
    this.buildWalk();
    this.buildAsked();
    this.links = this.buildLinks();
    this.buildPanel();
    this.opening = null;
    this.opened = element("p", { class: "fs-note fs-opened" });
    this.openFirst = this.ui.button("Open the first iteration", () => opens.openTheFirst(this));
    const onward = pageAddress(this.model, "book/ideas/terms.html");
    this.onward = element("a", { class: "fs-onward", href: onward }, "Begin with the terms →");
    this.settings = this.compact || !StepSettings ? null : new StepSettings(this);
    this.head = element("div", { class: "fs-head" }, this.heading, this.zoom);
    this.scene = element("div", { class: "fs-scene" }, this.diagram);
    return [
      this.head,
      this.buildMap(),
      this.scene,
      this.opened,
      this.line,
      this.onward,
      this.atHand(),
      ...(this.settings ? [this.settings.root] : []),
      this.panel,
      this.path,
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
        "aria-label": `${label}, ${name}: ${title}`,
        "aria-description": "", // its title, once more
      }),
    );
    this.scrub = element("input", {
      type: "range",
      min: 0,
      max: STOPS.length * SCRUB,
      value: SCRUB,
      class: "fs-scrub",
      "aria-label": "Scrub through the nineteen stops",
      oninput: () => this.scrubTo(Number(this.scrub.value)),
      onkeydown: (event) => this.scrubByKeys(event),
    });
    this.way = element(
      "div",
      { class: "fs-way" },
      element(
        "div",
        { class: "fs-timeline", role: "toolbar", "aria-label": "The nineteen stops" },
        layers().map(group),
      ),
      this.scrub,
    );
    return this.way;
  }

  // On a narrow screen a stop's name, the picture and the sentence stand together, and how much of it
  // is shown is a choice among the others; for the eye and for the Tab key alike. On a wide one every
  // control stands above what has now more lines and now fewer.
  arrange() {
    const narrow = this.narrow();
    const stuck = narrow && !matchMedia("(max-height: 26rem)").matches;
    const wanted = `${narrow} ${stuck}`;
    if (this.arranged === wanted) return;
    this.arranged = wanted;
    if (narrow) {
      this.head.before(this.way);
      this.scene.after(this.words);
      this.choices.prepend(this.zoom);
      this.buttons.prepend(this.onward);
    } else {
      this.scene.before(this.way);
      this.code.before(this.words);
      this.head.append(this.zoom);
      this.line.after(this.onward);
    }
    this.placeSettings(narrow);
    // last, they are in sight as long as anything of the widget is
    if (stuck) this.root.append(this.buttons);
    else this.asked.after(this.buttons);
  }

  // The epochs, right below the picture on a narrow screen.
  placeSettings(narrow = this.narrow()) {
    if (!this.settings) return;
    if (narrow) this.line.after(this.settings.root);
    else this.panel.before(this.settings.root);
  }

  narrow() {
    const width = this.arranged ? this.root.clientWidth : this.width;
    return width > 0 && width < NARROW;
  }

  // What stays in sight: what is asked, the message and the three buttons, and beside them, where
  // there is room, the choices.
  atHand() {
    const { previous: back, play, next, reset } = this;
    this.buttons = bar({ back, play, next });
    this.buttons.prepend(this.ui.message);
    this.choices = row(
      "fs-controls fs-choices",
      labelled("example", this.rowChoice),
      element(
        "label",
        { class: "fs-predict" },
        this.predictBox,
        element("span", {}, "Predict first"),
      ),
      ...(this.compact ? [reset] : []),
    );
    return element("div", { class: "fs-at-hand" }, this.asked, this.buttons, this.choices);
  }

  buildWalk() {
    const { ui, model } = this;
    this.previous = ui.button("Previous step", () => this.walk(-1));
    this.next = ui.button("Next step", () => this.walk(1));
    this.play = ui.button("Play", () => ui.change({ playing: !this.get("playing") }), {
      class: "fs-play",
    });
    this.reset = ui.button("Reset", () => this.startAgain(), {
      title: "The numbers, the stop and the epoch that this picture began with",
    });
    this.playing = new Steps(
      model,
      this.play,
      () => this.tick(),
      () => (this.view() === "training" ? 1000 / 60 : 1000 * this.get("speed")),
    );
    const onchange = () => {
      this.shownRow = Number(this.rowChoice.value);
      this.chosen = null;
      this.draw();
    };
    this.rowChoice = element("select", { "aria-label": "Example in the picture", onchange });
    this.predictBox = element("input", {
      type: "checkbox",
      onchange: () => {
        ui.act();
        if (this.predictBox.checked) ui.news = "The question stands before this box. ";
        ui.change({ predict: this.predictBox.checked });
      },
    });
    const zoomed = (view) => {
      this.stopPlaying();
      ui.change({ view });
    };
    this.zoomChoice = ui.choice("how much of it", VIEWS, zoomed);
    this.zoomChoice.setAttribute("aria-label", "show how much of it"); // as the word beside it says
    for (const event of ["pointerenter", "focus"])
      this.zoomChoice.addEventListener(event, () => bringOverview().catch(() => {}));
    this.zoom = element(
      "label",
      { class: "fs-zoom" },
      element("span", {}, "show"),
      this.zoomChoice,
    );
  }

  buildPanel() {
    this.formulas = element("div", { class: "fs-formulas" });
    this.words = element("p", { class: "fs-words" });
    const group = (name, label) =>
      element("div", { class: name, role: "group", "aria-label": label });
    this.line = group("fs-arithmetic", "The chosen number, written out");
    this.code = element("div", {});
    this.equation = group("fs-equation", "The formula with its numbers");
    this.panel = element(
      "div",
      { class: "fs-panel" },
      element("div", { class: "fs-said" }, this.formulas, this.words, this.code),
      element("div", { class: "fs-counted" }, this.equation),
      element("p", { class: "fs-note fs-legend" }, LEGEND),
    );
    this.path = element("div", { class: "fs-path" });
    for (const [event, quiet] of [
      ["pointerover", true],
      ["focusin", true],
      ["click", false],
    ])
      this.root.addEventListener(event, (e) => this.point(e, quiet));
    this.root.addEventListener("pointerleave", () => this.lightMeant(null));
    for (const event of ["pointerenter", "focusin"])
      this.root.addEventListener(event, () => bringJourney().catch(() => {}), { once: true });
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
    this.verdict = element("span", { class: "fs-verdict" });
    this.asked = row("fs-ask", this.question, ...this.checking, this.verdict);
  }

  buildLinks() {
    return new StateLinks(this.model, this.ui, {
      name: "StepExplorer",
      page: "book/index.html",
      state: () => this.state(),
      apply: (linked) => this.applyLink(linked),
    });
  }

  // ---- the state ----

  state() {
    return Object.fromEntries(STEPS.map((name) => [name, this.get(name)]));
  }

  view() {
    return this.get("opening") ? "training" : this.get("view");
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
  applyLink(linked) {
    const before = this.state();
    const run = this.timeline(linked);
    const arrive = () => {
      this.ui.change({ ...linked, playing: false, opening: false });
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

  startAgain() {
    this.revealed = null;
    this.farthest = 0;
    this.led = false;
    this.stepped = false;
    this.opening?.again();
    this.ui.news = "As at the beginning. ";
    this.ui.change({ ...deepCopy(this.start), playing: false });
    this.draw(); // where nothing has changed, it says so
    // drawn by then: this button is gone with the others
    if (this.start.opening) queueMicrotask(() => this.opening?.button.focus());
  }

  show(node, block = "nearest") {
    node.scrollIntoView({ block, behavior: wantsCalm() ? "auto" : "smooth" });
  }

  go(index, animated = true) {
    this.ui.change({ step: LABELS[index] });
    if (animated) this.setOff();
  }

  // One step of the playing: a stop, or some epochs.
  tick() {
    if (this.view() !== "training") {
      if (this.isHidden()) this.stopPlaying(); // it asks
      else this.walk(1);
      return;
    }
    const epoch = Math.min(LIMITS.last_epoch, this.get("epoch") + EPOCHS_A_FRAME);
    const problem = this.goToEpoch(epoch);
    if (!problem && epoch < LIMITS.last_epoch) return;
    this.stopPlaying();
    this.ui.complain(problem);
  }

  // The stop and how far its numbers have travelled, by one slider.
  scrubTo(ticks) {
    this.ui.act();
    this.stopPlaying();
    cancelAnimationFrame(this.travelling);
    const index = Math.min(STOPS.length - 1, Math.floor(Math.max(0, ticks - 1) / SCRUB));
    this.time = Math.min(1, (ticks - index * SCRUB) / SCRUB);
    if (LABELS[index] !== this.get("step")) this.ui.change({ step: LABELS[index] });
    else this.showMoment();
  }

  // By keyboard the slider goes from stop to stop.
  scrubByKeys(event) {
    const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const index = stopIndex(this.get("step")) + by;
    this.scrubTo((Math.min(STOPS.length - 1, Math.max(0, index)) + 1) * SCRUB);
  }

  // The numbers of the present stop set off: only when somebody asked, or while it plays.
  setOff() {
    cancelAnimationFrame(this.travelling);
    if (wantsCalm() || this.view() === "training") {
      this.time = 1;
      return;
    }
    if (!journey) {
      const step = this.get("step");
      const comes = () => {
        const here = this.root.isConnected && this.get("step") === step && this.time === 1;
        if (journey && here) this.setOff(); // or somebody scrubs by now
      };
      bringJourney().then(comes, () => {}); // without it, they are there at once
      this.time = 1;
      return;
    }
    this.time = 0;
    const lasts = 1000 * (this.get("playing") ? Math.min(2.4, 0.75 * this.get("speed")) : TRAVEL);
    let began = null;
    const tick = (now) => {
      began ??= now;
      this.time = Math.min(1, (now - began) / lasts);
      this.showMoment();
      if (this.time < 1) this.travelling = requestAnimationFrame(tick);
    };
    this.travelling = requestAnimationFrame(tick);
  }

  showMoment() {
    if (!this.travels) return;
    if (this.time < 1 && !journey)
      bringJourney().then(
        () => this.showMoment(),
        () => {},
      );
    this.stage.moment(this.time < 1 && journey ? this.moment() : AT_REST);
    this.stage.moveTo(this.time);
    const ticks = Math.round((stopIndex(this.get("step")) + this.time) * SCRUB);
    if (Number(this.scrub.value) !== ticks) this.scrub.value = String(ticks);
    const { name, title } = this.stop();
    this.scrub.setAttribute("aria-valuetext", `${name}: ${title}`);
  }

  moment() {
    this.plan ??= journey.travelPlan(
      this.stop(),
      this.functions(),
      this.values,
      this.shownRow,
      this.stage.where,
    );
    return journey.momentOf(this.plan, this.time);
  }

  walk(by) {
    const index = stopIndex(this.get("step")) + by;
    const epoch = this.get("epoch");
    if (this.view() === "training") {
      if (epoch + by >= 0) this.ui.complain(this.goToEpoch(epoch + by));
      return;
    }
    if (index >= 0 && index < LABELS.length) {
      this.go(index);
      return;
    }
    if (index < 0 && epoch === 0) return; // the very beginning
    if (this.led && by > 0 && this.get("playing") && !this.stepped) {
      this.stepped = true;
      this.stopPlaying(); // one step was promised: from here the reader goes on
      this.draw();
      return;
    }
    const problem = this.goToEpoch(epoch + by, LABELS[(index + LABELS.length) % LABELS.length]);
    if (!problem) {
      this.setOff();
      return;
    }
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
    const { target, key } = event;
    if (this.moveAmongStops(event) || this.moveAmongCells(event)) return;
    const presses = key === " " && target.matches("button, summary, a");
    if (!presses) this.walkKeys(event);
  }

  // Somebody comes from elsewhere, with a state that the address holds: to what goes on from here.
  enter() {
    this.ui.news = "The step explorer shows the same network. ";
    this.heard = null; // where one is, in full
    this.schedule();
    this.next.focus();
  }

  stopPlaying() {
    stopPlaying(this);
  }

  // ---- one number of the stop ----

  stop() {
    return STOPS[stopIndex(this.get("step"))];
  }

  // The number that a stop is asked about, and that is written out: the first of its last result
  // that is worth it, in the example on show.
  mainCell() {
    const [name] = this.stop().outputs.slice(-1);
    if (name === "E") return { name, row: 0, column: 0, value: this.values.E };
    const matrix = this.values[name];
    const own = OF_EXAMPLES.has(name) ? this.shownRow : null;
    const cells = matrix.flatMap((line, i) =>
      own === null || i === own ? line.map((value, j) => ({ name, row: i, column: j, value })) : [],
    );
    return cells.find(({ value }) => value !== 0) ?? cells[0];
  }

  cellAt(node) {
    const number = node.closest?.("[data-row]");
    const name = number?.closest("[data-quantity]")?.dataset.quantity;
    if (!name || !this.values || !Object.hasOwn(this.values, name)) return null;
    const [i, j] = [Number(number.dataset.row), Number(number.dataset.col)];
    const value = asMatrix(this.values[name])[i]?.[j];
    return value === undefined ? null : { name, row: i, column: j, value };
  }

  // Pointing at a number lights what it is made from and what it makes; choosing one of the stop's
  // results writes it out.
  point(event, quiet) {
    const cell = this.cellAt(event.target);
    if (cell || quiet) this.pointed = cell;
    if (!cell) {
      if (quiet) this.lightChosen();
      return;
    }
    if (!quiet) this.choose(cell, event.target);
    this.lightCell(cell);
  }

  // A number was pressed: one of the stop's results is written out, or asked for; of any other it is
  // said which it is.
  choose(cell, node) {
    this.ui.act();
    if (!this.stop().outputs.includes(cell.name)) {
      if (node.matches(".fs-cell")) this.ui.announce(this.meantSentence(cell));
      return;
    }
    const { name, row: i, column: j } = this.chosen ?? {};
    const again = cell.name === name && cell.row === i && cell.column === j;
    this.chosen = cell;
    if (!again) this.drawLine(); // or the number in it that was pressed would be gone
    this.drawAsked();
    this.showChosen();
    if (this.secret(cell.name)) this.guess.focus();
    else this.ui.announce(arithmeticSentence(this.stop(), this.functions(), this.values, cell));
  }

  // The chosen number's button is pressed in.
  showChosen() {
    const { name, row: i, column: j } = this.chosen;
    for (const node of this.equation.querySelectorAll(".fs-result [data-row]")) {
      const own = node.closest("[data-quantity]").dataset.quantity === name;
      const chosen = own && node.dataset.row === String(i) && node.dataset.col === String(j);
      node.firstChild.setAttribute("aria-pressed", chosen);
    }
  }

  lightCell(cell) {
    const related = cell && relatives(this.stop(), this.functions(), this.values, cell);
    const cells = cell ? [cell, ...related.made, ...related.makes] : [];
    this.stage.light(cells);
    this.prose?.lit(cell ? [cell] : []);
    const keys = new Set(cells.map((one) => `${one.name} ${one.row} ${one.column}`));
    const names = new Set([this.pointed, ...cells].map((one) => one?.name));
    const texts = ":is(.fs-code, .fs-words, .fs-formula) [data-symbol]";
    for (const node of this.root.querySelectorAll(texts))
      node.classList.toggle("fs-lit", names.has(node.dataset.symbol));
    for (const node of this.root.querySelectorAll(":is(.fs-panel, .fs-arithmetic) [data-row]")) {
      const name = node.closest("[data-quantity]").dataset.quantity;
      node.classList.toggle(
        "fs-cell-lit",
        keys.has(`${name} ${node.dataset.row} ${node.dataset.col}`),
      );
    }
  }

  // What a word of the page means, lit here: a cell, or all of a quantity; null lights what was chosen.
  lightMeant(meant) {
    this.pointed = meant;
    for (const node of this.root.querySelectorAll("[data-symbol]"))
      node.classList.toggle("fs-lit", node.dataset.symbol === meant?.name);
    this.lightChosen();
  }

  // A word of the page was pressed: the picture goes on to where its number is born, and shows that row.
  openMeant(meant) {
    this.ui.act();
    this.stage.visit(null);
    this.stopPlaying();
    if (meant.row !== undefined && OF_EXAMPLES.has(meant.name) && this.values.x.length > meant.row)
      this.shownRow = meant.row;
    const stop = stopOf(meant.name);
    if (this.view() === "training") this.ui.change({ view: "step" });
    if (stop > stopIndex(this.get("step"))) this.go(stop);
    else this.draw();
    if (this.stop().outputs.includes(meant.name) && meant.row !== undefined) {
      this.chosen = meant;
      this.draw();
    }
    this.show(this.diagram);
    this.ui.announce(this.meantSentence(meant));
    this.lightMeant(meant);
  }

  meantSentence({ name, row: i, column: j }) {
    const value = i === undefined ? undefined : asMatrix(this.values[name])[i]?.[j];
    if (value === undefined) return `${this.described(name)}, marked in the picture.`;
    const shown = this.secret(name) ? "yours to predict" : format(value);
    return `${nameOfCell(name, this.values[name], i, j)}: ${shown}, marked in the picture.`;
  }

  // What is pointed at is lit; where nothing is, in the view of one cell, that cell.
  lightChosen() {
    const { name, row: i, column: j } = this.pointed ?? {};
    const value = i === undefined ? undefined : asMatrix(this.values[name])[i]?.[j];
    if (value !== undefined) this.lightCell({ ...this.pointed, value });
    else this.lightCell(this.view() === "cell" ? this.chosen : null);
  }

  // Arrow keys walk along the toolbar of stops, and from number to number of a result.
  moveAmongStops(event) {
    const k = this.stops.indexOf(event.target);
    if (k < 0 || !["ArrowRight", "ArrowLeft", "Home", "End"].includes(event.key)) return false;
    this.walkKeys(event);
    this.stops[stopIndex(this.get("step"))].focus();
    return true;
  }

  moveAmongCells(event) {
    const by = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
    const move = by[event.key];
    if (!event.target.matches(".fs-cell") || !(move || ["Home", "End"].includes(event.key)))
      return false;
    event.preventDefault();
    if (!move) {
      const all = event.target.closest(".fs-equation, .fs-arithmetic").querySelectorAll(".fs-cell");
      all[event.key === "Home" ? 0 : all.length - 1].focus();
      return true;
    }
    const [down, right] = move;
    const next = down ? cellBelow(event.target, down) : this.cellBeside(event.target, right);
    next?.focus();
    return true;
  }

  // The next number to a side: in the row, then in the next matrix, as near to the row as it has one.
  cellBeside(button, by) {
    const tables = [...this.root.querySelectorAll(".fs-equation table")];
    const line = button.closest("tr") ?? this.line;
    const buttons = [...line.querySelectorAll(".fs-cell")];
    const here = buttons[buttons.indexOf(button) + by];
    const other = here ? null : tables[tables.indexOf(button.closest("table")) + by];
    if (!other || line === this.line) return here;
    const { rows } = other;
    const { rowIndex } = line;
    const cells = rows[Math.min(rowIndex, rows.length - 1)].querySelectorAll(".fs-cell");
    return by > 0 ? cells[0] : cells[cells.length - 1];
  }

  // Of the numbers of a group one can be reached by Tab: the one that was last in use, or the first.
  oneTabStop(group, button = group.querySelector(".fs-cell")) {
    for (const other of group.querySelectorAll(".fs-cell[tabindex='0']")) other.tabIndex = -1;
    if (button) button.tabIndex = 0;
  }

  // ---- predicting ----

  place() {
    return `${this.get("epoch")} ${this.get("step")}`;
  }

  isHidden() {
    return this.get("predict") && this.revealed !== this.place();
  }

  secret(name) {
    return this.isHidden() && this.stop().outputs.includes(name);
  }

  // All numbers up to this stop, for who asks: paper prints them.
  tell(found) {
    for (const [name, value] of Object.entries(this.values))
      if (QUANTITIES[name] && stopOf(name) <= stopIndex(this.get("step")) && !this.secret(name))
        found.set(name, asMatrix(value));
  }

  check() {
    this.ui.act();
    if (!this.isHidden()) return;
    const { value, error } = parseNumber(this.guess.value);
    const { name, row: i, column: j } = this.chosen;
    const right = asMatrix(this.values[name])[i][j];
    const digits = usualDigits(name);
    const said = error ? null : predicted(value, right, digits);
    const verdict = error
      ? `Your prediction: ${error}.`
      : {
          right: `Right: ${format(right)}.`,
          few: `Right as far as it goes: ${COUNT[digits]} significant digits are asked for.`,
          sign: "The size is right, the sign is not.",
        }[said];
    if (verdict) this.judge(verdict, said === "right");
    else this.judgeWrong(value, digits);
    if (this.root.getRootNode().activeElement === this.guess) this.guess.select(); // for the next try
  }

  judge(verdict, right) {
    this.ui.news = `${verdict} `; // before what is said of the stop
    if (right) this.reveal();
    else this.ui.announce("");
    this.verdict.textContent = verdict;
  }

  judgeWrong(value, digits) {
    const { place } = this.asked.dataset;
    const told = () => {
      if (!this.isHidden() || this.asked.dataset.place !== place) return;
      const slip = answers && this.slip(value, digits);
      this.judge(`Not yet. ${slip ?? "Try again, or reveal it."}`, false);
    };
    if (answers) told();
    else bringAnswers().then(told, told); // a lost one is done without
  }

  // What a wrong prediction was made by, if it is known.
  slip(value, digits) {
    const { mistakesIn, questionFor } = answers;
    const { epoch, examples, learning_rate: rate } = this.state();
    const start = this.epochs.at(epoch);
    const { name, row: i, column: j } = this.chosen;
    const asked = questionFor(name, digits, start, examples, rate, this.functions());
    return mistakesIn(asked, i, j, value)[0] ?? null;
  }

  reveal() {
    const { name, row: i, column: j } = this.chosen;
    this.revealed = this.place();
    this.ui.act();
    this.draw();
    this.verdict.textContent = `It is ${format(asMatrix(this.values[name])[i][j])}.`;
    this.setOff();
    this.next.focus();
  }

  // ---- drawing ----

  draw() {
    const { step, epoch, examples, learning_rate: rate } = this.state();
    this.epochs ??= this.timeline();
    this.values = iteration(examples.x, examples.y, this.epochs.at(epoch), rate, this.functions());
    this.shownRow = Math.min(this.shownRow, examples.x.length - 1);
    this.farthest = Math.max(this.farthest, epoch);
    const stop = this.stop();
    const view = this.view();
    this.arrange();
    if (this.root.dataset.view !== view) this.stage.width = null; // another place for it
    Object.assign(this.root.dataset, { step, epoch, view });
    this.root.toggleAttribute("data-opening", this.get("opening"));
    const afar = view === "training"; // from there one walks by epochs
    renew(this.previous, "textContent", afar ? "One epoch back" : "Previous step");
    renew(this.next, "textContent", afar ? "One epoch on" : "Next step");
    if (afar) setUsable(this.previous, epoch > 0);
    this.root.toggleAttribute("data-many", examples.x.length > 2);
    if (afar) this.placeOverview(); // before anything is measured
    this.drawStage(stop, stopIndex(step), view);
    if (afar) this.drawOverview(epoch, examples);
    else this.drawStop(stop, stopIndex(step), view);
    this.drawAsked();
    this.drawChoices(examples);
    if (this.get("opening")) this.drawOpening();
    this.drawOpened();
    this.drawOnward(step);
    if (!this.compact) this.drawSettings(epoch, examples);
    this.prose?.draw(this.values, (name) => this.secret(name));
    hush(this.scene, this.opening?.running || (afar && this.get("playing")));
    this.say(stop, epoch, view);
  }

  // The way into the book, once the opened step has been seen to its end.
  drawOnward(step) {
    const before = this.onward.hidden;
    this.onward.hidden = !this.led || step !== "14" || this.get("playing");
    const led = this.buttons.contains(this.root.getRootNode().activeElement);
    if (before && !this.onward.hidden && led) this.show(this.onward);
  }

  drawStop(stop, index, view) {
    const { bottom } = this.root.getBoundingClientRect();
    this.drawMap(index);
    this.drawPanel(stop);
    if (view === "iteration") this.drawPath(index);
    this.keepHeights();
    if (this.narrow()) this.keepButtons(bottom);
  }

  // What the live region says of a stop makes sense without the picture; while it plays there is time for
  // its title, or for no more than its name.
  say(stop, epoch, view) {
    if (this.get("opening")) return;
    if (this.get("playing")) {
      const title = this.get("speed") < USUAL ? "" : `: ${stop.title}`;
      if (view !== "training") this.ui.announce(`${stop.name}${title}`);
      return;
    }
    if (view === "training") {
      this.sayTraining(epoch);
      return;
    }
    const results = stop.outputs.map((name) => this.described(name)).join(". ");
    const now = `${stop.name}, epoch ${epoch}`;
    const told = this.isHidden() || stop.outputs.includes("E");
    const key = `${now}: ${results}.${told ? "" : ` The loss E is ${format(this.values.E)}.`}`;
    if (this.heard?.key !== key) {
      const again = this.heard?.stop === stop; // only its numbers are news
      const sentence = again ? key : `${now}: ${stop.title}. ${results}. ${wordsOf(stop)}`;
      this.heard = { key, stop, sentence };
    }
    this.ui.announce(this.heard.sentence);
  }

  sayTraining(epoch) {
    const { E, a2 } = this.values;
    const said = answersTold(this.get("examples").x, a2);
    this.ui.announce(`Epoch ${epoch}: the loss is ${format(E)}; it answers ${said}.`);
  }

  described(name) {
    return this.isHidden()
      ? `${QUANTITIES[name].symbol}: yours to predict`
      : describe(name, this.values[name], false, null, digitsAt(this.stop(), name, this.values));
  }

  drawMap(index) {
    this.stops.forEach((node, i) => {
      node.toggleAttribute("data-done", i < index);
      node.tabIndex = i === index ? 0 : -1;
      if (i === index) node.setAttribute("aria-current", "step");
      else node.removeAttribute("aria-current");
    });
    setUsable(this.previous, index > 0 || this.get("epoch") > 0);
  }

  drawStage(stop, index, view) {
    const slopes = view !== "training";
    const position = slopes ? index : stopOf("E");
    const functions = this.functions();
    this.stage.row = this.shownRow;
    this.stage.arrange(this.values, { slopes });
    const known = (name) => stopOf(name) <= position && !this.secret(name);
    this.stage.setNumbers(this.values, this.shownRow, functions, known);
    this.stage.setStop(slopes ? stop : null);
    this.stage.setChips(position, this.values, this.shownRow, (name) => this.secret(name));
    this.stage.setMoves(slopes && !this.isHidden() ? stop : NOWHERE, this.values, this.shownRow);
    this.plan = null;
    this.travels = slopes && !this.isHidden();
    if (this.travels) this.showMoment();
    else {
      this.stage.moment(AT_REST);
      this.scrub.value = String((index + 1) * SCRUB);
    }
  }

  placeOverview() {
    if (!Overview || this.overview) return;
    this.overview = new Overview();
    this.scene.append(this.overview.root);
    this.scene.after(element("p", { class: "fs-note fs-caption" }, CAPTION));
  }

  drawOverview(epoch, examples) {
    if (!Overview) {
      const lost = ({ message }) => this.ui.say(`The curve of the loss: ${message}.`);
      bringOverview().then(this.schedule, lost);
      return;
    }
    this.overview.draw({
      parameters: this.epochs.at(epoch),
      hidden: this.get("hidden"),
      examples,
      a2: this.values.a2,
      losses: this.epochs.losses,
      epoch,
      farthest: this.farthest,
      loss: this.values.E,
    });
  }

  drawPanel(stop) {
    const functions = this.functions();
    this.heading.replaceChildren(element("strong", {}, stop.name), ` · ${stop.title}`);
    this.formulas.replaceChildren(...formulaLines(stop, functions));
    this.words.replaceChildren(...phrases(phrasesOf(stop)));
    this.code.replaceChildren(stopCode(stop, functions));
    this.equation.replaceChildren(
      ...equationLines(stop, functions, this.values, {
        hidden: (name) => this.secret(name),
        row: (name) => this.rowOnShow(name),
        digits: (name) => this.digits(name, stop),
      }),
    );
    this.oneTabStop(this.equation);
    if (!this.chosen || !stop.outputs.includes(this.chosen.name)) this.chosen = this.mainCell();
    this.drawLine();
    this.showChosen();
    this.lightChosen();
  }

  // The row of a matrix that the picture shows; null where there is but one, or they are no examples.
  rowOnShow(name) {
    return OF_EXAMPLES.has(name) && this.values.x.length > 1 ? this.shownRow : null;
  }

  allDigits() {
    return Boolean(this.settings?.allDigits.box.checked);
  }

  digits(name, stop = this.stop()) {
    if (this.allDigits()) return "all";
    return this.isHidden() ? 4 : digitsAt(stop, name, this.values);
  }

  drawLine() {
    const { name, row: i, column: j } = this.chosen;
    if (asMatrix(this.values[name])[i]?.[j] === undefined) this.chosen = this.mainCell();
    const options = { hidden: (of) => this.secret(of), digits: (of) => this.digits(of) };
    this.line.replaceChildren(
      ...arithmeticLine(this.stop(), this.functions(), this.values, this.chosen, options).filter(
        Boolean,
      ),
    );
    this.oneTabStop(this.line);
  }

  // The whole way of an iteration: every stop with its results.
  drawPath(index) {
    const line = (stop, k) => {
      const hidden = (name) => this.secret(name) || (this.get("predict") && k > index);
      const results = stop.outputs.map((name) =>
        numbers(name, this.values[name], {
          hidden: hidden(name),
          digits: this.digits(name, stop),
          zeros: withZeros(this.digits(name, stop)),
        }),
      );
      const open = this.ui.button(stop.label, () => this.go(k), {
        "aria-label": `Go to ${stop.name}`,
      });
      return element(
        "tr",
        { role: "row", "aria-current": k === index ? "step" : null },
        element("th", { scope: "row", role: "rowheader" }, open),
        element("td", { role: "cell" }, stop.title),
        element("td", { role: "cell", class: "fs-results" }, results),
      );
    };
    const body = element("tbody", { role: "rowgroup" }, STOPS.map(line));
    this.path.replaceChildren(element("table", { class: "fs-table", role: "table" }, body));
  }

  drawAsked() {
    const asking = this.isHidden();
    this.predictBox.checked = this.get("predict");
    this.asked.hidden = !this.get("predict") || this.view() === "training";
    for (const node of this.checking) node.disabled = !asking;
    if (!this.chosen) return;
    const { name, row: i, column: j } = this.chosen;
    const wanted = `${this.place()} ${asking} ${this.shownRow} ${name} ${i} ${j}`;
    if (this.asked.dataset.place === wanted) return;
    this.asked.dataset.place = wanted;
    const where = whichCell(this.values[name], i, j);
    this.question.replaceChildren(
      "What will ",
      symbol(name),
      where ? ` be, ${where},` : " be,",
      ` to ${COUNT[usualDigits(name)]} significant digits?`,
    );
    this.guess.setAttribute("aria-description", this.question.textContent);
    if (asking) {
      bringAnswers().catch(() => {});
      this.guess.value = "";
      this.verdict.textContent = "";
    }
  }

  drawOpening() {
    if (!opens) {
      bringOpening().then(this.schedule, () => {});
      return;
    }
    this.opening ??= this.buildOpening();
  }

  buildOpening() {
    const opening = new opens.Opening(this.ui, {
      go: (epoch) => this.ui.change({ epoch }),
      open: () => opens.openOneStep(this, USUAL),
      said: () => {
        this.draw(); // with the numbers of the last epoch, and not those of the frame before
        this.sayTraining(this.get("epoch"));
      },
    });
    this.scene.before(opening.root); // for the Tab key: the button, then the numbers
    return opening;
  }

  drawOpened() {
    this.opened.hidden = !this.led || this.view() === "training";
    if (this.opened.hidden) return;
    const { x, y } = this.get("examples");
    const first = iteration(x, y, this.epochs.at(0), this.get("learning_rate"), this.functions());
    const epoch = this.get("epoch");
    const sentence = opens.openedSentence(epoch, this.values, first);
    if (this.opened.firstChild?.data !== `${sentence} `)
      this.opened.replaceChildren(`${sentence} `, ...(epoch > 0 ? [this.openFirst] : []));
  }

  // Not anew in every frame: a screen reader is told of each new list.
  drawChoices({ x }) {
    const key = JSON.stringify([x, this.shownRow, this.get("view")]);
    if (this.offered === key) return;
    this.offered = key;
    const option = (inputs, i) =>
      element(
        "option",
        { value: i, selected: i === this.shownRow },
        `${i + 1} of ${x.length}: ${inputs.map((v) => format(v, 3)).join(", ")}`,
      );
    this.rowChoice.replaceChildren(...x.map(option));
    this.zoomChoice.value = this.get("view");
  }

  // What has not come yet is drawn when it has; what was lost is asked for again at the next drawing.
  drawSettings(epoch, examples) {
    if (!StepSettings) {
      bringSettings().then(this.schedule, () => {});
      return;
    }
    if (!this.settings) {
      this.settings = new StepSettings(this);
      this.placeSettings();
    }
    this.settings.draw(epoch, examples);
  }

  // No jumps: what is said of a stop takes as much room at every stop as the longest needs. So do its
  // numbers, but on a narrow screen, where they stand below the buttons.
  keepHeights() {
    const { root, panel, words, values } = this;
    const functions = this.functions();
    const width = root.clientWidth;
    const narrow = this.narrow();
    const sizes = [values.x.length, values.w1.length, values.w1[0].length, values.w2[0].length];
    const type = getComputedStyle(words).fontSize;
    const key = JSON.stringify([width, type, sizes, functions, this.view(), this.allDigits()]);
    if (!width || this.measured === key) return;
    this.measured = key;
    words.style.minHeight = "";
    if (narrow) {
      words.style.minHeight = tallest(words, STOPS.map(wordsAt));
      return;
    }
    panel.style.minHeight = "";
    panel.style.minHeight = tallest(
      panel,
      STOPS.map((stop) => this.probe(stop, functions)),
    );
  }

  // The buttons stand at the window's lower edge, or at the widget's: where that was in sight, it stays.
  keepButtons(bottom) {
    const { root, panel } = this;
    panel.style.minHeight = "";
    const spare = Math.min(bottom, innerHeight) - root.getBoundingClientRect().bottom;
    const seen = bottom > 0 && bottom < innerHeight;
    if (spare > 0) panel.style.minHeight = `${panel.getBoundingClientRect().height + spare}px`;
    else if (seen) scrollBy({ top: -spare, behavior: "instant" });
  }

  // A stop's panel, to be measured.
  probe(stop, functions) {
    const probe = this.panel.cloneNode(false);
    const parts = [...this.panel.children];
    const [said, counted, legend] = parts.map((part) => part.cloneNode(part.matches(".fs-legend")));
    const formulas = element("div", { class: "fs-formulas" }, formulaLines(stop, functions));
    said.append(formulas, wordsAt(stop), element("div", {}, stopCode(stop, functions)));
    const equation = this.equation.cloneNode(false);
    const digits = (name) => this.digits(name, stop);
    const all = { hidden: () => false, row: () => null, digits };
    equation.append(...equationLines(stop, functions, this.values, all));
    counted.append(equation);
    probe.append(said, counted, legend);
    return probe;
  }

  // ---- start and end ----

  listeners() {
    const forget = () => {
      this.epochs = null;
      this.measured = null;
      this.farthest = 0;
      this.chosen = null;
    };
    const follow = () => {
      this.playing.follow();
      if (this.get("playing") && this.view() !== "training") this.setOff();
      this.schedule();
    };
    return [
      ...["parameters", "examples", "learning_rate", "hidden", "output"].map((name) => [
        name,
        forget,
      ]),
      ["playing", follow],
      ["speed", follow],
      ["view", follow],
    ];
  }

  ready() {
    this.walkKeys = onKeys(this.ui, {
      ArrowRight: () => this.walk(1),
      ArrowLeft: () => this.walk(-1),
      Home: () => this.go(0),
      End: () => this.go(LABELS.length - 1),
      " ": () => this.ui.change({ playing: !this.get("playing") }),
    });
    this.resize = onWidth(this.root, () => {
      this.stage.width = null;
      this.draw();
    });
    // the plane's colours are painted: paint again when the page's change
    this.unwatch = onTheme(this.root, () => {
      if (this.overview) this.overview.plane.colours = null;
      this.schedule();
    });
    this.root.addEventListener("focusin", ({ target }) => {
      if (!target.matches(".fs-cell")) return;
      this.oneTabStop(target.closest(".fs-equation, .fs-arithmetic"), target);
      if (this.get("playing")) this.stopPlaying(); // who reads a number is not to lose it
    });
    if (this.model.key) this.links.follow();
    this.root.addEventListener("fs-numbers", ({ detail }) => this.tell(detail));
    // the page's words belong to its first picture
    const words = {
      light: (meant, word) => {
        this.lightMeant(meant);
        this.stage.visit(word);
      },
      open: (meant) => this.openMeant(meant),
    };
    if (this.model.key === "StepExplorer" && !this.get("opening"))
      this.prose = new Prose(this.root, words);
    if (!this.model.key) this.unfollow = followLinks(this.root, "StepExplorer", words);
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
    this.opening?.end();
    cancelAnimationFrame(this.travelling);
    this.resize.disconnect();
    this.unwatch();
    this.unfollow?.();
    this.links.end();
  }
}

export default defineWidget("StepExplorer", StepExplorer);
