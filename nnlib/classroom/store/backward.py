"""Items on the way back: slopes, the chain rule, and the fourteen steps."""
from nnlib.activations import SIGMOID
from nnlib.classroom.items import (
    Bug,
    Choose,
    Compute,
    Decoy,
    Draw,
    Explain,
    Given,
    Item,
    Match,
    OfNetwork,
    Option,
    Order,
    Pair,
    Point,
    Slip,
    Swap,
)
from nnlib.network import squared_error


def _answer(draw: Draw) -> Given:
    return {"a": draw.pick([0.1, 0.2, 0.3, 0.6, 0.7, 0.8, 0.9]), "y": draw.pick([0, 1])}


def _gears(draw: Draw) -> Given:
    return {"c": draw.pick([2, 3, 4]), "d": draw.pick([-3, -1, 2, 5]), "w": draw.pick([1, 2, 3])}


def _step(draw: Draw) -> Given:
    return {"w": draw.tenths(-9, 9), "g": draw.pick([-0.08, -0.06, -0.02, 0.04, 0.06, 0.08]), "r": draw.pick([0.5, 0.25, 0.2])}


def _paths(draw: Draw) -> Given:
    return {"p": draw.tenths(-9, 9), "q": draw.tenths(-9, 9), "s": draw.tenths(-9, 9), "t": draw.tenths(-9, 9)}


def _four(draw: Draw) -> Given:
    return {"p": draw.pick([1, 2, 3]), "q": draw.pick([2, 3, 4]), "s": draw.pick([0.1, 0.2, 0.3]), "t": draw.pick([-0.1, -0.2, 0.4, 0.5])}


def _blames(draw: Draw) -> Given:
    return {"p": draw.tenths(1, 4), "q": draw.tenths(-3, 3), "s": draw.tenths(-3, 3)}


def _blame_back(draw: Draw) -> Given:
    return {"d": draw.pick([-0.4, -0.2, 0.2, 0.4]), "w": draw.pick([-2, -1, 2, 3]), "a": draw.pick([0.2, 0.5, 0.8])}


def _error(a: float, y: float) -> float:
    return a - y


def _curve(a: float) -> float:
    return float(SIGMOID.slope(0.0, a))  # from the activation alone


def _measured(c: float, d: float, w: float) -> float:
    """The slope of ½ (c w + d)² with respect to w, by the chain rule."""
    return (c * w + d) * c


