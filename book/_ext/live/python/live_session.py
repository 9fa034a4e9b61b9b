"""The session of a page: runs its cells in one namespace and tells the page what came of them, message by message.

The page's worker gives `start` a function; each message is a dict that becomes JSON. Nothing here knows a browser, so that it can be tested
by any Python.
"""
import ast
import builtins
import io
import json
import linecache
import re
import sys
import time
import traceback
import types
from importlib.util import find_spec
from pathlib import Path

import live_packages
from live_markdown import as_html

MOST = 100_000  # characters that a cell may print: more than a reader reads, less than a page minds
MOMENT = 0.1  # seconds after which what was printed is shown
PICTURES = (("image/svg+xml", "_repr_svg_"), ("image/png", "_repr_png_"), ("image/jpeg", "_repr_jpeg_"))
KINDS = (("text/html", "_repr_html_"), *PICTURES, ("text/markdown", "_repr_markdown_"), ("text/latex", "_repr_latex_"))
WIDGET = "application/vnd.jupyter.widget-view+json"
_NOTHING = object()
CELL = "cell "  # what the name of a cell's code begins with, in a traceback


class TooMuch(BaseException):
    """A cell has printed more than a page shows; no `except Exception` of a reader's catches it."""


class _State:
    send = None
    root = "."
    connected = False
    main = types.ModuleType("__main__")
    given = {}  # by the number of a cell: its text, and each name that it has given as (what it was before, what it is since)
    spoken = 0  # messages so far


def start(send, root):
    """Begin: messages go to send(text) as JSON, the book's module is below root."""
    _State.send, _State.root = send, root
    sys.modules["__main__"] = _State.main
    builtins.input = _no_input
    sys.stdout, sys.stderr = Printed("stdout"), Printed("stderr")


def emit(message):
    """One message to the page, after all that was printed before it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, Printed) and message["kind"] != "stream":
            stream.flush()
    _State.spoken += 1
    _State.send(json.dumps(message))


class Printed(io.TextIOBase):
    """What a cell prints: gathered for a moment, then shown, and stopped where it never ends."""

    def __init__(self, name):
        self.name = name
        self.begin()

    def begin(self):
        """For the next cell: nothing yet."""
        self.waiting, self.count, self.last = [], 0, time.monotonic()

    def writable(self):
        """It is."""
        return True

    def write(self, text):
        """Keep it, and show it when a moment has passed; TooMuch beyond what a page shows."""
        room = MOST - self.count
        self.waiting.append(text[:room])
        self.count += len(text)
        if len(text) > room:
            self.flush()
            raise TooMuch(f"more than {MOST:,} characters")
        if time.monotonic() - self.last > MOMENT:
            self.flush()
        return len(text)

    def flush(self):
        """Show what has been gathered."""
        text, self.waiting, self.last = "".join(self.waiting), [], time.monotonic()
        if text:
            emit({"kind": "stream", "name": self.name, "text": text})


def _no_input(prompt=""):
    raise RuntimeError("input() would wait for ever: a page has no line to type into. Give the variable its value in the cell.")


def needs(source):
    """The packages that a cell needs, as JSON."""
    return json.dumps(live_packages.needs(source, _State.root))


def mend_fonts(root):
    """Pyodide's matplotlib has a list of its fonts that bears the version of another matplotlib: it would be made anew in each session."""
    folder = Path(root, "matplotlib")
    version = re.search(r"__version__ = (\d+)", (folder / "font_manager.py").read_text("utf8"))[1]
    listed = folder / "fontlist.json"
    listed.write_text(re.sub(r'("_version": )\d+', rf"\g<1>{version}", listed.read_text("utf8"), count=1), "utf8")


def bundle(value):
    """What a value looks like, by kind, as IPython asks it."""
    data = {"text/plain": repr(value)}
    whole = getattr(value, "_repr_mimebundle_", None)
    if whole and not isinstance(value, type):
        given = whole()
        data |= given[0] if isinstance(given, tuple) else given or {}
    for kind, method in KINDS:
        found = getattr(type(value), method, None)
        if found and kind not in data:
            shown = found(value)
            if shown is not None:
                data[kind] = shown
    figure = sys.modules.get("matplotlib.figure")
    if figure and isinstance(value, figure.Figure):
        data["image/svg+xml"] = _svg(value)
    return data


def _svg(figure):
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg")
    text = buffer.getvalue()
    return text[text.index("<svg"):]


def show(value):
    """Send the best form of a value that a page can show."""
    data = bundle(value)
    model = data.get(WIDGET, {}).get("model_id")
    for kind, _ in KINDS:
        if kind in data:
            content = data[kind]
            if isinstance(content, bytes):
                import base64
                content = base64.b64encode(content).decode()
            if kind == "text/markdown":
                emit({"kind": "display", "mime": "text/html", "data": as_html(content)})
            else:
                emit({"kind": "display", "mime": kind, "data": _formula(content) if kind == "text/latex" else content, "model": model})
            return
    emit({"kind": "display", "mime": "text/plain", "data": data["text/plain"]})


def _formula(latex):
    """The LaTeX as KaTeX wants it here: without delimiters, every quantity in its colour."""
    from live_symbols import colour_symbols

    text = latex.strip().strip("$").strip()
    spacious = text.replace(r"\begin{matrix}", r"\def\arraystretch{1.35}\begin{matrix}")
    return colour_symbols(spacious)


