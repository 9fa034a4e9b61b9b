"""sympy derives every quantity of an iteration from the definitions: a judge that shares no code with steps.py.

Each local slope comes from differentiating the one operation concerned. The chain rule then multiplies along every path and adds
the paths up, index by index, without a matrix product. And each gradient is derived once more, directly from the whole loss, so
that "chain rule = direct derivative" can be proved for all values.
"""
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from nnlib import _extras, validation

with _extras.needs("symbolic"):
    import sympy as sp
    from sympy.printing.latex import LatexPrinter
    from sympy.printing.str import StrPrinter

LOCAL = ("dE_da2", "da2_dz2", "dz2_dw2", "dz2_db2", "dz2_da1", "da1_dz1", "dz1_dw1", "dz1_db1")
GRADIENT_OF = {"dE_dw1": "w1", "dE_db1": "b1", "dE_dw2": "w2", "dE_db2": "b2"}
PARAMETERS = ("w1", "b1", "w2", "b2")
DERIVED = (*LOCAL, "dE_dz2", "dE_dz1", *GRADIENT_OF, *(f"new_{name}" for name in PARAMETERS))  # what there is a derivation of


class Positive(sp.Function):
    """[z > 0]: 1 for positive z, else 0; flat everywhere but at the kink."""

    @classmethod
    def eval(cls, z):
        """A number is decided at once."""
        if z.is_number and z.is_comparable:
            return sp.Integer(1) if z > 0 else sp.Integer(0)
        return None

    def fdiff(self, argindex=1):
        """Zero: the slope of a step is nothing, except where it jumps."""
        return sp.Integer(0)

    def _latex(self, printer, exp=None):
        text = rf"\left[{printer._print(self.args[0])} > 0\right]"
        return text if exp is None else rf"{text}^{{{exp}}}"

    def _sympystr(self, printer):
        return f"[{printer._print(self.args[0])} > 0]"


# value f(z), and the slope as people write it, in terms of z and a
ACTIVATIONS = {
    "sigmoid": (lambda z: 1 / (1 + sp.exp(-z)), lambda z, a: a * (1 - a)),
    "tanh": (sp.tanh, lambda z, a: 1 - a**2),
    "relu": (lambda z: z * Positive(z), lambda z, a: Positive(z)),
    "identity": (lambda z: z, lambda z, a: sp.Integer(1)),
}

# the loss of one output for its target, and its slope as people write it (None: as sympy does)
LOSSES = {
    "squared_error": (lambda a, y: sp.Rational(1, 2) * (a - y) ** 2, lambda a, y: None),
    "cross_entropy": (lambda a, y: -y * sp.log(a) - (1 - y) * sp.log(1 - a), lambda a, y: (a - y) / (a * (1 - a))),
}


FITS = 60  # letters of a line in plain text that a narrow page shows beside the left side


class _Printer(LatexPrinter):
    """LaTeX with every slope as a partial derivative: ∂E/∂w as one fraction."""

    def _print_Derivative(self, expression):
        what, along = expression.expr, self._print(expression.variables[0])
        if what.is_Symbol:
            return rf"\frac{{\partial {self._print(what)}}}{{\partial {along}}}"
        inner = self._print(what)
        return rf"\frac{{\partial}}{{\partial {along}}} " + (rf"\left({inner}\right)" if what.is_Add else inner)


def latex(expression):
    """An expression as LaTeX, the way the book writes it."""
    return _Printer().doprint(expression)


