// The hidden neurons by their numbers: in the network, at their lines in the plane, before their
// weights. Who points at one of these, or at a number of a neuron's own, sees what belongs together.
import { format } from "../model/numbers.js";
import { element, svgElement } from "./elements.js";

const ASK =
  "Point at a neuron or its line, tap it, or go to it in the list: its numbers stand here.";
const MARK = 9; // the radius of a number in the network
const REACH = 9; // how far from a small neuron a pointer may be

// where a hidden neuron's own numbers say which one it is: in their column, or in their row
const COLUMNS = new Set(["w1", "b1", "z1", "a1"]);

// The number of the neuron that a part of the widget belongs to, from 0; null for none.
function neuronOf(node) {
  const own = node.closest("[data-neuron]");
  if (own) return Number(own.dataset.neuron);
  const cell = node.closest("[data-row]");
  const name = cell?.closest("[data-quantity]")?.dataset.quantity;
  const place = cell ? [name, cell.dataset.row, cell.dataset.col] : null;
  const [quantity, i, j] = place ?? node.dataset.weight?.split(" ") ?? [];
  if (COLUMNS.has(quantity)) return Number(j);
  return quantity === "w2" ? Number(i) : null;
}

export class Neurons {
  // told(sentence) is called for who comes to another neuron by keyboard.
  constructor(root, stage, told = () => {}) {
    Object.assign(this, { root, stage, lit: null, parameters: null });
    this.told = element("p", { class: "fs-note fs-told" }, ASK);
    root.addEventListener("focusin", ({ target }) => {
      const before = this.lit;
      this.point(neuronOf(target));
      if (this.lit !== before && this.lit !== null) told(this.sentence(this.lit));
    });
    root.addEventListener("pointerover", ({ target }) =>
      this.point(neuronOf(target) ?? this.focused()),
    );
    // a finger leaves when it is lifted: what was tapped stays
    root.addEventListener("pointerleave", ({ pointerType }) => {
      if (pointerType !== "touch") this.point(this.focused());
    });
  }

  // The neuron of the field with the focus: a pointer that only rests, while the page moves below it,
  // takes its light away from nobody.
  focused() {
    const { activeElement } = this.root.getRootNode();
    return this.root.contains(activeElement) ? neuronOf(activeElement) : null;
  }

  // The network has been drawn, with these parameters.
  draw(parameters) {
    this.parameters = parameters;
    if (this.marks?.parentNode !== this.stage.svg) this.number();
    if (this.lit === null) return;
    if (this.lit >= parameters.w1[0].length) this.lit = null;
    this.light(); // the plane's lines are new in every frame
  }

  // A number in each neuron of the network, and room to point at it.
  number() {
    const { where, svg } = this.stage;
    const mark = ([x, y], neuron, p) => {
      const text = svgElement("text", { x, y, dy: ".36em" }, String(neuron + 1));
      const marks = { class: "fs-neuron-mark", "data-neuron": neuron };
      if (where.sketch) {
        const r = where.radius();
        text.style.fontSize = `${Math.min(13, 1.5 * r)}px`;
        const circle = svgElement("circle", { cx: x, cy: y, r });
        const room = svgElement("circle", { cx: x, cy: y, r: REACH + r, class: "fs-neuron-room" });
        return svgElement("g", marks, room, circle, text);
      }
      const [left, top, width, height] = where.box("hidden", p);
      const room = { x: left, y: top, width, height, class: "fs-neuron-room" };
      const circle = svgElement("circle", { cx: left + MARK + 5, cy: y, r: MARK });
      text.setAttribute("x", left + MARK + 5);
      return svgElement("g", marks, svgElement("rect", room), circle, text);
    };
    const all = where.nodes.hidden.map((place, p) => mark(place, where.shown.hidden[p], p));
    this.marks = svgElement("g", { class: "fs-neuron-marks" }, all);
    svg.append(this.marks);
  }

  point(neuron) {
    if (neuron === this.lit) return;
    this.lit = neuron;
    if (this.parameters) this.light();
  }

  light() {
    const { lit, root, stage, parameters } = this;
    for (const node of root.querySelectorAll("[data-neuron]"))
      node.toggleAttribute("data-lit", Number(node.dataset.neuron) === lit);
    const { w1 } = parameters;
    const from = w1.map((_, i) => ({ name: "w1", row: i, column: lit }));
    const own = [...from, { name: "b1", row: 0, column: lit }, { name: "w2", row: lit, column: 0 }];
    stage.light(lit === null ? [] : own);
    const text = lit === null ? ASK : this.sentence(lit);
    if (this.told.textContent !== text) this.told.textContent = text;
  }

  sentence(neuron) {
    const { w1, b1, w2 } = this.parameters;
    const from = w1.map((line, i) => `${format(line[neuron])} from x${"₁₂"[i]}`);
    const nowhere = this.root.querySelector(`.fs-neuron-line[data-neuron="${neuron}"]`)
      ? ""
      : " It has no line: its z is 0 nowhere in this plane.";
    return (
      `Neuron ${neuron + 1}: w₁ ${from.join(", ")}; b₁ ${format(b1[0][neuron])}; ` +
      `w₂ ${format(w2[neuron][0])}.${nowhere}`
    );
  }
}
