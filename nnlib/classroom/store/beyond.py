"""Items beyond: other losses, shares instead of one answer, any depth, and a tape that finds the slopes itself."""
import numpy as np

from nnlib.autograd import Value
from nnlib.classroom.items import Bug, Choose, Compute, Decoy, Draw, Explain, Given, Item, Match, Option, Order, Pair, Point, Slip, Swap
from nnlib.losses import CROSS_ENTROPY, SOFTMAX_CROSS_ENTROPY


def _answer(draw: Draw) -> Given:
    return {"a": draw.pick([0.1, 0.2, 0.3, 0.6, 0.8, 0.9]), "y": draw.pick([0, 1])}


def _sums(draw: Draw) -> Given:
    return {"p": draw.tenths(-9, 20), "q": draw.tenths(-9, 20), "s": draw.tenths(-9, 20)}


def _share(p: float, q: float, s: float) -> float:
    sizes = np.exp(np.array([p, q, s]))
    return float(sizes[0] / sizes.sum())


def _uses(draw: Draw) -> Given:
    return {"c": draw.pick([2, 3, 4]), "d": draw.pick([-3, 5, 7]), "x": draw.pick([1, 2, 3])}


def _by_tape(c: float, d: float, x: float) -> float:
    """The slope of c x² + d x, by the book's own tape."""
    v = Value(x)
    (v * v * c + v * d).backward()
    return float(np.sum(np.asarray(v.grad)))


