"""The pictures on the first page of a handout, drawn from what the book computes: (page, left, bottom, width) -> nothing."""
from itertools import pairwise

import numpy as np

from nnlib.activations import SIGMOID
from nnlib.classroom.paper import curve, label, network, palette, rule, text
from nnlib.gates import AND
from nnlib.losses import CROSS_ENTROPY
from nnlib.network import LEARNING_RATE, Parameters, feedforward, squared_error
from nnlib.numerals import on_paper
from nnlib.steps import OPERATIONS
from nnlib.training import train

HEIGHT = 158
EPOCHS = 600


def axes(page, x, y, width, height, across, up, named, marks):
    """A pair of axes with their names and a few marks; gives the function that puts a point of the data on the paper."""
    (x0, x1), (y0, y1) = across, up

    def put(u, v):
        return x + (u - x0) / (x1 - x0) * width, y + (v - y0) / (y1 - y0) * height

    rule(page, x, y, x + width, y, colour="muted")
    rule(page, x, y, x, y + height, colour="muted")
    for value in marks[0]:
        at = put(value, y0)[0]
        rule(page, at, y - 3, at, y, colour="muted")
        text(page, at, y - 12, on_paper(value), 7.5, colour="muted", align="centre")
    for value in marks[1]:
        at = put(x0, value)[1]
        rule(page, x - 3, at, x, at, colour="muted")
        text(page, x - 5, at - 2.5, on_paper(value), 7.5, colour="muted", align="right")
    text(page, x + width, y - 23, named[0], 8, colour="muted", align="right")
    text(page, x, y + height + 6, named[1], 8, colour="muted")
    return put


def _ideas(page, left, bottom, width):
    """The sigmoid, and beside it two gates with a line, or without one."""
    z = np.linspace(-6, 6, 121)
    put = axes(page, left + 22, bottom + 26, 0.5 * width - 40, HEIGHT - 44, (-6, 6), (0, 1), ("weighted sum z", "answer a = σ(z)"),
               ((-6, -3, 0, 3, 6), (0, 0.5, 1)))
    curve(page, [put(*point) for point in zip(z, SIGMOID(z), strict=True)], "activation", 1.4)
    curve(page, [put(-6, 0.5), put(0, 0.5), put(0, 0)], "line", 0.7)
    for at, (name, gate) in enumerate((("AND", AND.y), ("XOR", np.array([[0], [1], [1], [0]])))):
        side = HEIGHT - 78
        put = axes(page, left + (0.56 + 0.24 * at) * width, bottom + 26, side, side, (-0.3, 1.3), (-0.3, 1.3), ("x₁", "x₂"),
                   ((0, 1), (0, 1)))
        for (u, v), target in zip(AND.x, gate[:, 0], strict=True):
            page.setStrokeColor(palette.NAMES["text"].light)
            page.setFillColor(palette.NAMES["text" if target else "background"].light)
            page.setLineWidth(1)
            page.circle(*put(u, v), 4.5, fill=1)
        text(page, put(1.3, 0)[0], bottom + 32 + side, name, 8, align="right")
        if name == "AND":
            curve(page, [put(0.3, 1.2), put(1.2, 0.3)], "activation", 1.2)
    text(page, left + 0.56 * width, bottom + HEIGHT - 18, "filled: 1, open: 0. One line does it, no line does.", 8, colour="muted")


def _forward(page, left, bottom, width):
    """The network of the book with its numbers, and the squares of its two errors."""
    p = Parameters.example()
    network(page, left, bottom, 0.56 * width, HEIGHT - 8, p)
    says = feedforward(AND.x[[1, 3]], p).a2[:, 0]
    put = axes(page, left + 0.66 * width, bottom + 26, 0.32 * width, HEIGHT - 44, (-1, 1), (0, 0.5),
               ("error a₂ − y", "what it costs: ½ (a₂ − y)²"), ((-1, 0, 1), (0, 0.5)))
    errors = np.linspace(-1, 1, 81)
    curve(page, [put(e, squared_error([[e]], [[0]])) for e in errors], "error", 1.4)
    for example, error in enumerate(says - AND.y[[1, 3], 0], 1):
        at = put(error, squared_error([[error]], [[0]]))
        page.setFillColor(palette.NAMES["error"].light)
        page.setStrokeColor(palette.NAMES["error"].light)
        page.circle(*at, 3, fill=1)
        text(page, at[0] + (7 if error < 0 else -7), at[1] + 3, f"example {example}", 7.5, align="left" if error < 0 else "right")


def _loss_over(weight):
    p = Parameters.example()
    w2 = p.w2.copy()
    w2[0, 0] = weight
    return float(squared_error(feedforward(AND.x, p._replace(w2=w2)).a2, AND.y))


