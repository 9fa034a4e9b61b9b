"""The drawing of worksheets and of their key, on paper."""
from pathlib import Path

import numpy as np

from nnlib.classroom.paper import MARGIN, PAPERS, canvas, fitted, formula, matrix_size, network, quantity, rule, text
from nnlib.classroom.worksheets import explorer_link, sheet_iteration
from nnlib.numerals import on_paper
from nnlib.steps import LAYERS

FORWARD = (*LAYERS["forward"], *LAYERS["loss"])
DIGITS = "Give every result with four significant digits (0.0123456 becomes 0.01235). Calculate on with what your calculator keeps; if you"
DIGITS_2 = "calculate on with what you wrote down, the last digit may differ. σ(z) = 1 / (1 + e⁻ᶻ), and σ′(z) = a (1 − a) with a = σ(z)."


def write_sheets(path: Path | str, students: int, seed: int, paper: str = "a4") -> None:
    """The pupils' pages, two for each."""
    page = canvas(path, paper, f"Fourteen Steps: {students} worksheets, seed {seed}")
    for pupil in range(1, students + 1):
        it = sheet_iteration(seed, pupil)
        width, top = _head(page, paper, pupil, students, seed, "One iteration by hand")
        y = _given(page, it, width, top)
        text(page, MARGIN, y, DIGITS, 7.2, colour="muted")
        text(page, MARGIN, y - 10, DIGITS_2, 7.2, colour="muted")
        _column(page, it, FORWARD, MARGIN, y - 30, width, shown=False, down_to=MARGIN)
        page.showPage()
        width, top = _head(page, paper, pupil, students, seed, "Fourteen steps back")
        _steps(page, it, width, top, shown=False)
        page.showPage()
    page.save()


def write_key(path: Path | str, students: int, seed: int, paper: str = "a4", site: str = "") -> None:
    """The key, one page for each pupil: every intermediate value, and a link if the site's address is given."""
    page = canvas(path, paper, f"Fourteen Steps: key to {students} worksheets, seed {seed}")
    for pupil in range(1, students + 1):
        it = sheet_iteration(seed, pupil)
        width, top = _head(page, paper, pupil, students, seed, "Key")
        x = MARGIN
        for name in ("w1", "b1", "w2", "b2"):
            x += quantity(page, x, top - 22, name, it[name]) + 12
        half = width / 2 + 6
        left = _column(page, it, FORWARD[:2], MARGIN, top - 56, half - 12, shown=True)
        right = _column(page, it, FORWARD[2:], MARGIN + half, top - 56, half - 12, shown=True)
        y = min(left, right)
        rule(page, MARGIN, y + 4, MARGIN + width, y + 4)
        _steps(page, it, width, y + 4, shown=True)
        if site:
            link = explorer_link(site, it)
            text(page, MARGIN, MARGIN - 14, "Open this very network in the step explorer", 8, colour="input")
            page.linkURL(link, (MARGIN, MARGIN - 18, MARGIN + 200, MARGIN - 4), relative=0)
        page.showPage()
    page.save()


def _head(page, paper, pupil, students, seed, title):
    """The line at the top; gives the width for what follows and the height where it begins."""
    width, height = PAPERS[paper]
    width, top = width - 2 * MARGIN, height - MARGIN
    text(page, MARGIN, top, title, 13, bold=True)
    text(page, MARGIN + width, top, f"Sheet {pupil} of {students} · seed {seed}", 8, colour="muted", align="right")
    if title != "Key":
        text(page, MARGIN + 0.42 * width, top, "Name:", 9)
        rule(page, MARGIN + 0.42 * width + 32, top - 2, MARGIN + 0.78 * width, top - 2, colour="muted")
    rule(page, MARGIN, top - 8, MARGIN + width, top - 8)
    return width, top - 8


def _given(page, it, width, top):
    """The network as a picture and its numbers as matrices; gives the height beneath them."""
    parameters = it.updated._replace(w1=it.w1, b1=it.b1, w2=it.w2, b2=it.b2)
    network(page, MARGIN, top - 150, 0.45 * width, 140, parameters)
    right = MARGIN + 0.49 * width
    for y, names in ((top - 32, ("x", "y")), (top - 78, ("w1", "b1")), (top - 124, ("w2", "b2"))):
        x = right
        for name in names:
            x += quantity(page, x, y, name, it[name]) + 8
    text(page, right + 0.37 * width, top - 127, f"η = {on_paper(it.learning_rate)}", 9.5)
    return top - 170


def _steps(page, it, width, top, shown):
    """The fourteen steps in two columns, a layer in each."""
    split = 0.42 * width
    for x, room, layer in ((MARGIN, split - 10, "output layer"), (MARGIN + split, width - split, "hidden layer")):
        text(page, x, top - 14, layer, 9, colour="muted")
        _column(page, it, LAYERS[layer], x, top - 29, room, shown, None if shown else MARGIN)


def _column(page, it, operations, x, y, width, shown, down_to=None):
    """Operations beneath each other: name, formula, and their results with numbers or room for them; gives the height beneath.

    down_to spreads them over the paper down to that height: room for working things out.
    """
    def height_of(operation):
        return max(matrix_size(np.atleast_2d(it[output]).shape)[1] for output in operation.outputs)

    gap = 9
    if down_to is not None:
        gap = (y - down_to - sum(18 + height_of(operation) for operation in operations)) / len(operations)
    for operation in operations:
        ahead = text(page, x, y, operation.label, 10, bold=True, colour="activation") + 6
        fitted(page, x + ahead, y, operation.title, width - ahead, 7.5, colour="muted")
        fitted(page, x, y - 12, formula(operation), width, 8.5)
        height, left = height_of(operation), x
        for output in operation.outputs:
            left += quantity(page, left, y - 18 - height / 2, output, it[output], shown) + 4
        y -= 18 + height + gap
    return y
