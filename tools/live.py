"""Run every cell of every notebook in the page's Python, in a real browser on the built site, and compare with the stored outputs.

    python tools/live.py [PAGE ...]     all pages over http, and a sample of ten from file://; or the named ones, as book/training/training

A second platform for every number: WebAssembly, another NumPy, another matplotlib. Text, formulas and widgets have to be equal. A picture
may be drawn by the other matplotlib, as long as it draws the same: the same words, and the same shapes in the same colours.
"""
import collections
import functools
import html
import http.server
import json
import re
import sys
import threading
from pathlib import Path

import browser as installed
import nbformat
from playwright.sync_api import Error, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "_build" / "html"
sys.path[:0] = [str(ROOT / "book" / "_ext"), str(ROOT / "book" / "_ext" / "live" / "python")]

from fourteen_steps.symbols import colour_symbols  # noqa: E402  # the extension's folder is known from here on
from live_markdown import as_html  # noqa: E402

SAMPLE = 10  # pages from file://
PATIENCE = 600_000  # ms for a page
LISTEN = """globalThis.heard = [];
    globalThis.Worker = class extends Worker {
        constructor(...given) { super(...given); this.addEventListener("message", ({ data }) => heard.push(data)); } };"""
# Pictures that the page's older matplotlib draws with other marks, and why that is so.
KNOWN = {("book/beyond/any_depth", "cell-12"): "matplotlib 3.8 puts other marks on a logarithmic axis"}
SHAPE = re.compile(r"<(path|use|rect|circle|line|polygon|polyline|image)\b([^>]*)>")


def pages():
    """Every page that is a notebook and has code, in the order of the table of contents."""
    names = [ROOT / f"{name}.ipynb" for name in re.findall(r"(?:file|root): (\S+)", (ROOT / "_toc.yml").read_text("utf8"))]
    return [path for path in names if path.is_file() and code_cells(path)]


@functools.cache
def code_cells(path):
    """The code cells of a notebook."""
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def messages_of(tab, address, cells):
    """All cells of a page pressed from the first to the last; what the worker said, by cell."""
    tab.goto(address)
    tab.evaluate("(ids) => { for (const id of ids) document.querySelector(`[data-cell=\"${id}\"] .fs-run button`).click(); }",
                 [cell.id for cell in cells])
    tab.wait_for_function("(count) => heard.filter((m) => m.kind === 'done').length >= count || heard.some((m) => m.kind === 'died')"
                          " || heard.some((m) => m.kind === 'done' && !m.ok)", arg=len(cells), timeout=PATIENCE)
    by_cell, now = {cell.id: [] for cell in cells}, None
    for message in tab.evaluate("heard"):
        if message["kind"] == "begun":
            now = message["id"]
        elif now and message["kind"] in ("stream", "display", "error", "died"):
            by_cell[now].append(message)
    return by_cell


def drawn(text):
    """What a picture draws, whichever matplotlib it was: its words, and its shapes by kind and colour."""
    found = re.findall(r"<text[^>]*>([^<]*)|<!-- (.*?) -->", text)
    words = [html.unescape(word).strip() for pair in found for word in pair if word.strip()]
    inside = re.sub(r"<defs>.*?</defs>", "", text, flags=re.S)
    shapes = collections.Counter((kind, *sorted(re.findall(r"(?:stroke|fill): ?([^;\"]+)", rest))) for kind, rest in SHAPE.findall(inside))
    return sorted(words), shapes, re.findall(r'aria-label="([^"]*)"', text), re.findall(r"<figcaption>(.*?)</figcaption>", text, re.S)


def wanted(cell):
    """What a cell has stored, in the form in which the page's Python tells it: (printed, shown or None)."""
    printed = "".join(o.text for o in cell.outputs if o.output_type == "stream")
    shown = None
    for output in cell.outputs:
        data = output.get("data", {})
        if "text/html" in data:
            shown = ("text/html", data["text/html"])
        elif "text/markdown" in data:
            shown = ("text/html", as_html(data["text/markdown"]))
        elif "text/latex" in data:
            plain = data["text/latex"].strip().strip("$").strip()
            shown = ("text/latex", colour_symbols(plain.replace(r"\begin{matrix}", r"\def\arraystretch{1.35}\begin{matrix}")))
        elif data:
            shown = ("text/plain", data["text/plain"])
    return printed, shown


