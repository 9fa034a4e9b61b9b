"""Extras: what is declared is what is imported, and a missing package is one line that names its extra."""
import ast
import json
import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from fresh import hiding, run
from packaging.requirements import Requirement

import nnlib
from nnlib._extras import needs
from nnlib.widgets.base import BookWidget

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "nnlib"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
PARTS = ("widgets", "symbolic", "figures", "classroom")  # of nnlib: a module or a folder with an extra of its own
PART_OF = {"diagrams": "figures"}  # a module that belongs to another's extra
INSTALLED_AS = {"IPython": "ipython"}  # a package that is imported by another name
OPENS = {"jupyterlab", "jupyterlab-myst"}  # no notebook imports them: they show them


def name_of(requirement):
    return re.match(r"[\w-]+", requirement)[0]


def packages(extra):
    """The packages that an extra brings, those of other extras left out."""
    return {name_of(one) for one in EXTRAS[extra]} - {"nnlib"}


def others(extra):
    """The extras that an extra takes in."""
    return {name for one in EXTRAS[extra] if name_of(one) == "nnlib" for name in re.search(r"\[(.*)\]", one)[1].split(",")}


def imported(source):
    """The modules that a piece of Python imports, with dots."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def foreign(sources):
    """The packages that pieces of Python import, without the standard library and nnlib, by the names they are installed by."""
    found = {module.partition(".")[0] for source in sources for module in imported(source)}
    return {INSTALLED_AS.get(name, name) for name in found - sys.stdlib_module_names - {"nnlib"}}


def part(path):
    """The extra that a module belongs to; "" for the core."""
    first = path.relative_to(FOLDER).parts[0].removesuffix(".py")
    first = PART_OF.get(first, first)
    return first if first in PARTS else ""


def sources(of):
    return [path.read_text("utf8") for path in FOLDER.rglob("*.py") if part(path) == of]


def cells():
    """Every code cell of the book."""
    for path in (ROOT / "book").rglob("*.ipynb"):
        if ".ipynb_checkpoints" not in path.parts:
            notebook = json.loads(path.read_text("utf8"))
            yield from ("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code")


def test_the_core_needs_what_the_package_requires():
    assert foreign(sources("")) == {name_of(one) for one in PROJECT["dependencies"]} == {"numpy"}


@pytest.mark.parametrize("extra", PARTS)
def test_an_extra_brings_what_its_modules_import_and_nothing_else(extra):
    """A widget inherits from ipywidgets by way of anywidget: what is overridden there is ours to hold."""
    inherited = {cls.__module__.partition(".")[0] for cls in BookWidget.__mro__} - {"nnlib", "builtins"} if extra == "widgets" else set()
    assert packages(extra) == foreign(sources(extra)) - {"numpy"} | inherited


def test_the_notebooks_extra_brings_what_the_notebooks_import():
    used = {module for cell in cells() for module in imported(cell) if module.partition(".")[0] == "nnlib"}
    exist = {m for m in used if (FOLDER.parent / m.replace(".", "/")).is_dir() or (FOLDER.parent / f"{m.replace('.', '/')}.py").is_file()}
    loaded = set(run(f"import sys, {', '.join(sorted(exist))}; print(*{{name.split('.')[0] for name in sys.modules}})").split())
    assert others("notebooks") == {extra for extra in PARTS if packages(extra) <= loaded}
    brought = {"numpy"}.union(*map(packages, others("notebooks")))
    assert packages("notebooks") == foreign(cells()) - brought | OPENS


def brought_by(requirements):
    """All packages that come with some, by name: what is installed here, in the versions of the lock."""
    found, todo = {}, [*requirements]
    while todo:
        requirement = Requirement(todo.pop())
        name = re.sub(r"[-_.]+", "-", requirement.name).lower()
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue  # for another system
        extras = found.setdefault(name, set()) | {""}
        if found[name] and requirement.extras <= extras:
            continue
        found[name] = extras | requirement.extras
        for one in package.requires or ():
            marker = Requirement(one).marker
            if marker is None or any(marker.evaluate({"extra": extra}) for extra in found[name]):
                todo.append(one)
    return set(found) - {"nnlib"}


def megabytes(packages):
    """What they take on disk, in blocks of 4 KiB, without compiled modules."""
    blocks = 0
    for name in packages:
        for file in distribution(name).files or ():
            if file.suffix != ".pyc" and (path := Path(file.locate())).is_file():
                blocks += -(-path.stat().st_size // 4096)
    return blocks * 4096 / 2**20


def test_the_notebooks_take_less_than_half_of_what_the_whole_lock_takes_and_the_readme_says_how_much():
    locked = set(re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text("utf8"), re.M))
    installed = brought_by(locked)
    notebooks = brought_by([*EXTRAS["notebooks"], "pip"])
    assert {"jupyterlab", "sympy", "matplotlib", "anywidget", "ipykernel", "jupyterlab-myst"} <= notebooks < installed | {"pip"}
    size = megabytes(notebooks)
    assert size < megabytes(installed) / 2
    said = int(re.search(r"it installs about (\d+) MB", (ROOT / "README.md").read_text("utf8"))[1])
    assert size == pytest.approx(said, rel=0.15), "measured with du -sm .lab"


def test_all_is_all():
    assert others("all") == set(EXTRAS) - {"all"} and not packages("all")


def test_every_package_has_a_lower_bound_that_the_pinned_version_meets():
    pins = dict(re.findall(r"^([\w-]+)==([\d.]+)", (ROOT / "requirements.txt").read_text("utf8"), re.M))
    for requirement in (*PROJECT["dependencies"], *(one for extra in EXTRAS.values() for one in extra if name_of(one) != "nnlib")):
        name, bound = re.fullmatch(r"([\w-]+)>=([\d.]+)", requirement).groups()
        assert [*map(int, bound.split("."))] <= [*map(int, pins[name].split("."))], requirement


@pytest.mark.parametrize(("module", "package", "extra"), [
    ("nnlib.widgets", "anywidget", "widgets"),
    ("nnlib.widgets", "traitlets", "widgets"),
    ("nnlib.widgets.step_explorer", "ipywidgets", "widgets"),
    ("nnlib.symbolic", "sympy", "symbolic"),
    ("nnlib.figures", "matplotlib", "figures"),
    ("nnlib.classroom.paper", "reportlab", "classroom"),
    ("nnlib.classroom.sheets", "matplotlib", "classroom"),
    ("nnlib.classroom.cheatsheet", "reportlab", "classroom"),
])
def test_a_missing_package_is_one_line_that_names_its_extra(module, package, extra):
    said = run(hiding(package) + f"import nnlib\ntry:\n    import {module}\nexcept ImportError as error:\n    print(error)")
    assert said == f'nnlib: {package} is not installed; pip install "nnlib[{extra}]" brings it\n'


def test_without_reportlab_the_worksheets_command_says_so_in_one_line(tmp_path):
    code = "import contextlib, runpy\nwith contextlib.redirect_stderr(sys.stdout):\n    try:\n        "
    code += 'runpy.run_module("nnlib.worksheets", run_name="__main__")\n    except SystemExit as end:\n        print(end.code)'
    said = run(hiding("reportlab") + code, cwd=tmp_path)
    assert said == 'nnlib: reportlab is not installed; pip install "nnlib[classroom]" brings it\n1\n'
    assert not list(tmp_path.iterdir())


def test_a_missing_module_of_our_own_is_no_missing_package():
    with pytest.raises(ModuleNotFoundError, match=r"^No module named 'nnlib\.widget'$"), needs("widgets"):
        import nnlib.widget  # noqa: F401


def test_the_version_has_one_home_and_citation_and_changelog_name_it():
    assert "version" in PROJECT["dynamic"] and "version" not in PROJECT
    citation = (ROOT / "CITATION.cff").read_text("utf8")
    assert f"\nversion: {nnlib.__version__}\n" in citation
    released = re.search(r"^date-released: (.*)$", citation, re.M)[1]
    assert f"\n## [{nnlib.__version__}] - {released}\n" in (ROOT / "CHANGELOG.md").read_text("utf8")
