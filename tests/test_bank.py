"""The question bank: every item says something that is true, its numbers are judged by sympy, and its exports keep each format's rules."""
import io
import re
import zipfile
from collections import Counter
from dataclasses import replace
from itertools import pairwise, permutations
from pathlib import Path
from xml.etree import ElementTree

import nbformat
import numpy as np
import pytest
import quizzes
import sympy as sp

import nnlib
from nnlib.autograd import Value
from nnlib.classroom import bank, exports, forms, items, mathematics, misconceptions, prompts, recall
from nnlib.classroom.answers import EARLY, IN_THE_END, question
from nnlib.classroom.items import KINDS, PARTS, Bug, Choose, Compute, Explain, Match, OfNetwork, Option, Order, Slip, Swap
from nnlib.formulas import lines
from nnlib.gates import AND, TWO_EXAMPLES, XOR
from nnlib.losses import CROSS_ENTROPY
from nnlib.mistakes import MISTAKES, SLIPS, TRAPS
from nnlib.symbolic import SymbolicNetwork

BOOK = Path(__file__).resolve().parents[1] / "book"
ITEMS = tuple(bank.ITEMS.values())
NUMERIC = [item for item in ITEMS if isinstance(item, Compute | OfNetwork)]
QTI = f"{{{exports.QTI}}}"
by_key = pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.key)


def test_there_are_sixty_items_and_every_kind_in_every_part():
    assert len(ITEMS) >= 60
    counts = Counter((item.part, item.kind) for item in ITEMS)
    assert {(part, kind) for part in PARTS for kind in KINDS} == set(counts)


@by_key
def test_an_item_belongs_to_a_section_that_there_is(item):
    page = next(path for end in (".ipynb", ".md") if (path := (BOOK / item.page).with_suffix(end)).is_file())
    text = page.read_text("utf8")
    if page.suffix == ".ipynb":
        text = "\n".join(cell.source for cell in nbformat.reads(text, 4).cells if cell.cell_type == "markdown")
    assert f"## {item.section}\n" in f"{text}\n"


SCOPE = {**vars(nnlib), "np": np, "AND": AND, "XOR": XOR, "TWO_EXAMPLES": TWO_EXAMPLES, "MISTAKES": MISTAKES,
         "CROSS_ENTROPY": CROSS_ENTROPY, "Value": Value}


@pytest.mark.parametrize("item, fact", [(item, fact) for item in ITEMS for fact in item.facts], ids=lambda x: getattr(x, "key", None))
def test_what_an_item_claims_is_true(item, fact):
    assert eval(fact, dict(SCOPE)), fact


@pytest.mark.parametrize("item", [item for item in NUMERIC if isinstance(item, Compute)], ids=lambda item: item.key)
def test_sympy_agrees_on_every_number(item):
    names = list(item.draw(items.Draw(0)))
    symbols = {name: sp.Symbol(name) for name in [*names, "z", "i"]}
    judge = sp.sympify(item.judge, locals={**symbols, "sigma": lambda z: 1 / (1 + sp.exp(-z))})
    for seed in range(12):
        posed = item.posed(seed)
        value = judge.subs({symbols[name]: sp.nsimplify(number, rational=True) for name, number in posed.given.items()})
        assert abs(float(sp.N(value, 30)) - posed.right) < 1e-9 * max(1, abs(posed.right)), (seed, posed.ask)


@pytest.mark.parametrize("item", [item for item in NUMERIC if isinstance(item, OfNetwork)], ids=lambda item: item.key)
def test_the_derived_network_agrees(item):
    net = SymbolicNetwork()
    element = sp.Matrix(net.expand(sp.Matrix(net[item.quantity])))[item.row, item.column]
    rows = [3, 1]  # (1, 1) before (0, 1): no transpose of itself
    for seed in range(3):
        it = question(item.quantity, seed, x=AND.x[rows], y=AND.y[rows]).iteration
        numbers = {symbol: float(value) for name in ("x", "y", "w1", "b1", "w2", "b2")
                   for symbol, value in zip(getattr(net, name), np.ravel(getattr(it, name)), strict=True)}
        numbers[net.learning_rate] = it.learning_rate
        assert abs(float(element.subs(numbers)) - item.posed(seed).right) < 1e-9


