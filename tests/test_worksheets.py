"""Worksheets: the numbers, read back from the PDF, are nnlib's; the same options give the same bytes."""
import base64
import csv
import json
import re
import subprocess
import sys

import numpy as np
import pytest
from javascript import Module
from openpyxl import Workbook
from paper_reader import numbers_in, texts
from pypdf import PdfReader

from nnlib import AND, OPERATIONS, STEPS
from nnlib.classroom import sheets
from nnlib.classroom.names import read_names
from nnlib.classroom.rounding import results
from nnlib.classroom.worksheets import (
    LEVELS,
    MOST_STUDENTS,
    SMALL,
    STRIDE,
    TRIES,
    USUAL,
    Kind,
    _drawn,
    _scattered,
    explorer_link,
    main,
    margins,
    sheet_iteration,
)
from nnlib.links import unpack
from nnlib.losses import SQUARED_ERROR
from nnlib.numerals import on_paper

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Three sheets and their key."""
    folder = tmp_path_factory.mktemp("sheets")
    assert main(["--students", "3", "--seed", "7", "--output", str(folder / "w.pdf"), "--site", "https://example.org/book/"]) == 0
    return folder


def test_every_value_stands_in_the_key(written):
    pages = texts(written / "w-key.pdf")
    assert len(pages) == 3
    for student, text in enumerate(pages, 1):
        it = sheet_iteration(7, student)
        found = numbers_in(text)
        for operation in OPERATIONS:
            for name in operation.outputs:
                for value in np.ravel(it[name]):
                    shown = float(f"{value:.4g}") if abs(value) > 1e-12 else 0.0
                    assert shown in found, f"sheet {student}: {name} = {shown}"
        for name in ("w1", "b1", "w2", "b2"):
            assert all(value in found for value in np.ravel(it[name]))


def test_the_sheets_have_the_task_and_not_the_results(written):
    pages = texts(written / "w.pdf")
    assert len(pages) == 6
    for student in (1, 2, 3):
        it = sheet_iteration(7, student)
        front, back = pages[2 * student - 2], pages[2 * student - 1]
        for value in (*it.w1.flat, *it.b1.flat, *it.w2.flat, *it.b2.flat):
            assert on_paper(value) in front
        for label in ("F1", "F2", "F3", "F4", "E"):
            assert re.search(rf"\b{label}\b", front)
        for step in STEPS:
            assert step.title in back
        for value in (*it.a2.flat, it.E):
            assert on_paper(value) not in front
        for value in (*it.dE_dw1.flat, *it.new_w2.flat):
            assert on_paper(value) not in back


def numbers(seed, count, kind=USUAL):
    """What the sheets of a seed give, each as bytes."""
    its = [sheet_iteration(seed, k, kind) for k in range(1, count + 1)]
    return [b"".join(it[name].tobytes() for name in LEVELS[kind.level].given) for it in its]


def test_no_two_seeds_share_a_sheet():
    # 1,000 pairs of seeds: neighbours, who shared all but one of their sheets when pupil k had seed + k, and any others
    rng = np.random.default_rng(0)
    first = [int(s) for s in rng.integers(-10**8, 10**8, 1000)]
    pairs = [(seed, seed + gap) for seed, gap in zip(first, [1] * 300 + [*range(2, 302)] + [int(g) for g in rng.integers(1, 10**6, 400)],
                                                     strict=True)]
    for a, b in (pairs[0], pairs[500], pairs[900]):
        sheets_of_both = numbers(a, 200) + numbers(b, 200)
        assert len(set(sheets_of_both)) == 400
    # and all of the first 200 sheets of all 1,000 pairs, by what they are drawn from
    own = {seed: {_scattered(seed * STRIDE + k, 20**9) for k in range(200 * TRIES)} for pair in pairs for seed in pair}
    assert not any(own[a] & own[b] for a, b in pairs) and {len(sheets) for sheets in own.values()} == {200 * TRIES}


def test_the_numbers_of_sheets_are_scattered_and_none_is_met_twice():
    # the two sheets of a pair differ because this map takes no value twice; here on a domain small enough to see all of it
    for below in (20**3, 7777, 2**10):
        assert sorted(_scattered(n, below) for n in range(below)) == list(range(below))
    assert MOST_STUDENTS * TRIES <= STRIDE and 20**9 % STRIDE == 20**7 % STRIDE == 0, "the sheets of two seeds are the same ones or none"
    assert np.array_equal(sheet_iteration(1, 3).w1, sheet_iteration(62_500_001, 3).w1), "so far they go"
    tenths = np.array([_drawn(5 * STRIDE + k, 9) for k in range(1000)]) * 10
    assert set(np.unique(tenths.round(6))) == set(range(-10, 11)) - {0} and abs(tenths.mean(axis=0)).max() < 0.7


def test_hardly_a_sheet_has_very_small_numbers():
    for kind in (USUAL, Kind("neuron", 3)):
        its = [sheet_iteration(4, k, kind) for k in range(1, 201)]
        least = [min(abs(v) for op in kind.operations for name in op.outputs for v in np.ravel(it[name]) if abs(v) > 1e-12) for it in its]
        assert np.mean(np.array(least) >= SMALL) > 0.98


@pytest.mark.parametrize("kind", [Kind("neuron"), Kind("neuron", rows=4), Kind("output", rows=1), Kind("all", rows=3)])
def test_every_pupil_has_other_numbers(kind):
    assert len(set(numbers(7, 200, kind) + numbers(8, 200, kind))) == 400


def test_a_forgotten_transpose_is_seen():
    for pupil in range(1, 31):
        it = sheet_iteration(7, pupil)
        assert it.x.shape == (2, 2) and not np.array_equal(it.x, it.x.T)
        wrong = it.dz1_dw1 @ it.dE_dz1
        assert not np.all(abs(wrong - it.dE_dw1) <= margins(it)["dE_dw1"])


def test_with_more_than_two_rows_step_13_cannot_be_copied_from_step_12():
    for pupil in range(1, 31):
        for rows in (2, 3, 4):
            it = sheet_iteration(7, pupil, Kind(rows=rows))
            assert any(np.allclose(it.dE_db1[0], row) for row in it.dE_dw1) == (rows == 2)


def pupils(operation, known, digits):
    """The results of who rounds every result, and every product before it is added, to so many digits."""
    def rounded(values):
        return np.vectorize(lambda v: float(f"{v:.{digits}g}"))(np.asarray(values, dtype=float))

    def product(a, b):
        return sum(rounded(a[..., :, [k]] * b[..., [k], :]) for k in range(a.shape[-1]))

    by_hand = {"F1": lambda k: (product(k["x"], k["w1"]) + k["b1"],), "F3": lambda k: (product(k["a1"], k["w2"]) + k["b2"],),
               "12": lambda k: (d := rounded(product(k["dE_dz2"], k["dz2_da1"].T) * k["da1_dz1"]), product(k["dz1_dw1"].T, d)),
               "13": lambda k: (product(k["dz1_db1"].T, k["dE_dz1"]),), "6": lambda k: (product(k["dz2_db2"].T, k["dE_dz2"]),),
               "5": lambda k: (d := rounded(k["dE_da2"] * k["da2_dz2"]), product(k["dz2_dw2"].T, d)),
               "7": lambda k: tuple(k[n] - rounded(0.5 * k[f"dE_d{n}"]) for n in ("w2", "b2")),
               "14": lambda k: tuple(k[n] - rounded(0.5 * k[f"dE_d{n}"]) for n in ("w1", "b1"))}
    exact = tuple(results(operation, known).values())
    values = by_hand[operation.label](known) if operation.label in by_hand else exact
    return {name: rounded(value) for name, value in zip(operation.outputs, values, strict=True)}


@pytest.mark.parametrize("kind", [USUAL, Kind("output", 4), Kind("neuron", 3), Kind(digits=3)])
def test_who_rounds_every_time_passes(kind):
    nearest = 0
    for seed in (1, 2):
        for pupil in range(1, 101):
            it = sheet_iteration(seed, pupil, kind)
            off, known = margins(it, kind), {**it, "loss": SQUARED_ERROR}
            for operation in kind.operations:
                known.update(pupils(operation, known, kind.digits))
                for name in operation.outputs:
                    away = abs(known[name] - it[name])
                    assert np.all(away <= off[name]), f"seed {seed}, sheet {pupil}: {name}"
                    nearest = max(nearest, *(away / np.maximum(off[name], 1e-12)).flat)
    assert nearest > 0.3, "and no margin is far too wide"


def test_a_number_that_is_taken_away_as_it_stands_brings_no_rounding_of_its_own():
    """Beside a₂ ± 0.0002 stood a₂ − 1 ± 0.002, as if somebody had rounded the target."""
    off = margins(sheet_iteration(1, 1, Kind("output", 1)), Kind("output", 1))
    assert off["dE_da2"].max() == pytest.approx(off["a2"].max() + 1e-4) and off["dE_da2"].max() < 3e-4


def test_a_class_list(tmp_path):
    lists = {"lines.txt": ("Ada\nBo\n\n", "utf-8"), "german.csv": ("Nr;Name;Klasse\n1;Jürgen Groß;9a\n2;Bo;9a\n", "cp1252"),
             "excel.csv": ("Name\tKlasse\nZoë\t9a\n", "utf-16"), "bom.csv": ('"Name","Class"\n"O\'Neil,  Pat",9\n', "utf-8-sig")}
    for name, (text, encoding) in lists.items():
        (tmp_path / name).write_bytes(text.encode(encoding))
    assert [read_names(tmp_path / name, 30) for name in lists] == [["Ada", "Bo"], ["Jürgen Groß", "Bo"], ["Zoë"], ["O'Neil, Pat"]]


@pytest.mark.parametrize(("text", "names"), [
    ("Nachname;Vorname\nLovelace;Ada\nNoether;Emmy\n", ["Ada Lovelace", "Emmy Noether"]),
    ("Nr;Name;Vorname;Klasse\n1;Lovelace;Ada;9a\n2;Noether;Emmy;9a\n", ["Ada Lovelace", "Emmy Noether"]),
    ("First name,Last name\nAda,Lovelace\nEmmy,Noether\n", ["Ada Lovelace", "Emmy Noether"]),
    ("Nom;Prénom\nLovelace;Ada\nNoether;Emmy\n", ["Ada Lovelace", "Emmy Noether"]),
    ("Surname\nLovelace\nNoether\n", ["Lovelace", "Noether"]),
    ("Klasse;Vorname\n9a;Ada\n9a;Emmy\n", ["Ada", "Emmy"]),
])
def test_first_and_last_names_are_joined_and_no_head_is_a_pupil(tmp_path, text, names):
    (tmp_path / "class.csv").write_text(text, "utf8")
    assert read_names(tmp_path / "class.csv", 30) == names
    book = Workbook()
    for row in csv.reader(text.splitlines(), delimiter=";" if ";" in text else ","):
        book.active.append(row)
    book.save(tmp_path / "class.xlsx")
    assert read_names(tmp_path / "class.xlsx", 30) == names
    (tmp_path / "bad.xlsx").write_text(text, "utf8")
    with pytest.raises(ValueError, match=r"bad\.xlsx: expected a spreadsheet, got something else"):
        read_names(tmp_path / "bad.xlsx", 30)


@pytest.mark.parametrize(("raw", "message"), [
    (b"", "expected at least one name, got none"), (b"Name\n", "expected at least one name, got none"),
    (b"Ada\nBo\nAda\n", "line 3: 'Ada' stands in line 1, too"), (b"Name,Class\nAda,1\n,2\n", "line 3: expected a name, got nothing"),
    (b"a\nb\nc\n", "expected at most 2 names, got 3"), (b"\x89PNG\0\0\x81", "expected text"),
])
def test_a_bad_class_list_is_refused_in_one_line(tmp_path, capsys, raw, message, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "class.csv").write_bytes(raw)
    with pytest.raises(ValueError, match=re.escape(message)) as refused:
        read_names("class.csv", 2)
    assert str(refused.value).startswith("class.csv")
    if "at most" not in message:
        with pytest.raises(SystemExit, match="2"):
            main(["--names", "class.csv"])
        assert f"error: argument --names: {refused.value}" in capsys.readouterr().err and len(list(tmp_path.iterdir())) == 1


def test_names_levels_and_a_decimal_comma_stand_on_the_sheets(tmp_path):
    (tmp_path / "class.csv").write_text("Name;Klasse\nJürgen;9a\nBo;9b\n", "utf8")
    options = ["--names", str(tmp_path / "class.csv"), "--seed", "3", "--level", "output", "--rows", "3", "--digits", "3",
               "--decimal", "comma", "--no-formulas", "--output", str(tmp_path / "w.pdf"), "--scheme", str(tmp_path / "s.pdf")]
    assert main(options) == 0
    pages, key, it = texts(tmp_path / "w.pdf"), texts(tmp_path / "w-key.pdf"), sheet_iteration(3, 1, Kind("output", 3, 3))
    assert (len(pages), len(key)) == (4, 2) and "Jürgen" in pages[0] and "Jürgen" in key[0] and "Bo" in pages[3]
    assert f"{it.a2[0, 0]:.3g}".replace(".", ",") in key[0] and not re.search(r"\d\.\d", key[0]) and "13" not in key[0].split()
    assert "z₁ = x w₁" not in pages[0] and "three significant digits (0,0123456 becomes 0,0123;" in " ".join(pages[0].split())
    (scheme,) = texts(tmp_path / "s.pdf")
    assert "a slip in step 1 costs one mark, and not one for each result that follows from it" in " ".join(scheme.split())


def test_the_link_opens_the_same_state(written):
    links = [note.get_object()["/A"]["/URI"] for note in PdfReader(written / "w-key.pdf").pages[1]["/Annots"]]
    assert links == [explorer_link("https://example.org/book", sheet_iteration(7, 2))]
    packed = links[0].split("#StepExplorer=")[1]
    assert packed.startswith("1.")
    padding = "=" * (-len(packed[2:]) % 4)
    raw = json.loads(base64.urlsafe_b64decode(packed[2:] + padding))  # V8 alone has no atob; a browser test opens the link
    state = Module("model/links.js")("checkedSteps(raw)", raw=raw)
    it = sheet_iteration(7, 2)
    assert state["parameters"] == {name: it[name].tolist() for name in ("w1", "b1", "w2", "b2")}
    assert state["examples"]["x"] == AND.x[[3, 1]].tolist() and state["learning_rate"] == 0.5 and state["step"] == "F1"


def test_the_link_holds_the_whole_state():
    it = sheet_iteration(7, 1)
    place, packed = explorer_link("https://example.org/fourteen/", it, step="5").split("#StepExplorer=")
    assert place == "https://example.org/fourteen/book/index.html"
    assert unpack(packed) == {
        "step": "5", "epoch": 0, "parameters": {name: it[name].tolist() for name in ("w1", "b1", "w2", "b2")},
        "examples": {"name": "own", "x": [[1, 1], [0, 1]], "y": [[1], [0]]}, "learning_rate": 0.5,
        "hidden": "sigmoid", "output": "sigmoid", "predict": False}


@pytest.fixture
def asked(monkeypatch, tmp_path):
    """What the command asks to be written, in a folder of its own."""
    calls, rest = [], []
    monkeypatch.chdir(tmp_path)
    for name in ("sheets", "key"):
        def note(path, *options, name=name):
            calls.append((name, str(path), *options[:-2]))
            rest.append(options[-2:])
        monkeypatch.setattr(sheets, f"write_{name}", note)
    yield calls
    assert all(one == (USUAL, []) for one in rest)


BIG = 2**53


@pytest.mark.parametrize(("options", "of_sheets", "of_key"), [
    ([], ("worksheets.pdf", 30, 1, "a4"), ("worksheets-key.pdf", 30, 1, "a4", "")),
    (["--students", "1", "--seed", str(BIG)], ("worksheets.pdf", 1, BIG, "a4"), ("worksheets-key.pdf", 1, BIG, "a4", "")),
    (["--students", "500", "--seed", str(-BIG)], ("worksheets.pdf", 500, -BIG, "a4"), ("worksheets-key.pdf", 500, -BIG, "a4", "")),
    (["--paper", "letter", "--output", "class/a.b.pdf"], ("class/a.b.pdf", 30, 1, "letter"), ("class/a.b-key.pdf", 30, 1, "letter", "")),
    (["--key", "k.pdf", "--site", "file:///book/"], ("worksheets.pdf", 30, 1, "a4"), ("k.pdf", 30, 1, "a4", "file:///book/")),
    (["--site", "http://a.org"], ("worksheets.pdf", 30, 1, "a4"), ("worksheets-key.pdf", 30, 1, "a4", "http://a.org")),
    (["--site", "https://a.org"], ("worksheets.pdf", 30, 1, "a4"), ("worksheets-key.pdf", 30, 1, "a4", "https://a.org")),
    (["--site", ""], ("worksheets.pdf", 30, 1, "a4"), ("worksheets-key.pdf", 30, 1, "a4", "")),
])
def test_what_the_options_mean(asked, capsys, options, of_sheets, of_key):
    assert main(options) == 0
    assert asked == [("sheets", *of_sheets), ("key", *of_key)]
    assert capsys.readouterr().out == f"{of_sheets[0]}: {of_sheets[1]} sheets, two pages each\n{of_key[0]}: the key, one page each\n"


@pytest.mark.parametrize(("options", "message"), [
    (["--students", "0"], "argument --students: expected a whole number from 1 to 2000, got 0"),
    (["--students", "2001"], "argument --students: expected a whole number from 1 to 2000, got 2001"),
    (["--seed", str(BIG + 1)], f"argument --seed: expected a whole number from {-BIG} to {BIG}, got {BIG + 1}"),
    (["--seed", str(-BIG - 1)], f"argument --seed: expected a whole number from {-BIG} to {BIG}, got {-BIG - 1}"),
    (["--seed", "1.5"], "argument --seed: expected a whole number, got '1.5'"),
    (["--level", "neuron", "--rows", "1"], "argument --rows: expected 2 to 4 for one neuron, got 1"),
    (["--digits", "2"], "argument --digits: expected a whole number from 3 to 6, got 2"),
    (["--names", "none.csv"], "cannot read none.csv: No such file or directory"),
    (["--paper", "a3"], "argument --paper: invalid choice: 'a3'"),
    (["--site", "ftp://a.org"], "argument --site: expected an address that begins with http://, https:// or file://, got 'ftp://a.org'"),
    (["--site", "https://a.org/book/index.html"], "argument --site: expected the address of the whole site, the folder with book/ in it, "
                                                  "got a page's, 'https://a.org/book/index.html'"),
    (["--output", "w.pdf", "--key", "./w.pdf"], "argument --key: expected another file than the sheets, got w.pdf"),
    (["--output", "w.pdf", "--scheme", "w-key.pdf"], "argument --scheme: expected another file than the key, got w-key.pdf"),
    (["--names", "class.csv", "--output", "class.csv"], "argument --output: expected another file than the class list, got class.csv"),
])
def test_what_does_not_fit_is_refused_before_anything_is_written(asked, capsys, options, message):
    with pytest.raises(SystemExit, match="2"):
        main(options)
    said = capsys.readouterr().err
    assert said.startswith("usage: python -m nnlib.worksheets [-h]") and f"python -m nnlib.worksheets: error: {message}" in said
    assert asked == []


@pytest.mark.parametrize(("error", "message"), [
    (PermissionError(13, "Permission denied", "k.pdf"), "cannot write k.pdf: Permission denied"),
    (OSError(28, "No space left on device"), "cannot write worksheets.pdf: No space left on device"),
])
def test_a_file_that_cannot_be_written_is_named(asked, monkeypatch, capsys, error, message):
    def fail(*_):
        raise error

    monkeypatch.setattr(sheets, "write_key", fail)
    with pytest.raises(SystemExit, match="2"):
        main([])
    assert capsys.readouterr().err.endswith(f"error: {message}\n")


def test_help_says_what_each_option_does_and_what_it_is_unless_told(capsys):
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    text = " ".join(capsys.readouterr().out.split())
    assert text.startswith("usage: python -m nnlib.worksheets [-h]")
    for words in ("Worksheets for one iteration by hand, and their key, as PDF.",
                  "--students STUDENTS how many sheets, 1 to 2000; 30 unless told, or one for each name",
                  "--seed SEED whose numbers: the same seed gives the same files; 1 unless told",
                  "--output OUTPUT the sheets; worksheets.pdf unless told",
                  "--key KEY the key; unless told, beside the sheets with -key in its name",
                  "--paper {a4,letter} a4 (unless told) or letter",
                  "--site SITE the published book's address, without book/: links from the key lead into its step explorer"):
        assert words in text


def test_the_same_options_give_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        main(["--students", "2", "--seed", "5", "--output", str(tmp_path / f"{name}.pdf"), "--paper", "letter"])
    for end in (".pdf", "-key.pdf"):
        assert (tmp_path / f"a{end}").read_bytes() == (tmp_path / f"b{end}").read_bytes()
    main(["--students", "2", "--seed", "6", "--output", str(tmp_path / "c.pdf")])
    assert (tmp_path / "a.pdf").read_bytes() != (tmp_path / "c.pdf").read_bytes()
    assert [float(v) for v in PdfReader(tmp_path / "a.pdf").pages[0].mediabox[2:]] == [612, 792]


@pytest.mark.parametrize(("options", "message"), [
    (["--students", "many"], "argument --students: expected a whole number, got 'many'"),
    (["--output", "/nowhere/w.pdf"], "cannot write /nowhere/w.pdf: No such file or directory"),
    (["--colour", "red"], "unrecognized arguments: --colour red"),
])
def test_a_bad_option_gets_a_clear_message(tmp_path, options, message):
    done = subprocess.run([sys.executable, "-m", "nnlib.worksheets", *options], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 2 and message in done.stderr and "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())


def test_the_command_has_a_short_name(tmp_path):
    for module in ("nnlib.worksheets", "nnlib.classroom.worksheets"):
        done = subprocess.run([sys.executable, "-m", module, "--students", "1", "--output", f"{module}.pdf"],
                              cwd=tmp_path, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")
    for end in (".pdf", "-key.pdf"):
        assert (tmp_path / f"nnlib.worksheets{end}").read_bytes() == (tmp_path / f"nnlib.classroom.worksheets{end}").read_bytes()
