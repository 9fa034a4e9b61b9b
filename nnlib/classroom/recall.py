"""Every question that comes back, in the order of the book."""
from nnlib.classroom.prompts import AnyPrompt
from nnlib.classroom.store import recall_backward, recall_ideas, recall_training
from nnlib.validation import Table

SEEDS = range(1, 13)  # whose numbers a prompt to compute has, one after the other
DAYS = (1, 7, 30)  # after the day on which it is met a prompt comes back


def _gathered(*groups: tuple[AnyPrompt, ...]) -> dict[str, AnyPrompt]:
    """All prompts by their keys; ValueError for two with one key, or one question."""
    found: dict[str, AnyPrompt] = {}
    asked: dict[str, str] = {}
    for prompt in (prompt for group in groups for prompt in group):
        words = " ".join((getattr(getattr(prompt, "item", prompt), "ask", "") + prompt.code).lower().split())
        for known in (prompt.key if prompt.key in found else "", asked.get(words, "")):
            if known:
                raise ValueError(f"prompts: expected each key and each question once, got {prompt.key!r} again (first: {known!r})")
        found[prompt.key], asked[words] = prompt, prompt.key
    return found


PROMPTS = Table("prompt", _gathered(recall_ideas.PROMPTS, recall_backward.PROMPTS, recall_training.PROMPTS))


def of_page(page: str) -> tuple[AnyPrompt, ...]:
    """The prompts of a page ("ideas/terms"), in their order."""
    return tuple(prompt for prompt in PROMPTS.values() if prompt.place.page == page)