@pytest.mark.parametrize("item", NUMERIC, ids=lambda item: item.key)
def test_no_slip_looks_like_the_right_number_and_seeds_give_other_numbers(item):
    asks, seeds = set(), range(3 if isinstance(item, OfNetwork) else 20)
    for seed in seeds:
        posed = item.posed(seed)
        asks.add(posed.ask)
        assert posed == item.posed(seed) and "{" not in posed.ask
        assert all(abs(wrong.value - posed.right) > 2 * posed.within and wrong.feedback for wrong in posed.wrong) and posed.wrong
        if isinstance(item, Compute):
            assert "·" not in posed.answer, "it is no pleasure on paper"
            assert abs(float(posed.answer.replace("−", "-")) - posed.right) <= posed.within
    assert len(asks) >= len(seeds) / 4


def test_every_belief_is_somebodys_and_no_other_is_named():
    used = {belief for item in (*ITEMS, *forms.items("prior"), *forms.items("final")) for belief in item.misconceptions} | {
        one.misconception for prompt in recall.PROMPTS.values() for one in prompts.shown(prompt, 1)[2]}
    known = {*misconceptions.BELIEFS, *MISTAKES, *SLIPS, *TRAPS, *IN_THE_END, EARLY}
    assert used <= known
    assert set(misconceptions.BELIEFS) <= used, "a belief that nothing asks for"
    assert all(misconceptions.meaning(belief).endswith((".", "!")) for belief in used)


@pytest.mark.parametrize("page", quizzes.PAGES, ids=lambda page: page.parent.name)
def test_the_quiz_pages_are_written_from_the_bank(page):
    assert page.read_text("utf8") == quizzes.written(page), "make names writes them"


# ---- what is refused ----


GOOD = {"key": "k", "page": "ideas/terms", "section": "s", "level": 1, "ask": "Why?"}
THREE = (Option("a", "yes"), Option("b", "no", "uphill"), Option("c", "no", "twice"))


@pytest.mark.parametrize("make, error", [
    (lambda: Choose(**GOOD, options=THREE[:2]), "options of k: expected at least 3"),
    (lambda: Choose(**GOOD, options=(*THREE, Option("d", "yes"))), "one of them right"),
    (lambda: Choose(**GOOD, options=(*THREE, Option("b", "no", "half"))), "options of k: expected different ones, got 'b'"),
    (lambda: Choose(**GOOD, options=(*THREE, Option("d", "no", "twice"))), "misconceptions of k"),
    (lambda: Choose(**GOOD | {"ask": " "}, options=THREE), "ask of 'k': expected some text"),
    (lambda: Choose(**GOOD | {"page": "idea/terms"}, options=THREE), "page: expected one of ideas.*did you mean 'ideas'"),
    (lambda: Choose(**GOOD | {"level": 4}, options=THREE), "level: expected"),
    (lambda: Option("a", "no", "uphil"), "misconception: expected one of .*did you mean 'uphill'"),
    (lambda: Option("a", ""), "feedback"),
    (lambda: Order(**GOOD, steps=("a", "b"), swaps=(Swap(1, 0, "uphill", "no"),), feedback="f"), "swaps of k"),
    (lambda: Order(**GOOD, steps=("a", "b"), swaps=(Swap(0, 1, "uphill", "no"),), feedback="f", either=((0, 1),)), "whose order matters"),
    (lambda: Order(**GOOD, steps=("a", "b", "c"), swaps=(), feedback="f", either=((0, 2),)), "either of k: expected neighbours"),
    (lambda: Order(**GOOD, steps=("a", "b", "c"), swaps=(), feedback="f", either=((2, 3),)), "either of k: expected neighbours"),
    (lambda: Match(**GOOD, pairs=(), decoys=()), "pairs of k"),
    (lambda: Explain(**GOOD, model="m", points=(), beliefs=()), "points of k"),
    (lambda: bank.ITEMS["chain-to-w2"].said([0, 0, 1]), "order: expected each number from 0 to 2 once"),
    (lambda: bank.select("foward"), "part: expected one of"),
    (lambda: bank.select(kind="multiple"), "kind: expected one of"),
    (lambda: bank.select(level=9), "level: expected one of 1, 2, 3, got 9"),
    (lambda: bank.ITEMS["weighted-sum"].posed("seven"), "seed: expected"),
    (lambda: mathematics.mathml("a € b"), "expected a formula of the book, got '€'"),
])
def test_bad_input_is_refused_in_words(make, error):
    with pytest.raises((ValueError, TypeError), match=error):
        make()


