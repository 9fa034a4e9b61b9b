"""Questions as files to download, written with every build: bank and tests in each format, for Anki, and what is for paper."""
from pathlib import Path

from fourteen_steps import once
from nnlib.classroom import anki, forms, handouts, tickets
from nnlib.classroom.bank import FILE_SEED, select
from nnlib.classroom.exports import FORMATS, file_name
from nnlib.classroom.items import PARTS
from nnlib.classroom.paper import PAPERS
from nnlib.classroom.plans import PACKS, PLANS, pack_name, write_pack


def write_question_files(app, exception):
    """When all pages are written: the whole bank and the tests in every format, and what is for paper."""
    if exception or app.builder.name != "html":
        return
    once.written(app, "question-files", lambda: list(files(Path(app.outdir) / "_static")))


def files(static):
    """Write each file into a folder; gives its path."""
    for name, one in FORMATS.items():
        for file, content in ((file_name(name), one.write(select(), FILE_SEED)), (forms.file_name(name), forms.both(name))):
            (static / file).write_bytes(content)
            yield static / file
    (static / "fourteen-steps.apkg").write_bytes(anki.package())
    yield static / "fourteen-steps.apkg"
    for part in PARTS:
        tickets.write(static / f"exit-tickets-{part}.pdf", part)
        yield static / f"exit-tickets-{part}.pdf"
    for key in handouts.HANDOUTS:
        for paper in PAPERS:
            for answers in (False, True):
                file = static / handouts.file_name(key, paper, answers)
                handouts.write(file, key, paper, answers)
                yield file
    for plan in (plan for plan in PLANS if plan.sheets):
        for paper, comma in PACKS:
            for key in (False, True):
                file = static / pack_name(plan, paper, key, comma)
                write_pack(file, plan, paper, key, comma)
                yield file
