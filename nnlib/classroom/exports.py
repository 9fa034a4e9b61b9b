"""The question bank for other programs: Moodle XML, QTI 2.1 and GIFT; `canvas` has the older QTI for Canvas.

Moodle XML: docs.moodle.org, "Moodle XML format". GIFT: docs.moodle.org, "GIFT format". QTI: IMS Question and Test Interoperability 2.1,
"Assessment, Section, and Item Information Model". Steps to put in order become a matching question in Moodle XML and GIFT, which have no
other form that every Moodle knows.
"""
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from nnlib.classroom import told
from nnlib.classroom.canvas import canvas
from nnlib.classroom.items import Choose, Compute, Explain, Item, Match, OfNetwork, Order, Posed, begins
from nnlib.classroom.mathematics import mathml
from nnlib.classroom.told import BEGINNING, TITLE, question_html, rich

QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
SCHEMA = "http://www.w3.org/2001/XMLSchema-instance"
MATCHED = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"


# ---- Moodle XML ----


def moodle(items: Iterable[Item], seed: int) -> bytes:
    """The items as Moodle XML, in their categories."""
    root, category = Element("quiz"), ""
    for item in items:
        if item.category != category:
            category = item.category
            folder = SubElement(SubElement(root, "question", type="category"), "category")
            SubElement(folder, "text").text = f"$course$/top/{TITLE}/{category}"
        root.append(_moodle_question(item, seed))
    return told.document(root)


def _moodle_question(item: Item, seed: int) -> Element:
    posed = told.numbers(item, seed)
    kind = ("numerical" if posed else "multichoice" if isinstance(item, Choose) else "essay" if isinstance(item, Explain) else "matching")
    question = Element("question", type=kind)
    SubElement(SubElement(question, "name"), "text").text = told.name(item)
    _moodle_text(question, "questiontext", question_html(item, posed, told.tex))
    about = told.about(item) if isinstance(item, Match | Order) else item.model if isinstance(item, Explain) else ""
    _moodle_text(question, "generalfeedback", f"<p>{rich(about)}</p>" if about else "")
    for name, value in (("defaultgrade", str(item.marks if isinstance(item, Explain) else 1)), ("penalty", "0.3333333"), ("hidden", "0"),
                        ("idnumber", item.key)):
        SubElement(question, name).text = value
    if posed:
        answers = [("100", posed.right, f"Right: {posed.answer}."), *(("0", wrong.value, wrong.feedback) for wrong in posed.wrong)]
        for fraction, number, feedback in answers:
            answer = _moodle_answer(question, fraction, told.number(number), feedback, "moodle_auto_format")
            SubElement(answer, "tolerance").text = told.number(posed.within)
        SubElement(question, "unitgradingtype").text = "0"
        SubElement(question, "showunits").text = "3"  # no field for a unit
    elif isinstance(item, Choose):
        for name, value in (("single", "true"), ("shuffleanswers", "true"), ("answernumbering", "abc")):
            SubElement(question, name).text = value
        for option in item.options:
            _moodle_answer(question, "100" if option.right else "0", rich(option.text), option.feedback, "html")
    elif isinstance(item, Explain):
        for name, value in (("responseformat", "editor"), ("responserequired", "1"), ("responsefieldlines", "10"), ("attachments", "0"),
                            ("attachmentsrequired", "0")):
            SubElement(question, name).text = value
        _moodle_text(question, "graderinfo", "".join(f"<p>{rich(line)}</p>" for line in told.marking(item)))
        _moodle_text(question, "responsetemplate", "")
    elif isinstance(item, Match | Order):
        SubElement(question, "shuffleanswers").text = "true"
        pairs, decoys = told.rows(item)
        for left, right in [*pairs, *(("", decoy) for decoy in decoys)]:
            row = _moodle_text(question, "subquestion", rich(left))
            SubElement(SubElement(row, "answer"), "text").text = right
    tags = SubElement(question, "tags")
    for tag in told.tags(item):
        SubElement(SubElement(tags, "tag"), "text").text = tag
    return question


def _moodle_text(parent: Element, name: str, text: str) -> Element:
    inner = SubElement(parent, name, format="html")
    SubElement(inner, "text").text = text
    return inner


