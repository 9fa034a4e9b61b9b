"""Print the whole book as one PDF: book/_generated/fourteen-steps-book.pdf, which the next build of the site carries and links.

    python tools/pdf.py                     the answers at the end
    python tools/pdf.py --answers chapter   behind each chapter
    python tools/pdf.py --answers none      left out, for a class: another file, fourteen-steps-book-no-answers.pdf

All pages stand in one document, which Chromium prints: tagged, with an outline, its fonts inside. It is printed twice, since the list of
contents can say on which sheet a chapter begins only when all of them are there.
"""
import argparse
import sys
import tempfile
from datetime import date
from pathlib import Path
from xml.dom import minidom

import whole
from pypdf import PdfReader

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "book" / "_ext"))

from fourteen_steps import take_along  # noqa: E402
from fourteen_steps.about import citation, in_words  # noqa: E402

CHOICES = ("end", "chapter", "none")
NAME = "fourteen-steps-book"
HEADINGS = ("h1", "h2", "h3", "h4", "h5")
EMPTY = """<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" lang="en" xml:lang="en" data-theme="light" data-paper=""><head><meta charset="utf-8"/>\
<title/></head><body class="fs-whole" data-widgets="others"><div class="bd-main"><div class="bd-content">\
<div class="bd-article-container" id="fs-book"/></div></div></body></html>"""


def file_name(answers):
    """The PDF's name."""
    return f"{NAME}-no-answers.pdf" if answers == "none" else f"{NAME}.pdf"


def joined(pages, answers="end", sheets=None):
    """One document of all pages. `sheets` says on which sheet of paper each page begins, once that is known."""
    book = minidom.parseString(EMPTY)
    body = next(node for node in whole.elements(book) if node.getAttribute("id") == "fs-book")
    said = citation()
    book.getElementsByTagName("title")[0].appendChild(book.createTextNode(said["title"]))
    body.appendChild(_title(book, said))
    body.appendChild(_contents(book, pages, answers, sheets or {}))
    there = {page.name: whole.names(page.article) for page in pages}
    addresses = {page.name: page for page in pages}
    for page in pages:
        _answers_moved_to(page, answers)
        for node, (name, fragment) in list(whole.links(page, addresses, there)):
            node.setAttribute("href", f"#{addresses[name].slug}" + (f"--{fragment}" if fragment else ""))
    part, last = "", []
    for page in pages:
        if page.part != part:
            part = page.part
            body.appendChild(_part(book, part))
        end = whole.with_class(page.article, "fs-paper-answers")
        _made_ready(page)
        if answers == "end" and end:
            last.append((page, end[0]))
            whole.remove(end[0])
        page.article.setAttribute("id", page.slug)
        body.appendChild(book.importNode(page.article, True))
    if last:
        body.appendChild(_last(book, last))
    _known(book)
    return book


def _title(book, said):
    name, _, rest = said["title"].partition(": ")
    page = whole.make(book, "header", class_="fs-book-title")
    page.appendChild(whole.make(book, "p", name, class_="fs-book-name"))
    page.appendChild(whole.make(book, "p", rest, class_="fs-book-rest"))
    authors = ", ".join(author["name"] for author in said["authors"])
    page.appendChild(whole.make(book, "p", authors))
    version = f"Version {said['version']}, {in_words(said['date-released'])}."
    page.appendChild(whole.make(book, "p", f"{version} Printed {in_words(date.today())}."))
    page.appendChild(whole.make(book, "p", f"Licences: {', '.join(said['license'])}."))
    return page


def _contents(book, pages, answers, sheets):
    nav = whole.make(book, "nav", class_="fs-book-contents", aria_label="Contents")
    nav.appendChild(whole.make(book, "h1", "Contents"))
    part = ""
    entries = [(page.part, page.slug, page.title) for page in pages]
    if answers == "end":
        entries.append(("Answers", "fs-answers", "Answers to the exercises"))
    for named, slug, title in entries:
        if named != part or not nav.getElementsByTagName("ul"):
            part = named
            if part:
                nav.appendChild(whole.make(book, "p", part, class_="fs-book-part-name"))
            items = nav.appendChild(whole.make(book, "ul"))
        link = items.appendChild(whole.make(book, "li")).appendChild(whole.make(book, "a", href=f"#{slug}"))
        link.appendChild(whole.make(book, "span", title))
        link.appendChild(whole.make(book, "span", str(sheets.get(slug, "")), class_="fs-book-sheet"))
    return nav


def _part(book, name):
    section = whole.make(book, "section", class_="fs-book-part")
    section.appendChild(whole.make(book, "h1", name))
    return section


