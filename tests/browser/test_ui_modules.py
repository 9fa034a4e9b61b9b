"""The widgets' modules in a browser as they stand on disk, unjoined: what the controls, plots and pictures do by themselves."""
import functools
import http.server
import json
import threading

import lint_javascript
import pytest
from conftest import _Quiet

from nnlib.widgets.modules import HERE, module

NAMES = sorted(lint_javascript.modules())


class _Modules(_Quiet):
    def do_GET(self):
        if self.path != "/":
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!DOCTYPE html><html lang=en><title>modules</title><body></body></html>")


@pytest.fixture(scope="module")
def address():
    """nnlib/widgets on localhost, with an empty page at its root."""
    handler = functools.partial(_Modules, directory=str(HERE))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{httpd.server_port}/"
        httpd.shutdown()


@pytest.fixture
def tab(chromium, address):
    """The empty page."""
    page = chromium.new_page()
    page.set_default_timeout(10_000)
    page.goto(address)
    yield page
    page.close()


def test_a_browser_loads_every_module_as_it_stands(tab):
    found = tab.evaluate(f"""async () => {{ const exports = {{}};
        for (const name of {json.dumps(NAMES)}) exports[name] = Object.keys(await import(`/${{name}}`)).sort();
        return exports; }}""")
    assert found == {name: sorted(module(name).exports) for name in NAMES}