def _moodle_answer(question: Element, fraction: str, text: str, feedback: str, form: str) -> Element:
    answer = SubElement(question, "answer", fraction=fraction, format=form)
    SubElement(answer, "text").text = text
    _moodle_text(answer, "feedback", rich(feedback))
    return answer


# ---- GIFT ----


def gift(items: Iterable[Item], seed: int) -> bytes:
    """The items as GIFT, in their categories."""
    blocks, category = [], ""
    for item in items:
        if item.category != category:
            category = item.category
            blocks.append(f"$CATEGORY: $course$/top/{TITLE}/{category}")
        blocks.append(_gift_question(item, seed))
    return ("\n\n".join(blocks) + "\n").encode()


def _gift_question(item: Item, seed: int) -> str:
    posed = told.numbers(item, seed)
    head = f"// {', '.join(told.tags(item))}\n::{item.key}::[html]{_gift_text(question_html(item, posed, told.tex))} "
    if posed:
        within = told.number(posed.within)
        rows = [f"={told.number(posed.right)}:{within}#{_gift_text(f'Right: {posed.answer}.')}",
                *(f"=%0%{told.number(wrong.value)}:{within}#{_gift_text(rich(wrong.feedback))}" for wrong in posed.wrong)]
        return _gift_block(head + "{#", rows)
    if isinstance(item, Choose):
        return _gift_block(head + "{", [f"{'=' if option.right else '~'}{_gift_text(rich(option.text))}#{_gift_text(rich(option.feedback))}"
                                        for option in item.options])
    if isinstance(item, Explain):
        return head + "{}"
    if isinstance(item, Match | Order):
        pairs, _ = told.rows(item)  # a decoy has no form here that every reader of GIFT knows
        return _gift_block(head + "{", [f"={_gift_text(rich(left))} -> {_gift_text(right)}" for left, right in pairs])
    raise TypeError(f"item: expected an item of a known kind, got {item!r}")


def _gift_block(head: str, rows: Sequence[str]) -> str:
    return "\n".join([head, *(f"  {row}" for row in rows), "}"])


def _gift_text(text: str) -> str:
    r"""A text whose signs mean nothing to GIFT: ~ = # { } : and \ are escaped, a new line is written \n."""
    return re.sub(r"([\\~=#{}:])", r"\\\1", text).replace("->", "-&gt;").replace("\n", "\\n")


# ---- QTI 2.1 ----


