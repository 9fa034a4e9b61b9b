"""Everything that has to do with the speed of training, side by side in one run, kept: benchmarks/latest.json and the page that shows it.

    python benchmarks/latest.py [NN_JS COMMIT]        NN_JS: Playground's nn.ts of that commit, compiled; needs node
    python benchmarks/latest.py --digits NODE_MODULES the digits only, beside TensorFlow.js and brain.js from npm; the rest stays as it is kept
    python benchmarks/latest.py --page                writes the page once more from the numbers that are kept

Peers that are not installed are left out (benchmarks/peers.txt names them). Times are the processor's, of this process and its threads, so
that other work on the machine lengthens them little; of several runs, taken in turns, the median counts.
"""
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from datetime import date
from importlib.metadata import version
from pathlib import Path

import numpy as np
import sweep  # beside this file
import training  # beside this file

from nnlib import AND, Parameters, train

HERE = Path(__file__).parent
KEPT = HERE / "latest.json"
PAGE = HERE.parent / "book" / "reference" / "benchmarks.md"
RUNS = 7


def side_by_side(ways, runs=RUNS):
    """The median processor time of each function, in seconds; they take turns. Those that give losses must give the same."""
    losses = {name: way() for name, way in ways.items()}
    first = next(iter(losses.values()))
    for name, found in losses.items():
        assert found is None or np.allclose(found, first, atol=1e-9), f"{name} computes something else"
    taken = {name: [] for name in ways}
    for _ in range(runs):
        for name, way in ways.items():
            begin = time.process_time()
            way()
            taken[name].append(time.process_time() - begin)
    return {name: statistics.median(times) for name, times in taken.items()}


def installed(ways):
    """Those ways whose package is there; each is prepared by calling it."""
    found = {}
    for name, prepare in ways.items():
        try:
            found[name] = prepare()
        except ImportError as missing:
            print(f"{name} is left out: {missing.name} is not installed")
    return found


def one_network():
    """Microseconds an epoch of a single 2-2-1 network."""
    training.EPOCHS = 1000

    def pytorch():
        import torch  # noqa: F401  is it there?
        return training.pytorch

    ways = installed({"nnlib.train": lambda: training.nnlib_train, "plain NumPy": lambda: training.plain_numpy, "PyTorch, eager": pytorch})
    return {name: 1e6 * seconds / training.EPOCHS for name, seconds in side_by_side(ways).items()}


def many_networks():
    """Nanoseconds an epoch and network of 10,000 at once."""
    ways = installed({"nnlib.train": lambda: sweep.nnlib_at_once, "plain stacked NumPy": lambda: sweep.plain_numpy, "JAX, jit(vmap)": sweep.jax_vmap})
    return {name: 1e9 * seconds / sweep.EPOCHS / sweep.COUNT for name, seconds in side_by_side(ways, 5).items()}


def growth():
    """Milliseconds of `train` as one of networks, hidden neurons and epochs grows, the others standing still."""
    def took(copies, hidden, epochs):
        start = Parameters.random(0, hidden, copies=copies)
        return 1000 * side_by_side({"": lambda: train(AND.x, AND.y, start, 0.5, epochs, keep="last").losses}, 3)[""]

    return {"networks": [[k, took(k, 2, 100)] for k in (1, 10, 100, 1000, 10_000)],
            "hidden neurons": [[h, took(10_000, h, 100)] for h in (1, 2, 4, 8, 16)],
            "epochs": [[e, took(None, 2, e)] for e in (100, 1000, 10_000)]}


def processor():
    """What the processor calls itself."""
    lines = Path("/proc/cpuinfo").read_text("utf8").splitlines() if Path("/proc/cpuinfo").exists() else []
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.processor() or platform.machine())


def circumstances():
    """When, where, and beside how much other work."""
    return {"date": date.today().isoformat(), "machine": f"{processor()}, {os.cpu_count()} cores, {platform.system()}",
            "load": os.getloadavg()[0] if hasattr(os, "getloadavg") else None}


def digits_read(node_modules):
    """Learning the digits in V8: what benchmarks/digits.js says, and its circumstances."""
    run = subprocess.run(["node", HERE / "digits.js", Path(node_modules).resolve()], check=True, capture_output=True, text=True)
    return circumstances() | json.loads(run.stdout)


def measured(nn_js=None, commit=None):
    """All of it, as what is kept."""
    found = circumstances() | {"versions": {"Python": platform.python_version()}}
    for package in ("numpy", "torch", "jax"):
        try:
            found["versions"][package] = version(package)
        except ImportError:
            continue
    found |= {"one": one_network(), "many": many_networks(), "growth": growth()}
    if nn_js:
        run = subprocess.run(["node", HERE / "nodes.js", Path(nn_js).resolve()], check=True, capture_output=True, text=True)
        engine = json.loads(run.stdout)
        found["versions"]["Node"] = engine["node"].removeprefix("v")
        found["versions"]["Playground"] = commit
        found["engine"] = engine["networks"]
    return found


def digits(number):
    """A time or a ratio, as many digits of it as mean something."""
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


