"""The pictures: true to their data, as described, the same bytes every time, in the page's colours, with the numbers unrounded."""
import json
import math
import re

import numpy as np
import pytest
from oracles import loss_by_hand
from pictures import DRAWN, EXAMPLE, STORED, described

from nnlib import AND, RELU, SIGMOID, TANH, Parameters, feedforward, figures, palette

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", DRAWN)
def test_what_is_drawn_is_as_described(name):
    """If it is meant to look different: python tests/golden/pictures.py, and read the diff."""
    assert described(DRAWN[name]()) == json.loads(STORED.read_text("utf8"))[name]


@pytest.mark.parametrize("name", DRAWN)
def test_picture(name):
    first, second = (figures.show(DRAWN[name](), f"a picture of {name}")._repr_html_() for _ in range(2))
    assert first == second
    assert f'role="img" aria-label="a picture of {name}"' in first
    colours = re.findall(r": (#[0-9a-f]{6})", re.sub(r"var\([^)]*\)", "", first))
    assert not colours, "a colour that does not follow light and dark"
    references = set(re.findall(r'(?:url\(#|href="#)([^)"]+)', first))
    assert references <= set(re.findall(r' id="([^"]+)"', first))


@pytest.mark.parametrize("seed", range(5))
def test_the_last_bits_of_the_data_change_nothing_that_is_stored(seed):
    """Another processor's exp differs in the last bit: neither coordinates nor ids may hang on it."""
    rng = np.random.default_rng(seed)

    def stored(noise):
        def moved(values):
            return values * (1 + noise * rng.choice([-1, 1], np.shape(values)))

        parameters = Parameters(*(moved(p) for p in EXAMPLE))
        drawn = [figures.decision(lambda points: feedforward(points, parameters).a2 - 0.06, AND.x, AND.y),
                 figures.loss_over_weight(AND.x, AND.y, parameters, "w2", (0, 0)),
                 figures.curves({"halves": moved(np.arange(0, 3, 0.125)), "tenths": moved(np.arange(0, 3, 0.1))}),
                 figures.outputs_along(moved(np.linspace(0, 1, 9)), {"one": moved(np.linspace(0, 1, 9))})]
        return [figures.show(ax, "a picture").svg for ax in drawn]

    assert stored(0) == stored(4e-16)


def test_coordinates_are_rounded_to_what_an_eye_sees():
    assert figures._rounded("M 12.35 -12.349999999 L 12.350000001 -0.04 0.05 7.0") == "M 12.4 -12.3 L 12.4 0 0.1 7"
    svg = figures.show(figures.curves({"one": np.geomspace(1, 0.1, 50)}), "a curve").svg
    assert not re.search(r' (?:d|x|y|transform)="[^"]*\.\d\d', svg)


def test_a_picture_as_a_page_takes_it():
    ax = figures.axes(3, 2)
    ax.set_title("bold", fontweight="bold")
    picture = figures.show(ax, "one & two")
    assert repr(picture) == picture.alt == "one & two"
    assert picture._repr_html_() == f'<figure class="fs-figure">{picture.svg}</figure>'
    assert picture.svg.startswith(
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 216 144" '
        f'role="img" aria-label="one &amp; two" style="width: 346px; background: var(--fs-background, {palette.BACKGROUND.light})"><defs>')
    assert picture.svg.endswith("</g>\n</svg>") and not re.search(r"<metadata|<\?xml|<!|\n\s*\n|\n ", picture.svg)
    frame = '" style="fill: none; opacity: 0"/>'
    assert f'<path d="M 0 144\nL 216 144\nL 216 0\nL 0 0\nL 0 144\nz\n{frame}' in picture.svg, "the page's own background is seen"
    assert 'stroke: var(--fs-line, #c9d0d7)' in picture.svg
    assert '<text style="font-weight: 700; font-size: 12px; font-family: inherit; text-anchor: middle; ' in picture.svg
    ids = re.findall(r' id="([^"]*)"', picture.svg)
    assert ids == [f"{ids[0].split('-')[0]}-{number}" for number in range(1, len(ids) + 1)] and re.fullmatch(r"f[0-9a-f]{8}-1", ids[0])


def test_what_is_too_wide_for_a_phone_says_how_wide_its_letters_need_it():
    for width, least in ((figures.WIDTH, ""), (8.6, " --fs-least: 619px;")):
        ax = figures.axes(width, 2)
        ax.set_title("letters", fontsize=10)
        assert f'px;{least} background: ' in figures.show(ax, "a picture").svg
    assert figures.LEAST * 72 * figures.WIDTH / 10 <= figures.COLUMN


