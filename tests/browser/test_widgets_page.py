"""The other widgets on the built site, driven as a reader does: controls, keyboard, bad input, phone, dark, and nnlib's numbers."""
import re

import numpy as np
import pytest

from nnlib import ACTIVATIONS, AND, GATES, OR, XOR, Parameters, conventions, feedforward, gradient_check, iteration, squared_error, train
from nnlib.graphs import GRAPHS, compute
from nnlib.mistakes import MISTAKES, TRAPS, combined, verdicts
from nnlib.symbolic import SymbolicNetwork
from nnlib.widgets import OptimizerRace

PAGES = {"ActivationExplorer": "ideas/activation", "NeuronExplorer": "ideas/terms", "LossExplorer": "forward/loss",
         "DescentExplorer": "backward/gradient_descent", "TrainingExplorer": "training/training",
         "GradientCheck": "training/checking_gradients", "OptimizerRace": "beyond/faster_descent", "AutogradExplorer": "beyond/autograd",
         "DigitExplorer": "beyond/digits", "BugLab": "training/bug_lab",
         "AnswerBox": "backward/step_05_dE_dw2", "Worksheet": "teaching/worksheets", "ConventionTable": "reference/conventions",
         "SlopeExplorer": "backward/slopes", "NumberBox": "ideas/layers"}
X, Y = AND.x[[1, 3]], AND.y[[1, 3]]


def press(widget, name):
    widget.get_by_role("button", name=name, exact=True).click()


def type_into(widget, label, text):
    box = widget.get_by_label(label, exact=True)
    box.click()
    box.fill(text)
    box.press("Enter")


def slide(widget, label, *keys):
    """Press keys on the slider."""
    for key in keys:
        widget.get_by_label(f"{label}, slider", exact=True).press(key)


def value(widget, name, row=0, column=0, more=""):
    """The full number that stands for a quantity."""
    inside, itself = (f"[data-row='{row}'][data-col='{column}'][data-value]" for _ in range(2))
    return float(widget.locator(f"[data-quantity={name}]{more} {inside}, [data-quantity={name}]{more}{itself}").first.get_attribute("data-value"))


def close(a, b):
    return abs(a - b) <= 1e-12 * max(1, abs(b))


NONSENSE = ("", "abc", "1e999", "NaN")


def assert_refuses_nonsense(widget, label):
    before = widget.get_by_label(label, exact=True).input_value()
    for text in NONSENSE:
        type_into(widget, label, text)
        message = widget.get_by_role("alert").inner_text()
        assert message.startswith(f"{label}: expected a number") and message.endswith("stays."), message
        assert widget.get_by_label(label, exact=True).get_attribute("data-short") == before or before in message


@pytest.mark.parametrize("base", ["file"], indirect=True)
def test_activation_explorer(open_widget):
    widget = open_widget("ActivationExplorer")
    for name, f in ACTIVATIONS.items():
        widget.get_by_label("activation", exact=True).select_option(name)
        for z in (-3.0, 0.0, 0.75):
            type_into(widget, "z", str(z))
            a = float(f(z))
            assert value(widget, "z1") == z and close(value(widget, "a1"), a) and close(value(widget, "da1_dz1"), float(f.slope(z, a)))
    assert "identity at z = 0.75" in widget.locator("[aria-live]").inner_text()
    slide(widget, "z", "ArrowRight")
    assert value(widget, "z1") == pytest.approx(0.8)
    box = widget.locator(".fs-plot").bounding_box()
    widget.page.mouse.click(box["x"] + 0.9 * box["width"], box["y"] + box["height"] / 2)
    assert value(widget, "z1") > 5, "the point follows the pointer"
    assert_refuses_nonsense(widget, "z")
    type_into(widget, "z", "11")
    assert "expected a number from −10 to 10" in widget.get_by_role("alert").inner_text()
    press(widget, "Reset")
    assert value(widget, "z1") == 1


