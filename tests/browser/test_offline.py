"""Without a network: the book that was visited once, a newer version in its place, a site from a zip, a script that did not come."""
import functools
import http.server
import json
import os
import re
import shutil
import threading
import time
import zipfile

import pytest
import site_zip
import untouched
from conftest import AWAKE, SITE, widgets_are_drawn
from fourteen_steps import offline, take_along

STAGE = "book/backward/step_05_dE_dw2.html"
PLAIN = "book/reference/why.html"
KEPT = "Available offline"


@pytest.fixture
def served():
    """served(folder) gives the address of a server; its .asked are the names that were asked for, .lost those that it drops."""
    running = []

    def serve(folder):
        class Handler(http.server.SimpleHTTPRequestHandler):
            asked, lost, patience = [], {}, threading.Event()

            def do_GET(self):
                name = self.path.lstrip("/").partition("?")[0]
                self.asked.append(name)
                how = next((how for part, how in self.lost.items() if part in name), None)
                if how == "late":
                    self.patience.wait(60)
                    super().do_GET()
                elif how == "half":
                    text = (folder / name).read_bytes()
                    self.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/javascript\r\n\r\n" + text[:len(text) // 2])
                elif how != "lost":
                    super().do_GET()

            def log_message(self, *arguments):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        running.append((server, Handler))
        Handler.address = f"http://127.0.0.1:{server.server_port}/"
        return Handler

    yield serve
    for server, handler in running:
        handler.patience.set()
        server.shutdown()
        server.server_close()


@pytest.fixture
def context(chromium):
    """A reader's browser, as it is on the first day."""
    made = chromium.new_context(viewport={"width": 1280, "height": 900}, service_workers="allow")
    made.set_default_timeout(20_000)
    yield made
    made.close()


def line(tab):
    """What the page's foot says of what is kept."""
    return tab.locator(".fs-offline")


def visit(context, server, page=PLAIN):
    """A first visit, until the book is kept."""
    tab = context.new_page()
    tab.goto(server.address + page)
    line(tab).filter(has_text=KEPT).wait_for()
    return tab


def test_after_one_visit_the_book_is_there_without_a_network(context, served):
    server = served(SITE)
    tab = visit(context, server)
    assert not [name for name in server.asked if offline.part_of(name) != "book"], "neither Python nor files to download"
    context.set_offline(True)
    server.asked.clear()
    tab.get_by_role("button", name="Slides").click()  # the open page has what it brings only now
    tab.locator("html.fs-lecture").wait_for()
    for page in ("", STAGE, "book/training/training.html", "embed/StepExplorer.html"):
        answer = tab.goto(server.address + page)
        assert answer.ok and answer.from_service_worker
        widgets_are_drawn(tab)
        assert tab.evaluate("document.fonts.ready.then(() => [...document.fonts].filter((f) => f.status === 'error').length)") == 0
    tab.goto(f"{server.address}search.html?q=gradient")
    tab.locator("#search-results li").first.wait_for()
    tab.goto(server.address + STAGE)
    tab.locator(".next-page, .right-next").first.click()
    tab.wait_for_url(re.compile("step_06"))
    assert tab.locator("article h1").is_visible() and not server.asked


def test_what_is_kept_is_told_more_is_kept_when_asked_and_all_goes_at_a_press(context, served, tmp_path):
    site = small_site(tmp_path)
    (site / "_static" / "python").mkdir()
    (site / "_static" / "python" / "numpy.0.js").write_text("FS_PIECE('');", "utf8")
    offline.write_worker(site)
    server = served(site)
    tab = visit(context, server, "index.html")
    assert "_static/python/numpy.0.js" not in server.asked
    line(tab).locator("summary").click()
    line(tab).get_by_role("button", name=re.compile("With Python in the page, .* MB more")).click()
    line(tab).filter(has_text="with Python in the page").wait_for()
    assert "_static/python/numpy.0.js" in server.asked
    line(tab).locator("summary").click()
    line(tab).get_by_role("button", name="Remove").click()
    again = line(tab).get_by_role("button", name="Keep this book on this device")
    again.wait_for()
    assert tab.evaluate("caches.keys()") == []
    tab.goto(server.address + "index.html")
    again.wait_for()
    assert tab.evaluate("caches.keys()") == [], "what was removed does not come back by itself"
    again.click()
    line(tab).filter(has_text=KEPT).wait_for()
    context.set_offline(True)
    assert tab.goto(server.address + "other.html").ok


