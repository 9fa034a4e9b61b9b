"""Who acts has the last word: what is typed stays, playing yields, Back means back, and no link freezes a page."""
import base64
import json
import random

import pytest
from conftest import widgets_are_drawn

from nnlib import AND, Parameters, iteration, train

STEP = "book/forward/feedforward.html"
FREEZE = 1000  # milliseconds that no machine is too slow for; what it takes on ours, benchmarks say (below 100)
TRAINING = "book/training/training.html"
START = {name: value.tolist() for name, value in Parameters.example()._asdict().items()}
STATE = {"step": "3", "epoch": 1, "parameters": START, "examples": {"name": "AND", "x": AND.x.tolist(), "y": AND.y.tolist()},
         "learning_rate": 0.5, "hidden": "sigmoid", "output": "sigmoid", "predict": False}
UNTRAINED = {"gate": "AND", "parameters": START, "neurons": 2, "seed": 1, "hidden": "sigmoid", "learning_rate": 0.5,
             "one_at_a_time": False, "epoch": 0, "logarithmic": False}


def packed(state):
    return "1." + base64.urlsafe_b64encode(json.dumps(state).encode()).decode().rstrip("=")


def first(tab, kind="StepExplorer"):
    widget = tab.locator(f"section[data-widget={kind}]").first
    widget.wait_for()
    return widget


def alert(widget):
    return widget.get_by_role("alert").inner_text()


# ---- playing yields ----


def playing(tab):
    widget = first(tab)
    widget.get_by_role("button", name="Play", exact=True).click()
    widget.get_by_role("button", name="Pause", exact=True).wait_for()
    return widget


@pytest.mark.parametrize("act", [
    lambda widget, tab: widget.get_by_label("b₂ of output 1").focus(),
    lambda widget, tab: (widget.get_by_role("button", name="Next step").focus(), tab.keyboard.press("ArrowRight")),
    lambda widget, tab: (widget.locator("[data-stop='5']").focus(), tab.keyboard.press("Enter")),
], ids=["a field in use", "an arrow key", "Enter on a stop"])
def test_whoever_acts_ends_the_playing(open_page, act):
    tab = open_page(STEP)
    widget = playing(tab)
    act(widget, tab)
    widget.get_by_role("button", name="Play", exact=True).wait_for()
    step = widget.get_attribute("data-step")
    tab.wait_for_timeout(2400)
    assert widget.get_attribute("data-step") == step


def test_the_play_button_by_keyboard_pauses_and_goes_on(open_page):
    tab = open_page(STEP)
    button = playing(tab).get_by_role("button", name="Pause", exact=True)
    button.focus()
    tab.keyboard.press("Space")
    first(tab).get_by_role("button", name="Play", exact=True).wait_for()
    tab.keyboard.press("Space")
    first(tab).get_by_role("button", name="Pause", exact=True).wait_for()


def test_what_is_typed_while_it_plays_is_not_overwritten(open_page):
    tab = open_page(STEP)
    widget = playing(tab)
    field = widget.get_by_label("b₂ of output 1")
    field.fill("0.7")
    tab.wait_for_timeout(2400)
    assert field.input_value() == "0.7"
    field.press("Enter")
    assert float(field.get_attribute("data-value")) == 0.7 and widget.get_attribute("data-epoch") == "0"


def test_a_field_of_the_training_explorer_ends_its_playing_and_keeps_what_is_typed(open_page):
    tab = open_page(TRAINING)
    widget = first(tab, "TrainingExplorer")
    widget.get_by_role("button", name="Play", exact=True).click()
    field = widget.get_by_label("Epoch", exact=True)
    field.fill("12345")
    widget.get_by_role("button", name="Play", exact=True).wait_for()
    tab.wait_for_timeout(300)
    assert field.input_value() == "12345"
    field.press("Enter")
    tab.wait_for_function("() => document.querySelector('section[data-widget=TrainingExplorer]').dataset.epoch === '12345'", timeout=60_000)
    tab.keyboard.press("Tab")
    assert field.input_value() == "12345", "all digits of a whole number"


# ---- predicting ----


def predicting(tab, step):
    widget = first(tab)
    widget.locator(f"[data-stop='{step}']").click()
    widget.get_by_label("Predict first").check()
    return widget


def guess(widget, text):
    field = widget.get_by_label("Your prediction")
    field.fill(text)
    field.press("Enter")
    return widget.locator(".fs-verdict").inner_text()


