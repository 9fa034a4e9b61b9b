"""Change one small thing in a module at a time and see whether its tests notice: a change that none notices is a survivor.

    python tools/mutants.py [--module nnlib/gates.py ...] [--sample 50 --seed 1] [-j 2]        all modules if none is named

A test that passes with a wrong module says little. Python is read by ast, JavaScript by tree-sitter. Each mutant stands in a copy of the
tree. JavaScript that draws is judged in a browser that stays open. What changes nothing that anybody could see is listed
in
equivalent_mutants.toml, each with its reason.
"""
import argparse
import ast
import importlib
import itertools
import json
import os
import random
import re
import select
import shutil
import signal
import sys
import tempfile
import time
import tomllib
from collections import deque
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
IMPORT_FOLDERS = ("", "tests", "tools", "book/_ext")
GENERATED = "// Written by tools/"
WARM = ("_hypothesis_pytestplugin", "hypothesis", "numpy", "pytest", "sympy", "matplotlib.figure")  # loaded once, then forked
PYTEST = ["-q", "-o", "addopts=", "-p", "no:cacheprovider", "-p", "_hypothesis_pytestplugin"]
ENVIRONMENT = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONDONTWRITEBYTECODE": "1", "HYPOTHESIS_PROFILE": "repeatable",
               "OPENBLAS_NUM_THREADS": "1"}


def not_copied(folder, names):
    """What hides itself, but for .github with its pictures, and what is made from the rest."""
    made = ("_build", "_generated", "__pycache__")
    return {name for name in names if (name.startswith(".") and name != ".github") or name in made or name.endswith(".egg-info")}


@dataclass(frozen=True)
class Mutant:
    """One change of a module: the bytes from start to end give way to text."""

    module: str
    source: bytes
    start: int
    end: int
    text: bytes

    @property
    def changed(self):
        """The whole module with the change in it."""
        return self.source[:self.start] + self.text + self.source[self.end:]

    @property
    def line(self):
        """The number of the line in which the change begins."""
        return self.source.count(b"\n", 0, self.start) + 1

    def _lines(self, middle):
        first = self.source.rfind(b"\n", 0, self.start) + 1
        last = self.source.find(b"\n", self.end)
        text = self.source[first:self.start] + middle + self.source[self.end:last if last >= 0 else None]
        return " ".join(text.decode().split())

    @property
    def before(self):
        """The lines that it touches, as one."""
        return self._lines(self.source[self.start:self.end])

    @property
    def after(self):
        """The same lines with the change in them."""
        return self._lines(self.text)

    def __str__(self):
        return f"{self.module}:{self.line}  {self.before}  →  {self.after}"


# ---- what is changed into what --------------------------------------------------------------------------------

PYTHON_OPERATORS = {
    ast.Lt: ("<", "<="), ast.LtE: ("<=", "<"), ast.Gt: (">", ">="), ast.GtE: (">=", ">"), ast.Eq: ("==", "!="), ast.NotEq: ("!=", "=="),
    ast.Is: ("is", "is not"), ast.IsNot: (r"is\s+not", "is"), ast.In: ("in", "not in"), ast.NotIn: (r"not\s+in", "in"),
    ast.Add: (r"\+", "-"), ast.Sub: ("-", "+"), ast.Mult: (r"\*", "/"), ast.Div: ("/", "*"), ast.FloorDiv: ("//", "/"), ast.Mod: ("%", "*"),
    ast.MatMult: ("@", "*"), ast.Pow: (r"\*\*", "*"), ast.BitAnd: ("&", "|"), ast.BitOr: (r"\|", "&"), ast.BitXor: (r"\^", "&"),
    ast.LShift: ("<<", ">>"), ast.RShift: (">>", "<<"), ast.And: ("and", "or"), ast.Or: ("or", "and"),
}
SELF_NEGATING = (ast.Eq, ast.NotEq, ast.Is, ast.IsNot, ast.In, ast.NotIn)
JAVASCRIPT_OPERATORS = {
    "<": "<=", "<=": "<", ">": ">=", ">=": ">", "===": "!==", "!==": "===", "==": "!=", "!=": "==", "+": "-", "-": "+", "*": "/", "/": "*",
    "%": "*", "**": "*", "&&": "||", "||": "&&", "??": "&&", "&": "|", "|": "&", "^": "&",
    "<<": ">>", ">>": "<<", ">>>": "<<", "+=": "-=", "-=": "+=", "*=": "/=", "/=": "*=", "&&=": "||=", "||=": "&&=", "??=": "&&=",
    "|=": "&=", "^=": "|=", "++": "--", "--": "++",
}

