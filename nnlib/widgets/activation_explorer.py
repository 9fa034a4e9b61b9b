"""ActivationExplorer: the curve of an activation, its tangent at a point, value and slope."""
from nnlib.activations import ACTIVATIONS
from nnlib.limits import REACH
from nnlib.numerals import number
from nnlib.widgets.base import BookWidget, Fallback
from nnlib.widgets.traits import ActivationName, Finite


class ActivationExplorer(BookWidget):
    """An activation function with its tangent at a point that can be dragged.

    activation: "sigmoid", "tanh", "relu", "identity" (or an Activation). z: the point, from −10 to 10.
    """

    activation = ActivationName()
    z = Finite(1.0, -REACH, REACH)

    def fallback(self) -> Fallback:
        """The four activations at z: value and slope."""
        table = [["activation", "a", "slope"]]
        for name, activation in ACTIVATIONS.items():
            a = activation(self.z)
            table.append([name, number(a), number(activation.slope(self.z, a))])
        return f"Four activation functions at z = {number(self.z)}: the value a, and how steep the curve is there.", table
