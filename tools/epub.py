"""Write the whole book as one EPUB 3: book/_generated/fourteen-steps-book.epub, which the next build of the site carries and links.

    python tools/epub.py

Each page of the built site becomes a chapter, as it stands without scripts: formulas as MathML, figures as SVG with what they show
in words, a widget as its sentence and its table. A chapter's answers stand at its end.
"""
import re
import sys
import uuid
import zipfile
from html import escape
from pathlib import Path

import whole

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "book" / "_ext"))

from fourteen_steps import take_along  # noqa: E402
from fourteen_steps.about import citation  # noqa: E402

NAME = "fourteen-steps-book.epub"
CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
CHAPTER = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="en" xml:lang="en">
<head><title>{title}</title><link rel="stylesheet" type="text/css" href="book.css"/></head>
<body>{body}</body>
</html>
"""
PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="book-id" xml:lang="en">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="book-id">{identifier}</dc:identifier>
<dc:title>{title}</dc:title>
<dc:language>en</dc:language>
{authors}
<dc:date>{date}</dc:date>
<dc:rights>{rights}</dc:rights>
<meta property="dcterms:modified">{date}T00:00:00Z</meta>
<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessMode">visual</meta>
<meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">MathML</meta>
<meta property="schema:accessibilityFeature">alternativeText</meta>
<meta property="schema:accessibilityFeature">structuralNavigation</meta>
<meta property="schema:accessibilityFeature">tableOfContents</meta>
<meta property="schema:accessibilityHazard">none</meta>
<meta property="schema:accessibilitySummary">Formulas are MathML, every figure says in words what it shows, \
every widget is a sentence and a table.</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="style" href="book.css" media-type="text/css"/>
{manifest}
</manifest>
<spine>
{spine}
</spine>
</package>
"""
NAMESPACE = uuid.UUID("5b0a9d0e-4b52-4f57-9b0e-14a0f1d00014")  # the book's own: its editions are named within it


def file_of(page):
    """A chapter's file."""
    return f"{page.slug}.xhtml"


def chapters(pages):
    """Each page with its XHTML; links lead from chapter to chapter, to names that are there."""
    for page in pages:
        whole.strip(page.article)
        _answers_at_the_end(page.article)
        _unfold(page.article)
        _mathematics(page.article)
        _pictures(page.article)
        whole.repeated_names(page.article)
    there = {page.name: whole.names(page.article) for page in pages}
    addresses = {page.name: page for page in pages}
    for page in pages:
        for node, (name, fragment) in list(whole.links(page, addresses, there)):
            node.setAttribute("href", file_of(addresses[name]) + (f"#{fragment}" if fragment else ""))
        _plain(page.article)
        yield page, CHAPTER.format(title=escape(page.title), body=_inside(page.article))


def _inside(article):
    article.setAttribute("xmlns", whole.XHTML)
    return article.toxml()


def _answers_at_the_end(article):
    """Solutions, and what a quiz says to its choices, stand under a heading of their own."""
    document = article.ownerDocument
    section = whole.make(document, "section", class_="answers")
    section.appendChild(whole.make(document, "h2", "Answers"))
    for node in list(whole.elements(article)):
        names = set(whole.classes(node))
        if node.parentNode and {"solution", "admonition"} <= names:
            section.appendChild(node)
        elif node.tagName == "details" and names & {"fs-right", "fs-wrong"}:
            _choice(node, section, right="fs-right" in names)
    if len(section.childNodes) > 1:
        article.appendChild(section)


def _choice(node, section, *, right):
    """One answer to choose: the answer stays, what is said to it goes to the end."""
    document = node.ownerDocument
    said = node.getElementsByTagName("summary")[0]
    for icon in whole.with_class(said, "sd-summary-state-marker", "sd-summary-icon"):
        whole.remove(icon)
    if right:
        asked = _question(node)
        entry = whole.make(document, "div", class_="answer")
        entry.appendChild(whole.make(document, "p")).appendChild(whole.make(document, "strong", asked))
        about = entry.appendChild(whole.make(document, "p"))
        for child in said.childNodes:
            about.appendChild(child.cloneNode(True))
        for body in whole.with_class(node, "sd-card-body"):
            for child in list(body.childNodes):
                entry.appendChild(child)
        section.appendChild(entry)
    choice = whole.make(document, "p", "☐ ", class_="choice")
    while said.firstChild:
        choice.appendChild(said.firstChild)
    node.parentNode.replaceChild(choice, node)


def _question(node):
    """The text of the heading that a choice stands below."""
    while node.tagName != "section":
        node = node.parentNode
    return whole.text_of(next(one for one in whole.elements(node) if one.tagName in ("h2", "h3")))


