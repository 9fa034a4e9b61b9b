// What an error in a cell has to do with the other cells, in a sentence. It knows neither page nor
// Python.

import { number } from "./chapter.js";

// error: { name, missing, hint }; gives { hint, at: the cell that it points to } and, where a name was
// to come from a cell above that has failed, lacks: that name.
export function advice(chapter, cell, error) {
  if (error.missing) return aboutName(chapter, cell, error);
  if (error.name === "AssertionError") return aboutCheck(chapter, cell);
  const at = chapter.failedAbove(cell);
  if (!at) return { hint: error.hint };
  return {
    hint: `${error.hint} Cell ${number(at)}, above, ${chapter.fate(at)}: that may be why.`.trim(),
    at,
  };
}

function aboutName(chapter, cell, { missing, hint }) {
  const at = chapter.definer(missing, cell);
  if (!at && cell.defines.includes(missing) && cell.text !== cell.source)
    return { hint: `The book defines ${missing} in this cell. Reset cell brings it back.` };
  if (!at) return { hint: `No cell of the book defines ${missing}. ${hint}`.trim() };
  const where = `cell ${number(at)}`;
  if (at.index > cell.index) return { hint: `The book defines ${missing} in ${where}, below.`, at };
  if (chapter.isBroken(at) || at.ran?.ok === false)
    return {
      hint: `${missing} was to come from ${where}, which ${chapter.fate(at)}.`,
      lacks: missing,
      at,
    };
  if (at.text !== at.source)
    return {
      hint: `The book defines ${missing} in ${where}, which you changed. Reset cell there, or define it.`,
      at,
    };
  return {
    hint: `The book defines ${missing} in ${where}. Has it been deleted? Run all above defines it anew.`,
    at,
  };
}

function aboutCheck(chapter, cell) {
  const goesOn = "What stands below runs all the same.";
  const at = chapter.changedAbove(cell);
  if (cell.text !== cell.source)
    return { hint: `A check of the book’s knows the book’s own numbers only. ${goesOn}` };
  if (!at) return { hint: goesOn };
  const why = `You changed cell ${number(at)}, so this need not hold any more.`;
  return { hint: `The book checks its own numbers. ${why} ${goesOn}`, at };
}
