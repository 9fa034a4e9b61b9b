"""The list of exercises: by page, in the order of reading, solutions left out."""
from types import SimpleNamespace

import pytest
from docutils import nodes
from docutils.utils import new_document
from fourteen_steps.exercises import ExerciseListNode, FoldSolutionCells, list_exercises
from sphinx_exercise.nodes import solution_node


def exercise(page, text, kind="exercise"):
    return {"docname": page, "type": kind, "node": nodes.section("", nodes.paragraph("", "", *text))}


def test_exercises_stand_in_the_order_of_the_book():
    registry = {"late": exercise("b", [nodes.Text("Is 1 < 2?")]),
                "early": exercise("a", [nodes.Text("What is "), nodes.math("", "w_1"), nodes.Text("?")]),
                "answer": exercise("a", [nodes.Text("It is.")], "solution")}
    env = SimpleNamespace(sphinx_exercise_registry=registry, toctree_includes={"index": ["part"], "part": ["a", "b"]},
                          titles={"a": nodes.title("", "Page A"), "b": nodes.title("", "Page B")})
    app = SimpleNamespace(env=env, config=SimpleNamespace(root_doc="index"),
                          builder=SimpleNamespace(get_relative_uri=lambda here, there: f"{there}.html"))
    doctree = nodes.section("", ExerciseListNode())
    list_exercises(app, doctree, "list")
    (html,) = (node.astext() for node in doctree.findall(nodes.raw))
    early = html.index('<a href="a.html#early">Exercise early</a>: What is <span')
    assert html.index("<h2>Page A</h2>") < early < html.index("<h2>Page B</h2>")
    assert '<a href="b.html#late">Exercise late</a>: Is 1 &lt; 2?' in html and "It is." not in html


def fold(*children):
    """A page of these children, after the code of solutions has been folded."""
    document = new_document("page")
    document.settings.env = SimpleNamespace(docname="page")
    document += children
    FoldSolutionCells(document).apply()
    return document


def cell(text, *classes):
    return nodes.container("", nodes.literal_block("", text), classes=["cell", *classes])


def test_the_code_of_a_solution_is_folded_with_it():
    solution = solution_node("", nodes.title("", "Solution to"), nodes.section("", nodes.paragraph("", "Two.")))
    page = fold(cell("before"), solution, cell("first", "tag_solution"), cell("second", "tag_solution"), cell("after"))
    assert [node.astext() for node in page] == ["before", solution.astext(), "after"]
    assert [node.astext() for node in solution[1]] == ["Two.", "first", "second"]


@pytest.mark.parametrize("above", [[nodes.paragraph("", "An exercise?")], []])
def test_a_solution_s_code_without_its_solution_is_an_error(above):
    with pytest.raises(ValueError, match="page: a code cell has the tag 'solution'"):
        fold(*above, cell("lost", "tag_solution"))
