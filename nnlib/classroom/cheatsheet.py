"""The cheat sheet: four steps forward, the loss, fourteen steps back, on one page to print.

    python -m nnlib.classroom.cheatsheet OUTPUT.pdf [a4|letter]
"""
import sys
from pathlib import Path

from nnlib.classroom.paper import MARGIN, PAPERS, canvas, fitted, formula, quantity, rule, text
from nnlib.gates import TWO_EXAMPLES
from nnlib.network import LEARNING_RATE, Parameters
from nnlib.numerals import on_paper, rows
from nnlib.quantities import QUANTITIES
from nnlib.steps import LAYERS, OPERATIONS, STEPS
from nnlib.training import iteration

REMARKS = ("n examples, 2 inputs, h hidden neurons, m outputs. Rows are examples. A product of matrices is written side by side, "
           "⊙ goes element by element.",
           "σ(z) = 1 / (1 + e⁻ᶻ),  σ′ = a (1 − a), at most ¼.  Step 8 takes the old w₂; new values take effect after step 14.",
           "Check any slope: (E(w + ε) − E(w − ε)) / 2ε with ε near 10⁻⁵, and the update: (old − new) / η.")


def write(path: Path | str, paper: str = "a4") -> None:
    """Write the sheet as PDF: every formula with its shape, and the numbers of the worked example."""
    it = iteration(TWO_EXAMPLES.x, TWO_EXAMPLES.y, Parameters.example(), LEARNING_RATE)
    page = canvas(path, paper, "Fourteen Steps: cheat sheet")
    width, height = PAPERS[paper]
    width, y = width - 2 * MARGIN, height - MARGIN
    text(page, MARGIN, y, "Fourteen Steps on one page", 14, bold=True)
    text(page, MARGIN + width, y, _example(it), 7.5, colour="muted", align="right")
    y -= 12
    x = MARGIN
    for name in ("w1", "b1", "w2", "b2"):
        x += quantity(page, x, y - 14, name, it[name]) + 10
    y -= 38
    row = (y - MARGIN - 44 - 13 * len(LAYERS)) / len(OPERATIONS)
    for layer, operations in LAYERS.items():
        rule(page, MARGIN, y + 1, MARGIN + width, y + 1)
        text(page, MARGIN, y - 8, f"back through the {layer}" if operations[0] in STEPS else layer, 7.5, colour="muted")
        y -= 13
        for operation in operations:
            base = y - row / 2
            text(page, MARGIN + 14, base, operation.label, 10, bold=True, colour="activation", align="right")
            fitted(page, MARGIN + 22, base + 2.5, formula(operation), 0.53 * width, 9)
            shapes = ",  ".join(f"{QUANTITIES[o].symbol} {QUANTITIES[o].shape_text}" for o in operation.outputs)
            fitted(page, MARGIN + 22, base - 6.5, f"{operation.title}    {shapes}", 0.53 * width, 6.5, colour="muted")
            for line, name in enumerate(reversed(operation.outputs)):
                place = base - 1 if len(operation.outputs) == 1 else base - 6 + 9.5 * line
                fitted(page, MARGIN + 22 + 0.55 * width, place, rows(it[name], on_paper), 0.45 * width - 22, 7.8)
            y -= row
    rule(page, MARGIN, y, MARGIN + width, y)
    for line, remark in enumerate(REMARKS):
        fitted(page, MARGIN, y - 12 - 11 * line, remark, width, 7.5)
    page.showPage()
    page.save()


def _example(it):
    """Which numbers these are."""
    shown = " and ".join(f"({rows(x, on_paper)}) → {rows(y, on_paper)}" for x, y in zip(it.x, it.y, strict=True))
    return f"numbers: the worked example, {shown}, η = {on_paper(it.learning_rate)}"


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3) or (len(sys.argv) == 3 and sys.argv[2] not in PAPERS):
        sys.exit("usage: python -m nnlib.classroom.cheatsheet OUTPUT.pdf [a4|letter]")
    write(*sys.argv[1:])
