"""Questions with numbers of one's own, and what a wrong answer says about the way it was computed.

Nothing here is typed: a wrong answer is recognised because a mistaken variant of the fourteen steps was run and gave it.
"""
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from nnlib.activations import Activation
from nnlib.gates import TWO_EXAMPLES
from nnlib.losses import SQUARED_ERROR
from nnlib.mistakes import MISTAKES, SLIPS
from nnlib.network import LEARNING_RATE, Parameters, ParametersLike
from nnlib.numerals import NOTHING
from nnlib.steps import OPERATIONS, Operation, TwoArrays
from nnlib.training import Iteration, iteration
from nnlib.types import ArrayLike, FloatArray, Numbers
from nnlib.validation import numbers_array, one_of, whole

DRAWS = 500  # how many networks are tried until every mistake shows
ASKED = tuple(name for operation in OPERATIONS for name in operation.outputs)  # what there is to compute
SHEET_DIGITS = 4  # significant ones, in every box of a worksheet
FROM_BLAME = {"dE_dw2": ("dz2_dw2", "dE_dz2"), "dE_dw1": ("dz1_dw1", "dE_dz1")}  # gradients: the transpose of the first times the second
NEXT = 7919  # from one draw's seed to the next's: far enough that readers with neighbouring seeds do not meet

# Mistakes in writing the result down: what is said of them, and what becomes of the right numbers. Computed, as all others.
IN_THE_END = {
    "wrong sign": "The size is right, the sign is not.",
    "twice": "It is twice the right number: a factor of 2 is too many.",
    "half": "It is half of the right number: a factor of ½ is too many.",
    "transposed": "Rows and columns are exchanged.",
}
CHANGED: dict[str, Callable[[FloatArray], FloatArray]] = {
    "wrong sign": lambda right: -right,
    "twice": lambda right: 2 * right,
    "half": lambda right: right / 2,
    "transposed": lambda right: right.T if right.shape[0] == right.shape[1] > 1 else right,
}
EARLY = "rounding too early"
EARLY_TITLE = "It was rounded too early: carry more digits on the way, and round at the end."


def easy_parameters(seed: int, hidden: int = 2) -> Parameters:
    """`Parameters.random(seed)` made easy to compute with by hand: one decimal, and none of them 0."""
    return Parameters(*(np.copysign(np.maximum(np.floor(np.abs(p) * 10 + 0.5), 1) / 10, p) for p in Parameters.random(seed, hidden)))


@dataclass(frozen=True)
class Question:
    """A quantity to compute: parameters, the whole iteration, right (a matrix), and wrong: key of a mistake to the matrix that it gives."""

    quantity: str
    digits: int
    parameters: Parameters
    iteration: Iteration
    right: FloatArray
    wrong: Mapping[str, FloatArray]

    @property
    def given(self) -> tuple[str, ...]:
        """The names of what is given: the numbers that the quantity is computed from."""
        return needed(self.quantity)


class Mark(NamedTuple):
    """What is said of one box: "right", "carried" (it follows from the sheet's own numbers), "recognised" or "wrong"; as in Diagnosis."""

    verdict: str
    mistakes: tuple[str, ...]
    right_numbers: int


class Diagnosis(NamedTuple):
    """What an answer says: right or not, the titles of the mistakes that give it, and how many of its numbers are right."""

    right: bool
    mistakes: tuple[str, ...]
    right_numbers: int


def question(quantity: str, seed: int, digits: int | None = None, x: ArrayLike | None = None, y: ArrayLike | None = None,
             hidden: Activation | str = "sigmoid", output: Activation | str = "sigmoid", learning_rate: float = LEARNING_RATE,
             neurons: int = 2) -> Question:
    """A question whose numbers belong to the seed: drawn until every mistake gives another number at these digits,
    and until whoever computes with the numbers as they are shown comes to the right one.

    digits: significant ones; 3 unless told, 4 for new values, which look like the old ones with fewer.
    """
    one_of("quantity", quantity, ASKED)
    seed, digits = whole("seed", seed, None), whole("digits", usual_digits(quantity) if digits is None else digits, 2, 6)
    neurons = whole("neurons", neurons, 1)
    if (x is None) != (y is None):
        raise TypeError(f"{'x' if x is None else 'y'}: expected x and y together, or neither of them, got None")
    if x is None or y is None:
        x, y = TWO_EXAMPLES.x, TWO_EXAMPLES.y
    for draw in range(DRAWS):
        asked = _asked(quantity, digits, easy_parameters(seed + NEXT * draw, neurons), x, y, hidden, output, learning_rate)
        near = 2 * tolerance(asked.right, digits)
        apart = not any(np.all(np.abs(value - asked.right) <= near) for key, value in asked.wrong.items() if key != EARLY)
        if apart and _in_reach(asked):
            return asked
    raise ArithmeticError(f"question: no network among {DRAWS} shows every mistake in {quantity} at {digits} digits")


