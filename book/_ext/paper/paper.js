// Paper: what a page does before it is printed, and takes back after. Light colours, solutions at the
// end or left out, addresses as footnotes, and each widget as a figure of its present state, with its
// numbers as a table. Also the theme's buttons that print and fill the screen: what a page's policy
// does not let stand in their attributes. QUANTITIES, symbols and meanings by name, is written above.
"use strict";

{
  const page = document.documentElement;
  const article = document.querySelector("article.bd-article");
  const WIDTH = 660; // pixels of a sheet's text column: a widget that is wider becomes smaller
  const DIGITS = 6;
  let answers = true; // printed at the end
  let undo = [];

  const make = (tag, className, ...children) => {
    const node = Object.assign(document.createElement(tag), { className });
    node.append(...children);
    return node;
  };

  function add(node, place, where = "beforeend") {
    place.insertAdjacentElement(where, node);
    undo.push(() => node.remove());
  }

  function set(node, name, value) {
    const before = node.getAttribute(name);
    if (value === null) node.removeAttribute(name);
    else node.setAttribute(name, value);
    undo.push(() =>
      before === null ? node.removeAttribute(name) : node.setAttribute(name, before),
    );
  }

  // ---- what is folded ----

  const SOLUTIONS = ".solution.admonition";
  const ANSWER = "details:is(.fs-right, .fs-answer)";
  const QUESTIONS = `${ANSWER}, details.fs-wrong`;

  function unfold() {
    for (const node of article.querySelectorAll(`.toggle-hidden:not(${SOLUTIONS})`))
      set(node, "class", node.className.replace("toggle-hidden", ""));
    for (const node of article.querySelectorAll("details:not([open])"))
      if (!node.matches(`${QUESTIONS}, .fs-prompt, .fs-widget details`)) set(node, "open", "");
  }

  // A copy that may stand on the same page.
  function copyOf(node) {
    const copy = node.cloneNode(true);
    for (const one of [copy, ...copy.querySelectorAll("[id]")]) one.removeAttribute("id");
    copy.classList.remove("toggle-hidden");
    return copy;
  }

  // The right answer to a question: its heading, the choice or what was asked for, and why.
  function choice(details) {
    const asked = details.closest("section").querySelector("h2, h3").cloneNode(true);
    asked.querySelector(".headerlink")?.remove();
    const said = details.querySelector(".sd-summary-text").cloneNode(true);
    const why = [...details.querySelector(".sd-card-body").cloneNode(true).childNodes];
    const chosen = make("p", "", make("strong", "", ...asked.childNodes), make("br", ""), said);
    return make("div", "fs-answer-printed", chosen, ...why);
  }

  // A question to keep, and its answer.
  function kept(prompt) {
    const asked = prompt.querySelector(".fs-ask").cloneNode(true);
    const why = [...prompt.querySelector(".fs-told > p").cloneNode(true).childNodes];
    return make("p", "fs-answer-printed", asked, make("br", ""), ...why);
  }

  // What a box asks for.
  function boxed(widget) {
    const task = [...widget.querySelector(".fs-task").cloneNode(true).childNodes];
    const rows = [...told(widget).values()].flat().map((row) => row.join("\u2003"));
    const right = make("strong", "", rows.join("; "));
    return make("p", "fs-answer-printed", ...task, make("br", ""), right);
  }

  const ANSWERED = [
    [SOLUTIONS, copyOf],
    [ANSWER, choice],
    ["details.fs-prompt", kept],
    [".fs-widget[data-widget=AnswerBox]", boxed],
  ];
  const ASKED = ANSWERED.map(([selector]) => selector).join();

  function answersAtTheEnd() {
    const found = [...article.querySelectorAll(ASKED)];
    if (!answers || !found.length) return;
    const all = found.map((node) => ANSWERED.find(([selector]) => node.matches(selector))[1](node));
    add(make("section", "fs-paper-answers", make("h2", "", "Answers"), ...all), article);
  }

  // ---- links ----

  function footnotes() {
    const numbers = new Map();
    for (const link of article.querySelectorAll("a[href^='http']")) {
      if (link.textContent.includes(link.host) || link.closest(".fs-widget, nav")) continue;
      if (!numbers.has(link.href)) numbers.set(link.href, numbers.size + 1);
      add(make("sup", "fs-paper-note", String(numbers.get(link.href))), link, "afterend");
    }
    if (!numbers.size) return;
    const entries = [...numbers.keys()].map((address) => make("li", "", address));
    add(
      make("section", "fs-paper-links", make("h2", "", "Links"), make("ol", "", ...entries)),
      article,
    );
  }

  // ---- widgets ----

  const text = (value) => String(Number(Number(value).toPrecision(DIGITS))).replace("-", "−");

  // What a widget shows now, by quantity: its numbers, row by row. What it knows it tells itself, all
  // examples where the picture shows one.
  function shown(widget) {
    const found = told(widget);
    const said = new Set(found.keys());
    for (const node of widget.querySelectorAll(
      "[data-quantity] [data-value], [data-quantity][data-value]",
    )) {
      const name = node.closest("[data-quantity]").dataset.quantity;
      if (!QUANTITIES[name] || said.has(name) || !node.checkVisibility()) continue;
      const [row, column] = [node.dataset.row ?? 0, node.dataset.col ?? 0].map(Number);
      if (!found.has(name)) found.set(name, []);
      (found.get(name)[row] ??= [])[column] = text(node.dataset.value);
    }
    return found;
  }

  function told(widget) {
    const detail = new Map();
    widget.dispatchEvent(new CustomEvent("fs-numbers", { detail }));
    return new Map([...detail].map(([name, rows]) => [name, rows.map((row) => row.map(text))]));
  }

  function table(found) {
    const head = make("tr", "", ...["", "what it is", "now"].map((word) => make("th", "", word)));
    const rows = [...found].map(([name, numbers]) => {
      const lines = numbers.filter(Boolean).map((row) => make("div", "", row.join("\u2003")));
      const [symbol, meaning] = QUANTITIES[name];
      return make(
        "tr",
        "",
        make("th", "", symbol),
        make("td", "", meaning),
        make("td", "", ...lines),
      );
    });
    return make("table", "fs-paper-table", make("thead", "", head), make("tbody", "", ...rows));
  }

  // A figure as it stands on the screen, only smaller; an answer box and a sheet have a table already.
  function draw(widget) {
    const { paddingLeft, paddingRight } = getComputedStyle(widget); // on paper it has none
    const width = widget.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
    if (width <= 0 || ["AnswerBox", "NumberBox", "Worksheet"].includes(widget.dataset.widget))
      return;
    set(widget, "style", `width: ${width}px; zoom: ${Math.min(1, WIDTH / width)}`);
    const found = widget.querySelector(".fs-table") ? new Map() : shown(widget);
    if (found.size < 2) return;
    const place = widget.dataset.step ? ` at stop ${widget.dataset.step}` : "";
    const caption = `The picture's numbers${place}, to ${DIGITS} digits.`;
    add(make("div", "fs-paper-state", make("p", "", caption), table(found)), widget, "afterend");
  }

  // ---- before and after ----

  function prepare() {
    if (undo.length || !article) return;
    set(page, "data-theme", "light");
    set(page, "data-paper", "");
    for (const widget of article.querySelectorAll(".fs-widget")) draw(widget);
    unfold();
    answersAtTheEnd();
    footnotes();
  }

  function restore() {
    for (const back of undo.toReversed()) back();
    undo = [];
    answers = true;
  }

  // With the widgets as they stand, which near.js brings.
  const whenAll = async () => globalThis.fsWidgets?.();

  async function withoutAnswers() {
    await whenAll();
    answers = false;
    print();
  }

  // The theme's menu says the kinds of its files; what prints says so, and offers to leave answers out.
  function nameButtons() {
    const button = document.querySelector("[data-press=print]");
    if (!button) return;
    const called = (node, label, title) => {
      node.querySelector(".btn__text-container").textContent = label;
      node.title = title;
    };
    called(button, "Print", "Print this page, or save it as PDF");
    if (!article?.querySelector(ASKED)) return;
    const entry = button.closest("li").cloneNode(true);
    const other = entry.querySelector("button");
    other.dataset.press = "printWithoutAnswers";
    called(other, "Print, no answers", "Print this page without the answers at its end");
    button.closest("li").after(entry);
  }

  const actions = {
    print: () => whenAll().then(() => print()),
    printWithoutAnswers: withoutAnswers,
    fullscreen: () => globalThis.toggleFullScreen(),
  };
  document.addEventListener("click", (event) => {
    actions[event.target.closest("[data-press]")?.dataset.press]?.();
  });
  addEventListener("beforeprint", prepare);
  addEventListener("afterprint", restore);
  nameButtons();
}
