"""What comes in from a user: converted to float64 once, or refused with a message that says what was expected."""
import difflib
import numbers
import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

import numpy as np

from nnlib.types import ArrayLike, FloatArray

T = TypeVar("T")


class Table(dict[str, T], Generic[T]):
    """A dict whose KeyError says which keys there are, and which of them is nearest to the one asked for."""

    def __init__(self, name: str, entries: Mapping[str, T]) -> None:
        super().__init__(entries)
        self.name = name

    def __missing__(self, key: str) -> T:
        raise KeyError(unknown(self.name, key, self))

    def __reduce__(self) -> tuple[object, ...]:
        return Table, (self.name, dict(self))


def unknown(name: str, value: object, known: Iterable[object]) -> str:
    """The sentence that refuses a value which is none of the known ones: what was expected, what came, what may be meant."""
    return f"{name}: expected one of {', '.join(map(str, known))}, got {described(value)}{nearest(value, known)}"


def nearest(value: object, known: Iterable[object]) -> str:
    """"; did you mean 'a2'?" for a misspelt name, and nothing for one that is like none of the known."""
    if not isinstance(value, str | numbers.Number):
        return ""
    lower = {str(k).lower(): k for k in known}
    close = difflib.get_close_matches(str(value).lower(), lower, n=1, cutoff=0.5)  # w3 is half of w1
    return f"; did you mean {lower[close[0]]!r}?" if close else ""


def one_of(name: str, value: object, known: Iterable[str]) -> str:
    """One of the known words, as it is; TypeError if it is no text, ValueError if it is none of them."""
    if not isinstance(value, str):
        raise TypeError(unknown(name, value, known))
    if value not in known:
        raise ValueError(unknown(name, value, known))
    return value


def truth(name: str, value: object) -> bool:
    """True or False, and nothing that merely counts as one of them: "no" would count as True."""
    if not isinstance(value, bool):
        raise TypeError(f"{name}: expected True or False, got {described(value)}")
    return value


def sequence(name: str, value: Iterable[T], of: str) -> tuple[T, ...]:
    """A tuple of what value lists; TypeError for text, a table, and what lists nothing."""
    if isinstance(value, str | bytes | bytearray | Mapping) or not hasattr(value, "__iter__"):
        raise TypeError(f"{name}: expected a list of {of}, got {described(value)}")
    return tuple(value)


def numbers_array(name: str, value: ArrayLike, *, finite: bool = True, truth_values: bool = False) -> FloatArray:
    """A float64 copy of value; TypeError if it does not hold real numbers, ValueError if they are not all finite.

    truth_values=True takes an array of True and False for 1 and 0.
    """
    try:
        array = np.asarray(value)
    except ValueError:
        raise ValueError(f"{name}: expected a rectangular array of numbers, got rows of different lengths") from None
    if array.dtype.kind == "b" and truth_values:
        return array.astype(np.float64)
    if array.dtype.kind == "O" and all(type(one) in (int, float) for one in array.flat):
        try:
            array = array.astype(np.float64)  # whole numbers beyond 64 bits, as a browser writes 2⁶⁴
        except OverflowError:
            raise ValueError(f"{name}: expected finite numbers, got a whole number that float64 does not hold") from None
    if array.dtype.kind not in "fiu" or (not truth_values and _holds(value, _is_truth)):
        raise TypeError(f"{name}: expected an array of real numbers, got {described(value)}")
    if _holds(value, _is_masked):
        raise ValueError(f"{name}: expected numbers without a mask, got a masked array with masked numbers")
    with np.errstate(over="ignore"):  # a long double beyond float64's range becomes inf, and is refused as such
        array = np.array(array, dtype=np.float64)
    if finite and not np.isfinite(array).all():
        where = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
        raise ValueError(f"{name}: expected finite numbers, got {array[where]}" + (f" at {list(where)}" if where else ""))
    return array


def matrix(name: str, value: ArrayLike, expected: Sequence[int | str], *, leading: bool = False, truth_values: bool = False) -> FloatArray:
    """A float64 copy of a matrix whose shape fits expected, such as ("n", 2); None in expected fits any length.

    leading=True allows more axes in front.
    """
    array = numbers_array(name, value, truth_values=truth_values)
    rows_columns = array.shape[-2:]
    fits = array.ndim >= 2 if leading else array.ndim == 2
    fits = fits and all(isinstance(e, str) or e == got for e, got in zip(expected, rows_columns, strict=True))
    if not fits:
        shape = "(" + ("…, " if leading else "") + ", ".join(map(str, expected)) + ")"
        raise ValueError(f"{name}: expected shape {shape}, got {array.shape}")
    if 0 in array.shape:
        raise ValueError(f"{name}: expected at least one row and one column, got shape {array.shape}")
    return array


