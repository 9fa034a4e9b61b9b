"""The activation functions, each with its slope.

A slope is asked for with both z and a = f(z): for the sigmoid and tanh it is shortest in terms of a,
and the forward pass has computed a already.
"""
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True, repr=False)
class Activation:
    """A function applied to each weighted sum by itself: a = f(z).

    latex is the function's symbol; slope_latex its slope, written with {z} and {a}.
    """

    name: str
    latex: str
    slope_latex: str
    function: Callable = field(compare=False)
    derivative: Callable = field(compare=False)

    def __call__(self, z):
        """a = f(z), elementwise, in the shape of z."""
        return self.function(z)

    def slope(self, z, a):
        """f′(z), elementwise, in the shape of z; a must be f(z)."""
        return self.derivative(z, a)

    def __repr__(self):
        return self.name.upper()


def _sigmoid(z):
    # exp overflows above 709.78; from there on σ(z) is below 1e-308, and a warning would tell the reader nothing
    return 1 / (1 + np.exp(np.minimum(np.negative(z), 709.0)))


def _sigmoid_slope(z, a):
    return a * (1 - a)


def _tanh_slope(z, a):
    return 1 - a * a


def _relu(z):
    return np.maximum(z, 0.0)


def _relu_slope(z, a):
    return np.where(np.greater(z, 0), 1.0, 0.0)  # at the kink, z = 0, we choose 0, as PyTorch does


def _identity(z):
    return np.asarray(z, dtype=float)[()]


def _identity_slope(z, a):
    return np.ones_like(z, dtype=float)[()]


SIGMOID = Activation("sigmoid", r"\sigma", r"{a} \odot (1 - {a})", _sigmoid, _sigmoid_slope)
TANH = Activation("tanh", r"\tanh", r"1 - {a} \odot {a}", np.tanh, _tanh_slope)
RELU = Activation("relu", r"\operatorname{ReLU}", r"[{z} > 0]", _relu, _relu_slope)
IDENTITY = Activation("identity", r"\operatorname{id}", r"1", _identity, _identity_slope)

ACTIVATIONS = {activation.name: activation for activation in (SIGMOID, TANH, RELU, IDENTITY)}
