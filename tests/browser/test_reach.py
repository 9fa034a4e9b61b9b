"""For every hand and eye: a thumb on a touch screen, the reader's own colours, 400 % zoom; and what is heard of the widgets."""
import io
import re

import numpy as np
import pytest
from conftest import assert_accessible
from PIL import Image
from playwright.sync_api import expect
from seen import wrong_texts

from nnlib.widgets import modules

PAGES = {"ActivationExplorer": "ideas/activation", "NeuronExplorer": "ideas/terms", "LossExplorer": "forward/loss",
         "DescentExplorer": "backward/gradient_descent", "GradientCheck": "training/checking_gradients", "BugLab": "training/bug_lab",
         "AnswerBox": "backward/step_05_dE_dw2", "ConventionTable": "reference/conventions",
         "OptimizerRace": "beyond/faster_descent", "AutogradExplorer": "beyond/autograd", "DigitExplorer": "beyond/digits",
         "SlopeExplorer": "backward/slopes", "NumberBox": "ideas/layers"}
TRAINING = "book/training/training.html"
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True, "reduced_motion": "reduce"}
DRAGGED = ["ActivationExplorer", "NeuronExplorer", "LossExplorer", "DescentExplorer", "GradientCheck", "OptimizerRace", "SlopeExplorer"]


# ---- a thumb ----

# The controls below a height; numbers that lie in the picture of the network are fields of another kind, and grow when they are touched.
SMALL = """(w, least) => [...w.querySelectorAll("button, select, input, summary")].filter((e) => e.checkVisibility() && !e.closest(".fs-overlay"))
    .map((e) => [(e.type === "checkbox" ? e.closest("label") : e).getBoundingClientRect().height, e.textContent || e.ariaLabel]).filter(([h]) => h < least)"""


@pytest.mark.parametrize("name", PAGES)
def test_every_control_is_large_enough(open_widget, name):
    assert open_widget(name).evaluate(SMALL, 24) == [], "for a mouse"
    widget = open_widget(name, **PHONE)
    assert widget.evaluate(SMALL, 44) == [], "for a thumb"
    assert wrong_texts(widget) == []


@pytest.mark.parametrize("name", DRAGGED)
def test_a_thumb_scrolls_past_every_plot(open_widget, name):
    """Only the dots of a plot are kept from the page, and each of them is at least 24 pixels wide."""
    widget = open_widget(name, **PHONE)
    found = widget.evaluate("""(w) => [...w.querySelectorAll(".fs-draggable")].map((plot) => { const all = [...plot.querySelectorAll("*")];
        return [getComputedStyle(plot).touchAction, all.filter((e) => getComputedStyle(e).touchAction === "none" && !e.closest(".fs-grip")).length,
                Math.min(...[...plot.querySelectorAll(".fs-grip-room")].map((e) => e.getBoundingClientRect().width))]; })""")
    assert found and all("pan-y" in action and kept == 0 and width >= 24 for action, kept, width in found), found


def test_a_dot_is_dragged_by_a_thumb_and_the_rest_of_the_plot_is_not(open_widget):
    widget = open_widget("ActivationExplorer", **PHONE)
    tab = widget.page
    session = tab.context.new_cdp_session(tab)

    def touch(kind, *points):
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})

    def stroke(start, end):
        touch("touchStart", start)
        for k in range(1, 6):
            touch("touchMove", tuple(a + (b - a) * k / 5 for a, b in zip(start, end, strict=True)))
        touch("touchEnd")

    def z():
        return float(widget.get_by_label("z", exact=True).get_attribute("data-value"))

    box = widget.locator(".fs-grip circle").last.bounding_box()
    dot = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    stroke(dot, (dot[0] + 60, dot[1] + 4))
    assert z() > 3, "the dot follows the thumb"
    widget.locator(".fs-grip circle").last.evaluate("(dot) => dot.scrollIntoView({block: 'center'})")
    before, box = tab.evaluate("scrollY"), widget.locator(".fs-grip circle").last.bounding_box()
    dot = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    stroke(dot, (dot[0] - 20, dot[1] + 80))
    tab.wait_for_timeout(300)
    assert tab.evaluate("scrollY") == before, "the page stays under the dot, whichever way it goes"
    held = z()
    plot = widget.locator(".fs-plot").bounding_box()
    beside = (plot["x"] + plot["width"] * 0.2, plot["y"] + plot["height"] * 0.7)
    stroke(beside, (beside[0], beside[1] - 120))
    tab.wait_for_function("(before) => scrollY > before", arg=before)
    assert z() == held


