"""Formulas as text and as tokens, made from the templates of `steps` and from nothing else, for any activation and loss."""
import re
from collections.abc import Iterable
from typing import TypeAlias

from nnlib.activations import SIGMOID, Activation
from nnlib.losses import SQUARED_ERROR, Loss
from nnlib.quantities import QUANTITIES
from nnlib.steps import Operation

Token: TypeAlias = str | dict[str, str]  # text, or {"q": name of a quantity}

# The few pieces of LaTeX that the templates use, as text.
PIECES = {r"\left(": "(", r"\right)": ")", r"^{{\mathsf T}}": "ᵀ", r"\odot": " ⊙ ", r"\tfrac12": "½ ", r"\textstyle\sum": "Σ ",
          r"\log": "log ", r"\oslash": " ⊘ ", r"\,": "\u2009", "^2": "²", "'": "′"}
GREEK = {"sigma": "σ"}


def tokens(template: str, hidden: Activation = SIGMOID, output: Activation = SIGMOID, loss: Loss = SQUARED_ERROR) -> list[Token]:
    """A template (or a part of one) as a list of {"q": name of a quantity} and text."""
    for name, latex in (("loss", loss.latex), ("loss_slope", loss.slope_latex)):
        template = template.replace(f"{{{name}}}", latex.format(a="{a2}", y="{y}"))
    for role, activation, layer in (("hidden", hidden, "1"), ("output", output, "2")):
        slope = activation.slope_latex.format(z=f"{{z{layer}}}", a=f"{{a{layer}}}")
        template = template.replace(f"{{{role}_slope}}", slope).replace(f"{{{role}}}", _function(activation))
    for latex, text in PIECES.items():
        template = template.replace(latex, text)
    pieces: list[Token] = []
    for piece in re.split(r"(\{\w+\})", template):
        if piece.startswith("{"):
            pieces.append({"q": piece[1:-1]})
        elif piece:
            text = re.sub(r" +", " ", piece).replace("-", "−")
            if re.search(r"[\\{}]", text):
                raise ValueError(f"{template!r}: {text!r} has no plain form; add it to PIECES")
            pieces.append(text)
    return pieces


def parts(operation: Operation, hidden: Activation = SIGMOID, output: Activation = SIGMOID,
          loss: Loss = SQUARED_ERROR) -> list[tuple[str, list[list[Token]]]]:
    """For each output of an operation: its name, and what stands behind each equals sign, as tokens."""
    return [(name, [tokens(part, hidden, output, loss) for part in re.split(" = ", template)[1:]])
            for name, template in zip(operation.outputs, operation.templates, strict=True)]


def lines(operation: Operation, hidden: Activation = SIGMOID, output: Activation = SIGMOID,
          loss: Loss = SQUARED_ERROR) -> tuple[str, ...]:
    """The formulas of an operation as lines of text; "∂E/∂w₂ = (∂z₂/∂w₂)ᵀ δ₂" comes first, and then the δ₂ that it needs."""
    results: list[str] = []
    helpers: list[str] = []
    for name, behind in parts(operation, hidden, output, loss):
        sides = [*dict.fromkeys((QUANTITIES[name].symbol, _derivative(name))), *map(_text, behind)]
        needed = {token["q"] for part in behind for token in part if isinstance(token, dict)}
        (results if needed & set(operation.outputs) else helpers).append(" = ".join(sides))
    first, *others = results + helpers
    return (f"{first}, {operation.remark}" if operation.remark else first, *others)


def _text(pieces: Iterable[Token]) -> str:
    text = "".join(piece if isinstance(piece, str) else QUANTITIES[piece["q"]].symbol for piece in pieces)
    return text.replace("\u2009 ", " ").strip()


def _derivative(name: str) -> str:
    """What a slope is the slope of: "∂E/∂z₂" for dE_dz2, which is called δ₂; other quantities are called by their symbol."""
    slope = re.fullmatch(r"d(\w+)_d(\w+)", name)
    return f"∂{QUANTITIES[slope[1]].symbol}/∂{QUANTITIES[slope[2]].symbol}" if slope else QUANTITIES[name].symbol


def _function(activation: Activation) -> str:
    r"""The function's symbol without LaTeX: \sigma is σ, \tanh is tanh, \operatorname{ReLU} is ReLU."""
    return re.sub(r"\\(?:operatorname\{(\w+)\}|(\w+))", lambda m: m[1] or GREEK.get(m[2], m[2]), activation.latex)
