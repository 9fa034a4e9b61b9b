"""Where ipywidgets looks for the shell."""
