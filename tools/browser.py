"""Find a browser for the tests: an installed Chromium, Chrome or Edge; else Playwright's own; else Debian's.

    python tools/browser.py        prints the browser's path; where there is none, says what to install and fails

Playwright's own is downloaded, Debian's is installed with apt-get where one is root or `sudo -n` works. Both only if no browser is there.
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
PATIENCE = 300  # seconds for a download; a network that swallows requests would otherwise hold the tests for ever
MISSING = ("No browser for the tests was found and none could be brought. Install Chromium, Chrome or Edge "
           "(on Debian or Ubuntu: sudo apt-get install chromium) and run the command again.")


def find():
    """The path of a browser that is there, or None."""
    installed = next(filter(None, map(shutil.which, NAMES)), None) or next((p for p in PLACES if Path(p).is_file()), None)
    return installed or _own()


def _own():
    """The path of Playwright's own browser if it has been downloaded, or None."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).is_file() else None


def ensure(run=subprocess.run):
    """The path of a browser, bringing one if need be; SystemExit with one line if there is no way."""
    for bring in (None, _download, _install):
        if bring:
            bring(run)
        path = find()
        if path:
            return path
    return sys.exit(MISSING)


def _download(run):
    _quietly(run, [sys.executable, "-m", "playwright", "install", "chromium"])


def _install(run):
    """Debian's chromium, where there is apt-get and the right to use it without a question."""
    if not shutil.which("apt-get"):
        return
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        before = []
    elif shutil.which("sudo") and _quietly(run, ["sudo", "-n", "true"]):
        before = ["sudo", "-n"]
    else:
        return
    print("Installing Debian's chromium for the tests …", file=sys.stderr)
    _quietly(run, [*before, "apt-get", "update", "-qq"])
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
    _quietly(run, [*before, "env", "DEBIAN_FRONTEND=noninteractive", *install])


def _quietly(run, command):
    """Run a command that may fail; whether it did not."""
    try:
        nothing = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return run(command, **nothing, timeout=PATIENCE).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


if __name__ == "__main__":
    print(ensure())
