"""What the handouts say: for each part its points, its sentences with blanks, and what its exercise asks.

What is typed here is given (a weight of an example, a gear's teeth); what follows from it is computed, and sympy computes it again.
"""
from functools import cache, partial

import numpy as np

from nnlib.activations import IDENTITY, SIGMOID
from nnlib.autograd import Value
from nnlib.classroom.blanks import Handout, Number, Numbers, Words
from nnlib.gates import AND, TWO_EXAMPLES
from nnlib.losses import CROSS_ENTROPY, SOFTMAX_CROSS_ENTROPY, SQUARED_ERROR, softmax
from nnlib.network import LEARNING_RATE, Parameters, feedforward, squared_error
from nnlib.optimizers import MOMENTUM
from nnlib.steps import STEPS
from nnlib.training import Iteration, Trajectory, iteration, train
from nnlib.types import FloatArray

EXAMPLE = Parameters.example()
NEURON = np.array([[2.0, -1.0]]), np.array([[0.3], [0.2]]), 0.1  # its inputs, its weights, its bias
CORNER = 1.0, 1.0, -1.5  # two weights and a bias that do AND
SUMS = np.array([[2.0, 1.0, -1.0]])
EPOCHS = 1000


def _z(sign: float = 1.0) -> float:
    x, w, b = NEURON
    return float((x @ (sign * w))[0, 0] + sign * b)


def _corner(row: int) -> float:
    x1, x2 = AND.x[row]
    return float(CORNER[0] * x1 + CORNER[1] * x2 + CORNER[2])


def _collapsed(x: float) -> float:
    """Two neurons without a curve, one after the other: z = 2 x + 5, then −3 z − 2."""
    p = Parameters(np.array([[2.0], [0.0]]), np.array([[5.0]]), np.array([[-3.0]]), np.array([[-2.0]]))
    return float(feedforward([[x, 0.0]], p, IDENTITY, IDENTITY).a2[0, 0])


@cache
def _it() -> Iteration:
    return iteration(TWO_EXAMPLES.x, TWO_EXAMPLES.y, EXAMPLE, LEARNING_RATE)


@cache
def _run() -> Trajectory:
    return train(AND.x, AND.y, EXAMPLE, LEARNING_RATE, EPOCHS)


def _trained() -> FloatArray:
    return feedforward(AND.x, _run()[EPOCHS]).a2


def _rounded(row: int) -> float:
    return float(_trained()[row, 0].round())


def _quarter() -> FloatArray:
    return np.full(AND.y.shape, 0.25)


def _along(weight: float) -> float:
    """The loss of the four rows over the first weight into the output, to six digits, as the page prints it."""
    w2 = EXAMPLE.w2.copy()
    w2[0, 0] = weight
    return round(float(squared_error(feedforward(AND.x, EXAMPLE._replace(w2=w2)).a2, AND.y)), 6)


def _slope(value: Value) -> float:
    assert value.grad is not None
    return float(value.grad)


def _twice() -> float:
    """The slope with respect to a of c = a b, E = c + a, with b = 5."""
    a, b = Value(1.0), Value(5.0)
    (a * b + a).backward()
    return _slope(a)


def _chain(along: str) -> float:
    """The slopes of u = 3 x + 1 and E = u² at x = 1."""
    x = Value(1.0)
    u = x * 3 + 1
    (u ** 2).backward()
    return _slope({"E_u": u, "E_x": x}[along])


def _one_weight(count: int) -> float:
    """The first so many factors of a slope, multiplied: prediction 0.6, target 1, and 0.5 is what the weight carries."""
    factors = (float(SQUARED_ERROR.slope(np.array([[0.6]]), np.array([[1.0]]))[0, 0]),
               float(SIGMOID.slope(np.log(0.6 / 0.4), 0.6)), 0.5)
    return float(np.prod(factors[:count]))


def _parameters(inputs: int, hidden: int) -> tuple[int, int]:
    """How many weights and how many biases a network has."""
    p = Parameters.random(0, hidden=hidden, inputs=inputs)
    return p.w1.size + p.w2.size, p.b1.size + p.b2.size


def _speed(steps: int) -> float:
    memory: tuple[FloatArray, ...] = ()
    for _ in range(steps):
        speed, memory = MOMENTUM(np.array([2.0]), memory)
    return float(speed[0])


