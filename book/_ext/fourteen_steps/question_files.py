"""Questions as files to download, written with every build: bank and tests in each format, a package for Anki, tickets and handouts."""
from pathlib import Path

from nnlib.classroom import anki, forms, handouts, tickets
from nnlib.classroom.bank import FILE_SEED, select
from nnlib.classroom.exports import FORMATS, file_name
from nnlib.classroom.items import PARTS
from nnlib.classroom.paper import PAPERS


def write_question_files(app, exception):
    """When all pages are written: the whole bank and the tests in every format, and what is for paper."""
    if exception or app.builder.name != "html":
        return
    static = Path(app.outdir) / "_static"
    for name, one in FORMATS.items():
        (static / file_name(name)).write_bytes(one.write(select(), FILE_SEED))
        (static / forms.file_name(name)).write_bytes(forms.both(name))
    (static / "fourteen-steps.apkg").write_bytes(anki.package())
    for part in PARTS:
        tickets.write(static / f"exit-tickets-{part}.pdf", part)
    for key in handouts.HANDOUTS:
        for paper in PAPERS:
            for answers in (False, True):
                handouts.write(static / handouts.file_name(key, paper, answers), key, paper, answers)
