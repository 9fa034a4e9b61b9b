// The page's own words beside the picture: symbols in its formulas, and the numbers of its prose, light
// what they mean, and are lit by it. A number follows the picture.
import { asMatrix } from "../model/matrices.js";
import { format } from "../model/numbers.js";
import { QUANTITIES } from "../generated/names.js";
import { element } from "./elements.js";

const FORMULA = /(?:^| )fs-q-(\w+)/;
const INSIDE = ".fs-widget, .fs-host";

// root is the widget that shows the picture; light({name, row, column}, word) and open(…) are called when
// a word is pointed at and when it is pressed, light(null) when it is left. row is undefined where all of
// a quantity is meant.
export class Prose {
  constructor(root, { light, open }) {
    Object.assign(this, { root, light, open });
    const page = root.ownerDocument;
    const reached = new Set(); // by keyboard, each number once
    this.words = [...page.querySelectorAll("[data-lights]")].map((node) => {
      const again = reached.has(node.dataset.lights);
      reached.add(node.dataset.lights);
      return this.word(node, again);
    });
    this.symbols = [...page.querySelectorAll("[class*='fs-q-']")].filter(
      (node) => !node.closest(INSIDE),
    );
    for (const node of this.symbols) {
      const [, name] = node.className.match(FORMULA);
      node.addEventListener("pointerover", () => this.light({ name }, node));
      node.addEventListener("pointerout", () => this.light(null));
    }
  }

  // A word becomes a button with the same text.
  word(node, again) {
    const cell = cellOf(node.dataset.lights.split(" "));
    const { name } = cell;
    const text = node.textContent;
    const button = element("button", {
      type: "button",
      class: node.className,
      "data-lights": node.dataset.lights,
      title: `${QUANTITIES[name].symbol}: show it in the picture`,
      "aria-label": `${text}: ${QUANTITIES[name].symbol}, show it in the picture`,
      tabindex: again ? "-1" : null,
      onclick: () => this.open(cell),
    });
    button.append(...node.childNodes);
    node.replaceWith(button);
    // a finger presses at once, and is led to the picture
    const hand = ({ type, pointerType }) =>
      type === "focus" ? !button.matches(":focus-visible") : pointerType === "touch";
    for (const event of ["pointerenter", "focus"])
      button.addEventListener(event, (seen) => this.light(cell, hand(seen) ? null : button));
    for (const event of ["pointerleave", "blur"])
      button.addEventListener(event, () => this.light(null));
    return { ...cell, button, text, number: numberIn(text) };
  }

  // The numbers of the picture; secret(name) says what is not to be given away.
  draw(values, secret) {
    for (const { name, row, column, button, text, number } of this.words) {
      if (!number) continue;
      const value = asMatrix(values[name])[row]?.[column];
      const same = value !== undefined && Math.abs(value - number.value) <= number.within;
      const shown = same || secret(name) || value === undefined ? text : format(value);
      if (button.textContent !== shown) {
        button.textContent = shown;
        button.ariaLabel = `${shown}: ${QUANTITIES[name].symbol}, show it in the picture`;
      }
      button.toggleAttribute("data-changed", shown !== text);
    }
  }

  // Lights the words that mean one of the cells, and the symbols of their quantities.
  lit(cells) {
    const names = new Set(cells.map(({ name }) => name));
    const keys = new Set(cells.map(({ name, row, column }) => `${name} ${row} ${column}`));
    for (const { name, row, column, button } of this.words) {
      const meant = row === undefined ? names.has(name) : keys.has(`${name} ${row} ${column}`);
      button.classList.toggle("fs-word-lit", meant);
    }
    for (const node of this.symbols)
      node.classList.toggle("fs-word-lit", names.has(node.className.match(FORMULA)[1]));
  }
}

const LINK = "#q:";

// In a notebook the page's numbers are links, [0.137134](#q:dE_dz2[0,0]), set by JupyterLab, and anew
// whenever it likes. The first picture of the notebook answers them; the result ends that.
export function followLinks(root, kind, { light, open }) {
  const stop = new AbortController();
  const on = (events, act) => {
    const heard = (event) => {
      const link = event.target.closest?.(`a[href^="${LINK}"]`);
      const page = root.closest(".jp-Notebook") ?? root.ownerDocument.body;
      if (
        !link ||
        !page.contains(link) ||
        page.querySelector(`section[data-widget=${kind}]`) !== root
      )
        return;
      const address = decodeURIComponent(link.getAttribute("href").slice(LINK.length));
      act(cellOf(address.split(/[[\],]/)), event);
    };
    for (const event of events)
      root.ownerDocument.addEventListener(event, heard, { signal: stop.signal });
  };
  on(["pointerover", "focusin"], (cell, event) => light(cell, event.target));
  on(["pointerout", "focusout"], () => light(null));
  on(["click"], (cell, event) => {
    event.preventDefault();
    open(cell);
  });
  return () => stop.abort();
}

const cellOf = ([name, row, column]) => ({
  name,
  row: row && Number(row),
  column: column && Number(column),
});

// The number that a text is, and how much it may be rounded; null for other words.
function numberIn(text) {
  const plain = text.replace("−", "-");
  if (!/^-?\d+(\.\d+)?$/.test(plain)) return null;
  const decimals = plain.split(".")[1]?.length ?? 0;
  return { value: Number(plain), within: 0.5000001 * 10 ** -decimals };
}
