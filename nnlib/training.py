"""Learning: one iteration of the nineteen operations, and many of them in a row."""
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, overload

import numpy as np
from numpy.typing import NDArray

from nnlib import fast
from nnlib.activations import ACTIVATIONS, SIGMOID, Activation, activation
from nnlib.losses import LOSSES, SQUARED_ERROR, Loss, suited
from nnlib.network import Parameters, ParametersLike, as_parameters
from nnlib.quantities import QUANTITIES
from nnlib.steps import OPERATIONS, Operation
from nnlib.types import ArrayLike, ArrayName, FloatArray, FunctionName, Numbers
from nnlib.validation import examples, numbers_array, one_of, rate, sequence, truth, unknown, whole

FUNCTIONS = ("hidden", "output", "loss")
GIVEN = ("x", "y", *Parameters._fields, "learning_rate", *FUNCTIONS)
UPDATED = tuple(f"new_{name}" for name in Parameters._fields)
GRADIENTS = tuple(f"dE_d{name}" for name in Parameters._fields)
OWN = frozenset(operation.function for operation in OPERATIONS)  # the book's functions, which need no look at their results

_Values: TypeAlias = dict[str, Any]  # by name: arrays, the learning rate, functions
_Plan: TypeAlias = list[tuple[Callable[..., Any], tuple[str, ...], tuple[str, ...], str]]  # function, inputs, outputs, label


class Iteration(Mapping[str, Numbers | float | Activation]):
    """Every named quantity of one iteration: it["dE_dw2"], it.dE_dw2. Read only."""

    x: FloatArray
    y: FloatArray
    w1: FloatArray
    b1: FloatArray
    w2: FloatArray
    b2: FloatArray
    learning_rate: float | FloatArray
    hidden: Activation
    output: Activation
    z1: FloatArray
    a1: FloatArray
    z2: FloatArray
    a2: FloatArray
    E: Numbers
    dE_da2: FloatArray
    da2_dz2: FloatArray
    dz2_dw2: FloatArray
    dz2_db2: FloatArray
    dE_dz2: FloatArray
    dE_dw2: FloatArray
    dE_db2: FloatArray
    new_w2: FloatArray
    new_b2: FloatArray
    dz2_da1: FloatArray
    da1_dz1: FloatArray
    dz1_dw1: FloatArray
    dz1_db1: FloatArray
    dE_dz1: FloatArray
    dE_dw1: FloatArray
    dE_db1: FloatArray
    new_w1: FloatArray
    new_b1: FloatArray

    def __init__(self, values: _Values) -> None:
        for value in values.values():
            if isinstance(value, np.ndarray):
                value.flags.writeable = False
        self._values = values

    @overload
    def __getitem__(self, name: ArrayName) -> FloatArray: ...
    @overload
    def __getitem__(self, name: Literal["E"]) -> Numbers: ...
    @overload
    def __getitem__(self, name: Literal["learning_rate"]) -> float | FloatArray: ...
    @overload
    def __getitem__(self, name: FunctionName) -> Activation: ...
    @overload
    def __getitem__(self, name: str) -> Numbers | float | Activation: ...
    def __getitem__(self, name: str) -> Numbers | float | Activation:
        try:
            return self._values[name]
        except KeyError:
            raise KeyError(unknown("quantity", name, self._values)) from None

    if not TYPE_CHECKING:  # a type checker knows the names above, and so finds a misspelt one
        def __getattr__(self, name):
            if name.startswith("_"):
                raise AttributeError(name)
            try:
                return self[name]
            except KeyError as error:
                raise AttributeError(error.args[0]) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._values]

    def __repr__(self) -> str:
        return f"<Iteration: {len(self)} quantities, E = {np.array2string(np.asarray(self['E']), precision=6)}>"

    @property
    def gradients(self) -> Parameters:
        """The slopes of the loss, as Parameters."""
        return Parameters(*(self._values[name] for name in GRADIENTS))

    @property
    def updated(self) -> Parameters:
        """The parameters after this iteration."""
        return Parameters(*(self._values[name] for name in UPDATED))


