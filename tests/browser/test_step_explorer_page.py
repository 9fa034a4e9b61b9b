"""StepExplorer on the built site, driven as a reader does, over http and from file://."""
import json
import re

import numpy as np
import pytest
from conftest import assert_accessible
from playwright.sync_api import expect

from nnlib import AND, OPERATIONS, Parameters, iteration, train

PAGE, AND_PAGE, LANDING = "book/forward/feedforward.html", "book/training/training.html", "book/index.html"
X, Y = AND.x[[1, 3]], AND.y[[1, 3]]
LABELS = [op.label for op in OPERATIONS]
both_ways = pytest.mark.parametrize("base", ["http", "file"], indirect=True)

READ = """root => [...root.querySelectorAll('[data-quantity]')].map(q => [q.dataset.quantity,
    [...q.querySelectorAll('[data-row]')].filter(n => n.checkVisibility()).map(n => [+n.dataset.row, +n.dataset.col, n.dataset.value ?? null])])"""


def explorer(tab, which=0):
    widget = tab.locator("[data-widget=StepExplorer]").nth(which)
    widget.locator("[data-stop='F1']").wait_for()
    return widget


@pytest.fixture
def widget(open_page):
    return explorer(open_page(PAGE))


def press(widget, name):
    widget.get_by_role("button", name=name, exact=True).click()


def go(widget, label):
    widget.locator(f"[data-stop='{label}']").click()
    assert widget.get_attribute("data-step") == label


def shown(widget):
    """Every number on show: [(quantity, row, column, text of the value or None), …]."""
    return [(name, *number) for name, numbers in widget.evaluate(READ) for number in numbers]


def assert_shows(widget, it):
    numbers = shown(widget)
    assert numbers
    for name, row, column, value in numbers:
        assert value is not None, f"{name}[{row}, {column}] is hidden"
        expected = float(np.atleast_2d(it[name])[row, column])
        assert abs(float(value) - expected) <= 1e-12 * max(1, abs(expected)), f"{name}[{row}, {column}]"
    return {name for name, *_ in numbers}


def field(widget, label):
    return widget.get_by_label(label, exact=True)


def type_into(widget, label, text):
    box = field(widget, label)
    box.click()
    box.fill(text)
    box.press("Enter")


@both_ways
def test_nineteen_stops_show_nnlibs_numbers(open_page):
    widget = explorer(open_page(PAGE))
    it = iteration(X, Y, Parameters.example(), 0.5)
    heights = set()
    for position, operation in enumerate(OPERATIONS):
        assert widget.get_attribute("data-step") == operation.label
        names = assert_shows(widget, it)
        assert set(operation.outputs) <= names, "the results are on show"
        assert set(operation.numbers) <= names | {"z1", "z2"}
        assert operation.title in widget.locator(".fs-title").inner_text()
        assert widget.locator("[aria-current=step]").inner_text() == operation.label
        heights.add(round(widget.bounding_box()["height"]))
        if position < 18:
            press(widget, "Next step")
    assert max(heights) - min(heights) <= 1, "the layout does not jump, but for a rounded pixel"
    press(widget, "Next step")
    assert (widget.get_attribute("data-step"), widget.get_attribute("data-epoch")) == ("F1", "1")
    assert_shows(widget, iteration(X, Y, it.updated, 0.5))
    press(widget, "Previous step")
    assert (widget.get_attribute("data-step"), widget.get_attribute("data-epoch")) == ("14", "0")


def test_nothing_is_shown_before_it_is_computed(widget):
    go(widget, "F1")
    names = {name for name, *_ in shown(widget)}
    assert not names & {"a1", "z2", "a2", "dE_dw2"}


