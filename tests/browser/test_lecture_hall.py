"""The slides in a real window: headed Chromium under Xvfb, the page's own button for fullscreen, keys as a clicker sends them."""
import os
import shutil
import subprocess
from contextlib import contextmanager

import browser as installed
import pytest
from conftest import assert_accessible, widgets_are_drawn

ALWAYS = "FOURTEEN_STEPS_CI" in os.environ  # there a missing Xvfb is a failure, elsewhere these tests are left out
pytestmark = pytest.mark.skipif(not (ALWAYS or shutil.which("Xvfb")), reason="needs Xvfb")
STEP = "book/backward/step_05_dE_dw2.html"
BUILDS = "book/forward/feedforward.html"
# key: code, Windows' number of it, and what it types
CLICKER = {"PageDown": ("PageDown", 34, ""), "PageUp": ("PageUp", 33, ""), "b": ("KeyB", 66, "b"), ".": ("Period", 190, "."),
           "F5": ("F5", 116, ""), "Escape": ("Escape", 27, ""), "ArrowRight": ("ArrowRight", 39, ""), " ": ("Space", 32, " "),
           "l": ("KeyL", 76, "l"), "7": ("Digit7", 55, "7"), "Shift+F5": ("F5", 116, ""), "p": ("KeyP", 80, "p"), "t": ("KeyT", 84, "t"),
           "e": ("KeyE", 69, "e"), "v": ("KeyV", 86, "v"), "a": ("KeyA", 65, "a"), "?": ("Slash", 191, "?"), "Shift+ArrowRight": ("ArrowRight", 39, "")}


@contextmanager
def screen():
    """The number of an X display with nobody in front of it."""
    read, write = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x720x24", "-nolisten", "tcp"],
                              pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as numbers:
            yield numbers.readline().strip()
    finally:
        server.terminate()
        server.wait()


@pytest.fixture(scope="module")
def window(playwright):
    """A browser's process with real windows."""
    with screen() as display:
        process = playwright.chromium.launch(executable_path=installed.ensure(), headless=False,
                                             env={**os.environ, "DISPLAY": f":{display}"},
                                             args=[*installed.FLAGS, "--window-position=0,0", "--window-size=1280,720"])
        yield process
        process.close()


class Room:
    """A page in a window, and a clicker in the hand."""

    def __init__(self, tab):
        self.tab, self.line = tab, tab.context.new_cdp_session(tab)
        self.article = tab.locator("article.bd-article")

    def send(self, name):
        """Press a key as the system would: below the page, where the browser listens, too."""
        code, number, text = CLICKER[name]
        key = {"key": name.removeprefix("Shift+"), "code": code, "windowsVirtualKeyCode": number, "nativeVirtualKeyCode": number,
               "modifiers": 8 if name.startswith("Shift+") else 0}
        down = {"type": "keyDown", "text": text} if text else {"type": "rawKeyDown"}
        self.line.send("Input.dispatchKeyEvent", {**key, **down})
        self.line.send("Input.dispatchKeyEvent", {**key, "type": "keyUp"})

    @property
    def slide(self):
        return int(self.tab.locator(".fs-lecture-bar output").inner_text().split("/")[0])

    @property
    def build(self):
        return self.tab.locator(".fs-more-to-come").inner_text()

    def full(self, wanted=True):
        self.tab.wait_for_function("wanted => Boolean(document.fullscreenElement) === wanted", arg=wanted)

    def begin(self):
        self.tab.get_by_role("button", name="Slides", exact=True).click()
        self.full()

    def go_to(self, name):
        """Press on until the slide of a widget comes; gives the widget."""
        widget = self.tab.locator(f"section[data-widget={name}]").first
        for _ in range(120):
            if widget.is_visible():
                return widget
            self.send("PageDown")
        raise AssertionError(f"no slide of {name}")


