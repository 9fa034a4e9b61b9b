// The landing page: one quiet line, the page read last and how many questions are due.
import { count, make } from "./elements.js";
import { isDue } from "./schedule.js";

/** Fill the line; gives what draws it again, or nothing on other pages. */
export function resume(kept) {
  const line = document.querySelector(".fs-resume");
  if (!line) return null;
  const titles = JSON.parse(line.dataset.titles);
  const draw = () => {
    const due = Object.values(kept.state().cards).filter((card) => isDue(card, kept.today)).length;
    const last = kept.lastOf(titles);
    const parts = [];
    if (last)
      parts.push(
        "You were last on ",
        make("a", { href: `${last}.html`, textContent: titles[last] }),
        ". ",
      );
    const waits = due
      ? `${count(due, "question")} ${due === 1 ? "is" : "are"} due`
      : "Nothing is due";
    if (last || due)
      parts.push(make("a", { href: line.dataset.reviewAt, textContent: waits }), ".");
    line.replaceChildren(...parts);
    line.hidden = !parts.length;
  };
  draw();
  return draw;
}
