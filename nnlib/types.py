"""The names of the types in nnlib's interface: what goes in is taken as NumPy takes it, what comes out is float64."""
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["ArrayLike", "ArrayName", "FloatArray", "FunctionName", "Numbers"]

FloatArray: TypeAlias = NDArray[np.float64]
Numbers: TypeAlias = np.float64 | FloatArray  # one number, or an array of them: E of a single network, and of copies

# The keys of QUANTITIES, for a type checker, which reads and does not run: those of matrices, and of functions. A test compares.
ArrayName: TypeAlias = Literal[
    "x", "y", "w1", "b1", "w2", "b2", "z1", "a1", "z2", "a2",
    "dE_da2", "da2_dz2", "dz2_dw2", "dz2_db2", "dE_dz2", "dE_dw2", "dE_db2", "new_w2", "new_b2",
    "dz2_da1", "da1_dz1", "dz1_dw1", "dz1_db1", "dE_dz1", "dE_dw1", "dE_db1", "new_w1", "new_b1"]
FunctionName: TypeAlias = Literal["hidden", "output"]
