"""controls.js: what somebody does with a field, a slider, a choice or a tick, and what is said about it."""
import pytest

SETUP = """async () => {
  Object.assign(window, await import("/ui/controls.js"));
  const { element } = await import("/ui/elements.js");
  window.log = [];
  window.state = { rate: 0.5, step: "F1" };
  window.complaint = null;
  window.model = { get: (name) => state[name], set(name, value) { state[name] = value; log.push(`${name}=${value}`); },
    save_changes: () => log.push("saved") };
  window.ui = new Controls(model, () => log.push("redraw"));
  window.accept = (value) => { log.push(`accept ${JSON.stringify(value)} ${typeof value}`); return complaint; };
  window.put = (...nodes) => document.body.append(...nodes);
  window.said = () => ui.message.textContent;
  put(ui.message, ui.live, element("button", { id: "elsewhere" }, "elsewhere"));
}"""


@pytest.fixture
def ui(tab):
    """The page with the controls of one widget; log holds what was asked of it."""
    tab.evaluate(SETUP)
    return tab


@pytest.fixture
def field(ui):
    """A field that shows a third, in four digits."""
    ui.evaluate("window.input = ui.field('Rate', {class: 'fs-short'}, accept); put(input); setNumber(input, 1 / 3)")
    return ui


THIRD = "0.3333333333333333"


def look(ui):
    """What the log, the field, the message and the page's focus say."""
    return ui.evaluate("[log.splice(0), input.value, said()]")


def selected(ui):
    return ui.evaluate("[input.selectionStart, input.selectionEnd]")


def test_the_frame(ui):
    assert ui.evaluate("[ui.message.outerHTML, ui.live.outerHTML]") == [
        '<p class="fs-message" role="alert"></p>', '<p class="fs-visually-hidden" aria-live="polite"></p>']


def test_the_live_region_is_silent_until_somebody_acts_and_says_nothing_twice(ui):
    said = ui.evaluate("""async () => { const said = []; let changes = 0;
        new MutationObserver((all) => { changes += all.length; }).observe(ui.live, {childList: true});
        ui.announce("one"); said.push(ui.live.textContent); ui.act(); ui.announce("two"); ui.announce("two"); said.push(ui.live.textContent);
        await null; return [said, changes]; }""")
    assert said == [["", "two"], 1]


def test_traits_are_set_together_and_the_message_goes(ui):
    assert ui.evaluate("ui.say('wrong'); ui.change({rate: 1, step: 'F2'}); [log, said()]") == [["rate=1", "step=F2", "saved"], ""]
    refused = ui.evaluate("(() => { try { ui.change({raet: 1}); } catch (error) { return [error.name, error.message, state]; } })()")
    assert refused == ["RangeError", "change: there is no trait raet", {"rate": 1, "step": "F2"}]


def test_complaints(ui):
    assert ui.evaluate("ui.complain('it is too long'); said()") == "it is too long."
    assert ui.evaluate("ui.complain(null); said()") == "it is too long.", "nothing to complain of leaves the message"
    assert ui.evaluate("ui.accept('no'); [said(), log]") == ["no.", ["redraw"]]


def test_a_button_is_somebody_acting(ui):
    found = ui.evaluate("""(() => { const node = ui.button("Go", () => log.push(ui.quiet), {class: "fs-go"}); put(node);
        const quiet = ui.quiet; node.click(); return [quiet, log, node.outerHTML, ui.button("x", () => 0).outerHTML]; })()""")
    assert found == [True, [False], '<button type="button" class="fs-go">Go</button>', '<button type="button">x</button>']


def test_a_field_shows_four_digits_and_all_of_them_while_it_is_edited(field):
    assert field.evaluate("[input.value, input.title, input.dataset.value]") == ["0.3333", THIRD, THIRD]
    field.evaluate("input.focus()")
    assert look(field) == [[], THIRD, ""] and selected(field) == [0, len(THIRD)]
    field.evaluate("elsewhere.focus()")
    assert look(field) == [[], "0.3333", ""], "looking is not typing"
    assert field.evaluate("input.outerHTML").startswith(
        '<input type="text" inputmode="decimal" autocomplete="off" aria-label="Rate" spellcheck="false" aria-description="" class="fs-short"')


