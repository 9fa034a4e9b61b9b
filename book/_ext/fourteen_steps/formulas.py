"""Formulas as HTML, by KaTeX at build time: every quantity in its colour, the first use on a page linked to its row of the notation."""
import functools
import html
import re

from docutils import nodes
from py_mini_racer import MiniRacer
from sphinx.util.math import get_node_equation_number

from fourteen_steps.assets import KATEX
from fourteen_steps.symbols import CODE_OF_SYMBOL, colour_symbols
from nnlib import QUANTITIES


@functools.cache
def _katex():
    engine = MiniRacer()
    engine.eval((KATEX / "katex.min.js").read_text("utf8"))
    return engine


# Two indices of a weight, from where and to where, are no number: not "twenty-one".
INDICES = re.compile(r'(<mo separator="true">,</mo>)<mn>(\d)(\d)</mn></mrow>(?!</semantics>)')


@functools.cache
def render_formula(latex, display):
    """A formula as HTML and MathML, by KaTeX; a formula that it cannot read is an error of the build."""
    options = {"displayMode": display, "throwOnError": True, "trust": True, "strict": "ignore"}
    spacious = latex.replace(r"\begin{matrix}", r"\def\arraystretch{1.35}\begin{matrix}")  # raised example numbers need room
    return INDICES.sub(r"\1<mn>\2</mn><mn>\3</mn></mrow>", _katex().call("katex.renderToString", colour_symbols(spacious), options))


NOTATION = "book/reference/notation"


def _link_to_notation(translator, node):
    """Where a symbol stands alone for the first time on a page, the address of its row on the notation page."""
    builder, latex = translator.builder, node.astext().strip()
    page = builder.current_docname
    if latex not in CODE_OF_SYMBOL or page == NOTATION or NOTATION not in builder.env.found_docs:
        return None
    ancestor = node.parent
    while ancestor is not None:
        if isinstance(ancestor, nodes.reference | nodes.title):
            return None
        ancestor = ancestor.parent
    seen = translator.document.settings.env.temp_data.setdefault(f"symbols on {page}", set())
    if latex in seen:
        return None
    seen.add(latex)
    return f"{builder.get_relative_uri(page, NOTATION)}#symbol-{CODE_OF_SYMBOL[latex]}"


def visit_math(translator, node):
    """A formula within a line; a symbol that stands alone for the first time on a page leads to its row of the notation."""
    formula = f'<span class="math">{render_formula(node.astext(), False)}</span>'
    address = _link_to_notation(translator, node)
    if address:
        quantity = QUANTITIES[address.rpartition("#symbol-")[2]]
        label = html.escape(f"{quantity.symbol}: {quantity.meaning}")
        # its name is the formula that is seen; what it means is its description
        formula = f'<a class="fs-to-notation" href="{address}" title="{label}">{formula}</a>'
    translator.body.append(formula)
    raise nodes.SkipNode


def visit_math_block(translator, node):
    """A formula that stands by itself, with its number if it has one; by keyboard it can be scrolled."""
    translator.body.append(translator.starttag(node, "div", CLASS="math", tabindex="0", role="group"))
    if node["number"]:
        number = get_node_equation_number(translator, node)
        translator.body.append(f'<span class="eqno">({number})</span>')
    translator.body.append(render_formula(node.astext(), True) + "</div>\n")
    raise nodes.SkipNode
