// The arithmetic of a single number: the very formula that is shown, read as an expression and
// written out for one cell of its result, each number with the place that it comes from.
import { ACTIVATIONS } from "./activations.js";
import { asMatrix } from "./matrices.js";
import { formulasOf } from "./quantities.js";

// ---- reading a formula: tokens as in names.js, to a tree ----

const LEXEMES = /(⊙|⊘|\+|−|½|Σ|ᵀ|²|>|\(|\)|\[|\]|1|0|log|σ′|σ|tanh′|tanh|ReLU′|ReLU|id′|id)|\s+/gu;
const FUNCTIONS = {
  σ: "sigmoid",
  tanh: "tanh",
  ReLU: "relu",
  id: "identity",
};

// Text and quantities as one list of symbols: strings, and {q: name}.
function symbols(tokens) {
  return tokens.flatMap((token) => {
    if (typeof token !== "string") return [token];
    if (token.replaceAll(LEXEMES, "") !== "")
      throw new RangeError(`a formula: cannot read “${token}”`);
    return [...token.matchAll(LEXEMES)].map(([, lexeme]) => lexeme).filter(Boolean);
  });
}

// A sum of products of factors, as one writes it: factors that stand side by side bind closest.
class Reader {
  constructor(tokens) {
    this.rest = symbols(tokens);
  }

  take(...wanted) {
    return wanted.includes(this.rest[0]) ? this.rest.shift() : null;
  }

  sum() {
    let tree = this.take("−") ? { is: "minus", of: [this.product()] } : this.product();
    for (let sign = this.take("+", "−"); sign; sign = this.take("+", "−"))
      tree = { is: sign === "+" ? "plus" : "less", of: [tree, this.product()] };
    return tree;
  }

  product() {
    let tree = this.juxtaposed();
    for (let sign = this.take("⊙", "⊘"); sign; sign = this.take("⊙", "⊘"))
      tree = { is: sign === "⊙" ? "times" : "over", of: [tree, this.juxtaposed()] };
    return tree;
  }

  juxtaposed() {
    let tree = this.factor();
    while (this.rest.length && this.startsFactor(this.rest[0]))
      tree = { is: "product", of: [tree, this.factor()] };
    return tree;
  }

  startsFactor(symbol) {
    return (
      typeof symbol === "object" ||
      ["(", "[", "½", "Σ", "1", "0", "log"].includes(symbol) ||
      Object.hasOwn(FUNCTIONS, symbol.replace("′", ""))
    );
  }

  factor() {
    const symbol = this.rest.shift();
    if (typeof symbol === "object") return this.raised({ is: "quantity", name: symbol.q });
    if (symbol === "(") return this.raised(this.closed(")"));
    if (symbol === "[") return this.compared();
    if (["1", "0", "½"].includes(symbol)) return { is: "number", text: symbol };
    if (symbol === "Σ") return { is: "sum", of: [this.juxtaposed()] };
    if (symbol === "log") return { is: "log", of: [this.factor()] };
    const name = FUNCTIONS[symbol?.replace("′", "")];
    if (!name) throw new RangeError(`a formula: expected a factor, got ${symbol ?? "nothing"}`);
    const kind = symbol.endsWith("′") ? "slope" : "function";
    return { is: kind, name, text: symbol, of: [this.factor()] };
  }

  closed(bracket) {
    const tree = this.sum();
    if (!this.take(bracket)) throw new RangeError(`a formula: expected ${bracket}`);
    return tree;
  }

  compared() {
    const left = this.sum();
    this.take(">");
    return { is: "greater", of: [left, this.closed("]")] };
  }

  raised(tree) {
    const sign = this.take("ᵀ", "²");
    if (!sign) return tree;
    return { is: sign === "ᵀ" ? "transpose" : "square", of: [tree] };
  }
}

const read = new Map();

// The tree of a stop's formula for one of its results: what stands behind the last equals sign.
function treeOf(stop, functions, gives) {
  const { parts } = formulasOf(stop, functions).find((formula) => formula.gives === gives);
  const tokens = parts[parts.length - 1];
  const key = JSON.stringify(tokens);
  if (!read.has(key)) read.set(key, new Reader(tokens).sum());
  return read.get(key);
}

// ---- one cell of it ----

const NUMBERS = { 1: 1, 0: 0, "½": 0.5 };
const shapeOf = (values, name) => {
  const m = asMatrix(values[name]);
  return [m.length, m[0].length];
};

// Rows and columns of a tree's value; a plain number is [1, 1].
function shape(tree, values) {
  if (tree.is === "quantity") return shapeOf(values, tree.name);
  if (tree.is === "number" || tree.is === "sum") return [1, 1];
  const shapes = tree.of.map((part) => shape(part, values));
  if (tree.is === "transpose") return [shapes[0][1], shapes[0][0]];
  if (tree.is === "product") return productShape(...shapes);
  return shapes.reduce(([r, c], [s, d]) => [Math.max(r, s), Math.max(c, d)]);
}

const isScalar = ([rows, columns]) => rows === 1 && columns === 1;
function productShape(a, b) {
  if (isScalar(a)) return b;
  if (isScalar(b)) return a;
  return [a[0], b[1]];
}

