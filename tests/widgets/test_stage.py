"""stage.js and travel.js: where everything stands in the picture, which numbers stand there, and what travels to them."""
from itertools import combinations

import numpy as np
import pytest
from javascript import Module

from nnlib import AND, OPERATIONS, QUANTITIES, Parameters, iteration

JS = Module("model/stage.js", "model/travel.js", "model/engine.js", "generated/names.js")
LABELS = [op.label for op in OPERATIONS]
BACK = [name for op in OPERATIONS[5:] for name in op.outputs]
LAYOUTS = [*(dict(tall=tall, slopes=slopes) for tall in (False, True) for slopes in (True, False)), dict(low=True)]
SIZES = [(2, 2, 1), (2, 1, 1), (2, 3, 1), (2, 8, 1), (2, 2, 2), (1, 2, 1), (4, 5, 3)]
VALUES = """const p = {...randomParameters(7, h, d, m)};
  const x = AND.x.map((row) => Array.from({length: d}, (_, k) => row[k % 2])), y = AND.y.map((row) => Array.from({length: m}, () => row[0]));
  const values = iteration(x, y, p, 0.5), where = layout({inputs: d, hidden: h, outputs: m}, options);"""


def ask(code, sizes=(2, 2, 1), options=None, **more):
    d, h, m = sizes
    code = f"(() => {{ const AND = GATES.AND; {VALUES} {code} }})()"
    return JS(code, d=d, h=h, m=m, options=options or {}, **more)


def shown(label, sizes=(2, 2, 1), row=0, options=None, hidden=()):
    return ask("return numbersShown(index, values, row, where, (name) => hidden.includes(name))", sizes, options,
               index=LABELS.index(label), row=row, hidden=list(hidden))


@pytest.mark.parametrize("sizes", SIZES)
@pytest.mark.parametrize("options", LAYOUTS, ids=str)
def test_every_number_has_a_place_of_its_own_inside_the_picture(sizes, options):
    """At the last stop everything stands there: no two places closer than a line is high or a number wide."""
    width, height, numbers, fields = ask(
        "return [where.width, where.height, numbersShown(18, values, 0, where, () => false), fieldsShown(where, values, 0)]", sizes, options)
    places = [(one["name"], *place) for one in numbers for place in one["places"]] + [(name, *place) for name, _, _, place in fields]
    assert len(places) == len({(round(x, 3), round(y, 3)) for _, x, y in places})
    for name, x, y in places:
        assert 20 <= x <= width - 20 and 8 <= y <= height - 8, name
    for (a, ax, ay), (b, bx, by) in combinations(places, 2):
        assert abs(ay - by) >= 18 or abs(ax - bx) >= 40, f"{a} and {b}"


def test_a_slides_picture_is_as_wide_and_lower():
    (width, height), (slide_width, slide_height) = (ask("return [where.width, where.height]", options=options) for options in ({}, {"low": True}))
    assert slide_width == width and slide_height < 0.9 * height


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("row", [0, 3])
def test_the_numbers_of_a_stop_are_those_of_the_iteration(label, row):
    p = Parameters.random(7)
    it = iteration(AND.x, AND.y, p, 0.5)
    found = shown(label, row=row)
    position = LABELS.index(label)
    assert {one["name"] for one in found} == {name for op in OPERATIONS[:position + 1] for name in op.outputs}, "every result so far, and no other"
    for one in found:
        assert one["value"] == pytest.approx(np.atleast_2d(it[one["name"]])[one["row"], one["column"]], rel=1e-12)
        if QUANTITIES[one["name"]].shape[:1] == ("n",):
            assert one["row"] == row, "of the examples, the one on show"
        assert (one["state"] == "fresh") == (one["label"] == label)


def test_local_slopes_stay_until_they_are_used():
    states = {one["name"]: one["state"] for one in shown("12")}
    assert states["dz2_da1"] == states["da1_dz1"] == states["dz1_dw1"] == states["dz1_db1"] == "kept"
    assert states["dE_da2"] == states["da2_dz2"] == states["dz2_dw2"] == "spent", "step 5 has used them; they stand there all the same"
    assert {one["name"]: one["state"] for one in shown("4")}["dE_da2"] == "kept"
    assert {one["name"]: one["state"] for one in shown("8")}["new_w2"] == "spent", "parked: step 8 does not use it"


def test_what_is_a_sum_over_examples_says_so():
    sums = {one["name"] for one in shown("14") if one["sum"]}
    assert sums == {"E", "dE_dw2", "dE_db2", "dE_dw1", "dE_db1"}


def test_what_is_not_to_be_given_away():
    found = shown("5", hidden=["dE_dw2"])
    assert {one["name"] for one in found if one["secret"]} == {"dE_dw2"}


def test_without_the_way_back_nothing_of_it_stands_there():
    names = {one["name"] for one in shown("14", options=dict(slopes=False))}
    assert names == {"z1", "a1", "z2", "a2", "E"}


def test_many_neurons_are_folded_and_a_sketch_shows_all_their_edges():
    assert ask("return where.shown", (2, 8, 1)) == {"inputs": [0, 1], "hidden": [0, 1], "outputs": [0]}
    assert ask("return where.shown.hidden", (2, 8, 1), dict(first={"hidden": 7})) == [6, 7]
    assert ask("return where.edges.length", (2, 8, 1), dict(slopes=False)) == 24
    assert {one["name"] for one in shown("E", (2, 8, 1), options=dict(slopes=False))} == {"z2", "a2", "E"}


