// The line at the page's foot that says how Python is, with what ends it and what resets it.

import { element } from "./elements.js";

const SHORT = 400; // ms: what lasts for less is not announced

export class Bar {
  // on: { stop(), rest(), resetAll(), undo(), go() }
  constructor(place, on, licences) {
    this.place = place;
    const button = (words, onclick) => element("button", { type: "button", onclick }, words);
    this.progress = element("progress", { max: 1, value: 0, "aria-label": "Python is loading" });
    this.text = element("span", { className: "fs-python-text", tabIndex: -1 });
    this.clock = element("span", { className: "fs-python-clock", ariaHidden: "true" });
    this.live = element("span", { className: "fs-visually-hidden", role: "status" });
    this.where = button("Go to it", on.go);
    this.stop = button("Stop", on.stop);
    this.rest = button("Run the rest", on.rest);
    this.undo = button("Undo", on.undo);
    this.reset = button("Reset all", on.resetAll);
    const about = element("a", { href: licences, target: "_blank", rel: "noopener" }, "Licences");
    place.replaceChildren(
      this.progress,
      this.text,
      this.clock,
      this.live,
      this.where,
      this.stop,
      this.rest,
      this.undo,
      this.reset,
      about,
    );
    this.show({ state: "off", sentence: "Python is off." });
  }

  // where, rest and undo: whether these can be pressed now
  show({ state, sentence, where = false, rest = false, undo = false }) {
    const busy = state === "loading" || state === "running";
    const focused = document.activeElement;
    this.place.dataset.python = state;
    this.text.textContent = sentence;
    this.progress.hidden = state !== "loading";
    this.where.hidden = !where;
    this.stop.hidden = !busy;
    this.rest.hidden = !rest || busy;
    this.undo.hidden = !undo;
    this.reset.hidden = busy;
    // whoever has pressed what goes away finds themselves at the sentence
    if (focused?.hidden && this.has(focused)) this.text.focus({ preventScroll: true });
    this.count(busy && `${state} ${sentence}`);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.live.textContent = sentence), SHORT);
  }

  // The seconds that something has taken so far; nothing for none.
  count(what) {
    if (what === this.counted) return;
    this.counted = what;
    clearInterval(this.ticking);
    this.clock.textContent = "";
    if (!what) return;
    const since = performance.now();
    const tick = () => {
      this.clock.textContent = `${Math.floor((performance.now() - since) / 1000)} s`;
    };
    this.ticking = setInterval(tick, 1000);
  }

  load(loaded, total) {
    if (this.place.dataset.python !== "loading") return;
    const [here, all] = [loaded, total].map((letters) => (letters / 1e6).toFixed(1));
    if (here === all) {
      this.progress.removeAttribute("value");
      this.text.textContent = "Python has come and is starting …";
      return;
    }
    this.progress.max = total;
    this.progress.value = loaded;
    this.text.textContent = `Python is loading: ${here} of ${all} MB`;
  }

  // Where it begins, from the top of the window: what stands below that is hidden.
  get top() {
    return Math.min(this.place.getBoundingClientRect().top, innerHeight);
  }

  has(focused) {
    return this.place.contains(focused);
  }
}
