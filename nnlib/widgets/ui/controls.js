// What the widgets' controls share: fields that refuse nonsense, sliders, choices, a message, a
// live region.
import { format, parseNumber, parseWhole } from "../model/numbers.js";
import { element, row } from "./elements.js";
import { LIMITS } from "../generated/limits.js";

// The controls of one widget. Traits are set through change(); redraw() is called after somebody
// typed a number.
export class Controls {
  constructor(model, redraw = () => {}) {
    this.model = model;
    this.redraw = redraw;
    this.message = element("p", { class: "fs-message", role: "alert" });
    this.live = element("p", { class: "fs-visually-hidden", "aria-live": "polite" });
    this.quiet = true; // the live region stays silent until somebody acts
    this.news = ""; // what was changed, said before the next sentence
    this.said = ""; // the last sentence, without its news
  }

  // Somebody does something; what was wrong before is over.
  act() {
    this.quiet = false;
    this.say("");
  }

  say(text) {
    this.message.textContent = text;
  }

  complain(text) {
    if (text) this.say(`${text}.`);
  }

  announce(sentence) {
    if (this.quiet || (!this.news && this.said === sentence)) return;
    this.said = sentence; // without its news: drawn again, it is not said again
    this.live.textContent = `${this.news}${sentence}`;
    this.news = "";
  }

  // Sets traits; a misspelt one is an error, not a new one.
  change(traits) {
    this.say("");
    for (const [name, value] of Object.entries(traits)) {
      if (this.model.get(name) === undefined)
        throw new RangeError(`change: there is no trait ${name}`);
      this.model.set(name, value);
    }
    this.model.save_changes();
  }

  // Does what a control asks for, and tells what is wrong with it.
  accept(complaint) {
    this.complain(complaint);
    this.redraw();
  }

  // The same for a setting; where nothing is wrong with it, it is named before the next sentence.
  settle(complaint, named) {
    if (!complaint) this.news = `${named}. `;
    this.accept(complaint);
  }

  button(text, action, attributes = {}) {
    const onclick = ({ currentTarget }) => {
      if (currentTarget.getAttribute("aria-disabled") === "true") return;
      this.act();
      action();
    };
    return element("button", { type: "button", onclick, ...attributes }, text);
  }

  // A number to type: accept(value) gives what is wrong with it, or nothing.
  field(label, attributes, accept) {
    const once = { "aria-description": "" }; // its title is its value, which is said already
    const input = textInput(label, { spellcheck: "false", ...once, ...attributes });
    const commit = () => {
      if (input.value === input.dataset.shown) return;
      this.act();
      const { value, error } = parseNumber(input.value);
      const complaint = error ?? accept(value);
      if (complaint)
        this.say(`${label}: ${complaint}; ${input.dataset.full.replace("-", "−")} stays.`);
      else this.news = `${label} is now ${format(value)}. `;
      showText(input, focused(input) ? input.dataset.full : input.dataset.short);
      if (!complaint) this.redraw();
    };
    input.addEventListener("change", commit);
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        commit();
        input.select();
      }
      if (event.key === "Escape") {
        this.say("");
        if (input.dataset.full) showText(input, input.dataset.full); // what was typed is taken back
        input.select();
      }
    });
    input.addEventListener("focus", () => {
      if (input.dataset.full) showText(input, input.dataset.full);
      input.select();
    });
    input.addEventListener("blur", () => {
      if (input.dataset.short) showText(input, input.dataset.short);
    });
    return input;
  }

  // A whole number to type, that is used when it is asked for: {input, read()}; read gives null
  // where there is none, and says so.
  wholeField(label, attributes = {}) {
    const input = textInput(label, { inputmode: "numeric", class: "fs-short", ...attributes });
    const read = () => {
      const { value, error } = parseWhole(input.value);
      if (error) this.say(`${label}: ${error}.`);
      return error ? null : value;
    };
    return { input, read };
  }

  // A seed: {input, take(last)}. take gives the one that was typed, or, where none was since the last
  // time, the next; null, after saying why, where what was typed is none. unused: the one that stands
  // there from the beginning counts as typed.
  seedField({ unused = false, ...attributes } = {}) {
    const { input, read } = this.wholeField("Seed", attributes);
    let typed = unused;
    input.addEventListener("input", () => (typed = true));
    const take = (last = Number(input.value)) => {
      const seed = typed ? read() : last < LIMITS.largest_seed ? last + 1 : -LIMITS.largest_seed;
      if (seed === null) return null;
      typed = false;
      input.value = String(seed);
      this.news = `Seed ${seed}. `;
      return seed;
    };
    return { input, take };
  }

  // A number by sliding or by typing. scale "log" slides over powers of ten. set(value) of the
  // result shows a value.
  slider(label, options, accept) {
    return new Slider(this, label, options, accept);
  }

  // The learning rate: the same control wherever there is one.
  rate({ min = 0.01, max = 100 }, accept) {
    return this.slider("η", { min, max, scale: "log", name: "Learning rate η" }, accept);
  }

  // One of a few: [value, text] pairs, or words; accept(value) gives what is wrong, or nothing.
  choice(label, options, accept) {
    const onchange = () => {
      this.act();
      this.settle(accept(select.value), `${label}: ${select.selectedOptions[0].text}`);
    };
    const pairs = options.map((one) => (Array.isArray(one) ? one : [one, one]));
    const select = element(
      "select",
      { "aria-label": label, onchange },
      pairs.map(([value, text]) => element("option", { value }, text)),
    );
    return select;
  }

  // A box to tick: {root, box}.
  tick(label, accept, attributes = {}) {
    const onchange = () => {
      this.act();
      this.settle(accept(box.checked), `${label}: ${box.checked ? "on" : "off"}`);
    };
    const box = element("input", { type: "checkbox", onchange, ...attributes });
    return { root: element("label", {}, box, element("span", {}, label)), box };
  }
}

