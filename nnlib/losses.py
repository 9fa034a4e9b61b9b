"""The losses: how wrong the outputs are, as one number, and its slope along each output.

A loss is an object as an activation is: `loss(a, y)` is E, `loss.slope(a, y)` its slope along a, which the first backward step takes.
"""
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

# As PyTorch's BCELoss treats outputs that have reached 0 or 1: no logarithm below −100, no a (1 − a) below 1e-12. So E stays finite, and
# its slope times σ′ = 0 is 0 and not NaN.
SMALLEST_LOG = -100.0
SMALLEST_SPREAD = 1e-12


@dataclass(frozen=True, repr=False)
class Loss:
    """The sum over examples and outputs of how wrong each output is.

    name is its name in code; latex and slope_latex are its formulas, written with {a} and {y}. unit: whether targets must lie in [0, 1] and
    outputs between 0 and 1.
    """

    name: str
    latex: str
    slope_latex: str
    function: Callable = field(compare=False)
    derivative: Callable = field(compare=False)
    unit: bool = False

    def __call__(self, a, y):
        """E, one number for each network: a (…, n, m), y (n, m)."""
        return self.function(a, y)

    def slope(self, a, y):
        """∂E/∂a, elementwise, in the shape of a."""
        return self.derivative(a, y)

    def __repr__(self):
        return self.name.upper()


def _squared_error(a, y):
    error = a - y
    return 0.5 * (error * error).sum(axis=(-2, -1))


def _squared_error_slope(a, y):
    return a - y


def _log(a):
    with np.errstate(divide="ignore"):  # log 0 is −∞, which is then held
        return np.maximum(np.log(a), SMALLEST_LOG)


def _cross_entropy(a, y):
    return -(y * _log(a) + (1 - y) * _log(1 - a)).sum(axis=(-2, -1))


def _cross_entropy_slope(a, y):
    return (a - y) / np.maximum(a * (1 - a), SMALLEST_SPREAD)


SQUARED_ERROR = Loss("squared_error", r"\tfrac12 \textstyle\sum ({a} - {y})^2", "{a} - {y}", _squared_error, _squared_error_slope)
CROSS_ENTROPY = Loss("cross_entropy", r"-\textstyle\sum \left({y} \odot \log {a} + (1 - {y}) \odot \log (1 - {a})\right)",
                     r"({a} - {y}) \oslash \left({a} \odot (1 - {a})\right)", _cross_entropy, _cross_entropy_slope, unit=True)

LOSSES = {loss.name: loss for loss in (SQUARED_ERROR, CROSS_ENTROPY)}
