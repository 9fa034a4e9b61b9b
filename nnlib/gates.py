"""The truth tables: what the network is asked to learn."""
from typing import NamedTuple

import numpy as np

from nnlib.types import FloatArray


class Examples(NamedTuple):
    """What a network is shown: a name, inputs x (n, 2) and targets y (n, m), float64."""

    name: str
    x: FloatArray
    y: FloatArray


class Gate(Examples):
    """A logic gate as training data: name, inputs x (4, 2) and targets y (4, 1), float64."""

    __slots__ = ()


def _shared(x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    """x and y, shared by every page: nobody changes them by accident."""
    for array in (x, y):
        array.flags.writeable = False
    return x, y


def _gate(name: str, targets: list[int]) -> Gate:
    x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
    return Gate(name, *_shared(x, np.array(targets, dtype=float).reshape(4, 1)))


AND = _gate("AND", [0, 0, 0, 1])
OR = _gate("OR", [0, 1, 1, 1])
NAND = _gate("NAND", [1, 1, 1, 0])
NOR = _gate("NOR", [1, 0, 0, 0])
XOR = _gate("XOR", [0, 1, 1, 0])

# The two rows of AND with which the step chapters compute: (0, 1) → 0 and (1, 1) → 1.
TWO_EXAMPLES = Examples("two examples", *_shared(AND.x[[1, 3]], AND.y[[1, 3]]))

GATES = {gate.name: gate for gate in (AND, OR, NAND, NOR, XOR)}
