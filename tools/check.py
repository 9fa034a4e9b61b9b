"""Quick checks while you work, with no build of the book: lint, the unit tests, and the notebooks whose files have changed.

    python tools/check.py          what `make check` calls, after the linters

Hypothesis looks at few examples here, and tests marked slow are left out: `make test` runs everything.
"""
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def changed_notebooks():
    """The notebooks that differ from the last commit, or are new."""
    asked = ["git", "status", "--porcelain", "--untracked-files=all", "-z", "--", "book"]
    entries = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    names = [entry[3:] for entry in entries if len(entry) > 3]
    return [name for name in names if name.endswith(".ipynb") and (ROOT / name).is_file()]


def main():
    """Run pytest once over all of it; its exit status."""
    tests = ["tests", "--ignore=tests/browser", "-m", "not slow"]
    return subprocess.run([sys.executable, "-m", "pytest", *tests, *changed_notebooks()], cwd=ROOT,
                          env={**os.environ, "HYPOTHESIS_PROFILE": "quick"}).returncode


if __name__ == "__main__":
    sys.exit(main())