def test_a_prediction_is_right_to_the_digit_that_is_asked_for_and_no_further(open_page):
    widget = predicting(open_page(STEP), "6")
    exact = float(iteration(AND.x[[1, 3]], AND.y[[1, 3]], Parameters.example(), 0.5).dE_db2[0, 0])
    assert "to three significant digits" in widget.locator(".fs-question").inner_text()
    unit = 10.0 ** -4  # 0.0305088: the third digit stands in the fourth decimal
    for wrong in (0, exact + 0.6 * unit, exact - 0.6 * unit, 2 * exact):
        assert "Not yet" in guess(widget, f"{wrong:.12f}"), wrong
        assert widget.get_attribute("data-step") == "6"
    assert "the sign is not" in guess(widget, f"{-exact:.12f}")
    assert "Right" in guess(widget, f"{exact:.3g}")


def test_enter_in_a_prediction_never_takes_a_step(open_page):
    tab = open_page(STEP)
    widget = predicting(tab, "6")
    for text in ("", "abc", "99"):
        guess(widget, text)
        assert widget.get_attribute("data-step") == "6"
    exact = iteration(AND.x[[1, 3]], AND.y[[1, 3]], Parameters.example(), 0.5).dE_db2[0, 0]
    guess(widget, f"{exact:.6f}")
    tab.wait_for_timeout(200)
    assert widget.get_attribute("data-step") == "6", "the key that answered is not taken for Next step as well"
    assert widget.locator(".fs-result [data-value]").count() == 1


# ---- Back ----


def go(tab, hash_):
    tab.evaluate("hash => { location.hash = hash; }", hash_)
    tab.wait_for_timeout(50)


def typed(widget, label, text):
    field = widget.get_by_label(label)
    field.fill(text)
    field.press("Enter")


def test_back_past_a_place_on_the_page_leaves_what_was_typed(open_page):
    tab = open_page(f"{STEP}#StepExplorer={packed(STATE)}")
    widget = first(tab)
    typed(widget, "b₂ of output 1", "0.625")
    go(tab, "#some-heading")
    tab.go_back()
    tab.wait_for_timeout(100)
    assert float(widget.get_by_label("b₂ of output 1").get_attribute("data-value")) == 0.625


def test_back_from_another_link_leads_to_the_state_that_was_left(open_page):
    tab = open_page(f"{STEP}#StepExplorer={packed(STATE)}")
    widget = first(tab)
    assert widget.get_attribute("data-step") == "3"
    typed(widget, "b₂ of output 1", "0.625")
    go(tab, f"#StepExplorer={packed(STATE | {'step': '9', 'epoch': 0})}")
    assert widget.get_attribute("data-step") == "9"
    typed(widget, "b₂ of output 1", "-2")
    tab.go_back()
    tab.wait_for_timeout(100)
    assert widget.get_attribute("data-step") == "3" and float(widget.get_by_label("b₂ of output 1").get_attribute("data-value")) == 0.625
    tab.go_forward()
    tab.wait_for_timeout(100)
    assert widget.get_attribute("data-step") == "9" and float(widget.get_by_label("b₂ of output 1").get_attribute("data-value")) == -2


def test_back_from_the_first_link_leads_to_where_one_was(open_page):
    tab = open_page(STEP)
    widget = first(tab)
    typed(widget, "b₂ of output 1", "0.625")
    go(tab, f"#StepExplorer={packed(STATE)}")
    assert widget.get_attribute("data-step") == "3"
    tab.go_back()
    tab.wait_for_timeout(100)
    assert float(widget.get_by_label("b₂ of output 1").get_attribute("data-value")) == 0.625


# ---- links ----


def forged(seed):
    """A fragment that is nearly right, or not at all."""
    rng = random.Random(seed)
    state = json.loads(json.dumps(STATE))
    values = [None, True, "x", -1, 1e308, -1e308, 10**9, 99_999, [], {}, [[1e308]], [[0, 0]], "NaN", 0.5, "12", "sigmoid", [[1] * 8] * 4]
    if rng.random() < 0.15:
        return "".join(rng.choices("1.2abcXYZ%<>&=-_/\\ é", k=rng.randint(0, 40)))
    for _ in range(rng.randint(1, 3)):
        where = rng.choice([state, state["parameters"], state["examples"]]) if isinstance(state.get("parameters"), dict) and isinstance(
            state.get("examples"), dict) else state
        where[rng.choice([*where, "other"])] = rng.choice(values)
    return packed(state)