IN_ANY_ORDER = (b"Math.max", b"Math.min", b"Math.hypot")


def _next(number):
    """Another number, near by."""
    return repr(number + 1 if number + 1 != number else 2 * number)


def _arguments(source, spans, named=()):
    """For the spans of a call's arguments in order: each one dropped, and each two neighbours swapped, unless they are named ones."""
    for number, (start, end) in enumerate(spans):
        if number + 1 < len(spans):
            yield start, spans[number + 1][0], b""
        else:
            yield (spans[number - 1][1] if number else start), end, b""
    for (start, end), (start_2, end_2) in itertools.pairwise(span for span in spans if span not in named):
        yield start, end_2, source[start_2:end_2] + source[end:start_2] + source[start:end]


class PythonChanges:
    """All changes of a Python module, as (start, end, text) in bytes."""

    def __init__(self, source):
        self.source = source
        self.lines = [0, *itertools.accumulate(len(line) for line in source.splitlines(keepends=True))]
        self.tree = ast.parse(source)

    def __iter__(self):
        for node in self._nodes(self.tree):
            yield from self._changes(node)

    def fits(self, changed):
        """Whether the changed module is Python, and another program than before."""
        try:
            return ast.dump(ast.parse(changed)) != ast.dump(self.tree)
        except SyntaxError:
            return False

    def _span(self, node):
        return self.lines[node.lineno - 1] + node.col_offset, self.lines[node.end_lineno - 1] + node.end_col_offset

    def _nodes(self, node):
        """The nodes whose places in the source are known and which do something: no docstrings, no annotations."""
        yield node
        if isinstance(node, ast.JoinedStr):
            inside = [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
            children = [value for value in inside if self._stands_where_it_says(value)]  # before Python 3.12 not all do
        else:
            fields = [value for name, value in ast.iter_fields(node) if name not in ("annotation", "returns")]
            children = [child for value in fields for child in (value if isinstance(value, list) else [value])]
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node, clean=False) is not None:
                children.remove(node.body[0])
        for child in children:
            if isinstance(child, ast.AST):
                yield from self._nodes(child)

    def _stands_where_it_says(self, node):
        start, end = self._span(node)
        try:
            return ast.dump(ast.parse(self.source[start:end].decode(), mode="eval").body) == ast.dump(node)
        except (SyntaxError, UnicodeDecodeError):
            return False

    def _changes(self, node):
        match node:
            case ast.Compare():
                for operator, (left, right) in zip(node.ops, itertools.pairwise([node.left, *node.comparators]), strict=True):
                    yield self._operator(operator, left, right)
            case ast.BinOp():
                yield self._operator(node.op, node.left, node.right)
            case ast.AugAssign():
                yield self._operator(node.op, node.target, node.value)
                yield *self._span(node), b"pass"
            case ast.BoolOp():
                for left, right in itertools.pairwise(node.values):
                    yield self._operator(node.op, left, right)
            case ast.UnaryOp():
                yield self._span(node)[0], self._span(node.operand)[0], b""
            case ast.JoinedStr():
                yield *self._span(node), b'""'
            case ast.Constant() if node.value is not None and node.value is not ...:
                yield *self._span(node), self._other(node.value)
            case ast.Return(value=value) if value is not None:
                yield *self._span(value), b"None"
            case ast.Lambda():
                yield *self._span(node.body), b"None"
            case ast.Expr() | ast.Assign() | ast.Raise() | ast.Assert() | ast.Delete() | ast.Break() | ast.Continue():
                yield *self._span(node), b"pass"
            case ast.AnnAssign() if node.value is not None:
                yield *self._span(node), b"pass"
            case ast.Call():
                named = [self._span(keyword) for keyword in node.keywords]
                yield from _arguments(self.source, sorted([*map(self._span, node.args), *named]), named)
        for condition in (getattr(node, "test", None), *getattr(node, "ifs", ())):
            if condition is not None and not self._negates_itself(condition):
                start, end = self._span(condition)
                yield start, end, b"not (" + self.source[start:end] + b")"

    def _negates_itself(self, condition):
        """Whether the opposite of this condition is among the other changes."""
        if isinstance(condition, ast.Compare):
            return len(condition.ops) == 1 and isinstance(condition.ops[0], SELF_NEGATING)
        return isinstance(condition, ast.UnaryOp) and isinstance(condition.op, ast.Not)

    def _operator(self, operator, left, right):
        start, end = self._span(left)[1], self._span(right)[0]
        gap = re.sub(rb"#[^\n]*", lambda comment: b" " * len(comment[0]), self.source[start:end])
        pattern, other = PYTHON_OPERATORS[type(operator)]
        found = re.search(pattern.encode(), gap)
        return start + found.start(), start + found.end(), other.encode()

    def _other(self, value):
        if isinstance(value, bool):
            return repr(not value).encode()
        if isinstance(value, str):
            return b'""' if value else b'"mutant"'
        return b'b""' if isinstance(value, bytes) else _next(value).encode()


