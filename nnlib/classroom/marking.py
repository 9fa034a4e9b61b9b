"""Marks for worksheets: pupils' numbers, with follow-through, and what went wrong.

    python -m nnlib.classroom.marking --form answers.csv --seed 7 --students 30
    python -m nnlib.classroom.marking answers.csv --seed 7 --marks marks.xlsx --figure report.svg

The first writes an empty table, a row for each sheet and a column for each number; the second reads it filled in. A matrix, or E, is one
mark: right is what is near the exact number, and what follows rightly from the pupil's own numbers before it. A row without any number is
a sheet that was not handed in, and counts nowhere.
"""
import argparse
import csv
import io
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from nnlib import palette
from nnlib._extras import needs
from nnlib.classroom.answers import CHANGED, EARLY_TITLE, IN_THE_END, tolerance
from nnlib.classroom.names import read_names, table
from nnlib.classroom.rounding import Reached, reached
from nnlib.classroom.worksheets import LEVELS, MOST_STUDENTS, Kind, add_kind, kind_of, margins, sheet_iteration, whole_number
from nnlib.losses import SQUARED_ERROR
from nnlib.mistakes import MISTAKES, SLIPS
from nnlib.quantities import QUANTITIES
from nnlib.steps import Operation
from nnlib.training import Iteration
from nnlib.types import FloatArray

RIGHT, CARRIED, WRONG, BLANK = VERDICTS = ("right", "carried on", "wrong", "blank")
GIVEN = ("x", "y", "w1", "b1", "w2", "b2", "learning_rate", "hidden", "output")
# The second result of steps 5 and 12 comes from the first: the pupil's own one.
FROM_DELTA = {"dE_dw2": lambda dz2_dw2, dE_dz2: dz2_dw2.mT @ dE_dz2, "dE_dw1": lambda dz1_dw1, dE_dz1: dz1_dw1.mT @ dE_dz1}


class Mark(NamedTuple):
    """What is said of one quantity of a sheet: the label of its stop, its name, the verdict, and the mistakes that give a wrong answer."""

    label: str
    quantity: str
    verdict: str
    mistakes: tuple[str, ...] = ()

    @property
    def marks(self) -> int:
        """1 for what is right, or carried on rightly."""
        return int(self.verdict in (RIGHT, CARRIED))


@dataclass(frozen=True)
class Sheet:
    """One row of the table: the sheet's number, the pupil's name or "", and the answers by quantity, NaN where nothing stands."""

    number: int
    name: str
    answers: Mapping[str, FloatArray]

    @property
    def empty(self) -> bool:
        """Whether no number stands in it: it was not handed in."""
        return all(np.isnan(values).all() for values in self.answers.values())


def mark(answers: Mapping[str, FloatArray], it: Iteration, kind: Kind) -> list[Mark]:
    """The marks of one sheet, whose right numbers are those of `it`; answers are matrices by the quantity, NaN for a blank.

    An answer is right within the margin of the key. Else it is computed anew from the pupil's own earlier numbers: what fits, was carried
    on. A wrong one is compared with what the known mistakes make of those numbers. ValueError for a shape that does not fit.
    """
    off = margins(it, kind)
    known: dict[str, object] = {name: it[name] for name in (*GIVEN, "a1")} | {"loss": SQUARED_ERROR}
    unsure: dict[str, FloatArray] = {}  # the pupil may have calculated on with more digits than were written down
    marks = []
    for operation in kind.operations:
        for single in _singles(operation):
            (name,) = single.outputs
            exact = np.atleast_2d(np.asarray(it[name], dtype=float))
            answer = answers.get(name, np.full(exact.shape, np.nan))
            if answer.shape != exact.shape:
                raise ValueError(f"{name}: expected shape {exact.shape}, got {answer.shape}")
            follows = reached(single, known, unsure, kind.digits)
            if np.isnan(answer).all():
                marks.append(Mark(operation.label, name, BLANK))
            elif np.all(np.abs(answer - exact) <= off[name]):
                marks.append(Mark(operation.label, name, RIGHT))
            elif np.all(np.abs(answer - follows.values[name]) <= follows.off[name]):
                marks.append(Mark(operation.label, name, CARRIED))
            else:
                found = _diagnosed(answer, single, known, unsure, follows, kind.digits)
                marks.append(Mark(operation.label, name, WRONG, found))
            own = np.where(np.isnan(answer), exact, answer)
            known[name] = own if name != "E" else float(own[0, 0])
            unsure[name] = np.where(np.isnan(answer), 0, tolerance(own, kind.digits) / 2)
    return marks


