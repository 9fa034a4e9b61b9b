"""One style sheet and one script: what no page uses is left out, what a page or a script names stays, and formulas' fonts are cut."""
import base64
import io
import re
from types import SimpleNamespace

import pytest
from fontTools import ttLib
from fourteen_steps import fonts, light, paths, prune, shrink
from fourteen_steps.assets import KATEX
from py_mini_racer import MiniRacer

PAGE = ('<p class="here"><span class="katex-html" aria-hidden="true"><span class="mord mathnormal">a</span>'
        '<span class="mord">=½</span></span></span> Zeit</p>')


def styles(tmp_path, text, page=PAGE, script="", sheet="one.css"):
    (tmp_path / sheet).parent.mkdir(exist_ok=True)
    (tmp_path / sheet).write_text(text, "utf8")
    return light.site_styles(tmp_path, [sheet], [page], [script])[0]


def test_rules_for_what_is_nowhere_go_and_others_stay(tmp_path):
    rules = ".here{top:1px}.gone{top:2px}.gone,.made{top:3px}.fs-x{top:4px}p{top:5px}.here .gone{top:6px}"
    found = styles(tmp_path, rules, script='x.className = "made"')
    assert [f"top:{n}px" in found for n in range(1, 7)] == [True, False, True, True, True, False]


def test_properties_that_nobody_asks_for_go_however_deep(tmp_path):
    found = styles(tmp_path, ":root{--a:1px;--b:var(--a);--c:2px;--d:var(--c);--fs-f:4px;--e:3px}p{top:var(--d)}", script='get("--e")')
    assert set(re.findall(r"(--[\w-]+):", found)) == {"--c", "--d", "--e", "--fs-f"}


def test_movements_that_no_rule_asks_for_go(tmp_path):
    frames = "".join(f"@keyframes {name}{{from{{top:0}}to{{top:1px}}}}" for name in ("gone", "one", "two", "fs-x"))
    found = styles(tmp_path, frames + "p{animation:1s one}p b{animation-name:two}", page=PAGE + "<p><b>x</b></p>")
    assert re.findall("@keyframes ([\\w-]+)", found) == ["one", "two", "fs-x"]


def test_addresses_read_from_where_the_sheet_is_now(tmp_path):
    found = styles(tmp_path, 'p{background:url("x.svg"),url(data:image/png;base64,AA)}', sheet="icons/one.css")
    assert 'url(icons/x.svg)' in found.replace('"', "") and "url(data:image/png" in found.replace('"', "")


def test_scripts_are_joined_in_order_and_texts_among_them(tmp_path):
    (tmp_path / "a.js").write_text("/* long */ var one = 1;\n//# sourceMappingURL=a.js.map", "utf8")
    text = light.site_script(tmp_path, ["var zero = 0;", "a.js"])
    assert text.index("zero") < text.index("one") and "long" not in text and "sourceMapping" not in text


def test_a_script_that_asks_for_a_storage_goes_on_where_there_is_none_or_it_is_full(tmp_path):
    """The theme's scripts do not expect that a reader has barred it: one of them once ended all that stood behind it."""
    text = light.site_script(tmp_path, ["localStorage.setItem('b', 1);",
                                        "var mode = localStorage.getItem('mode') || sessionStorage.getItem('a') || 'auto';"])
    allowed = "globalThis.localStorage = { getItem: () => null, setItem() {} };"
    full = "globalThis.localStorage = { getItem: () => null, setItem() { throw new Error('QuotaExceededError'); } };"
    for storage in (allowed, full, "Object.defineProperty(globalThis, 'localStorage', { get() { throw new Error('SecurityError'); } });"):
        engine = MiniRacer()
        engine.eval(f"globalThis.sessionStorage = {{ getItem: () => 'kept' }}; {storage}")
        engine.eval(text)
        engine.eval(text)  # as another script that came later
        assert engine.eval("mode") == "kept"


