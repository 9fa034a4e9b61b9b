"""What a cell may show besides its last value, as IPython.display names it."""
import live_session


class _Shown:
    """Text with its kind."""

    def __init__(self, data=""):
        self.data = data

    def __repr__(self):
        return f"<IPython.core.display.{type(self).__name__} object>"


class HTML(_Shown):
    """HTML as it stands."""

    def _repr_html_(self):
        return self.data


class Markdown(_Shown):
    """Text in Markdown."""

    def _repr_markdown_(self):
        return self.data


class Latex(_Shown):
    """A formula with its delimiters."""

    def _repr_latex_(self):
        return self.data


class Math(_Shown):
    """A formula without delimiters."""

    def _repr_latex_(self):
        return rf"$\displaystyle {self.data}$"


class SVG(_Shown):
    """A picture as SVG."""

    def _repr_svg_(self):
        return self.data


def display(*values, **options):
    """Show each value now."""
    for value in values:
        live_session.show(value)


def clear_output(wait=False):
    """Take away what the running cell has shown so far."""
    live_session.emit({"kind": "clear"})
