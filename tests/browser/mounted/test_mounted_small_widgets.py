"""What the smaller widgets say, drawn from their modules."""
import numpy as np
import pytest

from nnlib.widgets import (
    ActivationExplorer,
    BugLab,
    ConventionTable,
    DescentExplorer,
    LossExplorer,
    NeuronExplorer,
    StepExplorer,
    TrainingExplorer,
)


def test_a_trap_that_brings_its_own_learning_rate_says_so(mount):
    """The field said 0.5, and the new weights came from 50."""
    page = mount(BugLab(traps=["huge rate"]))
    assert "η is 50, and not 0.5" in page.locator(".fs-titles").inner_text()
    page.get_by_label("switched on", exact=True).select_option("")
    assert "η is" not in page.locator(".fs-titles").inner_text()


def test_inputs_beyond_the_picture_are_said_to_be_there(mount):
    page = mount(NeuronExplorer())
    assert "Drag the dot" in page.locator(".fs-note").inner_text()
    field = page.locator(".fs-stage [data-quantity=x] input").first
    field.fill("-7")
    page.keyboard.press("Enter")
    page.wait_for_function("() => root.querySelector('.fs-note').textContent.includes('outside of the picture')")


def test_a_long_sum_is_seen_whole_on_a_phone(mount):
    """It ended at "+ (−2.71", and z lay outside."""
    page = mount(NeuronExplorer(x=[[-1.2345, 0.12345]], w1=[[-4.4321], [3.2109]], b1=[[-2.7183]]))
    page.set_viewport_size({"width": 360, "height": 740})
    page.wait_for_function("() => { const sum = root.querySelector('.fs-sum'); return sum.scrollWidth <= sum.clientWidth + 1; }")


def test_a_choice_is_as_wide_as_what_tells_it_from_the_others(mount):
    """ "w₂, row 1, colum" """
    page = mount(DescentExplorer())
    for width in (620, 690):  # as wide as the page makes it
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_function("""() => { const list = root.querySelector("select"), probe = document.createElement("span");
            probe.style.cssText = `position: absolute; white-space: nowrap; font: ${getComputedStyle(list).font}`;
            probe.textContent = list.selectedOptions[0].textContent;
            document.body.append(probe); const needed = probe.offsetWidth; probe.remove(); return list.clientWidth - 30 >= needed; }""")


def test_a_prime_stands_high(mount):
    page = mount(StepExplorer(step="2"))
    raised = page.locator(".fs-seen .fs-prime").first
    own, line = raised.bounding_box(), raised.locator("xpath=..").bounding_box()
    assert own["y"] + own["height"] / 2 < line["y"] + 0.4 * line["height"]


def test_on_a_phone_a_matrix_keeps_its_columns(mount):
    """The second column was hidden where the table's own one was, and no number stood below another."""
    page = mount(ConventionTable())
    page.set_viewport_size({"width": 360, "height": 740})
    matrices = page.evaluate("""() => [...root.querySelectorAll(".fs-brackets")].map((table) => [...table.rows].map((row) =>
        [...row.cells].map((cell) => cell.checkVisibility() && Math.round(cell.getBoundingClientRect().right))))""")
    assert any(len(rows) > 1 and len(rows[0]) > 1 for rows in matrices)
    for rows in matrices:
        assert all(row == rows[0] for row in rows) and all(rows[0]) and rows[0] == sorted(set(rows[0]))


@pytest.mark.parametrize("rate", [0.1, 0.5, 4, 30])
@pytest.mark.parametrize("width", [360, 700])
def test_no_line_runs_through_the_words_of_a_step(mount, width, rate):
    """The curve and the tangent crossed "−η · slope"."""
    page = mount(DescentExplorer(learning_rate=rate))
    page.set_viewport_size({"width": width, "height": 800})
    for epoch in range(4):
        assert page.evaluate("""() => { const words = root.querySelector(".fs-step-text").getBBox();
          return [...root.querySelectorAll(".fs-marks > [data-kind=error], .fs-marks > [data-kind=gradient]")].filter((line) =>
            [...Array(400).keys()].map((k) => line.getPointAtLength(k * line.getTotalLength() / 399)).some(({x, y}) =>
              x > words.x && x < words.x + words.width && y > words.y + 0.2 * words.height && y < words.y + 0.8 * words.height)).map((line) => line.dataset.kind); }""") == [], epoch
        page.get_by_role("button", name="Next step", exact=True).click()


