"""The same iteration as other people write it: eight choices of convention, and what the formulas and numbers become with each.

There is one description of the nineteen stops, in the book's own convention, as expressions. Everything else follows from it. A convention
says of each quantity whether it lies as in the book or transposed; (A B)ᵀ = Bᵀ Aᵀ does the rest. A factor in front of the loss goes
through every slope, and a bias may be kept as one more weight. `lines` gives the formulas, `compute` works them out with numbers, and
`multiple` says what the convention makes of the learning rate.
"""
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from nnlib.activations import SIGMOID
from nnlib.formulas import Token
from nnlib.gates import AND, Examples
from nnlib.losses import LOSSES
from nnlib.network import Parameters, ParametersLike, as_parameters
from nnlib.quantities import QUANTITIES
from nnlib.steps import OPERATIONS
from nnlib.types import ArrayLike, FloatArray
from nnlib.validation import examples as checked_examples
from nnlib.validation import one_of, one_rate

# ---- the choices, and who makes them -------------------------------------------------------------------------


class Option(NamedTuple):
    """One way to write it: its key, and what a reader calls it."""

    key: str
    text: str


class Choice(NamedTuple):
    """One thing that people write differently: its name, what is asked, and the ways; the first is the book's."""

    name: str
    question: str
    options: tuple[Option, ...]


CHOICES = {choice.name: choice for choice in (
    Choice("examples", "An example is", (Option("rows", "a row"), Option("columns", "a column"))),
    Choice("product", "Weights are", (Option("xW", "inputs × outputs (xW + b)"), Option("Wx", "outputs × inputs (Wx + b)"))),
    Choice("bias", "A bias is", (Option("apart", "kept apart"), Option("weight", "one more weight"))),
    Choice("loss", "The loss is", (Option("squared_error", "squared error"), Option("cross_entropy", "cross-entropy"))),
    Choice("scale", "Over examples it is", (Option("half", "½ of the sum"), Option("sum", "the sum"), Option("mean", "the mean"))),
    Choice("delta", "The slope for z is", (Option("delta", "called δ"), Option("slope", "written out, ∂E/∂z"))),
    Choice("slopes", "Slopes lie in", (Option("denominator", "denominator layout"), Option("numerator", "numerator layout"))),
    Choice("rate", "A step is", (Option("sum", "η times the slope"), Option("mean", "η/n times the slope"))),
)}


@dataclass(frozen=True)
class Conventions:
    """One way to write everything: an option of each of the CHOICES. Without arguments it is the book's.

    ValueError for an option that there is not, and for two that exclude each other.
    """

    examples: str = "rows"
    product: str = "xW"
    bias: str = "apart"
    loss: str = "squared_error"
    scale: str = "half"
    delta: str = "delta"
    slopes: str = "denominator"
    rate: str = "sum"

    def __post_init__(self) -> None:
        for name, choice in CHOICES.items():
            one_of(name, getattr(self, name), [option.key for option in choice.options])
        if problem := refused(vars(self)):
            raise ValueError(problem)

    @property
    def columns(self) -> bool:
        """Whether an example is a column."""
        return self.examples == "columns"

    @property
    def joined(self) -> bool:
        """Whether a bias is one more weight."""
        return self.bias == "weight"


class Exclusion(NamedTuple):
    """Two options that do not go together, why, and what each gives way to where the other is chosen."""

    pair: tuple[tuple[str, str], tuple[str, str]]
    instead: tuple[str, str]
    why: str


EXCLUSIONS = (
    Exclusion((("loss", "cross_entropy"), ("scale", "half")), ("squared_error", "sum"),
              "the ½ is there for the slope of a square, and cross-entropy has none"),
    Exclusion((("scale", "mean"), ("rate", "mean")), ("sum", "sum"), "a mean is divided by n already"),
)


def refused(options: Mapping[str, str]) -> str:
    """What is wrong with options that exclude each other, as a sentence; "" if nothing is."""
    for ((first, one), (second, other)), instead, why in EXCLUSIONS:
        if options[first] == one and options[second] == other:
            return f"{second}: expected another than {other} where {first} is {one}, such as {instead[1]}: {why}"
    return ""


def combinations() -> Iterator[Conventions]:
    """All conventions whose choices go together."""
    for keys in product(*([option.key for option in choice.options] for choice in CHOICES.values())):
        options = dict(zip(CHOICES, keys, strict=True))
        if not refused(options):
            yield Conventions(**options)