def qti(items: Iterable[Item], seed: int) -> bytes:
    """The items as a QTI 2.1 package: a zip with a manifest, a test with a section for each category, and a file for each item."""
    chosen = tuple(items)
    files: dict[str, bytes] = {"imsmanifest.xml": _manifest(chosen), "test.xml": _test(chosen)}
    for item in chosen:
        files[f"items/{item.key}.xml"] = told.document(_qti_item(item, seed))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(zipfile.ZipInfo(name, BEGINNING), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _root(name: str, namespace: str, schema: str, **attributes: str) -> Element:
    """The outermost element of a file, which says what its schema is."""
    said = {"xmlns": namespace, "xmlns:xsi": SCHEMA, "xsi:schemaLocation": f"{namespace} {schema}"}
    return Element(name, said | attributes)


def _manifest(items: Sequence[Item]) -> bytes:
    root = _root("manifest", PACKAGE, "http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd", identifier="fourteen-steps")
    about = SubElement(root, "metadata")
    SubElement(about, "schema").text = "QTIv2.1 Package"
    SubElement(about, "schemaversion").text = "1.0.0"
    SubElement(root, "organizations")
    resources = SubElement(root, "resources")
    test = SubElement(resources, "resource", identifier="test", type="imsqti_test_xmlv2p1", href="test.xml")
    SubElement(test, "file", href="test.xml")
    for item in items:
        SubElement(test, "dependency", identifierref=item.key)
        one = SubElement(resources, "resource", identifier=item.key, type="imsqti_item_xmlv2p1", href=f"items/{item.key}.xml")
        SubElement(one, "file", href=f"items/{item.key}.xml")
    return told.document(root)


def _test(items: Sequence[Item]) -> bytes:
    root = _root("assessmentTest", QTI, f"{QTI}.xsd", identifier="fourteen-steps", title=TITLE)
    part = SubElement(root, "testPart", identifier="all", navigationMode="nonlinear", submissionMode="individual")
    for name in dict.fromkeys(item.category for item in items):
        section = SubElement(part, "assessmentSection", identifier=name.lower(), title=name, visible="true")
        for item in items:
            if item.category == name:
                SubElement(section, "assessmentItemRef", identifier=item.key, href=f"items/{item.key}.xml")
    return told.document(root)


def _qti_item(item: Item, seed: int) -> Element:
    posed = told.numbers(item, seed)
    root = _root("assessmentItem", QTI, f"{QTI}.xsd", identifier=item.key, title=told.name(item), adaptive="false", timeDependent="false")
    response = _response(root, item, posed)
    grade = str(item.marks) if isinstance(item, Explain) else "1"
    _outcome(root, "SCORE", "float", "0", grade)
    _outcome(root, "FEEDBACK", "identifier")
    body = SubElement(root, "itemBody")
    body.extend(_as_qti(question_html(item, posed)))
    for line in told.lines(item):
        SubElement(body, "p").append(mathml(line))
    _interaction(body, item, seed)
    messages = dict(_feedbacks(item, posed))
    if not isinstance(item, Explain):
        _processing(root, item, posed, response)
    for identifier, text in messages.items():
        modal = SubElement(root, "modalFeedback", outcomeIdentifier="FEEDBACK", identifier=identifier, showHide="show")
        modal.extend(_as_qti(f"<p>{rich(text)}</p>"))
    return root


def _as_qti(markup: str) -> list[Element]:
    """Our own HTML as elements of QTI, whose names are the same."""
    return list(ElementTree.fromstring(f"<div>{markup}</div>"))


def _outcome(root: Element, name: str, base: str, default: str = "", most: str = "") -> None:
    outcome = SubElement(root, "outcomeDeclaration", identifier=name, cardinality="single", baseType=base)
    if most:
        outcome.set("normalMaximum", most)
    if default:
        SubElement(SubElement(outcome, "defaultValue"), "value").text = default


def _response(root: Element, item: Item, posed: Posed | None) -> list[str]:
    """Declare what is answered; gives the right answer's values."""
    cardinality, base, right = "single", "identifier", [""]
    if posed:
        base, right = "float", [told.number(posed.right)]
    elif isinstance(item, Choose):
        right = [f"option{next(at for at, option in enumerate(item.options) if option.right)}"]
    elif isinstance(item, Order):
        cardinality, right = "ordered", [f"step{at}" for at in range(len(item.steps))]
    elif isinstance(item, Match):
        cardinality, base, right = "multiple", "directedPair", [f"left{at} right{at}" for at in range(len(item.pairs))]
    elif isinstance(item, Explain):
        base, right = "string", []
    response = SubElement(root, "responseDeclaration", identifier="RESPONSE", cardinality=cardinality, baseType=base)
    if right:
        correct = SubElement(response, "correctResponse")
        for value in right:
            SubElement(correct, "value").text = value
    return right


def _interaction(body: Element, item: Item, seed: int) -> None:
    """The place of the answer."""
    if isinstance(item, Compute | OfNetwork):
        line = SubElement(body, "p")
        SubElement(line, "textEntryInteraction", responseIdentifier="RESPONSE", expectedLength="12")
    elif isinstance(item, Choose):
        choice = SubElement(body, "choiceInteraction", responseIdentifier="RESPONSE", shuffle="true", maxChoices="1")
        for at, option in enumerate(item.options):
            _inline(SubElement(choice, "simpleChoice", identifier=f"option{at}"), option.text)
    elif isinstance(item, Order):
        order = SubElement(body, "orderInteraction", responseIdentifier="RESPONSE", shuffle="false")
        for at in begins(item, seed):
            _inline(SubElement(order, "simpleChoice", identifier=f"step{at}"), item.steps[at])
    elif isinstance(item, Match):
        most = str(len(item.pairs))
        match = SubElement(body, "matchInteraction", responseIdentifier="RESPONSE", shuffle="true", maxAssociations=most)
        for side, texts in (("left", [pair.left for pair in item.pairs]), ("right", list(item.answers))):
            group = SubElement(match, "simpleMatchSet")
            for at, text in enumerate(texts):
                _inline(SubElement(group, "simpleAssociableChoice", identifier=f"{side}{at}", matchMax="1"), text)
    elif isinstance(item, Explain):
        SubElement(body, "extendedTextInteraction", responseIdentifier="RESPONSE", expectedLines="10")


def _inline(parent: Element, text: str) -> None:
    parsed = ElementTree.fromstring(f"<p>{rich(text)}</p>")
    parent.text = parsed.text
    parent.extend(parsed)


def _feedbacks(item: Item, posed: Posed | None) -> Iterator[tuple[str, str]]:
    """What is said, by its identifier."""
    if posed:
        yield "right", f"Right: {posed.answer}."
        yield from ((f"wrong{at}", wrong.feedback) for at, wrong in enumerate(posed.wrong))
    elif isinstance(item, Choose):
        yield from ((f"option{at}", option.feedback) for at, option in enumerate(item.options))
    elif isinstance(item, Order):
        yield from (("right", item.feedback), ("wrong", told.about(item)))
    elif isinstance(item, Match):
        yield from (("right", told.about(item)), ("wrong", told.about(item)))
    elif isinstance(item, Explain):
        yield "model", "\n".join(told.marking(item))


def _processing(root: Element, item: Item, posed: Posed | None, right: Sequence[str]) -> None:
    """What becomes of an answer: the score and the identifier of what is said."""
    rules = SubElement(root, "responseProcessing")
    condition = SubElement(rules, "responseCondition")
    branch = SubElement(condition, "responseIf")
    if posed:
        _between(branch, posed.right, posed.within)
        _set(branch, "SCORE", "float", "1")
        _set(branch, "FEEDBACK", "identifier", "right")
        for at, wrong in enumerate(posed.wrong):
            branch = SubElement(condition, "responseElseIf")
            _between(branch, wrong.value, posed.within)
            _set(branch, "FEEDBACK", "identifier", f"wrong{at}")
        return
    if isinstance(item, Order) and len(item.orders) > 1:
        _one_of(branch, item.orders)
    else:
        same = SubElement(branch, "match")
        SubElement(same, "variable", identifier="RESPONSE")
        SubElement(same, "correct", identifier="RESPONSE")
    _set(branch, "SCORE", "float", "1")
    if isinstance(item, Choose):
        SubElement(SubElement(rules, "setOutcomeValue", identifier="FEEDBACK"), "variable", identifier="RESPONSE")
        return
    _set(branch, "FEEDBACK", "identifier", "right")
    _set(SubElement(condition, "responseElse"), "FEEDBACK", "identifier", "wrong")


def _one_of(branch: Element, orders: Iterable[Sequence[int]]) -> None:
    """Whether the response is one of several right orders."""
    either = SubElement(branch, "or")
    for order in orders:
        same = SubElement(either, "match")
        SubElement(same, "variable", identifier="RESPONSE")
        steps = SubElement(same, "ordered")
        for step in order:
            SubElement(steps, "baseValue", baseType="identifier").text = f"step{step}"


def _between(branch: Element, value: float, within: float) -> None:
    """Whether the response lies as near to a value as it may."""
    both = SubElement(branch, "and")
    for name, bound in (("gte", value - within), ("lte", value + within)):
        one = SubElement(both, name)
        SubElement(one, "variable", identifier="RESPONSE")
        SubElement(one, "baseValue", baseType="float").text = told.number(bound)


def _set(branch: Element, outcome: str, base: str, value: str) -> None:
    SubElement(SubElement(branch, "setOutcomeValue", identifier=outcome), "baseValue", baseType=base).text = value


class Format(NamedTuple):
    """A format: what it is for, how its files end, and the function that gives a file's bytes."""

    title: str
    ending: str
    write: Callable[[Iterable[Item], int], bytes]


FORMATS: Mapping[str, Format] = {
    "moodle": Format("Moodle XML, with feedback for each answer", ".xml", moodle),
    "canvas": Format("QTI 1.2, for Canvas", ".zip", canvas),
    "qti": Format("QTI 2.1, for others", ".zip", qti),
    "gift": Format("GIFT, plain text for Moodle", ".gift", gift),
}


def file_name(name: str) -> str:
    """What the site calls the bank in a format."""
    return f"question-bank-{name}{FORMATS[name].ending}"
