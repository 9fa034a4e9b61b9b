"""sympy as a judge: against PyTorch, against steps.py, against the displayed formulas; and the judge itself is tested."""
import functools
import re
import subprocess
import sys

import numpy as np
import pytest
import sympy as sp
from formulas import evaluate
from oracles import CASES

from nnlib import ACTIVATIONS, OPERATIONS, RELU, SIGMOID, STEPS, TANH, Parameters, iteration
from nnlib.symbolic import GRADIENT_OF, LOCAL, Derivation, Positive, SymbolicNetwork, is_zero, latex

pytestmark = pytest.mark.slow

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


# ---- how symbols and derivations are written ----------------------------------------------------------------------

TWO_OUTPUTS = SymbolicNetwork(outputs=2, hidden="tanh", output="relu")
Z1, Z2 = "b_1,1 + w_1,11*x_1^(2) + w_1,21*x_2^(2)", "a_1,1^(2)*w_2,11 + a_1,2^(2)*w_2,21 + b_2,1"
SQUARES = " + ".join(f"(a_2,{k}^({i}) - y_{k}^({i}))**2/2" for k in (1, 2) for i in (1, 2))
FIRST_LINES = {  # of the element in the second row and column, where there are two
    "dE_da2": f"∂E/∂a_2,2^(2) = ∂/∂a_2,2^(2) [{SQUARES}]",
    "da2_dz2": "∂a_2,2^(2)/∂z_2,2^(2) = ∂/∂z_2,2^(2) [z_2,2^(2)*[z_2,2^(2) > 0]]",
    "dz2_dw2": f"∂z_2,1^(2)/∂w_2,21 = ∂/∂w_2,21 [{Z2}]",
    "dz2_db2": f"∂z_2,1^(2)/∂b_2,1 = ∂/∂b_2,1 [{Z2}]",
    "dz2_da1": "∂z_2,2^(1)/∂a_1,2^(1) = ∂/∂a_1,2^(1) [a_1,1^(1)*w_2,12 + a_1,2^(1)*w_2,22 + b_2,2]",
    "da1_dz1": "∂a_1,2^(2)/∂z_1,2^(2) = ∂/∂z_1,2^(2) [tanh(z_1,2^(2))]",
    "dz1_dw1": f"∂z_1,1^(2)/∂w_1,21 = ∂/∂w_1,21 [{Z1}]",
    "dz1_db1": f"∂z_1,1^(2)/∂b_1,1 = ∂/∂b_1,1 [{Z1}]",
    "dE_dz2": "∂E/∂z_2,2^(2) = ∂E/∂a_2,2^(2)*∂a_2,2^(2)/∂z_2,2^(2)",
    "dE_dz1": "∂E/∂z_1,2^(2) = (∂E/∂z_2,1^(2)*∂z_2,1^(2)/∂a_1,2^(2) + ∂E/∂z_2,2^(2)*∂z_2,2^(2)/∂a_1,2^(2))*∂a_1,2^(2)/∂z_1,2^(2)",
    "dE_dw1": "∂E/∂w_1,22 = ∂E/∂z_1,2^(1)*∂z_1,2^(1)/∂w_1,22 + ∂E/∂z_1,2^(2)*∂z_1,2^(2)/∂w_1,22",
    "dE_db1": "∂E/∂b_1,2 = ∂E/∂z_1,2^(1)*∂z_1,2^(1)/∂b_1,2 + ∂E/∂z_1,2^(2)*∂z_1,2^(2)/∂b_1,2",
    "dE_dw2": "∂E/∂w_2,22 = ∂E/∂z_2,2^(1)*∂z_2,2^(1)/∂w_2,22 + ∂E/∂z_2,2^(2)*∂z_2,2^(2)/∂w_2,22",
    "dE_db2": "∂E/∂b_2,2 = ∂E/∂z_2,2^(1)*∂z_2,2^(1)/∂b_2,2 + ∂E/∂z_2,2^(2)*∂z_2,2^(2)/∂b_2,2",
    "new_w1": "w_1,22 new = -η*∂E/∂w_1,22 + w_1,22",
    "new_b2": "b_2,2 new = b_2,2 - η*∂E/∂b_2,2",
}
IN_DELTAS = {
    "dE_dw1": "δ_1,2^(1)*x_2^(1) + δ_1,2^(2)*x_2^(2)", "dE_db1": "δ_1,2^(1) + δ_1,2^(2)",
    "dE_dw2": "δ_2,2^(1)*a_1,2^(1) + δ_2,2^(2)*a_1,2^(2)", "dE_db2": "δ_2,2^(1) + δ_2,2^(2)",
}


@pytest.mark.parametrize("name", FIRST_LINES)
def test_a_derivation_names_the_element_that_was_asked_for(name):
    rows, columns = TWO_OUTPUTS[name].shape
    derivation = TWO_OUTPUTS.derivation(name, rows - 1, columns - 1)
    first, *others = repr(derivation).split("\n  = ")
    assert first == FIRST_LINES[name] and len(others) == len(derivation.lines) - 1
    assert name not in IN_DELTAS or others[0] == IN_DELTAS[name]
    for i in range(rows):
        for j in range(columns):
            assert TWO_OUTPUTS.derivation(name, i, j).result == TWO_OUTPUTS[name][i, j]


