"""quantities.js: symbols, formulas, matrices and code on the page, each quantity marked so that it can light up."""
import pytest

SETUP = """async () => { Object.assign(window, await import("/ui/quantities.js"), await import("/generated/names.js"));
  const { iteration, randomParameters } = await import("/model/engine.js");
  window.values = iteration([[0.5, 1], [0.25, -1]], [[0], [1]], randomParameters(3), 0.5);
  window.put = (node) => { document.body.append(node); return node; }; }"""


@pytest.fixture
def page(tab):
    """A page with the module's names and one iteration's values."""
    tab.evaluate(SETUP)
    return tab


def test_a_symbol_is_a_fraction_where_it_is_one(page):
    assert page.evaluate("[symbol('dE_dw2').outerHTML, symbol('w1').outerHTML, operator(' = ').outerHTML]") == [
        '<span class="fs-symbol fs-fraction" data-symbol="dE_dw2" data-kind="gradient"><span class="fs-over">∂E</span><span class="fs-visually-hidden">/</span><span class="fs-under">∂w₂</span></span>',
        '<span class="fs-symbol" data-symbol="w1" data-kind="weight">w₁</span>', '<span class="fs-operator"> = </span>']


@pytest.mark.parametrize("index", range(19))
def test_every_stops_formulas_are_its_tokens(page, index):
    lines, tokens, marked = page.evaluate("""(i) => { const stop = STOPS[i], all = (stop.formulas.any ?? stop.formulas.sigmoid ?? stop.formulas.squared_error);
        const text = (part) => part.map((token) => typeof token === "string" ? token : QUANTITIES[token.q].symbol).join("");
        return [formulaLines(stop).map((line) => [line.className, line.querySelector(".fs-seen").textContent]),
          all.map(({gives, parts}) => ["fs-formula", [[{q: gives}], ...parts].map(text).join(" = ")]),
          formulaLines(stop).map((line) => [...line.querySelectorAll("[data-symbol]")].map((node) => node.dataset.symbol))]; }""", index)
    assert lines == tokens and all(len(names) > 1 or index in (8, 15) for names in marked)


def test_a_formula_is_read_out_as_mathml_and_seen_as_symbols(page):
    line = "formulaLines(STOPS[9])[0]"
    assert page.evaluate(f"{line}.querySelector('.fs-seen').getAttribute('aria-hidden')") == "true"
    assert page.evaluate(f"{line}.querySelector('math').outerHTML") == (
        '<math class="fs-visually-hidden"><mi>δ₂</mi><mo>=</mo><mfrac><mi>∂E</mi><mi>∂a₂</mi></mfrac><mo>⊙</mo><mfrac><mi>∂a₂</mi><mi>∂z₂</mi></mfrac></math>')


def test_formulas_follow_the_functions(page):
    assert page.evaluate("[formulaLines(STOPS[1], {hidden: 'tanh'}), formulaLines(STOPS[1])].map(([line]) => line.querySelector('.fs-seen').textContent)[0]") == "a₁ = tanh(z₁)"
    assert page.evaluate("equationLines(STOPS[1], {hidden: 'tanh'}, values, {hidden: () => false, row: () => null})[0].textContent").startswith("tanh(z₁")
    stop = {"role": "hidden", "outputs": ["a1"], "code": {"sigmoid": ["return z1"], "tanh": ["return a1"]}}
    assert page.evaluate("(stop) => stopCode(stop, {hidden: 'tanh'}).textContent", stop) == "return a1\n"


def test_shown_numbers(page):
    assert page.evaluate("[shownNumber(1/3).outerHTML, shownNumber(-2, {row: 1, column: 2, tag: 'td'}).outerHTML, shownNumber(1/3, {hidden: true}).outerHTML, "
                         "shownNumber(1/3, {digits: 2}).textContent]") == [
        '<span data-row="0" data-col="0" data-value="0.3333333333333333" title="0.3333333333333333">0.3333</span>',
        '<td data-row="1" data-col="2" data-value="-2" title="-2">−2</td>', '<span data-row="0" data-col="0">?</span>', "0.33"]
    assert page.evaluate("cell(0.5, 1, 2)") == {"data-row": 1, "data-col": 2, "data-value": "0.5", "title": "0.5"}


def test_a_number_that_can_be_chosen_is_a_button_with_a_name(page):
    """DESIGN's attributes stay on the cell; the button says which number it is."""
    assert page.evaluate("numbers('w2', [[0.5], [-0.25]], {choose: true}).querySelectorAll('td')[1].outerHTML") == (
        '<td data-row="1" data-col="0" data-value="-0.25" title="-0.25"><button type="button" class="fs-cell" tabindex="-1" '
        'aria-label="w₂, row 2: −0.25">−0.25</button></td>')
    assert page.evaluate("numbers('w2', [[0.5], [-0.25]], {choose: true}).querySelector('table').role") is None, "who hears it gets to the buttons"
    assert page.evaluate("[...numbers('x', [[1, 2]], {choose: true, hidden: true}).querySelectorAll('button')].map((b) => b.ariaLabel)") == [
        "x, column 1: ?", "x, column 2: ?"]


def test_a_matrix_with_its_symbol_and_shape(page):
    assert page.evaluate("numbers('w2', [[0.5], [-0.25]]).outerHTML") == (
        '<span class="fs-matrix" data-quantity="w2" data-symbol="w2" data-kind="weight"><span class="fs-caption"><span class="fs-symbol" data-symbol="w2" data-kind="weight">w₂</span></span>'
        '<table class="fs-brackets" role="img" aria-label="w₂ = 0.5; −0.25"><tbody><tr><td data-row="0" data-col="0" data-value="0.5" title="0.5">0.5</td></tr>'
        '<tr><td data-row="1" data-col="0" data-value="-0.25" title="-0.25">−0.25</td></tr></tbody></table><span class="fs-shape">(2, 1)</span></span>')
    assert page.evaluate("[numbers('E', 0.5), numbers('x', [[1, 2, 3]], {hidden: true})].map((n) => [n.textContent, n.querySelector('table').ariaLabel])") == [
        ["E0.5scalar", "E = 0.5"], ["x???(1, 3)", "x = hidden"]]


