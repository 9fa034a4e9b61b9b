// What the reader's browser keeps: cards, and pages done. One text in localStorage, whose
// contents are nobody's word: each entry is looked at, and what is right stays when others are not.
import { RESTS, dayOf, mended } from "./schedule.js";

export const KEY = "fourteen-steps-review";
export const ASIDE = "fourteen-steps-review-aside"; // what could not be read, as it was
export const LAST = "fourteen-steps-last"; // the page read last, which later.js notes
export const VERSION = 1;

const LONGEST = 1_000_000; // letters; what is longer this book has not written
const MOST_ENTRIES = 5_000;
const NAME = /^[a-z0-9][\w/-]{0,79}$/i;
const LAST_MOMENT = 8.64e15; // of a Date

export const SAID = {
  damaged: "What was kept here is damaged. It has been put aside as it was, and you begin anew.",
  foreign:
    "What was found here was not written by this book. It has been put aside as it was, and you begin anew.",
  newer:
    "What is kept here was written by a newer version of this book. It is left as it is; nothing is saved.",
  some: "Some entries could not be read. They have been put aside; all others are as they were.",
  full: "The browser's storage is full: what is new is gone when you leave. Save it as a file.",
  none: "This browser keeps nothing for this page: it is gone when you leave. Save it as a file.",
  file: "This file was not written by this book, or it is damaged. Nothing has changed.",
  newerFile: "This file was written by a newer version of this book. Nothing has changed.",
};

export const empty = () => ({ version: VERSION, cards: {}, pages: {} });

const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isMoment = (value) => Number.isFinite(value) && value >= 0 && value <= LAST_MOMENT;
const isDay = (value) => Number.isInteger(value) && Math.abs(value) < 1e6;

function isCard({ stage, due, at }) {
  if (!Number.isInteger(stage) || stage < 0 || stage > RESTS || !isMoment(at)) return false;
  return stage === RESTS ? due === null : isDay(due);
}
const isPage = ({ done, at }) => typeof done === "boolean" && isMoment(at);

const CARD = ["stage", "due", "at"];
const PAGE = ["done", "at"];
const only = (names, value) => Object.fromEntries(names.map((name) => [name, value[name]]));

function entries(raw, right, names) {
  if (!isRecord(raw)) return { kept: {}, lost: raw === undefined ? 0 : 1 };
  const all = Object.entries(raw);
  const good = all.filter(([key, value]) => NAME.test(key) && isRecord(value) && right(value));
  const kept = good.slice(0, MOST_ENTRIES).map(([key, value]) => [key, only(names, value)]);
  return { kept: Object.fromEntries(kept), lost: all.length - kept.length };
}

/** A text as a state: { state, problem }, where a problem is a name in SAID, or null. */
export function read(text) {
  if (text === null || text === undefined) return { state: empty(), problem: null };
  let raw;
  try {
    if (text.length > LONGEST) throw new Error("too long");
    raw = JSON.parse(text);
  } catch {
    return { state: empty(), problem: "damaged" };
  }
  if (!isRecord(raw) || !Number.isInteger(raw.version) || raw.version < 1)
    return { state: empty(), problem: "foreign" };
  if (raw.version > VERSION) return { state: empty(), problem: "newer" };
  const cards = entries(raw.cards, isCard, CARD);
  const pages = entries(raw.pages, isPage, PAGE);
  const state = { version: VERSION, cards: cards.kept, pages: pages.kept };
  return { state, problem: cards.lost + pages.lost ? "some" : null };
}

const newer = (a, b) => (a && (!b || a.at > b.at) ? a : b);

function both(a, b) {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries([...keys].map((key) => [key, newer(a[key], b[key])]));
}

/** Two states as one: of each entry the one that was written last. */
export function merged(a, b) {
  return { version: VERSION, cards: both(a.cards, b.cards), pages: both(a.pages, b.pages) };
}

/** The state in a storage, which may be missing, full or changed by another tab; clock() gives a Date. */
export class Kept {
  constructor(storage, clock) {
    this.storage = storage;
    this.clock = clock;
    this.unsaved = null; // what the storage has not taken
    this.stuck = null; // what could not be read, and found no room aside
    this.problem = null;
    const today = dayOf(clock());
    const now = this.state();
    const far = Object.keys(now.cards).filter(
      (key) => mended(now.cards[key], today) !== now.cards[key],
    );
    if (far.length && this.problem !== "newer") {
      this.change((state) =>
        far.forEach((key) => this.put(state.cards, key, mended(state.cards[key], today))),
      );
    }
  }

  get today() {
    return dayOf(this.clock());
  }

  /** What is kept now, by any tab; what cannot be read is put aside first. */
  state() {
    let text = null;
    try {
      if (!this.storage) throw new Error("no storage");
      text = this.storage.getItem(KEY);
    } catch {
      this.problem = "none";
    }
    const { state, problem } = read(text);
    if (problem) this.problem = problem;
    if (problem && problem !== "newer") this.putAside(text, state);
    return this.unsaved ? merged(state, this.unsaved) : state;
  }

  putAside(text, state) {
    try {
      const before = this.storage.getItem(ASIDE);
      if (before !== text)
        this.storage.setItem(ASIDE, before && !before.includes(text) ? `${before}\n${text}` : text);
      this.storage.setItem(KEY, JSON.stringify(state));
    } catch {
      this.stuck = text;
    }
  }

  /** An entry with its moment: later than the one before it, whatever the clock says. */
  put(group, key, value) {
    group[key] = { ...value, at: Math.max(this.clock().getTime(), (group[key]?.at ?? -1) + 1) };
  }

  /** Read what is there, change it, write it. */
  change(how) {
    const state = this.state();
    how(state);
    this.save(state);
    return state;
  }

  save(state) {
    if (this.problem === "newer" || this.problem === "none") {
      this.unsaved = state;
      return;
    }
    try {
      this.storage.setItem(KEY, JSON.stringify(state));
      this.unsaved = null;
      if (this.problem === "full") this.problem = null;
    } catch {
      this.unsaved = state;
      this.problem = "full";
    }
  }

  /** All of it as a file's text. */
  file() {
    return `${JSON.stringify(this.state(), null, 1)}\n`;
  }

  /** Take a file's text in; gives the name of a problem in SAID, or null. */
  takeIn(text) {
    const { state, problem } = read(text);
    if (problem === "newer") return "newerFile";
    if (problem === "damaged" || problem === "foreign") return "file";
    this.change((mine) => Object.assign(mine, merged(mine, state)));
    return problem;
  }

  /** What was put aside, or null. */
  aside() {
    try {
      return this.storage.getItem(ASIDE) ?? this.stuck;
    } catch {
      return this.stuck;
    }
  }

  /** The page read last, if it is one of these. */
  lastOf(pages) {
    try {
      const page = this.storage.getItem(LAST);
      return Object.hasOwn(pages, page) ? page : null;
    } catch {
      return null;
    }
  }

  /** Forget everything, what was put aside too. */
  forget() {
    this.unsaved = this.stuck = null;
    try {
      for (const key of [KEY, ASIDE, LAST]) this.storage.removeItem(key);
      this.problem = null;
    } catch {
      this.problem = "none";
    }
  }
}
