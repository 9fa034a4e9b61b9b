"""Practice and the classroom on the built site: answer boxes, a sheet to print, slides, quizzes, the glossary."""
import re

import numpy as np
import pytest
from conftest import SITE, assert_accessible, widgets_are_drawn

from nnlib import palette
from nnlib.classroom.answers import question, sheet_questions, title
from nnlib.classroom.worksheets import explorer_link, sheet_iteration
from nnlib.mistakes import SLIPS
from nnlib.training import iteration
from nnlib.widgets import WIDGETS

PAGE = "book/backward/step_05_dE_dw2.html"
SEED = 35  # of the answer box on that page


@pytest.fixture
def box(open_page):
    widget = open_page(PAGE).locator("section[data-widget=AnswerBox]")
    widget.wait_for()
    widget.scroll_into_view_if_needed()
    return widget


def press(widget, name):
    widget.get_by_role("button", name=name, exact=True).click()


def answer(widget, values, digits=3):
    for row, column in np.ndindex(np.shape(values)):
        label = f"Your answer, row {row + 1}, column {column + 1}" if np.size(values) > 1 else "Your answer"
        widget.get_by_label(label, exact=True).fill(f"{values[row][column]:.{digits}g}")
    press(widget, "Check")


def test_a_right_answer(box):
    asked = question("dE_dw2", SEED)
    assert box.get_attribute("data-verdict") == "open"
    assert box.locator("[data-quantity=dE_dw2]").count() == 0, "the result is nowhere on show"
    for name in asked.given:
        shown = box.locator(f".fs-given [data-quantity={name}] [data-value]").evaluate_all("all => all.map(e => +e.dataset.value)")
        np.testing.assert_allclose(shown, np.ravel(asked.iteration[name]), rtol=1e-12)
    answer(box, asked.right)
    assert box.get_attribute("data-verdict") == "right" and "Right, to three digits." in box.inner_text()


def test_every_mistake_is_recognised(box):
    asked = question("dE_dw2", SEED)
    for key, value in asked.wrong.items():
        answer(box, value, 4)
        assert box.get_attribute("data-verdict") in ("recognised",), key
        assert title(key) in box.locator(".fs-verdict").inner_text(), key


def test_not_yet_hints_and_the_solution(box):
    asked = question("dE_dw2", SEED)
    answer(box, np.full((2, 1), 77.0))
    assert "Not yet." in box.inner_text() and "Hint." in box.inner_text() and "Second hint." not in box.inner_text()
    answer(box, [[asked.right[0, 0]], [55.0]])
    assert "1 of the 2 numbers is right" in box.inner_text() and "Second hint." in box.inner_text()
    press(box, "Show the solution")
    shown = box.locator(".fs-solution [data-value]").evaluate_all("all => all.map(e => +e.dataset.value)")
    np.testing.assert_allclose(shown, asked.right.ravel(), rtol=1e-12)
    assert box.get_attribute("data-verdict") == "shown"
    press(box, "Reset")
    assert box.get_attribute("data-verdict") == "open" and "The solution" not in box.inner_text()


@pytest.mark.parametrize("text", ["", "abc", "1e999", "NaN"])
def test_nonsense_is_refused(box, text):
    field = box.get_by_label("Your answer, row 2, column 1", exact=True)
    box.get_by_label("Your answer, row 1, column 1", exact=True).fill("1")
    field.fill(text)
    field.press("Enter")
    assert box.get_by_role("alert").inner_text().startswith("Your answer, row 2, column 1: expected a number")
    assert box.get_attribute("data-verdict") == "open"


def test_other_numbers_belong_to_the_next_seed(box):
    press(box, "Other numbers")
    answer(box, question("dE_dw2", SEED + 1).right)
    assert box.get_attribute("data-verdict") == "right"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_answer_box_on_a_phone(open_page, scheme):
    tab = open_page(PAGE, viewport={"width": 360, "height": 740}, color_scheme=scheme)
    box = tab.locator("section[data-widget=AnswerBox]")
    press(box, "Hint")
    press(box, "Hint")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    assert_accessible(tab, "section[data-widget=AnswerBox]")


# ---- a sheet, and the link from a key ----