@pytest.fixture
def room(window, base):
    """room(page) gives a Room."""
    contexts = []

    def open_(page):
        contexts.append(window.new_context(no_viewport=True))
        tab = contexts[-1].new_page()
        tab.set_default_timeout(10_000)
        tab.goto(base + page)
        widgets_are_drawn(tab)
        return Room(tab)

    yield open_
    for context in contexts:
        context.close()


both = pytest.mark.parametrize("base", ["http", "file"], indirect=True)


@both
def test_a_click_into_a_widget_does_not_trap_the_clicker(room):
    here = room(STEP)
    here.begin()
    widget = here.go_to("StepExplorer")
    now, step = here.slide, widget.get_attribute("data-step")
    widget.get_by_role("button", name="Next step", exact=True).click()
    assert widget.get_attribute("data-step") == str(int(step) + 1)
    for _ in range(3):  # two of them walk the widget
        here.send("PageDown")
    assert here.slide == now + 1
    here.send("PageUp")
    assert here.slide == now and widget.get_attribute("data-step") == str(int(step) + 3), "back at what was left"
    widget.locator(".fs-overlay input").first.click()  # a field, too
    for _ in range(3):
        here.send("PageUp")
    assert here.slide == now - 1


def test_arrows_and_space_belong_to_who_has_the_focus_and_one_sees_who(room):
    here = room(STEP)
    here.begin()
    widget = here.go_to("StepExplorer")
    now = here.slide
    assert widget.evaluate("w => getComputedStyle(w).outlineStyle") == "none"
    widget.get_by_role("button", name="Next step", exact=True).click()
    ring = widget.evaluate("w => { const s = getComputedStyle(w); return [s.outlineStyle, parseFloat(s.outlineWidth)]; }")
    assert ring[0] == "solid" and ring[1] >= 2
    here.send("ArrowRight")
    assert widget.get_attribute("data-step") == "7" and here.slide == now
    box = here.article.bounding_box()
    here.tab.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] - 4)  # the slide beside it
    assert here.build == "0 of 2"
    here.send("ArrowRight")
    assert here.build == "1 of 2", "the key is the slide's"


@both
def test_escape_leaves_fullscreen_and_nothing_else(room):
    here = room(STEP)
    here.begin()
    here.send("PageDown")
    here.send("PageDown")
    here.send("Escape")
    here.full(False)
    assert here.slide == 3 and here.tab.get_by_role("toolbar", name="Slides").is_visible()
    here.send("Escape")
    assert here.slide == 3, "again, and nothing happens"
    here.send("F5")
    here.full()
    here.send("Escape")
    here.full(False)
    here.send("Shift+F5")
    here.full()
    assert here.slide == 3, "the clicker's start button fills the screen, and loads nothing anew"
    here.send("l")
    here.full(False)
    assert here.tab.locator(".fs-lecture-bar").count() == 0
    here.send("l")
    here.full()


def test_black_by_either_key_wherever_the_focus_is(room):
    here = room(STEP)
    here.begin()
    widget = here.go_to("StepExplorer")
    now, black = here.slide, here.tab.locator(".fs-black")
    field = widget.locator(".fs-overlay input").first
    for focus in (lambda: None, widget.get_by_role("button", name="Next step", exact=True).click, field.click):
        focus()
        for key in ("b", "."):
            here.send(key)
            assert black.is_visible() and black.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(0, 0, 0)"
            here.send(key)
            assert not black.is_visible()
    here.send("b")
    here.send("PageDown")
    assert not black.is_visible() and here.slide == now, "the next key brings the slide back, and no other slide"
    field.click()
    for key in ("7", ".", "7"):
        here.send(key)
    assert "7.7" in field.input_value() and not black.is_visible(), "a full stop after a digit is a number's"


