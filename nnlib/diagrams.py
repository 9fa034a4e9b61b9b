"""The book's drawings of ideas: gears, slopes, paths, products, the map of the stops, and how far many runs spread.

As in `figures`: data and an ax go in, the ax comes back. A picture of one network or of one run is in `figures`.
"""
from collections.abc import Mapping
from textwrap import fill

import numpy as np

from nnlib import numerals
from nnlib._extras import needs
from nnlib.autograd import Value
from nnlib.figures import COLOUR, WIDTH, _thinned, axes, decades
from nnlib.network import Parameters, as_parameters, feedforward, squared_error
from nnlib.quantities import QUANTITIES
from nnlib.steps import OPERATIONS
from nnlib.training import iteration
from nnlib.validation import examples, matrix, number, one_of, one_rate, sequence, vector, whole

with needs("figures"):
    from matplotlib.patches import Circle, FancyBboxPatch, Polygon, Rectangle

LABELS = tuple(operation.label for operation in OPERATIONS)
KIND = {"x": "input", "w": "weight", "b": "bias", "a": "activation", "ŷ": "activation", "E": "error", "δ": "gradient"}


# ---- slopes and rates -----------------------------------------------------------------------------------------


def gears(teeth, ax=None):
    """A row of gears in mesh, the first turned once: how often each of them turns, and the factor from each to the next."""
    teeth = [whole(f"teeth[{k}]", count, 4, 60) for k, count in enumerate(sequence("teeth", teeth, "two gears or more"))]
    ax = ax if ax is not None else axes(WIDTH, 2.8)
    ax.set_axis_off()
    ax.set_aspect("equal")
    radii, centre = np.array(teeth) * 0.09, 0.0
    for k, (count, radius) in enumerate(zip(teeth, radii, strict=True)):
        if k:
            centre += radii[k - 1] + radius
            ax.text(centre - radius, 2.55, f"× {numerals.number(teeth[k - 1] / count)}", ha="center", fontsize=12, color=COLOUR["gradient"])
        _gear(ax, centre, radius, count, (k % 2) * (count + 1) * np.pi / count, ("weight", "activation", "error")[k % 3])
        turns = numerals.number(teeth[0] / count)
        ax.text(centre, -2.75, f"{turns} turn{'s' if turns != '1' else ''}", ha="center", fontsize=11, color=COLOUR["text"])
    ax.set_xlim(-radii[0] - 0.4, centre + radii[-1] + 0.9)
    ax.set_ylim(-3.0, 3.0)
    return ax


def _gear(ax, centre, radius, count, turned, kind):
    """One gear: a toothed outline and a hub."""
    pitch = 2 * np.pi / count
    angles = turned + np.repeat(np.arange(count) * pitch, 4) + np.tile(np.array([-0.29, -0.17, 0.17, 0.29]) * pitch, count)
    reach = radius + np.tile([-0.1, 0.1, 0.1, -0.1], count)
    outline = np.stack([centre + reach * np.cos(angles), reach * np.sin(angles)], axis=-1)
    ax.add_patch(Polygon(outline, facecolor=COLOUR["background"], edgecolor=COLOUR[kind], linewidth=1.6))
    ax.add_patch(Circle((centre, 0), 0.09, facecolor=COLOUR[kind], edgecolor=COLOUR[kind]))


def slope_triangle(function, at, step, ax=None, reach=None):
    """A curve with the triangle of its slope: step to the right, as far up as the curve has gone, and the quotient of the two."""
    if not callable(function):
        raise TypeError(f"function: expected a function of one number, got {function!r}")
    at, step = number("at", at), one_rate("step", step, positive=True)
    reach = one_rate("reach", reach, positive=True) if reach is not None else 1.6 * step
    ax = ax if ax is not None else axes(3.6, 2.8)
    along = np.linspace(at - reach, at + reach, 81)
    low, high = float(function(at)), float(function(at + step))
    ax.plot(along, function(along), color=COLOUR["error"], linewidth=2)
    ax.plot([at, at + step], [low, low], color=COLOUR["weight"], linewidth=1.8)
    ax.plot([at + step, at + step], [low, high], color=COLOUR["gradient"], linewidth=1.8)
    ax.plot([at, at + step], [low, high], "o", color=COLOUR["error"], markersize=6)
    ax.annotate(numerals.number(step), (at + step / 2, low), (0, -14), textcoords="offset points", ha="center", fontsize=10,
                color=COLOUR["weight"])
    ax.annotate(numerals.number(high - low), (at + step, (low + high) / 2), (6, 0), textcoords="offset points", va="center", fontsize=10,
                color=COLOUR["gradient"])
    ax.set_title(f"{numerals.number(high - low)} ÷ {numerals.number(step)}\n= {numerals.number((high - low) / step)}")
    ax.set(xticks=[at], yticks=[low])
    return ax