@pytest.mark.parametrize(("value", "written"), [(1e-12, "10⁻¹²"), (1e-4, "10⁻⁴"), (1e-3, "0.001"), (1, "1"), (1e4, "10000"), (1e5, "10⁵")])
def test_powers_of_ten_are_written_in_letters_of_full_size(value, written):
    ax = figures.axes()
    figures.decades(ax.yaxis)
    assert ax.get_yscale() == "log" and ax.yaxis.get_major_formatter()(value) == written
    assert ax.xaxis.get_scale() == "linear" and ax.yaxis.get_minor_formatter()(2 * value) == ""


def test_ids_of_two_pictures_on_a_page_do_not_clash():
    one, two = (set(re.findall(r' id="([^"]*)"', figures.show(figures.gate(AND), alt).svg)) for alt in ("one", "two"))
    assert one and two and not one & two


def test_numbers_in_a_picture_are_the_networks():
    svg = figures.show(figures.network(EXAMPLE, (0, 1)), "net").svg
    forward = feedforward([[0, 1]], EXAMPLE)
    for value in (*forward.a1[0], *forward.a2[0]):
        assert f">{value:.4f}<" in svg
    for weight in (*EXAMPLE.w1.flat, *EXAMPLE.w2.flat):
        assert f">{weight:g}<".replace("-", "−") in svg


def test_with_names_each_line_and_neuron_says_what_it_is_called():
    svg = figures.show(figures.network(EXAMPLE, names=True), "net").svg
    for name in ("w₁,₁₁", "w₁,₁₂", "w₁,₂₁", "w₁,₂₂", "w₂,₁", "w₂,₂", "b₁,₁", "b₁,₂", "b₂"):
        assert svg.count(f">{name}<") == 1
    assert "b = " not in svg and ">0.3<" not in svg
    two = figures.show(figures.network(Parameters.random(0, hidden=1, outputs=2), names=True), "net").svg
    assert all(f">{name}<" in two for name in ("w₁,₁", "w₁,₂", "w₂,₁₁", "w₂,₁₂", "b₁", "b₂,₁", "b₂,₂"))


def test_a_picture_needs_a_description():
    with pytest.raises(ValueError, match="alt: expected a sentence"):
        figures.show(figures.gate(AND), " ")


def test_the_palettes_colours_are_used_only_through_their_variables():
    css = palette.css()
    for name, colour in palette.NAMES.items():
        assert f"--fs-{name}: {colour.light};" in css and f"--fs-{name}: {colour.dark};" in css


def test_functions_draw_on_the_given_ax():
    ax = figures.axes()
    assert figures.gate(AND, ax=ax) is ax


@pytest.mark.parametrize("draw", [
    lambda ax: figures.network(EXAMPLE, ax=ax),
    lambda ax: figures.activation_curves([SIGMOID], ax=ax),
    lambda ax: figures.activation_and_slope(SIGMOID, ax=ax),
    lambda ax: figures.outputs_along([0, 1], {"one": [0, 1]}, ax=ax),
    lambda ax: figures.loss_over_prediction(0, [0.5], ax=ax),
    lambda ax: figures.squared_errors([[0.5]], [[0]], ax=ax),
    lambda ax: figures.loss_over_weight(AND.x, AND.y, EXAMPLE, "w1", (0, 0), ax=ax),
    lambda ax: figures.curves({"one": [1, 0.5]}, ax=ax),
    lambda ax: figures.loss_over_rate([0.1, 1], [0.5, 0.25], ax=ax),
    lambda ax: figures.sorted_losses({"one": [0.5, 0.25]}, ax=ax),
    lambda ax: figures.decision(lambda points: points[:, :1], AND.x, AND.y, ax=ax),
    lambda ax: figures.confusion([[1, 0], [0, 1]], ax=ax),
    lambda ax: figures.images([[0, 1, 1, 0]], ["one"], ax=ax),
])
def test_each_function_draws_on_the_given_ax_and_returns_it(draw):
    ax = figures.axes()
    assert draw(ax) is ax and (ax.lines or ax.collections or ax.patches)


# ---- the lines are true to the data ------------------------------------------------------------------------------


def points(line):
    return list(zip(line.get_xdata(), line.get_ydata(), strict=True))


def sigma(z):
    return 1 / (1 + math.exp(-z))


def test_the_loss_over_a_prediction_is_half_the_square():
    curve, *marks = figures.loss_over_prediction(0.25, [0.5, 1.0]).lines
    for prediction, loss in points(curve):
        assert loss == pytest.approx((prediction - 0.25) ** 2 / 2, abs=1e-15)
    assert points(marks[0]) == [(0.5, 0), (0.5, 0.03125)] and points(marks[1]) == [(0.5, 0.03125)]
    assert points(marks[2]) == [(1, 0), (1, 0.28125)] and points(marks[3]) == [(1, 0.28125)]


