"""NumberBox, drawn from its modules: what it says of an answer."""
import pytest

from nnlib.widgets import NumberBox


@pytest.fixture
def answer(mount):
    def give(box, *texts):
        page, said = mount(box), []
        for text in texts:
            page.get_by_label(f"Your answer: {box.asked}", exact=True).fill(text)
            page.get_by_role("button", name="Check", exact=True).click()
            said.append((page.evaluate("root.dataset.verdict"), page.locator(".fs-verdict").inner_text()))
        return said if len(said) > 1 else said[0]

    return give


def test_a_number_as_it_is(answer):
    box = NumberBox("numbers in all", right=9, wrong={"the biases are missing": 6, "there are no weights": 3})
    assert answer(box, "9", "6", "3", "-9", "8") == [
        ("right", "Right."), ("recognised", "Not yet: the biases are missing."), ("recognised", "Not yet: there are no weights."),
        ("recognised", "Not yet: the sign is wrong, and nothing else."), ("not yet", "Not yet.")]


def test_what_a_cell_computes_need_not_be_exact(answer):
    box = NumberBox("the slope", right=0.1 + 0.2, wrong={"that is the quotient": (5.01**2 - 25) / 0.01})
    assert [verdict for verdict, _ in answer(box, "0.3", "10.01", "0.30001")] == ["right", "recognised", "not yet"]


def test_a_large_number_is_right_with_all_of_its_digits(answer):
    """It is kept to nine digits, and whoever typed twelve was wrong."""
    assert [verdict for verdict, _ in answer(NumberBox("the product", right=123456.789012), "123456.789012", "123456.8")] == ["right", "not yet"]


def test_a_number_to_some_digits(answer):
    box = NumberBox("that η", right=3.27779, digits=3, wrong={"turn the quotient round": 1 / 3.27779})
    assert answer(box, "3.28", "3.27", "0.305", "3", "3.2") == [
        ("right", "Right, to three digits."), ("right", "Right, to three digits."), ("recognised", "Not yet: turn the quotient round."),
        ("not yet", "Not yet: right as far as it goes, and three significant digits are asked for."), ("not yet", "Not yet.")]


def test_what_is_no_number_is_refused_and_reset_empties_the_box(mount):
    page = mount(NumberBox("the bias", right=-0.4, digits=2))
    field = page.get_by_label("Your answer: the bias", exact=True)
    field.fill("abc")
    field.press("Enter")
    assert page.get_by_role("alert").inner_text() == "Your answer: expected a number, got “abc”."
    field.fill("-0,4")
    field.press("Enter")
    assert page.locator(".fs-verdict").inner_text() == "Right, to two digits." and page.get_by_role("alert").inner_text() == ""
    page.get_by_role("button", name="Reset", exact=True).click()
    assert field.input_value() == "" and page.evaluate("root.dataset.verdict") == "open" and not page.locator(".fs-verdict").is_visible()
    assert page.locator(".fs-task").inner_text().startswith("Check yourself: the bias, to two significant digits.")


def test_a_verdict_is_heard_with_what_was_asked(mount):
    page = mount(NumberBox("half of 3", right=1.5))
    for text, said in (("2", "half of 3: Not yet."), ("1.5", "half of 3: Right.")):
        page.get_by_role("textbox").fill(text)
        page.get_by_role("button", name="Check", exact=True).click()
        assert page.locator("[aria-live=polite]").text_content() == said
