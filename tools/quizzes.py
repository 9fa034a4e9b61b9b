"""Write the quiz pages, the page of the question bank and the one of polls; what stands above their first section stays as it is.

    python tools/quizzes.py         writes book/*/quiz.md, book/teaching/question_bank.md and polls.md; a test keeps them fresh
"""
from pathlib import Path

from nnlib.classroom.bank import FILE_SEED, ITEMS, select
from nnlib.classroom.exports import FORMATS, file_name
from nnlib.classroom.items import KINDS, PARTS, Bug, Choose, Compute, Explain, Match, OfNetwork, Order, begins, shuffled
from nnlib.classroom.prompts import Complete, InYourHead, shown
from nnlib.classroom.recall import PROMPTS
from nnlib.formulas import lines
from nnlib.numerals import format as number

BOOK = Path(__file__).resolve().parents[1] / "book"
BANK = BOOK / "teaching" / "question_bank.md"
POLLS = BOOK / "teaching" / "polls.md"
PAGES = (*(page for part in PARTS if (page := BOOK / part / "quiz.md").is_file()), BANK, POLLS)
LETTERS = "ABCDEFG"
# Folds that are no choice. On paper an answer goes to the end of the page, with its head or without; what is said of a slip is left out.
ANSWER, ALONE, SLIP = "answer", "answer fs-alone", "wrong fs-slip"
ONWARDS = {  # a quiz's last line
    "ideas": "Look up what you missed. And then: [what does the network say?](../forward/feedforward.ipynb)",
    "forward": "You know how wrong it is. [Which of the nine numbers is to blame?](../backward/slopes.ipynb)",
    "backward": "You have been there and back once. [What does the second round bring?](../training/one_iteration.ipynb)",
    "training": "The way ends here, the book goes on. [How hard is a neuron pushed that is sure and wrong?](../beyond/cross_entropy.ipynb)",
}


def written(page):
    """The text of a page: its own opening, then each question with its answers to unfold."""
    opening = page.read_text("utf8").partition("\n## ")[0].rstrip()
    sections = _bank() if page == BANK else _polls() if page == POLLS else _quiz(page.parent.name)
    return "\n\n".join([opening, *sections]) + "\n"


def _quiz(part):
    asked = [item for item in select(part) if _is_quiz(item)]
    for at, item in enumerate(asked, 1):
        yield f"## {at}. {item.ask}"
        yield from _choices(item)
    yield ONWARDS[part]


def _is_quiz(item):
    return getattr(item, "quiz", False)


def _bank():
    """The files, then the questions of each part that are not in its quiz."""
    yield "## For a learning management system"
    yield (f"All {len(ITEMS)} questions, with the quizzes, in four forms. What is chosen or computed is told what a wrong answer "
           f"shows; the numbers are those of seed {FILE_SEED}. "
           "`.venv/bin/python -m nnlib.classroom.bank --format moodle --seed 7 --output bank.xml` gives you others, and `--part` or "
           "`--kind` some of the questions.")
    yield ("A typed number is checked with its tolerance in each of them. For Canvas take the file that bears its name: in QTI 2.1 "
           "it would read a number as text, and lose what is said of each answer. (The converter that Canvas publishes keeps answer "
           "and tolerance of that file; in a running Canvas nobody has tried it yet.) "
           "Canvas has one place for all slips of a number, and lists them there. "
           "Steps to put in order are matched with their places, in all but QTI 2.1.")
    yield "\n".join(f'- <a href="../../_static/{file_name(name)}" download>{file_name(name)}</a>: {one.title}; {_size(one)}'
                    for name, one in FORMATS.items())
    for part in PARTS:
        quiz = f" Those of its quiz stand [on a page of their own](../{part}/quiz.md)." if (BOOK / part / "quiz.md").is_file() else ""
        yield f"## {part.capitalize()}"
        yield f"{len([item for item in select(part) if not _is_quiz(item)])} questions.{quiz}"
        for item in select(part):
            if not _is_quiz(item):
                yield from _asked(item)


def _size(one):
    return f"about {round(len(one.write(select(), FILE_SEED)), -4) // 1000} kB"


