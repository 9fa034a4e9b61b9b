"""Questions that come back, for Ideas and Forward."""
from nnlib.classroom.items import Compute
from nnlib.classroom.prompts import AnyPrompt, Complete, Decoy, FindTheBug, InYourHead, No, Place, Recall, WhatIf
from nnlib.classroom.store.forward import ITEMS as FORWARD
from nnlib.classroom.store.ideas import ITEMS as IDEAS

_of = {item.key: item for item in (*IDEAS, *FORWARD) if isinstance(item, Compute)}

_ADD = Place("ideas/terms", "Multiply, add, bend")
_LINE = Place("ideas/terms", "Where it cannot make up its mind")
_LETTERS = Place("ideas/terms", "All the letters")
_LAYERS = Place("ideas/layers")
_NAMES = Place("ideas/layers", "How to read a name")
_NINE = Place("ideas/layers", "Nine numbers")
_FLAT = Place("ideas/activation", "Leave the curve out")
_BENT = Place("ideas/activation", "Put it back")
_SAID = Place("ideas/activation", "Two things that are often said")
_GATES = Place("ideas/problem", "Two gates")
_TASK = Place("ideas/problem", "What our network has to learn")
_F1 = Place("forward/feedforward", "F1: two sums")
_F2 = Place("forward/feedforward", "F2: two activations")
_F3 = Place("forward/feedforward", "F3: one sum")
_F4 = Place("forward/feedforward", "F4: the answer")
_CHECK = Place("forward/feedforward", "The check")
_ONE = Place("forward/loss", "Three ways to make one number of them")
_HALF = Place("forward/loss", "Why the ½?")
_HIDES = Place("forward/loss", "Four answers of your own")