class Diverged(ArithmeticError):
    """The numbers grew beyond all bounds; `.epoch` is the first bad one, `.trajectory` the finite part of the run."""

    def __init__(self, epoch: int, trajectory: "Trajectory") -> None:
        super().__init__(f"training diverged: at epoch {epoch} the loss or a parameter is no longer a finite number; "
                         f"a smaller learning_rate helps. The run up to epoch {epoch - 1} is in .trajectory")
        self.epoch = epoch
        self.trajectory = trajectory

    def __reduce__(self) -> tuple[object, ...]:
        return Diverged, (self.epoch, self.trajectory)


@dataclass(frozen=True)
class Trajectory:
    """A training run.

    losses: (epochs + 1,), before each epoch and after the last; (epochs + 1, k) for k copies.
    parameters: with keep="all", arrays with a leading axis of epochs + 1; with keep="last", the final ones only.
    diverged: indices of the copies whose numbers did not stay finite; from there on their losses are NaN.
    """

    losses: FloatArray
    parameters: Parameters
    keep: str = "all"
    diverged: NDArray[np.int_] = field(default_factory=lambda: np.array([], dtype=int))

    @property
    def epochs(self) -> int:
        """How many epochs were trained."""
        return len(self.losses) - 1

    def __getitem__(self, k: int) -> Parameters:
        """The parameters after k epochs; a negative k counts from the end."""
        k = whole("k", k, None)
        index = k + self.epochs + 1 if k < 0 else k
        if not 0 <= index <= self.epochs:
            raise IndexError(f"k: expected an epoch from 0 to {self.epochs}, got {k}")
        if self.keep == "last":
            if index == self.epochs:
                return self.parameters
            raise IndexError(f'k: only the parameters after epoch {self.epochs} were kept, got {k}; train with keep="all"')
        return Parameters(*(p[index] for p in self.parameters))

    def __repr__(self) -> str:
        last = np.array2string(np.asarray(self.losses[-1]), precision=6, threshold=4)
        return f"<Trajectory: {self.epochs} epochs, last loss {last}>"


def iteration(x: ArrayLike, y: ArrayLike, parameters: ParametersLike, learning_rate: ArrayLike, hidden: Activation | str = SIGMOID,
              output: Activation | str = SIGMOID, operations: Iterable[Operation] = OPERATIONS,
              loss: Loss | str = SQUARED_ERROR) -> Iteration:
    """One iteration: every operation in order, every quantity kept.

    x (n, 2), y (n, m); parameters may have leading axes, learning_rate may be an array of one value per copy. loss is SQUARED_ERROR or
    CROSS_ENTROPY of nnlib.losses; the latter needs targets in [0, 1] and a sigmoid at the output.
    Raises TypeError or ValueError for input that does not fit, naming it.
    """
    values = _given(x, y, parameters, learning_rate, hidden, output, loss)
    plan = _plan(operations)
    functions = {name: values[name] for name in ("hidden", "output")}
    run = _run if _trusted(plan, values) else _run_checked
    values = _unchecked(values)
    with np.errstate(all="ignore"):  # an overflow shows as inf or nan in the numbers
        run(plan, values)
    del values["loss"]  # the function, no quantity: its value is E
    return Iteration(values | functions)


