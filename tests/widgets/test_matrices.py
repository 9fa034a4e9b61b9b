"""matrices.js: the few operations on matrices, by hand and against NumPy."""
import numpy as np
import pytest
from hypothesis import given as forall
from hypothesis import settings
from hypothesis import strategies as st
from javascript import Module
from py_mini_racer import JSEvalException

JS = Module("model/matrices.js")
A, B = [[1, 2, 3], [4, 5, 6]], [[0.5, -1, 2], [3, 0, -4]]


def matrices(rows, columns):
    numbers = st.integers(-99, 99)
    return st.lists(st.lists(numbers, min_size=columns, max_size=columns), min_size=rows, max_size=rows)


@settings(max_examples=60, deadline=None)
@forall(st.integers(1, 4), st.integers(1, 4), st.integers(1, 4), st.data())
def test_as_numpy(n, k, m, data):
    a, b, c = data.draw(matrices(n, k)), data.draw(matrices(k, m)), data.draw(matrices(n, k))
    row = data.draw(matrices(1, k))
    for code, expected in [("product(a, b)", np.matmul(a, b)), ("transpose(a)", np.transpose(a)), ("times(a, c)", np.multiply(a, c)),
                           ("minus(a, c)", np.subtract(a, c)), ("plusRow(a, row)", np.add(a, row)), ("total(a)", np.sum(a))]:
        assert np.array_equal(JS(code, a=a, b=b, c=c, row=row), expected), code


def test_map_takes_the_same_place_of_each():
    assert JS("map((u, v) => 10 * u + v, a, b)", a=A, b=B) == [[10.5, 19, 32], [43, 50, 56]]
    assert JS("map((u) => -u, a)", a=A) == [[-1, -2, -3], [-4, -5, -6]]


def test_a_product_that_does_not_fit_says_so():
    with pytest.raises(JSEvalException, match="a matrix product: 3 columns do not fit 2 rows"):
        JS("product(a, a)", a=A)


def test_a_number_is_a_matrix_of_one():
    assert JS("[asMatrix(3), asMatrix([[1, 2]])]") == [[[3]], [[1, 2]]]


def test_every_place():
    assert JS("every((u, v) => u > v, a, b)", a=A, b=B) is True
    assert JS("every((u, v) => v > u, a, b)", a=A, b=B) is False
    assert JS("every((u) => u < 6, a)", a=A) is False


def test_whether_all_is_finite():
    assert JS("[allFinite(1), allFinite([[1, 2]]), allFinite({a: [[1]], b: 2}), allFinite({a: [[1, NaN]]}), allFinite(Infinity), allFinite([[1], [-Infinity]])]") == [
        True, True, True, False, False, False]


def test_a_copy_is_ones_own():
    assert JS("(() => { const a = {w: [[1]]}, b = deepCopy(a); b.w[0][0] = 2; return [a, b]; })()") == [{"w": [[1]]}, {"w": [[2]]}]


def test_a_copy_is_deep_and_keeps_the_sign_of_zero():
    assert JS("((one) => { const two = deepCopy(one); two.w[0][0] = 5; return [one.w, Object.is(two.w[0][1], -0), two.rest]; })"
              "({ w: [[1, -0]], rest: [null, 'AND', true] })") == [[[1, 0]], True, [None, "AND", True]]
