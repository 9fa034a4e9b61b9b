"""scales.js: from data to the page and back, round ticks, the range of losses, a few points of a long series."""
import itertools
import math

import pytest
from hypothesis import given as forall
from hypothesis import strategies as st
from javascript import Module

SCALES = Module("model/scales.js")


@pytest.mark.parametrize(("axis", "value", "place"), [
    ({"from": -1, "to": 3}, -1, 100), ({"from": -1, "to": 3}, 3, 200), ({"from": -1, "to": 3}, 0, 125), ({"from": -1, "to": 3}, 5, 250),
    ({"from": 0.01, "to": 100, "log": True}, 1, 150), ({"from": 0.01, "to": 100, "log": True}, 10, 175),
])
def test_from_data_to_the_page_and_back(axis, value, place):
    assert SCALES("scale(axis, 100, 200).to(v)", axis=axis, v=value) == pytest.approx(place)
    assert SCALES("scale(axis, 100, 200).back(p)", axis=axis, p=place) == pytest.approx(value)


def test_an_axis_may_point_down():
    assert SCALES("scale({from: 0, to: 10}, 200, 100).to(3)") == 170
    assert SCALES("[within(7, a), within(-1, a), within(3, a), inside(3, a), inside(5, a), inside(5.1, a)]", a={"from": 5, "to": 0}) == [
        5, 0, 3, True, True, False]


@pytest.mark.parametrize(("low", "high", "options", "expected"), [
    (0, 1, {}, [0, 0.2, 0.4, 0.6, 0.8, 1]),
    (0, 1, {"count": 10}, [k / 10 for k in range(11)]),
    (0, 1, {"count": 2}, [0, 0.5, 1]),
    (-1, 3, {}, [-1, 0, 1, 2, 3]),
    (-10, 10, {}, [-10, -5, 0, 5, 10]),
    (0, 3000, {}, [0, 1000, 2000, 3000]),
    (0.3, 0.7, {}, [0.3, 0.4, 0.5, 0.6, 0.7]),
    (0.05, 0.95, {}, [0.2, 0.4, 0.6, 0.8]),
    (0, 35, {}, [0, 10, 20, 30]),
    (0.001, 1, {"log": True}, [0.001, 0.01, 0.1, 1]),
    (0.002, 0.5, {"log": True}, [0.01, 0.1]),
    (1e-10, 1, {"log": True}, [1e-10, 1e-8, 1e-6, 1e-4, 1e-2, 1]),
    (1e-12, 1, {"log": True}, [1e-12, 1e-9, 1e-6, 1e-3, 1]),
    (1e-11, 1, {"log": True, "count": 20}, [10.0**k for k in range(-11, 1)]),
    (2, 5, {"log": True}, []),
])
def test_ticks_are_round_and_about_as_many_as_asked_for(low, high, options, expected):
    found = SCALES("ticks(low, high, options)", low=low, high=high, options=options)
    assert found == pytest.approx(expected, rel=1e-12) and len(found) == len(expected)
    if not options.get("log"):
        assert found == expected, "to the last digit, as they are written beside the axis"


@forall(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), st.integers(3, 12))
def test_ticks_lie_on_the_axis_evenly(low, length, count):
    found = SCALES("ticks(low, high, {count})", low=low, high=low + length, count=count)
    slack = 1e-6 * length
    assert all(low - slack <= v <= low + length + slack for v in found) and 1 <= len(found) <= count + 2
    steps = [b - a for a, b in itertools.pairwise(found)]
    assert all(step == pytest.approx(steps[0], rel=1e-3) for step in steps)
    if steps:
        digits = steps[0] / 10 ** math.floor(math.log10(steps[0]) + 1e-6)
        assert min(abs(digits - d) for d in (1, 2, 5, 10)) < 0.05


@pytest.mark.parametrize(("value", "rounded"), [(1, 1), (1.1, 2), (2, 2), (2.5, 5), (5, 5), (5.01, 10), (9, 10), (37, 50), (0.03, 0.05), (0.7, 1)])
def test_the_round_number_at_or_above(value, rounded):
    assert SCALES("roundUp(v)", v=value) == pytest.approx(rounded, rel=1e-12)


@pytest.mark.parametrize(("losses", "log", "expected"), [
    ([0.5, 0.25, 0.1], False, [0, 0.6]),  # five percent of room, rounded up to a tenth
    ([2.0, 1.0], False, [0, 2.1]),
    ([0.01], False, [0, 0.1]),
    ([0.001, 0.0005], False, [0, 0.1]),
    ([0.5, None, 0.3], False, [0, 0.6]),
    ([0.5, 0.02], True, [0.01, 1]),
    ([0.5, None, 0.02], True, [0.01, 1]),
    ([30, 20], True, [10, 100]),
    ([100, 100], True, [10, 100]),  # at least one power of ten apart
    ([1, 0], True, [1e-12, 1]),
    ([0, 0], True, [1e-12, 1e-9]),
])
def test_the_range_of_losses(losses, log, expected):
    """None stands for what is no longer finite."""
    found = SCALES("lossRange(losses.map((v) => v ?? NaN), log)", losses=losses, log=log)
    assert found == pytest.approx(expected, rel=1e-9)


def test_a_short_series_stays_whole():
    assert SCALES("thinned([5, 6, 7])") == [[0, 5], [1, 6], [2, 7]]
    assert SCALES("thinned([5, 6, 7, 8], 3, 3)") == [[0, 5], [1, 6], [2, 7]], "of its first three"
    assert SCALES("thinned([5, 6, 7], 3)") == [[0, 5], [1, 6], [2, 7]]


def test_a_long_series_is_picked_evenly_with_both_ends():
    assert SCALES("thinned([0, 10, 20, 30, 40, 50, 60, 70, 80, 90], 4)") == [[0, 0], [3, 30], [6, 60], [9, 90]]
    assert SCALES("thinned([0, 10, 20, 30, 40, 50, 60, 70, 80, 90], 4, 7)") == [[0, 0], [2, 20], [4, 40], [6, 60]]
    picked = SCALES("thinned(Array.from({length: 1000}, (_, i) => i))")
    assert len(picked) == 300 and picked[0] == [0, 0] and picked[-1] == [999, 999] and len(SCALES("thinned(Array(300).fill(1))")) == 300
