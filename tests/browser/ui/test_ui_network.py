"""network.js: where neurons, edges, fields and numbers stand in the picture, and what lights up."""
import pytest

SETUP = """async ([inputs, hidden, outputs]) => {
  const { NetworkPicture, drawSketch } = await import("/ui/network.js");
  const { Controls } = await import("/ui/controls.js");
  const { randomParameters } = await import("/model/engine.js");
  window.edited = [];
  const ui = new Controls({}, () => {});
  window.picture = new NetworkPicture(inputs, hidden, outputs, (...given) => ui.field(...given), (name, i, j) => (value) => { edited.push([name, i, j, value]); });
  window.values = { ...randomParameters(3, hidden, inputs, outputs), x: [0, 1, 2].map((r) => Array.from({ length: inputs }, (_, i) => r + i / 8)),
    y: [0, 1, 2].map((r) => Array.from({ length: outputs }, (_, k) => -r - k / 8)) };
  Object.assign(window, { drawSketch });
  window.all = (selector, root = picture.svg) => [...root.querySelectorAll(selector)];
  window.at = (node, ...names) => names.map((name) => node.getAttribute(name));
  document.body.append(picture.svg, picture.overlay);
  window.fields = (name) => picture.fields[name].map((f) => [f.ariaLabel, f.style.left, f.style.top, f.dataset.row ?? null, f.dataset.col]);
}"""


@pytest.fixture
def picture(tab):
    """picture(inputs, hidden, outputs) draws a network of that size."""
    def draw(*sizes):
        tab.evaluate(SETUP, list(sizes))
        return tab
    return draw


def test_the_books_network(picture):
    """Three columns; a lone neuron stands in the middle, a little raised."""
    page = picture(2, 2, 1)
    assert page.evaluate("[picture.key, picture.height, at(picture.svg, 'viewBox', 'aria-hidden')]") == ["2 2 1", 290, ["0 0 450 290", "true"]]
    assert page.evaluate("all('circle').map((c) => [c.parentNode.dataset.part, ...at(c, 'cx', 'cy', 'r').map(Number)])") == [
        ["x", 44, 58, 34], ["x", 44, 210, 34], ["hidden", 236, 58, 34], ["hidden", 236, 210, 34], ["output", 404, 133, 34]]
    assert page.evaluate("all('line').map((c) => [c.parentNode.dataset.part, ...at(c, 'x1', 'y1', 'x2', 'y2').map(Number)])") == [
        ["w1", 44, 58, 236, 58], ["w1", 44, 58, 236, 210], ["w1", 44, 210, 236, 58], ["w1", 44, 210, 236, 210],
        ["w2", 236, 58, 404, 133], ["w2", 236, 210, 404, 133]]
    assert page.evaluate("all('.fs-part').map((g) => at(g, 'class', 'data-part', 'data-symbol', 'data-kind').slice(1))") == [
        ["w1", "w1", "weight"], ["w2", "w2", "weight"], ["x", "x", "input"], ["hidden", "hidden", "activation"], ["output", "output", "activation"]]
    assert page.evaluate("all('.fs-name').map((t) => [t.textContent, ...at(t, 'x', 'y').map(Number), t.dataset.kind])") == [
        ["x₁", 44, 45, "input"], ["x₂", 44, 197, "input"], ["y", 374, 241, "input"],
        ["b", 206, 113, "bias"], ["b", 206, 265, "bias"], ["b", 374, 188, "bias"]]


def percent(x, y, height=290):
    return [f"{x / 4.5:.2f}".rstrip("0").rstrip(".") + "%", f"{100 * y / height:.2f}".rstrip("0").rstrip(".") + "%"]


def test_its_fields(picture):
    """On edges that cross they keep away from the crossing."""
    page = picture(2, 2, 1)
    assert page.evaluate("fields('w1')") == [
        ["w₁ from input 1 to hidden neuron 1", *percent(140, 58), "0", "0"],
        ["w₁ from input 1 to hidden neuron 2", *percent(44 + 0.27 * 192, 58 + 0.27 * 152), "0", "1"],
        ["w₁ from input 2 to hidden neuron 1", *percent(44 + 0.27 * 192, 210 - 0.27 * 152), "1", "0"],
        ["w₁ from input 2 to hidden neuron 2", *percent(140, 210), "1", "1"]]
    assert page.evaluate("fields('w2')") == [["w₂ from hidden neuron 1 to output 1", *percent(320, 95.5), "0", "0"],
                                             ["w₂ from hidden neuron 2 to output 1", *percent(320, 171.5), "1", "0"]]
    assert page.evaluate("fields('b1')") == [["b₁ of hidden neuron 1", *percent(244, 108), "0", "0"], ["b₁ of hidden neuron 2", *percent(244, 260), "0", "1"]]
    assert page.evaluate("fields('b2')") == [["b₂ of output 1", *percent(412, 183), "0", "0"]]
    assert page.evaluate("fields('x')") == [["Input 1 of the example in the picture", *percent(44, 68), None, "0"],
                                            ["Input 2 of the example in the picture", *percent(44, 220), None, "1"]]
    assert page.evaluate("fields('y')") == [["Target  of the example in the picture", *percent(412, 236), None, "0"]]
    assert page.evaluate("[picture.overlay.className, ...Object.values(picture.boxes).map((b) => at(b, 'class', 'data-quantity', 'data-symbol', 'data-kind'))]") == [
        "fs-overlay", *(["fs-fields", name, name, kind] for name, kind in
                        [("w1", "weight"), ("w2", "weight"), ("x", "input"), ("y", "input"), ("b1", "bias"), ("b2", "bias")])]
    assert page.evaluate("Object.entries(picture.fields).every(([name, all]) => all.every((f) => f.parentNode === picture.boxes[name]))")


