"""Questions that come back, in a browser whose clock is turned: a month with them, by mouse and by keys, in two tabs, and with a damaged storage."""
import datetime
import json
import re
from zoneinfo import ZoneInfo

import browser as installed
import pytest
from conftest import SITE, assert_accessible, watched, widgets_are_drawn

from nnlib.classroom.answers import question
from nnlib.classroom.misconceptions import meaning
from nnlib.classroom.recall import PROMPTS, SEEDS, of_page

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


def make_due(tab, *keys):
    """The review with these questions due, in this order."""
    cards = {key: {"stage": 0, "due": 20000 + at, "at": 0} for at, key in enumerate(keys)}
    tab.evaluate(f"(state) => localStorage.setItem('{KEY}', JSON.stringify(state))", {"version": 1, "cards": cards, "pages": {}})
    tab.reload()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_sitting_by_keyboard_alone_on_a_phone(chromium, server, scheme):
    context = chromium.new_context(viewport={"width": 360, "height": 740}, color_scheme=scheme)
    tab = watched(context, server, [])
    tab.clock.set_fixed_time(at("2026-05-05T20:00:00"))
    tab.goto(server + REVIEW)
    make_due(tab, "complete-dE-dw2", "gears")
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


# ---- what is read ----


def fill_in(tab, box, asked, factor=1):
    """An answer to an answer box of the page: the right numbers, or a multiple of them."""
    widget = tab.locator("section[data-widget=AnswerBox]").nth(box)
    for field, value in zip(widget.get_by_label(re.compile("^Your answer")).all(), asked.right.flat, strict=True):
        field.fill(f"{value * factor:.6g}")
    widget.get_by_role("button", name="Check").click()
    return widget


def test_a_page_counts_as_read_when_all_of_its_answer_boxes_are_right_and_its_stops_fill(reader):
    tab = reader("book/forward/feedforward.html", "2026-03-01T20:00:00")
    assert tab.locator(".fs-done").inner_text().endswith("It also counts as read when you get its answer boxes right, all of them.")
    widgets_are_drawn(tab)
    pressed = tab.locator(".fs-done button")
    first, second = question("z1", 23), question("z2", 24)
    fill_in(tab, 0, first)
    fill_in(tab, 1, second, factor=-1).locator(".fs-bad", has_text="Not yet").wait_for()
    tab.locator(".fs-done [role=status]").wait_for(state="attached")
    assert pressed.get_attribute("aria-pressed") == "false", "one of two"
    fill_in(tab, 1, second)
    tab.get_by_text("All of it is right, so this page counts as read.").wait_for()
    assert pressed.get_attribute("aria-pressed") == "true"
    review = reader(REVIEW, "2026-03-01T20:05:00")
    filled = review.locator("[data-stop-page][data-done]")
    assert filled.all_inner_texts() == ["F1", "F2", "F3", "F4"] and filled.first.get_attribute("aria-label").endswith(", read")
    assert f"1 of {len({p.place.page for p in PROMPTS.values()})} pages read." in said(review)
    again = reader("book/forward/feedforward.html", "2026-03-01T20:10:00")
    again.locator(".fs-done button[aria-pressed=true]").click()
    assert reader(REVIEW, "2026-03-01T20:15:00").locator("[data-done]").count() == 0, "the reader's word is the last one"


def test_an_answer_that_was_shown_proves_nothing_and_no_page_is_locked(reader):
    tab = reader(TERMS, "2026-03-01T20:00:00")
    widgets_are_drawn(tab)
    widget = tab.locator("section[data-widget=AnswerBox]")
    for name in ("Hint", "Hint", "Show the solution"):
        widget.get_by_role("button", name=name, exact=True).click()
    fill_in(tab, 0, question("z1", 20, neurons=1)).locator(".fs-good", has_text="Right, to").wait_for()
    assert tab.locator(".fs-done button").get_attribute("aria-pressed") == "false" and tab.locator("[data-right]").count() == 0
    assert tab.evaluate(f"localStorage.getItem('{KEY}')") is None
    links = reader(REVIEW, "2026-03-01T20:05:00").locator("[data-stop-page]")
    assert all(link.get_attribute("href") and not link.get_attribute("aria-disabled") for link in links.all())


# ---- a number to type ----


