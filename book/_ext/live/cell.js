// "Edit and run" below each cell. Nothing of Python is loaded before the first press.
"use strict";

{
  const own = document.currentScript;
  const { page, cells, session, editor } = own.dataset;
  const root = new URL(".", own.src).href;
  const bar = document.createElement("div");
  const scripts = {};
  const rows = [];
  let chapter;

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

  async function press(cell) {
    bar.hidden = false;
    if (bar.dataset.python === "off") bar.textContent = "Python is loading …";
    for (const row of rows) row.hidden = false;
    try {
      await (await (chapter ??= load())).open(cell.dataset.cell);
    } catch (error) {
      chapter = undefined;
      bar.dataset.python = "failed";
      bar.textContent =
        `Python could not be loaded (${error.message}). Is the connection gone? ` +
        "What you typed is kept; press the button to try again.";
    }
  }

  function kept() {
    try {
      return JSON.parse(localStorage.getItem(`fs-cells:${page}`)) ?? {};
    } catch {
      return {}; // a browser that keeps nothing
    }
  }

  const found = [...document.querySelectorAll("[data-cell]")];
  const shown = found.filter((cell) => cell.querySelector(":scope > .cell_input"));
  const texts = kept();
  for (const cell of found) {
    const row = document.createElement("div");
    const button = document.createElement("button");
    row.className = "fs-run";
    button.type = "button";
    button.textContent = "Edit and run";
    button.addEventListener("click", () => press(cell));
    row.append(button);
    if (texts[cell.dataset.cell] !== undefined) row.append(" Your change is kept.");
    const code = cell.querySelector(":scope > .cell_input");
    if (code) code.after(row);
    else cell.append(row);
    if (!code && shown.length) {
      row.hidden = true; // the code behind a picture: once Python is here
      rows.push(row);
    }
  }
  bar.className = "fs-python";
  bar.dataset.python = "off";
  bar.hidden = true;
  bar.setAttribute("role", "region");
  bar.setAttribute("aria-label", "Python in this page");
  document.querySelector("article")?.append(bar);
}
