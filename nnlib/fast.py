"""Training, fast: the book's operations once more, with their results written into arrays that are there already.

What is computed, `nnlib/steps.py` says, and `nnlib/training.py` repeats it; a test holds both against each other. `one` trains a single
network, with the same products and sums in the same order, and so to the same bits. `many` trains copies: they stand on the last axis, a
block of them at a time that fits the processor's cache, so its sums of products may differ in their last bit.

Both are for the activations and losses of this module only, and look at nothing: what does not stay finite is their caller's matter.
"""
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import numpy as np

from nnlib.activations import IDENTITY, RELU, SIGMOID, TANH
from nnlib.losses import SQUARED_ERROR, Loss
from nnlib.types import FloatArray

Values: TypeAlias = Mapping[str, Any]
Result: TypeAlias = tuple[FloatArray, list[FloatArray]]  # losses, and w1, b1, w2, b2: of every epoch, or the last ones
InPlace: TypeAlias = Callable[[FloatArray], object]  # what it returns is nobody's matter
Slope: TypeAlias = Callable[[FloatArray, FloatArray], object]

NAMES = ("w1", "b1", "w2", "b2")
CACHE = 2**20  # bytes that a block's numbers may take: what a second-level cache holds; half or twice as many are as fast
FEWEST = 32  # copies in a block: with fewer, the calls cost more than the numbers
MANY = 2000  # copies: fewer are trained as the steps say, to their bits, which a count over chaotic runs hangs on
LOSSES_AT_ONCE = 256  # epochs whose losses are computed in one go


def _sigmoid(z: FloatArray) -> None:
    np.negative(z, out=z)
    np.minimum(z, 709.0, out=z)
    np.exp(z, out=z)
    np.add(z, 1.0, out=z)
    np.divide(1.0, z, out=z)


def _sigmoid_slope(a: FloatArray, slope: FloatArray) -> None:
    np.subtract(1.0, a, out=slope)
    np.multiply(a, slope, out=slope)


def _tanh_slope(a: FloatArray, slope: FloatArray) -> None:
    np.multiply(a, a, out=slope)
    np.subtract(1.0, slope, out=slope)


# by name: a = f(z) in place of z; and the slope, from a alone, into another array
IN_PLACE: dict[str, tuple[InPlace, Slope]] = {
    SIGMOID.name: (_sigmoid, _sigmoid_slope),
    TANH.name: (lambda z: np.tanh(z, out=z), _tanh_slope),
    RELU.name: (lambda z: np.maximum(z, 0.0, out=z), lambda a, slope: np.greater(a, 0.0, out=slope)),
    IDENTITY.name: (lambda z: None, lambda a, slope: slope.fill(1.0)),
}


def _sizes(values: Values) -> tuple[int, int, int, int]:
    """n examples, d inputs, h hidden neurons, m outputs."""
    return *values["x"].shape, *values["w2"].shape[-2:]


def _split(flat: FloatArray, d: int, h: int, m: int) -> list[FloatArray]:
    """w1, b1, w2, b2 as views of all numbers of a network, which stand on the first axis."""
    shapes = (d, h), (1, h), (h, m), (1, m)
    ends = np.cumsum([0, *(rows * columns for rows, columns in shapes)])
    return [flat[a:b].reshape(*shape, *flat.shape[1:]) for a, b, shape in zip(ends[:-1], ends[1:], shapes, strict=True)]


# ---- a single network ------------------------------------------------------------------------------------------


def one(values: Values, epochs: int, keep: str, one_at_a_time: bool) -> Result:
    """A single network's losses (epochs + 1,) and parameters, to the bits of the iteration repeated."""
    n, d, h, m = _sizes(values)
    now = np.concatenate([values[name].ravel() for name in NAMES])
    history = np.empty((epochs + 1, len(now))) if keep == "all" else None
    losses, outputs = np.empty(epochs + 1), np.empty((min(LOSSES_AT_ONCE, epochs + 1), n, m))
    forward, epoch_of_all, a2 = _steps(values, values["x"], values["y"], now)
    each = [_steps(values, values["x"][i:i + 1], values["y"][i:i + 1], now)[1] for i in range(n)] if one_at_a_time else []
    done = 0  # epochs whose losses are computed
    for epoch in range(epochs + 1):
        if history is not None:
            history[epoch] = now
        if epoch == epochs or one_at_a_time:
            forward()
        else:
            epoch_of_all()
        outputs[epoch - done] = a2
        if epoch < epochs:
            for step in each:
                step()
        if epoch - done == len(outputs) - 1 or epoch == epochs:
            losses[done:epoch + 1] = values["loss"](outputs[:epoch + 1 - done], values["y"])
            done = epoch + 1
    if history is None:
        return losses, _split(now, d, h, m)
    return losses, [np.ascontiguousarray(np.moveaxis(part, -1, 0)) for part in _split(history.T, d, h, m)]