def _power(at: int) -> float:
    return float(np.exp(SUMS)[0, at])


def _share(at: int) -> float:
    return float(softmax(SUMS)[0, at])


def _blame(at: int) -> float:
    return float(SOFTMAX_CROSS_ENTROPY.slope(SUMS, SECOND)[0, at])


SECOND = np.array([[0.0, 1.0, 0.0]])


IDEAS = Handout(
    key="ideas", part="ideas", title="Ideas: what a neuron does",
    question="A neuron is told two numbers and answers with one. What does it do in between, and what can many of them do together?",
    points=(
        "A neuron multiplies each input by its weight, adds the products, and adds its bias. That is the weighted sum z.",
        "Then it bends the sum: a = σ(z) = 1 / (1 + e⁻ᶻ). The answer a lies between 0 and 1, and is ½ where z is 0.",
        "The line z = 0 cuts the plane of the inputs in two. The weights turn the line, the bias shifts it; it stays straight.",
        "Neurons side by side are a layer. Each listens to every neuron of the layer before it. Ours: 2 inputs, 2 hidden neurons, 1 output.",
        "What such a network learns are six weights and three biases, nine numbers in all.",
        "An activation function is there to bend. Without it, all layers together are a single neuron.",
        "AND can be done with one straight line, XOR cannot. That is where a hidden layer is needed.",
    ),
    words=(
        Words("A {weight} says how much its input counts. Its {sign} says in which direction."),
        Words("The {bias} counts whatever the inputs are."),
        Words("The weighted {sum} z goes through a curve, the {sigmoid}. What comes out is the {activation} a."),
        Words("The weights {turn} the line on which a neuron is undecided, the bias {shifts} it. The line stays {straight}."),
        Words("The {input} layer is the data and computes nothing. The middle layer is called {hidden}: no example says what its "
              "neurons should answer."),
        Words("A table of weights has a {row} for each neuron that a line comes from, and a {column} for each that it goes to."),
        Words("Without a curve, all layers together are a {single} neuron. An activation function is there to {bend}."),
        Words("One straight line can do {AND}. For {XOR} it takes a bend."),
    ),
    numbers=(
        Numbers("A neuron has the weights 0.3 and 0.2 and the bias 0.1. It sees the inputs 2 and −1. Its weighted sum is {z}, and its "
                "answer is {a}.",
                {"z": Number(lambda: _z(), "2*0.3 + (-1)*0.2 + 0.1"),
                 "a": Number(lambda: SIGMOID(_z()), "1/(1 + exp(-(2*0.3 + (-1)*0.2 + 0.1)))")}),
        Numbers("Turn the sign of all three: −0.3, −0.2 and −0.1. Now the sum is {z}, and the answer is {a}. The two answers add up to "
                "{both}.",
                {"z": Number(lambda: _z(-1), "-(2*0.3 + (-1)*0.2 + 0.1)"),
                 "a": Number(lambda: SIGMOID(_z(-1)), "1/(1 + exp(2*0.3 + (-1)*0.2 + 0.1))"),
                 "both": Number(lambda: SIGMOID(_z()) + SIGMOID(_z(-1)), "1/(1 + exp(-0.5)) + 1/(1 + exp(0.5))")}),
        Numbers("The same inputs and the weights 0.3 and 0.2: with which bias is the answer exactly ½? With {b}.",
                {"b": Number(lambda: -float((NEURON[0] @ NEURON[1])[0, 0]), "-(2*0.3 + (-1)*0.2)")}),
        Numbers("A network with 2 inputs, 3 hidden neurons and 1 output has {w} weights and {b} biases, {all} numbers in all.",
                {"w": Number(lambda: _parameters(2, 3)[0], "2*3 + 3*1"), "b": Number(lambda: _parameters(2, 3)[1], "3 + 1"),
                 "all": Number(lambda: sum(_parameters(2, 3)), "2*3 + 3*1 + 3 + 1")}),
        Numbers("Two neurons without a curve, one after the other: z = 2 x + 5, then y = −3 z − 2. Together they are one: y = {w} · x + "
                "({b}).",
                {"w": Number(lambda: _collapsed(1.0) - _collapsed(0.0), "-3*2"), "b": Number(lambda: _collapsed(0.0), "-3*5 - 2")}),
        Numbers("A neuron has the weights 1 and 1 and the bias −1.5. For (0, 0), (0, 1), (1, 0) and (1, 1) its sums are {s0}, {s1}, {s2} "
                "and {s3}. It answers more than ½ to {n} of the four rows.",
                {**{f"s{row}": Number(partial(_corner, row), judge)
                    for row, judge in enumerate(("0 + 0 - 1.5", "0 + 1 - 1.5", "1 + 0 - 1.5", "1 + 1 - 1.5"))},
                 "n": Number(lambda: sum(SIGMOID(_corner(row)) > 0.5 for row in range(4)), "1")}),
    ),
    exercise="neuron",
    ask="One neuron and three examples, one in each row. Compute its sums, then its answers, to four significant digits.",
    last="To which examples does it answer more than ½? How could you have told from the sums?",
)

