// The few operations on matrices that the steps need. A matrix is a plain nested array, rows first.

export const map = (f, ...m) =>
  m[0].map((row, i) => row.map((_, j) => f(...m.map((n) => n[i][j]))));
export const transpose = (m) => m[0].map((_, j) => m.map((row) => row[j]));
export const plusRow = (m, b) => m.map((row) => row.map((v, j) => v + b[0][j]));
export const times = (a, b) => map((u, v) => u * v, a, b);
export const minus = (a, b) => map((u, v) => u - v, a, b);
export const total = (m) => m.reduce((sum, row) => row.reduce((s, v) => s + v, sum), 0);

export function product(a, b) {
  if (a[0].length !== b.length) {
    throw new RangeError(`a matrix product: ${a[0].length} columns do not fit ${b.length} rows`);
  }
  return a.map((row) => b[0].map((_, j) => row.reduce((sum, v, k) => sum + v * b[k][j], 0)));
}

// A scalar as a matrix of one number, a matrix as it is.
export const asMatrix = (value) => (Array.isArray(value) ? value : [[value]]);

// Whether a test holds for the numbers at every place of these matrices.
export const every = (test, ...m) =>
  m[0].every((row, i) => row.every((_, j) => test(...m.map((n) => n[i][j]))));

// Whether every number of a value (a number, a matrix, or an object of them) is finite.
export function allFinite(value) {
  if (typeof value === "number") return Number.isFinite(value);
  return Object.values(value).every(allFinite);
}

export function deepCopy(value) {
  if (Array.isArray(value)) return value.map(deepCopy);
  if (value === null || typeof value !== "object") return value; // -0 stays -0, which JSON would lose
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, deepCopy(one)]));
}
