// The page of the review: what is due today, one question at a time, and what the reader may do with
// what is kept.
import { answer } from "./chapter.js";
import { formula } from "./formula.js";
import { fileButtons } from "./files.js";
import { button, count, make } from "./elements.js";
import { comesBack, inWords, trouble } from "./parts.js";
import { typed } from "./typed.js";
import { MINUTES, MOST, isDue, nextDay, toAsk } from "./schedule.js";

/** The question with other numbers than last time: which of them is a matter of the day and of the key. */
export function withNumbers(details, today) {
  if (!details.dataset.variants) return;
  const variants = JSON.parse(details.dataset.variants);
  const key = [...details.dataset.prompt].reduce((sum, letter) => sum + letter.codePointAt(0), 0);
  const [ask, told, wrong, right, slips] =
    variants[(((today + key) % variants.length) + variants.length) % variants.length];
  details.posed = { right, slips };
  details.querySelector(".fs-ask").textContent = ask;
  details.querySelector(".fs-answer").textContent = told;
  [...details.querySelectorAll(".fs-others")].forEach((node, at) => (node.textContent = wrong[at]));
}

/** A question as a card: what is asked, a button that shows the answer, and two that say how it went. */
function card(details, { known, skip }) {
  const copy = details.cloneNode(true);
  const asked = make(
    "div",
    { className: "fs-card-asks", tabIndex: -1 },
    ...copy.querySelector("summary").childNodes,
  );
  const told = copy.querySelector(".fs-told");
  const page = details.closest("[data-review-page]").querySelector("h3 a").cloneNode(true);
  const from = make("p", { className: "fs-from" }, "From ", page, ".");
  const place = formula(details) ?? typed(details, () => unfold());
  const rate = [button("I knew it", () => known(true)), button("I did not", () => known(false))];
  const later = button("Skip", skip);
  const unfold = () => {
    told.hidden = false;
    row.replaceChildren(...rate, later);
    rate[0].focus();
  };
  const show = button("Show", unfold);
  told.hidden = true;
  const row = make("p", { className: "fs-rate" }, show, later);
  return make("div", { className: "fs-card" }, asked, ...(place ? [place] : []), told, row, from);
}

class Sitting {
  constructor(kept, all, place, ended) {
    Object.assign(this, { kept, all, place, ended, asked: 0, knew: 0 });
    this.begun = kept.clock().getTime();
    this.queue = toAsk(kept.state().cards, Object.keys(all), kept.today);
    this.skipped = new Set();
    this.said = make("p", { className: "fs-sitting" });
    this.said.setAttribute("role", "status");
    this.next("");
  }

  /** Whether ten minutes are over, by a clock that may have been turned. */
  get isLate() {
    const minutes = (this.kept.clock().getTime() - this.begun) / 60_000;
    return minutes >= MINUTES;
  }

  next(before) {
    const { cards } = this.kept.state();
    // another tab may have asked it
    this.queue = this.queue.filter((key) => isDue(cards[key], this.kept.today));
    const [key] = this.queue;
    const left = this.queue.length;
    if (!key || this.isLate || this.asked >= MOST) return this.end(before);
    this.said.textContent = [before, `${count(left, "question")} left.`, trouble(this.kept)]
      .filter(Boolean)
      .join(" ");
    const drawn = card(this.all[key], {
      known: (knew) => {
        const now = answer(this.kept, key, knew);
        this.asked += 1;
        this.queue.shift();
        this.next(comesBack(now, this.kept.today));
      },
      skip: () => this.skip(key),
    });
    this.place.replaceChildren(this.said, drawn);
    drawn.querySelector(".fs-card-asks").focus();
    return null;
  }

  /** A question that is skipped goes to the end; the second time it waits for another day. */
  skip(key) {
    this.queue.shift();
    if (!this.skipped.has(key)) this.queue.push(key);
    this.skipped.add(key);
    this.next("Skipped.");
  }

  end(before) {
    const left = Object.keys(this.all).filter((key) =>
      isDue(this.kept.state().cards[key], this.kept.today),
    ).length;
    const rest = left
      ? `${count(left, "question")} ${left === 1 ? "waits" : "wait"}; another day is soon enough.`
      : "";
    this.ended([before, "That was it.", rest].filter(Boolean).join(" "));
  }
}

function progress(kept) {
  const { pages } = kept.state();
  const isDone = (page) => Boolean(pages[page]?.done);
  for (const link of document.querySelectorAll("[data-stop-page]")) {
    const done = isDone(link.dataset.stopPage);
    const name = link.title;
    link.toggleAttribute("data-done", done);
    link.setAttribute("aria-label", done ? `${name}, read` : name);
  }
  const all = [...document.querySelectorAll("[data-review-page]")];
  const done = all.filter((one) => isDone(one.dataset.reviewPage)).length;
  return `${done} of ${count(all.length, "page")} read.`;
}

/** What stands above the list, when no question is asked. */
function idle(kept, all, place, begin, said) {
  const { cards } = kept.state();
  const keys = Object.keys(all);
  const due = keys.filter((key) => isDue(cards[key], kept.today)).length;
  const next = nextDay(cards, keys, kept.today);
  const nothing =
    next === null
      ? "Open a question below a section, or say that you have read a page: its questions begin there."
      : `The next come ${inWords(next, kept.today)}.`;
  const short = due > MOST ? ` A sitting has ${MOST} at most.` : "";
  const text = due
    ? `${count(due, "question")} ${due === 1 ? "is" : "are"} due today.${short}`
    : `Nothing is due today. ${nothing}`;
  const status = make(
    "p",
    { className: "fs-sitting" },
    [said, text, progress(kept), trouble(kept)].filter(Boolean).join(" "),
  );
  status.setAttribute("role", "status");
  place.replaceChildren(status);
  if (due) place.append(make("p", {}, button("Begin", begin, "btn btn-sm fs-begin")));
}

/** The review; gives what draws it again, or nothing on other pages. */
export function review(kept) {
  const list = document.querySelector("[data-review]");
  if (!list) return null;
  const all = Object.fromEntries(
    [...list.querySelectorAll("details.fs-prompt")].map((one) => [one.dataset.prompt, one]),
  );
  const place = make("div", { className: "fs-card-place" });
  let sitting = null;
  const draw = (said = "") => sitting || idle(kept, all, place, begin, said);
  const begin = () => {
    Object.values(all).forEach((details) => withNumbers(details, kept.today));
    sitting = new Sitting(kept, all, place, (said) => {
      sitting = null;
      draw(said);
    });
  };
  list.prepend(place);
  list.querySelector(".fs-progress").after(fileButtons(kept, () => draw()));
  for (const details of Object.values(all)) formulaIn(details);
  draw();
  return () => draw();
}

function formulaIn(details) {
  details.addEventListener("toggle", () => {
    if (details.open && !details.querySelector(".fs-gaps")) {
      const place = formula(details);
      if (place) details.querySelector(".fs-told").prepend(place);
    }
  });
}
