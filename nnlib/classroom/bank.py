"""The question bank: every item of the book in one place, and the command that writes it for a learning management system.

    python -m nnlib.classroom.bank --format moodle --seed 7 --output bank.xml
    python -m nnlib.classroom.bank --format qti --part backward --output backward.zip

The same options give the same file, byte for byte; another seed gives other numbers.
"""
import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from nnlib.classroom.exports import FORMATS
from nnlib.classroom.items import KINDS, LEVELS, PARTS, Item
from nnlib.classroom.store import backward, beyond, forward, ideas, training
from nnlib.classroom.worksheets import whole_number
from nnlib.validation import Table, one_of

FILE_SEED = 1  # whose numbers the files on the site and the page of questions have


def _gathered(*parts: Sequence[Item]) -> dict[str, Item]:
    """All items by their keys; ValueError for two with one key, or one question."""
    found: dict[str, Item] = {}
    asked: dict[tuple[str, str], str] = {}
    for item in (item for part in parts for item in part):
        words = (item.kind, " ".join((getattr(item, "quantity", "") + item.ask + getattr(item, "code", "")).lower().split()))
        for known in (found.get(item.key), found.get(asked.get(words, ""))):
            if known:
                raise ValueError(f"items: expected each key and each question once, got {item.key!r} again (first: {known.key!r})")
        found[item.key], asked[words] = item, item.key
    return found


ITEMS = Table("item", _gathered(ideas.ITEMS, forward.ITEMS, backward.ITEMS, training.ITEMS, beyond.ITEMS))


def select(part: str = "", kind: str = "", level: int | None = None) -> tuple[Item, ...]:
    """The items of a part, of a kind and of a level, in the order of the book; all of them where nothing is said."""
    if part:
        one_of("part", part, PARTS)
    if kind:
        one_of("kind", kind, KINDS)
    if level is not None and level not in LEVELS:
        raise ValueError(f"level: expected one of {', '.join(map(str, LEVELS))}, got {level!r}")
    return tuple(item for item in ITEMS.values()
                 if part in ("", item.part) and kind in ("", item.kind) and level in (None, item.level))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m nnlib.classroom.bank", description="The question bank for a learning management system.")
    add = parser.add_argument
    add("--format", choices=FORMATS, required=True, help="; ".join(f"{name}: {one.title}" for name, one in FORMATS.items()))
    add("--seed", type=whole_number(-2**53, 2**53), default=FILE_SEED,
       help="whose numbers: the same seed gives the same file; 1 unless told")
    add("--part", choices=PARTS, default="", help="one part of the book; all of them unless told")
    add("--kind", choices=KINDS, default="", help="one kind of question; all of them unless told")
    add("--output", type=Path, required=True, help="the file to write")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the file; gives the exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    chosen = FORMATS[options.format]
    if options.output.suffix != chosen.ending:
        parser.error(f"argument --output: expected a file that ends in {chosen.ending} for {options.format}, got {options.output}")
    items = select(options.part, options.kind)
    try:
        options.output.write_bytes(chosen.write(items, options.seed))
    except OSError as error:
        parser.error(f"cannot write {error.filename or options.output}: {error.strerror}")
    print(f"{options.output}: {len(items)} questions, {chosen.title}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
