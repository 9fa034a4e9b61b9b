"""DigitExplorer, drawn from its modules: what it says of a number that it does not take."""
import pytest

from nnlib.widgets import DigitExplorer


@pytest.mark.parametrize(("label", "text", "said"), [
    ("Epoch", "-1", "Epoch: expected a whole number from 0 to"),
    ("Seed", "x", "Seed: expected a number, got “x”"),
])
def test_what_is_wrong_with_a_number_stays_in_sight(mount, label, text, said):
    """The key that ends a number once took the message away, since it ends the playing, too."""
    page = mount(DigitExplorer())
    field = page.get_by_label(label, exact=True)
    field.fill(text)
    field.press("Enter")
    assert said in page.get_by_role("alert").inner_text()


def drawn(mount):
    """The explorer with a stroke on its paper."""
    return mount(DigitExplorer(strokes=[[(0.2, 0.2), (0.7, 0.25), (0.4, 0.9)]]))


def step(page, times):
    for _ in range(times):
        page.get_by_role("button", name="Next step", exact=True).click()


def test_its_stops_speak_of_its_own_loss(mount):
    """E was called half the sum of the squared errors, and the sums the prediction."""
    page = drawn(mount)
    page.get_by_label("The drawing shows", exact=True).select_option("7")
    step(page, 4)
    line = page.locator(".fs-stop-line")
    assert line.inner_text().startswith("F4: the output has no curve, so a₂ is z₂")
    step(page, 1)
    assert line.inner_text().startswith("E: cross-entropy, minus the logarithm of the probability of the target. E = ")
    step(page, 1)
    assert "p − y" in line.inner_text() and "squared" not in line.inner_text()


def test_the_picture_opens_at_the_digit_that_counts_and_at_ink(mount):
    """It showed the digits 0 and 1 as outputs 1 and 2, whatever was drawn."""
    page = drawn(mount)
    page.get_by_label("The drawing shows", exact=True).select_option("7")
    step(page, 5)
    fold = page.locator(".fs-fold[data-layer=outputs]")
    assert fold.inner_text() == "digits 6, 7 ▸" and fold.get_attribute("aria-label") == "digits 6 and 7 of 10: show others"
    assert page.locator(".fs-seen .fs-framed").count() == 2
    pixels = [float(one) for one in page.locator(".fs-seen rect:not(.fs-framed)").evaluate_all("all => all.map((one) => one.getAttribute('fill-opacity'))")]
    first = int(page.locator(".fs-fold[data-layer=inputs]").inner_text().split()[1].rstrip(",")) - 1
    assert max(pixels) in pixels[first:first + 2]
    page.get_by_label("The drawing shows", exact=True).select_option("3")
    assert fold.inner_text() == "digits 2, 3 ▸"


def test_who_draws_by_keys_hears_where_the_pen_is_and_that_nothing_is_trained_yet(mount):
    """A screen reader passed over the paper, and with the pen down only the guess was said, as if it had been trained."""
    page = mount(DigitExplorer())
    live = page.locator("[aria-live=polite]")
    paper = page.locator("[role=application] > .fs-paper[role=img]")  # silent, were the application itself what has the focus
    assert paper.get_attribute("aria-label").startswith("Paper to draw a digit on.")
    paper.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.wait_for_function("() => root.querySelector('[aria-live=polite]').textContent.includes('Not trained yet. It says')")
    assert live.inner_text().startswith("Column ") and "pen down." in live.inner_text()
