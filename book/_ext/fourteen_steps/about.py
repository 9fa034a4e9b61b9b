"""What CITATION.cff says: how to cite the book, and the version, date and licence in each page's foot; and the changelog as a page."""
import datetime
import re
from pathlib import Path

import yaml
from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

ROOT = Path(__file__).resolve().parents[3]
CITATION = ROOT / "CITATION.cff"
CHANGELOG = ROOT / "CHANGELOG.md"
LICENSE = ROOT / "LICENSE"


def citation():
    """CITATION.cff as a dict; the date is a datetime.date."""
    return yaml.safe_load(CITATION.read_text("utf8"))


def bibtex(said):
    """An entry for BibTeX from what CITATION.cff says."""
    authors = " and ".join("{" + author["name"] + "}" for author in said["authors"])
    fields = {"author": authors, "title": said["title"], "version": said["version"], "year": said["date-released"].year,
              "month": said["date-released"].strftime("%b").lower(), "note": f"Licences: {', '.join(said['license'])}"}
    lines = [f"  {name:<8}= {value if name in ('year', 'month') else '{' + str(value) + '}'}," for name, value in fields.items()]
    return "\n".join(["@misc{fourteen_steps,", *lines, "}"])


def in_words(date: datetime.date):
    """A date as people write it: 22 November 2026."""
    return f"{date.day} {date.strftime('%B %Y')}"


class HowToCite(SphinxDirective):
    """The entry for BibTeX, as a block that can be copied."""

    def run(self):
        """One literal block."""
        text = bibtex(citation())
        self.env.note_dependency(str(CITATION))
        return [nodes.literal_block(text, text, language="bibtex", classes=["fs-bibtex"])]


class TextOf(SphinxDirective):
    """A file of the repository's root: the changelog as sections of the page, the licence as it stands."""

    required_arguments = 1

    def run(self):
        """The sections, or a literal block; an error of the page for another file."""
        file = {"CHANGELOG": CHANGELOG, "LICENSE": LICENSE}.get(self.arguments[0])
        if file is None:
            raise self.error(f"text-of: expected CHANGELOG or LICENSE, got {self.arguments[0]}")
        self.env.note_dependency(str(file))
        text = file.read_text("utf8")
        if file is LICENSE:
            return [nodes.literal_block(text, text, language="text", classes=["fs-licence"])]
        body = nodes.Element()
        self.state.nested_parse(StringList(without_title(text).splitlines(), str(file)), 0, body, match_titles=True)
        return body.children


def without_title(text):
    """The changelog from its first section on, a link to each version as its plain name."""
    return re.sub(r"^## \[(.*?)\]", r"## \1", text[text.index("\n## "):], flags=re.M)


def add_foot(app, pagename, templatename, context, doctree):
    """Version, date and licence, for the template of the foot."""
    said = citation()
    pages = {name: f"book/reference/{name}" for name in ("about", "changes", "accessibility")}
    name, _, _ = said["title"].partition(":")
    context["fourteen_steps"] = {"name": name, "version": said["version"], "date": in_words(said["date-released"]), **pages}
