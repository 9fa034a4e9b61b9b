"""StepExplorer, drawn from its modules: walking, editing, predicting, playing, epochs and links, as somebody does them."""
import re

import pytest

from nnlib import OPERATIONS, Parameters, iteration, train
from nnlib.gates import TWO_EXAMPLES
from nnlib.widgets import StepExplorer

LABELS = [operation.label for operation in OPERATIONS]


@pytest.fixture
def page(mount):
    """page(**traits) draws the widget."""
    def draw(**traits):
        return mount(StepExplorer(**traits))
    return draw


def place(page):
    """Where the widget says it is."""
    page.evaluate("new Promise((done) => setTimeout(done))")
    return page.evaluate("[root.dataset.step, Number(root.dataset.epoch)]")


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def message(page):
    return page.evaluate("root.querySelector('.fs-message').textContent")


def shown(page, name):
    """The numbers of a quantity in the formula's line."""
    return page.evaluate("(name) => [...root.querySelectorAll(`.fs-equation .fs-result [data-quantity='${name}'] [data-value]`)].map((n) => Number(n.dataset.value))", name)


def test_it_begins_at_the_first_stop(page):
    assert place(page()) == ["F1", 0]
    with_stops = page()
    assert with_stops.evaluate("[...root.querySelectorAll('.fs-stop')].map((n) => [n.textContent, n.ariaLabel])") == [
        [op.label, f"{op.label}, {op.name}: {op.title}"] for op in OPERATIONS]
    assert with_stops.evaluate("[...root.querySelectorAll('.fs-bar button')].map((n) => n.textContent)") == [
        "Previous step", "Play", "Next step"]
    previous = with_stops.get_by_role("button", name="Previous step")
    assert previous.get_attribute("aria-disabled") == "true", "it says so, and keeps the focus"
    previous.evaluate("(button) => button.click()")
    assert place(with_stops) == ["F1", 0]


@pytest.mark.parametrize("operation", OPERATIONS, ids=LABELS)
def test_every_stop_shows_what_it_gives(page, operation):
    found = page(step=operation.label)
    values = iteration(TWO_EXAMPLES.x, TWO_EXAMPLES.y, Parameters.example(), 0.5)
    for name in operation.outputs:
        expected = [values[name]] if name == "E" else values[name].ravel().tolist()
        assert shown(found, name) == pytest.approx(expected, rel=1e-12)
    index = LABELS.index(operation.label)
    assert found.evaluate("[root.querySelectorAll('.fs-stop[data-done]').length, root.querySelector('[aria-current=step]').textContent]") == [index, operation.label]
    assert found.evaluate("root.querySelector('.fs-title').textContent") == f"{operation.name} · {operation.title}"


def test_walking_by_buttons_goes_on_into_the_next_epoch_and_back(page):
    found = page()
    press(found, "Next step")
    assert place(found) == ["F2", 0]
    found.evaluate("root.querySelector('[data-stop=\"14\"]').click()")
    assert place(found) == ["14", 0]
    press(found, "Next step")
    assert place(found) == ["F1", 1]
    press(found, "Previous step")
    assert place(found) == ["14", 0]
    found.evaluate("root.querySelector('[data-stop=F1]').click()")
    assert place(found) == ["F1", 0]
    found.evaluate("root.querySelector('[data-stop=E]').click()")
    assert place(found) == ["E", 0]


def test_walking_by_keys(page):
    found = page()
    found.evaluate("root.querySelector('[data-stop=F1]').focus()")
    for key, there in (("ArrowRight", ["F2", 0]), ("ArrowRight", ["F3", 0]), ("PageDown", ["F3", 0]), ("PageUp", ["F3", 0]), ("ArrowLeft", ["F2", 0]), ("ArrowLeft", ["F1", 0]), ("ArrowLeft", ["F1", 0]),
                       ("End", ["14", 0]), ("ArrowRight", ["F1", 1]), ("ArrowLeft", ["14", 0]), ("Home", ["F1", 0])):
        found.keyboard.press(key)
        assert place(found) == there, key


