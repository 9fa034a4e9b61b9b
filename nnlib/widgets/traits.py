"""The kinds of traits that the widgets share: each refuses what does not fit, naming the trait, what was expected and what came."""
import math
import numbers

import numpy as np
import traitlets

from nnlib.gates import GATES, TWO_EXAMPLES, Examples
from nnlib.network import LEARNING_RATE, Parameters, as_parameters
from nnlib.validation import activation, matrix, rate


class Whole(traitlets.Int):
    """A whole number with limits; no booleans."""

    def validate(self, obj, value):
        """As traitlets does, but True is no number."""
        if isinstance(value, bool):
            self.error(obj, value)
        return super().validate(obj, value)


class Finite(traitlets.TraitType):
    """A finite number from least to most, as float."""

    def __init__(self, default, least=-math.inf, most=math.inf):
        super().__init__(default)
        self.least, self.most = least, most
        self.tag(sync=True)

    def validate(self, obj, value):
        """A float within the limits."""
        fits = isinstance(value, numbers.Real) and not isinstance(value, bool) and math.isfinite(value)
        if not (fits and self.least <= value <= self.most):
            limits = f" from {self.least:g} to {self.most:g}" if math.isfinite(self.most) else ""
            raise traitlets.TraitError(f"{self.name}: expected a finite number{limits}, got {value!r}")
        return float(value)


class Rate(traitlets.TraitType):
    """A learning rate: a finite number ≥ 0."""

    def __init__(self, default=LEARNING_RATE):
        super().__init__(default)
        self.tag(sync=True)

    def validate(self, obj, value):
        """As `iteration` takes it."""
        return float(rate(self.name, value))


class ActivationName(traitlets.TraitType):
    """The name of an activation, or an Activation."""

    def __init__(self, default="sigmoid"):
        super().__init__(default)
        self.tag(sync=True)

    def validate(self, obj, value):
        """As `iteration` takes it; the name is kept."""
        return activation(self.name, value).name


class OneOf(traitlets.TraitType):
    """One of a few words."""

    def __init__(self, choices, default):
        super().__init__(default)
        self.choices = tuple(choices)
        self.tag(sync=True)

    def validate(self, obj, value):
        """A choice, as it stands in the list."""
        value = getattr(value, "name", value)  # a Gate for its name
        if value not in self.choices:
            raise traitlets.TraitError(f"{self.name}: expected one of {', '.join(map(str, self.choices))}, got {value!r}")
        return value


class Matrix(traitlets.TraitType):
    """A matrix of a given shape, as float64; a letter in the shape stands for any length."""

    def __init__(self, shape, default):
        super().__init__()
        self.shape, self.start = shape, default
        self.tag(sync=True, to_json=lambda value, widget: value.tolist())

    def make_dynamic_default(self):
        """A new array for each widget."""
        return np.array(self.start, dtype=float)

    def validate(self, obj, value):
        """As float64, in the shape."""
        return matrix(self.name, value, self.shape)


class ExamplesTrait(traitlets.TraitType):
    """Examples from "two examples", the name of a gate, a Gate, or a pair (x, y)."""

    def __init__(self, default=TWO_EXAMPLES):
        super().__init__()
        self.start = default
        self.tag(sync=True, to_json=lambda value, widget: {"name": value.name, "x": value.x.tolist(), "y": value.y.tolist()},
                 from_json=lambda value, widget: Examples(**value))

    def make_dynamic_default(self):
        """The two examples of the book, if nothing else was said."""
        return self.start

    def validate(self, obj, value):
        """Examples, as float64."""
        if isinstance(value, str):
            if value == TWO_EXAMPLES.name:
                return TWO_EXAMPLES
            if value not in GATES:
                raise traitlets.TraitError(f"{self.name}: expected {TWO_EXAMPLES.name!r} or one of {', '.join(GATES)}, got {value!r}")
            value = GATES[value]
        if not isinstance(value, tuple | list) or len(value) not in (2, 3):
            raise traitlets.TraitError(f"{self.name}: expected the name of a gate, a Gate or a pair (x, y), got {value!r}")
        name, x, y = value if len(value) == 3 else ("own", *value)
        x = matrix(f"{self.name} x", x, ("n", "inputs"))
        return Examples(str(name), x, matrix(f"{self.name} y", y, (len(x), "m")))


class ParametersTrait(traitlets.TraitType):
    """Parameters of a single network; with none=True there may be none, too."""

    def __init__(self, none=False):
        super().__init__(allow_none=none)
        self.tag(sync=True, to_json=lambda value, widget: value and {name: p.tolist() for name, p in value._asdict().items()},
                 from_json=lambda value, widget: value and Parameters(**value))

    def make_dynamic_default(self):
        """The worked example."""
        return Parameters.example()

    def validate(self, obj, value):
        """Parameters, as float64."""
        if isinstance(value, dict):
            value = Parameters(**value)
        parameters = as_parameters(value)
        if any(p.ndim != 2 for p in parameters):
            raise traitlets.TraitError(f"{self.name}: expected a single network, got several (leading axes)")
        return parameters
