"""KaTeX's fonts cut to the signs that the book's formulas show: those of many pages, and those of few, which only these load.

A small one stands in each page that shows it. A formula that comes later, from a cell which a reader runs, brings KaTeX's own sheet.
"""
import base64
import functools
import html.parser
import io
import json
import logging
import os
import re
from collections import Counter
from pathlib import Path

import fontTools
from fontTools import subset, ttLib
from pyodide_files import cache

from fourteen_steps.named import digest
from nnlib import QUANTITIES
from nnlib.graphs import GRAPHS

logging.getLogger("fontTools").setLevel(logging.WARNING)  # it tells of each table that it cuts

FACE = re.compile(r'@font-face\{font-family:"?(KaTeX_\w+)"?;font-style:(\w+);font-weight:(\d+);src:url\((fonts/[\w-]+\.woff2)\)[^}]*\}')
RULE = re.compile(r"([^{}]*)\{([^{}]*font-family:\"?KaTeX[^{}]*)\}")
FORMULA = '<span class="katex-html"'
SPAN = re.compile("<(/?)span")
SMALL = 1800  # bytes of a font that stands in a page itself
OFTEN = 1 / 5  # of the pages with a formula in a face: a sign that fewer of them show comes from a file of its own
SYMBOLS = frozenset().union(*(quantity.symbol for quantity in QUANTITIES.values()))
NUMBERS = frozenset(" \xa0\u20090123456789+−-=.,()[]·×⊙∂∑Σ′ŷ→≈")
# One of them writes the letters of its graphs, too, on a page or two.
NODES = frozenset().union(*(node.symbol for graph in GRAPHS.values() for node in graph.nodes))
# What widgets write in the face of formulas: upright their numbers, too, and in italics the symbols of all quantities.
ITALIC = ("KaTeX_Math", "italic", "400")
WRITERS = {("KaTeX_Main", "normal", "400"): NUMBERS | SYMBOLS, ITALIC: SYMBOLS}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@functools.cache
def families(styles):
    """What classes of KaTeX's style sheet make of a text: [(the classes that have to stand together, (family, style, weight))]."""
    found = []
    for selectors, body in RULE.findall(styles):
        if selectors.startswith("@"):
            continue
        one = {key: value.strip('"') for key, value in re.findall(r"font-(family|style|weight):([^;]+)", body)}
        for selector in selectors.split(","):
            last = re.search(r"((?:\.[\w-]+)+)(?:>span)?$", selector)
            if last:
                found.append((set(last[1][1:].split(".")), (one["family"], one.get("style", "normal"), one.get("weight", "400"))))
    return found


class _Signs(html.parser.HTMLParser):
    """Collects the signs that each face shows inside of formulas."""

    def __init__(self, classes):
        super().__init__()
        self.classes, self.stack, self.signs = classes, [], {}

    def handle_starttag(self, tag, attributes):
        """The face inside of an element: that of its own class, or the one around it."""
        if tag in VOID:
            return
        face = self.stack[-1] if self.stack else None
        names = (dict(attributes).get("class") or "").split()
        if "katex-html" in names:
            face = ("KaTeX_Main", "normal", "400")
        elif face:
            face = next((own for wanted, own in self.classes if wanted <= set(names)), face)
        self.stack.append(face)

    def handle_endtag(self, tag):
        """Back to the face around."""
        if tag not in VOID and self.stack:
            self.stack.pop()

    def handle_data(self, data):
        """Signs in the face of where they stand."""
        if self.stack and self.stack[-1]:
            self.signs.setdefault(self.stack[-1], set()).update(data)


def signs_in(pages, styles):
    """{(family, style, weight): Counter(how many of these pages show a sign in that face within a formula)}."""
    counts = {}
    for page in pages:
        for face, signs in signs_of(page, styles).items():
            counts.setdefault(face, Counter()).update(signs)
    return counts


def formulas_of(page):
    """The drawn formulas of a page, each from its first tag to its last."""
    found, end = set(), 0
    while (begin := page.find(FORMULA, end)) >= 0:
        depth = 0
        for tag in SPAN.finditer(page, begin):
            depth += -1 if tag[1] else 1
            if not depth:
                break
        end = tag.end()
        found.add(page[begin:end])
    return found


@functools.cache
def signs_of(page, styles):
    """{face: the signs that the page shows in it within formulas}."""
    shown = {}
    for formula in formulas_of(page):
        for face, signs in _signs(formula, styles).items():
            shown.setdefault(face, set()).update(signs)
    return shown


