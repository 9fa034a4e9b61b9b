"""Lesson plans as data: every minute of a lesson, its slides, what to ask, the wrong answers to expect, what to leave out when late.

A question is an item of the bank, by its key, or one of the plan's own. `tools/teaching.py` writes the page for teachers from here.
"""
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from nnlib.checking import gradient_check
from nnlib.classroom import board
from nnlib.classroom.bank import FILE_SEED, ITEMS, select
from nnlib.classroom.items import Bug, Choose, Compute, Explain, OfNetwork
from nnlib.classroom.misconceptions import meaning
from nnlib.classroom.sheets import write_key, write_sheets
from nnlib.classroom.worksheets import USUAL, Kind, sheet_iteration
from nnlib.gates import AND, TWO_EXAMPLES
from nnlib.mistakes import MISTAKES
from nnlib.network import LEARNING_RATE, Parameters
from nnlib.numerals import format as number
from nnlib.training import iteration, train
from nnlib.validation import whole

CLASS, PACK = 24, 30  # so many sheets a plan's command writes, and a finished pack has
MOST = 5  # wrong answers that a teacher can keep in mind for one question


class Expected(NamedTuple):
    """A wrong answer to expect, and what to say to it."""

    answer: str
    say: str


@dataclass(frozen=True)
class Ask:
    """A question of a plan's own: what is asked, what is right, the wrong answers to expect.

    facts is what it claims, as Python, OURS being the book's two examples, network and rate; code what stands below the question.
    """

    text: str
    right: str
    wrong: tuple[Expected, ...]
    facts: tuple[str, ...] = ()
    code: str = ""

    def __post_init__(self) -> None:
        if not ("?" in self.text and self.right and self.wrong):
            raise ValueError(f"ask: expected a question with its right answer and a wrong one, got {self.text!r}")


class First(NamedTuple):
    """Not all slides below a heading, only the first ones: to that with the first widget, prediction or picture, or those before it.

    No number of slides: how many a text takes depends on the screen.
    """

    heading: str
    until: str = ""
    before: bool = False


@dataclass(frozen=True)
class Stage:
    """Some minutes of a lesson: what happens, the page and the headings of its slides (no page: paper, or the board), what is asked.

    cut is what to leave out when late, saves how many minutes that gives back; later: the question is asked after the slides;
    there: it is asked where a slide asks it, too; code: lines that belong to it, for the class to get or to compare with.
    """

    minutes: int
    what: str
    page: str = ""
    slides: tuple[str | First, ...] = ()
    ask: str | Ask = ""
    cut: str = ""
    saves: int = 0
    later: bool = False
    there: bool = False
    code: str = ""

    def __post_init__(self) -> None:
        whole("minutes", self.minutes, 1)
        whole("saves", self.saves, 0, self.minutes)
        if bool(self.cut) != bool(self.saves) or bool(self.page) != bool(self.slides):
            raise ValueError(f"stage {self.what!r}: expected a cut with its minutes and a page with its slides, got {self!r}")
        if self.later and self.there:
            raise ValueError(f"stage {self.what!r}: expected a question after the slides or on one of them, got both")
        if isinstance(self.ask, str) and self.ask:
            asked(self.ask)

    @property
    def when(self) -> str:
        """Where the question comes among the slides; empty if before them."""
        return "after the slides" if self.later else "where the slide asks it" if self.there else ""

    @property
    def late(self) -> str:
        """What to do when late, and how much that gives back; empty if nothing is left out."""
        return f"{self.cut} Saves {self.saves} minute{'s' * (self.saves > 1)}." if self.cut else ""

    @property
    def parts(self) -> tuple[First, ...]:
        """Its slides: a heading and how far; all of them where nothing is said."""
        return tuple(First(one) if isinstance(one, str) else one for one in self.slides)


class Stop(NamedTuple):
    """Where the slides of a lesson halt: a page, the headings of its slides, and the stages that belong there, each with its minute.

    What is done on paper or at the board belongs to the slides before it; at a lesson's beginning, to those after it.
    """

    page: str
    slides: tuple[First, ...]
    stages: tuple[tuple[int, Stage], ...]


@dataclass(frozen=True)
class Session:
    """One lesson: its title, how long it takes, its stages, and what is done at home after it."""

    title: str
    minutes: int
    stages: tuple[Stage, ...]
    homework: str = ""

    def __post_init__(self) -> None:
        takes = sum(stage.minutes for stage in self.stages)
        if takes != self.minutes:
            raise ValueError(f"session {self.title!r}: expected stages of {self.minutes} minutes, got {takes}")

    @property
    def spare(self) -> int:
        """The minutes that its cuts give back, all of them together."""
        return sum(stage.saves for stage in self.stages)

    def begins(self) -> tuple[int, ...]:
        """The minute at which each stage begins."""
        return tuple(sum(stage.minutes for stage in self.stages[:at]) for at in range(len(self.stages)))

    def stops(self) -> tuple[Stop, ...]:
        """Its slides, page by page, in the order in which they are shown."""
        found: list[Stop] = []
        waiting: tuple[tuple[int, Stage], ...] = ()
        for minute, stage in zip(self.begins(), self.stages, strict=True):
            if stage.page:
                found.append(Stop(stage.page, stage.parts, (*waiting, (minute, stage))))
                waiting = ()
            elif found:
                found[-1] = found[-1]._replace(stages=(*found[-1].stages, (minute, stage)))
            else:
                waiting += ((minute, stage),)
        return tuple(found)


