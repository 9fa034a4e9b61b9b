"""What the libraries said of the first iteration is what nnlib says; the file was written by tools/frameworks.py."""
import json
from pathlib import Path

import numpy as np
import pytest

from nnlib import AND, Parameters, iteration

SAID = json.loads((Path(__file__).resolve().parents[1] / "nnlib" / "data" / "frameworks.json").read_text("utf8"))


@pytest.mark.parametrize("name", ["pytorch", "jax", "keras", "scikit-learn", "numpy"])
def test_the_same_first_iteration(name):
    """scikit-learn has cross-entropy only."""
    loss = "cross_entropy" if name == "scikit-learn" else "squared_error"
    it = iteration(AND.x, AND.y, Parameters.example(), 0.5, loss=loss)
    assert SAID[name]["version"] and len(SAID[name]["values"]) >= 5
    for quantity, value in SAID[name]["values"].items():
        ours = np.ravel(it[quantity])
        np.testing.assert_allclose(np.ravel(value), ours, rtol=1e-11, atol=1e-13, err_msg=quantity)