def test_four_way_linking(widget):
    go(widget, "5")
    assert widget.locator(".fs-part[data-part=w2][data-active] .fs-edge").count() == 2
    assert not widget.locator(".fs-part[data-part=w1][data-active]").count()
    assert widget.locator(".fs-result[data-symbol], .fs-result [data-quantity=dE_dw2]").count()
    assert "return dE_dz2, dz2_dw2.mT @ dE_dz2" in widget.locator(".fs-code").inner_text()
    widget.locator(".fs-formula [data-symbol=dz2_dw2]").hover()
    lit = widget.locator(".fs-lit").evaluate_all("all => all.map(e => [e.dataset.symbol, e.className.baseVal ?? e.className, e.closest('pre') !== null])")
    assert {symbol for symbol, *_ in lit} == {"dz2_dw2"}
    assert any("fs-matrix" in classes for _, classes, _ in lit), "its matrix"
    assert any(in_code for *_, in_code in lit), "its name in the code"


@both_ways
def test_every_number_can_be_edited(open_page):
    widget = explorer(open_page(PAGE))
    x, y, p = X.copy(), Y.copy(), Parameters(*(v.copy() for v in Parameters.example()))
    go(widget, "12")
    for label, array, index, text in [
        ("w₁ from input 1 to hidden neuron 2", p.w1, (0, 1), "0.75"), ("b₁ of hidden neuron 2", p.b1, (0, 1), "-1,5"),
        ("w₂ from hidden neuron 1 to output 1", p.w2, (0, 0), "−2e-1"), ("b₂ of output 1", p.b2, (0, 0), ".25"),
        ("Input 2 of the example in the picture", x, (0, 1), "0.5"), ("Target  of the example in the picture", y, (0, 0), "1"),
        ("w₁ from input 2 to hidden neuron 1", p.w1, (1, 0), "0." + "1234567890" * 6),
    ]:
        type_into(widget, re.sub(" +", " ", label), text)
        array[index] = float(text.replace(",", ".").replace("−", "-"))
        assert_shows(widget, iteration(x, y, p, 0.5))
    type_into(widget, "Learning rate η", "2")
    assert_shows(widget, iteration(x, y, p, 2.0))
    press(widget, "Reset")
    assert_shows(widget, iteration(X, Y, Parameters.example(), 0.5))


@pytest.mark.parametrize("text", ["", "abc", "1e999", "-1e999", "NaN", "Infinity", "0.1.2", "<b>1</b>", "1 2"])
def test_nonsense_is_refused_and_the_last_good_value_stays(widget, text):
    go(widget, "14")
    before = shown(widget)
    type_into(widget, "w₂ from hidden neuron 2 to output 1", text)
    message = widget.get_by_role("alert")
    assert "w₂ from hidden neuron 2 to output 1: expected a number" in message.inner_text()
    assert "stays" in message.inner_text()
    assert shown(widget) == before
    type_into(widget, "w₂ from hidden neuron 2 to output 1", "0.5")
    assert message.inner_text() == ""


def test_a_pasted_line_break_does_no_harm(open_page):
    tab = open_page(PAGE)
    widget = explorer(tab)
    box = field(widget, "b₂ of output 1")
    box.click()
    tab.evaluate("""() => { const data = new DataTransfer(); data.setData('text/plain', '0.3\\n');
        document.activeElement.setRangeText('0.3\\n', 0, 99, 'end'); document.activeElement.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data})); }""")
    box.press("Enter")
    p = Parameters.example()._replace(b2=np.array([[0.3]]))
    assert_shows(widget, iteration(X, Y, p, 0.5))


def test_bad_epochs_and_rates_are_refused(widget):
    for label, text in [("Epoch", "-1"), ("Epoch", "1.5"), ("Epoch", "1e9"), ("Learning rate η", "-0.5"), ("Learning rate η", "1e400")]:
        type_into(widget, label, text)
        assert label in widget.get_by_role("alert").inner_text()
        assert widget.get_attribute("data-epoch") == "0"


