"""Scripts and styles that say the same in fewer letters.

Scripts go through Terser, in the V8 that prerenders the formulas. Smaller minifiers were tried first: tdewolff's (2.24.12) lost parameters
that only the default of an inner function speaks of, rjsmin (1.3.0) took blanks out of a text inside of a text. Terser needs seconds for
all of the scripts, so what it made is kept outside of the tree, by the checksum of the script and of Terser itself.
"""
import functools
import json
import os
from pathlib import Path

import lightningcss
from py_mini_racer import MiniRacer
from pyodide_files import cache

from fourteen_steps.named import digest

TERSER = Path(__file__).parents[1] / "vendor" / "terser" / "terser.min.js"
# What stands outside of every function keeps its name: the scripts of a page speak of each other.
OPTIONS = {"compress": {"passes": 2}, "mangle": True, "ecma": 2020}


@functools.cache
def _terser():
    engine = MiniRacer()
    engine.eval(f"globalThis.sourceMap = {{}};\n{TERSER.read_text('utf8')}")  # maps of sources, which nobody asks for
    return engine


@functools.cache
def _kind():
    """What stands for how a script is made short: another Terser or other options, and nothing that was kept is used."""
    return digest(TERSER.read_bytes() + json.dumps(OPTIONS).encode())


@functools.cache
def script(text):
    """A script that does the same in fewer letters; one that cannot be read is an error of the build."""
    kept = cache().parent / f"scripts-{_kind()}" / f"{digest(text.encode())}.js"
    if kept.is_file():
        return kept.read_text("utf8")
    short = _terser().eval(f"Terser.minify_sync({json.dumps(text)}, {json.dumps(OPTIONS)}).code")
    kept.parent.mkdir(parents=True, exist_ok=True)
    half = kept.with_suffix(f".{os.getpid()}")
    half.write_text(short, "utf8")
    half.replace(kept)  # whole or not at all, for another build that looks at the same time
    return short


@functools.cache
def styles(text, unused=frozenset()):
    """A style sheet that says the same in fewer letters, without the rules that need one of these classes."""
    return lightningcss.process_stylesheet(text, filename="styles.css", unused_symbols=set(unused), minify=True)
