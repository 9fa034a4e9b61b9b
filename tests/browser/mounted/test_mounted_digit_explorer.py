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
