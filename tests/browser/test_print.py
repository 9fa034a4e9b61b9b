"""What a printer gets of a page: Chromium's own PDF of the built site, read as text and looked at as pixels."""
import re

import browser
import numpy as np
import pdf
import pytest
import whole
from conftest import widgets_are_drawn
from PIL import Image
from pypdf import PdfReader

from nnlib import Parameters, iteration
from nnlib.classroom.forms import FORMS, questions
from nnlib.gates import TWO_EXAMPLES

STEP = "book/backward/step_05_dE_dw2.html"
TRAINING = "book/training/training.html"


@pytest.fixture
def printed(open_page, tmp_path):
    """printed(page, **options of the context) gives the tab and the PDF's pages."""
    def print_(page, before="", **options):
        tab = open_page(page, **options)
        widgets_are_drawn(tab)
        if before:
            tab.evaluate(before)
        tab.pdf(path=tmp_path / "page.pdf", format="A4", prefer_css_page_size=True)
        return tab, PdfReader(tmp_path / "page.pdf").pages

    return print_


def words(pages):
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_answers_stand_at_the_end_or_are_left_out(printed, tmp_path):
    tab, pages = printed(STEP)
    text = words(pages)
    exercises, answers = text.rindex("Exercises"), text.rindex("Answers")
    solutions = [found.start() for found in re.finditer(r"Solution to Exercise", text)]
    assert exercises < answers and len(solutions) == 3 and min(solutions) > answers, "once each, behind the last exercise"
    assert tab.locator(".fs-paper-answers").count() == 0, "nothing of it is left on the screen"
    tab.evaluate("""() => { window.print = () => {}; document.querySelector("[data-press=printWithoutAnswers]").click(); }""")
    tab.pdf(path=tmp_path / "without.pdf", format="A4")
    assert "Solution to" not in words(PdfReader(tmp_path / "without.pdf").pages)
    tab.pdf(path=tmp_path / "with.pdf", format="A4")
    assert "Solution to" in words(PdfReader(tmp_path / "with.pdf").pages), "the choice is for once"


def test_a_quizs_right_answers_stand_at_the_end_only(printed):
    _, pages = printed("book/training/quiz.html")
    text = words(pages)
    before, after = text.split(" Answers ")
    assert before.count("☐") == 18 and "Right." not in before and "No." not in text
    assert after.count("Right.") == 5


def test_an_order_a_match_and_a_model_answer_stand_at_the_end_of_the_bank(printed):
    """They stood right below their questions, and what is said of a slip had a box to tick."""
    tab, pages = printed("book/teaching/question_bank.html")
    text = words(pages)
    asked, _, told = text.rpartition(" Answers ")
    assert told and "The right order" not in asked and "A good answer, and what it has to say" not in asked
    assert told.count("The right order") == tab.locator("details.fs-alone", has_text="The right order").count() > 3
    assert "I have “" not in text and "I have taken" not in text
    pair = tab.locator("details.fs-answer:not(.fs-alone)").first
    left, right = pair.locator(".sd-summary-text").text_content(), pair.locator(".sd-card-body p").first.text_content()
    assert " ".join(left.split())[:20] in asked and asked.count(right[:24]) <= 1 and right[:24] in told, "only to choose from"


@pytest.mark.parametrize("form", FORMS)
def test_a_test_has_a_line_for_the_name_and_no_question_is_parted_from_its_answers(printed, form):
    tab, pages = printed(f"book/teaching/{form}_test.html")
    assert not tab.locator(".on-paper").is_visible(), "on the screen nobody writes a name"
    sheets = [" ".join(page.extract_text().split()) for page in pages]
    assert re.search(r"Name: …+ Date: …+ Ten questions", sheets[0]) and "Teacher" not in " ".join(sheets)
    for sheet in sheets[:-1]:  # the last one gives the answers
        here = [one for at, one in enumerate(questions(form), 1) if f"{at}. {one.ask[:20]}" in sheet]
        assert here and sheet.count("☐") == sum(len(one.answers) for one in here)
    assert " Answers " in sheets[-1]


