"""timeline.js: epochs there and back to the same bits, with little work; a long way in slices that may be stopped, overtaken or diverge."""
import pytest
from javascript import Module

from nnlib import AND
from nnlib.limits import LAST_EPOCH

TIME = Module("model/timeline.js", "model/engine.js")
EVERY = 50
DATA = {"x": AND.x.tolist(), "y": AND.y.tolist()}
# A timeline that counts the epochs it computes, and a clock that ticks when it is told to.
TIME.engine.eval("""
function counted(start, data, rate, options) {
  const run = new Timeline(start, data, rate, options, trainer), from = run.trainerFrom;
  run.steps = 0;
  run.trainerFrom = (parameters) => {
    const inner = from(parameters);
    return { step: () => { run.steps++; return inner.step(); }, parameters: () => inner.parameters() };
  };
  return run;
}
const queue = [];
globalThis.setTimeout = (action) => queue.push(action);
function journey(run, epoch, { alive = () => true, turns = 100 } = {}) {
  const log = [];
  queue.length = 0;
  const said = travel(run, epoch, {
    alive: () => alive(log),
    progress: (reached) => log.push(reached),
    arrive: () => log.push("arrived"),
    blocked: (why) => log.push(why),
  });
  const atOnce = [...log];
  for (; queue.length && turns; turns--) queue.shift()();
  return { said, atOnce, log, waiting: queue.length, steps: run.steps };
}
""")


def start(hidden=2, inputs=2, outputs=1):
    return TIME("randomParameters(3, h, d, m)", h=hidden, d=inputs, m=outputs)


@pytest.mark.parametrize("options", [{}, {"hidden": "tanh"}, {"oneAtATime": True}])
def test_any_epoch_is_what_training_gives_in_whatever_order_they_are_asked_for(options):
    epochs = [0, 1, 49, 50, 51, 120, 73, 100, 99, 0, 149, 150]
    run = "(() => { const run = new Timeline(p, data, 0.5, o); return [epochs.map((k) => run.at(k)), run.losses, run.reached]; })()"
    parameters, losses, reached = TIME(run, p=start(), data=DATA, o=options, epochs=epochs)
    for epoch, found in zip(epochs, parameters, strict=True):
        assert found == TIME("train(d.x, d.y, p, 0.5, k, o).parameters", d=DATA, p=start(), k=epoch, o=options), epoch
    assert losses == TIME("Array.from(train(d.x, d.y, p, 0.5, 150, o).losses)", d=DATA, p=start(), o=options)[:150]
    assert reached == 150


@pytest.mark.parametrize(("visits", "steps"), [([0], 0), ([49], 49), ([49, 49], 98), ([50, 50], 50), ([120, 73], 143), ([120, 100], 120),
                                               ([120, 121], 141), ([10, 60, 5], 75)])
def test_the_way_begins_at_the_last_fiftieth_epoch(visits, steps):
    assert TIME("(() => { const run = counted(p, d, 0.5, {}); visits.forEach((k) => run.at(k)); return run.steps; })()",
                p=start(), d=DATA, visits=visits) == steps


@pytest.mark.parametrize(("rows", "inputs", "hidden", "outputs", "slice_"), [
    (4, 2, 2, 1, 8_300),  # 24 products an epoch, 200,000 in a slice: 8,333.3, and whole fifties
    (4, 2, 7, 1, 2_350),
    (3, 3, 5, 2, 2_650),
    (2, 1, 3, 2, 11_100),
    (1, 2, 1, 1, 66_650),
    (1500, 2, 8, 1, 50),  # never less than fifty
])
def test_a_way_is_far_where_it_takes_more_products_than_a_turn_allows(rows, inputs, hidden, outputs, slice_):
    far = """(() => { const run = new Timeline(p, {x: Array(n).fill(Array(d).fill(1)), y: Array(n).fill(Array(m).fill(0))}, 0.5, {});
        const before = [run.far(s), run.far(s + 1)]; run.at(50); return [...before, run.far(s + 50), run.far(s + 51)]; })()"""
    assert TIME(far, p=start(hidden, inputs, outputs), n=rows, d=inputs, m=outputs, s=slice_) == [False, True, False, True]


def test_a_slice_goes_no_further_than_it_may_and_stops_at_a_fiftieth_epoch():
    """Eight hidden neurons: 2,050 epochs a slice."""
    seen = TIME("""(() => { const run = counted(p, d, 0.5, {}), seen = [];
        for (let k = 0; k < 3; k++) { run.approach(3330); seen.push([run.reached, run.steps, run.far(3330)]); }
        return seen; })()""", p=start(8), d=DATA)
    assert seen == [[2050, 2050, False], [3300, 3300, False], [3300, 3300, False]]


