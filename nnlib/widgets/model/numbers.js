// Numbers as text, and text as numbers. As nnlib/numerals.py.

const minus = (text) => text.replaceAll("-", "−");

// A number for reading: four significant digits, a real minus sign.
export function format(value, digits = 4) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "not a number" : value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e6))
    return minus(value.toExponential(digits - 1).replace(/\.?0+e/, "e"));
  return minus(String(Number(value.toPrecision(digits))));
}

// A relative error for reading: in percent where it is large.
export const percent = (error) =>
  error < 1e-3 ? minus(error.toExponential(0)) : `${format(100 * error, 2)} %`;

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

// A power of ten for reading: 10⁻³.
export function powerOfTen(value) {
  const exponent = Math.round(Math.log10(value));
  const raised = [...String(Math.abs(exponent))].map((digit) => SUPERSCRIPTS[digit]).join("");
  return `10${exponent < 0 ? "⁻" : ""}${raised}`;
}

// What a person typed, as {value} or {error}: a finite decimal number, with a point or a comma.
export function parseNumber(text) {
  const plain = text.trim().replaceAll("−", "-").replace(",", ".");
  const shown = text.trim().length > 24 ? `${text.trim().slice(0, 24)}…` : text.trim();
  if (plain === "") return { error: "expected a number, got nothing" };
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain))
    return { error: `expected a number, got “${shown}”` };
  const value = Number(plain);
  return Number.isFinite(value)
    ? { value }
    : { error: `expected a number that a computer can hold, got “${shown}”` };
}

// What a person typed for a whole number, as {value} or {error}.
export function parseWhole(text) {
  const { value, error } = parseNumber(text);
  if (error) return { error };
  return Number.isSafeInteger(value)
    ? { value }
    : { error: `expected a whole number, got “${text.trim().slice(0, 24)}”` };
}