@dataclass(frozen=True)
class Writer:
    """Somebody who writes it in a way of their own: the entry in the bibliography ("" for the article, which has a page), their choices,
    and what to know of them.

    Where their choices are silent, they say nothing about it, or write it in more than one way.
    """

    name: str
    source: str
    choices: Mapping[str, str]
    words: str

    @property
    def conventions(self) -> Conventions:
        """Their choices; where they make none, the book's."""
        return Conventions(**self.choices)


def _writer(name: str, source: str, words: str, **choices: str) -> Writer:
    return Writer(name, source, choices, words)


WRITERS = {writer.name: writer for writer in (
    _writer("Nielsen", "nielsen2015",
            "A weight's first index is the neuron that it leads to. His cost is half the mean, and a batch of m examples stands for all of "
            "them. Half the sum, and η/m times its slope, comes to the same.",
            examples="columns", product="Wx", bias="apart", loss="squared_error", scale="half", delta="delta", slopes="denominator",
            rate="mean"),
    _writer("Goodfellow et al.", "goodfellow2016",
            "In matrices, examples are rows and a layer is XW. A single example is a column and a layer Wᵀx + b, which takes the same "
            "weights. The loss is the mean of the negative log-likelihoods.",
            examples="rows", product="xW", bias="apart", loss="cross_entropy", scale="mean", delta="slope", slopes="denominator",
            rate="sum"),
    _writer("Bishop", "bishop2006",
            "The loss is half the sum. Each layer may get one more input that is always 1, and its weight is the bias. The slope for a "
            "weighted sum is called δ, and the sum itself a.",
            product="Wx", bias="weight", loss="squared_error", scale="half", delta="delta", rate="sum"),
    _writer("Prince", "prince2023",
            "Weights are Ω and biases β, and a layer is β + Ωh. Least squares have no ½, slopes are written out, and the slopes of a "
            "batch are added up.",
            examples="columns", product="Wx", bias="apart", loss="squared_error", scale="sum", delta="slope", slopes="denominator",
            rate="sum"),
    _writer("Mazur", "mazur2015",
            "One example, and one number after the other, so rows, columns and layouts do not come up. The ½ is there, and so is δ.",
            bias="apart", loss="squared_error", scale="half", delta="delta", rate="sum"),
    _writer("3Blue1Brown", "sanderson2017",
            "The cost of one example is the plain square, so a 2 stays in its slope. The cost of all examples is the mean.",
            examples="columns", product="Wx", bias="apart", loss="squared_error", scale="mean", delta="slope", rate="sum"),
    _writer("Parr and Howard", "parr2018",
            "A slope has a row for each number above the line and a column for each one below it. The bias joins the weights, and the "
            "inputs get a 1.",
            bias="weight", loss="squared_error", scale="mean", delta="slope", slopes="numerator", rate="sum"),
    _writer("PyTorch", "pytorch",
            "nn.Linear keeps its weights as (outputs, inputs) and computes xWᵀ + b. MSELoss and BCELoss are means, over all outputs too, "
            "unless one asks for the sum. A slope has the shape of its parameter.",
            examples="rows", product="Wx", bias="apart", loss="squared_error", scale="mean", delta="slope", slopes="denominator",
            rate="sum"),
    _writer("Keras", "keras",
            "Dense keeps its kernel as (inputs, outputs), as this book does. Its losses are means over outputs and examples; "
            "one may ask for the sum over examples.",
            examples="rows", product="xW", bias="apart", loss="squared_error", scale="mean", delta="slope", slopes="denominator",
            rate="sum"),
    _writer("the article", "",
            "This book's way, except that it has no name for ∂E/∂z, and that its loss has lost the ½ which its first slope "
            "needs.",
            examples="rows", product="xW", bias="apart", loss="squared_error", scale="half", delta="slope", slopes="denominator",
            rate="sum"),
)}


def writers_of(name: str, key: str) -> list[Writer]:
    """Who writes it so: the writers that choose this option."""
    return [writer for writer in WRITERS.values() if writer.choices.get(name) == key]


# ---- expressions ---------------------------------------------------------------------------------------------


class Factor(NamedTuple):
    """A number in front: number · n^power, and η if it is a step."""

    number: int = 1
    power: int = 0  # 0 or −1
    rate: bool = False

    @property
    def text(self) -> str:
        """As it is written: "", "2", "2/n", "η", "η/n"; with a number above the line in a fraction only where there is one."""
        above = ("η" if self.rate else "") if self.number == 1 else f"{self.number}{'η' if self.rate else ''}"
        return f"{above or 1}/n" if self.power else above


