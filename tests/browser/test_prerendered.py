"""Widgets' first pictures: there before any script, with the model's numbers, and in their place when the living widget comes."""
import re

import pytest
import whole
from conftest import AWAKE, assert_accessible, widgets_are_drawn

from nnlib import AND, Parameters, iteration
from nnlib.gates import TWO_EXAMPLES
from nnlib.numerals import format

INDEX, STEP, TRAINING = "book/index.html", "book/backward/step_05_dE_dw2.html", "book/training/training.html"
WIDGETS = re.compile(r"_static/widgets/[\w-]+\.\w+\.js")
SIZES = {1280: 720, 360: 740}
# What a reader sees in the network's picture: the texts that are drawn, with their boxes, and the one of the picture itself, from where the
# widget's place begins: above it, scripts give each cell its button.
SEEN = """() => { const host = document.querySelector(".fs-host"), stage = host.querySelector(".fs-stage"), from = host.getBoundingClientRect();
    const box = (one) => { const { x, y, width, height } = one.getBoundingClientRect(); return [x - from.x, y - from.y, width, height]; };
    const texts = [...stage.querySelectorAll(".fs-chip > span, .fs-overlay input")].filter((one) => one.checkVisibility()).map((one) => [one.value ?? one.textContent, ...box(one)]);
    return { texts, stage: box(stage) }; }"""


def numbers(page, row=0):
    """The texts of the numbers that stand in the picture of a page."""
    parameters = Parameters.example()
    x, y = (AND.x, AND.y) if page in (INDEX, TRAINING) else TWO_EXAMPLES[1:]
    it = iteration(x, y, parameters, 0.5)
    own = [*x[row], *y[row], *it.z1[row], *it.a1[row], *it.z2[row], *it.a2[row], it.E]
    back = [it.dE_da2[row, 0], it.da2_dz2[row, 0], it.dE_dz2[row, 0], *it.dE_dw2.ravel()] if page == STEP else []
    return {format(value) for value in (*own, *back, *(value for parameter in parameters for value in parameter.ravel()))}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", SIZES)
@pytest.mark.parametrize("page", [INDEX, STEP, TRAINING])
def test_without_scripts_the_network_is_seen_with_its_numbers(open_page, page, width, scheme):
    tab = open_page(page, java_script_enabled=False, viewport={"width": width, "height": SIZES[width]}, color_scheme=scheme)
    host = tab.locator(".fs-host").first
    assert host.locator("table").is_visible() and host.locator(".fs-stage").is_visible()
    shown = tab.evaluate(SEEN)
    assert numbers(page) <= {text for text, *_ in shown["texts"]}
    left, top, wide, high = shown["stage"]
    assert all(left <= x and x + w <= left + wide + 1 and top - 1 <= y and y + h <= top + high + 1 for _, x, y, w, h in shown["texts"])
    assert wide > 280 and (high > 0.7 * wide) == (width == 360), "standing on a phone, lying elsewhere"
    assert not host.locator("button:visible, select:visible, label:visible").count(), "nothing to press"
    tab.keyboard.press("Tab")
    assert host.evaluate("host => !host.contains(document.activeElement)")


def held(tab, base, page):
    """The page with its widgets' scripts held back; gives what lets them come."""
    waiting = []
    tab.add_init_script(AWAKE)
    tab.route(WIDGETS, lambda route: waiting.append(route))  # Playwright marks what it is given
    tab.goto(base + page, wait_until="commit")
    tab.locator(".fs-still").first.wait_for()
    tab.wait_for_function("() => document.readyState === 'interactive'")
    tab.evaluate("document.fonts.ready.then(() => true)")

    def come():
        for route in waiting:
            route.continue_()
        tab.unroute(WIDGETS)
        widgets_are_drawn(tab)

    return come


@pytest.mark.parametrize("width", [1280, 768, 390])
@pytest.mark.parametrize("page", [INDEX, STEP, TRAINING])
def test_the_living_picture_stands_where_the_first_one_stood(chromium, server, page, width):
    context = chromium.new_context(viewport={"width": width, "height": SIZES.get(width, 844)})
    tab = context.new_page()
    come = held(tab, server, page)
    before = tab.evaluate(SEEN)
    come()
    after = tab.evaluate(SEEN)
    assert after["stage"] == pytest.approx(before["stage"], abs=2)
    assert [text for text, *_ in sorted(after["texts"])] == [text for text, *_ in sorted(before["texts"])]
    for (text, *was), (_, *now) in zip(sorted(before["texts"]), sorted(after["texts"]), strict=True):
        assert now == pytest.approx(was, abs=2), text
    assert tab.locator(".fs-still").count() == 0, "nothing is left behind"
    context.close()


OTHERS = {"DescentExplorer": "backward/gradient_descent", "SlopeExplorer": "backward/slopes", "ActivationExplorer": "ideas/activation",
          "AutogradExplorer": "beyond/autograd", "DigitExplorer": "beyond/digits", "OptimizerRace": "beyond/faster_descent",
          "LossExplorer": "forward/loss", "NeuronExplorer": "ideas/terms", "ConventionTable": "reference/conventions",
          "BugLab": "training/bug_lab", "GradientCheck": "training/checking_gradients"}
