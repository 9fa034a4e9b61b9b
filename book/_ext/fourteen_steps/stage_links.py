"""Numbers and symbols in the prose that belong to the picture: `[0.137134](#q:dE_dz2[0,0])`.

On the built page such a word lights its number in the page's step explorer, and follows it when the picture's numbers change.
Elsewhere, in a notebook too, it is a link within the page that leads nowhere.
A number that is not the one of the worked example is an error of the build.
"""
import functools
import html
import re
import urllib.parse

import numpy as np
from docutils import nodes
from docutils.transforms import Transform
from sphinx.util import logging

from nnlib import QUANTITIES, Parameters, iteration
from nnlib.gates import TWO_EXAMPLES
from nnlib.network import LEARNING_RATE

SCHEME = "#q:"
PLACE = re.compile(r"(\w+)(?:\[(\d+),(\d+)\])?")
logger = logging.getLogger(__name__)


@functools.cache
def _worked_example():
    """The iteration of the step chapters, with what it starts from."""
    start = Parameters.example()
    it = iteration(*TWO_EXAMPLES[1:], start, LEARNING_RATE)
    return {name: np.atleast_2d(it[name]) for name in QUANTITIES if QUANTITIES[name].kind not in ("function", "rate")}


def place_of(address):
    """The quantity and the cell, None for all of it, that an address means; ValueError for one that is not there."""
    found = PLACE.fullmatch(address)
    if not found or found[1] not in _worked_example():
        raise ValueError(f"expected #q:name or #q:name[row,column] with the name of a quantity, got #q:{address}")
    rows, columns = _worked_example()[found[1]].shape
    if not found[2]:
        return found[1], (0, 0) if rows * columns == 1 else None
    cell = int(found[2]), int(found[3])
    if cell[0] >= rows or cell[1] >= columns:
        raise ValueError(f"expected a row below {rows} and a column below {columns} of {found[1]}, got {list(cell)}")
    return found[1], cell


def number_in(text):
    """The number that a word is, and how far it may be from the value it is rounded from; None for other words."""
    plain = text.replace("−", "-")
    if not re.fullmatch(r"-?\d+(\.\d+)?", plain):
        return None
    return float(plain), 0.5000001 * 10.0 ** -len(plain.partition(".")[2])


def _check(name, cell, text):
    number = number_in(text)
    if number is None:
        return
    if cell is None:
        raise ValueError(f"expected a row and a column of {name} for the number {text}")
    value = _worked_example()[name][cell]
    if abs(number[0] - value) > number[1]:
        raise ValueError(f"expected {name}[{cell[0]},{cell[1]}] = {value:.6f} of the worked example, got {text}")


class KeepStageLinks(Transform):
    """Before MyST looks for headings that links within the page mean: these mean none."""

    default_priority = 870  # MyST's own comes at 879

    def apply(self, **_):
        """Marks them as no link to a heading."""
        for link in self.document.findall(nodes.reference):
            if link.get("refuri", "").startswith(SCHEME):
                link["id_link"] = False


def link_stage(app, doctree, docname):
    """Turns the links into spans that a step explorer on the page finds."""
    for link in list(doctree.findall(nodes.reference)):
        address = link.get("refuri", "")
        if not address.startswith(SCHEME):
            continue
        try:
            name, cell = place_of(urllib.parse.unquote(address.removeprefix(SCHEME)))
            _check(name, cell, link.astext())
        except ValueError as error:
            logger.warning("%s", error, location=link)
            continue
        where = f"{name} {cell[0]} {cell[1]}" if cell else name
        opening = f'<span class="fs-q fs-{QUANTITIES[name].kind}" data-lights="{html.escape(where)}">'
        link.parent.replace(link, [nodes.raw("", opening, format="html"), *link.children, nodes.raw("", "</span>", format="html")])
