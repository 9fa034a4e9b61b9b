"""Questions that come back: at the end of the section that each belongs to, all of them on the page of the review, and its script.

The pages themselves do not name them: `nnlib.classroom.recall` says which section each closes, so that no question stands in two places.
Without scripts each is a question with a folded answer.
"""
import html
import json
import re
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import Directive

from fourteen_steps import shrink
from fourteen_steps.assets import HERE
from nnlib.classroom.answers import tolerance
from nnlib.classroom.misconceptions import meaning
from nnlib.classroom.prompts import Complete, InYourHead, shown
from nnlib.classroom.recall import PROMPTS, SEEDS, of_page
from nnlib.classroom.told import rich
from nnlib.quantities import QUANTITIES
from nnlib.steps import OPERATIONS
from nnlib.widgets.modules import factory, needed

FOLDER = HERE / "recall"
REVIEW = "book/reference/review"
HOME = "book/index"
SCRIPT = "recall.js"  # below _static; later.js brings it


class Woven(nodes.General, nodes.Element):
    """HTML of ours, which no other transform looks into."""


class ReviewList(Directive):
    """All questions, for the page of the review."""

    def run(self):
        """A placeholder: the sections' addresses are known when all pages have been read."""
        return [Woven("", html="", review=True)]


def visit_woven(translator, node):
    """The HTML as it stands."""
    translator.body.append(node["html"])
    raise nodes.SkipNode


def anchors(app, page):
    """The sections of a page: their ids by their titles; the page's own under ""."""
    doctree = app.env.get_doctree(f"book/{page}")
    top = next(doctree.findall(nodes.section))
    return {"": top["ids"][0], **{one[0].astext(): one["ids"][0] for one in top.children if isinstance(one, nodes.section)}}


def prompt_html(prompt, address, where="", variants=False):
    """A question with its folded answer; address: of the paragraph that has it; where: a link to it, on another page than its own."""
    ask, answer, wrong = shown(prompt, SEEDS[0])
    code = f'<code class="fs-lines">{html.escape(prompt.code, quote=False)}</code>' if prompt.code else ""  # a summary takes no <pre>
    others = "".join(f'<li>“<span class="fs-others">{rich(one.text)}</span>” {rich(one.feedback)} '
                     f'Behind it: <a class="fs-belief" href="{address}">{rich(meaning(one.misconception))}</a></li>' for one in wrong)
    given = ""
    if isinstance(prompt, InYourHead) and variants:
        given = f' data-variants="{html.escape(json.dumps(_variants(prompt), ensure_ascii=False))}"'
    if isinstance(prompt, Complete):
        names = dict.fromkeys([*prompt.gaps, *(one.quantity for one in prompt.decoys)])
        parts = [token if isinstance(token, str) else {"q": QUANTITIES[token["q"]].symbol, "gap": token["q"] in prompt.gaps}
                 for token in prompt.tokens]
        chips = {"gives": QUANTITIES[prompt.gives].symbol, "parts": parts, "chips": sorted(QUANTITIES[name].symbol for name in names),
                 "decoys": [QUANTITIES[one.quantity].symbol for one in prompt.decoys]}
        given = f' data-formula="{html.escape(json.dumps(chips, ensure_ascii=False))}"'
    return (f'<details class="fs-prompt" id="recall-{prompt.key}" data-prompt="{prompt.key}" data-kind="{prompt.kind}"{given}>'
            f'<summary><span class="fs-ask">{rich(ask)}</span>{code}</summary>'
            f'<div class="fs-told"><p><strong class="fs-answer">{rich(answer)}</strong> {rich(prompt.why)}</p>'
            f'<p class="fs-others-head">Often said instead:</p><ul>{others}</ul>{where}</div></details>')


def _variants(prompt):
    """With other numbers: [[what is asked, the answer, [the wrong ones], and as numbers with how far off: right, [wrong]], …]."""
    found = {}
    for seed in SEEDS:
        ask, answer, wrong = shown(prompt, seed)
        posed = prompt.posed(seed)
        values = (posed.right, *(one.value for one in posed.wrong))
        right, *slips = [[float(f"{value:.12g}"), float(tolerance(value, posed.digits))] for value in values]
        found.setdefault(ask, [ask, answer, [one.text for one in wrong], right, slips])
    return list(found.values())


def block(prompts, sections):
    """The questions that close a section."""
    inner = "".join(prompt_html(prompt, f"#{sections[prompt.place.section]}") for prompt in prompts)
    head = '<div class="fs-recall" role="group" aria-label="Questions that come back"><p class="fs-recall-head">To keep</p>'
    return Woven("", html=f"{head}{inner}</div>")


