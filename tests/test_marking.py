"""Marks for worksheets: what is right, what was carried on, what went wrong, and a class as a table, a spreadsheet and a figure."""
import csv
import re

import numpy as np
import pytest
from openpyxl import load_workbook

from nnlib import iteration
from nnlib.classroom.answers import EARLY_TITLE, IN_THE_END
from nnlib.classroom.marking import as_text, columns, figure, form, heading, main, mark, read_answers, report, write_table
from nnlib.classroom.worksheets import LEVELS, Kind, sheet_iteration
from nnlib.mistakes import MISTAKES, SLIPS
from nnlib.numerals import on_paper

SEED = 7
ALL = Kind()


def written(it, kind=ALL, digits=4):
    """What a pupil who has this iteration writes down."""
    values = {name: np.atleast_2d(np.asarray(it[name], dtype=float)) for name, _, _ in columns(kind)}
    return {name: np.vectorize(lambda v: float(f"{v:.{digits}g}"))(value) for name, value in values.items()}


def with_mistake(number, key):
    """The answers of who computes a sheet with a mistake, all the way."""
    it = sheet_iteration(SEED, number)
    mistake = (MISTAKES | SLIPS)[key]
    return written(iteration(it.x, it.y, [it[name] for name in ("w1", "b1", "w2", "b2")], it.learning_rate, operations=mistake.operations))


@pytest.mark.parametrize("kind", [ALL, Kind("output", 3), Kind("neuron", 4, 3)])
def test_who_has_everything_right_has_every_mark(kind):
    for number in range(1, 21):
        it = sheet_iteration(SEED, number, kind)
        marks = mark(written(it, kind, kind.digits), it, kind)
        assert {one.verdict for one in marks} == {"right"}
        assert [one.quantity for one in marks] == [name for operation in LEVELS[kind.level].operations for name in operation.outputs]


@pytest.mark.parametrize("key", [*(key for key in MISTAKES if key != "missing half"), "doubled error", "no output slope", "no rate in w2",
                                 "half of da1"])
def test_a_mistake_that_is_carried_on_costs_its_own_step_and_is_named(key):
    label = min((MISTAKES | SLIPS)[key].replaced, key=lambda label: [op.label for op in LEVELS["all"].operations].index(label))
    named = 0
    for number in range(1, 11):
        it = sheet_iteration(SEED, number)
        marks = mark(with_mistake(number, key), it, ALL)
        wrong = [one for one in marks if one.verdict == "wrong"]
        assert {one.label for one in wrong} <= set((MISTAKES | SLIPS)[key].replaced), "what follows is carried on"
        assert all(one.marks for one in marks if one not in wrong)
        named += any((MISTAKES | SLIPS)[key].title in one.mistakes for one in wrong)
    assert named >= 8, label


def test_a_wrong_first_step_costs_one_mark():
    it = sheet_iteration(SEED, 1)
    marks = mark(with_mistake(1, "swapped error"), it, ALL)
    assert sum(one.marks for one in marks) == len(marks) - 1
    assert {one.verdict for one in marks if one.quantity in ("dE_dz2", "dE_dw2", "new_w2", "dE_dw1", "new_w1")} == {"carried on"}


def test_a_wrong_delta_is_carried_on_within_its_step():
    it = sheet_iteration(SEED, 1)
    answers = written(it)
    answers["dE_dz2"] = answers["dE_dz2"] * 3
    answers["dE_dw2"] = it.dz2_dw2.T @ answers["dE_dz2"]
    verdicts = {one.quantity: one.verdict for one in mark(answers, it, ALL)}
    assert (verdicts["dE_dz2"], verdicts["dE_dw2"], verdicts["dE_db2"]) == ("wrong", "carried on", "right")