def _asked(item):
    posed = item.posed(FILE_SEED) if isinstance(item, Compute | OfNetwork) else None
    yield f"### {item.key.replace('-', ' ').capitalize()}"
    page = next(f"../{item.page}{end}" for end in (".ipynb", ".md") if (BOOK / f"{item.page}{end}").is_file())
    yield f"*{KINDS[item.kind].capitalize()}. From [{item.section.replace('?', '').replace(':', ',')}]({page}).*"
    yield posed.ask if posed else item.ask
    if item.operation:
        yield ", with ".join(lines(item.operation)) + "."
    if posed:
        yield from _numbers(posed)
    elif isinstance(item, Choose):
        if isinstance(item, Bug):
            yield f"```python\n{item.code}\n```"
        yield from _choices(item)
    elif isinstance(item, Order):
        yield "\n".join(f"- {item.steps[at]}" for at in begins(item, FILE_SEED))
        free = [f"{' and '.join(str(at + 1) for at in group)} may change places." for group in item.either]
        yield from _fold("The right order", "\n".join(f"{at}. {step}" for at, step in enumerate(item.steps, 1)),
                         " ".join([*free, item.feedback]), mark=ALONE)
        for swap in item.swaps:
            yield from _fold(f"I have “{item.steps[swap.early]}” before “{item.steps[swap.late]}”", f"No. {swap.feedback}", mark=SLIP)
    elif isinstance(item, Match):
        yield "To choose from: " + "; ".join(item.answers[at] for at in shuffled(len(item.answers), FILE_SEED)) + "."
        for pair in item.pairs:
            yield from _fold(pair.left, f"{pair.right}. {pair.feedback}", mark=ANSWER)
        for decoy in item.decoys:
            yield from _fold(f"I have taken “{decoy.right}”", f"No. {decoy.feedback}", mark=SLIP)
    elif isinstance(item, Explain):
        points = "\n".join(f"- {point.text}" for point in item.points)
        yield from _fold("A good answer, and what it has to say", item.model, points, mark=ALONE)


def _numbers(posed):
    """The right number and the wrong ones, by their size."""
    answers = [(posed.right, "right", "Right."), *((wrong.value, "wrong", f"No. {wrong.feedback}") for wrong in posed.wrong)]
    for value, mark, said in sorted(answers):
        yield from _fold(f"I get {number(value, posed.digits)}", said, mark=mark)


def _choices(item):
    """The answers, each to unfold."""
    for option in item.shown:
        mark, word = ("right", "Right") if option.right else ("wrong", "No")
        yield from _fold(option.text, f"{word}. {option.feedback}", mark=mark)


def _polls():
    """The tickets' files, then every question with two wrong answers or more, its answers by letters."""
    yield "## On paper"
    yield "\n".join(f'- <a href="../../_static/exit-tickets-{part}.pdf" download>exit-tickets-{part}.pdf</a>: '
                    f"{len([one for one in PROMPTS.values() if one.part == part])} questions" for part in PARTS)
    for prompt in PROMPTS.values():
        ask, answer, wrong = shown(prompt, FILE_SEED)
        if isinstance(prompt, Complete | InYourHead) or len(wrong) < 2:  # numbers stand in the bank
            continue
        yield f"## {ask}"
        if prompt.code:
            yield f"```python\n{prompt.code}\n```"
        answers = [(answer, ""), *((one.text, one.feedback) for one in wrong[:3])]
        order = shuffled(len(answers), sum(map(ord, prompt.key)))
        yield "\n".join(f"- **{letter}** {answers[at][0]}" for letter, at in zip(LETTERS, order, strict=False))
        letters = {at: letter for letter, at in zip(LETTERS, order, strict=False)}
        yield from _fold("The answer", f"**{letters[0]}.** {prompt.why}",
                         "\n".join(f"- **{letters[at]}** {said}" for at, (_, said) in enumerate(answers) if at))


def _fold(head, *said, mark=""):
    yield f":::{{dropdown}} {head}" + (f"\n:class-container: fs-{mark}" if mark else "")
    yield from said
    yield ":::"


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(written(page), "utf8")
