"""loader.js: modules that came as text import each other, each is made once, and nothing but the specifier is replaced."""
import json
import re

from nnlib.widgets import StepExplorer

LOAD = """async () => { await new Promise((done) => { const s = document.createElement("script"); s.src = "/loader.js"; s.onload = done; document.head.append(s); }); """


def test_modules_that_came_as_text(tab):
    found = tab.evaluate(LOAD + """
        const base = ["model/base.js", "globalThis.made = (globalThis.made ?? 0) + 1;\\nexport const one = 1, text = 'import { x } from \\"fs:model/base.js\\"';"];
        const ui = ["ui/a.js", 'import { one } from "fs:model/base.js";\\nexport const two = one + 1;'];
        const own = ["b.js", 'import {\\n  one,\\n  text as words,\\n} from "fs:model/base.js";\\nimport { two } from "fs:ui/a.js"; // both\\nexport const all = [one, two, words];'];
        const urls = new Map(), first = await importJoined([base, ui, own], "b.js", urls), kept = urls.get("model/base.js");
        const second = await importJoined([["model/base.js", "export const one = 9;"], ["c.js", 'import { one } from "fs:model/base.js";\\nexport const c = one;']], "c.js", urls);
        const alone = await importJoined([["model/base.js", "export const one = 7;"]], "model/base.js");
        const type = (await (await fetch(kept)).blob()).type;
        return [first.all, second.c, alone.one, made, urls.get("model/base.js") === kept, [...urls.keys()], type]; }""")
    assert found == [[1, 2, 'import { x } from "fs:model/base.js"'], 1, 7, 1, True, ["model/base.js", "ui/a.js", "b.js", "c.js"], "text/javascript"]


def test_what_is_asked_for_later_is_one_of_them(tab):
    found = tab.evaluate(LOAD + """
        const later = ["ui/later.js", "globalThis.late = (globalThis.late ?? 0) + 1;\\nexport const three = 3;"];
        const own = ["d.js", 'export const d = async () => (await import("fs:ui/later.js")).three;'];
        const { d } = await importJoined([later, own], "d.js"), before = globalThis.late ?? 0;
        return [before, await d(), await d(), late]; }""")
    assert found == [0, 3, 3, 1]


def test_a_widget_as_anywidget_has_it_brings_what_it_asks_for_later(tab):
    """One string with all of its modules: the view of all training, and a link's text, come from other Blobs of it."""
    state = json.loads(re.search(r'<script type="application/json">(.*?)</script>', StepExplorer(view="training")._static_html(), re.S)[1])
    tab.evaluate("""async ([text, state]) => {
        const { default: widget } = await import(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
        const model = { get: (name) => state[name], set: (name, value) => { state[name] = value; }, on() {}, off() {}, save_changes() {} };
        const el = document.body.appendChild(document.createElement("div"));
        await widget.initialize({ model });
        globalThis.end = widget.render({ model, el }); }""", [StepExplorer._esm, {**state, "site": "https://example.org/"}])
    assert tab.locator(".fs-overview .fs-plane").count() == 1, "at once"
    tab.evaluate("[...document.querySelectorAll('button')].find((b) => b.textContent === 'Copy link').click()")
    tab.wait_for_function("document.querySelector('.fs-link').value.startsWith('https://example.org/book/index.html#StepExplorer=1.')")
    tab.evaluate("end()")
