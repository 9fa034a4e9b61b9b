"""One style sheet and one script for all pages, of what the theme and the extensions bring and the book's own, without what no page uses.

The theme's pages name a style sheet and a script (`site.css`, `site.js`, see templates); when all pages are written, the two are put
together under names that hold their checksums, and each page is told. A page's widgets, its cells and the search have scripts of their own.
"""
import functools
import json
import re
from pathlib import Path
from urllib.parse import quote

from fourteen_steps import paths, prune, shrink, tex
from fourteen_steps.fonts import formula_fonts
from fourteen_steps.named import write_named

# What the theme's own template names, in its order; Bootstrap's script and the theme's are left out: buttons.js and theme.js have the
# little of them that the pages use.
THEME_STYLES = ("basic.css", "styles/bootstrap.css", "styles/pydata-sphinx-theme.css", "icons/icons.css")
# What comes when it is asked for, or on few pages, and gives elements names, too.
LAZY = ("lecture.js", "offline.js", "lecture_help.js", "lecture_pen.js", "lecture_votes.js", "copy.js", "bank.js", "recall.js",
        "searchtools.js", "embed.js", "found.js")
# later.js brings them, as copy.js; the second asks Sphinx's options for an address that they do not have
COPYING = ("globalThis.DOCUMENTATION_OPTIONS ??= {};", "clipboard.min.js", "copybutton.js")
# What only the page of the search needs, and a page with words to mark that were searched for: as found.js.
FINDING = ("documentation_options.js", "doctools.js", "sphinx_highlight.js", "results.js")
OWN_LAZY = ("lecture.js", "lecture_help.js", "lecture_pen.js", "lecture_votes.js", "offline.js")  # as they are written: made short
OWN = ("fs-",)  # classes, and properties, that scripts put together from pieces; none of them is left out
# Words of the scripts (a role, an element, an event) that are no class here, and are one in Bootstrap and the theme.
NO_CLASSES = frozenset("alert body border border-bottom border-top c ch cm col collapse contents disabled dl document figure "
                       "first gu h1 h2 h3 hide hint icon important l linenos list-group-item margin marginnote mark mo modal "
                       "no popover progress root row rounded rule section sidebar sidenote small tag tooltip warning".split())
NAME = re.compile(r"-?[A-Za-z_][\w-]*")
CLASS_OR_ID = re.compile(r'\b(?:class|id|data-[\w-]+)="([^"]*)"')
IN_STYLES = re.compile(r"[.#](-?[A-Za-z_](?:[\w-]|\\.)*)")
STYLE_ADDRESS = re.compile(r"""url\((["']?)(?!data:|#|https?:)([^"')]+)\1\)""")
PROPERTY = re.compile(r"(--(?!fs-)[\w-]+):(?:[^;{}\"']|\"[^\"]*\"|'[^']*')*(?:;|(?=\}))")
KEYFRAMES = re.compile(r"@keyframes ([\w-]+)\{(?:[^{}]*\{[^{}]*\})*\}")
LOGO = re.compile(r"(?:\.\./)*_static/((?:logo|favicon)\.svg)")
SAFE_IN_DATA = " !'()*,-./:;=@_~"
PLACE = re.compile(r'(_static/)site(?:\.[0-9a-f]{12})?\.(css|js)\b')
# What is not there or is full keeps nothing, and has nothing.
SAFE_STORAGE = ("var [fsLocal, fsSession] = ['localStorage', 'sessionStorage'].map((name) => Object.fromEntries(['getItem', 'setItem', "
                "'removeItem'].map((act) => [act, (...given) => { try { return globalThis[name][act](...given); } "
                "catch { return null; } }])));")
PAGE_NAME = "DOCUMENTATION_OPTIONS.pagename"
AS_WRITTEN = re.compile(r"(<(pre|script|style|textarea)\b.*?</\2>)", re.S)  # where blanks are seen, or are part of a program
# what a page says to thebe, whose script is left out (theme.py)
THEBE = re.compile(r'<script type="text/x-thebe-config">.*?</script>\s*(<script>kernelName = [^<]*</script>\s*)?', re.S)
# An answer of a quiz: what is behind it is heard when it opens. A screen reader went on to the next answer, past the first line of it.
OPENED = re.compile(r'(<details class="[^"]*\bfs-(?:right|wrong)\b[^"]*")')
# What the theme gives every page and none here has a use for: a title and contents for paper, a banner, a helper for a script that is left
# out, and the same said twice.
FURNITURE = re.compile("|".join((
    r'<div id="jb-print-docs-body".*?(?=<div id="searchbox">)', r'<div class="pst-async-banner-revealer.*?</aside>\s*</div>',
    r'<div id="rtd-footer-container">\s*</div>', r'<div id="pst-scroll-pixel-helper"></div>',
    r'<meta name="viewport" content="width=device-width, initial-scale=1" ?/>', r'<meta name="docsearch:language"[^>]*>',
    r'<link rel="index"[^>]*>', r'<meta property="og:url"[^>]*>',
    r'\s+data-bs-placement="\w+"')), re.S)
