"""engine.js says what nnlib says: every quantity, every activation, every size, training, random starts."""
import numpy as np
import pytest
from hypothesis import given as forall
from hypothesis import settings
from hypothesis import strategies as st
from javascript import Module, engine
from oracles import CASES, CROSS_ENTROPY, given, problems
from py_mini_racer import JSEvalException

from nnlib import ACTIVATIONS, AND, OPERATIONS, XOR, Parameters, iteration, train
from nnlib.mistakes import MISTAKES


def as_lists(parameters):
    return {name: np.asarray(value).tolist() for name, value in parameters._asdict().items()}


def in_javascript(x, y, parameters, learning_rate, hidden, output):
    return engine()("iteration(x, y, p, rate, {hidden, output})", x=np.asarray(x).tolist(), y=np.asarray(y).tolist(),
                    p=as_lists(parameters), rate=learning_rate, hidden=hidden, output=output)


def assert_parity(theirs, ours):
    for name, value in theirs.items():
        expected = np.asarray(ours[name])
        assert np.shape(value) == expected.shape, name
        assert (np.abs(np.asarray(value) - expected) <= 1e-12 * np.maximum(1, np.abs(expected))).all(), name


@pytest.mark.parametrize(("name", "case"), CASES)
def test_golden_cases(name, case):
    arguments = given(case)
    theirs = in_javascript(**arguments)
    assert set(theirs) == {*case["values"], "learning_rate"}
    assert_parity({k: v for k, v in theirs.items() if k != "learning_rate"}, case["values"])
    run = engine()("(({losses, parameters}) => ({losses: [...losses], parameters}))(train(x, y, p, rate, 1000, {hidden, output}))",
                   x=case["x"], y=case["y"], p=as_lists(arguments["parameters"]), rate=case["learning_rate"],
                   hidden=case["hidden"], output=case["output"])
    for epoch, loss in case["loss_at_epoch"].items():
        assert abs(run["losses"][int(epoch)] - loss) <= 1e-12


@pytest.mark.parametrize("case", CROSS_ENTROPY, ids=lambda case: case["name"])
def test_cross_entropy_is_pytorchs_here_too(case):
    arguments = {"x": case["x"], "y": case["y"], "p": as_lists(given(case)["parameters"]), "hidden": case["hidden"]}
    values = engine()("iteration(x, y, p, 0.5, {hidden, loss: 'cross_entropy'})", **arguments)
    ours = iteration(**given(case), loss="cross_entropy")
    assert_parity({name: value for name, value in values.items() if name != "dE_da2"}, ours)
    np.testing.assert_allclose(values["dE_da2"], case["values"]["dE_da2"], rtol=1e-8, atol=1e-12)  # as in test_losses.py
    assert_parity({name: values[name] for name in case["values"] if name != "dE_da2"}, case["values"])
    losses = engine()("[...train(x, y, p, 0.5, 1000, {hidden, loss: 'cross_entropy'}).losses]", **arguments)
    for epoch, loss in case["loss_at_epoch"].items():
        assert losses[int(epoch)] == pytest.approx(loss, rel=1e-10)


@settings(max_examples=100)
@forall(problems(), st.floats(0, 2))
def test_random_networks(problem, learning_rate):
    x, y, parameters, hidden, output = problem
    theirs = in_javascript(x, y, parameters, learning_rate, hidden, output)
    ours = iteration(x, y, parameters, learning_rate, hidden, output)
    assert set(theirs) == {name for name in ours if name not in ("hidden", "output")}
    assert_parity(theirs, ours)


def test_the_operations_are_the_same_list():
    theirs = engine()("OPERATIONS.map(({label, inputs, outputs}) => ({label, inputs, outputs}))")
    assert theirs == [{"label": op.label, "inputs": list(op.inputs), "outputs": list(op.outputs)} for op in OPERATIONS]


