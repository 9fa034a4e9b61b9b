"""The table of names covers what an iteration computes, with the right shapes, and each name is written alike everywhere."""
import re

import pytest

from nnlib import OPERATIONS, QUANTITIES, Parameters, iteration
from nnlib.training import GIVEN

N, H, M = 5, 3, 4
IT = iteration([[0.1 * i, 0.2] for i in range(N)], [[0.5] * M] * N, Parameters.random(1, hidden=H, outputs=M), 0.5)


def test_every_quantity_of_an_iteration_is_in_the_table_and_the_other_way_round():
    assert set(IT) == set(QUANTITIES)
    assert {*GIVEN, *(name for op in OPERATIONS for name in op.outputs)} == {*QUANTITIES, "loss"}


@pytest.mark.parametrize("quantity", [q for q in QUANTITIES.values() if q.kind != "function"], ids=lambda q: q.code)
def test_shape_is_as_the_table_says(quantity):
    sizes = {"n": N, "h": H, "m": M}
    value = IT[quantity.code]
    assert getattr(value, "shape", ()) == tuple(sizes.get(axis, axis) for axis in quantity.shape)


def test_no_symbol_stands_for_two_things():
    for field in ("code", "symbol", "latex"):
        assert len({getattr(q, field) for q in QUANTITIES.values()}) == len(QUANTITIES)


def test_shape_reads_as_text():
    assert QUANTITIES["w1"].shape_text == "(2, h)" and QUANTITIES["E"].shape_text == "scalar"
    assert QUANTITIES["hidden"].shape_text == QUANTITIES["output"].shape_text == "–", "a function has no shape"


# ---- a code name says how it is written and what it is: the table is held against these rules ------------------------------

NAMED = {"learning_rate": ("η", r"\eta"), "hidden": ("f", "f"), "output": ("g", "g"),
         "dE_dz1": ("δ₁", r"\delta_1"), "dE_dz2": ("δ₂", r"\delta_2")}
KIND = {"x": "input", "y": "input", "w": "weight", "b": "bias", "z": "activation", "a": "activation", "E": "error"}
KIND_OF_NAMED = {"learning_rate": "rate", "hidden": "function", "output": "function"}


def symbol(code):
    return re.sub("[12]", lambda digit: "₁₂"[int(digit[0]) - 1], code)


def latex(code):
    return re.sub("([12])", r"_\1", code)


def written(code):
    """The symbol and the LaTeX of a code name: w1, new_w1, dE_dw1."""
    if code in NAMED:
        return NAMED[code]
    if code.startswith("new_"):
        return f"new {symbol(code[4:])}", latex(code[4:]) + r"^{\text{new}}"
    if slope := re.fullmatch(r"d(\w+)_d(\w+)", code):
        of, along = slope.groups()
        return f"∂{symbol(of)}/∂{symbol(along)}", rf"\frac{{\partial {latex(of)}}}{{\partial {latex(along)}}}"
    return symbol(code), latex(code)


@pytest.mark.parametrize("quantity", QUANTITIES.values(), ids=lambda q: q.code)
def test_a_quantity_is_written_as_its_code_says_and_has_its_kind(quantity):
    assert (quantity.symbol, quantity.latex) == written(quantity.code)
    kind = "gradient" if re.match(r"d\w+_d", quantity.code) else KIND.get(quantity.code.removeprefix("new_")[0])
    assert quantity.kind == KIND_OF_NAMED.get(quantity.code, kind)
    assert len(quantity.meaning.split()) >= 2


def test_no_two_quantities_mean_the_same_and_a_function_is_no_array():
    assert len({q.meaning for q in QUANTITIES.values()}) == len(QUANTITIES)
    assert {QUANTITIES[name].shape for name in ("hidden", "output")} == {()}
