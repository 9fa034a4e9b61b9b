"""The book's one Sphinx extension: formulas prerendered, assets from this site only, small repairs to the theme.

Nothing that it adds asks another host for anything, over http or from file://.
"""
import functools
import hashlib
import html
import re
from pathlib import Path

import pydata_sphinx_theme
from docutils import nodes
from docutils.parsers.rst import Directive
from fontTools import subset, ttLib
from py_mini_racer import MiniRacer
from sphinx.util.fileutil import copy_asset
from sphinx.util.math import get_node_equation_number

from nnlib import QUANTITIES, STEPS, palette
from nnlib.widgets import WIDGETS
from nnlib.widgets.base import HERE as WIDGET_FILES
from nnlib.widgets.base import STYLES
from nnlib.widgets.modules import page_script

HERE = Path(__file__).parent
KATEX = HERE / "vendor" / "katex"

# ---- formulas -------------------------------------------------------------------------------------------------

# How a quantity is written in a formula, by authors (w_1) and by sympy (w_{1}); the longest match wins.
KIND_OF_SYMBOL = {quantity.latex: quantity.kind for quantity in QUANTITIES.values() if quantity.kind in palette.KINDS}
KIND_OF_SYMBOL |= {r"\hat{y}": "activation", "w": "weight", "b": "bias", "z": "activation", "a": "activation"}  # one neuron's


def _symbol_pattern():
    def written(latex):
        # sympy writes w_{1}, and a single number of a matrix as w_{1,21} or a_{2}^{(1)}
        pattern = re.sub(r"_([12])", r"_(?:\1|\\{\1(?:,\\d+)?\\})", re.escape(latex)) + r"(?:_\{\d+\})?(?:\^\{\(\d+\)\})?"
        return rf"(?<![A-Za-z\\]){pattern}(?![A-Za-z])" if latex[0].isalpha() else rf"{pattern}(?![A-Za-z])"

    return re.compile("|".join(f"({written(latex)})" for latex in sorted(KIND_OF_SYMBOL, key=len, reverse=True)))


SYMBOL = _symbol_pattern()
KINDS_IN_ORDER = [KIND_OF_SYMBOL[latex] for latex in sorted(KIND_OF_SYMBOL, key=len, reverse=True)]
LITERAL = re.compile(r"\\(?:text|operatorname|mathrm|begin|end|texttt)\{[^{}]*\}")


def colour_symbols(latex):
    """The LaTeX with every quantity of the book marked with the class of its kind."""
    pieces, position = [], 0
    for literal in [*LITERAL.finditer(latex), None]:
        end = literal.start() if literal else len(latex)
        pieces.append(SYMBOL.sub(lambda m: rf"\htmlClass{{fs-{KINDS_IN_ORDER[m.lastindex - 1]}}}{{{m[0]}}}", latex[position:end]))
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
CODE_OF_SYMBOL = {quantity.latex: quantity.code for quantity in QUANTITIES.values() if quantity.kind in palette.KINDS}


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


def _visit_math(translator, node):
    formula = f'<span class="math">{render_formula(node.astext(), False)}</span>'
    address = _link_to_notation(translator, node)
    if address:
        quantity = QUANTITIES[address.rpartition("#symbol-")[2]]
        label = html.escape(f"{quantity.symbol}: {quantity.meaning}")
        formula = f'<a class="fs-to-notation" href="{address}" title="{label}" aria-label="{label}">{formula}</a>'
    translator.body.append(formula)
    raise nodes.SkipNode


def _visit_math_block(translator, node):
    translator.body.append(translator.starttag(node, "div", CLASS="math", tabindex="0", role="group"))
    if node["number"]:
        number = get_node_equation_number(translator, node)
        translator.body.append(f'<span class="eqno">({number})</span>')
    translator.body.append(render_formula(node.astext(), True) + "</div>\n")
    raise nodes.SkipNode


# ---- the glossary's terms, where they are used ----------------------------------------------------------------

GLOSSARY = "book/reference/glossary"


def _definitions(app):
    """The glossary: each term in lower case, its id on the page and the first sentence of its definition."""
    if not hasattr(app, "fourteen_steps_terms"):
        terms = {}
        for item in app.env.get_doctree(GLOSSARY).findall(nodes.definition_list_item):
            definition = item.next_node(nodes.definition).astext().replace("\n", " ")
            for term in item.findall(nodes.term):
                terms[term.astext().lower()] = (term["ids"][0], definition)
        app.fourteen_steps_terms = terms
    return app.fourteen_steps_terms