@pytest.mark.parametrize(("sizes", "height", "hidden"), [((2, 3, 2), 292, [58, 135, 212]), ((4, 2, 1), 376, [58, 296]), ((1, 1, 4), 376, [176])])
def test_other_sizes(picture, sizes, height, hidden):
    page = picture(*sizes)
    assert page.evaluate("[picture.key, picture.height]") == [" ".join(map(str, sizes)), height]
    assert page.evaluate("all('[data-part=hidden] circle').map((c) => Number(at(c, 'cy')[0]))") == pytest.approx(hidden)
    counts = page.evaluate("Object.fromEntries(Object.entries(picture.fields).map(([name, all]) => [name, all.length]))")
    d, h, m = sizes
    assert counts == {"w1": d * h, "w2": h * m, "x": d, "y": m, "b1": h, "b2": m}


def test_names_have_an_index_where_there_are_several(picture):
    assert picture(1, 2, 2).evaluate("all('.fs-name').map((t) => t.textContent)") == ["x", "y₁", "y₂", "b", "b", "b", "b"]
    assert picture(1, 2, 2).evaluate("fields('y').map(([label]) => label)") == [
        "Target 1 of the example in the picture", "Target 2 of the example in the picture"]
    along = picture(1, 2, 2).evaluate("[fields('w1'), fields('w2')].map((all) => all.map(([, left]) => parseFloat(left)))")
    far, near = 100 * 140 / 450, [100 * 320 / 450, 100 * (236 + 0.27 * 168) / 450]
    assert along[0] == pytest.approx([far, far], abs=0.01), "edges from one neuron do not cross"
    assert along[1] == pytest.approx([near[0], near[1], near[1], near[0]], abs=0.01)


def test_its_numbers_are_those_of_the_example_on_show(picture):
    page = picture(2, 3, 2)
    for row in (2, 0):
        page.evaluate("(row) => picture.setNumbers(values, row)", row)
        for name in ("w1", "b1", "w2", "b2", "x", "y"):
            found, expected = page.evaluate("""([name, row]) => [picture.fields[name].map((f) => Number(f.dataset.value)),
                name === "x" || name === "y" ? values[name][row] : values[name].flat()]""", [name, row])
            assert found == expected, name


def test_a_number_is_edited_where_it_stands(picture):
    page = picture(2, 2, 2)
    page.evaluate("picture.setNumbers(values, 1)")
    for name, i in (("w1", 1), ("b1", 1), ("w2", 2), ("b2", 0), ("x", 1), ("y", 1)):
        page.evaluate("([name, i]) => { const f = picture.fields[name][i]; f.value = '7'; f.dispatchEvent(new Event('change')); }", [name, i])
    assert page.evaluate("edited") == [["w1", 0, 1, 7], ["b1", 0, 1, 7], ["w2", 1, 0, 7], ["b2", 0, 0, 7], ["x", None, 1, 7], ["y", None, 1, 7]]


def test_what_takes_part_lights_up(picture):
    page = picture(2, 2, 1)
    lit = """(parts) => { picture.setActive(new Set(parts)); return [Object.keys(picture.layers).filter((n) => picture.layers[n].hasAttribute("data-active")),
        Object.keys(picture.boxes).filter((n) => picture.boxes[n].hasAttribute("data-active"))]; }"""
    assert page.evaluate(lit, ["w1", "x", "b2"]) == [["w1", "x"], ["w1", "b2"]], "the fields of the inputs do not glow: the neurons do"
    assert page.evaluate(lit, ["output"]) == [["output"], []]


