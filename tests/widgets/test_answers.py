"""answers.js and sheets.js say what answers.py says: the same questions, the same diagnoses."""
import re

import numpy as np
import pytest
from hypothesis import given as forall
from hypothesis import settings
from hypothesis import strategies as st
from javascript import Module

from nnlib import OPERATIONS, Parameters, iteration
from nnlib.classroom import answers
from nnlib.classroom.answers import (
    ASKED,
    CHANGED,
    IN_THE_END,
    Question,
    diagnose,
    easy_parameters,
    question,
    shown_digits,
    title,
    tolerance,
    usual_digits,
)
from nnlib.classroom.worksheets import LEVELS, ON_PAGES, ROWS, Kind, sheet_iteration
from nnlib.gates import TWO_EXAMPLES
from nnlib.mistakes import MISTAKES, SLIPS
from nnlib.widgets import AnswerBox

pytestmark = pytest.mark.slow

BOX = Module("model/answers.js", "model/sheets.js", "model/mistakes.js", "model/digits_asked.js", "generated/names.js", "generated/slips.js")
EXAMPLES = {"x": TWO_EXAMPLES.x.tolist(), "y": TWO_EXAMPLES.y.tolist()}
QUANTITIES = [name for op in OPERATIONS for name in op.outputs]


def test_the_same_slips():
    assert BOX("Object.keys(SLIPS)") == list(SLIPS) == BOX("Object.keys(SLIP_NAMES)")
    assert not set(SLIPS) & set(MISTAKES)
    inputs = BOX("Object.fromEntries(Object.entries(SLIPS).map(([k, m]) => [k, Object.values(m)[0].inputs]))")
    for key, slip in SLIPS.items():
        (label,) = slip.replaced
        assert inputs[key] == list(next(op.inputs for op in slip.operations if op.label == label)), key


def test_whatever_goes_wrong_in_the_end_has_a_sentence():
    assert list(IN_THE_END) == list(CHANGED) == BOX("Object.keys(IN_THE_END)")
    assert {key: title(key) for key in IN_THE_END} == IN_THE_END and not set(IN_THE_END) & {*MISTAKES, *SLIPS}


@settings(max_examples=40)
@forall(st.integers(-(2**40), 2**40), st.integers(1, 3))
def test_the_same_easy_numbers(seed, hidden):
    ours = easy_parameters(seed, hidden)
    assert BOX("easyParameters(seed, hidden)", seed=seed, hidden=hidden) == {n: p.tolist() for n, p in ours._asdict().items()}
    assert all((np.abs(p) >= 0.1).all() and np.array_equal(p, np.round(p, 1)) for p in ours)


@pytest.mark.parametrize("seed", [*range(20), -5, 2**53 - 1, 1 - 2**53])
def test_a_page_has_the_sheets_numbers(seed):
    it = sheet_iteration(seed, 1)
    drawn = BOX("sheetParameters(seed, x, y, rate)", seed=seed, x=it.x.tolist(), y=it.y.tolist(), rate=it.learning_rate)
    assert drawn == {name: it[name].tolist() for name in ("w1", "b1", "w2", "b2")}


