"""Traits: what does not fit is refused when it is set, too, with the constructor's sentence, and the last good state stays."""
import json
import re

import numpy as np
import pytest
from hypothesis import example
from hypothesis import given as forall
from hypothesis import strategies as st
from javascript import Module
from traitlets import HasTraits, TraitError

from nnlib import AND, GATES, OR, RELU, XOR, Activation, Gate, Parameters
from nnlib.gates import TWO_EXAMPLES
from nnlib.widgets import (
    WIDGETS,
    ActivationExplorer,
    AnswerBox,
    AutogradExplorer,
    BugLab,
    DescentExplorer,
    GradientCheck,
    LossExplorer,
    NeuronExplorer,
    NumberBox,
    OptimizerRace,
    SlopeExplorer,
    StepExplorer,
    TrainingExplorer,
    Worksheet,
)
from nnlib.widgets.traits import (
    ActivationName,
    ExamplesTrait,
    Finite,
    Matrix,
    OneOf,
    ParametersTrait,
    Rate,
    Refused,
    Seed,
    Truth,
    Whole,
    together,
)

THREE = Parameters.random(0, hidden=3)
THREE_INPUTS = ([[0, 1, 1]], [[1]])
REFUSED = [
    (StepExplorer, "epoch", -1, "epoch: expected a whole number from 0 to 100000, got -1"),
    (StepExplorer, "epoch", True, "epoch: expected a whole number, got True"),
    (StepExplorer, "epoch", "3", "epoch: expected a whole number, got '3'"),
    (StepExplorer, "step", "F9", "step: expected one of F1, F2"),
    (StepExplorer, "speed", float("nan"), "speed: expected finite numbers, got nan"),
    (StepExplorer, "speed", 100, "speed: expected a number from 0.1 to 10, got 100"),
    (StepExplorer, "predict", "no", "predict: expected True or False, got 'no'"),
    (StepExplorer, "examples", "ADN", "examples: expected one of two examples, AND, OR, NAND, NOR, XOR, got 'ADN'; did you mean 'AND'?"),
    (StepExplorer, "examples", THREE_INPUTS, "x: expected shape (n, 2), got (1, 3)"),
    (StepExplorer, "examples", {"nam": "a", "x": [[0, 1]], "y": [[1]]}, "examples: expected the keys name, x, y, got 'nam'; did you mean 'name'?"),
    (StepExplorer, "examples", {"x": [[0, 1]], "y": [[1]]}, "examples: expected the keys name, x, y, got none for name"),
    (StepExplorer, "examples", (1, [[0, 1]], [[1]]), "examples: expected a name for the examples, got 1"),
    (StepExplorer, "parameters", {"w1": 0, "b1": 0, "w3": 0, "b2": 0}, "parameters: expected the keys w1, b1, w2, b2, got 'w3'; did you mean 'w"),
    (StepExplorer, "parameters", {"w1": 0}, "parameters: expected the keys w1, b1, w2, b2, got none for b1, w2, b2"),
    (StepExplorer, "parameters", [[0, 1]], "parameters: expected Parameters(w1, b1, w2, b2), got list of 1"),
    (StepExplorer, "learning_rate", [0.1, 0.2], "learning_rate: expected one number, got shape (2,)"),
    (StepExplorer, "learning_rate", np.True_, "learning_rate: expected a number, got True"),
    (StepExplorer, "hidden", "tahn", "hidden: expected one of sigmoid, tanh, relu, identity, got 'tahn'; did you mean 'tanh'?"),
    (StepExplorer, "hidden", Activation("mine", "m", "1", np.sin, np.cos), "hidden: expected one of sigmoid, tanh, relu, identity, got 'mine'"),
    (GradientCheck, "learning_rate", 0, "learning_rate: expected a number > 0, got 0.0"),
    (GradientCheck, "parameters", THREE, "parameters: expected w1 of shape (2, 2) and w2 of shape (2, 1), got (2, 3) and (3, 1)"),
    (GradientCheck, "examples", THREE_INPUTS, "examples: expected x (n, 2) and y (n, 1), got (1, 3) and (1, 1)"),
    (GradientCheck, "epsilon", 2, "epsilon: expected a number from 1e-14 to 1, got 2"),
    (BugLab, "learning_rate", 0, "learning_rate: expected a number > 0, got 0.0"),
    (BugLab, "parameters", THREE, "parameters: expected w1 of shape (2, 2)"),
    (BugLab, "mistakes", ["updatd w2"], "did you mean 'updated w2'?"),
    (BugLab, "traps", "huge rat", "traps: expected one of no biases, equal start, huge rate, got 'huge rat'; did you mean 'huge rate'?"),
    (LossExplorer, "a2", [[0.1], [0.2]], "y: expected shape (2, 1), got (4, 1)"),
    (LossExplorer, "a2", [[2], [0], [0], [0]], "a2: expected numbers from 0 to 1"),
    (LossExplorer, "y", [[True], [False], [False], [False]], "y: expected an array of real numbers"),
    (DescentExplorer, "row", 7, "row, column: expected a place in w2 (2, 1), got (7, 0)"),
    (DescentExplorer, "weight", "w3", "weight: expected one of w1, b1, w2, b2, got 'w3'; did you mean 'w"),
    (DescentExplorer, "weight", ["w2"], "weight: expected one of w1, b1, w2, b2, got ['w2']"),
    (DescentExplorer, "examples", THREE_INPUTS, "x: expected shape (n, 2), got (1, 3)"),
    (AutogradExplorer, "expression", "nuron", "expression: expected one of twice, product, sum, neuron, sigmoid, network, got 'nuron'"),
    (AutogradExplorer, "given", {"c": 1}, "given: expected one of a, b, got 'c'"),
    (AutogradExplorer, "given", {"a": float("nan")}, "given a: expected finite numbers, got nan"),
    (AutogradExplorer, "given", 3, "given: expected a dict from names to numbers, got 3"),
    (AutogradExplorer, "given", {"a": 1e300, "b": 1e300}, "given: expected some for which every result is finite"),
    (OptimizerRace, "surface", "hill", "surface: expected one of valley, network, got 'hill'"),
    (OptimizerRace, "first", "w1 0 2", "first: expected one of w1 0 0, w1 0 1"),
    (OptimizerRace, "first", "w2 1 0", "first, second: expected two different numbers of the network, got 'w2 1 0' twice"),
    (OptimizerRace, "start", [[0, 3.5]], "start: expected from -3 to 3 vertically, got 3.5"),
    (OptimizerRace, "start", [[-11, 0]], "start: expected from -10 to 10 horizontally, got -11"),
    (OptimizerRace, "start", [0, 1], "start: expected shape (1, 2), got (2,)"),
    (OptimizerRace, "rates", {"sgd": 1}, "rates: expected one of descent, momentum, nesterov, rmsprop, adam, got 'sgd'"),
    (OptimizerRace, "rates", {"adam": -1}, "rates adam: expected a number ≥ 0, got -1.0"),
    (OptimizerRace, "rates", 0.5, "rates: expected a dict from optimizers to learning rates, got 0.5"),
    (OptimizerRace, "racing", [], "racing: expected at least one of descent, momentum"),
    (OptimizerRace, "racing", ["adm"], "racing: expected one of descent, momentum, nesterov, rmsprop, adam, got 'adm'; did you mean 'adam'?"),
    (OptimizerRace, "epoch", 201, "epoch: expected a whole number from 0 to 200, got 201"),
    (SlopeExplorer, "curve", "squar", "curve: expected one of square, sigmoid, line, got 'squar'; did you mean 'square'?"),
    (SlopeExplorer, "nudge", 0, "nudge: expected a number from 1e-06 to 1, got 0"),
    (SlopeExplorer, "u", "3", "u: expected an array of real numbers, got '3'"),
    (NumberBox, "asked", " ", "asked: expected words, got ' '"),
    (NumberBox, "asked", 3, "asked: expected words, got 3"),
    (NumberBox, "wrong", ["6"], "wrong: expected a dict from sentences to numbers, got ['6']"),
    (NumberBox, "wrong", {"": 6}, "wrong: expected a dict from sentences to numbers, got {'': 6}"),
    (NumberBox, "wrong", {"too few": float("nan")}, "wrong, 'too few': expected finite numbers, got nan"),
    (NumberBox, "wrong", {"too few": 9}, "wrong: expected numbers that the right one, 9.0, is told from, got 9.0 for 'too few'"),
    (TrainingExplorer, "gate", "XNOR", "gate: expected one of AND, OR, NAND, NOR, XOR, got 'XNOR'; did you mean '"),
    (TrainingExplorer, "gate", Gate("AND", XOR.x, XOR.y), "gate: expected the AND of nnlib, got another table of that name"),
    (TrainingExplorer, "one_at_a_time", 1, "one_at_a_time: expected True or False, got 1"),
    (TrainingExplorer, "seed", 2**60 + 1, "seed: expected a whole number from"),
    (TrainingExplorer, "neurons", 9, "neurons: expected a whole number from 1 to 8, got 9"),
    (AnswerBox, "seed", 2**60 + 1, "seed: expected a whole number from"),
    (AnswerBox, "seed", 2**53, "seed: expected a whole number from"),
    (AnswerBox, "digits", 1, "digits: expected a whole number from 2 to 6, got 1"),
    (AnswerBox, "examples", THREE_INPUTS, "x: expected shape (n, 2), got (1, 3)"),
    (AnswerBox, "quantity", "dE_dw3", "did you mean 'dE_dw"),
    (Worksheet, "seed", 1.5, "seed: expected a whole number, got 1.5"),
    (Worksheet, "rows", 5, "rows: expected a whole number from 1 to 4, got 5"),
    (Worksheet, "level", "neuron", "level: expected one of output, all, got 'neuron'"),
    (ActivationExplorer, "z", 11, "z: expected a number from -10 to 10, got 11"),
    (ActivationExplorer, "activation", [], "activation: expected an Activation"),
    (NeuronExplorer, "x", [[0, 1, 2]], "x: expected shape (1, 2), got (1, 3)"),
]


