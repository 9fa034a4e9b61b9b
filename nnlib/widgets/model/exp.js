// e to the power of x, in plain arithmetic: a call of `Math.exp` costs more than all the rest of an
// epoch, and this is put into the loop around it. It is off by 1.3 units of the last place at most.

const PARTS = 128;
const TABLE = Float64Array.from({ length: PARTS }, (_, j) => 2 ** (j / PARTS));
const LOWEST = -1022; // powers of two from here to 1023 have all their digits
const POWERS = Float64Array.from({ length: 1024 - LOWEST }, (_, k) => 2 ** (k + LOWEST));

// ln 2 / 128 as the sum of two numbers: the first has 20 binary digits, so that its product with a
// whole number is exact. ln 2 itself is Math.LN2 + LN2_REST.
const LN2_REST = 2.3190468138462996e-17;
const STEP = Math.floor((Math.LN2 / PARTS) * 2 ** 27) / 2 ** 27;
const STEP_REST = Math.LN2 / PARTS - STEP + LN2_REST / PARTS;
const TO_WHOLE = 1.5 * 2 ** 52; // added and taken away again, it rounds to a whole number

// x = k ln 2 / 128 + r, and so eˣ = 2^⌊k / 128⌋ · 2^((k mod 128) / 128) · eʳ, where r is so small
// that five terms of its series are enough.
export function exp(x) {
  if (!(Math.abs(x) < 708)) return Math.exp(x); // subnormal, infinite, or no number
  const whole = x * (PARTS / Math.LN2) + TO_WHOLE - TO_WHOLE;
  const k = whole | 0;
  const r = x - whole * STEP - whole * STEP_REST;
  const rr = r * r;
  const tail = r + rr * (1 / 2) + rr * r * (1 / 6 + r * (1 / 24) + rr * (1 / 120)); // eʳ − 1
  const scale = POWERS[(k >> 7) - LOWEST] * TABLE[k & (PARTS - 1)];
  return scale + scale * tail;
}
