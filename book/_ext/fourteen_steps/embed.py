"""Every widget alone on a page of its own, for a frame on somebody else's page: embed/StepExplorer.html and its like."""
import html
from pathlib import Path

from fourteen_steps import bundle, prerender, shrink
from fourteen_steps.assets import HERE
from nnlib.widgets import WIDGETS

PAGE = """<!DOCTYPE html>
<html lang="en" data-content_root="../">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="../_static/favicon.svg">
<link rel="stylesheet" href="../_static/katex/katex.min.css">
<link rel="stylesheet" href="../_static/palette.css">
<link rel="stylesheet" href="../_static/embed.css">
<link rel="stylesheet" href="../_static/{styles}">
<script defer src="../_static/embed.js"></script>
{scripts}
</head>
<body>
<main aria-label="{title}">
{widget}
</main>
</body>
</html>
"""


def page(widget):
    """The page of one widget, as it is without arguments."""
    name, body = widget.__name__, prerender.with_pictures(widget()._static_html())
    styles, _ = bundle.sheet_of([f"{widget.stem}.js"])
    scripts = "\n".join(f'<script defer src="../_static/{file}"></script>' for file in bundle.needed_by(body))
    title = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip().capitalize()
    return PAGE.format(title=html.escape(title), styles=styles, scripts=scripts, widget=body)


def write_embeds(app, exception):
    """When all pages are written: one more for each widget."""
    if exception or app.builder.name != "html":
        return
    own = "\n".join((HERE / "static" / name).read_text("utf8") for name in ("embed.js", "retry.js"))
    (Path(app.outdir) / "_static" / "embed.js").write_text(shrink.script(own), "utf8")
    folder = Path(app.outdir) / "embed"
    folder.mkdir(exist_ok=True)
    for widget in WIDGETS:
        (folder / f"{widget.__name__}.html").write_text(page(widget), "utf8")
