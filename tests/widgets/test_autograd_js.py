"""model/autograd.js says what nnlib.autograd says: on random graphs, and on those that the widget has."""
import numpy as np
import pytest
from javascript import Module
from py_mini_racer import JSEvalException

from nnlib import AND, Parameters, autograd, iteration
from nnlib.graphs import GRAPHS, OPERATIONS, Graph, Node, compute
from nnlib.widgets import AutogradExplorer

JS = Module("model/autograd.js", "model/graph_state.js", "generated/graphs.js")
TWO = ("-", "*", "/")


def random_graph(seed, given=4, computed=14):
    """Operations on whatever stands before them, so that many nodes are used again and again; all numbers stay finite.

    What does not lead to the last node is left out."""
    rng = np.random.default_rng(seed)
    nodes = [Node(f"n{k}", value=float(rng.uniform(-1.5, 1.5))) for k in range(given)]
    numbers = {node.name: node.value for node in nodes}
    while len(nodes) < given + computed:
        operation = str(rng.choice(list(OPERATIONS)))
        count = int(rng.integers(2, 5)) if operation == "+" else 2 if operation in TWO else 1
        sources = tuple(f"n{k}" for k in rng.integers(0, len(nodes), count))
        used = [numbers[source] for source in sources]
        if (operation == "/" and abs(used[1]) < 0.1) or (operation == "log" and used[0] < 0.1):
            continue
        with np.errstate(all="ignore"):
            value = float(OPERATIONS[operation](*map(autograd.Value, used)).data)
        if abs(value) < 30:
            nodes.append(Node(f"n{len(nodes)}", operation, sources))
            numbers[nodes[-1].name] = value
    needed = {nodes[-1].name}
    for node in reversed(nodes):
        if node.name in needed:
            needed.update(node.sources)
    return Graph("random", tuple(node for node in nodes if node.name in needed))


def as_json(graph):
    return [node._asdict() for node in graph.nodes]


def close(theirs, ours):
    return abs(theirs - ours) <= 1e-12 * max(1, abs(ours))


@pytest.mark.parametrize("seed", range(80))
def test_values_and_slopes_are_those_of_value(seed):
    graph = random_graph(seed)
    ours = compute(graph)
    theirs = JS("walkAt(nodes, {}, lastStep(nodes))", nodes=as_json(graph))
    assert theirs["slopes"].keys() == theirs["values"].keys() == ours.keys()
    for name, value in ours.items():
        assert close(theirs["values"][name], value.data.item()), name
        assert close(theirs["slopes"][name], value.grad.item()), name


def test_the_random_graphs_have_every_operation_and_nodes_that_are_used_twice():
    nodes = [node for seed in range(80) for node in random_graph(seed).nodes]
    assert {node.operation for node in nodes} == {None, *OPERATIONS}
    assert any(len(set(node.sources)) < len(node.sources) for node in nodes)


@pytest.mark.parametrize("name", GRAPHS)
def test_the_walk_ends_with_all_numbers_and_slopes(name):
    graph, ours = GRAPHS[name], compute(GRAPHS[name])
    last = JS("walkAt(GRAPHS[name].nodes, {}, lastStep(GRAPHS[name].nodes))", name=name)
    assert JS("lastStep(GRAPHS[name].nodes)", name=name) == 2 * (len(graph.nodes) - len(graph.given)) + 1
    for key, value in ours.items():
        assert close(last["values"][key], value.data.item()) and close(last["slopes"][key], value.grad.item())


def test_the_network_is_the_books_worked_example():
    it = iteration(AND.x[3:], AND.y[3:], Parameters.example(), 0.5)
    walk = JS("walkAt(GRAPHS.network.nodes, {}, 29)")
    for node in GRAPHS["network"].nodes:
        if node.quantity in Parameters._fields:
            assert close(walk["slopes"][node.name], it[f"dE_d{node.quantity}"][node.row, node.column])
    assert close(walk["values"]["E"], it.E) and close(walk["values"]["a2"], it.a2[0, 0])


def test_a_node_that_is_used_twice_gets_its_slope_in_two_parts():
    """−4 over the sum, 12 over the product."""
    parts = [JS("walkAt(GRAPHS.twice.nodes, {}, k).slopes.a ?? null", k=k) for k in range(8)]
    assert parts == [None] * 6 + [-4, 8]
    lines = JS("""[6, 7].map((k) => { const {now} = walkAt(GRAPHS.twice.nodes, {}, k);
               return now.shares.map((_, i) => handed(GRAPHS.twice.nodes, now, i)); })""")
    assert lines == [["c: −4 · 1 = −4", "a: −4 · 1 = −4"],
                     ["a: −4 · b = −4 · (−3) = 12, and with the −4 that it had, 8", "b: −4 · a = −4 · 2 = −8"]]


def test_forward_is_written_out():
    nodes = GRAPHS["neuron"].nodes
    lines = JS("(() => { const n = GRAPHS.neuron.nodes, v = walkAt(n, {}, 13).values; return n.filter((o) => o.operation).map((o) => written(n, o, v)); })()")
    assert lines[0] == "p₁ = x₁ · w₁ = 1 · 0.3 = 0.3" and lines[3] == "a = σ(z) = σ(0.6) = 0.6457"
    assert lines[5] == "E = ½ e² = ½ 0.6457² = 0.2084" or lines[5] == "E = ½ e² = ½ (0.6457)² = 0.2084"
    assert len(lines) == sum(node.operation is not None for node in nodes)