def test_a_sheet_is_the_one_of_the_command_line(open_page):
    sheet = open_page("book/teaching/worksheets.html").locator("section[data-widget=Worksheet]")
    it = sheet_iteration(7, 1)
    assert sheet.locator("[data-quantity=dE_dw1] [data-value]").count() == 0, "no results without the key"
    sheet.get_by_label("With the key").check()
    for name in ("w1", "a2", "dE_dw1", "new_b1"):
        shown = sheet.locator(f"[data-quantity={name}] [data-value]").evaluate_all("all => all.map(e => +e.dataset.value)")
        np.testing.assert_allclose(shown[:np.size(it[name])], np.ravel(it[name]), rtol=1e-12)
    sheet.get_by_label("Seed", exact=True).fill("1.5")
    sheet.get_by_label("Seed", exact=True).press("Enter")
    assert "expected a whole number" in sheet.get_by_role("alert").inner_text()


def fill(sheet, it, names):
    """Type an iteration's numbers into the boxes, to four digits."""
    for name in names:
        for field, value in zip(sheet.locator(f"[data-quantity={name}] input").all(), np.ravel(it[name]), strict=True):
            field.fill(f"{value:.4g}")


def test_each_box_of_the_sheet_is_checked(open_page):
    """Right, recognised, carried on from a wrong one, not yet, empty: each box gets its own word, and the sheet a sum."""
    sheet = open_page("book/training/on_paper.html").locator("section[data-widget=Worksheet]")
    sheet.wait_for()
    asked = sheet_questions(sheet_iteration(1, 1))
    q = asked["E"]
    slip = iteration(q.iteration.x, q.iteration.y, q.parameters, 0.5, operations=SLIPS["no bias in z1"].operations)
    assert not np.array_equal(q.iteration.x, q.iteration.x.T)
    fill(sheet, q.iteration, ["z1", "a1", "z2", "a2"])
    press(sheet, "Check the boxes")
    assert sheet.locator(".fs-total").inner_text() == f"4 of {len(asked)} boxes right, {len(asked) - 4} empty."
    fill(sheet, slip, ["z1", "a1", "z2", "a2", "E"])
    sheet.get_by_label("∂E/∂a₂, row 1, column 1", exact=True).fill("7.5")
    sheet.get_by_label("∂E/∂a₂, row 2, column 1", exact=True).fill("7.5")
    sheet.get_by_label("∂E/∂a₂, row 2, column 1", exact=True).press("Enter")
    verdicts = sheet.locator(".fs-mark[data-verdict]").evaluate_all("all => all.map(e => [e.dataset.verdict, e.textContent])")
    assert verdicts[0] == ["recognised", "z₁: The bias was forgotten."] and {v for v, _ in verdicts[1:5]} == {"carried"}
    assert verdicts[5] == ["wrong", "∂E/∂a₂: Not yet."] and {v for v, _ in verdicts[6:]} == {"empty"}
    sheet.get_by_label("With the key").check()
    sheet.get_by_label("With the key").uncheck()
    assert sheet.get_by_label("∂E/∂a₂, row 1, column 1", exact=True).input_value() == "7.5", "what was typed is still there"
    sheet.get_by_label("∂E/∂a₂, row 1, column 1", exact=True).fill("much")
    press(sheet, "Check the boxes")
    assert sheet.locator(".fs-mark[data-verdict=unread]").inner_text().startswith("∂E/∂a₂, row 1, column 1: "), "at its place"
    press(sheet, "Other numbers")
    assert sheet.locator("input[data-row]").evaluate_all("all => all.every(e => e.value === '')")


def test_only_the_sheet_is_printed(open_page):
    tab = open_page("book/teaching/worksheets.html")
    tab.emulate_media(media="print")
    assert tab.locator("section[data-widget=Worksheet] .fs-sheet").is_visible()
    assert not tab.get_by_role("button", name="Print", exact=True).is_visible()
    assert not tab.get_by_text("One line on the command line").is_visible()
    assert not tab.locator(".bd-sidebar-primary").is_visible()
    assert not tab.locator("#jb-print-docs-body").is_visible(), "the theme's title and contents for the paper"


@pytest.mark.parametrize("base", ["http", "file"], indirect=True)
def test_the_keys_link_opens_the_pupils_network(open_page, base):
    it = sheet_iteration(7, 2)
    tab = open_page(explorer_link(base.rstrip("/"), it, step="5").removeprefix(base))
    widget = tab.locator("section[data-widget=StepExplorer]").first
    tab.wait_for_function("w => w.dataset.step === '5'", arg=widget.element_handle())
    shown = widget.locator(".fs-result [data-quantity=dE_dw2] [data-value]").evaluate_all("all => all.map(e => +e.dataset.value)")
    np.testing.assert_allclose(shown, it.dE_dw2.ravel(), rtol=1e-12)


