// A page of the way: two buttons below each unfolded answer, and one for who has read the page.
import { button, comesBack, count, make, trouble } from "./parts.js";
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

function donePress(kept, page, keys, said) {
  return () => {
    const done = !kept.state().pages[page]?.done;
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
    said.textContent = [comes, trouble(kept)].filter(Boolean).join(" ");
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
  const toggle = donePress(
    kept,
    page,
    all.map((details) => details.dataset.prompt),
    said,
  );
  const draw = () =>
    press.setAttribute("aria-pressed", String(Boolean(kept.state().pages[page]?.done)));
  press.addEventListener("click", () => {
    toggle();
    draw();
  });
  if (place.dataset.pressed) toggle(); // before this script was here
  draw();
  return draw;
}
