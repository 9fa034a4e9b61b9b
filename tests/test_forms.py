"""The tests for before and after: parallel, unlike anything that is asked elsewhere, and told to other programs."""
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

import nnlib
from nnlib.classroom import forms
from nnlib.classroom.bank import FILE_SEED, ITEMS
from nnlib.classroom.exports import FORMATS
from nnlib.classroom.forms import DO_NOT_KNOW, FORMS, OWN, PAIRS, POINTS, main, questions
from nnlib.classroom.handouts import HANDOUTS
from nnlib.classroom.items import Compute, Explain
from nnlib.classroom.plans import PLANS, asked
from nnlib.classroom.prompts import shown
from nnlib.classroom.recall import PROMPTS
from nnlib.numerals import format as written


@pytest.mark.parametrize("form", FORMS)
def test_a_form_has_ten_questions_with_one_right_answer_each(form):
    assert len(questions(form)) == len(PAIRS) == POINTS == 10
    for question in questions(form):
        assert sum(answer.right for answer in question.answers) == 1
        assert len(question.answers) >= 4 and question.answers[-1].text == DO_NOT_KNOW.text
        assert len({answer.text for answer in question.answers}) == len(question.answers)
        assert all(answer.said for answer in question.answers)


def test_the_forms_are_parallel_and_share_no_question():
    prior, final = questions("prior"), questions("final")
    assert not {question.ask for question in prior} & {question.ask for question in final}
    for before, after, pair in zip(prior, final, PAIRS, strict=True):
        same = re.sub(r"[−\d.]+", "#", before.ask) == re.sub(r"[−\d.]+", "#", after.ask)
        assert same == (pair.items[0] == pair.items[1]), "other numbers, or another item"
    right = [[next(at for at, answer in enumerate(q.answers) if answer.right) for q in form] for form in (prior, final)]
    assert all(len(set(places)) > 2 for places in right), "no place is always the right one"
    with pytest.raises(KeyError, match="expected one of prior, final"):
        questions("middle")


COMPUTED = [pair for pair in PAIRS if pair.items[0] in ITEMS]


def kind(number):
    """What makes a number easy or hard to compute with: its sign, how many digits it has, whether it is 1."""
    text = written(number)
    return text.startswith("−"), len(re.sub(r"[−.]", "", text).lstrip("0")), number == 1


@pytest.mark.parametrize("pair", COMPUTED, ids=lambda pair: pair.items[0])
def test_numbers_before_and_after_are_equally_hard(pair):
    item = ITEMS[pair.items[0]]
    before, after = (item.posed(seed) for seed in pair.seeds)
    assert {name: kind(value) for name, value in before.given.items()} == {name: kind(value) for name, value in after.given.items()}
    assert kind(before.right) == kind(after.right)
    assert {one.misconception: kind(one.value)[0] for one in before.wrong} == {one.misconception: kind(one.value)[0] for one in after.wrong}
    shown = [[written(one.value, posed.digits) for one in posed.wrong] for posed in (before, after)]
    for posed, wrong in zip((before, after), shown, strict=True):  # nobody finds the right one by its digits: none is rounded
        assert [float(text.replace("−", "-")) for text in wrong] == pytest.approx([one.value for one in posed.wrong], rel=1e-9)
        assert "0" not in wrong and len({*wrong, posed.answer}) == len(wrong) + 1
    assert before.answer not in [after.answer, *shown[1]] and after.answer not in shown[0], "what was right before is no answer after"


@pytest.mark.parametrize("pair", [pair for pair in PAIRS if pair not in COMPUTED], ids=lambda pair: pair.items[0])
def test_another_item_is_on_the_same_page_and_offers_the_same_misconceptions(pair):
    before, after = (OWN[key] for key in pair.items)
    assert (before.page, before.section, before.level) == (after.page, after.section, after.level)
    assert set(before.misconceptions) == set(after.misconceptions)
    for item in (before, after):
        words = {option.right: len(option.text.split()) for option in sorted(item.options, key=lambda one: len(one.text.split()))}
        assert words[True] <= words[False] + 1, "its length does not give it away"


