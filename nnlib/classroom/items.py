"""What a question is: items of six kinds, each with what it asks, where it belongs, and what each wrong answer says.

    Choose, Bug (choose with lines of code), Order, Match, Compute and OfNetwork (numbers that belong to a seed), Explain

Texts are plain, with formulas as people write them (w₂, ∂E/∂w₂); TeX stands between dollars. Data only: `bank` has the items,
`exports` writes them for other programs.
"""
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import permutations
from typing import Any, ClassVar, NamedTuple

import numpy as np

from nnlib.classroom.answers import CHANGED, DRAWS, NEXT, question, shown_digits, title, tolerance, usual_digits
from nnlib.classroom.misconceptions import meaning
from nnlib.classroom.worksheets import ROWS
from nnlib.gates import AND
from nnlib.mistakes import MISTAKES, SLIPS
from nnlib.network import mulberry32
from nnlib.numerals import format as written
from nnlib.numerals import rows
from nnlib.quantities import QUANTITIES
from nnlib.steps import OPERATIONS, Operation
from nnlib.validation import one_of, whole

PARTS = ("ideas", "forward", "backward", "training", "beyond")
LEVELS = {1: "warm-up", 2: "solid", 3: "tricky"}
Given = Mapping[str, float]


@dataclass(frozen=True)
class Option:
    """One answer to choose: its text, what is said to who chooses it, and the misconception behind it (none: it is right)."""

    text: str
    feedback: str
    misconception: str = ""

    def __post_init__(self) -> None:
        _texts(self, "text", "feedback")
        if self.misconception:
            meaning(self.misconception)

    @property
    def right(self) -> bool:
        """Whether it is the right one."""
        return not self.misconception


class Slip(NamedTuple):
    """A mistake in computing: the misconception, what it gives for the numbers given, and what is said of it."""

    misconception: str
    value: Callable[..., Any]
    feedback: str


class Wrong(NamedTuple):
    """A wrong number that is recognised: the misconception, the number, what is said of it."""

    misconception: str
    value: float
    feedback: str


class Posed(NamedTuple):
    """A question with numbers in it: what is asked, the right number, how far off an answer may be, and the wrong numbers."""

    ask: str
    right: float
    within: float
    wrong: tuple[Wrong, ...]
    given: Given
    digits: int

    @property
    def answer(self) -> str:
        """The right number as one writes it."""
        return written(self.right, self.digits)


@dataclass(frozen=True, kw_only=True)
class Item:
    """A question: its key, the part, page and section it belongs to, how hard it is (1 to 3), and what it asks."""

    key: str
    page: str
    section: str
    level: int
    ask: str = ""
    facts: tuple[str, ...] = ()  # what its numbers claim, as Python; a test evaluates each
    kind: ClassVar[str] = ""

    def __post_init__(self) -> None:
        _texts(self, "key", "page", "section")
        one_of("page", self.part, PARTS)
        whole("level", self.level, min(LEVELS), max(LEVELS))

    @property
    def part(self) -> str:
        """The part of the book: the folder of its page."""
        return self.page.split("/")[0]

    @property
    def category(self) -> str:
        """What it is filed under in another program."""
        return self.part.capitalize()

    @property
    def misconceptions(self) -> tuple[str, ...]:
        """What a wrong answer to it can show, by key."""
        return ()

    @property
    def operation(self) -> Operation | None:
        """The operation whose formula stands below the question, if there is one."""
        return None


@dataclass(frozen=True, kw_only=True)
class Choose(Item):
    """One of several answers; options says what each of them means, and exactly one is right."""

    options: tuple[Option, ...]
    quiz: bool = False  # whether it stands on the quiz page of its part
    kind: ClassVar[str] = "choose"

    def __post_init__(self) -> None:
        super().__post_init__()
        _texts(self, "ask")
        if sum(option.right for option in self.options) != 1 or len(self.options) < 3:
            raise ValueError(f"options of {self.key}: expected at least 3, and one of them right, got {self.options!r}")
        _all_different(self.key, "options", [option.text for option in self.options])
        _all_different(self.key, "misconceptions", self.misconceptions)

    @property
    def misconceptions(self) -> tuple[str, ...]:
        """One for each distractor."""
        return tuple(option.misconception for option in self.options if not option.right)

    @property
    def answer(self) -> Option:
        """The right one."""
        return next(option for option in self.options if option.right)

    @property
    def shown(self) -> tuple[Option, ...]:
        """The options where nobody shuffles them: in a quiz as they stand, else so that no place is always the right one."""
        order = range(len(self.options)) if self.quiz else shuffled(len(self.options), sum(map(ord, self.key)))
        return tuple(self.options[at] for at in order)


