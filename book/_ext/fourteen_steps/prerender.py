"""Widgets' first pictures, in the page before any script has come: drawn by the widgets' own modules when the site is built.

The modules run in the V8 that prerenders the formulas, in a very small document (`prerender/document.js`) that has what they ask of one
and no more; a library such as linkedom or jsdom has a hundred times as much to keep. What `prerender/draw.js` gives stands in the widget's
place, before its sentence and its table; runtime.js removes all three when the living widget stands there.
"""
import atexit
import base64
import functools
import html
import io
import json
import re

import numpy as np
from PIL import Image
from py_mini_racer import JSEvalException, MiniRacer
from sphinx.errors import ExtensionError

from fourteen_steps.assets import HERE
from nnlib.widgets import WIDGETS
from nnlib.widgets.modules import page_modules

FOLDER = HERE / "prerender"
FORMS = {"AnswerBox", "NumberBox", "Worksheet"}  # nothing to see: what they ask stands in their sentence
DRAWN = {widget.__name__: f"{widget.stem}.js" for widget in WIDGETS if widget.__name__ not in FORMS}
PLACE = re.compile(r'<div class="fs-host" data-widget="(\w+)" data-module="[\w.]+"><script type="application/json">(.*?)</script>', re.S)
CANVAS = re.compile(r"<canvas[^>]*>")
OPENING = '"opening": true'  # in the state of a widget that opens a page
FIRST = "fs-opening"  # a browser paints such a page with its widget at once, and not its head before (layout.html)
EVERY = 4  # of a canvas's points, one is kept in each direction: it is a smooth picture


@functools.cache
def engine():
    """The V8 with the small document and the modules of all widgets that are drawn."""
    v8 = MiniRacer()
    atexit.register(v8.close)  # later than that, at the very end of Python, it would wait for a thread that no longer runs
    v8.eval((FOLDER / "document.js").read_text("utf8"))
    v8.eval(f'"use strict";\nconst FOURTEEN_STEPS = {page_modules(DRAWN.values())};')
    v8.eval((FOLDER / "draw.js").read_text("utf8"))
    return v8


@functools.cache
def first_picture(name, state):
    """A widget's first picture as HTML that nobody can press or hear: its sentence and its table say the same."""
    call = f"firstPicture({json.dumps(name)}, {json.dumps(DRAWN[name])}, {json.dumps(state)})"
    try:
        engine().eval(f"prepare({json.dumps(DRAWN[name])}, {json.dumps(state)})")  # what it awaits has come when this returns
        found = json.loads(engine().eval(call))
    except JSEvalException as error:
        why = str(error).splitlines()[0]  # where in the modules, those that are put together know no better
        raise ExtensionError(f"{name}: its first picture could not be drawn (book/_ext/prerender): {why}") from error
    painted = iter(found["painted"])
    return CANVAS.sub(lambda _: f'<canvas style="{html.escape(ground(next(painted)), quote=True)}">', found["html"])


def ground(pixels):
    """What was painted on a square canvas as a style: the activations' colour, seen through a mask of fewer points.

    The small document's page is black and white, so that a pixel says how far it is from the one colour to the other.
    """
    if not pixels:
        return ""
    side = round((len(pixels) / 4) ** 0.5)
    share = np.array(pixels, dtype=float).reshape(side, side, 4)[::EVERY, ::EVERY, 0].round().astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(np.dstack([np.zeros_like(share), share]), "LA").save(file, "png", optimize=True)
    address = f"url(data:image/png;base64,{base64.b64encode(file.getvalue()).decode()})"
    return f"background: var(--fs-activation); mask: {address} 0 0 / 100% 100%"


def with_pictures(body):
    """A page's body with the first picture of each widget that has one."""
    def drawn(found):
        name, state = found.groups()
        place = found[0].replace("<div", f'<div id="{FIRST}"', 1) if OPENING in state else found[0]
        return place + (first_picture(name, state) if name in DRAWN else "")

    return PLACE.sub(drawn, body)


def draw(app, pagename, templatename, context, doctree):
    """Before the widgets' scripts are added: the pictures."""
    if "body" in context:
        context["body"] = with_pictures(context["body"])
