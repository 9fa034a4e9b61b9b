"""The page of the question bank: what its script knows is what the bank says, and it judges as Python does."""
import itertools
import json
import re

import pytest
from docutils.nodes import make_id
from fourteen_steps import bank_page
from javascript import PLATFORM
from py_mini_racer import MiniRacer

from nnlib.classroom.bank import select
from nnlib.classroom.items import Choose, Compute, Explain, Match, OfNetwork, Order
from nnlib.numerals import format as written
from nnlib.widgets.modules import factory, needed

ASKED = [item for item in select() if not getattr(item, "quiz", False)]
KNOWN = bank_page.known()


def of(item):
    return KNOWN[make_id(item.key.replace("-", " "))]


def items(*kinds):
    return pytest.mark.parametrize("item", [item for item in ASKED if isinstance(item, kinds)], ids=lambda item: item.key)


@pytest.fixture(scope="module")
def judge():
    """judge("judgeOrder", …): one of the functions of judge.js."""
    engine = MiniRacer()
    modules = needed("judge.js", folder=bank_page.FOLDER)
    sources = ", ".join(f"{json.dumps(one.name)}: {factory(one)}" for one in modules)
    engine.eval(f"{PLATFORM}\nconst sources = {{{sources}}}; const made = {{}};")
    engine.eval("const need = (name) => (made[name] ??= sources[name](need));")

    def call(name, *arguments):
        given = ", ".join(json.dumps(one) for one in arguments)
        return json.loads(engine.eval(f'JSON.stringify(need("judge.js").{name}({given}))'))

    return call


def test_every_question_of_the_page_is_known_under_a_name_of_its_own():
    assert len(KNOWN) == len(ASKED) == len({of(item)["kind"] + json.dumps(of(item)) for item in ASKED})
    assert {one["kind"] for one in KNOWN.values()} == {"compute", "choose", "order", "bug", "match", "explain"}


@items(Compute, OfNetwork)
def test_a_number_is_judged_and_a_wrong_way_is_recognised(judge, item):
    known, asks = of(item), set()
    assert len(known["variants"]) > 3, "other numbers can be asked for"
    for seed in bank_page.SEEDS:
        posed = item.posed(seed)
        variant = next(one for one in known["variants"] if one[0] == posed.ask)
        asks.add(posed.ask)
        assert judge("judgeNumber", posed.answer, known, variant) == {"right": True, "said": []} and variant[1] == posed.answer
        for wrong in posed.wrong:
            assert judge("judgeNumber", written(wrong.value, posed.digits), known, variant) == {"right": False, "said": [wrong.feedback]}
        assert judge("judgeNumber", "seven", known, variant) == {"error": "Your number: expected a number, got “seven”."}
        assert judge("judgeNumber", "", known, variant)["error"] == "Your number: expected a number, got nothing."
        assert judge("judgeNumber", "987654", known, variant) == {"right": False, "said": []}
    assert asks == {one[0] for one in known["variants"]} and known["variants"][0][0] == item.posed(bank_page.SEEDS[0]).ask


def test_too_few_digits_are_told_apart_and_a_comma_is_a_point(judge):
    known = {"digits": 3, "said": ["no"]}
    variant = ["", "0.0911", [0.0911, 0.00005], [[0.5, 0.0005, 0]]]
    short = {"right": False, "said": ["Right as far as it goes; three significant digits are asked for."]}
    assert judge("judgeNumber", "0.09", known, variant) == short == judge("judgeNumber", "0,091", known, variant)
    assert judge("judgeNumber", "0,0911", known, variant)["right"] and judge("judgeNumber", "0,5", known, variant)["said"] == ["no"]


@items(Choose)
def test_every_answer_to_choose_has_its_feedback_and_no_place_is_always_right(item):
    options = of(item)["options"]
    assert sorted(options) == sorted([one.text, one.right, one.feedback] for one in item.options)
    assert len({[one[1] for one in of(other)["options"]].index(True) for other in ASKED if isinstance(other, Choose)}) > 1


@items(Order)
def test_an_order_is_judged_as_python_does(judge, item):
    known, count = of(item), len(item.steps)
    orders = list(itertools.permutations(range(count)))
    for order in orders[:: max(1, len(orders) // 40)]:
        found, said = judge("judgeOrder", order, known), item.said(order)
        assert found["right"] == item.right(order)
        if not found["right"]:
            there = sum(place in item.places[step] for place, step in enumerate(order))
            assert found["said"] == list(said) if said else found["said"][0].startswith(f"{there} of the {count} ")
    for order in item.orders:
        assert judge("judgeOrder", list(order), known) == {"right": True, "said": [item.feedback]}
    assert sorted(known["begins"]) == list(range(count)) and not item.right(known["begins"])


@items(Match)
def test_a_match_is_judged_pair_by_pair(judge, item):
    known = of(item)
    right = [pair.right for pair in item.pairs]
    assert judge("judgeMatch", right, known) == {"right": True, "said": [{"right": True, "said": pair.feedback} for pair in item.pairs]}
    for decoy in item.decoys:
        found = judge("judgeMatch", [decoy.right, *right[1:]], known)
        assert not found["right"] and found["said"][0] == {"right": False, "said": decoy.feedback} and found["said"][1]["right"]
    first, second, *_ = judge("judgeMatch", [right[1], "", *right[2:]], known)["said"]
    assert first == {"right": False, "said": f"That belongs to “{item.pairs[1].left}”."} and second["said"] == "Nothing is chosen yet."


@items(Explain)
def test_an_explanation_has_its_points_and_what_is_often_said(item):
    known = of(item)
    assert sum(marks for _, marks in known["points"]) == item.marks and len(known["beliefs"]) == len(item.beliefs)


def test_the_script_is_one_that_runs_and_asks_nobody():
    assert not re.search(r"\bimport\b|innerHTML|fetch\(|https?://", bank_page.script())
    engine = MiniRacer()
    engine.eval(PLATFORM)
    engine.eval("""const made = [];
    const node = () => ({ append() {}, setAttribute() {}, dataset: {}, classList: { add() {} }, querySelector: () => null, hidden: true });
    var document = { head: { append: (one) => made.push(one) }, createElement: node, querySelector: () => (globalThis.line ??= node()),
                     getElementById: () => null };""")
    engine.eval(bank_page.script())
    assert engine.eval("line.textContent") == "0 of 0 questions answered right. Nothing is kept: a reload begins anew."
    assert engine.eval("line.hidden") is False and ".fs-bank" in engine.eval("made[0].textContent")


def test_no_question_is_asked_on_another_page():
    context = {"body": '<h1>x</h1><section id="ideas"></section>'}
    bank_page.add_place(None, "book/ideas/terms", "page.html", context, None)
    assert "data-bank" not in context["body"]
    bank_page.add_place(None, bank_page.PAGE, "page.html", context, None)
    assert context["body"].index("data-bank") < context["body"].index('id="ideas"')