def test_three_hundred_epochs_there_and_back(open_page):
    tab = open_page(AND_PAGE)
    widget = explorer(tab)
    go(widget, "14")
    run = train(AND.x, AND.y, Parameters.example(), 0.5, 300)
    snapshots = {}
    for epoch in [*range(0, 20), 137, 300, 299, 137, *range(19, -1, -1)]:
        if epoch in (137, 300):
            type_into(widget, "Epoch", str(epoch))
        else:
            widget.evaluate("""async (root, wanted) => { while (+root.dataset.epoch !== wanted) {
                root.querySelector(`[aria-label="${+root.dataset.epoch < wanted ? 'Next' : 'Previous'} epoch"]`).click();
                await new Promise((go) => setTimeout(go)); } }""", epoch)
        assert widget.get_attribute("data-epoch") == str(epoch)
        now = shown(widget)
        assert snapshots.setdefault(epoch, now) == now, "the very same digits"
        if epoch in (0, 15, 137, 300):
            assert_shows(widget, iteration(AND.x, AND.y, run[epoch], 0.5))


def test_a_long_way_does_not_freeze_the_page(open_page):
    tab = open_page(PAGE)
    widget = explorer(tab)
    tab.evaluate("() => { window.beats = 0; setInterval(() => { window.beats += 1; }); }")
    type_into(widget, "Epoch", "60000")
    tab.wait_for_function("() => document.querySelector('[data-widget=StepExplorer]').dataset.epoch === '60000'")
    assert tab.evaluate("window.beats") > 5, "other things happened on the page meanwhile"
    last = train(X, Y, Parameters.example(), 0.5, 60_000, keep="last").parameters
    values = {(n, r, c): float(v) for n, r, c, v in shown(widget)}
    assert values["w2", 0, 0] == pytest.approx(last.w2[0, 0], rel=1e-9)


def test_divergence_is_told(open_page):
    widget = explorer(open_page(PAGE))
    widget.get_by_text("More").click()
    widget.get_by_label("hidden activation", exact=True).select_option("relu")
    widget.get_by_label("output activation", exact=True).select_option("identity")
    type_into(widget, "Learning rate η", "50")
    type_into(widget, "Epoch", "2000")
    assert "diverges" in widget.get_by_role("alert").inner_text()
    assert widget.get_attribute("data-epoch") == "0"


def test_other_data_and_a_random_start(widget):
    widget.get_by_text("More").click()
    widget.get_by_label("examples", exact=True).select_option("XOR")
    field(widget, "Seed").fill("7")
    press(widget, "Random start")
    go(widget, "13")
    from nnlib import XOR
    assert_shows(widget, iteration(XOR.x, XOR.y, Parameters.random(7), 0.5))
    widget.get_by_label("hidden activation", exact=True).select_option("tanh")
    go(widget, "9")
    assert_shows(widget, iteration(XOR.x, XOR.y, Parameters.random(7), 0.5, hidden="tanh"))
    assert "1 − a₁" in widget.locator(".fs-formula").inner_text().replace("\n", "")


def test_predict_then_reveal(widget):
    go(widget, "5")
    widget.get_by_label("Predict first").check()
    it = iteration(X, Y, Parameters.example(), 0.5)
    hidden = [n for n in shown(widget) if n[0] in ("dE_dw2", "dE_dz2")]
    assert hidden and all(value is None for *_, value in hidden), "no value while it is hidden"
    assert str(it.dE_dw2[0, 0])[:6] not in widget.inner_text()
    guess, verdict = field(widget, "Your prediction"), widget.locator(".fs-verdict")
    guess.fill("0.5")
    press(widget, "Check")
    assert "Not yet" in verdict.inner_text()
    guess.fill(f"{-it.dE_dw2[0, 0]:.4g}")
    press(widget, "Check")
    assert "sign" in verdict.inner_text()
    guess.fill(f"{it.dE_dw2[0, 0]:.4g}")
    press(widget, "Check")
    assert "Right" in verdict.inner_text()
    assert_shows(widget, it)
    press(widget, "Next step")
    assert any(value is None for name, *_, value in shown(widget) if name == "dE_db2")
    press(widget, "Reveal")
    assert_shows(widget, it)