PLAIN = Factor()


@dataclass(frozen=True)
class Name:
    """A quantity as it lies, or transposed."""

    code: str
    turned: bool = False


@dataclass(frozen=True)
class Node:
    """Something done with parts: `kind` says what, as Algebra does."""

    kind: str
    parts: tuple["Expression", ...] = ()
    factor: Factor = PLAIN


Expression: TypeAlias = Name | Node


def _node(kind: str, *parts: "Expression | str") -> Node:
    return Node(kind, tuple(Name(part) if isinstance(part, str) else part for part in parts))


def _scaled(factor: Factor, part: Expression | str) -> Expression:
    part = Name(part) if isinstance(part, str) else part
    return part if factor == PLAIN else Node("scaled", (part,), factor)


ONE = Node("one")  # the number
ONES = Node("ones")  # a column of them, one for each example; "ones lying" is the row
TURNED_KIND = {"ones": "ones lying", "ones lying": "ones", "beside": "above", "above": "beside"}
# A number for the whole table: it does not matter how that lies. The factor in front is that of the slope, and "squares" have a ½ besides.
TOTALS = ("squares", "entropies")
ELEMENTWISE = ("each", "over", "minus", "sigmoid", "slope")


def turned(e: Expression) -> Expression:
    """The transpose, with the transposing done at the names."""
    if isinstance(e, Name):
        return Name(e.code, not e.turned)
    if e.kind in TOTALS:
        return e
    parts = tuple(map(turned, e.parts))
    return replace(e, kind=TURNED_KIND.get(e.kind, e.kind), parts=parts[::-1] if e.kind == "product" else parts)


def _renamed(e: Expression, rule: Callable[[Name], Expression]) -> Expression:
    return rule(e) if isinstance(e, Name) else replace(e, parts=tuple(_renamed(part, rule) for part in e.parts))


def names(e: Expression) -> list[Name]:
    """The quantities in it, in order."""
    return [e] if isinstance(e, Name) else [name for part in e.parts for name in names(part)]


def _gathered(e: Expression) -> Expression:
    """σ(zᵀ) ⊙ aᵀ as (σ(z) ⊙ a)ᵀ: where everything is transposed, the whole is."""
    if isinstance(e, Name):
        return e
    if e.kind in (*ELEMENTWISE, *TOTALS) and _is_elementwise(e) and all(name.turned for name in names(e)):
        plain = _renamed(e, lambda name: Name(name.code))
        return plain if e.kind in TOTALS else Node("turned", (plain,))
    return replace(e, parts=tuple(map(_gathered, e.parts)))


def _is_elementwise(e: Expression) -> bool:
    return isinstance(e, Name) or (e.kind in (*ELEMENTWISE, *TOTALS, "one") and all(map(_is_elementwise, e.parts)))


# ---- the nineteen stops, in the book's own convention ----------------------------------------------------------

# With biases among the weights, some quantities have a partner that holds more: the biases are its first row, the ones its first column.
PARTS = {"x+": ("beside", "dz1_db1", "x"), "a1+": ("beside", "dz2_db2", "a1"),
         "dz1_dw1+": ("beside", "dz1_db1", "dz1_dw1"), "dz2_dw2+": ("beside", "dz2_db2", "dz2_dw2"),
         **{f"{code}w{i}+": ("above", f"{code}b{i}", f"{code}w{i}") for code in ("", "dE_d", "new_") for i in "12"}}
JOINED = {code.removesuffix("+"): code for code in PARTS}
GIVEN = ("x", "y", "w1", "b1", "w2", "b2")
# What is shown: rows of AND, as many as there are neither inputs nor neurons, so that a transpose shows.
SHOWN = Examples("three examples", AND.x[[1, 2, 3]], AND.y[[1, 2, 3]])


def slope_factor(c: Conventions) -> Factor:
    """What stands in front of every slope of the loss: 1, 2, 1/n or 2/n times the book's."""
    power = -1 if c.scale == "mean" else 0
    return Factor(1 if c.loss == "cross_entropy" or c.scale == "half" else 2, power)


def step_factor(c: Conventions) -> Factor:
    """What a slope is multiplied by in a step: η or η/n."""
    return Factor(1, -1 if c.rate == "mean" else 0, rate=True)


