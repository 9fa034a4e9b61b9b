"""Formulas as HTML, by KaTeX at build time: every quantity in its colour, the first use on a page linked to its row of the notation."""
import functools
import html
import re

from docutils import nodes
from py_mini_racer import MiniRacer
from sphinx.util.math import get_node_equation_number

from fourteen_steps.assets import KATEX
from nnlib import QUANTITIES, palette

# How a quantity is written in a formula, by authors (w_1) and by sympy (w_{1}); the longest match wins.
CODE_OF_SYMBOL = {quantity.latex: quantity.code for quantity in QUANTITIES.values() if quantity.kind in palette.KINDS}
KIND_OF_SYMBOL = {latex: QUANTITIES[code].kind for latex, code in CODE_OF_SYMBOL.items()}
KIND_OF_SYMBOL |= {r"\hat{y}": "activation", "w": "weight", "b": "bias", "z": "activation", "a": "activation"}  # one neuron's


def _symbol_pattern():
    def written(latex):
        # sympy writes w_{1}, and a single number of a matrix as w_{1,21} or a_{2}^{(1)}
        pattern = re.sub(r"_([12])", r"_(?:\1|\\{\1(?:,\\d+)?\\})", re.escape(latex)) + r"(?:_\{\d+\})?(?:\^\{\(\d+\)\})?"
        return rf"(?<![A-Za-z\\]){pattern}(?![A-Za-z])" if latex[0].isalpha() else rf"{pattern}(?![A-Za-z])"

    return re.compile("|".join(f"({written(latex)})" for latex in sorted(KIND_OF_SYMBOL, key=len, reverse=True)))


SYMBOL = _symbol_pattern()
SYMBOLS_IN_ORDER = sorted(KIND_OF_SYMBOL, key=len, reverse=True)
LITERAL = re.compile(r"\\(?:text|operatorname|mathrm|begin|end|texttt)\{[^{}]*\}")


def _marked(symbol):
    """A symbol with the class of its kind, and with that of its quantity, by which a picture finds it."""
    latex = SYMBOLS_IN_ORDER[symbol.lastindex - 1]
    quantity = f" fs-q-{CODE_OF_SYMBOL[latex]}" if latex in CODE_OF_SYMBOL else ""
    return rf"\htmlClass{{fs-{KIND_OF_SYMBOL[latex]}{quantity}}}{{{symbol[0]}}}"


def colour_symbols(latex):
    """The LaTeX with every quantity of the book marked with the classes of its kind and of its own."""
    pieces, position = [], 0
    for literal in [*LITERAL.finditer(latex), None]:
        end = literal.start() if literal else len(latex)
        pieces.append(SYMBOL.sub(_marked, latex[position:end]))
        if literal:
            pieces.append(literal[0])
            position = literal.end()
    return "".join(pieces)


@functools.cache
def _katex():
    engine = MiniRacer()
    engine.eval((KATEX / "katex.min.js").read_text("utf8"))
    return engine


@functools.cache
def render_formula(latex, display):
    """A formula as HTML and MathML, by KaTeX; a formula that it cannot read is an error of the build."""
    options = {"displayMode": display, "throwOnError": True, "trust": True, "strict": "ignore"}
    spacious = latex.replace(r"\begin{matrix}", r"\def\arraystretch{1.35}\begin{matrix}")  # raised example numbers need room
    return _katex().call("katex.renderToString", colour_symbols(spacious), options)


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
        formula = f'<a class="fs-to-notation" href="{address}" title="{label}" aria-label="{label}">{formula}</a>'
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
