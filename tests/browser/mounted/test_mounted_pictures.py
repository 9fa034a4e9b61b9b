"""What is drawn and written in the widgets' pictures: each sign in its place, and nothing that is not so."""
import pytest

from nnlib.widgets import BugLab, DigitExplorer, GradientCheck, LossExplorer, NeuronExplorer, OptimizerRace, StepExplorer, Worksheet

# pairs of visible texts of a plot that lie on each other
ON_EACH_OTHER = """() => {
  const texts = [...root.querySelectorAll(".fs-plot text")].filter((node) => node.textContent.trim() && node.checkVisibility());
  const boxes = texts.map((node) => node.getBoundingClientRect());
  return boxes.flatMap((a, i) => boxes.slice(i + 1).flatMap((b, k) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3
      ? [[texts[i].textContent, texts[i + 1 + k].textContent]] : []));
}"""
BRACKETS = """() => [...root.querySelectorAll(".fs-arithmetic .fs-term")].filter((term) => term.textContent.includes("(")).map((term) =>
  [term.textContent, term.getClientRects().length])"""


def narrow(page, width=360):
    page.set_viewport_size({"width": width, "height": 800})
    page.wait_for_timeout(300)
    return page


def test_an_areas_number_stands_in_its_square_or_not_at_all(mount):
    """0.0625 lay across the sides of its square."""
    page = mount(LossExplorer())
    page.get_by_role("button", name="All equal to the mean").click()
    page.wait_for_function("() => root.querySelector('[data-quantity=E]').textContent === '0.375'")
    inside = page.evaluate("""() => [...root.querySelectorAll(".fs-marks .fs-halo")].filter((node) => node.textContent).map((node) => {
      const text = node.getBoundingClientRect();
      return [...root.querySelectorAll(".fs-square")].map((one) => one.getBoundingClientRect()).some((box) => box.left < text.left && text.right < box.right); })""")
    assert inside == [True], "that of 0.5625 alone"


@pytest.mark.parametrize("width", [360, 700])
@pytest.mark.parametrize("widget", [GradientCheck, LossExplorer, OptimizerRace, BugLab])
def test_no_sign_of_a_plot_lies_on_another(mount, widget, width):
    """The name of the axis ran over its numbers."""
    assert narrow(mount(widget()), width).evaluate(ON_EACH_OTHER) == []


@pytest.mark.parametrize("epsilon", [0.1, 1e-5])
def test_the_line_of_a_step_passes_through_no_word(mount, epsilon):
    page = mount(GradientCheck(epsilon=epsilon))
    for width in (360, 700):
        narrow(page, width)
        assert page.evaluate("""() => { const line = root.querySelector(".fs-marks .fs-dashed").getBoundingClientRect();
          return [...root.querySelectorAll(".fs-marks text")].map((node) => node.getBoundingClientRect()).every((word) =>
            line.right < word.left || line.left > word.right || line.top > word.bottom); }""")
        assert page.evaluate("() => root.querySelector('.fs-table').scrollWidth <= root.clientWidth")


def test_the_names_of_both_axes_are_read(mount):
    """One of them was eight pixels high."""
    for width in (360, 700):
        page = narrow(mount(OptimizerRace(surface="network")), width)
        sizes = page.evaluate("""() => [...root.querySelectorAll(".fs-axis, .fs-ball-letter")].map((node) =>
          parseFloat(getComputedStyle(node).fontSize) * node.ownerSVGElement.getBoundingClientRect().width / node.ownerSVGElement.viewBox.baseVal.width)""")
        assert len(sizes) >= 2 and min(sizes) > 10, sizes


def test_where_two_lines_are_seen_as_one_the_legend_says_so(mount):
    page = mount(BugLab(mistakes=["updated w2"]))
    legend = page.locator(".fs-legend")
    assert legend.locator(".fs-legend-entry").all_inner_texts() == ["nearly the same as everything right"]
    page.get_by_label("switched on", exact=True).select_option("")
    page.wait_for_function("() => root.querySelector('.fs-legend').textContent === 'everything right'")
    page.get_by_label("switched on", exact=True).select_option("mistakes/swapped error")
    page.wait_for_function("() => !root.querySelector('.fs-legend').textContent.includes('same') && root.querySelectorAll('.fs-legend-entry').length === 2")
    assert legend.locator(".fs-legend-entry").all_inner_texts() == ["everything right", "with what is switched on"]


def test_the_dot_of_the_inputs_covers_no_number_of_an_axis(mount):
    page = mount(NeuronExplorer(x=[[2, -1]]))
    assert page.evaluate("""() => { const dot = root.querySelector(".fs-grip circle:last-child").getBoundingClientRect();
      return [...root.querySelectorAll(".fs-frame text")].map((node) => node.getBoundingClientRect()).every((box) =>
        box.right < dot.left || box.left > dot.right || box.bottom < dot.top || box.top > dot.bottom); }""")


def test_with_the_key_there_is_nothing_to_check(mount):
    """The button stayed, and said that no box was right."""
    page = mount(Worksheet())
    check = page.get_by_role("button", name="Check the boxes")
    assert check.is_visible()
    page.get_by_label("With the key").check()
    check.wait_for(state="hidden")


