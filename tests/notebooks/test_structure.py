"""What nbval does not see: that every cell was executed, in order, quietly, and that a page keeps its beat."""
import ast
import re
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest
from notebooks import FOLDED, OPENING

from nnlib.classroom.recall import of_page
from nnlib.links import opening_line

BOOK = Path(__file__).resolve().parents[2] / "book"
PAGES = sorted(p for p in BOOK.rglob("*.ipynb") if ".ipynb_checkpoints" not in p.parts)


@pytest.fixture(params=PAGES, ids=lambda p: str(p.relative_to(BOOK)))
def page(request):
    return nbformat.read(request.param, as_version=4)


# the landing page and what one looks up
WITHOUT_EXERCISES = {"Fourteen Steps", "Notation", "Notes on the article", "Other conventions", "Worksheets", "Why from scratch?",
                     "Measuring what a class learns", "On the board"}

WAY = ("ideas", "forward", "backward", "training", "beyond")


def opening(page):
    """The source of the cell with the title: the one below the opening line."""
    return next(cell.source for cell in page.cells if cell.id != OPENING)


def code(page):
    return [cell for cell in page.cells if cell.cell_type == "code"]


def visible(cell):
    return "remove-input" not in cell.metadata.get("tags", [])


PREDICT = re.compile(r":::\{admonition\} Predict\n:class: predict\n\n(.*?)\n\n:::", re.S)


def test_nearly_every_prediction_can_be_voted_on():
    """A list gives the choices: so many as fit a slide, in plain words that fit a field, each once."""
    predictions = [(path.stem, found) for path in PAGES for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown"
                   for found in PREDICT.findall(cell.source)]
    voted = 0
    for page, text in predictions:
        choices = [line.removeprefix("- ") for line in text.splitlines() if line.startswith("- ")]
        voted += bool(choices)
        assert not choices or 2 <= len(choices) <= 6, page
        assert len(set(choices)) == len(choices) and all(len(choice) <= 48 and not set("$`*[") & set(choice) for choice in choices), page
    assert len(predictions) > 40 and voted >= len(predictions) - 3, "what is to be computed or to be thought over has none"


def test_there_are_pages():
    assert len(PAGES) >= 27


def test_every_cell_was_executed_in_order(page):
    assert [cell.execution_count for cell in code(page)] == list(range(1, len(code(page)) + 1))


def test_no_error_and_no_warning_is_committed(page):
    for cell in code(page):
        for output in cell.outputs:
            assert output.output_type != "error"
            assert output.get("name") != "stderr"


def test_streams_are_in_one_piece(page):
    for cell in code(page):
        names = [output.get("name") for output in cell.outputs]
        assert not [a for a, b in pairwise(names) if a and a == b], cell.source


def test_cells_are_short_and_fit_the_page(page):
    for cell in filter(visible, code(page)):
        lines = cell.source.splitlines()
        assert len(lines) <= 20, cell.source
        assert max(map(len, lines)) <= 79, max(lines, key=len)


def test_no_code_cell_follows_another_without_prose(page):
    for first, second in pairwise(page.cells):
        assert not first.cell_type == second.cell_type == "code", second.source


def test_every_step_has_its_chapter():
    assert len([p for p in PAGES if p.name.startswith("step_")]) == 14


def test_figures_are_one_hidden_step(page):
    for cell in code(page):
        if "figures.show(" in cell.source:
            assert not visible(cell), "the code of a figure is hidden"


def test_every_figure_has_words_for_who_cannot_see_it_and_a_caption_that_says_its_point(page):
    for cell in code(page):
        calls = [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Call)
                 and isinstance(node.func, ast.Attribute) and ast.unparse(node.func) == "figures.show"]
        assert all(len(call.args) + len(call.keywords) == 3 for call in calls), cell.source


@pytest.mark.parametrize("path", [p for p in PAGES if p.parent.name in WAY], ids=lambda p: p.stem)
def test_a_page_of_the_way_ends_with_a_line_that_carries_on(path):
    last = nbformat.read(path, as_version=4).cells[-1].source
    assert last.startswith(":::{admonition} In one sentence") and re.search(r"\]\(\S+\.(ipynb|md)\)", last)


