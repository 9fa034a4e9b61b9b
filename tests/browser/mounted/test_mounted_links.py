"""A link to the state of a widget whose state is its traits: copied, followed, refused where it is forged."""
import json

import pytest

from nnlib import Parameters
from nnlib.links import pack
from nnlib.widgets import ActivationExplorer, BugLab, DescentExplorer, GradientCheck, LossExplorer, NeuronExplorer, SlopeExplorer

OTHER = [
    (ActivationExplorer, {"activation": "tanh", "z": -2.5}),
    (NeuronExplorer, {"w1": [[0.7], [-0.25]], "activation": "relu"}),
    (LossExplorer, {"a2": [[0.1], [0.9], [0.25], [0]]}),
    (DescentExplorer, {"weight": "w1", "row": 1, "column": 0, "epoch": 3, "learning_rate": 20}),
    (GradientCheck, {"epsilon": 0.01, "hidden": "tanh"}),
    (SlopeExplorer, {"curve": "sigmoid", "u": -0.5, "nudge": 0.001}),
    (BugLab, {"mistakes": ["updated w2"], "learning_rate": 2}),
]
FORGED = [
    (ActivationExplorer, {"z": 11}, "its z: expected a number from -10 to 10, got 11"),
    (ActivationExplorer, {"activation": "tanb"}, "its activation: expected one of sigmoid, tanh, relu, identity, got “tanb”; did you mean “tanh”?"),
    (NeuronExplorer, {"w1": [[1, 2]]}, "its w1: expected shape (2, 1), got (1, 2)"),
    (LossExplorer, {"y": [[0], [1]]}, "its y: expected shape (4, 1), got (2, 1)"),
    (LossExplorer, {"a2": [[2], [0], [0], [0]]}, "its a2: expected a number from 0 to 1, got 2"),
    (DescentExplorer, {"row": 2}, "its row: expected a whole number from 0 to 1, got 2"),
    (DescentExplorer, {"learning_rate": 0}, "its learning_rate: expected a number from 5e-324 to 1.7976931348623157e+308, got 0"),
    (GradientCheck, {"parameters": {k: v.tolist() for k, v in Parameters.random(1, 3)._asdict().items()}},
     "its network: expected 2 inputs, 2 hidden neurons and 1 output"),
    (SlopeExplorer, {"nudge": 0}, "its nudge: expected a number from 0.000001 to 1, got 0"),
    (SlopeExplorer, {"u": 4}, "its u: expected a number from -3 to 3, got 4"),
    (SlopeExplorer, {"curve": "cube"}, "its curve: expected one of square, sigmoid, line, got “cube”"),
    (BugLab, {"mistakes": "updated w2"}, "its mistakes: expected a list, got updated w2"),
    (BugLab, {"playing": True}, "it names: expected one of mistakes, traps, parameters, examples, learning_rate, got “playing”"),
]


def state(page, widget):
    return page.evaluate("(names) => Object.fromEntries(names.map((name) => [name, model.get(name)]))", [n for n in widget.own_traits() if n != "playing"])


def follow(page, widget, entry):
    page.evaluate("async () => { await import('/ui/linked.js'); }")
    page.evaluate("(hash) => { location.hash = hash; }", f"{widget.__name__}={entry}")
    page.evaluate("new Promise((done) => setTimeout(done, 60))")


@pytest.mark.parametrize(("widget", "traits"), OTHER, ids=lambda x: getattr(x, "__name__", None))
def test_a_state_is_copied_and_comes_back(mount, widget, traits):
    page = mount(widget(**traits))
    there = state(page, widget)
    page.get_by_role("button", name="Copy link", exact=True).click()
    field = page.get_by_label("Link to this state")
    field.wait_for()
    entry = field.input_value().partition(f"#{widget.__name__}=")[2]
    assert page.locator(".fs-links button").all_inner_texts()[1] == "Copy embed code"
    page.evaluate("end?.(); history.replaceState(null, '', '/')")
    page = mount(widget())
    assert state(page, widget) != there
    follow(page, widget, entry)
    assert state(page, widget) == there and page.locator(".fs-message").inner_text() == ""


@pytest.mark.parametrize(("widget", "change", "reason"), FORGED, ids=lambda x: getattr(x, "__name__", None))
def test_a_forged_state_is_refused_and_everything_stays(mount, widget, change, reason):
    page = mount(widget())
    before = state(page, widget)
    follow(page, widget, pack(json.loads(json.dumps({**before, **change}))))
    assert page.locator(".fs-message").inner_text().startswith(f"The link could not be read: {reason}")
    assert state(page, widget) == before
