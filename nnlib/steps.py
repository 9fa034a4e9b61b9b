"""One iteration as nineteen operations: four forward, the loss, fourteen steps back.

Each operation is one function and each function is one equation. Its arguments are the names of the quantities
that it needs, and it is named after the quantity that it gives. `OPERATIONS` is the whole path in order; `STEPS`
is its tail, the fourteen steps. Everything else (the runner, the pages, the widgets, the tests) goes through that list.

n examples, 2 inputs, h hidden neurons, m outputs. Arrays of parameters may have leading axes, for many networks at once.
"""
import inspect
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias, overload

import numpy as np

from nnlib.activations import SIGMOID, Activation
from nnlib.losses import SQUARED_ERROR, Loss
from nnlib.quantities import QUANTITIES, TAKEN
from nnlib.types import FloatArray, Numbers
from nnlib.validation import nearest

# The arguments of a step are quantities by name; a type checker is told what comes out.
TwoArrays: TypeAlias = tuple[FloatArray, FloatArray]
Step: TypeAlias = Callable[..., FloatArray]
DoubleStep: TypeAlias = Callable[..., TwoArrays]


class _FromArguments(tuple[str, ...]):
    """Inputs read off a function's own arguments: where a function is replaced, they are read anew; inputs that were given stay."""


@dataclass(frozen=True, repr=False)
class Operation:
    """One stop on the way: label ("F1" … "14"), title, words, formula, and the function with the names it takes and gives.

    words say in a sentence or two what happens; marked is the same with the words that mean a quantity marked, [like this](w1).
    templates holds one formula for each output, with {names} of quantities in it; remark is what has to be said beside it, if anything.
    inputs are the names of the function's arguments. A function of any arguments, (*values), keeps the inputs of the one it replaces;
    one whose arguments have other names needs inputs of its own. ValueError for a name that is no quantity.
    """

    label: str
    title: str
    words: str
    templates: tuple[str, ...]
    outputs: tuple[str, ...]
    function: Callable[..., Numbers | TwoArrays]
    inputs: tuple[str, ...] = ()
    remark: str = ""
    marked: str = ""

    def __post_init__(self) -> None:
        if not callable(self.function):
            raise TypeError(f"operation {self.label}: expected a function, got {self.function!r}")
        self._refuse_unknown("outputs", self.outputs)
        if self.inputs and not isinstance(self.inputs, _FromArguments):
            self._refuse_unknown("inputs", self.inputs)
            return
        arguments = inspect.signature(self.function).parameters.values()
        if self.inputs and any(argument.kind is argument.VAR_POSITIONAL for argument in arguments):
            return
        self._refuse_unknown("arguments", [argument.name for argument in arguments])
        object.__setattr__(self, "inputs", _FromArguments(argument.name for argument in arguments))

    def _refuse_unknown(self, what: str, names: Iterable[str]) -> None:
        unknown = [name for name in names if name not in TAKEN]
        if unknown:
            raise ValueError(f"operation {self.label}: expected {what} named after quantities, got {', '.join(map(str, unknown))}"
                             + nearest(unknown[0], QUANTITIES))

    def __repr__(self) -> str:
        return f"<{self.label}: {self.title}>"

    @property
    def numbers(self) -> tuple[str, ...]:
        """The names of the quantities that it takes, without the functions among them."""
        return tuple(name for name in self.inputs if name in QUANTITIES and QUANTITIES[name].kind != "function")

    def _repr_latex_(self) -> str:
        return rf"$\displaystyle {self.formula}$"

    @property
    def name(self) -> str:
        """What the stop is called: "Forward 1", "Loss", "Step 5"."""
        return {"forward": f"Forward {self.label[1:]}", "loss": "Loss"}.get(self.layer, f"Step {self.label}")

    @property
    def layer(self) -> str:
        """The part of the way that it belongs to: "forward", "loss", "output layer" (steps 1 to 7) or "hidden layer" (8 to 14)."""
        if self.label.startswith("F"):
            return "forward"
        if self.label == "E":
            return "loss"
        return "output layer" if int(self.label) <= 7 else "hidden layer"

    @property
    def formula(self) -> str:
        """The formula as LaTeX, for the sigmoid and the squared error."""
        return self.formula_for(SIGMOID, SIGMOID)

    def formula_for(self, hidden: Activation, output: Activation, loss: Loss = SQUARED_ERROR) -> str:
        """The formula as LaTeX, for the given activations of the hidden layer and of the output, and the given loss."""
        return r",\qquad ".join(self.formulas_for(hidden, output, loss))

    def formulas_for(self, hidden: Activation, output: Activation, loss: Loss = SQUARED_ERROR) -> tuple[str, ...]:
        """One formula for each output, as LaTeX."""
        latex = {name: quantity.latex for name, quantity in QUANTITIES.items()} | {
            "hidden": hidden.latex,
            "output": output.latex,
            "hidden_slope": hidden.slope_latex.format(z="z_1", a="a_1"),
            "output_slope": output.slope_latex.format(z="z_2", a="a_2"),
            "loss": loss.latex.format(a="a_2", y="y"),
            "loss_slope": loss.slope_latex.format(a="a_2", y="y"),
        }
        return tuple(template.format_map(latex) for template in self.templates)


