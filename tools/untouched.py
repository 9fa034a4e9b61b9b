"""A browser that nobody drives: a site's pages bring a script along that acts and reports. What a driver's connection switches off, such as
drawing a page ahead, happens only so."""
import contextlib
import functools
import http.server
import json
import queue
import subprocess
import tempfile
import threading

import browser  # beside this file

REPORT, DRIVER = "/report", "/driver.js"


class _Handler(http.server.SimpleHTTPRequestHandler):
    """The files of a folder; each page asks for the driver's script, too, and what that reports is kept."""

    def __init__(self, *given, driver, reports, **options):
        self.driver, self.reports = driver, reports
        super().__init__(*given, **options)

    def do_GET(self):
        if self.path == DRIVER:
            self.send(self.driver, "text/javascript")
        elif self.path.partition("?")[0].endswith(".html"):
            with open(self.translate_path(self.path), encoding="utf8") as file:
                self.send(file.read().replace("</body>", f'<script src="{DRIVER}"></script></body>'), "text/html")
        else:
            super().do_GET()

    def do_POST(self):
        self.reports.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send("", "text/plain")

    def send(self, text, kind):
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=60")
        self.end_headers()
        with contextlib.suppress(ConnectionError):  # a browser that has been ended
            self.wfile.write(body)

    def log_message(self, *args):
        pass


def report(site, page, driver, patience=60):
    """What the driver's script, which each page runs, reports first: a JSON value posted to REPORT. queue.Empty if nothing comes."""
    reports = queue.Queue()
    handler = functools.partial(_Handler, directory=str(site), driver=driver, reports=reports)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.handle_error = lambda *given: None
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        flags = [flag for flag in browser.FLAGS if "background" not in flag]  # without networking in the background nothing is drawn ahead
        process = subprocess.Popen([browser.ensure(), "--headless=new", "--window-size=1280,720", f"--user-data-dir={profile}", *flags,
                                    f"http://127.0.0.1:{server.server_port}/{page}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            return reports.get(timeout=patience)
        finally:
            process.terminate()
            process.wait()
            server.shutdown()
