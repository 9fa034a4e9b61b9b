"""One iteration and many: PyTorch's losses, broadcasting, what stays untouched, divergence, messages."""
import copy
import dataclasses
import pickle
import signal
import warnings

import numpy as np
import pytest
from hypothesis import given as forall
from hypothesis import settings
from hypothesis import strategies as st
from oracles import CASES, given, problems

from nnlib import (
    AND,
    IDENTITY,
    OPERATIONS,
    RELU,
    TANH,
    XOR,
    Activation,
    Diverged,
    Parameters,
    gradient_check,
    iteration,
    squared_error,
    train,
)
from nnlib.network import feedforward

EXAMPLE = Parameters.example()


def assert_same(a, b, rtol=1e-12, atol=1e-12):
    for one, other in zip(a, b, strict=True):
        np.testing.assert_allclose(one, other, rtol=rtol, atol=atol)


# ---- values ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "case"), CASES)
def test_losses_equal_pytorchs(name, case):
    arguments = given(case)
    epochs = max(map(int, case["loss_at_epoch"]))
    for keep in ("all", "last"):
        run = train(**arguments, epochs=epochs, keep=keep)
        for epoch, expected in case["loss_at_epoch"].items():
            assert abs(run.losses[int(epoch)] - expected) <= 1e-12


def test_train_is_the_iteration_repeated():
    run = train(AND.x, AND.y, EXAMPLE, 0.5, 7)
    p = EXAMPLE
    for k in range(8):
        assert all(np.array_equal(a, b) for a, b in zip(run[k], p, strict=True))
        assert run.losses[k] == squared_error(feedforward(AND.x, p).a2, AND.y)
        p = iteration(AND.x, AND.y, p, 0.5).updated


def test_zero_epochs_is_the_start():
    run = train(AND.x, AND.y, EXAMPLE, 0.5, 0)
    assert run.losses.shape == (1,) and run.epochs == 0
    assert_same(run[0], EXAMPLE)


def test_it_learns_and():
    run = train(AND.x, AND.y, EXAMPLE, 0.5, 10_000, keep="last")
    assert np.array_equal(feedforward(AND.x, run.parameters).a2.round(), AND.y)


# ---- properties -----------------------------------------------------------------------------------------------


@settings(max_examples=40)
@forall(problems(), st.integers(1, 3))
def test_copies_equal_a_loop(problem, copies):
    x, y, p, hidden, output = problem
    rng = np.random.default_rng(0)
    many = Parameters(*(v + 0.1 * rng.standard_normal((copies, *v.shape)) for v in p))
    rates = np.linspace(0.01, 0.05, copies)
    together = train(x, y, many, rates, 3, hidden, output)
    it = iteration(x, y, many, rates, hidden, output)
    assert together.losses.shape == (4, copies)
    for i in range(copies):
        alone = Parameters(*(v[i] for v in many))
        try:
            run = train(x, y, alone, rates[i], 3, hidden, output)
        except Diverged:
            assert i in together.diverged
            continue
        np.testing.assert_allclose(together.losses[:, i], run.losses, rtol=1e-9)
        assert_same([v[:, i] for v in together.parameters], run.parameters, rtol=1e-9)
        one = iteration(x, y, alone, rates[i], hidden, output)
        for name in ("dE_dw1", "dE_db2", "new_b1", "E"):
            np.testing.assert_allclose(it[name][i], one[name], rtol=1e-9, atol=1e-12)


def test_learning_rates_alone_make_copies():
    run = train(AND.x, AND.y, EXAMPLE, [0.1, 0.5], 4)
    assert run.losses.shape == (5, 2) and run.parameters.w1.shape == (5, 2, 2, 2)
    np.testing.assert_array_equal(run.losses[:, 1], train(AND.x, AND.y, EXAMPLE, 0.5, 4).losses)


@settings(max_examples=40)
@forall(problems())
def test_no_argument_is_changed(problem):
    x, y, p, hidden, output = problem
    before = copy.deepcopy((x, y, p))
    it = iteration(x, y, p, 0.5, hidden, output)
    x[:] = 99  # and what was computed does not hang on the arguments
    assert np.array_equal(it.x, before[0])
    x[:] = before[0]
    train(x, y, p, 0.01, 2, hidden, output)
    for now, then in zip((x, y, *p), (*before[:2], *before[2]), strict=True):
        assert np.array_equal(now, then)


@settings(max_examples=40)
@forall(problems(), st.randoms())
def test_relabelling_hidden_neurons_changes_nothing(problem, random):
    x, y, p, hidden, output = problem
    order = list(range(p.w1.shape[1]))
    random.shuffle(order)
    relabelled = Parameters(p.w1[:, order], p.b1[:, order], p.w2[order], p.b2)
    a, b = (iteration(x, y, q, 0.5, hidden, output) for q in (p, relabelled))
    new = a.updated
    assert_same((a.a2, a.E, new.w1[:, order], new.b1[:, order], new.w2[order], new.b2), (b.a2, b.E, *b.updated))


