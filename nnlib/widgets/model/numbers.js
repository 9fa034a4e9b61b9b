// Numbers as text, and text as numbers. As nnlib/numerals.py.

const minus = (text) => text.replaceAll("-", "−");

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const EXACT = 17; // significant digits tell any two numbers apart
const TIMES = "\u2009·\u2009"; // between thin spaces

const raised = (exponent) =>
  (exponent < 0 ? "⁻" : "") + [...String(Math.abs(exponent))].map((d) => SUPERSCRIPTS[d]).join("");

// A number for reading: four significant digits, a real minus sign, powers of ten where it is very
// small or large; with digits "all" as exactly as the computer holds it; with zeros, 0.6382 in six
// digits is 0.638200.
export function format(value, digits = 4, zeros = false) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "not a number" : value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  const all = digits === "all";
  if (size === 0 || (size >= 1e-4 && size < 1e6)) {
    const text = all ? "" : value.toPrecision(digits);
    if (zeros && size && !text.includes("e")) return minus(text);
    return minus(String(all ? value + 0 : Number(text)));
  }
  return powers(value, all ? undefined : digits - 1, zeros).join(TIMES);
}

// Mantissa and power of ten, as text: ["−1.5", "10⁻⁷"].
function powers(value, decimals, zeros = false) {
  const [mantissa, exponent] = value.toExponential(decimals).split("e");
  const short = mantissa.includes(".") && !zeros ? mantissa.replace(/\.?0+$/, "") : mantissa;
  return [minus(short), `10${raised(Number(exponent))}`];
}

// The same in at most `room` signs a line, where it has to fit beside others: one line, or mantissa
// and power of ten on two.
export function compactLines(value, room = 8) {
  const text = format(value);
  if (text.length <= room || !Number.isFinite(value)) return [text];
  const [mantissa, power] = powers(value, 3);
  return [mantissa, `·${power}`];
}

const OFF = 0.25; // of its way, that what is read of it may be wrong by

// Where it takes more digits than usual to tell two numbers apart (digitsApart), each has as many, even if
// the last are 0.
export const withZeros = (digits) => digits > 4;

// The fewest significant digits, four at least, with which two numbers read as far apart as they are,
// or nearly; four where they are one and the same.
export function digitsApart(one, other, least = 4) {
  const by = one - other;
  if (by)
    for (let digits = least; digits <= EXACT; digits++) {
      const read = Number(one.toPrecision(digits)) - Number(other.toPrecision(digits));
      if (Math.abs(read - by) <= OFF * Math.abs(by)) return digits;
    }
  return least;
}

// A value that came of another, in at most two lines: with as many digits as tell the two apart, or,
// where a line of `room` signs is too short for them, the other one and what was added.
export function movedLines(value, old, room = 10) {
  const digits = digitsApart(value, old);
  if (digits === 4) return compactLines(value);
  const text = format(value, digits, true);
  const lines = text.includes(TIMES) ? powers(value, digits - 1, true) : [text];
  if (lines[0].length <= room) return lines.map((line, k) => (k ? `·${line}` : line));
  const by = value - old;
  const [mantissa, power] = powers(by, Math.abs(by) < 1e-99 ? 0 : 1);
  const first = format(old);
  return [first.length <= room ? first : "old", `${value > old ? "+" : ""}${mantissa}·${power}`];
}

// The digits of the old value beside it: as many, where they fit into one line.
export function digitsBeside(old, value, room = 10) {
  const digits = digitsApart(value, old);
  const fits = (text) => text.length <= (text.includes(TIMES) ? room + 4 : room);
  return fits(format(value, digits, true)) && fits(format(old, digits, true)) ? digits : 4;
}

// A relative error for reading: in percent where it is large.
export const percent = (error) => (error < 1e-3 ? format(error, 1) : `${format(100 * error, 2)}%`);

// A power of ten for reading: 10⁻³.
export const powerOfTen = (value) => `10${raised(Math.round(Math.log10(value)))}`;

// 1.5 · 10⁻⁷, as it is shown here, is 1.5e-7 to a keyboard.
const asTyped = (text) =>
  text.trim().replace(/\s*[·×]\s*10(⁻?)([⁰¹²³⁴⁵⁶⁷⁸⁹]+)$/, (_, sign, figures) => {
    const exponent = [...figures].map((figure) => SUPERSCRIPTS.indexOf(figure)).join("");
    return `e${sign && "-"}${exponent}`;
  });

// What a person typed, as {value} or {error}: a finite decimal number, with a point or a comma.
export function parseNumber(text) {
  const plain = asTyped(text).replaceAll("−", "-").replace(",", ".");
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