def with_cards(tab, *keys):
    """The review with these questions due, and the first of them asked."""
    make_due(tab, *keys)
    press(tab, "Begin")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_number_is_typed_a_slip_is_told_by_its_name_and_show_needs_no_number(chromium, server, scheme):
    context = chromium.new_context(viewport={"width": 360, "height": 740}, color_scheme=scheme)
    tab = watched(context, server, [])
    tab.clock.set_fixed_time(at("2026-05-05T20:00:00"))
    tab.goto(server + REVIEW)
    with_cards(tab, "weighted-sum", "gears")
    ask = tab.locator(".fs-card-asks").inner_text()
    posed = next(one for one in map(PROMPTS["weighted-sum"].posed, SEEDS) if one.ask == ask)
    field = tab.get_by_label("Your number")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement === document.querySelector('.fs-typed input')"), "the next stop by keyboard"
    told = tab.locator(".fs-typed-said")
    for text, expected in (("two", "expected a number"), ("999", "Not yet.")):
        field.fill(text)
        field.press("Enter")
        assert expected in told.inner_text()
    slip = posed.wrong[0]
    field.fill(f"{slip.value:.6g}".replace(".", ","))
    field.press("Enter")
    assert slip.feedback in told.inner_text() and meaning(slip.misconception) in told.inner_text()
    page, anchor = told.locator("a.fs-belief").evaluate("(a) => [new URL(a.href).pathname, new URL(a.href).hash]")
    assert page.endswith("/ideas/terms.html") and anchor, "a link to the paragraph"
    assert not tab.locator(".fs-card .fs-told").is_visible() and tab.evaluate("document.documentElement.scrollWidth") <= 360
    assert_accessible(tab, ".fs-review")
    field.fill(posed.answer)
    field.press("Enter")
    assert told.inner_text() == "Right." and tab.locator(".fs-card .fs-told").is_visible()
    assert tab.evaluate("document.activeElement.textContent") == "I knew it"
    tab.keyboard.press("Enter")
    press(tab, "Show")
    assert tab.locator(".fs-card .fs-told").is_visible(), "without a number"
    context.close()


def test_lines_are_drawn_from_a_symbol_to_its_place(open_page):
    tab = open_page(REVIEW)
    details = tab.locator("#recall-complete-dE-dw2")
    details.locator("summary").click()
    chips, gaps = details.locator(".fs-chip"), details.locator(".fs-gap")

    def draw(symbol, to):
        start, end = (one.bounding_box() for one in (chips.nth(chips.all_inner_texts().index(symbol)), to))
        tab.mouse.move(start["x"] + 9, start["y"] + 9)
        tab.mouse.down()
        tab.mouse.move(end["x"] + 12, end["y"] + 12, steps=4)
        assert details.locator(".fs-gaps line").count() == before + 1, "it follows the pointer"
        tab.mouse.up()

    before = 0
    draw("∂z₂/∂w₂", gaps.first)
    assert gaps.first.inner_text() == "∂z₂/∂w₂" and details.locator("[aria-pressed=true]").count() == 0
    before = 1
    draw("δ₂", details.locator(".fs-gaps-said"))
    assert details.locator(".fs-gaps line").count() == 1, "nowhere"
    draw("∂E/∂a₂", gaps.nth(1))
    told = details.locator(".fs-gaps-said")
    assert "does not belong there." in told.inner_text() and "The blame has to go through the curve first" in told.inner_text()
    assert told.locator("a.fs-belief").inner_text() == meaning("no output slope"), "the misconception by its name, and a link"
    before = 2
    draw("δ₂", gaps.nth(1))
    assert "The formula is complete." in details.locator(".fs-gaps-said").inner_text()
    chips.first.click()
    assert "is taken" in details.locator(".fs-gaps-said").inner_text(), "a press is still a press"


# ---- a month elsewhere, and from a folder ----

MONTHS = [("America/New_York", "2026-10-15"), ("Australia/Lord_Howe", "2026-03-20"), ("Europe/London", "2026-03-10"), ("Asia/Kolkata", "2026-12-05")]


@pytest.mark.parametrize(("zone", "begin"), MONTHS)
def test_thirty_one_days_one_after_the_other_in_other_time_zones(chromium, server, zone, begin):
    """Every day just after midnight and just before the next: asked on the days 1, 7 and 30 and on no other, hour more or hour less."""
    context, complaints = chromium.new_context(timezone_id=zone), []
    tab = watched(context, server, complaints)
    first = datetime.datetime.fromisoformat(begin).replace(tzinfo=ZoneInfo(zone))

    def turn(day, hour, minute):
        tab.clock.set_fixed_time((first + datetime.timedelta(days=day)).replace(hour=hour, minute=minute))

    turn(0, 23, 59)
    tab.goto(server + TERMS)
    tab.locator(".fs-done button").click()
    tab.get_by_text("5 questions of this page will come back tomorrow.").wait_for()
    tab.goto(server + REVIEW)
    tab.locator(".fs-files").wait_for()
    asked = []
    for day in range(32):
        for hour, minute in ((0, 1), (23, 58)):
            turn(day, hour, minute)
            tab.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # the page lies open all the month
            if "due today" in said(tab) and not said(tab).startswith("Nothing"):
                asked.append((day, hour))
                press(tab, "Begin")
                answer(tab, *["I knew it"] * 5)
    assert asked == [(1, 0), (7, 0), (30, 0)]
    context.close()
    assert not complaints


