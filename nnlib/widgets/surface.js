// What a network says about every point of the plane of its inputs: a grid of outputs, and the line where it is undecided.
import { ACTIVATIONS } from "./engine.js";

// Outputs on a grid of size × size points from low to high, row by row from the top (x₂ = high) down.
export function outputGrid({ w1, b1, w2, b2 }, hidden, size, low, high, grid = new Float64Array(size * size)) {
  const f = ACTIVATIONS[hidden].value, g = ACTIVATIONS.sigmoid.value;
  const neurons = w1[0].length;
  for (let r = 0; r < size; r++) {
    const x2 = high - ((high - low) * r) / (size - 1);
    for (let c = 0; c < size; c++) {
      const x1 = low + ((high - low) * c) / (size - 1);
      let sum = b2[0][0];
      for (let j = 0; j < neurons; j++) sum += w2[j][0] * f(x1 * w1[0][j] + x2 * w1[1][j] + b1[0][j]);
      grid[r * size + c] = g(sum);
    }
  }
  return grid;
}

// The line where the grid crosses a level, as an SVG path in a square of the given width: marching squares.
export function contour(grid, size, level, width) {
  const unit = width / (size - 1);
  let text = "";
  for (let r = 0; r < size - 1; r++) {
    for (let c = 0; c < size - 1; c++) {
      const corners = [[c, r], [c + 1, r], [c + 1, r + 1], [c, r + 1]].map(([i, j]) => [i, j, grid[j * size + i] - level]);
      const crossings = [];
      for (let k = 0; k < 4; k++) {
        const [i1, j1, v1] = corners[k], [i2, j2, v2] = corners[(k + 1) % 4];
        if (v1 < 0 !== v2 < 0) { const t = v1 / (v1 - v2); crossings.push([(i1 + t * (i2 - i1)) * unit, (j1 + t * (j2 - j1)) * unit]); }
      }
      for (let k = 0; k + 1 < crossings.length; k += 2) text += `M${crossings[k].map((v) => v.toFixed(1)).join(" ")}L${crossings[k + 1].map((v) => v.toFixed(1)).join(" ")}`;
    }
  }
  return text;
}

// The two ends of the line w₁ x₁ + w₂ x₂ + b = 0 inside a square from low to high, or null where it does not meet it.
export function boundary([w1, w2], b, low, high) {
  const ends = [];
  const keep = (x1, x2) => {
    const inside = (v) => v >= low - 1e-9 && v <= high + 1e-9;
    if (inside(x1) && inside(x2) && !ends.some(([p, q]) => Math.hypot(p - x1, q - x2) < 1e-9)) ends.push([x1, x2]);
  };
  for (const side of [low, high]) {
    if (w2 !== 0) keep(side, -(w1 * side + b) / w2);
    if (w1 !== 0) keep(-(w2 * side + b) / w1, side);
  }
  return ends.length < 2 ? null : ends.slice(0, 2);
}

// Paints a grid on a canvas of the same size: from one colour to the other, given as "#rrggbb".
export function paint(canvas, grid, size, from, to) {
  const parse = (text) => [1, 3, 5].map((i) => parseInt(text.slice(i, i + 2), 16));
  const [a, b] = [parse(from), parse(to)];
  const context = canvas.getContext("2d");
  const image = context.createImageData(size, size);
  grid.forEach((value, i) => {
    const t = 0.08 + 0.62 * value; // never the full colour: what is drawn on it must stay readable
    for (let k = 0; k < 3; k++) image.data[4 * i + k] = a[k] + (b[k] - a[k]) * t;
    image.data[4 * i + 3] = 255;
  });
  context.putImageData(image, 0, 0);
}
