"""Below a page's title: its part, which of the part's pages it is, and how long it takes to read."""
from docutils import nodes
from sphinx.addnodes import toctree
from sphinx_exercise.nodes import exercise_enumerable_node, exercise_node, solution_node

WAY = ("Ideas", "Forward", "Backward", "Training", "Beyond")  # the parts that are read in order; in the others one looks things up
WORDS_A_MINUTE = 180  # slower than a novel: there is something to think about in every sentence
SECONDS_TO_LOOK = 20  # at a formula that stands by itself, a cell of code, a picture or a widget
LEFT_OUT = (exercise_node, exercise_enumerable_node, solution_node, nodes.comment)


def add_reading(app, pagename, templatename, context, doctree):
    """One quiet line, on each page of the way."""
    if doctree is None:
        return
    for part, pages in _parts(app).items():
        if pagename in pages:
            line = f"{part}, page {pages.index(pagename) + 1} of {len(pages)} · about {minutes(doctree)} minutes to read"
            context["body"] = context["body"].replace("</h1>", f'</h1><div class="fs-where">{line}</div>', 1)


def minutes(doctree):
    """How long a page takes to read, its exercises and what only the teacher sees left out; at least two."""
    words = looks = 0
    waiting = [doctree]
    while waiting:
        node = waiting.pop()
        classes = node.get("classes", []) if isinstance(node, nodes.Element) else []
        if isinstance(node, LEFT_OUT) or "notes" in classes:
            continue
        if isinstance(node, nodes.math_block) or "cell" in classes:
            looks += 1
        elif isinstance(node, nodes.Text):
            words += len(node.astext().split())
        else:
            waiting.extend(node.children)
    return max(2, round(words / WORDS_A_MINUTE + looks * SECONDS_TO_LOOK / 60))


def _parts(app):
    """The pages of each part of the way, in order."""
    if not hasattr(app, "fourteen_steps_parts"):
        trees = app.env.get_doctree(app.config.root_doc).findall(toctree)
        app.fourteen_steps_parts = {tree["caption"]: tree["includefiles"] for tree in trees if tree.get("caption") in WAY}
    return app.fourteen_steps_parts