# ---- the reader's own colours ----

def picture(node):
    return np.asarray(Image.open(io.BytesIO(node.screenshot())).convert("RGB")).astype(int)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", DRAGGED)
def test_with_colours_of_the_readers_own_every_line_is_seen(open_widget, name, scheme):
    """In forced colours the curve and the dot of every plot stand out from the ground that the reader chose."""
    widget = open_widget(name, forced_colors="active", color_scheme=scheme)
    shown = picture(widget.locator(".fs-plot").first)
    ground = shown[2, 2]
    strong = (np.abs(shown - ground).max(axis=2) > 150).mean()
    assert strong > 0.003, "lines in the reader's own text colour"
    lines = widget.evaluate("""(w) => { const probe = document.body.appendChild(document.createElement("i")); probe.style.color = "CanvasText";
        const text = getComputedStyle(probe).color; probe.remove();
        return [...w.querySelectorAll(".fs-marks path:not([fill='transparent']), .fs-marks text")].map((e) => e.tagName === "path" ? getComputedStyle(e).stroke : getComputedStyle(e).fill)
          .every((colour) => colour === text); }""")
    assert lines


def test_with_the_readers_own_colours_the_edges_are_seen_and_which_take_part(open_page):
    widget = open_page("book/forward/feedforward.html", forced_colors="active").locator("section[data-widget=StepExplorer]").first
    widget.locator("[data-stop='5']").click()
    colours = widget.evaluate("""(w) => { const probe = document.body.appendChild(document.createElement("i"));
        const system = (name) => { probe.style.color = name; return getComputedStyle(probe).color; };
        const found = { text: system("CanvasText"), marked: system("Highlight") }; probe.remove();
        const strokes = (part) => [...w.querySelectorAll(`[data-part=${part}] .fs-edge`)].map((e) => getComputedStyle(e).stroke);
        return { ...found, w1: [...new Set(strokes("w1"))], w2: [...new Set(strokes("w2"))] }; }""")
    assert colours["w1"] == [colours["text"]] and colours["w2"] == [colours["marked"]] and colours["text"] != colours["marked"]


def test_with_the_readers_own_colours_what_is_doubtful_has_a_frame(open_widget):
    widget = open_widget("GradientCheck", forced_colors="active")
    assert widget.evaluate("(w) => [...w.querySelectorAll('.fs-caution, .fs-coarse')].map((e) => getComputedStyle(e).outlineStyle)") == ["dashed"] * 11


# ---- large ----

@pytest.mark.parametrize("name", PAGES)
def test_at_400_percent_nothing_is_lost(open_widget, name):
    """A window of 1280 × 1024, four times as large, is one of 320 × 256: no scrolling sideways, no text cut off."""
    widget = open_widget(name, viewport={"width": 320, "height": 256}, reduced_motion="reduce")
    assert widget.page.evaluate("document.documentElement.scrollWidth") <= 320
    assert wrong_texts(widget) == []


@pytest.mark.parametrize("name", PAGES)
def test_with_type_twice_as_large(open_widget, name):
    widget = open_widget(name, viewport={"width": 1024, "height": 768}, reduced_motion="reduce")
    widget.page.evaluate("document.documentElement.style.fontSize = '200%'")
    widget.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert wrong_texts(widget) == []


# ---- heard ----

@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_with_all_its_rules(open_widget, name):
    widget = open_widget(name)
    assert_accessible(widget.page, f"section[data-widget={name}]", everything=True)


def test_a_fraction_is_heard_as_one(open_widget):
    """∂E over ∂w₂ reads "∂E/∂w₂", not "∂E ∂w₂"."""
    widget = open_widget("BugLab")
    assert widget.locator("tbody th").all_text_contents() == ["∂E/∂w₁", "∂E/∂b₁", "∂E/∂w₂", "∂E/∂b₂"]
    table = open_widget("ConventionTable")
    assert "∂E/∂a₂" in table.locator("tr[data-stop='1']").text_content()


