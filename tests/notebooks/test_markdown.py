"""What stands in the Markdown of a page is what Sphinx and JupyterLab both set, and what is text where neither is at hand."""
import re
from pathlib import Path

import nbformat
import pytest
from markdown_it import MarkdownIt
from nbconvert.filters import markdown2html

from nnlib.links import WHEEL

BOOK = Path(__file__).resolve().parents[2] / "book"
PAGES = sorted(p for kind in ("*.ipynb", "*.md") for p in BOOK.rglob(kind)
               if not {".ipynb_checkpoints", "_ext", "_generated"} & set(p.parts))

DIRECTIVES = {  # what jupyterlab-myst sets as Sphinx does, and the options that both know
    "admonition": {"class"},
    "dropdown": {"class-container"},
    "exercise": {"label"},
    "solution": {"class"},
}
ON_ONE_PAGE = {  # lists that only the site can make, on pages of their own that hold no code
    "cheat_sheet.md": ({}, {"download"}),
}
ROLES = set()  # no role at all: a link is a link, a formula stands between dollars


def markdown(path):
    """The texts of a page in Markdown, cell by cell."""
    if path.suffix == ".md":
        return [path.read_text("utf8")]
    return [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown"]


def faults(text, name="page.ipynb"):
    """What is wrong with a text of this page, one line for each fault."""
    directives, roles = ON_ONE_PAGE.get(name, ({}, set()))
    known = DIRECTIVES | directives
    found = [f"role {role}" for role in re.findall(r"\{([a-z:-]+)\}`", text) if role not in ROLES | roles]
    found += [f"a fence of backticks swallows its text: {line}" for line in re.findall(r"^ *`{3,}\{.*", text, re.M)]
    opened, lines = None, text.splitlines()
    for number, line in enumerate(lines):
        head = re.match(r" *:{3,}\{([^}]*)\}", line)
        option = re.match(r":([a-z-]+):", line)
        if head and opened:
            found.append(f"a directive inside {opened}: {line}")
        elif head:
            opened = head[1]
            found += [f"directive {opened}"] if opened not in known else []
        elif re.match(r" *:{3,}$", line):
            found += [] if opened else ["an end without its directive"]
            found += [f"no empty line before the end of {opened}"] if opened in DIRECTIVES and lines[number - 1].strip() else []
            opened = None
        elif option and opened and option[1] not in known.get(opened, set()):
            found.append(f"option {option[1]} of {opened}")
        elif opened in DIRECTIVES and not option and line.strip() and re.match(r":", lines[number - 1]):
            found.append(f"no empty line after the head of {opened}")
    return found + ([f"{opened} does not end in its cell"] if opened else [])


@pytest.mark.parametrize("path", PAGES, ids=lambda p: str(p.relative_to(BOOK)))
def test_a_page_has_only_what_both_can_set(path):
    for text in markdown(path):
        assert not faults(text, path.name), text[:300]


@pytest.mark.parametrize("path", PAGES, ids=lambda p: str(p.relative_to(BOOK)))
def test_a_link_to_a_page_names_its_file(path):
    for text in markdown(path):
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text):
            assert (path.parent / target).is_file(), f"{target}: a link works on the site, in JupyterLab and on GitHub if it names the file"


RENDERERS = {  # what knows no directive: nbviewer renders with nbconvert, VS Code with markdown-it, of which this is the same in Python
    "nbconvert": markdown2html,
    "markdown-it": MarkdownIt("commonmark").enable("table").render,
}


def swallowed(text, render):
    """What of a text in Markdown a renderer shows as source: boxes of code, stars that are no bold, lists and tables that are none."""
    shown = render(text)
    plain = re.sub(r"\$\$.*?\$\$|\$[^$]*\$|`[^`]*`|<code>.*?</code>", "", re.sub(r"<pre>.*?</pre>", "", shown, flags=re.S), flags=re.S)
    found = ["a box of source" for box in re.findall(r"<pre.*?</pre>", shown, re.S) if ":::" in box or re.search(r'"language-\{', box)]
    found += ["stars"] if "**" in plain else []
    found += ["a link's source"] if re.search(r"\]\(\S+\.(ipynb|md)", plain) else []
    found += ["a list"] if shown.count("<li") < len(re.findall(r"^- ", text, re.M)) else []
    found += ["a table"] if shown.count("<table") < len(re.findall(r"^\|[-:| ]+\|$", text, re.M)) else []
    return found


@pytest.mark.parametrize("renderer", RENDERERS)
@pytest.mark.parametrize("path", [p for p in PAGES if p.suffix == ".ipynb"], ids=lambda p: str(p.relative_to(BOOK)))
def test_where_nobody_knows_directives_a_notebook_is_text(path, renderer):
    for text in markdown(path):
        assert not swallowed(text, RENDERERS[renderer]), text[:300]


@pytest.mark.parametrize("renderer", RENDERERS)
@pytest.mark.parametrize(("text", "fault"), [
    ("```{note}\nText.\n```".replace("```", "~~~"), "a box of source"),
    ("    :::{admonition} Far in\n", "a box of source"),
    (":::{admonition} Able\n:class: able\n- one\n\n:::\n\n<div>\n**bold**\n</div>", "stars"),
    ("<div>\n[a page](why.ipynb)\n</div>", "a link's source"),
    ("<div>\n- one\n</div>", "a list"),
    ("<div>\n| a |\n|---|\n| b |\n</div>", "a table"),
])
def test_the_rule_for_plain_text_finds_what_breaks_it(text, fault, renderer):
    assert fault in swallowed(text, RENDERERS[renderer])


def test_the_page_about_notebooks_gives_the_wheel_that_the_site_carries():
    page = (BOOK / "reference" / "run_the_notebooks.md").read_text("utf8")
    assert f'<a href="../../_static/{WHEEL}">' in page and f'pip install "{WHEEL}[notebooks]"' in page


GOOD = ":::{exercise} Do: a sum\n:label: a-sum\n\nAdd.\n\n:::\n\n:::{solution} a-sum\n:class: dropdown\n\nFour.\n\n:::\n\nProse.\n"


@pytest.mark.parametrize("old, new, fault", [
    ("Prose.", "See {numref}`figure`.", "role numref"),
    ("Prose.", "Nielsen {cite}`nielsen2015`.", "role cite"),
    (":::{exercise}", ":::{proof}", "directive proof"),
    (":label:", ":nonumber:", "option nonumber of exercise"),
    ("Prose.", "```{note}\nText.\n```", "a fence of backticks swallows its text: ```{note}"),
    ("Prose.", ":::{solution-end}", "directive solution-end"),
    ("Four.\n\n:::\n", "Four.\n", "solution does not end in its cell"),
    ("Four.\n\n:::", "Four.\n:::", "no empty line before the end of solution"),
    (":class: dropdown\n\n", ":class: dropdown\n", "no empty line after the head of solution"),
    ("Prose.", "Prose.\n\n:::", "an end without its directive"),
    ("Add.", ":::{admonition} Inner", "a directive inside exercise: :::{admonition} Inner"),
])
def test_the_rule_finds_what_breaks_it(old, new, fault):
    assert not faults(GOOD)
    assert fault in faults(GOOD.replace(old, new, 1))


def test_a_list_of_the_site_stands_on_its_own_page_only():
    assert not faults("{download}`a file <x.pdf>`", "cheat_sheet.md")
    assert faults("{download}`a file <x.pdf>`", "why.ipynb") == ["role download"]
    assert faults(":::{glossary}\nword\n  Its meaning.\n:::", "glossary.md") == ["directive glossary"]