def multiple(c: Conventions, n: int) -> float:
    """The learning rate is as if multiplied by this: with η / multiple, the new network is the book's (of the same loss) again."""
    return slope_factor(c).number * float(n) ** (slope_factor(c).power + step_factor(c).power)


def multiple_text(c: Conventions) -> str:
    """The same as text: "1", "2", "1/n", "2/n"."""
    return Factor(slope_factor(c).number, slope_factor(c).power + step_factor(c).power).text or "1"


def _canonical(c: Conventions) -> dict[str, list[tuple[str, tuple[Expression, ...]]]]:
    """For each stop, what it gives, and the expressions that are equal to it, in the book's convention; the factors are c's."""
    a2_slope = _node("each", "a2", _node("minus", ONE, "a2"))
    error = _node("minus", "a2", "y")
    first = _node("over", error, a2_slope) if c.loss == "cross_entropy" else error
    step = step_factor(c)

    def new(code: str) -> tuple[str, tuple[Expression, ...]]:
        return f"new_{code}", (_node("minus", code, _scaled(step, f"dE_d{code}")),)

    stops: dict[str, list[tuple[str, tuple[Expression, ...]]]] = {
        "F1": [("z1", (_node("plus", _node("product", "x", "w1"), "b1"),))],
        "F2": [("a1", (_node("sigmoid", "z1"),))],
        "F3": [("z2", (_node("plus", _node("product", "a1", "w2"), "b2"),))],
        "F4": [("a2", (_node("sigmoid", "z2"),))],
        "E": [("E", (Node("entropies" if c.loss == "cross_entropy" else "squares", (Name("a2"), Name("y")), slope_factor(c)),))],
        "1": [("dE_da2", (_scaled(slope_factor(c), first),))],
        "2": [("da2_dz2", (_node("slope", "z2"), a2_slope))],
        "3": [("dz2_dw2", (Name("a1"),))],
        "4": [("dz2_db2", (ONES,))],
        "5": [("dE_dz2", (_node("each", "dE_da2", "da2_dz2"),)), ("dE_dw2", (_node("product", Name("dz2_dw2", True), "dE_dz2"),))],
        "6": [("dE_db2", (_node("product", Name("dz2_db2", True), "dE_dz2"),))],
        "7": [new("w2"), new("b2")],
        "8": [("dz2_da1", (Name("w2"),))],
        "9": [("da1_dz1", (_node("slope", "z1"), _node("each", "a1", _node("minus", ONE, "a1"))))],
        "10": [("dz1_dw1", (Name("x"),))],
        "11": [("dz1_db1", (ONES,))],
        "12": [("dE_dz1", (_node("each", _node("product", "dE_dz2", Name("dz2_da1", True)), "da1_dz1"),)),
               ("dE_dw1", (_node("product", Name("dz1_dw1", True), "dE_dz1"),))],
        "13": [("dE_db1", (_node("product", Name("dz1_db1", True), "dE_dz1"),))],
        "14": [new("w1"), new("b1")],
    }
    return _with_biases_joined(stops) if c.joined else stops


def _with_biases_joined(stops: dict[str, list[tuple[str, tuple[Expression, ...]]]]) -> dict[str, list[tuple[str, tuple[Expression, ...]]]]:
    """The same stops where biases are weights: what they do to a bias alone falls away, and a + b with it."""
    def join(e: Expression) -> Expression:
        return _renamed(e, lambda name: Name(JOINED.get(name.code, name.code), name.turned))

    result = {}
    for label, results in stops.items():
        result[label] = [(JOINED.get(code, code), tuple(map(join, es))) for code, es in results if not _of_a_bias(code)]
    for label in ("F1", "F3"):
        code, ((plus),) = result[label][0]
        assert isinstance(plus, Node)
        result[label] = [(code, (plus.parts[0],))]
    result["F2"] = [*stops["F2"], ("a1+", (_node("beside", ONES, "a1"),))]
    result["8"] = stops["8"]  # what is passed back does not go through the biases
    result["9"] = stops["9"]
    return result


def _of_a_bias(code: str) -> bool:
    return code.removeprefix("new_") in ("b1", "b2") or code.endswith(("_db1", "_db2"))


DONE_IN = {"4": "3", "6": "5", "11": "10", "13": "12"}  # where a bias is a weight, the work of these stops is done in those
OLD = next(op.remark for op in OPERATIONS if op.label == "8")


