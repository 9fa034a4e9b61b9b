"""Worksheets: one iteration by hand, for each pupil with numbers of their own, and a key with every value.

    python -m nnlib.worksheets --students 30 --seed 7 --output worksheets.pdf

writes worksheets.pdf (two pages for each pupil) and worksheets-key.pdf (one page for each). No browser and no LaTeX. The same options
give the same files, byte for byte.
"""
import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from nnlib import links
from nnlib.classroom.answers import easy_parameters
from nnlib.gates import SHEET_EXAMPLES
from nnlib.network import LEARNING_RATE, Parameters
from nnlib.training import Iteration, iteration

MOST_STUDENTS = 500


def sheet_iteration(seed: int, number: int) -> Iteration:
    """The iteration of one pupil's sheet, number from 1: two rows of AND, and the easy numbers of seed + number − 1."""
    return iteration(SHEET_EXAMPLES.x, SHEET_EXAMPLES.y, easy_parameters(seed + number - 1), LEARNING_RATE)


def explorer_link(site: str, it: Iteration, step: str = "F1") -> str:
    """The address at which the step explorer opens with the very numbers of an iteration."""
    examples = {"name": SHEET_EXAMPLES.name, "x": it.x.tolist(), "y": it.y.tolist()}
    parameters = {name: getattr(it, name).tolist() for name in Parameters._fields}
    state = {"step": step, "epoch": 0, "parameters": parameters, "examples": examples,
             "learning_rate": it.learning_rate, "hidden": it.hidden.name, "output": it.output.name, "predict": False}
    return links.address(site, "book/index.html", "StepExplorer", state)


def _parser(papers: Iterable[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m nnlib.worksheets",
                                     description="Worksheets for one iteration by hand, and their key, as PDF.")
    add = parser.add_argument
    add("--students", type=_whole(1, MOST_STUDENTS), default=30, help=f"how many sheets, 1 to {MOST_STUDENTS}; 30 unless told")
    add("--seed", type=_whole(-2**53, 2**53), default=1, help="whose numbers: the same seed gives the same files; 1 unless told")
    add("--output", type=Path, default=Path("worksheets.pdf"), help="the sheets; worksheets.pdf unless told")
    add("--key", type=Path, help="the key; unless told, beside the sheets with -key in its name")
    add("--paper", choices=papers, default="a4", help="a4 (unless told) or letter")
    add("--site", type=_address, default="", help="the published book's address, for links from the key into the step explorer")
    return parser


def _whole(least: int, most: int) -> Callable[[str], int]:
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
    return words


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the two files; gives the exit status."""
    try:
        from nnlib.classroom.paper import PAPERS
        from nnlib.classroom.sheets import write_key, write_sheets  # here: whoever wants the numbers only needs no reportlab
    except ModuleNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    parser = _parser(PAPERS)
    options = parser.parse_args(arguments)
    key = options.key or options.output.with_name(f"{options.output.stem}-key{options.output.suffix}")
    if key.resolve() == options.output.resolve():
        parser.error(f"argument --key: expected another file than the sheets, got {key}")
    try:
        write_sheets(options.output, options.students, options.seed, options.paper)
        write_key(key, options.students, options.seed, options.paper, options.site)
    except OSError as error:
        parser.error(f"cannot write {error.filename or options.output}: {error.strerror}")
    print(f"{options.output}: {options.students} sheets, two pages each\n{key}: the key, one page each")
    return 0


if __name__ == "__main__":
    sys.exit(main())
