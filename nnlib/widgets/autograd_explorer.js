// AutogradExplorer: an expression as a graph; forward node by node, and back slope by slope.
import { predicted } from "./model/digits_asked.js";
import { beyond, graphLayout, handed, lastStep, walkAt, written } from "./model/autograd.js";
import { checkedGraph } from "./model/graph_state.js";
import { deepCopy } from "./model/matrices.js";
import { format, parseNumber } from "./model/numbers.js";
import { bar, labelled, setNumber, textInput } from "./ui/controls.js";
import { element, onWidth, row, scrolling, setUsable, svgElement } from "./ui/elements.js";
import { Walk, Walked } from "./ui/play.js";
import { shownNumber } from "./ui/quantities.js";
import { defineWidget } from "./ui/widget.js";
import { GRAPHS } from "./generated/graphs.js";

const TICK = 1400; // milliseconds a step while it plays
const DIGITS = 3; // that a prediction is asked for
// A node and the room for it: across and down from one to the next, and at least so much between two.
const SIZE = { width: 100, height: 64, across: 126, down: 76, between: 14, edge: 6 };
const DENSE = { width: 82, height: 60, across: 90, down: 68, between: 9, edge: 4 };
const LEAST = 92; // the width of a node in the large size, if the graph has to scroll anyway
const TIGHT = { width: 82, between: 5 }; // if it need not
const TURNED = { least: 68, between: 22 }; // from top to bottom: a node's least width, and down to the next
const LONG = 8; // signs of a number that is written smaller
const MOST_COLUMNS = { large: 6, dense: 7 };
const USUAL = 640; // the frame's width while nobody sees it
const KINDS = { x: "input", w: "weight", b: "bias", a: "activation", y: "error", E: "error" };

// The sizes for so many columns in a frame: as wide as there is room for. A field for a thumb is higher.
function sized(columns, room) {
  const { width, height, across, down, between, ...more } =
    columns > MOST_COLUMNS.large ? DENSE : SIZE;
  const thumb = matchMedia("(pointer: coarse)").matches ? 22 : 0;
  const fair = Math.floor(room / columns); // what each column gets of the frame
  const tight = fair >= TIGHT.width + TIGHT.between;
  const least = Math.min(width, LEAST) + between;
  const step = Math.min(across, fair < least && !tight ? least : fair);
  const gap = step < least ? TIGHT.between : between;
  return {
    ...more,
    width: Math.min(width, step - gap),
    across: step,
    height: height + thumb,
    down: down + thumb,
  };
}

// The sizes where the graph runs from top to bottom, so many nodes beside each other; null where they
// have no room either.
function turned(beside, room) {
  const { width, across, edge, height } = sized(beside, Infinity);
  const { between } = SIZE;
  const aside = 8; // an edge past other nodes runs so far to their left
  const step = Math.min(across, Math.floor((room - aside) / beside));
  const gap = step < width + between ? TIGHT.between : between;
  if (step - gap < TURNED.least) return null;
  const size = { width: Math.min(width, step - gap), across: step, height, edge, aside };
  return { ...size, down: height + TURNED.between, turned: true };
}

class AutogradExplorer extends Walked {
  static title = "Autograd explorer";
  static page = "book/beyond/autograd.html";
  static checked = checkedGraph;
  static traits = ["expression", "given", "step", "predict"];

  shown = null; // the expression that the graph was made for
  revealed = -1; // the step whose numbers predict mode has given away

  content() {
    const { ui } = this;
    const titles = Object.entries(GRAPHS).map(([name, { title }]) => [name, title]);
    this.which = ui.choice("expression", titles, (expression) => {
      this.revealed = -1;
      ui.change({ expression, given: {}, step: 0, playing: false });
    });
    this.predictBox = ui.tick("Predict first", (predict) => {
      this.revealed = -1;
      ui.change({ predict });
    });
    this.playing = new Walk(this, TICK);
    this.previous = ui.button("Previous step", () => this.walk(-1));
    this.next = ui.button("Next step", () => this.walk(1));
    const reset = () => {
      this.revealed = -1;
      ui.change({ ...deepCopy(this.start), playing: false });
    };
    this.where = element("span", { class: "fs-note" });
    this.graph = scrolling("div", "fs-scroll", "The graph");
    this.line = element("div", { class: "fs-line" });
    return [
      row("fs-setup", labelled("expression", this.which), this.predictBox.root),
      this.graph,
      this.line,
      bar(
        {
          back: this.previous,
          play: this.playing.button,
          next: this.next,
          reset: ui.button("Reset", reset),
        },
        this.where,
      ),
      this.question(),
    ];
  }

