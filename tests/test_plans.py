"""Lesson plans: their timings add up, their slides are there, what they claim is true, and their page is written from them."""
import ast
import re
from dataclasses import replace
from pathlib import Path

import nbformat
import numpy as np
import pytest
import teaching as tool
from fourteen_steps import decks

import nnlib
from nnlib.classroom.bank import select
from nnlib.classroom.plans import DECKS, PLANS, UNTRAINED, WAITING, Ask, Expected, Session, Stage, asked
from nnlib.classroom.worksheets import Kind, main, sheet_iteration
from nnlib.gates import TWO_EXAMPLES
from nnlib.mistakes import MISTAKES, TRAPS, combined
from nnlib.network import LEARNING_RATE
from nnlib.symbolic import SymbolicNetwork

BOOK = Path(__file__).resolve().parents[1] / "book"
SESSIONS = [session for plan in PLANS for session in plan.sessions]
STAGES = [stage for session in SESSIONS for stage in session.stages]


def test_the_four_plans_and_their_minutes():
    said = [[int(number) for number in re.findall(r"\d+", plan.title)] for plan in PLANS]
    assert said == [[45], [90], [45], [90]]
    assert [[session.minutes for session in plan.sessions] for plan in PLANS] == [[45], [90], [45] * 4, [90] * 2]


@pytest.mark.parametrize("session", SESSIONS, ids=lambda s: s.title)
def test_timings_add_up_and_there_is_something_to_leave_out(session):
    begins = session.begins()
    assert begins[0] == 0 and begins[-1] + session.stages[-1].minutes == session.minutes == sum(s.minutes for s in session.stages)
    assert session.spare >= session.minutes / 5, "a fifth of a lesson goes wrong"
    assert sum(bool(stage.ask) for stage in session.stages) == len(session.stages), "something is asked all the time"


def headings(page):
    return [found for text in tool.texts(page) for found in re.findall(r"^#+ (.*)$", text, re.M)]


@pytest.mark.parametrize("stage", [stage for stage in STAGES if stage.page], ids=lambda s: s.what[:30])
def test_slides_are_on_their_page_in_their_order(stage):
    there = headings(stage.page)
    places = [there.index(heading) for heading, *_ in stage.parts]
    assert places == sorted(places)


@pytest.mark.parametrize("name, session", DECKS.items())
def test_a_deck_has_every_stage_of_its_lesson_once_and_its_slides_in_their_order(name, session):
    stops = session.stops()
    assert [stage for stop in stops for _, stage in stop.stages] == list(session.stages)
    assert [minute for stop in stops for minute, _ in stop.stages] == list(session.begins())
    assert [(stop.page, stop.slides) for stop in stops] == [(stage.page, stage.parts) for stage in session.stages if stage.page]
    told = decks.known()[name]
    assert [len(stop["stages"]) for stop in told["stops"]] == [len(stop.stages) for stop in stops] and told["minutes"] == session.minutes
    for stop, known in zip(stops, told["stops"], strict=True):
        for (_, stage), said in zip(stop.stages, known["stages"], strict=True):
            assert said.get("lines", "") == stage.code
            assert len(said["wrong"]) == len(asked(stage.ask).wrong) and said["right"] and "`" not in str({**said, "code": ""})
    assert f'href="../../_static/deck.html#{name}"' in tool.PLANS_PAGE.read_text("utf8")


OURS = (TWO_EXAMPLES.x, TWO_EXAMPLES.y, nnlib.Parameters.example(), LEARNING_RATE)
OWN = {stage.ask.text: stage.ask for stage in STAGES if isinstance(stage.ask, Ask)}.values()


@pytest.mark.parametrize("fact", [fact for ask in OWN for fact in ask.facts])
def test_what_a_plan_claims_is_true(fact):
    assert eval(fact, {**vars(nnlib), "TWO_EXAMPLES": TWO_EXAMPLES, "OURS": OURS, "sheet_iteration": sheet_iteration, "Kind": Kind}), fact


UNIVERSITY = {minute: stage for name in ("university-1", "university-2")
              for minute, stage in zip(DECKS[name].begins(), DECKS[name].stages, strict=True) if stage.code}
ITERATION = nbformat.read(BOOK / "training/one_iteration.ipynb", as_version=4)
SOLUTION = [cell.source for cell in ITERATION.cells if cell.cell_type == "code"][:3]


