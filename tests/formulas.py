"""Read a formula of steps.py as a person does, and compute it: the judge of what pages and widgets display."""
import re

import numpy as np

from nnlib import SQUARED_ERROR

TOKEN = re.compile(r"\s*(\{\w+\}|\\odot|\\left\(|\\right\)|\^\{\{\\mathsf T\}\}|\\tfrac12|\\textstyle\\sum|\^2|\\,|[-+()\[\]>01])")


def evaluate(template, values, activation, loss=SQUARED_ERROR):
    """The right-hand side of a template, with numbers for its names; activation for {hidden}, {output} and their slopes."""
    template = template.replace("{hidden_slope}", activation.slope_latex.format(z="{z1}", a="{a1}"))
    for name, latex in (("loss", loss.latex), ("loss_slope", loss.slope_latex)):
        template = template.replace("{" + name + "}", latex.format(a="{a2}", y="{y}"))
    template = template.replace("{output_slope}", activation.slope_latex.format(z="{z2}", a="{a2}"))
    last = template.split(" = ")[-1]
    tokens, position = [], 0
    while position < len(last.rstrip()):
        match = TOKEN.match(last, position)
        if not match:
            raise ValueError(f"{template!r}: cannot read {last[position:]!r}")
        if match[1] != r"\,":
            tokens.append(match[1].replace(r"\left", "").replace(r"\right", ""))
        position = match.end()
    value, rest = _sum(tokens, values, activation)
    assert not rest, f"{template!r}: {rest} is left over"
    return value


def _sum(tokens, values, activation):
    total, tokens = _term(tokens, values, activation)
    while tokens and tokens[0] in "+->":
        sign, (other, tokens) = tokens[0], _term(tokens[1:], values, activation)
        total = total + other if sign == "+" else total - other if sign == "-" else (total > other).astype(float)
    return total, tokens


def _term(tokens, values, activation):
    """Factors side by side: products of matrices; ⊙ comes after them."""
    if tokens[0] in (r"\tfrac12", r"\textstyle\sum"):
        value, rest = _term(tokens[1:], values, activation)
        return (value / 2 if tokens[0] == r"\tfrac12" else np.sum(value)), rest
    value, tokens = _factor(tokens, values, activation)
    while tokens and (tokens[0] == r"\odot" or tokens[0][0] in "{([01"):
        elementwise = tokens[0] == r"\odot"
        other, tokens = _factor(tokens[1:] if elementwise else tokens, values, activation)
        value = value * other if elementwise or not (np.ndim(value) and np.ndim(other)) else value @ other
    return value, tokens


def _factor(tokens, values, activation):
    head, *tokens = tokens
    if head in ("{hidden}", "{output}"):
        assert tokens[0] == "("
        inner, tokens = _sum(tokens[1:], values, activation)
        return activation(inner), tokens[1:]
    if head in "([":
        value, tokens = _sum(tokens, values, activation)
        assert tokens[0] in ")]"
        tokens = tokens[1:]
    elif head in "01":
        value = float(head)
    else:
        value = np.asarray(values[head[1:-1]], dtype=float)
    while tokens and (tokens[0] == "^2" or tokens[0].startswith("^{{")):
        value = value**2 if tokens[0] == "^2" else value.T
        tokens = tokens[1:]
    return value, tokens
