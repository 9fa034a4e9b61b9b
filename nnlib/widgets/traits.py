"""The kinds of traits that the widgets share: each refuses what does not fit, naming the trait, what was expected and what came."""
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any, ParamSpec, TypeAlias, TypeVar

import numpy as np
import traitlets

from nnlib.activations import ACTIVATIONS, Activation, activation
from nnlib.gates import GATES, TWO_EXAMPLES, Examples, Gate
from nnlib.network import LEARNING_RATE, Parameters, ParametersLike, as_parameters
from nnlib.types import ArrayLike, FloatArray
from nnlib.validation import matrix, nearest, number, one_of, one_rate, truth, unknown, whole

T = TypeVar("T")
Taken = TypeVar("Taken")  # what a trait takes
Given = TypeVar("Given")  # what it holds then
W = TypeVar("W", bound=traitlets.HasTraits)
P = ParamSpec("P")
ExamplesLike: TypeAlias = str | Examples | tuple[ArrayLike, ArrayLike] | Mapping[str, object]


class Refused(traitlets.TraitError, TypeError, ValueError):
    """What does not fit, with the sentence of the function that found it.

    A TraitError, so that traitlets takes back what was set together with it; a TypeError and ValueError, as nnlib's functions raise.
    """


def _refusing(check: Callable[P, T], *arguments: P.args, **more: P.kwargs) -> T:
    """What the check gives; what it raises, as Refused."""
    try:
        return check(*arguments, **more)
    except traitlets.TraitError:
        raise
    except (TypeError, ValueError) as error:
        raise Refused(str(error)) from None


class ReadOnly(np.ndarray[Any, np.dtype[np.float64]]):
    """An array of a widget's own: changing it in place would leave the page as it is, so it is refused. What is computed from it is not."""

    def __setitem__(self, key: Any, value: Any) -> None:
        if not self.flags.writeable:
            raise ValueError("a widget's numbers cannot be changed in place, since the page would not hear of it: "
                             "assign a whole new value, as in widget.parameters = …; for one matrix, widget.parameters._replace(w1=…)")
        super().__setitem__(key, value)


def read_only(value: FloatArray) -> FloatArray:
    """A copy that cannot be changed."""
    copy = np.array(value, dtype=float).view(ReadOnly)
    copy.flags.writeable = False
    return copy


def together(*names: str) -> Callable[[Callable[[W, SimpleNamespace], None]], object]:
    """Make a method the check of traits that hang together: it gets the widget's values as they would be, before one of them is set."""

    def register(method: Callable[[W, SimpleNamespace], None]) -> object:
        @traitlets.validate(*names)
        def validate(self: W, proposal: traitlets.Bunch) -> object:
            now = {name: getattr(self, name) for name in names} | {proposal["trait"].name: proposal["value"]}
            _refusing(method, self, SimpleNamespace(**now))
            return proposal["value"]

        return validate

    return register


class Checked(traitlets.TraitType[Given, Taken]):
    """A trait whose values go through its method check, which raises TypeError or ValueError."""

    name: str  # None only until its class is made
    check: Callable[..., Given]

    def validate(self, obj: object, value: Taken) -> Given:
        """The value as check gives it, or Refused."""
        return _refusing(self.check, value)

    def set(self, obj: Any, value: Taken) -> None:
        """As traitlets sets it; −0.0 in place of 0.0 is a change, too, though the two are equal."""
        before = obj._trait_values.get(self.name, self.default_value)
        super().set(obj, value)
        now = obj._trait_values[self.name]
        if repr(before) != repr(now) and _equal(before, now):
            obj._notify_trait(self.name, before, now)


def _equal(before: object, now: object) -> bool:
    """Whether traitlets takes both for the same, and so tells nobody."""
    try:
        return bool(before == now)
    except ValueError:  # arrays of more than one number: traitlets tells then
        return False


class Truth(Checked[bool, bool]):
    """True or False; traitlets' own takes 1 for True."""

    def __init__(self, default: bool = False) -> None:
        super().__init__(default)
        self.tag(sync=True)

    def check(self, value: object) -> bool:
        """As it is."""
        return truth(self.name, value)


class Whole(Checked[int, int]):
    """A whole number with limits; no booleans."""

    def __init__(self, default: int = 0, min: int | None = None, max: int | None = None) -> None:
        super().__init__(default)
        self.least, self.most = min, max
        self.tag(sync=True)

    def check(self, value: object) -> int:
        """As int, within the limits."""
        return whole(self.name, value, self.least, self.most)


class Seed(Whole):
    """A seed: a whole number that JavaScript holds exactly, too, and so do the ones of `draws` networks after it."""

    def __init__(self, default: int = 1, draws: int = 0) -> None:
        super().__init__(default, -2**53, 2**53 - draws)


class Finite(Checked[float, float]):
    """A finite number from least to most, as float."""

    def __init__(self, default: float, least: float = -math.inf, most: float = math.inf) -> None:
        super().__init__(default)
        self.least, self.most = least, most
        self.tag(sync=True)

    def check(self, value: ArrayLike) -> float:
        """A float within the limits."""
        return number(self.name, value, self.least, self.most)


class Rate(Checked[float, float]):
    """A learning rate: a finite number ≥ 0, or > 0."""

    def __init__(self, default: float = LEARNING_RATE, positive: bool = False) -> None:
        super().__init__(default)
        self.positive = positive
        self.tag(sync=True)

    def check(self, value: ArrayLike) -> float:
        """As `iteration` takes it for a single network."""
        return one_rate(self.name, value, positive=self.positive)


