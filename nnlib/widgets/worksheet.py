"""Worksheet: one sheet of nnlib.classroom.worksheets on a page, to fill in on paper or to print."""
from nnlib.classroom.worksheets import sheet_iteration
from nnlib.numerals import number, rows
from nnlib.quantities import QUANTITIES
from nnlib.steps import OPERATIONS
from nnlib.training import Iteration
from nnlib.widgets.base import BookWidget, Fallback
from nnlib.widgets.traits import Seed, Truth


class Worksheet(BookWidget):
    """One iteration by hand: the sheet whose numbers belong to the seed, the same as the first of `python -m nnlib.worksheets --seed`.

    seed: whose numbers. key: show the results.
    """

    seed = Seed()
    key = Truth()

    def iteration(self) -> Iteration:
        """The nnlib.Iteration of the sheet."""
        return sheet_iteration(self.seed, 1)

    def fallback(self) -> Fallback:
        """What is given, and what is asked for."""
        it = self.iteration()
        table = [["quantity", "numbers"]]
        for name in ("x", "y", "w1", "b1", "w2", "b2"):
            table.append([QUANTITIES[name].symbol, rows(it[name], number)])
        for operation in OPERATIONS:
            table.append([", ".join(QUANTITIES[name].symbol for name in operation.outputs), "…"])
        rate = number(it.learning_rate)
        return f"One iteration by hand, with η = {rate}: compute each of these in order, to four significant digits.", table