@pytest.mark.parametrize("base", ["file"], indirect=True)
def test_slope_explorer(open_widget):
    """It opens with the nudge of the page's text, and does not give the prediction away."""
    widget = open_widget("SlopeExplorer")
    assert [value(widget, name) for name in ("run", "slope")] == [0.01, 6] and value(widget, "quotient") == pytest.approx(6.01)
    secant = widget.locator(".fs-whole .fs-marks path:not([data-kind])")
    tangent = widget.locator(".fs-whole .fs-marks path[data-kind=gradient]")
    for nudge, quotient in ((0.001, 6.001), (1e-4, 6.0001), (1e-5, 6.00001), (1e-6, 6.000001)):
        press(widget, "Smaller h")
        assert value(widget, "run") == nudge and value(widget, "quotient") == pytest.approx(quotient, abs=1e-9)
    assert widget.get_by_role("button", name="Smaller h").get_attribute("aria-disabled") == "true"
    assert secant.get_attribute("d") == tangent.get_attribute("d"), "the secant is the tangent now"
    widget.get_by_role("button", name="Larger h").press("ArrowLeft")
    assert value(widget, "run") == 1e-5, "an arrow key does it, too"
    slide(widget, "Nudge h", "End")
    assert value(widget, "run") == 1 and value(widget, "rise") == value(widget, "quotient") == 7
    assert secant.get_attribute("d") != tangent.get_attribute("d")
    widget.get_by_label("curve", exact=True).select_option("sigmoid")
    type_into(widget, "u", "0")
    assert value(widget, "slope") == 0.25 and close(value(widget, "quotient"), 1 / (1 + np.exp(-1)) - 0.5)
    box = widget.locator(".fs-whole .fs-plot").bounding_box()
    widget.page.mouse.click(box["x"] + 0.3 * box["width"], box["y"] + box["height"] / 2)
    assert -3 <= value(widget, "slope") < 0.2 and -3 <= float(widget.get_by_label("u", exact=True).get_attribute("data-value")) < -1
    type_into(widget, "u", "2")
    for label in ("u", "Nudge h"):
        assert_refuses_nonsense(widget, label)
    type_into(widget, "Nudge h", "0")
    assert "expected a number from" in widget.get_by_role("alert").inner_text()
    press(widget, "Reset")
    assert value(widget, "run") == 0.01 and value(widget, "slope") == 6


@pytest.mark.parametrize("base", ["file"], indirect=True)
def test_neuron_explorer(open_widget):
    widget = open_widget("NeuronExplorer")
    for label, text in [("x₁", "0.5"), ("x₂", "-1"), ("w₁", "2"), ("w₂", "-0.5"), ("b", "0.25")]:
        type_into(widget, label, text)
    z = 0.5 * 2 + 0.5 + 0.25
    assert close(value(widget, "z1"), z) and close(value(widget, "a1"), 1 / (1 + np.exp(-z)))
    widget.get_by_label("activation", exact=True).select_option("tanh")
    assert close(value(widget, "a1"), np.tanh(z))
    slide(widget, "b", "ArrowLeft")
    assert value(widget, "b1") == pytest.approx(0.2, abs=0.051), "the slider steps by a tenth"
    assert_refuses_nonsense(widget, "w₁")
    line = widget.locator(".fs-marks path[data-kind=weight]")
    before = line.get_attribute("d")
    type_into(widget, "b", "1")
    assert line.get_attribute("d") != before, "the bias shifts the line"
    for label in ("w₁", "w₂"):
        type_into(widget, label, "0")
    assert line.count() == 0, "no weights, no line"
    press(widget, "Reset")
    assert close(value(widget, "z1"), 0.3 * 2 + 0.2 * -1 + 0.1)


@pytest.mark.parametrize("base", ["file"], indirect=True)
def test_loss_explorer(open_widget):
    widget = open_widget("LossExplorer")
    a2, y = np.array([[0.2], [0.7], [0.4], [0.9]]), AND.y.copy()
    assert close(value(widget, "E"), float(squared_error(a2, y)))
    type_into(widget, "Prediction 2", "0.05")
    widget.get_by_label("Target 1", exact=True).select_option("1")
    a2[1], y[0] = 0.05, 1
    assert close(value(widget, "E"), float(squared_error(a2, y)))
    for i in range(4):
        assert close(value(widget, "dE_da2", i), (a2 - y)[i, 0])
    sides = widget.locator("rect.fs-square").evaluate_all("all => all.map(r => +r.getAttribute('width') / +r.getAttribute('height'))")
    assert np.allclose(sides, 1), "squares are square"
    type_into(widget, "Prediction 1", "1.5")
    assert "expected a number from 0 to 1" in widget.get_by_role("alert").inner_text()
    press(widget, "All equal to the mean of the targets")
    assert close(value(widget, "a2", 2), 0.5) and close(value(widget, "E"), 0.5)
    press(widget, "Reset")
    assert close(value(widget, "E"), 0.35)


