"""Drawing on paper: the few things that worksheets, handouts and the cheat sheet share, on a reportlab canvas.

Sizes are in points, 1/72 inch; y grows upwards. The same calls give the same bytes.
"""
from functools import lru_cache
from pathlib import Path

import numpy as np

from nnlib import formulas, palette
from nnlib._extras import needs
from nnlib.numerals import on_paper
from nnlib.quantities import QUANTITIES

with needs("classroom"):
    import matplotlib
    from reportlab.lib.colors import toColor
    from reportlab.lib.pagesizes import A4, letter
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

PAPERS = {"a4": A4, "letter": letter}
MARGIN = 42
FONT, BOLD = "Book", "Book-Bold"
CELL = (46, 17)  # one number of a matrix


def canvas(path, paper, title):
    """A new document whose bytes depend on what is drawn only."""
    for name, file in ((FONT, "DejaVuSans.ttf"), (BOLD, "DejaVuSans-Bold.ttf")):
        if name not in pdfmetrics.getRegisteredFontNames():  # to read a font takes longer than to draw a page
            pdfmetrics.registerFont(TTFont(name, str(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / file)))
    file = path if hasattr(path, "write") else str(path)
    page = Canvas(file, pagesize=PAPERS[paper], invariant=1, pageCompression=1, initialFontName=FONT, lang="en")
    page.setTitle(title)
    page.setAuthor("Fourteen Steps")
    return page


@lru_cache
def ink(colour):
    """A colour of the palette as reportlab wants it: read once, since a class needs it a million times."""
    return toColor(colour)


def text(page, x, y, words, size=9, bold=False, colour="text", align="left"):
    """Words at a place; gives the width."""
    page.setFillColor(ink(palette.NAMES[colour].light))
    font = BOLD if bold else FONT
    page.setFont(font, size)
    {"left": page.drawString, "right": page.drawRightString, "centre": page.drawCentredString}[align](x, y, words)
    return pdfmetrics.stringWidth(words, font, size)


def fitted(page, x, y, words, width, size=9, **more):
    """Words made as small as they must be to fit the width."""
    while size > 5 and pdfmetrics.stringWidth(words, FONT, size) > width:
        size -= 0.25
    return text(page, x, y, words, size, **more)


def rule(page, x1, y1, x2, y2, colour="line", width=0.6):
    """A straight line."""
    page.setStrokeColor(ink(palette.NAMES[colour].light))
    page.setLineWidth(width)
    page.line(x1, y1, x2, y2)


def matrix_size(shape):
    """Width and height of a matrix of this shape, with its brackets."""
    rows, columns = shape
    return columns * CELL[0] + 8, rows * CELL[1] + 4


def matrix(page, x, y, shape, values=None, kind="text", write=on_paper):
    """A matrix in brackets, its lower left corner at (x, y): with numbers as write(value) gives them, or with a line for each."""
    (rows, columns), (width, height) = shape, matrix_size(shape)
    for side, into in ((x, 4), (x + width, -4)):
        for ends in ((side, y, side, y + height), (side, y, side + into, y), (side, y + height, side + into, y + height)):
            rule(page, *ends, colour=kind, width=1)
    for i in range(rows):
        base = y + height - 2 - (i + 1) * CELL[1] + 5
        for j in range(columns):
            left = x + 4 + j * CELL[0]
            if values is None:
                rule(page, left + 5, base - 2, left + CELL[0] - 5, base - 2, colour="muted", width=0.5)
            else:
                fitted(page, left + CELL[0] - 3, base, write(values[i, j]), CELL[0] - 6, 7.6, align="right")
    return width


def quantity(page, x, y, name, values, shown=True, write=on_paper):
    """symbol = matrix, its middle at the height y: with its numbers or without; gives the width."""
    about = QUANTITIES[name]
    return named(page, x, y, about.symbol, about.kind if about.kind in palette.KINDS else "text", values, shown, write)


def named(page, x, y, symbol, kind, values, shown=True, write=on_paper):
    """The same for a symbol that is none of the book's quantities, in the colour of a kind."""
    values = np.atleast_2d(values)
    width = text(page, x, y - 3, f"{symbol} = ", 8.8, colour=kind)
    height = matrix_size(values.shape)[1]
    return width + matrix(page, x + width + 2, y - height / 2, values.shape, values if shown else None, kind, write) + 2


def network(page, x, y, width, height, parameters, write=on_paper):
    """A small picture of the 2-2-1 network with its weights and biases; (x, y) is its lower left corner."""
    columns = [(0.08, (0.78, 0.22)), (0.52, (0.78, 0.22)), (0.93, (0.5,))]
    places = [[(x + a * width, y + b * height) for b in bs] for a, bs in columns]
    for left, right, weights in ((0, 1, parameters.w1), (1, 2, parameters.w2)):
        for i, (x1, y1) in enumerate(places[left]):
            for j, (x2, y2) in enumerate(places[right]):
                rule(page, x1, y1, x2, y2, colour="muted", width=0.7)
                along = 0.5 if left == 1 or i == j else 0.3
                label(page, x1 + along * (x2 - x1), y1 + along * (y2 - y1), write(weights[i, j]), "weight")
    for column, kind, names in zip(places, ("input", "activation", "activation"), (("x₁", "x₂"), ("", ""), ("ŷ",)), strict=True):
        for (px, py), name in zip(column, names, strict=True):
            page.setFillColor(ink(palette.BACKGROUND.light))
            page.setStrokeColor(ink(palette.NAMES[kind].light))
            page.setLineWidth(1.2)
            page.circle(px, py, 11, fill=1)
            text(page, px, py - 3, name, 9, align="centre")
    for column, biases in ((places[1], parameters.b1), (places[2], parameters.b2)):
        for (px, py), bias in zip(column, biases[0], strict=True):
            label(page, px, py - 19, f"b {write(bias)}", "bias")


def label(page, x, y, words, colour):
    """Words on a white ground, centred."""
    width = pdfmetrics.stringWidth(words, FONT, 8)
    page.setFillColor(ink(palette.BACKGROUND.light))
    page.rect(x - width / 2 - 1.5, y - 4, width + 3, 10, stroke=0, fill=1)
    text(page, x, y - 2.5, words, 8, colour=colour, align="centre")


def curve(page, points, colour="text", width=1.2):
    """A line through points."""
    page.setStrokeColor(palette.NAMES[colour].light)
    page.setLineWidth(width)
    path = page.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    page.drawPath(path)


def formula(operation):
    """The operation's formulas as one line of text."""
    return ",  ".join(formulas.lines(operation))