class JavaScriptChanges:
    """All changes of a JavaScript module, as (start, end, text) in bytes."""

    def __init__(self, source):
        import tree_sitter
        import tree_sitter_javascript

        self.source = source
        self.parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_javascript.language()))
        self.root = self.parser.parse(source).root_node

    def __iter__(self):
        for node in self._nodes(self.root):
            for start, end, text in self._changes(node):
                yield start, end, text if isinstance(text, bytes) else text.encode()

    def fits(self, changed):
        """Whether the changed module is JavaScript."""
        return not self.parser.parse(changed).root_node.has_error

    def _nodes(self, node):
        if node.type in ("import_statement", "export_clause"):
            return
        yield node
        for child in node.children:
            yield from self._nodes(child)

    def _changes(self, node):
        span, part = (node.start_byte, node.end_byte), node.child_by_field_name
        match node.type:
            case "binary_expression" | "augmented_assignment_expression" | "update_expression":
                operator = part("operator")
                if operator.type in JAVASCRIPT_OPERATORS:
                    yield operator.start_byte, operator.end_byte, JAVASCRIPT_OPERATORS[operator.type]
            case "unary_expression" if part("operator").type in ("!", "-", "~"):
                yield node.start_byte, part("argument").start_byte, ""
            case "number":
                yield *span, self._another_number(node)
            case "true" | "false":
                yield *span, "false" if node.type == "true" else "true"
            case "string" | "template_string" if not self._names_something(node):
                yield *span, '""' if node.end_byte - node.start_byte > 2 else '"mutant"'
            case "return_statement" if node.named_children:
                yield node.named_children[0].start_byte, node.named_children[0].end_byte, "undefined"
            case "arrow_function" if part("body").type != "statement_block":
                yield part("body").start_byte, part("body").end_byte, "undefined"
            case "expression_statement" | "throw_statement" | "break_statement" | "continue_statement":
                yield *span, ";"
            case "arguments":
                given = [(child.start_byte, child.end_byte) for child in node.named_children if child.type != "comment"]
                called = node.parent.child_by_field_name("function")
                ordered = called is None or called.text not in IN_ANY_ORDER
                yield from _arguments(self.source, given, () if ordered else given)
        condition = part("condition")
        if condition is not None and condition.type == "parenthesized_expression":
            condition = condition.named_children[0]
        if condition is not None and condition.type not in ("empty_statement", ";") and not self._negates_itself(condition):
            start, end = condition.start_byte, condition.end_byte
            yield start, end, b"!(" + self.source[start:end] + b")"

    def _negates_itself(self, condition):
        """Whether the opposite of this condition is among the other changes."""
        operator = condition.child_by_field_name("operator")
        return operator is not None and operator.type in ("===", "!==", "==", "!=", "!")

    def _another_number(self, node):
        text = node.text.decode().replace("_", "")
        if text.endswith("n"):
            return f"{int(text[:-1], 0) + 1}n"
        return _next(int(text, 0)) if re.fullmatch(r"\d+|0[xX][0-9a-fA-F]+|0[bB][01]+", text) else _next(float(text))

    def _names_something(self, node):
        """A key or the name of a module: no value."""
        parent = node.parent
        return (parent.type == "pair" and parent.child_by_field_name("key") == node) or parent.type == "export_statement"