def lies_turned(code: str, c: Conventions) -> bool:
    """Whether a quantity lies transposed, compared with the book."""
    numerator, weights = c.slopes == "numerator", c.product == "Wx"
    code = code.removesuffix("+")
    if code in ("w1", "w2", "new_w1", "new_w2"):
        return weights
    if code in ("dE_dw1", "dE_dw2"):
        return weights != numerator
    if code == "dz2_da1":
        return numerator
    if code.startswith(("dE_", "da")):  # a slope for each example and neuron; those along b lie as b does
        return c.columns != numerator
    return c.columns  # what there is for each example; slopes for w and b, too, for they are the inputs and the ones themselves


@dataclass(frozen=True)
class Line:
    """One equation: the stop's label, what it gives, the expressions that are equal to it, and a remark beside it."""

    label: str
    gives: str
    expressions: tuple[Expression, ...]
    remark: str = ""
    conventions: Conventions = field(default=Conventions(), repr=False)

    @property
    def text(self) -> str:
        """As one line of text."""
        if not self.gives:
            return self.remark
        sides = [_shown(self.tokens_of_gives), *(_shown(tokens(e, self.conventions)) for e in self.expressions)]
        return " = ".join(sides) + (f", {self.remark}" if self.remark else "")

    @property
    def tokens_of_gives(self) -> list[Token]:
        """Its left side."""
        return [_token(self.gives, self.conventions)]


def lines(c: Conventions) -> list[Line]:
    """All equations of an iteration in this convention, in order; a stop whose work another does has one without expressions."""
    found: list[Line] = []
    for label, results in _canonical(c).items():
        if not results:
            found.append(Line(label, "", (), f"done in step {DONE_IN[label]}", c))
        for code, es in results:
            found.append(Line(label, code, tuple(_laid(e, code, c) for e in es), _remark(label, c), c))
    return found


def _remark(label: str, c: Conventions) -> str:
    if label == "8":
        return f"without its biases, {OLD}" if c.joined else OLD
    return ""


def text(c: Conventions) -> list[str]:
    """The formulas as lines of text."""
    return [line.text for line in lines(c)]


# ---- how it is written -----------------------------------------------------------------------------------------

LEVELS = {"plus": 1, "minus": 1, "each": 2, "over": 2, "scaled": 3, "product": 3}
SIGNS = {"plus": " + ", "minus": " − ", "each": " ⊙ ", "over": " ⊘ ", "product": " "}
TILDE = {"x": "x̃", "a₁": "ã₁", "w₁": "w̃₁", "w₂": "w̃₂"}


def symbol(code: str, c: Conventions) -> str:
    """How a quantity is called: "∂E/∂z₂" for δ₂ where it is written out, "∂E/∂w̃₂" where the weights hold the biases."""
    base = code.removesuffix("+")
    shown = QUANTITIES[base].symbol
    if base in ("dE_dz1", "dE_dz2") and c.delta == "slope":
        shown = f"∂E/∂z{shown[-1]}"
    if code.endswith("+"):
        for plain, tilde in TILDE.items():
            if shown.endswith(plain):
                return shown.removesuffix(plain) + tilde
    return shown


def tokens(e: Expression, c: Conventions, level: int = 0) -> list[Token]:
    """An expression as text and quantities: {"q": the book's name, "s": its symbol here}."""
    if isinstance(e, Name):
        own: list[Token] = [_token(e.code, c)]
        return _transposed(own, "/" in symbol(e.code, c)) if e.turned else own
    if e.kind in ("one", "ones", "ones lying"):
        return ["1"]
    if e.kind == "turned":
        inside = tokens(e.parts[0], c)
        return _transposed(inside, not (isinstance(e.parts[0], Node) and e.parts[0].kind in ("sigmoid", "slope")))
    if e.kind in ("sigmoid", "slope"):
        return _merged(["σ′(" if e.kind == "slope" else "σ(", *tokens(e.parts[0], c), ")"])
    if e.kind in TOTALS:
        return _total(e, c)
    if e.kind in ("beside", "above"):
        return _beside(e, c)
    own_level = LEVELS[e.kind]
    if e.kind == "scaled":
        factor = f"({e.factor.text}) " if "/" in e.factor.text else f"{e.factor.text} "
        written = [factor, *tokens(e.parts[0], c, own_level)]
    else:
        first, *others = e.parts
        written = tokens(first, c, own_level)
        for part in others:
            written = [*written, SIGNS[e.kind], *tokens(part, c, own_level + (e.kind in ("minus", "over", "each")))]
    return _merged(["(", *written, ")"] if own_level < level else written)