ITEMS: tuple[Item, ...] = (
    Choose(key="square-of-five-w", page="backward/chain_rule", section="Gears: factors multiply", level=2, quiz=True,
           ask="E = u² and u = 5w. What is the slope of E with respect to w, at w = 2?",
           options=(
               Option("20",
                      "That is 2u alone, at u = 10. The path has a second factor: u grows 5 times as fast as w.",
                      "path cut short"),
               Option("25",
                      "You added: 20 + 5. Along one path slopes are multiplied.",
                      "factors added"),
               Option("100",
                      "At w = 2 we have u = 10, and 2 · 10 · 5 = 100. (And indeed E = 25 w², with the slope 50 w.)"),
               Option("4",
                      "That would be 2w. But E is the square of u, and u is 10.",
                      "slope at the wrong place"),
           ),
           facts=(
               "2 * 10 * 5 == 100 == 50 * 2",
               "2 * 10 == 20",
               "2 * 10 + 5 == 25",
               "2 * 2 == 4",
           )),
    Choose(key="where-slopes-add", page="backward/chain_rule", section="Two paths: paths add", level=1, quiz=True,
           ask="Where do slopes add?",
           options=(
               Option("along a path",
                      "Along a path they are multiplied, as with gears.",
                      "factors added"),
               Option("over the paths, and so over the examples",
                      "Factors multiply, paths add."),
               Option("nowhere: each example has a gradient of its own",
                      "It has a share of its own. But all of them pull at the same weights, so the shares are added.",
                      "each example has its own gradient"),
               Option("in a mean, so that more examples do not count more",
                      "With the sum that we use, they do count more. A mean is another convention.",
                      "mean for sum"),
           )),
    Choose(key="delta-of-one", page="backward/step_05_dE_dw2", section="One weight, one example", level=2, quiz=True,
           ask="For one example a₂ = 0.8 and y = 1. What is δ₂?",
           options=(
               Option("−0.2",
                      "That is step 1 alone, the error. On the way to z₂ it is multiplied by the slope of the curve.",
                      "no output slope"),
               Option("0.16",
                      "That is step 2 alone, 0.8 · 0.2.",
                      "error forgotten"),
               Option("−0.032",
                      "It is (0.8 − 1) · 0.8 · 0.2. The answer is too low, so the loss falls when z₂ goes up."),
               Option("0.032",
                      "The size is right. But the error is prediction *minus* target, which is negative here.",
                      "swapped error"),
           ),
           facts=(
               "round((0.8 - 1) * 0.8 * 0.2, 9) == -0.032",
               "round(0.8 * 0.2, 9) == 0.16",
               "round(0.8 - 1, 9) == -0.2",
           )),
    Choose(key="old-or-new-w2", page="backward/step_08_dz2_da1", section="The check finds what training hides", level=2, quiz=True,
           ask="Why does step 8 take the old w₂, although step 7 has just computed a new one?",
           options=(
               Option("Because the new one is not known yet.",
                      "Step 7 has computed it. That is the trap.",
                      "new values not known"),
               Option("Because the loss was computed with the old one.",
                      "A slope belongs to the place where you stand. With the new w₂ you would mix two places."),
               Option("Because the new one would make training diverge.",
                      "It does not. The loss falls all the same, which is why this bug is so hard to see.",
                      "wrong slopes diverge"),
               Option("It does not matter; the difference is too small.",
                      "The slopes come out different, by about three percent in our example. A check of the gradients finds it.",
                      "small differences do not matter"),
           ),
           facts=(
               "abs(iteration(TWO_EXAMPLES.x, TWO_EXAMPLES.y, Parameters.example(), 0.5).dE_dw1 / iteration(TWO_EXAMPLES.x, "
               'TWO_EXAMPLES.y, Parameters.example(), 0.5, operations=MISTAKES["updated w2"].operations).dE_dw1 - 1).max() < 0.035',
           )),
    Choose(key="slopes-for-no-input", page="backward/step_10_dz1_dw1", section="Exercises", level=2, quiz=True,
           ask="Which slopes are zero for the example (0, 0)?",
           options=(
               Option("those with respect to w₁ only",
                      "Step 10 gives the inputs, and they are 0. The biases and w₂ do learn from it."),
               Option("those with respect to w₁ and b₁",
                      "A bias counts whatever the inputs are: the slope of z₁ with respect to it is 1.",
                      "bias counts only with an input"),
               Option("all of them",
                      "The hidden activations are not 0, they are σ(b₁). So w₂ and both biases learn.",
                      "no input, no slope"),
               Option("none",
                      "Look at step 10: what a weight of the first layer is multiplied by is an input.",
                      "inputs do not matter"),
           ),
           facts=(
               "not iteration([[0, 0]], [[0]], Parameters.example(), 0.5).dE_dw1.any()",
               "iteration([[0, 0]], [[0]], Parameters.example(), 0.5).dE_db1.all()",
               "iteration([[0, 0]], [[0]], Parameters.example(), 0.5).dE_dw2.all()",
           )),
    Choose(key="shape-of-dE-dw1", page="backward/step_12_dE_dw1", section="Where the transpose shows", level=2, quiz=True,
           ask="δ₁ has the shape (3, 2), x has (3, 2). How do you get ∂E/∂w₁?",
           options=(
               Option("x δ₁",
                      "The shapes (3, 2) and (3, 2) do not fit. With our two examples they would have, and nobody might have noticed.",
                      "no transpose for w1"),
               Option("xᵀ δ₁",
                      "With (2, 3) and (3, 2) it is 2 × 2, and what is added up are the three examples."),
               Option("x ⊙ δ₁",
                      "That multiplies numbers which merely stand in the same place, and it has the shape (3, 2). A gradient has the "
                      "shape of w₁.",
                      "elementwise for product"),
               Option("δ₁ᵀ x",
                      "The shape is right, since w₁ is square. But it is the gradient turned over: rows and columns have changed "
                      "places.",
                      "transposed"),
           ),
           facts=(
               "(np.ones((3, 2)).T @ np.ones((3, 2))).shape == (2, 2)",
           )),
    Choose(key="one-new-weight", page="backward/step_07_new_w2_new_b2", section="Plus for minus", level=1, quiz=True,
           ask="η is 0.5, a weight is −0.3, its slope is 0.02. What is the new weight?",
           options=(
               Option("−0.29",
                      "You added η times the slope. That is uphill.",
                      "uphill"),
               Option("−0.31",
                      "It is −0.3 − 0.5 · 0.02. A positive slope means go down, also for a weight that is negative."),
               Option("−0.32",
                      "The learning rate is missing: you subtracted the whole slope.",
                      "no rate in w2"),
               Option("−0.28",
                      "You added the slope, and without the learning rate.",
                      "uphill, and no rate"),
           ),
           facts=(
               "round(-0.3 - 0.5 * 0.02, 9) == -0.31",
               "round(-0.3 + 0.5 * 0.02, 9) == -0.29",
               "round(-0.3 - 0.02, 9) == -0.32",
               "round(-0.3 + 0.02, 9) == -0.28",
           )),
    Compute(key="slope-of-loss", page="backward/step_01_dE_da2", section="The other way round", level=1,
            ask="With the loss E = ½ (a₂ − y)², for one example a₂ = {a} and y = {y}. What is ∂E/∂a₂?",
            draw=_answer, right=_error, judge="diff(Rational(1, 2)*(a - y)**2, a)", digits=2,
            slips=(Slip("swapped error", lambda a, y: y - a, "The size is right. It is prediction minus target."),
                   Slip("doubled error", lambda a, y: 2 * (a - y), "A factor of 2 is too many: the ½ of the loss takes it away."),
                   Slip("squared error", lambda a, y: squared_error([[a]], [[y]]), "That is the loss itself. The question is about its slope."))),
    Compute(key="slope-of-curve", page="backward/step_02_da2_dz2", section="A slip that does no harm, until you need it", level=1,
            ask="A sigmoid neuron answers a₂ = {a}. How steep is its curve there, ∂a₂/∂z₂, to two decimals?",
            draw=lambda draw: {"a": draw.pick([0.1, 0.2, 0.3, 0.4, 0.45, 0.65, 0.7, 0.75, 0.85, 0.9])}, right=_curve,
            judge="diff(sigma(z), z).subs(z, log(a/(1 - a)))", digits=2,
            slips=(Slip("value for da2", lambda a: a, "That is the activation itself. The slope is a (1 − a)."),
                   Slip("half of da2", lambda a: 1 - a, "That is only one factor of a (1 − a)."),
                   Slip("sigma twice", lambda a: SIGMOID(a) * (1 - SIGMOID(a)),
                        "You applied σ once more. a₂ has been through the curve already."))),
    Compute(key="blame-of-one", page="backward/step_05_dE_dw2", section="One weight, one example", level=2,
            ask="Sigmoid output, squared error: for one example a₂ = {a} and y = {y}. What is δ₂ = ∂E/∂z₂?",
            draw=_answer, right=lambda a, y: _error(a, y) * _curve(a),
            judge="diff(Rational(1, 2)*(sigma(z) - y)**2, z).subs(z, log(a/(1 - a)))",
            slips=(Slip("no output slope", _error, "That is step 1 alone. On the way to z₂ it is multiplied by the slope of the curve."),
                   Slip("error forgotten", lambda a, y: _curve(a), "That is step 2 alone, the slope of the curve."),
                   Slip("swapped error", lambda a, y: -_error(a, y) * _curve(a), "The size is right. The error is prediction minus target."),
                   Slip("factors added", lambda a, y: _error(a, y) + _curve(a), "You added. Along one path slopes are multiplied."))),
    Compute(key="gears", page="backward/chain_rule", section="Gears: factors multiply", level=2,
            ask="E = ½ u² and u = {c} w + {d}. What is the slope of E with respect to w, at w = {w}?",
            draw=_gears, right=_measured, judge="diff((c*w + d)**2/2, w)",
            slips=(Slip("path cut short", lambda c, d, w: c * w + d, "That is the slope with respect to u. The path has a second factor: how fast u grows with w."),
                   Slip("factors added", lambda c, d, w: c * w + d + c, "You added. Along one path slopes are multiplied."),
                   Slip("slope at the wrong place", lambda c, d, w: w * c, "You took the slope of ½ u² at w. It has to be taken at u."))),
    Compute(key="two-paths", page="backward/chain_rule", section="Two paths: paths add", level=2,
            ask="E depends on x over two paths. On the first the slopes are {p} and {q}, on the second {s} and {t}. What is the slope of E with respect to x?",
            draw=_paths, right=lambda p, q, s, t: p * q + s * t, judge="p*q + s*t",
            slips=(Slip("path cut short", lambda p, q, s, t: p * q, "That is the first path only. x reaches E over both."),
                   Slip("factors added", lambda p, q, s, t: (p + q) * (s + t), "The other way round: multiply along each path, then add the paths."),
                   Slip("mean for sum", lambda p, q, s, t: (p * q + s * t) / 2, "You took the mean of the paths. They add."))),
    Compute(key="one-step-down", page="backward/step_07_new_w2_new_b2", section="Plus for minus", level=1,
            ask="The learning rate is {r}, a weight is {w}, and the slope of the loss with respect to it is {g}. What is the new weight?",
            draw=_step, right=lambda w, g, r: w - r * g, judge="w - r*g", digits=4,
            slips=(Slip("uphill", lambda w, g, r: w + r * g, "You added η times the slope. That is uphill."),
                   Slip("no rate in w2", lambda w, g, r: w - g, "The learning rate is missing."),
                   Slip("only the step in w2", lambda w, g, r: r * g, "That is only the step: it still has to be taken from the old weight."))),
    Compute(key="slope-of-a-square", page="backward/slopes", section="Six rules, and one for σ", level=1,
            ask="f(u) = {c} u². How steep is it at u = {u}?",
            draw=lambda draw: {"c": draw.pick([2, 3, 4, 5]), "u": draw.pick([1, 3, 4, 5])},
            right=lambda c, u: 2 * c * u, judge="diff(c*u**2, u)",
            slips=(Slip("value for slope", lambda c, u: c * u**2, "That is how high the curve is there. Its slope is twice the factor in front, times u."),
                   Slip("half", lambda c, u: c * u, "The slope of u² is 2u: a factor of 2 is missing."),
                   Slip("slope at the wrong place", lambda c, u: 2 * c, "That is the slope at u = 1. A slope belongs to a place."))),
    Compute(key="one-knob-held", page="backward/slopes", section="Several knobs: what ∂ means", level=1,
            ask="f(u, v) = u · v at u = {u}, v = {v}. You hold v still. What is ∂f/∂u?",
            draw=lambda draw: {"u": draw.pick([2, 3, 4, 6]), "v": draw.pick([-3, 5, 7, 8])},
            right=lambda u, v: v, judge="diff(u*v, u)",
            slips=(Slip("the other knob", lambda u, v: u, "That is ∂f/∂v. While v is held still, u · v is v times u."),
                   Slip("value for slope", lambda u, v: u * v, "That is f itself. Turn u by 1, and f grows by v."))),
    Compute(key="row-by-column", page="backward/matrices", section="Row times column", level=1,
            ask="The row ({p}, {q}) meets the column ({s}, {t}). Which number comes out?",
            draw=_four, right=lambda p, q, s, t: p * s + q * t, judge="p*s + q*t",
            slips=(Slip("path cut short", lambda p, q, s, t: p * s, "That is the first product. The second is added to it."),
                   Slip("rows and columns exchanged", lambda p, q, s, t: p * t + q * s, "The fingers run side by side: first with first, second with second."),
                   Slip("added before multiplying", lambda p, q, s, t: (p + q) * (s + t), "Multiply in pairs first, and add then."))),
    Compute(key="bias-from-blames", page="backward/step_06_dE_db2", section="Sum or mean?", level=1,
            ask="Three examples have the δ₂ {p}, {q} and {s}. What is ∂E/∂b₂?",
            draw=_blames, right=lambda p, q, s: p + q + s, judge="p + q + s",
            slips=(Slip("mean for sum", lambda p, q, s: (p + q + s) / 3, "That is the mean. Our loss adds the examples, and so do its slopes."),
                   Slip("first example only", lambda p, q, s: p, "That is the first example's share. The bias speaks in all three."))),
    Compute(key="through-curves", page="backward/step_09_da1_dz1", section="The vanishing gradient", level=2,
            ask="A slope of {g} goes back through {k} sigmoids, each at z = 0, and through weights of 1. What is left of it?",
            draw=lambda draw: {"g": draw.pick([1.6, 3.2, 6.4, 16]), "k": draw.pick([2, 3])},
            right=lambda g, k: g * 0.25**k, judge="g/4**k", digits=4,
            slips=(Slip("factors added", lambda g, k: g / (4 * k), "You added the fours, and divided once. Each curve lets a quarter through of what the one before left."),
                   Slip("value for da1", lambda g, k: g * 0.5**k, "½ is what the curve gives at 0. How steep it is there is ¼."))),
    Compute(key="delta-one-of-one", page="backward/step_12_dE_dw1", section="One weight, one example", level=2,
            ask="δ₂ is {d}. It goes back over a weight of {w} to a hidden sigmoid neuron that answers {a}. What is that neuron's δ₁?",
            draw=_blame_back, right=lambda d, w, a: d * w * _curve(a), judge="d*w*a*(1 - a)",
            slips=(Slip("no hidden slope", lambda d, w, a: d * w, "That has arrived at the activation. Behind it lies the curve, with its slope a(1 − a)."),
                   Slip("value for da1", lambda d, w, a: d * w * a, "The last factor is the curve's slope, a(1 − a), and not what the neuron says."),
                   Slip("blame not handed on", lambda d, w, a: d * _curve(a), "The weight is missing: blame goes back over the edge, and counts with it."))),
    OfNetwork(key="network-dE-dz2", page="backward/step_05_dE_dw2", section="Both weights", level=2, quantity="dE_dz2", row=1, column=0),
    OfNetwork(key="network-dE-dw2", page="backward/step_05_dE_dw2", section="Both weights", level=2, quantity="dE_dw2", row=0, column=0),
    OfNetwork(key="network-dE-dw1", page="backward/step_12_dE_dw1", section="All four weights", level=3, quantity="dE_dw1", row=1, column=0),
    Bug(key="step-8-in-code", page="backward/step_08_dz2_da1", section="The check finds what training hides", level=2,
        ask="The loss falls, and a check of the update fails for w1. Which line is wrong?",
        code="w2 = w2 - rate * dE_dw2\ndE_dz1 = dE_dz2 @ w2.T * a1 * (1 - a1)\ndE_dw1 = x.T @ dE_dz1\nw1 = w1 - rate * dE_dw1",
        options=(
            Option("line 1 comes too early: line 2 needs the old w2",
                   "A slope belongs to the place where the loss was computed. Keep the old w2 until all slopes are there."),
            Option("line 2: the slope of the curve is a1 alone", "a1 * (1 - a1) is right. With a1 alone you would have σ for σ′.", "value for da1"),
            Option("line 3: x must not be turned", "It has to be: examples are what is added up, so they have to meet.", "no transpose for w1"),
            Option("line 4: the slope has to be added", "That would be uphill. Minus is right.", "uphill in w1"))),
    Bug(key="slope-in-code", page="backward/step_02_da2_dz2", section="A slip that does no harm, until you need it", level=2,
        ask="slope is called with an activation a, and gives 0.2350 for a = 0.5. It should be 0.25. What is wrong?",
        code="def slope(a):\n    return sigmoid(a) * (1 - sigmoid(a))",
        facts=("round(SIGMOID(0.5) * (1 - SIGMOID(0.5)), 4) == 0.2350", "0.5 * (1 - 0.5) == 0.25"),
        options=(
            Option("It applies σ to what has been through σ already.", "a *is* σ(z). So the slope is a * (1 - a), and no sigmoid is called at all."),
            Option("It should be 1 + sigmoid(a).", "The slope is a (1 − a). With a plus it could be larger than ¼, its greatest value.", "wrong sign"),
            Option("The second factor is not needed.", "Both are: a (1 − a). One alone is the activation.", "value for da2"),
            Option("Rounding: the numbers are the same.", "They differ by 6%. Rounding does not do that.", "small differences do not matter"))),
    Order(key="chain-to-w2", page="backward/chain_rule", section="One path: from the loss to a weight", level=2,
          ask="A weight of w₂ has no direct line to the loss. In which order do the slopes come, from the loss back to the weight?",
          steps=("∂E/∂a₂", "∂a₂/∂z₂", "∂z₂/∂w₂"),
          swaps=(Swap(0, 2, "forward order back", "That is the way forward. Back means: begin at the loss."),
                 Swap(1, 2, "no output slope", "Between a₂ and w₂ lies z₂. The curve has to be crossed first.")),
          feedback="From the loss to the prediction, through the curve to the sum, and from the sum to the weight."),
    Order(key="one-iteration-back", page="backward/step_14_new_w1_new_b1", section="Exercises", level=2,
          ask="Put the way back to the hidden layer in order.",
          steps=("the error of the answer, ∂E/∂a₂", "the blame of the output's sum, δ₂", "through w₂ and the hidden curve: the blame of the hidden sums, δ₁",
                 "the slopes for w₁ and b₁", "new values take effect, in both layers at once"),
          swaps=(Swap(0, 1, "error forgotten", "The blame of a sum is the error, times the slope of the curve: the error comes first."),
                 Swap(1, 2, "forward order back", "Blame comes from the loss. It reaches the output's sum before the hidden ones."),
                 Swap(2, 3, "blame not handed on", "The hidden layer's slopes need the blame that comes from the output."),
                 Swap(2, 4, "updated w2", "The blame goes through the old w₂, so no new value may be in place yet."),
                 Swap(3, 4, "update before the slopes", "One cannot take a step before its slope is known.")),
          feedback="Slopes first, and from the old weights. New values are put aside until the last step."),
    Match(key="steps-and-values", page="backward/chain_rule", section="The map", level=2,
          ask="Which local slope is what?",
          pairs=(Pair("∂z₂/∂w₂", "a₁", "What a weight is multiplied by on the way forward is its slope on the way back."),
                 Pair("∂z₂/∂a₁", "the old w₂", "z₂ = a₁ w₂ + b₂: what multiplies a₁ is w₂."), Pair("∂z₁/∂w₁", "x", "The inputs are what w₁ is multiplied by."),
                 Pair("∂z₂/∂b₂", "1", "A bias is added as it is.")),
          decoys=(Decoy("z₁", "sums for activations", "The output never sees z₁. It has gone through the curve."),
                  Decoy("the new w₂", "updated w2", "The loss was computed with the old one."),
                  Decoy("0", "no bias slope", "A bias moves the sum by as much as it moves itself."))),
    Explain(key="why-old-w2", page="backward/step_08_dz2_da1", section="The check finds what training hides", level=3,
            ask="Step 7 gives a better w₂. Why does step 8 take the old one all the same?",
            model="All slopes of one iteration say how the loss changes at one place: where the weights stood when the loss was computed. "
                  "The new w₂ belongs to another place. A slope that mixes both is the slope of nothing. The loss falls all the same, so only a "
                  "check of the update against measured slopes shows it.",
            points=(Point("a slope belongs to the place where the loss was computed"), Point("the new w₂ is another place; mixing gives a wrong slope"),
                    Point("a falling loss does not show it, a check does")),
            beliefs=(("new values not known", "It is known: step 7 has just computed it. That is the trap."),
                     ("small differences do not matter", "Show the gradient check in the bug lab: it finds this at once."),
                     ("a falling loss proves the slopes", "Switch the bug on in the bug lab. The loss falls."))),
    Explain(key="sign-of-slope", page="backward/step_01_dE_da2", section="The other way round", level=1,
            ask="The prediction is 0.6 and the target 1. Somebody says: ∂E/∂a₂ is positive, because a₂ has to grow. What do you answer?",
            model="The slope says what happens to the loss when a₂ grows: here it falls, so the slope is negative, 0.6 − 1 = −0.4. "
                  "The step goes against the slope, and that is why a₂ grows.",
            facts=("round(0.6 - 1, 9) == -0.4",),
            points=(Point("the slope is negative: a₂ − y = −0.4"), Point("it says how the loss changes when a₂ grows"), Point("the step goes the other way")),
            beliefs=(("slope is the step", "Draw the valley. Left of its lowest point the ground falls to the right: a negative slope, and a step to the right."),
                     ("swapped error", "Ask for the slope of ½ (a₂ − y)² with respect to a₂."))),
)