@pytest.mark.parametrize("level", ON_PAGES)
@pytest.mark.parametrize("rows", ROWS)
def test_a_page_has_the_sheets_of_every_length(level, rows):
    for seed in (*range(12), -3):
        it = sheet_iteration(seed, 1, Kind(level, rows))
        theirs = BOX("(() => { const asked = sheetQuestions(seed, level, rows); return [Object.keys(asked), asked.E.values]; })()",
                     seed=seed, level=level, rows=rows)
        assert theirs[0] == [name for operation in LEVELS[level].operations for name in operation.outputs]
        for name in ("x", "y", "w1", "b1", "w2", "b2"):
            assert np.array_equal(theirs[1][name], it[name]), name
        for name in theirs[0]:
            np.testing.assert_allclose(np.ravel(theirs[1][name]), np.ravel(it[name]), rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("quantity", QUANTITIES)
@settings(max_examples=4, deadline=None)
@forall(seed=st.integers(0, 10**6))
def test_the_same_question_and_the_same_diagnosis(quantity, seed):
    asked = question(quantity, seed)
    digits = usual_digits(quantity)
    theirs = BOX("question(quantity, seed, digits, examples, 0.5)", quantity=quantity, seed=seed, digits=digits, examples=EXAMPLES)
    assert theirs["parameters"] == {n: p.tolist() for n, p in asked.parameters._asdict().items()}
    assert theirs["given"] == list(asked.given) and set(theirs["wrong"]) == set(asked.wrong)
    for key, value in asked.wrong.items():
        np.testing.assert_allclose(theirs["wrong"][key], value, rtol=1e-11, atol=1e-15, err_msg=key)
    for answer in (asked.right, *asked.wrong.values(), asked.right * 1.37 + 0.1):
        ours = diagnose(asked, answer)
        said = BOX("diagnose(question(quantity, seed, digits, examples, 0.5), answer)", quantity=quantity, seed=seed, digits=digits, examples=EXAMPLES, answer=answer.tolist())
        assert (said["right"], tuple(said["mistakes"]), said["rightNumbers"]) == ours


def test_what_differs_in_its_last_bit_only_is_no_mistake():
    """With seed 1190 ∂z₂/∂w₂ is its own transpose but for the last bit, which is another one in Python than in JavaScript."""
    ours = question("dz2_dw2", 1190)
    assert ours.right[0, 1] != ours.right[1, 0] and "transposed" not in ours.wrong
    theirs = BOX("question('dz2_dw2', 1190, 3, examples, 0.5)", examples=EXAMPLES)
    assert theirs["parameters"] == {n: p.tolist() for n, p in ours.parameters._asdict().items()}


@pytest.mark.parametrize(("quantity", "seed"), [("dE_db2", 16353)])
def test_a_half_is_rounded_the_same_way_in_both_languages(quantity, seed):
    """On the way to this answer a number lies halfway between two decimals, but for its last bit."""
    ours = question(quantity, seed)
    theirs = BOX("question(quantity, seed, 3, examples, 0.5)", quantity=quantity, seed=seed, examples=EXAMPLES)
    np.testing.assert_allclose(theirs["wrong"]["rounding too early"], ours.wrong["rounding too early"], rtol=1e-11)


def rounded(values, digits):
    """As a person writes them down."""
    return np.array([[float(f"{v:.{digits}g}") for v in row] for row in values])


@pytest.mark.parametrize("quantity", QUANTITIES)
@settings(max_examples=6, deadline=None)
@forall(seed=st.integers(0, 10**6))
def test_every_mistake_is_recognised_and_never_called_right(quantity, seed):
    asked = question(quantity, seed)
    right = diagnose(asked, rounded(asked.right, asked.digits))
    assert right.right and right.mistakes == ()
    assert len(asked.wrong) >= 3
    for key, value in asked.wrong.items():
        said = diagnose(asked, rounded(value, asked.digits))
        if key == "rounding too early":
            assert said.right or title(key) in said.mistakes
            continue
        assert not said.right, f"{key} passes for right"
        assert title(key) in said.mistakes, key


def test_two_mistakes_with_the_same_number_are_both_named():
    asked = question("dE_da2", 3)
    said = diagnose(asked, -asked.right).mistakes
    assert len(said) == 2 and title("swapped error") in said and title("wrong sign") in said


@pytest.mark.parametrize(("quantity", "key"), [
    ("z1", "no bias in z1"), ("a1", "slope for a1"), ("a2", "slope for a2"), ("E", "missing half"), ("da2_dz2", "value for da2"),
    ("dE_dz2", "no output slope"), ("dE_dw2", "no output slope"), ("new_w2", "uphill"), ("new_w2", "no rate in w2"), ("dE_dw1", "updated w2"),
    ("dE_db1", "no hidden slope"), ("new_w1", "no learning rate"), ("z1", "transposed"), ("dE_dw1", "twice")])
def test_the_classic_mistakes_are_there(quantity, key):
    assert key in question(quantity, 11).wrong


@pytest.mark.parametrize(("call", "message"), [
    (lambda: question("w3", 1), "quantity: expected one of z1, a1"), (lambda: question("w1", 1), "quantity: expected one of"),
    (lambda: question("E", 1.5), "seed: expected a whole number"), (lambda: question("E", 1, digits=1), "digits: expected a whole number from 2 to 6, got 1"),
    (lambda: question("E", 1, digits=9), "digits: expected a whole number from 2 to 6, got 9"), (lambda: diagnose(question("E", 1), [[1, 2]]), "answer: expected shape")])
def test_what_it_says(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize(("call", "error", "message"), [
    (lambda: question("E", 1, x=[[0, 1]]), TypeError, "y: expected x and y together, or neither of them, got None"),
    (lambda: question("E", 1, y=[[1]]), TypeError, "x: expected x and y together, or neither of them, got None"),
    (lambda: question("E", 1, neurons=0), ValueError, "neurons: expected a whole number ≥ 1, got 0"),
    (lambda: diagnose("E", 1), TypeError, "asked: expected a Question, got 'E'"),
    (lambda: diagnose(question("z1", 1), [[1, 2]]), ValueError, "answer: expected shape (2, 2), got (1, 2)"),
    (lambda: diagnose(question("E", 1), "0.25"), TypeError, "answer: expected an array of real numbers"),
    (lambda: title("nonsense"), ValueError, "key: expected one of wrong sign, twice, half, transposed, rounding too early, "),
    (lambda: title(["twice"]), TypeError, "key: expected one of wrong sign"),
    (lambda: usual_digits("w3"), ValueError, "quantity: expected one of z1, a1"),
])
def test_what_it_says_of_other_input(call, error, message):
    with pytest.raises(error, match=f"^{re.escape(message)}"):
        call()


def test_what_is_asked_for():
    assert list(ASKED) == QUANTITIES and question("dE_dw2", 1).given == ("dz2_dw2", "dE_da2", "da2_dz2")
    assert {name for name in ASKED if usual_digits(name) == 4} == {"new_w1", "new_b1", "new_w2", "new_b2"}
    assert {usual_digits(name) for name in ASKED if not name.startswith("new_")} == {3}
    asked = question("z1", 4)
    assert (asked.quantity, asked.digits) == ("z1", 3) and asked.right is not None
    assert [question("z1", 4, digits=digits).digits for digits in (2, 6)] == [2, 6]


@pytest.mark.parametrize(("values", "digits", "unit"), [
    (0.0123, 3, 1e-4), (-0.5, 3, 1e-3), (1, 3, 0.01), (9.99, 3, 0.01), (10, 3, 0.1), (123456, 2, 10_000), (0, 3, 1e-3), (5e-13, 4, 1e-4),
    (1e-12, 2, 1e-13), (0.1, 3, 1e-3), (0.001, 4, 1e-6),
])
def test_one_unit_of_the_last_digit(values, digits, unit):
    assert tolerance(values, digits) == pytest.approx(unit, rel=1e-12)
    assert tolerance([[values, 1.0]], digits).shape == (1, 2) and tolerance([[values, 1.0]], digits)[0, 0] == tolerance(values, digits)


def test_what_is_right_to_the_last_unit_is_right():
    """For 0 that unit is 0.001, with three digits; a mistake's number may be off by as much."""
    of = question("E", 1)
    asked = Question("E", 3, of.parameters, of.iteration, np.array([[0.0, 4.0]]), {"twice": np.array([[8.0, 0.0]])})
    assert diagnose(asked, [[0.001, 4.0]]) == (True, (), 2) == diagnose(asked, [[-0.001, 4.01]])
    assert diagnose(asked, [[0.0011, 4.0]]) == (False, (), 1) and diagnose(asked, [[1, 1]]).right_numbers == 0
    assert diagnose(asked, [[8.0, 0.001]]) == (False, (title("twice"),), 0)


def test_every_mistake_has_its_sentence():
    sentences = [title(key) for key in (*IN_THE_END, "rounding too early", *MISTAKES, *SLIPS)]
    assert all(len(sentence) > 10 for sentence in sentences)
    assert title("rounding too early") == "It was rounded too early: carry more digits on the way, and round at the end."
    assert title("updated w2") == MISTAKES["updated w2"].title


def test_a_question_is_about_the_network_that_was_asked_for():
    x, y = [[1, 0], [0, 1]], [[0], [1]]
    asked = question("new_w1", 3, x=x, y=y, hidden="tanh", output="identity", learning_rate=0.25, neurons=3)
    it = iteration(x, y, asked.parameters, 0.25, "tanh", "identity")
    assert np.array_equal(asked.right, it.new_w1) and asked.right is not it.dE_dw1
    for key, mistake in (MISTAKES | SLIPS).items():
        if key in asked.wrong:
            wrong = iteration(x, y, asked.parameters, 0.25, "tanh", "identity", mistake.operations).new_w1
            assert np.array_equal(asked.wrong[key], wrong), key
    assert np.array_equal(asked.wrong["wrong sign"], -it.new_w1) and np.array_equal(asked.wrong["half"], it.new_w1 / 2)


def test_a_mistake_too_small_to_see_is_not_overlooked(monkeypatch):
    """With so small a rate no mistake in the update changes four digits: such a question cannot be asked."""
    monkeypatch.setattr(answers, "DRAWS", 2)
    with pytest.raises(ArithmeticError, match=r"^question: no network among 2 shows every mistake in new_w2 at 4 digits$"):
        question("new_w2", 1, learning_rate=1e-9)


def test_numbers_of_other_networks():
    asked = question("dE_dw1", 5, x=[[1, 0], [0, 1], [1, 1]], y=[[0], [0], [1]], hidden="tanh", neurons=3)
    assert asked.right.shape == (2, 3) and asked.parameters.w1.shape == (2, 3)
    assert isinstance(asked.parameters, Parameters)


def test_what_rounding_leaves_of_a_zero_is_zero():
    """0.3 − 0.2 − 0.1 is −2.8e−17 to a computer; a person who says 0 is right."""
    seed = next(s for s in range(2000) if ((v := np.abs(question("z1", s).right)) < 1e-12).any() and (v[v < 1e-12] > 0).any())
    asked = question("z1", seed)
    said = np.where(np.abs(asked.right) < 1e-12, 0.0, asked.right)
    assert diagnose(asked, said).right
    assert BOX("diagnose(question('z1', seed, 3, examples, 0.5), answer).right", seed=seed, examples=EXAMPLES, answer=said.tolist())


@pytest.mark.parametrize(("value", "right", "digits", "said"), [
    (0.0993, 0.09932, 3, "right"), (0.0994, 0.09932, 3, "wrong"), (-0.0993, 0.09932, 3, "sign"), (0.09937, 0.09932, 3, "right"),
    (0.09938, 0.09932, 3, "wrong"), (0.0, 0.00001234, 3, "wrong"), (0.0, 0.0, 3, "right"), (-1.0, 1.0, 3, "sign"), (0.125, 0.12449, 3, "wrong"),
    (0.1245, 0.12449, 4, "right"), (0.1246, 0.12449, 4, "wrong"), (0.557, 0.55663, 4, "few"), (0.6, 0.55663, 4, "few"), (0.56, 0.55663, 4, "few"),
    (0.55, 0.55663, 4, "wrong"), (-0.56, 0.55663, 4, "wrong"), (0.2, 0.19996, 3, "right")])
def test_a_prediction_is_right_to_half_a_unit_of_the_last_digit(value, right, digits, said):
    assert BOX("predicted(value, right, digits)", value=value, right=right, digits=digits) == said


def test_how_many_digits_are_asked_for():
    assert [BOX("usualDigits(name)", name=name) for name in ("new_w1", "new_b2", "E", "dE_dw1")] == [4, 4, 3, 3]


# ---- a whole sheet ----


def filled(it, digits=4):
    """Everything on a sheet, as an iteration has it, written with so many significant digits."""
    return {name: [[float(f"{value:.{digits}g}") for value in row] for row in np.atleast_2d(it[name])] for name in ASKED}


def marked(seed, written):
    """The marks of a sheet, which have to be the same in both languages."""
    ours = answers.mark(answers.sheet_questions(sheet_iteration(seed, 1)), written)
    theirs = BOX("mark(sheetQuestions(seed), written)", seed=seed, written=written)
    assert theirs == {name: {"verdict": m.verdict, "mistakes": list(m.mistakes), "rightNumbers": m.right_numbers} for name, m in ours.items()}
    return ours


@pytest.mark.parametrize("seed", range(8))
def test_a_sheet_that_is_right_is_right_in_every_box(seed):
    asked = answers.sheet_questions(sheet_iteration(seed, 1))
    assert list(asked) == list(ASKED) and {q.digits for q in asked.values()} == {4}
    assert not np.array_equal(asked["E"].iteration.x, asked["E"].iteration.x.T), "a forgotten transpose shows"
    marks = marked(seed, filled(asked["E"].iteration))
    assert {m.verdict for m in marks.values()} == {"right"}


@pytest.mark.parametrize("seed", [1, 4])
@pytest.mark.parametrize("key", [*MISTAKES, *SLIPS])
def test_a_mistake_is_recognised_where_it_was_made_and_carried_from_there(seed, key):
    mistake, asked = (MISTAKES | SLIPS)[key], answers.sheet_questions(sheet_iteration(seed, 1))
    q = asked["E"]
    try:
        it = iteration(q.iteration.x, q.iteration.y, q.parameters, 0.5, operations=mistake.operations)
    except ValueError:
        pytest.fail("on a sheet the shapes of every mistake fit")
    marks = marked(seed, filled(it, 6))  # with more digits than are asked for, as what is carried on is computed from what was written
    wrong = [name for name, m in marks.items() if m.verdict != "right"]
    where = next(op for op in OPERATIONS if op.label == next(iter(mistake.replaced)))
    assert wrong and wrong[0] in where.outputs, "the first wrong box is where the mistake was made"
    assert mistake.title in marks[wrong[0]].mistakes and marks[wrong[0]].verdict == "recognised"
    later = [name for name in wrong if name not in where.outputs]
    assert all(marks[name].verdict == "carried" for name in later), {name: marks[name] for name in later}


def test_a_gradient_may_come_from_the_blame_as_it_was_written():
    asked = answers.sheet_questions(sheet_iteration(2, 1))
    written = filled(asked["E"].iteration, 6)
    written["dE_dz1"] = (2 * np.array(written["dE_dz1"])).tolist()
    written["dE_dw1"] = (asked["E"].iteration.x.T @ np.array(written["dE_dz1"])).tolist()
    marks = marked(2, written)
    assert marks["dE_dz1"].verdict == "recognised" and marks["dE_dw1"].verdict == "carried"


def test_a_box_that_nobody_knows_is_wrong_and_says_how_much_of_it_is_right():
    right = filled(answers.sheet_questions(sheet_iteration(3, 1))["E"].iteration)
    marks = marked(3, {"z1": [right["z1"][0], [9.5, 8.25]], "a2": right["a2"], "dE_da2": [[7.5], [7.5]]})
    assert marks["z1"] == ("wrong", (), 2) and marks["a2"].verdict == "right" and marks["dE_da2"].verdict == "wrong"
    with pytest.raises(ValueError, match=r"answers.*z1"):
        answers.mark(answers.sheet_questions(sheet_iteration(3, 1)), {"zl": right["z1"]})


BY_HAND = {  # what a reader does with the numbers that are shown
    "E": lambda a2, y: 0.5 * ((a2 - y) ** 2).sum(),
    "dE_dz2": lambda dE_da2, da2_dz2: dE_da2 * da2_dz2,
    "dE_dw2": lambda dz2_dw2, dE_da2, da2_dz2: dz2_dw2.T @ (dE_da2 * da2_dz2),
    "dE_db2": lambda dz2_db2, dE_dz2: dE_dz2.sum(0),
    "dE_dz1": lambda dE_dz2, dz2_da1, da1_dz1: np.outer(dE_dz2, dz2_da1) * da1_dz1,
    "dE_dw1": lambda dE_dz2, dz2_da1, da1_dz1, dz1_dw1: dz1_dw1.T @ (np.outer(dE_dz2, dz2_da1) * da1_dz1),
    "new_w1": lambda w1, dE_dw1, learning_rate: w1 - learning_rate * dE_dw1,
}


@pytest.mark.parametrize("quantity", BY_HAND)
def test_the_numbers_that_are_shown_lead_to_an_answer_that_is_right(quantity):
    """Examples may nearly cancel: what is left then hangs on digits that nobody was shown. Such numbers are not asked for."""
    for seed in range(300, 330):
        asked = question(quantity, seed)
        given = {name: np.array([[float(f"{v:.{shown_digits(asked.digits)}g}") for v in row]
                                 for row in np.atleast_2d(getattr(asked.iteration, name))]) for name in asked.given}
        found = np.atleast_2d(BY_HAND[quantity](**given))
        assert diagnose(asked, found).right, (seed, given, found)
        written = np.array([[float(f"{v:.{asked.digits}g}") for v in row] for row in found])
        assert diagnose(asked, written).right, (seed, written)


def test_what_is_given_is_what_is_needed():
    """The δ of a layer needs nothing of the weights' slopes, though one step gives both."""
    assert question("dE_dz2", 1).given == ("dE_da2", "da2_dz2")
    assert question("dE_dz1", 1).given == ("dE_dz2", "dz2_da1", "da1_dz1")
    assert question("dE_dw1", 1).given == ("dE_dz2", "dz2_da1", "da1_dz1", "dz1_dw1")
    assert question("new_b2", 1).given == ("b2", "dE_db2", "learning_rate")
    asked = "question(name, 1, usualDigits(name), examples, 0.5).given"
    for name in QUANTITIES:
        assert BOX(asked, name=name, examples=EXAMPLES) == list(question(name, 1).given)


def test_a_page_has_the_numbers_of_its_first_question():
    """It need not look for them anew, nor bring what looks."""
    box = AnswerBox("dE_dw2", seed=7)
    asked, kept = box.question(), box.static_state()["asked"]
    assert kept["given"] == list(asked.given)
    assert kept["parameters"] == {name: matrix.tolist() for name, matrix in asked.parameters._asdict().items()}
    data = {"x": TWO_EXAMPLES.x.tolist(), "y": TWO_EXAMPLES.y.tolist()}
    found = BOX("questionFor('dE_dw2', 3, p, d, 0.5).right", p=kept["parameters"], d=data)
    assert np.asarray(found) == pytest.approx(asked.right)
