"""sympy as a judge: against PyTorch, against steps.py, against the displayed formulas; and the judge itself is tested."""
import functools
import subprocess
import sys

import numpy as np
import pytest
import sympy as sp
from formulas import evaluate
from oracles import CASES

from nnlib import ACTIVATIONS, OPERATIONS, RELU, SIGMOID, STEPS, TANH, Parameters, iteration
from nnlib.symbolic import GRADIENT_OF, LOCAL, Derivation, Positive, SymbolicNetwork, is_zero, latex

NET = SymbolicNetwork()


@functools.cache
def cached_network(*options):
    return SymbolicNetwork(**dict(options))


DERIVED = [name for op in OPERATIONS for name in op.outputs]


@pytest.mark.parametrize(("name", "case"), CASES)
def test_equals_pytorch(name, case):
    outputs = len(case["w2"][0])
    net = SymbolicNetwork(len(case["x"]), len(case["w2"]), outputs, case["hidden"], case["output"])
    given = [np.array(case[k]) for k in ("x", "y", "w1", "b1", "w2", "b2")]
    for quantity in DERIVED:
        got, expected = np.asarray(net.numpy(quantity)(*given, case["learning_rate"])), np.asarray(case["values"][quantity])
        assert got.shape == expected.shape
        np.testing.assert_allclose(got, expected, atol=1e-12, err_msg=quantity)


@pytest.mark.parametrize("hidden", ACTIVATIONS)
def test_equals_steps_at_random_points(hidden):
    net = SymbolicNetwork(examples=3, neurons=2, outputs=2, hidden=hidden)
    rng = np.random.default_rng(1)
    x, y, p = rng.uniform(-1, 1, (3, 2)), rng.uniform(0, 1, (3, 2)), Parameters.random(4, outputs=2)
    it = iteration(x, y, p, 0.3, hidden)
    for quantity in DERIVED:
        np.testing.assert_allclose(net.numpy(quantity)(x, y, *p, 0.3), it[quantity], rtol=1e-10, atol=1e-12, err_msg=quantity)


@pytest.mark.parametrize("gradient", GRADIENT_OF)
@pytest.mark.parametrize("network", [
    {}, {"half": False}, {"hidden": "tanh"}, {"hidden": "relu", "output": "identity"}, {"examples": 1, "neurons": 1, "outputs": 2},
], ids=str)
def test_chain_rule_is_the_direct_derivative(gradient, network):
    assert cached_network(*network.items()).prove(gradient)


def test_the_proof_refuses_a_thousandth():
    by_chain, direct = NET.expanded("dE_db2")[0], NET.direct("b2")[0]
    assert is_zero(by_chain - direct)
    assert not is_zero(by_chain * sp.Rational(1001, 1000) - direct)
    assert not is_zero(-by_chain - direct)


def test_a_wrong_slope_is_refused_when_the_network_is_made():
    wrong = SymbolicNetwork()
    wrong.g_slope = lambda z, a: a * (1 + a)
    with pytest.raises(AssertionError, match="is not the derivative"):
        wrong["da2_dz2"]


@pytest.mark.parametrize("name", [*LOCAL, "dE_dz2", "dE_dz1", *GRADIENT_OF, "new_w1", "new_b1", "new_w2", "new_b2"])
def test_every_derivation_ends_in_the_quantity(name):
    derivation = NET.derivation(name)
    assert derivation.result == NET[name][0, 0]
    assert len(derivation.lines) >= 2
    assert derivation.latex.startswith(r"\begin{aligned}") and derivation.latex.count("&=") == len(derivation.lines)
    assert "Derivative" not in derivation.text and "\\" not in derivation.text
    assert derivation._repr_latex_() == f"$\\displaystyle {derivation.latex}$"


def test_the_derivation_of_the_sigmoid_shows_the_activation():
    text = NET.derivation("da2_dz2").text
    assert text.splitlines()[1].strip() == "= exp(-z_2^(1))/(1 + exp(-z_2^(1)))**2"
    assert text.splitlines()[-1].strip() == "= a_2^(1)*(1 - a_2^(1))"


def test_each_line_of_a_derivation_is_checked():
    z = sp.Symbol("z")
    from nnlib.symbolic import _checked
    with pytest.raises(AssertionError, match="is not"):
        _checked(sp.Symbol("left"), [z**2, z**2 + 1], {})
    assert isinstance(_checked(sp.Symbol("left"), [z * (z + 1), z**2 + z], {}), Derivation)


# ---- the displayed formula is the proved formula ----------------------------------------------------------------

