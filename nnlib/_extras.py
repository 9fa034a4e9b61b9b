"""What only parts of nnlib need, as extras of the package: a missing one is named, with the command that brings it."""
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def needs(extra: str) -> Iterator[None]:
    """Imports below it are those of an extra; ModuleNotFoundError in one line if one of its packages is missing."""
    try:
        yield
    except ModuleNotFoundError as error:
        package = str(error.name).partition(".")[0]
        if package == __package__:  # a slip of our own, and nothing to install
            raise
        raise ModuleNotFoundError(f'nnlib: {package} is not installed; pip install "nnlib[{extra}]" brings it', name=error.name) from None
