"""The pictures of test_figures.py and how each is described in words and numbers: what stands where, in which colour, how large.

    PYTHONPATH=. python tests/golden/pictures.py        writes pictures.json anew; its diff then says what looks different
"""
import json
from pathlib import Path

import numpy as np
from matplotlib.colors import to_hex
from matplotlib.text import Annotation

from nnlib import AND, IDENTITY, RELU, SIGMOID, TANH, Parameters, diagrams, feedforward, figures, palette
from nnlib.autograd import Value

STORED = Path(__file__).with_suffix(".json")
EXAMPLE = Parameters.example()
NAME_OF = {colour.light: name for name, colour in palette.NAMES.items()}
DRAWN = {
    "network": lambda: figures.network(EXAMPLE),
    "network with an example": lambda: figures.network(EXAMPLE, (0, 1)),
    "a larger network": lambda: figures.network(Parameters.random(0, hidden=4, outputs=3), (1, 1), digits=2),
    "two outputs": lambda: figures.network(Parameters.random(0, outputs=2)),
    "the smallest network": lambda: figures.network(Parameters.random(0, hidden=1, inputs=1)),
    "curves": lambda: figures.activation_curves([SIGMOID, TANH, RELU, IDENTITY]),
    "slope": lambda: figures.activation_and_slope(SIGMOID),
    "along": lambda: figures.outputs_along(np.linspace(0, 1, 5), {"one": np.ones(5), "two": np.zeros(5), "three": np.arange(5)}),
    "gate": lambda: figures.gate(AND),
    "loss": lambda: figures.loss_over_prediction(0.25, [0.5, 1.0]),
    "weight": lambda: figures.loss_over_weight(AND.x, AND.y, EXAMPLE, "w2", (0, 0)),
    "descent": lambda: figures.loss_over_weight(AND.x, AND.y, EXAMPLE, "w1", (1, 0), steps=3, learning_rate=5),
    "runs": lambda: figures.curves({"one": np.linspace(1, 0.1, 900), "two": np.full(900, 0.5)}, log=True),
    "one run": lambda: figures.curves({"one": np.linspace(1, 0.1, 5)}),
    "many runs": lambda: figures.curves({str(k): np.full(3, k) for k in range(5)}, xlabel="step", ylabel="output ŷ"),
    "rates": lambda: figures.loss_over_rate([0.1, 1.0, 10.0], [0.4, 0.01, np.nan]),
    "rates without a cross": lambda: figures.loss_over_rate([0.1, 1.0], [0.4, 0.01]),
    "sorted": lambda: figures.sorted_losses({str(k): np.array([0.3, 0.1, 0.2]) * k for k in range(5)}),
    "decision": lambda: figures.decision(lambda points: feedforward(points, EXAMPLE).a2 - 0.06, AND.x, AND.y),
    "decision further out": lambda: figures.decision(lambda points: points[:, :1], AND.x, AND.y, reach=(-2, 3), title="far"),
    "confusion": lambda: figures.confusion([[0.875, 0.125, 0], [0, 0.5, 0.5], [0.003, 0.005, 0.992]], labels=["a", "b", "c"]),
    "images": lambda: figures.images([[0, 0.25, 0.5, 1], [1, 1, 0, 0.06], [0, 0, 0, 0]], ["one", "two", "none"], columns=2),
    "squares": lambda: figures.squared_errors([[0.6], [0.4]], [[0], [1]]),
    "gears": lambda: diagrams.gears([24, 12, 4]),
    "triangle": lambda: diagrams.slope_triangle(lambda u: u**2, 3, 0.1),
    "contours": lambda: diagrams.contours(AND.x, AND.y, EXAMPLE, ("w2", (0, 0)), ("w1", (1, 0)), learning_rate=8),
    "one path": lambda: diagrams.paths(("w₂,₁", 0.5), [[("z₂", 0.2), ("a₂", 0.6)]], ("E", 0.15), [[0.5, 0.25, -0.4]]),
    "two paths": lambda: diagrams.paths(("w₂,₁", None), [[("z₂", 0.2)], [("z₂", 0.3)]], ("E", 0.15), [[0.5, 0.25], [-0.2, -0.5]],
                                        labels=["one", "two"], result="both"),
    "product": lambda: diagrams.matrix_product(AND.x, EXAMPLE.w1, 3, 1, ("x", "w₁", "x w₁")),
    "map": lambda: diagrams.iteration_map(),
    "map at step 5": lambda: diagrams.iteration_map("5"),
    "boxes of two layers": lambda: diagrams.layer_boxes(),
    "spread": lambda: diagrams.spread(np.linspace(1, 0.1, 9)[:, None] * np.arange(1, 5), shown=2),
    "spread in the log": lambda: diagrams.spread(np.linspace(1, 0.1, 9)[:, None] * np.arange(1, 5), shown=0, log=True),
    "spread with ours": lambda: diagrams.spread(np.linspace(1, 0.1, 9)[:, None] * np.arange(1, 5), shown=0, one=np.linspace(2, 0.1, 9)),
    "strips": lambda: diagrams.strips({"one": [1, 2, 5], "two": [0, 1, 1]}, ours={"two": 1}, xlabel="epoch"),
    "shares": lambda: diagrams.shares([0.1, 1.0, 10.0], {"one": [0, 50, 100], "two": [5, 90, 20]}),
    "bars": lambda: diagrams.bars({"one": 0.25, "two": 0.0625}, xlabel="left"),
    "bars to both sides": lambda: diagrams.bars({"one": 0.25, "two": -0.5}, most=1, kind="gradient"),
    "roads": lambda: diagrams.roads("here", {"one": ["left", "right"], "two": ["right"]}),
    "graph": lambda: diagrams.graph(used_twice()),
    "graph of matrices": lambda: diagrams.graph({"w": (w := Value(EXAMPLE.w1)), "a": (AND.x @ w).sigmoid()}),
    "a row": lambda: figures.axes(8, 2, columns=3)[2],
}