@pytest.mark.parametrize(("activation", "z"), [("tanh", 5.4), ("tanh", -7.3), ("sigmoid", 9.1), ("sigmoid", 0.4)])
def test_the_slopes_formula_holds_as_it_is_printed(mount, activation, z):
    """It said 1 − 1·1 = 8.159·10⁻⁵."""
    page = mount(ActivationExplorer(activation=activation, z=z))
    line = page.locator(".fs-slope-line").inner_text().replace("−", "-").split("=")[-2]
    factors = [float(part) for part in line.replace("(", "").replace(")", "").replace("1 - ", "").split("·")]
    first, second = factors
    found = 1 - first * second if activation == "tanh" else first * (1 - second)
    a = np.tanh(z) if activation == "tanh" else 1 / (1 + np.exp(-z))
    assert found == pytest.approx(1 - a * a if activation == "tanh" else a * (1 - a), rel=6e-3)


@pytest.mark.parametrize("width", [360, 1024])
@pytest.mark.parametrize("error", [0.16, 0.45, 0.51, 0.57, 0.63, 1.0])
def test_the_number_of_an_errors_square_stands_in_it_or_not_at_all(mount, width, error):
    page = mount(LossExplorer(a2=[[error]], y=[[0.0]]))
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    number, square = page.locator(".fs-plot .fs-halo").first, page.locator(".fs-square").first.bounding_box()
    if number.text_content():
        box = number.bounding_box()
        assert square["x"] <= box["x"] and box["x"] + box["width"] <= square["x"] + square["width"]


def test_a_slider_that_is_touched_lights_alone(mount):
    page = mount(NeuronExplorer())
    page.locator(".fs-slider").first.hover()
    assert page.locator(".fs-slider.fs-lit").count() == 1
    assert page.locator(".fs-lit:not(.fs-slider)").count() > 0, "and what else has its name"


def test_a_picture_that_plays_is_not_heard_and_one_that_stands_still_is(mount):
    """A screen reader was told of each number of each frame, and lost the sentence with the result."""
    page = mount(TrainingExplorer())
    scene = page.locator(".fs-scene")
    assert scene.get_attribute("aria-hidden") is None
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("() => root.querySelector('.fs-scene').ariaHidden === 'true'")
    assert "It learns. This button pauses." in page.locator("[aria-live=polite]").inner_text()
    page.get_by_role("button", name="Pause").click()
    page.wait_for_function("() => root.querySelector('.fs-scene').ariaHidden === null")


HEARD = """() => { window.heard = []; new MutationObserver((all) => { for (const { target, attributeName: name, oldValue } of all) {
    const node = target.nodeType === 1 ? target : target.parentElement;
    const news = name === null || (/^(aria-|title|value)/.test(name) && target.getAttribute(name) !== oldValue);
    if (news && node && !node.closest("[aria-hidden=true], [aria-live]")) window.heard.push(node.className || node.outerHTML);
  } }).observe(root, { subtree: true, childList: true, characterData: true, attributes: true, attributeOldValue: true }); }"""


@pytest.mark.parametrize("widget", [TrainingExplorer, lambda: StepExplorer(view="training")])
def test_while_it_plays_nothing_changes_in_each_frame_that_can_be_heard(mount, widget):
    """A list that was made anew in each frame was enough for a screen reader to lose the loss."""
    page = mount(widget())
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("() => root.dataset.epoch > 5")
    page.evaluate(HEARD)
    before = page.evaluate("Number(root.dataset.epoch)")
    page.wait_for_function("(before) => root.dataset.epoch > before + 30", arg=before)
    heard = page.evaluate("window.heard")
    assert len(heard) <= 3, heard


@pytest.mark.parametrize("rate", [0.001, 0.5])
def test_the_ball_is_grasped_at_its_centre_where_the_next_step_is_short(mount, rate):
    """The ring where it will land lay over it, and no finger could drag it."""
    page = mount(DescentExplorer(learning_rate=rate))
    page.locator(".fs-grip").first.scroll_into_view_if_needed()
    hit = """root.querySelectorAll(".fs-grip circle:not(.fs-grip-room)").length === 1 && (({ x, y, width, height }) =>
        document.elementFromPoint(x + width / 2, y + height / 2).closest(".fs-grip") !== null)(
        root.querySelector(".fs-grip circle:not(.fs-grip-room)").getBoundingClientRect())"""
    assert page.evaluate(hit)