def train(x: ArrayLike, y: ArrayLike, parameters: ParametersLike, learning_rate: ArrayLike, epochs: int, hidden: Activation | str = SIGMOID,
          output: Activation | str = SIGMOID, operations: Iterable[Operation] = OPERATIONS, keep: Literal["all", "last"] = "all",
          one_at_a_time: bool = False, loss: Loss | str = SQUARED_ERROR) -> Trajectory:
    """Repeat the iteration: full-batch gradient descent for so many epochs, as a Trajectory.

    one_at_a_time=True makes an iteration for each example by itself, in their order: an epoch is then n iterations.
    Raises Diverged if a single network's numbers do not stay finite; of many copies, the others go on.
    """
    epochs = whole("epochs", epochs, 0)
    kept, one_at_a_time = one_of("keep", keep, ("all", "last")), truth("one_at_a_time", one_at_a_time)
    values = _given(x, y, parameters, learning_rate, hidden, output, loss)
    plan = _plan(operations)
    run_first = _run if _trusted(plan, values) else _run_checked
    own, values = run_first is _run and tuple(plan) == BOOK, _unchecked(values)
    with np.errstate(all="ignore"):  # what does not stay finite is looked for and reported
        if own and (quick := _descend_fast(plan, values, epochs, kept, one_at_a_time)):
            return quick
        if not _leading(values):
            # A number that is not finite stays so: looking once, at the end, is enough, and saves a third of the time.
            run = _descend(plan, run_first, dict(values), epochs, kept, one_at_a_time, careful=False)
            if np.isfinite(run.losses).all() and _finite(run[-1]):
                return run
        return _descend(plan, run_first, values, epochs, kept, one_at_a_time, careful=True)


def _descend_fast(plan: _Plan, values: _Values, epochs: int, keep: str, one_at_a_time: bool) -> Trajectory | None:
    """`_descend` for the book's own operations, by way of `nnlib.fast`; None where that is no faster, or a single network diverges.

    A number that is not finite stays so: looking once, at the end, is enough. Copies that have one are trained once more, carefully.
    """
    leading = _leading(values)
    if not leading:
        losses, parameters = fast.one(values, epochs, keep, one_at_a_time)
        run = Trajectory(losses, Parameters(*parameters), keep)
        return run if np.isfinite(losses).all() and _finite(run[-1]) else None
    size = fast.block_size(values, int(np.prod(leading)))
    if not size:
        return None
    losses, parameters = fast.many(values, epochs, keep, one_at_a_time, leading, size)
    last = [p[-1] for p in parameters] if keep == "all" else parameters
    bad = np.flatnonzero(~(np.isfinite(losses).all(axis=0) & _finite(last)))
    if bad.size:
        again = {name: np.broadcast_to(values[name], leading + values[name].shape[-2:]).reshape(-1, *values[name].shape[-2:])[bad]
                 for name in Parameters._fields}
        again["learning_rate"] = np.broadcast_to(np.asarray(values["learning_rate"]), (*leading, 1, 1)).reshape(-1, 1, 1)[bad]
        run = _descend(plan, _run, values | again, epochs, keep, one_at_a_time, careful=True)
        losses[:, bad] = run.losses
        for array, part in zip(parameters, run.parameters, strict=True):
            array[..., bad, :, :] = part
        bad = bad[run.diverged]
    front = (epochs + 1,) if keep == "all" else ()
    shaped = Parameters(*(p.reshape(front + leading + p.shape[-2:]) for p in parameters))
    return Trajectory(losses.reshape(epochs + 1, *leading), shaped, keep, bad)


def _descend(plan: _Plan, run: Callable[[_Plan, _Values], None], values: _Values, epochs: int, keep: str, one_at_a_time: bool,
             careful: bool) -> Trajectory:
    """The loop of `train`, as the steps say it. careful looks at every epoch for numbers that are not finite.

    run is what the first epoch goes through, `_run_checked` perhaps; what was right once is trusted in the others.
    """
    forward = plan[: 1 + next(i for i, (_, _, outputs, _) in enumerate(plan) if "E" in outputs)]
    leading = _leading(values)
    parameters = tuple(np.broadcast_to(values[name], leading + values[name].shape[-2:]) for name in Parameters._fields)
    losses = np.empty((epochs + 1, *leading))
    history = [np.empty((epochs + 1, *p.shape)) for p in parameters] if keep == "all" else None
    finite = np.full(leading, True)
    before = parameters
    for epoch in range(epochs + 1):
        values["w1"], values["b1"], values["w2"], values["b2"] = parameters
        run(plan if epoch < epochs and not one_at_a_time else forward, values)
        losses[epoch] = values["E"]
        if history:
            for kept, now in zip(history, parameters):  # noqa: B905  four and four, in the hot loop
                kept[epoch] = now
        if careful:
            finite = finite & np.isfinite(losses[epoch]) & _finite(parameters)
            losses[epoch] = np.where(finite, losses[epoch], np.nan)
            if not leading and not finite:
                break
        if epoch < epochs:
            before = parameters
            if one_at_a_time:
                _run_one_by_one(plan, run, values)
            run = _run
            parameters = values["new_w1"], values["new_b1"], values["new_w2"], values["new_b2"]
    if finite.all() or leading:
        return Trajectory(losses, Parameters(*(history or parameters)), keep, np.flatnonzero(~finite))
    if epoch == 0:
        raise ValueError("parameters: expected a network whose loss is finite, but its numbers are too large")
    finite_part = Parameters(*([p[:epoch] for p in history] if history else before))
    raise Diverged(epoch, Trajectory(losses[:epoch].copy(), finite_part, keep))


