"""The page's Python, run by this one: what a cell gives, and what an error says."""
import json
import subprocess
import sys
import textwrap
from pathlib import Path

import live_packages
import live_session
import pytest

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / "book" / "_ext" / "live" / "python"


def session(*cells):
    """The messages that these cells give, run one after the other in a fresh interpreter, and whether each ended well."""
    program = textwrap.dedent("""
        import json, sys
        cells = json.loads(sys.stdin.read())
        out = sys.stdout
        messages = []
        import live_session
        live_session.start(lambda text: messages.append(json.loads(text)), sys.path[0])
        numbered = [cell if isinstance(cell, list) else (number, cell) for number, cell in enumerate(cells, 1)]
        ended = [live_session.run(source, number) for number, source in numbered]
        json.dump([messages, ended], out)
    """)
    path = [str(PYTHON), str(ROOT), str(ROOT / "book" / "_ext" / "fourteen_steps")]
    start = f"import sys; sys.path[:0] = {path!r}; import symbols; sys.modules['live_symbols'] = symbols\n"
    done = subprocess.run([sys.executable, "-c", start + program], input=json.dumps(cells), capture_output=True, text=True, check=True)
    messages, ended = json.loads(done.stdout)
    return messages, ended


def printed(messages):
    return "".join(m["text"] for m in messages if m["kind"] == "stream")


def test_what_is_printed_and_the_last_value_come_in_order():
    messages, ended = session("x = 2\nprint('first')\nx + 1", "x * 10;", "_ = x")
    assert ended == [True] * 3
    assert [m["kind"] for m in messages] == ["stream", "display"] and messages[1]["data"] == "3"


def test_cells_share_their_names():
    assert printed(session("a = 1", "def f():\n    return a", "a = 5\nprint(f())")[0]) == "5\n"


MARKDOWN = "from IPython.display import Markdown\nMarkdown('| a | b |\\n|---|---|\\n| $w_1$ | `x` |')"
FENCED = "from IPython.display import Markdown\nMarkdown('**A** 1\\n\\n```python\\nx < 1\\n\\n    y\\n```\\n\\nend')"
ENDLESS = ["for i in range(10**9): print(i)",
           "while True:\n    try:\n        print('x' * 1000)\n    except Exception:\n        pass"]


@pytest.mark.parametrize(("source", "mime", "part"), [
    (MARKDOWN, "text/html", '<span class="fs-tex">w_1</span>'),
    (FENCED, "text/html", "<p><strong>A</strong> 1</p>\n<pre><code>x &lt; 1\n\n    y</code></pre>\n<p>end</p>"),
    ("from nnlib import STEPS\nSTEPS[0]", "text/latex", r"\htmlClass{fs-gradient fs-q-dE_da2}"),
    ("import sympy\nsympy.Symbol('w_1')", "text/latex", r"\htmlClass{fs-weight fs-q-w1}"),
    ("from matplotlib.figure import Figure\nf = Figure()\n_ = f.subplots()\nf", "image/svg+xml", "<svg"),
    ("from nnlib import Parameters, figures\nfigures.show(figures.network(Parameters.example()), 'a picture')", "text/html", "a picture"),
], ids=["markdown", "fenced", "step", "sympy", "figure", "picture"])
def test_the_best_form_of_a_value_is_shown(source, mime, part):
    messages, ended = session(source)
    assert ended == [True] and messages[-1]["mime"] == mime and part in messages[-1]["data"]


def test_a_figure_of_pyplot_is_shown_without_being_the_last_value():
    messages, _ = session("import matplotlib\nmatplotlib.use('agg')\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])\nx = 1")
    assert messages[-1]["mime"] == "image/svg+xml"


def test_an_error_points_at_the_line_of_the_cell():
    messages, ended = session("def half(x):\n    return x / 0", "a = 1\nhalf(a)")
    error = messages[-1]
    assert ended == [True, False]
    assert (error["name"], error["where"], error["line"], error["code"]) == ("ZeroDivisionError", "cell 1", 2, "return x / 0")
    assert "cell 2" in error["trace"] and "live_session" not in error["trace"]


@pytest.mark.parametrize(("source", "name", "line", "words"), [
    ("x = (1,\ny = 2", "SyntaxError", 1, "cannot read this line"),
    ("x = 1\n  y = 2", "IndentationError", 2, "cannot read this line"),
    ("x = 1\ny = = 2", "SyntaxError", 2, "this line, or the one before it"),
    ("print(nothing)", "NameError", 1, "spelt"),
    ("a = 1\nassert a == 2", "AssertionError", 2, "does not hold"),
    ("input('name? ')", "RuntimeError", 1, "no line to type into"),
    ("import pandas_of_nobody", "ModuleNotFoundError", 1, "NumPy, matplotlib, sympy and nnlib"),
    ("import sys\nsys.exit()", "SystemExit", 2, "the session goes on"),
    ("raise MemoryError", "MemoryError", 1, "more memory"),
    ("def f(): return f()\nf()", "RecursionError", 1, "without an end"),
    ("from nnlib import train\ntrain([[1]], [[1]], 3, 0.5, 1)", "TypeError", 2, "parameters"),
])
def test_an_error_is_a_sentence_and_the_session_goes_on(source, name, line, words):
    messages, ended = session(source, "print('still here')")
    error = messages[0]
    assert ended == [False, True] and printed(messages) == "still here\n"
    assert (error["name"], error["line"]) == (name, line)
    assert words in error["text"] + error["hint"]
    assert ("or the one before" in error["hint"]) == ("or the one before" in words), "only where Python cannot say which"
    assert error.get("missing") == ("nothing" if name == "NameError" else None)