def test_epochs_there_and_back_are_training(page):
    found = page()
    field = found.get_by_role("textbox", name="Epoch", exact=True)
    field.fill("120")
    field.press("Enter")
    assert place(found) == ["F1", 120]
    trained = train(TWO_EXAMPLES.x, TWO_EXAMPLES.y, Parameters.example(), 0.5, 121)
    loss = "Number(root.querySelector('.fs-loss [data-value]').dataset.value)"
    assert found.evaluate(loss) == pytest.approx(trained.losses[120], rel=1e-10)
    press(found, "Next epoch")
    assert place(found) == ["F1", 121] and found.evaluate(loss) == pytest.approx(trained.losses[121], rel=1e-10)
    press(found, "Previous epoch")
    assert place(found) == ["F1", 120]
    for text, why in (("1.5", "expected a whole number from 0 to 100000"), ("-1", "expected a whole number from 0 to 100000")):
        field.fill(text)
        field.press("Enter")
        assert place(found) == ["F1", 120] and message(found) == f"Epoch: {why}; 120 stays."
    press(found, "Reset")
    assert place(found) == ["F1", 0] and found.get_by_role("button", name="Previous epoch").get_attribute("aria-disabled") == "true"


def test_a_weight_that_is_edited_is_a_new_start(page):
    found = page(epoch=3)
    field = found.get_by_label("w₂ from hidden neuron 1 to output 1")
    before = train(TWO_EXAMPLES.x, TWO_EXAMPLES.y, Parameters.example(), 0.5, 3).parameters
    field.fill("0,75")
    field.press("Enter")
    assert place(found) == ["F1", 0]
    assert found.evaluate("model.get('parameters').w2[0][0]") == 0.75
    assert found.evaluate("model.get('parameters').b1.flat()") == pytest.approx(before.b1[-1].ravel().tolist(), rel=1e-10)
    press(found, "Reset")
    assert found.evaluate("model.get('parameters').w2[0][0]") == 0.5 and place(found) == ["F1", 3]


def test_an_input_that_is_edited_is_an_example_of_ones_own(page):
    found = page()
    field = found.get_by_label("Input 1 of the example in the picture")
    field.fill("0.5")
    field.press("Enter")
    assert found.evaluate("[model.get('examples').name, model.get('examples').x]") == ["own", [[0.5, 1], [1, 1]]]
    field.fill("0")
    field.press("Enter")
    assert found.evaluate("model.get('examples').name") == "two examples", "back to one that has a name"


@pytest.mark.parametrize(("typed", "said"), [("-1", "Learning rate η: expected a number ≥ 0; 0.5 stays."), ("x", "Learning rate η: expected a number, got “x”; 0.5 stays.")])
def test_a_rate_that_cannot_be_is_refused(page, typed, said):
    found = page()
    field = found.get_by_role("textbox", name="Learning rate η")
    field.fill(typed)
    field.press("Enter")
    assert message(found) == said and found.evaluate("model.get('learning_rate')") == 0.5


def test_predicting_before_it_is_shown(page):
    found = page(step="2", predict=True)
    right = iteration(TWO_EXAMPLES.x, TWO_EXAMPLES.y, Parameters.example(), 0.5).da2_dz2[0, 0]
    assert shown(found, "da2_dz2") == [] and "?" in found.evaluate("root.querySelector('.fs-result').textContent")
    guess = found.get_by_label("Your prediction")
    verdict = "root.querySelector('.fs-verdict').textContent"
    for text, said in (("abc", "Your prediction: expected a number, got “abc”."), ("9", "Not yet. Try again, or reveal it."),
                       (str(-right), "The size is right, the sign is not.")):
        guess.fill(text)
        guess.press("Enter")
        assert found.evaluate(verdict) == said and shown(found, "da2_dz2") == []
    guess.fill(str(right))
    press(found, "Check")
    assert found.evaluate(verdict).startswith("Right: ") and len(shown(found, "da2_dz2")) == 2
    assert found.evaluate("document.activeElement.textContent") == "Next step"
    press(found, "Next step")
    assert shown(found, "dz2_dw2") == [] and found.evaluate(verdict) == ""
    press(found, "Reveal")
    assert len(shown(found, "dz2_dw2")) == 4


def heard(page):
    page.evaluate("new Promise((done) => setTimeout(done))")
    return page.evaluate("root.querySelector('[aria-live]').textContent")


