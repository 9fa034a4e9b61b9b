"""The truth tables: what the network is asked to learn."""
from typing import NamedTuple

import numpy as np


class Gate(NamedTuple):
    """A logic gate as training data: name, inputs x (4, 2) and targets y (4, 1), float64."""

    name: str
    x: np.ndarray
    y: np.ndarray


def _gate(name, targets):
    x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
    y = np.array(targets, dtype=float).reshape(4, 1)
    for array in (x, y):
        array.flags.writeable = False  # the gates are shared by every page: nobody changes them by accident
    return Gate(name, x, y)


AND = _gate("AND", [0, 0, 0, 1])
OR = _gate("OR", [0, 1, 1, 1])
NAND = _gate("NAND", [1, 1, 1, 0])
NOR = _gate("NOR", [1, 0, 0, 0])
XOR = _gate("XOR", [0, 1, 1, 0])

GATES = {gate.name: gate for gate in (AND, OR, NAND, NOR, XOR)}

TWO_EXAMPLES = Gate("two examples", AND.x[[1, 3]], AND.y[[1, 3]])  # the rows of AND that the step chapters compute with
for _array in TWO_EXAMPLES[1:]:
    _array.flags.writeable = False
