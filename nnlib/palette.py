"""One colour for each kind of quantity, everywhere: figures, formulas, widgets, pages.

Chosen by a search in OKLab: every pair stays apart (difference ≥ 0.1) for normal sight, deuteranopia, protanopia and
tritanopia, and every colour has a contrast of at least 4.8 to 1 on its background. Colour never carries meaning alone.
"""
from typing import NamedTuple


class Colour(NamedTuple):
    """The same colour on a light and on a dark background."""

    light: str
    dark: str


KINDS = {
    "input": Colour("#0130a4", "#4c96fe"),
    "weight": Colour("#c63e01", "#bb9158"),
    "bias": Colour("#a832e0", "#ccbcff"),
    "activation": Colour("#187e76", "#b5fbf5"),
    "error": Colour("#880006", "#fb9d9f"),
    "gradient": Colour("#6c0c6e", "#e84eb6"),
}

BACKGROUND = Colour("#ffffff", "#14181d")
TEXT = Colour("#1c2126", "#dfe4ea")
MUTED = Colour("#5a646e", "#9ba6b2")
LINE = Colour("#c9d0d7", "#3d4650")

ACCENT = Colour("#3a4653", "#c3ced9")  # what can be pressed, and where one is: no quantity has it

NAMES = {**KINDS, "accent": ACCENT, "background": BACKGROUND, "text": TEXT, "muted": MUTED, "line": LINE}

# The site's own: what stands out a little from the page, what floats above it, links, and the ground of what is not to be relied on.
SITE = {
    "surface": Colour("#f4f5f4", "#1f252c"),
    "raised": Colour("#ffffff", "#1b2026"),
    "link": Colour("#12665f", KINDS["activation"].dark),
    "caution": Colour("#ffdf9e", "#5c4508"),
}


def css_name(name: str) -> str:
    """The CSS variable of a colour."""
    return f"--fs-{name}"


def css() -> str:
    """The palette as CSS variables: light, dark where the page says so, dark where only the system does.

    JupyterLab says it with data-jp-theme-light, the site with data-theme; marimo puts a widget below a root of its own, its host.
    """
    def block(mode: str) -> str:
        return " ".join(f"{css_name(name)}: {getattr(colour, mode)};" for name, colour in (NAMES | SITE).items())

    return (
        f":root, :host {{ {block('light')} }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root:not([data-theme]):not([data-jp-theme-light]) {{ {block('dark')} }} }}\n"
        f':root[data-theme="dark"], [data-jp-theme-light="false"] {{ {block("dark")} }}\n'
        f"@media print {{ :root, :root[data-theme=\"dark\"] {{ {block('light')} }} }}\n"
    )