# What is seen of a widget: the texts, fields, buttons and drawings, with their boxes from where its place begins; and how high that is.
LEAVES = """(name) => { const host = document.querySelector(`.fs-host:has(> .${name}, > div > .${name})`), from = host.getBoundingClientRect();
    const box = (one) => { const { x, y, width, height } = one.getBoundingClientRect(); return [x - from.x, y - from.y, width, height]; };
    const leaves = [...host.querySelectorAll(`.${name} :is(span, p, td, th, svg, text, input, select, button, output)`)];
    const seen = leaves.filter((one) => one.checkVisibility() && one.getBoundingClientRect().width > 1 && !one.closest(".fs-visually-hidden")
      && (!one.childElementCount || ["svg", "select"].includes(one.localName)));
    const text = (one) => ["svg", "select"].includes(one.localName) ? "" : one.value ?? one.textContent;
    const told = seen.filter((one) => text(one) || ["svg", "select", "input"].includes(one.localName));
    return { height: from.height, leaves: told.map((one) => [one.localName, text(one), ...box(one)]) }; }"""


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("kind", OTHERS)
def test_every_other_widget_stands_where_its_first_picture_stood(chromium, server, kind, width):
    context = chromium.new_context(viewport={"width": width, "height": SIZES.get(width, 844)})
    tab, name = context.new_page(), "fs-" + re.sub(r"(?<!^)(?=[A-Z])", "-", kind).lower()
    come = held(tab, server, f"book/{OTHERS[kind]}.html")
    before = tab.evaluate(LEAVES, name)
    come()
    after = tab.evaluate(LEAVES, name)
    assert after["height"] == pytest.approx(before["height"], abs=2)
    assert [leaf[:2] for leaf in after["leaves"]] == [leaf[:2] for leaf in before["leaves"]] and len(after["leaves"]) > 15
    for was, now in zip(before["leaves"], after["leaves"], strict=True):
        assert now[2:] == pytest.approx(was[2:], abs=2), was
    context.close()


def test_without_scripts_every_other_widget_has_its_picture_and_nothing_to_press(open_page):
    for kind, page in OTHERS.items():
        tab = open_page(f"book/{page}.html", java_script_enabled=False)
        host = tab.locator(f'.fs-host[data-widget="{kind}"]').first
        assert host.locator(".fs-still").is_visible() and host.locator("> table").is_visible(), kind
        assert not host.locator(".fs-still :is(button, select):visible").count(), kind


def test_while_its_script_is_on_its_way_nothing_looks_as_if_it_could_be_pressed(chromium, server):
    context = chromium.new_context(viewport={"width": 1280, "height": 720})
    tab = context.new_page()
    come = held(tab, server, INDEX)
    colours = "b => [getComputedStyle(b).color, getComputedStyle(b).backgroundColor]"
    still = tab.locator(".fs-still .fs-big").evaluate(colours)
    assert tab.locator(".fs-host table").bounding_box()["width"] <= 1, "it comes after the picture, or not at all"
    come()
    assert not set(still) & set(tab.locator("section.fs-widget .fs-big").evaluate(colours))
    context.close()


def test_what_opens_the_page_does_not_hold_up_all_else_where_it_is_late(chromium, server):
    """The site's own script comes behind it, and no later than after two seconds."""
    context = chromium.new_context(viewport={"width": 1280, "height": 720})
    tab = context.new_page()
    come = held(tab, server, INDEX)
    tab.wait_for_function("() => typeof fsWidgets === 'function'")
    assert tab.locator(".fs-host[data-widget]").count() == 1, "and the widget is still to come"
    come()
    tab.locator("section.fs-widget .fs-big").wait_for()
    assert tab.locator("script[src*='_static/site.']").count() == 1
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", [INDEX, STEP])
def test_where_the_scripts_are_lost_the_picture_the_table_and_another_try_are_there(chromium, server, page, scheme):
    context = chromium.new_context(viewport={"width": 360, "height": 740}, color_scheme=scheme)
    tab = context.new_page()
    tab.add_init_script(AWAKE)
    tab.route(WIDGETS, lambda route: route.abort())
    tab.goto(server + page)
    tab.locator(".fs-not-come").get_by_role("button", name="Try again").first.wait_for()
    host = tab.locator(".fs-host").first
    assert host.locator(".fs-stage").is_visible() and host.locator("table").bounding_box()["width"] > 100
    assert numbers(page) <= {text for text, *_ in tab.evaluate(SEEN)["texts"]}
    assert tab.evaluate("document.documentElement.dataset.theme") == scheme
    assert_accessible(tab, below=".fs-host")
    context.close()


def test_a_book_without_the_sites_styles_has_the_sentence_and_the_table(open_page):
    """An EPUB: there a picture would be a heap of numbers."""
    [page] = whole.read(open_page(INDEX), [("", STEP.removesuffix(".html"))], live=False)
    text = page.article.toxml()
    assert "fs-still" not in text and "<table" in text and "Step 5: how the loss changes" in text


def test_a_page_that_a_widget_opens_is_painted_with_it_and_no_other_page_waits(open_page):
    wanted = "() => { const link = document.querySelector('link[rel=expect]'); return link && document.querySelector(link.getAttribute('href'))?.className; }"
    assert open_page(INDEX, java_script_enabled=True).evaluate(wanted) == "fs-host"
    assert open_page(STEP).evaluate(wanted) is None
