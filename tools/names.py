"""Write names.js: the book's quantities, operations, gates and mistakes for the widgets, from the modules of nnlib.

    python tools/names.py

A test keeps the committed file fresh.
"""
import ast
import inspect
import json
import textwrap
from pathlib import Path

from nnlib import ACTIVATIONS, GATES, OPERATIONS, QUANTITIES, formulas, mistakes

TARGET = Path(__file__).resolve().parents[1] / "nnlib" / "widgets" / "names.js"


def stated(operation, activation):
    """For each output: its name and the parts behind each equals sign, as tokens."""
    return [{"gives": name, "parts": parts} for name, parts in formulas.parts(operation, activation, activation)]


def code(operation):
    """The lines of steps.py that compute it, without signature and docstring."""
    source = textwrap.dedent(inspect.getsource(operation.function))
    body = ast.parse(source).body[0].body[1:]
    lines = source.splitlines()[body[0].lineno - 1:]
    return textwrap.dedent("\n".join(lines)).splitlines()


def mistaken_code():
    """For each mistake and trap, by label: the Python of the function that it puts in, as lines without signature and docstring."""
    source = inspect.getsource(mistakes)
    tree = ast.parse(source)
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    found = {}
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Mistake", "Trap")):
        key, _, replaced = call.args[:3]
        lines = {}
        for label, function in zip(replaced.keys, replaced.values, strict=True):
            if isinstance(function, ast.Lambda):
                lines[label.value] = ["return " + ast.get_source_segment(source, function.body)]
            else:
                body = functions[function.id].body
                lines[label.value] = textwrap.dedent("\n".join(source.splitlines()[body[0].lineno - 1:body[-1].end_lineno])).splitlines()
        found[key.value] = lines
    return found


def content():
    """The text of names.js."""
    quantities = {q.code: {"symbol": q.symbol, "shape": list(q.shape), "meaning": q.meaning, "kind": q.kind}
                  for q in QUANTITIES.values() if q.kind != "function"}
    stops = []
    for operation in OPERATIONS:
        variants = {name: stated(operation, activation) for name, activation in ACTIVATIONS.items()}
        if all(variant == variants["sigmoid"] for variant in variants.values()):
            variants = {"any": variants["sigmoid"]}
        role = next((i for i in operation.inputs if i in ("hidden", "output")), None)
        stops.append({"label": operation.label, "title": operation.title, "words": operation.words, "outputs": operation.outputs,
                      "role": role, "formulas": variants, "code": code(operation)})
    gates = {name: {"x": gate.x.tolist(), "y": gate.y.tolist()} for name, gate in GATES.items()}
    lines_of = mistaken_code()
    groups = {name: {m.key: {"title": m.title, "code": lines_of[m.key]} for m in table.values()}
              for name, table in (("MISTAKE_NAMES", mistakes.MISTAKES), ("SLIP_NAMES", mistakes.SLIPS), ("TRAP_NAMES", mistakes.TRAPS))}
    lines = ["// Written by tools/names.py from quantities.py, steps.py, gates.py and mistakes.py. Do not edit.", "",
             "export const QUANTITIES = {",
             *(f"  {name}: {_json(value)}," for name, value in quantities.items()), "};", "",
             "export const GATES = {", *(f"  {name}: {_json(value)}," for name, value in gates.items()), "};", "",
             *(line for name, group in groups.items() for line in (
                 f"export const {name} = {{", *(f"  {_json(key)}: {_json(value)}," for key, value in group.items()), "};", "")),
             "export const STOPS = [", *(f"  {_json(stop)}," for stop in stops), "];", ""]
    return "\n".join(lines)


def _json(value):
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    TARGET.write_text(content(), "utf8")
