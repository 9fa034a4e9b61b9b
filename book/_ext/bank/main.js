// The page of the question bank, checked while it is answered: a form in the place of the answers to unfold,
// which stay for paper and for slides.
import { button, count, make } from "../recall/elements.js";
import { KINDS, rich } from "./kinds.js";

const WORD = { explain: "Compare" };

/** What is said of an answer, as nodes. */
const verdict = (word, said) => [word, ...said.flatMap((one) => [" ", ...rich(one)])];

/** Put the form of a question into its section; done() is called when it is answered right. */
function mount(section, known, done) {
  const said = make("p", { className: "fs-bank-verdict" });
  said.setAttribute("role", "status");
  const say = (state, ...nodes) => {
    said.dataset.right = state;
    said.replaceChildren(...nodes);
  };
  const clear = () => {
    say("");
    question.clear?.();
  };
  const question = KINDS[known.kind](known, section, clear, section.id);
  const succeed = () => {
    section.dataset.answered = "right";
    done();
  };
  const check = () => {
    const { error, right, said: why } = question.check();
    if (error) {
      say("", error);
      question.focus.focus();
    } else if (right === null) say("");
    else if (right) {
      say("true", ...verdict(question.right?.() ?? "Right.", why));
      succeed();
    } else say("false", ...verdict("Not yet.", why));
  };
  const show = () => say("", ...question.show().flatMap((one) => [...rich(one), " "]));
  const buttons = [
    button(WORD[known.kind] ?? "Check", check, "btn btn-sm fs-bank-check"),
    ...(question.extra ?? []),
    ...(known.kind === "explain" ? [] : [button("Show the answer", show)]),
  ];
  const form = make(
    "div",
    { className: "fs-bank" },
    question.form,
    make("p", { className: "fs-bank-bar" }, ...buttons),
    said,
  );
  form.setAttribute("role", "group");
  form.setAttribute("aria-label", "Your answer");
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input")) return;
    event.preventDefault();
    check();
  });
  question.own?.addEventListener("fs-bank-full", succeed);
  place(section, form, known.kind);
}

/** The form stands where the answers to unfold begin; those, and what to choose from, are for paper. */
function place(section, form, kind) {
  const folded = [...section.querySelectorAll(":scope > details")];
  folded[0].before(form);
  const listed =
    kind === "order"
      ? section.querySelector(":scope > ul")
      : kind === "match"
        ? form.previousElementSibling
        : null;
  for (const one of [...folded, listed]) one?.classList.add("fs-bank-folded");
}

/** A form for each question that the page has, and the line that counts. No other page has these styles. */
export function begin(bank, styles) {
  document.head.append(make("style", { textContent: styles }));
  const line = document.querySelector("[data-bank]");
  const sections = Object.keys(bank).filter((id) =>
    document.getElementById(id)?.querySelector("details"),
  );
  const right = new Set();
  const draw = () => {
    const all = count(sections.length, "question");
    line.textContent = `${right.size} of ${all} answered right. Nothing is kept: a reload begins anew.`;
  };
  for (const id of sections)
    mount(document.getElementById(id), bank[id], () => {
      right.add(id);
      draw();
    });
  draw();
  line.hidden = false;
}