def test_a_shorter_script_computes_the_same():
    """What minifiers were seen to break: a default that speaks of the variables around, and a text inside of a text."""
    text = """// a comment
    const given = (alpha, beta) => ((name, [r, c] = [alpha, beta]) => `${name} // ${r + c}`)("x"); /* another */
    const part = (row) => `b${row ? `, row ${row}` : ""}, column`; // and one more
    globalThis.found = given(3, 4) + part(1) + "/* no comment */".length;"""
    short = shrink.script(text)

    def found(script):
        return MiniRacer().eval(f"{script}\nfound")

    assert found(short) == found(text) == "x // 7b, row 1, column16"
    assert len(short) < len(text) / 2 and "a comment" not in short and "another" not in short and "one more" not in short


def test_the_signs_of_a_formula_are_known_by_face():
    found = fonts.signs_in([PAGE], (KATEX / "katex.min.css").read_text("utf8"))
    assert found == {("KaTeX_Math", "italic", "400"): {"a": 1}, ("KaTeX_Main", "normal", "400"): {"=": 1, "½": 1}}
    twice = fonts.signs_in([PAGE, PAGE, PAGE.replace(">a<", ">b<")], (KATEX / "katex.min.css").read_text("utf8"))
    assert twice["KaTeX_Math", "italic", "400"] == {"a": 2, "b": 1}, "pages are counted"


FACES = re.compile(r'@font-face\{font-family:(\w+);font-style:(\w+);font-weight:(\d+);src:url\(([^)]+)\) format\("woff2"\)'
                   r";unicode-range:([^}]+)\}")


def fonts_of(tmp_path, *pages, scripts=("ŷ",)):
    """The faces of the site's sheet, and those of each page."""
    (tmp_path / "katex" / "fonts").mkdir(parents=True)
    for file in (KATEX / "fonts").iterdir():
        (tmp_path / "katex" / "fonts" / file.name).write_bytes(file.read_bytes())
    sheet, own = fonts.formula_fonts(tmp_path, (KATEX / "katex.min.css").read_text("utf8"), pages, scripts)
    return FACES.findall(sheet), [FACES.findall(own[page]) for page in pages]


def signs_in_font(content):
    return {chr(point) for point in ttLib.TTFont(io.BytesIO(content)).getBestCmap()}


def test_a_font_has_the_signs_in_use_and_no_other(tmp_path):
    faces, _ = fonts_of(tmp_path, PAGE)
    assert {face[0] for face in faces} == {"KaTeX_Main", "KaTeX_Math"}, "what no page shows is asked of nobody"
    for *_, file, points in faces:
        signs = signs_in_font((tmp_path / "katex" / file).read_bytes())
        spans = re.findall(r"U\+(\w+)(?:-(\w+))?", points)
        assert len(signs) == sum(int(b or a, 16) - int(a, 16) + 1 for a, b in spans) and len(signs) < 60


def test_a_sign_of_few_pages_stands_in_these_and_a_file_has_it_for_a_widget(tmp_path):
    often, seldom = PAGE, PAGE.replace("=½", "%")
    faces, own = fonts_of(tmp_path, *[often + " " * n for n in range(9)], seldom)
    assert [[face[0] for face in found] for found in own] == [[]] * 9 + [["KaTeX_Main"]]
    *_, source, points = own[-1][0]
    assert points == "U+25" and signs_in_font(base64.b64decode(source.partition(",")[2])) == {"%"}
    files = [signs_in_font((tmp_path / "katex" / face[3]).read_bytes()) for face in faces if face[0] == "KaTeX_Main"]
    assert "%" in files[0] and "=" in files[1] and "7" in files[1] and "%" not in files[1], "a widget may write any number"


def test_a_face_of_few_signs_stands_in_the_page(tmp_path):
    page = PAGE.replace("mord mathnormal", "delimsizing size2").replace(">a<", ">(<")
    _, [own, other] = fonts_of(tmp_path, page, PAGE)
    assert [(face[0], face[4]) for face in own] == [("KaTeX_Size2", "U+28")] and other == []


@pytest.mark.parametrize("rule", [
    "p.here{top:1px}", ".here .made{top:1px}", "div.made>p{top:1px}", "p:hover,q{top:1px}",
    "[data-theme=dark] p{top:1px}", "p:not(.gone){top:1px}",
    "@media print{p{top:1px}}", "@font-face{font-family:q;src:url(x)}", '.here:after{content:"} q.gone{"}',
])
def test_a_rule_for_what_may_be_there_stays(rule):
    there = prune.site([PAGE], ['x.className = "made"; document.documentElement.dataset.theme = 1; x("div")'])
    assert prune.pruned(rule, there) == rule.replace(",q{", "{")