FORWARD = Handout(
    key="forward", part="forward", title="Forward: from the inputs to one loss",
    question="Nine numbers and two examples. What does the network say, and how wrong is it, in one number?",
    points=(
        "Rows are examples, columns are neurons: one line computes all examples at once.",
        "F1, two sums for each example: {F1}. The row of biases is added to every row.",
        "F2, each sum through the curve by itself: {F2}.",
        "F3 and F4, the same once more, with the hidden activations as inputs: {F3}, and {F4}. That is the prediction, ŷ.",
        "An error is prediction minus target: positive if the prediction is too high.",
        "The loss makes one number of all errors: {E}. The half is there so that the loss grows at a rate equal to the error.",
        "One number hides much. A program that says ¼ to all four rows of AND has a small loss and knows nothing: look at all outputs.",
    ),
    words=(
        Words("A row of z₁ belongs to an {example}, a column to a hidden {neuron}."),
        Words("A bias is added {before} the curve, and never after it."),
        Words("The inputs of the output neuron are the {activations} of the hidden layer, and not their sums."),
        Words("a₂ is the network’s {prediction}. What it should be is the {target} y, and it comes with the data."),
        Words("The error is the first {minus} the second. It is {positive} if the network says too much."),
        Words("Errors are {squared} before they are added up. So errors of opposite sign cannot {cancel}, and one large error costs "
              "more than two of half its size."),
        Words("Two matrices can be multiplied if their {inner} sizes agree. The {outer} ones are the sizes of the product."),
        Words("Of all programs that say one number to everything, the best is the one that says the {mean} of the targets."),
    ),
    given=("w1", "b1", "w2", "b2"),
    numbers=(
        Numbers("The first example is (0, 1). Its two hidden sums are {z1} and {z2}, its hidden activations {a1} and {a2}.",
                {"z1": Number(lambda: _it().z1[0, 0], "0*0.3 + 1*0.2 + 0.1"), "z2": Number(lambda: _it().z1[0, 1], "0*(-0.1) + 1*0.4 - 0.2"),
                 "a1": Number(lambda: _it().a1[0, 0], "1/(1 + exp(-0.3))"), "a2": Number(lambda: _it().a1[0, 1], "1/(1 + exp(-0.2))")}),
        Numbers("The output’s sum is {z}, and the prediction {a}. The target is 0, so the error is {e}.",
                {"z": Number(lambda: _it().z2[0, 0], "0.5/(1 + exp(-0.3)) - 0.3/(1 + exp(-0.2)) + 0.1"),
                 "a": Number(lambda: _it().a2[0, 0], "1/(1 + exp(-(0.5/(1 + exp(-0.3)) - 0.3/(1 + exp(-0.2)) + 0.1)))"),
                 "e": Number(lambda: _it().dE_da2[0, 0], "1/(1 + exp(-(0.5/(1 + exp(-0.3)) - 0.3/(1 + exp(-0.2)) + 0.1))) - 0")}),
        Numbers("The second example is (1, 1), and its target is 1. The network says {=a}, so the error is {e}.",
                {"a": Number(lambda: _it().a2[1, 0], "1/(1 + exp(-(0.5/(1 + exp(-0.6)) - 0.3/(1 + exp(-0.1)) + 0.1)))"),
                 "e": Number(lambda: _it().dE_da2[1, 0], "1/(1 + exp(-(0.5/(1 + exp(-0.6)) - 0.3/(1 + exp(-0.1)) + 0.1))) - 1")}),
        Numbers("The two squares are {s1} and {s2}. The loss of both examples is E = {E}.",
                {"s1": Number(lambda: _it().dE_da2[0, 0] ** 2,
                              "(1/(1 + exp(-(0.5/(1 + exp(-0.3)) - 0.3/(1 + exp(-0.2)) + 0.1))))**2"),
                 "s2": Number(lambda: _it().dE_da2[1, 0] ** 2,
                              "(1/(1 + exp(-(0.5/(1 + exp(-0.6)) - 0.3/(1 + exp(-0.1)) + 0.1))) - 1)**2"),
                 "E": Number(lambda: _it().E,
                             "((1/(1 + exp(-(0.5/(1 + exp(-0.3)) - 0.3/(1 + exp(-0.2)) + 0.1))))**2"
                             " + (1/(1 + exp(-(0.5/(1 + exp(-0.6)) - 0.3/(1 + exp(-0.1)) + 0.1))) - 1)**2)/2")}),
        Numbers("A lazy program says ¼ to all four rows of AND. Three of its errors are {e1}, and one is {e2}. Its loss is {E}. Rounded, "
                "it is right on {n} rows of four.",
                {"e1": Number(lambda: (_quarter() - AND.y)[0, 0], "0.25 - 0"), "e2": Number(lambda: (_quarter() - AND.y)[3, 0], "0.25 - 1"),
                 "E": Number(lambda: squared_error(_quarter(), AND.y), "(3*0.25**2 + 0.75**2)/2"),
                 "n": Number(lambda: (_quarter().round() == AND.y).sum(), "3")}),
        Numbers("All four rows of AND go through a network with three hidden neurons: x has 4 rows and 2 columns, w₁ has 2 rows and 3 "
                "columns. So z₁ has {r} rows and {c} columns.",
                {"r": Number(lambda: feedforward(AND.x, Parameters.random(0, hidden=3)).z1.shape[0], "4"),
                 "c": Number(lambda: feedforward(AND.x, Parameters.random(0, hidden=3)).z1.shape[1], "3")}),
    ),
    exercise="forward",
    ask="Another network. Compute the way forward for both examples, and the loss, to four significant digits.",
    last="Which of the two predictions costs more, and which way should it go?",
)