# ---- slides ----


def slide(tab):
    return int(tab.locator(".fs-lecture-bar output").inner_text().split("/")[0])


@pytest.mark.parametrize("base", ["http", "file"], indirect=True)
def test_a_page_becomes_slides_and_a_page_again(open_page):
    tab = open_page(PAGE)
    tab.locator("section[data-widget=StepExplorer]").wait_for()
    tab.keyboard.press("l")
    bar = tab.get_by_role("toolbar", name="Slides")
    bar.wait_for()
    assert slide(tab) == 1 and tab.locator("h1:visible").count() == 1
    assert not tab.locator(".bd-sidebar-primary").is_visible()
    seen, covered, predicted = set(), 0, False
    for _ in range(120):
        seen.add(slide(tab))
        predicted |= tab.locator(".admonition.predict:visible").count() == 1 and tab.locator("article p:visible").count() < 6
        hidden = tab.locator(".fs-covered")
        covered += hidden.count() > 0
        before = (slide(tab), tab.locator(".fs-more-to-come").inner_text())
        tab.keyboard.press("PageDown")
        if (slide(tab), tab.locator(".fs-more-to-come").inner_text()) == before:
            break
    total = int(bar.locator("output").inner_text().split("/")[1])
    assert seen == set(range(1, total + 1)) and total > 8, "every slide is reached"
    assert covered >= 3 and predicted, "results are covered first; the prediction has its own slide"
    assert tab.locator(".admonition.keep:visible").count() == 1, "the summary is the last"
    tab.keyboard.press("PageUp")
    assert slide(tab) == total - 1
    tab.keyboard.press("Escape")
    assert slide(tab) == total - 1, "Escape ends no lecture"
    tab.keyboard.press("l")
    assert bar.count() == 0 and tab.locator(".fs-off, .fs-covered").count() == 0
    assert tab.evaluate("scrollY") > 500, "back to the place where one was"


@pytest.mark.parametrize("page", [PAGE, "book/ideas/layers.html"], ids=["a step", "with a box between"])
def test_a_solution_opens_under_its_exercise(open_page, page):
    tab = open_page(page)
    widgets_are_drawn(tab)
    tab.keyboard.press("l")
    tab.get_by_role("toolbar", name="Slides").wait_for()
    for _ in range(120):
        if tab.locator(".solution.fs-covered:not(.fs-off)").count():
            break
        tab.keyboard.press("PageDown")
    exercise = tab.locator("div.exercise:visible")
    assert exercise.count() == 1, "no empty slide before a solution"
    tab.keyboard.press("PageDown")
    words = tab.locator(".solution:visible p:not(.admonition-title)").first
    assert exercise.is_visible() and words.is_visible() and words.bounding_box()["height"] > 10


def test_widgets_are_alive_on_slides(open_page):
    tab = open_page(PAGE)
    widget = tab.locator("section[data-widget=StepExplorer]")
    widget.get_by_role("button", name="Next step", exact=True).click()
    tab.keyboard.press("Escape")
    tab.evaluate("document.activeElement.blur()")
    tab.keyboard.press("l")
    tab.get_by_role("toolbar", name="Slides").wait_for()
    for _ in range(90):
        if widget.is_visible():
            break
        tab.keyboard.press("ArrowRight")
    assert widget.get_attribute("data-step") == "6", "it kept its state"
    widget.get_by_role("button", name="Next step", exact=True).click()
    assert widget.get_attribute("data-step") == "7"
    assert_accessible(tab, ".fs-lecture-bar")


# every widget, on a page that has it
SLIDES = {"StepExplorer": PAGE, "TrainingExplorer": "book/training/training.html", "NeuronExplorer": "book/ideas/terms.html",
          "ActivationExplorer": "book/ideas/activation.html", "LossExplorer": "book/forward/loss.html",
          "DescentExplorer": "book/backward/gradient_descent.html", "GradientCheck": "book/training/checking_gradients.html",
          "BugLab": "book/training/bug_lab.html", "AnswerBox": PAGE, "ConventionTable": "book/reference/conventions.html",
          "OptimizerRace": "book/beyond/faster_descent.html", "DigitExplorer": "book/beyond/digits.html",
          "AutogradExplorer": "book/beyond/autograd.html", "SlopeExplorer": "book/backward/slopes.html"}
