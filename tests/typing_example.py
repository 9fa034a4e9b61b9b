"""nnlib as a typed program uses it. mypy reads this file (`make lint`); pytest does not run it.

Every assert_type says what a type checker must know, and every ignored error is one that it must find.
"""
from typing import assert_type

import numpy as np
from numpy.typing import NDArray

from nnlib import (
    ACTIVATIONS,
    ADAM,
    AND,
    CROSS_ENTROPY,
    DESCENT,
    GATES,
    IDENTITY,
    LOSSES,
    MOMENTUM,
    NAND,
    NESTEROV,
    NOR,
    OPERATIONS,
    OPTIMIZERS,
    OR,
    QUANTITIES,
    RELU,
    RMSPROP,
    SIGMOID,
    SOFTMAX_CROSS_ENTROPY,
    SQUARED_ERROR,
    STEPS,
    TANH,
    XOR,
    Activation,
    Diverged,
    Forward,
    Gate,
    Iteration,
    Loss,
    Operation,
    Optimizer,
    Parameters,
    Quantity,
    Trajectory,
    conventions,
    deep,
    feedforward,
    formulas,
    gradient_check,
    iteration,
    links,
    numerals,
    optimizers,
    palette,
    softmax,
    squared_error,
    train,
)
from nnlib.autograd import Value
from nnlib.checking import GradientCheck, ParameterCheck
from nnlib.classroom.answers import Diagnosis, Question, diagnose, question
from nnlib.gates import TWO_EXAMPLES, Examples
from nnlib.mistakes import MISTAKES, TRAPS, Mistake, Trap, Verdicts, combined, verdicts
from nnlib.types import FloatArray, Numbers
from nnlib.widgets import AnswerBox, ConventionTable, LossExplorer, StepExplorer, TrainingExplorer

# ---- what there is -------------------------------------------------------------------------------------------

assert_type([AND, OR, NAND, NOR, XOR], list[Gate])
assert_type([SIGMOID, TANH, RELU, IDENTITY], list[Activation])
assert_type([SQUARED_ERROR, CROSS_ENTROPY], list[Loss])
assert_type(AND.x, FloatArray)
assert_type(AND.y, NDArray[np.float64])
assert_type(TWO_EXAMPLES, Examples)
assert_type(GATES["XOR"], Gate)
assert_type(ACTIVATIONS["tanh"], Activation)
assert_type(LOSSES["cross_entropy"], Loss)
assert_type(SOFTMAX_CROSS_ENTROPY.slope(softmax([[1.0, 2.0]]), [[0, 1]]), FloatArray)
assert_type(QUANTITIES["dE_dw2"], Quantity)
assert_type(QUANTITIES["dE_dw2"].shape, tuple[int | str, ...])
assert_type(OPERATIONS, tuple[Operation, ...])
assert_type(STEPS[4].inputs, tuple[str, ...])
assert_type(STEPS[4].formula, str)

# ---- activations and losses ----------------------------------------------------------------------------------

assert_type(SIGMOID(AND.x), FloatArray)
assert_type(SIGMOID(0.5), np.float64)
assert_type(SIGMOID([0.5, 1]), Numbers)
assert_type(SIGMOID.slope(AND.x, SIGMOID(AND.x)), FloatArray)
assert_type(CROSS_ENTROPY([[0.5]], [[1]]), Numbers)
assert_type(SQUARED_ERROR.slope([[0.5]], [[1]]), FloatArray)
sine = Activation("sine", r"\sin", r"\cos {z}", lambda z: np.sin(z), lambda z, a: np.cos(z))

# ---- the network ---------------------------------------------------------------------------------------------

start = Parameters.random(1)
assert_type(start, Parameters)
assert_type(Parameters.random(seed=1, hidden=3, copies=10, inputs=2, outputs=1).w1, FloatArray)
assert_type(feedforward(AND.x, start, hidden="tanh"), Forward)
assert_type(feedforward([[0, 1]], [[[1], [2]], [[0]], [[1]], [[0]]]).a2, FloatArray)
assert_type(squared_error([[0.2]], [[1]]), Numbers)
start.w3  # type: ignore[attr-defined]
Parameters.random("1")  # type: ignore[arg-type]

# ---- one iteration -------------------------------------------------------------------------------------------

it = iteration(AND.x, AND.y, Parameters.example(), learning_rate=0.5)
assert_type(it, Iteration)
assert_type(it["dE_dw2"], FloatArray)
assert_type(it.dE_dw2, FloatArray)
assert_type(it["E"], Numbers)
assert_type(it.E, Numbers)
assert_type(it["hidden"], Activation)
assert_type(it.hidden, Activation)
assert_type(it["learning_rate"], float | FloatArray)
assert_type(it.learning_rate, float | FloatArray)
assert_type(it.gradients, Parameters)
assert_type(it.gradients.w1, FloatArray)
assert_type(it.updated.b2, FloatArray)
assert_type(dict(it), dict[str, Numbers | float | Activation])
it.dE_dw3  # type: ignore[attr-defined]
iteration(AND.x, AND.y, start, 0.5, hiden=RELU)  # type: ignore[call-arg]
iteration(AND.x, AND.y, start, 0.5, hidden=3)  # type: ignore[arg-type]

