"""The book's still pictures: each function takes data and an ax, draws on it and returns it.

`show(ax, alt)` turns the result into inline SVG for a page: the same bytes on every run, with the page's own
colours, so that it follows light and dark.
"""
import hashlib
import html
import io
import math
import re
from collections.abc import Mapping

import numpy as np

from nnlib import numerals, palette
from nnlib._extras import needs
from nnlib.activations import activation as known_activation
from nnlib.gates import Gate
from nnlib.network import Parameters, as_parameters, feedforward, squared_error
from nnlib.training import iteration
from nnlib.validation import examples, matrix, number, one_of, one_rate, sequence, truth, vector, whole

with needs("figures"):
    import matplotlib
    from matplotlib.figure import Figure
    from matplotlib.patches import Circle, PathPatch, Rectangle
    from matplotlib.path import Path
    from matplotlib.transforms import Affine2D

matplotlib.use("agg")  # no window, no pyplot state

COLOUR = {name: colour.light for name, colour in palette.NAMES.items()}
VARIABLE = {colour.light: f"var({palette.css_name(name)}, {colour.light})" for name, colour in palette.NAMES.items()}
GROUND = VARIABLE[palette.BACKGROUND.light]  # the page's, which knows the dark; elsewhere always light, as the letters are dark
COORDINATES = "d|points|transform|x|y|x1|y1|x2|y2|cx|cy|r|width|height|viewBox"
COLUMN = 312  # pixels: a page's column on a phone that is 360 wide
LEAST = 10  # pixels: no letter of a picture is shown smaller
WIDTH = 4.3  # inches: drawn so wide, letters of ten points are ten pixels in that column
ENLARGED = 1.2  # where there is room, a picture is shown so much larger: its letters are then as large as the text
GREYS = 8  # that a picture of pixels is drawn in, paper not counted
SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def axes(width=WIDTH, height=2.8, columns=1):
    """A new ax (or a row of them) in the book's style; sizes in inches. What is wider than WIDTH scrolls on a phone."""
    width, height = one_rate("width", width, positive=True), one_rate("height", height, positive=True)
    columns = whole("columns", columns, 1)
    figure = Figure(figsize=(width, height), layout="constrained")
    grid = figure.subplots(1, columns, squeeze=False)[0]
    for ax in grid:
        ax.patch.set_alpha(0)
        ax.spines[["top", "right"]].set_visible(False)
        ax.spines[["left", "bottom"]].set_color(COLOUR["line"])
        ax.tick_params(which="both", colors=COLOUR["muted"], labelsize=10)
        for label in (ax.xaxis.label, ax.yaxis.label, ax.title):
            label.set_color(COLOUR["text"])
            label.set_fontsize(11)
    return grid[0] if columns == 1 else grid


def decades(axis):
    """A logarithmic scale on an ax's xaxis or yaxis, its powers of ten written in letters of full size: 0.01, 1, 100, 10⁻⁶."""
    axis.axes.set(**{f"{axis.axis_name}scale": "log"})
    axis.set_major_formatter(lambda value, _: _power(value))
    axis.set_minor_formatter(lambda *_: "")


def _power(value):
    exponent = round(math.log10(value))
    return numerals.number(10.0**exponent) if -4 < exponent < 5 else "10" + str(exponent).translate(SUPERSCRIPT)


class InlineSVG:
    """A finished picture: inline SVG where HTML is shown, its description everywhere else."""

    def __init__(self, svg, alt, caption=""):
        self.svg = svg
        self.alt = alt
        self.caption = caption

    def _repr_html_(self):
        caption = f"<figcaption>{html.escape(self.caption)}</figcaption>" if self.caption else ""
        return f'<figure class="fs-figure">{self.svg}{caption}</figure>'

    def __repr__(self):
        return self.alt


def show(ax, alt, caption=""):
    """The figure that ax belongs to, as inline SVG with alt as its description, and a caption beneath it that says the point."""
    if not isinstance(alt, str):
        raise TypeError(f"alt: expected a sentence that says what the picture shows, got {alt!r}")
    if not alt.strip():
        raise ValueError("alt: expected a sentence that says what the picture shows, got nothing")
    figure = ax.figure
    figure.patch.set_alpha(0)
    buffer = io.StringIO()
    with matplotlib.rc_context({"svg.hashsalt": alt, "svg.fonttype": "none"}):
        figure.savefig(buffer, format="svg", metadata={"Date": None})
    return InlineSVG(_page_svg(buffer.getvalue(), alt, figure.get_figwidth()), alt, caption)


