"""The widgets of the last part in a real JupyterLab: alive, and one with Python both ways."""
import pytest
import test_jupyterlab
from playwright.sync_api import TimeoutError, expect

lab = test_jupyterlab.lab  # the same JupyterLab

CELLS = [
    "from nnlib import digits\nfrom nnlib.widgets import AutogradExplorer, DigitExplorer, OptimizerRace\n"
    "graph, reader, race = AutogradExplorer(), DigitExplorer(neurons=10), OptimizerRace()\nfor one in (graph, reader, race):\n    display(one)",
    "graph.set(expression='product', given={'a': 3}, step=1)\nreader.epoch = 2\nrace.set(racing=['adam'], epoch=5)",
    "print('python reads', graph.step, graph.given['a'], graph.given['b'], race.epoch, *race.racing, race.race()['descent'][-1][2],\n"
    "      reader.epoch, reader.neurons, len(reader.strokes), *reader.answers(digits.load()[1].x[0]))",
]


def type_into(widget, label, text):
    """A number, typed and entered."""
    field = widget.get_by_label(label, exact=True)
    field.fill(text)
    field.press("Enter")


def test_python_and_the_last_parts_widgets_are_one(chromium, lab):
    """The digits' images come from Python when the page asks for them; what the page learns from them is what Python learns."""
    test_jupyterlab.written(lab.folder, "beyond.ipynb", CELLS)
    context = chromium.new_context(viewport={"width": 1300, "height": 4000})
    tab = context.new_page()
    tab.set_default_timeout(60_000)
    tab.goto(lab.replace("/lab/tree/probe.ipynb", "/lab/workspaces/beyond/tree/beyond.ipynb"))
    cells = tab.locator(".jp-Notebook .jp-CodeCell")
    cells.nth(2).wait_for()
    tab.locator(test_jupyterlab.IDLE).first.wait_for()
    graph, reader, race = (tab.locator(f"section[data-widget={name}]") for name in ("AutogradExplorer", "DigitExplorer", "OptimizerRace"))

    def run(number):
        cells.nth(number).locator(".cm-content").click()
        tab.keyboard.press("Control+Enter")

    for _ in range(4):  # a kernel that is still starting may drop the first request
        run(0)
        try:
            race.get_by_role("button", name="Next step", exact=True).wait_for(timeout=30_000)
            break
        except TimeoutError:
            continue
    expect(graph).to_have_attribute("data-step", "F0")
    expect(reader.locator(".fs-score")).to_have_text("not trained yet: press Play")

    run(1)  # Python to widgets
    expect(graph).to_have_attribute("data-step", "F1", timeout=60_000)
    expect(graph.locator("[data-node=E] .fs-value")).to_contain_text("−9")
    expect(race).to_have_attribute("data-epoch", "5", timeout=60_000)
    expect(race.locator("[data-ball]")).to_have_count(1)
    expect(reader.locator(".fs-score")).to_contain_text("of the test", timeout=60_000)  # the images have come
    expect(reader).to_have_attribute("data-epoch", "2")

    graph.get_by_role("button", name="Next step", exact=True).click()  # widgets to Python
    type_into(graph, "b", "-2.5")
    race.get_by_label("plain descent races").check()
    race.get_by_role("button", name="Next step", exact=True).click()
    reader.get_by_role("button", name="1 epoch", exact=True).click()
    expect(reader).to_have_attribute("data-epoch", "3", timeout=60_000)
    reader.get_by_role("button", name="Show a test image", exact=True).click()
    answers = [float(bar.get_attribute("data-value")) for bar in reader.locator(".fs-answer [data-col]").all()]
    loss = float(race.locator("[data-optimizer=descent] [data-quantity=E] [data-value]").get_attribute("data-value"))
    tab.mouse.move(*(place := paper_of(reader)))
    tab.mouse.down()
    tab.mouse.move(place[0] + 5, place[1] + 60, steps=4)
    tab.mouse.up()
    expect(reader.locator(".fs-says")).to_contain_text("It says")
    run(2)
    printed = cells.nth(2).locator(".jp-OutputArea-output")
    expect(printed).to_contain_text("python reads", timeout=60_000)
    words = printed.inner_text().split()
    assert words[:8] == ["python", "reads", "2", "3.0", "-2.5", "6", "descent", "adam"]
    assert float(words[8]) == pytest.approx(loss, rel=1e-12)
    assert words[9:12] == ["3", "10", "1"], "three epochs, ten neurons, one stroke"
    assert [float(word) for word in words[12:]] == pytest.approx(answers, rel=1e-9)
    context.close()


def paper_of(reader):
    """A point in the upper half of the paper."""
    box = reader.locator(".fs-paper").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 4
