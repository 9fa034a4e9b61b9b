"""Formulas as text: made from the templates, true for every activation; the docstrings of the steps say the same."""
import re

import pytest

from nnlib import ACTIVATIONS, IDENTITY, OPERATIONS, QUANTITIES, RELU, SIGMOID, TANH, Activation
from nnlib.formulas import lines, parts, tokens
from nnlib.losses import CROSS_ENTROPY

BY_LABEL = {operation.label: operation for operation in OPERATIONS}


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda op: op.label)
def test_the_docstring_states_the_formula_and_its_shape(operation):
    stated = re.split(r"\n|: row i", operation.function.__doc__)[0]
    expected = []
    for line in lines(operation):
        (name,) = [name for name in operation.outputs if line.startswith(QUANTITIES[name].symbol + " = ")]
        expected.append(f"{line}   {QUANTITIES[name].shape_text}")
    assert re.split(r"   (?:with|and)\s+", stated) == expected


def test_formulas_as_text():
    assert lines(BY_LABEL["F1"]) == ("z₁ = x w₁ + b₁",)
    assert lines(BY_LABEL["E"]) == ("E = ½ Σ (a₂ − y)²",)
    assert lines(BY_LABEL["5"]) == ("∂E/∂w₂ = (∂z₂/∂w₂)ᵀ δ₂", "δ₂ = ∂E/∂z₂ = ∂E/∂a₂ ⊙ ∂a₂/∂z₂")
    assert lines(BY_LABEL["7"]) == ("new w₂ = w₂ − η ∂E/∂w₂", "new b₂ = b₂ − η ∂E/∂b₂")
    assert lines(BY_LABEL["8"]) == ("∂z₂/∂a₁ = w₂, the old one: the forward pass used it",)


@pytest.mark.parametrize(("activation", "value", "slope"), [
    (SIGMOID, "σ(z₁)", "σ′(z₁) = a₁ ⊙ (1 − a₁)"), (TANH, "tanh(z₁)", "tanh′(z₁) = 1 − a₁ ⊙ a₁"),
    (RELU, "ReLU(z₁)", "ReLU′(z₁) = [z₁ > 0]"), (IDENTITY, "id(z₁)", "id′(z₁) = 1"),
])
def test_formulas_follow_the_activation(activation, value, slope):
    assert lines(BY_LABEL["F2"], hidden=activation) == (f"a₁ = {value}",)
    assert lines(BY_LABEL["9"], hidden=activation) == (f"∂a₁/∂z₁ = {slope}",)
    assert lines(BY_LABEL["9"], output=activation) == lines(BY_LABEL["9"]), "the output's activation is not the hidden layer's"
    assert lines(BY_LABEL["2"], output=activation) == (f"∂a₂/∂z₂ = {slope.replace('₁', '₂')}",)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda op: op.label)
def test_a_formula_names_what_its_function_takes(operation):
    for activation in ACTIVATIONS.values():
        for name, behind in parts(operation, activation, activation):
            used = {token["q"] for part in behind for token in part if isinstance(token, dict)}
            assert name in operation.outputs and used <= {*operation.inputs, *operation.outputs} - {"hidden", "output"}


def test_an_activation_of_ones_own():
    softplus = Activation("softplus", r"\operatorname{softplus}", r"1 - {a}", None, None)
    assert lines(BY_LABEL["9"], hidden=softplus) == ("∂a₁/∂z₁ = softplus′(z₁) = 1 − a₁",)


def test_formulas_follow_the_loss():
    assert lines(BY_LABEL["E"], loss=CROSS_ENTROPY) == ("E = −Σ (y ⊙ log a₂ + (1 − y) ⊙ log (1 − a₂))",)
    assert lines(BY_LABEL["1"], loss=CROSS_ENTROPY) == ("∂E/∂a₂ = (a₂ − y) ⊘ (a₂ ⊙ (1 − a₂))",)


def test_a_thin_space_stands_between_letters_and_is_not_doubled():
    assert tokens(r"{w1}\,{b1}") == [{"q": "w1"}, "\u2009", {"q": "b1"}]


def test_latex_without_a_plain_form_is_refused():
    with pytest.raises(ValueError, match=r"no plain form; add it to PIECES"):
        tokens(r"{a1} \otimes {w2}")
