"""The worksheet, drawn without a built site: its boxes are filled in and checked."""
import re

import numpy as np

from nnlib.classroom.worksheets import LEVELS, Kind, sheet_iteration
from nnlib.widgets import Worksheet


def test_a_sheet_that_is_right_is_right_in_every_box(mount):
    tab, it = mount(Worksheet(seed=3)), sheet_iteration(3, 1)
    names = tab.locator(".fs-fill").evaluate_all("all => all.map(e => e.dataset.quantity)")
    assert len(names) == len(set(names)) == 23 and "dE_dz1" in names
    values = {name: [f"{value:.4g}" for value in np.ravel(it[name])] for name in names}
    tab.evaluate("""(values) => { for (const [name, texts] of Object.entries(values))
        document.querySelectorAll(`.fs-fill[data-quantity=${name}] input`).forEach((field, i) => { field.value = texts[i]; }); }""", values)
    tab.get_by_role("button", name="Check the boxes").click()
    assert tab.locator(".fs-total").inner_text() == "23 of 23 boxes right."
    assert tab.locator(".fs-network text").count() == 14, "the network, with its nine numbers"


def test_what_can_be_read_is_marked_and_what_cannot_says_so_at_its_place(mount):
    tab, it = mount(Worksheet(seed=3)), sheet_iteration(3, 1)
    first, second = tab.locator(".fs-box").nth(0), tab.locator(".fs-box").nth(1)
    for field, value in zip(first.locator("input").all(), np.ravel(it[first.locator(".fs-fill").get_attribute("data-quantity")]), strict=True):
        field.fill(f"{value:.4g}")
    second.locator("input").first.fill("about 0.5")
    tab.get_by_role("button", name="Check the boxes").click()
    assert re.fullmatch(r"z₁:\s+Right\.", first.locator(".fs-mark").inner_text()), "it is heard with its name"
    assert "about 0.5" in second.locator(".fs-mark").inner_text()
    assert tab.locator(".fs-total").inner_text() == "1 of 23 boxes right, 1 not all numbers, 21 empty."
    assert second.locator("input").first.evaluate("e => e === document.activeElement"), "and there it goes on"
    assert second.locator("input").first.input_value() == "about 0.5", "what was typed stays"


def test_a_class_that_goes_to_step_7_has_its_sheet_with_its_key(mount):
    tab, it = mount(Worksheet(seed=5)), sheet_iteration(5, 1, Kind("output", 1))
    tab.get_by_label("How far").select_option("output")
    tab.get_by_label("Examples").select_option("1")
    names = tab.locator(".fs-fill").evaluate_all("all => all.map(e => e.dataset.quantity)")
    assert names == [name for operation in LEVELS["output"].operations for name in operation.outputs]
    assert "Back through the hidden layer" not in tab.locator(".fs-sheet").inner_text() and tab.locator(".fs-part").count() == 2
    assert tab.locator(".fs-sheet-title strong").inner_text() == "Half an iteration by hand", "as the one on paper is called"
    tab.get_by_label("With the key").check()
    assert tab.locator(".fs-sheet-title strong").inner_text() == "Key"
    for name in ("x", "w1", "a1", "dE_dw2", "new_b2"):
        shown = tab.locator(f"[data-quantity={name}] [data-value]").evaluate_all("all => all.map(e => +e.dataset.value)")
        np.testing.assert_allclose(shown[:np.size(it[name])], np.ravel(it[name]), rtol=1e-12)
    assert "⊙ multiplies number by number" in tab.locator(".fs-note").inner_text()
    tab.get_by_role("button", name="Reset").click()
    assert tab.locator("[data-quantity=new_w1]").count() == 1