def test_what_is_near_is_arrived_at_once():
    assert TIME("journey(counted(p, d, 0.5, {}), 60)", p=start(), d=DATA) == {
        "said": None, "atOnce": ["arrived"], "log": ["arrived"], "waiting": 0, "steps": 60}


def test_a_long_way_is_walked_in_slices_each_in_a_turn_of_its_own():
    assert TIME("journey(counted(p, d, 0.5, {}), 6410)", p=start(8), d=DATA) == {
        "said": None, "atOnce": [], "log": [2050, 4100, 6150, "arrived"], "waiting": 0, "steps": 3 * 2050 + 260}
    first = TIME("journey(counted(p, d, 0.5, {}), 6410, {turns: 1})", p=start(8), d=DATA)
    assert first["log"] == [2050] and first["waiting"] == 1, "the page has its turn between two slices"


def test_a_long_way_ends_where_somebody_else_has_taken_over():
    stopped = TIME("journey(counted(p, d, 0.5, {}), 6410, {alive: (log) => log.length < 2})", p=start(8), d=DATA)
    assert stopped == {"said": None, "atOnce": [], "log": [2050, 4100], "waiting": 0, "steps": 4100}
    assert TIME("journey(counted(p, d, 0.5, {}), 6410, {alive: () => false})", p=start(8), d=DATA)["steps"] == 0


DIVERGES = "At epoch {} the numbers grow beyond what a computer can hold: training diverges"
WILD = {"hidden": "identity", "output": "identity"}


def test_where_the_engine_has_not_come_the_way_is_walked_without_it():
    """V8 brings nothing: what is asked for later fails, as without a network."""
    assert TIME("journey(new Timeline(p, d, 0.5, {}), 60).log", p=start(), d=DATA) == ["arrived"]
    TIME("(() => { globalThis.far = journey(new Timeline(p, d, 0.5, {}), 9000); return 0; })()", p=start(), d=DATA)
    for _ in range(2):
        TIME.engine.eval("queue.shift()?.()")  # a turn; the first is where the lost script is noticed
    assert TIME("far.log") == [8300, "arrived"]


def test_a_near_epoch_behind_divergence_is_refused_at_once():
    found = TIME("journey(counted(p, d, 1000, o), 60)", p=start(), d=DATA, o=WILD)
    assert found["said"] == DIVERGES.format(60) and found["log"] == found["atOnce"] == []


def test_a_far_epoch_behind_divergence_is_refused_when_it_is_met():
    """After the first slice the way is known to be lost: nobody walks on."""
    found = TIME("journey(counted(p, d, 1000, o), 90000)", p=start(), d=DATA, o=WILD)
    assert found == {"said": None, "atOnce": [], "log": [8300, DIVERGES.format(90000)], "waiting": 0, "steps": 8300}
    again = TIME("(() => { const run = counted(p, d, 1000, o); run.at(100); return [run.finite, journey(run, 90000)]; })()",
                 p=start(), d=DATA, o=WILD)
    assert again == [False, {"said": DIVERGES.format(90000), "atOnce": [], "log": [], "waiting": 0, "steps": 100}]
    assert TIME("(() => { const run = counted(p, d, 0.5, {}); run.at(100); return run.finite; })()", p=start(), d=DATA) is True


def test_a_far_epoch_that_diverges_on_its_last_stretch_is_refused_there():
    run = """{ quick: true, reached: 0, finite: true, far: (k) => k > run.reached + 100, approach: () => { run.reached += 100; },
        at: () => ({w1: [[run.reached < 300 ? 1 : Infinity]]}) }"""
    found = TIME(f"(() => {{ const run = {run}; return journey(run, 400); }})()")
    assert found["log"] == [100, 200, 300, DIVERGES.format(400)] and found["waiting"] == 0


@pytest.mark.parametrize(("epoch", "fits"), [(-1, False), (0, True), (LAST_EPOCH, True), (LAST_EPOCH + 1, False)])
def test_epochs_outside_the_range_are_refused(epoch, fits):
    found = TIME("journey({far: () => false, finite: true, at: () => ({w1: [[1]]})}, epoch)", epoch=epoch)
    assert (found["said"] is None) == fits and found["log"] == (["arrived"] if fits else [])
    assert fits or found["said"] == f"Epochs go from 0 to {LAST_EPOCH}"