  // What is asked in predict mode.
  question() {
    const onkeydown = (event) => event.key === "Enter" && this.check();
    this.guess = textInput("Your prediction", { class: "fs-short", onkeydown });
    this.asks = element("span", {});
    this.verdict = element("span", { class: "fs-verdict" });
    this.asked = row(
      "fs-asked",
      labelled("your prediction", this.guess),
      this.ui.button("Check", () => this.check()),
      this.ui.button("Reveal", () => this.reveal()),
      this.verdict,
    );
    return this.asked;
  }

  ready() {
    super.ready();
    this.resize = onWidth(this.root, () => this.draw());
  }

  end() {
    super.end();
    this.resize.disconnect();
  }

  nodes() {
    return GRAPHS[this.get("expression")].nodes;
  }

  walk(by) {
    this.go(this.get("step") + by);
  }

  over() {
    return this.get("step") >= lastStep(this.nodes());
  }

  go(step) {
    const within = step >= 0 && step <= lastStep(this.nodes());
    this.verdict.textContent = "";
    this.guess.value = "";
    if (within) this.ui.change({ step });
    else if (this.get("playing")) this.ui.change({ playing: false });
  }

  // ---- predicting ----

  hides() {
    const step = this.get("step");
    return this.get("predict") && step > 0 && this.revealed !== step;
  }

  // The number that is asked for: where a step gives several, one that meets another part, or else the
  // last. A slope that more will be added to is one "so far".
  sought(walk) {
    const { now, news, values, slopes } = walk;
    const shares = now.shares ?? [];
    const met = shares.findLast(({ before }) => before);
    const name = met?.to ?? news[news.length - 1];
    const nodes = this.nodes();
    const { symbol } = nodes.find((node) => node.name === name);
    if (now.kind === "forward") return { text: symbol, value: values[name] };
    const more = nodes
      .slice(0, nodes.indexOf(now.node))
      .some(({ sources = [] }) => sources.includes(name));
    const had = met ? `, added to the ${format(met.before)} that it had` : "";
    const text = `the slope with respect to ${symbol}${had}${more ? ", so far" : ""}`;
    return { text, value: slopes[name] };
  }

  check() {
    this.ui.act();
    if (!this.hides()) return;
    const { value, error } = parseNumber(this.guess.value);
    const right = this.sought(this.walkNow()).value;
    const said = error ? null : predicted(value, right, DIGITS);
    const verdict = error
      ? `Your prediction: ${error}.`
      : {
          right: `Right: ${format(right)}.`,
          few: "Right as far as it goes: three significant digits are asked for.",
          sign: "The size is right, the sign is not.",
          wrong: "Not yet. Try again, or reveal it.",
        }[said];
    if (said === "right") this.reveal();
    this.ui.news = "";
    this.ui.announce(verdict);
    this.verdict.textContent = verdict;
  }

  reveal() {
    this.ui.act();
    this.revealed = this.get("step");
    this.draw();
  }

  // ---- drawing ----

  walkNow() {
    return walkAt(this.nodes(), this.get("given"), this.get("step"));
  }

  draw() {
    const walk = this.walkNow();
    const last = lastStep(this.nodes());
    const step = this.get("step");
    this.frame();
    this.root.dataset.step = walk.label;
    this.which.value = this.get("expression");
    this.predictBox.box.checked = this.get("predict");
    setUsable(this.previous, step > 0);
    setUsable(this.next, step < last);
    this.where.textContent = `step ${step} of ${last}`;
    this.drawNodes(walk);
    this.drawEdges(walk);
    const lines = this.said(walk);
    this.line.replaceChildren(...lines.map((text) => element("p", {}, text)));
    this.asked.hidden = !this.hides();
    this.ui.announce(lines.join(" "));
  }

