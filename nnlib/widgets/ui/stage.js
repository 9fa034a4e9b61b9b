// The stage: the picture of the network at a stop. Lines and neurons are SVG; every number lies over
// them as an element of its own, a field where it can be changed, a chip where it was computed.
// Where things stand, and what, is model/stage.js's matter; what travels, model/travel.js's.
import { ACTIVATIONS } from "../model/activations.js";
import { compactLines, digitsBeside, format, movedLines } from "../model/numbers.js";
import { roundUp } from "../model/scales.js";
import {
  BEND,
  OF_EXAMPLES,
  activeParts,
  flowOf,
  sourceParts,
  fieldsShown,
  layout,
  numbersShown,
  partOf,
} from "../model/stage.js";
import { placeInNetwork, stopOf } from "../model/quantities.js";
import { QUANTITIES } from "../generated/names.js";
import { setNumber } from "./controls.js";
import { element, svgElement } from "./elements.js";
import { cell } from "./quantities.js";

// from these widths on the picture lies: with the way back, and without
const NARROW = { true: 600, false: 470 };
const SLIDE = { true: 0.49, false: 0.375 }; // of a slide's height, likewise
const LEAST = 0.92; // px for a unit, of a standing picture, where there is the width
const BESIDE = 250; // px of the screen, for what is read with it
const subscript = (number) =>
  String(number).replace(/\d/g, (digit) => String.fromCharCode(0x2080 + Number(digit)));
