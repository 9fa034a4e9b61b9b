// Elements, for what is drawn on a page.

/** An element with properties and children. */
export function make(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

/** A button with a text, and what it does. */
export const button = (text, press, className = "btn btn-sm") =>
  make("button", { type: "button", className, textContent: text, onclick: press });

/** "1 question", "3 questions". */
export const count = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;
