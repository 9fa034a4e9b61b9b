// Written by tools/names.py from mistakes.py. Do not edit.

export const MISTAKE_CODE = {
  "missing half": {"E": ["return ((a2 - y) ** 2).sum(axis=(-2, -1))"]},
  "swapped error": {"1": ["return y - a2"]},
  "sigma twice": {"2": ["return output.slope(a2, output(a2))"]},
  "sums for activations": {"3": ["return z1"]},
  "no bias slope": {"4": ["return np.zeros((z2.shape[-2], 1))"]},
  "no transpose for w2": {"5": ["dE_dz2 = dE_da2 * da2_dz2", "return dE_dz2, dz2_dw2 @ dE_dz2"]},
  "mean for sum": {"6": ["return dz2_db2.mT @ dE_dz2 / dE_dz2.shape[-2]"]},
  uphill: {"7": ["return w2 + learning_rate * dE_dw2, b2 + learning_rate * dE_db2"]},
  "updated w2": {"8": ["return new_w2"]},
  "no hidden slope": {"9": ["return np.ones_like(a1)"]},
  "activations for inputs": {"10": ["return a1"]},
  "bias once per weight": {"11": ["return np.full((z1.shape[-2], 1), float(x.shape[-1]))"]},
  "no transpose for w1": {"12": ["dE_dz1 = dE_dz2 @ dz2_da1.mT * da1_dz1", "return dE_dz1, dz1_dw1 @ dE_dz1"]},
  "first example only": {"13": ["return dE_dz1[..., :1, :]"]},
  "no learning rate": {"14": ["return w1 - dE_dw1, b1 - dE_db1"]},
};

export const TRAP_CODE = {
  "no biases": {"F1": ["return x @ w1"], "F3": ["return a1 @ w2"], "4": ["return np.zeros((z2.shape[-2], 1))"], "11": ["return np.zeros((z1.shape[-2], 1))"]},
  "equal start": {},
  "huge rate": {},
};
