// Slopes of an expression by going back through it: the same as nnlib/autograd.py does for numbers. A
// graph is a list of nodes in the order in which they are computed (see nnlib/graphs.py).
import { ACTIVATIONS } from "./activations.js";
import { exp } from "./exp.js";
import { format } from "./numbers.js";

const called = (f, text) => (text.startsWith("(") ? `${f}${text}` : `${f}(${text})`);
const held = (v) => (v < 0 || Object.is(v, -0) ? `(${format(v)})` : format(v));
const curve = (name, letter, formula) => ({
  value: ([z]) => ACTIVATIONS[name].value(z),
  slopes: ([z], a) => [ACTIVATIONS[name].slope(z, a)],
  text: (symbols) => called(letter, symbols[0]),
  factors: (symbols, own) => [formula(own)],
});

// For each operation: its value, the slope of the value along each of its operands, how it is written
// (with symbols, or with numbers), and what the slopes are in words of symbols.
const RULES = {
  "+": {
    value: (v) => v.slice(1).reduce((sum, one) => sum + one, v[0]),
    slopes: (v) => v.map(() => 1),
    text: (s) => s.join(" + "),
    factors: (s) => s.map(() => "1"),
  },
  "-": {
    value: ([a, b]) => a - b,
    slopes: () => [1, -1],
    text: (s) => s.join(" − "),
    factors: () => ["1", "−1"],
  },
  "*": {
    value: ([a, b]) => a * b,
    slopes: ([a, b]) => [b, a],
    text: (s) => s.join(" · "),
    factors: ([a, b]) => [b, a],
  },
  "/": {
    value: ([a, b]) => a / b,
    slopes: ([a, b]) => [1 / b, -(a / b) / b],
    text: (s) => s.join(" ÷ "),
    factors: ([a, b]) => [`1/${b}`, `−${a}/${b}²`],
  },
  neg: {
    value: ([a]) => -a,
    slopes: () => [-1],
    text: ([a]) => `−${a}`,
    factors: () => ["−1"],
  },
  half_square: {
    value: ([a]) => a ** 2 / 2,
    slopes: ([a]) => [a],
    text: ([a]) => `½ ${a.startsWith("(") || a.length < 3 ? a : `(${a})`}²`,
    factors: ([a]) => [a],
  },
  exp: {
    value: ([a]) => exp(a),
    slopes: (_, own) => [own],
    text: ([a]) => called("exp", a),
    factors: (_, own) => [own],
  },
  log: {
    value: ([a]) => Math.log(a),
    slopes: ([a]) => [1 / a],
    text: ([a]) => called("log", a),
    factors: ([a]) => [`1/${a}`],
  },
  sigmoid: curve("sigmoid", "σ", (a) => `${a}(1 − ${a})`),
  tanh: curve("tanh", "tanh", (a) => `1 − ${a}²`),
  relu: curve("relu", "ReLU", () => "0 or 1"),
};

const operationOf = ({ operation }) => {
  if (!Object.hasOwn(RULES, operation))
    throw new RangeError(`operation: expected one of ${Object.keys(RULES)}, got ${operation}`);
  return RULES[operation];
};

// Every node's number, by name; given: numbers in place of the usual ones.
function forward(nodes, given = {}) {
  const found = {};
  for (const node of nodes)
    found[node.name] = node.operation
      ? operationOf(node).value(node.sources.map((source) => found[source]))
      : (given[node.name] ?? node.value);
  return found;
}

// The way back from the last node: {slopes, steps}, the slope of the last one along each by name, and a
// step for each node that was computed, the last first: {node, slope, shares: [{to, factor, share, before,
// after}]}, what it hands to each operand, and what that one had before and has after.
function backward(nodes, values) {
  const slopes = Object.fromEntries(nodes.map(({ name }) => [name, 0]));
  slopes[nodes[nodes.length - 1].name] = 1;
  const steps = [];
  for (const node of nodes.toReversed()) {
    if (!node.operation) continue;
    const operands = node.sources.map((source) => values[source]);
    const factors = operationOf(node).slopes(operands, values[node.name]);
    const slope = slopes[node.name];
    const shares = node.sources.map((to, k) => {
      const before = slopes[to];
      const share = slope * factors[k];
      slopes[to] = before + share;
      return { to, factor: factors[k], share, before, after: slopes[to] };
    });
    steps.push({ node, slope, shares });
  }
  return { slopes, steps };
}

// The first node whose number is not finite, or else the first whose slope is not, or null.
export function beyond(nodes, given) {
  const values = forward(nodes, given);
  const { slopes } = backward(nodes, values);
  const bad = (numbers) => nodes.find(({ name }) => !Number.isFinite(numbers[name]));
  return bad(values) ?? bad(slopes) ?? null;
}

