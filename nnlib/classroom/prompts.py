"""Short questions that come back: one idea each, answered in ten seconds, said with a reason.

    recall, what_if and find_the_bug have a text to know; complete is a formula of the book with a place left empty;
    compute takes a `Compute` of the question bank, whose numbers are new each time.

Texts are as those of the bank (`items`): plain, with formulas as people write them. Data only: `recall` has them all.
"""
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from nnlib.classroom.items import PARTS, Compute, Posed
from nnlib.classroom.misconceptions import meaning
from nnlib.formulas import parts
from nnlib.numerals import format as written
from nnlib.quantities import QUANTITIES
from nnlib.steps import OPERATIONS, Operation
from nnlib.validation import one_of

KINDS: Mapping[str, str] = {
    "recall": "recall", "compute": "compute in your head", "complete": "complete the formula", "what_if": "what happens if",
    "find_the_bug": "find the bug",
}
LONGEST = 240  # letters of a question or of an answer: more is not answered in ten seconds
GAP = "▢"


class Place(NamedTuple):
    """Where a prompt stands: a page, and the title of the section that it closes; no title is what stands above the first one."""

    page: str
    section: str = ""


class No(NamedTuple):
    """A wrong answer: its text, the misconception behind it, what is said to who gives it."""

    text: str
    misconception: str
    feedback: str


@dataclass(frozen=True)
class Prompt:
    """A question that comes back: its place, its key, what it asks, the answer and why it is so, wrong answers, what it claims."""

    place: Place
    key: str
    ask: str
    answer: str
    why: str
    wrong: tuple[No, ...] = ()
    facts: tuple[str, ...] = ()  # as Python; a test evaluates each
    code: str = ""
    kind: ClassVar[str] = "recall"

    def __post_init__(self) -> None:
        one_of("page", self.part, PARTS)
        for name in ("key", "ask", "answer", "why"):
            value = getattr(self, name)
            if not isinstance(value, str) or not value.strip() or len(value) > LONGEST:
                raise ValueError(f"{name} of {self.key!r}: expected 1 to {LONGEST} letters, got {value!r}")
        texts = [self.answer, *(one.text for one in self.wrong)]
        if len(set(texts)) < len(texts) or len({one.misconception for one in self.wrong}) < len(self.wrong):
            raise ValueError(f"wrong of {self.key}: expected different answers and misconceptions, got {self.wrong!r}")
        for one in self.wrong:
            meaning(one.misconception)
            if not one.feedback.strip():
                raise ValueError(f"wrong of {self.key}: expected something to say to {one.text!r}")

    @property
    def part(self) -> str:
        """The part of the book: the folder of its page."""
        return self.place.page.split("/")[0]


class Recall(Prompt):
    """Something to know, and why it is so."""


class WhatIf(Prompt):
    """What happens if something is changed."""

    kind: ClassVar[str] = "what_if"

    def __post_init__(self) -> None:
        super().__post_init__()
        _two_wrong(self)


class FindTheBug(Prompt):
    """Lines of code with a mistake in them."""

    kind: ClassVar[str] = "find_the_bug"

    def __post_init__(self) -> None:
        super().__post_init__()
        _two_wrong(self)
        if not self.code.strip():
            raise ValueError(f"code of {self.key}: expected the lines with the bug, got none")


def _two_wrong(prompt: Prompt) -> None:
    if len(prompt.wrong) < 2:
        raise ValueError(f"wrong of {prompt.key}: expected two wrong answers at least, got {len(prompt.wrong)}")


class Decoy(NamedTuple):
    """A quantity that belongs into no gap: its name, the misconception, what is said to who puts it there."""

    quantity: str
    misconception: str
    feedback: str