def test_symbols_are_written_as_in_the_book():
    with_one, with_two = NET, TWO_OUTPUTS
    for net in (with_one, with_two):
        assert list(map(str, net.x)) == ["x_{1}^{(1)}", "x_{2}^{(1)}", "x_{1}^{(2)}", "x_{2}^{(2)}"]
        assert list(map(str, net.w1)) == ["w_{1,11}", "w_{1,12}", "w_{1,21}", "w_{1,22}"]
        assert list(map(str, net.b1)) == ["b_{1,1}", "b_{1,2}"]
        for letter in "za":
            assert list(map(str, getattr(net, f"{letter}1"))) == [f"{letter}_{{1,{j}}}^{{({i})}}" for i in (1, 2) for j in (1, 2)]
    assert [*map(str, [*with_one.y, *with_one.w2, *with_one.b2])] == ["y^{(1)}", "y^{(2)}", "w_{2,1}", "w_{2,2}", "b_{2}"]
    assert [*map(str, [*with_one.z2, *with_one.a2])] == ["z_{2}^{(1)}", "z_{2}^{(2)}", "a_{2}^{(1)}", "a_{2}^{(2)}"]
    assert [*map(str, [*with_two.y, *with_two.w2, *with_two.b2])] == [
        "y_{1}^{(1)}", "y_{2}^{(1)}", "y_{1}^{(2)}", "y_{2}^{(2)}", "w_{2,11}", "w_{2,12}", "w_{2,21}", "w_{2,22}", "b_{2,1}", "b_{2,2}"]
    for letter in "za":
        assert list(map(str, getattr(with_two, f"{letter}2"))) == [f"{letter}_{{2,{j}}}^{{({i})}}" for i in (1, 2) for j in (1, 2)]
    assert latex(with_one.learning_rate) == r"\eta"


def test_a_long_line_goes_on_below():
    *short, whole = NET.derivation("dE_dw2").latex.split(r"\\[4pt]")
    assert len(short) == 2 and not any(r"\quad" in line for line in short[1:]), "a short line stays whole"
    assert whole.count(r"\\ &\quad + ") == 1, "each term has a line of its own"
    first, second = whole.split(r"\\ &\quad + ")
    assert first.count("^{(1)}") == second.count("^{(2)}") == 5 and "^{(2)}" not in first
    product = NET.derivation("dE_dz1").latex.split(r"\\[4pt]")[-1]
    assert product.endswith(r"&= a_{1,1}^{(1)} a_{2}^{(1)} w_{2,1} \\ &\quad \cdot \left(1 - a_{1,1}^{(1)}\right) "
                            r"\left(1 - a_{2}^{(1)}\right) \left(a_{2}^{(1)} - y^{(1)}\right)\end{aligned}")
    difference = Derivation(NET.learning_rate, (sp.Symbol("a" * 40) - sp.Symbol("b" * 40),)).latex
    assert rf"\\ &\quad - {'b' * 40}" in difference


def test_a_derivation_in_latex():
    assert NET.derivation("dE_db2").latex.startswith(
        r"\begin{aligned}\frac{\partial E}{\partial b_{2}} "
        r"&= \frac{\partial E}{\partial z_{2}^{(1)}} \frac{\partial z_{2}^{(1)}}{\partial b_{2}} "
        r"+ \frac{\partial E}{\partial z_{2}^{(2)}} \frac{\partial z_{2}^{(2)}}{\partial b_{2}} \\[4pt] "
        r"&= \delta_{2}^{(1)} + \delta_{2}^{(2)} \\[4pt] &= a_{2}^{(1)} \left(1 - a_{2}^{(1)}\right)")
    assert NET.derivation("dE_db2").latex.endswith(r"\end{aligned}")
    a_sum = NET.derivation("dz2_db2").latex
    assert r"&= \frac{\partial}{\partial b_{2}} \left(a_{1,1}^{(1)} w_{2,1}" in a_sum, "it stands in parentheses"
    assert r"&= \frac{\partial}{\partial z_{2}^{(1)}} \frac{1}{1 + e^{- z_{2}^{(1)}}} \\[4pt]" in NET.derivation("da2_dz2").latex
    assert r"{aligned}w_{2,1}^{\text{new}} &= - \eta \frac{\partial E}{\partial w_{2,1}}" in NET.derivation("new_w2").latex


# ---- odds and ends ----------------------------------------------------------------------------------------------


def test_the_judge_shares_no_code_with_the_judged():
    code = "import sys, nnlib.symbolic as s; print(sorted(n for n in vars(s) if getattr(vars(s)[n], '__module__', '').startswith('nnlib.')"
    code += " and vars(s)[n].__module__ != 'nnlib.symbolic'))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_positive_is_a_step():
    assert [Positive(sp.Integer(v)) for v in (-1, 0, 2)] == [0, 0, 1]
    z = sp.Symbol("z")
    assert Positive(sp.Rational(1, 2)) == 1 and Positive(sp.Rational(-1, 2)) == 0
    assert latex(Positive(z)) == r"\left[z > 0\right]" and latex(Positive(z) ** 2) == r"\left[z > 0\right]^{2}"
    assert str(Positive(z)) == "[z > 0]" and sp.diff(Positive(z), z) == 0


