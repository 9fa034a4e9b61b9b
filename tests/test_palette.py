"""The palette keeps its promises: contrast on its background, and apart for every kind of colour sight."""
import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from nnlib import QUANTITIES, palette

# Machado, Oliveira and Fernandes (2009), full severity, for linear RGB
SIGHT = {
    "normal": np.eye(3),
    "deuteranopia": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
    "protanopia": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "tritanopia": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
}
TO_LMS = np.array([[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
                   [0.0883024619, 0.2817188376, 0.6299787005]])
TO_LAB = np.array([[0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099],
                   [0.0259040371, 0.7827717662, -0.8086757660]])


def linear(colour):
    value = np.array([int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def contrast(a, b):
    light, dark = sorted((linear(c) @ [0.2126, 0.7152, 0.0722] for c in (a, b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def oklab(colour, sight):
    return TO_LAB @ np.cbrt(TO_LMS @ np.clip(SIGHT[sight] @ linear(colour), 0, 1))


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_text_colour_is_readable(mode):
    background = getattr(palette.BACKGROUND, mode)
    for name in (*palette.KINDS, "accent", "text", "muted"):
        assert contrast(getattr(palette.NAMES[name], mode), background) >= 4.8, name


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_links_and_text_are_readable_on_every_ground_of_the_site(mode):
    for ground in (palette.BACKGROUND, palette.SITE["surface"], palette.SITE["raised"]):
        for colour in (palette.SITE["link"], palette.TEXT, palette.MUTED):
            assert contrast(getattr(colour, mode), getattr(ground, mode)) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("sight", SIGHT)
def test_kinds_stay_apart(mode, sight):
    for (a, first), (b, second) in combinations(palette.KINDS.items(), 2):
        distance = np.linalg.norm(oklab(getattr(first, mode), sight) - oklab(getattr(second, mode), sight))
        assert distance >= 0.1, f"{a} and {b}"


def test_every_quantity_has_a_colour_or_none_on_purpose():
    assert {q.kind for q in QUANTITIES.values()} - set(palette.KINDS) == {"rate", "function"}


# What meets in one picture in the same or nearly the same colour, and what else tells it apart: a piece of the widgets' styles or modules.
SECOND_CHANNEL = {
    "a quantity beside plain text or a control": ("ui/parts.css", r"\.fs-symbol \{[^}]*font-style: italic"),
    "a quantity in the network": ("ui/parts.css", r"\.fs-name \{[^}]*font-style: italic"),
    ("accent", "text"): ("ui/parts.css", r"\.fs-primary \{[^}]*background[^}]*font-weight"),  # what can be pressed is a button's ground
    ("accent", "muted"): ("ui/parts.css", r"\.fs-widget :focus-visible \{ outline"),  # where one is has a frame
    ("muted", "text"): ("ui/parts.css", r"\.fs-note \{[^}]*font-size"),  # what is said aside is smaller
    ("background", "caution"): ("ui/parts.css", r"\.fs-caution::before \{ content: \"≈"),
    ("caution", "line"): ("ui/parts.css", r"\.fs-caution \{ background"),  # the one is a ground, the other a hairline
    "a negative weight": ("ui/parts.css", r"\.fs-negative \{ stroke-dasharray"),
    "the way back": ("ui/parts.css", r"\.fs-chip b \{[^}]*clip-path: polygon"),
    "right": ("ui/parts.css", r"\.fs-good::before \{ content: \"✓"),
    "wrong": ("ui/parts.css", r"\.fs-bad::before \{ content: \"✗"),
    "an answer on the wrong side": ("ui/parts.css", r"\.fs-answer-mark:not\(\[data-right\]\) \{[^}]*rotate\(45deg\)"),
    "a wrong number of the bug lab": ("bug_lab.css", r"\[data-wrong\] \{ text-decoration: underline wavy"),
    "a class of the plane": ("ui/plane.js", r"disc\(placeOf\(\[x1, x2\]\), size \* CORNER, String\(target\), name\)"),
}


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("sight", SIGHT)
def test_meanings_stay_apart_or_have_a_second_channel(mode, sight):
    """Quantities, controls, text, grounds: every pair differs for every kind of colour sight, or in more than colour."""
    meanings = {**palette.NAMES, "caution": palette.SITE["caution"]}
    seen = {name: oklab(getattr(colour, mode), sight) for name, colour in meanings.items()}
    close = {tuple(sorted((a, b))) for a, b in combinations(seen, 2) if np.linalg.norm(seen[a] - seen[b]) < 0.1}
    plain = {"accent", "text", "muted"}  # a quantity that looks like one of them is in italics, and stands beside its letter
    quantity_and_plain = {pair for pair in close if len(set(pair) & plain) == len(set(pair) & set(palette.KINDS)) == 1}
    assert close - quantity_and_plain <= SECOND_CHANNEL.keys()


@pytest.mark.parametrize("what", SECOND_CHANNEL, ids=str)
def test_the_second_channel_is_there(what):
    file, pattern = SECOND_CHANNEL[what]
    assert re.search(pattern, (ROOT / "nnlib" / "widgets" / file).read_text("utf8"))


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_what_is_not_to_be_relied_on_can_be_read_and_is_seen(mode):
    ground = getattr(palette.SITE["caution"], mode)
    assert contrast(getattr(palette.TEXT, mode), ground) >= 4.5
    for sight in SIGHT:
        assert np.linalg.norm(oklab(ground, sight) - oklab(getattr(palette.BACKGROUND, mode), sight)) >= 0.05, sight


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_lines_are_seen_and_stay_in_the_background(mode):
    assert 1.4 <= contrast(getattr(palette.LINE, mode), getattr(palette.BACKGROUND, mode)) <= 2.5


def test_the_css_gives_every_colour_its_variable_in_each_mode():
    assert set(palette.NAMES) == {*palette.KINDS, "accent", "background", "text", "muted", "line"}
    assert not set(palette.SITE) & set(palette.NAMES)
    assert palette.css_name("input") == "--fs-input"
    selectors, modes = zip(*(re.fullmatch(r"(.*?) \{ (--.*;) [} ]*", rule).groups() for rule in palette.css().splitlines()), strict=True)
    assert selectors == (":root, :host", "@media (prefers-color-scheme: dark) { :root:not([data-theme]):not([data-jp-theme-light])",
                         ':root[data-theme="dark"], [data-jp-theme-light="false"]', '@media print { :root, :root[data-theme="dark"]')
    for declarations, mode in zip(modes, ("light", "dark", "dark", "light"), strict=True):
        found = re.findall(r"--fs-(\w+): ([^;]*);", declarations)
        assert found == [(name, getattr(colour, mode)) for name, colour in (palette.NAMES | palette.SITE).items()]
    assert palette.css().count("{") == palette.css().count("}") and palette.css().endswith("}\n")


ROOT = Path(__file__).parents[1]
DRESSED = [file for pattern in ("nnlib/**/*.py", "book/_ext/**/*.py", "book/_ext/static/*.css", "book/_ext/static/*.js", "tools/*.py")
           for file in sorted(ROOT.glob(pattern)) if file.name != "palette.py"]


@pytest.mark.parametrize("file", DRESSED, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_colour_is_written_anywhere_else(file):
    """A colour that is not the palette's follows neither light nor dark."""
    assert not re.findall(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})(?![\w-])", file.read_text("utf8"))
