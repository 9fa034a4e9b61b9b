"""AutogradExplorer: an expression as a graph, forward node by node, and back slope by slope."""
from collections.abc import Mapping
from types import SimpleNamespace

import traitlets

from nnlib.graphs import GRAPHS, compute, given_numbers
from nnlib.links import SITE
from nnlib.numerals import number
from nnlib.types import ArrayLike
from nnlib.validation import number as checked_number
from nnlib.widgets.base import BookWidget, Fallback
from nnlib.widgets.traits import Checked, OneOf, Truth, Whole, together

MOST_STEPS = 2 * max(len(graph.nodes) for graph in GRAPHS.values())


class Numbers(Checked[dict[str, float], Mapping[str, ArrayLike]]):
    """Numbers by name, for those that an expression is given; what is left out is as it is usually."""

    def __init__(self) -> None:
        super().__init__()
        self.tag(sync=True)

    def make_dynamic_default(self) -> dict[str, float]:
        """None: all are as usual."""
        return {}

    def check(self, value: Mapping[str, ArrayLike]) -> dict[str, float]:
        """Floats; the names are checked together with the expression."""
        if not isinstance(value, Mapping):
            raise TypeError(f"{self.name}: expected a dict from names to numbers, got {value!r}")
        return {key: checked_number(f"{self.name} {key}", one) for key, one in value.items()}


class AutogradExplorer(BookWidget):
    """An expression as a graph: forward node by node, then backward(), slope by slope; slopes add up where a node is used twice.

    expression: "twice", "product", "sum", "neuron", "sigmoid" or "network". given: numbers by name, such as {"a": 2.5}, in place of the
    usual ones. step: how many nodes were computed, then backward() and how many have handed their slope on. predict: guess each number
    before it is shown.
    """

    expression = OneOf(GRAPHS, "twice")
    given = Numbers()
    step = Whole(0, min=0, max=MOST_STEPS)
    predict = Truth()
    playing = Truth()
    site = traitlets.Unicode(SITE).tag(sync=True)

    @together("expression", "given", "step")
    def _fits(self, now: SimpleNamespace) -> None:
        graph = GRAPHS[now.expression]
        try:
            compute(graph, given_numbers("given", graph, now.given))
        except ValueError as error:
            raise ValueError(str(error).replace("numbers:", "given:")) from None
        last = 2 * (len(graph.nodes) - len(graph.given)) + 1
        if now.step > last:
            raise ValueError(f"step: expected a whole number from 0 to {last} for {now.expression}, got {now.step}")

    def state(self) -> dict[str, object]:
        """The traits as they are stored on a page."""
        return super().state() | {"playing": False}

    def fallback(self) -> Fallback:
        """Every node with its number and its slope."""
        graph = GRAPHS[self.expression]
        found = compute(graph, self.given)
        table = [["name", "computed from", "number", "slope of the last one"]]
        symbols = {node.name: node.symbol for node in graph.nodes}
        for node in graph.nodes:
            value = found[node.name]
            how = f"{node.operation}: {', '.join(symbols[source] for source in node.sources)}" if node.operation else "given"
            table.append([node.symbol, how, number(value.data.item()), number(0.0 if value.grad is None else value.grad.item())])
        return f"{graph.title[0].upper()}{graph.title[1:]}, computed forward, and the slopes back from the last to the first.", table
