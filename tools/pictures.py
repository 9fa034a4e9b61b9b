"""Eight pages of two builds of the site in three widths, compared by their pixels: what a change of bytes may not change.

    python tools/pictures.py BEFORE AFTER [FOLDER]   two sites (_build/html); where they differ, both pictures go to FOLDER

Prints for each page and width how many pixels differ by more than a hair. Animations are ended, and what moves by itself stands still.
"""
import functools
import http.server
import io
import sys
import threading
from pathlib import Path

import browser  # beside this file
import numpy as np
from PIL import Image
from playwright.sync_api import sync_playwright

PAGES = ("book/index.html", "book/backward/step_05_dE_dw2.html", "book/training/training.html", "book/training/bug_lab.html",
         "book/ideas/terms.html", "book/beyond/digits.html", "book/reference/conventions.html", "book/backward/chain_rule.html")
WIDTHS = (360, 768, 1280)
HAIR = 8  # of 255: a difference of a colour that nobody sees


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


def served(site):
    """The address of a site, served on this machine until the program ends."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/"


def picture(chromium, address, width, scheme):
    """A whole page as an array of colours, once its widgets and fonts are there."""
    context = chromium.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce", color_scheme=scheme)
    tab = context.new_page()
    tab.goto(address, wait_until="networkidle")
    tab.evaluate("async () => { await globalThis.fsWidgets?.(); await document.fonts.ready; }")
    tab.wait_for_timeout(300)
    found = np.asarray(Image.open(io.BytesIO(tab.screenshot(full_page=True, animations="disabled"))).convert("RGB"), int)
    context.close()
    return found


def main(before, after, folder="pictures"):
    """Print the comparison; 1 where a picture differs."""
    different = 0
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.ensure(), args=browser.FLAGS)
        sites = served(before), served(after)
        for page in PAGES:
            for width in WIDTHS:
                scheme = "dark" if width == WIDTHS[1] else "light"
                one, two = (picture(chromium, site + page, width, scheme) for site in sites)
                count = int((abs(one - two).max(2) > HAIR).sum()) if one.shape == two.shape else None
                told = "the same" if count == 0 else f"{count} pixels" if count else f"size {one.shape[:2]} → {two.shape[:2]}"
                print(f"{page:45} {width:5} {scheme:6} {told}", flush=True)
                if count != 0:
                    different += 1
                    Path(folder).mkdir(parents=True, exist_ok=True)
                    for name, colours in (("before", one), ("after", two)):
                        Image.fromarray(colours.astype("uint8")).save(Path(folder) / f"{Path(page).stem}_{width}_{name}.png")
        chromium.close()
    return int(different > 0)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