def _answers_moved_to(page, answers):
    """A page's solutions stand in its section of answers, if anywhere, and keep their names there."""
    ends = whole.with_class(page.article, "fs-paper-answers")
    found = [node for node in whole.with_class(page.article, "solution") if not _within(node, "fs-paper-answers")]
    if answers == "none":
        for node in ends:
            whole.remove(node)
    elif ends:
        copies = whole.with_class(ends[0], "solution")
        for node, copy in zip(found, copies, strict=True):
            if node.hasAttribute("id"):
                copy.setAttribute("id", node.getAttribute("id"))
    for node in found:
        whole.remove(node)


def _within(node, name):
    while (node := node.parentNode) and node.nodeType == node.ELEMENT_NODE:
        if name in whole.classes(node):
            return True
    return False


def _made_ready(page):
    """Names of its own, headings one floor lower than the parts', and none where a widget or a list only has a label."""
    article = page.article
    whole.strip(article)
    whole.repeated_names(article)
    whole.own_names(article, page.slug)
    for node in [*whole.with_class(article, "fs-widget"), *whole.with_class(article, "fs-paper-links")]:
        for heading in [one for one in whole.elements(node) if one.tagName in HEADINGS]:
            other = whole.renamed(heading, "p")
            other.setAttribute("class", f"{other.getAttribute('class')} fs-book-label".strip())
    for heading in [one for one in whole.elements(article) if one.tagName in HEADINGS]:
        whole.renamed(heading, f"h{int(heading.tagName[1]) + 1}")


def _last(book, found):
    """The answers of all pages, under each page's title."""
    article = whole.make(book, "article", class_="bd-article fs-book-answers", id="fs-answers")
    article.appendChild(whole.make(book, "h1", "Answers to the exercises"))
    for page, section in found:
        section = article.appendChild(book.importNode(section, True))
        heading = next(one for one in whole.elements(section) if one.tagName == "h3")
        heading.replaceChild(book.createTextNode(page.title), heading.firstChild)
        whole.renamed(heading, "h2")
    return article


def _known(book):
    """A link to a name that is nowhere in the book (its answer is left out, say) leads to the page that had it."""
    ids = {node.getAttribute("id") for node in whole.elements(book)}
    for node in book.getElementsByTagName("a"):
        address = node.getAttribute("href")
        if address.startswith("#") and address[1:] not in ids:
            node.setAttribute("href", address.partition("--")[0])


def dressed(book, pages, site=whole.SITE):
    """The document as text, with the site's styles, those of the widgets, and what only a whole book needs."""
    head = book.getElementsByTagName("head")[0]
    own = (whole.SCRIPTS / "book.css").read_text("utf8")
    kinds = dict.fromkeys(f"widgets/{Path(module).stem}" for page in pages for module in page.widgets)
    for sheet in ["site", *(["widgets/shared"] if kinds else []), *kinds]:
        head.appendChild(whole.make(book, "link", rel="stylesheet", href=next((site / "_static").glob(f"{sheet}.*.css")).as_uri()))
    head.appendChild(whole.make(book, "style", own))
    return book.toxml()


def printed(tab, text, target):
    """Print a document, tagged and with an outline; gives the sheet of each name that something links to."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "book.xhtml"
        file.write_text(text, "utf8")
        tab.goto(file.as_uri())
        tab.evaluate("() => document.fonts.ready.then(() => true)")
        tab.pdf(path=target, format="A4", prefer_css_page_size=True, tagged=True, outline=True)
    reader = PdfReader(target)
    return {name.removeprefix("/"): reader.get_destination_page_number(place) + 1 for name, place in reader.named_destinations.items()}


def write(answers, folder=whole.GENERATED):
    """The book as one PDF in a folder; gives its path."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / file_name(answers)
    with whole.opened() as tab:
        pages = list(whole.read(tab, whole.order(), live=True))
        copies = [whole.Page(page.name, page.part, page.article.cloneNode(True), page.widgets) for page in pages]
        sheets = printed(tab, dressed(joined(copies, answers), pages), target)
        printed(tab, dressed(joined(pages, answers, sheets), pages), target)
    return target


def main(arguments=None):
    """Write it, and say where it is."""
    parser = argparse.ArgumentParser(description="Print the whole book as one PDF.")
    parser.add_argument("--answers", choices=CHOICES, default="end", help="where the answers to the exercises stand (default: end)")
    target = write(parser.parse_args(arguments).answers)
    take_along.carry_later(whole.SITE, whole.GENERATED)
    print(f"{target}: {len(PdfReader(target).pages)} sheets, {target.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    sys.exit(main())
