"""Arrays that remember how they were computed, so that the slopes follow by themselves.

A forward operation knows its own way back: how the slope for its result becomes a slope for each thing that went into it. `Value` notes
that down as it computes, and `backward()` goes through the notes from the last to the first. That is what a framework's autograd does.
"""
import itertools
from collections.abc import Callable, Sequence
from typing import TypeAlias, Union

import numpy as np

from nnlib.activations import RELU, SIGMOID, TANH, Activation
from nnlib.types import ArrayLike, FloatArray
from nnlib.validation import number, numbers_array, truth

Back: TypeAlias = Callable[[FloatArray], tuple[FloatArray, ...]]  # from the slope for a result to the slope for each operand
Operand: TypeAlias = Union["Value", ArrayLike]

_places = itertools.count()


def _operation(meaning: str, equation: Callable[..., tuple[FloatArray, Back]]) -> Callable[..., "Value"]:
    """A method from one equation: operands as arrays go in, the result and its way back come out."""
    def method(*operands: Operand) -> "Value":
        values = [operand if isinstance(operand, Value) else Value(operand) for operand in operands]
        result, back = equation(*(value.data for value in values))
        return Value(result, values, back)
    method.__doc__ = meaning
    return method


def _product(a: FloatArray, b: FloatArray) -> tuple[FloatArray, Back]:
    """a @ b as NumPy has it: a vector is a row on the left, a column on the right, and the axis it lacks is gone from the result."""
    row, column = a.ndim == 1, b.ndim == 1
    try:
        product, left, right = a @ b, a[None] if row else a, b[:, None] if column else b
    except ValueError:
        raise ValueError(f"@: expected shapes (…, n, k) and (…, k, m), or (k,) on either side, got {a.shape} and {b.shape}") from None

    def back(g: FloatArray) -> tuple[FloatArray, ...]:
        g = g[..., None] if column else g
        g = g[..., None, :] if row else g
        along_b = left.mT @ g
        return g @ right.mT, along_b[..., 0] if column else along_b
    return product, back


def _activated(f: Activation, z: FloatArray) -> tuple[FloatArray, Back]:
    a = f.unchecked(z)
    return a, lambda g: (g * f.unchecked.slope(z, a),)


def _fitted(slope: FloatArray, shape: tuple[int, ...]) -> FloatArray:
    """The slope with respect to what was broadcast: added up over every axis along which one number served many."""
    slope = slope.sum(axis=tuple(range(slope.ndim - len(shape))))
    return slope.sum(axis=tuple(axis for axis, size in enumerate(shape) if size == 1), keepdims=True)


class Value:
    """An array of float64 that remembers what it was computed from. grad is None until `backward()`, then the slope with respect to it.

    Operators take Values, arrays and numbers, with NumPy's broadcasting; TypeError or ValueError for what holds no finite real numbers.
    Change data in place only after `backward()`: the way back reads it, and nothing notices.
    sources and back are for operations of your own: back takes the slope with respect to the result, and gives one for each source.
    """

    __array_ufunc__ = None  # so that NumPy leaves `array + value` to the value

    def __init__(self, data: ArrayLike, sources: "Sequence[Value]" = (), back: Back = lambda g: ()) -> None:
        self.data = numbers_array("data", data, finite=not sources)  # a result may overflow, and shows it
        self.grad: FloatArray | None = None
        self.sources, self._back = tuple(sources), back
        self._place = next(_places)  # on the tape

    __add__ = __radd__ = _operation("a + b", lambda a, b: (a + b, lambda g: (g, g)))
    __sub__ = _operation("a - b", lambda a, b: (a - b, lambda g: (g, -g)))
    __rsub__ = _operation("b - a", lambda a, b: (b - a, lambda g: (-g, g)))
    __neg__ = _operation("-a", lambda a: (-a, lambda g: (-g,)))
    __mul__ = __rmul__ = _operation("a * b", lambda a, b: (a * b, lambda g: (g * b, g * a)))
    __truediv__ = _operation("a / b", lambda a, b: (a / b, lambda g: (g / b, -g * (a / b) / b)))
    __rtruediv__ = _operation("b / a", lambda a, b: (b / a, lambda g: (-g * (b / a) / a, g / a)))
    __matmul__ = _operation("a @ b", _product)
    __rmatmul__ = _operation("b @ a", lambda a, b: ((p := _product(b, a))[0], lambda g: p[1](g)[::-1]))
    exp = _operation("e to the power of each number.", lambda z: ((a := np.exp(z)), lambda g: (g * a,)))
    log = _operation("The natural logarithm of each number.", lambda z: (np.log(z), lambda g: (g / z,)))
    tanh = _operation("tanh of each number.", lambda z: _activated(TANH, z))
    sigmoid = _operation("σ of each number.", lambda z: _activated(SIGMOID, z))
    relu = _operation("Each number, or 0 where it is negative; its slope at 0 is 0.", lambda z: _activated(RELU, z))

    @property
    def T(self) -> "Value":
        """The transpose: all axes in reverse order."""
        return Value(self.data.T, [self], lambda g: (g.T,))

    def __pow__(self, exponent: float) -> "Value":
        p = number("exponent", exponent)
        return Value(self.data**p, [self], lambda g: (g * p * self.data ** (p - 1 if p else 0),))  # the slope of 1 is 0, at 0 too

    def sum(self, axis: int | None = None, keepdims: bool = False) -> "Value":
        """The sum of all numbers, or along one axis, which is then gone; with keepdims it stays, with length 1."""
        kept = self.data.sum(axis=axis, keepdims=True)
        result = kept if truth("keepdims", keepdims) else kept.squeeze(axis)
        return Value(result, [self], lambda g: (np.broadcast_to(g.reshape(kept.shape), self.data.shape),))

    def backward(self) -> None:
        """Add the slopes of this one number to grad, here and in all it was computed from; ValueError if it is not one number."""
        if self.data.size != 1:
            raise ValueError(f"backward: expected one number, such as a loss, got shape {self.data.shape}; .sum() makes it one")
        slopes = {self: np.ones_like(self.data)}
        for value in self._last_first():
            slope = slopes.pop(value)
            value.grad = np.array(slope if value.grad is None else value.grad + slope)  # calls add
            for source, share in zip(value.sources, value._back(slope), strict=True):
                slopes[source] = slopes.get(source, 0.0) + _fitted(share, source.data.shape)  # paths add

    def _last_first(self) -> "list[Value]":
        """All that led here, the last computed first: each stands after everything that it went into."""
        found: set[Value] = set()
        new = {self}
        while new:
            found |= new
            new = {source for value in new for source in value.sources} - found
        return sorted(found, key=lambda value: value._place, reverse=True)

    def zero_grad(self) -> None:
        """Forget the slope, so that the next `backward()` begins anew."""
        self.grad = None

    def __repr__(self) -> str:
        return f"Value({np.array2string(self.data, precision=6, separator=', ', prefix='Value(')})"
