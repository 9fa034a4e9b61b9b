"""A style sheet without the rules that nothing on the site can meet, however a script changes its pages.

A selector is judged piece by piece: each piece between blanks, `>`, `+` and `~` has to fit an element of some page. A script may give an
element any class, id or attribute that it has a word for, and make elements of any such kind; what no script knows, an element must have
been written with, all of it together. How pieces stand to each other is not judged, and neither are pseudo-classes.
"""
import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

START = re.compile(r'<([a-zA-Z][\w-]*)((?:\s+[\w:@.-]+(?:="[^"]*"|=\'[^\']*\'|=[^\s"\'>]+)?)*)\s*/?>')
ATTRIBUTE = re.compile(r'([\w:@.-]+)(?:="([^"]*)"|=\'([^\']*)\'|=([^\s"\'>]+))?')
INLINE = re.compile(r"<script[^>]*>(.*?)</script>", re.S)
# A word of a script; what is asked of an object (document.body) gives no name to an element.
WORD = re.compile(r"(?<![\w$)\]]\.)(?<![\w$)\]]\?\.)(?<![\w-])-?[A-Za-z_][\w-]*")
ANY_WORD = re.compile(r"-?[A-Za-z_][\w-]*")
SIMPLE = re.compile(r"([.#])((?:[\w-]|[^\x00-\x7f]|\\.)+)|\[([\w-]+)[^\]]*\]|^((?:[\w-]|\|)+)|::?[\w-]+")
WITH_RULES = ("@media", "@supports", "@layer", "@container")


class Site(NamedTuple):
    """What there is: elements as (tag, their classes and ids), the attributes, the words that scripts have, beginnings that they complete.

    no_names: words of scripts that are never a class or an id here.
    """

    elements: frozenset[tuple[str, frozenset[str]]]
    attributes: frozenset[str]
    words: frozenset[str]
    beginnings: tuple[str, ...] = ()
    no_names: frozenset[str] = frozenset()

    def may_have(self, name: str) -> bool:
        """Could a script give an element this class or id? A name of one digit behind such a beginning is Bootstrap's (fs-1)."""
        return (name in self.words and name not in self.no_names) or (name.startswith(self.beginnings or "\0") and not name[-1:].isdigit())


def site(pages, scripts, beginnings=(), no_names=()):
    """What the pages hold and what their scripts, of files and on the pages, have words for."""
    starts = {found for page in pages for found in START.findall(page)}
    texts = [*scripts, *{text for page in pages for text in INLINE.findall(page) if not text.lstrip().startswith("{")}]
    elements, attributes = set(), set()
    for tag, rest in starts:
        given = {name: a or b or c for name, a, b, c in ATTRIBUTE.findall(rest)}
        attributes.update(given)
        names = [f".{one}" for one in given.get("class", "").split()] + [f"#{one}" for one in given.get("id", "").split()]
        elements.add((tag.lower(), frozenset(names)))
    asked = {word for text in texts for word in ANY_WORD.findall(text)}
    attributes |= {"data-" + re.sub(r"[A-Z]", lambda m: f"-{m[0].lower()}", word) for word in asked} | asked
    words = {word for text in texts for word in WORD.findall(text)}
    return Site(frozenset(elements), frozenset(attributes), frozenset(words), tuple(beginnings), frozenset(no_names))


def split(text: str, at: str) -> list[str]:
    """The parts of a text between signs of `at` that stand outside of brackets and quotes."""
    parts, depth, quote, begin, i = [], 0, "", 0, 0
    while i < len(text):
        sign = text[i]
        if sign == "\\":
            i += 1
        elif quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'":
            quote = sign
        elif sign in "([":
            depth += 1
        elif sign in ")]":
            depth -= 1
        elif sign in at and not depth:
            parts.append(text[begin:i])
            begin = i + 1
        i += 1
    return [*parts, text[begin:]]


def without_arguments(piece: str) -> str:
    """A piece without what stands between round brackets."""
    while (shorter := re.sub(r"\((?:[^()\"']|\"[^\"]*\"|'[^']*')*\)", "", piece)) != piece:
        piece = shorter
    return piece


def meets(selector, there):
    """Could the selector fit anything?"""
    return all(piece_meets(without_arguments(piece), there) for piece in split(selector, " >+~") if piece)


@functools.cache
def piece_meets(piece, there):
    """Could an element be all that the piece says?"""
    tag, names, written = None, set(), set()
    for mark, name, attribute, kind in SIMPLE.findall(piece):
        if attribute and attribute not in there.attributes:
            return False
        if kind and kind != "*":
            tag = kind.lower()
        if mark:
            plain = re.sub(r"\\(.)", r"\1", name)
            names.add(plain)
            if not there.may_have(plain):
                written.add(mark + plain)
    if not written:
        return tag is None or tag in there.words or any(tag == kind for kind, _ in there.elements)
    return any((tag is None or tag == kind) and written <= own for kind, own in there.elements)


def rules(text: str) -> Iterator[tuple[str, str | None]]:
    """(what stands before the braces, what between them) of each rule of a minified sheet; None between for a statement without."""
    begin = i = 0
    while i < len(text):
        sign = text[i]
        if sign == "\\":
            i += 1
        elif sign in "\"'":
            i = end_of_text(text, i)
        elif text.startswith("/*", i):
            i = text.index("*/", i) + 1
        elif sign == ";":
            yield text[begin:i + 1], None
            begin = i + 1
        elif sign == "{":
            end = end_of_block(text, i)
            yield text[begin:i], text[i + 1:end]
            begin, i = end + 1, end
        i += 1
    if text[begin:].strip():
        yield text[begin:], None


def end_of_text(text, i):
    """Where the text in quotes that begins at i ends."""
    quote = text[i]
    i += 1
    while text[i] != quote:
        i += 2 if text[i] == "\\" else 1
    return i


def end_of_block(text, i):
    """Where the brace that opens at i is closed."""
    depth = 0
    while True:
        if text[i] == "\\":
            i += 1
        elif text[i] in "\"'":
            i = end_of_text(text, i)
        elif text.startswith("/*", i):
            i = text.index("*/", i) + 1
        elif text[i] == "{":
            depth += 1
        elif text[i] == "}":
            depth -= 1
            if not depth:
                return i
        i += 1


def pruned(text, there, wanted=lambda selector: True):
    """The sheet without selectors that meet nothing, and those that are not wanted, and without the rules that have no other."""
    kept = []
    for head, body in rules(text):
        comment, head = re.match(r"((?:\s*/\*.*?\*/)*)\s*(.*)", head, re.S).groups()
        kept.append(comment)
        if body is None:
            kept.append(head)
        elif head.startswith(WITH_RULES):
            inside = pruned(body, there, wanted)
            if inside:
                kept.append(f"{head}{{{inside}}}")
        elif head.startswith("@"):
            kept.append(f"{head}{{{body}}}")
        else:
            alive = [one for one in split(head, ",") if wanted(one) and meets(one, there)]
            if alive:
                kept.append(f"{','.join(alive)}{{{body}}}")
    return "".join(kept)
