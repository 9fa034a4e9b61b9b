"""Worksheets: one iteration by hand, for each pupil with numbers of their own, and a key with every value.

    python -m nnlib.worksheets --students 30 --seed 7 --output worksheets.pdf
    python -m nnlib.worksheets --names class.csv --level output --rows 3 --digits 3 --decimal comma

writes worksheets.pdf (two pages for each pupil) and worksheets-key.pdf (one page for each); --scheme says how to mark. No browser and no
LaTeX. The same options give the same files, byte for byte.
"""
import argparse
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from nnlib import links
from nnlib.classroom.names import read_names
from nnlib.classroom.rounding import reached
from nnlib.gates import AND
from nnlib.losses import SQUARED_ERROR
from nnlib.network import LEARNING_RATE, Parameters
from nnlib.numerals import NOTHING
from nnlib.steps import OPERATIONS, Operation
from nnlib.training import Iteration, iteration
from nnlib.types import FloatArray
from nnlib.validation import one_of, whole

MOST_STUDENTS = 2000
TRIES = 4  # sheets of a pupil's own, of which the first without very small numbers is taken
STRIDE = 8192  # sheets of one seed, more than the pupils have: two seeds never meet
SMALL = 1e-3  # a number below it is no pleasure on paper
SIZES = tuple(tenths / 10 for tenths in (*range(-10, 0), *range(1, 11)))  # of a weight or a bias
FACTORS = (0x4F1BBCDCBF, 0x2545F4914F, 0x1B873593)  # odd, so that nothing is lost when numbers are mixed
DIGITS = 4

# Which rows of AND a sheet has. With two, x is square: these are chosen so that it is not its own transpose.
ROWS: Mapping[int, tuple[int, ...]] = {1: (3,), 2: (3, 1), 3: (1, 2, 3), 4: (0, 1, 2, 3)}


@dataclass(frozen=True)
class Level:
    """How far a sheet goes: what it is called, its stops, and the quantities that are given."""

    title: str
    labels: tuple[str, ...]
    given: tuple[str, ...]

    @property
    def operations(self) -> tuple[Operation, ...]:
        """The operations to compute, in order."""
        return tuple(operation for operation in OPERATIONS if operation.label in self.labels)


_OUTPUT = ("F3", "F4", "E", *map(str, range(1, 8)))
LEVELS: Mapping[str, Level] = {
    "neuron": Level("One neuron learns", _OUTPUT, ("a1", "y", "w2", "b2")),
    "output": Level("The output layer learns", ("F1", "F2", *_OUTPUT), ("x", "y", "w1", "b1", "w2", "b2")),
    "all": Level("All fourteen steps", tuple(operation.label for operation in OPERATIONS), ("x", "y", "w1", "b1", "w2", "b2")),
}


ON_PAGES = ("output", "all")  # the levels that the widget has, too


@dataclass(frozen=True)
class Kind:
    """What the sheets of a class have in common: level, rows, digits, whether formulas are printed, and the decimal mark."""

    level: str = "all"
    rows: int = 2
    digits: int = DIGITS
    formulas: bool = True
    comma: bool = False

    def __post_init__(self) -> None:
        one_of("level", self.level, LEVELS)
        whole("rows", self.rows, 2 if self.level == "neuron" else 1, len(AND.x))
        whole("digits", self.digits, 3, 6)

    @property
    def operations(self) -> tuple[Operation, ...]:
        """What is to be computed."""
        return LEVELS[self.level].operations

    @property
    def plain(self) -> bool:
        """Whether its formulas have no matrices: with one example, and none of the hidden layer's slopes, they need none."""
        return self.level == "output" and self.rows == 1


USUAL = Kind()


def sheet_iteration(seed: int, number: int, kind: Kind = USUAL) -> Iteration:
    """The iteration of one pupil's sheet, number from 1.

    All sheets of all seeds are numbered, and each number belongs to one choice of nine weights and biases: ±0.1 … ±1. So no two sheets
    are alike, unless their seeds are 62,500,000 apart (156,250 for one neuron with two rows). One neuron's sheet gives a₁, which is
    then the input of an identity.
    """
    seed, number = whole("seed", seed, None), whole("number", number, 1, MOST_STUDENTS)
    first = seed * STRIDE + TRIES * (number - 1)
    return next((it for own in range(first, first + TRIES - 1) if _handy(it := _iteration(own, kind), kind)),
                _iteration(first + TRIES - 1, kind))


