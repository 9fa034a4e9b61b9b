// Handwritten digits: the file's text as numbers, and a drawing brought to the form that they have.

export const SIDE = 8; // pixels of an image
const PARTS = 4; // a pixel counts the ink in 4 by 4 small squares
const FINE = SIDE * PARTS;
const PEN = 2.2; // half the width of a stroke, in small squares
const ROOM = { width: 21, height: FINE - 2 * PEN }; // what the middle of a stroke may fill
export const TRAINED = 1297; // as in nnlib/digits.py: the rest is only for the test

// The text of digits.txt: {x, y, digits}, images of 64 numbers from 0 to 1, classes, and digits.
export function readDigits(text) {
  const x = [],
    y = [],
    digits = [];
  for (const line of text.trim().split("\n")) {
    const digit = line.charCodeAt(0) - 48;
    if (line.length !== 65 || !/^\d[a-q]+$/.test(line))
      throw new RangeError(`digits: expected a digit and 64 letters from a to q, got “${line}”`);
    digits.push(digit);
    x.push(Array.from(line.slice(1), (c) => (c.charCodeAt(0) - 97) / 16));
    y.push(oneHot(digit));
  }
  return { x, y, digits };
}

export const oneHot = (digit) => Array.from({ length: 10 }, (_, k) => Number(k === digit));

// Strokes, each a list of points [x, y] on any scale, as 64 numbers from 0 to 1: made as large as the
// page allows, put in its middle, drawn with a pen of one width, and counted in squares, as the data
// set was. null for a drawing with nothing on it.
export function imageOf(strokes) {
  const points = strokes.flat();
  if (!points.length) return null;
  const [xs, ys] = [0, 1].map((k) => points.map((point) => point[k]));
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const fit = Math.min(ROOM.width / (right - left), ROOM.height / (bottom - top));
  const size = Number.isFinite(fit) ? fit : 1; // one dot
  const place = ([x, y]) => [
    FINE / 2 + size * (x - (left + right) / 2),
    FINE / 2 + size * (y - (top + bottom) / 2),
  ];
  const lines = strokes.flatMap((stroke) => {
    const placed = stroke.map(place);
    return placed.length === 1
      ? [[placed[0], placed[0]]]
      : placed.slice(1).map((p, k) => [placed[k], p]);
  });
  return counted((x, y) => lines.some(([a, b]) => distance(x, y, a, b) <= PEN));
}

// How far a point is from the line between two others.
function distance(x, y, [ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const along = dx || dy ? ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy) : 0;
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}

function counted(inked) {
  const image = Array.from({ length: SIDE * SIDE }, () => 0);
  for (let row = 0; row < FINE; row++)
    for (let column = 0; column < FINE; column++)
      if (inked(column + 0.5, row + 0.5))
        image[Math.floor(row / PARTS) * SIDE + Math.floor(column / PARTS)] += 1 / PARTS ** 2;
  return image;
}
