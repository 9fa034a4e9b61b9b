"""A link may hold anything: what is right comes back exactly, what is not is refused in a sentence, and nothing takes long."""
import base64
import json
import re

import pytest
from hypothesis import given as forall
from hypothesis import settings
from hypothesis import strategies as st
from javascript import Module
from py_mini_racer import JSEvalException

from nnlib import ACTIVATIONS, GATES, OPERATIONS, Parameters
from nnlib.limits import LARGEST_SEED, LAST_EPOCH

pytestmark = pytest.mark.slow

LINKS = Module("model/links.js", "model/entries.js", "model/matrices.js", "model/engine.js")
READ = """(() => { try {
    const raw = unpackLink(text), state = steps ? checkedSteps(raw) : checkedTraining(raw);
    const parameters = state.parameters ?? randomParameters(state.seed, state.neurons);
    const finite = steps ? allFinite(iteration(state.examples.x, state.examples.y, parameters, state.learning_rate,
        {hidden: state.hidden, output: state.output})) : allFinite(parameters);
    return {state, finite};
  } catch (error) { return {error: error.message, kind: error.name}; } })()"""

STEPS = {"step": "F1", "epoch": 3, "parameters": {n: p.tolist() for n, p in Parameters.example()._asdict().items()},
         "examples": {"name": "own", "x": [[0.5, 1]], "y": [[1]]}, "learning_rate": 0.5,
         "hidden": "sigmoid", "output": "sigmoid", "predict": False}
TRAINING = {"gate": "AND", "parameters": None, "neurons": 3, "seed": 4, "hidden": "tanh", "learning_rate": 0.5, "one_at_a_time": False,
            "epoch": 20, "logarithmic": True}


def packed(state):
    return "1." + base64.urlsafe_b64encode(json.dumps(state).encode()).decode().rstrip("=")


def read(text, steps=True):
    return LINKS(READ, text=text, steps=steps)


numbers = st.one_of(st.floats(), st.integers(-10**20, 10**20), st.sampled_from([1e308, -1e308, 1e-320, 0, -0.0, 2**53, 1e400]))
anything = st.recursive(st.one_of(st.none(), st.booleans(), numbers, st.text(max_size=8)),
                        lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=6), inner, max_size=4)), max_leaves=12)


@st.composite
def nearly(draw, right):
    """A right state with one place of it replaced, dropped or added."""
    state = json.loads(json.dumps(right))
    where, key = state, draw(st.sampled_from(sorted(state)))
    while isinstance(where[key], dict | list) and where[key] and draw(st.booleans()):
        where = where[key]
        key = draw(st.sampled_from(sorted(where) if isinstance(where, dict) else range(len(where))))
    kind = draw(st.sampled_from(["replace", "drop", "add"]))
    if kind == "drop":
        del where[key]
    elif kind == "add" and isinstance(where, dict):
        where[draw(st.text(min_size=1, max_size=10))] = draw(anything)
    else:
        where[key] = draw(st.one_of(anything, numbers))
    return state


def assert_harmless(said, steps):
    if "error" in said:
        assert said["kind"] in ("Error", "RangeError") and 5 < len(said["error"]) < 400, said
        return
    state = said["state"]
    assert said["finite"], "no number of the first iteration is beyond what a computer can hold"
    assert 0 <= state["epoch"] <= LAST_EPOCH and state["hidden"] in ACTIVATIONS and state["learning_rate"] >= 0
    if steps:
        assert state["step"] in [op.label for op in OPERATIONS] and len(state["examples"]["x"]) <= 16 and isinstance(state["predict"], bool)
    else:
        assert state["gate"] in GATES and 1 <= state["neurons"] <= 8 and abs(state["seed"]) <= LARGEST_SEED


@settings(max_examples=4000, deadline=None)
@forall(nearly(STEPS))
def test_a_step_explorers_link_with_something_wrong_in_it(state):
    assert_harmless(read(packed(state)), True)


@settings(max_examples=4000, deadline=None)
@forall(nearly(TRAINING))
def test_a_training_explorers_link_with_something_wrong_in_it(state):
    assert_harmless(read(packed(state), steps=False), False)


