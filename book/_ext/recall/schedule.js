// When a question comes back: three days after the one on which it was met, counted in the reader's own
// days. Nothing here knows a page or a clock; a day is a whole number, and today is given.

// Days after the first; nnlib/classroom/recall.py has the same, and a test holds the two together.
export const DAYS = [1, 7, 30];
export const RESTS = DAYS.length; // the stage of what has come back three times
export const MOST = 30; // questions in one sitting
export const MINUTES = 10; // and how long one is at most

const A_DAY = 86_400_000;

/** The reader's own day, as a whole number: it changes at midnight where they are, summer time or not. */
export function dayOf(date) {
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / A_DAY;
}

/** The date of such a day, at noon, when no change of clocks can make it another day. */
export function dateOf(day) {
  const utc = new Date(day * A_DAY);
  return new Date(utc.getUTCFullYear(), utc.getUTCMonth(), utc.getUTCDate(), 12);
}

/** How many days a card waits at a stage. */
export function wait(stage) {
  return DAYS[stage] - (stage ? DAYS[stage - 1] : 0);
}

/** Whether a card (or none: a question that was never met) is to be asked on this day. */
export function isDue(card, today) {
  return Boolean(card) && card.due !== null && card.due <= today;
}

/** The card after an answer: one stage on if it was due and known, at the beginning again if not. */
export function answered(card, knew, today) {
  if (!card || !knew) return { stage: 0, due: today + wait(0) };
  if (!isDue(card, today)) return { stage: card.stage, due: card.due };
  const stage = card.stage + 1;
  return { stage, due: stage === RESTS ? null : today + wait(stage) };
}

/** A card whose day lies further off than an answer could put it: the clock was ahead, and no longer is. */
export function mended(card, today) {
  const far = card.due !== null && card.due > today + wait(card.stage);
  return far ? { ...card, due: today + wait(card.stage) } : card;
}

/** The keys to ask today, those that have waited longest first, and as many as make ten minutes. */
export function toAsk(cards, known, today) {
  return known
    .filter((key) => isDue(cards[key], today))
    .toSorted((a, b) => cards[a].due - cards[b].due)
    .slice(0, MOST);
}

/** The next day after today on which one of these is due, or null. */
export function nextDay(cards, known, today) {
  const later = known
    .map((key) => cards[key]?.due ?? null)
    .filter((due) => due !== null && due > today);
  return later.length ? Math.min(...later) : null;
}
