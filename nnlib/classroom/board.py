"""What stands on the board in a lesson where nobody programmes: half an iteration with the numbers of sheet 1, slide by slide.

`tools/teaching.py` writes the page from here, a notebook: Markdown with numbers that are computed, the picture and the widget as code.
"""
from typing import NamedTuple

from nnlib.classroom.worksheets import Kind, sheet_iteration
from nnlib.gates import AND
from nnlib.network import Parameters, feedforward, squared_error
from nnlib.numerals import on_paper as write
from nnlib.training import Iteration
from nnlib.types import FloatArray

PAGE = "teaching/board"
SEED, NUMBER = 1, 1  # whose numbers: sheet 1 of the packs that the plans name
ONE, BOTH = Kind("output", 1), Kind("all", 2)  # the sheets of the plan for 45 minutes, and of the double week
QUESTION, NETWORK = "Four rows", "Nothing has been learnt yet"
F1, F2, F3, LOSS = "F1: multiply and add", "F2: bend", "F3 and F4: the last neuron does the same", "E: how wrong is it?"
SECOND, LOSS_OF_BOTH = "The second row", "E of both rows"
SLOPE, STEPS_1_2, STEPS_3_5, STEPS_6_7 = "What a slope says", "Steps 1 and 2", "Steps 3 to 5", "Steps 6 and 7"
SQUARE = 5  # digits of a square: half the sum of two with four digits lies between two losses with four
AFTER, GOOD_FOR = "Has it helped?", "What is a slope good for?"


class Cell(NamedTuple):
    """A cell of the page; code has tags."""

    name: str
    source: str
    tags: tuple[str, ...] = ()


def cells() -> tuple[Cell, ...]:
    """The whole page, below its opening."""
    it = sheet_iteration(SEED, NUMBER, ONE)
    return (Cell("question", _text(_question())), Cell("network", PICTURE, ("remove-input",)), Cell("untrained", _text(_untrained(it))),
            Cell("forward", _text([*_forward(it), *_both(sheet_iteration(SEED, NUMBER, BOTH))])),
            Cell("back", _text([*_slope(it), *_back(it), *_after(it)])), Cell("after", WIDGET, ("remove-input", "builds-4")),
            Cell("end", _text(_end(it))))


PICTURE = '''from nnlib import AND, Parameters, feedforward, figures
from nnlib.classroom.board import NUMBER, ONE, SEED
from nnlib.classroom.worksheets import sheet_iteration

it = sheet_iteration(SEED, NUMBER, ONE)
network = Parameters(it.w1, it.b1, it.w2, it.b2)
assert abs(feedforward(AND.x, network).a2 - 0.445).max() < 0.01
figures.show(figures.network(network), f"The network of sheet {NUMBER}: two inputs, two hidden neurons, one output. "
             f"Its weights and biases: {', '.join(f'{value:g}' for values in network for value in values.ravel())}.",
             f"The network of sheet {NUMBER}: two inputs, two neurons, one output. "
             "A number at a line is a weight, one below a neuron its bias.")'''
WIDGET = '''from nnlib import iteration
from nnlib.widgets import StepExplorer

assert iteration(it.x, it.y, it.updated, it.learning_rate).E < it.E
StepExplorer(epoch=1, parameters=network, examples=(it.x, it.y))'''


def _text(parts: list[str]) -> str:
    return "\n\n".join(parts)