# Whether training gives the losses and the parameters of an iteration repeated, as far as the numbers are finite: beyond, `iteration` refuses.
REPEATED = """((x, y, p, rate, epochs, {oneAtATime, ...options}) => {
    const losses = []; let now = p;
    const look = (rows) => iteration(rows.map((i) => x[i]), rows.map((i) => y[i]), now, rate, options);
    const all = x.map((_, i) => i), finite = () => Object.values(now).flat(2).every(Number.isFinite);
    while (losses.length < epochs && finite()) {
        losses.push(look(all).E);
        for (const rows of oneAtATime ? all.map((i) => [i]) : [all]) if (finite()) now = updated(look(rows));
    }
    if (finite()) losses.push(look(all).E);
    const fast = train(x, y, p, rate, epochs, {...options, oneAtATime});
    const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
    return [same([...fast.losses.subarray(0, losses.length)], losses), finite() ? same(fast.parameters, now) : losses.length];
})(x, y, p, rate, epochs, options)"""


@settings(max_examples=60)
@forall(problems(max_hidden=9), st.integers(0, 8), st.sampled_from([0.002, 0.5]), st.booleans())
def test_fast_training_is_iteration_repeated_bit_for_bit(problem, epochs, rate, one_at_a_time):
    x, y, parameters, hidden, output = problem
    result = engine()(REPEATED, x=x.tolist(), y=y.tolist(), p=as_lists(parameters), rate=rate, epochs=epochs,
                      options={"hidden": hidden, "output": output, "oneAtATime": one_at_a_time})
    assert result[0] and result[1] is not False


@pytest.mark.parametrize("one_at_a_time", [False, True])
@pytest.mark.parametrize("outputs", [1, 2])
@pytest.mark.parametrize("loss", ["squared_error", "cross_entropy"])
@pytest.mark.parametrize("hidden", list(ACTIVATIONS))
def test_fast_training_of_a_long_run_is_the_same_to_the_bit(hidden, loss, outputs, one_at_a_time):
    y = np.hstack([XOR.y, AND.y])[:, :outputs]
    result = engine()(REPEATED, x=XOR.x.tolist(), y=y.tolist(), p=as_lists(Parameters.random(3, 8, outputs=outputs)), rate=0.1, epochs=400,
                      options={"hidden": hidden, "loss": loss, "oneAtATime": one_at_a_time})
    assert result == [True, True]


@pytest.mark.parametrize("mistake", list(MISTAKES))
def test_training_with_a_mistake_is_the_mistaken_iteration_repeated(mistake):
    """Two rows of two numbers: a missing transpose fits, and goes wrong quietly."""
    js = Module("model/engine.js", "model/mistakes.js")
    given = dict(x=AND.x[2:].tolist(), y=AND.y[2:].tolist(), p=as_lists(Parameters.example()), rate=0.1, epochs=50, name=mistake)
    mistaken = "{hidden: 'tanh', operations: operationsWith([name])}"
    assert js(REPEATED.replace("epochs, options)", f"epochs, {mistaken})"), **given) == [True, True]
    wrong, right = (js(f"train(x, y, p, rate, epochs, {options}).parameters", **given) for options in (mistaken, "{hidden: 'tanh'}"))
    assert wrong != right or mistake == "missing half", "the mistake is made"


@pytest.mark.parametrize("outputs", [1, 2])
def test_numbers_that_grow_beyond_all_bounds_do_so_at_the_same_epoch(outputs):
    given = dict(x=AND.x.tolist(), y=np.hstack([AND.y, XOR.y])[:, :outputs].tolist(), p=as_lists(Parameters.random(1, outputs=outputs)), rate=0.9,
                 epochs=2000, options={"hidden": "identity", "output": "identity"})
    same, epochs = engine()(REPEATED, **given)
    assert same and 3 < epochs < 2000
    parameters = engine()("train(x, y, p, rate, epochs, options).parameters", **given | {"epochs": epochs})
    assert None in np.ravel(parameters["w1"]), "an infinite number or none, which JSON writes as null"


