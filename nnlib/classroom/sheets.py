"""The drawing of worksheets and of their key, on paper."""
from functools import partial
from pathlib import Path

import numpy as np

from nnlib.classroom.paper import FONT, MARGIN, PAPERS, canvas, fitted, formula, matrix_size, network, pdfmetrics, quantity, rule, text
from nnlib.classroom.worksheets import LEVELS, USUAL, explorer_link, margins, sheet_iteration
from nnlib.mistakes import MISTAKES
from nnlib.numerals import on_paper
from nnlib.quantities import QUANTITIES
from nnlib.steps import LAYERS
from nnlib.training import iteration

DIGITS = ("no", "one", "two", "three", "four", "five", "six")
ROUNDING = ("Give every result with {digits} significant digits ({exact} becomes {rounded}; a zero at the end may be left off). "
            "Calculate on with what your calculator keeps; if you calculate on with what you wrote down, the last digit may differ.")
SIGMA = "σ(z) = 1 / (1 + e⁻ᶻ), and σ′(z) = a (1 − a) with a = σ(z)."
LEFT_OFF = "A zero at the end of a result is left off."
NAMES = "In the picture ŷ, the prediction, is a₂. The weights that lead to it are w₂,₁, from above, and w₂,₂, from below."
SIGNS = ("Matrices beside each other, as in a₁ w₂: each row of the left one with each column of the right one, number by number, added up.",
         "⊙ multiplies number by number, each with the one in its place, and adds nothing. ᵀ turns rows into columns.")
BRACKETS = "Beside each other in brackets stand the upper and the lower neuron's numbers; w₁ has a row for each input."
PLAIN = {  # by the label: the same with one example, number by number
    "F1": "z₁ = x₁ · weight + x₂ · weight + bias, for each neuron",
    "F2": "a₁ = σ(z₁), for each neuron",
    "F3": "z₂ = a₁,₁ · w₂,₁ + a₁,₂ · w₂,₂ + b₂",
    "E": "E = ½ (a₂ − y)²",
    "2": "∂a₂/∂z₂ = σ′(z₂) = a₂ · (1 − a₂)",
    "5": "δ₂ = ∂E/∂a₂ · ∂a₂/∂z₂,  ∂E/∂w₂ = a₁ · δ₂ for each of the two weights",
    "6": "∂E/∂b₂ = 1 · δ₂",
    "7": "new = old − η · slope, for each of the two weights and the bias",
}
LARGER = 1.1  # how much larger those sheets are printed that have fewer steps, and so more room
NOTE = 7.5  # the size of the key's note
HINT = 7.2  # the size of the hints on the front
ROOM = 30  # at least so much beneath each result, to work it out
PLUS_MINUS = "±: one unit of the last digit, even of an exact 1, and what rounding what goes in can add. Steps pass it on differently."
SLIP = "swapped error"  # the mistake that the key follows to its end
MARKING = (
    "One mark for each matrix and for E, for all of its numbers.",
    "Right is what lies within ± of the printed number. That is how far off one may be who rounds every result, and every product",
    "before it is added, to {digits} significant digits, and carries on with what was written down. Nobody who does so loses a mark.",
    "Follow through: what is carried on rightly from a wrong number is right. Put the pupil's own numbers into the formula. If the",
    "result fits, it has its mark, so that a slip in step 1 costs one mark, and not one for each result that follows from it.",
    "A blank has no mark; go on with the printed number.",
    ".venv/bin/python -m nnlib.classroom.marking does all this from a table of the pupils' numbers, and says what went wrong.",
)


def write_sheets(path: Path | str, students: int, seed: int, paper: str = "a4", kind=USUAL, names=()) -> None:
    """The pupils' pages, two for each."""
    page = canvas(path, paper, f"Fourteen Steps: {students} worksheets, seed {seed}")
    write = _writer(kind)
    rounding = ROUNDING.format(digits=DIGITS[kind.digits], exact=_mark("0.0123456", kind), rounded=write(0.0123456))
    notes = (SIGMA, *(() if kind.level == "neuron" else (NAMES,)), *(() if not kind.formulas else (BRACKETS,) if kind.plain else SIGNS))
    for pupil in range(1, students + 1):
        it = sheet_iteration(seed, pupil, kind)
        title, back = _titles(kind)
        width, top = _head(page, paper, pupil, students, seed, title, names)
        y = _given(page, it, width, top, kind)
        for line in (*_wrapped(rounding, width, HINT), *notes):
            fitted(page, MARGIN, y, line, width, HINT, colour="muted")
            y -= 10
        scale = _larger(it, kind, _front(kind), y)
        _scaled(page, scale, y)
        _column(page, it, _front(kind), MARGIN, y - 10, width / scale, kind, shown=False, down_to=_bottom(scale, y))
        page.showPage()
        width, top = _head(page, paper, pupil, students, seed, back, names)
        scale = min(_larger(it, kind, operations, top - 19) for _, operations in _back(kind))
        _scaled(page, scale, top)
        _steps(page, it, width / scale, top, kind, shown=False, down_to=_bottom(scale, top))
        page.showPage()
    page.save()


