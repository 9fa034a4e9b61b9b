"""A stand-in for IPython in the page: what the book's cells and ipywidgets ask of it, and no more."""


def get_ipython():
    """There is no IPython shell in a page."""
    return None
