"""What only the site can make is an admonition in its source, and its directive when the site is built."""
from pathlib import Path

import pytest
from fourteen_steps.site_only import make

BOOK = Path(__file__).resolve().parents[2] / "book"


@pytest.mark.parametrize(("classes", "directive"), [
    ("site-makes exercise-list", ":::{exercise-list}\n:::"),
    ("site-makes text-of LICENSE", ":::{text-of} LICENSE\n:::"),
    ("site-makes bibliography", ":::{bibliography}\n:style: plain\n:all:\n:::"),
    ("tip", ":::{admonition} A head\n:class: tip\n\nA sentence.\n\n:::"),
])
def test_the_admonition_becomes_its_directive(classes, directive):
    source = [f"# Title\n\n:::{{admonition}} A head\n:class: {classes}\n\nA sentence.\n\n:::\n\nProse.\n"]
    make(None, "page", source)
    assert source == [f"# Title\n\n{directive}\n\nProse.\n"]


def test_a_comment_becomes_a_citation():
    source = ["Nielsen <!-- cite nielsen2015 --> and <!-- another comment -->.\n"]
    make(None, "page", source)
    assert source == ["Nielsen {cite}`nielsen2015` and <!-- another comment -->.\n"]


@pytest.mark.parametrize("name", ["about", "bibliography", "changes", "exercises", "review", "take_along"])
def test_none_is_left_on_its_page(name):
    source = [(BOOK / "reference" / f"{name}.md").read_text("utf8")]
    assert "site-makes" in source[0]
    make(None, name, source)
    assert "site-makes" not in source[0] and source[0].count(":::{") == source[0].count("\n:::\n")
