"""The cheat sheet, read back: all nineteen operations on one page, with the numbers of the worked example, each at its place."""
import subprocess
import sys

import numpy as np
import pytest
from paper_reader import Line, Words, marks, numbers_in, of_kind, outside, overlapping, texts
from pypdf import PdfReader
from reportlab.pdfbase.pdfmetrics import stringWidth

from nnlib import AND, OPERATIONS, QUANTITIES, Parameters, iteration, palette
from nnlib.classroom import cheatsheet
from nnlib.classroom.paper import FONT, MARGIN, PAPERS, formula
from nnlib.numerals import on_paper, rows

pytestmark = pytest.mark.slow

IT = iteration(AND.x[[1, 3]], AND.y[[1, 3]], Parameters.example(), 0.5)
COLOUR = {name: colour.light for name, colour in palette.NAMES.items()}
LAYERS = {"forward": ("F1", "F2", "F3", "F4"), "loss": ("E",), "back through the output layer": tuple("1234567"),
          "back through the hidden layer": ("8", "9", "10", "11", "12", "13", "14")}


@pytest.fixture(scope="module", params=sorted(PAPERS))
def sheet(request, tmp_path_factory):
    """The marks on the sheet, the width and the height inside its margins."""
    path = tmp_path_factory.mktemp("cheat") / "c.pdf"
    cheatsheet.write(path, request.param)
    read = PdfReader(path)
    assert read.metadata.title == "Fourteen Steps: cheat sheet"
    assert [float(side) for side in read.pages[0].mediabox[2:]] == pytest.approx(PAPERS[request.param], abs=1e-3)
    (page,) = marks(path)
    return page, PAPERS[request.param][0] - 2 * MARGIN, PAPERS[request.param][1] - MARGIN


def said(page, text, x, size, colour="text"):
    """The heights at which these words stand, from x on, at most so large and in this colour."""
    return [w.y for w in of_kind(Words, page) if w.text == text and w.x == pytest.approx(x, abs=2e-3) and w.size <= size
            and w.colour == COLOUR[colour]]


def test_it_is_one_page_with_all_nineteen(tmp_path):
    cheatsheet.write(tmp_path / "c.pdf")
    (text,) = texts(tmp_path / "c.pdf")
    found = numbers_in(text)
    for operation in OPERATIONS:
        assert operation.title in text
        assert all(float(f"{v:.4g}") in found for name in operation.outputs for v in np.ravel(IT[name]))


def test_nothing_leaves_the_margins_and_nothing_stands_on_anything_else(sheet):
    page, width, top = sheet
    assert not outside(page, MARGIN, MARGIN, MARGIN + width, top + 11) and not overlapping(page)


def test_the_head_says_which_numbers_these_are(sheet):
    page, width, top = sheet
    head, which = of_kind(Words, page)[:2]
    assert head == ("Fourteen Steps on one page", MARGIN, pytest.approx(top, abs=1e-3), 14, True, COLOUR["text"])
    assert which.text == "numbers: the worked example, (0, 1) → 0 and (1, 1) → 1, η = 0.5"
    assert (which.right, which.y) == pytest.approx((MARGIN + width, top), abs=2e-3) and (which.size, which.colour) == (7.5, COLOUR["muted"])


def test_the_parameters_stand_side_by_side_beneath_the_head(sheet):
    page, _, top = sheet
    symbols = [w for w in of_kind(Words, page) if w.size == 8.8]
    assert [w.text for w in symbols] == ["w₁ = ", "b₁ = ", "w₂ = ", "b₂ = "] and symbols[0].x == MARGIN
    assert [w.y for w in symbols] == pytest.approx([top - 12 - 14 - 3] * 4, abs=1e-3)
    brackets = [line.x2 for line in of_kind(Line, page) if line.width == 1]
    for word in symbols[1:]:
        assert word.x - max(x for x in brackets if x < word.x) == pytest.approx(10, abs=2e-3)
    numbers = [w.text for w in of_kind(Words, page) if w.size == 7.6]
    assert numbers == [on_paper(v) for name in ("w1", "b1", "w2", "b2") for v in IT[name].flat]


