// Python in the page: opens cells, runs them in order, keeps what is typed.

import { Bar } from "./bar.js";
import { Chapter } from "./chapter.js";
import { element } from "./elements.js";
import { Kept } from "./kept.js";
import { Python } from "./python.js";
import { CellView } from "./view.js";

// given by cell.js: { live, cells, root, page, editor, bar, script }
export async function start(given) {
  const style = document.createElement("style");
  style.textContent = given.live.styles;
  document.head.append(style);
  const session = new Session(given);
  await given.script(given.editor);
  return session;
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
        rest: () => this.enqueue(() => this.chapter.rest(), { show: true, onwards: true }),
        resetAll: () => this.resetAll(),
      },
      `${root}python/licences.txt`,
    );
    this.tools = {
      script,
      katex: () => this.katex(script, root),
      widgets: live.widgets,
      tell: (model, state) => this.python.tell(model, state),
    };
    this.views = new Map();
    this.queue = Promise.resolve();
    this.round = 0; // a press of Stop begins a new one, and what was queued before it is dropped
  }

  // KaTeX, and all of its styles and fonts: a page has those that its own formulas need.
  async katex(script, root) {
    this.formulas ??= document.head.appendChild(
      element("link", { rel: "stylesheet", href: `${root}katex/katex.min.css` }),
    );
    await script("katex/katex.min.js");
  }

  view(cell) {
    if (!this.views.has(cell.id)) {
      const at = document.querySelector(`[data-cell="${cell.id}"]`);
      const on = {
        change: (text) => this.changed(cell, text),
        run: () => this.run(cell.id),
        runAbove: () => this.enqueue(() => this.chapter.above(cell.id), { show: true }),
        reset: () => this.reset(cell),
      };
      this.views.set(cell.id, at && new CellView(at, cell, on, this.tools));
    }
    return this.views.get(cell.id);
  }

  // The first press on a cell.
  open(id) {
    this.view(this.chapter.cell(id)).open();
    this.views.get(id).editor.focus();
    return this.run(id);
  }

  run(id) {
    return this.enqueue(() => this.chapter.plan(id), { asked: id });
  }

  // plan() gives cells, when it is its turn. Those above the one that was asked for are shown only
  // where they give something else than the book has stored. onwards: past a cell that has failed.
  enqueue(plan, { asked, show = false, onwards = false }) {
    const round = this.round;
    const turn = async () => {
      if (round !== this.round) return;
      const cells = plan();
      if (!cells.length) return;
      try {
        this.python.begin(this.chapter.needs(cells));
      } catch (error) {
        this.state("failed", error.message);
        return;
      }
      for (const cell of cells) {
        const shown = show || cell.id === asked || !this.chapter.isTheBooks(cell);
        const ok = await this.runOne(cell, shown, asked);
        if (round !== this.round || !(ok || onwards)) return;
      }
    };
    this.queue = this.queue.then(turn);
    return this.queue;
  }

  async runOne(cell, shown, asked) {
    const view = this.view(cell);
    this.now = { cell, view, shown };
    if (shown) view?.begin();
    view?.say("running");
    const text = cell.text;
    const { ok, ended } = await this.python.run(cell);
    await view?.results.work;
    if (ended) {
      if (shown) view?.results.sentence(ended === "off" ? "Stopped." : "Python has ended.");
      this.said();
      return false;
    }
    this.chapter.ended(cell, text, ok);
    this.said();
    if (!ok && cell.id !== asked && asked) this.blame(cell, asked);
    return ok;
  }

  // A cell could not run, since one above it has failed.
  blame(cell, asked) {
    const view = this.view(this.chapter.cell(asked));
    view.begin();
    view.results.sentence(
      `Cell ${cell.index + 1}, above, stopped with an error. This one has not run.`,
    );
  }

  message(message, id) {
    if (message.kind === "traits") {
      for (const view of this.views.values()) view?.results.traits(message.model, message.state);
    } else if (message.kind === "refused") this.bar.show("ready", message.text);
    else if (id && this.now?.cell.id === id) {
      // an error is seen, whatever was to be shown
      if (message.kind === "error" && !this.now.shown) {
        this.now.shown = true;
        this.now.view?.begin();
      }
      if (this.now.shown) this.now.view?.show(message);
    }
  }

  changed(cell, text) {
    cell.text = text;
    const view = this.views.get(cell.id);
    const kept = this.kept.write(this.chapter.kept());
    view?.say(
      kept
        ? this.chapter.said(cell)
        : "this browser keeps nothing: your text is gone with the page",
    );
  }

  state(name, sentence) {
    if (name === "off" || name === "failed") {
      this.chapter.forget();
      this.round += 1;
    }
    this.bar.show(name, sentence);
    this.said();
  }

  said() {
    const { cells } = this.chapter;
    for (const cell of cells) this.views.get(cell.id)?.say(this.chapter.said(cell));
    this.bar.count(
      cells.filter((c) => c.ok).length,
      cells.length,
      cells.filter((c) => this.chapter.isOld(c)).length,
    );
  }

  stop() {
    this.python.stop();
  }

  reset(cell) {
    cell.text = cell.source;
    this.views.get(cell.id).reset();
    this.kept.write(this.chapter.kept());
    this.said();
  }

  resetAll() {
    this.python.end(
      "off",
      "Everything is as the book has it. Python starts anew when you run a cell.",
    );
    for (const cell of this.chapter.cells) {
      cell.text = cell.source;
      this.views.get(cell.id)?.reset();
    }
    this.kept.write({});
    this.said();
  }
}
