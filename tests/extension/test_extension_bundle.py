"""The widgets' scripts: named after their content, and only what a page's own widgets need."""
import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from fourteen_steps import bundle
from fourteen_steps.named import digest, write_named

from nnlib.widgets import WIDGETS, LossExplorer, StepExplorer, TrainingExplorer, Worksheet


@pytest.fixture
def app(tmp_path):
    added = []
    folder = str(tmp_path)
    return SimpleNamespace(outdir=folder, srcdir=folder, added=added, add_js_file=lambda name, **more: added.append((name, more)))


def test_every_kind_has_a_script_named_after_its_content_and_old_ones_go(app, tmp_path):
    folder = tmp_path / "_static" / "widgets"
    folder.mkdir(parents=True)
    (folder / "shared.000000000000.js").write_text("old")
    bundle.write_scripts(app)
    texts = {path.name: path.read_text("utf8") for path in folder.glob("*.js")}
    later = {"linked", "opening", "overview", "step_settings", "travel", "engine", "answers"}
    assert {name.split(".")[0] for name in texts} == {"shared", *later, *(widget.stem for widget in WIDGETS)}
    assert all(name.split(".")[1] == digest(text.encode()) for name, text in texts.items())
    shared = next(text for name, text in texts.items() if name.startswith("shared."))
    assert all(name in shared for name in texts if name.split(".")[0] in later), "runtime.js knows their files"
    for name, text in texts.items():
        kind = name.split(".")[0]
        brings = f'"{kind}.js":' in text
        assert kind in later or (("const FOURTEEN_STEPS={" in text) == (kind == "shared") and brings == (kind != "shared"))


def test_every_kind_has_a_sheet_and_a_page_has_one_for_all_of_its_kinds(app, tmp_path):
    (tmp_path / "book").mkdir()
    body = Worksheet()._static_html() + StepExplorer()._static_html()
    (tmp_path / "book" / "both.ipynb").write_text(json.dumps({"outputs": [body]}), "utf8")
    bundle.write_scripts(app)
    sheets = {path.name: path.read_text("utf8") for path in (tmp_path / "_static" / "widgets").glob("*.css")}
    assert {name.split(".")[0] for name in sheets} == {"styles", "shared", *(widget.stem for widget in WIDGETS)}
    assert all(name.split(".")[1] == digest(text.encode()) for name, text in sheets.items())
    context = {"body": body}
    bundle.add_scripts(app, "page", "page.html", context, None)
    text = (tmp_path / context["widget_styles"]).read_text("utf8")
    places = [text.index(f".fs-{name}") for name in ("widget", "still", "step-explorer .fs-head", "worksheet")]
    assert places == sorted(places) and ".fs-bug-lab" not in text, "what all share, then each kind's own, and no other's"


def test_pages_with_the_usual_kinds_have_the_same_sheet():
    names = {bundle.sheet_of(kinds)[0] for kinds in (["step_explorer.js"], ["answer_box.js", "step_explorer.js"], ["answer_box.js"])}
    assert len(names) == 1 and names != {bundle.sheet_of(["answer_box.js", "bug_lab.js"])[0]}


@pytest.mark.parametrize(("widgets", "which"), [([], None), ([Worksheet], "others"), ([Worksheet, StepExplorer, Worksheet], "stage")])
def test_a_page_loads_what_its_widgets_need_and_each_once(app, widgets, which):
    body = "<p>text</p>" + "".join(widget()._static_html() for widget in widgets)
    context = {"body": body}
    bundle.add_scripts(app, "page", "page.html", context, None)
    assert context.get("widgets") == which
    stems = {"shared", *(widget.stem for widget in widgets)} if widgets else set()
    added = [stem for name, _ in app.added for stem in name.split("/")[1].split(".")[0].split("-")]
    assert set(added) == stems and len(added) == len(stems) and added[:1] == ["shared"] * bool(stems)
    assert all(more == {"type": "fs-later"} for _, more in app.added), "they wait for who comes near"


def test_a_widget_that_opens_a_page_is_waited_for_by_nobody(app):
    context = {"body": StepExplorer(opening=True)._static_html()}
    bundle.add_scripts(app, "page", "page.html", context, None)
    names = [name.split("/")[1].split(".")[0] for name, _ in app.added]
    assert names == ["shared", "overview", "opening", "step_settings", "step_explorer"]
    assert all(more == {"loading_method": "defer"} for _, more in app.added)


def test_what_two_kinds_need_comes_once_and_is_written_where_a_notebook_has_both(app, tmp_path):
    (tmp_path / "book").mkdir()
    widgets = StepExplorer()._static_html() + TrainingExplorer()._static_html()
    (tmp_path / "book" / "both.ipynb").write_text(json.dumps({"outputs": [widgets]}), "utf8")
    bundle.write_scripts(app)
    texts = [re.sub(r"later:\{[^}]*\}", "", (tmp_path / "_static" / file).read_text("utf8")) for file in bundle.needed_by(widgets)]
    found = [name for text in texts for name in re.findall(r'"((?:ui|model|generated)/\w+\.js|\w+\.js)":', text)]
    assert len(found) == len(set(found)) and {"step_explorer.js", "training_explorer.js", "ui/stage.js", "ui/widget.js"} <= set(found)
    alone = [(tmp_path / "_static" / file).read_text("utf8") for file in bundle.needed_by(TrainingExplorer()._static_html())]
    assert '"ui/stage.js":' in alone[1], "where it stands alone it brings all that it needs"


def test_all_kinds_but_the_largest_come_in_one_script(app, tmp_path):
    """A page asks for twelve files at most, however many kinds of boxes it has."""
    (tmp_path / "book").mkdir()
    widgets = "".join(kind()._static_html() for kind in (Worksheet, LossExplorer)) + StepExplorer(compact=True)._static_html()
    (tmp_path / "book" / "three.ipynb").write_text(json.dumps({"outputs": [widgets]}), "utf8")
    bundle.write_scripts(app)
    texts = [(tmp_path / "_static" / file).read_text("utf8") for file in bundle.needed_by(widgets)]
    own = [[name for name in ("step_explorer.js", "worksheet.js", "loss_explorer.js") if f'"{name}":' in text] for text in texts]
    assert own == [[], ["step_explorer.js"], ["worksheet.js", "loss_explorer.js"]]
    assert texts[2].count("FOURTEEN_STEPS.add(") == 2
    files = bundle.needed_by(widgets + StepExplorer()._static_html())
    texts = [re.sub(r"later:\{[^}]*\}", "", (tmp_path / "_static" / file).read_text("utf8")) for file in files]
    assert ['"ui/step_settings.js":' in text for text in texts] == [False, True, False], "with the others, and before who asks for it"


def test_a_named_file_replaces_the_one_of_its_stem_and_no_other(tmp_path):
    first, other = write_named(tmp_path, "one", "1"), write_named(tmp_path, "one.two", "2")
    second = write_named(tmp_path, "one", "3", "js")
    assert first != second and sorted(p.name for p in tmp_path.iterdir()) == sorted([second, other])


def test_no_style_of_the_whole_page_hangs_on_what_a_widget_holds():
    """A rule `body:has(…)` has every element of the page styled anew when a number moves: 25 ms a frame, measured."""
    text = (Path(__file__).parents[2] / "book" / "_ext" / "static" / "book.css").read_text("utf8")
    assert not re.findall(r"(?:body|html|\.bd-main|article|main):has\([^{]*", text)