def _page_svg(svg, alt, width):
    """matplotlib's SVG, width in inches, made fit for a page: no prologue, the page's fonts and colours, ids that clash with nothing."""
    body = svg[svg.index("<svg"):]
    view_box = re.search(r'viewBox="([^"]*)"', body)[1]
    body = re.sub(r"<metadata>.*?</metadata>", "", body, flags=re.S)
    body = body[body.index(">") + 1:]
    body = re.sub(rf' ({COORDINATES})="([^"]*)"', lambda m: f' {m[1]}="{_rounded(m[2])}"', body)
    body = re.sub(r"#[0-9a-f]{6}", lambda m: VARIABLE.get(m[0], m[0]), body)
    body = re.sub(r"font-family: '[^;\"]*", "font-family: inherit", body)
    least = LEAST * 72 * width / min(map(float, re.findall(r"font-size: ([\d.]+)px", body)), default=math.inf)
    least = f" --fs-least: {least:.0f}px;" if least > COLUMN else ""
    # matplotlib's ids are hashes of floats: here they are numbers, in the order in which they are used
    used = dict.fromkeys(re.findall(r'(?:url\(#|href="#)([^)"]+)', body))
    prefix = "f" + hashlib.sha256(alt.encode()).hexdigest()[:8]
    names = {old: f"{prefix}-{number}" for number, old in enumerate(used, 1)}
    body = re.sub(r' id="([^"]*)"', lambda m: f' id="{names[m[1]]}"' if m[1] in names else "", body)
    body = re.sub(r'(url\(#|href="#)([^)"]+)', lambda m: m[1] + names[m[2]], body)
    body = re.sub(r"\s*\n\s*", "\n", body)
    return (f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="{view_box}" '
            f'role="img" aria-label="{html.escape(alt)}" style="width: {96 * ENLARGED * width:.0f}px;{least} background: {GROUND}">'
            f'{body.strip()}')


def _rounded(text):
    """Coordinates to a tenth of a point, finer than an eye can see, so that no last bit of a float decides what is stored.

    First to a thousandth: what is meant to lie halfway (12.35) may come as 12.349999999 on one processor and as 12.350000001 on another.
    """
    return re.sub(r"-?\d+\.\d+", lambda m: f"{_half_up(round(float(m[0]), 3)):.1f}".removesuffix(".0"), text)


def _half_up(value):
    return math.floor(10 * value + 0.5 + 1e-9) / 10 + 0.0  # + 0.0: no −0


# ---- the network ----------------------------------------------------------------------------------------------