@pytest.mark.parametrize(("widget", "name", "value", "message"), REFUSED, ids=[f"{r[0].__name__} {r[1]} {i}" for i, r in enumerate(REFUSED)])
def test_what_does_not_fit_is_refused_whenever_it_comes(widget, name, value, message):
    with pytest.raises(TraitError, match=re.escape(message)):
        widget(**{name: value})
    shown = widget()
    before = shown.state()
    with pytest.raises(TraitError, match=re.escape(message)):
        setattr(shown, name, value)
    assert shown.state() == before
    with pytest.raises(TraitError, match=re.escape(message)):
        shown.set_state({name: value})
    assert shown.state() == before
    assert shown.fallback()


@pytest.mark.parametrize(("trait", "value", "message"), [
    (ExamplesTrait(), 3, "own: expected the name of a gate, a Gate or a pair (x, y), got 3"),
    (ExamplesTrait(), ([[0, 1]],), "own: expected the name of a gate, a Gate or a pair (x, y), got ([[0, 1]],)"),
    (ExamplesTrait(), (1, 2, 3, 4), "own: expected the name of a gate, a Gate or a pair (x, y), got (1, 2, 3, 4)"),
    (ExamplesTrait(), ([0, 1], [[1]]), "own x: expected shape (n, inputs), got (2,)"),
    (ExamplesTrait(), ([[0, 1]], [[1], [0]]), "own y: expected shape (1, m), got (2, 1)"),
    (ParametersTrait(), Parameters.random(0, copies=2), "expected a single network"),
    (Whole(0, 1, 3), 0, "own: expected a whole number from 1 to 3, got 0"),
    (Whole(0, 1, 3), 4, "own: expected a whole number from 1 to 3, got 4"),
    (Seed(), 2**53 + 1, f"own: expected a whole number from {-2**53} to {2**53}, got {2**53 + 1}"),
    (Seed(), -2**53 - 1, f"own: expected a whole number from {-2**53} to {2**53}, got {-2**53 - 1}"),
    (Seed(draws=10), 2**53 - 9, f"own: expected a whole number from {-2**53} to {2**53 - 10}, got {2**53 - 9}"),
    (Rate(), -0.5, "own: expected a number ≥ 0, got -0.5"),
    (Rate(positive=True), 0, "own: expected a number > 0, got 0.0"),
    (OneOf(GATES, "AND"), Gate("AND", AND.x, XOR.y), "own: expected the AND of nnlib, got another table of that name"),
    (OneOf(GATES, "AND"), Gate("AND", AND.x[::-1], AND.y), "own: expected the AND of nnlib, got another table of that name"),
    (OneOf(GATES, "AND"), Gate("mine", AND.x, AND.y), "own: expected one of AND, OR, NAND, NOR, XOR, got"),
])
def test_a_trait_of_its_own_says_what_it_expects(trait, value, message):
    with pytest.raises(Refused, match=re.escape(message)):
        type("Mine", (HasTraits,), {"own": trait})(own=value)


