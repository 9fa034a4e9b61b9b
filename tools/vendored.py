"""Record the files of a vendored package: python tools/vendored.py FOLDER VERSION LICENSE SOURCE"""
import hashlib
import json
import sys
from pathlib import Path


def record(folder, version, license, source):
    """Write VENDORED.json beside the files, with a checksum of each."""
    folder = Path(folder)
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.name != "VENDORED.json")
    sums = {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}
    content = {"version": version, "license": license, "source": source, "sha256": sums}
    (folder / "VENDORED.json").write_text(json.dumps(content, indent=1) + "\n", "utf8")


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    record(*sys.argv[1:])