def network(parameters, example=None, ax=None, digits=4, names=False):
    """The network as circles and lines, weights beside the lines, biases beneath the neurons.

    With example, one row of two inputs, each neuron also shows its number. With names, a weight or bias shows its name, not its value.
    """
    parameters, digits = as_parameters(parameters, single=True), whole("digits", digits, 0, 17)
    if example is not None:
        example = vector("example", example, len(parameters.w1), truth_values=True)
    ax = ax if ax is not None else axes(WIDTH, 2.3)
    ax.set_axis_off()
    ax.set_aspect("equal")
    inputs, hidden = parameters.w1.shape
    outputs = parameters.w2.shape[1]
    columns = [_column(0.0, inputs), _column(4.2, hidden), _column(8.4, outputs)]
    numbers = _numbers(parameters, example)
    for left, right, weights in ((0, 1, parameters.w1), (1, 2, parameters.w2)):
        for i, start in enumerate(columns[left]):
            for j, end in enumerate(columns[right]):
                name = _indexed(f"w{right},".translate(SUBSCRIPT), i, inputs + hidden) + _indexed("", j, len(columns[right]))
                _edge(ax, start, end, name if names else numerals.number(weights[i, j]), crossing=left == 0 and i != j)
    labels = [[_indexed("x", i, inputs) for i in range(inputs)], [_indexed("a₁,", j, hidden) for j in range(hidden)],
             [_indexed("ŷ", k, outputs) if outputs > 1 else "ŷ" for k in range(outputs)]]
    biases = [None, parameters.b1[0], parameters.b2[0]]
    for column, (places, kind) in enumerate(zip(columns, ("input", "activation", "activation"), strict=True)):
        for i, (x, y) in enumerate(places):
            ax.add_patch(Circle((x, y), 0.7, facecolor=COLOUR["background"], edgecolor=COLOUR[kind], linewidth=2, zorder=3))
            text = labels[column][i]
            if numbers is not None:
                value = numerals.number(numbers[column][i]) if column == 0 else numerals.fixed(numbers[column][i], digits)
                ax.text(x, y - 0.2, value, ha="center", va="center", fontsize=10, color=COLOUR[kind], zorder=4)
                y += 0.24
            ax.text(x, y, text, ha="center", va="center", fontsize=11, color=COLOUR[kind], zorder=4)
            if biases[column] is not None:
                named = _indexed(f"b{column},".translate(SUBSCRIPT), i, len(places))
                ax.text(x, places[i][1] - 1.0, named if names else f"b = {numerals.number(biases[column][i])}", ha="center", va="center",
                        fontsize=10, color=COLOUR["bias"])
    ax.set_xlim(-0.95, 9.35)
    ax.set_ylim(-3.2, 2.15)
    for (x, _), label in zip((c[0] for c in columns), ("input layer", "hidden layer", "output layer"), strict=True):
        ax.text(x, -3.05, label, ha="center", fontsize=10, color=COLOUR["muted"])
    return ax


def _column(x, count):
    step = 2.6 if count <= 2 else 4.4 / (count - 1)
    return [(x, (count - 1) * step / 2 - i * step) for i in range(count)]


def _indexed(letter, i, count):
    return letter + str(i + 1).translate(SUBSCRIPT) if count > 1 else letter.rstrip(",")


def _numbers(parameters, example):
    if example is None:
        return None
    forward = feedforward([example], parameters)
    return example, forward.a1[0], forward.a2[0]


def _edge(ax, start, end, label, crossing):
    (x0, y0), (x1, y1) = start, end
    ax.plot([x0, x1], [y0, y1], color=COLOUR["weight"], linewidth=1.4, zorder=1)
    along = 0.30 if crossing else 0.5  # labels of crossing lines keep away from the crossing
    ax.text(x0 + along * (x1 - x0), y0 + along * (y1 - y0) + 0.02, label, ha="center", va="center", fontsize=10,
            color=COLOUR["weight"], zorder=2, bbox={"facecolor": COLOUR["background"], "edgecolor": "none", "pad": 1.5})


# ---- functions ------------------------------------------------------------------------------------------------


def activation_curves(activations, ax=None, reach=4.0):
    """The given activation functions, at most four, over the weighted sum z, each with its own line style."""
    activations = [known_activation("activations", one) for one in sequence("activations", activations, "Activations")]
    if not 1 <= len(activations) <= 4:
        raise ValueError(f"activations: expected one to four, got {len(activations)}")
    reach = one_rate("reach", reach, positive=True)
    ax = ax if ax is not None else axes()
    z = np.linspace(-reach, reach, 161)
    kinds = ("activation", "input", "weight", "bias")
    for function, kind, style in zip(activations, kinds, ("-", "--", "-.", ":"), strict=False):
        ax.plot(z, function(z), style, color=COLOUR[kind], linewidth=2, label=function.name)
    ax.axhline(0, color=COLOUR["line"], linewidth=0.8, zorder=0)
    ax.axvline(0, color=COLOUR["line"], linewidth=0.8, zorder=0)
    ax.set_ylim(-1.3, 2.3)
    ax.set_xlabel("weighted sum z")
    ax.set_ylabel("activation a")
    _legend(ax)
    return ax


def activation_and_slope(activation, ax=None, reach=6.0):
    """One activation function and its slope."""
    function, reach = known_activation("activation", activation), one_rate("reach", reach, positive=True)
    ax = ax if ax is not None else axes()
    z = np.linspace(-reach, reach, 161)
    a = function(z)
    ax.plot(z, a, color=COLOUR["activation"], linewidth=2, label=f"{function.name}: a")
    ax.plot(z, function.slope(z, a), "--", color=COLOUR["gradient"], linewidth=2, label="its slope")
    ax.axhline(0, color=COLOUR["line"], linewidth=0.8, zorder=0)
    ax.set_xlabel("weighted sum z")
    _legend(ax)
    return ax


