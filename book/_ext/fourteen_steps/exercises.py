"""The list of all exercises, in the order of the book; and the code of solutions, which belongs inside their folds."""
import html

from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx.transforms import SphinxTransform
from sphinx_exercise.nodes import solution_node

from fourteen_steps.formulas import render_formula


class ExerciseListNode(nodes.General, nodes.Element):
    """Stands where the list of exercises will be."""


class ExerciseList(Directive):
    """All exercises of the book, by page, each as a link."""

    def run(self):
        """A placeholder: the exercises are known when all pages have been read."""
        return [ExerciseListNode()]


class FoldSolutionCells(SphinxTransform):
    """A code cell with the tag `solution` belongs to the solution right above it, and is folded with it."""

    default_priority = 10

    def apply(self):
        """Move each such cell to the end of its solution; one that follows no solution is an error of the page."""
        for cell in [node for node in self.document.findall(nodes.container) if "tag_solution" in node["classes"]]:
            place = cell.parent.index(cell)
            above = cell.parent[place - 1] if place else None
            if not isinstance(above, solution_node):
                raise ValueError(f"{self.env.docname}: a code cell has the tag 'solution' but no solution stands right above it")
            cell.parent.remove(cell)
            above[-1] += cell


def list_exercises(app, doctree, docname):
    """Fill in the list of exercises, in the order of the book."""
    for place in list(doctree.findall(ExerciseListNode)):
        pages = {}
        for label, exercise in app.env.sphinx_exercise_registry.items():
            if exercise.get("type") in ("exercise", "exercise-enumerable"):
                pages.setdefault(exercise["docname"], []).append((label, exercise["node"]))
        parts = []
        for page in (p for p in _reading_order(app) if p in pages):
            items = []
            for label, exercise in pages[page]:
                address = f"{app.builder.get_relative_uri(docname, page)}#{label}"
                items.append(f'<li><a href="{address}">Exercise {label}</a>: {_as_html(exercise.next_node(nodes.paragraph))}</li>')
            parts.append(f"<h2>{html.escape(app.env.titles[page].astext())}</h2><ul>{''.join(items)}</ul>")
        place.replace_self(nodes.raw("", "\n".join(parts), format="html"))


def _as_html(paragraph):
    """A paragraph's text and formulas."""
    return "".join(render_formula(node.astext(), False) if isinstance(node, nodes.math) else html.escape(node.astext())
                   for node in paragraph.children)


def _reading_order(app):
    """The pages in the order in which they are read."""
    order, stack = [], [app.config.root_doc]
    while stack:
        page = stack.pop(0)
        order.append(page)
        stack = [*app.env.toctree_includes.get(page, []), *stack]
    return order
