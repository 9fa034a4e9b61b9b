"""TrainingExplorer, mounted: its neurons by number in the network, the plane and the table; what is stuck; one size of type; where the buttons stand."""
import pytest

from nnlib.widgets import TrainingExplorer

LIT = "() => [...root.querySelectorAll('[data-neuron][data-lit]')].map((n) => [n.closest('.fs-stage, .fs-plane-marks, .fs-weights').classList[0], n.dataset.neuron].join(' '))"


def many(**traits):
    return TrainingExplorer(gate="XOR", neurons=6, seed=1, learning_rate=2, **traits)


@pytest.mark.parametrize("widget", [many(epoch=300), TrainingExplorer()], ids=["six, as a sketch", "two, with their numbers"])
@pytest.mark.parametrize("place", [".fs-stage g", ".fs-plane-marks g", ".fs-plane-marks .fs-neuron-room"])
def test_who_points_at_a_neuron_sees_what_belongs_together(mount, widget, place):
    tab = mount(widget)
    asked = tab.locator(".fs-told").inner_text()
    assert tab.evaluate(LIT) == [] and "Point at a neuron" in asked
    tab.locator(f'{place}[data-neuron="1"]').first.dispatch_event("pointerover")
    lit = tab.evaluate(LIT)
    assert {one.split()[0] for one in lit} >= {"fs-stage", "fs-plane-marks"} and {one.split()[1] for one in lit} == {"1"}
    edges = tab.evaluate("[...root.querySelectorAll('.fs-glow[data-lit] + .fs-edge')].map((e) => e.dataset.weight)")
    assert sorted(edges) == ["w1 0 1", "w1 1 1", "w2 1 0"]
    told = tab.locator(".fs-told").inner_text()
    shown = tab.evaluate("""(() => { root.querySelector("details").open = true; const number = (name, i, j) =>
        root.querySelector(`.fs-weights [data-quantity="${name}"] [data-row="${i}"][data-col="${j}"]`).value;
        return [number("w1", 0, 1), number("w1", 1, 1), number("b1", 0, 1), number("w2", 1, 0)]; })()""")
    assert told.startswith("Neuron 2: w₁ {} from x₁, {} from x₂; b₁ {}; w₂ {}.".format(*shown))
    tab.evaluate("root.dispatchEvent(new PointerEvent('pointerleave'))")
    assert tab.evaluate(LIT) == [] and tab.locator(".fs-told").inner_text() == asked


def test_what_a_finger_has_tapped_stays_when_it_is_lifted(mount):
    """The sentence with a neuron's numbers was gone as soon as one could have read it."""
    tab = mount(TrainingExplorer())
    touch = "(kind) => {{ const e = {}; e.dispatchEvent(new PointerEvent(kind, {{ bubbles: kind !== 'pointerleave', pointerType: 'touch' }})); }}"
    tab.evaluate(touch.format("root.querySelector('.fs-stage g[data-neuron]')"), "pointerover")
    told = tab.locator(".fs-told").inner_text()
    tab.evaluate(touch.format("root"), "pointerleave")
    assert told.startswith("Neuron 1: ") and tab.locator(".fs-told").inner_text() == told


def test_by_keyboard_a_field_of_the_table_lights_its_neuron(mount):
    tab = mount(many())
    tab.locator("summary").click()
    tab.get_by_label("w₂, row 3, column 1").focus()
    tab.locator("summary").dispatch_event("pointerover")  # as from a pointer that rests while the table opens below it
    assert {one.split()[1] for one in tab.evaluate(LIT)} == {"2"} and tab.locator(".fs-told").inner_text().startswith("Neuron 3: ")
    tab.evaluate("root.dispatchEvent(new PointerEvent('pointerleave'))")
    assert tab.evaluate(LIT), "the focus is still there"
    tab.get_by_label("w₁, row 2, column 5").focus()
    assert tab.locator(".fs-told").inner_text().startswith("Neuron 5: ")
    tab.get_by_label("b₂, row 1, column 1").focus()
    assert tab.evaluate(LIT) == [], "the output's bias belongs to none of them"


def test_fewer_neurons_than_the_one_that_was_lit(mount):
    tab = mount(many())
    tab.locator('.fs-stage g[data-neuron="5"]').dispatch_event("pointerover")
    tab.evaluate("model.set('neurons', 3)")
    assert tab.locator(".fs-stage .fs-neuron-mark").all_text_contents() == ["1", "2", "3"] and tab.evaluate(LIT) == []


def test_a_neuron_without_a_line_says_so(mount):
    tab = mount(TrainingExplorer(parameters={"w1": [[0.1, 1], [0.1, 1]], "b1": [[5, 0]], "w2": [[1], [1]], "b2": [[0]]}))
    tab.locator('.fs-stage g[data-neuron="0"]').dispatch_event("pointerover")
    assert tab.locator(".fs-told").inner_text().endswith("It has no line: its z is 0 nowhere in this plane.")
    assert tab.locator(".fs-plane-marks .fs-neuron-mark").all_text_contents() == ["2"]


def test_what_is_stuck_is_said_and_heard(mount):
    tab = mount(TrainingExplorer(gate="XOR", neurons=6, seed=1, learning_rate=100))
    assert tab.locator(".fs-stuck").inner_text() == ""
    tab.get_by_role("button", name="100 epochs").click()
    said = tab.locator(".fs-stuck").inner_text()
    assert said.startswith("It is stuck: E is 1, ") and "saturated" in said
    assert tab.locator("[aria-live]").inner_text().endswith(said)
    tab.get_by_role("button", name="Reset").click()
    assert tab.locator(".fs-stuck").inner_text() == ""


@pytest.mark.parametrize("width", [360, 640, 980, 1500])
def test_the_curve_is_written_as_large_as_the_rest(mount, width):
    """However wide the drawing, its type is not scaled: it was larger than all else on a wide screen."""
    tab = mount(many())
    tab.evaluate("(width) => { root.style.width = `${width}px`; return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))); }", width)
    sizes = tab.evaluate("""[...root.querySelectorAll(".fs-loss-curve text")].filter((t) => t.textContent).map((t) =>
        parseFloat(getComputedStyle(t).fontSize) * t.ownerSVGElement.getBoundingClientRect().width / t.ownerSVGElement.viewBox.baseVal.width)""")
    body = tab.evaluate("parseFloat(getComputedStyle(root).fontSize)")
    assert len(sizes) > 5 and all(11 < size <= body for size in sizes), (sizes, body)


def test_labels_stand_beside_what_they_change(mount):
    tab = mount(TrainingExplorer())
    assert tab.locator(".fs-loss-curve").get_by_label("loss on a logarithmic scale").count() == 1
    assert tab.get_by_label("speed (epochs a frame)", exact=True).count() == 1
    buttons = tab.locator(".fs-bar button").evaluate_all("all => all.map((b) => b.ariaLabel ?? b.textContent)")
    assert buttons == ["Previous epoch", "Play", "1 epoch", "10 epochs", "100 epochs", "Reset"]