@pytest.mark.parametrize(("label", "parts"), [("F1", ["hidden"]), ("E", ["loss"]), ("5", ["output", "w2"]), ("7", ["w2", "b2"]), ("10", ["x"])])
def test_what_takes_part(label, parts):
    assert JS("[...activeParts(STOPS.find((stop) => stop.label === label))]", label=label) == parts


def plan(label, sizes=(2, 2, 1), options=None, row=1):
    return ask("""const stop = STOPS.find((one) => one.label === label), {flights, arrivals} = travelPlan(stop, {}, values, row, where);
      const at = (time) => { const {pulses, coming} = momentOf({flights, arrivals}, time); return [pulses, [...coming]]; };
      return [flights, [...arrivals], [0, 0.2, 0.5, 0.8, 1].map(at)]""", sizes, options, label=label, row=row)


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("options", [dict(tall=False), dict(tall=True), dict(low=True)], ids=str)
@pytest.mark.parametrize("sizes", [(2, 2, 1), (2, 8, 1), (2, 2, 2)])
def test_what_travels_lands_where_the_result_stands(label, options, sizes):
    flights, arrivals, _ = plan(label, sizes, options)
    assert arrivals, "every stop has results in the picture"
    places = {f"{one['name']} {one['row']} {one['column']}": one["places"][0] for one in shown(label, sizes, row=1, options=options)}
    for _, time in arrivals:
        assert 0 < time <= 1
    ends = [tuple(flight["points"][-1]) for flight in flights]
    for key, _ in arrivals:
        if key.split()[0] not in ("dz2_db2", "dz1_db1"):  # a bias's 1 comes from nowhere
            assert tuple(places[key]) in ends, key
    for flight in flights:
        assert 0 <= flight["from"] < flight["to"] <= 1
        assert flight["back"] == (LABELS.index(label) > 4)


def test_two_paths_meet_where_there_are_two_outputs():
    flights, _, _ = plan("12", (2, 2, 2))
    arriving = [f for f in flights if f["kind"] == "gradient" and f["to"] <= 0.5]
    from_outputs = {tuple(f["points"][0]) for f in arriving if f["points"][0][0] > 560}
    assert len(from_outputs) == 2, "both outputs send their share of the blame"


def test_the_examples_are_seen_to_add_up():
    flights, arrivals, _ = plan("6")
    assert len({round(f["from"], 3) for f in flights}) > 4, "one example's part after another"
    assert dict(arrivals) == {"dE_db2 0 0": pytest.approx(0.92)}


def test_a_moment_is_a_function_of_time():
    _, arrivals, moments = plan("5")
    begin, early, _, late, end = moments
    assert begin[0] and set(begin[1]) == {key for key, _ in arrivals}, "at first nothing has arrived"
    assert "dE_dz2 1 0" in early[1] and "dE_dz2 1 0" not in late[1]
    assert end == [[], []], "in the end everything stands, and nothing flies"
    assert early[0][0]["place"] != begin[0][0]["place"]


def test_a_single_neuron_is_the_stages_hidden_neuron():
    """Two inputs, their weights, one neuron with z above and a below, its bias; everything inside the picture, and no loss."""
    found = JS("""(() => { const w = neuronLayout(); return {size: [w.width, w.height], edges: w.edges.map(({name, i, j}) => [name, i, j]), outputs: w.nodes.outputs,
        targets: w.targets, places: [w.slot("x", 0, 0, 0), w.slot("x", 0, 1, 0), w.slot("w1", 0, 0, 0), w.slot("w1", 1, 0, 0), w.slot("b1", 0, 0, 0), w.slot("z1", 0, 0, 0),
        w.slot("a1", 0, 0, 0)], none: [w.slot("w2", 0, 0, 0), w.slot("a2", 0, 0, 0)]}; })()""")
    width, height = found["size"]
    assert found["edges"] == [["w1", 0, 0], ["w1", 1, 0]] and found["outputs"] == found["targets"] == [] and found["none"] == [None, None]
    assert all(25 < x < width - 25 and 8 < y < height - 8 for x, y in found["places"])
    (*_, z, a), inputs = found["places"], found["places"][:2]
    assert z[0] == a[0] and z[1] < a[1] and all(x < z[0] for x, _ in inputs)


@pytest.mark.parametrize("label", ["5", "12"])
def test_the_terms_of_a_sum_wait_for_each_other(label):
    """Where examples add up, both products stand there before the sum does, one above the other."""
    flights, arrivals, _ = plan(label, (2, 2, 1), {"tall": False})
    (end,) = {time for key, time in arrivals if key.startswith("dE_dw")}
    there = [flight for flight in flights if flight["from"] < end - 1e-6 and flight["to"] >= end - 1e-9]
    cells = [key for key, _ in arrivals if key.startswith("dE_dw")]
    assert len(there) >= 2 * len(cells)
    waiting = [tuple(flight["points"][0]) for flight in there if flight["points"][0] == flight["points"][-1]]
    assert len(set(waiting)) == len(waiting) == 3 * len(cells), "of four examples, three wait for the last"
