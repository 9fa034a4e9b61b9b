"""The first iteration of the worked example, in Keras: printed as JSON by the last line."""
import json

import keras
import numpy as np
import tensorflow as tf

usual = keras.backend.floatx()
# ---- data ----
keras.backend.set_floatx("float64")  # float32, if you say nothing
x = tf.constant([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], "float64")
y = tf.constant([[0.0], [0.0], [0.0], [1.0]], "float64")
# ---- weights ----
net = keras.Sequential([
    keras.Input((2,)), keras.layers.Dense(2, "sigmoid"),
    keras.layers.Dense(1, "sigmoid")])
start = [[[0.3, -0.1], [0.2, 0.4]], [0.1, -0.2], [[0.5], [-0.3]], [0.1]]
net.set_weights([np.array(w) for w in start])
# ---- held ----
held = net.get_weights()[0].tolist()
# ---- forward ----
with tf.GradientTape() as tape:  # what is computed in here is noted
    a2 = net(x)
    # ---- loss ----
    E = 0.5 * keras.losses.MeanSquaredError(reduction="sum")(y, a2)
# ---- slopes ----
slopes = tape.gradient(E, net.trainable_variables)
# ---- update ----
optimizer = keras.optimizers.SGD(learning_rate=0.5)
optimizer.apply_gradients(zip(slopes, net.trainable_variables))
# ---- kept ----
names = ("w1", "b1", "w2", "b2")
values = {"E": float(E), **{f"dE_d{k}": s.numpy().tolist() for k, s in zip(names, slopes, strict=True)},
          **{f"new_{k}": w.tolist() for k, w in zip(names, net.get_weights(), strict=True)}}
net.set_weights([np.array(w) for w in start])
with tf.GradientTape() as tape:
    unasked = keras.losses.MeanSquaredError()(y, net(x))
dE_dw2 = tape.gradient(unasked, net.trainable_variables)[2].numpy().tolist()
print(json.dumps({"version": f"{keras.__version__}, TensorFlow {tf.__version__}", "w1": held, "values": values,
                  "unasked": {"precision": usual, "E": float(unasked), "dE_dw2": dE_dw2}}))
