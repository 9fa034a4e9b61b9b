"""Execute the book's notebooks in place and leave them normalised: a second run gives no diff.

    python tools/notebooks.py [NOTEBOOK ...]        all of them if none is named
"""
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from nnlib.classroom.recall import of_page
from nnlib.links import opening_line

BOOK = Path(__file__).resolve().parents[1] / "book"
METADATA = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}, "language_info": {"name": "python"}}
OPENING = "opening"  # the id of the cell that stands above the title
FOLDED = {"remove-input": ["source_hidden"], "solution": ["outputs_hidden", "source_hidden"]}  # tags, and what JupyterLab folds for them
WIDGET = "application/vnd.jupyter.widget-view+json"


def execute(path):
    """Run one notebook in its own folder; its errors are raised."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}).execute()
    normalise(notebook)
    write_dressed(notebook, path)
    return path


def write_dressed(notebook, path):
    """Write the notebook with its opening line on top, and folded in JupyterLab what the site folds or hides."""
    cells = [cell for cell in notebook.cells if cell.id != OPENING]
    page = path.resolve().relative_to(BOOK.parent).with_suffix("").as_posix()
    line = opening_line(page, questions=len(of_page(page.removeprefix("book/"))))
    opening = nbformat.v4.new_markdown_cell(line, id=OPENING, metadata={"tags": ["remove-cell"]})
    for cell in cells:
        metadata = {key: value for key, value in cell.metadata.items() if key in ("tags", "mystnb")}
        folds = FOLDED.keys() & metadata.get("tags", [])
        if cell.cell_type == "code" and folds:
            metadata["jupyter"] = {key: True for tag in sorted(folds) for key in FOLDED[tag]}
        cell.metadata = nbformat.from_dict(metadata)
    notebook.cells = [opening, *cells]
    nbformat.write(notebook, path)


def normalise(notebook):
    """Drop what differs from run to run: timings, versions, widget models' ids."""
    notebook.metadata = nbformat.from_dict(METADATA)
    count = 0
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        count += 1
        cell.execution_count = count
        cell.outputs = joined(cell.outputs)
        for output in cell.outputs:
            output.pop("transient", None)
            if "metadata" in output:
                output.metadata = {}
            if output.output_type == "execute_result":
                output.execution_count = count
            if WIDGET in output.get("data", {}):
                del output.data[WIDGET]  # a model that lives in the kernel only; the page uses text/html


def joined(outputs):
    """The outputs with the pieces of a stream put together: where a kernel cuts it differs from run to run."""
    result = []
    for output in outputs:
        if result and output.output_type == "stream" == result[-1].output_type and output.name == result[-1].name:
            result[-1].text += output.text
        else:
            result.append(output)
    return result


def main(*names):
    """Execute the named notebooks, or all, two at a time."""
    paths = [Path(name).resolve() for name in names] or sorted(p for p in BOOK.rglob("*.ipynb") if ".ipynb_checkpoints" not in p.parts)
    with ThreadPoolExecutor(2) as pool:
        for path in pool.map(execute, paths):
            print(path.relative_to(BOOK.parent))


if __name__ == "__main__":
    main(*sys.argv[1:])