@pytest.mark.parametrize(("trait", "value", "kept"), [
    (Truth(), True, True), (Truth(True), False, False), (Whole(0, 1, 3), 1, 1), (Whole(0, 1, 3), 3, 3), (Whole(), -10**9, -10**9),
    (Seed(), 2**53, 2**53), (Seed(), -2**53, -2**53), (Seed(draws=10), 2**53 - 10, 2**53 - 10), (Finite(0.5), -1e300, -1e300),
    (Finite(0.5), 1e300, 1e300), (Finite(0.5, 0, 1), 1, 1), (Finite(0.5, 0, 1), 0, 0), (Rate(), 0, 0), (Rate(positive=True), 1e-9, 1e-9),
    (ActivationName(), RELU, "relu"), (ActivationName(), "tanh", "tanh"), (OneOf(GATES, "AND"), XOR, "XOR"), (OneOf(GATES, "AND"), "OR", "OR"),
    (OneOf(GATES, "AND"), Gate("OR", OR.x.copy(), OR.y.copy()), "OR"), (ParametersTrait(none=True), None, None),
])
def test_a_trait_keeps_what_fits(trait, value, kept):
    owner = type("Mine", (HasTraits,), {"own": trait})(own=value)
    assert owner.own == kept and isinstance(owner.own, bool) == isinstance(kept, bool)
    assert trait.metadata["sync"] is True


