"""What every widget shares: its files, its state as JSON, a page without scripts, and no name that is silently ignored."""
import os
import re
import subprocess
import sys

import anywidget
import pytest

from nnlib import XOR, Parameters, palette
from nnlib.widgets import WIDGETS, StepExplorer, Worksheet
from nnlib.widgets.base import BookWidget, as_json
from nnlib.widgets.modules import HERE, joined


def test_json_that_may_stand_inside_html():
    assert as_json({"b": "</script>", "a": ["ŷ", 0.1, None]}) == '{"a": ["ŷ", 0.1, null], "b": "\\u003c/script>"}'
    with pytest.raises(ValueError, match="JSON"):
        as_json(float("nan"))


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda w: w.__name__)
def test_a_widget_is_three_files_with_one_stem(widget):
    """Of a class of its own name, with underscores; its style comes after the palette's and the one that all share."""
    assert widget.stem == "_".join(re.findall("[A-Z][a-z]+", widget.__name__)).lower() and (HERE / f"{widget.stem}.py").is_file()
    again = type(widget.__name__, (BookWidget,), {})
    assert (again.stem, again._esm) == (widget.stem, joined(f"{widget.stem}.js"))
    shared, own = ((HERE / name).read_text("utf8") for name in ("ui/parts.css", f"{widget.stem}.css"))
    root = f".fs-{widget.stem.replace('_', '-')}"
    assert again._css == palette.css() + shared + own.replace(root, f"section{root}") != palette.css() + shared + own, "its own weighs more"


def test_a_subclass_shares_its_parents_files():
    """anywidget makes one for each instance."""
    class Another(Worksheet):
        pass

    assert Another.stem == "worksheet" and Another._esm is Worksheet._esm and type(Worksheet()).stem == "worksheet"


def test_the_state_is_the_widgets_own_traits():
    assert Worksheet.own_traits() == ["key", "level", "rows", "seed"]
    assert Worksheet(seed=3, rows=1).state() == {"key": False, "level": "all", "rows": 1, "seed": 3}
    state = StepExplorer(examples=XOR, step=5).state()
    assert list(state) == StepExplorer.own_traits() == sorted(state)
    assert state["parameters"] == {name: p.tolist() for name, p in Parameters.example()._asdict().items()}
    assert state["examples"] == {"name": "XOR", "x": XOR.x.tolist(), "y": XOR.y.tolist()} and state["step"] == "5"
    for widget in WIDGETS:
        assert not {"layout", "tooltip", "comm", "keys"} & set(widget.own_traits())


class Sneaky(Worksheet):
    """A fallback whose words look like HTML."""

    def fallback(self):
        return "1 < 2 & 3", [["<a>", "b&b"], ["r<1", "c>1", "d"], ["r2", "c2", "<i>"]]


def test_a_page_without_scripts_has_a_sentence_and_a_table():
    assert Sneaky(seed=4)._static_html() == (
        '<div class="fs-host" data-widget="Sneaky" data-module="worksheet.js">'
        '<script type="application/json">{"key": false, "level": "all", "rows": 2, "seed": 4}</script>'
        "<p>1 &lt; 2 &amp; 3</p>\n"
        '<table><thead><tr><th scope="col">&lt;a&gt;</th><th scope="col">b&amp;b</th></tr></thead>'
        '<tbody><tr><th scope="row">r&lt;1</th><td>c&gt;1</td><td>d</td></tr><tr><th scope="row">r2</th><td>c2</td><td>&lt;i&gt;</td></tr>'
        "</tbody></table></div>")


@pytest.mark.parametrize(("theirs", "others", "rest"), [
    (({"widget": 1, "text/plain": "theirs"}, {"meta": 2}), {"widget": 1}, ({"meta": 2},)),
    (({"widget": 1},), {"widget": 1}, ()),
    ((None, {}), {}, ({},)),
    ({"widget": 1}, {"widget": 1}, None),
    (None, {}, None),
])
def test_a_notebook_gets_the_widget_its_name_and_the_page_without_scripts(monkeypatch, theirs, others, rest):
    """Whatever anywidget gives: its data, data with metadata, or nothing."""
    widget = Sneaky()
    monkeypatch.setattr(anywidget.AnyWidget, "_repr_mimebundle_", lambda self, **kwargs: theirs)
    ours = {**others, "text/plain": "Sneaky()", "text/html": widget._static_html()}
    assert widget._repr_mimebundle_() == (ours if rest is None else (ours, *rest))


def test_a_widget_in_a_notebook_is_a_live_one():
    assert "application/vnd.jupyter.widget-view+json" in Worksheet()._repr_mimebundle_(include=None, exclude=None)[0]


SENTENCE = "Worksheet: unknown sede; there are key, level, rows, seed; did you mean 'seed'?"


@pytest.mark.parametrize("attempt", [lambda: Worksheet(sede=1), lambda: setattr(Worksheet(), "sede", 1), lambda: Worksheet().set_state({"sede": 1})])
def test_an_unknown_name_is_refused_in_the_same_words(attempt):
    with pytest.raises(TypeError, match=f"^{re.escape(SENTENCE)}$"):
        attempt()


def test_known_names_are_taken():
    """Its own traits, those of every widget, and what begins with an underscore."""
    widget = Worksheet(seed=2, tabbable=True)
    assert (widget.seed, widget.tabbable) == (2, True)
    widget.seed, widget.tabbable, widget._note, widget.comm = 3, False, "mine", widget.comm
    widget.set_state({"key": True, "_view_count": 1, "_of_a_later_version": 2, "tabbable": True})
    assert (widget.seed, widget.key, widget._note, widget.tabbable, widget._view_count) == (3, True, "mine", True, 1)


def test_a_widget_is_shown_by_its_name():
    assert repr(Worksheet()) == "Worksheet()"
    for kind in WIDGETS:
        assert repr(kind()).startswith(f"{kind.__name__}(") and "\n" not in repr(kind())


@pytest.mark.parametrize("site", ["", "https://example.org/book/"])
def test_the_published_books_address_comes_from_the_environment(site):
    settings = {name: value for name, value in os.environ.items() if name != "FOURTEEN_STEPS_SITE"} | ({"FOURTEEN_STEPS_SITE": site} if site else {})
    code = "from nnlib.widgets import StepExplorer; print(StepExplorer().site)"
    assert subprocess.run([sys.executable, "-c", code], env=settings, capture_output=True, text=True, check=True).stdout == f"{site}\n"
