"""Where a page stands on the way, and how long it takes to read: on the pages that are read in order, and on no other."""
from types import SimpleNamespace

import pytest
from docutils import nodes
from fourteen_steps.reading import SECONDS_TO_LOOK, WORDS_A_MINUTE, add_reading, minutes
from sphinx.addnodes import toctree
from sphinx_exercise.nodes import exercise_node, solution_node


def words(n):
    return nodes.paragraph("", " ".join(["word"] * n))


def page(*children):
    return nodes.section("", *children)


def line_on(name, doctree):
    """The page's body, on a book of two parts; the second is for looking things up."""
    trees = [toctree("", caption="Ideas", includefiles=["terms", "layers"]), toctree("", caption="Reference", includefiles=["notation"])]
    app = SimpleNamespace(env=SimpleNamespace(get_doctree=lambda root: page(*trees)), config=SimpleNamespace(root_doc="index"))
    context = {"body": "<h1>A title</h1><p>text</p>"}
    add_reading(app, name, "page.html", context, doctree)
    return context["body"]


def test_a_page_says_where_it_stands():
    doctree = page(words(5 * WORDS_A_MINUTE))
    assert line_on("layers", doctree) == ('<h1>A title</h1><div class="fs-where">Ideas, page 2 of 2 · about 5 minutes to read</div>'
                                          "<p>text</p>")
    for other in ("notation", "index"):
        assert line_on(other, doctree) == "<h1>A title</h1><p>text</p>"
    assert line_on("terms", None) == "<h1>A title</h1><p>text</p>", "a page that is no document, such as the search"


def test_words_are_counted_and_what_is_looked_at():
    assert minutes(page(words(10 * WORDS_A_MINUTE))) == 10
    looks = [nodes.math_block("", "a = b " * 500), nodes.container("", words(5000), classes=["cell"])] * (60 // SECONDS_TO_LOOK)
    assert minutes(page(words(4 * WORDS_A_MINUTE), *looks)) == 6
    assert minutes(page(words(1))) == 2, "nobody reads a page in less"


@pytest.mark.parametrize("left_out", [exercise_node, solution_node, lambda *children: nodes.container(*children, classes=["notes"])])
def test_exercises_and_what_the_teacher_sees_do_not_count(left_out):
    assert minutes(page(words(3 * WORDS_A_MINUTE), left_out("", words(5000)))) == 3
