"""elements.js: what becomes of attributes, listeners and children."""


def test_elements(tab):
    """Null and false leave an attribute out, true gives an empty one, on… listens, and text stays text."""
    found = tab.evaluate("""async () => {
        const { element, svgElement, row, scrolling } = await import("/ui/elements.js");
        let clicks = 0;
        const button = element("button", {id: "b", title: null, lang: undefined, hidden: false, disabled: true, tabindex: 0, onclick: () => clicks++},
          "<b>", [element("i"), null, "x"], undefined, 7);
        button.disabled = false;
        button.click();
        const circle = svgElement("circle", {r: 0}, svgElement("title"));
        return [clicks, element("button", {id: "b", title: null, lang: undefined, hidden: false, disabled: true, tabindex: 0}, "<b>", [element("i"), null, "x"], undefined, 7).outerHTML,
          circle.outerHTML, circle instanceof SVGCircleElement, row("", "a", element("i")).outerHTML, row("fs-walk", "a").outerHTML,
          scrolling("div", "fs-equation", "The formula", "a", element("i")).outerHTML, element("p").outerHTML, svgElement("g").outerHTML]; }""")
    assert found == [
        1, '<button id="b" disabled="" tabindex="0">&lt;b&gt;<i></i>x7</button>', '<circle r="0"><title></title></circle>', True,
        '<div class="fs-row">a<i></i></div>', '<div class="fs-row fs-walk">a</div>',
        '<div class="fs-equation" tabindex="0" role="group" aria-label="The formula">a<i></i></div>', "<p></p>", "<g></g>"]
