// "Edit and run" below each cell. Nothing of Python is loaded before the first press.
"use strict";

{
  const root = new URL(".", document.currentScript.src).href;
  // on a page without cells there is nothing to know, and nothing to press
  const own = document.querySelector("[data-cells]");
  const { page, cells, session, editor } = own?.dataset ?? {};
  const bar = document.createElement("div");
  const scripts = {};
  const key = `fs-cells:${page}`;
  let chapter;

  const make = (name, className, text = "") =>
    Object.assign(document.createElement(name), { className, textContent: text });

  function button(row, text, act, className = "") {
    const made = make("button", className, text);
    made.type = "button";
    made.addEventListener("click", act);
    row.append(made);
  }

  const script = (name) =>
    (scripts[name] ??= new Promise((done, fail) => {
      const element = document.createElement("script");
      element.src = root + name;
      element.addEventListener("load", done);
      element.addEventListener("error", () => {
        delete scripts[name];
        fail(new Error(`${name} did not come`));
      });
      document.head.append(element);
    }));

  async function load() {
    let list;
    globalThis.FS_CELLS = (given) => (list = given);
    delete scripts[cells];
    await Promise.all([script(cells), script(session)]);
    const { start } = await FS_LIVE.ready;
    return start({ live: FS_LIVE, cells: list, root, page, editor, bar, script });
  }

  // what: "open", or "reset"
  async function press(cell, what) {
    const state = cell.querySelector(".fs-state");
    bar.hidden = false;
    if (bar.dataset.python === "off") bar.textContent = "Python is loading …";
    if (!chapter && what === "open") state.textContent = "waiting";
    try {
      await (await (chapter ??= load()))[what](cell.dataset.cell);
    } catch (error) {
      chapter = undefined;
      bar.hidden = true; // its styles come with Python
      bar.dataset.python = "failed";
      state.textContent =
        `Python could not be loaded: ${error.message}. Is the network gone? What you typed is kept; ` +
        "press the button again when it is back. (The foot of each page can keep Python for then.)";
    }
  }

  function kept() {
    try {
      return JSON.parse(localStorage.getItem(key)) ?? {};
    } catch {
      return {}; // a browser that keeps nothing
    }
  }

  // The reader's own text of an earlier day stands where the book's was.
  function showOwn(cell, row, code, text) {
    const pre = make("pre", "fs-own", text);
    pre.tabIndex = 0;
    if (code) {
      code.hidden = true;
      row.before(pre);
    }
    button(row, "Reset cell", () => press(cell, "reset"), "fs-reset");
  }

  const texts = kept();
  const said = (text) => {
    const made = make("span", "fs-state", text);
    made.setAttribute("role", "status");
    return made;
  };
  for (const cell of document.querySelectorAll("[data-cell]")) {
    const id = cell.dataset.cell;
    const text = texts[id];
    const code = cell.querySelector(":scope > .cell_input");
    // bare: a picture or widget whose code is hidden
    const row = make("div", code ? "fs-run" : "fs-run fs-bare");
    if (code) code.after(row);
    else cell.append(row);
    button(row, "Edit and run", () => press(cell, "open"));
    if (text !== undefined) showOwn(cell, row, code, text);
    row.append(said(text === undefined ? "" : "your text; the result is the book’s"));
  }
  bar.className = "fs-python";
  bar.dataset.python = "off";
  bar.hidden = true;
  bar.setAttribute("role", "region");
  bar.setAttribute("aria-label", "Python in this page");
  if (own) document.querySelector("article")?.append(bar);
}