@dataclass(frozen=True)
class Plan:
    """One lesson or several: whom it is for, what to bring, its sessions, and the kind of its worksheets.

    Its key and the number of a lesson are the name of that lesson's deck of slides. Where nobody programs, these show no code.
    """

    key: str
    title: str
    whom: str
    bring: tuple[str, ...]
    sessions: tuple[Session, ...]
    sheets: Kind | None = None
    programs: bool = False

    @property
    def minutes(self) -> int:
        """All sessions together."""
        return sum(session.minutes for session in self.sessions)

    @property
    def options(self) -> str:
        """What its worksheets are written with, on the command line."""
        if not self.sheets:
            return ""
        told = (f"--{name} {value}" for name in ("level", "rows") if (value := getattr(self.sheets, name)) != getattr(USUAL, name))
        return " ".join((f"--students {CLASS}", *told))


PACKS = (("a4", False), ("letter", False), ("a4", True))  # on which paper, and whether with a decimal comma


def pack_name(plan: Plan, paper: str, key: bool, comma: bool = False) -> str:
    """The name of a finished pack of a plan's worksheets on the site, or of its key."""
    return f"worksheets-{plan.key}{'-key' if key else ''}-{paper}{'-comma' if comma else ''}.pdf"


def write_pack(path: Path | str, plan: Plan, paper: str, key: bool, comma: bool = False) -> None:
    """A pack of a plan's worksheets for whoever has no Python, or its key: the first sheets that its command writes."""
    assert plan.sheets
    kind = replace(plan.sheets, comma=comma)
    if key:
        write_key(path, PACK, board.SEED, paper, kind=kind)
    else:
        write_sheets(path, PACK, board.SEED, paper, kind)


def asked(ask: str | Ask) -> Ask:
    """A question with its wrong answers, also one of the bank, whose numbers are those of the files on the site."""
    if isinstance(ask, Ask):
        return ask
    item = ITEMS[ask]
    if isinstance(item, Choose):
        wrong = tuple(Expected(option.text, option.feedback) for option in item.options if not option.right)
        return Ask(_question(item.ask), f"{_sentence(item.answer.text)} {item.answer.feedback}", wrong[:MOST],
                   code=item.code if isinstance(item, Bug) else "")
    if isinstance(item, Compute | OfNetwork):
        posed = item.posed(FILE_SEED)
        wrong = tuple(Expected(number(one.value, posed.digits), one.feedback) for one in posed.wrong)
        return Ask(_question(posed.ask), posed.answer, wrong[:MOST])
    if isinstance(item, Explain):
        return Ask(_question(item.ask), item.model, tuple(Expected(meaning(belief), say) for belief, say in item.beliefs[:MOST]))
    raise ValueError(f"ask: expected an item to choose, to compute or to explain, got {ask!r}, one of kind {item.kind!r}")


def _question(text: str) -> str:
    """A task as a question to the class."""
    return text if "?" in text else f"{text} What do you say?"


def _of_quiz(part: str, *numbers: int) -> tuple[str, ...]:
    """The headings of some questions of a part's quiz."""
    asks = [item.ask for item in select(part) if getattr(item, "quiz", False)]
    return tuple(f"{number}. {asks[number - 1]}" for number in numbers)


def _answers_of_quiz(part: str) -> str:
    """What is right in the questions of a part's quiz."""
    right = [item.answer.text.rstrip(".") for item in select(part) if isinstance(item, Choose) and item.quiz]
    return "; ".join(f"({number}) {text}" for number, text in enumerate(right, 1))


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


