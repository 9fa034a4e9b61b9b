"""Handouts: four pages for each part of the book; what was said, blanks to fill, and one exercise.

    python -m nnlib.classroom.handouts ideas --output ideas.pdf
    python -m nnlib.classroom.handouts steps --seed 7 --paper letter --answers --output steps-answers.pdf

The seed says whose numbers the exercise has. With --answers every blank is filled, for the teacher. The same options give the same file.
"""
import argparse
import sys
from pathlib import Path
from typing import NamedTuple

from nnlib.classroom import pictures
from nnlib.classroom.blanks import HOLDS, with_formulas
from nnlib.classroom.exercises import EXERCISES
from nnlib.classroom.paper import FONT, MARGIN, PAPERS, canvas, fitted, matrix_size, named, network, pdfmetrics, quantity, rule, text
from nnlib.classroom.store.handouts import HANDOUTS as STORED
from nnlib.classroom.worksheets import whole_number
from nnlib.gates import TWO_EXAMPLES
from nnlib.network import LEARNING_RATE, Parameters
from nnlib.numerals import on_paper
from nnlib.training import iteration
from nnlib.validation import Table, one_of, truth, whole

HANDOUTS = Table("handout", {one.key: one for one in STORED})
PAGES = ("What was said", "Blanks: words", "Blanks: numbers", "One exercise")
SEED = 1
SIZE, LEADING = 11.5, 25  # of a sentence with blanks
POINT, POINT_LEADING = 10.5, 15.5
ROOM = 14  # between two boxes of the exercise, at least
LEFT_COLUMN = 0.42  # of the width: steps 8 to 14 need more of it
FOOT = 22  # what the line at the foot of a page takes
ANSWER = "error"  # the colour of what a teacher's copy has in its blanks
ROUNDING = "Four significant digits in each blank (0.0123456 becomes 0.01235). Go on with more than you wrote: what your calculator keeps."


class Place(NamedTuple):
    """Where a page is drawn: its canvas, the left end, the width, and the height at which it ends."""

    page: object
    left: float
    width: float
    bottom: float


def file_name(key, paper, answers):
    """What the file is called on the site."""
    return f"handout-{key}{'-answers' if answers else ''}-{paper}.pdf"


def write(path, key, paper="a4", answers=False, seed=SEED):
    """Write the four pages of a part as PDF. ValueError for another part or paper."""
    one_of("key", key, HANDOUTS)
    one_of("paper", paper, PAPERS)
    truth("answers", answers)
    whole("seed", seed, None)
    handout = HANDOUTS[key]
    page = canvas(path, paper, f"Fourteen Steps: handout, {handout.title}{' (with answers)' if answers else ''}")
    width, height = PAPERS[paper]
    place = Place(page, MARGIN, width - 2 * MARGIN, MARGIN + FOOT)
    for number, draw in enumerate((_said, _words, _numbers, _exercise), 1):
        y = _head(place, height - MARGIN, handout, number)
        draw(place, y, handout, answers, seed)
        _foot(place, handout, number, answers, seed)
        page.showPage()
    page.save()


def _head(place, top, handout, number):
    """Part and page, and a line for a name; gives the height beneath them."""
    page, left, width, _ = place
    text(page, left, top - 7, handout.title, 8.5, colour="muted")
    text(page, left, top - 27, PAGES[number - 1], 15, bold=True)
    text(page, left + 0.58 * width, top - 25, "Name:", 9, colour="muted")
    rule(page, left + 0.58 * width + 33, top - 27, left + width, top - 27, colour="muted")
    rule(page, left, top - 37, left + width, top - 37)
    return top - 37


def _foot(place, handout, number, answers, seed):
    page, left, width, _ = place
    rule(page, left, MARGIN + 11, left + width, MARGIN + 11)
    said = f"Fourteen Steps · {handout.title}" + (f" · numbers of seed {seed}" if number == len(PAGES) else "")
    text(page, left, MARGIN, said, 7.5, colour="muted")
    text(page, left + width, MARGIN, f"{'with answers · ' if answers else ''}{number} of {len(PAGES)}", 7.5, colour="muted", align="right")


# ---- the first page ----


