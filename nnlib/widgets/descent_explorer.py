"""DescentExplorer: gradient descent along one weight, as a walk on the curve of the loss."""
from types import SimpleNamespace

import numpy as np

from nnlib.gates import AND, Examples
from nnlib.limits import MOST_STEPS
from nnlib.network import Parameters
from nnlib.numerals import number
from nnlib.quantities import QUANTITIES
from nnlib.training import iteration
from nnlib.types import Numbers
from nnlib.validation import examples
from nnlib.widgets.base import BookWidget, Fallback
from nnlib.widgets.traits import ActivationName, ExamplesTrait, OneOf, ParametersTrait, Rate, Truth, Whole, together


class DescentExplorer(BookWidget):
    """A walk on the loss over one weight, all other numbers held still: each step goes against the slope.

    weight, row, column: which number of the parameters moves ("w2", 0, 0). start: where the walk starts (its value in parameters).
    epoch: how many steps it has taken. examples, parameters, learning_rate, hidden, output: as in StepExplorer.
    """

    weight = OneOf(Parameters._fields, "w2")
    row = Whole(0, min=0)
    column = Whole(0, min=0)
    epoch = Whole(0, min=0, max=MOST_STEPS)
    parameters = ParametersTrait()
    examples = ExamplesTrait(Examples(*AND))
    learning_rate = Rate(8.0)
    hidden = ActivationName()
    output = ActivationName()
    playing = Truth()

    def __init__(self, **traits: object) -> None:
        super().__init__(**traits)
        self.path(0)

    @together("weight", "row", "column", "parameters", "examples")
    def _fits(self, now: SimpleNamespace) -> None:
        shape = getattr(now.parameters, now.weight).shape
        if now.row >= shape[0] or now.column >= shape[1]:
            raise ValueError(f"row, column: expected a place in {now.weight} {shape}, got ({now.row}, {now.column})")
        examples(now.examples.x, now.examples.y, now.parameters.w1.shape[0], now.parameters.w2.shape[1])

    def path(self, steps: int | None = None) -> list[tuple[float, Numbers, float]]:
        """Where the walk was and is: a list of (weight, loss, slope), one more than steps."""
        now, found = self.parameters, []
        for _ in range((self.epoch if steps is None else steps) + 1):
            it = iteration(self.examples.x, self.examples.y, now, self.learning_rate, self.hidden, self.output)
            slope = getattr(it.gradients, self.weight)[self.row, self.column]
            old = getattr(now, self.weight)
            found.append((old[self.row, self.column], it.E, slope))
            new = np.array(old)
            new[self.row, self.column] -= self.learning_rate * slope
            now = now._replace(**{self.weight: new})
        return found

    def fallback(self) -> Fallback:
        """The steps so far, three at least."""
        table = [["step", "weight", "loss", "slope"]]
        for k, numbers in enumerate(self.path(max(3, self.epoch))):
            table.append([str(k), *map(number, numbers)])
        symbol = QUANTITIES[self.weight].symbol
        return (f"Gradient descent along one number of {symbol}, with a learning rate of {number(self.learning_rate)}: each step goes "
                "against the slope of the loss."), table
