"""The theme's icons: a font with the few glyphs in use, instead of thousands."""
import re
from pathlib import Path

import pydata_sphinx_theme
from fontTools import subset, ttLib

# What the theme's pages and admonitions show; a test looks for icons on the built pages that are not among them.
ICONS = ("angle-left", "angle-right", "arrow-up", "bars", "bell", "circle-half-stroke", "circle-info", "download", "expand",
         "file", "file-pdf", "list", "magnifying-glass", "magnifying-glass-minus", "moon", "pencil", "sun")


def write_icons(app):
    """A font with the few glyphs in use, cut from the theme's copy of FontAwesome, and its stylesheet."""
    folder = Path(app.outdir) / "_static" / "icons"
    folder.mkdir(parents=True, exist_ok=True)
    source = next(Path(pydata_sphinx_theme.__file__).parent.rglob("fontawesome/*/css/all.min.css"))
    rules = re.findall(r'((?:\.fa-[a-z0-9-]+:before,?)+)\{content:"\\([0-9a-f]+)"\}', source.read_text("utf8"))
    codes = {name: code for names, code in rules for name in re.findall(r"fa-([a-z0-9-]+)", names)}
    font = ttLib.TTFont(source.parents[1] / "webfonts" / "fa-solid-900.ttf", recalcTimestamp=False)
    subsetter = subset.Subsetter(subset.Options(layout_features=[], notdef_outline=True, hinting=False, name_IDs=[]))
    subsetter.populate(unicodes=[int(codes[name], 16) for name in ICONS])
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(folder / "fa-solid-900.woff2")
    (folder / "LICENSE.txt").write_bytes((source.parents[1] / "LICENSE.txt").read_bytes())
    rules = [
        '@font-face { font-family: "Font Awesome 6 Free"; font-weight: 900; font-display: block;'
        ' src: url(fa-solid-900.woff2) format("woff2"); }',
        ':root { --fa-font-solid: normal 900 1em/1 "Font Awesome 6 Free"; }',
        ".fas, .fa-solid { font: var(--fa-font-solid); display: inline-block; -webkit-font-smoothing: antialiased; }",
        ".fa-lg { font-size: 1.25em; line-height: .05em; vertical-align: -.075em; }",
        *(f'.fa-{name}::before {{ content: "\\{codes[name]}"; }}' for name in ICONS),
    ]
    (folder / "icons.css").write_text("\n".join(rules) + "\n", "utf8")
