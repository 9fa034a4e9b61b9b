"""Worksheets: the numbers, read back from the PDF, are nnlib's; the same options give the same bytes."""
import base64
import json
import re
import subprocess
import sys

import numpy as np
import pytest
from javascript import Module
from paper_reader import numbers_in, texts
from pypdf import PdfReader

from nnlib import AND, OPERATIONS, STEPS
from nnlib.classroom import sheets
from nnlib.classroom.answers import easy_parameters
from nnlib.classroom.worksheets import explorer_link, main, sheet_iteration
from nnlib.links import unpack
from nnlib.numerals import on_paper

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Three sheets and their key."""
    folder = tmp_path_factory.mktemp("sheets")
    assert main(["--students", "3", "--seed", "7", "--output", str(folder / "w.pdf"), "--site", "https://example.org/book/"]) == 0
    return folder


def test_every_value_stands_in_the_key(written):
    pages = texts(written / "w-key.pdf")
    assert len(pages) == 3
    for student, text in enumerate(pages, 1):
        it = sheet_iteration(7, student)
        found = numbers_in(text)
        for operation in OPERATIONS:
            for name in operation.outputs:
                for value in np.ravel(it[name]):
                    shown = float(f"{value:.4g}") if abs(value) > 1e-12 else 0.0
                    assert shown in found, f"sheet {student}: {name} = {shown}"
        for name in ("w1", "b1", "w2", "b2"):
            assert all(value in found for value in np.ravel(it[name]))


def test_the_sheets_have_the_task_and_not_the_results(written):
    pages = texts(written / "w.pdf")
    assert len(pages) == 6
    for student in (1, 2, 3):
        it = sheet_iteration(7, student)
        front, back = pages[2 * student - 2], pages[2 * student - 1]
        for value in (*it.w1.flat, *it.b1.flat, *it.w2.flat, *it.b2.flat):
            assert on_paper(value) in front
        for label in ("F1", "F2", "F3", "F4", "E"):
            assert re.search(rf"\b{label}\b", front)
        for step in STEPS:
            assert step.title in back
        for value in (*it.a2.flat, it.E):
            assert on_paper(value) not in front
        for value in (*it.dE_dw1.flat, *it.new_w2.flat):
            assert on_paper(value) not in back


def test_every_pupil_has_other_numbers(written):
    for pupil, seed in ((1, 7), (3, 9)):
        assert np.array_equal(sheet_iteration(7, pupil).w1, easy_parameters(seed).w1)
    assert len({tuple(sheet_iteration(7, k).w1.ravel()) for k in range(1, 31)}) == 30


def test_the_link_opens_the_same_state(written):
    links = [note.get_object()["/A"]["/URI"] for note in PdfReader(written / "w-key.pdf").pages[1]["/Annots"]]
    assert links == [explorer_link("https://example.org/book", sheet_iteration(7, 2))]
    packed = links[0].split("#StepExplorer=")[1]
    assert packed.startswith("1.")
    padding = "=" * (-len(packed[2:]) % 4)
    raw = json.loads(base64.urlsafe_b64decode(packed[2:] + padding))  # V8 alone has no atob; a browser test opens the link
    state = Module("model/links.js")("checkedSteps(raw)", raw=raw)
    it = sheet_iteration(7, 2)
    assert state["parameters"] == {name: it[name].tolist() for name in ("w1", "b1", "w2", "b2")}
    assert state["examples"]["x"] == AND.x[[2, 3]].tolist() and state["learning_rate"] == 0.5 and state["step"] == "F1"


def test_the_link_holds_the_whole_state():
    it = sheet_iteration(7, 1)
    place, packed = explorer_link("https://example.org/fourteen/", it, step="5").split("#StepExplorer=")
    assert place == "https://example.org/fourteen/book/index.html"
    assert unpack(packed) == {
        "step": "5", "epoch": 0, "parameters": {name: it[name].tolist() for name in ("w1", "b1", "w2", "b2")},
        "examples": {"name": "worksheet", "x": [[1, 0], [1, 1]], "y": [[0], [1]]}, "learning_rate": 0.5,
        "hidden": "sigmoid", "output": "sigmoid", "predict": False}


@pytest.fixture
def asked(monkeypatch, tmp_path):
    """What the command asks to be written, in a folder of its own."""
    calls = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sheets, "write_sheets", lambda path, *options: calls.append(("sheets", str(path), *options)))
    monkeypatch.setattr(sheets, "write_key", lambda path, *options: calls.append(("key", str(path), *options)))
    return calls


BIG = 2**53


@pytest.mark.parametrize(("options", "of_sheets", "of_key"), [
    ([], ("worksheets.pdf", 30, 1, "a4"), ("worksheets-key.pdf", 30, 1, "a4", "")),
    (["--students", "1", "--seed", str(BIG)], ("worksheets.pdf", 1, BIG, "a4"), ("worksheets-key.pdf", 1, BIG, "a4", "")),
    (["--students", "500", "--seed", str(-BIG)], ("worksheets.pdf", 500, -BIG, "a4"), ("worksheets-key.pdf", 500, -BIG, "a4", "")),
    (["--paper", "letter", "--output", "class/a.b.pdf"], ("class/a.b.pdf", 30, 1, "letter"), ("class/a.b-key.pdf", 30, 1, "letter", "")),
    (["--key", "k.pdf", "--site", "file:///book/"], ("worksheets.pdf", 30, 1, "a4"), ("k.pdf", 30, 1, "a4", "file:///book/")),
    (["--site", "http://a.org"], ("worksheets.pdf", 30, 1, "a4"), ("worksheets-key.pdf", 30, 1, "a4", "http://a.org")),
    (["--site", "https://a.org"], ("worksheets.pdf", 30, 1, "a4"), ("worksheets-key.pdf", 30, 1, "a4", "https://a.org")),
    (["--site", ""], ("worksheets.pdf", 30, 1, "a4"), ("worksheets-key.pdf", 30, 1, "a4", "")),
])
def test_what_the_options_mean(asked, capsys, options, of_sheets, of_key):
    assert main(options) == 0
    assert asked == [("sheets", *of_sheets), ("key", *of_key)]
    assert capsys.readouterr().out == f"{of_sheets[0]}: {of_sheets[1]} sheets, two pages each\n{of_key[0]}: the key, one page each\n"


@pytest.mark.parametrize(("options", "message"), [
    (["--students", "0"], "argument --students: expected a whole number from 1 to 500, got 0"),
    (["--students", "501"], "argument --students: expected a whole number from 1 to 500, got 501"),
    (["--seed", str(BIG + 1)], f"argument --seed: expected a whole number from {-BIG} to {BIG}, got {BIG + 1}"),
    (["--seed", str(-BIG - 1)], f"argument --seed: expected a whole number from {-BIG} to {BIG}, got {-BIG - 1}"),
    (["--seed", "1.5"], "argument --seed: expected a whole number, got '1.5'"),
    (["--paper", "a3"], "argument --paper: invalid choice: 'a3'"),
    (["--site", "ftp://a.org"], "argument --site: expected an address that begins with http://, https:// or file://, got 'ftp://a.org'"),
    (["--output", "w.pdf", "--key", "./w.pdf"], "argument --key: expected another file than the sheets, got w.pdf"),
])
def test_what_does_not_fit_is_refused_before_anything_is_written(asked, capsys, options, message):
    with pytest.raises(SystemExit, match="2"):
        main(options)
    said = capsys.readouterr().err
    assert said.startswith("usage: python -m nnlib.worksheets [-h]") and f"python -m nnlib.worksheets: error: {message}" in said
    assert asked == []


@pytest.mark.parametrize(("error", "message"), [
    (PermissionError(13, "Permission denied", "k.pdf"), "cannot write k.pdf: Permission denied"),
    (OSError(28, "No space left on device"), "cannot write worksheets.pdf: No space left on device"),
])
def test_a_file_that_cannot_be_written_is_named(asked, monkeypatch, capsys, error, message):
    def fail(*_):
        raise error

    monkeypatch.setattr(sheets, "write_key", fail)
    with pytest.raises(SystemExit, match="2"):
        main([])
    assert capsys.readouterr().err.endswith(f"error: {message}\n")


def test_help_says_what_each_option_does_and_what_it_is_unless_told(capsys):
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    text = " ".join(capsys.readouterr().out.split())
    assert text.startswith("usage: python -m nnlib.worksheets [-h]")
    for words in ("Worksheets for one iteration by hand, and their key, as PDF.",
                  "--students STUDENTS how many sheets, 1 to 500; 30 unless told",
                  "--seed SEED whose numbers: the same seed gives the same files; 1 unless told",
                  "--output OUTPUT the sheets; worksheets.pdf unless told",
                  "--key KEY the key; unless told, beside the sheets with -key in its name",
                  "--paper {a4,letter} a4 (unless told) or letter",
                  "--site SITE the published book's address, for links from the key into the step explorer"):
        assert words in text


def test_the_same_options_give_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        main(["--students", "2", "--seed", "5", "--output", str(tmp_path / f"{name}.pdf"), "--paper", "letter"])
    for end in (".pdf", "-key.pdf"):
        assert (tmp_path / f"a{end}").read_bytes() == (tmp_path / f"b{end}").read_bytes()
    main(["--students", "2", "--seed", "6", "--output", str(tmp_path / "c.pdf")])
    assert (tmp_path / "a.pdf").read_bytes() != (tmp_path / "c.pdf").read_bytes()
    assert [float(v) for v in PdfReader(tmp_path / "a.pdf").pages[0].mediabox[2:]] == [612, 792]


@pytest.mark.parametrize(("options", "message"), [
    (["--students", "many"], "argument --students: expected a whole number, got 'many'"),
    (["--output", "/nowhere/w.pdf"], "cannot write /nowhere/w.pdf: No such file or directory"),
    (["--colour", "red"], "unrecognized arguments: --colour red"),
])
def test_a_bad_option_gets_a_clear_message(tmp_path, options, message):
    done = subprocess.run([sys.executable, "-m", "nnlib.worksheets", *options], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 2 and message in done.stderr and "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())


def test_the_command_has_a_short_name(tmp_path):
    for module in ("nnlib.worksheets", "nnlib.classroom.worksheets"):
        done = subprocess.run([sys.executable, "-m", module, "--students", "1", "--output", f"{module}.pdf"],
                              cwd=tmp_path, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")
    for end in (".pdf", "-key.pdf"):
        assert (tmp_path / f"nnlib.worksheets{end}").read_bytes() == (tmp_path / f"nnlib.classroom.worksheets{end}").read_bytes()
