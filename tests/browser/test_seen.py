"""What is seen: at every stop, epoch and width, of any network, no number is cut off, overlapped or outside the picture."""
import base64
import json
import math
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


def contrast(one, other):
    """The contrast of two colours as the browser computed them."""
    def light(text):
        numbers = [float(v) for v in re.findall(r"[\d.e-]+", text)[:3]]
        parts = numbers if text.startswith("color(") else [v / 255 for v in numbers]
        red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue
    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_edge_stands_out_from_the_ground(open_page, scheme):
    """Of any weight, whether it takes part or not: at least 3 to 1, and what is negative is a broken line."""
    tab = open_page(PAGE, reduced_motion="reduce", color_scheme=scheme)
    widget = tab.locator("section[data-widget=StepExplorer]").first
    assert round(contrast("rgb(0, 0, 0)", "color(srgb 1 1 1)"), 6) == 21
    for label in ("F1", "5", "12", "14"):
        widget.locator(f"[data-stop='{label}']").click()
        ground, lines = widget.evaluate("""(w) => [getComputedStyle(w).backgroundColor, [...w.querySelectorAll(".fs-edge, .fs-plain")].map((line) =>
          [getComputedStyle(line).stroke, line.dataset.weight?.split(" "), getComputedStyle(line).strokeDasharray])]""")
        assert min(contrast(stroke, ground) for stroke, *_ in lines) >= 3, label
        p = Parameters.example()._asdict()
        assert {dash != "none" for _, weight, dash in lines if weight and p[weight[0]][int(weight[1])][int(weight[2])] < 0} == {True}


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


PAIRS = """(root, pair) => ["", "new_"].map((prefix) => Object.fromEntries(pair.flatMap((name) =>
  [...root.querySelectorAll(`.fs-stage [data-quantity=${prefix}${name}] [data-value]`)].map((n) => [`${name} ${n.dataset.row} ${n.dataset.col}`, n.value ?? n.innerText]))))"""


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("epoch", ["5000", "100000"])
def test_an_old_and_a_new_weight_never_read_alike(open_page, epoch, width):
    """Late in training, too: in the picture, in the matrices, in the line below it and for who listens."""
    tab = open_page(PAGE, viewport={"width": width, "height": 900}, reduced_motion="reduce")
    widget = tab.locator("section[data-widget=StepExplorer]").first
    box = widget.get_by_label("Epoch", exact=True)
    box.fill(epoch)
    box.press("Enter")
    tab.wait_for_function("([w, epoch]) => w.dataset.epoch === epoch", arg=[widget.element_handle(), epoch])
    for label, pair in (("7", ("w2", "b2")), ("14", ("w1", "b1"))):
        widget.locator(f"[data-stop='{label}']").click()
        old, new = widget.evaluate(PAIRS, pair)
        assert len(old) == len(new) == {"7": 3, "14": 6}[label]
        assert [place for place in old if old[place] == new[place]] == []
        assert wrong_texts(widget) == []
        for name in pair:
            before, after = (widget.locator(f".fs-equation [data-quantity={prefix}{name}] td").all_inner_texts() for prefix in ("", "new_"))
            assert len(before) == len(after) and all(a != b for a, b in zip(before, after, strict=True))
        first, *_, last = widget.locator(".fs-arithmetic .fs-operand").all_inner_texts()
        assert first != last
        assert last in widget.locator("[aria-live]").inner_text()
        assert re.fullmatch(r"± [\d.]+(·10[⁻⁰¹²³⁴-⁹]+)?", widget.locator(".fs-key").inner_text())


def test_in_the_valley_a_step_of_descent_still_shows_its_digits(open_page):
    tab = open_page("book/backward/gradient_descent.html", reduced_motion="reduce")
    widget = tab.locator("section[data-widget=DescentExplorer]").first
    for _ in range(21):
        widget.get_by_role("button", name="Next step", exact=True).click()
    old, _, new = widget.locator(".fs-update .fs-term").last.locator("strong").all_inner_texts()
    assert old != new and old[:5] == new[:5]


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