# ---- training ------------------------------------------------------------------------------------------------

run = train(AND.x, AND.y, start, [0.1, 0.5], 100, hidden=RELU, keep="last", one_at_a_time=True, loss="cross_entropy")
assert_type(run, Trajectory)
assert_type(run.losses, FloatArray)
assert_type(run.parameters.w1, FloatArray)
assert_type(run[-1], Parameters)
assert_type(run.epochs, int)
assert_type(run.diverged, NDArray[np.int_])
train(AND.x, AND.y, start, 0.5, 100, keep="first")  # type: ignore[arg-type]
try:
    train(AND.x, AND.y, start, 1e9, 100, hidden=sine, output="identity")
except Diverged as error:
    assert_type(error.epoch, int)
    assert_type(error.trajectory, Trajectory)

# ---- checks and mistakes -------------------------------------------------------------------------------------

check = gradient_check(AND.x, AND.y, start, operations=MISTAKES["updated w2"].operations)
assert_type(check, GradientCheck)
assert_type(check.passed(), bool)
assert_type(check.largest_error, float)
assert_type(check["w2"], ParameterCheck)
assert_type(check.w2.central_difference, FloatArray)
check.w3  # type: ignore[attr-defined]
assert_type(MISTAKES["uphill"], Mistake)
assert_type(TRAPS["equal start"], Trap)
assert_type(TRAPS["equal start"].start(start), Parameters)
assert_type(combined("uphill", TRAPS["no biases"]), tuple[Operation, ...])
assert_type(verdicts(AND.x, AND.y, start), Verdicts)
Mistake("mine", "A mistake of one's own.", {"1": lambda a2, y: y - a2})

# ---- any depth -----------------------------------------------------------------------------------------------

layers = deep.random_layers(1, (2, 3, 1))
assert_type(layers, tuple[deep.Layer, ...])
assert_type(deep.feedforward(AND.x, start).a[-1], FloatArray)
assert_type(deep.iteration(AND.x, AND.y, layers, 0.5).gradients[0].w, FloatArray)
assert_type(deep.train(AND.x, AND.y, [([[1], [2]], [[0]])], 0.5, 10).losses, FloatArray)

# ---- optimizers ----------------------------------------------------------------------------------------------

assert_type([DESCENT, MOMENTUM, NESTEROV, RMSPROP, ADAM], list[Optimizer])
assert_type(OPTIMIZERS["adam"], Optimizer)
assert_type(ADAM([1.0])[0], FloatArray)
assert_type(ADAM.step(start, it.gradients, 0.5)[0], Parameters)
assert_type(ADAM.with_(keep=0.8), Optimizer)
assert_type(optimizers.train(AND.x, AND.y, start, optimizers.cosine(0.5, 10), 10, optimizer="adam", batch=2), Trajectory)
assert_type(optimizers.warm_up(optimizers.staircase(0.5, 3), 2)(1), float)
optimizers.train(AND.x, AND.y, start, 0.5, 10, optimiser=ADAM)  # type: ignore[call-arg]

# ---- text, colours, questions --------------------------------------------------------------------------------

assert_type(numerals.format(0.25, digits=2), str)
assert_type(numerals.rows(AND.x, numerals.on_paper), str)
assert_type(formulas.lines(STEPS[4], hidden=RELU), tuple[str, ...])
assert_type(links.unpack(links.pack({"step": "5"})), object)
assert_type(palette.KINDS["weight"].dark, str)
asked = question("dE_dw2", seed=7)
assert_type(asked, Question)
assert_type(asked.right, FloatArray)
assert_type(diagnose(asked, [[0.1], [0.2]]), Diagnosis)

# ---- autograd ------------------------------------------------------------------------------------------------

value = Value([[1.0, 2.0]])
assert_type(value.data, FloatArray)
assert_type(value.grad, FloatArray | None)
assert_type((1 - value.exp() * value) / 2 + value**2, Value)
assert_type((value @ value.T).sum(axis=0), Value)
assert_type(Value(value.data, [value], lambda g: (g,)).backward(), None)

# ---- widgets -------------------------------------------------------------------------------------------------

widget = StepExplorer(step=5, examples=AND, hidden=RELU)
assert_type(widget.epoch, int)
assert_type(widget.learning_rate, float)
assert_type(widget.parameters, Parameters)
assert_type(widget.examples, Examples)
assert_type(widget.hidden, str)
assert_type(widget.iteration(), Iteration)
widget.hidden = RELU
widget.examples = AND.x, AND.y
widget.epoch = "3"  # type: ignore[assignment]
assert_type(TrainingExplorer().parameters, Parameters | None)
assert_type(TrainingExplorer().run(), Trajectory)
assert_type(AnswerBox("dE_dw2").question(), Question)
assert_type(LossExplorer().a2, FloatArray)
assert_type(ConventionTable(examples="columns").conventions(), conventions.Conventions)
assert_type(conventions.compute(conventions.Conventions(), AND.x, AND.y, Parameters.example(), 0.5), dict[str, FloatArray])