def _iteration(own: int, kind: Kind) -> Iteration:
    """The iteration of the sheet with this number among all of them."""
    rows = list(ROWS[kind.rows])
    if kind.level == "neuron":
        drawn = _drawn(own, 3 + 2 * kind.rows)
        a1 = (drawn[3:] / 2 + (drawn[3:] < 0) * 1.05).round(2).reshape(-1, 2)  # 0.05, 0.1, … 1 in another order
        parameters = Parameters(np.eye(2), np.zeros((1, 2)), drawn[:2, None], drawn[None, 2:3])
        return iteration(a1, AND.y[rows], parameters, LEARNING_RATE, hidden="identity")
    w1, b1, w2, b2 = np.split(_drawn(own, 9), [4, 6, 8])
    return iteration(AND.x[rows], AND.y[rows], Parameters(w1.reshape(2, 2), b1[None], w2[:, None], b2[None]), LEARNING_RATE)


def _handy(it: Iteration, kind: Kind) -> bool:
    """Whether no number of a sheet is very small, and yet not 0."""
    sizes = np.abs(np.concatenate([np.ravel(np.asarray(it[name], dtype=float)) for op in kind.operations for name in op.outputs]))
    return bool(np.all((sizes < NOTHING) | (sizes >= SMALL)))


def _drawn(own: int, count: int) -> FloatArray:
    """So many of the twenty sizes: the digits, to the base of 20, of a number of its own for each sheet."""
    own = _scattered(own, len(SIZES) ** count)
    return np.array([SIZES[own // len(SIZES) ** place % len(SIZES)] for place in range(count)])


def _scattered(number: int, below: int) -> int:
    """A whole number below a bound, another one for each number below it: its bits are mixed, again and again until it is below."""
    number %= below
    bits = (below - 1).bit_length()
    while True:
        for factor in FACTORS:
            number = (number ^ number >> bits // 2) * factor % 2**bits
        number ^= number >> bits // 2
        if number < below:
            return number


def margins(it: Iteration, kind: Kind = USUAL) -> dict[str, FloatArray]:
    """How far off each number of a sheet may be, by the quantity: who rounds every result to the sheet's digits stays within."""
    off: dict[str, FloatArray] = {}
    known: dict[str, object] = {**it, "loss": SQUARED_ERROR}
    for operation in kind.operations:
        off.update(reached(operation, known, off, kind.digits).off)
    return off


def explorer_link(site: str, it: Iteration, step: str = "F1") -> str:
    """The address at which the step explorer opens with the very numbers of an iteration."""
    examples = {"name": "own", "x": it.x.tolist(), "y": it.y.tolist()}
    parameters = {name: getattr(it, name).tolist() for name in Parameters._fields}
    state = {"step": step, "epoch": 0, "parameters": parameters, "examples": examples,
             "learning_rate": it.learning_rate, "hidden": it.hidden.name, "output": it.output.name, "predict": False}
    return links.address(site, "book/index.html", "StepExplorer", state)


def add_kind(parser: argparse.ArgumentParser) -> None:
    """The options that say which sheets these are."""
    add = parser.add_argument
    add("--seed", type=whole_number(-2**53, 2**53), default=1, help="whose numbers: the same seed gives the same files; 1 unless told")
    add("--level", choices=LEVELS, default="all", help="how far: neuron (one neuron), output (steps 1 to 7) or all (unless told)")
    add("--rows", type=whole_number(1, len(ROWS)), default=2, help="how many examples, 1 to 4; 2 unless told")
    add("--digits", type=whole_number(3, 6), default=DIGITS, help=f"significant digits, 3 to 6; {DIGITS} unless told")


def kind_of(parser: argparse.ArgumentParser, options: argparse.Namespace) -> Kind:
    """The kind of sheets that such options say."""
    if options.level == "neuron" and options.rows == 1:
        parser.error("argument --rows: expected 2 to 4 for one neuron, got 1")
    return Kind(options.level, options.rows, options.digits)


def _parser(papers: Iterable[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m nnlib.worksheets",
                                     description="Worksheets for one iteration by hand, and their key, as PDF.")
    add = parser.add_argument
    add("--students", type=whole_number(1, MOST_STUDENTS),
        help=f"how many sheets, 1 to {MOST_STUDENTS}; 30 unless told, or one for each name")
    add("--names", type=Path, help="a file with a name in each line, or a table with a column of names (.csv, .xlsx)")
    add_kind(parser)
    add("--decimal", choices=("point", "comma"), default="point", help="the decimal mark: point (unless told) or comma")
    add("--no-formulas", action="store_true", help="leave out the formulas: who has learnt them needs none")
    add("--output", type=Path, default=Path("worksheets.pdf"), help="the sheets; worksheets.pdf unless told")
    add("--key", type=Path, help="the key; unless told, beside the sheets with -key in its name")
    add("--scheme", type=Path, help="write a page on how to mark them, too, into this file")
    add("--paper", choices=papers, default="a4", help="a4 (unless told) or letter")
    add("--site", type=_address, default="",
        help="the published book's address, without book/: links from the key lead into its step explorer")
    return parser


def whole_number(least: int, most: int) -> Callable[[str], int]:
    """Reads an option's whole number between two bounds."""
    def read(words: str) -> int:
        try:
            value = int(words)
        except ValueError:
            raise argparse.ArgumentTypeError(f"expected a whole number, got {words!r}") from None
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"expected a whole number from {least} to {most}, got {value}")
        return value

    return read


def _address(words: str) -> str:
    if words and not words.startswith(("http://", "https://", "file://")):
        raise argparse.ArgumentTypeError(f"expected an address that begins with http://, https:// or file://, got {words!r}")
    if words.split("#")[0].split("?")[0].endswith(".html"):
        raise argparse.ArgumentTypeError("expected the address of the whole site, the folder with book/ in it, "
                                         f"got a page's, {words!r}")
    return words


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the two files; gives the exit status."""
    try:
        from nnlib.classroom.paper import PAPERS
        from nnlib.classroom.sheets import write_key, write_scheme, write_sheets  # here: whoever wants the numbers only needs no reportlab
    except ModuleNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    parser = _parser(PAPERS)
    options = parser.parse_args(arguments)
    key = options.key or options.output.with_name(f"{options.output.stem}-key{options.output.suffix}")
    written: dict[Path, str] = {}
    for what, path in (("the class list", options.names), ("the sheets", options.output), ("the key", key), ("the scheme", options.scheme)):
        if path and path.resolve() in written:
            option = {"the sheets": "output", "the key": "key", "the scheme": "scheme"}[what]
            parser.error(f"argument --{option}: expected another file than {written[path.resolve()]}, got {path}")
        if path:
            written[path.resolve()] = what
    kind = replace(kind_of(parser, options), formulas=not options.no_formulas, comma=options.decimal == "comma")
    try:
        names = read_names(options.names, MOST_STUDENTS) if options.names else []
        if names and options.students not in (None, len(names)):
            parser.error(f"argument --students: expected {len(names)}, one for each name in {options.names}, got {options.students}")
        students = len(names) or options.students or 30
        write_sheets(options.output, students, options.seed, options.paper, kind, names)
        write_key(key, students, options.seed, options.paper, options.site, kind, names)
        if options.scheme:
            write_scheme(options.scheme, options.paper, kind)
    except ValueError as error:
        parser.error(f"argument --names: {error}")
    except OSError as error:
        doing = "read" if error.filename == str(options.names) else "write"
        parser.error(f"cannot {doing} {error.filename or options.output}: {error.strerror}")
    print(f"{options.output}: {students} sheets, two pages each\n{key}: the key, one page each")
    if options.scheme:
        print(f"{options.scheme}: how to mark them")
    return 0


if __name__ == "__main__":
    sys.exit(main())