@pytest.mark.parametrize(("width", "height"), [(768, 900), (360, 740), (1024, 768)])
def test_what_is_asked_stands_in_sight(open_page, width, height):
    widget = explorer(open_page(PAGE, viewport={"width": width, "height": height}, reduced_motion="reduce"))
    widget.evaluate("w => w.scrollIntoView()")
    widget.get_by_label("Predict first").evaluate("box => box.click()")  # without scrolling to it
    for part in (".fs-question", "[aria-label='Your prediction']", ".fs-bar"):
        box = widget.locator(part).bounding_box()
        assert box["y"] >= 0 and box["y"] + box["height"] <= height, part
    ask, walk = widget.locator(".fs-ask").bounding_box(), widget.locator(".fs-bar").bounding_box()
    assert ask["y"] + ask["height"] <= walk["y"] + 1


def test_the_loss_is_hidden_everywhere_while_it_is_asked_for(widget):
    widget.get_by_label("Predict first").check()
    for label in ("F1", "F4"):
        go(widget, label)
        assert all(value is None for name, *_, value in shown(widget) if name == "E"), "not given away before it is asked for"
    go(widget, "E")
    assert all(value is None for name, *_, value in shown(widget) if name == "E")
    assert f"{iteration(X, Y, Parameters.example(), 0.5).E:.4f}" not in widget.inner_text()


@both_ways
def test_link_round_trip(open_page):
    tab = open_page(PAGE)
    widget = explorer(tab)
    type_into(widget, "w₁ from input 1 to hidden neuron 1", "0.123456789012345")
    type_into(widget, "Epoch", "12")
    go(widget, "9")
    widget.get_by_text("More").click()
    press(widget, "Copy link")
    link = widget.get_by_label("Link to this state").input_value()
    before = shown(widget)
    assert "#StepExplorer=1." in link
    other = open_page(link.removeprefix(tab.url.split("book/")[0]))
    again = explorer(other)
    assert again.get_attribute("data-step") == "9" and again.get_attribute("data-epoch") == "12"
    assert shown(again) == before


@pytest.mark.parametrize("fragment", ["1.%%%", "1.e30", "2.abc", "<script>", "1.", "1." + "A" * 30000])
def test_a_bad_link_is_told_and_harmless(open_page, fragment):
    widget = explorer(open_page(f"{PAGE}#StepExplorer={fragment}"))
    assert "The link could not be read" in widget.get_by_role("alert").inner_text()
    assert_shows(widget, iteration(X, Y, Parameters.example(), 0.5))


@pytest.mark.parametrize("change", [
    {"step": "99"}, {"epoch": -1}, {"epoch": 1.5}, {"epoch": 10**9}, {"learning_rate": "fast"}, {"hidden": "__proto__"},
    {"parameters": {"w1": [[1]], "b1": [[1]], "w2": [[1]], "b2": [[1]]}}, {"parameters": None}, {"examples": {"x": [], "y": []}},
    {"examples": {"x": [[0, None]], "y": [[0]]}},
])
def test_a_forged_link_is_refused(open_page, change):
    import base64
    p = {name: value.tolist() for name, value in Parameters.example()._asdict().items()}
    state = {"step": "3", "epoch": 1, "parameters": p, "examples": {"name": "own", "x": X.tolist(), "y": Y.tolist()}, "learning_rate": 0.5,
             "hidden": "sigmoid", "output": "sigmoid", "predict": False, **change}
    packed = base64.urlsafe_b64encode(json.dumps(state).encode()).decode().rstrip("=")
    widget = explorer(open_page(f"{PAGE}#StepExplorer=1.{packed}"))
    assert "The link could not be read" in widget.get_by_role("alert").inner_text()
    assert widget.get_attribute("data-step") == "F1"


