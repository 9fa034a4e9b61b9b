"""Optimizers: what to do with a slope. Descent steps straight against it; the others remember the slopes before.

An optimizer is an object as an activation is. `optimizer(slope, memory)` gives a direction, and what to remember for the next step; the
step itself is always the same, p − η times the direction. Nothing is changed in place: memory goes in, and a new memory comes out.
"""
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from nnlib.activations import SIGMOID, Activation
from nnlib.losses import SQUARED_ERROR, Loss
from nnlib.network import Parameters, ParametersLike, as_parameters, random_matrices
from nnlib.training import Diverged, Trajectory, iteration
from nnlib.types import ArrayLike, FloatArray
from nnlib.validation import Table, described, examples, numbers_array, one_of, one_rate, rate, unknown, whole

Memory: TypeAlias = tuple[Any, ...]  # what an optimizer remembers; () before the first step
Rows: TypeAlias = NDArray[np.int_]  # numbers of examples
Schedule: TypeAlias = Callable[[int], float]  # from the epoch, 0 the first, to its η
T = TypeVar("T")  # an array, or a tuple of them

@dataclass(frozen=True, repr=False)
class Optimizer:
    """What to do with a slope. settings are its own numbers, such as keep, the share of the past that is kept; `with_` gives others.

    latex is the rule with g for the slope, t for the number of the step and d for the direction; the step is p − η d.
    """

    name: str
    latex: str
    rule: Callable[..., tuple[FloatArray, Memory]] = field(compare=False)
    settings: Mapping[str, float] = field(default_factory=dict)

    def __call__(self, slope: ArrayLike, memory: Memory = ()) -> tuple[FloatArray, Memory]:
        """The direction, in the slope's shape, and the new memory; TypeError or ValueError for what holds no finite numbers."""
        slope = numbers_array("slope", slope)
        remembered = len(self.rule.__defaults__ or ())  # what is not there yet has a default
        if not isinstance(memory, tuple) or (memory and (len(memory) != remembered or np.shape(memory[0]) != slope.shape)):
            raise ValueError(f"memory: expected () or what {self.name} gave for a slope of shape {slope.shape}, got {described(memory)}")
        return self.rule(slope, *memory, **self.settings)

    def step(self, parameters: T, slopes: ArrayLike | Sequence[object], learning_rate: float, memory: Memory = ()) -> tuple[T, Memory]:
        """One step of an array, or of all arrays in a tuple of them, such as Parameters or the layers of nnlib.deep: (new ones, memory)."""
        return _stepped(self, parameters, slopes, one_rate("learning_rate", learning_rate), memory)

    def with_(self, **settings: float) -> "Optimizer":
        """The same optimizer with other settings: ADAM.with_(keep=0.8). A share is from 0 to below 1, an epsilon above 0."""
        for name, value in settings.items():
            if name not in self.settings:
                raise ValueError(unknown(f"settings of {self.name}", name, self.settings) if self.settings else
                                 f"settings of {self.name}: expected none, got {name!r}")
            settings[name] = one_rate(name, value, positive=name == "epsilon")
            if name != "epsilon" and settings[name] >= 1:
                raise ValueError(f"{name}: expected a share from 0 to below 1, got {value}")
        return replace(self, settings={**self.settings, **settings})

    def __repr__(self) -> str:
        return self.name.upper()


def _stepped(one: Optimizer, parameters: Any, slopes: Any, eta: float, memory: Any) -> tuple[Any, Any]:
    if not isinstance(parameters, tuple | list):
        p = numbers_array("parameters", parameters)
        direction, memory = one(slopes, memory)
        if p.shape != direction.shape:
            raise ValueError(f"slopes: expected the parameters' shape {p.shape}, got {direction.shape}")
        return p - eta * direction, memory
    if not isinstance(slopes, tuple | list) or len(slopes) != len(parameters):
        raise ValueError(f"slopes: expected {len(parameters)} of them, one for each of the parameters, got {described(slopes)}")
    memories = memory or [()] * len(parameters)
    pairs = [_stepped(one, p, g, eta, m) for p, g, m in zip(parameters, slopes, memories, strict=True)]
    new, kept = (tuple(part) for part in zip(*pairs, strict=True))
    return (type(parameters)(*new) if hasattr(parameters, "_fields") else new), kept


# ---- the rules: one equation a line, memory in the order in which it comes back ------------------------------------


def _descent(g: FloatArray) -> tuple[FloatArray, Memory]:
    return g, ()


def _momentum(g: FloatArray, v: FloatArray | float = 0.0, *, keep: float) -> tuple[FloatArray, Memory]:
    v = keep * v + g  # like a heavy ball: the speed it had, and a push
    return v, (v,)


def _nesterov(g: FloatArray, v: FloatArray | float = 0.0, *, keep: float) -> tuple[FloatArray, Memory]:
    v = keep * v + g
    return g + keep * v, (v,)  # p is the place ahead of the ball