def test_who_saves_data_is_asked_first(context, served):
    context.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")
    server = served(SITE)
    tab = context.new_page()
    tab.goto(server.address + PLAIN)
    line(tab).get_by_role("button", name="Keep this book on this device").wait_for()
    tab.locator(".bd-sidebar-primary a[href$='notation.html'], article a[href$='.html']").first.focus()
    tab.wait_for_timeout(300)
    assert offline.WORKER not in server.asked and len([name for name in server.asked if name.endswith(".html")]) == 1


# ---- a newer version ----

def small_site(folder, version="one"):
    """A site of three pages with the book's own script for this; every file names its version."""
    static = folder / "site" / "_static"
    static.mkdir(parents=True, exist_ok=True)
    for name in ("keeping.js", "offline.js"):
        shutil.copy(offline.HERE / "static" / name, static)
    (static / "said.js").write_text(f"document.body.dataset.said = '{version}';", "utf8")
    for name in ("index", "other", "third"):
        links = "".join(f'<a href="{other}.html">{other}</a> ' for other in ("index", "other", "third"))
        (folder / "site" / f"{name}.html").write_text(
            f'<!DOCTYPE html><html lang="en"><title>{name}</title><link rel="icon" href="data:,"><body data-page="{version}">{links}<p class="fs-foot">{name}</p>'
            '<script src="_static/said.js"></script><script src="_static/keeping.js"></script></body></html>', "utf8")
    offline.write_worker(folder / "site")
    if version != "one":  # a server tells files apart by their second
        for file in (folder / "site").rglob("*.*"):
            os.utime(file, (time.time() + 60,) * 2)
    return folder / "site"


def versions(tab):
    """(the page's version, its script's)."""
    tab.wait_for_selector("body[data-said]")
    return tab.evaluate("[document.body.dataset.page, document.body.dataset.said]")


def update(tab):
    """The browser looks for a newer version, until it waits: once more where it had looked while the files were being written."""
    assert tab.evaluate("""async () => { const registration = await navigator.serviceWorker.ready;
        for (let n = 0; n < 1000 && !registration.waiting; n += 1) {
            if (n % 100 === 0) await registration.update().catch(() => null);
            await new Promise((done) => setTimeout(done, 20)); }
        return Boolean(registration.waiting); }""")


def test_a_newer_version_comes_whole_and_only_when_no_page_of_the_older_is_open(context, served, tmp_path):
    server = served(small_site(tmp_path))
    first = visit(context, server, "index.html")
    second = context.new_page()
    second.goto(server.address + "other.html")
    assert versions(second) == ["one", "one"]
    small_site(tmp_path, "two")
    update(second)
    for tab in (first, second):  # two are open: both go on as they began
        tab.get_by_role("link", name="third").click()
        tab.wait_for_url("**/third.html")
        assert versions(tab) == ["one", "one"]
    line(second).filter(has_text="A newer version comes").wait_for()
    third = context.new_page()
    third.goto(server.address + "index.html")
    assert versions(third) == ["one", "one"], "nor does a page that is opened beside them"
    third.close()
    second.close()
    for _ in range(20):  # that a page is closed is known a moment later
        first.goto(server.address + "other.html")
        first.wait_for_timeout(300)
        if versions(first)[0] == "two":
            break
    assert versions(first) == ["two", "two"]
    context.set_offline(True)
    first.get_by_role("link", name="third").click()
    first.wait_for_url("**/third.html")
    assert versions(first) == ["two", "two"]
    kept = first.evaluate("""async () => (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).length)))
        .reduce((a, b) => a + b, 0)""")
    assert kept == len(offline.needed(tmp_path / "site")["book"]), "nothing of the older one is left"


