"""link_button.js: a widget's state is put into the address, followed from there, and found again on the way back."""
import pytest

# Two widgets' worth of state; apply refuses what has no number.
SETUP = """async ([key, site, hash]) => {
  const { StateLinks } = await import("/ui/link_button.js");
  const { pageAddress } = await import("/ui/address.js");
  const { Controls } = await import("/ui/controls.js");
  const { packLink } = await import("/model/links.js");
  if (hash !== null) history.replaceState(null, "", location.pathname + hash);
  window.model = { key, get: (name) => ({ site })[name] };
  window.ui = new Controls(model);
  window.number = 1;
  window.applied = [];
  Object.assign(window, { packLink, pageAddress, fragment: (n, who = "W") => `#${who}=${encodeURIComponent(packLink({ n }))}` });
  window.copied = [];
  Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText: async (text) => { copied.push(text); } } });
  window.links = new StateLinks(model, ui, { name: "W", page: "book/index.html", state: () => ({ n: number }),
    checked(raw) { if (!raw.n) throw new Error("it has no number"); return raw; },
    apply({ n }) { applied.push(n); number = n; } });
  await links.using(() => {}); // what it needs has come
  document.body.append(links.button, links.field, ui.message);
  window.go = async (where) => { location.hash = where; await new Promise((done) => setTimeout(done, 30)); return [applied.splice(0), number, ui.message.textContent]; };
  window.back = async () => { history.back(); await new Promise((done) => setTimeout(done, 60)); return [applied.splice(0), number, ui.message.textContent]; };
}"""


@pytest.fixture
def links(tab):
    """links(key, site, hash) puts a widget's links on the page."""
    def start(key="W", site="", hash_=None):
        tab.evaluate(SETUP, [key, site, hash_])
        return tab
    return start


def copy(page):
    page.evaluate("links.button.click()")
    page.wait_for_function("links.button.textContent !== 'Copy link'")
    return page.evaluate("links.button.textContent")


def test_before_anything_is_done(links):
    page = links()
    assert page.evaluate("[links.button.textContent, links.button.hidden, links.field.outerHTML]") == [
        "Copy link", False, '<input type="text" class="fs-link" readonly="" aria-label="Link to this state" hidden="">']


def test_the_state_is_copied_into_the_address_and_the_clipboard(links, modules):
    page = links(hash_="#Other=1.abc&W=1.old")
    assert copy(page) == "Link copied"
    packed = page.evaluate("packLink({n: 1})")
    address = f"{modules}#Other=1.abc&W={packed}"
    assert page.evaluate("[location.href, links.field.value, links.field.hidden, copied, history.length]")[:4] == [address, address, False, [address]]
    page.evaluate("number = 2; links.fresh()")
    assert page.evaluate("links.button.textContent") == "Copy link"
    copy(page)
    assert page.evaluate("location.hash") == f"#Other=1.abc&W={page.evaluate('packLink({n: 2})')}"
    assert page.evaluate("dispatchEvent(new Event('hashchange')); applied") == [], "one's own link leads nowhere"


def test_what_was_copied_is_heard(links):
    page = links()
    copy(page)
    assert page.evaluate("ui.live.textContent") == "Link to this state: copied."
    page.evaluate("() => { navigator.clipboard.writeText = async () => { throw new Error('no'); }; links.embed.click(); }")
    page.wait_for_function("links.embed.textContent !== 'Copy embed code'")
    assert page.evaluate("ui.live.textContent") == "Code of a frame with this state: selected in its field, to be copied."


def test_copying_adds_no_step_to_the_way_back(links):
    page = links()
    before = page.evaluate("history.length")
    copy(page)
    assert page.evaluate("history.length") == before


def test_without_a_clipboard_the_link_stands_selected(links):
    page = links()
    page.evaluate("() => { navigator.clipboard.writeText = async () => { throw new Error('no'); }; }")
    assert copy(page) == "Copy this link"
    assert page.evaluate("[document.activeElement === links.field, links.field.selectionStart, links.field.selectionEnd === links.field.value.length]") == [
        True, 0, True]


@pytest.mark.parametrize("site", ["https://example.org/steps", "https://example.org/steps/", "https://example.org/steps//"])
def test_from_a_notebook_a_link_leads_to_the_published_site(links, site):
    page = links(key=None, site=site, hash_="#kept=1")
    assert page.evaluate("links.button.hidden") is False
    copy(page)
    assert page.evaluate("[links.field.value, location.hash]") == [
        f"https://example.org/steps/book/index.html#W={page.evaluate('packLink({n: 1})')}", "#kept=1"]
    assert page.evaluate("pageAddress(model, 'book/a.html')") == "https://example.org/steps/book/a.html"
    assert page.evaluate("go(fragment(3))") == [[], 1, ""], "a notebook's address is not the widget's"


def test_a_notebook_without_a_published_site_has_no_link(links):
    assert links(key=None).evaluate("links.button.hidden") is True


def test_a_page_of_the_book_knows_another(links, modules):
    page = links()
    assert page.evaluate("pageAddress(model, 'book/a.html')") == f"{modules}book/a.html"
    assert page.evaluate("history.replaceState(null, '', '/a/b.html#x'); pageAddress(model, 'c.html')") == f"{modules}a/c.html", "beside this one"
    page.evaluate("history.replaceState(null, '', '/')")
    assert page.evaluate("document.documentElement.dataset.content_root = '../x/'; location.hash = '#a=/b'; pageAddress(model, 'book/a.html')") == f"{modules}x/book/a.html"