def test_two_widgets_do_not_disturb_each_other(open_page):
    tab = open_page("book/reference/from_python.html")
    one, other = explorer(tab, 0), explorer(tab, 1)
    before = shown(other)
    type_into(one, "b₂ of output 1", "3")
    go(one, "8")
    assert shown(other) == before and other.get_attribute("data-step") != "8"
    other.get_by_text("More").click()
    press(other, "Copy link")
    assert "StepExplorer-2=1." in other.get_by_label("Link to this state").input_value()


def test_keyboard_only(open_page):
    tab = open_page(PAGE)
    widget = explorer(tab)
    widget.locator("[data-stop='F1']").focus()
    for key, step in [("ArrowRight", "F2"), ("PageDown", "F2"), ("ArrowRight", "F3"), ("ArrowLeft", "F2"), ("End", "14"), ("Home", "F1")]:
        tab.keyboard.press(key)
        assert widget.get_attribute("data-step") == step
    reached = set()
    for _ in range(60):
        tab.keyboard.press("Tab")
        reached.add(tab.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent"))
    assert {"Next step", "Previous step", "Play", "Reset", "Epoch", "Learning rate η", "b₂ of output 1", "More"} <= reached | {"Previous step"}
    widget.get_by_role("button", name="Next step").focus()
    tab.keyboard.press("Enter")
    assert widget.get_attribute("data-step") == "F2"
    assert "Forward 2, epoch 0: activations of the hidden layer. a₁ = row 1: 0.5744" in widget.locator("[aria-live=polite]").inner_text()


def test_playing_runs_stops_and_can_be_stopped(open_page):
    tab = open_page(PAGE)
    widget = explorer(tab)
    press(widget, "Play")
    tab.wait_for_function("() => document.querySelector('section[data-widget=StepExplorer]').dataset.step !== 'F1'")
    press(widget, "Pause")
    step = widget.get_attribute("data-step")
    tab.wait_for_timeout(1800)
    assert widget.get_attribute("data-step") == step
    press(widget, "Play")
    widget.get_by_role("button", name="Pause").wait_for()


def test_reduced_motion_means_no_playing_by_itself(open_page):
    tab = open_page(LANDING, reduced_motion="reduce")
    widget = tab.locator("section[data-widget=StepExplorer]")
    press(widget, "Let it learn")
    seen = widget.evaluate("""async (w) => { const seen = new Set(); const end = performance.now() + 9500;
        while (performance.now() < end && !w.innerText.includes('Open one step')) { seen.add(w.dataset.epoch); await new Promise(requestAnimationFrame); } return [...seen]; }""")
    assert 8 <= len(seen) <= 9, "eight still steps"
    shown = float(widget.locator("[data-quantity=E] [data-value]").first.get_attribute("data-value"))
    expect(widget.locator("[aria-live=polite]")).to_contain_text(f"the loss is {shown:.4g};")
    press(widget, "Open one step")
    assert widget.get_by_role("button", name="Play", exact=True).is_visible() and widget.get_attribute("data-step") == "F1"
    press(widget, "Next step")
    assert widget.locator(".fs-pulse").count() == 0, "nothing flies"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_stop_is_accessible(open_page, scheme):
    tab = open_page(PAGE, color_scheme=scheme, reduced_motion="reduce")
    widget = explorer(tab)
    widget.get_by_text("More").click()
    widget.get_by_label("Predict first").check()
    for label in ("E", "5", "14"):
        go(widget, label)
        tab.mouse.move(0, 0)
        assert_accessible(tab, "[data-widget=StepExplorer]")
        if label == "5":
            press(widget, "Reveal")


def test_a_phone_sees_everything_without_sideways_scrolling(open_page):
    tab = open_page(PAGE, viewport={"width": 360, "height": 740})
    widget = explorer(tab)
    places = set()
    for label in LABELS:
        go(widget, label)
        assert tab.evaluate("document.documentElement.scrollWidth") <= 360
        places.add(widget.evaluate("w => [...w.children].slice(0, [...w.children].findIndex((c) => c.matches('.fs-arithmetic')) + 1).map((c) => c.offsetTop).join()"))
        for box in widget.locator(".fs-result").all():
            assert box.bounding_box()["x"] + box.bounding_box()["width"] <= 352, "the result is in sight"
    assert len(places) == 1, "what is read with the picture stays where it is; what is below the buttons takes the room that it needs"


def test_without_scripts_the_sentence_and_the_table_remain(open_page):
    tab = open_page(PAGE, java_script_enabled=False)
    host = tab.locator("[data-widget=StepExplorer]")
    assert "Forward 1: weighted sums of the hidden layer" in host.inner_text()
    assert host.locator("table tr").count() >= 5


def test_the_script_is_only_where_a_widget_is(open_page):
    with_widget = open_page(PAGE)
    scripts = with_widget.locator("script[src*='/widgets/']").evaluate_all("all => all.map((s) => s.src.split('/').at(-1).split('.')[0])")
    assert scripts[0] == "shared" and "step_explorer" in scripts and len(scripts) == len(set(scripts))
    assert open_page("book/reference/why.html").locator("script[src*='/widgets/']").count() == 0


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (390, 844), (360, 740)])
def test_the_first_screen_has_one_sentence_the_network_and_one_button(open_page, width, height):
    tab = open_page(LANDING, viewport={"width": width, "height": height})
    widget = tab.locator("section[data-widget=StepExplorer]")
    button = widget.get_by_role("button", name="Let it learn")
    button.wait_for()
    assert widget.get_by_role("button").count() == 1
    seen = [one.inner_text() for one in tab.locator("article button:visible").all() if one.bounding_box()["y"] < height]
    assert seen == ["Let it learn"], "nor is there another beside it"
    teachers = tab.locator("article h1 + p").get_by_role("link", name="You teach?")
    for part in (button, widget.locator(".fs-stage"), widget.locator(".fs-answers"), tab.locator("article h1"), teachers):
        box = part.bounding_box()
        assert box["y"] >= 0 and box["y"] + box["height"] <= height and box["x"] + box["width"] <= width
    sizes = widget.evaluate("w => [...w.querySelectorAll('.fs-stage .fs-chip, .fs-stage input')].map(e => parseFloat(getComputedStyle(e).fontSize))")
    assert min(sizes) >= 11, "small but legible"