def _table(*rows: tuple[str, ...]) -> str:
    """A table; the first row is its head."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


def _signed(value: float) -> str:
    """A number as a factor or a summand: a negative one in brackets."""
    return f"({write(value)})" if value < 0 else write(value)


def _sum(inputs: FloatArray, weights: FloatArray, bias: float, z: float) -> str:
    """A weighted sum, written out: 1 · 0.2 + 1 · (−0.2) + 0.6 = 0.4."""
    terms = [f"{_signed(value)} · {_signed(weight)}" for value, weight in zip(inputs, weights, strict=True)]
    return f"{' + '.join([*terms, _signed(bias)])} = **{write(z)}**"


def _question() -> list[str]:
    return [f"## {QUESTION}",
            "**AND** says 1 when *both* of its inputs are 1, and 0 otherwise. From these four rows a network is to learn it.",
            _table(("input $x_1$", "input $x_2$", "AND"), *((f"{a:g}", f"{b:g}", f"{y:g}")
                                                           for (a, b), (y,) in zip(AND.x, AND.y, strict=True))),
            f"## {NETWORK}",
            "Nine numbers, made up: six weights and three biases. Everybody's sheet has others."]


def _untrained(it: Iteration) -> list[str]:
    answers = feedforward(AND.x, Parameters(it.w1, it.b1, it.w2, it.b2)).a2[:, 0]
    return [_predict("What does this network answer to the four rows?",
                     "0, 0, 0, 1: it is made for AND", "0 to all four", "about ½ to all four", "to each something else, at random"),
            "The same to all four, nearly. It knows nothing about AND yet, and cannot make up its mind:",
            _table(("input $x_1$", "input $x_2$", "AND", "the network"),
                   *((f"{a:g}", f"{b:g}", f"{y:g}", f"**{write(said, 2)}**")
                     for (a, b), (y,), said in zip(AND.x, AND.y, answers, strict=True)))]


def _predict(question: str, *choices: str) -> str:
    return "\n".join([":::{admonition} Predict", ":class: predict", "", question, "", *(f"- {one}" for one in choices), "", ":::"])


def _forward(it: Iteration) -> list[str]:
    (x,), (z1,), (a1,) = it.x, it.z1, it.a1
    keys = _keys("1", "÷", "(", "1", "+", "eˣ", "(", "(−)", write(z1[0]), ")", ")", "=")
    return [f"## {F1}",
            "Each neuron multiplies what comes in by its weights, adds it all up, and adds its bias. That is its sum, $z$.",
            f"The first row of sheet {NUMBER} is {_pair(x)}:",
            _table(("neuron", "its sum"), *((name, _sum(x, it.w1[:, k], it.b1[0, k], z1[k]))
                                            for k, name in enumerate(("first", "second")))),
            f"## {F2}",
            "A curve makes a number between 0 and 1 of any sum: $\\sigma(z) = \\dfrac{1}{1 + e^{-z}}$.",
            f"The keys for $z = {write(z1[0])}$: {keys}. The key {_keys('(−)')} is the one for a sign. Two signs cancel: "
            f"for $z = {_latex(z1[1])}$ it is {_keys('eˣ', '(', write(-z1[1]), ')')}.",
            "What comes out is the neuron's activation, $a$:",
            _table(("neuron", "sum $z$", "activation $a = \\sigma(z)$"),
                   *((name, write(z1[k]), f"**{write(a1[k])}**") for k, name in enumerate(("first", "second")))),
            f"## {F3}",
            "What goes into it is what the two others have answered. (The board shows four digits, without a zero at the end. Calculate on "
            "with what your calculator keeps.) Multiply, add, bend:",
            _table(("stop", "with numbers"),
                   ("F3", "$z_2$: " + _sum(a1, it.w2[:, 0], it.b2[0, 0], it.z2[0, 0])),
                   ("F4", f"$a_2$: σ({write(it.z2[0, 0])}) = **{write(it.a2[0, 0])}**")),
            f"## {LOSS}",
            "$E$, the **loss**, is one number for how wrong the answer is: half of the squared error.",
            f"The target $y$ is {it.y[0, 0]:g}, the answer was {write(it.a2[0, 0])}:",
            _table(("loss", "with numbers"),
                   ("$E = \\tfrac12 (a_2 - y)^2$", f"½ · ({write(it.a2[0, 0])} − {it.y[0, 0]:g})² = **{write(it.E)}**"))]


def _keys(*keys: str) -> str:
    """Keys to press one after the other; a bracket that closes does not begin a line."""
    return " ".join(f"<kbd>{key}</kbd>" for key in keys).replace(" <kbd>)", "&nbsp;<kbd>)")


def _pair(x: FloatArray) -> str:
    return f"({', '.join(f'{value:g}' for value in x)})"


def _latex(value: float) -> str:
    return write(value).replace("−", "-")


def _both(it: Iteration) -> list[str]:
    x, z1, a1 = it.x[1], it.z1[1], it.a1[1]
    errors = (it.a2 - it.y)[:, 0]
    squares = [write(error**2, SQUARE) for error in errors]
    (second,) = it.a2[1]
    return [f"## {SECOND}",
            f"The same network, with {_pair(x)}. The target is {it.y[1, 0]:g}:",
            _table(("stop", "first neuron", "second neuron"),
                   ("F1", *(_sum(x, it.w1[:, k], it.b1[0, k], z1[k]) for k in (0, 1))),
                   ("F2", *(f"**{write(one)}**" for one in a1))),
            "And the last neuron:",
            _table(("stop", "last neuron"),
                   ("F3", _sum(a1, it.w2[:, 0], it.b2[0, 0], it.z2[1, 0])), ("F4", f"**{write(second)}**")),
            f"## {LOSS_OF_BOTH}",
            "Square each error (a digit more, since it decides the last of $E$), add, and halve:",
            _table(("row", "error", "squared"),
                   *((_pair(row), f"{write(a)} − {y:g} = {write(error)}", square)
                     for row, (a,), (y,), error, square in zip(it.x, it.a2, it.y, errors, squares, strict=True)),
                   ("$E$", "", f"½ · ({' + '.join(squares)}) = **{write(it.E)}**"))]


def _slope(it: Iteration) -> list[str]:
    return [f"## {SLOPE}",
            "**A slope says how fast $E$ grows when one number grows a little.** It is written ∂E/∂ and the number's name.",
            "Positive: $E$ grows, too. Negative: $E$ falls.",
            _predict("Your target is 1. Is the slope ∂E/∂a₂ on your sheet positive or negative?",
                     "positive", "negative", "it depends on the weights")]


def _back(it: Iteration) -> list[str]:
    a2, y, delta, error, steep = it.a2[0, 0], it.y[0, 0], it.dE_dz2[0, 0], it.dE_da2[0, 0], it.da2_dz2[0, 0]
    weights = [(f"$w_{{2,{k + 1}}}$", write(it.a1[0, k]), it.dE_dw2[k, 0], it.w2[k, 0], it.new_w2[k, 0]) for k in (0, 1)]
    bias = ("$b_2$", "1", it.dE_db2[0, 0], it.b2[0, 0], it.new_b2[0, 0])
    return [f"## {STEPS_1_2}",
            "How wrong is the answer, and how steep is the curve there? The product of both is called $\\delta_2$. It is "
            "the blame that reaches the last sum:",
            _table(("step", "what", "with numbers"),
                   ("1", "∂E/∂a₂: answer minus target", f"{write(a2)} − {y:g} = **{write(error)}**"),
                   ("2", "∂a₂/∂z₂: $a_2 (1 - a_2)$", f"{write(a2)} · {write(1 - a2)} = **{write(steep)}**"),
                   ("$\\delta_2$", "step 1 times step 2", f"{_signed(error)} · {write(steep)} = **{write(delta)}**")),
            f"## {STEPS_3_5}",
            "**The slope of a weight is what goes into it, times $\\delta_2$.**",
            "Into the two weights go the two activations (step 3), into the bias a 1 (step 4):",
            _table(("weight", "goes in", "slope, step 5"),
                   *((name, goes_in, f"{goes_in} · {_signed(delta)} = **{write(slope)}**") for name, goes_in, slope, _, _ in weights)),
            f"## {STEPS_6_7}",
            f"Step 6 is the slope of the bias, $\\delta_2$ itself: 1 · {_signed(delta)}. Step 7 is the learning: "
            f"each number goes a little *against* its slope, with the learning rate η = {write(it.learning_rate)}. "
            "**New = old − η · slope**:",
            _table(("number", "old − η · slope", "new"),
                   *((name, f"{write(old)} − {write(it.learning_rate)} · {_signed(slope)}", f"**{write(new)}**")
                     for name, _, slope, old, new in (*weights, bias)))]


class Losses(NamedTuple):
    """The loss of sheet 1 as it is written: before the step, with the new w₂ and b₂ only, and with all nine new numbers."""

    before: str
    half: str
    after: str


def losses(it: Iteration) -> Losses:
    """The loss of an iteration's examples before, with half of it, and after it."""
    updated = it.updated
    half = Parameters(it.w1, it.b1, updated.w2, updated.b2)
    return Losses(write(it.E), *(write(squared_error(feedforward(it.x, network).a2, it.y)) for network in (half, updated)))


def _after(it: Iteration) -> list[str]:
    before, half, _ = losses(it)
    return [f"## {AFTER}",
            f"Before: $E$ = **{before}**. With the new $w_2$ and $b_2$ of sheet {NUMBER}, and all else as it was, it would be {half}.",
            "Steps 8 to 14 move the other six numbers, too. This slide has done them for sheet "
            f"{NUMBER}. What is $E$ now?"]


def _end(it: Iteration) -> list[str]:
    return [f"## {GOOD_FOR}",
            "Write one sentence, without a sign or a number in it."]