def outputs_along(inputs, networks, ax=None, xlabel="input x₁, with x₂ = 1", ylabel="output ŷ"):
    """What several networks, at most three, give along a line of inputs: networks is a dict of label to outputs."""
    inputs = vector("inputs", inputs)
    networks = _series("networks", networks, len(inputs), most=3)
    ax = ax if ax is not None else axes()
    for (label, values), kind, style in zip(networks.items(), ("activation", "weight", "input"), ("-", "--", "-."), strict=False):
        ax.plot(inputs, values, style, color=COLOUR[kind], linewidth=2, label=label)
    ax.set_xlabel(xlabel)
    ax.set_ylabel(ylabel)
    _legend(ax)
    return ax


def gate(gate, ax=None):
    """The truth table as four points in the plane of the two inputs: filled where the target is 1."""
    if not isinstance(gate, Gate):
        raise TypeError(f"gate: expected a Gate, such as nnlib.AND, got {gate!r}")
    ax = ax if ax is not None else axes(3.4, 3.2)
    for (x1, x2), (target,) in zip(*examples(gate.x, gate.y, 2, 1), strict=True):
        ax.plot(x1, x2, "o", markersize=15, markeredgewidth=2, markeredgecolor=COLOUR["input"],
                markerfacecolor=COLOUR["input"] if target else COLOUR["background"])
        ax.annotate(numerals.number(target), (x1, x2), (14, 10), textcoords="offset points", fontsize=11, color=COLOUR["text"])
    ax.set(xlim=(-0.35, 1.45), ylim=(-0.3, 1.45), xticks=[0, 1], yticks=[0, 1], aspect="equal")
    ax.set_xlabel("x₁")
    ax.set_ylabel("x₂")
    return ax


# ---- the loss -------------------------------------------------------------------------------------------------


def loss_over_prediction(y, predictions, ax=None):
    """The loss of one example over its prediction, for the target y, with some predictions marked."""
    y, predictions = number("y", y), vector("predictions", predictions)
    ax = ax if ax is not None else axes()
    a2 = np.linspace(-0.2, 1.2, 141)
    ax.plot(a2, squared_error(a2[:, None, None], [[y]]), color=COLOUR["error"], linewidth=2)
    for prediction in predictions:
        loss = squared_error([[prediction]], [[y]])
        ax.plot([prediction, prediction], [0, loss], ":", color=COLOUR["muted"])
        ax.plot(prediction, loss, "o", color=COLOUR["error"], markersize=8)
        beside = 1 if prediction < y else -1  # inside the parabola, off its line
        ax.annotate(f"{loss:.4f}", (prediction, loss), (9 * beside, 4), textcoords="offset points",
                    ha="left" if beside > 0 else "right", color=COLOUR["text"])
    ax.axvline(y, color=COLOUR["line"], linewidth=0.8)
    ax.set_xlabel("prediction ŷ")
    ax.set_ylabel("loss of one example")
    return ax


def squared_errors(a2, y, ax=None):
    """Each example's error as the side of a square: the loss is half of all the area."""
    ax = ax if ax is not None else axes(WIDTH, 2.2)
    a2 = vector("a2", a2)
    y = vector("y", y, len(a2), truth_values=True)
    for i, (prediction, target) in enumerate(zip(a2, y, strict=True)):
        side, low = abs(prediction - target), min(prediction, target)
        ax.add_patch(Rectangle((1.25 * i, low), side, side, facecolor=COLOUR["error"], alpha=0.18))
        ax.add_patch(Rectangle((1.25 * i, low), side, side, fill=False, edgecolor=COLOUR["error"], linewidth=1.5))
        ax.plot([1.25 * i - 0.1, 1.25 * i + 0.75], [target, target], color=COLOUR["input"], linewidth=2)
        ax.plot(1.25 * i, prediction, "o", color=COLOUR["activation"], markersize=8)
        ax.text(1.25 * i + side / 2, low + side / 2, f"{side**2:.4f}", ha="center", va="center", fontsize=10, color=COLOUR["text"])
    ax.set(xlim=(-0.25, 1.25 * len(y)), ylim=(-0.16, 1.12), aspect="equal", xticks=[1.25 * i + 0.3 for i in range(len(y))])
    ax.set_xticklabels([f"example {i + 1}" for i in range(len(y))])
    ax.annotate("prediction", (0, a2[0]), (-6, 8), textcoords="offset points", fontsize=10, color=COLOUR["activation"])
    ax.annotate("target", (0.6, y[0]), (0, -12), textcoords="offset points", fontsize=10, color=COLOUR["input"])
    ax.set_ylabel("output")
    return ax


