// What makes and follows a link that holds a widget's state; links is what stands in the widget for it
// (link_button.js), which brings this when somebody asks.
import { entriesOf } from "../model/entries.js";
import { packLink, unpackLink } from "../model/links.js";
import { checkedState } from "../model/states.js";
import { ENTER, pageAddress } from "./address.js";

export const handedOver = (key, entry) => `#${key}=${entry}&${ENTER}=${key}`;

// A widget that has been handed the reader: its picture is in sight, its buttons below it, and it has
// the focus. Not before it stands in the page, where its sentence and table stood.
function enter(root) {
  if (!root.isConnected || root.closest(".fs-host[data-widget]")) {
    requestAnimationFrame(() => enter(root));
    return;
  }
  root.dispatchEvent(new CustomEvent("fs-enter"));
  (root.querySelector(".fs-scene") ?? root).scrollIntoView({ block: "start" });
}

let arrived = false; // at one widget; the first of several is enough

// Who opens a link that somebody has copied is brought to the widget that it is about; who comes back to
// the page, or has begun to read, stays there.
function arrive(root) {
  const [{ type } = {}] = performance.getEntriesByType("navigation");
  const reading = scrollY > 0 || document.documentElement.classList.contains("fs-lecture");
  if (arrived || reading || type !== "navigate") return;
  if (!root.isConnected || root.closest(".fs-host[data-widget]")) {
    requestAnimationFrame(() => arrive(root));
    return;
  }
  arrived = true;
  const { top, bottom } = root.getBoundingClientRect();
  if (top < 0 || Math.min(bottom, top + innerHeight / 2) > innerHeight)
    root.scrollIntoView({ block: "start" });
}
// To a step explorer in this state: the one on this page, or the one on the book's first page.
export function openSteps(model, state) {
  const entry = packLink(state);
  const here = model.key && document.querySelector("[data-widget=StepExplorer]");
  if (!here) {
    open(
      pageAddress(model, "book/index.html") + handedOver("StepExplorer", entry),
      model.key ? "_self" : "_blank",
    );
    return;
  }
  const entries = entriesOf(location.hash);
  entries.set("StepExplorer", entry);
  const before = location.hash;
  location.hash = entries;
  if (location.hash === before) enter(here);
  // with its new numbers, and not before
  else addEventListener("hashchange", () => setTimeout(enter, 0, here), { once: true });
}

// As wide as most pages make a frame, in pixels.
const FRAME = 700;
const frame = () => new Promise((done) => requestAnimationFrame(done));

// How high a widget is in such a frame, with this button folded away. It is laid out anew a frame after
// its width has changed, so it is as wide for a moment; what stands around it does not move, and the
// button has the focus and its place again.
async function heightInFrame(widget, button) {
  const around = widget.parentElement;
  const fold = button.closest("details");
  const kept = [widget.style.cssText, around.style.cssText];
  const top = () => button.getBoundingClientRect().top;
  const before = top();
  button.blur(); // or what is drawn would be held where it is
  const still = { overflow: "clip", overflowAnchor: "none" };
  Object.assign(around.style, { height: `${around.offsetHeight}px`, ...still });
  widget.style.width = `${FRAME}px`;
  if (fold) fold.open = false;
  await frame();
  await frame();
  const height = Math.ceil(widget.getBoundingClientRect().height);
  [widget.style.cssText, around.style.cssText] = kept;
  if (fold) fold.open = true;
  await frame();
  await frame();
  scrollBy({ top: top() - before, behavior: "instant" });
  button.focus({ preventScroll: true });
  return height;
}

export async function copy(links) {
  const { model, button } = links;
  const entries = entriesOf(model.key ? location.hash : "");
  const entry = packLink(links.state());
  entries.set(model.key ?? links.name, entry);
  if (model.key) history.replaceState(null, "", `#${entries}`);
  Object.assign(links, { followed: entry, hash: `#${entries}` });
  const link = `${model.key ? location.href.split("#")[0] : pageAddress(model, links.page)}#${entries}`;
  const copied = await give(links, link, "Link to this state");
  button.textContent = copied ? "Link copied" : "Copy this link";
}

// A frame that shows the widget in this state on somebody else's page.
export async function copyEmbedCode(links) {
  const { model, name, embed } = links;
  const entries = entriesOf("");
  entries.set(name, packLink(links.state()));
  const address = `${pageAddress(model, `embed/${name}.html`)}?${entries}`;
  const widget = embed.closest(".fs-widget");
  const height = widget ? await heightInFrame(widget, embed) : 0;
  const title = widget?.getAttribute("aria-label") ?? name;
  const style = `width:100%;height:${height}px;border:0`;
  const code = `<iframe src="${address}" title="${title}" style="${style}"></iframe>`;
  const copied = await give(links, code, "Code of a frame with this state");
  embed.textContent = copied ? "Embed code copied" : "Copy this code";
}

// Onto the clipboard, and into the field; gives whether the clipboard has taken it.
async function give({ field, ui }, text, label) {
  field.value = text;
  field.setAttribute("aria-label", label);
  field.hidden = false;
  try {
    await navigator.clipboard.writeText(text);
    ui.announce(`${label}: copied.`);
    return true;
  } catch {
    // no clipboard on this page: the text stands in the field, selected
    field.select();
    ui.announce(`${label}: selected in its field, to be copied.`);
    return false;
  }
}

// Puts on show what an entry says, or what is known to have been left there.
export function follow(links, { known, entry, entered }) {
  const checked = links.checked ?? ((raw) => checkedState(links.name, raw, links.state()));
  try {
    links.apply(checked(known ?? unpackLink(entry)));
    const root = links.ui.live.closest(".fs-widget");
    if (entered) enter(root);
    else if (!known && root) arrive(root);
  } catch (error) {
    links.refuse(error.message);
  }
}
