"""Questions that come back, for Backward."""
from nnlib.classroom.items import Compute
from nnlib.classroom.prompts import AnyPrompt, Complete, Decoy, FindTheBug, InYourHead, No, Place, Recall, WhatIf
from nnlib.classroom.store.backward import ITEMS

_of = {item.key: item for item in ITEMS if isinstance(item, Compute)}

_NUDGE = Place("backward/slopes", "Nudge, and divide")
_RULES = Place("backward/slopes", "Six rules, and one for σ")
_KNOBS = Place("backward/slopes", "Several knobs: what ∂ means")
_RELATIVE = Place("backward/slopes", "How far off? The relative error")
_SHAPES = Place("backward/matrices", "Shapes that fit")
_ENTRY = Place("backward/matrices", "Entry by entry: ⊙")
_TURN = Place("backward/matrices", "The transpose: turn it so that it fits")
_WARNING = Place("backward/matrices", "A warning about our own example")
_ONE = Place("backward/gradient_descent", "One weight")
_FAR = Place("backward/gradient_descent", "How far?")
_MAP = Place("backward/gradient_descent", "Two weights")
_WHO = Place("backward/gradient_descent", "Who feels the ground?")
_PATHS = Place("backward/chain_rule", "Two paths: paths add")
_TWICE = Place("backward/chain_rule", "The same product, twice")
_S1 = Place("backward/step_01_dE_da2")
_S1_ROUND = Place("backward/step_01_dE_da2", "The other way round")
_S2 = Place("backward/step_02_da2_dz2")
_S2_SLIP = Place("backward/step_02_da2_dz2", "A slip that does no harm, until you need it")
_S3 = Place("backward/step_03_dz2_dw2")
_S4 = Place("backward/step_04_dz2_db2")
_S5_BOTH = Place("backward/step_05_dE_dw2", "The same weight, both examples")
_S5_LINE = Place("backward/step_05_dE_dw2", "The same numbers, one line")
_S5_TURN = Place("backward/step_05_dE_dw2", "Without the transpose")
_S6 = Place("backward/step_06_dE_db2")
_S6_MEAN = Place("backward/step_06_dE_db2", "Sum or mean?")
_S7 = Place("backward/step_07_new_w2_new_b2", "The old values stay")
_S8 = Place("backward/step_08_dz2_da1")
_S8_CHECK = Place("backward/step_08_dz2_da1", "The check finds what training hides")
_S9 = Place("backward/step_09_da1_dz1")
_S9_FADE = Place("backward/step_09_da1_dz1", "The vanishing gradient")
_S9_FORGET = Place("backward/step_09_da1_dz1", "If you forget it")
_S10 = Place("backward/step_10_dz1_dw1")
_S11 = Place("backward/step_11_dz1_db1")
_S12_ALL = Place("backward/step_12_dE_dw1", "All four weights")
_S12_LINES = Place("backward/step_12_dE_dw1", "The same numbers, in matrices")
_S12_TURN = Place("backward/step_12_dE_dw1", "Where the transpose shows")
_S12_TWO = Place("backward/step_12_dE_dw1", "An aside: two outputs, two paths")
_S13 = Place("backward/step_13_dE_db1")
_S13_BOX = Place("backward/step_13_dE_db1", "The pattern")
_S14 = Place("backward/step_14_new_w1_new_b1")
_S14_CHECK = Place("backward/step_14_new_w1_new_b1", "The check")

