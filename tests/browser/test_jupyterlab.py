"""A real JupyterLab: what Python sets the widget shows, what a person does in the widget Python reads."""
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import TimeoutError, expect

from nnlib.widgets import WIDGETS

CELLS = [
    "from ipywidgets import IntSlider, jslink\nfrom nnlib.widgets import StepExplorer\nw = StepExplorer(examples='AND')\n"
    "slider = IntSlider(max=50)\n_ = jslink((slider, 'value'), (w, 'epoch'))\nw",
    "w.step = 5\nw.epoch = 3\nw.learning_rate = 1",
    "print('python reads', w.step, w.epoch, w.parameters.b2[0, 0], float(w.iteration().E))",
    "slider.value = 7",
    "from nnlib.widgets import WIDGETS, TrainingExplorer\nfor kind in WIDGETS:\n    display(kind())",
    "t = TrainingExplorer(gate='XOR', seed=4, neurons=3)\nt",
    "t.epoch = 20",
    "print('python reads', t.epoch, t.gate, float(t.run().losses[-1]))",
]


@pytest.fixture(scope="module")
def lab(request, tmp_path_factory):
    """JupyterLab on a notebook of its own, and on copies of the chapters that a test names: the notebook's address."""
    folder = tmp_path_factory.mktemp("lab")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in CELLS])
    notebook.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(notebook, folder / "probe.ipynb")
    for chapter in getattr(request, "param", []):
        shutil.copy(BOOK / chapter, folder)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    home = {"HOME": str(folder), "JUPYTER_CONFIG_DIR": str(folder / "config"), "JUPYTER_DATA_DIR": str(folder / "data")}
    log = open(folder / "lab.log", "w")
    process = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}", "--ServerApp.ip=127.0.0.1",
         "--IdentityProvider.token=", f"--ServerApp.root_dir={folder}", "--LabApp.extension_manager=readonly", "--LabApp.news_url="],
        stdout=log, stderr=log, env={**os.environ, **home})
    address = f"http://127.0.0.1:{port}/lab/tree/probe.ipynb"
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(address, timeout=5).close()
                break
            except OSError:
                assert process.poll() is None, (folder / "lab.log").read_text()[-2000:]
                time.sleep(0.25)
        yield address
    finally:
        process.terminate()
        process.wait(20)
        log.close()


BOOK = Path(__file__).resolve().parents[2] / "book"
CHAPTERS = ["ideas/terms.ipynb", "backward/step_05_dE_dw2.ipynb", "training/training.ipynb"]


@pytest.mark.parametrize("chapter", CHAPTERS)
@pytest.mark.parametrize("lab", [CHAPTERS], indirect=True)
def test_a_chapter_reads_as_a_chapter(chromium, lab, chapter):
    """Admonitions, exercises and formulas are set, solutions are closed, no directive stands there raw."""
    context = chromium.new_context(viewport={"width": 1300, "height": 9000})
    tab = context.new_page()
    tab.set_default_timeout(60_000)
    tab.goto(lab.replace("probe.ipynb", chapter.split("/")[-1]))
    book = tab.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook")
    raw = ["not there yet"]
    for _ in range(120):  # cells are set one after another
        text = book.inner_text()
        raw = [line for line in text.splitlines() if "```" in line or ":::" in line or ":label:" in line or re.search(r"\{[a-z]+\}`", line)]
        if not raw and "After this page you can" in text and "In one sentence" in text:
            break
        tab.wait_for_timeout(500)
    assert not raw
    assert "After this page you can" in text and "In one sentence" in text
    assert book.locator(".katex").count() >= 1
    folded = book.locator("details")
    folded.nth(2).wait_for(state="attached")
    assert folded.evaluate_all("all => all.filter((one) => one.open).map((one) => one.innerText.slice(0, 60))") == []
    context.close()


def test_python_and_widget_are_one(chromium, lab):
    context = chromium.new_context(viewport={"width": 1300, "height": 1500})
    tab = context.new_page()
    tab.set_default_timeout(60_000)
    tab.goto(lab)
    cells = tab.locator(".jp-Notebook .jp-CodeCell")
    cells.nth(3).wait_for()

    def run(number):
        cells.nth(number).locator(".cm-content").click()
        tab.keyboard.press("Control+Enter")

    tab.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").first.wait_for()
    widget = tab.locator("[data-widget=StepExplorer]")
    for _ in range(4):  # a kernel that is still starting may drop the first request
        run(0)
        try:
            widget.locator("[data-stop='F1']").wait_for(timeout=30_000)
            break
        except TimeoutError:
            continue
    assert widget.get_attribute("data-step") == "F1"

    run(1)  # Python to widget
    tab.locator("[data-widget=StepExplorer][data-step='5'][data-epoch='3']").wait_for()
    # each assignment is a message of its own: the last of them may still be on its way
    expect(widget.get_by_label("Learning rate η")).to_have_attribute("data-value", "1", timeout=60_000)

    widget.get_by_role("button", name="Next step", exact=True).click()  # widget to Python
    box = widget.get_by_label("b₂ of output 1")
    box.click()
    box.fill("0.625")
    box.press("Enter")
    tab.locator("[data-widget=StepExplorer][data-step='6'][data-epoch='0']").wait_for()
    loss = float(widget.locator("output [data-value]").get_attribute("data-value"))
    run(2)
    text = cells.nth(2).locator(".jp-OutputArea-output").inner_text()
    words = text.split()
    assert words[:5] == ["python", "reads", "6", "0", "0.625"]
    assert float(words[5]) == pytest.approx(loss, rel=1e-12)

    run(3)  # an ordinary slider's value to the widget
    tab.locator("[data-widget=StepExplorer][data-epoch='7']").wait_for()

    run(4)  # every kind of widget is drawn
    for kind in WIDGETS:
        cells.nth(4).locator(f"section[data-widget={kind.__name__}]").locator("button").first.wait_for()

    run(5)  # and another one, both ways
    training = cells.nth(5).locator("section[data-widget=TrainingExplorer]")
    training.wait_for()
    run(6)
    cells.nth(5).locator("[data-widget=TrainingExplorer][data-epoch='20']").wait_for()
    training.get_by_role("button", name="10 epochs", exact=True).click()
    training.get_by_label("gate", exact=True).select_option("OR")
    training.get_by_role("button", name="1 epoch", exact=True).click()
    loss = float(training.locator("output [data-value]").get_attribute("data-value"))
    run(7)
    words = cells.nth(7).locator(".jp-OutputArea-output").inner_text().split()
    assert words[:4] == ["python", "reads", "1", "OR"]
    assert float(words[4]) == pytest.approx(loss, rel=1e-12)
    context.close()