def write_key(path: Path | str, students: int, seed: int, paper: str = "a4", site: str = "", kind=USUAL, names=()) -> None:
    """The key, one page for each pupil: every value and how far off it may be, one slip carried on, a link if there is a site."""
    page = canvas(path, paper, f"Fourteen Steps: key to {students} worksheets, seed {seed}")
    for pupil in range(1, students + 1):
        it = sheet_iteration(seed, pupil, kind)
        off = margins(it, kind)
        width, top = _head(page, paper, pupil, students, seed, "Key", names)
        scale = _key_scale(it, kind, top)
        _scaled(page, scale, top)
        width /= max(scale, 1)
        text(page, MARGIN, top - 12, _given_besides(it, kind), 8, colour="muted")
        under, front, high = top - 14, _front(kind), _higher(it, kind)
        half, cut = width / 2 + 6, len(front) // 2
        x = MARGIN
        for name in LEVELS[kind.level].given:
            if name not in ("x", "y"):
                x += quantity(page, x, under - 22 - high, name, it[name], write=_writer(kind)) + 12
        left = _column(page, it, front[:cut], MARGIN, under - 56 - 2 * high, half - 12, kind, off=off)
        right = _column(page, it, front[cut:], MARGIN + half, under - 56 - 2 * high, half - 12, kind, off=off)
        y = min(left, right)
        rule(page, MARGIN, y + 4, MARGIN + width, y + 4)
        y = _steps(page, it, width, y + 4, kind, off=off)
        for line, words in enumerate((*_wrapped(PLUS_MINUS, width, NOTE), *_wrapped(follow_through(it, kind), width, NOTE))):
            text(page, MARGIN, y - 3 - 10 * line, words, NOTE)
        page.restoreState()
        if site:
            link = explorer_link(site, it)
            text(page, MARGIN, MARGIN - 14, "Open this very network in the step explorer", 8, colour="input")
            page.linkURL(link, (MARGIN, MARGIN - 18, MARGIN + 200, MARGIN - 4), relative=0)
        page.showPage()
    page.save()


def write_scheme(path: Path | str, paper: str = "a4", kind=USUAL) -> None:
    """How the sheets are marked: one page."""
    page = canvas(path, paper, "Fourteen Steps: how to mark the worksheets")
    width, height = PAPERS[paper]
    y = height - MARGIN
    text(page, MARGIN, y, "How to mark", 13, bold=True)
    rule(page, MARGIN, y - 8, width - MARGIN, y - 8)
    for line in MARKING:
        y -= 20
        fitted(page, MARGIN, y - 6, line.format(digits=DIGITS[kind.digits]), width - 2 * MARGIN, 8.5)
    page.showPage()
    page.save()


def follow_through(it, kind=USUAL):
    """What a pupil writes who has one slip in step 1 and carries it on rightly, for whoever marks it: one mark is lost."""
    own = iteration(it.x, it.y, [it[name] for name in ("w1", "b1", "w2", "b2")], it.learning_rate, it.hidden, it.output,
                    operations=MISTAKES[SLIP].operations)
    names = [name for operation in LAYERS["output layer"] for name in operation.outputs if not np.array_equal(own[name], it[name])]
    write = _writer(kind)
    numbers = [f"{QUANTITIES[name].symbol} = {_several([write(value) for value in np.ravel(own[name])])}" for name in names]
    rest = ", and so on in steps 12 to 14" if kind.level == "all" else ""
    return (f"Follow-through: a pupil who takes target minus prediction in step 1, and slips nowhere else, has {numbers[0]}, and from it "
            f"{', '.join(numbers[1:])}{rest}. Step 1 loses its mark. All the others have theirs: they follow from the pupil's own numbers.")


