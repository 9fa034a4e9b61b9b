// Playing: a step at a time, or some at each frame; whoever takes over ends it.
import { onKeys } from "./controls.js";

export const USUAL = 2; // seconds for a stop

export const wantsCalm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// A picture whose numbers change in every frame is not heard until it stands still: a screen reader that
// is told of each of them loses the sentence that counts.
export function hush(picture, running) {
  if (running) picture.setAttribute("aria-hidden", "true");
  else picture.removeAttribute("aria-hidden");
}

// Calls step() at every tick while the trait "playing" is true; follow() is called when it, or the
// pace, changes. button says Play or Pause.
export class Steps {
  constructor(model, button, step, milliseconds) {
    Object.assign(this, { model, button, step, milliseconds, timer: null });
  }

  follow() {
    clearInterval(this.timer);
    const playing = this.model.get("playing");
    this.timer = playing ? setInterval(this.step, this.milliseconds()) : null;
    this.button.textContent = playing ? "Pause" : "Play";
  }

  end() {
    clearInterval(this.timer);
  }
}

// The same for frames: step(now) at each of them, every half second where calm is wished for.
export class Frames {
  constructor(model, button, step) {
    Object.assign(this, { model, button, step, frame: null });
  }

  follow() {
    cancelAnimationFrame(this.frame);
    this.button.textContent = this.model.get("playing") ? "Pause" : "Play";
    const pause = wantsCalm() ? 500 : 0;
    let shown = -Infinity;
    const tick = (now) => {
      if (!this.model.get("playing")) return;
      this.frame = requestAnimationFrame(tick);
      if (now - shown < pause) return;
      shown = now;
      this.step(now);
    };
    if (this.model.get("playing")) this.frame = requestAnimationFrame(tick);
  }

  end() {
    cancelAnimationFrame(this.frame);
  }
}

// going somewhere is not yet taking over
const QUIET_KEYS = ["Tab", "Shift", "Control", "Alt", "Meta"];

const PRESSING_KEYS = ["Enter", " "];

// Nothing else: to change what has not changed would take away what the widget has to say.
export function stopPlaying(widget) {
  if (widget.get("playing")) widget.ui.change({ playing: false });
}

// A key or a field in use ends the playing, so that nothing typed is overwritten. What the Play
// button does, it does itself.
export function pauseForPeople(root, button, pause) {
  const pressing = (event) => button.contains(event.target) && PRESSING_KEYS.includes(event.key);
  root.addEventListener("keydown", (event) => {
    if (!pressing(event) && !QUIET_KEYS.includes(event.key)) pause();
  });
  root.addEventListener("focusin", (event) => {
    if (event.target.matches("input[type=text]")) pause();
  });
}

// A widget that is walked through step by step: its Play button, its keys, and how playing begins and
// ends. The widget has walk(by), and go(0) for the way back to the start; over(), if its way has an end,
// from which playing begins anew.
export class Walk {
  constructor(widget, milliseconds) {
    const { ui, model } = widget;
    const turn = () => {
      const playing = !widget.get("playing");
      if (playing && widget.over?.()) widget.go(0);
      ui.change({ playing });
    };
    this.widget = widget;
    this.button = ui.button("Play", turn, { class: "fs-play" });
    this.steps = new Steps(
      model,
      this.button,
      () => widget.walk(1),
      () => milliseconds,
    );
  }

  // Where it pauses it says where it is.
  listeners() {
    const follow = () => {
      this.steps.follow();
      if (!this.widget.get("playing")) this.widget.schedule();
    };
    return [["playing", follow]];
  }

  ready() {
    const { widget } = this;
    const pause = () => stopPlaying(widget);
    const by = (steps) => () => widget.walk(steps);
    widget.root.addEventListener(
      "keydown",
      onKeys(widget.ui, { ArrowRight: by(1), ArrowLeft: by(-1), Home: () => widget.go(0) }),
    );
    pauseForPeople(widget.root, this.button, pause);
    if (wantsCalm()) pause();
    this.steps.follow();
  }

  end() {
    this.steps.end();
  }
}

// A widget whose playing is a Walk, and begins and ends with it.
export class Walked {
  listeners() {
    return this.playing.listeners();
  }

  ready() {
    this.playing.ready();
  }

  end() {
    this.playing.end();
  }
}
