"""Run a command under other numerics than this processor's own: older kernels of OpenBLAS, and no vector instructions in NumPy.

    python tools/numerics.py COMMAND …        for example: python tools/numerics.py python -m pytest tests

Sums are then added up in another order and exp differs in its last bit, as on another processor. What is stored must not hang on that.
"""
import os
import subprocess
import sys

from numpy._core import _multiarray_umath as core


def environment():
    """The variables that make NumPy compute as on a plainer processor."""
    features = [name for name in core.__cpu_dispatch__ if core.__cpu_features__.get(name)]
    already = os.environ.get("NPY_DISABLE_CPU_FEATURES", "")  # where this runs under itself, they are off and not to be seen
    return {"OPENBLAS_CORETYPE": "Nehalem", "NPY_DISABLE_CPU_FEATURES": ",".join(features) or already}


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    other = environment()
    print("other numerics:", ", ".join(f"{name}={value}" for name, value in other.items()), flush=True)
    sys.exit(subprocess.run(sys.argv[1:], env={**os.environ, **other}).returncode)
