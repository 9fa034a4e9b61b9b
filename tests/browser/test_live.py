"""Python in the page, as a reader meets it: press, edit, break, stop, reset, over http and from a folder."""
import json
import re

import pytest
from conftest import SITE, assert_accessible
from test_plans import own_program

PAGE = "book/training/training.html"
FIRST, SECOND, MANY, THIRD, FIGURE, FORTH, EXPLORER, CHECK = "cell-02", "cell-04", "training-many-1", "cell-06", "cell-08", "cell-10", \
    "cell-16", "cell-18"
IN_SIGHT = """(name) => document.querySelector(`[data-cell="${name}"] [data-output]`).getBoundingClientRect().bottom
    <= document.querySelector("[data-python]").getBoundingClientRect().top"""
WAIT = 120_000  # ms for the start on a busy machine: Python has 10 MB to compile

pytestmark = pytest.mark.skipif(not (SITE / "_static" / "python").is_dir(), reason="the book was built without Python for its pages")


class Page:
    """A page of the book and what a reader does on it."""

    def __init__(self, tab):
        self.tab = tab
        tab.set_default_timeout(WAIT)

    def cell(self, name):
        return self.tab.locator(f'[data-cell="{name}"]')

    def output(self, name):
        return self.cell(name).locator("[data-output]").inner_text()

    @property
    def state(self):
        return self.tab.locator("[data-python]").get_attribute("data-python")

    @property
    def said(self):
        return self.tab.locator(".fs-python-text").inner_text()

    def until(self, script, given=None):
        self.tab.wait_for_function(script, arg=given, timeout=WAIT)

    def press(self, name, button="Edit and run"):
        self.cell(name).get_by_role("button", name=button, exact=True).click()

    def cell_state(self, name):
        return self.cell(name).get_attribute("data-state")

    def words(self, name):
        return self.cell(name).locator(".fs-state").inner_text()

    def settled(self, name, states=("current", "failed", "stopped", "lacking")):
        """Until a cell has come to an end, and Python is at rest."""
        self.until("""([name, states]) => states.includes(document.querySelector(`[data-cell="${name}"]`).dataset.state)
            && ["ready", "off", "failed"].includes(document.querySelector("[data-python]").dataset.python)""", [name, list(states)])

    def is_open(self, name):
        return bool(self.cell(name).locator("[data-editor]").count())

    def run(self, name):
        """Opens the cell if need be; what it shows in the end is of this run."""
        if self.is_open(name):
            self.press(name, "Run")
        else:
            self.press(name)
            self.until("""(name) => document.querySelector(`[data-cell="${name}"] .cm-content`)""", name)
        self.settled(name)

    def rest(self):
        self.tab.locator("[data-python]").get_by_role("button", name="Run the rest").click()
        self.until("() => document.querySelector('[data-python]').dataset.python === 'ready' && ![...document.querySelectorAll('[data-python] button')]"
                   ".some((button) => button.textContent === 'Run the rest' && !button.hidden)")

    def text(self, name):
        return self.cell(name).locator(".cm-content").inner_text()

    def type(self, name, text):
        """Until the page has noticed: on a busy machine the editor takes a moment."""
        self.cell(name).locator("[data-editor] .cm-content").fill(text)
        self.until("""(name) => !["current", "failed"].includes(document.querySelector(`[data-cell="${name}"]`).dataset.state)""", name)

    def change(self, name, old, new):
        """A change in the text of a cell; old must be there."""
        text = self.text(name)
        assert old in text
        self.type(name, text.replace(old, new))

    def until_running(self, number):
        self.until("(words) => document.querySelector('.fs-python-text')?.textContent.includes(words)", f"running cell {number} of")

    def reset(self, *names):
        for name in names:
            if self.is_open(name):
                self.press(name, "Reset cell")

    def done(self):
        self.tab.evaluate("localStorage.clear()")


