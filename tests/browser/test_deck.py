"""The slides of a lesson plan: one press, and they come in the plan's order over all its pages, with what the plan says beside them."""
import re
from urllib.parse import urlparse

import pytest

from nnlib.classroom.plans import DECKS, asked

PLANS = "book/teaching/plans.html"
both = pytest.mark.parametrize("base", ["http", "file"], indirect=True)


class Deck:
    """A lesson's slides, and a clicker."""

    def __init__(self, tab, name):
        self.tab, self.stops = tab, DECKS[name].stops()
        tab.locator(f"a[href$='#{name}']").click()
        tab.wait_for_url(re.compile(rf"deck\.html#{name}$"))
        self.frame = None
        self.arrive(0)

    def arrive(self, number):
        """Wait until the page of a stop shows its slides."""
        page = f"book/{self.stops[number].page}.html"
        for _ in range(100):
            self.frame = next((one for one in self.tab.frames if f".{number}" in urlparse(one.url).query and page in one.url), None)
            if self.frame and self.frame.locator(".fs-lecture-bar output").count() and self.here[0]:
                return
            self.tab.wait_for_timeout(100)
        raise AssertionError(f"no slides of {page}")

    @property
    def here(self):
        """The number of the slide, how many there are, and what has been uncovered."""
        bar = self.frame.locator(".fs-lecture-bar")
        now, _, count = bar.locator("output").inner_text().partition(" / ")
        return int(now or 0), int(count or 0), bar.locator(".fs-more-to-come").inner_text()

    @property
    def title(self):
        return self.frame.locator(".fs-lecture-bar .fs-title").inner_text()

    def press(self, key="PageDown"):
        self.frame.locator("html").press(key)

    def to_the_last_of_this_stop(self):
        for _ in range(80):
            now, count, build = self.here
            done, _, all_ = build.partition(" of ")
            if now == count and done == all_:
                return
            self.press()
        raise AssertionError("no end")


@both
@pytest.mark.parametrize("name", ["week-4", "lesson-1"])
def test_the_slides_of_a_lesson_come_in_its_order_over_its_pages(open_page, name):
    deck = Deck(open_page(PLANS), name)
    for number, stop in enumerate(deck.stops):
        deck.arrive(number)
        headings = [heading.replace("*", "") for heading, *_ in stop.slides]
        seen, (now, count, _) = [deck.title], deck.here
        assert now == 1
        for _ in range(80):
            if deck.here[0] == count:
                break
            deck.press()
            seen.append(deck.title)
        assert [title for title in dict.fromkeys(seen) if title in headings] == headings and seen[0] == headings[0], (stop.page, seen)
        deck.to_the_last_of_this_stop()
        if number < len(deck.stops) - 1:
            deck.press()
    last = deck.here
    deck.press()
    deck.tab.wait_for_timeout(300)
    assert deck.here == last, "after the last slide there is none"


@both
def test_going_back_to_a_page_shows_how_it_was_left(open_page):
    deck = Deck(open_page(PLANS), "week-4")
    deck.to_the_last_of_this_stop()
    left = deck.here
    deck.press()
    deck.arrive(1)
    assert deck.here[0] == 1
    deck.press("PageUp")
    deck.arrive(0)
    assert deck.here == left
    deck.press()
    deck.arrive(1)
    deck.press()
    now = deck.here
    deck.frame.evaluate("() => location.reload()")  # a crash
    deck.tab.wait_for_timeout(500)
    deck.arrive(1)
    assert deck.here == now


