"""What is seen: at every stop, epoch and width, of any network, no number is cut off, overlapped or outside the picture."""
import base64
import json
import random
import re

import numpy as np
import pytest
from seen import wrong_texts

from nnlib import OPERATIONS, Parameters, iteration, train
from nnlib.gates import GATES, TWO_EXAMPLES
from nnlib.numerals import format

PAGE = "book/forward/feedforward.html"
STATES = 75
LABELS = [op.label for op in OPERATIONS]
EXTREMES = [1e-300, -1e-300, 1e300, -1e300, 1e-5, -1.234567e-5, 123456.7, -98765.4, 0.000123456, -0.000123456, 1e6, 0.0, -0.1]


def states(seed):
    """A random walk of states, each as a link holds it: stops, epochs, gates, networks, numbers of every size."""
    draw = random.Random(seed)
    for _ in range(STATES):
        examples = draw.choice([*GATES.values(), TWO_EXAMPLES])
        name = examples.name
        hidden = draw.randint(1, 8)
        p = Parameters.random(draw.randint(0, 10**6), hidden)
        epoch = draw.choice([0, 0, 1, 5, 100, 1000, 1000, 5000])
        activation = draw.choice(["sigmoid", "sigmoid", "tanh", "relu", "identity"])
        if draw.random() < 0.35:
            p, epoch, activation = p._replace(w1=extreme(draw, p.w1), b1=extreme(draw, p.b1)), 0, "sigmoid"
            if draw.random() < 0.5:
                p = p._replace(w2=extreme(draw, p.w2))
        rate = draw.choice([0.5, 0.1, 3.0])
        if not stays_finite(examples, p, rate, activation):
            p, activation = Parameters.random(1, hidden), "sigmoid"
        yield {"step": draw.choice(LABELS), "epoch": epoch, "parameters": {k: v.tolist() for k, v in p._asdict().items()},
               "examples": {"name": name, "x": examples.x.tolist(), "y": examples.y.tolist()}, "learning_rate": rate,
               "hidden": activation, "output": "sigmoid", "predict": draw.random() < 0.2}


def extreme(draw, matrix):
    return np.array([[draw.choice(EXTREMES) for _ in row] for row in matrix])


def stays_finite(examples, p, rate, hidden):
    try:
        with np.errstate(all="raise"):
            it = iteration(examples.x, examples.y, p, rate, hidden=hidden)
            train(examples.x, examples.y, p, rate, 5000 if hidden != "sigmoid" else 0, hidden, keep="last")
    except ArithmeticError:
        return False
    return bool(np.isfinite(it.new_w1).all())


def link(state):
    packed = base64.urlsafe_b64encode(json.dumps(state).encode()).decode().rstrip("=")
    return f"#StepExplorer=1.{packed}"


def walk(tab, seed):
    """Follow every state's link on one page; what is wrong at each."""
    widget = tab.locator("section[data-widget=StepExplorer]").first
    widget.locator("[data-stop='F1']").wait_for()
    found = {}
    for number, state in enumerate(states(seed)):
        # scripts that follow a link do so at once; a far epoch takes some turns
        tab.evaluate("(hash) => { location.hash = hash; }", link(state))
        tab.wait_for_function("([w, step, epoch]) => w.dataset.step === step && w.dataset.epoch === epoch",
                              arg=[widget.element_handle(), state["step"], str(state["epoch"])])
        tab.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        wrong = wrong_texts(widget)
        if wrong:
            found[f"{number}: step {state['step']}, epoch {state['epoch']}, {len(state['parameters']['w2'])} neurons"] = wrong[:4]
    return found


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_a_random_walk_through_three_hundred_states(open_page, width):
    tab = open_page(PAGE, viewport={"width": width, "height": 900}, reduced_motion="reduce")
    assert walk(tab, width) == {}


@pytest.mark.parametrize(("width", "scheme", "zoom"), [(1024, "light", 1), (1440, "dark", 1), (1920, "light", 1), (1280, "light", 2), (390, "dark", 2)])
def test_every_stop_on_other_screens_and_with_large_type(open_page, width, scheme, zoom):
    tab = open_page(PAGE, viewport={"width": width, "height": 900}, reduced_motion="reduce", color_scheme=scheme)
    tab.evaluate("(zoom) => { document.documentElement.style.fontSize = `${100 * zoom}%`; }", zoom)
    widget = tab.locator("section[data-widget=StepExplorer]").first
    found = {}
    for label in LABELS:
        widget.locator(f"[data-stop='{label}']").click()
        if wrong := wrong_texts(widget):
            found[label] = wrong
    assert found == {}


