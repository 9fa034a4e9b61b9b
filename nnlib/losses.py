"""The losses: how wrong the outputs are, as one number, and its slope with respect to each output.

A loss is an object as an activation is: `loss(a, y)` is E, `loss.slope(a, y)` its slope, which the first backward step takes.
"""
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from nnlib.activations import IDENTITY, SIGMOID, Activation
from nnlib.types import ArrayLike, FloatArray, Numbers
from nnlib.validation import Table, matrix, unknown

# As PyTorch's BCELoss treats outputs that have reached 0 or 1: no logarithm below −100, no a (1 − a) below 1e-12. So E stays finite, and
# its slope times σ′ = 0 is 0 and not NaN.
SMALLEST_LOG = -100.0
SMALLEST_SPREAD = 1e-12


@dataclass(frozen=True, repr=False)
class Loss:
    """How wrong outputs are, added up over examples and outputs.

    latex and slope_latex are the formulas of E and of its slope, written with {a} and {y}. unit: whether targets must lie in [0, 1], and
    outputs between 0 and 1. classes: whether a row of targets says how probable each class is, and outputs are any numbers.
    """

    name: str
    latex: str
    slope_latex: str
    function: Callable[[FloatArray, FloatArray], Numbers] = field(compare=False)
    derivative: Callable[[FloatArray, FloatArray], FloatArray] = field(compare=False)
    unit: bool = False
    classes: bool = False

    def __call__(self, a: ArrayLike, y: ArrayLike) -> Numbers:
        """E, one number for each network: a (…, n, m), y (n, m); TypeError or ValueError if they do not fit."""
        return self.function(*self._checked(a, y))

    def slope(self, a: ArrayLike, y: ArrayLike) -> FloatArray:
        """∂E/∂a, elementwise, in the shape of a; TypeError or ValueError as for E."""
        return self.derivative(*self._checked(a, y))

    def _checked(self, a: ArrayLike, y: ArrayLike) -> tuple[FloatArray, FloatArray]:
        a = matrix("a", a, ("n", "m"), leading=True)
        y = matrix("y", y, a.shape[-2:], truth_values=True)
        if self.unit:
            _refuse_outside("a", a, self.name)
            _refuse_outside("y", y, self.name)
        if self.classes:
            _refuse_no_class(y, self.name)
        return a, y

    @cached_property
    def unchecked(self) -> "Loss":
        """The same loss for the inside of a loop: it takes float64 as it comes, inf and nan too, and looks at nothing."""
        return _Unchecked(self.name, self.latex, self.slope_latex, self.function, self.derivative, self.unit, self.classes)

    def __repr__(self) -> str:
        return self.name.upper()


class _Unchecked(Loss):
    """A loss that trusts its caller."""

    def _checked(self, a: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:  # type: ignore[override]  # arrays only
        return a, y


def _refuse_outside(name: str, values: FloatArray, loss: str) -> None:
    outside = values[(values < 0) | (values > 1)]
    if outside.size:
        what = "targets" if name == "y" else "outputs"
        raise ValueError(f"{name}: expected {what} from 0 to 1 for {loss}, got {outside.flat[0]}")


def _refuse_no_class(y: FloatArray, loss: str) -> None:
    _refuse_outside("y", y, loss)
    totals = y.sum(axis=-1)
    if (abs(totals - 1) > 1e-9).any():
        row = int(np.argmax(abs(totals - 1) > 1e-9))
        raise ValueError(f"y: expected each row to add up to 1 for {loss}, got {totals.flat[row]:g} in row {row}")


def softmax(z: ArrayLike) -> FloatArray:
    """Probabilities from any numbers, one row for each example: z (…, n, classes), e to the power of each over the sum of its row."""
    return _softmax(matrix("z", z, ("n", "classes"), leading=True))


def _softmax(z: FloatArray) -> FloatArray:
    powers = np.exp(_below_zero(z))
    return powers / powers.sum(axis=-1, keepdims=True)


def _below_zero(z: FloatArray) -> FloatArray:
    """Each row less its largest number: softmax is the same, and no power overflows."""
    return z - z.max(axis=-1, keepdims=True)


def _softmax_cross_entropy(z: FloatArray, y: FloatArray) -> Numbers:
    z = _below_zero(z)
    return (y * (np.log(np.exp(z).sum(axis=-1, keepdims=True)) - z)).sum(axis=(-2, -1))


def _softmax_cross_entropy_slope(z: FloatArray, y: FloatArray) -> FloatArray:
    return _softmax(z) - y


def _squared_error(a: FloatArray, y: FloatArray) -> Numbers:
    error = a - y
    return 0.5 * (error * error).sum(axis=(-2, -1))


def _squared_error_slope(a: FloatArray, y: FloatArray) -> FloatArray:
    return a - y


def _log(a: FloatArray) -> FloatArray:
    with np.errstate(divide="ignore"):  # log 0 is −∞, which is then held
        return np.maximum(np.log(a), SMALLEST_LOG)


def _cross_entropy(a: FloatArray, y: FloatArray) -> Numbers:
    return -(y * _log(a) + (1 - y) * _log(1 - a)).sum(axis=(-2, -1))


def _cross_entropy_slope(a: FloatArray, y: FloatArray) -> FloatArray:
    return (a - y) / np.maximum(a * (1 - a), SMALLEST_SPREAD)


SQUARED_ERROR = Loss("squared_error", r"\tfrac12 \textstyle\sum ({a} - {y})^2", "{a} - {y}", _squared_error, _squared_error_slope)
CROSS_ENTROPY = Loss("cross_entropy", r"-\textstyle\sum \left({y} \odot \log {a} + (1 - {y}) \odot \log (1 - {a})\right)",
                     r"({a} - {y}) \oslash \left({a} \odot (1 - {a})\right)", _cross_entropy, _cross_entropy_slope, unit=True)
# Softmax and cross-entropy in one, taken from the weighted sums, so that no logarithm meets a 0: the output's activation is the identity.
# It looks at all outputs of a row at once, so it is none of LOSSES, which are made output by output, and which the widgets share.
SOFTMAX_CROSS_ENTROPY = Loss("softmax_cross_entropy", r"-\textstyle\sum {y} \odot \log \operatorname{{softmax}}({a})",
                             r"\operatorname{{softmax}}({a}) - {y}", _softmax_cross_entropy, _softmax_cross_entropy_slope, classes=True)

LOSSES = Table("loss", {loss.name: loss for loss in (SQUARED_ERROR, CROSS_ENTROPY)})


def suited(name: str, value: Loss | str, y: FloatArray, output: Activation) -> Loss:
    """A Loss that suits the targets y and the output's activation: one is given, or the name of one ("squared_error", "cross_entropy")."""
    if isinstance(value, str):
        if value not in LOSSES:
            raise ValueError(unknown(name, value, LOSSES))
        value = LOSSES[value]
    if not isinstance(value, Loss):
        raise TypeError(f"{name}: expected a Loss ({', '.join(LOSSES)}), got {value!r}")
    if value.unit:
        _refuse_outside("y", y, value.name)
        if output != SIGMOID:
            raise ValueError(f"output: expected sigmoid for {value.name}, whose outputs lie between 0 and 1, got {output.name}")
    if value.classes:
        _refuse_no_class(y, value.name)
        if output != IDENTITY:
            raise ValueError(f"output: expected identity for {value.name}, which takes the weighted sums, got {output.name}")
    return value