@pytest.mark.parametrize("base", ["file"], indirect=True)
def test_descent_explorer(open_widget):
    widget = open_widget("DescentExplorer")
    p, rate = Parameters.example(), 8.0
    for epoch in range(4):
        assert widget.get_attribute("data-epoch") == str(epoch)
        it = iteration(AND.x, AND.y, p, rate)
        assert close(value(widget, "E"), it.E) and close(value(widget, "w2"), p.w2[0, 0]) and close(value(widget, "dE_dw2"), it.dE_dw2[0, 0])
        assert close(value(widget, "new_w2"), it.new_w2[0, 0])
        p = p._replace(w2=np.array([[it.new_w2[0, 0]], p.w2[1]]))
        press(widget, "Next step")
    press(widget, "Previous step")
    assert widget.get_attribute("data-epoch") == "3"
    before = value(widget, "new_w2")
    landing = widget.locator(".fs-landing").get_attribute("cx")
    press(widget, "Next step")
    assert value(widget, "w2") == before and widget.locator(".fs-grip circle").last.get_attribute("cx") == landing, "the ball is where the arrow led"
    press(widget, "Previous step")
    press(widget, "large")
    assert widget.get_attribute("data-epoch") == "0"
    press(widget, "Next step")
    assert "flat" in widget.inner_text(), "the ball lands on the plain"
    widget.get_by_label("the number that moves", exact=True).select_option("b1 0 1")
    it = iteration(AND.x, AND.y, Parameters.example(), 150)
    assert close(value(widget, "dE_db1", 0, 1), it.dE_db1[0, 1])
    assert "b₁, row 1, column 2" in widget.locator(".fs-axis").all_text_contents(), "the axis names what moves"
    assert_refuses_nonsense(widget, "Learning rate η")
    press(widget, "Reset")
    press(widget, "Play")
    widget.page.wait_for_function("w => +w.dataset.epoch >= 2", arg=widget.element_handle())
    press(widget, "Pause")


def race_is_pythons(widget, epoch, **traits):
    race = OptimizerRace(**traits)
    assert widget.get_attribute("data-epoch") == str(epoch)
    for name, path in race.race(epoch).items():
        u, v, loss = path[epoch]
        line = f"tr[data-optimizer={name}]"
        found = [float(one.get_attribute("data-value")) for one in widget.locator(f"{line} [data-value]:not(input)").all()]
        assert all(close(a, b) for a, b in zip(found, (loss, u, v), strict=True)), name


@pytest.mark.parametrize("base", ["file"], indirect=True)
def test_optimizer_race(open_widget):
    widget = open_widget("OptimizerRace")
    for epoch in range(3):
        race_is_pythons(widget, epoch)
        press(widget, "Next step")
    press(widget, "Previous step")
    race_is_pythons(widget, 2)
    assert "After 2 steps the losses are, the lowest first: " in widget.locator("[aria-live]").inner_text()
    type_into(widget, "η of Adam", "1.5")
    race_is_pythons(widget, 0)
    press(widget, "Next step")
    race_is_pythons(widget, 1, rates={"adam": 1.5})
    widget.get_by_label("RMSProp races", exact=True).uncheck()
    others = ["descent", "momentum", "nesterov", "adam"]
    race_is_pythons(widget, 1, rates={"adam": 1.5}, racing=others)
    assert widget.locator(".fs-ball-dot").count() == 4 and widget.locator("tr[data-optimizer=rmsprop] td [data-value]:not(input)").count() == 0
    widget.get_by_label("surface", exact=True).select_option("network")
    widget.get_by_label("gate", exact=True).select_option("XOR")
    network = {"surface": "network", "gate": "XOR", "start": [[0.4, -0.3]], "rates": {"adam": 1.5}, "racing": others}
    for _ in range(3):
        press(widget, "Next step")
    race_is_pythons(widget, 3, **network)
    widget.get_by_label("vertical", exact=True).select_option("w1 1 1")
    assert "two different numbers" in widget.get_by_role("alert").inner_text()
    race_is_pythons(widget, 3, **network)
    assert_refuses_nonsense(widget, "η of Adam")
    type_into(widget, "η of Adam", "-1")
    assert "expected a number from 0 to 1000" in widget.get_by_role("alert").inner_text()
    type_into(widget, "Start, vertical", "11")
    assert "expected a number from −10 to 10" in widget.get_by_role("alert").inner_text()
    press(widget, "Reset")
    race_is_pythons(widget, 0)
    press(widget, "Play")
    widget.page.wait_for_function("w => +w.dataset.epoch >= 2", arg=widget.element_handle())
    press(widget, "Pause")


@pytest.mark.parametrize("base", ["http"], indirect=True)
def test_an_optimizer_race_is_shared_by_a_link(open_widget):
    widget = open_widget("OptimizerRace")
    widget.get_by_label("surface", exact=True).select_option("network")
    type_into(widget, "η of momentum", "0.75")
    press(widget, "Next step")
    press(widget, "Copy link")
    link = widget.get_by_label("Link to this state", exact=True).input_value()
    shared = {"surface": "network", "start": [[0.4, -0.3]], "rates": {"momentum": 0.75}}
    race_is_pythons(widget, 1, **shared)
    tab = widget.page
    tab.goto("about:blank")
    tab.goto(link)
    again = tab.locator("section[data-widget=OptimizerRace]")
    again.locator("button").first.wait_for()
    race_is_pythons(again, 1, **shared)
    tab.evaluate("location.hash = 'OptimizerRace=1.e30'")
    again.get_by_role("alert").get_by_text("The link could not be read").wait_for()
    race_is_pythons(again, 1, **shared)


