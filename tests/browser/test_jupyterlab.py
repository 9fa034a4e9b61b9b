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
import numpy as np
import pytest
from notebooks import joined
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

EXACT = [
    "import numpy as np\nfrom ipywidgets import HBox\nfrom traitlets import link\nfrom nnlib import Parameters\nfrom nnlib.widgets import StepExplorer\n"
    "first, second = StepExplorer(learning_rate=0), StepExplorer(step=9)\n_ = link((first, 'epoch'), (second, 'epoch'))\nHBox([first, second])",
    "first.set(parameters=Parameters([[0.1, -0.0], [5e-324, 1 / 3]], [[-0.0, 0.0]], [[-1.7e308], [0.1]], [[-0.0]]), epoch=3)",
    "print(' '.join(one.tobytes().hex() for one in first.parameters), first.epoch, second.epoch, first.step, first.learning_rate, first.predict)",
    "first",
    "['a list', first, 3]",
    "second.epoch = 0",
]

KEPT = ["from nnlib.widgets import StepExplorer\nw = StepExplorer()\nw", "print('python reads', w.step, w.parameters.b2[0, 0], w.learning_rate)"]


def written(folder, name, cells):
    """A notebook with these cells of code, in the folder."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in cells])
    notebook.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(notebook, folder / name)


class Address(str):
    """Where a notebook is opened; folder is where it lies."""

    folder: Path


@pytest.fixture(scope="module")
def lab(request, tmp_path_factory):
    """JupyterLab on a notebook of its own, and on copies of the chapters that a test names: the notebook's address."""
    folder = tmp_path_factory.mktemp("lab")
    written(folder, "probe.ipynb", CELLS)
    written(folder, "exact.ipynb", EXACT)
    written(folder, "kept.ipynb", KEPT)
    settings = folder / "settings"
    settings.mkdir()
    shutil.copy(BOOK.parent / "tools" / "jupyterlab.json", settings / "overrides.json")
    for chapter in getattr(request, "param", []):
        shutil.copy(BOOK / chapter, folder)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    home = {"HOME": str(folder), "JUPYTER_CONFIG_DIR": str(folder / "config"), "JUPYTER_DATA_DIR": str(folder / "data")}
    log = open(folder / "lab.log", "w")
    process = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}", "--ServerApp.ip=127.0.0.1",
         f"--LabApp.app_settings_dir={settings}", "--IdentityProvider.token=", f"--ServerApp.root_dir={folder}", "--LabApp.extension_manager=readonly", "--LabApp.news_url="],
        stdout=log, stderr=log, env={**os.environ, **home})
    address = Address(f"http://127.0.0.1:{port}/lab/tree/probe.ipynb")
    address.folder = folder
    try:
        for _ in range(480):
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
IDLE = ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook-ExecutionIndicator[data-status=idle]"
CHAPTERS = ["ideas/terms.ipynb", "backward/step_05_dE_dw2.ipynb", "training/training.ipynb"]


