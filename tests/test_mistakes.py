"""Each mistake is a real one: the checker refuses it, and says nothing against what is right."""
import numpy as np
import pytest

from nnlib import AND, OPERATIONS, Parameters, gradient_check, train
from nnlib.mistakes import MISTAKES, SLIPS, TRAPS, Mistake, Trap, combined, verdicts

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


# Which judge sees it: the loss on AND (not halved after 3000 epochs), the reported slopes, the update's slopes. Written by hand.
SEEN = {
    "missing half": (False, True, True), "swapped error": (True, True, True), "sigma twice": (False, True, True),
    "sums for activations": (False, True, True), "no bias slope": (False, True, True), "mean for sum": (False, True, True),
    "uphill": (True, False, True), "updated w2": (False, True, True), "no hidden slope": (True, True, True),
    "activations for inputs": (False, True, True), "bias once per weight": (False, True, True),
    "first example only": (False, True, True), "no learning rate": (False, False, True),
}


@pytest.mark.parametrize("key", SEEN)
def test_who_sees_a_mistake(key):
    seen = verdicts(AND.x, AND.y, Parameters.example(), operations=MISTAKES[key].operations)
    assert (seen.loss_after > seen.loss_before / 2, seen.reported > 1e-6, seen.update > 1e-6) == SEEN[key]


def test_a_missing_transpose_stops_with_four_rows():
    assert set(MISTAKES) - set(SEEN) == {"no transpose for w2", "no transpose for w1"}
    for key in set(MISTAKES) - set(SEEN):
        with pytest.raises(ValueError, match=r"operation (5|12): matmul"):
            verdicts(AND.x, AND.y, Parameters.example(), operations=MISTAKES[key].operations)


@pytest.mark.parametrize("trap", TRAPS.values(), ids=lambda t: t.key)
def test_a_trap_is_no_mistake(trap):
    """The check has nothing against it."""
    start, rate = trap.start(Parameters.example()), trap.learning_rate or 0.5
    seen = verdicts(AND.x, AND.y, start, rate, operations=combined(trap))
    assert max(seen.reported, seen.update) < 1e-6


@pytest.mark.slow
def test_what_the_traps_do():
    p = Parameters.example()
    gate = {key: train(AND.x, AND.y, t.start(p), t.learning_rate or 0.5, 20_000, operations=combined(t), keep="last")
            for key, t in TRAPS.items()}
    assert gate["no biases"].losses[-1] > 0.1 and gate["huge rate"].losses[-1] > 0.4 and gate["equal start"].losses[-1] < 0.001
    equal = gate["equal start"].parameters
    assert np.ptp(equal.w1, axis=1).max() < 1e-9, "equal neurons stay equal"


def test_several_mistakes_at_once():
    operations = combined(MISTAKES["uphill"], MISTAKES["missing half"])
    replaced = [op.label for op, right in zip(operations, OPERATIONS, strict=True) if op.function is not right.function]
    assert replaced == ["E", "7"]


@pytest.mark.parametrize(("replaced", "error", "message"), [
    ({"15": lambda a2: a2}, ValueError, "replaced: expected one of F1, .*, got '15'; did you mean"),
    ({8: lambda new_w2: new_w2}, TypeError, "replaced: expected one of F1, .*, got 8; did you mean '8'"),
    ({"8": lambda neww2: neww2}, ValueError, "operation 8: expected arguments named after quantities, got neww2; did you mean 'new_w2'"),
    ({"8": "new_w2"}, TypeError, "operation 8: expected a function, got 'new_w2'"),
    (["8"], TypeError, "replaced: expected a dict of labels to functions"),
])
def test_what_a_mistake_says(replaced, error, message):
    with pytest.raises(error, match=message):
        Mistake("x", "T.", replaced)


@pytest.mark.parametrize(("change", "error", "message"), [
    (dict(start="zeros"), TypeError, "start: expected a function of the parameters, got 'zeros'"),
    (dict(learning_rate=-1), ValueError, "learning_rate: expected a number > 0, got -1.0"),
])
def test_what_a_trap_says(change, error, message):
    with pytest.raises(error, match=message):
        Trap("x", "T.", {}, **change)


def test_a_mistake_is_named_or_given():
    assert combined("uphill", "missing half") == combined(MISTAKES["uphill"], MISTAKES["missing half"])
    with pytest.raises(ValueError, match=r"mistakes: expected one of .*, got 'updatd w2'; did you mean 'updated w2'"):
        combined("updatd w2")
    with pytest.raises(TypeError, match="mistakes: expected one of"):
        combined(None)


def test_the_verdict_is_about_the_loss_after_the_last_epoch():
    run = train(AND.x, AND.y, Parameters.example(), 0.5, 7)
    found = verdicts(AND.x, AND.y, Parameters.example(), 0.5, epochs=7)
    assert (found.loss_before, found.loss_after) == (run.losses[0], run.losses[-1])
    with pytest.raises(KeyError, match="slip: expected one of"):
        SLIPS["no such"]
