"""The way forward, the loss, the random starts; and what each says when the input does not fit."""
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import loss_by_hand

from nnlib import AND, IDENTITY, Parameters, feedforward, squared_error

EXAMPLE = Parameters.example()


def test_feedforward_by_hand():
    p = Parameters.random(5, hidden=3, outputs=2)
    x, y = AND.x + 0.25, np.hstack([AND.y, 1 - AND.y])
    by_hand = loss_by_hand(x.tolist(), y.tolist(), *(v.tolist() for v in p))
    assert squared_error(feedforward(x, p).a2, y) == pytest.approx(by_hand, rel=1e-14)


def test_feedforward_takes_lists():
    assert feedforward([[1, 0]], Parameters(*(v.tolist() for v in EXAMPLE))).a2.shape == (1, 1)


def test_without_activation_the_layers_collapse():
    p = Parameters.random(3)
    one_layer = AND.x @ (p.w1 @ p.w2) + (p.b1 @ p.w2 + p.b2)
    np.testing.assert_allclose(feedforward(AND.x, p, IDENTITY, IDENTITY).a2, one_layer, rtol=1e-13)


def test_loss_is_half_the_sum_of_squares():
    assert squared_error([[3.0], [1.0]], [[0.0], [0.0]]) == 5.0
    assert squared_error([[1.0, 2.0]], [[0.0, 0.0]]) == 2.5
    assert squared_error(np.ones((7, 4, 1)), AND.y).tolist() == [1.5] * 7


# mulberry32(1) as published: the first numbers of the reference implementation in JavaScript
REFERENCE = [0.6270739405881613, 0.002735721180215478, 0.5274470399599522, 0.9810509674716741, 0.9683778982143849]


def test_the_random_start_is_mulberry32():
    p = Parameters.random(1)
    drawn = np.concatenate([v.ravel() for v in p])[: len(REFERENCE)]
    np.testing.assert_array_equal(drawn, 2 * np.array(REFERENCE) - 1)


@settings(max_examples=50)
@given(st.integers(-(2**40), 2**40), st.integers(1, 9), st.integers(1, 5))
def test_copy_i_is_the_network_of_seed_plus_i(seed, hidden, copies):
    many = Parameters.random(seed, hidden, copies)
    for i in range(copies):
        for all_of_them, one in zip(many, Parameters.random(seed + i, hidden), strict=True):
            np.testing.assert_array_equal(all_of_them[i], one)
    assert all((-1 <= v).all() and (v < 1).all() for v in many)


def test_random_starts_are_spread_evenly():
    values = Parameters.random(0, copies=20_000).w1.ravel()
    counts, _ = np.histogram(values, bins=20, range=(-1, 1))
    assert abs(values.mean()) < 0.01 and counts.min() > 0.9 * counts.mean()


BAD = [
    (dict(x=[0, 1]), ValueError, r"x: expected shape \(n, 2\), got \(2,\)"),
    (dict(x=[[0, 1, 2]]), ValueError, r"x: expected shape \(n, 2\), got \(1, 3\)"),
    (dict(x=np.empty((0, 2))), ValueError, r"x: expected at least one row"),
    (dict(x=[[0, "a"]]), TypeError, "x: expected an array of real numbers"),
    (dict(x=None), TypeError, "x: expected an array of real numbers, got None"),
    (dict(x=[[1j, 0]]), TypeError, "x: expected an array of real numbers"),
    (dict(x=[[0, 1], [2]]), ValueError, "x: expected a rectangular array"),
    (dict(x=[[0, float("nan")]]), ValueError, r"x: expected finite numbers, got nan at \[0, 1\]"),
    (dict(x=[[float("inf"), 0]]), ValueError, r"x: expected finite numbers, got inf at \[0, 0\]"),
    (dict(parameters=EXAMPLE._replace(b1=[[1.0]])), ValueError, r"b1: expected shape \(…, 1, 2\), got \(1, 1\)"),
    (dict(parameters=EXAMPLE._replace(w2=[[1.0]])), ValueError, r"w2: expected shape \(…, 2, m\), got \(1, 1\)"),
    (dict(parameters=EXAMPLE._replace(b2=[1.0])), ValueError, r"b2: expected shape \(…, 1, 1\), got \(1,\)"),
    (dict(parameters=EXAMPLE._replace(w1=[[np.nan] * 2] * 2)), ValueError, "w1: expected finite numbers, got nan"),
    (dict(parameters=EXAMPLE._replace(w1=np.zeros((3, 2, 2)), b1=np.zeros((4, 1, 2)))), ValueError, "leading axes that fit"),
    (dict(parameters={"w1": 1}), TypeError, r"parameters: expected Parameters\(w1, b1, w2, b2\), got dict"),
    (dict(hidden="swish"), ValueError, "hidden: expected one of sigmoid, tanh, relu, identity, got 'swish'"),
    (dict(output=np.tanh), TypeError, "output: expected an Activation"),
]


@pytest.mark.parametrize(("change", "error", "message"), BAD, ids=[b[2] for b in BAD])
def test_what_feedforward_says(change, error, message):
    with pytest.raises(error, match=message):
        feedforward(**{"x": AND.x, "parameters": EXAMPLE, **change})


@pytest.mark.parametrize(("arguments", "error", "message"), [
    (dict(seed=1.5), ValueError, "seed: expected a whole number, got 1.5"),
    (dict(seed="7"), TypeError, "seed: expected a whole number, got '7'"),
    (dict(seed=1, hidden=0), ValueError, "hidden: expected a whole number ≥ 1, got 0"),
    (dict(seed=1, copies=0), ValueError, "copies: expected a whole number ≥ 1, got 0"),
    (dict(seed=True), TypeError, "seed: expected a whole number, got True"),
])
def test_what_random_says(arguments, error, message):
    with pytest.raises(error, match=message):
        Parameters.random(**arguments)


def test_what_squared_error_says():
    with pytest.raises(ValueError, match=r"y: expected shape \(4, 1\), got \(4,\)"):
        squared_error(np.zeros((4, 1)), [0, 0, 0, 1])
    with pytest.raises(TypeError, match="a2: expected an array of real numbers"):
        squared_error("high", AND.y)


def test_a_seed_larger_than_an_array_holds_is_taken_modulo_two_to_the_32():
    huge = 2**70 + 5
    for name, value in Parameters.random(huge, copies=3)._asdict().items():
        assert np.array_equal(value, getattr(Parameters.random(5, copies=3), name)), name


def test_a_wrong_shape_is_named_with_its_letters():
    p = Parameters.example()
    with pytest.raises(ValueError, match=r"w1: expected shape \(…, inputs, h\)"):
        feedforward(AND.x, p._replace(w1=np.zeros(3)))
