"""StepExplorer: one training iteration, nineteen stops, forward and back."""
import os
from typing import NamedTuple

import numpy as np
import traitlets

from nnlib.gates import AND, GATES
from nnlib.network import Parameters, as_parameters
from nnlib.quantities import QUANTITIES
from nnlib.steps import OPERATIONS
from nnlib.training import iteration, train
from nnlib.validation import activation, matrix, rate
from nnlib.widgets.base import BookWidget, Whole

LABELS = tuple(operation.label for operation in OPERATIONS)
LAST_EPOCH = 100_000
SITE = os.environ.get("FOURTEEN_STEPS_SITE", "")  # where the published book is, for links that are copied in JupyterLab


class Examples(NamedTuple):
    """What the network is shown: a name, inputs x (n, 2) and targets y (n, m)."""

    name: str
    x: np.ndarray
    y: np.ndarray


TWO_EXAMPLES = Examples("two examples", AND.x[[1, 3]], AND.y[[1, 3]])


class _Examples(traitlets.TraitType):
    """Examples from "two examples", the name of a gate, a Gate, or a pair (x, y)."""

    def validate(self, obj, value):
        if isinstance(value, str):
            if value == TWO_EXAMPLES.name:
                return TWO_EXAMPLES
            if value not in GATES:
                raise traitlets.TraitError(f"examples: expected 'two examples' or one of {', '.join(GATES)}, got {value!r}")
            value = GATES[value]
        if not isinstance(value, tuple | list) or len(value) not in (2, 3):
            raise traitlets.TraitError(f"examples: expected the name of a gate, a Gate or a pair (x, y), got {value!r}")
        name, x, y = value if len(value) == 3 else ("own", *value)
        x = matrix("examples x", x, ("n", "inputs"))
        return Examples(str(name), x, matrix("examples y", y, (len(x), "m")))


class _Parameters(traitlets.TraitType):
    """Parameters of a single network."""

    def validate(self, obj, value):
        if isinstance(value, dict):
            value = Parameters(**value)
        parameters = as_parameters(value)
        if any(p.ndim != 2 for p in parameters):
            raise traitlets.TraitError("parameters: expected a single network, got several (leading axes)")
        return parameters


def _parameters_to_json(value, widget):
    return {name: p.tolist() for name, p in value._asdict().items()}


def _examples_to_json(value, widget):
    return {"name": value.name, "x": value.x.tolist(), "y": value.y.tolist()}


def _from_json(kind):
    return lambda value, widget: kind(**value)


class StepExplorer(BookWidget):
    """One iteration of training, one operation at a time: `StepExplorer()` is the worked example.

    step: "F1" … "F4", "E", "1" … "14" (or a whole number for the last fourteen). epoch: how many iterations came before.
    parameters: the start, Parameters. examples: "two examples", the name of a gate, a Gate, or (x, y).
    learning_rate, hidden, output: as in `iteration`. predict: hide a result until it is guessed or revealed. compact: one step and its
    surroundings. playing: step by itself, speed: seconds a step. site: where the published book is, for copied links.
    """

    step = traitlets.Union([traitlets.Unicode(), Whole()], default_value="F1").tag(sync=True)
    epoch = Whole(0, min=0, max=LAST_EPOCH).tag(sync=True)
    parameters = _Parameters().tag(sync=True, to_json=_parameters_to_json, from_json=_from_json(Parameters))
    examples = _Examples().tag(sync=True, to_json=_examples_to_json, from_json=_from_json(Examples))
    learning_rate = traitlets.Float(0.5).tag(sync=True)
    hidden = traitlets.Unicode("sigmoid").tag(sync=True)
    output = traitlets.Unicode("sigmoid").tag(sync=True)
    predict = traitlets.Bool(False).tag(sync=True)
    compact = traitlets.Bool(False).tag(sync=True)
    playing = traitlets.Bool(False).tag(sync=True)
    speed = traitlets.Float(1.5, min=0.1, max=10).tag(sync=True)
    site = traitlets.Unicode(SITE).tag(sync=True)

    @traitlets.default("parameters")
    def _default_parameters(self):
        return Parameters.example()

    @traitlets.default("examples")
    def _default_examples(self):
        return TWO_EXAMPLES

    def __init__(self, **traits):
        unknown = set(traits) - set(self.trait_names())
        if unknown:
            raise TypeError(f"StepExplorer: unknown {', '.join(sorted(unknown))}; there are step, epoch, parameters, examples, "
                            "learning_rate, hidden, output, predict, compact, playing, speed, site")
        super().__init__(**traits)
        self.iteration()  # the shapes have to fit each other

    @traitlets.validate("step")
    def _valid_step(self, proposal):
        label = str(proposal["value"])
        if label not in LABELS:
            raise traitlets.TraitError(f"step: expected one of {', '.join(LABELS)}, got {proposal['value']!r}")
        return label

    @traitlets.validate("learning_rate")
    def _valid_rate(self, proposal):
        return float(rate("learning_rate", proposal["value"]))

    @traitlets.validate("hidden", "output")
    def _valid_activation(self, proposal):
        return activation(proposal["trait"].name, proposal["value"]).name

    def iteration(self):
        """The nnlib.Iteration that is on show: every quantity of this epoch."""
        x, y = self.examples.x, self.examples.y
        now = self.parameters
        if self.epoch:
            now = train(x, y, now, self.learning_rate, self.epoch, self.hidden, self.output, keep="last").parameters
        return iteration(x, y, now, self.learning_rate, self.hidden, self.output)

    def fallback(self):
        """The active step in a sentence, and its numbers."""
        it, operation = self.iteration(), OPERATIONS[LABELS.index(self.step)]
        formulas = operation.function.__doc__.split("\n")[0].split("   ")[0]
        sentence = f"{stop_name(operation.label)}: {operation.title}. {operation.words} {formulas}"
        table = [["quantity", "shape", "numbers"]]
        for name in dict.fromkeys((*(i for i in operation.inputs if QUANTITIES[i].kind != "function"), *operation.outputs)):
            quantity, value = QUANTITIES[name], np.asarray(it[name])
            table.append([f"{quantity.symbol} ({name})", str(value.shape) if value.ndim else "scalar", _numbers(value)])
        return sentence, table

    def __repr__(self):
        return f"StepExplorer(step={self.step!r}, epoch={self.epoch})"


def stop_name(label):
    """What a stop is called: "Forward 1", "Loss", "Step 5"."""
    return f"Forward {label[1]}" if label.startswith("F") else "Loss" if label == "E" else f"Step {label}"


def _numbers(value):
    """A matrix as text, row by row, rounded so that every processor prints the same."""
    return "; ".join(", ".join(f"{number:.6g}".replace("-", "−") for number in row) for row in np.atleast_2d(value))
