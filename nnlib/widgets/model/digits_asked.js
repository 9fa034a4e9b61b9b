// How many digits of a number are asked for, and what a number that was typed says.
import { ASKED_DIGITS } from "../generated/limits.js";

export const COUNT = ["no", "one", "two", "three", "four", "five", "six"]; // digits, in words

// How many significant digits are asked for, if nothing else was said.
export const usualDigits = (quantity) =>
  quantity.startsWith("new_") ? ASKED_DIGITS.of_new : ASKED_DIGITS.usual;

// How many of what is given are shown, where so many are asked for.
export const shownDigits = (digits) => digits + 1;

// One unit of the last digit asked for.
export function tolerance(value, digits) {
  if (Math.abs(value) < ASKED_DIGITS.nothing) return 10 ** -digits;
  return 10 ** (Math.floor(Math.log10(Math.abs(value) * (1 + 1e-12))) - digits + 1);
}

// What a prediction of one number says: "right", "few" where it is, to fewer digits than asked for,
// "sign" where only the sign is wrong, or "wrong".
// Half a unit of the last digit asked for is the difference that rounding makes, and no more is
// forgiven.
export function predicted(value, right, digits) {
  const close = (guess) => Math.abs(guess - right) <= 0.5 * tolerance(right, digits) * (1 + 1e-9);
  const fewer = Array.from({ length: digits - 1 }, (_, k) => Number(right.toPrecision(k + 1)));
  if (close(value)) return "right";
  if (fewer.includes(value)) return "few";
  return close(-value) ? "sign" : "wrong";
}