def used_twice():
    """A small graph whose slopes are known: a goes in twice."""
    a, b = Value(2.0), Value(-3.0)
    product = a * b
    E = (product + a) ** 2 / 2
    E.backward()
    return {"a": a, "b": b, "a b": product, "E": E}


def described(ax):
    """Everything on an ax, as lines of text."""
    figure = ax.figure
    lines = [f"figure {figure.get_size_inches().tolist()}, {len(figure.axes)} axes, {figure.get_layout_engine().__class__.__name__}",
             f"background {ax.patch.get_alpha()}, aspect {ax.get_aspect()}, {'with' if ax.axison else 'without'} axes"]
    for axis in (ax.xaxis, ax.yaxis):
        lines.append(f"{axis.axis_name}: {axis.get_scale()} {numbers(axis.get_view_interval())}, label {written(axis.label)}")
        lines.append(f"{axis.axis_name}: ticks {numbers(axis.get_ticklocs())} {[label.get_text() for label in axis.get_ticklabels()]}")
        for which in ("major", "minor"):
            style = axis.get_tick_params(which)
            lines.append(f"{axis.axis_name}: {which} ticks {colour(style['color'])}, {colour(style['labelcolor'])} {style['labelsize']}")
    lines.append(f"title {written(ax.title)}")
    lines.append("spines " + ", ".join(f"{side} {colour(s.get_edgecolor())}" for side, s in ax.spines.items() if s.get_visible()))
    for line in ax.lines:
        marker = (f", marker {line.get_marker()} {line.get_markersize()} {colour(line.get_markerfacecolor())} "
                  f"in {colour(line.get_markeredgecolor())} {line.get_markeredgewidth()}" if line.get_marker() != "None" else "")
        lines.append(f"line {line.get_label()!r} {colour(line.get_color())} {line.get_linestyle()} {line.get_linewidth()} "
                     f"on {line.get_zorder()}{marker}: x {numbers(line.get_xdata())} y {numbers(line.get_ydata())}")
    for patch in ax.patches:
        lines.append(f"{patch.__class__.__name__} {numbers(patch.get_extents().transformed(ax.transData.inverted()).get_points().ravel())} "
                     f"{colour(patch.get_facecolor()) if patch.get_fill() else 'empty'} in {colour(patch.get_edgecolor())} "
                     f"{patch.get_linewidth()}, alpha {patch.get_alpha()} on {patch.get_zorder()}")
    for collection in ax.collections:
        points = np.concatenate([path.vertices for path in collection.get_paths()])
        lines.append(f"{collection.__class__.__name__} levels {numbers(collection.levels)} alpha {collection.get_alpha()} "
                     f"{[colour(c) for c in (*collection.get_facecolor(), *collection.get_edgecolor())]} "
                     f"{numbers(collection.get_linewidth())}, {len(points)} points: x {numbers(points[:, 0])} y {numbers(points[:, 1])}")
    for text in ax.texts:
        offset = f" and {text.xyann} {text.anncoords}" if isinstance(text, Annotation) else ""
        place = text.xy if isinstance(text, Annotation) else text.get_position()
        box = text.get_bbox_patch()
        box = f", on {colour(box.get_facecolor())} in {colour(box.get_edgecolor())} {box.get_boxstyle().pad:.4g}" if box else ""
        lines.append(f"text {written(text)} at {numbers(place)}{offset} {text.get_ha()} {text.get_va()} on {text.get_zorder()}{box}")
    legend = ax.get_legend()
    if legend:
        lines.append(f"legend {'in a frame' if legend.get_frame_on() else 'unframed'}: {', '.join(map(written, legend.get_texts()))}")
    return lines


def numbers(values):
    """A few numbers in full, of many the ends, the middle and the sum; to six digits, which no processor disputes."""
    values = np.asarray(values, dtype=float).ravel()
    many = len(values) > 12
    shown = [f"{round(v, 9) + 0.0:.6g}" for v in (values if not many else (values[0], values[len(values) // 2], values[-1], values.sum()))]
    return f"{len(values)} numbers, {shown[0]} … {shown[1]} … {shown[2]}, sum {shown[3]}" if many else " ".join(shown)


def colour(value):
    """The palette's name of a colour."""
    if isinstance(value, str) and value == "none":
        return "nothing"
    return NAME_OF.get(to_hex(value), to_hex(value, keep_alpha=True))


def written(text):
    """A text with its colour and size."""
    return f"{text.get_text()!r} {colour(text.get_color())} {text.get_fontsize()}"


def content():
    """The text of pictures.json."""
    return json.dumps({name: described(draw()) for name, draw in DRAWN.items()}, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    STORED.write_text(content(), "utf8")
