"""Questions that come back, for Training and Beyond."""
from nnlib.classroom.items import Compute
from nnlib.classroom.prompts import AnyPrompt, FindTheBug, InYourHead, No, Place, Recall, WhatIf
from nnlib.classroom.store.beyond import ITEMS as BEYOND
from nnlib.classroom.store.training import ITEMS as TRAINING

_of = {item.key: item for item in (*TRAINING, *BEYOND) if isinstance(item, Compute)}

_CELL = Place("training/one_iteration", "All of it in two cells")
_SHEET = Place("training/one_iteration", "All nineteen stops, for marking your sheet")
_MAZUR = Place("training/one_iteration", "A published iteration, checked")
_NEED = Place("training/on_paper", "What you need")
_WRITE = Place("training/on_paper", "How to write it down")
_MARKS = Place("training/on_paper", "The sheet")
_LOOP = Place("training/training", "The loop")
_PLATEAU = Place("training/training", "The plateau")
_SATURATED = Place("training/learning_rate", "Saturation")
_DIVERGED = Place("training/learning_rate", "Divergence")
_RATES = Place("training/learning_rate", "A map of learning rates")
_EQUAL = Place("training/initial_weights", "Equal neurons stay equal")
_ZEROS = Place("training/initial_weights", "All zeros")
_THOUSAND = Place("training/initial_weights", "A thousand starts")
_SIZE = Place("training/initial_weights", "Too small, too large")
_NONE = Place("training/hidden_neurons", "None")
_FEW = Place("training/hidden_neurons", "One, two, four")
_MANY = Place("training/hidden_neurons", "Too many")
_FAIR = Place("training/activations_compared", "A fair comparison")
_SEE = Place("training/activations_compared", "What to see in it")
_WAYS = Place("training/one_example_at_a_time", "Two ways through the data")
_ROWS = Place("training/one_example_at_a_time", "The same with numbers")
_WHY = Place("training/one_example_at_a_time", "Why do it?")
_SMALL = Place("training/checking_gradients", "How small is small?")
_DOES = Place("training/checking_gradients", "Look at what the update does")
_BLIND = Place("training/checking_gradients", "What it cannot see")
_BUG = Place("training/bug_lab", "A bug that learns")
_ALL = Place("training/bug_lab", "All of them")
_TRAPS = Place("training/bug_lab", "Traps that are not bugs")
_SURE = Place("beyond/cross_entropy", "Sure, and wrong")
_ASK = Place("beyond/cross_entropy", "Ask for what you want")
_ZERO = Place("beyond/cross_entropy", "Without dividing by zero")
_SHARES = Place("beyond/softmax", "From sums to shares")
_DIFFERENCES = Place("beyond/softmax", "A hundred more for each")
_JACOBIAN = Place("beyond/softmax", "The Jacobian")
_BOX = Place("beyond/any_depth", "The box, said twice, is a loop")
_DEEP = Place("beyond/any_depth", "Thirty-two layers")
_KEEP = Place("beyond/any_depth", "Which weights keep the size?")
_BACK = Place("beyond/autograd", "Steps back belong to steps forward")
_TAPE = Place("beyond/autograd", "A tape")
_CALLS = Place("beyond/autograd", "Slopes add up over calls")
_BALL = Place("beyond/faster_descent", "A heavy ball")
_EACH = Place("beyond/faster_descent", "A step for each number")
_RACE = Place("beyond/faster_descent", "On a network, fairly")
_GAPS = Place("beyond/floats", "Gaps")
_BITS = Place("beyond/floats", "The same network with fewer bits")
_EPSILON = Place("beyond/floats", "Why 0.00001")
_HELD = Place("beyond/frameworks", "The weights")
_SAID = Place("beyond/frameworks", "If you say nothing")
_WHICH = Place("beyond/frameworks", "Which to take?")
_PICTURES = Place("beyond/where_next", "A weight used again: pictures")
_HUNDREDS = Place("beyond/where_next", "A way round: hundreds of layers")
_LABELS = Place("beyond/where_next", "A loss that asks for nothing: no labels")
_IMAGES = Place("beyond/digits", "Sixty-four inputs, ten outputs")
_BATCHES = Place("beyond/digits", "Learning in small batches")
_NOISE = Place("beyond/digits", "What does it see in noise?")

