"""arithmetic.js: the formula that is shown, written out for one number, gives that number."""
import numpy as np
import pytest
from hypothesis import given as forall
from hypothesis import settings
from hypothesis import strategies as st
from javascript import Module

from nnlib import ACTIVATIONS, AND, OPERATIONS, Parameters, iteration

JS = Module("model/arithmetic.js", "model/engine.js", "generated/names.js")
CELLS = """(() => {
  const values = iteration(x, y, p, 0.5, functions);
  return STOPS.flatMap((stop) => stop.outputs.flatMap((name) => [values[name]].flat(2).map((value, k) => {
    const columns = Array.isArray(values[name]) ? values[name][0].length : 1;
    const cell = [stop, functions, name, values, Math.floor(k / columns), k % columns];
    return [stop.label, name, value, valueOf(cellOf(...cell)), writtenOut(...cell)];
  })));
})()"""


def cells(parameters, x, y, **functions):
    """Every number of an iteration: (label, name, value by the engine, value of its written-out formula, that formula)."""
    p = {name: value.tolist() for name, value in parameters._asdict().items()}
    return JS(CELLS, x=x.tolist(), y=y.tolist(), p=p, functions=functions)


@settings(max_examples=40, deadline=None)
@forall(st.integers(0, 10**6), st.integers(1, 4), st.sampled_from(sorted(ACTIVATIONS)), st.sampled_from(sorted(ACTIVATIONS)))
def test_a_formula_written_out_gives_the_engines_number(seed, hidden, inner, outer):
    for label, name, value, written, _ in cells(Parameters.random(seed, hidden), AND.x, AND.y, hidden=inner, output=outer):
        assert written == pytest.approx(value, rel=1e-12, abs=1e-12), (label, name)


def test_with_cross_entropy_and_two_outputs():
    p = Parameters.random(3, 2)
    p = p._replace(w2=np.hstack([p.w2, -p.w2]), b2=np.hstack([p.b2, p.b2 + 1]))
    y = np.array([[0, 1], [1, 0], [0.25, 1], [1, 1]])
    for label, name, value, written, _ in cells(p, AND.x, y, loss="cross_entropy"):
        assert written == pytest.approx(value, rel=1e-12, abs=1e-12), (label, name)


def text(pieces):
    return "".join(p if isinstance(p, str) else f"{p['name']}[{p['row']},{p['column']}]" for p in pieces)


def test_how_it_is_written():
    found = {}
    for label, name, *_, pieces in cells(Parameters.example(), AND.x[[1, 3]], AND.y[[1, 3]]):
        found.setdefault((label, name), text(pieces))
    assert found["F1", "z1"] == "x[0,0] · w1[0,0] + x[0,1] · w1[1,0] + b1[0,0]"
    z1 = [text(pieces) for _, name, *_, pieces in cells(Parameters.example(), AND.x, AND.y) if name == "z1"]
    assert z1[1] == "x[0,0] · (w1[0,1]) + x[0,1] · w1[1,1] + (b1[0,1])", "behind a sign, too"
    assert found["E", "E"] == "½ · ((a2[0,0] − y[0,0])² + (a2[1,0] − y[1,0])²)"
    assert found["5", "dE_dz2"] == "dE_da2[0,0] · da2_dz2[0,0]"
    assert found["5", "dE_dw2"] == "dz2_dw2[0,0] · dE_dz2[0,0] + dz2_dw2[1,0] · (dE_dz2[1,0])", "a negative number stands in brackets"
    assert found["12", "dE_dz1"] == "dE_dz2[0,0] · dz2_da1[0,0] · da1_dz1[0,0]"
    assert found["2", "da2_dz2"] == "a2[0,0] · (1 − a2[0,0])" and found["4", "dz2_db2"] == "1"
    assert found["14", "new_w1"] == "w1[0,0] − learning_rate[0,0] · (dE_dw1[0,0])"


def test_what_a_number_is_made_from_and_what_it_makes():
    it = iteration(AND.x, AND.y, Parameters.example(), 0.5)
    p = {name: value.tolist() for name, value in Parameters.example()._asdict().items()}
    ask = "relatives(STOPS.find((s) => s.label === label), {}, iteration(x, y, p, 0.5), cell)"
    given = dict(x=AND.x.tolist(), y=AND.y.tolist(), p=p)
    found = JS(ask, **given, label="12", cell=dict(name="dE_dw1", row=1, column=0))
    assert {(c["name"], c["row"], c["column"]) for c in found["made"]} == {
        *(("dz1_dw1", r, 1) for r in range(4)), *(("dE_dz1", r, 0) for r in range(4))} and found["makes"] == []
    found = JS(ask, **given, label="12", cell=dict(name="dz2_da1", row=1, column=0))
    assert [(c["name"], c["row"], c["column"]) for c in found["makes"]] == [("dE_dz1", r, 1) for r in range(4)] and found["made"] == []
    assert found["makes"][2]["value"] == pytest.approx(it.dE_dz1[2, 1], rel=1e-12)


def test_every_stop_can_be_read_and_what_is_no_formula_is_refused():
    assert {label for label, *_ in cells(Parameters.example(), AND.x, AND.y)} == {op.label for op in OPERATIONS}
    tree = "(() => { try { return cellOf({formulas: {any: [{gives: 'a', parts: [tokens]}]}}, {}, 'a', {}, 0, 0) } catch (error) { return error.message } })()"
    assert "cannot read" in JS(tree, tokens=["x ÷ y"])
    assert "expected a factor" in JS(tree, tokens=[{"q": "x"}, " + "])
    assert "expected )" in JS(tree, tokens=["(", {"q": "x"}])
