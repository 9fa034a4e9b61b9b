"""Script time of a frame while the stage moves, at 8 hidden neurons: the budget is 8 ms.

    make book && python benchmarks/frames.py

On the built site a StepExplorer and a TrainingExplorer with 8 hidden neurons play; every callback of requestAnimationFrame is timed, with the
style and layout that it asks for. Prints the median, the 95th percentile and the longest of them, and how much of the budget that is.
"""
import functools
import http.server
import statistics
import sys
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright

from nnlib import AND, Parameters, links

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "_build" / "html"
sys.path[:0] = [str(ROOT / "tools")]
import browser  # noqa: E402  tools/ is put on the path above

BUDGET = 8  # milliseconds
NEURONS = 8
PAGES = {"StepExplorer": "forward/feedforward", "TrainingExplorer": "training/training"}
# a callback's time ends after the microtasks that it has asked for: a widget draws in one
TIMED = """() => { window.frames_taken = []; const ask = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (action) => ask((now) => { const start = performance.now(); action(now);
      queueMicrotask(() => window.frames_taken.push(performance.now() - start)); }); }"""
PLAYED = {"StepExplorer": 38_000, "TrainingExplorer": 8_000}  # milliseconds: all nineteen stops, and some hundred frames of training


def state():
    """What leads a StepExplorer to a network of 8 hidden neurons and the four rows of AND."""
    parameters = {name: value.tolist() for name, value in Parameters.random(7, hidden=NEURONS)._asdict().items()}
    return {"step": "F1", "epoch": 0, "parameters": parameters, "examples": {"name": "AND", "x": AND.x.tolist(), "y": AND.y.tolist()},
            "learning_rate": 0.5, "hidden": "sigmoid", "output": "sigmoid", "predict": False}


def with_eight(tab, name):
    """The widget, with 8 hidden neurons."""
    widget = tab.locator(f"section[data-widget={name}]").first
    widget.wait_for()
    if name == "TrainingExplorer":
        widget.get_by_label("hidden neurons", exact=True).select_option(str(NEURONS))
    shown = widget.evaluate("(w) => new Set([...w.querySelectorAll('[data-weight^=\"w1 \"]')].map((e) => e.dataset.weight.split(' ')[2])).size")
    folded = widget.locator(".fs-fold", has_text=f"of {NEURONS}").count()
    if shown != NEURONS and not folded:
        raise SystemExit(f"{name}: expected {NEURONS} hidden neurons, got {shown}")
    return widget


def frames(tab, name):
    """While a widget plays: the milliseconds of script in each frame, and the processor's time a frame: script, layout, style.

    The latter do not count what others did meanwhile. An error where it did not move.
    """
    widget = with_eight(tab, name)
    before = widget.evaluate("(w) => w.dataset.step + w.dataset.epoch")
    clock = tab.context.new_cdp_session(tab)
    clock.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent():
        found = {one["name"]: one["value"] for one in clock.send("Performance.getMetrics")["metrics"]}
        return [1000 * found[f"{what}Duration"] for what in ("Script", "Layout", "RecalcStyle")]

    tab.evaluate("window.frames_taken.length = 0")
    start = spent()
    widget.get_by_role("button", name="Play", exact=True).click()
    tab.wait_for_timeout(PLAYED[name])
    taken = tab.evaluate("window.frames_taken")
    cpu = [(now - before) / max(1, len(taken)) for before, now in zip(start, spent(), strict=True)]
    widget.get_by_role("button", name="Pause", exact=True).click()
    if widget.evaluate("(w) => w.dataset.step + w.dataset.epoch") == before or len(taken) < 20:
        raise SystemExit(f"{name}: expected it to move for some seconds, got {len(taken)} frames")
    return taken, cpu


def main():
    """Print each widget's frames beside the budget."""
    if not SITE.is_dir():
        raise SystemExit(f"expected the built site in {SITE}, got nothing: make book")
    with sync_playwright() as playwright:
        handler = type("Quiet", (http.server.SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(SITE)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        process = playwright.chromium.launch(executable_path=browser.ensure(), args=browser.FLAGS)
        tab = process.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="no-preference")
        tab.add_init_script(f"({TIMED})()")
        for name, page in PAGES.items():
            site, file = f"http://127.0.0.1:{server.server_port}/", f"book/{page}.html"
            tab.goto(links.address(site, file, name, state()) if name == "StepExplorer" else site + file)
            taken, cpu = frames(tab, name)
            middle, high, most = statistics.median(taken), statistics.quantiles(taken, n=20)[-1], max(taken)
            over = sum(one > BUDGET for one in taken) / len(taken)
            print(f"{name + ':':17} {len(taken)} frames, of the processor {cpu[0]:.1f} ms script, {cpu[1]:.1f} ms layout, {cpu[2]:.1f} ms style each; by the clock {middle:.1f} ms median, {high:.1f} ms at the 95th percentile, {most:.1f} ms at most; "
                  f"{high / BUDGET:.2f} × the budget of {BUDGET} ms, {over:.1%} of the frames above it")
        process.close()
        server.shutdown()


if __name__ == "__main__":
    main()
