"""Check the JavaScript: oxlint, oxfmt, and what neither of them knows: floors, exports that nobody uses, long lines.

    python tools/lint_javascript.py          prints what is wrong, and fails if anything is
"""
import re
import subprocess
import sys
from pathlib import Path

import floors

from nnlib.widgets.modules import HERE, NO_MODULES, needed

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ("nnlib/widgets", "book/_ext/live", "book/_ext/bank", "book/_ext/offline", "book/_ext/recall", "book/_ext/static",
           "book/_ext/paper", "book/_ext/prerender", "benchmarks")
COLUMNS = 110


def modules():
    """Every module below nnlib/widgets, by name, as nnlib.widgets.modules reads it; loader.js and runtime.js are no modules."""
    names = sorted(p.relative_to(HERE).as_posix() for p in HERE.rglob("*.js"))
    return {one.name: one for one in needed(*(n for n in names if n not in NO_MODULES))}


def unused_exports(all_modules, also=""):
    """Exports that no module imports and no test names; a widget's default export is for the page. also: the text of the tests."""
    used = {(other, name) for one in all_modules.values() for other, pairs in one.imports.items() for name, _ in pairs}
    later = [all_modules[other] for one in all_modules.values() for other in one.later]  # its names are no import's: any mention counts
    used |= {(one.name, name) for one in later for name in one.exports
             if any(re.search(rf"\b{name}\b", other.text) for other in all_modules.values() if other is not one)}
    return [f"{one.name}: nobody uses {name}" for one in all_modules.values() for name in one.exports
            if name != "default" and (one.name, name) not in used and name not in also]


def long_lines():
    """Lines of more columns than a screen shows side by side."""
    found = []
    for path in sorted(p for folder in SOURCES for p in (ROOT / folder).rglob("*.js") if "generated" not in p.parts):
        for number, line in enumerate(path.read_text("utf8").splitlines(), 1):
            if len(line) > COLUMNS:
                found.append(f"{path.relative_to(ROOT).as_posix()}:{number}: {len(line)} columns, expected at most {COLUMNS}")
    return found


def main():
    """Everything at once; the exit status."""
    programs = Path(sys.executable).parent
    failed = [subprocess.run([programs / program, *arguments, *SOURCES], cwd=ROOT, stdout=sys.stderr).returncode
              for program, arguments in (("oxlint", ["--quiet"]), ("oxfmt", ["--check"]))]
    tests = "".join(p.read_text("utf8") for p in (ROOT / "tests").rglob("*.py"))
    complaints = [*floors.wrong(floors.javascript_modules(), floors.JAVASCRIPT), *unused_exports(modules(), also=tests), *long_lines()]
    print("\n".join(complaints), end="\n" if complaints else "")
    return int(any(failed) or bool(complaints))


if __name__ == "__main__":
    sys.exit(main())