SLOPES = Handout(
    key="slopes", part="backward", title="Back, first: slopes and chains",
    question="Nine numbers had a part in the loss. Which way should each of them go, and how far?",
    points=(
        "A slope: nudge one number, hold the others still, and divide what happens by the nudge. ∂E/∂w is the slope of E with respect to w.",
        "Go against the slope: new w = w − η · ∂E/∂w. The learning rate η says how long a step is.",
        "Along a path, slopes multiply, like the rates of gears.",
        "Where a number reaches the loss over several paths, or in several examples, their slopes add up.",
        "What many paths share is computed once and called δ: the blame that has arrived at a sum z.",
        "Row meets column, and ⊙ goes entry by entry. A transpose turns a matrix so that the right things meet.",
        "Backpropagation computes the slopes and changes nothing. Gradient descent uses them.",
    ),
    words=(
        Words("A slope says how fast one number changes when you {nudge} another, while all the rest is held {still}."),
        Words("If the slope for a weight is positive, the weight has to go {down}: the step goes {against} the slope."),
        Words("The {learning rate} η says how long a step is for a given slope."),
        Words("Along a path slopes {multiply}. Where paths meet, they {add up}."),
        Words("What many paths share is computed only {once}. It is called {delta}."),
        Words("All slopes together are the {gradient}. It points to where the loss {rises} fastest."),
        Words("In a product of matrices a row meets a {column}. With ⊙, each entry meets the one at the same {place}."),
        Words("Slopes come from {backpropagation}. The steps are taken by gradient {descent}."),
    ),
    numbers=(
        Numbers("The slope of w² at w = 3, with a nudge of 0.01 to both sides: 3.01² is {up}, 2.99² is {down} (all five digits), so the slope is {slope}.",
                {"up": Number(lambda: np.square(3.01), "3.01**2", 5), "down": Number(lambda: np.square(2.99), "2.99**2", 5),
                 "slope": Number(lambda: (np.square(3.01) - np.square(2.99)) / 0.02, "(3.01**2 - 2.99**2)/0.02")}),
        Numbers("A weight is 0.5, and η is 0.5. If its slope is 0.2, the new weight is {a}. If its slope is −0.2, the new weight is {b}.",
                {"a": Number(lambda: 0.5 - LEARNING_RATE * 0.2, "0.5 - 0.5*0.2"), "b": Number(lambda: 0.5 - LEARNING_RATE * -0.2,
                                                                                             "0.5 + 0.5*0.2")}),
        Numbers("u = 3 x + 1 and E = u². At x = 1, the slope of u with respect to x is {a}, that of E with respect to u is {b}, and that of E with respect to x is {c}.",
                {"a": Number(lambda: _chain("E_x") / _chain("E_u"), "3"), "b": Number(lambda: _chain("E_u"), "2*(3*1 + 1)"),
                 "c": Number(lambda: _chain("E_x"), "2*(3*1 + 1)*3")}),
        Numbers("A number a is used twice: c = a · b, and E = c + a. With b = 5, the slope of E with respect to a is {s}.",
                {"s": Number(_twice, "5 + 1")}),
        Numbers("The row (1, 2) times the column (3, 4) is {p}. Entry by entry, (1, 2) ⊙ (3, 4) is ({a}, {b}).",
                {"p": Number(lambda: np.dot([1, 2], [3, 4]), "1*3 + 2*4"), "a": Number(lambda: np.multiply([1, 2], [3, 4])[0], "1*3"),
                 "b": Number(lambda: np.multiply([1, 2], [3, 4])[1], "2*4")}),
        Numbers("A sigmoid output says 0.6 where 1 is right. The slope of the loss with respect to the prediction is {a}, that of the curve is {b}, "
                "and their product is δ = {d}. A weight that carries 0.5 has the slope {w}.",
                {"a": Number(lambda: _one_weight(1), "0.6 - 1"), "b": Number(lambda: _one_weight(2) / _one_weight(1), "0.6*(1 - 0.6)"),
                 "d": Number(lambda: _one_weight(2), "(0.6 - 1)*0.6*(1 - 0.6)"),
                 "w": Number(lambda: _one_weight(3), "(0.6 - 1)*0.6*(1 - 0.6)*0.5")}),
    ),
    exercise="chain",
    ask="One output neuron and one example. Go forward, then take the slopes back along the path, and let the neuron take its step.",
    last="The prediction before the step, and with the new numbers: which is nearer to the target?",
)