@pytest.mark.parametrize(("trait", "start"), [
    (Truth(), False), (Truth(True), True), (Whole(), 0), (Whole(4), 4), (Seed(), 1), (Seed(7), 7), (Finite(0.25), 0.25), (Rate(), 0.5),
    (Rate(0.1), 0.1), (ActivationName(), "sigmoid"), (ActivationName("tanh"), "tanh"), (OneOf(GATES, "OR"), "OR"),
    (ExamplesTrait(), "two examples"), (ExamplesTrait(OR), "OR"),
])
def test_what_a_trait_is_unless_told(trait, start):
    own = type("Mine", (HasTraits,), {"own": trait})().own
    assert getattr(own, "name", own) == start


@pytest.mark.parametrize(("value", "name", "x", "y"), [
    ("two examples", "two examples", TWO_EXAMPLES.x, TWO_EXAMPLES.y), ("XOR", "XOR", XOR.x, XOR.y), (OR, "OR", OR.x, OR.y),
    (([[0, 1]], [[1]]), "own", [[0, 1]], [[1]]), ([[[0, 1]], [[True]]], "own", [[0, 1]], [[1]]), (("mine", [[1, 0]], [[0]]), "mine", [[1, 0]], [[0]]),
    ({"y": [[1, 0]], "x": [[0, 1, 1]], "name": "wide"}, "wide", [[0, 1, 1]], [[1, 0]]),
])
def test_examples_have_a_name_inputs_and_targets(value, name, x, y):
    trait = ExamplesTrait()
    owner = type("Mine", (HasTraits,), {"own": trait})(own=value)
    assert owner.own.name == name and np.array_equal(owner.own.x, x) and np.array_equal(owner.own.y, y)
    assert owner.own.x.dtype == owner.own.y.dtype == np.float64
    assert trait.metadata["to_json"](owner.own, owner) == {"name": name, "x": owner.own.x.tolist(), "y": owner.own.y.tolist()}


def test_matrices_and_parameters_are_new_for_each_widget_and_lists_for_javascript():
    class Mine(HasTraits):
        matrix, network, nothing = Matrix((1, "m"), [[1, 2]]), ParametersTrait(), ParametersTrait(none=True)

    one, other = Mine(), Mine()
    assert one.matrix.dtype == np.float64 and one.matrix.tolist() == [[1, 2]] and one.matrix is not other.matrix
    assert one.network.w1 is not other.network.w1 and one.network.w2.tolist() == Parameters.example().w2.tolist()
    in_json = {name: trait.metadata["to_json"] for name, trait in Mine.class_traits().items()}
    assert in_json["matrix"](one.matrix, one) == [[1, 2]] and in_json["nothing"](None, one) is None
    assert in_json["network"](one.network, one) == {name: p.tolist() for name, p in Parameters.example()._asdict().items()}
    with pytest.raises(TraitError, match=r"matrix: expected shape \(1, m\), got \(2, 1\)"):
        one.matrix = [[1], [2]]


