"""The digits: what the file says, and that nobody reads it before it is asked for."""
import subprocess
import sys

import numpy as np

from nnlib import digits


def test_the_split_and_the_numbers():
    train, test = digits.load()
    assert train.x.shape == (1297, 64) and test.x.shape == (500, 64) and train.y.shape == (1297, 10)
    for part in (train, test):
        assert part.x.min() == 0 and part.x.max() == 1 and (part.x * 16 == np.round(part.x * 16)).all()
        assert (part.y.sum(axis=1) == 1).all() and (part.y[np.arange(len(part.y)), part.digits] == 1).all()


def test_what_is_known_of_the_data_set():
    """Its size by class, and its first image, as scikit-learn's documentation shows them."""
    train, test = digits.load()
    every = np.concatenate([train.digits, test.digits])
    assert np.bincount(every).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    first = (16 * train.x[0]).reshape(8, 8)
    assert train.digits[0] == 0 and first[0].tolist() == [0, 0, 5, 13, 9, 1, 0, 0] and first[7].tolist() == [0, 0, 6, 13, 10, 0, 0, 0]


def test_nothing_is_read_before_it_is_asked_for():
    code = "import nnlib, nnlib.digits as d; assert d.text.cache_info().currsize == 0; d.load(); assert d.text.cache_info().currsize == 1"
    subprocess.run([sys.executable, "-c", code], check=True)
