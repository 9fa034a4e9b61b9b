// What is said of a question and its days.
import { SAID } from "./kept.js";
import { dateOf } from "./schedule.js";

/** A day in words: tomorrow, or its name and date. */
export function inWords(day, today) {
  if (day <= today) return "today";
  if (day === today + 1) return "tomorrow";
  const said = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });
  return `on ${said.format(dateOf(day))}`;
}

/** What is the matter with the storage, as a sentence, or "". */
export const trouble = (kept) => (kept.problem ? SAID[kept.problem] : "");

/** After an answer: when the question comes back. */
export function comesBack(card, today) {
  return card.due === null
    ? "It has come back three times, and rests now."
    : `It comes back ${inWords(card.due, today)}.`;
}