# what of some parts of a widget something else lies over, or the window cuts off
COVERED = """(root, parts) => parts.filter((one) => {
  const node = root.querySelector(one);
  const { left, right, top, bottom } = node.getBoundingClientRect();
  return [[left + 2, top + 2], [right - 2, top + 2], [left + 2, bottom - 2], [right - 2, bottom - 2]]
    .some(([x, y]) => !node.contains(document.elementFromPoint(x, y)));
})"""
PHONE = {"has_touch": True, "is_mobile": True, "reduced_motion": "reduce"}


@pytest.mark.parametrize(("width", "height"), [(360, 740), (390, 844)])
def test_on_a_phone_a_stop_is_seen_whole(open_page, width, height):
    """Name, picture, sentence and buttons are in sight together, nothing lies over them, and no button moves when it is pressed."""
    tab = open_page(PAGE, viewport={"width": width, "height": height}, **PHONE)
    widget = tab.locator("section[data-widget=StepExplorer]").first
    widget.locator("[data-stop='F1']").wait_for()
    widget.locator(".fs-title").evaluate("(title) => { scrollTo(0, 0); scrollBy(0, title.getBoundingClientRect().top - 66); }")
    following = widget.get_by_role("button", name="Next step")
    place = following.bounding_box()
    for label in LABELS:
        assert widget.get_attribute("data-step") == label
        assert widget.evaluate(COVERED, [".fs-title", ".fs-stage", ".fs-words"]) == [], label
        assert following.bounding_box() == place, label
        following.tap()


def test_on_a_phone_a_tag_s_number_can_be_read(open_page):
    """Beside a sum it was nine pixels high."""
    widget = open_page("book/forward/feedforward.html", viewport={"width": 360, "height": 740}).locator("section[data-widget=StepExplorer]")
    for label in ("5", "6", "12", "14"):
        widget.get_by_role("button", name=re.compile(rf"^{label}, ")).click()
        sizes = widget.locator(".fs-chip b:visible").evaluate_all("(all) => all.map((tag) => parseFloat(getComputedStyle(tag).fontSize))")
        assert sizes and min(sizes) > 10.9, label


def test_on_a_phone_the_end_of_the_widget_comes_no_nearer(open_page):
    """Below the buttons a stop's numbers take the room that they need; where the widget's end is in sight, the buttons stay where they are."""
    tab = open_page(PAGE, viewport={"width": 360, "height": 740}, **PHONE)
    widget = tab.locator("section[data-widget=StepExplorer]").first
    widget.locator("[data-stop='12']").tap()
    blank = "(panel) => panel.getBoundingClientRect().bottom - panel.lastChild.getBoundingClientRect().bottom"
    widget.locator("[data-stop='1']").tap()
    assert widget.locator(".fs-panel").evaluate(blank) < 1
    widget.locator("[data-stop='12']").tap()
    widget.locator("summary").evaluate("(node) => scrollBy(0, node.getBoundingClientRect().bottom - innerHeight + 120)")
    following = widget.get_by_role("button", name="Next step")
    place = following.bounding_box()
    for _ in LABELS:
        following.tap()
        # a page scrolls by whole pixels
        assert abs(following.bounding_box()["y"] - place["y"]) < 1, widget.get_attribute("data-step")


@pytest.mark.parametrize("width", [768, 1280])
def test_no_control_moves_between_the_epochs(open_page, width):
    """The numbers get longer, and take more lines; what is pressed stands above them."""
    tab = open_page(PAGE, viewport={"width": width, "height": 900}, reduced_motion="reduce")
    widget = tab.locator("section[data-widget=StepExplorer]").first
    widget.locator("[data-stop='12']").click()
    following = widget.get_by_role("button", name="Next epoch")
    place = "(node) => node.getBoundingClientRect().top - node.closest('section').getBoundingClientRect().top"
    before = following.evaluate(place)
    box = widget.get_by_label("Epoch", exact=True)
    for epoch in ("1", "100", "50000"):
        box.fill(epoch)
        box.press("Enter")
        tab.wait_for_function("([w, epoch]) => w.dataset.epoch === epoch", arg=[widget.element_handle(), epoch])
        for label in ("14", "12"):
            widget.locator(f"[data-stop='{label}']").click()
            assert abs(following.evaluate(place) - before) < 1, (epoch, label)


