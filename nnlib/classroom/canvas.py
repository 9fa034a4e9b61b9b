"""The question bank for Canvas: QTI 1.2 with the names that Canvas itself writes, which both its Classic and its New Quizzes read.

As QTI 2.1 a number would be compared as text there: of the two only 1.2 has `vargte` and `varlte`, which both readers know. A slip has no
place of its own beside the right number, because Classic Quizzes would take it for right: all slips are said together.
"""
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement

from nnlib.classroom import told
from nnlib.classroom.items import Choose, Explain, Item, Match, Order, Posed
from nnlib.classroom.told import BEGINNING, TITLE, question_html, rich
from nnlib.numerals import format as written

QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
PACKAGE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
RESPONSE = "response1"


def canvas(items: Iterable[Item], seed: int) -> bytes:
    """The items as a package of QTI 1.2: a zip with a manifest, and a file for each category, which becomes a quiz."""
    categories: dict[str, list[Item]] = {}
    for item in items:
        categories.setdefault(item.category, []).append(item)
    files = {"imsmanifest.xml": _manifest(list(categories))}
    files |= {f"{name.lower()}/{name.lower()}.xml": _assessment(name, chosen, seed) for name, chosen in categories.items()}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(zipfile.ZipInfo(name, BEGINNING), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _manifest(categories: Sequence[str]) -> bytes:
    root = Element("manifest", xmlns=PACKAGE, identifier="fourteen-steps")
    about = SubElement(root, "metadata")
    SubElement(about, "schema").text = "IMS Content"
    SubElement(about, "schemaversion").text = "1.1.3"
    SubElement(root, "organizations")
    resources = SubElement(root, "resources")
    for name in categories:
        resource = SubElement(resources, "resource", identifier=_quiz(name), type="imsqti_xmlv1p2")
        SubElement(resource, "file", href=f"{name.lower()}/{name.lower()}.xml")
    return told.document(root)


def _quiz(category: str) -> str:
    return f"fourteen-steps-{category.lower()}"


def _assessment(category: str, items: Sequence[Item], seed: int) -> bytes:
    root = Element("questestinterop", xmlns=QTI)
    assessment = SubElement(root, "assessment", ident=_quiz(category), title=f"{TITLE}: {category}")
    section = SubElement(assessment, "section", ident="root_section")
    section.extend(_item(item, seed) for item in items)
    return told.document(root)


class Said(NamedTuple):
    """Something that is said of an answer: the answer's name and what it is (none: of whatever is answered), its own name, its words."""

    of: str
    answer: str
    name: str
    words: str


def _item(item: Item, seed: int) -> Element:
    posed = told.numbers(item, seed)
    node = Element("item", ident=item.key, title=told.name(item))
    metadata = SubElement(SubElement(node, "itemmetadata"), "qtimetadata")
    for label, entry in (("question_type", _kind(item)), ("points_possible", str(item.marks if isinstance(item, Explain) else 1))):
        field = SubElement(metadata, "qtimetadatafield")
        SubElement(field, "fieldlabel").text, SubElement(field, "fieldentry").text = label, entry
    presentation = SubElement(node, "presentation")
    _material(presentation, question_html(item, posed, told.tex))
    processing = SubElement(node, "resprocessing")
    SubElement(SubElement(processing, "outcomes"), "decvar", maxvalue="100", minvalue="0", varname="SCORE", vartype="Decimal")
    said = list(_said(item, posed))
    for one in said:
        _tell(processing, one)
    if posed:
        _number(presentation, processing, posed)
    elif isinstance(item, Choose):
        _choose(presentation, processing, item)
    elif isinstance(item, Match | Order):
        _match(presentation, processing, item)
    else:
        _fill_in(presentation)
    for one in said:
        feedback = SubElement(node, "itemfeedback", ident=one.name)
        _material(SubElement(feedback, "flow_mat"), one.words)
    return node


def _kind(item: Item) -> str:
    """What Canvas calls it."""
    if isinstance(item, Choose):
        return "multiple_choice_question"
    if isinstance(item, Match | Order):
        return "matching_question"
    return "essay_question" if isinstance(item, Explain) else "numerical_question"


def _said(item: Item, posed: Posed | None) -> Iterator[Said]:
    if posed:
        ways = "".join(f"<li>{written(wrong.value, posed.digits)}: {rich(wrong.feedback)}</li>" for wrong in posed.wrong)
        yield Said("", "", "general_incorrect_fb", f"<p>It is {posed.answer}. Ways to another number:</p><ul>{ways}</ul>")
    elif isinstance(item, Choose):
        for at, option in enumerate(item.shown):
            yield Said(RESPONSE, f"option{at}", f"option{at}_fb", f"<p>{rich(option.feedback)}</p>")
    elif isinstance(item, Match | Order):
        yield Said("", "", "general_fb", f"<p>{rich(told.about(item))}</p>")
    elif isinstance(item, Explain):
        yield Said("", "", "general_fb", "".join(f"<p>{rich(line)}</p>" for line in told.marking(item)))


def _material(parent: Element, markup: str) -> None:
    SubElement(SubElement(parent, "material"), "mattext", texttype="text/html").text = markup


def _condition(processing: Element, go_on: str) -> tuple[Element, Element]:
    """A condition with nothing in it yet, and the place of what it asks."""
    condition = SubElement(processing, "respcondition", {"continue": go_on})
    return condition, SubElement(condition, "conditionvar")


def _tell(processing: Element, said: Said) -> None:
    condition, asks = _condition(processing, "Yes")
    if said.of:
        SubElement(asks, "varequal", respident=said.of).text = said.answer
    else:
        SubElement(asks, "other")
    SubElement(condition, "displayfeedback", feedbacktype="Response", linkrefid=said.name)


def _score(condition: Element, share: str = "100", action: str = "Set") -> None:
    SubElement(condition, "setvar", action=action, varname="SCORE").text = share


def _fill_in(presentation: Element, **more: str) -> None:
    field = SubElement(presentation, "response_str", ident=RESPONSE, rcardinality="Single")
    SubElement(SubElement(field, "render_fib", more), "response_label", ident="answer1")


def _number(presentation: Element, processing: Element, posed: Posed) -> None:
    _fill_in(presentation, fibtype="Decimal")
    condition, asks = _condition(processing, "No")
    either = SubElement(asks, "or")
    SubElement(either, "varequal", respident=RESPONSE).text = told.number(posed.right)
    near = SubElement(either, "and")
    for name, bound in (("vargte", posed.right - posed.within), ("varlte", posed.right + posed.within)):
        SubElement(near, name, respident=RESPONSE).text = told.number(bound)
    _score(condition)


def _choices(presentation: Element, name: str, answers: Iterable[tuple[str, str]], left: str = "") -> None:
    response = SubElement(presentation, "response_lid", ident=name, rcardinality="Single")
    if left:
        _material(response, left)
    choice = SubElement(response, "render_choice")
    for ident, text in answers:
        _material(SubElement(choice, "response_label", ident=ident), text)


def _choose(presentation: Element, processing: Element, item: Choose) -> None:
    _choices(presentation, RESPONSE, [(f"option{at}", rich(option.text)) for at, option in enumerate(item.shown)])
    condition, asks = _condition(processing, "No")
    SubElement(asks, "varequal", respident=RESPONSE).text = f"option{item.shown.index(item.answer)}"
    _score(condition)


def _match(presentation: Element, processing: Element, item: Match | Order) -> None:
    """Each left side has a list of all right ones; two may share one."""
    rows, decoys = told.rows(item)
    rights = list(dict.fromkeys([*(right for _, right in rows), *decoys]))
    for at, (left, right) in enumerate(rows):
        _choices(presentation, f"response_{at}", [(f"right{number}", rich(text)) for number, text in enumerate(rights)], rich(left))
        condition, asks = _condition(processing, "Yes")
        SubElement(asks, "varequal", respident=f"response_{at}").text = f"right{rights.index(right)}"
        _score(condition, f"{100 / len(rows):.2f}", "Add")
