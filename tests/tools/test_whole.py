"""tools/whole.py, tools/pdf.py, tools/epub.py: pages that stand together in one book, read without a browser."""
import re
import shutil
import subprocess
import zipfile
from xml.dom import minidom
from xml.etree import ElementTree

import epub
import pdf
import pytest
import whole
from fourteen_steps import offline, take_along

FIRST = f"""<article class="bd-article" xmlns="{whole.XHTML}"><section id="first">
<h1>First<a class="headerlink" href="#first">#</a></h1>
<p id="same">See <a href="../b/second.html#same">there</a>, <a href="#same">here</a>,
<a href="../../_static/bank.zip">the bank</a>,
<a href="https://example.org/">elsewhere</a>,
<a href="../b/second.html#StepExplorer=1.e30">the stage</a>, <a href="#ex-why-solution">why</a>.</p>
<span class="math"><span class="katex-display"><span class="katex"><span class="katex-mathml">
<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow><mi>x</mi></mrow>
<annotation encoding="application/x-tex">\\htmlClass{{fs-input}}{{x_{{1}}}}</annotation></semantics></math></span>
<span class="katex-html">x</span></span></span></span>
<figure><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" role="img" aria-label="A line.">
<defs><clipPath id="clip"><rect width="9" height="9"/></clipPath></defs>
<path d="M 0 0 L 9 9" clip-path="url(#clip)" style="fill: var(--fs-text, #1c2126)"/><path clip-path="url(#clip)"/></svg></figure>
<div class="fs-host" data-widget="AnswerBox"><script type="application/json">{{}}</script><p>Compute.</p></div>
<div class="fs-widget" aria-labelledby="label"><h3 id="label">Stage</h3></div>
<h2>Exercises</h2><div class="solution dropdown admonition" id="ex-why-solution"><p>Because.</p></div></section>
ENDS</article>"""
SECOND = f"""<article class="bd-article" xmlns="{whole.XHTML}"><section id="second"><h1>Second</h1>
<p id="same">Back to <a href="../a/first.html">First</a>.</p>
<section><h2>1. Which?</h2><details class="sd-dropdown fs-right"><summary><span class="sd-summary-text">This one</span></summary>
<div class="sd-card-body"><p>Right. It is.</p></div></details>
<details class="sd-dropdown fs-wrong"><summary><span class="sd-summary-text">That one</span></summary>
<div class="sd-card-body"><p>No. It is not.</p></div></details></section></section></article>"""
PRINTED = """<section class="fs-paper-answers"><h2>Answers</h2>
<div class="solution dropdown admonition"><p>Because.</p></div></section>"""


def pages(ends=PRINTED):
    """Two pages that use the same names."""
    texts = {"book/a/first": FIRST.replace("ENDS", ends), "book/b/second": SECOND}
    return [whole.Page(name, part, minidom.parseString(text).documentElement)
            for (name, text), part in zip(texts.items(), ("A", "B"), strict=True)]


def tree(book):
    return ElementTree.fromstring(book.toxml())


def ids(root):
    return [node.get("id") for node in root.iter() if node.get("id")]


@pytest.mark.parametrize("answers", pdf.CHOICES)
def test_every_name_is_one_and_every_link_leads_to_one(answers):
    root = tree(pdf.joined(pages(), answers))
    assert len(ids(root)) == len(set(ids(root)))
    addresses = {"".join(node.itertext()): node.get("href") for node in root.iter(f"{{{whole.XHTML}}}a")}
    assert {href[1:] for href in addresses.values() if href.startswith("#")} <= set(ids(root))
    assert addresses["there"] == "#b-second--same" and addresses["here"] == "#a-first--same", "each page's own"
    assert addresses["elsewhere"] == "https://example.org/" and addresses["the stage"] == "#b-second"
    assert "the bank" not in addresses and "the bank" in "".join(root.itertext()), "a file of the site is no link on paper"


def test_a_picture_takes_its_parts_from_itself_and_a_label_from_its_page():
    text = pdf.joined(pages()).toxml()
    assert 'id="a-first--clip"' in text and "url(#a-first--clip)" in text and 'aria-labelledby="a-first--label"' in text


def test_the_outline_is_parts_pages_and_sections():
    root = tree(pdf.joined(pages()))
    found = [(node.tag[-2:], "".join(node.itertext())) for node in root.iter() if re.fullmatch(r".*\}h\d", node.tag)]
    said = [("h1", "Contents"), ("h1", "A"), ("h2", "First"), ("h3", "Exercises"), ("h1", "B"), ("h2", "Second"), ("h3", "1. Which?"),
            ("h1", "Answers to the exercises"), ("h2", "First")]
    assert found == said, "no heading of a widget"


@pytest.mark.parametrize(("answers", "times", "behind"), [("end", 1, "1. Which?"), ("chapter", 1, "Exercises"), ("none", 0, "")])
def test_answers_stand_where_they_are_wanted(answers, times, behind):
    said = "".join(tree(pdf.joined(pages(), answers)).itertext())
    assert said.count("Because.") == times
    assert not times or said.index("Because.") > said.index(behind)
    assert answers != "chapter" or said.index("Because.") < said.index("1. Which?")


