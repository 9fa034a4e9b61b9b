"""Exit tickets: the questions that come back, four on a page to cut apart, and a key behind them.

    python -m nnlib.classroom.tickets OUTPUT.pdf PART [a4|letter] [NUMBER]

With a number, all four of a page are that question: one page for four pupils.
"""
import re
import sys

from nnlib._extras import needs
from nnlib.classroom.items import PARTS
from nnlib.classroom.paper import FONT, MARGIN, PAPERS, canvas, rule, text
from nnlib.classroom.prompts import Complete, shown
from nnlib.classroom.recall import PROMPTS, SEEDS
from nnlib.quantities import QUANTITIES
from nnlib.validation import one_of, whole

with needs("classroom"):
    from reportlab.lib.utils import simpleSplit

A_PAGE = 4
SIZE, LEADING = 12.5, 17
FREE_LINES, ROOM = 4, 30


def write(path, part, paper="a4", seed=SEEDS[0], number=None):
    """Write the tickets of a part as PDF, or one of them four times; gives how many there are. ValueError for what there is not."""
    one_of("part", part, PARTS)
    one_of("paper", paper, PAPERS)
    prompts = [prompt for prompt in PROMPTS.values() if prompt.part == part]
    tickets = list(enumerate(prompts, 1))
    if number is not None:
        tickets = [tickets[whole("number", number, 1, len(prompts)) - 1]] * A_PAGE
    page = canvas(path, paper, f"Fourteen Steps: exit tickets, {part}")
    width, height = PAPERS[paper]
    for at in range(0, len(tickets), A_PAGE):
        for place, (which, prompt) in enumerate(tickets[at:at + A_PAGE]):
            left, top = width / 2 * (place % 2), height - height / 2 * (place // 2)
            _ticket(page, left + MARGIN / 2, top - MARGIN, width / 2 - MARGIN, prompt, which, seed)
        page.setDash(3, 3)
        rule(page, width / 2, 0, width / 2, height, colour="muted")
        rule(page, 0, height / 2, width, height / 2, colour="muted")
        page.setDash()
        page.showPage()
    _key(page, dict(tickets), part, width, height, seed)
    page.save()
    return len(tickets)


def _ticket(page, left, top, width, prompt, number, seed):
    """One quarter: its number, the page that it belongs to, the question, lines for an answer and a name."""
    ask, _, _ = shown(prompt, seed)
    text(page, left, top, f"{number}", 11, bold=True)
    text(page, left + width, top, _where(prompt), 7.5, colour="muted", align="right")
    y = _paragraph(page, left, top - 26, width, ask.replace("`", ""))
    for line in prompt.code.splitlines():
        text(page, left + 8, y, line, 10)
        y -= 14
    if isinstance(prompt, Complete):
        symbols = sorted(QUANTITIES[name].symbol for name in (*prompt.gaps, *(one.quantity for one in prompt.decoys)))
        y = _paragraph(page, left, y - 4, width, f"To choose from: {', '.join(symbols)}", 10)
    for _ in range(FREE_LINES):
        y -= ROOM
        rule(page, left, y, left + width, y)
    for word in ("Why?", "Name"):
        y -= ROOM
        text(page, left, y, word, 9, colour="muted")
        rule(page, left + 32, y - 2, left + width, y - 2)


def _where(prompt):
    """The section that a question closes, or its page in words."""
    name = prompt.place.page.split("/")[1]
    step = re.match(r"step_0?(\d+)_", name)
    page = f"Step {step[1]}" if step else name.replace("_", " ").capitalize()
    return f"{page}: {prompt.place.section}" if prompt.place.section else page


def _key(page, tickets, part, width, height, seed):
    """The answers, with their reasons and what wrong ones show."""
    y = height - MARGIN
    text(page, MARGIN, y, f"Exit tickets, {part}: the key", 13, bold=True)
    y -= 22
    for number, prompt in tickets.items():
        _, answer, wrong = shown(prompt, seed)
        said = [f"{answer.rstrip('.').replace('`', '')}. {prompt.why}",
                *(f"– “{one.text.replace('`', '')}” {one.feedback}" for one in wrong)]
        rows = sum(len(simpleSplit(line, FONT, 8, width - 2 * MARGIN - 24)) for line in said)
        if y - 11 * rows < MARGIN:
            page.showPage()
            y = height - MARGIN
        text(page, MARGIN, y, f"{number}", 8, bold=True)
        for line in said:
            y = _paragraph(page, MARGIN + 24, y, width - 2 * MARGIN - 24, line, 8, 11)
        y -= 5
    page.showPage()


def _paragraph(page, left, y, width, words, size=SIZE, leading=LEADING):
    """Words in lines of this width; the height below them."""
    for line in simpleSplit(words, FONT, size, width):
        text(page, left, y, line, size)
        y -= leading
    return y


if __name__ == "__main__":
    given = sys.argv[1:]
    number = given.pop() if given and given[-1].isdecimal() else None
    if len(given) not in (2, 3) or given[1] not in PARTS or given[2:] not in ([], *([one] for one in PAPERS)):
        sys.exit(f"usage: python -m nnlib.classroom.tickets OUTPUT.pdf {'|'.join(PARTS)} [{'|'.join(PAPERS)}] [NUMBER]")
    write(*given, number=number and int(number))
