"""chapter.js and advice.js: a page's cells as one session, judged in V8 without a page."""
import json
import re

import pytest
from py_mini_racer import MiniRacer
from pyodide_files import ROOT


@pytest.fixture
def js():
    engine = MiniRacer()
    for name in ("chapter.js", "advice.js"):
        text = (ROOT / "book/_ext/live" / name).read_text("utf8")
        engine.eval(re.sub(r"^export |^import .*$", "", text, flags=re.M))
    engine.eval("""
        const cells = ["a", "b", "c"].map((id) => ({ id, source: `${id} = 1`, hidden: id === "b", needs: ["numpy", id], defines: [id] }));
        var chapter = new Chapter(cells, { c: "c = 2" });
        const ids = (some) => some.map((cell) => cell.id);
        const at = (id) => chapter.cell(id);
        const one = (id, how = { ok: true }) => chapter.ended(at(id), at(id).text, how);
        const run = (id) => { for (const cell of chapter.plan(id)) one(cell.id); };
        const states = () => chapter.cells.map((cell) => chapter.state(cell));
        const plan = (id) => ids(chapter.plan(id));""")
    return lambda text: json.loads(engine.eval(f"JSON.stringify({text}) ?? 'null'"))


def test_the_cells_above_run_first_and_once(js):
    assert js("plan('c')") == ["a", "b", "c"]
    js("run('b')")
    assert js("plan('c')") == ["c"] and js("plan('a')") == ["a"]
    assert js("states()") == ["current", "current", "unrun"]


def test_a_change_above_makes_what_stands_below_old_whether_it_has_run_or_not(js):
    js("run('c')")
    js("at('a').text = 'a = 9'")
    assert js("states()") == ["unrun", "old", "old"] and js("plan('c')") == ["a", "b", "c"] == js("ids(chapter.rest())")
    js("run('a')")
    assert js("states()") == ["current", "old", "old"] and js("plan('b')") == ["b"]
    js("run('b')")
    assert js("states()") == ["current", "current", "old"] and js("ids(chapter.behind())") == ["c"]
    js("run('a')")
    assert js("states()") == ["current", "current", "old"], "the same text once more ages nobody"


def test_a_widget_that_the_reader_has_changed_makes_what_stands_below_old_once(js):
    js("at('c').text = 'c = 1'")
    js("run('c')")
    assert js("chapter.touch(at('b'))") is True and js("states()") == ["current", "current", "old"] and js("plan('c')") == ["c"]
    assert js("chapter.touch(at('b'))") is False, "each frame of a widget that plays is no news"
    js("run('c')")
    assert js("states()") == ["current"] * 3 and js("chapter.touch(at('c'))") is False
    js("one('b')")
    assert js("states()") == ["current", "current", "old"], "there is a new widget, as the cell makes it"
    js("chapter.forget()")
    assert js("plan('c')") == ["a", "b", "c"]


def test_what_a_cell_above_came_to_is_said_as_it_was(js):
    js("chapter.lacked(at('a'), 'a = 1', 'x', null)")
    js("one('b')")
    assert js("chapter.said(at('b'))")["words"] == "ran, but cell 1 above could not run"
    js("at('a').text = 'aa = a'")
    js("one('a', { ok: false })")
    hint = js("advice(chapter, at('a'), { name: 'NameError', missing: 'a', hint: '' })")["hint"]
    assert hint == "The book defines a in this cell. Reset cell brings it back."
    js("at('b').text = 'b = a'")
    hint = js("advice(chapter, at('b'), { name: 'NameError', missing: 'a', hint: '' })")["hint"]
    assert hint == "a was to come from cell 1, which has failed."
    assert js("ids(chapter.failed())") == ["a"]


def test_one_rule_for_run_and_the_rest_what_failed_is_left_until_something_changes(js):
    js("[one('a', { ok: false, check: true }), one('b')]")
    assert js("states()")[:2] == ["failed", "current"] and js("plan('b')") == ["b"] and js("ids(chapter.rest())") == ["c"]
    js("[one('a', { ok: false }), one('b')]")
    assert js("chapter.said(at('b'))")["words"] == "ran, but cell 1 above has failed"
    js("at('a').text = 'mended'")
    assert js("states()")[:2] == ["unrun", "old"] and js("plan('c')") == ["a", "b", "c"]


