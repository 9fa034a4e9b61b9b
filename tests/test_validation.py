"""What no public function takes: each refuses it with a sentence that names the argument; a misspelt name meets the nearest right one."""
import copy
import pickle
import re

import numpy as np
import pytest

from nnlib import AND, QUANTITIES, SIGMOID, Parameters, deep, feedforward, gradient_check, iteration, squared_error, train
from nnlib.activations import ACTIVATIONS
from nnlib.classroom.answers import diagnose, question, title
from nnlib.mistakes import MISTAKES, SLIPS, TRAPS, verdicts
from nnlib.symbolic import SymbolicNetwork
from nnlib.validation import Table, examples, matrix, number, numbers_array, one_of, one_rate, rate, sequence, truth, vector, whole

EXAMPLE = Parameters.example()


class Frame:
    """What a table with text looks like to NumPy: it gives an array of objects."""

    def __array__(self, dtype=None, copy=None):
        return np.array([[1.0, "red"], [2.0, "blue"]], dtype=object)


def masked():
    return np.ma.masked_array([[0.0, 1.0]], mask=[[False, True]])


# What is no matrix of real numbers, made anew for each use (a generator runs once), and the error that it has to give
NO_MATRIX = {
    "none": (lambda: None, TypeError), "text": (lambda: "0 1", TypeError), "texts": (lambda: [["0", "1"]], TypeError),
    "bytes": (lambda: b"01", TypeError), "complex": (lambda: [[1j, 0]], TypeError), "objects": (lambda: [[object(), 0]], TypeError),
    "none inside": (lambda: [[None, 0]], TypeError), "frame": (Frame, TypeError),
    "dates": (lambda: np.array([["2026-01-01"]], "M8"), TypeError),
    "dict": (lambda: {"a": 1}, TypeError), "set": (lambda: {0, 1}, TypeError), "generator": (lambda: ([i] for i in range(2)), TypeError),
    "ragged": (lambda: [[0, 1], [0]], ValueError), "masked": (masked, ValueError),
    "masked inside": (lambda: [masked(), masked()], ValueError),
    "scalar": (lambda: 1.0, ValueError), "0-d": (lambda: np.array(1.0), ValueError), "empty": (lambda: [], ValueError),
    "no rows": (lambda: np.empty((0, 2)), ValueError), "nan": (lambda: [[np.nan, 0]], ValueError),
    "inf": (lambda: [[np.inf, 0]], ValueError),
    "4-d": (lambda: np.zeros((1, 1, 1, 2)), ValueError),
}

TAKES_A_MATRIX = {
    "feedforward x": ("x", lambda v: feedforward(v, EXAMPLE)),
    "iteration x": ("x", lambda v: iteration(v, AND.y, EXAMPLE, 0.5)),
    "iteration y": ("y", lambda v: iteration(AND.x, v, EXAMPLE, 0.5)),
    "train x": ("x", lambda v: train(v, AND.y, EXAMPLE, 0.5, 1)),
    "train y": ("y", lambda v: train(AND.x, v, EXAMPLE, 0.5, 1)),
    "check x": ("x", lambda v: gradient_check(v, AND.y, EXAMPLE)),
    "verdicts y": ("y", lambda v: verdicts(AND.x, v, EXAMPLE, epochs=1)),
    "squared_error y": ("y", lambda v: squared_error(np.zeros((4, 1)), v)),
    "deep.feedforward x": ("x", lambda v: deep.feedforward(v, EXAMPLE)),
    "deep.iteration y": ("y", lambda v: deep.iteration(AND.x, v, EXAMPLE, 0.5)),
    "deep.train x": ("x", lambda v: deep.train(v, AND.y, EXAMPLE, 0.5, 1)),
    "question y": ("y", lambda v: question("E", 1, x=AND.x, y=v)),
    "diagnose": ("answer", lambda v: diagnose(question("new_w2", 1), v)),
    "symbolic": ("x", lambda v: SymbolicNetwork(1).numpy("E")(v, [[1]], *EXAMPLE)),
}


