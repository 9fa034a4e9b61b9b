"""The exercises of the handouts: what is given, a box for each result, and the answer to the last question, with the numbers of a seed."""
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

import numpy as np

from nnlib import formulas, palette
from nnlib.classroom.items import Draw
from nnlib.classroom.worksheets import MOST_STUDENTS, sheet_iteration
from nnlib.gates import AND
from nnlib.losses import SOFTMAX_CROSS_ENTROPY, softmax
from nnlib.network import LEARNING_RATE, Parameters, feedforward, mulberry32
from nnlib.numerals import on_paper
from nnlib.quantities import QUANTITIES
from nnlib.steps import OPERATIONS, Operation
from nnlib.training import Iteration, iteration, train
from nnlib.types import FloatArray

EPOCHS = 1500
TRIES = 100
SHEET = MOST_STUDENTS  # a worksheet that no class gets: sheet 1 of a seed stands on the slides of a lesson, and its key has the solution
APART = 0.25  # how far from 0 a sum is at least, so that the answer is plain
MANY = 8  # a sum beyond it gives an answer that is 0 or 1 to four digits


class Named(NamedTuple):
    """A symbol, the kind of quantity that it is, and its numbers in rows."""

    symbol: str
    kind: str
    values: FloatArray


class Box(NamedTuple):
    """A result to compute: its label, what it is, its formula, and its numbers."""

    label: str
    title: str
    formula: str
    results: tuple[Named, ...]


class Exercise(NamedTuple):
    """What is given, in rows, the boxes, and the answer to the last question.

    parameters: of a network to draw beside what is given. cut: how many boxes the first of two columns has. rate: whether η is given.
    """

    given: tuple[tuple[Named, ...], ...]
    boxes: tuple[Box, ...]
    answer: str
    parameters: Parameters | None = None
    cut: int | None = None
    rate: bool = False


def neuron(seed: int) -> Exercise:
    """One neuron and three examples."""
    for draw in _draws(seed):
        x = np.array([[draw.pick((-2, -1, 1, 2, 3)) for _ in range(2)] for _ in range(3)], dtype=float)
        w, b = np.array([[draw.tenths(-9, 9)] for _ in range(2)]), np.array([[draw.tenths(-9, 9)]])
        forward = feedforward(x, Parameters(w, b, np.ones((1, 1)), np.zeros((1, 1))))
        z, a = forward.z1, forward.a1
        above = [at for at in range(3) if z[at, 0] > 0]
        if np.abs(z).min() >= APART and len(above) in (1, 2) and len(np.unique(x, axis=0)) == 3:
            break
    which = _listed([f"({on_paper(x[at, 0])}, {on_paper(x[at, 1])})" for at in above])
    return Exercise(
        ((Named("x", "input", x), Named("w", "weight", w), Named("b", "bias", b)),),
        (Box("1", "three weighted sums", "z = x w + b", (Named("z", "activation", z),)),
         Box("2", "three answers", "a = σ(z) = 1 / (1 + e⁻ᶻ)", (Named("a", "activation", a),))),
        f"To {which}. There the sum is above 0, and σ(0) is ½.")


def forward(seed: int) -> Exercise:
    """The way forward and the loss of a network."""
    it = sheet_iteration(seed, SHEET)
    costly = int(np.argmax(np.abs(it.dE_da2)))
    way = "down" if it.dE_da2[costly, 0] > 0 else "up"
    return _of_network(it, "F1 F2 F3 F4 E".split(), f"That of the {('first', 'second')[costly]} example: its error, "
                       f"{on_paper(it.dE_da2[costly, 0])}, is the larger one. It should go {way}.")


def chain(seed: int) -> Exercise:
    """One output neuron and one example: forward, and back along the path."""
    for draw in _draws(seed):
        a1 = np.array([[draw.pick((0.2, 0.4, 0.6, 0.8)) for _ in range(2)]])
        y, w2, b2 = np.array([[draw.pick((0, 1))]], dtype=float), np.array([[draw.tenths(-9, 9)] for _ in range(2)]), draw.tenths(-5, 5)
        it = iteration(a1, y, Parameters(np.eye(2), np.zeros((1, 2)), w2, np.array([[b2]])), LEARNING_RATE, hidden="identity")
        if a1[0, 0] != a1[0, 1] and abs(it.z2[0, 0]) >= APART:
            break
    after = feedforward(it.x, it.updated._replace(w1=it.w1, b1=it.b1), hidden="identity").a2[0, 0]  # a₁ is given, and stays
    answer = (f"The new one: {on_paper(after)} after {on_paper(it.a2[0, 0])}, and {on_paper(y[0, 0])} is the target. "
              "A step against the slope goes downhill.")
    return Exercise(_rows(it, "a1 y w2 b2"), _operations(it, "F3 F4 1 2 3 5 6 7".split()), answer, cut=4, rate=True)


