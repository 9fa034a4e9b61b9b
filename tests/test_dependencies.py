"""Arrows point one way: the core needs NumPy only, and modules import downwards."""
import ast
import subprocess
import sys
from pathlib import Path

import nnlib

CORE = ["gates", "limits", "validation", "activations", "losses", "quantities", "steps", "network", "training", "checking", "mistakes"]


def test_the_core_imports_numpy_only():
    code = "import sys; before = set(sys.modules); import nnlib; print(*set(sys.modules) - before)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    third_party = {name.split(".")[0] for name in loaded} - set(sys.stdlib_module_names)
    assert {n for n in third_party if not n.startswith("_")} == {"numpy", "nnlib"}


def test_core_modules_import_only_what_stands_before_them():
    folder = Path(nnlib.__file__).parent
    for position, name in enumerate(CORE):
        for node in ast.walk(ast.parse((folder / f"{name}.py").read_text("utf8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("nnlib"):
                modules = [node.module.split(".")[1]] if "." in node.module else [alias.name for alias in node.names]
                for module in modules:
                    assert module in CORE[:position], f"{name} imports {module}"
