"""10,000 networks at once: how `train` with copies compares, side by side in one run, as ratios.

    python benchmarks/sweep.py        JAX is left out if it is not installed (benchmarks/peers.txt names it)

All do the same work: 10,000 2-2-1 sigmoid networks, seeds 0 to 9,999, four rows of AND, full batch, 100 epochs, every loss kept. The loop
trains 100 of them one after the other; its time is scaled. JAX is jit(vmap(scan)) in float64 on the processor; compiling is not counted.
"""
import time

import numpy as np
from training import best  # beside this file

from nnlib import AND, Parameters, train

COUNT, EPOCHS, RATE = 10_000, 100, 0.5
STARTS = Parameters.random(0, copies=COUNT)


def nnlib_at_once():
    """One call of `train`."""
    return train(AND.x, AND.y, STARTS, RATE, EPOCHS, keep="last").losses


def plain_numpy():
    """The same arithmetic on stacks, as plain as it gets."""
    x, y, (w1, b1, w2, b2) = AND.x, AND.y, STARTS
    losses = []
    for _ in range(EPOCHS + 1):
        a1 = 1 / (1 + np.exp(-(x @ w1 + b1)))
        a2 = 1 / (1 + np.exp(-(a1 @ w2 + b2)))
        losses.append(((a2 - y) ** 2).sum(axis=(-2, -1)) / 2)
        d2 = (a2 - y) * a2 * (1 - a2)
        d1 = d2 @ w2.mT * a1 * (1 - a1)
        w2, b2 = w2 - RATE * (a1.mT @ d2), b2 - RATE * d2.sum(axis=-2, keepdims=True)
        w1, b1 = w1 - RATE * (x.T @ d1), b1 - RATE * d1.sum(axis=-2, keepdims=True)
    return np.array(losses)


def loop(count=COUNT // 100):
    """A hundredth of the networks, one `train` after the other."""
    return np.array([train(AND.x, AND.y, Parameters(*(p[k] for p in STARTS)), RATE, EPOCHS, keep="last").losses for k in range(count)]).T


def jax_vmap():
    """A function that trains all with jit(vmap), compiled already."""
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)
    x, y = jnp.array(AND.x), jnp.array(AND.y)

    def loss(p):
        w1, b1, w2, b2 = p
        a2 = jax.nn.sigmoid(jax.nn.sigmoid(x @ w1 + b1) @ w2 + b2)
        return ((a2 - y) ** 2).sum() / 2

    def epoch(p, _):
        value, slopes = jax.value_and_grad(loss)(p)
        return tuple(v - RATE * slope for v, slope in zip(p, slopes, strict=True)), value

    run = jax.jit(jax.vmap(lambda p: jax.lax.scan(epoch, p, None, EPOCHS + 1)[1]))
    starts = tuple(map(jnp.array, STARTS))
    begin = time.perf_counter()
    run(starts).block_until_ready()
    print(f"  (JAX compiled in {time.perf_counter() - begin:.1f} s)")
    return lambda: np.asarray(run(starts).block_until_ready()).T


def main():
    """Print the ratios."""
    ours, losses = best(nnlib_at_once)
    print(f"nnlib.train, 10,000 at once: {ours / COUNT / EPOCHS * 1e9:.0f} ns for a network and epoch; other times as multiples of it")
    peers = [("plain stacked NumPy", lambda: plain_numpy, 1), ("JAX jit(vmap)", jax_vmap, 1), ("a loop of train", lambda: loop, 100)]
    for name, prepare, scale in peers:
        try:
            seconds, theirs = best(prepare())
        except ImportError as missing:
            print(f"  {name:20} not installed ({missing.name})")
            continue
        assert np.allclose(theirs, losses[:, :theirs.shape[1]], atol=1e-12), f"{name} computes something else"
        print(f"  {name:20} {seconds * scale / ours:7.2f} ×")


if __name__ == "__main__":
    main()
