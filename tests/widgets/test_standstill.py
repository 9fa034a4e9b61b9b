"""standstill.js: a network that is wrong and does not move is told so, with the reason; one that moves or is right is not."""
import numpy as np
import pytest
from javascript import Module

from nnlib import AND, XOR, Parameters, iteration, train

JUDGE = Module("model/standstill.js", "model/engine.js")


def said(gate, parameters, one_at_a_time=False):
    return JUDGE("standstill(iteration(x, y, p, 0.5), {oneAtATime: each})", x=gate.x.tolist(), y=gate.y.tolist(),
                 p={name: part.tolist() for name, part in parameters._asdict().items()}, each=one_at_a_time)


def test_a_huge_rate_saturates_the_output():
    """XOR with six neurons and η = 100: every output is as good as 1, right or wrong, and every slope 0."""
    run = train(XOR.x, XOR.y, Parameters.random(1, 6), 100, 100, keep="last")
    assert run.losses[-1] == pytest.approx(1) and iteration(XOR.x, XOR.y, run.parameters, 0.5).da2_dz2.max() < 1e-6
    for each in (False, True):
        text = said(XOR, run.parameters, each)
        assert text.startswith("It is stuck: E is 1, and its largest slope ") and "The output is saturated" in text and "a smaller η" in text


def test_where_the_examples_pull_against_each_other_other_weights_are_asked_for():
    """All weights 0 on XOR: every output is ½, the errors add up to 0. With an update for each example it moves."""
    still = Parameters(np.zeros((2, 2)), np.zeros((1, 2)), np.zeros((2, 1)), np.zeros((1, 1)))
    assert said(XOR, still) == ("It is stuck: E is 0.5, and its largest slope 0. The examples pull against each other, and their slopes add up to almost 0. "
                                "Start from other weights: Random start.")
    assert said(XOR, still, True) == ""


@pytest.mark.parametrize("epochs", [0, 50, 5000])
def test_what_moves_or_has_learnt_is_left_in_peace(epochs):
    assert said(AND, train(AND.x, AND.y, Parameters.example(), 0.5, epochs, keep="last").parameters) == ""
    assert said(XOR, train(XOR.x, XOR.y, Parameters.random(1, 6), 2, epochs, keep="last").parameters) == ""
