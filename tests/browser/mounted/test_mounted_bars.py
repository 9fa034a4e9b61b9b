"""The same controls at the same places: back, play, on, Reset; a tick left of its words; η the same control; one button that stands out."""
import pytest

from nnlib import widgets
from nnlib.widgets import (
    ActivationExplorer,
    AnswerBox,
    AutogradExplorer,
    BugLab,
    ConventionTable,
    DescentExplorer,
    DigitExplorer,
    GradientCheck,
    LossExplorer,
    NeuronExplorer,
    OptimizerRace,
    SlopeExplorer,
    StepExplorer,
    TrainingExplorer,
)

ALL = [ActivationExplorer, AutogradExplorer, BugLab, ConventionTable, DescentExplorer, DigitExplorer, GradientCheck, LossExplorer, NeuronExplorer,
       OptimizerRace, SlopeExplorer, StepExplorer, TrainingExplorer]
ORDER = ["Previous step", "Previous epoch", "Play", "Next step", "1 epoch", "10 epochs", "100 epochs", "Reset"]


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_the_buttons_stand_in_one_order(mount, kind):
    tab = mount(kind())
    for names in tab.evaluate("[...root.querySelectorAll('.fs-bar')].map((one) => [...one.querySelectorAll('button')].map((b) => b.ariaLabel ?? b.textContent))"):
        known = [name for name in names if name in ORDER]
        assert known == sorted(known, key=ORDER.index) and names[:len(known)] == known, "whatever else there is stands behind"
    assert tab.evaluate("""[...root.querySelectorAll('button')].filter((b) => ['Play', 'Reset', 'Next step', 'Previous step'].includes(b.textContent))
        .every((b) => b.closest('.fs-bar, .fs-epochs'))"""), "the step explorer's Reset stands with the numbers that it takes back"
    standing_out = tab.evaluate("[...root.querySelectorAll('.fs-primary')].filter((b) => b.checkVisibility()).map((b) => b.textContent)")
    assert set(standing_out) <= {"Next step", "1 epoch"} and len(tab.evaluate("[...root.querySelectorAll('.fs-bar')]")) in (1, 2)


@pytest.mark.parametrize("kind", [*ALL, AnswerBox], ids=lambda kind: kind.__name__)
def test_a_tick_stands_left_of_its_words(mount, kind):
    tab = mount(kind() if kind is not AnswerBox else AnswerBox("z2"))
    assert tab.evaluate("[...root.querySelectorAll('label:has(input[type=checkbox])')].every((one) => one.firstElementChild.type === 'checkbox')")


@pytest.mark.parametrize("kind", [BugLab, DescentExplorer, TrainingExplorer], ids=lambda kind: kind.__name__)
def test_a_learning_rate_is_slid_or_typed(mount, kind):
    tab = mount(kind())
    assert tab.get_by_label("Learning rate η", exact=True).count() == 1 and tab.get_by_label("Learning rate η, slider", exact=True).count() == 1
    assert tab.locator(".fs-slider", has=tab.get_by_label("Learning rate η", exact=True)).locator(".fs-slider-name").inner_text() == "η"


def test_no_widget_is_forgotten():
    assert {kind.__name__ for kind in ALL} | {"AnswerBox", "NumberBox", "StepExplorer", "Worksheet", "WIDGETS"} == set(widgets.__all__)
