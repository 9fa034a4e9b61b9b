// A widget's first picture as HTML: drawn by its own module in the small document, without what is not
// seen or only for who can press. FOURTEEN_STEPS with the modules stands before it.
"use strict";

const exported = {}; // by module
const need = (name) => (exported[name] ??= FOURTEEN_STEPS.modules[name](need));

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
  ".fs-glow",
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
    "data-opening data-compact data-many data-view data-slopes inert aria-hidden"
  ).split(" "),
);
const SHORT = new Set(["class", "data-state", "type", "value"]); // what is not said, says nothing
const WITHOUT = { class: "fs-part", "data-state": "kept", type: "text" };
const EMPTY = new Set(["input", "br"]);
// lying and standing, without a height of its own: the style sheet knows which fits (still.css)
const WIDTHS = [700, 340];

const text = (value) => value.replace(/&/g, "&amp;").replace(/</g, "&lt;");
const plain = /^[\w.#%-]+$/;
const rounded = (value) => String(Math.round(100 * value) / 100);
const shorter = (value) => value.replace(/-?\d+\.\d+/g, rounded);

// A line through points, from each to the next: the same curve reads the same wherever it stands.
function path(d) {
  if (!/^M[-\d. ]+(L[-\d. ]+)+$/.test(d)) return shorter(d);
  const places = d.slice(1).split("L");
  const points = places.map((place) => place.split(" ").map((part) => Math.round(10 * part)));
  const tenth = (value) => String(value / 10).replace(/^(-?)0\./, "$1.");
  const steps = points.map(([x, y], k) =>
    k ? [x - points[k - 1][0], y - points[k - 1][1]] : [x, y],
  );
  return `m${steps.map(([x, y]) => `${tenth(x)}${y < 0 ? "" : " "}${tenth(y)}`).join("l")}`;
}

function said(name, value) {
  if (name === "value") return value; // a number to read stays as it is written
  if (name === "d") return path(value);
  if (name === "style") return shorter(value).replace(/--signs: [\d.]+; |--u: ;? ?/g, "");
  return shorter(value);
}

function attribute([name, given]) {
  const value = said(name, given);
  if (value === WITHOUT[name] || (value === "" && SHORT.has(name))) return "";
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

// {html, painted}: painted has the canvases' pixels, in their order; a mark stands where one is.
globalThis.firstPicture = (name, module, given) => {
  const [root, other] = WIDTHS.map((width) => drawn(module, given, width));
  const stages = [root, other].map((one) => one.querySelector(".fs-stage"));
  for (const stage of stages) stage.style.setProperty("--u", "");
  const both = document.createElement("div");
  both.className = "fs-both";
  stages[0].before(both);
  both.append(...stages);
  const kept = KEPT[name](root);
  for (const child of root.children) if (!child.matches(kept.join())) child.remove();
  const marks = { inert: "", "aria-hidden": "true", class: `${root.className} fs-still` };
  // with the way back the picture is wider
  if (name === "StepExplorer" && root.dataset.view !== "training") marks["data-slopes"] = "";
  for (const [mark, value] of Object.entries(marks)) root.setAttribute(mark, value);
  const canvases = root.querySelectorAll("canvas");
  const painted = canvases.map((canvas) => document.painted.get(canvas) ?? []);
  return JSON.stringify({ html: html(root), painted });
};