@pytest.mark.parametrize(("target", "predictions"), [(0, [0.555, 1.0]), (1, [0.0, 0.4])])
def test_no_label_lies_on_the_curve_of_the_loss(target, predictions):
    ax = figures.loss_over_prediction(target, predictions)
    ax.figure.draw_without_rendering()
    curve = ax.transData.transform(points(ax.lines[0]))
    for label in ax.texts:
        box = label.get_window_extent()
        assert not any(box.contains(*point) for point in curve), label.get_text()


def test_the_curves_of_the_activations():
    curves = figures.activation_curves([SIGMOID, TANH, RELU], reach=3).lines
    for curve, function in zip(curves, (sigma, math.tanh, lambda z: max(z, 0)), strict=False):
        assert [z for z, _ in points(curve)][::160] == [-3, 3]
        assert [a for _, a in points(curve)] == pytest.approx([function(z) for z, _ in points(curve)], rel=1e-14)
    curve, slope, _ = figures.activation_and_slope(SIGMOID, reach=3).lines
    assert points(curve)[0] == pytest.approx((-3, sigma(-3))) and points(curve)[-1] == pytest.approx((3, sigma(3)))
    assert [y for _, y in points(slope)] == pytest.approx([sigma(z) * sigma(-z) for z, _ in points(slope)], rel=1e-12)


def loss_at(name, index, value, x=AND.x, y=AND.y):
    changed = {n: np.array(getattr(EXAMPLE, n)) for n in Parameters._fields}
    changed[name][index] = value
    return loss_by_hand(x, y, **changed)


@pytest.mark.parametrize(("name", "index"), [("w1", (1, 0)), ("b1", (0, 1)), ("w2", (1, 0)), ("b2", (0, 0))])
def test_the_loss_over_a_weight_and_its_tangent(name, index):
    curve, dot, tangent = figures.loss_over_weight(AND.x, AND.y, EXAMPLE, name, index, reach=3).lines
    here = getattr(EXAMPLE, name)[index]
    assert [v for v, _ in points(curve)][::160] == pytest.approx([here - 3, here + 3])
    assert [loss for _, loss in points(curve)] == pytest.approx([loss_at(name, index, v) for v, _ in points(curve)], rel=1e-12)
    assert points(dot) == [(here, pytest.approx(loss_at(name, index, here)))]
    slope = (loss_at(name, index, here + 1e-5) - loss_at(name, index, here - 1e-5)) / 2e-5
    assert [loss for _, loss in points(tangent)] == pytest.approx(
        [loss_at(name, index, here) + slope * (v - here) for v, _ in points(tangent)], abs=1e-9)


def test_the_dots_of_a_descent_follow_the_slope():
    _, dots = figures.loss_over_weight(AND.x, AND.y, EXAMPLE, "w1", (1, 0), steps=3, learning_rate=5).lines
    assert len(points(dots)) == 4 and points(dots)[0][0] == EXAMPLE.w1[1, 0]
    for (before, loss), (after, _) in zip(points(dots), points(dots)[1:], strict=False):
        slope = (loss_at("w1", (1, 0), before + 1e-5) - loss_at("w1", (1, 0), before - 1e-5)) / 2e-5
        assert after == pytest.approx(before - 5 * slope, abs=1e-8)
        assert loss == pytest.approx(loss_at("w1", (1, 0), before))


def test_a_long_series_is_thinned_but_keeps_its_ends():
    values = np.sqrt(np.arange(1001))
    line, = figures.curves({"one": values}).lines
    assert points(line)[0] == (0, 0) and points(line)[-1] == (1000, values[-1]) and len(points(line)) == 240
    assert all(value == values[epoch] for epoch, value in points(line))
    assert max(np.diff(line.get_xdata())) - min(np.diff(line.get_xdata())) <= 1
    assert points(figures.curves({"one": values[:240]}).lines[0]) == list(enumerate(values[:240]))


def test_losses_are_sorted_from_the_best_to_the_worst():
    one, two = figures.sorted_losses({"one": np.array([0.3, 0.1, 0.2]), "two": np.array([0.0, 4.0])}).lines
    assert points(one) == [(0, 0.1), (50, 0.2), (100, 0.3)] and points(two) == [(0, 0), (100, 4)]


