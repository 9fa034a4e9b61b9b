"""The two tests, the normalised gain and its interval, held against numbers from outside."""
import re

import numpy as np
import pytest
import teaching

from nnlib.classroom import measuring
from nnlib.classroom.measuring import (
    DO_NOT_KNOW,
    FORMS,
    PAIRS,
    POINTS,
    SUS,
    normalised_gain,
    pretend_class,
    pupils_needed,
    questions,
    read_scores,
    student,
    sus_score,
)


@pytest.mark.parametrize("form", FORMS)
def test_a_form_has_ten_questions_with_one_right_answer_each(form):
    asked = questions(form)
    assert len(asked) == len(PAIRS) == POINTS
    for question in asked:
        assert sum(answer.right for answer in question.answers) == 1
        assert len(question.answers) >= 4 and question.answers[-1].text == DO_NOT_KNOW
        assert len({answer.text for answer in question.answers}) == len(question.answers)
        assert all(answer.said for answer in question.answers if not answer.right)


def test_the_forms_are_parallel_and_share_no_question():
    prior, final = questions("prior"), questions("final")
    assert not {question.ask for question in prior} & {question.ask for question in final}
    for before, after, pair in zip(prior, final, PAIRS, strict=True):
        same = re.sub(r"[−\d.]+", "#", before.ask) == re.sub(r"[−\d.]+", "#", after.ask)
        assert same == (pair[0] == pair[1]) or pair[0] == "gears", "other numbers, or another item"
    right = [[next(at for at, answer in enumerate(q.answers) if answer.right) for q in form] for form in (prior, final)]
    assert all(len(set(places)) > 1 for places in right), "no place is always the right one"
    with pytest.raises(KeyError, match="expected one of prior, final"):
        questions("middle")


@pytest.mark.parametrize("page", [*teaching.TESTS.values(), teaching.SHEET], ids=lambda page: page.stem)
def test_the_pages_are_fresh(page):
    assert page.read_text("utf8") == teaching.written(page), "make names writes it"


def test_the_gain_is_hakes():
    found = normalised_gain([2, 4, 3], [7, 6, 8])
    assert found.prior == 3 and found.final == 7 and found.gain == pytest.approx(4 / 7) and found.low < 4 / 7 < found.high


def test_the_interval_is_that_of_a_ratio():
    """Against the same interval by the jackknife: leave each pupil out once."""
    prior, final = pretend_class(5, 200, 0.4)
    found = normalised_gain(prior, final)
    left = [normalised_gain(np.delete(prior, k), np.delete(final, k)).gain for k in range(200)]
    error = np.sqrt(199 / 200 * ((left - np.mean(left)) ** 2).sum())
    assert (found.high - found.low) / 2 == pytest.approx(1.972 * error, rel=0.01)


@pytest.mark.parametrize("freedom, value", [(4, 2.776), (9, 2.262), (29, 2.045), (99, 1.984), (10**9, 1.95996)])  # from a printed table
def test_students_t(freedom, value):
    assert student(freedom) == pytest.approx(value, abs=1e-3)


def test_the_interval_holds_the_truth_as_often_as_it_says():
    found = [normalised_gain(*pretend_class(31 * k, 25, 0.5)) for k in range(400)]
    assert 0.92 <= np.mean([one.low <= 0.5 <= one.high for one in found]) <= 0.98
    assert abs(np.median([one.gain for one in found]) - 0.5) < 0.01


def test_how_many_pupils_it_takes():
    found = normalised_gain(*pretend_class(1, 30, 0.5))
    count = pupils_needed(found.spread, 0.1)
    half = [student(n - 1) * found.spread / np.sqrt(n) for n in (count - 1, count)]
    assert half[0] > 0.1 >= half[1]
    for bad in (0, -1, float("nan")):
        with pytest.raises(ValueError, match="half: expected a number above 0"):
            pupils_needed(1, bad)


def test_bad_points_are_refused():
    for prior, final, message in (([1, 2], [3, 4], "at least 3 pupils, got 2"), ([1, 2, 3], [3, 4], "as many as prior, 3, got 2"),
                                  ([1, 2, 11], [3, 4, 5], "prior: expected points from 0 to 10, got 11"),
                                  ([10, 10, 10], [10, 9, 8], "something left to learn")):
        with pytest.raises(ValueError, match=message):
            normalised_gain(prior, final)


def test_a_table_of_points(tmp_path, capsys):
    file = tmp_path / "scores.csv"
    file.write_bytes("name;prior;final\nÄnne;2;7\nBo;4;\nCy;3,5;8\nDi;1;6\n\n".encode("cp1252"))
    scores = read_scores(file)
    assert scores == ([2, 3.5, 1], [7, 8, 6], 1)
    assert measuring.main([str(file)]) == 0
    said = capsys.readouterr().out
    assert "3 pupils took both tests, 1 only one." in said and "normalised gain: 0.62" in said
    for text, message in (("name,before\na,1\n", "columns prior and final, got name, before"), ("", "got nothing"),
                          ("prior,final\n1,x\n", "line 2: expected points, got 'x'"), ("prior,final\n1,12\n", "from 0 to 10, got 12"),
                          ("prior,final\n1,2\n", "at least 3 pupils, got 1")):
        file.write_text(text, "utf8")
        with pytest.raises(SystemExit):
            measuring.main([str(file)])
        assert message in capsys.readouterr().err
    with pytest.raises(SystemExit):
        measuring.main([str(tmp_path / "none.csv")])
    assert "cannot read" in capsys.readouterr().err


def test_the_usability_scale():
    assert len(SUS) == 10
    assert sus_score([5, 1] * 5) == 100 and sus_score([1, 5] * 5) == 0 and sus_score([3] * 10) == 50
    assert sus_score([4, 2, 4, 1, 4, 2, 5, 2, 4, 2]) == 80
    with pytest.raises(ValueError, match="expected 10, got 9"):
        sus_score([3] * 9)
    with pytest.raises(ValueError, match=r"answers\[0\]"):
        sus_score([6] * 10)