@dataclass(frozen=True)
class Complete:
    """A formula of the book with gaps: the operation, what it gives, the quantities left out, the decoys beside them, and why.

    The formula is that of `steps`; the gaps are its quantities of these names.
    """

    place: Place
    label: str
    gives: str
    gaps: tuple[str, ...]
    decoys: tuple[Decoy, ...]
    why: str
    kind: ClassVar[str] = "complete"
    code: ClassVar[str] = ""
    facts: ClassVar[tuple[str, ...]] = ()

    def __post_init__(self) -> None:
        one_of("page", self.part, PARTS)
        known = [token["q"] for token in self.tokens if isinstance(token, dict)]
        if not self.gaps or any(known.count(name) != 1 for name in self.gaps):
            raise ValueError(f"gaps of {self.key}: expected quantities that stand in its formula once, got {self.gaps!r}")
        for decoy in self.decoys:
            meaning(decoy.misconception)
            if decoy.quantity in self.gaps:
                raise ValueError(f"decoys of {self.key}: expected other quantities than the gaps, got {decoy.quantity!r}")
        if not self.decoys or not 0 < len(self.why) <= LONGEST:
            raise ValueError(f"decoys and why of {self.key}: expected a decoy and a reason, got {self.decoys!r}, {self.why!r}")

    @property
    def key(self) -> str:
        """What it is called: complete, and the name of what the formula gives."""
        return f"complete-{self.gives.replace('_', '-')}"

    @property
    def part(self) -> str:
        """The part of the book."""
        return self.place.page.split("/")[0]

    @property
    def operation(self) -> Operation:
        """The operation whose formula it is."""
        return next(operation for operation in OPERATIONS if operation.label == self.label)

    @property
    def tokens(self) -> list[str | dict[str, str]]:
        """The formula behind its last equals sign: texts, and {"q": name of a quantity}."""
        return dict(parts(self.operation))[self.gives][-1]

    def _written(self, hidden: tuple[str, ...]) -> str:
        shown = [token if isinstance(token, str) else GAP if token["q"] in hidden else QUANTITIES[token["q"]].symbol
                 for token in self.tokens]
        return f"{QUANTITIES[self.gives].symbol} = {' '.join(''.join(shown).split())}"

    @property
    def ask(self) -> str:
        """The formula with its gaps."""
        return f"Complete {self.operation.name.replace('Forward ', 'F')}: {self._written(self.gaps)}"

    @property
    def answer(self) -> str:
        """The whole formula."""
        return self._written(())

    @property
    def wrong(self) -> tuple[No, ...]:
        """The decoys, as wrong answers."""
        return tuple(No(QUANTITIES[one.quantity].symbol, one.misconception, one.feedback) for one in self.decoys)


@dataclass(frozen=True)
class InYourHead:
    """A number to compute without paper: an item of the bank, and why it is computed so."""

    item: Compute
    why: str
    kind: ClassVar[str] = "compute"
    code: ClassVar[str] = ""
    facts: ClassVar[tuple[str, ...]] = ()

    def __post_init__(self) -> None:
        if not 0 < len(self.why) <= LONGEST:
            raise ValueError(f"why of {self.key}: expected 1 to {LONGEST} letters, got {self.why!r}")

    @property
    def key(self) -> str:
        """The key of the item."""
        return self.item.key

    @property
    def place(self) -> Place:
        """Where the item stands."""
        return Place(self.item.page, self.item.section)

    @property
    def part(self) -> str:
        """The part of the book."""
        return self.item.part

    def posed(self, seed: int) -> Posed:
        """The question with the numbers of a seed."""
        return self.item.posed(seed)

    def shown(self, seed: int) -> tuple[str, str, tuple[No, ...]]:
        """With the numbers of a seed: what is asked, the answer, and the wrong ones."""
        posed = self.posed(seed)
        wrong = tuple(No(written(one.value, posed.digits), one.misconception, one.feedback) for one in posed.wrong)
        return posed.ask, posed.answer, wrong


AnyPrompt = Prompt | Complete | InYourHead


def shown(prompt: AnyPrompt, seed: int) -> tuple[str, str, tuple[No, ...]]:
    """What is asked, the answer, and the wrong answers; with the numbers of a seed, where there are any."""
    return prompt.shown(seed) if isinstance(prompt, InYourHead) else (prompt.ask, prompt.answer, prompt.wrong)
