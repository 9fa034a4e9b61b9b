"""fast.py gives what the steps give: one network to the bit, many copies to 1e-12; and what is not the book's goes the plain way."""
import dataclasses
import itertools
import warnings

import numpy as np
import pytest
from hypothesis import given as forall
from hypothesis import settings
from hypothesis import strategies as st
from oracles import problems

from nnlib import AND, IDENTITY, OPERATIONS, RELU, SIGMOID, TANH, XOR, Activation, Diverged, Parameters, fast, train
from nnlib.losses import CROSS_ENTROPY, SQUARED_ERROR

ACTIVATIONS = (SIGMOID, TANH, RELU, IDENTITY)
# the same steps, one of them a function that nobody knows: so `train` runs through the list of operations
PLAIN = [dataclasses.replace(op, function=lambda x, w1, b1: x @ w1 + b1) if op.label == "F1" else op for op in OPERATIONS]
KINDS = [(hidden, output, loss) for hidden, output, loss in itertools.product(ACTIVATIONS, ACTIVATIONS, (SQUARED_ERROR, CROSS_ENTROPY))
         if loss is SQUARED_ERROR or output is SIGMOID]


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch):
    """A test need not train thousands."""
    monkeypatch.setattr(fast, "MANY", fast.FEWEST)


def both(*arguments, **options):
    return train(*arguments, **options), train(*arguments, operations=PLAIN, **options)


def assert_equal_bits(quick, plain):
    for one, other in zip((quick.losses, *quick.parameters), (plain.losses, *plain.parameters), strict=True):
        assert one.shape == other.shape and one.dtype == other.dtype and np.array_equal(one, other)
    assert quick.keep == plain.keep and np.array_equal(quick.diverged, plain.diverged)


def assert_equal_copies(quick, plain):
    for one, other in zip((quick.losses, *quick.parameters), (plain.losses, *plain.parameters), strict=True):
        assert one.shape == other.shape and one.dtype == other.dtype
        np.testing.assert_allclose(one, other, rtol=1e-12, atol=1e-12)
    assert quick.keep == plain.keep and np.array_equal(quick.diverged, plain.diverged)


def data(seed, n=5, m=1):
    rng = np.random.default_rng(seed)
    return rng.uniform(-2, 2, (n, 2)), rng.uniform(0, 1, (n, m))


# ---- one network ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("one_at_a_time", [False, True])
@pytest.mark.parametrize(("hidden", "output", "loss"), KINDS, ids=str)
def test_one_network_is_the_same_to_the_bit(hidden, output, loss, one_at_a_time):
    for keep, m in (("all", 1), ("last", 3)):
        x, y = data(1, m=m)
        quick, plain = both(x, y, Parameters.random(5, 3, outputs=m), 0.02, 600, hidden, output, keep=keep,
                            one_at_a_time=one_at_a_time, loss=loss)
        assert_equal_bits(quick, plain)


@settings(max_examples=60)
@forall(problems(max_examples=40, max_hidden=12), st.integers(0, 300), st.sampled_from([0.0, 0.01, 0.7]))
def test_one_network_of_any_size(problem, epochs, rate):
    x, y, parameters, hidden, output = problem
    try:
        quick = train(x, y, parameters, rate, epochs, hidden, output)
    except Diverged as diverged:
        with pytest.raises(Diverged) as caught:
            train(x, y, parameters, rate, epochs, hidden, output, operations=PLAIN)
        assert caught.value.epoch == diverged.epoch
        assert_equal_bits(diverged.trajectory, caught.value.trajectory)
    else:
        assert_equal_bits(quick, train(x, y, parameters, rate, epochs, hidden, output, operations=PLAIN))


@pytest.mark.parametrize("epochs", [0, 1, fast.LOSSES_AT_ONCE - 1, fast.LOSSES_AT_ONCE, fast.LOSSES_AT_ONCE + 1])
@pytest.mark.parametrize("keep", ["all", "last"])
def test_losses_at_the_seams(epochs, keep):
    assert_equal_bits(*both(XOR.x, XOR.y, Parameters.example(), 2.0, epochs, keep=keep))


