"""The widgets' JavaScript in V8, without a browser: modules as they stand on disk, put together as a page does it."""
import functools
import json
import re

from py_mini_racer import MiniRacer

from nnlib.widgets.base import modules, source


class Module:
    """The names that a module exports, callable with JSON values."""

    def __init__(self, name):
        text = "\n".join(source(module) for module in modules(name))
        self.engine = MiniRacer()
        self.engine.eval(re.sub(r"^export (default .*)?", "", text, flags=re.M))

    def __call__(self, code, **values):
        names = ", ".join(values)
        arguments = ", ".join(json.dumps(value) for value in values.values())
        return json.loads(self.engine.eval(f"JSON.stringify((({names}) => ({code}))({arguments}))"))


@functools.cache
def engine():
    """engine.js, once for all tests."""
    return Module("engine.js")
