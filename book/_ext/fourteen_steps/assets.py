"""Stylesheets, scripts, fonts and templates: all of them from this site."""
import json
from pathlib import Path

from sphinx.util.fileutil import copy_asset

from nnlib import QUANTITIES, palette

HERE = Path(__file__).parents[1]  # book/_ext, where static, templates and vendor are
PAPER = HERE / "paper" / "paper.js"
CELL = HERE / "live" / "cell.js"
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
    app.add_js_file("theme.js", loading_method="defer")
    app.add_js_file("buttons.js", loading_method="defer")
    app.add_js_file("paper.js", loading_method="defer")
    app.add_js_file("later.js", loading_method="defer")
    app.add_js_file("near.js", loading_method="defer")
    app.add_js_file("retry.js", loading_method="defer")
    app.add_js_file("ahead.js", loading_method="defer")
    app.add_js_file("keeping.js", loading_method="defer")
    app.add_js_file("cell.js", loading_method="defer")


def copy_vendored(app):
    """KaTeX's styles and fonts, the palette as CSS, the cells' buttons, and what prints, with the names that it writes beside numbers."""
    static = Path(app.outdir) / "_static"
    copy_asset(str(KATEX), str(static / "katex"), excluded=lambda path: path.endswith(".js"))
    (static / "palette.css").write_text(palette.css(), "utf8")
    names = {code: [quantity.symbol, quantity.meaning] for code, quantity in QUANTITIES.items()}
    (static / "paper.js").write_text(f"const QUANTITIES = {json.dumps(names, ensure_ascii=False)};\n" + PAPER.read_text("utf8"), "utf8")
    (static / "cell.js").write_text(CELL.read_text("utf8"), "utf8")
