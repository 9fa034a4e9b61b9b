"""Run one iteration in five libraries, in throw-away environments, and write what they say: python tools/frameworks.py

The network is the book's worked example on AND's four rows. Each library runs `tools/frameworks/in_NAME.py` in an environment of its own,
made by uv and thrown away; nothing of it is a dependency of the book. The outputs, with versions, go to nnlib/data/frameworks.json.
With names (`python tools/frameworks.py pytorch jax`) only these are run anew. With NAME=PYTHON an environment that is there is used.
"""
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = ROOT / "tools" / "frameworks"
TARGET = ROOT / "nnlib" / "data" / "frameworks.json"
HIDDEN = ("held", "kept")  # parts of a script that the book does not show
PACKAGES = {"pytorch": ["torch", "numpy"], "jax": ["jax"], "keras": ["tensorflow-cpu"], "scikit-learn": ["scikit-learn"],
            "numpy": ["numpy"]}


def run(name, python=None):
    """What a library says: {"parts", "version", "w1", "values", "unasked"}; parts are the lines of its script, by what they do."""
    script = SCRIPTS / f"in_{name.replace('-', '_')}.py"
    with tempfile.TemporaryDirectory() as folder:
        if python is None:
            python = f"{folder}/env/bin/python"
            subprocess.run(["uv", "venv", "-q", f"{folder}/env"], check=True)
            subprocess.run(["uv", "pip", "install", "-q", "--python", python, *PACKAGES[name]], check=True)
        done = subprocess.run([python, script], check=True, capture_output=True, text=True)
    pieces = re.split(r"^ *# ---- (\w+) ----\n", script.read_text("utf8"), flags=re.M)[1:]
    parts = {name: code.strip("\n") for name, code in zip(pieces[::2], pieces[1::2], strict=True) if name not in HIDDEN}
    return {"parts": parts, **json.loads(done.stdout.splitlines()[-1])}


if __name__ == "__main__":
    arguments = sys.argv[1:]
    given = dict(a.split("=", 1) for a in arguments if "=" in a)
    names = [a for a in arguments if a in PACKAGES] or list(PACKAGES)
    found = json.loads(TARGET.read_text("utf8")) if TARGET.is_file() else {}
    for name in names:
        found[name] = run(name, given.get(name))
    TARGET.write_text(json.dumps({name: found[name] for name in PACKAGES if name in found}, indent=1) + "\n", "utf8")