SAID = {
    "ActivationExplorer": ("z", "2", "The function sigmoid at z = 2 has the value 0.8808 and the slope 0.105."),
    "NeuronExplorer": ("b", "1", "For the inputs 2 and −1 the weighted sum z is 1.4, and the activation a, by sigmoid, is 0.8022."),
    "LossExplorer": ("Prediction 2", "0", "The loss E, half the sum of the 4 squared errors, is 0.105."),
    "DescentExplorer": ("Learning rate η", "1", "After 0 steps w₂, row 1, column 1, is 0.5, the loss 0.5643, the slope 0.1654. The next step will go downhill."),
    "SlopeExplorer": ("u", "1", "A nudge of 0.01 from u = 1 moves u² by 0.0201: rise over run is 2.01, the slope by the rule is 2."),
    "OptimizerRace": ("Start, vertical", "2", "Before the first step all balls stand at the same place, with a loss of 2.32."),
    "AutogradExplorer": ("b", "1", "Given are a = 2, b = 1. Next step computes forward."),
    "BugLab": ("Learning rate η", "1", "With “updated w2” switched on the loss goes from 0.5643 to 0.0003264, and the check of the reported slopes, "
               "the check of the update and sympy notice it. Wrong after the first iteration: ∂z₂/∂a₁, δ₁, ∂E/∂w₁, ∂E/∂b₁, new w₁, new b₁."),
}


@pytest.mark.parametrize("name", SAID)
def test_what_changes_is_said_in_a_sentence_that_makes_sense_alone(open_widget, name):
    widget = open_widget(name)
    label, text, said = SAID[name]
    box = widget.get_by_label(label, exact=True)
    box.fill(text)
    box.press("Enter")
    heard = widget.locator("[aria-live=polite]").inner_text()
    assert heard.removeprefix(f"{label} is now {text}. ") == said, "once, with what was changed before it or not"


def heard(widget, act):
    """What the live region says of an act, by keyboard."""
    widget.locator("[aria-live=polite]").evaluate("(live) => { live.textContent = ''; }")
    act()
    expect(widget.locator("[aria-live=polite]")).not_to_be_empty()
    return widget.locator("[aria-live=polite]").inner_text()


def test_every_press_is_heard(open_widget, open_page):
    """Also where no number changes, and where the playing ends."""
    race = open_widget("OptimizerRace")
    assert heard(race, lambda: race.get_by_label("momentum races", exact=True).press("Space")).startswith("momentum: out of the race. ")
    race.get_by_role("button", name="Play", exact=True).press("Enter")
    expect(race).not_to_have_attribute("data-epoch", "0")
    assert re.match(r"After \d+ steps? the losses are", heard(race, lambda: race.get_by_role("button", name="Pause", exact=True).press("Enter")))
    descent = open_widget("DescentExplorer")
    assert heard(descent, lambda: descent.get_by_role("button", name="good", exact=True).press("Enter")).startswith("Learning rate η is now ")
    digits = open_widget("DigitExplorer")
    assert heard(digits, lambda: digits.get_by_role("button", name="Random start", exact=True).press("Enter")).startswith("Seed ")
    training = open_page(TRAINING).locator("section[data-widget=TrainingExplorer]").first
    told = heard(training, lambda: training.get_by_label("Example in the picture", exact=True).select_option("2"))
    assert told.startswith("The picture shows example 3 of 4: 1, 0. Epoch 0: the loss is 0.5643; it answers 0.56 to 0, 0; 0.56 to 0, 1; ")


def test_playing_is_no_flood(open_page):
    """That it plays is said at once, in two seconds of training nothing more, on pausing a sentence."""
    widget = open_page(TRAINING).locator("section[data-widget=TrainingExplorer]").first
    widget.evaluate("(w) => { window.said = 0; new MutationObserver(() => { said += 1; }).observe(w.querySelector('[aria-live]'), {childList: true}); }")
    widget.get_by_role("button", name="Play", exact=True).press("Enter")
    widget.page.wait_for_timeout(2000)
    assert widget.evaluate("() => said") == 1
    assert heard(widget, lambda: widget.get_by_role("button", name="Pause", exact=True).press("Enter")).startswith("Epoch ")


ORDER = ["Previous step", "Play", "Next step", "Reset"]


@pytest.mark.parametrize("name", [*DRAGGED, "AutogradExplorer", "BugLab", "AnswerBox", "NumberBox", "ConventionTable"])
def test_the_controls_stand_in_one_order(open_widget, name):
    """Back, play, next, reset, in one bar, as far as a widget has them; one is the primary one at most."""
    widget = open_widget(name)
    bars = widget.locator(".fs-bar")
    found = [text for text in bars.locator("button").all_inner_texts() if text in ORDER]
    assert bars.count() == 1 and found == [text for text in ORDER if text in found] and "Reset" in found
    assert widget.locator(".fs-primary").count() <= 1


def test_every_module_of_the_widgets_is_reached():
    """The single neuron is drawn by the stage's own class."""
    assert "ui/stage.js" in {one.name for one in modules.needed("neuron_explorer.js")} & {one.name for one in modules.needed("bug_lab.js")}
