"""The one table of names: how each quantity is written in code, in text and in LaTeX, its shape and meaning.

Rows are examples: n examples, 2 inputs, h hidden neurons, m outputs. Formulas everywhere in the book are
built from the keys of this table, so that a symbol can be found and lit up wherever it is shown.
"""
from typing import NamedTuple


class Quantity(NamedTuple):
    """One named quantity of a training iteration.

    shape is a tuple of the letters n, h, m and of numbers; () is a scalar, or a function, which has no shape.
    kind says which family it belongs to, and with that its colour: input, weight, bias, activation, error, gradient,
    or rate and function, which have none.
    """

    code: str
    symbol: str
    latex: str
    shape: tuple[int | str, ...]
    meaning: str
    kind: str

    @property
    def shape_text(self) -> str:
        """The shape as text: "(n, h)", "scalar", or "–" for a function, which has none."""
        if self.kind == "function":
            return "–"
        return "(" + ", ".join(map(str, self.shape)) + ")" if self.shape else "scalar"


def _slope(of: str, along: str, of_latex: str | None = None, along_latex: str | None = None) -> tuple[str, str]:
    """The symbol and the LaTeX of a partial derivative."""
    return f"∂{of}/∂{along}", rf"\frac{{\partial {of_latex or of}}}{{\partial {along_latex or along}}}"


_TABLE = [
    Quantity("x", "x", "x", ("n", 2), "inputs, one example per row", "input"),
    Quantity("y", "y", "y", ("n", "m"), "targets: what the output should be", "input"),
    Quantity("w1", "w₁", "w_1", (2, "h"), "weights into the hidden layer", "weight"),
    Quantity("b1", "b₁", "b_1", (1, "h"), "biases of the hidden layer", "bias"),
    Quantity("w2", "w₂", "w_2", ("h", "m"), "weights into the output", "weight"),
    Quantity("b2", "b₂", "b_2", (1, "m"), "bias of the output", "bias"),
    Quantity("learning_rate", "η", r"\eta", (), "learning rate: the factor between a slope and its step", "rate"),
    Quantity("hidden", "f", "f", (), "activation function of the hidden layer, applied to each entry", "function"),
    Quantity("output", "g", "g", (), "activation function of the output, applied to each entry", "function"),
    Quantity("z1", "z₁", "z_1", ("n", "h"), "weighted sums of the hidden layer", "activation"),
    Quantity("a1", "a₁", "a_1", ("n", "h"), "activations of the hidden layer", "activation"),
    Quantity("z2", "z₂", "z_2", ("n", "m"), "weighted sum of the output", "activation"),
    Quantity("a2", "a₂", "a_2", ("n", "m"), "activation of the output: the prediction ŷ", "activation"),
    Quantity("E", "E", "E", (), "loss: half the sum of the squared errors", "error"),
    Quantity("dE_da2", *_slope("E", "a₂", along_latex="a_2"), ("n", "m"), "slope of the loss with respect to the output", "gradient"),
    Quantity("da2_dz2", *_slope("a₂", "z₂", "a_2", "z_2"), ("n", "m"), "slope of the output's activation", "gradient"),
    Quantity("dz2_dw2", *_slope("z₂", "w₂", "z_2", "w_2"), ("n", "h"), "slope of the weighted sum with respect to w₂", "gradient"),
    Quantity("dz2_db2", *_slope("z₂", "b₂", "z_2", "b_2"), ("n", 1), "slope of the weighted sum with respect to b₂", "gradient"),
    Quantity("dE_dz2", "δ₂", r"\delta_2", ("n", "m"), "∂E/∂z₂, slope of the loss with respect to the output's weighted sum", "gradient"),
    Quantity("dE_dw2", *_slope("E", "w₂", along_latex="w_2"), ("h", "m"), "slope of the loss with respect to w₂", "gradient"),
    Quantity("dE_db2", *_slope("E", "b₂", along_latex="b_2"), (1, "m"), "slope of the loss with respect to b₂", "gradient"),
    Quantity("new_w2", "new w₂", r"w_2^{\text{new}}", ("h", "m"), "weights into the output after this iteration", "weight"),
    Quantity("new_b2", "new b₂", r"b_2^{\text{new}}", (1, "m"), "bias of the output after this iteration", "bias"),
    Quantity("dz2_da1", *_slope("z₂", "a₁", "z_2", "a_1"), ("h", "m"), "slope of the weighted sum with respect to a₁", "gradient"),
    Quantity("da1_dz1", *_slope("a₁", "z₁", "a_1", "z_1"), ("n", "h"), "slope of the hidden activations", "gradient"),
    Quantity("dz1_dw1", *_slope("z₁", "w₁", "z_1", "w_1"), ("n", 2), "slope of the weighted sums with respect to w₁", "gradient"),
    Quantity("dz1_db1", *_slope("z₁", "b₁", "z_1", "b_1"), ("n", 1), "slope of the weighted sums with respect to b₁", "gradient"),
    Quantity("dE_dz1", "δ₁", r"\delta_1", ("n", "h"), "∂E/∂z₁, slope of the loss with respect to the hidden weighted sums", "gradient"),
    Quantity("dE_dw1", *_slope("E", "w₁", along_latex="w_1"), (2, "h"), "slope of the loss with respect to w₁", "gradient"),
    Quantity("dE_db1", *_slope("E", "b₁", along_latex="b_1"), (1, "h"), "slope of the loss with respect to b₁", "gradient"),
    Quantity("new_w1", "new w₁", r"w_1^{\text{new}}", (2, "h"), "weights into the hidden layer after this iteration", "weight"),
    Quantity("new_b1", "new b₁", r"b_1^{\text{new}}", (1, "h"), "biases of the hidden layer after this iteration", "bias"),
]

QUANTITIES = {quantity.code: quantity for quantity in _TABLE}
TAKEN = (*QUANTITIES, "loss")  # what a step may take: a quantity, or the loss as a function, whose value is the quantity E
