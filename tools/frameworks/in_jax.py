"""The first iteration of the worked example, in JAX: printed as JSON by the last line."""
import json

import jax
import jax.numpy as jnp

usual = str(jnp.array(0.5).dtype)
# ---- data ----
jax.config.update("jax_enable_x64", True)  # float32, if you say nothing
x = jnp.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
y = jnp.array([[0.0], [0.0], [0.0], [1.0]])
# ---- weights ----
p = {"w1": jnp.array([[0.3, -0.1], [0.2, 0.4]]),
     "b1": jnp.array([[0.1, -0.2]]),
     "w2": jnp.array([[0.5], [-0.3]]), "b2": jnp.array([[0.1]])}


# ---- forward ----
def forward(p):
    a1 = jax.nn.sigmoid(x @ p["w1"] + p["b1"])
    return jax.nn.sigmoid(a1 @ p["w2"] + p["b2"])


# ---- loss ----
def loss(p):
    return 0.5 * jnp.sum((forward(p) - y) ** 2)


# ---- slopes ----
E, slopes = jax.value_and_grad(loss)(p)
# ---- update ----
new = jax.tree.map(lambda w, slope: w - 0.5 * slope, p, slopes)
# ---- kept ----
values = {"E": float(E), **{f"dE_d{k}": v.tolist() for k, v in slopes.items()}, **{f"new_{k}": v.tolist() for k, v in new.items()}}
print(json.dumps({"version": jax.__version__, "w1": p["w1"].tolist(), "values": values, "unasked": {"precision": usual}}))
