"""What follows from the book's code: files that the first build writes, and again when the code has changed; and then every page."""
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


def outdated(app, env, added, changed, removed):
    """Every page, when the code is not as it was: a page names scripts after their content, and an old name leads nowhere."""
    before, env.fourteen_steps_code = getattr(env, "fourteen_steps_code", None), of_code()
    return [] if before == env.fourteen_steps_code else list(env.found_docs)


def written(app, name, write):
    """Call write(), which gives the paths of what it has written, unless the code is as it was then and all of that is there."""
    note = Path(app.doctreedir) / "once" / f"{name}-{digest(str(app.outdir).encode())}.json"
    try:
        known = json.loads(note.read_text("utf8"))
    except (OSError, ValueError):
        known = {}
    if known.get("code") == of_code() and all(Path(path).is_file() for path in known["files"]):
        return
    files = [str(path) for path in write()]
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_text(json.dumps({"code": of_code(), "files": files}), "utf8")