def read(text):
    """A shown number as a float: −2.206·10⁻³ is −0.002206."""
    mantissa, _, power = text.replace("\u2009", "").replace("−", "-").partition("·10")
    return float(f"{mantissa}e{power.translate(str.maketrans('⁻⁰¹²³⁴⁵⁶⁷⁸⁹', '-0123456789')) or 0}")


def test_the_text_of_a_number_is_its_value(open_page):
    """Beside the attribute stands what is seen: the value in four digits, in one piece or as mantissa and power of ten."""
    tab = open_page(PAGE, reduced_motion="reduce")
    widget = tab.locator("section[data-widget=StepExplorer]").first
    for label in ("F2", "5", "12", "14"):
        widget.locator(f"[data-stop='{label}']").click()
        numbers = widget.evaluate("""(root) => [...root.querySelectorAll('[data-quantity] [data-value]')].filter((n) => n.checkVisibility())
            .map((n) => [n.value ?? n.innerText.replaceAll("\\n", ""), n.dataset.value])""")
        assert len(numbers) > 20
        for text, value in numbers:
            assert read(text) == read(format(float(value))), label


def test_the_test_sees_what_is_cut_off(open_page):
    """The judge is judged: a field too narrow, a chip moved over another, one out of the picture."""
    tab = open_page(PAGE, reduced_motion="reduce")
    widget = tab.locator("section[data-widget=StepExplorer]").first
    widget.locator("[data-stop='5']").click()
    assert wrong_texts(widget) == []
    widget.evaluate("(root) => { root.querySelector('.fs-overlay input').style.width = '1ch'; }")
    assert any("cut off" in one for one in wrong_texts(widget))
    widget.evaluate("(root) => { const [a, b] = root.querySelectorAll('.fs-chip'); a.style.cssText = b.style.cssText; }")
    assert any("meets" in one for one in wrong_texts(widget))
    widget.evaluate("(root) => { root.querySelector('.fs-chip').style.setProperty('--x', '-20'); }")
    assert any("outside the drawing" in one for one in wrong_texts(widget))


@pytest.mark.parametrize(("width", "height"), [(1024, 768), (1280, 720)])
def test_on_a_slide_training_is_read(open_page, width, height):
    """The head of the answers has room for its words, or leaves the middle one out."""
    tab = open_page("book/training/training.html", viewport={"width": width, "height": height}, reduced_motion="reduce")
    widget = tab.locator("section[data-widget=TrainingExplorer]").first
    widget.locator("button").first.wait_for()
    tab.keyboard.press("l")
    for _ in range(40):
        if widget.evaluate("w => document.documentElement.matches('[data-slide~=widget]') && w.checkVisibility()"):
            break
        tab.keyboard.press("PageDown")
    assert widget.is_visible() and wrong_texts(widget) == []


OTHERS = {"ActivationExplorer": "ideas/activation", "NeuronExplorer": "ideas/terms", "LossExplorer": "forward/loss",
          "DescentExplorer": "backward/gradient_descent", "TrainingExplorer": "training/training", "GradientCheck": "training/checking_gradients",
          "BugLab": "training/bug_lab", "AnswerBox": "ideas/activation",
          "ConventionTable": "reference/conventions", "OptimizerRace": "beyond/faster_descent",
          "AutogradExplorer": "beyond/autograd", "DigitExplorer": "beyond/digits", "SlopeExplorer": "backward/slopes", "NumberBox": "ideas/layers"}


