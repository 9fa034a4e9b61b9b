"""A content security policy on each page: scripts are this site's files, or those that stood on the page when it was built."""
import base64
import hashlib
import html
import re
from pathlib import Path

SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.S)
META = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n?')
# What the theme writes into its buttons goes through paper.js: a policy without 'unsafe-inline' refuses it where it stands.
HANDLERS = {'onclick="window.print()"': 'data-press="print"', 'onclick="toggleFullScreen()"': 'data-press="fullscreen"'}
# file: is what 'self' means on a page that was opened from a folder; widgets' modules are blobs.
POLICY = ("default-src 'self' file:; script-src 'self' file: blob: {hashes}; worker-src 'self'{workers}; "
          "style-src 'self' file: 'unsafe-inline'; "
          "img-src 'self' file: data: blob:; font-src 'self' file: data:; "
          "connect-src 'self' file: blob:; object-src 'none'; base-uri 'self'")


# Only where a cell can be run: WebAssembly, which is no eval of text, and a worker from a blob beside the site's own (offline.py).
PYTHON = "'wasm-unsafe-eval'"
BLOB = " blob:"


def inline_scripts(page):
    """The text of every script that stands on the page itself and is run, and of the rules for what may be drawn ahead (ahead.js)."""
    for found in SCRIPT.finditer(page):
        attributes = found["attributes"]
        kind = re.search(r'type="([^"]*)"', attributes)
        if "src=" not in attributes and (kind is None or kind[1] in ("text/javascript", "module", "speculationrules")):
            yield found["text"]


def policy(page):
    """The policy of a page, with a checksum for each of its inline scripts."""
    digests = dict.fromkeys(base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in inline_scripts(page))
    sources = [f"'sha256-{digest}'" for digest in digests]
    live = " data-cell=" in page
    return POLICY.format(hashes=" ".join(sources + [PYTHON] * live), workers=BLOB * live).replace(" ;", ";")


def with_policy(page):
    """The page with its policy, before anything that it speaks of."""
    page = META.sub("", page)
    for handler, mark in HANDLERS.items():
        page = page.replace(handler, mark)
    meta = f'<meta http-equiv="Content-Security-Policy" content="{html.escape(policy(page), quote=True)}">\n'
    return re.sub(r"(<head[^>]*>\s*)", lambda head: head[1] + meta, page, count=1)


def write_policies(app, exception):
    """When all pages are written: a policy into each."""
    if exception or app.builder.name != "html":
        return
    for file in Path(app.outdir).rglob("*.html"):
        page = file.read_text("utf8")
        file.write_text(with_policy(page), "utf8")