@settings(max_examples=2000, deadline=None)
@forall(st.one_of(st.text(max_size=60), anything.map(packed), st.binary(max_size=40).map(lambda b: "1." + base64.urlsafe_b64encode(b).decode())),
        st.booleans())
def test_a_fragment_of_anything(text, steps):
    assert_harmless(read(text, steps), steps)


@pytest.mark.parametrize(("steps", "state"), [(True, STEPS), (False, TRAINING), (False, TRAINING | {"parameters": STEPS["parameters"]})])
def test_a_right_state_comes_back_as_it_went(steps, state):
    assert read(packed(state), steps)["state"] == state
    assert LINKS("unpackLink(packLink(state))", state=state) == state


@pytest.mark.parametrize(("change", "message"), [
    ({"stepp": "F1"}, "it names: expected one of .*, got “stepp”; did you mean “step”?"),
    ({"step": "15"}, "its step: expected one of F1"),
    ({"hidden": "sigmoyd"}, "its activation: expected one of .*did you mean “sigmoid”"),
    ({"epoch": 1e9}, "its epoch: expected a whole number from 0 to 100000"),
    ({"epoch": 1.5}, "its epoch: expected a whole number"),
    ({"learning_rate": -1}, "learning_rate: expected a finite number ≥ 0, got -1"),
    ({"parameters": {"w1": [[1e308, 1], [1e308, 1]], "b1": [[1e308, 0]], "w2": [[1], [1]], "b2": [[0]]}, "hidden": "identity"},
     "beyond what a computer"),
    ({"parameters": {"w1": [[1] * 9] * 2, "b1": [[1] * 9], "w2": [[1]] * 9, "b2": [[0]]}}, "its network is too large"),
    ({"parameters": {"w1": [[1, 2]], "b1": [[1, 2]], "w2": [[1], [2]], "b2": [[0]]}}, r"its inputs: expected shape \(rows, 1\), got \(1, 2\)"),
    ({"parameters": {"w1": [["1", 2]] * 2, "b1": [[1, 2]], "w2": [[1], [2]], "b2": [[0]]}}, "its w1: expected finite numbers, got “1”"),
    ({"examples": {"x": [[0, 1]] * 17, "y": [[0]] * 17}}, "too many examples"),
    ({"examples": {"x": [[0, 1]], "y": [[0, 1]]}}, r"its targets: expected shape \(1, 1\), got \(1, 2\)"),
    ({"predict": "yes"}, "its predict: expected true or false, got yes"),
])
def test_what_it_says(change, message):
    said = read(packed(STEPS | change))
    assert re.search(message, said.get("error", "")), said


@pytest.mark.parametrize(("text", "message"), [("9.abc", "another version"), ("1." + "a" * 30_000, "too long"), ("1.%%%", "damaged"),
                                               ("1.e30", "it holds no state|damaged|expected")])
def test_what_is_said_of_a_text_that_is_no_link(text, message):
    with pytest.raises(JSEvalException, match=message):
        LINKS("checkedSteps(unpackLink(text))", text=text)


@pytest.mark.parametrize(("parameters", "message"), [
    ({"w1": [[1, 2]] * 3, "b1": [[1, 2]], "w2": [[1], [2]], "b2": [[0]]}, "does not fit a gate"),
    ({"w1": [[1, 2]] * 2, "b1": [[1, 2]], "w2": [[1, 1], [2, 2]], "b2": [[0, 0]]}, "does not fit a gate"),
    ({"w1": [[1e308, 1]] * 2, "b1": [[1e308, 0]], "w2": [[1], [1]], "b2": [[0]]}, "beyond what a computer"),
])
def test_what_it_says_of_a_training_explorers_network(parameters, message):
    said = read(packed(TRAINING | {"parameters": parameters, "hidden": "identity"}), steps=False)
    assert re.search(message, said.get("error", "")), said


def test_the_entries_of_an_address():
    assert LINKS("[entriesOf('#StepExplorer=1.abc&x=2').get('StepExplorer'), entriesOf('StepExplorer=3').get('StepExplorer'), entriesOf('').get('a')]") == [
        "1.abc", "3", None]
    with pytest.raises(JSEvalException, match="it holds no state"):
        LINKS("checkedSteps(unpackLink(text))", text=packed([1, 2]))