@dataclass(frozen=True, kw_only=True)
class Bug(Choose):
    """Lines of code with a mistake in them, and what is said to be wrong."""

    code: str
    kind: ClassVar[str] = "bug"


class Swap(NamedTuple):
    """A wrong order: the step of this number (from 0) after the one of that number; the misconception, what is said of it."""

    late: int
    early: int
    misconception: str
    feedback: str


@dataclass(frozen=True, kw_only=True)
class Order(Item):
    """Steps to put in order; steps has them in a right one, swaps the wrong orders that say something, feedback what holds.

    Neighbours of which none needs the other stand together in either: with these in any order an order is right, too.
    """

    steps: tuple[str, ...]
    swaps: tuple[Swap, ...]
    feedback: str
    either: tuple[tuple[int, ...], ...] = ()
    kind: ClassVar[str] = "order"

    def __post_init__(self) -> None:
        super().__post_init__()
        _texts(self, "ask", "feedback")
        _all_different(self.key, "steps", self.steps)
        if any(group != tuple(range(group[0], group[0] + max(2, len(group)))) or group[-1] >= len(self.steps) for group in self.either):
            raise ValueError(f"either of {self.key}: expected neighbours, two or more, got {self.either!r}")
        for swap in self.swaps:
            meaning(swap.misconception)
            if not 0 <= swap.late < swap.early < len(self.steps):
                raise ValueError(f"swaps of {self.key}: expected two steps of it, the earlier first, got {swap!r}")
            if swap.early in self.places[swap.late]:
                raise ValueError(f"swaps of {self.key}: expected two steps whose order matters, got {swap!r}")

    @property
    def places(self) -> tuple[tuple[int, ...], ...]:
        """For each step the places, from 0, where it may stand."""
        return tuple(next((group for group in self.either if step in group), (step,)) for step in range(len(self.steps)))

    @property
    def orders(self) -> tuple[tuple[int, ...], ...]:
        """Every right order of the steps, by their numbers; the first is their own."""
        return tuple(order for order in permutations(range(len(self.steps))) if self.right(order))

    def right(self, order: Sequence[int]) -> bool:
        """Whether each step stands where it may."""
        return all(place in self.places[step] for place, step in enumerate(order))

    @property
    def misconceptions(self) -> tuple[str, ...]:
        """One for each wrong order that is known."""
        return tuple(swap.misconception for swap in self.swaps)

    def said(self, order: Sequence[int]) -> tuple[str, ...]:
        """What is said of an order (the numbers of its steps): nothing known may be wrong with it."""
        if sorted(order) != list(range(len(self.steps))):
            raise ValueError(f"order: expected each number from 0 to {len(self.steps) - 1} once, got {list(order)!r}")
        place = {step: at for at, step in enumerate(order)}
        return tuple(swap.feedback for swap in self.swaps if place[swap.late] > place[swap.early])


class Pair(NamedTuple):
    """What belongs together, and what is said of it."""

    left: str
    right: str
    feedback: str


class Decoy(NamedTuple):
    """An answer to a matching question that belongs nowhere: the misconception, what is said to who takes it."""

    right: str
    misconception: str
    feedback: str


@dataclass(frozen=True, kw_only=True)
class Match(Item):
    """What belongs to what: pairs, and at least one answer that belongs nowhere."""

    pairs: tuple[Pair, ...]
    decoys: tuple[Decoy, ...]
    kind: ClassVar[str] = "match"

    def __post_init__(self) -> None:
        super().__post_init__()
        _texts(self, "ask")
        _all_different(self.key, "pairs", [pair.left for pair in self.pairs])
        _all_different(self.key, "answers", self.answers)
        if len(self.pairs) < 3 or not self.decoys:
            raise ValueError(f"pairs of {self.key}: expected at least 3 and a decoy, got {len(self.pairs)} and {len(self.decoys)}")
        for decoy in self.decoys:
            meaning(decoy.misconception)

    @property
    def answers(self) -> tuple[str, ...]:
        """All that can be chosen: what belongs to something, then what does not."""
        return (*(pair.right for pair in self.pairs), *(decoy.right for decoy in self.decoys))

    @property
    def misconceptions(self) -> tuple[str, ...]:
        """One for each decoy."""
        return tuple(decoy.misconception for decoy in self.decoys)


