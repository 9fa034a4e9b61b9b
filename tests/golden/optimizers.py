"""Write optimizers.json: what PyTorch's optimizers and schedules do with the same slopes, never by nnlib.

    python tests/golden/optimizers.py        needs torch (benchmarks/peers.txt); made with PyTorch 2.13.0

A walk is a start (2, 3), fifty slopes of any size (zeros among them), and where PyTorch stands after each of the steps that are listed.
A run trains the book's network on XOR with them, batch after batch.
"""
import json
from pathlib import Path

TARGET = Path(__file__).with_suffix(".json")
WALKS = [("descent", "SGD", {}, {"lr": 0.3}), ("momentum", "SGD", {"keep": 0.9}, {"lr": 0.1, "momentum": 0.9}),
         ("momentum", "SGD", {"keep": 0.5}, {"lr": 0.7, "momentum": 0.5}),
         ("nesterov", "SGD", {"keep": 0.9}, {"lr": 0.1, "momentum": 0.9, "nesterov": True}),
         ("nesterov", "SGD", {"keep": 0.3}, {"lr": 0.5, "momentum": 0.3, "nesterov": True}),
         ("rmsprop", "RMSprop", {}, {"lr": 0.01}),
         ("rmsprop", "RMSprop", {"keep": 0.8, "epsilon": 1e-4}, {"lr": 0.1, "alpha": 0.8, "eps": 1e-4}),
         ("adam", "Adam", {}, {"lr": 0.01}),
         ("adam", "Adam", {"keep": 0.6, "keep_squares": 0.9, "epsilon": 1e-3}, {"lr": 0.2, "betas": (0.6, 0.9), "eps": 1e-3})]
AT = (1, 2, 3, 10, 50)


def walk(torch, name, kind, settings, theirs):
    generator = torch.Generator().manual_seed(len(name))
    p = (2 * torch.rand(2, 3, dtype=torch.float64, generator=generator) - 1).requires_grad_()
    start, slopes, places = p.tolist(), [], {}
    optimizer = getattr(torch.optim, kind)([p], **theirs)
    for t in range(1, AT[-1] + 1):
        slope = torch.randn(2, 3, dtype=torch.float64, generator=generator) * 10.0 ** (t % 7 - 4)
        slope[0, 0] = 0.0 if t % 3 == 0 else slope[0, 0]
        slope[1, 2] = 0.0
        p.grad = slope
        slopes.append(slope.tolist())
        optimizer.step()
        if t in AT:
            places[t] = p.tolist()
    return {"name": name, "settings": settings, "learning_rate": theirs["lr"], "start": start, "slopes": slopes, "places": places}


def run(torch, name, kind, settings, theirs):
    """The 2-3-1 network on XOR: its losses over forty epochs in batches of two, rows in an order of their own, and its last weights."""
    generator = torch.Generator().manual_seed(7)

    def draw(*shape):
        return (2 * torch.rand(shape, dtype=torch.float64, generator=generator) - 1).requires_grad_()

    parameters = [draw(2, 3), draw(1, 3), draw(3, 1), draw(1, 1)]
    x = torch.tensor([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=torch.float64)
    y = torch.tensor([[0], [1], [1], [0]], dtype=torch.float64)
    start, losses, orders = [p.tolist() for p in parameters], [], []
    optimizer = getattr(torch.optim, kind)(parameters, **theirs)

    def loss(rows):
        w1, b1, w2, b2 = parameters
        return ((torch.sigmoid(torch.sigmoid(x[rows] @ w1 + b1) @ w2 + b2) - y[rows]) ** 2).sum() / 2

    for _ in range(40):
        losses.append(loss([0, 1, 2, 3]).item())
        order = torch.randperm(4, generator=generator).tolist()
        orders.append([order[:2], order[2:]])
        for rows in orders[-1]:
            optimizer.zero_grad()
            loss(rows).backward()
            optimizer.step()
    return {"name": name, "settings": settings, "learning_rate": theirs["lr"], "start": start, "orders": orders, "losses": losses,
            "parameters": [p.tolist() for p in parameters]}


def schedules(torch):
    """η before each of thirty epochs, by the name of ours and what it is given."""
    def rates(make):
        optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.5)
        schedule, found = make(optimizer), []
        for _ in range(30):
            found.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            schedule.step()
        return found

    of = torch.optim.lr_scheduler
    return {"staircase": rates(lambda o: of.StepLR(o, step_size=7, gamma=0.3)),
            "cosine": rates(lambda o: of.CosineAnnealingLR(o, T_max=29, eta_min=0.02)),
            "warm_up": rates(lambda o: of.LinearLR(o, start_factor=1 / 10, total_iters=9))}


if __name__ == "__main__":
    import torch

    TARGET.write_text(json.dumps({"walks": [walk(torch, *one) for one in WALKS], "runs": [run(torch, *one) for one in WALKS],
                                  "schedules": schedules(torch)}) + "\n", "utf8")
