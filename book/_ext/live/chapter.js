// The cells of a page as one session: their texts, what Python has run of them, and what the page
// shows below each. The state of a cell follows from these. Knows neither page nor Python.

const STOPPED = ""; // among the kept texts: the cells whose text was stopped when it last ran

export class Chapter {
  // cells: [{ id, source, hidden, needs, defines }, …] in the order of the page; kept: the reader's own by id
  constructor(cells, kept = {}) {
    this.cells = cells.map((cell, index) => ({
      ...cell,
      index,
      text: kept[cell.id] ?? cell.source,
      activity: null, // "waiting", "running"
      stopped: null, // the text that was stopped and has not run to an end since
      touched: 0, // how often its widget has been changed since it ran
    }));
    for (const cell of this.cells) {
      this.restore(cell);
      if (kept[STOPPED]?.includes(cell.id)) cell.stopped = cell.text;
    }
    this.forget();
  }

  // A new session: Python knows nothing. What the page shows stays as true as it was.
  forget() {
    for (const cell of this.cells)
      Object.assign(cell, { ran: null, lacks: null, activity: null, touched: 0 });
  }

  // The page shows the book's own result.
  restore(cell) {
    const above = this.above(cell).map((one) => one.source);
    cell.shown = { text: cell.source, above, touched: above.map(() => 0), ok: true };
    cell.isTheReaders = false;
    cell.lacks = null;
  }

  cell(id) {
    return this.cells.find((cell) => cell.id === id);
  }

  above(cell) {
    return this.cells.slice(0, cell.index);
  }

  // ---- what runs: one rule, whichever button was pressed ----
  // A cell that would give what it has given is left alone, and so is one that was stopped.

  needsRun(cell) {
    if (cell.stopped === cell.text) return false;
    return !cell.ran || !this.fits(cell, cell.ran);
  }

  plan(id) {
    const cell = this.cell(id);
    return [...this.above(cell).filter((one) => this.needsRun(one)), cell];
  }

  rest() {
    return this.cells.filter((cell) => this.needsRun(cell));
  }

  needs(cells) {
    return [...new Set(cells.flatMap((cell) => cell.needs))];
  }

  // ---- what has happened ----

  // A cell has run with this text. shown: whether the page shows what came of it; check: whether it
  // was an assertion that failed, which keeps nobody below from running.
  ended(cell, text, { ok, check = false, shown = true }) {
    const above = this.above(cell).map((one) => one.ran?.text ?? one.text);
    const touched = this.above(cell).map((one) => one.touched);
    cell.touched = 0;
    cell.ran = { text, above, touched, ok, check };
    cell.shown = cell.ran;
    cell.isTheReaders ||= shown;
    cell.lacks = cell.stopped = null;
  }

  // The reader has changed the widget that a cell made: what is below may ask it for its numbers.
  // Whether that is news to anything below.
  touch(cell) {
    const knows = (run) => run?.touched[cell.index] === cell.touched;
    const news = this.cells.some(
      (one) => one.index > cell.index && (knows(one.ran) || knows(one.shown)),
    );
    if (news) cell.touched += 1;
    return news;
  }

  // It could not run: it needs a name that a cell above should have given.
  lacked(cell, text, name, by) {
    cell.ran = null;
    cell.lacks = { text, name, by };
  }

  // It was stopped, or has ended Python: nobody runs this text again but the reader, on purpose.
  wasStopped(cell, text) {
    this.ended(cell, text, { ok: false });
    cell.ran = null;
    cell.stopped = text;
  }

  // ---- what follows from it ----

  // Does a run still stand for the texts that the page has now?
  fits(cell, run) {
    const same = (text, i) =>
      text === this.cells[i].text && run.touched[i] === this.cells[i].touched;
    return run.text === cell.text && run.above.every(same);
  }

  state(cell) {
    const { shown, lacks, text } = cell;
    if (cell.activity) return cell.activity;
    if (cell.stopped === text) return "stopped";
    if (lacks?.text === text) return "lacking";
    if (text !== shown.text) return "unrun";
    if (!this.fits(cell, shown)) return "old";
    if (!shown.ok) return "failed";
    return cell.isTheReaders ? "current" : "book";
  }

  // What the state is in words; at: the cell that they point to; own: whether the result is of the
  // reader's making.
  said(cell) {
    const above = this.failedAbove(cell);
    const own = !this.isTheBooks(cell);
    const words = {
      waiting: "waiting",
      running: "running …",
      stopped: "stopped",
      lacking: `not run: it needs ${cell.lacks?.name} from cell ${number(cell.lacks?.by)}`,
      unrun: cell.isTheReaders
        ? "changed since it ran"
        : "your text; not run yet, the result is the book’s",
      old: "older than a change above",
      failed: cell.shown.check ? "a check does not hold" : "stopped with an error",
      book: "the book’s result",
      current: above
        ? `ran, but cell ${number(above)} above ${this.fate(above)}`
        : `up to date${own ? `, with your change${cell.text === cell.source ? " above" : ""}` : ""}`,
    };
    const name = this.state(cell);
    const at = { lacking: cell.lacks?.by, current: above }[name];
    return { name, words: words[name], at, own: own && cell.isTheReaders };
  }

  // The last cell above that has come to no good end, if there is one.
  failedAbove(cell) {
    return this.above(cell).findLast((one) => this.isBroken(one));
  }

  // What has become of such a cell, in words.
  fate(cell) {
    if (cell.stopped === cell.text) return "was stopped";
    return cell.lacks ? "could not run" : "has failed";
  }

  isBroken(cell) {
    if (cell.stopped === cell.text || cell.lacks) return true;
    return Boolean(cell.ran && !cell.ran.ok && !cell.ran.check);
  }

  // The cells whose result is not what the texts of the page would give.
  behind() {
    return this.cells.filter((cell) => ["unrun", "old", "lacking"].includes(this.state(cell)));
  }

  // The cells that show an error; a check of the book's that does not hold is none.
  failed() {
    return this.cells.filter((cell) => this.state(cell) === "failed" && !cell.shown.check);
  }

  changedAbove(cell) {
    return this.above(cell).find((one) => one.text !== one.source);
  }

  // Would this cell give what the book has stored? So it does where nobody has changed anything.
  isTheBooks(cell) {
    return [...this.above(cell), cell].every((one) => one.text === one.source);
  }

  // The cell in which the book gives a name: the nearest above, else the first below.
  definer(name, cell) {
    const gives = (one) => one !== cell && one.defines.includes(name);
    return this.above(cell).findLast(gives) ?? this.cells.find(gives);
  }

  kept() {
    const changed = this.cells.filter((cell) => cell.text !== cell.source);
    const texts = Object.fromEntries(changed.map((cell) => [cell.id, cell.text]));
    const stopped = changed.filter((cell) => cell.stopped === cell.text).map((cell) => cell.id);
    return stopped.length ? { ...texts, [STOPPED]: stopped } : texts;
  }
}

export const number = (cell) => (cell ? cell.index + 1 : 0);
