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


def test_ten_thousand_networks_are_timed_three_times_and_differ_by_a_few_percent():
    growth = {name: dict(map(tuple, rows)) for name, rows in KEPT["growth"].items()}
    # nanoseconds an epoch and network are milliseconds for 10,000 networks and 100 epochs
    times = [KEPT["many"]["nnlib.train"], growth["networks"][10_000], growth["hidden neurons"][2]]
    assert 1 < max(times) / min(times) < 1.1


def test_a_ratio_has_two_digits_and_a_machine_at_rest_is_said_to_be():
    assert [latest.multiple(ratio) for ratio in (1.244, 9.94, 11.9, 120)] == ["1.2 ×", "9.9 ×", "12 ×", "120 ×"]
    assert latest.company(0.11) == "with nothing else to do" and latest.company(18.23) == "with other work on it (load 18.2)"


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