STEPS_BACK = Handout(
    key="steps", part="backward", title="Back, then: the fourteen steps",
    question="One loss, nine numbers. How does each of them get its share of the blame?",
    points=(
        "Steps 1 and 2, the error and the curve of the output: {1}, and {2}. Their product is δ₂.",
        "Step 5, blame times what each weight carried, added up over the examples: ∂E/∂w₂ = a₁ᵀ δ₂. Step 6: the bias takes the blame alone.",
        "Step 7, new is old minus η times the slope. The new w₂ takes effect only after step 14.",
        "Step 8, blame goes back over the old w₂; step 9, through the curves of the hidden layer. That gives δ₁ = δ₂ w₂ᵀ ⊙ a₁ ⊙ (1 − a₁).",
        "Steps 12 and 13, the same as 5 and 6: ∂E/∂w₁ = xᵀ δ₁, and δ₁ added up over the examples is ∂E/∂b₁.",
        "Step 14, the first layer moves. Nine numbers give way, and the loss falls a little.",
    ),
    words=(
        Words("The slope of the loss with respect to a prediction is the {error} itself."),
        Words("The curve of the output lets a {quarter} of the blame through at most."),
        Words("A sum changes with a weight as fast as what the weight {carries}: that is step 3."),
        Words("Each example pulls at a weight. The pulls of all examples {add up}."),
        Words("The {transpose} in steps 5 and 12 sees to it that every blame meets what the weight carried in the same {example}."),
        Words("Step 8 takes the {old} w₂: a slope belongs to the place where the loss was {computed}."),
        Words("On its way to the hidden layer the blame passes a second {curve}. That is why slopes {vanish} in deep networks."),
        Words("A first weight learns from an example as much as its {input} says. If that is 0, it learns {nothing} from it."),
        Words("δ, added up over the examples, is the slope for the {biases}."),
    ),
    given=("x", "y", "a1", "w2", "b2"),
    numbers=(
        Numbers("The predictions are {=a} and {=b}. Step 1 gives {e1} and {e2}. Step 2 gives {s1} and {s2}.",
                {"a": Number(lambda: _it().a2[0, 0], "A1", 6), "b": Number(lambda: _it().a2[1, 0], "A2", 6),
                 "e1": Number(lambda: _it().dE_da2[0, 0], "A1 - 0"), "e2": Number(lambda: _it().dE_da2[1, 0], "A2 - 1"),
                 "s1": Number(lambda: _it().da2_dz2[0, 0], "A1*(1 - A1)"), "s2": Number(lambda: _it().da2_dz2[1, 0], "A2*(1 - A2)")}),
        Numbers("Multiply: δ₂ is {d1} for the first example and {d2} for the second.",
                {"d1": Number(lambda: _it().dE_dz2[0, 0], "A1*A1*(1 - A1)"), "d2": Number(lambda: _it().dE_dz2[1, 0], "(A2 - 1)*A2*(1 - A2)")}),
        Numbers("Step 5 for the first weight: δ₂ times what it carries, for both examples, is {p1} and {p2}. Together {s}.",
                {"p1": Number(lambda: _it().a1[0, 0] * _it().dE_dz2[0, 0], "A1*A1*(1 - A1)/(1 + exp(-0.3))"),
                 "p2": Number(lambda: _it().a1[1, 0] * _it().dE_dz2[1, 0], "(A2 - 1)*A2*(1 - A2)/(1 + exp(-0.6))"),
                 "s": Number(lambda: _it().dE_dw2[0, 0],
                             "A1*A1*(1 - A1)/(1 + exp(-0.3)) + (A2 - 1)*A2*(1 - A2)/(1 + exp(-0.6))")}),
        Numbers("Step 6 gives {s}, and with η = 0.5 step 7 takes b₂ from 0.1 to {n}.",
                {"s": Number(lambda: _it().dE_db2[0, 0], "A1*A1*(1 - A1) + (A2 - 1)*A2*(1 - A2)"),
                 "n": Number(lambda: _it().new_b2[0, 0], "0.1 - 0.5*(A1*A1*(1 - A1) + (A2 - 1)*A2*(1 - A2))")}),
        Numbers("The first example, back to the first hidden neuron: {=d} times the old weight, times the slope of its curve, is δ₁ = {r}.",
                {"d": Number(lambda: _it().dE_dz2[0, 0], "A1*A1*(1 - A1)", 6),
                 "r": Number(lambda: _it().dE_dz1[0, 0], "A1*A1*(1 - A1)*0.5*exp(-0.3)/(1 + exp(-0.3))**2")}),
        Numbers("That example is (0, 1). In step 12 it adds {a} to the slope of the weight that comes from x₁. Of the fourteen steps, {m} "
                "change a number of the network, and {c} only compute.",
                {"a": Number(lambda: _it().x[0, 0] * _it().dE_dz1[0, 0], "0"),
                 "m": Number(lambda: sum(step.outputs[0].startswith("new_") for step in STEPS), "2"),
                 "c": Number(lambda: sum(not step.outputs[0].startswith("new_") for step in STEPS), "14 - 2")}),
    ),
    exercise="steps",
    ask="Another network. The way forward is done; take all fourteen steps back, to four significant digits.",
    last="In both examples x₂ is 1. What does that say about the second row of ∂E/∂w₁ and about ∂E/∂b₁?",
)