def _singles(operation: Operation) -> Iterator[Operation]:
    """An operation as operations of one output each."""
    for place, name in enumerate(operation.outputs):
        if name in FROM_DELTA:
            yield replace(operation, outputs=(name,), function=FROM_DELTA[name], inputs=())
        elif len(operation.outputs) == 1:
            yield operation
        else:
            yield replace(operation, outputs=(name,), function=_nth(operation, place))


def _nth(operation: Operation, place: int) -> Any:
    """The function of an operation with several results that gives one of them."""
    function: Any = operation.function
    return lambda *values: function(*values)[place]


def _diagnosed(answer: FloatArray, single: Operation, known: Mapping[str, object], unsure: Mapping[str, FloatArray], follows: Reached,
               digits: int) -> tuple[str, ...]:
    """The titles of the mistakes that make this answer of the pupil's own numbers."""
    (name,) = single.outputs
    right, off = follows.values[name], follows.off[name]

    def near(value: FloatArray, off: FloatArray) -> bool:
        return value.shape == answer.shape and bool(np.all(np.abs(answer - value) <= off)) and not np.all(np.abs(right - value) <= off)

    found = [IN_THE_END[key] for key, change in CHANGED.items() if near(change(right), change(np.abs(off)) if key != "wrong sign" else off)]
    for mistake in (MISTAKES | SLIPS).values():
        if single.label not in mistake.replaced:
            continue
        whole = next(operation for operation in mistake.operations if operation.label == single.label)
        try:
            made = reached(whole, known, unsure, digits)
        except (KeyError, ValueError):  # it needs what this sheet has not, or shapes do not fit
            continue
        if near(made.values[name], made.off[name]):
            found.append(mistake.title)
    if not found and np.all(np.abs(answer - right.round(2)) < 1e-9):
        found.append(EARLY_TITLE)
    return tuple(dict.fromkeys(found))


# ---- the table ----


def columns(kind: Kind) -> list[tuple[str, int, int]]:
    """The numbers that a sheet asks for: name, row and column from 1, in order."""
    it = sheet_iteration(0, 1, kind)
    shapes = {name: np.atleast_2d(np.asarray(it[name])).shape for operation in kind.operations for name in operation.outputs}
    return [(name, i + 1, j + 1) for name, shape in shapes.items() for i, j in np.ndindex(*shape)]


def heading(name: str, row: int, column: int) -> str:
    """What the column of one number is called: "dE_dw2 1 1", and "E"."""
    return name if name == "E" else f"{name} {row} {column}"


def read_answers(path: Path | str, kind: Kind) -> list[Sheet]:
    """The sheets in a table, with whichever mark parts its cells, and a decimal point or comma.

    ValueError that names the file, the line and the column for what cannot be read: no sheet's number, two alike, a column that no sheet of
    this kind has or that is missing, a cell that is no number.
    """
    rows = [(line, row) for line, row in enumerate(table(path), 1) if any(cell.strip() for cell in row)]
    if not rows:
        raise ValueError(f"{path}: expected a table, got nothing")
    heads = [" ".join(cell.split()) for cell in rows[0][1]]
    places = {heading(*place): place for place in columns(kind)}
    if "sheet" not in heads:
        raise ValueError(f'{path}: expected a column "sheet", got {", ".join(heads)}')
    unknown = [head for head in heads if head not in ("sheet", "name", "", *places)]
    if unknown:
        raise ValueError(f"{path}: expected columns of this level and so many rows, as --form writes them, got {unknown[0]!r}")
    missing = [head for head in places if head not in heads]
    if missing:
        raise ValueError(f"{path}: expected a column for each number of {_described(kind)}, {missing[0]!r} is missing; "
                         "give --level and --rows as for the sheets")
    sheets: dict[int, Sheet] = {}
    for line, row in rows[1:]:
        cells = {head: cell.strip() for head, cell in zip(heads, row, strict=False)}
        where = f"{path}, line {line}"
        number = _read(cells["sheet"], f"{where}, sheet")
        if not (number == int(number) if np.isfinite(number) else False) or not 1 <= number <= MOST_STUDENTS:
            raise ValueError(f"{where}, sheet: expected a whole number from 1 to {MOST_STUDENTS}, got {cells['sheet']!r}")
        if int(number) in sheets:
            raise ValueError(f"{where}: sheet {int(number)} stands in an earlier line, too")
        answers: dict[str, FloatArray] = {}
        for name, i, j in places.values():
            rows_, columns_ = max((a, b) for other, a, b in places.values() if other == name)
            matrix = answers.setdefault(name, np.full((rows_, columns_), np.nan))
            matrix[i - 1, j - 1] = _read(cells.get(heading(name, i, j), ""), f"{where}, {heading(name, i, j)}")
        sheets[int(number)] = Sheet(int(number), cells.get("name", ""), answers)
    if not sheets:
        raise ValueError(f"{path}: expected at least one sheet, got none")
    return [sheets[number] for number in sorted(sheets)]


