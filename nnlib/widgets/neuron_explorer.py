"""NeuronExplorer: one neuron, with its inputs, weights and bias to move."""
from nnlib.activations import ACTIVATIONS
from nnlib.numerals import number
from nnlib.widgets.base import BookWidget, Fallback
from nnlib.widgets.traits import ActivationName, Matrix


class NeuronExplorer(BookWidget):
    """One neuron: z = x w + b, a = f(z), and where in the plane of its inputs z is positive.

    x (1, 2), w1 (2, 1), b1 (1, 1). activation: as in ActivationExplorer.
    """

    x = Matrix((1, 2), [[1, 1]])
    w1 = Matrix((2, 1), [[0.3], [0.2]])
    b1 = Matrix((1, 1), [[0.1]])
    activation = ActivationName()

    def fallback(self) -> Fallback:
        """The sum with its numbers, and the activation."""
        (x1, x2), (v1,), (v2,), (b,) = self.x[0], *self.w1, self.b1[0]
        z = (self.x @ self.w1 + self.b1)[0, 0]
        rows = [["quantity", "number"], ["x₁ w₁", number(x1 * v1)], ["x₂ w₂", number(x2 * v2)], ["b", number(b)], ["z", number(z)],
                ["a", number(ACTIVATIONS[self.activation](z))]]
        return "One neuron: each input times its weight, added up, plus the bias, gives z; the activation function makes it a.", rows
