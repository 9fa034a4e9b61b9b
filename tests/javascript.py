"""The widgets' JavaScript in V8, without a browser or Node: each module in a function of its own, with what it imports and no more."""
import functools
import json

from py_mini_racer import MiniRacer

from nnlib.widgets.modules import DEFAULT, EXPORT, HERE, IMPORT, needed

# What browsers and Node have and bare V8 has not.
PLATFORM = r"""
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
globalThis.btoa = (text) => {
  let bits = "", out = "";
  for (const c of text) bits += c.charCodeAt(0).toString(2).padStart(8, "0");
  for (let i = 0; i < bits.length; i += 6) out += LETTERS[parseInt(bits.slice(i, i + 6).padEnd(6, "0"), 2)];
  return out.padEnd(Math.ceil(out.length / 4) * 4, "=");
};
globalThis.atob = (text) => {
  const plain = text.replace(/[\t\n\f\r ]/g, "").replace(/={1,2}$/, "");
  if (/[^A-Za-z0-9+/]/.test(plain) || plain.length % 4 === 1) throw new Error("not base64");
  let bits = "", out = "";
  for (const c of plain) bits += LETTERS.indexOf(c).toString(2).padStart(6, "0");
  for (let i = 0; i + 8 <= bits.length; i += 8) out += String.fromCharCode(parseInt(bits.slice(i, i + 8), 2));
  return out;
};
globalThis.TextEncoder = class { encode(text) { return [...unescape(encodeURIComponent(text))].map((c) => c.charCodeAt(0)); } };
globalThis.TextDecoder = class { decode(bytes) { return decodeURIComponent(escape(String.fromCharCode(...bytes))); } };
globalThis.URLSearchParams = class {
  constructor(text) {
    this.pairs = text.split("&").filter(Boolean).map((p) => p.split("=").map((s) => decodeURIComponent(s.replaceAll("+", " "))));
  }
  get(name) { return (this.pairs.find(([n]) => n === name) ?? [])[1] ?? null; }
};
"""


def as_script(*names, folder=HERE):
    """These modules and what they need as one classic script: $modules[name] holds what each exports."""
    parts = ["globalThis.$modules = {};"]
    for one in needed(*names, folder=folder):
        imports = [f'const {{ {", ".join(f"{a}: {b}" for a, b in pairs)} }} = $modules[{json.dumps(other)}];'
                   for other, pairs in one.imports.items()]
        body = DEFAULT.sub("const $default = ", EXPORT.sub(lambda m: m[0].removeprefix("export "), IMPORT.sub("", one.text)))
        exports = ", ".join("default: $default" if name == "default" else name for name in one.exports)
        parts.append(f"$modules[{json.dumps(one.name)}] = (() => {{ {' '.join(imports)}\n{body}\nreturn {{ {exports} }}; }})();")
    return "\n".join(parts)


class Module:
    """What some modules export, callable with JSON values: Module("model/engine.js")("iteration(x, y, p, 0.5)", x=…, y=…, p=…)."""

    def __init__(self, *names, folder=HERE):
        self.engine = MiniRacer()
        self.engine.eval(PLATFORM)
        self.engine.eval(as_script(*names, folder=folder))
        known = needed(*names, folder=folder)
        self.exports = [(one.name, name) for one in known if one.name in names for name in one.exports if name != "default"]
        for name, module in {name: module for module, name in self.exports}.items():  # engine.js gives what others have, too
            self.engine.eval(f"const {name} = $modules[{json.dumps(module)}].{name};")

    def __call__(self, code, **values):
        names = ", ".join(values)
        arguments = ", ".join(json.dumps(value) for value in values.values())
        return json.loads(self.engine.eval(f"JSON.stringify((({names}) => ({code}))({arguments}))"))


@functools.cache
def engine():
    """engine.js, once for all tests."""
    return Module("model/engine.js")