@pytest.mark.parametrize("what", NO_MATRIX)
@pytest.mark.parametrize("call", TAKES_A_MATRIX)
def test_no_matrix(call, what):
    name, function = TAKES_A_MATRIX[call]
    make, error = NO_MATRIX[what]
    with pytest.raises(error, match=rf"^{name}: expected .*, got "):
        function(make())


@pytest.mark.parametrize("what", NO_MATRIX)
@pytest.mark.parametrize("name", Parameters._fields)
def test_no_parameter(name, what):
    make, error = NO_MATRIX[what]
    if what == "4-d":
        return  # leading axes mean many networks
    with pytest.raises(error, match=rf"^{name}: expected .*, got "):
        feedforward(AND.x, EXAMPLE._replace(**{name: make()}))


@pytest.mark.parametrize("what", [what for what in NO_MATRIX if what not in ("scalar", "0-d", "4-d")])
def test_no_weighted_sum(what):
    make, error = NO_MATRIX[what]
    for name, call in (("z", SIGMOID), ("z", lambda v: SIGMOID.slope(v, 0.5)), ("a", lambda v: SIGMOID.slope(0.5, v))):
        with pytest.raises(error, match=rf"^{name}: expected .*, got "):
            call(make())


def test_truth_values_are_examples_and_never_weights():
    assert np.array_equal(feedforward(AND.x.astype(bool), EXAMPLE).a2, feedforward(AND.x, EXAMPLE).a2)
    assert iteration(AND.x.tolist(), AND.y.astype(bool), EXAMPLE, 0.5).E == iteration(AND.x, AND.y, EXAMPLE, 0.5).E
    for value in (np.ones((1, 2), bool), [[True, False]], [[True, 0.5]], [np.array([True, False])], [[np.True_, 2]]):
        with pytest.raises(TypeError, match="b1: expected an array of real numbers"):
            feedforward(AND.x, EXAMPLE._replace(b1=value))