@both
def test_a_reload_comes_back_to_the_slide_and_to_the_widgets_state(room):
    here = room(BUILDS)
    here.begin()
    widget = here.go_to("StepExplorer")
    here.send("PageDown")
    here.send("PageDown")
    widget.locator('.fs-overlay [data-quantity=w2] input, .fs-overlay input[aria-label*="w₂"]').first.fill("0.75")
    here.tab.keyboard.press("Enter")
    now, build, step = here.slide, here.build, widget.get_attribute("data-step")
    shown = widget.evaluate("w => [...w.querySelectorAll('[data-value]')].map(e => e.dataset.value)")
    here.tab.reload()
    widgets_are_drawn(here.tab)
    here.tab.locator(".fs-lecture-bar output").wait_for()
    assert (here.slide, here.build, widget.get_attribute("data-step")) == (now, build, step)
    assert widget.evaluate("w => [...w.querySelectorAll('[data-value]')].map(e => e.dataset.value)") == shown
    assert widget.is_visible()
    here.send("PageDown")
    here.full()  # a page may do so with the first key only
    assert (here.slide, here.build) == (now, "3 of 4")


def test_a_clicker_steps_the_widget_as_often_as_the_author_says(room):
    here = room(BUILDS)
    here.begin()
    widget = here.go_to("StepExplorer")
    now, seen = here.slide, []
    for _ in range(5):
        seen.append((widget.get_attribute("data-step"), here.build, here.slide))
        here.send("PageDown")
    stops = zip(("F1", "F2", "F3", "F4", "E"), range(5), strict=True)
    assert seen == [(stop, f"{k} of 4", now) for stop, k in stops]
    assert here.slide == now + 1
    here.send("PageUp")
    assert (here.slide, widget.get_attribute("data-step")) == (now, "E"), "as it was left"
    here.send("PageUp")
    assert (here.slide, widget.get_attribute("data-step"), here.build) == (now, "F4", "3 of 4")


@both
def test_whoever_speaks_has_a_window(room):
    here = room(STEP)
    here.begin()
    with here.tab.context.expect_page() as opened:
        here.tab.get_by_role("button", name="Speaker notes", exact=True).click()
    notes = opened.value
    notes.wait_for_function("() => document.getElementById('place').textContent.startsWith('Slide 1')")
    speaker = Room(notes)
    speaker.send("PageDown")
    here.tab.wait_for_function("() => document.querySelector('.fs-lecture-bar output').textContent.startsWith('2')")
    inside = notes.frame_locator("iframe").locator(".admonition.predict")
    assert notes.locator("#title").inner_text() == here.tab.locator(".fs-lecture-bar .fs-title").inner_text()
    speaker.send("b")
    here.tab.wait_for_function("() => !document.querySelector('.fs-black').hidden")
    speaker.send("b")
    here.tab.wait_for_function("() => document.querySelector('.fs-black').hidden")
    predicted, foreseen = here.tab.locator(".admonition.predict"), False
    for _ in range(30):
        notes.wait_for_timeout(150)
        if predicted.is_visible():
            break
        foreseen = inside.is_visible()
        here.send("PageDown")
    assert foreseen, "the next slide is seen before it comes"
    assert notes.locator("#ask li").count() >= 1, "what to ask"
    here.tab.reload()  # the projector's computer has to be started anew
    here.tab.locator(".fs-lecture-bar output").wait_for()
    before = here.slide
    notes.wait_for_timeout(1500)
    speaker.send("PageDown")
    here.tab.wait_for_function("n => document.querySelector('.fs-lecture-bar output').textContent.startsWith(`${n} `)", arg=before + 1)
    notes.wait_for_function("() => /\\d+:\\d\\d · gone \\d+:\\d\\d/.test(document.getElementById('clock').textContent)")


