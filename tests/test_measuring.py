"""The normalised gain and its interval, held against numbers from outside, and the pages of the tests."""
import re

import nbformat
import numpy as np
import pytest
import teaching

from nnlib.classroom import measuring
from nnlib.classroom.measuring import (
    SUS,
    normalised_gain,
    pretend_class,
    pupils_needed,
    read_scores,
    student,
    sus_score,
)

BOOK = teaching.BOOK


@pytest.mark.parametrize("page", [*teaching.TESTS.values(), teaching.HANDOUTS, teaching.SHEET], ids=lambda page: page.stem)
def test_the_pages_are_fresh(page):
    assert page.read_text("utf8") == teaching.written(page), "make names writes it"


def test_the_gain_is_hakes():
    found = normalised_gain([2, 4, 3, 3, 3], [7, 6, 8, 6, 8])
    assert found.prior == 3 and found.final == 7 and found.gain == pytest.approx(4 / 7) and found.low < 4 / 7 < found.high
    assert found.full_before == found.full_after == 0


def test_who_knew_everything_before_counts_in_the_means_and_is_named():
    found = normalised_gain([2, 4, 3, 10, 10], [7, 6, 8, 10, 9])
    assert found.gain == pytest.approx((40 - 29) / (50 - 29)) and found.full_before == 2 and found.full_after == 1
    said = measuring.as_text(found)
    assert "full marks before: 2. They could not gain; they count in the means." in said and "full marks after: 1." in said
    assert "full marks" not in measuring.as_text(normalised_gain([2, 4, 3, 3, 3], [7, 6, 8, 6, 8]))


@pytest.mark.parametrize("prior, final, gain", [
    ([5] * 6, [10] * 6, "1.00"), ([0] * 6, [5] * 6, "0.50"), ([2, 4, 6, 8, 0], [6, 7, 8, 9, 5], "0.50")])
def test_where_all_gain_alike_no_interval_is_made_up(prior, final, gain):
    found = normalised_gain(prior, final)
    assert np.isnan(found.low) and np.isnan(found.high)
    said = measuring.as_text(found)
    assert f"normalised gain: {gain}; no interval, as all pupils have gained alike" in said and "nan" not in said and "±" not in said


def test_no_interval_goes_beyond_what_can_be_learnt():
    found = normalised_gain([2, 3, 5, 4, 4], [9, 5, 9, 10, 9])
    assert found.low < found.gain < found.high == 1


def test_the_table_on_the_page_is_one_that_can_be_read(tmp_path, capsys):
    cells = nbformat.read(BOOK / "teaching" / "measuring.ipynb", as_version=4).cells
    (table,) = [found for cell in cells for found in re.findall(r"(?:^    \S+\n)*^    name,prior,final\n(?:    .*\n)+", cell.source, re.M)]
    (tmp_path / "scores.csv").write_text("".join(line[4:] + "\n" for line in table.splitlines()), "utf8")
    assert measuring.main([str(tmp_path / "scores.csv")]) == 0
    said = capsys.readouterr().out
    assert "5 pupils took both tests, 2 only one." in said and "full marks before: 1." in said


@pytest.mark.parametrize("page", teaching.TESTS.values(), ids=lambda page: page.stem)
def test_a_test_has_room_for_the_name_and_tells_pupils_nothing_of_teachers(page):
    opening = page.read_text("utf8").partition("\n## ")[0]
    assert re.search(r":class: on-paper\n\nName: …+ Date: …+\n", opening)
    assert "Print" not in re.sub(r":::\{admonition\} For the teacher.*?:::", "", opening, flags=re.S)


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
    for prior, final, message in (([1, 2, 3, 4], [3, 4, 5, 6], "at least 5 pupils who wrote both tests, got 4: so few say nothing"),
                                  ([], [], "at least 5 pupils who wrote both tests, got 0"),
                                  ([1, 2, 3], [3, 4], "as many as prior, 3, got 2"),
                                  ([1, 2, 11, 4, 5], [3, 4, 5, 6, 7], "prior: expected points from 0 to 10, got 11"),
                                  ([10] * 5, [10, 9, 8, 10, 9], "something left to learn")):
        with pytest.raises(ValueError, match=message):
            normalised_gain(prior, final)


def test_a_table_of_points(tmp_path, capsys):
    file = tmp_path / "scores.csv"
    table = "name;prior;final\nÄnne;2;7\nBo;4;\nCy;3,5;8\nDi;1;6\nEd;-;6\nFay;3;–\nGus;4;9\nHal;0;5\n\n"
    file.write_bytes(table.encode("cp1252"))
    scores = read_scores(file)
    assert scores == ([2, 3.5, 1, 4, 0], [7, 8, 6, 9, 5], 3)
    assert measuring.main([str(file)]) == 0
    said = capsys.readouterr().out
    assert "5 pupils took both tests, 3 only one." in said and "normalised gain: 0.62" in said
    for text, message in (("name,before\na,1\n", "columns prior and final, got name, before"), ("", "got nothing"),
                          ("prior,final\n1,x\n", "line 2: expected points, got 'x'"), ("prior,final\n1,12\n", "from 0 to 10, got 12"),
                          ("prior,final\n1,2\n", "at least 5 pupils who wrote both tests, got 1"),
                          ("prior,final\n-,-\n", "at least 5 pupils who wrote both tests, got 0")):
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
