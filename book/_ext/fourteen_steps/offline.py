"""The site without a network: which of its files a reader needs, and the worker that keeps them on the reader's device.

The worker (`offline/worker.js`) is written last, with a checksum of every file as it stands then. It keeps by those, so that a page never
meets a file of another version. Workbox does the same and much more; it wants Node when the book is built, keeps by address and not by
content, and what is needed of it here is a hundred lines.
"""
import hashlib
import json
import re
from pathlib import Path

from fourteen_steps import shrink
from fourteen_steps.assets import HERE

WORKER = "offline-worker.js"
SOURCE = HERE / "offline" / "worker.js"
DOWNLOADS = {".apkg", ".epub", ".gift", ".ipynb", ".md", ".pdf", ".whl", ".xml", ".zip"}
NAME = re.compile(r"[\w.-]+\.\w+")
ADDRESS = re.compile(r'(?:href|src|data-[\w-]+)="([^"]+)"')
SITE_ZIP = "fourteen-steps-site.zip"  # the site once more
NOT_KEPT = (WORKER, f"_static/{SITE_ZIP}")


def part_of(name):
    """Which part of the site a file belongs to: the book itself, Python in the page, or files to download."""
    if name.startswith("_static/python/"):
        return "python"
    return "files" if Path(name).suffix in DOWNLOADS else "book"


def needed(site):
    """The files of the built site that its pages speak of, and the files that those speak of, by part: {part: [name, …]}.

    A file counts as spoken of where its name stands in an address or a script: none is put together from pieces, except for Python's.
    """
    site = Path(site)
    files = {path: path.relative_to(site).as_posix() for path in sorted(site.rglob("*")) if path.is_file()}
    waiting = [path for path, name in files.items() if path.suffix == ".html" and not name.startswith("_")]
    waiting += [path for path, name in files.items() if part_of(name) == "python" and path.suffix != ".json"]
    found, spoken = set(waiting), set()
    while waiting:
        for path in waiting:
            spoken.update(names_in(path, files[path]))
        waiting = [path for path, name in files.items() if path not in found and path.name in spoken and name not in NOT_KEPT]
        found.update(waiting)
    parts = {"book": [], "python": [], "files": []}
    for path, name in files.items():
        if path in found:
            parts[part_of(name)].append(name)
    return parts


def names_in(path, name):
    """The names of files that stand in a file."""
    if path.suffix == ".html":
        return NAME.findall(" ".join(ADDRESS.findall(path.read_text("utf8"))))
    reads = path.suffix in (".css", ".js") and (part_of(name) == "book" or path.name.startswith("session."))
    return NAME.findall(path.read_text("utf8")) if reads else []


def parts(site):
    """What worker.js calls PARTS."""
    return {part: {"bytes": sum((site / name).stat().st_size for name in names), "files": {name: checksum(site / name) for name in names}}
            for part, names in needed(site).items()}


def checksum(file):
    """The first sixteen letters of a file's SHA-256, as worker.js computes it."""
    return hashlib.sha256(file.read_bytes()).hexdigest()[:16]


def write_worker(site):
    """The worker of the site as it stands now."""
    known = json.dumps(parts(Path(site)), ensure_ascii=False, separators=(",", ":"))
    (Path(site) / WORKER).write_text(f"const PARTS = {known};\n" + shrink.script(SOURCE.read_text("utf8")), "utf8")


def write(app, exception):
    """When everything else has been written."""
    if not exception and app.builder.name == "html":
        write_worker(Path(app.outdir))
