// What is done with a slope: as nnlib/optimizers.py, for one number at a time. rule(slope, memory,
// settings) gives [direction, memory]; the step is p − η times the direction; memory is [] before
// the first step.
import { SETTINGS } from "../generated/optimizers.js";

export const OPTIMIZERS = {
  descent: { rule: (g) => [g, []] },
  momentum: {
    rule(g, [v = 0], { keep }) {
      const speed = keep * v + g;
      return [speed, [speed]];
    },
  },
  nesterov: {
    rule(g, [v = 0], { keep }) {
      const speed = keep * v + g;
      return [g + keep * speed, [speed]];
    },
  },
  rmsprop: {
    rule(g, [s = 0], { keep, epsilon }) {
      const square = keep * s + (1 - keep) * (g * g);
      return [g / (Math.sqrt(square) + epsilon), [square]];
    },
  },
  adam: {
    rule(g, [m = 0, s = 0, t = 0], { keep, keep_squares, epsilon }) {
      const [now, mean, square] = [
        t + 1,
        keep * m + (1 - keep) * g,
        keep_squares * s + (1 - keep_squares) * (g * g),
      ];
      const size = Math.sqrt(square / (1 - keep_squares ** now)) + epsilon;
      return [mean / (1 - keep ** now) / size, [mean, square, now]];
    },
  },
};

// The direction and the new memory, with the settings that Python has.
export const direction = (name, slope, memory) =>
  OPTIMIZERS[name].rule(slope, memory, SETTINGS[name]);

export const NAMES = Object.keys(OPTIMIZERS);
