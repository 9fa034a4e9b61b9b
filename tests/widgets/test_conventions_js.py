"""model/conventions.js gives, for all combinations, the equations and the numbers that nnlib.conventions gives."""
import conventions as tool
import numpy as np
import pytest
from javascript import Module

from nnlib import Parameters
from nnlib import conventions as cv
from nnlib.conventions import CHOICES, SHOWN, WRITERS, combinations, compute, lines, multiple, multiple_text
from nnlib.widgets import ConventionTable

JS = Module("model/conventions.js", "generated/conventions.js")
ALL = list(combinations())


def test_conventions_js_is_fresh():
    assert tool.TARGET.read_text("utf8") == tool.content(), "run: make names"


@pytest.mark.parametrize("seed", [None, 7])
def test_all_numbers_are_pythons(seed):
    """None: the worked example; else a network that is nowhere shown."""
    p = Parameters.example() if seed is None else Parameters.random(seed)
    given = {name: value.tolist() for name, value in p._asdict().items()}
    shown = JS("""all.map((c) => { const values = worked(c, p, 0.5);
        return STOP_LABELS.flatMap((label) => equations(label, c).filter((one) => one.gives).map((one) => result(one, c, values))); })""",
               all=[vars(c) for c in ALL], p=given)
    for c, found in zip(ALL, shown, strict=True):
        values = compute(c, SHOWN.x, SHOWN.y, p, 0.5)
        expected = [values[line.gives] for line in (*cv.given_lines(c), *lines(c)) if line.gives]
        assert len(found) == len(expected)
        for one, other in zip(found, map(np.atleast_2d, expected), strict=True):
            assert np.shape(one) == other.shape and np.allclose(one, other, rtol=1e-12, atol=1e-12), c


def test_all_equations_are_pythons():
    told = JS("""all.map((c) => STOP_LABELS.filter((label) => label !== "given").flatMap((label) => equations(label, c).map(({gives, sides, remark}) =>
        [label, !gives ? remark : [[gives], ...sides].map((side) => side.map((t) => typeof t === "string" ? t : t.s ?? t.q).join("")).join(" = ") + (remark ? ", " + remark : "")])))""",
              all=[vars(c) for c in ALL])
    for c, found in zip(ALL, told, strict=True):
        expected = []
        for line in lines(c):
            sides = [line.tokens_of_gives, *(cv.tokens(e, c) for e in line.expressions)] if line.gives else []
            texts = ["".join(t if isinstance(t, str) else t.get("s", t["q"]) for t in side) for side in sides]
            expected.append([line.label, ", ".join(filter(None, [" = ".join(texts), line.remark]))])
        assert found == expected, c


def test_the_multiples_are_pythons():
    for c, found in zip(ALL, JS("all.map((c) => multiple(c))", all=[vars(c) for c in ALL]), strict=True):
        assert found["text"] == multiple_text(c) and found["value"] == pytest.approx(multiple(c, len(SHOWN.x)), rel=1e-15)


def test_from_everywhere_each_choice_leads_to_what_goes_together():
    """What does not go with it gives way, and is told; the choice itself stays."""
    for c in ALL:
        for name, choice in CHOICES.items():
            for option in choice.options:
                found = JS("chosen(c, name, key)", c=vars(c), name=name, key=option.key)
                assert not cv.refused(found["conventions"])
                assert found["conventions"][name] == option.key
                asked = vars(c) | {name: option.key}
                assert bool(found["told"]) == bool(cv.refused(asked)) == (found["conventions"] != asked)
        if c.delta == "slope":
            break  # the rest repeats it


def test_a_stop_differs_where_its_formula_or_its_numbers_lie_differently():
    assert JS("STOP_LABELS.filter((label) => differs(label, {...BOOK, delta: 'slope'}))") == ["5", "6", "12", "13"]
    assert JS("STOP_LABELS.filter((label) => differs(label, BOOK))") == []
    assert JS("STOP_LABELS.filter((label) => differs(label, {...BOOK, rate: 'mean'}))") == ["7", "14"]


@pytest.mark.parametrize("name", WRITERS)
def test_as_a_writer_writes(name):
    assert JS("asWritten(name)", name=name) == vars(WRITERS[name].conventions)


def test_the_widget_takes_what_goes_together():
    widget = ConventionTable(examples="columns", product="Wx")
    assert widget.conventions() == cv.Conventions(examples="columns", product="Wx")
    widget.set(loss="cross_entropy", scale="mean")
    with pytest.raises(ValueError, match="rate: expected another than mean where scale is mean"):
        widget.rate = "mean"
    assert widget.rate == "sum"
    sentence, (head, *table) = widget.fallback()
    assert "is multiplied by 1/n" in sentence and len(head) == 3
    assert {row[0] for row in table} == {line.label for line in lines(widget.conventions())}