@pytest.fixture(scope="module")
def live(request, chromium, server):
    """One page over http in which Python runs already, for all tests that leave it running."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    page = Page(tab)
    tab.goto(server + PAGE)
    page.run(FIRST)
    yield page
    context.close()


def test_nothing_of_python_is_loaded_before_the_first_press(open_page):
    tab = open_page(PAGE)
    names = tab.evaluate("performance.getEntriesByType('resource').map((e) => e.name)")
    assert not [n for n in names if "/python/" in n or "katex.min.js" in n]
    bar = tab.locator("[data-python]")
    assert bar.get_attribute("data-python") == "off" and not bar.is_visible()
    assert tab.locator("[data-cell] .fs-run button:visible").count() >= 5


def test_a_text_that_is_typed_while_python_is_loading_is_run(open_page):
    """The cell had been sent with the book's text by then; the reader's was shown as changed, and never ran. One of the cells below says so."""
    page = Page(open_page(PAGE))
    page.press(FIRST)
    editor = page.cell(FIRST).locator("[data-editor] .cm-content")
    editor.fill("print(6 * 7)")
    page.tab.keyboard.press("Shift+Enter")
    assert page.state == "loading", "soon enough for this test"
    page.settled(FIRST, ["current"])
    assert page.output(FIRST).strip() == "42" and "with your change" in page.words(FIRST)
    spoken = page.tab.locator("[data-cell] .fs-state:not(:empty)").evaluate_all("(all) => all.filter((one) => one.ariaLive !== 'off').length")
    assert page.tab.locator("[data-cell][data-state=old]").count() > spoken == 1
    page.done()


@pytest.mark.parametrize("base", ["http", "file"], indirect=True)
def test_a_press_answers_from_a_server_and_from_a_folder_and_asks_nobody_else(open_page):
    """The whole way: η is changed, a cell is broken, stopped and reset. open_page sees every request and every complaint."""
    page = Page(open_page(PAGE))
    stored = page.cell(SECOND).locator(".cell_output").inner_text()
    page.tab.evaluate("""() => { let last = performance.now(); window.longest = 0;
        const beat = () => { const now = performance.now(); window.longest = Math.max(window.longest, now - last); last = now; requestAnimationFrame(beat); }; beat(); }""")
    page.tab.evaluate("""() => { window.texts = new Set();
        setInterval(() => window.texts.add(document.querySelector(".fs-python-text")?.textContent), 10); }""")
    page.run(SECOND)
    assert "Python has come and is starting …" in page.tab.evaluate("[...window.texts]"), "a full bar that stands still says nothing"
    assert page.state == "ready" and page.output(SECOND).strip() == stored.strip(), "the book's own text gives the book's own result"
    page.run(FIRST)
    source = page.cell(FIRST).locator(".cm-content").inner_text()
    page.type(FIRST, source.replace("eta = Parameters.example(), 0.5", "eta = Parameters.example(), 5"))
    page.run(FIRST)
    assert re.search(r"0\.\d+", page.output(FIRST)) and "0.0428" not in page.output(FIRST)
    page.type(FIRST, "while True: pass")
    page.press(FIRST, "Run")
    page.until("() => document.querySelector('[data-python]').dataset.python === 'running'")
    page.tab.locator("[data-python]").get_by_role("button", name="Stop").click()
    page.until("() => document.querySelector('[data-python]').dataset.python === 'off'")
    assert "Stopped" in page.said and page.output(FIRST).strip() == "Stopped." and page.words(FIRST) == "stopped"
    focused = page.tab.evaluate("[document.activeElement.textContent, document.activeElement.closest('[data-cell]')?.dataset.cell]")
    assert focused == ["Run", FIRST], "the focus is back with the cell"
    page.press(FIRST, "Reset cell")
    assert "0.0428" in page.output(FIRST), "the book's result is back"
    page.run(FIRST)
    assert "0.0428" in page.output(FIRST)
    page.done()


def test_an_error_points_at_its_line_and_the_page_goes_on(live):
    live.run(THIRD)
    live.type(THIRD, "x = 1\ny = x / 0")
    live.run(THIRD)
    failed = live.cell(THIRD).locator(".fs-failed")
    assert "ZeroDivisionError: division by zero" in failed.inner_text() and "Line 2" in failed.inner_text()
    assert live.cell(THIRD).locator(".cm-line.fs-failed-line").inner_text() == "y = x / 0"
    assert live.state == "ready"
    live.press(THIRD, "Reset cell")
    live.run(THIRD)
    assert "epoch 1000" in live.output(THIRD)


@pytest.mark.parametrize(("source", "words"), [
    ("x = (", "SyntaxError"), ("input()", "no line to type into"), ("[0] * 10**9", "MemoryError"),
    ("for i in range(10**9): print(i)", "100,000 characters"), ("import nothing_of_the_kind", "ModuleNotFoundError"),
    ("def f(): return f()\nf()", "RecursionError"), ("del train\ntrain", "Run all above"), ("nobody", "No cell of the book defines nobody"),
])
def test_bad_input_is_a_sentence_and_nothing_typed_is_lost(live, source, words):
    live.run(THIRD)
    live.type(THIRD, source)
    live.run(THIRD)
    assert words in live.output(THIRD)
    assert live.cell(THIRD).locator(".cm-content").inner_text().replace("\n", "") == source.replace("\n", "")
    live.press(THIRD, "Reset cell")
    live.run(THIRD)
    assert "epoch 1000" in live.output(THIRD), "the session goes on"


def test_the_pages_own_try_it_breaks_nothing_and_what_is_old_or_the_readers_is_seen(live):
    live.reset(FIRST, SECOND, THIRD)
    live.run(THIRD)
    live.run(FIRST)
    live.change(FIRST, "0.5", "5")
    assert live.cell_state(FIGURE) == "old" and live.words(FIGURE).startswith("older than a change above"), "a cell that was never opened, too"
    assert live.words(THIRD) == "older than a change above" and "results are not up to date" in live.said
    figure = live.cell(FIGURE).locator("svg").evaluate("(svg) => svg.outerHTML")
    live.run(THIRD)
    assert live.cell_state(FIRST) == live.cell_state(SECOND) == "current", "what stands above has run with the change"
    assert not live.tab.locator(".fs-failed").count() and "0.9372" not in live.output(THIRD)
    live.rest()
    assert live.cell(FIGURE).locator("svg").evaluate("(svg) => svg.outerHTML") != figure and live.cell_state(FIGURE) == "current"
    assert not live.tab.locator(".fs-failed").count() and live.output(CHECK).strip() == "All checks hold."
    assert live.words(FIGURE) == "up to date, with your change above" and "may differ from those in the text" in live.said, "whose result it is"
    live.change(FIRST, ", 5", ", 0.05")
    live.rest()
    assert "not learnt" in live.output(MANY)
    assert "You changed cell 1, so this need not hold" in live.output(CHECK) and live.words(CHECK) == "a check does not hold"
    assert live.cell_state("cell-22") == "current", "what stands below a check that fails runs all the same"
    live.reset(FIRST)
    live.rest()


def test_an_error_above_is_named_and_what_needs_nothing_of_it_runs(live):
    """One rule for Run and Run the rest; nothing is wiped that has not run."""
    live.run(THIRD)
    live.run(SECOND)
    before = live.output(THIRD)
    live.change(SECOND, "run = train(", "run = = train(")
    live.run(THIRD)
    assert live.cell_state(SECOND) == "failed" and "SyntaxError" in live.output(SECOND)
    assert live.cell_state(THIRD) == "lacking" and live.words(THIRD).startswith("not run: it needs run from cell 2") and live.output(THIRD) == before
    live.cell(THIRD).get_by_role("button", name="Go to cell 2").click()
    assert live.tab.evaluate("document.activeElement.closest('[data-cell]').dataset.cell") == SECOND
    live.tab.locator("[data-python]").get_by_role("button", name="Run the rest").click()
    live.settled("cell-10")
    assert live.cell_state("cell-10") == "current" and live.cell_state(THIRD) == "lacking" and live.output(THIRD) == before
    live.reset(SECOND)
    live.type(SECOND, "rum = 1")
    live.run(THIRD)
    assert "The book defines run in cell 2, which you changed" in live.output(THIRD), "the old name is gone with the text that gave it"
    live.reset(SECOND)
    live.press(THIRD, "Run all above")
    live.settled(SECOND, ("current",))
    live.run(THIRD)
    assert live.output(THIRD) == before
    live.rest()


def test_a_formula_and_a_widget_are_drawn_as_the_book_draws_them(live):
    live.run(THIRD)
    live.type(THIRD, "from nnlib import STEPS\nSTEPS[4]")
    live.run(THIRD)
    assert live.cell(THIRD).locator(".katex-html .fs-gradient").count() >= 1
    live.type(THIRD, "from nnlib.widgets import StepExplorer\nexplorer = StepExplorer()\nexplorer")
    live.run(THIRD)
    widget = live.cell(THIRD).locator('[data-output] .fs-widget[data-widget="StepExplorer"]')
    widget.get_by_role("button", name="Next step").click()
    shown = widget.get_attribute("data-step")
    live.run(FORTH)
    live.type(FORTH, "print(explorer.step)\nexplorer.step = '9'")
    live.run(FORTH)
    assert live.output(FORTH).strip() == shown, "Python knows what was pressed"
    live.until("() => document.querySelector('[data-output] .fs-widget[data-widget=StepExplorer]').dataset.step === '9'")
    assert live.cell_state(FORTH) == "current", "what Python has changed itself ages nobody"
    widget.get_by_role("button", name="Next step").click()
    live.settled(FORTH, ("old",))
    live.reset(FORTH, THIRD)


def test_what_python_makes_is_not_what_an_address_says_and_the_page_does_not_jump(live):
    """The widget behind the button of a cell that has no code on the page."""
    stored = live.cell(EXPLORER).locator('.fs-widget[data-widget="StepExplorer"]')
    stored.get_by_role("button", name="Next step").click()
    stored.get_by_text("More").click()
    stored.get_by_role("button", name="Copy link").click()
    live.tab.wait_for_function("() => location.hash.includes('StepExplorer=')")
    live.run(EXPLORER)
    live.type(EXPLORER, "import time\nprint('first', flush=True)\ntime.sleep(0.5)\nStepExplorer(examples='OR')")
    live.tab.evaluate("""(name) => { const output = document.querySelector(`[data-cell="${name}"] [data-output]`); window.least = window.before = output.offsetHeight;
        new ResizeObserver(() => { window.least = Math.min(window.least, output.offsetHeight); }).observe(output); }""", EXPLORER)
    live.run(EXPLORER)
    shown = live.cell(EXPLORER).locator('.fs-widget[data-widget="StepExplorer"]')
    assert shown.get_attribute("data-step") == "F1" and "StepExplorer=" not in live.tab.evaluate("location.hash")
    assert live.tab.evaluate("window.least > 0.8 * window.before"), "its place keeps its height until the new one is there"
    live.reset(EXPLORER)


def test_what_a_plan_lets_students_write_runs_in_its_cell_and_breaks_no_other(open_page):
    page = Page(open_page("book/ideas/problem.html"))
    page.press("cell-12")
    page.settled("cell-12")
    page.type("cell-12", own_program(lambda line: line.replace("dz2_da1 = w2", "dz2_da1 = new_w2")))
    page.run("cell-12")
    assert page.output("cell-12").split("\n")[-5:-1] == ["w1 False", "b1 False", "w2 True", "b2 True"]
    page.rest()
    states = page.tab.locator("[data-cell]").evaluate_all("cells => cells.map((cell) => cell.dataset.state)")
    assert set(states) == {"book", "current"}
    page.done()


def test_by_keyboard_alone(live):
    """Shift+Enter runs, Tab indents, Escape leaves: no trap."""
    live.run(THIRD)
    live.type(THIRD, "print('by keyboard')")
    live.cell(THIRD).locator(".cm-content").focus()
    live.tab.keyboard.press("Shift+Enter")
    live.until("() => document.querySelector('[data-cell=cell-06] [data-output]').textContent.includes('by keyboard')")
    live.type(THIRD, "print('as in a notebook')")
    live.cell(THIRD).locator(".cm-content").focus()
    live.tab.keyboard.press("Control+Enter")
    live.until("() => document.querySelector('[data-cell=cell-06] [data-output]').textContent.includes('as in a notebook')")
    assert live.text(THIRD) == "print('as in a notebook')"
    live.type(THIRD, "x = 0.5")
    live.cell(THIRD).locator(".tok-number").dblclick()
    assert live.tab.evaluate("getSelection().toString()") == "0.5", "and not its point alone"
    live.tab.keyboard.press("Escape")
    assert live.tab.evaluate("document.activeElement.textContent") == "Run"
    assert "Esc leaves" in live.cell(THIRD).locator(".fs-run").inner_text()
    live.press(THIRD, "Reset cell")


def test_a_loop_is_stopped_where_it_runs_and_does_not_come_back_by_itself(live):
    """Stop is the very button that was Run; the loop is named while it runs, and left alone afterwards, after a reload too."""
    live.run(THIRD)
    live.run(FIRST)
    live.type(FIRST, "while True: pass")
    live.cell(THIRD).get_by_role("button", name="Run", exact=True).focus()
    live.tab.keyboard.press("Enter")
    live.until_running(1)
    assert live.cell_state(FIRST) == "running" and live.words(FIRST) == "running …" and live.cell_state(THIRD) == "waiting" and "your text" in live.said
    assert live.tab.evaluate("document.activeElement.textContent") == "Stop"
    live.tab.locator("[data-python]").get_by_role("button", name="Go to it").click()
    assert live.tab.evaluate("document.activeElement.closest('[data-cell]').dataset.cell") == FIRST
    live.tab.keyboard.press("Enter")
    live.settled(FIRST)
    assert live.output(FIRST).strip() == "Stopped." and "epoch 1000" in live.output(THIRD) and live.words(THIRD) == "older than a change above"
    live.run(THIRD)
    assert live.cell_state(FIRST) == "stopped" and "feedforward from cell 1" in live.words(THIRD) and "epoch 1000" in live.output(THIRD)
    live.tab.reload()
    assert live.cell(FIRST).locator(".fs-own").inner_text() == "while True: pass" and not live.cell(FIRST).locator(".cell_input").is_visible()
    live.press(FIRST)
    live.until("""(name) => document.querySelector(`[data-cell="${name}"] .cm-content`)""", FIRST)
    assert live.state == "off" and live.words(FIRST) == "stopped", "a text of another day is opened, and not run"
    live.reset(FIRST)
    live.run(FIRST)
    assert "0.0428" in live.output(FIRST)


def test_the_result_is_not_hidden_behind_the_bar(live):
    for width, height in ((1280, 900), (360, 740)):
        live.tab.set_viewport_size({"width": width, "height": height})
        live.run(THIRD)
        live.tab.evaluate("""(name) => { const run = document.querySelector(`[data-cell="${name}"] .fs-run`).getBoundingClientRect();
            const floor = document.querySelector("[data-python]").getBoundingClientRect().top;
            scrollBy({ top: run.bottom + 20 - floor, behavior: "instant" }); }""", THIRD)
        assert not live.tab.evaluate(IN_SIGHT, THIRD)
        live.run(THIRD)
        live.until(IN_SIGHT, THIRD)
        assert live.tab.locator("[data-python]").bounding_box()["height"] <= 60 or width > 400
    live.tab.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_with_python_running_the_page_is_accessible(live, theme):
    live.run(THIRD)
    live.tab.evaluate("(theme) => { document.documentElement.dataset.theme = theme; }", theme)
    assert_accessible(live.tab, '[data-cell="cell-06"]', everything=True)
    assert_accessible(live.tab, "[data-python]", everything=True)
    live.tab.set_viewport_size({"width": 360, "height": 740})
    assert live.tab.evaluate("document.documentElement.scrollWidth") <= 360
    live.tab.set_viewport_size({"width": 1280, "height": 900})


def test_what_is_typed_is_kept_shown_and_given_back(live):
    live.run(THIRD)
    live.type(THIRD, "print('kept')")
    live.tab.reload()
    assert live.cell(THIRD).locator(".fs-own").inner_text() == "print('kept')" and "your text; the result is the book’s" in live.cell(THIRD).inner_text()
    live.run(SECOND)
    assert live.cell_state(THIRD) == "unrun" and "epoch 1000" in live.output(THIRD)
    live.press(THIRD)
    live.press(THIRD, "Run")
    live.settled(THIRD)
    assert live.output(THIRD).strip() == "kept"
    live.tab.get_by_role("button", name="Reset all").click()
    assert live.tab.evaluate("localStorage.getItem('fs-cells:book/training/training')") is None
    assert live.state == "off" and "epoch 1000" in live.output(THIRD) and live.words(THIRD) == "the book’s result"
    live.tab.get_by_role("button", name="Undo").click()
    assert live.text(THIRD) == "print('kept')" and live.cell_state(THIRD) == "unrun"
    live.tab.reload()
    live.press(THIRD, "Reset cell")
    live.until("""(name) => document.querySelector(`[data-cell="${name}"] .cell_input`).checkVisibility()""", THIRD)
    assert live.tab.evaluate("localStorage.getItem('fs-cells:book/training/training')") is None


def alone(chromium, address, script=""):
    """A page of its own, with a script that runs before the page's own."""
    context = chromium.new_context()
    tab = context.new_page()
    tab.add_init_script(script)
    tab.goto(address)
    return context, Page(tab)


