"""No formula is wider than its column, neither on a desk nor on a phone: every page with formulas, one tab, two widths."""
import pytest
from conftest import PAGES, SITE

WITH_FORMULAS = [path for path in PAGES if 'class="katex' in (SITE / path).read_text("utf8")]

# what a formula's box would have to be scrolled by, or what sticks out of its paragraph; a table scrolls as a whole
TOO_WIDE = """() => {
    document.querySelectorAll("article details").forEach((fold) => { fold.open = true; });
    const text = (formula) => (formula.querySelector("annotation")?.textContent ?? formula.textContent).slice(0, 100);
    const seen = (element) => element.offsetParent && !element.closest(".fs-widget, .fs-host");
    const blocks = [...document.querySelectorAll("article div.math")].filter(seen);
    const wide = blocks.filter((block) => block.scrollWidth > block.clientWidth + 1).map((block) => [text(block), block.scrollWidth - block.clientWidth]);
    const inline = [...document.querySelectorAll("article .katex")].filter((one) => seen(one) && !one.closest("div.math, .pst-scrollable-table-container"));
    for (const one of inline) {
      let column = one.parentElement;
      while (getComputedStyle(column).display.startsWith("inline")) column = column.parentElement;
      const over = one.getBoundingClientRect().right - column.getBoundingClientRect().right;
      if (over > 1) wide.push([text(one), over]);
    }
    return { wide, formulas: blocks.length + inline.length };
}"""


@pytest.fixture(scope="module")
def tab(chromium):
    context = chromium.new_context()
    context.route("**/*.js", lambda route: route.abort())  # formulas stand in the page itself; widgets would only take time
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", WITH_FORMULAS)
def test_every_formula_fits_its_column(tab, path):
    tab.goto((SITE / path).as_uri())
    tab.evaluate("document.fonts.ready")
    for width, height in ((1280, 900), (360, 780)):
        tab.set_viewport_size({"width": width, "height": height})
        found = tab.evaluate(TOO_WIDE)
        assert found["formulas"] or "fs-widget" in (SITE / path).read_text("utf8")
        assert found["wide"] == [], f"at {width} pixels"


def test_a_formula_that_is_too_wide_is_seen(tab):
    tab.goto((SITE / "book/backward/chain_rule.html").as_uri())
    tab.set_viewport_size({"width": 360, "height": 780})
    for kind in ("div.math", "p > .math"):
        stretched = f"document.querySelector('article {kind} .katex-html').style.cssText = 'display: inline-block; width: 500px'"
        before = len(tab.evaluate(TOO_WIDE)["wide"])
        tab.evaluate(stretched)
        assert len(tab.evaluate(TOO_WIDE)["wide"]) == before + 1, kind