def contours(x, y, parameters, first, second, learning_rate=1.0, ax=None, reach=4.0):
    """The loss over two numbers of the parameters as a map with lines of equal height; where we are, and the step that descent takes.

    first and second are a name and an index each, such as ("w2", (0, 0)). The two legs are the slopes, the arrow goes against them.
    """
    parameters, reach = as_parameters(parameters, single=True), one_rate("reach", reach, positive=True)
    learning_rate = one_rate("learning_rate", learning_rate)
    x, y = examples(x, y, parameters.w1.shape[-2], parameters.w2.shape[-1])
    places = [(one_of("name", name, Parameters._fields), tuple(index)) for name, index in (first, second)]
    here = [float(getattr(parameters, name)[index]) for name, index in places]
    gradients = iteration(x, y, parameters, learning_rate).gradients._asdict()
    steps = [-learning_rate * float(gradients[name][index]) for name, index in places]
    ax = ax if ax is not None else axes(WIDTH, 3.6)
    grid = [np.linspace(value - reach, value + reach, 61) for value in here]
    flat = [values.ravel() for values in np.meshgrid(*grid)]
    stack = {name: np.repeat(getattr(parameters, name)[None], len(flat[0]), axis=0) for name in Parameters._fields}
    for (name, index), values in zip(places, flat, strict=True):
        stack[name][(slice(None), *index)] = values
    heights = squared_error(feedforward(x, Parameters(**stack)).a2, y).reshape(61, 61)
    ax.contour(*grid, heights, levels=12, colors=[COLOUR["error"]], linewidths=1.0, alpha=0.7)
    (a, b), (da, db) = here, steps
    ax.plot([a, a + da], [b, b], color=COLOUR["weight"], linewidth=1.8)
    ax.plot([a + da, a + da], [b, b + db], color=COLOUR["weight"], linewidth=1.8)
    _arrow(ax, (a, b), (a + da, b + db), "gradient", 2.0)
    ax.plot(a, b, "o", color=COLOUR["gradient"], markersize=8)
    for setter, (name, index) in zip((ax.set_xlabel, ax.set_ylabel), places, strict=True):
        setter(_entry(name, index))
    return ax


def _entry(name, index):
    """The name of one number: w₂,₁ for the first weight of the output."""
    place = index[0] if name == "w2" else "".join(str(i + 1) for i in index) if name == "w1" else index[1]
    place = place if isinstance(place, str) else str(place + 1)
    return f"{QUANTITIES[name].symbol},{place.translate(str.maketrans('0123456789', '₀₁₂₃₄₅₆₇₈₉'))}"


# ---- paths ----------------------------------------------------------------------------------------------------