def test_what_else_goes_wrong():
    it = sheet_iteration(SEED, 1)
    for name, change, title in (("dE_dw1", lambda v: -v, IN_THE_END["wrong sign"]), ("dE_dw1", lambda v: v.T, IN_THE_END["transposed"]),
                                ("da2_dz2", lambda v: v.round(2), EARLY_TITLE), ("dE_db2", lambda v: v / 2, IN_THE_END["half"])):
        answers = written(it)
        answers[name] = change(np.array(np.atleast_2d(it[name])))
        (one,) = [m for m in mark(answers, it, ALL) if m.quantity == name]
        assert one.verdict == "wrong" and title in one.mistakes
    answers = written(it)
    answers["dE_dw1"] = np.full((2, 2), 55.0)
    assert [m.mistakes for m in mark(answers, it, ALL) if m.verdict == "wrong"] == [()]


def test_a_blank_has_no_mark_and_hurts_nobody_after_it():
    it = sheet_iteration(SEED, 1)
    answers = written(it)
    del answers["a1"]
    answers["z2"] = np.array([[np.nan], [answers["z2"][1, 0]]])
    verdicts = {one.quantity: one.verdict for one in mark(answers, it, ALL)}
    assert verdicts.pop("a1") == "blank" and verdicts.pop("z2") == "wrong" and set(verdicts.values()) == {"right"}
    with pytest.raises(ValueError, match=re.escape("a1: expected shape (2, 2), got (1, 2)")):
        mark({"a1": np.ones((1, 2))}, it, ALL)


@pytest.fixture
def table(tmp_path):
    """table(rows, delimiter, write) puts sheets with these answers into a file; gives its path."""
    def put(sheets, delimiter=",", write=lambda v: f"{v:.4g}", encoding="utf8", kind=ALL):
        rows = form(len(sheets), kind, [f"Pupil {k}" for k in range(1, len(sheets) + 1)])
        for row, answers in zip(rows[1:], sheets, strict=True):
            row[2:] = [write(answers[name][i - 1, j - 1]) for name, i, j in columns(kind)]
        with open(tmp_path / "answers.csv", "w", encoding=encoding, newline="") as file:
            csv.writer(file, delimiter=delimiter).writerows(rows)
        return tmp_path / "answers.csv"
    return put


def test_numbers_are_read_however_they_are_written(table):
    it = sheet_iteration(SEED, 1)
    expected = written(it)
    for delimiter, write, encoding in ((",", "{:.4g}".format, "utf8"), (";", lambda v: f"{v:.4g}".replace(".", ","), "cp1252"),
                                       ("\t", lambda v: on_paper(v), "utf-16"), (";", lambda v: f"{v:.3e}", "utf-8-sig")):
        (sheet,) = read_answers(table([expected], delimiter, write, encoding), ALL)
        assert (sheet.number, sheet.name) == (1, "Pupil 1")
        for name, values in expected.items():
            np.testing.assert_allclose(sheet.answers[name], values, rtol=1e-3)


HEAD = ",".join(form(0, ALL)[0])
COLUMN = HEAD.split(",").index("E")


def line(sheet, loss):
    """A line of the table in which only the loss stands."""
    return ",".join([sheet, *[""] * (COLUMN - 1), loss]) + "\n"


@pytest.mark.parametrize(("text", "message"), [
    ("", "expected a table, got nothing"), ("number,z1 1 1\n1,2\n", 'expected a column "sheet", got number, z1 1 1'),
    ("sheet,z9 1 1\n1,2\n", "expected columns of this level and so many rows, as --form writes them, got 'z9 1 1'"),
    ("sheet,z1 3 1\n1,2\n", "expected columns of this level and so many rows, as --form writes them, got 'z1 3 1'"),
    (HEAD + "\n", "expected at least one sheet, got none"), (f"{HEAD}\n{line('1', 'one')}", "line 2, E: expected a number, got 'one'"),
    (f"{HEAD}\n{line('1', 'nan')}", "line 2, E: expected a finite number, got 'nan'"),
    (f"{HEAD}\n{line('1', '2')}\n{line('1', '3')}", "line 4: sheet 1 stands in an earlier line, too"),
    (f"{HEAD}\n{line('', '2')}", "line 2, sheet: expected a whole number from 1 to 2000, got ''"),
    (f"{HEAD}\n{line('1.5', '2')}", "line 2, sheet: expected a whole number from 1 to 2000, got '1.5'"),
    (",".join(form(0, Kind("output"))[0]) + "\n1,2\n",
     "expected a column for each number of --level all --rows 2, 'dz2_da1 1 1' is missing; give --level and --rows as for the sheets"),
    (",".join(form(0, Kind("all", 1))[0]) + "\n1,2\n", "'z1 2 1' is missing; give --level and --rows as for the sheets"),
    (f"{HEAD}\n1\n2\n", "expected at least one sheet with a number on it, got 2 empty ones"),
])
def test_a_table_that_cannot_be_read_is_refused_in_one_line(tmp_path, capsys, text, message):
    (tmp_path / "a.csv").write_text(text, "utf8")
    with pytest.raises(SystemExit, match="2"):
        main([str(tmp_path / "a.csv"), "--seed", "7"])
    assert capsys.readouterr().err.strip().splitlines()[-1].endswith(message)