def own_program(change=lambda line: line):
    """What a student of the university lessons has in the end, each line as a slip would have it."""
    beginning, to_6, seven, check = (stage.code for stage in UNIVERSITY.values())
    _, forward, back = SOLUTION
    from_8 = back[back.index("dz2_da1"):]
    return "\n".join(map(change, "\n".join((beginning, forward, to_6, seven, from_8, check)).splitlines()))


@pytest.mark.parametrize("slip, verdicts", [
    (lambda line: line, "True True True True"),
    (lambda line: line.replace("dz2_da1 = w2", "dz2_da1 = new_w2"), "False False True True"),
    (lambda line: line.replace("new_w2 = w2 - eta * dE_dw2", "w2 -= eta * dE_dw2; new_w2 = w2"),
     "False False True True"),
    (lambda line: line.replace("dz2_dw2 = a1 ", "dz2_dw2 = z1 "), "True True False True"),
    (lambda line: line.replace("dz2_dw2.T", "dz2_dw2"), "True True False True"),
    (lambda line: line.replace("dz1_dw1.T", "dz1_dw1"), "True True True True"),  # the plan says that it passes
    (lambda line: line.replace("dz2_db2 = np.ones((2, 1))", "dz2_db2 = np.ones((2, 2))"), "True True True False"),
    (lambda line: re.sub(r"dz1_db1 = np.ones\(.*\)", "dz1_db1 = np.ones_like(x)", line), "True False True True"),
], ids=["right", "the new w2 in step 8", "step 7 in place", "z1 for a1", "no transpose of a1", "no transpose of x",
        "ones with two columns in step 4", "ones with two columns in step 11"])
def test_the_check_of_the_university_lessons_says_of_each_gradient_whether_it_is_right(slip, verdicts, capsys):
    exec(own_program(slip), {})
    said = capsys.readouterr().out.splitlines()
    assert said[:-4] and said[-4:] == [f"{name} {verdict}" for name, verdict in zip("w1 b1 w2 b2".split(), verdicts.split(), strict=True)]


def test_a_plan_says_which_bugs_of_the_lab_stop_before_there_is_a_slope():
    stopped = set()
    for key, mistake in MISTAKES.items():
        try:
            nnlib.gradient_check(nnlib.AND.x, nnlib.AND.y, nnlib.Parameters.example(), LEARNING_RATE, operations=mistake.operations)
        except ValueError:
            stopped.add(key)
    assert stopped == {"no transpose for w1", "no transpose for w2"}
    (stage,) = [stage for stage in STAGES if stage.page == "training/bug_lab" and "In pairs" in stage.what]
    assert "The two missing transposes, neither" in stage.what


def test_a_plan_says_what_two_examples_and_a_trap_do_in_the_lab():
    """With two rows the missing transposes fit; of the traps only one lets sympy and the steps disagree."""
    (stage,) = [stage for stage in STAGES if stage.page == "training/bug_lab" and "In pairs" in stage.what]
    assert "the check finds that of step 5, and that of step 12 passes" in stage.what
    off = [nnlib.gradient_check(*OURS, operations=MISTAKES[key].operations).largest_error
           for key in ("no transpose for w1", "no transpose for w2")]
    assert off[0] < 1e-6 < 0.1 < off[1]
    assert next(iter(TRAPS)) == "no biases" and "Only sympy finds *no biases* 100% off" in stage.what
    exact, x, y = SymbolicNetwork(examples=4), nnlib.AND.x, nnlib.AND.y
    for key, trap in TRAPS.items():
        start = trap.start(nnlib.Parameters.example())
        rate = trap.learning_rate or LEARNING_RATE
        it = nnlib.iteration(x, y, start, rate, operations=combined(trap))
        agree = [np.allclose(it[name], exact.numpy(name)(x, y, *start)) for name in ("dE_dw1", "dE_db1", "dE_dw2", "dE_db2")]
        assert all(agree) == (key != "no biases")
        assert nnlib.gradient_check(x, y, start, rate, operations=combined(trap)).passed()


def test_the_lines_that_a_class_gets_run_as_they_come(capsys):
    """Step 7 prints what the sum by hand has found, and the solution that a plan names goes with the check."""
    beginning, to_6, seven, check = (stage.code for stage in UNIVERSITY.values())
    exec("\n".join((beginning, SOLUTION[1], to_6, seven)), {})
    assert "-0.3097" in capsys.readouterr().out
    exec("\n".join((*SOLUTION, check)), {})
    assert capsys.readouterr().out.split()[1::2] == ["True"] * 4
    assert all(len(line) <= 56 for stage in UNIVERSITY.values() for line in stage.code.splitlines())


