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


# Names of parts that no rule of KaTeX's style sheet speaks of, and spans that had nothing else. What stands behind a strut of a pile is
# placed as an element.
NAMELESS = frozenset("mord mtight mbin mrel mop mopen mclose mpunct minner enclosing".split())
CLASSES = re.compile(r'(<span) class="([^"]*)"')
LENGTHS = re.compile(r'(?<=style=")[^"]*')
LENGTH = re.compile(r"(?<=[:-])(?:0|(\d+))?(\.\d{1,3})\d*(?=em)")  # three decimals, and no 0 before the point
NO_MARGIN = re.compile(r"(?:margin-left|margin-right|top):0em;?")
BARE = re.compile(r'(?<!class="pstrut"></span>)(?<!class="pstrut" style="height:\dem"></span>)'
                  r'(?<!class="pstrut" style="height:\d\.\dem"></span>)<span>([^<>]+)</span>')


def in_short(formula):
    """A formula of KaTeX's that is drawn the same in fewer letters; of its MathML nothing is touched."""
    spoken, begin, drawn = formula.partition('<span class="katex-html"')

    def classes(found):
        kept = " ".join(name for name in found[2].split() if name not in NAMELESS)
        return f'{found[1]} class="{kept}"' if kept else found[1]

    def lengths(found):
        return LENGTH.sub(r"\1\2", NO_MARGIN.sub("", found[0])).removesuffix(";")

    drawn = LENGTHS.sub(lengths, CLASSES.sub(classes, drawn)).replace(' style=""', "")
    while (less := BARE.sub(r"\1", drawn)) != drawn:
        drawn = less
    return spoken + begin + drawn


@functools.cache
def render_formula(latex, display):
    """A formula as HTML and MathML, by KaTeX; a formula that it cannot read is an error of the build."""
    options = {"displayMode": display, "throwOnError": True, "trust": True, "strict": "ignore"}
    spacious = latex.replace(r"\begin{matrix}", r"\def\arraystretch{1.35}\begin{matrix}")  # raised example numbers need room
    formula = _katex().call("katex.renderToString", colour_symbols(spacious), options)
    return in_short(INDICES.sub(r"\1<mn>\2</mn><mn>\3</mn></mrow>", formula))


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
