// Written by tools/names.py from quantities.py, steps.py and gates.py. Do not edit.

export const QUANTITIES = {
  x: {"symbol": "x", "shape": ["n", 2], "meaning": "inputs, one example per row", "kind": "input"},
  y: {"symbol": "y", "shape": ["n", "m"], "meaning": "targets: what the output should be", "kind": "input"},
  w1: {"symbol": "w₁", "shape": [2, "h"], "meaning": "weights into the hidden layer", "kind": "weight"},
  b1: {"symbol": "b₁", "shape": [1, "h"], "meaning": "biases of the hidden layer", "kind": "bias"},
  w2: {"symbol": "w₂", "shape": ["h", "m"], "meaning": "weights into the output", "kind": "weight"},
  b2: {"symbol": "b₂", "shape": [1, "m"], "meaning": "bias of the output", "kind": "bias"},
  learning_rate: {"symbol": "η", "shape": [], "meaning": "learning rate: the factor between a slope and its step", "kind": "rate"},
  z1: {"symbol": "z₁", "shape": ["n", "h"], "meaning": "weighted sums of the hidden layer", "kind": "activation"},
  a1: {"symbol": "a₁", "shape": ["n", "h"], "meaning": "activations of the hidden layer", "kind": "activation"},
  z2: {"symbol": "z₂", "shape": ["n", "m"], "meaning": "weighted sum of the output", "kind": "activation"},
  a2: {"symbol": "a₂", "shape": ["n", "m"], "meaning": "activation of the output: the prediction ŷ", "kind": "activation"},
  E: {"symbol": "E", "shape": [], "meaning": "loss: half the sum of the squared errors", "kind": "error"},
  dE_da2: {"symbol": "∂E/∂a₂", "shape": ["n", "m"], "meaning": "slope of the loss with respect to the output", "kind": "gradient"},
  da2_dz2: {"symbol": "∂a₂/∂z₂", "shape": ["n", "m"], "meaning": "slope of the output's activation", "kind": "gradient"},
  dz2_dw2: {"symbol": "∂z₂/∂w₂", "shape": ["n", "h"], "meaning": "slope of the weighted sum with respect to w₂", "kind": "gradient"},
  dz2_db2: {"symbol": "∂z₂/∂b₂", "shape": ["n", 1], "meaning": "slope of the weighted sum with respect to b₂", "kind": "gradient"},
  dE_dz2: {"symbol": "δ₂", "shape": ["n", "m"], "meaning": "∂E/∂z₂, slope of the loss with respect to the output's weighted sum", "kind": "gradient"},
  dE_dw2: {"symbol": "∂E/∂w₂", "shape": ["h", "m"], "meaning": "slope of the loss with respect to w₂", "kind": "gradient"},
  dE_db2: {"symbol": "∂E/∂b₂", "shape": [1, "m"], "meaning": "slope of the loss with respect to b₂", "kind": "gradient"},
  new_w2: {"symbol": "new w₂", "shape": ["h", "m"], "meaning": "weights into the output after this iteration", "kind": "weight"},
  new_b2: {"symbol": "new b₂", "shape": [1, "m"], "meaning": "bias of the output after this iteration", "kind": "bias"},
  dz2_da1: {"symbol": "∂z₂/∂a₁", "shape": ["h", "m"], "meaning": "slope of the weighted sum with respect to a₁", "kind": "gradient"},
  da1_dz1: {"symbol": "∂a₁/∂z₁", "shape": ["n", "h"], "meaning": "slope of the hidden activations", "kind": "gradient"},
  dz1_dw1: {"symbol": "∂z₁/∂w₁", "shape": ["n", 2], "meaning": "slope of the weighted sums with respect to w₁", "kind": "gradient"},
  dz1_db1: {"symbol": "∂z₁/∂b₁", "shape": ["n", 1], "meaning": "slope of the weighted sums with respect to b₁", "kind": "gradient"},
  dE_dz1: {"symbol": "δ₁", "shape": ["n", "h"], "meaning": "∂E/∂z₁, slope of the loss with respect to the hidden weighted sums", "kind": "gradient"},
  dE_dw1: {"symbol": "∂E/∂w₁", "shape": [2, "h"], "meaning": "slope of the loss with respect to w₁", "kind": "gradient"},
  dE_db1: {"symbol": "∂E/∂b₁", "shape": [1, "h"], "meaning": "slope of the loss with respect to b₁", "kind": "gradient"},
  new_w1: {"symbol": "new w₁", "shape": [2, "h"], "meaning": "weights into the hidden layer after this iteration", "kind": "weight"},
  new_b1: {"symbol": "new b₁", "shape": [1, "h"], "meaning": "biases of the hidden layer after this iteration", "kind": "bias"},
};

