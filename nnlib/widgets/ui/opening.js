// The opening: one button. The network learns before the reader's eyes; then one step of the many is
// opened.
import { element } from "./elements.js";
import { wantsCalm } from "./play.js";

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
      "It should say 1 only for 1, 1. Ring: what is wanted. Mark: its answer. E: how wrong it is. " +
      "Square: its answers in between, stronger nearer to 1.";
    const note = element("p", { class: "fs-note" }, legend);
    this.root = element("div", { class: "fs-opening" }, this.button, note);
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
  }
}
