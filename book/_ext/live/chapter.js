// The cells of a page as one session: what has run, in which order, and what a change above makes
// old. Knows neither page nor Python.

export class Chapter {
  // cells: [{ id, source, hidden, needs }, …] in the order of the page; kept: the reader's own texts by id
  constructor(cells, kept = {}) {
    this.cells = cells.map((cell, index) => ({
      ...cell,
      index,
      text: kept[cell.id] ?? cell.source,
    }));
    this.forget();
  }

  // A new session: nothing has run in it.
  forget() {
    this.runs = 0;
    for (const cell of this.cells)
      Object.assign(cell, { ran: null, order: 0, changed: 0, ok: null });
  }

  cell(id) {
    return this.cells.find((cell) => cell.id === id);
  }

  above(id) {
    return this.cells.slice(0, this.cell(id).index);
  }

  // What has to run for a cell to run: those above that have not run well, then itself.
  plan(id) {
    return [...this.above(id).filter((cell) => !cell.ok), this.cell(id)];
  }

  // Every cell that is behind the others, and none above the first of them.
  rest() {
    return this.cells.filter((cell) => !cell.ok || this.isOld(cell));
  }

  needs(cells) {
    return [...new Set(cells.flatMap((cell) => cell.needs))];
  }

  // A cell has run, with this text; whether it ended well.
  ended(cell, text, ok) {
    this.runs += 1;
    if (text !== (cell.ran ?? cell.source)) cell.changed = this.runs;
    Object.assign(cell, { ran: text, order: this.runs, ok });
  }

  // Is what the page shows below a cell older than a change above it?
  isOld(cell) {
    return this.cells.slice(0, cell.index).some((other) => other.changed > cell.order);
  }

  // Would this cell give what the book has stored? So it does where nobody has changed anything.
  isTheBooks(cell) {
    return this.cells
      .slice(0, cell.index + 1)
      .every((one) => one.text === one.source && (one.ran ?? one.source) === one.source);
  }

  // What stands beside a cell, in words.
  said(cell) {
    if (cell.ran === null)
      return this.isOld(cell) ? "older than a change above" : "has not run yet";
    if (cell.text !== cell.ran) return "changed since it ran";
    if (!cell.ok) return "stopped with an error";
    return this.isOld(cell) ? "older than a change above" : `ran as number ${cell.order}`;
  }

  kept() {
    const changed = this.cells.filter((cell) => cell.text !== cell.source);
    return Object.fromEntries(changed.map((cell) => [cell.id, cell.text]));
  }
}