def needed(quantity: str) -> tuple[str, ...]:
    """The names of the numbers that a quantity is computed from; where an operation gives two, only those of its own formula."""
    operation = _operation(quantity)
    if len(operation.outputs) == 1:
        return operation.numbers
    formula = operation.templates[operation.outputs.index(quantity)]
    names = set(re.findall(r"{(\w+)}", formula.partition("=")[2]))
    names.update(*(needed(name) for name in names & set(operation.outputs)))
    return tuple(name for name in operation.numbers if name in names)


def shown_digits(digits: int) -> int:
    """How many significant digits of what is given are shown, where so many are asked for: one more."""
    return digits + 1


def _in_reach(asked: Question) -> bool:
    """Whether the numbers that are shown lead to the right one, with half of what is forgiven to spare; also with δ rounded."""
    operation, digits = _operation(asked.quantity), shown_digits(asked.digits)
    shown = {name: _significant(np.asarray(getattr(asked.iteration, name), dtype=float), digits) for name in operation.numbers}
    results = _with_functions(operation, shown, asked.iteration)
    found = [results[asked.quantity]]
    if asked.quantity in FROM_BLAME:
        local, blame = FROM_BLAME[asked.quantity]
        found.append(shown[local].T @ _significant(results[blame], digits))
    return all(np.all(np.abs(value - asked.right) <= tolerance(asked.right, asked.digits) / 2) for value in found)


def _significant(values: ArrayLike, digits: int) -> FloatArray:
    """The numbers rounded to so many significant digits."""
    unit = tolerance(values, digits)
    # what is meant to lie halfway may come a last bit below it, and another one on another processor
    return np.sign(values) * np.floor(np.abs(values) / unit + 0.5 + 1e-9) * unit


def _asked(quantity: str, digits: int, parameters: Parameters, x: ArrayLike, y: ArrayLike, hidden: Activation | str = "sigmoid",
           output: Activation | str = "sigmoid", learning_rate: float = LEARNING_RATE) -> Question:
    it = iteration(x, y, parameters, learning_rate, hidden, output)
    right = _numbers(it, quantity)
    return Question(quantity, digits, parameters, it, right,
                    dict(_wrong(quantity, right, x, y, parameters, learning_rate, hidden, output)))


def sheet_questions(it: Iteration) -> dict[str, Question]:
    """Everything that a worksheet asks for, in order: a Question for each quantity of `worksheets.sheet_iteration`, with its numbers."""
    if not isinstance(it, Iteration):
        raise TypeError(f"it: expected an Iteration, such as worksheets.sheet_iteration gives, got {it!r}")
    parameters = Parameters(it.w1, it.b1, it.w2, it.b2)
    return {quantity: _asked(quantity, SHEET_DIGITS, parameters, it.x, it.y) for quantity in ASKED}


def mark(asked: Mapping[str, Question], answers: Mapping[str, ArrayLike]) -> dict[str, Mark]:
    """What is said of each answer on a worksheet: a Mark for each; asked is of `sheet_questions`, answers has a matrix for each filled box.

    An answer that is wrong, and yet follows from the other answers on the sheet, has the verdict "carried".
    """
    marks = {}
    for quantity, answer in answers.items():
        found = diagnose(asked[one_of("answers", quantity, tuple(asked))], answer)
        if found.right:
            verdict = "right"
        elif _carried(asked[quantity], answers):
            verdict = "carried"
        else:
            verdict = "recognised" if found.mistakes else "wrong"
        marks[quantity] = Mark(verdict, found.mistakes if verdict == "recognised" else (), found.right_numbers)
    return marks


def _carried(asked: Question, answers: Mapping[str, ArrayLike]) -> bool:
    """Whether an answer is what the operation gives for the other answers on the sheet, to the digits asked for."""
    operation, quantity = _operation(asked.quantity), asked.quantity
    own = {name: np.asarray(answers.get(name, asked.iteration[name]), dtype=float) for name in operation.numbers}
    if any(name in ASKED and name not in answers for name in operation.numbers):
        return False
    results = [_with_functions(operation, own, asked.iteration)]
    if quantity in FROM_BLAME and FROM_BLAME[quantity][1] in answers:  # a gradient may be worked out from the δ that was written down
        local, blame = (np.asarray(answers.get(name, asked.iteration[name]), dtype=float) for name in FROM_BLAME[quantity])
        results.append({quantity: local.T @ blame})
    answer = np.atleast_2d(np.asarray(answers[quantity], dtype=float))
    digits = asked.digits - 1  # what was written down has been rounded
    return any(np.all(np.abs(answer - result[quantity]) <= tolerance(result[quantity], digits)) for result in results)