PROMPTS: tuple[AnyPrompt, ...] = (
    Recall(_CELL, "stops-of-an-iteration", "An iteration has nineteen stops. Into which three groups do they fall?", "Four forward, one loss, fourteen back.",
           "Each takes what the ones before it gave. All of them together make one update.",
           (No("Nineteen updates.", "a step is an update", "There is one update: steps 7 and 14 take effect together."),), facts=("len(OPERATIONS) == 19 and len(STEPS) == 14",)),
    Recall(_SHEET, "digits-on-the-way", "You want four digits in the end. Why keep all that the calculator has on the way?", "Where two numbers nearly cancel, their rounding weighs much more in what is left.",
           "The first slope of w₂ is 0.078776 − 0.068843: what little is left of two larger numbers.",
           (No("It only looks more exact.", "small differences do not matter", "With three digits that slope comes out as 0.0095 instead of 0.0099."),)),
    WhatIf(_MAZUR, "published-slip", "In Mazur's published example all agrees up to the update. The loss printed after it is right in six digits only. Which slip gives exactly the printed loss?",
           "The hidden slopes were taken through the updated weights.",
           "It is the slip of step 8. All that is printed before the update agrees, so it is easily missed.",
           (No("Rounding.", "small differences do not matter", "Rounding would not give the other printed digits exactly."), No("A lost ½ in the loss.", "missing half", "That would double the loss and all slopes, and those printed before it agree."))),

    Recall(_NEED, "order-of-examples", "Why does the worksheet have its two examples in the other order than the chapters?", "So that x is not its own transpose.",
           "In the chapters' order a forgotten ᵀ in step 12 changes nothing, and nobody would see it.",
           (No("So that the shapes do not fit.", "shapes catch every slip", "2 × 2 fits either way. Now the *numbers* are wrong, and that can be seen."),)),
    Recall(_WRITE, "look-back-after-f4", "You have done F4 on paper. Which quick look finds a slip in σ?", "Both outputs must lie between 0 and 1.",
           "A sigmoid gives nothing else. It costs a second; a slip in the sums it cannot show.",
           (No("Both outputs must be near their targets.", "prediction is the target", "It has learnt nothing yet. It may be as wrong as it likes."),)),
    WhatIf(_MARKS, "follow-through", "A box of your marked worksheet says: right from your own numbers. What do you mend?", "A number further up.",
           "This stop is done as it should be, with a wrong number from above. Mend that, and this one follows.",
           (No("This stop.", "a wrong number is a wrong step", "Its work is right. It was handed something wrong."), No("Nothing: right is right.", "right work is a right number", "The number is wrong. The work is right."))),

    Recall(_LOOP, "epoch-and-iteration", "All four rows go into every update. How many iterations does an epoch have then?", "One.",
           "An epoch is one pass through all examples, an iteration one update. Here each pass brings one.",
           (No("Four, one for each row.", "epochs forgotten", "So it would be with one example at a time."), No("Fourteen.", "a step is an update", "Those are steps, and all of them make one iteration."))),
    WhatIf(_LOOP, "losses-kept", "You train on the four rows of AND for 1000 epochs and keep the loss of each state. How many losses have you got?", "1001",
           "The first belongs to the untrained network, before any update.",
           (No("1000", "counts from 0 and from 1 mixed", "There is one before the first epoch, and one after each."), No("4000", "each example has its own gradient", "The loss is one number for all four rows.")),
           facts=("len(train(AND.x, AND.y, Parameters.example(), 0.5, 1000).losses) == 1001",)),
    Recall(_PLATEAU, "why-a-quarter", "Learning AND, all four outputs first fall to about ¼. Why there?", "It is the mean of the targets: the best answer that is the same for all rows.",
           "That most answers are 0 is learnt first. What makes the rows differ comes later.",
           (No("The neurons are saturated.", "flat means wrong", "At ¼ the curve is far from flat. It is the loss that is flat."),), facts=("AND.y.mean() == 0.25",)),

    InYourHead(_of["two-steps-down"], "Each step takes the slope of the place where it begins."),
    Recall(_SATURATED, "why-it-stays-saturated", "Squared error: why does it take a saturated network so long to learn its way out?", "Its sums lie where the curve is flat, and every slope has that flatness as a factor.",
           "Hardly a slope, hardly a step. The answers may be quite wrong: the error is multiplied by almost 0.",
           (No("Its loss has become infinite.", "a large rate diverges", "A sigmoid's answers keep it bounded: 2 at most for four rows."),)),
    WhatIf(_SATURATED, "smaller-rate-afterwards", "With squared error, a network is saturated. You take a smaller learning rate and train on. What happens?", "Hardly anything.",
           "A smaller rate would have prevented it. It multiplies slopes that are almost 0.",
           (No("It recovers.", "a smaller rate mends", "Slopes of almost 0, times less."), No("It diverges.", "a large rate diverges", "Its answers are bounded, and it hardly moves at all."))),
    Recall(_DIVERGED, "what-divergence-needs", "Too large a rate saturates a sigmoid output. When does a squared error grow without end instead?", "When the output has no bounds.",
           "Then each step lands higher on the other side of the valley, where it is steeper, and the next one is longer.",
           (No("Whenever η is large enough.", "a large rate diverges", "An answer between 0 and 1 has a bounded squared error."),)),
    Recall(_RATES, "too-small-or-too-large", "Somewhat too small a rate, or somewhat too large: which mistake costs less?", "Too small: it costs time. Too large may cost everything.",
           "On the one side the map is a slope, on the other a wall, at another place for each start.",
           (No("Too large: at least it is quick.", "faster is better", "Quick, and often for good at a place where nothing moves."),)),

    WhatIf(_EQUAL, "twins", "Both hidden neurons start with the same numbers, in and out. What becomes of them?", "They stay equal for ever.",
           "Same sums, same activations, same blame, same updates: nothing in the fourteen steps can tell them apart.",
           (No("They part as training goes on.", "training long enough learns anything", "After each update they are equal again."), No("Each finds a line of its own.", "more neurons do more", "Both draw the same line.")),
           facts=("(lambda p: np.array_equal(p.w1[:, 0], p.w1[:, 1]))(train(AND.x, AND.y, Parameters([[.3, .3], [.2, .2]], [[.1, .1]], [[.5], [.5]], [[.1]]), 0.5, 50)[50])",)),
    Recall(_ZEROS, "all-zero-tanh", "A tanh network starts to learn AND with zeros everywhere. Which of its numbers move at all?", "The bias of the output.",
           "tanh(0) is 0, so w₂ carries nothing and learns nothing; and w₂ = 0 lets no blame through to the hidden layer.",
           (No("All: zero is a fair start.", "zeros are neutral", "From it no weight ever gets a slope."),),
           facts=("(lambda p: p.b2.any() and not p.w1.any() and not p.w2.any() and not p.b1.any())(train(AND.x, AND.y, Parameters(np.zeros((2, 2)), np.zeros((1, 2)), np.zeros((2, 1)), np.zeros((1, 1))), 0.5, 20, hidden=\"tanh\")[20])",)),
    Recall(_THOUSAND, "why-many-starts", "Why does this book train from hundreds of random starts?", "One start may be lucky, or unlucky.",
           "A claim about training needs the median, the spread, and the starts that fail.",
           (No("To take the best one.", "one run is enough", "The best of many says what is possible, and not what to expect."),)),
    WhatIf(_SIZE, "huge-starting-weights", "Random starting weights are a hundred times too large. How does a sigmoid network learn?", "Hardly: it is saturated before the first step.",
           "The sums lie far from 0, the curves are flat there, and no slope gets through.",
           (No("Faster: everything is larger.", "faster is better", "The weights are. The slopes are almost 0."), No("Its loss grows without end.", "a large rate diverges", "Its answers stay between 0 and 1."))),

    Recall(_NONE, "without-hidden-layer", "From a small start, what does a network without a hidden layer say to the four rows of XOR after long training?", "About ½ to each.",
           "No straight line helps, and ½ is the mean of the targets.",
           (No("Three rows right, one wrong.", "training long enough learns anything", "That would cost as much at best, and takes weights without end. From a small start training settles at ½."),)),
    Recall(_FEW, "a-line-each", "What does each hidden neuron add to what a network can draw?", "A straight line of its own, on which its sum is 0.",
           "The output combines the lines. XOR takes two: they bound a band.",
           (No("A point more that it can learn.", "a neuron has one weight", "It can part any number of points, along a line."),)),
    WhatIf(_MANY, "better-on-what-was-seen", "Two networks are large enough for the rule. The larger one also agrees with the wrong notes among its thirty training points. What do you expect of it on new points?",
           "It is usually worse there.", "It has room to learn the wrong notes by heart. Only held-out points show that.",
           (No("It is better there, too.", "seen is known", "What was learnt by heart does not help with what is new."), No("Both are equal there.", "accuracy is understanding", "The smaller one followed the rule, where the larger one followed the notes."))),
    Recall(_MANY, "where-overfitting-shows", "Where can you see that a network has learnt its examples by heart?", "On examples that it has not trained on.",
           "The training loss looks splendid. So some examples have to be held out.",
           (No("In its training loss.", "the loss tells all", "That is lowest just then."),)),

    Recall(_FAIR, "fair-race", "Two activations are compared. What must be the same for both?", "Everything else: the starts, the number of neurons, the epochs.",
           "And many starts, since one may suit the one and not the other. Even so, another rate may turn the order round.",
           (No("The loss that they end with.", "one run is enough", "That is what is compared."),)),
    WhatIf(_SEE, "relu-never-positive", "In the first hidden layer a ReLU neuron's sum is negative for every example. What will training make of it?", "Nothing: it is dead, and stays so.",
           "Its value is 0 and its slope is 0, so no blame gets through, and none of its numbers moves.",
           (No("It wakes after some epochs.", "dead neurons wake", "What should wake it would have to come through a slope of 0."), No("Its bias brings it back.", "no input, no slope", "The bias's slope, too, goes through the curve."))),
    Recall(_SEE, "why-tanh-is-quicker", "Why does a network with tanh in its hidden layer often learn faster than one with the sigmoid, at the same rate?", "The slope of tanh is up to 1, that of the sigmoid up to ¼.",
           "The slope is a factor of δ₁. So the first weights get up to four times as much.",
           (No("Its values are larger.", "value for slope", "What counts on the way back is how steep it is."),), facts=("float(TANH.slope(0.0, TANH(0.0))) == 1",)),

    InYourHead(_of["count-updates"], "One at a time, each example brings an update, in each epoch."),
    WhatIf(_ROWS, "uphill-for-the-rest", "An update from one row made the total loss larger. Is something wrong?", "No.",
           "The slope of one row points downhill for that row. Only the sum of all rows is downhill for the whole.",
           (No("Yes: updates go downhill.", "one example speaks for all", "Downhill for whom? It followed one row."), No("Yes: η is too large.", "a large rate diverges", "With a tiny η a row may still pull against the others."))),
    Recall(_WHY, "why-batches", "A million examples. What is gained by updating before all have been seen?", "Many updates in the time of one.",
           "One pass with the full batch is a single step. In batches of 32 it is more than thirty thousand, each a little off.",
           (No("Each update is more exact.", "one example speaks for all", "It is less exact. There are many more of them."),), facts=("1_000_000 / 32 > 30_000",)),

    InYourHead(_of["measured-slope"], "For a cube, the central difference is off by exactly ε²: 3w² + ε²."),
    InYourHead(_of["relative-error"], "Whether a difference is small depends on the size of what it is a difference of."),
    WhatIf(_SMALL, "nudge-too-small", "A gradient check nudges by 10⁻¹³ instead of 10⁻⁵. What becomes of the measured slope?", "It gets worse: rounding eats most of its digits.",
           "The two losses agree in nearly all of their digits, and their difference is divided by a tiny number.",
           (No("It gets better: smaller is more exact.", "the smaller the better", "That holds until the digits run out, near 10⁻⁵."), No("It stays the same.", "floats are real numbers", "With endlessly many digits it would get better. There are sixteen."))),
    Recall(_DOES, "why-check-the-update", "All reported slopes are right. Why check (old − new)/η as well?", "It shows what the program does with them.",
           "A plus for a minus in the update leaves every slope right, and walks uphill.",
           (No("It measures more exactly.", "slopes right means program right", "It is not a measurement. It asks which slope was used."),)),
    WhatIf(_BLIND, "wrong-curve-right-slope", "By mistake your sigmoid is σ(2z), with the right slope of σ(2z). What does a gradient check say?", "All is well.",
           "It compares slopes with the function that it is given. Values need a check of their own: σ(1) should be 0.731.",
           (No("It finds a factor of 2.", "a slope check sees values", "Slope and function fit each other. Both are those of another curve."), No("It finds that σ(0) is wrong.", "an activation of 0 at z = 0", "σ(2 · 0) is ½ as well.")),
           facts=("abs(float(SIGMOID(1.0)) - 0.731) < 0.0005", "float(SIGMOID(2 * 0.0)) == float(SIGMOID(0.0))")),

    Recall(_BUG, "why-bugs-learn", "Why can a program with wrong slopes still learn?", "A wrong slope often points downhill all the same.",
           "Downhill is half of all directions. The loss falls, only not where the true slope would lead.",
           (No("It cannot.", "a falling loss proves the slopes", "Most of the bugs in the lab learn AND, many from every start."),)),
    WhatIf(_ALL, "which-witness", "A program reports right slopes and adds them instead of subtracting. Which check finds it?", "The one of the update, (old − new)/η.",
           "What is reported is right, and what is done is not. The update shows the slope that was really used.",
           (No("The one of the reported slopes.", "slopes right means program right", "Those are right."), No("None: two minus signs cancel.", "wrong sign", "There is one wrong sign, in what is done."))),
    FindTheBug(_ALL, "two-wrongs", "The update of w2 is right. Is the program?", "No: two wrong signs cancel for w2; w1 has only one, and climbs.",
               "Each mistake is a mistake. Here the update of w1 subtracts a slope with the wrong sign.",
               (No("Yes: minus times minus is plus.", "a falling loss proves the slopes", "For w2. The hidden layer is built on the wrong error, too."), No("No: η is missing.", "no learning rate", "It is there, as rate.")),
               code="dE_da2 = y - a2\nnew_w2 = w2 + rate * dE_dw2\nnew_w1 = w1 - rate * dE_dw1"),
    Recall(_TRAPS, "right-and-not-learning", "Every slope is right, and the network does not learn. Name a reason that is not a bug.", "For example equal neurons, no biases, or a rate that saturates it.",
           "A gradient check cannot see these: there is nothing wrong with the gradient.",
           (No("There is none: right slopes learn.", "right slopes mean learning", "The start, the rate and the size of the network have a say, too."),)),

    WhatIf(_SURE, "surer-and-wronger", "Sigmoid output, squared error, target 0. The sum z₂ goes from 0 to 8. What happens to the size of δ₂?", "It becomes hundreds of times smaller.",
           "The error doubles, and the curve's slope falls from ¼ to 0.0003. Their product is what goes back.",
           (No("It doubles, like the error.", "no output slope", "The error has to go through the curve, which is flat out there."), No("It becomes 0: the answer is correct then.", "prediction is the target", "It says almost 1, and 0 was wanted.")),
           facts=("(lambda a, b: (a * a * (1 - a)) / (b * b * (1 - b)) > 300)(float(SIGMOID(0.0)), float(SIGMOID(8.0)))",)),
    Recall(_ASK, "what-cross-entropy-is", "What is the cross-entropy of one example, in words?", "Minus the logarithm of the probability that was given to what happened.",
           "Sure and right costs almost nothing. Sure and wrong costs without limit.",
           (No("The logarithm of the error.", "log of the error", "The error does not stand in it. Its slope with respect to z₂ is the error."), No("It looks at what did not happen.", "cross-entropy of the others", "Only the probability of what happened counts."))),
    FindTheBug(_ZERO, "log-of-zero", "This works for years, and one day says inf. What is wrong?", "Where a2 has been rounded to 1, log(1 − a2) is minus infinity.",
               "Compute the loss from z₂, without going through a₂: log(1 + e to the z₂), for target 0, as logaddexp(0, z2).",
               (No("The learning rate is too large.", "a large rate diverges", "A rate may have led there. The number is lost where a2 is rounded to 1."), No("σ can really reach 1.", "floats are real numbers", "It cannot. The computer's number can.")), code="E = -log(1 - a2)  # target 0"),

    Recall(_SHARES, "how-shares-are-made", "How does softmax make shares of any sums?", "e to the power of each, divided by all of them together.",
           "The powers are positive, so the shares are; and divided by their total they add up to 1.",
           (No("Each sum, divided by all together.", "no activation", "Sums may be negative, or add up to 0."), No("1 for the largest, 0 for the rest.", "largest share is 1", "It is a soft version of that: the others keep something."))),
    FindTheBug(_DIFFERENCES, "overflowing-powers", "Sums of 1000 give nan. What is missing?", "Subtract the largest sum first.",
               "Only differences count, so the shares stay. The largest power is then e⁰ = 1.",
               (No("Smaller weights.", "activation tames", "They may help for a while. The formula can be mended for good."), No("Nothing: any change to the sums would change the shares.", "shifted sums shift shares", "Subtracting one number from all of them multiplies all powers by the same number, and that cancels.")),
               code="p = exp(z) / exp(z).sum()", facts=("(lambda z: np.allclose(np.exp(z) / np.exp(z).sum(), np.exp(z - 100) / np.exp(z - 100).sum()))(np.array([1.0, 2.0, 3.0]))",)),
    WhatIf(_JACOBIAN, "another-sum-grows", "Softmax makes shares of some sums. One sum grows, the others stay. What do the shares do?", "Its own grows, all others shrink.",
           "They share one denominator, and go on adding up to 1.",
           (No("Only its own changes.", "softmax of one", "The denominator has grown for all."), No("All grow.", "shares need not add up", "They add up to 1, before and after."))),
    InYourHead(_of["blame-of-a-share"], "Softmax and cross-entropy cancel to p − y, and y is 1 at the right class."),

    Recall(_BOX, "one-turn-of-the-loop", "Which of the fourteen steps carry δ from one layer to the layer before?", "Steps 8, 9 and δ₁ of step 12: over the weights, through the curve.",
           "Everything else is done for one layer at a time, given its δ. So depth is a loop.",
           (No("All fourteen, once for each layer.", "depth is a new theory", "Steps 5 to 7 do a layer's own work; they hand nothing on."),)),
    WhatIf(_DEEP, "a-little-less-each-time", "Each of 32 layers multiplies the slope by 0.4. What reaches the first?", "Less than a millionth of a millionth.",
           "A factor of 0.4 does no harm once. Thirty-two of them are a power.",
           (No("About a thirtieth.", "factors added", "They multiply: 0.4, 0.16, 0.064 …"), No("0.4 of it.", "path cut short", "That is after one layer.")), facts=("0.4**32 < 1e-12",)),
    Recall(_KEEP, "what-a-start-must-do", "What should the size of the starting weights do to slopes, layer by layer?", "Keep them as large as they are: a factor of about 1.",
           "Below 1 they vanish, above 1 they explode. Xavier's rule finds the size for tanh, He's for ReLU.",
           (No("Make them as large as possible.", "faster is better", "Then the first layers are thrown anywhere."), No("Nothing: training repairs it.", "training long enough learns anything", "With slopes of 0, training repairs nothing."))),

    Recall(_BACK, "three-rules", "Which three operations need a rule for the way back, in the book's network?", "Product, sum and curve.",
           "No rule knows its layer. So each forward line can bring its own way back.",
           (No("The fourteen steps, each by itself.", "layers have one formula each", "Steps 2 to 6 and 8 to 13 are those three, again and again."),)),
    Recall(_TAPE, "why-backwards", "Autograd writes a tape on the way forward. Why is it played from its end?", "A slope may be passed on only when all of it has arrived.",
           "Whatever used a result came after it. Backwards, all of them have sent their slopes before it is its turn.",
           (No("It is not: it is played in the order in which it was written.", "tape runs forward", "Then no slope would be known yet but the loss's."), No("To save memory.", "going back saves memory", "It costs memory: all results are kept until then."))),
    InYourHead(_of["used-twice"], "Each use sends a slope back, and they add up."),
    WhatIf(_CALLS, "zero-grad-forgotten", "A training loop never clears .grad. What does each step follow?", "The sum of all slopes since the start.",
           "backward() adds to what is there. So nothing brakes but an uphill slope: a ball without friction.",
           (No("The newest slope.", "slopes forget themselves", "It is added to the others."), No("The mean of all slopes.", "mean for sum", "Nothing divides them."))),

    Recall(_HELD, "pytorchs-weights", "PyTorch's Linear has a weight of shape (3, 2). How many inputs does it take?", "Two.",
           "It keeps w turned over: a row for each neuron, a column for each input. So it multiplies x by its weight turned back.",
           (No("Three.", "rows and columns exchanged", "So it would be in this book, where a row is an input."),)),
    WhatIf(_SAID, "the-usual-loss", "Our loss is ½ times a sum. A library takes the mean and no ½, over four examples. How large are its slopes beside ours?", "Half of ours.",
           "Without the ½ they double; the mean over four divides by 4.",
           (No("As large: the loss is the same.", "loss is only a name", "The same name, and half the number."), No("Twice as large.", "mean for sum", "That is the ½ alone. The mean still divides by 4."))),
    Recall(_WHICH, "what-libraries-share", "NumPy, PyTorch, JAX and Keras, one network. What must be the same for all, so that their first new weights agree in every digit shown?", "The start, the loss, the η, and the format of the numbers.",
           "What is computed is the same fourteen steps. What differs is said nowhere unless you ask: sum or mean, the ½, the start, the format.",
           (No("Nothing could: each has its own backpropagation.", "layers have one formula each", "A derivative does not depend on who computes it."),)),

    InYourHead(_of["speed-of-a-ball"], "A ball keeps the share β of its speed, and the slope pushes."),
    Recall(_BALL, "what-momentum-cancels", "In a long valley, what does momentum do to the slopes across, and along?", "Across they cancel, along they add up.",
           "Across they change sign at each step, along they agree: up to ten times as far, with β = 0.9.",
           (No("It makes all steps longer.", "faster is better", "Only those that agree."),), facts=("abs(sum(0.9**k for k in range(1000)) - 10) < 1e-9",)),
    WhatIf(_EACH, "adams-first-step", "Adam's first step: one slope is 0.001, another is 5. How do the two steps compare?", "They are equally long, about η.",
           "The mean is g, the root of the mean square is |g|, and their quotient is 1 or −1.",
           (No("The second is 5000 times as long.", "rate is the length", "So it would be with plain descent. Adam divides by the usual size."), No("The first is longer.", "small steps arrive", "Both are divided by their own size: neither gains."))),
    Recall(_RACE, "best-optimizer", "Which optimizer is the best one?", "None is the best for everything.",
           "It depends on the ground. In the book's race on XOR fewer starts learn with Adam than with plain descent; in a long valley it is far ahead.",
           (No("Adam, because everybody uses it.", "an optimizer is best", "It is made for millions of numbers and noisy slopes."),)),

    WhatIf(_GAPS, "half-a-gap", "A weight of 0.5 in float16 takes ten thousand steps of 0.0001. Where is it then?", "Where it was.",
           "The next number is 0.00049 away. Each step is less than half of that, and is rounded back.",
           (No("At 1.5: small steps add up.", "small steps arrive", "None of them arrives, so there is nothing to add up."), No("Near 1.5, give or take.", "floats are real numbers", "Every single step is lost, and always in the same way.")),
           facts=("np.float16(0.5) + np.float16(0.0001) == np.float16(0.5)",)),
    Recall(_BITS, "mixed-precision", "Slopes in 16 bits, weights in 32. Why does that work?", "A slope needs few digits; the sum of many small steps needs more.",
           "A few right digits say where downhill is. But a step below half a gap of the weight is lost.",
           (No("Slopes are larger than weights.", "value for slope", "They are smaller, mostly. It is the adding up that needs digits."),)),
    Recall(_EPSILON, "two-errors-meet", "Which two errors meet in a gradient check, and which one does a smaller nudge mend?", "The curve's bend and rounding. A smaller nudge mends the first only.",
           "The bend counts with ε², rounding with 1/ε. They are equal near the cube root of the precision.",
           (No("Both: smaller is better.", "the smaller the better", "Rounding is divided by ε, and grows."),)),

    WhatIf(_IMAGES, "from-gates-to-images", "From 2 inputs to 64, from 1 output to 10, with softmax and cross-entropy. Which of the fourteen formulas have to change?", "Only those of the new loss: steps 1 and 2.",
           "Formulas with tables do not care how many rows and columns there are.",
           (No("All: each number has its formula.", "layers have one formula each", "The tables have grown. The lines have not."), No("Those of the hidden layer.", "each example has its own weights", "Its tables are larger, and that is all."))),
    Recall(_BATCHES, "honest-number", "Which number says how well a network reads digits: on the training images, or on the others?", "On images that it has never seen.",
           "That is what it will meet. What it learnt from, it may know by heart.",
           (No("On the training images: there are more.", "seen is known", "They say how well it learnt those."),)),
    WhatIf(_NOISE, "random-grey", "You show the network a picture of random grey. What does it say?", "A digit, now and then with confidence.",
           "Softmax must share out 1 among ten classes, and there is no eleventh.",
           (No("“I do not know.”", "noise is no digit", "It has no way to say that."), No("A tenth for each.", "unsure means equal shares", "Shares depend on the sums, and nothing makes these equal."))),

    WhatIf(_PICTURES, "a-weight-used-six-times", "A kernel's weight is used at six places of a picture. What is its slope?", "The sum of six slopes, one for each place.",
           "Six uses are six paths from the loss to one number, and paths add.",
           (No("That of the last place.", "slopes of uses replace each other", "All six places changed the result."), No("Their product.", "paths multiplied", "Factors multiply along one path. These are six."))),
    Recall(_HUNDREDS, "why-a-skip-helps", "What does a skip do for the slope of a deep network's first layer?", "It gives it a way back without factors.",
           "Along the skip the slope is handed on as it is. However small the other path's product is, the two are added.",
           (No("It makes the curve steeper.", "slope of the curve is constant", "The curves stay as they are. It goes round them."),)),
    Recall(_LABELS, "autoencoders-target", "An autoencoder learns without labels. What is its target?", "Its own input.",
           "It has to pass through few numbers on the way. What it says in them is a code that nobody gave it.",
           (No("None, so there is no loss.", "loss is learnt from the answer alone", "It is compared with what went in."),)),
)
