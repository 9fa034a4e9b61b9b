"""Scripts without comments, styles without comments and blanks.

Nothing in a script is rewritten, only what a parser knows as a comment goes. Minifiers that do more were tried: tdewolff's (2.24.12) lost
parameters that only the default of an inner function speaks of, rjsmin (1.3.0) took blanks out of a text inside of a text.
"""
import functools

import lightningcss
import tree_sitter
import tree_sitter_javascript

LANGUAGE = tree_sitter.Language(tree_sitter_javascript.language())
COMMENTS = tree_sitter.Query(LANGUAGE, "(comment) @comment")


@functools.cache
def script(text):
    """A script without its comments; a line that held nothing else goes with them."""
    source = text.encode()
    found = tree_sitter.QueryCursor(COMMENTS).captures(tree_sitter.Parser(LANGUAGE).parse(source).root_node)
    for comment in sorted(found.get("comment", []), key=lambda node: -node.start_byte):
        start, end = comment.start_byte, comment.end_byte
        line = source.rfind(b"\n", 0, start) + 1
        if not source[line:start].strip() and source[end:end + 1] in (b"\n", b""):
            start, end = line, end + 1
        source = source[:start] + source[end:]
    return source.decode()


@functools.cache
def styles(text, unused=frozenset()):
    """A style sheet that says the same in fewer letters, without the rules that need one of these classes."""
    return lightningcss.process_stylesheet(text, filename="styles.css", unused_symbols=set(unused), minify=True)
