"""What a handout says and leaves open: points, sentences with blanks for words, and sentences with blanks for numbers.

A blank stands between braces. In a sentence of words what stands there is the answer: "The {bias} counts whatever the inputs are." Where
numbers are asked for it is a key, "The sum is {z}.", and with "=" before it the number is printed: "The prediction is {=a}." Each is
computed, and has a second way to it for a judge. In a point, {F1} is the formula of that operation.
"""
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from nnlib import formulas
from nnlib.classroom.items import PARTS
from nnlib.numerals import on_paper
from nnlib.steps import OPERATIONS
from nnlib.validation import one_of

BLANK = re.compile(r"\{(=?)([^{}=]+)\}")
PAIR = re.compile(r"\([−\d.]+, [−\d.]+\)")
LAST = re.compile(r" (\S{1,2}\.)$")
HOLDS = "\u00a0"  # a space at which no line ends
DIGITS = 4
FORMULAS: Mapping[str, str] = {operation.label: ", ".join(formulas.lines(operation)) for operation in OPERATIONS}


class Piece(NamedTuple):
    """A stretch of a sentence: plain text, or a blank with what belongs into it."""

    text: str
    blank: bool = False


@dataclass(frozen=True)
class Words:
    """A sentence with blanks for words."""

    text: str

    def __post_init__(self) -> None:
        if not BLANK.search(self.text) or any(shown for shown, _ in BLANK.findall(self.text)):
            raise ValueError(f"text: expected a sentence with blanks for words, got {self.text!r}")

    @property
    def answers(self) -> tuple[str, ...]:
        """What belongs into its blanks."""
        return tuple(word for _, word in BLANK.findall(self.text))

    def pieces(self) -> tuple[Piece, ...]:
        """The sentence in order."""
        return _pieces(self.text, lambda _, word: Piece(word, blank=True))


class Number(NamedTuple):
    """A number of a sentence: how it is computed, and the same for sympy, from the numbers that stand on the paper."""

    value: Callable[[], Any]
    judge: str
    digits: int = DIGITS

    @property
    def written(self) -> str:
        """The number as a pupil writes it."""
        return on_paper(self.value(), self.digits)


@dataclass(frozen=True)
class Numbers:
    """A sentence with blanks for numbers, and the numbers by their keys."""

    text: str
    numbers: Mapping[str, Number] = field(default_factory=dict)

    def __post_init__(self) -> None:
        named = [key for _, key in BLANK.findall(self.text)]
        if sorted(named) != sorted(self.numbers):
            raise ValueError(f"numbers: expected those of the sentence, {', '.join(sorted(named))}, got {', '.join(sorted(self.numbers))}")
        if all(shown for shown, _ in BLANK.findall(self.text)):
            raise ValueError(f"text: expected a sentence with a blank, got {self.text!r}")

    @property
    def answers(self) -> tuple[str, ...]:
        """What belongs into its blanks."""
        return tuple(piece.text for piece in self.pieces() if piece.blank)

    def pieces(self) -> tuple[Piece, ...]:
        """The sentence in order."""
        return _pieces(self.text, lambda shown, key: Piece(self.numbers[key].written, blank=not shown))


def _pieces(text: str, of: Callable[[str, str], Piece]) -> tuple[Piece, ...]:
    """Text and blanks by turns: a number that is printed is text."""
    found, at, plain = [], 0, ""
    for one in BLANK.finditer(text):
        plain += text[at:one.start()]
        at, piece = one.end(), of(one[1], one[2])
        if piece.blank:
            found += [Piece(_bound(plain)), piece]
            plain = ""
        else:
            plain += piece.text
    return tuple(piece for piece in (*found, Piece(_bound(plain + text[at:]))) if piece.text)


def _bound(text: str) -> str:
    """Text in which no line ends inside a pair of numbers, and none begins with a last letter."""
    return LAST.sub(rf"{HOLDS}\1", PAIR.sub(lambda one: one[0].replace(" ", HOLDS), text))


def with_formulas(point: str) -> str:
    """A point with the formulas of the operations that it names, which no line breaks; KeyError for a label that there is not."""
    return BLANK.sub(lambda one: FORMULAS[one[2]].replace(" ", HOLDS), _bound(point))


@dataclass(frozen=True, kw_only=True)
class Handout:
    """The four pages of a part: its question, what was said, the sentences, and what the exercise asks for.

    given: quantities of the worked example that stand above the numbers. exercise: the name of one, which `handouts` draws.
    """

    key: str
    part: str
    title: str
    question: str
    points: tuple[str, ...]
    words: tuple[Words, ...]
    numbers: tuple[Numbers, ...]
    given: tuple[str, ...] = ()
    exercise: str
    ask: str
    last: str

    def __post_init__(self) -> None:
        one_of("part", self.part, PARTS)
        for name in ("key", "title", "question", "exercise", "ask", "last"):
            if not getattr(self, name).strip():
                raise ValueError(f"{name} of {self.key!r}: expected some text, got {getattr(self, name)!r}")
        for name in ("points", "words", "numbers"):
            if len(getattr(self, name)) < 3:
                raise ValueError(f"{name} of {self.key!r}: expected 3 or more, got {len(getattr(self, name))}")
        for point in self.points:
            with_formulas(point)

    @property
    def choices(self) -> tuple[str, ...]:
        """The words to choose from, in the order of the alphabet."""
        return tuple(sorted({word for sentence in self.words for word in sentence.answers}, key=str.casefold))