def test_a_check_sees_its_traits_as_they_would_be():
    """What it raises is refused, with its sentence; a TraitError goes through as it is; the value itself is kept."""
    class Mine(HasTraits):
        low, high = Whole(1), Whole(5)

        @together("low", "high")
        def _in_order(self, now):
            if now.low == 99:
                raise TraitError("not 99")
            if now.low >= now.high:
                raise ValueError(f"low: expected less than {now.high}, got {now.low}")

    mine = Mine(low=2)
    mine.high = 3
    assert (mine.low, mine.high) == (2, 3)
    for name, value, message in (("low", 3, "expected less than 3, got 3"), ("high", 2, "expected less than 2, got 2")):
        with pytest.raises(Refused, match=message) as found:
            setattr(mine, name, value)
        assert isinstance(found.value, ValueError) and (mine.low, mine.high) == (2, 3)
    with pytest.raises(TraitError, match="not 99") as found:
        mine.low = 99
    assert type(found.value) is TraitError


def test_what_came_with_a_refused_value_is_taken_back():
    widget = StepExplorer()
    before = widget.state()
    with pytest.raises(TraitError, match="hidden: expected one of"):
        widget.set_state({"epoch": 4, "hidden": "swish"})
    assert widget.state() == before


def test_what_fits_only_together_is_set_together():
    widget = LossExplorer()
    with widget.hold_trait_notifications():
        widget.a2, widget.y = [[0.1], [0.2]], [[0], [1]]
    assert widget.a2.shape == widget.y.shape == (2, 1)
    with pytest.raises(TraitError, match=r"y: expected shape \(1, 1\)"), widget.hold_trait_notifications():
        widget.a2 = [[0.5]]
    assert widget.a2.shape == (2, 1)
    one = StepExplorer(parameters=THREE, examples=OR)
    one.parameters = Parameters.example()
    assert one.iteration().dE_dw2.shape == (2, 1)


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda w: w.__name__)
def test_a_name_that_is_no_trait_is_never_ignored(widget):
    right = widget.own_traits()[0]
    wrong = right[:-1] + "_" + right[-1]
    message = re.escape(f"{widget.__name__}: unknown {wrong}; there are ") + f".*; did you mean '{right}'"
    for attempt in (lambda: widget(**{wrong: 1}), lambda: setattr(widget(), wrong, 1), lambda: widget().set_state({wrong: 1})):
        with pytest.raises(TypeError, match=message):
            attempt()


def test_methods_are_not_overwritten():
    with pytest.raises(TypeError, match="StepExplorer: unknown iteration"):
        StepExplorer().iteration = 3


# ---- the random start -----------------------------------------------------------------------------------------


def test_a_new_seed_takes_effect():
    widget = TrainingExplorer()
    widget.seed = 9
    assert widget.parameters is None
    assert all(np.array_equal(a, b) for a, b in zip(widget.start, TrainingExplorer(seed=9).start, strict=True))
    widget.parameters = Parameters.example()
    widget.neurons = 5
    assert widget.start.w1.shape == (2, 5)
    widget.parameters = Parameters.example()
    with pytest.raises(TraitError):
        widget.seed = "nine"
    assert widget.parameters is not None, "a seed that is refused changes nothing"


def test_parameters_that_are_given_stay():
    for widget in (TrainingExplorer(parameters=THREE, seed=4), TrainingExplorer(seed=4, parameters=THREE)):
        assert np.array_equal(widget.start.w1, THREE.w1)
    widget = TrainingExplorer()
    widget.set_state({"seed": 4, "parameters": {name: p.tolist() for name, p in THREE._asdict().items()}})
    assert np.array_equal(widget.start.w1, THREE.w1)
    widget.set_state({"seed": 5})
    assert widget.parameters is None


