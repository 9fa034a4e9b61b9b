// A widget's first picture as HTML: drawn by its own module in the small document, without what is not
// seen or only for who can press. FOURTEEN_STEPS with the modules stands before it.
"use strict";

const exported = {}; // by module
const need = (name) => (exported[name] ??= FOURTEEN_STEPS.modules[name](need));
need.later = async (name) => need(name);

// What is kept of a widget whose picture is the network; what stands below it is not: there the sentence
// and the table are. All of another widget is kept, in their place.
const KEPT = {
  StepExplorer: (root) =>
    root.hasAttribute("data-opening")
      ? [".fs-scene", ".fs-opening"]
      : root.dataset.view === "training"
        ? [".fs-head", ".fs-scene"]
        : [".fs-head", ".fs-way", ".fs-scene"],
  TrainingExplorer: () => [".fs-setup", ".fs-scene"],
};
const UNSEEN = [
  "[hidden]",
  ".fs-zoom option:not([selected]):not([value=iteration])", // the widest says how wide it is
  "g:not([data-active]) .fs-glow",
  ".fs-neuron-room",
  ".fs-flying",
  ".fs-visually-hidden",
  ":is(.fs-dot, .fs-tangent):not([data-known])",
].join();
const ATTRIBUTES = new Set(
  (
    "class style d x y dy x1 x2 y1 y2 cx cy r rx width height viewBox transform fill points " +
    "stroke-width text-anchor type value min max step checked selected aria-current data-kind data-active " +
    "data-source data-known data-state data-flow data-tall data-done data-right data-others " +
    "data-opening data-view data-slopes data-whole inert href scope colspan rowspan align display " +
    "open aria-pressed aria-disabled data-symbol data-judge data-differs data-shown data-wrong"
  ).split(" "),
);
const OF_WHOLE = new Set([
  "data-stop",
  "data-long",
  "data-many",
  "data-most",
  "data-out",
  "data-down",
]); // of a widget that is kept as a whole, too
let whole = false;
const SHORT = new Set(["class", "data-state", "type", "value"]); // what is not said, says nothing
const WITHOUT = { class: ["fs-part"], "data-state": ["kept"], type: ["text", "button"] };
const EMPTY = new Set(["input", "br"]);
// lying and standing, without a height of its own: the style sheet knows which fits (still.css)
const WIDTHS = [700, 351]; // 351: of a phone of 390 pixels

const text = (value) => value.replace(/&/g, "&amp;").replace(/</g, "&lt;");
const plain = /^[\w.#%-]+$/;
const rounded = (value) => String(Math.round(100 * value) / 100);
const shorter = (value) => value.replace(/-?\d+\.\d+/g, rounded);

// A path with every place told from the one before: the same curve reads the same wherever it stands.
function path(d) {
  let at = [0, 0]; // in tenths, so that nothing adds up
  let begun = at; // where what "z" closes begins
  const tenth = (value) => String(value / 10).replace(/^(-?)0\./, "$1.");
  const told = ([, command, rest]) => {
    const values = (rest.match(/-?[\d.]+/g) ?? []).map((value) => Math.round(10 * value));
    const own = command.toLowerCase();
    const from = command === own ? [0, 0] : at;
    const rests = own === "a" ? 5 : 0; // of an arc, radii and flags stay
    const axis = (k) => ({ h: 0, v: 1 })[own] ?? (k - rests) % 2;
    if (own === "l" && values.length > 2) throw new Error(`a path of one point each: got ${d}`);
    const steps = values.map((value, k) => (k < rests ? value : value - from[axis(k)]));
    const last = steps.slice(own === "h" || own === "v" ? -1 : -2);
    at = own === "z" ? begun : [...at];
    last.forEach((step, k) => (at[last.length === 1 ? axis(0) : k] += step));
    if (own === "m") begun = at;
    return own + steps.map((v, k) => (k && v >= 0 ? ` ${tenth(v)}` : tenth(v))).join("");
  };
  return [...d.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)].map(told).join("");
}

function said(name, value) {
  if (name === "value") return value; // a number to read stays as it is written
  if (name === "d") return path(value);
  const places = value.includes("scale") ? 3 : 1;
  if (name === "transform") return value.replace(/\d+\.\d+/g, (one) => Number(one).toFixed(places));
  if (name === "style") return shorter(value).replace(/--signs: [\d.]+; |--u: ;? ?/g, "");
  return shorter(value);
}

function attribute([name, given]) {
  const value = said(name, given);
  if (WITHOUT[name]?.includes(value) || (value === "" && SHORT.has(name))) return "";
  if (value === "") return ` ${name}`;
  return ` ${name}=${plain.test(value) ? value : `"${text(value).replace(/"/g, "&quot;")}"`}`;
}