def test_the_verdict_is_heard_first_and_too_few_digits_are_told(page):
    found = page(step="2", predict=True)
    right = iteration(TWO_EXAMPLES.x, TWO_EXAMPLES.y, Parameters.example(), 0.5).da2_dz2[0, 0]
    guess = found.get_by_label("Your prediction")
    guess.fill(f"{right:.2g}")
    guess.press("Enter")
    assert heard(found).startswith("Right as far as it goes: three significant digits are asked for.") and shown(found, "da2_dz2") == []
    for _ in range(2):
        guess.fill("9")
        guess.press("Enter")
        found.locator(".fs-verdict", has_text="Not yet").wait_for()
        assert heard(found).strip() == "Not yet. Try again, or reveal it."
    guess.fill(str(right))
    guess.press("Enter")
    assert heard(found).startswith(f"Right: {right:.4g}. Step 2, epoch 0: ")


def test_any_number_of_a_result_can_be_asked_for(page):
    found = page(step="5", predict=True)
    second = iteration(TWO_EXAMPLES.x, TWO_EXAMPLES.y, Parameters.example(), 0.5).dE_dw2[1, 0]
    found.locator(".fs-result [data-quantity=dE_dw2] [data-row='1'] button").click()
    assert "row 2" in found.locator(".fs-question").inner_text()
    assert found.evaluate("document.activeElement.ariaLabel") == "Your prediction"
    found.keyboard.type(f"{second:.3g}")
    found.keyboard.press("Enter")
    assert found.locator(".fs-verdict").inner_text().startswith("Right")


def test_what_is_asked_for_can_be_computed_from_what_is_in_sight(page):
    """The factors of every example stand in the line, also of a sub-result that is hidden; and no bracket gives a sign away."""
    found = page(step="5", predict=True)
    cells = "[...root.querySelectorAll('.fs-arithmetic [data-row]')].map((n) => [n.closest('[data-quantity]').dataset.quantity, Number(n.dataset.row), n.dataset.value ?? null])"
    *factors, asked = found.evaluate(cells)
    assert [name for name, *_ in factors] == ["dz2_dw2", "dE_da2", "da2_dz2"] * 2 and {row for _, row, _ in factors} == {0, 1}
    a, b, c, d, e, f = (float(value) for *_, value in factors)
    right = iteration(TWO_EXAMPLES.x, TWO_EXAMPLES.y, Parameters.example(), 0.5).dE_dw2[0, 0]
    assert a * b * c + d * e * f == pytest.approx(right, rel=1e-12) and asked == ["dE_dw2", 0, None]
    assert "(?" not in found.evaluate("root.querySelector('.fs-arithmetic').textContent")


def test_numbers_are_reached_and_chosen_by_keyboard(page):
    """One stop of Tab for the formula; arrows go through a matrix, and on to the next."""
    found = page(step="5")
    assert found.evaluate("[...root.querySelectorAll('.fs-equation .fs-cell')].filter((b) => b.tabIndex === 0).length") == 1
    found.locator(".fs-equation .fs-cell[tabindex='0']").focus()
    here = "document.activeElement.ariaLabel"
    path = []
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        found.keyboard.press(key)
        path.append(found.evaluate(here).split(":")[0])
    assert path == ["∂a₂/∂z₂, row 1", "δ₂, row 1", "δ₂, row 2", "∂a₂/∂z₂, row 2", "∂a₂/∂z₂, row 1"]
    assert found.evaluate("[...root.querySelectorAll('.fs-equation .fs-cell')].filter((b) => b.tabIndex === 0).map((b) => b === document.activeElement)") == [True]
    assert place(found) == ["5", 0], "the arrows did not walk on"
    found.keyboard.press("Enter")
    assert heard(found).startswith("∂a₂/∂z₂, row 1: 0.24") and heard(found).endswith("marked in the picture.")
    found.locator(".fs-result [data-quantity=dE_dw2] [data-row='1'] button").focus()
    found.keyboard.press("Space")
    assert heard(found).startswith("∂E/∂w₂, row 2: 0.5") and place(found) == ["5", 0]
    assert found.evaluate("[...root.querySelectorAll('.fs-cell[aria-pressed=true]')].map((b) => b.ariaLabel.split(':')[0])") == ["∂E/∂w₂, row 2"]


