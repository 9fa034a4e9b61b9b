"""One style sheet and one script: what no page uses is left out, what a page or a script names stays, and formulas' fonts are cut."""
import base64
import io
import re
from types import SimpleNamespace

import pytest
from fontTools import ttLib
from fourteen_steps import fonts, light, shrink
from fourteen_steps.assets import KATEX
from py_mini_racer import MiniRacer

PAGE = ('<p class="here"><span class="katex-html" aria-hidden="true"><span class="mord mathnormal">a</span>'
        '<span class="mord">=½</span></span></span> Zeit</p>')


def styles(tmp_path, text, page=PAGE, script="", sheet="one.css"):
    (tmp_path / sheet).parent.mkdir(exist_ok=True)
    (tmp_path / sheet).write_text(text, "utf8")
    return light.site_styles(tmp_path, [sheet], [page], [script])


def test_rules_for_what_is_nowhere_go_and_others_stay(tmp_path):
    rules = ".here{top:1px}.gone{top:2px}.gone,.made{top:3px}.fs-x{top:4px}p{top:5px}.here .gone{top:6px}"
    found = styles(tmp_path, rules, script='x.className = "made"')
    assert [f"top:{n}px" in found for n in range(1, 7)] == [True, False, True, True, True, False]


def test_properties_that_nobody_asks_for_go_however_deep(tmp_path):
    found = styles(tmp_path, ":root{--a:1px;--b:var(--a);--c:2px;--d:var(--c);--fs-f:4px;--e:3px}p{top:var(--d)}", script='get("--e")')
    assert set(re.findall(r"(--[\w-]+):", found)) == {"--c", "--d", "--e", "--fs-f"}


def test_addresses_read_from_where_the_sheet_is_now(tmp_path):
    found = styles(tmp_path, 'p{background:url("x.svg"),url(data:image/png;base64,AA)}', sheet="icons/one.css")
    assert 'url(icons/x.svg)' in found.replace('"', "") and "url(data:image/png" in found.replace('"', "")


def test_scripts_are_joined_in_order_and_texts_among_them(tmp_path):
    (tmp_path / "a.js").write_text("/* long */ var one = 1;\n//# sourceMappingURL=a.js.map", "utf8")
    text = light.site_script(tmp_path, ["var zero = 0;", "a.js"])
    assert text.index("zero") < text.index("one") and "long" not in text and "sourceMapping" not in text


def test_a_script_that_asks_for_a_storage_goes_on_where_there_is_none(tmp_path):
    """The theme's scripts do not expect that a reader has barred it: one of them once ended all that stood behind it."""
    text = light.site_script(tmp_path, ["var mode = localStorage.getItem('mode') || sessionStorage.getItem('a') || 'auto';"])
    allowed = "globalThis.localStorage = { getItem: () => null };"
    for storage in (allowed, "Object.defineProperty(globalThis, 'localStorage', { get() { throw new Error('SecurityError'); } });"):
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
    assert found == {("KaTeX_Math", "italic", "400"): {"a"}, ("KaTeX_Main", "normal", "400"): {"=", "½"}}


def test_a_cut_font_has_its_signs_and_the_whole_one_has_the_rest(tmp_path):
    (tmp_path / "katex" / "fonts").mkdir(parents=True)
    for file in (KATEX / "fonts").iterdir():
        (tmp_path / "katex" / "fonts" / file.name).write_bytes(file.read_bytes())
    sheet = fonts.formula_fonts(tmp_path, (KATEX / "katex.min.css").read_text("utf8"), [PAGE], ["ŷ"])
    faces = re.findall(r'@font-face\{font-family:(\w+);font-style:(\w+);font-weight:(\d+);src:url\(([^)]+)\) format\("woff2"\)'
                       r";unicode-range:([^}]+)\}", sheet)
    cut, whole = [face for face in faces if face[0] == "KaTeX_Math"]
    assert whole[3] == "fonts/KaTeX_Math-Italic.woff2" and cut[4] == "U+61"
    content = base64.b64decode(cut[3].partition(",")[2]) if cut[3].startswith("data:") else (tmp_path / "katex" / cut[3]).read_bytes()
    assert set(ttLib.TTFont(io.BytesIO(content)).getBestCmap()) == {ord("a")} and len(content) < 2000
    assert "KaTeX_Fraktur" not in {face[0] for face in faces}, "what no page shows is asked of nobody"


@pytest.mark.parametrize(("points", "text"), [([], ""), ([0x61], "U+61"), ([0x61, 0x62, 0x63, 0x70], "U+61-63,U+70")])
def test_a_range_joins_neighbours(points, text):
    assert fonts.unicode_range(points) == text


def test_a_warm_build_with_nothing_new_leaves_the_pages_alone(tmp_path):
    """It once ended with an error: no page had said which scripts it has."""
    (tmp_path / "page.html").write_text(PAGE, "utf8")
    light.write_site(SimpleNamespace(builder=SimpleNamespace(name="html"), outdir=tmp_path), None)
    assert [p.name for p in tmp_path.iterdir()] == ["page.html"] and (tmp_path / "page.html").read_text("utf8") == PAGE
