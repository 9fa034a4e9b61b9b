"""The whole book in one file: what make pdf, make epub and make zip have written, on the site with its size."""
import html
import re
import shutil
from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from fourteen_steps import offline

FILES = {  # by name: what it is
    "fourteen-steps-book.pdf": "PDF, to print or to read: tagged, with an outline; the answers to the exercises stand at the end",
    "fourteen-steps-book-no-answers.pdf": "PDF without the answers, for a class",
    "fourteen-steps-book.epub": "EPUB 3, for readers of books: formulas as MathML, each widget as a sentence and a table",
    offline.SITE_ZIP: "this site: unpack it, open index.html, and everything works without a network, Python in the page too",
}
NONE = ("<p>This copy of the site was built without them. <code>make pdf</code>, <code>make epub</code> and <code>make zip</code> write "
        "them from the built site, and put them here.</p>")
PAGE = "book/reference/take_along.html"
PLACE = re.compile(r'(<div class="fs-take-along">).*?(</div>)', re.S)


class TakeAlong(SphinxDirective):
    """The list of these files; what it holds is known when the site is written."""

    def run(self):
        """An empty place."""
        return [nodes.raw("", '<div class="fs-take-along"></div>', format="html")]


def size(file):
    """A file's size as people say it."""
    million = file.stat().st_size / 1e6
    return f"{million:.1f} MB" if million < 9.95 else f"{million:.0f} MB"


def listed(folder):
    """The list of what is in a folder, as HTML."""
    found = [(folder / name, said) for name, said in FILES.items() if (folder / name).is_file()]
    lines = [f'<li><a href="../../_static/{file.name}" download>{file.name}</a> ({size(file)}): {html.escape(said)}</li>'
             for file, said in found]
    return f'<ul class="simple">{"".join(lines)}</ul>' if lines else NONE


def carry(site, generated):
    """The built site takes the files along, and its page lists them."""
    for name in FILES:
        (site / "_static" / name).unlink(missing_ok=True)
        if (generated / name).is_file():
            shutil.copy(generated / name, site / "_static")
    fill(site)


def fill(site):
    """The page of a built site lists what there is of them."""
    page = site / PAGE
    if page.is_file():
        page.write_text(PLACE.sub(lambda m: m[1] + listed(site / "_static") + m[2], page.read_text("utf8")), "utf8")


def carry_later(site, generated):
    """The same when the site has been built already: it has changed, and what keeps it on readers' devices is told."""
    carry(site, generated)
    offline.write_worker(site)


def carry_files(app, exception):
    """When all pages are written."""
    if not exception and app.builder.name == "html":
        carry(Path(app.outdir), Path(app.srcdir) / "book" / "_generated")