def _said(place, y, handout, answers, seed):
    """The points, a picture, and a column for one's own words beside them."""
    page, left, width, bottom = place
    own = left + 0.66 * width
    y = _lines(page, left, y - 26, width, handout.question, 12.5, 17) - 12
    text(page, own, y, "In my own words", 8, colour="muted")
    picture = bottom + 6
    lowest = picture + pictures.HEIGHT + 22
    points = [_broken(with_formulas(point), POINT, own - left - 44) for point in handout.points]
    free = y + 10 - lowest - POINT_LEADING * sum(map(len, points))
    gap = min(free / len(points), 36)
    ruled = y - 24
    while ruled > lowest:
        rule(page, own, ruled, left + width, ruled)
        ruled -= 24
    for number, point in enumerate(points, 1):
        text(page, left, y, str(number), POINT, bold=True, colour="activation")
        for line in point:
            text(page, left + 20, y, line, POINT)
            y -= POINT_LEADING
        y -= gap
    pictures.PICTURES[handout.key](page, left, picture, width)


# ---- sentences ----


def _words(place, y, handout, answers, seed):
    """The sentences, and beneath them the words to choose from."""
    page, left, width, bottom = place
    choices = _broken(f"{HOLDS}{HOLDS} · {HOLDS}{HOLDS}".join(one.replace(" ", HOLDS) for one in handout.choices), 10, width - 24)
    box = 30 + 16 * len(choices)
    _sentences(place, y - 10, bottom + box + 14, handout.words, answers)
    for x1, y1, x2, y2 in ((0, 0, width, 0), (0, box, width, box), (0, 0, 0, box), (width, 0, width, box)):
        rule(page, left + x1, bottom + 4 + y1, left + x2, bottom + 4 + y2, colour="muted")
    twice = " (some fit twice, and are listed once)" if _repeated(handout) else ""
    text(page, left + 12, bottom + box - 11, f"To choose from{twice}", 8, colour="muted")
    for at, line in enumerate(choices):
        text(page, left + 12, bottom + box - 28 - 16 * at, line.strip(f" ·{HOLDS}"), 10)


def _repeated(handout):
    """Whether a word is asked for twice."""
    asked = [word for sentence in handout.words for word in sentence.answers]
    return len(asked) > len(set(asked))


def _numbers(place, y, handout, answers, seed):
    """What is given, and the sentences, with room to work things out."""
    page, left, _, bottom = place
    text(page, left, y - 16, ROUNDING, 7.5, colour="muted")
    y -= 22
    if handout.given:
        it = iteration(TWO_EXAMPLES.x, TWO_EXAMPLES.y, Parameters.example(), LEARNING_RATE)
        x = left
        for name in handout.given:
            x += quantity(page, x, y - 28, name, it[name], write=lambda value: on_paper(value, 6)) + 8
        y -= 52
    _sentences(place, y, bottom, handout.numbers, answers, room=True)


def _sentences(place, y, bottom, sentences, answers, room=False):
    """Sentences beneath each other, spread over the height; with room for working beneath each, if that is wanted."""
    page, left, width, _ = place
    laid = [_laid(sentence.pieces(), width - 24, 84 if room else 104) for sentence in sentences]
    free = y - bottom - LEADING * sum(map(len, laid))
    gap = free / len(laid) if room else min(free / len(laid), 34)
    y -= LEADING
    for number, rows in enumerate(laid, 1):
        text(page, left, y, str(number), SIZE, bold=True, colour="activation")
        for row in rows:
            for x, words, blank in row:
                if blank:
                    rule(page, left + 24 + x, y - 3, left + 24 + x + blank, y - 3, colour="muted")
                    if answers:
                        fitted(page, left + 24 + x + blank / 2, y, words, blank, SIZE, bold=False, colour=ANSWER, align="centre")
                else:
                    text(page, left + 24 + x, y, words, SIZE)
            y -= LEADING
        y -= gap


def _laid(pieces, width, least):
    """The pieces of a sentence in lines: for each word its place, its text, and the width of its blank (0: it is printed)."""
    rows, x = [[]], 0.0
    for chunk in _chunks(pieces, least):
        wide = sum(blank or _wide(words) for words, blank in chunk)
        if rows[-1] and x + _wide(" ") + wide > width:
            rows.append([])
        x = x + _wide(" ") if rows[-1] else 0.0
        for words, blank in chunk:
            rows[-1].append((x, words, blank))
            x += blank or _wide(words)
    return rows


def _chunks(pieces, least):
    """What no line breaks: words, and blanks with the comma or the bracket that touches them."""
    chunks, apart = [], True
    for piece in pieces:
        words = [piece.text] if piece.blank else piece.text.split(" ")
        for at, one in enumerate(words):
            apart = apart or at > 0
            if one:
                unit = one, max(least, 1.9 * _wide(one) + 16) if piece.blank else 0
                if apart:
                    chunks.append([])
                chunks[-1].append(unit)
                apart = False
    return chunks