DONE = ('<p class="fs-done" data-done-page="{page}" hidden>'
        '<button type="button" class="btn btn-sm" aria-pressed="false">I have read this page</button>{check} '
        '<span role="status"></span></p>')
CHECK = {0: "", 1: " <small>It also counts as read when you get its answer box right.</small>"}
CHECKS = " <small>It also counts as read when you get its answer boxes right, all of them.</small>"


def weave(app, doctree, docname):
    """Each question at the end of its section; below the last one, a button for who has read the page."""
    page = docname.removeprefix("book/")
    prompts = of_page(page)
    if app.builder.name != "html" or not prompts:
        return
    sections = anchors(app, page)
    top = next(doctree.findall(nodes.section))
    for title in dict.fromkeys(prompt.place.section for prompt in prompts):
        group = [prompt for prompt in prompts if prompt.place.section == title]
        if title:
            place = next(one for one in top.children if isinstance(one, nodes.section) and one["ids"][0] == sections[title])
            place += block(group, sections)
        else:
            at = next((n for n, one in enumerate(top.children) if isinstance(one, nodes.section)), len(top.children))
            top.insert(at, block(group, sections))
    boxes = sum('data-module="answer_box.js"' in raw.astext() for raw in doctree.findall(nodes.raw))
    top += Woven("", html=DONE.format(page=page, check=CHECK.get(boxes, CHECKS)))


def list_prompts(app, doctree, docname):
    """On the page of the review: the map, then every question by its page, with a link to it."""
    for place in [one for one in doctree.findall(Woven) if one.get("review")]:
        parts = [_map(app, docname)]
        for page in dict.fromkeys(prompt.place.page for prompt in PROMPTS.values()):
            sections, uri = anchors(app, page), app.builder.get_relative_uri(docname, f"book/{page}")
            title = html.escape(app.env.titles[f"book/{page}"].astext())
            inner = "".join(prompt_html(prompt, f"{uri}#{sections[prompt.place.section]}", variants=True) for prompt in of_page(page))
            parts.append(f'<section data-review-page="{page}"><h3><a href="{uri}">{title}</a></h3>{inner}</section>')
        place["html"] = f'<div class="fs-review" data-review>{"".join(parts)}</div>'


def stop_page(operation):
    """The page on which a stop stands."""
    label = operation.label
    if label.startswith("F"):
        return "forward/feedforward"
    return "forward/loss" if label == "E" else next(p for p in dict.fromkeys(q.place.page for q in PROMPTS.values())
                                                    if p.startswith(f"backward/step_{label:0>2}_"))


def _map(app, docname):
    """The nineteen stops, each a link to its page; a script fills those that are done."""
    stops = "".join(f'<li><a href="{app.builder.get_relative_uri(docname, f"book/{stop_page(o)}")}" data-stop-page="{stop_page(o)}" '
                    f'aria-label="{html.escape(f"{o.name}: {o.title}")}" title="{html.escape(f"{o.name}: {o.title}")}">{o.label}</a></li>'
                    for o in OPERATIONS)
    return (f'<nav class="fs-map fs-progress" aria-label="The nineteen stops"><ol>{stops}</ol></nav>'
            '<h3 class="fs-all-head">All questions</h3>')


def script():
    """The review's modules as one classic script."""
    modules = needed("main.js", folder=FOLDER)
    sources = ",\n".join(f"{json.dumps(one.name)}: {factory(one)}" for one in modules)
    return shrink.script(f'"use strict";\n{{\nconst sources = {{\n{sources}\n}};\nconst made = {{}};\n'
                         'const need = (name) => (made[name] ??= sources[name](need));\nneed("main.js");\n}\n')


def write_script(app):
    """Below _static, for later.js to bring."""
    (Path(app.outdir) / "_static" / SCRIPT).write_text(script(), "utf8")


def add_resume(app, pagename, templatename, context, doctree):
    """On the landing page, below its first screen: the place of one quiet line, which a script fills, and the titles that it may need."""
    if pagename == HOME:
        pages = dict.fromkeys(prompt.place.page for prompt in PROMPTS.values())
        titles = json.dumps({page: app.env.titles[f"book/{page}"].astext() for page in pages}, ensure_ascii=False)
        address = app.builder.get_relative_uri(pagename, REVIEW)
        line = f'<p class="fs-resume" hidden data-review-at="{address}" data-titles="{html.escape(titles)}"></p>'
        context["body"] = re.sub(r"<section[^>]*>\s*<h2>", lambda m: line + m[0], context["body"], count=1)
