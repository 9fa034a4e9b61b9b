"""Every quantity of the book in its colour, in any formula: at build time, and in the page's Python."""
import re

from nnlib import QUANTITIES, palette

# How a quantity is written in a formula, by authors (w_1) and by sympy (w_{1}); the longest match wins.
CODE_OF_SYMBOL = {quantity.latex: quantity.code for quantity in QUANTITIES.values() if quantity.kind in palette.KINDS}
KIND_OF_SYMBOL = {latex: QUANTITIES[code].kind for latex, code in CODE_OF_SYMBOL.items()}
KIND_OF_SYMBOL |= {r"\hat{y}": "activation", "w": "weight", "b": "bias", "z": "activation", "a": "activation"}  # one neuron's


def _symbol_pattern():
    def written(latex):
        # sympy writes w_{1}, and a single number of a matrix as w_{1,21} or a_{2}^{(1)}
        pattern = re.sub(r"_([12])", r"_(?:\1|\\{\1(?:,\\d+)?\\})", re.escape(latex)) + r"(?:_\{\d+\})?(?:\^\{\(\d+\)\})?"
        return rf"(?<![A-Za-z\\]){pattern}(?![A-Za-z])" if latex[0].isalpha() else rf"{pattern}(?![A-Za-z])"

    return re.compile("|".join(f"({written(latex)})" for latex in sorted(KIND_OF_SYMBOL, key=len, reverse=True)))


SYMBOL = _symbol_pattern()
SYMBOLS_IN_ORDER = sorted(KIND_OF_SYMBOL, key=len, reverse=True)
LITERAL = re.compile(r"\\(?:text|operatorname|mathrm|begin|end|texttt)\{[^{}]*\}")


def _marked(symbol):
    """A symbol with the class of its kind, and with that of its quantity, by which a picture finds it."""
    latex = SYMBOLS_IN_ORDER[symbol.lastindex - 1]
    quantity = f" fs-q-{CODE_OF_SYMBOL[latex]}" if latex in CODE_OF_SYMBOL else ""
    return rf"\htmlClass{{fs-{KIND_OF_SYMBOL[latex]}{quantity}}}{{{symbol[0]}}}"


def colour_symbols(latex):
    """The LaTeX with every quantity of the book marked with the classes of its kind and of its own."""
    pieces, position = [], 0
    for literal in [*LITERAL.finditer(latex), None]:
        end = literal.start() if literal else len(latex)
        pieces.append(SYMBOL.sub(_marked, latex[position:end]))
        if literal:
            pieces.append(literal[0])
            position = literal.end()
    return "".join(pieces)