TRAINING = Handout(
    key="training", part="training", title="Training: a thousand rounds",
    question="One iteration gains little. What do a thousand do, and how do you know that they are right?",
    points=(
        "To train is to repeat the iteration. A step is one of fourteen, an iteration one update, an epoch one pass through all examples.",
        "First the network learns the mean of the answers: the plateau, ¼ for every row, “75% right”. Then the rows part.",
        "Too small a learning rate takes very long. Too large a one saturates a sigmoid network; an output without bounds diverges.",
        "Neurons that start equal stay equal, so start at random. And judge by many starts: one may be lucky.",
        "Each hidden neuron adds a line. Too few cannot express the answer, too many learn the examples by heart.",
        "A falling loss proves nothing. Check the slopes by central differences, and the update, on examples that hide nothing.",
    ),
    words=(
        Words("One of the fourteen is a {step}. One update of all nine numbers is an {iteration}. One pass through all examples is an "
              "{epoch}."),
        Words("Where the loss hardly falls for a long time, there is a {plateau}. On it our network says the {mean} of the targets to "
              "every row."),
        Words("With too large a learning rate a sigmoid network is {saturated}: its curve is {flat} there, and where there is no slope "
              "there is no step."),
        Words("Only an output without {bounds} can diverge."),
        Words("To let neurons start with different numbers is called breaking the {symmetry}."),
        Words("One start proves {nothing}: it may be lucky. Look at the median and the spread of {many}."),
        Words("With far too many hidden neurons a network learns its examples by {heart}. Points that were {held} back show it."),
        Words("A {central} difference nudges a weight to both sides. It finds what a falling {loss} hides."),
    ),
    numbers=(
        Numbers("The best single answer to all four rows of AND is the mean of the targets, {m}. Its loss is {E}.",
                {"m": Number(lambda: AND.y.mean(), "1/4"), "E": Number(lambda: squared_error(_quarter(), AND.y), "(3*(1/4)**2 + (3/4)**2)/2")}),
        Numbers("Our network begins with the loss {=a}. After one epoch it is {=b}. So it has fallen by {d}.",
                {"a": Number(lambda: _run().losses[0], "L0"), "b": Number(lambda: _run().losses[1], "L1"),
                 "d": Number(lambda: _run().losses[0] - _run().losses[1], "L0 - L1", 3)}),
        Numbers("After a thousand epochs it says {=a}, {=b}, {=c} and {=d} to (0, 0), (0, 1), (1, 0) and (1, 1). Rounded to whole numbers "
                "that is {r0}, {r1}, {r2} and {r3}.",
                {"a": Number(lambda: _trained()[0, 0], "T0", 2), "b": Number(lambda: _trained()[1, 0], "T1", 2),
                 "c": Number(lambda: _trained()[2, 0], "T2", 2), "d": Number(lambda: _trained()[3, 0], "T3", 2),
                 **{f"r{row}": Number(partial(_rounded, row), f"floor(T{row} + 1/2)") for row in range(4)}}),
        Numbers("A thousand epochs of four rows are {f} updates if all rows go into each of them, and {o} updates with one row at a time.",
                {"f": Number(lambda: len(_run().losses) - 1, "1000"), "o": Number(lambda: (len(_run().losses) - 1) * len(AND.x), "1000*4")}),
        Numbers("A weight is nudged by 0.001 to both sides. The loss is {=up} above and {=down} below. So the slope is {s}.",
                {"up": Number(lambda: _along(0.501), "round6(Lup)", 6), "down": Number(lambda: _along(0.499), "round6(Ldown)", 6),
                 "s": Number(lambda: (_along(0.501) - _along(0.499)) / 0.002, "(round6(Lup) - round6(Ldown))/0.002")}),
        Numbers("A sigmoid lets a quarter of the blame through at most. After two of them at most {a} is left, after five {b}.",
                {"a": Number(lambda: SIGMOID.slope(0.0, 0.5) ** 2, "(1/4)**2"),
                 "b": Number(lambda: SIGMOID.slope(0.0, 0.5) ** 5, "(1/4)**5")}),
    ),
    exercise="trained",
    ask="A network after training, its numbers rounded to whole ones. Take all four rows forward, to four significant digits.",
    last="Does it know AND? What has training changed in the network, and what has it not?",
)