def _broken(words, size, width):
    """Text in lines of this width, broken at plain spaces only."""
    lines = [""]
    for word in words.split(" "):
        longer = f"{lines[-1]} {word}".strip(" ")
        if lines[-1] and _wide(longer, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _wide(words, size=SIZE):
    return pdfmetrics.stringWidth(words, FONT, size)


def _lines(page, left, y, width, words, size, leading, **more):
    """Words in lines of this width; gives the height below them."""
    for line in _broken(words, size, width):
        text(page, left, y, line, size, **more)
        y -= leading
    return y


# ---- the exercise ----


def _exercise(place, y, handout, answers, seed):
    """What is given, a box for each result, and a last question."""
    page, left, width, bottom = place
    exercise = EXERCISES[handout.exercise](seed)
    y = _lines(page, left, y - 20, width, handout.ask, 10, 14) - 4
    y = _given(page, left, y, width, exercise)
    below = _broken(handout.last, 10, width)
    said = _broken(exercise.answer, 10, width)
    end = bottom + 50 + 14 * len(below)
    columns = (exercise.boxes,) if exercise.cut is None else (exercise.boxes[:exercise.cut], exercise.boxes[exercise.cut:])
    for at, boxes in enumerate(columns):
        split = LEFT_COLUMN * width * at
        _boxes(page, left + split, y, (LEFT_COLUMN * width - 12) if at == 0 and len(columns) > 1 else width - split, boxes, end, answers)
    y = bottom + 36 + 14 * len(below)
    rule(page, left, y + 12, left + width, y + 12)
    for line in below:
        text(page, left, y - 4, line, 10)
        y -= 14
    for at in range(2):
        rule(page, left, y - 12 - 22 * at, left + width, y - 12 - 22 * at, colour="muted", width=0.5)
        if answers and at < len(said):
            fitted(page, left, y - 9 - 22 * at, said[at], width, 10, colour=ANSWER)


def _given(page, left, y, width, exercise):
    """The network as a picture beside its numbers, or the numbers in a line; gives the height beneath them."""
    drawn, lower = exercise.parameters is not None, y
    if drawn:
        network(page, left - 8, y - 150, 0.45 * width, 140, exercise.parameters)
    for row in exercise.given:
        tall, x = max(matrix_size(one.values.shape)[1] for one in row), left + 0.48 * width * drawn
        for one in row:
            x += named(page, x, lower - tall / 2 - 4, one.symbol, one.kind, one.values) + 8
        if exercise.rate and row is exercise.given[-1]:
            text(page, x + 4, lower - tall / 2 - 7, f"η = {on_paper(LEARNING_RATE)}", 9.5)
        lower -= tall + 7
    return min(lower, y - 142 * drawn) - 24


def _boxes(page, x, y, width, boxes, bottom, answers):
    """Results beneath each other, spread down to the bottom: label, title, formula, and room for the numbers."""
    heights = [max(matrix_size(one.values.shape)[1] for one in box.results) for box in boxes]
    above = 20
    gap = (y + 12 - bottom - sum(heights)) / len(boxes) - above
    if gap < ROOM:  # fourteen steps on a page: the formula stands behind the label, and says what it is
        gap, above = gap + 12, above - 12
    for box, height in zip(boxes, heights, strict=True):
        ahead = text(page, x, y, box.label, 10, bold=True, colour="activation") + 6
        if above == 20:
            fitted(page, x + ahead, y, box.title, width - ahead, 7.5, colour="muted")
            fitted(page, x, y - 12, box.formula, width, 8.5)
        else:
            fitted(page, x + ahead, y, box.formula, width - ahead, 8.5)
        at = x
        for one in box.results:
            at += named(page, at, y - above - height / 2, one.symbol, one.kind, one.values, answers) + 4
        y -= above + height + gap


def main(arguments=None):
    """Write a handout; gives the exit status."""
    parser = argparse.ArgumentParser("python -m nnlib.classroom.handouts", description="Four pages for each part of the book, as PDF.")
    parser.add_argument("part", choices=HANDOUTS, help="; ".join(f"{key}: {one.title}" for key, one in HANDOUTS.items()))
    parser.add_argument("--output", type=Path, required=True, help="the file to write")
    parser.add_argument("--paper", choices=PAPERS, default="a4", help="a4 (unless told) or letter")
    parser.add_argument("--seed", type=whole_number(-2**53, 2**53), default=SEED, help="whose numbers the exercise has; 1 unless told")
    parser.add_argument("--answers", action="store_true", help="fill the blanks, for the teacher")
    options = parser.parse_args(arguments)
    try:
        write(options.output, options.part, options.paper, options.answers, options.seed)
    except OSError as error:
        parser.error(f"cannot write {error.filename or options.output}: {error.strerror}")
    print(f"{options.output}: four pages, {HANDOUTS[options.part].title}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
