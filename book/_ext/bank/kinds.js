// A form for each kind of question: { form, check, show, … }. check() gives { right, said } or { error };
// show() puts the right answer in, and gives what is said of it.
import { button, make } from "../recall/elements.js";
import { judgeMatch, judgeNumber, judgeOrder } from "./judge.js";

// as `rich` in nnlib/classroom/told.py
const CODE = /`([^`]+)`|(?<![\w*)])\*(\w(?:[^*<]*\w)?)\*(?![\w*])/g;

/** A text with `code` and *emphasis* as nodes. */
export function rich(text) {
  const nodes = [];
  let at = 0;
  for (const found of text.matchAll(CODE)) {
    const [tag, words] = found[1] === undefined ? ["em", found[2]] : ["code", found[1]];
    nodes.push(text.slice(at, found.index), make(tag, { textContent: words }));
    at = found.index + found[0].length;
  }
  return [...nodes, text.slice(at)].filter((one) => one !== "");
}

/** A number to type, and other numbers to be asked for. */
function compute(known, section, again) {
  const [, ask] = section.querySelectorAll(":scope > p");
  const first = [...ask.childNodes];
  let at = 0;
  const field = make("input", { type: "text", autocomplete: "off", spellcheck: false });
  field.setAttribute("aria-label", "Your number");
  const others = button("Other numbers", () => {
    at = (at + 1) % known.variants.length;
    ask.replaceChildren(...(at ? rich(known.variants[at][0]) : first));
    field.value = "";
    again();
    field.focus();
  });
  const given = () => known.variants[at];
  return {
    form: make("p", { className: "fs-typed" }, field),
    extra: known.variants.length > 1 ? [others] : [],
    check: () => judgeNumber(field.value, known, given()),
    right: () => `Right: ${given()[1]}.`,
    show() {
      field.value = given()[1];
      return [`It is ${given()[1]}.`];
    },
    focus: field,
  };
}

/** One of several answers. */
function choose({ options }, section, again, id) {
  const radios = options.map(() => make("input", { type: "radio", name: `fs-bank-${id}` }));
  const lines = options.map(([text], at) =>
    make("label", {}, radios[at], make("span", {}, ...rich(text))),
  );
  const form = make(
    "fieldset",
    { className: "fs-bank-choices" },
    make("legend", { textContent: "Your answer" }),
  );
  form.append(...lines);
  form.addEventListener("change", again);
  const right = options.findIndex(([, isRight]) => isRight);
  return {
    form,
    check() {
      const chosen = radios.findIndex((radio) => radio.checked);
      if (chosen < 0) return { error: "Choose an answer first." };
      return { right: options[chosen][1], said: [options[chosen][2]] };
    },
    show() {
      radios[right].checked = true;
      return [options[right][2]];
    },
    focus: radios[0],
  };
}

/** Steps to put in order: each has two buttons. */
function order(known, section, again) {
  let now = [...known.begins];
  const list = make("ol", { className: "fs-bank-steps" });
  const heard = make("span", { className: "fs-visually-hidden" });
  heard.setAttribute("role", "status");
  const rows = known.steps.map((text, step) => {
    const row = make("li", {}, make("span", {}, ...rich(text)));
    for (const [word, sign, by] of [
      ["up", "↑", -1],
      ["down", "↓", 1],
    ]) {
      const press = button(sign, () => move(step, by));
      press.setAttribute("aria-label", `${word}: ${text}`);
      row.append(press);
    }
    return row;
  });
  function draw() {
    list.replaceChildren(...now.map((step) => rows[step]));
    now.forEach((step, place) => {
      const [up, down] = rows[step].querySelectorAll("button");
      up.setAttribute("aria-disabled", String(place === 0));
      down.setAttribute("aria-disabled", String(place === now.length - 1));
    });
  }
  function move(step, by) {
    const place = now.indexOf(step);
    const to = place + by;
    if (to < 0 || to >= now.length) return;
    [now[place], now[to]] = [now[to], now[place]];
    again();
    draw();
    rows[step].querySelectorAll("button")[by < 0 ? 0 : 1].focus(); // it was moved with its step
    heard.textContent = `Now in place ${to + 1} of ${now.length}.`;
  }
  draw();
  return {
    form: make("div", {}, list, heard),
    check: () => judgeOrder(now, known),
    show() {
      now = now.map((_, place) => place);
      draw();
      return [known.said];
    },
    focus: rows[now[0]].querySelector("button"),
  };
}

/** What belongs to what: a list of answers beside each. */
function match(known, section, again, id) {
  const answers = [...known.pairs.map(([, right]) => right), ...known.decoys.map(([text]) => text)];
  const lists = known.pairs.map((_, at) => {
    const options = [["", "…"], ...known.begins.map((one) => [answers[one], answers[one]])];
    const list = make("select", { id: `fs-bank-${id}-${at}`, className: "fs-bank-list" });
    list.append(...options.map(([value, text]) => make("option", { value, textContent: text })));
    list.addEventListener("change", again);
    return list;
  });
  const notes = known.pairs.map(() => make("span", { className: "fs-bank-note" }));
  const rows = known.pairs.map(([left], at) => {
    const label = make("label", { htmlFor: lists[at].id }, ...rich(left));
    return make("div", { className: "fs-bank-pair" }, label, lists[at], notes[at]);
  });
  const note = (said) =>
    said.forEach((one, at) => {
      notes[at].replaceChildren(one.right ? "✓ " : "✗ ", ...rich(one.said));
      notes[at].dataset.right = one.right;
    });
  return {
    form: make("div", { className: "fs-bank-pairs" }, ...rows),
    check() {
      if (lists.every((list) => !list.value)) return { error: "Choose an answer first." };
      const { right, said } = judgeMatch(
        lists.map((list) => list.value),
        known,
      );
      note(said);
      const count = said.filter((one) => one.right).length;
      return { right, said: right ? [] : [`${count} of ${said.length} are right.`] };
    },
    clear: () => notes.forEach((one) => one.replaceChildren()),
    show() {
      known.pairs.forEach(([, right], at) => (lists[at].value = right));
      note(known.pairs.map(([, , why]) => ({ right: true, said: why })));
      return [];
    },
    focus: lists[0],
  };
}

/** Something to write: a model answer to compare with, point by point, by the reader's own judgement. */
function explain(known) {
  const field = make("textarea", { rows: 4 });
  field.setAttribute("aria-label", "Your explanation");
  const marks = known.points.reduce((sum, [, one]) => sum + one, 0);
  const sum = make("p", { className: "fs-bank-sum" });
  sum.setAttribute("role", "status");
  const ticks = known.points.map(() => make("input", { type: "checkbox" }));
  const count = () => {
    const own = known.points.reduce(
      (total, [, one], at) => total + (ticks[at].checked ? one : 0),
      0,
    );
    sum.textContent = `${own} of ${marks} points.`;
    if (own === marks) compared.dispatchEvent(new Event("fs-bank-full"));
  };
  const compared = make("div", { className: "fs-bank-compared", hidden: true });
  const points = known.points.map(([text, one], at) =>
    make(
      "label",
      {},
      ticks[at],
      make("span", {}, ...rich(text), one > 1 ? ` (${one} points)` : ""),
    ),
  );
  compared.append(
    make("p", {}, make("strong", { textContent: "A good answer. " }), ...rich(known.model)),
    make("p", { textContent: "Tick what yours says, too:" }),
    ...points,
    sum,
    ...known.beliefs.map(([belief, why]) =>
      make("p", {}, make("em", {}, "Often said: ", ...rich(belief)), " ", ...rich(why)),
    ),
  );
  compared.addEventListener("change", count);
  return {
    form: make("div", {}, field, compared),
    own: compared,
    check() {
      if (!field.value.trim()) return { error: "Write your explanation first." };
      compared.hidden = false;
      count();
      return { right: null, said: [] };
    },
    show() {
      compared.hidden = false;
      return [];
    },
    focus: field,
  };
}

export const KINDS = { compute, choose, bug: choose, order, match, explain };
