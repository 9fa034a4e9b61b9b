"""The page on speed says what was measured and kept, number by number, and what it says of the numbers holds for them."""
import copy
import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "benchmarks")]
import latest  # noqa: E402  benchmarks/ is put on the path above

KEPT = json.loads(latest.KEPT.read_text("utf8"))


def test_the_page_is_what_the_kept_numbers_give():
    assert latest.PAGE.read_text("utf8") == latest.page(KEPT), "python benchmarks/latest.py --page writes it anew"


def test_every_number_of_the_page_comes_from_what_is_kept():
    other = copy.deepcopy(KEPT)
    other["one"] = {name: 2 * taken if name == "nnlib.train" else taken for name, taken in other["one"].items()}
    text = latest.page(other)
    ratio = other["one"]["plain NumPy"] / other["one"]["nnlib.train"]
    assert f"| plain NumPy | {latest.digits(other['one']['plain NumPy'])} | {latest.multiple(ratio)} |" in text
    assert text != latest.page(KEPT)
    numbers = set(re.findall(r"\| ([\d.,]+) ", latest.page(KEPT)))
    assert len(numbers) > 20 and all(latest.digits(float(n.replace(",", ""))) == n or "," in n or n.isdigit() for n in numbers)


def test_what_the_page_says_of_growth_holds():
    networks = dict(map(tuple, KEPT["growth"]["networks"]))
    assert networks[100] < 20 * networks[1] and networks[10_000] > 10 * networks[1]


def test_machine_date_load_and_versions_are_named():
    text = latest.page(KEPT)
    for name in ("numpy", "torch", "jax", "Node", "Python"):
        assert f"{name} {KEPT['versions'][name]}" in text
    assert KEPT["date"] in text and KEPT["machine"] in text and latest.company(KEPT["load"]) in text


def test_the_digits_have_circumstances_of_their_own():
    kept, text = KEPT["digits"], latest.page(KEPT)
    assert kept["date"] in text and latest.company(kept["load"]) in text
    assert f"{kept['hundred']:.1f} seconds" in text
    for name in ("Node", "TensorFlow.js", "brain.js"):
        assert f"{name} {kept['versions'][name]}" in text
    for ours, *peers in (kept["batches"], kept["one"]):
        assert ours["name"] == "deep.js" and peers
        for peer in peers:
            assert f"| {peer['name']} | {latest.digits(peer['cpu'])} | {latest.multiple(peer['cpu'] / ours['cpu'])} |" in text


def test_side_by_side_refuses_what_computes_something_else():
    try:
        latest.side_by_side({"one": lambda: [1.0], "other": lambda: [2.0]}, 1)
    except AssertionError as error:
        assert "other computes something else" in str(error)
    else:
        raise AssertionError("expected a complaint, got none")
    assert set(latest.side_by_side({"one": lambda: [1.0], "other": lambda: [1.0]}, 1)) == {"one", "other"}