def paths(start, rows, end, slopes, ax=None, digits=4, labels=None, result=None):
    """Paths from start to end, a row of stations each, with the slope of each stretch; the arrows run from the end back to the start.

    start, end and each station are a name and a number (or None); slopes holds one number for each stretch of a row, from start to end.
    Beneath them each row's product, written as one walks it: from the end. labels says what each row is; result what the sum is called.
    In the picture itself a number has four decimals at most.
    """
    rows, slopes = sequence("rows", rows, "rows of stations"), sequence("slopes", slopes, "rows of slopes")
    if len(rows) != len(slopes) or any(len(s) != len(r) + 1 for r, s in zip(rows, slopes, strict=True)):
        raise ValueError("slopes: expected one row of numbers for each row of stations, one number more than there are stations")
    digits, height = whole("digits", digits, 0, 12), 1.9
    last = 2.3 * max(map(len, slopes))
    ax = ax if ax is not None else axes(WIDTH * (last + 1.3) / 8.2, 0.25 + 1.05 * len(rows))
    ax.set_axis_off()
    foot, products, few = -(len(rows) - 1) / 2 * height - 0.85, [], min(digits, 4)
    for k, (row, factors) in enumerate(zip(rows, slopes, strict=True)):
        y = ((len(rows) - 1) / 2 - k) * height
        places = [(0.0, 0.0), *((last * (i + 1) / len(factors), y) for i in range(len(row))), (last, 0.0)]
        for (x0, y0), (x1, y1), factor in zip(places, places[1:], factors, strict=False):
            _stretch(ax, (x0, y0), (x1, y1), numerals.fixed(factor, few))
        for place, station in zip(places[1:-1], row, strict=True):
            _station(ax, place, station, few)
        products.append(float(np.prod(factors)))
        written = " · ".join(_signed(factor, digits, i) for i, factor in enumerate(reversed(factors)))
        label = f"{labels[k]}:  " if labels else ""
        _beneath(ax, last / 2, foot - 0.45 * k, f"{label}{written} = {numerals.fixed(products[-1], digits)}", "text")
    _station(ax, (0.0, 0.0), start, few)
    _station(ax, (last, 0.0), end, few)
    if len(rows) > 1:
        total = " + ".join(_signed(product, digits, i) for i, product in enumerate(products))
        text = f"{result or 'sum'}:  {total} = {numerals.fixed(sum(products), digits)}"
        foot -= 0.45 * len(rows)
        _beneath(ax, last / 2, foot, text, "gradient")
    ax.set_xlim(-0.65, last + 0.65)
    ax.set_ylim(foot - 0.15, (len(rows) - 1) / 2 * height + 0.55)
    return ax


def _beneath(ax, x, y, text, kind):
    """A line of arithmetic beneath a drawing; the drawing does not make room for it at its sides."""
    ax.text(x, y, text, ha="center", fontsize=10, color=COLOUR[kind]).set_in_layout(False)


def _signed(value, digits, place):
    """A factor as one writes it on paper: in brackets if it is negative and not the first."""
    text = numerals.fixed(value, digits)
    return f"({text})" if place and value < 0 else text


def _station(ax, place, station, digits):
    name, value = station
    ax.add_patch(FancyBboxPatch((place[0] - 0.54, place[1] - 0.37), 1.08, 0.74, boxstyle="round,pad=0.02,rounding_size=0.16",
                                facecolor=COLOUR["background"], edgecolor=COLOUR[KIND.get(name[0], "muted")], linewidth=1.6, zorder=3))
    lift = 0.17 if value is not None else 0.0
    ax.text(place[0], place[1] + lift, name, ha="center", va="center", fontsize=11, color=COLOUR[KIND.get(name[0], "text")], zorder=4)
    if value is not None:
        ax.text(place[0], place[1] - 0.18, numerals.fixed(value, digits), ha="center", va="center", fontsize=10, color=COLOUR["text"],
                zorder=4)


def _stretch(ax, start, end, text):
    """One stretch of a path: an arrow from its end back to its start, and its slope above it."""
    (x0, y0), (x1, y1) = start, end
    gap = 0.6 / max(x1 - x0, 1e-9)
    _arrow(ax, (x1 - gap * (x1 - x0), y1 - gap * (y1 - y0)), (x0 + gap * (x1 - x0), y0 + gap * (y1 - y0)), "gradient", 1.6)
    aside = (0.0, 0.2) if y0 == y1 else (-0.3, 0.2) if (y1 > y0) == (x1 > x0) else (0.3, 0.2)  # clear of the line, however it leans
    ax.text((x0 + x1) / 2 + aside[0], (y0 + y1) / 2 + aside[1], text, ha="center", va="center", fontsize=10, color=COLOUR["gradient"])


def _arrow(ax, start, end, kind, width):
    ax.annotate("", end, start, arrowprops={"arrowstyle": "-|>", "color": COLOUR[kind], "linewidth": width, "shrinkA": 0, "shrinkB": 0})


# ---- a graph of values ----------------------------------------------------------------------------------------


