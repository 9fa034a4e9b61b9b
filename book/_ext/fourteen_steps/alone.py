"""What a reader needs who takes a page's notebook along: the module's wheel, and the way back to this site in the notebook's first line."""
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from nnlib.links import PUBLISHED, SITE, WHEEL, opening_line

PARTS = ("pyproject.toml", "README.md", "LICENSE", "nnlib")  # what the wheel is built from


def write_wheel(app, exception):
    """The site carries the module as a wheel, built anew when a file of the module is younger."""
    target = Path(app.outdir) / "_static" / WHEEL
    if exception or (target.is_file() and target.stat().st_mtime > _youngest(Path(app.srcdir))):
        return
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        tree.mkdir()
        for part in PARTS:
            source = Path(app.srcdir) / part
            if source.is_dir():
                shutil.copytree(source, tree / part, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, tree)
        build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-input"]
        subprocess.run([*build, "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", folder, str(tree)], check=True)
        shutil.copy(Path(folder) / WHEEL, target)


def _youngest(root):
    """When the youngest file of the module was changed."""
    files = (path for part in PARTS for path in (root / part, *(root / part).rglob("*")))
    return max(path.stat().st_mtime for path in files if path.is_file() and "__pycache__" not in path.parts)


def name_the_site(app, exception):
    """The notebooks behind the download buttons say where this site stands, if that is known at all and not yet committed."""
    if exception or SITE == PUBLISHED:
        return
    for path in (Path(app.outdir) / "_sources").rglob("*.ipynb"):
        page = path.relative_to(Path(app.outdir) / "_sources").with_suffix("").as_posix()
        notebook = json.loads(path.read_text("utf8"))
        for cell in notebook["cells"]:
            if cell["source"] == [opening_line(page)]:
                cell["source"] = [opening_line(page, SITE)]
        path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", "utf8")
