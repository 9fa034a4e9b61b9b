"""What the libraries said of the first iteration is what nnlib says; tools/frameworks.py recorded it."""
import subprocess
import sys

import numpy as np
import pytest

from nnlib import AND, Parameters, frameworks, iteration

NAMES = ["pytorch", "jax", "keras", "scikit-learn", "numpy"]
START = Parameters.example()


@pytest.mark.parametrize("name", NAMES)
def test_the_same_first_iteration(name):
    """scikit-learn has cross-entropy only."""
    loss = "cross_entropy" if name == "scikit-learn" else "squared_error"
    it = iteration(AND.x, AND.y, START, 0.5, loss=loss)
    said = frameworks.recorded()[name]
    assert said.version and len(said.values) == (5 if name == "scikit-learn" else 9)
    for quantity, value in said.values.items():
        assert value.shape == np.shape(it[quantity]), quantity
        np.testing.assert_allclose(value, it[quantity], rtol=1e-11, atol=1e-13, err_msg=quantity)


def test_all_are_there_in_order():
    assert list(frameworks.recorded()) == NAMES == list(frameworks.TITLES)


def test_only_pytorch_holds_its_weights_the_other_way_round():
    for name, said in frameworks.recorded().items():
        assert (said.w1 == (START.w1.T if name == "pytorch" else START.w1)).all(), name


def test_what_is_usual_is_a_mean_without_a_half():
    it, said = iteration(AND.x, AND.y, START, 0.5), frameworks.recorded()
    for name in ("pytorch", "keras"):
        np.testing.assert_allclose(said[name].unasked["E"], it.E * 2 / 4, rtol=1e-12)
        np.testing.assert_allclose(said[name].unasked["dE_dw2"], it.dE_dw2 * 2 / 4, rtol=1e-12)
    assert [one.unasked["precision"] for one in said.values()] == ["float32"] * 3 + ["float64"] * 2


@pytest.mark.parametrize("part", frameworks.PARTS)
def test_the_lines_stand_beside_each_other(part):
    text = frameworks.beside(part)
    places = [text.index(f"**{title}** {frameworks.recorded()[name].version}") for name, title in frameworks.TITLES.items()]
    assert places == sorted(places)
    assert text.count("```python\n") == sum(part in said.parts for said in frameworks.recorded().values())


def test_the_lines_fit_a_page_and_show_nothing_but_the_iteration():
    for said in frameworks.recorded().values():
        for lines in said.parts.values():
            assert max(map(len, lines.splitlines())) <= 79 and "held" not in lines


def test_what_is_shown_is_what_the_scripts_hold():
    """A script that was changed without running it again would show."""
    for name, said in frameworks.recorded().items():
        script = (frameworks.FILE.parents[2] / "tools" / "frameworks" / f"in_{name.replace('-', '_')}.py").read_text("utf8")
        assert all(lines in script for lines in said.parts.values()), name


def test_a_part_that_there_is_not():
    with pytest.raises(ValueError, match="part: expected one of data, weights, forward, loss, slopes, update, got 'back'"):
        frameworks.beside("back")


def test_no_library_is_imported():
    code = "import sys, nnlib.frameworks as f; f.recorded(); assert not {'torch', 'jax', 'keras', 'sklearn'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
