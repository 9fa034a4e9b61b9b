"""The gradient checker: right about right gradients, and shown to refuse wrong ones."""
import dataclasses

import numpy as np
import pytest
from hypothesis import given as forall
from hypothesis import settings
from oracles import CASES, given, loss_by_hand, problems

from nnlib import AND, OPERATIONS, Parameters, gradient_check


@pytest.mark.parametrize(("name", "case"), CASES)
def test_central_differences_equal_pytorchs_gradients(name, case):
    check = gradient_check(**given(case))
    assert check.passed()
    for p in Parameters._fields:
        np.testing.assert_allclose(check[p].central_difference, case["values"][f"dE_d{p}"], rtol=1e-6, atol=1e-10)
        np.testing.assert_allclose(check[p].update, case["values"][f"dE_d{p}"], rtol=1e-9, atol=1e-12)


@settings(max_examples=60)
@forall(problems(smooth=True))
def test_right_gradients_pass(problem):
    x, y, p, hidden, output = problem
    assert gradient_check(x, y, p, 0.5, hidden, output).passed(1e-5)


def test_central_difference_of_a_loss_written_by_hand():
    p = Parameters.example()
    check = gradient_check(AND.x, AND.y, p)
    for name in Parameters._fields:
        for index in np.ndindex(getattr(p, name).shape):
            def moved(by, name=name, index=index):
                q = {n: getattr(p, n).copy() for n in Parameters._fields}
                q[name][index] += by
                return loss_by_hand(AND.x, AND.y, **{n: v.tolist() for n, v in q.items()})
            slope = (moved(1e-5) - moved(-1e-5)) / 2e-5
            assert check[name].backprop[index] == pytest.approx(slope, rel=1e-7)


@pytest.mark.parametrize("label", ["5", "6", "12", "13"])
def test_a_gradient_off_by_a_thousandth_is_rejected(label):
    def wrong(op):
        right = op.function

        def off(*args):
            result = right(*args)
            return (result[0], 1.001 * result[1]) if isinstance(result, tuple) else 1.001 * result

        return dataclasses.replace(op, function=off)

    broken = [wrong(op) if op.label == label else op for op in OPERATIONS]
    check = gradient_check(AND.x, AND.y, Parameters.example(), operations=broken)
    assert not check.passed(1e-4)
    assert check.largest_error == pytest.approx(0.001, rel=0.01)


def test_an_update_that_does_not_follow_its_gradient_is_rejected():
    broken = [dataclasses.replace(op, function=lambda w1, b1, dE_dw1, dE_db1, learning_rate:
                                  (w1 - 1.001 * learning_rate * dE_dw1, b1 - learning_rate * dE_db1))
              if op.label == "14" else op for op in OPERATIONS]
    check = gradient_check(AND.x, AND.y, Parameters.example(), operations=broken)
    assert check.w1.backprop_error.max() < 1e-6 < check.w1.update_error.max()
    assert not check.passed(1e-4)


def test_nan_does_not_pass():
    broken = [dataclasses.replace(op, function=lambda dz1_db1: np.full((1, 2), np.nan)) if op.label == "13" else op
              for op in OPERATIONS]
    assert not gradient_check(AND.x, AND.y, Parameters.example(), operations=broken).passed()


def test_many_networks_are_checked_at_once():
    check = gradient_check(AND.x, AND.y, Parameters.random(0, copies=5), [0.1, 0.2, 0.3, 0.4, 0.5])
    assert check.w1.central_difference.shape == (5, 2, 2) and check.passed()


def test_messages():
    with pytest.raises(ValueError, match=r"learning_rate: expected a number > 0, got 0\.0"):
        gradient_check(AND.x, AND.y, Parameters.example(), 0.0)
    with pytest.raises(ValueError, match="step: expected a number > 0"):
        gradient_check(AND.x, AND.y, Parameters.example(), step=-1e-5)


def test_it_reads_as_a_table():
    lines = str(gradient_check(AND.x, AND.y, Parameters.example())).splitlines()
    assert len(lines) == 1 + 9 and lines[1].startswith("w1")


def test_what_it_prints_is_a_line_for_every_number():
    """Three slopes with seven decimals, then the two relative errors."""
    check = gradient_check(AND.x, AND.y, Parameters.example())
    head, *lines = repr(check).splitlines()
    assert head.split() == ["backprop", "update", "central", "diff", "relative", "errors"]
    assert len(lines) == 9
    expected = check["w1"]
    words = lines[1].split()
    assert words[0] == "w1" and len(words) == 6
    assert words[1:4] == [f"{value[0, 1]:.7f}" for value in (expected.backprop, expected.update, expected.central_difference)]
    assert words[4:] == [f"{value[0, 1]:.0e}" for value in (expected.backprop_error, expected.update_error)]