@pytest.mark.parametrize("base", ["file"], indirect=True)
def test_autograd_explorer(open_widget):
    widget = open_widget("AutogradExplorer")
    for _ in range(6):
        press(widget, "Next step")
    assert widget.get_attribute("data-step") == "B2" and value(widget, "dE_da") == -4
    press(widget, "Next step")
    assert value(widget, "dE_da") == 8 and "and with the −4 that it had, 8." in widget.locator("[aria-live]").inner_text()
    assert_refuses_nonsense(widget, "a")
    type_into(widget, "a", "3")
    assert value(widget, "E") == 18 and value(widget, "dE_da") == 12
    type_into(widget, "a", "1e300")
    assert "is no finite number; 3 stays." in widget.get_by_role("alert").inner_text() and value(widget, "E") == 18
    widget.get_by_label("expression", exact=True).select_option("network")
    type_into(widget, "w₂,₁", "0.75")
    for _ in range(29):
        press(widget, "Next step")
    assert widget.get_by_role("button", name="Next step").get_attribute("aria-disabled") == "true"
    found = compute(GRAPHS["network"], {"w2_00": 0.75})
    for node in GRAPHS["network"].nodes:
        assert close(value(widget, f"dE_d{node.quantity}", node.row, node.column), found[node.name].grad.item()), node.name
    press(widget, "Reset")
    assert widget.get_attribute("data-step") == "F0" and widget.locator("[data-quantity=c] [data-value]").count() == 0
    widget.get_by_label("Predict first", exact=True).check()
    press(widget, "Next step")
    assert widget.locator("[data-quantity=c] [data-row]").inner_text() == "?" and widget.locator("[data-quantity=c] [data-value]").count() == 0
    widget.get_by_label("Your prediction", exact=True).fill("6")
    press(widget, "Check")
    assert "the sign is not" in widget.locator("[aria-live]").inner_text()
    press(widget, "Reveal")
    assert value(widget, "c") == -6


@pytest.mark.parametrize("base", ["file"], indirect=True)
def test_digit_explorer(open_widget):
    """Nothing is said of an empty paper; a drawing is read, by mouse and by keys, and stepped through."""
    widget = open_widget("DigitExplorer")
    paper = widget.locator(".fs-paper")
    assert "There is nothing on the paper yet" in widget.inner_text() and widget.locator("[data-quantity=a2] [data-value]").count() == 0
    press(widget, "Next step")
    assert "nothing on the paper" in widget.get_by_role("alert").inner_text() and widget.get_attribute("data-step") is None
    type_into(widget, "Epoch", "3")
    widget.page.wait_for_function("w => w.dataset.epoch === '3'", arg=widget.element_handle())
    assert int(widget.locator("[data-tested]").get_attribute("data-tested")) > 300
    box = paper.bounding_box()
    at = [(box["x"] + u * box["width"], box["y"] + v * box["height"]) for u, v in ((0.5, 0.1), (0.5, 0.5), (0.5, 0.9))]
    mouse = widget.page.mouse
    mouse.move(*at[0])
    mouse.down()
    for place in at[1:]:
        mouse.move(*place, steps=4)
    mouse.up()
    shares = [value(widget, "a2", 0, k) for k in range(10)]
    assert close(sum(shares), 1) and "It says 1, with probability" in widget.inner_text()
    press(widget, "Next step")
    assert widget.get_attribute("data-step") == "F1"
    for _ in range(4):
        press(widget, "Next step")
    assert "The loss needs a target" in widget.get_by_role("alert").inner_text() and widget.get_attribute("data-step") == "F4"
    widget.get_by_label("The drawing shows", exact=True).select_option("1")
    press(widget, "Next step")
    assert widget.get_attribute("data-step") == "E" and " E = " in widget.locator(".fs-stop-line").inner_text()
    press(widget, "Clear")
    assert widget.get_attribute("data-step") is None and "There is nothing on the paper yet" in widget.inner_text()
    paper.focus()
    for key in (" ", "ArrowDown", "ArrowDown", " "):
        widget.page.keyboard.press(key)
    assert len(widget.locator(".fs-ink path").all()) == 1 and "It says" in widget.inner_text()


def outputs(widget):
    return [value(widget, "a2", i) for i in range(4)]


def epochs(widget, count):
    """Wait until so many epochs are done."""
    widget.page.wait_for_function("([w, n]) => w.dataset.epoch === n", arg=[widget.element_handle(), str(count)])


@pytest.mark.parametrize("base", ["http", "file"], indirect=True)
def test_training_explorer_trains_as_nnlib_does(open_widget):
    widget = open_widget("TrainingExplorer")
    press(widget, "1 epoch")
    press(widget, "10 epochs")
    press(widget, "100 epochs")
    run = train(AND.x, AND.y, Parameters.example(), 0.5, 111)
    assert widget.get_attribute("data-epoch") == "111"
    assert np.allclose(outputs(widget), feedforward(AND.x, run[111]).a2.ravel(), rtol=0, atol=1e-12)
    assert close(value(widget, "E"), run.losses[-1])
    press(widget, "Previous epoch")
    assert close(value(widget, "E"), run.losses[110]), "back in time, the same digits"
    widget.get_by_label("Scrub through the epochs").fill("5")
    epochs(widget, 5)
    assert close(value(widget, "w1", 1, 0), run[5].w1[1, 0])


