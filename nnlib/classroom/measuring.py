"""How much a class has learnt: two parallel tests, the normalised gain with its interval, and how many pupils it takes.

    python -m nnlib.classroom.measuring scores.csv

reads a table with the columns name, prior and final, the points of each pupil before and after, and says what they show.
"""
import argparse
import math
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import NormalDist
from typing import Any, NamedTuple

import numpy as np

from nnlib._extras import needs
from nnlib.classroom.forms import POINTS
from nnlib.classroom.names import table
from nnlib.network import mulberry32
from nnlib.numerals import format as written
from nnlib.types import FloatArray
from nnlib.validation import vector, whole

LEVEL = 0.95
LEAST_PUPILS = 5  # with fewer the interval is as wide as all that can be measured, and Student's t below is off by more than 0.01
NOT_WRITTEN = ("", "-", "–", "—", "−")  # an empty cell, and what Moodle puts into one
# John Brooke's System Usability Scale (1996), free to use where its source is named: agreement from 1 to 5 with ten statements,
# of which every second one says something bad.
SUS = (
    "I think that I would like to use this book frequently.",
    "I found the book unnecessarily complex.",
    "I thought the book was easy to use.",
    "I think that I would need the support of a technical person to be able to use this book.",
    "I found the various functions in this book were well integrated.",
    "I thought there was too much inconsistency in this book.",
    "I would imagine that most people would learn to use this book very quickly.",
    "I found the book very cumbersome to use.",
    "I felt very confident using the book.",
    "I needed to learn a lot of things before I could get going with this book.",
)


# ---- what the points show ----


class Gain(NamedTuple):
    """The normalised gain of a class: the share of what was left to learn that was learnt, and where it lies with 95% confidence.

    Where all pupils have gained alike there is no interval: low and high are NaN.
    """

    pupils: int
    prior: float
    final: float
    gain: float
    low: float
    high: float
    spread: float  # of one pupil's part in it: the interval's half is this, times t, over √pupils
    full_before: int  # pupils with full marks: nothing was left for them to learn, or to lose but marks
    full_after: int


def normalised_gain(prior: Sequence[float], final: Sequence[float], most: float = POINTS) -> Gain:
    """The gain (final − prior) / (most − prior) of the means (Hake 1998), with its interval.

    The gain is 1 minus a ratio of two means over the same pupils, so its variance follows by the slopes of the ratio: each pupil's part
    is (lost after − (1 − gain) · lost before) / mean lost before. No gain exceeds 1, and so the interval ends there. A pupil with full
    marks before has no gain of their own, but counts in the means, as everybody does.
    ValueError for fewer than 5 pupils, unequal lengths, points that are negative or above `most`, or a class that knew everything before.
    """
    if len(prior) != len(final):
        raise ValueError(f"final: expected as many as prior, {len(prior)}, got {len(final)}")
    if len(prior) < LEAST_PUPILS:
        raise ValueError(f"prior: expected at least {LEAST_PUPILS} pupils who wrote both tests, got {len(prior)}: "
                         "so few say nothing of a class")
    before, after = _points("prior", prior, most), _points("final", final, most)
    left, lost = most - before, most - after
    if not left.any():
        raise ValueError(f"prior: expected something left to learn, got {written(most, 3)} points for everybody")
    ratio = float(lost.mean() / left.mean())
    parts = (lost - ratio * left) / left.mean()
    spread = float(parts.std(ddof=1))
    half = student(len(before) - 1) * spread / math.sqrt(len(before)) if spread > 1e-9 else math.nan
    gain = 1 - ratio
    high = 1.0 if gain + half > 1 else gain + half
    return Gain(len(before), float(before.mean()), float(after.mean()), gain, gain - half, high, spread, int((left == 0).sum()),
                int((lost == 0).sum()))


def _points(name: str, values: Sequence[float], most: float) -> FloatArray:
    points = vector(name, values)
    if not ((points >= 0) & (points <= most)).all():
        wrong = points[(points < 0) | (points > most)][0]
        raise ValueError(f"{name}: expected points from 0 to {written(most, 3)}, got {written(float(wrong), 6)}")
    return points


