"""Which of the page's packages a cell needs: read from its imports, and from those of the book's own modules that it imports.

The build uses it too, so that a page knows beforehand what its cells will ask for; and which names a cell gives to those below it.
"""
import ast
from pathlib import Path

FIGURES = ("numpy", "matplotlib", "contourpy", "kiwisolver", "pillow", "pyparsing", "cycler", "python-dateutil", "six", "packaging")
WIDGETS = ("traitlets", "comm", "ipywidgets", "psygnal", "typing-extensions", "anywidget")
# What is imported, and the packages that it then takes.
PACKAGES = {"numpy": ("numpy",), "matplotlib": FIGURES, "PIL": ("pillow",), "fontTools": ("fonttools",), "sympy": ("sympy", "mpmath"),
            "mpmath": ("mpmath",), "traitlets": ("traitlets",), "comm": ("traitlets", "comm"), "ipywidgets": WIDGETS, "anywidget": WIDGETS,
            "psygnal": ("psygnal",), "packaging": ("packaging",), "dateutil": ("python-dateutil", "six")}
ALL = tuple(dict.fromkeys(name for names in PACKAGES.values() for name in names))
NEVER_AT_IMPORT = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def imported(tree, everywhere):
    """The dotted names that a module imports; everywhere: inside its functions too."""
    names, stack = [], list(ast.iter_child_nodes(tree))
    while stack:
        node = stack.pop(0)
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        if everywhere or not isinstance(node, NEVER_AT_IMPORT):
            stack += ast.iter_child_nodes(node)
    return names


def files(dotted, root):
    """The files that run when a dotted name is imported from below root."""
    parts = dotted.split(".")
    for count in range(1, len(parts) + 1):
        at = Path(root, *parts[:count])
        yield from (file for file in (at / "__init__.py", at.with_suffix(".py")) if file.is_file())


def needs(source, root, own="nnlib"):
    """The packages that a cell needs, each once; none for a cell that is no Python. root: the folder that the book's module is in."""
    try:
        names = imported(ast.parse(source), everywhere=True)
    except (SyntaxError, ValueError):
        return []
    found, seen = {}, set()
    while names:
        name = names.pop()
        top = name.partition(".")[0]
        found |= dict.fromkeys(PACKAGES.get(top, ()))
        if top == own:
            for file in files(name, root):
                if file not in seen:
                    seen.add(file)
                    names += imported(ast.parse(file.read_text("utf8")), everywhere=False)
    return [name for name in ALL if name in found]


def defines(source):
    """The names that a cell gives to the cells below it, in the order of the alphabet; none for a cell that is no Python."""
    found = set()

    class Reader(ast.NodeVisitor):
        """Walks through what is done in the cell's own scope."""

        def visit_Name(self, node):
            """A name, given where it is stored."""
            if isinstance(node.ctx, ast.Store):
                found.add(node.id)

        def visit_alias(self, node):
            """A name that is imported."""
            found.add((node.asname or node.name).partition(".")[0])

        def visit_FunctionDef(self, node):
            """A function or class: its name, and nothing of its inside."""
            found.add(node.name)

        visit_ClassDef = visit_AsyncFunctionDef = visit_FunctionDef

        def visit_Lambda(self, node):
            """What a lambda, or a comprehension, calls something is its own."""

        visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = visit_Lambda

    try:
        Reader().visit(ast.parse(source))
    except (SyntaxError, ValueError):
        return []
    return sorted(found)
