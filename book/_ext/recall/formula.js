// A formula with gaps: draw a line from a symbol to the gap where it belongs, or press the one and then the
// other. Keys do the same, as all of it are buttons; what was put where is said.
import { make } from "./elements.js";

const SVG = "http://www.w3.org/2000/svg";

const box = (node) => node.getBoundingClientRect();

/** A line from one box to another, both seen from a third. */
function line(a, b, c) {
  const drawn = document.createElementNS(SVG, "line");
  const places = {
    x1: a.left + a.width / 2 - c.left,
    y1: a.bottom - c.top,
    x2: b.left + b.width / 2 - c.left,
    y2: b.top - c.top,
  };
  for (const [name, value] of Object.entries(places)) drawn.setAttribute(name, value);
  return drawn;
}

class Gaps {
  constructor(details) {
    this.given = JSON.parse(details.dataset.formula);
    this.others = [...details.querySelectorAll(".fs-told li")]; // what is said of each decoy
    this.lines = document.createElementNS(SVG, "svg");
    this.lines.setAttribute("aria-hidden", "true");
    this.said = make("p", { className: "fs-gaps-said" });
    this.said.setAttribute("role", "status");
    this.taken = null;
    this.chips = this.given.chips.map((symbol) => this.chip(symbol));
    this.gaps = [];
    const row = make("div", { className: "fs-gaps-formula" }, `${this.given.gives} = `);
    row.append(...this.given.parts.map((part) => this.part(part)));
    const chips = make("div", { className: "fs-gaps-chips" }, ...this.chips);
    chips.setAttribute("role", "group");
    chips.setAttribute("aria-label", "Symbols to put into the gaps");
    this.board = make("div", { className: "fs-gaps" }, this.lines, chips, row, this.said);
    new ResizeObserver(() => this.draw()).observe(this.board);
  }

  chip(symbol) {
    const chip = make("button", {
      type: "button",
      className: "btn btn-sm fs-chip",
      textContent: symbol,
    });
    chip.setAttribute("aria-pressed", "false");
    chip.addEventListener("click", () => this.dropped || this.take(chip));
    chip.addEventListener("pointerdown", (event) => this.drag(chip, event));
    return chip;
  }

  /** A line that follows the pointer; where it ends on a gap, the symbol belongs to it. */
  drag(chip, { pointerId }) {
    chip.setPointerCapture(pointerId);
    const over = new AbortController();
    const on = (name, does) => chip.addEventListener(name, does, { signal: over.signal });
    on("pointermove", ({ clientX, clientY }) => {
      this.draw();
      this.lines.append(line(box(chip), new DOMRect(clientX, clientY), box(this.board)));
    });
    on("pointercancel", () => {
      over.abort();
      this.draw();
    });
    on("pointerup", ({ clientX, clientY }) => {
      over.abort();
      const gap = document.elementFromPoint(clientX, clientY)?.closest(".fs-gap");
      this.draw();
      if (!this.gaps.includes(gap)) return;
      this.take(chip);
      this.put(gap);
      this.dropped = true; // the click that follows is no second press
      setTimeout(() => (this.dropped = false));
    });
  }

  part(part) {
    if (typeof part === "string") return document.createTextNode(part);
    if (!part.gap) return document.createTextNode(part.q);
    const gap = make("button", {
      type: "button",
      className: "btn btn-sm fs-gap",
      textContent: "▢",
    });
    gap.symbol = part.q;
    this.gaps.push(gap);
    gap.setAttribute("aria-label", `Gap ${this.gaps.length}: empty`);
    gap.addEventListener("click", () => this.put(gap));
    return gap;
  }

  take(chip) {
    this.taken = chip;
    for (const one of this.chips) one.setAttribute("aria-pressed", String(one === chip));
    this.said.textContent = `${chip.textContent} is taken. Now press a gap.`;
  }

  put(gap) {
    if (!this.taken) {
      this.said.textContent = "Press a symbol first.";
      return;
    }
    for (const one of this.gaps) if (one.chip === this.taken) this.empty(one);
    gap.chip = this.taken;
    gap.textContent = gap.chip.textContent;
    gap.setAttribute("aria-label", `Gap ${this.gaps.indexOf(gap) + 1}: ${gap.textContent}`);
    this.taken.setAttribute("aria-pressed", "false");
    this.taken = null;
    this.said.replaceChildren(...this.judged(gap));
    this.draw();
  }

  empty(gap) {
    gap.chip = null;
    gap.textContent = "▢";
    gap.setAttribute("aria-label", `Gap ${this.gaps.indexOf(gap) + 1}: empty`);
  }

  /** What is said of a symbol in a gap. */
  judged(gap) {
    const symbol = gap.chip.textContent;
    if (symbol === gap.symbol) {
      const right = this.gaps.every((one) => one.chip?.textContent === one.symbol);
      return [right ? `${symbol}: right. The formula is complete.` : `${symbol}: right.`];
    }
    const other = this.others[this.given.decoys.indexOf(symbol)];
    const why = other?.cloneNode(true).childNodes ?? ["It has another place in this formula."];
    return [`${symbol} does not belong there. `, ...why];
  }

  draw() {
    const joined = this.gaps.filter((gap) => gap.chip);
    this.lines.replaceChildren(
      ...joined.map((gap) => line(box(gap.chip), box(gap), box(this.board))),
    );
  }
}

/** The board of a question to complete, or nothing for another kind. */
export const formula = (details) => (details.dataset.formula ? new Gaps(details).board : null);
