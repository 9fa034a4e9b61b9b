// Random starts, the same as in Python.
import { checkedWhole } from "./checks.js";

// mulberry32 by Tommy Ettinger: numbers in [0, 1) from a 32-bit seed.
function mulberry32(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

// Matrices of the given shapes, [rows, columns] each, in order: uniform on [-1, 1).
export function randomMatrices(seed, shapes) {
  checkedWhole("seed", seed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  const next = mulberry32(Number(BigInt.asIntN(32, BigInt(seed))));
  return shapes.map(([rows, columns]) =>
    Array.from({ length: rows }, () => Array.from({ length: columns }, () => 2 * next() - 1)),
  );
}

// The same numbers as Parameters.random(seed, hidden) in Python.
export function randomParameters(seed, hidden = 2, inputs = 2, outputs = 1) {
  const shapes = [
    [inputs, hidden],
    [1, hidden],
    [hidden, outputs],
    [1, outputs],
  ];
  const [w1, b1, w2, b2] = randomMatrices(seed, shapes);
  return { w1, b1, w2, b2 };
}
