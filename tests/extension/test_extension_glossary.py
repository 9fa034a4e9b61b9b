"""The glossary's terms: the first use on a page is a link with the definition, the others are words."""
from types import SimpleNamespace

import pytest
from docutils import nodes
from fourteen_steps.glossary import GLOSSARY, link_terms, make


@pytest.fixture
def app():
    term = nodes.term("", "Learning rate", ids=["term-learning-rate"])
    definition = nodes.definition("", nodes.paragraph("", 'How "large" a step is.'))
    glossary = nodes.definition_list("", nodes.definition_list_item("", term, definition))
    return SimpleNamespace(env=SimpleNamespace(get_doctree=lambda name: glossary),
                           builder=SimpleNamespace(get_relative_uri=lambda here, there: f"../{there}.html"))


def page(*words):
    return nodes.section("", *(nodes.paragraph("", "", nodes.Text(text)) for text in words))


def test_the_first_use_is_a_link(app):
    doctree = page("Learning rates differ.", "The learning rate again.")
    link_terms(app, doctree, "book/training/training")
    first, second = doctree
    (link,) = first.findall(nodes.raw)
    assert link.astext() == ('<a class="fs-term" href="../book/reference/glossary.html#term-learning-rate" '
                             'data-definition="How &quot;large&quot; a step is.">Learning rates</a>')
    assert first.astext().endswith("</a> differ.") and not list(second.findall(nodes.raw))


def test_other_words_stay(app):
    doctree = page("A rate of learning, and relearning rated.")
    link_terms(app, doctree, "book/training/training")
    assert not list(doctree.findall(nodes.raw))


@pytest.mark.parametrize("name", [GLOSSARY, "book/index"])
def test_the_glossary_and_the_front_page_have_no_such_links(app, name):
    doctree = page("The learning rate.")
    link_terms(app, doctree, name)
    assert not list(doctree.findall(nodes.raw))


def test_a_list_of_definitions_becomes_the_glossary():
    source = ["# Glossary\n\nWhat do words mean?\n\nepoch\n: One pass.\n\nhidden layer\n: Between: not seen.\n"]
    make(None, "book/other", source)
    assert source[0].endswith(": Between: not seen.\n")
    make(None, GLOSSARY, source)
    assert source[0] == ("# Glossary\n\nWhat do words mean?\n\n:::{glossary}\nepoch\n  One pass.\n\nhidden layer\n"
                         "  Between: not seen.\n:::\n")