@functools.cache
def _signs(formula, styles):
    collected = _Signs(families(styles))
    collected.feed(formula)
    return collected.signs


def signs_of_many(face, counts):
    """The signs of a face that widgets write or many pages show; none of one that no widget writes, which is small enough for each page."""
    if face not in WRITERS:
        return frozenset()
    least = OFTEN * max(counts.values(), default=0)
    return frozenset({sign for sign, pages in counts.items() if pages and pages >= least} | WRITERS[face])


@functools.cache
def cut(path, signs):
    """A font with these signs only, as WOFF2, and its code points. What was cut is kept outside of the tree."""
    name = digest(f"{fontTools.version}{''.join(sorted(signs))}".encode() + Path(path).read_bytes())
    kept = cache().parent / "fonts" / f"{name}.json"
    try:
        content, wanted = json.loads(kept.read_text("ascii"))
        return base64.b64decode(content), wanted
    except (OSError, ValueError):
        content, wanted = cut_anew(path, signs)
    kept.parent.mkdir(parents=True, exist_ok=True)
    half = kept.with_suffix(f".{os.getpid()}")
    half.write_text(json.dumps([base64.b64encode(content).decode(), wanted]), "ascii")
    half.replace(kept)
    return content, wanted


def cut_anew(path, signs):
    """What `cut` gives, by fontTools."""
    font = ttLib.TTFont(path, recalcTimestamp=False)
    wanted = {ord(sign) for sign in signs} & set(font.getBestCmap())
    subsetter = subset.Subsetter(subset.Options(layout_features=["*"], notdef_outline=True, hinting=False, name_IDs=[]))
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    font.flavor = "woff2"
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue(), sorted(wanted)


def unicode_range(points):
    """Code points as CSS writes them, neighbours joined."""
    spans = []
    for point in points:
        if spans and point == spans[-1][1] + 1:
            spans[-1][1] = point
        else:
            spans.append([point, point])
    return ",".join(f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}" for first, last in spans)


def rule(face, source, points):
    """The rule of a font cut from a face."""
    family, style, weight = face
    return (f'@font-face{{font-family:{family};font-style:{style};font-weight:{weight};src:url({source}) format("woff2")'
            f";unicode-range:{unicode_range(points)}}}")


def in_page(face, path, signs):
    """The rule for signs of a face that stand on a page, with the font in it; nothing where that would be much."""
    content, points = cut(path, frozenset(signs))
    if not points or len(content) > SMALL:
        return ""
    return rule(face, f"data:font/woff2;base64,{base64.b64encode(content).decode()}", points)


def formula_fonts(static, styles, pages, scripts):
    """KaTeX's style sheet with up to two faces for one, of the signs that many pages show and of those of few; and {page: its own rules}.

    A page has the signs in itself that few show, and those of faces that no widget writes, where they are little. scripts: a sign beyond
    the keyboard that stands in one may be shown by a widget. A face that no page shows is left out; a cell that a reader runs loads the
    whole sheet, for a formula with anything in it. Of faces that have the same sign a browser takes the last.
    """
    shown = signs_in(pages, styles)
    for face in WRITERS:
        shown.setdefault(face, Counter())
    upright = shown["KaTeX_Main", "normal", "400"]
    upright.update({sign: 0 for script in scripts for sign in set(script) if ord(sign) > 0xFF and sign not in upright})
    italic = shown[ITALIC]
    italic.update({sign: 0 for sign in NODES if sign not in italic})
    paths = {match.groups()[:3]: str(static / "katex" / match[4]) for match in FACE.finditer(styles)}
    often = {face: signs_of_many(face, counts) for face, counts in shown.items()}
    own = {page: "".join(in_page(face, paths[face], signs - often[face]) for face, signs in signs_of(page, styles).items())
           for page in pages}
    kept = set()

    def faces(match):
        face = match.groups()[:3]

        def named(content):
            name = f"{match[4].removesuffix('.woff2')}.{digest(content)}.woff2"
            (static / "katex" / name).write_bytes(content)
            kept.add(Path(name).name)
            return name

        if face not in shown:
            return ""
        cuts = [cut(paths[face], signs) for signs in (frozenset(shown[face]) - often[face], often[face]) if signs]
        return "".join(rule(face, named(content), points) for content, points in cuts if points)

    styles = FACE.sub(faces, styles)
    for old in (static / "katex" / "fonts").glob("*.????????????.woff2"):
        if old.name not in kept:
            old.unlink()
    return styles, own