def _given(x: ArrayLike, y: ArrayLike, parameters: ParametersLike, learning_rate: ArrayLike, hidden: Activation | str,
           output: Activation | str, loss: Loss | str) -> _Values:
    """What an iteration starts from, checked and converted to float64 once."""
    parameters = as_parameters(parameters)
    x, y = examples(x, y, parameters.w1.shape[-2], parameters.w2.shape[-1])
    learning_rate = rate("learning_rate", learning_rate)
    leading = np.broadcast_shapes(*(p.shape[:-2] for p in parameters))
    if learning_rate.ndim:
        try:
            np.broadcast_shapes(leading, learning_rate.shape)
        except ValueError:
            raise ValueError(f"learning_rate: expected one number, or one for each of the copies {leading}, "
                             f"got shape {learning_rate.shape}") from None
        learning_rate = learning_rate[..., None, None]
    else:
        learning_rate = float(learning_rate)  # a plain number: NumPy multiplies with it faster than with its own scalars
    output = activation("output", output)
    given = (x, y, *parameters, learning_rate, activation("hidden", hidden), output, suited("loss", loss, y, output))
    return dict(zip(GIVEN, given, strict=True))


def as_operations(operations: Iterable[Operation]) -> tuple[Operation, ...]:
    """A tuple of Operations from whatever lists them; else a TypeError."""
    operations = sequence("operations", operations, "Operations, such as nnlib.OPERATIONS")
    for operation in operations:
        if not isinstance(operation, Operation):
            raise TypeError(f"operations: expected a list of Operations, such as nnlib.OPERATIONS, got {operation!r} in it")
    return operations


def _plan(operations: Iterable[Operation]) -> _Plan:
    """The operations as (function, inputs, outputs, label), after checking that each finds what it needs."""
    known = set(GIVEN)
    plan = []
    for operation in as_operations(operations):
        missing = [name for name in operation.inputs if name not in known]
        if missing:
            raise ValueError(f"operations: {operation.label} needs {', '.join(missing)}, which nothing before it gives")
        known.update(operation.outputs)
        plan.append((operation.function, operation.inputs, operation.outputs, operation.label))
    missing = [name for name in ("E", *GRADIENTS, *UPDATED) if name not in known]
    if missing:
        raise ValueError(f"operations: expected one that gives {', '.join(missing)}, got none")
    return plan


BOOK = tuple(_plan(OPERATIONS))


def _run(plan: _Plan, values: _Values) -> None:
    """Compute the planned operations in order, adding to values."""
    label = None  # read below: the operation at fault
    try:
        for function, inputs, outputs, label in plan:  # noqa: B007
            result = function(*[values[name] for name in inputs])
            if len(outputs) == 1:
                values[outputs[0]] = result
            else:
                values[outputs[0]], values[outputs[1]] = result
    except (TypeError, ValueError) as error:
        kind = TypeError if isinstance(error, TypeError) else ValueError
        raise kind(f"operation {label}: {error}") from error


def _unchecked(values: _Values) -> _Values:
    """The same values for the inside of a loop: an overflowed sum goes through the functions as it is."""
    return values | {name: values[name].unchecked for name in FUNCTIONS}


