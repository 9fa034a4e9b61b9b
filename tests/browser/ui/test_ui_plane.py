"""plane.js: the plane of the inputs is painted with the outputs, and shows neurons' lines, the border and the examples."""
import pytest

SETUP = """async () => {
  const { Plane } = await import("/ui/plane.js");
  document.documentElement.style.cssText = "--fs-background: #ffffff; --fs-activation: #10a0e0";
  window.plane = new Plane();
  document.body.append(plane.root);
  window.pixel = (column, row) => [...plane.canvas.getContext("2d").getImageData(column, row, 1, 1).data];
  window.at = (node, ...names) => names.map((name) => node.getAttribute(name));
  window.all = (selector) => [...plane.marks.querySelectorAll(selector)];
  const gate = { x: [[0, 0], [0, 1], [1, 0], [1, 1]], y: [[0], [0], [0], [1]] };
  // z₁ = x₁ − 0.25 and x₂ + 9, the second nowhere 0; ŷ = σ(8 (x₁ − 0.5))
  window.draw = (w1, b1, w2, b2) => plane.draw({ w1, b1, w2, b2 }, "identity", gate, [[0.1234], [0.5], [0.75], [0.987]]);
  draw([[1, 0], [0, 1]], [[-0.25, 9]], [[8], [0]], [[-2]]);
}"""


@pytest.fixture
def plane(tab):
    """A plane whose network says σ(8 (x₁ − ½))."""
    tab.evaluate(SETUP)
    return tab


def test_the_frame(plane):
    assert plane.evaluate("[plane.root.className, at(plane.canvas, 'width', 'height', 'aria-hidden'), at(plane.marks, 'viewBox', 'role', 'class')]") == [
        "fs-square-box", ["49", "49", "true"], ["0 0 300 300", "img", "fs-plane-marks"]]
    assert plane.evaluate("[...plane.root.children].map((node) => node.tagName)") == ["CANVAS", "svg"]


def test_colours_go_with_the_output_and_never_to_the_full(plane):
    """From 8 % of the way between the two colours, where the output is 0, to 70 %, where it is 1."""
    start, end = [255, 255, 255], [16, 160, 224]

    def shade(output):
        return [pytest.approx(a + (b - a) * (0.08 + 0.62 * output), abs=1) for a, b in zip(start, end, strict=True)] + [255]
    assert plane.evaluate("pixel(0, 0)") == shade(0.000335) and plane.evaluate("pixel(48, 48)") == shade(0.999665)
    assert plane.evaluate("pixel(24, 10)") == shade(0.5)


def test_up_is_up(plane):
    plane.evaluate("draw([[0, 0], [1, 0]], [[0, 0]], [[8], [0]], [[-4]])")
    assert plane.evaluate("pixel(24, 0)[0] < pixel(24, 48)[0]"), "large x₂, at the top, is darker"


def test_lines_of_neurons_and_the_border(plane):
    """The plane goes from −0.5 to 1.5 on 300 pixels."""
    assert plane.evaluate("all('.fs-neuron-line').map((l) => [...at(l, 'data-neuron'), l.getAttribute('d').slice(1).split('L').sort()])") == [
        ["0", ["112.5 0", "112.5 300"]]]
    assert plane.evaluate("[...plane.marks.childNodes].every((node) => node instanceof SVGElement)"), "a neuron that is nowhere 0 leaves nothing"
    d = plane.evaluate("at(all('.fs-decision')[0], 'd')[0]")
    xs = {float(point.split(" ")[0]) for part in d.split("M")[1:] for point in part.split("L")}
    assert xs == {150.0} and d.count("M") == 48
    plane.evaluate("draw([[0, 1], [1, 1]], [[-1.25, -0.5]], [[1], [0]], [[9]])")
    assert plane.evaluate("all('.fs-neuron-line').map((l) => [...at(l, 'data-neuron'), l.getAttribute('d').slice(1).split('L').sort()])") == [
        ["0", ["0 37.5", "300 37.5"]], ["1", ["0 75", "225 300"]]]
    assert plane.evaluate("[all('.fs-decision').length, at(all('.fs-decision')[0], 'd')]") == [1, [""]], "drawn anew, not once more"


def test_the_examples_stand_at_their_corners(plane):
    assert plane.evaluate("all('circle').map((c) => at(c, 'cx', 'cy', 'r', 'class'))") == [
        ["75", "225", "16", "fs-zero"], ["75", "75", "16", "fs-zero"], ["225", "225", "16", "fs-zero"], ["225", "75", "16", "fs-one"]]
    assert plane.evaluate("all('text').map((t) => [t.textContent, ...at(t, 'x', 'y', 'dy', 'class')])") == [
        ["0", "75", "225", ".36em", "fs-zero"], ["0", "75", "75", ".36em", "fs-zero"],
        ["0", "225", "225", ".36em", "fs-zero"], ["1", "225", "75", ".36em", "fs-one"]]
    assert plane.evaluate("plane.marks.getAttribute('aria-label')") == (
        "The outputs at the four corners: 0, 0 gives 0.12, target 0; 0, 1 gives 0.5, target 0; 1, 0 gives 0.75, target 0; 1, 1 gives 0.99, target 1.")


def test_a_numbered_plane_has_a_neurons_number_on_its_line(plane):
    """The second of three neurons is nowhere 0 and has no line; drawn anew, no number jumps to the other end."""
    draw = "draw([[1, 0, 1], [0, 1, -1]], [[-0.25, 9, 0]], [[8], [0], [1]], [[-2]])"
    found = plane.evaluate(f"""(async () => {{ const {{ Plane }} = await import("/ui/plane.js"); window.plane = new Plane({{ numbered: true }}); document.body.append(plane.root);
        const marks = () => all(".fs-neuron-mark").map((g) => [...at(g, "data-neuron"), g.textContent, ...at(g.firstChild, "cx", "cy")]);
        {draw}; const first = marks(); {draw}; return [first, marks(), all(".fs-neuron-room").map((r) => at(r, "data-neuron")[0])]; }})()""")
    assert found[0] == found[1] and [(neuron, text) for neuron, text, *_ in found[0]] == [("0", "1"), ("2", "3")] and found[2] == ["0", "2"]
    (x, _), (u, v) = [[float(place) for place in mark[2:]] for mark in found[0]]
    assert x == 112.5 and u == pytest.approx(300 - v, abs=1e-9), "on z = 0: x₁ = ¼, and x₁ = x₂"


def test_on_a_slide_what_stands_in_the_plane_is_larger(plane):
    plane.evaluate("document.documentElement.classList.add('fs-lecture'); draw([[1, 0], [0, 1]], [[-0.25, 9]], [[8], [0]], [[-2]])")
    assert plane.evaluate("[at(all('circle')[0], 'r'), plane.marks.style.getPropertyValue('--size')]") == [["25.6"], "1.6"]
