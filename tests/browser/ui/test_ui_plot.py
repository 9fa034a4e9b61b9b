"""plot.js: axes with ticks, marks in the data's coordinates, dragging, and the width of the page."""
import pytest

SETUP = """async () => { Object.assign(window, await import("/ui/plot.js"));
  window.plot = new Plot({ width: 400, height: 200, margin: [10, 20, 40, 50], label: "E over w", x: { from: -1, to: 1, label: "w", count: 4 },
    y: { from: 0, to: 2, label: "E", ticks: [0, 1.5] } });
  document.body.style.margin = 0; document.body.append(plot.svg); plot.svg.style.cssText = "display: block; width: 800px; height: 400px";
  window.look = (nodes) => [...nodes].map((node) => [node.tagName, node.textContent, Object.fromEntries([...node.attributes].map((a) => [a.name, a.value]))]); }"""


@pytest.fixture
def plot(tab):
    """A plot of 330 × 150 units, drawn twice as large."""
    tab.evaluate(SETUP)
    return tab


def test_the_frame(plot):
    """Across from 50 to 380, up from 160 to 10."""
    look = plot.evaluate("look(plot.svg.querySelector('.fs-frame').children)")
    middle, end = {"text-anchor": "middle"}, {"text-anchor": "end"}
    expected = []
    for x, text in ((50, "−1"), (132.5, "−0.5"), (215, "0"), (297.5, "0.5"), (380, "1")):
        expected += [["line", "", {"x1": str(x), "x2": str(x), "y1": "10", "y2": "160"}], ["text", text, {"x": str(x), "y": "176", **middle}]]
    for y, text in ((160, "0"), (47.5, "1.5")):
        expected += [["line", "", {"x1": "50", "x2": "380", "y1": str(y), "y2": str(y)}], ["text", text, {"x": "44", "y": f"{y + 4}", **end}]]
    expected += [["text", "w", {"x": "215", "y": "194", "class": "fs-axis", **middle}],
                 ["text", "E", {"x": "12", "y": "85", "class": "fs-axis", "transform": "rotate(-90 12 85)", **middle}]]
    assert look == expected
    assert plot.evaluate("look([plot.svg])")[0][2] | {"style": ""} == {
        "viewBox": "0 0 400 200", "class": "fs-plot", "role": "img", "aria-label": "E over w", "style": ""}
    assert plot.evaluate("[...plot.svg.children].map((g) => g.getAttribute('class'))") == ["fs-frame", "fs-marks"]


def test_the_usual_size_and_logarithmic_axes(plot):
    texts = plot.evaluate("""(() => { const own = new Plot({x: {from: 0, to: 5, ticks: [5]}, y: {from: 0.001, to: 10, log: true}});
        return [own.svg.getAttribute("viewBox"), look(own.svg.querySelectorAll("text")), own.h.to(0), own.h.to(5), own.v.to(0.001), own.v.to(10)]; })()""")
    assert texts[0] == "0 0 420 250" and texts[2:] == [52, 406, 210, 14]
    assert [text for _, text, _ in texts[1]] == ["5", "10⁻³", "10⁻²", "10⁻¹", "10⁰", "10¹", "", ""]
    assert [float(at["y"]) for _, _, at in texts[1][1:6]] == [214, 165, 116, 67, 18]
    own = plot.evaluate("""look(new Plot({x: {from: 0.1, to: 10, log: true, ticks: [0.1, 10]}, y: {from: 0, to: 1, ticks: [1]}})
        .svg.querySelectorAll("text")).map(([, text]) => text)""")
    assert own == ["10⁻¹", "10¹", "1", "", ""]


def test_marks_stand_at_their_data(plot):
    marks = plot.evaluate("""(() => { const line = plot.line([[-1, 0], [0, 1], [0.5, NaN], [1, 9], [Infinity, 1], [5, -3], [0, 2]], {class: "fs-line"});
        const dot = plot.dot(0.5, 7, {class: "fs-dot"}), big = plot.dot(0, 0, {r: 9}), text = plot.text(0, 1, "E", {class: "fs-note"});
        return [look([line, dot, big, text]), plot.marks.childElementCount]; })()""")
    assert marks == [[
        ["path", "", {"d": "M50.00 160.00L215.00 85.00M380.00 10.00M380.00 160.00L215.00 10.00", "fill": "none", "class": "fs-line"}],
        ["circle", "", {"cx": "297.5", "cy": "10", "r": "5", "class": "fs-dot"}],
        ["circle", "", {"cx": "215", "cy": "160", "r": "9"}],
        ["text", "E", {"x": "215", "y": "85", "class": "fs-note"}]], 4]
    assert plot.evaluate("""[plot.inside(1, 2), plot.inside(1.01, 1), plot.inside(0, -0.01), plot.line([[0, 0]], {fill: "red"}).getAttribute("fill")]""") == [
        True, False, False, "red"]
    assert plot.evaluate("plot.clear(); [plot.marks.childElementCount, plot.add(plot.svg.ownerDocument.createElement('i'), 'x').tagName]") == [0, "I"]