@pytest.mark.parametrize(("call", "message"), [
    (lambda: number("z", 2, 0, 1), "z: expected a number from 0 to 1, got 2"),
    (lambda: number("z", -0.5, 0, 1), "z: expected a number from 0 to 1, got -0.5"),
    (lambda: one_rate("r", -1, positive=True), "r: expected a number > 0, got -1.0"),
    (lambda: rate("r", [0.5, 0, -2]), "r: expected a number ≥ 0, got -2.0"),
    (lambda: rate("r", [0.5, 0, -2], positive=True), "r: expected a number > 0, got 0.0"),
    (lambda: numbers_array("a", float("inf")), "a: expected finite numbers, got inf"),
    (lambda: numbers_array("a", [[1, 10**400]]), "a: expected finite numbers, got a whole number that float64 does not hold"),
    (lambda: numbers_array("a", [[1, 2], [3, float("nan")]]), "a: expected finite numbers, got nan at [1, 1]"),
    (lambda: matrix("m", [[1, 2, 3]], ("n", 2)), "m: expected shape (n, 2), got (1, 3)"),
    (lambda: matrix("m", [[1, 2], [3, 4]], (1, "k")), "m: expected shape (1, k), got (2, 2)"),
    (lambda: matrix("m", np.zeros((4, 1, 3)), (1, 2), leading=True), "m: expected shape (…, 1, 2), got (4, 1, 3)"),
    (lambda: vector("v", np.zeros((2, 1, 3))), "v: expected shape (n,), got (2, 1, 3)"),
    (lambda: vector("v", np.zeros((2, 3, 1))), "v: expected shape (n,), got (2, 3, 1)"),
    (lambda: vector("v", [[1, 2]]), "v: expected shape (n,), got (1, 2)"),
    (lambda: vector("v", [1, 2], 3), "v: expected shape (3,), got (2,)"),
    (lambda: one_of("word", "b", ("a", "c")), "word: expected one of a, c, got 'b'"),
    (lambda: one_of("word", "x" * 58, ("a", "c")), f"word: expected one of a, c, got '{'x' * 58}'"),
    (lambda: one_of("word", "x" * 59, ("a", "c")), f"word: expected one of a, c, got str '{'x' * 56}…"),
])
def test_the_whole_sentence(call, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        call()


def test_what_lies_on_a_limit_fits():
    assert [number("z", v, 0, 1) for v in (0, 1)] == [0, 1] and rate("r", 0) == 0 and rate("r", [0, 2]).tolist() == [0, 2]
    assert vector("v", [[1], [2]]).tolist() == [1, 2] and vector("v", [1, 2], 2).tolist() == [1, 2]
    x, y = examples([[True, False]], [[True]], 2, 1)
    assert (x.tolist(), y.tolist(), x.dtype) == ([[1, 0]], [[1]], np.float64)


def test_whole_numbers_beyond_64_bits_are_numbers():
    """A browser writes 2⁶⁴ with all its digits, and Python reads a whole number."""
    assert numbers_array("a", [[0], [18446744073709552000], [-(2**70)]]).ravel().tolist() == [0, 2.0**64, -(2.0**70)]


def test_a_mask_that_hides_nothing_is_no_mask():
    assert numbers_array("x", np.ma.masked_array([1.0, 2.0])).tolist() == [1, 2]


RATES = [
    (True, TypeError, "expected a number, got True"), (np.True_, TypeError, "expected a number, got True"),
    ([True], TypeError, "expected an array of real numbers, got [True]"), (np.array(True), TypeError, "expected an array of real numbers"),
    ([], ValueError, "expected a number, or one for each copy, got none"),
    ("0.5", TypeError, "expected an array of real numbers, got '0.5'"),
    (None, TypeError, "expected an array of real numbers, got None"), (1j, TypeError, "expected an array of real numbers, got 1j"),
    (-1, ValueError, "expected a number ≥ 0, got -1.0"), (float("nan"), ValueError, "expected finite numbers, got nan"),
]


@pytest.mark.parametrize(("value", "error", "message"), RATES)
@pytest.mark.parametrize("call", [
    lambda v: iteration(AND.x, AND.y, EXAMPLE, v), lambda v: train(AND.x, AND.y, EXAMPLE, v, 1),
    lambda v: deep.train(AND.x, AND.y, EXAMPLE, v, 1),
    lambda v: question("E", 1, learning_rate=v)], ids=["iteration", "train", "deep", "question"])
def test_no_rate(call, value, error, message):
    with pytest.raises(error, match="^learning_rate: " + re.escape(message)):
        call(value)


# ---- parameters, options, counts ------------------------------------------------------------------------------

CALLS = [
    (lambda: feedforward(AND.x, dict(EXAMPLE._asdict())), TypeError, "parameters: expected Parameters(w1, b1, w2, b2), got dict"),
    (lambda: feedforward(AND.x, list(EXAMPLE)[:3]), TypeError, "parameters: expected Parameters(w1, b1, w2, b2), got list of 3"),
    (lambda: feedforward(AND.x, EXAMPLE.w1), TypeError, "parameters: expected Parameters(w1, b1, w2, b2), got ndarray"),
    (lambda: train(AND.x, AND.y, EXAMPLE, 1, 1, one_at_a_time="no"), TypeError, "one_at_a_time: expected True or False, got 'no'"),
    (lambda: train(AND.x, AND.y, EXAMPLE, 1, 1, one_at_a_time=1), TypeError, "one_at_a_time: expected True or False, got 1"),
    (lambda: train(AND.x, AND.y, EXAMPLE, 1, 1, keep="al"), ValueError, "keep: expected one of all, last, got 'al'; did you mean 'all'?"),
    (lambda: train(AND.x, AND.y, EXAMPLE, 1, 1, keep=["all"]), TypeError, "keep: expected one of all, last, got ['all']"),
    (lambda: feedforward(AND.x, EXAMPLE, hidden="sigmod"), ValueError,
     "hidden: expected one of sigmoid, tanh, relu, identity, got 'sigmod'; did you mean 'sigmoid'?"),
    (lambda: feedforward(AND.x, EXAMPLE, output=[]), TypeError, "output: expected an Activation"),
    (lambda: iteration(AND.x, AND.y, EXAMPLE, 1, operations=None), TypeError, "operations: expected a list of Operations"),
    (lambda: iteration(AND.x, AND.y, EXAMPLE, 1, operations="uphill"), TypeError, "operations: expected a list of Operations"),
    (lambda: iteration(AND.x, AND.y, EXAMPLE, 1, operations=MISTAKES), TypeError, "operations: expected a list of Operations"),
    (lambda: iteration(AND.x, AND.y, EXAMPLE, 1, operations=MISTAKES["uphill"]), TypeError, "operations: expected a list of Operations"),
    (lambda: iteration(AND.x, AND.y, EXAMPLE, 1, operations=[1]), TypeError,
     "operations: expected a list of Operations, such as nnlib.OPERATIONS, got 1 in it"),
    (lambda: gradient_check(AND.x, AND.y, EXAMPLE, step=[1e-5]), ValueError, "step: expected one number, got shape (1,)"),
    (lambda: gradient_check(AND.x, AND.y, EXAMPLE, step=1e-300), ValueError, "step: expected a number from 1e-14 to 1, got 1e-300"),
    (lambda: gradient_check(AND.x, AND.y, EXAMPLE, step=1e300), ValueError, "step: expected a number from 1e-14 to 1, got 1e+300"),
    (lambda: gradient_check(AND.x, AND.y, EXAMPLE).passed("1e-6"), TypeError, "tolerance: expected an array of real numbers, got '1e-6'"),
    (lambda: verdicts(AND.x, AND.y, Parameters.random(0, copies=2)), ValueError, "parameters: expected a single network"),
    (lambda: verdicts(AND.x, AND.y, EXAMPLE, [0.1, 0.2]), ValueError, "learning_rate: expected one number, got shape (2,)"),
    (lambda: deep.random_layers(0, 3), TypeError, "sizes: expected a list of whole numbers"),
    (lambda: deep.random_layers(0, b"12"), TypeError, "sizes: expected a list of whole numbers"),
    (lambda: deep.random_layers(0, "12"), TypeError, "sizes: expected a list of whole numbers"),
    (lambda: deep.feedforward(AND.x, {}), TypeError, "layers: expected a list of pairs"),
    (lambda: deep.feedforward(AND.x, [(np.ones((3, 2, 2)), np.ones((4, 1, 2)))]), ValueError, "layers: expected leading axes that fit"),
    (lambda: SIGMOID.slope([0.0, 1.0], [0.5]), ValueError, "a: expected the shape of z, (2,), got (1,)"),
    (lambda: question(["E"], 1), TypeError, "quantity: expected one of z1"),
    (lambda: question("z3", 1), ValueError, "did you mean 'z"),
    (lambda: question("E", 1, y=AND.y), TypeError, "x: expected x and y together, or neither of them, got None"),
    (lambda: question("E", 1, x=AND.x), TypeError, "y: expected x and y together, or neither of them, got None"),
    (lambda: question("E", 1, neurons=0), ValueError, "neurons: expected a whole number ≥ 1, got 0"),
    (lambda: diagnose(question("E", 1), "0.25"), TypeError, "answer: expected an array of real numbers, got '0.25'"),
    (lambda: diagnose(None, 0.25), TypeError, "asked: expected a Question, got None"),
    (lambda: title("wrong sing"), ValueError, "did you mean 'wrong sign'?"),
    (lambda: SymbolicNetwork(hidden=[]), TypeError, "hidden: expected one of sigmoid"),
    (lambda: SymbolicNetwork(half="no"), TypeError, "half: expected True or False, got 'no'"),
    (lambda: SymbolicNetwork(examples=0), ValueError, "examples: expected a whole number ≥ 1, got 0"),
    (lambda: SymbolicNetwork().direct("w3"), ValueError, "name: expected one of w1, b1, w2, b2, got 'w3'; did you mean 'w"),
    (lambda: SymbolicNetwork().prove("dE_dw3"), ValueError, "did you mean 'dE_dw"),
    (lambda: SymbolicNetwork().derivation("dE_dw2", row=2), ValueError, "row: expected a whole number from 0 to 1, got 2"),
    (lambda: whole("k", 5, None, 3), ValueError, "k: expected a whole number ≤ 3, got 5"),
    (lambda: number("t", 11, -10, 10), ValueError, "t: expected a number from -10 to 10, got 11"),
    (lambda: one_rate("t", 0, positive=True), ValueError, "t: expected a number > 0, got 0.0"),
    (lambda: vector("v", [[1, 2]]), ValueError, "v: expected shape (n,), got (1, 2)"),
    (lambda: vector("v", [1, 2], 3), ValueError, "v: expected shape (3,), got (2,)"),
    (lambda: vector("v", []), ValueError, "v: expected at least one number, got none"),
    (lambda: truth("t", np.True_), TypeError, "t: expected True or False, got np.True_"),
    (lambda: sequence("s", {"a": 1}, "things"), TypeError, "s: expected a list of things, got {'a': 1}"),
    (lambda: one_of("o", "QUX", ("quux", "bar")), ValueError, "o: expected one of quux, bar, got 'QUX'; did you mean 'quux'?"),
]


@pytest.mark.parametrize(("call", "error", "message"), CALLS, ids=[c[2] for c in CALLS])
def test_what_it_says(call, error, message):
    with pytest.raises(error, match=re.escape(message)):
        call()


# ---- names that are looked up ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("look", "message"), [
    (lambda: iteration(AND.x, AND.y, EXAMPLE, 1)["dE_dw3"], "did you mean 'dE_dw"),
    (lambda: gradient_check(AND.x, AND.y, EXAMPLE)["w3"], "parameter: expected one of w1, b1, w2, b2, got 'w3'; did you mean 'w"),
    (lambda: ACTIVATIONS["sigmod"], "activation: expected one of sigmoid, tanh, relu, identity, got 'sigmod'; did you mean 'sigmoid'?"),
    (lambda: MISTAKES["updatd w2"], "did you mean 'updated w2'?"), (lambda: TRAPS["no bias"], "did you mean 'no biases'?"),
    (lambda: SLIPS["no bias in z3"], "did you mean 'no bias in z"), (lambda: SymbolicNetwork()["dE_dw3"], "did you mean 'dE_dw"),
    (lambda: SymbolicNetwork().derivation("dE_dw3"), "did you mean 'dE_dw"),
])
def test_a_misspelt_key_meets_its_neighbour(look, message):
    with pytest.raises(KeyError, match=re.escape(message)):
        look()


def test_a_misspelt_attribute_meets_its_neighbour():
    with pytest.raises(AttributeError, match="got 'dE_dw3'; did you mean 'dE_dw"):
        iteration(AND.x, AND.y, EXAMPLE, 1).dE_dw3
    with pytest.raises(AttributeError, match="got 'w3'; did you mean 'w"):
        gradient_check(AND.x, AND.y, EXAMPLE).w3


SMALL = Table("letter", {"a": 1})


def test_tables_are_dicts_and_can_be_copied():
    assert MISTAKES.get("nothing") is None and "nothing" not in MISTAKES
    again = copy.deepcopy(SMALL)
    assert again == SMALL == pickle.loads(pickle.dumps(SMALL)) and again.name == "letter"
    assert set(QUANTITIES) >= set(Parameters._fields)
