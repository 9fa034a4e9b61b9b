// Python in the page: opens cells, runs them in order, keeps what is typed.

import { advice } from "./advice.js";
import { Bar } from "./bar.js";
import { Chapter, number } from "./chapter.js";
import { element } from "./elements.js";
import { Kept } from "./kept.js";
import { Python } from "./python.js";
import { CellView } from "./view.js";

// given by cell.js: { live, cells, root, page, editor, bar, script }
export async function start(given) {
  const style = document.createElement("style");
  style.textContent = given.live.styles;
  document.head.append(style);
  await given.script(given.editor);
  return new Session(given);
}

// A style sheet, once it has come.
function sheet(href) {
  const link = element("link", { rel: "stylesheet", href });
  document.head.append(link);
  return new Promise((done, fail) => Object.assign(link, { onload: done, onerror: fail }));
}

class Session {
  constructor({ live, cells, root, page, bar, script }) {
    this.kept = new Kept(page, () => localStorage);
    this.chapter = new Chapter(cells, this.kept.read());
    this.python = new Python(live, root, {
      state: (name, sentence) => this.state(name, sentence),
      progress: (loaded, total) => this.bar.load(loaded, total),
      message: (message, id) => this.message(message, id),
    });
    this.bar = new Bar(
      bar,
      {
        stop: () => this.stop(),
        rest: () => this.enqueue(() => this.chapter.rest(), { show: true }),
        resetAll: () => this.resetAll(),
        undo: () => this.undo(),
        go: () => this.now?.view?.go(),
      },
      `${root}python/licences.txt`,
    );
    this.tools = {
      script,
      katex: () => this.katex(script, root),
      widgets: live.widgets,
      sheet: (module) => sheet(root + live.sheets[module]),
      tell: (model, state) => this.tell(model, state),
    };
    this.queue = Promise.resolve();
    this.passes = 0; // that have begun or wait
    this.round = 0; // a press of Stop begins a new one, and what was queued before it is dropped
    this.views = new Map();
    for (const cell of this.chapter.cells) this.views.set(cell.id, this.viewOf(cell));
    this.said();
  }

  // KaTeX, and all of its styles and fonts: a page has those that its own formulas need.
  async katex(script, root) {
    this.formulas ??= document.head.appendChild(
      element("link", { rel: "stylesheet", href: `${root}katex/katex.min.css` }),
    );
    await script("katex/katex.min.js");
  }

  // None for a cell that the page leaves out.
  viewOf(cell) {
    const at = document.querySelector(`[data-cell="${cell.id}"]`);
    const on = {
      change: (text) => this.changed(cell, text),
      run: () => this.run(cell.id),
      stop: () => this.stop(),
      runAbove: () => this.runAbove(cell),
      reset: () => this.reset(cell.id),
      go: (other) => this.views.get(other.id)?.go(),
    };
    return at && new CellView(at, cell, on, this.tools);
  }

  // The first press on a cell. The reader's own text of an earlier day is shown and not run: who
  // knows why they left it.
  open(id) {
    const cell = this.chapter.cell(id);
    const view = this.views.get(id);
    view.open();
    view.editor.focus();
    if (cell.text === cell.source) return this.run(id);
    this.said();
    return this.idle();
  }

  // ---- running ----

  // A cell that waits takes its text when its turn comes; one whose turn has come, while Python is still
  // loading, has been sent with the text of then.
  run(id) {
    const cell = this.chapter.cell(id);
    const text = this.python.running?.id === id ? this.now.text : cell.text;
    if (cell.activity === "waiting" && text === cell.text) return this.queue;
    return this.enqueue(() => this.chapter.plan(id), { asked: id });
  }

  runAbove(cell) {
    const anew = () => {
      this.python.fresh();
      this.chapter.forget();
      return this.chapter.above(cell).filter((one) => this.chapter.needsRun(one));
    };
    return this.enqueue(anew, { show: true });
  }

  // plan() gives cells, when it is its turn. They are shown where they give something else than what
  // the page shows. A cell that fails keeps nobody from running: what lacks its names will say so.
  enqueue(plan, { asked, show = false }) {
    const { round } = this;
    this.saved = null;
    this.passes += 1;
    if (asked) this.chapter.cell(asked).activity ??= "waiting";
    this.said();
    this.queue = this.queue.then(async () => {
      if (round !== this.round) return;
      await this.pass(plan(), { asked, show, round });
      if (round !== this.round) return;
      this.passes -= 1;
      this.idle();
      if (asked) this.views.get(asked)?.reveal(this.bar.top);
    });
    return this.queue;
  }

  async pass(cells, { asked, show, round }) {
    if (!cells.length) return;
    for (const cell of cells) cell.activity = "waiting";
    this.said();
    try {
      this.python.begin(this.chapter.needs(cells));
    } catch (error) {
      this.state("failed", error.message);
      return;
    }
    for (const cell of cells) {
      const { isTheReaders } = cell;
      const shown = show || isTheReaders || cell.id === asked || !this.chapter.isTheBooks(cell);
      await this.runOne(cell, shown);
      if (round !== this.round) return;
    }
  }

