"""The drawing of worksheets and of their key, read back: where each operation stands, its numbers or the room for them."""
from typing import NamedTuple

import numpy as np
import pytest
from paper_reader import Circle, Line, Words, marks, of_kind, outside, overlapping
from pypdf import PdfReader
from reportlab.pdfbase.pdfmetrics import stringWidth

from nnlib import iteration, palette
from nnlib.classroom.marking import mark
from nnlib.classroom.paper import FONT, MARGIN, PAPERS, formula, matrix_size
from nnlib.classroom.sheets import BRACKETS, LEFT_OFF, NAMES, PLUS_MINUS, SIGNS, follow_through, write_key, write_sheets
from nnlib.classroom.worksheets import Kind, explorer_link, sheet_iteration
from nnlib.mistakes import MISTAKES
from nnlib.numerals import on_paper
from nnlib.quantities import QUANTITIES
from nnlib.steps import LAYERS

pytestmark = pytest.mark.slow

PUPILS, SEED, SITE = 2, 11, "https://example.org/book/"  # with seed 11 a slope is −0.0008743, as long as a number gets
COLOUR = {name: colour.light for name, colour in palette.NAMES.items()}
FORWARD = [*LAYERS["forward"], *LAYERS["loss"]]


class Sheets(NamedTuple):
    """Everything that stands on the sheets and on their key, and the paper's inside."""

    front: list
    back: list
    key: list
    width: float
    top: float
    folder: object

    def sides(self):
        """Each page with its title."""
        titled = {"One iteration by hand": self.front, "Fourteen steps back": self.back, "Key": self.key}
        return [(page, title) for title, pages in titled.items() for page in pages]


@pytest.fixture(scope="module", params=sorted(PAPERS))
def sheets(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param)
    write_sheets(folder / "w.pdf", PUPILS, SEED, request.param)
    write_key(folder / "k.pdf", PUPILS, SEED, request.param, SITE)
    pages = marks(folder / "w.pdf")
    assert len(pages) == 2 * PUPILS
    width, height = PAPERS[request.param]
    return Sheets(pages[::2], pages[1::2], marks(folder / "k.pdf"), width - 2 * MARGIN, height - MARGIN, folder)


def close(*numbers):
    return pytest.approx(numbers, abs=2e-3)


def said(page, text, x, y):
    """The words `text` that begin at (x, y)."""
    (found,) = [w for w in of_kind(Words, page) if w.text == text and (w.x, w.y) == close(x, y)]
    return found


def fits(word, room, most):
    """As large as it may be, and no wider than its room."""
    return word.size <= most and word.right <= word.x + room + 1e-3 and (
        word.size == most or stringWidth(word.text, FONT, word.size + 0.25) > room)


def quantity(page, name, values, x, y, shown=True):
    """That a quantity stands at x, its middle at the height y; where its bracket closes."""
    values = np.atleast_2d(values)
    symbol = said(page, f"{QUANTITIES[name].symbol} = ", x, y - 3)
    width, height = matrix_size(values.shape)
    left, right = symbol.right + 2, symbol.right + 2 + width
    ends = [line[:4] for line in of_kind(Line, page)]
    for side in (left, right):
        assert close(side, y - height / 2, side, y + height / 2) in ends, name
    inside = [w.text for w in of_kind(Words, page) if left < w.x < right and abs(w.y - y) < height / 2]
    assert inside == ([on_paper(value) for value in values.flat] if shown else []), name
    return right


def column(page, it, operations, x, room, heights, shown):
    """That operations stand beneath each other at these heights; where the last one ends."""
    for operation, y in zip(operations, heights, strict=True):
        label = said(page, operation.label, x, y)
        assert (label.size, label.bold, label.colour) == (10, True, COLOUR["activation"])
        title = said(page, operation.title, label.right + 6, y)
        assert fits(title, x + room - title.x, 7.5) and title.colour == COLOUR["muted"]
        assert fits(said(page, formula(operation), x, y - 12), room, 8.5)
        tallest, left = height_of(it, operation), x
        for name in operation.outputs:
            left = quantity(page, name, it[name], left, y - 18 - tallest / 2, shown) + 4
        assert left - 4 <= x + room
    return y - 18 - tallest


def height_of(it, operation):
    return max(matrix_size(np.atleast_2d(it[name]).shape)[1] for name in operation.outputs)


def heights_from(it, operations, y, gap):
    """Where the operations begin, if each leaves this gap beneath it."""
    return [y := y - (18 + height_of(it, before) + gap if before else 0) for before in [None, *operations[:-1]]]


