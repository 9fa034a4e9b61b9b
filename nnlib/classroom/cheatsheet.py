"""The cheat sheet: four steps forward, the loss, fourteen steps back, on one page to print.

    python -m nnlib.classroom.cheatsheet OUTPUT.pdf [a4|letter]
"""
import sys

import numpy as np

from nnlib.classroom.paper import MARGIN, PAPERS, canvas, fitted, formulas, number, quantity, rule, text
from nnlib.gates import AND
from nnlib.network import Parameters
from nnlib.quantities import QUANTITIES
from nnlib.steps import OPERATIONS
from nnlib.training import iteration

GROUPS = (("forward", slice(0, 4)), ("loss", slice(4, 5)), ("back through the output layer", slice(5, 12)),
          ("back through the hidden layer", slice(12, 19)))
REMARKS = ("n examples, 2 inputs, h hidden neurons, m outputs. Rows are examples. A product of matrices is written side by side, "
           "⊙ goes element by element.",
           "σ(z) = 1 / (1 + e⁻ᶻ),  σ′ = a (1 − a), at most ¼.  Step 8 takes the old w₂; new values take effect after step 14.",
           "Check any slope: (E(w + ε) − E(w − ε)) / 2ε with ε near 10⁻⁵, and the update: (old − new) / η.")


def write(path, paper="a4"):
    """Write the sheet as PDF: every formula with its shape, and the numbers of the worked example."""
    it = iteration(AND.x[[1, 3]], AND.y[[1, 3]], Parameters.example(), 0.5)
    page = canvas(path, paper, "Fourteen Steps: cheat sheet")
    width, height = PAPERS[paper]
    width, y = width - 2 * MARGIN, height - MARGIN
    text(page, MARGIN, y, "Fourteen Steps on one page", 14, bold=True)
    text(page, MARGIN + width, y, "numbers: the worked example, (0, 1) → 0 and (1, 1) → 1, η = 0.5", 7.5, colour="muted", align="right")
    y -= 12
    x = MARGIN
    for name in ("w1", "b1", "w2", "b2"):
        x += quantity(page, x, y - 14, name, it[name]) + 10
    y -= 38
    row = (y - MARGIN - 44 - 13 * len(GROUPS)) / len(OPERATIONS)
    for title, part in GROUPS:
        rule(page, MARGIN, y + 1, MARGIN + width, y + 1)
        text(page, MARGIN, y - 8, title, 7.5, colour="muted")
        y -= 13
        for operation in OPERATIONS[part]:
            base = y - row / 2
            text(page, MARGIN + 14, base, operation.label, 10, bold=True, colour="activation", align="right")
            fitted(page, MARGIN + 22, base + 2.5, formulas(operation), 0.53 * width, 9)
            shapes = ",  ".join(f"{QUANTITIES[o].symbol} {QUANTITIES[o].shape_text}" for o in operation.outputs)
            fitted(page, MARGIN + 22, base - 6.5, f"{operation.title}    {shapes}", 0.53 * width, 6.5, colour="muted")
            for line, name in enumerate(reversed(operation.outputs)):
                place = base - 1 if len(operation.outputs) == 1 else base - 6 + 9.5 * line
                fitted(page, MARGIN + 22 + 0.55 * width, place, _numbers(it[name]), 0.45 * width - 22, 7.8)
            y -= row
    rule(page, MARGIN, y, MARGIN + width, y)
    for line, remark in enumerate(REMARKS):
        fitted(page, MARGIN, y - 12 - 11 * line, remark, width, 7.5)
    page.showPage()
    page.save()


def _numbers(values):
    return "; ".join(", ".join(map(number, row)) for row in np.atleast_2d(values))


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3) or (len(sys.argv) == 3 and sys.argv[2] not in PAPERS):
        sys.exit("usage: python -m nnlib.classroom.cheatsheet OUTPUT.pdf [a4|letter]")
    write(*sys.argv[1:])