def test_a_number_is_typed_and_entered(field):
    field.evaluate("input.focus(); complaint = null")
    field.keyboard.type("0,25")
    assert look(field)[0] == [] and field.evaluate("ui.quiet") is True, "nothing happens while it is typed"
    field.keyboard.press("Enter")
    log, value, said = look(field)
    assert log == ["accept 0.25 number", "redraw"] and said == "" and value == THIRD, "whoever accepts it shows it"
    assert selected(field) == [0, len(THIRD)] and field.evaluate("ui.quiet") is False
    field.keyboard.press("Enter")
    assert look(field)[0] == [], "and not twice"


def test_a_number_is_typed_and_left(field):
    field.evaluate("input.focus()")
    field.keyboard.type("7")
    field.evaluate("elsewhere.focus()")
    assert look(field) == [["accept 7 number", "redraw"], "0.3333", ""]


@pytest.mark.parametrize(("typed", "complaint", "accepted", "message"), [
    ("abc", None, [], "Rate: expected a number, got “abc”; 0.3333333333333333 stays."),
    ("-1", "expected a number ≥ 0", ["accept -1 number"], "Rate: expected a number ≥ 0; 0.3333333333333333 stays."),
])
def test_what_is_refused_is_said_and_the_last_good_value_stays(field, typed, complaint, accepted, message):
    field.evaluate("(text) => { complaint = text; input.focus(); }", complaint)
    field.keyboard.type(typed)
    field.keyboard.press("Enter")
    assert look(field) == [accepted, THIRD, message]
    field.keyboard.type(typed)
    field.evaluate("ui.say(''); elsewhere.focus()")
    assert look(field) == [accepted, "0.3333", message]


def test_what_somebody_is_typing_is_never_overwritten(field):
    field.evaluate("input.focus()")
    field.keyboard.type("0.1")
    assert field.evaluate("setNumber(input, 0.75); [input.value, input.title, input.dataset.value]") == ["0.1", "0.75", "0.75"]
    field.keyboard.press("Enter")
    assert look(field) == [["accept 0.1 number", "redraw"], "0.75", ""]
    assert field.evaluate("setNumber(input, 2 / 3); input.value") == "0.6666666666666666", "focused, but nothing typed"
    field.evaluate("elsewhere.focus()")
    assert field.evaluate("input.value") == "0.6667"
    assert field.evaluate("setNumber(input, 0.125); input.value") == "0.125"


def test_escape_takes_back_what_was_typed_and_keeps_the_focus(field):
    field.evaluate("setNumber(input, 0.75); input.focus()")
    field.keyboard.type("0.1")
    field.keyboard.press("Escape")
    assert field.evaluate("[input.value, document.activeElement === input]") == ["0.75", True]
    field.keyboard.press("Enter")
    assert look(field)[0] == [], "nothing was accepted"


def test_text_that_was_left_without_focus_is_replaced(field):
    assert field.evaluate("input.value = 'stray'; setNumber(input, 0.75); input.value") == "0.75"


def test_an_empty_field_may_be_entered_and_left(ui):
    ui.evaluate("window.input = ui.field('New', {}, accept); put(input); input.focus()")
    assert look(ui) == [[], "", ""]
    ui.evaluate("elsewhere.focus()")
    assert look(ui) == [[], "", ""]
    ui.evaluate("input.focus(); setNumber(input, 0.5)")
    assert look(ui) == [[], "0.5", ""], "what was never shown is not being typed"


def test_other_keys_enter_nothing(field):
    field.evaluate("input.focus()")
    field.keyboard.type("5")
    field.keyboard.press("ArrowLeft")
    assert look(field) == [[], "5", ""]


@pytest.mark.parametrize("focus", [True, False])
def test_a_whole_number_keeps_all_its_digits(ui, focus):
    ui.evaluate("window.input = ui.field('Epoch', {}, accept); put(input)")
    if focus:
        ui.evaluate("input.focus()")
    assert ui.evaluate("setWhole(input, 123456); [input.value, input.dataset.value]") == ["123456", "123456"]
    ui.evaluate("elsewhere.focus()")
    assert ui.evaluate("input.value") == "123456"
    ui.evaluate("input.focus()")
    ui.keyboard.type("12")
    assert ui.evaluate("setWhole(input, 7); input.value") == "12", "not while somebody types"
    ui.keyboard.type("x")
    ui.evaluate("setWhole(input, 1234567); elsewhere.focus()")
    assert ui.evaluate("[input.value, said()]") == ["1234567", "Epoch: expected a number, got “12x”; 1234567 stays."]


