"""optimizers.py: PyTorch's steps, schedules and training; descent is nnlib.train; nothing is changed in place; what it refuses."""
import json
import pickle
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given as forall
from hypothesis import settings
from hypothesis import strategies as st
from oracles import problems

from nnlib import AND, IDENTITY, RELU, XOR, Diverged, Parameters, deep, optimizers, train
from nnlib.optimizers import ADAM, DESCENT, MOMENTUM, NESTEROV, OPTIMIZERS, RMSPROP, Optimizer, batches, cosine, staircase, warm_up

GOLDEN = json.loads((Path(__file__).parent / "golden" / "optimizers.json").read_text("utf8"))  # made with PyTorch by golden/optimizers.py


def named(case):
    one = OPTIMIZERS[case["name"]]
    return one.with_(**case["settings"]) if case["settings"] else one


def test_every_optimizer_has_a_golden_walk_and_run():
    assert {case["name"] for case in GOLDEN["walks"]} == {case["name"] for case in GOLDEN["runs"]} == set(OPTIMIZERS)
    assert list(OPTIMIZERS.values()) == [DESCENT, MOMENTUM, NESTEROV, RMSPROP, ADAM]


@pytest.mark.parametrize("case", GOLDEN["walks"], ids=lambda case: f"{case['name']} {case['settings']}")
def test_pytorchs_steps(case):
    one, p, memory = named(case), np.array(case["start"]), ()
    for t, slope in enumerate(case["slopes"], 1):
        p, memory = one.step(p, slope, case["learning_rate"], memory)
        if str(t) in case["places"]:
            np.testing.assert_allclose(p, case["places"][str(t)], rtol=1e-12, atol=1e-12, err_msg=f"step {t}")


