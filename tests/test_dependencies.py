"""Arrows point one way: the core needs NumPy only, and every module, in both languages, imports from its own floor or from below."""
import sys
from pathlib import Path

import floors
import pytest
from fresh import run

ROOT = Path(__file__).resolve().parents[1]


def loaded_with(name):
    """The packages that a fresh interpreter loads to import a module."""
    loaded = run(f"import sys; before = set(sys.modules); import {name}; print(*set(sys.modules) - before)").split()
    return {module.split(".")[0] for module in loaded}


def test_the_core_imports_numpy_only():
    third_party = loaded_with("nnlib") - set(sys.stdlib_module_names)
    assert {n for n in third_party if not n.startswith("_")} == {"numpy", "nnlib"}


def test_the_widgets_do_not_load_what_only_paper_and_pictures_need():
    assert not loaded_with("nnlib.widgets") & {"reportlab", "matplotlib", "sympy"}


@pytest.mark.parametrize(("modules", "order"), [(floors.python_modules, floors.PYTHON), (floors.javascript_modules, floors.JAVASCRIPT)],
                         ids=["Python", "JavaScript"])
def test_every_module_imports_from_its_own_floor_or_from_below(modules, order):
    found = modules()
    assert len(found) > 30 and any(found.values())
    assert floors.wrong(found, order) == []


@pytest.mark.parametrize(("modules", "order", "message"), [
    ({"steps": {"network"}}, floors.PYTHON, "steps: imports network, which stands above it"),
    ({"network": {"symbolic"}}, floors.PYTHON, "network: imports symbolic, which stands apart"),
    ({"symbolic": {"validation", "steps"}}, floors.PYTHON, "symbolic: imports steps, but it stands apart"),
    ({"novelty": set()}, floors.PYTHON, "novelty: stands on no floor"),
    ({"model/engine.js": {"ui/plot.js"}}, floors.JAVASCRIPT, "model/engine.js: imports ui/plot.js, which stands above it"),
    ({"ui/plot.js": {"step_explorer.js"}}, floors.JAVASCRIPT, "ui/plot.js: imports step_explorer.js, which stands above it"),
])
def test_an_arrow_that_points_upwards_is_found(modules, order, message):
    assert floors.wrong(modules, order) == [message]


def test_what_is_read_is_what_stands_in_the_files():
    found = floors.python_modules()
    assert {"activations", "losses", "quantities", "validation"} <= found["steps"]
    assert {"widgets/base", "widgets/modules"} <= found["book/bundle"] and "widgets/base" in found["widgets/step_explorer"]
    assert floors.javascript_modules()["ui/plot.js"] == {"model/numbers.js", "model/scales.js", "ui/elements.js"}


def test_the_picture_of_the_floors_is_fresh():
    assert floors.TARGET.read_text("utf8") == floors.picture(), "run: make names"


def test_what_architecture_md_names_is_there():
    """Every file, folder and command of the page exists."""
    import re

    text = (ROOT / "ARCHITECTURE.md").read_text("utf8")
    named = re.findall(r"`((?:nnlib|book|tests|tools|benchmarks|\.github)/[\w./-]*)`", text)
    assert len(named) > 20
    assert [name for name in named if not (ROOT / name).exists()] == []
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf8"), re.M))
    assert set(re.findall(r"`make ([a-z-]+)`", text)) <= targets
