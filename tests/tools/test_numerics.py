"""tools/numerics.py: a command runs under other numerics, and its exit status is passed on."""
import subprocess
import sys
from pathlib import Path

import numerics

TOOL = Path(numerics.__file__)
LOOK = ("import os; from numpy._core import _multiarray_umath as core; "
        "print(os.environ['OPENBLAS_CORETYPE'], [name for name in core.__cpu_dispatch__ if core.__cpu_features__[name]])")


def test_numpy_computes_without_any_feature_of_this_processor():
    done = subprocess.run([sys.executable, TOOL, sys.executable, "-c", LOOK], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "Nehalem []" and done.stdout.startswith("other numerics: OPENBLAS_CORETYPE=Nehalem")


def test_a_failure_is_passed_on():
    assert subprocess.run([sys.executable, TOOL, sys.executable, "-c", "raise SystemExit(3)"], capture_output=True).returncode == 3
    nothing = subprocess.run([sys.executable, TOOL], capture_output=True, text=True)
    assert nothing.returncode != 0 and "COMMAND" in nothing.stderr