def vector(name: str, value: ArrayLike, length: int | str = "n", *, finite: bool = True, truth_values: bool = False) -> FloatArray:
    """A float64 copy of some numbers in a row, or of a matrix with one column; ValueError if there are none, or not as many as expected."""
    array = numbers_array(name, value, finite=finite, truth_values=truth_values)
    if array.ndim == 2 and array.shape[1] == 1:
        array = array[:, 0]
    if array.ndim != 1 or (length != "n" and len(array) != length):
        raise ValueError(f"{name}: expected shape ({length},), got {array.shape}")
    if not len(array):
        raise ValueError(f"{name}: expected at least one number, got none")
    return array


def examples(x: ArrayLike, y: ArrayLike, inputs: int | str, outputs: int | str) -> tuple[FloatArray, FloatArray]:
    """x (n, inputs) and y (n, outputs) as float64, with at least one example and as many targets as inputs.

    Both may be truth values: a gate is a table of true and false. A weight or a rate may not: there, True is a slip.
    """
    x = matrix("x", x, ("n", inputs), truth_values=True)
    y = matrix("y", y, (len(x), outputs), truth_values=True)
    return x, y


def rate(name: str, value: ArrayLike, *, positive: bool = False) -> FloatArray:
    """A learning rate as float64: a finite number ≥ 0 (or > 0), or an array of them, one for each copy."""
    if isinstance(value, bool | np.bool_):
        raise TypeError(f"{name}: expected a number, got {bool(value)}")
    array = numbers_array(name, value)
    if not array.size:
        raise ValueError(f"{name}: expected a number, or one for each copy, got none")
    if (array < 0).any() or (positive and (array == 0).any()):
        bad = array[(array <= 0) if positive else (array < 0)].flat[0]
        raise ValueError(f"{name}: expected a number {'> 0' if positive else '≥ 0'}, got {bad}")
    return array


def one_rate(name: str, value: ArrayLike, *, positive: bool = False) -> float:
    """A single rate, as float."""
    return _single(name, rate(name, value, positive=positive))


def number(name: str, value: ArrayLike, least: float = -np.inf, most: float = np.inf) -> float:
    """A finite number from least to most, as float."""
    found = _single(name, numbers_array(name, value))
    if not least <= found <= most:
        raise ValueError(f"{name}: expected a number from {least:g} to {most:g}, got {found:g}")
    return found


def whole(name: str, value: object, least: int | None, most: int | None = None) -> int:
    """A whole number from least to most, as int; TypeError if it is no number, ValueError if it is not whole or outside."""
    if isinstance(value, bool) or not isinstance(value, numbers.Real | np.integer):
        raise TypeError(f"{name}: expected a whole number, got {described(value)}")
    real: float = value  # type: ignore[assignment]  # int and float are numbers.Real, but not to a type checker
    if real != real or real in (float("inf"), float("-inf")) or real != int(real):
        raise ValueError(f"{name}: expected a whole number, got {value}")
    if (least is not None and real < least) or (most is not None and real > most):
        limits = f"≥ {least}" if most is None else f"≤ {most}" if least is None else f"from {least} to {most}"
        raise ValueError(f"{name}: expected a whole number {limits}, got {value}")
    return operator.index(int(real))


def _single(name: str, array: FloatArray) -> float:
    if array.ndim:
        raise ValueError(f"{name}: expected one number, got shape {array.shape}")
    return float(array)


def _holds(value: object, test: Callable[[object], bool]) -> bool:
    """Whether the test is true of a value, or of anything in its lists and tuples."""
    return any(_holds(part, test) for part in value) if isinstance(value, list | tuple) else test(value)


def _is_truth(value: object) -> bool:
    return isinstance(value, bool | np.bool_) or (isinstance(value, np.ndarray) and value.dtype.kind == "b")


def _is_masked(value: object) -> bool:
    return isinstance(value, np.ma.MaskedArray) and np.ma.is_masked(value)


def described(value: object) -> str:
    """What came, short enough for a message."""
    text = repr(value)
    return text if len(text) <= 60 else f"{type(value).__name__} {text[:57]}…"
