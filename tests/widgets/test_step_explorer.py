"""StepExplorer's Python side: its traits, what it refuses, what it leaves on a static page."""
import json
import re

import numpy as np
import pytest
from traitlets import TraitError

from nnlib import AND, XOR, Parameters, iteration
from nnlib.widgets import WIDGETS, StepExplorer


def test_without_arguments_it_is_the_worked_example():
    widget = StepExplorer()
    assert (widget.step, widget.epoch, widget.learning_rate) == ("F1", 0, 0.5)
    assert np.array_equal(widget.examples.x, [[0, 1], [1, 1]])
    assert all(np.array_equal(a, b) for a, b in zip(widget.parameters, Parameters.example(), strict=True))


def test_it_opens_where_it_is_told():
    widget = StepExplorer(step=5, epoch=3, parameters=Parameters.random(7, hidden=3), examples=XOR, learning_rate=1, hidden="tanh")
    assert repr(widget) == "StepExplorer(step='5', epoch=3)"
    assert widget.examples.name == "XOR" and widget.hidden == "tanh"
    assert widget.iteration().dE_dw2.shape == (3, 1)


def test_what_is_on_show_is_nnlibs():
    widget = StepExplorer(examples="AND")
    expected = iteration(AND.x, AND.y, Parameters.example(), 0.5)
    assert all(np.array_equal(widget.iteration()[name], expected[name]) for name in ("E", "dE_dw1", "new_b2"))


@pytest.mark.parametrize(("traits", "error", "message"), [
    (dict(step=15), TraitError, "step: expected one of F1"),
    (dict(step="F9"), TraitError, "step: expected one of F1"),
    (dict(epoch=-1), TraitError, "epoch"),
    (dict(epoch=True), TraitError, "epoch"),
    (dict(examples="NOT"), TraitError, "examples: expected one of two examples, AND.*did you mean 'NOR'"),
    (dict(examples=3), TraitError, "examples: expected the name of a gate"),
    (dict(examples=([[0, 1]], [[1], [0]])), ValueError, r"examples y: expected shape \(1, m\), got \(2, 1\)"),
    (dict(parameters=[1, 2]), TypeError, "parameters: expected Parameters"),
    (dict(parameters=Parameters.random(0, copies=2)), TraitError, "expected a single network"),
    (dict(examples=([[0, 1, 2]], [[1]])), ValueError, r"x: expected shape \(n, 2\)"),
    (dict(learning_rate=-1), ValueError, "learning_rate: expected a number ≥ 0"),
    (dict(hidden="swish"), ValueError, "hidden: expected one of"),
    (dict(colour="red"), TypeError, "StepExplorer: unknown colour"),
])
def test_what_it_says(traits, error, message):
    with pytest.raises(error, match=message):
        StepExplorer(**traits)


def test_traits_go_to_javascript_and_come_back():
    widget = StepExplorer()
    widget.set_state({"epoch": 4, "step": "7", "parameters": {"w1": [[1, 2], [3, 4]], "b1": [[0, 0]], "w2": [[1], [1]], "b2": [[0]]}})
    assert widget.epoch == 4 and widget.step == "7" and widget.parameters.w1[1, 0] == 3
    assert json.loads(json.dumps(widget.get_state()["parameters"]))["w1"] == [[1, 2], [3, 4]]


def test_two_widgets_do_not_share_their_state():
    one, other = StepExplorer(), StepExplorer()
    one.epoch = 5
    assert other.epoch == 0 and not np.shares_memory(one.parameters.w1, other.parameters.w1)


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda w: w.__name__)
def test_static_html(widget):
    """The same on every run; the state exact; a sentence and a table for a page without scripts."""
    first, second = widget()._static_html(), widget()._static_html()
    assert first == second
    state = re.search(r'<script type="application/json">(.*?)</script>', first)[1]
    assert json.loads(state) == widget().static_state() and "<" not in state
    assert widget().state().items() <= widget().static_state().items()
    assert re.search(r"<p>.{30,}</p>", first) and first.count("<tr>") >= (2 if widget.__name__ == "NumberBox" else 3)
    assert widget()._repr_mimebundle_()[0]["text/html"] == first
    assert " at 0x" not in repr(widget())


def test_the_fallback_tells_the_step():
    sentence, table = StepExplorer(step=6).fallback()
    assert sentence.startswith("Step 6: how the loss changes with b₂.")
    assert sentence.endswith(" ∂E/∂b₂ = (∂z₂/∂b₂)ᵀ δ₂")
    assert table[-1] == ["∂E/∂b₂ (dE_db2)", "(1, 1)", "0.0305088"]


@pytest.mark.parametrize(("step", "hidden", "output", "formula"), [
    (9, "sigmoid", "tanh", "∂a₁/∂z₁ = σ′(z₁) = a₁ ⊙ (1 − a₁)"),
    (9, "tanh", "sigmoid", "∂a₁/∂z₁ = tanh′(z₁) = 1 − a₁ ⊙ a₁"),
    (2, "sigmoid", "relu", "∂a₂/∂z₂ = ReLU′(z₂) = [z₂ > 0]"),
    ("F4", "tanh", "identity", "a₂ = id(z₂)"),
    ("E", "tanh", "identity", "E = ½ Σ (a₂ − y)²"),
])
def test_the_fallback_states_the_formula_of_the_chosen_activation(step, hidden, output, formula):
    sentence, _ = StepExplorer(step=step, hidden=hidden, output=output).fallback()
    assert sentence.endswith(f" {formula}")


def test_stops_are_called_by_their_names():
    sentences = [StepExplorer(step=step).fallback()[0] for step in ("F1", "E", 14)]
    assert [sentence.split(":")[0] for sentence in sentences] == ["Forward 1", "Loss", "Step 14"]