def _slopes(page, left, bottom, width):
    """The loss over one weight, with steps down the hill."""
    weights = np.linspace(-5, 3, 121)
    put = axes(page, left + 26, bottom + 26, width - 40, HEIGHT - 44, (-5, 3), (0.3, 1),
               ("the first weight into the output", "loss of the four rows of AND, the other eight numbers held still"),
               ((-4, -2, 0, 2), (0.4, 0.6, 0.8, 1)))
    curve(page, [put(w, _loss_over(w)) for w in weights], "error", 1.4)
    weight, places = 2.5, []
    for _ in range(6):
        places.append(weight)
        weight -= 4 * (_loss_over(weight + 1e-5) - _loss_over(weight - 1e-5)) / 2e-5
    for at, (one, other) in enumerate(pairwise(places)):
        height = _loss_over(one)
        curve(page, [put(one, height), put(other, height), put(other, _loss_over(other))], "muted", 0.8)
        dot = put(one, height)
        page.setFillColor(palette.NAMES["gradient"].light)
        page.setStrokeColor(palette.NAMES["gradient"].light)
        page.circle(*dot, 3, fill=1)
        if at == 0:
            text(page, dot[0] + 7, dot[1] - 4, "start", 8)
    text(page, *put(-4.6, 0.8), "Steep: a long step. Nearly flat: a short one.", 8.5)


PLACES = {"E": (0.94, 0.82), "a2": (0.79, 0.82), "z2": (0.62, 0.82), "a1": (0.42, 0.82), "z1": (0.24, 0.82),
          "w2": (0.56, 0.14), "b2": (0.70, 0.14), "w1": (0.17, 0.14), "b1": (0.31, 0.14)}
KINDS = {"E": "error", "w": "weight", "b": "bias"}


def _steps(page, left, bottom, width):
    """The map: which step is which way, from the loss back to the nine numbers."""
    numbers = {name: operation.label for operation in OPERATIONS for name in operation.outputs}
    at = {name: (left + x * width, bottom + 14 + y * (HEIGHT - 40)) for name, (x, y) in PLACES.items()}
    for name, step in numbers.items():
        above, _, below = name[1:].partition("_d")
        if below and (above != "E" or below == "a2"):  # a slope along one line, not a product of several
            (x1, y1), (x2, y2) = at[above], at[below]
            rule(page, x1, y1, x2, y2, colour="muted", width=1)
            label(page, (x1 + x2) / 2, (y1 + y2) / 2, step, "gradient")
    for name, (x, y) in at.items():
        page.setFillColor(palette.BACKGROUND.light)
        page.setStrokeColor(palette.NAMES[KINDS.get(name[0], "activation")].light)
        page.setLineWidth(1.2)
        page.circle(x, y, 13, fill=1)
        symbol = name[0] + name[1:].translate(str.maketrans("12", "₁₂"))
        text(page, x, y - 3.5, symbol, 10, align="centre")
    for layer, moves in (("2", numbers["new_w2"]), ("1", numbers["new_w1"])):
        for name in (f"w{layer}", f"b{layer}"):
            x, y = at[name]
            slope = numbers[f"dE_d{name}"]
            side, align = (-17, "right") if name[0] == "w" else (17, "left")
            text(page, x + side, y + 2, f"slope: {slope}", 8, colour="gradient", align=align)
            text(page, x + side, y - 9, f"moves: {moves}", 8, colour="muted", align=align)
    text(page, left, bottom + HEIGHT - 8, "Read it from the right: the number on a line is the step that goes along it.", 8, colour="muted")


def _training(page, left, bottom, width):
    """The four outputs of the book's network over the epochs."""
    run = train(AND.x, AND.y, Parameters.example(), LEARNING_RATE, EPOCHS)
    epochs = np.arange(0, EPOCHS + 1, 5)
    says = np.array([feedforward(AND.x, run[int(epoch)]).a2[:, 0] for epoch in epochs])
    put = axes(page, left + 22, bottom + 26, width - 90, HEIGHT - 44, (0, EPOCHS), (0, 1), ("epoch", "what the network says to each row"),
               (range(0, EPOCHS + 1, 100), (0, 0.25, 0.5, 0.75, 1)))
    curve(page, [put(0, 0.25), put(EPOCHS, 0.25)], "line", 0.7)
    names = ("(0, 0)", "(0, 1), (1, 0)", None, "(1, 1)")
    for row, name in enumerate(names):
        curve(page, [put(*point) for point in zip(epochs, says[:, row], strict=True)], "activation" if row == 3 else "text", 1.3)
        if name:
            x, y = put(EPOCHS, says[-1, row])
            text(page, x + 4, y - 3 + (5 if row == 1 else -2 if row == 0 else 0), name, 8)
    text(page, *put(12, 0.08), "the plateau: ¼ for all", 8, colour="muted")


def _beyond(page, left, bottom, width):
    """The blame at an output over its sum, for two losses."""
    z = np.linspace(-8, 8, 161)
    a = SIGMOID(z)
    zero = np.zeros((1, 1))
    put = axes(page, left + 22, bottom + 26, width - 130, HEIGHT - 44, (-8, 8), (0, 1),
               ("weighted sum z₂; the target is 0", "blame δ₂"), ((-8, -4, 0, 4, 8), (0, 0.5, 1)))
    entropy = [float((CROSS_ENTROPY.slope([[value]], zero) * SIGMOID.slope(at, value))[0, 0]) for at, value in zip(z, a, strict=True)]
    for values, colour, name in ((entropy, "activation", "cross-entropy"), (a * SIGMOID.slope(z, a), "error", "squared error")):
        curve(page, [put(*point) for point in zip(z, values, strict=True)], colour, 1.4)
        x, y = put(8, values[-1])
        text(page, x + 6, y - 3, name, 8, colour=colour)
    text(page, *put(-7.6, 0.82), "The further to the right, the more wrong.", 8.5)


PICTURES = {"ideas": _ideas, "forward": _forward, "slopes": _slopes, "steps": _steps, "training": _training, "beyond": _beyond}