def test_the_contents_say_the_sheets():
    said = {"a-first": 3, "b-second": 41}
    all_links = tree(pdf.joined(pages(), "end", said)).iter(f"{{{whole.XHTML}}}a")
    links = [node for node in all_links if node.get("href") in ("#a-first", "#b-second")]
    assert ["".join(node.itertext()) for node in links][:2] == ["First3", "Second41"]


def test_the_order_is_the_sites():
    order = whole.order()
    assert order[0] == ("", "book/index") and ("Backward", "book/backward/step_05_dE_dw2") in order and len(order) == len(set(order)) > 60


def test_without_a_built_site_one_line_says_what_to_type(tmp_path):
    with pytest.raises(SystemExit, match=r"Not in the built site: book/a, book/b, book/c …\. Build it first: make book"):
        list(whole.read(None, [("", f"book/{letter}") for letter in "abcd"], tmp_path, live=False))


def test_an_epub_is_whole(tmp_path):
    written = epub.bound(pages(ends=""), tmp_path / "book.epub")
    with zipfile.ZipFile(written) as book:
        first = book.infolist()[0]
        assert first.filename == "mimetype" and first.compress_type == zipfile.ZIP_STORED and book.read(first) == b"application/epub+zip"
        texts = {name: book.read(name).decode() for name in book.namelist()}
    for name, text in texts.items():
        if name.endswith(("xhtml", "opf", "xml")):
            ElementTree.fromstring(text)
    one, two = texts["book/a-first.xhtml"], texts["book/b-second.xhtml"]
    assert 'href="b-second.xhtml#same"' in one and 'href="a-first.xhtml"' in two and 'href="#same"' not in one
    assert 'alttext="x_{1}"' in one and 'display="block"' in one and "katex-html" not in one and "htmlClass" not in one
    assert "script" not in one and "var(--" not in one and "Compute." in one and 'aria-label="A line."' in one
    assert one.index("Answers") < one.index("Because.") and two.index("That one") < two.index("Answers") < two.index("Right. It is.")
    assert "No. It is not." not in two
    items = dict(re.findall(r'href="([^"]+)" media-type="application/xhtml\+xml"(?: properties="([^"]*)")?', texts["book/package.opf"]))
    assert items == {"nav.xhtml": "nav", "a-first.xhtml": "mathml svg", "b-second.xhtml": ""}


@pytest.mark.slow
@pytest.mark.skipif(not (shutil.which("epubcheck") and shutil.which("java")), reason="epubcheck is not installed")
def test_epubcheck_finds_nothing(tmp_path):
    written = epub.bound(pages(ends=""), tmp_path / "book.epub")
    judged = subprocess.run(["java", "-jar", shutil.which("epubcheck"), str(written)], capture_output=True, text=True)
    assert judged.returncode == 0 and "0 errors / 0 warnings" in judged.stdout + judged.stderr, judged.stdout + judged.stderr


def test_the_same_pages_make_the_same_epub(tmp_path):
    assert epub.bound(pages(""), tmp_path / "a").read_bytes() == epub.bound(pages(""), tmp_path / "b").read_bytes()


def test_the_site_carries_what_there_is_with_its_size(tmp_path):
    site, made = tmp_path / "site", tmp_path / "made"
    (site / "_static").mkdir(parents=True)
    made.mkdir()
    page = site / take_along.PAGE
    page.parent.mkdir(parents=True)
    page.write_text('<p>Before</p><div class="fs-take-along"></div><p>After</p>', "utf8")
    take_along.carry(site, made)
    assert "make epub" in page.read_text("utf8") and "download" not in page.read_text("utf8")
    (made / "fourteen-steps-book.pdf").write_bytes(bytes(14_760_185))
    (made / "fourteen-steps-book.epub").write_bytes(bytes(499_619))
    for _ in range(2):  # once more changes nothing
        take_along.carry(site, made)
        said = page.read_text("utf8")
        assert "fourteen-steps-book.pdf</a> (15 MB)" in said and "fourteen-steps-book.epub</a> (0.5 MB)" in said
        assert said.endswith("<p>After</p>")
        assert "no-answers" not in said
        assert (site / "_static" / "fourteen-steps-book.pdf").stat().st_size == 14_760_185
    (made / offline.SITE_ZIP).write_bytes(bytes(31_000_000))
    take_along.carry_later(site, made)
    assert f"{offline.SITE_ZIP}</a> (31 MB)" in page.read_text("utf8")
    worker = (site / offline.WORKER).read_text("utf8")
    assert offline.checksum(page) in worker and "book.epub" in worker and offline.SITE_ZIP not in worker
    (made / "fourteen-steps-book.pdf").unlink()
    take_along.carry(site, made)
    assert not (site / "_static" / "fourteen-steps-book.pdf").exists() and "book.pdf</a>" not in page.read_text("utf8")