def test_points_come_one_by_one_and_what_a_colon_announces_waits(room):
    here = room("book/backward/chain_rule.html")
    here.begin()
    for _ in range(40):
        if here.tab.locator("article ul:not(.fs-off) li", has_text="one unit").count():
            break
        here.send("PageDown")
    now, shown = here.slide, "() => document.querySelectorAll('article section > ul:not(.fs-off) > li:not(.fs-covered)').length"
    assert here.build == "0 of 3" and here.tab.evaluate(shown) == 0
    for count in (1, 2, 3):
        here.send("PageDown")
        assert (here.build, here.tab.evaluate(shown), here.slide) == (f"{count} of 3", count, now)
    here.send("PageDown")
    assert here.slide == now + 1
    here.send("PageUp")
    assert (here.slide, here.build) == (now, "3 of 3"), "as it was left"
    here.send("PageUp")
    assert here.build == "2 of 3"
    here.send("a")
    assert here.build == "3 of 3", "all of it at once"


def test_a_slide_with_little_on_it_is_larger_and_does_not_jump_when_it_is_revealed(room):
    here = room("book/backward/step_03_dz2_dw2.html")
    here.tab.set_viewport_size({"width": 1024, "height": 768})  # before: another size packs other slides
    here.begin()
    total = int(here.tab.locator(".fs-lecture-bar output").inner_text().split("/")[1])
    sizes = {}
    for _ in range(100):
        here.tab.wait_for_function("() => !document.querySelector('article').hasAttribute('data-fitting')")
        size, over = here.article.evaluate("a => [Number(getComputedStyle(a).zoom), a.scrollHeight > a.clientHeight + 1 || a.scrollWidth > a.clientWidth + 1]")
        assert not over, here.slide
        assert sizes.setdefault(here.slide, size) == size, f"slide {here.slide} changes its size at {here.build}"
        if here.slide == total:
            break
        here.send("PageDown")
    assert len(sizes) == total
    assert sizes[total] > 1.5 * min(sizes.values()), "one sentence has a slide to itself"


def test_no_slide_ends_on_a_colon(room):
    for page in ("book/backward/chain_rule.html", BUILDS, "book/ideas/layers.html"):
        here = room(page)
        here.begin()
        total = int(here.tab.locator(".fs-lecture-bar output").inner_text().split("/")[1])
        for _ in range(200):
            last = here.article.evaluate("a => [...a.querySelectorAll('p')].filter(p => p.checkVisibility()).at(-1)?.parentElement.closest('section')"
                                         " && [...a.querySelectorAll('section > :not(section)')].filter(e => e.checkVisibility()).at(-1).textContent.trim().slice(-1)")
            assert last != ":", (page, here.slide)
            if here.slide == total:
                break
            here.send("PageDown")


@both
def test_the_class_votes_and_the_bars_show(room):
    here = room(STEP)
    here.begin()
    votes = here.tab.get_by_role("button", name="Votes", exact=True)
    assert not votes.is_visible(), "there is nothing to vote on"
    while not here.tab.locator(".admonition.predict").is_visible():
        here.send("PageDown")
    now = here.slide
    here.send("v")
    table = here.tab.get_by_role("group", name="The class's votes")
    assert here.tab.evaluate("document.activeElement.getAttribute('aria-label')") == "Votes for larger", "ready to type"
    here.send("7")
    assert here.slide == now and table.locator("output").inner_text() == "7 votes in all"
    assert [table.get_by_label(f"Choice {at}").input_value() for at in (1, 2, 3)] == ["larger", "smaller", "just as large"]
    assert not here.tab.locator(".admonition.predict li").first.is_visible(), "said once is enough"
    table.get_by_label("Choice 2").fill("smaller, b")
    table.get_by_label("Choice 2").press("End")
    here.send("b")
    assert not here.tab.locator(".fs-black").is_visible() and table.get_by_label("Choice 2").input_value() == "smaller, bb"
    table.get_by_label("Votes for smaller, bb").fill("21")
    widths = table.locator(".fs-vote-bar").evaluate_all("all => all.map(e => e.getBoundingClientRect().width)")
    here.tab.wait_for_timeout(400)
    widths = table.locator(".fs-vote-bar").evaluate_all("all => all.map(e => e.getBoundingClientRect().width)")
    assert widths[0] == pytest.approx(widths[1] / 3, abs=1) and widths[2] == 0
    assert table.locator(".fs-vote-share").all_inner_texts() == ["25%", "75%", "0%"]
    assert_accessible(here.tab, ".fs-votes")
    here.send("PageDown")
    assert here.slide == now + 1, "the clicker goes on from within a field"
    here.send("PageUp")
    assert table.get_by_label("Votes for larger").input_value() == "7"
    here.tab.reload()
    widgets_are_drawn(here.tab)
    table.wait_for()
    assert table.get_by_label("Votes for smaller, bb").input_value() == "21"
    here.send("l")
    assert table.count() == 0, "a page again"