def test_numbers_of_numpy_are_numbers():
    widget = StepExplorer(epoch=np.int64(3), learning_rate=np.float32(0.25), examples=(AND.x.astype(bool), AND.y.astype(bool)))
    assert (widget.epoch, widget.learning_rate, widget.examples.x.dtype) == (3, 0.25, np.float64)
    assert type(widget.state()["epoch"]) is int


def test_an_answer_box_is_never_sent_without_its_digits(monkeypatch):
    """A page that heard "0 digits" first found no question, and stayed empty."""
    sent = []
    monkeypatch.setattr(AnswerBox, "open", lambda self: sent.append((self.quantity, self.digits)))
    AnswerBox()
    AnswerBox("new_w2")
    AnswerBox("dE_dw1", digits=5)
    assert sent == [("dE_dw2", 3), ("new_w2", 4), ("dE_dw1", 5)]


def test_without_digits_there_are_the_usual_ones():
    box = AnswerBox("new_w2")
    assert box.digits == 4
    box.quantity, box.seed = "z1", 7
    assert box.question().quantity == "z1" and "z₁" in box.fallback()[0]


# ---- in step with the page ----


@pytest.mark.parametrize("read", [
    lambda w: w.parameters.w1, lambda w: w.parameters.b2, lambda w: w.examples.x, lambda w: w.examples.y], ids=["w1", "b2", "x", "y"])
def test_a_widgets_numbers_are_not_changed_in_place(read):
    widget = StepExplorer()
    before = read(widget).copy()
    with pytest.raises(ValueError, match=r"as in widget.parameters = …"):
        read(widget)[0, 0] = 9
    with pytest.raises(ValueError, match="read-only"):
        np.add(read(widget), 1, out=read(widget))
    assert np.array_equal(read(widget), before)
    own = read(widget) + 1
    own[0, 0] = 9
    assert own[0, 0] == 9, "what is computed from them is one's own"


def test_what_is_given_to_a_widget_stays_ones_own():
    p = Parameters.example()
    widget = StepExplorer(parameters=p)
    p.w1[0, 0] = 7
    assert widget.parameters.w1[0, 0] == 0.3
    widget.parameters = p
    assert widget.parameters.w1[0, 0] == 7


def test_a_loss_explorers_matrix_too():
    widget = LossExplorer()
    with pytest.raises(ValueError, match="in place"):
        widget.a2[0, 0] = 0.5


def test_several_traits_in_one_go():
    """x with three columns fits only with its weights; alone, either is refused."""
    p = Parameters.random(3, 4)
    three = p._replace(w1=np.ones((3, 4)))
    x, y = np.eye(3), np.ones((3, 1))
    widget = StepExplorer(step=5)
    seen = []
    widget.observe(lambda change: seen.append(change.name))
    with pytest.raises(ValueError, match="x: expected shape"):
        widget.examples = (x, y)
    widget.set(parameters=three, examples=(x, y), epoch=2)
    assert widget.parameters.w1.shape == (3, 4) and widget.examples.x.shape == (3, 3) and widget.epoch == 2
    assert {"parameters", "examples", "epoch"} <= set(seen)
    with pytest.raises(ValueError, match="x: expected shape"):
        widget.set(epoch=5, parameters=p)
    assert widget.epoch == 2 and widget.parameters.w1.shape == (3, 4), "all stay as they were"
    with pytest.raises(ValueError, match="learning_rate"):
        widget.set(epoch=7, learning_rate=-1)
    assert widget.epoch == 2
    with pytest.raises(TypeError, match="unknown epocj"):
        widget.set(epocj=1)


EXACT = Module("model/exact.js")
FINITE = st.floats(allow_nan=False, allow_infinity=False)


def bits(value):
    return np.asarray(value, dtype=float).tobytes()


@forall(FINITE, FINITE)
@example(-0.0, 5e-324)
@example(-2.2250738585072014e-308, 1.7976931348623157e308)
@example(2.0**53 + 2, 1e22)
@example(0.1 + 0.2, -1e-17)
@example(0.0, 2.0**64)
def test_numbers_go_to_the_page_and_back_to_the_last_bit(first, second):
    """As the page gets them, and as a browser writes what it sends back."""
    values = [[first], [second]]
    widget = StepExplorer(parameters=Parameters.example()._replace(w2=values), learning_rate=0)
    page = json.dumps(widget.state()["parameters"])
    back = EXACT("encoded(JSON.parse(page))", page=page)
    other = StepExplorer(learning_rate=0)
    other.set_state({"parameters": back})
    assert bits(other.parameters.w2) == bits(values)
    assert {type(one) for row in other.state()["parameters"]["w2"] for one in row} == {float}