def choose(tab, menu, *entries):
    """What a person does with JupyterLab's menus."""
    tab.locator("#jp-MainMenu").get_by_role("menuitem", name=menu, exact=True).click()
    for entry in entries:
        found = tab.locator(".lm-Menu-itemLabel").filter(has_text=re.compile(f"^{entry}$"))
        found.hover() if entry != entries[-1] else found.click()


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
    assert re.search(r"In the book, \d short questions close the sections of this page\.", text), "the questions are not here, and it says where"
    assert book.locator(".katex").count() >= 1
    folded = book.locator("details")
    folded.nth(2).wait_for(state="attached")
    assert folded.evaluate_all("all => all.filter((one) => one.open).map((one) => one.innerText.slice(0, 60))") == []
    assert folded.filter(has_text="For the teacher").count() == 1, "what is said to the class does not stand in the way"

    tab.locator(IDLE).first.wait_for()
    choose(tab, "Run", "Run All Cells")
    widget = tab.locator("section.fs-widget").first
    widget.locator("button").first.wait_for()
    luminance = "(node) => getComputedStyle(node).backgroundColor.match(/[\\d.]+/g).slice(0, 3).reduce((sum, one) => sum + Number(one), 0) / 765"
    if "step_05" in chapter:
        tab.locator("section[data-widget=StepExplorer] [data-stop]").first.wait_for()
        tab.locator("a[href^='#q:da2_dz2']").first.click()  # a number of the text
        expect(tab.locator("section[data-widget=StepExplorer] [aria-live]").first).to_contain_text("marked in the picture", timeout=60_000)
    choose(tab, "Settings", "Theme", "JupyterLab Light")  # the theme stays from page to page
    expect(tab.locator("body[data-jp-theme-light=true]")).to_have_count(1, timeout=60_000)
    assert widget.evaluate(luminance) > 0.9
    choose(tab, "Settings", "Theme", "JupyterLab Dark")
    expect(tab.locator("body[data-jp-theme-light=false]")).to_have_count(1, timeout=60_000)
    assert widget.evaluate(luminance) < 0.2, "the widget is dark, too"
    context.close()


def answer(dialog):
    """While a kernel is still starting, JupyterLab may ask which one to take; another question is not expected."""
    words = dialog.inner_text()
    assert "Kernel" in words, words
    dialog.locator(".jp-mod-accept").click()


def test_python_and_widget_are_one(chromium, lab):
    context = chromium.new_context(viewport={"width": 1300, "height": 1500})
    tab = context.new_page()
    tab.set_default_timeout(60_000)
    tab.add_locator_handler(tab.locator("dialog.jp-Dialog"), answer)
    tab.goto(lab)
    cells = tab.locator(".jp-Notebook .jp-CodeCell")
    cells.nth(3).wait_for()

    def run(number):
        cells.nth(number).locator(".cm-content").click()
        tab.keyboard.press("Control+Enter")

    tab.locator(IDLE).first.wait_for()
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
    loss = float(widget.locator(".fs-loss [data-value]").get_attribute("data-value"))
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
    loss = float(training.locator(".fs-loss [data-value]").get_attribute("data-value"))
    run(7)
    words = cells.nth(7).locator(".jp-OutputArea-output").inner_text().split()
    assert words[:4] == ["python", "reads", "1", "OR"]
    assert float(words[4]) == pytest.approx(loss, rel=1e-12)
    context.close()


def what_nbval_reads(path):
    """A notebook without what strict nbval does not look at: counts, metadata, pictures, a living widget's number."""
    ignored = ("image/png", "application/vnd.jupyter.widget-view+json")
    cells = []
    for cell in nbformat.read(path, as_version=4).cells:
        outputs = [(one.output_type, one.get("name"), one.get("text"),
                    {kind: data for kind, data in one.get("data", {}).items() if kind not in ignored}) for one in joined(cell.get("outputs", []))]
        cells.append((cell.id, cell.cell_type, cell.source, cell.metadata.get("tags"), outputs))
    return cells