def test_no_item_twice():
    first, second = ITEMS[0], replace(ITEMS[0], key="another-key")
    for again in (first, second):
        with pytest.raises(ValueError, match="once"):
            bank._gathered([first, again])


def test_numbers_that_hide_a_slip_are_refused():
    blind = Compute(**GOOD, draw=lambda draw: {"a": 1}, right=lambda a: a, judge="a", slips=(Slip("uphill", lambda a: a, "no"),))
    with pytest.raises(ArithmeticError, match="k: no numbers among"):
        blind.posed(1)


def test_an_order_is_told_what_is_wrong_with_it():
    item = bank.ITEMS["chain-to-w2"]
    assert item.said([0, 1, 2]) == ()
    assert item.said([0, 2, 1]) == (item.swaps[1].feedback,)
    assert item.right([0, 1, 2]) and not item.right([0, 2, 1]) and item.orders == ((0, 1, 2),)


ORDERS = [item for item in ITEMS if isinstance(item, Order)]


@pytest.mark.parametrize("item", ORDERS, ids=lambda item: item.key)
def test_every_right_order_is_one_in_every_format(item, moodle, package):
    assert item.orders[0] == tuple(range(len(item.steps))) and not any(item.said(order) for order in item.orders)
    assert not item.right(items.begins(item, 1))
    told = next(one for one in moodle if one.findtext("idnumber") == item.key)
    place_in_moodle = {row.findtext("text"): row.findtext("answer/text") for row in told.findall("subquestion")}
    place_in_gift = dict(re.findall(r"^  =(.*) -> (.*)$", exports.gift([item], 7).decode().replace("\\", ""), re.M))
    root = ElementTree.fromstring(package.read(f"items/{item.key}.xml"))
    words = ("first", "second", "third", "fourth", "fifth")
    for order in permutations(range(len(item.steps))):
        for places in (place_in_moodle, place_in_gift):
            stand = [words[at] in places[exports.rich(item.steps[step])].split(" or ") for at, step in enumerate(order)]
            assert all(stand) == item.right(order)
        assert processed(root, [f"step{step}" for step in order])[0] == item.right(order)


def test_what_needs_nothing_of_the_other_may_come_in_either_order():
    """The way forward and the way back have one order: each operation needs what the one before it gives. Two nudges do not."""
    assert len(bank.ITEMS["check-a-gradient"].orders) == 2 == len(bank.ITEMS["tape-back"].orders)
    for key, names in (("four-steps-forward", ("z1", "a1", "z2", "a2", "E")),
                       ("one-iteration-back", ("dE_da2", "dE_dz2", "dE_dz1", "dE_dw1", "new_w1"))):
        assert len(bank.ITEMS[key].orders) == 1
        for before, after in pairwise(names):
            assert before in made_from(after), (before, after)


def made_from(name):
    """Everything that a quantity is computed from, however far back."""
    operation = next(one for one in nnlib.OPERATIONS if name in one.outputs)
    inside = operation.outputs[:operation.outputs.index(name)]  # δ₂ is named in step 5, δ₁ in step 12
    direct = {*operation.inputs, *inside} & {output for one in nnlib.OPERATIONS for output in one.outputs}
    return direct.union(*(made_from(one) for one in direct))


# ---- exports ----


@pytest.fixture(scope="module")
def moodle():
    return ElementTree.fromstring(exports.moodle(ITEMS, 7))


@pytest.fixture(scope="module")
def package():
    return zipfile.ZipFile(io.BytesIO(exports.qti(ITEMS, 7)))


@pytest.mark.parametrize("name", exports.FORMATS)
def test_the_same_seed_gives_the_same_bytes_and_another_one_other_numbers(name):
    write = exports.FORMATS[name].write
    assert write(ITEMS, 7) == write(ITEMS, 7) != write(ITEMS, 8)