def _folded(expression):
    """LaTeX of a line in an aligned formula: a long sum goes on below with each term, a long product once, so that a phone shows it."""
    if len(_plain(expression)) <= FITS:
        return latex(expression)
    if expression.is_Add:
        first, *others = map(latex, expression.as_ordered_terms())
        return first + "".join(r" \\ &\quad " + (other if other.startswith("-") else f"+ {other}") for other in others)
    if expression.is_Mul:
        factors = expression.as_ordered_factors()
        halves = [latex(sp.Mul(*part, evaluate=False)) for part in (factors[: len(factors) // 2], factors[len(factors) // 2 :])]
        return r" \\ &\quad \cdot ".join(halves)
    return latex(expression)


@dataclass(frozen=True)
class Derivation:
    """A derivation line by line: name of what is derived, and expressions that are all equal.

    Shows itself as aligned LaTeX; `.text` is the same in plain letters.
    """

    left: sp.Basic
    lines: tuple

    @property
    def result(self):
        """The last line."""
        return self.lines[-1]

    @property
    def latex(self):
        """Aligned LaTeX, one line for each form."""
        rows = r" \\[4pt] ".join(rf"&= {_folded(line)}" for line in self.lines)
        return rf"\begin{{aligned}}{latex(self.left)} {rows}\end{{aligned}}"

    @property
    def text(self):
        """One line of plain text for each form."""
        return f"{_plain(self.left)} = " + "\n  = ".join(_plain(line) for line in self.lines)

    def _repr_latex_(self):
        return f"$\\displaystyle {self.latex}$"

    def __repr__(self):
        return self.text


class SymbolicNetwork:
    """The network with symbols for numbers: examples, 2 inputs, hidden neurons, outputs, and the names of the two activations.

    net["dE_dw2"] is a quantity in terms of the ones before it; net.expanded("dE_dw2") in terms of x, y, w and b alone;
    net.direct("w2") the gradient from the whole loss at once; net.derivation(name) how an element comes about, line by line.
    """

    def __init__(self, examples=2, neurons=2, outputs=1, hidden="sigmoid", output="sigmoid", half=True, loss="squared_error"):
        hidden, output, loss = (getattr(value, "name", value) for value in (hidden, output, loss))  # an Activation for its name
        self.f, self.f_slope = ACTIVATIONS[validation.one_of("hidden", hidden, ACTIVATIONS)]
        self.g, self.g_slope = ACTIVATIONS[validation.one_of("output", output, ACTIVATIONS)]
        self.one_loss, self.loss_slope = LOSSES[validation.one_of("loss", loss, LOSSES)]
        if loss == "cross_entropy" and output != "sigmoid":
            raise ValueError(f"output: expected sigmoid for cross_entropy, whose outputs lie between 0 and 1, got {output!r}")
        counts = [validation.whole(name, n, 1) for name, n in (("examples", examples), ("neurons", neurons), ("outputs", outputs))]
        n, d, h, m = self.sizes = counts[0], 2, *counts[1:]
        self.factor = sp.Integer(1 if validation.truth("half", half) else 2)  # without the ½ the squared error doubles
        self.learning_rate = sp.Symbol("eta")
        many = m > 1
        self.x = _matrix(n, d, lambda i, j: f"x_{{{j}}}^{{({i})}}")
        self.y = _matrix(n, m, lambda i, k: f"y_{{{k}}}^{{({i})}}" if many else f"y^{{({i})}}")
        self.w1 = _matrix(d, h, lambda i, j: f"w_{{1,{i}{j}}}")
        self.b1 = _matrix(1, h, lambda _, j: f"b_{{1,{j}}}")
        self.w2 = _matrix(h, m, lambda j, k: f"w_{{2,{j}{k}}}" if many else f"w_{{2,{j}}}")
        self.b2 = _matrix(1, m, lambda _, k: f"b_{{2,{k}}}" if many else "b_{2}")
        self.z1 = _matrix(n, h, lambda i, j: f"z_{{1,{j}}}^{{({i})}}")
        self.a1 = _matrix(n, h, lambda i, j: f"a_{{1,{j}}}^{{({i})}}")
        self.z2 = _matrix(n, m, lambda i, k: f"z_{{2,{k}}}^{{({i})}}" if many else f"z_{{2}}^{{({i})}}")
        self.a2 = _matrix(n, m, lambda i, k: f"a_{{2,{k}}}^{{({i})}}" if many else f"a_{{2}}^{{({i})}}")

    # ---- the definitions ----

    @cached_property
    def definitions(self):
        """The forward operations: each quantity as it is defined by the ones before it."""
        n, d, h, m = self.sizes
        z1 = sp.Matrix(n, h, lambda i, j: sum(self.x[i, k] * self.w1[k, j] for k in range(d)) + self.b1[0, j])
        z2 = sp.Matrix(n, m, lambda i, k: sum(self.a1[i, j] * self.w2[j, k] for j in range(h)) + self.b2[0, k])
        loss = self.factor * sum(self.one_loss(self.a2[i, k], self.y[i, k]) for i in range(n) for k in range(m))
        return {"z1": z1, "a1": self.z1.applyfunc(self.f), "z2": z2, "a2": self.z2.applyfunc(self.g), "E": loss}

    def expand(self, expression):
        """The expression in terms of x, y, w, b (and η) alone."""
        for name in ("a2", "z2", "a1", "z1"):
            symbols, values = getattr(self, name), self.definitions[name]
            expression = expression.subs(dict(zip(symbols, values, strict=True)), simultaneous=True)
        return expression

    # ---- the quantities ----

    @cached_property
    def _quantities(self):
        n, d, h, m = self.sizes
        at = self.definitions
        q = {name: at[name] for name in at}
        # local slopes: the one operation concerned, differentiated
        q["dE_da2"] = sp.Matrix(n, m, lambda i, k: self._loss_slope(at["E"], i, k))
        q["da2_dz2"] = sp.Matrix(n, m, lambda i, k: self._slope(at["a2"], self.z2, self.a2, self.g_slope, i, k))
        q["dz2_dw2"] = sp.Matrix(n, h, lambda i, j: _same(sp.diff(at["z2"][i, k], self.w2[j, k]) for k in range(m)))
        q["dz2_db2"] = sp.Matrix(n, 1, lambda i, _: _same(sp.diff(at["z2"][i, k], self.b2[0, k]) for k in range(m)))
        q["dz2_da1"] = sp.Matrix(h, m, lambda j, k: _same(sp.diff(at["z2"][i, k], self.a1[i, j]) for i in range(n)))
        q["da1_dz1"] = sp.Matrix(n, h, lambda i, j: self._slope(at["a1"], self.z1, self.a1, self.f_slope, i, j))
        q["dz1_dw1"] = sp.Matrix(n, d, lambda i, p: _same(sp.diff(at["z1"][i, j], self.w1[p, j]) for j in range(h)))
        q["dz1_db1"] = sp.Matrix(n, 1, lambda i, _: _same(sp.diff(at["z1"][i, j], self.b1[0, j]) for j in range(h)))
        # the chain rule: factors multiply along a path, paths add
        q["dE_dz2"] = sp.Matrix(n, m, lambda i, k: q["dE_da2"][i, k] * q["da2_dz2"][i, k])
        q["dE_dw2"] = sp.Matrix(h, m, lambda j, k: sum(q["dE_dz2"][i, k] * q["dz2_dw2"][i, j] for i in range(n)))
        q["dE_db2"] = sp.Matrix(1, m, lambda _, k: sum(q["dE_dz2"][i, k] * q["dz2_db2"][i, 0] for i in range(n)))
        q["dE_dz1"] = sp.Matrix(n, h, lambda i, j: sum(q["dE_dz2"][i, k] * q["dz2_da1"][j, k] for k in range(m)) * q["da1_dz1"][i, j])
        q["dE_dw1"] = sp.Matrix(d, h, lambda p, j: sum(q["dE_dz1"][i, j] * q["dz1_dw1"][i, p] for i in range(n)))
        q["dE_db1"] = sp.Matrix(1, h, lambda _, j: sum(q["dE_dz1"][i, j] * q["dz1_db1"][i, 0] for i in range(n)))
        for name in PARAMETERS:
            q[f"new_{name}"] = getattr(self, name) - self.learning_rate * q[f"dE_d{name}"]
        return q

    def _slope(self, values, z, a, as_written, i, k):
        """An activation's slope in the form that people write, after proving that it is the derivative."""
        derivative, written = sp.diff(values[i, k], z[i, k]), as_written(z[i, k], a[i, k])
        if not is_zero(derivative - written.subs(a[i, k], values[i, k])):
            raise AssertionError(f"{written} is not the derivative {derivative}")
        return written

    def _loss_slope(self, E, i, k):
        """The loss's slope with respect to one output in the form that people write, after proving that it is the derivative."""
        derivative, written = sp.diff(E, self.a2[i, k]), self.loss_slope(self.a2[i, k], self.y[i, k])
        if written is None:
            return derivative
        if not is_zero(derivative - self.factor * written):
            raise AssertionError(f"{written} is not the derivative {derivative}")
        return self.factor * written

    def __getitem__(self, name):
        try:
            return self._quantities[name]
        except KeyError:
            raise KeyError(validation.unknown("quantity", name, self._quantities)) from None

    def expanded(self, name):
        """A quantity in terms of x, y, w, b (and η) alone."""
        value = self[name]
        return value.applyfunc(self.expand) if isinstance(value, sp.MatrixBase) else self.expand(value)

    @cached_property
    def loss(self):
        """E in terms of x, y, w, b alone."""
        return self.expanded("E")

    def direct(self, name):
        """The gradient along a parameter ("w1", "b1", "w2", "b2"), from the whole loss at once."""
        return getattr(self, validation.one_of("name", name, PARAMETERS)).applyfunc(lambda symbol: sp.diff(self.loss, symbol))

    def prove(self, name):
        """Whether a gradient by the chain rule equals the direct derivative, as expressions, for all values."""
        validation.one_of("name", name, GRADIENT_OF)
        by_chain, direct = self.expanded(name), self.direct(GRADIENT_OF[name])
        return all(is_zero(a - b) for a, b in zip(by_chain, direct, strict=True))

    def numpy(self, name):
        """A quantity as a function of NumPy arrays: (x, y, w1, b1, w2, b2, learning_rate) to an array."""
        given = [self.x, self.y, self.w1, self.b1, self.w2, self.b2, sp.Matrix([self.learning_rate])]
        stages = [("z1", self.z1), ("a1", self.a1), ("z2", self.z2), ("a2", self.a2)]
        functions, known = [], [*given]
        for stage, symbols in stages:
            functions.append(_lambdify(known, self.definitions[stage]))
            known.append(symbols)
        wanted = _lambdify(known, self[name])

        def evaluate(x, y, w1, b1, w2, b2, learning_rate=0.0):
            arrays = zip(("x", "y", "w1", "b1", "w2", "b2"), (x, y, w1, b1, w2, b2), strict=True)
            values = [validation.matrix(name, value, getattr(self, name).shape).ravel().tolist() for name, value in arrays]
            values.append([validation.number("learning_rate", learning_rate)])
            for function in functions:
                values.append(np.ravel(function(*values)).tolist())
            return wanted(*values)

        return evaluate

    # ---- line by line ----

    def derivation(self, name, row=0, column=0):
        """How one element of a quantity comes about: the definition, the differentiation, the form to keep."""
        if name not in DERIVED:
            raise KeyError(validation.unknown("derivation", name, DERIVED))
        rows, columns = self[name].shape
        n, _, _, m = self.sizes
        at, i, j = self.definitions, validation.whole("row", row, 0, rows - 1), validation.whole("column", column, 0, columns - 1)
        if name in ("da2_dz2", "da1_dz1"):
            layer, f = ("2", self.g) if name == "da2_dz2" else ("1", self.f)
            z, a = getattr(self, f"z{layer}")[i, j], getattr(self, f"a{layer}")[i, j]
            lines = [sp.Derivative(f(z), z), sp.diff(f(z), z)]
            if f is ACTIVATIONS["sigmoid"][0]:  # sympy would end at 1/(4 cosh²(z/2)); we lead it to where the a can be seen
                lines.append(sp.Mul(f(z), 1 - f(z), evaluate=False))
            lines.append(self[name][i, j])
            return _checked(sp.Derivative(a, z), lines, {a: f(z)})
        operation = {"dE_da2": ("E", at["E"], lambda: self.a2[i, j]),
                     "dz2_dw2": ("z2", at["z2"][i, 0], lambda: self.w2[j, 0]), "dz2_db2": ("z2", at["z2"][i, 0], lambda: self.b2[0, 0]),
                     "dz2_da1": ("z2", at["z2"][0, j], lambda: self.a1[0, i]),
                     "dz1_dw1": ("z1", at["z1"][i, 0], lambda: self.w1[j, 0]), "dz1_db1": ("z1", at["z1"][i, 0], lambda: self.b1[0, 0])}
        if name in operation:
            what, value, along = operation[name]
            variable = along()
            left = sp.Derivative({"E": sp.Symbol("E"), "z2": self.z2[i if name != "dz2_da1" else 0, 0 if name != "dz2_da1" else j],
                                  "z1": self.z1[i, 0]}[what], variable)
            return _checked(left, [sp.Derivative(value, variable), self[name][i, j]], {})
        E = sp.Symbol("E")
        if name == "dE_dz2":
            z, a = self.z2[i, j], self.a2[i, j]
            path = _product(sp.Derivative(E, a), sp.Derivative(a, z))
            return Derivation(sp.Derivative(E, z), (path, self[name][i, j]))
        if name == "dE_dz1":
            z, a = self.z1[i, j], self.a1[i, j]
            paths = _sum(_product(sp.Derivative(E, self.z2[i, k]), sp.Derivative(self.z2[i, k], a)) for k in range(m))
            return Derivation(sp.Derivative(E, z), (_product(paths, sp.Derivative(a, z)), self[name][i, j]))
        if name in GRADIENT_OF:
            parameter = getattr(self, GRADIENT_OF[name])[i, j]
            z = self.z1 if name.endswith("1") else self.z2
            paths = _sum(_product(sp.Derivative(E, z[k, j]), sp.Derivative(z[k, j], parameter)) for k in range(n))
            local = _sum(delta if slope == 1 else _product(delta, slope) for delta, slope in self._factors(name, i, j))
            return Derivation(sp.Derivative(E, parameter), (paths, local, self[name][i, j]))
        parameter = getattr(self, name.removeprefix("new_"))[i, j]
        new = sp.Symbol(f"{parameter.name}^{{\\text{{new}}}}")
        return Derivation(new, (parameter - self.learning_rate * sp.Derivative(E, parameter), self[name][i, j]))

    def _factors(self, name, i, j):
        """The pairs (δ, slope) whose products a gradient adds up, one for each example."""
        layer = name[-1]
        delta = sp.Matrix(self.sizes[0], self[f"dE_dz{layer}"].shape[1], lambda k, c: sp.Symbol(_delta(layer, k, c, self.sizes)))
        slope = self[f"dz{layer}_dw{layer}"] if "w" in name else self[f"dz{layer}_db{layer}"]
        return [(delta[k, j], slope[k, i if "w" in name else 0]) for k in range(self.sizes[0])]


def is_zero(expression):
    """Whether an expression is zero for all values.

    With each exp, log, tanh and [z > 0] as a symbol of its own, it is a fraction of polynomials, and such a fraction cancels or not.
    """
    opaque = sorted(expression.atoms(sp.exp, sp.log, sp.tanh, Positive), key=sp.count_ops, reverse=True)
    for number, atom in enumerate(opaque):
        expression = expression.xreplace({atom: sp.Symbol(f"opaque_{number}")})
    return sp.cancel(sp.together(expression)) == 0


def _lambdify(matrices, expression):
    return sp.lambdify([list(m) for m in matrices], expression, modules=[{"Positive": _positive}, "numpy"])


def _matrix(rows, columns, name):
    return sp.Matrix(rows, columns, lambda i, j: sp.Symbol(name(i + 1, j + 1)))


def _same(values):
    """The one value that all share: a slope that is the same for every output stands for all of them."""
    first, *others = values
    if any(sp.expand(first - other) != 0 for other in others):
        raise AssertionError(f"expected the same slope everywhere, got {first} and {others}")
    return first


def _product(*factors):
    return sp.Mul(*factors, evaluate=False)


def _sum(terms):
    terms = list(terms)
    return terms[0] if len(terms) == 1 else sp.Add(*terms, evaluate=False)


def _delta(layer, example, column, sizes):
    single = layer == "2" and sizes[3] == 1
    return rf"\delta_{{{layer}}}^{{({example + 1})}}" if single else rf"\delta_{{{layer},{column + 1}}}^{{({example + 1})}}"


def _checked(left, lines, meaning):
    """A derivation whose lines have been proved equal."""
    values = [line.doit().subs(meaning) for line in lines]
    for earlier, later in pairwise(values):
        if not is_zero(earlier - later):
            raise AssertionError(f"{earlier} is not {later}")
    return Derivation(left, tuple(lines))


class _TextPrinter(StrPrinter):
    def _print_Derivative(self, expression):
        what, along = expression.expr, self._print(expression.variables[0])
        return f"∂{what}/∂{along}" if what.is_Symbol else f"∂/∂{along} [{self._print(what)}]"


def _plain(expression):
    text = _TextPrinter().doprint(expression)
    for latex, plain in ((r"\delta", "δ"), (r"^{\text{new}}", " new"), ("eta", "η"), ("{", ""), ("}", "")):
        text = text.replace(latex, plain)
    return text


def _positive(z):
    return (z > 0) * 1.0