const index = (i, count) => (count > 1 ? subscript(i + 1) : "");
const HALF = 15; // of a curve's width
const BESIDE_CURVE = new Set(["da1_dz1", "da2_dz2"]); // their numbers stand there
const SCALE = 17; // to each side, as far as a weight moves in the picture
const RULER = `M${-SCALE} 0h${2 * SCALE}M${-SCALE} -3v6M${SCALE} -3v6`;
const at = ([x, y]) => `--x: ${x.toFixed(2)}; --y: ${y.toFixed(2)}`;
const path = (points) =>
  points.map(([x, y], k) => `${k ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
// The curve that a bend's points lie on, or several bends': points of it are what travels along it.
function curve(points, tall) {
  const [start, ...ends] = points.filter((_, k) => k % BEND === 0);
  let [x, y] = start;
  const pieces = ends.map(([right, down]) => {
    const [across, along] = [(x + right) / 2, (y + down) / 2];
    const through = tall ? [x, along, right, along] : [across, y, across, down];
    [x, y] = [right, down];
    return `C${[...through, x, y].map((v) => v.toFixed(1)).join(" ")}`;
  });
  return path([start]) + pieces.join("");
}

// field(label, attributes, edit) makes a field for a number that edit(name, i, j) changes; fold(layer,
// first) is called where somebody wants to see other neurons of a layer; called, {layer: {all, one}}, says
// what a layer's neurons are called where they have names: all of them, and one by its number.
export class Stage {
  constructor({ field, edit, fold, called = {} }) {
    Object.assign(this, { field, edit, fold, called });
    this.svg = svgElement("svg", { "aria-hidden": "true" });
    this.below = element("div", { class: "fs-overlay" }); // fields
    // chips: the matrices and the live region say them with their names
    this.above = element("div", { class: "fs-overlay", "aria-hidden": "true" });
    this.flying = element("div", { class: "fs-overlay fs-flying", "aria-hidden": "true" });
    this.root = element(
      "div",
      { class: "fs-stage" },
      this.svg,
      this.below,
      this.above,
      this.flying,
    );
    this.first = {};
    this.built = null;
    this.width = null;
    this.type = null;
  }

  // ---- the frame ----

  // Lays the picture out for a network, for the width that it has, and for the way back or not.
  arrange(values, { slopes = true } = {}) {
    const { w1, w2 } = values;
    const sizes = { inputs: w1.length, hidden: w1[0].length, outputs: w2[0].length };
    // measured when it may have changed, not in every frame; larger type needs more room
    this.width ??= this.root.parentNode?.clientWidth || null;
    const width = this.width ?? 320;
    this.type ??= parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
    const tall = width / this.type < NARROW[slopes];
    const slide = document.documentElement.classList.contains("fs-lecture");
    const key = JSON.stringify([sizes, tall, slopes, slide, this.first]);
    if (this.built !== key) {
      this.built = key;
      this.where = layout(sizes, { tall, slopes, first: this.first, low: slide });
      this.build(sizes, values);
    }
    // lying, it leaves room for its controls on a low screen, and more of it on a slide
    const screen = innerHeight / (slide ? (this.root.currentCSSZoom ?? 1) : 1);
    const share = slide ? SLIDE[slopes] : 0.56;
    const tallest = tall ? this.standing() : Math.max(slide ? 240 : 300, share * screen);
    const unit = Math.min(width / this.where.width, tallest / this.where.height);
    this.root.style.setProperty("--u", `${unit.toFixed(4)}px`);
  }

  // How tall a standing picture may be, so that a name, a sentence and the buttons have room on the
  // screen, as long as its type stays readable. The window grows when a phone hides its bars, the page
  // does not.
  standing() {
    const screen = document.documentElement.clientHeight;
    return Math.max(LEAST * this.type * this.where.height, screen - BESIDE * this.type);
  }

  // Out of sight, the picture comes into a corner beside the word of the page that is pointed at, and
  // goes home when none is. Its place keeps its height.
  visit(word) {
    const { root } = this;
    const home = root.parentNode;
    if (root.popover) {
      root.popover = null;
      home.style.minHeight = "";
    }
    const { top, bottom, height } = root.getBoundingClientRect();
    const seen = Math.min(bottom, innerHeight) - Math.max(top, 0);
    if (!word || !root.showPopover || seen > height / 2) return;
    home.style.minHeight = getComputedStyle(home).height; // to the part of a pixel
    root.popover = "manual";
    root.showPopover();
    root.toggleAttribute("data-above", word.getBoundingClientRect().bottom > innerHeight / 2);
  }

  build(sizes, values) {
    const { where } = this;
    const { width, height } = where;
    this.root.toggleAttribute("data-tall", where.tall);
    this.root.style.setProperty("--w", width);
    this.root.style.setProperty("--h", height);
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    Object.assign(this, { layers: {}, groups: {}, fields: [], lines: new Map(), curves: [] });
    Object.assign(this, { moves: null, key: null, cards: [], deltas: [] });
    this.svg.replaceChildren();
    this.below.replaceChildren();
    this.above.replaceChildren();
    this.chips = new Map();
    this.folded(sizes, values);
    for (const edge of where.edges) this.line(edge);
    this.toLoss();
    for (const layer of ["inputs", "hidden", "outputs"]) this.neurons(layer);
    this.loss();
    this.names(sizes);
    for (const [name, i, j, place] of fieldsShown(where, values, this.rowOf(values)))
      this.number(name, i, j, place, sizes);
  }

  rowOf(values) {
    return Math.min(this.row ?? 0, values.x.length - 1);
  }

  part(name, kind) {
    if (this.layers[name]) return this.layers[name];
    const marks = { class: "fs-part", "data-part": name, "data-symbol": name, "data-kind": kind };
    const group = svgElement("g", marks);
    this.layers[name] = group;
    this.svg.append(group);
    return group;
  }

  // An edge: the line that its weight makes thick, and a wider one under it that lights up.
  line({ name, i, j, points }) {
    const d = curve(points, this.where.tall);
    const glow = svgElement("path", { d, class: "fs-glow" });
    const line = svgElement("path", { d, class: "fs-edge", "data-weight": `${name} ${i} ${j}` });
    this.part(name, "weight").append(glow, line);
    this.lines.set(`${name} ${i} ${j}`, { line, glow });
  }

  toLoss() {
    const { where } = this;
    const group = this.part("loss", "error");
    where.shown.outputs.forEach((_, p) => {
      const [answer, target] = where.intoLoss(p);
      const bent = curve(where.bend(...answer), where.tall);
      for (const d of [bent, path(target)])
        group.append(svgElement("path", { d, class: "fs-plain" }));
    });
  }

  neurons(layer) {
    const { where } = this;
    const part = { inputs: "x", hidden: "hidden", outputs: "output" }[layer];
    const group = this.part(part, layer === "inputs" ? "input" : "activation");
    where.nodes[layer].forEach(([x, y], k) => {
      if (layer === "inputs") {
        group.append(svgElement("rect", { x: x - 30, y: y - 20, width: 60, height: 40, rx: 12 }));
        return;
      }
      if (where.sketch && layer === "hidden") {
        const r = where.radius();
        group.append(svgElement("circle", { cx: x, cy: y, r, class: "fs-small" }));
        return;
      }
      const [left, top, width, height] = where.box(layer, k);
      group.append(svgElement("rect", { x: left, y: top, width, height, rx: 14 }));
      this.curve(group, layer, k);
    });
  }

  // The activation as a small curve, with a dot where z is.
  curve(group, layer, k) {
    const [x, y] = this.where.curve(layer, k);
    const line = svgElement("path", { class: "fs-curve-of" });
    const tangent = svgElement("path", { class: "fs-tangent" });
    const dot = svgElement("circle", { class: "fs-dot", r: 3.4 });
    group.append(
      svgElement("path", { class: "fs-zero-line", d: `M${x - 17} ${y + 11}h34M${x} ${y - 11}v22` }),
      line,
      tangent,
      dot,
    );
    this.curves.push({ layer, k, x, y, line, tangent, dot });
  }

  loss() {
    const [x, y] = this.where.loss;
    this.part("loss", "error").append(
      svgElement("rect", { x: x - 44, y: y - 26, width: 88, height: 52, rx: 26 }),
    );
    for (const [tx, ty] of this.where.targets)
      this.part("y", "input").append(
        svgElement("rect", { x: tx - 28, y: ty - 18, width: 56, height: 38, rx: 8 }),
      );
  }

  // ---- names and fields ----

  name(text, place, kind) {
    const marks = { class: "fs-name", style: at(place), "data-kind": kind, "aria-hidden": "true" };
    return this.below.appendChild(element("span", marks, text));
  }

  names({ inputs, outputs }) {
    const { where } = this;
    const above = (places, list, name, count, dy, kind) =>
      list.forEach((k, p) => {
        const [x, y] = places[p];
        this.name(`${name}${index(k, count)}`, [x, y - dy], kind);
      });
    above(where.nodes.inputs, where.shown.inputs, "x", inputs, 10, "input");
    above(where.targets, where.shown.outputs, "y", outputs, 9, "input");
    this.name("E", [where.loss[0], where.loss[1] - 13], "error");
    for (const layer of where.sketch ? ["outputs"] : ["hidden", "outputs"]) {
      where.nodes[layer].forEach(([x, y], p) => {
        for (const line of ["z", "a"])
          this.name(line, [x - 42, y + where.inside[line]], "activation");
        if (where.slopes)
          this.deltas.push([
            layer === "hidden" ? "dE_dz1" : "dE_dz2",
            this.name("δ", [x - 42, y + where.inside.back], "gradient"),
          ]);
        const [bx, by] = where.biasSpot(layer, p, "bias");
        this.name("b", [bx - 42, by], "bias");
      });
    }
  }

  group(name) {
    const marks = {
      class: "fs-fields",
      "data-quantity": name,
      "data-symbol": name,
      "data-kind": QUANTITIES[name].kind,
    };
    this.groups[name] ??= this.below.appendChild(element("div", marks));
    return this.groups[name];
  }

  number(name, i, j, place, sizes) {
    const ofExample = OF_EXAMPLES.has(name);
    const labels = {
      x: () => `Input ${j + 1} of the example in the picture`,
      y: () => `Target${sizes.outputs > 1 ? ` ${j + 1}` : ""} of the example in the picture`,
    };
    const label = labels[name]?.() ?? `${QUANTITIES[name].symbol} ${placeInNetwork(name, i, j)}`;
    const marks = { style: at(place), "data-row": ofExample ? null : i, "data-col": j };
    const input = this.field(label, marks, this.edit(name, ofExample ? null : i, j));
    for (const event of ["focus", "blur", "input"]) input.addEventListener(event, () => fit(input));
    this.group(name).append(input);
    this.fields.push({ name, i: ofExample ? null : i, j, input });
  }

  // Neurons that are folded away: a button for each layer that has some, that unfolds the next ones.
  folded(sizes, values) {
    const { where } = this;
    const said = { inputs: "inputs", hidden: "hidden neurons", outputs: "outputs" };
    for (const [layer, shown] of Object.entries(where.shown)) {
      const count = sizes[layer];
      if (shown.length === count) continue; // none of them
      const next = (shown[0] + shown.length) % count;
      const first = shown[0] + shown.length >= count ? 0 : Math.min(next, count - shown.length);
      const { all, one } = this.called[layer] ?? { one: (k) => k + 1 };
      const names = shown.map(one);
      const within = all ? `${all} ${names.join(", ")}` : `${names.join(", ")} of ${count}`;
      const between = where.tall && layer !== "inputs"; // two neurons: there is little room
      const text = `${between ? names.join(", ") : within} ▸`;
      const onclick = () => {
        this.first[layer] = first;
        this.fold(layer, first, values);
        this.below.querySelector(`.fs-fold[data-layer=${layer}]`)?.focus(); // drawn anew
      };
      this.below.append(
        element(
          "button",
          {
            type: "button",
            class: "fs-fold",
            "data-layer": layer,
            style: at(where.folded[layer]),
            onclick,
            "aria-label": `${all ?? said[layer]} ${names.join(" and ")} of ${count}: show others`,
          },
          text,
        ),
      );
    }
  }

  // ---- what changes ----

  // The network's own numbers, thickness and sign of its edges, the dots on its curves; functions:
  // {hidden, output}, where an output that is none, as with softmax, has no curve.
  setNumbers(values, row, functions, known) {
    this.row = row;
    for (const { name, i, j, input } of this.fields) {
      if (i === null) input.dataset.row = row;
      const value = values[name][i ?? row][j];
      const next = `new_${name}`; // beside it, once it is known
      const beside = Object.hasOwn(values, next) && known(next);
      setNumber(input, value, beside ? digitsBeside(value, values[next][i][j]) : 4);
      fit(input);
    }
    for (const [place, { line, glow }] of this.lines) {
      const [name, i, j] = place.split(" ");
      const weight = values[name][i][j];
      const width = 1 + 2.4 * Math.log1p(Math.min(Math.abs(weight), 40));
      line.setAttribute("stroke-width", width.toFixed(2));
      glow.setAttribute("stroke-width", (width + 7).toFixed(2));
      line.classList.toggle("fs-negative", weight < 0);
    }
    this.setCurves(values, row, functions, known);
  }

  setCurves(values, row, functions, known) {
    for (const { layer, k, x, y, line, tangent, dot } of this.curves) {
      const [z, name] = layer === "hidden" ? ["z1", functions.hidden] : ["z2", functions.output];
      if (!name) continue; // no function of one z
      const { value, slope } = ACTIVATIONS[name];
      const [low, high] = { sigmoid: [0, 1], tanh: [-1, 1] }[name] ?? [-4, 4];
      const up = (a) => y + 11 - (22 * (Math.min(Math.max(a, low), high) - low)) / (high - low);
      const across = (v) => x + HALF * (Math.min(Math.max(v, -5), 5) / 5);
      const points = Array.from({ length: 21 }, (_, p) => (p - 10) / 2);
      line.setAttribute("d", path(points.map((v) => [across(v), up(value(v))])));
      const v = values[z][row][this.where.shown[layer][k]];
      const here = known(layer === "hidden" ? "a1" : "a2");
      dot.toggleAttribute("data-known", here);
      dot.setAttribute("transform", `translate(${across(v)} ${up(value(v))})`);
      const drawn = known(layer === "hidden" ? "da1_dz1" : "da2_dz2");
      tangent.toggleAttribute("data-known", drawn);
      const rise = (slope(v, value(v)) * 22 * 5) / (HALF * (high - low));
      const [px, py] = [across(v), up(value(v))];
      const run = Math.min(12 / Math.hypot(1, rise), 18 - Math.abs(px - x)); // inside the neuron
      tangent.setAttribute(
        "d",
        path([
          [px - run, py + run * rise],
          [px + run, py - run * rise],
        ]),
      );
    }
  }

  // Lights what a stop is about, and what that comes from; nothing for null.
  setStop(stop) {
    const parts = stop ? activeParts(stop) : new Set();
    const sources = stop ? sourceParts(stop) : new Set();
    const flow = stop && flowOf(stop);
    if (flow) this.root.dataset.flow = flow;
    else delete this.root.dataset.flow;
    for (const [part, node] of Object.entries(this.layers)) {
      node.toggleAttribute("data-active", parts.has(part));
      node.toggleAttribute("data-source", sources.has(part) && !parts.has(part));
    }
    for (const [name, box] of Object.entries(this.groups))
      box.toggleAttribute("data-active", parts.has(partOf(name)) && name !== "x");
  }

  // The chips: every result so far. They are kept from stop to stop, so that what stays does not
  // flicker.
  setChips(position, values, row, hidden) {
    const wanted = new Map();
    for (const shown of numbersShown(position, values, row, this.where, hidden))
      shown.places.forEach((place, k) =>
        wanted.set(`${shown.name} ${shown.row} ${shown.column} ${k}`, { ...shown, place }),
      );
    for (const [key, chip] of this.chips) if (!wanted.has(key)) chip.remove();
    const before = this.chips;
    this.chips = new Map();
    for (const [key, shown] of wanted) {
      const chip = before.get(key) ?? newChip(shown);
      fillChip(chip, shown);
      if (!before.has(key)) this.above.append(chip);
      this.chips.set(key, chip);
    }
    for (const [name, letter] of this.deltas) letter.hidden = position < stopOf(name);
    this.others(values.x.length);
  }

  // Two cards: the example that the picture shows, and the others, from which their part of a sum
  // comes.
  others(count) {
    for (const card of this.cards) card.remove();
    this.cards = [];
    if (count < 2 || !this.where.slopes) return;
    const [x, y] = this.where.others;
    const own = element("span", { class: "fs-cards", style: at([x, y - 18]) });
    own.append(`example ${this.row + 1}`);
    const text = count === 2 ? `+ example ${2 - this.row}` : `+ ${count - 1} others`;
    const rest = element("span", { class: "fs-cards", style: at([x, y]), "data-others": "" }, text);
    this.cards = [own, rest];
    this.above.append(own, rest);
  }

  // Where weights move: a small scale at each, from the old value to the new one, the same for all of
  // them; what its half means is written once.
  setMoves(stop, values, row) {
    this.moves?.remove();
    this.key?.remove();
    this.moves = this.key = null;
    const moving = stop.outputs.filter((name) => name.startsWith("new_w"));
    if (!moving.length) return;
    this.moves = svgElement("g", { class: "fs-moves" });
    this.svg.append(this.moves);
    const ways = moving.flatMap((name) =>
      values[name].flatMap((line, i) =>
        line.map((now, j) => ({ old: name.slice(4), i, j, by: now - values[name.slice(4)][i][j] })),
      ),
    );
    const farthest = Math.max(...ways.map(({ by }) => Math.abs(by)));
    const half = farthest > 0 && Number.isFinite(farthest) ? roundUp(farthest) : null;
    for (const { old, i, j, by } of ways) {
      const place = this.where.slot(old, i, j, row);
      if (place) this.move(place, half ? (SCALE * by) / half : 0);
    }
    if (half) this.moveKey(half);
  }

  // How much a half of the small scales is.
  moveKey(half) {
    const [x, y] = this.where.key;
    const marks = { "data-kind": "weight", transform: `translate(${x} ${y - 15})` };
    const old = svgElement("circle", { r: 3, class: "fs-old" });
    const scale = svgElement("path", { d: RULER, class: "fs-scale" });
    this.moves.append(svgElement("g", marks, scale, old));
    const text = `± ${format(half).replaceAll("\u2009", "")}`;
    this.key = element("span", { class: "fs-key", style: at([x, y]) }, text);
    this.above.append(this.key);
  }

  move([x, y], way) {
    const marks = { "data-kind": "weight", transform: `translate(${x} ${y - 13})` };
    const scale = svgElement("path", { d: RULER, class: "fs-scale" });
    const old = svgElement("circle", { r: 3, class: "fs-old" });
    const line = svgElement("path", { d: `M0 0h${way.toFixed(2)}`, class: "fs-moved" });
    const now = svgElement("circle", { r: 3, cx: way.toFixed(2), class: "fs-now" });
    now.dataset.way = way;
    const group = svgElement("g", marks);
    // no edge runs through it
    const ground = svgElement("path", {
      d: `M${-SCALE - 4} -6h${2 * SCALE + 8}v12H${-SCALE - 4}z`,
      class: "fs-ground",
    });
    group.append(ground, scale, line, old, now);
    this.moves.append(group);
  }

  // How far they have come.
  moveTo(part) {
    for (const now of this.moves?.querySelectorAll(".fs-now") ?? [])
      now.setAttribute("cx", (part * now.dataset.way).toFixed(2));
  }

  // ---- what travels ----

  // A moment of a stop's travel, see model/travel.js: what is on its way where, and what has not
  // arrived yet.
  moment({ pulses, coming }) {
    while (this.flying.children.length > pulses.length) this.flying.lastChild.remove();
    pulses.forEach(({ place, text, kind, back }, k) => {
      const node = this.flying.children[k] ?? this.flying.appendChild(element("span"));
      node.className = back ? "fs-pulse fs-back" : "fs-pulse";
      node.dataset.kind = kind;
      if (node.textContent !== text) node.textContent = text;
      node.style.setProperty("--x", place[0].toFixed(2));
      node.style.setProperty("--y", place[1].toFixed(2));
    });
    for (const chip of this.chips.values())
      chip.toggleAttribute("data-coming", coming.has(chip.dataset.key));
  }

  // ---- lighting up ----

  // The edges of the cells that are lit, and the chips and fields themselves.
  light(cells) {
    const keys = new Set(cells.map(({ name, row, column }) => `${name} ${row} ${column}`));
    const edges = new Set(
      cells.flatMap(({ name, row, column }) => {
        const part = name === "learning_rate" ? null : partOf(name);
        if (part !== "w1" && part !== "w2") return [];
        const own = !OF_EXAMPLES.has(name);
        return [...this.lines.keys()].filter((key) => {
          const [edge, i, j] = key.split(" ");
          return edge === part && (own ? i === `${row}` && j === `${column}` : i === `${column}`);
        });
      }),
    );
    for (const [key, { glow }] of this.lines) glow.toggleAttribute("data-lit", edges.has(key));
    for (const node of this.root.querySelectorAll("[data-row]")) {
      const name = node.closest("[data-quantity]").dataset.quantity;
      const key = `${name} ${node.dataset.row} ${node.dataset.col}`;
      (node.closest(".fs-chip") ?? node).classList.toggle("fs-cell-lit", keys.has(key));
    }
  }
}

function newChip({ name, row, column, label, sum }) {
  const { kind, symbol: text } = QUANTITIES[name];
  const chip = element("span", {
    class: "fs-chip",
    "data-quantity": name,
    "data-symbol": name,
    "data-kind": kind,
  });
  chip.dataset.key = `${name} ${row} ${column}`;
  if (!["z1", "a1", "z2", "a2", "E"].includes(name)) {
    chip.classList.add("fs-way-back");
    if (name.startsWith("new")) chip.classList.add("fs-parked");
    chip.append(element("b", { title: text }, sum ? `${label}Σ` : label));
  }
  chip.append(element("span"));
  return chip;
}

// The lines of a chip's number, and whether they are written smaller: beside a curve there is room for
// fewer signs in a line, and for a second one.
function linesOf({ name, value, old, secret }) {
  if (secret) return [["?"], false];
  const beside = BESIDE_CURVE.has(name);
  const lines = old === null ? compactLines(value, beside ? 7 : 10) : movedLines(value, old);
  const joined = lines.length > 1 && lines[1].startsWith("·") && !beside ? [lines.join("")] : lines;
  return [joined, joined.length > 1 || joined[0].length > (beside ? 6 : 8)];
}

function fillChip(chip, shown) {
  const { value, row, column, state, secret, place } = shown;
  chip.setAttribute("style", at(place));
  chip.dataset.state = state;
  chip.classList.toggle("fs-tight", chip.textContent.includes("Σ"));
  const [lines, small] = linesOf(shown);
  const classes = [small && "fs-fine", lines.length > 1 && "fs-two-lines"].filter(Boolean);
  const node = element(
    "span",
    { class: classes.join(" ") || null, ...cell(value, row, column, secret) },
    lines.flatMap((line, k) => (k ? [element("br"), line] : [line])),
  );
  chip.lastChild.replaceWith(node);
}

// A field is as wide as its number; what is too long for its place is written smaller, unless it is
// being changed.
function fit(input) {
  const { length } = input.value;
  input.classList.toggle("fs-long", length > 8 && input.getRootNode().activeElement !== input);
  input.style.width = `${Math.max(2, length) + 0.9}ch`;
}
