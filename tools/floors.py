"""The floors that the code stands on: read from every import, held by a test, and drawn for ARCHITECTURE.md.

    python tools/floors.py          writes .github/floors.svg; a test keeps it fresh
"""
import ast
import html
from pathlib import Path

from nnlib import palette
from nnlib.widgets.modules import HERE, NO_MODULES, needed

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / ".github" / "floors.svg"

# From the ground up; a module may import from its own floor and from those below it. "x/" is a whole folder.
PYTHON = (
    ("the ground", ("_extras", "types", "limits", "gates", "validation", "numerals", "links", "palette")),
    ("definitions", ("activations", "losses", "quantities")),
    ("the nineteen operations", ("steps", "formulas")),
    ("a network", ("network", "fast")),
    ("learning", ("training",)),
    ("judging", ("checking", "mistakes", "deep", "autograd", "optimizers", "conventions", "digits", "frameworks",
                "graphs")),
    ("pictures", ("figures", "diagrams")),
    ("classroom, widgets", ("classroom/", "widgets/", "worksheets")),
    ("the book", ("book/",)),
)
APART = "symbolic"  # the judge: it may know how to refuse bad input and what to install, and nothing else of what it judges
APART_KNOWS = {"validation", "_extras"}
JAVASCRIPT = (
    ("what Python tells", ("generated/",)),
    ("what computes", ("model/",)),
    ("what draws", ("ui/",)),
    ("the widgets", ("",)),
)


def python_modules():
    """Every module of nnlib and of the Sphinx extension: its name ("steps", "classroom/paper", "book/…") and the names that it imports."""
    found = {}
    for path in sorted((ROOT / "nnlib").rglob("*.py")):
        name = path.relative_to(ROOT / "nnlib").with_suffix("").as_posix()
        if not name.split("/")[-1].startswith("_"):
            found[name] = _imports(path)
    for path in sorted((ROOT / "book" / "_ext" / "fourteen_steps").glob("*.py")):
        found[f"book/{path.stem}"] = _imports(path)
    return found


