"""deep.py: the fourteen steps for one hidden layer, PyTorch's values for others, central differences for all."""
import dataclasses
import json
import warnings
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given as forall
from hypothesis import settings
from hypothesis import strategies as st
from oracles import problems

from nnlib import AND, IDENTITY, RELU, XOR, Diverged, Parameters, deep, iteration, train

GOLDEN = json.loads((Path(__file__).parent / "golden" / "deep.json").read_text("utf8"))  # made with PyTorch by golden/deep.py


def assert_layers(ours, theirs, rtol=1e-12):
    for number, (layer, expected) in enumerate(zip(ours, theirs, strict=True), 1):
        for name, got, value in zip("wb", layer, expected, strict=True):
            np.testing.assert_allclose(got, value, rtol=rtol, atol=1e-14, err_msg=f"{name} of layer {number}")


@pytest.mark.parametrize("case", GOLDEN, ids=lambda c: "-".join(map(str, c["sizes"])))
def test_pytorchs_values(case):
    it = deep.iteration(case["x"], case["y"], case["layers"], case["learning_rate"], case["hidden"], case["output"])
    assert it.E == pytest.approx(case["E"], rel=1e-13)
    np.testing.assert_allclose(it.a[-1], case["outputs"], rtol=1e-13)
    assert_layers(it.gradients, case["gradients"])
    run = deep.train(case["x"], case["y"], case["layers"], case["learning_rate"], 100, case["hidden"], case["output"])
    assert run.losses[-1] == pytest.approx(case["E_after_100"], rel=1e-11)
    assert_layers(run.layers, case["layers_after_100"], 1e-10)


@settings(max_examples=60)
@forall(problems(), st.floats(0, 2))
def test_with_one_hidden_layer_it_is_the_fourteen_steps(problem, learning_rate):
    x, y, parameters, hidden, output = problem
    ours = deep.iteration(x, y, parameters, learning_rate, hidden, output)
    book = iteration(x, y, parameters, learning_rate, hidden, output)
    assert ours.E == book.E
    for got, name in zip((*ours.z, *ours.a, *ours.delta), ("z1", "z2", "a1", "a2", "dE_dz1", "dE_dz2"), strict=True):
        np.testing.assert_allclose(got, book[name], rtol=1e-13, atol=1e-300)
    for layers, prefix in ((ours.gradients, "dE_d"), (ours.updated, "new_")):
        for got, name in zip((p for layer in layers for p in layer), ("w1", "b1", "w2", "b2"), strict=True):
            name = prefix + name
            np.testing.assert_allclose(got, book[name], rtol=1e-12, atol=1e-14, err_msg=name)


@settings(max_examples=25)
@forall(st.lists(st.integers(1, 4), min_size=0, max_size=3), st.integers(0, 1000))
def test_central_differences_agree(hidden_sizes, seed):
    layers = deep.random_layers(seed, (2, *hidden_sizes, 1))
    gradients = deep.iteration(XOR.x, XOR.y, layers, 0.5, "tanh").gradients
    for number, layer in enumerate(layers):
        for which, values in enumerate(layer):
            for index in np.ndindex(values.shape):
                losses = []
                for by in (1e-5, -1e-5):
                    moved = [list(layer) for layer in layers]
                    moved[number][which] = values.copy()
                    moved[number][which][index] += by
                    losses.append(deep.iteration(XOR.x, XOR.y, moved, 0.5, "tanh").E)
                assert gradients[number][which][index] == pytest.approx((losses[0] - losses[1]) / 2e-5, abs=1e-9)


def test_no_hidden_layer_learns_and_but_not_xor():
    for gate, learns in ((AND, True), (XOR, False)):
        run = deep.train(gate.x, gate.y, deep.random_layers(0, (2, 1)), 5, 2000)
        assert (run.losses[-1] < 0.01) == learns


