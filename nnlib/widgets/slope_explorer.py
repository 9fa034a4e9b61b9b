"""SlopeExplorer: the slope of a curve at a point, by a nudge that can be made smaller and smaller."""
from collections.abc import Callable
from typing import NamedTuple

from nnlib.activations import SIGMOID
from nnlib.limits import LARGEST_NUDGE, PLACE, SMALLEST_NUDGE
from nnlib.numerals import number
from nnlib.widgets.base import BookWidget, Fallback
from nnlib.widgets.traits import Finite, OneOf


class Curve(NamedTuple):
    """A curve over u: how it is written, its value, and its slope by the rule."""

    text: str
    value: Callable[[float], float]
    slope: Callable[[float], float]


CURVES = {
    "square": Curve("u²", lambda u: u * u, lambda u: 2 * u),
    "sigmoid": Curve("σ(u)", lambda u: float(SIGMOID(u)), lambda u: float(SIGMOID.slope(u, SIGMOID(u)))),
    "line": Curve("3u", lambda u: 3 * u, lambda u: 3.0),
}
NUDGES = (1, 0.1, 0.01, 0.001, 0.0001, 0.00001, 0.000001)


class SlopeExplorer(BookWidget):
    """A point on a curve and a nudge to the right: rise over run, and how it closes in on the slope.

    curve: "square", "sigmoid" or "line". u: the point, from −3 to 3. nudge: how far to the right, from 1e-6 to 1.
    """

    curve = OneOf(CURVES, "square")
    u = Finite(3.0, -PLACE, PLACE)
    nudge = Finite(1.0, SMALLEST_NUDGE, LARGEST_NUDGE)

    def rise(self, nudge: float) -> float:
        """How far up the curve goes within a nudge."""
        value = CURVES[self.curve].value
        return value(self.u + nudge) - value(self.u)

    def fallback(self) -> Fallback:
        """Rise over run for smaller and smaller nudges."""
        table = [["nudge", "rise", "rise / nudge"]]
        for nudge in NUDGES:
            rise = self.rise(nudge)
            table.append([number(nudge), number(rise), number(rise / nudge)])
        text, _, slope = CURVES[self.curve]
        return (f"The curve {text} at u = {number(self.u)}: the smaller the nudge, the closer rise / nudge comes to the slope, "
                f"{number(slope(self.u))}."), table
