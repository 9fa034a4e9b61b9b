"""What every widget shares: synced traits, one ES module, and a page that needs no kernel.

A widget is three files with one stem and one line in __init__.py: `step_explorer.py` has the class, its traits and its
fallback; `step_explorer.js` draws it; `step_explorer.css` dresses it. What they share is below `model/` (JavaScript that computes and
knows no page), `ui/` (what draws) and `generated/` (what Python tells them); `modules.py` puts it together.
"""
import functools
import html
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, ParamSpec, TypeAlias, TypeVar

import anywidget
from traitlets import TraitError

from nnlib import palette
from nnlib.network import Parameters
from nnlib.validation import nearest
from nnlib.widgets.modules import joined

HERE = Path(__file__).parent
STYLES = ("ui/parts.css",)  # every widget has these, before its own


def as_json(value: object) -> str:
    """JSON that is the same on every run and may stand inside HTML."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, allow_nan=False).replace("<", "\\u003c")


P = ParamSpec("P")
T = TypeVar("T")


def _told_in_short(method: Callable[P, T]) -> Callable[P, T]:
    """The method; what it refuses is told below the caller's own line, without traitlets' frames in between (IPython hides this one)."""

    @functools.wraps(method)
    def short(*arguments: P.args, **more: P.kwargs) -> T:
        __tracebackhide__ = True
        try:
            return method(*arguments, **more)
        except TraitError as refused:
            raise refused.with_traceback(None) from None

    return short


Fallback: TypeAlias = tuple[str, list[list[str]]]  # a sentence, and a table as rows of text, the first of them its head


class BookWidget(anywidget.AnyWidget):
    """The base of all widgets: a subclass names its traits, and has a method fallback() for a page without scripts.

    fallback() gives a sentence and a table; the table is a list of rows of text, the first of them its head.
    """

    stem: ClassVar[str]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        if not hasattr(cls, "stem"):  # anywidget makes a subclass for each instance: that one has all it needs
            cls.stem = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()
            cls._esm = joined(f"{cls.stem}.js")
            cls._css = palette.css() + "".join((HERE / name).read_text("utf8") for name in STYLES) + cls._own_css()
        super().__init_subclass__(**kwargs)

    @classmethod
    def _own_css(cls) -> str:
        """The widget's own sheet, each rule a little heavier: in JupyterLab the shared one comes again with every other widget."""
        root = f".fs-{cls.stem.replace('_', '-')}"
        return (HERE / f"{cls.stem}.css").read_text("utf8").replace(root, f"section{root}")

    @_told_in_short
    def __init__(self, **traits: object) -> None:
        for name in traits:
            if not self.has_trait(name):
                raise TypeError(self._unknown(name))
        super().__init__(**traits)

    if not TYPE_CHECKING:  # a type checker finds a wrong name by itself

        def __getattr__(self, name: str) -> Any:
            """Only for what is not there: AttributeError, with what is."""
            raise AttributeError(name if name.startswith("_") else self._unknown(name), name=name, obj=self)

    @_told_in_short
    def __setattr__(self, name: str, value: object) -> None:
        if not (name.startswith("_") or self.has_trait(name) or hasattr(anywidget.AnyWidget, name)):
            raise TypeError(self._unknown(name))
        super().__setattr__(name, value)

    @_told_in_short
    def set(self, **traits: object) -> None:
        """Set several traits in one go: what hangs together is checked once, at the end, and where it does not fit all stay as they were.

        TypeError for a name that is no trait; what a trait refuses, it refuses as it does alone.
        """
        for name in traits:
            if not self.has_trait(name):
                raise TypeError(self._unknown(name))
        with self.hold_sync(), self.hold_trait_notifications():
            for name, value in traits.items():
                setattr(self, name, value)

    def set_state(self, sync_data: Mapping[str, object]) -> None:
        """What JavaScript sends; TypeError for a public name that is no trait."""
        for name in sync_data:
            if not name.startswith("_") and name not in self.keys:
                raise TypeError(self._unknown(name))
        super().set_state({name: _with_negative_zeros(value) for name, value in sync_data.items()})

    def _unknown(self, name: str) -> str:
        """The sentence that refuses a name which is no trait."""
        own = self.own_traits()
        inside = name in Parameters._fields and "parameters" in own
        hint = f"; {name} is one of the parameters: parameters = parameters._replace({name}=…)" if inside else nearest(name, own)
        return f"{type(self).__name__}: unknown {name}; there are {', '.join(own)}{hint}"

    @classmethod
    def own_traits(cls) -> list[str]:
        """The names of the widget's own traits, in order."""
        return sorted(n for n in cls.class_trait_names(sync=True) if not n.startswith("_") and not hasattr(anywidget.AnyWidget, n))

    def state(self) -> dict[str, object]:
        """The widget's own synced traits as they go to JavaScript."""
        names = self.own_traits()
        return {name: self.trait_metadata(name, "to_json", _plain)(getattr(self, name), self) for name in names}

    def static_state(self) -> dict[str, object]:
        """What a page has of the widget: its traits, and what a page need not compute anew."""
        return self.state()

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        bundle = super()._repr_mimebundle_(**kwargs)
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        data = {**(data or {}), "text/plain": repr(self), "text/html": self._static_html()}
        return (data, *bundle[1:]) if isinstance(bundle, tuple) else data

    def _static_html(self) -> str:
        sentence, (head, *rows) = self.fallback()
        cells = "".join(f'<th scope="col">{html.escape(text)}</th>' for text in head)
        body = "".join(f'<tr><th scope="row">{html.escape(first)}</th>' + "".join(f"<td>{html.escape(text)}</td>" for text in rest)
                       + "</tr>" for first, *rest in rows)
        return (f'<div class="fs-host" data-widget="{type(self).__name__}" data-module="{self.stem}.js">'
                f'<script type="application/json">{as_json(self.static_state())}</script>'
                f"<p>{html.escape(sentence)}</p>\n<table><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table></div>")

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


def _with_negative_zeros(value: Any) -> Any:
    """What JavaScript sent, with −0.0 for each word "-0": JSON as a browser writes it has no number for that (model/exact.js)."""
    if isinstance(value, Mapping):
        return {key: _with_negative_zeros(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_with_negative_zeros(one) for one in value]
    return -0.0 if value == "-0" else value


def _plain(value: object, widget: object) -> object:
    return value
