"""The tests for before and after: ten questions each, question by question the same idea, and nothing that a lesson has asked.

    python -m nnlib.classroom.forms --format moodle --output tests.xml

writes both for a learning management system, each in a category of its own.
"""
import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from nnlib.classroom.bank import ITEMS
from nnlib.classroom.exports import FORMATS
from nnlib.classroom.items import Choose, Compute, Option, shuffled
from nnlib.classroom.store import measured
from nnlib.numerals import format as written
from nnlib.validation import Table

FORMS = Table("form", {"prior": 0, "final": 1})  # its place in a pair
CATEGORIES = {"prior": "Before", "final": "After"}


class Pair(NamedTuple):
    """A question of both tests: the item of each (the same with other numbers, or another on the same idea), and the seeds.

    The seeds give numbers of the same kind, equally hard, which stand nowhere else on the site; tests hold both.
    """

    items: tuple[str, str]
    seeds: tuple[int, int]


PAIRS = (Pair(("weighted-sum",) * 2, (787, 2141)), Pair(("curves-taken-out", "one-layer-and-ten"), (829, 290)),
         Pair(("how-many-learnt",) * 2, (11, 24)), Pair(("rule-of-cases", "lamp-and-switches"), (829, 290)),
         Pair(("loss-of-two-examples",) * 2, (18, 15)), Pair(("slope-of-loss",) * 2, (8, 30)), Pair(("gears",) * 2, (10, 22)),
         Pair(("two-paths",) * 2, (690, 1726)), Pair(("one-step-down",) * 2, (36, 248)), Pair(("count-updates",) * 2, (0, 15)))
POINTS = len(PAIRS)  # one for each question
OWN = {item.key: item for item in measured.ITEMS}
DO_NOT_KNOW = Option("I do not know this yet.", "That is an honest answer, and worth more to your teacher than a guess.", "not learnt yet")


class Answer(NamedTuple):
    """One answer to choose, what is said to it, and whether it is right."""

    text: str
    said: str
    right: bool = False


class Question(NamedTuple):
    """One question of a test."""

    ask: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, kw_only=True)
class Asked(Choose):
    """A question of a form with its numbers, as another program is told it."""

    form: str

    @property
    def category(self) -> str:
        """Before or after the lessons."""
        return CATEGORIES[self.form]

    @property
    def shown(self) -> tuple[Option, ...]:
        """As they stand: numbers by their size, and last that one does not know."""
        return self.options


def items(form: str) -> tuple[Asked, ...]:
    """The ten questions of a form, "prior" or "final", as items to choose; the last answer to each is that one does not know."""
    place = FORMS[form]
    return tuple(_asked(form, at, pair.items[place], pair.seeds[place]) for at, pair in enumerate(PAIRS, 1))


def _asked(form: str, at: int, key: str, seed: int) -> Asked:
    item = OWN.get(key) or ITEMS[key]
    if isinstance(item, Compute):
        posed = item.posed(seed)
        ask = posed.ask
        options = [Option(posed.answer, f"Right: {posed.answer}."),
                   *(Option(written(one.value, posed.digits), one.feedback, one.misconception) for one in posed.wrong)]
        options.sort(key=lambda option: float(option.text.replace("−", "-")))
    else:
        assert isinstance(item, Choose)
        ask, options = item.ask, [item.options[place] for place in shuffled(len(item.options), seed)]
    return Asked(key=f"{form}-{at:02}-{key}", page=item.page, section=item.section, level=item.level, form=form, ask=ask,
                 options=(*options, DO_NOT_KNOW))


def questions(form: str) -> tuple[Question, ...]:
    """The ten questions of a form, as its page shows them."""
    return tuple(Question(item.ask, tuple(Answer(one.text, one.feedback, one.right) for one in item.options)) for item in items(form))


def both(name: str) -> bytes:
    """Both tests in a format of `exports`; their numbers do not change, so that the two stay parallel."""
    return FORMATS[name].write([item for form in FORMS for item in items(form)], 0)


def file_name(name: str) -> str:
    """What the site calls the two tests in a format."""
    return f"tests-{name}{FORMATS[name].ending}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the file; gives the exit status."""
    parser = argparse.ArgumentParser("python -m nnlib.classroom.forms",
                                     description="The tests for before and after, for a learning management system.")
    add = parser.add_argument
    add("--format", choices=FORMATS, required=True, help="; ".join(f"{name}: {one.title}" for name, one in FORMATS.items()))
    add("--output", type=Path, required=True, help="the file to write")
    options = parser.parse_args(arguments)
    ending = FORMATS[options.format].ending
    if options.output.suffix != ending:
        parser.error(f"argument --output: expected a file that ends in {ending} for {options.format}, got {options.output}")
    try:
        options.output.write_bytes(both(options.format))
    except OSError as error:
        parser.error(f"cannot write {error.filename or options.output}: {error.strerror}")
    print(f"{options.output}: {POINTS} questions before, {POINTS} after, {FORMATS[options.format].title}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
