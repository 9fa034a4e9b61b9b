"""What a page costs a reader who comes for the first time: bytes as a server sends them packed, and requests, fonts counted."""
import gzip
import re

import pytest
from conftest import SITE

MOST = 110_000  # of every page; most stay far below it
WITH_STEPS = ["book/backward/chain_rule.html", "book/backward/step_05_dE_dw2.html", "book/backward/step_12_dE_dw1.html",
              "book/forward/feedforward.html", "book/training/training.html"]
AT_ONCE = ["book/backward/slopes.html", "book/reference/conventions.html"]
TWO_AT_ONCE = "book/reference/from_python.html"  # two stages near its beginning: just at the budget
WITH_WIDGET = ["book/training/bug_lab.html", "book/ideas/activation.html", "book/ideas/terms.html", "book/forward/loss.html", "book/beyond/autograd.html"]
LONG = {"book/backward/chain_rule.html", "book/backward/step_12_dE_dw1.html", "book/training/training.html"}
PLAIN = ["book/reference/why.html", "book/reference/glossary.html"]
PACKED = (".woff2", ".png")  # what is packed already


def weigh(chromium, server, page, read_on=False):
    """(bytes, names of what was loaded) of a page that is opened for the first time; read_on: to its widgets."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, service_workers="allow")
    tab, names = context.new_page(), []
    tab.on("response", lambda response: names.append(response.url))
    tab.goto(server + page, wait_until="networkidle")
    if read_on:
        tab.wait_for_function("() => globalThis.fsWidgets?.()")
        tab.wait_for_load_state("networkidle")
    context.close()
    # offline.js comes when the whole book has been kept, which on a quick machine may be before the page is quiet
    names = [name for name in dict.fromkeys(names) if name.startswith("http") and not name.endswith("/offline.js")]
    files = [SITE / name.split("/", 3)[3].partition("?")[0].partition("#")[0] for name in names]
    return sum(len(f.read_bytes()) if f.suffix in PACKED else len(gzip.compress(f.read_bytes())) for f in files), names


@pytest.mark.parametrize(("page", "most"), [
    *((p, 78_000) for p in WITH_STEPS), ("book/index.html", 98_000), *((p, MOST) for p in AT_ONCE), (TWO_AT_ONCE, MOST), *((p, 83_000) for p in WITH_WIDGET), *((p, 47_000) for p in PLAIN)])
def test_a_page_is_light_and_asks_seldom(chromium, server, page, most):
    weight, names = weigh(chromium, server, page)
    assert len(names) <= 12, "\n".join(names)
    assert weight <= most, "\n".join(names)


@pytest.mark.parametrize("page", WITH_STEPS)
def test_with_its_widgets_a_page_weighs_what_it_says(chromium, server, page):
    """The scripts that come with who reads on: about 40 kB, once for all pages with a stage. The three longest pages are above the rest."""
    weight, names = weigh(chromium, server, page, read_on=True)
    assert len(names) <= 12 and weight <= (120_000 if page in LONG else 111_000), (weight, "\n".join(names))


def test_no_page_is_heavy_or_asks_often():
    """What each page names in its head, and the fonts of formulas; what waits for a reader is not asked for."""
    fonts = 16_000
    for file in sorted(set((SITE / "book").rglob("*.html")) - {SITE / page for page in ("book/index.html", *AT_ONCE, TWO_AT_ONCE)}):
        page = file.read_text("utf8")
        names = re.findall(r'<link[^>]* rel="?stylesheet"?[^>]* href="([^"]+)"|<link[^>]* href="([^"]+)"[^>]* rel="?stylesheet"?', page)
        scripts = [src for tag, src in re.findall(r'(<script[^>]* src="([^"]+)")', page) if "fs-later" not in tag]
        files = [file, *(file.parent / "".join(name) for name in names), *(file.parent / name.partition("?")[0] for name in scripts)]
        weight = sum(len(gzip.compress(one.read_bytes())) for one in files)
        assert len(files) + 5 <= 12 and weight + fonts <= MOST, (file.name, weight, files)


def test_slides_and_copying_come_when_they_are_asked_for(open_page):
    tab = open_page(PLAIN[0].replace("why", "about"))
    loaded = "performance.getEntriesByType('resource').map((e) => e.name.split('/').at(-1))"
    assert not {"lecture.js", "copy.js"} & set(tab.evaluate(loaded))
    tab.locator("div.highlight pre").first.hover()
    tab.locator("button.copybtn").first.wait_for(state="attached")
    tab.get_by_role("button", name="Slides").click()
    tab.locator("html.fs-lecture").wait_for()
    assert {"lecture.js", "copy.js"} <= set(tab.evaluate(loaded))


def test_the_download_menu_opens_and_closes_by_mouse_and_by_keys(open_page):
    tab = open_page("book/training/training.html")
    button, item = tab.get_by_role("button", name="Download this page"), tab.locator(".dropdown-menu .dropdown-item").first
    button.click()
    assert button.get_attribute("aria-expanded") == "true" and item.is_visible()
    tab.mouse.move(10, 600)  # the theme shows the menu below the mouse, too
    assert item.is_visible()
    tab.keyboard.press("Escape")
    assert button.get_attribute("aria-expanded") == "false" and not item.is_visible()
    button.focus()
    tab.keyboard.press("ArrowDown")
    assert item.is_visible() and item.evaluate("(e) => e === document.activeElement")
    tab.locator("article h1").first.click()
    assert not item.is_visible()


def test_words_that_were_searched_for_are_marked_and_only_then_what_marks_them_comes(open_page):
    tab = open_page("search.html?q=sigmoid")
    result = tab.locator("#search-results li a").first
    result.wait_for()
    result.click()
    tab.locator("span.highlighted").first.wait_for(state="attached")
    loaded = "performance.getEntriesByType('resource').map((e) => e.name.split('/').at(-1))"
    assert "found.js" in tab.evaluate(loaded)
    tab.keyboard.press("Escape")
    assert tab.locator("span.highlighted").count() == 0
    tab.reload()
    tab.wait_for_load_state()
    assert "found.js" not in tab.evaluate(loaded)