def _total(e: Node, c: Conventions) -> list[Token]:
    a, y = (tokens(part, c) for part in e.parts)
    mean = "(1/n) " if e.factor.power else ""
    if e.kind == "entropies":
        return _merged([f"−{mean}Σ (", *y, " ⊙ log ", *a, " + (1 − ", *y, ") ⊙ log (1 − ", *a, "))"])
    return _merged([mean or {1: "½ ", 2: ""}[e.factor.number], "Σ (", *a, " − ", *y, ")²"])


def _beside(e: Node, c: Conventions) -> list[Token]:
    way = "column" if e.kind == "beside" else "row"
    first, second = e.parts
    if isinstance(first, Name):
        return _merged([*tokens(second, c), " with ", *tokens(first, c), f" as its first {way}"])
    return _merged([*tokens(second, c), f" with a {way} of ones first"])


def _transposed(inside: list[Token], brackets: bool) -> list[Token]:
    return _merged(["(", *inside, ")ᵀ"] if brackets else [*inside, "ᵀ"])


def _token(code: str, c: Conventions) -> Token:
    own = symbol(code, c)
    base = code.removesuffix("+")
    return {"q": base} if own == QUANTITIES[base].symbol else {"q": base, "s": own}


def _merged(parts: Iterable[Token]) -> list[Token]:
    """Neighbouring texts as one."""
    result: list[Token] = []
    for part in parts:
        if isinstance(part, str) and result and isinstance(result[-1], str):
            result[-1] += part
        else:
            result.append(part)
    return result


def _shown(pieces: Iterable[Token]) -> str:
    return "".join(piece if isinstance(piece, str) else piece.get("s", QUANTITIES[piece["q"]].symbol) for piece in pieces)


# ---- what comes out --------------------------------------------------------------------------------------------


class Algebra:
    """What the kinds of nodes mean for arrays. Another algebra, for symbols say, is another class with these methods."""

    def transposed(self, a: Any) -> Any:
        """Aᵀ."""
        return a.T

    def ones(self, n: int) -> Any:
        """A column of n ones."""
        return np.ones((n, 1))

    def one(self) -> Any:
        """The number 1, to subtract from."""
        return 1.0

    def product(self, a: Any, b: Any) -> Any:
        """The product of two matrices."""
        return a @ b

    def plus(self, a: Any, b: Any) -> Any:
        """A table and a row or column of biases, added to each of its rows or columns."""
        return a + b

    def minus(self, a: Any, b: Any) -> Any:
        """Element by element."""
        return a - b

    def each(self, a: Any, b: Any) -> Any:
        """The product element by element."""
        return a * b

    def over(self, a: Any, b: Any) -> Any:
        """The quotient element by element."""
        return a / b

    def sigmoid(self, z: Any) -> Any:
        """σ, element by element."""
        return SIGMOID(z)

    def slope(self, z: Any) -> Any:
        """σ′, element by element."""
        return SIGMOID.slope(z, SIGMOID(z))

    def beside(self, a: Any, b: Any) -> Any:
        """Two matrices as one, the first on the left."""
        return np.concatenate([a, b], axis=1)

    def above(self, a: Any, b: Any) -> Any:
        """Two matrices as one, the first on top."""
        return np.concatenate([a, b], axis=0)

    def scaled(self, number: Any, a: Any) -> Any:
        """Times a number."""
        return number * a

    def ratio(self, number: int, n: int) -> Any:
        """number / n."""
        return number / n

    def squares(self, a: Any, y: Any) -> Any:
        """½ Σ (a − y)²."""
        return LOSSES["squared_error"](a, y)

    def entropies(self, a: Any, y: Any) -> Any:
        """−Σ (y ⊙ log a + (1 − y) ⊙ log (1 − a))."""
        return LOSSES["cross_entropy"](a, y)


