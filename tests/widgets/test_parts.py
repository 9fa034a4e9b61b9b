"""What the widgets share: the generated names, reading numbers, writing numbers, links."""
import names as generator
import pytest
from hypothesis import given as forall
from hypothesis import strategies as st
from javascript import Module
from py_mini_racer import JSEvalException

from nnlib import OPERATIONS

PARTS = Module("model/numbers.js", "model/links.js", "generated/names.js")


@pytest.mark.parametrize("file", generator.FILES)
def test_what_python_tells_the_widgets_is_fresh(file):
    assert (generator.GENERATED / file).read_text("utf8") == generator.FILES[file](), "run: make names"


def test_every_formula_says_what_its_function_takes():
    """The symbols on a formula's right-hand side are the operation's inputs (or its own first result)."""
    stops = PARTS("STOPS")
    for stop, operation in zip(stops, OPERATIONS, strict=True):
        for variant in stop["formulas"].values():
            used = {token["q"] for f in variant for part in f["parts"] for token in part if isinstance(token, dict)}
            assert used <= {*operation.inputs, *operation.outputs}
            assert [f["gives"] for f in variant] == list(operation.outputs)


@pytest.mark.parametrize(("text", "value"), [("0.5", 0.5), ("-1", -1), ("−1", -1), (" 0,25\n", 0.25), ("1e-3", 0.001), (".5", 0.5),
                                             ("5.", 5), ("0." + "3" * 60, float("0." + "3" * 60))])
def test_numbers_that_are_read(text, value):
    assert PARTS("parseNumber(text)", text=text) == {"value": value}


@pytest.mark.parametrize("text", ["", "  ", "abc", "NaN", "1e999", "-1e999", "Infinity", "1 2", "1\n2", "0x10", "1,2,3", "--1", "1e", "½"])
def test_numbers_that_are_refused(text):
    assert PARTS("parseNumber(text)", text=text)["error"].startswith("expected a number")


@pytest.mark.parametrize(("value", "text"), [(0.5744425, "0.5744"), (-0.1, "−0.1"), (0, "0"), (1234.56, "1235"),
                                             (0.00001234, "1.234\u2009·\u200910⁻⁵"), (2e9, "2\u2009·\u200910⁹"), (1e-5, "1\u2009·\u200910⁻⁵")])
def test_numbers_as_written(value, text):
    assert PARTS("format(value)", value=value) == text


def test_a_link_of_another_version_is_refused():
    with pytest.raises(JSEvalException, match="another version"):
        PARTS("unpackLink(text)", text="9.abc")
    with pytest.raises(JSEvalException, match="too long"):
        PARTS("unpackLink(text)", text="1." + "a" * 30_000)


@forall(st.floats(allow_nan=False, allow_infinity=False))
def test_a_shown_number_can_be_typed_back(value):
    result = PARTS("parseNumber(format(value))", value=value)
    if "value" in result:
        assert result["value"] == pytest.approx(value, rel=1e-3)
    else:
        assert abs(value) > 1e307