# Presses a control where it is, and gives by how much it has moved within the widget.
PRESS = """(node, choice) => {
  const place = () => node.getBoundingClientRect().top - node.closest("section").getBoundingClientRect().top;
  const before = place();
  if (choice === undefined) node.click();
  else { node.selectedIndex = choice; node.dispatchEvent(new Event("change", {bubbles: true})); }
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(node.isConnected && node.checkVisibility() ? place() - before : 0))));
}"""
STAY = ["NeuronExplorer", "ActivationExplorer", "LossExplorer", "DescentExplorer", "GradientCheck", "BugLab", "AnswerBox", "ConventionTable", "DigitExplorer"]


# on a phone the bug lab's choices stand below what they change, so that this is seen with what is switched on
@pytest.mark.parametrize(("name", "width"), [(name, width) for name in STAY for width in (360, 768, 1024, 1440) if (name, width) != ("BugLab", 360)])
def test_no_control_moves_when_it_is_pressed(open_page, name, width):
    """Whatever has more lines afterwards, or fewer, stands below it."""
    tab = open_page(f"book/{OTHERS[name]}.html", viewport={"width": width, "height": 900}, reduced_motion="reduce")
    widget = tab.locator(f"section[data-widget={name}]").first
    widget.locator("button").first.wait_for()
    for select in widget.locator("select:visible").all():
        for choice in [*range(select.evaluate("(node) => Math.min(5, node.options.length)")), 0]:
            assert abs(select.evaluate(PRESS, choice)) < 1, (select.get_attribute("aria-label"), choice)
    for button in widget.locator(".fs-bar button:visible, .fs-row:not(.fs-links) button:visible").all():
        assert abs(button.evaluate(PRESS)) < 1, button.inner_text()


# Uses a control that has the focus, and gives by how much it has moved in the window.
USE = """(node, choice) => {
  const place = () => { const { left, top } = node.getBoundingClientRect(); return [left, top]; };
  node.scrollIntoView({ block: "center", behavior: "instant" });
  node.focus({ preventScroll: true });
  const before = place();
  if (node.tagName === "SELECT") { node.selectedIndex = choice; node.dispatchEvent(new Event("change", { bubbles: true })); }
  else if (node.type === "range") { node.value = choice; node.dispatchEvent(new Event("input", { bubbles: true })); }
  else node.click();
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(Math.hypot(...place().map((at, k) => at - before[k]))))));
}"""


@pytest.mark.parametrize(("name", "width"), [("StepExplorer", 360), ("StepExplorer", 768), ("StepExplorer", 1440), ("BugLab", 360), ("BugLab", 1440)])
def test_what_is_in_use_stays_where_it_is(open_page, name, width):
    """Where more lines stand above a control than before, the page moves, and not what is under the finger."""
    page = {"StepExplorer": "forward/feedforward", "BugLab": "training/bug_lab"}[name]
    tab = open_page(f"book/{page}.html", viewport={"width": width, "height": 740}, reduced_motion="reduce")
    widget = tab.locator(f"section[data-widget={name}]").first
    widget.locator("button").first.wait_for()
    more = widget.locator("summary").first
    assert more.evaluate(USE) < 1.5
    for select in widget.locator("select:visible").all():
        for choice in [*range(select.evaluate("(node) => Math.min(7, node.options.length)")), 0]:
            assert select.evaluate(USE, choice) < 1.5, (select.get_attribute("aria-label"), choice)
    for box in widget.locator("input[type=checkbox]:visible").all():
        assert max(box.evaluate(USE) for _ in range(2)) < 1.5, box.evaluate("(box) => box.closest('label').innerText")
    for slider in widget.locator("input[type=range]:visible").all():
        low, high = slider.evaluate("({ min, max }) => [+min, +max]")
        assert max(slider.evaluate(USE, low + part * (high - low)) for part in (0, 1, 0.3)) < 1.5, slider.get_attribute("aria-label")


