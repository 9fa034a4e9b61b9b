"""Handwritten digits, 8 by 8 pixels: real data for a real network, read from a file of the package when they are asked for.

1797 images by 13 people, the test part of the UCI data set, CC BY 4.0; nnlib/data/digits has licence, source and checksum.
"""
import functools
from pathlib import Path
from typing import NamedTuple

import numpy as np

from nnlib.types import FloatArray

FILE = Path(__file__).parent / "data" / "digits" / "digits.txt"
TRAINED = 1297  # the first so many are for training; the 500 after them are only for the test
DARKEST = 16  # a pixel counts how many of its 16 small squares have ink


class Digits(NamedTuple):
    """Images x (n, 64), 0 is paper and 1 is ink, and their classes y (n, 10), 1 at the digit and 0 elsewhere."""

    x: FloatArray
    y: FloatArray

    @property
    def digits(self) -> FloatArray:
        """The digit of each image, (n,)."""
        return self.y.argmax(axis=1)


@functools.cache
def text() -> str:
    """The file: a line for each image, its digit and a letter for each pixel, from a (0) to q (16)."""
    return FILE.read_text("ascii")


def load() -> tuple[Digits, Digits]:
    """The images to train with, and those to test with: the first 1297 of the file, and the 500 after them. Nobody shuffles them."""
    codes = np.array([list(line.encode()) for line in text().split()])
    x = (codes[:, 1:] - ord("a")) / DARKEST
    y = np.eye(10)[codes[:, 0] - ord("0")]
    return Digits(x[:TRAINED], y[:TRAINED]), Digits(x[TRAINED:], y[TRAINED:])