@settings(max_examples=40)
@forall(problems(), st.randoms())
def test_row_order_changes_nothing(problem, random):
    x, y, p, hidden, output = problem
    order = list(range(len(x)))
    random.shuffle(order)
    a, b = iteration(x, y, p, 0.5, hidden, output), iteration(x[order], y[order], p, 0.5, hidden, output)
    assert_same((a.E, *a.updated), (b.E, *b.updated))


def test_equal_neurons_stay_equal():
    p = Parameters(np.full((2, 2), 0.3), np.full((1, 2), 0.1), np.full((2, 1), 0.5), np.array([[0.1]]))
    w1 = train(XOR.x, XOR.y, p, 0.5, 500, keep="last").parameters.w1
    assert np.array_equal(w1[:, 0], w1[:, 1])


# ---- the objects ----------------------------------------------------------------------------------------------


def test_iteration_gives_every_name_both_ways():
    it = iteration(AND.x, AND.y, EXAMPLE, 0.5)
    assert all(it[name] is getattr(it, name) for name in it)
    assert it.gradients.w2 is it.dE_dw2 and it.updated.b1 is it.new_b1
    with pytest.raises(KeyError, match="got 'w3'; did you mean"):
        it["w3"]
    with pytest.raises(AttributeError, match="w3"):
        it.w3
    with pytest.raises(ValueError, match="read-only"):
        it.z1[0, 0] = 1
    assert repr(it) == "<Iteration: 32 quantities, E = 0.564344>"
    assert copy.deepcopy(it)["E"] == it.E


def test_trajectory_hands_out_epochs():
    run = train(AND.x, AND.y, EXAMPLE, 0.5, 3)
    assert_same(run[-1], run[3])
    with pytest.raises(IndexError, match="k: expected an epoch from 0 to 3, got 4"):
        run[4]
    last = train(AND.x, AND.y, EXAMPLE, 0.5, 3, keep="last")
    assert_same(last[3], run[3])
    with pytest.raises(IndexError, match='train with keep="all"'):
        last[2]
    assert "3 epochs" in repr(run)


# ---- divergence -----------------------------------------------------------------------------------------------

UNBOUNDED = dict(x=AND.x, y=AND.y, parameters=EXAMPLE, hidden=RELU, output=IDENTITY)


@pytest.mark.parametrize("keep", ["all", "last"])
def test_divergence_says_when_and_keeps_the_finite_part(keep):
    with warnings.catch_warnings(), pytest.raises(Diverged, match="at epoch") as caught:
        warnings.simplefilter("error")
        train(**UNBOUNDED, learning_rate=5, epochs=1000, keep=keep)
    run, epoch = caught.value.trajectory, caught.value.epoch
    assert isinstance(caught.value, ArithmeticError)
    assert len(run.losses) == epoch and np.isfinite(run.losses).all()
    assert all(np.isfinite(v).all() for v in run[-1])
    # one epoch more is really too many
    it = iteration(AND.x, AND.y, run[-1], 5, RELU, IDENTITY)
    with np.errstate(all="ignore"):
        after = feedforward_or_nan(it.updated)
    assert not np.isfinite(after)
    assert pickle.loads(pickle.dumps(caught.value)).epoch == epoch


def feedforward_or_nan(p):
    if not all(np.isfinite(v).all() for v in p):
        return np.nan
    return squared_error_unchecked(feedforward(AND.x, p, RELU, IDENTITY).a2)


def squared_error_unchecked(a2):
    return float(((a2 - AND.y) ** 2).sum())


def test_some_copies_diverge_and_the_others_go_on():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        run = train(**UNBOUNDED, learning_rate=[0.05, 5, 0.1], epochs=400)
    assert run.diverged.tolist() == [1]
    assert np.isfinite(run.losses[:, [0, 2]]).all()
    with pytest.raises(Diverged) as caught:
        train(**UNBOUNDED, learning_rate=5, epochs=400)
    first_bad = caught.value.epoch
    assert np.isfinite(run.losses[:first_bad, 1]).all() and np.isnan(run.losses[first_bad:, 1]).all()


def test_a_huge_rate_saturates_a_sigmoid_and_does_not_diverge():
    run = train(AND.x, AND.y, EXAMPLE, 1e6, 50)
    assert np.isfinite(run.losses).all()


