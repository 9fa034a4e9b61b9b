"""The map of the fourteen steps, below the title of each of their chapters."""
import html
import re

from nnlib.steps import LAYERS

STEP_PAGE = re.compile(r"book/backward/step_(\d\d)_")


def add_step_map(app, pagename, templatename, context, doctree):
    """Below a chapter's title: where we are on the way, the same on every chapter."""
    here = STEP_PAGE.match(pagename)
    if not here:
        return
    groups = []
    for layer in ("output layer", "hidden layer"):
        links = []
        for step in LAYERS[layer]:
            name = f"book/backward/step_{step.label:0>2}_{step.function.__name__}"
            current = ' aria-current="page"' if step.label == str(int(here[1])) else ""
            label = html.escape(f"{step.name}: {step.title}")
            links.append(f'<li><a href="{context["pathto"](name)}" title="{label}" aria-label="{label}"{current}>{step.label}</a></li>')
        groups.append(f'<li><span class="fs-map-title">{layer}</span><ol>{"".join(links)}</ol></li>')
    step_map = f'<nav class="fs-map" aria-label="The fourteen steps"><ul>{"".join(groups)}</ul></nav>'
    context["body"] = context["body"].replace("</h1>", "</h1>" + step_map, 1)
