"""The widgets' scripts and styles, on the pages that have one: a script that all widgets share, one for the kind that brings most, one for
the other kinds on the page, and one style sheet. What a widget asks for later has a script of its own, which runtime.js brings.

Where several kinds are on a page, what two of them need comes with the first. The styles come with the page, before any script: a widget's
first picture stands in the page itself (`prerender.py`).
"""
import functools
import json
import re
from pathlib import Path

from fourteen_steps import shrink
from fourteen_steps.assets import HERE
from fourteen_steps.named import digest
from fourteen_steps.prerender import OPENING
from nnlib import digits
from nnlib.widgets import WIDGETS
from nnlib.widgets.base import HERE as WIDGET_FILES
from nnlib.widgets.base import STYLES
from nnlib.widgets.modules import later_scripts, needed, own_script, page_scripts, shared_by_most

FOLDER = "widgets"  # below _static
HOST = re.compile(r'class=\\?"fs-host\\?"[^>]* data-module=\\?"([\w.]+)\\?"')  # on a page, or in a notebook's JSON

SETTINGS = "ui/step_settings.js"
# what is asked for later, and by a widget in such a state at once
AT_ONCE = {"ui/overview.js": (OPENING, '"view": "training"'), "ui/opening.js": (OPENING,), SETTINGS: ('"compact": false',)}

STAGES = ("step_explorer", "training_explorer")  # widgets that want a wide page
# A page with no other kinds has a sheet for these: most pages do, and it is brought once for all of them.
OFTEN = ("answer_box.js", "step_explorer.js")


@functools.cache
def _styles():
    """The styles of each kind by its module's name; those that all share, and those of the first pictures, under ""."""
    files = {"": [*(WIDGET_FILES / name for name in STYLES), HERE / "prerender" / "still.css"],
             **{f"{widget.stem}.js": [WIDGET_FILES / f"{widget.stem}.css"] for widget in WIDGETS}}
    return {name: "".join(shrink.styles(file.read_text("utf8")) for file in found) for name, found in files.items()}


@functools.cache
def _kinds():
    """Every kind's module."""
    return [name for name in _styles() if name]


@functools.cache
def _scripts():
    """The text of each script by the module that it brings, the shared one under ""."""
    files = {name: Path(_named(name, text)).name for name, text in _later().items()}
    return {name: shrink.script(text) for name, text in page_scripts(_kinds(), _shared(), files).items()}


@functools.cache
def _shared():
    """The modules of the shared script: what most kinds need, if those that most pages have need it, too."""
    return shared_by_most(_kinds()) & {one.name for one in needed(*OFTEN)}


@functools.cache
def _later():
    """The text of the script of each module that is asked for later."""
    return {name: shrink.script(text) for name, text in later_scripts(_kinds(), _shared()).items()}


@functools.cache
def _beside(name, earlier):
    """A kind's script for a page where those of other kinds stand before it."""
    there = {one.name for one in needed(*earlier)} if earlier else set()
    return shrink.script(own_script(name, there | _shared()))


def _named(name, text, ending="js"):
    return f"{FOLDER}/{Path(name).stem or 'shared'}.{digest(text.encode())}.{ending}"


def scripts_of(kinds, settings=False):
    """{file: text} of what a page with these kinds of widgets needs, in order.

    First the shared script, then the kind that brings most, then all others in one: together they are smaller than what the first
    brings, and a page asks once for them. settings: the step explorer's are in the last one, too, which comes before the first then.
    """
    kinds = sorted(set(kinds), key=lambda name: (-len(needed(name)), name))
    first, others = kinds[:1], [(name, _beside(name, tuple(kinds[:i]))) for i, name in enumerate(kinds) if i]
    texts = [("", _scripts()[""]), *((name, _beside(name, ())) for name in first)]
    if others:
        last = ("-".join(Path(name).stem for name, _ in others), "".join([*(text for _, text in others), *[_later()[SETTINGS]] * settings]))
        texts.insert(1 if settings else 2, last)
    return {_named(name, text): text for name, text in texts}


def sheet_of(kinds):
    """(file, text) of the style sheet that a page with these kinds of widgets needs."""
    wanted = OFTEN if set(kinds) <= set(OFTEN) else sorted(set(kinds))
    text = "".join(_styles()[name] for name in ("", *wanted))
    return _named("styles", text, "css"), text


@functools.cache
def file_names():
    """The file of each script, from _static on; its checksum in its name, so that a page never meets an old copy."""
    return {name: _named(name, text) for name, text in _scripts().items()}


@functools.cache
def sheet_names():
    """The file of each kind's own styles, for a widget that comes to a page which has none of its kind."""
    return {name: _named(name, text, "css") for name, text in _styles().items()}


def write_scripts(app):
    """Write them all, each alone and as the pages have them together, and no other stays beside them."""
    static = Path(app.outdir) / "_static"
    (static / FOLDER).mkdir(parents=True, exist_ok=True)
    texts = {file_names()[name]: text for name, text in _scripts().items()}
    texts |= {_named(name, text): text for name, text in _later().items()}
    texts |= {sheet_names()[name]: text for name, text in _styles().items()}
    alone = {frozenset([name]) for name in _kinds()}
    for kinds in alone | {frozenset(HOST.findall(notebook.read_text("utf8"))) for notebook in (Path(app.srcdir) / "book").rglob("*.ipynb")}:
        texts |= scripts_of(kinds) | scripts_of(kinds, settings=True) | dict([sheet_of(kinds)])
    for old in (static / FOLDER).iterdir():
        if f"{FOLDER}/{old.name}" not in texts:
            old.unlink()
    for file, text in texts.items():
        (static / file).write_text(text, "utf8")
    # Data that a widget brings when somebody asks for them: a script that hands over one text, as from file:// nothing else comes.
    (static / "digits.js").write_text(f"globalThis.FS_DIGITS = {json.dumps(digits.text())};\n", "ascii")


def needed_by(body):
    """The files that a page with this body needs: the shared one, what a kind would ask for at once, then the kinds' own."""
    kinds = set(HOST.findall(body))
    at_once = [name for name, states in AT_ONCE.items() if any(state in body for state in states)]
    if not kinds:
        return []
    joined = SETTINGS in at_once and len(kinds) > 1  # one request less
    shared, *own = scripts_of(kinds, settings=joined)
    return [shared, *(_named(name, _later()[name]) for name in at_once if not (joined and name == SETTINGS)), *own]


def add_scripts(app, pagename, templatename, context, doctree):
    """Widgets' scripts and styles go to the pages that have one, and to no other; the page's body says which: "stage", or "others".

    The scripts wait for who comes near (near.js), but for a widget that opens the page and is drawn by itself.
    """
    body = context.get("body", "")
    for file in needed_by(body):
        context["widget_styles"] = f"_static/{sheet_of(HOST.findall(body))[0]}"
        context["widgets"] = "stage" if any(f'data-module="{stem}.js"' in body for stem in STAGES) else "others"
        app.add_js_file(file, **({"loading_method": "defer"} if OPENING in body else {"type": "fs-later"}))
    context["site_last"] = OPENING in body  # what opens the page is drawn before anything else is begun
