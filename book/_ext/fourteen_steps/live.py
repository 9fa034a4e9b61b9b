"""Python in the page: its files as scripts, the cells of each page, and the button below each of them.

The files come as scripts that hold text, because a page that was opened from a folder may load nothing else. None of it is loaded before
a reader presses the button. Where the files are not in the cache, the book is built without.
"""
import base64
import functools
import gzip
import io
import json
import re
import sys
import zipfile
from pathlib import Path

import nbformat
import pyodide_files
from docutils import nodes
from sphinx.util import logging

from fourteen_steps.assets import HERE
from fourteen_steps.bundle import file_names, sheet_names
from fourteen_steps.named import digest, write_named
from nnlib.widgets.modules import linked, loader, needed

LIVE = HERE / "live"
ROOT = HERE.parents[1]
CODEMIRROR = HERE / "vendor" / "codemirror" / "codemirror.js"
PIECE = 1 << 20  # letters of one script: small enough that a page reads it in a few milliseconds
PACKED = (".js", ".wasm")  # what is not a zip already
BOOK = "book.zip"  # nnlib and the page's own Python
SCRIPTS = ("pyodide.asm.js", "pyodide.js")
CORE = (*SCRIPTS, "pyodide.asm.wasm", "python_stdlib.zip", BOOK)
MARK = re.compile(r'class="(cell[^"]*?) fs-cell-([\w-]+)')
LOG = logging.getLogger(__name__)

sys.path.append(str(LIVE / "python"))

import live_packages  # noqa: E402  # the page's own Python: its folder is known from here on


def pieces(name, content):
    """A file as scripts: their texts. Each hands one piece of it to the page."""
    packed = name.endswith(PACKED)
    text = base64.b64encode(gzip.compress(content, 9, mtime=0) if packed else content).decode()
    return [f'FS_PIECE("{text[at:at + PIECE]}");\n' for at in range(0, len(text), PIECE)]