@pytest.mark.parametrize("width", [360, 1024])
@pytest.mark.parametrize(("page", "name"), [("training/training", "TrainingExplorer"), ("training/checking_gradients", "GradientCheck"),
                                            ("forward/feedforward", "StepExplorer")])
def test_the_button_for_a_frame_stays_and_keeps_the_focus(open_page, page, name, width):
    """What is measured for the frame's height moves neither the page nor the button."""
    tab = open_page(f"book/{page}.html", viewport={"width": width, "height": 740}, reduced_motion="reduce")
    widget = tab.locator(f"section[data-widget={name}]").first
    widget.locator("button").first.wait_for()
    if name == "StepExplorer":
        widget.locator("summary").first.click()
    button = widget.get_by_role("button", name="Copy embed code", exact=True)
    button.evaluate("(node) => node.scrollIntoView({ block: 'center', behavior: 'instant' })")
    node, before = button.element_handle(), button.bounding_box()
    node.click()
    widget.get_by_label("Code of a frame with this state").wait_for()
    after = node.bounding_box()
    assert math.dist((before["x"], before["y"]), (after["x"], after["y"])) < 1.5
    assert node.evaluate("(node) => document.activeElement === node || document.activeElement.matches('.fs-link')")


def test_reset_on_the_first_page_hands_on_the_focus(open_page):
    """It leads back to the opening, where it is not."""
    tab = open_page("book/index.html", reduced_motion="reduce")
    widget = tab.locator("section[data-widget=StepExplorer]").first
    widget.get_by_role("button", name="Let it learn").click()
    widget.get_by_role("button", name="Open one step").click(timeout=20_000)
    widget.get_by_role("button", name="Reset", exact=True).click()
    tab.wait_for_function("() => document.activeElement.textContent === 'Let it learn'")


CHOSEN = r"""async (root) => {
  const wrong = [];
  const arrow = 20; // in pixels, at any size of the type
  for (const select of root.querySelectorAll("select")) {
    if (!select.checkVisibility()) continue;
    for (const option of [...select.options].filter((one) => !one.hidden)) {
      select.value = option.value;
      select.dispatchEvent(new Event("change", { bubbles: true }));
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      const style = getComputedStyle(select);
      const probe = document.createElement("span");
      probe.textContent = select.selectedOptions[0]?.text ?? "";
      probe.style.cssText = `position: absolute; white-space: pre; font: ${style.font}`;
      document.body.append(probe);
      const room = select.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - arrow;
      if (probe.getBoundingClientRect().width > room + 1) wrong.push(`${probe.textContent}: ${probe.getBoundingClientRect().width} in ${room}`);
      probe.remove();
    }
  }
  return wrong;
}"""
CHOICES = ["ConventionTable", "BugLab", "AutogradExplorer", "DescentExplorer", "OptimizerRace", "GradientCheck"]


@pytest.mark.parametrize(("width", "zoom"), [(360, 1), (360, 2), (768, 2)])
@pytest.mark.parametrize("name", CHOICES)
def test_what_is_chosen_is_not_cut_off(open_page, name, width, zoom):
    """In a closed list, each of its texts: it stands below its name, or is written smaller."""
    tab = open_page(f"book/{OTHERS[name]}.html", viewport={"width": width, "height": 740}, reduced_motion="reduce")
    tab.evaluate("(zoom) => { document.documentElement.style.fontSize = `${100 * zoom}%`; }", zoom)
    widget = tab.locator(f"section[data-widget={name}]").first
    widget.locator("button").first.wait_for()
    assert widget.evaluate(CHOSEN) == []


