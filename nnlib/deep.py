"""The same idea for any number of layers, none hidden included.

A layer is a pair (w, b). Forward, the two lines z = a w + b and a = f(z) repeat for each layer; backward, three lines do: the slopes
along w and b from δ = ∂E/∂z, and the δ of the layer before. With one hidden layer these are the book's fourteen steps, number for number.
"""
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple, TypeAlias

import numpy as np

from nnlib.activations import SIGMOID, Activation, activation
from nnlib.losses import SQUARED_ERROR, Loss, suited
from nnlib.network import Parameters, random_matrices
from nnlib.training import Diverged
from nnlib.types import ArrayLike, FloatArray, Numbers
from nnlib.validation import examples, matrix, one_rate, sequence, whole


class Layer(NamedTuple):
    """One layer's weights w (inputs, neurons) and biases b (1, neurons); leading axes mean many networks."""

    w: FloatArray
    b: FloatArray


LayersLike: TypeAlias = Parameters | Sequence[tuple[ArrayLike, ArrayLike]]  # what as_layers takes


class Forward(NamedTuple):
    """The way forward: z and a, one matrix (n, neurons) for each layer, the first layer's first."""

    z: tuple[FloatArray, ...]
    a: tuple[FloatArray, ...]


@dataclass(frozen=True)
class Iteration:
    """One iteration: z, a and delta (∂E/∂z) for each layer, the loss E, gradients and updated as layers."""

    z: tuple[FloatArray, ...]
    a: tuple[FloatArray, ...]
    E: Numbers
    delta: tuple[FloatArray, ...]
    gradients: tuple[Layer, ...]
    updated: tuple[Layer, ...]


@dataclass(frozen=True)
class Trajectory:
    """A training run: losses (epochs + 1,), or (epochs + 1, k) for k copies; layers after the last epoch."""

    losses: FloatArray
    layers: tuple[Layer, ...]


def random_layers(seed: int, sizes: Iterable[int], copies: int | None = None) -> tuple[Layer, ...]:
    """A random start for sizes such as (2, 3, 1): every number uniform on [-1, 1), as in `Parameters.random`.

    (2, 1) has no hidden layer, (2, 4, 4, 1) has two. copies=k gives arrays with a leading axis: copy i is the network of seed + i.
    """
    sizes = [whole("sizes", size, 1) for size in sequence("sizes", sizes, "whole numbers, such as (2, 1)")]
    if len(sizes) < 2:
        raise ValueError(f"sizes: expected at least inputs and outputs, such as (2, 1), got {tuple(sizes)}")
    shapes = [shape for before, size in pairwise(sizes) for shape in ((before, size), (1, size))]
    blocks = random_matrices(seed, shapes, copies)
    return tuple(Layer(w, b) for w, b in zip(blocks[::2], blocks[1::2], strict=True))


def as_layers(layers: LayersLike) -> tuple[Layer, ...]:
    """Layers as float64 whose shapes fit each other; Parameters are two of them. Else a TypeError or ValueError that names the layer."""
    if isinstance(layers, Parameters):
        layers = (Layer(layers.w1, layers.b1), Layer(layers.w2, layers.b2))
    if not isinstance(layers, tuple | list) or not layers or not all(isinstance(p, tuple | list) and len(p) == 2 for p in layers):
        raise TypeError(f"layers: expected a list of pairs (w, b), one for each layer that computes, got {type(layers).__name__}")
    checked, before = [], "inputs"
    for number, (w, b) in enumerate(layers, 1):
        w = matrix(f"w of layer {number}", w, (before, "neurons"), leading=True)
        before = w.shape[-1]
        checked.append(Layer(w, matrix(f"b of layer {number}", b, (1, before), leading=True)))
    try:
        np.broadcast_shapes(*(p.shape[:-2] for layer in checked for p in layer))
    except ValueError:
        leading = ", ".join(f"w {w.shape}, b {b.shape}" for w, b in checked)
        raise ValueError(f"layers: expected leading axes that fit each other, got {leading}") from None
    return tuple(checked)


def feedforward(x: ArrayLike, layers: LayersLike, hidden: Activation | str = SIGMOID, output: Activation | str = SIGMOID) -> Forward:
    """The way forward: x (n, inputs) to Forward(z, a), with each layer's weighted sums and activations."""
    layers = as_layers(layers)
    x = matrix("x", x, ("n", layers[0].w.shape[-2]), truth_values=True)
    with np.errstate(over="ignore", invalid="ignore"):  # an overflow shows as inf or nan in the numbers
        return _forward(x, layers, *_activations(hidden, output))