// One cell as a tree of numbers: {is: "cell", name, row, column, value} where it comes from a
// matrix, {is: "terms"} where products are added up, else as in the formula.
function cellTree(tree, values, i, j) {
  const cell = (part, r = i, c = j) => cellTree(part, values, r, c);
  if (tree.is === "quantity") {
    const matrix = asMatrix(values[tree.name]);
    const [row, column] = [Math.min(i, matrix.length - 1), Math.min(j, matrix[0].length - 1)];
    return { is: "cell", name: tree.name, row, column, value: matrix[row][column] };
  }
  if (tree.is === "number") return tree;
  if (tree.is === "transpose") return cell(tree.of[0], j, i);
  if (tree.is === "sum") {
    const [rows, columns] = shape(tree.of[0], values);
    const all = Array.from({ length: rows * columns }, (_, k) =>
      cell(tree.of[0], Math.floor(k / columns), k % columns),
    );
    return added(all);
  }
  if (tree.is === "product") {
    const [a, b] = tree.of;
    const [[, inner], other] = [shape(a, values), shape(b, values)];
    if (isScalar(shape(a, values)) || isScalar(other))
      return { is: "times", of: [cell(a), cell(b)] };
    const terms = Array.from({ length: inner }, (_, k) => ({
      is: "times",
      of: [cell(a, i, k), cell(b, k, j)],
    }));
    return added(terms);
  }
  return { ...tree, of: tree.of.map((part) => cell(part)) };
}

const added = (terms) => (terms.length === 1 ? terms[0] : { is: "terms", of: terms });

const COMPUTE = {
  number: ({ text }) => NUMBERS[text],
  cell: ({ value }) => value,
  terms: (_, ...terms) => terms.reduce((sum, v) => sum + v, 0),
  minus: (_, a) => -a,
  plus: (_, a, b) => a + b,
  less: (_, a, b) => a - b,
  times: (_, a, b) => a * b,
  over: (_, a, b) => a / b,
  square: (_, a) => a * a,
  log: (_, a) => Math.max(Math.log(a), -100),
  greater: (_, a, b) => (a > b ? 1 : 0),
  function: ({ name }, a) => ACTIVATIONS[name].value(a),
  slope: ({ name }, z) => ACTIVATIONS[name].slope(z, ACTIVATIONS[name].value(z)),
};

// The value of a cell's tree.
export const valueOf = (tree) => COMPUTE[tree.is](tree, ...(tree.of ?? []).map(valueOf));

const LOOSE = { terms: 1, plus: 1, less: 1, minus: 1, times: 2, over: 2, sum: 1 };

// A cell's tree as pieces in order: text, and the cells themselves. A negative number that follows a
// sign stands in brackets.
function pieces(tree) {
  const inside = (part, least, follows = least > 1) => {
    const found = pieces(part);
    const negative = part.is === "cell" && (part.value < 0 || Object.is(part.value, -0));
    const bare = (LOOSE[part.is] ?? 3) >= least && !(negative && follows);
    return bare ? found : ["(", ...found, ")"];
  };
  const joined = (sign, least) =>
    tree.of.flatMap((p, k) => [...(k ? [sign] : []), ...inside(p, least, k > 0 || least > 1)]);
  switch (tree.is) {
    case "cell":
      return [tree];
    case "number":
      return [tree.text];
    case "terms":
    case "plus":
      return joined(" + ", 1);
    case "less":
      return [...inside(tree.of[0], 1), " − ", ...inside(tree.of[1], 2)];
    case "minus":
      return ["−", ...inside(tree.of[0], 2)];
    case "times":
      return joined(" · ", 2);
    case "over":
      return joined(" / ", 3);
    case "square":
      return [...inside(tree.of[0], 3), "²"];
    case "log":
      return ["log ", ...inside(tree.of[0], 3)];
    case "greater":
      return ["[", ...joined(" > ", 1), "]"];
    default:
      return [tree.text, "(", ...pieces(tree.of[0]), ")"];
  }
}

// ---- what is asked of it ----

// The tree of one number of a stop's result, as the formula says it.
export function cellOf(stop, functions, gives, values, i, j) {
  return cellTree(treeOf(stop, functions, gives), values, i, j);
}

// One number of a stop's result, written out: text and cells {name, row, column, value} in order.
// Where opened(name), what it is made from is written in place of a number that the same stop gives.
export function writtenOut(stop, functions, gives, values, i, j, opened = () => false) {
  const open = (tree) => {
    if (tree.is === "cell" && opened(tree.name) && stop.outputs.includes(tree.name))
      return cellOf(stop, functions, tree.name, values, tree.row, tree.column);
    return tree.of ? { ...tree, of: tree.of.map(open) } : tree;
  };
  return pieces(open(cellOf(stop, functions, gives, values, i, j)));
}

// The products that a number is the sum of, each as the cells that are its factors; a number that
// is no sum of products is one term.
export function termsOf(tree) {
  const factors = (part) => pieces(part).filter((piece) => typeof piece === "object");
  if (tree.is === "plus" || tree.is === "terms") return tree.of.flatMap(termsOf);
  return [factors(tree)];
}

const key = ({ name, row, column }) => `${name} ${row} ${column}`;

// The cells that belong to a number at a stop, itself too: what it is made from, or what is made
// from it. Gives {made: [cells it is made from], makes: [results it goes into]}.
export function relatives(stop, functions, values, cell) {
  const outputs = stop.outputs;
  const cellsOf = (name, i, j) =>
    writtenOut(stop, functions, name, values, i, j).filter((piece) => typeof piece === "object");
  const made = outputs.includes(cell.name) ? cellsOf(cell.name, cell.row, cell.column) : [];
  const makes = outputs.flatMap((name) =>
    asMatrix(values[name]).flatMap((line, row) =>
      line.flatMap((value, column) =>
        cellsOf(name, row, column).some((one) => key(one) === key(cell))
          ? [{ name, row, column, value }]
          : [],
      ),
    ),
  );
  return { made, makes };
}
