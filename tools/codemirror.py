"""Bundle the editor of the pages' cells: book/_ext/vendor/codemirror, from the versions in tools/codemirror/package-lock.json.

    python tools/codemirror.py          needs Node and npm; nobody else does, the bundle is committed
"""
import json
import shutil
import subprocess
import tempfile
from pathlib import Path

from vendored import record

HERE = Path(__file__).parent / "codemirror"
TARGET = Path(__file__).resolve().parents[1] / "book" / "_ext" / "vendor" / "codemirror"
OPTIONS = ["--bundle", "--minify", "--format=iife", "--global-name=CodeMirror", "--legal-comments=none", "--target=es2022"]


def main():
    """Write the bundle, the licences of all that is in it, and the record with its checksums."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        shutil.copytree(HERE, work, dirs_exist_ok=True)
        subprocess.run(["npm", "ci", "--silent", "--ignore-scripts"], cwd=work, check=True)
        build = ["node", "node_modules/esbuild-wasm/bin/esbuild", "entry.js", *OPTIONS, "--metafile=meta.json", "--outfile=codemirror.js"]
        subprocess.run([*build, "--log-level=warning"], cwd=work, check=True)
        inputs = json.loads((work / "meta.json").read_text("utf8"))["inputs"]
        packages = sorted({"/".join(name.split("node_modules/")[-1].split("/")[:2 if "/@" in name else 1])
                           for name in inputs if "node_modules" in name})
        TARGET.mkdir(parents=True, exist_ok=True)
        (TARGET / "codemirror.js").write_bytes((work / "codemirror.js").read_bytes())
        texts = [f"{name}\n\n{(work / 'node_modules' / name / 'LICENSE').read_text('utf8')}" for name in packages]
        (TARGET / "LICENSE").write_text(f"\n{'-' * 70}\n\n".join(texts), "utf8")
        version = json.loads((work / "node_modules/@codemirror/view/package.json").read_text("utf8"))["version"]
    source = "npm packages of tools/codemirror/package-lock.json, bundled by tools/codemirror.py"
    record(TARGET, f"6 (@codemirror/view {version})", "MIT", source)


if __name__ == "__main__":
    main()
