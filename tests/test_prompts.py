"""Questions that come back: enough of them, each by the rules, each true, each told apart from what is asked elsewhere."""
import itertools
import re
from collections import Counter
from pathlib import Path

import nbformat
import numpy as np
import pytest

import nnlib
from nnlib.classroom import bank, recall
from nnlib.classroom.misconceptions import meaning
from nnlib.classroom.prompts import GAP, KINDS, LONGEST, Complete, Decoy, FindTheBug, InYourHead, No, Place, Recall, WhatIf, shown
from nnlib.gates import AND, TWO_EXAMPLES

BOOK = Path(__file__).resolve().parents[1] / "book"
PROMPTS = tuple(recall.PROMPTS.values())
by_key = pytest.mark.parametrize("prompt", PROMPTS, ids=lambda prompt: prompt.key)
LONGEST_WHY = 230


def sections(page):
    """The titles of a page's sections, the exercises left out; "" for what stands above the first."""
    text = "\n".join(cell.source for cell in nbformat.read((BOOK / page).with_suffix(".ipynb"), 4).cells if cell.cell_type == "markdown")
    return ["", *re.findall(r"^## (.+)$", text, re.M)]


def test_there_are_enough_of_every_kind_and_three_at_least_on_every_page_of_the_way():
    assert len(PROMPTS) >= 120
    kinds = Counter(prompt.kind for prompt in PROMPTS)
    assert set(kinds) == set(KINDS) and min(kinds.values()) >= 10
    toc = (BOOK.parent / "_toc.yml").read_text("utf8")
    way = [page for page in re.findall(r"file: book/((?:ideas|forward|backward|training|beyond)/\S+)", toc) if not page.endswith("/quiz")]
    assert list(dict.fromkeys(prompt.place.page for prompt in PROMPTS)) == way, "in the order of the book"
    assert all(3 <= len(recall.of_page(page)) <= 7 for page in way)


@by_key
def test_a_prompt_closes_a_section_that_there_is(prompt):
    assert prompt.place.section in sections(prompt.place.page)
    assert not prompt.place.section.startswith("Exercise")


@by_key
def test_a_prompt_is_short_has_one_question_and_says_why(prompt):
    ask, answer, wrong = shown(prompt, 1)
    assert len(ask) <= LONGEST and len(ask.split()) <= 45 and ask.count("?") <= 2
    assert len(answer.split()) <= 25 and len(prompt.why) <= LONGEST_WHY and prompt.why.endswith((".", "!", "…"))
    assert wrong, "a wrong answer that teaches"
    assert all(meaning(one.misconception) and len(one.feedback.split()) <= 40 and one.text != answer for one in wrong)


def test_no_text_is_said_twice():
    asks = [prompt.ask if not isinstance(prompt, InYourHead) else prompt.item.ask for prompt in PROMPTS]
    whys = [prompt.why for prompt in PROMPTS]
    for texts in (asks, whys):
        assert not [text for text, times in Counter(texts).items() if times > 1]
    in_the_bank = {item.ask for item in bank.ITEMS.values() if item.ask}
    assert not [ask for prompt, ask in zip(PROMPTS, asks, strict=True) if not isinstance(prompt, InYourHead) and ask in in_the_bank]
    keys = {prompt.key for prompt in PROMPTS if not isinstance(prompt, InYourHead)}
    assert not keys & set(bank.ITEMS), "a key that means an item of the bank means that item"


SCOPE = {**vars(nnlib), "np": np, "AND": AND, "TWO_EXAMPLES": TWO_EXAMPLES}


@pytest.mark.parametrize(("prompt", "fact"), [(p, fact) for p in PROMPTS for fact in p.facts], ids=lambda x: getattr(x, "key", None))
def test_what_a_prompt_claims_is_true(prompt, fact):
    assert eval(fact, dict(SCOPE)), fact


@pytest.mark.parametrize("prompt", [p for p in PROMPTS if isinstance(p, Complete)], ids=lambda p: p.key)
def test_a_formula_with_gaps_is_true_with_its_own_quantities_and_false_with_a_decoy(prompt):
    """The formula is computed as it reads, from the numbers of an iteration: with the gaps filled, and with a decoy in each."""
    it = nnlib.iteration(TWO_EXAMPLES.x, TWO_EXAMPLES.y, nnlib.Parameters.random(3), 0.5)
    assert prompt.ask.count(GAP) == len(prompt.gaps) and GAP not in prompt.answer
    assert np.allclose(evaluated(prompt, it, {}), it[prompt.gives])
    for decoy in prompt.decoys:
        for gap in prompt.gaps:
            try:
                wrong = evaluated(prompt, it, {gap: decoy.quantity})
                assert np.shape(wrong) != np.shape(it[prompt.gives]) or not np.allclose(wrong, it[prompt.gives])
            except ValueError:
                pass  # shapes that do not fit