SITE = "https://your-copy.example"  # where a teacher's own copy of the book might be
VOTE_STEP_8 = "press **V** on slide 2 of Step 8"
GEARS = First("Gears: factors multiply", "cell", before=True)
TO_THE_VOTE = First("Step 8: back over the weights of the output (∂z₂/∂a₁)", "predict")
FORWARD = ("F1: two sums", "F2: two activations", "F3: one sum", "F4: the answer")
CALCULATOR = "calculators with eˣ"
ASKED_ANEW = 2  # of the quiz about the ideas: what lesson 1 has not asked, and no code
LOSSES = board.losses(sheet_iteration(board.SEED, board.NUMBER, board.ONE))
LOSS_OF_BOTH = board.losses(sheet_iteration(board.SEED, board.NUMBER, board.BOTH)).before
TWO_NAMES = "Say once: what the pictures call ŷ is a₂, the output."
OTHER_WAY_ROUND = "They have the book's network, whose first row is (0, 1); on the sheet it is (1, 1)."
ONE_EPOCH = [number(loss, 4) for loss in train(AND.x, AND.y, Parameters.example(), LEARNING_RATE, 1).losses]
A_HUNDRED = train(AND.x, AND.y, Parameters.example(), LEARNING_RATE, 100)
ANSWERS = {epochs: iteration(AND.x, AND.y, A_HUNDRED[epochs], LEARNING_RATE).a2 for epochs in (10, 100)}
NEAR_A_QUARTER = {epochs: f"{number(answers.min(), 3)} and {number(answers.max(), 3)}" for epochs, answers in ANSWERS.items()}
WAITING = 30  # the epoch at which a page says that all four outputs are near a quarter
BOTH_PATHS = number(iteration(TWO_EXAMPLES.x, TWO_EXAMPLES.y, Parameters.example(), LEARNING_RATE).dE_dw2[0, 0], 4)
OFF_ON = [gradient_check(gate.x, gate.y, Parameters.example(), LEARNING_RATE, operations=MISTAKES["updated w2"].operations).largest_error
          for gate in (TWO_EXAMPLES, AND)]
OFF = "Of the new w₂ in step 8 say: the check found it {:.0%} off on two rows, the lab finds it {:.0%} off on all four.".format(*OFF_ON)
STOPPED = ("The two missing transposes, neither: the lab opens with four rows, and there their shapes do not fit. The program stops before "
           "there is a slope to check. (With *two examples*, as the slide suggests, they fit: the check finds that of step 5, and that of "
           "step 12 passes.)")
UNTRAINED = Ask("Nothing has been learnt yet. What will our network answer to the four rows of AND?",
                "About 0.56 to all four. Its nine numbers are made up, and it cannot make up its mind.",
                (Expected("0, 0, 0, 1: it is made for AND.", "Nobody has told it anything about AND yet. That is what training is for."),
                 Expected("0 to all four.", "It does not know yet what 0 means. It says about a half to everything.")),
                ("abs(feedforward(AND.x, Parameters.example()).a2 - 0.56).max() < 0.02",))
NOT_ALL_ROWS = Ask("Two of the four rows will do for a pencil. Why is (0, 0) not one of them?",
                   "Both its inputs are 0, so every product with a weight of the first layer is 0. "
                   "None of those four weights would have a say.",
                   (Expected("Its target is 0.", "So is that of (0, 1), which is one of the two."),
                    Expected("It is too easy.", "It is, and that is why: a mistake with a first weight would not show."),
                    Expected("The network cannot answer it.", "It can: what is left are the biases, and it says about 0.56.")),
                   ("(iteration(AND.x[:1], AND.y[:1], Parameters.example(), 0.5).dE_dw1 == 0).all()",
                    "abs(feedforward(AND.x[:1], Parameters.example()).a2 - 0.56).max() < 0.005"))
OF_SHEET_1 = Ask("Nothing has been learnt yet. What will the network of sheet 1 answer to the four rows of AND?",
                 "About the same to all four, a little below ½. Its nine numbers are made up, and it cannot make up its mind.",
                 (Expected("0, 0, 0, 1: it is made for AND.", "Nobody has told it anything about AND yet. That is what training is for."),
                  Expected("0 to all four.", "It does not know yet what 0 means."),
                  Expected("Something at random.", "Nothing is thrown while it answers. The same inputs have the same answer each time.")),
                 ("abs(feedforward(AND.x, [sheet_iteration(1, 1, Kind('output', 1))[name] for name in Parameters._fields]).a2 "
                  "- 0.445).max() < 0.01",))
FALLS = Ask("We have taken one step. Is the loss smaller now?",
            "Yes, a little. One step at this rate goes downhill; how far, the number says.",
            (Expected("It is 0 now, it has learnt.", "One step is a thousandth of the way. Read the new loss, and compare."),
             Expected("It is always smaller after a step.", "Only if the step was not too long. With a far larger η it goes past the "
                                                           "valley, and up on the other side.")),
            ("squared_error(feedforward(TWO_EXAMPLES.x, iteration(*OURS).updated).a2, TWO_EXAMPLES.y) < iteration(*OURS).E",))
SIGN = Ask("On your sheet, is ∂E/∂a₂ positive or negative?",
           "Negative for everybody: the target is 1, and no prediction reaches it. With the target 0 it would be positive.",
           (Expected("Positive, because a₂ has to grow.",
                     "It has to grow, and so the step is upwards. But the slope says what the loss does when a₂ grows: it falls."),
            Expected("That depends on the weights.", "How large it is does. Whatever the weights are, a sigmoid stays below 1."),
            Expected("Positive: 1 minus the prediction.", "It is the prediction minus the target, and not the other way round.")),
           ("all(sheet_iteration(seed, 1, Kind('output', 1)).dE_da2[0, 0] < 0 for seed in range(200))",
            "iteration(*OURS).dE_da2[0, 0] > 0"))
