"""Files that follow from the book's code alone, and from no page: written by the first build, and again when the code has changed."""
import functools
import json
from pathlib import Path

from fourteen_steps.named import digest

ROOT = Path(__file__).resolve().parents[3]
CODE = ("nnlib", "book/_ext", "requirements.lock")
LEFT_OUT = {"__pycache__"}


@functools.cache
def of_code():
    """What stands for all code that a build runs: another text in any of its files, another word."""
    files = [file for part in CODE for file in sorted((ROOT / part).rglob("*") if (ROOT / part).is_dir() else [ROOT / part])]
    contents = (f"{file.relative_to(ROOT)} {digest(file.read_bytes())}" for file in files
                if file.is_file() and not LEFT_OUT.intersection(file.parts))
    return digest("\n".join(contents).encode())


def written(app, name, write):
    """Call write(), which gives the paths of what it has written, unless the code is as it was then and all of that is there."""
    note = Path(app.doctreedir) / "once" / f"{name}.json"
    try:
        known = json.loads(note.read_text("utf8"))
    except (OSError, ValueError):
        known = {}
    if known.get("code") == of_code() and all(Path(path).is_file() for path in known["files"]):
        return
    files = [str(path) for path in write()]
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_text(json.dumps({"code": of_code(), "files": files}), "utf8")
