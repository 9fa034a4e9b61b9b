"""How fast `train` is, side by side in one run, as ratios: the plainest NumPy loop, scikit-learn, micrograd, PyTorch.

    python benchmarks/training.py        peers that are not installed are left out (benchmarks/peers.txt names them)

All do the same work: a 2-2-1 sigmoid network, four rows of AND, full batch, the loss of every epoch and (where it can) every
epoch's parameters kept.
"""
import time
import warnings

import numpy as np

from nnlib import AND, Parameters, train

EPOCHS, RATE, START = 2000, 0.5, Parameters.example()


def nnlib_train():
    """nnlib.train, everything kept."""
    return train(AND.x, AND.y, START, RATE, EPOCHS).losses


def plain_numpy():
    """The plainest loop, with losses and history kept."""
    x, y, (w1, b1, w2, b2) = AND.x, AND.y, START
    losses, history = [], []
    for _ in range(EPOCHS + 1):
        history.append((w1, b1, w2, b2))
        a1 = 1 / (1 + np.exp(-(x @ w1 + b1)))
        a2 = 1 / (1 + np.exp(-(a1 @ w2 + b2)))
        losses.append(((a2 - y) ** 2).sum(axis=(-2, -1)) / 2)
        d2 = (a2 - y) * a2 * (1 - a2)
        d1 = d2 @ w2.mT * a1 * (1 - a1)
        w2, b2 = w2 - RATE * (a1.mT @ d2), b2 - RATE * d2.sum(axis=-2, keepdims=True)
        w1, b1 = w1 - RATE * (x.T @ d1), b1 - RATE * d1.sum(axis=-2, keepdims=True)
    return np.array(losses)


def pytorch():
    """PyTorch, eager, float64, torch.optim.SGD."""
    import torch

    torch.set_num_threads(1)
    x, y = torch.tensor(AND.x), torch.tensor(AND.y)
    w1, b1, w2, b2 = p = [torch.tensor(v, requires_grad=True) for v in START]
    optimizer, losses = torch.optim.SGD(p, lr=RATE), []
    for _ in range(EPOCHS + 1):
        optimizer.zero_grad()
        a2 = torch.sigmoid(torch.sigmoid(x @ w1 + b1) @ w2 + b2)
        loss = ((a2 - y) ** 2).sum() / 2
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return np.array(losses)


def micrograd(epochs=EPOCHS // 10):
    """micrograd: scalars, a tenth of the epochs (the time is scaled)."""
    from micrograd.engine import Value

    def sigmoid(v):  # micrograd has no exp: e^-v as a power with its own slope
        out = Value(1 / (1 + np.exp(-v.data)), (v,), "sigmoid")

        def backward():
            v.grad += out.data * (1 - out.data) * out.grad

        out._backward = backward
        return out

    values = [[[Value(float(n)) for n in row] for row in matrix] for matrix in START]
    w1, b1, w2, b2 = values
    flat, losses = [v for matrix in values for row in matrix for v in row], []
    for _ in range(epochs + 1):
        loss = Value(0.0)
        for (x1, x2), (y,) in zip(AND.x, AND.y, strict=True):
            hidden = [sigmoid(w1[0][j] * x1 + w1[1][j] * x2 + b1[0][j]) for j in range(2)]
            error = sigmoid(hidden[0] * w2[0][0] + hidden[1] * w2[1][0] + b2[0][0]) - y
            loss = loss + error * error * 0.5
        losses.append(loss.data)
        for v in flat:
            v.grad = 0.0
        loss.backward()
        for v in flat:
            v.data -= RATE * v.grad
    return np.array(losses)


def scikit_learn():
    """scikit-learn's MLPClassifier (log loss, its own start): the loop of partial_fit, for speed only."""
    from sklearn.neural_network import MLPClassifier

    model = MLPClassifier((2,), activation="logistic", solver="sgd", learning_rate_init=RATE, batch_size=4, momentum=0)
    for _ in range(EPOCHS + 1):
        model.partial_fit(AND.x, AND.y.ravel(), classes=[0, 1])
    return None


def best(function, repeat=3):
    """The shortest of a few runs, and the result."""
    times = []
    for _ in range(repeat):
        begin = time.perf_counter()
        result = function()
        times.append(time.perf_counter() - begin)
    return min(times), result


def main():
    """Print the ratios."""
    ours, losses = best(nnlib_train)
    print(f"nnlib.train: {ours / EPOCHS * 1e6:.0f} µs an epoch; other times as multiples of it")
    for peer, scale in ((plain_numpy, 1), (pytorch, 1), (micrograd, 10), (scikit_learn, 1)):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                seconds, theirs = best(peer)
        except ImportError as missing:
            print(f"  {peer.__name__:14} not installed ({missing.name})")
            continue
        if theirs is not None:
            assert np.allclose(theirs, losses[: len(theirs)], atol=1e-12), f"{peer.__name__} computes something else"
        print(f"  {peer.__name__:14} {seconds * scale / ours:6.2f} ×")


if __name__ == "__main__":
    main()
