"""Where the page's Python is; at the end of the path, since it has a small stand-in for IPython."""
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "book" / "_ext" / "live" / "python"))