def test_every_setting_of_the_training_explorer(open_widget):
    widget = open_widget("TrainingExplorer")
    widget.get_by_label("gate", exact=True).select_option("XOR")
    widget.get_by_label("hidden neurons", exact=True).select_option("5")
    widget.get_by_label("Seed", exact=True).fill("42")
    press(widget, "Random start")
    widget.get_by_label("hidden activation", exact=True).select_option("tanh")
    type_into(widget, "Learning rate η", "1.5")
    widget.get_by_label("One example at a time").check()
    type_into(widget, "Epoch", "300")
    epochs(widget, 300)
    run = train(XOR.x, XOR.y, Parameters.random(42, hidden=5), 1.5, 300, "tanh", one_at_a_time=True, keep="last")
    assert np.allclose(outputs(widget), feedforward(XOR.x, run.parameters, "tanh").a2.ravel(), rtol=0, atol=1e-9)
    assert widget.locator(".fs-edge").count() == 15 and widget.locator(".fs-neuron-line").count() <= 5
    signs = widget.locator(".fs-edge").evaluate_all("all => all.map(e => [e.dataset.weight, e.classList.contains('fs-negative')])")
    for place, negative in signs:
        name, i, j = place.split()
        assert negative == bool(getattr(run.parameters, name)[int(i), int(j)] < 0), "sign is shown by dashes"
    widget.get_by_label("logarithmic").check()
    assert "10⁰" in widget.locator(".fs-plot").inner_html() or "10⁻" in widget.locator(".fs-plot").inner_html()
    widget.get_by_text("All the weights and biases").click()
    type_into(widget, "b₂, row 1, column 1", "0.5")
    assert widget.get_attribute("data-epoch") == "0" and value(widget, "b2") == 0.5, "a hand-set weight is a new start"
    for text in ("-1", "1.5", "1e9"):
        type_into(widget, "Epoch", text)
        assert "Epoch: expected a whole number from 0 to 100000" in widget.get_by_role("alert").inner_text()
    assert_refuses_nonsense(widget, "Learning rate η")
    press(widget, "Reset")
    assert np.allclose(outputs(widget), feedforward(AND.x, Parameters.example()).a2.ravel(), rtol=0, atol=1e-15)


def test_training_explorer_plays_smoothly(open_widget):
    widget = open_widget("TrainingExplorer")
    press(widget, "Play")
    epochs_seen = widget.evaluate("""async (w) => { const seen = []; for (let i = 0; i < 30; i++) { await new Promise(requestAnimationFrame); seen.push(+w.dataset.epoch); } return seen; }""")
    assert epochs_seen == sorted(epochs_seen) and len(set(epochs_seen)) > 20, "a new picture in nearly every frame"
    press(widget, "Pause")
    now = widget.get_attribute("data-epoch")
    widget.page.wait_for_timeout(150)
    assert widget.get_attribute("data-epoch") == now
    run = train(AND.x, AND.y, Parameters.example(), 0.5, int(now), keep="last")
    assert close(value(widget, "E"), run.losses[-1])


def test_a_run_is_shared_as_a_link_and_handed_to_the_step_explorer(open_widget):
    widget = open_widget("TrainingExplorer")
    widget.get_by_label("gate", exact=True).select_option("OR")
    type_into(widget, "Epoch", "37")
    press(widget, "Copy link")
    link = widget.get_by_label("Link to this state").input_value()
    tab = widget.page
    tab.goto("about:blank")
    tab.goto(link)
    widget = tab.locator("section[data-widget=TrainingExplorer]").first
    epochs(widget, 37)
    run = train(OR.x, OR.y, Parameters.example(), 0.5, 37)
    assert close(value(widget, "E"), run.losses[-1])
    press(widget, "Open in the step explorer")
    steps = tab.locator("section[data-widget=StepExplorer]")
    tab.wait_for_function("w => w.dataset.epoch === '37'", arg=steps.element_handle())
    it = iteration(OR.x, OR.y, run[37], 0.5)
    for label in ("5", "12"):
        steps.locator(f"[data-stop='{label}']").click()
        name = {"5": "dE_dw2", "12": "dE_dw1"}[label]
        assert close(value(steps, name), it[name][0, 0])


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (360, 740)])
def test_who_opens_the_step_explorer_on_another_page_arrives_at_it(open_page, width, height):
    """The focus is on its next step, the picture and the buttons are in sight, the live region says where one is, and the address forgets the way."""
    tab = open_page("book/training/hidden_neurons.html", viewport={"width": width, "height": height}, reduced_motion="reduce")
    widget = tab.locator("section[data-widget=TrainingExplorer]").first
    press(widget, "Open in the step explorer")
    tab.wait_for_url("**/book/index.html#*")
    steps = tab.locator("section[data-widget=StepExplorer]")
    tab.wait_for_function("() => document.activeElement?.textContent === 'Next step' && scrollY > 0")
    assert steps.locator("[aria-live]").inner_text().startswith("The step explorer shows the same network. Forward 1, epoch 0: ")
    top, _, bottom, _ = steps.evaluate("""w => [...['.fs-stage', '.fs-primary:not(.fs-big)'].map((q) => w.querySelector(q).getBoundingClientRect())].flatMap((b) => [b.top, b.bottom])""")
    assert 0 < top < bottom < height and "enter" not in tab.url


