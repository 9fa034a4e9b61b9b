"""A widget's state in an address: what Python packs, model/links.js unpacks, and the other way round."""
import json

import pytest
from hypothesis import given as forall
from hypothesis import settings
from hypothesis import strategies as st
from javascript import Module

from nnlib.links import LONGEST, WHEEL, address, opening_line, pack, unpack

pytestmark = pytest.mark.slow

PARTS = Module("model/links.js")

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
names = words.filter(lambda word: word != "__proto__")  # JavaScript keeps that one for itself
numbers = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
values = st.recursive(st.none() | st.booleans() | numbers | words,
                      lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4))


def as_floats(value):
    """The value with JavaScript's only kind of number: it writes 5e16 as a whole one."""
    if isinstance(value, list):
        return [as_floats(v) for v in value]
    if isinstance(value, dict):
        return {key: as_floats(v) for key, v in value.items()}
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


@settings(max_examples=200, deadline=None)
@forall(values)
def test_what_python_packs_the_widgets_unpack(state):
    text = pack(state)
    assert as_floats(PARTS("unpackLink(text)", text=text)) == as_floats(state) == as_floats(unpack(text))
    assert json.dumps(text) == f'"{text}"' and not set(text) & set("+/=&#% "), "fit for a URL"


@settings(max_examples=200, deadline=None)
@forall(values)
def test_what_the_widgets_pack_python_unpacks(state):
    assert as_floats(unpack(PARTS("packLink(state)", state=state))) == as_floats(state)


@pytest.mark.parametrize(("text", "message"), [
    ("9.abc", "it was made by another version of this page"), ("", "it was made by another version of this page"),
    ("1." + "a" * LONGEST, "it is too long"),
    *((text, "it is damaged") for text in ("1.", "1.e", "1.e!30", "1.e!!30!!", "1.gICA", "1.e30x")),
])
def test_what_is_no_link_is_refused_in_the_same_words(text, message):
    with pytest.raises(ValueError, match=f"^{message}$"):
        unpack(text)
    assert PARTS("(() => { try { unpackLink(text); } catch (error) { return error.message; } })()", text=text) == message


def test_nothing_is_longer_than_it_must_be():
    assert pack({"w1": [1, 2], "b": 0.5}) == "1.eyJ3MSI6WzEsMl0sImIiOjAuNX0"


def test_how_long_a_link_may_be():
    """20,000 characters in both languages: a state of just that length is unpacked, of one more it is not."""
    assert LONGEST == 20_000
    fitting = pack(["a" * 14_990 + "bbbb"])  # 14,998 bytes become 19,998 characters, and "1." stands before them
    assert len(fitting) == LONGEST and unpack(fitting)[0].endswith("abbbb")
    assert len(PARTS("unpackLink(text)", text=fitting)[0]) == 14_994
    with pytest.raises(ValueError, match=r"^it is too long$"):
        unpack(fitting + "A")


def test_only_what_json_knows_is_packed():
    with pytest.raises(ValueError, match="JSON"):
        pack({"learning_rate": float("nan")})


@pytest.mark.parametrize("site", ["https://example.org/book", "https://example.org/book/"])
def test_the_address_of_a_page(site):
    assert address(site, "book/index.html", "StepExplorer", {}) == "https://example.org/book/book/index.html#StepExplorer=1.e30"


def test_the_opening_line_leads_to_the_page_where_the_book_is_published():
    site = "https://book.example/fourteen/"
    assert "[Review](https://book.example/fourteen/book/reference/review.html)" in opening_line("book/ideas/terms", site, 5)
    line = opening_line("book/ideas/terms", site)
    assert "(https://book.example/fourteen/book/ideas/terms.html)" in line
    assert f"`pip install \"nnlib[notebooks] @ https://book.example/fourteen/_static/{WHEEL}\"`" in line


def test_the_opening_line_of_a_book_without_an_address_names_the_file_to_install():
    assert opening_line("book/ideas/terms", "", 5).endswith('on the page "Review", after 1, 7 and 30 days.*')
    line = opening_line("book/ideas/terms", "")
    assert f"`pip install \"{WHEEL}[notebooks]\"`" in line and "http" not in line and "\n" not in line
