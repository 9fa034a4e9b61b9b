"""KaTeX's fonts cut to the signs that the book's formulas show; every other sign comes from the whole font, which then loads."""
import base64
import functools
import html.parser
import io
import re
from pathlib import Path

from fontTools import subset, ttLib

from fourteen_steps.named import digest
from nnlib import QUANTITIES

FACE = re.compile(r'@font-face\{font-family:"?(KaTeX_\w+)"?;font-style:(\w+);font-weight:(\d+);src:url\((fonts/[\w-]+\.woff2)\)[^}]*\}')
RULE = re.compile(r"([^{}]*)\{([^{}]*font-family:\"?KaTeX[^{}]*)\}")
FORMULA = re.compile(r'<span class="katex-html".*?(?=</span></span>(?:</span>)?(?:[^<]|<(?!/?span)))', re.S)
SMALL = 2000  # bytes of a font that stands in the style sheet itself
# What widgets write in the face of formulas, upright and italic: their numbers, and the symbols of all quantities.
WRITTEN = frozenset(" 0123456789+−-=.,()[]·×⊙∂∑′ŷ").union(*(quantity.symbol for quantity in QUANTITIES.values()))
WRITERS = (("KaTeX_Main", "normal", "400"), ("KaTeX_Main", "italic", "400"))
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


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
    """{(family, style, weight): the signs that the formulas of these pages show in it}."""
    collected = _Signs(families(styles))
    for formula in {found for page in pages for found in FORMULA.findall(page)}:
        collected.stack = []
        collected.feed(formula)
    return collected.signs


@functools.cache
def cut(path, signs):
    """A font with these signs only, as WOFF2; and the code points that the whole one has beside them."""
    font = ttLib.TTFont(path, recalcTimestamp=False)
    known = set(font.getBestCmap())
    wanted = {ord(sign) for sign in signs} & known
    subsetter = subset.Subsetter(subset.Options(layout_features=["*"], notdef_outline=True, hinting=False))
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    font.flavor = "woff2"
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue(), sorted(wanted), sorted(known - wanted)


def unicode_range(points):
    """Code points as CSS writes them, neighbours joined."""
    spans = []
    for point in points:
        if spans and point == spans[-1][1] + 1:
            spans[-1][1] = point
        else:
            spans.append([point, point])
    return ",".join(f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}" for first, last in spans)


def formula_fonts(static, styles, pages, scripts):
    """KaTeX's style sheet with two faces for one: the signs in use from a small file, all others from the whole font.

    scripts: a sign beyond the keyboard that stands in one may be shown by a widget. A face that no page shows is left out; a cell that a
    reader runs loads the whole sheet, for a formula with anything in it.
    """
    shown = signs_in(pages, styles)
    written = WRITTEN.union(sign for script in scripts for sign in set(script) if ord(sign) > 0xFF)
    for face in WRITERS:
        shown.setdefault(face, set()).update(written)

    def faces(match):
        family, style, weight, file = match.groups()

        def face(source, points):
            return (f'@font-face{{font-family:{family};font-style:{style};font-weight:{weight};src:url({source}) format("woff2")'
                    f"{';unicode-range:' * bool(points)}{unicode_range(points)}}}")

        signs = shown.get((family, style, weight))
        if not signs:
            return ""
        content, wanted, rest = cut(str(static / "katex" / file), frozenset(signs))
        if len(content) < SMALL:
            source = f"data:font/woff2;base64,{base64.b64encode(content).decode()}"
        else:
            source = f"{file.removesuffix('.woff2')}.{digest(content)}.woff2"
            (static / "katex" / source).write_bytes(content)
            kept.add(Path(source).name)
        return face(source, wanted) + (face(file, rest) if rest else "")

    kept = set()
    styles = FACE.sub(faces, styles)
    for old in (static / "katex" / "fonts").glob("*.????????????.woff2"):
        if old.name not in kept:
            old.unlink()
    return styles