def test_the_command_marks_a_class(table, tmp_path, capsys):
    path = table([with_mistake(1, "updated w2"), with_mistake(2, "swapped error"), with_mistake(3, "swapped error"),
                  written(sheet_iteration(7, 4))])
    assert main([str(path), "--seed", "7", "--marks", str(tmp_path / "m.xlsx"), "--figure", str(tmp_path / "r.svg")]) == 0
    said = capsys.readouterr().out
    assert re.search(r"^1 +∂E/∂a₂ +2 +0 +2 +0 +.*\(2\)$", said, re.M) and MISTAKES["updated w2"].title in said
    assert said.strip().endswith("4 sheets: 22.2 of 23 marks on average, from 22 to 23.")
    rows = list(load_workbook(tmp_path / "m.xlsx").active.values)
    assert rows[0][:5] == ("sheet", "name", "marks", "of", "F1 z₁") and [row[:4] for row in rows[1:]] == [
        (1, "Pupil 1", 22, 23), (2, "Pupil 2", 22, 23), (3, "Pupil 3", 22, 23), (4, "Pupil 4", 23, 23)]
    assert MISTAKES["updated w2"].title in rows[1][-1] and rows[4][-1] is None
    assert b"</svg>" in (tmp_path / "r.svg").read_bytes()
    assert main([str(path), "--seed", "7", "--marks", str(tmp_path / "m.csv")]) == 0
    with open(tmp_path / "m.csv", encoding="utf-8-sig", newline="") as file:
        assert [[cell or None for cell in row] for row in csv.reader(file)] == [[c if c is None else str(c) for c in row] for row in rows]


def test_a_spreadsheet_is_filled_in_and_read(tmp_path, capsys):
    path = tmp_path / "answers.xlsx"
    assert main(["--form", str(path), "--students", "3"]) == 0
    book = load_workbook(path)
    for number in (1, 2):
        answers = written(sheet_iteration(7, number))
        for place, (name, i, j) in enumerate(columns(ALL), 3):
            book.active.cell(number + 1, place, float(answers[name][i - 1, j - 1]))
    book.save(path)
    capsys.readouterr()
    assert main([str(path), "--seed", "7"]) == 0
    assert capsys.readouterr().out.strip().endswith("2 sheets, 1 empty left out: 23.0 of 23 marks on average, from 23 to 23.")


def test_a_sheet_that_was_not_handed_in_counts_nowhere(table, tmp_path, capsys):
    nothing = {name: np.full_like(value, np.nan) for name, value in written(sheet_iteration(7, 1)).items()}
    path = table([nothing, with_mistake(2, "swapped error"), nothing, written(sheet_iteration(7, 4))],
                 write=lambda v: "" if np.isnan(v) else f"{v:.4g}")
    assert main([str(path), "--seed", "7", "--marks", str(tmp_path / "m.xlsx")]) == 0
    said = capsys.readouterr().out
    assert said.strip().endswith("2 sheets, 2 empty left out: 22.5 of 23 marks on average, from 22 to 23.")
    assert re.search(r"^F1 +z₁ +2 +0 +0 +0$", said, re.M), "and is no blank"
    rows = list(load_workbook(tmp_path / "m.xlsx").active.values)[1:]
    assert [(row[0], row[2], row[-1]) for row in rows if row[0] in (1, 3)] == [(1, None, "empty"), (3, None, "empty")]
    assert [row[2] for row in rows] == [None, 22, None, 23]


