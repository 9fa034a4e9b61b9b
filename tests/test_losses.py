"""The losses: value and slope against PyTorch, constants and differences; saturated outputs; what they refuse."""
import dataclasses
import json
import math
import warnings
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given as forall
from hypothesis import strategies as st
from oracles import CROSS_ENTROPY as GOLDEN
from oracles import given

from nnlib import (
    AND,
    CROSS_ENTROPY,
    LOSSES,
    RELU,
    SIGMOID,
    SOFTMAX_CROSS_ENTROPY,
    SQUARED_ERROR,
    Loss,
    Parameters,
    deep,
    gradient_check,
    iteration,
    softmax,
    squared_error,
    train,
)

SOFTMAX = json.loads((Path(__file__).parent / "golden" / "softmax.json").read_text("utf8"))  # made with PyTorch by golden/softmax.py
SATURATED = 1e-8  # PyTorch's smallest a (1 − a) is 1e-12 in single precision: dE_da2 differs from ours in the ninth digit there


def test_names():
    assert LOSSES == {"squared_error": SQUARED_ERROR, "cross_entropy": CROSS_ENTROPY}
    assert [repr(loss) for loss in LOSSES.values()] == ["SQUARED_ERROR", "CROSS_ENTROPY"]
    assert CROSS_ENTROPY != SQUARED_ERROR and CROSS_ENTROPY.unchecked.unchecked is not None


def test_constants_from_outside():
    assert SQUARED_ERROR([[0.75]], [[0.25]]) == 0.125 and SQUARED_ERROR.slope([[0.75]], [[0.25]]) == 0.5
    assert CROSS_ENTROPY([[0.5]], [[1]]) == pytest.approx(math.log(2), rel=1e-15)
    assert CROSS_ENTROPY([[0.25], [0.5]], [[0], [1]]) == pytest.approx(math.log(8 / 3), rel=1e-15), "examples add up"
    assert CROSS_ENTROPY([[0.25, 0.5]], [[0, 1]]) == pytest.approx(math.log(8 / 3), rel=1e-15), "and so do outputs"
    assert CROSS_ENTROPY.slope([[0.25]], [[1]]) == pytest.approx(-4) and CROSS_ENTROPY.slope([[0.25]], [[0]]) == pytest.approx(4 / 3)


@pytest.mark.parametrize("loss", LOSSES.values(), ids=repr)
def test_many_networks_at_once_have_a_loss_each(loss):
    a, y = np.array([[[0.25], [0.5]], [[0.75], [0.125]], [[0.5], [0.5]]]), np.array([[False], [True]])
    assert loss(a, y).tolist() == pytest.approx([float(loss(one, y)) for one in a], rel=1e-15)
    assert np.array_equal(loss.slope(a, y), [loss.slope(one, [[0], [1]]) for one in a])
    with pytest.raises(ValueError, match=r"a: expected shape \(…, n, m\), got \(2,\)"):
        loss([0.25, 0.5], y)


def test_a_loss_of_ones_own():
    """It takes any numbers unless told, is called by its name, and is the same one whatever functions it is made of."""
    cubic = Loss("cubic", "({a} - {y})^3", "3 ({a} - {y})^2", lambda a, y: ((a - y) ** 3).sum(), lambda a, y: 3 * (a - y) ** 2)
    assert (cubic([[3]], [[1]]), cubic.slope([[3]], [[1]]).item(), repr(cubic)) == (8, 12, "CUBIC")
    assert cubic == Loss("cubic", "({a} - {y})^3", "3 ({a} - {y})^2", None, None) != cubic.unchecked


def test_the_formulas():
    assert (SQUARED_ERROR.latex, SQUARED_ERROR.slope_latex) == (r"\tfrac12 \textstyle\sum ({a} - {y})^2", "{a} - {y}")
    assert CROSS_ENTROPY.latex == r"-\textstyle\sum \left({y} \odot \log {a} + (1 - {y}) \odot \log (1 - {a})\right)"
    assert CROSS_ENTROPY.slope_latex == r"({a} - {y}) \oslash \left({a} \odot (1 - {a})\right)"


def test_a_misspelt_loss_meets_its_neighbour():
    with pytest.raises(KeyError, match="loss: expected one of squared_error, cross_entropy, got 'squared'"):
        LOSSES["squared"]


