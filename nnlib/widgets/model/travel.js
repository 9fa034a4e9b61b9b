// What travels at a stop: the factors of each result fly together, multiply, and land where the
// result stands. A plan is a list of flights; a moment of it is a function of time from 0 to 1, so
// that it can be played, scrubbed and stopped.
import { cellOf, termsOf, valueOf } from "./arithmetic.js";
import { asMatrix } from "./matrices.js";
import { format } from "./numbers.js";
import { OF_EXAMPLES } from "./stage.js";
import { QUANTITIES } from "../generated/names.js";

const TOGETHER = 0.45; // the part of a flight in which the factors meet
const SOON = 0.25;
const LANE = 11; // the way back runs beside the line
const WAITING = 15; // from one term of a sum to the next

const distance = ([a, b], [c, d]) => Math.hypot(a - c, b - d);
const key = ({ name, row, column }) => `${name} ${row} ${column}`;

// The flights of a stop: {text, kind, back, points, from, to}, from and to in the time of the stop;
// and when each result arrives: {arrivals: Map of "name row column"}.
export function travelPlan(stop, functions, values, row, where) {
  const flights = [];
  const arrivals = new Map();
  stop.outputs.forEach((name, k) => {
    const share = 1 / stop.outputs.length;
    asMatrix(values[name]).forEach((line, i) =>
      line.forEach((value, j) => {
        const [target] = where.slots(name, i, j, row);
        if (!target) return;
        const tree = cellOf(stop, functions, name, values, i, j);
        const result = { name, row: i, column: j, value, target, k: i * line.length + j };
        const time = [k * share, (k + 0.92) * share];
        const own = flightsOf(result, tree, time, row, where);
        flights.push(...own);
        // what comes from nowhere, as a bias's 1, is there soon
        arrivals.set(key(result), own.length ? time[1] : time[0] + SOON);
      }),
    );
  });
  return { flights, arrivals };
}

// The sum's terms one after another where they come from different examples, else at once.
function flightsOf(result, tree, [from, to], row, where) {
  const terms = termsOf(tree).filter((factors) => factors.length);
  const examples = terms.map((factors) => factors.find(({ name }) => OF_EXAMPLES.has(name))?.row);
  const inTurn = new Set(examples).size > 1;
  const each = inTurn ? (to - from) / (1 + 0.6 * (terms.length - 1)) : to - from;
  return terms.flatMap((factors, n) => {
    const begin = inTurn ? from + 0.6 * n * each : from;
    const time = [begin, begin + each];
    if (!inTurn) return termFlights(result, factors, tree, terms.length, time, row, where);
    // above the place of the sum, where it waits for the others
    const [x, y] = result.target;
    const target = [x, y - WAITING * (terms.length - 1 - n)];
    const own = termFlights({ ...result, target }, factors, tree, terms.length, time, row, where);
    if (n === terms.length - 1) return own;
    const last = own[own.length - 1];
    return [...own, { ...last, points: [target, target], from: last.to, to }];
  });
}

function termFlights(result, factors, tree, count, [from, to], row, where) {
  const placed = factors.map((one) => ({ ...one, place: placeOf(one, row, where, result) }));
  const back = QUANTITIES[result.name].kind === "gradient" || result.name.startsWith("new");
  const flight = (text, kind, points, begin, end) => ({
    text,
    kind,
    back,
    points,
    from: begin,
    to: end,
  });
  if (placed.length === 1) {
    const [one] = placed;
    const way = route(one, result, where, back);
    return [flight(format(one.value), QUANTITIES[one.name].kind, way, from, to)];
  }
  const standing = placed.filter(({ name }) => name !== "learning_rate"); // η comes to the slope
  const meeting = standing.reduce((near, one) =>
    distance(one.place, result.target) < distance(near.place, result.target) ? one : near,
  );
  const middle = from + TOGETHER * (to - from);
  const together = placed
    .filter((one) => one !== meeting)
    .map((one) =>
      flight(
        format(one.value),
        QUANTITIES[one.name].kind,
        route(one, { ...meeting, target: meeting.place }, where, back),
        from,
        middle,
      ),
    );
  const product = count > 1 ? placed.reduce((p, one) => p * one.value, 1) : valueOf(tree);
  const on = route(meeting, result, where, back);
  return [...together, flight(format(product), QUANTITIES[result.name].kind, on, middle, to)];
}

