"""AutogradExplorer, drawn from its modules: its graphs fit, and what it asks is the number that the page speaks of."""
import pytest

from nnlib.graphs import GRAPHS
from nnlib.widgets import AutogradExplorer

COLUMN = 641  # what a page's column leaves for the graph on a screen of 1280
IN_SIGHT = """() => { const frame = root.querySelector(".fs-scroll"), box = frame.getBoundingClientRect();
    const inside = [...frame.querySelectorAll(".fs-node, .fs-edge")].map((one) => one.getBoundingClientRect());
    const sizes = [...frame.querySelectorAll(".fs-node :is(.fs-name, .fs-value, .fs-given, .fs-slope)")].map((one) => parseFloat(getComputedStyle(one).fontSize));
    const fields = [...frame.querySelectorAll("input")].filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.value);
    const cut = [...frame.querySelectorAll(".fs-node")].filter((node) => [...node.querySelectorAll("[data-row]:not(input)")].some((number) => {
      const a = number.getBoundingClientRect(), b = node.getBoundingClientRect(); return a.width && (a.left < b.left || a.right > b.right); })).map((one) => one.dataset.node);
    return { wide: frame.scrollWidth - frame.clientWidth, above: Math.min(...inside.map(({ top }) => top)) - box.top, least: Math.min(...sizes), cut: [...cut, ...fields] }; }"""


@pytest.mark.parametrize("name", GRAPHS)
def test_a_graph_fits_into_a_pages_column(mount, name):
    """That of the network was 774 pixels wide, one neuron's 756; and the edge over a node was cut off."""
    page = mount(AutogradExplorer(expression=name, step=2 * (len(GRAPHS[name].nodes) - len(GRAPHS[name].given)) + 1))
    page.evaluate("(width) => { root.style.width = `${width}px`; }", COLUMN)
    page.wait_for_function("() => root.querySelector('.fs-scroll').clientWidth <= 641")
    page.wait_for_timeout(100)
    found = page.evaluate(IN_SIGHT)
    assert found["wide"] <= 0 and found["above"] >= 0 and found["least"] >= 11 and found["cut"] == []


def test_four_columns_fit_on_a_phone(mount):
    """Of what the page says to watch, the node that is used twice was half outside."""
    page = mount(AutogradExplorer(step=7))
    page.evaluate("() => { root.style.width = '351px'; }")
    page.wait_for_function("() => root.querySelector('.fs-scroll').clientWidth <= 351")
    page.wait_for_timeout(100)
    found = page.evaluate(IN_SIGHT)
    assert found["wide"] <= 0 and found["above"] >= 0 and found["least"] >= 11 and found["cut"] == []


@pytest.mark.parametrize(("name", "given", "width"), [("neuron", "w1", COLUMN), ("neuron", "w1", 351), ("network", "w1_00", COLUMN), ("twice", "a", 351)])
def test_a_long_number_is_read_in_its_field(mount, name, given, width):
    page = mount(AutogradExplorer(expression=name, given={given: -0.000123456}))
    page.evaluate("(width) => { root.style.width = `${width}px`; }", width)
    page.wait_for_timeout(200)
    assert page.evaluate(IN_SIGHT)["cut"] == []


def asked(page):
    """What the line asks now."""
    return page.locator(".fs-line").inner_text()


def test_where_two_parts_meet_the_sum_is_asked(mount):
    """It asked for b, and never for a, whose slope the page says to watch."""
    page = mount(AutogradExplorer(step=6, predict=True))
    assert "What is the slope with respect to a, so far, to 3 digits?" in asked(page)
    page.get_by_role("button", name="Next step", exact=True).click()
    assert "What is the slope with respect to a, added to the −4 that it had, to 3 digits?" in asked(page)
    page.get_by_label("Your prediction", exact=True).fill("8")
    page.get_by_role("button", name="Check", exact=True).click()
    assert "Right: 8." in page.locator(".fs-verdict").inner_text()


def test_played_at_its_end_it_begins_anew(mount):
    page = mount(AutogradExplorer(step=7))
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function("() => model.get('step') === 0 || model.get('step') === 1")


def test_what_cannot_be_pressed_is_no_dark_blank(mount):
    page = mount(AutogradExplorer(step=7))
    button = page.get_by_role("button", name="Next step", exact=True)
    ground, text = button.evaluate("(one) => [getComputedStyle(one).backgroundColor, getComputedStyle(one).color]")
    assert ground == "rgb(244, 245, 244)" and text == "rgb(90, 100, 110)"