def graph(values, ax=None, digits=4):
    """What was computed from what: a box for each named Value, with its number (or its shape), and its slope once there is one.

    values is a dict of names. What has no name is left out, and the arrows lead past it.
    """
    values, digits = _named("values", values), whole("digits", digits, 0, 12)
    for name, value in values.items():
        if not isinstance(value, Value):
            raise TypeError(f"values {name!r}: expected a Value, got {value!r}")
    before = {name: _named_sources(value, values) for name, value in values.items()}
    columns = {}
    for name in values:
        columns.setdefault(_column_before_use(name, before), []).append(name)
    places = {name: (2.3 * column, 1.7 * ((len(names) - 1) / 2 - k)) for column, names in columns.items() for k, name in enumerate(names)}
    tallest = max(map(len, columns.values()))
    ax = ax if ax is not None else axes((2.3 * len(columns) - 0.1) * _inches(values, digits), 0.3 + 0.85 * max(tallest, 2))
    ax.set_axis_off()
    for name, sources in before.items():
        for source in sources:
            _edge(ax, places[source], places[name])
    for name, value in values.items():
        _box(ax, places[name], name, value, digits)
    ax.set_xlim(-1.1, 2.3 * (len(columns) - 1) + 1.1)
    ax.set_ylim(-0.85 * max(tallest, 2), 0.85 * max(tallest, 2))
    return ax


def _named_sources(value, values):
    """The nearest named values that a value was computed from, each once."""
    names, waiting, found = {id(named): name for name, named in values.items()}, list(value.sources), []
    while waiting:
        source = waiting.pop(0)
        if id(source) in names:
            found.append(names[id(source)])
        else:
            waiting += source.sources
    return list(dict.fromkeys(found))


def _column_of(name, before):
    return max((_column_of(source, before) + 1 for source in before[name]), default=0)


def _column_before_use(name, before):
    """What is computed from nothing stands one column before its first use, so that its arrow is short."""
    users = [_column_of(user, before) for user, sources in before.items() if name in sources]
    return _column_of(name, before) if before[name] or not users else min(users) - 1


def _edge(ax, start, end):
    """An arrow from one box to another; over more than one column it bends, so that it passes the boxes between."""
    bend = "arc3,rad=-0.3" if end[0] - start[0] > 2.4 else "arc3"
    style = {"arrowstyle": "-|>", "connectionstyle": bend, "color": COLOUR["muted"], "linewidth": 1.3, "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", (end[0] - 0.85, end[1]), (start[0] + 0.85, start[1]), arrowprops=style)


def _box(ax, place, name, value, digits):
    x, y = place
    ax.add_patch(FancyBboxPatch((x - 0.8, y - 0.58), 1.6, 1.16, boxstyle="round,pad=0.02,rounding_size=0.16",
                                facecolor=COLOUR["background"], edgecolor=COLOUR[KIND.get(name[0], "muted")], linewidth=1.6, zorder=3))
    for lift, text, kind in ((0.32, name, KIND.get(name[0], "text")), (0.0, _content(value.data, digits), "text"),
                             (-0.32, "" if value.grad is None else f"slope {_content(value.grad, digits)}", "gradient")):
        ax.text(x, y + lift, text, ha="center", va="center", fontsize=10, color=COLOUR[kind], zorder=4)


def _inches(values, digits):
    """How wide a drawing's unit is, so that its boxes, 1.6 wide, hold the longest of their lines."""
    lines = [*values, *(_content(value.data, digits) for value in values.values()),
             *(f"slope {_content(value.grad, digits)}" for value in values.values() if value.grad is not None)]
    return (0.1 + 0.072 * max(map(len, lines))) / 1.6


def _content(array, digits):
    return numerals.number(round(float(array.item()), digits)) if array.size == 1 else "×".join(map(str, array.shape))


# ---- roads ----------------------------------------------------------------------------------------------------


