"""lab.js: what the bug lab sees of a mistake is what nnlib's training and its gradient check see."""
import numpy as np
import pytest
from javascript import Module

from nnlib import AND, Parameters, gradient_check, iteration, train
from nnlib.limits import LAB_EPOCHS
from nnlib.mistakes import MISTAKES, TRAPS, combined

LAB = Module("model/lab.js")
UNEVEN = LAB("LAB_DATA['two uneven examples']")


def seen(mistakes=(), traps=(), data=None, rate=0.5):
    data = data or {"x": AND.x.tolist(), "y": AND.y.tolist()}
    return LAB("""(() => { const found = seenOf(given); return found.stopped ? found
          : {first: found.losses[0], last: found.losses[found.losses.length - 1], count: found.losses.length, outputs: found.outputs, errors: found.errors,
             worst: ["backprop", "update", "sympy"].map((judge) => worst(found.errors, judge))}; })()""",
               given={"mistakes": mistakes, "traps": traps, "parameters": {n: p.tolist() for n, p in Parameters.example()._asdict().items()},
                      "examples": data, "learningRate": rate})


@pytest.mark.parametrize(("mistakes", "traps"), [((), ()), (("no hidden slope",), ()), ((), ("no biases",)), ((), ("equal start",)), (("updated w2",), ("no biases",))])
def test_training_with_a_mistake(mistakes, traps):
    found = seen(mistakes, traps)
    start, rate = Parameters.example(), 0.5
    for key in traps:
        start = TRAPS[key].start(start)
    operations = combined(*(MISTAKES[key] for key in mistakes), *(TRAPS[key] for key in traps))
    run = train(AND.x, AND.y, start, rate, LAB_EPOCHS, operations=operations)
    assert found["count"] == LAB_EPOCHS + 1
    assert found["first"] == pytest.approx(run.losses[0], rel=1e-9) and found["last"] == pytest.approx(run.losses[-1], rel=1e-5)
    after = run.parameters
    last = Parameters(*(value[-1] for value in after))
    assert np.asarray(found["outputs"]) == pytest.approx(iteration(AND.x, AND.y, last, rate, operations=operations).a2, abs=1e-5)
    checks = gradient_check(AND.x, AND.y, start, rate, operations=operations)
    for name, check in checks.items():
        assert np.max(found["errors"][name]["backprop"]) == pytest.approx(np.max(check.backprop_error), rel=1e-3, abs=1e-6), name


def test_the_worst_of_each_judge():
    right, wrong = seen(data=UNEVEN), seen(["updated w2"], data=UNEVEN)
    assert max(right["worst"]) < 1e-6
    errors = wrong["errors"]
    for judge, worst in zip(("backprop", "update", "sympy"), wrong["worst"], strict=True):
        assert worst == max(np.max(errors[name][judge]) for name in errors) > 1e-6


def test_a_huge_rate_is_a_trap_and_no_mistake():
    found = seen(traps=["huge rate"])
    assert found["first"] == pytest.approx(seen()["first"]) and found["last"] != pytest.approx(seen()["last"], rel=1e-3)
    assert found["last"] == pytest.approx(seen(rate=50)["last"], rel=1e-6) and max(found["worst"]) < 1e-5


def test_shapes_that_do_not_fit_stop_it_with_a_sentence():
    assert seen(["no transpose for w2"]) == {"stopped": "operation 5: a matrix product: 2 columns do not fit 4 rows"}
    assert "errors" in seen(["no transpose for w2"], data=UNEVEN)
    assert UNEVEN == {"x": [[0.5, 1], [0, 1]], "y": [[0], [1]]}


def test_the_wrong_numbers_are_the_mistaken_ones_and_what_comes_of_them():
    """Step 8 with the new w₂: its own numbers, those of 12 and 13 and the new first layer are wrong, the rest is right."""
    wrong = LAB("""(() => { const found = seenOf(given); return [[...wrongNumbers(found.values, found.right)], [...wrongNumbers(found.right, found.right)]]; })()""",
                given={"mistakes": ["updated w2"], "traps": [], "parameters": {n: p.tolist() for n, p in Parameters.example()._asdict().items()},
                       "examples": UNEVEN, "learningRate": 0.5})
    assert wrong[1] == [] and {name.split()[0] for name in wrong[0]} == {"dz2_da1", "dE_dz1", "dE_dw1", "dE_db1", "new_w1", "new_b1"}
    assert "dz2_da1 1 0" in wrong[0]
