"""Formulas as the book writes them in text ("∂E/∂w₂ = (∂z₂/∂w₂)ᵀ δ₂"), turned into MathML."""
import re
from xml.etree.ElementTree import Element, SubElement

MATHML = "http://www.w3.org/1998/Math/MathML"
SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
RAISED = {"ᵀ": ("mi", "T"), "²": ("mn", "2"), "′": ("mo", "′")}
TOKEN = re.compile(r"(?P<slope>∂(?P<top>\w[₀-₉]?)/∂(?P<below>\w[₀-₉]?))|(?P<name>[^\W\d_₀-₉]{2,})|(?P<letter>[^\W\d_ᵀ₀-₉])(?P<index>[₀-₉])?"
                   r"|(?P<number>\d+(?:\.\d+)?|½)|(?P<raised>[ᵀ²′])|(?P<sign>[=+\-−()⊙Σ∂/,:·])|(?P<space>\s+)")


def mathml(text: str) -> Element:
    """A formula as a MathML element; ValueError for a sign that no formula of the book has."""
    root = Element("math", xmlns=MATHML)
    line = SubElement(root, "mrow")
    at = 0
    while at < len(text):
        found = TOKEN.match(text, at)
        if not found:
            raise ValueError(f"text: expected a formula of the book, got {text[at]!r} in {text!r}")
        at = found.end()
        if found["slope"]:
            fraction = SubElement(line, "mfrac")
            for part in (found["top"], found["below"]):
                row = SubElement(fraction, "mrow")
                _leaf(row, "mo", "∂")
                _symbol(row, part[0], part[1:])
        elif found["name"]:
            _leaf(line, "mtext", f"{found['name']} ")
        elif found["letter"]:
            _symbol(line, found["letter"], found["index"] or "")
        elif found["number"]:
            _leaf(line, "mn", found["number"])
        elif found["raised"]:
            _raise(line, found["raised"])
        elif found["sign"]:
            _leaf(line, "mo", found["sign"])
    return root


def _leaf(parent: Element, tag: str, text: str) -> Element:
    leaf = SubElement(parent, tag)
    leaf.text = text
    return leaf


def _symbol(parent: Element, letter: str, index: str) -> None:
    if not index:
        _leaf(parent, "mi", letter)
        return
    both = SubElement(parent, "msub")
    _leaf(both, "mi", letter)
    _leaf(both, "mn", index.translate(SUBSCRIPTS))


def _raise(line: Element, sign: str) -> None:
    """Set a sign at the upper right of what stands last: a T, a 2 or a prime."""
    base = line[-1]
    line.remove(base)
    raised = SubElement(line, "msup")
    raised.append(base)
    _leaf(raised, *RAISED[sign])
