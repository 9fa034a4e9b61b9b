"""Questions on a page: what stands in the HTML, without a build."""
import json
import re

import pytest
from fourteen_steps import recall
from javascript import PLATFORM
from py_mini_racer import MiniRacer

from nnlib.classroom.misconceptions import meaning
from nnlib.classroom.prompts import shown
from nnlib.classroom.recall import PROMPTS, SEEDS
from nnlib.numerals import format as written
from nnlib.steps import OPERATIONS


@pytest.mark.parametrize("prompt", PROMPTS.values(), ids=lambda prompt: prompt.key)
def test_a_question_has_its_answer_its_reason_and_a_link_for_each_wrong_answer(prompt):
    made = recall.prompt_html(prompt, "#there")
    plain = re.sub(r"<[^>]*>", "", made)
    ask, answer, wrong = shown(prompt, SEEDS[0])
    assert made.count("<details") == 1 and made.startswith(f'<details class="fs-prompt" id="recall-{prompt.key}"')
    for text in (ask, answer, prompt.why, *(one.feedback for one in wrong), *(meaning(one.misconception) for one in wrong)):
        assert re.sub(r"[`*&<>]|amp;|lt;|gt;", "", text) in re.sub(r"[`*&<>]|amp;|lt;|gt;", "", plain), text
    assert made.count('href="#there"') == len(wrong)
    blocks = re.findall(r"<(\w+)", re.search(r"<summary>(.*?)</summary>", made, re.S)[1])
    assert set(blocks) <= {"span", "code", "em", "strong", "sub", "sup", "i", "b"}, "a summary holds phrases only: an EPUB's judge insists"


def test_other_numbers_stand_in_the_review_only():
    gears = PROMPTS["gears"]
    assert "data-variants" not in recall.prompt_html(gears, "#there")
    found = re.search(r'data-variants="([^"]*)"', recall.prompt_html(gears, "#there", variants=True))[1]
    variants = json.loads(found.replace("&quot;", '"').replace("&#x27;", "'"))
    assert len(variants) >= 4 and len({one[0] for one in variants}) == len(variants)
    for ask, answer, wrong, right, slips in variants:
        assert written(right[0], 3) == answer and [written(value, 3) for value, _ in slips] == wrong and right[1] > 0
        assert (ask, answer, wrong) in [(a, b, [one.text for one in c]) for a, b, c in (shown(gears, seed) for seed in SEEDS)]


def test_every_stop_has_a_page_with_questions():
    pages = {prompt.place.page for prompt in PROMPTS.values()}
    assert {recall.stop_page(operation) for operation in OPERATIONS} <= pages
    assert recall.stop_page(OPERATIONS[-1]) == "backward/step_14_new_w1_new_b1"


def test_the_script_is_one_that_runs_and_leaves_other_pages_alone():
    engine = MiniRacer()
    engine.eval(PLATFORM)
    engine.eval("var document = { querySelector: () => null, querySelectorAll: () => [], addEventListener() {} };")
    engine.eval("var addEventListener = () => {};")
    engine.eval(recall.script())
    assert not re.search(r"\bimport\b|innerHTML|fetch\(|https?://(?!www\.w3\.org)", recall.script())
