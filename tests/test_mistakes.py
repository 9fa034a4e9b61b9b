"""Each mistake is a real one: the checker refuses it, and says nothing against what is right."""
import numpy as np
import pytest

from nnlib import AND, OPERATIONS, Parameters, gradient_check
from nnlib.mistakes import MISTAKES

# Two examples that are not symmetric, so that a missing transpose fits and yet shows.
X, Y = np.array([[0.5, 1.0], [0.0, 1.0]]), np.array([[0.0], [1.0]])


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=lambda m: m.key)
def test_the_checker_sees_it(mistake):
    assert not gradient_check(X, Y, Parameters.example(), operations=mistake.operations).passed(1e-4)
    assert gradient_check(X, Y, Parameters.example()).passed()


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=lambda m: m.key)
def test_it_replaces_what_it_says_and_nothing_else(mistake):
    assert mistake.title.endswith(".")
    for op, original in zip(mistake.operations, OPERATIONS, strict=True):
        assert (op.function is original.function) == (op.label not in mistake.replaced)
        assert (op.label, op.outputs) == (original.label, original.outputs)


def test_every_step_has_its_mistake():
    assert {label for m in MISTAKES.values() for label in m.replaced} == {"E", *map(str, range(1, 15))}


def test_a_missing_transpose_hides_behind_the_books_two_examples():
    """[[0, 1], [1, 1]] is its own transpose. The chapter on step 12 says so."""
    x, y = AND.x[[1, 3]], AND.y[[1, 3]]
    assert gradient_check(x, y, Parameters.example(), operations=MISTAKES["no transpose for w1"].operations).passed()
