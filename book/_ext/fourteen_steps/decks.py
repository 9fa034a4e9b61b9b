"""The decks of the lesson plans: which slides of which pages, in their order, and what a plan says beside them, as one script.

deck.html and lecture_deck.js bring it when somebody presses the button of a plan.
"""
import json
from pathlib import Path

from markdown_it import MarkdownIt

from nnlib.classroom.plans import PLANS, PLANS_PAGE, Stage, asked

SCRIPT = "decks.js"  # below _static
MARKDOWN = MarkdownIt()


def known():
    """Every lesson by its deck's name: its title, its place among the plans, whether its slides show code, its minutes and its stops."""
    return {f"{plan.key}-{at}": {
                "title": lesson.title, "plan": f"{PLANS_PAGE}.html", "code": plan.programs, "minutes": lesson.minutes,
                "stops": [{"page": f"book/{stop.page}", "slides": [list(part) for part in stop.slides],
                           "stages": [_stage(minute, stage) for minute, stage in stop.stages]} for stop in lesson.stops()]}
            for plan in PLANS for at, lesson in enumerate(plan.sessions, 1)}


def _stage(minute: int, stage: Stage):
    said = {"minute": minute, "minutes": stage.minutes, "what": _plain(stage.what)}
    if stage.code:
        said["lines"] = stage.code
    if stage.cut:
        said["late"] = _plain(stage.late)
    if stage.ask:
        ask = asked(stage.ask)
        said |= {"ask": _plain(ask.text), "right": _plain(ask.right), "wrong": [[_plain(one.answer), _plain(one.say)] for one in ask.wrong]}
        if stage.when:
            said["when"] = f"{stage.when[0].upper()}{stage.when[1:]}"
        if ask.code:
            said["code"] = ask.code
    return said


def _plain(text: str) -> str:
    """Without the marks of emphasis and of code, as Markdown reads them: a speaker's window shows text."""
    (inline,) = MARKDOWN.parseInline(text)
    return "".join(" " if token.type == "softbreak" else token.content for token in inline.children or ())


def write_script(app):
    """Below _static."""
    (Path(app.outdir) / "_static").mkdir(parents=True, exist_ok=True)
    text = json.dumps(known(), ensure_ascii=False, separators=(",", ":"))
    (Path(app.outdir) / "_static" / SCRIPT).write_text(f"globalThis.FS_DECKS = {text};\n", "utf8")