class Draw:
    """Numbers that belong to a seed, one after the other."""

    def __init__(self, seed: int) -> None:
        self._numbers: Iterator[float] = iter(mulberry32([seed % 2**32], 64)[0])

    def pick(self, choices: Sequence[float]) -> float:
        """One of these numbers."""
        return choices[int(next(self._numbers) * len(choices))]

    def tenths(self, least: int, most: int) -> float:
        """A number with one decimal, given in tenths, and never 0."""
        return self.pick([tenths for tenths in range(least, most + 1) if tenths]) / 10


@dataclass(frozen=True, kw_only=True)
class Compute(Item):
    """A number to compute: draw gives what is given, right and slips compute with it; judge says the same to sympy.

    The numbers are drawn again until every slip gives a number that no rounding can take for the right one.
    """

    draw: Callable[[Draw], Given]
    right: Callable[..., Any]
    judge: str
    slips: tuple[Slip, ...]
    digits: int = 3
    kind: ClassVar[str] = "compute"

    def __post_init__(self) -> None:
        super().__post_init__()
        _texts(self, "ask", "judge")
        _all_different(self.key, "misconceptions", self.misconceptions)
        for slip in self.slips:
            meaning(slip.misconception)

    @property
    def misconceptions(self) -> tuple[str, ...]:
        """One for each slip."""
        return tuple(slip.misconception for slip in self.slips)

    def posed(self, seed: int) -> Posed:
        """The question with the numbers of a seed."""
        seed = whole("seed", seed, None)
        for draw in range(DRAWS):
            given = self.draw(Draw(seed + NEXT * draw))
            right = float(self.right(**given))
            within = float(tolerance(right, self.digits))
            wrong = tuple(Wrong(slip.misconception, float(slip.value(**given)), slip.feedback) for slip in self.slips)
            values = [right, *(one.value for one in wrong)]
            if all(abs(one - other) > 2 * within for at, one in enumerate(values) for other in values[:at]):
                return Posed(_filled(self.ask, given), right, within, wrong, given, self.digits)
        raise ArithmeticError(f"{self.key}: no numbers among {DRAWS} keep every slip apart")


FACTOR_LEFT_OUT = {"5": "no output slope", "12": "no hidden slope"}  # a factor that is given can be left out of the product


