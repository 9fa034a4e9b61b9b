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
import os
import re
import subprocess
import sys
import tempfile
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


class Builder:
    """Builds the site: what has changed are pages, or anything.

    For pages a process stands ready that has imported all that a build needs, which takes half of its time; each build is a fork of that
    one. It ends, and another begins, when anything else has changed. Where a process cannot fork, a new one does everything.
    """

    READY = """
import importlib, json, os, sys
for name in json.loads(sys.argv[1]):
    importlib.import_module(name)
from jupyter_book.cli.main import main
for line in sys.stdin:
    arguments, out = json.loads(line)
    child = os.fork()
    if child == 0:
        file = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(file, 1), os.dup2(file, 2)
        sys.argv = ["jupyter-book", *arguments]
        try:
            code = main() or 0
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        except BaseException:
            import traceback
            traceback.print_exc()
            code = 1
        sys.stdout.flush(), sys.stderr.flush()
        os._exit(code)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
    IMPORTED = ("jupyter_book.cli.main", "jupyter_book.sphinx", "sphinx.builders.html", "sphinx.writers.html5", "myst_nb.sphinx_ext",
                "sphinx_book_theme", "sphinx_design", "sphinx_exercise", "sphinx_external_toc", "sphinx_togglebutton",
                "sphinx_copybutton", "sphinxcontrib.bibtex", "sphinxext.opengraph", "fourteen_steps")

    def __init__(self, root=ROOT):
        self.root = root
        self.process = None

    def __call__(self, changed):
        """Build after these sources have changed; what a build complains of is shown."""
        pages = all(map(is_a_page, changed))
        print(f"{', '.join(sorted(changed)[:3])}: building {'it' if pages else 'all pages'} …", flush=True)
        start = time.monotonic()
        arguments = ["build", "-q", "-W", "--keep-going", *([] if pages else ["--all"]), str(self.root)]
        code, said = self.forked(arguments) if pages and hasattr(os, "fork") else self.new(arguments)
        if code:
            print("\n".join(re.findall(r"^.*(?:WARNING|ERROR).*$", said, re.M) or said.splitlines()[-15:]))
        print(f"{'with complaints' if code else 'done'} after {time.monotonic() - start:.1f} s", flush=True)
        if not pages:
            self.end()
        self.stand_ready()

    def new(self, arguments):
        """(exit code, what it said) of a build in a process of its own."""
        command = [Path(sys.executable).with_name("jupyter-book"), *arguments]
        done = subprocess.run(command, cwd=self.root, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
        return done.returncode, done.stderr

    def forked(self, arguments):
        """The same, from the process that stands ready."""
        self.stand_ready()
        with tempfile.TemporaryDirectory() as folder:
            said = Path(folder) / "said.txt"
            self.process.stdin.write(json.dumps([arguments, str(said)]) + "\n")
            self.process.stdin.flush()
            code = self.process.stdout.readline()
            text = said.read_text("utf8", "replace") if said.is_file() else ""
        if code:
            return int(code), text
        self.end()  # it has ended by itself: a build in a process of its own says why
        return self.new(arguments)

    def stand_ready(self):
        """A process begins to import, if there is none."""
        if hasattr(os, "fork") and (self.process is None or self.process.poll() is not None):
            path = os.pathsep.join([str(self.root), str(self.root / "book" / "_ext"), *filter(None, [os.environ.get("PYTHONPATH")])])
            self.process = subprocess.Popen([sys.executable, "-c", self.READY, json.dumps(self.IMPORTED)], cwd=self.root, text=True,
                                            env={**os.environ, "PYTHONPATH": path}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                            start_new_session=True)  # Ctrl-C ends it by its stdin, without a traceback

    def end(self):
        """No process stands ready any more."""
        if self.process:
            self.process.stdin.close()
            self.process.wait()
            self.process.stdout.close()
            self.process = None


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


def watch(changes, root=ROOT, build=None):
    """For ever: build what has been saved, tell what has been built."""
    build = build or Builder(root)
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