LOSS_OF_ONE = Ask("A prediction is 0.8, and its target is 1. What is the loss of this one example?",
                  "0.02. It is ½ · 0.2².",
                  (Expected("0.04", "That is the square of the error. The ½ is missing."),
                   Expected("0.1", "That is half of the error. Square it first."),
                   Expected("−0.02", "A square is never negative, whichever way round you subtract.")),
                  ("abs(squared_error([[0.8]], [[1.0]]) - 0.02) < 1e-12",))
HOW_MANY_SUMS = Ask("Four examples, three hidden neurons: how many sums does F1 make?",
                    "12: each neuron makes one for each example.",
                    (Expected("3", "That is for one example. The sheet has a row for each."),
                     Expected("7", "Each neuron with each example: multiply, do not add."),
                     Expected("24", "A sum takes both inputs in. It is still one sum.")),
                    ("feedforward(AND.x, Parameters.random(0, hidden=3)).z1.size == 12",))
VOTE = Ask("Step 7 has just computed a new w₂, and step 8 goes back over w₂. Over which of the two?",
           "Over the old one. Do not say so yet: in lesson 2 they check their own code.",
           (Expected("Over the new one, it is better.", "Ask what the loss was computed with, and leave it open."),
            Expected("It makes no difference.", "Ask how one could find out, and leave it open.")),
           ("(iteration(*OURS).dz2_da1 == Parameters.example().w2).all()",))
BEGINNING = """import numpy as np
from nnlib import AND, SIGMOID, Parameters

x, y = AND.x[[1, 3]], AND.y[[1, 3]]
w1, b1, w2, b2 = Parameters.example()
eta = 0.5"""
STEPS_1_TO_6 = """dE_da2 = a2 - y                  # step 1
da2_dz2 = a2 * (1 - a2)          # step 2
dz2_dw2 = a1                     # step 3
dz2_db2 = np.ones((2, 1))        # step 4
dE_dz2 = dE_da2 * da2_dz2        # step 5
dE_dw2 = dz2_dw2.T @ dE_dz2
dE_db2 = dz2_db2.T @ dE_dz2      # step 6"""
STEP_7 = """new_w2 = w2 - eta * dE_dw2       # step 7
new_b2 = b2 - eta * dE_db2
print(new_w2)"""
SLOPE_CHECK = """from nnlib import gradient_check

mine = [dE_dw1, dE_db1, dE_dw2, dE_db2]
check = gradient_check(x, y, Parameters.example())
for (name, one), slope in zip(check.items(), mine):
    measured = one.central_difference
    close = np.allclose(slope, measured, atol=1e-8)
    print(name, close and slope.shape == measured.shape)"""
WHICH_GO_UP = Ask("All three slopes are positive. Which of 0.5, −0.3 and 0.1 go up?",
                  "None: the step goes against the slope, so all three go down. −0.3 grows in size, to −0.309712.",
                  (Expected("−0.3 goes up, towards 0.", "Down means to the left, also for a negative number."),
                   Expected("All three.", "That is uphill: a positive slope says that the loss rises with the number.")),
                  ("(iteration(*OURS).new_w2 < Parameters.example().w2).all()", "(iteration(*OURS).new_b2 < Parameters.example().b2).all()",
                   "round(iteration(*OURS).new_w2[1, 0], 6) == -0.309712"))
ONE_START = Ask("A blog shows one network that has learnt AND after 600 epochs, and says: 600 will do. What is missing?",
                "Other starts. Ours needs 600, and of the two hundred on the slide only 32 are quicker: half of them need 692 or more, "
                "the slowest 974. One run says where one start leads.",
                (Expected("Nothing, it has learnt.", "From this start. Ask how many of the two hundred would have been done by then."),
                 Expected("More epochs, to be safe.", "How many more is what only many starts can tell."),
                 Expected("A second network with more neurons.", "One run of each compares two starts as much as two sizes.")),
                ("(train(AND.x, AND.y, Parameters.example(), 0.5, 1000).losses < 0.01).argmax() == 600",
                 "((found := (train(AND.x, AND.y, Parameters.random(0, copies=200), 0.5, 1000).losses < 0.01).argmax(axis=0)) < 600).sum() "
                 "== 32 and found.max() == 974 and sorted(found)[100] >= 692 and found.min() > 0"))
CURVE_ALONE = Ask("With the same weights the sigmoid's slopes fade, and ReLU's explode. What has to change for thirty-two layers?",
                  "The size of the starting weights, so that a layer multiplies δ by about 1: its weights times the slope of its curve. "
                  "0.43, thirty-one times over, leaves next to nothing, 1.54 makes hundreds of thousands. Which size, "
                  "*Which weights keep the size?* says.",
                  (Expected("The curve: with ReLU nothing fades.", "With these weights it explodes. The curve is one of two factors."),
                   Expected("The learning rate.", "It is the same for all layers: what suits the last is next to nothing for the first."),
                   Expected("More epochs.", "Then a million million times as many.")),
                  ("1e-12 < 0.43**31 < 1e-11", "1e5 < 1.54**31 < 1e6"))
