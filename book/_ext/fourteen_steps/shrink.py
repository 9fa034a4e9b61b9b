"""Scripts and styles as short as they go: no comments, no blanks, short names inside of functions."""
import functools

import lightningcss
import minify


@functools.cache
def script(text):
    """A script that does the same in fewer letters; names that another script may use stay."""
    return minify.string("application/javascript", text)


@functools.cache
def styles(text, unused=frozenset()):
    """A style sheet that says the same in fewer letters, without the rules that need one of these classes."""
    return lightningcss.process_stylesheet(text, filename="styles.css", unused_symbols=set(unused), minify=True)