def test_a_transposed_matrix_says_so_at_its_bracket_and_with_its_shapes(page):
    """It needs no parentheses; one that others are put in parentheses with keeps them."""
    line = page.evaluate("""() => { const line = equationLines(STOPS[9], {}, values, {hidden: () => false, row: () => null})[1];
      const turned = line.querySelector(".fs-turned").closest(".fs-matrix");
      return [turned.dataset.quantity, turned.querySelector(".fs-turned").lastChild.textContent, turned.querySelector(".fs-shape").textContent,
        turned.querySelector("table").ariaLabel.endsWith(", transposed"), [...line.children].map((node) => node.className + node.dataset.quantity)]; }""")
    assert line[0] == "dz2_dw2" and line[1] == "ᵀ" and line[3] is True
    assert line[2].count("(") == 2 and "ᵀ = " in line[2]
    assert line[4][0] == "fs-matrixdz2_dw2", "no parenthesis before it"
    assert page.evaluate("""withNumbers(["(", {q: "x"}, ")ᵀ ", {q: "y"}, " (", {q: "x"}, " + ", {q: "y"}, ")ᵀ"], (name, turned) => name + (turned ? "!" : ""))
      .map((one) => one.textContent ?? one)""") == ["x!", " ", "y", " (", "x", " + ", "y", ")ᵀ"]


def test_a_formula_with_its_numbers_gives_nothing_away(page):
    lines = page.evaluate("""equationLines(STOPS[9], {}, values, {hidden: (name) => name === "dE_dw2", row: () => null}).map((line) =>
        [line.className, line.lastChild.lastChild.className, line.lastChild.lastChild.textContent, line.lastChild.firstChild.textContent,
         [...line.querySelectorAll(".fs-matrix")].map((m) => [m.dataset.quantity, m.textContent.includes("?")])])""")
    assert [line[:2] for line in lines] == [["fs-line-of-numbers", "fs-result"]] * 2 and all(line[3] == " = " for line in lines)
    hidden = {name: secret for line in lines for name, secret in line[4]}
    assert hidden.pop("dE_dw2") is True and len(hidden) >= 3 and not any(hidden.values())
    assert lines[1][2].endswith("??(2, 1)") and [line[4][-1][0] for line in lines] == ["dE_dz2", "dE_dw2"]


def test_code_marks_the_names_of_quantities(page):
    assert page.evaluate("code(['z1 = x @ w1 + b1', 'toString']).outerHTML") == (
        '<pre class="fs-code"><code><span class="fs-line"><span data-symbol="z1" data-kind="activation">z1</span> = <span data-symbol="x" data-kind="input">x</span> @ '
        '<span data-symbol="w1" data-kind="weight">w1</span> + <span data-symbol="b1" data-kind="bias">b1</span>\n</span><span class="fs-line">toString\n</span></code></pre>')


@pytest.mark.parametrize("event", ["pointerover", "focusin"])
def test_a_quantity_lights_up_wherever_it_stands(page, event):
    found = page.evaluate("""(event) => { const root = put(document.createElement("div")); const outside = put(symbol("w1"));
        root.append(symbol("w1"), symbol("b1"), "text", symbol("w1")); linkSymbols(root); linkSymbols(root);
        const lit = () => [...root.children].map((node) => node.classList.contains("fs-lit")), seen = [];
        const over = (node) => { node.dispatchEvent(new Event(event, {bubbles: true})); seen.push(lit()); };
        over(root.children[0]); over(root.children[1]); over(root); over(root.children[2]);
        root.dispatchEvent(new Event("pointerleave")); seen.push(lit());
        return [seen, outside.classList.contains("fs-lit")]; }""", event)
    w1, b1, none = [True, False, True], [False, True, False], [False] * 3
    assert found == [[w1, b1, none, w1, none], False]


def test_other_letters_for_a_quantity(page):
    """Where there is one layer, its numbers have their letters without the number of the layer; in the picture and for who hears it."""
    found = page.evaluate("""() => { const own = numbers("da1_dz1", [[0.25]], {letter: "∂a/∂z"});
        return [lone("w1", "w").outerHTML, own.querySelector(".fs-caption").textContent, own.querySelector("table").ariaLabel, own.dataset.quantity]; }""")
    assert found == ['<span class="fs-symbol" data-symbol="w1" data-kind="weight">w</span>', "∂a/∂z", "∂a/∂z = 0.25", "da1_dz1"]
    assert page.evaluate("term('a', operator(' = ')).outerHTML") == '<span class="fs-term">a<span class="fs-operator"> = </span></span>'


def test_the_row_that_the_picture_shows_is_marked(page):
    rows = page.evaluate("""[...equationLines(STOPS[9], {}, values, {hidden: () => false, row: (name) => (name === "dE_da2" ? 1 : null)})[0]
      .querySelectorAll("tr")].map((row) => [row.closest("[data-quantity]").dataset.quantity, row.hasAttribute("data-shown")])""")
    assert [name for name, marked in rows if marked] == ["dE_da2"] and ("dE_da2", False) in map(tuple, rows)


def test_the_line_that_returns_means_what_the_stop_gives(page):
    marks = page.evaluate("[...stopCode(STOPS[9], {}).querySelectorAll('.fs-line')].map((line) => line.dataset.symbol ?? null)")
    assert marks == [None, "dE_dw2"]