def loss_over_weight(x, y, parameters, name, index, steps=0, learning_rate=1.0, ax=None, reach=6.0):
    """The loss over one number of the parameters, all others held still: a dot where it is now, with its tangent.

    With steps, the dots of so many steps of gradient descent along that one number instead.
    """
    parameters, name = as_parameters(parameters, single=True), one_of("name", name, Parameters._fields)
    x, y = examples(x, y, parameters.w1.shape[-2], parameters.w2.shape[-1])
    shape, index = getattr(parameters, name).shape, sequence("index", index, "places, a row and a column")
    if len(index) != 2:
        raise ValueError(f"index: expected a row and a column, got {index}")
    index = tuple(whole("index", place, 0, size - 1) for place, size in zip(index, shape, strict=True))
    steps, learning_rate = whole("steps", steps, 0), one_rate("learning_rate", learning_rate)
    reach = one_rate("reach", reach, positive=True)
    ax = ax if ax is not None else axes()

    def moved(values):
        stack = np.repeat(getattr(parameters, name)[None], len(values), axis=0)
        stack[(slice(None), *index)] = values
        return parameters._replace(**{name: stack})

    def loss(values):
        return squared_error(feedforward(x, moved(values)).a2, y)

    def slope(value):
        return iteration(x, y, moved([value]), 1.0).gradients._asdict()[name][(0, *index)]

    here = getattr(parameters, name)[index]
    along = np.linspace(here - reach, here + reach, 161)
    ax.plot(along, loss(along), color=COLOUR["error"], linewidth=2)
    dots = [here]
    for _ in range(steps):
        dots.append(dots[-1] - learning_rate * slope(dots[-1]))
    ax.plot(dots, loss(np.array(dots)), "o:" if steps else "o", color=COLOUR["weight"], markersize=8)
    if not steps:
        tangent = np.array([here - 1.6, here + 1.6])
        ax.plot(tangent, loss([here]) + slope(here) * (tangent - here), color=COLOUR["gradient"], linewidth=2)
    ax.set_xlabel("the weight")
    ax.set_ylabel("loss E")
    return ax


# ---- training -------------------------------------------------------------------------------------------------

LINES = ("-", "--", ":", "-.")  # with more than one curve, the dashes tell them apart, not the colour alone
HUES = ("error", "activation", "input", "weight")


def curves(series, ax=None, xlabel="epoch", ylabel="loss E", log=False):
    """One curve for each name in series: a loss, or an output, over the epochs. log for a logarithmic height."""
    series, log = _series("series", series), truth("log", log)
    ax = ax if ax is not None else axes(WIDTH, 2.7)
    for i, (name, values) in enumerate(series.items()):
        picked = _thinned(len(values))
        ax.plot(picked, values[picked], LINES[i % 4], color=COLOUR[HUES[i % 4]], linewidth=2, label=name)
    if log:
        decades(ax.yaxis)
    else:
        ax.set_ylim(bottom=0)
    ax.set_xlabel(xlabel)
    ax.set_ylabel(ylabel)
    if len(series) > 1:
        _legend(ax)
    return ax


