"""The first iteration of the worked example, in Keras: printed as JSON by the last line."""
import json

import keras
import numpy as np
import tensorflow as tf

# ---- the iteration ----
keras.backend.set_floatx("float64")  # float32, if you say nothing
x = tf.constant([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], "float64")
y = tf.constant([[0.0], [0.0], [0.0], [1.0]], "float64")
net = keras.Sequential([keras.Input((2,)), keras.layers.Dense(2, "sigmoid"), keras.layers.Dense(1, "sigmoid")])
net.set_weights([np.array(w) for w in ([[0.3, -0.1], [0.2, 0.4]], [0.1, -0.2], [[0.5], [-0.3]], [0.1])])
optimizer = keras.optimizers.SGD(learning_rate=0.5)
with tf.GradientTape() as tape:  # MeanSquaredError divides by n and m, and has no ½
    E = 0.5 * keras.losses.MeanSquaredError(reduction="sum")(y, net(x))
slopes = tape.gradient(E, net.trainable_variables)
optimizer.apply_gradients(zip(slopes, net.trainable_variables, strict=True))
# ---- what is kept ----
names = ("w1", "b1", "w2", "b2")
values = {"E": float(E), **{f"dE_d{k}": s.numpy().tolist() for k, s in zip(names, slopes, strict=True)},
          **{f"new_{k}": w.tolist() for k, w in zip(names, net.get_weights(), strict=True)}}
print(json.dumps({"version": f"{keras.__version__}, TensorFlow {tf.__version__}", "precision": "float64",
                  "shape of w1": list(net.get_weights()[0].shape), "values": values}))
