"""The theme's pages, mended: its icons, its unused files, its deprecated roles."""
from types import SimpleNamespace

from fontTools import ttLib
from fourteen_steps.icons import ICONS, write_icons
from fourteen_steps.theme import lighten_page, mend_citations, mend_tables


def test_the_font_has_the_icons_and_no_more(tmp_path):
    write_icons(SimpleNamespace(outdir=str(tmp_path)))
    folder = tmp_path / "_static" / "icons"
    css = (folder / "icons.css").read_text("utf8")
    assert all(f".fa-{name}::before" in css for name in ICONS) and "http" not in css
    assert len(ttLib.TTFont(folder / "fa-solid-900.woff2").getBestCmap()) == len(ICONS)
    assert "Font Awesome" in (folder / "LICENSE.txt").read_text("utf8")


def test_files_that_no_page_uses_are_left_out():
    def file(name, body=""):
        return SimpleNamespace(filename=name, attributes={"body": body})

    context = {"script_files": [file("lecture.js"), file("design-tabs.js"), file(None, "const thebe_selector = 1"), file(None, "other")],
               "css_files": ["thebe.css", "book.css"]}
    lighten_page(None, "page", "page.html", context, None)
    assert [f.filename for f in context["script_files"]] == ["lecture.js", None]
    assert context["css_files"] == ["book.css"]


def test_entries_of_the_bibliography_are_items_of_a_list():
    entry = '<div role="doc-biblioentry">'
    for body, mended in ((f'<div class="citation-list">{entry}', '<div class="citation-list"><div role="listitem">'), (entry, entry)):
        context = {"body": body}
        mend_citations(None, "page", "page.html", context, None)
        assert context["body"] == mended


def test_a_table_that_scrolls_is_reached_by_keyboard():
    context = {"body": '<div class="pst-scrollable-table-container"><table></table></div>'}
    mend_tables(None, "page", "page.html", context, None)
    assert context["body"].startswith('<div class="pst-scrollable-table-container" tabindex="0" role="group" aria-label="Table"><table>')
    mend_tables(None, "page", "page.html", without := {}, None)
    assert without == {"body": ""}
