"""Worksheets: one iteration by hand, for each pupil with numbers of their own, and a key with every value.

    python -m nnlib.worksheets --students 30 --seed 7 --output worksheets.pdf

writes worksheets.pdf (two pages for each pupil) and worksheets-key.pdf (one page for each). No browser and no LaTeX. The same options
give the same files, byte for byte.
"""
import argparse
import base64
import json
import sys
from pathlib import Path

import numpy as np

from nnlib import printing
from nnlib.answers import TWO_ROWS, easy_parameters
from nnlib.printing import MARGIN, PAPERS, formulas, matrix_size, quantity, rule, text
from nnlib.steps import OPERATIONS, STEPS
from nnlib.training import iteration

LEARNING_RATE = 0.5
MOST_STUDENTS = 500
DIGITS = "Give every result with four significant digits (0.0123456 becomes 0.01235). Calculate on with what your calculator keeps; if you"
DIGITS_2 = "calculate on with what you wrote down, the last digit may differ. σ(z) = 1 / (1 + e⁻ᶻ), and σ′(z) = a (1 − a) with a = σ(z)."


def sheet_iteration(seed, number):
    """The iteration of one pupil's sheet, number from 1: the two examples of the book, and the easy numbers of seed + number − 1."""
    return iteration(*TWO_ROWS, easy_parameters(seed + number - 1), LEARNING_RATE)


def explorer_link(site, it, step="F1"):
    """The address at which the step explorer opens with the very numbers of an iteration."""
    examples = {"name": "two examples", "x": it.x.tolist(), "y": it.y.tolist()}
    state = {"step": step, "epoch": 0, "parameters": {name: it[name].tolist() for name in ("w1", "b1", "w2", "b2")}, "examples": examples,
             "learning_rate": it.learning_rate, "hidden": "sigmoid", "output": "sigmoid", "predict": False}
    packed = base64.urlsafe_b64encode(json.dumps(state, separators=(",", ":")).encode()).decode().rstrip("=")
    return f"{site.rstrip('/')}/book/index.html#StepExplorer=1.{packed}"


def write_sheets(path, students, seed, paper="a4"):
    """The pupils' pages, two for each."""
    page = printing.canvas(path, paper, f"Fourteen Steps: {students} worksheets, seed {seed}")
    for number in range(1, students + 1):
        it = sheet_iteration(seed, number)
        width, top = _head(page, paper, number, students, seed, "One iteration by hand")
        y = _given(page, it, width, top)
        text(page, MARGIN, y, DIGITS, 7.2, colour="muted")
        text(page, MARGIN, y - 10, DIGITS_2, 7.2, colour="muted")
        _column(page, it, OPERATIONS[:5], MARGIN, y - 30, width, shown=False, down_to=MARGIN)
        page.showPage()
        width, top = _head(page, paper, number, students, seed, "Fourteen steps back")
        _steps(page, it, width, top, shown=False)
        page.showPage()
    page.save()


def write_key(path, students, seed, paper="a4", site=""):
    """The key, one page for each pupil: every intermediate value, and a link if the site's address is given."""
    page = printing.canvas(path, paper, f"Fourteen Steps: key to {students} worksheets, seed {seed}")
    for number in range(1, students + 1):
        it = sheet_iteration(seed, number)
        width, top = _head(page, paper, number, students, seed, "Key")
        x = MARGIN
        for name in ("w1", "b1", "w2", "b2"):
            x += quantity(page, x, top - 22, name, it[name]) + 12
        half = width / 2 + 6
        left = _column(page, it, OPERATIONS[:2], MARGIN, top - 56, half - 12, shown=True)
        right = _column(page, it, OPERATIONS[2:5], MARGIN + half, top - 56, half - 12, shown=True)
        y = min(left, right)
        rule(page, MARGIN, y + 4, MARGIN + width, y + 4)
        _steps(page, it, width, y + 4, shown=True)
        if site:
            link = explorer_link(site, it)
            text(page, MARGIN, MARGIN - 14, "Open this very network in the step explorer", 8, colour="input")
            page.linkURL(link, (MARGIN, MARGIN - 18, MARGIN + 200, MARGIN - 4), relative=0)
        page.showPage()
    page.save()


