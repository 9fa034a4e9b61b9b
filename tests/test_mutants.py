"""The mutation runner: it finds what no test notices, and only that, in both languages; and an endless loop is ended."""
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

TOOL = Path(__file__).resolve().parents[1] / "tools" / "mutants.py"

PYTHON = '''"""A toy."""


def clipped(value, top=5):
    """At most top."""
    while value > top:
        value = value - 1
    return value
'''
PYTHON_TEST = """from toy import clipped

def test_clipped():
    assert clipped(7) == 5 and clipped(3) == 3
"""
JAVASCRIPT = """export function sign(z) {
  if (z > 0) return "up";
  return z < 0 ? "down" : "level";
}
"""
JAVASCRIPT_TEST = """from pathlib import Path

from py_mini_racer import MiniRacer

def test_sign():
    engine = MiniRacer()
    engine.eval(Path("curve.js").read_text().removeprefix("export "))
    assert [engine.eval(f"sign({z})") for z in (-1, 1)] == ["down", "up"]
"""
EQUIVALENT = """[[mutant]]
module = "curve.js"
line = 'if (z > 0) return "up";'
becomes = 'if (z >= 0) return "up";'
reason = "Nobody asks for zero."
"""


@pytest.fixture
def toy(tmp_path):
    """A tree with a module in each language and a test for each."""
    (tmp_path / "tests").mkdir()
    (tmp_path / "tools").mkdir()
    for name, text in {"toy.py": PYTHON, "tests/test_toy.py": PYTHON_TEST, "curve.js": JAVASCRIPT, "tests/test_curve.py": JAVASCRIPT_TEST,
                       "pyproject.toml": "[tool.pytest.ini_options]\n"}.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def run(root, *arguments):
    return subprocess.run([sys.executable, TOOL, "--root", root, *arguments], capture_output=True, text=True, timeout=100)


def survivors(output):
    return {line.removeprefix("survives: ") for line in output.splitlines() if line.startswith("survives: ")}


def test_planted_survivors_are_found_in_both_languages_and_an_endless_loop_is_ended(toy):
    """`value - 1` becomes `value + 1` among others, which never ends."""
    result = run(toy, "--module", "toy.py", "--module", "curve.js", "--limit", "5")
    assert survivors(result.stdout) == {
        "toy.py:7  value = value - 1  →  value = value - 2",
        'curve.js:2  if (z > 0) return "up";  →  if (z >= 0) return "up";',
        'curve.js:3  return z < 0 ? "down" : "level";  →  return z <= 0 ? "down" : "level";',
        'curve.js:3  return z < 0 ? "down" : "level";  →  return z < 1 ? "down" : "level";',
        'curve.js:3  return z < 0 ? "down" : "level";  →  return z < 0 ? "down" : "";',
    }, result.stdout + result.stderr
    assert result.returncode == 1
    assert (toy / "toy.py").read_text() == PYTHON and (toy / "curve.js").read_text() == JAVASCRIPT


def test_a_listed_equivalent_is_no_survivor_and_one_that_a_test_notices_is_an_error(toy):
    (toy / "tools" / "equivalent_mutants.toml").write_text(EQUIVALENT + EQUIVALENT.replace("(z >= 0)", "(!(z > 0))"))
    result = run(toy, "--module", "curve.js")
    noticed = 'curve.js:2  if (z > 0) return "up";  →  if (!(z > 0)) return "up";'
    assert f"listed as equivalent, yet a test notices it: {noticed}" in result.stdout
    assert not any(line.startswith("curve.js:2") for line in survivors(result.stdout))
    assert result.returncode == 1


@pytest.mark.parametrize(("entry", "message"), [
    (EQUIVALENT.replace("curve.js", "gone.js"), "fits no mutant any more"),
    (EQUIVALENT.replace(">=", "=="), "fits no mutant any more"),
    (EQUIVALENT.replace("Nobody asks for zero.", " "), "has no reason"),
])
def test_an_entry_that_says_nothing_is_an_error(toy, entry, message):
    (toy / "tools" / "equivalent_mutants.toml").write_text(entry)
    result = run(toy, "--module", "curve.js")
    assert result.returncode == 1 and message in result.stderr