GOOD_FOR = Ask("What is a slope good for?",
               "It says in which direction a number has to go, and how strongly the loss answers to it.",
               (Expected("It says how wrong we are.", "That is the loss. A slope says what a small change of one number does to it."),
                Expected("It is the new weight.",
                         "It is what the step is made of: the new weight is the old one minus η times the slope.")))
STEPS_BACK = Ask("Which of the fourteen steps change a number of the network?",
                 "Two: 7 and 14. All the others only compute.",
                 (Expected("All of them.",
                           "A slope is a piece of knowledge. Nothing changes until step 7, and takes effect after step 14."),
                  Expected("Only the last.", "Step 7 computes the new w₂ and b₂, step 14 the new w₁ and b₁. Both take effect together.")),
                 ("[o.label for o in STEPS if any(name.startswith('new_') for name in o.outputs)] == ['7', '14']",))

NEURON = Stage(10, "One neuron: two sums by hand, then move its weights and watch its line.", "ideas/terms",
               ("Multiply, add, bend", "Where it cannot make up its mind"), "sign-of-a-neuron",
               "Show the line, and do not move it. Say: the bias shifts it, the weights turn it.", 3, later=True)
CURVE = Stage(10, "Nine numbers collapse into three: why a curve?", "ideas/activation",
              ("Leave the curve out", First("Put it back", "cell")),
              "two-neurons-no-curve", "Say what comes out, and show only the curve.", 4, later=True)
RULER = Stage(8, "The ruler: AND can be done with one line, XOR cannot.", "ideas/problem", ("Two gates",), "not-one-neuron", later=True)
HILL = Stage(13, "Down the hill in fog, with one weight: how far is a step?", "backward/gradient_descent",
             ("One weight", "How far?"), "one-step-down",
             "Show the six steps, and leave out the widget and the two slides that speak of it.", 4, later=True)

OLD_OR_NEW = Stage(6, f"Say: step 7 has just computed a new w₂. The vote: old or new w₂? First {VOTE_STEP_8}. Before its answer say: an "
                      "epoch is one round of all fourteen steps, and a check nudges a number a little and measures how much the loss "
                      "changes.",
                   "backward/step_08_dz2_da1",
                   (TO_THE_VOTE, "The check finds what training hides"), "old-or-new-w2", later=True)