def multiple(ratio):
    """A ratio; two digits of it mean something."""
    return f"{ratio:.0f} ×" if ratio >= 10 else f"{ratio:.2g} ×"


def company(load):
    """What else the machine had to do."""
    return "with nothing else to do" if load < 0.5 else f"with other work on it (load {digits(load)})"


def table(head, rows):
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def ratios(times, unit):
    """What each takes, and as a multiple of the first."""
    ours = next(iter(times.values()))
    return table(["way", unit, "as a multiple"], [[name, digits(taken), multiple(taken / ours)] for name, taken in times.items()])


def digits_section(kept):
    """What is said of the digits."""
    def beside(ways):
        ours = ways[0]["cpu"]
        return table(["way", "ms an epoch", "as a multiple"],
                     [[f"`{one['name']}`" if one is ways[0] else one["name"], digits(one["cpu"]), multiple(one["cpu"] / ours)] for one in ways])

    versions = ", ".join(f"{name} {number}" for name, number in kept["versions"].items())
    return f"""## Digits

A 64-30-10 network learns 1296 handwritten digits, as on the page [Handwritten digits](../beyond/digits.ipynb): the same images in the same order, the same start,
and in the end the same ten sums for one more image, to within 0.01. Measured on {kept["date"]}, on the same machine {company(kept["load"])}, in the V8 of Node, which is Chromium's; {versions}.
A hundred epochs took `deep.js`, which is behind the digit explorer, {kept["hundred"]:.1f} seconds of the processor.

Batches of 16, softmax and cross-entropy. TensorFlow.js computes in 32 bits, here compiled (wasm) and in plain JavaScript (cpu); a graphics card may be faster.

{beside(kept["batches"])}

One image at a time, sigmoids and the squared error, which is how brain.js learns:

{beside(kept["one"])}
"""


def page(kept):
    """The page of the book, from what is kept."""
    versions = ", ".join(f"{name} {number}" for name, number in kept["versions"].items())
    engine = table(["hidden layer", "`nn.ts`, ns an epoch", "`engine.js`, ns an epoch", "`nn.ts` takes"], [
        [f"{one['neurons']} × {one['hidden']}", digits(one["playground"]), digits(one["engine"]), multiple(one["playground"] / one["engine"])]
        for one in kept.get("engine", [])])
    grown = "\n\n".join(table([name, "milliseconds"], [[f"{size:,}", digits(taken)] for size, taken in rows])
                        for name, rows in kept["growth"].items())
    return f"""# How fast it is

How long does training take here, and how long elsewhere? The numbers below, but for the digits, were measured side by side, in one run, on {kept["date"]}.

The machine: {kept["machine"]}, {company(kept["load"])}. Versions: {versions}.
Times are the processor's, and each is the median of several runs that took turns. On your machine the times will be different and the ratios much the same. Do not trust
a last digit: 10,000 networks for 100 epochs are timed three times on this page, with differences of a few percent.

## One network

A 2-2-1 network, four rows of AND, in float64. Every loss and every epoch's parameters are kept (by PyTorch, with one thread, only the losses).
PyTorch is made for large networks; with a small one you see what a call costs.

{ratios(kept["one"], "µs an epoch")}

## Ten thousand networks at once

The same network from 10,000 starts, every loss kept. JAX compiles the whole loop first; the time for that is not counted.

{ratios(kept["many"], "ns an epoch and network")}

## In the widgets

The engine of the widgets beside `nn.ts`, the one of TensorFlow Playground: the same network, the same four rows, the loss of every epoch.

{engine}

{digits_section(kept["digits"])}
## How the time grows

`train` with four rows of AND. First 100 epochs of a stack of more and more 2-2-1 networks (a stack of one is computed as a stack, too, so its time is not that of one network below), then 100 epochs of 10,000 networks with more and more hidden neurons,
then more and more epochs of one network.

{grown}

A hundred networks take far less than a hundred times as long as one: with few numbers, what costs time is the call, not the sum.

## To repeat it

In a copy of the repository, with the packages of `benchmarks/peers.txt` installed and `nn.ts` compiled to an ES module by `tsc`:

    python benchmarks/latest.py path/to/nn.js COMMIT

and, with a folder where `npm install @tensorflow/tfjs @tensorflow/tfjs-backend-wasm brain.js` has been run,

    python benchmarks/latest.py --digits path/to/node_modules

They write `benchmarks/latest.json` and this page. `make benchmark` prints further comparisons.
"""


def main():
    """Measure, keep, write the page."""
    kept = json.loads(KEPT.read_text("utf8"))
    if sys.argv[1:2] == ["--digits"]:
        kept["digits"] = digits_read(sys.argv[2])
    elif sys.argv[1:] != ["--page"]:
        kept = measured(*sys.argv[1:]) | {"digits": kept["digits"]}
    KEPT.write_text(json.dumps(kept, indent=1) + "\n", "utf8")
    PAGE.write_text(page(json.loads(KEPT.read_text("utf8"))), "utf8")
    print(f"{PAGE.name} is written")


if __name__ == "__main__":
    main()
