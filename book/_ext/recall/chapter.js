// A page of the way: two buttons below each unfolded answer, and one for who has read the page; whose answer
// boxes are all right has read it, too.
import { button, count, make } from "./elements.js";
import { comesBack, trouble } from "./parts.js";
import { answered } from "./schedule.js";

/** Answer a question: the card as it is now. */
export function answer(kept, key, knew) {
  const change = (state) =>
    kept.put(state.cards, key, answered(state.cards[key], knew, kept.today));
  return kept.change(change).cards[key];
}

function rate(kept, details) {
  if (details.querySelector(".fs-rate")) return;
  const said = make("span", { className: "fs-rate-said" });
  said.setAttribute("role", "status");
  const press = (knew) => () => {
    const card = answer(kept, details.dataset.prompt, knew);
    said.textContent = [comesBack(card, kept.today), trouble(kept)].filter(Boolean).join(" ");
  };
  const buttons = [button("I knew it", press(true)), button("I did not", press(false))];
  details
    .querySelector(".fs-told")
    .append(make("p", { className: "fs-rate" }, ...buttons, " ", said));
}

/** Whether the page has answer boxes, and each of them has been answered right (later.js marks those). */
function passed() {
  const boxes = [...document.querySelectorAll('.fs-host[data-module="answer_box.js"]')];
  return boxes.length > 0 && boxes.every((host) => host.hasAttribute("data-right"));
}

/** What says that a page is read, or is not; before: what is said first. */
function marking(kept, page, keys, said) {
  return (done, before = "") => {
    const met = (state) => keys.filter((key) => !state.cards[key]);
    const fresh = met(kept.state()).length;
    kept.change((state) => {
      kept.put(state.pages, page, { done });
      if (done)
        met(state).forEach((key) =>
          kept.put(state.cards, key, answered(undefined, true, kept.today)),
        );
    });
    const comes =
      done && fresh ? `${count(fresh, "question")} of this page will come back tomorrow.` : "";
    said.textContent = [before, comes, trouble(kept)].filter(Boolean).join(" ");
  };
}

/** The questions of a page of the way; gives what draws it again, or nothing on other pages. */
export function chapter(kept) {
  const place = document.querySelector(".fs-done");
  if (!place) return null;
  const all = [...document.querySelectorAll("details.fs-prompt")];
  for (const details of all) {
    if (details.open) rate(kept, details);
    details.addEventListener("toggle", () => details.open && rate(kept, details));
  }
  const [press, said] = [place.querySelector("button"), place.querySelector("[role=status]")];
  const page = place.dataset.donePage;
  const mark = marking(
    kept,
    page,
    all.map((details) => details.dataset.prompt),
    said,
  );
  const isDone = () => Boolean(kept.state().pages[page]?.done);
  const draw = () => press.setAttribute("aria-pressed", String(isDone()));
  const toggle = () => {
    mark(!isDone());
    draw();
  };
  const check = () => {
    if (passed() && !isDone()) mark(true, "All of it is right, so this page counts as read.");
    draw();
  };
  press.addEventListener("click", toggle);
  document.addEventListener("fs-right", check);
  if (place.dataset.pressed) toggle(); // before this script was here
  check();
  return draw;
}
