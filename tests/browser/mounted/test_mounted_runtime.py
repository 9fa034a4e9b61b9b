"""runtime.js: the widgets of a page are found, each gets a model of its own, and takes the place of its fallback."""
import json

import pytest

HOST = '<div class="fs-host" data-widget="{0}" data-module="{1}.js"><script type="application/json">{2}</script><p>plain</p></div>'
# A page's own modules: they note who asks for them, and give a widget that notes what it gets.
BEFORE = """<script>
const asked = [], models = [], order = [];
const render = async ({ model, el }) => { order.push(`render ${model.key}`); models.push(model); el.textContent = `alive ${JSON.stringify(model.get("a"))}`; };
const FOURTEEN_STEPS = { modules: {
  "base.js": (need) => { asked.push("base.js"); return { initialize: async ({ model }) => order.push(`initialize ${model.key}`) }; },
  "one.js": (need) => { asked.push("one.js"); return { default: { initialize: need("base.js").initialize, render } }; },
  "two.js": (need) => { asked.push("two.js"); return { default: { render } }; } } };
</script>"""


@pytest.fixture
def page(tab):
    """page(*hosts, late) has runtime.js at work: before the hosts are read, or behind them."""
    def put(*hosts, late=False):
        script = '<script src="/runtime.js"></script>'
        body = "".join(HOST.format(name, module, json.dumps(state)) for name, module, state in hosts)
        if late:
            tab.set_content(f"<!DOCTYPE html><html><head>{BEFORE}</head><body>{body}</body></html>")
            tab.evaluate("new Promise((done) => { const s = document.createElement('script'); s.src = '/runtime.js'; s.onload = done; document.head.append(s); })")
        else:
            tab.set_content(f"<!DOCTYPE html><html><head>{BEFORE}{script}</head><body>{body}</body></html>")
        tab.wait_for_function(f"models.length === {len(hosts)} && !document.querySelector('.fs-host > p')")
        return tab
    return put


THREE = [("One", "one", {"a": 1, "b": [1]}), ("Two", "two", {"a": 2}), ("One", "one", {"a": 3, "b": []})]


@pytest.mark.parametrize("late", [False, True])
def test_every_widget_takes_the_place_of_its_fallback(page, late):
    found = page(*THREE, late=late)
    assert found.evaluate("[...document.querySelectorAll('.fs-host')].map((host) => [host.innerHTML, host.hasAttribute('data-widget'), host.dataset.module])") == [
        ["<div>alive 1</div>", False, "one.js"], ["<div>alive 2</div>", False, "two.js"], ["<div>alive 3</div>", False, "one.js"]]
    assert found.evaluate("models.map((model) => model.key).sort()") == ["One", "One-2", "Two"]
    steps = found.evaluate("order")
    assert steps.index("initialize One") < steps.index("render One") and "initialize Two" not in steps


def test_a_module_is_run_once_whoever_needs_it(page):
    assert sorted(page(*THREE).evaluate("asked")) == ["base.js", "one.js", "two.js"]


def test_a_model_tells_of_changes_and_of_nothing_else(page):
    found = page(THREE[0])
    assert found.evaluate("""(() => { const [model] = models, log = []; const first = () => log.push(`first ${model.get("a")}`), second = () => log.push("second");
        model.on("change:a", first); model.on("change:a", second); model.on("change:b", () => log.push("b"));
        model.set("a", 5); model.set("a", 5); model.set("b", [1]); model.set("b", [2]); model.off("change:a", first); model.set("a", 6);
        model.on("change:a", first); model.off("change:a"); model.set("a", 7); model.off("change:c", first); model.save_changes(); model.send();
        return [log, model.get("a")]; })()""") == [["first 5", "second", "b", "second"], 7]


@pytest.mark.parametrize("call", ["model.get('c')", "model.set('c', 1)", "model.get('toString')"])
def test_a_trait_that_is_misspelt_is_an_error(page, call):
    said = page(THREE[0]).evaluate(f"(() => {{ const [model] = models; try {{ {call}; }} catch (error) {{ return [error.name, error.message]; }} }})()")
    assert said[0] == "RangeError" and said[1] == f"there is no trait {call.split(chr(39))[1]}; there are a, b"


def test_a_widgets_state_can_be_kept_and_brought_back(page):
    found = page(*THREE)
    kept = found.evaluate("FOURTEEN_STEPS.mounted.then(() => Object.fromEntries([...FOURTEEN_STEPS.models].map(([key, model]) => [key, model.state()])))")
    assert kept == {"One": {"a": 1, "b": [1]}, "Two": {"a": 2}, "One-2": {"a": 3, "b": []}}
    heard = found.evaluate("""kept => {
        const model = FOURTEEN_STEPS.models.get("One"), heard = [];
        model.on("change:a", () => heard.push(model.get("a")));
        model.state().b.push(9);
        model.set("a", 7);
        model.restore({ ...kept, gone: 1 });
        return [heard, model.state()]; }""", kept["One"])
    assert heard == [[7, 1], {"a": 1, "b": [1]}], "a copy, told to who listens, and no trait that there is not"


def test_a_kind_whose_script_comes_later_is_drawn_then(page):
    found = page(THREE[1])
    found.evaluate("""html => { document.body.insertAdjacentHTML("beforeend", html);
        FOURTEEN_STEPS.mount(document.querySelector("[data-module='late.js']"), "Late"); }""", HOST.format("Late", "late", json.dumps({"a": 9})))
    assert found.locator("[data-module='late.js'] > p").count() == 1, "the plain face stays meanwhile"
    found.evaluate("""FOURTEEN_STEPS.add({ modules: { "late.js": (need) => ({ default: { render } }) } })""")
    found.wait_for_function("models.length === 2")
    assert found.locator("[data-module='late.js']").inner_text() == "alive 9"


def test_what_is_asked_for_later_comes_once_as_a_script_beside_the_own_and_after_a_loss_again(page):
    found = page(THREE[1])
    scripts = []
    found.route("**/far.0a.js*", lambda route: (scripts.append(route.request.url), route.abort() if len(scripts) == 1 else route.fulfill(
        body="FOURTEEN_STEPS.add({ modules: { 'far.js': (need) => ({ far: 7 }) } });", content_type="text/javascript")))
    said = found.evaluate("""async () => {
        FOURTEEN_STEPS.later = { "far.js": "far.0a.js" };
        let ask;
        FOURTEEN_STEPS.add({ modules: { "asks.js": (need) => { ask = () => need.later("far.js"); return { default: { render() {} } }; } } });
        const host = document.createElement("div");
        host.dataset.module = "asks.js";
        host.innerHTML = "<script type='application/json'>{}</scr" + "ipt>";
        document.body.append(host);
        await FOURTEEN_STEPS.mount(host, null);
        const first = await ask().catch(({ message }) => message);
        const [second, third] = await Promise.all([ask(), ask()]);
        return [first, second.far, third === second, document.querySelectorAll("script[src*=far]").length]; }""")
    found.unroute("**/far.0a.js*")
    assert said == ["its script has not come", 7, True, 0]
    assert len(scripts) == 2 and scripts[0].endswith("/far.0a.js") and "far.0a.js?again=" in scripts[1]
