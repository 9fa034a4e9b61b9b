"""The nineteen operations: the list itself, PyTorch's values, and that no broken step goes unnoticed."""
import dataclasses
import re

import numpy as np
import pytest
from oracles import CASES, assert_golden, given

from nnlib import AND, IDENTITY, OPERATIONS, QUANTITIES, RELU, SIGMOID, STEPS, TANH, Parameters, gradient_check, iteration, steps
from nnlib.steps import LAYERS, MARK, Operation

LABELS = ["F1", "F2", "F3", "F4", "E", *map(str, range(1, 15))]


def replaced(label, function):
    """The operations with one function replaced."""
    return tuple(dataclasses.replace(op, function=function) if op.label == label else op for op in OPERATIONS)


def test_the_list():
    assert [op.label for op in OPERATIONS] == LABELS
    assert OPERATIONS[-14:] == STEPS
    assert [op.outputs for op in STEPS] == [
        ("dE_da2",), ("da2_dz2",), ("dz2_dw2",), ("dz2_db2",), ("dE_dz2", "dE_dw2"), ("dE_db2",), ("new_w2", "new_b2"),
        ("dz2_da1",), ("da1_dz1",), ("dz1_dw1",), ("dz1_db1",), ("dE_dz1", "dE_dw1"), ("dE_db1",), ("new_w1", "new_b1")]


def test_every_stop_has_a_name_and_a_layer():
    assert [op.name for op in OPERATIONS] == [*(f"Forward {k}" for k in range(1, 5)), "Loss", *(f"Step {k}" for k in range(1, 15))]
    assert {layer: [op.label for op in operations] for layer, operations in LAYERS.items()} == {
        "forward": LABELS[:4], "loss": ["E"], "output layer": LABELS[5:12], "hidden layer": LABELS[12:]}
    assert sum(LAYERS.values(), ()) == OPERATIONS


@pytest.mark.parametrize("op", OPERATIONS, ids=lambda op: op.label)
def test_operation_is_wholly_described(op):
    assert set(op.inputs) <= {*QUANTITIES, "loss"}
    assert op.function.__doc__ and op.title and op.words.endswith(".")
    for formula, name in zip(op.formulas_for(SIGMOID, SIGMOID), op.outputs, strict=True):
        assert formula.startswith(QUANTITIES[name].latex), "a formula says what it gives first"
        assert formula.count("{") == formula.count("}")


@pytest.mark.parametrize("op", OPERATIONS, ids=lambda op: op.label)
def test_words_that_mean_a_quantity_are_marked_with_its_name(op):
    marks = MARK.findall(op.marked)
    assert marks and all(QUANTITIES[name].kind != "function" for _, name in marks)
    assert MARK.sub(r"\1", op.marked) == op.words and "](" not in op.words


def test_formulas_follow_the_activation():
    step9 = STEPS[8]
    assert r"a_1 \odot (1 - a_1)" in step9.formula
    assert r"1 - a_1 \odot a_1" in step9.formula_for(TANH, SIGMOID)
    assert "[z_1 > 0]" in step9.formula_for(RELU, SIGMOID)
    step2 = STEPS[1]
    assert step2.formula.endswith(r" = \sigma'(z_2) = a_2 \odot (1 - a_2)")
    assert step2.formula_for(SIGMOID, RELU).endswith(r" = \operatorname{ReLU}'(z_2) = [z_2 > 0]")
    assert [op.formula_for(TANH, IDENTITY) for op in (OPERATIONS[1], OPERATIONS[3])] == [
        r"a_1 = \tanh(z_1)", r"a_2 = \operatorname{id}(z_2)"]


def test_how_an_operation_shows_itself():
    step7 = STEPS[6]
    assert repr(step7) == "<7: new w₂ and b₂>"
    assert step7.formula == r"w_2^{\text{new}} = w_2 - \eta\, \frac{\partial E}{\partial w_2},\qquad " \
                            r"b_2^{\text{new}} = b_2 - \eta\, \frac{\partial E}{\partial b_2}"
    assert step7._repr_latex_() == rf"$\displaystyle {step7.formula}$"


