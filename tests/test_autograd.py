"""autograd.py: random graphs against PyTorch, the fourteen steps, central differences; how slopes add up; what it refuses."""
import json
import operator
from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given as forall
from hypothesis import settings
from oracles import problems

from nnlib import AND, XOR, Parameters, deep, iteration
from nnlib.autograd import Value

GOLDEN = json.loads((Path(__file__).parent / "golden" / "autograd.json").read_text("utf8"))  # made with PyTorch by golden/autograd.py
OPERATIONS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "@": operator.matmul,
              "negative": operator.neg, "**": operator.pow, "T": lambda a: a.T, "sum": Value.sum, "exp": Value.exp, "log": Value.log,
              "tanh": Value.tanh, "sigmoid": Value.sigmoid, "relu": Value.relu}


def computed(graph):
    """The leaves of a golden graph as Values, and what its last line gives."""
    leaves = [Value(leaf) for leaf in graph["leaves"]]
    values = list(leaves)
    for name, taken, argument in graph["lines"][len(leaves):]:
        arguments = [argument] if name in ("sum", "**") else []
        values.append(OPERATIONS[name](*(values[k] for k in taken), *arguments))
    return leaves, values[-1]


def test_the_golden_graphs_are_many_and_of_every_kind():
    assert len(GOLDEN) >= 200
    names = Counter(name for graph in GOLDEN for name, _, _ in graph["lines"])
    assert names.keys() - {"leaf"} == OPERATIONS.keys() and min(names.values()) >= 20
    shapes = {np.shape(leaf) for graph in GOLDEN for leaf in graph["leaves"]}
    assert {len(shape) for shape in shapes} == {0, 1, 2, 3}
    assert any(max(Counter(k for _, taken, _ in graph["lines"] for k in taken).values()) > 3 for graph in GOLDEN), "used often"


@pytest.mark.parametrize("part", range(8))
def test_pytorchs_values_on_random_graphs(part):
    for number, graph in list(enumerate(GOLDEN))[part::8]:
        leaves, result = computed(graph)
        assert result.data == pytest.approx(graph["value"], rel=1e-12, abs=1e-12), number
        result.backward()
        for leaf, slope in zip(leaves, graph["slopes"], strict=True):
            slope = np.array(slope)
            assert leaf.grad.shape == slope.shape == leaf.data.shape
            np.testing.assert_allclose(leaf.grad, slope, rtol=1e-11, atol=1e-12 * max(1, abs(slope).max()), err_msg=f"graph {number}")


def network(x, y, parameters, hidden="sigmoid", output="sigmoid"):
    """The 2-h-m network in Values: every forward quantity by its name."""
    def through(name, z):
        return z if name == "identity" else getattr(z, name)()

    w1, b1, w2, b2 = (Value(p) for p in parameters)
    z1 = x @ w1 + b1
    a1 = through(hidden, z1)
    z2 = a1 @ w2 + b2
    a2 = through(output, z2)
    E = ((a2 - y) ** 2).sum() / 2
    return {"w1": w1, "b1": b1, "w2": w2, "b2": b2, "z1": z1, "a1": a1, "z2": z2, "a2": a2, "E": E}


@settings(max_examples=60)
@forall(problems())
def test_it_finds_the_fourteen_steps(problem):
    x, y, parameters, hidden, output = problem
    book = iteration(x, y, parameters, 0.5, hidden, output)
    ours = network(x, y, parameters, hidden, output)
    ours["E"].backward()
    assert ours["E"].data == pytest.approx(float(book.E), rel=1e-13)
    for name in ("w1", "b1", "w2", "b2", "z1", "z2", "a2"):
        theirs = book[f"dE_d{name}"]
        np.testing.assert_allclose(ours[name].grad, theirs, rtol=1e-12, atol=1e-12 * max(1, abs(theirs).max()), err_msg=name)


def test_the_worked_example_to_twelve_digits():
    book, ours = iteration(AND.x, AND.y, Parameters.example(), 0.5), network(AND.x, AND.y, Parameters.example())
    ours["E"].backward()
    for name, array in book.gradients._asdict().items():
        np.testing.assert_allclose(ours[name].grad, array, rtol=1e-12)


