"""The classic mistakes, as data: each replaces one or more of the functions of `OPERATIONS`.

    from nnlib.mistakes import MISTAKES
    train(x, y, parameters, 0.5, 1000, operations=MISTAKES["updated w2"].operations)

`TRAPS` are no mistakes: every number is right, and the network does not learn what it should all the same.
"""
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from nnlib.activations import SIGMOID, Activation
from nnlib.checking import gradient_check
from nnlib.limits import LAB_EPOCHS
from nnlib.losses import SQUARED_ERROR, Loss
from nnlib.network import Parameters, ParametersLike, as_parameters
from nnlib.steps import OPERATIONS, Operation, TwoArrays
from nnlib.training import as_operations, train
from nnlib.types import ArrayLike, FloatArray, Numbers
from nnlib.validation import Table, one_of, one_rate

LABELS = tuple(operation.label for operation in OPERATIONS)


@dataclass(frozen=True)
class Mistake:
    """A mistake: key, title (what was done wrong, as a sentence), and the replaced functions by the label of their operation."""

    key: str
    title: str
    replaced: Mapping[str, Callable[..., Numbers | TwoArrays]]

    def __post_init__(self) -> None:
        if not isinstance(self.replaced, Mapping):
            raise TypeError(f"replaced: expected a dict of labels to functions, got {self.replaced!r}")
        for label in self.replaced:
            one_of("replaced", label, LABELS)
        combined(self)  # each function has to fit the operation that it replaces

    @property
    def operations(self) -> tuple[Operation, ...]:
        """The whole path with this mistake in it, for `iteration`, `train` and `gradient_check`."""
        return combined(self)


@dataclass(frozen=True)
class Trap(Mistake):
    """A trap: as a Mistake; start(parameters) gives the start that it takes, learning_rate is the one it needs, if any."""

    start: Callable[[Parameters], Parameters] = lambda parameters: parameters
    learning_rate: float | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if not callable(self.start):
            raise TypeError(f"start: expected a function of the parameters, got {self.start!r}")
        if self.learning_rate is not None:
            one_rate("learning_rate", self.learning_rate, positive=True)


def combined(*mistakes: Mistake | str) -> tuple[Operation, ...]:
    """The whole path with all of these mistakes and traps in it, given by themselves or by their keys.

    Where two replace the same function, the later one does. TypeError or ValueError for a key that there is not.
    """
    found = [mistake if isinstance(mistake, Mistake) else _look_up(mistake) for mistake in mistakes]
    replaced = {label: function for mistake in found for label, function in mistake.replaced.items()}
    return tuple(replace(op, function=replaced[op.label]) if op.label in replaced else op for op in OPERATIONS)


def _look_up(key: str) -> Mistake:
    known = MISTAKES | SLIPS | TRAPS
    return known[one_of("mistakes", key, known)]


class Verdicts(NamedTuple):
    """What can be seen of a mistake: the loss before and after training, and the largest relative errors that the check finds.

    reported: of the slopes that the steps report; update: of those that the update used.
    """

    loss_before: float
    loss_after: float
    reported: float
    update: float


def verdicts(x: ArrayLike, y: ArrayLike, parameters: ParametersLike, learning_rate: float = 0.5, hidden: Activation | str = SIGMOID,
             output: Activation | str = SIGMOID, operations: Iterable[Operation] = OPERATIONS, epochs: int = LAB_EPOCHS,
             loss: Loss | str = SQUARED_ERROR) -> Verdicts:
    """Train a single network with these operations, and check them at the start; raises as `iteration` does, and for η = 0."""
    parameters, operations = as_parameters(parameters, single=True), as_operations(operations)
    learning_rate = one_rate("learning_rate", learning_rate, positive=True)
    losses = train(x, y, parameters, learning_rate, epochs, hidden, output, operations, keep="last", loss=loss).losses
    check = gradient_check(x, y, parameters, learning_rate, hidden, output, operations, loss=loss)
    reported, update = (max(float(np.max(getattr(c, f"{which}_error"))) for c in check.values()) for which in ("backprop", "update"))
    return Verdicts(float(losses[0]), float(losses[-1]), reported, update)


def _sigma_twice(a2: FloatArray, output: Activation) -> FloatArray:
    return output.slope(a2, output(a2))


def _no_transpose_w2(dz2_dw2: FloatArray, dE_da2: FloatArray, da2_dz2: FloatArray) -> TwoArrays:
    dE_dz2 = dE_da2 * da2_dz2
    return dE_dz2, dz2_dw2 @ dE_dz2


def _no_transpose_w1(dE_dz2: FloatArray, dz2_da1: FloatArray, da1_dz1: FloatArray, dz1_dw1: FloatArray) -> TwoArrays:
    dE_dz1 = dE_dz2 @ dz2_da1.mT * da1_dz1
    return dE_dz1, dz1_dw1 @ dE_dz1


def _uphill(w2: FloatArray, b2: FloatArray, dE_dw2: FloatArray, dE_db2: FloatArray, learning_rate: float) -> TwoArrays:
    return w2 + learning_rate * dE_dw2, b2 + learning_rate * dE_db2


