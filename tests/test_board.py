"""The board of lessons where nobody programmes: fresh, shown in a plan, its numbers those of sheet 1, and right as they are written."""
import re

import numpy as np
import pytest
import teaching as tool
from pypdf import PdfReader

from nnlib.classroom import board
from nnlib.classroom.plans import PACK, PLANS, pack_name, write_pack
from nnlib.classroom.worksheets import sheet_iteration
from nnlib.numerals import on_paper

TEXTS = [cell.source for cell in board.cells() if not cell.tags]
SUMS = [found for text in TEXTS for found in re.findall(r"([^|:=]+?) = \*?\*?(−?[\d.]+)\*?\*?(?= \|)", text)]


def test_the_page_is_fresh():
    page = tool.nbformat.read(tool.BOARD, as_version=4)
    wanted = [(cell.id, cell.source) for cell in tool.drawn().cells]
    assert [(cell.id, cell.source) for cell in page.cells] == wanted, "make names writes it"


def test_every_slide_of_it_is_in_a_plan():
    there = re.findall(r"^## (.*)$", "\n".join(TEXTS), re.M)
    shown = {heading for plan in PLANS for session in plan.sessions for stage in session.stages if stage.page == board.PAGE
             for heading, *_ in stage.parts}
    assert set(there) == shown and len(there) == len(shown)


@pytest.mark.parametrize("written, result", SUMS)
def test_what_is_written_out_comes_out(written, result):
    assert len(SUMS) >= 15
    signs = {"·": "*", "−": "-", "½": "0.5", "²": "**2", "σ(": "1 / (1 + 2.718281828 ** -"}
    for sign, meant in signs.items():
        written = written.replace(sign, meant)
    found, said = eval(written), float(result.replace("−", "-"))
    assert abs(found - said) <= 1.5 * 10.0 ** (np.floor(np.log10(abs(said))) - 3), "the last of four digits may differ: they calculate on"


@pytest.mark.parametrize("plan", [plan for plan in PLANS if plan.sheets], ids=lambda plan: plan.key)
def test_it_has_the_numbers_of_sheet_1_of_each_pack(plan, tmp_path):
    it = sheet_iteration(board.SEED, board.NUMBER, plan.sheets)
    for name in ("w1", "b1", "w2", "b2", "z1", "a1", "z2", "a2"):
        np.testing.assert_array_equal(it[name][:1] if name[0] in "za" else it[name],
                                      sheet_iteration(board.SEED, board.NUMBER, board.ONE)[name])
    said = " ".join(TEXTS)
    rows = range(len(it.x))
    assert all(on_paper(it.a2[row, 0]) in said for row in rows) and on_paper(it.E) in said
    for key, count in ((False, 2 * PACK), (True, PACK)):
        file = tmp_path / pack_name(plan, "a4", key)
        write_pack(file, plan, "a4", key)
        assert len(PdfReader(file).pages) == count
    first = PdfReader(tmp_path / pack_name(plan, "a4", True)).pages[0].extract_text()
    assert on_paper(it.a2[0, 0]) in first and on_paper(it.E) in first