@pytest.mark.parametrize("lab", [["backward/step_05_dE_dw2.ipynb"]], indirect=True)
def test_run_again_and_saved_a_chapter_is_what_it_was(chromium, lab):
    """Kernel → Restart Kernel and Run All Cells, then save: sources and outputs are those that are committed."""
    committed, copy = BOOK / "backward" / "step_05_dE_dw2.ipynb", lab.folder / "step_05_dE_dw2.ipynb"
    context = chromium.new_context(viewport={"width": 1300, "height": 1500})
    tab = context.new_page()
    tab.set_default_timeout(60_000)
    tab.goto(lab.replace("probe.ipynb", copy.name))
    tab.locator(IDLE).first.wait_for()
    before = copy.stat().st_mtime_ns
    tab.get_by_role("menuitem", name="Kernel", exact=True).click()
    tab.get_by_text("Restart Kernel and Run All Cells…", exact=True).click()
    tab.locator(".jp-Dialog .jp-mod-accept").click()
    # the numbers that it was saved with go first
    expect(tab.locator(".jp-InputArea-prompt", has_text="[1]:")).to_have_count(0, timeout=60_000)
    last = sum(cell.cell_type == "code" for cell in nbformat.read(committed, as_version=4).cells)
    for _ in range(480):
        if tab.locator(".jp-InputArea-prompt", has_text=f"[{last}]:").count():
            break
        tab.evaluate("document.querySelector('.jp-WindowedPanel-outer').scrollTop += 700")  # what is far off is not in the page
        tab.wait_for_timeout(250)
    tab.locator(IDLE).first.wait_for()
    tab.keyboard.press("Control+s")
    for _ in range(480):
        text = copy.read_text("utf8")
        if copy.stat().st_mtime_ns != before and text.endswith("}\n"):  # to its end
            break
        tab.wait_for_timeout(250)
    context.close()
    assert copy.stat().st_mtime_ns != before, "it was saved"
    saved = lab.folder / "saved.ipynb"  # JupyterLab may be writing its own once more
    saved.write_text(text, "utf8")
    assert [cell.execution_count for cell in nbformat.read(saved, as_version=4).cells if cell.cell_type == "code"] == list(range(1, last + 1))
    assert what_nbval_reads(saved) == what_nbval_reads(committed)


def bits(*matrices):
    return [np.asarray(one, dtype=float).tobytes().hex() for one in matrices]


def test_numbers_are_exact_on_the_way_to_the_page_and_back(chromium, lab):
    """To the last bit, with −0.0 and the smallest number there is; beside each other, linked, and displayed twice."""
    context = chromium.new_context(viewport={"width": 1700, "height": 4000})
    tab = context.new_page()
    tab.set_default_timeout(60_000)
    # a workspace of its own: no other notebook is opened again behind it
    tab.goto(lab.replace("/lab/tree/probe.ipynb", "/lab/workspaces/exact/tree/exact.ipynb"))
    cells = tab.locator(".jp-Notebook .jp-CodeCell")
    cells.nth(5).wait_for()
    tab.locator(IDLE).first.wait_for()

    def run(number):
        cells.nth(number).locator(".cm-content").click()
        tab.keyboard.press("Control+Enter")
        tab.wait_for_timeout(300)
        tab.locator(IDLE).first.wait_for()

    def read():
        """What Python has, word by word."""
        run(2)
        return cells.nth(2).locator(".jp-OutputArea-output").inner_text().split()

    run(0)
    beside = cells.nth(0).locator("section[data-widget=StepExplorer]")
    beside.nth(1).locator("[data-stop='F1']").wait_for()
    widths = beside.evaluate_all("all => all.map((one) => one.getBoundingClientRect().width)")
    assert min(widths) > 300 and max(widths) - min(widths) < 5, "each has half the row"
    run(1)
    for number in (0, 1):  # linked in Python
        expect(beside.nth(number)).to_have_attribute("data-epoch", "3", timeout=60_000)
    given = [[0.1, -0.0], [5e-324, 1 / 3]], [[-0.0, 0.0]], [[-1.7e308], [0.1]], [[-0.0]]
    assert read() == [*bits(*given), "3", "3", "F1", "0.0", "False"]

    run(5)
    widget = beside.nth(0)
    expect(widget).to_have_attribute("data-epoch", "0", timeout=60_000)  # linked the other way, too
    box = widget.get_by_label("w₁ from input 2 to hidden neuron 2")
    assert float(box.get_attribute("data-value")) == 1 / 3
    box.click()
    box.fill("0.30000000000000004")
    box.press("Enter")  # sends all parameters back, as the page has them
    expect(beside.nth(0).locator("[aria-label='w₁ from input 2 to hidden neuron 2']")).to_have_attribute("data-value", "0.30000000000000004")
    now = [[0.1, -0.0], [5e-324, 0.1 + 0.2]], *given[1:]
    assert read() == [*bits(*now), "0", "0", "F1", "0.0", "False"]
    rate = widget.get_by_label("Learning rate η")
    rate.fill("0.1")
    rate.press("Enter")
    expect(rate).to_have_attribute("data-value", "0.1")
    assert read() == [*bits(*now), "0", "0", "F1", "0.1", "False"]

    run(3)  # displayed a second time: one widget, seen twice
    again = cells.nth(3).locator("section[data-widget=StepExplorer]")
    again.locator("[data-stop='F1']").wait_for()
    again.get_by_role("button", name="Next step", exact=True).click()
    again.get_by_label("Predict first").check()
    for one in (again, widget):
        expect(one).to_have_attribute("data-step", "F2", timeout=60_000)
    assert read() == [*bits(*now), "0", "0", "F2", "0.1", "True"]
    run(4)  # in a list it is a word
    assert cells.nth(4).locator(".jp-OutputArea-output").inner_text() == "['a list', StepExplorer(step='F2', epoch=0), 3]"
    context.close()