def _steps(values: Values, x: FloatArray, y: FloatArray, now: FloatArray) -> tuple[Callable[[], None], Callable[[], None], FloatArray]:
    """The four operations forward, and all nineteen less the loss, on these rows; they change now, and a2, which is given too."""
    (n, d), (h, m) = x.shape, values["w2"].shape
    (w1, b1, w2, b2), slopes = _split(now, d, h, m), np.empty_like(now)
    dE_dw1, dE_db1, dE_dw2, dE_db2 = _split(slopes, d, h, m)
    a1, slope1, d1 = (np.empty((n, h)) for _ in range(3))
    a2, slope2, d2 = (np.empty((n, m)) for _ in range(3))
    rate, loss = values["learning_rate"], values["loss"]
    hidden, hidden_slope = IN_PLACE[values["hidden"].name]
    output, output_slope = IN_PLACE[values["output"].name]
    squared = loss.name == SQUARED_ERROR.name
    x_across, ones_across, a1_across, w2_across = x.mT, np.ones((n, 1)).mT, a1.mT, w2.mT
    matmul, add, multiply, subtract = np.matmul, np.add, np.multiply, np.subtract

    def forward() -> None:
        matmul(x, w1, out=a1)
        add(a1, b1, out=a1)
        hidden(a1)
        matmul(a1, w2, out=a2)
        add(a2, b2, out=a2)
        output(a2)

    def epoch() -> None:
        forward()
        if squared:
            subtract(a2, y, out=d2)
        else:
            d2[:] = loss.slope(a2, y)
        output_slope(a2, slope2)
        multiply(d2, slope2, out=d2)
        matmul(a1_across, d2, out=dE_dw2)
        matmul(ones_across, d2, out=dE_db2)
        matmul(d2, w2_across, out=d1)
        hidden_slope(a1, slope1)
        multiply(d1, slope1, out=d1)
        matmul(x_across, d1, out=dE_dw1)
        matmul(ones_across, d1, out=dE_db1)
        multiply(slopes, rate, out=slopes)
        subtract(now, slopes, out=now)

    return forward, epoch, a2


# ---- many copies -----------------------------------------------------------------------------------------------


def block_size(values: Values, copies: int) -> int:
    """How many copies are trained together, or 0 where the plain way is as fast: few copies, or large ones."""
    n, d, h, m = _sizes(values)
    numbers = 3 * n * h + 4 * n * m + 2 * (d + 1) * h + 2 * (h + 1) * m
    size = CACHE // (8 * numbers)
    return 0 if size < FEWEST or copies < MANY else size


def many(values: Values, epochs: int, keep: str, one_at_a_time: bool, leading: tuple[int, ...], size: int) -> Result:
    """Losses (epochs + 1, copies) and parameters of all copies, their leading axes made one."""
    _, d, h, m = _sizes(values)
    copies = int(np.prod(leading))
    rates = np.broadcast_to(np.asarray(values["learning_rate"]), (*leading, 1, 1)).ravel()
    starts = [np.broadcast_to(values[name], leading + values[name].shape[-2:]).reshape(copies, -1) for name in NAMES]
    all_starts = np.ascontiguousarray(np.concatenate(starts, axis=1).T)
    losses = np.empty((epochs + 1, copies))
    front = (epochs + 1,) if keep == "all" else ()
    kept = [np.empty((*front, copies, *shape)) for shape in ((d, h), (1, h), (h, m), (1, m))]
    for first in range(0, copies, size):
        here = slice(first, min(first + size, copies))
        now = np.ascontiguousarray(all_starts[:, here])
        parts = [np.moveaxis(part, -1, 0) for part in _split(now, d, h, m)]
        block = _Block(values, now, rates[here])
        for epoch in range(epochs + 1):
            if keep == "all":
                for array, part in zip(kept, parts, strict=True):
                    array[epoch, here] = part
            block.forward(block.all)
            losses[epoch, here] = block.loss()
            if epoch < epochs:
                block.update(one_at_a_time)
        if keep != "all":
            for array, part in zip(kept, parts, strict=True):
                array[here] = part
    return losses, kept