class ActivationName(Checked[str, str | Activation]):
    """The name of an activation, or an Activation."""

    def __init__(self, default: str = "sigmoid") -> None:
        super().__init__(default)
        self.tag(sync=True)

    def check(self, value: Activation | str) -> str:
        """As `iteration` takes it; the name is kept, so it has to be one that JavaScript knows."""
        found = activation(self.name, value)
        if ACTIVATIONS.get(found.name) != found:
            raise ValueError(unknown(self.name, found.name, ACTIVATIONS))
        return found.name


class Words(Checked[str, str]):
    """A text that says something."""

    def __init__(self, default: str) -> None:
        super().__init__(default)
        self.tag(sync=True)

    def check(self, value: object) -> str:
        """As it is."""
        if not isinstance(value, str) or not value.strip():
            raise TypeError(f"{self.name}: expected words, got {value!r}")
        return value


class OneOf(Checked[str, str | Gate]):
    """One of a few words."""

    def __init__(self, choices: Iterable[str], default: str) -> None:
        super().__init__(default)
        self.choices = tuple(choices)
        self.tag(sync=True)

    def check(self, value: object) -> str:
        """A choice, as it stands in the list."""
        if isinstance(value, Gate) and value.name in GATES:
            own = GATES[value.name]
            if not (np.array_equal(value.x, own.x) and np.array_equal(value.y, own.y)):
                raise ValueError(f"{self.name}: expected the {value.name} of nnlib, got another table of that name")
            value = value.name
        return one_of(self.name, value, self.choices)


class Matrix(Checked[FloatArray, ArrayLike]):
    """A matrix of a given shape, as float64; a letter in the shape stands for any length."""

    def __init__(self, shape: Sequence[int | str], default: ArrayLike) -> None:
        super().__init__()
        self.shape, self.start = shape, default
        self.tag(sync=True, to_json=lambda value, widget: value.tolist())

    def make_dynamic_default(self) -> FloatArray:
        """A new array for each widget."""
        return read_only(np.array(self.start, dtype=float))

    def check(self, value: ArrayLike) -> FloatArray:
        """As float64, in the shape."""
        return read_only(matrix(self.name, value, self.shape))


class ExamplesTrait(Checked[Examples, ExamplesLike]):
    """Examples from "two examples", the name of a gate, a Gate, or a pair (x, y)."""

    def __init__(self, default: Examples = TWO_EXAMPLES) -> None:
        super().__init__()
        self.start = default
        self.tag(sync=True, to_json=lambda value, widget: {"name": value.name, "x": value.x.tolist(), "y": value.y.tolist()})

    def make_dynamic_default(self) -> Examples:
        """The two examples of the book, if nothing else was said."""
        return _kept(self.start)

    def check(self, value: ExamplesLike) -> Examples:
        """Examples, as float64."""
        if isinstance(value, str):
            if value == TWO_EXAMPLES.name:
                return _kept(TWO_EXAMPLES)
            value = GATES[one_of(self.name, value, (TWO_EXAMPLES.name, *GATES))]
        value = _from_keys(self.name, value, Examples)
        if not isinstance(value, tuple | list) or len(value) not in (2, 3):
            raise TypeError(f"{self.name}: expected the name of a gate, a Gate or a pair (x, y), got {value!r}")
        name, x, y = value if len(value) == 3 else ("own", *value)
        if not isinstance(name, str):
            raise TypeError(f"{self.name}: expected a name for the examples, got {name!r}")
        x = matrix(f"{self.name} x", x, ("n", "inputs"), truth_values=True)
        return _kept(Examples(name, x, matrix(f"{self.name} y", y, (len(x), "m"), truth_values=True)))


class ParametersTrait(Checked[Parameters, ParametersLike | Mapping[str, ArrayLike]]):
    """Parameters of a single network; with none=True there may be none, too."""

    def __init__(self, none: bool = False) -> None:
        super().__init__(allow_none=none)
        self.tag(sync=True, to_json=lambda value, widget: value and {name: p.tolist() for name, p in value._asdict().items()})

    def make_dynamic_default(self) -> Parameters:
        """The worked example."""
        return Parameters(*map(read_only, Parameters.example()))

    def check(self, value: object) -> Parameters:
        """Parameters, as float64."""
        return Parameters(*map(read_only, as_parameters(_from_keys(self.name, value, Parameters), single=True)))


def _kept(examples: Examples) -> Examples:
    """The examples with arrays that cannot be changed."""
    return Examples(examples.name, read_only(examples.x), read_only(examples.y))


def _from_keys(name: str, value: object, kind: type[Examples] | type[Parameters]) -> Any:
    """The named tuple that a dict stands for, as JavaScript sends it; anything else as it is."""
    if not isinstance(value, Mapping):
        return value
    for key in value:
        if key not in kind._fields:
            raise ValueError(f"{name}: expected the keys {', '.join(kind._fields)}, got {key!r}{nearest(key, kind._fields)}")
    missing = [field for field in kind._fields if field not in value]
    if missing:
        raise ValueError(f"{name}: expected the keys {', '.join(kind._fields)}, got none for {', '.join(missing)}")
    return kind(**value)
