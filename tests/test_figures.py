"""The pictures: the same bytes every time, described, in the page's colours, with the numbers unrounded."""
import re

import numpy as np
import pytest

from nnlib import AND, IDENTITY, RELU, SIGMOID, TANH, Parameters, feedforward, figures, palette

EXAMPLE = Parameters.example()
DRAWN = {
    "network": lambda: figures.network(EXAMPLE),
    "network with an example": lambda: figures.network(EXAMPLE, (0, 1)),
    "a larger network": lambda: figures.network(Parameters.random(0, hidden=4, outputs=3), (1, 1)),
    "curves": lambda: figures.activation_curves([SIGMOID, TANH, RELU, IDENTITY]),
    "slope": lambda: figures.activation_and_slope(SIGMOID),
    "along": lambda: figures.outputs_along(np.linspace(0, 1, 5), {"one": np.ones(5), "two": np.zeros(5)}),
    "gate": lambda: figures.gate(AND),
    "loss": lambda: figures.loss_over_prediction(0, [0.5, 1.0]),
    "weight": lambda: figures.loss_over_weight(AND.x, AND.y, EXAMPLE, "w2", (0, 0)),
    "descent": lambda: figures.loss_over_weight(AND.x, AND.y, EXAMPLE, "w1", (1, 0), steps=3, learning_rate=5),
    "runs": lambda: figures.curves({"one": np.linspace(1, 0.1, 900), "two": np.full(900, 0.5)}, log=True),
    "rates": lambda: figures.loss_over_rate([0.1, 1.0, 10.0], [0.4, 0.01, np.nan]),
    "sorted": lambda: figures.sorted_losses({"one": np.array([0.3, 0.1, 0.2]), "two": np.zeros(3)}),
    "decision": lambda: figures.decision(lambda points: feedforward(points, EXAMPLE).a2 - 0.06, AND.x, AND.y),
    "squares": lambda: figures.squared_errors([[0.6], [0.4]], [[0], [1]]),
}


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


def test_numbers_in_a_picture_are_the_networks():
    svg = figures.show(figures.network(EXAMPLE, (0, 1)), "net").svg
    forward = feedforward([[0, 1]], EXAMPLE)
    for value in (*forward.a1[0], *forward.a2[0]):
        assert f">{value:.4f}<" in svg
    for weight in (*EXAMPLE.w1.flat, *EXAMPLE.w2.flat):
        assert f">{weight:g}<".replace("-", "−") in svg


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


@pytest.mark.parametrize("target", [0.0, 1.0, 0.25])
def test_the_curve_of_the_loss_is_the_loss(target):
    curve, *dots = figures.loss_over_prediction(target, [0.5]).lines
    predictions, losses = curve.get_data()
    assert predictions[0] <= 0 and predictions[-1] >= 1
    assert losses == pytest.approx((predictions - target) ** 2 / 2)
    marked = [dot.get_data() for dot in dots if dot.get_marker() == "o"]
    assert [(float(x[0]), float(y[0])) for x, y in marked] == [(0.5, pytest.approx((0.5 - target) ** 2 / 2))]