def test_a_whole_number_is_read_when_it_is_asked_for(ui):
    ui.evaluate("window.seed = ui.wholeField('Seed', {value: '1'}); put(seed.input)")
    assert ui.evaluate("[seed.read(), said()]") == [1, ""]
    assert ui.evaluate("seed.input.value = '1.5'; [seed.read(), said()]") == [None, "Seed: expected a whole number, got “1.5”."]
    assert ui.evaluate("seed.input.value = ''; [seed.read(), said()]") == [None, "Seed: expected a number, got nothing."]
    assert ui.evaluate("seed.input.value = '0'; ui.say(''); [seed.read(), said()]") == [0, ""]
    assert ui.evaluate("ui.wholeField('Seed').input.outerHTML") == (
        '<input type="text" inputmode="numeric" autocomplete="off" aria-label="Seed" class="fs-short">')


def test_a_seed_that_was_typed_is_taken_and_then_the_next(ui):
    """Every press of "Random start" gives another network, and its seed stands in the field."""
    ui.evaluate("window.seed = ui.seedField({value: '1', unused: true}); put(seed.input); ui.act()")
    take = "[seed.take(), seed.input.value]"
    assert [ui.evaluate(take) for _ in range(3)] == [[1, "1"], [2, "2"], [3, "3"]]
    ui.evaluate("seed.input.focus(); seed.input.select()")
    ui.keyboard.type("3")
    assert [ui.evaluate(take) for _ in range(2)] == [[3, "3"], [4, "4"]], "the same number, typed again, is wanted again"
    assert ui.evaluate("ui.announce('Here.'); ui.live.textContent") == "Seed 4. Here."
    ui.keyboard.type("x")
    assert ui.evaluate("[seed.take(), said()]") == [None, "Seed: expected a number, got “4x”."]
    assert ui.evaluate("(() => { const other = ui.seedField(); return [other.take(7), other.take(), other.take(9007199254740991)]; })()") == [
        8, 9, -9007199254740991]


def test_a_setting_is_named_before_what_it_changes(ui):
    said = ui.evaluate("""(() => { const choice = ui.choice("gate", ["AND", "XOR"], accept); const tick = ui.tick("slowly", accept); put(choice, tick.root);
        choice.value = "XOR"; choice.dispatchEvent(new Event("change")); ui.announce("E is 0.5."); const first = ui.live.textContent;
        tick.box.click(); ui.announce("E is 0.5."); const second = ui.live.textContent;
        complaint = "no"; tick.box.click(); ui.announce("E is 0.6."); return [first, second, ui.live.textContent]; })()""")
    assert said == ["gate: XOR. E is 0.5.", "slowly: on. E is 0.5.", "E is 0.6."]


def test_a_choice_of_words_or_pairs(ui):
    found = ui.evaluate("""(() => { const choice = ui.choice("hidden", ["tanh", ["relu", "ReLU"]], accept); put(choice);
        choice.value = "relu"; choice.dispatchEvent(new Event("change")); return [choice.outerHTML, log, ui.quiet]; })()""")
    assert found == ['<select aria-label="hidden"><option value="tanh">tanh</option><option value="relu">ReLU</option></select>',
                     ['accept "relu" string', "redraw"], False]


def test_a_choice_that_is_refused_says_why(ui):
    assert ui.evaluate("""(() => { complaint = "it cannot be"; const choice = ui.choice("hidden", ["tanh"], accept); put(choice);
        choice.dispatchEvent(new Event("change")); return said(); })()""") == "it cannot be."


def test_a_tick(ui):
    assert ui.evaluate("""(() => { window.tick = ui.tick("slowly", accept, {name: "slow"}); put(tick.root); return tick.root.outerHTML; })()""") == (
        '<label><input type="checkbox" name="slow"><span>slowly</span></label>')
    ui.get_by_label("slowly").check()
    assert ui.evaluate("[log.splice(0), ui.quiet]") == [["accept true boolean", "redraw"], False]
    ui.evaluate("complaint = 'no'")
    ui.get_by_label("slowly").uncheck()
    assert ui.evaluate("[log, said()]") == [["accept false boolean", "redraw"], "no."]
    assert ui.evaluate("ui.tick('x', accept).box.type") == "checkbox"


def slide(ui, value):
    """The slider's handle is moved, as a hand or the arrow keys do it."""
    ui.evaluate("(value) => { slider.range.value = value; slider.range.dispatchEvent(new Event('input')); }", value)


