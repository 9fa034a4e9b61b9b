"""tools/serve.py: a source is saved, and the browser shows its page anew, and no other."""
import functools
import http.server
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
