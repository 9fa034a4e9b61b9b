"""OptimizerRace: balls on the same loss, each moved by an optimizer of its own."""
from collections.abc import Callable, Iterable, Mapping
from types import SimpleNamespace

import numpy as np
import traitlets

from nnlib.gates import GATES
from nnlib.limits import MOST_STEPS
from nnlib.links import SITE
from nnlib.network import Parameters
from nnlib.numerals import number
from nnlib.optimizers import OPTIMIZERS, REACH, VALLEY
from nnlib.training import iteration
from nnlib.types import ArrayLike, FloatArray
from nnlib.validation import one_of, one_rate, sequence, unknown
from nnlib.widgets.base import BookWidget, Fallback
from nnlib.widgets.traits import Checked, Matrix, OneOf, Truth, Whole, together

RATES = {"descent": 1.8, "momentum": 0.5, "nesterov": 0.5, "rmsprop": 0.1, "adam": 0.3}
TITLES = {"descent": "plain descent", "momentum": "momentum", "nesterov": "Nesterov", "rmsprop": "RMSProp", "adam": "Adam"}
PLACES = tuple(f"{name} {i} {j}" for name, p in Parameters.example()._asdict().items() for i, j in np.ndindex(p.shape))


class Rates(Checked[dict[str, float], Mapping[str, ArrayLike]]):
    """One learning rate for each optimizer; a dict of some of them leaves the others as they are usually."""

    def __init__(self) -> None:
        super().__init__()
        self.tag(sync=True)

    def make_dynamic_default(self) -> dict[str, float]:
        """The usual ones."""
        return dict(RATES)

    def check(self, value: Mapping[str, ArrayLike]) -> dict[str, float]:
        """All of them, as floats."""
        if not isinstance(value, Mapping):
            raise TypeError(f"{self.name}: expected a dict from optimizers to learning rates, got {value!r}")
        for name in value:
            if name not in OPTIMIZERS:
                raise ValueError(unknown(self.name, name, OPTIMIZERS))
        return {name: one_rate(f"{self.name} {name}", value.get(name, usual)) for name, usual in RATES.items()}


class Racing(Checked[list[str], Iterable[str]]):
    """The names of the optimizers that race, in the order of OPTIMIZERS; at least one."""

    def __init__(self) -> None:
        super().__init__()
        self.tag(sync=True)

    def make_dynamic_default(self) -> list[str]:
        """All of them."""
        return list(OPTIMIZERS)

    def check(self, value: Iterable[str]) -> list[str]:
        """The names, each once."""
        names = {one_of(self.name, name, OPTIMIZERS) for name in sequence(self.name, value, "names of optimizers")}
        if not names:
            raise ValueError(f"{self.name}: expected at least one of {', '.join(OPTIMIZERS)}, got none")
        return [name for name in OPTIMIZERS if name in names]


class OptimizerRace(BookWidget):
    """Balls that start at the same place of the same loss, each moved by an optimizer of its own.

    surface: "valley", a long valley with a formula, or "network", the loss of the worked example on a gate over two of its numbers, first
    and second, such as "w1 1 1" and "w2 1 0" (name, row, column). start: where the balls start, (1, 2). rates: η for each optimizer;
    racing: the names of those that race. epoch: how many steps they have made. site: the root address of the published book.
    """

    surface = OneOf(REACH, "valley")
    gate = OneOf(GATES, "AND")
    first = OneOf(PLACES, "w1 1 1")
    second = OneOf(PLACES, "w2 1 0")
    start = Matrix((1, 2), [[-8.0, 1.5]])
    rates = Rates()
    racing = Racing()
    epoch = Whole(0, min=0, max=MOST_STEPS)
    playing = Truth()
    site = traitlets.Unicode(SITE).tag(sync=True)

    @together("first", "second", "surface", "start")
    def _fits(self, now: SimpleNamespace) -> None:
        if now.first == now.second:
            raise ValueError(f"first, second: expected two different numbers of the network, got {now.first!r} twice")
        for name, value, most in zip(("horizontally", "vertically"), now.start[0], REACH[now.surface], strict=True):
            if abs(value) > most:
                raise ValueError(f"start: expected from {-most:g} to {most:g} {name}, got {value:g}")

    def slopes_at(self) -> Callable[[FloatArray], tuple[float, FloatArray]]:
        """The surface as a function from a place (2,) to the loss and its two slopes."""
        if self.surface == "valley":
            curvature = np.array([VALLEY["along"], VALLEY["across"]])
            return lambda place: (float(0.5 * (curvature * place**2).sum()), curvature * place)
        gate, places = GATES[self.gate], [(name, int(i), int(j)) for name, i, j in (text.split() for text in (self.first, self.second))]

        def look(place: FloatArray) -> tuple[float, FloatArray]:
            parameters = Parameters.example()
            for (name, i, j), value in zip(places, place, strict=True):
                getattr(parameters, name)[i, j] = value
            it = iteration(gate.x, gate.y, parameters, 0.0)
            return float(it.E), np.array([getattr(it.gradients, name)[i, j] for name, i, j in places])
        return look

    def race(self, steps: int | None = None) -> dict[str, list[tuple[float, float, float]]]:
        """For each that races, where it was and is: a list of (horizontal, vertical, loss), one more than steps."""
        look, found = self.slopes_at(), {}
        for name in self.racing:
            place, memory, path = np.array(self.start[0]), (), []
            for _ in range((self.epoch if steps is None else steps) + 1):
                loss, slopes = look(place)
                path.append((float(place[0]), float(place[1]), loss))
                place, memory = OPTIMIZERS[name].step(place, slopes, self.rates[name], memory)
            found[name] = path
        return found

    def fallback(self) -> Fallback:
        """The losses of all after some steps."""
        shown = sorted({0, 5, 20, self.epoch or 50})
        paths = self.race(shown[-1])
        table = [["optimizer", "η", *(f"loss after {k} step{'s' * (k != 1)}" for k in shown)]]
        for name, path in paths.items():
            table.append([TITLES[name], number(self.rates[name]), *(number(path[k][2]) for k in shown)])
        where = "a long valley" if self.surface == "valley" else f"the loss of the worked example on {self.gate}"
        return f"Balls on {where}: all start at the same place, and each is moved by an optimizer of its own.", table
