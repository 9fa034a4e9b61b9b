"""NumberBox: any number to work out by hand, that a cell computes, and the slips that are recognised by what they give."""
from collections.abc import Mapping
from types import SimpleNamespace

from nnlib.classroom.answers import tolerance
from nnlib.limits import EXACT
from nnlib.types import ArrayLike
from nnlib.validation import number
from nnlib.widgets.base import BookWidget, Fallback
from nnlib.widgets.traits import Checked, Finite, Whole, Words, together


class Slips(Checked[dict[str, float], Mapping[str, ArrayLike]]):
    """What goes wrong, in a sentence, and the number that it gives."""

    def __init__(self) -> None:
        super().__init__({})
        self.tag(sync=True)

    def check(self, value: object) -> dict[str, float]:
        """A dict from sentences to finite numbers."""
        if not isinstance(value, Mapping) or not all(isinstance(said, str) and said for said in value):
            raise TypeError(f"{self.name}: expected a dict from sentences to numbers, got {value!r}")
        return {said: _kept(number(f"{self.name}, {said!r}", gives)) for said, gives in value.items()}


class Computed(Finite):
    """A finite number that a cell computes, without the last digits, in which processors differ."""

    def check(self, value: ArrayLike) -> float:
        """Nine significant digits of it."""
        return _kept(super().check(value))


def _kept(value: float) -> float:
    return float(f"{value:.9g}")


class NumberBox(BookWidget):
    """A number to work out by hand; an answer that a known slip gives is told which.

    asked: what the number is, as it is written in the box. right: the number. digits: how many significant ones are asked for, or 0 for the
    number as it is. wrong: what goes wrong, in a sentence, and the number that it gives; the wrong sign is known without.
    """

    asked = Words("how many numbers our network learns")
    right = Computed(9.0)
    digits = Whole(0, min=0, max=6)
    wrong = Slips()

    def __init__(self, asked: str | None = None, **traits: object) -> None:
        super().__init__(**({} if asked is None else {"asked": asked}), **traits)

    @together("right", "digits", "wrong")
    def _fits(self, now: SimpleNamespace) -> None:
        near = tolerance(now.right, now.digits) if now.digits else EXACT * max(1, abs(now.right))
        for said, gives in now.wrong.items():
            if abs(gives - now.right) <= 2 * near:
                raise ValueError(f"wrong: expected numbers that the right one, {now.right}, is told from, got {gives} for {said!r}")

    def fallback(self) -> Fallback:
        """What is asked for, and how exactly."""
        return f"A number to work out by hand: {self.asked}.", [["number", "significant digits"], [self.asked, str(self.digits or "all")]]

    def __repr__(self) -> str:
        return f"NumberBox({self.asked!r})"