def test_a_stopped_text_runs_again_only_when_it_is_asked_for_and_so_on_another_day(js):
    js("at('a').text = 'loop'")
    js("chapter.wasStopped(at('a'), 'loop')")
    assert js("states()")[0] == "stopped" and js("plan('b')") == ["b"] and js("plan('a')") == ["a"]
    js("chapter = new Chapter(cells, chapter.kept())")
    assert js("states()")[0] == "stopped" and js("plan('c')") == ["b", "c"]
    js("at('a').text = 'a = 1'")
    assert js("plan('b')") == ["a", "b"] and js("chapter.kept()") == {"c": "c = 2"}


def test_reset_gives_the_books_result_back_and_python_takes_the_books_text_before_what_stands_below(js):
    js("at('a').text = 'a = 9'")
    js("run('b')")
    js("[at('a').text = 'a = 1', chapter.restore(at('a'))]")
    assert js("states()") == ["book", "old", "unrun"] and js("plan('b')") == ["a", "b"]


def test_a_new_session_has_run_nothing_and_what_the_page_shows_is_as_true_as_before(js):
    js("run('b')")
    js("chapter.forget()")
    assert js("plan('c')") == ["a", "b", "c"] and js("states()") == ["current", "current", "unrun"]


def test_what_is_kept_is_what_differs_from_the_book(js):
    assert js("chapter.kept()") == {"c": "c = 2"}
    js("at('c').text = 'c = 1'")
    assert js("chapter.kept()") == {} and js("states()") == ["book"] * 3


def test_what_nobody_has_changed_is_as_the_book_has_it(js):
    assert js("['a', 'b', 'c'].map((id) => chapter.isTheBooks(at(id)))") == [True, True, False]


def test_the_packages_of_a_plan_are_asked_for_once(js):
    assert js("chapter.needs(chapter.plan('b'))") == ["numpy", "a", "b"]


def test_a_missing_name_is_told_by_what_has_become_of_it(js):
    def told(name, cell="b"):
        return js(f"advice(chapter, at('{cell}'), {{ name: 'NameError', missing: '{name}', hint: 'Spelt?' }})")
    js("run('a')")
    assert "Has it been deleted? Run all above" in told("a")["hint"]
    assert told("c")["hint"] == "The book defines c in cell 3, below." and told("zzz")["hint"] == "No cell of the book defines zzz. Spelt?"
    js("at('a').text = 'other = 1'")
    assert "in cell 1, which you changed. Reset cell there" in told("a")["hint"] and told("a")["at"]["id"] == "a"
    js("one('a', { ok: false })")
    assert told("a")["lacks"] == "a" and told("a")["hint"] == "a was to come from cell 1, which has failed."
    js("one('a', { ok: false, check: true })")
    assert told("a")["lacks"] == "a", "a check that fails may stand above the name"
    js("one('a', { ok: false })")
    js("chapter.lacked(at('b'), 'b = 1', 'a', at('a'))")
    assert js("chapter.said(at('b'))")["words"] == "not run: it needs a from cell 1" and told("b", "c")["lacks"] == "b"
    js("one('a')")
    assert js("plan('b')") == ["b"], "once the name may be there, it is tried again"


def test_a_check_that_fails_is_told_by_who_changed_what(js):
    def told():
        return js("advice(chapter, at('b'), { name: 'AssertionError', hint: '' })")
    assert "You changed" not in told()["hint"]
    js("at('a').text = 'a = 9'")
    assert "You changed cell 1, so this need not hold" in told()["hint"] and told()["at"]["id"] == "a"
    js("at('b').text = 'assert a == 1'")
    assert "knows the book’s own numbers only" in told()["hint"]
    js("one('a', { ok: false })")
    other = js("advice(chapter, at('b'), { name: 'TypeError', hint: '' })")
    assert other["hint"] == "Cell 1, above, has failed: that may be why."
