"""The cheat sheet: all nineteen operations on one page, with the numbers of the worked example."""
import subprocess
import sys

import numpy as np
from paper_reader import numbers_in, texts

from nnlib import AND, OPERATIONS, Parameters, iteration
from nnlib.classroom import cheatsheet


def test_the_cheat_sheet_is_one_page_with_all_nineteen(tmp_path):
    cheatsheet.write(tmp_path / "c.pdf")
    (text,) = texts(tmp_path / "c.pdf")
    it = iteration(AND.x[[1, 3]], AND.y[[1, 3]], Parameters.example(), 0.5)
    found = numbers_in(text)
    for operation in OPERATIONS:
        assert operation.title in text
        assert all(float(f"{v:.4g}") in found for name in operation.outputs for v in np.ravel(it[name]))


def test_the_same_paper_gives_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        cheatsheet.write(tmp_path / f"{name}.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_the_command(tmp_path):
    def run(*words):
        return subprocess.run([sys.executable, "-m", "nnlib.classroom.cheatsheet", *words], cwd=tmp_path, capture_output=True, text=True)

    assert run("c.pdf", "letter").returncode == 0 and len(texts(tmp_path / "c.pdf")) == 1
    for words in ((), ("c.pdf", "a3"), ("c.pdf", "a4", "more")):
        done = run(*words)
        assert done.returncode == 1 and done.stderr == "usage: python -m nnlib.classroom.cheatsheet OUTPUT.pdf [a4|letter]\n"
