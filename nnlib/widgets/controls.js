// What the widgets' controls share: fields that refuse nonsense, sliders, choices, a message, a live region, playing, links.
import { element, format, packLink, parseNumber, unpackLink } from "./parts.js";

// The controls of one widget. Traits are set through change(); redraw() is called after somebody typed a number.
export function controls(model, redraw = () => {}) {
  const message = element("p", { class: "fs-message", role: "alert" });
  const live = element("p", { class: "fs-visually-hidden", "aria-live": "polite" });
  let quiet = true; // the live region stays silent until somebody acts

  const act = () => { quiet = false; };
  const say = (text) => { message.textContent = text; };
  const complain = (text) => { if (text) say(`${text}.`); };
  const announce = (sentence) => { if (!quiet && live.textContent !== sentence) live.textContent = sentence; };

  function change(traits) {
    say("");
    for (const [name, value] of Object.entries(traits)) model.set(name, value);
    model.save_changes();
  }

  const button = (text, action, attributes = {}) =>
    element("button", { type: "button", onclick: () => { act(); action(); }, ...attributes }, text);

  // A number to type: accept(value) gives what is wrong with it, or nothing.
  function field(label, attributes, accept) {
    const input = element("input", { type: "text", inputmode: "decimal", autocomplete: "off", spellcheck: "false", "aria-label": label, ...attributes });
    const commit = () => {
      if (input.value === input.dataset.shown) return;
      act();
      const { value, error } = parseNumber(input.value);
      const complaint = error ?? accept(value);
      if (complaint) say(`${label}: ${complaint}; ${input.dataset.shown} stays.`);
      input.value = input.dataset.shown;
      if (!complaint) redraw();
    };
    input.addEventListener("change", commit);
    input.addEventListener("keydown", (event) => { if (event.key === "Enter") { commit(); input.select(); } });
    input.addEventListener("focus", () => { if (input.dataset.full) showText(input, input.dataset.full); input.select(); });
    input.addEventListener("blur", () => { if (input.dataset.short) showText(input, input.dataset.short); });
    return input;
  }

  // A number by sliding or by typing. scale "log" slides over powers of ten. set(value) shows a value.
  function slider(label, { min, max, step = 0.01, scale = "linear", name = label, kind = null, symbol = null, cell = {} }, accept) {
    const log = scale === "log";
    const [low, high] = log ? [Math.log10(min), Math.log10(max)] : [min, max];
    const within = (value) => (value >= min && value <= max ? accept(value) : `expected a number from ${format(min)} to ${format(max)}`);
    const rounded = (value) => Number(value.toPrecision(3));
    const range = element("input", {
      type: "range", min: low, max: high, step: log ? 0.05 : step, "aria-label": `${name}, slider`,
      oninput: () => { act(); complain(within(log ? Math.min(max, Math.max(min, rounded(10 ** Number(range.value)))) : Number(range.value))); redraw(); },
    });
    const box = field(name, { class: "fs-short", ...cell }, within);
    const root = element("div", { class: "fs-slider", "data-kind": kind, "data-symbol": symbol, "data-quantity": symbol }, element("span", { class: "fs-slider-name" }, label), range, box);
    return {
      root, range, box,
      set(value) {
        const place = String(log ? Math.log10(value) : value);
        if (root.getRootNode().activeElement !== range || Math.abs(Number(range.value) - Number(place)) > (log ? 0.05 : step)) range.value = place;
        range.setAttribute("aria-valuetext", format(value));
        setNumber(box, value);
      },
    };
  }

  // One of a few: [value, text] pairs; accept(value) gives what is wrong, or nothing.
  function choice(label, options, accept) {
    const select = element("select", { "aria-label": label, onchange: () => { act(); complain(accept(select.value)); redraw(); } },
      options.map(([value, text]) => element("option", { value }, text)));
    return select;
  }

  // A box to tick.
  function tick(label, accept, attributes = {}) {
    const box = element("input", { type: "checkbox", onchange: () => { act(); complain(accept(box.checked)); redraw(); }, ...attributes });
    return { root: element("label", {}, box, element("span", {}, label)), box };
  }

  const labelled = (text, control) => element("label", {}, element("span", {}, text), control);

  return { act, announce, button, change, choice, complain, field, labelled, live, message, say, slider, tick };
}

export function showText(input, text) {
  input.value = text;
  input.dataset.shown = text;
}

// A number in its field: four digits, all of them while it is edited.
export function setNumber(input, value) {
  Object.assign(input.dataset, { full: String(value), short: format(value), value: String(value) });
  input.title = String(value);
  showText(input, input.getRootNode().activeElement === input ? input.dataset.full : input.dataset.short);
}

// What a widget is called on its page: a second one of its kind has a number.
export function widgetName(model, title) {
  return [title, ...(model.key ?? "").match(/\d+/g) ?? []].join(" ");
}

// Draws once, however many traits change in a row.
export function scheduler(draw) {
  let scheduled = false;
  return () => {
    if (scheduled) return;
    scheduled = true;
    queueMicrotask(() => { scheduled = false; draw(); });
  };
}

// Listens to traits; gives the function that stops it.
export function listen(model, listeners) {
  for (const [name, listener] of listeners) model.on(`change:${name}`, listener);
  return () => { for (const [name, listener] of listeners) model.off(`change:${name}`, listener); };
}

// Arrow keys and their like, where no control needs them: {key: action}.
export function onKeys(ui, actions) {
  return (event) => {
    if (event.target.matches("input, select, textarea") || event.altKey || event.ctrlKey || event.metaKey) return;
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    ui.act();
    action();
  };
}

// The address of a page of the book: from another of its pages, or from a notebook that knows the published site.
export function pageAddress(model, path) {
  const root = model.key ? new URL(document.documentElement.dataset.content_root ?? "./", location.href.split("#")[0]).href : model.get("site").replace(/\/*$/, "/");
  return root + path;
}

// A link that holds the widget's state: state() is what goes in; apply(raw) takes what came from a link and throws if it does not fit.
// page is where a link from a notebook leads.
export function stateLinks(model, ui, name, page, { state, apply }) {
  const field = element("input", { type: "text", class: "fs-link", readonly: true, "aria-label": "Link to this state", hidden: true });
  const button = ui.button("Copy link", copy);
  if (!model.key && !model.get("site")) button.hidden = true; // a notebook without a published site has nowhere to point to

  async function copy() {
    const entries = new URLSearchParams(model.key ? location.hash.slice(1) : "");
    entries.set(model.key ?? name, packLink(state()));
    if (model.key) history.replaceState(null, "", `#${entries}`);
    field.value = `${model.key ? location.href.split("#")[0] : pageAddress(model, page)}#${entries}`;
    field.hidden = false;
    try {
      await navigator.clipboard.writeText(field.value);
      button.textContent = "Link copied";
    } catch { // no clipboard on this page: the link stands in the field, selected
      field.select();
      button.textContent = "Copy this link";
    }
  }

  function follow() {
    const text = new URLSearchParams(location.hash.slice(1)).get(model.key);
    if (text === null) return;
    try {
      apply(unpackLink(text));
    } catch (error) {
      ui.say(`The link could not be read: ${error.message}. This is the usual start.`);
    }
  }

  if (model.key) addEventListener("hashchange", follow);
  return {
    button, field, follow,
    fresh() { button.textContent = "Copy link"; },
    end() { removeEventListener("hashchange", follow); },
  };
}
