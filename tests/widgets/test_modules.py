"""The JavaScript modules are real ones: Node and a browser load them unjoined; joined they share no scope; the floors hold."""
import json
import re
import shutil
import subprocess
import sys

import lint_javascript
import pytest
from javascript import Module, as_script
from py_mini_racer import MiniRacer

from nnlib.widgets import WIDGETS
from nnlib.widgets.modules import (
    HERE,
    factory,
    joined,
    later_scripts,
    linked,
    loader,
    module,
    needed,
    page_modules,
    page_scripts,
    shared_by_most,
)
from nnlib.widgets.modules import Module as Text

NAMES = sorted(lint_javascript.modules())


def written(folder, **texts):
    """Modules in a folder of their own: {name with _ for a dot: text}."""
    for name, text in texts.items():
        (folder / f"{name}.js").write_text(text, "utf8")
    return folder


def test_node_loads_every_module_as_it_stands(tmp_path):
    node = shutil.which("node")
    if not node:
        pytest.skip("there is no Node on this machine; a browser loads them in test_a_browser_loads_every_module_as_it_stands")
    shutil.copytree(HERE, tmp_path / "widgets", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    (tmp_path / "package.json").write_text('{"type": "module"}')
    code = f"""const names = {json.dumps(NAMES)}; const exports = {{}};
        for (const name of names) exports[name] = Object.keys(await import(`{(tmp_path / "widgets").as_uri()}/${{name}}`)).sort();
        console.log(JSON.stringify(exports));"""
    found = subprocess.run([node, "--input-type=module", "-e", code], capture_output=True, text=True, check=True).stdout
    assert json.loads(found) == {name: sorted(module(name).exports) for name in NAMES}, "Python reads the exports as Node does"


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda w: w.__name__)
def test_a_widget_is_joined_from_what_it_needs_and_nothing_else(widget):
    name = f"{widget.stem}.js"
    order = [one.name for one in needed(name)]
    assert order[-1] == name and len(order) == len(set(order))
    assert widget._esm == joined(name)
    others = {f"{other.stem}.js" for other in WIDGETS} - {name}
    assert not others & set(order)


@pytest.mark.parametrize("name", ["step_explorer.js", "worksheet.js"])
def test_a_joined_module_is_the_loader_its_texts_and_one_export(name):
    start, call, rest = joined(name).partition("\nexport default (await importJoined(")
    assert start == loader() == (HERE / "loader.js").read_text("utf8") and call
    texts, end = json.JSONDecoder().raw_decode(rest)
    assert rest[end:] == f', "{name}")).default;\n' and "\\u" not in rest[:end].replace("\\\\u", "")
    assert texts == [[one.name, linked(one)] for one in needed(name, later=True)]


def run(*scripts):
    """The names of the modules that page scripts leave behind in an engine with as little of a page as they need."""
    engine = MiniRacer()
    engine.eval('var document = { readyState: "complete", querySelectorAll: () => [] }, structuredClone = (x) => x;')
    for script in scripts:
        engine.eval(script)
    return json.loads(engine.eval("JSON.stringify(Object.keys(FOURTEEN_STEPS.modules))"))


def test_the_scripts_of_a_page_have_what_most_need_once_and_the_rest_with_its_kind():
    widgets = ["worksheet.js", "loss_explorer.js", "step_explorer.js"]
    scripts = page_scripts(widgets, shared_by_most(widgets), {"x.js": "x.0a.js"})
    assert list(scripts) == ["", *widgets] and 'later: {"x.js": "x.0a.js"}' in scripts[""]
    shared = run(scripts[""])
    assert {"model/operations.js", "ui/widget.js"} <= set(shared) and not set(widgets) & set(shared)
    for name in widgets:
        modules = run(scripts[""], scripts[name])
        assert set(modules) >= {one.name for one in needed(name)} and len(modules) == len(set(modules))
        assert not set(widgets) - {name} & set(modules)