def test_a_link_is_followed_and_the_way_back_leads_to_what_was_left(links):
    page = links()
    assert page.evaluate("go(fragment(5))") == [[5], 5, ""]
    assert page.evaluate("number = 6; go(fragment(7))") == [[7], 7, ""]
    assert page.evaluate("number = 8; back()") == [[6], 6, ""], "not 5, which the link said, but 6, which it became"
    assert page.evaluate("back()") == [[1], 1, ""], "as it was before any link"
    page.evaluate("history.go(2)")
    page.wait_for_function("applied.length > 0")
    assert page.evaluate("[applied.splice(0), number]") == [[8], 8], "and forward again"


def test_a_link_that_says_nothing_new_leaves_everything_as_it_is(links):
    page = links()
    assert page.evaluate("go(fragment(5))") == [[5], 5, ""]
    assert page.evaluate("number = 6; go(fragment(5) + '&Other=1.abc')") == [[], 6, ""], "another widget's matter"
    assert page.evaluate("go('#Other=1.abc')") == [[], 6, ""], "nothing of ours"
    assert page.evaluate("go('#somewhere')") == [[], 6, ""], "a heading of the page"


def test_a_way_back_past_another_widgets_link(links):
    """What was left is kept under the address at which it was left."""
    page = links(hash_="#start")
    assert page.evaluate("go(fragment(5))") == [[5], 5, ""]
    assert page.evaluate("back()") == [[1], 1, ""]


@pytest.mark.parametrize(("where", "reason"), [
    ("'#W=9.abc'", "it was made by another version of this page"), ("'#W=1.%25'", "it is damaged"), ("fragment(0)", "it has no number")])
def test_a_link_that_cannot_be_read_says_why(links, where, reason):
    page = links()
    assert page.evaluate(f"go({where})") == [[], 1, f"The link could not be read: {reason}. Everything stays as it was."]


def test_a_link_is_there_when_the_page_opens(links):
    page = links(hash_="#W=1.eyJuIjozfQ")
    page.evaluate("links.follow()")
    assert page.evaluate("[applied, number]") == [[3], 3]


def test_a_widget_that_has_gone_follows_no_more(links):
    page = links()
    page.evaluate("links.end()")
    assert page.evaluate("go(fragment(5))") == [[], 1, ""]


def test_the_code_of_a_frame_has_the_state(links):
    page = links()
    assert page.evaluate("[links.embed.isConnected, (links.fresh(), links.button.nextSibling === links.embed), links.embed.hidden]") == [False, True, False]
    page.evaluate("number = 7; links.embed.click()")
    page.wait_for_function("links.embed.textContent === 'Embed code copied'")
    (code,) = page.evaluate("copied")
    assert code == page.evaluate("links.field.value") and page.evaluate("links.field.getAttribute('aria-label')") == "Code of a frame with this state"
    address = page.evaluate("code => { const t = document.createElement('template'); t.innerHTML = code; return t.content.firstChild.src; }", code)
    assert "/embed/W.html?W=1." in address and page.evaluate("location.hash") == "", "the page's own address stays"
    assert page.evaluate("async ([code]) => (await import('/model/links.js')).unpackLink(new URL(code).searchParams.get('W'))", [address]) == {"n": 7}
    page.evaluate("links.fresh()")
    assert page.evaluate("links.embed.textContent") == "Copy embed code"


def test_without_a_published_site_a_notebook_has_no_code_to_copy(links):
    assert links(key=None).evaluate("links.embed.hidden") is True
    assert links(key=None, site="https://a.org/b/").evaluate("(links.embed.click(), links.field.value)").startswith('<iframe src="https://a.org/b/embed/W.html?W=')


def test_who_is_handed_over_has_the_focus_and_the_picture_in_sight(links):
    """A link may lead from another page: the widget is entered once it stands in this one, the address then forgets that it was."""
    page = links(hash_="#Other=1.abc")
    packed = page.evaluate("packLink({n: 7})")
    found = page.evaluate("""async (packed) => { const { handedOver } = await import("/ui/linked.js");
        const root = document.createElement("section"); root.className = "fs-widget"; root.append(ui.live);
        const scene = Object.assign(document.createElement("div"), { className: "fs-scene" }); scene.style.cssText = "margin-top: 3000px; height: 400px"; root.append(scene);
        document.body.append(root); root.style.paddingBottom = "3000px"; window.entered = 0; root.addEventListener("fs-enter", () => entered++);
        const tick = () => new Promise((done) => setTimeout(done, 80));
        root.remove(); location.hash = handedOver("W", packed); await tick(); const early = [entered, number];
        document.body.append(root); await tick(); const top = Math.round(scene.getBoundingClientRect().top);
        location.hash = `W=${packLink({ n: 8 })}`; await tick();
        return [early, entered, number, top, location.hash.includes("enter")]; }""", packed)
    assert found == [[0, 7], 1, 8, 0, False], "a link that somebody was sent moves nobody"
    assert page.evaluate("async () => { history.replaceState(null, '', `#W=${packLink({n: 9})}&enter=Other`); dispatchEvent(new Event('hashchange')); return [entered, number]; }") == [1, 9]