def roads(start, ideas, ax=None):
    """A map of where to go: the start, the ideas that it has led to, and the places that lie beyond them.

    ideas is a dict from an idea to the places that it leads to; a place may lie beyond several of them, and is drawn once.
    """
    ideas = {idea: list(dict.fromkeys(sequence(f"ideas {idea!r}", places, "places"))) for idea, places in _named("ideas", ideas).items()}
    places = list(dict.fromkeys(place for found in ideas.values() for place in found))
    columns = ([start], list(ideas), places)
    tallest = max(map(len, columns))
    ax = ax if ax is not None else axes(WIDTH, 0.2 + 0.46 * tallest)
    ax.set_axis_off()
    at = [{text: (tallest - 1) * (0.5 if len(column) == 1 else 1 - k / (len(column) - 1)) for k, text in enumerate(column)}
          for column in columns]
    kinds = {idea: ("activation", "weight", "input", "error", "gradient", "bias")[k % 6] for k, idea in enumerate(ideas)}
    for idea, found in ideas.items():
        _road(ax, (ROAD_ENDS[0][1], at[0][start]), (ROAD_ENDS[1][0], at[1][idea]), "muted")
        for place in found:
            _road(ax, (ROAD_ENDS[1][1], at[1][idea]), (ROAD_ENDS[2][0], at[2][place]), kinds[idea])
    for k, column in enumerate(columns):
        for text in column:
            _sign(ax, ROAD_ENDS[k], at[k][text], text, kinds.get(text, "muted") if k == 1 else "muted")
    ax.set_xlim(ROAD_ENDS[0][0] - 0.1, ROAD_ENDS[2][1] + 0.1)
    ax.set_ylim(-0.6, tallest - 0.4)
    return ax


ROAD_ENDS = ((0.0, 1.75), (2.3, 5.5), (6.25, 9.95))  # where the signs of each column begin and end


def _road(ax, start, end, kind):
    """A road from one sign to another: it leaves and arrives level."""
    bend = (start[0] + end[0]) / 2
    along = np.linspace(0, 1, 25)[:, None]
    corners = np.array([start, (bend, start[1]), (bend, end[1]), end])
    weights = np.hstack([(1 - along) ** 3, 3 * along * (1 - along) ** 2, 3 * along**2 * (1 - along), along**3])
    ax.plot(*(weights @ corners).T, color=COLOUR[kind], linewidth=1.5)


def _sign(ax, ends, y, text, kind):
    left, right = ends
    ax.add_patch(FancyBboxPatch((left + 0.05, y - 0.39), right - left - 0.1, 0.78, boxstyle="round,pad=0.02,rounding_size=0.16",
                                facecolor=COLOUR["background"], edgecolor=COLOUR[kind], linewidth=1.6, zorder=3))
    lines = fill(text, 20 if left else 9)  # the first column is narrow
    ax.text((left + right) / 2, y - 0.02, lines, ha="center", va="center", fontsize=10, color=COLOUR["text"], zorder=4)


# ---- matrices -------------------------------------------------------------------------------------------------


def matrix_product(left, right, row, column, names=("", "", ""), ax=None, digits=4):
    """Two matrices and their product: one row of the left and one column of the right stand out, and the number that they make."""
    left = matrix("left", left, ("n", "k"))
    right = matrix("right", right, (left.shape[1], "m"))
    row, column = whole("row", row, 0, len(left) - 1), whole("column", column, 0, right.shape[1] - 1)
    digits = whole("digits", digits, 0, 12)
    ax = ax if ax is not None else axes(WIDTH, 0.7 + 0.3 * max(len(left), len(right)))
    ax.set_axis_off()
    at = 0.0
    for which, values in enumerate((left, right, left @ right)):
        at = _grid(ax, at, values, names[which], digits, (which != 1) * [row] or None, (which != 0) * [column] or None, which)
        if which == 1:
            ax.text(at + 0.2, 0, "=", ha="center", va="center", fontsize=13, color=COLOUR["text"])
        at += 0.4
    factors = zip(left[row], right[:, column], strict=True)
    written = " + ".join(f"{_signed(a, _few(a, digits), 0)} · {_signed(b, _few(b, digits), 1)}" for a, b in factors)
    tall = max(len(left), len(right)) / 2
    result = numerals.fixed((left @ right)[row, column], digits)
    _beneath(ax, at / 2 - 0.2, -tall * 0.62 - 0.42, f"{written} = {result}", "gradient")
    ax.set_xlim(-0.1, at - 0.3)
    ax.set_ylim(-tall * 0.62 - 0.65, tall * 0.62 + 0.55)
    return ax