def evaluate(e: Expression, values: Mapping[str, Any], n: int, algebra: Algebra) -> Any:
    """What an expression is for these values, of n examples."""
    if isinstance(e, Name):
        return algebra.transposed(values[e.code]) if e.turned else values[e.code]
    parts = [evaluate(part, values, n, algebra) for part in e.parts]
    if e.kind in ("ones", "ones lying"):
        return algebra.ones(n) if e.kind == "ones" else algebra.transposed(algebra.ones(n))
    if e.kind == "turned":
        return algebra.transposed(parts[0])
    if e.kind in ("scaled", *TOTALS):
        number = algebra.ratio(e.factor.number, n) if e.factor.power else e.factor.number
        if e.kind in TOTALS:
            return algebra.scaled(number, getattr(algebra, e.kind)(*parts))
        return algebra.scaled(algebra.scaled(number, values["learning_rate"]) if e.factor.rate else number, parts[0])
    return getattr(algebra, e.kind)(*parts)


def given(c: Conventions, book: Mapping[str, Any], n: int, algebra: Algebra) -> dict[str, Any]:
    """The inputs, targets and parameters of the book as they lie in this convention."""
    values = {code: algebra.transposed(book[code]) if lies_turned(code, c) else book[code] for code in GIVEN}
    made = {line.gives: evaluate(line.expressions[0], values, n, algebra) for line in given_lines(c) if line.expressions}
    if c.joined:  # no equation may use them alone; step 8 reads w2 off what holds it
        values = {code: values[code] for code in ("x", "y", "w2")}
    return values | made


def given_lines(c: Conventions) -> list[Line]:
    """What an iteration starts from; where a bias is a weight, with what x̃, w̃₁ and w̃₂ are made of."""
    if not c.joined:
        return [Line("", code, (), "", c) for code in GIVEN]
    made: dict[str, tuple[Node, ...]] = {"x+": (_node("beside", ONES, "x"),), "y": (), "w1+": (_node("above", "b1", "w1"),),
                                         "w2+": (_node("above", "b2", "w2"),)}
    return [Line("", code, tuple(_laid(e, code, c) for e in es), "", c) for code, es in made.items()]


def _laid(e: Expression, gives: str, c: Conventions) -> Expression:
    """An expression of the book's as it is where everything lies as in this convention, what it gives, too."""
    lying = _renamed(e, lambda name: Name(name.code, name.turned != lies_turned(name.code, c)))
    return _gathered(turned(lying) if lies_turned(gives, c) else lying)


def work_out(c: Conventions, book: Mapping[str, Any], n: int, algebra: Algebra) -> dict[str, Any]:
    """Every quantity of one iteration in this convention, from the inputs, targets, parameters and η in the book's."""
    values = given(c, book, n, algebra) | {"learning_rate": book["learning_rate"]}
    for line in lines(c):
        if line.gives:
            values[line.gives] = evaluate(line.expressions[0], values, n, algebra)
    return values


def compute(c: Conventions, x: ArrayLike, y: ArrayLike, parameters: ParametersLike, learning_rate: float) -> dict[str, FloatArray]:
    """The same with numbers: x (n, 2), y (n, m) and parameters as everywhere in the book; TypeError or ValueError for what does not fit."""
    p = as_parameters(parameters, single=True)
    x, y = checked_examples(x, y, p.w1.shape[-2], p.w2.shape[-1])
    book = {"x": x, "y": y, **p._asdict(), "learning_rate": one_rate("learning_rate", learning_rate)}
    return work_out(c, book, len(x), Algebra())


def updated(c: Conventions, values: Mapping[str, Any], algebra: Algebra | None = None) -> Parameters:
    """The new network in the book's convention, from the values of one iteration in this one."""
    algebra = algebra or Algebra()

    def back(code: str) -> Any:
        lying = values[f"new_{code}"]
        return algebra.transposed(lying) if lies_turned(f"new_{code}", c) else lying

    if not c.joined:
        return Parameters(*map(back, Parameters._fields))
    w1, w2 = back("w1+"), back("w2+")
    return Parameters(w1[1:, :], w1[:1, :], w2[1:, :], w2[:1, :])


class Recipe(NamedTuple):
    """How to get a quantity from the book's iteration of the same loss, with η times `multiple`: join parts, scale, transpose."""

    way: str  # "", "beside" or "above"
    parts: tuple[str, ...]
    scaled: bool  # times slope_factor
    turned: bool


def recipe(code: str, c: Conventions) -> Recipe:
    """The recipe of a quantity. The widget follows it in the page; `compute` works without it, and a test compares the two."""
    way, *parts = PARTS.get(code, ("", code.removesuffix("+")))
    return Recipe(way, tuple(parts), code.startswith("dE_") or code == "E", code != "E" and lies_turned(code, c))
