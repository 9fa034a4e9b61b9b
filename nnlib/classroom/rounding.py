"""How far the numbers of who rounds on the way may be from the exact ones: the tolerance of a key."""
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from nnlib.classroom.answers import tolerance
from nnlib.steps import Operation
from nnlib.types import FloatArray

STEP = 1e-6  # of a central difference: far above rounding, and the functions are smooth
AS_IT_STANDS = 1e-6  # so near is a slope to 1 where a number is added or taken away, not multiplied


class Reached(NamedTuple):
    """What an operation gives, and how far off each number may be: dicts of matrices by the name of the quantity."""

    values: dict[str, FloatArray]
    off: dict[str, FloatArray]


def reached(operation: Operation, known: Mapping[str, object], off: Mapping[str, FloatArray], digits: int) -> Reached:
    """The results of an operation whose inputs are `known` and may be `off` by so much, each result written with `digits` digits.

    To first order: every input's error times its slope, all of them against us. What is rounded within the operation, products
    before they are added up, counts as one unit of the last digit of the largest of them. A number that is added as it stands is no
    product: it has been rounded before, or was given.
    """
    values = results(operation, known)
    moved = {name: np.zeros_like(value) for name, value in values.items()}  # by errors of the inputs
    largest = {name: np.abs(value) for name, value in values.items()}
    for source in operation.numbers:
        exact = np.atleast_2d(np.asarray(known[source], dtype=float))
        for place in np.ndindex(exact.shape):
            for name, slope in _slopes(operation, known, source, place).items():
                if source in off:
                    moved[name] += slope * off[source][place]
                product = np.abs(slope - 1) > AS_IT_STANDS
                largest[name] = np.where(product, np.maximum(largest[name], slope * np.abs(exact[place])), largest[name])
    written = {name: tolerance(size, digits) for name, size in largest.items()}
    return Reached(values, {name: moved[name] + np.where(largest[name] > 0, written[name], 0) for name in values})


def results(operation: Operation, known: Mapping[str, object]) -> dict[str, FloatArray]:
    """The outputs of an operation as matrices."""
    given = operation.function(*(known[name] for name in operation.inputs))
    parts = given if isinstance(given, tuple) else (given,)
    return {name: np.atleast_2d(np.asarray(part, dtype=float)) for name, part in zip(operation.outputs, parts, strict=True)}


def _slopes(operation: Operation, known: Mapping[str, object], source: str, place: tuple[int, ...]) -> dict[str, FloatArray]:
    """The size of every output's slope with respect to one number of an input."""
    there, back = (np.atleast_2d(np.array(known[source], dtype=float)) for _ in range(2))
    there[place] += STEP
    back[place] -= STEP
    after, before = (results(operation, {**known, source: changed}) for changed in (there, back))
    return {name: np.abs(after[name] - before[name]) / (2 * STEP) for name in after}
