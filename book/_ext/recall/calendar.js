// The days on which questions come back, as a calendar: what an answer today leads to, if all goes well.
import { RESTS, dateOf, wait } from "./schedule.js";

const two = (number) => String(number).padStart(2, "0");
const asDate = (date) => `${date.getFullYear()}${two(date.getMonth() + 1)}${two(date.getDate())}`;

/** For each day to come the number of questions, if each is known on its day: [[day, number], …]. */
export function daysAhead(cards, today) {
  const days = new Map();
  for (const card of Object.values(cards)) {
    if (card.due === null) continue;
    let day = Math.max(card.due, today);
    for (let stage = card.stage; stage < RESTS; stage++) {
      days.set(day, (days.get(day) ?? 0) + 1);
      if (stage + 1 < RESTS) day += wait(stage + 1);
    }
  }
  return [...days].toSorted(([a], [b]) => a - b);
}

/** These days as a file for any calendar (RFC 5545): an entry for each, all day long. */
export function calendar(days, now, address = "") {
  const stamp = `${now.toISOString().replace(/[-:]|\.\d+/g, "")}`;
  const entries = days.flatMap(([day, number]) => [
    "BEGIN:VEVENT",
    `UID:fourteen-steps-${day}@review`,
    `DTSTAMP:${stamp}`,
    `DTSTART;VALUE=DATE:${asDate(dateOf(day))}`,
    `DTEND;VALUE=DATE:${asDate(dateOf(day + 1))}`,
    `SUMMARY:Fourteen Steps: ${number} question${number === 1 ? "" : "s"}`,
    ...(address ? [`URL:${address}`] : []),
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
  ]);
  const head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Fourteen Steps//Review//EN"];
  return [...head, ...entries, "END:VCALENDAR", ""].flatMap(folded).join("\r\n");
}

/** A line of more than 75 bytes goes on in the next, behind a blank. */
function folded(line) {
  const parts = [];
  let rest = line;
  while (rest.length > 74) {
    parts.push(rest.slice(0, 74));
    rest = ` ${rest.slice(74)}`;
  }
  return [...parts, rest];
}
