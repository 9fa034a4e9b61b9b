"""The short name of a command: `python -m nnlib.worksheets` is `python -m nnlib.classroom.worksheets`."""
import sys

from nnlib.classroom.worksheets import main

if __name__ == "__main__":
    sys.exit(main())