def _few(value, digits):
    """As many decimals as a number needs, at most so many: 0.5 stays 0.5."""
    text = numerals.fixed(value, digits).rstrip("0")
    return len(text.partition(".")[2])


def _grid(ax, left, values, name, digits, rows, columns, which):
    """A matrix as a grid of numbers from left on, with brackets; returns where it ends."""
    height, width = values.shape
    shown = [[numerals.fixed(value, _few(value, digits)) for value in line] for line in values]
    cell = 0.24 + 0.13 * max(len(text) for line in shown for text in line)
    top = height * 0.31
    for i in range(height):
        for j in range(width):
            lit = (rows is None or i in rows) and (columns is None or j in columns) and (rows is not None or columns is not None)
            x, y = left + 0.1 + j * cell, top - (i + 1) * 0.62
            if lit:
                kind = "gradient" if which == 2 else "activation"
                ax.add_patch(Rectangle((x, y + 0.04), cell, 0.54, facecolor=COLOUR[kind], alpha=0.16, edgecolor="none"))
            ax.text(x + cell / 2, y + 0.31, shown[i][j], ha="center", va="center", fontsize=10, color=COLOUR["text"])
    right = left + 0.2 + width * cell
    for edge, inwards in ((left, 0.09), (right, -0.09)):
        ax.plot([edge + inwards, edge, edge, edge + inwards], [top, top, -top, -top], color=COLOUR["muted"], linewidth=1.3)
    ax.text((left + right) / 2, top + 0.2, f"{name}  {height} × {width}".strip(), ha="center", fontsize=10, color=COLOUR["muted"])
    return right


# ---- the map --------------------------------------------------------------------------------------------------

STATIONS = (("x", 0.0), ("z₁", 2.0), ("a₁", 4.0), ("z₂", 6.0), ("a₂", 8.0), ("E", 10.0))
FORWARD = {"F1": (0, 1), "F2": (1, 2), "F3": (2, 3), "F4": (3, 4), "E": (4, 5)}
BACK = {"1": (5, 4), "2": (4, 3), "8": (3, 2), "9": (2, 1)}
BELOW = {"w₁": (1.05, ("10", "12", "14")), "b₁": (2.95, ("11", "13", "14")), "w₂": (5.05, ("3", "5", "7")), "b₂": (6.95, ("4", "6", "7"))}


def iteration_map(here=None, ax=None):
    """The nineteen stops of an iteration as one map: forward above, back below; up to here they are filled, the one here is ringed."""
    here = one_of("here", here, LABELS) if here is not None else None
    done = set(LABELS[:LABELS.index(here) + 1]) if here is not None else set()
    ax = ax if ax is not None else axes(WIDTH, 1.75)
    ax.set_axis_off()
    ax.set_aspect("equal")
    for label, (a, b) in FORWARD.items():
        start, end = STATIONS[a][1] + 0.42, STATIONS[b][1] - 0.42
        _arrow(ax, (start, 0.12), (end, 0.12), "activation", 1.4)
        _badge(ax, (start + end) / 2, 0.57, label, label in done, label == here, "activation")
    for label, (a, b) in BACK.items():
        start, end = STATIONS[a][1] - 0.42, STATIONS[b][1] + 0.42
        _arrow(ax, (start, -0.12), (end, -0.12), "gradient", 1.4)
        _badge(ax, (start + end) / 2, -0.57, label, label in done, label == here, "gradient")
    for name, (x, labels) in BELOW.items():
        _arrow(ax, (2.0 if x < 4 else 6.0, -0.35), (x, -1.2), "gradient", 1.4)
        ax.text(x, -1.55, name, ha="center", va="center", fontsize=12, color=COLOUR[KIND[name[0]]])
        for i, label in enumerate(labels):
            _badge(ax, x + (-0.42, 0.42, 0)[i], (-2.2, -2.2, -2.95)[i], label, label in done, label == here, "gradient")
    for name, x in STATIONS:
        ax.text(x, 0, name, ha="center", va="center", fontsize=13, color=COLOUR[KIND.get(name[0], "text")])
    ax.set_xlim(-0.5, 10.5)
    ax.set_ylim(-3.4, 1.05)
    return ax


