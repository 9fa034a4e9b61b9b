// A number that the reader types: right, or one of the slips that the question knows, or neither.
import { parseNumber } from "../../../nnlib/widgets/model/numbers.js";
import { button, make } from "./elements.js";

/**
 * What a text says: { error }, { right: true }, or { slip, value }: which slip gives it, or -1.
 * Each number stands with how far from it an answer may be.
 */
export function judged(text, { right, slips }) {
  const { value, error } = parseNumber(text);
  if (error) return { error };
  const off = ([number]) => Math.abs(value - number);
  const near = (one) => off(one) <= one[1] * (1 + 1e-9);
  if (near(right)) return { right: true };
  const [nearest] = slips.filter(near).toSorted((a, b) => off(a) - off(b));
  return { slip: slips.indexOf(nearest), value };
}

/** A field for the number, or nothing where none is asked; told() is called when it is right. */
export function typed(details, told) {
  const { posed } = details;
  if (!posed) return null;
  const others = [...details.querySelectorAll(".fs-told li")];
  const field = make("input", { type: "text", autocomplete: "off", spellcheck: false });
  field.setAttribute("aria-label", "Your number");
  const said = make("span", { className: "fs-typed-said" });
  said.setAttribute("role", "status");
  const check = () => {
    const { error, right, slip } = judged(field.value, posed);
    const known = slip >= 0 ? others[slip].cloneNode(true).childNodes : [];
    if (error) said.textContent = `Your number: ${error}.`;
    else if (right) said.textContent = "Right.";
    else said.replaceChildren("Not yet. ", ...known);
    if (right) told();
  };
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // it would press the button to which the focus goes
    check();
  });
  return make("p", { className: "fs-typed" }, field, button("Check", check), " ", said);
}