def test_on_a_phone_a_table_of_conventions_shows_every_number(open_page):
    tab = open_page(f"book/{OTHERS['ConventionTable']}.html", viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    widget = tab.locator("section[data-widget=ConventionTable]").first
    widget.locator(".fs-brackets td").first.wait_for()
    assert widget.locator(".fs-brackets td").count() == widget.locator(".fs-brackets td:visible").count() > 50


def test_on_a_phone_the_numbers_of_a_graph_are_read(open_page):
    """Long ones, too: at least 11 pixels high, and none wider than its node."""
    tab = open_page("book/beyond/autograd.html", viewport={"width": 360, "height": 740}, **PHONE)
    widget = tab.locator("section[data-widget=AutogradExplorer]").first
    for state in into_other_states(widget, "AutogradExplorer"):
        sizes, wide = widget.evaluate("""(w) => { const texts = [...w.querySelectorAll(".fs-node :is(.fs-given, .fs-value, .fs-slope):not([hidden])")];
          return [texts.map((one) => parseFloat(getComputedStyle(one).fontSize)),
            texts.filter((one) => [...one.children].filter((part) => !part.matches(".fs-visually-hidden"))
              .reduce((sum, part) => sum + part.getBoundingClientRect().width, 0) > one.closest(".fs-node").clientWidth).map((one) => one.textContent)]; }""")
        assert min(sizes) >= 11 and wide == [] and wrong_texts(widget) == [], state


def test_a_digit_s_message_moves_nothing(open_page):
    tab = open_page(f"book/{OTHERS['DigitExplorer']}.html", viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    widget = tab.locator("section[data-widget=DigitExplorer]").first
    box, clear = widget.get_by_label("Epoch", exact=True), widget.get_by_role("button", name="Clear", exact=True)
    box.fill("abc")
    place = "(node) => node.getBoundingClientRect().top - node.closest('section').getBoundingClientRect().top"
    before = clear.evaluate(place)
    box.press("Enter")
    assert "abc" in widget.locator(".fs-message").inner_text() and abs(clear.evaluate(place) - before) < 1


def test_what_is_refused_moves_nothing(open_page):
    """It is said over the picture, beside the buttons."""
    for page, name in (("training/training", "TrainingExplorer"), ("forward/feedforward", "StepExplorer")):
        tab = open_page(f"book/{page}.html", reduced_motion="reduce")
        widget = tab.locator(f"section[data-widget={name}]").first
        box = widget.get_by_label("Epoch", exact=True)
        place = "(node) => node.getBoundingClientRect().top - node.closest('section').getBoundingClientRect().top"
        before = box.evaluate(place)
        box.fill("abc")
        box.press("Enter")
        assert "abc" in widget.locator(".fs-message").inner_text()
        assert abs(box.evaluate(place) - before) < 1 and wrong_texts(widget) == []


@pytest.mark.parametrize("expression", ["twice", "neuron", "sigmoid"])
def test_on_a_phone_a_graph_runs_downwards(open_page, expression):
    """It fits, each node below those that it comes from; no edge runs through a node."""
    tab = open_page("book/beyond/autograd.html", viewport={"width": 360, "height": 740}, **PHONE)
    widget = tab.locator("section[data-widget=AutogradExplorer]").first
    widget.get_by_label("expression", exact=True).select_option(expression)
    assert widget.locator(".fs-scroll").evaluate("(graph) => graph.scrollWidth <= graph.clientWidth")
    boxes, edges = widget.evaluate("""(w) => [Object.fromEntries([...w.querySelectorAll(".fs-node")].map((n) => [n.dataset.node, [n.offsetLeft, n.offsetTop, n.offsetWidth, n.offsetHeight]])),
      [...w.querySelectorAll(".fs-edge")].map((p) => [p.dataset.edge.split(" "), [...Array(21).keys()].map((k) => p.getPointAtLength(k * p.getTotalLength() / 20)).map(({x, y}) => [x, y])])]""")
    for (start, end), points in edges:
        assert boxes[end][1] >= boxes[start][1] + boxes[start][3]
        for name, (left, top, width, height) in boxes.items():
            assert name in (start, end) or not any(left + 3 < x < left + width - 3 and top + 3 < y < top + height - 3 for x, y in points), (start, end, name)
    assert wrong_texts(widget) == []


def test_a_digit_s_message_stands_by_its_field(open_page):
    tab = open_page("book/beyond/digits.html", reduced_motion="reduce")
    widget = tab.locator("section[data-widget=DigitExplorer]").first
    box = widget.get_by_label("Epoch", exact=True)
    box.fill("abc")
    box.press("Enter")
    field, message = box.bounding_box(), widget.locator(".fs-message").bounding_box()
    assert 0 < message["y"] - field["y"] < 100
    widget.get_by_role("button", name="Next step", exact=True).click()
    button, message = widget.get_by_role("button", name="Next step", exact=True).bounding_box(), widget.locator(".fs-message").bounding_box()
    assert "draw a digit first" in widget.locator(".fs-message").inner_text() and 0 < message["y"] - button["y"] < 100
    widget.get_by_role("button", name="Show a test image", exact=True).click()
    widget.locator(".fs-says", has_text="The image shows").wait_for()
    assert widget.evaluate("(w) => [...w.querySelectorAll('.fs-answer span')].filter((n) => n.scrollWidth > n.clientWidth).map((n) => n.textContent)") == []
    assert "serif" not in widget.locator("figcaption").evaluate("(n) => getComputedStyle(n).fontFamily").split(",")[0]


@pytest.mark.parametrize("width", [320, 360])
@pytest.mark.parametrize("view", ["cell", "iteration", "training"])
def test_the_other_views_on_a_phone(open_page, view, width):
    """Long numbers, too: they fit, and a bracket stands on one line with its number."""
    tab = open_page(PAGE, viewport={"width": width, "height": 740}, **PHONE)
    widget = tab.locator("section[data-widget=StepExplorer]").first
    box = widget.get_by_label("Epoch", exact=True)
    box.fill("5000")
    box.press("Enter")
    tab.wait_for_function("(w) => w.dataset.epoch === '5000'", arg=widget.element_handle())
    box.blur()
    widget.get_by_label("how much of it").select_option(view)
    for label in ("1", "5", "12", "14") if view != "training" else ():
        widget.locator(f"[data-stop='{label}']").tap()
        assert wrong_texts(widget) == [], label
        assert widget.evaluate("(w) => [...w.querySelectorAll('.fs-arithmetic .fs-operator')].filter((o) => o.textContent.endsWith('(') && !o.closest('.fs-term')).length") == 0
    assert wrong_texts(widget) == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_what_is_refused_is_said_in_sight(open_page):
    """On a phone the message stands with the buttons, which stay in the window."""
    tab = open_page("book/training/training.html", viewport={"width": 360, "height": 740}, **PHONE)
    widget = tab.locator("section[data-widget=TrainingExplorer]").first
    rate = widget.get_by_label("Learning rate η", exact=True)
    rate.fill("abc")
    rate.press("Enter")
    message = widget.locator(".fs-message").bounding_box()
    assert "abc" in widget.locator(".fs-message").inner_text() and message["y"] > 0 and message["y"] + message["height"] < 740


@pytest.mark.parametrize(("width", "height"), [(360, 740), (390, 844)])
def test_on_a_phone_training_is_seen_whole(open_page, width, height):
    """While it plays, the network, the plane, the answers and the curve are in sight with the buttons."""
    tab = open_page("book/training/training.html", viewport={"width": width, "height": height}, **PHONE)
    widget = tab.locator("section[data-widget=TrainingExplorer]").first
    play = widget.get_by_role("button", name="Play")
    play.wait_for()
    widget.locator(".fs-scene").evaluate("(scene) => { scrollTo(0, 0); scrollBy(0, scene.getBoundingClientRect().top - 62); }")
    play.tap()
    tab.wait_for_function("(w) => Number(w.dataset.epoch) > 20", arg=widget.element_handle())
    widget.get_by_role("button", name="Pause").tap()
    parts = [".fs-stage", ".fs-plane", ".fs-answers", ".fs-loss-curve .fs-plot", ".fs-bar"]
    assert widget.evaluate(COVERED, parts) == []


def test_in_a_small_plane_the_signs_are_read_and_do_not_touch(open_page):
    """The class of an example and the number of a neuron are at least 11 pixels high, and no circle meets another."""
    tab = open_page("book/training/training.html", viewport={"width": 360, "height": 740}, **PHONE)
    widget = tab.locator("section[data-widget=TrainingExplorer]").first
    widget.locator(".fs-plane-marks circle").first.wait_for()
    for epoch in ("0", "30", "1000"):
        box = widget.get_by_label("Epoch", exact=True)
        box.fill(epoch)
        box.press("Enter")
        tab.wait_for_function("([w, epoch]) => w.dataset.epoch === epoch", arg=[widget.element_handle(), epoch])
        sizes, circles = widget.evaluate("""(w) => { const plane = w.querySelector(".fs-plane-marks"), scale = plane.getBoundingClientRect().width / 300;
          return [[...plane.querySelectorAll("text")].map((text) => scale * parseFloat(getComputedStyle(text).fontSize)),
            [...plane.querySelectorAll("circle")].map((c) => [c.cx, c.cy, c.r].map((v) => scale * v.baseVal.value))]; }""")
        assert min(sizes) > 10.9
        gaps = [math.dist(a[:2], b[:2]) - a[2] - b[2] for i, a in enumerate(circles) for b in circles[:i]]
        assert len(circles) == 6 and min(gaps) > 2, epoch


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
        widget.locator(".fs-says", has_text="The image shows").wait_for()
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


NINE = {"StepExplorer": "forward/feedforward", **dict(list(OTHERS.items())[:8])}
# the smallest text of a widget that is no tag, no exponent and no axis' name on its side, in pixels
SMALLEST = """(root) => Math.min(...[...root.querySelectorAll("*")].flatMap((node) => {
  if (![...node.childNodes].some((one) => one.nodeType === 3 && one.data.trim()) || !node.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return [];
  if (node.closest(".fs-visually-hidden, option, select, math, title, .fs-chip b, .fs-two-lines, .fs-answer-target, [transform]")) return [];
  const scale = node.closest("svg")?.viewBox.baseVal.width ? node.closest("svg").getScreenCTM().a : 1;
  return [scale * parseFloat(getComputedStyle(node).fontSize)];
}))"""


@pytest.mark.parametrize("width", [320, 360, 768])
@pytest.mark.parametrize("name", NINE)
def test_type_is_large_enough_to_read(open_page, name, width):
    tab = open_page(f"book/{NINE[name]}.html", viewport={"width": width, "height": 740}, reduced_motion="reduce")
    widget = tab.locator(f"section[data-widget={name}]").first
    widget.locator("button").first.wait_for()
    assert widget.evaluate(SMALLEST) >= (9.7 if width == 320 else 10.6)




@pytest.mark.parametrize("width", [320, 360])
@pytest.mark.parametrize("name", NINE)
def test_with_large_type_on_a_phone(open_page, name, width):
    """At 200 % nothing is cut off, overlapped or beside the window, and the page does not scroll sideways."""
    tab = open_page(f"book/{NINE[name]}.html", viewport={"width": width, "height": 740}, reduced_motion="reduce")
    tab.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
    widget = tab.locator(f"section[data-widget={name}]").first
    widget.locator("button").first.wait_for()
    tab.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert wrong_texts(widget) == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert widget.evaluate("""(w) => [...w.querySelectorAll("input, select, button")].filter((n) => n.checkVisibility() && !n.closest(".fs-stage"))
      .filter((n) => n.getBoundingClientRect().right > w.getBoundingClientRect().right || n.getBoundingClientRect().width < 24).map((n) => n.outerHTML.slice(0, 80))""") == []


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