def elsewhere():
    """Everything that is asked in lessons, quizzes, polls and on the bank's page, by where it stands."""
    stages = [stage for plan in PLANS for session in plan.sessions for stage in session.stages if stage.ask]
    yield from (("a plan", f"{asked(stage.ask).text} {asked(stage.ask).code}") for stage in stages)
    yield from ((f"the bank, {item.key}", item.posed(FILE_SEED).ask if isinstance(item, Compute) else item.ask) for item in ITEMS.values())
    yield from ((f"a card, {key}", shown(prompt, FILE_SEED)[0]) for key, prompt in PROMPTS.items())


def numbers(text):
    """The numbers in it but 0 and 1, which stand everywhere."""
    return {found.replace("−", "-") for found in re.findall(r"[−-]?\d+(?:\.\d+)?", text)} - {"0", "1"}


@pytest.mark.parametrize("form", FORMS)
def test_no_lesson_quiz_or_poll_has_asked_it(form):
    # a gain that is the memory of a question measures nothing
    for question in questions(form):
        own = numbers(question.ask)
        for where, text in elsewhere():
            assert " ".join(question.ask.split()) not in text, where
            assert len(own) < 2 or not own <= numbers(text), f"{where} has the numbers of {question.ask!r}"
    assert not set(OWN) & set(ITEMS), "what only the tests ask is in no file of the bank"


def answered():
    """The same with models of answers, the handouts' sentences, and the questions to predict."""
    yield from elsewhere()
    yield from ((f"the bank, {item.key}", f"{item.ask} {item.model}") for item in ITEMS.values() if isinstance(item, Explain))
    for handout in HANDOUTS.values():
        yield from ((f"handout {handout.key}", "".join(piece.text for piece in one.pieces())) for one in handout.numbers)
    page = Path(__file__).resolve().parents[1] / "book" / "teaching" / "questions.md"
    yield from ((page.stem, one) for one in re.findall(r"^\*\*(.+)\*\*$", page.read_text("utf8"), re.M))


@pytest.mark.parametrize("form", FORMS)
def test_the_one_number_of_a_slope_of_the_loss_stands_with_it_nowhere_else(form):
    """A question with a single number: whoever has met a prediction of 0.6 with the target 1 knows the answer."""
    (ask,) = (question.ask for question in questions(form) if "∂E/∂a₂" in question.ask)
    (own,) = numbers(ask)
    slope = re.compile(r"∂E/∂a₂|slope of the loss with respect to (the|a) prediction")
    assert sum(bool(slope.search(text)) for _, text in answered()) > 5
    assert not [where for where, text in answered() if slope.search(text) and own in numbers(text)]


@pytest.mark.parametrize("fact", [fact for item in OWN.values() for fact in item.facts])
def test_what_a_question_claims_is_true(fact):
    assert eval(fact, {**vars(nnlib), "np": np}), fact


def test_another_program_is_told_both_tests():
    root = ElementTree.fromstring(forms.both("moodle"))
    folders = [one.findtext("category/text") for one in root if one.get("type") == "category"]
    assert folders == ["$course$/top/Fourteen Steps/Before", "$course$/top/Fourteen Steps/After"]
    asked_there = [one for one in root if one.get("type") == "multichoice"]
    assert len(asked_there) == 2 * POINTS == len({one.findtext("idnumber") for one in asked_there})
    for question, told in zip([*questions("prior"), *questions("final")], asked_there, strict=True):
        answers = {one.findtext("text"): one.get("fraction") for one in told.iter("answer")}
        assert {text for text, worth in answers.items() if worth == "100"} == {one.text for one in question.answers if one.right}
        assert len(answers) == len(question.answers)
    text = forms.both("gift").decode()
    assert text.count("$CATEGORY") == 2 and text.count("::[html]") == 20


def test_the_command_writes_them(tmp_path, capsys):
    for name, one in FORMATS.items():
        path = tmp_path / f"t{one.ending}"
        assert main(["--format", name, "--output", str(path)]) == 0
        assert path.read_bytes() == forms.both(name)
        assert capsys.readouterr().out == f"{path}: 10 questions before, 10 after, {one.title}\n"
    assert len([name for name in zipfile.ZipFile(tmp_path / "t.zip").namelist() if name.startswith("items/")]) == 20
    for options, message in ((["--output", "x.zip"], "ends in .xml for moodle, got x.zip"),
                             (["--output", "/nowhere/x.xml"], "cannot write")):
        with pytest.raises(SystemExit, match="2"):
            main(["--format", "moodle", *options])
        assert message in capsys.readouterr().err
