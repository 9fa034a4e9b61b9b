"""The page's own words beside the picture: numbers of the prose and symbols of its formulas light the stage, and are lit by it."""
import pytest

from nnlib import Parameters, iteration
from nnlib.gates import TWO_EXAMPLES

PAGE = "book/backward/step_05_dE_dw2.html"
LIT = "() => [...document.querySelectorAll('section[data-widget=StepExplorer] .fs-stage .fs-cell-lit')].map(n => (n.querySelector('[data-value]') ?? n).dataset.value)"


@pytest.fixture
def chapter(open_page):
    tab = open_page(PAGE)
    tab.locator("button.fs-q").first.wait_for()
    return tab


def word(tab, place):
    return tab.locator(f"button.fs-q[data-lights='{place}']").first


def test_a_number_of_the_prose_lights_its_number_in_the_picture(chapter):
    it = iteration(*TWO_EXAMPLES[1:], Parameters.example(), 0.5)
    assert chapter.evaluate(LIT) == []
    word(chapter, "da2_dz2 0 0").focus()
    lit = [float(value) for value in chapter.evaluate(LIT)]
    assert any(abs(value - it.da2_dz2[0, 0]) < 1e-12 for value in lit)
    assert any(abs(value - it.dE_dz2[0, 0]) < 1e-12 for value in lit), "and what it makes"
    word(chapter, "da2_dz2 0 0").evaluate("b => b.blur()")
    assert chapter.evaluate(LIT) == []


def test_pressed_it_brings_the_picture_into_sight_and_shows_its_example(chapter):
    chapter.evaluate("scrollTo(0, 0)")
    word(chapter, "a2 1 0").press("Enter")
    stage = chapter.locator("section[data-widget=StepExplorer] .fs-diagram")
    chapter.wait_for_function("() => { const b = document.querySelector('section[data-widget=StepExplorer] .fs-diagram').getBoundingClientRect(); return b.top >= 0 && b.top < innerHeight; }")
    assert "example 2\n+ example 1" in stage.inner_text()
    assert stage.locator(".fs-chip[data-quantity=a2].fs-cell-lit").count() == 1


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (768, 1024), (360, 740), (640, 400)])
def test_out_of_sight_the_picture_comes_beside_the_word_and_goes_home(open_page, width, height):
    chapter = open_page(PAGE, viewport={"width": width, "height": height})
    stage = "document.querySelector('section[data-widget=StepExplorer] .fs-stage')"
    number = word(chapter, "da2_dz2 0 0")
    number.wait_for()
    for block in ("center", "start", "end"):
        number.evaluate("(b, block) => b.scrollIntoView({ block, behavior: 'instant' })", block)
        tall = chapter.evaluate("document.documentElement.scrollHeight")
        chapter.keyboard.press("Shift")  # what has the focus by keys is marked so
        number.focus()
        box, own = chapter.evaluate(f"{stage}.getBoundingClientRect().toJSON()"), number.bounding_box()
        assert box["left"] >= 0 and box["top"] >= 0 and box["right"] <= width and box["bottom"] <= height and box["width"] > 100
        assert own["y"] > box["bottom"] or own["y"] + own["height"] < box["top"], "the word is not covered"
        assert chapter.evaluate(LIT) and chapter.evaluate("document.documentElement.scrollHeight") == tall, "nothing moves"
        number.evaluate("b => b.blur()")
        assert not chapter.evaluate(f"{stage}.popover")
    number.click()
    chapter.wait_for_function(f"() => !{stage}.popover && {stage}.getBoundingClientRect().top >= 0")
    assert chapter.evaluate("document.documentElement.scrollHeight") == tall


def test_a_finger_is_led_to_the_picture_and_nothing_flashes_up(open_page):
    chapter = open_page(PAGE, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    number = word(chapter, "da2_dz2 0 0")
    number.wait_for()
    number.scroll_into_view_if_needed()
    chapter.evaluate("""() => { const stage = document.querySelector('section[data-widget=StepExplorer] .fs-stage'); window.shown = 0;
        stage.addEventListener('toggle', ({ newState }) => { window.shown += newState === 'open'; }); }""")
    number.tap()
    chapter.wait_for_function("() => { const b = document.querySelector('section[data-widget=StepExplorer] .fs-diagram').getBoundingClientRect(); return b.top >= 0 && b.top < innerHeight; }")
    assert chapter.evaluate("window.shown") == 0


def test_a_number_follows_the_picture_and_comes_back(chapter):
    number = word(chapter, "dE_da2 0 0")
    assert number.inner_text() == "0.555340"
    field = chapter.get_by_label("w₂ from hidden neuron 1 to output 1")
    field.fill("0.9")
    field.press("Enter")
    changed = Parameters.example()._replace(w2=[[0.9], [-0.3]])
    wanted = iteration(*TWO_EXAMPLES[1:], changed, 0.5).dE_da2[0, 0]
    assert float(number.inner_text()) == pytest.approx(wanted, abs=5e-5) and number.get_attribute("data-changed") is not None
    chapter.locator("section[data-widget=StepExplorer]").get_by_role("button", name="Reset").click()
    assert number.inner_text() == "0.555340" and number.get_attribute("data-changed") is None


def test_a_symbol_in_a_formula_lights_the_picture_and_is_lit_by_it(chapter):
    symbol = chapter.locator("article .katex-html .fs-q-dE_dz2").last
    symbol.dispatch_event("pointerover")
    assert chapter.locator("section[data-widget=StepExplorer] .fs-formulas .fs-lit[data-symbol=dE_dz2]").count() > 0
    symbol.dispatch_event("pointerout")
    assert chapter.locator("section[data-widget=StepExplorer] .fs-lit").count() == 0
    chapter.locator("section[data-widget=StepExplorer] .fs-stage .fs-chip[data-quantity=dE_dz2]").hover()
    assert "fs-word-lit" in symbol.get_attribute("class")


def test_words_of_the_sentence_light_what_they_mean(chapter):
    chapter.locator("section[data-widget=StepExplorer] .fs-phrase[data-symbol=w2]").hover()
    assert chapter.locator("section[data-widget=StepExplorer] .fs-stage .fs-lit[data-part=w2]").count() == 1


def test_without_scripts_the_words_are_text(open_page):
    text = open_page(PAGE, java_script_enabled=False).locator("article").inner_text()
    assert "Its prediction is 0.565947, so it is" in text


@pytest.mark.parametrize("width", [1280, 390])
def test_a_number_that_can_be_pressed_takes_as_much_room_as_its_text(open_page, width):
    """A paragraph grew by a pixel for each line with one, and all below it moved when the widget came."""
    heights = "all => all.map((p) => p.getBoundingClientRect().height)"
    size = {"width": width, "height": 800}
    plain = open_page(PAGE, java_script_enabled=False, viewport=size).locator("article p:has([data-lights])").evaluate_all(heights)
    tab = open_page(PAGE, viewport=size)
    tab.locator("button.fs-q").first.wait_for()
    assert tab.locator("article p:has(button.fs-q)").evaluate_all(heights) == pytest.approx(plain, abs=0.2) and len(plain) > 3