function html(node) {
  if (node instanceof SmallText) return text(node.textContent);
  if (node.matches(UNSEEN)) return "";
  const kept = (name) => ATTRIBUTES.has(name) || (whole && OF_WHOLE.has(name));
  const attributes = [...node.attributes].filter(([name]) => kept(name));
  const tag = node.localName === "section" ? "div" : node.localName; // no part of the page yet
  const start = `<${tag}${attributes.map(attribute).join("")}>`;
  const closed = node.localName === "details" && !node.hasAttribute("open");
  const inside = (closed ? [node.querySelector("summary")] : node.childNodes).map(html).join("");
  return EMPTY.has(tag) ? start : `${start}${inside}</${tag}>`;
}

function modelOf(state) {
  return {
    key: whole ? "first" : undefined, // as on a page, where a state can be linked
    get: (name) => state[name],
    set() {},
    on() {},
    off() {},
    save_changes() {},
  };
}

function drawn(module, given, width, every = 0) {
  document.widths = { "fs-diagram": width, "fs-loss-curve": 380 };
  document.width = every;
  document.body.replaceChildren();
  const el = document.body.appendChild(document.createElement("div"));
  const widget = need(module).default;
  widget.render({ model: modelOf(JSON.parse(given)), el });
  return el.firstChild;
}

// Both pictures as one: each number once, with its place in the one and in the other; two frames.
function merge(stages) {
  const at = (stage, name) => stage.style.getPropertyValue(name);
  const [lying, standing] = stages.map((stage) =>
    [stage, ...stage.querySelectorAll("*")].filter((one) => at(one, "--x") || at(one, "--w")),
  );
  lying.forEach((one, k) => {
    const other = standing[k];
    if (
      lying.length !== standing.length ||
      one.lastChild?.textContent !== other.lastChild?.textContent
    )
      throw new Error("its lying and its standing picture do not show the same");
    const [across, down] = one === stages[0] ? ["--w", "--h"] : ["--x", "--y"];
    const places = [one, other].map((node) => [at(node, across), at(node, down)]);
    for (const name of ["--u", across, down]) one.style.setProperty(name, "");
    places.flat().forEach((value, n) => one.style.setProperty(`--${"abcd"[n]}`, value));
  });
  const frame = stages[1].querySelector("svg");
  frame.setAttribute("data-tall", "");
  stages[0].querySelector("svg").after(frame);
  const both = document.createElement("div");
  both.className = "fs-both";
  stages[0].before(both);
  both.append(stages[0]);
  return both;
}

// Both pictures of a widget as one: what differs where it has little room stands there twice.
function twice(wide, narrow) {
  if (html(wide) === html(narrow)) return;
  const inside = [wide.childNodes, narrow.childNodes].map((nodes) => [...nodes]);
  const pairs = inside[0].map((node, k) => [node, inside[1][k]]);
  const apart = pairs.filter(([one, other]) => !other || html(one) !== html(other));
  const frames = [wide, narrow].map((node) => html(node.cloneNode(false)));
  const elements = apart.every((pair) => pair.every((node) => !(node instanceof SmallText)));
  if (frames[0] === frames[1] && inside[0].length === inside[1].length && elements) {
    for (const pair of apart) twice(...pair);
    return;
  }
  wide.classList.add("fs-wide");
  narrow.classList.add("fs-narrow");
  wide.after(narrow);
}

// Before a picture is asked for: what its widget brings for this state.
globalThis.prepare = (module, given) => {
  need(module).default.initialize({ model: modelOf(JSON.parse(given)) });
};

// {html, painted}: painted has the canvases' pixels, in their order; a mark stands where one is.
globalThis.firstPicture = (name, module, given) => {
  const kept = KEPT[name];
  whole = !kept;
  const [root, other] = WIDTHS.map((width) => drawn(module, given, width, kept ? 0 : width));
  const [stage, standing] = [root, other].map((one) => one.querySelector(".fs-diagram .fs-stage"));
  if (stage && !stage.hidden) {
    const both = merge([stage, standing]);
    standing.replaceWith(both.cloneNode(true));
  }
  if (kept) {
    const selector = kept(root).join();
    for (const child of root.children) if (!child.matches(selector)) child.remove();
  } else twice(root, other);
  const marks = { inert: "", class: `${root.className} fs-still` };
  if (whole) marks["data-whole"] = "";
  // with the way back the picture is wider
  if (name !== "TrainingExplorer" && root.dataset.view !== "training") marks["data-slopes"] = "";
  for (const [mark, value] of Object.entries(marks)) root.setAttribute(mark, value);
  const canvases = root.querySelectorAll("canvas");
  const painted = canvases.map((canvas) => document.painted.get(canvas) ?? []);
  const still = html(root).replace("<div ", "<div aria-hidden=true ");
  return JSON.stringify({ html: still, painted });
};