def test_moodle_has_what_its_format_asks_for(moodle):
    asked = [one for one in moodle if one.get("type") != "category"]
    assert moodle.tag == "quiz" and len(asked) == len(ITEMS) and len(moodle) == len(ITEMS) + len(PARTS)
    assert sorted(one.findtext("idnumber") for one in asked) == sorted(item.key for item in ITEMS)
    for one in asked:
        assert one.get("type") in ("multichoice", "numerical", "matching", "essay")
        assert one.findtext("name/text") and one.find("questiontext").get("format") == "html" and one.findtext("questiontext/text")
        fractions = [float(answer.get("fraction")) for answer in one.findall("answer")]
        if one.get("type") in ("multichoice", "numerical"):
            assert sorted(fractions)[-1] == 100 and sum(fractions) == 100
            assert all(answer.findtext("text") and answer.findtext("feedback/text") for answer in one.findall("answer"))
        if one.get("type") == "numerical":
            assert all(float(answer.findtext("tolerance")) > 0 for answer in one.findall("answer"))
            assert np.isfinite([float(answer.findtext("text")) for answer in one.findall("answer")]).all()
        if one.get("type") == "multichoice":
            assert one.findtext("single") == "true"
        if one.get("type") == "matching":  # at least two questions and three answers
            rows = one.findall("subquestion")
            assert sum(bool(row.findtext("text")) for row in rows) >= 2 and len({row.findtext("answer/text") for row in rows}) >= 3
        if one.get("type") == "essay":
            assert one.findtext("graderinfo/text")


def test_gift_leaves_no_sign_of_its_own_in_a_text():
    blocks = exports.gift(ITEMS, 7).decode().strip().split("\n\n")
    asked = [block for block in blocks if not block.startswith("$CATEGORY: ")]
    assert len(asked) == len(ITEMS) and len(blocks) == len(ITEMS) + len(PARTS)
    for block in asked:
        head, _, answers = re.sub(r"\\[\\~=#{}:n]", "", block).partition("{")
        assert re.fullmatch(r"// .*\n::[\w-]+::\[html\][^~=#{}]* ", head), head
        assert answers.count("}") == 1 and answers.endswith("}")
        for row in answers[:-1].strip().lstrip("#").strip().splitlines():
            assert re.fullmatch(r"\s*(=%0%|=|~)[^~=#{}]+(#[^~=#{}]*)?", row), row
    assert not re.search(r"\de-\d", exports.gift(ITEMS, 7).decode())


def test_the_package_lists_every_file_once(package):
    root = ElementTree.fromstring(package.read("imsmanifest.xml"))
    space = {"c": exports.PACKAGE}
    resources = root.findall("c:resources/c:resource", space)
    assert sorted([*(one.get("href") for one in resources), "imsmanifest.xml"]) == sorted(package.namelist())
    assert {one.get("identifierref") for one in root.iter(f"{{{exports.PACKAGE}}}dependency")} == {item.key for item in ITEMS}
    test = ElementTree.fromstring(package.read("test.xml"))
    assert [one.get("href") for one in test.iter(f"{QTI}assessmentItemRef")] == [f"items/{item.key}.xml" for item in ITEMS]


def processed(root, response):
    """What a QTI player makes of a response: the score and the identifier of the feedback, by the rules of the item itself."""
    variables = {"RESPONSE": response, "SCORE": 0.0, "FEEDBACK": None}
    correct = [value.text for value in root.findall(f"{QTI}responseDeclaration/{QTI}correctResponse/{QTI}value")]

    def value(node):
        name = node.tag.removeprefix(QTI)
        if name == "variable":
            return variables[node.get("identifier")]
        if name == "correct":
            return correct
        if name == "baseValue":
            return float(node.text) if node.get("baseType") == "float" else node.text
        parts = [value(child) for child in node]
        return {"and": lambda: all(parts), "or": lambda: any(parts), "ordered": lambda: parts,
                "gte": lambda: parts[0] >= parts[1], "lte": lambda: parts[0] <= parts[1],
                "match": lambda: parts[1] in (parts[0], [parts[0]])}[name]()

    def carry_out(nodes):
        for node in nodes:
            if node.tag == f"{QTI}setOutcomeValue":
                variables[node.get("identifier")] = value(node[0])
            else:
                branch = next((b for b in node if b.tag == f"{QTI}responseElse" or value(b[0])), ())
                carry_out([child for child in branch if child.tag == f"{QTI}setOutcomeValue"])

    carry_out(root.find(f"{QTI}responseProcessing"))
    return variables["SCORE"], variables["FEEDBACK"]