def mutants(root, module):
    """Every mutant of a module (a path below root), in the order of its source."""
    source = (root / module).read_bytes()
    if source.startswith(GENERATED.encode()):
        return []
    changes = (JavaScriptChanges if module.endswith(".js") else PythonChanges)(source)
    found = (Mutant(module, source, *change) for change in sorted(set(changes)))
    return [mutant for mutant in found if mutant.changed != source and changes.fits(mutant.changed)]


# ---- which tests judge a module ------------------------------------------------------------------------------


WIDGETS = Path("nnlib/widgets")
UNJOINED = ("tests/browser/ui", "tests/browser/mounted")  # a browser, but no built site: quick enough


def in_browser(module):
    """Whether a module needs a page to be judged: JavaScript that draws."""
    path = Path(module)
    return path.suffix == ".js" and path.is_relative_to(WIDGETS) and not path.is_relative_to(WIDGETS / "model")


def judges(root, module):
    """The tests of a module, as two lists of paths: those named after it, and the others that import or load it.

    Where there is neither, those that load a JavaScript module which needs it.
    """
    tests = [path for path in sorted((root / "tests").rglob("test_*.py")) if "browser" not in path.relative_to(root).parts]
    if in_browser(module):
        tests = [path for folder in UNJOINED for path in sorted((root / folder).rglob("test_*.py"))]
    names = {f"test_{prefix}{Path(module).stem}" for prefix in ("", "ui_", "mounted_")}
    needing = _needing(root, root / module)
    used = [path for path in tests if _uses(root, path, needing)]
    named = [path for path in tests if path.stem in names]
    own = [path for path in named if path in used or module.endswith(".py") or path.parent.name == "mounted"]
    others = [path for path in used if path not in own]
    naming = [path for path in others if _uses(root, path, {root / module})]
    return own, naming if own or naming else others


def _needing(root, module):
    """A module and, if it is JavaScript, the ones that import it, themselves or by way of others."""
    found = {module}
    texts = {path: path.read_text("utf8") for path in (root / WIDGETS).rglob("*.js")} if module.suffix == ".js" else {}
    imports = {path: {(path.parent / name).resolve() for name in re.findall(r'from "(\.[^"]+)"', text)} for path, text in texts.items()}
    while more := {path for path, names in imports.items() if names & found} - found:
        found |= more
    return found


def _uses(root, test, modules):
    """Whether a test, or a helper beside the tests that it imports, imports one of these Python modules or names a JavaScript one."""
    named = [re.escape(_name(root, module)) for module in modules if module.suffix == ".js"]
    pattern = re.compile(rf"[\"'/](?:{'|'.join(named)})[\"']") if named else None
    seen, waiting = set(), [test]
    while waiting:
        path = waiting.pop()
        seen.add(path)
        text = path.read_text("utf8")
        if pattern and pattern.search(text):
            return True
        for imported in _imports(root, text):
            if imported in modules:
                return True
            if imported not in seen and imported.is_relative_to(root / "tests"):
                waiting.append(imported)
    return False


def _name(root, module):
    """What a JavaScript module is called in the tests: its path below nnlib/widgets, or its file's name elsewhere."""
    below = root / WIDGETS
    return module.relative_to(below).as_posix() if module.is_relative_to(below) else module.name