def test_a_new_tab_beside_an_only_one_leaves_it_its_version(context, served, tmp_path):
    server = served(small_site(tmp_path))
    tab = visit(context, server, "index.html")
    tab.goto(server.address + "index.html")
    small_site(tmp_path, "two")
    update(tab)
    other = context.new_page()
    other.goto(server.address + "other.html")
    other.wait_for_selector("body[data-page]")
    assert versions(other) == ["one", "one"]
    assert tab.evaluate("fetch('_static/said.js').then((r) => r.text())") == "document.body.dataset.said = 'one';"


def test_a_version_that_does_not_come_whole_takes_no_ones_place(context, served, tmp_path):
    server = served(small_site(tmp_path))
    tab = visit(context, server, "index.html")
    small_site(tmp_path, "two")
    (tmp_path / "site" / "third.html").write_text("of a third version", "utf8")
    found = tab.evaluate("""async () => { const registration = await navigator.serviceWorker.ready;
        const newer = new Promise((done) => registration.addEventListener('updatefound', () => done(registration.installing)));
        registration.update().catch(() => null);
        const worker = await newer;
        for (let n = 0; n < 500 && worker.state === 'installing'; n += 1) await new Promise((done) => setTimeout(done, 20));
        return worker.state; }""")
    assert found == "redundant"
    tab.goto(server.address + "third.html")
    assert versions(tab) == ["one", "one"]


# ---- the site as a file ----

def test_the_zip_is_the_site_in_a_folder_and_works_from_there(context, tmp_path):
    generated = tmp_path / "generated"
    archive = site_zip.write(SITE, generated)
    zipfile.ZipFile(archive).extractall(tmp_path)
    folder = tmp_path / site_zip.FOLDER
    context.set_offline(True)
    tab, complaints = context.new_page(), []
    tab.on("console", lambda m: m.type in ("error", "warning") and complaints.append(m.text))
    tab.on("requestfailed", lambda r: complaints.append(r.url))
    for page in ("index.html", STAGE, "book/training/training.html", take_along.PAGE):
        tab.goto((folder / page).as_uri())
        widgets_are_drawn(tab)
        assert tab.locator("article h1").is_visible()
    assert tab.locator(f"a[href$='{offline.SITE_ZIP}']").count() == 0, "it does not hold itself"
    tab.goto((folder / STAGE).as_uri())
    tab.get_by_role("button", name="Slides").click()
    tab.locator("html.fs-lecture").wait_for()
    assert not complaints
    wanted = {name for names in offline.needed(folder).values() for name in names}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert there - {offline.WORKER} == wanted, "all that a page speaks of, and nothing else"


# ---- a bad network ----

@pytest.mark.parametrize("how", ["lost", "half"])
@pytest.mark.parametrize("which", ["widgets/shared", "widgets/step_explorer"])
def test_where_a_widgets_script_did_not_come_the_page_stays_and_a_press_brings_it(chromium, served, which, how):
    server = served(SITE)
    server.lost[which] = how
    context = chromium.new_context()
    tab = context.new_page()
    tab.add_init_script(AWAKE)
    tab.goto(server.address + STAGE)
    host = tab.locator(".fs-host[data-module='step_explorer.js']").first
    notice = tab.locator(".fs-not-come").first
    notice.get_by_role("button", name="Try again").wait_for()
    assert host.locator("table").is_visible() and tab.locator("article h1").is_visible()
    notice.get_by_role("button", name="Try again").click()
    tab.wait_for_timeout(300)
    assert notice.is_visible() and host.locator("table").is_visible(), "it is lost once more, and can be asked for once more"
    server.lost.clear()
    notice.get_by_role("button", name="Try again").click()
    widgets_are_drawn(tab)
    assert tab.locator(".fs-not-come").count() == 0
    host.get_by_role("button", name="Next step", exact=True).click()
    context.close()