def test_a_network_of_two_examples_two_neurons_and_one_output_is_meant_unless_said_otherwise():
    assert NET.sizes == (2, 2, 2, 1) and SymbolicNetwork(3, 4, 5).sizes == (3, 2, 4, 5)
    assert is_zero(2 * NET.loss - SymbolicNetwork(half=False).loss)
    assert NET.loss.free_symbols == {*NET.x, *NET.y, *NET.w1, *NET.b1, *NET.w2, *NET.b2}
    given = [np.zeros((2, 2)), np.ones((2, 1)), *Parameters.example()]
    np.testing.assert_array_equal(NET.numpy("new_w2")(*given), Parameters.example().w2, "without a learning rate nothing moves")


def test_the_numbers_at_the_kink():
    net = SymbolicNetwork(hidden="relu")
    given = [np.array([[0.0, 1.0], [0.0, 0.0]]), np.ones((2, 1)), np.array([[1.0, -1.0], [2.0, -2.0]]), np.zeros((1, 2)),
             np.ones((2, 1)), np.zeros((1, 1))]
    assert np.asarray(net.numpy("da1_dz1")(*given)).tolist() == [[1, 0], [0, 0]]


def test_a_wrong_chain_is_not_proved():
    wrong = SymbolicNetwork()
    wrong.__dict__["_quantities"] = {**NET._quantities, "dE_dw2": NET["dE_dw2"] * sp.Rational(1001, 1000)}
    assert not wrong.prove("dE_dw2") and wrong.prove("dE_db2")


def test_one_slope_for_all_must_be_one():
    from nnlib.symbolic import _same
    z = sp.Symbol("z")
    assert _same([z * (z + 1), z**2 + z]) == z * (z + 1)
    with pytest.raises(AssertionError, match=re.escape("expected the same slope everywhere, got z and [z, 2*z]")):
        _same([z, z, 2 * z])


def test_zero_with_functions_inside_functions():
    z = sp.Symbol("z")
    step, curve = Positive(sp.tanh(z)), sp.tanh(sp.exp(z))
    assert is_zero((step + curve) ** 2 - step**2 - 2 * step * curve - curve**2)
    assert not is_zero(step - curve) and not is_zero(sp.exp(z) - sp.exp(2 * z))

def test_messages():
    with pytest.raises(ValueError, match="hidden: expected one of sigmoid, tanh, relu, identity, got 'swish'"):
        SymbolicNetwork(hidden="swish")
    for activation in (3, ["sigmoid"], None):
        with pytest.raises(TypeError, match="output: expected one of sigmoid"):
            SymbolicNetwork(output=activation)
    with pytest.raises(KeyError, match=r"quantity: expected one of z1, a1.*got 'dE_dx'"):
        NET["dE_dx"]
    names = r"dE_da2, .*, dE_dz2, dE_dz1, dE_dw1, .*, new_w1, new_b1, new_w2, new_b2"
    with pytest.raises(KeyError, match=f"derivation: expected one of {names}"):
        NET.derivation("E")
    with pytest.raises(KeyError, match="derivation: expected one of dE_da2"):
        NET.derivation("new_E")
    with pytest.raises(ValueError, match="name: expected one of dE_dw1, dE_db1, dE_dw2, dE_db2, got 'z1'"):
        NET.prove("z1")


@pytest.mark.parametrize("name", ["dE_dw2", "dE_db2", "dE_dw1", "dE_db1"])
@pytest.mark.parametrize("sizes", [{}, {"outputs": 2, "examples": 1}, {"hidden": "tanh"}])
def test_with_cross_entropy_the_chain_rule_is_the_direct_derivative(name, sizes):
    assert SymbolicNetwork(loss="cross_entropy", **sizes).prove(name)


def test_cross_entropys_slope_is_written_as_people_do_and_cancels_with_the_sigmoids():
    network = SymbolicNetwork(loss="cross_entropy")
    a, y = network.a2[0, 0], network.y[0, 0]
    assert network["dE_da2"][0, 0] == (a - y) / (a * (1 - a))
    assert is_zero(network["dE_dz2"][0, 0] - (a - y))
    with pytest.raises(ValueError, match="output: expected sigmoid for cross_entropy"):
        SymbolicNetwork(loss="cross_entropy", output="tanh")
    with pytest.raises(ValueError, match="loss: expected one of squared_error, cross_entropy, got 'entropy'"):
        SymbolicNetwork(loss="entropy")


def test_activations_are_named_as_everywhere_else():
    by_name, by_itself = SymbolicNetwork(hidden="tanh", output="relu"), SymbolicNetwork(hidden=TANH, output=RELU)
    assert by_name["da1_dz1"] == by_itself["da1_dz1"] and by_name["da2_dz2"] == by_itself["da2_dz2"]
    assert SymbolicNetwork(neurons=3)["dE_dw1"].shape == (2, 3)