def _with_functions(operation: Operation, own: Mapping[str, FloatArray], it: Iteration) -> dict[str, FloatArray]:
    """The operation's results for these numbers, with the functions of an iteration."""
    functions = {"hidden": it.hidden, "output": it.output, "loss": SQUARED_ERROR}
    given = {name: own[name] if name in own else functions[name] for name in operation.inputs}
    results = operation.function(*given.values())
    given_back = results if isinstance(results, tuple) else (results,)
    return {name: np.atleast_2d(value) for name, value in zip(operation.outputs, given_back, strict=True)}


def usual_digits(quantity: str) -> int:
    """How many significant digits are asked for, if nothing else was said."""
    return 4 if one_of("quantity", quantity, ASKED).startswith("new_") else 3


def diagnose(asked: Question, answer: ArrayLike) -> Diagnosis:
    """What an answer to a question says: a number or a matrix in the quantity's shape, as Diagnosis."""
    if not isinstance(asked, Question):
        raise TypeError(f"asked: expected a Question, got {asked!r}")
    answer = np.atleast_2d(numbers_array("answer", answer))
    if answer.shape != asked.right.shape:
        raise ValueError(f"answer: expected shape {asked.right.shape}, got {answer.shape}")
    fits = np.abs(answer - asked.right) <= tolerance(asked.right, asked.digits)
    if fits.all():
        return Diagnosis(True, (), int(fits.sum()))
    found = [key for key, value in asked.wrong.items() if np.all(np.abs(answer - value) <= tolerance(value, asked.digits))]
    return Diagnosis(False, tuple(dict.fromkeys(title(key) for key in found)), int(fits.sum()))


def title(key: str) -> str:
    """What is said of a mistake."""
    if isinstance(key, str) and key in IN_THE_END:
        return IN_THE_END[key]
    if key == EARLY:
        return EARLY_TITLE
    known = MISTAKES | SLIPS
    return known[one_of("key", key, (*IN_THE_END, EARLY, *known))].title


def tolerance(values: ArrayLike, digits: int) -> FloatArray:
    """One unit of the last digit asked for, of each number; for 0, of the last decimal."""
    sizes = np.abs(np.asarray(values, dtype=float))
    nothing = sizes < NOTHING
    exponents = np.floor(np.log10(np.where(nothing, 1, sizes) * (1 + 1e-12)))
    return 10.0 ** np.where(nothing, -digits, exponents - digits + 1)


def _numbers(it: Iteration, quantity: str) -> FloatArray:
    """A quantity of an iteration as a matrix; a single number is one, too."""
    return np.atleast_2d(getattr(it, quantity))


def _operation(quantity: str) -> Operation:
    return next(op for op in OPERATIONS if quantity in op.outputs)


def _wrong(quantity: str, right: FloatArray, x: ArrayLike, y: ArrayLike, parameters: ParametersLike, learning_rate: float,
           hidden: Activation | str, output: Activation | str) -> Iterator[tuple[str, FloatArray]]:
    """Every mistake that changes the quantity, with the number that it gives."""
    label = _operation(quantity).label
    for key, mistake in (MISTAKES | SLIPS).items():
        if not _before(min(mistake.replaced, key=_place), label):
            continue
        try:
            value = _numbers(iteration(x, y, parameters, learning_rate, hidden, output, mistake.operations), quantity)
        except ValueError:  # its shapes do not fit
            continue
        if value.shape == right.shape and not _same(value, right):
            yield key, value
    for key, change in CHANGED.items():
        value = change(right)
        if not _same(value, right):
            yield key, value
    value = _numbers(iteration(x, y, parameters, learning_rate, hidden, output, _rounded(label)), quantity)
    if not np.all(np.abs(value - right) <= tolerance(right, 3)):
        yield EARLY, value


def _same(value: FloatArray, right: FloatArray) -> bool:
    """Whether two results differ by rounding only: another processor may round otherwise, and must ask the same question."""
    return np.allclose(value, right, rtol=1e-12, atol=1e-15)


def _place(label: str) -> int:
    return next(i for i, op in enumerate(OPERATIONS) if op.label == label)


def _before(label: str, other: str) -> bool:
    return _place(label) <= _place(other)


def _rounded(last: str) -> tuple[Operation, ...]:
    """The operations, each result before the last one rounded to two decimals."""

    def rounding(function: Callable[..., Numbers | TwoArrays]) -> Callable[..., Numbers | TwoArrays]:
        def rounded(*values: object) -> Numbers | TwoArrays:
            results = function(*values)
            return (_two_decimals(results[0]), _two_decimals(results[1])) if isinstance(results, tuple) else _two_decimals(results)

        return rounded

    place = _place(last)
    return tuple(replace(op, function=rounding(op.function)) if i < place else op for i, op in enumerate(OPERATIONS))


def _two_decimals(value: Numbers) -> FloatArray:
    # what is meant to lie halfway may come a last bit below it, and another one on another processor
    return np.sign(value) * np.floor(np.abs(value) * 100 + 0.5 + 1e-9) / 100
