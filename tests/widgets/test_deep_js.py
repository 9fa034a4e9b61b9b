"""model/deep.js and model/digits.js say what nnlib.deep and nnlib.digits say."""
import numpy as np
import pytest
from javascript import Module
from py_mini_racer import JSEvalException

from nnlib import SOFTMAX_CROSS_ENTROPY, deep, digits, iteration, softmax

JS = Module("model/deep.js", "model/digits.js", "model/engine.js")


def as_lists(layers):
    return [{"w": w.tolist(), "b": b.tolist()} for w, b in layers]


def close(theirs, ours):
    ours = np.asarray(ours)
    return np.shape(theirs) == ours.shape and (np.abs(np.asarray(theirs) - ours) <= 1e-12 * np.maximum(1, np.abs(ours))).all()


def data(n, inputs, outputs):
    rng = np.random.default_rng(n)
    return rng.normal(size=(n, inputs)) * (rng.random((n, inputs)) > 0.2), np.eye(outputs)[rng.integers(0, outputs, n)]


@pytest.mark.parametrize("sizes", [(2, 1), (64, 30, 10), (3, 5, 4, 2), (4, 3, 3, 3, 3)])
def test_the_random_start_is_the_same(sizes):
    theirs = JS("randomLayers(seed, sizes)", seed=7, sizes=sizes)
    assert theirs == as_lists(deep.random_layers(7, sizes))


@pytest.mark.parametrize(("hidden", "output", "loss"), [
    ("sigmoid", "identity", "softmax_cross_entropy"), ("tanh", "identity", "softmax_cross_entropy"),
    ("relu", "sigmoid", "cross_entropy"), ("tanh", "sigmoid", "squared_error"), ("sigmoid", "identity", "squared_error")])
@pytest.mark.parametrize("sizes", [(5, 3), (6, 4, 3), (4, 5, 4, 3)])
@pytest.mark.parametrize("batch", [7, 3])
def test_training_is_deep_iteration_repeated(sizes, hidden, output, loss, batch):
    x, y = data(7, sizes[0], sizes[-1])
    layers = deep.random_layers(1, sizes)
    result = JS("""(() => { const t = deepTrainer(x, y, layers, 0.05, {hidden, output, loss, batch}); const met = [];
                for (let k = 0; k < 5; k++) met.push(t.step()); return [met, t.loss(), t.now()]; })()""",
                x=x.tolist(), y=y.tolist(), layers=as_lists(layers), hidden=hidden, output=output, loss=loss, batch=batch)
    judge = SOFTMAX_CROSS_ENTROPY if loss == "softmax_cross_entropy" else loss
    met = []
    for _ in range(5):
        met.append(0)
        for i in range(0, 7, batch):
            it = deep.iteration(x[i:i + batch], y[i:i + batch], layers, 0.05, hidden, output, judge)
            met[-1] += it.E
            layers = it.updated
    assert close(result[0], met)
    assert close(result[1], deep.iteration(x, y, layers, 0, hidden, output, judge).E)
    for theirs, (w, b) in zip(result[2], layers, strict=True):
        assert close(theirs["w"], w) and close(theirs["b"], b)


def test_an_epoch_on_the_digits_is_pythons():
    train, _ = digits.load()
    layers = deep.random_layers(0, (64, 30, 10))
    now = JS("""(() => { const all = readDigits(text), t = deepTrainer(all.x.slice(0, TRAINED), all.y.slice(0, TRAINED), layers, 0.05,
             {output: "identity", loss: SOFTMAX, batch: 16}); t.step(); return t.now(); })()""",
             text=digits.text(), layers=as_lists(layers))
    for i in range(0, len(train.x), 16):
        layers = deep.iteration(train.x[i:i + 16], train.y[i:i + 16], layers, 0.05, "sigmoid", "identity", SOFTMAX_CROSS_ENTROPY).updated
    for theirs, (w, b) in zip(now, layers, strict=True):
        assert close(theirs["w"], w) and close(theirs["b"], b)


