"""A class list: names from a text file or the first column of a table, whatever program has written it."""
import csv
import io
import zipfile
from pathlib import Path

from nnlib._extras import needs

# Heads of a first line that is no name: of a whole name or a last one, of a last one only, of a first one.
WHOLE = ("name", "names", "pupil", "student", "schüler", "schülerin", "nom", "nombre")
LAST = ("nachname", "familienname", "surname", "last name", "lastname", "family name", "nom de famille", "apellido", "apellidos", "cognome")
FIRST = ("vorname", "rufname", "first name", "firstname", "given name", "prénom")
ENCODINGS = ("utf-8-sig", "utf-16", "cp1252")


def read_names(path: Path | str, most: int) -> list[str]:
    """The names in a file, one a line; of a table its first column, or the column that is headed "name", or those of first and last name.

    ValueError that names the file and the line: no names, two alike, more than `most`, or no text at all.
    """
    rows = [(number, row) for number, row in enumerate(table(path), 1) if any(cell.strip() for cell in row)]
    columns = _headed([cell.strip().casefold() for cell in rows[0][1]]) if rows else []
    if columns:
        rows = rows[1:]
    names: dict[str, int] = {}
    for number, row in rows:
        name = " ".join(part for column in columns or [0] if column < len(row) for part in row[column].split())
        if not name:
            raise ValueError(f"{path}, line {number}: expected a name, got nothing")
        if name in names:
            raise ValueError(f"{path}, line {number}: {name!r} stands in line {names[name]}, too; give the two of them different names")
        names[name] = number
    if not names:
        raise ValueError(f"{path}: expected at least one name, got none")
    if len(names) > most:
        raise ValueError(f"{path}: expected at most {most} names, got {len(names)}")
    return list(names)


def _headed(heads: list[str]) -> list[int]:
    """The columns that make up a name: the first name's before the last name's."""
    def found(*wanted: str) -> list[int]:
        return [heads.index(head) for head in wanted if head in heads][:1]

    return [*found(*FIRST), *found(*LAST, *WHOLE)]


def _text(path: Path | str) -> str:
    """The text of a file: UTF-8, or UTF-16 with its mark, or what Windows has written."""
    raw = Path(path).read_bytes()
    marked = raw[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ENCODINGS:
        if (encoding == "utf-16") != marked:
            continue
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise ValueError(f"{path}: expected text (UTF-8, UTF-16 or Windows), got something else")


def table(path: Path | str) -> list[list[str]]:
    """The rows of cells in a spreadsheet (.xlsx, its first page) or a text, parted by whichever of ; tab and comma the first line has.

    ValueError where there is neither.
    """
    if Path(path).suffix == ".xlsx":
        return _spreadsheet(path)
    text = _text(path)
    first = next(filter(str.strip, text.splitlines()), "")
    delimiter = next((mark for mark in ";\t," if mark in first), ";")
    return list(csv.reader(io.StringIO(text), delimiter=delimiter))


def _spreadsheet(path: Path | str) -> list[list[str]]:
    """The cells of a spreadsheet's first page as text."""
    with needs("classroom"):
        from openpyxl import load_workbook
    with open(path, "rb") as file:
        try:
            page = load_workbook(file, read_only=True, data_only=True).worksheets[0]
            return [["" if cell is None else str(cell) for cell in row] for row in page.iter_rows(values_only=True)]
        except (zipfile.BadZipFile, KeyError, IndexError):
            raise ValueError(f"{path}: expected a spreadsheet, got something else") from None