_registered: list[Operation] = []
MARK = re.compile(r"\[([^\]]+)\]\((\w+)\)")  # words and the quantity that they mean


@overload
def _operation(label: str, title: str, words: str, *templates: str, remark: str = "") -> Callable[[Step], Step]: ...
@overload
def _operation(label: str, title: str, words: str, *templates: str, outputs: tuple[str, str]) -> Callable[[DoubleStep], DoubleStep]: ...
def _operation(label: str, title: str, words: str, *templates: str, outputs: tuple[str, ...] = (), remark: str = "") -> object:
    """Register the decorated function as the next operation; it gives what it is named after, or `outputs`."""

    def register(function: Callable[..., FloatArray | TwoArrays]) -> Callable[..., FloatArray | TwoArrays]:
        given = outputs or (function.__name__,)
        _registered.append(Operation(label, title, MARK.sub(r"\1", words), templates, given, function, remark=remark, marked=words))
        return function

    return register


# ---- forward -------------------------------------------------------------------------------------------------


@_operation("F1", "weighted sums of the hidden layer",
            "Each hidden neuron multiplies the [inputs](x) by its [weights](w1), adds them up, and adds its [bias](b1).",
            r"{z1} = {x}\, {w1} + {b1}")
def z1(x, w1, b1):
    """z₁ = x w₁ + b₁   (n, h)"""
    return x @ w1 + b1


@_operation("F2", "activations of the hidden layer",
            "Each [weighted sum](z1) goes through the activation function by itself.",
            r"{a1} = {hidden}({z1})")
def a1(z1, hidden):
    """a₁ = σ(z₁)   (n, h)"""
    return hidden(z1)


@_operation("F3", "weighted sum of the output",
            "The output does the same with the [hidden activations](a1): [weights](w2), [sum](z2), [bias](b2).",
            r"{z2} = {a1}\, {w2} + {b2}")
def z2(a1, w2, b2):
    """z₂ = a₁ w₂ + b₂   (n, m)"""
    return a1 @ w2 + b2


@_operation("F4", "activation of the output, the prediction",
            "The [sum](z2) goes through the activation function. What comes out is the [prediction](a2).",
            r"{a2} = {output}({z2})")
def a2(z2, output):
    """a₂ = σ(z₂)   (n, m)"""
    return output(z2)


@_operation("E", "half the sum of the squared errors",
            "[One number](E) for how wrong the [predictions](a2) are, all examples together.",
            r"{E} = {loss}")
def E(a2, y, loss):
    """E = ½ Σ (a₂ − y)²   scalar"""
    return loss(a2, y)


# ---- backward, output layer ----------------------------------------------------------------------------------


