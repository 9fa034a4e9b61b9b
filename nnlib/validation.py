"""What comes in from a user: converted to float64 once, or refused with a message that says what was expected."""
import numbers
import operator

import numpy as np

from nnlib.activations import ACTIVATIONS, SIGMOID, Activation
from nnlib.losses import LOSSES, Loss


def numbers_array(name, value, *, finite=True):
    """A float64 copy of value; TypeError if it does not hold real numbers, ValueError if they are not all finite."""
    try:
        array = np.asarray(value)
    except ValueError:
        raise ValueError(f"{name}: expected a rectangular array of numbers, got rows of different lengths") from None
    if array.dtype.kind not in "fiub":
        raise TypeError(f"{name}: expected an array of real numbers, got {_describe(value)}")
    array = np.array(array, dtype=np.float64)
    if finite and not np.isfinite(array).all():
        where = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
        raise ValueError(f"{name}: expected finite numbers, got {array[where]} at {list(where)}")
    return array


def matrix(name, value, expected, *, leading=False):
    """A float64 copy of a matrix whose shape fits expected, such as ("n", 2); None in expected fits any length.

    leading=True allows more axes in front.
    """
    array = numbers_array(name, value)
    rows_columns = array.shape[-2:]
    fits = array.ndim >= 2 if leading else array.ndim == 2
    fits = fits and all(isinstance(e, str) or e == got for e, got in zip(expected, rows_columns, strict=True))
    if not fits:
        shape = "(" + ("…, " if leading else "") + ", ".join(map(str, expected)) + ")"
        raise ValueError(f"{name}: expected shape {shape}, got {array.shape}")
    if 0 in array.shape:
        raise ValueError(f"{name}: expected at least one row and one column, got shape {array.shape}")
    return array


def examples(x, y, inputs, outputs):
    """x (n, inputs) and y (n, outputs) as float64, with at least one example and as many targets as inputs."""
    x = matrix("x", x, ("n", inputs))
    y = matrix("y", y, (len(x), outputs))
    return x, y


def rate(name, value, *, positive=False):
    """A learning rate as float64: a finite number ≥ 0 (or > 0), or an array of them, one for each copy."""
    if isinstance(value, bool):
        raise TypeError(f"{name}: expected a number, got {value!r}")
    array = numbers_array(name, value)
    if (array < 0).any() or (positive and (array == 0).any()):
        bad = array[(array <= 0) if positive else (array < 0)].flat[0]
        raise ValueError(f"{name}: expected a number {'> 0' if positive else '≥ 0'}, got {bad}")
    return array


def whole(name, value, least):
    """A whole number ≥ least, as int; TypeError if it is no number, ValueError if it is not whole or too small."""
    if isinstance(value, bool) or not isinstance(value, numbers.Real | np.integer):
        raise TypeError(f"{name}: expected a whole number, got {_describe(value)}")
    if value != value or value in (float("inf"), float("-inf")) or value != int(value):
        raise ValueError(f"{name}: expected a whole number, got {value}")
    if least is not None and value < least:
        raise ValueError(f"{name}: expected a whole number ≥ {least}, got {value}")
    return operator.index(int(value))


def activation(name, value):
    """An Activation: one is given, or the name of one ("sigmoid", "tanh", "relu", "identity")."""
    if isinstance(value, Activation):
        return value
    known = ", ".join(ACTIVATIONS)
    if isinstance(value, str):
        if value in ACTIVATIONS:
            return ACTIVATIONS[value]
        raise ValueError(f"{name}: expected one of {known}, got {value!r}")
    raise TypeError(f"{name}: expected an Activation ({known}), got {_describe(value)}")


def suited_loss(name, value, y, output):
    """A Loss: one is given, or the name of one ("squared_error", "cross_entropy"); it must suit the targets y and the output."""
    known = ", ".join(LOSSES)
    if isinstance(value, str):
        if value not in LOSSES:
            raise ValueError(f"{name}: expected one of {known}, got {value!r}")
        value = LOSSES[value]
    if not isinstance(value, Loss):
        raise TypeError(f"{name}: expected a Loss ({known}), got {_describe(value)}")
    if value.unit and ((y < 0) | (y > 1)).any():
        raise ValueError(f"y: expected targets from 0 to 1 for {value.name}, got {y[(y < 0) | (y > 1)].flat[0]}")
    if value.unit and output is not SIGMOID:
        raise ValueError(f"output: expected sigmoid for {value.name}, whose outputs lie between 0 and 1, got {output.name}")
    return value


def _describe(value):
    """What came, short enough for a message."""
    text = repr(value)
    return text if len(text) <= 60 else f"{type(value).__name__} {text[:57]}…"
