"""How far the widgets go: the last value that fits and the first that does not, in Python and in the JavaScript that is made from it."""
import pytest
from javascript import Module
from traitlets import TraitError

from nnlib import limits
from nnlib.widgets import ActivationExplorer, DescentExplorer, GradientCheck, SlopeExplorer, TrainingExplorer

LIMITS = {"last_epoch": 100_000, "most_neurons": 8, "most_inputs": 4, "most_outputs": 4, "most_rows": 16,
          "largest_seed": 9_007_199_254_740_991, "most_steps": 200, "lab_epochs": 3000, "reach": 10, "smallest_epsilon": 1e-14,
          "largest_epsilon": 1, "exact": 1e-8, "smallest_nudge": 1e-6, "largest_nudge": 1, "place": 3, "most_digit_neurons": 60,
          "digit_epochs": 100}


def test_both_languages_have_the_same_limits():
    assert {name.lower(): value for name, value in vars(limits).items() if name.isupper()} == LIMITS
    assert Module("generated/limits.js")("LIMITS") == LIMITS
    assert Module("generated/limits.js")("LIMITS.largest_seed === Number.MAX_SAFE_INTEGER") is True


@pytest.mark.parametrize(("widget", "name", "last", "beyond"), [
    (TrainingExplorer, "neurons", 8, 9), (TrainingExplorer, "epoch", 100_000, 100_001), (DescentExplorer, "epoch", 200, 201),
    (ActivationExplorer, "z", 10, 10.001), (ActivationExplorer, "z", -10, -10.001), (GradientCheck, "epsilon", 1, 1.001),
    (GradientCheck, "epsilon", 1e-14, 0.9e-14), (SlopeExplorer, "nudge", 1, 1.001), (SlopeExplorer, "nudge", 1e-6, 0.9e-6),
    (SlopeExplorer, "u", 3, 3.001), (SlopeExplorer, "u", -3, -3.001),
])
def test_a_widget_goes_to_its_limit_and_no_further(widget, name, last, beyond):
    widget(**{name: last})
    with pytest.raises(TraitError, match=f"{name}: expected a (whole )?number from"):
        widget(**{name: beyond})