// What is known after so many steps: {values, slopes} by name, only what has been computed by then;
// active, the names of what the last step dealt with; now, what it did: {kind: "given"}, {kind:
// "forward", node}, {kind: "start", node} or {kind: "back", node, slope, shares}. label: "F3" or "B2".
export function walkAt(nodes, given, step) {
  const computed = nodes.filter(({ operation }) => operation);
  const all = forward(nodes, given);
  const last = nodes[nodes.length - 1];
  const done = new Set(computed.slice(0, step).map(({ name }) => name));
  const values = Object.fromEntries(
    nodes
      .filter(({ name, operation }) => !operation || done.has(name))
      .map(({ name }) => [name, all[name]]),
  );
  if (step <= computed.length) {
    const node = computed[step - 1];
    const now = node ? { kind: "forward", node } : { kind: "given" };
    const active = node ? [node.name, ...node.sources] : [];
    return { values, slopes: {}, now, active, news: node ? [node.name] : [], label: `F${step}` };
  }
  const back = step - computed.length - 1;
  const steps = backward(nodes, all).steps.slice(0, back);
  const slopes = { [last.name]: 1 };
  for (const { shares } of steps) for (const { to, after } of shares) slopes[to] = after;
  const label = `B${back}`;
  if (!back)
    return {
      values,
      slopes,
      now: { kind: "start", node: last },
      active: [last.name],
      news: [last.name],
      label,
    };
  const now = steps[back - 1];
  const news = [...new Set(now.shares.map(({ to }) => to))];
  return {
    values,
    slopes,
    now: { kind: "back", ...now },
    active: [now.node.name, ...news],
    news,
    label,
  };
}

export const lastStep = (nodes) => 2 * nodes.filter(({ operation }) => operation).length + 1;

// c = a · b = 2 · (−3) = −6, for a node that was computed.
export function written(nodes, node, values) {
  const symbolOf = Object.fromEntries(nodes.map(({ name, symbol }) => [name, symbol]));
  const { text } = operationOf(node);
  const numbers = text(node.sources.map((source) => held(values[source])));
  const result = format(values[node.name]);
  const said = [text(node.sources.map((source) => symbolOf[source])), numbers, result];
  return `${node.symbol} = ${said.filter((part, k) => k !== 1 || part !== result).join(" = ")}`;
}

// What one operand is handed, in words: "a: −4 · b = −4 · (−3) = 12, and with the −4 that it had, 8".
export function handed(nodes, { node, slope, shares }, k) {
  const symbolOf = Object.fromEntries(nodes.map(({ name, symbol }) => [name, symbol]));
  const factors = operationOf(node).factors(
    node.sources.map((source) => symbolOf[source]),
    node.symbol,
  );
  const { to, factor, share, before, after } = shares[k];
  const times = `${format(slope)} · ${held(factor)} = ${format(share)}`;
  const plain = factors[k] === format(factor);
  const first = plain ? times : `${format(slope)} · ${bracketed(factors[k])} = ${times}`;
  const sum = before ? `, and with the ${format(before)} that it had, ${format(after)}` : "";
  return `${symbolOf[to]}: ${first}${sum}`;
}

const bracketed = (text) => (/[ −]/.test(text) && !text.includes("(") ? `(${text})` : text);

// Where each node stands: {name: {column, row}}, and how many columns and rows there are. What is given
// stands one column before its first use. In a column, nodes stand in the order of what uses them; rows
// are centred, and fractions. With most, what would stand further right hangs in the last of so many
// columns, each below what it was computed from.
export function graphLayout(nodes, most = Infinity) {
  const column = {};
  for (const { name, sources = [] } of nodes)
    column[name] = Math.max(-1, ...sources.map((source) => column[source])) + 1;
  const usersOf = (name) => nodes.filter(({ sources = [] }) => sources.includes(name));
  for (const { name, operation } of nodes)
    if (operation) column[name] = Math.min(column[name], most - 1);
  for (const { name, operation } of nodes) {
    const users = usersOf(name);
    if (!operation && users.length)
      column[name] = Math.min(...users.map((user) => column[user.name])) - 1;
  }
  const columns = Math.max(...Object.values(column)) + 1;
  const inColumn = Array.from({ length: columns }, (_, k) =>
    nodes.filter(({ name }) => column[name] === k),
  );
  const rows = Math.max(...inColumn.map((found) => found.length));
  const places = {};
  for (let k = columns - 1; k >= 0; k--) {
    const wanted = ({ name }) => {
      const users = usersOf(name).filter((user) => column[user.name] > k);
      return users.reduce((sum, user) => sum + places[user.name].row, 0) / (users.length || 1);
    };
    const hanging = k === most - 1;
    const order = hanging ? inColumn[k] : inColumn[k].toSorted((a, b) => wanted(a) - wanted(b));
    const gaps = order.length - 1;
    const apart = hanging && gaps ? Math.min(1.5, (rows - 1) / gaps) : 1;
    order.forEach(({ name }, i) => {
      places[name] = { column: k, row: i * apart + (rows - 1 - gaps * apart) / 2 };
    });
  }
  return { places, columns, rows };
}
