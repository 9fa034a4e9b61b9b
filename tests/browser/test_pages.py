"""Every page of the built site, as a reader meets it."""
import functools
import re

import pytest
from conftest import PAGES, SITE, assert_accessible, widgets_are_drawn
from fontTools import ttLib
from fourteen_steps.icons import ICONS

text_of = functools.cache(lambda file: file.read_text("utf8"))
every_page = pytest.mark.parametrize("path", PAGES)
SIDEBAR = ".bd-sidebar-primary"  # the same ninety links on every page: looked at on one page of each folder


def sidebar_seen_before(path):
    folder = path.rpartition("/")[0]
    return () if path == next(one for one in PAGES if one.rpartition("/")[0] == folder) else (SIDEBAR,)


@pytest.fixture(scope="module", params=PAGES)
def page(request, tabs, server):
    """One page, opened once over http for all that only looks at it: (path, tab, complaints)."""
    key, tab = tabs.take(server, {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"})
    tab.goto(server + request.param)
    widgets_are_drawn(tab)
    yield request.param, tab, tabs.complaints[tab]
    tabs.give_back(key, tab)


def test_there_is_a_site():
    assert len(PAGES) >= 27, "the site is not built: make book"


def test_page_asks_no_other_host_and_does_not_complain(page):
    _, tab, complaints = page
    assert tab.title().endswith("Fourteen Steps")
    assert tab.locator("h1:visible").count() == 1
    assert not complaints


def test_page_is_accessible(page):
    path, tab, _ = page
    assert tab.evaluate("document.documentElement.dataset.theme") == "light"
    assert_accessible(tab, past=sidebar_seen_before(path))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["book/reference/notation.html", "book/forward/feedforward.html"])
def test_formulas_and_code_are_accessible(open_page, path, scheme):
    """The pages' own check looks past the inside of formulas and code: here are all kinds of them."""
    assert_accessible(open_page(path, color_scheme=scheme), everything=True)


def test_pictures_are_described_and_formulas_are_set(page):
    _, tab, _ = page
    assert tab.locator("img:not([alt])").count() == 0
    for label in tab.locator("article svg[role=img]").evaluate_all("all => all.map(e => e.getAttribute('aria-label'))"):
        assert len(label) > 20, label
    assert tab.locator(".katex-error").count() == 0
    prose = tab.locator("article").evaluate("""article => { const copy = article.cloneNode(true);
        copy.querySelectorAll('.katex, pre, code, script, style').forEach(e => e.remove()); return copy.textContent; }""")
    assert not re.search(r"\$|\\[a-z]+\{|:::|```", prose), "raw markup on the page"


def test_links_lead_somewhere(page):
    path, tab, _ = page
    for href in tab.locator("a[href]").evaluate_all("links => links.map(a => a.getAttribute('href'))"):
        if href.startswith(("http", "mailto")):
            continue
        target, _, anchor = href.partition("#")
        file = ((SITE / path).parent / target).resolve() if target else SITE / path
        assert file.is_file(), href
        if anchor and file.suffix == ".html" and file.name != "deck.html":  # a deck's script reads which lesson it shows (test_deck.py)
            assert f'id="{anchor}"' in text_of(file), href


def test_every_icon_on_a_page_is_in_the_cut_font(page):
    _, tab, _ = page
    used = tab.evaluate("""() => [...document.querySelectorAll('i, span')].flatMap(e => [...e.classList])
        .filter(c => /^fa-/.test(c) && !/^fa-(solid|regular|brands|lg|fw|sm|xs)$/.test(c)).map(c => c.slice(3))""")
    assert set(used) <= set(ICONS)


def test_every_sign_that_the_styles_ask_of_the_icons_is_in_the_cut_font():
    """A box with a cross stood behind each exercise's title."""
    asked = set(re.findall("content:\"([\ue000-\uf8ff])\"", next((SITE / "_static").glob("site.*.css")).read_text("utf8")))
    assert asked <= {chr(point) for point in ttLib.TTFont(SITE / "_static" / "icons" / "fa-solid-900.woff2").getBestCmap()}


@pytest.mark.parametrize("base", ["file"], indirect=True)
@every_page
def test_page_works_from_a_file_in_the_dark_and_on_a_phone(open_page, path):
    """From file://, as the system wishes dark: quiet, accessible, and no sideways scrolling at 360 px."""
    tab = open_page(path, color_scheme="dark", viewport={"width": 360, "height": 740})
    assert tab.evaluate("document.documentElement.dataset.theme") == "dark", "the system's wish is followed"
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    widgets_are_drawn(tab)
    assert_accessible(tab, rules=["color-contrast", "scrollable-region-focusable"], past=sidebar_seen_before(path))  # what they can change


WITHOUT_SCRIPTS = ("book/index.html", "book/ideas/activation.html", "book/backward/step_12_dE_dw1.html", "book/training/hidden_neurons.html",
                   "book/training/quiz.html", "book/reference/notation.html", "book/reference/exercises.html")


@pytest.mark.parametrize("path", WITHOUT_SCRIPTS)
def test_page_reads_without_scripts(open_page, path):
    tab = open_page(path, java_script_enabled=False)
    assert tab.locator("article h1").is_visible()
    if tab.locator("article .math").count():
        assert tab.locator("article .math .katex").count() == tab.locator("article .math").count()
    for picture in tab.locator("article .fs-figure svg").all():
        assert picture.is_visible()


@every_page
def test_every_formula_and_every_widget_stands_in_the_page_itself(path):
    """No script is needed for a formula, nor for a widget's sentence and numbers."""
    page = text_of(SITE / path)
    assert page.count('class="katex"') >= len(re.findall('<(?:span|div) class="math[" ]', page))
    hosts = re.findall(r'<div class="fs-host" data-widget="(\w+)".*?(?:</script>|</div>)<p>[^<]{30,}</p>\n<table>(.*?)</table></div>', page, re.S)
    assert len(hosts) == page.count('<div class="fs-host"')
    for name, table in hosts:  # a box says what it asks for, and no number
        assert table.count("<tr>") >= (2 if name == "NumberBox" else 3)


def test_dark_mode_can_be_chosen_and_is_kept(open_page):
    tab = open_page("book/index.html", color_scheme="light")
    switch = tab.locator("article ~ *, .bd-header-article").locator("button.theme-switch-button").first
    for _ in range(3):
        if tab.evaluate("document.documentElement.dataset.theme") == "dark":
            break
        switch.click()
    assert tab.evaluate("document.documentElement.dataset.theme") == "dark"
    tab.reload()
    assert tab.evaluate("document.documentElement.dataset.theme") == "dark"
    tab.evaluate("localStorage.clear()")


def test_what_folds_is_called_as_what_it_opens(open_page):
    """Forty buttons that were all called “Toggle hidden content”."""
    tab = open_page("book/training/hidden_neurons.html")
    names = tab.locator(".toggle-button").evaluate_all("all => all.map((b) => b.ariaLabel)")
    titles = tab.locator(".admonition.toggle > .admonition-title").evaluate_all("all => all.map((t) => t.textContent.trim())")
    assert len(names) > 2 and names == titles and len(set(names)) == len(names)


def test_a_folded_solution_unfolds(open_page):
    tab = open_page("book/ideas/terms.html")
    code = tab.locator(".solution pre").first
    assert not code.is_visible()
    tab.locator(".solution .toggle-button, .solution button").first.click()
    assert code.is_visible()


def test_the_symbols_of_the_formulas_have_their_colours(open_page):
    tab = open_page("book/forward/feedforward.html")
    formula = tab.locator("div.math").first
    for kind in ("activation", "input", "weight", "bias"):
        symbol = formula.locator(f".fs-{kind}").first
        wanted = tab.evaluate(f"getComputedStyle(document.documentElement).getPropertyValue('--fs-{kind}').trim()")
        assert symbol.evaluate("e => getComputedStyle(e).color") == "rgb({}, {}, {})".format(*bytes.fromhex(wanted[1:]))


def test_the_landing_page_is_light(open_page):
    """No script of a theme or of an icon set creeps back in: the whole page in few files."""
    tab = open_page("book/index.html")
    names = tab.evaluate("performance.getEntriesByType('resource').map(e => e.name)")
    assert not [n for n in names if re.search("fontawesome|mathjax|require|thebe|html-manager", n, re.I)]


@pytest.mark.parametrize("base", ["http", "file"], indirect=True)
def test_a_page_runs_its_own_scripts_and_no_others(chromium, base):
    """With its policy on: widgets live, the theme's buttons work; a script that was not built in does not run."""
    context = chromium.new_context()
    tab = context.new_page()
    tab.goto(f"{base}book/backward/step_05_dE_dw2.html")
    widgets_are_drawn(tab)
    tab.evaluate("() => { window.print = () => { window.printed = true; }; }")
    tab.evaluate("() => { document.querySelector('[data-press=print]').click(); }")
    assert tab.evaluate("window.printed") is True
    refused = tab.evaluate("""() => new Promise((done) => { addEventListener('securitypolicyviolation', (e) => done(e.effectiveDirective), { once: true });
        const script = document.createElement('script'); script.textContent = 'window.hacked = true'; document.body.append(script); setTimeout(() => done(null), 2000); })""")
    assert refused == "script-src-elem" and tab.evaluate("window.hacked === undefined")
    context.close()


def test_no_handler_stands_in_an_attribute(page):
    path, _, _ = page
    assert not re.findall(r"<[a-z][^>]*\son[a-z]+=", text_of(SITE / path))
