"""The wheel: built from what is committed, installed elsewhere, and used there by an interpreter that does not know this tree."""
import ast
import os
import shutil
import subprocess
import sys
import zipfile
from email import message_from_string
from pathlib import Path

import nbformat
import pytest
from fresh import hiding_all_but, run

import nnlib
from nnlib.widgets import WIDGETS

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ("pyproject.toml", "README.md", "LICENSE", "nnlib")
PIP = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Built offline from a copy, so that nothing is left in the tree and nothing old gets in."""
    tree = tmp_path_factory.mktemp("tree")
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, tree)
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([*PIP, "wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", folder, tree], check=True)
    built, = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def names(wheel):
    return zipfile.ZipFile(wheel).namelist()


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run([*PIP, "install", "--no-deps", "--no-index", "--target", folder, wheel], check=True)
    return folder


@pytest.fixture
def elsewhere(installed, tmp_path):
    """How to run an interpreter that finds the installed package, and this tree nowhere."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("FOURTEEN_STEPS")}
    return {"cwd": tmp_path, "env": environment | {"PYTHONPATH": str(installed)}}


def test_the_wheel_holds_every_file_of_the_package_and_nothing_else(names):
    files = {path.relative_to(ROOT).as_posix() for path in (ROOT / "nnlib").rglob("*") if path.suffix in (".py", ".js", ".css", ".typed")}
    files |= {path.relative_to(ROOT).as_posix() for path in (ROOT / "nnlib" / "data").rglob("*") if path.is_file()}
    assert {name for name in names if ".dist-info/" not in name} == files
    assert {Path(name).suffix for name in files} == {".py", ".js", ".css", ".typed", ".txt", ".json", ""}


def test_the_wheel_holds_the_licence(names, wheel):
    licence, = (name for name in names if name.endswith(".dist-info/licenses/LICENSE") or name.endswith(".dist-info/LICENSE"))
    assert zipfile.ZipFile(wheel).read(licence) == (ROOT / "LICENSE").read_bytes()


def test_the_metadata_say_what_the_citation_says(names, wheel):
    text, = (name for name in names if name.endswith("/METADATA"))
    metadata = message_from_string(zipfile.ZipFile(wheel).read(text).decode())
    citation = (ROOT / "CITATION.cff").read_text("utf8")
    assert metadata["Version"] == nnlib.__version__
    assert f"- name: {metadata['Author']}\n" in citation
    assert metadata["License-Expression"] in citation and metadata["License-File"] == "LICENSE"
    assert f"keywords: [{metadata['Keywords'].replace(',', ', ')}]\n" in citation
    assert metadata.get_payload().startswith("# Fourteen Steps")


def test_the_readme_names_the_wheel(wheel):
    assert f"dist/{wheel.name}[" in (ROOT / "README.md").read_text("utf8")


def test_the_core_runs_with_numpy_only(installed, elsewhere):
    said = run(hiding_all_but("numpy", "nnlib") + """
import nnlib
from nnlib import AND, Parameters, gradient_check, train
print(nnlib.__file__)
print(train(AND.x, AND.y, Parameters.random(1), 0.5, 10).epochs, gradient_check(AND.x, AND.y, Parameters.example()).passed())
""", **elsewhere)
    assert said.splitlines() == [str(installed / "nnlib" / "__init__.py"), "10 True"]


def test_every_widget_opens(installed, elsewhere):
    said = run("""
import nnlib.widgets
print(nnlib.widgets.__file__)
for kind in nnlib.widgets.WIDGETS:
    widget = kind()
    assert "export default" in widget._esm and f"class {kind.__name__} " in widget._esm, kind
    assert "--fs-weight" in widget._css and ".fs-" in widget._css, kind
    assert f'data-widget="{kind.__name__}"' in widget._static_html(), kind
    print(kind.__name__)
""", **elsewhere)
    assert said.splitlines() == [str(installed / "nnlib" / "widgets" / "__init__.py"), *(kind.__name__ for kind in WIDGETS)]


def test_the_modules_that_draw_and_derive_open(installed, elsewhere):
    modules = ("nnlib.symbolic", "nnlib.figures", "nnlib.classroom.sheets", "nnlib.classroom.cheatsheet")
    said = run(f"import sys, {', '.join(modules)}\nfor name in {modules}:\n    print(sys.modules[name].__file__)", **elsewhere)
    assert said.splitlines() == [str(installed / f"{name.replace('.', '/')}.py") for name in modules]


def test_the_worksheets_command_answers(elsewhere):
    command = [sys.executable, "-m", "nnlib.worksheets", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, **elsewhere)
    assert done.stdout.startswith("usage: python -m nnlib.worksheets")


def imports(path):
    """The lines of a notebook that import something."""
    code = "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code")
    return [ast.unparse(node) for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Import | ast.ImportFrom)]


def test_whatever_a_notebook_imports_is_there_with_the_wheel(installed, elsewhere):
    pages = [path for path in (ROOT / "book").rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts]
    lines = sorted({line for path in pages for line in imports(path)})
    assert "from nnlib.widgets import StepExplorer" in lines
    said = run("\n".join([*lines, "import nnlib", "print(nnlib.__file__)"]), **elsewhere)
    assert said.split() == [str(installed / "nnlib" / "__init__.py")]


def test_a_notebook_in_a_folder_of_its_own_runs_with_the_wheel(installed, elsewhere):
    folder = elsewhere["cwd"]
    notebook = nbformat.read(ROOT / "book" / "backward" / "step_05_dE_dw2.ipynb", as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell("import nnlib\nprint(nnlib.__file__)"))
    nbformat.write(notebook, folder / "alone.ipynb")
    command = [sys.executable, "-m", "jupyter", "execute", "--inplace", "alone.ipynb"]
    done = subprocess.run(command, capture_output=True, text=True, **elsewhere)
    assert done.returncode == 0, done.stderr
    cells = nbformat.read(folder / "alone.ipynb", as_version=4).cells
    assert cells[-1].outputs[0].text == f"{installed / 'nnlib' / '__init__.py'}\n"
    assert all(cell.execution_count for cell in cells if cell.cell_type == "code")
    assert sorted(path.name for path in folder.iterdir()) == ["alone.ipynb"]