@_operation("1", "how the loss changes with the output",
            "How much the [loss](E) would grow if a [prediction](a2) grew: positive where it is too high, negative where it is too low.",
            r"{dE_da2} = {loss_slope}")
def dE_da2(a2, y, loss):
    """∂E/∂a₂ = a₂ − y   (n, m)"""
    return loss.slope(a2, y)


@_operation("2", "slope of the output's activation",
            "How much a [prediction](a2) grows when its [weighted sum](z2) grows: most in the middle of the curve, hardly at its ends.",
            r"{da2_dz2} = {output}'({z2}) = {output_slope}")
def da2_dz2(z2, a2, output):
    """∂a₂/∂z₂ = σ′(z₂) = a₂ ⊙ (1 − a₂)   (n, m)"""
    return output.slope(z2, a2)


@_operation("3", "how the output's weighted sum changes with w₂",
            "A [weight](w2) is multiplied by a [hidden activation](a1). So that is how much the weight moves the [sum](z2).",
            r"{dz2_dw2} = {a1}")
def dz2_dw2(a1):
    """∂z₂/∂w₂ = a₁   (n, h): row i, column j stands for ∂z₂[i]/∂w₂[j]"""
    return a1


@_operation("4", "how the output's weighted sum changes with b₂",
            "The [bias](b2) is added as it is, so the [sum](z2) moves exactly as much as the bias.",
            r"{dz2_db2} = 1")
def dz2_db2(z2):
    """∂z₂/∂b₂ = 1   (n, 1)"""
    return np.ones((z2.shape[-2], 1))


@_operation("5", "how the loss changes with w₂",
            "How much the [loss](E) would grow if a [weight](w2) grew. Along a path the slopes multiply; over the examples they add up.",
            r"{dE_dz2} = {dE_da2} \odot {da2_dz2}",
            r"{dE_dw2} = \left({dz2_dw2}\right)^{{\mathsf T}} {dE_dz2}", outputs=("dE_dz2", "dE_dw2"))
def dE_dw2(dz2_dw2, dE_da2, da2_dz2):
    """∂E/∂w₂ = (∂z₂/∂w₂)ᵀ δ₂   (h, m)   with δ₂ = ∂E/∂z₂ = ∂E/∂a₂ ⊙ ∂a₂/∂z₂   (n, m)"""
    dE_dz2 = dE_da2 * da2_dz2
    return dE_dz2, dz2_dw2.mT @ dE_dz2


@_operation("6", "how the loss changes with b₂",
            "The same for the [bias](b2): its [slope is 1](dz2_db2), so the [slopes of all examples](dE_dz2) are added up as they are.",
            r"{dE_db2} = \left({dz2_db2}\right)^{{\mathsf T}} {dE_dz2}")
def dE_db2(dz2_db2, dE_dz2):
    """∂E/∂b₂ = (∂z₂/∂b₂)ᵀ δ₂   (1, m)"""
    return dz2_db2.mT @ dE_dz2


@_operation("7", "new w₂ and b₂",
            "One small step downhill: the [learning rate](learning_rate) times the [slope](dE_dw2). "
            "The [old values](w2) stay in use until step 14 is done.",
            r"{new_w2} = {w2} - {learning_rate}\, {dE_dw2}",
            r"{new_b2} = {b2} - {learning_rate}\, {dE_db2}", outputs=("new_w2", "new_b2"))
def new_w2_new_b2(w2, b2, dE_dw2, dE_db2, learning_rate):
    """new w₂ = w₂ − η ∂E/∂w₂   (h, m)   and   new b₂ = b₂ − η ∂E/∂b₂   (1, m)"""
    return w2 - learning_rate * dE_dw2, b2 - learning_rate * dE_db2


# ---- backward, hidden layer ----------------------------------------------------------------------------------


@_operation("8", "how the output's weighted sum changes with a₁",
            "A [hidden activation](a1) moves the [sum](z2) by the weight that carries it. That was the [old weight](w2).",
            r"{dz2_da1} = {w2}", remark="the old one: the forward pass used it")