def test_the_numbers_of_a_stop(picture):
    page = picture(2, 2, 1)
    one = {"value": 0.25, "row": 1, "column": 0, "secret": False}
    shown = [one | {"name": "z1", "spot": ["z1", 0, 0], "text": "z 0.25"}, one | {"name": "z1", "spot": ["z1", 0, 1], "text": "z ?", "secret": True, "column": 1},
             one | {"name": "a1", "spot": ["a1", 0, 1], "text": "a"}, one | {"name": "dE_dw1", "spot": ["w1", 1, 1], "text": "w"},
             one | {"name": "dE_dz2", "spot": ["output", 0, 0], "text": "d"}, one | {"name": "dE_db2", "spot": ["b2", 0, 0], "text": "b"},
             one | {"name": "E", "spot": ["loss", 0, 0], "text": "E"}, one | {"name": "a2", "spot": ["a2", 0, 0], "text": "y"},
             one | {"name": "z2", "spot": ["z2", 0, 0], "text": "s"}, one | {"name": "dE_dw2", "spot": ["w2", 1, 0], "text": "v"}]
    page.evaluate("(shown) => { picture.setShown(shown, true); picture.setShown(shown, true); }", shown)
    groups = page.evaluate("[...picture.texts.children].map((g) => [at(g, 'data-quantity', 'data-symbol', 'data-kind', 'data-active'), g.childElementCount])")
    assert groups[0] == [["z1", "z1", "activation", None], 2] and groups[2] == [["dE_dw1", "dE_dw1", "gradient", None], 1]
    assert [g for g in groups if g[0][0] == "E"] == [[["E", "E", "error", ""], 1]], "the loss glows where it comes about"
    texts = page.evaluate("[...picture.texts.querySelectorAll('text')].map((t) => [t.textContent, ...at(t, 'x', 'y').map(Number)])")
    assert texts == [["z 0.25", 236, 53], ["z ?", 236, 205], ["a", 236, 224], ["w", 140, 235], ["d", 404, 92], ["b", 412, 208], ["E", 404, 30],
                     ["y", 404, 147], ["s", 404, 128], ["v", 320, pytest.approx(196.5)]]
    assert page.evaluate("[...picture.texts.querySelectorAll('text')].slice(0, 2).map((t) => at(t, 'class', 'data-row', 'data-col', 'data-value', 'title'))") == [
        ["fs-value", "1", "0", "0.25", None], ["fs-value", "1", "1", None, None]]
    page.evaluate("(shown) => picture.setShown(shown, false)", shown)
    assert page.evaluate("[picture.texts.querySelectorAll('[data-active]').length, picture.svg.lastChild === picture.texts]") == [0, True]


def sketch(page, parameters):
    return page.evaluate("""(parameters) => { const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg"); drawSketch(svg, parameters); drawSketch(svg, parameters);
        return { label: svg.getAttribute("aria-label"), edges: all("path", svg).map((p) => at(p, "d", "class", "data-weight", "stroke-width")),
          neurons: all("circle", svg).map((c) => [...at(c, "cx", "cy", "r").map(Number), c.dataset.kind]),
          names: all("text", svg).map((t) => [t.textContent, ...at(t, "x", "y").map(Number)]) }; }""", parameters)


def test_a_sketch(picture):
    """Lines are thicker the larger their weight, and dashed where it is negative."""
    found = sketch(picture(1, 1, 1), {"w1": [[1, -2, 0], [0.5, 3, -0.5]], "w2": [[1], [-1], [10]]})
    assert found["neurons"] == [[28, 95, 15, "input"], [28, 175, 15, "input"], [160, 55, 15, "activation"], [160, 135, 15, "activation"],
                                [160, 215, 15, "activation"], [292, 135, 15, "activation"]]
    assert found["names"] == [["x₁", 28, 100], ["x₂", 28, 180], ["ŷ", 292, 140]]
    assert found["edges"] == [
        ["M28 95L160 55", "fs-edge", "w1 0 0", "2.12"], ["M28 95L160 135", "fs-edge fs-negative", "w1 0 1", "3.02"], ["M28 95L160 215", "fs-edge", "w1 0 2", "0.60"],
        ["M28 175L160 55", "fs-edge", "w1 1 0", "1.49"], ["M28 175L160 135", "fs-edge", "w1 1 1", "3.65"], ["M28 175L160 215", "fs-edge fs-negative", "w1 1 2", "1.49"],
        ["M160 55L292 135", "fs-edge", "w2 0 0", "2.12"], ["M160 135L292 135", "fs-edge fs-negative", "w2 1 0", "2.12"], ["M160 215L292 135", "fs-edge", "w2 2 0", "5.88"]]
    assert found["label"] == ("The network: 2 inputs, 3 hidden neurons, 1 output. A line is thicker the larger its weight, "
                              "full where it is positive and dashed where it is negative.")


def test_a_sketch_of_many_neurons_is_closer(picture):
    found = sketch(picture(1, 1, 1), {"w1": [[1] * 8] * 2, "w2": [[1]] * 8})
    hidden = [n for n in found["neurons"] if n[0] == 160]
    assert [n[1] for n in hidden] == [30 + 30 * i for i in range(8)] and {n[2] for n in hidden} == {12.5} and found["neurons"][-1][2] == 15