def test_random_layers_are_the_books_random_start():
    book = Parameters.random(7, hidden=3)
    (w1, b1), (w2, b2) = deep.random_layers(7, (2, 3, 1))
    assert all(np.array_equal(a, b) for a, b in zip((w1, b1, w2, b2), book, strict=True))


def test_copies_train_at_once():
    together = deep.train(XOR.x, XOR.y, deep.random_layers(0, (2, 3, 3, 1), copies=4), 1, 50)
    assert together.losses.shape == (51, 4)
    for k in range(4):
        alone = deep.train(XOR.x, XOR.y, deep.random_layers(k, (2, 3, 3, 1)), 1, 50)
        np.testing.assert_allclose(together.losses[:, k], alone.losses, rtol=1e-12)


def test_training_is_iteration_repeated():
    book = train(AND.x, AND.y, Parameters.example(), 0.5, 200)
    np.testing.assert_allclose(deep.train(AND.x, AND.y, Parameters.example(), 0.5, 200).losses, book.losses, rtol=1e-12)


def test_divergence_is_told():
    with pytest.raises(Diverged, match="training diverged: at epoch") as caught:
        deep.train(AND.x, AND.y, deep.random_layers(1, (2, 4, 4, 1)), 50, 500, RELU, IDENTITY)
    assert np.isfinite(caught.value.trajectory.losses).all() and len(caught.value.trajectory.losses) == caught.value.epoch


@pytest.mark.parametrize(("call", "error", "message"), [
    (lambda: deep.random_layers(0, (2,)), ValueError, r"sizes: expected at least inputs and outputs, such as \(2, 1\), got \(2,\)"),
    (lambda: deep.random_layers(0, (2, 0)), ValueError, "sizes: expected a whole number ≥ 1, got 0"),
    (lambda: deep.feedforward(AND.x, 3), TypeError, r"layers: expected a list of pairs \(w, b\)"),
    (lambda: deep.feedforward(AND.x, []), TypeError, "layers: expected a list of pairs"),
    (lambda: deep.feedforward(AND.x, [([[1], [1]], [[0]]), ([[1], [1]], [[0]])]), ValueError,
     r"w of layer 2: expected shape \(…, 1, neurons\)"),
    (lambda: deep.feedforward(AND.x, [([[1], [1]], [[0, 0]])]), ValueError, r"b of layer 1: expected shape \(…, 1, 1\), got \(1, 2\)"),
    (lambda: deep.train(AND.x, AND.y, Parameters.example(), -1, 5), ValueError, "learning_rate: expected a number ≥ 0"),
    (lambda: deep.train(AND.x, AND.y, Parameters.example(), [1, 2], 5), ValueError, "learning_rate: expected one number"),
    (lambda: deep.train(AND.x, AND.y, Parameters.example(), 1, -1), ValueError, "epochs: expected a whole number ≥ 0"),
    (lambda: deep.iteration(AND.x, [[0]], Parameters.example(), 1), ValueError, r"y: expected shape \(4, 1\)"),
])
def test_what_it_says(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_numbers_too_large_are_inf_or_nan_without_a_warning():
    """Overflow and inf − inf alike, on the way forward and in an iteration."""
    huge = [((np.full((2, 2), 1e200), np.full((1, 2), -1e300))), ((np.array([[1e200], [-1e200]]), np.zeros((1, 1))))]
    x, y = AND.x * 1e200, AND.y
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        forward = deep.feedforward(x, huge, "identity", "identity")
        it = deep.iteration(x, y, huge, 0.5, "identity", "identity")
    assert not np.isfinite(forward.z[1]).all() and np.isnan(forward.z[1]).any(), "inf and what inf − inf leaves"
    assert not np.isfinite(it.E)


def test_an_iteration_cannot_be_changed():
    it = deep.iteration(AND.x, AND.y, deep.random_layers(1, (2, 2, 1)), 0.5)
    with pytest.raises(dataclasses.FrozenInstanceError):
        it.E = 0.0
