"""BugLab: the classic mistakes and traps as switches, beside the loss and the check of the gradients."""
from collections.abc import Mapping
from types import SimpleNamespace

import traitlets

from nnlib.checking import AGREE
from nnlib.gates import AND, Examples
from nnlib.mistakes import MISTAKES, TRAPS, Mistake, Verdicts, combined, verdicts
from nnlib.numerals import format, number
from nnlib.validation import unknown
from nnlib.widgets.base import BookWidget, Fallback
from nnlib.widgets.gradient_check import check_size
from nnlib.widgets.traits import ExamplesTrait, ParametersTrait, Rate, together


class _Keys(traitlets.List[str]):
    """Some of the keys of a table, each once."""

    name: str  # None only until its class is made

    def __init__(self, table: Mapping[str, Mistake]) -> None:
        super().__init__()
        self.table = table
        self.tag(sync=True)

    def validate(self, obj: object, value: object) -> list[str]:
        """Known keys only."""
        keys: list[str] = list(super().validate(obj, [value] if isinstance(value, str) else value) or ())
        for key in keys:
            if key not in self.table:
                raise traitlets.TraitError(unknown(self.name, key, self.table))
        return list(dict.fromkeys(keys))


class BugLab(BookWidget):
    """Switch a mistake on and see who notices: the loss, the check of the reported slopes, the check of the update, sympy.

    mistakes, traps: keys of nnlib.mistakes.MISTAKES and TRAPS. parameters (2-2-1), examples, learning_rate > 0: as in StepExplorer.
    """

    mistakes = _Keys(MISTAKES)
    traps = _Keys(TRAPS)
    parameters = ParametersTrait()
    examples = ExamplesTrait(Examples(*AND))
    learning_rate = Rate(positive=True)

    @together("parameters", "examples")
    def _fits(self, now: SimpleNamespace) -> None:
        check_size(now.parameters, now.examples)

    def verdicts(self) -> Verdicts:
        """The nnlib.mistakes.Verdicts of what is switched on; raises ValueError if its shapes do not fit."""
        chosen = [MISTAKES[key] for key in self.mistakes] + [TRAPS[key] for key in self.traps]
        start, rate = self.parameters, self.learning_rate
        for key in self.traps:
            start, rate = TRAPS[key].start(start), TRAPS[key].learning_rate or rate
        return verdicts(self.examples.x, self.examples.y, start, rate, operations=combined(*chosen))

    def fallback(self) -> Fallback:
        """What is switched on, and what is seen of it."""
        titles = [MISTAKES[key].title for key in self.mistakes] + [TRAPS[key].title for key in self.traps]
        sentence = " ".join(titles) or "No mistake is switched on: this is how it looks when everything is right."
        try:
            seen = self.verdicts()
        except ValueError as error:
            return sentence, [["what", "seen"], ["training", f"stops with an error: {error}"], ["check", "stops, too"]]
        return sentence, [["what", "seen"], ["loss", f"from {number(seen.loss_before)} to {number(seen.loss_after)}"],
                          ["reported slopes", _agree(seen.reported)], ["the update's slopes", _agree(seen.update)]]


def _agree(error: float) -> str:
    return "agree with the central differences" if error <= AGREE else f"off by {format(100 * error, 2)}%"