def test_all_modules_at_once():
    engine = MiniRacer()
    engine.eval(f"var given = {page_modules(['loss_explorer.js', 'worksheet.js'])};")
    names = json.loads(engine.eval("JSON.stringify(Object.keys(given.modules))"))
    assert names == [one.name for one in needed("loss_explorer.js", "worksheet.js", later=True)] and "ui/linked.js" in names


def test_a_module_as_a_function_gives_what_it_exports():
    texts = {"a.js": "export const one = 1;\nexport function two() { return 2; }\n",
             "b.js": 'import { one, two as other } from "./a.js";\nexport default class { sum() { return one + other(); } }\n'}
    engine = MiniRacer()
    for name, text in texts.items():
        imports = {"a.js": [("one", "one"), ("two", "other")]} if name == "b.js" else {}
        exports = ("default",) if name == "b.js" else ("one", "two")
        engine.eval(f"var {name[0]} = {factory(Text(name, text, imports, exports))};")
    assert engine.eval("Object.keys(a()).join() + new (b((name) => (name === 'a.js' ? a() : null)).default)().sum()") == "one,two3"


def test_the_texts_are_read_as_utf8_wherever_it_runs():
    """With Python's warnings about the system's own encoding made errors."""
    code = ("import warnings, anywidget, numpy, nnlib.palette\nwarnings.simplefilter('error', EncodingWarning)\n"
            "from nnlib.widgets import WIDGETS\nfrom nnlib.widgets.modules import page_scripts\npage_scripts(['step_explorer.js'], [], {})")
    done = subprocess.run([sys.executable, "-X", "warn_default_encoding", "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_joining_touches_only_the_specifiers():
    for name in NAMES:
        one = module(name)
        before, after = one.text.splitlines(), linked(one).splitlines()
        changed = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
        assert len(changed) == len([line for line in before if re.search(r' from ".*\.js";|\bimport\("', line)])
        assert all(re.split(r' from "|import\("', a)[0] == re.split(r' from "|import\("', b)[0] and '"fs:' in b for a, b in changed)


def test_what_a_module_does_not_import_it_does_not_have():
    """In the tests' V8 each module has a scope of its own: a private name of another one is no name here."""
    text = as_script("model/mistakes.js")
    assert "downhill" not in text.split('$modules["model/mistakes.js"]')[1], "a private name of engine.js"
    assert Module("model/mistakes.js")("typeof downhill") == "undefined"


@pytest.mark.parametrize(("text", "message"), [
    ('import { a } from "./b.js"', "expected import"),  # no semicolon: not of the one form
    ("import { a } from './b.js';", "expected import"),
    ('import * as b from "./b.js";', "expected import"),
    ('import b from "./b.js";', "expected import"),
    ('import "./b.js";', "expected import"),
    ('export { a } from "./b.js";', "expected import"),
    ('export * from "./b.js";', "expected import"),
    ("const a = 1; export { a };", None),  # not at the start of a line: not seen, so that nobody can import it
    ("export { a };", "expected import"),
    ("export let a = 1;", "expected import"),
    ("const b = await import('./b.js');", "expected import"),
    ('const b = await import("b.js");', "expected import"),
    ("const b = await import(`./${name}.js`);", "expected import"),
])
def test_an_import_that_cannot_be_read_for_sure_is_an_error(tmp_path, text, message):
    written(tmp_path, a=text, b="export const a = 1;\n")
    if message:
        with pytest.raises(ValueError, match=rf"a\.js: {message}"):
            needed("a.js", folder=tmp_path)
    else:
        written(tmp_path, c='import { a } from "./a.js";\n')
        with pytest.raises(ValueError, match=r"c.js: imports a from a.js, which exports nothing"):
            needed("c.js", folder=tmp_path)


def test_what_is_asked_for_later_is_known_and_stands_before_what_asks_for_it(tmp_path):
    written(tmp_path, a='import { b } from "./b.js";\nexport const a = async () => (await import("./c.js")).c + b;\n',
            b="export const b = 1;\n", c='import { d } from "./d.js";\nexport const c = d;\n', d="export const d = 2;\n")
    assert module("a.js", tmp_path).later == ("c.js",)
    assert [one.name for one in needed("a.js", folder=tmp_path)] == ["b.js", "a.js"]
    assert [one.name for one in needed("a.js", folder=tmp_path, later=True)] == ["d.js", "c.js", "b.js", "a.js"]
    assert 'await import("fs:c.js")' in linked(module("a.js", tmp_path))
    assert 'await need.later("c.js")' in factory(module("a.js", tmp_path))
    written(tmp_path, d='export const d = () => import("./a.js");\n')
    module.cache_clear()
    with pytest.raises(ValueError, match=r"a\.js: imports itself by way of a\.js → c\.js → d\.js"):
        needed("a.js", folder=tmp_path, later=True)


def test_a_script_for_later_has_all_that_one_of_those_that_ask_may_lack():
    shared = shared_by_most(["step_explorer.js", "loss_explorer.js"])
    scripts = later_scripts(["step_explorer.js", "loss_explorer.js"], shared)
    assert set(scripts) == {"ui/linked.js", "ui/opening.js", "ui/overview.js", "ui/step_settings.js",
                            "model/travel.js", "model/engine.js", "model/answers.js"}
    overview = set(re.findall(r'^"([\w./]+)": \(need\)', scripts["ui/overview.js"], re.M)) | set(re.findall(r'modules: \{\n"([\w./]+)"', scripts["ui/overview.js"]))
    there = {one.name for one in needed("step_explorer.js")} | shared
    assert overview == {one.name for one in needed("ui/overview.js")} - there and "ui/plane.js" in overview


def test_a_cycle_and_a_name_that_nobody_exports_are_errors(tmp_path):
    written(tmp_path, a='import { b } from "./b.js";\nexport const a = 1;\n', b='import { a } from "./a.js";\nexport const b = 1;\n')
    with pytest.raises(ValueError, match=r"a\.js: imports itself by way of a\.js → b\.js"):
        needed("a.js", folder=tmp_path)
    written(tmp_path, c='import { missing } from "./d.js";\n', d="export const here = 1;\nexport function there() {}\n")
    with pytest.raises(ValueError, match=r"c\.js: imports missing from d\.js, which exports here, there"):
        needed("c.js", folder=tmp_path)


def test_several_names_several_lines_and_other_names_are_read(tmp_path):
    written(tmp_path, a='import {\n  one,\n  two as second,\n} from "./b.js"; // both\nexport class A {}\nexport default A;\n',
            b="export const one = 1;\nexport async function two() {}\n")
    order = needed("a.js", folder=tmp_path)
    assert [one.name for one in order] == ["b.js", "a.js"]
    assert order[1].imports == {"b.js": [("one", "one"), ("two", "second")]} and order[1].exports == ("A", "default")


def test_what_computes_does_not_know_the_page():
    """Nothing below model/ names the page: V8 has neither document nor window, and every module there loads in it."""
    names = [name for name in NAMES if name.startswith(("model/", "generated/"))]
    assert Module(*names)("[typeof document, typeof window]") == ["undefined", "undefined"]
    for name in names:
        assert "document." not in module(name).text and "window." not in module(name).text


def test_an_export_that_nobody_uses_is_found():
    modules = lint_javascript.modules()
    one = modules["model/scales.js"]
    modules[one.name] = one._replace(exports=(*one.exports, "forgotten"))
    assert "model/scales.js: nobody uses forgotten" in lint_javascript.unused_exports(modules)
    assert lint_javascript.unused_exports(modules, also="forgotten train tolerance IN_THE_END easyParameters formula mathml encoded decoded sheetParameters OPTIMIZERS surfaceOf path handedOver") == []