def test_the_numbers_of_another_seed_are_asked_about(table, capsys):
    path = table([written(sheet_iteration(7, k)) for k in (1, 2, 3)])
    assert main([str(path), "--seed", "8"]) == 0
    assert capsys.readouterr().out.strip().endswith("Is the seed right? 3 of 3 sheets have F1 wrong, which needs no other result.")
    assert main([str(path), "--seed", "7"]) == 0
    assert "seed" not in capsys.readouterr().out
    kind = Kind("neuron", 3)
    path = table([written(sheet_iteration(7, k, kind), kind) for k in (1, 2)], kind=kind)
    assert main([str(path), "--seed", "9", "--level", "neuron", "--rows", "3"]) == 0
    assert "2 of 2 sheets have F3 wrong" in capsys.readouterr().out


def test_nothing_that_is_there_is_written_over(table, tmp_path, capsys):
    path = table([written(sheet_iteration(7, 1))])
    before = path.read_bytes()
    for options in (["--form", str(path), "--seed", "7"], [str(path), "--marks", f"{tmp_path}/./answers.csv"],
                    [str(path), "--figure", str(path)]):
        with pytest.raises(SystemExit, match="2"):
            main(options)
        assert path.read_bytes() == before
    said = capsys.readouterr().err
    assert f"argument --form: {path} is there already; choose another name, or move it away" in said
    assert "argument --marks: expected another file than the answers, got" in said
    assert "argument --figure: expected another file than the answers, got" in said


def test_the_figure_counts_every_sheet(table):
    of_class = report(read_answers(table([with_mistake(1, "swapped error"), written(sheet_iteration(SEED, 2))]), ALL), SEED, ALL)
    ax = figure(of_class)
    lengths = np.reshape([bar.get_width() for bar in ax.patches], (4, -1))
    assert (lengths.sum(axis=0) == 2).all() and lengths[2].sum() == 1 and len(ax.get_yticklabels()) == 23
    assert as_text(of_class).count("\n") == 24


def test_the_empty_table_is_the_one_that_is_read(tmp_path, capsys):
    (tmp_path / "class.csv").write_text("Ada\n=1+1\n", "utf8")
    assert main(["--form", str(tmp_path / "f.csv"), "--names", str(tmp_path / "class.csv"), "--level", "neuron", "--rows", "3"]) == 0
    assert "One neuron learns, 31 numbers a sheet" in capsys.readouterr().out
    sheets = read_answers(tmp_path / "f.csv", Kind("neuron", 3))
    assert [sheet.name for sheet in sheets] == ["Ada", "'=1+1"], "no name is a formula for a spreadsheet"
    assert all(np.isnan(value).all() for sheet in sheets for value in sheet.answers.values())
    assert heading("E", 1, 1) == "E" and heading("dE_dw2", 2, 1) == "dE_dw2 2 1"


@pytest.mark.parametrize(("options", "message"), [
    ([], "expected either a table of answers, or --form and where the empty table goes"),
    (["a.csv", "--form", "b.csv"], "expected either a table of answers, or --form and where the empty table goes"),
    (["a.csv", "--marks", "m.ods"], "argument --marks: expected a file that ends in .csv or .xlsx, got m.ods"),
    (["nowhere.csv"], "cannot open nowhere.csv: No such file or directory"),
])
def test_what_does_not_fit_is_refused(tmp_path, monkeypatch, capsys, options, message):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit, match="2"):
        main(options)
    assert capsys.readouterr().err.strip().endswith(f"error: {message}")
    with pytest.raises(ValueError, match=r"ends in \.csv or \.xlsx"):
        write_table(tmp_path / "x.ods", [["a"]])