def test_who_goes_by_keyboard_keeps_the_place(page):
    """Home and End stay among the numbers, a button that has become useless keeps the focus, Enter takes a seed, reading pauses."""
    found = page(step="5", epoch=1)
    cells = "[...root.querySelectorAll('.fs-equation .fs-cell')]"
    found.locator(".fs-equation .fs-cell[tabindex='0']").focus()
    for key, which in (("End", -1), ("Home", 0)):
        found.keyboard.press(key)
        assert found.evaluate(f"{cells}.at({which}) === document.activeElement") and place(found) == ["5", 1]
    back = found.get_by_role("button", name="Previous epoch")
    back.focus()
    found.keyboard.press("Enter")
    assert place(found) == ["5", 0] and back.evaluate("(button) => button === document.activeElement")
    found.locator("summary", has_text="More").click()
    seed = found.get_by_label("Seed")
    seed.fill("7")
    seed.press("Enter")
    place(found)
    weight = found.get_by_label("w₁ from input 1 to hidden neuron 1").get_attribute("data-value")
    assert float(weight) == Parameters.random(7).w1[0, 0]
    press(found, "Play")
    found.locator(".fs-equation .fs-cell[tabindex='0']").focus()
    found.get_by_role("button", name="Play", exact=True).wait_for()


def test_a_random_start_is_another_one_each_time(page):
    found = page()
    found.locator("summary", has_text="More").click()
    starts = []
    for _ in range(3):
        press(found, "Random start")
        starts.append(found.evaluate("[root.querySelector('[aria-label=Seed]').value, model.get('parameters').w1[0][0]]"))
    assert starts == [[str(seed), Parameters.random(seed).w1[0, 0]] for seed in (1, 2, 3)]


def test_who_comes_from_another_widget_is_told_and_has_the_focus(page):
    found = page(step="5")
    found.evaluate("root.dispatchEvent(new CustomEvent('fs-enter')); model.set('step', '6')")
    assert heard(found).startswith("The step explorer shows the same network. Step 6, epoch 0: ")
    assert found.evaluate("document.activeElement.textContent") == "Next step"


def test_playing_ends_when_somebody_takes_over(page):
    found = page(speed=0.5)
    press(found, "Play")
    found.wait_for_function("root.dataset.step === 'F2'")
    assert found.evaluate("[model.get('playing'), root.querySelector('.fs-play').textContent]") == [True, "Pause"]
    found.evaluate("root.querySelector('.fs-fields input').focus()")
    assert found.evaluate("[model.get('playing'), root.querySelector('.fs-play').textContent]") == [False, "Play"]
    press(found, "Play")
    press(found, "Pause")
    assert found.evaluate("model.get('playing')") is False, "its own click is not ended before it begins"


def test_a_sentence_says_where_one_is_once_somebody_acts(page):
    found = page()
    live = "root.querySelector('[aria-live]').textContent"
    assert found.evaluate(live) == ""
    press(found, "Next step")
    place(found)
    assert found.evaluate(live).startswith(f"{OPERATIONS[1].name}, epoch 0: {OPERATIONS[1].title}. a₁ = ")


def test_compact_has_the_walk_only(page):
    found = page(compact=True)
    assert found.evaluate("[...root.querySelectorAll('.fs-bar button')].map((n) => n.textContent)") == ["Previous step", "Play", "Next step"]
    assert found.evaluate("[...root.querySelectorAll('.fs-choices button')].map((n) => n.textContent)") == ["Reset"]
    assert found.evaluate("[root.hasAttribute('data-compact'), root.querySelectorAll('details').length]") == [True, 0]


def test_seen_from_afar_one_walks_by_epochs_and_the_second_sentence_is_short(page):
    found = page(view="training", epoch=2)
    press(found, "One epoch on")
    assert place(found) == ["F1", 3] and heard(found).startswith("Epoch 3: the loss is ")
    press(found, "One epoch back")
    assert place(found) == ["F1", 2]
    found.evaluate("model.set('view', 'step'); model.set('step', '5')")
    assert heard(found).startswith("Step 5, epoch 2: ") and OPERATIONS[9].title in heard(found)
    found.evaluate("model.set('epoch', 3)")
    assert heard(found).startswith("Step 5, epoch 3: δ₂ = ") and OPERATIONS[9].title not in heard(found)


