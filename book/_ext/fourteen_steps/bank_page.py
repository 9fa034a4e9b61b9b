"""The page of the question bank checks what is answered on it: its script, what the script has to know, and the line that counts.

Without scripts each question is a list of answers to unfold; the script puts fields, buttons and lists in their place.
"""
import json
from pathlib import Path

from docutils.nodes import make_id

from fourteen_steps import once, shrink
from fourteen_steps.assets import HERE
from nnlib.classroom.answers import tolerance
from nnlib.classroom.bank import FILE_SEED, select
from nnlib.classroom.items import Choose, Compute, Explain, Match, OfNetwork, Order, begins, shuffled
from nnlib.classroom.misconceptions import meaning
from nnlib.numerals import format as written
from nnlib.widgets.modules import factory, needed

FOLDER = HERE / "bank"
PAGE = "book/teaching/question_bank"
SCRIPT = "bank.js"  # below _static; later.js brings it
SEEDS = range(FILE_SEED, FILE_SEED + 8)  # whose numbers a question to compute has, one after the other
PLACE = '<p class="fs-bank-said" data-bank role="status" hidden></p>'


def known():
    """Every question of the page by the id of its section: its kind, and what its answers are and mean."""
    return {make_id(item.key.replace("-", " ")): {"kind": item.kind, **_known(item)}
            for item in select() if not getattr(item, "quiz", False)}


def _known(item):
    if isinstance(item, Compute | OfNetwork):
        return _computed(item)
    if isinstance(item, Choose):
        return {"options": [[option.text, option.right, option.feedback] for option in item.shown]}
    if isinstance(item, Order):
        return {"steps": item.steps, "begins": begins(item, FILE_SEED), "said": item.feedback, "places": item.places,
                "swaps": [[swap.late, swap.early, swap.feedback] for swap in item.swaps]}
    if isinstance(item, Match):
        return {"pairs": [list(pair) for pair in item.pairs], "decoys": [[one.right, one.feedback] for one in item.decoys],
                "begins": shuffled(len(item.answers), FILE_SEED)}
    assert isinstance(item, Explain)
    return {"model": item.model, "points": [list(point) for point in item.points],
            "beliefs": [[meaning(belief), said] for belief, said in item.beliefs]}


def _computed(item):
    """[[what is asked, the answer as text, [right, how far off], [[wrong, how far off, which feedback], …]], …] and the feedbacks."""
    said, variants = {}, {}
    for seed in SEEDS:
        posed = item.posed(seed)
        wrong = [[*_near(one.value, posed.digits), said.setdefault(one.feedback, len(said))] for one in posed.wrong]
        variants.setdefault(posed.ask, [posed.ask, written(posed.right, posed.digits), _near(posed.right, posed.digits), wrong])
    return {"digits": item.posed(FILE_SEED).digits, "said": list(said), "variants": list(variants.values())}


def _near(value, digits):
    """A number with so many digits that every processor writes it alike, and how far off an answer may be."""
    return [float(f"{value:.9g}"), float(f"{tolerance(value, digits):.6g}")]


def script():
    """The page's modules, and what they know, as one classic script."""
    modules = needed("main.js", folder=FOLDER)
    sources = ",\n".join(f"{json.dumps(one.name)}: {factory(one)}" for one in modules)
    code = shrink.script(f'"use strict";\n{{\nconst sources = {{\n{sources}\n}};\nconst made = {{}};\n'
                         'const need = (name) => (made[name] ??= sources[name](need));\n'
                         'need("main.js").begin(globalThis.FS_BANK, globalThis.FS_BANK_STYLES);\n}\n')
    styles = shrink.styles((FOLDER / "bank.css").read_text("utf8"))
    given = {"FS_BANK": known(), "FS_BANK_STYLES": styles}
    return "".join(f"globalThis.{name} = {json.dumps(value, ensure_ascii=False, separators=(',', ':'))};\n"
                   for name, value in given.items()) + code


def write_script(app):
    """Below _static, for later.js to bring."""
    file = Path(app.outdir) / "_static" / SCRIPT

    def write():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(script(), "utf8")
        return [file]

    once.written(app, "bank-script", write)


def add_place(app, pagename, templatename, context, doctree):
    """Above the first question: the line that says how many are right, which also tells later.js what to bring."""
    if pagename == PAGE:
        context["body"] = context["body"].replace('<section id="ideas">', f'{PLACE}<section id="ideas">', 1)
