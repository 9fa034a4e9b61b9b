"""Stylesheets, scripts, fonts and templates: all of them from this site."""
from pathlib import Path

from sphinx.util.fileutil import copy_asset

from nnlib import palette

HERE = Path(__file__).parents[1]  # book/_ext, where static, templates and vendor are
KATEX = HERE / "vendor" / "katex"


def add_assets(app, config):
    """Static folders go in here: Jupyter Book would put each file of its own _static into every page."""
    config.html_static_path.append(str(HERE / "static"))
    config.templates_path.insert(0, str(HERE / "templates"))


def add_stylesheets(app):
    """What every page loads."""
    app.add_css_file("katex/katex.min.css")
    app.add_css_file("palette.css")
    app.add_css_file("book.css")
    app.add_js_file("buttons.js", loading_method="defer")
    app.add_js_file("later.js", loading_method="defer")


def copy_vendored(app):
    """KaTeX's stylesheet and fonts, and the palette as CSS."""
    static = Path(app.outdir) / "_static"
    copy_asset(str(KATEX), str(static / "katex"), excluded=lambda path: path.endswith(".js"))
    (static / "palette.css").write_text(palette.css(), "utf8")