PREDICTIONS = [("book/ideas/terms.html", None), ("book/training/one_example_at_a_time.html", None), ("book/backward/gradient_descent.html", None),
               *((page, (1024, 768)) for page in ("book/backward/step_08_dz2_da1.html", "book/training/one_example_at_a_time.html"))]


@pytest.mark.parametrize("page, size", PREDICTIONS)
def test_a_vote_shows_the_choices_words_whole(room, page, size):
    here = room(page)
    if size:
        here.tab.set_viewport_size({"width": size[0], "height": size[1]})
    here.begin()
    while not here.tab.locator(".admonition.predict").first.is_visible():
        here.send("PageDown")
    listed = here.tab.locator(".admonition.predict").first.locator("li").all_inner_texts()
    here.send("v")
    fields = here.tab.locator(".fs-vote input[type=text]")
    assert len(listed) >= 2 and [field.input_value() for field in fields.all()] == listed
    here.tab.wait_for_function("() => !document.querySelector('article').hasAttribute('data-fitting')")
    assert all(field.evaluate("e => e.scrollWidth <= e.clientWidth + 1") for field in fields.all()), "no word is cut off"
    assert here.article.evaluate("a => a.scrollHeight - a.clientHeight") <= 1


def test_a_clicker_votes_on_a_poll_and_unfolds_its_answer(room):
    """The answer needed the mouse: the next press led to the next question."""
    here = room("book/teaching/polls.html")
    here.begin()
    answer = here.tab.locator("article details.sd-dropdown").first
    while not answer.is_visible():
        here.send("PageDown")
    now = here.slide
    assert not answer.evaluate("details => details.open")
    here.send("v")
    for key in ("1", "2", "Enter", "9"):
        here.tab.keyboard.press(key)
    assert [field.input_value() for field in here.tab.locator(".fs-vote input[type=number]").all()][:2] == ["12", "9"]
    assert [field.input_value() for field in here.tab.locator(".fs-vote input[type=text]").all()][:2] == ["A", "B"]
    here.send("PageDown")
    assert here.slide == now and answer.evaluate("details => details.open")
    here.send("PageUp")
    assert here.slide == now and not answer.evaluate("details => details.open")
    here.send("PageDown")
    here.send("PageDown")
    assert here.slide == now + 1


def strokes(here):
    return here.tab.locator(".fs-pen-sheet g path").count()