def test_nothing_can_be_pressed_on_paper(printed):
    _, pages = printed(STEP)
    text = words(pages)
    for label in ("Next step", "Previous step", "Check", "Hint", "Edit and run", "Reset", "Copy link", "Skip to main content", "Print"):
        assert label not in text, label
    assert re.search(r"\b1 / \d", text), "its pages have numbers"
    assert len(pages) <= 9


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_is_white_and_no_plane_is_black(printed, tmp_path, scheme):
    tab, _ = printed(TRAINING, color_scheme=scheme)
    tab.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    tab.emulate_media(media="print")
    tab.locator("article.bd-article").screenshot(path=tmp_path / "paper.png")
    seen = np.asarray(Image.open(tmp_path / "paper.png").convert("L"))
    assert np.median(seen) == 255 and (seen > 250).mean() > 0.8
    canvas = tab.locator("section[data-widget=TrainingExplorer] canvas")
    painted = canvas.evaluate("c => [...c.getContext('2d').getImageData(0, 0, c.width, c.height).data]")
    assert np.reshape(painted, (-1, 4))[:, :3].mean() > 100
    tab.emulate_media(media="screen")
    tab.evaluate("() => dispatchEvent(new Event('afterprint'))")
    assert tab.evaluate("document.documentElement.dataset.theme") == scheme, "the screen is as it was"
    assert tab.locator(".fs-paper-table").count() == 0


def test_on_paper_an_answer_is_seen_beside_its_target(printed):
    """Mark and track are nothing but grounds, which a browser leaves out: the targets alone looked as if every answer were right."""
    tab, pages = printed(TRAINING)
    tab.emulate_media(media="print")
    drawn = tab.locator("section[data-widget=TrainingExplorer] :is(.fs-answer-mark, .fs-answer-track)").evaluate_all(
        "all => all.map((one) => [one.checkVisibility(), getComputedStyle(one).printColorAdjust])")
    assert len(drawn) == 8 and all(one == [True, "exact"] for one in drawn)
    tab.emulate_media(media="screen")
    assert "I have read this page" not in words(pages), "and nothing can be pressed"


def test_a_widget_is_printed_as_it_stands_now_with_its_numbers(open_page, tmp_path):
    tab = open_page(STEP)
    widget = tab.locator("section[data-widget=StepExplorer]")
    widget.get_by_role("button", name="Next step", exact=True).click()
    now = widget.locator("[data-quantity=dE_db2] [data-value]").first.get_attribute("data-value")
    tab.pdf(path=tmp_path / "p.pdf", format="A4")
    text = words(PdfReader(tmp_path / "p.pdf").pages)
    assert "The picture's numbers at stop 6" in text
    assert f"{float(now):.6g}".replace("-", "−") in text.partition("The picture's numbers")[2]


def test_on_paper_a_widget_says_its_numbers_of_all_examples_and_every_question_has_its_answer(printed):
    """Numbers that can be pressed were taken for buttons: the line of arithmetic was printed as "· + · =", matrices as bare brackets."""
    tab, pages = printed(STEP)
    text = words(pages)
    it = iteration(*TWO_EXAMPLES[1:], Parameters.example(), 0.5)
    for value in it.a1.ravel():
        assert f"{value:.6g}" in text.partition("The picture's numbers")[2], "of both examples"
    tab.emulate_media(media="print")
    cells = tab.locator("section[data-widget=StepExplorer] :is(.fs-arithmetic, .fs-panel) .fs-cell")
    assert cells.count() > 8 and all(cells.evaluate_all("all => all.map((one) => one.checkVisibility())"))
    end = text.rpartition("Answers ")[2]
    asked = tab.locator("details.fs-prompt .fs-answer").all_text_contents()
    assert len(asked) > 3 and re.search(r"Compute .{,12} by hand, to \w+ significant digits. [−.\d]+; [−.\d]+", end)
    short = [answer for answer in asked if re.fullmatch(r"[−.\d]+", answer)]
    assert short and all(answer in end for answer in short)


INNER = """w => { const { paddingLeft, paddingRight } = getComputedStyle(w);
    return w.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight); }"""


