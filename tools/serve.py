"""Serve the built site on this machine; a source that is saved is built, and the browser shows the page anew.

    python tools/serve.py               watches the sources and builds what has changed
    python tools/serve.py --as-it-is    the site as a server in the world has it: nothing is watched, and it can be kept offline

What reloads a page is added when it is served, and no part of what is built. Tools that do the same (sphinx-autobuild) call Sphinx past
jupyter-book, and their script stands on the page, where the book's policy refuses it.
"""
import argparse
import functools
import http.server
import json
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "_build" / "html"
WORKER = "offline-worker.js"  # a build writes it last, and it names every file with its checksum
WATCHED = ("book", "nnlib", "_config.yml", "_toc.yml", "CHANGELOG.md", "CITATION.cff")
SOURCES = {".bib", ".cff", ".css", ".html", ".ipynb", ".js", ".json", ".md", ".py", ".svg", ".txt", ".yml"}
LEFT_OUT = {"_generated", "__pycache__", ".ipynb_checkpoints"}
PAUSE = 0.3  # seconds between two looks at the files
PATIENCE = 10  # seconds after which a silent connection is tried
SCRIPT = """
const { serviceWorker } = navigator;
serviceWorker?.getRegistrations().then((all) => all.forEach((one) => one.unregister()));
Object.defineProperty(navigator, "serviceWorker", { value: undefined }); // nothing is kept of what is being written
new EventSource("/-/changes").onmessage = ({ data }) => {
  const page = decodeURI(location.pathname.slice(1)).replace(/(^|\\/)$/, "$1index.html");
  const shared = (name) => !name.endsWith(".html") && name !== "searchindex.js";
  if (JSON.parse(data).some((name) => name === page || shared(name))) location.reload();
};
"""
GOODBYE = """
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil((async () => {
  await registration.unregister();
  for (const window of await clients.matchAll()) window.navigate(window.url);
})()));
"""


def sources(root):
    """When each source was last changed: {path from the root: time}."""
    found = {}
    for part in WATCHED:
        for path in ((root / part).rglob("*") if (root / part).is_dir() else [root / part]):
            if path.suffix in SOURCES and not LEFT_OUT.intersection(path.parts) and path.is_file():
                found[path.relative_to(root).as_posix()] = path.stat().st_mtime_ns
    return found


def is_a_page(name):
    """Whether a source is a page's own; anything else may change every page."""
    return name.startswith("book/") and not name.startswith("book/_ext/") and name.endswith((".ipynb", ".md"))


def build(changed):
    """Build the site after these sources have changed; what it complains of is shown."""
    every = [] if all(map(is_a_page, changed)) else ["--all"]
    command = [Path(sys.executable).with_name("jupyter-book"), "build", "-q", "-W", "--keep-going", *every, ROOT]
    print(f"{', '.join(sorted(changed)[:3])}: building {'all pages' if every else 'it'} …", flush=True)
    start = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        print("\n".join(re.findall(r"^.*(?:WARNING|ERROR).*$", done.stderr, re.M) or done.stderr.splitlines()[-15:]))
    print(f"{'with complaints' if done.returncode else 'done'} after {time.monotonic() - start:.1f} s", flush=True)


def built(site):
    """The checksum of each file of the book that was built, by name; empty while there is none."""
    try:
        first = (site / WORKER).read_text("utf8").partition("\n")[0]
        return json.loads(first.removeprefix("const PARTS = ").rstrip(";"))["book"]["files"]
    except (OSError, ValueError):
        return {}


class Changes:
    """What has changed in the built site, for every page that listens."""

    def __init__(self, site):
        self.site = site
        self.known = built(site)
        self.news = threading.Condition()
        self.last = (0, [])

    def look(self):
        """Tell who waits, if a build has changed anything."""
        now = built(self.site)
        changed = [name for name in {*now, *self.known} if now.get(name) != self.known.get(name)]
        if not now or not changed:
            return
        with self.news:
            self.known, self.last = now, (self.last[0] + 1, sorted(changed))
            self.news.notify_all()

    def after(self, number):
        """(number, names) of the next change after that number; None when there was none for a while."""
        with self.news:
            self.news.wait_for(lambda: self.last[0] > number, PATIENCE)
            return self.last if self.last[0] > number else None


class Server(http.server.SimpleHTTPRequestHandler):
    """Files as they are built, pages with one script more."""

    def __init__(self, *arguments, changes, **named):
        self.changes = changes
        super().__init__(*arguments, directory=str(changes.site), **named)

    def do_GET(self):
        """A file, or one of the addresses that only this server has."""
        path = self.path.partition("?")[0]
        file = Path(self.translate_path(path))
        if path == "/-/changes":
            self.tell()
        elif path in ("/-/reload.js", f"/{WORKER}"):
            self.give(SCRIPT if path == "/-/reload.js" else GOODBYE, "text/javascript")
        elif (page := file / "index.html" if path.endswith("/") else file).suffix == ".html" and page.is_file():
            self.give(with_script(page.read_text("utf8")), "text/html; charset=utf-8")
        else:
            super().do_GET()

    def give(self, text, kind):
        """A text as the answer."""
        content = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def tell(self):
        """Every change, until the page is gone."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        number = self.changes.last[0]
        try:
            while True:
                found = self.changes.after(number)
                number, text = (found[0], f"data: {json.dumps(found[1])}\n\n") if found else (number, ":\n\n")
                self.wfile.write(text.encode())
        except OSError:
            pass  # the page is gone

    def end_headers(self):
        """Nothing is kept by the browser."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *arguments):
        """Only what is built is told."""


def with_script(page):
    """A page with the script that reloads it, before its others and behind its policy."""
    return re.sub(r"(<meta charset[^>]*>)", r'\1<script src="/-/reload.js"></script>', page, count=1)


def watch(changes, root=ROOT, build=build):
    """For ever: build what has been saved, tell what has been built."""
    known = sources(root)
    while True:
        changes.look()
        time.sleep(PAUSE)
        now = sources(root)
        changed = {name for name in {*now, *known} if now.get(name) != known.get(name)}
        known = now
        if changed:
            build(changed)


def main(arguments=None):
    """Serve until Ctrl-C."""
    parser = argparse.ArgumentParser(description="Serve the built site on this machine.")
    parser.add_argument("--as-it-is", action="store_true", help="as a server in the world does, watching nothing")
    parser.add_argument("--port", type=int, default=8000)
    given = parser.parse_args(arguments)
    if given.as_it_is:
        handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(SITE))
    else:
        changes = Changes(SITE)
        handler = functools.partial(Server, changes=changes)
        threading.Thread(target=watch, args=(changes,), daemon=True).start()
    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", given.port), handler)
    except OSError as error:
        sys.exit(f"Port {given.port}: {error.strerror}. Another one: --port {given.port + 1}")
    with server:
        print(f"http://localhost:{server.server_port}/   (Ctrl-C ends it)", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    main()
