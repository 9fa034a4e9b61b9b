"""A notebook's numbers, which JupyterLab sets as links: the notebook's first picture answers them."""
import pytest

NOTEBOOK = """<div class="jp-Notebook"><section data-widget="StepExplorer" id="first"></section><section data-widget="StepExplorer"></section></div>
<div class="jp-Notebook" id="other"><p><a id="far" href="#q:E">0.2</a></p></div>"""


@pytest.fixture
def page(tab):
    tab.evaluate("""async (html) => {
        const { followLinks } = await import("/ui/prose.js");
        document.body.innerHTML = html;
        globalThis.heard = [];
        const hear = (what) => (cell) => heard.push([what, cell && Object.values(cell)]);
        const all = document.querySelectorAll("section");
        globalThis.ends = [...all].map((root, i) => followLinks(root, "StepExplorer", { light: hear(`light ${i}`), open: hear(`open ${i}`) }));
        // JupyterLab sets the text anew whenever it likes: the links come later
        all[0].insertAdjacentHTML("beforebegin", `<p><a id="word" href="#q:dE_dz1%5B1,0%5D">−0.0122</a> <a id="whole" href="#q:w2">w₂</a>
          <a id="heading" href="#there">elsewhere</a></p>`); }""", NOTEBOOK)
    return tab


def heard(page):
    return page.evaluate("heard.splice(0)")


def test_pointed_at_reached_and_pressed(page):
    page.locator("#word").hover()
    assert heard(page) == [["light 0", ["dE_dz1", 1, 0]]]
    page.locator("#whole").hover()
    assert heard(page) == [["light 0", None], ["light 0", ["w2", None, None]]]
    page.locator("#word").focus()
    assert heard(page) == [["light 0", ["dE_dz1", 1, 0]]]
    page.keyboard.press("Enter")
    assert heard(page) == [["open 0", ["dE_dz1", 1, 0]]]
    assert page.evaluate("location.hash") == "", "the page does not leave its place"


def test_other_links_and_other_notebooks_are_left_alone(page):
    page.locator("#heading").click()
    page.locator("#far").click()
    assert heard(page) == [] and page.evaluate("location.hash") == "#q:E"


def test_a_picture_that_is_gone_answers_no_more(page):
    page.evaluate("ends[0](), document.querySelector('#first').remove()")
    page.locator("#word").click()
    assert [what for what, _ in heard(page)] == ["light 1", "light 1", "open 1"], "the next one does: pointed at, focused, pressed"