  said(walk) {
    const { now, values } = walk;
    const symbolOf = (name) => this.nodes().find((node) => node.name === name).symbol;
    if (now.kind === "given") {
      const told = this.nodes()
        .filter(({ operation }) => !operation)
        .map(({ name, symbol }) => `${symbol} = ${format(values[name])}`);
      return [`Given are ${told.join(", ")}. Next step computes forward.`];
    }
    if (this.hides())
      return [`${this.heading(now)} What is ${this.sought(walk).text}, to ${DIGITS} digits?`];
    if (now.kind === "forward") return [`Forward: ${written(this.nodes(), now.node, values)}.`];
    if (now.kind === "start")
      return [`backward(): the slope of ${now.node.symbol} along itself is 1.`];
    const lines = now.shares.map((_, k) => `To ${handed(this.nodes(), now, k)}.`);
    const over = this.get("step") === lastStep(this.nodes());
    const ends = over
      ? [
          `All slopes are there; each says how fast ${symbolOf(this.nodes().at(-1).name)} grows with it.`,
        ]
      : [];
    return [this.heading(now), ...lines, ...ends];
  }

  heading(now) {
    if (now.kind === "forward") return "Forward.";
    if (now.kind === "start") return "backward().";
    return `Back: ${now.node.symbol} has all its slope, ${format(now.slope)}, and hands it on.`;
  }

  // A new graph where the expression is another one: its nodes, with a field for each number given.
  frame() {
    const room = this.graph.clientWidth || USUAL;
    const shown = `${this.get("expression")} ${room}`;
    if (this.shown === shown) return;
    this.shown = shown;
    const nodes = this.nodes();
    const { places, columns, rows } = graphLayout(nodes, MOST_COLUMNS.dense);
    const lying = sized(columns, room);
    const size = (columns * lying.across > room && turned(rows, room)) || lying;
    const { across, down, aside = 0 } = size;
    // an edge over other nodes rises so far above them
    const above = size.turned ? 0 : Math.ceil(size.height / 4) + 2;
    const [beside, under] = size.turned ? [rows, columns] : [columns, rows];
    const [wide, tall] = [beside * across + aside, under * down + above];
    this.edges = svgElement("svg", {
      width: wide,
      height: tall,
      viewBox: `0 0 ${wide} ${tall}`,
      "aria-hidden": "true",
    });
    const at = ({ column, row: line }) => {
      const [right, below] = size.turned ? [line, column] : [column, line];
      return [(right + 0.5) * across + aside, (below + 0.5) * down + above];
    };
    this.boxes = new Map(
      nodes.map((node) => {
        const [x, y] = at(places[node.name]);
        const box = this.box(node);
        Object.assign(box.root.style, {
          left: `${x - size.width / 2}px`,
          top: `${y - size.height / 2}px`,
          width: `${size.width}px`,
          height: `${size.height}px`,
        });
        return [node.name, { ...box, x, y }];
      }),
    );
    this.lines = nodes.flatMap(({ name, sources = [] }) =>
      sources.map((source) => this.edge(source, name, size)),
    );
    this.edges.append(...this.lines.map(({ path }) => path));
    this.slim = size.width < 78;
    const board = element("div", {
      class: `fs-board${size.width <= DENSE.width ? " fs-dense" : ""}${this.slim ? " fs-slim" : ""}`,
      role: "list",
    });
    board.style.cssText = `width: ${wide}px; height: ${tall}px`;
    board.append(this.edges, ...[...this.boxes.values()].map(({ root }) => root));
    this.graph.replaceChildren(board);
    this.graph.scrollLeft = 0;
  }

  box({ name, symbol, operation, quantity, row: i = 0, column: j = 0 }) {
    const accept = (value) => {
      const given = { ...this.get("given"), [name]: value };
      const bad = beyond(this.nodes(), given);
      if (bad) return `with it, ${bad.symbol} or its slope is no finite number`;
      this.revealed = -1;
      this.ui.change({ given, playing: false });
      return null;
    };
    const place = { "data-row": i, "data-col": j };
    const field = operation ? null : this.ui.field(symbol, { class: "fs-given", ...place }, accept);
    const value = element("span", { class: "fs-value", "data-quantity": quantity }, field ?? "");
    const slope = element("span", { class: "fs-slope", "data-quantity": `dE_d${quantity}` });
    const network = this.nodes().some((node) => node.quantity.startsWith("w"));
    const kind = network || name === "E" ? KINDS[quantity[0]] : null;
    const head = element("span", { class: "fs-name" }, symbol);
    const root = element(
      "div",
      { class: "fs-node", role: "listitem", "data-node": name, "data-kind": kind },
      head,
      value,
      slope,
    );
    return { root, value, slope, field, place: { row: i, column: j } };
  }