def _several(numbers):
    """Numbers beside each other, also those with a decimal comma."""
    return numbers[0] if len(numbers) == 1 else f"({'; '.join(numbers)})"


def _wrapped(words, width, size):
    """Words as lines no longer than the width; none ends on an equals sign, or within a name."""
    lines = [""]
    for part in words.replace(" = ", "\u00a0=\u00a0").replace("new ", "new\u00a0").split(" "):
        longer = f"{lines[-1]} {part}".strip()
        if pdfmetrics.stringWidth(longer, FONT, size) <= width:
            lines[-1] = longer
        else:
            lines.append(part)
    return [line.replace("\u00a0", " ") for line in lines]


def _given_besides(it, kind):
    """What else stood on the sheet: examples or targets, and the learning rate."""
    def row(values):
        return ", ".join(_writer(kind)(value) for value in values)

    targets = [row(values) for values in it.y]
    said = targets if kind.level == "neuron" else [f"({row(values)}) → {target}" for values, target in zip(it.x, targets, strict=True)]
    return f"Given: {'targets ' if kind.level == 'neuron' else ''}{'; '.join(said)}; η = {_writer(kind)(it.learning_rate)}. {LEFT_OFF}"


def _larger(it, kind, operations, top):
    """The scale at which empty operations are printed beneath the height top: larger where there is room for it."""
    need = sum(18 + _height_of(it, operation) + ROOM for operation in operations)
    return LARGER if kind.level != "all" and (top - 10 - MARGIN) / LARGER >= need else 1


def _scaled(page, scale, top):
    """Draws what follows larger or smaller, from the left margin and the height top; to be restored, or the page's last."""
    page.saveState()
    page.translate(MARGIN * (1 - scale), top * (1 - scale))
    page.scale(scale, scale)


def _bottom(scale, top):
    """The height that is the lower margin, where it is drawn to a scale from the height top."""
    return top - (top - MARGIN) / scale


def _mark(words, kind):
    """A number's text with the decimal mark of the sheets."""
    return words.replace(".", ",") if kind.comma else words


def _writer(kind):
    """How a number is written on these sheets."""
    return lambda value: _mark(on_paper(value, kind.digits), kind)


def _titles(kind):
    """What the two pages are called."""
    back = {"neuron": "Seven steps back", "output": "Seven steps back", "all": "Fourteen steps back"}[kind.level]
    return {"neuron": "One neuron by hand", "output": "Half an iteration by hand", "all": "One iteration by hand"}[kind.level], back


def _front(kind):
    """What is computed on the front."""
    return [operation for operation in kind.operations if operation.layer in ("forward", "loss")]


def _back(kind):
    """What is computed on the back: a heading and operations for each of two columns."""
    if kind.level == "all":
        return [("output layer", LAYERS["output layer"]), ("hidden layer", LAYERS["hidden layer"])]
    steps = LAYERS["output layer"]
    return [("the pieces", steps[:4]), ("put together", steps[4:])]


def _head(page, paper, pupil, students, seed, title, names):
    """The line at the top; gives the width for what follows and the height where it begins."""
    width, height = PAPERS[paper]
    width, top = width - 2 * MARGIN, height - MARGIN
    text(page, MARGIN, top, title, 13, bold=True)
    text(page, MARGIN + width, top, f"Sheet {pupil} of {students} · seed {seed}", 8, colour="muted", align="right")
    own = names[pupil - 1] if names else ""
    room = 0.36 * width - 32
    if title != "Key":
        text(page, MARGIN + 0.42 * width, top, "Name:", 9)
        rule(page, MARGIN + 0.42 * width + 32, top - 2, MARGIN + 0.78 * width, top - 2, colour="muted")
    if own:
        fitted(page, MARGIN + 0.42 * width + 34, top, own, room, 9)
    rule(page, MARGIN, top - 8, MARGIN + width, top - 8)
    return width, top - 8


