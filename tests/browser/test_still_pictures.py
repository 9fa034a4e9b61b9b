"""The still pictures as a phone shows them: letters that can be read, and what is too wide is reached by keyboard and scrolls by itself."""
import pytest
from conftest import PAGES, SITE

from nnlib.figures import LEAST

PHONE = {"width": 360, "height": 740}
WITH_PICTURES = [path for path in PAGES if 'class="fs-figure"' in (SITE / path).read_text("utf8")]
LETTERS = """(figure) => [...figure.querySelectorAll('text, tspan')].filter((one) => one.textContent.trim()).map((one) => {
  const { a, b } = one.getScreenCTM();
  return [one.textContent, Math.hypot(a, b) * parseFloat(getComputedStyle(one).fontSize)];
})"""


@pytest.mark.parametrize("path", WITH_PICTURES)
def test_letters_of_a_picture_can_be_read_on_a_phone(open_page, path):
    """They were five to eight pixels high."""
    tab = open_page(path, PHONE)
    tab.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    figures = tab.locator("article .fs-figure").all()
    assert figures
    for figure in figures:
        small = [(text, round(size, 1)) for text, size in figure.evaluate(LETTERS) if size < LEAST - 0.05]
        assert not small, (figure.locator("svg").get_attribute("aria-label"), small)
    assert tab.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_picture_that_is_too_wide_scrolls_in_a_box_that_keys_reach(open_page):
    tab = open_page("book/backward/step_12_dE_dw1.html", PHONE)
    figure = tab.locator(".fs-figure", has_text="Five factors to a path")
    box = figure.locator("xpath=ancestor::div[contains(@class, 'output')][1]")
    assert box.evaluate("(box) => box.scrollWidth > box.clientWidth && box.tabIndex === 0")
    caption = figure.locator("figcaption")
    in_sight = "(one) => one.getBoundingClientRect().left >= 0 && one.getBoundingClientRect().right <= innerWidth"
    assert caption.evaluate(in_sight)
    box.focus()
    tab.keyboard.press("ArrowRight")
    tab.wait_for_function("(box) => box.scrollLeft > 0", arg=box.element_handle())
    assert caption.evaluate(in_sight), "what it says scrolls away"


@pytest.mark.parametrize("width", [1024, 1280])
def test_no_picture_scrolls_where_there_is_room(open_page, width):
    for path in ("book/backward/step_12_dE_dw1.html", "book/beyond/autograd.html"):
        tab = open_page(path, {"width": width, "height": 800})
        for figure in tab.locator("article .fs-figure").all():
            assert figure.evaluate("(figure) => figure.scrollWidth <= figure.closest('.output').clientWidth")