@pytest.fixture
def slider(ui):
    """A slider from −2 to 2."""
    ui.evaluate("window.slider = ui.slider('w₁', {min: -2, max: 2, name: 'Weight', kind: 'weight', symbol: 'w1', cell: {'data-row': 0}}, accept);"
                "window.input = slider.box; put(slider.root); slider.set(0.25)")
    return ui


def test_a_slider_shows_its_value_in_both_ways(slider):
    assert slider.evaluate("[slider.range.value, slider.range.getAttribute('aria-valuetext'), slider.box.value, slider.value]") == [
        "0.25", "0.25", "0.25", 0.25]
    root = slider.evaluate("slider.root.outerHTML")
    assert root.startswith('<div class="fs-slider" data-kind="weight" data-symbol="w1" data-quantity="w1"><span class="fs-slider-name">w₁</span>'
                           '<input type="range" min="-2" max="2" step="0.01" aria-label="Weight, slider"')
    assert 'aria-label="Weight" spellcheck="false" aria-description="" class="fs-short" data-row="0"' in root
    plain = slider.evaluate("ui.slider('x', {min: 0, max: 1, step: 0.5}, accept).root.outerHTML")
    assert plain.startswith('<div class="fs-slider"><span class="fs-slider-name">x</span><input type="range" min="0" max="1" step="0.5" aria-label="x, slider"')
    assert slider.evaluate("slider.set(1 / 3); slider.range.getAttribute('aria-valuetext')") == "0.3333"


def test_a_slider_is_slid_and_typed(slider):
    slide(slider, "-1.5")
    assert look(slider) == [["accept -1.5 number", "redraw"], "0.25", ""] and slider.evaluate("ui.quiet") is False
    slider.evaluate("input.focus()")
    slider.keyboard.type("2")
    slider.keyboard.press("Enter")
    assert look(slider)[0] == ["accept 2 number", "redraw"]
    for typed in ("2.01", "-2.01"):
        slider.keyboard.type(typed)
        slider.keyboard.press("Enter")
        assert look(slider) == [[], "0.25", "Weight: expected a number from −2 to 2; 0.25 stays."]
    slider.keyboard.type("-2")
    slider.keyboard.press("Enter")
    assert look(slider)[0] == ["accept -2 number", "redraw"]


def test_what_a_slider_is_told_is_wrong(slider):
    slider.evaluate("complaint = 'too much'")
    slide(slider, "1")
    assert look(slider) == [["accept 1 number", "redraw"], "0.25", "too much."]


def test_a_slider_under_the_hand_does_not_jump_by_a_rounding(slider):
    """While it has the focus, the handle moves only for another value, not for a nearby one."""
    slider.evaluate("slider.range.focus()")
    assert slider.evaluate("slider.set(0.255); slider.range.value") == "0.25"
    assert slider.evaluate("slider.set(0.2499); slider.range.value") == "0.25"
    assert slider.evaluate("slider.set(0.275); slider.range.value") == "0.28"
    assert slider.evaluate("slider.set(-1); slider.range.value") == "-1"
    slider.evaluate("elsewhere.focus()")
    assert slider.evaluate("slider.set(-1.006); slider.range.value") == "-1.01"


@pytest.fixture
def log_slider(ui):
    """A slider over powers of ten."""
    ui.evaluate("window.slider = ui.slider('ε', {min: 1e-6, max: 3, scale: 'log'}, accept); window.input = slider.box;"
                "put(slider.root); slider.set(0.01)")
    return ui


def test_a_logarithmic_slider(log_slider):
    found = log_slider.evaluate("[slider.range.min, slider.range.step, Number(slider.range.max), slider.range.value, slider.box.value]")
    assert found == ["-6", "0.05", pytest.approx(0.4771, abs=1e-4), "-2", "0.01"]
    slide(log_slider, "-3.45")
    assert log_slider.evaluate("log.splice(0)") == ["accept 0.000355 number", "redraw"], "three digits, as nobody slides finer"
    slide(log_slider, "-6")
    slide(log_slider, "9")
    values = [line for line in log_slider.evaluate("log.splice(0)") if line.startswith("accept")]
    assert values[0] == "accept 0.000001 number" and float(values[1].split()[1]) <= 3
    assert log_slider.evaluate("slider.max = 2.5; slider.value") == 2.5
    assert log_slider.evaluate("slider.max = 3; slider.min = 1e-5; slider.range.value = -6; slider.value") == 1e-5
    log_slider.evaluate("slider.set(0.01); slider.range.focus()")
    assert log_slider.evaluate("slider.set(0.0105); slider.range.value") == "-2"
    assert log_slider.evaluate("slider.set(0.02); slider.range.value") == "-1.7"


