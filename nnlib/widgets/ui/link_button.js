// A link that holds a widget's state: made, followed, and left again.
import { entriesOf, packLink, unpackLink } from "../model/links.js";
import { element } from "./elements.js";

// The address of a page of the book: from another of its pages, or from a notebook that knows the
// published site.
export function pageAddress(model, path) {
  if (!model.key) return model.get("site").replace(/\/*$/, "/") + path;
  return (
    new URL(document.documentElement.dataset.content_root ?? "./", location.href.split("#")[0])
      .href + path
  );
}

// The fragment of a link that another widget hands its reader over with: the focus goes along.
const ENTER = "enter";
export const handedOver = (key, entry) => `#${key}=${entry}&${ENTER}=${key}`;

// A widget that has been handed the reader: its picture is in sight, its buttons below it, and it has
// the focus. Not before it stands in the page, where its sentence and table stood.
export function enter(root) {
  if (!root.isConnected || root.closest(".fs-host[data-widget]")) {
    requestAnimationFrame(() => enter(root));
    return;
  }
  root.dispatchEvent(new CustomEvent("fs-enter"));
  (root.querySelector(".fs-scene") ?? root).scrollIntoView({ block: "start" });
}

// As wide as most pages make a frame, in pixels.
const FRAME = 700;
const frame = () => new Promise((done) => requestAnimationFrame(done));

// How high a widget is in such a frame, with this button folded away. It is laid out anew a frame after
// its width has changed, so it is as wide for a moment; what stands around it does not move.
async function heightInFrame(widget, button) {
  const around = widget.parentElement;
  const fold = button.closest("details");
  const kept = [widget.style.cssText, around.style.cssText];
  Object.assign(around.style, { height: `${around.offsetHeight}px`, overflow: "clip" });
  widget.style.width = `${FRAME}px`;
  if (fold) fold.open = false;
  await frame();
  await frame();
  const height = Math.ceil(widget.getBoundingClientRect().height);
  [widget.style.cssText, around.style.cssText] = kept;
  if (fold) fold.open = true;
  return height;
}

// state() is what goes in; apply(raw) takes what came from a link, and throws if it does not fit.
// page is where a link from a notebook leads.
export class StateLinks {
  constructor(model, ui, { name, page, state, apply }) {
    Object.assign(this, { model, ui, name, page, state, apply });
    this.field = element("input", {
      type: "text",
      class: "fs-link",
      readonly: true,
      "aria-label": "Link to this state",
      hidden: true,
    });
    this.button = ui.button("Copy link", () => this.copy());
    this.embed = ui.button("Copy embed code", () => this.copyEmbedCode());
    // a notebook without a published site has nowhere to point to
    for (const button of [this.button, this.embed])
      button.hidden = !model.key && !model.get("site");
    this.followed = null; // the entry that the state came from
    this.hash = location.hash;
    this.left = new Map(); // by fragment: the state in which it was left, for the way back
    this.onHash = () => this.follow();
    if (model.key) addEventListener("hashchange", this.onHash);
  }

  async copy() {
    const { model, button } = this;
    const entries = entriesOf(model.key ? location.hash : "");
    const entry = packLink(this.state());
    entries.set(model.key ?? this.name, entry);
    if (model.key) history.replaceState(null, "", `#${entries}`);
    Object.assign(this, { followed: entry, hash: `#${entries}` });
    const link = `${model.key ? location.href.split("#")[0] : pageAddress(model, this.page)}#${entries}`;
    const copied = await this.give(link, "Link to this state");
    button.textContent = copied ? "Link copied" : "Copy this link";
  }

  // A frame that shows the widget in this state on somebody else's page.
  async copyEmbedCode() {
    const { model, name, embed } = this;
    const entries = entriesOf("");
    entries.set(name, packLink(this.state()));
    const address = `${pageAddress(model, `embed/${name}.html`)}?${entries}`;
    const widget = embed.closest(".fs-widget");
    const height = widget ? await heightInFrame(widget, embed) : 0;
    const title = widget?.getAttribute("aria-label") ?? name;
    const style = `width:100%;height:${height}px;border:0`;
    const code = `<iframe src="${address}" title="${title}" style="${style}"></iframe>`;
    const copied = await this.give(code, "Code of a frame with this state");
    embed.textContent = copied ? "Embed code copied" : "Copy this code";
  }

  // Onto the clipboard, and into the field; gives whether the clipboard has taken it.
  async give(text, label) {
    const { field } = this;
    field.value = text;
    field.setAttribute("aria-label", label);
    field.hidden = false;
    try {
      await navigator.clipboard.writeText(text);
      this.ui.announce(`${label}: copied.`);
      return true;
    } catch {
      // no clipboard on this page: the text stands in the field, selected
      field.select();
      this.ui.announce(`${label}: selected in its field, to be copied.`);
      return false;
    }
  }

  // Goes where the address's fragment leads. One that says nothing new leaves everything as it is;
  // a way back leads to what was left there.
  follow() {
    const entered = this.wasEntered();
    const { hash } = location;
    const entry = entriesOf(hash).get(this.model.key);
    const known = this.left.get(hash);
    if (entry === this.followed || (entry === null && !known)) return;
    this.left.set(this.hash, this.state());
    Object.assign(this, { followed: entry, hash });
    try {
      this.apply(known ?? unpackLink(entry));
      if (entered) enter(this.ui.live.closest(".fs-widget"));
    } catch (error) {
      this.refuse(error.message);
    }
  }

  // Whether the address hands its reader over to this widget; it says so once, and not to whom it is
  // sent on.
  wasEntered() {
    const entries = entriesOf(location.hash);
    if (entries.get(ENTER) !== this.model.key) return false;
    entries.delete(ENTER);
    history.replaceState(null, "", `#${entries}`);
    return true;
  }

  refuse(reason) {
    this.ui.say(`The link could not be read: ${reason}. Everything stays as it was.`);
  }

  // What is on show is no longer what was copied; the second button stands beside the first.
  fresh() {
    this.button.textContent = "Copy link";
    this.embed.textContent = "Copy embed code";
    if (this.button.parentNode && !this.embed.parentNode) this.button.after(this.embed);
  }

  end() {
    removeEventListener("hashchange", this.onHash);
  }
}