def _imports(path):
    """The modules of nnlib that a file imports, wherever in it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "nnlib":
            below = node.module.split(".")[1:]
            for alias in node.names:
                names.add("/".join(below) if _is_module(below) else _nearest([*below, alias.name]))
        elif isinstance(node, ast.Import):
            names |= {alias.name.removeprefix("nnlib.").replace(".", "/") for alias in node.names if alias.name.startswith("nnlib.")}
    return names - {"", None}


def _is_module(parts):
    return bool(parts) and (ROOT / "nnlib" / Path(*parts)).with_suffix(".py").is_file()


def _nearest(parts):
    """The module that `from nnlib.widgets import StepExplorer` means: the folder, where the name is none of its files."""
    return "/".join(parts) if _is_module(parts) else "/".join(parts[:-1])


def javascript_modules():
    """Every JavaScript module below nnlib/widgets and the names that it imports; loader.js and runtime.js are no modules."""
    names = sorted(p.relative_to(HERE).as_posix() for p in HERE.rglob("*.js"))
    modules = needed(*(name for name in names if name not in NO_MODULES))
    return {one.name: set(one.imports) | set(one.later) for one in modules}


def floor_of(name, floors):
    """The number of the floor that a module stands on, or None."""
    for number, (_, members) in enumerate(floors):
        for member in members:
            if name == member or (member.endswith("/") and f"{name}/".startswith(member)) or (member == "" and "/" not in name):
                return number
    return None


def wrong(modules, floors):
    """What imports upwards, and what stands on no floor, as sentences."""
    complaints = []
    for name, imports in modules.items():
        if name == APART:
            complaints += [f"{name}: imports {other}, but it stands apart" for other in sorted(imports - APART_KNOWS)]
            continue
        here = floor_of(name, floors)
        if here is None:
            complaints.append(f"{name}: stands on no floor")
            continue
        for other in sorted(imports):
            there = floor_of(other, floors)
            if other == APART and name.startswith("book/"):
                continue
            if there is None or there > here:
                complaints.append(f"{name}: imports {other}, which stands {'above it' if there else 'apart'}")
    return complaints


# ---- the picture ----------------------------------------------------------------------------------------------

WIDTH, ROW, GAP, LEFT = 460, 44, 16, 20


def picture():
    """Both houses side by side, floor upon floor; the arrows say which floor uses which, read from the imports."""
    height = len(PYTHON) * (ROW + GAP) + 60
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * WIDTH + 3 * LEFT + 80} {height}" '
             'font-family="system-ui, sans-serif" role="img" '
             'aria-label="The floors of the Python and of the JavaScript code; arrows point from what uses to what is used.">',
             f"<style>rect {{ fill: {palette.BACKGROUND.light}; stroke: {palette.LINE.light}; }} text {{ fill: {palette.TEXT.light}; "
             f"font-size: 12px; }} .title {{ font-weight: 600; }} .use {{ fill: none; stroke: {palette.MUTED.light}; }} "
             f"@media (prefers-color-scheme: dark) {{ rect {{ fill: {palette.BACKGROUND.dark}; stroke: {palette.LINE.dark}; }} "
             f"text {{ fill: {palette.TEXT.dark}; }} .use {{ stroke: {palette.MUTED.dark}; }} }}</style>"]
    for x, heading, modules, floors in ((LEFT, "Python", python_modules(), PYTHON),
                                        (WIDTH + 2 * LEFT + 60, "JavaScript, below nnlib/widgets", javascript_modules(), JAVASCRIPT)):
        parts += [_text(x, 22, heading, "title"), *_house(x, height, modules, floors)]
    x, y = WIDTH + 2 * LEFT + 60, 48
    parts += [f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{ROW}" rx="6" stroke-dasharray="5 4"/>',
              _text(x + 10, y + 17, "apart, as a judge (Python)", "title"),
              _text(x + 10, y + 34, f"{APART}: shares nothing with what it judges but how bad input is refused", "")]
    return "\n".join([*parts, "</svg>", ""])


def _house(x, height, modules, floors):
    members = [[name for name in modules if floor_of(name, floors) == number] for number in range(len(floors))]
    bottom = [height - 14 - (number + 1) * (ROW + GAP) + GAP for number in range(len(floors))]
    for number, (title, _) in enumerate(floors):
        y = bottom[number]
        yield f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{ROW}" rx="6"/>'
        yield _text(x + 10, y + 17, title, "title")
        yield _text(x + 10, y + 34, _listed(members[number]), "")
    uses = {number: {floor_of(other, floors) for name in names for other in modules[name]} - {number, None}
            for number, names in enumerate(members)}
    for number, others in uses.items():
        below = set().union(*(_reached(uses, other) for other in others)) if others else set()
        for other in sorted(others - below):  # what is reached by way of another floor needs no arrow of its own
            start, end = bottom[number] + ROW, bottom[other]
            if number - other == 1:
                yield f'<path class="use" d="M{x + WIDTH / 2:g} {start}V{end - 2}m-4 -5l4 5l4 -5"/>'
            else:
                reach = x + WIDTH + 8 * (number - other)
                yield f'<path class="use" d="M{x + WIDTH} {start - ROW / 2:g}H{reach}V{end + ROW / 2:g}H{x + WIDTH + 2}m5 -4l-5 4l5 4"/>'


def _reached(uses, number):
    """The floors that are used by a floor, by way of others, too."""
    return set(uses[number]).union(*(_reached(uses, other) for other in uses[number]))


def _listed(names):
    """The modules of a floor; more than fit on a line are counted."""
    short = [name.rsplit("/", 1)[-1].removesuffix(".js") for name in names if "__" not in name]
    count = next((k for k in range(len(short), 0, -1) if len(", ".join(short[:k])) <= (74 if k == len(short) else 58)), 0)
    more = f" and {len(short) - count} more" if count < len(short) else ""
    return ", ".join(short[:count]) + more


def _text(x, y, words, name):
    return f'<text x="{x}" y="{y}"{f" class={chr(34)}{name}{chr(34)}" if name else ""}>{html.escape(words)}</text>'


if __name__ == "__main__":
    TARGET.write_text(picture(), "utf8")