def run(source, number):
    """Run a cell, the number-th of its page, and show what it gives; whether it ended well."""
    for stream in (sys.stdout, sys.stderr):
        stream.begin()
    connect()
    name = f"{CELL}{number}"
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    spoken, before = _State.spoken, _names_before(source, number)
    try:
        value = _execute(source, name)
        if value is not None:
            show(value)
        _open_figures()
        ok = True
    except TooMuch as error:
        emit({"kind": "error", **_described("Stopped", f"This cell has printed {error}. The rest is not shown.", error)})
        ok = False
    except BaseException as error:
        emit({"kind": "error", **report(error)})
        ok = False
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    _note_names(source, number, before)
    if ok and _State.spoken == spoken and _asserts(source):
        emit({"kind": "held"})
    return ok


def _asserts(source):
    return any(isinstance(node, ast.Assert) for node in ast.parse(source).body)


def fresh():
    """Forget every name that the cells have given."""
    _State.main.__dict__.clear()
    _State.main.__dict__["__name__"] = "__main__"
    _State.given.clear()


def _names_before(source, number):
    """The names before a cell runs: what an earlier text of the same cell gave is taken back, unless another cell gave it anew."""
    space = _State.main.__dict__
    text, names = _State.given.get(number, (source, {}))
    if text != source:
        for name, (before, after) in names.items():
            if space.get(name, _NOTHING) is not after:
                continue
            if before is _NOTHING:
                space.pop(name, None)
            else:
                space[name] = before
        del _State.given[number]
    return dict(space)


def _note_names(source, number, before):
    """Keep which names a cell has given, and what they were before its text ran for the first time."""
    space = _State.main.__dict__
    _, names = _State.given.get(number, (source, {}))
    for name in space.keys() | before.keys():
        earlier, value = before.get(name, _NOTHING), space.get(name, _NOTHING)
        if value is not earlier and not name.startswith("__"):
            names[name] = (names.get(name, (earlier,))[0], value)
    _State.given[number] = source, names


def _execute(source, name):
    """Execute a cell's statements; the value of the last one if it is an expression and no semicolon ends it."""
    tree = ast.parse(source, name)
    last = tree.body[-1] if tree.body else None
    if isinstance(last, ast.Expr) and not source.rstrip().endswith(";"):
        tree.body.pop()
        exec(compile(tree, name, "exec"), _State.main.__dict__)
        return eval(compile(ast.Expression(last.value), name, "eval"), _State.main.__dict__)
    exec(compile(tree, name, "exec"), _State.main.__dict__)
    return None


def _open_figures():
    """Figures of pyplot that the cell has left open are shown, as in a notebook."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    for number in pyplot.get_fignums() if pyplot else ():
        show(pyplot.figure(number))
        pyplot.close(number)


def report(error):
    """An error as the page tells it: its name, its words, the line in the cell, a hint, and the whole traceback."""
    if isinstance(error, SyntaxError) and str(error.filename).startswith(CELL):
        vague = error.msg == "invalid syntax" and (error.lineno or 1) > 1  # any other message names what is wrong on this line
        unread = f"Python cannot read this line{', or the one before it' if vague else ''}."
        return {"name": type(error).__name__, "text": error.msg, "line": error.lineno, "where": error.filename,
                "code": (error.text or "").rstrip("\n"), "hint": unread,
                "trace": "".join(traceback.format_exception_only(error))}
    text = str(error)
    if isinstance(error, AssertionError) and not text:
        text = "what this line asserts does not hold"
    missing = error.name if isinstance(error, NameError) else None
    return _described(type(error).__name__, text, error) | {"hint": hint(error), "missing": missing}


def _described(name, text, error):
    """Where an error happened: the innermost line that stands in a cell."""
    frames = traceback.extract_tb(error.__traceback__)
    first = next((i for i, frame in enumerate(frames) if frame.filename.startswith(CELL)), len(frames))
    own = [frame for frame in frames if frame.filename.startswith(CELL)]
    where = {"line": own[-1].lineno, "where": own[-1].filename, "code": own[-1].line} if own else {"line": None, "where": "", "code": ""}
    lines = traceback.format_list(frames[first:]) + traceback.format_exception_only(error)
    return {"name": name, "text": text, **where, "trace": "".join(lines)}


def hint(error):
    """One more sentence where it helps."""
    if isinstance(error, NameError):
        return "Is it spelt as it was defined?"
    if isinstance(error, ModuleNotFoundError):
        return "The page's Python has NumPy, matplotlib, sympy and nnlib, and its standard library."
    if isinstance(error, MemoryError):
        return "That is more memory than a page is given. The session goes on."
    if isinstance(error, RecursionError):
        return "A function calls itself without an end."
    if isinstance(error, SystemExit):
        return "A page cannot be left from within; the session goes on."
    return ""


# ---- widgets --------------------------------------------------------------------------------------------------


def connect():
    """Once the widgets' packages are there: what a widget tells its notebook goes to the page."""
    if _State.connected or not find_spec("comm"):
        return
    import comm
    from comm.base_comm import BaseComm

    class PageComm(BaseComm):
        """The line between a widget's Python and its JavaScript in the page."""

        def publish_msg(self, msg_type, data=None, metadata=None, buffers=None, **keys):
            """Python has something to say: changed traits. What anywidget sends of itself, the page has already."""
            data = data or {}
            if msg_type == "comm_msg" and data.get("method") == "update":
                state = {name: value for name, value in data["state"].items() if not name.startswith("_")}
                if state:
                    emit({"kind": "traits", "model": self.comm_id, "state": state})

    comm.create_comm = PageComm
    _State.connected = True


def traits(model, state):
    """The page has something to say to a widget: changed traits, as JSON. What a trait refuses is told, and the page goes on."""
    from ipywidgets.widgets.widget import _instances

    widget = _instances.get(model)
    if widget is None:  # of an earlier session
        return
    try:
        widget.set_state(json.loads(state))
    except Exception as error:
        emit({"kind": "refused", "model": model, "text": f"{type(error).__name__}: {error}"})