def test_tests_that_fail_by_themselves_are_an_error(toy):
    (toy / "tests" / "test_toy.py").write_text("def test(): assert False")
    result = run(toy, "--module", "toy.py")
    assert result.returncode == 1 and "The tests fail before anything is changed." in result.stderr


CHANGES = {
    "x.py": [("a = f(1, b=2)", {"a = f(2, b=2)", "a = f(1, b=3)", "a = f(b=2)", "a = f(1)", "pass"}),
             ("f(a, c)", {"f(c, a)", "f(a)", "f(c)", "pass"}),
             ("a = -b", {"a = b", "pass"}),
             ("a = b @ c", {"a = b * c", "pass"}),
             ("assert a or b", {"assert a and b", "assert not (a or b)", "pass"}),
             ('def f():\n    """Says."""\n    return "σ"', {'return ""', "return None"}),
             ("def f(a: 'int'): return f'{a + 1}'", {"def f(a: 'int'): return f'{a - 1}'", "def f(a: 'int'): return f'{a + 2}'",
                                                     "def f(a: 'int'): return \"\"", "def f(a: 'int'): return None"})],
    "x.js": [("f(a, 1.5);", {"f(1.5, a);", "f(1.5);", "f(a);", "f(a, 2.5);", ";"}),
             ("a = new F(b, c);", {"a = new F(c, b);", "a = new F(b);", "a = new F(c);", ";"}),
             ("f(Math.max(a, b));", {"f(Math.max(a));", "f(Math.max(b));", "f();", ";"}),
             ("const a = b ?? !c;", {"const a = b && !c;", "const a = b ?? c;"}),
             ("const f = (a) => a * 0x10;", {"const f = (a) => a / 0x10;", "const f = (a) => a * 17;", "const f = (a) => undefined;"}),
             ('import {a} from "./b.js";', set())],
}


@pytest.mark.parametrize(("module", "source", "expected"), [(module, *case) for module, cases in CHANGES.items() for case in cases])
def test_what_is_changed(tmp_path, module, source, expected):
    from mutants import mutants

    (tmp_path / module).write_text(source)
    assert {mutant.after for mutant in mutants(tmp_path, module)} == expected


def test_judges_are_the_tests_that_import_a_module_even_by_a_name_that_the_package_hands_on(tmp_path):
    from mutants import judges

    for name, text in {
        "nnlib/__init__.py": "from nnlib.deep.gates import AND", "nnlib/deep/__init__.py": "", "nnlib/deep/gates.py": "AND = 1",
        "nnlib/widgets/model/engine.js": 'import { a } from "./matrices.js";', "nnlib/widgets/model/matrices.js": "",
        "nnlib/widgets/ui/plot.js": 'import { a } from "../model/engine.js";', "tests/test_gates.py": "",
        "tests/deep/test_name.py": "from nnlib import AND",
        "tests/helper.py": 'import nnlib.deep.gates\nENGINE = "model/engine.js"', "tests/test_with_help.py": "import helper",
        "tests/test_of_nothing.py": "import nnlib", "tests/browser/test_page.py": "from nnlib import AND",
        "tests/browser/ui/test_ui_plot.py": 'PLOT = "/ui/plot.js"', "tests/browser/ui/test_ui_play.py": "",
        "nnlib/widgets/bug_lab.js": "", "tests/browser/mounted/test_mounted_bug_lab.py": ""}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    own, others = judges(tmp_path, "nnlib/deep/gates.py")
    assert [path.name for path in own] == ["test_gates.py"]
    assert [path.name for path in others] == ["test_name.py", "test_with_help.py"]
    for module in ("engine", "matrices"):
        own, others = judges(tmp_path, f"nnlib/widgets/model/{module}.js")
        assert own == [] and [path.name for path in others] == ["test_with_help.py"], "matrices.js by way of engine.js"
    own, others = judges(tmp_path, "nnlib/widgets/ui/plot.js")
    assert [path.name for path in own] == ["test_ui_plot.py"] and others == []
    assert [path.name for path in judges(tmp_path, "nnlib/widgets/bug_lab.js")[0]] == ["test_mounted_bug_lab.py"]
