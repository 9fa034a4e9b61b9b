"""Write autograd.json: random graphs of array operations and their slopes by PyTorch autograd, never by nnlib.

    python tests/golden/autograd.py        needs torch (benchmarks/peers.txt); made with PyTorch 2.13.0

A graph is a list of lines. A line is the name of an operation, the numbers of the lines that it takes, and, for some, one argument more.
The first lines are the leaves. The last line is the sum of everything that no other line has used, so that each line counts.
"""
import json
import random
from pathlib import Path

TARGET = Path(__file__).with_suffix(".json")
GRAPHS = 240
LARGEST = 30.0  # a line with numbers beyond it goes through tanh, so that no graph overflows
POSITIVE = ("exp", "sigmoid")  # lines after which log, a root and a quotient are defined
SHAPES = [(), (2,), (3,), (1, 3), (2, 1), (2, 3), (3, 2), (4, 2, 3), (1, 3, 2), (4, 1, 1), (3, 3)]


def apply(torch, name, values, argument):
    """One operation, as PyTorch computes it."""
    operations = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b,
                  "@": lambda a, b: a @ b, "negative": lambda a: -a, "**": lambda a: a**argument, "T": lambda a: a.T,
                  "sum": lambda a: a.sum() if argument is None else a.sum(dim=argument), "exp": torch.exp, "log": torch.log,
                  "tanh": torch.tanh, "sigmoid": torch.sigmoid, "relu": torch.relu}
    return operations[name](*values)


def fits(torch, a, b):
    """Whether two shapes broadcast, and whether they make a product of matrices, or of vectors."""
    def works(compute):
        try:
            return compute().numel() > 0
        except RuntimeError:
            return False
    return works(lambda: a + b), a.ndim and b.ndim and works(lambda: a @ b)


def step(torch, rng, lines, values):
    """One more line that the values so far allow: (name, taken, argument)."""
    while True:
        name = rng.choice(["+", "-", "*", "/", "/", "/", "@", "@", "negative", "**", "T", "sum", "exp", "log", "tanh", "sigmoid", "relu"])
        first, second = rng.randrange(len(values)), rng.randrange(len(values))
        a, positive = values[first], lines[first][0] in POSITIVE
        if name in ("+", "-", "*", "/", "@"):
            elementwise, product = fits(torch, a, values[second])
            defined = name != "/" or lines[second][0] in POSITIVE
            if (product if name == "@" else elementwise) and defined:
                return name, [first, second], None
        elif name == "**":
            return name, [first], rng.choice([0, 1, 2, 3, -1, 0.5] if positive else [0, 1, 2, 3])
        elif name == "sum" and a.ndim:
            return name, [first], rng.choice([None, *range(a.ndim), -1])
        elif (name == "T" and a.ndim == 2) or name in ("negative", "tanh", "sigmoid", "relu") or (name == "log" and positive):
            return name, [first], None
        elif name == "exp" and float(a.detach().abs().max()) < 3:
            return name, [first], None


def graph(torch, seed):
    """A random graph of 2 to 4 leaves and 4 to 14 operations: its lines, leaves, value and the slope along each leaf."""
    rng, generator = random.Random(seed), torch.Generator().manual_seed(seed)
    leaves = [(2 * torch.rand(rng.choice(SHAPES), dtype=torch.float64, generator=generator) - 1).requires_grad_()
              for _ in range(rng.randint(2, 4))]
    lines, values = [("leaf", [], None) for _ in leaves], list(leaves)

    def add(name, taken, argument=None):
        lines.append((name, taken, argument))
        values.append(apply(torch, name, [values[k] for k in taken], argument))

    for _ in range(rng.randint(4, 14)):
        add(*step(torch, rng, lines, values))
        if float(values[-1].detach().abs().max()) > LARGEST:
            add("tanh", [len(values) - 1])
    total = None
    for k in sorted(set(range(len(values))) - {k for _, taken, _ in lines for k in taken}):
        add("sum", [k])
        if total is not None:
            add("+", [total, len(values) - 1])
        total = len(values) - 1
    values[-1].backward()
    return {"lines": lines, "leaves": [leaf.tolist() for leaf in leaves], "value": values[-1].item(),
            "slopes": [leaf.grad.tolist() for leaf in leaves]}


if __name__ == "__main__":
    import torch

    TARGET.write_text("[" + ",\n".join(json.dumps(graph(torch, seed)) for seed in range(GRAPHS)) + "]\n", "utf8")