IN_THE_ROOM = """widget => {
  const article = document.querySelector("article"), type = [];
  const texts = document.createTreeWalker(widget, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode.parentElement;
    // a chip's mark says a step's number, which the row of stops says, too; a fraction's parts are small beside the rest
    if (!texts.currentNode.textContent.trim() || !node.checkVisibility()
      || node.closest("script, style, option, title, desc, .fs-chip b, .fs-fraction, .fs-prime, .fs-visually-hidden, .fs-answer-target")) continue;
    const drawn = node.closest("text"), box = drawn?.getBBox(), seen = drawn?.getBoundingClientRect();
    if (drawn && !(box.width && seen.width)) continue; // nothing of it is seen
    const scale = drawn ? Math.sqrt(seen.width * seen.height / (box.width * box.height)) : node.currentCSSZoom;
    type.push(parseFloat(getComputedStyle(node).fontSize) * scale);
  }
  return [article.scrollHeight - article.clientHeight, article.scrollWidth - article.clientWidth, widget.getBoundingClientRect().bottom, Math.min(...type)];
}"""


# which of a slide's blocks can be seen, and which of them stand below one that is still covered
GIVEN_AWAY = """() => {
  const shown = [...document.querySelectorAll("article section > :not(section)")].filter((e) => !e.classList.contains("fs-off") && e.checkVisibility());
  const covered = shown.findIndex((e) => e.matches(".fs-covered") || e.querySelector(".fs-covered"));
  const seen = (e) => e.checkVisibility({ visibilityProperty: true }) && e.textContent.trim() && !e.querySelector(".fs-widget");
  return covered < 0 ? [] : shown.slice(covered + 1).filter(seen).map((e) => e.textContent.trim().slice(0, 60));
}"""


@pytest.mark.parametrize("page", ["chain_rule", "step_05_dE_dw2", "step_08_dz2_da1", "step_12_dE_dw1"])
def test_nothing_is_seen_below_what_is_covered(open_page, page):
    tab = open_page(f"book/backward/{page}.html", {"width": 1024, "height": 768})
    widgets_are_drawn(tab)
    tab.keyboard.press("l")
    output = tab.locator(".fs-lecture-bar output")
    output.wait_for()
    for _ in range(150):
        now, count = output.inner_text().split(" / ")
        assert tab.evaluate(GIVEN_AWAY) == [], (page, now)
        if now == count:
            break
        tab.keyboard.press("PageDown")
    tab.keyboard.press("l")
    assert not tab.locator(".fs-covered").count()


# Numbers of the picture that lie on each other by more than a hair, or reach over a neuron's edge.
IN_EACH_OTHER = """() => { const stage = document.querySelector(".fs-step-explorer .fs-stage");
    const box = (node) => node.getBoundingClientRect();
    const chips = [...stage.querySelectorAll(".fs-chip")].filter((one) => one.offsetWidth);
    const over = (a, b) => [Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)];
    const found = chips.flatMap((one, at) => chips.slice(at + 1).filter((other) => {
      const [x, y] = over(box(one), box(other));
      return x > 2 && y > 4; }).map((other) => [one.textContent, other.textContent]));
    for (const neuron of stage.querySelectorAll("svg rect"))
      for (const one of chips) {
        const [a, b] = [box(one), box(neuron)];
        if (a.left > b.left && a.left < b.right && a.top > b.top && a.bottom < b.bottom && a.right > b.right - 1)
          found.push([one.textContent, "the edge"]);
      }
    return found; }"""


@pytest.mark.parametrize("width, height", [(1024, 768), (1920, 1080)])
def test_at_step_14_no_number_of_a_slides_picture_lies_on_another(open_page, width, height):
    tab = open_page("book/training/one_iteration.html?lecture", viewport={"width": width, "height": height}, reduced_motion="reduce")
    widget = tab.locator("section[data-widget=StepExplorer]").first
    for _ in range(60):
        if widget.is_visible():
            break
        tab.keyboard.press("a")
        tab.keyboard.press("PageDown")
    for _ in range(13):
        tab.keyboard.press("PageDown")
    tab.wait_for_function("() => document.querySelector('.fs-step-explorer .fs-title').textContent.includes('14')")
    tab.wait_for_function("() => !document.querySelector('[data-fitting]')")
    assert tab.evaluate(IN_EACH_OTHER) == []