def test_the_fourteen_steps_for_classes():
    x, y = data(4, 6, 3)
    (w1, b1), (w2, b2) = deep.random_layers(3, (6, 5, 3))
    parameters = {"w1": w1, "b1": b1, "w2": w2, "b2": b2}
    theirs = JS("iteration(x, y, p, 0.1, {output: 'identity', operations: SOFTMAX_OPERATIONS})", x=x.tolist(), y=y.tolist(),
                p={name: value.tolist() for name, value in parameters.items()})
    ours = iteration(x, y, (w1, b1, w2, b2), 0.1, output="identity", loss=SOFTMAX_CROSS_ENTROPY)
    for name, value in theirs.items():
        assert close(value, ours[name]), name


@pytest.mark.parametrize("z", [[1000, 0, -1000], [2, 1, -1], [0, 0], [-5000, -5001]])
def test_softmax_of_huge_numbers(z):
    assert close([JS("softmax(z)", z=z)], softmax([z]))


@pytest.mark.parametrize(("code", "message"), [
    ("deepTrainer([[1]], [[1]], [{w: [[1]], b: [[0]]}], 0.1, {loss: SOFTMAX})", "output: expected identity for softmax_cross_entropy"),
    ("deepTrainer([[1, 2]], [[1]], [{w: [[1]], b: [[0]]}], 0.1)", "x: expected shape"),
    ("deepTrainer([[1]], [[1]], [{w: [[1]], b: [[0, 1]]}], 0.1)", "b of layer 1: expected shape"),
    ("deepTrainer([[1]], [[1]], [{w: [[1]], b: [[0]]}], -1)", "learning_rate: expected"),
    ("deepTrainer([[1]], [[1]], [{w: [[1]], b: [[0]]}], 1, {batch: 2})", "batch: expected a whole number from 1 to 1, got 2"),
    ("deepTrainer([[1]], [[1]], [{w: [[1]], b: [[0]]}], 1, {hiden: 'tanh'})", "did you mean “hidden”"),
    ("randomLayers(0, [3])", "sizes: expected at least two"),
    ("readDigits('3abc')", "digits: expected a digit and 64 letters")])
def test_bad_input_is_refused(code, message):
    with pytest.raises(JSEvalException, match=message):
        JS(code)


def test_the_files_text_is_the_same_in_both_languages():
    theirs = JS("readDigits(text)", text=digits.text())
    train, test = digits.load()
    assert JS("TRAINED") == len(train.x)
    assert theirs["x"] == [*train.x.tolist(), *test.x.tolist()] and theirs["y"] == [*train.y.tolist(), *test.y.tolist()]
    assert theirs["digits"] == [*train.digits.tolist(), *test.digits.tolist()]


def test_a_drawing_is_brought_to_the_form_of_the_data():
    ring = [[[np.cos(t), 1.6 * np.sin(t)] for t in np.linspace(0, 2 * np.pi, 40)]]
    image = np.reshape(JS("imageOf(s)", s=ring), (8, 8))
    assert image.min() == 0 and image.max() > 0.9 and (image * 16 == np.round(image * 16)).all()
    assert image[0].any() and image[-1].any() and np.allclose(image, image[::-1], atol=0.13) and np.allclose(image, image[:, ::-1], atol=0.13)
    assert image[3:5, 3:5].max() == 0  # the hole of the ring
    moved = [[[5 + 3 * u, 3 * v - 40] for u, v in stroke] for stroke in ring]
    assert np.abs(np.ravel(JS("imageOf(s)", s=moved)) - image.ravel()).max() <= 1 / 16  # wherever it stands, however large it is


def test_a_drawing_with_nothing_or_one_dot_on_it():
    assert JS("imageOf([])") is None and JS("imageOf([[]])") is None
    dot = np.reshape(JS("imageOf([[[0.9, 0.1]]])"), (8, 8))
    assert dot[3:5, 3:5].min() > 0.2 and dot.sum() == dot[3:5, 3:5].sum()
