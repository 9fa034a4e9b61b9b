"""The theme's pages, mended: lighter, and with roles that are not deprecated."""

UNUSED = ("thebe", "design-tabs")


def lighten_page(app, pagename, templatename, context, doctree):
    """Leave out what no page uses."""
    for files in ("script_files", "css_files"):
        context[files] = [f for f in context[files] if not any(part in str(getattr(f, "filename", f)) for part in UNUSED)
                          and "thebe" not in str(getattr(f, "attributes", {}).get("body", ""))]


def mend_tables(app, pagename, templatename, context, doctree):
    """A table that scrolls by itself on a phone can be reached by keyboard."""
    table = '<div class="pst-scrollable-table-container">'
    context["body"] = context.get("body", "").replace(table, table.replace(">", ' tabindex="0" role="group" aria-label="Table">'))


def mend_citations(app, pagename, templatename, context, doctree):
    """The bibliography is a list, and its entries are items of it: the role that docutils gives them is deprecated."""
    if 'class="citation-list"' in context.get("body", ""):
        context["body"] = context["body"].replace('role="doc-biblioentry"', 'role="listitem"')
