"""Settings for all tests."""
from hypothesis import settings

settings.register_profile("book", deadline=None, print_blob=True)  # a slow machine is not a failing test
settings.load_profile("book")
