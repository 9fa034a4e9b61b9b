"""The widgets' JavaScript modules, put together for places where a relative import leads nowhere.

On disk they are ordinary ES modules: Node and a browser load them as they stand. anywidget knows them as text only: there, each module
gets a Blob of its own, in the order of their needs, and nothing but the specifier of each import is replaced (`loader.js`). A page of the
book, which may be opened from file://, has classic scripts in which each module is a function. What cannot be read for sure is an error
here, not a surprise there.

What few readers ask for is imported when they do, `import("./x.js")`: on a page that is a script of its own, which runtime.js brings.
"""
import functools
import json
import re
import string
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

HERE = Path(__file__).parent
NO_MODULES = ("loader.js", "runtime.js")
IMPORT = re.compile(r'^import \{([^{}]*)\} from "(\.{1,2}/[\w./]+\.js)";[^\S\n]*(?://[^\n]*)?$', re.M)
EXPORT = re.compile(r"^export (?:async )?(?:const|class|function\*?) (\w+)", re.M)
DEFAULT = re.compile(r"^export default ", re.M)
LATER = re.compile(r'\bimport\("(\.{1,2}/[\w./]+\.js)"\)')
LOOKS_LIKE = re.compile(r"^[^\S\n]*(?:import|export)\b[^\n]*|\bimport\([^\n]*", re.M)


class Module(NamedTuple):
    """One file: its name below nnlib/widgets, its text, the names it imports by module, those it exports, and what it asks for later."""

    name: str
    text: str
    imports: dict[str, list[tuple[str, str]]]
    exports: tuple[str, ...]
    later: tuple[str, ...] = ()


@functools.cache
def module(name: str, folder: Path = HERE) -> Module:
    """The module `name`; ValueError for an import or export that is not of the form that everybody here can read."""
    text = (Path(folder) / name).read_text("utf8")
    understood = {m.start() for pattern in (IMPORT, EXPORT, DEFAULT, LATER) for m in pattern.finditer(text)}
    for found in LOOKS_LIKE.finditer(text):
        if found.start() not in understood:
            raise ValueError(f'{name}: expected import {{ a, b as c }} from "./x.js"; import("./x.js"); or export const, class, function '
                             f"or default, got {found[0]!r}")
    imports: dict[str, list[tuple[str, str]]] = {}
    for found in IMPORT.finditer(text):
        names = [tuple(part.split(" as ")) for part in re.split(r",\s*", found[1].strip().rstrip(",")) if part]
        imports.setdefault(_resolved(name, found[2]), []).extend((pair[0].strip(), pair[-1].strip()) for pair in names)
    exports = tuple(EXPORT.findall(text)) + (("default",) if DEFAULT.search(text) else ())
    later = tuple(dict.fromkeys(_resolved(name, found[1]) for found in LATER.finditer(text)))
    return Module(name, text, imports, exports, later)


def _resolved(name: str, specifier: str) -> str:
    """The name below the folder of what `name` calls `specifier`; what lies outside begins with ".."."""
    parts: list[str] = []
    for part in (PurePosixPath(name).parent / specifier).parts:
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def needed(*names: str, folder: Path = HERE, later: bool = False) -> list[Module]:
    """The modules that these need, themselves too, each after what it imports; ValueError for a cycle or a name nobody exports.

    later: with those that they ask for later, each before what asks for it.
    """
    order: dict[str, Module] = {}

    def visit(name: str, path: list[str]) -> None:
        if name in path:
            raise ValueError(f"{name}: imports itself by way of {' → '.join(path[path.index(name):])}")
        if name in order:
            return
        one = module(name, folder)
        for other in one.later if later else ():
            visit(other, [*path, name])
        for other, pairs in one.imports.items():
            visit(other, [*path, name])
            for exported, _ in pairs:
                if exported not in order[other].exports:
                    there = ", ".join(order[other].exports) or "nothing"
                    raise ValueError(f"{name}: imports {exported} from {other}, which exports {there}")
        order[name] = one

    for name in names:
        visit(name, [])
    return list(order.values())


def linked(one: Module) -> str:
    """A module's text with the specifiers of its imports replaced by "fs:" and a module's name, for loader.js to replace once more."""
    text = IMPORT.sub(lambda m: m[0].replace(f'from "{m[2]}"', f'from "fs:{_resolved(one.name, m[2])}"'), one.text)
    return LATER.sub(lambda m: f'import("fs:{_resolved(one.name, m[1])}")', text)


def joined(name: str) -> str:
    """A widget's module and all that it needs as one ES module, as anywidget wants it."""
    texts = json.dumps([[one.name, linked(one)] for one in needed(name, later=True)], ensure_ascii=False)
    return f"{loader()}\nexport default (await importJoined({texts}, {json.dumps(name)})).default;\n"


