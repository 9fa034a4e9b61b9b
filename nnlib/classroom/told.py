"""What another program is told of a question, whatever its format: HTML, numbers as a program reads them, rows to match, marking notes."""
import html
import re
from collections.abc import Callable, Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import numpy as np

from nnlib import formulas
from nnlib.classroom.items import LEVELS, Bug, Compute, Explain, Item, Match, OfNetwork, Order, Posed

TITLE = "Fourteen Steps"
BEGINNING = (1980, 1, 1, 0, 0, 0)  # of time, as a zip knows it: the same options give the same bytes
PLACES = ("first", "second", "third", "fourth", "fifth", "sixth")


def name(item: Item) -> str:
    """What a question is called in a list."""
    return item.key.replace("-", " ").capitalize()


def tags(item: Item) -> tuple[str, ...]:
    """What it is found by: its part, its kind, how hard it is."""
    return (item.part, item.kind, LEVELS[item.level])


def rich(text: str) -> str:
    """Plain text as HTML: `code` and *emphasis*, and nothing else."""
    escaped = html.escape(text, quote=False)
    escaped = re.sub(r"`([^`]+)`", r"<code>\1</code>", escaped)
    return re.sub(r"(?<![\w*)])\*(\w(?:[^*<]*\w)?)\*(?![\w*])", r"<em>\1</em>", escaped)


def posed_text(item: Item, posed: Posed | None) -> str:
    """What is asked, with its numbers."""
    return posed.ask if posed else item.ask


def lines(item: Item) -> tuple[str, ...]:
    """The formulas that stand below a question."""
    return formulas.lines(item.operation) if item.operation else ()


def question_html(item: Item, posed: Posed | None = None, formula: Callable[[Item], str] = lambda item: "") -> str:
    """What is asked, as HTML: a paragraph, code if there is some, and the formula as this function writes it."""
    code = f"<pre>{html.escape(item.code, quote=False)}</pre>" if isinstance(item, Bug) else ""
    return f"<p>{rich(posed_text(item, posed))}</p>{code}{formula(item)}"


def tex(item: Item) -> str:
    r"""The formulas as TeX between \( and \), which Moodle's filter and Canvas set."""
    return f"<p>\\({html.escape(item.operation.formula, quote=False)}\\)</p>" if item.operation else ""


def numbers(item: Item, seed: int) -> Posed | None:
    """The question with the numbers of a seed, if numbers are asked for."""
    return item.posed(seed) if isinstance(item, Compute | OfNetwork) else None


def number(value: float) -> str:
    """A number as a program reads it, the same on every processor, and never as 1e-05, which not every reader of GIFT knows."""
    return np.format_float_positional(value, 8, fractional=False, trim="-")


def rows(item: Match | Order) -> tuple[list[tuple[str, str]], tuple[str, ...]]:
    """A matching question: what stands on the left with what belongs to it, and the answers that belong nowhere.

    A step belongs to its place; where two may change places, each belongs to "first or second".
    """
    if isinstance(item, Order):
        return [(step, " or ".join(PLACES[at] for at in item.places[number])) for number, step in enumerate(item.steps)], ()
    return [(pair.left, pair.right) for pair in item.pairs], tuple(decoy.right for decoy in item.decoys)


def about(item: Match | Order) -> str:
    """What is said when a matching question is over."""
    if isinstance(item, Order):
        return " ".join([item.feedback, *(swap.feedback for swap in item.swaps)])
    said = [(pair.left, pair.feedback) for pair in item.pairs] + [(decoy.right, decoy.feedback) for decoy in item.decoys]
    return " ".join(f"{what}: {feedback}" for what, feedback in said)


def marking(item: Explain) -> Iterator[str]:
    """What a teacher sees: the model answer, the points, the beliefs."""
    yield item.model
    yield from (f"{point.marks}: {point.text}" for point in item.points)
    yield from (f"{belief}: {say}" for belief, say in item.beliefs)


def document(root: Element) -> bytes:
    """A file of XML, the same on every machine."""
    ElementTree.indent(root)
    return bytes(ElementTree.tostring(root, "utf-8", xml_declaration=True)) + b"\n"