class _Rows:
    """Some of the examples, as rows with a 1 at their end, which a bias is multiplied by; and the arrays for what they give in a block."""

    def __init__(self, x: FloatArray, y: FloatArray, h: int, copies: int) -> None:
        n, m = y.shape
        self.x, self.y, self.y_of_each = np.hstack([x, np.ones((n, 1))]), y, y[:, :, None]
        self.a1, self.slope1, self.product = (np.empty((n, h, copies)) for _ in range(3))
        self.a2, self.slope2, self.d2 = (np.empty((n, m, copies)) for _ in range(3))
        self.wide_a1, self.wide_d1 = self.a1.reshape(n, -1), self.product.reshape(n, -1)


class _Block:
    """Some copies, in training: every array has them on its last axis. now holds their parameters and is changed."""

    def __init__(self, values: Values, now: FloatArray, rates: FloatArray) -> None:
        self.values, self.now, self.rates, self.slopes = values, now, rates, np.empty_like(now)
        _, d, h, m = _sizes(values)
        _, _, self.w2, (self.b2,) = _split(now, d, h, m)
        _, _, self.dE_dw2, (self.dE_db2,) = _split(self.slopes, d, h, m)
        first = (d + 1) * h  # w1 and b1 as one matrix: a row for each input, and one for the bias
        self.wide_1, self.wide_slopes_1 = (all_[:first].reshape(d + 1, -1) for all_ in (now, self.slopes))
        self.hidden, self.output = (IN_PLACE[values[role].name] for role in ("hidden", "output"))
        self.loss_of: Loss = values["loss"]
        self.squared = self.loss_of.name == SQUARED_ERROR.name
        self.all = _Rows(values["x"], values["y"], h, now.shape[1])
        self.each: list[_Rows] = []

    def forward(self, rows: _Rows) -> None:
        """F1 to F4."""
        np.matmul(rows.x, self.wide_1, out=rows.wide_a1)
        self.hidden[0](rows.a1)
        for k in range(rows.a2.shape[1]):
            np.multiply(rows.a1, self.w2[:, k], out=rows.product)
            np.add.reduce(rows.product, axis=1, out=rows.a2[:, k])
        np.add(rows.a2, self.b2, out=rows.a2)
        self.output[0](rows.a2)

    def loss(self) -> FloatArray:
        """E of each copy, after forward(self.all)."""
        rows = self.all
        if self.squared:
            np.subtract(rows.a2, rows.y_of_each, out=rows.d2)
            np.multiply(rows.d2, rows.d2, out=rows.d2)
            return np.multiply(0.5, np.add.reduce(rows.d2, axis=(0, 1)))
        return np.asarray(self.loss_of(np.moveaxis(rows.a2, -1, 0), rows.y))

    def update(self, one_at_a_time: bool) -> None:
        """An epoch's updates, after forward(self.all)."""
        if not one_at_a_time:
            self.backward(self.all)
            return
        x, y, (_, h, copies) = self.values["x"], self.values["y"], self.all.a1.shape
        self.each = self.each or [_Rows(x[i:i + 1], y[i:i + 1], h, copies) for i in range(len(y))]
        for row in self.each:
            self.forward(row)
            self.backward(row)

    def backward(self, rows: _Rows) -> None:
        """The fourteen steps, after forward(rows)."""
        a1, d2, d1 = rows.a1, rows.d2, rows.product
        if self.squared:
            np.subtract(rows.a2, rows.y_of_each, out=d2)
        else:
            d2[:] = np.moveaxis(self.loss_of.slope(np.moveaxis(rows.a2, -1, 0), rows.y), 0, -1)
        self.output[1](rows.a2, rows.slope2)
        np.multiply(d2, rows.slope2, out=d2)
        for k in range(d2.shape[1]):
            np.multiply(a1, d2[:, k, None], out=rows.product)
            np.add.reduce(rows.product, axis=0, out=self.dE_dw2[:, k])
        np.add.reduce(d2, axis=0, out=self.dE_db2)
        np.multiply(d2[:, 0, None], self.w2[:, 0], out=d1)
        for k in range(1, d2.shape[1]):
            d1 += d2[:, k, None] * self.w2[:, k]
        self.hidden[1](a1, rows.slope1)
        np.multiply(d1, rows.slope1, out=d1)
        np.matmul(rows.x.T, rows.wide_d1, out=self.wide_slopes_1)
        np.multiply(self.slopes, self.rates, out=self.slopes)
        np.subtract(self.now, self.slopes, out=self.now)
