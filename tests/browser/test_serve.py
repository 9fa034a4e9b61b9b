"""tools/serve.py: a source is saved, and the browser shows its page anew, and no other."""
import functools
import http.server
import os
import threading

import pytest
import serve
from fourteen_steps import csp, offline

PAGE = '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{0}</title><link rel="icon" href="data:,"></head><body><h1>{0}</h1></body></html>'


@pytest.fixture
def written(tmp_path):
    """A clone of two pages: build(changed) makes the site of them, as far as these sources go."""
    (tmp_path / "book").mkdir()
    (tmp_path / "site").mkdir()

    def build(changed):
        for name in changed:
            page = (tmp_path / "site" / name).with_suffix(".html")
            page.parent.mkdir(exist_ok=True)
            page.write_text(csp.with_policy(PAGE.format((tmp_path / name).read_text())))
        (tmp_path / "site" / "searchindex.js").write_text(f"// {changed}")
        offline.write_worker(tmp_path / "site")

    for name in ("one", "two"):
        (tmp_path / "book" / f"{name}.md").write_text(name)
    build(["book/one.md", "book/two.md"])
    return tmp_path, build


@pytest.fixture
def address(written):
    """Where it is served, and watched."""
    root, build = written
    changes = serve.Changes(root / "site")
    handler = functools.partial(serve.Server, changes=changes)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        for target, arguments in ((server.serve_forever, ()), (serve.watch, (changes, root, build))):
            threading.Thread(target=target, args=arguments, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        server.block_on_close = False


def test_a_saved_page_is_shown_anew_and_no_other(chromium, written, address):
    root, _ = written
    context = chromium.new_context()
    tab, other = context.new_page(), context.new_page()
    tab.goto(f"{address}book/one.html")
    other.goto(f"{address}book/two.html")
    other.evaluate("() => { window.same = true; }")
    for text in ("one, saved", "one, saved again"):
        (root / "book" / "one.md").write_text(text)
        tab.get_by_role("heading", name=text, exact=True).wait_for()
    assert other.evaluate("window.same") is True
    assert "/-/" not in (root / "site" / "book" / "one.html").read_text(), "what reloads a page is no part of what is built"
    (root / "book" / "two.md").write_text("two, saved")
    other.get_by_role("heading", name="two, saved").wait_for()
    context.close()


def test_only_a_change_of_a_page_leaves_the_others_as_they_are():
    assert serve.is_a_page("book/ideas/terms.ipynb") and serve.is_a_page("book/reference/about.md")
    assert not any(map(serve.is_a_page, ("book/_ext/static/book.css", "nnlib/steps.py", "_toc.yml", "book/reference/references.bib", "CHANGELOG.md")))


BUILD = """import pathlib, sys
log = pathlib.Path("log.txt")
log.open("a").write("imported ")
def main():
    log.open("a").write("built ")
    if pathlib.Path("broken").exists():
        print("page.md:3: WARNING: no such figure", file=sys.stderr)
        sys.exit(1)
    sys.exit(0)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="here every build is a new process")
def test_what_a_build_imports_is_imported_once_for_many_pages(tmp_path, monkeypatch, capfd):
    package = tmp_path / "jupyter_book" / "cli"
    package.mkdir(parents=True)
    (package / "main.py").write_text(BUILD)
    for folder in (package, package.parent):
        (folder / "__init__.py").touch()
    (tmp_path / "broken").touch()
    monkeypatch.setattr(serve.Builder, "IMPORTED", ())
    monkeypatch.setattr(serve.Builder, "new", lambda self, arguments: (0, ""))
    build = serve.Builder(tmp_path)
    build({"book/one.md"})
    assert "WARNING: no such figure" in capfd.readouterr().out
    (tmp_path / "broken").unlink()
    build({"book/one.md"})
    assert "with complaints" not in capfd.readouterr().out
    assert (tmp_path / "log.txt").read_text() == "imported built built "
    build({"nnlib/steps.py"})
    build({"book/two.md"})
    build.end()
    assert (tmp_path / "log.txt").read_text() == "imported built built imported built ", "other code is imported anew"