def test_who_flies_round_the_world_loses_nothing_and_is_asked_a_day_sooner_or_later_at_most(chromium, server):
    state, found = None, {}
    for zone, when in (("Europe/Berlin", "2026-03-01T20:00:00+01:00"), ("Pacific/Kiritimati", "2026-03-02T08:00:00+01:00"),
                       ("Pacific/Pago_Pago", "2026-03-02T08:00:00+01:00")):
        context = chromium.new_context(timezone_id=zone, storage_state=state)
        tab = watched(context, server, [])
        tab.clock.set_fixed_time(datetime.datetime.fromisoformat(when))
        if state is None:
            tab.goto(server + TERMS)
            tab.locator(".fs-done button").click()
            tab.get_by_text("5 questions of this page will come back tomorrow.").wait_for()
            state = context.storage_state()
        else:
            tab.goto(server + REVIEW)
            tab.locator(".fs-files").wait_for()
            found[zone] = said(tab)
        context.close()
    assert found["Pacific/Kiritimati"].startswith("5 questions are due today.")
    assert found["Pacific/Pago_Pago"].startswith("Nothing is due today. The next come tomorrow."), "there it is still the first of March"


FOLDER = SITE.as_uri() + "/"


def test_from_a_folder_the_browser_keeps_it_too(chromium):
    context, complaints = chromium.new_context(), []
    tab = watched(context, FOLDER, complaints)
    tab.clock.set_fixed_time(at("2026-03-01T20:00:00"))
    tab.goto(FOLDER + TERMS)
    tab.locator(".fs-done button").click()
    tab.get_by_text("5 questions of this page will come back tomorrow.").wait_for()
    tab.close()
    tab = watched(context, FOLDER, complaints)
    tab.clock.set_fixed_time(at("2026-03-02T20:00:00"))
    tab.goto(FOLDER + REVIEW)
    tab.locator(".fs-files").wait_for()
    assert said(tab).startswith("5 questions are due today.") and "keeps nothing" not in said(tab)
    press(tab, "Begin")
    answer(tab, "I knew it")
    tab.goto(FOLDER + "book/index.html")
    tab.get_by_text("You were last on The terms. 4 questions are due.").wait_for()
    context.close()
    assert not complaints


@pytest.mark.parametrize("where", ["file", "http"])
def test_where_storage_is_barred_a_sentence_says_so_and_a_file_saves_it(playwright, server, where, tmp_path):
    """A reader's own setting, that no page may keep anything: the browser itself forbids localStorage, on a page from a folder, too."""
    (tmp_path / "Default").mkdir()
    (tmp_path / "Default" / "Preferences").write_text(json.dumps({"profile": {"default_content_setting_values": {"cookies": 2}}}))
    context = playwright.chromium.launch_persistent_context(tmp_path, executable_path=installed.ensure(), args=installed.FLAGS)
    base, complaints = FOLDER if where == "file" else server, []
    tab = watched(context, base, complaints)
    tab.clock.set_fixed_time(at("2026-05-05T20:00:00"))
    tab.goto(base + TERMS)
    assert tab.evaluate("(() => { try { return typeof localStorage; } catch (error) { return error.name; } })()") == "SecurityError"
    tab.locator(".fs-done button").click()
    sentence = "This browser keeps nothing for this page: it is gone when you leave. Save it as a file."
    tab.get_by_text(f"5 questions of this page will come back tomorrow. {sentence}").wait_for()
    tab.goto(base + REVIEW)
    tab.get_by_text(sentence).wait_for()
    kept = {"version": 1, "cards": {"gears": {"stage": 0, "due": 20000, "at": 0}}, "pages": {}}
    tab.locator("input[type=file]").set_input_files({"name": "a.json", "mimeType": "application/json", "buffer": json.dumps(kept).encode()})
    tab.get_by_text("1 question is due today.").wait_for()
    press(tab, "Begin")
    answer(tab, "I knew it")
    tab.get_by_text("That was it.").wait_for()
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Save as a file").click()
    assert json.loads(download.value.path().read_text("utf8"))["cards"]["gears"]["stage"] == 1
    context.close()
    assert not complaints
