"""answers.js says what answers.py says: the same questions, the same diagnoses."""
import numpy as np
import pytest
from hypothesis import given as forall
from hypothesis import settings
from hypothesis import strategies as st
from javascript import Module

from nnlib import OPERATIONS, Parameters
from nnlib.classroom.answers import CHANGED, IN_THE_END, diagnose, easy_parameters, question, title, usual_digits
from nnlib.gates import TWO_EXAMPLES
from nnlib.mistakes import MISTAKES, SLIPS

BOX = Module("model/answers.js", "model/mistakes.js", "generated/names.js")
EXAMPLES = {"x": TWO_EXAMPLES.x.tolist(), "y": TWO_EXAMPLES.y.tolist()}
QUANTITIES = [name for op in OPERATIONS for name in op.outputs]


def test_the_same_slips():
    assert BOX("Object.keys(SLIPS)") == list(SLIPS) == BOX("Object.keys(SLIP_NAMES)")
    assert not set(SLIPS) & set(MISTAKES)
    inputs = BOX("Object.fromEntries(Object.entries(SLIPS).map(([k, m]) => [k, Object.values(m)[0].inputs]))")
    for key, slip in SLIPS.items():
        (label,) = slip.replaced
        assert inputs[key] == list(next(op.inputs for op in slip.operations if op.label == label)), key


def test_whatever_goes_wrong_in_the_end_has_a_sentence():
    assert list(IN_THE_END) == list(CHANGED) == BOX("Object.keys(IN_THE_END)")
    assert {key: title(key) for key in IN_THE_END} == IN_THE_END and not set(IN_THE_END) & {*MISTAKES, *SLIPS}


@settings(max_examples=40)
@forall(st.integers(-(2**40), 2**40), st.integers(1, 3))
def test_the_same_easy_numbers(seed, hidden):
    ours = easy_parameters(seed, hidden)
    assert BOX("easyParameters(seed, hidden)", seed=seed, hidden=hidden) == {n: p.tolist() for n, p in ours._asdict().items()}
    assert all((np.abs(p) >= 0.1).all() and np.array_equal(p, np.round(p, 1)) for p in ours)


@pytest.mark.parametrize("quantity", QUANTITIES)
@settings(max_examples=4, deadline=None)
@forall(seed=st.integers(0, 10**6))
def test_the_same_question_and_the_same_diagnosis(quantity, seed):
    asked = question(quantity, seed)
    digits = usual_digits(quantity)
    theirs = BOX("question(quantity, seed, digits, examples, 0.5)", quantity=quantity, seed=seed, digits=digits, examples=EXAMPLES)
    assert theirs["parameters"] == {n: p.tolist() for n, p in asked.parameters._asdict().items()}
    assert theirs["given"] == list(asked.given) and set(theirs["wrong"]) == set(asked.wrong)
    for key, value in asked.wrong.items():
        np.testing.assert_allclose(theirs["wrong"][key], value, rtol=1e-11, atol=1e-15, err_msg=key)
    for answer in (asked.right, *asked.wrong.values(), asked.right * 1.37 + 0.1):
        ours = diagnose(asked, answer)
        said = BOX("diagnose(question(quantity, seed, digits, examples, 0.5), answer)", quantity=quantity, seed=seed, digits=digits, examples=EXAMPLES, answer=answer.tolist())
        assert (said["right"], tuple(said["mistakes"]), said["rightNumbers"]) == ours


def test_what_differs_in_its_last_bit_only_is_no_mistake():
    """With seed 1190 ∂z₂/∂w₂ is its own transpose but for the last bit, which is another one in Python than in JavaScript."""
    ours = question("dz2_dw2", 1190)
    assert ours.right[0, 1] != ours.right[1, 0] and "transposed" not in ours.wrong
    theirs = BOX("question('dz2_dw2', 1190, 3, examples, 0.5)", examples=EXAMPLES)
    assert theirs["parameters"] == {n: p.tolist() for n, p in ours.parameters._asdict().items()}


