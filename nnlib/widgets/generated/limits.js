// Written by tools/names.py from limits.py, links.py, checking.py and answers.py. Do not edit.

export const LIMITS = {
  last_epoch: 100000,
  most_neurons: 8,
  most_digit_neurons: 60,
  digit_epochs: 100,
  most_inputs: 4,
  most_outputs: 4,
  most_rows: 16,
  largest_seed: 9007199254740991,
  most_steps: 200,
  lab_epochs: 3000,
  reach: 10.0,
  smallest_epsilon: 1e-14,
  largest_epsilon: 1.0,
  exact: 1e-08,
  smallest_nudge: 1e-06,
  largest_nudge: 1.0,
  place: 3.0,
};

export const LINKS = {
  version: "1.",
  longest: 20000,
};

export const CHECKING = {
  agree: 1e-06,
  smallest_slope: 0.0001,
  step: 1e-05,
};

export const ASKED_DIGITS = {
  usual: 3,
  of_new: 4,
  nothing: 1e-12,
};
