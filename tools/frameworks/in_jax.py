"""The first iteration of the worked example, in JAX: printed as JSON by the last line."""
import json

import jax
import jax.numpy as jnp

# ---- the iteration ----
jax.config.update("jax_enable_x64", True)  # float32, if you say nothing
x = jnp.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
y = jnp.array([[0.0], [0.0], [0.0], [1.0]])
p = {"w1": jnp.array([[0.3, -0.1], [0.2, 0.4]]), "b1": jnp.array([[0.1, -0.2]]),
     "w2": jnp.array([[0.5], [-0.3]]), "b2": jnp.array([[0.1]])}


def loss(p):
    """Forward, and half the sum of the squares."""
    a1 = jax.nn.sigmoid(x @ p["w1"] + p["b1"])
    a2 = jax.nn.sigmoid(a1 @ p["w2"] + p["b2"])
    return 0.5 * jnp.sum((a2 - y) ** 2)


E, slopes = jax.value_and_grad(loss)(p)
new = jax.tree.map(lambda w, slope: w - 0.5 * slope, p, slopes)
# ---- what is kept ----
values = {"E": float(E), **{f"dE_d{k}": v.tolist() for k, v in slopes.items()}, **{f"new_{k}": v.tolist() for k, v in new.items()}}
print(json.dumps({"version": jax.__version__, "precision": "float64", "shape of w1": list(p["w1"].shape), "values": values}))
