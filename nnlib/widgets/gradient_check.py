"""GradientCheck: every slope by backpropagation, by sympy and by a central difference whose ε can be moved."""
from types import SimpleNamespace

from nnlib.checking import STEP, gradient_check
from nnlib.checking import GradientCheck as Check
from nnlib.gates import Examples
from nnlib.limits import LARGEST_EPSILON, SMALLEST_EPSILON
from nnlib.network import Parameters
from nnlib.numerals import fixed, number
from nnlib.quantities import QUANTITIES
from nnlib.widgets.base import BookWidget, Fallback
from nnlib.widgets.traits import ActivationName, ExamplesTrait, Finite, ParametersTrait, Rate, together


def check_size(parameters: Parameters, examples: Examples) -> None:
    """sympy's expressions are for the book's network: 2 inputs, 2 hidden neurons, 1 output."""
    if parameters.w1.shape != (2, 2) or parameters.w2.shape != (2, 1):
        raise ValueError(f"parameters: expected w1 of shape (2, 2) and w2 of shape (2, 1), got {parameters.w1.shape} and "
                         f"{parameters.w2.shape}")
    if examples.x.shape[1] != 2 or examples.y.shape[1] != 1:
        raise ValueError(f"examples: expected x (n, 2) and y (n, 1), got {examples.x.shape} and {examples.y.shape}")


class GradientCheck(BookWidget):
    """The nine slopes of the network, each by three ways that share nothing, and the way in which ε decides how good the third is.

    parameters (2-2-1), examples, learning_rate > 0, hidden, output: as in StepExplorer. epsilon: the step of the central difference,
    from 1e-14 to 1.
    """

    parameters = ParametersTrait()
    examples = ExamplesTrait()
    learning_rate = Rate(positive=True)
    hidden = ActivationName()
    output = ActivationName()
    epsilon = Finite(STEP, SMALLEST_EPSILON, LARGEST_EPSILON)

    def __init__(self, **traits: object) -> None:
        super().__init__(**traits)
        self.check()

    @together("parameters", "examples")
    def _fits(self, now: SimpleNamespace) -> None:
        check_size(now.parameters, now.examples)

    def check(self) -> Check:
        """The nnlib.GradientCheck that is on show."""
        return gradient_check(self.examples.x, self.examples.y, self.parameters, self.learning_rate, self.hidden, self.output,
                              step=self.epsilon)

    def fallback(self) -> Fallback:
        """The nine slopes."""
        table = [["parameter", "backpropagation", "(old − new)/η", "central difference"]]
        check = self.check()
        for name in Parameters._fields:
            one = check[name]
            for place in zip(*(values.ravel() for values in (one.backprop, one.update, one.central_difference)), strict=True):
                table.append([QUANTITIES[name].symbol, *(fixed(value, 5) for value in place)])
        return (f"Each slope of the loss three times: as the fourteen steps report it, as the update used it, and measured with a step of "
                f"{number(self.epsilon)} to each side."), table
