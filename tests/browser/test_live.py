"""Python in the page, as a reader meets it: press, edit, break, stop, reset, over http and from a folder."""
import re

import pytest
from conftest import SITE, assert_accessible

PAGE = "book/training/training.html"
FIRST, SECOND, THIRD, FIGURE = "cell-02", "cell-04", "cell-06", "cell-08"
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

    def settled(self, name, words="^(ran|stopped)"):
        """Until a cell says how it ended, and Python is at rest."""
        self.until("""([name, words]) => new RegExp(words).test(document.querySelector(`[data-cell="${name}"] .fs-state`)?.textContent ?? "")
            && ["ready", "off", "failed"].includes(document.querySelector("[data-python]").dataset.python)""", [name, words])

    def run(self, name):
        self.press(name, "Run" if self.cell(name).locator("[data-editor]").count() else "Edit and run")
        self.settled(name)

    def type(self, name, text):
        """Until the page has noticed: on a busy machine the editor takes a moment."""
        self.cell(name).locator("[data-editor] .cm-content").fill(text)
        self.until("""(name) => !/^(ran|stopped)/.test(document.querySelector(`[data-cell="${name}"] .fs-state`).textContent)""", name)

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


@pytest.mark.parametrize("base", ["http", "file"], indirect=True)
def test_a_press_answers_from_a_server_and_from_a_folder_and_asks_nobody_else(open_page):
    """The whole way: η is changed, a cell is broken, stopped and reset. open_page sees every request and every complaint."""
    page = Page(open_page(PAGE))
    stored = page.cell(SECOND).locator(".cell_output").inner_text()
    page.tab.evaluate("""() => { let last = performance.now(); window.longest = 0;
        const beat = () => { const now = performance.now(); window.longest = Math.max(window.longest, now - last); last = now; requestAnimationFrame(beat); }; beat(); }""")
    page.run(SECOND)
    assert page.state == "ready" and page.output(SECOND).strip() == stored.strip(), "the book's own text gives the book's own result"
    page.run(FIRST)
    source = page.cell(FIRST).locator(".cm-content").inner_text()
    page.type(FIRST, source.replace("learning_rate=0.5", "learning_rate=5"))
    page.run(FIRST)
    assert re.search(r"0\.\d+", page.output(FIRST)) and "0.0428" not in page.output(FIRST)
    page.type(FIRST, "while True: pass")
    page.press(FIRST, "Run")
    page.until("() => document.querySelector('[data-python]').dataset.python === 'running'")
    page.tab.get_by_role("button", name="Stop").click()
    page.until("() => document.querySelector('[data-python]').dataset.python === 'off'")
    assert "Stopped" in page.said and "Stopped" in page.output(FIRST)
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
    ("def f(): return f()\nf()", "RecursionError"), ("del train\ntrain", "Run all above"),
])
def test_bad_input_is_a_sentence_and_nothing_typed_is_lost(live, source, words):
    live.run(THIRD)
    live.type(THIRD, source)
    live.run(THIRD)
    assert words in live.output(THIRD)
    assert live.cell(THIRD).locator(".cm-content").inner_text().replace("\n", "") == source.replace("\n", "")
    live.press(THIRD, "Run all above")
    live.settled(THIRD)
    live.press(THIRD, "Reset cell")
    live.run(THIRD)
    assert "epoch 1000" in live.output(THIRD), "the session goes on"


def test_a_change_is_carried_to_what_stands_below_it(live):
    live.press(FIRST, "Reset cell")
    live.run(SECOND)
    live.type(SECOND, live.cell(SECOND).locator(".cm-content").inner_text().replace("learning_rate=0.5", "learning_rate=1.5")
              .replace("assert all", "# assert all"))
    live.run(SECOND)
    figure = live.cell(FIGURE).locator("svg").evaluate("(svg) => svg.outerHTML")
    assert "not since a change above" in live.said
    live.tab.get_by_role("button", name="Run the rest").click()
    live.until("() => !document.querySelector('.fs-python-text').textContent.includes('since a change') && document.querySelector('[data-python]').dataset.python === 'ready'")
    assert live.cell(FIGURE).locator("svg").evaluate("(svg) => svg.outerHTML") != figure
    live.press(SECOND, "Reset cell")
    live.run(SECOND)


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
    live.run(SECOND)
    live.type(SECOND, "print(explorer.step)\nexplorer.step = '9'")
    live.run(SECOND)
    assert live.output(SECOND).strip() == shown, "Python knows what was pressed"
    live.until("() => document.querySelector('[data-output] .fs-widget[data-widget=StepExplorer]').dataset.step === '9'")
    for name in (SECOND, THIRD):
        live.press(name, "Reset cell")


def test_by_keyboard_alone(live):
    """Shift+Enter runs, Tab indents, Escape leaves: no trap."""
    live.run(THIRD)
    live.type(THIRD, "print('by keyboard')")
    live.cell(THIRD).locator(".cm-content").focus()
    live.tab.keyboard.press("Shift+Enter")
    live.until("() => document.querySelector('[data-cell=cell-06] [data-output]').textContent.includes('by keyboard')")
    live.tab.keyboard.press("Escape")
    assert live.tab.evaluate("document.activeElement.textContent") == "Run"
    live.press(THIRD, "Reset cell")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_with_python_running_the_page_is_accessible(live, theme):
    live.run(THIRD)
    live.tab.evaluate("(theme) => { document.documentElement.dataset.theme = theme; }", theme)
    assert_accessible(live.tab, '[data-cell="cell-06"]', everything=True)
    assert_accessible(live.tab, "[data-python]", everything=True)
    live.tab.set_viewport_size({"width": 360, "height": 740})
    assert live.tab.evaluate("document.documentElement.scrollWidth") <= 360
    live.tab.set_viewport_size({"width": 1280, "height": 900})


def test_what_is_typed_is_kept_until_it_is_reset(live):
    live.run(THIRD)
    live.type(THIRD, "print('kept')")
    live.tab.reload()
    assert "Your change is kept" in live.cell(THIRD).inner_text()
    live.press(THIRD)
    live.settled(THIRD)
    assert "kept" in live.output(THIRD)
    live.tab.get_by_role("button", name="Reset all").click()
    assert live.tab.evaluate("localStorage.getItem('fs-cells:book/training/training')") is None
    assert live.state == "off" and "epoch 1000" in live.output(THIRD)


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
    context, page = alone(chromium, server + PAGE)
    context.set_offline(True)
    page.press(FIRST)
    page.until("() => document.querySelector('[data-python]').dataset.python === 'failed'")
    assert "connection" in page.tab.locator("[data-python]").inner_text()
    context.set_offline(False)
    page.press(FIRST)
    page.settled(FIRST)
    assert "0.0428" in page.output(FIRST)
    context.close()