def _described(kind: Kind) -> str:
    return f"--level {kind.level} --rows {kind.rows}"


def _read(words: str, where: str) -> float:
    """A number as somebody has typed it, NaN for a blank."""
    if not words:
        return float("nan")
    plain = words.replace("−", "-").replace("·10^", "e").replace(" ", "")
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    try:
        value = float(plain)
    except ValueError:
        raise ValueError(f"{where}: expected a number, got {words!r}") from None
    if not np.isfinite(value):
        raise ValueError(f"{where}: expected a finite number, got {words!r}")
    return value


def form(students: int, kind: Kind, names: Sequence[str] = ()) -> list[list[str]]:
    """An empty table to fill in: its head, and a row for each sheet."""
    head = ["sheet", "name", *(heading(*place) for place in columns(kind))]
    return [head, *([str(k), names[k - 1] if names else "", *[""] * (len(head) - 2)] for k in range(1, students + 1))]


# ---- the class ----


class Report(NamedTuple):
    """A class: the marks by sheet, for each quantity how many have each verdict, and its mistakes with their numbers; the empty sheets."""

    sheets: list[tuple[Sheet, list[Mark]]]
    verdicts: dict[tuple[str, str], Counter[str]]
    mistakes: dict[tuple[str, str], Counter[str]]
    empty: list[Sheet]


def report(sheets: Sequence[Sheet], seed: int, kind: Kind) -> Report:
    """Marks for all sheets of a class that have a number on them; ValueError where none has."""
    empty = [sheet for sheet in sheets if sheet.empty]
    if len(empty) == len(sheets):
        raise ValueError(f"answers: expected at least one sheet with a number on it, got {len(empty)} empty ones")
    filled = [sheet for sheet in sheets if not sheet.empty]
    marked = [(sheet, mark(sheet.answers, sheet_iteration(seed, sheet.number, kind), kind)) for sheet in filled]
    verdicts: dict[tuple[str, str], Counter[str]] = {}
    mistakes: dict[tuple[str, str], Counter[str]] = {}
    for _, marks in marked:
        for one in marks:
            key = (one.label, one.quantity)
            verdicts.setdefault(key, Counter())[one.verdict] += 1
            mistakes.setdefault(key, Counter()).update(one.mistakes)
    return Report(marked, verdicts, mistakes, empty)


def as_text(of_class: Report) -> str:
    """The report as a table: a line for each quantity, how many have it right, carried on, wrong and blank, and the commonest mistake.

    Where more than half of the sheets have the very first result wrong, it asks whether these are the numbers of another class.
    """
    lines = [f"{'stop':<5}{'quantity':<10}" + "".join(f"{verdict:>12}" for verdict in VERDICTS) + "   most often"]
    for (label, name), counts in of_class.verdicts.items():
        often = of_class.mistakes[label, name].most_common(1)
        words = f"{often[0][0]} ({often[0][1]})" if often else ""
        numbers = "".join(f"{counts[verdict]:>12}" for verdict in VERDICTS)
        lines.append(f"{label:<5}{QUANTITIES[name].symbol:<10}{numbers}   {words}".rstrip())
    totals = [sum(one.marks for one in marks) for _, marks in of_class.sheets]
    left_out = f", {len(of_class.empty)} empty left out" if of_class.empty else ""
    lines.append(f"{len(totals)} sheets{left_out}: {np.mean(totals):.1f} of {len(of_class.verdicts)} marks on average, "
                 f"from {min(totals)} to {max(totals)}.")
    label, counts = next((label, counts) for (label, _), counts in of_class.verdicts.items())
    if counts[WRONG] > len(totals) / 2:
        lines.append(f"Is the seed right? {counts[WRONG]} of {len(totals)} sheets have {label} wrong, which needs no other result.")
    return "\n".join(lines)


def marks_table(of_class: Report) -> list[list[str | int]]:
    """The marks: a head, and a row for each sheet with its sum, a mark for each quantity, and what went wrong; none for an empty one."""
    head = ["sheet", "name", "marks", "of", *(f"{label} {QUANTITIES[name].symbol}" for label, name in of_class.verdicts), "remarks"]
    rows: list[list[str | int]] = []
    for sheet, marks in of_class.sheets:
        remarks = "; ".join(f"{one.label}: {' '.join(one.mistakes)}" for one in marks if one.mistakes)
        rows.append([sheet.number, sheet.name, sum(one.marks for one in marks), len(marks), *(one.marks for one in marks), remarks])
    rows += [[sheet.number, sheet.name, *[""] * (len(head) - 3), "empty"] for sheet in of_class.empty]
    return [list(head), *sorted(rows, key=lambda row: int(row[0]))]


