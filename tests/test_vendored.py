"""Third-party files in the repository are what they say they are."""
import hashlib
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = [path for parent in ("book/_ext/vendor", "nnlib/data") for path in (ROOT / parent).iterdir() if path.is_dir()]


@pytest.mark.parametrize("folder", sorted(FOLDERS), ids=lambda p: p.name)
def test_vendored_files_match_their_record(folder):
    record = json.loads((folder / "VENDORED.json").read_text("utf8"))
    assert record["version"] and record["license"] and record["source"]
    assert (folder / "LICENSE").is_file()
    files = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file() and p.name != "VENDORED.json"}
    assert files == set(record["sha256"])
    for name, checksum in record["sha256"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == checksum, name
