"""tools/check.py: only the notebooks that have changed are run."""
import subprocess

import check


def test_changed_and_new_notebooks_are_found_and_nothing_else(tmp_path, monkeypatch):
    monkeypatch.setattr(check, "ROOT", tmp_path)
    (tmp_path / "book" / "ideas").mkdir(parents=True)
    for name in ("old", "changed", "gone", "with a space ü"):
        (tmp_path / "book" / "ideas" / f"{name}.ipynb").write_text("{}")

    def git(*words):
        subprocess.run(["git", "-c", "user.name=A", "-c", "user.email=a@b.c", *words], cwd=tmp_path, check=True, capture_output=True)

    git("init")
    git("add", ".")
    git("commit", "-m", "start")
    assert check.changed_notebooks() == []
    (tmp_path / "book" / "ideas" / "changed.ipynb").write_text("{ }")
    (tmp_path / "book" / "ideas" / "with a space ü.ipynb").write_text("{ }")
    (tmp_path / "book" / "ideas" / "gone.ipynb").unlink()
    (tmp_path / "book" / "new.ipynb").write_text("{}")
    (tmp_path / "book" / "page.md").write_text("")
    assert set(check.changed_notebooks()) == {"book/ideas/changed.ipynb", "book/ideas/with a space ü.ipynb", "book/new.ipynb"}
