"""Exit tickets: four a page, every question of the part, and a key that has every answer."""
import re

import pytest
from pypdf import PdfReader

from nnlib.classroom import tickets
from nnlib.classroom.items import PARTS
from nnlib.classroom.prompts import shown
from nnlib.classroom.recall import PROMPTS


def words(text):
    return re.sub(r"\W+", "", text)


@pytest.mark.parametrize("part", PARTS)
def test_every_question_of_a_part_stands_on_a_ticket_and_its_answer_in_the_key(part, tmp_path):
    count = tickets.write(tmp_path / "t.pdf", part)
    prompts = [prompt for prompt in PROMPTS.values() if prompt.part == part]
    pages = [page.extract_text() for page in PdfReader(tmp_path / "t.pdf").pages]
    fronts = -(-count // tickets.A_PAGE)
    assert count == len(prompts) and len(pages) > fronts
    key = words("".join(pages[fronts:]))
    for at, prompt in enumerate(prompts):
        ask, answer, wrong = shown(prompt, 1)
        assert words(ask.replace("`", "")) in words(pages[at // tickets.A_PAGE]), ask
        assert words(answer) in key and all(words(one.feedback) in key for one in wrong)
    assert all(page.count("Name") >= 1 and page.count("Name") <= 4 for page in pages[:fronts])


def test_the_same_bytes_each_time_and_bad_input_is_refused(tmp_path):
    for name in ("a.pdf", "b.pdf"):
        tickets.write(tmp_path / name, "forward", "letter")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    with pytest.raises(ValueError, match="part: expected one of"):
        tickets.write(tmp_path / "c.pdf", "foward")
    with pytest.raises(ValueError, match="paper: expected one of"):
        tickets.write(tmp_path / "c.pdf", "forward", "a5")


def test_one_question_fills_a_page_for_four(tmp_path):
    assert tickets.write(tmp_path / "t.pdf", "backward", number=45) == 4
    page, key = [one.extract_text() for one in PdfReader(tmp_path / "t.pdf").pages]
    assert len(re.findall(r"^45$", page, re.M)) == 4 and re.search(r"^45$", key, re.M)
    with pytest.raises(ValueError, match="number: expected a whole number from 1 to"):
        tickets.write(tmp_path / "t.pdf", "backward", number=999)