@both
def test_pen_and_spotlight(room):
    here = room(STEP)
    loaded = "performance.getEntriesByType('resource').some((e) => e.name.includes('lecture_pen'))"
    assert not here.tab.evaluate(loaded), "nobody draws on a page"
    here.begin()
    here.send("PageDown")
    now, mouse = here.slide, here.tab.mouse

    def draw():
        mouse.move(300, 200)
        mouse.down()
        mouse.move(500, 300, steps=6)
        mouse.up()

    draw()
    assert strokes(here) == 0
    here.send("p")
    draw()
    draw()
    box = here.tab.locator(".fs-pen-sheet g path").first.bounding_box()
    assert strokes(here) == 2 and box["x"] == pytest.approx(300, abs=8) and box["width"] == pytest.approx(200, abs=16)
    here.send("PageDown")
    assert here.slide == now + 1 or here.build.startswith("1")
    while here.slide == now:
        here.send("PageDown")
    assert strokes(here) == 0, "what is drawn belongs to its slide"
    while here.slide > now:
        here.send("PageUp")
    assert strokes(here) == 2
    drawn = here.tab.locator(".fs-pen-sheet g path").first.bounding_box()
    here.tab.reload()
    here.tab.locator(".fs-pen-sheet g path").nth(1).wait_for(state="attached")
    again = here.tab.locator(".fs-pen-sheet g path").first.bounding_box()
    assert here.slide == now and strokes(here) == 2 and again == pytest.approx(drawn, abs=1), "after a reload, too"
    here.send("F5")
    here.full()
    here.send("p")  # a reload has put the pen down
    here.send("Escape")
    here.full(False)
    assert here.tab.locator(".fs-pen-sheet").get_attribute("data-tool") == "pen", "Escape leaves fullscreen and nothing else"
    here.send("p")
    draw()
    assert strokes(here) == 2, "off with the same key"
    here.send("e")
    assert strokes(here) == 0
    here.send("t")
    dark = here.tab.locator(".fs-pen-sheet .fs-dark")
    assert dark.is_visible()
    before = dark.get_attribute("d")
    mouse.move(400, 400)
    assert dark.get_attribute("d") != before
    before, slide = dark.get_attribute("d"), here.slide
    here.send("Shift+ArrowRight")
    assert dark.get_attribute("d") != before and here.slide == slide, "by keys, too"
    here.send("t")
    assert not dark.is_visible()
    here.send("?")
    keys = here.tab.get_by_role("dialog", name="Keys of the slides")
    assert keys.is_visible() and all(word in keys.inner_text() for word in ("pen", "spotlight", "votes", "wipe"))
    here.send("?")
    assert not keys.is_visible()


@both
def test_escape_on_a_black_screen_gives_the_slide_back_and_does_nothing_else(room):
    here = room(STEP)
    here.begin()
    here.send("PageDown")
    black, now = here.tab.locator(".fs-black"), here.slide
    here.send("b")
    assert black.is_visible()
    here.tab.wait_for_timeout(300)
    here.send("Escape")
    assert not black.is_visible() and here.slide == now
    here.tab.wait_for_timeout(800)
    assert here.tab.evaluate("Boolean(document.fullscreenElement)"), "still full"
    here.send("Escape")
    here.full(False)


@both
def test_a_deck_keeps_the_screen_full_from_page_to_page(room, base):
    here = room("book/teaching/plans.html")
    here.tab.locator("a.fs-deck[href$='#university-1']").click()
    bar = here.tab.frame_locator("iframe").locator(".fs-lecture-bar")
    bar.locator("output").wait_for()
    frame = here.tab.frames[1]

    def page():
        return frame.url.split("?deck=")[1]

    def on(stop):
        """Press on until the page of a stop has come."""
        for _ in range(60):
            if page() == f"university-1.{stop}" and bar.locator("output").is_visible():
                return
            here.send("PageDown")
            here.tab.wait_for_timeout(250)
        raise AssertionError(f"no stop {stop}")

    here.send("PageDown")
    here.full()  # the first key fills it
    for stop in (1, 2):
        on(stop)
        assert here.tab.evaluate("() => Boolean(document.fullscreenElement)"), "nobody saw the browser"
    here.send("b")
    black = frame.locator(".fs-black")
    black.wait_for(state="visible")
    here.send("Escape")
    here.full(False)
    black.wait_for(state="hidden")
    here.send("PageDown")
    here.full()
    now = page()
    here.send("l")
    here.tab.wait_for_url("**/teaching/plans.html")
    here.full(False)
    assert now == "university-1.2"