def _badge(ax, x, y, label, done, here, kind):
    if here:
        ax.add_patch(Circle((x, y), 0.41, fill=False, edgecolor=COLOUR["weight"], linewidth=2.2, zorder=5))
    ax.plot(x, y, "o", markersize=17, markerfacecolor=COLOUR[kind if done else "background"], markeredgecolor=COLOUR[kind],
            markeredgewidth=1.2, clip_on=False, zorder=3)  # as its letters, in points: so it is stored once for all
    ax.text(x, y - 0.015, label, ha="center", va="center", fontsize=10, color=COLOUR["background" if done else kind], zorder=4)


def layer_boxes(ax=None):
    """The way back through a layer as a box with its ways in and out, for the output layer and the hidden one: only letters differ."""
    ax = ax if ax is not None else axes(WIDTH, 2.0)
    ax.set_axis_off()
    _layer_box(ax, 6.1, "output layer", "a₁", "w₂", "b₂", "δ₂", "back: (δ₂ w₂ᵀ) ⊙ σ′(z₁)")
    _layer_box(ax, 0.9, "hidden layer", "x", "w₁", "b₁", "δ₁", "back: nothing, x is data")
    ax.set_xlim(0.8, 11.45)
    ax.set_ylim(-0.1, 4.1)
    return ax


def _layer_box(ax, left, title, came, weights, biases, delta, back):
    """One box: δ comes in from the right, what came into the layer from below; the slopes leave below, the next δ at the left."""
    right, middle = left + 4.1, left + 2.05
    ax.add_patch(FancyBboxPatch((left, 1.2), 4.1, 2.1, boxstyle="round,pad=0,rounding_size=0.15", facecolor=COLOUR["background"],
                                edgecolor=COLOUR["gradient"], linewidth=1.6))
    ax.text(middle, 3.6, title, ha="center", fontsize=11, color=COLOUR["text"])
    for y, line in ((2.85, back), (2.25, f"weights: {came}ᵀ {delta}"), (1.65, f"biases: sum of {delta}")):
        ax.text(middle, y, line, ha="center", va="center", fontsize=10, color=COLOUR["text"])
    _arrow(ax, (right + 1.1, 2.85), (right + 0.05, 2.85), "gradient", 1.8)
    ax.text(right + 0.55, 3.05, delta, ha="center", fontsize=13, color=COLOUR["gradient"])
    _arrow(ax, (left + 0.5, 0.5), (left + 0.5, 1.15), KIND[came[0]], 1.4)
    ax.text(left + 0.5, 0.2, came, ha="center", va="center", fontsize=13, color=COLOUR[KIND[came[0]]])
    for x, name in ((left + 1.9, weights), (left + 3.3, biases)):
        _arrow(ax, (x, 1.15), (x, 0.5), "gradient", 1.4)
        ax.text(x, 0.2, f"∂E/∂{name}", ha="center", va="center", fontsize=12, color=COLOUR["gradient"])


# ---- many runs ------------------------------------------------------------------------------------------------


def spread(losses, ax=None, shown=8, log=False, xlabel="epoch", ylabel="loss E", one=None):
    """Many runs at once, losses (epochs + 1, copies): the median, the middle half, all of them, and a few runs by themselves.

    one: the losses of a run that the text speaks of, drawn dashed among them.
    """
    losses = matrix("losses", losses, ("epochs", "copies"))
    shown = whole("shown", shown, 0, losses.shape[1])
    one = vector("one", one, len(losses)) if one is not None else None
    ax = ax if ax is not None else axes(WIDTH, 2.8)
    picked = _thinned(len(losses), 90)
    low, first, middle, third, high = np.quantile(losses[picked], [0, 0.25, 0.5, 0.75, 1], axis=1)
    there_and_back = np.concatenate([picked, picked[::-1]])
    for bottom, top, alpha, label in ((low, high, 0.12, f"all {losses.shape[1]}"), (first, third, 0.25, "the middle half")):
        ax.fill(there_and_back, np.concatenate([bottom, top[::-1]]), color=COLOUR["error"], alpha=alpha, linewidth=0, label=label)
    for k in np.linspace(0, losses.shape[1] - 1, shown).round().astype(int) if shown else []:
        ax.plot(picked, losses[picked, k], color=COLOUR["muted"], linewidth=0.7)
    ax.plot(picked, middle, color=COLOUR["error"], linewidth=2.2, label="median")
    if one is not None:
        ax.plot(picked, one[picked], "--", color=COLOUR["weight"], linewidth=2, label="ours")
    if log:
        decades(ax.yaxis)
    else:
        ax.set_ylim(bottom=0)
    ax.set_xlabel(xlabel)
    ax.set_ylabel(ylabel)
    ax.legend(frameon=False, labelcolor=COLOUR["text"], fontsize=10)
    return ax


