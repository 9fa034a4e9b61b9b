"""Python in the page: the time from the first press to the first result, of later cells, and the longest time that the page stood still.

    python benchmarks/live.py        over http from localhost, and from file://; median of 3, a fresh profile each time

The budget is 10 s for the first result and 0.3 s for a later one.
"""
import functools
import http.server
import statistics
import sys
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "_build" / "html"
sys.path[:0] = [str(ROOT / "tools")]
import browser  # noqa: E402  tools/ is put on the path above

PAGE, CELLS = "book/training/training.html", ["cell-02", "cell-04", "cell-06", "cell-10", "cell-12"]
BEAT = """() => { window.longest = 0; let last = performance.now(); setInterval(() => { const now = performance.now();
    window.longest = Math.max(window.longest, now - last); last = now; }, 5); }"""
PRESS = """(id) => new Promise((done) => { const start = performance.now();
    const look = () => { const { state } = document.querySelector(`[data-cell="${id}"]`).dataset;
      if (state === "current" || state === "failed") done((performance.now() - start) / 1000); else setTimeout(look, 5); };
    document.querySelector(`[data-cell="${id}"] .fs-run button`).click(); look(); })"""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


def measure(process, base):
    """Seconds to the first result, the median of later ones, and the longest gap between two beats of the page in ms."""
    context = process.new_context()
    tab = context.new_page()
    tab.goto(base + PAGE)
    tab.evaluate(BEAT)
    first, *later = [tab.evaluate(PRESS, name) for name in CELLS]
    longest = tab.evaluate("window.longest")
    context.close()
    return first, statistics.median(later), longest


def main():
    """Print one line for each way to open the page."""
    handler = functools.partial(_Quiet, directory=str(SITE))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        process = playwright.chromium.launch(executable_path=browser.ensure(), args=browser.FLAGS)
        for name, base in (("http", f"http://127.0.0.1:{server.server_port}/"), ("file", SITE.as_uri() + "/")):
            first, later, longest = (statistics.median(column) for column in zip(*(measure(process, base) for _ in range(3)), strict=True))
            print(f"{name}: first result {first:.1f} s, a later cell {later * 1000:.0f} ms, the page stood still for {longest:.0f} ms at most")
        process.close()
        server.shutdown()


if __name__ == "__main__":
    if not (SITE / "_static" / "python").is_dir():
        sys.exit("the book was built without Python for its pages: make book")
    main()
