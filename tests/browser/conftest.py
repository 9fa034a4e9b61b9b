"""A real browser on the built site, over http and from file://, with every request and every complaint watched."""
import functools
import http.server
import threading
from pathlib import Path

import browser as installed
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

SITE = Path(__file__).resolve().parents[2] / "_build" / "html"
PAGES = sorted(str(p.relative_to(SITE)) for p in (SITE / "book").rglob("*.html"))


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture(scope="session")
def chromium():
    """The browser process of this test run."""
    with sync_playwright() as playwright:
        process = playwright.chromium.launch(executable_path=installed.ensure(), args=installed.FLAGS)
        yield process
        process.close()


@pytest.fixture(scope="session")
def server():
    """The built site on localhost: its address."""
    handler = functools.partial(_Quiet, directory=str(SITE))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{httpd.server_port}/"
        httpd.shutdown()


@pytest.fixture
def base(server, request):
    """The address to put before a page: over http, unless the test asks for file://."""
    return SITE.as_uri() + "/" if getattr(request, "param", "http") == "file" else server


def watched(context, base, complaints):
    """A new tab that notes every request to elsewhere, every failure and every complaint of the console."""
    tab = context.new_page()
    tab.set_default_timeout(10_000)
    tab.on("request", lambda r: r.url.startswith((base, "data:", "blob:")) or complaints.append(f"request to {r.url}"))
    tab.on("requestfailed", lambda r: complaints.append(f"failed: {r.url}"))
    tab.on("response", lambda r: r.status >= 400 and complaints.append(f"{r.status}: {r.url}"))
    tab.on("pageerror", lambda e: complaints.append(f"script error: {e}"))
    tab.on("console", lambda m: m.type in ("error", "warning") and complaints.append(f"console: {m.text}"))
    return tab


def assert_accessible(tab, below="body", everything=False, rules=None):
    """axe finds nothing on the page, or below one element: all its rules, or those that are named.

    Unless everything is wanted, it looks past the inside of formulas and of code: thousands of spans that are the same everywhere.
    """
    context = {"include": [[below]], **({} if everything else {"exclude": [[".katex"], [".highlight pre"]]})}
    # preload would fetch the stylesheets once more, which a browser forbids on file://
    options = {"preload": False, "resultTypes": ["violations"], **({"runOnly": {"type": "rule", "values": rules}} if rules else {})}
    found = Axe().run(tab, context=context, options=options).response["violations"]
    assert not found, [(v["id"], v["nodes"][0]["html"][:200]) for v in found]


def widgets_are_drawn(tab):
    """Wait until every widget of the page lives."""
    tab.wait_for_function("() => [...document.querySelectorAll('.fs-host')].every((host) => host.querySelector('.fs-widget'))")


@pytest.fixture(scope="module")
def contexts(chromium):
    """Browser contexts by their options: making one takes longer than opening a page."""
    made = {}

    def context(**options):
        key = repr(sorted(options.items()))
        if key not in made:
            made[key] = chromium.new_context(**options)
        return made[key]

    yield context
    for one in made.values():
        one.close()


@pytest.fixture
def open_page(contexts, base):
    """open_page(path, **context options) gives a tab; in the end it must have been quiet and asked nobody else."""
    tabs, complaints = [], []

    def open_(path, viewport=None, **options):
        tab = watched(contexts(**options), base, complaints)
        tabs.append(tab)
        tab.set_viewport_size(viewport or {"width": 1280, "height": 900})
        tab.goto(base + path)
        return tab

    yield open_
    for tab in tabs:
        tab.close()
    assert not complaints