def shares(along, series, ax=None, xlabel="learning rate η", ylabel="starts that learn (%)"):
    """How large a share succeeds, in percent, along something that is varied: a line for each name in series; logarithmic along it."""
    along = vector("along", along)
    if along.min() <= 0:
        raise ValueError(f"along: expected numbers > 0, got {along.min():g}")
    ax = ax if ax is not None else axes(WIDTH, 2.7)
    styles = zip(_named("series", series).items(), ("activation", "weight", "input", "error"), ("o-", "s--", "^:", "d-."), strict=False)
    for (name, values), kind, style in styles:
        ax.plot(along, vector(f"series {name!r}", values, len(along)), style, color=COLOUR[kind], markersize=4, linewidth=1.6, label=name)
    decades(ax.xaxis)
    ax.set(ylim=(-3, 103))
    ax.set_xlabel(xlabel)
    ax.set_ylabel(ylabel)
    if len(series) > 1:
        ax.legend(frameon=False, labelcolor=COLOUR["text"], fontsize=10)
    return ax


def strips(series, ax=None, ours=None, xlabel=""):
    """One number from each of many runs, a row of dots for each name in series: each dot a run, the stroke their median.

    ours: for a name, the number of the run that the text speaks of, drawn as a diamond.
    """
    series, ours = _named("series", series), _named("ours", ours) if ours is not None else {}
    for name in ours:
        one_of("ours", name, tuple(series))
    ax = ax if ax is not None else axes(WIDTH, 0.8 + 0.45 * len(series))
    for k, (name, values) in enumerate(series.items()):
        values = np.sort(vector(f"series {name!r}", values))
        ax.plot(values, -k + 0.09 * (np.arange(len(values)) % 7 - 3), "o", color=COLOUR["activation"], markersize=2.6, alpha=0.55)
        ax.plot([np.median(values)] * 2, [-k - 0.36, -k + 0.36], color=COLOUR["error"], linewidth=2.2)
        if name in ours:
            ax.plot(number(f"ours {name!r}", ours[name]), -k, "D", color=COLOUR["weight"], markersize=8)
    ax.set(ylim=(-len(series) + 0.5, 0.5), yticks=[-k for k in range(len(series))])
    ax.set_yticklabels(list(series))
    ax.set_xlabel(xlabel)
    return ax


def bars(series, ax=None, most=None, xlabel="", kind="activation"):
    """One bar for each name in series, with its number at its end, to the left of 0 where it is negative; most is where the scale ends."""
    series = {name: number(f"series {name!r}", value) for name, value in _named("series", series).items()}
    most = number("most", most) if most is not None else max(series.values())
    ax = ax if ax is not None else axes(WIDTH, 0.6 + 0.24 * len(series))
    for k, value in enumerate(series.values()):
        ax.add_patch(Rectangle((0, -k - 0.32), value, 0.64, facecolor=COLOUR[kind], alpha=0.75, edgecolor="none"))
        ax.annotate(numerals.number(value), (max(value, 0), -k), (5, 0), textcoords="offset points", va="center", fontsize=10,
                    color=COLOUR["text"])
    ax.set(xlim=(1.1 * min(0, *series.values()), 1.1 * most), ylim=(-len(series) + 0.5, 0.5), yticks=[-k for k in range(len(series))])
    ax.set_yticklabels(list(series))
    ax.set_xlabel(xlabel)
    return ax


def _named(name, series):
    if not isinstance(series, Mapping) or not series:
        raise TypeError(f"{name}: expected a dict of labels, got {series!r}")
    return series