def loss_over_rate(rates, losses, ax=None):
    """The final loss over the learning rate, logarithmic along the rates; what diverged stands as a cross at the top."""
    rates = vector("rates", rates)
    if rates.min() <= 0:
        raise ValueError(f"rates: expected numbers > 0, got {rates.min():g}")
    losses = vector("losses", losses, len(rates), finite=False)
    if not np.isfinite(losses).any():
        raise ValueError("losses: expected at least one finite number, got none")
    ax = ax if ax is not None else axes(WIDTH, 2.7)
    good = np.isfinite(losses)
    top = 1.08 * losses[good].max()
    ax.plot(rates[good], losses[good], "o-", color=COLOUR["error"], markersize=4, linewidth=1.5)
    if not good.all():
        ax.plot(rates[~good], np.full((~good).sum(), top), "x", color=COLOUR["error"], markersize=6)
        ax.annotate("diverged", (rates[~good][0], top), (-8, -4), textcoords="offset points", ha="right", color=COLOUR["text"], fontsize=10)
    decades(ax.xaxis)
    ax.set(ylim=(-0.02 * top, 1.06 * top))
    ax.set_xlabel("learning rate η")
    ax.set_ylabel("loss after training")
    return ax


def sorted_losses(series, ax=None):
    """The final losses of many runs, from the best to the worst, a curve for each name: plateaus show where runs are stuck."""
    series = _series("series", series)
    ax = ax if ax is not None else axes(WIDTH, 2.7)
    for i, (name, losses) in enumerate(series.items()):
        share = np.linspace(0, 100, len(losses))
        picked = _thinned(len(losses))
        ax.plot(share[picked], np.sort(losses)[picked], LINES[i % 4], color=COLOUR[HUES[i % 4]], linewidth=2.2, label=name)
    ax.set(xlim=(0, 100), ylim=(0, None))
    ax.set_xlabel("runs, from the best to the worst (%)")
    ax.set_ylabel("loss after training")
    _legend(ax)
    return ax


def decision(predict, x, y, ax=None, reach=None, title=""):
    """Where a network says more than one half: shaded, with the examples on it, filled where the target is 1.

    predict takes points (k, 2) and gives outputs (k, 1).
    """
    if not callable(predict):
        raise TypeError(f"predict: expected a function of points (k, 2), got {predict!r}")
    x = matrix("x", x, ("n", 2), truth_values=True)
    y = vector("y", y, len(x), truth_values=True)
    low, high = vector("reach", reach if reach is not None else (-0.5, 1.5), 2)
    if not low < high:
        raise ValueError(f"reach: expected a lower and a higher number, got {low:g} and {high:g}")
    ax = ax if ax is not None else axes(3.6, 3.6)
    along = np.linspace(low, high, 81)
    grid = np.stack(np.meshgrid(along, along), axis=-1).reshape(-1, 2)
    outputs = vector("predict", predict(grid), len(grid)).reshape(81, 81)
    ax.contourf(along, along, outputs, levels=[0.5, 1e9], colors=[COLOUR["activation"]], alpha=0.2)
    ax.contour(along, along, outputs, levels=[0.5], colors=[COLOUR["activation"]], linewidths=1.8)
    ones = np.ravel(y) > 0.5
    ax.plot(*x[ones].T, "o", color=COLOUR["input"], markersize=7)
    ax.plot(*x[~ones].T, "o", markerfacecolor="none", markeredgecolor=COLOUR["input"], markeredgewidth=1.6, markersize=7)
    ax.set(aspect="equal", xlim=(low, high), ylim=(low, high), xticks=[], yticks=[])
    ax.set_title(title)
    ax.set_xlabel("x₁")
    ax.set_ylabel("x₂")
    return ax


# ---- classes and images ---------------------------------------------------------------------------------------