def test_it_learns_before_ones_eyes_and_opens_one_step(open_page):
    tab = open_page(LANDING)
    tab.bring_to_front()  # what is behind another tab is drawn once a second
    widget = tab.locator("section[data-widget=StepExplorer]")
    press(widget, "Let it learn")
    tab.wait_for_function("() => document.querySelector('.fs-scene').ariaHidden === 'true'")  # nobody can listen to each of its numbers
    frames = widget.evaluate("""async (w) => { const seen = []; const begin = performance.now();
        while (performance.now() - begin < 10000 && !w.innerText.includes('Open one step')) { await new Promise(requestAnimationFrame); seen.push([+w.dataset.epoch, +w.querySelector('[data-quantity=E] [data-value]').dataset.value]); } return seen; }""")
    epochs, losses = zip(*frames, strict=True)
    assert list(epochs) == sorted(epochs) and len(set(epochs)) > 100, "frame by frame, forward only"
    assert losses[0] > 0.3 and losses[-1] < 0.1, "the first picture that a busy machine draws comes some epochs late"
    run = train(AND.x, AND.y, Parameters.example(), 0.5, epochs[-1], keep="last")
    assert widget.locator(".fs-scene").get_attribute("aria-hidden") is None
    assert losses[-1] == pytest.approx(run.losses[-1], rel=1e-9)
    press(widget, "Open one step")
    assert (widget.get_attribute("data-step"), widget.get_attribute("data-epoch")) == ("F1", str(epochs[-1]))
    widget.locator(".fs-pulse").first.wait_for()
    widget.locator("[data-stop='13']").click()
    press(widget, "Next step")
    onward = widget.get_by_role("link", name="Begin with the terms")
    onward.click()
    tab.wait_for_url("**/ideas/terms.html")