def _link_terms(app, doctree, docname):
    """The first use of each term on a page leads to the glossary, and shows its definition when pointed at or reached by keyboard."""
    if docname == GLOSSARY or docname.endswith("index"):
        return
    terms = dict(_definitions(app))
    for paragraph in list(doctree.findall(nodes.paragraph)):
        if not isinstance(paragraph.parent, nodes.section | nodes.list_item):
            continue
        for text in [t for t in paragraph.findall(nodes.Text) if isinstance(t.parent, nodes.paragraph | nodes.strong | nodes.emphasis)]:
            if not terms:
                return
            pattern = r"\b(" + "|".join(sorted(map(re.escape, terms), key=len, reverse=True)) + r")(s|es)?\b"
            found = re.search(pattern, text.astext(), re.I)
            if not found:
                continue
            anchor, definition = terms.pop(found[1].lower())
            address = app.builder.get_relative_uri(docname, GLOSSARY) + "#" + anchor
            word = html.escape(found[0])
            link = f'<a class="fs-term" href="{address}" data-definition="{html.escape(definition)}">{word}</a>'
            whole = text.astext()
            pieces = [nodes.Text(whole[:found.start()]), nodes.raw("", link, format="html"), nodes.Text(whole[found.end():])]
            text.parent.replace(text, [piece for piece in pieces if piece.astext()])


# ---- the list of all exercises --------------------------------------------------------------------------------


class _ExerciseList(nodes.General, nodes.Element):
    """Stands where the list of exercises will be."""


class ExerciseList(Directive):
    """All exercises of the book, by page, each as a link."""

    def run(self):
        """A placeholder: the exercises are known when all pages have been read."""
        return [_ExerciseList()]


def _list_exercises(app, doctree, docname):
    """Fill in the list of exercises, in the order of the book."""
    for place in list(doctree.findall(_ExerciseList)):
        pages = {}
        for label, exercise in app.env.sphinx_exercise_registry.items():
            if exercise.get("type") in ("exercise", "exercise-enumerable"):
                pages.setdefault(exercise["docname"], []).append((label, exercise["node"]))
        parts = []
        for page in (p for p in _reading_order(app) if p in pages):
            items = []
            for label, exercise in pages[page]:
                address = f"{app.builder.get_relative_uri(docname, page)}#{label}"
                items.append(f'<li><a href="{address}">Exercise {label}</a>: {_as_html(exercise.next_node(nodes.paragraph))}</li>')
            parts.append(f"<h2>{html.escape(app.env.titles[page].astext())}</h2><ul>{''.join(items)}</ul>")
        place.replace_self(nodes.raw("", "\n".join(parts), format="html"))


def _as_html(paragraph):
    """A paragraph's text and formulas."""
    return "".join(render_formula(node.astext(), False) if isinstance(node, nodes.math) else html.escape(node.astext())
                   for node in paragraph.children)


def _reading_order(app):
    """The pages in the order in which they are read."""
    order, stack = [], [app.config.root_doc]
    while stack:
        page = stack.pop(0)
        order.append(page)
        stack = [*app.env.toctree_includes.get(page, []), *stack]
    return order


# ---- assets ---------------------------------------------------------------------------------------------------


def _add_assets(app, config):
    """Static folders go in here: Jupyter Book would put each file of its own _static into every page."""
    config.html_static_path.append(str(HERE / "static"))
    config.templates_path.insert(0, str(HERE / "templates"))


def _add_stylesheets(app):
    app.add_css_file("katex/katex.min.css")
    app.add_css_file("palette.css")
    app.add_css_file("book.css")
    app.add_js_file("lecture.js", loading_method="defer")


def _copy_vendored(app):
    """KaTeX's stylesheet and fonts, and the palette as CSS."""
    static = Path(app.outdir) / "_static"
    copy_asset(str(KATEX), str(static / "katex"), excluded=lambda path: path.endswith(".js"))
    (static / "palette.css").write_text(palette.css(), "utf8")


# ---- the map of the fourteen steps ----------------------------------------------------------------------------

STEP_PAGE = re.compile(r"book/backward/step_(\d\d)_")


def _add_step_map(app, pagename, templatename, context, doctree):
    """Below a chapter's title: where we are on the way, the same on every chapter."""
    here = STEP_PAGE.match(pagename)
    if not here:
        return
    groups = []
    for title, steps in (("output layer", STEPS[:7]), ("hidden layer", STEPS[7:])):
        links = []
        for step in steps:
            name = f"book/backward/step_{step.label:0>2}_{step.function.__name__}"
            current = ' aria-current="page"' if step.label == str(int(here[1])) else ""
            label = html.escape(f"Step {step.label}: {step.title}")
            links.append(f'<li><a href="{context["pathto"](name)}" title="{label}" aria-label="{label}"{current}>{step.label}</a></li>')
        groups.append(f'<li><span class="fs-map-title">{title}</span><ol>{"".join(links)}</ol></li>')
    step_map = f'<nav class="fs-map" aria-label="The fourteen steps"><ul>{"".join(groups)}</ul></nav>'
    context["body"] = context["body"].replace("</h1>", "</h1>" + step_map, 1)


# ---- widgets --------------------------------------------------------------------------------------------------


@functools.cache
def _bundle():
    """All widgets as one classic script: the modules' source as strings, and the runtime that mounts them."""
    styles = "".join((WIDGET_FILES / name).read_text("utf8") for name in (*STYLES, *(f"{widget.stem}.css" for widget in WIDGETS)))
    return page_script([f"{widget.stem}.js" for widget in WIDGETS], styles)


