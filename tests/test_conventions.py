"""Every way to write an iteration is the same iteration: proved with symbols, worked out with numbers, and written as elsewhere."""
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import sympy as sp

from nnlib import LOSSES, OPERATIONS, Parameters, feedforward, formulas, iteration
from nnlib import conventions as cv
from nnlib.conventions import CHOICES, WRITERS, Algebra, Conventions, combinations, compute, lines, multiple, updated

ALL = list(combinations())
THREE = cv.SHOWN.x, cv.SHOWN.y
BOOK = Conventions()


def single_choices():
    """The book's convention with one choice made differently; cross-entropy needs another scale besides."""
    for name, choice in CHOICES.items():
        for option in choice.options[1:]:
            more = {"scale": "sum"} if option.key == "cross_entropy" else {}
            yield replace(BOOK, **{name: option.key} | more)


# ---- with symbols ----------------------------------------------------------------------------------------------


class S(sp.Function):
    """The sigmoid, of which no more is known than its slope."""

    def fdiff(self, argindex=1):
        return self * (1 - self)


class Symbols(Algebra):
    """sympy's matrices; what works element by element is written out."""

    def ones(self, n):
        return sp.ones(n, 1)

    def one(self):
        return sp.Integer(1)

    def product(self, a, b):
        return a * b

    def plus(self, a, b):
        row = b.shape[0] == 1 and a.shape[0] != 1
        assert (b.shape[1 if row else 0], b.shape[0 if row else 1]) == (a.shape[1 if row else 0], 1)
        return a + (sp.ones(a.shape[0], 1) * b if row else b * sp.ones(1, a.shape[1]))

    def minus(self, a, b):
        return (a * sp.ones(*b.shape) if a == 1 else a) - b

    def each(self, a, b):
        return a.multiply_elementwise(b)

    def over(self, a, b):
        return a.multiply_elementwise(b.applyfunc(lambda v: 1 / v))

    def sigmoid(self, z):
        return z.applyfunc(S)

    def slope(self, z):
        return z.applyfunc(lambda v: S(v) * (1 - S(v)))

    def beside(self, a, b):
        return sp.Matrix.hstack(a, b)

    def above(self, a, b):
        return sp.Matrix.vstack(a, b)

    def ratio(self, number, n):
        return sp.Rational(number, n)

    def squares(self, a, y):
        return sp.Rational(1, 2) * sum((v - t) ** 2 for v, t in zip(a, y, strict=True))

    def entropies(self, a, y):
        return -sum(t * sp.log(v) + (1 - t) * sp.log(1 - v) for v, t in zip(a, y, strict=True))


N, H, M = 3, 2, 2  # two outputs, so that paths add up
SHAPES = {"x": (N, 2), "y": (N, M), "w1": (2, H), "b1": (1, H), "w2": (H, M), "b2": (1, M)}
BOOK_SYMBOLS = {name: sp.Matrix(*shape, lambda i, j, name=name: sp.Symbol(f"{name}_{i}{j}")) for name, shape in SHAPES.items()}
ETA = sp.Symbol("eta")


@cache  # many conventions come to the same expression
def zero(expression):
    """Zero for all values: with each σ a symbol of its own, it is a fraction of polynomials."""
    atoms = sorted(expression.atoms(S), key=sp.count_ops, reverse=True)
    for number, atom in enumerate(atoms):
        expression = expression.xreplace({atom: sp.Symbol(f"s_{number}")})
    return expression == 0 or sp.expand(expression) == 0 or sp.cancel(sp.together(expression)) == 0


def loss_from_scratch(loss):
    """E of the book, number by number."""
    p = BOOK_SYMBOLS
    total = 0
    for i in range(N):
        hidden = [S(sum(p["x"][i, k] * p["w1"][k, j] for k in range(2)) + p["b1"][0, j]) for j in range(H)]
        for k in range(M):
            a, t = S(sum(hidden[j] * p["w2"][j, k] for j in range(H)) + p["b2"][0, k]), p["y"][i, k]
            total += (a - t) ** 2 / 2 if loss == "squared_error" else -t * sp.log(a) - (1 - t) * sp.log(1 - a)
    return total


