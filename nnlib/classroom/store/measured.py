"""Items that stand in the tests for before and after and nowhere else: no lesson, quiz, poll or card asks them."""
from nnlib.classroom.items import Choose, Option

ITEMS: tuple[Choose, ...] = (
    Choose(key="curves-taken-out", page="ideas/activation", section="Leave the curve out", level=2,
           ask="Somebody takes the activation function out of every neuron of a large network: each passes its sum on as it is. What is left?",
           options=(
               Option("a network that can do what a single layer can",
                      "Sums of sums are sums. However many layers there were, one with other numbers does the same."),
               Option("the same network, which only takes longer to learn",
                      "Time is not what it lacks. Its layers together can do no more than one.", "more neurons do more"),
               Option("a network whose values grow from layer to layer",
                      "Whether values grow is a matter of the weights. With small ones they shrink.", "activation tames"),
               Option("the same network, whose answers may lie outside 0 and 1",
                      "They may, but that is the least of it. Most of what it could do is gone.", "activation squeezes"),
           )),
    Choose(key="one-layer-and-ten", page="ideas/activation", section="Leave the curve out", level=2,
           ask="One program has a single layer, another has ten. Neither has an activation function. Both see the same data. "
               "What do you expect?",
           options=(
               Option("What the ten can learn, the single one can learn, too.",
                      "Ten maps that multiply and add, one after the other, are one such map."),
               Option("The ten learn curved boundaries, the single one a straight line.",
                      "Nothing in the ten bends. Their boundary is as straight as that of the single one.", "more neurons do more"),
               Option("The values in the ten explode, those in the single one do not.",
                      "Whether values grow is a matter of the weights, and not of how many layers there are.", "activation tames"),
               Option("The ten bring their answers between 0 and 1, the single one does not.",
                      "Neither does. Nothing here keeps an answer between 0 and 1.", "activation squeezes"),
           )),
    Choose(key="rule-of-cases", page="ideas/problem", section="Two gates", level=1,
           ask="A neuron sees two inputs, each 0 or 1. It is to answer 1 in the cases that a rule names, and 0 in all others. "
               "Which rule can no single neuron learn?",
           options=(
               Option("both inputs are 1", "One straight line cuts (1, 1) off from the other three.", "one line is not enough for AND"),
               Option("at least one of the inputs is 0", "The line that cuts (1, 1) off does this, too; its sides change places.",
                      "turned signs are another problem"),
               Option("the two inputs are equal",
                      "(0, 0) and (1, 1) lie crosswise, and every straight line leaves at least one of the four on the wrong side."),
               Option("at least one of the inputs is 1", "Three cases belong to it, but one line parts them from (0, 0).",
                      "the number of ones decides"),
           ),
           facts=(
               "all((10 * p + 10 * q - 15 > 0) == (p == q == 1) for p in (0, 1) for q in (0, 1))",
               "all((15 - 10 * p - 10 * q > 0) == (min(p, q) == 0) for p in (0, 1) for q in (0, 1))",
               "all((10 * p + 10 * q - 5 > 0) == (max(p, q) == 1) for p in (0, 1) for q in (0, 1))",
           )),
    Choose(key="lamp-and-switches", page="ideas/problem", section="Two gates", level=1,
           ask="A lamp depends on two switches, each up (1) or down (0). A single neuron is to switch it on in the cases that are named, "
               "and off in all others. Which lamp can no single neuron learn?",
           options=(
               Option("the one that is on with both switches up", "One straight line cuts this case off from the other three.",
                      "one line is not enough for AND"),
               Option("the one that is on with at least one switch down", "The line that cuts (1, 1) off does this, too; its sides change places.",
                      "turned signs are another problem"),
               Option("the one that is on with one switch up and one down",
                      "(0, 1) and (1, 0) lie crosswise, and every straight line leaves at least one of the four on the wrong side."),
               Option("the one that is on with at least one switch up", "Three cases belong to it, but one line parts them from (0, 0).",
                      "the number of ones decides"),
           ),
           facts=(
               "all((10 * p + 10 * q - 15 > 0) == (p + q == 2) for p in (0, 1) for q in (0, 1))",
               "all((15 - 10 * p - 10 * q > 0) == (p + q < 2) for p in (0, 1) for q in (0, 1))",
               "all((10 * p + 10 * q - 5 > 0) == (p + q > 0) for p in (0, 1) for q in (0, 1))",
           )),
)