def book_zip():
    """nnlib and the page's own Python as one zip, the same bytes for the same files."""
    kinds = {".py", ".js", ".css", ".txt", ".json"}
    sources = {p.relative_to(ROOT).as_posix(): p for p in (ROOT / "nnlib").rglob("*") if p.suffix in kinds}
    sources |= {p.relative_to(LIVE / "python").as_posix(): p for p in (LIVE / "python").rglob("*.py")}
    sources["live_symbols.py"] = Path(__file__).with_name("symbols.py")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(sources):
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), sources[name].read_bytes(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def write_pieces(folder, name, read, stamp):
    """Write a file's scripts if this stamp has none; {"pieces": names, "packed": …, "size": letters}."""
    mark = folder / f"{name}.{stamp}.json"
    if mark.is_file():
        return json.loads(mark.read_text("utf8"))
    for old in folder.glob(f"{name}.*"):
        old.unlink()
    texts = pieces(name, read())
    names = [f"{name}.{stamp}.{number}.js" for number in range(len(texts))]
    for file, text in zip(names, texts, strict=True):
        (folder / file).write_text(text, "utf8")
    entry = {"pieces": names, "packed": name.endswith(PACKED), "size": sum(map(len, texts))}
    mark.write_text(json.dumps(entry), "utf8")
    return entry


def write_files(folder, cache):
    """Every file of the runtime and every package as scripts in a folder; the manifest by name."""
    folder.mkdir(parents=True, exist_ok=True)
    manifest = {}
    for name, checksum in pyodide_files.PINS["files"].items():
        if not name.endswith(".whl"):
            manifest[name] = write_pieces(folder, name, (cache / name).read_bytes, checksum[:12])
    for name, wheel in pyodide_files.wheels(cache).items():
        manifest[name] = write_pieces(folder, name, wheel.read_bytes, digest(wheel.name.encode()))
    book = book_zip()
    manifest[BOOK] = write_pieces(folder, BOOK, lambda: book, digest(book))
    write_licences(folder, cache)
    return manifest


def write_licences(folder, cache):
    """The licences of all parts in one file."""
    texts = [(f"{name}", (LIVE / "licences" / f"{stem}.txt").read_text("utf8"))
             for name, stem in (("Pyodide " + pyodide_files.PINS["version"], "pyodide"), ("Python", "python"))]
    for name, wheel in pyodide_files.wheels(cache).items():
        with zipfile.ZipFile(wheel) as archive:
            own = [one for one in archive.namelist() if re.search(r"licen[cs]e[^/]*$|copying", one, re.I) and not one.endswith(".py")]
            texts += [(f"{name}: {one}", archive.read(one).decode("utf8", "replace")) for one in own]
    texts.append(("CodeMirror", CODEMIRROR.with_name("LICENSE").read_text("utf8")))
    line = "=" * 78
    (folder / "licences.txt").write_text("\n".join(f"{line}\n{name}\n{line}\n\n{text}\n" for name, text in texts), "utf8")


def session_script(manifest, widgets, sheets):
    """The page's side of the session as one classic script, with the worker's text and the list of files."""
    modules = [[one.name, linked(one)] for one in needed("main.js", folder=LIVE)]
    given = {"files": manifest, "core": CORE, "scripts": SCRIPTS, "book": BOOK, "worker": (LIVE / "worker.js").read_text("utf8"),
             "lock": {"info": pyodide_files.PINS["info"], "packages": {}}, "widgets": widgets,
             "sheets": sheets, "styles": (LIVE / "live.css").read_text("utf8")}
    texts = json.dumps(modules, ensure_ascii=False)
    return f"{loader()}\nconst FS_LIVE = {json.dumps(given, ensure_ascii=False)};\n" \
           f"const FS_LIVE_MODULES = {texts};\nFS_LIVE.ready = importJoined(FS_LIVE_MODULES, \"main.js\");\n"


def prepare(app):
    """At the start of a build: the runtime's files, the session's script and the button's; or one line that says that there are none."""
    app.fourteen_steps_live = None
    if app.builder.name != "html":
        return
    cache = pyodide_files.cache()
    lost = pyodide_files.missing(cache)
    if lost:
        LOG.info("Python in the page: %s not in %s; the pages have no button. Bring them: python tools/pyodide.py", lost[0], cache)
        return
    static = Path(app.outdir) / "_static"
    folder = static / "python"
    manifest = write_files(folder, cache)
    session = write_named(folder, "session", session_script(manifest, file_names(), sheet_names()))
    editor = write_named(folder, "editor", CODEMIRROR.read_text("utf8"))
    (static / "katex").mkdir(exist_ok=True)
    (static / "katex" / "katex.min.js").write_bytes((HERE / "vendor" / "katex" / "katex.min.js").read_bytes())
    app.fourteen_steps_live = {"session": f"python/{session}", "editor": f"python/{editor}"}


@functools.cache
def cells(path):
    """The code cells of a notebook, in order: id, source, whether the code is hidden, the packages that it needs, the names it gives."""
    notebook = nbformat.read(path, as_version=4)
    return [{"id": cell.id, "source": cell.source, "hidden": "remove-input" in cell.metadata.get("tags", []),
             "needs": live_packages.needs(cell.source, ROOT), "defines": live_packages.defines(cell.source)}
            for cell in notebook.cells if cell.cell_type == "code"]


def mark_cells(app, doctree, docname):
    """Each code cell of a page bears its id, as a class that `add_button` makes a data attribute of."""
    path = app.env.doc2path(docname)
    if not app.fourteen_steps_live or not path.endswith(".ipynb"):
        return
    ids = [cell.get("id") for cell in nbformat.read(path, as_version=4).cells]
    for node in doctree.findall(nodes.container):
        if node.get("nb_element") == "cell_code":
            node["classes"].append(f"fs-cell-{ids[node['cell_index']]}")


def add_button(app, pagename, templatename, context, doctree):
    """A page with cells: their list as a script for later, and what the buttons' script (cell.js, which all pages have) needs to know."""
    body = context.get("body", "")
    if not app.fourteen_steps_live or not MARK.search(body):
        return
    context["body"] = MARK.sub(r'data-cell="\2" class="\1', body)
    text = f"FS_CELLS({json.dumps(cells(app.env.doc2path(pagename)), ensure_ascii=False)});\n"
    folder = Path(app.outdir) / "_static" / "python" / "cells"
    folder.mkdir(exist_ok=True)
    name = write_named(folder, pagename.replace("/", "-"), text)
    live = app.fourteen_steps_live
    app.add_js_file(None, type="fs-cells", body="", **{
        "data-page": pagename, "data-cells": f"python/cells/{name}", "data-session": live["session"], "data-editor": live["editor"]})
