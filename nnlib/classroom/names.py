"""A class list: names from a text file or the first column of a table, whatever program has written it."""
import csv
import io
from pathlib import Path

HEADS = {"name", "names", "pupil", "student", "schüler", "schülerin", "nom", "nombre"}  # of a first line that is no name
ENCODINGS = ("utf-8-sig", "utf-16", "cp1252")


def read_names(path: Path | str, most: int) -> list[str]:
    """The names in a file, one a line; of a table its first column, or the column that is headed "name".

    ValueError that names the file and the line: no names, two alike, more than `most`, or no text at all.
    """
    rows = [(number, row) for number, row in enumerate(_table(_text(path)), 1) if any(cell.strip() for cell in row)]
    column = 0
    if rows:
        heads = [cell.strip().casefold() for cell in rows[0][1]]
        headed = [i for i, head in enumerate(heads) if head in HEADS]
        if headed:
            column = headed[0]
            rows = rows[1:]
    names: dict[str, int] = {}
    for number, row in rows:
        name = " ".join(row[column].split()) if column < len(row) else ""
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


def _table(text: str) -> list[list[str]]:
    """Rows of cells, parted by whichever of ; tab and comma the first line has."""
    first = next(filter(str.strip, text.splitlines()), "")
    delimiter = next((mark for mark in ";\t," if mark in first), ";")
    return list(csv.reader(io.StringIO(text), delimiter=delimiter))