def _imports(root, text):
    """The files below root that a Python text imports; a name that a package only hands on counts for the module it comes from."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from filter(None, (_file(root, alias.name) for alias in node.names))
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            package = _file(root, node.module)
            for alias in node.names if package else ():
                yield _file(root, f"{node.module}.{alias.name}") or _origin(root, package, alias.name)


def _file(root, dotted):
    for folder in IMPORT_FOLDERS:
        place = root / folder / dotted.replace(".", "/")
        for path in (place.with_suffix(".py"), place / "__init__.py"):
            if path.is_file():
                return path
    return None


def _origin(root, path, name):
    if path.name == "__init__.py":
        for node in ast.parse(path.read_text("utf8")).body:
            if isinstance(node, ast.ImportFrom) and name in [alias.asname or alias.name for alias in node.names]:
                return _file(root, node.module) or path
    return path


# ---- trying them ---------------------------------------------------------------------------------------------


class FastestFirst:
    """For pytest: the tests in the order of the seconds that they take, which the first run measures and leaves in a file."""

    def __init__(self, path):
        self.path = path
        self.seconds = json.loads(path.read_text()) if path.exists() else {}
        self.measured = {}

    def pytest_collection_modifyitems(self, items):
        """Sort the tests, unless nothing is known of them."""
        items.sort(key=lambda item: self.seconds.get(item.nodeid, 0))

    def pytest_runtest_logreport(self, report):
        """Add up what a test takes: its fixtures, itself, and the clearing away."""
        self.measured[report.nodeid] = self.measured.get(report.nodeid, 0) + report.duration

    def pytest_sessionfinish(self):
        """Leave the seconds for the runs to come."""
        if not self.path.exists():
            self.path.write_text(json.dumps(self.measured))


class AtHand:
    """For pytest: the tests stay collected, and what they share stays open; they run whenever a byte comes, and a byte says how it went.

    They stop at the first that fails. It comes first from then on, since what it notices is seldom alone; before it, the quickest do.
    """

    def __init__(self, asked, told):
        self.asked, self.told = asked, told

    def pytest_runtestloop(self, session):
        """Run the tests as often as somebody asks."""
        seconds = {}
        while os.read(self.asked, 1):
            failed = next((item for item in session.items if not self._passes(item, session, seconds)), None)
            if failed:
                session.items.insert(0, session.items.pop(session.items.index(failed)))
            elif len(seconds) == len(session.items):
                session.items.sort(key=lambda item: seconds[item.nodeid])
                seconds["known"] = 0
            os.write(self.told, b"0" if failed or not session.items else b"1")
        return True

    def _passes(self, item, session, seconds):
        from _pytest.runner import runtestprotocol

        began = time.monotonic()
        reports = runtestprotocol(item, nextitem=session)  # what belongs to the whole session stays open
        seconds.setdefault(item.nodeid, time.monotonic() - began)
        return not any(report.failed for report in reports)


class Forked:
    """Some tests in a copy of the tree, each time in a process of their own: the fork of this one, at the head of a group of its own."""

    def __init__(self, folder, tests, output, seconds):
        self.folder, self.tests, self.output = folder, tests, output
        self.seconds = seconds  # the file for FastestFirst
        self.child = None

    def begin(self):
        """Run the tests on the tree as it is now."""
        self.fork(lambda: [FastestFirst(self.seconds)], "-x")

    def passed(self):
        """Whether they have passed, or None while they run."""
        ended, status = os.waitpid(self.child, os.WNOHANG)
        if not ended:
            return None
        self.child = None
        return status == 0

    def end(self):
        """End what runs, and what it has started."""
        if self.child is None:
            return
        try:
            os.killpg(self.child, signal.SIGKILL)
        except ProcessLookupError:  # it has not yet made its group
            os.kill(self.child, signal.SIGKILL)
        os.waitpid(self.child, 0)
        self.child = None

    def fork(self, plugins, *options):
        """The child process; plugins gives those that pytest has there, beside the options."""
        self.child = os.fork()
        if self.child:
            return
        status = 3
        try:
            os.setsid()
            os.chdir(self.folder)
            for stream in (1, 2):
                os.dup2(self.output.fileno(), stream)
            os.environ |= ENVIRONMENT | {"PYTHONPATH": str(self.folder)}
            sys.path.insert(0, str(self.folder))
            sys.dont_write_bytecode = True
            import pytest

            status = int(pytest.main([*PYTEST, *options, *(str(test) for test in self.tests)], plugins=plugins()))
            sys.stdout.flush()
        finally:
            os._exit(status)


class Standing(Forked):
    """The same in one process that stays with its browser. After an end it is begun anew."""

    def begin(self):
        """Ask for a run of the tests, in a new process where there is none."""
        if self.child is None:
            self.ask, self.hear = self._process()
        os.write(self.ask, b"1")

    def passed(self):
        """Whether they have passed, or None while they run."""
        if not select.select([self.hear], [], [], 0)[0]:
            return None
        told = os.read(self.hear, 1)
        if not told:
            self.end()
        return told == b"1"

    def end(self):
        """End the process and its browser."""
        if self.child is not None:
            os.close(self.ask)
            os.close(self.hear)
        super().end()

    def _process(self):
        asked, ask = os.pipe()
        hear, told = os.pipe()

        def plugins():
            os.close(ask)
            os.close(hear)
            return [AtHand(asked, told)]

        self.fork(plugins)  # without -x, which would have pytest close after a failure what stays open here
        os.close(asked)
        os.close(told)
        return ask, hear


def wait_for(running, pause=0.005):
    """Wait until the tests of one of these end or their time is over: which, and whether they passed. running is tests to deadline."""
    while True:
        for tests, deadline in running.items():
            passed = tests.passed()
            if passed is not None:
                return tests, passed
            if time.monotonic() > deadline:
                tests.end()
                return tests, False
        time.sleep(pause)


def seconds_of_tests(tests):
    """How long the tests take on the unchanged tree, which they must pass."""
    began = time.monotonic()
    tests.begin()
    _, passed = wait_for({tests: began + 1800})
    if not passed:
        tests.end()
        tests.output.seek(0)
        sys.exit(f"{tests.output.read().decode()}\nThe tests fail before anything is changed.")
    return time.monotonic() - began


def survivors(root, stages, module, candidates, processes, limit, workplace):
    """Those of the candidates that no test notices, as they are found.

    The first of the stages (lists of paths) is run first, the next on what survives it.
    limit is a number of seconds for each, or None for one from the tests' own time. Without a test everything survives.
    """
    stages = [[test.relative_to(root) for test in tests] for tests in stages if tests]
    if not stages:
        yield from candidates
        return
    seconds = [workplace / f"{module.replace('/', '.')}-{number}.json" for number in range(len(stages))]
    kind = Standing if in_browser(module) else Forked
    with open(workplace / "output", "w+b") as output:
        workers = []
        for number in range(processes):
            folder = workplace / str(number)
            if not folder.exists():
                shutil.copytree(root, folder, ignore=not_copied)
            workers.append([kind(folder, tests, output, file) for tests, file in zip(stages, seconds, strict=True)])
        waiting, running, limits, free = deque(candidates), {}, {}, list(workers)

        def begin(mutant, worker, stage):
            path = worker[stage].folder / module
            if stage not in limits:  # the later tests are not asked before something survives the first
                path.write_bytes(mutant.source)
                limits[stage] = 10 + 4 * seconds_of_tests(worker[stage])
            path.write_bytes(mutant.changed)
            worker[stage].begin()
            running[worker[stage]] = mutant, worker, stage, time.monotonic() + (limit or limits[stage])

        try:
            while waiting or running:
                while waiting and free:
                    mutant, worker = waiting.popleft(), free.pop()
                    begin(mutant, worker, 0)
                tests, passed = wait_for({tests: deadline for tests, (*_, deadline) in running.items()})
                mutant, worker, stage, _ = running.pop(tests)
                if passed and stage + 1 < len(stages):
                    begin(mutant, worker, stage + 1)
                    continue
                (tests.folder / module).write_bytes(mutant.source)
                free.append(worker)
                if passed:
                    yield mutant
        finally:
            for tests in itertools.chain.from_iterable(workers):
                tests.end()


# ---- the tool ------------------------------------------------------------------------------------------------


def listed_equivalents(root, path, modules):
    """The mutants of these modules that the list calls equivalent. An entry without a reason, or that fits none any more, is an error."""
    entries = tomllib.loads(path.read_text("utf8"))["mutant"] if path.exists() else []
    entries = [entry for entry in entries if entry["module"] in modules or not (root / entry["module"]).is_file()]
    found = set()
    for module, of_module in itertools.groupby(sorted(entries, key=lambda e: e["module"]), key=lambda e: e["module"]):
        possible = mutants(root, module) if (root / module).is_file() else []
        for entry in of_module:
            fitting = [m for m in possible if (m.before, m.after) == (entry["line"], entry["becomes"])]
            if not fitting or not entry["reason"].strip():
                sys.exit(f"{path.name}: {module}: {entry['line']!r} → {entry['becomes']!r} "
                         + ("has no reason" if fitting else "fits no mutant any more"))
            found.update(fitting)
    return found


def all_modules(root):
    """The paths of nnlib's modules below root, Python first."""
    paths = (path for ending in ("py", "js") for path in sorted((root / "nnlib").rglob(f"*.{ending}")))
    return [path.relative_to(root).as_posix() for path in paths]