def into_other_states(widget, name):
    """Leads a widget through what makes its numbers long and its pictures full; yields the name of each state."""
    def type_into(label, text):
        box = widget.get_by_label(label, exact=True)
        box.fill(text)
        box.press("Enter")
        box.blur()  # a field shows all digits while it is in use, and scrolls

    if name == "NeuronExplorer":
        for label, text in (("x₁", "-9.87654321"), ("w₁", "-0.000123456"), ("w₂", "9.87654321"), ("b", "-1.23456e-7")):
            type_into(label, text)
        yield "long numbers"
    if name == "ActivationExplorer":
        for activation in ("tanh", "relu", "identity"):
            widget.get_by_label("activation", exact=True).select_option(activation)
            type_into("z", "-8.7654321")
            yield activation
    if name == "SlopeExplorer":
        for curve, nudge in (("square", "1"), ("sigmoid", "0.00001"), ("line", "0.0123456789")):
            widget.get_by_label("curve", exact=True).select_option(curve)
            for u in ("-2.3456789", "0", "1.7"):
                type_into("Nudge h", nudge)
                type_into("u", u)
                yield f"{curve} at {u}, nudge {nudge}"
    if name == "NumberBox":
        for text in ("-1234567.8", "25", "32", "abc"):
            widget.get_by_role("textbox").fill(text)
            widget.get_by_role("button", name="Check", exact=True).click()
            yield text
    if name == "LossExplorer":
        for example in range(1, 5):
            type_into(f"Prediction {example}", f"0.{example}23456789")
        yield "long numbers"
    if name == "DescentExplorer":
        for word in ("small", "large"):
            widget.get_by_role("button", name=word, exact=True).click()
            yield word
            widget.get_by_role("button", name="Next step", exact=True).click()
            yield f"{word}, a step on"
    if name == "OptimizerRace":
        type_into("η of plain descent", "2.5")
        for _ in range(3):
            widget.get_by_role("button", name="Next step", exact=True).click()
        yield "flying out"
        widget.get_by_label("surface", exact=True).select_option("network")
        yield "the network"
        widget.get_by_label("horizontal", exact=True).select_option("b1 0 1")
        widget.get_by_role("button", name="Next step", exact=True).click()
        yield "two others of its numbers, a step on"
    if name == "AutogradExplorer":
        widget.get_by_label("expression", exact=True).select_option("neuron")
        type_into("w₁", "-0.000123456")
        for _ in range(13):
            widget.get_by_role("button", name="Next step", exact=True).click()
        yield "one neuron, all slopes"
    if name == "DigitExplorer":
        widget.get_by_role("button", name="Show a test image", exact=True).click()
        widget.locator(".fs-says", has_text="The image is a").wait_for()
        yield "a test image"
    if name == "TrainingExplorer":
        widget.get_by_text("All the weights and biases").click()
        yield "all weights"
        widget.get_by_label("gate", exact=True).select_option("XOR")
        widget.get_by_label("hidden neurons", exact=True).select_option("6")
        for neuron, text in enumerate(("-0.0876243", "-0.0376419", "-0.0265487", "-9.87654e-5", "123456.7", "-1.23456e-12")):
            type_into(f"b₁, row 1, column {neuron + 1}", text)
        yield "six neurons, long numbers"
    if name == "GradientCheck":
        for step in ("0.3", "1e-13"):
            type_into("Step ε", step)
            yield f"ε = {step}"
    if name == "BugLab":
        for key in ("mistakes/no transpose for w1", "mistakes/bias once per weight", "mistakes/uphill", "traps/huge rate", "traps/no biases"):
            widget.get_by_label("switched on", exact=True).select_option(key)
            yield key
        widget.locator("summary").click()
        widget.locator("[data-key='missing half']").check()
        yield "several"
    if name == "AnswerBox":
        for _ in range(3):
            widget.get_by_role("button", name=re.compile("int|solution")).click()
        yield "the solution"


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
@pytest.mark.parametrize("name", OTHERS)
def test_every_other_widget(open_page, name, width):
    tab = open_page(f"book/{OTHERS[name]}.html", viewport={"width": width, "height": 900}, reduced_motion="reduce")
    widget = tab.locator(f"section[data-widget={name}]").first
    widget.locator("button").first.wait_for()
    assert wrong_texts(widget) == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    for state in into_other_states(widget, name):
        assert wrong_texts(widget) == [], state
    for epoch in ("1", "5000") if name == "TrainingExplorer" else ():
        box = widget.get_by_label("Epoch", exact=True)
        box.fill(epoch)
        box.press("Enter")
        tab.wait_for_function("([w, epoch]) => w.dataset.epoch === epoch", arg=[widget.element_handle(), epoch])
        assert wrong_texts(widget) == [], f"at epoch {epoch}"
