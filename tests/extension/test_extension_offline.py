"""offline.py: what of a built site is kept on a reader's device, and how the worker knows it."""
import json

import pytest
from fourteen_steps import offline


@pytest.fixture
def site(tmp_path):
    """A site with what a build leaves behind, too."""
    texts = {"index.html": '<link href="_static/site.0a.css"><script data-cells="python/cells/a.0b.js" src="_static/site.0a.js"></script>'
                           '<a href="_static/sheet.pdf">a sheet</a><p>unused.js is only spoken of</p>',
             "_static/site.0a.css": 'p { background: url("icons/x.svg"); }', "_static/site.0a.js": 'bring("later.js")',
             "_static/later.js": "", "_static/icons/x.svg": "<svg/>", "_static/sheet.pdf": "%PDF", "_static/unused.js": "",
             "_static/macros.html": '<script src="unused.js"></script>', "_static/python/numpy.0c.0.js": "unused.js",
             "_static/python/numpy.0c.json": "{}", "_static/python/cells/a.0b.js": "", f"_static/{offline.SITE_ZIP}": "PK"}
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_what_pages_speak_of_is_needed_and_nothing_else(site):
    assert offline.needed(site) == {
        "book": ["_static/icons/x.svg", "_static/later.js", "_static/site.0a.css", "_static/site.0a.js", "index.html"],
        "python": ["_static/python/cells/a.0b.js", "_static/python/numpy.0c.0.js"], "files": ["_static/sheet.pdf"]}


def test_the_worker_changes_when_a_file_does_and_only_then(site):
    offline.write_worker(site)
    worker = site / offline.WORKER
    first = worker.read_bytes()
    known = json.loads(first.decode().partition("\n")[0].removeprefix("const PARTS = ").rstrip(";"))
    assert known["book"]["bytes"] == sum((site / name).stat().st_size for name in known["book"]["files"])
    offline.write_worker(site)
    assert worker.read_bytes() == first
    (site / "_static" / "unused.js").write_text("// other")
    offline.write_worker(site)
    assert worker.read_bytes() == first
    (site / "_static" / "later.js").write_text("// other")
    offline.write_worker(site)
    assert worker.read_bytes() != first
