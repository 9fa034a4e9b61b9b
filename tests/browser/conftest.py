"""A real browser on the built site, over http and from file://, with every request and every complaint watched."""
import functools
import http.server
import threading
from pathlib import Path

import browser as installed
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import sync_playwright

from nnlib.widgets.modules import HERE as WIDGETS

SITE = Path(__file__).resolve().parents[2] / "_build" / "html"
BLOCKED = "blocked by Playwright"  # what Playwright says where a test wants no service worker
PAGES = sorted(str(p.relative_to(SITE)) for p in (SITE / "book").rglob("*.html"))


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture(scope="session")
def playwright():
    """Playwright itself: a process of tests may start it once only."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright):
    """The browser process of this test run."""
    process = playwright.chromium.launch(executable_path=installed.ensure(), args=installed.FLAGS)
    # hundreds of readers who come for the first time: the book is kept by those who are to see it kept (test_offline.py)
    process.new_context = functools.partial(process.new_context, service_workers="block")
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


# a test need not read on to where a widget stands; test_weight.py has those of pages that nobody reads
AWAKE = "addEventListener('DOMContentLoaded', () => globalThis.fsWidgets?.())"


def watched(context, base, complaints):
    """A new tab that notes every request to elsewhere, every failure and every complaint of the console."""
    tab = context.new_page()
    tab.set_default_timeout(10_000)
    tab.add_init_script(AWAKE)
    tab.on("request", lambda r: r.url.startswith((base, "data:", "blob:")) or complaints.append(f"request to {r.url}"))
    # what a reader interrupts by going on to another page has not failed
    tab.on("requestfailed", lambda r: r.failure == "net::ERR_ABORTED" or complaints.append(f"failed: {r.url} ({r.failure})"))
    tab.on("response", lambda r: r.status >= 400 and complaints.append(f"{r.status}: {r.url}"))
    tab.on("pageerror", lambda e: complaints.append(f"script error: {e}"))
    tab.on("console", lambda m: m.type in ("error", "warning") and BLOCKED not in m.text and complaints.append(f"console: {m.text}"))
    return tab


def assert_accessible(tab, below="body", everything=False, rules=None, past=()):
    """axe finds nothing on the page, or below one element: all its rules, or those that are named.

    Unless everything is wanted, it looks past the inside of formulas and of code: thousands of spans that are the same everywhere.
    """
    exclude = [[one] for one in (*past, *(() if everything else (".katex", ".highlight pre")))]
    context = {"include": [[below]], **({"exclude": exclude} if exclude else {})}
    # preload would fetch the stylesheets once more, which a browser forbids on file://
    options = {"preload": False, "resultTypes": ["violations"], **({"runOnly": {"type": "rule", "values": rules}} if rules else {})}
    found = Axe().run(tab, context=context, options=options).response["violations"]
    assert not found, [(v["id"], v["nodes"][0]["html"][:200]) for v in found]


def widgets_are_drawn(tab):
    """Ask for every widget of the page, as who reads on does, and wait until it lives."""
    tab.wait_for_function("() => { globalThis.fsWidgets?.(); "  # asked anew where the page has sent its reader on
                          "return [...document.querySelectorAll('.fs-host')].every((host) => host.querySelector('section.fs-widget')); }")


# a lecture that a test has left would come back in the next one, as it does after a reload
END = "() => { document.documentElement.classList.remove('fs-lecture'); try { sessionStorage.clear(); } catch { /* none here */ } }"


class Tabs:
    """Tabs by the options of their context, used again by the next test: a new tab is a new process, slower than a page."""

    def __init__(self, chromium):
        self.chromium = chromium
        self.contexts, self.free, self.complaints = {}, {}, {}

    def take(self, base, options):
        """A tab that nobody uses, with nothing to complain of."""
        key = (base, repr(sorted(options.items())))
        if not self.free.setdefault(key, []):
            if key not in self.contexts:
                self.contexts[key] = self.chromium.new_context(**options)
            complaints = []
            tab = watched(self.contexts[key], base, complaints)
            self.complaints[tab] = complaints
            self.free[key].append(tab)
        tab = self.free[key].pop()
        self.complaints[tab].clear()
        return key, tab

    def give_back(self, key, tab):
        """Ready for the next test; gives the complaints."""
        complaints = list(self.complaints[tab])
        if not tab.is_closed():
            tab.emulate_media(media="null")
            tab.evaluate(END)
            tab.goto("about:blank")
            self.free[key].append(tab)
        return complaints


@pytest.fixture(scope="module")
def tabs(chromium):
    """The tabs of a module's tests."""
    pool = Tabs(chromium)
    yield pool
    for context in pool.contexts.values():
        context.close()


