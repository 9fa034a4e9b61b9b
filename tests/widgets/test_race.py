"""optimizers.js and race.js: PyTorch's steps in JavaScript too, Python's race, and links that may hold anything."""
import json
import math
from pathlib import Path

import numpy as np
import pytest
from javascript import Module
from py_mini_racer import JSEvalException

from nnlib import OPTIMIZERS, XOR, Parameters, iteration
from nnlib.widgets import OptimizerRace
from nnlib.widgets.optimizer_race import PLACES, RATES, TITLES

JS = Module("model/optimizers.js", "model/race.js", "model/links.js", "generated/optimizers.js")
GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "optimizers.json").read_text("utf8"))
NETWORK = {"surface": "network", "gate": "XOR", "first": "w1 0 1", "second": "b2 0 0", "start": [[0.4, -0.3]]}


def state(**more):
    return {k: v for k, v in OptimizerRace(**more).state().items() if k not in ("site", "playing")}


def test_both_know_the_same_optimizers_and_places():
    assert JS("NAMES") == list(OPTIMIZERS) == list(RATES) == list(TITLES)
    assert JS("PLACES") == list(PLACES) and len(PLACES) == 9
    assert set(JS("RACE")) == set(state())


@pytest.mark.parametrize("case", [case for case in GOLDEN["walks"] if dict(OPTIMIZERS[case["name"]].settings) == {
    **OPTIMIZERS[case["name"]].settings, **case["settings"]}], ids=lambda case: case["name"])
def test_pytorchs_steps_in_javascript(case):
    walk = JS("""((place, memory, found) => { slopes.forEach((g, t) => { const [d, next] = direction(name, g, memory);
        place -= rate * d; memory = next; found.push(place); }); return found; })(start, [], [])""",
              name=case["name"], slopes=[slope[1][0] for slope in case["slopes"]], rate=case["learning_rate"], start=case["start"][1][0])
    for t, places in case["places"].items():
        assert walk[int(t) - 1] == pytest.approx(places[1][0], rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("given", [{}, {"start": [[7.5, -2.5]], "rates": {"adam": 2.0, "descent": 0.3}, "racing": ["adam", "descent"]}, NETWORK,
                                   NETWORK | {"gate": "AND", "first": "w2 1 0", "second": "w1 1 1"}], ids=["valley", "two", "xor", "and"])
def test_the_race_is_pythons(given):
    widget = OptimizerRace(**given)
    ours, theirs = widget.race(60), JS("race(state, 60)", state=state(**given))
    assert [name for name, _ in theirs] == list(ours) == widget.racing
    for name, path in theirs:
        assert len(path) == 61
        for there, (u, v, loss) in zip(path, ours[name], strict=True):
            for a, b in zip((*there["place"], there["loss"]), (u, v, loss), strict=True):
                assert abs(a - b) <= 1e-11 * max(1, abs(b)), name


def test_the_slopes_are_the_books():
    u, v = JS("surfaceOf(state).slope(0.7, -1.2)", state=state(**NETWORK))
    p = Parameters.example()
    p.w1[0, 1], p.b2[0, 0] = 0.7, -1.2
    it = iteration(XOR.x, XOR.y, p, 0.5)
    assert u == pytest.approx(it.dE_dw1[0, 1], rel=1e-12) and v == pytest.approx(it.dE_db2[0, 0], rel=1e-12)
    assert JS("surfaceOf(state).loss(0.7, -1.2)", state=state(**NETWORK)) == pytest.approx(float(it.E), rel=1e-12)


def test_a_path_ends_where_numbers_are_no_longer_finite():
    paths = dict(JS("race(state, 200)", state=state(rates={"descent": 1000.0})))
    assert 50 < len(paths["descent"]) < 201 and len(paths["adam"]) == 201
    order = JS("ranking(race(state, 200), 200)", state=state(rates={"descent": 1000.0}))
    assert order[-1] == "descent" and sorted(order) == sorted(OPTIMIZERS)


def test_the_map():
    found = JS("(({grid, levels}) => ({grid: [...grid], levels}))(heights(state, 5, 3))", state=state())
    valley = [[0.5 * (0.01 * u * u + v * v) for u in (-10, -5, 0, 5, 10)] for v in (3, 1.5, 0, -1.5, -3)]
    np.testing.assert_allclose(found["grid"], np.ravel(valley), rtol=1e-14)
    assert found["levels"] == sorted(found["levels"]) and all(0 < level < 5 for level in found["levels"])


def test_a_link_comes_back():
    for given in ({}, NETWORK, {"racing": ["adam"], "epoch": 200}):
        right = state(**given)
        assert JS("checkedRace(unpackLink(packLink(state)))", state=right) == right


@pytest.mark.parametrize(("change", "message"), [
    ({"surface": "hill"}, "its surface: expected one of valley, network"), ({"gate": "XNOR"}, "its gate: expected one of"),
    ({"first": "w3 0 0"}, "its first number: expected one of"), ({"first": "w2 1 0"}, "the same number twice"),
    ({"start": [[0, 3.01]]}, "beyond the map"), ({"start": [[0]]}, "its start: expected shape"), ({"start": [[0, None]]}, "finite"),
    ({"start": [["1", 0]]}, "finite"), ({"rates": {"adam": 1}}, "learning_rate: expected a finite number ≥ 0, got undefined"),
    ({"rates": dict.fromkeys(RATES, -1)}, "learning_rate"), ({"rates": RATES | {"sgd": 1}}, "it names: expected one of descent"),
    ({"rates": None}, "it holds no state"), ({"racing": []}, "nobody races"), ({"racing": ["sgd"]}, "it lets race: expected one of"),
    ({"racing": "adam"}, "nobody races"), ({"racing": ["adam"] * 9}, "nobody races"), ({"epoch": 201}, "its epoch: expected a whole number"),
    ({"epoch": 0.5}, "its epoch"), ({"speed": 1}, "it names: expected one of"),
])
def test_what_a_link_may_not_hold(change, message):
    with pytest.raises(JSEvalException, match=message):
        JS("checkedRace(state)", state=state() | change)


def test_what_stands_on_a_page_without_scripts():
    sentence, (head, *rows) = OptimizerRace(racing=["adam", "descent"], epoch=7).fallback()
    assert "Balls on a long valley" in sentence and head[-1] == "loss after 20 steps" and "loss after 7 steps" in head
    assert [row[0] for row in rows] == ["plain descent", "Adam"] and all(math.isfinite(float(n)) for row in rows for n in row[1:])


def test_balls_on_one_spot_are_drawn_beside_each_other():
    places = [[100, 50]] * 5 + [[300, 50]]
    moved = np.array(JS("apart(p, 19)", p=places))
    gaps = np.hypot(*(moved[:, None] - moved[None]).T)[~np.eye(6, dtype=bool)]
    assert gaps.min() > 18.9 and moved[5].tolist() == [300, 50]
    assert np.hypot(*(moved[:5] - [100, 50]).T).max() < 50 and np.abs(moved[:5].mean(axis=0) - [100, 50]).max() < 1
    near = [[100, 50], [110, 50]]
    assert np.allclose(JS("apart(p, 19)", p=near), [[95.5, 50], [114.5, 50]], atol=0.02)