def test_what_an_earlier_text_of_a_cell_gave_is_gone_and_what_it_took_is_back():
    """A cell is given as (number, text): the same number again is the same cell, changed."""
    cells = [(1, "run, other = 1, 2"), (2, "other = 3\ndel run"), (2, "print(run, other)"), (1, "rum = 1"), (3, "other"), (1, "w = 1"),
             (2, "w = w + 1"), (2, "w = w + 1"), (3, "print(w)"), (2, ""), (3, "print(w)")]
    messages, ended = session(*cells)
    assert ended == [True, True, True, True, False, *[True] * 6]
    assert printed(messages) == "1 2\n3\n1\n", "the same text again goes on from where it is; another one begins anew"


def test_fresh_forgets_every_name():
    messages, ended = session("x = 1", "import live_session\nlive_session.fresh()", "x")
    assert ended == [True, True, False] and messages[-1]["missing"] == "x"


def test_a_cell_of_checks_says_that_they_hold_where_it_says_nothing_else():
    messages, _ = session("assert True", "assert True\nprint(1)", "x = 1")
    assert [m["kind"] for m in messages] == ["held", "stream"]


def test_what_a_cell_gives_to_those_below_is_read_from_it():
    source = ("import numpy as np\nimport a.b\np, eta = 1, 2\nfor k in [i for i in p]:\n    z = lambda q: q\n"
              "def f():\n    inner = 1\nx[0] = y.v = 1")
    assert live_packages.defines(source) == ["a", "eta", "f", "k", "np", "p", "z"] and live_packages.defines("x = (") == []


@pytest.mark.parametrize("loop", ENDLESS)
def test_what_prints_without_an_end_is_stopped(loop):
    messages, ended = session(loop, "print('next')")
    assert ended == [False, True]
    assert len(printed(messages)) <= 100_000 + len("next\n")
    assert "100,000 characters" in next(m for m in messages if m["kind"] == "error")["text"]


def test_a_deleted_builtin_does_not_end_the_session():
    messages, ended = session("del print", "import builtins\nx = 1\ndel x", "print('here')")
    assert ended == [False, True, True] and printed(messages) == "here\n"


def test_a_widget_tells_the_page_what_python_sets_and_python_what_the_page_sets():
    cells = ["from nnlib.widgets import StepExplorer\ne = StepExplorer()\ne", "e.epoch = 3",
             "import live_session\nlive_session.traits(e.model_id, '{\"epoch\": 7}')\nprint(e.epoch)",
             "live_session.traits(e.model_id, '{\"epoch\": \"many\"}')\nprint(e.epoch)"]
    messages, ended = session(*cells)
    assert ended == [True] * 4
    shown = next(m for m in messages if m["kind"] == "display")
    assert 'class="fs-host"' in shown["data"] and shown["model"]
    told = [m for m in messages if m["kind"] == "traits"]
    assert {"kind": "traits", "model": shown["model"], "state": {"epoch": 3}} in told
    assert printed(messages) == "7\n7\n"
    refused = next(m for m in messages if m["kind"] == "refused")
    assert "epoch" in refused["text"]


def test_what_a_cell_needs_is_read_from_its_imports_and_those_of_the_module():
    def needs(source):
        return set(live_packages.needs(source, ROOT))
    assert needs("from nnlib import AND, train") == {"numpy"}
    assert needs("from nnlib import figures") == set(live_packages.FIGURES)
    assert needs("import numpy as np") == {"numpy"} and needs("x = 1") == set() and needs("x = (") == set()
    assert needs("from nnlib.widgets import StepExplorer") == {"numpy", *live_packages.WIDGETS}
    assert needs("from nnlib.symbolic import SymbolicNetwork") >= {"sympy", "mpmath"}
    assert needs("def f():\n    import sympy") == {"sympy", "mpmath"}
    within_a_function = needs("from nnlib.classroom.worksheets import sheet_iteration")
    assert "matplotlib" not in within_a_function


def test_matplotlibs_list_of_fonts_is_given_the_version_that_it_is_read_with(tmp_path):
    (tmp_path / "matplotlib").mkdir()
    (tmp_path / "matplotlib" / "fontlist.json").write_text('{"_version": 390, "size": 390}')
    (tmp_path / "matplotlib" / "font_manager.py").write_text("class FontManager:\n    __version__ = 330\n")
    live_session.mend_fonts(tmp_path)
    assert (tmp_path / "matplotlib" / "fontlist.json").read_text() == '{"_version": 330, "size": 390}'