  edge(from, to, size) {
    const { width, height, edge } = size;
    const [start, end] = [this.boxes.get(from), this.boxes.get(to)];
    if (size.turned && start.y < end.y) {
      const path = svgElement("path", {
        class: "fs-edge",
        d: downwards(start, end, size),
        fill: "none",
      });
      return { path, from, to };
    }
    if (start.x === end.x) {
      const d = `M${start.x} ${start.y + height / 2}V${end.y - height / 2}`;
      const head = `m${-edge} ${-edge}l${edge} ${edge}l${edge} ${-edge}`;
      const path = svgElement("path", { class: "fs-edge", d: d + head, fill: "none" });
      return { path, from, to };
    }
    const [x0, x1] = [start.x + width / 2, end.x - width / 2];
    const reach = Math.max(8, (x1 - x0) / 2);
    // over what stands between, if it goes further than to its neighbour
    const far = x1 - x0 > width + 20;
    const [y0, y1] = [start.y, end.y].map((y) => (far ? Math.min(start.y, end.y) - height : y));
    const curve = `M${x0} ${start.y}C${x0 + reach} ${y0} ${x1 - reach} ${y1} ${x1} ${end.y}`;
    const head = `m${-edge} ${-edge}l${edge} ${edge}l${-edge} ${edge}`;
    const path = svgElement("path", { class: "fs-edge", d: curve + head, fill: "none" });
    return { path, from, to };
  }

  drawNodes(walk) {
    const hidden = this.hides();
    for (const [name, { root, value, slope, field, place }] of this.boxes) {
      const secret = hidden && walk.news.includes(name);
      const forwards = walk.now.kind === "forward";
      root.toggleAttribute("data-active", walk.active.includes(name));
      root.toggleAttribute("data-new", walk.news.includes(name));
      const of = walk.values[name];
      if (field) setNumber(field, of, this.digits(of));
      else if (name in walk.values)
        value.replaceChildren(
          shownNumber(of, { ...place, digits: this.digits(of), hidden: secret && forwards }),
        );
      else value.replaceChildren("…");
      slope.hidden = !(name in walk.slopes);
      const number = walk.slopes[name] ?? 0;
      const digits = this.digits(number);
      slope.replaceChildren(
        element("span", { class: "fs-visually-hidden" }, "slope "),
        element("span", { "aria-hidden": "true" }, "∂ "),
        shownNumber(number, { ...place, digits, hidden: slope.hidden || (secret && !forwards) }),
      );
    }
    for (const { root, field } of this.boxes.values()) {
      const texts = [...root.querySelectorAll("[data-row]")].map(({ textContent }) => textContent);
      const longest = Math.max(...[field?.value ?? "", ...texts].map(({ length }) => length));
      root.toggleAttribute("data-long", longest > LONG);
    }
    const [first] = walk.news;
    if (first) this.follow(this.boxes.get(first));
  }

  // Where a node is slim, a long number has as many digits as a prediction is asked for.
  digits(value) {
    return this.slim && format(value).length > LONG ? DIGITS : 4;
  }

  // Brings the node into sight where the graph is wider than the page.
  follow({ x }) {
    const { graph } = this;
    const [from, to] = [graph.scrollLeft + 60, graph.scrollLeft + graph.clientWidth - 60];
    if (x < from || x > to) graph.scrollLeft = x - graph.clientWidth / 2;
  }

  drawEdges({ now }) {
    const back = now.kind === "back";
    for (const { path, from, to } of this.lines) {
      const active = now.node?.name === to && now.kind !== "start";
      path.toggleAttribute("data-active", active);
      path.toggleAttribute("data-back", active && back);
      path.dataset.edge = `${from} ${to}`;
    }
  }
}

// An edge from top to bottom; past what stands between, if it goes further than to its neighbour.
function downwards(start, end, { width, height, edge }) {
  const [y0, y1] = [start.y + height / 2, end.y - height / 2];
  const reach = Math.max(8, (y1 - y0) / 2);
  const far = y1 - y0 > height + 30;
  const past = Math.min(start.x, end.x) - 0.8 * width - 8;
  const [x0, x1] = [start.x, end.x].map((x) => (far ? past : x));
  const curve = `M${start.x} ${y0}C${x0} ${y0 + reach} ${x1} ${y1 - reach} ${end.x} ${y1}`;
  return `${curve}m${-edge} ${-edge}l${edge} ${edge}l${edge} ${-edge}`;
}

export default defineWidget("AutogradExplorer", AutogradExplorer);
