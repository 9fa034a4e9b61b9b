// A very small document, for drawing a widget where there is no browser: what ui/ asks of one, and no
// more. What is missing here is an error when it is used, and so is a property that nobody knows.
"use strict";

class SmallNode {
  parentNode = null;

  get isConnected() {
    return this === document.documentElement || Boolean(this.parentNode?.isConnected);
  }
  get ownerDocument() {
    return document;
  }
  get siblings() {
    return this.parentNode?.childNodes ?? [];
  }
  get nextElementSibling() {
    const after = this.siblings.slice(this.siblings.indexOf(this) + 1);
    return after.find((node) => node instanceof SmallElement) ?? null;
  }
  remove() {
    if (this.parentNode) this.siblings.splice(this.siblings.indexOf(this), 1);
    this.parentNode = null;
  }
  replaceWith(...nodes) {
    this.before(...nodes);
    this.remove();
  }
  before(...nodes) {
    this.parentNode.insertAt(() => this.siblings.indexOf(this), nodes);
  }
  after(...nodes) {
    this.parentNode.insertAt(() => this.siblings.indexOf(this) + 1, nodes);
  }
  getRootNode() {
    return document;
  }
}

class SmallText extends SmallNode {
  constructor(data) {
    super();
    this.textContent = data;
    Object.preventExtensions(this);
  }
}

const kebab = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

// An element's data-… attributes, and its style, as objects.
const datasetOf = (node) =>
  new Proxy(
    {},
    {
      get: (_, name) => node.getAttribute(`data-${kebab(name)}`) ?? undefined,
      set: (_, name, value) => (node.setAttribute(`data-${kebab(name)}`, value), true),
      has: (_, name) => node.hasAttribute(`data-${kebab(name)}`),
      deleteProperty: (_, name) => (node.removeAttribute(`data-${kebab(name)}`), true),
    },
  );

function styleOf(node) {
  const parts = () =>
    new Map((node.getAttribute("style") ?? "").split(/;\s*/).filter(Boolean).map(pair));
  const pair = (text) => [text.split(":")[0].trim(), text.slice(text.indexOf(":") + 1).trim()];
  const setProperty = (name, value) => {
    const all = parts();
    if (value === "") all.delete(name);
    else all.set(name, String(value));
    node.setAttribute("style", [...all].map((one) => one.join(": ")).join("; "));
  };
  const getPropertyValue = (name) => parts().get(name) ?? "";
  return new Proxy(
    {},
    {
      get: (_, name) => ({ setProperty, getPropertyValue })[name] ?? getPropertyValue(kebab(name)),
      set: (_, name, value) => {
        if (name === "cssText") node.setAttribute("style", value);
        else setProperty(kebab(name), value);
        return true;
      },
    },
  );
}

class SmallClasses {
  constructor(node) {
    this.node = node;
  }
  get names() {
    return this.node.className.split(" ").filter(Boolean);
  }
  contains(name) {
    return this.names.includes(name);
  }
  add(...names) {
    this.node.className = [...new Set([...this.names, ...names])].join(" ");
  }
  remove(...names) {
    this.node.className = this.names.filter((name) => !names.includes(name)).join(" ");
  }
  toggle(name, on = !this.contains(name)) {
    this[on ? "add" : "remove"](name);
  }
}

class SmallElement extends SmallNode {
  constructor(tag) {
    super();
    this.localName = tag;
    this.attributes = new Map();
    this.childNodes = [];
    this.scrollLeft = 0;
    this.classList = new SmallClasses(this);
    this.dataset = datasetOf(this);
    this.style = styleOf(this);
    Object.preventExtensions(this);
  }

  // ---- the tree ----