def test_an_operation_is_never_changed_and_its_function_stands_in_the_module():
    with pytest.raises(dataclasses.FrozenInstanceError):
        STEPS[0].label = "2"
    assert all(getattr(steps, op.function.__name__) is op.function for op in OPERATIONS)


@pytest.mark.parametrize(("name", "case"), CASES)
def test_every_quantity_equals_pytorchs(name, case):
    assert_golden(iteration(**given(case)), case["values"])


def test_step_8_sees_the_old_w2():
    it = iteration(AND.x, AND.y, Parameters.example(), 0.5)
    assert np.array_equal(it.dz2_da1, Parameters.example().w2)
    assert not np.array_equal(it.dz2_da1, it.new_w2)


def scaled(function, factor, output=0):
    """The function with one of its outputs multiplied by a factor."""

    def wrong(*args):
        result = function(*args)
        if not isinstance(result, tuple):
            return factor * result
        return tuple(factor * value if number == output else value for number, value in enumerate(result))

    return wrong


@pytest.mark.parametrize("factor", [-1.0, 1.001, 2.0], ids=["sign", "a thousandth", "factor"])
@pytest.mark.parametrize(("step", "output"), [(step, name) for step in STEPS for name in step.outputs],
                         ids=lambda value: f"step {value.label}" if isinstance(value, Operation) else value)
def test_a_broken_step_is_noticed_by_both_judges(step, output, factor):
    broken = replaced(step.label, scaled(step.function, factor, step.outputs.index(output)))
    _, case = CASES[0]
    with pytest.raises(AssertionError):
        assert_golden(iteration(**given(case), operations=broken), case["values"])
    assert not gradient_check(**given(case), operations=broken).passed(1e-5)


