"""Write deep.json: networks of several depths by PyTorch autograd, never by nnlib.

    python tests/golden/deep.py        needs torch (benchmarks/peers.txt)
"""
import json
from itertools import pairwise
from pathlib import Path

TARGET = Path(__file__).with_suffix(".json")
CASES = [((2, 1), "sigmoid", "sigmoid"), ((2, 2, 1), "sigmoid", "sigmoid"), ((2, 3, 2, 1), "tanh", "sigmoid"),
         ((3, 4, 3, 2), "sigmoid", "identity"), ((2, 4, 4, 4, 1), "relu", "tanh")]


def case(torch, sizes, hidden, output):
    """One random network and data set: what it is given, and what PyTorch says."""
    functions = {"sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu, "identity": lambda z: z}
    generator = torch.Generator().manual_seed(sum(sizes))

    def draw(*shape):
        return torch.rand(shape, dtype=torch.float64, generator=generator) * 2 - 1

    layers = [(draw(a, b).requires_grad_(), draw(1, b).requires_grad_()) for a, b in pairwise(sizes)]
    x, y = draw(5, sizes[0]), (draw(5, sizes[-1]) + 1) / 2
    start = [[w.tolist(), b.tolist()] for w, b in layers]

    def loss():
        a = x
        for number, (w, b) in enumerate(layers, 1):
            a = functions[output if number == len(layers) else hidden](a @ w + b)
        return ((a - y) ** 2).sum() / 2, a

    flat = [p for layer in layers for p in layer]
    optimizer = torch.optim.SGD(flat, lr=0.1)
    E, a = loss()
    E.backward()
    gradients = [[w.grad.tolist(), b.grad.tolist()] for w, b in layers]
    for _ in range(100):
        optimizer.zero_grad()
        loss()[0].backward()
        optimizer.step()
    return {"sizes": sizes, "hidden": hidden, "output": output, "x": x.tolist(), "y": y.tolist(), "layers": start, "learning_rate": 0.1,
            "E": E.item(), "outputs": a.tolist(), "gradients": gradients, "E_after_100": loss()[0].item(),
            "layers_after_100": [[w.tolist(), b.tolist()] for w, b in layers]}


if __name__ == "__main__":
    import torch

    TARGET.write_text(json.dumps([case(torch, *c) for c in CASES]) + "\n", "utf8")
