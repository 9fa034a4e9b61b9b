"""Scripts and styles without comments and blanks.

Names in scripts stay as they are, and nothing is rewritten: a minifier that does more (tdewolff's, 2.24.12) lost parameters that only the
default of an inner function speaks of.
"""
import functools

import lightningcss
import rjsmin


@functools.cache
def script(text):
    """A script that does the same in fewer letters."""
    return rjsmin.jsmin(text)


@functools.cache
def styles(text, unused=frozenset()):
    """A style sheet that says the same in fewer letters, without the rules that need one of these classes."""
    return lightningcss.process_stylesheet(text, filename="styles.css", unused_symbols=set(unused), minify=True)