  get tagName() {
    return this.localName.toUpperCase();
  }
  get children() {
    return this.childNodes.filter((node) => node instanceof SmallElement);
  }
  get firstChild() {
    return this.childNodes[0] ?? null;
  }
  get lastChild() {
    return this.childNodes.at(-1) ?? null;
  }
  // place() is asked anew after each node has left where it was.
  insertAt(place, nodes) {
    for (const node of nodes) if (node instanceof SmallNode) node.remove();
    const own = nodes.map((node) => (node instanceof SmallNode ? node : new SmallText(`${node}`)));
    this.childNodes.splice(place(), 0, ...own);
    for (const node of own) node.parentNode = this;
  }
  append(...nodes) {
    this.insertAt(() => this.childNodes.length, nodes);
  }
  prepend(...nodes) {
    this.insertAt(() => 0, nodes);
  }
  appendChild(node) {
    this.append(node);
    return node;
  }
  replaceChildren(...nodes) {
    while (this.firstChild) this.firstChild.remove();
    this.append(...nodes);
  }
  contains(node) {
    return node === this || Boolean(node?.parentNode && this.contains(node.parentNode));
  }
  cloneNode(deep) {
    const copy = new SmallElement(this.localName);
    for (const [name, value] of this.attributes) copy.setAttribute(name, value);
    const copied = (node) => (node instanceof SmallText ? node.textContent : node.cloneNode(true));
    if (deep) copy.append(...this.childNodes.map(copied));
    return copy;
  }
  get textContent() {
    return this.childNodes.map((node) => node.textContent).join("");
  }
  set textContent(text) {
    this.replaceChildren(...(text === "" ? [] : [text]));
  }

  // ---- attributes, and the properties that stand for one ----

  getAttribute(name) {
    return this.attributes.get(name) ?? null;
  }
  setAttribute(name, value) {
    this.attributes.set(name, String(value));
  }
  hasAttribute(name) {
    return this.attributes.has(name);
  }
  removeAttribute(name) {
    this.attributes.delete(name);
  }
  toggleAttribute(name, on = !this.hasAttribute(name)) {
    if (on) this.setAttribute(name, "");
    else this.removeAttribute(name);
  }
  get value() {
    if (this.localName === "option") return this.getAttribute("value") ?? this.textContent;
    if (this.localName === "select") return this.selectedOptions[0]?.value;
    return this.getAttribute("value") ?? "";
  }
  set value(value) {
    if (this.localName !== "select") this.setAttribute("value", value);
    else for (const one of this.options) one.selected = one.value === String(value);
  }
  get options() {
    return this.querySelectorAll("option");
  }
  get selectedOptions() {
    const chosen = this.options.find(({ selected }) => selected) ?? this.options[0];
    return chosen ? [chosen] : [];
  }

  // ---- finding ----

  matches(selector) {
    return matching(selector)(this);
  }
  closest(selector) {
    return this.matches(selector) ? this : (this.parentNode?.closest(selector) ?? null);
  }
  querySelectorAll(selector) {
    const fits = matching(selector);
    const all = (node) => node.children.flatMap((child) => [child, ...all(child)]);
    return all(this).filter(fits);
  }
  querySelector(selector) {
    return this.querySelectorAll(selector)[0] ?? null;
  }

  // ---- what only a page that is shown has ----

  addEventListener() {}
  get clientWidth() {
    const known = Object.entries(document.widths).find(([name]) => this.classList.contains(name));
    return known?.[1] ?? document.width;
  }
  get clientHeight() {
    return 0;
  }
  getBoundingClientRect() {
    return { x: 0, y: 0, width: 0, height: 0, top: 0, right: 0, bottom: 0, left: 0 };
  }
  // A canvas keeps what was painted on it.
  getContext() {
    const canvas = this;
    return {
      createImageData: (width, height) => ({ data: Array.from({ length: 4 * width * height }) }),
      putImageData: ({ data }) => document.painted.set(canvas, data),
    };
  }
}

