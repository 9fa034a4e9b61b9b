// The plane of a network's inputs: painted with its outputs, the lines of its neurons, the border
// where it is undecided, the examples.
import { format } from "../model/numbers.js";
import { boundary, contour, marksOn, outputGrid } from "../model/surface.js";
import { element, onWidth, svgElement } from "./elements.js";

const GRID = 49,
  LOW = -0.5,
  HIGH = 1.5,
  SIDE = 300;
const CORNER = 16, // the radius of an example, and of a neuron's number
  MARK = 14,
  BESIDE = 10, // from one circle to another
  LARGEST = 1.6, // times as large, for the last row
  TYPE = 21,
  LEAST = 11; // px that a number is high, in a small plane
const toPixel = (v) => ((v - LOW) / (HIGH - LOW)) * SIDE;
const placeOf = ([x1, x2]) => [toPixel(x1), SIDE - toPixel(x2)];

// numbered: with a neuron's number at an end of its line.
export class Plane {
  constructor({ numbered = false } = {}) {
    this.numbered = numbered;
    this.places = []; // of the numbers, by neuron
    this.grid = new Float64Array(GRID * GRID);
    this.canvas = element("canvas", { width: GRID, height: GRID, "aria-hidden": "true" });
    this.marks = svgElement("svg", {
      viewBox: `0 0 ${SIDE} ${SIDE}`,
      role: "img",
      class: "fs-plane-marks",
      "aria-label": "The plane of the inputs, painted with the outputs",
    });
    this.root = element("div", { class: "fs-square-box" }, this.canvas, this.marks);
    this.colours = null; // from the page's style; null where that has changed
    this.width = null;
    onWidth(this.root, () => {
      this.width = this.root.clientWidth;
      if (this.drawn) this.draw(...this.drawn);
    });
  }

  palette() {
    if (this.colours?.[0]) return this.colours;
    const style = getComputedStyle(this.root);
    this.colours = ["background", "activation"].map((name) =>
      style.getPropertyValue(`--fs-${name}`).trim(),
    );
    return this.colours;
  }

  // How many times as large as usual the circles and their numbers are.
  sizeOfSigns() {
    if (document.documentElement.classList.contains("fs-lecture")) return LARGEST;
    this.width ??= this.root.clientWidth || null;
    const readable = this.width ? (LEAST * SIDE) / (TYPE * this.width) : 1;
    return Math.min(LARGEST, Math.max(1, readable));
  }

  // A network's parameters, its hidden activation, the examples and what it gives for them.
  draw(parameters, hidden, { x, y }, a2) {
    this.drawn = [parameters, hidden, { x, y }, a2];
    outputGrid(parameters, hidden, GRID, LOW, HIGH, this.grid);
    paint(this.canvas, this.grid, ...this.palette());
    const lines = neuronLines(parameters);
    this.size = this.sizeOfSigns();
    this.marks.style.setProperty("--size", this.size);
    this.marks.replaceChildren(
      ...lines.flatMap(neuronLine),
      svgElement("path", { class: "fs-decision", d: contour(this.grid, GRID, 0.5, SIDE) }),
      ...x.flatMap((point, i) => corner(point, y[i][0], this.size)),
      ...(this.numbered ? this.numbers(lines, x) : []),
    );
    const said = x.map(
      (point, i) => `${point.join(", ")} gives ${format(a2[i][0], 2)}, target ${y[i][0]}`,
    );
    this.marks.setAttribute("aria-label", `The outputs at the four corners: ${said.join("; ")}.`);
  }

  // The neurons' numbers on their lines, beside the examples and one another.
  numbers(lines, x) {
    const places = marksOn(
      lines.map(({ ends }) => ends),
      x.map(placeOf),
      {
        side: SIDE,
        inset: this.size * MARK + 2,
        apart: this.size * (CORNER + MARK) + BESIDE,
        before: lines.map(({ neuron }) => this.places[neuron]),
      },
    );
    this.places = [];
    return lines.map(({ neuron }, k) => {
      this.places[neuron] = places[k];
      const marks = { class: "fs-neuron-mark", "data-neuron": neuron };
      return svgElement("g", marks, disc(places[k], this.size * MARK, String(neuron + 1), null));
    });
  }
}

// Where each hidden neuron's z is 0: [{neuron, ends}, …], without those that are so nowhere in the plane.
function neuronLines({ w1, b1 }) {
  return w1[0].flatMap((_, neuron) => {
    const ends = boundary([w1[0][neuron], w1[1][neuron]], b1[0][neuron], LOW, HIGH);
    return ends ? [{ neuron, ends: ends.map(placeOf) }] : [];
  });
}

// The line, and a wider one that is not seen, to point at.
function neuronLine({ neuron, ends: [from, to] }) {
  const d = `M${from.join(" ")}L${to.join(" ")}`;
  return ["fs-neuron-line", "fs-neuron-room"].map((name) =>
    svgElement("path", { class: name, "data-neuron": neuron, d }),
  );
}

function corner([x1, x2], target, size) {
  const name = target ? "fs-one" : "fs-zero";
  return disc(placeOf([x1, x2]), size * CORNER, String(target), name);
}

// A circle with a sign in it.
function disc([x, y], r, text, name) {
  return [
    svgElement("circle", { cx: x, cy: y, r, class: name }),
    svgElement("text", { x, y, dy: ".36em", class: name }, text),
  ];
}

// Paints a grid on a canvas of the same size: from one colour to the other, given as "#rrggbb". What
// does not stand in the page yet has no colours.
function paint(canvas, grid, from, to) {
  if (!from || !to) return;
  const parse = (text) => [1, 3, 5].map((i) => parseInt(text.slice(i, i + 2), 16));
  const [a, b] = [parse(from), parse(to)];
  const context = canvas.getContext("2d");
  const image = context.createImageData(GRID, GRID);
  grid.forEach((value, i) => {
    const t = 0.08 + 0.62 * value; // never the full colour: what is drawn on it must stay readable
    for (let k = 0; k < 3; k++) image.data[4 * i + k] = a[k] + (b[k] - a[k]) * t;
    image.data[4 * i + 3] = 255;
  });
  context.putImageData(image, 0, 0);
}
