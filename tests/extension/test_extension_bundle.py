"""The widgets' script: named after its content, one at a time, and only where a widget is."""
import hashlib
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from fourteen_steps.bundle import add_bundle, write_bundle

from nnlib.widgets import WIDGETS


@pytest.fixture
def app(tmp_path):
    (tmp_path / "_static").mkdir()
    added = []
    return SimpleNamespace(outdir=str(tmp_path), added=added, add_js_file=lambda name, **more: added.append((name, more)))


def test_the_name_is_the_contents_checksum_and_old_ones_go(app, tmp_path):
    (tmp_path / "_static" / "widgets.000000000000.js").write_text("old")
    write_bundle(app)
    (bundle,) = (tmp_path / "_static").glob("widgets.*.js")
    text = bundle.read_text("utf8")
    assert bundle.name == app.fourteen_steps_bundle == f"widgets.{hashlib.sha256(text.encode()).hexdigest()[:12]}.js"
    assert all(f'"{widget.stem}.js"' in text for widget in WIDGETS)


@pytest.mark.parametrize(("body", "count", "which"), [
    ('<div class="fs-host" data-widget="Worksheet" data-module="worksheet.js">', 1, "others"), ("<p>text</p>", 0, None),
    ('<div class="fs-host" data-widget="TrainingExplorer" data-module="training_explorer.js">', 1, "stage")])
def test_only_pages_with_a_widget_load_it(app, body, count, which):
    app.fourteen_steps_bundle = "widgets.abc.js"
    context = {"body": body}
    add_bundle(app, "page", "page.html", context, None)
    assert context.get("widgets") == which
    assert app.added == [("widgets.abc.js", {"loading_method": "defer"})] * count


def test_no_style_of_the_whole_page_hangs_on_what_a_widget_holds():
    """A rule `body:has(…)` has every element of the page styled anew when a number moves: 25 ms a frame, measured."""
    text = (Path(__file__).parents[2] / "book" / "_ext" / "static" / "book.css").read_text("utf8")
    assert not re.findall(r"(?:body|html|\.bd-main|article|main):has\([^{]*", text)
