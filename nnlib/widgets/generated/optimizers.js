// Written by tools/names.py from optimizers.py and network.py. Do not edit.

export const SETTINGS = {
  descent: {},
  momentum: {"keep": 0.9},
  nesterov: {"keep": 0.9},
  rmsprop: {"keep": 0.99, "epsilon": 1e-08},
  adam: {"keep": 0.9, "keep_squares": 0.999, "epsilon": 1e-08},
};

export const WORKED = {
  w1: [[0.3, -0.1], [0.2, 0.4]],
  b1: [[0.1, -0.2]],
  w2: [[0.5], [-0.3]],
  b2: [[0.1]],
};

export const VALLEY = {
  along: 0.01,
  across: 1.0,
};

export const REACH = {
  valley: [10.0, 3.0],
  network: [10.0, 10.0],
};
