"""The classic mistakes, as data: each replaces one or more of the functions of `OPERATIONS`.

    from nnlib.mistakes import MISTAKES
    train(x, y, parameters, 0.5, 1000, operations=MISTAKES["updated w2"].operations)
"""
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from nnlib.steps import OPERATIONS, Operation


@dataclass(frozen=True)
class Mistake:
    """A mistake: key, title (what was done wrong, as a sentence), and the replaced functions by the label of their operation."""

    key: str
    title: str
    replaced: Mapping

    @property
    def operations(self) -> tuple[Operation, ...]:
        """The whole path with this mistake in it, for `iteration`, `train` and `gradient_check`."""
        return tuple(replace(op, function=self.replaced[op.label]) if op.label in self.replaced else op for op in OPERATIONS)


def _sigma_twice(a2, output):
    return output.slope(a2, output(a2))


def _no_transpose_w2(dz2_dw2, dE_da2, da2_dz2):
    dE_dz2 = dE_da2 * da2_dz2
    return dE_dz2, dz2_dw2 @ dE_dz2


def _no_transpose_w1(dE_dz2, dz2_da1, da1_dz1, dz1_dw1):
    dE_dz1 = dE_dz2 @ dz2_da1.mT * da1_dz1
    return dE_dz1, dz1_dw1 @ dE_dz1


def _uphill(w2, b2, dE_dw2, dE_db2, learning_rate):
    return w2 + learning_rate * dE_dw2, b2 + learning_rate * dE_db2


def _no_rate(w1, b1, dE_dw1, dE_db1):
    return w1 - dE_dw1, b1 - dE_db1


_TABLE = [
    Mistake("missing half", "The ½ of the loss was left out, but the slope is that of the loss with it.",
            {"E": lambda a2, y: ((a2 - y) ** 2).sum(axis=(-2, -1))}),
    Mistake("swapped error", "Target minus prediction instead of prediction minus target.", {"1": lambda a2, y: y - a2}),
    Mistake("sigma twice", "The slope was taken at a₂ instead of z₂: the sigmoid was applied twice.", {"2": _sigma_twice}),
    Mistake("sums for activations", "z₁ was used where a₁ belongs.", {"3": lambda z1: z1}),
    Mistake("no bias slope", "The slope along a bias was taken to be 0.", {"4": lambda z2: np.zeros((z2.shape[-2], 1))}),
    Mistake("no transpose for w2", "The transpose was forgotten. With as many examples as neurons the shapes fit all the same.",
            {"5": _no_transpose_w2}),
    Mistake("mean for sum", "The slopes of the examples were averaged, but the loss adds them up.",
            {"6": lambda dz2_db2, dE_dz2: dz2_db2.mT @ dE_dz2 / dE_dz2.shape[-2]}),
    Mistake("uphill", "The slope was added instead of subtracted.", {"7": _uphill}),
    Mistake("updated w2", "Step 8 used the new w₂ instead of the old one.", {"8": lambda new_w2: new_w2}),
    Mistake("no hidden slope", "The slope of the hidden activation was forgotten.", {"9": lambda a1: np.ones_like(a1)}),
    Mistake("activations for inputs", "a₁ was used where x belongs.", {"10": lambda a1: a1}),
    Mistake("bias once per weight", "The bias was updated once for each incoming weight instead of once.",
            {"11": lambda z1, x: np.full((z1.shape[-2], 1), float(x.shape[-1]))}),
    Mistake("no transpose for w1", "The transpose was forgotten. With as many examples as inputs the shapes fit all the same.",
            {"12": _no_transpose_w1}),
    Mistake("first example only", "Only the first example's slope was used.", {"13": lambda dE_dz1: dE_dz1[..., :1, :]}),
    Mistake("no learning rate", "The learning rate was forgotten.", {"14": _no_rate}),
]

MISTAKES = {mistake.key: mistake for mistake in _TABLE}
