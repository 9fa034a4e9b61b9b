// One cell as the reader sees it: its editor, its buttons, its state, its results.

import { element } from "./elements.js";
import { makeEditor } from "./editor.js";
import { Results } from "./results.js";

const KEYS = "Shift+Enter runs · Tab indents · Esc leaves";
const FROM_THE_TOP = 90; // px: below the head of a page

export class CellView {
  // at: the element [data-cell]; on: { change(text), run(), stop(), runAbove(), reset(), go(cell) };
  // tools: for its results. Its row is cell.js's, with the button and the place for the state.
  constructor(at, cell, on, tools) {
    this.at = at;
    this.cell = cell;
    this.on = on;
    this.row = at.querySelector(":scope > .fs-run");
    this.state = this.row.querySelector(".fs-state");
    this.first = this.row.querySelector("button");
    this.code = at.querySelector(":scope > .cell_input");
    this.title = `Cell ${cell.index + 1}`;
    this.state.before(element("span", { className: "fs-number" }, this.title));
    this.results = new Results(outputOf(at, this.row), {
      ...tools,
      name: this.title.toLowerCase(),
    });
  }

  get isOpen() {
    return Boolean(this.editor);
  }

  open() {
    if (this.isOpen) return;
    const place = element("div", { className: "fs-editor" });
    place.dataset.editor = "";
    this.at.querySelector(".fs-own")?.remove();
    this.row.before(place);
    if (this.code) this.code.hidden = true;
    this.editor = makeEditor(place, {
      label: `${this.title}, Python`,
      text: this.cell.text,
      change: this.on.change,
      run: this.on.run,
      leave: () => this.first.focus(),
    });
    const press = () => (this.isBusy ? this.on.stop() : this.on.run());
    this.first = element("button", { type: "button", onclick: press }, "Run");
    const above = element("button", { type: "button", onclick: this.on.runAbove }, "Run all above");
    above.title = "Every cell above runs anew, and no name of before is left";
    this.row.replaceChildren(
      this.first,
      above,
      element("button", { type: "button", onclick: this.on.reset }, "Reset cell"),
      this.row.querySelector(".fs-number"),
      this.state,
      element("span", { className: "fs-keys" }, KEYS),
    );
  }

  // said: { name, words, at } as the chapter says it.
  say({ name, words, at, own }) {
    this.at.dataset.state = name;
    this.at.classList.toggle("fs-owned", Boolean(own));
    this.isBusy = name === "running" || name === "waiting";
    if (this.isOpen) this.first.textContent = this.isBusy ? "Stop" : "Run";
    const quiet = !this.isOpen && (name === "book" || (name === "current" && !own));
    const said = quiet ? "" : words;
    // what a change makes of those below it is seen beside them, and not told of one after the other
    this.state.ariaLive = name === "old" ? "off" : "polite";
    if (this.state.textContent !== said) this.state.replaceChildren(said);
    if (at && !quiet) this.state.append(this.link(at));
  }

  link(cell) {
    return element(
      "button",
      { type: "button", className: "fs-go", onclick: () => this.on.go(cell) },
      `Go to cell ${cell.index + 1}`,
    );
  }

  // It is about to run: its results stay until there are others, and no line is pointed at.
  begin() {
    this.results.begin();
    this.editor?.point(null);
  }

  show(message) {
    if (message.kind === "error" && message.where === this.results.tools.name)
      this.editor?.point(message.line);
    const link = message.at && this.link(message.at);
    return this.results.add(link ? { ...message, link } : message);
  }

  // All is there: what the bar at the foot of the window (its upper edge is at floor) hides comes
  // into view, unless the reader has gone elsewhere.
  reveal(floor) {
    const row = this.row.getBoundingClientRect();
    if (row.bottom < 0 || row.top > innerHeight) return;
    const hidden = this.results.place.getBoundingClientRect().bottom + 8 - floor;
    const room = row.top - FROM_THE_TOP;
    if (hidden > 0 && room > 0) scrollBy(0, Math.min(hidden, room));
  }

  go() {
    this.at.closest(".toggle-hidden")?.querySelector(".toggle-button")?.click(); // a folded solution
    const to = this.isOpen ? this.first : this.row.querySelector("button");
    this.at.scrollIntoView({ block: "center" });
    to.focus({ preventScroll: true });
  }

  reset() {
    this.editor?.write(this.cell.source);
    this.editor?.point(null);
    this.results.restore();
    if (this.isOpen) return;
    this.at.querySelector(".fs-own")?.remove();
    const button = this.row.querySelector(".fs-reset");
    if (button === document.activeElement) this.first.focus();
    button?.remove();
    if (this.code) this.code.hidden = false;
  }
}

function outputOf(at, row) {
  let place = at.querySelector(":scope > .cell_output");
  if (!place) {
    place = element("div", { className: "cell_output docutils container" });
    row.after(place);
  }
  place.dataset.output = "";
  return place;
}