@pytest.fixture
def open_page(tabs, base):
    """open_page(path, **context options) gives a tab; in the end it must have been quiet and asked nobody else."""
    taken = []

    def open_(path, viewport=None, **options):
        key, tab = tabs.take(base, options)
        taken.append((key, tab))
        tab.set_viewport_size(viewport or {"width": 1280, "height": 900})
        tab.goto(base + path)
        return tab

    yield open_
    complaints = [complaint for key, tab in taken for complaint in tabs.give_back(key, tab)]
    assert not complaints


@pytest.fixture
def open_widget(open_page, request):
    """open_widget(name, **context options) gives a widget on the page that the module's PAGES names."""
    def open_(name, **options):
        widget = open_page(f"book/{request.module.PAGES[name]}.html", **options).locator(f"section[data-widget={name}]").first
        widget.wait_for()
        widget.scroll_into_view_if_needed()
        return widget

    return open_


class _Modules(_Quiet):
    """nnlib/widgets as it stands, never from a cache, with an empty page at its root."""

    def do_GET(self):
        if self.path != "/":
            return super().do_GET()
        page = b"<!DOCTYPE html><html lang=en><title>modules</title><body></body></html>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def end_headers(self):
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


@pytest.fixture(scope="session")
def modules():
    """The address of the widgets' modules, unjoined."""
    handler = functools.partial(_Modules, directory=str(WIDGETS))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{httpd.server_port}/"
        httpd.shutdown()


class Tab:
    """One page that is emptied for each test, and made anew where a test has left it so busy that it does not come."""

    def __init__(self, chromium):
        self.chromium = chromium
        self.page = None

    def at(self, address):
        """The page, empty, at an address, with the errors that it will meet in `page.errors`."""
        try:
            return self._opened(address)
        except PlaywrightError:
            self.drop()
            return self._opened(address)

    def drop(self):
        """Close the page."""
        page, self.page = self.page, None
        if page:
            page.context.close()

    def _opened(self, address):
        if self.page is None:
            self.page = self.chromium.new_context().new_page()
            self.page.set_default_timeout(3_000)
            self.page.errors = []
            self.page.on("pageerror", lambda error: self.page and self.page.errors.append(str(error)))
        self.page.goto("about:blank")
        self.page.errors.clear()
        self.page.set_viewport_size({"width": 1000, "height": 900})  # a test may have left another
        self.page.goto(address)
        return self.page


@pytest.fixture(scope="session")
def one_tab(chromium):
    """The page of all tests of single modules."""
    tab = Tab(chromium)
    yield tab
    tab.drop()


@pytest.fixture
def tab(one_tab, modules):
    """An empty page that can import the widgets' modules: `await import("/ui/plot.js")`. In the end nothing must have been thrown in it."""
    page = one_tab.at(modules)
    yield page
    assert not page.errors


@pytest.fixture
def mount(tab):
    """mount(widget, key=None) draws a widget as runtime.js does on a page of the book, from modules that are not joined.

    The page then has its `root` and its `model`.
    """
    def draw(widget):
        stem = f"{widget.stem}.js"
        tab.add_style_tag(content=widget._css)
        tab.evaluate("""async ([html, stem, name]) => {
            const { default: own } = await import(`/${stem}`);
            const drawn = new Promise((done) => {
              const render = async ({ model, el }) => { const end = await own.render({ model, el }); Object.assign(globalThis, { model, end }); done(); };
              globalThis.FOURTEEN_STEPS = { modules: { [stem]: () => ({ default: { render } }) } };
            });
            document.body.innerHTML = html;
            const runtime = document.createElement("script");
            runtime.src = "/runtime.js";
            document.head.append(runtime);
            await drawn;
            await new Promise((done) => setTimeout(done));
            globalThis.root = document.querySelector(`.fs-widget[data-widget="${name}"]`); }""",
                     [widget._static_html(), stem, type(widget).__name__])
        return tab

    return draw
