"""What follows from the code alone is written once, and again when the code has changed or a file is gone."""
from types import SimpleNamespace

from fourteen_steps import once


def test_it_is_written_again_only_when_it_has_to_be(tmp_path, monkeypatch):
    app, calls = SimpleNamespace(doctreedir=str(tmp_path / "doctrees"), outdir=str(tmp_path / "html")), []

    def write():
        calls.append(1)
        (tmp_path / "a.txt").write_text("a", "utf8")
        return [tmp_path / "a.txt"]

    for _ in range(2):
        once.written(app, "a", write)
    assert len(calls) == 1
    (tmp_path / "a.txt").unlink()
    once.written(app, "a", write)
    assert len(calls) == 2 and (tmp_path / "a.txt").is_file()
    monkeypatch.setattr(once, "of_code", lambda: "another")
    once.written(app, "a", write)
    once.written(app, "b", write)
    assert len(calls) == 4, "other code; another thing to write"
    app.outdir = str(tmp_path / "another")
    once.written(app, "a", write)
    assert len(calls) == 5, "another folder has none of it"


def test_other_code_makes_every_page_out_of_date(monkeypatch):
    """A build of one page left all others asking for scripts whose names had changed."""
    env = SimpleNamespace(found_docs={"book/index", "book/ideas/terms"})
    assert sorted(once.outdated(None, env, set(), set(), set())) == ["book/ideas/terms", "book/index"]
    assert once.outdated(None, env, set(), set(), set()) == []
    monkeypatch.setattr(once, "of_code", lambda: "another")
    assert len(once.outdated(None, env, set(), set(), set())) == 2


def test_every_file_of_the_code_counts(tmp_path, monkeypatch):
    for name in ("nnlib/a.py", "book/_ext/b.js", "requirements.lock", "nnlib/__pycache__/a.pyc"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, "utf8")
    monkeypatch.setattr(once, "ROOT", tmp_path)
    seen = [once.of_code.__wrapped__()]
    for name in ("nnlib/a.py", "book/_ext/b.js", "requirements.lock"):
        (tmp_path / name).write_text("changed", "utf8")
        seen.append(once.of_code.__wrapped__())
    (tmp_path / "nnlib/__pycache__/a.pyc").write_text("changed", "utf8")
    assert len(set(seen)) == 4 and once.of_code.__wrapped__() == seen[-1]
