"""What a type checker reads in nnlib is what there is: names of quantities are written out for it, and stay those of the table."""
import ast
import importlib
import inspect
import typing
from pathlib import Path

import numpy as np
import pytest

import nnlib
from nnlib import AND, QUANTITIES, Activation, Iteration, Parameters, gradient_check, iteration, types, widgets
from nnlib.checking import GradientCheck

TYPED = ("gates", "activations", "losses", "quantities", "network", "training", "checking", "mistakes", "deep", "autograd", "optimizers",
         "numerals", "links", "formulas", "palette", "classroom.answers")
ARRAYS = {name for name, quantity in QUANTITIES.items() if quantity.shape}
FUNCTIONS = {name for name, quantity in QUANTITIES.items() if quantity.kind == "function"}


def test_the_names_written_out_are_those_of_the_table():
    assert set(typing.get_args(types.ArrayName)) == ARRAYS
    assert set(typing.get_args(types.FunctionName)) == FUNCTIONS
    assert Iteration.__annotations__.keys() == QUANTITIES.keys()
    assert tuple(GradientCheck.__annotations__) == Parameters._fields


def test_an_iteration_holds_what_its_annotations_say():
    it = iteration(AND.x, AND.y, Parameters.example(), 0.5)
    kinds = {types.FloatArray: np.ndarray, types.Numbers: np.float64, float | types.FloatArray: float, Activation: Activation}
    for name, kind in Iteration.__annotations__.items():
        assert isinstance(it[name], kinds[kind]), name
        assert (kind == types.FloatArray) == (name in ARRAYS)


def test_a_check_holds_what_its_annotations_say():
    check = gradient_check(AND.x, AND.y, Parameters.example())
    for name, kind in GradientCheck.__annotations__.items():
        assert type(check[name]) is kind


def test_the_widgets_written_out_are_all_widgets():
    assert widgets.__all__ == ["WIDGETS", *(widget.__name__ for widget in widgets.WIDGETS)]


def functions(module):
    """The public functions of a module, and the methods of its public classes that it writes out itself."""
    for name, value in vars(module).items():
        if not name.startswith("_") and getattr(value, "__module__", None) == module.__name__:
            if inspect.isfunction(value):
                yield value
            elif inspect.isclass(value):
                written = (method for method in vars(value).values() if inspect.isfunction(method))
                yield from (method for method in written if method.__code__.co_filename == module.__file__
                            and method.__name__ not in ("<lambda>", "__getattr__"))


@pytest.mark.parametrize("name", TYPED)
def test_the_public_interface_is_typed_with_names(name):
    module = importlib.import_module(f"nnlib.{name}")
    for function in functions(module):
        hints = typing.get_type_hints(function)
        takes = [parameter for parameter in inspect.signature(function).parameters if parameter not in ("self", "cls")]
        assert {*takes, "return"} <= hints.keys() and typing.Any not in hints.values(), function.__qualname__


def test_the_typed_program_uses_every_public_name():
    """What it imports it uses: ruff sees to that."""
    tree = ast.parse((Path(__file__).parent / "typing_example.py").read_text("utf8"))
    imported = {alias.name for node in tree.body if isinstance(node, ast.ImportFrom) and node.module == "nnlib" for alias in node.names}
    assert set(nnlib.__all__) <= imported
