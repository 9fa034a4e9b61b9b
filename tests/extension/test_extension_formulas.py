"""Formulas as HTML: each quantity in the colour of its kind, and what KaTeX cannot read is an error."""
import pytest
from fourteen_steps import tex
from fourteen_steps.formulas import colour_symbols, in_short, render_formula
from py_mini_racer import JSEvalException


@pytest.mark.parametrize(("latex", "coloured"), [
    ("w_1", r"\htmlClass{fs-weight fs-q-w1}{w_1}"),
    (r"\frac{\partial E}{\partial w_2}", r"\htmlClass{fs-gradient fs-q-dE_dw2}{\frac{\partial E}{\partial w_2}}"),
    ("a_{2}^{(1)} - y", r"\htmlClass{fs-activation fs-q-a2}{a_{2}^{(1)}} - \htmlClass{fs-input fs-q-y}{y}"),
    ("w_{1,21}", r"\htmlClass{fs-weight fs-q-w1}{w_{1,21}}"),
    (r"w_2^{\text{new}}", r"\htmlClass{fs-weight fs-q-w2}{w_2}^{\text{new}}"),
    (r"\text{an example}", r"\text{an example}"),
    (r"\max", r"\max"),
    ("z = w x", r"\htmlClass{fs-activation}{z} = \htmlClass{fs-weight}{w} \htmlClass{fs-input fs-q-x}{x}"),
])
def test_symbols_are_coloured_by_their_kind(latex, coloured):
    assert colour_symbols(latex) == coloured


def test_a_formula_is_html_and_mathml():
    html = render_formula("z_1 = x\\, w_1 + b_1", False)
    assert "<math" in html and 'class="fs-bias fs-q-b1"' in html and "katex-display" not in html
    assert "katex-display" in render_formula("E", True)


@pytest.mark.parametrize(("written", "short"), [
    ('<span class="mord mtight"><span class="mord mtight">2</span></span>', "2"),
    ('<span class="mord mathnormal" style="margin-right:0.05764em;">E</span>',
     '<span class="mathnormal" style="margin-right:.057em">E</span>'),
    ('<span class="mopen delimcenter" style="top:0em;">(</span>', '<span class="delimcenter">(</span>'),
    ('<span style="top:-2.4337em;margin-left:0em;margin-right:0.05em;"></span>', '<span style="top:-2.433em;margin-right:.05em"></span>'),
    ('<span class="pstrut" style="height:2.7em;"></span><span class="mord">1</span>',
     '<span class="pstrut" style="height:2.7em"></span><span>1</span>'),
])
def test_a_drawn_formula_has_nothing_that_nobody_looks_at(written, short):
    head = '<math><mn style="margin-left:0em;">2</mn></math><span class="katex-html">'
    assert in_short(head + written) == head + short, "what is spoken stays as it is"


def test_a_formula_that_cannot_be_read_fails_the_build():
    with pytest.raises(JSEvalException, match="ParseError"):
        render_formula(r"\frac{1}", False)


def test_a_page_does_not_say_its_tex_once_more_and_a_book_has_it_again():
    page = f"<p>{render_formula('z_1', False)} and {render_formula('E', True)}</p>"
    kept = {}
    short = tex.without_tex(page, kept)
    assert "annotation" not in short and "semantics" not in short and short.count("<math") == 2
    assert tex.without_tex(short, kept) == short and len(kept) == 2, "a page that is written already"
    assert tex.with_tex(short, kept) == page
