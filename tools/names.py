"""Write generated/names.js, slips.js, limits.js, optimizers.js and graphs.js: what the widgets take from the modules of nnlib.

    python tools/names.py

names.js: the quantities, stops, gates and examples. slips.js: mistakes, and what is said of answers. limits.js: limits, and numbers that
decide.
optimizers.js: settings, and the ground of the race. graphs.js: the expressions that are stepped through.
A test keeps the committed files fresh.
"""
import ast
import inspect
import json
import re
import textwrap
from pathlib import Path

from nnlib import ACTIVATIONS, GATES, LOSSES, OPERATIONS, QUANTITIES, SIGMOID, SQUARED_ERROR, checking, formulas, limits, links, mistakes
from nnlib.classroom import answers
from nnlib.classroom.worksheets import LEVELS, ON_PAGES, ROWS
from nnlib.gates import TWO_EXAMPLES
from nnlib.graphs import GRAPHS
from nnlib.network import LEARNING_RATE, Parameters
from nnlib.optimizers import OPTIMIZERS, REACH, VALLEY

GENERATED = Path(__file__).resolve().parents[1] / "nnlib" / "widgets" / "generated"


def stated(operation, activation=SIGMOID, loss=SQUARED_ERROR):
    """For each output: its name and the parts behind each equals sign, as tokens."""
    return [{"gives": name, "parts": parts} for name, parts in formulas.parts(operation, activation, activation, loss)]


def code(function):
    """The lines of Python that a function computes with, without signature and docstring."""
    source = textwrap.dedent(inspect.getsource(function))
    body = [node for node in ast.parse(source).body[0].body if not isinstance(getattr(node, "value", None), ast.Constant)]
    return textwrap.dedent("\n".join(source.splitlines()[body[0].lineno - 1:])).splitlines()


def code_of_loss(operation, loss):
    """The same for E and its slope: what the loss computes, in the names of the book."""
    function = loss.function if operation.label == "E" else loss.derivative
    return [re.sub(r"\ba\b", "a2", line) for line in code(function)]


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


def quantities():
    """The quantities that are numbers."""
    return {q.code: {"symbol": q.symbol, "shape": list(q.shape), "meaning": q.meaning, "kind": q.kind}
            for q in QUANTITIES.values() if q.kind != "function"}


def names():
    """The text of names.js."""
    gates = {name: {"x": gate.x.tolist(), "y": gate.y.tolist()} for name, gate in GATES.items()}
    two = {TWO_EXAMPLES.name: {"x": TWO_EXAMPLES.x.tolist(), "y": TWO_EXAMPLES.y.tolist()}}
    return _module("quantities.py, steps.py and gates.py", [
        *_table("QUANTITIES", quantities()), *_table("GATES", gates), *_table("EXAMPLES", two | gates),
        f"export const LEARNING_RATE = {LEARNING_RATE};", "",
        "export const STOPS = [", *(f"  {_json(stop(operation))}," for operation in OPERATIONS), "];"])


def slips_text():
    """The text of slips.js: what only those need that judge an answer."""
    groups = {name: {m.key: {"title": m.title} for m in table.values()}
              for name, table in (("MISTAKE_NAMES", mistakes.MISTAKES), ("SLIP_NAMES", mistakes.SLIPS), ("TRAP_NAMES", mistakes.TRAPS))}
    said = {"draws": answers.DRAWS, "next": answers.NEXT,
            "sheet_rows": {str(count): list(rows) for count, rows in ROWS.items()},
            "sheet_levels": {level: list(LEVELS[level].labels) for level in ON_PAGES},
            "digits_sheet": answers.SHEET_DIGITS, "from_blame": answers.FROM_BLAME,
            "needed": {name: answers.needed(name) for name in answers.ASKED},
            "in_the_end": answers.IN_THE_END,
            "early": {"key": answers.EARLY, "title": answers.EARLY_TITLE}}
    return _module("mistakes.py and answers.py", [
        *(line for name, group in groups.items() for line in _table(name, group)), *_table("ANSWERS", said)])


def lab_text():
    """The text of lab.js: what only the bug lab shows, the code of what is switched on."""
    lines_of = mistaken_code()
    return _module("mistakes.py", [line for name, table in (("MISTAKE_CODE", mistakes.MISTAKES), ("TRAP_CODE", mistakes.TRAPS))
                                   for line in _table(name, {key: lines_of[key] for key in table})])


def stop(operation):
    """An operation as the widgets know it."""
    role = next((i for i in operation.inputs if i not in quantities()), None)
    if role == "loss":
        variants = {loss.name: stated(operation, loss=loss) for loss in LOSSES.values()}
        lines = {loss.name: code_of_loss(operation, loss) for loss in LOSSES.values()}
    else:
        functions = ACTIVATIONS if role else {"any": SIGMOID}
        variants = {name: stated(operation, activation) for name, activation in functions.items()}
        lines = {"any": code(operation.function)}
    return {"label": operation.label, "name": operation.name, "layer": operation.layer, "title": operation.title,
            "words": operation.marked, "outputs": operation.outputs, "role": role, "formulas": variants, "code": lines}


def limits_text():
    """The text of limits.js."""
    constants = {name: value for name, value in vars(limits).items() if name.isupper()}
    judged = {"agree": checking.AGREE, "smallest_slope": checking.SMALLEST_SLOPE, "step": checking.STEP}
    asked = {"usual": answers.usual_digits("E"), "of_new": answers.usual_digits("new_w1"), "nothing": answers.NOTHING}
    return _module("limits.py, links.py, checking.py and answers.py", [
        *_table("LIMITS", {name.lower(): value for name, value in constants.items()}),
        *_table("LINKS", {"version": links.VERSION, "longest": links.LONGEST}),
        *_table("CHECKING", judged), *_table("ASKED_DIGITS", asked)])


def optimizers_text():
    """The text of optimizers.js."""
    worked = {name: p.tolist() for name, p in Parameters.example()._asdict().items()}
    return _module("optimizers.py and network.py", [
        *_table("SETTINGS", {one.name: dict(one.settings) for one in OPTIMIZERS.values()}), *_table("WORKED", worked),
        *_table("VALLEY", VALLEY), *_table("REACH", REACH)])


def graphs_text():
    """The text of graphs.js."""
    kept = {name: {"title": graph.title, "nodes": [{key: value for key, value in node._asdict().items() if value or key == "value"}
                                                   for node in graph.nodes]} for name, graph in GRAPHS.items()}
    return _module("graphs.py", _table("GRAPHS", kept))


def _module(sources, lines):
    return "\n".join([f"// Written by tools/names.py from {sources}. Do not edit.", "", *lines]).rstrip("\n") + "\n"


def _table(name, values):
    keys = {key: key if key.isidentifier() else _json(key) for key in values}
    return [f"export const {name} = {{", *(f"  {keys[key]}: {_json(value)}," for key, value in values.items()), "};", ""]


def _json(value):
    return json.dumps(value, ensure_ascii=False)


FILES = {"names.js": names, "slips.js": slips_text, "limits.js": limits_text, "optimizers.js": optimizers_text,
         "graphs.js": graphs_text, "lab.js": lab_text}

if __name__ == "__main__":
    for file, content in FILES.items():
        (GENERATED / file).write_text(content(), "utf8")