def spread(it, operations, y):
    """Where they begin if they share the room down to the margin, each with the same gap beneath it."""
    return heights_from(it, operations, y, (y - MARGIN - sum(18 + height_of(it, op) for op in operations)) / len(operations))


def test_the_documents_say_what_they_are(sheets):
    for name, title, pages in (("w", "2 worksheets, seed 11", 4), ("k", "key to 2 worksheets, seed 11", 2)):
        read = PdfReader(sheets.folder / f"{name}.pdf")
        assert read.metadata.title == f"Fourteen Steps: {title}" and len(read.pages) == pages
        for page in read.pages:
            assert [float(side) for side in page.mediabox] == close(0, 0, sheets.width + 2 * MARGIN, sheets.top + MARGIN)


def test_nothing_leaves_the_paper_and_nothing_stands_on_anything_else(sheets):
    for page, title in sheets.sides():
        left_out = outside(page, MARGIN, MARGIN, MARGIN + sheets.width, sheets.top)
        head = [w for w in left_out if w.y == pytest.approx(sheets.top, abs=1e-3)]  # its base line is the margin
        foot = [w for w in left_out if w not in head]
        assert [w.text for w in foot] == (["Open this very network in the step explorer"] if title == "Key" else [])
        assert not outside(page, MARGIN, 20, MARGIN + sheets.width, sheets.top + 20) and not overlapping(page)


def test_no_number_meets_a_bracket(sheets):
    for page in sheets.key:
        brackets = [line for line in of_kind(Line, page) if line.x1 == line.x2]
        for word in of_kind(Words, page):
            assert not [b for b in brackets if word.x - 1 < b.x1 < word.right + 1 and b.y1 < word.y < b.y2], word.text


def test_the_head_of_a_page(sheets):
    for number, (page, title) in enumerate(sheets.sides()):
        heading = said(page, title, MARGIN, sheets.top)
        assert (heading.size, heading.bold) == (13, True)
        (which,) = [w for w in of_kind(Words, page) if w.text == f"Sheet {number % PUPILS + 1} of {PUPILS} · seed {SEED}"]
        assert (which.right, which.y) == close(MARGIN + sheets.width, sheets.top)
        assert (which.size, which.colour) == (8, COLOUR["muted"])
        rules = [line for line in of_kind(Line, page) if line.y1 == line.y2 > sheets.top - 10]
        across = close(MARGIN, sheets.top - 8, MARGIN + sheets.width, sheets.top - 8)
        if title == "Key":
            assert "Name:" not in [w.text for w in of_kind(Words, page)] and [line[:4] for line in rules] == [across]
        else:
            name = said(page, "Name:", MARGIN + 0.42 * sheets.width, sheets.top)
            assert name.size == 9 and [line[:4] for line in rules] == [
                close(name.x + 32, sheets.top - 2, MARGIN + 0.78 * sheets.width, sheets.top - 2), across]
            assert rules[0].colour == COLOUR["muted"] and name.right < name.x + 32


def test_the_front_has_the_network_the_numbers_and_room_for_the_way_forward(sheets):
    for pupil, page in enumerate(sheets.front, 1):
        it, top, right = sheet_iteration(SEED, pupil), sheets.top - 8, MARGIN + 0.49 * sheets.width
        neurons = of_kind(Circle, page)
        picture = (MARGIN, top - 150, 0.45 * sheets.width, 140)  # 140 high, ten beneath the head
        assert [(n.x, n.y) for n in neurons[:1] + neurons[-1:]] == [
            close(picture[0] + across * picture[2], picture[1] + up * picture[3]) for across, up in ((0.08, 0.78), (0.93, 0.5))]
        weights = [w.text for w in of_kind(Words, page) if w.size == 8 and w.colour == COLOUR["weight"]]
        assert weights == [on_paper(v) for v in (*it.w1.flat, *it.w2.flat)]
        biases = [w.text for w in of_kind(Words, page) if w.size == 8 and w.colour == COLOUR["bias"]]
        assert biases == [f"b {on_paper(v)}" for v in (*it.b1.flat, *it.b2.flat)]
        for y, (first, second) in ((top - 32, ("x", "y")), (top - 78, ("w1", "b1")), (top - 124, ("w2", "b2"))):
            quantity(page, second, it[second], quantity(page, first, it[first], right, y) + 8, y)
        rate = said(page, "η = 0.5", right + 0.37 * sheets.width, top - 127)
        assert rate.size == 9.5
        hints = [w for w in of_kind(Words, page) if w.size == 7.2]
        assert [(w.x, w.y) for w in hints] == [close(MARGIN, top - below) for below in range(170, 221, 10)]
        assert {w.colour for w in hints} == {COLOUR["muted"]}
        whole = " ".join(w.text for w in hints)
        assert whole.startswith("Give every result with four significant digits (0.0123456 becomes 0.01235; a zero at the end may be left "
                                "off).") and NAMES in whole
        assert "if you calculate on" in whole and whole.endswith(" ".join(SIGNS)) and "σ′(z) = a (1 − a) with a = σ(z)." in whole
        column(page, it, FORWARD, MARGIN, sheets.width, spread(it, FORWARD, top - 240), shown=False)


