"""Write softmax.json: softmax and its cross-entropy by PyTorch, on numbers small and huge and in networks, never by nnlib.

    python tests/golden/softmax.py        needs torch (benchmarks/peers.txt); made with PyTorch 2.13.0
"""
import json
from itertools import pairwise
from pathlib import Path

TARGET = Path(__file__).with_suffix(".json")
ROWS = {"the page's": [[2.0, 1.0, -1.0]], "equal": [[0.0, 0.0, 0.0, 0.0]], "huge": [[1000.0, 999.0, -1000.0], [-5000.0, 0.0, 5000.0]],
        "tiny": [[1e-12, -1e-12], [0.0, 1e-300]], "two classes": [[0.7, -0.3], [-4.0, 4.0]], "one class": [[3.0], [-3.0]]}
NETWORKS = (((2, 3, 3), "sigmoid"), ((4, 5, 4, 3), "tanh"), ((3, 6, 2), "relu"), ((2, 4), "identity"))
EPOCHS = 100


def rows(torch, name, values):
    """Softmax, the loss and its slope for rows of sums, with targets sure and unsure in turn."""
    z = torch.tensor(values, dtype=torch.float64, requires_grad=True)
    y = torch.zeros_like(z)
    for k in range(len(y)):
        y[k] = 1 / z.shape[1] if k % 2 else torch.nn.functional.one_hot(torch.tensor(k % z.shape[1]), z.shape[1])
    loss = torch.nn.functional.cross_entropy(z, y, reduction="sum")
    loss.backward()
    shares = torch.softmax(z, -1)
    return {"name": name, "z": values, "y": y.tolist(), "softmax": shares.tolist(), "E": loss.item(), "slope": z.grad.tolist()}


def network(torch, sizes, hidden):
    """A random network on random examples: one iteration, and the loss after a hundred."""
    functions = {"sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu, "identity": lambda z: z}
    generator = torch.Generator().manual_seed(sum(sizes))

    def draw(*shape):
        return 2 * torch.rand(shape, dtype=torch.float64, generator=generator) - 1

    layers = [(draw(a, b).requires_grad_(), draw(1, b).requires_grad_()) for a, b in pairwise(sizes)]
    start = [[w.tolist(), b.tolist()] for w, b in layers]
    x, y = draw(6, sizes[0]), torch.softmax(3 * draw(6, sizes[-1]), -1)

    def loss():
        a = x
        for number, (w, b) in enumerate(layers, 1):
            z = a @ w + b
            a = z if number == len(layers) else functions[hidden](z)
        return torch.nn.functional.cross_entropy(a, y, reduction="sum")

    optimizer = torch.optim.SGD([p for layer in layers for p in layer], lr=0.1)
    E = loss()
    E.backward()
    gradients = [[w.grad.tolist(), b.grad.tolist()] for w, b in layers]
    for _ in range(EPOCHS):
        optimizer.zero_grad()
        loss().backward()
        optimizer.step()
    return {"sizes": sizes, "hidden": hidden, "x": x.tolist(), "y": y.tolist(), "layers": start, "learning_rate": 0.1, "E": E.item(),
            "gradients": gradients, "E_after_100": loss().item()}


if __name__ == "__main__":
    import torch

    found = {"rows": [rows(torch, *one) for one in ROWS.items()], "networks": [network(torch, *one) for one in NETWORKS]}
    TARGET.write_text(json.dumps(found, indent=1) + "\n", "utf8")