# Of Bootstrap and the theme: kinds of fields, and states, that nothing here has.
NEVER = re.compile(r"::file-selector-button|::-webkit-(?:datetime|date-and|calendar|color|inner-spin)|::-moz-focus-inner|\[type=file\]|"
                   r"(?:dropdown-item|nav-link)(?:\.active)?:disabled|fieldset:disabled|dropdown-item\.active|header-announcement|"
                   r"genindex-jumpbox|table\.indextable|btn-check")
# What only the list of what was found looks like: the page of the search has these rules in itself.
OF_SEARCH = re.compile(r"ul\.search|search-results|bd-search-container")
# What a screen reader has no word for: an icon's sign, and what the theme measures with.
UNHEARD = re.compile(r'(<i(?= class="(?:theme-switch )?fa)|<div(?= (?:id="pst|class="sbt)-scroll-pixel-helper"))')
BLANK_LINES = re.compile(r"[^\S\xa0]*\n[^\S\xa0]*")
OWN_STYLES = re.compile(r'<style data-own="">[^<]*</style>(?=</head>)')  # of an earlier build
SEARCH = re.compile(r'<script src="((?:\.\./)*(?:_static/(?:searchtools|language_data)|searchindex)\.js)"></script>')
SEARCHTOOLS = re.compile(r'<script defer src="((?:\.\./)*)_static/searchtools\.js"></script>')


def gather(app, pagename, templatename, context, doctree):
    """What Sphinx would put into the page's head is noted for the two files, and the page names those instead."""
    app.fourteen_steps_styles = [*THEME_STYLES, *(str(f.filename).removeprefix("_static/") for f in context["css_files"])]
    kept, scripts = [], []
    for file in context["script_files"]:
        name, given = str(getattr(file, "filename", "") or ""), getattr(file, "attributes", {})
        if name.startswith(("_static/widgets/", "widgets/")) or any(key.startswith("data-") for key in given):
            kept.append(file)
        else:
            scripts.append(name.removeprefix("_static/") or given["body"])
    scripts = [one for one in scripts if not one.startswith(PAGE_NAME)]  # a page's own; nothing here asks for it
    scripts = sorted(dict.fromkeys(scripts), key=lambda one: one.endswith(".js"))  # what others ask for when they begin comes first
    app.fourteen_steps_scripts = [one for one in scripts if one not in (*COPYING, *FINDING)]
    context["css_files"], context["script_files"] = [], kept


@functools.cache
def as_data(file):
    """A small picture as an address that asks nobody; written out, it packs better than in base 64."""
    return f"data:image/svg+xml,{quote(file.read_text('utf8').strip().replace(chr(34), chr(39)), safe=SAFE_IN_DATA)}"


def site_script(static, scripts):
    """All scripts in their order as one; what is no file is the text of a script.

    Where a reader bars storage, to ask for it is an error, and where it is full, to write to it; these scripts do not expect one: it would
    end all of them.
    """
    texts = [(static / one).read_text("utf8") if one.endswith(".js") else one for one in scripts]
    parts = [shrink.script(re.sub(r"^//# sourceMappingURL.*$", "", text, flags=re.M)) for text in texts]
    text = "\n;".join(parts)
    found = re.sub(r"\b(local|session)Storage\b", lambda m: f"fs{m[1].title()}", text)
    return text if found == text else f"{SAFE_STORAGE}\n;{found}"


def searching(page):
    """The page of the search with its scripts in their order, once the page is there; another one as it is."""
    told = SEARCH.sub(r'<script defer src="\1"></script>', page)
    if told == page:
        return page
    return SEARCHTOOLS.sub(r'<script defer src="\1_static/found.js"></script>\n\g<0>', told)


def names_in_use(pages, scripts):
    """Every class and id on a page, and every word in a script, which may be one."""
    used = {name for page in pages for found in set(CLASS_OR_ID.findall(page)) for name in found.split()}
    return used | {name for script in scripts for name in NAME.findall(script)}


def at_home(text, sheet):
    """A style sheet's text with its addresses as they read from _static."""
    folder = Path(sheet).parent.as_posix()
    return text if folder == "." else STYLE_ADDRESS.sub(lambda m: f'url("{folder}/{m[2]}")', text)