def write_table(path: Path, rows: Sequence[Sequence[str | int]]) -> None:
    """A table as .csv (UTF-8 with its mark, which spreadsheets want) or .xlsx; ValueError for another ending."""
    if path.suffix == ".csv":
        text = io.StringIO()
        csv.writer(text, lineterminator="\r\n").writerows([[_harmless(cell) for cell in row] for row in rows])
        path.write_bytes(text.getvalue().encode("utf-8-sig"))
    elif path.suffix == ".xlsx":
        with needs("classroom"):
            from openpyxl import Workbook
        book = Workbook()
        page = book.active
        for row in rows:
            page.append([_harmless(cell) for cell in row])
        page.freeze_panes = "C2"
        book.save(path)
    else:
        raise ValueError(f"expected a file that ends in .csv or .xlsx, got {path}")


def _harmless(cell: str | int) -> str | int:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@")) else cell


def figure(of_class: Report, ax: Any = None) -> Any:
    """How often each quantity was right, carried on, wrong and left blank, as bars; gives the axes."""
    with needs("classroom"):
        from matplotlib.figure import Figure
    keys = list(of_class.verdicts)
    if ax is None:
        ax = Figure(figsize=(7, 0.8 + 0.27 * len(keys)), layout="constrained").add_subplot()
    colours = {RIGHT: palette.NAMES["activation"], CARRIED: palette.NAMES["input"], WRONG: palette.NAMES["weight"], BLANK: palette.LINE}
    hatches = {RIGHT: "", CARRIED: "//", WRONG: "xx", BLANK: ""}
    left = np.zeros(len(keys))
    for verdict in VERDICTS:
        counts = np.array([of_class.verdicts[key][verdict] for key in keys])
        ax.barh(range(len(keys)), counts, left=left, color=colours[verdict].light, hatch=hatches[verdict], edgecolor="white", label=verdict)
        left = left + counts
    ax.set_yticks(range(len(keys)), [label if label == name else f"{label}: {QUANTITIES[name].symbol}" for label, name in keys])
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.invert_yaxis()
    ax.set_xlabel("sheets")
    ax.spines[["top", "right"]].set_visible(False)
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=len(VERDICTS), frameon=False)
    return ax


# ---- the command ----


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m nnlib.classroom.marking",
                                     description="Marks for worksheets, from a table of pupils' numbers.")
    add = parser.add_argument
    add("answers", type=Path, nargs="?", help="the table: .csv or .xlsx, with a row for each sheet")
    add("--form", type=Path, help="write an empty table to fill in, a file that is not there yet, and mark nothing")
    add("--students", type=whole_number(1, MOST_STUDENTS), help="rows of the empty table; 30 unless told, or one for each name")
    add("--names", type=Path, help="the class list of the worksheets")
    add("--marks", type=Path, help="write the marks into this file, .csv or .xlsx")
    add("--figure", type=Path, help="draw the report into this file: .svg, .png or .pdf")
    add_kind(parser)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Mark a class, or write the empty table; gives the exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    kind = kind_of(parser, options)
    if (options.answers is None) == (options.form is None):
        parser.error("expected either a table of answers, or --form and where the empty table goes")
    for name, path in (("marks", options.marks), ("form", options.form)):
        if path and path.suffix not in (".csv", ".xlsx"):
            parser.error(f"argument --{name}: expected a file that ends in .csv or .xlsx, got {path}")
    if options.form and options.form.exists():
        parser.error(f"argument --form: {options.form} is there already; choose another name, or move it away")
    for name, path in (("marks", options.marks), ("figure", options.figure)):
        if path and options.answers and path.resolve() == options.answers.resolve():
            parser.error(f"argument --{name}: expected another file than the answers, got {path}")
    try:
        if options.form:
            names = read_names(options.names, MOST_STUDENTS) if options.names else []
            write_table(options.form, form(len(names) or options.students or 30, kind, names))
            print(f"{options.form}: {LEVELS[kind.level].title}, {len(columns(kind))} numbers a sheet")
            return 0
        of_class = report(read_answers(options.answers, kind), options.seed, kind)
        print(as_text(of_class))
        if options.marks:
            write_table(options.marks, marks_table(of_class))
        if options.figure:
            figure(of_class).figure.savefig(options.figure)
    except ModuleNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    except ValueError as error:
        parser.error(str(error))
    except OSError as error:
        parser.error(f"cannot open {error.filename}: {error.strerror}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