# What is painted of the book's page, frame by frame, from the moment when there is a body: the bar of the theme, or anything of it.
PAINTED = """() => { if (parent === window) return; globalThis.flashed = []; const look = () => {
    if (document.body && getComputedStyle(document.body).opacity !== "0" && !document.querySelector(".fs-lecture-bar"))
      flashed.push(document.readyState);
    if (!globalThis.enough) requestAnimationFrame(look); };
    requestAnimationFrame(look); }"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@both
def test_from_page_to_page_nobody_sees_the_book_and_the_ground_stays_as_it_is(open_page, scheme):
    """The page of the book was there for a third of a second, and before it a dark screen between two light ones."""
    tab = open_page(PLANS, color_scheme=scheme)
    tab.context.add_init_script(f"({PAINTED})()")
    deck = Deck(tab, "week-4")
    for number in (0, 1):
        deck.arrive(number)
        deck.frame.wait_for_function("() => !document.documentElement.hasAttribute('data-coming')")
        assert deck.frame.evaluate("() => { enough = true; return flashed; }") == []
        ground = "() => getComputedStyle(document.documentElement).backgroundColor"
        inside = deck.frame.evaluate("() => getComputedStyle(document.querySelector('article')).backgroundColor")
        assert tab.evaluate(ground) == inside and tab.evaluate("() => document.documentElement.dataset.theme") == scheme
        deck.to_the_last_of_this_stop()
        deck.press()


@both
def test_the_end_leads_back_to_the_plans(open_page):
    deck = Deck(open_page(PLANS), "tour-1")
    deck.frame.get_by_role("button", name="End the slides").click()
    deck.tab.wait_for_url(re.compile(r"teaching/plans\.html$"))
    assert deck.tab.locator("a.fs-deck").count() == len(DECKS)


@both
def test_whoever_speaks_sees_what_the_plan_says(open_page):
    deck = Deck(open_page(PLANS), "week-2")
    with deck.tab.context.expect_page() as opened:
        deck.frame.get_by_role("button", name="Speaker notes").click()
    notes, told = opened.value, opened.value.locator("#lesson")
    notes.wait_for_function("() => document.getElementById('place').textContent.includes('stop 1 of')")
    for number, stop in enumerate(deck.stops[:2]):
        deck.arrive(number)
        notes.wait_for_function("at => document.getElementById('place').textContent.includes(`stop ${at} of`)", arg=number + 1)
        text = told.inner_text()
        for minute, stage in stop.stages:
            assert f"Minute {minute} to {minute + stage.minutes}" in text
            ask = asked(stage.ask)
            assert f"Ask: {ask.text.replace('`', '')}" in text and all(one.say.replace("*", "") in text for one in ask.wrong)
        deck.to_the_last_of_this_stop()
        following = deck.stops[number + 1]
        notes.wait_for_function("title => document.getElementById('next-title').textContent === `Next: ${title}`", arg=following.slides[0].heading)
        inside = notes.frame_locator("iframe").locator(".fs-preview h2", has_text=following.slides[0].heading)
        inside.wait_for(state="visible")
        deck.press()
    notes.close()


def test_the_lines_of_a_plan_stand_whole_in_the_window_of_whoever_speaks(open_page):
    stops = DECKS["university-2"].stops()
    number, code = next((number, stage.code) for number, stop in enumerate(stops) for _, stage in stop.stages if stage.code)
    tab = open_page(f"book/{stops[number].page}.html?deck=university-2.{number}")
    tab.get_by_role("toolbar", name="Slides").wait_for()
    with tab.context.expect_page() as opened:
        tab.keyboard.press("s")
    notes = opened.value
    lines = notes.locator("#lesson pre")
    lines.wait_for()
    assert lines.inner_text() == code
    notes.set_viewport_size({"width": 700, "height": 700})
    assert lines.evaluate("pre => pre.scrollWidth <= pre.clientWidth")
    notes.close()


def test_the_last_slide_of_a_page_is_not_said_to_be_the_last(open_page):
    deck = Deck(open_page(PLANS), "week-4")
    with deck.tab.context.expect_page() as opened:
        deck.frame.get_by_role("button", name="Speaker notes").click()
    notes, seen = opened.value, set()
    for number in range(len(deck.stops)):
        deck.arrive(number)
        while deck.here[0] < deck.here[1]:
            deck.press()
        if deck.here[2].startswith("0 of"):
            following = deck.stops[number + 1].slides[0].heading if number + 1 < len(deck.stops) else None
            says = f"The last of this page; next: {following}" if following else "This is the last slide."
            notes.wait_for_function("says => document.getElementById('next-title').textContent === says", arg=says)
            seen.add(bool(following))
        deck.to_the_last_of_this_stop()
        deck.press()
    notes.close()
    assert True in seen


@both
def test_a_lesson_begins_without_the_votes_of_another(open_page):
    """The counts of lesson 1 stood on the slide before lesson 2 had voted."""
    stops = DECKS["university-1"].stops()
    assert stops[-1].page == DECKS["university-2"].stops()[0].page
    tab = open_page(f"book/{stops[-1].page}.html?deck=university-1.{len(stops) - 1}")
    votes, box = tab.get_by_role("group", name="The class's votes"), tab.locator(".admonition.predict")

    def go_to_the_vote():
        tab.get_by_role("toolbar", name="Slides").wait_for()
        tab.keyboard.press("PageDown")
        box.wait_for()

    go_to_the_vote()
    tab.keyboard.press("v")
    tab.keyboard.press("7")
    assert votes.locator("output").inner_text() == "7 votes in all"
    tab.reload()
    votes.wait_for()
    assert votes.locator("output").inner_text() == "7 votes in all"
    tab.goto(f"{tab.url.partition('?')[0]}?deck=university-2.0")
    go_to_the_vote()
    assert votes.count() == 0
    tab.keyboard.press("v")
    assert "Type how many" in votes.locator("output").inner_text()


def test_a_deck_that_nobody_knows_leads_to_the_plans(open_page):
    tab = open_page("_static/deck.html#none")
    assert not tab.locator("iframe").is_visible()
    tab.get_by_role("link", name="Lesson plans").click()
    tab.wait_for_url(re.compile(r"teaching/plans\.html$"))
    whole = open_page("book/ideas/problem.html?deck=none.7")
    whole.get_by_role("toolbar", name="Slides").wait_for()
    assert int(whole.locator(".fs-lecture-bar output").inner_text().split("/")[1]) > 5, "the slides of the whole page"


@pytest.mark.parametrize("name, code", [("week-1", False), ("university-1", True)])
def test_code_is_on_the_slides_of_who_programs_only(open_page, name, code):
    deck, seen, tasks = Deck(open_page(PLANS), name), [], 0
    for number in range(3):
        deck.arrive(number)
        for _ in range(80):
            seen += [cell for cell in deck.frame.locator(".cell_input").all() if cell.is_visible()]
            tasks += deck.frame.locator(".try").evaluate_all("all => all.filter((one) => one.offsetHeight).length")
            now, count, build = deck.here
            if now == count and build.partition(" of ")[0] == build.partition(" of ")[2]:
                break
            deck.press()
        deck.press()
    assert bool(seen) == bool(tasks) == code


@pytest.mark.parametrize("width, height", [(1024, 768), (1366, 768), (1920, 1080)])
def test_a_hill_has_its_widget_and_what_it_shows_on_every_screen(open_page, width, height):
    deck = Deck(open_page(PLANS, viewport={"width": width, "height": height}), "week-3")
    deck.press("Home")  # another size has been here before
    widget, seen = deck.frame.locator("[data-widget=DescentExplorer]").first, []
    while deck.here[0] < deck.here[1]:
        deck.press()
        seen.append(widget.is_visible())
    assert any(seen) and not seen[-1]
    assert deck.frame.get_by_text("It leaps over the valley").is_visible(), "the answer comes last"


@pytest.mark.parametrize("width, height", [(1024, 768), (1366, 768), (1920, 1080)])
@pytest.mark.parametrize("name, number, heading", [("lesson-1", 0, "Nothing has been learnt yet"), ("week-1", 2, "Put it back"),
                                                   ("university-1", 5, "The map")])
def test_a_heading_stands_above_its_picture(open_page, width, height, name, number, heading):
    """On a large screen it had a slide to itself, with one sentence."""
    page = DECKS[name].stops()[number].page
    tab = open_page(f"book/{page}.html?deck={name}.{number}", viewport={"width": width, "height": height})
    tab.get_by_role("toolbar", name="Slides").wait_for()
    tab.keyboard.press("Home")
    title = tab.locator("article h2", has_text=heading)
    for _ in range(60):
        if title.is_visible():
            break
        tab.keyboard.press("PageDown")
    tab.wait_for_function("() => !document.querySelector('article').hasAttribute('data-fitting')")
    picture = title.locator("xpath=..").locator(".cell_output svg, .cell_output img").first
    assert picture.is_visible() and tab.evaluate("() => { const a = document.querySelector('article'); return a.scrollHeight - a.clientHeight; }") <= 1
    zoom = tab.locator("article.bd-article").evaluate("a => Number(getComputedStyle(a).zoom)")
    assert zoom >= 0.97 * height / 720, "its type is no smaller than beside a widget"


@pytest.mark.parametrize("width, height", [(1024, 768), (1920, 1080)])
def test_slides_up_to_a_widget_have_it_on_every_screen(open_page, width, height):
    stops = DECKS["tour-1"].stops()
    assert stops[-1].slides[-1][1:] == ("widget", False)
    tab = open_page(f"book/{stops[-1].page}.html?deck=tour-1.{len(stops) - 1}", viewport={"width": width, "height": height})
    tab.get_by_role("toolbar", name="Slides").wait_for()
    tab.keyboard.press("End")
    assert tab.locator("[data-widget=TrainingExplorer]").first.is_visible()