def test_a_script_that_is_long_in_coming_may_be_asked_for_once_more_or_come_by_itself(chromium, served):
    server = served(SITE)
    server.lost["widgets/step_explorer"] = "late"
    context = chromium.new_context()
    tab = context.new_page()
    tab.clock.install()
    tab.goto(server.address + "embed/StepExplorer.html", wait_until="commit")
    tab.locator(".fs-host table").wait_for()
    assert tab.locator(".fs-not-come").count() == 0
    tab.wait_for_function("document.readyState === 'interactive'")
    tab.clock.fast_forward(20_000)
    tab.locator(".fs-not-come").wait_for()
    server.patience.set()
    widgets_are_drawn(tab)
    assert tab.locator(".fs-not-come").count() == 0
    context.close()


# ---- ahead of the press ----

def test_a_page_that_is_pointed_at_comes_ahead_and_only_once(chromium, served):
    server = served(SITE)
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    tab.goto(server.address + PLAIN)
    link = tab.locator(".prev-next-footer a, .prev-next-area a").last
    name = link.evaluate("(a) => a.pathname.slice(1)")
    tab.wait_for_load_state("load")
    assert name not in server.asked
    link.hover()
    tab.wait_for_function("(name) => performance.getEntriesByType('resource').some((e) => e.name.endsWith(name))", arg=name)
    link.click()
    tab.wait_for_url(f"**/{name}")
    assert server.asked.count(name) == 1
    context.close()


POINTS_AND_PRESSES = """{
  const name = "from";
  const say = (told) => fetch("/report", { method: "POST", body: JSON.stringify(told) });
  const read = () => localStorage.getItem("fourteen-steps-last");
  const told = () => say({ ahead: performance.getEntriesByType("navigation")[0].activationStart > 0,
    read: [sessionStorage.getItem(name), read()], mode: document.documentElement.dataset.mode });
  if (document.prerendering) document.addEventListener("prerenderingchange", () => setTimeout(told, 100));
  else if (sessionStorage.getItem(name)) told();
  else addEventListener("load", () => setTimeout(() => {
    const link = [...document.querySelectorAll(".prev-next-footer a, .prev-next-area a")].at(-1);
    link.dispatchEvent(new Event("pointerover", { bubbles: true }));
    setTimeout(() => document.querySelector(".theme-switch-button").click(), 2500);
    setTimeout(() => { sessionStorage.setItem(name, read()); link.click(); }, 3000);
  }, 500));
}"""


def test_a_page_that_is_pointed_at_is_drawn_ahead_and_learns_what_changed_meanwhile():
    """In a browser that nobody drives: drawing ahead is off where one is driven."""
    told = untouched.report(SITE, "book/ideas/terms.html", POINTS_AND_PRESSES)
    assert told["ahead"]
    assert told["read"] == ["ideas/terms", "ideas/layers"], "the page that was opened, and not before it was"
    assert told["mode"] != "auto", "the mode that was chosen after it had been drawn"


def test_no_page_of_another_kind_is_brought(context, served):
    """A link to a file or to a place on the same page brings nothing."""
    server = served(SITE)
    tab = context.new_page()
    tab.goto(server.address + "book/reference/about.html")
    tab.wait_for_load_state("load")
    assert json.loads(tab.evaluate("JSON.stringify(document.querySelectorAll('link[rel=prefetch]').length)")) == 0
    tab.locator("a.headerlink").first.focus()
    tab.wait_for_timeout(200)
    assert tab.locator("link[rel=prefetch]").count() == 0
