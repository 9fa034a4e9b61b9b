"""The widgets' scripts: named after their content, and only what a page's own widgets need."""
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from fourteen_steps import bundle
from fourteen_steps.named import digest, write_named

from nnlib.widgets import WIDGETS, StepExplorer, Worksheet


@pytest.fixture
def app(tmp_path):
    added = []
    return SimpleNamespace(outdir=str(tmp_path), added=added, add_js_file=lambda name, **more: added.append((name, more)))


def test_every_kind_has_a_script_named_after_its_content_and_old_ones_go(app, tmp_path):
    folder = tmp_path / "_static" / "widgets"
    folder.mkdir(parents=True)
    (folder / "shared.000000000000.js").write_text("old")
    bundle.write_scripts(app)
    texts = {path.name: path.read_text("utf8") for path in folder.iterdir()}
    assert {name.split(".")[0] for name in texts} == {"shared", *(widget.stem for widget in WIDGETS)}
    assert all(name.split(".")[1] == digest(text.encode()) for name, text in texts.items())
    for name, text in texts.items():
        kind = name.split(".")[0]
        assert ("const FOURTEEN_STEPS={" in text) == (kind == "shared") and (f'"{kind}.js":' in text) == (kind != "shared")


@pytest.mark.parametrize(("widgets", "which"), [([], None), ([Worksheet], "others"), ([Worksheet, StepExplorer, Worksheet], "stage")])
def test_a_page_loads_what_its_widgets_need_and_each_once(app, widgets, which):
    body = "<p>text</p>" + "".join(widget()._static_html() for widget in widgets)
    context = {"body": body}
    bundle.add_scripts(app, "page", "page.html", context, None)
    assert context.get("widgets") == which
    stems = ["shared", *dict.fromkeys(widget.stem for widget in widgets)] if widgets else []
    assert [name.split("/")[1].split(".")[0] for name, _ in app.added] == stems
    assert all(more == {"loading_method": "defer"} for _, more in app.added)


def test_a_named_file_replaces_the_one_of_its_stem_and_no_other(tmp_path):
    first, other = write_named(tmp_path, "one", "1"), write_named(tmp_path, "one.two", "2")
    second = write_named(tmp_path, "one", "3", "js")
    assert first != second and sorted(p.name for p in tmp_path.iterdir()) == sorted([second, other])


def test_no_style_of_the_whole_page_hangs_on_what_a_widget_holds():
    """A rule `body:has(…)` has every element of the page styled anew when a number moves: 25 ms a frame, measured."""
    text = (Path(__file__).parents[2] / "book" / "_ext" / "static" / "book.css").read_text("utf8")
    assert not re.findall(r"(?:body|html|\.bd-main|article|main):has\([^{]*", text)
