"""The widgets as one script, on the pages that have one."""
import functools
import hashlib
import json
from pathlib import Path

from nnlib import digits
from nnlib.widgets import WIDGETS
from nnlib.widgets.base import HERE as WIDGET_FILES
from nnlib.widgets.base import STYLES
from nnlib.widgets.modules import page_script


@functools.cache
def _bundle():
    """All widgets as one classic script: the modules' source as strings, and the runtime that mounts them."""
    styles = "".join((WIDGET_FILES / name).read_text("utf8") for name in (*STYLES, *(f"{widget.stem}.css" for widget in WIDGETS)))
    return page_script([f"{widget.stem}.js" for widget in WIDGETS], styles)


def bundle_name():
    """The bundle's name holds its checksum, so that a page never meets an old copy."""
    return f"widgets.{hashlib.sha256(_bundle().encode()).hexdigest()[:12]}.js"


def write_bundle(app):
    """Write the bundle, and no other stays beside it."""
    text, name = _bundle(), bundle_name()
    static = Path(app.outdir) / "_static"
    for old in static.glob("widgets.*.js"):
        old.unlink()
    (static / name).write_text(text, "utf8")
    # Data that a widget brings when somebody asks for them: a script that hands over one text, as from file:// nothing else comes.
    (static / "digits.js").write_text(f"globalThis.FS_DIGITS = {json.dumps(digits.text())};\n", "ascii")
    app.fourteen_steps_bundle = name


def add_bundle(app, pagename, templatename, context, doctree):
    """Widgets' script goes to the pages that have one, and to no other."""
    if 'class="fs-host"' in context.get("body", ""):
        app.add_js_file(app.fourteen_steps_bundle, loading_method="defer")