@pytest.mark.parametrize("loss", LOSSES.values(), ids=repr)
@forall(a=st.floats(0.01, 0.99), y=st.floats(0, 1))
def test_the_slope_is_the_difference_quotient(loss, a, y):
    measured = (loss([[a + 1e-6]], [[y]]) - loss([[a - 1e-6]], [[y]])) / 2e-6
    assert loss.slope([[a]], [[y]])[0, 0] == pytest.approx(measured, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case["name"])
def test_an_iteration_with_cross_entropy_is_pytorchs(case):
    it = iteration(**given(case), loss=CROSS_ENTROPY)
    for name, expected in case["values"].items():
        tolerance = SATURATED if name == "dE_da2" and case["name"].startswith("saturated") else 1e-12
        error = np.abs(it[name] - expected) / np.maximum(1, np.abs(expected))
        assert np.shape(it[name]) == np.shape(expected) and np.max(error) <= tolerance, name
    run = train(**given(case), epochs=1000, loss="cross_entropy")
    for epoch, loss in case["loss_at_epoch"].items():
        assert run.losses[int(epoch)] == pytest.approx(loss, rel=1e-10)


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case["name"])
def test_the_fourteen_steps_are_the_deep_networks(case):
    arguments = given(case)
    book = iteration(**arguments, loss=CROSS_ENTROPY)
    any_depth = deep.iteration(arguments["x"], arguments["y"], arguments["parameters"], 0.5, arguments["hidden"], loss="cross_entropy")
    assert any_depth.E == pytest.approx(book.E, rel=1e-14)
    np.testing.assert_allclose(any_depth.delta[0], book.dE_dz1, rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(any_depth.updated[0].w, book.new_w1, rtol=1e-12)
    run = deep.train(arguments["x"], arguments["y"], arguments["parameters"], 0.5, 10, arguments["hidden"], loss=CROSS_ENTROPY)
    np.testing.assert_allclose(run.losses, train(**arguments, epochs=10, loss=CROSS_ENTROPY).losses, rtol=1e-12)


@pytest.mark.parametrize("z", [-800, -40, 40, 800])
@pytest.mark.parametrize("target", [0, 1])
def test_a_saturated_output_gives_no_nan_and_no_warning(z, target):
    parameters = Parameters.example()._replace(w2=np.zeros((2, 1)), b2=np.array([[float(z)]]))
    it = iteration([[0, 0]], [[target]], parameters, 0.5, loss=CROSS_ENTROPY)
    assert all(np.isfinite(it[name]).all() for name in it if name not in ("hidden", "output"))
    wrong = target != (z > 0)
    assert it.E == pytest.approx(min(40, 100) if wrong and z == -40 else 100 if wrong else 0, abs=1e-12)
    assert train([[0, 0]], [[target]], parameters, 0.5, 3, loss=CROSS_ENTROPY).losses[-1] >= 0


def test_the_check_of_the_gradients_takes_the_loss():
    parameters = Parameters.random(3, hidden=3, outputs=2)
    y = np.array([[0.2, 1], [0, 0.5], [1, 1], [0.75, 0]])
    assert gradient_check(AND.x, y, parameters, hidden="tanh", loss=CROSS_ENTROPY).passed()
    squared = iteration(AND.x, y, parameters, 0.5, hidden="tanh").gradients.w1
    assert not np.allclose(gradient_check(AND.x, y, parameters, hidden="tanh", loss="cross_entropy").w1.backprop, squared)


def test_cross_entropy_and_sigmoid_cancel_to_the_error():
    it = iteration(AND.x, AND.y, Parameters.random(5), 0.5, loss=CROSS_ENTROPY)
    np.testing.assert_allclose(it.dE_dz2, it.a2 - it.y, rtol=1e-13)


def test_nothing_said_is_the_squared_error():
    p = Parameters.random(2)
    assert iteration(AND.x, AND.y, p, 0.5).E == iteration(AND.x, AND.y, p, 0.5, loss=SQUARED_ERROR).E == squared_error(
        iteration(AND.x, AND.y, p, 0.5).a2, AND.y)


GOOD = (AND.x, AND.y, Parameters.example(), 0.5)


CALLS = {"iteration": iteration, "gradient_check": gradient_check, "deep.iteration": deep.iteration,
         "train": lambda *given, **more: train(*given, 3, **more), "deep.train": lambda *given, **more: deep.train(*given, 3, **more)}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
@pytest.mark.parametrize(("loss", "more", "error", "message"), [
    ("cross_entrpy", {}, ValueError, "loss: expected one of squared_error, cross_entropy, got 'cross_entrpy'; did you mean 'cross_ent"),
    (None, {}, TypeError, r"loss: expected a Loss \(squared_error, cross_entropy\), got None"),
    (SIGMOID, {}, TypeError, "loss: expected a Loss"),
    ("cross_entropy", {"output": "tanh"}, ValueError, "output: expected sigmoid for cross_entropy, whose outputs lie between .* got tanh"),
    ("cross_entropy", {"output": RELU}, ValueError, "output: expected sigmoid for cross_entropy"),
    ("cross_entropy", {"output": "identity"}, ValueError, "output: expected sigmoid for cross_entropy"),
    ("cross_entropy", {"y": 2 * AND.y}, ValueError, "y: expected targets from 0 to 1 for cross_entropy, got 2.0"),
    ("cross_entropy", {"y": -AND.y}, ValueError, "y: expected targets from 0 to 1 for cross_entropy, got -1.0"),
])
def test_what_it_says(call, loss, more, error, message):
    x, y, parameters, rate = GOOD
    y = more.get("y", y)
    with pytest.raises(error, match=message):
        call(x, y, parameters, rate, loss=loss, **{name: value for name, value in more.items() if name != "y"})


@pytest.mark.parametrize(("a", "y", "error", "message"), [
    ([[1.5]], [[1]], ValueError, "a: expected outputs from 0 to 1 for cross_entropy, got 1.5"),
    ([[0.5]], [[-1]], ValueError, "y: expected targets from 0 to 1 for cross_entropy, got -1.0"),
    ([[0.5]], [[1], [0]], ValueError, r"y: expected shape \(1, 1\), got \(2, 1\)"),
    ([[np.nan]], [[1]], ValueError, "a: expected finite numbers"),
    ("half", [[1]], TypeError, "a: expected an array of real numbers"),
])
def test_what_a_loss_by_itself_refuses(a, y, error, message):
    for asked in (CROSS_ENTROPY, CROSS_ENTROPY.slope):
        with pytest.raises(error, match=message):
            asked(a, y)


def test_a_loss_cannot_be_changed_and_says_its_name():
    with pytest.raises(dataclasses.FrozenInstanceError):
        CROSS_ENTROPY.name = "mine"
    assert (repr(SQUARED_ERROR), repr(CROSS_ENTROPY)) == ("SQUARED_ERROR", "CROSS_ENTROPY")


@pytest.mark.parametrize("loss", [SQUARED_ERROR, CROSS_ENTROPY], ids=repr)
def test_inside_a_loop_it_is_the_same_loss_that_looks_at_nothing(loss):
    inside = loss.unchecked
    assert (inside.name, inside.latex, inside.slope_latex, inside.unit) == (loss.name, loss.latex, loss.slope_latex, loss.unit)
    a, y = np.array([[0.25], [0.5]]), np.array([[0.0], [1.0]])
    assert inside(a, y) == loss(a, y) and np.array_equal(inside.slope(a, y), loss.slope(a, y))
    assert np.isnan(inside(np.array([[np.nan]]), np.array([[0.0]])))


# ---- several classes -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", SOFTMAX["rows"], ids=lambda case: case["name"])
def test_softmax_and_its_loss_are_pytorchs_for_numbers_of_any_size(case):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        np.testing.assert_allclose(softmax(case["z"]), case["softmax"], rtol=1e-13)
        assert SOFTMAX_CROSS_ENTROPY(case["z"], case["y"]) == pytest.approx(case["E"], rel=1e-13, abs=1e-13)
        np.testing.assert_allclose(SOFTMAX_CROSS_ENTROPY.slope(case["z"], case["y"]), case["slope"], rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("case", SOFTMAX["networks"], ids=lambda case: "-".join(map(str, case["sizes"])))
def test_a_network_with_several_classes_is_pytorchs(case):
    given = case["x"], case["y"], case["layers"], case["learning_rate"]
    it = deep.iteration(*given, case["hidden"], "identity", SOFTMAX_CROSS_ENTROPY)
    assert it.E == pytest.approx(case["E"], rel=1e-13)
    for ours, theirs in zip(it.gradients, case["gradients"], strict=True):
        for slope, expected in zip(ours, theirs, strict=True):
            np.testing.assert_allclose(slope, expected, rtol=1e-11, atol=1e-14)
    run = deep.train(*given, 100, case["hidden"], "identity", SOFTMAX_CROSS_ENTROPY)
    assert run.losses[-1] == pytest.approx(case["E_after_100"], rel=1e-10)


def test_the_fourteen_steps_take_several_classes():
    y, parameters = np.eye(3)[[0, 1, 2, 1]], Parameters.random(4, hidden=3, outputs=3)
    it = iteration(AND.x, y, parameters, 0.5, output="identity", loss=SOFTMAX_CROSS_ENTROPY)
    np.testing.assert_allclose(it.dE_dz2, softmax(it.z2) - y, rtol=1e-13)
    assert gradient_check(AND.x, y, parameters, output="identity", loss=SOFTMAX_CROSS_ENTROPY).passed()
    run = train(AND.x, y, parameters, 0.5, 500, output="identity", loss=SOFTMAX_CROSS_ENTROPY)
    assert run.losses[0] == it.E and run.losses[-1] < 0.1 * run.losses[0]
    copies = Parameters.random(4, hidden=3, outputs=3, copies=3)
    together = train(AND.x, y, copies, 0.5, 5, output="identity", loss=SOFTMAX_CROSS_ENTROPY)
    np.testing.assert_allclose(together.losses[:, 0], run.losses[:6], rtol=1e-12)


def test_two_classes_are_the_sigmoid():
    z = np.linspace(-30, 30, 13)[:, None]
    np.testing.assert_allclose(softmax(np.hstack([z, 0 * z]))[:, :1], SIGMOID(z), rtol=1e-13)


@forall(st.lists(st.floats(-50, 50), min_size=2, max_size=6), st.floats(-1000, 1000))
def test_softmax_adds_up_to_one_and_knows_differences_only(row, shift):
    p = softmax([row])
    assert p.sum() == pytest.approx(1, rel=1e-14) and (p > 0).all()
    np.testing.assert_allclose(softmax([[z + shift for z in row]]), p, rtol=1e-10)


@pytest.mark.parametrize(("call", "error", "message"), [
    (lambda: softmax([1.0, 2.0]), ValueError, r"z: expected shape \(…, n, classes\), got \(2,\)"),
    (lambda: softmax([[np.inf, 0.0]]), ValueError, "z: expected finite numbers, got inf"),
    (lambda: SOFTMAX_CROSS_ENTROPY([[1.0, 2.0]], [[0, 0]]), ValueError, "y: expected each row to add up to 1 .*, got 0 in row 0"),
    (lambda: SOFTMAX_CROSS_ENTROPY([[1.0, 2.0], [0.0, 0.0]], [[0, 1], [1, 1]]), ValueError, "add up to 1 .* got 2 in row 1"),
    (lambda: SOFTMAX_CROSS_ENTROPY([[1.0, 2.0]], [[-1, 2]]), ValueError, "y: expected targets from 0 to 1 for softmax.*, got -1"),
    (lambda: iteration(AND.x, AND.y, Parameters.example(), 1, loss=SOFTMAX_CROSS_ENTROPY), ValueError,
     "y: expected each row to add up to 1 for softmax_cross_entropy"),
    (lambda: iteration(AND.x, np.eye(2)[[0, 1, 1, 0]], Parameters.random(1, outputs=2), 1, loss=SOFTMAX_CROSS_ENTROPY), ValueError,
     "output: expected identity for softmax_cross_entropy, which takes the weighted sums, got sigmoid"),
])
def test_what_softmax_refuses(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_its_formulas_can_be_read():
    assert SOFTMAX_CROSS_ENTROPY.latex.format(a="z_2", y="y") == r"-\textstyle\sum y \odot \log \operatorname{softmax}(z_2)"
    assert SOFTMAX_CROSS_ENTROPY.slope_latex.format(a="z_2", y="y") == r"\operatorname{softmax}(z_2) - y"
