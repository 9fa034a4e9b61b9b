// A link that holds a widget's state: where it is made and followed. What does that (linked.js) comes
// when somebody has such a link, or is about to make one.
import { entriesOf } from "../model/entries.js";
import { ENTER } from "./address.js";
import { element, renew } from "./elements.js";

let linked = null; // linked.js, once it has come

async function bring() {
  linked ??= await import("./linked.js");
}

const soon = () => bring().catch(() => {});

// Before a widget is drawn whose state the address holds.
export async function bringForAddress({ key }) {
  // what is lost is said when the link is followed
  if (key && entriesOf(location.hash).has(key)) await bring().catch(() => {});
}

// state() is what goes in; checked(raw) is what came from a link, or throws if it does not fit (else
// model/states.js knows); apply(state) takes it. page is where a link from a notebook leads.
export class StateLinks {
  constructor(model, ui, { name, page, state, apply, checked }) {
    Object.assign(this, { model, ui, name, page, state, apply, checked });
    this.field = element("input", {
      type: "text",
      class: "fs-link",
      readonly: true,
      "aria-label": "Link to this state",
      hidden: true,
    });
    this.button = this.asking("Copy link", (come) => come.copy(this));
    this.embed = this.asking("Copy embed code", (come) => come.copyEmbedCode(this));
    this.followed = null; // the entry that the state came from
    this.hash = location.hash;
    this.left = new Map(); // by fragment: the state in which it was left, for the way back
    this.onHash = () => this.follow();
    if (model.key) addEventListener("hashchange", this.onHash);
  }

  // A button that needs linked.js, which begins to come before it is pressed.
  asking(text, action) {
    const { model, ui } = this;
    const failed = (reason) => ui.say(`The link could not be made: ${reason}. Try again.`);
    const button = ui.button(text, () => this.using(action, failed), { class: "fs-copy" });
    for (const event of ["pointerenter", "focus"]) button.addEventListener(event, soon);
    // a notebook without a published site has nowhere to point to
    button.hidden = !model.key && !model.get("site");
    return button;
  }

  // Calls action with linked.js: at once, where that has come.
  async using(action, failed) {
    try {
      if (!linked) await bring();
    } catch (error) {
      failed(error.message);
      return;
    }
    await action(linked);
  }

  // Goes where the address's fragment leads. One that says nothing new leaves everything as it is;
  // a way back leads to what was left there.
  async follow() {
    const entered = this.wasEntered();
    const { hash } = location;
    const before = { followed: this.followed, hash: this.hash };
    const entry = entriesOf(hash).get(this.model.key);
    const known = this.left.get(hash);
    if (entry === this.followed || (entry === null && !known)) return;
    this.left.set(this.hash, this.state());
    Object.assign(this, { followed: entry, hash });
    await this.using(
      (come) => come.follow(this, { known, entry, entered }),
      (reason) => {
        Object.assign(this, before); // to be tried again
        this.refuse(reason);
      },
    );
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
    renew(this.button, "textContent", "Copy link");
    renew(this.embed, "textContent", "Copy embed code");
    if (this.button.parentNode && !this.embed.parentNode) this.button.after(this.embed);
    this.expect(this.button.closest(".fs-widget"));
  }

  // Where the buttons are folded away, it begins with a pointer or the focus in their widget.
  expect(widget) {
    if (!widget || this.expected) return;
    this.expected = true;
    for (const event of ["pointerenter", "focusin"])
      widget.addEventListener(event, soon, { once: true });
  }

  end() {
    removeEventListener("hashchange", this.onHash);
  }
}