@by_key
def test_a_player_of_qti_marks_the_item_as_the_bank_does(item, package):
    root = ElementTree.fromstring(package.read(f"items/{item.key}.xml"))
    messages = {one.get("identifier"): "".join(one.itertext()).strip() for one in root.findall(f"{QTI}modalFeedback")}
    correct = [value.text for value in root.findall(f"{QTI}responseDeclaration/{QTI}correctResponse/{QTI}value")]
    ids = [one.get("identifier") for one in root.find(f"{QTI}itemBody").iter() if one.get("identifier")]
    assert root.get("identifier") == item.key and len(ids) == len(set(ids))
    if isinstance(item, Explain):
        assert root.find(f".//{QTI}extendedTextInteraction") is not None and item.model in messages["model"]
        return
    if isinstance(item, Compute | OfNetwork):
        posed = item.posed(7)
        assert processed(root, posed.right) == (1, "right")
        for at, wrong in enumerate(posed.wrong):
            assert processed(root, wrong.value) == (0, f"wrong{at}") and messages[f"wrong{at}"] == wrong.feedback
        assert processed(root, posed.right + 1e6) == (0, None)
    elif isinstance(item, Choose):
        assert set(ids) == set(messages) == {f"option{at}" for at in range(len(item.options))} and correct[0] in ids
        for at, option in enumerate(item.options):
            assert processed(root, f"option{at}") == (float(option.right), f"option{at}")
    else:
        assert {one for value in correct for one in value.split()} <= set(ids)
        assert processed(root, correct) == (1, "right") and processed(root, correct[::-1]) == (0, "wrong")


def test_code_and_formulas_reach_the_export(package, moodle):
    code = ElementTree.fromstring(package.read("items/step-8-in-code.xml")).find(f".//{QTI}pre")
    assert code.text == bank.ITEMS["step-8-in-code"].code and isinstance(bank.ITEMS["step-8-in-code"], Bug)
    root = ElementTree.fromstring(package.read("items/network-dE-dw2.xml"))
    formulas = root.findall(".//{http://www.w3.org/1998/Math/MathML}math")
    wanted = lines(bank.ITEMS["network-dE-dw2"].operation)
    plain = ["".join("".join(one.itertext()).split()) for one in formulas]
    assert plain == [line.translate(mathematics.SUBSCRIPTS).replace("ᵀ", "T").replace("/", "").replace(" ", "") for line in wanted]
    asked = next(one for one in moodle if one.findtext("idnumber") == "network-dE-dw2")
    assert r"\(" in asked.findtext("questiontext/text") and r"\partial" in asked.findtext("questiontext/text")


@pytest.mark.parametrize("text, markup", [
    ("a < b & `x[0]`", "a &lt; b &amp; <code>x[0]</code>"),
    ("all of *them*, a * (1 - a) and 2 ** 3 * 4", "all of <em>them</em>, a * (1 - a) and 2 ** 3 * 4"),
])
def test_plain_text_becomes_html(text, markup):
    assert exports.rich(text) == markup


@pytest.mark.parametrize("name, ending", [("moodle", ".xml"), ("canvas", ".zip"), ("qti", ".zip"), ("gift", ".gift")])
def test_the_command_writes_a_file(name, ending, tmp_path, capsys):
    path = tmp_path / f"bank{ending}"
    assert bank.main(["--format", name, "--seed", "7", "--part", "forward", "--output", str(path)]) == 0
    assert path.read_bytes() == exports.FORMATS[name].write(bank.select("forward"), 7)
    assert f"{len(bank.select('forward'))} questions" in capsys.readouterr().out


@pytest.mark.parametrize("arguments, error", [
    (["--format", "word"], "invalid choice: 'word'"), (["--format", "qti"], "--output"),
    (["--format", "qti", "--output", "b.xml"], "expected a file that ends in .zip for qti, got b.xml"),
    (["--format", "gift", "--seed", "x", "--output", "b.gift"], "expected a whole number, got 'x'"),
    (["--format", "gift", "--output", "no/such/place/b.gift"], "cannot write no/such/place/b.gift"),
])
def test_the_command_refuses_in_a_sentence(arguments, error, capsys):
    with pytest.raises(SystemExit):
        bank.main(arguments)
    assert error in capsys.readouterr().err
