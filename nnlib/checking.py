"""Is the gradient right? Held against central differences, and against what the update really does."""
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nnlib.activations import SIGMOID, Activation
from nnlib.limits import LARGEST_EPSILON, SMALLEST_EPSILON
from nnlib.losses import SQUARED_ERROR, Loss
from nnlib.network import Parameters, ParametersLike, as_parameters
from nnlib.steps import OPERATIONS, Operation
from nnlib.training import Iteration, as_operations, iteration
from nnlib.types import ArrayLike, FloatArray, Numbers
from nnlib.validation import number, one_rate, rate, unknown

# Slopes below this are compared as if they were this large: next to E ≈ 1, a central difference
# carries a rounding error near 1e-11, so that the digits of a smaller slope cannot be trusted.
SMALLEST_SLOPE = 1e-4
STEP = 1e-5  # near the cube root of float64's epsilon: truncation and rounding error meet here
AGREE = 1e-6  # relative: what a good step reaches with digits to spare


class ParameterCheck(NamedTuple):
    """Three slopes of the loss with respect to one parameter, and how far the first two are from the third, relatively.

    backprop: as the fourteen steps report it. update: as the update used it, (old − new)/η.
    central_difference: as the loss itself shows it. All in the parameter's shape.
    """

    backprop: FloatArray
    update: FloatArray
    central_difference: FloatArray
    backprop_error: FloatArray
    update_error: FloatArray


class GradientCheck(Mapping[str, ParameterCheck]):
    """What `gradient_check` found: check["w2"] or check.w2 is the ParameterCheck of w2."""

    w1: ParameterCheck
    b1: ParameterCheck
    w2: ParameterCheck
    b2: ParameterCheck

    def __init__(self, checks: Mapping[str, ParameterCheck]) -> None:
        self._checks = dict(checks)

    def __getitem__(self, name: str) -> ParameterCheck:
        try:
            return self._checks[name]
        except KeyError:
            raise KeyError(unknown("parameter", name, self._checks)) from None

    if not TYPE_CHECKING:  # a type checker knows the names above, and so finds a misspelt one
        def __getattr__(self, name):
            if name.startswith("_"):
                raise AttributeError(name)
            try:
                return self[name]
            except KeyError as error:
                raise AttributeError(error.args[0]) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._checks)

    def __len__(self) -> int:
        return len(self._checks)

    @property
    def largest_error(self) -> float:
        """The largest relative error of any slope, reported or used by the update."""
        return float(np.max([np.max([c.backprop_error, c.update_error]) for c in self.values()]))

    def passed(self, tolerance: float = AGREE) -> bool:
        """Whether every slope agrees with the central difference to the tolerance, relatively."""
        return bool(self.largest_error <= one_rate("tolerance", tolerance))  # a NaN anywhere fails

    def __repr__(self) -> str:
        lines = ["      backprop    update      central diff  relative errors"]
        for name, check in self.items():
            for numbers in zip(*(np.ravel(values) for values in check), strict=True):
                slopes = "  ".join(f"{slope: .7f}" for slope in numbers[:3])
                errors = "  ".join(f"{error:.0e}" for error in numbers[3:])
                lines.append(f"{name:<5}{slopes}    {errors}")
        return "\n".join(lines)


def gradient_check(x: ArrayLike, y: ArrayLike, parameters: ParametersLike, learning_rate: ArrayLike = 0.5,
                   hidden: Activation | str = SIGMOID, output: Activation | str = SIGMOID, operations: Iterable[Operation] = OPERATIONS,
                   step: float = STEP, loss: Loss | str = SQUARED_ERROR) -> GradientCheck:
    """Hold the slopes of an iteration against central differences of its own loss.

    Three numbers for each parameter: the slope that the operations report, the slope that their update used,
    (old − new)/η, and (E(p + step) − E(p − step)) / (2 step). Raises as `iteration` does, and for η = 0.
    The third carries a rounding error near 1e-11 E: with a loss of thousands, scale the targets or give `passed` a wider tolerance. The
    second loses its digits where η times the slope is tiny beside the parameter.
    """
    learning_rate = rate("learning_rate", learning_rate, positive=True)
    step = number("step", one_rate("step", step, positive=True), SMALLEST_EPSILON, LARGEST_EPSILON)
    start, operations = as_parameters(parameters), as_operations(operations)

    def run(p: Parameters) -> Iteration:
        return iteration(x, y, p, learning_rate, hidden, output, operations, loss)

    it = run(start)
    checks = {}
    for name, old, reported, new in zip(Parameters._fields, start, it.gradients, it.updated, strict=True):

        def moved_to(p: FloatArray, name: str = name) -> Numbers:
            return run(start._replace(**{name: p})).E

        update = (old - new) / it.learning_rate
        measured = _central_difference(moved_to, old, step)
        measured = np.broadcast_to(measured, np.broadcast_shapes(measured.shape, np.shape(update)))
        checks[name] = ParameterCheck(reported, update, measured, _relative(reported, measured), _relative(update, measured))
    return GradientCheck(checks)


def _central_difference(loss: Callable[[FloatArray], Numbers], p: FloatArray, step: float) -> FloatArray:
    """∂loss/∂p, numerically, for each number of p; all of them in one call, as copies of the network."""
    rows, columns = p.shape[-2:]
    moves = step * np.eye(rows * columns).reshape(rows * columns, *[1] * (p.ndim - 2), rows, columns)
    up, down = p + moves, p - moves
    slopes = (loss(up) - loss(down)) / (2 * step)
    slopes = np.broadcast_to(slopes, np.broadcast_shapes(np.shape(slopes), moves.shape[:-2]))  # a loss without this parameter has no copies
    return np.moveaxis(slopes, 0, -1).reshape(*slopes.shape[1:], rows, columns)


def _relative(a: FloatArray, b: FloatArray) -> FloatArray:
    return np.abs(a - b) / np.maximum(np.maximum(np.abs(a), np.abs(b)), SMALLEST_SLOPE)