def difference(cell, messages):
    """None where a cell gives what it has stored; else how it differs, in a few words, and whether that is allowed."""
    failed = next((m for m in messages if m["kind"] in ("error", "died")), None)
    if failed:
        return f"{failed.get('name', 'died')}: {failed['text'][:200]}", False
    printed, shown = wanted(cell)
    text = "".join(m["text"] for m in messages if m["kind"] == "stream")
    if text != printed:
        return f"printed {_first_apart(text, printed)}", False
    values = [(m["mime"], m["data"]) for m in messages if m["kind"] == "display"]
    if "remove-output" in cell.metadata.get("tags", []) or values == ([shown] if shown else []):
        return None
    if shown and len(values) == 1 and "<svg" in shown[1] and drawn(values[0][1]) == drawn(shown[1]):
        return "the same picture, drawn by another matplotlib", True
    got = values[0] if values else ("nothing", "")
    stored = shown or ("nothing", "")
    if "<svg" in stored[1]:
        names = ("words", "shapes", "description", "caption")
        apart = [name for name, a, b in zip(names, drawn(got[1]), drawn(stored[1]), strict=True) if a != b]
        return f"a picture with other {', '.join(apart)}", False
    return f"{stored[0]} {_first_apart(got[1], stored[1])}", False


def _first_apart(got, stored):
    at = next((i for i, (a, b) in enumerate(zip(got, stored, strict=False)) if a != b), min(len(got), len(stored)))
    return f"{got[max(at - 30, 0):at + 40]!r}, stored is {stored[max(at - 30, 0):at + 40]!r}"


def compare(tab, base, path):
    """One page: the differences of its cells as (cell's id, words, allowed)."""
    cells, name = code_cells(path), path.relative_to(ROOT).with_suffix("")
    try:
        by_cell = messages_of(tab, f"{base}{name.as_posix()}.html", cells)
    except Error as error:
        return [("page", str(error).splitlines()[0], False)]
    found = [(cell.id, *apart) for cell in cells if (apart := difference(cell, by_cell[cell.id]))]
    known = {cell: reason for (page, cell), reason in KNOWN.items() if page == name.as_posix()}
    return [(cell, known[cell], True) if cell in known and words.startswith("a picture with other ") else (cell, words, allowed)
            for cell, words, allowed in found]


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


def main(*names):
    """Compare, and list what differs with its reason and count; the exit status."""
    if not (SITE / "_static" / "python").is_dir():
        print("The book was built without Python for its pages: nothing to compare.")
        return 1
    paths = [path for path in pages() if not names or path.relative_to(ROOT).with_suffix("").as_posix() in names]
    sample = paths[::max(1, len(paths) // SAMPLE)][:SAMPLE]
    reasons, wrong, count = collections.Counter(), [], 0
    handler = functools.partial(_Quiet, directory=str(SITE))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        process = playwright.chromium.launch(executable_path=installed.ensure(), args=installed.FLAGS)
        for base, some in ((f"http://127.0.0.1:{server.server_port}/", paths), (SITE.as_uri() + "/", sample)):
            for path in some:
                context = process.new_context()
                context.add_init_script(LISTEN)
                found = compare(context.new_page(), base, path)
                context.close()
                count += len(code_cells(path))
                scheme, name = base.partition(":")[0], path.relative_to(ROOT).with_suffix("").as_posix()
                print(f"{scheme:4} {name}: {len(code_cells(path))} cells", flush=True)
                for cell, words, allowed in found:
                    reasons[words] += allowed
                    if not allowed:
                        wrong.append(f"{scheme} {name} {cell}: {words}")
                        print("  " + wrong[-1], flush=True)
        process.close()
        server.shutdown()
    for reason, times in reasons.items():
        if times:
            print(f"{times} × {reason}")
    print(json.dumps({"cells": count, "differ": len(wrong)}))
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