@pytest.mark.parametrize("case", GOLDEN["runs"], ids=lambda case: f"{case['name']} {case['settings']}")
def test_pytorchs_training_in_batches(case, monkeypatch):
    orders = [[np.array(rows) for rows in order] for order in case["orders"]]
    monkeypatch.setattr(optimizers, "batches", lambda n, size, seed: iter(orders))
    run = optimizers.train(XOR.x, XOR.y, case["start"], case["learning_rate"], len(orders), optimizer=named(case), batch=2)
    np.testing.assert_allclose(run.losses[:-1], case["losses"], rtol=1e-11)
    for ours, theirs in zip(run[-1], case["parameters"], strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize(("name", "schedule"), [("staircase", staircase(0.5, 7, 0.3)), ("cosine", cosine(0.5, 29, last=0.02)),
                                                ("warm_up", warm_up(0.5, 10))])
def test_pytorchs_schedules(name, schedule):
    np.testing.assert_allclose([schedule(epoch) for epoch in range(30)], GOLDEN["schedules"][name], rtol=1e-12)


def test_a_schedule_of_a_schedule():
    both = warm_up(cosine(1.0, 10), 5)
    assert both(0) == pytest.approx(0.2) and both(4) == pytest.approx(cosine(1.0, 10)(4)) and both(10) == both(50) == 0


def test_by_hand():
    """Two steps of each with slopes 2 and 2, in numbers that can be checked on paper."""
    def directions(one):
        first, memory = one([2.0])
        return [first.item(), one([2.0], memory)[0].item()]

    assert directions(DESCENT) == [2, 2]
    assert directions(MOMENTUM.with_(keep=0.5)) == [2, 3]
    assert directions(NESTEROV.with_(keep=0.5)) == [3, 3.5]
    assert directions(RMSPROP.with_(keep=0.75)) == pytest.approx([2, 2 / np.sqrt(1.75)], rel=1e-7)
    assert directions(ADAM) == pytest.approx([1, 1], rel=1e-7)


def test_adams_first_step_is_as_long_as_eta_whatever_the_slope():
    for slope in (1e-3, 5.0, -1e6):
        assert ADAM([slope])[0].item() == pytest.approx(np.sign(slope), rel=1e-4)


@settings(max_examples=30, deadline=None)
@forall(problems(), st.floats(0, 2))
def test_descent_is_the_books_training(problem, learning_rate):
    x, y, parameters, hidden, output = problem
    try:
        book = train(x, y, parameters, learning_rate, 4, hidden, output)
    except Diverged as error:
        with pytest.raises(Diverged) as caught:
            optimizers.train(x, y, parameters, learning_rate, 4, hidden, output)
        assert caught.value.epoch == error.epoch
        np.testing.assert_allclose(caught.value.trajectory.losses, error.trajectory.losses, rtol=1e-12)
        return
    ours = optimizers.train(x, y, parameters, learning_rate, 4, hidden, output)
    np.testing.assert_allclose(ours.losses, book.losses, rtol=1e-12)
    for mine, theirs in zip(ours.parameters, book.parameters, strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-12, atol=1e-15)


def test_copies_train_as_each_alone():
    rates = [0.1, 0.2, 0.3, 0.4, 0.5]
    together = optimizers.train(XOR.x, XOR.y, Parameters.random(0, copies=5), rates, 30, optimizer="adam", batch=3, seed=4)
    assert together.losses.shape == (31, 5)
    for k in range(5):
        alone = optimizers.train(XOR.x, XOR.y, Parameters.random(k), rates[k], 30, optimizer=ADAM, batch=3, seed=4)
        np.testing.assert_allclose(together.losses[:, k], alone.losses, rtol=1e-11)
        np.testing.assert_allclose(together[-1].w1[k], alone[-1].w1, rtol=1e-11)


def test_one_network_and_a_rate_for_each_copy():
    run = optimizers.train(AND.x, AND.y, Parameters.example(), [0.1, 0.5], 5, optimizer="momentum")
    assert run.losses.shape == (6, 2) and run[-1].w1.shape == (2, 2, 2)
    np.testing.assert_allclose(run.losses[:, 1], optimizers.train(AND.x, AND.y, Parameters.example(), 0.5, 5, optimizer="momentum").losses,
                               rtol=1e-12)


def test_what_is_kept():
    every = optimizers.train(AND.x, AND.y, Parameters.random(1), 0.1, 10, optimizer="adam")
    last = optimizers.train(AND.x, AND.y, Parameters.random(1), 0.1, 10, optimizer="adam", keep="last")
    assert every.parameters.w1.shape == (11, 2, 2) and last.parameters.w1.shape == (2, 2)
    assert np.array_equal(every[-1].w1, last[-1].w1) and np.array_equal(every[0].w2, Parameters.random(1).w2)
    assert optimizers.train(AND.x, AND.y, Parameters.random(1), 0.1, 0).losses.shape == (1,)


def test_a_schedule_is_asked_once_an_epoch():
    asked = []
    optimizers.train(AND.x, AND.y, Parameters.random(1), lambda epoch: asked.append(epoch) or 0.1, 3, batch=2)
    assert asked == [0, 1, 2]
    halved = optimizers.train(AND.x, AND.y, Parameters.random(1), staircase(0.4, 1), 2)
    first = train(AND.x, AND.y, Parameters.random(1), 0.4, 1)
    np.testing.assert_allclose(halved[2].w1, train(AND.x, AND.y, first[1], 0.2, 1)[1].w1, rtol=1e-13)


def test_batches():
    parts = batches(10, 4, seed=3)
    epochs = [next(parts) for _ in range(3)]
    assert all([len(rows) for rows in epoch] == [4, 4, 2] for epoch in epochs)
    orders = [np.concatenate(epoch).tolist() for epoch in epochs]
    assert all(sorted(order) == list(range(10)) for order in orders) and orders[0] != orders[1] != orders[2] != orders[0]
    again = batches(10, 4, seed=3)
    assert [np.concatenate(next(again)).tolist() for _ in range(3)] == orders
    assert np.concatenate(next(batches(10, 4, seed=4))).tolist() != orders[0]
    assert [rows.tolist() for rows in next(batches(3))] == [[0, 1, 2]] == [rows.tolist() for rows in next(batches(3, 3, 9))]


def test_nothing_is_changed_in_place():
    p, g = np.ones((2, 2)), np.full((2, 2), 3.0)
    for one in OPTIMIZERS.values():
        _, first = one(g)
        kept = [np.array(part) for part in first]
        new, _ = one.step(p, g, 0.1, first)
        assert (p == 1).all() and (g == 3).all() and not np.shares_memory(new, p)
        assert all(np.array_equal(a, b) for a, b in zip(first, kept, strict=True))


def test_layers_and_parameters_step_as_a_whole():
    layers = deep.random_layers(1, (2, 3, 3, 1))
    it = deep.iteration(XOR.x, XOR.y, layers, 0.5)
    new, memory = DESCENT.step(layers, it.gradients, 0.5)
    assert isinstance(new[0], deep.Layer)
    for ours, theirs in zip(new, it.updated, strict=True):
        np.testing.assert_allclose(ours.w, theirs.w, rtol=1e-14)
    once, memory = ADAM.step(layers, it.gradients, 0.5)
    twice, _ = ADAM.step(once, it.gradients, 0.5, memory)
    alone, m = ADAM.step(layers[1].b, it.gradients[1].b, 0.5)
    np.testing.assert_array_equal(twice[1].b, ADAM.step(alone, it.gradients[1].b, 0.5, m)[0])
    assert isinstance(ADAM.step(Parameters.example(), Parameters.random(1), 0.1)[0], Parameters)


def test_divergence_is_told():
    with pytest.raises(Diverged, match="training diverged: at epoch") as caught:
        optimizers.train(AND.x, AND.y, Parameters.random(1), 50, 500, RELU, IDENTITY, "momentum")
    run = caught.value.trajectory
    assert np.isfinite(run.losses).all() and len(run.losses) == caught.value.epoch == len(run.parameters.w1)
    both = optimizers.train(AND.x, AND.y, Parameters.random(1), [0.01, 50], 500, RELU, IDENTITY, "momentum")
    assert both.diverged.tolist() == [1] and np.isfinite(both.losses[:, 0]).all() and np.isnan(both.losses[-1, 1])
    assert both.parameters.w1.shape == (501, 2, 2, 2)
    with pytest.raises(ValueError, match="parameters: expected a network whose loss is finite"):
        optimizers.train(AND.x, AND.y, Parameters(*(np.full_like(p, 1e300) for p in Parameters.example())), 1, 5, "identity", "identity")


def test_settings_and_names():
    slow = MOMENTUM.with_(keep=0.5)
    assert slow.settings == {"keep": 0.5} and MOMENTUM.settings == {"keep": 0.9} and repr(slow) == "MOMENTUM" and slow != MOMENTUM
    assert pickle.loads(pickle.dumps(ADAM)) == ADAM
    assert all(one.name == name and "d_t" in one.latex for name, one in OPTIMIZERS.items())
    mine = Optimizer("sign", r"d_t = \operatorname{sign} g_t", lambda g: (np.sign(g), ()))
    assert optimizers.train(AND.x, AND.y, Parameters.random(1), 0.1, 20, optimizer=mine).losses[-1] < 0.8


def trained(*arguments, y=AND.y, parameters=Parameters.example(), **more):  # noqa: B008
    return optimizers.train(AND.x, y, parameters, *arguments, **more)


@pytest.mark.parametrize(("call", "error", "message"), [
    (lambda: trained(1, 5, optimizer="adm"), ValueError,
     "optimizer: expected one of descent, momentum, nesterov, rmsprop, adam, got 'adm'; did you mean 'adam'"),
    (lambda: trained(1, 5, optimizer=3), TypeError, r"optimizer: expected an Optimizer \(desc.* got 3"),
    (lambda: trained(1, 5, batch=5), ValueError, "batch: expected a whole number from 1 to 4, got 5"),
    (lambda: trained(1, 5, batch=0), ValueError, "batch: expected a whole number from 1 to 4"),
    (lambda: trained(-1, 5), ValueError, "learning_rate: expected a number ≥ 0, got -1"),
    (lambda: trained(lambda epoch: -1, 5), ValueError, r"learning_rate\(0\): expected a number ≥ 0"),
    (lambda: trained(lambda epoch: "a", 5), TypeError, r"learning_rate\(0\): expected an array of real"),
    (lambda: trained([1, 2], 5, parameters=Parameters.random(1, copies=3)), ValueError,
     r"learning_rate: expected one number, or one for each of the copies \(3,\), got shape \(2,\)"),
    (lambda: trained(1, -1), ValueError, "epochs: expected a whole number ≥ 0"),
    (lambda: trained(1, 1, keep="first"), ValueError, "keep: expected one of all, last"),
    (lambda: trained(1, 1, y=[[0]]), ValueError, r"y: expected shape \(4, 1\)"),
    (lambda: trained(1, 1, loss="entropy"), ValueError, "loss: expected one of"),
    (lambda: trained(1, 1, batch=2, seed=0.5), ValueError, "seed: expected a whole number"),
    (lambda: ADAM("a"), TypeError, "slope: expected an array of real numbers, got 'a'"),
    (lambda: ADAM([np.nan]), ValueError, "slope: expected finite numbers, got nan"),
    (lambda: ADAM([1.0], ADAM([1.0, 2.0])[1]), ValueError, r"memory: expected \(\) or what adam gave for a slope of shape \(1,\)"),
    (lambda: ADAM([1.0], MOMENTUM([1.0])[1]), ValueError, r"memory: expected \(\) or what adam gave"),
    (lambda: DESCENT.step([1.0, 2.0], [1.0], 0.1), ValueError, r"slopes: expected 2 of them, one for each of the parameters"),
    (lambda: DESCENT.step(np.ones(2), np.ones(3), 0.1), ValueError, r"slopes: expected the parameters' shape \(2,\), got \(3,\)"),
    (lambda: DESCENT.step(np.ones(2), np.ones(2), -0.1), ValueError, "learning_rate: expected a number ≥ 0"),
    (lambda: MOMENTUM.with_(kep=0.5), ValueError, "settings of momentum: expected one of keep, got 'kep'; did you mean 'keep'"),
    (lambda: MOMENTUM.with_(keep=1.0), ValueError, "keep: expected a share from 0 to below 1, got 1"),
    (lambda: ADAM.with_(epsilon=0), ValueError, "epsilon: expected a number > 0"),
    (lambda: DESCENT.with_(keep=0.5), ValueError, "settings of descent: expected none, got 'keep'"),
    (lambda: staircase(0.5, 0), ValueError, "every: expected a whole number ≥ 1, got 0"),
    (lambda: cosine(-1, 5), ValueError, "learning_rate: expected a number ≥ 0"),
    (lambda: warm_up(0.5, 0), ValueError, "epochs: expected a whole number ≥ 1"),
    (lambda: batches(0), ValueError, "n: expected a whole number ≥ 1"),
    (lambda: batches(3, 4), ValueError, "size: expected a whole number from 1 to 3, got 4"),
])
def test_what_it_refuses(call, error, message):
    with pytest.raises(error, match=message):
        call()
