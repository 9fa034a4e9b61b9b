"""Write the questions of the quiz pages from the question bank; what stands above the first question stays as it is.

    python tools/quizzes.py         writes book/*/quiz.md; a test keeps them fresh
"""
from pathlib import Path

from nnlib.classroom.bank import select
from nnlib.classroom.items import PARTS

BOOK = Path(__file__).resolve().parents[1] / "book"
PAGES = tuple(page for part in PARTS if (page := BOOK / part / "quiz.md").is_file())


def written(page):
    """The text of a quiz page: its own opening, then each question with its answers to unfold."""
    opening = page.read_text("utf8").partition("\n## ")[0].rstrip()
    asked = [item for item in select(page.parent.name) if getattr(item, "quiz", False)]
    return "\n\n".join([opening, *(block for at, item in enumerate(asked, 1) for block in _question(at, item))]) + "\n"


def _question(number, item):
    yield f"## {number}. {item.ask}"
    for option in item.options:
        yield f":::{{dropdown}} {option.text}\n:class-container: fs-{'right' if option.right else 'wrong'}"
        yield f"{'Right' if option.right else 'No'}. {option.feedback}"
        yield ":::"


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(written(page), "utf8")
