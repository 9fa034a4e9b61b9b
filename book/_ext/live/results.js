// What a cell gives, drawn as the book draws it.

import { element } from "./elements.js";

export class Results {
  // place: the element [data-output]; tools: { script, tell, root, widgets }
  constructor(place, tools) {
    this.place = place;
    this.tools = tools;
    this.stored = [...place.childNodes];
    this.ends = [];
    this.isPending = false;
    this.work = Promise.resolve();
  }

  // A cell is about to run: what it gave stays until it gives something else, and the place keeps its
  // height until all is there.
  begin() {
    this.place.style.minHeight = `${this.place.offsetHeight}px`;
    this.pending(true);
  }

  // All is there. keep: the cell has not run, and what it gave before stands.
  end({ keep = false }) {
    if (this.isPending && !keep) this.clear();
    this.pending(false);
    this.place.style.minHeight = "";
  }

  // The cell was ended: what it has shown so far, and these words.
  broken(words) {
    this.end({});
    this.sentence(words);
  }

  pending(is) {
    this.isPending = is;
    this.place.classList.toggle("fs-pending", is);
  }

  clear() {
    for (const end of this.ends.splice(0)) end?.();
    this.models = new Map();
    this.place.replaceChildren();
  }

  restore() {
    this.end({});
    this.clear();
    this.place.replaceChildren(...this.stored);
  }

  // One message of the session's; in order, though a formula may have to wait for KaTeX.
  add(message) {
    this.work = this.work
      .then(() => this.draw(message))
      .catch((error) => this.sentence(String(error)));
    return this.work;
  }

  draw(message) {
    if (this.isPending) {
      this.clear();
      this.pending(false);
    }
    if (message.kind === "clear") this.clear();
    else if (message.kind === "stream") this.print(message);
    else if (message.kind === "error") this.error(message);
    else if (message.kind === "held") this.sentence("All checks hold.");
    else if (message.mime === "text/html") return this.html(message);
    else if (message.mime === "text/latex") return this.formula(message.data);
    else if (message.mime.startsWith("image/")) this.picture(message);
    else this.print({ name: "value", text: message.data });
  }

  sentence(text) {
    this.place.append(element("p", { className: "fs-said" }, text));
  }

  print({ name, text }) {
    const last = this.place.lastElementChild;
    if (name !== "value" && last?.dataset.stream === name) {
      last.querySelector("pre").append(text);
      return;
    }
    const pre = element("pre", { tabIndex: 0 }, text);
    const box = element(
      "div",
      { className: "output stream notranslate" },
      element("div", { className: "highlight" }, pre),
    );
    box.dataset.stream = name;
    this.place.append(box);
  }

  async formula(latex) {
    await this.tools.katex();
    const box = element("div", { className: "output text_latex math", role: "group", tabIndex: 0 });
    box.innerHTML = rendered(latex, true);
    this.place.append(box);
  }

  picture({ mime, data }) {
    const alt = "The picture that this cell has drawn";
    const box = element("figure", { className: "output fs-figure" });
    if (mime === "image/svg+xml") {
      box.innerHTML = data;
      box.firstElementChild?.setAttribute("role", "img");
      box.firstElementChild?.setAttribute("aria-label", alt);
    } else box.append(element("img", { alt, src: `data:${mime};base64,${data}` }));
    this.place.append(box);
  }

  async html({ data, model }) {
    const box = element("div", { className: "output text_html" });
    box.innerHTML = data;
    const hosts = box.querySelectorAll(".fs-host");
    if (hosts.length) await this.runtime();
    this.place.append(box);
    const formulas = [...box.querySelectorAll(".fs-tex")];
    if (formulas.length) await this.tools.katex();
    for (const one of formulas) one.innerHTML = rendered(one.textContent, false);
    for (const host of hosts) await this.widget(host, model);
  }

  // What all widgets share, before a new one stands in the page: when it comes, it draws all that it
  // finds there, and this one is to be drawn with its Python behind it.
  async runtime() {
    const { widgets, script, sheet } = this.tools; // by module, what all share under ""
    await globalThis.fsWidgets?.(); // those of the page, if it has any (near.js)
    if (typeof FOURTEEN_STEPS === "undefined") await Promise.all([script(widgets[""]), sheet("")]);
  }

  // A widget as on every page, and its traits tied to Python's.
  async widget(host, model) {
    const { widgets, script, sheet } = this.tools;
    const bring = (module) => Promise.all([script(widgets[module]), sheet(module)]);
    if (!FOURTEEN_STEPS.modules[host.dataset.module]) await bring(host.dataset.module);
    const name = host.dataset.widget;
    const all = [...document.querySelectorAll(`[data-widget="${name}"]`)];
    const number = all.indexOf(host) + 1;
    const key = number > 1 ? `${name}-${number}` : name;
    forgetLink(key);
    const mounted = await FOURTEEN_STEPS.mount(host, key, (state) => this.tools.tell(model, state));
    this.models.set(model, mounted.model);
    this.ends.push(mounted.end);
  }

  has(model) {
    return Boolean(this.models?.has(model));
  }

  // Python has changed a widget's traits.
  traits(model, state) {
    const mounted = this.models?.get(model);
    for (const [name, value] of Object.entries(mounted ? state : {})) mounted.set(name, value);
    return Boolean(mounted);
  }

  // hint: a sentence, and link what stands behind it
  error({ name, text, line, where, code, hint, link, trace }) {
    const box = element("div", { className: "fs-failed", role: "alert" });
    box.append(element("p", {}, element("strong", {}, name), text ? `: ${text}` : ""));
    if (line) {
      const at = where === this.tools.name ? `Line ${line}: ` : `Line ${line} of ${where}: `;
      box.append(element("p", {}, at, element("code", {}, (code ?? "").trim())));
    }
    if (hint) box.append(element("p", {}, `${hint} `, link ?? ""));
    if (trace) {
      const whole = element("details", {}, element("summary", {}, "The whole traceback"));
      whole.append(element("pre", { tabIndex: 0 }, trace));
      box.append(whole);
    }
    this.place.append(box);
  }
}

// The address may hold a state for a widget of this name: what Python has just made is not that.
function forgetLink(key) {
  const entries = location.hash.slice(1).split("&");
  const others = entries.filter((entry) => !entry.startsWith(`${key}=`));
  if (others.length < entries.length) history.replaceState(null, "", `#${others.join("&")}`);
}

const rendered = (latex, displayMode) =>
  katex.renderToString(latex, { displayMode, throwOnError: false, trust: true, strict: "ignore" });