class Slider {
  constructor(
    ui,
    label,
    {
      min,
      max,
      step = 0.01,
      scale = "linear",
      name = label,
      kind = null,
      symbol = null,
      cell = {},
      bare = false, // its number stands in a field elsewhere
    },
    accept,
  ) {
    this.log = scale === "log";
    Object.assign(this, { min, max, step });
    const [low, high] = this.log ? [Math.log10(min), Math.log10(max)] : [min, max];
    const fits = (value) => value >= min && value <= max;
    const within = (value) =>
      fits(value) ? accept(value) : `expected a number from ${format(min)} to ${format(max)}`;
    this.within = within;
    this.range = element("input", {
      type: "range",
      min: low,
      max: high,
      step: this.log ? 0.05 : step,
      "aria-label": `${name}, slider`,
      oninput: () => {
        ui.act();
        ui.accept(within(this.value));
      },
    });
    this.box = bare ? null : ui.field(name, { class: "fs-short", ...cell }, within);
    const marks = { "data-kind": kind, "data-symbol": symbol };
    this.root = element(
      "div",
      {
        class: bare ? "fs-slider fs-bare" : "fs-slider",
        ...marks,
        "data-quantity": bare ? null : symbol,
      },
      element("span", { class: "fs-slider-name" }, label),
      this.range,
      this.box,
    );
  }

  // What the slider says: on a logarithmic one with three digits, as nobody slides finer.
  get value() {
    const place = Number(this.range.value);
    return this.log
      ? Math.min(this.max, Math.max(this.min, Number((10 ** place).toPrecision(3))))
      : place;
  }

  set(value) {
    const { range, log } = this;
    const place = log ? Math.log10(value) : value;
    const apart = Math.abs(Number(range.value) - place) > (log ? 0.05 : this.step);
    if (!focused(range) || apart) range.value = String(place);
    range.setAttribute("aria-valuetext", format(value));
    if (this.box) setNumber(this.box, value);
  }
}

// The buttons that lead through a widget, in the same order everywhere: back, play, on (the one that
// stands out), farther on, and last the way to the start; what else belongs to them stands behind.
export function bar({ back, play, next, farther = [], reset }, ...others) {
  next?.classList.add("fs-primary");
  return row("fs-bar", back, play, next, ...farther, reset, ...others);
}

export const labelled = (text, control) => element("label", {}, element("span", {}, text), control);

export function textInput(label, attributes) {
  const input = element("input", {
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    "aria-label": label,
    ...attributes,
  });
  input.addEventListener("change", () => measure(input)); // what was typed, too
  return input;
}

// Fields for a matrix of the shape of `right`, in brackets: {table, read(), clear()}. label(i, j)
// names a field, onenter is done on Enter. read() gives the matrix, null where nothing is filled in,
// or {error, input} for the first field that holds no number.
export function answerFields(right, label, onenter) {
  const onkeydown = (event) => event.key === "Enter" && onenter();
  const field = (i, j) =>
    textInput(label(i, j), { class: "fs-short", "data-row": i, "data-col": j, onkeydown });
  const fields = right.map((line, i) => line.map((_, j) => field(i, j)));
  const cells = (line) => line.map((input) => element("td", {}, input));
  const rows = fields.map((line) => element("tr", {}, cells(line)));
  const read = () => {
    if (fields.flat().every(({ value }) => !value.trim())) return null;
    const typed = fields.map((line) =>
      line.map((input) => ({ input, ...parseNumber(input.value) })),
    );
    const wrong = typed.flat().find(({ error }) => error);
    return wrong ?? typed.map((line) => line.map(({ value }) => value));
  };
  const table = element("table", { class: "fs-brackets" }, element("tbody", {}, rows));
  return { table, fields, read };
}

const focused = (node) => node.getRootNode().activeElement === node;

function showText(input, text) {
  input.value = text;
  input.dataset.shown = text;
  measure(input);
}

function measure(input) {
  const long = signs(input.value).toFixed(1);
  if (input.style.getPropertyValue("--signs") !== long) input.style.setProperty("--signs", long);
}

// How many figures wide a text is: a long one is written smaller, so that none of it is cut off.
const signs = (text) => text.length - 0.45 * (text.match(/[\u2009·⁻⁰¹²³⁴-⁹]/g) ?? []).length;

// A number in its field: four digits, or as many as are wanted, all of them while it is edited. What
// somebody is typing there stays.
export function setNumber(input, value, digits = 4) {
  const typing =
    focused(input) && input.dataset.shown !== undefined && input.value !== input.dataset.shown;
  const [full, short] = [String(value), format(value, digits, digits > 4)];
  Object.assign(input.dataset, { full, short, value: full });
  input.title = String(value);
  if (!typing) showText(input, focused(input) ? input.dataset.full : input.dataset.short);
}

// A whole number in its field, all digits of it.
export function setWhole(input, value) {
  setNumber(input, value);
  input.dataset.short = String(value);
  if (!focused(input)) showText(input, String(value));
}

// Arrow keys and their like, where no control needs them: {key: action}.
export function onKeys(ui, actions) {
  return (event) => {
    if (
      event.target.matches("input, select, textarea") ||
      event.altKey ||
      event.ctrlKey ||
      event.metaKey
    )
      return;
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    ui.act();
    action();
  };
}
