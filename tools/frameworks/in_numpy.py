"""The first iteration of the worked example, in NumPy: printed as JSON by the last line."""
import json

import numpy as np

# ---- data ----
x = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
y = np.array([[0.0], [0.0], [0.0], [1.0]])
# ---- weights ----
w1, b1 = np.array([[0.3, -0.1], [0.2, 0.4]]), np.array([[0.1, -0.2]])
w2, b2 = np.array([[0.5], [-0.3]]), np.array([[0.1]])
# ---- forward ----
a1 = 1 / (1 + np.exp(-(x @ w1 + b1)))
a2 = 1 / (1 + np.exp(-(a1 @ w2 + b2)))
# ---- loss ----
E = 0.5 * ((a2 - y) ** 2).sum()
# ---- slopes ----
d2 = (a2 - y) * a2 * (1 - a2)  # steps 1, 2
dw2, db2 = a1.T @ d2, d2.sum(axis=0)  # 3 to 6
d1 = d2 @ w2.T * a1 * (1 - a1)  # 8, 9
dw1, db1 = x.T @ d1, d1.sum(axis=0)  # 10 to 13
# ---- update ----
new = [p - 0.5 * d for p, d in ((w1, dw1), (b1, db1), (w2, dw2), (b2, db2))]
# ---- kept ----
names = ("w1", "b1", "w2", "b2")
values = {"E": float(E), **{f"dE_d{k}": s.tolist() for k, s in zip(names, (dw1, db1, dw2, db2), strict=True)},
          **{f"new_{k}": w.tolist() for k, w in zip(names, new, strict=True)}}
print(json.dumps({"version": np.__version__, "w1": w1.tolist(), "values": values, "unasked": {"precision": str(w1.dtype)}}))