# ---- many copies ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("one_at_a_time", [False, True])
@pytest.mark.parametrize(("hidden", "output", "loss"), KINDS, ids=str)
def test_many_copies_are_the_same_but_for_the_last_bits(hidden, output, loss, one_at_a_time, monkeypatch):
    monkeypatch.setattr(fast, "CACHE", 2**16)  # several blocks, the last of them a short one
    for keep, m in (("all", 1), ("last", 3)):
        x, y = data(2, m=m)
        rates = np.linspace(0, 0.02, 150)
        quick, plain = both(x, y, Parameters.random(0, 3, copies=150, outputs=m), rates, 20, hidden, output, keep=keep,
                            one_at_a_time=one_at_a_time, loss=loss)
        assert 0 < fast.block_size({"x": x, "w2": np.empty((3, m))}, 150) < 150
        assert_equal_copies(quick, plain)


@settings(max_examples=30)
@forall(problems(max_examples=30, max_hidden=9), st.integers(32, 80))
def test_copies_of_any_size(problem, copies):
    x, y, parameters, hidden, output = problem
    many = Parameters(*(p + 0.01 * np.random.default_rng(0).standard_normal((copies, *p.shape)) for p in parameters))
    assert_equal_copies(*both(x, y, many, 0.001, 5, hidden, output))


def test_learning_rates_alone_and_copies_of_copies():
    assert_equal_copies(*both(AND.x, AND.y, Parameters.example(), np.linspace(0, 2, 64), 50))
    starts = Parameters(*(p.reshape(5, 8, *p.shape[1:]) for p in Parameters.random(0, copies=40)))
    for keep in ("all", "last"):
        assert_equal_copies(*both(AND.x, AND.y, starts, np.linspace(0.1, 1, 8), 50, keep=keep))
    part = Parameters(starts.w1, *(p[0] for p in starts[1:]))  # w1 for each, the others for eight
    assert_equal_copies(*both(AND.x, AND.y, part, 0.5, 50))


@pytest.mark.parametrize("keep", ["all", "last"])
def test_copies_that_diverge_do_so_at_the_same_epoch_and_the_others_go_on(keep):
    rates = np.where(np.arange(100) % 7 == 3, 5.0, 0.05)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        quick, plain = both(AND.x, AND.y, Parameters.random(0, copies=100), rates, 300, RELU, IDENTITY, keep=keep)
    assert 3 < quick.diverged.size < 50 and np.isnan(quick.losses).any()
    assert_equal_copies(quick, plain)


# ---- who goes which way -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("copies", [None, 100])
def test_functions_of_ones_own_go_the_plain_way(copies, monkeypatch):
    class FastTaken(Exception):
        pass

    def taken(*_):
        raise FastTaken

    monkeypatch.setattr(fast, "one", taken)
    monkeypatch.setattr(fast, "many", taken)
    given = AND.x, AND.y, Parameters.random(0, copies=copies), 0.5, 2
    with pytest.raises(FastTaken):
        train(*given)
    own = Activation("sigmoid", r"\sigma", "", SIGMOID.function, SIGMOID.derivative)
    for options in ({"operations": PLAIN}, {"operations": [*OPERATIONS, OPERATIONS[0]]}, {"hidden": own}):
        assert train(*given, **options).epochs == 2


def test_few_copies_and_large_networks_go_the_plain_way():
    small, large = {"x": np.empty((4, 2)), "w2": np.empty((2, 1))}, {"x": np.empty((400, 2)), "w2": np.empty((64, 1))}
    assert fast.block_size(small, fast.MANY - 1) == 0 and fast.block_size(large, 10_000) == 0
    assert fast.block_size(small, fast.MANY) > fast.FEWEST


def test_what_is_given_is_not_changed():
    starts = Parameters.random(0, copies=64)
    before = [p.copy() for p in starts]
    run = train(AND.x, AND.y, starts, 0.5, 3)
    again = train(AND.x, AND.y, Parameters.example(), 0.5, 3, keep="last").parameters
    assert all(np.array_equal(p, q) for p, q in zip(starts, before, strict=True))
    assert not np.shares_memory(run.parameters.w1, starts.w1) and not np.array_equal(again.w1, Parameters.example().w1)
