"""The book's widgets: alive in JupyterLab with Python in sync, and on a static page with no kernel."""
from nnlib._extras import needs

with needs("widgets"):
    from nnlib.widgets.activation_explorer import ActivationExplorer
    from nnlib.widgets.answer_box import AnswerBox
    from nnlib.widgets.autograd_explorer import AutogradExplorer
    from nnlib.widgets.bug_lab import BugLab
    from nnlib.widgets.convention_table import ConventionTable
    from nnlib.widgets.descent_explorer import DescentExplorer
    from nnlib.widgets.digit_explorer import DigitExplorer
    from nnlib.widgets.gradient_check import GradientCheck
    from nnlib.widgets.loss_explorer import LossExplorer
    from nnlib.widgets.neuron_explorer import NeuronExplorer
    from nnlib.widgets.number_box import NumberBox
    from nnlib.widgets.optimizer_race import OptimizerRace
    from nnlib.widgets.slope_explorer import SlopeExplorer
    from nnlib.widgets.step_explorer import StepExplorer
    from nnlib.widgets.training_explorer import TrainingExplorer
    from nnlib.widgets.worksheet import Worksheet

WIDGETS = (ActivationExplorer, AnswerBox, AutogradExplorer, BugLab, ConventionTable, DescentExplorer, DigitExplorer,
           GradientCheck, LossExplorer, NeuronExplorer, NumberBox, OptimizerRace, SlopeExplorer, StepExplorer, TrainingExplorer,
           Worksheet)

__all__ = ["WIDGETS", "ActivationExplorer", "AnswerBox", "AutogradExplorer", "BugLab", "ConventionTable", "DescentExplorer",
           "DigitExplorer", "GradientCheck", "LossExplorer", "NeuronExplorer", "NumberBox", "OptimizerRace", "SlopeExplorer",
           "StepExplorer", "TrainingExplorer", "Worksheet"]
