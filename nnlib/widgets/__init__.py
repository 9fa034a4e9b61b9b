"""The book's widgets: alive in JupyterLab with Python in sync, and on a static page with no kernel."""
from nnlib.widgets.step_explorer import StepExplorer

WIDGETS = (StepExplorer,)

__all__ = ["WIDGETS", "StepExplorer"]