def confusion(shares, ax=None, labels=None):
    """A confusion matrix (k, k), each row's shares of 1: the answers to one class, in whole percent, the deeper the more of them.

    What is right stands framed on the diagonal; a share below half a percent is a dot. labels: the classes' names, 0, 1, … if left out.
    """
    shares = matrix("shares", shares, ("k", "k"))
    if len(shares) != shares.shape[1] or shares.min() < 0 or not np.allclose(shares.sum(axis=1), 1):
        raise ValueError(f"shares: expected as many columns as rows, each row adding up to 1, got shape {shares.shape}")
    labels = [str(k) for k in range(len(shares))] if labels is None else sequence("labels", labels, "names")
    if len(labels) != len(shares):
        raise ValueError(f"labels: expected {len(shares)}, one for each class, got {len(labels)}")
    ax = ax if ax is not None else axes(WIDTH, 4.1)
    for (i, j), share in np.ndenumerate(shares):
        kind, percent = "activation" if i == j else "error", math.floor(100 * share + 0.5)
        depth = 0.3 * share if i == j else min(0.3, 0.06 + 1.5 * share)  # never so deep that the number is hard to read
        if percent:
            ax.add_patch(Rectangle((j - 0.5, i - 0.5), 1, 1, facecolor=COLOUR[kind], alpha=round(depth, 2), linewidth=0))
        if i == j:
            ax.add_patch(Rectangle((j - 0.5, i - 0.5), 1, 1, fill=False, edgecolor=COLOUR[kind], linewidth=1.2))
        ax.text(j, i, str(percent) if percent else "·", ha="center", va="center", fontsize=10, color=COLOUR["text" if percent else "muted"])
    places = range(len(labels))
    ax.set(xlim=(-0.5, len(labels) - 0.5), ylim=(len(labels) - 0.5, -0.5), aspect="equal", xticks=places, yticks=places)
    ax.set_xticklabels(labels)
    ax.set_yticklabels(labels)
    ax.set_xlabel("answer")
    ax.set_ylabel("what it is")
    return ax


def images(pictures, captions, ax=None, columns=5):
    """Square pictures of grey (n, side²), 0 is paper and 1 is ink, in rows of so many, each with its caption beneath."""
    pictures, captions = matrix("pictures", pictures, ("n", "pixels")), sequence("captions", captions, "texts")
    columns, side = whole("columns", columns, 1), math.isqrt(pictures.shape[1])
    if side**2 != pictures.shape[1] or pictures.min() < 0 or pictures.max() > 1:
        raise ValueError(f"pictures: expected as many numbers from 0 to 1 as a square has, such as 64, got shape {pictures.shape}")
    if len(captions) != len(pictures):
        raise ValueError(f"captions: expected {len(pictures)}, one for each picture, got {len(captions)}")
    rows = -(-len(pictures) // columns)
    ax = ax if ax is not None else axes(min(columns, WIDTH), 1.3 * rows * min(columns, WIDTH) / columns)
    ax.set_axis_off()
    across, down = 1.2 * side, 1.5 * side
    tone = np.floor(GREYS * pictures + 0.5).astype(int)  # a few greys, each a patch of its own: one path for all its squares
    place = np.arange(len(pictures))
    left, top = place % columns * across, place // columns * down
    for grey in range(1, GREYS + 1):
        which, pixel = np.nonzero(tone == grey)
        corners = np.stack([left[which] + pixel % side, top[which] + pixel // side], axis=-1)
        if len(corners):
            path = Path.make_compound_path(*(Path.unit_rectangle().transformed(Affine2D().translate(*corner)) for corner in corners))
            ax.add_patch(PathPatch(path, facecolor=COLOUR["text"], alpha=grey / GREYS, linewidth=0))
    for x, y, caption in zip(left, top, captions, strict=True):
        ax.add_patch(Rectangle((x, y), side, side, fill=False, edgecolor=COLOUR["line"], linewidth=1))
        ax.text(x + side / 2, y + 1.08 * side, caption, ha="center", va="top", fontsize=10, color=COLOUR["text"])
    ax.set(xlim=(-0.1, columns * across - 0.2 * side + 0.1), ylim=(rows * down - 0.1 * side, -0.1), aspect="equal")
    return ax


def _series(name, series, length="n", most=None):
    """A dict of label to numbers, each of them float64; TypeError or ValueError that names the label."""
    if not isinstance(series, Mapping):
        raise TypeError(f"{name}: expected a dict of labels to numbers, got {series!r}")
    if not series or (most is not None and len(series) > most):
        raise ValueError(f"{name}: expected {'one or more' if most is None else f'one to {most}'} labels, got {len(series)}")
    return {label: vector(f"{name} {label!r}", values, length) for label, values in series.items()}


def _thinned(count, most=240):
    """At most so many indices of a long series, evenly picked, the first and the last among them."""
    return np.unique(np.linspace(0, count - 1, min(count, most)).round().astype(int))


def _legend(ax):
    ax.legend(frameon=False, labelcolor=COLOUR["text"], fontsize=10)
