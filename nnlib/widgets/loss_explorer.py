"""LossExplorer: predictions against targets, each squared error drawn as a square."""
from types import SimpleNamespace

from nnlib.network import squared_error
from nnlib.numerals import number
from nnlib.widgets.base import BookWidget, Fallback
from nnlib.widgets.traits import Matrix, together


class LossExplorer(BookWidget):
    """The loss of a few predictions: drag one and see its square grow.

    a2 (n, 1): predictions from 0 to 1. y (n, 1): targets. At most eight examples; to change their number, set both within
    `widget.hold_trait_notifications()`.
    """

    a2 = Matrix(("n", 1), [[0.2], [0.7], [0.4], [0.9]])
    y = Matrix(("n", 1), [[0], [0], [0], [1]])

    @together("a2", "y")
    def _fits(self, now: SimpleNamespace) -> None:
        for name, value in vars(now).items():
            if value.min() < 0 or value.max() > 1:
                raise ValueError(f"{name}: expected numbers from 0 to 1, got {value.ravel().tolist()}")
            if len(value) > 8:
                raise ValueError(f"{name}: expected at most 8 examples, got {len(value)}")
        squared_error(now.a2, now.y)  # the shapes have to fit each other

    def fallback(self) -> Fallback:
        """Every example's error and its square."""
        table = [["example", "prediction", "target", "error", "squared"]]
        for i, (a, y) in enumerate(zip(self.a2[:, 0], self.y[:, 0], strict=True)):
            table.append([str(i + 1), number(a), number(y), number(a - y), number((a - y) ** 2)])
        return f"The loss is half of the sum of the squared errors: E = {number(squared_error(self.a2, self.y))}.", table
