"""The page of the question bank: every kind of question is answered and checked on it, by mouse and by keys, and read without scripts."""
import gzip
import html
import re

import pytest
from conftest import SITE, assert_accessible
from docutils.nodes import make_id

from nnlib.classroom.bank import select
from nnlib.classroom.items import Bug, Choose, Compute, Explain, Match, OfNetwork, Order
from nnlib.classroom.told import rich
from nnlib.numerals import format as written

PAGE = "book/teaching/question_bank.html"
ASKED = [item for item in select() if not getattr(item, "quiz", False)]


def of(tab, item):
    return tab.locator(f"section#{make_id(item.key.replace('-', ' '))}")


def first(*kinds):
    return next(item for item in ASKED if isinstance(item, kinds) and not (Choose in kinds and isinstance(item, Bug)))


def said(section):
    return section.locator(".fs-bank-verdict").inner_text()


def press(section, name):
    section.get_by_role("button", name=name, exact=True).click()


@pytest.fixture
def bank(open_page):
    tab = open_page(PAGE)
    tab.locator(".fs-bank").nth(len(ASKED) - 1).wait_for(state="attached")
    return tab


@pytest.mark.parametrize("base", ["http", "file"], indirect=True)
def test_every_question_has_its_form_and_the_answers_to_unfold_are_put_away(bank):
    assert bank.locator(".fs-bank").count() == len(ASKED)
    assert bank.locator("article details:visible").count() == 0
    assert bank.locator("[data-bank]").inner_text().startswith(f"0 of {len(ASKED)} questions answered right.")
    assert_accessible(bank, "article")


@pytest.mark.parametrize("kind", [Compute, OfNetwork])
def test_a_number_is_judged_and_other_numbers_are_asked(bank, kind):
    item = first(kind)
    section, posed = of(bank, item), item.posed(1)
    field = section.get_by_label("Your number")
    ask = section.locator(":scope > p").nth(1)
    assert ask.inner_text() == posed.ask
    for wrong in posed.wrong:
        field.fill(written(wrong.value, posed.digits))
        field.press("Enter")
        assert said(section) == f"Not yet. {wrong.feedback}"
    field.fill("about one")
    press(section, "Check")
    assert said(section) == "Your number: expected a number, got “about one”." and field.evaluate("e => e === document.activeElement")
    field.fill(posed.answer.replace("−", "-"))
    press(section, "Check")
    assert said(section) == f"Right: {posed.answer}." and bank.locator("[data-bank]").inner_text().startswith("1 of")
    press(section, "Other numbers")
    other = next(posed for posed in map(item.posed, range(2, 9)) if posed.ask == ask.inner_text())
    assert said(section) == "" and field.input_value() == "" and field.evaluate("e => e === document.activeElement")
    press(section, "Show the answer")
    assert said(section) == f"It is {other.answer}." and field.input_value() == other.answer
    assert bank.locator("[data-bank]").inner_text().startswith("1 of"), "who is shown an answer has not given it"


@pytest.mark.parametrize("kind", [Choose, Bug])
def test_each_distractor_has_its_feedback(bank, kind):
    item = first(kind)
    section = of(bank, item)
    press(section, "Check")
    assert said(section) == "Choose an answer first."
    for option in item.options:
        section.get_by_label(html.unescape(re.sub(r"<[^>]+>", "", rich(option.text))), exact=True).check()
        assert said(section) == "", "an old verdict is not about a new answer"
        press(section, "Check")
        plain = html.unescape(re.sub(r"<[^>]+>", "", rich(option.feedback)))
        assert said(section) == ("Right. " if option.right else "Not yet. ") + plain
    assert section.get_attribute("data-answered") == "right"


