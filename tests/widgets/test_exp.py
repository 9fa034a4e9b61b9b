"""exp.js: e to the power of x, held against forty digits."""
import json
import math
from decimal import Decimal, localcontext

import numpy as np
import pytest
from javascript import Module

EXP = Module("model/exp.js")


def powers(numbers):
    return EXP("numbers.map(exp)", numbers=numbers)


@pytest.mark.parametrize("width", [1e-9, 1e-3, 1, 40, 1416])
def test_off_by_little_more_than_a_unit_of_the_last_place(width):
    numbers = (width * (np.random.default_rng(0).random(3000) - 0.5)).tolist()
    with localcontext() as context:
        context.prec = 40
        off = [abs(Decimal(got) - Decimal(x).exp()) / Decimal(math.ulp(got)) for x, got in zip(numbers, powers(numbers), strict=True)]
    assert max(off) < 1.3


def test_it_grows_where_its_argument_does():
    """Beside every seam of the table, too: 128 of them between 0 and ln 2."""
    seams = np.log(2) / 128 * (np.arange(-256, 256) + 0.5)
    numbers = np.sort(np.concatenate([seams, seams - 1e-13, seams + 1e-13, np.linspace(-3, 3, 2000)]))
    assert (np.diff(powers(numbers.tolist())) >= 0).all()


@pytest.mark.parametrize("x", ["0", "-0", "5e-324", "708", "-708", "709.7", "710", "-744", "-746", "1e308", "-1e308", "Infinity", "-Infinity", "NaN"])
def test_the_ends_are_those_of_the_browser(x):
    ours, theirs = json.loads(EXP.engine.eval(f"JSON.stringify([String(exp({x})), String(Math.exp({x}))])"))
    assert ours == theirs