GRADIENTS = {loss: {name: BOOK_SYMBOLS[name].applyfunc(lambda w, loss=loss: sp.diff(loss_from_scratch(loss), w))
                    for name in Parameters._fields} for loss in LOSSES}


def worked_out(c):
    return cv.work_out(c, BOOK_SYMBOLS | {"learning_rate": ETA}, N, Symbols())


def own_factor(c):
    """How often its loss holds the book's, told without the module's own table."""
    return {"half": 1, "sum": 2 if c.loss == "squared_error" else 1, "mean": sp.Rational(2 if c.loss == "squared_error" else 1, N)}[c.scale]


@pytest.mark.parametrize("c", [BOOK, *single_choices()], ids=str)
def test_each_choice_is_proved(c):
    """Its loss is its multiple of the book's; its new network is the book's with η times the documented multiple, for all values."""
    values = worked_out(c)
    assert zero(values["E"] - own_factor(c) * loss_from_scratch(c.loss))
    by = own_factor(c) / (N if c.rate == "mean" else 1)
    assert multiple(c, N) == pytest.approx(float(by), rel=1e-15)
    for name, new in updated(c, values, Symbols())._asdict().items():
        expected = BOOK_SYMBOLS[name] - ETA * by * GRADIENTS[c.loss][name]
        assert all(zero(difference) for difference in new - expected), name


@pytest.mark.slow
def test_all_combinations_are_proved():
    """In each: what is called ∂E/∂w is the slope of what is called E, lying as was said; and the new network is that of the multiple."""
    for c in ALL:
        values = worked_out(c)
        assert zero(values["E"] - own_factor(c) * loss_from_scratch(c.loss)), c
        for layer in "12":
            expected = own_factor(c) * GRADIENTS[c.loss][f"w{layer}"]
            if c.joined:
                expected = sp.Matrix.vstack(own_factor(c) * GRADIENTS[c.loss][f"b{layer}"], expected)
            shown = values[f"dE_dw{layer}{'+' if c.joined else ''}"]
            lying = shown if (c.product == "xW") == (c.slopes == "denominator") else shown.T
            assert all_zero(lying - expected), c
        by = own_factor(c) / (N if c.rate == "mean" else 1)
        for name, new in updated(c, values, Symbols())._asdict().items():
            assert all_zero(new - BOOK_SYMBOLS[name] + ETA * by * GRADIENTS[c.loss][name]), (c, name)


def all_zero(matrix):
    """The same for a matrix, at once: each number times a symbol of its own, so that nothing cancels between them."""
    return zero(sum((sp.Symbol(f"k_{i}") * e for i, e in enumerate(matrix)), sp.Integer(0)))


def test_the_proof_sees_a_wrong_factor_and_a_wrong_transpose(monkeypatch):
    c = Conventions(examples="columns", product="Wx")
    right = updated(c, worked_out(c), Symbols())
    monkeypatch.setattr(cv, "slope_factor", lambda c: cv.Factor(3))
    assert not all_zero(right.w1 - updated(c, worked_out(c), Symbols()).w1)
    monkeypatch.undo()
    turn = cv.turned
    monkeypatch.setattr(cv, "turned", lambda e: e if getattr(e, "kind", "") == "product" and e.parts[0] == cv.Name("dz2_dw2") else turn(e))
    assert not all_zero(right.w2 - updated(c, worked_out(c), Symbols()).w2)


# ---- with numbers ----------------------------------------------------------------------------------------------


def same(a, b, tolerance=1e-13):
    return all(np.allclose(p, q, rtol=tolerance, atol=tolerance) for p, q in zip(a, b, strict=True))


def test_there_are_as_many_as_go_together():
    """2⁵ for the free choices; of loss, scale and rate (½, sum and mean; sum and mean): 5 and 3."""
    assert len(ALL) == len(set(ALL)) == 2**5 * (5 + 3)