def test_on_a_phone_what_is_folded_away_lies_over_no_neuron(mount):
    page = narrow(mount(DigitExplorer(strokes=[[(0.2, 0.2), (0.7, 0.25), (0.4, 0.9)]])))
    page.get_by_role("button", name="Next step", exact=True).click()
    page.locator(".fs-fold").first.wait_for()
    assert page.locator(".fs-fold").count() == 3
    assert page.evaluate("""() => { const neurons = [...root.querySelectorAll(".fs-stage svg rect")].map((node) => node.getBoundingClientRect());
      return [...root.querySelectorAll(".fs-fold")].map((node) => node.getBoundingClientRect()).filter((fold) => neurons.some((box) =>
        fold.left < box.right - 1 && fold.right > box.left + 1 && fold.top < box.bottom - 1 && fold.bottom > box.top + 1)).length; }""") == 0
    assert "Sums go over all" in page.locator(".fs-note").last.inner_text()


def test_an_output_without_a_curve_of_its_own_has_none(mount):
    """With softmax a straight line stood there, and the number below it was a probability."""
    page = mount(DigitExplorer(strokes=[[(0.2, 0.2), (0.7, 0.25), (0.4, 0.9)]]))
    page.get_by_role("button", name="Next step", exact=True).click()
    drawn = page.evaluate("() => [...root.querySelectorAll('.fs-stage .fs-curve-of')].filter((line) => line.getAttribute('d')).length")
    assert drawn == 2, "those of the two hidden neurons in sight"


def test_on_a_phone_no_line_ends_in_a_short_bracket(mount):
    """(0.9735 − 1 stood in one line, )² in the next."""
    page = narrow(mount(StepExplorer(step="E")))
    found = page.evaluate(BRACKETS)
    assert len(found) == 2 and all(text.endswith(")²") and lines == 1 for text, lines in found), found


def test_what_a_picture_shows_is_explained_right_below_it(mount):
    """Below a short step stood as much white as the longest one needs, and then what the tags mean."""
    page = mount(StepExplorer(step="F1"))
    for width in (700, 1100):
        narrow(page, width)
        assert page.evaluate("""() => { const said = [...root.querySelectorAll(".fs-said, .fs-counted")].map((node) => node.lastChild.getBoundingClientRect().bottom);
          return root.querySelector(".fs-legend").getBoundingClientRect().top - Math.max(...said); }""") < 30


def test_on_a_phone_epochs_are_chosen_beside_the_picture(mount):
    page = narrow(mount(StepExplorer()))
    stage, epoch = (page.locator(one).first.bounding_box() for one in (".fs-stage", ".fs-epochs"))
    assert epoch["y"] + epoch["height"] - stage["y"] < 770


def test_in_the_whole_iteration_a_new_weight_is_told_from_the_old_one(mount):
    """Late in training both read 5.396."""
    page = mount(StepExplorer(step="14", examples="AND", epoch=5000, view="iteration"))
    page.wait_for_function("() => root.dataset.epoch === '5000'")
    old, new = page.evaluate("""() => [root.querySelector(".fs-stage [data-quantity=w2] input").dataset.value,
      [...root.querySelectorAll(".fs-path [data-quantity=new_w2] [data-row]")][0]].map((one) => one.textContent ?? one)""")
    assert new.replace("−", "-") != f"{float(old):.{len(new.split('.')[1])}f}", "its own digits tell it apart"


def test_a_lit_number_is_read_on_its_plate(mount):
    """Orange on grey was 3.5 to 1."""
    page = mount(StepExplorer(step="F1", view="cell"))
    ratios = page.evaluate("""() => {
      const context = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
      const light = (colour) => { context.fillStyle = colour; context.fillRect(0, 0, 1, 1);
        const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].map((v) => v / 255).map((v) => (v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4));
        return .2126 * r + .7152 * g + .0722 * b; };
      return [...root.querySelectorAll(".fs-arithmetic .fs-cell-lit")].map((node) => { const { color, backgroundColor } = getComputedStyle(node);
        const [low, high] = [light(color), light(backgroundColor)].sort((a, b) => a - b); return (high + .05) / (low + .05); }); }""")
    assert len(ratios) >= 3 and min(ratios) >= 4.5, ratios


@pytest.mark.parametrize("width", [320, 360, 560])
def test_on_a_phone_each_judges_slope_has_its_name_and_its_line(mount, width):
    """Two quantities stood in one cell of the table."""
    page = narrow(mount(GradientCheck(epsilon=0.1)), width)
    cells = page.evaluate("""() => [...root.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("td")].map((cell) =>
      [getComputedStyle(cell, "::before").content, Math.round(cell.getBoundingClientRect().top)]))""")
    assert len(cells) == 9
    for row in cells:
        assert [name for name, _ in row] == ['"backprop"', '"update"', '"sympy"', '"≈ central difference"', '"off by "']
        assert len({top for _, top in row}) == 5
    assert page.evaluate("root.scrollWidth <= root.clientWidth")
