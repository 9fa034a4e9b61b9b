"""What every widget shares: synced traits, one ES module, and a page that needs no kernel.

A widget is three files with one stem and one line in __init__.py: `step_explorer.py` has the class, its traits and its
fallback; `step_explorer.js` draws it; `step_explorer.css` dresses it. The modules on disk import each other and can be tested alone.
anywidget and the static page both load a module from a Blob, where a relative import leads nowhere: so the modules that it needs
are put before it, in order, and their import lines are dropped.
"""
import html
import json
import os
import re
from pathlib import Path

import anywidget

from nnlib import palette

HERE = Path(__file__).parent
SITE = os.environ.get("FOURTEEN_STEPS_SITE", "")  # the published book's root address, for links that are copied in JupyterLab
IMPORT = re.compile(r'^import [^;]*? from "\./([\w.]+)";\n', re.M)


def modules(name):
    """The files that the module `name` needs, itself last."""
    order = []
    for needed in IMPORT.findall((HERE / name).read_text("utf8")):
        order += [m for m in modules(needed) if m not in order]
    return [*order, name]


def source(name):
    """One module's text with its relative imports dropped."""
    return IMPORT.sub("", (HERE / name).read_text("utf8"))


def as_json(value):
    """JSON that is the same on every run and may stand inside HTML."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, allow_nan=False).replace("<", "\\u003c")


class BookWidget(anywidget.AnyWidget):
    """The base of all widgets: a subclass names its traits, and has a method fallback() for a page without scripts.

    fallback() gives a sentence and a table; the table is a list of rows of text, the first of them its head.
    """

    def __init_subclass__(cls, **kwargs):
        if not hasattr(cls, "stem"):  # anywidget makes a subclass for each instance: that one has all it needs
            cls.stem = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()
            cls._esm = "\n".join(source(name) for name in modules(f"{cls.stem}.js"))
            cls._css = palette.css() + "".join((HERE / name).read_text("utf8") for name in ("parts.css", f"{cls.stem}.css"))
        super().__init_subclass__(**kwargs)

    def __init__(self, **traits):
        unknown = set(traits) - set(self.trait_names())
        if unknown:
            raise TypeError(f"{type(self).__name__}: unknown {', '.join(sorted(unknown))}; there are {', '.join(self.own_traits())}")
        super().__init__(**traits)

    @classmethod
    def own_traits(cls):
        """The names of the widget's own traits, in order."""
        return sorted(n for n in cls.class_trait_names(sync=True) if not n.startswith("_") and not hasattr(anywidget.AnyWidget, n))

    def state(self):
        """The widget's own synced traits as they go to JavaScript."""
        names = self.own_traits()
        return {name: self.trait_metadata(name, "to_json", _plain)(getattr(self, name), self) for name in names}

    def _repr_mimebundle_(self, **kwargs):
        bundle = super()._repr_mimebundle_(**kwargs)
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        data = {**(data or {}), "text/plain": repr(self), "text/html": self._static_html()}
        return (data, *bundle[1:]) if isinstance(bundle, tuple) else data

    def _static_html(self):
        sentence, (head, *rows) = self.fallback()
        cells = "".join(f'<th scope="col">{html.escape(text)}</th>' for text in head)
        body = "".join(f'<tr><th scope="row">{html.escape(first)}</th>' + "".join(f"<td>{html.escape(text)}</td>" for text in rest)
                       + "</tr>" for first, *rest in rows)
        return (f'<div class="fs-host" data-widget="{type(self).__name__}" data-module="{self.stem}.js">'
                f'<script type="application/json">{as_json(self.state())}</script>'
                f"<p>{html.escape(sentence)}</p>\n<table><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table></div>")

    def __repr__(self):
        return f"{type(self).__name__}()"


def _plain(value, widget):
    return value
