"""Write expressions.js: sympy's gradients of the whole loss, for the widgets, one function for each pair of activations
and each loss.

    python tools/expressions.py

For one example of the 2-2-1 network; the loss of several is their sum, and so are its gradients. They are derived from the loss
directly, not along the fourteen steps, so that they can judge them. A test keeps the committed file fresh.
"""
import json
from pathlib import Path

import sympy as sp
from sympy.printing.jscode import JavascriptCodePrinter

from nnlib.symbolic import ACTIVATIONS, LOSSES, PARAMETERS, SymbolicNetwork

TARGET = Path(__file__).resolve().parents[1] / "nnlib" / "widgets" / "generated" / "expressions.js"

KEYS = [(hidden, output, loss) for loss in LOSSES for hidden in ACTIVATIONS for output in ACTIVATIONS
        if loss != "cross_entropy" or output == "sigmoid"]


class _Printer(JavascriptCodePrinter):
    def _print_Positive(self, expression):
        return f"({self._print(expression.args[0])} > 0 ? 1 : 0)"

    def _print_tanh(self, expression):
        return f"Math.tanh({self._print(expression.args[0])})"


def function(hidden, output, loss):
    """The JavaScript function for a pair of activations and a loss: (x, y, {w1, b1, w2, b2}) to {E, w1, b1, w2, b2}."""
    network = SymbolicNetwork(examples=1, hidden=hidden, output=output, loss=loss)
    names = {}
    for name in ("x", "y", *PARAMETERS):
        matrix = getattr(network, name)
        for i in range(matrix.rows):
            for j in range(matrix.cols):
                index = f"[{j}]" if name in "xy" else f"[{i}][{j}]"
                names[matrix[i, j]] = (f"{name}_{i}{j}", f"{name}{index}")
    plain = {symbol: sp.Symbol(letter) for symbol, (letter, _) in names.items()}
    gradients = {name: network.direct(name) for name in PARAMETERS}
    wanted = [network.loss, *(slope for matrix in gradients.values() for slope in matrix)]
    shared, results = sp.cse([expression.xreplace(plain) for expression in wanted], symbols=sp.numbered_symbols("t"), order="canonical")
    printer = _Printer()
    used = set().union(*(expression.free_symbols for expression in [*results, *(value for _, value in shared)]))
    lines = [f"    const {letter} = {place};" for symbol, (letter, place) in names.items() if plain[symbol] in used]
    lines += [f"    const {symbol} = {printer.doprint(value)};" for symbol, value in shared]
    values = iter(map(printer.doprint, results))
    parts = [f"E: {next(values)}"]
    for name, matrix in gradients.items():
        rows = ", ".join("[" + ", ".join(next(values) for _ in range(matrix.cols)) + "]" for _ in range(matrix.rows))
        parts.append(f"{name}: [{rows}]")
    head = f"  {json.dumps(f'{hidden} {output} {loss}')}: (x, y, {{ w1, b1, w2, b2 }}) => {{"
    return "\n".join([head, *lines, f"    return {{ {', '.join(parts)} }};", "  },"])


def content():
    """The text of expressions.js."""
    head = ["// Written by tools/expressions.py: sympy's gradients of the whole loss, for one example. Do not edit.", "",
            "export const EXPRESSIONS = {"]
    return "\n".join([*head, *(function(*key) for key in KEYS), "};", ""])


if __name__ == "__main__":
    TARGET.write_text(content(), "utf8")
