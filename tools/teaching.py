"""Write the lesson plans, the board, the list of handouts, the two tests and the usability sheet from the data in nnlib.

What stands above the first section of a page stays. The board is a notebook: what its cells have given stays, too, and
tools/notebooks.py executes it.

    python tools/teaching.py         writes the pages below book/teaching; tests keep them fresh
"""
import io
import json
from pathlib import Path

import nbformat
from mdit_py_plugins.anchors.index import slugify

from nnlib.classroom import board, handouts
from nnlib.classroom.forms import FORMS, questions
from nnlib.classroom.measuring import SUS
from nnlib.classroom.plans import PACK, PACKS, PLANS, SITE, asked, pack_name

BOOK = Path(__file__).resolve().parents[1] / "book"
TEACHING = BOOK / "teaching"
PLANS_PAGE = TEACHING / "plans.md"
TESTS = {form: TEACHING / f"{form}_test.md" for form in FORMS}
HANDOUTS = TEACHING / "handouts.md"
SHEET = TEACHING / "usability.md"
BOARD = BOOK / f"{board.PAGE}.ipynb"
PAPERS = {"a4": "A4", "letter": "US Letter"}
TOP = ("opening", "title")  # the cells of the board that stay


def parts():
    """What is written below the opening of each page."""
    yield PLANS_PAGE, [part for plan in PLANS for part in _plan(plan)]
    yield HANDOUTS, ["## The files", "\n".join(_files())]
    for form, page in TESTS.items():
        yield page, [part for at, question in enumerate(questions(form), 1) for part in _question(at, question)]
    yield SHEET, ["## Ten statements", "\n".join(_sheet())]


def written(page):
    """The text of a page: its own opening, then what the data say."""
    opening = page.read_text("utf8").partition("\n## ")[0].rstrip()
    return "\n\n".join([opening, *dict(parts())[page]]) + "\n"


def drawn(page=BOARD):
    """The notebook of the board: its own opening, then the cells that the data say, each with what it has given."""
    notebook = nbformat.read(page, as_version=4)
    known = {cell.id: cell for cell in notebook.cells}
    notebook.cells = [known[name] for name in TOP] + [_cell(cell, known.get(cell.name)) for cell in board.cells()]
    return notebook


def _cell(cell, known):
    if not cell.tags:
        return nbformat.v4.new_markdown_cell(cell.source, id=cell.name)
    if known and known.source == cell.source and tuple(known.metadata.tags) == cell.tags:
        return known
    return nbformat.v4.new_code_cell(cell.source, id=cell.name, metadata={"tags": list(cell.tags), "jupyter": {"source_hidden": True}})


def _question(at, question):
    yield f"## {at}. {question.ask}"
    for answer in question.answers:
        yield f":::{{dropdown}} {answer.text}\n:class-container: fs-{'right' if answer.right else 'wrong'}"
        yield answer.said if answer.right and answer.said.startswith("Right") else f"{'Right' if answer.right else 'No'}. {answer.said}"
        yield ":::"


def _files():
    yield "| part | A4 | US Letter | for the teacher |"
    yield "|---|---|---|---|"
    for key, one in handouts.HANDOUTS.items():
        links = [f'<a href="../../_static/{handouts.file_name(key, paper, answers)}" download>{said}</a>'
                 for paper, answers, said in (("a4", False, f"four pages, {_kilobytes(key)}"), ("letter", False, "four pages"),
                                              ("a4", True, "A4"), ("letter", True, "Letter"))]
        yield f"| {one.title} | {links[0]} | {links[1]} | {links[2]}, {links[3]} |"


def _kilobytes(key):
    written = io.BytesIO()
    handouts.write(written, key)
    return f"about {round(len(written.getvalue()), -4) // 1000} kB"


def _sheet():
    yield "| no. | statement | 1 | 2 | 3 | 4 | 5 |"
    yield "|---|---|---|---|---|---|---|"
    for at, statement in enumerate(SUS, 1):
        yield f"| {at} | {statement} |" + " ☐ |" * 5