# What a tired author might write: a transpose, a factor or a sum left out, or the new value where the old belongs.
SLIPS = {
    "1": lambda a2, y: y - a2,
    "2": lambda a2: a2 * a2,
    "3": lambda z1: z1,
    "4": lambda z2: np.zeros((z2.shape[-2], 1)),
    "5": lambda dz2_dw2, dE_da2, da2_dz2: (dE_da2 * da2_dz2, dz2_dw2.mT @ dE_da2),
    "5 no transpose": lambda dz2_dw2, dE_da2, da2_dz2: (dE_da2 * da2_dz2, dz2_dw2 @ (dE_da2 * da2_dz2)),
    "6": lambda dz2_db2, dE_da2: dz2_db2.mT @ dE_da2,
    "6 one example": lambda dE_dz2: dE_dz2[..., :1, :],
    "7": lambda w2, b2, dE_dw2, dE_db2, learning_rate: (w2 + learning_rate * dE_dw2, b2 - learning_rate * dE_db2),
    "7 bias kept": lambda w2, b2, dE_dw2, learning_rate: (w2 - learning_rate * dE_dw2, b2),
    "8": lambda new_w2: new_w2,
    "9": lambda a1: np.ones_like(a1),
    "9 slope of the slope": lambda z1, a1, hidden: hidden.slope(a1, hidden(a1)),
    "10": lambda x: x[::-1],
    "11": lambda z1: np.ones((z1.shape[-2], 1)) / z1.shape[-2],
    "12": lambda dE_dz2, dz2_da1, da1_dz1, dz1_dw1: (dE_dz2 @ dz2_da1.mT, dz1_dw1.mT @ (dE_dz2 @ dz2_da1.mT)),
    "12 no transpose": lambda dE_dz2, dz2_da1, da1_dz1, dz1_dw1: (
        dE_dz2 @ dz2_da1.mT * da1_dz1, dz1_dw1 @ (dE_dz2 @ dz2_da1.mT * da1_dz1)),
    "13": lambda dz1_db1, dE_dz1: 2 * dz1_db1.mT @ dE_dz1,
    "14": lambda w1, b1, dE_dw1, dE_db1, learning_rate: (w1 - dE_dw1, b1 - learning_rate * dE_db1),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_noticed_by_both_judges(slip):
    broken = replaced(slip.split()[0], SLIPS[slip])
    with pytest.raises((AssertionError, ValueError)):
        for _, case in CASES:
            assert_golden(iteration(**given(case), operations=broken), case["values"])
    # Two examples and two hidden neurons: each missing transpose still fits. The book's own two examples would not do
    # here: [[0, 1], [1, 1]] is its own transpose, and hides the slip in step 12.
    check = gradient_check([[0.5, 1.0], [0.0, 1.0]], [[0.0], [1.0]], Parameters.example(), operations=broken)
    assert not check.passed(1e-5)


def test_a_broken_forward_operation_is_noticed_by_the_values():
    _, case = CASES[0]
    for op in OPERATIONS[:5]:
        with pytest.raises(AssertionError):
            assert_golden(iteration(**given(case), operations=replaced(op.label, scaled(op.function, 1.001))), case["values"])


def test_a_wrong_but_consistent_function_passes_the_slopes_and_fails_the_values():
    """σ(2x) with its own slope: why values are held against constants, too."""
    _, case = CASES[0]
    double = replaced("F4", lambda z2, output: output(2 * z2))
    double = tuple(dataclasses.replace(op, function=lambda a2: 2 * a2 * (1 - a2)) if op.label == "2" else op for op in double)
    assert gradient_check(**given(case), operations=double).passed(1e-5)
    with pytest.raises(AssertionError, match="a2"):
        assert_golden(iteration(**given(case), operations=double), case["values"])


X, Y = [[0.5, 1.0], [0.0, 1.0]], [[0.0], [1.0]]


@pytest.mark.parametrize(("function", "message"), [
    (lambda y, a_2: a_2 - y, "operation 1: expected arguments named after quantities, got a_2; did you mean 'a2'?"),
    (lambda prediction, y: prediction - y, "operation 1: expected arguments named after quantities, got prediction"),
    (lambda a2, y, sign=1: sign * (a2 - y), "operation 1: expected arguments named after quantities, got sign"),
])
def test_a_misspelt_argument_is_no_position(function, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        replaced("1", function)


def test_inputs_that_are_given_stand_for_the_arguments():
    one = next(op for op in OPERATIONS if op.label == "1")
    given_inputs = dataclasses.replace(one, function=lambda target, prediction: prediction - target, inputs=("y", "a2"))
    it = iteration(X, Y, Parameters.example(), 0.5, operations=[given_inputs if op is one else op for op in OPERATIONS])
    np.testing.assert_array_equal(it.dE_da2, it.a2 - it.y)
    any_arguments = dataclasses.replace(one, function=lambda *values: one.function(*values))
    assert any_arguments.inputs == one.inputs == ("a2", "y", "loss")


@pytest.mark.parametrize(("change", "error", "message"), [
    (dict(function=None), TypeError, "operation 1: expected a function, got None"),
    (dict(outputs=("dE_da3",)), ValueError, "operation 1: expected outputs named after quantities, got dE_da3; did you mean 'dE_da2'?"),
    (dict(inputs=("a2", "yy")), ValueError, "operation 1: expected inputs named after quantities, got yy"),
])
def test_what_an_operation_says(change, error, message):
    with pytest.raises(error, match=re.escape(message)):
        dataclasses.replace(next(op for op in OPERATIONS if op.label == "1"), **change)


@pytest.mark.parametrize("name", [name for op in OPERATIONS for name in op.outputs])
def test_each_output_alone_off_by_a_thousandth_is_noticed_by_the_values(name):
    """Of a step that gives two, each one by itself."""
    op = next(op for op in OPERATIONS if name in op.outputs)

    def broken(*values):
        results = op.function(*values)
        if len(op.outputs) == 1:
            return 1.001 * results
        return tuple(1.001 * result if output == name else result for output, result in zip(op.outputs, results, strict=True))

    _, case = CASES[0]
    with pytest.raises(AssertionError):
        assert_golden(iteration(**given(case), operations=replaced(op.label, broken)), case["values"])


def test_a_function_with_unknown_names_needs_inputs():
    with pytest.raises(ValueError, match="operation 8: expected arguments named after quantities, got weights"):
        Operation("8", "title", "words", ("{dz2_da1} = {w2}",), ("dz2_da1",), lambda weights: weights)
    with pytest.raises(ValueError, match=r"got weights, biases$"):
        Operation("8", "title", "words", ("{dz2_da1} = {w2}",), ("dz2_da1",), lambda weights, x, biases: weights)