PLANS: tuple[Plan, ...] = (
    Plan("lesson", "45 minutes: half an iteration by hand", "A class that has calculators, and need not know derivatives.",
         ("the projector", "a worksheet each and their key", CALCULATOR),
         (Session("Half an iteration by hand", 45, (
             Stage(5, "The slides, in their order: the four rows, and how can nine numbers learn them? The untrained network, with the "
                      f"numbers of sheet 1. {TWO_NAMES} Then the slide's question, with **V**, on paper first; the slide after it has the "
                      "answers.",
                   board.PAGE, (board.QUESTION, board.NETWORK), OF_SHEET_1, there=True),
             Stage(10, "Hand the worksheets out. F1 and F2 together, two sums and two curves, with the numbers of sheet 1; then each with "
                       "their own, and the slide with the keys stays up.", board.PAGE, (board.F1, board.F2), "weighted-sum", later=True),
             Stage(7, "F3, F4 and E alone; the slides afterwards, to compare how it is written. Say first: into F3 go the weights w₂,₁, "
                      "from the upper neuron, and w₂,₂, from the lower one; the target, y, is what the answer should be; E, the loss, is "
                      "one number for how wrong it is: half of the squared error. Anyone who is done early checks with the key, its lower "
                      "part covered.",
                   board.PAGE, (board.F3, board.LOSS), LOSS_OF_ONE, "Do E together, on the slide.", 2),
             Stage(11, "What a slope is; then the slide's question, with **V**, on paper first. Then steps 1 to 5: together on the slides, "
                       "each with their own numbers in between. δ₂ is the blame that reaches the sum (on the sheet it has its place under "
                       "step 5), and the slope of a weight is what goes into it times δ₂.",
                   board.PAGE, (board.SLOPE, board.STEPS_1_2, board.STEPS_3_5), SIGN,
                   "Step 5 for the first weight only; step 7 then without w₂,₂, which is on the slide.", 4, there=True),
             Stage(5, "First the slide's text, without its rows: a number goes against its slope, and η is the learning rate. Then the "
                      "question, and steps 6 and 7 alone; at last the rows: the first weights that learn.", board.PAGE, (board.STEPS_6_7,),
                   "one-new-weight", "The bias is done together.", 1),
             Stage(4, "Has it helped? Ask before you show the slide: its second sentence answers. Then Page Down walks through the "
                      f"second way forward of sheet 1 to its E. With what stands on sheet 1 E would be {LOSSES.half}; the slide has "
                      f"done steps 8 to 14 for the class, and so it comes to {LOSSES.after}.",
                   board.PAGE, (board.AFTER,), FALLS, f"Say {LOSSES.before} before and {LOSSES.after} after, and leave the walk out.", 2),
             Stage(3, "One sentence each, in writing.", board.PAGE, (board.GOOD_FOR,), GOOD_FOR)),
                  "nothing; steps 8 to 14 are lesson 4 of the double week, with sheets of all fourteen"),),
         board.ONE),
    Plan("tour", "90 minutes: a tour, with hardly any arithmetic",
         "A class that wants to know what it is all about. Of the fourteen steps it sees two.",
         ("the projector", "paper for predictions"),
         (Session("A tour", 90, (
             NEURON, replace(RULER, minutes=7),
             Stage(3, "Our network: its task is AND, and it has nine numbers. With a pencil two of the four rows will do.", "ideas/problem",
                   ("What our network has to learn",), NOT_ALL_ROWS, later=True),
             replace(CURVE, minutes=8),
             Stage(12, "Forward. First the slide's question, with **V**; F4 answers it.", "forward/feedforward",
                   (First("Four steps forward", "predict"), *FORWARD), "sum-from-two-halves", "Show F3 and F4 at once.", 3, later=True),
             Stage(7, "The lazy program that beats the network.", "forward/loss",
                   ("Three ways to make one number of them", "What one number hides"),
                   "a-quarter-everywhere", later=True),
             HILL,
             Stage(15, "Gears, then one path, then two. The map says where the fourteen steps stand.", "backward/chain_rule",
                   (GEARS, "One path: from the loss to a weight", "Two paths: paths add", "The map"),
                   "where-slopes-add",
                   f"Say the second path in one sentence, and what both make together: {BOTH_PATHS}.", 4, later=True),
             Stage(4, "Two examples pull at one weight.", "backward/step_05_dE_dw2",
                   ("One weight, one example", "The same weight, both examples"), "delta-of-one", "One example only.", 2, later=True),
             OLD_OR_NEW,
             Stage(5, "A thousand epochs in ten seconds, and one sentence each. XOR, which the slide names, is for at home: it needs "
                      "two thousand.", "training/training", (First("Watch it learn", "widget"),),
                   GOOD_FOR))),)),
    Plan("week", "A double week: four lessons of 45 minutes", "A class that works an iteration out by itself, and then trains.",
         ("the projector", "a worksheet of all fourteen steps each and their key", CALCULATOR),
         (Session("A neuron, and why it bends", 45, (
              Stage(5, "The question of the week: how can nine numbers learn AND? First its four rows; XOR is for minute 25. Say: a target "
                       "is what the answer should be. What a neuron, a weight and a layer are, this lesson says.", "ideas/problem",
                    (First("Two gates", "cell", before=True), "What our network has to learn"), UNTRAINED, later=True),
              NEURON, CURVE, RULER,
              Stage(9, "Names: which weight is where, and how many numbers are learnt.", "ideas/layers",
                    ("How to read a name", "Nine numbers"), "count-parameters",
                    "Only count the nine; question 4 of the quiz is then for lesson 2.", 4, later=True),
              Stage(3, "Everybody writes down: what a bias is good for.", ask="what-a-bias-does")),
              "the quiz of the part Ideas; four of its six questions are from this lesson: what is left the day after?"),
          Session("Forward, by hand", 45, (
              Stage(4, "What was it? A question of the quiz, by show of hands; a click on an answer opens it, Page Down does not. Then "
                       f"what was hard in the others. Right is {_answers_of_quiz('ideas')}.",
                    "ideas/quiz", _of_quiz("ideas", ASKED_ANEW), "sign-turned"),
              Stage(12, "F1 and F2 together, on the worksheet: rows are examples. The slides have the first row of sheet 1; then each with "
                        f"their own numbers, both rows. {TWO_NAMES}", board.PAGE, (board.F1, board.F2), HOW_MANY_SUMS,
                    "The second row is done at home, and with it the sheet's E: at minute 16 their two slides fall away.",
                    3, later=True),
              Stage(12, "F3, F4 and E alone, on the worksheet; the slides afterwards, to compare how it is written. Say first: E, the "
                        "loss, is one number for how wrong the answers are. Square each error, add, and halve. "
                        f"The slide *{board.LOSS}* has the E of the first row alone, {LOSSES.before}; the sheet's E is of both rows, "
                        f"{LOSS_OF_BOTH}, as on the slide *{board.LOSS_OF_BOTH}*.",
                    board.PAGE, (board.F3, board.LOSS, board.SECOND, board.LOSS_OF_BOTH), "loss-of-two",
                    f"If the second row is done at home, leave the last two slides out, and say: {LOSSES.before} on the slide is the "
                    f"first row's E; the sheet's, {LOSS_OF_BOTH}, is found at home. If not, do E together, on the slide.", 3),
              Stage(11, "Say: from here on it is the book's network of lesson 1, not that of sheet 1, and so its E is another one, too. "
                        "What one number hides: the lazy program. The slide's question with **V**.",
                    "forward/loss", ("Why the ½?", "What one number hides", "Four answers of your own"),
                    "a-quarter-everywhere", "Leave the ½ out.", 4, later=True),
              Stage(6, "Walk once through the way forward, and change a weight (press an underlined number): what moves? Say: this is the "
                       "book's network; its first row is (0, 1) and its second (1, 1), the other way round than on the sheet.",
                    "forward/feedforward", ("Walk it yourself",),
                    "output-bias-grows")),
              "what is left of the worksheet's front"),
          Session("Which way is down?", 45, (
              Stage(3, "Compare the front with the key, in pairs.", ask="why-square"),
              HILL,
              Stage(15, "Gears, one path, two paths, the map.", "backward/chain_rule",
                    (GEARS, "One path: from the loss to a weight", "Two paths: paths add", "The map"),
                    "where-slopes-add",
                    f"Say the second path in one sentence, and what both make together: {BOTH_PATHS}.", 4, later=True),
              Stage(14, "Steps 1 to 7 on the worksheet, as far as they come; 3, 4 and 6 are one line each. First the slides: they say "
                        f"what δ₂ is, and do the second weight. {OTHER_WAY_ROUND} On the sheet, (…)ᵀ δ₂ is what they do: for each weight, "
                        "what goes into it times δ₂, added up over both rows. ⊙ multiplies number by number.", "backward/step_05_dE_dw2",
                    ("One weight, one example", "The same weight, both examples"),
                    "delta-of-one", "Steps 6 and 7 are done at home.", 3, later=True)),
              "steps 1 to 7, to their end"),
          Session("All the way back, and a thousand times", 45, (
              Stage(3, "Compare steps 1 to 7 with the key, in pairs: steps 8 to 14 go on from δ₂.", ask=STEPS_BACK),
              OLD_OR_NEW,
              Stage(12, f"Steps 8 to 14 on the worksheet, as far as they come; step 12 together, on the slides. {OTHER_WAY_ROUND}",
                    "backward/step_12_dE_dw1", ("One weight, one example", "All four weights"), "slopes-for-no-input",
                    "Only step 12, on the slides; the sheet is done at home.", 5, later=True),
              Stage(6, "Training: watch it learn, and not learn for a while. Page Down goes to epochs 1, 10, 100 and 1000. At 1 read "
                       f"E: it was {ONE_EPOCH[0]}, and is {ONE_EPOCH[1]}. At 10 the four answers lie between {NEAR_A_QUARTER[10]}, at 100 "
                       f"between {NEAR_A_QUARTER[100]}: not far from a quarter, as one of four targets is 1. It waits; that is a plateau.",
                    "training/training", (First("Watch it learn", "widget"),), FALLS),
              Stage(11, "Learning rate: too small, right, too large. Then *Try it*, with one weight: with *large* the dot leaps onto the "
                        "plain, and stays there.", "training/learning_rate",
                    ("Three rates", First("Try it", "widget")), "huge-rate", "Show the three rates only.", 4, later=True),
              Stage(7, f"A falling loss proves nothing: one bug in the lab. {OFF} Then one sentence each: what is a slope good for?",
                    "training/bug_lab", ("The lab",), "loss-falls-again")),
              "what is left of steps 8 to 14, with their sheet's page of the key")),
         board.BOTH),
    Plan("university", "A university lecture: twice 90 minutes, with programming",
         "Students who can differentiate, multiply matrices, and write a loop, and who have met NumPy: `@`, `.T`, and a row added to each "
         "row of a matrix.",
         ("the projector", "a computer for every two, with the site's folder on it: each cell of a page can be changed and run there",
          "a file of their own for their code, since what is typed into a page stays in that browser"),
         (Session("Forward, and back through the output", 90, (
              Stage(5, "The question, and the book's network: nine numbers. Everybody writes down a guess at what it will answer; "
                       "F4 has the answer. On the slides `AND` has the four rows, and `p` the nine numbers.", "ideas/problem",
                    ("What our network has to learn",), UNTRAINED, later=True),
              Stage(8, "Without a curve a network collapses: the algebra, on the board.", "ideas/activation", ("Leave the curve out",),
                    "two-neurons-no-curve", later=True),
              Stage(15, "They write the four lines forward themselves, before they see the page's: in the last cell of *What our network "
                        "has to learn*, on the page *The problem*, in place of its text and below the lines that they get from you. Until "
                        "they are done, leave the first slide of F1 at “0 of 1”. In the question `sigmoid` is their `SIGMOID`.",
                        "forward/feedforward",
                    (*FORWARD, "The check"), "forward-in-code",
                    "Show the four lines of *All of it in two cells*, on One iteration, and let them run these.", 7, later=True,
                    code=BEGINNING),
              Stage(8, "The loss, and what it hides.", "forward/loss",
                    (First("Three ways to make one number of them", "cell"), "Why the ½?", "What one number hides"),
                    "loss-in-code", "Leave the ½ out.", 3, later=True),
              Stage(13, "Gradient descent is one thing, where the slopes come from another. On the slides `start` is the book's nine "
                        "numbers. After the widget's five steps with the rate 8, by hand: *large*, then *Next step*. That is the leap.",
                    "backward/gradient_descent",
                    ("One weight", "How far?", "Who feels the ground?"), "one-step-down", later=True),
              Stage(15, "The chain rule on a graph: factors multiply, paths add. On the slides the name `it` stands for one iteration, "
                        "with all that it computes.", "backward/chain_rule",
                    (GEARS, "One path: from the loss to a weight", "Two paths: paths add", "The map"),
                    "square-of-five-w", "Leave the gears out; the three gears of *One path* are three factors.", 4),
              Stage(18, "Step 5 with indices, then as a product: why the transpose? Then steps 1 to 6 in code, below their four lines. "
                        "(What stands below the plan for this, and for step 7, is the solution.) On the slides the name `it` stands for "
                        "one iteration, `delta_2` for δ₂, `gradient` for what the two loops add up, "
                        "and `STEPS` for the list of the fourteen.", "backward/step_05_dE_dw2",
                    ("One weight, one example", "The same numbers, one line", "Without the transpose", "The check"), "delta-of-one",
                    "Give them the lines.", 6, later=True, code=STEPS_1_TO_6),
              Stage(6, "One new weight by hand: w₂,₂ is −0.3, its slope 0.019425, η 0.5. The slide has it behind a key. Then step 7 in "
                       "code: does it print the same? They keep all of it in their file. Last, what one wrong sign does.",
                    "backward/step_07_new_w2_new_b2", ("Three subtractions", "Plus for minus"), WHICH_GO_UP, code=STEP_7),
              Stage(2, f"A vote for next time, old or new w₂: {VOTE_STEP_8}, and write the counts down. Do not go on to its answer.",
                    "backward/step_08_dz2_da1", (TO_THE_VOTE,), VOTE, there=True)),
              "steps 8 to 14 in code, in their own file with steps 1 to 7; the solution is *All of it in two cells* on One iteration, "
              "its cell of imports included"),
          Session("The hidden layer, the check, and training", 90, (
              Stage(8, f"The vote of last time once more ({VOTE_STEP_8}), the counts side by side, and what the check says. On the slides "
                       "`net` is sympy's network, and `MISTAKES` are the bugs of the lab.",
                    "backward/step_08_dz2_da1", (TO_THE_VOTE, "The check finds what training hides"), "old-or-new-w2", later=True),
              Stage(14, "Step 12: the same box once more; shapes say which transpose. On the last slide `three` has three of the four "
                        "rows, and `other` is the iteration with them.", "backward/step_12_dE_dw1",
                    ("One weight, one example", "The same numbers, in matrices", "Where the transpose shows"), "shape-of-dE-dw1",
                    "The shapes only.", 5),
              Stage(18, "They check their own fourteen steps against measured slopes, all nine, in the last cell of *What our network has "
                        "to learn*, as last time: their whole file in place of its text, and below it the lines that they get from you. "
                        "These print a verdict for each of the four gradients. Whoever went back over the new w₂ reads False "
                        "for w1 and b1 only; so does whoever has changed w2 in place in step 7. False for b1 or b2 alone: look at its "
                        "shape first, its ones need one column. One slip in a slope passes: x without its ᵀ in step 12, since on these two "
                        "rows x is its own transpose. (The widget has the slopes of the two rows, the slides around it those of all four.)",
                    "training/checking_gradients",
                    ("Two judges", "How small is small?", "Look at what the update does"), "slope-check-passes",
                    "Leave out the question of *Two judges*, and how small is small but for its widget: the next slides speak of its "
                    "column (old − new)/η.", 6, later=True, code=SLOPE_CHECK),
              Stage(12, "In pairs, a bug each: the first pair takes *E: missing half*, the next pair the next of the lab's list. There are "
                        "fifteen; with the last three of the list, the traps, the steps and the check agree. Only sympy finds "
                        "*no biases* 100% off: the loss that it knows still has them. What finds it, the loss or the check? (It does find "
                        "*E: missing half*, a wrong loss: the slopes are not those of that loss.) "
                        f"{STOPPED} {OFF}", "training/bug_lab", ("The lab",), "loss-falls-again"),
              Stage(14, "Training from two hundred starts: median and spread. Does any fail? The answer to the vote: first that most "
                        f"answers are 0. By epoch {WAITING} all four outputs of ours are near a quarter, and there they wait: that is the "
                        "plateau.", "training/training",
                    ("The loop", "Was it luck?", "The plateau"), ONE_START, "Show the picture, and do not train.", 6),
              Stage(14, "One loop for any depth, and why slopes fade.", "beyond/any_depth",
                    ("The box, said twice, is a loop", "Thirty-two layers"), CURVE_ALONE, "Say it, without the figure.", 7,
                    later=True),
              Stage(10, "Outlook: a tape writes the way back by itself. The answer to the vote is 6: the paths add, 1 + 5.",
                    "beyond/autograd", ("Steps back belong to steps forward", "A tape", "Used twice"), "what-autograd-does", later=True)),
              "an exercise that changes code, from the page of their choice")), programs=True),
)

PLANS_PAGE = "book/teaching/plans"
DECKS: dict[str, Session] = {f"{plan.key}-{at}": session for plan in PLANS for at, session in enumerate(plan.sessions, 1)}
