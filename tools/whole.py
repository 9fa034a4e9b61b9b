"""The pages of the built site as one book: in their order, as trees of XML whose names and links hold when they stand together.

What makes the PDF (tools/pdf.py) and the EPUB (tools/epub.py) take from here. A browser reads the pages, since only it knows what a widget
shows; what is done with them afterwards needs none.
"""
import re
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import dirname, join, normpath
from xml.dom import minidom

import browser
import yaml
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "book" / "_ext"))

from fourteen_steps import tex  # noqa: E402

SITE = ROOT / "_build" / "html"
GENERATED = ROOT / "book" / "_generated"  # what is made once, and carried by every later build of the site
SCRIPTS = Path(__file__).with_suffix("")
XHTML = "http://www.w3.org/1999/xhtml"
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "headers", "list")  # attributes that name an id
ADDRESSES = ("href", "xlink:href")
IN_STYLE = re.compile(r"url\((['\"]?)#([^)'\"]+)\1\)")
# what can be pressed, or belongs to the screen alone
SCREEN = ("headerlink", "copybtn", "toggle-button", "fs-run", "fs-python", "fs-map", "fs-black", "notes", "fs-no-print", "fs-where",
          "fs-take-along", "fs-deck")


@dataclass
class Page:
    """A page: its address below the site's root without .html, the part it belongs to, its article, and its widgets' modules."""

    name: str
    part: str
    article: minidom.Element
    widgets: list = field(default_factory=list)

    @property
    def slug(self):
        """What its names begin with: short, and its own."""
        return slug(self.name)

    def __post_init__(self):
        self.title = text_of(self.article.getElementsByTagName("h1")[0])


def slug(name):
    """A page's address as a name."""
    return name.removeprefix("book/").replace("/", "-")


def order(toc=ROOT / "_toc.yml"):
    """(part, page) in reading order; the first page belongs to no part."""
    said = yaml.safe_load(toc.read_text("utf8"))
    return [("", said["root"])] + [(part["caption"], chapter["file"]) for part in said["parts"] for chapter in part["chapters"]]


@contextmanager
def opened():
    """A tab of a browser, for as long as it is needed: it may read files beside a file, and nothing hurries it."""
    with sync_playwright() as playwright:
        process = playwright.chromium.launch(executable_path=browser.ensure(), args=[*browser.FLAGS, "--allow-file-access-from-files"])
        tab = process.new_page(viewport={"width": 1280, "height": 900}, color_scheme="light")
        tab.set_default_timeout(0)
        yield tab
        process.close()


def read(tab, pages, site=SITE, *, live):
    """Every page, live as paper.js prepares it, or still as it stands without scripts."""
    missing = [name for _, name in pages if not (site / f"{name}.html").is_file()]
    if missing:
        raise SystemExit(f"Not in the built site: {', '.join(missing[:3])}{' …' if missing[3:] else ''}. Build it first: make book")
    lines = (SCRIPTS / ("live.js" if live else "still.js")).read_text("utf8").splitlines()
    script = "\n".join(line for line in lines if not line.startswith("//"))  # a function, and nothing before it
    formulas, _ = tex.kept_beside(site)
    for part, name in pages:
        file = site / f"{name}.html"
        if live:
            tab.goto(file.as_uri())
            found = tab.evaluate(script)
        else:
            found = tab.evaluate(script, tex.with_tex(file.read_text("utf8"), formulas))
        yield Page(name, part, minidom.parseString(found["xml"]).documentElement, found["widgets"])


# ---- trees ----

def elements(node):
    """Every element below this one, in order."""
    return node.getElementsByTagName("*")


def classes(node):
    """The classes of an element."""
    return node.getAttribute("class").split()


def with_class(node, *names):
    """Every element below this one that has one of these classes."""
    return [one for one in elements(node) if set(names) & set(classes(one))]


def text_of(node):
    """What is written in an element, without what only the screen has."""
    if node.nodeType == node.TEXT_NODE:
        return node.data
    if node.nodeType != node.ELEMENT_NODE or set(classes(node)) & {"headerlink", "katex-mathml"}:
        return ""
    return "".join(map(text_of, node.childNodes))


def remove(node):
    """Take a node out, if it still stands anywhere."""
    if node.parentNode:
        node.parentNode.removeChild(node)


def unwrap(node):
    """Leave what an element holds in its place."""
    while node.firstChild:
        node.parentNode.insertBefore(node.firstChild, node)
    remove(node)


def make(document, tag, text="", **attributes):
    """A new element of a page."""
    node = document.createElementNS(XHTML, tag)
    for name, value in attributes.items():
        node.setAttribute(name.rstrip("_").replace("_", "-"), value)
    if text:
        node.appendChild(document.createTextNode(text))
    return node


def renamed(node, tag):
    """The same element under another name, in its place."""
    other = make(node.ownerDocument, tag, **dict(node.attributes.items()))
    while node.firstChild:
        other.appendChild(node.firstChild)
    node.parentNode.replaceChild(other, node)
    return other


# ---- what holds when pages stand together ----

def strip(article):
    """Without what belongs to the screen: buttons, scripts, the map of the steps, notes for the speaker."""
    for node in [*with_class(article, *SCREEN), *article.getElementsByTagName("script"), *article.getElementsByTagName("template")]:
        remove(node)


def own_names(article, prefix):
    """Each name on a page begins with the page's: ids, what refers to them, and what a picture takes its parts from."""
    mine = {node.getAttribute("id") for node in elements(article) if node.hasAttribute("id")}

    def own(name):
        return f"{prefix}--{name}" if name in mine else name

    for node in [article, *elements(article)]:
        for name, value in list(node.attributes.items()):
            if name == "id":
                node.setAttribute(name, own(value))
            elif name in REFERENCES:
                node.setAttribute(name, " ".join(map(own, value.split())))
            elif name in ADDRESSES and value.startswith("#") and value[1:] in mine:
                node.setAttribute(name, "#" + own(value[1:]))
            elif "url(" in value:
                node.setAttribute(name, IN_STYLE.sub(lambda m: f"url(#{own(m[2])})", value))
    for style in article.getElementsByTagName("style"):
        for piece in style.childNodes:
            piece.data = re.sub(r"#([A-Za-z][\w-]*)", lambda m: "#" + own(m[1]), piece.data)


def place(name, address, pages):
    """(page, id or "") that an address on a page leads to within the book; None if it leads elsewhere."""
    file, _, fragment = address.partition("#")
    target = normpath(join(dirname(name), file)).removesuffix(".html") if file else name
    return (target, fragment) if target in pages and (not file or file.endswith(".html")) else None


def repeated_names(article):
    """Names that stand more than once on a page: only the first keeps its own."""
    seen = set()
    for node in [article, *elements(article)]:
        name = node.getAttribute("id")
        if name and name in seen:
            node.removeAttribute("id")
        seen.add(name)


def links(page, pages, there):
    """Each link of a page with where it leads: (element, (page, id) or None); what leads to a file of the site becomes plain text."""
    for node in [one for one in elements(page.article) if one.tagName == "a" and one.hasAttribute("href")]:
        address = node.getAttribute("href")
        if re.match(r"[a-z]+:", address):
            continue
        found = place(page.name, address, pages)
        if found is None:
            unwrap(node)
            continue
        yield node, (found[0], found[1] if found[1] in there[found[0]] else "")


def names(article):
    """The ids on a page."""
    return {node.getAttribute("id") for node in elements(article) if node.hasAttribute("id")}
