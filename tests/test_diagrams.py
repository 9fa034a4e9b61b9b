"""The drawings of ideas: their numbers are computed, and bad input is refused by name."""
import numpy as np
import pytest
from pictures import used_twice

from nnlib import AND, OPERATIONS, Parameters, diagrams, iteration

pytestmark = pytest.mark.slow


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_the_paths_multiply_and_add():
    it = iteration(AND.x[[1, 3]], AND.y[[1, 3]], Parameters.example(), 0.5)
    slopes = [[it.a1[i, 0], it.da2_dz2[i, 0], it.dE_da2[i, 0]] for i in (0, 1)]
    rows = [[("z₂", it.z2[i, 0]), ("a₂", it.a2[i, 0])] for i in (0, 1)]
    ax = diagrams.paths(("w₂,₁", 0.5), rows, ("E", it.E), slopes, digits=6, labels=["first", "second"], result="sum")
    assert "sum:  0.078776 + (−0.068843) = 0.009932" in texts(ax)
    assert "first:  0.555340 · 0.246937 · 0.574443 = 0.078776" in texts(ax)
    assert abs(it.dE_dw2[0, 0] - 0.009932) < 1e-6


def test_a_path_needs_a_slope_for_every_stretch():
    with pytest.raises(ValueError, match="slopes"):
        diagrams.paths(("w", 1), [[("z", 1)]], ("E", 1), [[1.0]])


def test_the_gears_turn_as_their_teeth_say():
    assert texts(diagrams.gears([24, 12, 4])) == ["1 turn", "× 2", "2 turns", "× 3", "6 turns"]
    with pytest.raises(ValueError, match="teeth"):
        diagrams.gears([24, 3])


@pytest.mark.parametrize("step", [1, 0.1, 0.01])
def test_the_triangle_closes_in_on_the_slope(step):
    ax = diagrams.slope_triangle(lambda u: u**2, 3, step)
    assert abs(float(ax.get_title().split("\n= ")[1]) - (6 + step)) < 1e-6


def test_the_product_is_written_out():
    ax = diagrams.matrix_product([[2, -1]], [[3], [0.5]], 0, 0)
    assert "2 · 3 + −1 · 0.5 = 5.5000" in texts(ax)
    with pytest.raises(ValueError, match="right"):
        diagrams.matrix_product([[1, 2]], [[1, 2, 3]], 0, 0)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: o.label)
def test_every_stop_is_on_the_map_and_is_ringed_there(operation):
    ax = diagrams.iteration_map(operation.label)
    assert {o.label for o in OPERATIONS} <= set(texts(ax))
    rings = [patch for patch in ax.patches if not patch.get_fill()]
    places = [text.get_position() for text in ax.texts if text.get_text() == operation.label and text.get_fontsize() == 10]
    assert len(rings) == len(places) >= 1
    assert all(min(np.hypot(*np.subtract(ring.center, place)) for ring in rings) < 0.1 for place in places)


def test_both_layers_are_the_same_box_with_other_letters():
    said = texts(diagrams.layer_boxes())
    hidden, output = ([text for text in said if text.startswith(("weights", "biases")) and delta in text] for delta in ("δ₁", "δ₂"))
    assert output == ["weights: a₁ᵀ δ₂", "biases: sum of δ₂"]
    assert hidden == [text.replace("a₁", "x").replace("δ₂", "δ₁") for text in output]


def test_the_arrow_of_the_contours_goes_against_the_slopes():
    it = iteration(AND.x, AND.y, Parameters.example(), 1.0)
    ax = diagrams.contours(AND.x, AND.y, Parameters.example(), ("w2", (0, 0)), ("w2", (1, 0)), learning_rate=2)
    across, up = ax.lines[:2]
    assert np.allclose(np.diff(across.get_xdata()), -2 * it.dE_dw2[0, 0]) and np.allclose(np.diff(up.get_ydata()), -2 * it.dE_dw2[1, 0])
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("w₂,₁", "w₂,₂")


def test_spread_shares_and_bars_refuse_what_they_cannot_draw():
    with pytest.raises(ValueError, match="losses"):
        diagrams.spread([1.0, 2.0])
    with pytest.raises(ValueError, match="along"):
        diagrams.shares([0.0, 1.0], {"one": [1, 2]})
    with pytest.raises(TypeError, match="series"):
        diagrams.bars([1, 2])


def test_the_median_runs_through_the_middle():
    ax = diagrams.spread(np.array([[1.0, 2.0, 9.0], [0.0, 1.0, 3.0]]), shown=0)
    assert ax.lines[-1].get_ydata().tolist() == [2, 1]


def test_the_run_that_the_text_speaks_of_is_drawn_among_the_many():
    losses = np.array([[1.0, 2.0, 9.0], [0.0, 1.0, 3.0]])
    ax = diagrams.spread(losses, shown=0, one=[5.0, 4.0])
    assert ax.lines[-1].get_ydata().tolist() == [5, 4] and ax.lines[-1].get_label() == "ours"
    with pytest.raises(ValueError, match="one"):
        diagrams.spread(losses, shown=0, one=[5.0])


def test_strips_draw_each_run_their_median_and_ours():
    ax = diagrams.strips({"few": [3.0, 1.0, 2.0], "many": np.arange(9.0)}, ours={"many": 7})
    few, few_median, many, many_median, ours = ax.lines
    assert few.get_xdata().tolist() == [1, 2, 3] and list(few_median.get_xdata()) == [2, 2]
    assert len(many.get_xdata()) == 9 and list(many_median.get_xdata()) == [4, 4] and list(ours.get_xdata()) == [7]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["few", "many"]
    with pytest.raises(ValueError, match="ours"):
        diagrams.strips({"few": [1.0]}, ours={"none": 1})


def test_a_graph_shows_each_number_and_each_slope():
    values = used_twice()
    shown = texts(diagrams.graph(values))
    assert [t for t in shown if t] == [
        "a", "2", "slope 8", "b", "−3", "slope −8", "a b", "−6", "slope −4", "E", "8", "slope 1"]
    values["a"].zero_grad()
    assert "slope 8" not in texts(diagrams.graph(values))
    arrows = [text for text in diagrams.graph(values).texts if text.get_text() == "" and getattr(text, "arrow_patch", None)]
    assert len(arrows) == 4, "a and b into the product, a and the product into E, past what has no name"


def test_a_graph_is_of_values():
    with pytest.raises(TypeError, match="values 'a': expected a Value, got 3"):
        diagrams.graph({"a": 3})
    with pytest.raises(TypeError, match="values: expected a dict of labels"):
        diagrams.graph({})


def test_each_place_is_drawn_once_and_every_road_ends_at_two_signs():
    ax = diagrams.roads("here", {"one": ["left", "right", "right"], "two": ["right"]})
    assert texts(ax) == ["here", "one", "two", "left", "right"]
    signs = [patch.get_bbox() for patch in ax.patches]
    ends = [end for line in ax.lines for end in (line.get_xydata()[0], line.get_xydata()[-1])]
    assert len(ax.lines) == 2 + 3
    for x, y in ends:
        assert any(min(abs(x - box.x0), abs(x - box.x1)) < 0.1 and box.y0 < y < box.y1 for box in signs)


@pytest.mark.parametrize(("ideas", "message"),
                         [({}, "ideas: expected a dict"), ({"one": "left"}, "ideas 'one': expected a list of places")])
def test_roads_need_places(ideas, message):
    with pytest.raises(TypeError, match=message):
        diagrams.roads("here", ideas)