def test_a_start_beyond_all_bounds_is_refused():
    huge = Parameters(*(1e200 * v for v in EXAMPLE))
    with pytest.raises(ValueError, match="parameters: expected a network whose loss is finite"):
        train(AND.x, AND.y, huge, 0.5, 3, IDENTITY, IDENTITY)


# ---- messages -------------------------------------------------------------------------------------------------

BAD = [
    (dict(y=AND.y[:3]), ValueError, r"y: expected shape \(4, 1\), got \(3, 1\)"),
    (dict(y=[0, 0, 0, 1]), ValueError, r"y: expected shape \(4, 1\), got \(4,\)"),
    (dict(y=[[0, 1]] * 4), ValueError, r"y: expected shape \(4, 1\), got \(4, 2\)"),
    (dict(learning_rate=-0.1), ValueError, "learning_rate: expected a number ≥ 0, got -0.1"),
    (dict(learning_rate=float("nan")), ValueError, "learning_rate: expected finite numbers, got nan"),
    (dict(learning_rate=float("inf")), ValueError, "learning_rate: expected finite numbers, got inf"),
    (dict(learning_rate="fast"), TypeError, "learning_rate: expected an array of real numbers, got 'fast'"),
    (dict(learning_rate=True), TypeError, "learning_rate: expected a number, got True"),
    (dict(learning_rate=[0.1, 0.2], parameters=Parameters.random(0, copies=3)), ValueError, r"one for each of the copies \(3,\)"),
    (dict(epochs=-1), ValueError, "epochs: expected a whole number ≥ 0, got -1"),
    (dict(epochs=2.5), ValueError, "epochs: expected a whole number, got 2.5"),
    (dict(epochs=float("inf")), ValueError, "epochs: expected a whole number, got inf"),
    (dict(epochs="10"), TypeError, "epochs: expected a whole number, got '10'"),
    (dict(keep="some"), ValueError, "keep: expected one of all, last, got 'some'"),
    (dict(hidden="softmax"), ValueError, "hidden: expected one of"),
    (dict(operations=OPERATIONS[:-1]), ValueError, "operations: expected one that gives new_w1, new_b1, got none"),
    (dict(operations=OPERATIONS[1:]), ValueError, "operations: F2 needs z1, which nothing before it gives"),
    (dict(operations=[dataclasses.replace(op, function=lambda x: x @ x) if op.label == "F1" else op for op in OPERATIONS]),
     ValueError, "operation F1: matmul"),
]


@pytest.mark.parametrize(("change", "error", "message"), BAD, ids=[b[2] for b in BAD])
def test_what_train_says(change, error, message):
    arguments = {"x": AND.x, "y": AND.y, "parameters": EXAMPLE, "learning_rate": 0.5, "epochs": 2, **change}
    with pytest.raises(error, match=message):
        train(**arguments)


def test_one_example_at_a_time_is_an_iteration_for_each_in_order():
    p = Parameters.example()
    run = train(AND.x, AND.y, p, 0.5, 3, one_at_a_time=True)
    for epoch in range(3):
        assert run.losses[epoch] == iteration(AND.x, AND.y, p, 0.5).E, "the loss of all examples, before the epoch"
        for row in range(4):
            p = iteration(AND.x[[row]], AND.y[[row]], p, 0.5).updated
        assert all(np.array_equal(a, b) for a, b in zip(run[epoch + 1], p, strict=True))


def test_one_example_at_a_time_for_many_copies_at_once():
    starts = Parameters.random(0, copies=5)
    run = train(AND.x, AND.y, starts, 0.5, 20, one_at_a_time=True, keep="last")
    for k in range(5):
        alone = train(AND.x, AND.y, Parameters.random(k), 0.5, 20, one_at_a_time=True, keep="last")
        np.testing.assert_allclose(run.losses[:, k], alone.losses, rtol=1e-12)


# ---- functions of one's own -----------------------------------------------------------------------------------


def with_function(label, function):
    return [dataclasses.replace(op, function=function) if op.label == label else op for op in OPERATIONS]


def in_place(w2):
    w2[:] = 0
    return w2


RESULTS = [
    ("8", in_place, ValueError, "operation 8: assignment destination is read-only"),
    ("1", lambda a2: None, TypeError, "operation 1: dE_da2: expected an array of real numbers, got NoneType"),
    ("1", lambda a2: "large", TypeError, "operation 1: dE_da2: expected an array of real numbers, got str"),
    ("1", lambda a2: a2 * 1j, TypeError, "operation 1: dE_da2: expected an array of real numbers"),
    ("2", lambda z2: z2 > 0, TypeError, "operation 2: da2_dz2: expected an array of real numbers"),
    ("1", lambda a2: 1.0, ValueError, r"operation 1: dE_da2: expected shape \(4, 1\), got \(\)"),
    ("6", lambda dE_dz2: dE_dz2, ValueError, r"operation 6: dE_db2: expected shape \(1, 1\), got \(4, 1\)"),
    ("E", lambda a2, y: a2 - y, ValueError, r"operation E: E: expected one number for each network, got \(4, 1\)"),
    ("7", lambda w2, b2: (1.0, b2), ValueError, r"operation 7: new_w2: expected shape \(2, 1\), got \(\)"),
    ("7", lambda w2, b2: (w2, b2, b2), ValueError, "operation 7: expected 2 results, new_w2, new_b2, got 3 of them"),
    ("7", lambda w2: w2, ValueError, "operation 7: expected 2 results, new_w2, new_b2, got ndarray"),
]


