"""surface.js: the outputs over the plane of the inputs, the line where they cross a level, a neuron's line and its side."""
import math

import numpy as np
import pytest
from hypothesis import given as forall
from hypothesis import strategies as st
from javascript import Module

PLANE = Module("model/surface.js", "model/engine.js")
numbers = st.floats(-5, 5).map(lambda v: round(v, 3))


@pytest.mark.parametrize("hidden", ["sigmoid", "tanh", "relu"])
def test_a_grid_is_what_the_network_says_from_the_top_row_down(hidden):
    """Low and high are not opposite, so that no sign and no order is left to chance."""
    size, low, high = 5, -0.5, 1.75
    points = [[low + (high - low) * c / 4, high - (high - low) * r / 4] for r in range(size) for c in range(size)]
    grid, expected = PLANE("""[Array.from(outputGrid(randomParameters(4, 3), h, 5, low, high)),
        iteration(points, points.map(() => [0]), randomParameters(4, 3), 0, {hidden: h}).a2.flat()]""", h=hidden, points=points, low=low, high=high)
    assert grid == pytest.approx(expected, abs=1e-14)


def test_a_grid_that_is_given_is_filled():
    assert PLANE("""(() => { const grid = new Float64Array(9), p = randomParameters(4);
        return [outputGrid(p, "tanh", 3, 0, 1, grid) === grid, grid.every((v) => v > 0), outputGrid(p, "tanh", 3, 0, 1).length]; })()""") == [True, True, 9]


def segments(grid, level, width):
    size = math.isqrt(len(grid))
    text = PLANE("contour(grid, size, level, width)", grid=grid, size=size, level=level, width=width)
    return [[tuple(map(float, point.split(" "))) for point in part.split("L")] for part in text.split("M")[1:]]


@forall(numbers, numbers, numbers)
def test_the_contour_of_a_plane_is_its_line(a, b, c):
    """a column + b row is a field whose levels are straight: every end lies on the line, and together they are as long as it is inside."""
    size, width = 6, 300
    grid = [a * col + b * row for row in range(size) for col in range(size)]
    level = c + 0.0005  # never exactly the value of a corner
    found = segments(grid, level, width)
    unit = width / (size - 1)
    steep = math.hypot(a, b)
    for part in found:
        for x, y in part:
            assert 0 <= x <= width and 0 <= y <= width
            assert abs(a * x / unit + b * y / unit - level) <= steep * 0.11 / unit + 1e-9
    if steep > 0.01:
        ends = PLANE("boundary(w, b, 0, width)", w=[a / unit, b / unit], b=-level, width=width)
        expected = math.dist(*ends) if ends else 0
        assert sum(math.dist(*part) for part in found) == pytest.approx(expected, abs=2.5)


def test_a_saddle_has_two_lines():
    """High at two opposite corners: all four sides are crossed, in pairs of neighbours."""
    assert segments([1, 0, 0, 1], 0.5, 100) == [[(50, 0), (100, 50)], [(50, 100), (0, 50)]]
    assert segments([0, 0, 0, 0], 0.5, 100) == []
    assert segments([0, 1, 0, 1], 0.25, 100) == [[(25, 0), (25, 100)]]
    assert segments([0, 0.5, 0, 1], 0.5, 100) == [[(100, 0), (50, 100)]], "a corner at the level itself is above it"


@forall(numbers, numbers, numbers)
def test_a_neurons_line_ends_on_the_border(w1, w2, b):
    low, high = -0.5, 1.5
    ends = PLANE("boundary([w1, w2], b, low, high)", w1=w1, w2=w2, b=b, low=low, high=high)
    signs = {math.copysign(1, w1 * p + w2 * q + b) for p in (low, high) for q in (low, high)}
    if ends is None:
        assert len(signs) == 1 or min(abs(w1 * p + w2 * q + b) for p in (low, high) for q in (low, high)) < 1e-6
        return
    assert len(ends) == 2 and math.dist(*ends) > 0
    for p, q in ends:
        assert abs(w1 * p + w2 * q + b) < 1e-6
        assert low - 1e-8 <= p <= high + 1e-8 and low - 1e-8 <= q <= high + 1e-8
        assert min(abs(v - side) for v in (p, q) for side in (low, high)) < 1e-8, "on the border"