@pytest.mark.parametrize("width", [390, 1000, 1280])
def test_on_paper_a_picture_is_laid_out_as_on_the_screen(open_page, width):
    """A frame's room was given to the picture: it then stood in two columns, with the network as large as in one, and the plane over it."""
    tab = open_page("book/index.html", {"width": width, "height": 800})
    widgets_are_drawn(tab)
    widget = tab.locator("section[data-widget=StepExplorer]").first
    on_the_screen = widget.evaluate(INNER)
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    tab.emulate_media(media="print")
    assert widget.evaluate(INNER) == pytest.approx(on_the_screen, abs=1)
    stage, beside = (widget.locator(part).first.bounding_box() for part in (".fs-stage", ".fs-overview .fs-now"))
    apart = [stage["x"] + stage["width"] <= beside["x"] + 1, stage["y"] + stage["height"] <= beside["y"] + 1]
    assert any(apart), (stage, beside)


def test_a_link_to_elsewhere_has_its_address_at_the_end(printed):
    tab, pages = printed("book/reference/bibliography.html")
    text = words(pages)
    addresses = tab.evaluate("""() => [...document.querySelectorAll("article a[href^=http]")].filter((a) => !a.textContent.includes(a.host)).map((a) => a.href)""")
    assert addresses, "this page has links to elsewhere"
    for address in addresses:
        assert address in text.replace(" ", ""), address


def test_no_heading_stands_alone_at_the_foot_of_a_page(printed):
    for page in (STEP, TRAINING):
        tab, pages = printed(page)
        headings = tab.locator("article :is(h1, h2)").evaluate_all("all => all.map(h => h.firstChild.textContent.trim())")
        for sheet in pages[:-1]:
            lines = [line.strip() for line in sheet.extract_text().splitlines() if line.strip() and not re.fullmatch(r"\d+ / \d+", line.strip())]
            assert lines[-1] not in headings, lines[-1]


def test_pages_that_stand_together_are_printed_as_one(playwright, tmp_path):
    process = playwright.chromium.launch(executable_path=browser.ensure(), args=[*browser.FLAGS, "--allow-file-access-from-files"])
    tab = process.new_page()
    chosen = [(part, name) for part, name in whole.order() if name in ("book/ideas/terms", "book/backward/step_02_da2_dz2")]
    pages = list(whole.read(tab, chosen, live=True))
    text = pdf.dressed(pdf.joined(pages), pages)
    worn = re.findall(r'<link [^>]*href="[^"]*/_static/([^"]*?)\.\w+\.css"', text)
    assert worn == ["site", "widgets/shared", "widgets/neuron_explorer", "widgets/answer_box", "widgets/number_box", "widgets/step_explorer"], "each once"
    sheets = pdf.printed(tab, text, tmp_path / "book.pdf")
    process.close()
    reader = PdfReader(tmp_path / "book.pdf")
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"] and reader.trailer["/Root"]["/Lang"] == "en"
    parts = [(entry.title, [one.title for one in below if not isinstance(one, list)])
             for entry, below in zip(reader.outline, reader.outline[1:], strict=False) if not isinstance(entry, list) and isinstance(below, list)]
    assert [title for title, _ in parts] == ["Ideas", "Backward", "Answers to the exercises"] and parts[0][1] == ["The terms"]
    assert 2 < sheets["ideas-terms"] < sheets["backward-step_02_da2_dz2"] < sheets["fs-answers"] <= len(reader.pages) < 25
    step = words(reader.pages[sheets["backward-step_02_da2_dz2"] - 1:sheets["fs-answers"] - 1])
    assert "The picture's numbers at stop 2" in step and "Next step" not in step and "Solution to" not in step
    assert "Solution to" in words(reader.pages[sheets["fs-answers"] - 1:])
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"].get("/Font", {}).values()]
    assert any("OTS-derived" in font.get("/BaseFont", "") for font in fonts), "the formulas' own: cut fonts have no name"
    for font in fonts:  # each is inside
        below = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        assert font["/Subtype"] == "/Type3" or {"/FontFile", "/FontFile2", "/FontFile3"} & set(below["/FontDescriptor"])
