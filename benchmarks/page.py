"""Pages as a reader meets them for the first time, beside TensorFlow Playground's: bytes, requests, and when the first picture can be used.

    make book && python benchmarks/page.py [FOLDER]

FOLDER: Playground's published site (branch gh-pages of https://github.com/tensorflow/playground), by default .playground/site; without it
only our own pages are measured. Both are served packed, from this machine, at full speed and then with a processor four times slower and a
line of 1.6 Mbit/s with 150 ms there and back. A fresh profile each time, page after page in turn; medians.

Printed for each page: its bytes packed and its requests; the time until its network is painted, and until it answers to a press; the
longest task after that. At the end, the time from a press on "Next step" to the next paint, and from a press on the link to the next page
until that is painted: where the pointer rested on the link before, so that the page was drawn ahead, and where it did not. (For this the
browser is not driven from outside: where one is, it draws nothing ahead.)
"""
import functools
import gzip
import http.server
import json
import statistics
import sys
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "_build" / "html"
sys.path[:0] = [str(ROOT / "tools")]
import browser  # noqa: E402  tools/ is put on the path above
import untouched  # noqa: E402

PAGES = ["book/index.html", "book/backward/step_05_dE_dw2.html", "book/training/training.html"]
PEER = "index.html"
REPEAT = 7
PACKED = (".woff2", ".png")  # what is packed already
# Nobody else is found. (Playwright's own way, a route, sends every request round by this process, which costs a page with more of them more.)
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
WIDGET = "[data-widget=StepExplorer], [data-widget=TrainingExplorer]"
# Painted: in the frame after the picture is there; ours stands in the page itself. Usable: a script has taken it over. Playground's first
# drawing is made by the script that answers, so that there the two are one.
WATCH = """([widget, ours]) => { window.met = {}; window.tasks = [];
  new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map((e) => [e.startTime, e.duration]))).observe({ type: "longtask" });
  const once = (name, there) => { if (!(name in window.met) && there) { window.met[name] = 0;
    const c = new MessageChannel(); c.port1.onmessage = () => { window.met[name] = performance.now(); }; c.port2.postMessage(0); } };
  const look = () => { const host = document.querySelector(ours ? ".fs-host" : "#svg");
    once("painted", ours ? host?.querySelector("svg, .fs-stops") : host?.querySelector(".core .link"));
    once("usable", ours ? host?.querySelector(`:is(${widget}) button`)?.closest("[inert]") === null && !host.dataset.widget
      : host?.querySelector(".core .link"));
    requestAnimationFrame(look); }; look(); }"""
# A stage far below a page's beginning waits for its reader (near.js): here it is asked for at once.
ASKED = "addEventListener('DOMContentLoaded', () => globalThis.fsWidgets?.());"
PRESS = """async () => { const button = [...document.querySelectorAll('[data-widget=StepExplorer] button')].find((b) => b.textContent === 'Next step');
    const taken = []; for (let i = 0; i < 120; i++) { await new Promise((r) => setTimeout(r, 30)); const start = performance.now(); button.click();
    await new Promise((r) => requestAnimationFrame(() => { const c = new MessageChannel(); c.port1.onmessage = r; c.port2.postMessage(0); }));
    taken.push(performance.now() - start); } return taken; }"""

TURN = """{
  const say = (told) => fetch("/report", { method: "POST", body: JSON.stringify(told) });
  const now = () => performance.timeOrigin + performance.now();
  const pressed = () => Number(sessionStorage.getItem("pressed"));
  if (document.prerendering) document.addEventListener("prerenderingchange", () => requestAnimationFrame(() => {
    const c = new MessageChannel(); c.port1.onmessage = () => say(now() - pressed()); c.port2.postMessage(0); }));
  else if (pressed()) addEventListener("load", () => setTimeout(() =>
    say(performance.timeOrigin + performance.getEntriesByName("first-contentful-paint")[0].startTime - pressed()), 300));
  else addEventListener("load", () => setTimeout(() => {
    const link = [...document.querySelectorAll(".prev-next-footer a, .prev-next-area a")].at(-1);
    if (%s) link.dispatchEvent(new Event("pointerover", { bubbles: true }));
    setTimeout(() => { sessionStorage.setItem("pressed", now()); link.click(); }, 2500); }, 500));
}"""


