"""A page with three widgets: our way and the default way (html-manager, served locally), side by side in one run.

    python benchmarks/page.py        the peer needs npm for two packages; without npm only our page is measured

Prints gzip bytes, requests, and the time until the last widget is drawn (median of 7, fresh browser profile each time), then the
time from a press on "Next step" to the next paint.
"""
import functools
import gzip
import http.server
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tools")]
import browser  # noqa: E402  tools/ is put on the path above

CELLS = ["from nnlib.widgets import StepExplorer\nStepExplorer()", "StepExplorer(step=5)", "StepExplorer(step=12, examples='AND')"]
DRAWN = """() => { window.drawn = null; const look = () => { if (window.drawn === null && document.querySelectorAll('[data-widget=StepExplorer] [data-stop="14"]').length >= 3)
    window.drawn = performance.now(); requestAnimationFrame(look); }; look(); }"""
PEERS = {"html-manager": "@jupyter-widgets/html-manager@1.0.14", "anywidget": "anywidget@0.11.0", "requirejs": "requirejs@2.3.7"}


def notebook():
    """Three widgets, executed, with the widgets' state stored as the default way needs it."""
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Three widgets"), *map(nbformat.v4.new_code_cell, CELLS)])
    nb.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    NotebookClient(nb, kernel_name="python3").execute()
    return nb


def build(folder, config):
    """Build a one-page book in folder."""
    (folder / "_toc.yml").write_text("format: jb-book\nroot: page\n")
    (folder / "_config.yml").write_text(config)
    subprocess.run([Path(sys.executable).parent / "jupyter-book", "build", "-q", str(folder)], check=True, capture_output=True)
    return folder / "_build" / "html"


def our_site(folder, nb):
    """The page as this repository builds it."""
    text = (ROOT / "_config.yml").read_text("utf8").replace("book/_ext", str(ROOT / "book" / "_ext"))
    nb = nbformat.from_dict(nb)
    for cell in nb.cells:
        for output in cell.get("outputs", []):
            output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)
    nb.metadata.pop("widgets", None)
    nbformat.write(nb, folder / "page.ipynb")
    return build(folder, text)


def default_site(folder, nb):
    """The page as Jupyter Book builds it by itself, with html-manager and anywidget from this machine."""
    cdn = folder / "cdn"
    for name, package in PEERS.items():
        target = cdn / name
        target.mkdir(parents=True)
        subprocess.run(["npm", "pack", "--silent", package], cwd=target, check=True, capture_output=True)
        subprocess.run(["tar", "xzf", next(target.glob("*.tgz")).name], cwd=target, check=True)
    nbformat.write(nb, folder / "page.ipynb")
    site = build(folder, "title: peer\nexecute: {execute_notebooks: 'off'}\nsphinx:\n  config:\n    nb_ipywidgets_js:\n"
                 "      /cdn/requirejs/package/require.js: {}\n"
                 "      /cdn/html-manager/package/dist/embed-amd.js: {data-jupyter-widgets-cdn: /cdn/, crossorigin: anonymous}\n")
    shutil.copytree(cdn, site / "cdn", dirs_exist_ok=True)
    return site


class _Handler(http.server.SimpleHTTPRequestHandler):
    def translate_path(self, path):
        if "/anywidget@" in path:  # what html-manager asks a CDN for
            path = "/cdn/anywidget/package/dist/index.js"
        return super().translate_path(path)

    def log_message(self, *args):
        pass


def measure(playwright, site, repeat=7):
    """Bytes, requests, milliseconds to the last of three widgets; requests to other hosts are refused."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}/"
    times, size, count = [], 0, 0
    for attempt in range(repeat):
        process = playwright.chromium.launch(executable_path=browser.ensure(), args=browser.FLAGS)
        tab = process.new_page()
        tab.route(lambda url: not url.startswith((base, "blob:", "data:")), lambda route: route.abort())
        tab.add_init_script(f"({DRAWN})()")
        bodies = []
        tab.on("response", lambda response, bodies=bodies: bodies.append(response))
        tab.goto(base + "page.html")
        tab.wait_for_function("() => window.drawn !== null", timeout=60_000)
        times.append(tab.evaluate("window.drawn"))
        if attempt == 0:
            tab.wait_for_timeout(500)
            ok = [r for r in bodies if r.status == 200 and r.url.startswith(base)]
            size = sum(len(r.body()) if r.url.endswith(("woff", "woff2", "png")) else len(gzip.compress(r.body())) for r in ok)
            count = len(ok)
        latency = step_to_paint(tab) if attempt == repeat - 1 else None
        process.close()
    server.shutdown()
    return size, count, statistics.median(times), latency


def step_to_paint(tab):
    """Milliseconds from a press on Next step to the next paint: median and 95th percentile of 120."""
    samples = tab.evaluate("""async () => { const button = [...document.querySelectorAll('[data-widget=StepExplorer] button')].find(b => b.textContent === 'Next step');
        const taken = []; for (let i = 0; i < 120; i++) { await new Promise(r => setTimeout(r, 30)); const t = performance.now(); button.click();
        await new Promise(r => requestAnimationFrame(() => { const c = new MessageChannel(); c.port1.onmessage = r; c.port2.postMessage(0); }));
        taken.push(performance.now() - t); } return taken; }""")
    return statistics.median(samples), statistics.quantiles(samples, n=20)[-1]


def main():
    """Print the comparison."""
    nb = notebook()
    with tempfile.TemporaryDirectory() as ours, tempfile.TemporaryDirectory() as peer, sync_playwright() as playwright:
        size, count, drawn, (median, worst) = measure(playwright, our_site(Path(ours), nb))
        print(f"our page:     {size / 1000:6.0f} kB gzip, {count} requests, last of three widgets drawn after {drawn:.0f} ms")
        print(f"              from a press to the next paint: {median:.0f} ms median, {worst:.0f} ms at the 95th percentile")
        if not shutil.which("npm"):
            print("default page: not measured, npm is not installed")
            return
        size2, count2, drawn2, _ = measure(playwright, default_site(Path(peer), nb))
        print(f"default page: {size2 / 1000:6.0f} kB gzip, {count2} requests, last of three widgets drawn after {drawn2:.0f} ms")
        print(f"ratios:       {size2 / size:.1f} × the bytes, {drawn2 / drawn:.1f} × the time")


if __name__ == "__main__":
    main()