@pytest.mark.parametrize("hidden", [1, 2, 3])
def test_all_combinations_give_the_same_new_network_with_numbers(hidden):
    x, y = THREE
    for c in ALL:
        for seed in (1, 2):
            p = Parameters.random(seed, hidden)
            new = updated(c, compute(c, x, y, p, 0.5))
            assert same(new, iteration(x, y, p, 0.5 * multiple(c, 3), loss=c.loss).updated), c
            again = updated(c, compute(c, x, y, p, 0.5 / multiple(c, 3)))
            assert same(again, iteration(x, y, p, 0.5, loss=c.loss).updated), c


def test_each_gradient_is_measured_by_central_differences_of_its_own_loss():
    """In the convention's own numbers: move one weight as it lies, and see by how much its E moves."""
    x, y = THREE
    p, step = Parameters.random(3), 1e-5
    for c in ALL:
        def loss_at(w2, c=c):
            return compute(c, x, y, p._replace(w2=w2), 0.5)["E"]

        measured = np.zeros((2, 1))
        for i in range(2):
            nudge = np.zeros((2, 1))
            nudge[i] = step
            measured[i] = (loss_at(p.w2 + nudge) - loss_at(p.w2 - nudge)) / (2 * step)
        slope = compute(c, x, y, p, 0.5)["dE_dw2+" if c.joined else "dE_dw2"]
        slope = slope.T if cv.lies_turned("dE_dw2", c) else slope
        assert np.allclose(slope[1:] if c.joined else slope, measured, rtol=1e-8, atol=1e-10), c


def test_a_recipe_gives_what_the_formulas_give():
    """From the book's iteration of the same loss: joined, scaled, transposed, it is what the convention's own formula comes to."""
    x, y = THREE
    p = Parameters.random(4, 3)
    for c in ALL:
        values = compute(c, x, y, p, 0.5)
        it = iteration(x, y, p, 0.5 * multiple(c, 3), loss=c.loss)
        for line in (*cv.given_lines(c), *lines(c)):
            if not line.gives:
                continue
            r = cv.recipe(line.gives, c)
            parts = [np.atleast_2d({"x": x, "y": y, **p._asdict()}[code] if code in cv.GIVEN else it[code]) for code in r.parts]
            whole = np.concatenate(parts, axis=1 if r.way == "beside" else 0) * (float(own_factor(c)) if r.scaled else 1)
            assert np.allclose(whole.T if r.turned else whole, np.atleast_2d(values[line.gives]), rtol=1e-13, atol=1e-13), (c, line.gives)


def test_the_shapes_lie_as_was_said():
    x, y = THREE
    p = Parameters.random(1, 4)
    for c in ALL:
        values = compute(c, x, y, p, 0.5)
        lying = {code: shape[::-1] if turned else shape for code, shape, turned in (
            ("z1", (3, 4), c.columns), ("a2", (3, 1), c.columns), ("dE_dz1", (3, 4), c.columns != (c.slopes == "numerator")),
            ("dz2_da1", (4, 1), c.slopes == "numerator"))}
        assert {code: values[code].shape for code in lying} == lying, c
        weights = values["new_w1+" if c.joined else "new_w1"]
        inputs = 3 if c.joined else 2
        assert weights.shape == ((4, inputs) if c.product == "Wx" else (inputs, 4)), c


# ---- as it is written ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("loss", LOSSES)
def test_without_a_choice_the_formulas_are_the_books(loss):
    c = replace(BOOK, loss=loss, scale="half" if loss == "squared_error" else "sum")
    ours = {}
    for line in lines(c):
        ours.setdefault(line.label, []).append(line.text.replace("δ₂ = ", "δ₂ = ∂E/∂z₂ = ").replace("δ₁ = ", "δ₁ = ∂E/∂z₁ = "))
    for op in OPERATIONS:
        assert sorted(ours[op.label]) == sorted(formulas.lines(op, loss=LOSSES[loss])), op.label