def test_what_diverged_is_a_cross_at_the_top():
    ax = figures.loss_over_rate([0.1, 1.0, 10.0, 100.0], [0.4, 0.01, np.nan, np.inf])
    good, crosses = ax.lines
    assert points(good) == [(0.1, 0.4), (1, 0.01)]
    assert [rate for rate, _ in points(crosses)] == [10, 100] and crosses.get_marker() == "x"
    assert 0.4 < min(crosses.get_ydata()) == max(crosses.get_ydata()) < ax.get_ylim()[1]


def test_a_square_has_the_error_as_its_side():
    ax = figures.squared_errors([[0.75], [0.25]], [[0], [1]])
    assert [(p.get_y(), p.get_width(), p.get_height()) for p in ax.patches[::2]] == [(0, 0.75, 0.75), (0.25, 0.75, 0.75)]
    assert [text.get_text() for text in ax.texts[:2]] == ["0.5625", "0.5625"]
    targets, predictions = ax.lines[::2], ax.lines[1::2]
    assert [t.get_ydata()[0] for t in targets] == [0, 1] and [p.get_ydata()[0] for p in predictions] == [0.75, 0.25]


def test_a_decision_is_shaded_where_the_output_is_above_one_half():
    """The network says x₁: its boundary is the upright line at ½, the right half is shaded."""
    ax = figures.decision(lambda points: points[:, :1], AND.x, AND.y, reach=(-2, 3))
    shaded, boundary = ax.collections
    assert shaded.get_paths()[0].contains_points([(0.6, -1.9), (2.9, 2.9), (0.4, 0), (-1, 2)]).tolist() == [True, True, False, False]
    assert np.allclose(boundary.get_paths()[0].vertices[:, 0], 0.5)
    ones, zeros = ax.lines
    assert points(ones) == [(1, 1)] and sorted(points(zeros)) == [(0, 0), (0, 1), (1, 0)]
    assert zeros.get_markerfacecolor() == "none"


def test_a_decision_shows_its_reach_and_no_more():
    ax = figures.decision(lambda points: points[:, :1], AND.x, AND.y, reach=(0.25, 0.75))
    assert ax.get_xlim() == ax.get_ylim() == (0.25, 0.75), "the examples lie outside"


BAD = [
    (lambda: figures.axes(columns=0), ValueError, "columns: expected a whole number ≥ 1, got 0"),
    (lambda: figures.axes(width=-1), ValueError, "width: expected a number > 0, got -1.0"),
    (lambda: figures.show(figures.gate(AND), None), TypeError, "alt: expected a sentence"),
    (lambda: figures.network(Parameters.random(0, copies=2)), ValueError, "parameters: expected a single network"),
    (lambda: figures.network(EXAMPLE, (0, 1, 1)), ValueError, "example: expected shape (2,), got (3,)"),
    (lambda: figures.activation_curves(SIGMOID), TypeError, "activations: expected a list of Activations, got SIGMOID"),
    (lambda: figures.activation_curves(["sigmod"]), ValueError, "did you mean 'sigmoid'?"),
    (lambda: figures.activation_curves([SIGMOID] * 5), ValueError, "activations: expected one to four, got 5"),
    (lambda: figures.activation_and_slope("tahn"), ValueError,
     "activation: expected one of sigmoid, tanh, relu, identity, got 'tahn'"),
    (lambda: figures.activation_and_slope(SIGMOID, reach=0), ValueError, "reach: expected a number > 0, got 0.0"),
    (lambda: figures.outputs_along([0, 1], {"one": [0]}), ValueError, "networks 'one': expected shape (2,), got (1,)"),
    (lambda: figures.outputs_along([0, 1], dict.fromkeys("abcd", (0, 1))), ValueError, "networks: expected one to 3 labels, got 4"),
    (lambda: figures.gate(AND._replace(y=AND.y[:3])), ValueError, "y: expected shape (4, 1), got (3, 1)"),
    (lambda: figures.gate("AND"), TypeError, "gate: expected a Gate, such as nnlib.AND, got 'AND'"),
    (lambda: figures.loss_over_prediction([0, 1], [0.5]), ValueError, "y: expected one number, got shape (2,)"),
    (lambda: figures.loss_over_prediction(0, [None]), TypeError, "predictions: expected an array of real numbers, got [None]"),
    (lambda: figures.squared_errors([0.5, 0.5], [1]), ValueError, "y: expected shape (2,), got (1,)"),
    (lambda: figures.loss_over_weight(AND.x, AND.y, EXAMPLE, "w3", (0, 0)), ValueError,
     "name: expected one of w1, b1, w2, b2, got 'w3'"),
    (lambda: figures.loss_over_weight(AND.x, AND.y, EXAMPLE, "w2", (2, 0)), ValueError,
     "index: expected a whole number from 0 to 1, got 2"),
    (lambda: figures.loss_over_weight(AND.x, AND.y, EXAMPLE, "w2", (0,)), ValueError, "index: expected a row and a column, got (0,)"),
    (lambda: figures.loss_over_weight(AND.x, AND.y[:2], EXAMPLE, "w2", (0, 0)), ValueError, "y: expected shape (4, 1), got (2, 1)"),
    (lambda: figures.curves([0.5]), TypeError, "series: expected a dict of labels to numbers, got [0.5]"),
    (lambda: figures.curves({}), ValueError, "series: expected one or more labels, got 0"),
    (lambda: figures.curves({"a": ["x"]}), TypeError, "series 'a': expected an array of real numbers"),
    (lambda: figures.curves({"a": [1]}, log="no"), TypeError, "log: expected True or False, got 'no'"),
    (lambda: figures.loss_over_rate([0, 1], [1, 1]), ValueError, "rates: expected numbers > 0, got 0"),
    (lambda: figures.loss_over_rate([1], [np.nan]), ValueError, "losses: expected at least one finite number, got none"),
    (lambda: figures.sorted_losses({"a": [np.nan]}), ValueError, "series 'a': expected finite numbers, got nan"),
    (lambda: figures.decision(None, AND.x, AND.y), TypeError, "predict: expected a function of points (k, 2), got None"),
    (lambda: figures.decision(lambda points: points, AND.x, AND.y), ValueError, "predict: expected shape (6561,), got (6561, 2)"),
    (lambda: figures.decision(lambda points: points[:, :1], AND.x, AND.y, reach=(1, 0)), ValueError,
     "reach: expected a lower and a higher"),
]


