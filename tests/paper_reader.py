"""What stands on a printed page, read back from the PDF: its text, and where each thing was drawn, in which size and colour."""
import re
from itertools import combinations
from typing import NamedTuple

from pypdf import PdfReader
from reportlab.pdfbase.pdfmetrics import stringWidth

from nnlib.classroom.paper import BOLD, FONT


class Words(NamedTuple):
    """A piece of text: its left end on the base line, its size in points."""

    text: str
    x: float
    y: float
    size: float
    bold: bool
    colour: str

    @property
    def right(self):
        return self.x + stringWidth(self.text, BOLD if self.bold else FONT, self.size)

    @property
    def box(self):
        """What capitals and descenders fill: left, bottom, right, top."""
        return self.x, self.y - 0.24 * self.size, self.right, self.y + 0.73 * self.size


class Line(NamedTuple):
    x1: float
    y1: float
    x2: float
    y2: float
    colour: str
    width: float

    @property
    def box(self):
        return min(self.x1, self.x2), min(self.y1, self.y2), max(self.x1, self.x2), max(self.y1, self.y2)


class Ground(NamedTuple):
    """A filled rectangle without a border."""

    x: float
    y: float
    width: float
    height: float
    colour: str

    @property
    def box(self):
        return self.x, self.y, self.x + self.width, self.y + self.height


class Circle(NamedTuple):
    x: float
    y: float
    radius: float
    colour: str
    inside: str
    width: float

    @property
    def box(self):
        return self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius


class Curve(NamedTuple):
    """A line through points."""

    points: tuple[tuple[float, float], ...]
    colour: str
    width: float

    @property
    def box(self):
        across, up = zip(*self.points, strict=True)
        return min(across), min(up), max(across), max(up)


def texts(path):
    return [page.extract_text() for page in PdfReader(path).pages]


def marks(path, first=0):
    """For each page, from the first on, a list of all that was drawn on it, in this order."""
    return [_marks(page) for page in PdfReader(path).pages[first:]]


def of_kind(kind, drawn):
    """The words, the lines … of a page."""
    return [mark for mark in drawn if isinstance(mark, kind)]


def overlapping(drawn):
    """Pairs of words that stand on each other."""
    return [(a.text, b.text) for a, b in combinations(of_kind(Words, drawn), 2)
            if a.x < b.right - 0.01 and b.x < a.right - 0.01 and a.box[1] < b.box[3] and b.box[1] < a.box[3]]


def outside(drawn, left, bottom, right, top):
    """Whatever reaches beyond these sides."""
    return [m for m in drawn if m.box[0] < left - 0.01 or m.box[1] < bottom - 0.01 or m.box[2] > right + 0.01 or m.box[3] > top + 0.01]


def numbers_in(text):
    plain = text.replace("−", "-")
    for raised, digit in zip("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789", strict=True):
        plain = plain.replace(raised, digit)
    return [float(n) for n in re.findall(r"(?<![\w.])-?\d+(?:\.\d+)?", re.sub(r"·10(-?\d+)", r"e\1", plain))]


def _marks(page):
    found, state, path = [], {"rg": None, "RG": None, "w": 1.0}, []

    def command(operator, operands, matrix, text_matrix):
        operator, numbers = operator.decode(), [float(o) for o in operands if isinstance(o, int | float)]
        if operator in ("m", "l", "c"):
            numbers = [matrix[0] * v + matrix[4 + at % 2] for at, v in enumerate(numbers)]
        elif operator == "re":
            numbers = [matrix[0] * v + (matrix[4 + at] if at < 2 else 0) for at, v in enumerate(numbers)]
        if operator in ("rg", "RG"):
            state[operator] = "#" + "".join(f"{round(255 * n):02x}" for n in numbers)
        elif operator == "w":
            state["w"] = numbers[0]
        elif operator == "n":
            path.clear()
        elif operator in ("m", "l", "re", "c"):
            path.append((operator, numbers))
        elif operator in ("S", "f*", "f", "B", "B*"):
            found.append(_shape(operator, path, state))

    def words(text, matrix, text_matrix, font, size):
        if text.strip():
            scale, x, y = matrix[0], matrix[4], matrix[5]  # these pages are never turned, and both ways to the same scale
            found.append(Words(text.strip("\n"), scale * text_matrix[4] + x, scale * text_matrix[5] + y, scale * size,
                               "Bold" in font["/BaseFont"], state["rg"]))

    page.extract_text(visitor_operand_before=command, visitor_text=words)
    return found


def _shape(operator, path, state):
    kinds = "".join(kind for kind, _ in path)
    if operator == "S" and kinds == "ml":
        return Line(*path[0][1], *path[1][1], state["RG"], state["w"])
    if operator == "S" and kinds == "m" + "l" * (len(path) - 1):
        return Curve(tuple(tuple(p[1]) for p in path), state["RG"], state["w"])
    if operator in ("f", "f*") and kinds == "re":
        return Ground(*path[0][1], state["rg"])
    if operator in ("B", "B*") and kinds == "mcccc":
        along, up = [p[1][-2] for p in path], [p[1][-1] for p in path]
        return Circle((min(along) + max(along)) / 2, (min(up) + max(up)) / 2, (max(along) - min(along)) / 2,
                      state["RG"], state["rg"], state["w"])
    raise AssertionError(f"nothing that these pages draw: {operator} after {path}")
