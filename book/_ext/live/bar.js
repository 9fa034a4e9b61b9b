// The line at the page's foot that says how Python is, with what ends it and what resets it.

import { element } from "./elements.js";

const SENTENCES = {
  off: "Python is off.",
  loading: "Python is loading …",
  ready: "Python is ready.",
  running: "Python is running …",
  failed: "Python has failed.",
};
const SHORT = 400; // ms: what runs for less is not announced

export class Bar {
  // on: { stop(), rest(), resetAll() }
  constructor(place, on, licences) {
    this.place = place;
    this.progress = element("progress", { max: 1, value: 0, "aria-label": "Python is loading" });
    this.text = element("span", { className: "fs-python-text" });
    this.live = element("span", { className: "fs-visually-hidden", role: "status" });
    this.stop = element("button", { type: "button", onclick: on.stop }, "Stop");
    this.rest = element("button", { type: "button", onclick: on.rest }, "Run the rest");
    this.reset = element("button", { type: "button", onclick: on.resetAll }, "Reset all");
    const about = element("a", { href: licences }, "Licences");
    place.replaceChildren(
      this.progress,
      this.text,
      this.live,
      this.stop,
      this.rest,
      this.reset,
      about,
    );
    this.show("off");
  }

  show(state, sentence = SENTENCES[state]) {
    this.place.dataset.python = state;
    this.text.textContent = sentence;
    this.progress.hidden = state !== "loading";
    this.stop.hidden = !(state === "loading" || state === "running");
    this.reset.hidden = state === "loading";
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.live.textContent = sentence), SHORT);
  }

  load(loaded, total) {
    if (this.place.dataset.python === "running") return;
    this.progress.max = total;
    this.progress.value = loaded;
    const megabytes = (letters) => (letters / 1e6).toFixed(1);
    this.text.textContent = `Python is loading: ${megabytes(loaded)} of ${megabytes(total)} MB`;
  }

  // How many cells of the page have run, and whether any is behind.
  count(ran, all, old) {
    this.rest.hidden = !old;
    const behind = old ? `, ${old} not since a change above` : "";
    if (this.place.dataset.python === "ready")
      this.text.textContent = `Python is ready: ${ran} of ${all} cells have run${behind}.`;
  }
}