class _Packed(http.server.SimpleHTTPRequestHandler):
    """Serves as a server does that packs what can be packed."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        body = _bytes(path)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(body)))
        if not path.name.endswith(PACKED):
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@functools.cache
def _bytes(path):
    return path.read_bytes() if path.name.endswith(PACKED) else gzip.compress(path.read_bytes(), 9)


def serve(folder):
    """The address of a server for a folder, which lives as long as this process."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Packed, directory=str(folder)))
    server.handle_error = lambda *given: None  # a browser that has gone asks for no answer
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/"


def visit(playwright, base, page, ours, slow):
    """One first visit: {painted, usable, after, names}: times in ms, and what was asked for. Requests to other hosts are refused."""
    process = playwright.chromium.launch(executable_path=browser.ensure(), args=[*browser.FLAGS, ALONE])
    context = process.new_context(viewport={"width": 1280, "height": 720}, service_workers="block")
    tab, names = context.new_page(), []
    tab.add_init_script(f"({WATCH})({json.dumps([WIDGET, ours])})")
    tab.add_init_script(ASKED)
    tab.on("response", lambda response: names.append(response.url))
    if slow:
        wire = context.new_cdp_session(tab)
        wire.send("Network.emulateNetworkConditions", SLOW)
        wire.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    tab.goto(base + page)
    tab.wait_for_function("() => window.met.painted && window.met.usable", timeout=60_000)
    tab.wait_for_timeout(1500)
    met, tasks = tab.evaluate("[window.met, window.tasks]")
    own = {name for name in names if name.startswith(base)}
    process.close()
    return {**met, "after": max((long for start, long in tasks if start > met["usable"]), default=0), "names": own}


def weight(base, folder, names):
    """Bytes, packed, of what a visit asked for."""
    return sum(len(_bytes(folder / name.removeprefix(base).partition("?")[0].partition("#")[0])) for name in names)


def press(playwright, base, page):
    """Milliseconds from a press on Next step to the next paint: median and 95th percentile of 120."""
    process = playwright.chromium.launch(executable_path=browser.ensure(), args=browser.FLAGS)
    tab = process.new_page()
    tab.add_init_script(ASKED)
    tab.goto(base + page, wait_until="networkidle")
    taken = tab.evaluate(PRESS)
    process.close()
    return statistics.median(taken), statistics.quantiles(taken, n=20)[-1]


def main(folder=ROOT / ".playground" / "site"):
    """Print the comparison."""
    ours, folder = serve(SITE), Path(folder)
    sites = {page: (ours, page, SITE) for page in PAGES}
    if (folder / PEER).is_file():
        sites["TensorFlow Playground"] = (serve(folder), PEER, folder)
    else:
        print(f"TensorFlow Playground: not measured, there is no {folder / PEER}")
    with sync_playwright() as playwright:
        for slow in (False, True):
            print("processor four times slower, 1.6 Mbit/s, 150 ms:" if slow else "full speed:")
            visits = {name: [] for name in sites}
            for _ in range(REPEAT):
                for name, (base, page, place) in sites.items():
                    visits[name].append(visit(playwright, base, page, place == SITE, slow))
            for name, (base, _, place) in sites.items():
                told(name, visits[name], weight(base, place, visits[name][0]["names"]))
        median, worst = press(playwright, ours, PAGES[1])
        print(f"from a press on Next step to the next paint: {median:.0f} ms median, {worst:.0f} ms at the 95th percentile")
    for page in ("book/backward/step_04_dz2_db2.html", "book/ideas/problem.html"):
        taken = {pointed: [untouched.report(SITE, page, TURN % pointed) for _ in range(5)] for pointed in ("true", "false")}
        print(f"from a press on the link in {page} until the next page is painted: {statistics.median(taken['true']):.0f} ms drawn ahead, "
              f"{statistics.median(taken['false']):.0f} ms not")


def told(name, visits, size):
    """One line of the comparison."""
    painted, usable, after = (statistics.median(one[key] for one in visits) for key in ("painted", "usable", "after"))
    print(f"  {name:36} {size / 1000:4.0f} kB, {len(visits[0]['names']):2} requests; painted {painted:5.0f} ms, usable {usable:5.0f} ms, "
          f"longest task after it {after:3.0f} ms")


if __name__ == "__main__":
    main(*sys.argv[1:])
