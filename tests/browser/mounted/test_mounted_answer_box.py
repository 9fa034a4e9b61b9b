"""AnswerBox, drawn from its modules: what it says of an answer."""
import re

from nnlib.widgets import AnswerBox


def test_too_few_digits_are_no_mistake(mount):
    box = AnswerBox("dE_dw2")
    right = box.question().right.ravel()
    page = mount(box)
    fields = page.locator(".fs-answer input")

    def answer(*texts):
        for k, text in enumerate(texts):
            fields.nth(k).fill(text)
        page.get_by_role("button", name="Check", exact=True).click()
        return page.locator(".fs-verdict").inner_text(), page.locator(".fs-hints").inner_text()

    said, hints = answer(*(f"{value:.1g}" for value in right))
    assert "right as far as it goes, and three significant digits are asked for" in said and hints == ""
    said, hints = answer("9", "9")
    assert "as far as it goes" not in said and "Hint" in hints
    assert answer(*(f"{value:.3g}" for value in right))[0].endswith("Right, to three digits.")


def test_a_hint_is_heard_too(mount):
    page = mount(AnswerBox("dE_dw2"))
    live = page.locator("[aria-live=polite]").first
    page.get_by_role("button", name="Hint", exact=True).click()
    assert live.text_content().startswith("Hint. ") and len(live.text_content()) > 20
    page.get_by_role("button", name="Hint", exact=True).click()
    assert live.text_content() == "Second hint: the formula, and its numbers, stand below. The button shows the solution now."
    page.get_by_role("button", name="Show the solution", exact=True).click()
    assert live.text_content().startswith("The solution is ")


def test_the_hint_for_a_delta_speaks_of_the_delta(mount):
    """It spoke of the weight's slope, which adds up over the examples, as a δ does not."""
    page = mount(AnswerBox("dE_dz2"))
    page.get_by_role("button", name="Hint", exact=True).click()
    said = page.locator(".fs-hints").inner_text()
    assert "step 1 times step 2, each row by itself" in said and "add up" not in said


def test_new_numbers_are_heard_and_an_empty_field_is_marked(mount):
    page = mount(AnswerBox("dE_dw2"))
    live, field = page.locator("[aria-live=polite]").first, page.get_by_label("Your answer", exact=False).first
    assert live.text_content() == "", "nothing is said before anybody acts"
    page.get_by_role("button", name="Check", exact=True).click()
    assert field.get_attribute("aria-invalid") == "true"
    field.fill("1")
    page.get_by_role("button", name="Other numbers", exact=True).click()
    said = live.text_content()
    assert said.startswith("Compute ∂E/∂w₂. Given: ")
    shown = page.locator(".fs-given [data-quantity] td").first.inner_text()
    assert shown in said, "as they are written"
    assert page.get_by_label("Your answer", exact=False).first.get_attribute("aria-invalid") is None


def test_what_is_given_is_heard_as_it_is_written(mount):
    """Numbers of one decimal were about to be said with six."""
    page = mount(AnswerBox(quantity="z1", seed=3, digits=4))
    page.get_by_role("button", name="Other numbers").click()
    page.wait_for_function("() => root.querySelector('[aria-live=polite]').textContent.includes('Given: ')")
    said = page.locator("[aria-live=polite]").inner_text().partition("Given: ")[2]
    written = page.locator("[data-quantity=w1] [data-value], [data-quantity=b1] [data-value]").all_inner_texts()
    assert len(written) >= 6 and all(text in re.findall(r"[−\d.]*\d", said) for text in written), (said, written)


def test_a_verdict_is_heard_with_what_was_asked(mount):
    """It was "Not yet.", of whichever box."""
    page = mount(AnswerBox("dE_dw2"))
    live, check = page.locator("[aria-live=polite]"), page.get_by_role("button", name="Check", exact=True)
    for field in page.get_by_label("Your answer", exact=False).all():
        field.fill("9")
    for hint in ("Hint. ", "Second hint: "):
        check.click()
        assert live.text_content().startswith(f"∂E/∂w₂: Not yet. {hint}")
    check.click()
    assert live.text_content().startswith("∂E/∂w₂: Not yet. The solution is ")
    check.click()
    assert live.text_content() == "∂E/∂w₂: Not yet. "
