"""The truth tables, against Python's own logic."""
import numpy as np
import pytest

from nnlib import AND, GATES, NAND, NOR, OR, XOR, Gate
from nnlib.gates import TWO_EXAMPLES

LOGIC = {
    "AND": lambda a, b: a and b,
    "OR": lambda a, b: a or b,
    "NAND": lambda a, b: not (a and b),
    "NOR": lambda a, b: not (a or b),
    "XOR": lambda a, b: a != b,
}


@pytest.mark.parametrize("gate", [AND, OR, NAND, NOR, XOR], ids=lambda g: g.name)
def test_gate_is_the_logic(gate):
    assert gate.x.shape == (4, 2) and gate.y.shape == (4, 1)
    assert gate.x.dtype == gate.y.dtype == np.float64
    assert sorted(map(tuple, gate.x)) == [(0, 0), (0, 1), (1, 0), (1, 1)]
    for (a, b), (target,) in zip(gate.x, gate.y, strict=True):
        assert target == LOGIC[gate.name](bool(a), bool(b))
    assert GATES[gate.name] is gate


def test_the_two_examples_of_the_step_chapters_are_rows_of_and():
    assert TWO_EXAMPLES.x.tolist() == [[0, 1], [1, 1]] and TWO_EXAMPLES.y.tolist() == [[0], [1]]
    assert TWO_EXAMPLES.name == "two examples" and TWO_EXAMPLES._fields == AND._fields
    assert isinstance(AND, Gate) and not isinstance(TWO_EXAMPLES, Gate)
    assert repr(AND).startswith("Gate(name='AND'")


@pytest.mark.parametrize("array", [AND.x, AND.y, TWO_EXAMPLES.x, TWO_EXAMPLES.y])
def test_nobody_changes_a_gate_by_accident(array):
    with pytest.raises(ValueError, match="read-only"):
        array[0, 0] = 7
