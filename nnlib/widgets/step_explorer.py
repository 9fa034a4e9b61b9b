"""StepExplorer: one training iteration, nineteen stops, forward and back."""
from types import SimpleNamespace

import numpy as np
import traitlets

from nnlib import formulas
from nnlib.activations import ACTIVATIONS
from nnlib.limits import LAST_EPOCH
from nnlib.links import SITE
from nnlib.numerals import number, rows
from nnlib.quantities import QUANTITIES
from nnlib.steps import OPERATIONS
from nnlib.training import Iteration, iteration, train
from nnlib.validation import examples, unknown
from nnlib.widgets.base import BookWidget, Fallback
from nnlib.widgets.traits import ActivationName, ExamplesTrait, Finite, OneOf, ParametersTrait, Rate, Truth, Whole, together

VIEWS = ("cell", "step", "iteration", "training")
LABELS = tuple(operation.label for operation in OPERATIONS)


class StepExplorer(BookWidget):
    """One iteration of training, one operation at a time: `StepExplorer()` is the worked example.

    step: "F1" … "F4", "E", "1" … "14" (or a whole number for the last fourteen). epoch: how many iterations came before.
    parameters: the start, Parameters. examples: "two examples", the name of a gate, a Gate, or (x, y).
    learning_rate, hidden, output: as in `iteration`. predict: hide a result until it is guessed or revealed. compact: one step and its
    surroundings. view: "cell", "step", "iteration" or "training", how much of it is shown. opening: begin with one button that lets it
    learn. playing: step by itself, speed: seconds a step. site: the root address of the published book, for copied links.
    """

    step = traitlets.Union([traitlets.Unicode(), Whole()], default_value="F1").tag(sync=True)
    epoch = Whole(0, min=0, max=LAST_EPOCH)
    parameters = ParametersTrait()
    examples = ExamplesTrait()
    learning_rate = Rate()
    hidden = ActivationName()
    output = ActivationName()
    predict = Truth()
    compact = Truth()
    playing = Truth()
    view = OneOf(VIEWS, "step")
    opening = Truth()
    speed = Finite(2, 0.1, 10)
    site = traitlets.Unicode(SITE).tag(sync=True)

    def __init__(self, **traits: object) -> None:
        super().__init__(**traits)
        self.iteration()  # the numbers have to stay finite

    @together("parameters", "examples")
    def _fits(self, now: SimpleNamespace) -> None:
        examples(now.examples.x, now.examples.y, now.parameters.w1.shape[0], now.parameters.w2.shape[1])

    @traitlets.validate("step")
    def _valid_step(self, proposal: traitlets.Bunch) -> str:
        label = str(proposal["value"])
        if label not in LABELS:
            raise traitlets.TraitError(unknown("step", proposal["value"], LABELS))
        return label

    def iteration(self) -> Iteration:
        """The nnlib.Iteration that is on show: every quantity of this epoch."""
        x, y = self.examples.x, self.examples.y
        now = self.parameters
        if self.epoch:
            now = train(x, y, now, self.learning_rate, self.epoch, self.hidden, self.output, keep="last").parameters
        return iteration(x, y, now, self.learning_rate, self.hidden, self.output)

    def fallback(self) -> Fallback:
        """The active step in a sentence, and its numbers."""
        it, operation = self.iteration(), OPERATIONS[LABELS.index(self.step)]
        formula = formulas.lines(operation, ACTIVATIONS[self.hidden], ACTIVATIONS[self.output])[0]
        sentence = f"{operation.name}: {operation.title}. {operation.words} {formula}"
        table = [["quantity", "shape", "numbers"]]
        for name in dict.fromkeys((*operation.numbers, *operation.outputs)):
            quantity, value = QUANTITIES[name], np.asarray(it[name])
            table.append([f"{quantity.symbol} ({name})", str(value.shape) if value.ndim else "scalar", rows(value, number)])
        return sentence, table

    def __repr__(self) -> str:
        return f"StepExplorer(step={self.step!r}, epoch={self.epoch})"