const TEXTS = ["className", "id", "title", "type", "min", "max", "placeholder", "tabIndex"];
const FLAGS = ["hidden", "disabled", "checked", "selected", "readOnly"];
for (const property of [...TEXTS, ...FLAGS]) {
  const name = { className: "class" }[property] ?? property.toLowerCase();
  const flag = FLAGS.includes(property);
  Object.defineProperty(SmallElement.prototype, property, {
    get() {
      return flag ? this.hasAttribute(name) : (this.getAttribute(name) ?? "");
    },
    set(value) {
      if (flag) this.toggleAttribute(name, Boolean(value));
      else this.setAttribute(name, value);
    },
  });
}

// ---- selectors: names, classes, attributes, :is and :not, below one another ----

const PIECE = new RegExp(
  `^(?:${[
    "(?<tag>\\*|[\\w-]+)",
    "\\.(?<own>[\\w-]+)",
    "\\[(?<name>[\\w-]+)(?:=[\"']?(?<value>[^\"'\\]]*)[\"']?)?\\]",
    ":(?<word>is|not)\\((?<list>(?:[^()]|\\([^()]*\\))*)\\)",
  ].join("|")})`,
);
const OUTSIDE = "(?![^([]*[)\\]])"; // of brackets

const made = new Map();
function matching(selector) {
  if (!made.has(selector)) made.set(selector, listOf(selector));
  return made.get(selector);
}

function listOf(selector) {
  const all = selector.split(new RegExp(`,\\s*${OUTSIDE}`)).map(below);
  return (node) => all.some((fits) => fits(node));
}

function below(selector) {
  const [last, ...before] = selector
    .trim()
    .split(new RegExp(`\\s+${OUTSIDE}`))
    .toReversed()
    .map(piece);
  return (node) => {
    if (!last(node)) return false;
    let at = node.parentNode;
    for (const fits of before) {
      while (at && !fits(at)) at = at.parentNode;
      if (!at) return false;
      at = at.parentNode;
    }
    return true;
  };
}

function piece(text) {
  const tests = [];
  for (let rest = text; rest;) {
    const found = PIECE.exec(rest);
    if (!found) throw new SyntaxError(`the small document does not know the selector ${text}`);
    rest = rest.slice(found[0].length);
    tests.push(test(found.groups));
  }
  return (node) => tests.every((fits) => fits(node));
}

function test({ tag, own, name, value, word, list }) {
  if (tag) return (node) => tag === "*" || node.localName === tag;
  if (own) return (node) => node.classList.contains(own);
  if (word)
    return (
      (fits) => (node) =>
        fits(node) === (word === "is")
    )(listOf(list));
  if (value === undefined) return (node) => node.hasAttribute(name);
  return (node) => node.getAttribute(name) === value;
}

// ---- the page around it ----

class Nothing {
  observe() {}
}

const document = {
  widths: {}, // by class, as wide as an element is taken to be
  width: 0, // and every other
  painted: new Map(), // by canvas, its pixels
  documentElement: new SmallElement("html"),
  body: new SmallElement("body"),
  activeElement: null,
  createElement: (tag) => new SmallElement(tag),
  createElementNS: (_, tag) => new SmallElement(tag),
  addEventListener() {},
};
document.documentElement.append(document.body);
Object.assign(globalThis, {
  document,
  innerHeight: 720,
  location: { hash: "", href: "" },
  addEventListener() {},
  // who wishes for calm gets the state, and nothing on its way
  matchMedia: (query) => ({ matches: query.includes("reduced-motion") }),
  requestAnimationFrame() {},
  cancelAnimationFrame() {},
  setInterval() {},
  clearInterval() {},
  queueMicrotask() {},
  // black and white: what is painted between the two tells how far it is from the one to the other
  getComputedStyle: () => ({
    fontSize: "16px",
    getPropertyValue: (name) => ({ "--fs-background": "#000000" })[name] ?? "#ffffff",
  }),
  structuredClone: (value) => JSON.parse(JSON.stringify(value)),
  AbortController: Nothing,
  MutationObserver: Nothing,
  ResizeObserver: Nothing,
});