@pytest.mark.parametrize("path", sorted(BOOK.glob("*/quiz.md")), ids=lambda p: p.parent.name)
def test_a_quiz_ends_with_a_line_that_carries_on(path):
    assert re.search(r"\]\(\.\./\S+\.ipynb\)$", path.read_text("utf8").rstrip())


@pytest.mark.parametrize("path", [p for p in PAGES if p.name.startswith("step_")], ids=lambda p: p.stem)
def test_every_step_says_where_it_stands_on_the_map(path):
    label = str(int(path.name.split("_")[1]))
    assert any(f'iteration_map("{label}")' in cell.source for cell in code(nbformat.read(path, as_version=4)))


def test_metadata_is_normalised(page):
    assert set(page.metadata) == {"kernelspec", "language_info"} and set(page.metadata.language_info) == {"name"}
    for cell in page.cells:
        assert set(cell.metadata) <= {"tags", "mystnb", "jupyter"}


@pytest.mark.parametrize("path", PAGES, ids=lambda p: str(p.relative_to(BOOK)))
def test_above_the_title_stands_one_line_for_who_has_the_file_alone(path):
    first = nbformat.read(path, as_version=4).cells[0]
    assert first.id == OPENING and first.metadata.tags == ["remove-cell"]
    page = path.relative_to(BOOK.parent).with_suffix("").as_posix()
    questions = len(of_page(page.removeprefix("book/")))
    assert first.source == opening_line(page, questions=questions) and len(first.source.splitlines()) == 1
    assert (f"{questions} short questions" in first.source) == bool(questions), "a notebook has no questions, and says where they are"


def test_what_the_site_folds_is_folded_in_jupyterlab_too(page):
    for cell in code(page):
        folds = {key: True for tag in cell.metadata.get("tags", []) for key in FOLDED.get(tag, ())}
        assert cell.metadata.get("jupyter", {}) == folds, cell.source


def test_the_code_of_a_solution_follows_its_solution(page):
    for above, cell in pairwise(page.cells):
        if "solution" in cell.metadata.get("tags", []):
            assert re.search(r"^:::\{solution\} \S+\n:class: dropdown\n(?:(?!:::)[^\n]*\n)*:::$\Z", above.source, re.M), cell.source
            assert cell.source.startswith("# worked out\n"), "JupyterLab shows a folded cell's first line: it must not be the answer"


def test_a_chapter_has_its_skeleton(page):
    text = "\n".join(cell.source for cell in page.cells if cell.cell_type == "markdown")
    title = re.match(r"# (.+)\n\n(.+)", opening(page))
    assert (title and title[2].rstrip().endswith("?")) or title[1] == "Fourteen Steps", "a page opens with its question"
    if title[1] in WITHOUT_EXERCISES:
        return
    for part in (":::{admonition} After this page you can", ":::{admonition} Predict",
                 "## Exercise", ":::{exercise}", ":::{solution}", ":::{admonition} In one sentence"):
        assert part in text, f"{title[1]}: {part}"


def test_every_chapter_has_exercises_to_compute_to_explain_and_to_change(page):
    text = "\n".join(cell.source for cell in page.cells)
    title = re.match(r"# (.+)\n", opening(page))[1]
    if title in WITHOUT_EXERCISES:
        return
    labels = re.findall(r":label: (\S+)", text)
    assert len(labels) >= 3 and {"why", "change"} <= {label.rsplit("-")[-1] for label in labels}, labels
    if title not in ("The terms", "Layers"):
        assert 1 <= len(re.findall(r"AnswerBox\(", text)) <= 3, "an answer box from the activation function on"


def test_a_page_asserts_what_it_claims(page):
    landing = opening(page).startswith("# Fourteen Steps")  # it shows, and claims nothing in numbers
    assert landing or any("assert " in cell.source for cell in code(page))
