"""mistakes.js, checking.js and expressions.js say what nnlib says: mistakes, traps, the check, sympy's gradients."""
import expressions
import numpy as np
import pytest
from hypothesis import given as forall
from hypothesis import settings
from hypothesis import strategies as st
from javascript import Module
from oracles import loss_by_hand
from py_mini_racer import JSEvalException

from nnlib import AND, OPERATIONS, Parameters, gradient_check, iteration, train
from nnlib.mistakes import MISTAKES, TRAPS, combined
from nnlib.symbolic import SymbolicNetwork

pytestmark = pytest.mark.slow

LAB = CHECK = Module("model/engine.js", "model/mistakes.js", "model/checking.js", "generated/names.js", "generated/slips.js")
X, Y = np.array([[0.5, 1.0], [0.25, -1.0]]), np.array([[0.0], [1.0]])


def as_lists(parameters):
    return {name: np.asarray(value).tolist() for name, value in parameters._asdict().items()}


def close(theirs, ours, tolerance=1e-12):
    theirs, ours = np.asarray(theirs), np.asarray(ours)
    return theirs.shape == ours.shape and (np.abs(theirs - ours) <= tolerance * np.maximum(1, np.abs(ours))).all()


def test_the_same_mistakes_and_traps():
    assert LAB("Object.keys(MISTAKES)") == list(MISTAKES) == LAB("Object.keys(MISTAKE_NAMES)")
    assert LAB("Object.keys(TRAPS)") == list(TRAPS) == LAB("Object.keys(TRAP_NAMES)")
    theirs = LAB("Object.fromEntries(Object.entries(MISTAKES).map(([key, m]) => [key, Object.fromEntries(Object.entries(m).map(([l, {inputs}]) => [l, inputs]))]))")
    for key, mistake in MISTAKES.items():
        ours = {op.label: list(op.inputs) for op in mistake.operations if op.label in mistake.replaced}
        assert theirs[key] == ours, key


@pytest.mark.parametrize("key", [*MISTAKES, *TRAPS])
@settings(max_examples=12)
@forall(seed=st.integers(0, 2**31), rate=st.floats(0.01, 2))
def test_each_mistake_gives_the_same_numbers(key, seed, rate):
    ours = iteration(X, Y, Parameters.random(seed), rate, operations=combined((MISTAKES | TRAPS)[key]))
    theirs = LAB("iteration(x, y, p, rate, {operations: operationsWith(m, t)})", x=X.tolist(), y=Y.tolist(), p=as_lists(Parameters.random(seed)), rate=rate,
                 m=[key] if key in MISTAKES else [], t=[key] if key in TRAPS else [])
    for name, value in theirs.items():
        assert close(value, ours[name]), name


@pytest.mark.parametrize("key", TRAPS)
def test_each_trap_starts_the_same(key):
    start = Parameters.random(3, hidden=4)
    theirs = LAB("({start: TRAPS[key].start?.(p) ?? p, rate: TRAPS[key].learningRate ?? null})", key=key, p=as_lists(start))
    assert theirs == {"start": as_lists(TRAPS[key].start(start)), "rate": TRAPS[key].learning_rate}


def test_a_missing_transpose_does_not_fit_four_rows_in_either_language():
    with pytest.raises(ValueError, match="operation 5"):
        iteration(AND.x, AND.y, Parameters.example(), 0.5, operations=MISTAKES["no transpose for w2"].operations)
    with pytest.raises(JSEvalException, match="operation 5: a matrix product: 2 columns do not fit 4 rows"):
        LAB("iteration(x, y, p, 0.5, {operations: operationsWith(['no transpose for w2'])})", x=AND.x.tolist(), y=AND.y.tolist(),
            p=as_lists(Parameters.example()))


@pytest.mark.parametrize("mistake", [None, "updated w2", "no learning rate", "uphill"])
@pytest.mark.parametrize("step", [1e-2, 1e-5])
def test_the_check_finds_the_same(mistake, step):
    operations = MISTAKES[mistake].operations if mistake else OPERATIONS
    ours = gradient_check(X, Y, Parameters.random(5), 0.7, hidden="tanh", operations=operations, step=step)
    theirs = LAB("gradientCheck(x, y, p, 0.7, {hidden: 'tanh', step, operations: operationsWith(m)}).checks", x=X.tolist(), y=Y.tolist(),
                 p=as_lists(Parameters.random(5)), step=step, m=[mistake] if mistake else [])
    for name, check in ours.items():
        assert close(theirs[name]["backprop"], check.backprop) and close(theirs[name]["update"], check.update, 1e-12)
        assert close(theirs[name]["centralDifference"], check.central_difference, 1e-14 / step)


def test_expressions_js_is_fresh():
    assert expressions.TARGET.read_text("utf8") == expressions.content(), "run: make names"


@pytest.mark.parametrize(("hidden", "output", "loss"), expressions.KEYS)
def test_sympys_exported_gradients(hidden, output, loss):
    """Against the fourteen steps, and against sympy's own evaluation in Python."""
    network = SymbolicNetwork(examples=2, hidden=hidden, output=output, loss=loss)
    for seed in range(5):
        p = Parameters.random(seed)
        theirs = CHECK("sympyGradients(x, y, p, {hidden, output, loss})", x=X.tolist(), y=Y.tolist(), p=as_lists(p),
                       hidden=hidden, output=output, loss=loss)
        it = iteration(X, Y, p, 0.5, hidden, output, loss=loss)
        assert close(theirs["E"], it.E)
        for name in Parameters._fields:
            assert close(theirs[name], it[f"dE_d{name}"]), name
            assert close(theirs[name], network.numpy(f"dE_d{name}")(X, Y, *p)), name
        if hidden == output == "sigmoid" and loss == "squared_error":
            assert close(theirs["E"], loss_by_hand(X, Y, *p))


def test_one_example_at_a_time_is_an_iteration_for_each():
    p = Parameters.random(4, hidden=3)
    theirs = CHECK("(({losses, parameters}) => ({losses: [...losses], parameters}))(train(x, y, p, 0.8, 40, {hidden: 'tanh', oneAtATime: true}))",
                   x=AND.x.tolist(), y=AND.y.tolist(), p=as_lists(p))
    ours = train(AND.x, AND.y, p, 0.8, 40, hidden="tanh", one_at_a_time=True)
    assert close(theirs["losses"], ours.losses)
    for name in Parameters._fields:
        assert close(theirs["parameters"][name], getattr(ours[-1], name), 1e-11)


@pytest.mark.parametrize(("a", "b", "error"), [(2, 1, 0.5), (1, 2, 0.5), (-1, 1, 2), (0, 0, 0), (1e-6, 0, 0.01), (0, 2e-4, 1), (3, 3, 0)])
def test_a_relative_error_is_of_the_larger_or_of_the_smallest_slope(a, b, error):
    assert CHECK("relativeError(a, b)", a=a, b=b) == pytest.approx(error, rel=1e-12)


def test_what_is_meant_where_nothing_was_said():
    p = as_lists(Parameters.example())
    said = "sympyGradients(x, y, p, {hidden: 'sigmoid', output: 'sigmoid', loss: 'squared_error'})"
    assert CHECK("sympyGradients(x, y, p)", x=X.tolist(), y=Y.tolist(), p=p) == CHECK(said, x=X.tolist(), y=Y.tolist(), p=p)