def _rmsprop(g: FloatArray, s: FloatArray | float = 0.0, *, keep: float, epsilon: float) -> tuple[FloatArray, Memory]:
    s = keep * s + (1 - keep) * g**2  # the latest square counts most
    return g / (np.sqrt(s) + epsilon), (s,)


def _adam(g: FloatArray, m: FloatArray | float = 0.0, s: FloatArray | float = 0.0, t: int = 0, *, keep: float, keep_squares: float,
          epsilon: float) -> tuple[FloatArray, Memory]:
    t = t + 1
    m = keep * m + (1 - keep) * g
    s = keep_squares * s + (1 - keep_squares) * g**2
    mean, square = m / (1 - keep**t), s / (1 - keep_squares**t)  # both began at 0
    return mean / (np.sqrt(square) + epsilon), (m, s, t)


DESCENT = Optimizer("descent", r"d_t = g_t", _descent)
MOMENTUM = Optimizer("momentum", r"d_t = v_t = \beta v_{t-1} + g_t", _momentum, {"keep": 0.9})
NESTEROV = Optimizer("nesterov", r"d_t = g_t + \beta v_t, \quad v_t = \beta v_{t-1} + g_t", _nesterov, {"keep": 0.9})
RMSPROP = Optimizer("rmsprop", r"d_t = g_t / (\sqrt{s_t} + \varepsilon), \quad s_t = \beta s_{t-1} + (1 - \beta) g_t^2", _rmsprop,
                    {"keep": 0.99, "epsilon": 1e-8})
ADAM = Optimizer("adam", r"d_t = \frac{m_t}{1 - \beta_1^t} \Big/ \left(\sqrt{\frac{s_t}{1 - \beta_2^t}} + \varepsilon\right), \quad "
                 r"m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t, \quad s_t = \beta_2 s_{t-1} + (1 - \beta_2) g_t^2", _adam,
                 {"keep": 0.9, "keep_squares": 0.999, "epsilon": 1e-8})

OPTIMIZERS = Table("optimizer", {one.name: one for one in (DESCENT, MOMENTUM, NESTEROV, RMSPROP, ADAM)})


def as_optimizer(name: str, value: "Optimizer | str") -> Optimizer:
    """An Optimizer: one is given, or the name of one ("descent", "momentum", "nesterov", "rmsprop", "adam")."""
    if isinstance(value, str):
        if value not in OPTIMIZERS:
            raise ValueError(unknown(name, value, OPTIMIZERS))
        return OPTIMIZERS[value]
    if not isinstance(value, Optimizer):
        raise TypeError(f"{name}: expected an Optimizer ({', '.join(OPTIMIZERS)}), got {described(value)}")
    return value


# ---- the ground of the race ---------------------------------------------------------------------------------------

VALLEY = {"along": 0.01, "across": 1.0}  # curvatures of a long valley: the slope across it is 100 times as steep as the slope along it
REACH = {"valley": (10.0, 3.0), "network": (10.0, 10.0)}  # how far the map goes, to both sides


# ---- schedules: η as a function of the epoch ----------------------------------------------------------------------


