"""Worksheet: one sheet of nnlib.classroom.worksheets on a page, to fill in on paper or to print."""
from nnlib.classroom.worksheets import LEVELS, ON_PAGES, ROWS, Kind, sheet_iteration
from nnlib.numerals import number, rows
from nnlib.quantities import QUANTITIES
from nnlib.training import Iteration
from nnlib.widgets.base import BookWidget, Fallback
from nnlib.widgets.traits import OneOf, Seed, Truth, Whole


class Worksheet(BookWidget):
    """One iteration by hand: the sheet whose numbers belong to the seed, the same as the first of `python -m nnlib.worksheets --seed`.

    seed: whose numbers. level: how far it goes, "output" (steps 1 to 7) or "all". rows: how many examples, 1 to 4. key: show the results.
    """

    seed = Seed()
    level = OneOf(ON_PAGES, "all")
    rows = Whole(2, min(ROWS), max(ROWS))
    key = Truth()

    def iteration(self) -> Iteration:
        """The nnlib.Iteration of the sheet."""
        return sheet_iteration(self.seed, 1, Kind(self.level, self.rows))

    def fallback(self) -> Fallback:
        """What is given, and what is asked for."""
        it = self.iteration()
        table = [["quantity", "numbers"]]
        for name in ("x", "y", "w1", "b1", "w2", "b2"):
            table.append([QUANTITIES[name].symbol, rows(it[name], number)])
        for operation in LEVELS[self.level].operations:
            table.append([", ".join(QUANTITIES[name].symbol for name in operation.outputs), "…"])
        rate = number(it.learning_rate)
        return f"One iteration by hand, with η = {rate}: compute each of these in order, to four significant digits.", table
