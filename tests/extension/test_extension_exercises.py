"""The list of exercises: by page, in the order of reading, solutions left out."""
from types import SimpleNamespace

from docutils import nodes
from fourteen_steps.exercises import ExerciseListNode, list_exercises


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