def test_two_hundred_links_are_each_answered_at_once(open_page):
    """With the state that the link holds, or with one sentence and the state from before; never with NaN."""
    tab = open_page(STEP)
    widgets_are_drawn(tab)
    said = tab.evaluate("""async (entries) => {
        const widget = document.querySelector('section[data-widget=StepExplorer]');
        const look = () => [...widget.querySelectorAll('[data-value]')].map((e) => e.dataset.value);
        const results = [];
        for (const entry of entries) {
            const before = JSON.stringify([widget.dataset.step, look()]), begin = performance.now(), old = location.hash;
            location.hash = '#StepExplorer=' + encodeURIComponent(entry);
            await new Promise((done) => { addEventListener('hashchange', () => setTimeout(done), {once: true}); setTimeout(done, 1000); });
            results.push({ms: location.hash === old ? 0 : performance.now() - begin, said: widget.querySelector('[role=alert]').textContent,
                same: before === JSON.stringify([widget.dataset.step, look()]), bad: look().filter((v) => !Number.isFinite(Number(v)))});
        }
        return results; }""", [forged(seed) for seed in range(200)])
    refused = [one for one in said if "could not be read" in one["said"]]
    assert len(refused) > 100 and len(said) - len(refused) > 5, "both kinds occur"
    for one in said:
        assert one["bad"] == [] and one["ms"] < FREEZE, one
        assert one in refused or one["said"] == "" or "Training: epoch" in one["said"], one
    assert all(one["same"] for one in refused), "what is refused changes nothing"


def test_a_far_epoch_of_a_large_network_does_not_freeze_the_page(open_page):
    """Such a link once held the page for 38 seconds; it is walked to while the page stays alive, and can be overtaken."""
    large = Parameters.random(1, hidden=8)
    x, y = [[i / 16, 1 - i / 16] for i in range(16)], [[i % 2] for i in range(16)]
    link = STATE | {"epoch": 100_000, "parameters": {n: p.tolist() for n, p in large._asdict().items()},
                    "examples": {"name": "own", "x": x, "y": y}}
    tab = open_page(STEP)
    widgets_are_drawn(tab)
    tab.evaluate("""async (hash) => {
        globalThis.longest = 0;
        let last = performance.now();
        setInterval(() => { longest = Math.max(longest, performance.now() - last); last = performance.now(); }, 0);
        const said = document.querySelector('section[data-widget=StepExplorer] [role=alert]');
        const told = new Promise((done) => new MutationObserver(() => said.textContent.includes('Training: epoch') && done())
            .observe(said, {childList: true, subtree: true, characterData: true}));
        location.hash = hash;
        await told;
        const next = [...document.querySelectorAll('section[data-widget=StepExplorer] button')].find((b) => b.textContent === 'Next step');
        next.click(); }""", f"#StepExplorer={packed(link)}")  # at once: a quick engine is there before a driver's mouse
    widget = first(tab)
    assert widget.get_attribute("data-step") == "F2", "whoever acts goes on from what is on show"
    tab.wait_for_timeout(1000)
    assert widget.get_attribute("data-epoch") == "0" and tab.evaluate("longest") < FREEZE


def test_a_link_whose_training_diverges_says_so_and_changes_nothing(open_page):
    tab = open_page(STEP)
    widget = first(tab)
    step = widget.get_attribute("data-step")
    go(tab, f"#StepExplorer={packed(STATE | {'epoch': 90_000, 'learning_rate': 40, 'hidden': 'relu', 'output': 'identity'})}")
    tab.wait_for_function("() => document.querySelector('section[data-widget=StepExplorer] [role=alert]').textContent.includes('diverges')", timeout=60_000)
    assert "Everything stays as it was" in alert(widget) and widget.get_attribute("data-step") == step


def test_the_training_explorers_far_epoch_is_reached(open_page):
    tab = open_page(f"{TRAINING}#TrainingExplorer={packed(UNTRAINED | {'epoch': 60_000})}")
    widget = first(tab, "TrainingExplorer")
    tab.wait_for_function("() => document.querySelector('section[data-widget=TrainingExplorer]').dataset.epoch === '60000'", timeout=60_000)
    shown = float(widget.locator(".fs-loss [data-value]").get_attribute("data-value"))
    expected = train(AND.x, AND.y, Parameters.example(), 0.5, 60_000, keep="last").losses[-1]
    assert shown == pytest.approx(expected, rel=1e-6)


# ---- what is painted ----


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_plane_is_painted_in_the_pages_colours(open_page, scheme):
    """Read from the pixels: from the background towards the colour of activations, never black on light."""
    tab = open_page(TRAINING, color_scheme=scheme)
    first(tab, "TrainingExplorer")
    tab.wait_for_timeout(200)
    corner, background, full = tab.evaluate("""() => {
        const canvas = document.querySelector('section[data-widget=TrainingExplorer] canvas');
        const pixel = [...canvas.getContext('2d').getImageData(0, 0, 1, 1).data].slice(0, 3);
        const style = getComputedStyle(document.documentElement);
        const colour = (name) => [1, 3, 5].map((i) => parseInt(style.getPropertyValue(name).trim().slice(i, i + 2), 16));
        return [pixel, colour('--fs-background'), colour('--fs-activation')]; }""")
    share = 0.08 + 0.62 * 0.55  # the untrained network says about 0.55 everywhere
    for got, low, high in zip(corner, background, full, strict=True):
        assert abs(got - (low + (high - low) * share)) < 6