AS_PYTHON = {"\u2009 ": " @ ", " + ": " + ", " − ": " - ", "(": "(", ")ᵀ ": ").T @ ", " (": " @ (", ")ᵀ ⊙ ": ").T * ", " ⊙ ": " * ",
             "½ Σ (": "0.5 * ((", ")²": ") ** 2).sum()"}


def evaluated(prompt, it, put):
    """The value of a prompt's formula, read as Python; put: other quantities for some."""
    text = "".join(AS_PYTHON[token] if isinstance(token, str) else f"q['{put.get(token['q'], token['q'])}']" for token in prompt.tokens)
    return eval(text.replace("q['learning_rate'] @", "q['learning_rate'] *"), {"q": it})


@pytest.mark.parametrize("prompt", [p for p in PROMPTS if isinstance(p, InYourHead)], ids=lambda p: p.key)
def test_numbers_are_new_each_time(prompt):
    """That they are right is what tests/test_bank.py asks sympy."""
    asks = {shown(prompt, seed)[0] for seed in recall.SEEDS}
    assert len(asks) >= 4 and all("{" not in ask for ask in asks)


def test_a_compute_prompt_is_an_item_of_the_bank():
    assert all(bank.ITEMS[p.key] is p.item for p in PROMPTS if isinstance(p, InYourHead))


HERE = Place("ideas/terms", "All the letters")
TWO = (No("a", "uphill", "no"), No("b", "twice", "no"))


@pytest.mark.parametrize(("make", "error"), [
    (lambda: Recall(HERE, "k", "", "a", "w"), "ask of 'k': expected 1 to"),
    (lambda: Recall(HERE, "k", "q", "x" * 300, "w"), "answer of 'k'"),
    (lambda: Recall(HERE, "k", "q", "a", "w", TWO), "wrong of k: expected different answers"),
    (lambda: Recall(HERE, "k", "q", "c", "w", (TWO[0], No("d", "uphill", "no"))), "different answers and misconceptions"),
    (lambda: Recall(HERE, "k", "q", "c", "w", (No("d", "uphil", "no"),)), "did you mean 'uphill'"),
    (lambda: Recall(HERE, "k", "q", "c", "w", (No("d", "uphill", " "),)), "something to say to 'd'"),
    (lambda: Recall(Place("idea/terms"), "k", "q", "a", "w"), "did you mean 'ideas'"),
    (lambda: WhatIf(HERE, "k", "q", "c", "w", TWO[:1]), "two wrong answers at least, got 1"),
    (lambda: FindTheBug(HERE, "k", "q", "c", "w", TWO), "expected the lines with the bug"),
    (lambda: Complete(HERE, "1", "dE_da2", ("z2",), (Decoy("E", "uphill", "no"),), "w"), "gaps of complete-dE-da2"),
    (lambda: Complete(HERE, "1", "dE_da2", ("a2",), (Decoy("a2", "uphill", "no"),), "w"), "other quantities than the gaps"),
    (lambda: Complete(HERE, "1", "dE_da2", ("a2",), (), "w"), "expected a decoy"),
    (lambda: InYourHead(bank.ITEMS["gears"], ""), "why of gears"),
    (lambda: recall._gathered(PROMPTS[:1], PROMPTS[:1]), "each key and each question once"),
    (lambda: recall.PROMPTS["three-thing"], "did you mean 'three-things'"),
])
def test_bad_input_is_refused_in_words(make, error):
    with pytest.raises((ValueError, KeyError), match=error):
        make()


@pytest.mark.parametrize("prompt", [one for one in PROMPTS if isinstance(one, Complete)], ids=lambda prompt: prompt.key)
def test_what_gaps_change_places_and_the_result_stays_is_not_asked(prompt):
    """Who writes the slope times η, or target minus prediction squared, is right; two gaps of that kind would call it wrong."""
    values = nnlib.iteration(TWO_EXAMPLES.x, TWO_EXAMPLES.y, nnlib.Parameters.random(3), 0.4)
    functions = {"hidden": nnlib.SIGMOID, "output": nnlib.SIGMOID, "loss": nnlib.SQUARED_ERROR}
    operation = next(one for one in nnlib.OPERATIONS if prompt.gives in one.outputs)

    def result(order):
        given = {name: values[order.get(name, name)] for name in operation.inputs if name in nnlib.QUANTITIES}
        others = {name: functions[name] for name in operation.inputs if name not in given}
        found = operation.function(**given, **others)
        return found[operation.outputs.index(prompt.gives)] if len(operation.outputs) > 1 else found

    for first, second in itertools.combinations([name for name in prompt.gaps if name in operation.inputs], 2):
        try:
            swapped = result({first: second, second: first})
        except ValueError:
            continue  # the shapes do not fit
        right = result({})
        assert np.shape(swapped) != np.shape(right) or not np.allclose(swapped, right), (first, second)