@pytest.mark.parametrize(("label", "function", "error", "message"), RESULTS, ids=[r[3] for r in RESULTS])
@pytest.mark.parametrize("call", ["iteration", "train", "one at a time", "copies"])
def test_what_a_function_of_ones_own_gets_and_gives(call, label, function, error, message):
    if call == "one at a time" and ("4, 1" in message or label == "6"):
        message = message.split(" expected")[0]  # one example: other shapes; and there, step 6 is right
        if label == "6":
            return
    start = Parameters.random(0, copies=3) if call == "copies" else EXAMPLE
    message = message.replace(r"\(4, 1\)", r"\((3, )?4, 1\)").replace(r"got \(2, 1", r"got \((3, )?2, 1")
    with pytest.raises(error, match=message):
        if call in ("iteration", "copies"):
            iteration(AND.x, AND.y, start, 0.5, operations=with_function(label, function))
        else:
            train(AND.x, AND.y, start, 0.5, 2, operations=with_function(label, function), one_at_a_time=call == "one at a time")


def test_an_activation_of_ones_own_is_looked_at_too():
    odd = Activation("odd", "o", "1", lambda z: z.sum(), lambda z, a: a)
    with pytest.raises(ValueError, match=r"operation F2: a1: expected shape \(4, 2\), got \(\)"):
        train(AND.x, AND.y, EXAMPLE, 0.5, 2, hidden=odd)


def test_whole_numbers_from_a_function_are_numbers():
    ones = with_function("9", lambda a1: np.ones(a1.shape, int))
    floats = with_function("9", lambda a1: np.ones(a1.shape))
    assert_same(train(AND.x, AND.y, EXAMPLE, 0.5, 5, operations=ones)[5], train(AND.x, AND.y, EXAMPLE, 0.5, 5, operations=floats)[5], 0, 0)


def test_operations_may_come_from_a_generator():
    it = iteration(AND.x, AND.y, EXAMPLE, 0.5, operations=(op for op in OPERATIONS))
    assert it.E == iteration(AND.x, AND.y, EXAMPLE, 0.5).E
    assert gradient_check(AND.x, AND.y, EXAMPLE, operations=(op for op in OPERATIONS)).passed()


def test_what_an_iteration_keeps_are_the_activations_that_were_given():
    it = iteration(AND.x, AND.y, EXAMPLE, 0.5, "tanh", IDENTITY)
    assert it["hidden"] is TANH and it["output"] is IDENTITY


def test_one_column_may_stand_for_many_on_the_way():
    """The output layer's slope in step 9: NumPy spreads it, so the mistake shows in the gradient."""
    operations = with_function("9", lambda da2_dz2: da2_dz2)
    assert not gradient_check(AND.x, AND.y, EXAMPLE, operations=operations).passed()


@pytest.mark.parametrize("keep", ["all", "last"])
def test_an_interrupted_training_leaves_nothing_behind(keep):
    """As the button that stops a cell does it, in the middle: what was given is as it was, and the next training is as ever."""
    x, start = AND.x.copy(), Parameters(*(p.copy() for p in Parameters.random(seed=3, copies=5)))
    expected, settings_before = train(x, AND.y, start, 0.5, 30, keep=keep), np.geterr()
    handler = signal.signal(signal.SIGALRM, signal.default_int_handler)
    try:
        for after in (0.003, 0.02, 0.05):
            signal.setitimer(signal.ITIMER_REAL, after)
            with pytest.raises(KeyboardInterrupt):
                for _ in range(1000):  # minutes
                    train(x, AND.y, start, 0.5, 20_000, keep=keep)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)
    assert np.geterr() == settings_before
    assert np.array_equal(x, AND.x)
    assert all(np.array_equal(a, b) for a, b in zip(start, Parameters.random(seed=3, copies=5), strict=True))
    again = train(x, AND.y, start, 0.5, 30, keep=keep)
    assert np.array_equal(again.losses, expected.losses)
    assert all(np.array_equal(a, b) for a, b in zip(again.parameters, expected.parameters, strict=True))