@pytest.mark.parametrize("name", GRAPHS)
def test_every_node_has_a_place_of_its_own_to_the_right_of_its_sources(name):
    found = JS("graphLayout(GRAPHS[name].nodes)", name=name)
    places = found["places"]
    assert len({(p["column"], p["row"]) for p in places.values()}) == len(places)
    assert all(0 <= p["column"] < found["columns"] and 0 <= p["row"] < found["rows"] for p in places.values())
    for node in GRAPHS[name].nodes:
        assert all(places[source]["column"] < places[node.name]["column"] for source in node.sources)


def test_a_wide_graph_hangs_its_last_nodes_below_each_other():
    found = JS("graphLayout(GRAPHS.network.nodes, 7)")
    places = found["places"]
    assert (found["columns"], found["rows"]) == (7, 6)
    assert len({(p["column"], p["row"]) for p in places.values()}) == len(places)
    assert [places[name]["column"] for name in ("a2", "e", "E")] == [6] * 3
    assert places["a2"]["row"] + 1 <= places["e"]["row"] <= places["E"]["row"] - 1, "there is room for an arrow"
    for node in GRAPHS["network"].nodes:
        for source in node.sources:
            here, there = places[source], places[node.name]
            assert here["column"] < there["column"] or (here["column"] == there["column"] and here["row"] < there["row"])
    assert JS("graphLayout(GRAPHS.twice.nodes, 7)") == JS("graphLayout(GRAPHS.twice.nodes)"), "a narrow one stays as it is"


def test_nothing_is_written_twice():
    lines = JS("(() => { const n = GRAPHS.sigmoid.nodes, v = walkAt(n, {}, 9).values; return n.filter((o) => o.operation).map((o) => written(n, o, v)); })()")
    assert lines == ["m = −z = −1.5", "p = exp(m) = exp(−1.5) = 0.2231", "s = k + p = 1 + 0.2231 = 1.223", "a = k ÷ s = 1 ÷ 1.223 = 0.8176"]


def test_a_quotient_of_extreme_numbers_has_its_slopes():
    slopes = JS("walkAt([{name: 'a', value: 1e-200}, {name: 'b', value: 1e-200}, {name: 'c', operation: '/', sources: ['a', 'b']}], {}, 3).slopes")
    assert close(slopes["a"] / 1e200, 1) and close(slopes["b"] / 1e200, -1)


def test_numbers_without_a_finite_result_are_found():
    assert JS("beyond(GRAPHS.product.nodes, {a: 1e200, b: 1e200})")["name"] == "E"
    assert JS("beyond(GRAPHS.sigmoid.nodes, {one: 0, z: 800})")["name"] == "a"
    assert JS("beyond(GRAPHS.sigmoid.nodes, {z: -1000})")["name"] == "p", "what is not finite, and not whom its slope infects"
    assert JS("beyond(GRAPHS.product.nodes, {a: 1e100})") is None
    with pytest.raises(JSEvalException, match="operation: expected one of"):
        JS("walkAt([{name: 'a', operation: 'sin', sources: []}], {}, 0)")


STATE = {"expression": "twice", "given": {"a": 1.5}, "step": 3, "predict": False}


@pytest.mark.parametrize(("change", "message"), [
    ({"expression": "twise"}, "its expression: expected one of"), ({"given": {"z": 1}}, "it names: expected one of a, b"),
    ({"given": {"a": "1"}}, "its a: expected a finite number"), ({"given": {"a": 1e300, "b": 1e300}}, "its numbers: expected some for which c is finite"),
    ({"step": 8}, "its step"), ({"predict": 1}, "its predict: expected true or false"), ({"given": None}, "it holds no state")])
def test_a_link_is_checked(change, message):
    assert JS("checkedGraph(raw)", raw=STATE) == STATE
    with pytest.raises(JSEvalException, match=message):
        JS("checkedGraph(raw)", raw=STATE | change)


def test_without_scripts_there_are_all_numbers_and_slopes():
    sentence, (head, *rows) = AutogradExplorer(given={"a": 3}).fallback()
    assert sentence.startswith("Used twice: E = ½ (a b + a)²") and head[0] == "name"
    assert rows == [["a", "given", "3", "12"], ["b", "given", "−3", "−18"], ["c", "*: a, b", "−9", "−6"], ["d", "+: c, a", "−6", "−6"],
                    ["E", "half_square: d", "18", "1"]]


def test_a_step_and_numbers_have_to_fit_the_expression():
    widget = AutogradExplorer()
    with pytest.raises(ValueError, match="step: expected a whole number from 0 to 7 for twice, got 9"):
        widget.step = 9
    widget.set(expression="network", step=29)
    assert widget.step == 29
    with pytest.raises(ValueError, match="step: expected a whole number from 0 to 7 for twice, got 29"):
        widget.expression = "twice"
    assert widget.expression == "network"
