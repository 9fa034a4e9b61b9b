"""Arrows point one way: the core needs NumPy only, and modules import downwards."""
import ast
import sys
from pathlib import Path

import pytest
from fresh import run

import nnlib

CORE = ["types", "gates", "limits", "validation", "activations", "losses", "quantities", "numerals", "links", "steps", "formulas",
        "network", "training", "checking", "mistakes"]


def loaded_with(name):
    """The packages that a fresh interpreter loads to import a module."""
    loaded = run(f"import sys; before = set(sys.modules); import {name}; print(*set(sys.modules) - before)").split()
    return {module.split(".")[0] for module in loaded}


def test_the_core_imports_numpy_only():
    third_party = loaded_with("nnlib") - set(sys.stdlib_module_names)
    assert {n for n in third_party if not n.startswith("_")} == {"numpy", "nnlib"}


@pytest.mark.parametrize("name", ["nnlib.widgets", "nnlib.classroom.answers", "nnlib.classroom.worksheets"])
def test_only_who_draws_loads_what_draws(name):
    assert not loaded_with(name) & {"reportlab", "matplotlib", "sympy"}


def test_core_modules_import_only_what_stands_before_them():
    folder = Path(nnlib.__file__).parent
    for position, name in enumerate(CORE):
        for node in ast.walk(ast.parse((folder / f"{name}.py").read_text("utf8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("nnlib"):
                modules = [node.module.split(".")[1]] if "." in node.module else [alias.name for alias in node.names]
                for module in modules:
                    assert module in CORE[:position], f"{name} imports {module}"
