"""The network: its parameters, the way forward through it, its loss."""
from collections.abc import Sequence
from typing import NamedTuple, Self, TypeAlias

import numpy as np

from nnlib import steps
from nnlib.activations import SIGMOID, Activation, activation
from nnlib.losses import SQUARED_ERROR
from nnlib.types import ArrayLike, FloatArray, Numbers
from nnlib.validation import matrix, numbers_array, whole

LEARNING_RATE = 0.5  # η of the worked example


class Parameters(NamedTuple):
    """What the network learns: w1 (2, h), b1 (1, h), w2 (h, m), b2 (1, m); leading axes mean many networks."""

    w1: FloatArray
    b1: FloatArray
    w2: FloatArray
    b2: FloatArray

    @classmethod
    def example(cls) -> Self:
        """The worked example of the book."""
        return cls(w1=np.array([[0.3, -0.1], [0.2, 0.4]]), b1=np.array([[0.1, -0.2]]),
                   w2=np.array([[0.5], [-0.3]]), b2=np.array([[0.1]]))

    @classmethod
    def random(cls, seed: int, hidden: int = 2, copies: int | None = None, *, inputs: int = 2, outputs: int = 1) -> Self:
        """A random start: every number uniform on [-1, 1), the same in Python and in JavaScript for a seed.

        copies=k gives arrays with a leading axis of k: copy i is the network of seed + i.
        """
        hidden, inputs, outputs = whole("hidden", hidden, 1), whole("inputs", inputs, 1), whole("outputs", outputs, 1)
        return cls(*random_matrices(seed, [(inputs, hidden), (1, hidden), (hidden, outputs), (1, outputs)], copies))


ParametersLike: TypeAlias = Parameters | Sequence[ArrayLike]  # what as_parameters takes: four arrays in their order


class Forward(NamedTuple):
    """All that the way forward gives: z1, a1 (n, h) and z2, a2 (n, m)."""

    z1: FloatArray
    a1: FloatArray
    z2: FloatArray
    a2: FloatArray


def random_matrices(seed: int, shapes: Sequence[tuple[int, int]], copies: int | None = None) -> list[FloatArray]:
    """Matrices of these shapes, drawn in order, uniform on [-1, 1); with copies, each has a leading axis: copy i is seed + i."""
    sizes = [rows * columns for rows, columns in shapes]
    count = 1 if copies is None else whole("copies", copies, 1)
    seeds = (whole("seed", seed, None) + np.arange(count, dtype=object)) % 2**32
    numbers = 2 * mulberry32(seeds.astype(np.uint32), sum(sizes)) - 1
    blocks = np.split(numbers, np.cumsum(sizes)[:-1], axis=1)
    leading = () if copies is None else (count,)
    return [block.reshape(leading + shape) for block, shape in zip(blocks, shapes, strict=True)]


def mulberry32(seeds: ArrayLike, count: int) -> FloatArray:
    """Numbers in [0, 1) from Tommy Ettinger's 32-bit generator mulberry32: (len(seeds), count), row i from seed i.

    The state only ever grows by a constant, so all draws of all seeds are computed at once.
    """
    draws = np.arange(1, count + 1, dtype=np.uint32)
    state = np.asarray(seeds, dtype=np.uint32)[:, None] + draws * np.uint32(0x6D2B79F5)
    t = (state ^ state >> np.uint32(15)) * (state | np.uint32(1))
    t = (t + (t ^ t >> np.uint32(7)) * (t | np.uint32(61))) ^ t
    return (t ^ t >> np.uint32(14)) / 2.0**32


def as_parameters(parameters: ParametersLike, *, single: bool = False) -> Parameters:
    """Parameters as float64 copies whose shapes fit each other; else a TypeError or ValueError that names the one at fault.

    single=True refuses leading axes.
    """
    if not isinstance(parameters, tuple | list) or len(parameters) != 4:
        count = f" of {len(parameters)}" if isinstance(parameters, tuple | list) else ""
        raise TypeError(f"parameters: expected Parameters(w1, b1, w2, b2), got {type(parameters).__name__}{count}")
    w1, b1, w2, b2 = parameters
    w1 = matrix("w1", w1, ("inputs", "h"), leading=True)
    hidden = w1.shape[-1]
    b1 = matrix("b1", b1, (1, hidden), leading=True)
    w2 = matrix("w2", w2, (hidden, "m"), leading=True)
    b2 = matrix("b2", b2, (1, w2.shape[-1]), leading=True)
    parameters = Parameters(w1, b1, w2, b2)
    if single and any(p.ndim != 2 for p in parameters):
        raise ValueError("parameters: expected a single network, got several (leading axes)")
    try:
        np.broadcast_shapes(*(p.shape[:-2] for p in parameters))
    except ValueError:
        leading = ", ".join(f"{name} {p.shape}" for name, p in zip(Parameters._fields, parameters, strict=True))
        raise ValueError(f"parameters: expected leading axes that fit each other, got {leading}") from None
    return parameters


def feedforward(x: ArrayLike, parameters: ParametersLike, hidden: Activation | str = SIGMOID,
                output: Activation | str = SIGMOID) -> Forward:
    """The four steps forward, F1 to F4: x (n, 2) to Forward(z1, a1, z2, a2)."""
    parameters = as_parameters(parameters)
    x = matrix("x", x, ("n", parameters.w1.shape[-2]), truth_values=True)
    hidden, output = activation("hidden", hidden).unchecked, activation("output", output).unchecked
    with np.errstate(over="ignore", invalid="ignore"):  # an overflow shows as inf or nan in the numbers
        z1 = steps.z1(x, parameters.w1, parameters.b1)
        a1 = steps.a1(z1, hidden)
        z2 = steps.z2(a1, parameters.w2, parameters.b2)
        a2 = steps.a2(z2, output)
    return Forward(z1, a1, z2, a2)


def squared_error(a2: ArrayLike, y: ArrayLike) -> Numbers:
    """The loss E = ½ Σ (a₂ − y)² over all examples and outputs: a2 (…, n, m), y (n, m), E one number per network."""
    a2 = numbers_array("a2", a2)
    y = matrix("y", y, a2.shape[-2:] if a2.ndim >= 2 else ("n", "m"), truth_values=True)
    a2 = matrix("a2", a2, y.shape, leading=True)
    with np.errstate(over="ignore"):  # an overflow shows as inf
        return SQUARED_ERROR(a2, y)