@pytest.mark.parametrize(("name", "label", "expected"), [
    ("Nielsen", "F1", ["z₁ = w₁ x + b₁"]),
    ("Nielsen", "5", ["δ₂ = ∂E/∂a₂ ⊙ ∂a₂/∂z₂", "∂E/∂w₂ = δ₂ (∂z₂/∂w₂)ᵀ"]),
    ("Nielsen", "7", ["new w₂ = w₂ − (η/n) ∂E/∂w₂", "new b₂ = b₂ − (η/n) ∂E/∂b₂"]),
    ("PyTorch", "F3", ["z₂ = a₁ w₂ᵀ + b₂"]),
    ("PyTorch", "1", ["∂E/∂a₂ = (2/n) (a₂ − y)"]),
    ("PyTorch", "12", ["∂E/∂z₁ = ∂E/∂z₂ (∂z₂/∂a₁)ᵀ ⊙ ∂a₁/∂z₁", "∂E/∂w₁ = (∂E/∂z₁)ᵀ ∂z₁/∂w₁"]),
    ("Keras", "F3", ["z₂ = a₁ w₂ + b₂"]),
    ("Prince", "8", ["∂z₂/∂a₁ = w₂ᵀ, the old one: the forward pass used it"]),
    ("Prince", "1", ["∂E/∂a₂ = 2 (a₂ − y)"]),
    ("Goodfellow et al.", "1", ["∂E/∂a₂ = (1/n) ((a₂ − y) ⊘ (a₂ ⊙ (1 − a₂)))"]),
    ("Bishop", "F2", ["a₁ = σ(z₁)", "ã₁ = a₁ with a column of ones first"]),
    ("Bishop", "6", ["done in step 5"]),
    ("Parr and Howard", "5", ["∂E/∂z₂ = ∂E/∂a₂ ⊙ ∂a₂/∂z₂", "∂E/∂w̃₂ = ∂E/∂z₂ ∂z₂/∂w̃₂"]),
])
def test_as_it_is_written_elsewhere(name, label, expected):
    assert [line.text for line in lines(WRITERS[name].conventions) if line.label == label] == expected


def test_no_formula_writes_a_transpose_twice_or_a_sum_without_brackets():
    for c in ALL:
        for line in cv.text(c):
            assert "ᵀᵀ" not in line and "+ -" not in line, line
            assert line.count("(") == line.count(")"), line


# ---- options and writers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("options", "message"), [
    ({"examples": "row"}, "examples: expected one of rows, columns, got 'row'"),
    ({"loss": "cross_entropy"}, "scale: expected another than half where loss is cross_entropy, such as sum"),
    ({"scale": "mean", "rate": "mean"}, "rate: expected another than mean where scale is mean, such as sum"),
])
def test_what_does_not_go_together_is_refused(options, message):
    with pytest.raises(ValueError, match=message):
        Conventions(**options)


def test_the_first_option_of_each_choice_is_the_books():
    assert {name: choice.options[0].key for name, choice in CHOICES.items()} == vars(BOOK)


@pytest.mark.parametrize("name", [name for name in WRITERS if name != "the article"])  # it has a page of its own
def test_a_writer_stands_in_the_bibliography(name):
    bibliography = (Path(__file__).parents[1] / "book/reference/references.bib").read_text("utf8")
    assert f"{{{WRITERS[name].source}," in bibliography


def test_every_option_has_somebody_who_writes_it_so():
    for name, choice in CHOICES.items():
        for option in choice.options:
            assert cv.writers_of(name, option.key), (name, option.key)


def test_the_way_of_pytorch_by_hand():
    """What PyTorch's documentation says of Linear and MSELoss, worked out without the module."""
    (x, y), p = THREE, Parameters.random(6)
    values = compute(WRITERS["PyTorch"].conventions, x, y, p, 0.5)
    a2 = feedforward(x, p).a2
    assert np.isclose(values["E"], ((a2 - y) ** 2).mean(), rtol=1e-15)
    assert values["dE_dw1"].shape == p.w1.T.shape
    assert np.allclose(values["z1"], x @ p.w1.T.T + p.b1)
