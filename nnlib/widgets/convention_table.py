"""ConventionTable: the fourteen formulas as other people write them, with numbers."""
from types import SimpleNamespace

from nnlib import conventions
from nnlib.conventions import CHOICES, Conventions, compute, lines, multiple_text, refused
from nnlib.network import LEARNING_RATE, Parameters
from nnlib.numerals import number, rows
from nnlib.widgets.base import BookWidget, Fallback
from nnlib.widgets.traits import OneOf, together


def _choice(name: str) -> OneOf:
    keys = [option.key for option in CHOICES[name].options]
    return OneOf(keys, keys[0])


class ConventionTable(BookWidget):
    """One iteration of the worked example, on three rows of AND, in any of the conventions of nnlib.conventions.

    A trait for each choice: examples, product, bias, loss, scale, delta, slopes, rate. Several that only go together are set with
    `widget.set(loss="cross_entropy", scale="mean")`.
    """

    examples = _choice("examples")
    product = _choice("product")
    bias = _choice("bias")
    loss = _choice("loss")
    scale = _choice("scale")
    delta = _choice("delta")
    slopes = _choice("slopes")
    rate = _choice("rate")

    @together(*CHOICES)
    def _fits(self, now: SimpleNamespace) -> None:
        if problem := refused(vars(now)):
            raise ValueError(problem)

    def conventions(self) -> Conventions:
        """The nnlib.conventions.Conventions that are on show."""
        return Conventions(**{name: getattr(self, name) for name in CHOICES})

    def fallback(self) -> Fallback:
        """Every equation and what it comes to."""
        chosen = self.conventions()
        values = compute(chosen, conventions.SHOWN.x, conventions.SHOWN.y, Parameters.example(), LEARNING_RATE)
        table = [["stop", "equation", "numbers, row by row"]]
        for line in lines(chosen):
            table.append([line.label, line.text, rows(values[line.gives], number) if line.gives else ""])
        told = "; ".join(f"{choice.question} {_text_of(name, getattr(chosen, name))}" for name, choice in CHOICES.items())
        return (f"The nineteen stops for three rows of AND, with η = {number(LEARNING_RATE)}. Chosen: {told}. "
                f"Compared with this book, the learning rate is multiplied by {multiple_text(chosen)}."), table


def _text_of(name: str, key: str) -> str:
    return next(option.text for option in CHOICES[name].options if option.key == key)
