"""The activation functions, each with its slope.

A slope is asked for with both z and a = f(z): for the sigmoid and tanh it is shortest in terms of a,
and the forward pass has computed a already.
"""
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import overload

import numpy as np

from nnlib.types import ArrayLike, FloatArray, Numbers
from nnlib.validation import Table, numbers_array, unknown


@dataclass(frozen=True, repr=False, eq=False)
class Activation:
    """A function applied to each weighted sum by itself: a = f(z).

    latex is the function's symbol; slope_latex its slope, written with {z} and {a}.
    """

    name: str
    latex: str
    slope_latex: str
    function: Callable[[FloatArray], FloatArray]
    derivative: Callable[[FloatArray, FloatArray], FloatArray]

    @overload
    def __call__(self, z: FloatArray) -> FloatArray: ...
    @overload
    def __call__(self, z: float) -> np.float64: ...
    @overload
    def __call__(self, z: ArrayLike) -> Numbers: ...
    def __call__(self, z: ArrayLike) -> Numbers:
        """a = f(z), elementwise, in the shape of z; TypeError or ValueError if z does not hold finite real numbers."""
        return self.function(_numbers("z", z))

    @overload
    def slope(self, z: FloatArray, a: FloatArray) -> FloatArray: ...
    @overload
    def slope(self, z: float, a: float) -> np.float64: ...
    @overload
    def slope(self, z: ArrayLike, a: ArrayLike) -> Numbers: ...
    def slope(self, z: ArrayLike, a: ArrayLike) -> Numbers:
        """f′(z), elementwise, in the shape of z; a must be f(z). TypeError or ValueError as for the value."""
        z, a = _numbers("z", z), _numbers("a", a)
        if np.shape(z) != np.shape(a):
            raise ValueError(f"a: expected the shape of z, {np.shape(z)}, got {np.shape(a)}")
        return self.derivative(z, a)

    @cached_property
    def unchecked(self) -> "Activation":
        """The same activation for the inside of a loop: it takes float64 as it comes, inf and nan too, and looks at nothing."""
        return _Unchecked(self.name, self.latex, self.slope_latex, self.function, self.derivative)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Activation) and self._identity == other._identity

    def __hash__(self) -> int:
        return hash(self._identity)

    @property
    def _identity(self) -> tuple[str, str, str]:
        return self.name, self.latex, self.slope_latex

    def __repr__(self) -> str:
        return self.name.upper()


class _Unchecked(Activation):
    """An activation that trusts its caller."""

    def __call__(self, z: FloatArray) -> FloatArray:  # type: ignore[override]  # arrays only: that is its point
        return self.function(z)

    def slope(self, z: FloatArray, a: FloatArray) -> FloatArray:  # type: ignore[override]  # the same
        """f′(z), as ever."""
        return self.derivative(z, a)

    @property
    def unchecked(self) -> Activation:
        """Itself."""
        return self


def _numbers(name: str, value: ArrayLike) -> FloatArray:
    """Finite numbers of any shape as float64, a single one as a scalar; none at all are refused."""
    array = numbers_array(name, value)
    if not array.size:
        raise ValueError(f"{name}: expected at least one number, got shape {array.shape}")
    return array[()]


def _sigmoid(z: FloatArray) -> FloatArray:
    # exp overflows above 709.78; from there on σ(z) is below 1e-308, and a warning would tell the reader nothing
    return 1 / (1 + np.exp(np.minimum(np.negative(z), 709.0)))


def _sigmoid_slope(z: FloatArray, a: FloatArray) -> FloatArray:
    return a * (1 - a)


def _tanh_slope(z: FloatArray, a: FloatArray) -> FloatArray:
    return 1 - a * a


def _relu(z: FloatArray) -> FloatArray:
    return np.maximum(z, 0.0)


def _relu_slope(z: FloatArray, a: FloatArray) -> FloatArray:
    return np.where(np.greater(z, 0), 1.0, 0.0)[()]  # at the kink, z = 0, we choose 0, as PyTorch does


def _identity(z: FloatArray) -> FloatArray:
    return z


def _identity_slope(z: FloatArray, a: FloatArray) -> FloatArray:
    return np.ones_like(z)[()]


SIGMOID = Activation("sigmoid", r"\sigma", r"{a} \odot (1 - {a})", _sigmoid, _sigmoid_slope)
TANH = Activation("tanh", r"\tanh", r"1 - {a} \odot {a}", np.tanh, _tanh_slope)
RELU = Activation("relu", r"\operatorname{ReLU}", r"[{z} > 0]", _relu, _relu_slope)
IDENTITY = Activation("identity", r"\operatorname{id}", r"1", _identity, _identity_slope)

ACTIVATIONS = Table("activation", {one.name: one for one in (SIGMOID, TANH, RELU, IDENTITY)})


def activation(name: str, value: Activation | str) -> Activation:
    """An Activation: one is given, or the name of one ("sigmoid", "tanh", "relu", "identity"); name is the argument's, for the error."""
    if isinstance(value, Activation):
        return value
    if isinstance(value, str):
        if value in ACTIVATIONS:
            return ACTIVATIONS[value]
        raise ValueError(unknown(name, value, ACTIVATIONS))
    raise TypeError(f"{name}: expected an Activation ({', '.join(ACTIVATIONS)}), got {value!r}")