def student(freedom: int, level: float = LEVEL) -> float:
    """Student's t for a two-sided interval, from the normal distribution by the expansion of Cornish and Fisher.

    From four degrees of freedom on it is off by less than 0.01.
    """
    z = NormalDist().inv_cdf((1 + level) / 2)
    terms = ((z**3 + z) / 4, (5 * z**5 + 16 * z**3 + 3 * z) / 96, (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
             (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160)
    return z + sum(term / freedom**power for power, term in enumerate(terms, 1))


def pupils_needed(spread: float, half: float) -> int:
    """How many pupils like these it takes until the interval is no wider than half to each side."""
    if not (math.isfinite(half) and half > 0):
        raise ValueError(f"half: expected a number above 0, got {half!r}")
    count = LEAST_PUPILS
    while student(count - 1) * spread / math.sqrt(count) > half:
        count += 1
    return count


def pretend_class(seed: int, pupils: int, gain: float, knows: float = 0.3) -> tuple[FloatArray, FloatArray]:
    """The points of a made-up class, before and after, to try things on: `knows` is the mean share known before, `gain` the true gain.

    Each pupil knows another share, and guesses right or not, question by question.
    """
    draws = mulberry32([seed], pupils * (1 + 2 * POINTS))[0].reshape(pupils, 1 + 2 * POINTS)
    before = 2 * knows * draws[:, :1]
    after = before + gain * (1 - before)
    return (draws[:, 1:1 + POINTS] < before).sum(1).astype(float), (draws[:, 1 + POINTS:] < after).sum(1).astype(float)


def sus_score(answers: Sequence[int]) -> float:
    """The System Usability Scale of one person: ten answers from 1 to 5 give 0 to 100."""
    if len(answers) != len(SUS):
        raise ValueError(f"answers: expected {len(SUS)}, got {len(answers)}")
    given = [whole(f"answers[{at}]", answer, 1, 5) for at, answer in enumerate(answers)]
    return 2.5 * sum(answer - 1 if at % 2 == 0 else 5 - answer for at, answer in enumerate(given))


# ---- a table of points ----


class Scores(NamedTuple):
    """The points of those who took both tests, and how many took only one."""

    prior: list[float]
    final: list[float]
    incomplete: int


def read_scores(path: Path | str) -> Scores:
    """The columns prior and final of a table, with a decimal comma too; who missed a test (nothing, or a dash) is counted and left out.

    ValueError that names the file and the line for what is no number, and for a table without these columns.
    """
    rows = [(at, row) for at, row in enumerate(table(path), 1) if any(cell.strip() for cell in row)]
    heads = [cell.strip().casefold() for cell in rows[0][1]] if rows else []
    if not {"prior", "final"} <= set(heads):
        raise ValueError(f"{path}: expected a first line with the columns prior and final, got {', '.join(heads) or 'nothing'}")
    prior, final, incomplete = [], [], 0
    for line, row in rows[1:]:
        cells = [row[heads.index(name)].strip() if heads.index(name) < len(row) else "" for name in ("prior", "final")]
        if any(cell in NOT_WRITTEN for cell in cells):
            incomplete += 1
            continue
        before, after = (_number(cell, f"{path}, line {line}") for cell in cells)
        prior.append(before)
        final.append(after)
    return Scores(prior, final, incomplete)


def _number(cell: str, where: str) -> float:
    try:
        value = float(cell.replace(",", "."))
    except ValueError:
        raise ValueError(f"{where}: expected points, got {cell!r}") from None
    if not 0 <= value <= POINTS:
        raise ValueError(f"{where}: expected points from 0 to {POINTS}, got {cell}")
    return value


def as_text(found: Gain, incomplete: int = 0) -> str:
    """What the points show, in a few lines, and what they cannot show."""
    lines = [f"{found.pupils} pupils took both tests" + (f", {incomplete} only one" if incomplete else "") + ".",
             f"before: {found.prior:.2f} of {POINTS} points; after: {found.final:.2f}"]
    if math.isnan(found.low):
        lines.append(f"normalised gain: {found.gain:.2f}; no interval, as all pupils have gained alike")
    else:
        lines += [f"normalised gain: {found.gain:.2f}, between {found.low:.2f} and {found.high:.2f} with 95% confidence",
                  f"for ±0.10 it takes {pupils_needed(found.spread, 0.1)} pupils like these, for ±0.05 {pupils_needed(found.spread, 0.05)}"]
    if found.full_before:
        lines.append(f"full marks before: {found.full_before}. They could not gain; they count in the means.")
    if found.full_after:
        lines.append(f"full marks after: {found.full_after}. What more they have learnt, the test cannot tell.")
    return "\n".join(lines)


def figure(prior: Sequence[float], final: Sequence[float], ax: Any = None) -> Any:
    """Each pupil as a dot, points before against points after; the line is a class that has learnt nothing, the stroke its gain."""
    with needs("figures"):
        from nnlib.figures import COLOUR, axes
    found = normalised_gain(prior, final)
    ax = axes(4.3, 3.8) if ax is None else ax  # type: ignore[no-untyped-call]  # what draws has no types
    ax.plot([0, POINTS], [0, POINTS], color=COLOUR["muted"], linestyle="--", linewidth=1)
    before = np.linspace(0, POINTS, 2)
    ax.plot(before, before + found.gain * (POINTS - before), color=COLOUR["error"], linewidth=2)
    counts: dict[tuple[float, float], int] = {}
    for pair in zip(prior, final, strict=True):
        counts[pair] = counts.get(pair, 0) + 1
    ax.scatter(*zip(*counts, strict=True), s=[28 * count for count in counts.values()], color=COLOUR["activation"], zorder=3)
    ax.set(xlabel="points before", ylabel="points after", xlim=(-0.5, POINTS + 0.5), ylim=(-0.5, POINTS + 0.5))
    return ax


def main(arguments: Sequence[str] | None = None) -> int:
    """Say what a table of points shows; gives the exit status."""
    parser = argparse.ArgumentParser("python -m nnlib.classroom.measuring",
                                     description="The normalised gain of a class, with its interval.")
    parser.add_argument("scores", type=Path, help="a table (.csv or .xlsx) with the columns prior and final, a line for each pupil")
    path = parser.parse_args(arguments).scores
    try:
        scores = read_scores(path)
        print(as_text(normalised_gain(scores.prior, scores.final), scores.incomplete))
    except OSError as error:
        parser.error(f"cannot read {error.filename or path}: {error.strerror}")
    except ValueError as error:
        parser.error(str(error))
    return 0


if __name__ == "__main__":
    sys.exit(main())