  async runOne(cell, shown) {
    const view = this.views.get(cell.id);
    const { text } = cell;
    const now = { cell, view, shown, text, check: false, lacks: null };
    this.now = now;
    if (shown) view?.begin();
    const { ok, ended, begun } = await this.python.run(cell);
    cell.activity = null;
    await view?.results.work;
    if (ended) {
      if (begun) this.chapter.wasStopped(cell, text);
      if (begun) view?.results.broken(ended === "off" ? "Stopped." : "Python has ended.");
      else view?.results.end({ keep: true });
      this.keep();
    } else if (now.lacks) {
      this.chapter.lacked(cell, text, now.lacks.name, now.lacks.at);
      view?.results.end({ keep: true });
    } else {
      this.chapter.ended(cell, text, { ok, check: now.check, shown: now.shown });
      if (now.shown) view?.results.end({});
    }
    this.said();
  }

  // A widget's traits that have changed in the page. While Python runs, it may be Python that has
  // changed them.
  tell(model, state) {
    this.python.tell(model, state);
    if (this.passes) return;
    const made = this.chapter.cells.find(({ id }) => this.views.get(id)?.results.has(model));
    if (!made || !this.chapter.touch(made)) return;
    this.said();
    this.idle();
  }

  // ---- what Python says ----

  message(message, id) {
    const { now } = this;
    if (message.kind === "traits") {
      for (const view of this.views.values()) view?.results.traits(message.model, message.state);
    } else if (message.kind === "refused")
      this.show(this.passes ? "running" : "ready", message.text);
    else if (id && now?.cell.id === id) {
      if (message.kind === "error") this.failed(message);
      else {
        now.spoke = true;
        if (now.shown) now.view?.show(message);
      }
    }
  }

  // An error is seen, whatever was to be shown; unless it is no more than what follows from an error above.
  failed(error) {
    const { now } = this;
    const { hint, at, lacks } = advice(this.chapter, now.cell, error);
    if (lacks && !now.spoke) {
      now.lacks = { name: lacks, at };
      return;
    }
    now.check = error.name === "AssertionError";
    if (!now.shown) now.view?.begin();
    now.shown = true;
    now.view?.show({ ...error, hint: hint ?? error.hint, at });
  }

  state(name, sentence) {
    if (name === "off" || name === "failed") {
      this.chapter.forget();
      this.round += 1;
      this.passes = 0;
      this.show(name, sentence);
      this.said();
    } else if (name === "loading") this.show(name, "Python is loading …");
    else if (this.now) {
      const { cell } = this.now;
      cell.activity = "running";
      this.said();
      const whose = this.now.text === cell.source ? "" : ", your text";
      const all = this.chapter.cells.length;
      this.show(name, `Python is running cell ${number(cell)} of ${all}${whose} …`);
    }
  }

  // ---- what the page says ----

  // Python rests, or is not there yet.
  idle() {
    if (this.passes) return;
    if (!this.python.isThere) {
      this.show("off", "Python starts when you run a cell.");
      return;
    }
    const behind = this.chapter.behind().length;
    const old = behind && `${behind} result${behind > 1 ? "s are" : " is"} not up to date.`;
    const own = this.chapter.cells.some((cell) => cell.text !== cell.source);
    const text = own ? "Your numbers may differ from those in the text." : "Python is ready.";
    const failed = this.chapter.failed().length;
    const errors = failed
      ? `${failed} cell${failed > 1 ? "s have" : " has"} ended with an error. `
      : "";
    this.show("ready", errors + (old || text), { rest: behind > 0 });
  }

  show(state, sentence, more = {}) {
    this.bar.show({
      state,
      sentence,
      where: state === "running" && Boolean(this.now.view),
      ...more,
    });
  }

  said() {
    for (const cell of this.chapter.cells) this.views.get(cell.id)?.say(this.chapter.said(cell));
  }

  // ---- what the reader does besides ----

  changed(cell, text) {
    cell.text = text;
    this.saved = null;
    const kept = this.keep();
    this.said();
    if (!kept) {
      const words = "this browser keeps nothing: your text is gone with the page";
      this.views.get(cell.id).say({ name: this.chapter.state(cell), words });
    }
    if (this.python.isThere) this.idle();
  }

  keep() {
    return this.kept.write(this.chapter.kept());
  }

  // The focus stays with the cell, and does not fall to the page's beginning.
  stop() {
    const view = this.now?.view;
    const lost = this.bar.has(document.activeElement);
    this.python.stop(this.chapter.cells.some((cell) => cell.ran));
    if (lost) view?.go();
  }

  reset(id) {
    const cell = this.chapter.cell(id);
    this.takeBack(cell);
    this.keep();
    this.said();
    this.idle();
  }

  takeBack(cell) {
    cell.text = cell.source;
    cell.stopped = null;
    this.chapter.restore(cell);
    this.views.get(cell.id)?.reset();
  }

  resetAll() {
    const saved = this.chapter.kept();
    this.python.end("off");
    for (const cell of this.chapter.cells) this.takeBack(cell);
    this.keep();
    this.said();
    this.saved = saved;
    const undo = Object.keys(saved).length > 0;
    const sentence = "Everything is as the book has it. Python starts anew when you run a cell.";
    this.show("off", sentence, { undo });
  }

  undo() {
    const { saved } = this;
    for (const cell of this.chapter.cells) {
      const text = saved[cell.id];
      if (text === undefined) continue;
      const view = this.views.get(cell.id);
      cell.text = text;
      if (view?.isOpen) view.editor.write(text);
      else view?.open();
    }
    this.keep();
    this.said();
    this.views.get(Object.keys(saved).find((id) => this.views.get(id)))?.go();
    this.show("off", "Your texts are back. Run one, and Python starts anew.");
  }
}