def test_the_page_computes_with_numbers_only():
    state = {"parameters": {"w1": [[0, -0.0]], "b2": [[3]]}, "name": "AND", "none": None, "on": True}
    seen = EXACT("((s) => [Object.is(s.parameters.w1[0][1], -0), Object.is(s.parameters.w1[0][0], 0), s.parameters.b2, s.name, s.none, s.on])"
                 "(decoded(encoded(state)))", state=state)
    assert seen == [True, True, [[3]], "AND", None, True]
    assert EXACT("[1, {}, [[2]], 'x', null].every((one) => encoded(one) === one && decoded(one) === one)"), "nothing is copied without need"


@pytest.mark.parametrize(("make", "name", "zero"), [
    (lambda: TrainingExplorer(learning_rate=0), "learning_rate", lambda sign: sign * 0.0),
    (lambda: NeuronExplorer(), "b1", lambda sign: [[sign * 0.0]]),
], ids=["a number", "a matrix of one number"])
def test_another_sign_of_zero_is_told(make, name, zero):
    """Python takes 0.0 and −0.0 for equal; the page is told all the same."""
    widget, seen = make(), []
    setattr(widget, name, zero(1))
    widget.observe(lambda change: seen.append(bits(change.new)), name)
    for sign in (1, -1, -1, 1):
        setattr(widget, name, zero(sign))
    assert seen == [bits(zero(-1)), bits(zero(1))]


@pytest.mark.parametrize("wrong", [
    lambda: StepExplorer(epoch=-1),
    lambda: setattr(StepExplorer(), "epoch", -1),
    lambda: StepExplorer().set(learning_rate=1, epoch=-1),
    lambda: TrainingExplorer(gate="XR"),
])
def test_what_is_refused_is_told_right_below_the_line_that_asked(wrong):
    """Seventy lines of traitlets once stood between the two."""
    with pytest.raises(Refused) as refused:
        wrong()
    assert not any("traitlets" in str(entry.path) for entry in refused.traceback)
    assert refused.value.__cause__ is None and refused.value.__suppress_context__


@pytest.mark.parametrize(("name", "hint"), [("epochs", "did you mean 'epoch'?"), ("w1", "w1 is one of the parameters: parameters = parameters._replace(w1=…)")])
def test_a_name_that_is_not_there_is_answered_with_the_one_that_is_meant(name, hint):
    widget = StepExplorer()
    with pytest.raises(AttributeError, match=re.escape(f"StepExplorer: unknown {name}; there are compact, epoch")) as unknown:
        getattr(widget, name)
    assert str(unknown.value).endswith(hint)
    with pytest.raises(TypeError, match=re.escape(hint)):
        setattr(widget, name, 1)
    assert not hasattr(widget, name) and not hasattr(widget, "_repr_png_")


def test_a_number_box_takes_what_a_cell_computes():
    box = NumberBox("the bias", right=np.float64(-0.4), digits=2, wrong={"the sign": np.array(0.4)})
    assert box.state() == {"asked": "the bias", "right": -0.4, "digits": 2, "wrong": {"the sign": 0.4}}
    assert box.fallback() == ("A number to work out by hand: the bias.", [["number", "significant digits"], ["the bias", "2"]])
    assert NumberBox().fallback()[1][1] == ["how many numbers our network learns", "all"]
    with pytest.raises(TraitError, match=r"wrong: expected numbers that the right one, -0.4, is told from, got -0.42"):
        NumberBox("the bias", right=-0.4, digits=2, wrong={"nearly": -0.42})


def test_the_last_digits_of_what_a_cell_computes_are_not_kept():
    """Another processor finds others, and a page would be another one."""
    box = NumberBox("the slope", right=0.1 + 0.2, wrong={"the quotient": (5.01**2 - 25) / 0.01})
    assert box.right == 0.3 and box.wrong == {"the quotient": 10.01}