ITEMS: tuple[Item, ...] = (
    Choose(key="blame-of-cross-entropy", page="beyond/cross_entropy", section="In the fourteen steps", level=2,
           ask="With cross-entropy and a sigmoid at the output, what is δ₂?",
           facts=("all(abs(CROSS_ENTROPY.slope([[a]], [[1.0]])[0, 0] * a * (1 - a) - (a - 1)) < 1e-12 for a in (0.1, 0.5, 0.9))",),
           options=(
               Option("a₂ − y", "The slope of the loss has a (1 − a) below, the curve has it above. They cancel, and the error remains."),
               Option("(a₂ − y) a₂ (1 − a₂)", "That is what the squared error gives. It is tiny where the network is sure and wrong.", "loss is only a name"),
               Option("log a₂ − log y", "The loss has logarithms; its slope has none. (And log 0 would not be a number.)", "log of the error"),
               Option("0, as soon as the answer is on the right side of ½", "It is 0 only where the answer hits its target.", "accuracy is understanding"))),
    Choose(key="sure-and-wrong", page="beyond/cross_entropy", section="Sure, and wrong", level=2,
           ask="A network answers 0.999 where the target is 0. Which loss sends the larger blame back to z₂?",
           facts=("round(0.999 * 0.999 * 0.001, 6) == 0.000998",),
           options=(
               Option("cross-entropy, by far", "Its δ₂ is 0.999. The squared error's is 0.000998: the curve is flat there."),
               Option("the squared error, because errors are squared", "Squaring an error below 1 makes it smaller. And the slope of the flat curve makes δ₂ tiny.",
                      "squares grow"),
               Option("both the same: the error is the same", "The error is. But on its way to z₂ it is multiplied by other things.", "loss is only a name"),
               Option("neither: where the curve is flat there is no slope", "For the squared error that is almost so. Cross-entropy divides by just that slope.",
                      "flat means wrong"))),
    Choose(key="softmax-shift", page="beyond/softmax", section="A hundred more for each", level=1,
           ask="Three sums are 1, 2 and 3. You add 10 to each. What happens to their softmax?",
           options=(
               Option("nothing", "Every e to the power of z grows by the same factor, and the factor cancels. Only differences count."),
               Option("all shares grow", "They are shares of one whole: they always add up to 1.", "softmax of one"),
               Option("the largest share becomes 1", "It would if the *differences* grew. They are the same as before.", "largest share is 1"),
               Option("the shares come nearer to each other", "They would if the differences shrank. Adding the same to all leaves them alone.",
                      "shifted sums shift shares"))),
    Choose(key="what-autograd-does", page="beyond/autograd", section="A tape", level=2,
           ask="How does automatic differentiation get its slopes?",
           options=(
               Option("It keeps what was computed, and multiplies local slopes on the way back.", "Each operation knows its own slope. The tape says in which order to go back."),
               Option("It nudges every number a little and measures.", "That is what the *check* does. It needs two losses for each number, and is not exact.",
                      "autograd measures"),
               Option("It derives a formula, as sympy does.", "No formula is ever written down; there are numbers only.", "autograd derives formulas"),
               Option("It reads the tape from the start.", "It was *written* from the start. The slopes begin at the loss.", "tape runs forward"))),
    Compute(key="one-cross-entropy", page="beyond/cross_entropy", section="Ask for what you want", level=2,
            ask="A network answers {a}, the target is {y}. What is the cross-entropy, to 3 significant digits?",
            draw=_answer, right=lambda a, y: float(CROSS_ENTROPY([[a]], [[y]])), judge="-y*log(a) - (1 - y)*log(1 - a)",
            slips=(Slip("cross-entropy of the others", lambda a, y: float(CROSS_ENTROPY([[a]], [[1 - y]])),
                        "You took the share of the wrong answer. For y = 1 it is −log a, for y = 0 it is −log(1 − a)."),
                   Slip("log of the error", lambda a, y: float(np.log(abs(a - y))), "That is the logarithm of the error. The loss is minus the logarithm of the share that went to the target."),
                   Slip("squared error", lambda a, y: (a - y) ** 2 / 2, "That is the squared error, with its ½."))),
    Compute(key="first-share", page="beyond/softmax", section="From sums to shares", level=2,
            ask="Three sums are {p}, {q} and {s}. What share does softmax give to the first, to 3 significant digits?",
            draw=_sums, right=_share, judge="exp(p)/(exp(p) + exp(q) + exp(s))",
            slips=(Slip("softmax of one", lambda p, q, s: 1 / (1 + np.exp(-p)), "That is the sigmoid of the first sum. Softmax looks at all of them."),
                   Slip("no activation", lambda p, q, s: p / (p + q + s) if p + q + s else 0.0, "Those are shares of the sums themselves. e is raised to each sum first."))),
    Compute(key="used-twice", page="beyond/autograd", section="Used twice", level=2,
            ask="y = {c} x² + {d} x. A value x is used in both terms. What does the tape find for the slope of y with respect to x, at x = {x}?",
            draw=_uses, right=_by_tape, judge="diff(c*x**2 + d*x, x)",
            slips=(Slip("slopes of uses replace each other", lambda c, d, x: d, "That is the slope of the last use only. The slopes of all uses add up."),
                   Slip("path cut short", lambda c, d, x: 2 * c * x, "That is the first term's share. x reaches y over the second, too."),
                   Slip("slope at the wrong place", lambda c, d, x: c * x + d, "In x · x the value x is used twice: each use has a share of its own."))),
    Compute(key="blame-of-a-share", page="beyond/softmax", section="The loss, and one row written out", level=1,
            ask="Softmax and cross-entropy. The right class has the share {p}. What is the slope of the loss with respect to its sum z?",
            draw=lambda draw: {"p": draw.pick([0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9])},
            right=lambda p: float(SOFTMAX_CROSS_ENTROPY.slope([[np.log(p / (1 - p)), 0.0]], [[1.0, 0.0]])[0, 0]),
            judge="p - 1",
            slips=(Slip("wrong sign", lambda p: 1 - p, "The size is right. A larger sum for the right class lowers the loss, so the slope is negative."),
                   Slip("error forgotten", lambda p: p, "That holds for a wrong class. At the right one 1 is taken away: p − y."),
                   Slip("path cut short", lambda p: -1 / p, "That is the slope with respect to the share. It still has to go through softmax."))),
    Compute(key="speed-of-a-ball", page="beyond/faster_descent", section="A heavy ball", level=1,
            ask="Momentum with β = 0.9, and the minus stands in the step. The speed is {v}, and the slope is {g}. What is the new speed?",
            draw=lambda draw: {"v": draw.pick([1, 2, 3, 4]), "g": draw.pick([-2, -1, 1, 2, 3])},
            right=lambda v, g: 0.9 * v + g, judge="9*v/10 + g",
            slips=(Slip("the ball forgets", lambda v, g: g, "That is plain descent. The ball keeps a share β of its speed."),
                   Slip("nothing wears off", lambda v, g: v + g, "Without β the old speed never fades."),
                   Slip("uphill", lambda v, g: 0.9 * v - g, "The slope is added to the speed; the minus comes in the step."))),
    Bug(key="grad-not-cleared", page="beyond/autograd", section="Slopes add up over calls", level=2,
        ask="The first step is right, every later one is too long. What is missing?",
        code="for _ in range(100):\n    loss(w).backward()\n    w.data = w.data - 0.1 * w.grad",
        facts=("(lambda v: [(v * v).backward(), (v * v).backward(), float(v.grad)])(Value(3))[-1] == 12",),
        options=(
            Option("w.grad has to be cleared before each backward().", "Slopes add up over calls. Without zero_grad() each step takes all earlier slopes along."),
            Option("backward() has to come after the step.", "The step needs the slope, so backward() comes first.", "update before the slopes"),
            Option("The learning rate has to shrink.", "A smaller rate would hide it for longer. The slope itself is wrong.", "faster is better"),
            Option("Nothing: backward() begins with slopes of 0.", "It does not. It adds to what is there.", "slopes forget themselves"))),
    Order(key="softmax-in-order", page="beyond/softmax", section="From sums to shares", level=1,
          ask="How are sums turned into shares, so that nothing overflows?",
          steps=("find the largest sum", "subtract it from all of them", "raise e to each", "add these up, and divide each by the total"),
          swaps=(Swap(1, 2, "activation tames", "Subtract first: once e was raised to a huge sum it is too late."),
                 Swap(2, 3, "no activation", "Divide last. Shares of the sums themselves could be negative.")),
          feedback="Only differences count, so one may subtract the largest; then e to the power of each, and shares."),
    Order(key="tape-back", page="beyond/autograd", section="From a tape to a Value", level=2,
          ask="What does backward() do?",
          steps=("give the loss the slope 1", "go to the operation that came last", "give each of its inputs its share: slope times local slope, added to what is there",
                 "go on to the operation before it, until the first"),
          either=((0, 1),),
          swaps=(Swap(1, 2, "tape runs forward", "The operation that came last comes first: only its slope is known."),
                 Swap(0, 2, "error forgotten", "There is nothing to share out before the loss has its slope, 1.")),
          feedback="From the loss, whose slope is 1, back, operation by operation; shares are added, because a value may be used more than once."),
    Match(key="loss-for-what", page="beyond/softmax", section="Two classes are the sigmoid", level=2,
          ask="What goes with what at the output?",
          pairs=(Pair("yes or no", "one sigmoid, cross-entropy", "One share is enough: the other is 1 minus it."),
                 Pair("one class out of five", "softmax over five sums, cross-entropy", "The shares add up to 1: exactly one class is right."),
                 Pair("any number, such as a temperature", "identity, squared error", "An answer that may be 30 must not go through a sigmoid.")),
          decoys=(Decoy("five sigmoids whose answers are compared", "softmax of one", "Five sigmoids do not know of each other. Their answers need not add up to 1."),
                  Decoy("softmax over one sum", "largest share is 1", "The share of a single sum is always 1."))),
    Match(key="depth-and-slopes", page="beyond/any_depth", section="The box, said twice, is a loop", level=2,
          ask="A network has L layers. What does each layer need on the way back?",
          pairs=(Pair("its blame δ", "the blame of the layer above, through that layer's weights, times its own slope of the curve", "That is steps 8, 9 and 12, said once for all layers."),
                 Pair("its slope with respect to w", "what came into it, turned, times its blame", "Steps 5 and 12 are the same formula."),
                 Pair("its slope with respect to b", "its blame, added over the examples", "Steps 6 and 13 are the same formula.")),
          decoys=(Decoy("a formula of its own", "layers have one formula each", "The same box is said again and again. That is why it is a loop."),
                  Decoy("its new weights", "updated w2", "All slopes belong to the old weights."))),
    Explain(key="why-cross-entropy", page="beyond/cross_entropy", section="Sure, and wrong", level=2,
            ask="Why does a sigmoid network with squared error learn so slowly where it is sure and wrong, and what does cross-entropy change?",
            model="On the way from the error to z₂ the blame is multiplied by the slope of the sigmoid, a (1 − a). Where the network is sure that is "
                  "almost 0, so almost nothing arrives, however wrong the answer is. The slope of the cross-entropy has a (1 − a) below the line: "
                  "both cancel, and δ₂ is the error itself.",
            points=(Point("δ₂ of the squared error has the factor a (1 − a), almost 0 at both ends"), Point("so a confident mistake sends hardly any blame"),
                    Point("cross-entropy's slope cancels that factor: δ₂ = a − y")),
            beliefs=(("loss is only a name", "Compare δ₂ for a = 0.999, y = 0 with both losses."),
                     ("flat means wrong", "Flat means sure. It is a pity only if sure *and* wrong."))),
    Explain(key="why-slopes-fade", page="beyond/any_depth", section="Depth, curve and start", level=3,
            ask="Why do slopes fade in a deep network of sigmoids, and which two things help?",
            model="On its way back the blame is multiplied, at each layer, by that layer's weights and by the slope of its curve, which is ¼ at most for a "
                  "sigmoid. Many factors below 1 leave almost nothing for the first layers. A curve with a larger slope (ReLU, tanh) helps, "
                  "together with starting weights whose size fits that curve and the number of inputs: with others the slopes explode.",
            points=(Point("one factor of weights and one of the curve's slope for each layer"), Point("σ′ is ¼ at most, so the product fades"),
                    Point("another curve, and weights that keep the size with it")),
            beliefs=(("deeper is better", "Ask how large ¼ to the power of ten is."), ("no hidden slope", "The factor of the curve stands in each layer: step 9."))),
)
