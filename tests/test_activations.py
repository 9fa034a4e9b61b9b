"""The activations against constants from outside, against math, and at the ends of float64."""
import dataclasses
import math
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnlib import ACTIVATIONS, IDENTITY, RELU, SIGMOID, TANH

FINITE = st.floats(allow_nan=False, allow_infinity=False)

# σ and tanh from published tables, not computed here
CONSTANTS = [
    (SIGMOID, 0.0, 0.5),
    (SIGMOID, 1.0, 0.7310585786300049),
    (SIGMOID, -2.0, 0.11920292202211755),
    (TANH, 1.0, 0.7615941559557649),
    (TANH, -0.5, -0.46211715726000973),
    (RELU, 3.5, 3.5),
    (RELU, -3.5, 0.0),
    (IDENTITY, -3.5, -3.5),
]


@pytest.mark.parametrize(("activation", "z", "a"), CONSTANTS)
def test_value(activation, z, a):
    assert activation(z) == pytest.approx(a, rel=1e-15)
    assert activation(np.array([[z]])).shape == (1, 1)


@given(FINITE)
def test_sigmoid_is_stable_and_silent_for_every_finite_z(z):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for value in (z, np.array([[z]])):
            a = SIGMOID(value)
            assert np.all((a >= 0) & (a <= 1))
            assert np.all(np.isfinite(SIGMOID.slope(value, a)))


def test_sigmoid_keeps_its_digits_far_out_on_the_left():
    for z in (-1.0, -37.0, -700.0):
        assert SIGMOID(z) == pytest.approx(math.exp(z) / (1 + math.exp(z)), rel=1e-14)


def test_sigmoid_rounds_to_one_on_the_right():
    assert SIGMOID(36.0) < 1.0 == SIGMOID(37.0)


@settings(max_examples=200)
@given(st.sampled_from(list(ACTIVATIONS.values())), st.floats(-8, 8))
def test_slope_is_the_slope(activation, z):
    if activation is RELU and abs(z) < 1e-3:
        return  # the kink
    step = 1e-5
    measured = (activation(z + step) - activation(z - step)) / (2 * step)
    assert activation.slope(z, activation(z)) == pytest.approx(measured, abs=1e-9)


def test_the_largest_slope_of_the_sigmoid_is_a_quarter():
    z = np.linspace(-6, 6, 1201)
    slope = SIGMOID.slope(z, SIGMOID(z))
    assert slope.max() == 0.25 and z[slope.argmax()] == pytest.approx(0)


def test_relu_at_its_kink_takes_the_left_slope():
    assert RELU.slope(0.0, 0.0) == 0.0


def test_names_and_symbols():
    assert ACTIVATIONS == {"sigmoid": SIGMOID, "tanh": TANH, "relu": RELU, "identity": IDENTITY}
    assert list(map(repr, ACTIVATIONS.values())) == ["SIGMOID", "TANH", "RELU", "IDENTITY"]
    assert [activation.name for activation in ACTIVATIONS.values()] == list(ACTIVATIONS)
    assert [activation.latex for activation in ACTIVATIONS.values()] == [r"\sigma", r"\tanh", r"\operatorname{ReLU}", r"\operatorname{id}"]
    assert [activation.slope_latex for activation in ACTIVATIONS.values()] == [
        r"{a} \odot (1 - {a})", r"1 - {a} \odot {a}", "[{z} > 0]", "1"]


def test_an_activation_is_known_by_its_name_and_never_changed():
    assert dataclasses.replace(SIGMOID, function=math.sin, derivative=math.cos) == SIGMOID != TANH
    assert {SIGMOID: "found"}[dataclasses.replace(SIGMOID)] == "found"
    with pytest.raises(dataclasses.FrozenInstanceError):
        SIGMOID.name = "tanh"


@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=repr)
def test_whole_numbers_give_float64_in_the_same_shape(activation):
    z = np.array([[-1, 0, 2]])
    for result in (activation(z), activation.slope(z, activation(z))):
        assert result.dtype == np.float64 and result.shape == (1, 3)
    assert np.shape(activation(2)) == np.shape(activation.slope(2, activation(2))) == ()
@pytest.mark.parametrize("kind", [np.uint8, np.int8, np.float32, np.int64])
@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=lambda a: a.name)
def test_every_kind_of_number_is_computed_as_float64(activation, kind):
    z = np.array([1, 100], kind)
    exact = z.astype(float)
    np.testing.assert_array_equal(activation(z), activation(exact))
    np.testing.assert_array_equal(activation.slope(z, z), activation.slope(exact, exact))
    assert activation([1, 100]).dtype == activation.slope(z, z).dtype == np.float64


def test_what_a_loop_uses_is_equal_and_passes_on_what_overflowed():
    for activation in ACTIVATIONS.values():
        bare = activation.unchecked
        assert bare == activation and hash(bare) == hash(activation) and bare.unchecked is bare
        assert bare(np.array([np.inf]))[0] == activation.function(np.inf)
        assert bare != (TANH if activation is not TANH else RELU)


def test_the_value_does_not_hang_on_the_argument():
    z = np.array([1.0, 2.0])
    a = IDENTITY(z)
    z[0] = 9
    assert a[0] == 1
