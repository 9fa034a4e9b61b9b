"""The widgets for who has no pointer: where the focus is, and what is said."""
from nnlib.widgets import StepExplorer, TrainingExplorer

FOCUS = "() => [document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent, document.activeElement.localName]"
LIVE = "() => root.querySelector('[aria-live]').textContent"


def test_the_number_that_is_pressed_keeps_the_focus(mount):
    """The bold one at the end of its own line was drawn anew, and the focus was nowhere."""
    page = mount(StepExplorer(step="F1"))
    page.locator(".fs-arithmetic .fs-cell").last.focus()
    before = page.evaluate(FOCUS)
    page.keyboard.press("Enter")
    page.wait_for_function("() => root.querySelector('[aria-live]').textContent.includes('=')")
    assert page.evaluate(FOCUS) == before and before[1] == "button"


def test_what_was_wrong_goes_with_the_next_thing_that_is_done(mount):
    """The sentence stood over the line of arithmetic until a number was taken."""
    page = mount(StepExplorer(step="F1"))
    page.locator(".fs-epochs input").first.wait_for()
    weight = page.locator(".fs-stage [data-quantity=w1] input").first
    for undo in (lambda: page.keyboard.press("Escape"), lambda: page.locator(".fs-equation .fs-result .fs-cell").first.press("Enter")):
        weight.fill("abc")
        weight.press("Enter")
        assert "expected a number, got “abc”" in page.get_by_role("alert").inner_text()
        undo()
        page.wait_for_function("() => root.querySelector('[role=alert]').textContent === ''")


def test_settings_that_come_late_take_the_focus_from_nobody(mount):
    page = mount(StepExplorer(step="F1"))
    page.evaluate("root.querySelector('[data-stop=F1]').focus()")
    page.locator(".fs-epochs input").first.wait_for()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => root.dataset.step === 'F2' && document.activeElement.dataset.stop === 'F2'")


def test_a_number_is_said_once(mount):
    """Its title is its exact value, and was a description beside the value."""
    page = mount(StepExplorer(epoch=100))
    tree = page.context.new_cdp_session(page)
    tree.send("Accessibility.enable")
    nodes = [n for n in tree.send("Accessibility.getFullAXTree")["nodes"] if not n.get("ignored")]
    told = [(n["name"]["value"], n.get("description", {}).get("value", "")) for n in nodes if n["role"]["value"] in ("textbox", "button")]
    assert any(name.startswith("w₁ from input 1") for name, _ in told) and any(name.startswith("F1, ") for name, _ in told)
    assert [pair for pair in told if pair[0].startswith(("w₁", "w₂", "b₁", "F", "1")) and pair[1]] == []


def test_a_wrong_prediction_can_be_typed_over(mount):
    page = mount(StepExplorer(step="F4", predict=True))
    guess = page.get_by_label("Your prediction", exact=True)
    guess.fill("0.4")
    guess.press("Enter")
    page.wait_for_function("() => root.querySelector('.fs-verdict').textContent.startsWith('Not yet')")
    page.keyboard.type("0.5")
    assert guess.input_value() == "0.5"


def test_who_comes_to_a_neuron_by_keyboard_hears_its_numbers(mount):
    page = mount(TrainingExplorer(gate="XOR", neurons=4))
    page.get_by_role("button", name="10 epochs", exact=True).click()
    page.locator("summary").click()
    field = page.locator(".fs-weights [data-quantity=w1] input").nth(4)
    assert field.get_attribute("aria-description") == "from input 1 to hidden neuron 3"
    field.focus()
    page.wait_for_function("() => root.querySelector('[aria-live]').textContent.startsWith('Neuron 3: w₁ ')")


def test_on_the_first_page_the_button_comes_before_the_numbers(mount):
    """There were twelve fields before it."""
    page = mount(StepExplorer(opening=True))
    page.get_by_role("button", name="Let it learn").wait_for()
    first = page.evaluate("() => [...root.querySelectorAll('button, input, select')].find((node) => node.checkVisibility()).textContent")
    assert first == "Let it learn"
    picture, button = (page.locator(one).bounding_box() for one in (".fs-scene", ".fs-big"))
    assert button["y"] > picture["y"] + picture["height"] - 1, "and stands below the picture"