export const GATES = {
  AND: {"x": [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], "y": [[0.0], [0.0], [0.0], [1.0]]},
  OR: {"x": [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], "y": [[0.0], [1.0], [1.0], [1.0]]},
  NAND: {"x": [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], "y": [[1.0], [1.0], [1.0], [0.0]]},
  NOR: {"x": [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], "y": [[1.0], [0.0], [0.0], [0.0]]},
  XOR: {"x": [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], "y": [[0.0], [1.0], [1.0], [0.0]]},
};

export const EXAMPLES = {
  "two examples": {"x": [[0.0, 1.0], [1.0, 1.0]], "y": [[0.0], [1.0]]},
  AND: {"x": [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], "y": [[0.0], [0.0], [0.0], [1.0]]},
  OR: {"x": [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], "y": [[0.0], [1.0], [1.0], [1.0]]},
  NAND: {"x": [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], "y": [[1.0], [1.0], [1.0], [0.0]]},
  NOR: {"x": [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], "y": [[1.0], [0.0], [0.0], [0.0]]},
  XOR: {"x": [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], "y": [[0.0], [1.0], [1.0], [0.0]]},
};

export const LEARNING_RATE = 0.5;

export const STOPS = [
  {"label": "F1", "name": "Forward 1", "layer": "forward", "title": "weighted sums of the hidden layer", "words": "Each hidden neuron multiplies the [inputs](x) by its [weights](w1), adds them up, and adds its [bias](b1).", "outputs": ["z1"], "role": null, "formulas": {"any": [{"gives": "z1", "parts": [[{"q": "x"}, "  ", {"q": "w1"}, " + ", {"q": "b1"}]]}]}, "code": {"any": ["return x @ w1 + b1"]}},
  {"label": "F2", "name": "Forward 2", "layer": "forward", "title": "activations of the hidden layer", "words": "Each [weighted sum](z1) goes through the activation function by itself.", "outputs": ["a1"], "role": "hidden", "formulas": {"sigmoid": [{"gives": "a1", "parts": [["σ(", {"q": "z1"}, ")"]]}], "tanh": [{"gives": "a1", "parts": [["tanh(", {"q": "z1"}, ")"]]}], "relu": [{"gives": "a1", "parts": [["ReLU(", {"q": "z1"}, ")"]]}], "identity": [{"gives": "a1", "parts": [["id(", {"q": "z1"}, ")"]]}]}, "code": {"any": ["return hidden(z1)"]}},
  {"label": "F3", "name": "Forward 3", "layer": "forward", "title": "weighted sum of the output", "words": "The output does the same with the [hidden activations](a1): [weights](w2), [sum](z2), [bias](b2).", "outputs": ["z2"], "role": null, "formulas": {"any": [{"gives": "z2", "parts": [[{"q": "a1"}, "  ", {"q": "w2"}, " + ", {"q": "b2"}]]}]}, "code": {"any": ["return a1 @ w2 + b2"]}},
  {"label": "F4", "name": "Forward 4", "layer": "forward", "title": "activation of the output, the prediction", "words": "The [sum](z2) goes through the activation function. What comes out is the [prediction](a2).", "outputs": ["a2"], "role": "output", "formulas": {"sigmoid": [{"gives": "a2", "parts": [["σ(", {"q": "z2"}, ")"]]}], "tanh": [{"gives": "a2", "parts": [["tanh(", {"q": "z2"}, ")"]]}], "relu": [{"gives": "a2", "parts": [["ReLU(", {"q": "z2"}, ")"]]}], "identity": [{"gives": "a2", "parts": [["id(", {"q": "z2"}, ")"]]}]}, "code": {"any": ["return output(z2)"]}},
  {"label": "E", "name": "Loss", "layer": "loss", "title": "half the sum of the squared errors", "words": "[One number](E) for how wrong the [predictions](a2) are, all examples together.", "outputs": ["E"], "role": "loss", "formulas": {"squared_error": [{"gives": "E", "parts": [["½ Σ (", {"q": "a2"}, " − ", {"q": "y"}, ")²"]]}], "cross_entropy": [{"gives": "E", "parts": [["−Σ (", {"q": "y"}, " ⊙ log ", {"q": "a2"}, " + (1 − ", {"q": "y"}, ") ⊙ log (1 − ", {"q": "a2"}, "))"]]}]}, "code": {"squared_error": ["error = a2 - y", "return 0.5 * (error * error).sum(axis=(-2, -1))"], "cross_entropy": ["return -(y * _log(a2) + (1 - y) * _log(1 - a2)).sum(axis=(-2, -1))"]}},
  {"label": "1", "name": "Step 1", "layer": "output layer", "title": "how the loss changes with the output", "words": "How much the [loss](E) would grow if a [prediction](a2) grew: positive where it is too high, negative where it is too low.", "outputs": ["dE_da2"], "role": "loss", "formulas": {"squared_error": [{"gives": "dE_da2", "parts": [[{"q": "a2"}, " − ", {"q": "y"}]]}], "cross_entropy": [{"gives": "dE_da2", "parts": [["(", {"q": "a2"}, " − ", {"q": "y"}, ") ⊘ (", {"q": "a2"}, " ⊙ (1 − ", {"q": "a2"}, "))"]]}]}, "code": {"squared_error": ["return a2 - y"], "cross_entropy": ["return (a2 - y) / np.maximum(a2 * (1 - a2), SMALLEST_SPREAD)"]}},
  {"label": "2", "name": "Step 2", "layer": "output layer", "title": "slope of the output's activation", "words": "How much a [prediction](a2) grows when its [weighted sum](z2) grows: most in the middle of the curve, hardly at its ends.", "outputs": ["da2_dz2"], "role": "output", "formulas": {"sigmoid": [{"gives": "da2_dz2", "parts": [["σ′(", {"q": "z2"}, ")"], [{"q": "a2"}, " ⊙ (1 − ", {"q": "a2"}, ")"]]}], "tanh": [{"gives": "da2_dz2", "parts": [["tanh′(", {"q": "z2"}, ")"], ["1 − ", {"q": "a2"}, " ⊙ ", {"q": "a2"}]]}], "relu": [{"gives": "da2_dz2", "parts": [["ReLU′(", {"q": "z2"}, ")"], ["[", {"q": "z2"}, " > 0]"]]}], "identity": [{"gives": "da2_dz2", "parts": [["id′(", {"q": "z2"}, ")"], ["1"]]}]}, "code": {"any": ["return output.slope(z2, a2)"]}},
  {"label": "3", "name": "Step 3", "layer": "output layer", "title": "how the output's weighted sum changes with w₂", "words": "A [weight](w2) is multiplied by a [hidden activation](a1). So that is how much the weight moves the [sum](z2).", "outputs": ["dz2_dw2"], "role": null, "formulas": {"any": [{"gives": "dz2_dw2", "parts": [[{"q": "a1"}]]}]}, "code": {"any": ["return a1"]}},
  {"label": "4", "name": "Step 4", "layer": "output layer", "title": "how the output's weighted sum changes with b₂", "words": "The [bias](b2) is added as it is, so the [sum](z2) moves exactly as much as the bias.", "outputs": ["dz2_db2"], "role": null, "formulas": {"any": [{"gives": "dz2_db2", "parts": [["1"]]}]}, "code": {"any": ["return np.ones((z2.shape[-2], 1))"]}},
  {"label": "5", "name": "Step 5", "layer": "output layer", "title": "how the loss changes with w₂", "words": "How much the [loss](E) would grow if a [weight](w2) grew. Along a path the slopes multiply; over the examples they add up.", "outputs": ["dE_dz2", "dE_dw2"], "role": null, "formulas": {"any": [{"gives": "dE_dz2", "parts": [[{"q": "dE_da2"}, " ⊙ ", {"q": "da2_dz2"}]]}, {"gives": "dE_dw2", "parts": [["(", {"q": "dz2_dw2"}, ")ᵀ ", {"q": "dE_dz2"}]]}]}, "code": {"any": ["dE_dz2 = dE_da2 * da2_dz2", "return dE_dz2, dz2_dw2.mT @ dE_dz2"]}},
  {"label": "6", "name": "Step 6", "layer": "output layer", "title": "how the loss changes with b₂", "words": "The same for the [bias](b2): its [slope is 1](dz2_db2), so the [slopes of all examples](dE_dz2) are added up as they are.", "outputs": ["dE_db2"], "role": null, "formulas": {"any": [{"gives": "dE_db2", "parts": [["(", {"q": "dz2_db2"}, ")ᵀ ", {"q": "dE_dz2"}]]}]}, "code": {"any": ["return dz2_db2.mT @ dE_dz2"]}},
  {"label": "7", "name": "Step 7", "layer": "output layer", "title": "new w₂ and b₂", "words": "One small step downhill: the [learning rate](learning_rate) times the [slope](dE_dw2). The [old values](w2) stay in use until step 14 is done.", "outputs": ["new_w2", "new_b2"], "role": null, "formulas": {"any": [{"gives": "new_w2", "parts": [[{"q": "w2"}, " − ", {"q": "learning_rate"}, "  ", {"q": "dE_dw2"}]]}, {"gives": "new_b2", "parts": [[{"q": "b2"}, " − ", {"q": "learning_rate"}, "  ", {"q": "dE_db2"}]]}]}, "code": {"any": ["return w2 - learning_rate * dE_dw2, b2 - learning_rate * dE_db2"]}},
  {"label": "8", "name": "Step 8", "layer": "hidden layer", "title": "how the output's weighted sum changes with a₁", "words": "A [hidden activation](a1) moves the [sum](z2) by the weight that carries it. That was the [old weight](w2).", "outputs": ["dz2_da1"], "role": null, "formulas": {"any": [{"gives": "dz2_da1", "parts": [[{"q": "w2"}]]}]}, "code": {"any": ["return w2"]}},
  {"label": "9", "name": "Step 9", "layer": "hidden layer", "title": "slope of the hidden activations", "words": "How much a [hidden activation](a1) grows when its [weighted sum](z1) grows.", "outputs": ["da1_dz1"], "role": "hidden", "formulas": {"sigmoid": [{"gives": "da1_dz1", "parts": [["σ′(", {"q": "z1"}, ")"], [{"q": "a1"}, " ⊙ (1 − ", {"q": "a1"}, ")"]]}], "tanh": [{"gives": "da1_dz1", "parts": [["tanh′(", {"q": "z1"}, ")"], ["1 − ", {"q": "a1"}, " ⊙ ", {"q": "a1"}]]}], "relu": [{"gives": "da1_dz1", "parts": [["ReLU′(", {"q": "z1"}, ")"], ["[", {"q": "z1"}, " > 0]"]]}], "identity": [{"gives": "da1_dz1", "parts": [["id′(", {"q": "z1"}, ")"], ["1"]]}]}, "code": {"any": ["return hidden.slope(z1, a1)"]}},
  {"label": "10", "name": "Step 10", "layer": "hidden layer", "title": "how the hidden weighted sums change with w₁", "words": "A [weight of the hidden layer](w1) is multiplied by an [input](x). So that is how much the weight moves the [sum](z1).", "outputs": ["dz1_dw1"], "role": null, "formulas": {"any": [{"gives": "dz1_dw1", "parts": [[{"q": "x"}]]}]}, "code": {"any": ["return x"]}},
  {"label": "11", "name": "Step 11", "layer": "hidden layer", "title": "how the hidden weighted sums change with b₁", "words": "A [bias](b1) is added as it is here, too: the slope is 1.", "outputs": ["dz1_db1"], "role": null, "formulas": {"any": [{"gives": "dz1_db1", "parts": [["1"]]}]}, "code": {"any": ["return np.ones((z1.shape[-2], 1))"]}},
  {"label": "12", "name": "Step 12", "layer": "hidden layer", "title": "how the loss changes with w₁", "words": "The [slope](dE_dz2) travels back through the [old weights](dz2_da1) and through the [curve](da1_dz1). Then it meets the [inputs](dz1_dw1).", "outputs": ["dE_dz1", "dE_dw1"], "role": null, "formulas": {"any": [{"gives": "dE_dz1", "parts": [[{"q": "dE_dz2"}, " (", {"q": "dz2_da1"}, ")ᵀ ⊙ ", {"q": "da1_dz1"}]]}, {"gives": "dE_dw1", "parts": [["(", {"q": "dz1_dw1"}, ")ᵀ ", {"q": "dE_dz1"}]]}]}, "code": {"any": ["dE_dz1 = dE_dz2 @ dz2_da1.mT * da1_dz1", "return dE_dz1, dz1_dw1.mT @ dE_dz1"]}},
  {"label": "13", "name": "Step 13", "layer": "hidden layer", "title": "how the loss changes with b₁", "words": "The same for the [biases of the hidden layer](b1): the [slopes of all examples](dE_dz1), added up.", "outputs": ["dE_db1"], "role": null, "formulas": {"any": [{"gives": "dE_db1", "parts": [["(", {"q": "dz1_db1"}, ")ᵀ ", {"q": "dE_dz1"}]]}]}, "code": {"any": ["return dz1_db1.mT @ dE_dz1"]}},
  {"label": "14", "name": "Step 14", "layer": "hidden layer", "title": "new w₁ and b₁", "words": "The last step downhill. Now all [new values](new_w1) take effect together, and the next epoch begins.", "outputs": ["new_w1", "new_b1"], "role": null, "formulas": {"any": [{"gives": "new_w1", "parts": [[{"q": "w1"}, " − ", {"q": "learning_rate"}, "  ", {"q": "dE_dw1"}]]}, {"gives": "new_b1", "parts": [[{"q": "b1"}, " − ", {"q": "learning_rate"}, "  ", {"q": "dE_db1"}]]}]}, "code": {"any": ["return w1 - learning_rate * dE_dw1, b1 - learning_rate * dE_db1"]}},
];