def steps(sheets, page, it, top, heights, shown):
    """The fourteen steps, a layer beside the other, beneath the height top; where they end."""
    ends = []
    for layer, x, room in (("output layer", MARGIN, 0.42 * sheets.width - 10),
                           ("hidden layer", MARGIN + 0.42 * sheets.width, 0.58 * sheets.width)):
        title = said(page, layer, x, top - 14)
        assert (title.size, title.colour) == (9, COLOUR["muted"])
        ends.append(column(page, it, LAYERS[layer], x, room, heights(it, LAYERS[layer], top - 29), shown))
    return ends


def test_the_back_has_room_for_the_fourteen_steps(sheets):
    for pupil, page in enumerate(sheets.back, 1):
        ends = steps(sheets, page, sheet_iteration(SEED, pupil), sheets.top - 8, spread, shown=False)
        assert min(ends) > MARGIN


def at_full_size(page, top):
    """What stands beneath the height top as it would if letter paper, which is lower, did not ask for it a little smaller."""
    (scale,) = {word.size / 10 for word in of_kind(Words, page) if word.text == "F1"}
    assert 0.9 < scale <= 1

    def back(mark):
        moved = {name: MARGIN + (getattr(mark, name) - MARGIN) / scale for name in ("x", "x1", "x2") if hasattr(mark, name)}
        moved |= {name: top + (getattr(mark, name) - top) / scale for name in ("y", "y1", "y2") if hasattr(mark, name)}
        return mark._replace(**moved, **({"size": round(mark.size / scale, 6)} if isinstance(mark, Words) else {}))

    return [back(mark) for mark in page]


def test_the_key_has_every_number(sheets):
    for pupil, page in enumerate(sheets.key, 1):
        it, top, x = sheet_iteration(SEED, pupil), sheets.top - 8, MARGIN
        page = at_full_size(page, top)
        assert said(page, f"Given: (1, 1) → 1; (0, 1) → 0; η = 0.5. {LEFT_OFF}", MARGIN, top - 12).size == 8
        for name in ("w1", "b1", "w2", "b2"):
            x = quantity(page, name, it[name], x, top - 36) + 12
        half = sheets.width / 2 + 6
        ends = [column(page, it, operations, x, half - 12, heights_from(it, operations, top - 70, 9), shown=True)
                for operations, x in ((FORWARD[:2], MARGIN), (FORWARD[2:], MARGIN + half))]
        y = min(ends) - 9 + 4
        (line,) = [line for line in of_kind(Line, page) if line[:4] == close(MARGIN, y, MARGIN + sheets.width, y)]
        assert line.colour == COLOUR["line"]
        end = min(steps(sheets, page, it, y, lambda it, operations, y: heights_from(it, operations, y, 9), shown=True)) - 9
        note = [w for w in of_kind(Words, page) if w.size == 7.5 and w.y < end]
        assert " ".join(w.text for w in note) == f"{PLUS_MINUS} {follow_through(it)}"
        assert [(w.x, w.y) for w in note] == [close(MARGIN, end - 3 - 10 * line) for line in range(len(note))]


@pytest.mark.parametrize("kind", [Kind("neuron", 3), Kind("output"), Kind(), Kind("output", 4, 3)], ids=lambda k: f"{k.level} {k.rows}")
def test_the_keys_note_says_what_is_carried_on_and_marking_agrees(kind):
    it = sheet_iteration(SEED, 3, kind)
    own = iteration(it.x, it.y, [it[name] for name in ("w1", "b1", "w2", "b2")], it.learning_rate, it.hidden, it.output,
                    operations=MISTAKES["swapped error"].operations)
    found = mark({name: np.atleast_2d(own[name]) for operation in kind.operations for name in operation.outputs}, it, kind)
    assert [one.quantity for one in found if not one.marks] == ["dE_da2"], "one mark is lost"
    carried = [one.quantity for one in found if one.verdict == "carried on" and int(one.label) < 8]
    assert carried == ["dE_dz2", "dE_dw2", "dE_db2", "new_w2", "new_b2"]
    note = follow_through(it, kind)
    for name in ["dE_da2", *carried]:
        numbers = [on_paper(value, kind.digits) for value in np.ravel(own[name])]
        assert f"{QUANTITIES[name].symbol} = {numbers[0] if len(numbers) == 1 else '(' + '; '.join(numbers) + ')'}" in note
    assert ("12 to 14" in note) == (kind.level == "all")