def _head(page, paper, number, students, seed, title):
    """The line at the top; gives the width for what follows and the height where it begins."""
    width, height = PAPERS[paper]
    width, top = width - 2 * MARGIN, height - MARGIN
    text(page, MARGIN, top, title, 13, bold=True)
    text(page, MARGIN + width, top, f"Sheet {number} of {students} · seed {seed}", 8, colour="muted", align="right")
    if title != "Key":
        text(page, MARGIN + 0.42 * width, top, "Name:", 9)
        rule(page, MARGIN + 0.42 * width + 32, top - 2, MARGIN + 0.78 * width, top - 2, colour="muted")
    rule(page, MARGIN, top - 8, MARGIN + width, top - 8)
    return width, top - 8


def _given(page, it, width, top):
    """The network as a picture and its numbers as matrices; gives the height beneath them."""
    parameters = it.updated._replace(w1=it.w1, b1=it.b1, w2=it.w2, b2=it.b2)
    printing.network(page, MARGIN, top - 150, 0.45 * width, 140, parameters)
    right = MARGIN + 0.49 * width
    for y, names in ((top - 32, ("x", "y")), (top - 78, ("w1", "b1")), (top - 124, ("w2", "b2"))):
        x = right
        for name in names:
            x += quantity(page, x, y, name, it[name]) + 8
    text(page, right + 0.37 * width, top - 127, f"η = {printing.number(it.learning_rate)}", 9.5)
    return top - 170


def _steps(page, it, width, top, shown):
    """The fourteen steps in two columns, a layer in each."""
    split = 0.42 * width
    columns = ((MARGIN, split - 10, "output layer", STEPS[:7]), (MARGIN + split, width - split, "hidden layer", STEPS[7:]))
    for x, room, title, steps in columns:
        text(page, x, top - 14, title, 9, colour="muted")
        _column(page, it, steps, x, top - 29, room, shown, None if shown else MARGIN)


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
        name = f"F{operation.label[1]}" if operation.label.startswith("F") else operation.label
        ahead = text(page, x, y, name, 10, bold=True, colour="activation") + 6
        printing.fitted(page, x + ahead, y, f"{operation.title}", width - ahead, 7.5, colour="muted")
        printing.fitted(page, x, y - 12, formulas(operation), width, 8.5)
        height, left = height_of(operation), x
        for output in operation.outputs:
            left += quantity(page, left, y - 18 - height / 2, output, it[output], shown) + 5
        y -= 18 + height + gap
    return y


def _parser():
    parser = argparse.ArgumentParser("python -m nnlib.worksheets",
                                     description="Worksheets for one iteration by hand, and their key, as PDF.")
    add = parser.add_argument
    add("--students", type=_whole(1, MOST_STUDENTS), default=30, help=f"how many sheets, 1 to {MOST_STUDENTS}; 30 unless told")
    add("--seed", type=_whole(-2**53, 2**53), default=1, help="whose numbers: the same seed gives the same files; 1 unless told")
    add("--output", type=Path, default=Path("worksheets.pdf"), help="the sheets; worksheets.pdf unless told")
    add("--key", type=Path, help="the key; unless told, beside the sheets with -key in its name")
    add("--paper", choices=PAPERS, default="a4", help="a4 (unless told) or letter")
    add("--site", type=_address, default="", help="the published book's address, for links from the key into the step explorer")
    return parser


def _whole(least, most):
    def read(words):
        try:
            value = int(words)
        except ValueError:
            raise argparse.ArgumentTypeError(f"expected a whole number, got {words!r}") from None
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"expected a whole number from {least} to {most}, got {value}")
        return value

    return read


def _address(words):
    if words and not words.startswith(("http://", "https://", "file://")):
        raise argparse.ArgumentTypeError(f"expected an address that begins with http://, https:// or file://, got {words!r}")
    return words


def main(arguments=None):
    """Write the two files; gives the exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    key = options.key or options.output.with_name(f"{options.output.stem}-key{options.output.suffix}")
    if key.resolve() == options.output.resolve():
        parser.error(f"argument --key: expected another file than the sheets, got {key}")
    try:
        write_sheets(options.output, options.students, options.seed, options.paper)
        write_key(key, options.students, options.seed, options.paper, options.site)
    except OSError as error:
        parser.error(f"cannot write {error.filename or options.output}: {error.strerror}")
    print(f"{options.output}: {options.students} sheets, two pages each\n{key}: the key, one page each")
    return 0


if __name__ == "__main__":
    sys.exit(main())
