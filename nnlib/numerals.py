"""Numbers as text, the same in pictures, on pages, on paper and in the widgets: a real minus sign, halves rounded away from zero."""
import math
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import SupportsFloat

import numpy as np

from nnlib.types import ArrayLike

NOTHING = 1e-12  # smaller than this is 0 to a person: 0.3 − 0.2 − 0.1 is −2.8e−17 to a computer
PLAIN = 1e-4, 1e6  # between these a number is written out, beyond them it needs a power of ten
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
TIMES = "\u2009·\u2009"  # between thin spaces


def format(value: SupportsFloat, digits: int = 4) -> str:
    """A number with so many significant digits, as the widgets write it (model/numbers.js): −0.25, 1.5 · 10⁻⁷, 2 · 10⁹."""
    value = float(value)
    if not math.isfinite(value):
        return "not a number" if math.isnan(value) else "∞" if value > 0 else "−∞"
    if _is_plain(value):
        return _written_out(value, digits)
    mantissa, exponent = _scientific(value, digits)
    return f"{mantissa}{TIMES}10{str(exponent).translate(RAISED)}"


def number(value: SupportsFloat) -> str:
    """A number as pictures show it, and pages without scripts: to six digits, which every processor prints the same."""
    return format(value, 6)


def on_paper(value: SupportsFloat, digits: int = 4) -> str:
    """A number as a pupil writes it: −0.25, 1.5·10⁻⁷, and what rounding has left of a zero is 0."""
    value = float(value)
    if abs(value) < NOTHING:
        return "0"
    if not math.isfinite(value) or _is_plain(value):
        return format(value, digits)
    mantissa, exponent = _scientific(value, digits)
    return f"{mantissa}·10{str(exponent).translate(RAISED)}"


def fixed(value: float, decimals: int) -> str:
    """A number with so many decimals, for numbers that stand beneath each other."""
    return f"{value:z.{decimals}f}".replace("-", "−")


def rows(values: ArrayLike, write: Callable[[float], str] = format) -> str:
    """A scalar, a row or a matrix as one line of text: "0.3, −0.1; 0.2, 0.4"."""
    return "; ".join(", ".join(map(write, row)) for row in np.atleast_2d(values))


def _is_plain(value: float) -> bool:
    return value == 0 or PLAIN[0] <= abs(value) < PLAIN[1]


def _rounded(value: float, digits: int) -> Decimal:
    """The float's own decimal expansion, which is finite, cut to so many significant digits: no half is left to chance."""
    exact = Decimal(value)
    return exact.quantize(Decimal(1).scaleb(exact.adjusted() - digits + 1), ROUND_HALF_UP)


def _written_out(value: float, digits: int) -> str:
    shortest = repr(float(_rounded(value, digits)) + 0.0)  # + 0.0: no −0
    return shortest.removesuffix(".0").replace("-", "−")


def _scientific(value: float, digits: int) -> tuple[str, int]:
    """Mantissa as text, and exponent."""
    sign, figures, _ = (rounded := _rounded(value, digits)).as_tuple()
    text = "".join(map(str, figures)).rstrip("0")
    return ("−" if sign else "") + text[0] + ("." + text[1:] if text[1:] else ""), rounded.adjusted()