def steps(seed: int) -> Exercise:
    """The fourteen steps of a network whose way forward is done."""
    it = sheet_iteration(seed, SHEET)
    return Exercise(
        _rows(it, "x y a1 a2", "w1 b1 w2 b2"), _operations(it, [str(label) for label in range(1, 15)]),
        "They are the same. Each weight from x₂ carries a 1, as a bias does. It costs nothing to look, and it finds many slips.",
        cut=7, rate=True)


def trained(seed: int) -> Exercise:
    """All four rows of AND through a network that was trained and then rounded to whole numbers."""
    for own in range(seed, seed + TRIES):
        run = train(AND.x, AND.y, Parameters.random(own), 2.0, EPOCHS, keep="last")
        p = Parameters(*(part.round() for part in run.parameters))
        says = feedforward(AND.x, p)
        if (says.a2.round() == AND.y).all() and max(np.abs(says.z1).max(), np.abs(says.z2).max()) <= MANY and all(map(np.all, p)):
            break
    it = iteration(AND.x, AND.y, p, LEARNING_RATE)
    outputs = ", ".join(on_paper(value) for value in says.a2.ravel().round())
    answer = (f"Yes: rounded, it says {outputs}, and its loss is {on_paper(it.E)}. Nine numbers have changed; "
              "the formulas are as on the first day.")
    return _of_network(it, "F1 F2 F3 F4 E".split(), answer, cut=2)


def shares(seed: int) -> Exercise:
    """Softmax of three sums, its loss, and the step of the biases."""
    draw = Draw(seed)
    sums = [-1.0, 0.0, 1.0, 2.0]
    z = np.array([[sums.pop(sums.index(draw.pick(sums))) for _ in range(3)]])
    y, b = np.eye(3)[[int(draw.pick((0, 1, 2)))]], np.array([[draw.tenths(-9, 9) for _ in range(3)]])
    p, delta = softmax(z), SOFTMAX_CROSS_ENTROPY.slope(z, y)
    right = int(y.argmax()) + 1
    return Exercise(
        ((Named("z", "activation", z), Named("y", "input", y)), (Named("b", "bias", b),)),
        (Box("1", "three powers", "eᶻ", (Named("eᶻ", "activation", np.exp(z)),)),
         Box("2", "shares of the whole", "p = eᶻ / (sum of all three eᶻ)", (Named("p", "activation", p),)),
         Box("3", "minus the logarithm of the right class’s share", "E = −ln p, of the class with the 1",
             (Named("E", "error", np.atleast_2d(SOFTMAX_CROSS_ENTROPY(z, y))),)),
         Box("4", "the blame at each sum", "δ = p − y", (Named("δ", "gradient", delta),)),
         Box("5", "new biases", "new b = b − η δ", (Named("new b", "bias", b - LEARNING_RATE * delta),))),
        f"Raise the sum of class {right}, lower the other two, each by its share. They add up to {on_paper(delta.sum())}: what one share "
        "gains, the others lose.", rate=True)


EXERCISES: Mapping[str, Callable[[int], Exercise]] = {
    "neuron": neuron, "forward": forward, "chain": chain, "steps": steps, "trained": trained, "softmax": shares,
}


def _draws(seed: int) -> Iterable[Draw]:
    """Draws that belong to a seed, one after the other; the last is taken as it is."""
    return (Draw(int(number * 2**32)) for number in mulberry32([seed % 2**32], TRIES)[0])


def _listed(words: list[str]) -> str:
    return " and ".join(words)


def _quantity(it: Iteration, name: str) -> Named:
    about = QUANTITIES[name]
    return Named(about.symbol, about.kind if about.kind in palette.KINDS else "text", np.atleast_2d(np.asarray(it[name], dtype=float)))


def _rows(it: Iteration, *rows: str) -> tuple[tuple[Named, ...], ...]:
    """Quantities in rows, by their names: "x y"."""
    return tuple(tuple(_quantity(it, name) for name in row.split()) for row in rows)


def _operations(it: Iteration, labels: list[str]) -> tuple[Box, ...]:
    """The boxes of these operations, in their order."""
    chosen: list[Operation] = [operation for label in labels for operation in OPERATIONS if operation.label == label]
    return tuple(Box(one.label, one.title, ",  ".join(formulas.lines(one)), tuple(_quantity(it, name) for name in one.outputs))
                 for one in chosen)


def _of_network(it: Iteration, labels: list[str], answer: str, cut: int | None = None) -> Exercise:
    """A network with its picture, and the boxes of some operations."""
    parameters = Parameters(it.w1, it.b1, it.w2, it.b2)
    return Exercise(_rows(it, "x y", "w1 b1", "w2 b2"), _operations(it, labels), answer, parameters, cut)
