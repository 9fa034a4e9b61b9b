"""Find a browser for the tests: an installed Chromium, Chrome or Edge, else Playwright's own, downloaded where that is possible.

    python tools/browser.py        prints the browser's path; where there is none, says what to install and fails
"""
import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "microsoft-edge-stable",
         "chrome", "msedge")
PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    *(os.path.join(os.environ.get(folder, ""), program) for folder in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
      for program in (r"Google\Chrome\Application\chrome.exe", r"Microsoft\Edge\Application\msedge.exe")),
)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]
MISSING = ("No browser for the tests was found and none could be downloaded. Install Chromium, Chrome or Edge "
           "(on Debian or Ubuntu: sudo apt-get install chromium) and run the command again.")


def find():
    """The path of a browser that is there, or None."""
    from playwright.sync_api import sync_playwright

    installed = next(filter(None, map(shutil.which, NAMES)), None) or next((p for p in PLACES if Path(p).is_file()), None)
    if installed:
        return installed
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).is_file() else None


def ensure():
    """The path of a browser, downloading one if need be; SystemExit with one line if there is no way."""
    path = find()
    if path is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        path = find()
    return path or sys.exit(MISSING)


if __name__ == "__main__":
    print(ensure())
