// Numbers on their way to Python. JSON keeps every finite number to the last bit but one: a browser
// writes -0 as 0. So -0 goes as the word "-0"; nnlib/widgets/base.py reads it.

const WORD = "-0";

export const encoded = (value) => replaced(value, (one) => (Object.is(one, -0) ? WORD : one));
export const decoded = (value) => replaced(value, (one) => (one === WORD ? -0 : one));

// A copy with each part replaced, or the value itself where nothing is.
function replaced(value, change) {
  if (value === null || typeof value !== "object") return change(value);
  const entries = Object.entries(value).map(([key, one]) => [key, replaced(one, change)]);
  if (entries.every(([key, one]) => Object.is(one, value[key]))) return value;
  return Array.isArray(value) ? entries.map(([, one]) => one) : Object.fromEntries(entries);
}

// The model as a widget sees it, with numbers on both sides.
export function exactModel(model) {
  return {
    key: model.key,
    state: model.state && (() => decoded(model.state())), // a page's
    get: (name) => decoded(model.get(name)),
    set: (name, value) => model.set(name, encoded(value)),
    on: (event, listener) => model.on(event, listener),
    off: (event, listener) => model.off(event, listener),
    save_changes: () => model.save_changes(),
  };
}