def test_numbers_travel_when_asked_and_only_then(open_page):
    tab = open_page(PAGE)
    widget = explorer(tab)
    tab.wait_for_timeout(300)
    assert widget.locator(".fs-pulse").count() == 0, "nothing moves while nobody asked"
    press(widget, "Next step")
    widget.locator(".fs-pulse").first.wait_for()
    widget.locator(".fs-chip[data-quantity=a1]:not([data-coming])").first.wait_for()
    scrub = widget.get_by_label("Scrub through the nineteen stops")
    scrub.fill("1150")  # the middle of step 7
    assert widget.get_attribute("data-step") == "7" and widget.locator(".fs-pulse.fs-back").count() >= 1
    place = "w => [...w.querySelectorAll('.fs-pulse')].map(e => [e.textContent, e.style.cssText])"
    before = widget.evaluate(place)
    tab.wait_for_timeout(200)
    assert widget.evaluate(place) == before, "where one lets go, it stands"
    scrub.fill("1200")
    assert widget.locator(".fs-pulse").count() == 0 and widget.locator("[data-coming]").count() == 0


def test_any_number_is_written_out_and_lights_what_it_is_made_from(widget):
    go(widget, "5")
    widget.locator(".fs-result [data-quantity=dE_dw2] [data-row='1']").click()
    line = widget.locator(".fs-arithmetic")
    it = iteration(X, Y, Parameters.example(), 0.5)
    numbers = line.evaluate(READ)
    assert [n for n, *_ in numbers] == ["dz2_dw2", "dE_dz2", "dz2_dw2", "dE_dz2", "dE_dw2"]
    assert [(row, column) for _, cells in numbers for row, column, _ in cells] == [(0, 1), (0, 0), (1, 1), (1, 0), (1, 0)]
    a, b, c, d, e = (float(cells[0][2]) for _, cells in numbers)
    assert a * b + c * d == pytest.approx(e, rel=1e-12) and e == pytest.approx(it.dE_dw2[1, 0], rel=1e-12)
    lit = widget.evaluate("""w => [...w.querySelectorAll('.fs-cell-lit')].map(n => { const m = n.matches('[data-row]') ? n : n.querySelector('[data-row]');
        return [m.closest('[data-quantity]').dataset.quantity, +m.dataset.row, +m.dataset.col]; })""")
    assert {tuple(one) for one in lit} == {("dE_dw2", 1, 0), ("dz2_dw2", 0, 1), ("dz2_dw2", 1, 1), ("dE_dz2", 0, 0), ("dE_dz2", 1, 0)}
    widget.locator(".fs-chip[data-quantity=dE_dz2]").hover()
    assert widget.locator(".fs-result [data-quantity=dE_dw2] .fs-cell-lit").count() == 2, "and what it makes"


def test_one_picture_from_one_number_to_training(widget):
    zoom = widget.get_by_label("how much of it")
    stage = widget.locator(".fs-stage").element_handle()
    for view, there in [("cell", ".fs-arithmetic"), ("step", ".fs-equation"), ("iteration", ".fs-path"), ("training", ".fs-loss-curve")]:
        zoom.select_option(view)
        widget.locator(there).wait_for()  # what belongs to training only comes when it is asked for
        assert widget.locator(".fs-stage").is_visible()
        assert widget.evaluate("(w, stage) => w.querySelector('.fs-stage') === stage", stage), "the very same picture"
    assert widget.locator(".fs-path > table > tbody > tr").count() == 19
    press(widget, "Play")
    widget.page.wait_for_function("w => +w.dataset.epoch > 40", arg=widget.element_handle())
    press(widget, "Pause")
    zoom.select_option("step")
    assert widget.locator(".fs-equation").is_visible()


