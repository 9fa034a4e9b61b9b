// Where in an address a widget's state stands, and what those show that check theirs as a whole (links.js).

// The entries of an address's fragment, by widget: "#StepExplorer=1.abc&…".
export const entriesOf = (hash) => new URLSearchParams(hash.replace(/^#/, ""));

// What a step explorer shows, and its links hold.
export const STEPS = [
  "step",
  "epoch",
  "parameters",
  "examples",
  "learning_rate",
  "hidden",
  "output",
  "predict",
];

// The same for a training explorer.
export const TRAINING = [
  "gate",
  "parameters",
  "neurons",
  "seed",
  "hidden",
  "learning_rate",
  "one_at_a_time",
  "epoch",
  "logarithmic",
];