// Where a factor comes from: its own place, or the card of the other examples, from which the results
// set off beside each other.
function placeOf({ name, row: i, column }, row, where, { target, k }) {
  if (OF_EXAMPLES.has(name) && i !== row) return [where.others[0], where.others[1] + 15 * k];
  if (name === "learning_rate") return [target[0], target[1] + 46];
  return nearest(where.slots(name, i, column, row), target) ?? where.others;
}

const nearest = (places, target) =>
  places.reduce(
    (best, p) => (!best || distance(p, target) < distance(best, target) ? p : best),
    null,
  );

// From one number to another: along the edge where there is one between them, on its own lane.
function route(from, to, where, back) {
  const edge = edgeBetween(from, to, where);
  const straight = [from.place, to.target ?? to.place];
  if (!edge) return straight;
  const { points } = edge;
  const half = (points.length - 1) / 2;
  const ends = { start: 0, stack: half, end: points.length - 1 };
  const [a, b] = [ends[edge.from], ends[edge.to]];
  const way = a < b ? points.slice(a, b + 1) : points.slice(b, a + 1).toReversed();
  const lane = back ? LANE : -LANE;
  const beside = way.map(([x, y]) => (where.tall ? [x + lane, y] : [x, y + lane]));
  return [straight[0], ...beside.slice(1, -1), straight[1]];
}

// Which part of which edge lies between two numbers, from one of its ends or its stack to another.
const STANDS = {
  x: "w1 start",
  z1: "w1 end",
  dE_dz1: "w1 end",
  a1: "w2 start",
  da1_dz1: "w2 start",
  z2: "w2 end",
  dE_dz2: "w2 end",
};
function edgeBetween(from, to, where) {
  for (const name of ["w1", "w2"]) {
    const [a, b] = [from, to].map((one) => placeOnEdge(name, one));
    if (!a || !b || a.at === b.at) continue;
    const i = a.i ?? b.i;
    const j = a.j ?? b.j;
    const found = where.edges.find(
      (edge) =>
        edge.name === name &&
        (i === undefined || edge.i === i) &&
        (j === undefined || edge.j === j),
    );
    if (found) return { points: found.points, from: a.at, to: b.at };
  }
  return null;
}

function placeOnEdge(edge, { name, row, column }) {
  const onEdge = { w1: ["w1", "dE_dw1"], w2: ["w2", "dE_dw2", "dz2_da1"] }[edge];
  if (onEdge.includes(name)) return { at: "stack", i: row, j: column };
  if (edge === "w2" && name === "dz2_dw2") return { at: "stack", i: column };
  const [of, end] = (STANDS[name] ?? "").split(" ");
  if (of !== edge) return null;
  return end === "start" ? { at: "start", i: column } : { at: "end", j: column };
}

// ---- a moment ----

const smooth = (t) => t * t * (3 - 2 * t);

// Where along a way of points one is, at a part of its length.
function along(points, part) {
  const steps = points.slice(1).map((p, k) => distance(p, points[k]));
  let left = part * steps.reduce((sum, v) => sum + v, 0);
  for (let k = 0; k < steps.length; k++) {
    if (left <= steps[k] && steps[k] > 0) {
      const t = left / steps[k];
      return [0, 1].map((axis) => points[k][axis] + t * (points[k + 1][axis] - points[k][axis]));
    }
    left -= steps[k];
  }
  return points[points.length - 1];
}

// What is on its way at a time from 0 to 1: {pulses: [{place, text, kind, back}], coming: the keys
// of the results that have not arrived}.
export function momentOf({ flights, arrivals }, time) {
  if (time >= 1) return { pulses: [], coming: new Set() };
  const pulses = flights
    .filter(({ from, to }) => time >= from && time < to)
    .map(({ points, from, to, text, kind, back }) => ({
      place: along(points, smooth((time - from) / (to - from))),
      text,
      kind,
      back,
    }));
  const coming = new Set([...arrivals].filter(([, at]) => time < at).map(([name]) => name));
  return { pulses, coming };
}
