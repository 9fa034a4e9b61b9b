// A widget's first picture as HTML: drawn by its own module in the small document, without what is not
// seen or only for who can press. FOURTEEN_STEPS with the modules stands before it.
"use strict";

const exported = {}; // by module
const need = (name) => (exported[name] ??= FOURTEEN_STEPS.modules[name](need));
need.later = async (name) => need(name);

// What is kept of a widget; what stands below its picture is not: there the sentence and the table are.
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
    "stroke-width text-anchor type value min max checked selected aria-current data-kind data-active " +
    "data-source data-known data-state data-flow data-tall data-done data-right data-others " +
    "data-opening data-view data-slopes inert"
  ).split(" "),
);
const SHORT = new Set(["class", "data-state", "type", "value"]); // what is not said, says nothing
const WITHOUT = { class: ["fs-part"], "data-state": ["kept"], type: ["text", "button"] };
const EMPTY = new Set(["input", "br"]);
// lying and standing, without a height of its own: the style sheet knows which fits (still.css)
const WIDTHS = [700, 340];

const text = (value) => value.replace(/&/g, "&amp;").replace(/</g, "&lt;");
const plain = /^[\w.#%-]+$/;
const rounded = (value) => String(Math.round(100 * value) / 100);
const shorter = (value) => value.replace(/-?\d+\.\d+/g, rounded);

// A path with every place told from the one before: the same curve reads the same wherever it stands.
function path(d) {
  let at = [0, 0]; // in tenths, so that nothing adds up
  const tenth = (value) => String(value / 10).replace(/^(-?)0\./, "$1.");
  const told = ([, command, rest]) => {
    const values = (rest.match(/-?[\d.]+/g) ?? []).map((value) => Math.round(10 * value));
    const own = command.toLowerCase();
    const from = command === own ? [0, 0] : at;
    const steps = values.map((value, k) => value - from[k % 2]);
    if (own === "h") at = [at[0] + values[0], at[1]];
    else if (own === "v") at = [at[0], at[1] + values[0]];
    else at = [0, 1].map((axis) => at[axis] + steps.slice(-2)[axis]);
    return own + steps.map((v, k) => (k && v >= 0 ? ` ${tenth(v)}` : tenth(v))).join("");
  };
  return [...d.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)].map(told).join("");
}

function said(name, value) {
  if (name === "value") return value; // a number to read stays as it is written
  if (name === "d") return path(value);
  if (name === "transform") return value.replace(/\d+\.\d+/g, (one) => Number(one).toFixed(1));
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
  const attributes = [...node.attributes].filter(([name]) => ATTRIBUTES.has(name));
  const tag = node.localName === "section" ? "div" : node.localName; // no part of the page yet
  const start = `<${tag}${attributes.map(attribute).join("")}>`;
  const inside = node.childNodes.map(html).join("");
  return EMPTY.has(tag) ? start : `${start}${inside}</${tag}>`;
}

function modelOf(state) {
  return {
    get: (name) => state[name],
    set() {},
    on() {},
    off() {},
    save_changes() {},
  };
}

function drawn(module, given, width) {
  document.widths = { "fs-diagram": width, "fs-loss-curve": 380 };
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
}

// Before a picture is asked for: what its widget brings for this state.
globalThis.prepare = (module, given) => {
  need(module).default.initialize({ model: modelOf(JSON.parse(given)) });
};

// {html, painted}: painted has the canvases' pixels, in their order; a mark stands where one is.
globalThis.firstPicture = (name, module, given) => {
  const [root, other] = WIDTHS.map((width) => drawn(module, given, width));
  merge([root, other].map((one) => one.querySelector(".fs-stage")));
  const kept = KEPT[name](root);
  for (const child of root.children) if (!child.matches(kept.join())) child.remove();
  const slopes = name === "StepExplorer" && root.dataset.view !== "training";
  const marks = { inert: "", class: `${root.className} fs-still` };
  if (slopes) marks["data-slopes"] = ""; // with the way back the picture is wider
  for (const [mark, value] of Object.entries(marks)) root.setAttribute(mark, value);
  const canvases = root.querySelectorAll("canvas");
  const painted = canvases.map((canvas) => document.painted.get(canvas) ?? []);
  const still = html(root).replace("<div ", "<div aria-hidden=true ");
  return JSON.stringify({ html: still, painted });
};
