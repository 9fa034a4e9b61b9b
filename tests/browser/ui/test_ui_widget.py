"""widget.js: the frame of a widget, when it is drawn, what it listens to, and its clean-up."""
import pytest

SETUP = """async ([key, name]) => {
  const { defineWidget } = await import("/ui/widget.js");
  window.log = [];
  window.state = { rate: 0.5, place: [[1]], other: 1 };
  const listeners = new Map();
  window.model = { key, get: (name) => state[name], save_changes() {},
    set(name, value) { state[name] = value; for (const one of listeners.get(`change:${name}`) ?? []) one(); },
    on: (event, one) => listeners.set(event, [...(listeners.get(event) ?? []), one]),
    off: (event, one) => listeners.set(event, listeners.get(event).filter((l) => l !== one)) };
  window.listening = () => [...listeners].filter(([, all]) => all.length).map(([event]) => event);
  class Simple {
    static title = "A widget";
    static traits = ["rate", "place"];
    content() { window.widget = this; log.push(`content ${this.get("rate")} ${JSON.stringify(this.start)}`); return ["text", document.createElement("i")]; }
    draw() { log.push(`draw ${this.get("rate")}`); }
  }
  class Full extends Simple {
    content() { return [this.ui.message, ...super.content()]; }
    listeners() { return [["rate", () => log.push("first")], ["other", () => log.push("other")]]; }
    ready() { log.push("ready"); }
    end() { log.push("end"); }
  }
  window.el = document.createElement("div"); document.body.append(el);
  window.end = defineWidget(name, name.endsWith("Full") ? Full : Simple).render({ model, el });
}"""


@pytest.fixture
def mount(tab):
    """mount(name, key) puts a small widget on the page."""
    def put(name="TinyWidget", key="TinyWidget"):
        tab.evaluate(SETUP, [key, name])
        return tab
    return put


@pytest.mark.parametrize(("name", "key", "classes", "label"), [
    ("TinyWidget", "TinyWidget", "fs-widget fs-tiny-widget", "A widget"), ("TinyWidget", "TinyWidget-2", "fs-widget fs-tiny-widget", "A widget 2"),
    ("Tiny", None, "fs-widget fs-tiny", "A widget"),
])
def test_the_frame(mount, name, key, classes, label):
    page = mount(name, key)
    assert page.evaluate("(({className, dataset, tagName}) => [tagName, className, dataset.widget])(el.firstChild)") == ["SECTION", classes, name]
    assert page.evaluate("el.firstChild.getAttribute('aria-label')") == label
    assert page.evaluate("[...el.firstChild.childNodes].map((node) => node.className ?? node.textContent)") == [
        "text", "", "fs-message", "fs-visually-hidden"]
    assert page.evaluate("log") == ['content 0.5 {"rate":0.5,"place":[[1]]}', "draw 0.5"]


def test_the_message_stays_where_the_widget_puts_it(mount):
    assert mount("TinyFull").evaluate("[...el.firstChild.childNodes].map((node) => node.className ?? node.textContent)") == [
        "fs-message", "text", "", "fs-visually-hidden"]


def test_the_start_is_kept_as_it_was(mount):
    assert mount().evaluate("state.place[0][0] = 7; widget.start.place") == [[1]]


def test_many_changes_are_drawn_once(mount):
    found = mount().evaluate("""async () => { log.length = 0; model.set("rate", 1); model.set("place", 2); model.set("rate", 3); const before = [...log];
        await null; await null; model.set("rate", 4); await null; await null; model.set("other", 5); await null; return [before, log]; }""")
    assert found == [[], ["draw 3", "draw 4"]]


def test_what_was_typed_is_drawn(mount):
    assert mount().evaluate("log.length = 0; widget.ui.redraw(); log") == ["draw 0.5"]


def test_its_own_listeners_come_before_drawing_and_it_is_told_of_start_and_end(mount):
    page = mount("TinyFull")
    assert page.evaluate("log") == ['content 0.5 {"rate":0.5,"place":[[1]]}', "draw 0.5", "ready"]
    found = page.evaluate("""async () => { log.length = 0; model.set("rate", 1); model.set("other", 1); await null; await null; return log.splice(0); }""")
    assert found == ["first", "other", "draw 1"]
    assert page.evaluate("listening()") == ["change:rate", "change:other", "change:place"]
    assert page.evaluate("end(); [log, listening()]") == [["end"], []]


def test_a_simple_widget_ends_too(mount):
    assert mount().evaluate("[listening(), end(), listening()]") == [["change:rate", "change:place"], None, []]


def test_symbols_light_up_together(mount):
    assert mount().evaluate("""(() => { const root = el.firstChild; root.innerHTML += '<b data-symbol="w1"></b><u data-symbol="w1"></u>';
        root.querySelector("b").dispatchEvent(new Event("pointerover", {bubbles: true})); return root.querySelectorAll(".fs-lit").length; })()""") == 2


def test_a_slide_lets_a_widget_walk(mount):
    tab = mount()
    tab.evaluate("widget.walk = (by) => log.push(`walk ${by} ${widget.ui.quiet}`)")
    tab.evaluate("for (const detail of [1, -1]) widget.root.dispatchEvent(new CustomEvent('fs-walk', { detail }))")
    assert tab.evaluate("log").count("walk 1 false") == tab.evaluate("log").count("walk -1 false") == 1
    tab.evaluate("delete widget.walk; widget.root.dispatchEvent(new CustomEvent('fs-walk', { detail: 1 }))")
