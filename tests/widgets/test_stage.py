"""stage.js: which parts of the picture take part at a stop, and which number stands where."""
import pytest
from javascript import Module

from nnlib import OPERATIONS, QUANTITIES

STAGE = Module("model/stage.js", "model/engine.js", "model/numbers.js", "generated/names.js")
N, D, H, M = 4, 2, 3, 2
LABELS = [operation.label for operation in OPERATIONS]
INSIDE = ("z1", "a1", "z2", "a2")
STAGE.engine.eval("""
const x = [[0.5, -1], [0.25, 0.75], [1, 0.1], [-0.3, 2]], y = [[0, 1], [1, 0], [0, 0], [1, 1]];
const values = iteration(x, y, randomParameters(5, 3, 2, 2), 0.5);
""")


def home(name):
    """The part where a quantity lives: a slope of z along a parameter beside that parameter, all else by its shape."""
    if name == "E":
        return "loss"
    if name.startswith("dz") and name != "dz2_da1":
        return name.split("_d")[1]
    return {("n", "h"): "hidden", ("n", "m"): "output", (2, "h"): "w1", (1, "h"): "b1", ("h", "m"): "w2", (1, "m"): "b2"}[QUANTITIES[name].shape]


def shown(index, row=1, hidden="false"):
    return STAGE("numbersShown(index, values, row, (name) => hidden.includes(name))", index=index, row=row,
                 hidden=[] if hidden == "false" else hidden)


@pytest.mark.parametrize("operation", OPERATIONS, ids=LABELS)
def test_the_parts_that_take_part(operation):
    expected = {home(name) for name in operation.outputs} | ({"x"} if operation.label in ("F1", "10") else set())
    assert set(STAGE("[...activeParts(STOPS[i])]", i=LABELS.index(operation.label))) == expected


@pytest.mark.parametrize("index", range(19), ids=LABELS)
def test_every_number_is_the_one_of_its_place(index):
    values = STAGE("values")
    for one in shown(index, row=2):
        part, i, j = one["spot"]
        name = one["name"]
        value = values["E"] if name == "E" else values[name][one["row"]][one["column"]]
        assert one["value"] == value and one["secret"] is False
        prefix = f"{name[0]} " if name in (*INSIDE, "E") else "new " if name.startswith("new") else ""
        assert one["text"] == prefix + STAGE("format(v)", v=value)
        assert part == (name if name in INSIDE else home(name))
        if QUANTITIES[name].shape[:1] == ("n",):
            assert one["row"] == 2, "the example on show"
            assert one["column"] == (i if part in ("w1", "w2") else 0 if part in ("b1", "b2") else j)
        else:
            assert (one["row"], one["column"]) == (i, j)


@pytest.mark.parametrize("index", range(19), ids=LABELS)
def test_every_place_has_its_number_once(index):
    spots = [tuple(one["spot"]) for one in shown(index)]
    assert len(spots) == len(set(spots))
    counts = {"z1": (1, H), "a1": (1, H), "z2": (1, M), "a2": (1, M), "w1": (D, H), "b1": (1, H), "w2": (H, M), "b2": (1, M),
              "hidden": (1, H), "output": (1, M), "loss": (1, 1)}
    known = [name for name in INSIDE if any(name in operation.outputs for operation in OPERATIONS[:index + 1])]
    beside = {home(name) for name in OPERATIONS[index].outputs if name not in INSIDE and name != "E"}
    parts = [*known, *beside, *(["loss"] if index >= 4 else [])]
    assert set(spots) == {(part, i, j) for part in parts for i in range(counts[part][0]) for j in range(counts[part][1])}


def test_where_two_results_share_a_place_the_last_stands_there():
    """None of the book's stops has two such; a stop of one's own may."""
    names = {one["name"] for one in shown(LABELS.index("5"))} - {*INSIDE, "E"}
    assert names == {"dE_dz2", "dE_dw2"}
    two = """(() => { const own = STOPS[5], before = own.outputs; own.outputs = ["dE_da2", "da2_dz2"];
        try { return numbersShown(5, values, 0, () => false).map((one) => one.name); } finally { own.outputs = before; } })()"""
    assert "da2_dz2" in STAGE(two) and "dE_da2" not in STAGE(two)


def test_what_is_not_to_be_given_away():
    texts = {one["name"]: (one["text"], one["secret"]) for one in shown(LABELS.index("7"), hidden=["new_w2", "E", "z1"])}
    assert texts["new_w2"] == ("new ?", True) and texts["E"] == ("E ?", True) and texts["z1"] == ("z ?", True)
    assert texts["new_b2"][1] is False and "?" not in texts["new_b2"][0]
