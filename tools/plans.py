"""Write the page of lesson plans from `nnlib.classroom.plans`; what stands above its first section stays as it is.

    python tools/plans.py         writes book/teaching/plans.md; a test keeps it fresh
"""
import json
from pathlib import Path

from nnlib.classroom.plans import PLANS, asked

BOOK = Path(__file__).resolve().parents[1] / "book"
PAGE = BOOK / "teaching" / "plans.md"


def written():
    """The text of the page: its own opening, then each plan."""
    opening = PAGE.read_text("utf8").partition("\n## ")[0].rstrip()
    return "\n\n".join([opening, *(part for plan in PLANS for part in _plan(plan))]) + "\n"


def _plan(plan):
    yield f"## {plan.title}"
    bring = plan.bring[0] if len(plan.bring) == 1 else f"{', '.join(plan.bring[:-1])}, and {plan.bring[-1]}"
    yield f"{plan.whom} Bring {bring}."
    for at, session in enumerate(plan.sessions, 1):
        if len(plan.sessions) > 1:
            yield f"### Lesson {at}: {session.title}"
        yield "\n".join(_table(session))
        home = f" At home: {session.homework}." if session.homework else ""
        yield f"{session.minutes} minutes in all. What may be left out gives back up to {session.spare} of them.{home}"
        for minute, stage in zip(session.begins(), session.stages, strict=True):
            if stage.ask:
                yield from _asked(minute, asked(stage.ask))


def _table(session):
    yield "| minute | what | slides | when late |"
    yield "|---|---|---|---|"
    for minute, stage in zip(session.begins(), session.stages, strict=True):
        slides = f"[{title(stage.page)}](../{stage.page}.ipynb): {' · '.join(stage.slides)}" if stage.page else "none: paper and board"
        late = f"{stage.cut} {stage.saves} minutes." if stage.cut else ""
        yield f"| {minute}–{minute + stage.minutes} | {stage.what} | {slides} | {late} |"


def _asked(minute, ask):
    yield f":::{{dropdown}} Minute {minute}, ask: {ask.text}"
    if ask.code:
        yield f"```python\n{ask.code}\n```"
    yield f"**Right:** {ask.right}"
    for wrong in ask.wrong:
        yield f"*“{wrong.answer}”* {wrong.say}"
    yield ":::"


def title(page):
    """The title of a page, from its notebook."""
    cells = json.loads((BOOK / f"{page}.ipynb").read_text("utf8"))["cells"]
    lines = (line for cell in cells if cell["cell_type"] == "markdown" for line in "".join(cell["source"]).splitlines())
    return next(line for line in lines if line.startswith("# ")).removeprefix("# ").partition(":")[0]


if __name__ == "__main__":
    PAGE.write_text(written(), "utf8")
