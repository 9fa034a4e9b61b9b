"""The questions that come back as a package for Anki (.apkg): a deck for each part, tags, formulas as MathJax.

    python -m nnlib.classroom.anki fourteen-steps.apkg

A package is a zip with an SQLite database in the form that Anki calls schema 11, which every Anki reads, and with a list of media. A note
keeps its guid from one build to the next, so that a newer package updates notes and leaves what has been learnt alone. The same questions
give the same bytes.
"""
import base64
import hashlib
import html
import io
import json
import re
import sqlite3
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from nnlib import palette
from nnlib.activations import SIGMOID
from nnlib.classroom.misconceptions import meaning
from nnlib.classroom.prompts import AnyPrompt, Complete, shown
from nnlib.classroom.recall import PROMPTS, SEEDS
from nnlib.classroom.told import BEGINNING, TITLE, rich
from nnlib.quantities import QUANTITIES

MODEL, DECK = 1_764_000_000_001, 1_764_000_000_100  # any numbers will do, as long as they stay
MOMENT = 1_764_000_000  # seconds: a fixed one, so that the same questions give the same bytes
FIELDS = ("Question", "Answer", "Why", "Often said instead", "From")
PICTURE = "fourteen-steps-sigmoid.svg"
WITH_PICTURE = ("steepest-sigma", "half-at-zero", "slope-for-free", "why-it-stays-saturated")
SYMBOLS = {one.symbol: one.latex for one in QUANTITIES.values()
           if not one.symbol.isascii() and not one.symbol.startswith("new ")}
SYMBOL = re.compile("|".join(sorted(map(re.escape, SYMBOLS), key=len, reverse=True)))
TABLES = """
create table col (id integer primary key, crt integer not null, mod integer not null, scm integer not null, ver integer not null,
  dty integer not null, usn integer not null, ls integer not null, conf text not null, models text not null, decks text not null,
  dconf text not null, tags text not null);
create table notes (id integer primary key, guid text not null, mid integer not null, mod integer not null, usn integer not null,
  tags text not null, flds text not null, sfld integer not null, csum integer not null, flags integer not null, data text not null);
create table cards (id integer primary key, nid integer not null, did integer not null, ord integer not null, mod integer not null,
  usn integer not null, type integer not null, queue integer not null, due integer not null, ivl integer not null, factor integer not null,
  reps integer not null, lapses integer not null, left integer not null, odue integer not null, odid integer not null,
  flags integer not null, data text not null);
create table revlog (id integer primary key, cid integer not null, usn integer not null, ease integer not null, ivl integer not null,
  lastIvl integer not null, factor integer not null, time integer not null, type integer not null);
create table graves (usn integer not null, oid integer not null, type integer not null);
create index ix_notes_usn on notes (usn); create index ix_cards_usn on cards (usn); create index ix_revlog_usn on revlog (usn);
create index ix_cards_nid on cards (nid); create index ix_cards_sched on cards (did, queue, due);
create index ix_revlog_cid on revlog (cid);
create index ix_notes_csum on notes (csum);
"""
STYLE = (".card { font: 20px/1.5 sans-serif; max-width: 34em; margin: 0 auto; text-align: left; } pre { font-size: 16px; } "
         ".from, .others { font-size: 15px; opacity: .8; }")


def formula(text: str) -> str:
    r"""A text as HTML, its symbols as MathJax between \( and \); code stays as it is."""
    parts = re.split(r"(<code>.*?</code>)", rich(text))
    return "".join(part if part.startswith("<code>") else SYMBOL.sub(lambda m: rf"\({SYMBOLS[m[0]]}\)", part) for part in parts)


def fields(prompt: AnyPrompt) -> tuple[str, ...]:
    """The fields of a note; a question to compute has the numbers of the first seed."""
    ask, answer, wrong = shown(prompt, SEEDS[0])
    code = f"<pre>{html.escape(prompt.code, quote=False)}</pre>" if prompt.code else ""
    told = formula(answer)
    if isinstance(prompt, Complete):
        told = rf"\({html.escape(prompt.operation.formula, quote=False)}\)"
    picture = f'<br><img src="{PICTURE}" alt="The sigmoid, and how steep it is">' if prompt.key in WITH_PICTURE else ""
    others = "".join(f"<li><i>{formula(one.text)}</i> {formula(one.feedback)} ({formula(meaning(one.misconception))})</li>"
                     for one in wrong)
    section = prompt.place.section or prompt.place.page.split("/")[1].replace("_", " ")
    return (f"{formula(ask)}{code}", told, formula(prompt.why) + picture, f"<ul>{others}</ul>", html.escape(section, quote=False))


def guid(key: str) -> str:
    """What a note is called for ever."""
    return base64.b64encode(hashlib.sha256(f"fourteen-steps {key}".encode()).digest())[:10].decode()


def _tags(prompt: AnyPrompt) -> str:
    return f" fourteen-steps {prompt.part} {prompt.place.page.replace('/', '::')} {prompt.kind} "