def test_every_widget_has_a_slide_here():
    assert set(SLIDES) == {widget.__name__ for widget in WIDGETS} - {"NumberBox", "Worksheet"}, "a worksheet is paper, a box is the reader's own"


@pytest.mark.parametrize("width, height", [(1024, 768), (1280, 720), (1920, 1080)])
@pytest.mark.parametrize("name", SLIDES)
def test_every_widgets_slide_fits_wholly(open_page, name, width, height):
    tab = open_page(SLIDES[name], {"width": width, "height": height})
    widgets_are_drawn(tab)
    tab.keyboard.press("l")
    tab.get_by_role("toolbar", name="Slides").wait_for()
    widget = tab.locator(f"section[data-widget={name}]").first
    for _ in range(120):
        if widget.is_visible():
            break
        tab.keyboard.press("PageDown")
    tab.wait_for_function("() => !document.querySelector('article').hasAttribute('data-fitting')")
    down, across, bottom, least = widget.evaluate(IN_THE_ROOM)
    assert down <= 1 and across <= 1 and bottom <= 0.9 * height, "nothing in the lowest tenth"
    # in pixels of a screen of 1080: 24, but for what cannot be said in fewer lines
    assert least * 1080 / height >= {"AutogradExplorer": 21, "ConventionTable": 16, "GradientCheck": 20}.get(name, 24) - 0.1
    tab.keyboard.press("l")


# lines of code or of its output whose letters stand on others, or beyond the box that holds them
CUT = """() => {
  const cut = [];
  for (const pre of document.querySelectorAll("article pre")) {
    if (!pre.checkVisibility()) continue;
    const box = pre.getBoundingClientRect(), lines = [];
    const walk = document.createTreeWalker(pre, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const range = document.createRange();
      range.selectNodeContents(walk.currentNode);
      if (walk.currentNode.textContent.trim()) lines.push(...range.getClientRects());
    }
    for (const a of lines) {
      if (a.right > box.right + 1) cut.push(["out", a.right - box.right]);
      for (const b of lines)
        if (a !== b && a.left < b.left - 1 && a.right > b.left + 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4) cut.push(["on", a.right - b.left]);
    }
  }
  return cut.length;
}"""


@pytest.mark.parametrize("width, height", [(1024, 768), (1280, 720)])
@pytest.mark.parametrize("page", ["book/beyond/frameworks.html", "book/training/one_iteration.html"])
def test_no_slide_is_too_tall(open_page, page, width, height):
    tab = open_page(page, {"width": width, "height": height})
    widgets_are_drawn(tab)
    tab.keyboard.press("l")
    output = tab.get_by_role("toolbar", name="Slides").locator("output")
    output.wait_for()
    dense = False
    for _ in range(int(output.inner_text().split("/")[1])):
        tab.keyboard.press("a")
        tab.wait_for_function("() => !document.querySelector('article').hasAttribute('data-fitting')")
        over = tab.evaluate("() => { const a = document.querySelector('article'); return [a.scrollHeight - a.clientHeight, a.scrollWidth - a.clientWidth]; }")
        assert max(over) <= 1, (output.inner_text(), over)
        if tab.evaluate("document.documentElement.hasAttribute('data-dense')"):
            dense = True
            assert not tab.evaluate(CUT), "in columns no line runs into the next one, or out of its box"
        tab.keyboard.press("PageDown")
    assert dense or width == 1024, "at 16 to 9 each of the two pages has one that is"
    tab.keyboard.press("l")
    assert tab.locator("html[data-dense]").count() == 0


