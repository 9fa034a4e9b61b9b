"""The first iteration of the worked example as other libraries computed it: recorded with their versions, and read when it is asked for.

tools/frameworks.py ran each library once, in an environment of its own, and wrote nnlib/data/frameworks.json. Nothing here imports one.
"""
import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nnlib.network import Parameters
from nnlib.types import FloatArray
from nnlib.validation import one_of

FILE = Path(__file__).parent / "data" / "frameworks.json"
TITLES = {"pytorch": "PyTorch", "jax": "JAX", "keras": "Keras", "scikit-learn": "scikit-learn", "numpy": "NumPy"}
PARTS = ("data", "weights", "forward", "loss", "slopes", "update")
SHAPES = {name: array.shape for name, array in Parameters.example()._asdict().items()}


@dataclass(frozen=True)
class Recorded:
    """What one library said.

    parts: its lines, by what they do; a part that it does not have is missing. values: the book's names, in the book's shapes. w1: the
    first weights as the library holds them. unasked: what it does if nobody says otherwise: its precision, its loss E, and dE_dw2 of that.
    """

    title: str
    version: str
    parts: Mapping[str, str]
    values: Mapping[str, FloatArray]
    w1: FloatArray
    unasked: Mapping[str, str | FloatArray]


@functools.cache
def recorded() -> dict[str, Recorded]:
    """All of them by name: pytorch, jax, keras, scikit-learn and numpy."""
    found = {}
    for name, said in json.loads(FILE.read_text("utf8")).items():
        values = {key: np.reshape(value, SHAPES.get(key.split("d")[-1].removeprefix("new_"), ())) for key, value in said["values"].items()}
        unasked = {key: value if key == "precision" else np.array(value) for key, value in said["unasked"].items()}
        found[name] = Recorded(TITLES[name], said["version"], said["parts"], values, np.array(said["w1"]), unasked)
    return found


def beside(part: str) -> str:
    """The lines of all libraries that do one of PARTS, under each other, as Markdown."""
    one_of("part", part, PARTS)
    return "\n\n".join(f"**{said.title}** {said.version}\n\n```python\n{said.parts[part]}\n```" if part in said.parts else
                       f"**{said.title}** {said.version} has no line of its own for it." for said in recorded().values())