def _collection(decks: Mapping[str, int]) -> tuple[object, ...]:
    """The one row of table col: what kind of notes there are, which decks, and settings as Anki has them in the beginning."""
    named = [{"name": name, "ord": at, "sticky": False, "rtl": False, "font": "Arial", "size": 20, "media": []}
             for at, name in enumerate(FIELDS)]
    template = {"name": "Question", "ord": 0, "qfmt": "{{Question}}", "did": None, "bqfmt": "", "bafmt": "",
                "afmt": '{{FrontSide}}<hr id="answer"><b>{{Answer}}</b> {{Why}}<div class="others">Often said instead: '
                        '{{Often said instead}}</div><div class="from">From: {{From}}</div>'}
    model = {"id": MODEL, "name": TITLE, "type": 0, "mod": MOMENT, "usn": -1, "sortf": 0, "did": DECK, "tmpls": [template], "flds": named,
             "css": STYLE, "latexPre": "", "latexPost": "", "latexsvg": False, "req": [[0, "any", [0]]], "tags": [], "vers": []}
    common = {"mod": MOMENT, "usn": -1, "lrnToday": [0, 0], "revToday": [0, 0], "newToday": [0, 0], "timeToday": [0, 0], "collapsed": False,
              "browserCollapsed": False, "desc": "", "dyn": 0, "conf": 1, "extendNew": 0, "extendRev": 0}
    all_decks = {str(number): {"id": number, "name": name, **common} for name, number in {"Default": 1, **decks}.items()}
    settings = {"1": {"id": 1, "name": "Default", "mod": 0, "usn": 0, "maxTaken": 60, "autoplay": True, "timer": 0, "replayq": True,
                      "dyn": False, "new": {"bury": False, "delays": [1, 10], "initialFactor": 2500, "ints": [1, 4, 0],
                              "order": 1, "perDay": 20},
                      "rev": {"bury": False, "ease4": 1.3, "ivlFct": 1, "maxIvl": 36500, "perDay": 200, "hardFactor": 1.2},
                      "lapse": {"delays": [10], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0}}}
    config = {"nextPos": len(PROMPTS) + 1, "estTimes": True, "activeDecks": [1], "sortType": "noteFld", "timeLim": 0,
              "sortBackwards": False, "addToCur": True, "curDeck": 1,
              "newBury": True, "newSpread": 0, "dueCounts": True, "curModel": str(MODEL),
              "collapseTime": 1200}
    return (1, MOMENT, MOMENT * 1000, MOMENT * 1000, 11, 0, 0, 0, *map(json.dumps, (config, {str(MODEL): model}, all_decks, settings, {})))


def _database(path: Path) -> None:
    parts = dict.fromkeys(prompt.part for prompt in PROMPTS.values())
    decks = {TITLE: DECK} | {f"{TITLE}::{part.capitalize()}": DECK + at for at, part in enumerate(parts, 1)}
    database = sqlite3.connect(path)
    database.executescript(TABLES)
    database.execute("insert into col values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", _collection(decks))
    for at, prompt in enumerate(PROMPTS.values()):
        number = MOMENT * 1000 + at
        given = fields(prompt)
        plain = html.unescape(re.sub(r"<[^>]*>", "", given[0]))
        check = int(hashlib.sha1(plain.encode()).hexdigest()[:8], 16)
        database.execute("insert into notes values (?, ?, ?, ?, -1, ?, ?, ?, ?, 0, '')",
                         (number, guid(prompt.key), MODEL, MOMENT, _tags(prompt), "\x1f".join(given), plain, check))
        database.execute("insert into cards values (?, ?, ?, 0, ?, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')",
                         (number, number, decks[f"{TITLE}::{prompt.part.capitalize()}"], MOMENT, at + 1))
    database.commit()
    database.close()


def package(picture: bytes = b"") -> bytes:
    """The package's bytes; picture: the sigmoid as SVG, which some notes show."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "collection.anki2"
        _database(path)
        database = path.read_bytes()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        files = {"collection.anki2": database, "media": json.dumps({"0": PICTURE}).encode(), "0": picture or sigmoid()}
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, BEGINNING), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def sigmoid() -> bytes:
    """The sigmoid and its slope as a small SVG of its own, drawn from the module's own curve."""
    zs = [at / 4 for at in range(-24, 25)]
    values = [(z, float(SIGMOID(z))) for z in zs]
    slopes = [(z, float(SIGMOID.slope(z, SIGMOID(z)))) for z in zs]
    ink = {name: palette.NAMES[name].light for name in ("activation", "gradient", "background", "muted")}
    lines = "".join(f'<polyline fill="none" stroke="{colour}" stroke-width="2" points="{_points(points)}"/>'
                    for colour, points in ((ink["activation"], values), (ink["gradient"], slopes)))
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 260 130" width="390" height="195">'
            f'<rect width="260" height="130" fill="{ink["background"]}"/>'
            f'<path d="M10 110H250M130 10V110" stroke="{ink["muted"]}"/>{lines}'
            f'<text x="185" y="28" font-size="11" fill="{ink["activation"]}">σ(z)</text>'
            f'<text x="185" y="100" font-size="11" fill="{ink["gradient"]}">its slope</text>'
            f'<text x="126" y="124" font-size="11">0</text></svg>').encode()


def _points(points: list[tuple[float, float]]) -> str:
    return " ".join(f"{130 + 20 * z:.1f},{110 - 100 * value:.1f}" for z, value in points)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m nnlib.classroom.anki OUTPUT.apkg")
    Path(sys.argv[1]).write_bytes(package())