def test_a_widget_outlives_its_kernel_and_its_page(chromium, lab):
    """After a restart it works on by itself, until its cell is run; saved and opened again, it is as it was, without Python."""
    context = chromium.new_context(viewport={"width": 1300, "height": 3000})
    tab = context.new_page()
    tab.set_default_timeout(60_000)
    address = lab.replace("/lab/tree/probe.ipynb", "/lab/workspaces/{}/tree/kept.ipynb")
    tab.goto(address.format("first"))
    cells, widget = tab.locator(".jp-Notebook .jp-CodeCell"), tab.locator("section[data-widget=StepExplorer]")

    def run(number, prompt):
        """Until the cell has this number: a kernel that is still starting may drop a request."""
        for _ in range(12):
            try:
                cells.nth(number).locator(".cm-content").click()
                tab.keyboard.press("Control+Enter")
                cells.nth(number).locator(".jp-InputArea-prompt", has_text=f"[{prompt}]:").wait_for(timeout=10_000)
                return
            except TimeoutError:
                continue

    tab.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    run(0, 1)
    box = widget.get_by_label("b₂ of output 1")
    box.fill("0.625")
    box.press("Enter")
    widget.get_by_role("button", name="Next step", exact=True).click()
    expect(widget).to_have_attribute("data-step", "F2")
    run(1, 2)
    assert cells.nth(1).locator(".jp-OutputArea-output").inner_text().split() == ["python", "reads", "F2", "0.625", "0.5"]
    before = (lab.folder / "kept.ipynb").stat().st_mtime_ns
    tab.keyboard.press("Control+s")
    for _ in range(480):
        if (lab.folder / "kept.ipynb").stat().st_mtime_ns != before:
            break
        tab.wait_for_timeout(250)

    tab.get_by_role("menuitem", name="Kernel", exact=True).click()
    tab.get_by_text("Restart Kernel…", exact=True).click()
    tab.locator(".jp-Dialog .jp-mod-accept").click()
    tab.locator(".jp-Dialog").wait_for(state="detached")
    tab.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    widget.get_by_role("button", name="Next step", exact=True).click()
    expect(widget).to_have_attribute("data-step", "F3")
    run(0, 1)  # and Python hears again
    expect(widget).to_have_attribute("data-step", "F1", timeout=60_000)
    widget.get_by_role("button", name="Next step", exact=True).click()
    run(1, 2)
    assert cells.nth(1).locator(".jp-OutputArea-output").inner_text().split() == ["python", "reads", "F2", "0.1", "0.5"]
    tab.close(run_before_unload=False)

    later = context.new_page()
    later.goto(address.format("second"))
    saved = later.locator("section[data-widget=StepExplorer]")
    expect(saved).to_have_attribute("data-step", "F2", timeout=60_000)
    assert saved.get_by_label("b₂ of output 1").get_attribute("data-value") == "0.625"
    saved.get_by_role("button", name="Next step", exact=True).click()
    expect(saved).to_have_attribute("data-step", "F3")
    context.close()
