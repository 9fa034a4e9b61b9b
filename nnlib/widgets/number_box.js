// NumberBox: a number to work out by hand; an answer that a known slip gives is told which.
import { COUNT, predicted, tolerance } from "./model/digits_asked.js";
import { parseNumber } from "./model/numbers.js";
import { bar, textInput } from "./ui/controls.js";
import { element } from "./ui/elements.js";
import { defineWidget } from "./ui/widget.js";
import { LIMITS } from "./generated/limits.js";

class NumberBox {
  static title = "Number box";
  static traits = ["asked", "right", "digits", "wrong"];

  content() {
    const { ui } = this;
    this.task = element("p", { class: "fs-task" });
    this.field = textInput("Your answer", {
      class: "fs-short",
      onkeydown: (event) => {
        if (event.key !== "Enter") return;
        ui.act();
        this.judge();
      },
    });
    this.verdict = element("p", { class: "fs-verdict" });
    return [
      this.task,
      bar(
        {
          next: ui.button("Check", () => this.judge()),
          reset: ui.button("Reset", () => this.draw()),
        },
        this.verdict,
      ),
    ];
  }

  judge() {
    const { ui } = this;
    const { value, error } = parseNumber(this.field.value);
    if (error) {
      ui.say(`Your answer: ${error}.`);
      this.field.focus();
      return;
    }
    ui.say("");
    const [verdict, text] = this.said(value);
    this.root.dataset.verdict = verdict;
    this.verdict.className = `fs-verdict ${verdict === "right" ? "fs-good" : "fs-bad"}`;
    this.verdict.textContent = text;
    ui.news = `${this.get("asked")}: ${text}`; // a page may have several boxes
    ui.announce("");
  }

  // What there is to say of an answer: whether it is right, and a sentence.
  said(value) {
    const [right, digits, wrong] = ["right", "digits", "wrong"].map(this.get);
    const off = (to) => (digits ? tolerance(to, digits) : LIMITS.exact * Math.max(1, Math.abs(to)));
    const near = (to) => Math.abs(value - to) <= off(to);
    if (near(right)) return ["right", digits ? `Right, to ${COUNT[digits]} digits.` : "Right."];
    const slip = Object.keys(wrong).find((one) => near(wrong[one]));
    if (slip) return ["recognised", `Not yet: ${slip}.`];
    if (near(-right)) return ["recognised", "Not yet: the sign is wrong, and nothing else."];
    if (digits && predicted(value, right, digits) === "few")
      return [
        "not yet",
        `Not yet: right as far as it goes, and ${this.digitsAsked()} are asked for.`,
      ];
    return ["not yet", "Not yet."];
  }

  digitsAsked() {
    return `${COUNT[this.get("digits")]} significant digits`;
  }

  draw() {
    const exact = this.get("digits") ? `, to ${this.digitsAsked()}` : "";
    this.task.replaceChildren(`Check yourself: ${this.get("asked")}${exact}. `, this.field);
    this.field.setAttribute("aria-label", `Your answer: ${this.get("asked")}`);
    this.field.value = "";
    this.root.dataset.verdict = "open";
    this.verdict.className = "fs-verdict";
    this.verdict.replaceChildren();
    this.ui.say("");
  }
}

export default defineWidget("NumberBox", NumberBox);
