"""Questions that come back, in a browser whose clock is turned: a month with them, by mouse and by keys, in two tabs, and with a damaged storage."""
import datetime
import json
import re
from zoneinfo import ZoneInfo

import pytest
from conftest import assert_accessible, watched

from nnlib.classroom.recall import PROMPTS, of_page

REVIEW, TERMS, STEP = "book/reference/review.html", "book/ideas/terms.html", "book/backward/step_05_dE_dw2.html"
KEY = "fourteen-steps-review"
KEPT = f"JSON.parse(localStorage.getItem('{KEY}'))"


def at(when):
    """A moment by the clock on a wall in Berlin, in summer time or not."""
    return datetime.datetime.fromisoformat(when).replace(tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.fixture
def reader(chromium, server):
    """A reader with a browser of their own in Berlin, where a night of March is an hour shorter; reader(path, date) opens a page on a day."""
    context, complaints, tabs = chromium.new_context(timezone_id="Europe/Berlin", viewport={"width": 1280, "height": 900}), [], []

    def open_(path, when, close=True):
        if close and tabs:
            tabs.pop().close()
        tab = watched(context, server, complaints)
        tab.clock.set_fixed_time(at(when))
        tab.goto(server + path)
        if path == REVIEW:
            tab.locator(".fs-files").wait_for()
        tabs.append(tab)
        return tab

    yield open_
    context.close()
    assert not complaints


def said(tab):
    return tab.locator(".fs-sitting").inner_text()


def press(tab, name):
    tab.locator(".fs-card-place").get_by_role("button", name=name, exact=True).click()


def answer(tab, *answers):
    """Answer one question after the other."""
    for name in answers:
        press(tab, "Show")
        press(tab, name)


def test_a_month_of_questions(reader):
    """Right, wrong and skipped answers; a tab that is closed; a clock that is set back; the night in which summer time begins."""
    tab = reader(TERMS, "2026-03-01T20:00:00")
    assert tab.evaluate("performance.getEntriesByName(new URL('../../_static/recall.js', location).href).length") == 0, "nobody has asked for it"
    tab.locator(".fs-done button").click()
    tab.get_by_text("5 questions of this page will come back tomorrow.").wait_for()
    assert tab.locator(".fs-done button").get_attribute("aria-pressed") == "true"
    tab = reader("book/index.html", "2026-03-01T20:10:00")
    tab.locator(".fs-resume a").first.wait_for()
    assert tab.locator(".fs-resume").inner_text() == "You were last on The terms. Nothing is due."
    button = tab.get_by_role("button", name="Let it learn").bounding_box()
    assert tab.locator(".fs-resume").bounding_box()["y"] > button["y"], "it takes nothing from the first screen"
    assert said(reader(REVIEW, "2026-03-01T23:59:00")).startswith(
        f"Nothing is due today. The next come tomorrow. 1 of {len({prompt.place.page for prompt in PROMPTS.values()})} pages read.")

    tab = reader(REVIEW, "2026-03-02T00:01:00")
    assert said(tab).startswith("5 questions are due today.")
    press(tab, "Begin")
    answer(tab, "I knew it", "I knew it", "I did not")
    press(tab, "Skip")
    press(tab, "Skip")
    tab = reader(REVIEW, "2026-03-02T09:00:00")  # closed in the middle, and opened again
    assert said(tab).startswith("2 questions are due today.")
    press(tab, "Begin")
    for _ in range(4):
        press(tab, "Skip")
    assert "That was it. 2 questions wait; another day is soon enough." in said(tab)
    press(tab, "Begin")
    answer(tab, "I knew it", "I knew it")

    assert said(reader(REVIEW, "2026-03-03T09:00:00")).startswith("1 question is due today.")
    assert said(reader(REVIEW, "2026-02-20T09:00:00")).startswith("Nothing is due today."), "a clock that is set back breaks nothing"
    stored = reader(REVIEW, "2026-03-03T10:00:00").evaluate(KEPT)
    assert len(stored["cards"]) == 5 and all(set(card) == {"stage", "due", "at"} for card in stored["cards"].values())

    for day, due in (("08", 5), ("31", 5)):  # with an hour less in the night to the 29th
        tab = reader(REVIEW, f"2026-03-{day}T07:00:00")
        while True:
            found = re.match(r"(\d+) questions? (is|are) due", said(tab))
            if not found:
                break
            assert int(found[1]) <= due
            press(tab, "Begin")
            answer(tab, *["I knew it"] * int(found[1]))
            assert "That was it." in said(tab)
    cards = reader(REVIEW, "2026-04-30T07:00:00").evaluate(KEPT)["cards"]
    assert set(cards) == {prompt.key for prompt in of_page("ideas/terms")}
    assert max(card["stage"] for card in cards.values()) == 3 and all((card["stage"] == 3) == (card["due"] is None) for card in cards.values())


def test_ten_minutes_are_enough(reader):
    tab = reader(STEP, "2026-05-04T20:00:00")
    tab.locator(".fs-done button").click()
    tab.get_by_text("5 questions of this page").wait_for()
    tab = reader(REVIEW, "2026-05-05T20:00:00")
    press(tab, "Begin")
    answer(tab, "I knew it")
    tab.clock.set_fixed_time(at("2026-05-05T20:10:01"))
    answer(tab, "I knew it")
    assert "That was it. 3 questions wait; another day is soon enough." in said(tab)


def test_two_tabs_and_a_file_and_one_press_that_deletes_all(reader):
    review = reader(REVIEW, "2026-05-04T20:00:00")
    other = reader(TERMS, "2026-05-04T20:00:00", close=False)
    other.locator("details.fs-prompt summary").first.click()
    other.get_by_role("button", name="I did not").click()
    other.get_by_text("It comes back tomorrow.").wait_for()
    review.get_by_text("The next come tomorrow.").wait_for()
    with review.expect_download() as download:
        review.get_by_role("button", name="Save as a file").click()
    saved = json.loads(download.value.path().read_text("utf8"))
    assert list(saved["cards"]) == ["three-things"]
    with review.expect_download() as download:
        review.get_by_role("button", name="Days for my calendar").click()
    days = re.findall(r"DTSTART;VALUE=DATE:(\d+)", download.value.path().read_bytes().decode())
    assert days == ["20260505", "20260511", "20260603"]
    review.get_by_role("button", name="Delete all").click()
    review.get_by_text("Deleted. Nothing is kept any more.").wait_for()
    assert review.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('fourteen-steps'))") == []
    review.locator("input[type=file]").set_input_files({"name": "a.json", "mimeType": "application/json", "buffer": json.dumps(saved).encode()})
    review.get_by_text("Taken in:").wait_for()
    assert list(review.evaluate(KEPT)["cards"]) == ["three-things"]
    other.close()  # it would put the damaged text aside as soon as it hears of it
    review.evaluate(f"localStorage.setItem('{KEY}', '{{broken')")
    review.reload()
    review.get_by_text("What was kept here is damaged.").wait_for()
    with review.expect_download() as download:
        review.get_by_role("button", name="Save what was put aside").click()
    assert download.value.path().read_text("utf8") == "{broken"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_sitting_by_keyboard_alone_on_a_phone(chromium, server, scheme):
    context = chromium.new_context(viewport={"width": 360, "height": 740}, color_scheme=scheme)
    tab = watched(context, server, [])
    tab.clock.set_fixed_time(at("2026-05-05T20:00:00"))
    tab.goto(server + REVIEW)
    cards = {key: {"stage": 0, "due": 20000 + at, "at": 0} for at, key in enumerate(("complete-dE-dw2", "gears"))}
    tab.evaluate(f"(state) => localStorage.setItem('{KEY}', JSON.stringify(state))", {"version": 1, "cards": cards, "pages": {}})
    tab.reload()
    tab.locator(".fs-begin").focus()
    tab.keyboard.press("Enter")
    first = PROMPTS["complete-dE-dw2"]
    assert tab.evaluate("document.activeElement.textContent") == first.ask
    names = tab.locator(".fs-card-place .fs-chip").all_inner_texts()
    for gap, symbol in ((1, "∂z₂/∂w₂"), (2, "δ₂")):
        tab.locator(".fs-card-place .fs-chip").nth(names.index(symbol)).focus()
        tab.keyboard.press("Enter")
        tab.get_by_role("button", name=f"Gap {gap}: empty").focus()
        tab.keyboard.press("Enter")
    assert "The formula is complete." in tab.locator(".fs-gaps-said").inner_text() and tab.locator(".fs-gaps line").count() == 2
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    tab.locator(".fs-card-place").get_by_role("button", name="Show").focus()
    tab.keyboard.press("Enter")
    assert_accessible(tab, ".fs-review")
    assert tab.evaluate("document.activeElement.textContent") == "I knew it"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.className") == "fs-card-asks"
    assert "1 question left." in said(tab)
    context.close()


def test_without_scripts_a_question_and_its_folded_answer_remain(open_page):
    tab = open_page(REVIEW, java_script_enabled=False)
    assert tab.locator("details.fs-prompt").count() == len(PROMPTS) and tab.locator("nav.fs-progress a").count() == 19
    tab.locator("details.fs-prompt summary").first.click()
    assert tab.locator(".fs-told").first.is_visible() and not tab.locator(".fs-told").nth(1).is_visible()
    tab = open_page(TERMS, java_script_enabled=False)
    assert tab.locator("details.fs-prompt").count() == len(of_page("ideas/terms")) and not tab.locator(".fs-done").is_visible()
