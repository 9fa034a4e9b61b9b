"""Addresses of the published book, and the state of a widget in one: text for a URL's fragment, as model/links.js packs and unpacks it."""
import base64
import binascii
import json
import os

import nnlib

PUBLISHED = ""  # the root address of the published book, "" while there is none: written here, once, by who publishes it
SITE = os.environ.get("FOURTEEN_STEPS_SITE", PUBLISHED)
WHEEL = f"nnlib-{nnlib.__version__}-py3-none-any.whl"  # the site carries it, in _static
VERSION = "1."
LONGEST = 20_000  # characters; what is longer no widget has made


def pack(state: object) -> str:
    """Any JSON value as text for a URL's fragment; raises ValueError for NaN and infinity, which JSON does not know."""
    text = json.dumps(state, separators=(",", ":"), allow_nan=False)
    return VERSION + base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def unpack(text: str) -> object:
    """The value behind such a text; raises a ValueError that says what is wrong. What it holds is not to be trusted yet."""
    if not text.startswith(VERSION):
        raise ValueError("it was made by another version of this page")
    if len(text) > LONGEST:
        raise ValueError("it is too long")
    packed = text.removeprefix(VERSION)
    try:
        return json.loads(base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_", validate=True).decode())
    except (binascii.Error, ValueError):
        raise ValueError("it is damaged") from None


def address(site: str, page: str, widget: str, state: object) -> str:
    """The address at which a widget on a page of the published book opens with this state: page is "book/index.html", say."""
    return f"{site.rstrip('/')}/{page}#{widget}={pack(state)}"


def opening_line(page: str, site: str = PUBLISHED, questions: int = 0) -> str:
    """The line above the title of a page's notebook, for who has that file alone: whose page it is, and what it needs to run.

    questions: how many close its sections on the site; a notebook has none of them, and says where they are.
    """
    if questions:
        review = f"[Review]({site.rstrip('/')}/book/reference/review.html)" if site else '"Review"'
        return (f"{opening_line(page, site)} *In the book, {questions} short questions close the sections of this page. "
                f"They come back on the page {review}, after 1, 7 and 30 days.*")
    if not site:
        return ('*A page of the book Fourteen Steps. To run it in a folder of its own: '
                f'`pip install "{WHEEL}[notebooks]"`, with the file from the book\'s page "Run the notebooks". Then Run → Run All Cells.*')
    root = site.rstrip("/")
    return (f"*A page of [Fourteen Steps]({root}/{page}.html). To run it in a folder of its own: "
            f'`pip install "nnlib[notebooks] @ {root}/_static/{WHEEL}"`.*')
