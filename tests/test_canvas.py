"""The bank for Canvas: what its two readers look for in QTI 1.2 is there, and says what the bank says.

Canvas is not here. What is held is what its sources look for (github.com/instructure: canvas-lms, gems/plugins/qti_exporter for Classic
Quizzes, behind QTIMigrationTool; qti for New Quizzes), by a reader of the same rules.
"""
import io
import zipfile
from xml.etree import ElementTree

import pytest

from nnlib.classroom import bank, forms
from nnlib.classroom.canvas import PACKAGE, QTI, canvas
from nnlib.classroom.items import PARTS, Choose, Explain, Match, Order
from nnlib.classroom.told import rich, rows
from nnlib.numerals import format as written

NS = {"q": QTI, "c": PACKAGE}
ITEMS = tuple(bank.ITEMS.values())
by_key = pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.key)


def files(packed):
    package = zipfile.ZipFile(io.BytesIO(packed))
    return {name: ElementTree.fromstring(package.read(name)) for name in package.namelist()}


@pytest.fixture(scope="module")
def told():
    """Each question as it is told, by its key."""
    return {node.get("ident"): node for root in files(canvas(ITEMS, 7)).values() for node in root.iter(f"{{{QTI}}}item")}


def conditions(node):
    """What is asked, the share of the score (None: none) and the feedback, of each condition in its order."""
    for one in node.findall(".//q:respcondition", NS):
        score, said = one.find("q:setvar", NS), one.find("q:displayfeedback", NS)
        yield one.find("q:conditionvar", NS), score is not None and float(score.text), said is not None and said.get("linkrefid")


def texts(parent):
    return [one.text for one in parent.findall(".//q:mattext", NS)]


def test_every_file_is_in_the_manifest_and_each_part_is_a_quiz():
    found = files(canvas(ITEMS, 7))
    manifest = found.pop("imsmanifest.xml")
    assert [one.get("href") for one in manifest.iterfind(".//c:file", NS)] == list(found) == [f"{part}/{part}.xml" for part in PARTS]
    assert {one.get("type") for one in manifest.iterfind(".//c:resource", NS)} == {"imsqti_xmlv1p2"}
    titles = [root.find("q:assessment", NS).get("title") for root in found.values()]
    assert titles == [f"Fourteen Steps: {part.capitalize()}" for part in PARTS]
    assert list(files(forms.both("canvas"))) == ["imsmanifest.xml", "before/before.xml", "after/after.xml"]


@by_key
def test_a_question_is_of_the_kind_that_canvas_knows_and_every_feedback_is_there(item, told):
    node = told[item.key]
    fields = {one.find("q:fieldlabel", NS).text: one.find("q:fieldentry", NS).text for one in node.iter(f"{{{QTI}}}qtimetadatafield")}
    kind = {"choose": "multiple_choice", "bug": "multiple_choice", "compute": "numerical", "explain": "essay", "match": "matching",
            "order": "matching"}[item.kind]
    assert fields == {"question_type": f"{kind}_question", "points_possible": str(item.marks if isinstance(item, Explain) else 1)}
    assert [said for _, _, said in conditions(node) if said] == [one.get("ident") for one in node.findall("q:itemfeedback", NS)] != []


@pytest.mark.parametrize("item", [item for item in ITEMS if item.kind == "compute"], ids=lambda item: item.key)
def test_a_number_keeps_its_tolerance_and_no_slip_is_right(item, told):
    node, posed = told[item.key], item.posed(7)
    assert node.find(".//q:render_fib", NS).get("fibtype") == "Decimal"
    (asks,) = [asks for asks, score, _ in conditions(node) if score]  # Classic Quizzes take every other range for another right answer
    bounds = {name: float(asks.find(f".//q:{name}", NS).text) for name in ("varequal", "vargte", "varlte")}
    assert bounds["varequal"] == pytest.approx(posed.right, rel=1e-7, abs=1e-12)
    assert bounds["varlte"] - bounds["varequal"] == pytest.approx(posed.within, rel=1e-3) == bounds["varequal"] - bounds["vargte"]
    assert not any(bounds["vargte"] <= wrong.value <= bounds["varlte"] for wrong in posed.wrong)
    (words,) = texts(node.find("q:itemfeedback", NS))
    assert all(f"{written(wrong.value, posed.digits)}: {rich(wrong.feedback)}" in words for wrong in posed.wrong)


@pytest.mark.parametrize("item", [item for item in ITEMS if isinstance(item, Choose)], ids=lambda item: item.key)
def test_each_answer_has_its_feedback_and_one_scores(item, told):
    node = told[item.key]
    answers = {label.get("ident"): texts(label)[0] for label in node.iter(f"{{{QTI}}}response_label")}
    said = {one.get("ident"): texts(one)[0] for one in node.findall("q:itemfeedback", NS)}
    options = {rich(option.text): option for option in item.options}
    assert set(answers.values()) == set(options)
    for asks, score, feedback in conditions(node):
        option = options[answers[asks.find("q:varequal", NS).text]]
        assert (score == 100 and option.right) if score else said[feedback] == f"<p>{rich(option.feedback)}</p>"
    assert sum(bool(score) for _, score, _ in conditions(node)) == 1


def test_no_place_is_always_the_right_one_and_a_test_keeps_its_order():
    chosen = [item for item in ITEMS if isinstance(item, Choose)]
    assert len({item.shown.index(item.answer) for item in chosen}) > 2
    assert all(item.shown == item.options for form in forms.FORMS for item in forms.items(form))


@pytest.mark.parametrize("item", [item for item in ITEMS if isinstance(item, Match | Order)], ids=lambda item: item.key)
def test_what_belongs_together_is_told_pair_by_pair(item, told):
    node = told[item.key]
    pairs, decoys = rows(item)
    lists = {one.get("ident"): one for one in node.iter(f"{{{QTI}}}response_lid")}
    offered = [{label.get("ident"): texts(label)[0] for label in one.iter(f"{{{QTI}}}response_label")} for one in lists.values()]
    assert all(one == offered[0] for one in offered)
    assert list(offered[0].values()) == [rich(text) for text in dict.fromkeys([*(right for _, right in pairs), *decoys])]
    scored = [(asks.find("q:varequal", NS), score) for asks, score, _ in conditions(node) if score]
    assert sum(score for _, score in scored) == pytest.approx(100, abs=0.1)
    assert [(texts(lists[one.get("respident")])[0], offered[0][one.text]) for one, _ in scored] == [(rich(a), rich(b)) for a, b in pairs]