@pytest.mark.parametrize("viewport", [(360, 740), (390, 844), (1024, 768), (1280, 720)])
def test_play_is_in_sight_beside_what_it_plays(open_page, viewport):
    """With six neurons, and the widget's top right below the page's head."""
    width, height = viewport
    tab = open_page("book/training/training.html", viewport={"width": width, "height": height}, reduced_motion="reduce")
    widget = tab.locator("section[data-widget=TrainingExplorer]").first
    widget.get_by_label("hidden neurons", exact=True).select_option("6")
    tab.evaluate("document.activeElement.blur()")
    boxes = widget.evaluate("""async (w) => { const head = document.querySelector(".bd-header-article").getBoundingClientRect().bottom;
        scrollTo({ top: scrollY + w.getBoundingClientRect().top - head, behavior: "instant" }); await new Promise((done) => setTimeout(done, 300));
        const box = (node) => { const { top, bottom } = node.getBoundingClientRect(); return [top, bottom]; };
        return [[...w.querySelectorAll("button")].find((b) => b.textContent === "Play"), ...[".fs-stage", ".fs-plane"].map((q) => w.querySelector(q))].map(box); }""")
    assert all(0 <= top < bottom <= height for top, bottom in boxes), boxes


def test_a_damaged_link_is_told(open_page):
    tab = open_page("book/training/training.html#TrainingExplorer=1.nonsense")
    widget = tab.locator("section[data-widget=TrainingExplorer]").first
    assert "The link could not be read" in widget.get_by_role("alert").inner_text()
    assert widget.get_attribute("data-epoch") == "0"


@pytest.mark.parametrize("base", ["file"], indirect=True)
def test_gradient_check(open_widget):
    widget = open_widget("GradientCheck")
    network = SymbolicNetwork(examples=2)
    for exponent in (-1, -5, -13):
        type_into(widget, "Step ε", f"1e{exponent}")
        check = gradient_check(X, Y, Parameters.example(), step=10.0**exponent)
        for name, one in check.items():
            exact = network.numpy(f"dE_d{name}")(X, Y, *Parameters.example())
            for i, j in np.ndindex(one.backprop.shape):
                for judge, expected, tolerance in (("backprop", one.backprop, 1e-14), ("update", one.update, 1e-13), ("sympy", exact, 1e-14),
                                                   ("central difference", one.central_difference, 1e-15 / 10.0**exponent)):
                    got = value(widget, f"dE_d{name}", i, j, f"[data-judge='{judge}']")
                    assert abs(got - expected[i, j]) <= tolerance, (judge, name, i, j, exponent)
        verdict = widget.locator(".fs-verdict").inner_text()
        assert ("they agree" in verdict) == (exponent == -5), verdict
        assert widget.locator(".fs-bad").count() == 0, "backpropagation is right, whatever the step"
        assert widget.locator("th.fs-caution").all_text_contents() == ([] if exponent == -5 else ["central difference"]), "what is measured is marked"
    slide(widget, "Step ε", "ArrowRight")
    assert widget.get_by_label("Step ε", exact=True).get_attribute("data-value") != "1e-13"
    widget.get_by_label("examples", exact=True).select_option("XOR")
    widget.get_by_label("hidden activation", exact=True).select_option("tanh")
    widget.get_by_label("Seed", exact=True).fill("9")
    press(widget, "Random start")
    it = iteration(XOR.x, XOR.y, Parameters.random(9), 0.5, "tanh")
    assert close(value(widget, "dE_dw1", 1, 1, "[data-judge=sympy]"), it.dE_dw1[1, 1])
    assert_refuses_nonsense(widget, "Step ε")


