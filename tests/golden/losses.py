"""Write losses.json: iterations with cross-entropy by PyTorch autograd and its BCELoss, never by nnlib.

    python tests/golden/losses.py        needs torch (benchmarks/peers.txt); made with PyTorch 2.13.0
"""
import json
from pathlib import Path

TARGET = Path(__file__).with_suffix(".json")
BOOK = {"w1": [[0.3, -0.1], [0.2, 0.4]], "b1": [[0.1, -0.2]], "w2": [[0.5], [-0.3]], "b2": [[0.1]]}
X = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]
AND = [[0.0], [0.0], [0.0], [1.0]]
LEARNING_RATE = 0.5
EPOCHS = (0, 1, 10, 100, 1000)


def cases(torch):
    """(name, x, y, parameters, hidden): the book's network, random ones of other sizes, and outputs that have reached 0 and 1."""
    yield "the book's", X, AND, BOOK, "sigmoid"
    yield "two examples", [X[1], X[3]], [AND[1], AND[3]], BOOK, "sigmoid"
    yield "soft targets", X, [[0.1], [0.25], [0.5], [0.9]], BOOK, "sigmoid"
    for z in (-800.0, -40.0, 40.0, 800.0):
        yield f"saturated at {z:g}", X, AND, {**BOOK, "b2": [[z]]}, "sigmoid"
    generator = torch.Generator().manual_seed(14)
    for hidden, h, m in (("sigmoid", 3, 1), ("tanh", 2, 2), ("relu", 4, 1), ("identity", 1, 3)):
        def draw(*shape):
            return (2 * torch.rand(shape, dtype=torch.float64, generator=generator) - 1).tolist()

        y = torch.rand((5, m), dtype=torch.float64, generator=generator).tolist()
        yield f"{hidden}, 2-{h}-{m}", draw(5, 2), y, {"w1": draw(2, h), "b1": draw(1, h), "w2": draw(h, m), "b2": draw(1, m)}, hidden


def case(torch, name, x, y, start, hidden):
    """What PyTorch says of one iteration, and the losses of more of them."""
    functions = {"sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu, "identity": lambda z: z}
    parameters = {key: torch.tensor(value, dtype=torch.float64, requires_grad=True) for key, value in start.items()}
    inputs, targets = torch.tensor(x, dtype=torch.float64), torch.tensor(y, dtype=torch.float64)
    loss = torch.nn.BCELoss(reduction="sum")

    def forward():
        z1 = inputs @ parameters["w1"] + parameters["b1"]
        a1 = functions[hidden](z1)
        z2 = a1 @ parameters["w2"] + parameters["b2"]
        a2 = torch.sigmoid(z2)
        return {"z1": z1, "a1": a1, "z2": z2, "a2": a2, "E": loss(a2, targets)}

    found = forward()
    for key in ("z1", "z2", "a2"):
        found[key].retain_grad()
    found["E"].backward()
    values = {key: value.tolist() for key, value in found.items()}
    values |= {"dE_da2": found["a2"].grad.tolist(), "dE_dz2": found["z2"].grad.tolist(), "dE_dz1": found["z1"].grad.tolist()}
    for key, p in parameters.items():
        values |= {f"dE_d{key}": p.grad.tolist(), f"new_{key}": (p - LEARNING_RATE * p.grad).tolist()}
    optimizer, losses = torch.optim.SGD(parameters.values(), lr=LEARNING_RATE), {}
    for epoch in range(max(EPOCHS) + 1):
        optimizer.zero_grad()
        E = forward()["E"]
        if epoch in EPOCHS:
            losses[epoch] = E.item()
        E.backward()
        optimizer.step()
    return {"name": name, "x": x, "y": y, **start, "hidden": hidden, "output": "sigmoid", "learning_rate": LEARNING_RATE,
            "values": values, "loss_at_epoch": losses}


if __name__ == "__main__":
    import torch

    TARGET.write_text(json.dumps([case(torch, *one) for one in cases(torch)], indent=1) + "\n", "utf8")