@pytest.mark.parametrize(("w", "b", "ends"), [
    ([1, 1], -1, {(0, 1), (1, 0)}),  # through two corners, each of which two sides meet
    ([1, 0], -0.25, {(0.25, 0), (0.25, 1)}),
    ([0, 1], -0.75, {(0, 0.75), (1, 0.75)}),
    ([1, 0], -1.5, None), ([1, 0], 0.5, None), ([0, 1], -1.5, None), ([0, 1], 0.5, None), ([0, 0], 0, None),
    ([1, 1], 0, None),  # touches a corner only
    ([1, 0], 0, {(0, 0), (0, 1)}),
    ([1, 2], -1, {(1, 0), (0, 0.5)}),
])
def test_lines_at_the_edge(w, b, ends):
    found = PLANE("boundary(w, b, 0, 1)", w=w, b=b)
    assert (None if found is None else {tuple(abs(v) for v in point) for point in found}) == ends


def area(polygon):
    return abs(sum(p[0] * q[1] - q[0] * p[1] for p, q in zip(polygon, [*polygon[1:], polygon[0]], strict=True))) / 2 if polygon else 0


@forall(numbers, numbers, numbers)
def test_the_positive_side_has_its_area(w1, w2, b):
    """Against counting points of a fine grid."""
    region = PLANE("positiveRegion([w1, w2], b, -1, 2)", w1=w1, w2=w2, b=b)
    along = np.linspace(-1, 2, 121)[:-1] + 3 / 240
    share = (w1 * along[:, None] + w2 * along[None, :] + b > 0).mean()
    assert area(region) == pytest.approx(9 * share, abs=0.2)
    assert all(w1 * p + w2 * q + b > -1e-6 for p, q in region)


@pytest.mark.parametrize(("w", "b", "corners"), [
    ([0, 0], 1, 4), ([0, 0], 0, 0), ([0, 0], -1, 0), ([1, 1], -1.5, 3), ([1, 1], -0.5, 5), ([1, 0], -0.5, 4), ([1, 1], -2, 0), ([1, 1], 5, 4),
])
def test_how_many_corners_the_positive_side_has(w, b, corners):
    assert len(PLANE("positiveRegion(w, b, 0, 1)", w=w, b=b)) == corners


@pytest.mark.parametrize(("w", "b", "expected"), [([1, 1], -0.5, 0.875), ([-1, -1], 1.5, 0.875), ([1, -1], 0.5, 0.875), ([-1, 1], 0.5, 0.875), ([1, 1], -1.5, 0.125)])
def test_its_corners_go_round(w, b, expected):
    assert area(PLANE("positiveRegion(w, b, 0, 1)", w=w, b=b)) == pytest.approx(expected)


@pytest.mark.parametrize("seed", range(20))
def test_marks_stand_apart_on_their_lines(seed):
    """Eight lines across a square of 300, and four places that are taken."""
    draw = np.random.default_rng(seed)
    lines = [[[0, float(a)], [300, float(b)]] for a, b in draw.uniform(20, 280, (8, 2))]
    taken = [[75, 75], [75, 225], [225, 75], [225, 225]]
    options = {"side": 300, "inset": 16, "apart": 32}
    marks = PLANE("marksOn(lines, taken, options)", lines=lines, taken=taken, options=options)
    for (x, y), ((x1, y1), (x2, y2)) in zip(marks, lines, strict=True):
        assert 16 <= x <= 284 and 16 <= y <= 284
        off = abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / math.hypot(x2 - x1, y2 - y1)
        assert off < 16, "beside its line only where that runs along the border"
    everything = marks + taken
    assert min(math.dist(a, b) for n, a in enumerate(everything) for b in everything[:n] if a not in taken) >= 32
    moved = PLANE("marksOn(lines, taken, {...options, before})", lines=[[q, p] for p, q in lines], taken=taken, options=options, before=marks)
    assert moved == marks, "where nothing has moved, nothing jumps, whichever end comes first"


def test_where_there_is_no_room_a_mark_stands_as_far_off_as_it_can():
    marks = PLANE("marksOn([[[0, 0], [30, 0]], [[0, 0], [30, 0]]], [], {side: 300, inset: 10, apart: 50})")
    assert marks[0] == [10, 10] and marks[1] == [30, 10]