def test_a_place_is_dragged(plot):
    plot.evaluate("window.moved = []; window.chained = plot.onDrag((place) => moved.push(place.map((v) => Number(v.toFixed(3))))) === plot")
    assert plot.evaluate("[chained, plot.svg.classList.contains('fs-draggable')]") == [True, True]
    plot.mouse.move(430, 170)
    assert plot.evaluate("moved.splice(0)") == [], "passing over it is not dragging"
    plot.mouse.down()
    plot.mouse.move(760, 320)
    plot.mouse.move(900, 20)
    plot.mouse.up()
    plot.mouse.move(430, 170)
    assert plot.evaluate("moved") == [[0, 1], [1, 0], [1.424, 2]], "where the pointer is, even outside, until it lets go"


def test_a_drag_where_the_plot_stands_elsewhere_and_selects_nothing(plot):
    plot.evaluate("document.body.prepend('words'); plot.svg.style.marginLeft = '100px'; window.moved = []; plot.onDrag((place) => moved.push(place))")
    x, y = plot.evaluate("(() => { const box = plot.svg.getBoundingClientRect(); return [box.left + 430, box.top + 170]; })()")
    plot.evaluate("window.stopped = null; addEventListener('pointerdown', (event) => { stopped = event.defaultPrevented; })")
    plot.mouse.click(x, y)
    assert plot.evaluate("[moved.length, stopped]") == [1, True]
    assert plot.evaluate("moved[0]") == pytest.approx([0, 1], abs=1e-3)


@pytest.mark.parametrize(("width", "units"), [(0, 700), (300, 380), (559, 380), (560, 700), (900, 700)])
def test_a_narrow_page_has_fewer_units(plot, width, units):
    assert plot.evaluate("(width) => { const div = document.createElement('div'); div.style.width = `${width}px`; document.body.append(div); return fullWidth(div); }",
                         width) == units


def test_a_widget_that_becomes_narrow_is_drawn_anew_once(plot):
    found = plot.evaluate("""async () => { const div = document.createElement("div"); div.style.cssText = "width: 800px; height: 5px"; document.body.append(div);
        let drawn = 0; const stop = onWidth(div, () => drawn++), seen = [];
        const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        await frame(); seen.push(drawn);
        for (const width of [700, 500, 400, 600]) { div.style.width = `${width}px`; await frame(); seen.push(drawn); }
        stop(); div.style.width = "300px"; await frame(); return [...seen, drawn]; }""")
    assert found == [0, 0, 1, 1, 2, 2]


TOUCH = """([x, y, kind]) => { const there = document.elementFromPoint(x, y), given = { bubbles: true, cancelable: true, clientX: x, clientY: y, pointerType: kind, pointerId: 1 };
    plot.svg.setPointerCapture = () => {}; const down = new PointerEvent("pointerdown", given); there.dispatchEvent(down);
    there.dispatchEvent(new PointerEvent("click", given)); return [down.defaultPrevented, moved.splice(0).length]; }"""


def test_a_thumb_takes_hold_of_the_dot_and_scrolls_past_elsewhere(plot):
    """Beside the dot it is the page's until the thumb has tapped; a mouse drags everywhere. There is room for a thumb around the dot."""
    plot.evaluate("window.moved = []; plot.onDrag((place) => moved.push(place)); window.dot = plot.grip(0, 1, {r: 5, class: 'fs-mine'})")
    assert plot.evaluate("[dot.getAttribute('r'), dot.classList.contains('fs-mine'), dot.parentNode.getAttribute('class')]") == ["5", True, "fs-grip"]
    assert plot.evaluate(TOUCH, [430, 170, "touch"]) == [True, 1], "on it: taken at once"
    assert plot.evaluate(TOUCH, [430 + 45, 170, "touch"]) == [True, 1], "near it, too: a thumb is broad"
    assert plot.evaluate(TOUCH, [700, 300, "touch"]) == [False, 1], "elsewhere: not held, and moved by the tap only"
    assert plot.evaluate(TOUCH, [700, 300, "mouse"]) == [True, 1]
    width = plot.evaluate("dot.parentNode.firstChild.getBoundingClientRect().width")
    assert width == 2 * 2 * 26, "the plot is drawn twice as large"


def test_a_legend_shows_each_line(plot):
    found = plot.evaluate("""(() => { const made = legend([{kind: "error", text: "E"}, {text: "right", dashed: true}]);
        return [...made.children].map((one) => [one.textContent, one.dataset.kind ?? null, one.querySelector("path").getAttribute("class")]); })()""")
    assert found == [["E", "error", None], ["right", None, "fs-dashed"]]