PROMPTS: tuple[AnyPrompt, ...] = (
    Recall(_NUDGE, "slope-by-nudging", "You nudge a number a little. How do you get the slope from what happens?", "Divide the change of the result by the nudge.",
           "The quotient says how many units of result you get for a unit of nudge. A smaller nudge comes nearer to the slope, as long as the digits last.",
           (No("Divide the result by the number.", "value for slope", "That compares heights. A slope compares changes."),)),
    InYourHead(_of["slope-of-a-square"], "A square grows at twice what is squared, and a factor in front stays in front."),
    Recall(_RULES, "steepest-sigma", "Where is the sigmoid steepest, and how steep is it there?", "At z = 0, with a slope of ¼.",
           "Its slope is a(1 − a), and a product of two numbers that add up to 1 is largest where both are ½.",
           (No("Far to the right, where its value is largest.", "value for slope", "There it is nearly flat. High is not steep."),
            No("It is equally steep everywhere.", "slope of the curve is constant", "A straight line is. This one flattens out at both ends.")),
           facts=("float(SIGMOID.slope(0.0, SIGMOID(0.0))) == 0.25",)),
    InYourHead(_of["one-knob-held"], "What is held still is a constant, and the slope of a constant times u is that constant."),
    Recall(_KNOBS, "round-d", "What does the round ∂ in ∂E/∂w say about the other weights and biases?", "They are held still.",
           "One knob is turned at a time. What is computed from it, sums and activations, moves along.",
           (No("They are set to 0.", "held still means zero", "They stay what they are. At 0 the slope would be another one."),)),
    Recall(_RELATIVE, "relative-error-of-two", "A check divides the difference of two slopes by the larger of them in size, and gets exactly 2. What has gone wrong?", "The sign.",
           "If one number is minus the other, they differ by twice their size; and that is divided by their size.",
           (No("A factor of 2.", "twice", "10 instead of 5 makes 5/10, and that is ½."),), facts=("abs(5 - -5) / 5 == 2", "abs(10 - 5) / 10 == 0.5")),

    InYourHead(_of["row-by-column"], "One finger runs along the row, the other down the column: multiply what they touch, and add."),
    Recall(_SHAPES, "shape-of-product", "A (3 × 2) matrix times a (2 × 4) matrix: which shape comes out?", "3 × 4", "The inner sizes must agree, and they are summed away. The outer ones remain.",
           (No("2 × 2", "inner sizes remain", "The inner 2 is what is added over. It is gone."), No("4 × 3", "rows and columns exchanged", "Rows come from the left matrix, columns from the right one.")),
           facts=("(np.ones((3, 2)) @ np.ones((2, 4))).shape == (3, 4)",)),
    FindTheBug(_ENTRY, "star-for-at", "x and w1 are both 2 × 2, and this runs. What is wrong?", "The * multiplies place by place. The sums need @.",
               "A weighted sum runs over inputs: row times column. The star meets each number with the one in the same place, and adds nothing.",
               (No("w1 has to be transposed.", "w1 transposed", "The rows of w1 are inputs already, as the columns of x are."),
                No("b1 has to come after the curve.", "bias added after the curve", "It belongs to the sum.")), code="z1 = x * w1 + b1",
               facts=("(TWO_EXAMPLES.x * Parameters.example().w1).shape == (TWO_EXAMPLES.x @ Parameters.example().w1).shape",)),
    Recall(_TURN, "what-transpose-sums", "x w₁ adds up over the inputs. Over what does xᵀ δ add up?", "Over the examples.",
           "A product runs along rows of its left matrix. Turned over, the rows of xᵀ run through the examples.",
           (No("Over the inputs, too.", "no transpose for w1", "That is what it does without the ᵀ. The transpose changes who meets whom."),)),
    WhatIf(_WARNING, "own-transpose", "Your x equals its own transpose, and you forget the ᵀ in xᵀ δ. What do you notice?", "Nothing. Every number is right, by luck.",
           "Test with three examples for two inputs: then a forgotten transpose does not even fit.",
           (No("An error about shapes.", "shapes catch every slip", "2 × 2 fits 2 × 2, turned over or not."), No("A loss that rises.", "wrong slopes diverge", "No slope is wrong here. That is the trap.")),
           facts=("(TWO_EXAMPLES.x == TWO_EXAMPLES.x.T).all()",)),

    Recall(_ONE, "positive-slope", "The slope of the loss with respect to a weight is positive. Which way should the weight go?", "Down.",
           "Positive means: to the right the loss goes up. Downhill is against the slope.",
           (No("Up.", "slope is the step", "That is where the slope points, uphill. You want to go the other way."),)),
    WhatIf(_FAR, "near-the-bottom", "η stays the same, and a weight nears the bottom of its valley. What becomes of its steps?", "They get shorter by themselves.",
           "A step is η times the slope, and near the bottom the ground is nearly flat.",
           (No("They stay as long as η.", "rate is the length", "η is a factor. The slope is the other one."), No("They get longer.", "faster is better", "That would take a steeper ground."))),
    Recall(_MAP, "where-gradient-points", "Where does the gradient of the loss point?", "To where the loss rises fastest.",
           "It holds the slope for each number, and slopes are positive uphill. So one goes against it.",
           (No("To the lowest place.", "gradient points at the goal", "It knows only the ground underfoot. Against it, the ground falls fastest; the valley may lie elsewhere."),)),
    WhatIf(_WHO, "after-backpropagation", "Backpropagation has run once, and nothing else. Which weights and biases have changed?", "None.",
           "It computes slopes. Gradient descent, steps 7 and 14, takes the step.",
           (No("All of them.", "backpropagation learns", "It says how each should change. It changes nothing."),
            No("Those of the output.", "update before the slopes", "They wait: the hidden layer's slopes need them as they were."))),
    Recall(_WHO, "cost-of-nudging", "Why are the slopes of a billion weights not measured by nudging?", "Each weight would cost two runs of the network.",
           "Backpropagation gives all slopes in one run forward and one back, and exactly.",
           (No("Nudging is not exact enough.", "the smaller the better", "It is exact to many digits. It is the two billion runs that forbid it."),)),

    InYourHead(_of["gears"], "The outer slope is taken at the inner function's value, and multiplied by the inner slope."),
    InYourHead(_of["two-paths"], "Factors multiply along a path, paths add."),
    Recall(_PATHS, "why-paths-add", "A number reaches the loss over two paths. Why are their slopes added?", "A nudge goes along both at once, and the loss is moved by both.",
           "Two small changes of one number add up. So each example adds its share to a weight's slope.",
           (No("They are multiplied, as slopes always are.", "paths multiplied", "Along one path they are. Two paths are two effects."),
            No("The larger one counts.", "slopes of uses replace each other", "Both effects happen; none waits for the other."))),
    Recall(_TWICE, "what-delta-is", "δ₂ is a slope. Of what, with respect to what?", "Of the loss, with respect to the output's sum z₂.",
           "Every weight and the bias behind z₂ need this product, so it is computed once.",
           (No("Of the loss, with respect to the prediction a₂.", "no output slope", "That is step 1. δ₂ has been through the curve as well."),)),
    WhatIf(_TWICE, "without-delta", "You never store δ₂, and work it out afresh wherever it is needed. What do you lose?", "Only time.",
           "The slopes are the same. δ is a product that many paths share; to keep it saves computing it again.",
           (No("The right slopes.", "delta is a correction", "It corrects nothing. It is the common part of many products."), No("The slope of the bias.", "no bias slope", "That is δ₂ times 1, and can be worked out like the others."))),

    Complete(_S1, "1", "dE_da2", ("a2", "y"), (Decoy("z2", "prediction for sum", "The loss compares the answer, and not the sum behind it."),
             Decoy("E", "squared error", "The loss itself does not stand in its own slope.")),
             "The slope of ½ r² is r, and the error r is prediction minus target."),
    InYourHead(_of["slope-of-loss"], "The slope of the loss with respect to a prediction is its error, sign and all."),
    Recall(_S1, "negative-error", "∂E/∂a₂ is negative for an example. Is its prediction too high or too low?", "Too low.",
           "It is prediction minus target. A negative slope says: raise the prediction, and the loss falls.",
           (No("Too high.", "wrong sign", "Then prediction minus target would be positive."),)),
    FindTheBug(_S1_ROUND, "target-minus-prediction", "Step 1 of somebody's program. What comes of it?", "Every slope has the wrong sign: it learns to be wrong.",
               "All later slopes have this factor. The sizes are right, and each step goes uphill.",
               (No("Nothing: it is squared anyway.", "squared error", "The loss has the square. Its slope has the error, with a sign."),
                No("The slopes are half as large.", "half", "Their size is right.")), code="dE_da2 = y - a2"),

    Recall(_S2, "slope-for-free", "Why does σ′ cost almost nothing on the way back?", "It is a(1 − a), and a is known from the way forward.",
           "No z and no e is left in it: one subtraction and one product.",
           (No("It is always ¼.", "slope of the curve is constant", "¼ is the most that it can be, at z = 0."),)),
    Recall(_S2, "share-of-the-curve", "What part of the blame does a sigmoid pass on at most?", "A quarter.",
           "Its slope a(1 − a) is largest at a = ½. Where a neuron is sure, hardly anything gets through.",
           (No("All of it, where the neuron is sure.", "flat means wrong", "Where it is sure, the curve is flat: its slope is almost 0."),),
           facts=("max(a * (1 - a) for a in np.linspace(0, 1, 1001)) == 0.25",)),
    InYourHead(_of["slope-of-curve"], "The slope is a(1 − a): the answer times what it lacks to 1."),
    WhatIf(_S2_SLIP, "sooner-with-a-slip", "With σ applied twice in step 2, all 200 starts learn AND sooner. Are the slopes right?", "No.",
           "That slope can never become small, so the output never falls asleep. But it is not the slope of this loss; only a check shows that.",
           (No("Yes: the loss falls.", "a falling loss proves the slopes", "A wrong slope can point downhill, too."),
            No("Yes: 200 starts agree.", "many starts prove the slopes", "They say that it learns. What it goes down is another hill."))),

    Recall(_S3, "price-of-an-apple", "How fast does z₂ grow with one of its weights?", "As fast as what the weight carries: its hidden activation.",
           "The bill grows with each apple by its price, however many apples there are.",
           (No("As fast as the weight itself.", "a weight is an importance", "That is how fast z₂ grows with the *activation*."),)),
    WhatIf(_S3, "silent-neuron", "A hidden neuron answers almost 0 to an example. How much does that example move its weight to the output?", "Hardly at all.",
           "The slope for the weight has the activation as a factor: whoever said nothing has no share.",
           (No("As much as any other: the error decides.", "inputs do not matter", "The error is one factor. What the weight carried is another."),
            No("Most of all: it should have spoken.", "flat means wrong", "Whether it should have is asked elsewhere, in step 8."))),
    FindTheBug(_S3, "sums-for-activations", "The shapes fit. What is wrong with this step 3?", "It should be a1: a weight carries the activation.",
               "The hidden neuron's sum never leaves it. What arrived at the output is the bent sum.",
               (No("It should be w2.", "path cut short", "That is the slope with respect to the activation, step 8."), No("It should be transposed.", "no transpose for w2", "Step 5 turns it over. Here it stands as it is.")),
               code="dz2_dw2 = z1"),
    Complete(_S3, "3", "dz2_dw2", ("a1",), (Decoy("z1", "sums for activations", "The sum stays inside the neuron. The weight carries what comes out."),
             Decoy("w2", "a weight is an importance", "You turn the weight, so what it is multiplied by remains.")),
             "z₂ contains a₁ times w₂. Turn w₂, and a₁ is the factor that stays."),

    Recall(_S4, "bias-as-weight", "A bias is a weight in disguise. Which input does it have?", "Always 1.", "So the sum's slope with respect to it is 1, for every example. That is what the column of ones stands for.",
           (No("Always 0.", "bias counts only with an input", "Then it would never be heard."),)),
    FindTheBug(_S4, "constant-bias", "“A bias is a constant, and a constant has the slope 0.” What is wrong?", "Here it is the bias that is turned: the slope is 1.",
               "A number is a constant while you turn another one. With a slope of 0 the bias would never move.",
               (No("Nothing: only weights are learnt.", "biases forgotten", "Biases are learnt as well, by the same rule."), No("It should be b2.", "value for slope", "How large the bias is does not matter for how fast the sum grows with it.")),
               code="dz2_db2 = zeros((n, 1))"),
    WhatIf(_S4, "frozen-bias", "The output's bias never moves, and from your start the network learns AND. What does that show?", "That this one start gets by without it.",
           "About half of 200 random starts do not, in the same time. One run says little.",
           (No("That the bias is not needed.", "biases forgotten", "Ask other starts."), No("That the program is right.", "one run is enough", "A check of the slopes finds the bug at once."))),

    InYourHead(_of["blame-of-one"], "δ₂ is the error times the curve's slope: two factors, from steps 1 and 2."),
    Complete(_S5_LINE, "5", "dE_dw2", ("dz2_dw2", "dE_dz2"), (Decoy("dE_da2", "no output slope", "The blame has to go through the curve first: then it is δ₂."),
             Decoy("dz2_da1", "path cut short", "That leads to the hidden layer. Here the way ends at the weight.")),
             "Each example's blame times what the weight carried; turned over, so that the examples are added up."),
    WhatIf(_S5_BOTH, "shares-that-cancel", "Two examples pull at one weight, nearly equally, in opposite directions. What is its slope?", "Nearly 0.",
           "The shares are added, signs and all. On the whole the weight is hardly to blame.",
           (No("The larger of the two shares.", "slopes of uses replace each other", "Both count. What is left is their sum."),
            No("Each example keeps its own slope.", "each example has its own gradient", "There is one weight, and one loss: the shares are added."))),
    Recall(_S5_LINE, "shape-of-a-gradient", "What shape does the gradient of a table of weights have?", "The shape of the table.", "There is one slope for each weight. If a product gives another shape, it is wrong.",
           (No("A row for each example.", "each example has its own gradient", "The examples have been added up."),),
           facts=("iteration(AND.x, AND.y, Parameters.example(), 0.5).dE_dw2.shape == Parameters.example().w2.shape",)),
    FindTheBug(_S5_TURN, "forgotten-transpose", "Two examples, two hidden neurons: this runs. What is wrong?", "a1 is not turned over: it should be a1.T @ dE_dz2.",
               "As it stands it adds up over neurons. Only with as many examples as neurons does that fit at all.",
               (No("It should be a1 * dE_dz2.", "elementwise for product", "Then the shares of the examples would not be added up."),
                No("Nothing: otherwise it would not fit.", "shapes catch every slip", "2 × 2 is its own shape turned over.")), code="dE_dw2 = a1 @ dE_dz2"),

    Complete(_S6, "6", "dE_db2", ("dE_dz2",), (Decoy("dE_da2", "no output slope", "That is the error, before the curve. The bias stands behind z₂."),
             Decoy("dE_dw2", "bias needs a weight", "The bias does not go by way of the weights.")),
             "The slope of z₂ with respect to its bias is 1. A row of ones times a column adds it up."),
    InYourHead(_of["bias-from-blames"], "The bias speaks in every example, with the factor 1: its slope is the sum of the blames."),
    WhatIf(_S6_MEAN, "mean-for-biases", "Two examples. Weights get the sum of the slopes, biases the mean. What happens?", "The biases learn with half the step.",
           "Sum or mean, both are fine; mixed, one kind of number has another learning rate.",
           (No("Nothing, as a mean is as good as a sum.", "small differences do not matter", "It is, if all numbers have the same."), No("The loss rises.", "wrong slopes diverge", "All signs are right. It still goes down."))),

    Complete(_S7, "7", "new_w2", ("dE_dw2",), (Decoy("dE_dz2", "path cut short", "The blame at the sum is not yet the slope for the weight."),
             Decoy("dz2_dw2", "error forgotten", "That is how fast the sum grows. The step follows the loss.")),
             "Against the slope, by η times the slope."),
    InYourHead(_of["one-step-down"], "New is old minus η times the slope."),
    Recall(_S7, "when-new-counts", "Step 7 computes the new w₂. When does it take effect?", "After step 14, together with all the others.",
           "Steps 8 to 13 ask who made the old answer, and the old weights made it.",
           (No("At once, in step 8.", "updated w2", "Then the hidden layer would be blamed over a road that was not there."),)),
    WhatIf(_S7, "negative-weight-down", "A weight is −0.3, and its slope is positive. What does the step do to its size?", "The weight goes down, so its size grows.",
           "Down means towards −∞. From −0.3 it goes to −0.31, which is further from 0.",
           (No("Its size shrinks.", "downhill means smaller", "Downhill in loss is not towards 0."), No("The weight goes up.", "uphill", "The slope is subtracted, whatever the weight's own sign."))),

    Recall(_S8, "road-of-blame", "Over which numbers does blame go from z₂ to the hidden activations?", "Over the old weights w₂.",
           "z₂ grows with an activation as fast as its weight says, and the old weight made the answer.",
           (No("Over the new weights.", "updated w2", "They did not exist when the answer was given."), No("Over the activations a₁.", "sums for activations", "That is step 3, the way to the *weights*."))),
    WhatIf(_S8, "blame-over-a-no", "δ₂ is positive: the answer is too high. A hidden neuron reaches it over a negative weight. What should that neuron have said?", "More.",
           "Its voice counts as a no. Louder, it would have lowered the sum; so its blame has the opposite sign.",
           (No("Less, like all the others.", "blame not handed on", "The blame goes over the weight, and the weight turns its sign."), No("It does not matter.", "a no counts for nothing", "It mattered: what it said was multiplied by its weight."))),
    WhatIf(_S8_CHECK, "seen-by-whom", "Step 8 takes the new w₂. What finds it: the loss curve, or a check of the gradient?", "The check, at once.",
           "All of 200 starts learn AND with this slip. The loss falls as if nothing were wrong.",
           (No("The loss curve.", "a falling loss proves the slopes", "It falls, most of the time a little faster."), No("Neither.", "small differences do not matter", "Its relative error, 0.03 in the worked example, is far above what rounding makes."))),

    Recall(_S9, "same-as-step-two", "Step 2 goes through the output's curve, step 9 through the hidden ones. What is new in the formula of step 9?", "Nothing: a(1 − a) again, with the hidden activations.",
           "There are more neurons, so there are more slopes. Each curve still needs its own answer only.",
           (No("Another rule, made for hidden neurons.", "layers have one formula each", "One curve, one slope: layer by layer the same."),)),
    InYourHead(_of["through-curves"], "At z = 0 the sigmoid's slope is ¼, and factors along a path multiply."),
    Recall(_S9_FADE, "why-slopes-fade-away", "Why do slopes vanish in a deep network of sigmoids?", "Each layer's curve multiplies them by ¼ at most.",
           "Ten factors of a quarter leave less than a millionth. Larger weights make up for it only up to a point: they make large sums, and there the curve is flat.",
           (No("Each layer subtracts a quarter.", "factors added", "They multiply: what is left is a quarter of a quarter."),), facts=("0.25**10 < 1e-6",)),
    WhatIf(_S9_FORGET, "step-nine-forgotten", "With sigmoids, you leave out step 9. How far off is the blame that arrives at each hidden sum?", "Four times too large, or more.",
           "The factor that is missing is a(1 − a), and that is ¼ at most.",
           (No("Twice too large.", "value for slope", "½ is the activation at z = 0. The slope there is ¼."), No("It points the wrong way.", "wrong sign", "a(1 − a) is positive: leaving it out turns no sign."))),

    Complete(_S10, "10", "dz1_dw1", ("x",), (Decoy("a1", "activations for inputs", "The activations come out of this layer; its weights carry the data."),
             Decoy("w1", "a weight is an importance", "You turn the weight. What it is multiplied by is the slope.")),
             "z₁ contains x times w₁: turn w₁, and x is the factor that stays."),
    WhatIf(_S10, "input-of-zero", "An example's first input is 0. What do the weights from that input learn from it?", "Nothing.",
           "Their slope has the input as a factor. An influence of nothing earns no blame.",
           (No("As much as the other weights.", "inputs do not matter", "Each weight learns as much as it carried."), No("To become 0.", "held still means zero", "They stay what they are, as far as this example goes."))),
    Recall(_S10, "who-teaches-from-nothing", "The example (0, 0): which numbers of the hidden layer does it teach?", "Its biases only.", "z₁ grows with them one for one, whatever the inputs are. The weights are multiplied by 0.",
           (No("None.", "no input, no slope", "The biases do not need an input."),),
           facts=("not iteration([[0, 0]], [[1]], Parameters.example(), 0.5).dE_dw1.any() and iteration([[0, 0]], [[1]], Parameters.example(), 0.5).dE_db1.all()",)),

    WhatIf(_S11, "no-hidden-biases", "All hidden biases are fixed at 0. What does a hidden sigmoid neuron say to (0, 0)?", "½, with any weights.",
           "Its sum is 0, and σ(0) is ½. The hidden layer is nailed down in that corner.",
           (No("0", "an activation of 0 at z = 0", "σ(0) is ½."), No("That depends on its weights.", "inputs do not matter", "They are all multiplied by 0."))),
    Recall(_S11, "ones-for-all", "Two hidden biases, but ∂z₁/∂b₁ is a single column of ones. Why is that enough?", "Each sum grows as fast as its own bias, for every example and neuron.",
           "The slope is 1 for both neurons. Which bias is meant is told apart by the columns of δ₁.",
           (No("Both neurons share a bias.", "a neuron has one weight", "Each has one of its own; it is their slopes that are equal."),)),
    FindTheBug(_S11, "bias-in-the-loop", "A loop over the two inputs. What is wrong?", "The bias moves once for each input: twice as far as it should.",
               "There is one bias for each neuron, so its step belongs outside the loop over the weights.",
               (No("The bias should move uphill.", "uphill", "Minus is right."), No("The bias has to be left alone.", "biases forgotten", "It is learnt, but once.")),
               code="for i in range(2):\n    w1[i] -= rate * dE_dw1[i]\n    b1 -= rate * dE_db1"),

    InYourHead(_of["delta-one-of-one"], "Over the weight, and then through the curve: two more factors."),
    Recall(_S12_ALL, "from-delta-to-delta", "Which two factors make δ₁ of δ₂, for one hidden neuron?", "The old weight to the output, and the slope of the neuron's own curve.",
           "That is the road back: over the edge (step 8), through the curve (step 9).",
           (No("The weight, and the input.", "activations for inputs", "The input comes after δ₁, on the way to a weight."), No("The new weight, and the curve's slope.", "updated w2", "The old one made the answer."))),
    Complete(_S12_LINES, "12", "dE_dz1", ("dE_dz2", "da1_dz1"), (Decoy("dE_da2", "no output slope", "It has not been through the output's curve yet. After that it is called δ₂."),
             Decoy("dz1_dw1", "path cut short", "That leads on to the weights. δ₁ stops at the sum.")),
             "Back over w₂, turned over, and entry by entry through the hidden curves."),
    FindTheBug(_S12_TURN, "turn-the-data", "Three examples, two inputs, two hidden neurons. Why does this stop with an error?", "x must be turned over: x.T @ dE_dz1.",
               "Examples are to be added up, so they have to meet in the middle: (2 × 3) times (3 × 2).",
               (No("dE_dz1 must be turned over.", "rows and columns exchanged", "x (3 × 2) times (2 × 3) fits, and adds up over the wrong thing."),
                No("It should be x * dE_dz1.", "elementwise for product", "That fits, but adds up no examples.")), code="dE_dw1 = x @ dE_dz1"),
    WhatIf(_S12_TWO, "a-second-output", "The network gets a second output. How does blame reach a hidden neuron now?", "Over two paths, which add.",
           "δ₂ w₂ᵀ does it by itself: a row of δ₂ meets a row of w₂, and the products are added.",
           (No("Over the output with the larger error.", "slopes of uses replace each other", "Both outputs were moved by it, so both have their say."), No("Over two paths, which multiply.", "paths multiplied", "Factors multiply along one path. Paths add."))),

    Complete(_S13, "13", "dE_db1", ("dE_dz1",), (Decoy("dE_dz2", "blame not handed on", "δ₂ is the blame at the output. The hidden biases stand behind z₁."),
             Decoy("dE_dw1", "bias needs a weight", "The bias does not go by way of the weights.")),
             "The slope of z₁ with respect to its bias is 1: so the gradient is δ₁, added up over the examples."),
    WhatIf(_S13, "input-always-one", "x₂ is 1 in every example. Whose slope equals that of a hidden neuron's bias?", "That of its weight from x₂.",
           "A bias is a weight whose input is always 1. Here x₂ is such an input.",
           (No("That of its weight from x₁.", "the other knob", "That slope has x₁ as a factor, and x₁ need not be 1."), No("None: a bias is not a weight.", "bias needs a weight", "It is one, with a constant input.")),
           facts=("(lambda it: np.allclose(it.dE_dw1[1], it.dE_db1[0]))(iteration([[0, 1], [1, 1]], [[0], [1]], Parameters.example(), 0.5))",)),
    Recall(_S13_BOX, "hundred-layers", "A network has a hundred layers. Which new formula does the way back need?", "None.",
           "It is the same box again and again: what came in, turned over, times δ; δ summed; δ sent back.",
           (No("One for each layer.", "layers have one formula each", "Give the layers numbers, and four lines serve all of them."),)),

    Complete(_S14, "14", "new_w1", ("w1", "dE_dw1"), (Decoy("new_w2", "updated w2", "Each table starts from its own old values."),
             Decoy("dE_dz1", "path cut short", "The blame at the sum still has to be multiplied by what the weight carried.")),
             "The same rule as in step 7: old minus η times slope."),
    WhatIf(_S14, "one-got-worse", "After an update the loss is lower, but one example's answer is worse. Is that a bug?", "No.",
           "The loss adds up all examples. Where they want opposite things, the larger complaint wins.",
           (No("Yes: every example has to gain.", "one example speaks for all", "The slope belongs to the sum."), No("Yes: the rate is too large.", "a large rate diverges", "The loss has fallen, as it should."))),
    Recall(_S14, "steps-that-move", "Which of the fourteen steps change a weight or a bias?", "Steps 7 and 14.", "The other twelve compute slopes: backpropagation. These two use them: gradient descent.",
           (No("All fourteen.", "a step is an update", "All of them together make one update."),)),
    FindTheBug(_S14_CHECK, "rate-forgotten", "A check of the update, with η = 1, passes. What did it not see?", "The learning rate is missing.",
               "A factor of 1 hides itself. Check with numbers that are not special.",
               (No("The sign is wrong.", "uphill", "Minus is right, and a wrong sign would show with η = 1, too."), No("w1 is the old one.", "update before the slopes", "It has to be: new is old minus the step.")),
               code="new_w1 = w1 - dE_dw1"),
)