def test_a_label_stands_before_its_control(ui):
    assert ui.evaluate("labelled('seed', document.createElement('i')).outerHTML") == "<label><span>seed</span><i></i></label>"


def test_a_field_inside_a_shadow_root_knows_its_focus(ui):
    """JupyterLab may put a widget into one."""
    ui.evaluate("""(() => { const host = document.createElement("div"); put(host); window.input = ui.field("Rate", {}, accept);
        host.attachShadow({mode: "open"}).append(input); setNumber(input, 1 / 3); input.focus(); })()""")
    assert ui.evaluate("input.value") == THIRD
    ui.keyboard.type("9")
    assert ui.evaluate("setNumber(input, 1); input.value") == "9"


@pytest.mark.parametrize(("on", "event", "acts"), [
    ("button", {"key": "ArrowRight"}, True), ("button", {"key": "x"}, False), ("button", {"key": "ArrowRight", "altKey": True}, False),
    ("button", {"key": "ArrowRight", "ctrlKey": True}, False), ("button", {"key": "ArrowRight", "metaKey": True}, False),
    ("button", {"key": "ArrowRight", "shiftKey": True}, True),
    ("input", {"key": "ArrowRight"}, False), ("select", {"key": "ArrowRight"}, False), ("textarea", {"key": "ArrowRight"}, False),
])
def test_keys_where_no_control_needs_them(ui, on, event, acts):
    found = ui.evaluate("""([tag, event]) => { const node = document.createElement(tag); put(node);
        node.addEventListener("keydown", onKeys(ui, {ArrowRight: () => log.push(`right ${ui.quiet}`)}));
        const sent = new KeyboardEvent("keydown", {...event, bubbles: true, cancelable: true}); node.dispatchEvent(sent);
        return [log, sent.defaultPrevented, ui.quiet]; }""", [on, event])
    assert found == ([["right false"], True, False] if acts else [[], False, True])


def test_a_bare_slider_leaves_its_number_to_a_field_elsewhere(ui):
    ui.evaluate("window.slider = ui.slider('w₁', {min: -2, max: 2, symbol: 'w1', bare: true}, accept); put(slider.root); slider.set(0.25)")
    assert ui.evaluate("[slider.root.querySelectorAll('input').length, slider.range.value, slider.root.dataset.quantity ?? null, slider.root.dataset.symbol]") == [
        1, "0.25", None, "w1"]
    assert ui.evaluate("[slider.within(1), slider.within(3)]") == [None, "expected a number from −2 to 2"]


def test_the_buttons_of_a_walk_stand_in_one_order(ui):
    """Whoever lacks one leaves it out; the one that leads on stands out."""
    order = """(names) => { const all = Object.fromEntries(names.map((name) => [name, ui.button(name, () => {})]));
        const { farther, ...rest } = all; const root = bar({ ...rest, farther: farther ? [farther] : [] }, "more"); put(root);
        return [root.className, root.textContent, [...root.querySelectorAll(".fs-primary")].map((b) => b.textContent)]; }"""
    assert ui.evaluate(order, ["reset", "farther", "next", "play", "back"]) == ["fs-row fs-bar", "backplaynextfartherresetmore", ["next"]]
    assert ui.evaluate(order, ["reset"]) == ["fs-row fs-bar", "resetmore", []]


def test_a_learning_rate_is_the_same_control_everywhere(ui):
    found = ui.evaluate("""(() => { const rate = ui.rate({ max: 10 }, accept); put(rate.root); rate.set(0.5);
        return [rate.root.firstChild.textContent, rate.range.ariaLabel, rate.box.ariaLabel, rate.box.value, rate.min, rate.max, rate.log]; })()""")
    assert found == ["η", "Learning rate η, slider", "Learning rate η", "0.5", 0.01, 10, True]


@pytest.mark.parametrize(("value", "wide"), [(0.5, 3), (-0.0876243, 8), (-1.23456e-12, 11.2)])
def test_a_field_knows_how_long_its_number_is(field, value, wide):
    """So that a style sheet can write a long one smaller: the small signs of a power of ten count less."""
    assert field.evaluate("(value) => { setNumber(input, value); return Number(input.style.getPropertyValue('--signs')); }", value) == pytest.approx(wide, abs=0.3)