def test_any_depth_is_a_loop():
    layers = deep.random_layers(3, (2, 4, 3, 1))
    values = [(Value(w), Value(b)) for w, b in layers]
    a = XOR.x
    for w, b in values:
        a = (a @ w + b).tanh()
    ((a - XOR.y) ** 2).sum().backward()
    for pair, expected in zip(values, deep.iteration(XOR.x, XOR.y, layers, 0.5, "tanh", "tanh").gradients, strict=True):
        for value, slope in zip(pair, expected, strict=True):
            np.testing.assert_allclose(value.grad, 2 * slope, rtol=1e-12)


def test_slopes_add_up_over_uses_and_over_calls():
    a = Value(3.0)
    b = a * a + a
    assert a.grad is None and b.grad is None
    b.backward()
    assert a.grad == 7 and b.grad == 1
    b.backward()
    assert a.grad == 14 and b.grad == 2, "once more the same, and what lies between is not counted twice"
    a.zero_grad()
    assert a.grad is None
    (a * 5).backward()
    assert a.grad == 5


def test_a_value_used_early_and_late_waits_for_both():
    """Whatever way one walks, a slope may be passed on only when all that use the value have had their say."""
    a = Value(2.0)
    b = a * 3
    c = b * b
    d = c * b + b
    d.backward()
    assert b.grad == 3 * 36 + 1 and a.grad == 3 * b.grad


def test_what_is_broadcast_is_added_up():
    b, one, column = Value([[1.0, 2.0]]), Value(2.0), Value([[1.0], [2.0], [3.0]])
    ((b + np.zeros((3, 2))) * one * column).sum().backward()
    assert b.grad.tolist() == [[12, 12]] and one.grad == 18 and column.grad.tolist() == [[6], [6], [6]]
    stack = Value(np.ones((2, 2)))
    (np.ones((5, 3, 2)) @ stack).sum().backward()
    assert stack.grad.tolist() == [[15, 15], [15, 15]]


@pytest.mark.parametrize(("a", "b"), [((3,), (3,)), ((3,), (3, 2)), ((2, 3), (3,)), ((3,), (4, 3, 2)), ((4, 2, 3), (3,)),
                                      ((2, 3), (4, 3, 2)), ((4, 1, 2, 3), (5, 3, 2)), ((1,), (1,)), ((1,), (1, 3)), ((2, 1), (1,))])
@pytest.mark.parametrize("turned", [False, True], ids=["value first", "array first"])
def test_products_of_vectors_matrices_and_stacks(a, b, turned):
    """NumPy's own product, and the slopes that central differences measure."""
    rng = np.random.default_rng(1)
    arrays = [rng.normal(size=a), rng.normal(size=b)]
    weights = rng.normal(size=(arrays[0] @ arrays[1]).shape)  # each number of the result counts differently
    values = [Value(array) for array in arrays]
    for result in (values[0] @ values[1], values[0] @ arrays[1], arrays[0] @ values[1]):
        np.testing.assert_array_equal(result.data, arrays[0] @ arrays[1])
    product = arrays[0] @ values[1] if turned else values[0] @ values[1]
    (product * weights).sum().backward()
    for k, value in enumerate(values):
        if turned and k == 0:
            assert value.grad is None
            continue
        for index in np.ndindex(value.data.shape):
            up, down = ([array.copy() for array in arrays] for _ in range(2))
            up[k][index] += 0.5
            down[k][index] -= 0.5
            measured = ((up[0] @ up[1] - down[0] @ down[1]) * weights).sum()  # exact: a product is linear in each of its factors
            assert value.grad[index] == pytest.approx(measured, rel=1e-12, abs=1e-12)
        assert value.grad.shape == value.data.shape


def test_arrays_and_numbers_on_either_side():
    a, array = Value([[1.0, 2.0]]), np.array([[3.0, 4.0]])
    for value, expected in ((array + a, [[4, 6]]), (array - a, [[2, 2]]), (array * a, [[3, 8]]), (array / a, [[3, 2]]),
                            (array.T @ a, [[3, 6], [4, 8]]), (1 - a, [[0, -1]]), (2 / a, [[2, 1]]), (-a, [[-1, -2]])):
        assert isinstance(value, Value) and value.data.tolist() == expected


def test_slopes_of_its_own_can_be_changed_without_changing_others():
    a, b = Value(1.0), Value(2.0)
    (a + b).backward()
    a.grad *= 5
    assert (a.grad, b.grad) == (5, 1)
    data = np.ones(2)
    value = Value(data)
    data[0] = 7
    assert value.data.tolist() == [1, 1]


def test_zero_to_the_power_of_zero_and_one():
    for exponent, slope in ((0, 0), (1, 1), (2, 0)):
        a = Value(0.0)
        (a**exponent).backward()
        assert a.grad == slope