@pytest.mark.parametrize("rule", [
    "q.here{top:1px}", "p.body{top:1px}", "table p{top:1px}", "p[data-unknown]{top:1px}",
    ".here.katex-html{top:1px}", "@media print{q{top:1px}}",
])
def test_a_rule_that_meets_nothing_goes(rule):
    """Two classes that no element has together, a tag that is nowhere, and what a script only asks of the document."""
    there = prune.site([PAGE], ["document.body.append(1)"])
    assert prune.pruned(rule + "p{top:2px}", there) == "p{top:2px}"


@pytest.mark.parametrize(("data", "short"), [
    ("M 384.4 60.7\nL 388.4 62.7\nL 384.4 64.7\nz\n", "M384.4 60.7l4 2l-4 2z"),
    ("M 0.5 -1 C 1 2.3 3 4 5 0 L 0.4 0 M 7 7 Q 8 8 9 9 z L 6 7", "M.5-1c.5 3.3 2.5 5 4.5 1l-4.6 0M7 7q1 1 2 2zl-1 0"),
    ("M 1 1 L 2 2 3 3", None), ("M 1 1 A 1 1 0 0 1 2 2", None), ("m 1 1 l 2 2", None), ("M 1e-5 1 L 2 2", None), ("", None),
])
def test_a_path_in_short_goes_the_same_way_and_what_is_not_understood_stays(data, short):
    assert paths.relative(data) == (data if short is None else short)


def test_only_the_paths_of_figures_are_told_in_short():
    page = ('<p d="M 1 1 L 2 2">M 1 1 L 2 2</p><svg>'
            '<text transform="rotate(-0 3 4)">x</text><path id="M 1 1" d="M 1 1 L 2 2" transform="rotate(9 3 4)"/></svg>')
    told = '<p d="M 1 1 L 2 2">M 1 1 L 2 2</p><svg><text>x</text><path id="M 1 1" d="M1 1l1 1" transform="rotate(9 3 4)"/></svg>'
    assert paths.in_short(page) == told


@pytest.mark.parametrize(("points", "text"), [([], ""), ([0x61], "U+61"), ([0x61, 0x62, 0x63, 0x70], "U+61-63,U+70")])
def test_a_range_joins_neighbours(points, text):
    assert fonts.unicode_range(points) == text


def test_a_warm_build_with_nothing_new_leaves_the_pages_alone(tmp_path):
    """It once ended with an error: no page had said which scripts it has."""
    (tmp_path / "page.html").write_text(PAGE, "utf8")
    light.write_site(SimpleNamespace(builder=SimpleNamespace(name="html"), outdir=tmp_path), None)
    assert [p.name for p in tmp_path.iterdir()] == ["page.html"] and (tmp_path / "page.html").read_text("utf8") == PAGE


def test_blanks_go_where_nobody_sees_them_and_stay_where_somebody_does():
    page = "<p>a\n\n    b\xa0\n c</p>\n\n   <pre>x\n\n  y</pre>\n\n<script>\n\n  a\n</script>  \n <textarea>\n\n t</textarea>"
    told = "<p>a\nb\xa0\nc</p>\n<pre>x\n\n  y</pre>\n<script>\n\n  a\n</script>\n<textarea>\n\n t</textarea>"
    assert light.without_blank_lines(page) == told


def test_what_the_list_of_what_was_found_looks_like_stands_in_its_page(tmp_path):
    (tmp_path / "one.css").write_text("p{top:1px}#search-results p{top:2px}@media print{p{top:3px}#search-results p{top:4px}}", "utf8")
    search = PAGE.replace("<p", '<div id="search-results"></div><p')
    sheet, own = light.site_styles(tmp_path, ["one.css"], [PAGE, search], [])
    assert re.findall(r"top:(\d)", sheet) == ["1", "3"] and own[PAGE] == ""
    assert re.findall(r"top:(\d)", own[search]) == ["2", "4"]
