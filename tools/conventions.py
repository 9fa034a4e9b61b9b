"""Write generated/conventions.js: what the page on conventions needs from nnlib.conventions.

    python tools/conventions.py

The choices, who makes them, and for each stop its equations in every form that they take. A stop depends on a few choices only, which
are found by looking, so its forms are told apart by those. A test keeps the committed file fresh.
"""
import json
from pathlib import Path

from nnlib import Parameters
from nnlib import conventions as cv
from nnlib.conventions import CHOICES, EXCLUSIONS, SHOWN, WRITERS, combinations

TARGET = Path(__file__).resolve().parents[1] / "nnlib" / "widgets" / "generated" / "conventions.js"
ALL = {tuple(vars(c).values()): c for c in combinations()}


def forms(c):
    """For each stop its equations; those of "given" are what the network is made of."""
    found = {"given": [equation(line) for line in cv.given_lines(c)]}
    for line in cv.lines(c):
        found.setdefault(line.label, []).append(equation(line))
    return found


def equation(line):
    """One equation as the widget takes it; what another stop does has a remark only."""
    if not line.gives:
        return {"remark": line.remark}
    c = line.conventions
    recipe = cv.recipe(line.gives, c)
    told = {"gives": line.tokens_of_gives[0], "sides": [cv.tokens(e, c) for e in line.expressions], "remark": line.remark,
            **recipe._asdict()}
    defaults = {"sides": [], "remark": "", "way": "", "scaled": False, "turned": False}
    return {key: value for key, value in told.items() if defaults.get(key, ...) != value}


def stops():
    """For each stop: the choices that it depends on, and its forms by their keys."""
    every = {key: forms(c) for key, c in ALL.items()}
    names = list(CHOICES)
    result = []
    for label in next(iter(every.values())):
        matters = [name for k, name in enumerate(names) if any(
            other in every and every[key][label] != every[other][label]
            for key in every for option in CHOICES[name].options for other in [(*key[:k], option.key, *key[k + 1:])])]
        by_key = {}
        for key, found in every.items():
            short = " ".join(key[names.index(name)] for name in matters)
            if by_key.setdefault(short, found[label]) != found[label]:
                raise AssertionError(f"{label}: expected a form that depends on {matters} alone")
        result.append({"label": label, "matters": matters, "forms": by_key})
    return result


def option(name, one):
    """One way to choose, and who chooses it."""
    return {"key": one.key, "text": one.text, "writers": [writer.name for writer in cv.writers_of(name, one.key)]}


def content():
    """The text of conventions.js."""
    choices = {name: {"question": choice.question, "options": [option(name, one) for one in choice.options]}
               for name, choice in CHOICES.items()}
    writers = {w.name: {"choices": w.choices, "words": w.words} for w in WRITERS.values()}
    factors = {"slope": {}, "step": {}}
    for c in ALL.values():
        factors["slope"][f"{c.loss} {c.scale}"] = cv.slope_factor(c)[:2]
        factors["step"][c.rate] = cv.step_factor(c)[:2]
    shown = {"x": SHOWN.x.tolist(), "y": SHOWN.y.tolist()}
    start = {name: p.tolist() for name, p in Parameters.example()._asdict().items()}
    exclusions = [exclusion._asdict() for exclusion in EXCLUSIONS]
    lines = ["// Written by tools/conventions.py from conventions.py. Do not edit.", ""]
    for name, value in (("CHOICES", choices), ("WRITERS", writers), ("EXCLUSIONS", exclusions), ("FACTORS", factors), ("SHOWN", shown),
                        ("START", start)):
        lines += [f"export const {name} = {json.dumps(value, ensure_ascii=False)};", ""]
    rows = [f"  {json.dumps(value, ensure_ascii=False)}," for value in stops()]
    return "\n".join([*lines, "export const FORMS = [", *rows, "];", ""])


if __name__ == "__main__":
    TARGET.write_text(content(), "utf8")
