// What comes in from outside: accepted, or refused with an error that names it, what was expected
// and what came.

// How many letters have to be changed, added or left out to make one word of the other.
function distance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(
        Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)),
      );
    }
    row = next;
  }
  return row[b.length];
}

// The known name that is nearest to what was given, or null where none is near.
function nearest(given, known) {
  const word = String(given).toLowerCase().slice(0, 60);
  const far = (name) => distance(word, name.toLowerCase());
  const best = known.reduce((least, name) => (far(name) < far(least) ? name : least));
  return far(best) <= Math.max(2, best.length / 3) ? best : null;
}

// A name that must be one of those known; a RangeError that names the nearest right one.
export function checkedName(what, given, known) {
  if (typeof given === "string" && known.includes(given)) return given;
  const near = nearest(given, known);
  const shown = typeof given === "string" ? `“${given.slice(0, 60)}”` : String(given);
  const hint = near ? `; did you mean “${near}”?` : "";
  throw new RangeError(`${what}: expected one of ${known.join(", ")}, got ${shown}${hint}`);
}

// Options whose names must all be known, so that a misspelt one is not silently ignored.
export function checkedOptions(what, options, known) {
  for (const name of Object.keys(options)) checkedName(`${what}: option`, name, known);
  return options;
}

export function checkedRate(value) {
  if (Number.isFinite(value) && value >= 0) return value;
  throw new RangeError(`learning_rate: expected a finite number ≥ 0, got ${value}`);
}

// A whole number within limits.
export function checkedWhole(what, value, least, most) {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
  throw new RangeError(`${what}: expected a whole number from ${least} to ${most}, got ${value}`);
}

// [rows, columns] of a matrix of finite numbers; null for rows or columns, or nothing, fits any number.
export function shape(name, matrix, rows, columns) {
  const isRow = (row) => Array.isArray(row) && row.length > 0 && row.length === matrix[0].length;
  const wanted = `(${rows ?? "rows"}, ${columns ?? "columns"})`;
  if (
    !Array.isArray(matrix) ||
    matrix.length === 0 ||
    !Array.isArray(matrix[0]) ||
    !matrix.every(isRow)
  ) {
    throw new RangeError(`${name}: expected a matrix of shape ${wanted}`);
  }
  const [r, c] = [matrix.length, matrix[0].length];
  if ((rows ?? r) !== r || (columns ?? c) !== c) {
    throw new RangeError(`${name}: expected shape ${wanted}, got (${r}, ${c})`);
  }
  const wrong = matrix.flat().find((v) => !Number.isFinite(v));
  if (wrong !== undefined || matrix.flat().includes(undefined)) {
    throw new RangeError(
      `${name}: expected finite numbers, got ${typeof wrong === "string" ? `“${wrong}”` : wrong}`,
    );
  }
  return [r, c];
}

// Parameters whose shapes fit each other: {inputs, neurons, outputs}.
export function parameterSizes(parameters, prefix = "") {
  const [inputs, neurons] = shape(`${prefix}w1`, parameters?.w1);
  const [, outputs] = shape(`${prefix}w2`, parameters.w2, neurons);
  shape(`${prefix}b1`, parameters.b1, 1, neurons);
  shape(`${prefix}b2`, parameters.b2, 1, outputs);
  return { inputs, neurons, outputs };
}
