"""Drawing on paper, read back from the PDF: what stands where, in which size and in which of the palette's colours."""
import itertools

import numpy as np
import pytest
from paper_reader import Circle, Ground, Line, Words, marks, of_kind, overlapping
from pypdf import PdfReader
from reportlab.lib.pagesizes import A4, letter
from reportlab.pdfbase.pdfmetrics import stringWidth

from nnlib import OPERATIONS, QUANTITIES, Parameters, palette
from nnlib.classroom import paper
from nnlib.formulas import lines

pytestmark = pytest.mark.slow

COLOUR = {name: colour.light for name, colour in palette.NAMES.items()}
close = pytest.approx


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda op: op.label)
def test_a_formula_on_paper_is_the_template(operation):
    assert paper.formula(operation) == ",  ".join(lines(operation))


def test_the_measures_of_a_page():
    """A margin of nearly 15 mm, which every printer leaves; a cell wide enough for a number with four digits, high enough for a pen."""
    assert paper.MARGIN == 42 and paper.CELL == (46, 17)
    for name, millimetres in {"a4": (210, 297), "letter": (215.9, 279.4)}.items():
        assert [side / 72 * 25.4 for side in paper.PAPERS[name]] == close(millimetres, abs=0.1)


@pytest.fixture
def drawn(tmp_path):
    """Draws on a page, and gives all that was drawn, in this order."""

    def draw(what, on="a4"):
        page = paper.canvas(tmp_path / "p.pdf", on, "a page")
        what(page)
        page.showPage()
        page.save()
        return marks(tmp_path / "p.pdf")[0]

    return draw


@pytest.mark.parametrize(("name", "size"), [("a4", A4), ("letter", letter)])
def test_a_document_has_its_size_its_names_its_fonts_and_no_date_of_its_own(tmp_path, name, size):
    page = paper.canvas(tmp_path / "p.pdf", name, "a title")
    paper.text(page, 50, 50, "σ")
    paper.text(page, 50, 80, "σ", bold=True)
    page.showPage()
    page.save()
    read = PdfReader(tmp_path / "p.pdf")
    assert [float(side) for side in read.pages[0].mediabox] == close([0, 0, *size], abs=1e-3)
    assert (read.metadata.title, read.metadata.author, read.metadata.creation_date.year) == ("a title", "Fourteen Steps", 2000)
    fonts = {font["/BaseFont"].split("+")[-1] for font in (f.get_object() for f in read.pages[0]["/Resources"]["/Font"].values())}
    assert {"DejaVuSans", "DejaVuSans-Bold"} <= fonts


@pytest.mark.parametrize(("align", "share"), [("left", 0), ("centre", 0.5), ("right", 1)])
@pytest.mark.parametrize("bold", [False, True])
def test_words_stand_at_their_place(drawn, align, share, bold):
    widths = []
    (word,) = drawn(lambda page: widths.append(paper.text(page, 200, 700, "sigmoid", 12, bold=bold, colour="weight", align=align)))
    assert (word.text, word.y, word.size, word.bold, word.colour) == ("sigmoid", 700, 12, bold, COLOUR["weight"])
    assert widths == [stringWidth("sigmoid", paper.BOLD if bold else paper.FONT, 12)] and word.x == close(200 - share * widths[0], abs=1e-3)


def test_words_are_plain_dark_and_of_nine_points_unless_told(drawn):
    plain, fitted = drawn(lambda page: (paper.text(page, 50, 700, "one"), paper.fitted(page, 50, 600, "one", 200)))
    assert plain == Words("one", 50, 700, 9, False, COLOUR["text"]) and fitted == plain._replace(y=600)


def test_words_are_made_to_fit_and_no_smaller_than_they_must_be(drawn):
    words, widths = "a line that is far too long for the room that it is given on this page", []
    (word,) = drawn(lambda page: widths.append(paper.fitted(page, 400, 700, words, 220, 12, align="right", colour="muted")))
    assert widths[0] == close(word.right - word.x) and widths[0] <= 220 < stringWidth(words, paper.FONT, word.size + 0.25)
    assert (word.text, word.right, word.y, word.colour) == (words, close(400, abs=1e-3), 700, COLOUR["muted"]) and word.size % 0.25 == 0
    exactly = stringWidth(words, paper.FONT, 7.5)
    assert [w.size for w in drawn(lambda page: paper.fitted(page, 50, 700, words, exactly, 7.5))] == [7.5]
    assert [w.size for w in drawn(lambda page: paper.fitted(page, 50, 700, words, 20, 7))] == [5]  # smaller, nobody could read it


