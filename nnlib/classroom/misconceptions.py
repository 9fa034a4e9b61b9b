"""What people believe who answer wrongly: each belief has a key, and a sentence that they would sign.

The mistakes of `nnlib.mistakes`, and those in writing a result down (`answers.IN_THE_END`), are known here by their own keys.
"""
from nnlib.classroom.answers import EARLY, IN_THE_END, title
from nnlib.mistakes import MISTAKES, SLIPS, TRAPS
from nnlib.validation import Table, one_of

BELIEFS = Table("misconception", {
    # ideas
    "needs a calculator": "Without a calculator one cannot say anything about a neuron's answer.",
    "activation squeezes": "An activation is there to bring values between 0 and 1.",
    "activation tames": "Without an activation the values explode.",
    "activation switches": "An activation decides which neurons are switched on.",
    "biases simply add": "The biases of two layers simply add up.",
    "weights on a path add": "The weights along a path are added.",
    "more neurons do more": "Two neurons can always do more than one.",
    "rows and columns exchanged": "The first index says where a line goes to.",
    "counts from 0 and from 1 mixed": "Code and formulas count from the same number.",
    "biases forgotten": "Only weights are learnt.",
    "inputs have biases": "Inputs are neurons that compute, and have a bias.",
    "neurons counted for weights": "What is learnt is counted in neurons.",
    "one line is not enough for AND": "AND needs a hidden layer.",
    "turned signs are another problem": "A gate and its opposite are not equally hard.",
    "the number of ones decides": "How many rows answer 1 decides whether a neuron can learn a gate.",
    "the output is the weighted sum": "A neuron's answer is its weighted sum.",
    "the architecture is learnt": "Training chooses how many neurons there are.",
    "a weight is an importance": "A large weight means that the answer is large.",
    # forward
    "an activation of 0 at z = 0": "A sum of 0 means an activation of 0.",
    "an activation of 1 at z = 0": "A sum of 0 means an activation of 1.",
    "prediction for sum": "The prediction and the sum behind it are the same thing.",
    "bias added after the curve": "A bias is added to the activation.",
    "bias counts only with an input": "A bias matters only where an input is not 0.",
    "bias needs a weight": "A bias has an effect only together with a weight.",
    "rows are neurons": "The rows of z₁ are neurons.",
    "inner sizes remain": "A product of matrices has the shape of the sizes that meet.",
    "columns are examples": "Each column is an example.",
    "squares grow": "Squaring makes an error larger.",
    "predictions may be negative": "A sigmoid's answer can be negative.",
    "half before the square": "The square is there because of the ½.",
    "added before squaring": "The errors are added, and the sum is squared.",
    "accuracy is understanding": "The share of right answers says how much was learnt.",
    "a plateau is no progress": "Where the loss stands still, nothing was learnt before.",
    "curve before the sum": "The inputs go through the curve, and are then added up.",
    "loss is learnt from the answer alone": "The loss can be told without the target.",
    "elementwise for product": "Matrices are multiplied place by place.",
    "no activation": "The curve can be left out.",
    # backward
    "path cut short": "The last factor of a path is the whole slope.",
    "factors added": "Slopes along a path are added.",
    "slope at the wrong place": "A slope may be taken at any place.",
    "each example has its own gradient": "Every example keeps a gradient of its own.",
    "error forgotten": "The blame of a sum does not depend on the error.",
    "new values not known": "Step 8 cannot know the new w₂.",
    "wrong slopes diverge": "With wrong slopes training diverges.",
    "small differences do not matter": "A small difference in a slope does not matter.",
    "no input, no slope": "Where the inputs are 0, no parameter has a slope.",
    "inputs do not matter": "A slope along a weight does not depend on the inputs.",
    "uphill, and no rate": "The slope is added as it is.",
    "slope is the step": "The sign of the slope is the sign of the step.",
    "backpropagation learns": "Backpropagation changes the weights.",
    "forward order back": "The slopes are computed in the order in which the values were.",
    "update before the slopes": "Each weight is updated as soon as its slope is known.",
    "blame not handed on": "A hidden neuron's blame has nothing to do with the output's weights.",
    "flat means wrong": "Where the curve is flat the neuron is wrong.",
    # training
    "an epoch is an update": "An epoch is one update.",
    "epochs forgotten": "However many epochs: each example brings one update.",
    "a step is an update": "Each of the fourteen steps is an update.",
    "a large rate diverges": "Too large a learning rate always makes the loss grow without end.",
    "faster is better": "The larger the learning rate, the faster it learns.",
    "a rate changes nothing": "The learning rate scales everything alike, and so changes nothing.",
    "slopes right means program right": "A check of the slopes shows that the program is right.",
    "right slopes mean learning": "With right slopes a network learns.",
    "a slope check sees values": "A check of the slopes shows that the loss is right.",
    "a falling loss proves the slopes": "If the loss falls, the slopes are right.",
    "many starts prove the slopes": "If it learns from many starts, the slopes are right.",
    "failing means a bug": "A network that does not learn has a bug.",
    "learning means luck": "One start that learns is luck, one that does not is the rule.",
    "zeros are neutral": "All weights 0 is the fairest start.",
    "one run is enough": "One run shows how good a choice is.",
    "one-sided difference": "Any small difference measures a slope equally well.",
    "the smaller the better": "The smaller the nudge, the more exact the measured slope.",
    "absolute error": "A difference of 0.001 between two slopes is always small.",
    # beyond
    "loss is only a name": "Which loss is taken changes the number shown, and not the learning.",
    "cross-entropy of the others": "The loss looks at the shares of the classes that are wrong.",
    "softmax of one": "Each output's share depends on its own sum only.",
    "largest share is 1": "Softmax gives 1 to the largest sum, and 0 to the others.",
    "shifted sums shift shares": "Adding the same number to all sums changes the shares.",
    "deeper is better": "A deeper network learns better.",
    "layers have one formula each": "Every further layer needs formulas of its own.",
    "slopes of uses replace each other": "The slope of a value's last use is its slope.",
    "tape runs forward": "The tape is read in the order in which it was written.",
    "autograd measures": "Automatic differentiation measures slopes by small differences.",
    "autograd derives formulas": "Automatic differentiation writes the derivative down as a formula first.",
    "slopes forget themselves": "A second backward() begins with slopes of 0.",
    "log of the error": "The cross-entropy is the logarithm of the error.",
})


def meaning(key: str) -> str:
    """The sentence behind a misconception; ValueError with the nearest one for a key that there is not."""
    if isinstance(key, str) and key in BELIEFS:
        return BELIEFS[key]
    known = MISTAKES | SLIPS | TRAPS
    if isinstance(key, str) and key in TRAPS:
        return TRAPS[key].title
    return title(one_of("misconception", key, (*BELIEFS, *IN_THE_END, EARLY, *known)))
