// What is kept belongs to the reader: a file to save, a file to take in, and one press that forgets it all.
import { calendar, daysAhead } from "./calendar.js";
import { SAID } from "./kept.js";
import { button, make } from "./elements.js";

function save(text, name, type = "application/json") {
  const address = URL.createObjectURL(new Blob([text], { type }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/** The buttons, and a line that says what became of it; changed() draws the page again. */
export function fileButtons(kept, changed) {
  const said = make("span", { className: "fs-files-said" });
  said.setAttribute("role", "status");
  const tell = (text) => {
    changed();
    said.textContent = text;
    aside.hidden = kept.aside() === null;
  };
  const chosen = make("input", { type: "file", accept: ".json,application/json", hidden: true });
  chosen.addEventListener("change", async () => {
    const [file] = chosen.files;
    if (!file) return;
    const problem = kept.takeIn(await file.text());
    chosen.value = "";
    tell(
      problem
        ? SAID[problem]
        : "Taken in: of each question and each page what was written last stays.",
    );
  });
  const dates = button("Days for my calendar", () => {
    const days = daysAhead(kept.state().cards, kept.today);
    if (!days.length) return tell("No question has begun yet, so there is no day to put down.");
    const address = location.protocol.startsWith("http") ? location.href.split("#")[0] : "";
    return save(
      calendar(days, kept.clock(), address),
      "fourteen-steps-review.ics",
      "text/calendar",
    );
  });
  const aside = button("Save what was put aside", () =>
    save(kept.aside(), "fourteen-steps-put-aside.txt"),
  );
  aside.hidden = kept.aside() === null;
  const forget = button("Delete all", () => {
    kept.forget();
    tell("Deleted. Nothing is kept any more.");
  });
  const keep = button("Save as a file", () => save(kept.file(), "fourteen-steps-review.json"));
  const take = button("Take a file in", () => chosen.click());
  return make("p", { className: "fs-files" }, keep, take, dates, aside, forget, chosen, " ", said);
}