def staircase(learning_rate: float, every: int, factor: float = 0.5) -> Schedule:
    """η times factor after every so many epochs."""
    rate, every, factor = one_rate("learning_rate", learning_rate), whole("every", every, 1), one_rate("factor", factor)
    return lambda epoch: rate * factor ** (epoch // every)


def cosine(learning_rate: float, epochs: int, last: float = 0.0) -> Schedule:
    """η down to `last` along half a wave: slowly, quickly, slowly. It stays there after so many epochs."""
    rate, epochs, last = one_rate("learning_rate", learning_rate), whole("epochs", epochs, 1), one_rate("last", last)
    return lambda epoch: float(last + (rate - last) * (1 + np.cos(np.pi * min(epoch, epochs) / epochs)) / 2)


def warm_up(learning_rate: float | Schedule, epochs: int) -> Schedule:
    """η, or a schedule, growing evenly from nearly nothing to all of it over the first epochs."""
    after = _schedule(learning_rate if callable(learning_rate) else one_rate("learning_rate", learning_rate))
    epochs = whole("epochs", epochs, 1)
    return lambda epoch: float(after(epoch)) * min(1.0, (epoch + 1) / epochs)


def _schedule(learning_rate: ArrayLike | Schedule) -> Callable[[int], FloatArray]:
    """What is given as a function from the epoch to an array: one η, or one for each copy. What a schedule says is checked when it does."""
    if callable(learning_rate):
        return lambda epoch: np.asarray(one_rate(f"learning_rate({epoch})", learning_rate(epoch)))
    given = rate("learning_rate", learning_rate)
    return lambda epoch: given


# ---- batches and training -----------------------------------------------------------------------------------------


def batches(n: int, size: int | None = None, seed: int = 0) -> Iterator[list[Rows]]:
    """Epoch after epoch, without end, the n examples in a new random order, cut into batches of `size` (the last may be smaller).

    Each batch is an array of row numbers; size=None gives one batch of all rows in their own order. A seed means the same batches anywhere.
    Each epoch takes the next seed, so seed + 1 gives the orders of seed an epoch earlier: for runs that share none, take seeds far apart.
    """
    n, seed = whole("n", n, 1), whole("seed", seed, None)
    size = n if size is None else whole("size", size, 1, n)

    def order(epoch: int) -> Rows:
        return np.arange(n) if size == n else np.argsort(random_matrices(seed + epoch, [(1, n)])[0][0], kind="stable")

    return ([rows[k:k + size] for k in range(0, n, size)] for rows in map(order, itertools.count()))


def train(x: ArrayLike, y: ArrayLike, parameters: ParametersLike, learning_rate: ArrayLike | Schedule, epochs: int,
          hidden: Activation | str = SIGMOID, output: Activation | str = SIGMOID, optimizer: Optimizer | str = DESCENT,
          keep: Literal["all", "last"] = "all", batch: int | None = None, seed: int = 0, loss: Loss | str = SQUARED_ERROR) -> Trajectory:
    """`nnlib.train` with an optimizer: the slopes are those of the fourteen steps, and what is done with them is the optimizer's.

    learning_rate is a number (or one for each copy), or a schedule: a function of the epoch. batch: how many examples an update sees, None
    for all of them; an epoch goes through all examples once, in an order that seed says. Raises what `nnlib.train` raises.
    """
    epochs, rule, kept = whole("epochs", epochs, 0), as_optimizer("optimizer", optimizer), one_of("keep", keep, ("all", "last"))
    now, rates = as_parameters(parameters), _schedule(learning_rate)
    x, y = examples(x, y, now.w1.shape[-2], now.w2.shape[-1])
    iteration(x, y, now, 0.0 if callable(learning_rate) else learning_rate, hidden, output, loss=loss)  # refuses what does not fit
    batch = batch if batch is None else whole("batch", batch, 1, len(x))
    shuffled = batches(len(x), batch, seed)
    leading = np.broadcast_shapes(*(p.shape[:-2] for p in now), () if callable(learning_rate) else rates(0).shape)
    now = Parameters(*(np.broadcast_to(p, leading + p.shape[-2:]) for p in now))
    memory: tuple[Memory, ...] = ((),) * len(now)
    losses, history, fine = np.full((epochs + 1, *leading), np.nan), [now], np.full(leading, True)
    for epoch in range(epochs + 1):
        whole_batch = iteration(x, y, now, 0.0, hidden, output, loss=loss)
        fine = fine & np.isfinite(whole_batch.E)
        losses[epoch] = np.where(fine, whole_batch.E, np.nan)
        if epoch == epochs or not fine.any():
            break
        rate = rates(epoch)[..., None, None]
        for rows in next(shuffled):
            it = whole_batch if len(rows) == len(x) else iteration(x[rows], y[rows], now, 0.0, hidden, output, loss=loss)
            now, memory, fine = _moved(rule, now, it.gradients, rate, memory, fine)
        history.append(now)
        del history[:-1 if kept == "last" else 0]
    if leading or fine:
        history += [now] * (epochs + 1 - len(history)) if kept == "all" else []
        return Trajectory(losses, _stacked(history, kept), kept, np.flatnonzero(~fine))
    if epoch == 0:
        raise ValueError("parameters: expected a network whose loss is finite, but its numbers are too large")
    raise Diverged(epoch, Trajectory(losses[:epoch].copy(), _stacked(history[:epoch] or history, kept), kept))


def _moved(rule: Optimizer, now: Parameters, slopes: Parameters, rate: FloatArray, memory: tuple[Memory, ...],
           fine: NDArray[np.bool_]) -> tuple[Parameters, tuple[Memory, ...], NDArray[np.bool_]]:
    """The parameters after one update, the new memory, and which networks are still finite: what is not rests where it was."""
    with np.errstate(all="ignore"):  # what does not stay finite is looked for and reported
        steps = [rule.rule(g, *kept, **rule.settings) for g, kept in zip(slopes, memory, strict=True)]
        there = [p - rate * direction for p, (direction, _) in zip(now, steps, strict=True)]
    fine = fine & np.logical_and.reduce([np.isfinite(p).all(axis=(-2, -1)) for p in there])
    kept = Parameters(*(np.where(fine[..., None, None], new, old) for new, old in zip(there, now, strict=True)))
    return kept, tuple(remembered for _, remembered in steps), fine


def _stacked(history: list[Parameters], keep: str) -> Parameters:
    return history[-1] if keep == "last" else Parameters(*(np.stack(parts) for parts in zip(*history, strict=True)))
