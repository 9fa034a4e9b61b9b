"""The files of the Python that runs in the page: which they are, their official sums, and the cache where they wait.

`tools/pyodide.py` brings them; nothing here asks the network for anything.
"""
import functools
import hashlib
import json
import os
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PINS_FILE = ROOT / "book" / "_ext" / "live" / "pyodide.json"
PINS = json.loads(PINS_FILE.read_text("utf8"))


def cache():
    """Where the files are kept, outside the tree: the same for every clone."""
    home = os.environ.get("XDG_CACHE_HOME") or (os.environ.get("LOCALAPPDATA") if os.name == "nt" else None) or Path.home() / ".cache"
    return Path(home) / "fourteen-steps" / f"python-{PINS['version']}"


@functools.cache
def _lock():
    """requirements.lock by package: its version and the checksums of its files."""
    text = (ROOT / "requirements.lock").read_text("utf8").replace("\\\n", " ")
    found = re.findall(r"^([a-z0-9-]+)==([^ ;]+)[^\n]*?((?:\s+--hash=sha256:[0-9a-f]{64})+)", text, re.M)
    return {name: (version, re.findall(r"[0-9a-f]{64}", sums)) for name, version, sums in found}


def locked(package):
    """A pure package as pip wants it: version and checksums, from requirements.lock."""
    version, sums = _lock()[package]
    return f"{package}=={version} " + " ".join(f"--hash=sha256:{one}" for one in sums)


def _sums(name):
    """The sums that a file of this name may have; KeyError for a name that is not ours."""
    if name in PINS["files"]:
        return [PINS["files"][name]]
    package = name.split("-")[0].replace("_", "-").lower()
    if package not in PINS["pure"]:
        raise KeyError(name)
    return _lock()[package][1]


def is_official(name, content):
    """Whether these bytes are what the official sums say of this file."""
    return hashlib.sha256(content).hexdigest() in _sums(name)


def is_here(folder, name):
    """Whether the cache has the official file."""
    file = Path(folder) / name
    return file.is_file() and is_official(name, file.read_bytes())


def pure_wheel(folder, package):
    """The wheel of a pure package in the cache, or None."""
    version = _lock()[package][0]
    wheels = Path(folder).glob(f"{package.replace('-', '_')}-{version}-*-none-any.whl")
    return next((wheel for wheel in wheels if is_here(folder, wheel.name)), None)


def missing(folder):
    """What the cache does not have, or has with another checksum."""
    lost = [name for name in PINS["files"] if not is_here(folder, name)]
    return lost + [package for package in PINS["pure"] if not pure_wheel(folder, package)]


def wheels(folder):
    """Every package's wheel by its name: {"numpy": path, …}."""
    found = {name.split("-")[0].replace("_", "-").lower(): Path(folder) / name for name in PINS["files"] if name.endswith(".whl")}
    return found | {package: pure_wheel(folder, package) for package in PINS["pure"]}
