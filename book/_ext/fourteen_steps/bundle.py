"""The widgets' scripts, on the pages that have one: a script that all widgets share, and one for each kind on the page."""
import functools
import json
import re
from pathlib import Path

from fourteen_steps import shrink
from fourteen_steps.named import digest
from nnlib import digits
from nnlib.widgets import WIDGETS
from nnlib.widgets.base import HERE as WIDGET_FILES
from nnlib.widgets.base import STYLES
from nnlib.widgets.modules import page_scripts

FOLDER = "widgets"  # below _static
HOST = re.compile(r'class="fs-host"[^>]* data-module="([\w.]+)"')

STAGES = ("step_explorer", "training_explorer")  # widgets that want a wide page


@functools.cache
def _scripts():
    """The text of each script by the module that it brings, the shared one under ""."""
    read = {name: shrink.styles((WIDGET_FILES / name).read_text("utf8")) for name in (*STYLES, *(f"{w.stem}.css" for w in WIDGETS))}
    texts = page_scripts({f"{w.stem}.js": read[f"{w.stem}.css"] for w in WIDGETS}, "".join(read[name] for name in STYLES))
    return {name: shrink.script(text) for name, text in texts.items()}


@functools.cache
def file_names():
    """The file of each script, from _static on; its checksum in its name, so that a page never meets an old copy."""
    return {name: f"{FOLDER}/{Path(name).stem or 'shared'}.{digest(text.encode())}.js" for name, text in _scripts().items()}


def write_scripts(app):
    """Write them all, and no other stays beside them."""
    static = Path(app.outdir) / "_static"
    (static / FOLDER).mkdir(parents=True, exist_ok=True)
    for old in (static / FOLDER).iterdir():
        if f"{FOLDER}/{old.name}" not in file_names().values():
            old.unlink()
    for name, file in file_names().items():
        (static / file).write_text(_scripts()[name], "utf8")
    # Data that a widget brings when somebody asks for them: a script that hands over one text, as from file:// nothing else comes.
    (static / "digits.js").write_text(f"globalThis.FS_DIGITS = {json.dumps(digits.text())};\n", "ascii")


def needed_by(body):
    """The files that a page with this body needs: the shared one, then one for each kind of widget on it."""
    kinds = dict.fromkeys(HOST.findall(body))
    return [file_names()[name] for name in ("", *kinds)] if kinds else []


def add_scripts(app, pagename, templatename, context, doctree):
    """Widgets' scripts go to the pages that have one, and to no other; the page's body says which: "stage", or "others"."""
    body = context.get("body", "")
    for file in needed_by(body):
        context["widgets"] = "stage" if any(f'data-module="{stem}.js"' in body for stem in STAGES) else "others"
        app.add_js_file(file, loading_method="defer")