def _plan(plan):
    yield f"## {plan.title}"
    bring = plan.bring[0] if len(plan.bring) == 1 else f"{', '.join(plan.bring[:-1])}, and {plan.bring[-1]}"
    yield f"{plan.whom} Bring {bring}."
    if plan.sheets:
        yield (f"{PACK} finished sheets and their key, to print: {_packs(plan)}. Print the sheets on both sides, and the key on one. "
               f"Sheet 1 is the one on the slides, which write a decimal point: keep it. That leaves {PACK - 1} for the class.")
        yield ("For a larger class, or with names on the sheets, this writes them in the project's folder, after `make book`; `--site` and "
               "the address of your copy (a folder's will do, `file:///…/site`) give each page of the key a link to its network:")
        yield f"    .venv/bin/python -m nnlib.worksheets {plan.options} --site {SITE} --output worksheets.pdf"
        yield "An empty table for what the pupils wrote, and then its marks:"
        level = plan.options.partition(" --level")
        for line in (f"--form answers.csv {plan.options}", f"answers.csv{''.join(level[1:])} --marks marks.csv"):
            yield f"    .venv/bin/python -m nnlib.classroom.marking {line}"
    for at, session in enumerate(plan.sessions, 1):
        if len(plan.sessions) > 1:
            yield f"### Lesson {at}: {session.title}"
        yield (f'<a class="btn btn-sm fs-deck" href="../../_static/deck.html#{plan.key}-{at}">The slides of this lesson</a>')
        yield "\n".join(_table(session))
        end = "" if session.homework.endswith("?") else "."
        home = f" At home: {session.homework}{end}" if session.homework else ""
        yield f"{session.minutes} minutes in all. What may be left out gives back up to {session.spare} of them.{home}"
        for minute, stage in zip(session.begins(), session.stages, strict=True):
            if stage.code:
                yield f":::{{dropdown}} Minute {minute}, the lines\n\n```python\n{stage.code}\n```\n\n:::"
            if stage.ask:
                yield from _asked(f"{minute}, {stage.when}" if stage.when else minute, asked(stage.ask))


def _packs(plan):
    """Links to a plan's finished worksheets and their key, on both papers, and with a decimal comma."""
    links = [f'<a href="../../_static/{pack_name(plan, paper, key, comma)}" download>{"the key" if key else "the sheets"} on '
             f'{PAPERS[paper]}{" with a decimal comma" if comma else ""}</a>' for paper, comma in PACKS for key in (False, True)]
    return ", ".join(links)


def _table(session):
    yield "| minute | what | slides | when late |"
    yield "|---|---|---|---|"
    for minute, stage in zip(session.begins(), session.stages, strict=True):
        slides = f"[{title(stage.page)}](../{source(stage.page)}): {' · '.join(_slides(stage))}" if stage.page else "none: paper and board"
        yield f"| {minute}–{minute + stage.minutes} | {stage.what} | {slides} | {stage.late} |"


BEATS = {"widget": "widget", "predict": "prediction", "cell": "picture or code"}


def _slides(stage):
    """The headings of a stage's slides, and how far where it is not all."""
    for heading, until, before in stage.parts:
        far = f" ({'before' if before else 'to'} its first {BEATS[until]})" if until else ""
        yield f"[{heading}](../{source(stage.page)}#{anchor(heading)}){far}"


def _asked(minute, ask):
    yield f":::{{dropdown}} Minute {minute}, ask: {ask.text}"
    if ask.code:
        yield f"```python\n{ask.code}\n```"
    yield f"**Right:** {ask.right}"
    for wrong in ask.wrong:
        yield f"*“{wrong.answer}”* {wrong.say}"
    yield ":::"


def anchor(heading):
    """The name of a heading's place, as MyST makes it."""
    return slugify(heading.replace("*", ""))


def source(page):
    """The file of a page, below the book: a notebook, or Markdown."""
    return next(f"{page}{end}" for end in (".ipynb", ".md") if (BOOK / f"{page}{end}").is_file())


def texts(page):
    """The Markdown of a page."""
    path = BOOK / source(page)
    if path.suffix == ".md":
        return [path.read_text("utf8")]
    return ["".join(cell["source"]) for cell in json.loads(path.read_text("utf8"))["cells"] if cell["cell_type"] == "markdown"]


def title(page):
    """The title of a page, from its file."""
    lines = (line for text in texts(page) for line in text.splitlines())
    return next(line for line in lines if line.startswith("# ")).removeprefix("# ").partition(":")[0]


if __name__ == "__main__":
    for page, _ in parts():
        page.write_text(written(page), "utf8")
    nbformat.write(drawn(), BOARD)
