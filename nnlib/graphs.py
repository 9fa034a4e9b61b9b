"""Small expressions as graphs: numbers that are given, and operations on what stands before them; AutogradExplorer steps through them.

A graph is a list of nodes in the order in which they are computed. `compute` hands them to `nnlib.autograd`.
"""
from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from nnlib.autograd import Value
from nnlib.gates import AND
from nnlib.network import Parameters
from nnlib.validation import number, one_of, unknown

OPERATIONS: dict[str, Callable[..., Value]] = {  # each takes as many Values as it needs; + any number of them
    "+": lambda *values: sum(values[1:], start=values[0]),
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "neg": lambda a: -a,
    "half_square": lambda a: a**2 / 2,
    "exp": lambda a: a.exp(),
    "log": lambda a: a.log(),
    "sigmoid": lambda a: a.sigmoid(),
    "tanh": lambda a: a.tanh(),
    "relu": lambda a: a.relu(),
}


class Node(NamedTuple):
    """One node: its name, its operation and the names of what goes in; or, with no operation, the number that is given.

    symbol is what it is called on the page. quantity, row, column: which number of the book it is, where it is one.
    """

    name: str
    operation: str | None = None
    sources: tuple[str, ...] = ()
    value: float = 0.0
    symbol: str = ""
    quantity: str = ""
    row: int = 0
    column: int = 0


class Graph(NamedTuple):
    """A title, and the nodes in the order in which they are computed; the last one is what the slopes are of."""

    title: str
    nodes: tuple[Node, ...]

    @property
    def given(self) -> dict[str, float]:
        """The numbers that are given, by name."""
        return {node.name: node.value for node in self.nodes if node.operation is None}


def _graph(title: str, given: Mapping[str, float], **operations: str) -> Graph:
    """A graph from numbers, and operations as words: c="* a b"."""
    nodes = [Node(name, value=float(value)) for name, value in given.items()]
    for name, words in operations.items():
        operation, *sources = words.split()
        nodes.append(Node(name, operation, tuple(sources)))
    symbols = {node.name: "k" if node.name == "one" else node.name.translate(SUBSCRIPT) for node in nodes}
    return Graph(title, tuple(node._replace(symbol=symbols[node.name], quantity=node.name) for node in nodes))


SUBSCRIPT = str.maketrans("123456789", "₁₂₃₄₅₆₇₈₉")


def _network() -> Graph:
    """The worked example on the last row of AND, number by number, with all names of the book."""
    p = Parameters.example()
    nodes = []

    def given(quantity: str, row: int, column: int, value: float, symbol: str) -> str:
        nodes.append(Node(f"{quantity}_{row}{column}", value=float(value), symbol=symbol, quantity=quantity, row=row, column=column))
        return nodes[-1].name

    def computed(name: str, operation: str, *sources: str, symbol: str = "", quantity: str = "", column: int = 0) -> str:
        nodes.append(Node(name, operation, sources, symbol=symbol, quantity=quantity or name, column=column))
        return name

    x = [given("x", 0, i, AND.x[3, i], f"x{'₁₂'[i]}") for i in range(2)]
    hidden = []
    for j in range(2):
        small = "₁₂"[j]
        parts = [computed(f"p{i}{j}", "*", x[i], given("w1", i, j, p.w1[i, j], f"w₁,{'₁₂'[i]}{small}"),
                          symbol=f"p{'₁₂'[i]}{small}") for i in range(2)]
        z = computed(f"z1_0{j}", "+", *parts, given("b1", 0, j, p.b1[0, j], f"b₁,{small}"), symbol=f"z₁,{small}", quantity="z1", column=j)
        hidden.append(computed(f"a1_0{j}", "sigmoid", z, symbol=f"a₁,{small}", quantity="a1", column=j))
    parts = [computed(f"q{j}", "*", hidden[j], given("w2", j, 0, p.w2[j, 0], f"w₂,{'₁₂'[j]}"), symbol=f"q{'₁₂'[j]}")
             for j in range(2)]
    z = computed("z2", "+", *parts, given("b2", 0, 0, p.b2[0, 0], "b₂"), symbol="z₂")
    a = computed("a2", "sigmoid", z, symbol="a₂")
    error = computed("e", "-", a, given("y", 0, 0, AND.y[3, 0], "y"), symbol="e", quantity="e")
    computed("E", "half_square", error, symbol="E")
    return Graph("2-2-1 on one example", tuple(nodes))


GRAPHS = {
    "twice": _graph("used twice: E = ½ (a b + a)²", {"a": 2, "b": -3}, c="* a b", d="+ c a", E="half_square d"),
    "product": _graph("a product: E = a b", {"a": 2, "b": -3}, E="* a b"),
    "sum": _graph("a sum: E = a + b", {"a": 2, "b": -3}, E="+ a b"),
    "neuron": _graph("one neuron: E = ½ (a − y)²", {"x1": 1, "w1": 0.3, "x2": 1, "w2": 0.2, "b": 0.1, "y": 0},
                     p1="* x1 w1", p2="* x2 w2", z="+ p1 p2 b", a="sigmoid z", e="- a y", E="half_square e"),
    "sigmoid": _graph("σ taken apart: a = k ÷ (k + exp(−z))", {"z": 1.5, "one": 1}, m="neg z", p="exp m", s="+ one p",
                      a="/ one s"),
    "network": _network(),
}


def given_numbers(name: str, graph: Graph, numbers: Mapping[str, float]) -> dict[str, float]:
    """All numbers that a graph is given: those of numbers, and for the others its own; TypeError or ValueError that names what is wrong."""
    if not isinstance(numbers, Mapping):
        raise TypeError(f"{name}: expected a dict from names to numbers, got {numbers!r}")
    for key in numbers:
        if key not in graph.given:
            raise ValueError(unknown(name, key, graph.given))
    return {key: number(f"{name} {key}", numbers.get(key, usual)) for key, usual in graph.given.items()}


def compute(graph: Graph, numbers: Mapping[str, float] | None = None) -> dict[str, Value]:
    """Every node as a Value, with the slope of the last one along it; ValueError where a result or a slope is no finite number."""
    numbers, found = given_numbers("numbers", graph, numbers or {}), {}
    with np.errstate(all="ignore"):
        for node in graph.nodes:
            if node.operation is None:
                found[node.name] = Value(numbers[node.name])
            else:
                operation = OPERATIONS[one_of("operation", node.operation, OPERATIONS)]
                found[node.name] = operation(*(found[source] for source in node.sources))
        found[graph.nodes[-1].name].backward()
    for name, value in found.items():
        for what, array in (("", value.data), ("the slope with respect to ", value.grad)):
            if array is not None and not np.isfinite(array).all():
                raise ValueError(f"numbers: expected some for which every result is finite, got {what}{name} = {array}")
    return found