@pytest.mark.parametrize(("call", "error", "message"), BAD, ids=[b[2] for b in BAD])
def test_what_a_picture_says(call, error, message):
    with pytest.raises(error, match=re.escape(message)):
        call()


def test_a_confusion_matrix_says_each_share_in_percent_and_frames_what_is_right():
    ax = figures.confusion([[0.875, 0.125], [0.004, 0.996]])
    said = {text.get_position(): text.get_text() for text in ax.texts}
    assert said == {(0, 0): "88", (1, 0): "13", (0, 1): "·", (1, 1): "100"}, "a column is an answer, a row what it is"
    framed = [patch.get_xy() for patch in ax.patches if not patch.get_fill()]
    assert framed == [(-0.5, -0.5), (0.5, 0.5)]
    shaded = {patch.get_xy(): patch.get_alpha() for patch in ax.patches if patch.get_fill()}
    assert shaded == {(-0.5, -0.5): 0.26, (0.5, -0.5): 0.25, (0.5, 0.5): 0.3}
    assert ax.yaxis_inverted(), "the first class stands on top"


def test_pictures_of_pixels_have_ink_where_it_is():
    ax = figures.images([[0, 1, 0.5, 0], [0, 0, 0, 1]], ["one", "two"], columns=1)
    ink = {patch.get_alpha(): sorted(map(tuple, patch.get_path().vertices.reshape(-1, 5, 2)[:, 0].round(9).tolist()))
           for patch in ax.patches if patch.get_fill()}
    assert ink == {0.5: [(0, 1)], 1: [(1, 0), (1, 4)]}, "the first pixels are the upper row"
    assert [text.get_text() for text in ax.texts] == ["one", "two"]


@pytest.mark.parametrize(("draw", "message"), [
    (lambda: figures.confusion([[1, 0]]), "shares: expected as many columns as rows"),
    (lambda: figures.confusion([[3, 1], [0, 4]]), "shares: expected .* each row adding up to 1"),
    (lambda: figures.confusion([[1.5, -0.5], [0, 1]]), "shares: expected"),
    (lambda: figures.confusion([[1, 0], [0, 1]], labels=["a"]), "labels: expected 2, one for each class, got 1"),
    (lambda: figures.images([[0, 1, 0]], ["a"]), "pictures: expected as many numbers from 0 to 1 as a square has"),
    (lambda: figures.images([[0, 1, 2, 0]], ["a"]), "pictures: expected as many numbers from 0 to 1"),
    (lambda: figures.images([[0, 1, 1, 0]], []), "captions: expected 1, one for each picture, got 0"),
    (lambda: figures.images([[0, 1, 1, 0]], ["a"], columns=0), "columns: expected"),
])
def test_pictures_of_classes_say_what_they_cannot_draw(draw, message):
    with pytest.raises(ValueError, match=message):
        draw()
