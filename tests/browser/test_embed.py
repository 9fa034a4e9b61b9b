"""A widget in a frame of somebody else's page, over http and from a folder: its state, its height, and the code that is copied."""
import html
import re

import pytest
from conftest import SITE, assert_accessible, widgets_are_drawn

from nnlib.links import pack
from nnlib.widgets import WIDGETS

both = pytest.mark.parametrize("base", ["http", "file"], indirect=True)
STATE = {"step": "5", "epoch": 0, "parameters": {"w1": [[0.3, -0.1], [0.2, 0.4]], "b1": [[0.1, -0.2]], "w2": [[0.75], [-0.3]], "b2": [[0.1]]},
         "examples": {"name": "own", "x": [[0, 1], [1, 1]], "y": [[0], [1]]}, "learning_rate": 0.5, "hidden": "sigmoid", "output": "sigmoid",
         "predict": False}


@pytest.fixture
def host(open_page, base):
    """host(frame) puts a frame onto a page that has the site's script for frames; gives the page."""
    pages = []

    def put(frame):
        page = SITE / f"host-of-a-frame-{len(pages)}.html"
        pages.append(page)
        page.write_text(f'<!DOCTYPE html><html lang="en"><link rel="icon" href="data:,"><title>A course</title><h1>A course</h1>{frame}'
                        '<script src="_static/frames.js"></script></html>', "utf8")
        return open_page(page.name)

    yield put
    for page in pages:
        page.unlink()


@both
def test_a_widget_in_a_frame_has_its_state_and_its_height(host, base):
    tab = host(f'<iframe src="{base}embed/StepExplorer.html?StepExplorer={pack(STATE)}" title="one step" style="width: 100%"></iframe>')
    widget = tab.frame_locator("iframe").locator("section[data-widget=StepExplorer]")
    widget.wait_for()
    tab.frame_locator("iframe").locator("section[data-widget=StepExplorer][data-step='5']").wait_for()
    assert "0.75" in widget.locator("[data-value='0.75'], .fs-overlay input").evaluate_all("all => all.map(e => e.dataset.value ?? e.dataset.full ?? e.value)")
    tab.wait_for_function("() => document.querySelector('iframe').getBoundingClientRect().height > 400")
    tab.wait_for_timeout(300)
    inside = widget.evaluate("w => [document.documentElement.scrollHeight, innerHeight]")
    assert inside[0] <= inside[1] + 1, "nothing of it is cut off"


@both
def test_the_code_that_is_copied_shows_the_same_state(host, open_page):
    tab = open_page("book/training/one_iteration.html")
    widgets_are_drawn(tab)
    widget = tab.locator("section[data-widget=StepExplorer]")
    widget.get_by_role("button", name="Next step", exact=True).click()
    widget.get_by_role("button", name="Next step", exact=True).click()
    widget.locator("summary", has_text="More").click()
    widget.get_by_role("button", name="Copy embed code", exact=True).click()
    field = widget.get_by_label("Code of a frame with this state")
    field.wait_for()
    code = field.input_value()
    assert re.fullmatch(r'<iframe src="[^"]+/embed/StepExplorer\.html\?StepExplorer=1\.[\w-]+" title="Step explorer" '
                        r'style="width:100%;height:\d{3,4}px;border:0"></iframe>', code)
    step = widget.get_attribute("data-step")
    other = host(code)
    other.frame_locator("iframe").locator(f"section[data-widget=StepExplorer][data-step='{step}']").wait_for()


@pytest.mark.parametrize("page, name", [("training/one_iteration", "StepExplorer"), ("training/training", "TrainingExplorer"),
                                        ("ideas/terms", "NeuronExplorer")])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_frame_of_the_code_is_as_high_as_the_widget_in_a_usual_column(open_page, base, page, name, width):
    tab = open_page(f"book/{page}.html", {"width": width, "height": 900})
    widgets_are_drawn(tab)
    widget = tab.locator(f"section[data-widget={name}]").first
    before = widget.bounding_box()
    button = widget.get_by_role("button", name="Copy embed code", exact=True)
    if not button.is_visible():
        widget.locator("summary", has_text="More").click()
        before = widget.bounding_box()
    button.click()
    field = widget.get_by_label("Code of a frame with this state")
    field.wait_for()
    assert widget.bounding_box()["width"] == before["width"]
    address, height = re.search(r'src="([^"]+)".*height:(\d+)px', field.input_value()).groups()
    alone = open_page(address.removeprefix(base), {"width": 700, "height": int(height)})  # as a page gives it that runs no script of ours
    alone.locator(f"section[data-widget={name}]").wait_for()
    alone.wait_for_timeout(500)
    high = alone.evaluate("() => document.documentElement.scrollHeight")
    assert int(height) - 40 <= alone.evaluate("() => document.body.getBoundingClientRect().height") and high <= int(height) + 2


def test_the_frame_on_the_page_about_embedding_is_high_enough(open_page):
    text = (SITE.parents[1] / "book" / "teaching" / "embedding.md").read_text("utf8")
    name, height = re.search(r"embed/(\w+)\.html.*?height:(\d+)px", text, re.S).groups()
    tab = open_page(f"embed/{name}.html", {"width": 700, "height": int(height)})
    tab.locator(f"section[data-widget={name}]").wait_for()
    tab.wait_for_timeout(500)
    assert tab.evaluate("() => document.documentElement.scrollHeight") <= int(height)


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda w: w.__name__)
def test_every_widget_stands_alone(open_page, widget):
    tab = open_page(f"embed/{widget.__name__}.html")
    tab.locator(f"section[data-widget={widget.__name__}]").wait_for()
    assert tab.title() and html.unescape(tab.title())[0].isupper()
    assert_accessible(tab, rules=["document-title", "html-has-lang", "landmark-one-main", "region", "color-contrast"])
