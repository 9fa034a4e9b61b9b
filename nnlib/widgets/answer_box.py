"""AnswerBox: a number to compute by hand; a wrong answer is recognised."""
from types import SimpleNamespace

from nnlib.classroom.answers import ASKED, DRAWS, NEXT, Question, question, usual_digits
from nnlib.numerals import number, rows
from nnlib.quantities import QUANTITIES
from nnlib.widgets.base import BookWidget, Fallback
from nnlib.widgets.traits import ActivationName, ExamplesTrait, OneOf, Rate, Seed, Whole, together


class AnswerBox(BookWidget):
    """A quantity to compute by hand, with numbers that belong to the seed, and feedback that understands the mistake.

    quantity: what is asked for ("z1" … "new_b1"). seed: whose numbers. digits: how many significant ones are asked for, 2 to 6 (0: the
    usual 3, or 4 for new values). examples, learning_rate, hidden, output: as in StepExplorer. neurons: hidden ones.
    """

    quantity = OneOf(ASKED, "dE_dw2")
    seed = Seed(draws=NEXT * DRAWS)
    digits = Whole(0, min=0, max=6)
    neurons = Whole(2, min=1, max=3)
    examples = ExamplesTrait()
    learning_rate = Rate()
    hidden = ActivationName()
    output = ActivationName()

    def __init__(self, quantity: str = "dE_dw2", **traits: object) -> None:
        if quantity in ASKED and not traits.get("digits"):
            traits["digits"] = usual_digits(quantity)  # before anything is sent: a page must never see a 0
        super().__init__(quantity=quantity, **traits)
        self.question()

    @together("quantity", "seed", "digits", "neurons", "examples", "learning_rate", "hidden", "output")
    def _fits(self, now: SimpleNamespace) -> None:
        _question(now)

    def question(self) -> Question:
        """The nnlib.classroom.answers.Question that is asked."""
        return _question(self)

    def static_state(self) -> dict[str, object]:
        """With the numbers of the question, for which many networks may have been tried."""
        asked = self.question()
        parameters = {name: matrix.tolist() for name, matrix in asked.parameters._asdict().items()}
        return {**self.state(), "asked": {"parameters": parameters, "given": list(asked.given)}}

    def fallback(self) -> Fallback:
        """The task, and what is given for it."""
        asked = self.question()
        table = [["given", "numbers"]]
        for name in asked.given:
            table.append([QUANTITIES[name].symbol, rows(getattr(asked.iteration, name))])
        if len(table) == 2:
            table.append(["digits", number(self.digits)])
        return f"Compute {QUANTITIES[self.quantity].symbol} by hand, to {self.digits} significant digits.", table

    def __repr__(self) -> str:
        return f"AnswerBox({self.quantity!r}, seed={self.seed})"


def _question(now: "AnswerBox | SimpleNamespace") -> Question:
    """The question that belongs to the values of a widget; 0 digits are the usual ones."""
    x, y = now.examples.x, now.examples.y
    return question(now.quantity, now.seed, now.digits or None, x, y, now.hidden, now.output, now.learning_rate, now.neurons)
