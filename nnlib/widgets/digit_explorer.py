"""DigitExplorer: draw a digit, and see what a network that was trained in the page makes of it."""
from collections.abc import Iterable

import numpy as np
import traitlets

from nnlib import deep, digits
from nnlib.limits import DIGIT_EPOCHS, MOST_DIGIT_NEURONS
from nnlib.losses import SOFTMAX_CROSS_ENTROPY, softmax
from nnlib.numerals import number
from nnlib.types import FloatArray
from nnlib.validation import one_rate
from nnlib.widgets.base import BookWidget, Fallback
from nnlib.widgets.traits import Checked, Rate, Seed, Truth, Whole

BATCH = 16  # images for one update, in the page as here
Strokes = list[list[list[float]]]


class StrokesTrait(Checked[Strokes, Iterable[Iterable[Iterable[float]]]]):
    """Strokes, each a list of points [x, y] from 0 to 1, from the upper left corner."""

    default_value: Strokes = []

    def check(self, value: Iterable[Iterable[Iterable[float]]]) -> Strokes:
        """Strokes as lists; TypeError or ValueError that names them."""
        try:
            strokes = [[[float(v) for v in point] for point in stroke] for stroke in value]
        except TypeError:
            raise TypeError(f"strokes: expected a list of strokes, each a list of points (x, y), got {value!r}") from None
        for point in (point for stroke in strokes for point in stroke):
            if len(point) != 2 or not all(0 <= v <= 1 for v in point):
                raise ValueError(f"strokes: expected points (x, y) from 0 to 1, got {tuple(point)}")
        return strokes


class DigitExplorer(BookWidget):
    """A network 64-h-10 that learns handwritten digits in the page, and reads what you draw.

    strokes: the drawing, a list of strokes of points (x, y) from 0 to 1. neurons: how many are hidden (1 to 60). seed: of the start.
    learning_rate: for the sum of 16 images. epoch: how many are done (0 to 100).
    """

    strokes = StrokesTrait().tag(sync=True)
    neurons = Whole(30, min=1, max=MOST_DIGIT_NEURONS)
    seed = Seed()
    learning_rate = Rate(0.05)
    epoch = Whole(0, min=0, max=DIGIT_EPOCHS)
    playing = Truth()
    asked = Truth()  # the page wants the data
    data = traitlets.Unicode("").tag(sync=True)  # and here they are

    @traitlets.observe("asked")
    def _bring(self, change: traitlets.Bunch) -> None:
        if change["new"]:
            self.data = digits.text()

    def state(self) -> dict[str, object]:
        """The traits as they are stored on a page: without the data, which it brings when somebody asks for them."""
        return super().state() | {"asked": False, "data": "", "playing": False}

    def layers(self) -> tuple[deep.Layer, ...]:
        """The network after the epochs on show, as two layers (w, b)."""
        train, _ = digits.load()
        rate = one_rate("learning_rate", self.learning_rate)
        layers = deep.random_layers(self.seed, (64, self.neurons, 10))
        for _ in range(self.epoch):
            for i in range(0, len(train.x), BATCH):
                layers = deep.iteration(train.x[i:i + BATCH], train.y[i:i + BATCH], layers, rate, "sigmoid", "identity",
                                        SOFTMAX_CROSS_ENTROPY).updated
        return layers

    def answers(self, image: FloatArray) -> FloatArray:
        """The probabilities of the ten digits for an image of 64 numbers."""
        return softmax(deep.feedforward(np.reshape(image, (1, 64)), self.layers(), "sigmoid", "identity").a[-1])[0]

    def fallback(self) -> Fallback:
        """What the network says of the first image of the test."""
        _, test = digits.load()
        table = [["digit", "probability"], *([str(k), number(p)] for k, p in enumerate(self.answers(test.x[0])))]
        return (f"A network with 64 inputs, {self.neurons} hidden neurons and 10 outputs after {self.epoch} epochs, on the first image of "
                f"the test, a {test.digits[0]}. With scripts on you can train it and draw."), table
