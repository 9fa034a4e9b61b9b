"""The table of names covers what an iteration computes, with the right shapes."""
import pytest

from nnlib import OPERATIONS, QUANTITIES, Parameters, iteration
from nnlib.training import GIVEN

N, H, M = 5, 3, 4
IT = iteration([[0.1 * i, 0.2] for i in range(N)], [[0.5] * M] * N, Parameters.random(1, hidden=H, outputs=M), 0.5)


def test_every_quantity_of_an_iteration_is_in_the_table_and_the_other_way_round():
    assert set(IT) == set(QUANTITIES)
    assert {*GIVEN, *(name for op in OPERATIONS for name in op.outputs)} == {*QUANTITIES, "loss"}


@pytest.mark.parametrize("quantity", [q for q in QUANTITIES.values() if q.kind != "function"], ids=lambda q: q.code)
def test_shape_is_as_the_table_says(quantity):
    sizes = {"n": N, "h": H, "m": M}
    value = IT[quantity.code]
    assert getattr(value, "shape", ()) == tuple(sizes.get(axis, axis) for axis in quantity.shape)


def test_no_symbol_stands_for_two_things():
    for field in ("code", "symbol", "latex"):
        assert len({getattr(q, field) for q in QUANTITIES.values()}) == len(QUANTITIES)


def test_shape_reads_as_text():
    assert QUANTITIES["w1"].shape_text == "(2, h)" and QUANTITIES["E"].shape_text == "scalar"