def test_where_students_write_no_later_cell_needs_what_they_replace():
    cells = nbformat.read(BOOK / "ideas/problem.ipynb", as_version=4).cells
    written = "".join(UNIVERSITY[13].what.split())
    assert "*Whatournetworkhastolearn*" in written and "*Theproblem*" in written
    start = next(at for at, cell in enumerate(cells) if "## What our network has to learn" in cell.source)
    end = next(at for at, cell in enumerate(cells) if "## Exercises" in cell.source)
    last = max(at for at in range(start, end) if cells[at].cell_type == "code")
    later = "\n".join(cell.source for cell in cells[last + 1:] if cell.cell_type == "code")
    theirs = {node.id for node in ast.walk(ast.parse(own_program())) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    assert not theirs & {node.id for node in ast.walk(ast.parse(later)) if isinstance(node, ast.Name)}


VOTES = [stage for stage in STAGES if "**V** on slide 2" in stage.what]
COUNTED = [stage for stage in STAGES if "**V**" in stage.what and stage not in VOTES]


@pytest.mark.parametrize("stage", VOTES, ids=lambda s: s.what[:30])
def test_where_a_class_votes_the_prediction_is_among_the_slides(stage):
    # and on slide 2 of its page: nothing but the page's title and what it teaches stands before it
    cells = nbformat.read(BOOK / f"{stage.page}.ipynb", as_version=4).cells
    shown = [cell.source for cell in cells if cell.cell_type == "markdown"]
    first = next(source for source in shown if ":class: predict" in source)
    before = "\n".join(shown[:shown.index(first)]) + "\n" + first.partition(":class: predict")[0]
    assert re.findall(r"^#+ (.*)$", before, re.M) == [stage.parts[0].heading]
    assert len(VOTES) == 4


@pytest.mark.parametrize("stage", COUNTED, ids=lambda s: s.what[:30])
def test_where_a_plan_counts_votes_a_prediction_stands_below_one_of_its_headings(stage):
    cells = nbformat.read(BOOK / f"{stage.page}.ipynb", as_version=4).cells
    parts = re.split(r"^#+ ", "\n".join(cell.source for cell in cells if cell.cell_type == "markdown"), flags=re.M)
    shown = [part for part in parts if part.partition("\n")[0] in [heading for heading, *_ in stage.parts]]
    assert any(":class: predict" in part for part in shown), [heading for heading, *_ in stage.parts]
    assert len(COUNTED) == 4


@pytest.mark.parametrize("stage", [stage for stage in STAGES if stage.there], ids=lambda s: s.what[:30])
def test_a_question_that_a_slide_asks_comes_with_that_slide(stage):
    """Before the slides nobody had seen the network that the question is about."""
    assert stage in [*VOTES, *COUNTED] and stage.when == "where the slide asks it"
    assert f"where the slide asks it, ask: {asked(stage.ask).text}" in tool.PLANS_PAGE.read_text("utf8")


def test_the_window_of_whoever_speaks_shows_no_mark_of_emphasis_and_keeps_what_is_written_in_code():
    assert decks._plain("Press **V**, then *Why?* and *E: how wrong is it?*; `a * b ** 2`, 2 * 3 * 4, w₂,₁ ⊙ <b.") == (
        "Press V, then Why? and E: how wrong is it?; a * b ** 2, 2 * 3 * 4, w₂,₁ ⊙ <b.")
    for lesson in decks.known().values():
        for stage in (stage for stop in lesson["stops"] for stage in stop["stages"]):
            said = str({**stage, "code": "", "lines": ""}).replace(") ** 2)", "")
            assert not re.search(r"\*|`", said), said


def test_what_a_late_teacher_saves_is_said_in_minutes_or_in_one_minute():
    assert Stage(5, "Talk.", cut="All of it.", saves=1).late == "All of it. Saves 1 minute."
    assert Stage(5, "Talk.", cut="All of it.", saves=2).late == "All of it. Saves 2 minutes." and Stage(5, "Talk.").late == ""


def test_a_quiz_in_a_plan_asks_what_no_lesson_before_it_has_asked_and_the_plan_answers_it():
    week = next(plan for plan in PLANS if plan.key == "week")
    before = {asked(stage.ask).text for stage in week.sessions[0].stages}
    quiz = week.sessions[1].stages[0]
    (heading, *_), = quiz.parts
    number, _, question = heading.partition(". ")
    own = [item.ask for item in select("ideas") if getattr(item, "quiz", False)]
    assert [sum(one in before for one in own), len(own)] == [4, 6] and "four of its six questions" in week.sessions[0].homework
    assert question not in before and asked(quiz.ask).text == question and "`" not in question
    assert f"({number}) {asked(quiz.ask).right.partition('. ')[0]};" in quiz.what
    for item in select("ideas"):
        assert not getattr(item, "quiz", False) or f") {item.answer.text.rstrip('.')}" in quiz.what


def test_what_a_question_needs_has_been_on_a_slide():
    """AND's four rows before they are asked for, the line where the ruler and the bias need it, and the plateau at its epoch."""
    for plan in (plan for plan in PLANS if not plan.programs):
        for stage in (stage for session in plan.sessions for stage in session.stages if stage.ask is UNTRAINED):
            assert stage.parts[0].heading == "Two gates"
    assert not any("line out" in stage.cut for stage in STAGES)
    run = nnlib.train(nnlib.AND.x, nnlib.AND.y, OURS[2], LEARNING_RATE, 100)
    assert all(abs(nnlib.feedforward(nnlib.AND.x, run[at]).a2 - 0.25).max() < off for at, off in ((10, 0.1), (WAITING, 0.05), (100, 0.1)))
    cells = nbformat.read(BOOK / "training/training.ipynb", as_version=4).cells
    (tags,) = [cell.metadata.tags for cell in cells if cell.source.endswith("TrainingExplorer()")]
    assert "builds-4" in tags, "Page Down goes on in it"


def test_who_is_said_to_leave_something_out_was_to_show_it():
    for stage in STAGES:
        if "gears" in stage.cut:
            assert any("Gears" in heading for heading, *_ in stage.parts)


def test_the_worksheets_of_a_plan_can_be_written_as_it_says(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    commands = re.findall(r"^    \.venv/bin/python -m nnlib\.worksheets (.*)$", tool.PLANS_PAGE.read_text("utf8"), re.M)
    assert len(commands) == sum(bool(plan.sheets) for plan in PLANS) == 2
    for command in commands:
        assert main(command.replace("--students 24", "--students 1").split()) == 0
        assert (tmp_path / "worksheets.pdf").exists() and (tmp_path / "worksheets-key.pdf").exists()


def test_a_question_of_the_bank_comes_with_its_wrong_answers():
    ask = asked("loss-of-two")
    assert ask.right.startswith("0.145") and len(ask.wrong) == 3 and all(one.answer and one.say for one in ask.wrong)
    assert "sigmoid" in asked("forward-in-code").code
    with pytest.raises(ValueError, match="an item to choose, to compute or to explain, got 'words-of-training'"):
        asked("words-of-training")
    with pytest.raises(KeyError, match="did you mean 'loss-of-two'"):
        asked("loss-of-twos")


def test_what_does_not_add_up_is_refused():
    session = SESSIONS[0]
    with pytest.raises(ValueError, match="expected stages of 46 minutes, got 45"):
        replace(session, minutes=46)
    with pytest.raises(ValueError, match="a cut with its minutes"):
        Stage(5, "Talk.", cut="All of it.")
    with pytest.raises(ValueError, match="saves"):
        Stage(5, "Talk.", cut="All of it.", saves=6)
    with pytest.raises(ValueError, match="on one of them, got both"):
        Stage(5, "Talk.", later=True, there=True)
    with pytest.raises(ValueError, match="its right answer and a wrong one"):
        Ask("Why?", "So.", ())
    assert Session("a", 5, (Stage(5, "Talk.", ask=Ask("Why?", "So.", (Expected("No.", "Yes."),))),)).begins() == (0,)


def test_the_page_is_fresh_and_has_every_minute():
    text = tool.PLANS_PAGE.read_text("utf8")
    assert text == tool.written(tool.PLANS_PAGE), "make names writes it"
    for line in re.findall(r"^\| (\d+)–(\d+) \|", text, re.M):
        assert int(line[0]) < int(line[1])
    assert len(re.findall(r"^\| \d+–\d+ \|", text, re.M)) == len(STAGES)
