// A square to draw in, with finger, mouse or keys: strokes of points from 0 to 1.
import { SIDE } from "../model/digits.js";
import { element, svgElement } from "./elements.js";

const SIZE = 200;
const STEP = 0.05; // of the pen by a key
const MOVES = {
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
};

const PAPER =
  "Paper to draw a digit on. Arrow keys move the pen, the space bar puts it down and lifts it.";

const held = (v) => Math.min(1, Math.max(0, Math.round(v * 1000) / 1000));

export class Drawing {
  // changed(strokes) is called whenever something was drawn; say(text) tells what the pen does
  constructor(changed, say) {
    Object.assign(this, { changed, say, strokes: [], pen: [0.5, 0.2], down: false });
    this.lines = svgElement("g", { class: "fs-ink" });
    this.cross = svgElement("path", { class: "fs-pen", d: "M-7 0H7M0 -7V7" });
    this.svg = svgElement(
      "svg",
      {
        class: "fs-paper",
        viewBox: `0 0 ${SIZE} ${SIZE}`,
        role: "img",
        tabindex: "0",
        "aria-label": PAPER,
        onpointerdown: (event) => this.press(event),
        onpointermove: (event) => this.drag(event),
        onpointerup: () => this.lift(),
        onpointercancel: () => this.lift(),
        onkeydown: (event) => this.key(event),
      },
      this.lines,
      this.cross,
    );
    // keys go to it; its picture inside has the focus, for a screen reader is silent on an application
    this.root = element("div", { class: "fs-paper-place", role: "application" }, this.svg);
  }

  place({ clientX, clientY }) {
    const { left, top, width, height } = this.svg.getBoundingClientRect();
    return [held((clientX - left) / width), held((clientY - top) / height)];
  }

  press(event) {
    if (event.button) return;
    event.preventDefault();
    this.svg.focus({ preventScroll: true });
    try {
      this.svg.setPointerCapture(event.pointerId);
    } catch {
      // a pointer that has gone already
    }
    this.drawing = true;
    this.down = false;
    this.begin(this.place(event));
  }

  drag(event) {
    if (this.drawing) this.on(this.place(event));
  }

  lift() {
    this.drawing = false;
  }

  begin(point) {
    this.pen = point;
    this.changed([...this.strokes, [point]]);
  }

  on(point) {
    this.pen = point;
    const last = this.strokes[this.strokes.length - 1] ?? [];
    this.changed([...this.strokes.slice(0, -1), [...last, point]]);
  }

  key(event) {
    const move = MOVES[event.key];
    if (!move && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    if (!move) {
      this.down = !this.down;
      if (this.down) this.begin(this.pen);
      this.say(this.down ? "The pen is down." : "The pen is up.");
      return;
    }
    const point = this.pen.map((v, k) => held(v + move[k]));
    if (this.down && this.strokes.length) this.on(point);
    else this.pen = point;
    this.show(this.strokes);
    const [column, line] = point.map((v) => Math.min(SIDE, Math.floor(v * SIDE) + 1));
    this.say(`Column ${column}, row ${line} of ${SIDE}, pen ${this.down ? "down" : "up"}.`);
  }

  show(strokes) {
    this.strokes = strokes;
    if (!strokes.length) this.down = false;
    const d = (stroke) =>
      stroke.map(([x, y], k) => `${k ? "L" : "M"}${x * SIZE} ${y * SIZE}`).join("") +
      (stroke.length === 1 ? "h0" : "");
    this.lines.replaceChildren(...strokes.map((one) => svgElement("path", { d: d(one) })));
    this.cross.setAttribute("transform", `translate(${this.pen.map((v) => v * SIZE).join(" ")})`);
    this.svg.toggleAttribute("data-down", this.down);
  }
}
