"""The fourteen chapters on the built site: each has its explorer at its own step, its map, and its way on."""
import re

import numpy as np
import pytest
from conftest import assert_accessible

from nnlib import AND, STEPS, Parameters, iteration

IT = iteration(AND.x[[1, 3]], AND.y[[1, 3]], Parameters.example(), 0.5)


def address(step):
    return f"book/backward/step_{step.label:0>2}_{step.function.__name__}.html"


@pytest.mark.parametrize("step", STEPS, ids=lambda s: s.label)
def test_chapter(open_page, step):
    tab = open_page(address(step))
    assert tab.locator("h1:visible").inner_text().startswith(f"Step {step.label}: ")

    widget = tab.locator("[data-widget=StepExplorer]")
    widget.locator(".fs-stop").first.wait_for()
    assert widget.count() == 1 and widget.get_attribute("data-step") == step.label
    for name in step.outputs:
        numbers = widget.locator(f".fs-result [data-quantity={name}] [data-value]")
        assert numbers.count() == np.size(IT[name])
        for number in numbers.all():
            row, column = int(number.get_attribute("data-row")), int(number.get_attribute("data-col"))
            assert abs(float(number.get_attribute("data-value")) - IT[name][row, column]) <= 1e-12

    assert widget.locator("[data-active]").count() >= 1, "the place in the picture lights up"

    steps = tab.get_by_role("navigation", name="The fourteen steps").get_by_role("link")
    assert steps.count() == 14
    assert steps.locator("xpath=self::*[@aria-current='page']").inner_text() == step.label

    previous_next = [a.inner_text() for a in tab.locator(".prev-next-footer a").all()]
    assert all(re.search(r"\w", text) for text in previous_next) and len(previous_next) == 2


def test_the_map_leads_from_any_step_to_any_other(open_page):
    tab = open_page(address(STEPS[8]))
    tab.get_by_role("navigation", name="The fourteen steps").get_by_role("link", name="Step 2:").click()
    tab.wait_for_url(f"**/{address(STEPS[1])}")


def test_the_first_use_of_a_symbol_leads_to_its_row_in_the_notation(open_page):
    tab = open_page(address(STEPS[4]))
    links = tab.locator("article a.fs-to-notation")
    addresses = links.evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert addresses and len(addresses) == len(set(addresses)), "the first use only"
    assert_accessible(tab, "article", everything=True, rules=["label-content-name-mismatch"])
    tab.locator("a.fs-to-notation[href$='#symbol-dE_dz2']").click()
    tab.wait_for_url("**/reference/notation.html#symbol-dE_dz2")
    row = tab.locator("tr", has=tab.locator("#symbol-dE_dz2"))
    assert "dE_dz2" in row.inner_text() and "(n, m)" in row.inner_text()


def test_compact_explorers_step_on(open_page):
    tab = open_page(address(STEPS[13]))
    widget = tab.locator("[data-widget=StepExplorer]")
    widget.get_by_role("button", name="Next step", exact=True).click()
    assert (widget.get_attribute("data-step"), widget.get_attribute("data-epoch")) == ("F1", "1")
    assert widget.get_by_role("button", name="Last", exact=True).count() == 0