PROMPTS: tuple[AnyPrompt, ...] = (
    Recall(_ADD, "three-things", "Which three things does a neuron do, and in which order?",
           "It multiplies each input by its weight, adds everything up with the bias, and bends the sum.",
           "The sum is z, the bent sum is a. Only a is passed on, so nobody further on ever sees z.",
           (No("It bends each input, multiplies, and adds.", "curve before the sum", "The curve comes once, and last: it bends the whole sum."),
            No("It multiplies, bends, and adds the bias.", "bias added after the curve", "The bias belongs to the sum. It is inside the curve."))),
    InYourHead(_of["weighted-sum"], "Each input counts as much as its weight says; the bias counts whatever the inputs are."),
    Recall(_LINE, "half-at-zero", "For which weighted sum z does a sigmoid neuron answer exactly ½?", "z = 0",
           "e⁰ is 1, so σ(0) is 1 / (1 + 1). All inputs with this sum lie on one straight line.",
           (No("z = ½", "the output is the weighted sum", "z and the answer are two things, with a curve between them. σ(½) is about 0.62."),),
           facts=("float(SIGMOID(0.0)) == 0.5", "abs(float(SIGMOID(0.5)) - 0.62) < 0.005")),
    WhatIf(_LINE, "bias-moves-the-line", "You raise a neuron's bias and leave its weights alone. What does the line do on which it answers ½?", "It shifts, and keeps its direction.",
           "On the line, the inputs times the weights must make up for the bias. How the line lies is a matter of the weights alone.",
           (No("It turns.", "a bias turns the line", "Only weights turn it: they say how much each input counts against the other."),
            No("Nothing, where the inputs are 0.", "bias counts only with an input", "The bias is added to every sum, for (0, 0) as well."))),
    Recall(_LETTERS, "what-is-learnt-here", "Which of x, w, b, z, a and y does a network change when it learns?", "w and b",
           "x and y come with the data. z and a are computed anew for each example, from the w and b that there are.",
           (No("z and a", "results are learnt", "They are results, kept for the way back only; the next example has others."),
            No("only w", "biases forgotten", "The bias is a number of the neuron's own, too, and is learnt like a weight."))),

    Recall(_LAYERS, "why-hidden", "Why is the hidden layer called hidden?", "The data do not say what its neurons should answer.",
           "A target exists for the output only. What the neurons before it should say has to be worked out on the way back.",
           (No("Its numbers cannot be seen.", "hidden means secret", "You can print every one of them. It is their targets that nobody knows."),)),
    Recall(_NAMES, "rows-of-w1", "In the table w₁, what does the row of a weight say, and what its column?", "The row: where it comes from. The column: where it goes to.",
           "So an example's inputs, a row of x, run along a column of w₁: all that goes into one neuron.",
           (No("The row: where it goes to. The column: where it comes from.", "rows and columns exchanged",
               "Other books do that, and write W x. Here examples are rows, and x stands on the left."),)),
    Recall(_NAMES, "from-book-to-code", "w₁,₂₁ leads from input 2 to neuron 1. What is it called in code?", "w1[1, 0]",
           "Code counts from 0. The order, first from and then to, stays as it is.",
           (No("w1[2, 1]", "counts from 0 and from 1 mixed", "There is no row 2 in a table of two rows: code counts 0, 1."),
            No("w1[0, 1]", "rows and columns exchanged", "That leads from input 1 to neuron 2."))),
    InYourHead(_of["how-many-learnt"], "Between two layers every neuron is joined to every neuron; each one that computes has a bias besides."),
    WhatIf(_NINE, "both-layers-doubled", "Two neighbouring layers have 100 neurons each. Both are doubled. How does the number of weights between them grow?",
           "Fourfold, to 40,000.", "Each neuron is joined to each: it is a product, and both factors have doubled.",
           (No("Twofold, to 20,000.", "neurons counted for weights", "The neurons have doubled. Their weights are counted in pairs of neurons."),
            No("By 200, one for each new neuron.", "a neuron has one weight", "Each new neuron brings a weight for every neuron of the other layer.")),
           facts=("200 * 200 == 4 * 100 * 100 == 40000",)),

    InYourHead(_of["one-neuron-for-two"], "Without a curve the first result is multiplied as it is, bias and all."),
    Recall(_FLAT, "along-each-way", "No curves anywhere. How do you get the weight with which x₁ counts at the output?",
           "Multiply the weights along each way, and add the ways.", "A number that goes along a way is multiplied at every line of it. At the output what arrives is added.",
           (No("Add the weights along each way.", "weights on a path add", "Each line multiplies what comes along: 0.3, and then 0.5 of that."),)),
    WhatIf(_FLAT, "hundred-flat-layers", "You stack a hundred layers without a curve. What can they do that one neuron cannot?", "Nothing.",
           "Sums of sums are sums. All those weights collapse into one for each input, and a bias.",
           (No("They can learn XOR.", "deeper is better", "It needs a bend. One flat layer and a hundred draw the same straight line."),
            No("They can draw a hundred lines.", "more neurons do more", "Each neuron has a line of its own, but the output adds them up to one."))),
    Recall(_BENT, "what-prevents-collapse", "Layers without a curve collapse into a single neuron. Which activation functions prevent that?", "All that bend: sigmoid, tanh, ReLU and others.",
           "A bent sum cannot be multiplied through. Whether its values stay in bounds does not matter.",
           (No("Those that keep the values between 0 and 1.", "activation squeezes", "ReLU has no upper end, and does it as well. The identity squeezes nothing, and bends nothing."),)),
    Recall(_SAID, "sigma-reaches-one", "For which z is σ(z) exactly 1?", "For none.",
           "e to the power of −z becomes tiny and never 0. A computer says 1 from about z = 37 on: there it rounds 1 + e⁻ᶻ to 1.",
           (No("For z = 37.", "floats are real numbers", "There a computer says so. The number itself is still below 1."),
            No("For z = 1.", "the output is the weighted sum", "σ(1) is about 0.73. The sum is not the answer.")),
           facts=("float(SIGMOID(37.0)) == 1", "float(SIGMOID(36.0)) < 1", "abs(float(SIGMOID(1.0)) - 0.73) < 0.005")),

    Recall(_GATES, "linearly-separable", "AND is linearly separable. What does that mean?", "One straight line parts the inputs answered with 1 from those answered with 0.",
           "A single neuron draws exactly one such line, so a single neuron is enough for AND.",
           (No("Its answer is a sum of its inputs.", "the output is the weighted sum", "It is about a line between the two answers. 1 + 1 is not what AND says."),)),
    WhatIf(_GATES, "xor-and-patience", "A single neuron has not learnt XOR. You train it ten times as long. Will it have learnt it then?", "No.",
           "No straight line parts the rows of XOR, and a neuron draws a straight line with any weights.",
           (No("Yes: learning takes time.", "training long enough learns anything", "There are no weights to be found, however long one looks."),
            No("Yes, with a larger rate.", "faster is better", "A rate says how fast it walks. There is no place to walk to."))),
    Recall(_GATES, "xor-by-hand", "In a network for XOR, made by hand, one hidden neuron says OR. The output wants it and *not* the other one. What does the other one say?", "AND.",
           "At least one, but not both: that is exactly one.",
           (No("XOR.", "more neurons do more", "No single neuron can say it from the two inputs. XOR takes two lines, and each neuron has one."),)),
    Recall(_TASK, "why-a-hidden-layer-for-and", "AND needs no hidden layer. Why does the book's network have one?", "To show how learning gets through a layer.",
           "With one neuron the way back would end after a few steps. Every formula that you meet holds for XOR as well.",
           (No("Because one line is not enough for AND.", "one line is not enough for AND", "It is: cut off the corner (1, 1)."),)),

    Complete(_F1, "F1", "z1", ("x", "w1"), (Decoy("a1", "activations for inputs", "The activations come out of this layer. What goes into it is the data."),
             Decoy("w2", "forward order back", "w₂ leads out of the hidden layer; w₁ leads into it.")),
             "Rows are examples, so x stands on the left: a row of x meets a column of w₁."),
    Recall(_F2, "elementwise-curve", "How many numbers does the curve need to give one activation?", "One: the sum of that neuron for that example.",
           "Every sum goes through the curve by itself. Neurons and examples are mixed in the sums only.",
           (No("All sums of the layer.", "curve of a layer", "That is softmax, another function. A sigmoid knows one sum."),)),
    InYourHead(_of["output-sum"], "The output does what the hidden neurons did. Its inputs are their activations."),
    FindTheBug(_F3, "bias-outside", "The shapes fit, and there is no error message. What is wrong?", "The bias is added after the curve.",
               "The bias shifts the sum. Outside, it would shift the answer, which could then leave the range from 0 to 1.",
               (No("It should be w2 @ a1.", "rows and columns exchanged", "Rows are examples, so the activations stand on the left."),
                No("sigmoid(z1) belongs there, not a1.", "sigma twice", "a1 has been through the curve already.")), code="z2 = a1 @ w2\na2 = sigmoid(z2) + b2"),
    WhatIf(_F4, "louder-no", "A hidden neuron has the weight −0.3 to the output, and its activation grows. What does the prediction do?", "It falls.",
           "The weight is negative, so z₂ falls; and the sigmoid falls with its sum.",
           (No("It rises: more goes in.", "a weight is an importance", "The sign of a weight says in which direction its input counts."),
            No("That takes a calculator.", "needs a calculator", "The direction does not: it is the sign of the weight."))),
    Recall(_F4, "two-names", "a₂ and ŷ: what is the difference?", "None. They are two names of the network's answer.",
           "a₂ says where it comes from, the activation of layer 2. ŷ says what it is for: a prediction, to be compared with y.",
           (No("ŷ is what should come out.", "prediction is the target", "That is y, without the hat. The data bring it along."),)),
    WhatIf(_CHECK, "more-examples", "You send four examples forward instead of two. What changes in x, w₁ and z₁?", "x and z₁ have four rows. w₁ stays as it is.",
           "A row belongs to an example, and all examples meet the same weights.",
           (No("w₁ gets four rows.", "each example has its own weights", "Its rows belong to inputs. All examples share the weights."),
            No("z₁ gets four columns.", "columns are examples", "Columns are neurons here, rows are examples.")),
           facts=("feedforward(AND.x, Parameters.example()).z1.shape == (4, 2)",)),

    InYourHead(_of["loss-of-two-examples"], "Square each error, add the squares, and take half."),
    WhatIf(_ONE, "one-large-or-two-small", "Squared, which costs more: one error of 0.4, or two errors of 0.2?", "The single one, twice as much.",
           "Twice the error costs four times as much, and there are two of the small ones: 4 against 2.",
           (No("They are equal.", "added before squaring", "So it would be with plain sizes. Squares hate large errors."),
            No("The two, as more is wrong.", "squares grow", "Squares of numbers below 1 are small: 0.04 each, against 0.16.")),
           facts=("abs(0.4**2 / (2 * 0.2**2) - 2) < 1e-12",)),
    Complete(_ONE, "E", "E", ("a2",), (Decoy("z2", "prediction for sum", "The loss compares what the network answers. The sum has not been through the curve."),
             Decoy("a1", "sums for activations", "Hidden neurons have no targets. Only the output is compared.")),
             "An error is prediction minus target. Squared, its sign is gone; halved, its slope is the error itself."),
    Recall(_HALF, "what-the-half-does", "What does the ½ in the loss do to its slope with respect to a prediction?", "It takes the 2 away that a square brings: the slope is the error.",
           "The slope of r² is 2r, so that of ½ r² is r. Which network is better does not change.",
           (No("It makes it half the error.", "half", "The square brings a factor of 2. Half of 2 is 1."),
            No("Nothing: the slope is twice the error.", "doubled error", "That is the slope without the ½."))),
    Recall(_HIDES, "seventy-five-percent", "A network has three of the four rows of AND right. Why may it still know nothing?", "A program that always says 0 is right in as many.",
           "Three targets of four are 0. Look at all four outputs: whether they differ is what shows learning.",
           (No("It cannot: 75% is most of it.", "accuracy is understanding", "For AND 75% comes free. The row that matters is the fourth."),),
           facts=("(AND.y == 0).mean() == 0.75",)),
)
