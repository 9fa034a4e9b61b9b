"""The glossary's terms, where they are used: the first use on a page leads there."""
import html
import re

from docutils import nodes

GLOSSARY = "book/reference/glossary"
ENTRIES = re.compile(r"(?:^\S[^\n]*\n: [^\n]+\n(?:\n|\Z))+", re.M)


def make(app, name, source):
    """On source-read: the page's list of definitions, shown as one in JupyterLab, becomes Sphinx's glossary, with a place for each term."""
    if name == GLOSSARY:
        source[0] = ENTRIES.sub(_directive, source[0])


def _directive(found):
    entries = found[0].rstrip().replace("\n: ", "\n  ")
    return f":::{{glossary}}\n{entries}\n:::\n"


def _definitions(app):
    """The glossary: each term in lower case, its id on the page and the first sentence of its definition."""
    if not hasattr(app, "fourteen_steps_terms"):
        terms = {}
        for item in app.env.get_doctree(GLOSSARY).findall(nodes.definition_list_item):
            definition = item.next_node(nodes.definition).astext().replace("\n", " ")
            for term in item.findall(nodes.term):
                terms[term.astext().lower()] = (term["ids"][0], definition)
        app.fourteen_steps_terms = terms
    return app.fourteen_steps_terms


def link_terms(app, doctree, docname):
    """The first use of each term on a page leads to the glossary, and shows its definition when pointed at or reached by keyboard."""
    if docname == GLOSSARY or docname.endswith("index"):
        return
    terms = dict(_definitions(app))
    for paragraph in list(doctree.findall(nodes.paragraph)):
        if not isinstance(paragraph.parent, nodes.section | nodes.list_item):
            continue
        for text in [t for t in paragraph.findall(nodes.Text) if isinstance(t.parent, nodes.paragraph | nodes.strong | nodes.emphasis)]:
            if not terms:
                return
            pattern = r"\b(" + "|".join(sorted(map(re.escape, terms), key=len, reverse=True)) + r")(s|es)?\b"
            found = re.search(pattern, text.astext(), re.I)
            if not found:
                continue
            anchor, definition = terms.pop(found[1].lower())
            address = app.builder.get_relative_uri(docname, GLOSSARY) + "#" + anchor
            word = html.escape(found[0])
            link = f'<a class="fs-term" href="{address}" data-definition="{html.escape(definition)}">{word}</a>'
            whole = text.astext()
            pieces = [nodes.Text(whole[:found.start()]), nodes.raw("", link, format="html"), nodes.Text(whole[found.end():])]
            text.parent.replace(text, [piece for piece in pieces if piece.astext()])