BEYOND = Handout(
    key="beyond", part="beyond", title="Beyond: other losses, depths and tools",
    question="What changes if the loss, the depth or the tool is another one, and what stays as it was?",
    points=(
        "Cross-entropy is minus the logarithm of the probability of what happened. Its slope and the sigmoid’s cancel: δ₂ = a₂ − y.",
        "Softmax makes shares of any sums. With cross-entropy it all cancels to δ = p − y.",
        "Any depth is a loop. Each layer multiplies the slope by a factor, and the start must make that factor 1.",
        "Autograd: each operation notes how a slope goes back through it; the notes are played from the last to the first.",
        "All libraries have the same places. What differs are a factor, a transpose and the number of bits.",
        "An optimizer decides what to do with a slope: momentum remembers slopes, RMSProp their sizes, Adam both.",
        "A computer’s numbers have gaps, and a step below half a gap is lost.",
    ),
    words=(
        Words("Where a neuron is sure and wrong, cross-entropy pushes with full {force}; the squared error hardly does."),
        Words("Softmax makes {shares} of any sums. What counts are only the {differences} between the sums."),
        Words("Each layer multiplies the slope by a factor. Many factors below 1 make it {vanish}, many above 1 make it {explode}."),
        Words("A {tape} notes each operation. The way back plays the notes {backwards}."),
        Words("Where a number is used twice, its slopes {add up}. That is why PyTorch wants the old ones set to {zero}."),
        Words("{Momentum} remembers slopes, RMSProp their sizes, and {Adam} both."),
        Words("Between a computer’s numbers there are {gaps}. A step of less than half of one is {lost}."),
        Words("How well a network reads, only images say that were kept {aside} while it {learnt}."),
    ),
    numbers=(
        Numbers("An output has the sum z₂ = 8, so it says {=a}, and 0 would be right. With the squared error, δ₂ is {s}. With "
                "cross-entropy it is {c}.",
                {"a": Number(lambda: SIGMOID(8.0), "1/(1 + exp(-8))", 6),
                 "s": Number(lambda: (SIGMOID(8.0) - 0) * SIGMOID.slope(8.0, SIGMOID(8.0)), "exp(-8)/(1 + exp(-8))**3", 3),
                 "c": Number(lambda: float((CROSS_ENTROPY.slope(SIGMOID([[8.0]]), np.zeros((1, 1))) * SIGMOID.slope(8.0, SIGMOID(8.0)))[0, 0]),
                             "1/(1 + exp(-8))")}),
        Numbers("Softmax of the sums 2, 1 and −1. The powers eᶻ are {e1}, {e2} and {e3}. The shares are {p1}, {p2} and {p3}.",
                {**{f"e{at + 1}": Number(partial(_power, at), f"exp({z:.0f})") for at, z in enumerate(SUMS[0])},
                 **{f"p{at + 1}": Number(partial(_share, at), f"exp({z:.0f})/(exp(2) + exp(1) + exp(-1))")
                    for at, z in enumerate(SUMS[0])}}),
        Numbers("The second class is right. The loss is minus the logarithm (ln) of its share, {E}. And δ = p − y is {d1}, {d2} and {d3}.",
                {"E": Number(lambda: SOFTMAX_CROSS_ENTROPY(SUMS, SECOND), "-log(exp(1)/(exp(2) + exp(1) + exp(-1)))"),
                 **{f"d{at + 1}": Number(partial(_blame, at),
                                         f"exp({z:.0f})/(exp(2) + exp(1) + exp(-1)) - {int(at == 1)}") for at, z in enumerate(SUMS[0])}}),
        Numbers("A network says ½ to all four rows of AND. Each row costs ln 2, so the cross-entropy of all four is {E}.",
                {"E": Number(lambda: CROSS_ENTROPY(np.full(AND.y.shape, 0.5), AND.y), "4*log(2)")}),
        Numbers("Momentum with β = 0.9, and the slope is 2 each time. The speed is {a}, then {b}, then {c}.",
                {"a": Number(lambda: _speed(1), "2"), "b": Number(lambda: _speed(2), "0.9*2 + 2"),
                 "c": Number(lambda: _speed(3), "0.9*(0.9*2 + 2) + 2")}),
        Numbers("The usual squared error of PyTorch is the mean, without the ½. For our four rows of AND with one output, that is {f} times "
                "the book’s loss. Our loss is {=E}, so it says {m}.",
                {"f": Number(lambda: np.mean(np.square(_start() - AND.y)) / squared_error(_start(), AND.y), "2/4"),
                 "E": Number(lambda: squared_error(_start(), AND.y), "L0"),
                 "m": Number(lambda: np.mean(np.square(_start() - AND.y)), "L0*2/4")}),
    ),
    exercise="softmax",
    ask="Three classes, one example, and the class with the 1 is right. Make shares of the sums, and let the biases take their step.",
    last="What do the three numbers of δ say to the three sums? Add them up: why must that be the result?",
)


def _start() -> FloatArray:
    """What the worked example says to the four rows of AND."""
    return feedforward(AND.x, EXAMPLE).a2


HANDOUTS = (IDEAS, FORWARD, SLOPES, STEPS_BACK, TRAINING, BEYOND)
