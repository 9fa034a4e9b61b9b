"""Handouts: four pages for each part, every blank with its answer, and every number computed a second time by sympy."""
import re
from math import exp

import numpy as np
import pytest
import sympy as sp
from paper_reader import Circle, Line, Words, marks, of_kind, outside, overlapping, texts
from pypdf import PdfReader

from nnlib.classroom import blanks, exercises, handouts
from nnlib.classroom.blanks import Handout, Number, Numbers, with_formulas
from nnlib.classroom.blanks import Words as Sentence
from nnlib.classroom.board import BOTH, ONE, SEED
from nnlib.classroom.handouts import HANDOUTS, PAGES
from nnlib.classroom.items import PARTS
from nnlib.classroom.paper import MARGIN, PAPERS
from nnlib.classroom.plans import PACK
from nnlib.classroom.worksheets import sheet_iteration
from nnlib.numerals import on_paper

by_key = pytest.mark.parametrize("key", HANDOUTS)
SPACES = re.compile(r"[\s\u00a0]+")


def words(text):
    return SPACES.sub("", text)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Writes a handout once, and gives where it is."""
    folder, known = tmp_path_factory.mktemp("handouts"), {}

    def make(key, paper="a4", answers=False, seed=1):
        what = key, paper, answers, seed
        if what not in known:
            known[what] = folder / f"{len(known)}.pdf"
            handouts.write(known[what], key, paper, answers, seed)
        return known[what]

    return make


def test_every_part_of_the_book_has_one():
    assert {one.part for one in HANDOUTS.values()} == set(PARTS)


@by_key
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("answers", [False, True])
def test_it_is_four_pages_whose_text_is_inside_and_stands_on_nothing(made, key, paper, answers):
    path = made(key, paper, answers)
    read = PdfReader(path)
    assert len(read.pages) == 4 and read.trailer["/Root"]["/Lang"] == "en" and HANDOUTS[key].title in read.metadata.title
    width, height = PAPERS[paper]
    for number, page in enumerate(marks(path)):
        assert not outside(page, MARGIN - 9, MARGIN - 3, width - MARGIN + 1, height - MARGIN + 3), PAGES[number]
        assert not overlapping(page)
        assert PAGES[number] in [one.text for one in of_kind(Words, page)]
        assert min(one.size for one in of_kind(Words, page)) >= 5


@by_key
def test_all_fonts_are_in_the_file(made, key):
    for page in PdfReader(made(key)).pages:
        for font in page["/Resources"]["/Font"].values():
            assert "/FontFile2" in font.get_object()["/FontDescriptor"].get_object()


@by_key
def test_what_was_said_and_every_sentence_stand_on_the_paper(made, key):
    handout = HANDOUTS[key]
    said, asked, reckoned, exercise = map(words, texts(made(key)))
    assert words(handout.question) in said and all(words(with_formulas(point)) in said for point in handout.points)
    for page, sentences in ((asked, handout.words), (reckoned, handout.numbers)):
        for sentence in sentences:
            assert words("".join(piece.text for piece in sentence.pieces() if not piece.blank)) in page, sentence.text
    assert words(handout.ask) in exercise and words(handout.last) in exercise
    assert all(words(choice) in asked for choice in handout.choices)


@by_key
def test_every_blank_is_a_line_and_has_its_answer_in_the_teachers_copy_only(made, key):
    handout = HANDOUTS[key]
    for number, sentences in ((1, handout.words), (2, handout.numbers)):
        answers = [answer for sentence in sentences for answer in sentence.answers]
        pupil, teacher = (marks(made(key, answers=copy))[number] for copy in (False, True))
        colour = next(one.colour for one in of_kind(Words, teacher) if one not in pupil)
        filled = [one for one in of_kind(Words, teacher) if one.colour == colour and one not in pupil]
        assert [one.text for one in filled] == answers
        lines = [one for one in of_kind(Line, pupil) if one.y1 == one.y2 and one.x2 - one.x1 < 250]
        for one in filled:
            under = [line for line in lines if line.x1 < one.x and one.right < line.x2 and 0 < one.y - line.y1 < 5]
            assert len(under) == 1, f"{one.text}: no line to write on"
            assert under[0].x2 - under[0].x1 > 1.5 * (one.right - one.x), "no room for a pen"


@by_key
def test_two_words_to_fill_in_do_not_fit_one_blank_twice_over(key):
    """In one sentence every answer is another word, and no sentence gives its own answer away."""
    for sentence in HANDOUTS[key].words:
        assert len(set(sentence.answers)) == len(sentence.answers)
        plain = " ".join(piece.text for piece in sentence.pieces() if not piece.blank)
        assert not any(re.search(rf"\b{re.escape(answer)}\b", plain, re.I) for answer in sentence.answers), sentence.text


# ---- a second implementation ----


def sigma(z):
    return 1 / (1 + exp(-z))


START = [[0.3, -0.1], [0.2, 0.4], [0.1, -0.2], [0.5, -0.3], 0.1]  # two rows of w1, b1, w2, b2


def run(rows, p):
    """Forward through the 2-2-1 network with plain Python: the hidden activations and the prediction of each row."""
    w, b, v, c = p[:2], p[2], p[3], p[4]
    out = []
    for x in rows:
        a = [sigma(x[0] * w[0][j] + x[1] * w[1][j] + b[j]) for j in (0, 1)]
        out.append((a, sigma(a[0] * v[0] + a[1] * v[1] + c)))
    return out


def one_epoch(rows, y, p, rate):
    w, b, v, c = [list(p[0]), list(p[1])], list(p[2]), list(p[3]), p[4]
    for x, target, (a, says) in zip(rows, y, run(rows, p), strict=True):
        d = (says - target) * says * (1 - says)
        c -= rate * d
        for j in (0, 1):
            v[j] -= rate * d * a[j]
            e = d * p[3][j] * a[j] * (1 - a[j])
            b[j] -= rate * e
            for i in (0, 1):
                w[i][j] -= rate * e * x[i]
    return [*w, b, v, c]


def loss(rows, y, p):
    return sum((says - target) ** 2 for target, (_, says) in zip(y, run(rows, p), strict=True)) / 2


GATE = [(0, 0), (0, 1), (1, 0), (1, 1)], [0, 0, 0, 1]


@pytest.fixture(scope="module")
def exact():
    """What the sentences print and do not ask for, by plain Python."""
    found = {f"A{at}": says for at, (_, says) in enumerate(run([(0, 1), (1, 1)], START), 1)}
    p = START
    for _ in range(1000):
        if p is START:
            found["L0"] = loss(*GATE, p)
        p = one_epoch(*GATE, p, 0.5)
        found.setdefault("L1", loss(*GATE, p))
    found |= {f"T{row}": says for row, (_, says) in enumerate(run(GATE[0], p))}
    return found | {name: loss(*GATE, [*START[:3], [w, -0.3], 0.1]) for name, w in (("Lup", 0.501), ("Ldown", 0.499))}


NUMBERS = [(key, sentence) for key, handout in HANDOUTS.items() for sentence in handout.numbers]


@pytest.mark.parametrize("key, sentence", NUMBERS, ids=lambda one: one if isinstance(one, str) else one.text[:30])
def test_sympy_agrees_on_every_number(key, sentence, exact):
    known = {name: sp.Float(value, 30) for name, value in exact.items()} | {"round6": lambda value: sp.Float(round(float(value), 6), 30)}
    for name, number in sentence.numbers.items():
        value = float(sp.N(sp.sympify(number.judge, locals=known), 30))
        assert on_paper(value, number.digits) == number.written, (name, sentence.text)
        assert abs(float(number.value()) - value) < 1e-9 * max(1, abs(value)), name


def test_a_pupil_who_goes_on_from_the_printed_predictions_has_the_same_digits():
    """Step by step from a₂ with six digits, as the paper has it."""
    steps = HANDOUTS["steps"]
    printed = {f"A{at}": sp.Rational(steps.numbers[0].numbers[key].written) for at, key in ((1, "a"), (2, "b"))}
    for sentence in steps.numbers:
        for key, number in sentence.numbers.items():
            value = float(sp.N(sp.sympify(number.judge, locals=printed), 30))
            assert on_paper(value, number.digits) == number.written, key


# ---- the exercises ----


@pytest.mark.parametrize("name", exercises.EXERCISES)
def test_a_seed_is_an_exercise_and_another_seed_is_another(name):
    numbers = {repr([one.values.tolist() for row in exercises.EXERCISES[name](seed).given for one in row]) for seed in range(20)}
    assert len(numbers) > 10
    again = [exercises.EXERCISES[name](3) for _ in range(2)]
    assert again[0].answer == again[1].answer


@pytest.mark.parametrize("name", ["forward", "trained"])
@pytest.mark.parametrize("seed", range(6))
def test_plain_python_does_the_way_forward(name, seed):
    exercise = exercises.EXERCISES[name](seed)
    given = {one.symbol: one.values for row in exercise.given for one in row}
    p = [*given["w₁"].tolist(), given["b₁"][0].tolist(), given["w₂"][:, 0].tolist(), given["b₂"][0, 0]]
    found = {one.symbol: one.values for box in exercise.boxes for one in box.results}
    for row, (a, says) in enumerate(run(given["x"].tolist(), p)):
        assert found["a₁"][row] == pytest.approx(a) and found["a₂"][row, 0] == pytest.approx(says)
    assert found["E"][0, 0] == pytest.approx(loss(given["x"].tolist(), given["y"][:, 0].tolist(), p))


@pytest.mark.parametrize("seed", range(6))
def test_plain_python_does_the_fourteen_steps(seed):
    exercise = exercises.steps(seed)
    given = {one.symbol: one.values for row in exercise.given for one in row}
    p = [*given["w₁"].tolist(), given["b₁"][0].tolist(), given["w₂"][:, 0].tolist(), given["b₂"][0, 0]]
    *w, b, v, c = one_epoch(given["x"].tolist(), given["y"][:, 0].tolist(), p, 0.5)
    found = {one.symbol: one.values for box in exercise.boxes for one in box.results}
    assert found["new w₁"] == pytest.approx(np.array(w)) and found["new b₁"][0] == pytest.approx(b)
    assert found["new w₂"][:, 0] == pytest.approx(v) and found["new b₂"][0, 0] == pytest.approx(c)
    assert found["∂E/∂w₁"][1] == pytest.approx(found["∂E/∂b₁"][0]), "what the last question asks about"
    assert [box.label for box in exercise.boxes] == [str(label) for label in range(1, 15)]


@pytest.mark.parametrize("name", ["forward", "steps"])
def test_the_network_of_its_own_is_on_no_sheet_of_a_pack(name):
    """Sheet 1 is on the slides, and the key of a pack has the solution of all its sheets."""
    given = {one.symbol: one.values for row in exercises.EXERCISES[name](handouts.SEED).given for one in row}
    own = np.concatenate([np.ravel(given[symbol]) for symbol in ("w₁", "b₁", "w₂", "b₂")])
    sheets = [sheet_iteration(SEED, number, kind) for kind in (ONE, BOTH) for number in range(1, PACK + 1)]
    for it in sheets:
        assert not np.array_equal(own, np.concatenate([np.ravel(it[part]) for part in ("w1", "b1", "w2", "b2")]))


@pytest.mark.parametrize("seed", range(12))
def test_one_neuron_one_path_and_shares(seed):
    neuron = {one.symbol: one.values for part in (*exercises.neuron(seed).given, *(box.results for box in exercises.neuron(seed).boxes))
              for one in part}
    for x, z, a in zip(neuron["x"], neuron["z"][:, 0], neuron["a"][:, 0], strict=True):
        assert z == pytest.approx(x[0] * neuron["w"][0, 0] + x[1] * neuron["w"][1, 0] + neuron["b"][0, 0]) and a == pytest.approx(sigma(z))
        assert abs(z) >= exercises.APART - 1e-9
        assert (f"({on_paper(x[0])}, {on_paper(x[1])})" in exercises.neuron(seed).answer) == (z > 0)
    made = exercises.shares(seed)
    found = {one.symbol: one.values[0] for part in (*made.given, *(box.results for box in made.boxes)) for one in part}
    total = sum(exp(z) for z in found["z"])
    for z, y, b, power, share, delta, new in zip(*(found[name] for name in ("z", "y", "b", "eᶻ", "p", "δ", "new b")), strict=True):
        assert (power, share, delta, new) == pytest.approx((exp(z), exp(z) / total, exp(z) / total - y, b - 0.5 * (exp(z) / total - y)))
    assert found["E"][0] == pytest.approx(-np.log(found["p"][found["y"] == 1][0]))
    path = exercises.chain(seed)
    found = {one.symbol: one.values for part in (*path.given, *(box.results for box in path.boxes)) for one in part}
    a, w, b, y = found["a₁"][0], found["w₂"][:, 0], found["b₂"][0, 0], found["y"][0, 0]
    says = sigma(a[0] * w[0] + a[1] * w[1] + b)
    blame = (says - y) * says * (1 - says)
    assert found["new w₂"][:, 0] == pytest.approx([w[j] - 0.5 * blame * a[j] for j in (0, 1)])
    after = sigma(sum(a[j] * found["new w₂"][j, 0] for j in (0, 1)) + b - 0.5 * blame)
    assert on_paper(after) in path.answer and abs(after - y) < abs(says - y)


@by_key
@pytest.mark.parametrize("paper", PAPERS)
def test_no_seed_makes_the_exercise_overflow(made, key, paper):
    width, height = PAPERS[paper]
    for seed in range(2, 6):
        (page,) = marks(made(key, paper, True, seed), 3)
        assert not overlapping(page) and not outside(page, MARGIN - 9, MARGIN - 3, width - MARGIN + 1, height - MARGIN + 3)
        lines = [one for one in of_kind(Line, page) if one.x1 == one.x2]
        for word in of_kind(Words, page):  # no bracket stands in a word
            assert not any(word.x < one.x1 < word.right and one.box[1] < word.y + 3 < one.box[3] for one in lines), (seed, word.text)


@by_key
def test_a_picture_keeps_its_words_apart_from_its_neurons(made, key):
    page = marks(made(key))[0]
    for word, circle in ((word, circle) for word in of_kind(Words, page) for circle in of_kind(Circle, page) if circle.radius > 5):
        inside = circle.box[0] < (word.x + word.right) / 2 < circle.box[2] and circle.box[1] < word.y + 3 < circle.box[3]
        assert inside or not (word.x < circle.box[2] and word.right > circle.box[0] and word.box[1] < circle.box[3] - 3
                              and word.box[3] > circle.box[1] + 3), word.text


# ---- what is refused ----


def test_the_same_bytes_each_time_and_bad_input_is_refused(made, tmp_path):
    handouts.write(tmp_path / "again.pdf", "ideas")
    assert (tmp_path / "again.pdf").read_bytes() == made("ideas").read_bytes()
    for given, said in ((("idea",), "key: expected one of .* did you mean 'ideas'"), (("ideas", "a5"), "paper: expected one of"),
                        (("ideas", "a4", False, 1.5), "seed"), (("ideas", "a4", "no"), "answers: expected True or False")):
        with pytest.raises((TypeError, ValueError), match=said):
            handouts.write(tmp_path / "bad.pdf", *given)
    assert not (tmp_path / "bad.pdf").exists()


def test_a_sentence_without_a_blank_and_a_number_without_a_place_are_refused():
    with pytest.raises(ValueError, match="text: expected a sentence with blanks"):
        Sentence("Nothing is left open.")
    with pytest.raises(ValueError, match="text: expected a sentence with blanks for words"):
        Sentence("A {=word} is printed.")
    with pytest.raises(ValueError, match="numbers: expected those of the sentence, z, got a"):
        Numbers("The sum is {z}.", {"a": Number(lambda: 1, "1")})
    with pytest.raises(ValueError, match="text: expected a sentence with a blank"):
        Numbers("The sum is {=z}.", {"z": Number(lambda: 1, "1")})
    one = HANDOUTS["ideas"]
    with pytest.raises(ValueError, match="points of 'x': expected 3 or more"):
        Handout(**{**vars(one), "key": "x", "points": one.points[:2]})
    with pytest.raises(ValueError, match="ask of 'x': expected some text"):
        Handout(**{**vars(one), "key": "x", "ask": " "})
    with pytest.raises(ValueError, match="part: expected one of"):
        Handout(**{**vars(one), "part": "idea"})
    with pytest.raises(KeyError):
        Handout(**{**vars(one), "points": ("{F9}", "b", "c")})


def test_a_blank_is_cut_out_of_its_sentence_and_a_printed_number_is_text():
    pieces = Numbers("From {=a} to {b}, as (0, 1) says.", {"a": Number(lambda: 0.5, "1/2"), "b": Number(lambda: 2, "2")}).pieces()
    assert [tuple(piece) for piece in pieces] == [("From 0.5 to ", False), ("2", True), (f", as (0,{blanks.HOLDS}1) says.", False)]


def test_the_command(tmp_path, capsys):
    assert handouts.main(["steps", "--seed", "7", "--answers", "--output", str(tmp_path / "s.pdf")]) == 0
    assert capsys.readouterr().out == f"{tmp_path / 's.pdf'}: four pages, {HANDOUTS['steps'].title}\n"
    handouts.write(tmp_path / "t.pdf", "steps", seed=7, answers=True)
    assert (tmp_path / "s.pdf").read_bytes() == (tmp_path / "t.pdf").read_bytes()
    for arguments, said in ((["stepps", "--output", "x.pdf"], "invalid choice: 'stepps'"), (["steps"], "required: --output"),
                            (["steps", "--seed", "x", "--output", "x.pdf"], "argument --seed: expected a whole number, got 'x'"),
                            (["steps", "--output", str(tmp_path / "no" / "x.pdf")], "cannot write")):
        with pytest.raises(SystemExit):
            handouts.main(arguments)
        assert said in capsys.readouterr().err
