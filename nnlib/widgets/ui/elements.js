// Elements of the page, made from attributes and children.

const SVG = "http://www.w3.org/2000/svg";

// An element with attributes (on… are listeners, null and false are left out) and children (text
// stays text).
export function element(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function svgElement(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

// An element of MathML.
export function mathElement(tag, ...children) {
  const node = document.createElementNS("http://www.w3.org/1998/Math/MathML", tag);
  node.append(...children);
  return node;
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false)
      node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

// Of a widget, in pixels: below it, what is watched and what is pressed stand together on the screen.
export const NARROW = 576;

// Calls changed() when an element has another width than before; gives the observer, to be disconnected.
export function onWidth(root, changed) {
  let drawn = root.clientWidth;
  const observer = new ResizeObserver(() => {
    if (root.clientWidth === drawn) return;
    drawn = root.clientWidth;
    changed();
  });
  observer.observe(root);
  return observer;
}

// A row of controls, with more classes if need be.
export const row = (classes, ...children) =>
  element("div", { class: `fs-row ${classes}`.trim() }, children);

const ROLES = {
  TABLE: "table",
  THEAD: "rowgroup",
  TBODY: "rowgroup",
  TR: "row",
  TD: "cell",
};

// Says what a table's parts are, so that they stay so for who hears them where they are not laid out
// as a table.
export function keepRoles(table) {
  const roleOf = (node) =>
    ROLES[node.tagName] ?? (node.getAttribute("scope") === "row" ? "rowheader" : "columnheader");
  for (const node of [table, ...table.querySelectorAll("thead, tbody, tr, th, td")])
    node.setAttribute("role", roleOf(node));
  return table;
}

// What scrolls sideways when it must, and can then be reached by keyboard.
export const scrolling = (tag, classes, label, ...children) =>
  element(tag, { class: classes, tabindex: "0", role: "group", "aria-label": label }, children);

// Sets what is new, and nothing else: a screen reader is told of each new text, and of each value.
export function renew(node, property, value) {
  if (node[property] !== value) node[property] = value;
}

// A button that can do nothing at the moment says so, and keeps the focus: a disabled one would drop it.
export function setUsable(button, usable) {
  button.setAttribute("aria-disabled", String(!usable));
}

// Calls changed() when the page has other colours, or turns into slides; gives what ends that. Other
// attributes of the page, such as one that it sets while it scrolls, are nothing to draw for.
export function onTheme(root, changed) {
  const look = () =>
    getComputedStyle(root).getPropertyValue("--fs-background") +
    document.documentElement.classList.contains("fs-lecture");
  let last = look();
  const observer = new MutationObserver(() => {
    if (look() === last) return;
    last = look();
    changed();
  });
  for (const node of [document.documentElement, document.body])
    observer.observe(node, { attributes: true });
  return () => observer.disconnect();
}