def test_each_operation_has_its_row(sheet):
    """Nineteen rows of the same height, a rule and a name above each layer, and beneath them a rule and three remarks."""
    page, width, top = sheet
    y = top - 50  # head, parameters
    row = (y - MARGIN - 44 - 13 * len(LAYERS)) / 19
    heights = []
    for layer, labels in LAYERS.items():
        heights.append(y + 1)
        (above,) = said(page, layer, MARGIN, 7.5, "muted")
        assert above == pytest.approx(y - 8, abs=2e-3)
        y -= 13
        for label in labels:
            operation = next(op for op in OPERATIONS if op.label == label)
            base, left, middle = y - row / 2, MARGIN + 22, MARGIN + 22 + 0.55 * width
            (word,) = [w for w in of_kind(Words, page) if w.text == label and w.bold]
            assert (word.right, word.y) == pytest.approx((MARGIN + 14, base), abs=2e-3)
            assert (word.size, word.colour) == (10, COLOUR["activation"])
            shapes = ",  ".join(f"{QUANTITIES[o].symbol} {QUANTITIES[o].shape_text}" for o in operation.outputs)
            assert said(page, formula(operation), left, 9) == pytest.approx([base + 2.5], abs=2e-3)
            assert said(page, f"{operation.title}    {shapes}", left, 6.5, "muted") == pytest.approx([base - 6.5], abs=2e-3)
            lines = [base - 1] if len(operation.outputs) == 1 else [base + 3.5, base - 6]
            for name, line in zip(operation.outputs, lines, strict=True):
                found = said(page, rows(IT[name], on_paper), middle, 7.8)
                assert pytest.approx(line, abs=2e-3) in found, name
            y -= row
    heights.append(y)
    rules = [line for line in of_kind(Line, page) if line.colour == COLOUR["line"]]
    assert [line[:4] for line in rules] == [pytest.approx((MARGIN, y, MARGIN + width, y), abs=2e-3) for y in heights]
    assert y == pytest.approx(MARGIN + 44)
    remarks = of_kind(Words, page)[-3:]
    assert [(w.x, w.y) for w in remarks] == [(MARGIN, pytest.approx(y - 12 - 11 * line, abs=2e-3)) for line in range(3)]


def test_every_line_is_as_large_as_its_room_lets_it_be(sheet):
    page, width, _ = sheet
    words, middle = of_kind(Words, page), MARGIN + 22 + 0.55 * width
    formulas = [w for w in words if w.x == pytest.approx(MARGIN + 22)]
    numbers = [w for w in words if w.x == pytest.approx(middle, abs=2e-3)]
    assert len(formulas) == 2 * 19 and len(numbers) == sum(len(op.outputs) for op in OPERATIONS)
    cases = [*((w, 6.5 if w.colour == COLOUR["muted"] else 9, 0.53 * width) for w in formulas),
             *((w, 7.8, 0.45 * width - 22) for w in numbers), *((w, 7.5, width) for w in words[-3:])]
    for word, most, room in cases:
        assert word.right - word.x <= room + 1e-6
        assert word.size == most or room < stringWidth(word.text, FONT, word.size + 0.25)


def test_what_it_remarks(sheet):
    remarks = " ".join(w.text for w in of_kind(Words, sheet[0])[-3:])
    for words in ("n examples, 2 inputs, h hidden neurons, m outputs. Rows are examples.",
                  "A product of matrices is written side by side, ⊙ goes element by element.",
                  "σ(z) = 1 / (1 + e⁻ᶻ),  σ′ = a (1 − a), at most ¼.", "Step 8 takes the old w₂; new values take effect after step 14.",
                  "(E(w + ε) − E(w − ε)) / 2ε with ε near 10⁻⁵", "the update: (old − new) / η."):
        assert words in remarks


def test_the_paper_is_a4_unless_told_and_gives_the_same_bytes(tmp_path):
    for name, options in (("a", ()), ("b", ()), ("c", ("a4",)), ("d", ("letter",))):
        cheatsheet.write(tmp_path / name, *options)
    a, b, c, d = ((tmp_path / name).read_bytes() for name in "abcd")
    assert a == b == c != d


def test_the_command(tmp_path):
    def run(*words):
        return subprocess.run([sys.executable, "-m", "nnlib.classroom.cheatsheet", *words], cwd=tmp_path, capture_output=True, text=True)

    for words, size in ((["c.pdf", "letter"], "letter"), (["c.pdf"], "a4")):
        assert run(*words).returncode == 0
        (page,) = PdfReader(tmp_path / "c.pdf").pages
        assert [float(side) for side in page.mediabox[2:]] == pytest.approx(PAPERS[size], abs=1e-3)
        (tmp_path / "c.pdf").unlink()
    for words in ((), ("c.pdf", "a3"), ("c.pdf", "a4", "more")):
        done = run(*words)
        assert done.returncode == 1 and done.stderr == "usage: python -m nnlib.classroom.cheatsheet OUTPUT.pdf [a4|letter]\n"
        assert not list(tmp_path.iterdir())
