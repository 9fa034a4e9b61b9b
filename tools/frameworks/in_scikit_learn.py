"""The first iteration of the worked example, in scikit-learn: printed as JSON by the last line."""
import json

import numpy as np
import sklearn
from sklearn.neural_network import MLPClassifier

# ---- data ----
x = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
y = np.array([0, 0, 0, 1])
# ---- weights ----
net = MLPClassifier(
    (2,), "logistic", solver="sgd", alpha=0, momentum=0,
    learning_rate_init=4 * 0.5)  # its slopes are a mean over four
net.partial_fit(x, y, classes=[0, 1])  # makes the arrays, to be overwritten
net.coefs_[0][:] = [[0.3, -0.1], [0.2, 0.4]]
net.intercepts_[0][:] = [0.1, -0.2]
net.coefs_[1][:], net.intercepts_[1][:] = [[0.5], [-0.3]], [0.1]
# ---- held ----
held = net.coefs_[0].tolist()
# ---- update ----
net.partial_fit(x, y)  # forward, loss, slopes and update in one call
E = 4 * net.loss_  # the loss is cross-entropy, there is no other
# ---- kept ----
new = {f"new_{p}{k + 1}": np.atleast_2d(v[k]).tolist() for p, v in (("w", net.coefs_), ("b", net.intercepts_)) for k in (0, 1)}
print(json.dumps({"version": sklearn.__version__, "w1": held, "values": {"E": float(E), **new},
                  "unasked": {"precision": str(net.coefs_[0].dtype), "E": float(net.loss_)}}))
