// One cell as the reader sees it: its editor, its buttons, its results.

import { element } from "./elements.js";
import { makeEditor } from "./editor.js";
import { Results } from "./results.js";

export class CellView {
  // at: the element [data-cell]; on: { change(text), run(), runAbove(), reset() }; tools: for its results
  constructor(at, cell, on, tools) {
    this.at = at;
    this.cell = cell;
    this.on = on;
    this.row = at.querySelector(":scope > .fs-run");
    this.code = at.querySelector(":scope > .cell_input");
    this.results = new Results(outputOf(at, this.row), {
      ...tools,
      name: `cell ${cell.index + 1}`,
    });
  }

  get isOpen() {
    return Boolean(this.editor);
  }

  open() {
    if (this.isOpen) return;
    const place = element("div", { className: "fs-editor" });
    place.dataset.editor = "";
    this.row.before(place);
    if (this.code) this.code.hidden = true;
    this.editor = makeEditor(place, {
      label: `Cell ${this.cell.index + 1}, Python`,
      text: this.cell.text,
      change: this.on.change,
      run: this.on.run,
      leave: () => this.first.focus(),
    });
    this.first = element("button", { type: "button", onclick: this.on.run }, "Run");
    this.first.title = "Shift and Enter in the editor";
    this.state = element("span", { className: "fs-state" });
    this.row.replaceChildren(
      this.first,
      element("button", { type: "button", onclick: this.on.runAbove }, "Run all above"),
      element("button", { type: "button", onclick: this.on.reset }, "Reset cell"),
      this.state,
    );
  }

  say(text) {
    if (this.state) this.state.textContent = text;
  }

  // Before it runs: an empty place for what comes, and no line pointed at.
  begin() {
    this.results.clear();
    this.editor?.point(null);
  }

  show(message) {
    if (message.kind === "error" && message.where === `cell ${this.cell.index + 1}`)
      this.editor?.point(message.line);
    return this.results.add(message);
  }

  reset() {
    this.editor?.write(this.cell.source);
    this.editor?.point(null);
    this.results.restore();
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
