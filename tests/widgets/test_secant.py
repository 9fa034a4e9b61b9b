"""secant.js: a curve, a nudge to the right, and the slope; and the page without scripts, which says the same."""
import numpy as np
import pytest
from javascript import Module

from nnlib.numerals import number
from nnlib.widgets import SlopeExplorer
from nnlib.widgets.slope_explorer import CURVES, NUDGES

SECANT = Module("model/secant.js")
PLACES = (-3.0, -0.35, 0.0, 1.0, 3.0)


def test_both_languages_have_the_same_curves():
    assert SECANT("Object.entries(CURVES).map(([name, { text }]) => [name, text])") == [[name, curve.text] for name, curve in CURVES.items()]


@pytest.mark.parametrize("name", CURVES)
@pytest.mark.parametrize("u", PLACES)
def test_rise_over_run_as_python_finds_it(name, u):
    curve, widget = CURVES[name], SlopeExplorer(curve=name, u=u)
    for nudge in NUDGES:
        found = SECANT("secant(name, u, nudge)", name=name, u=u, nudge=nudge)
        assert found["rise"] == pytest.approx(widget.rise(nudge), abs=1e-14) and found["high"] - found["low"] == found["rise"]
        assert found["low"] == pytest.approx(curve.value(u), abs=1e-15) and found["quotient"] == found["rise"] / nudge
        assert found["slope"] == pytest.approx(curve.slope(u), abs=1e-15)
    assert found["quotient"] == pytest.approx(found["slope"], abs=2e-6), "with the smallest nudge they are one"


@pytest.mark.parametrize(("name", "u", "nudge", "rise", "slope"), [
    ("square", 3, 1, 7, 6), ("square", 3, 0.01, 0.0601, 6), ("square", -1, 0.5, -0.75, -2), ("line", -2, 0.1, 0.3, 3), ("line", 3, 1, 3, 3),
    ("sigmoid", 0, 1, 0.2310585786300049, 0.25), ("sigmoid", -3, 1, 0.07177704884455077, 0.045176659730912),
])
def test_numbers_from_outside(name, u, nudge, rise, slope):
    found = SECANT("secant(name, u, nudge)", name=name, u=u, nudge=nudge)
    assert found["rise"] == pytest.approx(rise, rel=1e-12) and found["slope"] == pytest.approx(slope, rel=1e-12)


def test_from_one_power_of_ten_to_the_next():
    down, up = [1.0], [1e-6]
    for _ in range(7):
        down.append(SECANT("smaller(nudge)", nudge=down[-1]))
        up.append(SECANT("larger(nudge)", nudge=up[-1]))
    assert down == [*NUDGES, 1e-6] and up == [*NUDGES[::-1], 1.0], "and no further than they go"
    assert SECANT("[0.0123, 0.5, 0.0099].map(smaller)") == [0.01, 0.1, 0.001] and SECANT("[0.0123, 0.5].map(larger)") == [0.1, 1]


@pytest.mark.parametrize(("point", "slope", "ends"), [
    ([1, 1], 0, [[-2, 1], [4, 1]]), ([1, 1], 1, [[0, 0], [4, 4]]), ([1, 1], -4, [[0.25, 4], [1.25, 0]]), ([-2, 0], 0.5, [[-2, 0], [4, 3]]),
])
def test_a_line_ends_at_the_frame(point, slope, ends):
    found = SECANT("stretch(point, slope, { x: { from: -2, to: 4 }, y: { from: 0, to: 4 } })", point=point, slope=slope)
    assert np.allclose(found, ends)


def test_without_scripts_the_quotients_close_in_on_the_slope():
    sentence, (head, *rows) = SlopeExplorer().fallback()
    assert sentence.startswith("The curve u² at u = 3:") and sentence.endswith("comes to the slope, 6.") and head[0] == "nudge"
    assert [row[2] for row in rows] == ["7", "6.1", "6.01", "6.001", "6.0001", "6.00001", "6"] and rows[2] == ["0.01", "0.0601", "6.01"]
    sentence, (_, *rows) = SlopeExplorer(curve="sigmoid", u=1).fallback()
    assert "σ(u) at u = 1" in sentence and number(0.19661193) in sentence and rows[-1][2] == "0.196612"