def test_a_rule_is_a_line_in_a_colour(drawn):
    plain, own = drawn(lambda page: (paper.rule(page, 1, 2, 3, 4), paper.rule(page, 5, 6, 7, 8, colour="bias", width=2)))
    assert plain == (1, 2, 3, 4, COLOUR["line"], 0.6) and own == (5, 6, 7, 8, COLOUR["bias"], 2)


SHAPES = [(1, 1), (1, 2), (2, 1), (2, 2), (3, 2), (2, 3)]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_matrix_has_brackets_about_all_its_cells(drawn, shape):
    """Its cells, four points to their left and right, two above and beneath them; the arms of the brackets are four long."""
    widths = []
    found = drawn(lambda page: widths.append(paper.matrix(page, 100, 500, shape, np.ones(shape), "bias")))
    width, height = paper.matrix_size(shape)
    assert (width, height) == (8 + shape[1] * paper.CELL[0], 4 + shape[0] * paper.CELL[1]) and widths == [width]
    arms = [Line(*ends, COLOUR["bias"], 1) for side, into in ((100, 104), (100 + width, 96 + width))
            for ends in ((side, 500, side, 500 + height), (side, 500, into, 500), (side, 500 + height, into, 500 + height))]
    assert of_kind(Line, found) == arms


@pytest.mark.parametrize("shape", SHAPES)
def test_each_number_of_a_matrix_stands_in_its_cell(drawn, shape):
    """At its right side, five points above its lower one; a line to write on is five from both sides, three above the lower one."""
    values = np.arange(shape[0] * shape[1]).reshape(shape) / 4
    words = drawn(lambda page: paper.matrix(page, 100, 500, shape, values))[6:]
    lines_ = drawn(lambda page: paper.matrix(page, 100, 500, shape))[6:]
    assert len(words) == len(lines_) == values.size
    for (i, j), word, line in zip(itertools.product(*map(range, shape)), words, lines_, strict=True):
        left, lower = 104 + j * paper.CELL[0], 502 + (shape[0] - 1 - i) * paper.CELL[1]
        right = left + paper.CELL[0]
        assert (float(word.text), word.size, word.colour) == (values[i, j], 7.6, COLOUR["text"])
        assert (word.right, word.y) == close((right - 3, lower + 5), abs=1e-3)
        assert line == (left + 5, lower + 3, right - 5, lower + 3, COLOUR["muted"], 0.5)


def test_a_long_number_stays_in_its_cell(drawn):
    """Three points from both sides, so that it meets neither the bracket nor the number beside it."""
    words = of_kind(Words, drawn(lambda page: paper.matrix(page, 100, 500, (1, 2), np.array([[0.25, -0.0001234]]))))
    assert [word.text for word in words] == ["0.25", "−0.0001234"] and words[1].size == pytest.approx(6.35)
    assert words[1].right == close(104 + 2 * paper.CELL[0] - 3, abs=1e-3) and words[1].x >= 104 + paper.CELL[0] + 3


@pytest.mark.parametrize(("name", "kind"), [("w1", "weight"), ("b2", "bias"), ("x", "input"), ("E", "error"), ("dE_dw1", "gradient"),
                                            ("learning_rate", "text")])
def test_a_quantity_is_its_symbol_and_its_matrix_at_one_height(drawn, name, kind):
    values, widths = np.ones((2, 3)), []
    found = drawn(lambda page: widths.append(paper.quantity(page, 50, 700, name, values)))
    word = found[0]
    assert (word.text, word.x, word.y, word.size, word.colour) == (f"{QUANTITIES[name].symbol} = ", 50, 697, 8.8, COLOUR[kind])
    brackets = of_kind(Line, found)
    assert {line.colour for line in brackets} == {COLOUR[kind]}
    left, right = min(line.x1 for line in brackets), max(line.x2 for line in brackets)
    assert left == close(word.right + 2, abs=1e-3) and widths[0] == close(right - 50, abs=1e-3)
    assert (min(line.y1 for line in brackets) + max(line.y2 for line in brackets)) / 2 == close(700)
    assert [w.text for w in of_kind(Words, found)[1:]] == ["1"] * 6


