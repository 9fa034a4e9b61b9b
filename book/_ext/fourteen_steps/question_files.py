"""The question bank as files to download: the site carries one for each format, written anew with every build."""
from pathlib import Path

from nnlib.classroom.bank import FILE_SEED, select
from nnlib.classroom.exports import FORMATS, file_name


def write_question_files(app, exception):
    """When all pages are written: the whole bank in every format."""
    if exception or app.builder.name != "html":
        return
    for name, one in FORMATS.items():
        (Path(app.outdir) / "_static" / file_name(name)).write_bytes(one.write(select(), FILE_SEED))