@pytest.mark.parametrize(("quantity", "seed"), [("dE_db2", 16353)])
def test_a_half_is_rounded_the_same_way_in_both_languages(quantity, seed):
    """On the way to this answer a number lies halfway between two decimals, but for its last bit."""
    ours = question(quantity, seed)
    theirs = BOX("question(quantity, seed, 3, examples, 0.5)", quantity=quantity, seed=seed, examples=EXAMPLES)
    np.testing.assert_allclose(theirs["wrong"]["rounding too early"], ours.wrong["rounding too early"], rtol=1e-11)


def rounded(values, digits):
    """As a person writes them down."""
    return np.array([[float(f"{v:.{digits}g}") for v in row] for row in values])


@pytest.mark.parametrize("quantity", QUANTITIES)
@settings(max_examples=6, deadline=None)
@forall(seed=st.integers(0, 10**6))
def test_every_mistake_is_recognised_and_never_called_right(quantity, seed):
    asked = question(quantity, seed)
    right = diagnose(asked, rounded(asked.right, asked.digits))
    assert right.right and right.mistakes == ()
    assert len(asked.wrong) >= 3
    for key, value in asked.wrong.items():
        said = diagnose(asked, rounded(value, asked.digits))
        if key == "rounding too early":
            assert said.right or title(key) in said.mistakes
            continue
        assert not said.right, f"{key} passes for right"
        assert title(key) in said.mistakes, key


def test_two_mistakes_with_the_same_number_are_both_named():
    asked = question("dE_da2", 3)
    said = diagnose(asked, -asked.right).mistakes
    assert len(said) == 2 and title("swapped error") in said and title("wrong sign") in said


@pytest.mark.parametrize(("quantity", "key"), [
    ("z1", "no bias in z1"), ("a1", "slope for a1"), ("a2", "slope for a2"), ("E", "missing half"), ("da2_dz2", "value for da2"),
    ("dE_dz2", "no output slope"), ("dE_dw2", "no output slope"), ("new_w2", "uphill"), ("new_w2", "no rate in w2"), ("dE_dw1", "updated w2"),
    ("dE_db1", "no hidden slope"), ("new_w1", "no learning rate"), ("z1", "transposed"), ("dE_dw1", "twice")])
def test_the_classic_mistakes_are_there(quantity, key):
    assert key in question(quantity, 11).wrong


@pytest.mark.parametrize(("call", "message"), [
    (lambda: question("w3", 1), "quantity: expected one of z1, a1"), (lambda: question("w1", 1), "quantity: expected one of"),
    (lambda: question("E", 1.5), "seed: expected a whole number"), (lambda: question("E", 1, digits=1), "digits: expected a whole number from 2 to 6, got 1"),
    (lambda: question("E", 1, digits=9), "digits: expected a whole number from 2 to 6, got 9"), (lambda: diagnose(question("E", 1), [[1, 2]]), "answer: expected shape")])
def test_what_it_says(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_numbers_of_other_networks():
    asked = question("dE_dw1", 5, x=[[1, 0], [0, 1], [1, 1]], y=[[0], [0], [1]], hidden="tanh", neurons=3)
    assert asked.right.shape == (2, 3) and asked.parameters.w1.shape == (2, 3)
    assert isinstance(asked.parameters, Parameters)


def test_what_rounding_leaves_of_a_zero_is_zero():
    """0.3 − 0.2 − 0.1 is −2.8e−17 to a computer; a person who says 0 is right."""
    seed = next(s for s in range(2000) if ((v := np.abs(question("z1", s).right)) < 1e-12).any() and (v[v < 1e-12] > 0).any())
    asked = question("z1", seed)
    said = np.where(np.abs(asked.right) < 1e-12, 0.0, asked.right)
    assert diagnose(asked, said).right
    assert BOX("diagnose(question('z1', seed, 3, examples, 0.5), answer).right", seed=seed, examples=EXAMPLES, answer=said.tolist())