def iteration(x: ArrayLike, y: ArrayLike, layers: LayersLike, learning_rate: float, hidden: Activation | str = SIGMOID,
              output: Activation | str = SIGMOID, loss: Loss | str = SQUARED_ERROR) -> Iteration:
    """One iteration of full-batch gradient descent; raises TypeError or ValueError for input that does not fit, naming it."""
    layers, x, y, learning_rate = _given(x, y, layers, learning_rate)
    return _iteration(x, y, layers, learning_rate, *_functions(hidden, output, loss, y))


def train(x: ArrayLike, y: ArrayLike, layers: LayersLike, learning_rate: float, epochs: int, hidden: Activation | str = SIGMOID,
          output: Activation | str = SIGMOID, loss: Loss | str = SQUARED_ERROR) -> Trajectory:
    """Repeat the iteration, as a Trajectory; raises Diverged if a single network's loss does not stay finite."""
    epochs = whole("epochs", epochs, 0)
    layers, x, y, learning_rate = _given(x, y, layers, learning_rate)
    functions = hidden, output, loss = _functions(hidden, output, loss, y)
    start, losses = layers, []
    for _ in range(epochs):
        it = _iteration(x, y, layers, learning_rate, *functions)
        losses.append(it.E)
        layers = it.updated
    with np.errstate(over="ignore", invalid="ignore"):  # what does not stay finite is looked for and reported
        all_losses = np.array([*losses, loss(_forward(x, layers, hidden, output).a[-1], y)])
    if all_losses.ndim == 1 and not np.isfinite(all_losses).all():
        epoch = int(np.argmin(np.isfinite(all_losses)))
        if epoch == 0:
            raise ValueError("layers: expected a network whose loss is finite, but its numbers are too large")
        finite_part = train(x, y, start, learning_rate, epoch - 1, *functions)
        raise Diverged(epoch, finite_part)  # type: ignore[arg-type]  # declared for training.train; here it carries layers
    return Trajectory(all_losses, layers)


def _iteration(x: FloatArray, y: FloatArray, layers: tuple[Layer, ...], learning_rate: float, hidden: Activation, output: Activation,
               loss: Loss) -> Iteration:
    with np.errstate(over="ignore", invalid="ignore"):  # an overflow shows as inf or nan in the numbers
        z, a = _forward(x, layers, hidden, output)
        before = (x, *a)  # what each layer was given
        delta = loss.slope(a[-1], y) * output.slope(z[-1], a[-1])
        deltas, gradients = [delta], []
        for number in reversed(range(len(layers))):
            gradients.append(Layer(before[number].mT @ delta, delta.sum(axis=-2, keepdims=True)))
            if number:
                delta = delta @ layers[number].w.mT * hidden.slope(z[number - 1], a[number - 1])
                deltas.append(delta)
        gradients.reverse()
        updated = tuple(Layer(w - learning_rate * dw, b - learning_rate * db)
                        for (w, b), (dw, db) in zip(layers, gradients, strict=True))
        return Iteration(z, a, loss(a[-1], y), tuple(deltas[::-1]), tuple(gradients), updated)


def _forward(x: FloatArray, layers: tuple[Layer, ...], hidden: Activation, output: Activation) -> Forward:
    z, a = [], [x]
    for number, (w, b) in enumerate(layers, 1):
        z.append(a[-1] @ w + b)
        a.append((output if number == len(layers) else hidden)(z[-1]))
    return Forward(tuple(z), tuple(a[1:]))


def _activations(hidden: Activation | str, output: Activation | str) -> tuple[Activation, Activation]:
    return activation("hidden", hidden).unchecked, activation("output", output).unchecked


def _functions(hidden: Activation | str, output: Activation | str, loss: Loss | str,
               y: FloatArray) -> tuple[Activation, Activation, Loss]:
    hidden, output = _activations(hidden, output)
    return hidden, output, suited("loss", loss, y, output).unchecked


def _given(x: ArrayLike, y: ArrayLike, layers: LayersLike,
           learning_rate: float) -> tuple[tuple[Layer, ...], FloatArray, FloatArray, float]:
    layers = as_layers(layers)
    x, y = examples(x, y, layers[0].w.shape[-2], layers[-1].w.shape[-1])
    return layers, x, y, one_rate("learning_rate", learning_rate)
