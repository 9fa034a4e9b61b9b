"""chapter.js: a page's cells as one session, judged in V8 without a page."""
import json
import re

import pytest
from py_mini_racer import MiniRacer
from pyodide_files import ROOT


@pytest.fixture
def js():
    engine = MiniRacer()
    engine.eval(re.sub(r"^export ", "", (ROOT / "book/_ext/live/chapter.js").read_text("utf8"), flags=re.M))
    engine.eval("""
        const cells = ["a", "b", "c"].map((id) => ({ id, source: `${id} = 1`, hidden: id === "b", needs: ["numpy", id] }));
        var chapter = new Chapter(cells, { c: "c = 2" });
        const ids = (some) => some.map((cell) => cell.id);
        const run = (id, ok = true) => { for (const cell of chapter.plan(id)) chapter.ended(cell, cell.text, ok); };""")
    return lambda text: json.loads(engine.eval(f"JSON.stringify({text}) ?? 'null'"))


def test_the_cells_above_run_first_and_once(js):
    assert js("ids(chapter.plan('c'))") == ["a", "b", "c"]
    js("run('b')")
    assert js("ids(chapter.plan('c'))") == ["c"] and js("ids(chapter.plan('a'))") == ["a"]


def test_a_cell_that_failed_runs_again_before_what_stands_below(js):
    js("chapter.ended(chapter.cell('a'), 'a = 1', false)")
    assert js("ids(chapter.plan('b'))") == ["a", "b"] and js("chapter.said(chapter.cell('a'))") == "stopped with an error"
    js("chapter.cell('a').text = 'mended'")
    assert js("chapter.said(chapter.cell('a'))") == "changed since it ran"


def test_what_is_kept_is_what_differs_from_the_book(js):
    assert js("chapter.kept()") == {"c": "c = 2"}
    js("chapter.cell('c').text = 'c = 1'")
    assert js("chapter.kept()") == {}


def test_a_change_above_makes_what_stands_below_old(js):
    js("run('b')")
    assert js("[...'abc'].map((id) => chapter.isOld(chapter.cell(id)))") == [False, False, False]
    js("chapter.cell('a').text = 'a = 9'")
    assert js("chapter.said(chapter.cell('a'))") == "changed since it ran"
    js("run('a')")
    assert js("[...'abc'].map((id) => chapter.isOld(chapter.cell(id)))") == [False, True, True]
    assert js("ids(chapter.rest())") == ["b", "c"]
    js("run('b')")
    assert js("ids(chapter.rest())") == ["c"] and js("chapter.said(chapter.cell('b'))") == "ran as number 4"


def test_a_new_text_that_has_not_changed_ages_nobody(js):
    js("run('b')")
    js("run('a')")
    assert not js("chapter.isOld(chapter.cell('b'))")


def test_what_nobody_has_changed_is_as_the_book_has_it(js):
    assert js("[...'abc'].map((id) => chapter.isTheBooks(chapter.cell(id)))") == [True, True, False]
    js("chapter.ended(chapter.cell('a'), 'a = 5', true)")
    assert not js("chapter.isTheBooks(chapter.cell('b'))")


def test_a_new_session_has_run_nothing(js):
    js("run('c')")
    js("chapter.forget()")
    assert js("ids(chapter.plan('c'))") == ["a", "b", "c"] and js("chapter.said(chapter.cell('a'))") == "has not run yet"


def test_the_packages_of_a_plan_are_asked_for_once(js):
    assert js("chapter.needs(chapter.plan('b'))") == ["numpy", "a", "b"]
