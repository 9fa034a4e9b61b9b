"""The widgets' modules in a browser as they stand on disk, unjoined."""
import json

import lint_javascript

from nnlib.widgets.modules import module

NAMES = sorted(lint_javascript.modules())


def test_a_browser_loads_every_module_as_it_stands(tab):
    found = tab.evaluate(f"""async () => {{ const exports = {{}};
        for (const name of {json.dumps(NAMES)}) exports[name] = Object.keys(await import(`/${{name}}`)).sort();
        return exports; }}""")
    assert found == {name: sorted(module(name).exports) for name in NAMES}
