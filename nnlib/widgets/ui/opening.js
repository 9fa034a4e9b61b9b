// The opening: one button. The network learns before the reader's eyes; then one step of the many is
// opened.
import { PARAMETERS } from "../model/operations.js";
import { format } from "../model/numbers.js";
import { element } from "./elements.js";
import { wantsCalm } from "./play.js";

const GRADIENTS = PARAMETERS.map((name) => `dE_d${name}`);
const SECONDS = 8;
const EPOCHS = 3000;
const BEND = 2.2; // slow at first, where most is to be seen

// The epoch after so many seconds.
const epochAt = (seconds) =>
  Math.round(EPOCHS * Math.min(1, Math.max(0, seconds / SECONDS)) ** BEND);

// go(epoch) shows an epoch, said() tells of the last of them, open() is called where one step is wanted.
export class Opening {
  constructor(ui, { go, open, said }) {
    Object.assign(this, { ui, go, open, said, frame: null, learnt: false });
    this.button = ui.button("Let it learn", () => this.press(), { class: "fs-primary fs-big" });
    const legend =
      "It should say 1 only for 1, 1. Ring: what is wanted. Mark: its answer. " +
      "E: how wrong all answers are. " +
      "Square: its answers in between, stronger nearer to 1.";
    const note = element("p", { class: "fs-note" }, legend);
    this.root = element("div", { class: "fs-opening" }, this.button, note);
  }

  get running() {
    return this.frame !== null;
  }

  press() {
    if (this.learnt) {
      this.open();
      return;
    }
    this.end();
    this.ui.announce(`The network learns: ${EPOCHS} epochs in ${SECONDS} seconds.`);
    const calm = wantsCalm();
    let began = null;
    const tick = (now) => {
      began ??= now;
      const seconds = (now - began) / 1000;
      const shown = calm ? Math.floor(seconds) : seconds;
      this.go(epochAt(shown));
      if (shown >= SECONDS) this.finish();
      else this.frame = requestAnimationFrame(tick);
    };
    this.frame = requestAnimationFrame(tick);
  }

  finish() {
    this.learnt = true;
    this.frame = null;
    this.said();
    this.button.textContent = "Open one step";
  }

  again() {
    this.end();
    this.learnt = false;
    this.button.textContent = "Let it learn";
  }

  end() {
    cancelAnimationFrame(this.frame);
    this.frame = null;
  }
}

// Opens one of the many steps that the network has just made, to be played at this speed.
export function openOneStep(widget, speed) {
  widget.led = true;
  widget.stepped = false;
  // the example that it is most wrong about has the largest slopes
  const { a2 } = widget.values;
  const wrong = widget.get("examples").y.map(([y], i) => Math.abs(a2[i][0] - y));
  widget.shownRow = wrong.indexOf(Math.max(...wrong));
  widget.ui.change({
    opening: false,
    view: "step",
    step: "F1",
    speed,
    playing: !wantsCalm(),
  });
  widget.setOff();
  // drawn by then: the button that was pressed is gone
  queueMicrotask(() => {
    widget.play.focus({ preventScroll: true });
    widget.show(widget.diagram, "start");
  });
  const pauses = wantsCalm() ? "" : " This button pauses.";
  widget.ui.news = `One of its steps, opened: first forward, then back.${pauses} `;
}

// The same for the first of all, whose slopes are large.
export function openTheFirst(widget) {
  widget.stepped = false;
  widget.ui.change({ epoch: 0, step: "F1", playing: !wantsCalm() });
  widget.setOff();
  widget.play.focus({ preventScroll: true });
  widget.ui.news = "The first iteration, opened. ";
}

// What was opened by the opening's button, in words: after so much learning the slopes are small.
export function openedSentence(epoch, now, first) {
  const largest = (values) =>
    format(Math.max(...GRADIENTS.flatMap((name) => values[name].flat().map(Math.abs))), 2);
  if (epoch === 0)
    return (
      "The first iteration, opened: nothing has been learnt yet. " +
      `Its largest slope is ${largest(first)}.`
    );
  return (
    `One iteration of many, opened: the one after epoch ${epoch}. The network is nearly ` +
    `right by now, so its slopes are small: ${largest(now)} at most. ` +
    `In the first iteration the largest was ${largest(first)}.`
  );
}