@dataclass(frozen=True, kw_only=True)
class OfNetwork(Item):
    """One number of an iteration, as `AnswerBox` asks for it: the quantity, and its row and column from 0."""

    quantity: str
    row: int = 0
    column: int = 0
    kind: ClassVar[str] = "compute"

    def __post_init__(self) -> None:
        super().__post_init__()
        usual_digits(self.quantity)

    @property
    def operation(self) -> Operation:
        """The operation that gives the quantity."""
        return next(operation for operation in OPERATIONS if self.quantity in operation.outputs)

    @property
    def misconceptions(self) -> tuple[str, ...]:
        """Those that change this number, for the first seed."""
        return tuple(one.misconception for one in self.posed(0).wrong)

    def _made_here(self, key: str) -> bool:
        """Whether somebody can make the mistake who has the numbers that are given: not in computing these."""
        if key in CHANGED:
            return True
        here, mistake = self.operation.label, (MISTAKES | SLIPS).get(key)
        return mistake is not None and (here in mistake.replaced or key == FACTOR_LEFT_OUT.get(here))

    def posed(self, seed: int) -> Posed:
        """The question with the numbers of a seed: every mistake that gives another number is one of its wrong answers."""
        return self._posed(whole("seed", seed, None))

    @lru_cache(maxsize=256)  # noqa: B019  # the items of the bank live as long as the program
    def _posed(self, seed: int) -> Posed:
        x, y = (table[list(ROWS[2])] for table in (AND.x, AND.y))  # an x that is its own transpose would hide a forgotten one
        for draw in range(DRAWS):
            asked = question(self.quantity, seed + NEXT * draw, x=x, y=y)
            right = float(asked.right[self.row, self.column])
            within = float(tolerance(right, asked.digits))
            known: dict[float, Wrong] = {}
            for key, value in asked.wrong.items():
                number = float(value[self.row, self.column])
                if abs(number - right) > 2 * within and self._made_here(key) and not any(
                        abs(number - other) <= 2 * within or one.feedback == title(key) for other, one in known.items()):
                    known[number] = Wrong(key, number, title(key))
            if known:
                names = [QUANTITIES[name].symbol for name in (self.quantity, *asked.given)]
                shown = partial(written, digits=shown_digits(asked.digits))
                given = "; ".join(f"{symbol} = {rows(getattr(asked.iteration, name), shown)}"
                                  for symbol, name in zip(names[1:], asked.given, strict=True))
                which = "" if asked.right.size == 1 else f" in row {self.row + 1}, column {self.column + 1}"
                ask = (f"Given, with rows parted by semicolons: {given}. "
                       f"Compute the number{which} of {names[0]}, to {asked.digits} significant digits.")
                return Posed(ask, right, within, tuple(known.values()), {}, asked.digits)
        raise ArithmeticError(f"{self.key}: no network among {DRAWS} shows a mistake")


class Point(NamedTuple):
    """What a good explanation says, and is marked for."""

    text: str
    marks: int = 1


@dataclass(frozen=True, kw_only=True)
class Explain(Item):
    """Something to explain in a few sentences: a model answer, the points it is marked for, and what wrong answers show."""

    model: str
    points: tuple[Point, ...]
    beliefs: tuple[tuple[str, str], ...]  # misconception, and what to say
    kind: ClassVar[str] = "explain"

    def __post_init__(self) -> None:
        super().__post_init__()
        _texts(self, "ask", "model")
        if len(self.points) < 2 or not self.beliefs:
            raise ValueError(f"points of {self.key}: expected two or more, and a belief, got {self.points!r}")
        for belief, _ in self.beliefs:
            meaning(belief)

    @property
    def misconceptions(self) -> tuple[str, ...]:
        """One for each wrong answer that is expected."""
        return tuple(belief for belief, _ in self.beliefs)

    @property
    def marks(self) -> int:
        """How many there are."""
        return sum(point.marks for point in self.points)


KINDS: Mapping[str, str] = {
    "compute": "compute a number", "choose": "choose an answer", "order": "order the steps", "bug": "find the bug",
    "match": "match what belongs together", "explain": "explain in a few sentences",
}


def shuffled(count: int, seed: int) -> tuple[int, ...]:
    """The numbers below count in an order that belongs to the seed, and, if there are two or more, never in their own."""
    for draw in range(DRAWS):
        drawn = mulberry32([(seed + NEXT * draw) % 2**32], max(count, 1))[0][:count]
        order = tuple(int(at) for at in np.argsort(drawn, kind="stable"))
        if count < 2 or order != tuple(range(count)):
            return order
    raise ArithmeticError(f"count: no order of {count} among {DRAWS}")


def begins(item: Order, seed: int) -> tuple[int, ...]:
    """An order to begin with that belongs to the seed, and is none of the right ones."""
    return next(order for draw in range(DRAWS) if not item.right(order := shuffled(len(item.steps), seed + NEXT * draw)))


def _filled(ask: str, given: Given) -> str:
    """A question with its numbers in the places of their names: {w1}."""
    return ask.format(**{name: written(value) for name, value in given.items()}).replace("+ −", "− ")


def _texts(of: object, *names: str) -> None:
    for name in names:
        value = getattr(of, name)
        if not isinstance(value, str) or not value.strip():
            raise ValueError(f"{name} of {getattr(of, 'key', of)!r}: expected some text, got {value!r}")


def _all_different(key: str, what: str, values: Sequence[str]) -> None:
    again = [value for at, value in enumerate(values) if value in values[:at]]
    if again:
        raise ValueError(f"{what} of {key}: expected different ones, got {again[0]!r} twice")
