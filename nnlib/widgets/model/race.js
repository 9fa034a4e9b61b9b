// Balls on one surface, each moved by an optimizer of its own.
import { trainer } from "./engine.js";
import { PARAMETERS, iteration } from "./operations.js";
import { checkedName, checkedRate, checkedWhole, shape } from "./checks.js";
import { object, only } from "./links.js";
import { deepCopy } from "./matrices.js";
import { NAMES, direction } from "./optimizers.js";
import { LIMITS } from "../generated/limits.js";
import { GATES } from "../generated/names.js";
import { REACH, VALLEY, WORKED } from "../generated/optimizers.js";

// Every number of the worked example: "w1 0 1", …
export const PLACES = PARAMETERS.flatMap((name) =>
  WORKED[name].flatMap((line, i) => line.map((_, j) => `${name} ${i} ${j}`)),
);

// A surface over two numbers: {loss(u, v), slope(u, v) -> [along u, along v]}. kind is "valley", or
// "network": the worked example on a gate, two of its numbers moved, the others held still.
export function surfaceOf({ surface, gate, first, second }) {
  if (surface === "valley") {
    const { along, across } = VALLEY;
    return {
      loss: (u, v) => 0.5 * (along * u * u + across * v * v),
      slope: (u, v) => [along * u, across * v],
    };
  }
  const { x, y } = GATES[gate];
  const parameters = deepCopy(WORKED);
  const places = [first, second].map((text) => {
    const [name, i, j] = text.split(" ");
    return { name, i: Number(i), j: Number(j) };
  });
  const moved = (...values) => {
    places.forEach(({ name, i, j }, k) => {
      parameters[name][i][j] = values[k];
    });
    return parameters;
  };
  return {
    loss: (u, v) => trainer(x, y, moved(u, v), 0).loss(),
    slope(u, v) {
      const values = iteration(x, y, moved(u, v), 0);
      return places.map(({ name, i, j }) => values[`dE_d${name}`][i][j]);
    },
  };
}

// Where a ball is after each step: [{place: [u, v], loss}, …], one more than steps. It ends where
// numbers are no longer finite.
export function path(ground, start, name, rate, steps) {
  let place = start,
    memories = [[], []];
  const found = [{ place, loss: ground.loss(...place) }];
  while (found.length <= steps) {
    const slopes = ground.slope(...place);
    const moves = slopes.map((g, k) => direction(name, g, memories[k]));
    place = place.map((p, k) => p - rate * moves[k][0]);
    memories = moves.map(([, memory]) => memory);
    const loss = ground.loss(...place);
    if (![...place, loss].every(Number.isFinite)) break;
    found.push({ place, loss });
  }
  return found;
}

// The paths of those that race: [[name, path], …], in the order of the list of optimizers.
export function race(state, steps) {
  const ground = surfaceOf(state);
  const [start] = state.start;
  return NAMES.filter((name) => state.racing.includes(name)).map((name) => [
    name,
    path(ground, start, name, state.rates[name], steps),
  ]);
}

// Who is lowest after so many steps, the lowest first; who has left the numbers is last.
export function ranking(paths, epoch) {
  const height = ([, found]) => found[epoch]?.loss ?? Infinity;
  return paths.toSorted((a, b) => height(a) - height(b)).map(([name]) => name);
}

// Places of a picture moved apart until no two are closer than least; what stands alone stays where it
// is. Those on one and the same spot go off in different directions.
export function apart(places, least) {
  const found = places.map((place) => [...place]);
  for (let round = 0; round < 200; round++) {
    let moved = false;
    for (let i = 0; i < found.length; i++)
      for (let k = 0; k < i; k++) {
        const [dx, dy] = [0, 1].map((axis) => found[i][axis] - found[k][axis]);
        const distance = Math.hypot(dx, dy);
        if (distance >= least - 0.01) continue;
        const angle = distance > 1e-6 ? Math.atan2(dy, dx) : 2.4 * i + k;
        const push = (least - distance) / 2;
        for (const [one, way] of [
          [i, push],
          [k, -push],
        ]) {
          found[one][0] += way * Math.cos(angle);
          found[one][1] += way * Math.sin(angle);
        }
        moved = true;
      }
    if (!moved) break;
  }
  return found;
}

// The surface's heights on a grid of size × size points, row by row from the top down, and levels
// that leave as much of the map below one line as between two.
export function heights(state, size, levels) {
  const ground = surfaceOf(state);
  const [right, top] = REACH[state.surface];
  const grid = new Float64Array(size * size);
  for (let r = 0; r < size; r++)
    for (let c = 0; c < size; c++)
      grid[r * size + c] = ground.loss(
        right * ((2 * c) / (size - 1) - 1),
        top * (1 - (2 * r) / (size - 1)),
      );
  const sorted = grid.toSorted();
  const level = (k) => sorted[Math.floor(((k + 0.5) * sorted.length) / levels)];
  return { grid, levels: Array.from({ length: levels }, (_, k) => level(k)) };
}

// What an optimizer race shows, and its links hold.
export const RACE = ["surface", "gate", "first", "second", "start", "rates", "racing", "epoch"];

// An optimizer race's state from a link; throws an Error that says what is wrong.
export function checkedRace(raw) {
  const { surface, gate, first, second, start, rates, racing, epoch } = object(raw, RACE);
  checkedName("its surface", surface, Object.keys(REACH));
  checkedName("its first number", first, PLACES);
  checkedName("its second number", second, PLACES);
  if (first === second) throw new RangeError("it names the same number twice");
  shape("its start", start, 1, 2);
  if (start[0].some((value, k) => Math.abs(value) > REACH[surface][k]))
    throw new RangeError("it starts beyond the map");
  for (const name of NAMES) checkedRate(object(rates, NAMES)[name]);
  if (!Array.isArray(racing) || racing.length === 0 || racing.length > NAMES.length)
    throw new RangeError("nobody races in it");
  for (const name of racing) checkedName("it lets race", name, NAMES);
  return {
    surface,
    gate: checkedName("its gate", gate, Object.keys(GATES)),
    first,
    second,
    start,
    rates: only(NAMES, rates),
    racing: NAMES.filter((name) => racing.includes(name)),
    epoch: checkedWhole("its epoch", epoch, 0, LIMITS.most_steps),
  };
}