def test_training_with_other_operations_uses_them():
    """A mistaken step is what `train` then repeats: here the update goes uphill."""
    losses = engine()("""[...train(x, y, p, 0.5, 50, {operations: OPERATIONS.map((op) => op.label === "7"
        ? {...op, run: (w2, b2, dw2, db2, rate) => op.run(w2, b2, dw2, db2, -rate)} : op)}).losses]""",
                      x=AND.x.tolist(), y=AND.y.tolist(), p=as_lists(Parameters.example()))
    assert losses[-1] > losses[0]


def test_ten_thousand_epochs_stay_together():
    theirs = engine()("train(x, y, p, 0.5, 10000).parameters", x=AND.x.tolist(), y=AND.y.tolist(), p=as_lists(Parameters.example()))
    ours = train(AND.x, AND.y, Parameters.example(), 0.5, 10_000, keep="last").parameters
    for name, value in theirs.items():
        np.testing.assert_allclose(value, getattr(ours, name), rtol=1e-9)


@settings(max_examples=60)
@forall(st.integers(-(2**52), 2**52), st.integers(1, 8))
def test_the_same_seed_is_the_same_network(seed, hidden):
    theirs = engine()("randomParameters(seed, hidden)", seed=seed, hidden=hidden)
    assert theirs == as_lists(Parameters.random(seed, hidden))


@pytest.mark.parametrize(("change", "message"), [
    ("[[0, 1, 2]], y, p, 0.5", r"x: expected shape \(rows, 2\), got \(1, 3\)"),
    ("x, [[0]], p, 0.5", r"y: expected shape \(4, 1\), got \(1, 1\)"),
    ("x, y, {...p, b1: [[1]]}, 0.5", r"b1: expected shape \(1, 2\), got \(1, 1\)"),
    ("x, y, {...p, w1: [[0/0, 1], [1, 1]]}, 0.5", "w1: expected finite numbers, got NaN"),
    ("x, y, p, -1", "learning_rate: expected a finite number ≥ 0, got -1"),
    ('x, y, p, 0.5, {loss: "cross_entrpy"}', "loss: expected one of squared_error, cross_entropy, got “cross_entrpy”; did you mean “cross_entropy”"),
    ('x, [[2], [0], [0], [1]], p, 0.5, {loss: "cross_entropy"}', "y: expected targets from 0 to 1 for cross_entropy, got 2"),
    ('x, y, p, 0.5, {output: "tanh", loss: "cross_entropy"}', "output: expected sigmoid for cross_entropy"),
    ('x, y, p, 0.5, {hiden: "tanh"}', "iteration: option: expected one of hidden, output, operations, loss, got “hiden”; did you mean “hidden”"),
    ("x, y, p, 0.5, {operations: []}", "operations: expected one that gives E, got none"),
    ('x, y, p, 0.5, {hidden: "swish"}', "hidden: expected one of sigmoid, tanh, relu, identity, got “swish”"),
])
def test_what_it_says(change, message):
    with pytest.raises(JSEvalException, match=message):
        engine()(f"iteration({change})", x=AND.x.tolist(), y=AND.y.tolist(), p=as_lists(Parameters.example()))


@pytest.mark.parametrize(("call", "message"), [
    ("train(x, y, p, 0.5, NaN)", "epochs: expected a whole number from 0"), ("train(x, y, p, 0.5, '3')", "epochs: expected a whole number"),
    ("train(x, y, p, 0.5, 1.5)", "epochs: expected a whole number"), ("train(x, y, p, 0.5, -1)", "epochs: expected a whole number"),
    ("train(x, y, p, 0.5, 3, {one_at_a_time: true})", "option: expected one of .*got “one_at_a_time”; did you mean “oneAtATime”"),
    ("randomParameters(1.5)", "seed: expected a whole number"), ("randomParameters(2 ** 60)", "seed: expected a whole number"),
])
def test_what_training_and_random_starts_say(call, message):
    with pytest.raises(JSEvalException, match=message):
        engine()(call, x=AND.x.tolist(), y=AND.y.tolist(), p=as_lists(Parameters.example()))
