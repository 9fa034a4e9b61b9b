// What a network says about every point of the plane of its inputs: a grid of outputs, and the line
// where it is undecided.
import { ACTIVATIONS } from "./activations.js";

// Outputs on a grid of size × size points from low to high, row by row from the top (x₂ = high)
// down.
export function outputGrid(
  { w1, b1, w2, b2 },
  hidden,
  size,
  low,
  high,
  grid = new Float64Array(size * size),
) {
  const f = ACTIVATIONS[hidden].value,
    g = ACTIVATIONS.sigmoid.value;
  const neurons = w1[0].length;
  for (let r = 0; r < size; r++) {
    const x2 = high - ((high - low) * r) / (size - 1);
    for (let c = 0; c < size; c++) {
      const x1 = low + ((high - low) * c) / (size - 1);
      let sum = b2[0][0];
      for (let j = 0; j < neurons; j++)
        sum += w2[j][0] * f(x1 * w1[0][j] + x2 * w1[1][j] + b1[0][j]);
      grid[r * size + c] = g(sum);
    }
  }
  return grid;
}

// The line where the grid crosses a level, as an SVG path in a square of the given width: marching
// squares.
export function contour(grid, size, level, width) {
  const unit = width / (size - 1);
  const place = (point) => point.map((v) => (v * unit).toFixed(1)).join(" ");
  let text = "";
  for (let r = 0; r < size - 1; r++) {
    for (let c = 0; c < size - 1; c++) {
      const found = crossings(grid, size, level, c, r);
      for (let k = 0; k + 1 < found.length; k += 2)
        text += `M${place(found[k])}L${place(found[k + 1])}`;
    }
  }
  return text;
}

// Where a level is crossed on the four sides of one square of the grid.
function crossings(grid, size, level, c, r) {
  const corners = [
    [c, r],
    [c + 1, r],
    [c + 1, r + 1],
    [c, r + 1],
  ].map(([i, j]) => [i, j, grid[j * size + i] - level]);
  const found = [];
  corners.forEach(([i1, j1, v1], k) => {
    const [i2, j2, v2] = corners[(k + 1) % 4];
    const t = v1 / (v1 - v2);
    if (v1 < 0 !== v2 < 0) found.push([i1 + t * (i2 - i1), j1 + t * (j2 - j1)]);
  });
  return found;
}

// The two ends of the line w₁ x₁ + w₂ x₂ + b = 0 inside a square from low to high, or null where it
// does not meet it.
export function boundary([w1, w2], b, low, high) {
  const ends = [];
  const keep = (x1, x2) => {
    const fits = (v) => v >= low - 1e-9 && v <= high + 1e-9;
    const known = ends.some(([p, q]) => Math.hypot(p - x1, q - x2) < 1e-9);
    if (fits(x1) && fits(x2) && !known) ends.push([x1, x2]);
  };
  for (const side of [low, high]) {
    if (w2 !== 0) keep(side, -(w1 * side + b) / w2);
    if (w1 !== 0) keep(-(w2 * side + b) / w1, side);
  }
  return ends.length < 2 ? null : ends.slice(0, 2);
}

// The part of a square from low to high where w₁ x₁ + w₂ x₂ + b > 0, as the corners of a polygon;
// empty where there is none.
export function positiveRegion([w1, w2], b, low, high) {
  const corners = [
    [low, low],
    [high, low],
    [high, high],
    [low, high],
  ].filter(([p, q]) => w1 * p + w2 * q + b > 0);
  const region = [...corners, ...(boundary([w1, w2], b, low, high) ?? [])];
  if (region.length < 3) return [];
  const mean = (k) => region.reduce((sum, point) => sum + point[k] / region.length, 0);
  const [p, q] = [mean(0), mean(1)]; // in the order of their angle around their middle
  const angle = ([x1, x2]) => Math.atan2(x2 - q, x1 - p);
  return region.toSorted((u, v) => angle(u) - angle(v));
}

// A place on each of some lines for its mark, lines given by their ends in a square of the given
// side: at an end, or where it was before, and `apart` from the other marks and from what is taken;
// where there is no such place, as far from them as can be. `inset` from the square's border.
export function marksOn(lines, taken, { side, inset, apart, before = [] }) {
  const placed = [...taken];
  const far = ([x, y], [p, q]) => Math.hypot(x - p, y - q);
  return lines.map((ends, k) => {
    const [from, to] = ends.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
    const near = before[k] ?? from;
    const places = along(from, to, inset, side).map((place) => {
      const room = Math.min(...placed.map((other) => far(place, other)));
      return { place, room: Math.min(room, apart), way: far(place, near) };
    });
    places.sort((a, b) => b.room - a.room || a.way - b.way);
    placed.push(places[0].place);
    return places[0].place;
  });
}

// Places along a line, some units from one to the next, none of them nearer to the border than inset.
function along([x1, y1], [x2, y2], inset, side) {
  const count = Math.max(2, Math.round(Math.hypot(x2 - x1, y2 - y1) / 6));
  const held = (v) => Math.min(side - inset, Math.max(inset, v));
  return Array.from({ length: count + 1 }, (_, k) => {
    const t = k / count;
    return [held(x1 + t * (x2 - x1)), held(y1 + t * (y2 - y1))];
  });
}
