"""Markdown as far as the cells of the book use it: paragraphs, tables, emphasis, code, code in fences, links and formulas."""
import html
import re

INLINE = re.compile(r"(?P<code>`[^`]+`)|(?P<math>\$[^$]+\$)|(?P<tag></?span[^>]*>)|\[(?P<text>[^\]]+)\]\((?P<link>[^)\s]+)\)"
                    r"|\*\*(?P<strong>[^*]+)\*\*|\*(?P<em>[^*]+)\*")


def inline(text):
    """One line as HTML; a formula waits for KaTeX in an element of class fs-tex."""
    pieces, position = [], 0
    for found in INLINE.finditer(text):
        pieces += [html.escape(text[position:found.start()], quote=False), _piece(found)]
        position = found.end()
    return "".join(pieces) + html.escape(text[position:], quote=False)


def _piece(found):
    kind = found.lastgroup if found.lastgroup != "link" else "text"
    if kind == "code":
        return f"<code>{html.escape(found[0][1:-1])}</code>"
    if kind == "math":
        return f'<span class="fs-tex">{html.escape(found[0][1:-1])}</span>'
    if kind == "tag":
        return found[0]
    if kind == "text":
        address = re.sub(r"\.(ipynb|md)(?=#|$)", ".html", found["link"])
        return f'<a href="{html.escape(address)}">{inline(found["text"])}</a>'
    return f"<{kind}>{inline(found[kind])}</{kind}>"


def _cells(line):
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _table(lines):
    head = "".join(f"<th>{inline(cell)}</th>" for cell in _cells(lines[0]))
    rows = "".join("<tr>" + "".join(f"<td>{inline(cell)}</td>" for cell in _cells(line)) + "</tr>" for line in lines[2:])
    return f'<table class="table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def as_html(text):
    """A whole text as HTML."""
    blocks = []
    for block in re.findall(r"^```[\s\S]*?\n```$|(?:^(?!```).*\S.*\n?)+", text.strip(), re.M):
        lines = block.splitlines()
        if block.startswith("```"):
            blocks.append(f"<pre><code>{html.escape(chr(10).join(lines[1:-1]), quote=False)}</code></pre>")
        elif len(lines) > 1 and re.fullmatch(r"\s*\|?[\s:|-]*-[\s:|-]*", lines[1]):
            blocks.append(_table(lines))
        else:
            blocks.append(f"<p>{inline(' '.join(lines))}</p>")
    return "\n".join(blocks)
