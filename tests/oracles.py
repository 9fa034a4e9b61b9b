"""Judges from outside: PyTorch's values, the network written once more by hand, and hypothesis strategies."""
import json
from pathlib import Path

import numpy as np
from hypothesis import strategies as st

from nnlib import ACTIVATIONS, Parameters

GOLDEN = json.loads((Path(__file__).parent / "golden" / "golden.json").read_text("utf8"))  # made with PyTorch autograd, never by nnlib

CROSS_ENTROPY = json.loads((Path(__file__).parent / "golden" / "losses.json").read_text("utf8"))  # by golden/losses.py, with its BCELoss

EXAMPLES = {case["name"]: case for case in GOLDEN}
CASES = [(case["name"], case) for case in GOLDEN]


def given(case):
    """A golden case as the arguments of `iteration`."""
    parameters = Parameters(*(case[name] for name in Parameters._fields))
    return dict(x=case["x"], y=case["y"], parameters=parameters, learning_rate=case["learning_rate"],
                hidden=case["hidden"], output=case["output"])


def assert_golden(it, values, tolerance=1e-12):
    """Every named quantity of the iteration equals PyTorch's."""
    for name, expected in values.items():
        got, expected = np.asarray(it[name]), np.asarray(expected)
        assert got.shape == expected.shape, f"{name}: shape {got.shape} is not {expected.shape}"
        error = np.abs(got - expected) / np.maximum(1, np.abs(expected))
        assert error.max() <= tolerance, f"{name}: off by {error.max()}"


def loss_by_hand(x, y, w1, b1, w2, b2):
    """The sigmoid network's loss with loops and math.exp only: shares nothing with nnlib."""
    from math import exp, fsum

    def sigma(z):
        return 1 / (1 + exp(-z)) if z >= 0 else exp(z) / (1 + exp(z))

    total = []
    for row, targets in zip(x, y, strict=True):
        hidden = [sigma(fsum([b1[0][j], *(row[i] * w1[i][j] for i in range(len(row)))])) for j in range(len(w1[0]))]
        for k, target in enumerate(targets):
            out = sigma(fsum([b2[0][k], *(hidden[j] * w2[j][k] for j in range(len(hidden)))]))
            total.append((out - target) ** 2 / 2)
    return fsum(total)


def problems(max_examples=5, max_hidden=4, max_outputs=3, smooth=False):
    """Random networks with data: (x, y, Parameters, hidden, output)."""
    names = [name for name in ACTIVATIONS if not (smooth and name == "relu")]

    @st.composite
    def draw_problem(draw):
        n, h, m = draw(st.integers(1, max_examples)), draw(st.integers(1, max_hidden)), draw(st.integers(1, max_outputs))
        rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
        shapes = (2, h), (1, h), (h, m), (1, m)
        parameters = Parameters(*(rng.uniform(-2, 2, shape) for shape in shapes))
        x, y = rng.uniform(-2, 2, (n, 2)), rng.uniform(0, 1, (n, m))
        return x, y, parameters, draw(st.sampled_from(names)), draw(st.sampled_from(names))

    return draw_problem()