def main(arguments=None):
    """Try the mutants, print survivors and a table; 1 if there is a survivor or an equivalent that a test notices, else 0."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--root", type=Path, default=ROOT, help="the tree with the modules and their tests")
    parser.add_argument("--module", action="append", help="a module, as a path below the root; may be repeated")
    parser.add_argument("--sample", type=int, help="so many mutants of each module, chosen by chance")
    parser.add_argument("--seed", type=int, default=0, help="the seed of that choice")
    parser.add_argument("--own", action="store_true", help="only the tests named after the module: quicker, and stricter")
    parser.add_argument("-j", type=int, default=2, dest="processes", help="how many at the same time")
    parser.add_argument("--limit", type=float, help="seconds for each mutant; else 10 and four times what the tests take")
    options = parser.parse_args(arguments)
    root = options.root.resolve()
    modules = options.module or all_modules(root)
    equivalent = listed_equivalents(root, root / "tools" / "equivalent_mutants.toml", modules)
    os.environ |= ENVIRONMENT
    for name in WARM:
        importlib.import_module(name)

    rows, failed = [], False
    with tempfile.TemporaryDirectory(prefix="mutants-") as workplace:
        for module in modules:
            candidates = mutants(root, module)
            if options.sample is not None and options.sample < len(candidates):
                candidates = random.Random(options.seed).sample(candidates, options.sample)
            stages = judges(root, module)[:1 if options.own else 2]
            alive = []
            for mutant in survivors(root, stages, module, candidates, options.processes, options.limit, Path(workplace)):
                alive.append(mutant)
                if mutant not in equivalent:
                    print(f"survives: {mutant}", flush=True)
            listed = [mutant for mutant in candidates if mutant in equivalent]
            new = [mutant for mutant in alive if mutant not in equivalent]
            noticed = [mutant for mutant in listed if mutant not in alive]
            for mutant in noticed:
                print(f"listed as equivalent, yet a test notices it: {mutant}", flush=True)
            rows.append((module, len(candidates), len(candidates) - len(alive), len(new), len(listed)))
            failed |= bool(new or noticed)
    print(f"\n{'module':40}{'mutants':>9}{'killed':>9}{'survivors':>11}{'equivalent':>12}")
    for module, *numbers in rows:
        print(f"{module:40}{numbers[0]:9}{numbers[1]:9}{numbers[2]:11}{numbers[3]:12}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
