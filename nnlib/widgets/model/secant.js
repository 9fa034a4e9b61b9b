// A curve, a point on it, and another a nudge to the right: rise, run, their quotient and the slope by
// the rule. As nnlib/widgets/slope_explorer.py.
import { ACTIVATIONS } from "./activations.js";
import { LIMITS } from "../generated/limits.js";

const { value: sigmoid, slope: sigmoidSlope } = ACTIVATIONS.sigmoid;

export const CURVES = {
  square: { text: "u²", value: (u) => u * u, slope: (u) => 2 * u },
  sigmoid: { text: "σ(u)", value: sigmoid, slope: (u) => sigmoidSlope(u, sigmoid(u)) },
  line: { text: "3u", value: (u) => 3 * u, slope: () => 3 },
};

export function secant(curve, u, nudge) {
  const { value, slope } = CURVES[curve];
  const [low, high] = [value(u), value(u + nudge)];
  return { low, high, rise: high - low, quotient: (high - low) / nudge, slope: slope(u) };
}

// The next power of ten below a nudge, and above it, as far as they go.
const power = (nudge, round) => Number(`1e${round(Math.log10(nudge))}`);
export const smaller = (nudge) =>
  Math.max(
    LIMITS.smallest_nudge,
    power(nudge, (v) => Math.ceil(v - 1e-9) - 1),
  );
export const larger = (nudge) =>
  Math.min(
    LIMITS.largest_nudge,
    power(nudge, (v) => Math.floor(v + 1e-9) + 1),
  );

// The stretch of the line through a point of a frame {x, y} that lies in it: its two ends.
export function stretch([u, v], slope, { x, y }) {
  const at = (height) => u + (height - v) / slope;
  const [left, right] = slope < 0 ? [y.to, y.from] : [y.from, y.to];
  const ends = slope ? [Math.max(x.from, at(left)), Math.min(x.to, at(right))] : [x.from, x.to];
  return ends.map((end) => [end, v + slope * (end - u)]);
}