def _trusted(plan: _Plan, values: _Values) -> bool:
    """Whether all functions are the book's own: whatever else is plugged in is checked when it first runs."""
    return all(function in OWN for function, *_ in plan) and all(
        any(values[name] is known for known in (*ACTIVATIONS.values(), *LOSSES.values())) for name in FUNCTIONS)


def _run_checked(plan: _Plan, values: _Values) -> None:
    """`_run`, with what the functions get made read-only, and each of their results checked against QUANTITIES."""
    for name in ("x", "y", *Parameters._fields):
        values[name].flags.writeable = False
    sizes: dict[int | str, int] = {
        "n": len(values["x"]), 2: values["x"].shape[1], "h": values["w1"].shape[-1], "m": values["y"].shape[1], 1: 1}
    leading = _leading(values)
    _run([(_checked(function, outputs, sizes, leading), inputs, outputs, label) for function, inputs, outputs, label in plan], values)


def _checked(function: Callable[..., object], outputs: tuple[str, ...], sizes: Mapping[int | str, int],
             leading: tuple[int, ...]) -> Callable[..., object]:
    """The function, refusing results that are not one array of real numbers for each output, in the shape that QUANTITIES says."""

    def checked(*arguments: object) -> object:
        results = function(*arguments)
        if len(outputs) == 1:
            return _result(outputs[0], results, sizes, leading)
        if not isinstance(results, tuple | list) or len(results) != len(outputs):
            came = f"{len(results)} of them" if isinstance(results, tuple | list) else type(results).__name__
            raise ValueError(f"expected {len(outputs)} results, {', '.join(outputs)}, got {came}")
        return tuple(_result(name, result, sizes, leading) for name, result in zip(outputs, results, strict=True))

    return checked


def _result(name: str, value: object, sizes: Mapping[int | str, int], leading: tuple[int, ...]) -> Numbers:
    """One result as a read-only float64 array, or a scalar; it may be infinite or NaN, and have the copies' leading axes or not.

    On the way, one row or column may stand for many: NumPy spreads it, and a mistake of that kind is to be seen in the numbers.
    """
    if not isinstance(value, np.ndarray | np.number | float | int):
        raise TypeError(f"{name}: expected an array of real numbers, got {type(value).__name__}")
    array = numbers_array(name, value, finite=False)
    shape = tuple(sizes[letter] for letter in QUANTITIES[name].shape)
    front = array.shape[:max(array.ndim - len(shape), 0)]
    spread = () if name in ("E", *GRADIENTS, *UPDATED) else (1,)
    fits = len(array.shape) - len(front) == len(shape) and len(front) <= len(leading)
    fits = fits and all(got in (size, *spread) for got, size in zip(array.shape[len(front):], shape, strict=True))
    if not fits or any(size not in (1, most) for size, most in zip(front[::-1], leading[::-1], strict=False)):
        expected = f"shape {shape}" if shape or array.ndim <= len(leading) else "one number for each network"
        raise ValueError(f"{name}: expected {expected}, got {array.shape}")
    array.flags.writeable = False
    return array[()]


def _run_one_by_one(plan: _Plan, run: Callable[[_Plan, _Values], None], values: _Values) -> None:
    """The planned operations for each example in turn, each starting from the parameters that the one before it gave."""
    x, y = values["x"], values["y"]
    for row in range(len(x)):
        values["x"], values["y"] = x[row:row + 1], y[row:row + 1]
        run(plan, values)
        for name in Parameters._fields:
            values[name] = values[f"new_{name}"]
    values["x"], values["y"] = x, y


def _leading(values: _Values) -> tuple[int, ...]:
    """The leading axes of a training run: () for a single network."""
    return np.broadcast_shapes(*(np.shape(values[name])[:-2] for name in (*Parameters._fields, "learning_rate")))


def _finite(parameters: Iterable[FloatArray]) -> NDArray[np.bool_]:
    """Whether all numbers of a network are finite, for each network: the leading axes."""
    return np.logical_and.reduce([np.isfinite(p).all(axis=(-2, -1)) for p in parameters])
