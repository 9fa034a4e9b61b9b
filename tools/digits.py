"""Write nnlib/data/digits from scikit-learn's copy of the UCI data set: python tools/digits.py path/to/digits.csv.gz

The file is `sklearn/datasets/data/digits.csv.gz` of a wheel of scikit-learn. An image is a line of digits.txt: its digit, then its
64 pixels, row by row, a letter for each: a is 0, q is 16.
"""
import gzip
import sys
from pathlib import Path

from vendored import record

TARGET = Path(__file__).resolve().parents[1] / "nnlib" / "data" / "digits"
VERSION = "scikit-learn 1.9.1, sklearn/datasets/data/digits.csv.gz"
LICENSE = "CC BY 4.0"
SOURCE = "https://doi.org/10.24432/C50P49 (E. Alpaydin, C. Kaynak: Optical Recognition of Handwritten Digits, the test part)"


def lines(rows):
    """The text of digits.txt from rows of 64 pixels and a digit."""
    for number, row in enumerate(rows, 1):
        *pixels, digit = [int(float(word)) for word in row.split(",")]
        if len(pixels) != 64 or not all(0 <= p <= 16 for p in pixels) or digit not in range(10):
            raise ValueError(f"row {number}: expected 64 pixels from 0 to 16 and a digit, got {row!r}")
        yield str(digit) + "".join(chr(ord("a") + p) for p in pixels)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with gzip.open(sys.argv[1], "rt", encoding="ascii") as file:
        text = "\n".join(lines(file.read().split())) + "\n"
    TARGET.mkdir(parents=True, exist_ok=True)
    (TARGET / "digits.txt").write_text(text, "ascii")
    record(TARGET, VERSION, LICENSE, SOURCE)
