// Written by tools/names.py from mistakes.py and answers.py. Do not edit.

export const MISTAKE_NAMES = {
  "missing half": {"title": "The ½ of the loss was left out, but the slope is that of the loss with it."},
  "swapped error": {"title": "Target minus prediction instead of prediction minus target."},
  "sigma twice": {"title": "The slope was taken at a₂ instead of z₂: the sigmoid was applied twice."},
  "sums for activations": {"title": "z₁ was used where a₁ belongs."},
  "no bias slope": {"title": "The slope of a bias was taken to be 0."},
  "no transpose for w2": {"title": "The transpose was forgotten. With as many examples as neurons the shapes fit all the same."},
  "mean for sum": {"title": "The slopes of the examples were averaged, but the loss adds them up."},
  uphill: {"title": "The slope was added instead of subtracted."},
  "updated w2": {"title": "Step 8 used the new w₂ instead of the old one."},
  "no hidden slope": {"title": "The slope of the hidden activation was forgotten."},
  "activations for inputs": {"title": "a₁ was used where x belongs."},
  "bias once per weight": {"title": "The bias was updated once for each incoming weight instead of once."},
  "no transpose for w1": {"title": "The transpose was forgotten. With as many examples as inputs the shapes fit all the same."},
  "first example only": {"title": "Only the first example's slope was used."},
  "no learning rate": {"title": "The learning rate was forgotten."},
};

export const SLIP_NAMES = {
  "no bias in z1": {"title": "The bias was forgotten."},
  "w1 transposed": {"title": "The weights were taken transposed."},
  "slope for a1": {"title": "σ′ was taken where σ belongs."},
  "no bias in z2": {"title": "The bias was forgotten."},
  "sums in z2": {"title": "z₁ was used where a₁ belongs."},
  "slope for a2": {"title": "σ′ was taken where σ belongs."},
  "errors not squared": {"title": "The errors were not squared."},
  "doubled error": {"title": "A factor of 2 is too many: the ½ of the loss takes it away."},
  "squared error": {"title": "The error was squared: that belongs to the loss, not to its slope."},
  "value for da2": {"title": "σ was taken where σ′ belongs."},
  "half of da2": {"title": "Only 1 − a was taken; σ′ is a (1 − a)."},
  "no output slope": {"title": "σ′(z₂), the slope of the output's activation, was forgotten."},
  "no rate in w2": {"title": "The learning rate was forgotten."},
  "only the step in w2": {"title": "That is only the step: it still has to be taken from the old value."},
  "value for da1": {"title": "σ was taken where σ′ belongs."},
  "half of da1": {"title": "Only 1 − a was taken; σ′ is a (1 − a)."},
  "uphill in w1": {"title": "The slope was added instead of subtracted."},
  "only the step in w1": {"title": "That is only the step: it still has to be taken from the old value."},
};

export const TRAP_NAMES = {
  "no biases": {"title": "There are no biases: each neuron is only a weighted sum."},
  "equal start": {"title": "All hidden neurons start exactly like the first one."},
  "huge rate": {"title": "The learning rate is far too large."},
};

export const ANSWERS = {
  draws: 500,
  next: 7919,
  sheet_rows: {"1": [3], "2": [3, 1], "3": [1, 2, 3], "4": [0, 1, 2, 3]},
  sheet_levels: {"output": ["F1", "F2", "F3", "F4", "E", "1", "2", "3", "4", "5", "6", "7"], "all": ["F1", "F2", "F3", "F4", "E", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14"]},
  digits_sheet: 4,
  from_blame: {"dE_dw2": ["dz2_dw2", "dE_dz2"], "dE_dw1": ["dz1_dw1", "dE_dz1"]},
  needed: {"z1": ["x", "w1", "b1"], "a1": ["z1"], "z2": ["a1", "w2", "b2"], "a2": ["z2"], "E": ["a2", "y"], "dE_da2": ["a2", "y"], "da2_dz2": ["z2", "a2"], "dz2_dw2": ["a1"], "dz2_db2": ["z2"], "dE_dz2": ["dE_da2", "da2_dz2"], "dE_dw2": ["dz2_dw2", "dE_da2", "da2_dz2"], "dE_db2": ["dz2_db2", "dE_dz2"], "new_w2": ["w2", "dE_dw2", "learning_rate"], "new_b2": ["b2", "dE_db2", "learning_rate"], "dz2_da1": ["w2"], "da1_dz1": ["z1", "a1"], "dz1_dw1": ["x"], "dz1_db1": ["z1"], "dE_dz1": ["dE_dz2", "dz2_da1", "da1_dz1"], "dE_dw1": ["dE_dz2", "dz2_da1", "da1_dz1", "dz1_dw1"], "dE_db1": ["dz1_db1", "dE_dz1"], "new_w1": ["w1", "dE_dw1", "learning_rate"], "new_b1": ["b1", "dE_db1", "learning_rate"]},
  in_the_end: {"wrong sign": "The size is right, the sign is not.", "twice": "It is twice the right number: a factor of 2 is too many.", "half": "It is half of the right number: a factor of ½ is too many.", "transposed": "Rows and columns are exchanged."},
  early: {"key": "rounding too early", "title": "It was rounded too early: carry more digits on the way, and round at the end."},
};