KINDS = [Kind("neuron"), Kind("neuron", 4), Kind("output"), Kind("output", 1), Kind("output", 4), Kind(rows=4), Kind(rows=1),
         Kind("output", formulas=False, comma=True)]


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("kind", KINDS, ids=lambda k: f"{k.level} {k.rows}")
def test_other_sheets_keep_to_their_paper_and_have_what_is_needed(tmp_path, paper, kind):
    write_sheets(tmp_path / "w.pdf", 1, SEED, paper, kind)
    write_key(tmp_path / "k.pdf", 1, SEED, paper, SITE, kind)
    (front, back), (key,) = marks(tmp_path / "w.pdf"), marks(tmp_path / "k.pdf")
    width, height = PAPERS[paper]
    for page in (front, back, key):
        assert not outside(page, MARGIN, 20, width - MARGIN, height - MARGIN + 20) and not overlapping(page)
    on_front, on_key = ("\n".join(w.text for w in of_kind(Words, page)) for page in (front, key))
    assert all((line in on_front) == (kind.formulas and not kind.plain) for line in SIGNS)
    matrices = {sign for w in (*of_kind(Words, front), *of_kind(Words, back), *of_kind(Words, key)) for sign in "ᵀ⊙Σ" if sign in w.text}
    assert bool(matrices) == (kind.formulas and not kind.plain) and (BRACKETS in on_front) == (kind.formulas and kind.plain)
    assert (NAMES in on_front) == ("ŷ" in on_front.replace(NAMES, "")) == (kind.level != "neuron")
    assert of_kind(Words, front)[0].text == {"neuron": "One neuron by hand", "output": "Half an iteration by hand",
                                             "all": "One iteration by hand"}[kind.level]
    targets = "; ".join(on_paper(y) for y in sheet_iteration(SEED, 1, kind).y.flat)
    assert f"η = {'0,5' if kind.comma else '0.5'}." in on_key and "Follow-through" in on_key
    assert (f"Given: targets {targets};" in on_key) == (kind.level == "neuron")
    if kind.level == "output" and kind.rows <= 2:  # where there is room, nothing is hard to read
        assert min(w.size for w in of_kind(Words, key)) > 7 and any(w.size > 9 for w in of_kind(Words, back) if "∂E" in w.text)

def test_the_foot_of_the_key_opens_the_pupils_network(sheets):
    read = PdfReader(sheets.folder / "k.pdf")
    for pupil, page in enumerate(sheets.key, 1):
        word = said(page, "Open this very network in the step explorer", MARGIN, MARGIN - 14)
        assert (word.size, word.colour) == (8, COLOUR["input"])
        (note,) = [note.get_object() for note in read.pages[pupil - 1]["/Annots"]]
        assert note["/A"]["/URI"] == explorer_link(SITE, sheet_iteration(SEED, pupil))
        left, bottom, right, top = map(float, note["/Rect"])
        assert (left, bottom, right, top) == close(MARGIN, MARGIN - 18, MARGIN + 200, MARGIN - 4)
        assert left <= word.box[0] and bottom < word.box[1] and word.box[2] < right and word.box[3] < top


def test_without_an_address_the_key_has_no_foot_and_the_paper_is_a4(tmp_path):
    write_key(tmp_path / "k.pdf", 1, SEED)
    write_sheets(tmp_path / "w.pdf", 1, SEED)
    for name in ("k", "w"):
        first = PdfReader(tmp_path / f"{name}.pdf").pages[0]
        assert "/Annots" not in first and [float(side) for side in first.mediabox[2:]] == close(*PAPERS["a4"])
    assert "explorer" not in PdfReader(tmp_path / "k.pdf").pages[0].extract_text()


@pytest.mark.parametrize("write", [write_sheets, write_key])
def test_the_same_options_give_the_same_bytes(tmp_path, write):
    for name in ("a", "b"):
        write(tmp_path / name, 2, 3, "letter")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