def without_unused_properties(text, scripts):
    """Styles without the custom properties that no rule and no script asks for."""
    in_scripts = {name for script in scripts for name in re.findall(r"--[\w-]+", script)}
    before = None
    while text != before:
        before, asked = text, in_scripts.union(re.findall(r"var\((--[\w-]+)", text))
        text = "".join(part for part in _pieces(text) if not (found := PROPERTY.fullmatch(part)) or found[1] in asked)
    return text


def without_unused_keyframes(text):
    """Styles without the movements that no rule asks for."""
    asked = set(NAME.findall(" ".join(re.findall(r"animation(?:-name)?:([^;}]*)", text))))
    return KEYFRAMES.sub(lambda found: found[0] if found[1] in asked or found[1].startswith(OWN) else "", text)


def _pieces(text):
    """The text cut before and behind each definition of a property."""
    at = 0
    for found in re.finditer(rf"(?<=[{{;]){PROPERTY.pattern}", text):
        yield from (text[at:found.start()], found[0])
        at = found.end()
    yield text[at:]


def without_blank_lines(page):
    """The page without indentation and empty lines between its elements, which nobody sees."""
    parts = AS_WRITTEN.split(page)  # text, element, its name, text, …
    return "".join(BLANK_LINES.sub("\n", part) if i % 3 == 0 else part for i, part in enumerate(parts) if i % 3 < 2)


def site_styles(static, sheets, pages, scripts):
    """All style sheets in their order as one, without the rules for what is on no page; and what a page has in itself, by page."""
    used, there = names_in_use(pages, scripts), prune.site(pages, scripts, OWN, NO_CLASSES)
    parts, found, own = [], [], {}
    for sheet in dict.fromkeys(sheets):
        text = (static / sheet.partition("?")[0]).read_text("utf8")
        text = re.sub(r'@import "[^"]*";|@charset "[^"]*";', "", text)
        if sheet.startswith("katex/"):
            text, own = formula_fonts(static, text, pages, scripts)
        unused = {name for name in IN_STYLES.findall(text) if name not in used and not name.startswith(OWN)}
        # scripts read the palette's colours as they are written there
        if sheet == "palette.css":
            parts.append(text)
            continue
        short = shrink.styles(at_home(text, sheet), frozenset(unused))
        parts.append(prune.pruned(short, there, lambda one: not NEVER.search(one) and not OF_SEARCH.search(one)))
        found.append(STYLE_ADDRESS.sub(r'url("_static/\2")', prune.pruned(short, there, OF_SEARCH.search)))  # beside _static
    own = {page: own.get(page, "") + "".join(found) * ('id="search-results"' in page) for page in pages}
    return without_unused_keyframes(without_unused_properties("".join(parts), scripts)), own


def write_site(app, exception):
    """When all pages are written: the two files, and their names on each page."""
    none_written = not hasattr(app, "fourteen_steps_scripts")  # a warm build with nothing new
    if exception or app.builder.name != "html" or none_written:
        return
    out, static = Path(app.outdir), Path(app.outdir) / "_static"
    as_written = {file: file.read_text("utf8") for file in out.rglob("*.html") if static not in file.parents}
    files = {file: FURNITURE.sub("", page) for file, page in as_written.items()}
    script = site_script(static, app.fourteen_steps_scripts)
    (static / "copy.js").write_text(site_script(static, COPYING), "utf8")
    (static / "found.js").write_text(site_script(static, FINDING), "utf8")
    names = (*LAZY, *(f"widgets/{p.name}" for p in sorted((static / "widgets").glob("*.js"))),
             *(f"python/{p.name}" for p in sorted((static / "python").glob("session*.js"))))
    others = [(static / name).read_text("utf8") for name in names]
    styles, in_pages = site_styles(static, app.fourteen_steps_styles, files.values(), [script, *others])
    written = {"js": write_named(static, "site", script), "css": write_named(static, "site", styles, "css")}
    formulas, beside = tex.kept_beside(out)
    for name in OWN_LAZY:
        (static / name).write_text(shrink.script((static / name).read_text("utf8")), "utf8")
    for file, page in files.items():
        own = in_pages[page]
        page = LOGO.sub(lambda m: as_data(static / m[1]), page)
        told = PLACE.sub(lambda m: m[1] + written[m[2]], searching(paths.in_short(page)))
        told = UNHEARD.sub(r'\1 aria-hidden="true"', OPENED.sub(r'\1 aria-live="polite"', told))
        told = OWN_STYLES.sub("", told)
        if own:
            told = told.replace("</head>", f'<style data-own="">{own}</style></head>', 1)
        told = tex.without_tex(without_blank_lines(THEBE.sub("", told)), formulas)
        if told != as_written[file]:
            file.write_text(told, "utf8")
    beside.write_text(json.dumps(formulas), "utf8")
