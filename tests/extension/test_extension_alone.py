"""alone.py: what goes along with a notebook that is taken from the site."""
import os
import zipfile
from types import SimpleNamespace

import nbformat
import pytest
from fourteen_steps import alone

from nnlib.links import PUBLISHED, opening_line

SITE = "https://book.example/fourteen"


@pytest.mark.slow
def test_the_wheel_is_built_once_and_anew_when_the_module_has_changed(tmp_path):
    source, out = tmp_path / "source", tmp_path / "out"
    (source / "nnlib").mkdir(parents=True)
    (out / "_static").mkdir(parents=True)
    (source / "nnlib" / "__init__.py").write_text('"""Few words."""\n')
    (source / "pyproject.toml").write_text('[project]\nname = "nnlib"\nversion = "0.1.0"\n')
    for name in ("README.md", "LICENSE"):
        (source / name).write_text("x")
    app, wheel = SimpleNamespace(srcdir=source, outdir=out), out / "_static" / alone.WHEEL
    alone.write_wheel(app, None)
    built = wheel.stat().st_mtime_ns
    assert b"Few words" in zipfile.ZipFile(wheel).read("nnlib/__init__.py")
    alone.write_wheel(app, None)
    assert wheel.stat().st_mtime_ns == built
    module = source / "nnlib" / "__init__.py"
    module.write_text('"""Other words."""\n')
    os.utime(module, (built / 1e9 + 5,) * 2)
    alone.write_wheel(app, None)
    assert b"Other words" in zipfile.ZipFile(wheel).read("nnlib/__init__.py")


@pytest.fixture
def download(tmp_path):
    """A page's notebook behind its download button."""
    path = tmp_path / "_sources" / "book" / "ideas" / "terms.ipynb"
    path.parent.mkdir(parents=True)
    cells = [nbformat.v4.new_markdown_cell(text) for text in (opening_line("book/ideas/terms"), "# The terms")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


def test_a_notebook_taken_from_the_site_says_where_it_stands(download, tmp_path, monkeypatch):
    monkeypatch.setattr(alone, "SITE", SITE)
    alone.name_the_site(SimpleNamespace(outdir=tmp_path), None)
    first, second = nbformat.read(download, as_version=4).cells
    assert first.source == opening_line("book/ideas/terms", SITE) and SITE in first.source
    assert second.source == "# The terms"


def test_a_site_without_an_address_leaves_it_as_it_is(download, tmp_path, monkeypatch):
    monkeypatch.setattr(alone, "SITE", PUBLISHED)
    before = download.read_bytes()
    alone.name_the_site(SimpleNamespace(outdir=tmp_path), None)
    assert download.read_bytes() == before