@pytest.mark.parametrize("base", ["file"], indirect=True)
def test_the_bug_lab_says_of_each_what_python_says(open_widget):
    widget = open_widget("BugLab")
    choice = widget.get_by_label("switched on", exact=True)
    choice.select_option("nothing")
    assert widget.locator(".fs-verdicts .fs-bad").count() == 0, "nothing is wrong when nothing is switched on"
    assert widget.locator(".fs-chip[data-wrong]").count() == 0
    for key, mistake in (MISTAKES | TRAPS).items():
        choice.select_option(f"{'mistakes' if key in MISTAKES else 'traps'}/{key}")
        assert mistake.title in widget.locator(".fs-titles").inner_text()
        start, rate = Parameters.example(), 0.5
        if key in TRAPS:
            start, rate = mistake.start(start), mistake.learning_rate or rate
        verdict = {li.get_attribute("data-judge"): li for li in widget.locator(".fs-verdicts li").all()}
        try:
            seen = verdicts(AND.x, AND.y, start, rate, operations=combined(mistake))
        except ValueError as error:
            label = re.match(r"operation (\d+)", str(error))[1]
            assert f"operation {label}" in verdict["runs"].inner_text(), key
        else:
            passed = {judge: li.get_attribute("data-passed") == "true" for judge, li in verdict.items()}
            assert passed["loss"] == (seen.loss_after < seen.loss_before / 2), key
            assert passed["backprop"] == (seen.reported <= 1e-6) and passed["update"] == (seen.update <= 1e-6), key
            assert widget.locator(".fs-chip[data-wrong]").count() > 0 or key in TRAPS or passed["backprop"], key
    assert "“huge rate” switched on the loss goes from" in widget.locator("[aria-live]").inner_text()


def test_what_is_switched_on_and_what_it_does_are_in_sight_together(open_widget):
    for width, height in ((360, 740), (1280, 720)):
        widget = open_widget("BugLab", viewport={"width": width, "height": height})
        boxes = [widget.locator(each).first.bounding_box() for each in ("select", ".fs-titles", ".fs-plot", ".fs-verdicts")]
        top, bottom = min(b["y"] for b in boxes), max(b["y"] + b["height"] for b in boxes)
        assert bottom - top < height - 70, f"{bottom - top} of {height}, less the page's bar"
        assert not any(said in widget.inner_text() for said in ("step 8: Step 8", "0e+0"))


def test_a_number_of_the_bug_labs_network_can_be_changed(open_widget):
    widget = open_widget("BugLab")
    type_into(widget, "b₂ of output 1", "0.7")
    p = Parameters.example()._replace(b2=np.array([[0.7]]))
    widget.get_by_label("switched on", exact=True).select_option("nothing")
    it = iteration(AND.x, AND.y, p, 0.5)
    assert close(value(widget, "z2", 3), it.z2[3, 0]) and close(value(widget, "new_w1", 1, 1), it.new_w1[1, 1])
    widget.get_by_label("switched on", exact=True).select_option("traps/no biases")
    type_into(widget, "b₂ of output 1", "0.3")
    assert "“no biases” sets the start" in widget.get_by_role("alert").inner_text()


def test_the_bug_lab_shows_the_lines_and_takes_several(open_widget):
    widget = open_widget("BugLab")
    assert "return new_w2" in widget.inner_text()
    widget.locator("summary").click()
    widget.get_by_label("examples", exact=True).select_option("two examples")
    widget.locator("[data-key='updated w2']").uncheck()
    widget.locator("[data-key='no transpose for w1']").check()
    assert widget.locator(".fs-verdicts .fs-bad").count() == 0, "these examples hide it"
    widget.get_by_label("examples", exact=True).select_option("two uneven examples")
    assert widget.locator("li[data-judge=backprop]").get_attribute("data-passed") == "false"
    widget.locator("[data-key='missing half']").check()
    assert widget.locator(".fs-compare").count() == 2
    assert widget.get_by_label("switched on", exact=True).input_value() == "several"
    assert "missing half" in widget.locator("[aria-live]").inner_text()
    assert_refuses_nonsense(widget, "Learning rate η")
    press(widget, "Reset")
    assert widget.locator(".fs-compare").count() == 1


def shown_in(widget, stop):
    """The text of a stop's equations and the matrix of each of its results."""
    line = widget.locator(f"tr[data-stop='{stop}']")
    read = """all => all.map(m => [...m.querySelectorAll('tr')].map(r => [...r.querySelectorAll('[data-value]')].map(d => +d.dataset.value)))"""
    return line.locator("td").first.inner_text(), line.locator(".fs-matrix").evaluate_all(read)


@pytest.mark.parametrize("base", ["file"], indirect=True)
def test_the_conventions_of_every_writer(open_widget):
    """Chosen as a reader does, each gives the numbers of nnlib.conventions, marks what differs, and says what η counts."""
    widget = open_widget("ConventionTable")
    assert widget.locator("tr[data-differs]").count() == 0 and "very network" in widget.locator(".fs-outcome").inner_text()
    for name, writer in conventions.WRITERS.items():
        widget.get_by_label("As written by", exact=True).select_option(name)
        c = writer.conventions
        values = conventions.compute(c, conventions.SHOWN.x, conventions.SHOWN.y, Parameters.example(), 0.5)
        for label in ("F1", "1", "5", "12", "14"):
            lines = [line for line in conventions.lines(c) if line.label == label]
            _, found = shown_in(widget, label)
            assert len(found) == len(lines), (name, label)
            for one, line in zip(found, lines, strict=True):
                assert np.allclose(one, values[line.gives], rtol=1e-12, atol=1e-12), (name, line.gives)
        times = conventions.multiple(c, 3)
        said = widget.locator(".fs-outcome").inner_text()
        assert ("very network" in said) == (times == 1) and (times == 1 or f"η counts {conventions.multiple_text(c)} =" in said), (name, said)
        assert writer.words in widget.inner_text()
        assert widget.get_by_label("As written by", exact=True).input_value() == name


