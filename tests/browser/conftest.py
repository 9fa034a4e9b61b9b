"""A real browser on the built site, over http and from file://, with every request and every complaint watched."""
import functools
import http.server
import threading
from pathlib import Path

import browser as installed
import pytest
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


@pytest.fixture
def open_page(chromium, base):
    """open_page(path, **context options) gives a tab; in the end it must have been quiet and asked nobody else."""
    contexts, complaints = [], []

    def open_(path, **options):
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        contexts.append(context)
        tab = watched(context, base, complaints)
        tab.goto(base + path)
        return tab

    open_.complaints = complaints
    yield open_
    for context in contexts:
        context.close()
    assert not complaints
