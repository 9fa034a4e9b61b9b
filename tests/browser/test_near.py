"""What a page's beginning does not need comes later: the widgets' scripts when a reader comes near, and of those what few ask for when they ask."""
import re

import pytest
from conftest import SITE

from nnlib.links import pack

STEP = "book/backward/step_05_dE_dw2.html"
LIVING = "section[data-widget=StepExplorer]"
NOTE = """window.shifts = []; new PerformanceObserver((list) => { for (const { value, hadRecentInput } of list.getEntries())
  if (!hadRecentInput) window.shifts.push(value); }).observe({ type: "layout-shift", buffered: true });"""

SAVES = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } });"  # such a page does not bring what nobody comes near to

asked = []  # addresses, in the test that runs


@pytest.fixture
def asleep(chromium, server):
    """asleep(page, base) opens a page as a reader does, who has not read on yet."""
    contexts, thrown = [], []
    asked.clear()

    def open_(page=STEP, base=server, stays=False, **options):
        contexts.append(chromium.new_context(**{"viewport": {"width": 1280, "height": 720}, **options}))
        tab = contexts[-1].new_page()
        tab.set_default_timeout(10_000)
        tab.on("request", lambda request: asked.append(request.url))  # a browser keeps no times of what comes from a folder
        tab.on("pageerror", lambda error: thrown.append(str(error)))
        tab.add_init_script(NOTE)
        if not stays:
            tab.add_init_script(SAVES)
        tab.goto(base + page, wait_until="networkidle")
        return tab

    yield open_
    for context in contexts:
        context.close()
    assert not thrown


def scripts():
    """The widgets' scripts that the page has asked for, by stem."""
    return {found[1] for address in asked if (found := re.search(r"/widgets/(shared|step_explorer|linked|overview)\.\w+\.js", address))}


@pytest.mark.parametrize("width", [360, 1280])
def test_the_scripts_come_with_who_reads_on_and_nothing_moves(asleep, width):
    tab = asleep(viewport={"width": width, "height": 720})
    assert not scripts() and not tab.locator(".fs-not-come").count()
    first = tab.locator(".fs-host").first
    assert first.locator(".fs-still").count() and not tab.locator("section.fs-widget").count()
    for _ in range(100):
        if tab.locator(LIVING).count():
            break
        tab.mouse.wheel(0, 400)
        tab.wait_for_timeout(60)
    assert tab.locator(LIVING).bounding_box()["y"] > 300, "before it is in sight"
    tab.locator(LIVING).evaluate("(widget) => widget.scrollIntoView({ block: 'start', behavior: 'instant' })")
    tab.wait_for_timeout(300)
    assert sum(tab.evaluate("shifts")) < 0.02
    assert scripts() == {"shared", "step_explorer"}, "and what nobody has asked for has not come"


def test_the_scripts_come_to_who_stays(asleep):
    tab = asleep(stays=True)
    assert not scripts()
    tab.locator(LIVING).wait_for(state="attached")


def test_an_opening_does_not_wait(asleep):
    tab = asleep("book/index.html")
    assert tab.locator(f"{LIVING} .fs-overview").is_visible()
    assert scripts() == {"shared", "step_explorer", "overview"}


@pytest.mark.parametrize("how", ["Tab", "slides", "a link"])
def test_other_ways_to_a_widget_than_reading_on(asleep, how):
    tab = asleep()
    assert not scripts()
    if how == "a link":
        tab.evaluate("() => { location.hash = 'StepExplorer=1.e30'; }")
    else:
        tab.keyboard.press({"Tab": "Tab", "slides": "l"}[how])
    tab.locator(LIVING).wait_for(state="attached")


def test_a_link_from_elsewhere_is_followed_at_once(asleep):
    there = {"step": "F3", "epoch": 2, "parameters": {"w1": [[0.5, 1], [1, 0.5]], "b1": [[0, 0]], "w2": [[1], [-1]], "b2": [[0]]},
             "examples": {"name": "own", "x": [[0, 1]], "y": [[1]]}, "learning_rate": 1, "hidden": "tanh", "output": "sigmoid", "predict": False}
    tab = asleep(f"{STEP}#StepExplorer={pack(there)}")
    tab.locator(f"{LIVING}[data-step=F3][data-epoch='2']").wait_for(state="attached")
    assert "linked" in scripts()


def test_a_word_of_the_prose_is_pressed_before_its_picture_has_come(asleep):
    tab = asleep()
    word = tab.locator("span[data-lights]").first
    word.scroll_into_view_if_needed()
    word.evaluate("(word) => word.click()")
    tab.locator(LIVING).wait_for(state="attached")
    tab.wait_for_function("() => document.querySelector('section[data-widget=StepExplorer]').textContent.includes('marked in the picture')")


@pytest.mark.parametrize("base", ["server", "file"])
def test_copying_brings_what_it_needs_from_a_server_and_from_a_folder(asleep, server, base):
    tab = asleep("book/training/training.html", {"server": server, "file": f"{SITE.as_uri()}/"}[base])
    tab.locator(".fs-host").first.scroll_into_view_if_needed()
    widget = tab.locator("section[data-widget=TrainingExplorer]")
    widget.wait_for()
    assert "linked" not in scripts()
    button = widget.get_by_role("button", name="Copy link", exact=True)
    button.hover()
    tab.wait_for_timeout(300)
    assert "linked" in scripts()
    button.click()
    field = widget.get_by_label("Link to this state")
    field.wait_for()
    assert re.search(r"#TrainingExplorer=1\.", field.input_value())


def test_what_is_lost_on_its_way_is_said_and_asked_for_again(asleep):
    tab = asleep("book/training/training.html")
    tab.route("**/linked.*.js*", lambda route: route.abort())
    tab.locator(".fs-host").first.scroll_into_view_if_needed()
    widget = tab.locator("section[data-widget=TrainingExplorer]")
    button = widget.get_by_role("button", name="Copy link", exact=True)
    button.click()
    widget.get_by_text("The link could not be made: its script has not come. Try again.").wait_for()
    tab.unroute("**/linked.*.js*")
    button.click()
    widget.get_by_label("Link to this state").wait_for()


def test_the_whole_training_comes_when_it_is_shown(asleep):
    tab = asleep()
    tab.locator(".fs-host").first.scroll_into_view_if_needed()
    widget = tab.locator(LIVING)
    widget.wait_for()
    assert "overview" not in scripts()
    widget.get_by_label("how much of it").select_option("training")
    widget.locator(".fs-overview .fs-plot").first.wait_for()
    assert "overview" in scripts()
