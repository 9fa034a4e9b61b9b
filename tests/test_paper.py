"""Drawing on paper: formulas, matrices, and the palette's colours."""
import pytest
from paper_reader import texts

from nnlib import OPERATIONS, Parameters
from nnlib.classroom import paper
from nnlib.formulas import lines


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda op: op.label)
def test_a_formula_on_paper_is_the_template(operation):
    assert paper.formula(operation) == ",  ".join(lines(operation))


@pytest.fixture
def drawn(tmp_path):
    """Draws on a page, and gives the text that stands on it."""

    def draw(what):
        page = paper.canvas(tmp_path / "p.pdf", "a4", "a page")
        what(page)
        page.showPage()
        page.save()
        return texts(tmp_path / "p.pdf")[0]

    return draw


def test_a_quantity_is_shown_or_left_to_write(drawn):
    values = Parameters.example().w1
    assert drawn(lambda page: paper.quantity(page, 50, 700, "w1", values)).split() == ["w₁", "=", "0.3", "−0.1", "0.2", "0.4"]
    assert drawn(lambda page: paper.quantity(page, 50, 700, "w1", values, shown=False)).strip() == "w₁ ="


def test_words_are_made_to_fit(drawn):
    words = "a line that is far too long for the room that it is given on this page"
    widths = []
    assert words in drawn(lambda page: widths.append(paper.fitted(page, 50, 700, words, 220, 12)))
    assert 0.9 * 220 < widths[0] <= 220


def test_the_network_has_every_number(drawn):
    text = drawn(lambda page: paper.network(page, 50, 500, 300, 200, Parameters.example()))
    for shown in ("0.3", "−0.1", "0.2", "0.4", "0.5", "−0.3", "b 0.1", "b −0.2", "x₁", "x₂", "ŷ"):
        assert shown in text
