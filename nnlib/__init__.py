"""nnlib: one tiny neural network, and every number on the way of its learning.

    from nnlib import AND, Parameters, iteration, train

    it = iteration(AND.x, AND.y, Parameters.example(), learning_rate=0.5)
    it.dE_dw2                      # any of the book's quantities, by its name

The numerical core needs NumPy only. `nnlib.figures` (matplotlib) is imported by those who draw.
"""
from nnlib.activations import ACTIVATIONS, IDENTITY, RELU, SIGMOID, TANH, Activation
from nnlib.checking import gradient_check
from nnlib.gates import AND, GATES, NAND, NOR, OR, XOR, Gate
from nnlib.losses import CROSS_ENTROPY, LOSSES, SOFTMAX_CROSS_ENTROPY, SQUARED_ERROR, Loss, softmax
from nnlib.network import Forward, Parameters, feedforward, squared_error
from nnlib.optimizers import ADAM, DESCENT, MOMENTUM, NESTEROV, OPTIMIZERS, RMSPROP, Optimizer
from nnlib.quantities import QUANTITIES, Quantity
from nnlib.steps import OPERATIONS, STEPS, Operation
from nnlib.training import Diverged, Iteration, Trajectory, iteration, train

__all__ = [
    "ACTIVATIONS", "ADAM", "AND", "CROSS_ENTROPY", "DESCENT", "GATES", "IDENTITY", "LOSSES", "MOMENTUM", "NAND", "NESTEROV", "NOR",
    "OPERATIONS", "OPTIMIZERS", "OR", "QUANTITIES", "RELU", "RMSPROP", "SIGMOID", "SOFTMAX_CROSS_ENTROPY", "SQUARED_ERROR", "STEPS",
    "TANH", "XOR", "Activation", "Diverged", "Forward", "Gate", "Iteration", "Loss", "Operation", "Optimizer", "Parameters", "Quantity",
    "Trajectory", "feedforward", "gradient_check", "iteration", "softmax", "squared_error", "train",
]

__version__ = "0.1.0"