@pytest.mark.parametrize("tiny", [1e-200, 1e200])
def test_a_quotient_of_extreme_numbers_has_its_slopes(tiny):
    """The square of the divisor under- or overflows, its slope does not."""
    a, b = Value(tiny), Value(tiny)
    (a / b).backward()
    assert a.grad == pytest.approx(1 / tiny) and b.grad == pytest.approx(-1 / tiny)
    c = Value(tiny)
    (tiny / c).backward()
    assert c.grad == pytest.approx(-1 / tiny)


def test_a_sum_may_keep_its_axis():
    a = Value(np.arange(6.0).reshape(2, 3))
    total = a.sum(axis=1, keepdims=True)
    assert total.data.tolist() == [[3], [12]] and a.sum(keepdims=True).data.shape == (1, 1)
    (a / total).sum(axis=0).sum().backward()
    np.testing.assert_allclose(a.grad, 0, atol=1e-15)  # shares add up to 1, whatever the numbers
    with pytest.raises(TypeError, match="keepdims: expected"):
        a.sum(keepdims="yes")


def test_the_kink_of_relu_has_slope_zero():
    a = Value([[-1.0, 0.0, 2.0]])
    a.relu().sum().backward()
    assert a.grad.tolist() == [[0, 0, 1]]


def test_a_deep_graph_needs_no_recursion():
    a = Value(1.0)
    b = a
    for _ in range(3000):
        b = b + a
    b.backward()
    assert a.grad == 3001


def test_an_operation_of_ones_own():
    a = Value([[1.0, -2.0]])
    size = Value(abs(a.data), [a], lambda g: (g * np.sign(a.data),))
    (size * size).sum().backward()
    assert a.grad.tolist() == [[2, -4]]


def test_it_learns():
    """Descent with Values is the book's descent."""
    parameters, losses = Parameters.random(1), []
    for _ in range(50):
        values = network(AND.x, AND.y, parameters)
        values["E"].backward()
        losses.append(float(values["E"].data))
        parameters = Parameters(*(values[name].data - 0.5 * values[name].grad for name in Parameters._fields))
    assert all(after < before for before, after in pairwise(losses))
    book = Parameters.random(1)
    for _ in range(50):
        book = iteration(AND.x, AND.y, book, 0.5).updated
    for ours, theirs in zip(parameters, book, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-11)


@pytest.mark.parametrize(("call", "error", "message"), [
    (lambda: Value("a"), TypeError, "data: expected an array of real numbers, got 'a'"),
    (lambda: Value([1.0, np.nan]), ValueError, r"data: expected finite numbers, got nan at \[1\]"),
    (lambda: Value([[1.0], [1.0, 2.0]]), ValueError, "data: expected a rectangular array"),
    (lambda: Value(1.0) + "a", TypeError, "data: expected an array of real numbers"),
    (lambda: Value([1.0, 2.0]).backward(), ValueError, r"backward: expected one number, such as a loss, got shape \(2,\)"),
    (lambda: Value([1.0, 2.0]) @ Value([1.0, 2.0, 3.0]), ValueError,
     r"@: expected shapes \(…, n, k\) and \(…, k, m\), or \(k,\) on either side, got \(2,\) and \(3,\)"),
    (lambda: Value(np.ones((2, 2))) @ 3, ValueError, r"@: expected .*, got \(2, 2\) and \(\)"),
    (lambda: np.ones((2, 2, 2)) @ Value(np.ones((3, 2, 2))), ValueError, r"@: expected .*, got \(2, 2, 2\) and \(3, 2, 2\)"),
    (lambda: Value([1.0]).sum(axis=1), ValueError, "axis 1 is out of bounds"),
    (lambda: np.ones((2, 3)) @ Value(np.ones((2, 3))), ValueError, r"@: expected .*, got \(2, 3\) and \(2, 3\)"),
    (lambda: Value(np.ones((2, 3))) + np.ones((3, 2)), ValueError, r"\(2,3\) \(3,2\)"),
    (lambda: Value(2.0) ** Value(2.0), TypeError, "exponent: expected an array of real numbers"),
])
def test_what_it_refuses(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_how_it_looks():
    assert repr(Value([[1.0, 2.5]])) == "Value([[1. , 2.5]])" and repr(Value(1 / 3)) == "Value(0.333333)"
    assert Value.exp.__doc__ == "e to the power of each number." and Value.T.__doc__.startswith("The transpose")
