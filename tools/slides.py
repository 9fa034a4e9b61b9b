"""Copy the built site so that every page opens as slides: _build/slides, and _build/fourteen-steps-slides.zip to carry.

    python tools/slides.py
"""
import shutil
from pathlib import Path

BUILD = Path(__file__).resolve().parents[1] / "_build"


def main():
    """Write the folder and the zip."""
    slides = BUILD / "slides"
    shutil.rmtree(slides, ignore_errors=True)
    shutil.copytree(BUILD / "html", slides, ignore=shutil.ignore_patterns("_sources", "*.ipynb", ".buildinfo"))
    count = 0
    for page in (slides / "book").rglob("*.html"):
        text = page.read_text("utf8")
        page.write_text(text.replace("<html", "<html data-lecture", 1), "utf8")
        count += 1
    shutil.make_archive(str(BUILD / "fourteen-steps-slides"), "zip", slides)
    print(f"{count} sets of slides: open {slides / 'index.html'}, or carry {BUILD / 'fourteen-steps-slides.zip'}")


if __name__ == "__main__":
    main()
