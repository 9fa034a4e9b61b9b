"""live.py: the files of the page's Python as scripts, the cells' marks, and nothing at all where the files are not there."""
import base64
import gzip
import json
import re
import subprocess
import zipfile
from types import SimpleNamespace

import pyodide_files
import pytest
from docutils import nodes
from fourteen_steps import live, shrink


def texts_of(scripts):
    return "".join(re.fullmatch(r'FS_PIECE\("([^"]*)"\);\n', text)[1] for text in scripts)


def test_pieces_are_the_file_again():
    content = bytes(range(256)) * 10_000
    scripts = live.pieces("numpy", content)
    assert len(scripts) == 4 and base64.b64decode(texts_of(scripts)) == content
    assert gzip.decompress(base64.b64decode(texts_of(live.pieces("pyodide.asm.wasm", content)))) == content


def test_a_file_is_written_once_and_an_older_one_goes(tmp_path):
    read = []
    def content():
        read.append(1)
        return b"some bytes"
    first = live.write_pieces(tmp_path, "numpy", content, "aaa")
    assert live.write_pieces(tmp_path, "numpy", content, "aaa") == first and len(read) == 1
    live.write_pieces(tmp_path, "numpy", content, "bbb")
    assert {p.name for p in tmp_path.iterdir()} == {"numpy.bbb.0.js", "numpy.bbb.json"}


@pytest.fixture
def app(tmp_path):
    (tmp_path / "_static" / "python").mkdir(parents=True)
    added = []
    path = live.ROOT / "book" / "training" / "training.ipynb"
    env = SimpleNamespace(doc2path=lambda name: str(path))
    return SimpleNamespace(outdir=str(tmp_path), builder=SimpleNamespace(name="html"), env=env, added=added,
                           fourteen_steps_live={"session": "python/s.js", "editor": "python/e.js"},
                           add_js_file=lambda name, **more: added.append((name, more)))


def test_without_the_files_the_pages_have_no_button(app, monkeypatch, tmp_path):
    monkeypatch.setattr(pyodide_files, "cache", lambda: tmp_path / "empty")
    live.prepare(app)
    assert app.fourteen_steps_live is None
    context = {"body": '<div class="cell fs-cell-cell-02 docutils container">'}
    live.add_button(app, "book/training/training", "page.html", context, None)
    assert app.added == [] and "data-cell" not in context["body"]


def test_a_cell_bears_its_id_and_the_page_its_cells(app, tmp_path):
    container = nodes.container(nb_element="cell_code", cell_index=2, classes=["cell"])
    live.mark_cells(app, nodes.section("", container), "book/training/training")
    assert container["classes"] == ["cell", "fs-cell-cell-02"]
    context = {"body": '<div class="cell tag_remove-input fs-cell-cell-02 docutils container">'}
    live.add_button(app, "book/training/training", "page.html", context, None)
    assert context["body"] == '<div data-cell="cell-02" class="cell tag_remove-input docutils container">'
    ((name, given),) = app.added
    assert name is None and given["type"] == "fs-cells" and given["data-page"] == "book/training/training"
    (file,) = (tmp_path / "_static" / "python" / "cells").iterdir()
    cells = json.loads(re.fullmatch(r"FS_CELLS\((.*)\);\n", file.read_text("utf8"))[1])
    assert cells[0]["id"] == "cell-02" and "eta" in cells[0]["defines"] and "matplotlib" in cells[0]["needs"] and cells[3]["hidden"]


def test_the_button_weighs_less_than_three_kilobytes_before_the_first_press():
    style = (live.HERE / "static" / "book.css").read_text("utf8").partition("cells that can be run")[2].partition("/* on paper")[0]
    text = (shrink.script((live.LIVE / "cell.js").read_text("utf8")) + style).encode()
    assert len(text) < 3_000 and len(gzip.compress(text)) < 1_500, "as the page gets it"


def test_the_books_zip_is_the_same_on_every_run_and_has_all_that_git_knows_of_the_module(tmp_path):
    content = live.book_zip()
    assert content == live.book_zip()
    (tmp_path / "book.zip").write_bytes(content)
    names = set(zipfile.ZipFile(tmp_path / "book.zip").namelist())
    assert {p.relative_to(live.ROOT).as_posix() for p in (live.ROOT / "nnlib" / "data").rglob("*.json")} <= names, "what a page reads, too"
    known = subprocess.run(["git", "ls-files", "nnlib"], cwd=live.ROOT, capture_output=True, text=True, check=True).stdout.split()
    assert {name for name in known if name.endswith((".py", ".js", ".css"))} <= names
    assert {"live_session.py", "live_symbols.py", "IPython/display.py"} <= names


def test_the_session_names_every_file_and_asks_no_other_host():
    manifest = {name: {"pieces": [f"{name}.0.js"], "packed": False, "size": 1} for name in live.CORE}
    text = live.session_script(manifest, "widgets.abc.js", "sheets.abc.css")
    assert '"main.js"' in text and "widgets.abc.js" in text
    assert set(re.findall(r"https?://[^\s\"'`/]+", text)) == {"https://python.invalid"}