X, Y = np.array([[0.5, -1.0], [0.2, 0.7], [1.3, 0.4]]), np.array([[0.1, 0.9], [0.8, 0.3], [0.5, 0.6]])
WIDE = Parameters.random(11, hidden=2, outputs=2)


@functools.cache
def judged(hidden, output):
    net = SymbolicNetwork(3, 2, 2, hidden, output)
    values = {name: np.asarray(net.numpy(name)(X, Y, *WIDE, 0.3)) for name in DERIVED}
    return values | dict(zip(("x", "y", *Parameters._fields), (X, Y, *WIDE), strict=True)) | {"learning_rate": 0.3}


@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=lambda a: a.name)
def test_every_shown_formula_is_the_proved_one(activation):
    values = judged(activation.name, activation.name)
    for op in OPERATIONS:
        for name, template in zip(op.outputs, op.templates, strict=True):
            shown = evaluate(template, values, activation)
            np.testing.assert_allclose(np.broadcast_to(shown, values[name].shape), values[name], rtol=1e-10, atol=1e-13, err_msg=template)


ERRORS = {
    "sign": lambda t: t.replace(" - ", " + ") if " - " in t else None,
    "other sign": lambda t: t.replace(" = ", " = 0 - ", 1) if t.count(" = ") == 1 else None,
    "transpose": lambda t: t.replace(r"^{{\mathsf T}}", "") if r"^{{\mathsf T}}" in t else None,
    "factor": lambda t: t.replace(r"\tfrac12 ", "") if r"\tfrac12" in t else None,
    "square": lambda t: t.replace("^2", "") if "^2" in t else None,
    "layer": lambda t: t.replace("{a1}", "{z1}") if t.endswith("{a1}") else None,
    "new for old": lambda t: t.replace("= {w2}", "= {new_w2}") if t.endswith("= {w2}") else None,
    "one": lambda t: t.replace("= 1", "= 0") if t.endswith("= 1") else None,
    "slope": lambda t: t.replace("{output_slope}", "{a2}").replace("{hidden_slope}", "{a1}"),
    "delta": lambda t: t.replace("{dE_dz2}", "{dE_da2}") if "{dE_dz2}" in t.split("=")[1] else None,
}
PLANTED = [(op.label, name, planted) for op in OPERATIONS for name, template in zip(op.outputs, op.templates, strict=True)
           for planted in (change(template) for change in ERRORS.values()) if planted and planted != template]


@pytest.mark.parametrize(("label", "name", "planted"), PLANTED)
def test_a_planted_error_in_a_formula_is_caught(label, name, planted):
    values = judged("sigmoid", "sigmoid")
    with pytest.raises((AssertionError, ValueError)):
        shown = evaluate(planted, values, SIGMOID)
        np.testing.assert_allclose(np.broadcast_to(shown, values[name].shape), values[name], rtol=1e-10, atol=1e-13)


def test_every_step_had_an_error_planted():
    assert {label for label, *_ in PLANTED} >= {step.label for step in STEPS}


# ---- odds and ends ----------------------------------------------------------------------------------------------


def test_the_judge_shares_no_code_with_the_judged():
    code = "import sys, nnlib.symbolic as s; print(sorted(n for n in vars(s) if getattr(vars(s)[n], '__module__', '').startswith('nnlib.')"
    code += " and vars(s)[n].__module__ != 'nnlib.symbolic'))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_positive_is_a_step():
    assert [Positive(sp.Integer(v)) for v in (-1, 0, 2)] == [0, 0, 1]
    assert latex(Positive(sp.Symbol("z"))) == r"\left[z > 0\right]"


def test_messages():
    with pytest.raises(ValueError, match="hidden: expected one of sigmoid, tanh, relu, identity, got 'swish'"):
        SymbolicNetwork(hidden="swish")
    for activation in (3, ["sigmoid"], None):
        with pytest.raises(ValueError, match="output: expected one of sigmoid"):
            SymbolicNetwork(output=activation)
    with pytest.raises(KeyError, match="'dE_dx' is no derived quantity"):
        NET["dE_dx"]
    with pytest.raises(KeyError, match="'E' has no derivation"):
        NET.derivation("E")
    with pytest.raises(ValueError, match="name: expected one of dE_dw1"):
        NET.prove("z1")


def test_activations_are_named_as_everywhere_else():
    by_name, by_itself = SymbolicNetwork(hidden="tanh", output="relu"), SymbolicNetwork(hidden=TANH, output=RELU)
    assert by_name["da1_dz1"] == by_itself["da1_dz1"] and by_name["da2_dz2"] == by_itself["da2_dz2"]
    assert SymbolicNetwork(neurons=3)["dE_dw1"].shape == (2, 3)