@pytest.mark.parametrize(("script", "words"), [
    ("delete globalThis.WebAssembly", "no WebAssembly"),
    ("delete globalThis.Worker", "no WebAssembly"),
])
def test_a_browser_that_cannot_says_so(chromium, server, script, words):
    context, page = alone(chromium, server + PAGE, script)
    page.press(FIRST)
    page.until("() => document.querySelector('[data-python]').dataset.python === 'failed'")
    assert words in page.said
    context.close()


@pytest.mark.parametrize("script", [
    "Object.defineProperty(globalThis, 'localStorage', { get() { throw new DOMException('barred'); } })",
    "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }",
], ids=["barred", "full"])
def test_where_nothing_can_be_kept_the_page_says_so_and_goes_on(chromium, server, script):
    context, page = alone(chromium, server + PAGE, script + "; delete globalThis.WebAssembly")
    page.press(FIRST)
    page.type(FIRST, "x = 1")
    assert "keeps nothing" in page.cell(FIRST).locator(".fs-state").inner_text()
    context.close()


def test_a_connection_that_is_gone_is_told_and_the_button_works_again(chromium, server):
    """It says so beside the button, in sight. What then runs first is matplotlib, which asks for a window where nobody tells it otherwise."""
    plot = json.dumps({FIRST: "import matplotlib.pyplot as plt\nfigure, axes = plt.subplots()\nlines = axes.plot([1, 2, 3])"})
    context, page = alone(chromium, server + PAGE, f"localStorage.setItem('fs-cells:book/training/training', {json.dumps(plot)})")
    context.set_offline(True)
    page.press(FIRST)
    page.until("() => document.querySelector('[data-python]').dataset.python === 'failed'")
    state = page.cell(FIRST).locator(".fs-state")
    assert "network" in state.inner_text() and state.get_attribute("role") == "status" and state.evaluate("(e) => e.checkVisibility()")
    assert not page.tab.locator("[data-python]").is_visible()
    context.set_offline(False)
    page.press(FIRST)
    page.until("""(name) => document.querySelector(`[data-cell="${name}"] .cm-content`)""", FIRST)
    page.run(FIRST)
    assert page.cell(FIRST).locator("[data-output] svg").count() == 1, page.output(FIRST)
    context.close()