def loader() -> str:
    """The text of loader.js: how joined modules are loaded."""
    return (HERE / "loader.js").read_text("utf8")


@functools.cache
def asked_for_later() -> frozenset[str]:
    """The modules below nnlib/widgets that some module imports when somebody asks for them."""
    names = (path.relative_to(HERE).as_posix() for path in HERE.rglob("*.js"))
    return frozenset(other for name in names if name not in NO_MODULES for other in module(name).later)


def as_it_is(module_name: str, exported: str) -> str:
    """An exported name as the modules on disk have it."""
    return exported


def in_short(module_name: str, exported: str) -> str:
    """A letter or two for what a module exports, the same wherever it is asked for; of what is asked for later the names stay."""
    if exported == "default" or module_name in asked_for_later():
        return exported
    index, letters = module(module_name).exports.index(exported), string.ascii_letters
    return letters[index] if index < len(letters) else letters[index // len(letters) - 1] + letters[index % len(letters)]


def factory(one: Module, name: Callable[[str, str], str] = as_it_is) -> str:
    """A module as a function that gives what it exports, {name: value}; it gets the function that gives another module's, and that one's
    `later`, which promises them.

    name: what stands for an exported name of a module between the functions.
    """
    def bound(found: re.Match[str]) -> str:
        other = _resolved(one.name, found[2])
        pairs = [part.strip().partition(" as ") for part in found[1].split(",") if part.strip()]
        names = ", ".join(f"{name(other, exported.strip())}: {(local or exported).strip()}" for exported, _, local in pairs)
        return f'const {{ {names} }} = need("{other}");'

    body = LATER.sub(lambda m: f'need.later("{_resolved(one.name, m[1])}")', IMPORT.sub(bound, one.text))
    body = DEFAULT.sub("const exportedDefault = ", body)
    body = re.sub(r"^export (?=(?:async )?(?:const|class|function))", "", body, flags=re.M)
    given = ", ".join([*(f"{name(one.name, exported)}: {exported}" for exported in one.exports if exported != "default"),
                       *["default: exportedDefault"] * ("default" in one.exports)])
    return f"(need) => {{\n{body}\nreturn {{ {given} }};\n}}"


def shared_by_most(widgets: Collection[str]) -> set[str]:
    """The modules that more than half of these need."""
    uses = Counter(one.name for name in widgets for one in needed(name))
    return {name for name, count in uses.items() if count > len(widgets) / 2}


def page_scripts(widgets: Collection[str], shared: Collection[str], later: Mapping[str, str]) -> dict[str, str]:
    """The widgets' modules as classic scripts for a static page: one that all share, under the name "", and one for each widget.

    The shared one has the modules `shared`, and runtime.js; a widget's own has the rest. Each module is a function (`factory`), so that no
    text has to be made a module in the page. later: the file of each module that is asked for later, beside the shared script.
    """
    runtime = (HERE / "runtime.js").read_text("utf8")
    of_all = _object([one for one in needed(*widgets) if one.name in shared], f"later: {json.dumps(later)}")
    scripts = {"": f'"use strict";\nconst FOURTEEN_STEPS = {of_all};\n{runtime}'}
    return scripts | {name: own_script(name, shared) for name in widgets}


def own_script(name: str, there: Collection[str]) -> str:
    """A module and what it needs as a classic script, without what is there already."""
    return f'"use strict";\nFOURTEEN_STEPS.add({_object([one for one in needed(name) if one.name not in there])});\n'


def later_scripts(widgets: Collection[str], shared: Collection[str]) -> dict[str, str]:
    """A script for each module that these widgets ask for later, with what not every one of those that ask has already."""
    asking: dict[str, list[str]] = {}
    for widget in widgets:
        for one in needed(widget, later=True):
            for name in one.later:
                asking.setdefault(name, []).append(widget)
    there = {name: set.intersection(*({one.name for one in needed(widget)} for widget in found)) for name, found in asking.items()}
    return {name: own_script(name, there[name] | set(shared)) for name in sorted(asking)}


def page_modules(widgets: Collection[str]) -> str:
    """JavaScript for the modules of these widgets, those asked for later, too: {modules: {name: function}}."""
    return _object(needed(*widgets, later=True))


def _object(modules: Collection[Module], more: str = "") -> str:
    """JavaScript for { modules }, and more properties."""
    texts = ",\n".join(f"{json.dumps(one.name)}: {factory(one, in_short)}" for one in modules)
    return f"{{ modules: {{\n{texts} }}, {more} }}" if more else f"{{ modules: {{\n{texts} }} }}"
