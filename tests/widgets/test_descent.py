"""descent.js: a ball on the loss over one number of the network, and what its next step will do."""
import numpy as np
import pytest
from javascript import Module

from nnlib import AND, TANH, XOR, Parameters, iteration

DESCENT = Module("model/descent.js", "model/engine.js")
START = Parameters.random(2, hidden=3)
GIVEN = {"weight": "w1", "row": 1, "column": 2, "parameters": {n: p.tolist() for n, p in START._asdict().items()},
         "examples": {"x": AND.x.tolist(), "y": AND.y.tolist()}, "learning_rate": 0.5, "hidden": "tanh", "output": "sigmoid"}


def test_the_walk_is_gradient_descent_along_one_number():
    path = DESCENT("descent(given).path(4)", given=GIVEN)
    assert len(path) == 5 and path[0]["value"] == START.w1[1, 2] == DESCENT("descent(given).start", given=GIVEN)
    for place, after in zip(path, [*path[1:], None], strict=True):
        w1 = START.w1.copy()
        w1[1, 2] = place["value"]
        there = iteration(AND.x, AND.y, START._replace(w1=w1), 0.5, hidden=TANH)
        assert place["loss"] == pytest.approx(there.E, rel=1e-12) and place["slope"] == pytest.approx(there.dE_dw1[1, 2], rel=1e-9)
        if after:
            assert after["value"] == place["value"] - 0.5 * place["slope"]
    assert len(DESCENT("descent(given).path(0)", given=GIVEN)) == 1


def test_the_curve_is_the_loss_with_the_others_held_still():
    moved, loss, before = DESCENT("(() => { const d = descent(given); return [d.withValue(7), d.loss(7), given.parameters]; })()", given=GIVEN)
    expected = START.w1.copy()
    expected[1, 2] = 7
    assert moved == GIVEN["parameters"] | {"w1": expected.tolist()} and before == GIVEN["parameters"]
    assert loss == pytest.approx(iteration(AND.x, AND.y, START._replace(w1=expected), 0.5, hidden=TANH).E, rel=1e-12)


def test_the_path_ends_where_numbers_are_no_longer_finite():
    wild = GIVEN | {"hidden": "identity", "output": "identity", "learning_rate": 1e200}
    path = DESCENT("descent(given).path(50)", given=wild)
    assert 1 < len(path) < 5 and all(place["value"] is not None for place in path)


NUMBERS = [(name, i, j) for name, value in Parameters.example()._asdict().items() for i, j in np.ndindex(value.shape)]


def rates(weight, row, column, start=None, gate=AND, largest=1000):
    start = start or Parameters.example()
    given = {"weight": weight, "row": row, "column": column, "parameters": {n: p.tolist() for n, p in start._asdict().items()},
             "examples": {"x": gate.x.tolist(), "y": gate.y.tolist()}, "learning_rate": 1, "hidden": "sigmoid", "output": "sigmoid"}
    return given, dict(DESCENT("ratesToTry(descent(given), largest)", given=given, largest=largest))


def test_the_rates_to_try_of_the_worked_example():
    assert rates("w2", 0, 0)[1] == {"small": 0.5, "good": 8, "large": 150}


@pytest.mark.parametrize("gate", [AND, XOR], ids=lambda gate: gate.name)
@pytest.mark.parametrize("start", [Parameters.example(), Parameters.random(5)], ids=["example", "random"])
@pytest.mark.parametrize(("name", "i", "j"), NUMBERS)
def test_the_rates_to_try_are_what_they_are_called(name, i, j, start, gate):
    """Twenty steps of the good one get lower than those of the small one; the large one's first step does worse than the good one's."""
    given, offered = rates(name, i, j, start, gate)

    def losses(rate, steps):
        return [place["loss"] for place in DESCENT("descent(given).path(steps)", given=given | {"learning_rate": rate}, steps=steps)]

    assert all(0 < rate <= 1000 for rate in offered.values())
    if "good" in offered:
        good = losses(offered["good"], 20)
        assert good[20] < losses(offered["small"], 20)[20] and good[1] < good[0]
    if "large" in offered:
        assert losses(offered["large"], 1)[1] > good[1] and offered["large"] > 10 * offered["good"]


def test_no_rate_is_called_anything_where_the_curve_is_flat():
    flat = Parameters.example()._replace(w2=np.zeros((2, 1)))
    assert rates("w1", 0, 0, flat)[1] == {} and set(rates("w2", 0, 0, largest=10)[1]) == {"small", "good"}


@pytest.mark.parametrize(("now", "after", "words"), [
    ({"loss": 1, "slope": 0.5}, None, ""),
    ({"loss": 1, "slope": 9.9e-8}, {"loss": 2, "slope": 1}, "flat"),
    ({"loss": 1, "slope": -9.9e-8}, {"loss": 2, "slope": 1}, "flat"),
    ({"loss": 1, "slope": -0.5}, {"loss": 2, "slope": 1}, "rises"),
    ({"loss": 1, "slope": 0.5}, {"loss": 1, "slope": 0.4}, "downhill"),
    ({"loss": 1, "slope": 0.5}, {"loss": 0.9, "slope": -0.4}, "cross the valley"),
    ({"loss": 1, "slope": -2}, {"loss": 0.9, "slope": 3}, "cross the valley"),
    ({"loss": 1, "slope": -0.5}, {"loss": 0.9, "slope": -0.1}, "downhill"),
    ({"loss": 1, "slope": -0.5}, {"loss": 0.9, "slope": 0}, "downhill"),
    ({"loss": 1, "slope": 0.5}, {"loss": 0.9, "slope": 0.1}, "downhill"),
])
def test_what_the_next_step_will_do(now, after, words):
    said = DESCENT("outlook(now, after)", now=now, after=after)
    assert words in said and bool(words) == said.endswith(".") and (said == "") == (words == "")
