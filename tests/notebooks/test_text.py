"""The pages' prose as a whole: every exercise says what it is for, and no sentence is said again and again."""
import re
from collections import defaultdict
from pathlib import Path

import nbformat
import pytest

BOOK = Path(__file__).resolve().parents[2] / "book"
PAGES = sorted(p for end in ("*.ipynb", "*.md") for p in BOOK.rglob(end) if ".ipynb_checkpoints" not in p.parts)
GRADES = ("Warm-up", "Do", "Think", "Prove", "Build")  # each followed by a colon and what the exercise is for, in a few words
BY_NAME = ("Explain it to a friend", "Find the bug")  # these say it themselves
MOST_PAGES = 2
LONG = 8  # words: what is shorter is no sentence that one notices a second time

# pages that are written from the bank: they say what it says, so that teachers have it where they need it
ASKED = {"plans.md", "prior_test.md", "final_test.md"}
AGAIN = {}  # sentences that stand on more pages, each with its reason


def prose(path):
    """A page's Markdown, without its directives' heads and options."""
    text = path.read_text("utf8")
    if path.suffix == ".ipynb":
        text = "\n\n".join(cell.source for cell in nbformat.reads(text, 4).cells
                           if cell.cell_type == "markdown" and "remove-cell" not in cell.metadata.get("tags", []))
    return re.sub(r"^(?:(?:```|:::).*|:[\w-]+:.*)$", "\n", text, flags=re.M)


def sentences(path):
    """The sentences of a page that have many words, in lower case and without marks."""
    for block in re.split(r"\n\s*\n|\n(?=[-#|])", prose(path)):
        for sentence in re.split(r"(?<=[.!?])\s+", " ".join(block.split())):
            words = re.findall(r"\w+", sentence.lower())
            if len(words) >= LONG:
                yield " ".join(words)


def test_no_sentence_is_said_on_more_than_two_pages():
    where = defaultdict(set)
    for path in PAGES:
        if path.name in ASKED:
            continue
        for sentence in sentences(path):
            where[sentence].add(path.relative_to(BOOK).as_posix())
    often = {sentence: sorted(pages) for sentence, pages in where.items() if len(pages) > MOST_PAGES}
    assert {s: pages for s, pages in often.items() if s not in AGAIN} == {}
    assert set(AGAIN) <= set(often), "an exception that nobody needs"


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.relative_to(BOOK).as_posix())
def test_every_exercise_has_its_grade_and_its_purpose(path):
    source = "\n".join(cell.source for cell in nbformat.read(path, 4).cells) if path.suffix == ".ipynb" else path.read_text("utf8")
    for head in re.findall(r"^(?:```|:::)\{exercise\}(.*)$", source, re.M):
        grade, colon, purpose = head.strip().partition(": ")
        assert head.strip() in BY_NAME or (grade in GRADES and colon and 1 <= len(purpose.split()) <= 5), head


STRUCK = {  # what a native editor strikes, and what stands there instead
    r"\bslopes?\b[^.,:;?!]{0,30}\balong (?!(?:a|the|each|every) (?:path|way|edge|curved)|on\b)[^\s.]": "with respect to",
    r"(?:^|(?<=[.!] ))Who [^.?!]*[.!]": "Anyone who …, or Whoever …",
    r"\b[Ww]hich shape (?:has|have|do)\b": "What shape does … have?",
    r"\bhangs? (?:on|together)\b": "depends on, belongs together",
    r"\b(?:of course|obviously|simply)\b": "nothing: what is obvious need not be called so",
    r"\b(?:write|wrote) (?:the|both|the same) (?:\S+ )?tests?\b": "take a test",
}
NEITHER = [path for path in PAGES if path.parent.name != "beyond"]  # its pages have an editor of their own


def struck(text):
    """What a native editor would strike in a text, each with what to write instead."""
    return [(found[0], instead) for pattern, instead in STRUCK.items() for found in re.finditer(pattern, text, re.M)]


def said(path):
    """A page's prose, and what its code prints."""
    if path.suffix == ".md":
        return prose(path)
    cells = nbformat.read(path, 4).cells
    printed = (output.text for cell in cells if cell.cell_type == "code" for output in cell.outputs if "text" in output)
    return "\n\n".join([prose(path), *printed])


@pytest.mark.parametrize("path", NEITHER, ids=lambda p: p.relative_to(BOOK).as_posix())
def test_no_page_says_what_an_editor_strikes(path):
    assert struck(said(path)) == []


@pytest.mark.parametrize("text", [
    "The slope of the loss along a weight is 2.", "What is the slope along w?", "slopes along b2, by row",
    "He writes. Who rounds drifts away.", "Which shape has the gradient?",
    "All hangs on the order.", "Lower it, of course.", "They wrote both tests.",
])
def test_what_an_editor_strikes_is_found(text):
    assert len(struck(text)) == 1


@pytest.mark.parametrize("text", [
    "Slopes along a path are multiplied.", "Carry the slopes along on the way.", "The slope is 2. Go along.", "Who is to blame?",
    "Take both tests.",
])
def test_what_may_stay_stays(text):
    assert struck(text) == []
