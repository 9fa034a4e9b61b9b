// What a plot needs to compute: from data to the page and back, round numbers for the ticks, fewer
// points of a long series.

// From an axis {from, to, log} to the stretch from low to high, and back.
export function scale(axis, low, high) {
  const f = axis.log ? Math.log10 : (v) => v;
  const [a, b] = [f(axis.from), f(axis.to)];
  return {
    to: (v) => low + ((f(v) - a) / (b - a)) * (high - low),
    back: (p) => {
      const v = a + ((p - low) / (high - low)) * (b - a);
      return axis.log ? 10 ** v : v;
    },
  };
}

// A value held inside an axis, and whether it lies there.
export const within = (value, axis) =>
  Math.min(Math.max(value, Math.min(axis.from, axis.to)), Math.max(axis.from, axis.to));
export const inside = (value, axis) => within(value, axis) === value;

// Round numbers between low and high, about `count` of them; on a logarithmic axis powers of ten.
export function ticks(low, high, { count = 5, log = false } = {}) {
  if (log) {
    const [first, last] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
    const by = Math.max(1, Math.ceil((last - first) / count));
    const length = Math.max(0, Math.floor((last - first) / by) + 1);
    return Array.from({ length }, (_, i) => 10 ** (first + i * by));
  }
  const rough = (high - low) / count,
    power = 10 ** Math.floor(Math.log10(rough));
  const by = [1, 2, 5, 10].map((m) => m * power).find((m) => m >= rough * 0.999);
  const found = [];
  for (let k = Math.ceil(low / by - 1e-9); k * by <= high + by * 1e-9; k++)
    found.push(Number((k * by).toPrecision(12)));
  return found;
}

// The round number at or above a value: 1, 2 or 5 times a power of ten.
export function roundUp(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5].map((m) => m * power).find((v) => v >= value) ?? 10 * power;
}

// From where to where an axis of losses goes: from 0, or between powers of ten.
export function lossRange(losses, log) {
  const finite = losses.filter(Number.isFinite);
  if (!log) return [0, Math.max(0.1, Math.ceil(10.5 * Math.max(...finite)) / 10)];
  const top = 10 ** Math.ceil(Math.log10(Math.max(...finite, 1e-9)));
  return [
    Math.min(10 ** Math.floor(Math.log10(Math.max(1e-12, Math.min(...finite)))), top / 10),
    top,
  ];
}

// At most `count` of the numbers of a long series (of its first `length`), evenly picked, the first
// and the last among them: [[index, value], …].
export function thinned(series, count = 300, length = series.length) {
  const last = length - 1;
  if (last < count) return Array.from({ length }, (_, i) => [i, series[i]]);
  return Array.from({ length: count }, (_, i) => {
    const k = Math.round((i * last) / (count - 1));
    return [k, series[k]];
  });
}