def _write_bundle(app):
    """The bundle's name holds its checksum, so that a page never meets an old copy."""
    text = _bundle()
    name = f"widgets.{hashlib.sha256(text.encode()).hexdigest()[:12]}.js"
    static = Path(app.outdir) / "_static"
    for old in static.glob("widgets.*.js"):
        old.unlink()
    (static / name).write_text(text, "utf8")
    app.fourteen_steps_bundle = name


def _add_bundle(app, pagename, templatename, context, doctree):
    """Widgets' script goes to the pages that have one, and to no other."""
    if 'class="fs-host"' in context.get("body", ""):
        app.add_js_file(app.fourteen_steps_bundle, loading_method="defer")


# ---- the theme, lighter ---------------------------------------------------------------------------------------

UNUSED = ("thebe", "design-tabs")

# What the theme's pages and admonitions show; a test looks for icons on the built pages that are not among them.
ICONS = ("angle-left", "angle-right", "angle-down", "chevron-down", "chevron-right", "arrow-up", "arrow-right", "bars", "bell",
         "circle-check", "circle-exclamation", "circle-half-stroke", "circle-info", "circle-xmark", "download", "expand",
         "file", "file-pdf", "lightbulb", "list", "magnifying-glass", "magnifying-glass-minus", "moon", "pencil", "print",
         "share", "sun", "triangle-exclamation", "up-right-from-square", "xmark")


def _write_icons(app):
    """A font with the few glyphs in use, cut from the theme's copy of FontAwesome, and its stylesheet."""
    folder = Path(app.outdir) / "_static" / "icons"
    folder.mkdir(parents=True, exist_ok=True)
    source = next(Path(pydata_sphinx_theme.__file__).parent.rglob("fontawesome/*/css/all.min.css"))
    rules = re.findall(r'((?:\.fa-[a-z0-9-]+:before,?)+)\{content:"\\([0-9a-f]+)"\}', source.read_text("utf8"))
    codes = {name: code for names, code in rules for name in re.findall(r"fa-([a-z0-9-]+)", names)}
    font = ttLib.TTFont(source.parents[1] / "webfonts" / "fa-solid-900.ttf", recalcTimestamp=False)
    subsetter = subset.Subsetter(subset.Options(layout_features=[], notdef_outline=True))
    subsetter.populate(unicodes=[int(codes[name], 16) for name in ICONS])
    subsetter.subset(font)
    font.flavor = "woff"
    font.save(folder / "fa-solid-900.woff")
    (folder / "LICENSE.txt").write_bytes((source.parents[1] / "LICENSE.txt").read_bytes())
    rules = [
        '@font-face { font-family: "Font Awesome 6 Free"; font-weight: 900; font-display: block;'
        ' src: url(fa-solid-900.woff) format("woff"); }',
        ':root { --fa-font-solid: normal 900 1em/1 "Font Awesome 6 Free"; }',
        ".fas, .fa-solid { font: var(--fa-font-solid); display: inline-block; -webkit-font-smoothing: antialiased; }",
        ".fa-lg { font-size: 1.25em; line-height: .05em; vertical-align: -.075em; }",
        *(f'.fa-{name}::before {{ content: "\\{codes[name]}"; }}' for name in ICONS),
    ]
    (folder / "icons.css").write_text("\n".join(rules) + "\n", "utf8")


def _lighten_page(app, pagename, templatename, context, doctree):
    """Leave out what no page uses."""
    for files in ("script_files", "css_files"):
        context[files] = [f for f in context[files] if not any(part in str(getattr(f, "filename", f)) for part in UNUSED)
                          and "thebe" not in str(getattr(f, "attributes", {}).get("body", ""))]


def _mend_citations(app, pagename, templatename, context, doctree):
    """The bibliography is a list, and its entries are items of it: the role that docutils gives them is deprecated."""
    if 'class="citation-list"' in context.get("body", ""):
        context["body"] = context["body"].replace('role="doc-biblioentry"', 'role="listitem"')


def setup(app):
    """Called by Sphinx."""
    app.add_html_math_renderer("katex", inline_renderers=(_visit_math, None), block_renderers=(_visit_math_block, None))
    app.add_node(_ExerciseList)
    app.add_directive("exercise-list", ExerciseList)
    app.connect("doctree-resolved", _list_exercises)
    app.connect("doctree-resolved", _link_terms)
    app.connect("config-inited", _add_assets)
    app.connect("builder-inited", _add_stylesheets)
    app.connect("builder-inited", _copy_vendored)
    app.connect("builder-inited", _write_icons)
    app.connect("builder-inited", _write_bundle)
    app.connect("html-page-context", _add_bundle)
    app.connect("html-page-context", _add_step_map)
    app.connect("html-page-context", _mend_citations)
    app.connect("html-page-context", _lighten_page, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
