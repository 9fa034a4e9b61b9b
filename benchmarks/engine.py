"""How fast engine.js trains, in V8, side by side in one run: against nodes and links as objects, and against nnlib.train.

    python benchmarks/engine.py
"""
import json
import sys
import time
from pathlib import Path

import numpy as np

from nnlib import AND, Parameters, train

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "tests")]
from javascript import Module  # noqa: E402  tests/ is put on the path above

EPOCHS = 200_000
CLOCK = """function timed(f) { let best = Infinity, last; for (let i = 0; i < 5; i++) { const t = Date.now(); last = f(); best = Math.min(best, Date.now() - t); }
return JSON.stringify([best, last]); }"""


def main():
    """Print epochs a second and ratios."""
    engine = Module("model/engine.js").engine
    engine.eval((Path(__file__).parent / "object_graph.js").read_text("utf8") + CLOCK)
    given = ", ".join(json.dumps(v) for v in (AND.x.tolist(), AND.y.tolist(), {k: v.tolist() for k, v in Parameters.example()._asdict().items()}))
    ours, a = json.loads(engine.eval(f"timed(() => train({given}, 0.5, {EPOCHS}).losses[{EPOCHS - 1}])"))
    theirs, b = json.loads(engine.eval(f"timed(() => trainObjects({given}, 0.5, {EPOCHS})[{EPOCHS - 1}])"))
    begin = time.perf_counter()
    run = train(AND.x, AND.y, Parameters.example(), 0.5, EPOCHS // 50, keep="last")
    python = (time.perf_counter() - begin) * 50 * 1000
    assert np.isclose(a, b, rtol=1e-9) and run.epochs == EPOCHS // 50
    print(f"engine.js, 2-2-1, four rows: {EPOCHS / ours / 1000:.2f} million epochs a second")
    print(f"  nodes and links as objects take {theirs / ours:5.1f} × as long")
    print(f"  nnlib.train (NumPy) takes       {python / ours:5.0f} × as long")


if __name__ == "__main__":
    main()