def test_notes_and_time_plan_stand_in_a_second_window(open_page):
    tab = open_page(PAGE)
    tab.get_by_role("button", name="Slides", exact=True).click()
    with tab.context.expect_page() as opened:
        tab.get_by_role("button", name="Speaker notes", exact=True).click()
    notes = opened.value
    notes.wait_for_function("() => document.body?.textContent.includes('Planned up to here')")
    text = notes.locator("body").inner_text()
    assert "The heart of the first half" in text and re.search(r"of \d\d min", text)
    assert not tab.get_by_text("The heart of the first half").is_visible(), "notes are not on the slide"
    notes.wait_for_function("() => getComputedStyle(document.body).backgroundColor !== 'rgba(0, 0, 0, 0)'")
    for style, colour in (("backgroundColor", palette.BACKGROUND.dark), ("color", palette.TEXT.dark)):
        shown = notes.evaluate("style => getComputedStyle(document.body)[style]", style)
        assert tuple(map(int, re.findall(r"\d+", shown))) == tuple(bytes.fromhex(colour[1:])), "dark, whatever the page is"
    notes.keyboard.press("ArrowRight")
    assert slide(tab) == 2, "keys work in the second window, too"
    tab.get_by_role("button", name="End the slides", exact=True).click()


def test_slides_to_carry(open_page, tmp_path, monkeypatch):
    import slides

    monkeypatch.setattr(slides, "BUILD", tmp_path)
    (tmp_path / "html").symlink_to(SITE)
    slides.main()
    page = tmp_path / "slides" / "book" / "forward" / "loss.html"
    assert "<html data-lecture" in page.read_text("utf8") and (tmp_path / "fourteen-steps-slides.zip").stat().st_size > 1e6
    tab = open_page("book/forward/loss.html?lecture")
    tab.get_by_role("toolbar", name="Slides").wait_for()


# ---- quizzes, glossary, exercises, cheat sheet ----


@pytest.mark.parametrize("part", ["ideas", "forward", "backward", "training"])
def test_a_quiz_answers_each_choice(open_page, part):
    tab = open_page(f"book/{part}/quiz.html", java_script_enabled=False)
    questions = tab.locator("article section section")
    assert questions.count() >= 2
    for question_ in questions.all():
        choices = question_.locator("details.sd-dropdown")
        right = 0
        for choice in choices.all():
            choice.locator("summary").click()
            text = choice.locator(".sd-summary-content").inner_text()
            assert choice.locator(".sd-summary-content").is_visible() and re.match(r"(Right|No)\. \w", text)
            right += text.startswith("Right")
        assert choices.count() >= 2 and right == 1


def test_a_term_shows_its_definition(open_page):
    tab = open_page("book/training/training.html")
    term = tab.locator("a.fs-term", has_text="epoch").first
    term.focus()
    tab.keyboard.press("Shift+Tab")
    tab.keyboard.press("Tab")
    assert "One pass through all examples" in term.evaluate("e => getComputedStyle(e, '::after').content")
    words = tab.locator("a.fs-term").all_text_contents()
    assert len(words) == len({re.sub("e?s$", "", w.lower()) for w in words}), "the first use only"
    term.click()
    tab.wait_for_url("**/reference/glossary.html#term-epoch")


def test_every_exercise_is_in_the_list(open_page):
    links = open_page("book/reference/exercises.html").locator("article li a[href*='#']")
    pages = [p for p in (SITE / "book").rglob("*.html")]
    count = sum(len(re.findall(r'class="exercise admonition', p.read_text("utf8"))) for p in pages)
    assert links.count() == count > 90


def test_the_cheat_sheet_can_be_had(open_page):
    tab = open_page("book/reference/cheat_sheet.html")
    for link in tab.locator("a.download").evaluate_all("all => all.map(a => a.getAttribute('href'))"):
        assert ((SITE / "book/reference" / link).resolve()).read_bytes()[:5] == b"%PDF-"


def test_each_page_says_its_version_and_leads_to_the_licence(open_page):
    tab = open_page("book/forward/loss.html")
    foot = tab.locator(".fs-foot")
    assert re.search(r"^Fourteen Steps, version \d+\.\d+\.\d+ of \d+ \w+ 20\d\d", foot.inner_text().strip())
    foot.get_by_role("link", name="how to cite").click()
    entry = tab.locator(".fs-bibtex")
    entry.locator("pre").hover()
    entry.locator("button.copybtn").wait_for()
    assert entry.inner_text().strip().startswith("@misc{fourteen_steps,") and entry.locator("button.copybtn").count() == 1
    assert "MIT License" in tab.locator(".fs-licence").inner_text()
    tab.locator(".fs-foot").get_by_role("link", name="what changed").click()
    assert tab.locator("article h2").first.inner_text().startswith("Unreleased")