def _given(page, it, width, top, kind):
    """The network as a picture and its numbers as matrices; gives the height beneath them."""
    put = partial(quantity, page, write=_writer(kind))
    rate = f"η = {_writer(kind)(it.learning_rate)}"
    tall = max(0, matrix_size(it.y.shape)[1] - 40)
    if kind.level == "neuron":
        x = MARGIN
        for name in LEVELS["neuron"].given:
            x += put(x, top - 38 - tall / 2, name, it[name]) + 14
        text(page, x, top - 41 - tall / 2, rate, 9.5)
        return top - 80 - tall
    parameters = it.updated._replace(w1=it.w1, b1=it.b1, w2=it.w2, b2=it.b2)
    network(page, MARGIN, top - 150, 0.45 * width, 140, parameters, _writer(kind))
    right = MARGIN + 0.49 * width
    for y, names in ((top - 32 - tall / 2, ("x", "y")), (top - 78 - tall, ("w1", "b1")), (top - 124 - tall, ("w2", "b2"))):
        x = right
        for name in names:
            x += put(x, y, name, it[name]) + 8
    text(page, right + 0.37 * width, top - 127 - tall, rate, 9.5)
    return top - 170 - tall


def _steps(page, it, width, top, kind, shown=True, off=None, down_to=None):
    """The steps in two columns; gives the height beneath both."""
    split, ends = 0.42 * width, []
    for (heading, operations), x, room in zip(_back(kind), (MARGIN, MARGIN + split), (split - 10, width - split), strict=True):
        text(page, x, top - 14, heading, 9, colour="muted")
        ends.append(_column(page, it, operations, x, top - 29, room, kind, shown, down_to, off))
    return min(ends)


def _height_of(it, operation):
    """The height of the tallest matrix that an operation gives."""
    return max(matrix_size(np.atleast_2d(it[output]).shape)[1] for output in operation.outputs)


def _column(page, it, operations, x, y, width, kind, shown=True, down_to=None, off=None):
    """Operations beneath each other: name, formula, and their results with numbers or room for them; gives the height beneath.

    down_to spreads them over the paper down to that height: room for working things out. off: how far off the numbers may be.
    """
    gap, write = 9, _writer(kind)
    if down_to is not None:
        gap = (y - down_to - sum(18 + _height_of(it, operation) for operation in operations)) / len(operations)
    for operation in operations:
        ahead = text(page, x, y, operation.label, 10, bold=True, colour="activation") + 6
        ends = [ahead + fitted(page, x + ahead, y, operation.title, width - ahead, 7.5, colour="muted")]
        if kind.formulas:
            ends.append(fitted(page, x, y - 12, _formula(operation, kind), width, 8.5))
        height, left = _height_of(it, operation), x
        for output in operation.outputs:
            left += quantity(page, left, y - 18 - height / 2, output, it[output], shown, write) + 4
        if off:
            words = "  ".join(dict.fromkeys(_mark(f"±{_rounded_up(off[name].max())}", kind) for name in operation.outputs))
            _beside(page, x + width, [(y - 12 * line, x + end) for line, end in enumerate(ends)] + [(y - 21 - height / 2, left)], words)
        y -= 18 + height + gap
    return y


def _formula(operation, kind):
    """What is to be computed, as one line."""
    return PLAIN.get(operation.label, formula(operation)) if kind.plain else formula(operation)


def _beside(page, right, lines, words):
    """Small words at the right end of the first line that has room for them; of the last, if none has."""
    for y, end in lines:
        if end + 4 + pdfmetrics.stringWidth(words, FONT, 6.5) <= right or y == lines[-1][0]:
            text(page, right, y, words, 6.5, colour="muted", align="right")
            return


def _rounded_up(value):
    """A tolerance with one digit, upwards, so that nobody loses a mark by its rounding."""
    unit = 10.0 ** np.floor(np.log10(value))
    return on_paper(np.ceil(value / unit - 1e-9) * unit, 1)


def _higher(it, kind):
    """How much higher the middle of what is given stands on a key with more rows than two of a₁."""
    return max(0, matrix_size(it.a1.shape)[1] - 38) / 2 if kind.level == "neuron" else 0


def _key_scale(it, kind, top):
    """How large a key's page is drawn beneath its head: as small as it must be, and larger where there is room for it."""
    def tall(operations):
        return sum(27 + _height_of(it, operation) for operation in operations)

    front = _front(kind)
    cut = len(front) // 2
    above = 70 + 2 * _higher(it, kind) + max(tall(front[:cut]), tall(front[cut:]))
    need = above + 25 + max(tall(operations) for _, operations in _back(kind)) + 44
    return min(1 if kind.level == "all" else LARGER, (top - MARGIN) / need)