def _unfold(article):
    """What a press would open is open."""
    for node in article.getElementsByTagName("details"):
        for summary in [one for one in node.childNodes if one.nodeName == "summary"]:
            for icon in whole.with_class(summary, "sd-summary-state-marker", "sd-summary-icon"):
                whole.remove(icon)
            whole.renamed(summary, "p").setAttribute("class", "label")
        whole.renamed(node, "div").removeAttribute("open") if node.hasAttribute("open") else whole.renamed(node, "div")


def _mathematics(article):
    """Of each formula its MathML, with what TeX calls it for who reads aloud; nothing of KaTeX's own drawing."""
    for node in whole.with_class(article, "katex"):
        formula = node.getElementsByTagName("math")[0]
        for tex in formula.getElementsByTagName("annotation"):
            formula.setAttribute("alttext", spoken(whole.text_of(tex)))
            whole.remove(tex)
        for semantics in formula.getElementsByTagName("semantics"):
            whole.unwrap(semantics)
        if "katex-display" in whole.classes(node.parentNode):
            formula.setAttribute("display", "block")
        node.parentNode.replaceChild(formula, node)


def spoken(tex):
    """A formula's TeX without the classes that colour it."""
    before = None
    while tex != before:
        before, tex = tex, re.sub(r"\\htmlClass\{[^{}]*\}\{((?:[^{}]|\{[^{}]*\})*)\}", r"\1", tex)
    return " ".join(tex.split())


def _pictures(article):
    """A picture in the light colours, as plain values; one that says nothing is not read."""
    for node in article.getElementsByTagName("path"):
        if not node.hasAttribute("d"):  # a line without points, which is nothing to be seen
            whole.remove(node)
    for node in article.getElementsByTagName("svg"):
        if not node.hasAttribute("aria-label") and not node.getElementsByTagName("title"):
            node.setAttribute("aria-hidden", "true")
    for node in whole.elements(article):
        for name, value in list(node.attributes.items()):
            if "var(--fs-" in value:
                node.setAttribute(name, re.sub(r"var\(--fs-[\w-]+, ([^)]*)\)", r"\1", value))


def _plain(article):
    """Without what an EPUB has no use for: data for scripts, and roles and sizes of the screen."""
    for node in [article, *whole.elements(article)]:
        for name in list(node.attributes.keys()):
            of_screen = name in ("tabindex", "title", "download") or (name == "style" and node.namespaceURI == whole.XHTML)
            if of_screen or name.startswith("data-"):
                node.removeAttribute(name)


def navigation(pages):
    """The table of contents: parts, and their chapters."""
    items, part = [], ""
    for page in pages:
        if page.part != part:
            items.append(("</ol></li>" if part else "") + f"<li><span>{escape(page.part)}</span><ol>")
            part = page.part
        items.append(f'<li><a href="{file_of(page)}">{escape(page.title)}</a></li>')
    return f'<nav epub:type="toc" role="doc-toc"><h1>Contents</h1><ol>{"".join(items)}{"</ol></li>" if part else ""}</ol></nav>'


def package(written, said):
    """The package document: what the book is, what it is made of, and in which order."""
    def properties(text):
        found = [name for name, tag in (("mathml", "<math"), ("svg", "<svg")) if tag in text]
        return f' properties="{" ".join(found)}"' if found else ""

    kind = 'media-type="application/xhtml+xml"'
    items = [f'<item id="{page.slug}" href="{file_of(page)}" {kind}{properties(text)}/>' for page, text in written]
    return PACKAGE.format(
        identifier=uuid.uuid5(NAMESPACE, said["version"] + said["date-released"].isoformat()).urn, title=escape(said["title"]),
        authors="\n".join(f"<dc:creator>{escape(author['name'])}</dc:creator>" for author in said["authors"]),
        date=said["date-released"].isoformat(), rights=escape(", ".join(said["license"])), manifest="\n".join(items),
        spine="\n".join(f'<itemref idref="{page.slug}"/>' for page, _ in written))


def bound(pages, target):
    """Write the pages as one EPUB."""
    said = citation()
    written = list(chapters(pages))
    nav = CHAPTER.format(title="Contents", body=navigation([page for page, _ in written]))
    files = {"META-INF/container.xml": CONTAINER, "book/package.opf": package(written, said), "book/nav.xhtml": nav,
             "book/book.css": (whole.SCRIPTS / "epub.css").read_text("utf8"), **{f"book/{file_of(page)}": text for page, text in written}}
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w") as book:
        first = zipfile.ZipInfo("mimetype")  # not packed, and before all else: a reader knows the book by it
        book.writestr(first, "application/epub+zip", compress_type=zipfile.ZIP_STORED)
        for name, text in files.items():
            book.writestr(zipfile.ZipInfo(name), text, compress_type=zipfile.ZIP_DEFLATED)
    return target


def main():
    """Write it, and say where it is."""
    with whole.opened() as tab:
        pages = list(whole.read(tab, whole.order(), live=False))
    target = bound(pages, whole.GENERATED / NAME)
    take_along.carry_later(whole.SITE, whole.GENERATED)
    print(f"{target}: {target.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