@pytest.mark.parametrize(("step", "guess", "said"), [("8", "0.495", "the new w₂ instead of the old one"), ("1", "-0.5553", "sign"), ("5", "0.0754", "Not yet. Try again, or reveal it.")])
def test_a_prediction_with_a_known_slip_is_told_which(page, step, guess, said):
    found = page(step=step)
    found.get_by_label("Predict first").check()
    found.get_by_label("Your prediction").fill(guess)
    press(found, "Check")
    found.locator(".fs-verdict", has_text=said).wait_for()  # what knows the slips comes with the question


def test_arrows_take_over_from_the_playing_also_where_play_has_the_focus(page):
    found = page(step="5")
    press(found, "Play")
    assert found.evaluate("model.get('playing') && document.activeElement.textContent === 'Pause'")
    found.keyboard.press("ArrowRight")
    assert place(found) == ["6", 0] and not found.evaluate("model.get('playing')")
    press(found, "Play")
    found.keyboard.press(" ")
    assert not found.evaluate("model.get('playing')"), "space presses the button, and that is all"
    assert place(found) == ["6", 0]


def test_the_row_on_show_is_marked_and_what_is_pointed_at_lights_in_the_written_line(page):
    found = page(step="5")
    rows = "[...root.querySelectorAll('.fs-equation tr[data-shown]')].map((row) => [...row.parentNode.children].indexOf(row))"
    assert set(found.evaluate(rows)) == {0}
    found.get_by_label("Example in the picture", exact=True).select_option("1")
    assert set(found.evaluate(rows)) == {1}
    found.locator(".fs-stage [data-quantity=dE_dw2][data-symbol] [data-row='0']").first.hover()
    assert found.evaluate("root.querySelectorAll('.fs-arithmetic .fs-cell-lit').length") >= 4
    assert found.evaluate("[...root.querySelectorAll('.fs-code .fs-lit')].map((n) => n.dataset.symbol)").count("dE_dw2") == 1


def test_where_a_weight_moves_a_small_scale_shows_how_far(page):
    found = page(step="7")
    marks = found.evaluate("[...root.querySelectorAll('.fs-moves .fs-now')].map((dot) => Number(dot.dataset.way))")
    it = iteration(TWO_EXAMPLES.x, TWO_EXAMPLES.y, Parameters.example(), 0.5)
    by = (it.new_w2 - it.w2).ravel()
    assert 0.005 < abs(by).max() < 0.01
    assert marks == pytest.approx((17 * by / 0.01).tolist())
    key = found.locator(".fs-key")
    assert key.inner_text() == "± 0.01", "what the scales' ends mean, a round number"
    press(found, "Next step")
    assert found.locator(".fs-moves").count() == 0 and key.count() == 0
    assert found.locator(".fs-chip.fs-parked[data-quantity=new_w2]").first.evaluate("(n) => getComputedStyle(n).borderTopStyle") == "dashed"


def test_numbers_that_are_told_apart_have_as_many_digits_each(page):
    """The picture wrote −1.10340, the matrix below it −1.1034."""
    widget, seen = page(step="7", view="step"), set()
    for epoch in range(3000, 3060, 2):
        widget.evaluate("(epoch) => { model.set('epoch', epoch); }", epoch)
        widget.wait_for_function("(epoch) => Number(root.dataset.epoch) === epoch", arg=epoch)
        texts = widget.locator(".fs-equation .fs-result [data-quantity=new_w2] [data-value]").all_inner_texts()
        counts = {len(text.strip("−").replace(".", "").lstrip("0")) for text in texts}
        seen |= {text[-1] for text in texts}
        assert len(counts) == 1 and min(counts) > 4, (epoch, texts)
    assert "0" in seen, "some of them end in a zero"


@pytest.mark.parametrize(("step", "predict"), [("F1", False), ("5", False), ("F1", True)])
def test_a_changed_weight_is_heard_with_the_new_loss(page, step, predict):
    """At F1 the second layer's weights changed nothing that was said."""
    found = page(step=step, predict=predict)
    field = found.get_by_label("w₂ from hidden neuron 1 to output 1")
    field.fill("0.9")
    field.press("Enter")
    told = re.findall(r"The loss E is ([\d.]+)\.", heard(found))
    changed = Parameters.example()._replace(w2=[[0.9], [-0.3]])
    right = iteration(TWO_EXAMPLES.x, TWO_EXAMPLES.y, changed, 0.5).E
    assert [float(E) for E in told] == ([] if predict else [pytest.approx(right, rel=1e-3)])
