"""Numbers as text: what model/numbers.js writes for any number, and what a pupil writes."""
import math

import numpy as np
import pytest
from hypothesis import example, settings
from hypothesis import given as forall
from hypothesis import strategies as st
from javascript import Module

from nnlib.numerals import NOTHING, fixed, format, number, on_paper, rows

PARTS = Module("model/numbers.js")


@settings(max_examples=600, deadline=None)
@forall(st.floats(allow_nan=False, allow_infinity=False), st.integers(2, 12))
@example(0.015625, 4)  # a half that float64 holds exactly: 0.01563, away from zero
@example(-1234.5, 4)
@example(999999.96, 6)
@example(0.000099999, 2)
@example(-0.0, 4)
@example(5e-324, 4)
@example(1.7976931348623157e308, 12)
def test_as_the_widgets_write_it(value, digits):
    assert format(value, digits) == PARTS("format(value, digits)", value=value, digits=digits)


@settings(max_examples=600, deadline=None)
@forall(st.floats(-2e6, 2e6), st.integers(2, 12))
def test_as_the_widgets_write_it_where_numbers_are_written_out(value, digits):
    assert format(value, digits) == PARTS("format(value, digits)", value=value, digits=digits)


@settings(max_examples=300, deadline=None)
@forall(st.integers(-(2**24), 2**24), st.integers(0, 20), st.integers(2, 6))
def test_halves_are_rounded_as_the_widgets_do(numerator, power, digits):
    value = numerator / 2**power
    assert format(value, digits) == PARTS("format(value, digits)", value=value, digits=digits)


@pytest.mark.parametrize(("code", "value"), [("NaN", math.nan), ("Infinity", math.inf), ("-Infinity", -math.inf)])
def test_what_is_no_finite_number(code, value):
    assert format(value) == PARTS(f"format({code})")


def test_numpys_numbers_too():
    assert [format(v) for v in (np.float64(-0.25), np.float32(0.5), np.int64(12345), 7, True)] == ["−0.25", "0.5", "12350", "7", "1"]


def test_six_digits_are_enough_for_a_picture():
    assert [number(v) for v in (0.123456789, -1e-5, 1e6, 0)] == ["0.123457", "−1\u2009·\u200910⁻⁵", "1\u2009·\u200910⁶", "0"]


def test_numbers_on_paper():
    assert [on_paper(v) for v in (0.0, 1.0, -0.25, 0.0123456, 0.00001234, -3e-9)] == ["0", "1", "−0.25", "0.01235", "1.234·10⁻⁵", "−3·10⁻⁹"]
    assert on_paper(123456789) == "1.235·10⁸" and on_paper(-math.inf) == "−∞"
    assert on_paper(0.3 - 0.2 - 0.1) == "0", "what is left of rounding is 0 to a pupil"
    assert on_paper(NOTHING) == "1·10⁻¹²" and on_paper(0.99 * NOTHING) == "0"
    assert (on_paper(0.12345, 2), on_paper(0.00001234, 2)) == ("0.12", "1.2·10⁻⁵")


def test_numbers_beneath_each_other():
    assert [fixed(v, 5) for v in (-0.25, 0.009932, -1e-9)] == ["−0.25000", "0.00993", "0.00000"]


def test_a_matrix_is_a_line():
    assert rows([[0.3, -0.1], [0.2, 0.4]]) == "0.3, −0.1; 0.2, 0.4"
    assert rows(np.float64(0.5), number) == "0.5" and rows([1, 0], on_paper) == "1, 0"


@settings(max_examples=300, deadline=None)
@forall(st.floats(-1e7, 1e7), st.floats(-1e-3, 1e-3))
@example(1.0, 1e-16)
@example(1e-7, 1e-20)
@example(5.488143729247238e-135, 1.346369895287554e-144)  # an exponent of three figures
def test_two_numbers_are_told_apart(old, by):
    """With as few digits as give the way to a quarter, on two lines of ten signs; one and the same number keeps its four."""
    new = old + by
    digits, lines, beside = PARTS("[digitsApart(a, b), movedLines(b, a), digitsBeside(a, b)]", a=old, b=new)
    way = new - old
    assert abs(rounded(new, digits) - rounded(old, digits) - way) <= 0.25 * abs(way)
    assert digits == 4 or abs(rounded(new, digits - 1) - rounded(old, digits - 1) - way) > 0.25 * abs(way)
    assert len(lines) <= 2 and max(map(len, lines)) <= 10
    assert beside in (4, digits)


def rounded(value, digits):
    return PARTS("Number(value.toPrecision(digits))", value=value, digits=digits)


def test_an_old_and_a_new_number_have_the_same_digits():
    """0.63819 became 0.6382, which read as the old one, rounded; 4.248 became 4.249, by less than a tenth of what it said."""
    pairs = (0.638194, 0.638202), (4.24849, 4.24855), (0.3, 0.300011)
    both = "(() => { const n = digitsBeside(a, b); return [format(a, n, n > 4), ...movedLines(b, a)]; })()"
    read = [PARTS(both, a=a, b=b) for a, b in pairs]
    assert read == [["0.63819", "0.63820"], ["4.24849", "4.24855"], ["0.30000", "0.30001"]]
    assert PARTS("movedLines(b, a)", a=1.238194, b=1.2382) == ["1.238200"]


def test_what_moved_is_told_by_its_way_where_its_digits_are_too_many():
    pairs = (0.5, 0.4), (5.3958, 5.39594), (-0.29331, -0.29331 + 2.6e-8), (1.23451e-5, 1.23454e-5)
    moved = [PARTS("movedLines(b, a)", a=a, b=b) for a, b in pairs]
    assert moved == [["0.4"], ["5.39594"], ["−0.2933", "+2.6·10⁻⁸"], ["1.23454", "·10⁻⁵"]]