def test_steps_are_put_in_order_by_keys_alone(bank):
    item = first(Order)
    section = of(bank, item)

    def shown():
        return [item.steps.index(text.replace("`", "")) for text in section.locator(".fs-bank-steps li > span").all_inner_texts()]

    begun = shown()
    assert begun != sorted(begun)
    section.get_by_role("button", name="Check", exact=True).focus()
    bank.keyboard.press("Enter")
    known = item.said(begun)
    assert said(section) == "Not yet. " + " ".join(known) if known else "where" in said(section)
    for step in range(len(item.steps)):
        up = section.get_by_role("button", name=f"up: {item.steps[step]}", exact=True)
        up.focus()
        while shown().index(step) > step:
            bank.keyboard.press("Enter")
            assert up.evaluate("e => e === document.activeElement"), "the focus goes along"
    assert "Now in place" in section.locator(".fs-visually-hidden[role=status]").inner_text()
    section.get_by_role("button", name="Check", exact=True).focus()
    bank.keyboard.press("Enter")
    assert said(section) == f"Right. {item.feedback}"
    section.get_by_role("button", name=f"up: {item.steps[0]}", exact=True).focus()
    bank.keyboard.press("Enter")
    assert shown() == sorted(shown()), "the first goes no higher"


def test_what_belongs_together_is_judged_pair_by_pair(bank):
    item = first(Match)
    section = of(bank, item)
    for pair in item.pairs:
        section.get_by_label(pair.left, exact=True).select_option(pair.right)
    decoy = item.decoys[0]
    section.get_by_label(item.pairs[0].left, exact=True).select_option(decoy.right)
    press(section, "Check")
    notes = section.locator(".fs-bank-note")
    count = len(item.pairs)
    assert said(section) == f"Not yet. {count - 1} of {count} are right."
    assert notes.first.inner_text() == f"✗ {decoy.feedback}" and notes.nth(1).inner_text() == f"✓ {item.pairs[1].feedback}"
    section.get_by_label(item.pairs[0].left, exact=True).select_option(item.pairs[0].right)
    assert notes.first.inner_text() == ""
    press(section, "Check")
    assert said(section) == "Right." and section.get_attribute("data-answered") == "right"


def test_an_explanation_is_compared_point_by_point(bank):
    item = first(Explain)
    section = of(bank, item)
    press(section, "Compare")
    assert said(section) == "Write your explanation first." and item.model not in section.inner_text()
    section.get_by_label("Your explanation").fill("Because it is so.")
    press(section, "Compare")
    assert item.model in section.inner_text() and f"0 of {item.marks} points." in section.inner_text()
    for tick in section.get_by_role("checkbox").all():
        tick.check()
    assert f"{item.marks} of {item.marks} points." in section.inner_text() and section.get_attribute("data-answered") == "right"
    assert all(belief.rstrip(".") or why in section.inner_text() for belief, why in item.beliefs)


def test_on_paper_and_on_slides_the_answers_are_folded_as_without_scripts(bank):
    bank.emulate_media(media="print")
    assert bank.locator(".fs-bank:visible").count() == 0 and bank.locator("article details:visible").count() > 200
    bank.emulate_media(media="screen")
    bank.keyboard.press("l")
    bank.get_by_role("toolbar", name="Slides").wait_for()
    bank.keyboard.press("End")
    assert bank.locator(".fs-bank:visible").count() == 0 and bank.locator("article details:visible").count() >= 1


def test_it_is_read_without_scripts(chromium, server):
    context = chromium.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(server + PAGE)
    assert tab.locator("article details:visible").count() > 200 and tab.locator(".fs-bank").count() == 0
    assert not tab.locator("[data-bank]").is_visible()
    context.close()


def test_no_other_page_pays_for_it(open_page):
    loaded = "performance.getEntriesByType('resource').map((e) => e.name.split('/').at(-1))"
    assert "bank.js" not in open_page("book/teaching/questions.html").evaluate(loaded)
    assert len(gzip.compress((SITE / "_static" / "bank.js").read_bytes())) < 30_000


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_is_wider_than_the_window(open_page, width):
    tab = open_page(PAGE, {"width": width, "height": 800})
    tab.locator(".fs-bank").nth(len(ASKED) - 1).wait_for(state="attached")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
