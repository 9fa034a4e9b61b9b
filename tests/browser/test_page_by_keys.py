"""What stands around a page's text, for who has no pointer: nothing that is pressed loses the focus, and each says how it is."""
import re

import pytest

NAME = "() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.title ?? document.activeElement.textContent"


def test_the_search_is_closed_by_escape_wherever_the_focus_is_and_gives_it_back(open_page):
    tab = open_page("book/ideas/layers.html", viewport={"width": 1280, "height": 800})
    opened = tab.locator(".search-button__wrapper.show .search-button__search-container")
    for steps in (0, 1):
        tab.get_by_role("button", name="Search").first.focus()
        before = tab.evaluate(NAME)
        tab.keyboard.press("Control+k")
        opened.wait_for()
        for _ in range(steps):
            tab.keyboard.press("Tab")
        tab.keyboard.press("Escape")
        opened.wait_for(state="hidden")
        assert tab.evaluate(NAME) == before


def test_a_press_that_takes_the_contents_away_keeps_the_focus(open_page):
    tab = open_page("book/ideas/layers.html", viewport={"width": 1280, "height": 800})
    button = tab.locator(".primary-toggle")
    contents = tab.locator(".bd-sidebar-primary .bd-docs-nav")
    there = contents.is_visible()
    for now in (not there, there):
        button.focus()
        tab.keyboard.press("Enter")
        tab.wait_for_function("now => document.querySelector('.primary-toggle').getAttribute('aria-expanded') === String(now)", arg=now)
        assert tab.evaluate("document.activeElement.localName") != "body"


def test_the_button_for_light_and_dark_says_which_it_is(open_page):
    tab = open_page("book/ideas/layers.html", viewport={"width": 1280, "height": 800})
    button, said = tab.get_by_role("button", name="light/dark").first, []
    for _ in range(3):
        said.append(button.get_attribute("aria-label"))
        assert tab.evaluate("document.documentElement.dataset.mode") in said[-1].replace("as the system", "auto")
        button.press("Enter")
    assert len(set(said)) == 3


def test_who_searches_by_keys_stands_before_what_was_found(open_page):
    """The results came after the whole sidebar, with the focus on nothing."""
    tab = open_page("book/reference/why.html")
    tab.keyboard.press("Control+k")
    tab.keyboard.type("sigmoid")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/search.html?q=sigmoid")
    tab.wait_for_function("() => document.activeElement.matches('.search-summary')")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.closest('#search-results li') !== null")


@pytest.mark.parametrize("page", ["book/backward/step_12_dE_dw1.html", "book/ideas/layers.html"])
def test_a_letter_of_a_formula_is_read_as_a_letter(open_page, page):
    """A screen reader said the code of an italic sign for each w, and "twenty-one" for the weight from 2 to 1."""
    tab = open_page(page)
    line = tab.context.new_cdp_session(tab)
    said = [node.get("name", {}).get("value", "") for node in line.send("Accessibility.getFullAXTree")["nodes"]]
    assert any("w" in name for name in said) and not [name for name in said if any(0x1D400 <= ord(sign) < 0x1D800 for sign in str(name))]
    subscripts = tab.locator("math msub mn").evaluate_all("(all) => all.map((e) => e.textContent)")
    assert subscripts and not [text for text in subscripts if len(text) > 1]


def test_what_was_found_is_quoted_from_the_page_and_not_from_what_stands_around_it(open_page):
    """Excerpts began with ".ipynb .pdf", the title and the contents, and had each letter of a formula twice."""
    tab = open_page("search.html?q=gradient")
    tab.wait_for_function("""() => /found/.test(document.querySelector('.search-summary').textContent)
      && [...document.querySelectorAll('#search-results li')].every((li) => li.querySelector('.context'))""")
    quoted = tab.locator("#search-results li .context").all_inner_texts()
    assert len(quoted) > 9 and all(len(text) > 20 for text in quoted)
    assert not [text for text in quoted if re.search(r"\.ipynb|\.pdf|Contents|minutes to read|\u200b|([δw][₁₂\d])\1", text)]


@pytest.mark.parametrize("path", ["book/index.html", "search.html"])
def test_signs_without_a_word_and_what_measures_are_not_read(open_page, path):
    """A search button was read with the sign of its icon, and the box that the theme measures with as "blank"."""
    tab = open_page(path)
    assert tab.locator("i[class*=fa-]").count() > 3
    assert tab.locator("i[class*=fa-], [class*=scroll-pixel], [id*=scroll-pixel]").evaluate_all("(all) => all.filter((one) => one.ariaHidden !== 'true').length") == 0
    assert tab.locator(".search-button__button").first.evaluate("(one) => one.ariaLabel ?? one.innerText").startswith("Search")