def test_all_digits_of_a_number(widget):
    go(widget, "5")
    widget.get_by_text("More").click()
    widget.get_by_label("all digits").check()
    number = widget.locator(".fs-result [data-quantity=dE_dw2] [data-value]").first
    assert number.inner_text() == number.get_attribute("data-value") and len(number.inner_text()) > 15
    box = field(widget, "w₂ from hidden neuron 1 to output 1")
    box.fill("0.123456789012345")
    box.press("Enter")
    box.blur()
    assert box.input_value() == "0.1235"
    box.focus()
    assert box.input_value() == "0.123456789012345", "what is edited is the whole number"


def test_on_a_phone_the_way_into_the_book_appears_where_one_looks(open_page):
    """The page scrolled by 423 px when the opened step had come to its end."""
    tab = open_page(LANDING, viewport={"width": 360, "height": 740})
    widget = tab.locator("section[data-widget=StepExplorer]")
    press(widget, "Let it learn")
    widget.get_by_role("button", name="Open one step").click(timeout=20_000)
    widget.locator("[data-stop='13']").click()
    widget.locator("[data-stop='13'][aria-current]").wait_for()
    before = tab.evaluate("scrollY")
    press(widget, "Next step")
    onward = widget.get_by_role("link", name="Begin with the terms")
    onward.wait_for()
    box = onward.bounding_box()
    assert 0 <= box["y"] and box["y"] + box["height"] <= 740
    assert abs(tab.evaluate("scrollY") - before) < 60, "no more than the line that has come"


def test_behind_the_opened_step_the_next_one_follows(open_page):
    """Next step was dark, could be pressed, and did nothing at the end of the step that the opening had promised."""
    widget = open_page(LANDING).locator("section[data-widget=StepExplorer]")
    press(widget, "Let it learn")
    widget.get_by_role("button", name="Open one step").click(timeout=20_000)
    press(widget, "Pause")
    widget.locator("[data-stop='14']").click()
    widget.locator("[data-stop='14'][aria-current]").wait_for()
    epoch = int(widget.get_attribute("data-epoch"))
    press(widget, "Next step")
    expect(widget).to_have_attribute("data-step", "F1")
    assert int(widget.get_attribute("data-epoch")) == epoch + 1


def test_who_opens_a_copied_link_arrives_at_the_widget(open_page):
    """The page opened at its top, with the widget some screens below."""
    tab = open_page(PAGE)
    widget = explorer(tab)
    go(widget, "F3")
    widget.get_by_text("More", exact=True).click()
    press(widget, "Copy link")
    tab.wait_for_function("() => location.hash.includes('StepExplorer=')")
    link = tab.evaluate("location.hash")
    opened = open_page(PAGE + link)
    opened.locator("section[data-widget=StepExplorer][data-step=F3]").wait_for()
    opened.wait_for_function("""() => { const { top } = document.querySelector('section[data-widget=StepExplorer]').getBoundingClientRect();
        return scrollY > 0 && top > -10 && top < innerHeight / 2; }""")


def test_reset_says_where_one_is_also_at_the_beginning(open_page):
    widget = explorer(open_page(PAGE))
    press(widget, "Reset")
    expect(widget.locator("[aria-live=polite]")).to_contain_text("As at the beginning.")


def test_after_the_opened_step_the_first_one_can_be_opened_too(open_page):
    """A trained network's slopes are so small that nothing is seen to move: readers asked for the first iteration."""
    tab = open_page(LANDING)
    widget = tab.locator("section[data-widget=StepExplorer]")
    press(widget, "Let it learn")
    widget.get_by_role("button", name="Open one step").click(timeout=20_000)
    press(widget, "Open the first iteration")
    tab.wait_for_function("() => document.querySelector('section[data-widget=StepExplorer]').dataset.epoch === '0'")
    assert widget.get_attribute("data-step") == "F1" and widget.get_by_role("button", name="Pause").is_visible()
    first = iteration(AND.x, AND.y, Parameters.example(), 0.5)
    largest = max(np.abs(first[f"dE_d{name}"]).max() for name in Parameters._fields)
    assert f"Its largest slope is {largest:.2g}." in widget.locator(".fs-opened").inner_text()
    assert widget.get_by_role("button", name="Open the first iteration").count() == 0