def _no_rate(w1: FloatArray, b1: FloatArray, dE_dw1: FloatArray, dE_db1: FloatArray) -> TwoArrays:
    return w1 - dE_dw1, b1 - dE_db1


def _no_slope(z2: FloatArray) -> FloatArray:
    return np.zeros((z2.shape[-2], 1))


def _no_hidden_bias_slope(z1: FloatArray) -> FloatArray:
    return np.zeros((z1.shape[-2], 1))


def _without_biases(parameters: Parameters) -> Parameters:
    return parameters._replace(b1=np.zeros_like(parameters.b1), b2=np.zeros_like(parameters.b2))


def _all_like_the_first(parameters: Parameters) -> Parameters:
    w1, b1, w2, _ = parameters
    first = np.zeros(w1.shape[-1], dtype=int)
    return parameters._replace(w1=w1[..., first], b1=b1[..., first], w2=w2[..., first, :])


_TABLE = [
    Mistake("missing half", "The ½ of the loss was left out, but the slope is that of the loss with it.",
            {"E": lambda a2, y: ((a2 - y) ** 2).sum(axis=(-2, -1))}),
    Mistake("swapped error", "Target minus prediction instead of prediction minus target.", {"1": lambda a2, y: y - a2}),
    Mistake("sigma twice", "The slope was taken at a₂ instead of z₂: the sigmoid was applied twice.", {"2": _sigma_twice}),
    Mistake("sums for activations", "z₁ was used where a₁ belongs.", {"3": lambda z1: z1}),
    Mistake("no bias slope", "The slope of a bias was taken to be 0.", {"4": _no_slope}),
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

# Slips that people make on paper, beside the mistakes above; answers.py recognises both.
_SLIPS = [
    Mistake("no bias in z1", "The bias was forgotten.", {"F1": lambda x, w1: x @ w1}),
    Mistake("w1 transposed", "The weights were taken transposed.", {"F1": lambda x, w1, b1: x @ w1.mT + b1}),
    Mistake("slope for a1", "σ′ was taken where σ belongs.", {"F2": lambda z1, hidden: hidden.slope(z1, hidden(z1))}),
    Mistake("no bias in z2", "The bias was forgotten.", {"F3": lambda a1, w2: a1 @ w2}),
    Mistake("sums in z2", "z₁ was used where a₁ belongs.", {"F3": lambda z1, w2, b2: z1 @ w2 + b2}),
    Mistake("slope for a2", "σ′ was taken where σ belongs.", {"F4": lambda z2, output: output.slope(z2, output(z2))}),
    Mistake("errors not squared", "The errors were not squared.", {"E": lambda a2, y: (a2 - y).sum(axis=(-2, -1)) / 2}),
    Mistake("doubled error", "A factor of 2 is too many: the ½ of the loss takes it away.", {"1": lambda a2, y: 2 * (a2 - y)}),
    Mistake("squared error", "The error was squared: that belongs to the loss, not to its slope.", {"1": lambda a2, y: (a2 - y) ** 2}),
    Mistake("value for da2", "σ was taken where σ′ belongs.", {"2": lambda a2: a2}),
    Mistake("half of da2", "Only 1 − a was taken; σ′ is a (1 − a).", {"2": lambda a2: 1 - a2}),
    Mistake("no output slope", "σ′(z₂), the slope of the output's activation, was forgotten.", {"2": lambda a2: np.ones_like(a2)}),
    Mistake("no rate in w2", "The learning rate was forgotten.",
            {"7": lambda w2, b2, dE_dw2, dE_db2: (w2 - dE_dw2, b2 - dE_db2)}),
    Mistake("only the step in w2", "That is only the step: it still has to be taken from the old value.",
            {"7": lambda dE_dw2, dE_db2, learning_rate: (learning_rate * dE_dw2, learning_rate * dE_db2)}),
    Mistake("value for da1", "σ was taken where σ′ belongs.", {"9": lambda a1: a1}),
    Mistake("half of da1", "Only 1 − a was taken; σ′ is a (1 − a).", {"9": lambda a1: 1 - a1}),
    Mistake("uphill in w1", "The slope was added instead of subtracted.",
            {"14": lambda w1, b1, dE_dw1, dE_db1, learning_rate: (w1 + learning_rate * dE_dw1, b1 + learning_rate * dE_db1)}),
    Mistake("only the step in w1", "That is only the step: it still has to be taken from the old value.",
            {"14": lambda dE_dw1, dE_db1, learning_rate: (learning_rate * dE_dw1, learning_rate * dE_db1)}),
]

_TRAPS = [
    Trap("no biases", "There are no biases: each neuron is only a weighted sum.",
         {"F1": lambda x, w1: x @ w1, "F3": lambda a1, w2: a1 @ w2, "4": _no_slope, "11": _no_hidden_bias_slope}, _without_biases),
    Trap("equal start", "All hidden neurons start exactly like the first one.", {}, _all_like_the_first),
    Trap("huge rate", "The learning rate is far too large.", {}, learning_rate=50.0),
]

MISTAKES = Table("mistake", {mistake.key: mistake for mistake in _TABLE})
TRAPS = Table("trap", {trap.key: trap for trap in _TRAPS})
SLIPS = Table("slip", {slip.key: slip for slip in _SLIPS})