def test_the_conventions_one_by_one(open_widget):
    widget = open_widget("ConventionTable")

    def choose(question, text):
        widget.get_by_label(question, exact=True).select_option(text)

    choose("An example is", "columns")
    assert shown_in(widget, "F1")[0] == "z₁ = w₁ᵀ x + b₁"
    assert widget.get_by_label("As written by", exact=True).input_value() == "own mixture"
    choose("Weights are", "Wx")
    assert shown_in(widget, "F1")[0] == "z₁ = w₁ x + b₁"
    choose("The loss is", "cross_entropy")
    assert widget.get_by_label("Over examples it is", exact=True).input_value() == "sum", "the ½ gives way"
    assert "the ½ is there for the slope of a square" in widget.get_by_role("alert").inner_text()
    choose("A step is", "mean")
    choose("Over examples it is", "mean")
    assert widget.get_by_label("A step is", exact=True).input_value() == "sum", "nothing is divided by n twice"
    choose("A bias is", "weight")
    assert shown_in(widget, "4") == ("done in step 3", [])
    assert "stops are written differently" in widget.locator("[aria-live]").inner_text()
    press(widget, "Reset")
    assert widget.locator("tr[data-differs]").count() == 0
    assert widget.get_by_label("As written by", exact=True).input_value() == "this book"


@pytest.mark.parametrize("name", PAGES)
def test_by_keyboard_alone(open_widget, name):
    """Tab reaches every control of the widget, and leaves it again."""
    widget = open_widget(name)
    tab = widget.page
    widget.evaluate("w => { w.tabIndex = -1; w.focus(); }")
    controls = widget.locator("button:visible, input:visible, select:visible, summary:visible").evaluate_all("all => all.filter(e => !e.disabled).length")
    reached = set()
    for _ in range(controls + 12):
        tab.keyboard.press("Tab")
        place = tab.evaluate("([w]) => w.contains(document.activeElement) ? [...w.querySelectorAll('*')].indexOf(document.activeElement) : null", [widget.element_handle()])
        if place is None:
            break
        reached.add(place)
    assert place is None, "the focus leaves the widget"
    assert len(reached) >= controls


@pytest.mark.parametrize("name", PAGES)
def test_on_a_phone_nothing_sticks_out(open_widget, name):
    widget = open_widget(name, viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    assert widget.page.evaluate("document.documentElement.scrollWidth") <= 360
    inside = widget.evaluate("""w => [...w.querySelectorAll('button, select, input, p, td')].filter(e => e.checkVisibility() && !e.closest('.fs-scroll, .fs-visually-hidden'))
        .every(e => e.getBoundingClientRect().right <= w.getBoundingClientRect().right + 1)""")
    assert inside


@pytest.mark.parametrize("name", [name for name in PAGES if name != "NumberBox"])  # which asks for a number, and has none to show
def test_without_scripts_a_sentence_and_a_table_remain(open_page, name):
    host = open_page(f"book/{PAGES[name]}.html", java_script_enabled=False).locator(f".fs-host[data-widget={name}]").first
    assert len(host.locator("> p").inner_text()) > 30
    assert host.locator("> table tr").count() >= 3
    assert re.search(r"\d", host.locator("> table").inner_text())


def test_the_gates_of_the_training_explorer_are_the_books(open_widget):
    widget = open_widget("TrainingExplorer")
    for name, gate in GATES.items():
        widget.get_by_label("gate", exact=True).select_option(name)
        targets = widget.locator(".fs-answer-target").all_text_contents()
        assert [float(t) for t in targets] == gate.y.ravel().tolist()


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1280, 600)])
def test_what_comes_of_several_mistakes_is_seen_where_they_are_ticked(open_widget, width, height):
    """It stood nine hundred pixels below, and what was to stick to the window stuck to the cell's output."""
    widget = open_widget("BugLab", viewport={"width": width, "height": height})
    widget.get_by_text("Several at once", exact=True).click()
    for key in ("missing half", "swapped error"):
        widget.locator(f".fs-sets input[data-key='{key}']").check()
    told = widget.locator(".fs-outcome")
    assert re.match(r"\d switched on: the loss goes from ", told.inner_text())
    place = told.bounding_box()
    assert 0 <= place["y"] and place["y"] + place["height"] <= height + 1
