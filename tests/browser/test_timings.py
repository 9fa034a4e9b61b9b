"""What the plans and the page for teachers say of time, against what the slides themselves estimate, as the speaker's window shows it."""
import re
from pathlib import Path

import pytest
from conftest import widgets_are_drawn

from nnlib.classroom.plans import PLANS

BOOK = Path(__file__).resolve().parents[2] / "book"
PARTS = {  # of the table on the page for teachers
    "Ideas": ["ideas/*"], "Forward": ["forward/*"], "Slopes and matrices": ["backward/slopes", "backward/matrices"],
    "Gradient descent and the chain rule": ["backward/gradient_descent", "backward/chain_rule"],
    "Steps 1 to 7": ["backward/step_0[1-7]*"], "Steps 8 to 14": ["backward/step_0[89]*", "backward/step_1*"], "Training": ["training/*"],
}
LATE = 2  # minutes that a stage may take more than it has: nobody speaks as evenly as an estimate
# What the slides tell the speaker's window, written down as it goes over the channel.
HEARD = """(() => { const post = BroadcastChannel.prototype.postMessage; window.heard = [];
    BroadcastChannel.prototype.postMessage = function (said) { window.heard.push(said); return post.call(this, said); }; })()"""


class Told:
    """The slides of pages: their headings and minutes, each page walked through once; and at once what a whole page takes."""

    def __init__(self, context, server):
        self.context, self.server, self.known = context, server, {}

    def whole(self, page):
        """Minutes of all slides, and of all exercises: the first slide knows them."""
        tab = self._opened(page, drawn=False)  # an estimate reads words
        planned = tab.wait_for_function("() => heard.find(({ planned }) => planned)?.planned").json_value()
        tab.close()
        return planned[1:]

    def _opened(self, page, drawn=True):
        tab = self.context.new_page()
        tab.goto(f"{self.server}book/{page}.html")
        if drawn:
            widgets_are_drawn(tab)
        tab.keyboard.press("l")
        return tab

    def __call__(self, page):
        if page not in self.known:
            self.known[page] = self._read(page)
        return self.known[page]

    def _read(self, page):
        tab = self._opened(page)
        count = int(tab.locator(".fs-lecture-bar output").inner_text().split("/")[1])
        with self.context.expect_page() as notes:
            tab.keyboard.press("s")
        tab.bring_to_front()
        heard = {}
        for _ in range(30 * count):
            said, kinds = tab.evaluate("() => [heard.splice(0).filter(({place}) => place).at(-1), document.documentElement.dataset.slide]")
            if said:
                heard[said["place"]] = (said["title"], said["minutes"], kinds.split())
            if len(heard) == count:
                break
            tab.keyboard.press("a")
            tab.keyboard.press("PageDown")
        assert len(heard) == count, page
        notes.value.close()
        tab.close()
        return list(heard.values())


@pytest.fixture(scope="module")
def told(chromium, server):
    context = chromium.new_context(viewport={"width": 1024, "height": 768})
    context.add_init_script(HEARD)
    yield Told(context, server)
    context.close()


STAGES = [(f"{session.title}, minute {minute}", stage) for plan in PLANS for session in plan.sessions
          for minute, stage in zip(session.begins(), session.stages, strict=True) if stage.page]


@pytest.mark.parametrize("stage", [stage for _, stage in STAGES], ids=[name for name, _ in STAGES])
def test_what_a_stage_shows_can_be_shown_in_its_minutes(told, stage):
    slides, takes = told(stage.page), 0
    for heading, until, before in stage.parts:
        below = [(minutes, kinds) for title, minutes, kinds in slides if title == heading.replace("*", "")]
        ends = [at + (not before) for at, (_, kinds) in enumerate(below) if until in kinds] if until else [len(below)]
        assert ends and 0 < ends[0] <= len(below), heading
        takes += sum(minutes for minutes, _ in below[:ends[0]])
    assert takes <= stage.minutes + LATE, f"{takes:.1f} minutes of slides in {stage.minutes}"


def test_the_table_of_parts_says_what_the_slides_say(told):
    text = (BOOK / "teaching" / "for_teachers.md").read_text("utf8")
    said = {name: (int(lesson), int(practice))
            for name, lesson, practice in re.findall(r"^\| ([^|]+?) \| [^|]+ \| (\d+) \| (\d+) \|$", text, re.M)}
    assert list(said) == list(PARTS)
    found = {}
    for name, patterns in PARTS.items():
        pages = [path.relative_to(BOOK).with_suffix("").as_posix() for pattern in patterns for path in BOOK.glob(f"{pattern}.ipynb")]
        found[name] = [sum(column) for column in zip(*map(told.whole, pages), strict=True)]
    for name, numbers in said.items():
        for number, minutes in zip(numbers, found[name], strict=True):
            assert abs(number - minutes) <= max(5, 0.05 * minutes), f"{name}: {numbers} on the page, the slides say {found[name]}"
