"""checks.js: what is accepted, and the sentence that refuses the rest."""
import pytest
from javascript import Module

CHECKS = Module("model/checks.js")


def said(code, **values):
    """What a check gives, or the message of its RangeError."""
    return CHECKS(f"(() => {{ try {{ return {code}; }} catch (error) {{ return error instanceof RangeError ? error.message : `a ${{error.name}}`; }} }})()", **values)


KNOWN = ["sigmoid", "tanh", "relu", "identity"]


@pytest.mark.parametrize(("given", "hint"), [
    ("sigmoyd", "“sigmoyd”; did you mean “sigmoid”?"), ("SIGMOID", "“SIGMOID”; did you mean “sigmoid”?"), ("th", "“th”; did you mean “tanh”?"),
    ("tan", "“tan”; did you mean “tanh”?"), ("atanhs", "“atanhs”; did you mean “tanh”?"), ("softplus", "“softplus”"), ("abtanh2", "“abtanh2”"),
    ("rleu", "“rleu”; did you mean “relu”?"), ("idty", "“idty”"), ("x" * 70, f"“{'x' * 60}”"), (7, "7"), (None, "null"), (["tanh"], "tanh; did you mean “tanh”?"),
    ("ty", "“ty”"), ("identxyz", "“identxyz”"),
])
def test_a_name_that_is_not_known_brings_the_nearest(given, hint):
    """At most two letters are changed, added or left out, or a third of a long name."""
    assert said("checkedName('hidden', given, known)", given=given, known=KNOWN) == f"hidden: expected one of sigmoid, tanh, relu, identity, got {hint}"


def test_a_third_of_a_long_name_may_be_wrong():
    known = ["learning_rate", "one_at_a_time"]
    assert said("checkedName('it names', 'learn_rate', known)", known=known).endswith("did you mean “learning_rate”?")
    assert said("checkedName('it names', 'lexxxxng_rate', known)", known=known).endswith("did you mean “learning_rate”?")
    assert said("checkedName('it names', 'lexxxxxg_rate', known)", known=known).endswith("got “lexxxxxg_rate”")


def test_known_names_and_options():
    assert said("checkedName('hidden', 'tanh', known)", known=KNOWN) == "tanh"
    assert said("checkedOptions('train', {hidden: 1}, ['hidden'])") == {"hidden": 1}
    assert said("checkedOptions('train', {hiden: 1}, ['hidden'])") == "train: option: expected one of hidden, got “hiden”; did you mean “hidden”?"


@pytest.mark.parametrize(("value", "right"), [("0", True), ("0.5", True), ("-1e-9", False), ("NaN", False), ("Infinity", False), ("'1'", False), ("null", False)])
def test_rates(value, right):
    assert said(f"checkedRate({value})") == (float(value) if right else f"learning_rate: expected a finite number ≥ 0, got {value.strip(chr(39))}")


@pytest.mark.parametrize(("value", "right"), [("1", True), ("3", True), ("0", False), ("4", False), ("1.5", False), ("'2'", False), ("NaN", False)])
def test_whole_numbers(value, right):
    assert said(f"checkedWhole('its epoch', {value}, 1, 3)") == (
        int(value) if right else f"its epoch: expected a whole number from 1 to 3, got {value.strip(chr(39))}")


@pytest.mark.parametrize(("matrix", "rows", "columns", "expected"), [
    ("[[1, 2, 3]]", "null", "null", [1, 3]), ("[[1], [2]]", 2, 1, [2, 1]), ("[[1], [2]]", "null", 1, [2, 1]),
    ("[[1, 2]]", 2, "null", "w: expected shape (2, columns), got (1, 2)"), ("[[1, 2]]", "null", 1, "w: expected shape (rows, 1), got (1, 2)"),
    *((wrong, "null", 2, "w: expected a matrix of shape (rows, 2)") for wrong in ("null", "undefined", "3", "[]", "[[]]", "[3]", "['ab']", "[[1, 2], [3]]", "[[1], 2]", "[[1, 2], 'ab']")),
    ("[[1, NaN]]", "null", "null", "w: expected finite numbers, got NaN"), ("[[1, Infinity]]", "null", "null", "w: expected finite numbers, got Infinity"),
    ("[['1']]", "null", "null", "w: expected finite numbers, got “1”"), ("[[undefined]]", "null", "null", "w: expected finite numbers, got undefined"),
    ("[[null]]", "null", "null", "w: expected finite numbers, got null"),
])
def test_shapes(matrix, rows, columns, expected):
    assert said(f"shape('w', {matrix}, {rows}, {columns})") == expected


RIGHT = {"w1": [[1, 2, 3], [4, 5, 6]], "b1": [[1, 2, 3]], "w2": [[1, 2], [3, 4], [5, 6]], "b2": [[1, 2]]}


@pytest.mark.parametrize(("change", "expected"), [
    ({}, {"inputs": 2, "neurons": 3, "outputs": 2}), ({"w1": None}, "its w1: expected a matrix of shape (rows, columns)"),
    ({"w2": [[1, 2]]}, "its w2: expected shape (3, columns), got (1, 2)"), ({"b1": [[1]]}, "its b1: expected shape (1, 3), got (1, 1)"),
    ({"b2": [[1], [2]]}, "its b2: expected shape (1, 2), got (2, 1)"),
])
def test_parameters_that_fit_each_other(change, expected):
    assert said("parameterSizes(p, 'its ')", p=RIGHT | change) == expected


def test_no_parameters_at_all():
    assert said("parameterSizes(undefined)") == "w1: expected a matrix of shape (rows, columns)"