def test_a_quantity_is_left_to_write_if_it_is_not_shown(drawn):
    found = drawn(lambda page: paper.quantity(page, 50, 700, "E", 0.25, shown=False))
    assert [word.text for word in of_kind(Words, found)] == ["E = "] and len(of_kind(Line, found)) == 6 + 1
    assert [word.text for word in of_kind(Words, drawn(lambda page: paper.quantity(page, 50, 700, "E", 0.25)))] == ["E = ", "0.25"]


PARAMETERS = Parameters.example()._replace(b2=np.array([[0.6]]))


def test_the_network_is_a_picture_of_its_own_numbers(drawn):
    """Five neurons, an edge between neighbours, each weight on its edge, each bias beneath its neuron, nothing on anything else."""
    found = drawn(lambda page: paper.network(page, 50, 500, 300, 200, PARAMETERS))
    neurons, edges, words, grounds = (of_kind(kind, found) for kind in (Circle, Line, Words, Ground))
    assert [(n.radius, n.width, n.inside) for n in neurons] == [(close(11), 1.2, COLOUR["background"])] * 5
    assert [n.colour for n in neurons] == [COLOUR[kind] for kind in ("input", "input", *["activation"] * 3)]
    x1, x2, upper, lower, output = places = [(n.x, n.y) for n in neurons]
    assert x1[1] == upper[1] > x2[1] == lower[1] and output[1] == close((upper[1] + lower[1]) / 2)
    assert [x - 50 for x, _ in (x1, x2, upper, lower, output)] == close([0.08 * 300] * 2 + [0.52 * 300] * 2 + [0.93 * 300])
    assert [y - 500 for _, y in places] == close([0.78 * 200, 0.22 * 200] * 2 + [0.5 * 200])
    assert [(e.colour, e.width) for e in edges] == [(COLOUR["muted"], 0.7)] * 6
    assert [e[:4] for e in edges] == [close((*a, *b)) for a, b in itertools.product((x1, x2), (upper, lower))] + [
        close((*a, *output)) for a in (upper, lower)]

    weights = [w for w in words if w.colour == COLOUR["weight"]]
    assert [w.text for w in weights] == ["0.3", "−0.1", "0.2", "0.4", "0.5", "−0.3"]
    for word, edge, along in zip(weights, edges, (0.5, 0.3, 0.3, 0.5, 0.5, 0.5), strict=True):  # 0.3: two edges cross in the middle
        middle = edge.x1 + along * (edge.x2 - edge.x1), edge.y1 + along * (edge.y2 - edge.y1)
        assert ((word.x + word.right) / 2, word.y + 2.5, word.size) == (close(middle[0], abs=1e-3), close(middle[1], abs=1e-3), 8)

    biases = [w for w in words if w.colour == COLOUR["bias"]]
    assert [w.text for w in biases] == ["b 0.1", "b −0.2", "b 0.6"]
    for word, (x, y) in zip(biases, (upper, lower, output), strict=True):
        assert ((word.x + word.right) / 2, word.y, word.size) == (close(x, abs=1e-3), close(y - 19 - 2.5), 8)

    names = [w for w in words if w.colour == COLOUR["text"]]
    assert [w.text for w in names] == ["x₁", "x₂", "ŷ"]
    for word, (x, y) in zip(names, (x1, x2, output), strict=True):
        assert ((word.x + word.right) / 2, word.y, word.size) == (close(x, abs=1e-3), close(y - 3), 9)

    for word, ground in zip(weights + biases, grounds, strict=True):  # beneath the words and above the lines
        assert ground.colour == COLOUR["background"]
        assert ground[:4] == close((word.x - 1.5, word.y - 1.5, word.right - word.x + 3, 10), abs=1e-3)
        assert found.index(ground) + 1 == found.index(word)
    assert not overlapping(found)
