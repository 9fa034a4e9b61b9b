"""TrainingExplorer: watch a network learn a gate."""
from collections.abc import Mapping

import numpy as np
import traitlets

from nnlib.gates import GATES
from nnlib.limits import LAST_EPOCH, MOST_NEURONS
from nnlib.links import SITE
from nnlib.network import Parameters, ParametersLike, feedforward
from nnlib.numerals import number, rows
from nnlib.training import Trajectory, train
from nnlib.types import ArrayLike
from nnlib.widgets.base import BookWidget, Fallback
from nnlib.widgets.traits import ActivationName, OneOf, ParametersTrait, Rate, Seed, Truth, Whole


class TrainingExplorer(BookWidget):
    """A network that learns a gate: `TrainingExplorer()` is the worked example on AND.

    gate: "AND", "OR", "NAND", "NOR", "XOR" (or a Gate). parameters: the start, for 2 inputs and 1 output; or seed and neurons (1 to 8)
    for a random one: setting one of them takes the parameters' place. hidden: its activation; the output is a sigmoid. learning_rate
    as in `train`. one_at_a_time: an update for each example. epoch: how many are done. logarithmic: the loss curve's scale. site: the
    root address of the published book.
    """

    gate = OneOf(GATES, "AND")
    parameters: traitlets.TraitType[Parameters | None, ParametersLike | Mapping[str, ArrayLike] | None]
    parameters = ParametersTrait(none=True)  # type: ignore[assignment]  # the one with none among those that have some
    neurons = Whole(2, min=1, max=MOST_NEURONS)
    seed = Seed()
    hidden = ActivationName()
    learning_rate = Rate()
    one_at_a_time = Truth()
    epoch = Whole(0, min=0, max=LAST_EPOCH)
    logarithmic = Truth()
    playing = Truth()
    site = traitlets.Unicode(SITE).tag(sync=True)

    def __init__(self, **traits: object) -> None:
        if "parameters" in traits:
            traits["parameters"] = traits.pop("parameters")  # last: they stay, whatever seed and neurons say
        super().__init__(**traits)

    def __setattr__(self, name: str, value: object) -> None:
        super().__setattr__(name, value)
        if name in ("seed", "neurons"):
            self.parameters = None  # the network of the seed, instead of one's own

    def set_state(self, sync_data: Mapping[str, object]) -> None:
        """What JavaScript sends; a seed or a number of neurons without parameters means the seed's network here, too."""
        super().set_state(sync_data)
        if {"seed", "neurons"} & set(sync_data) and "parameters" not in sync_data:
            self.parameters = None

    @traitlets.validate("parameters")
    def _valid_parameters(self, proposal: traitlets.Bunch) -> Parameters | None:
        value: Parameters | None = proposal["value"]
        if value is not None and (value.w1.shape[0] != 2 or value.w2.shape[1] != 1 or value.w1.shape[1] > MOST_NEURONS):
            raise traitlets.TraitError(f"parameters: expected 2 inputs, 1 to {MOST_NEURONS} hidden neurons and 1 output, got "
                                       f"w1 {value.w1.shape} and w2 {value.w2.shape}")
        return value

    @property
    def start(self) -> Parameters:
        """The Parameters that training starts from."""
        return self.parameters if self.parameters is not None else Parameters.random(self.seed, self.neurons)

    def run(self) -> Trajectory:
        """The nnlib.Trajectory up to the epoch on show."""
        gate = GATES[self.gate]
        return train(gate.x, gate.y, self.start, self.learning_rate, self.epoch, self.hidden, one_at_a_time=self.one_at_a_time, keep="last")

    def fallback(self) -> Fallback:
        """All four outputs."""
        gate, run = GATES[self.gate], self.run()
        outputs = feedforward(gate.x, run.parameters, self.hidden).a2[:, 0]
        table = [["inputs", "target", "output"]]
        for row, (target,), output in zip(gate.x, gate.y, outputs, strict=True):
            table.append([rows(row, number), number(target), number(output)])
        count = np.shape(self.start.w1)[1]
        return (f"A network with {count} hidden neuron{'s' * (count > 1)} on {self.gate} after {self.epoch} epochs: "
                f"its loss is {number(run.losses[-1])}."), table
