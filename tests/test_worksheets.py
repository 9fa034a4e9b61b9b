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
from nnlib.classroom.answers import easy_parameters
from nnlib.classroom.worksheets import explorer_link, main, sheet_iteration
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
    assert state["examples"]["x"] == AND.x[[1, 3]].tolist() and state["learning_rate"] == 0.5 and state["step"] == "F1"


def test_the_same_options_give_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        main(["--students", "2", "--seed", "5", "--output", str(tmp_path / f"{name}.pdf"), "--paper", "letter"])
    for end in (".pdf", "-key.pdf"):
        assert (tmp_path / f"a{end}").read_bytes() == (tmp_path / f"b{end}").read_bytes()
    main(["--students", "2", "--seed", "6", "--output", str(tmp_path / "c.pdf")])
    assert (tmp_path / "a.pdf").read_bytes() != (tmp_path / "c.pdf").read_bytes()
    assert [float(v) for v in PdfReader(tmp_path / "a.pdf").pages[0].mediabox[2:]] == [612, 792]


@pytest.mark.parametrize(("options", "message"), [
    (["--students", "0"], "argument --students: expected a whole number from 1 to 500, got 0"),
    (["--students", "many"], "argument --students: expected a whole number, got 'many'"),
    (["--seed", "1.5"], "argument --seed: expected a whole number, got '1.5'"),
    (["--paper", "a3"], "argument --paper: invalid choice: 'a3'"),
    (["--site", "example.org"], "argument --site: expected an address that begins with http"),
    (["--output", "/nowhere/w.pdf"], "cannot write /nowhere/w.pdf: No such file or directory"),
    (["--output", "w.pdf", "--key", "w.pdf"], "argument --key: expected another file than the sheets"),
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
