"""What only the site can make: a list of all exercises, the text of a file. Its source reads well where nobody can make it.

In the source it is an admonition, which JupyterLab, VS Code and GitHub show with the sentence that stands in it:

    :::{admonition} All exercises
    :class: site-makes exercise-list

    The site lists them here; in the notebooks each stands on its own page.

    :::

Here it becomes the directive that its class names, with what follows as its argument. A citation is a comment, <!-- cite nielsen2015 -->,
beside the name of who is cited.
"""
import re

ADMONITION = re.compile(r"^:::\{admonition\} [^\n]*\n:class: site-makes ([a-z-]+)(?: (\S+))?\n\n(?:(?!:::)[^\n]*\n)+:::$", re.M)
OPTIONS = {"bibliography": ":style: plain\n:all:\n"}
CITATION = re.compile(r"<!-- cite (\w+) -->")


def make(app, name, source):
    """On source-read: the directives and citations in place of what stands for them."""
    text = ADMONITION.sub(lambda found: f":::{{{found[1]}}}{' ' + found[2] if found[2] else ''}\n{OPTIONS.get(found[1], '')}:::", source[0])
    source[0] = CITATION.sub(r"{cite}`\1`", text)