def dz2_da1(w2):
    """∂z₂/∂a₁ = w₂, the old one: the forward pass used it   (h, m)"""
    return w2


@_operation("9", "slope of the hidden activations",
            "How much a [hidden activation](a1) grows when its [weighted sum](z1) grows.",
            r"{da1_dz1} = {hidden}'({z1}) = {hidden_slope}")
def da1_dz1(z1, a1, hidden):
    """∂a₁/∂z₁ = σ′(z₁) = a₁ ⊙ (1 − a₁)   (n, h)"""
    return hidden.slope(z1, a1)


@_operation("10", "how the hidden weighted sums change with w₁",
            "A [weight of the hidden layer](w1) is multiplied by an [input](x). So that is how much the weight moves the [sum](z1).",
            r"{dz1_dw1} = {x}")
def dz1_dw1(x):
    """∂z₁/∂w₁ = x   (n, 2): row i, column j stands for ∂z₁[i, k]/∂w₁[j, k], the same for each k"""
    return x


@_operation("11", "how the hidden weighted sums change with b₁",
            "A [bias](b1) is added as it is here, too: the slope is 1.",
            r"{dz1_db1} = 1")
def dz1_db1(z1):
    """∂z₁/∂b₁ = 1   (n, 1)"""
    return np.ones((z1.shape[-2], 1))


@_operation("12", "how the loss changes with w₁",
            "The [slope](dE_dz2) travels back through the [old weights](dz2_da1) and through the [curve](da1_dz1). "
            "Then it meets the [inputs](dz1_dw1).",
            r"{dE_dz1} = {dE_dz2} \left({dz2_da1}\right)^{{\mathsf T}} \odot {da1_dz1}",
            r"{dE_dw1} = \left({dz1_dw1}\right)^{{\mathsf T}} {dE_dz1}", outputs=("dE_dz1", "dE_dw1"))
def dE_dw1(dE_dz2, dz2_da1, da1_dz1, dz1_dw1):
    """∂E/∂w₁ = (∂z₁/∂w₁)ᵀ δ₁   (2, h)   with δ₁ = ∂E/∂z₁ = δ₂ (∂z₂/∂a₁)ᵀ ⊙ ∂a₁/∂z₁   (n, h)"""
    dE_dz1 = dE_dz2 @ dz2_da1.mT * da1_dz1
    return dE_dz1, dz1_dw1.mT @ dE_dz1


@_operation("13", "how the loss changes with b₁",
            "The same for the [biases of the hidden layer](b1): the [slopes of all examples](dE_dz1), added up.",
            r"{dE_db1} = \left({dz1_db1}\right)^{{\mathsf T}} {dE_dz1}")
def dE_db1(dz1_db1, dE_dz1):
    """∂E/∂b₁ = (∂z₁/∂b₁)ᵀ δ₁   (1, h)"""
    return dz1_db1.mT @ dE_dz1


@_operation("14", "new w₁ and b₁",
            "The last step downhill. Now all [new values](new_w1) take effect together, and the next epoch begins.",
            r"{new_w1} = {w1} - {learning_rate}\, {dE_dw1}",
            r"{new_b1} = {b1} - {learning_rate}\, {dE_db1}", outputs=("new_w1", "new_b1"))
def new_w1_new_b1(w1, b1, dE_dw1, dE_db1, learning_rate):
    """new w₁ = w₁ − η ∂E/∂w₁   (2, h)   and   new b₁ = b₁ − η ∂E/∂b₁   (1, h)"""
    return w1 - learning_rate * dE_dw1, b1 - learning_rate * dE_db1


OPERATIONS = tuple(_registered)
STEPS = OPERATIONS[-14:]
LAYERS = {layer: tuple(op for op in OPERATIONS if op.layer == layer) for layer in dict.fromkeys(op.layer for op in OPERATIONS)}
