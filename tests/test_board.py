"""The board of lessons where nobody programmes: fresh, shown in a plan, its numbers those of sheet 1, and right as they are written."""
import re
from decimal import Decimal

import numpy as np
import pytest
import teaching as tool
from pypdf import PdfReader

from nnlib.classroom import board
from nnlib.classroom.plans import PACK, PACKS, PLANS, pack_name, write_pack
from nnlib.classroom.worksheets import sheet_iteration
from nnlib.network import feedforward, squared_error
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


def test_who_types_the_squares_of_the_board_gets_its_loss():
    """0.3157 and 0.1968 make 0.25625, which is neither 0.2562 nor 0.2563."""
    ((first, second, loss),) = [found for text in TEXTS for found in re.findall(r"½ · \(([\d.]+) \+ ([\d.]+)\) = \*\*([\d.]+)\*\*", text)]
    half = (Decimal(first) + Decimal(second)) / 2
    assert half != round(half, 4) + Decimal("0.00005") and abs(half - Decimal(loss)) < Decimal("0.00005")


def test_the_plan_has_the_loss_that_the_walk_on_the_slide_ends_with():
    it = sheet_iteration(board.SEED, board.NUMBER, board.ONE)
    after = on_paper(squared_error(feedforward(it.x, it.updated).a2, it.y))
    (stage,) = [stage for stage in PLANS[0].sessions[0].stages if board.AFTER in stage.slides]
    assert stage.cut.startswith(f"Say {on_paper(it.E)} before and {after} after") and after in stage.what
    assert after != board.losses(it).half and board.losses(it).half in stage.what


def test_a_bracket_that_closes_does_not_begin_a_line():
    keys = next(text for text in TEXTS if f"## {board.F2}" in text)
    assert "</kbd>&nbsp;<kbd>)</kbd>&nbsp;<kbd>)</kbd>" in keys and " <kbd>)" not in keys


def test_each_pack_of_a_plan_has_a_name_of_its_own_and_a_link_and_the_comma_is_one(tmp_path):
    page = tool.PLANS_PAGE.read_text("utf8")
    plans = [plan for plan in PLANS if plan.sheets]
    names = [pack_name(plan, paper, key, comma) for plan in plans for paper, comma in PACKS for key in (False, True)]
    assert len(set(names)) == len(names) == 6 * len(plans) and all(f'href="../../_static/{name}"' in page for name in names)
    write_pack(tmp_path / "comma.pdf", plans[0], "a4", True, True)
    first = PdfReader(tmp_path / "comma.pdf").pages[0].extract_text()
    assert on_paper(sheet_iteration(board.SEED, board.NUMBER, plans[0].sheets).E).replace(".", ",") in first


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


def test_the_head_of_the_board_says_which_numbers_are_in_which_key(tmp_path):
    keys = {}
    for plan in (plan for plan in PLANS if plan.sheets):
        write_pack(tmp_path / plan.key, plan, "a4", True)
        keys[plan.key] = re.findall(r"−?\d+(?:\.\d+)?", PdfReader(tmp_path / plan.key).pages[0].extract_text())
    slides = dict(part.split("\n", 1) for text in TEXTS for part in re.split(r"^## ", text, flags=re.M)[1:])
    found = {}
    for heading, shown in slides.items():
        numbers = re.findall(r"\*\*(−?[\d.]+)\*\*", shown)
        found[heading] = {name for name, stand in keys.items() if numbers and all(number in stand for number in numbers)}
    both, neither = {"lesson", "week"}, set()
    assert found == {
        board.QUESTION: neither, board.NETWORK: neither, board.F1: both, board.F2: both, board.F3: both, board.LOSS: {"lesson"},
        board.SECOND: {"week"}, board.LOSS_OF_BOTH: {"week"}, board.SLOPE: neither, board.STEPS_1_2: both,
        board.STEPS_3_5: {"lesson"}, board.STEPS_6_7: {"lesson"}, board.AFTER: {"lesson"}, board.GOOD_FOR: neither}
    head = next(cell.source for cell in tool.drawn().cells if cell.id == "title")
    for said in ("In both stand F1 to F4 of the first row, and its steps 1 to 4.",
                 "Its E and steps 5 to 7 are in the key of the 45 minutes only",
                 "The second row and E of both rows are in the key of the double week only.", "E after the step, are in neither."):
        assert said in head
    assert "your" not in slides[board.AFTER], "nor is sheet 1 everybody's"


def test_the_double_week_says_of_which_rows_an_e_is():
    one, both = (on_paper(sheet_iteration(board.SEED, board.NUMBER, kind).E) for kind in (board.ONE, board.BOTH))
    (stage,) = [stage for plan in PLANS if plan.key == "week" for session in plan.sessions for stage in session.stages
                if board.LOSS in stage.slides]
    assert f"*{board.LOSS}* has the E of the first row alone, {one};" in stage.what
    assert f"of both rows, {both}, as on the slide *{board.LOSS_OF_BOTH}*" in stage.what
    assert f"{one} on the slide is the first row's E; the sheet's, {both}, is found at home" in stage.cut
